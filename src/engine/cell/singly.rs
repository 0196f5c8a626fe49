//! Which people of a cell are drawn one by one: those whose sums are too few to be taken for normal. In each span of
//! the loss axis these are the people whose filing number U lies below a ceiling: 1 in the upper tail of the loss, the
//! share of an offer where it has few claims (in a band of a few people, or in the upper tail of its own claims).
//!
//! Everybody else is counted at once with the first three cumulants right (see [`super::draw`]); an error of law is
//! then of the order of the kurtosis, at most 0.55/24 of it (Edgeworth series), and no counted span that ends a tail
//! holds fewer than [`FEW`] people: at worst, if these alone made up the variance, a kurtosis of 1/8 and an error of
//! 0.0029 in a distribution function.

use super::axis::Span;
use super::class::people_of;
use super::grid::SeverityGrid;
use super::law::{CellLaw, Tier};
use super::{CellInput, Offer};

/// Expected people of a tail, or of a whole band, up to which they are drawn singly.
pub const FEW: f64 = 8.0;
/// The same where losses have a few values only: rounding of the counts then adds no more than a three hundredth to a variance.
const FEW_ON_LATTICE: f64 = 50.0;

/// Which of the two.
fn few(law: &CellLaw) -> f64 {
    if law.lattice { FEW_ON_LATTICE } else { FEW }
}

/// People drawn singly.
#[derive(Clone, Debug, Default)]
pub struct Singly {
    /// Their share of the cell.
    pub share: f64,
    /// Ceiling of U in each span of the axis.
    pub ceilings: Vec<f64>,
    /// Where they are,
    places: Vec<Place>,
    /// and the sum of the shares up to and with each place.
    upto: Vec<f64>,
    ends: Ends,
}

/// Lowest and highest shares of offers on spans, `[offer][span]`, as far as they were asked for.
#[derive(Clone, Debug, Default)]
struct Ends {
    known: Vec<Option<(f64, f64)>>,
    spans: usize,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    share: f64,
    span: Option<Span>,
    ceiling: f64,
}

/// Where one of them is.
#[derive(Clone, Copy, Debug)]
pub struct Whereabouts {
    /// Relative loss.
    pub x: f64,
    /// Ceiling of the filing number.
    pub ceiling: f64,
    /// Nodes of the axis that the loss lies among: first and end. Those before are below it, those from the end on above.
    pub among: (usize, usize),
}

impl Singly {
    /// Chooses them for a cell of a size class; `top_share`: the share above the axis.
    pub(super) fn choose(&mut self, law: &CellLaw, input: &CellInput, class: u32, top_share: f64) {
        let people = people_of(class);
        self.ceilings.clear();
        self.ceilings.resize(law.axis.spans.len(), 0.0);
        self.upper_tail(law, (0, law.nodes()), |j| people * law.axis.nodes[j].weight, |_| 1.0, people * top_share);
        let mut ends = std::mem::take(&mut self.ends);
        ends.forget(input.offers.len(), law.axis.spans.len());
        for (i, o) in input.offers.iter().enumerate() {
            let shares = law.shares_of(i);
            // Of an offer that nobody gets, the claims are counted.
            let through = people * if o.approval > 0.0 { o.approval } else { 1.0 };
            let expected = |j: usize| through * law.axis.nodes[j].weight * shares[j];
            for tier in law.tiers_of(i) {
                let highest = |s: usize| ends.of((i, o), tier, law, s).1;
                let (from, to) = tier.nodes;
                if tier.slope != 0.0 {
                    self.upper_tail(law, tier.nodes, expected, highest, 0.0);
                } else if through * shares[from] * law.weight_of(from, to) <= few(law) {
                    self.upper_tail(law, tier.nodes, |_| 0.0, highest, 0.0);
                }
            }
        }
        self.clear_straddling(law, input, &mut ends);
        self.ends = ends;
        self.list(law, top_share);
    }

    /// Raises the ceilings of the uppermost spans of a range of nodes, as long as few people are expected in them.
    fn upper_tail(
        &mut self,
        law: &CellLaw,
        (first, end): (usize, usize),
        expected: impl Fn(usize) -> f64,
        mut ceiling: impl FnMut(usize) -> f64,
        already: f64,
    ) {
        let mut sum = already;
        let spans = law.axis.spans.iter().enumerate().rev();
        for (s, span) in spans.filter(|(_, s)| s.nodes.1 > first && s.nodes.0 < end) {
            sum += (span.nodes.0.max(first)..span.nodes.1.min(end)).map(&expected).sum::<f64>();
            if sum > few(law) {
                break;
            }
            self.ceilings[s] = self.ceilings[s].max(ceiling(s));
        }
    }

