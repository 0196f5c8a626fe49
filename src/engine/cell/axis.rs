//! The loss axis as one cell sees it: nodes and spans in order of X, and where the people of a long span are.

use super::gauss::MIDDLE;

/// Mass at one place of the loss axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Relative loss.
    pub x: f64,
    /// Probability.
    pub weight: f64,
    /// For inequality its people are spread over the half of a uniform law that the node stands for; this is its middle.
    pub middle: f64,
}

impl Node {
    /// Half of the length of the half that the node stands for: [`MIDDLE`] standard deviations of the whole, of which the node
    /// is one from the mean.
    #[inline]
    pub fn reach(&self) -> f64 {
        const DEVIATIONS: f64 = MIDDLE / (1.0 - MIDDLE);
        DEVIATIONS * (self.x - self.middle).abs()
    }

    /// Square of the mean difference of two people of the half that the node stands for: its width is √3 standard
    /// deviations of the whole, of which the node is one from the mean, and a third of that the mean difference.
    #[inline]
    pub fn spread(&self) -> f64 {
        const A_THIRD: f64 = 1.0 / (3.0 * (1.0 - MIDDLE) * (1.0 - MIDDLE));
        let apart = self.x - self.middle;
        A_THIRD * apart * apart
    }
}

/// The two nodes of a stretch.
pub type Pair = [Node; 2];

/// A stretch of the loss axis whose law stands in one or two nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Lower end.
    pub from: f64,
    /// Upper end.
    pub to: f64,
    /// Probability of X below it.
    pub below: f64,
    /// Probability of X inside.
    pub weight: f64,
    /// Its nodes: first and end.
    pub nodes: (usize, usize),
    /// Its places, where they are not its nodes: first and end.
    places: (usize, usize),
}

/// Where some of the people of a long span are, for what is no line in X.
#[derive(Clone, Copy, Debug)]
struct Place {
    at: Node,
    /// Shares of the people at the first and at the second node of the span who are here.
    of: [f64; 2],
}

/// The loss axis as one cell sees it: nodes and spans in order of X.
#[derive(Clone, Debug, Default)]
pub struct Axis {
    /// Nodes.
    pub nodes: Vec<Node>,
    /// Spans, side by side.
    pub spans: Vec<Span>,
    places: Vec<Place>,
    /// Spans that have places: their own in the list of spans.
    long: Vec<usize>,
    /// By node, the place of its span in the list.
    span_of: Vec<usize>,
}

impl Axis {
    /// Empties it.
    pub(super) fn clear(&mut self) {
        self.nodes.clear();
        self.spans.clear();
        self.places.clear();
        self.long.clear();
        self.span_of.clear();
    }

    /// Adds a span with these nodes.
    pub(super) fn add(&mut self, from: f64, to: f64, nodes: &[Node]) {
        let (first, below) = self.spans.last().map_or((0, 0.0), |s| (s.nodes.1, s.below + s.weight));
        let weight: f64 = nodes.iter().map(|n| n.weight).sum();
        if weight > 0.0 {
            self.nodes.extend_from_slice(nodes);
            self.span_of.resize(self.nodes.len(), self.spans.len());
            self.spans.push(Span { from, to, below, weight, nodes: (first, self.nodes.len()), places: (0, 0) });
        }
    }

    /// Adds a span whose people are at these places. What its nodes hold is spread over them by the line in X that goes
    /// through what each node holds for its weight: number and sum of losses stay what they are.
    pub(super) fn add_long(&mut self, from: f64, to: f64, nodes: &Pair, places: impl FnOnce(&mut dyn FnMut(&Pair))) {
        let start = self.places.len();
        let [one, two] = nodes;
        let per_gap = (two.x - one.x).recip();
        places(&mut |pair: &Pair| {
            self.places.extend(pair.iter().map(|at| {
                let second = (at.x - one.x) * per_gap;
                Place { at: *at, of: [at.weight * (1.0 - second) / one.weight, at.weight * second / two.weight] }
            }));
        });
        let spans = self.spans.len();
        self.add(from, to, nodes);
        if let Some(span) = self.spans.get_mut(spans) {
            span.places = (start, self.places.len());
            self.long.push(spans);
        }
    }