    /// An offer's share that crosses the ceiling inside a span would be integrated badly there: the ceiling is raised
    /// above it.
    fn clear_straddling(&mut self, law: &CellLaw, input: &CellInput, ends: &mut Ends) {
        for (s, (span, ceiling)) in law.axis.spans.iter().zip(&mut self.ceilings).enumerate() {
            if *ceiling <= 0.0 || *ceiling >= 1.0 {
                continue;
            }
            let varying = || input.offers.iter().enumerate().filter(|(_, o)| o.varies());
            for _ in 0..input.offers.len() {
                let before = *ceiling;
                for (i, o) in varying() {
                    let (first, end) = span.nodes;
                    let inside = |t: &&Tier| t.nodes.0 < end && t.nodes.1 > first;
                    if let Some(tier) = law.tiers_of(i).iter().find(inside) {
                        let (low, high) = ends.of((i, o), tier, law, s);
                        if low < *ceiling && *ceiling < high {
                            *ceiling = high;
                        }
                    }
                }
                if *ceiling == before {
                    break;
                }
            }
        }
    }

    fn list(&mut self, law: &CellLaw, top_share: f64) {
        self.places.clear();
        self.upto.clear();
        let mut upto = top_share;
        if top_share > 0.0 {
            self.places.push(Place { share: top_share, span: None, ceiling: 1.0 });
            self.upto.push(upto);
        }
        for (span, ceiling) in law.axis.spans.iter().zip(&self.ceilings).filter(|(_, c)| **c > 0.0) {
            let share = span.weight * ceiling;
            upto += share;
            self.places.push(Place { share, span: Some(*span), ceiling: *ceiling });
            self.upto.push(upto);
        }
        // Weights of nodes add up to the whole but for rounding.
        let whole = top_share + law.axis.spans.last().map_or(0.0, |s| s.below + s.weight);
        self.share = if whole > 0.0 { (upto / whole).min(1.0) } else { 1.0 };
    }

    /// Where one of them is, by a uniform number; `nodes`: how many the axis has.
    #[inline]
    pub fn person(&self, grid: &SeverityGrid, nodes: usize, u: f64) -> Whereabouts {
        let Some(last) = self.upto.last() else {
            return Whereabouts { x: grid.quantile(u), ceiling: 1.0, among: (0, nodes) };
        };
        let at = u * last;
        // There are few: to count them takes less time than to halve them again and again.
        let index = self.upto.iter().map(|upto| usize::from(*upto < at)).sum::<usize>().min(self.places.len() - 1);
        let Place { share, span, ceiling } = &self.places[index];
        let inside = ((self.upto[index] - at) / share).clamp(0.0, 1.0);
        let (x, among) = match span {
            None => (grid.quantile_sf(share * inside.max(f64::MIN_POSITIVE)), (nodes, nodes)),
            Some(s) if s.from == s.to => (s.to, s.nodes),
            Some(s) => (grid.quantile(s.below + s.weight * inside).clamp(s.from, s.to), s.nodes),
        };
        Whereabouts { x, ceiling: *ceiling, among }
    }
}

impl Ends {
    fn forget(&mut self, offers: usize, spans: usize) {
        self.known.clear();
        self.known.resize(offers * spans, None);
        self.spans = spans;
    }

    /// Those of an offer on a span of one of its tiers; the share is monotone there.
    fn of(&mut self, (i, o): (usize, &Offer), tier: &Tier, law: &CellLaw, span: usize) -> (f64, f64) {
        *self.known[i * self.spans + span].get_or_insert_with(|| at_ends(o, tier, &law.axis.spans[span]))
    }
}

/// Lowest and highest share of an offer's tier on a span; the share is monotone there.
fn at_ends(o: &Offer, tier: &Tier, span: &Span) -> (f64, f64) {
    let share = |x: f64| o.curve.share(o.foreseen_factor * (tier.intercept + tier.slope * x));
    if o.curve.is_constant() || tier.slope == 0.0 {
        let share = if tier.slope == 0.0 { share(0.0) } else { o.curve.highest() };
        return (share, share);
    }
    let (a, b) = (share(span.from), share(span.to));
    (a.min(b), a.max(b))
}