    /// The other node of a node's pair. A loss that stands alone has none, and it does not matter which is told: it is
    /// measured where it is.
    pub fn mate(&self, node: usize) -> usize {
        if node ^ 1 < self.nodes.len() { node ^ 1 } else { node }
    }

    /// The span with places that a node belongs to, if it does to one.
    #[inline]
    pub fn long_of(&self, node: usize) -> Option<&Span> {
        Some(&self.spans[self.span_of[node]]).filter(|s| s.places.0 < s.places.1)
    }

    /// Tells how many people are at each place of a long span that has so many at its nodes; `scatter` is what
    /// [`Axis::scatter`] told, or nothing where only means matter.
    #[inline]
    pub fn spread(&self, span: &Span, people: [f64; 2], scatter: &[f64], mut tell: impl FnMut(&Node, f64)) {
        let places = span.places.0..span.places.1;
        let all = people[0] + people[1];
        let scattered = scatter.get(places.clone()).unwrap_or_default().iter().map(|s| all * s);
        for (place, more) in self.places[places].iter().zip(scattered.chain(std::iter::repeat(0.0))) {
            tell(&place.at, place.of[0] * people[0] + place.of[1] * people[1] + more);
        }
    }

    /// Draws by how much the people at each place miss what [`Axis::spread`] expects of so many people at the nodes, as a share
    /// of those of its span: `draw` takes a mean and gives a Poisson number, or nearly one. Number and sum of losses of the span
    /// stay what they are: from independent numbers the line in X with these is taken off, as their law has it when both
    /// are known and people are many.
    pub(super) fn scatter(&self, people: &[f64], out: &mut Vec<f64>, mut draw: impl FnMut(f64) -> f64) {
        out.clear();
        out.resize(self.places.len(), 0.0);
        for span in self.long.iter().map(|s| &self.spans[*s]) {
            let ends = [people[span.nodes.0], people[span.nodes.0 + 1]];
            let (all, places) = (ends[0] + ends[1], &self.places[span.places.0..span.places.1]);
            if all <= 0.0 {
                continue;
            }
            let expected = |p: &Place| (p.of[0] * ends[0] + p.of[1] * ends[1]).max(0.0);
            let middle = places.iter().map(|p| expected(p) * p.at.x).sum::<f64>() / all;
            let (mut sums, mut missed) = ([0.0; 2], [0.0; 2]);
            let scatter = &mut out[span.places.0..span.places.1];
            for (p, s) in places.iter().zip(scatter.iter_mut()) {
                let (n, x) = (expected(p), p.at.x - middle);
                *s = draw(n) - n;
                sums = [sums[0] + n, sums[1] + n * x * x];
                missed = [missed[0] + *s, missed[1] + *s * x];
            }
            let [level, slope] = std::array::from_fn(|k| if sums[k] > 0.0 { missed[k] / sums[k] } else { 0.0 });
            for (p, s) in places.iter().zip(scatter.iter_mut()) {
                *s = (*s - expected(p) * (level + slope * (p.at.x - middle))) / all;
            }
        }
    }

    /// Tells how many of the people at some nodes (first and end) are at each place; `people` by node, `scatter` as for
    /// [`Axis::spread`].
    #[inline]
    pub fn spread_all(
        &self,
        (from, to): (usize, usize),
        people: &[f64],
        scatter: &[f64],
        mut tell: impl FnMut(&Node, f64),
    ) {
        let mut next = from;
        for span in self.long.iter().map(|s| &self.spans[*s]).filter(|s| s.nodes.0 >= from && s.nodes.1 <= to) {
            let first = span.nodes.0;
            (next..first).filter(|n| people[*n] != 0.0).for_each(|n| tell(&self.nodes[n], people[n]));
            next = span.nodes.1;
            let ends = [people[first], people[first + 1]];
            if ends != [0.0; 2] {
                self.spread(span, ends, scatter, &mut tell);
            }
        }
        (next..to).filter(|n| people[*n] != 0.0).for_each(|n| tell(&self.nodes[n], people[n]));
    }
}
