//! The law of a cell: nodes, filing and awards at each node, and the mean and covariance of every count and sum that
//! its guidelines need, in closed form from the nodes.
//!
//! Every component is a sum of terms c(X)·1{U < f(X), V < a}, so that products have the expectation
//! Σ_nodes w · c·c' · min(f, f') · min(a, a'): people who file under the less generous of two offers file under both.

use super::nodes::{Node, SeverityGrid};
use super::{CellInput, Offer};
use crate::chance::linalg::cholesky_semidefinite;
use crate::engine::inequality::bucket;

/// First filers of a small offer that are drawn singly.
const SINGLES: f64 = 48.0;
/// A bend of a schedule that fewer people than this are expected beyond has all of them drawn singly.
const SPARSE: f64 = 100.0;
/// Size class (2^class people) below which everybody is drawn singly.
const SMALLEST_BULK: u32 = 6;
/// An offer that fewer people than this are expected to come through has its first filers drawn singly.
const FEW: f64 = 1500.0;

/// A piece of an offer's schedule as it is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Tier {
    /// Award = intercept + slope × X.
    pub intercept: f64,
    /// Award per unit of X.
    pub slope: f64,
    /// Lowest and highest X of its nodes.
    pub range: (f64, f64),
    /// Component that counts its approved people.
    pub count: usize,
    /// Component that sums their X, where needed.
    pub sum: Option<usize>,
    /// How much of the award makes good a loss.
    pub good: MadeGood,
}

/// Which is smaller in a tier, award or loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeGood {
    /// The award: all of it makes good a loss.
    Award,
    /// The loss: it is made good in full.
    Loss,
    /// Now one, now the other: a component of its own holds the sum.
    Mixed,
}

/// Where an offer's components are.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferLaw {
    /// Tiers with an award above 0.
    pub tiers: Vec<Tier>,
    /// Component that counts those who filed and were refused; `None`: nobody is refused.
    pub refused: Option<usize>,
    /// Highest share who file at any loss.
    pub highest_share: f64,
}

/// Components that a guideline needs beside those of its offers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GuidelineLaw {
    /// Guideline (index).
    pub guideline: usize,
    /// First of its offers and the end of them.
    pub offers: (usize, usize),
    /// People who file any claim, where it has several offers to claim.
    pub claims: Option<usize>,
    /// People reached automatically by any offer, where it has several such.
    pub automatic: Option<usize>,
    /// People with anything approved, where it has several offers.
    pub approved: Option<usize>,
    /// People with money approved, likewise.
    pub paid: Option<usize>,
    /// Loss made good, where it does not follow from the tiers.
    pub made_good: Option<usize>,
    /// Law of the net loss of one person of the bulk: (bucket, probability, expected net loss).
    pub net_loss: Vec<(usize, f64, f64)>,
}

/// The law of a cell for people of the bulk: X at most `top` and U at least `u_floor`.
#[derive(Clone, Debug)]
pub struct CellLaw {
    /// X above which losses are drawn singly, and the probability of being above it.
    pub top: f64,
    /// P(X > top).
    pub top_share: f64,
    /// U below which people are drawn singly.
    pub u_floor: f64,
    /// True when everybody is drawn singly.
    pub all_singly: bool,
    /// True when everybody entitled gets every offer: U and V need not be drawn.
    pub certain: bool,
    /// Nodes of X up to `top`.
    pub nodes: Vec<Node>,
    /// Offers in the order of the input.
    pub offers: Vec<OfferLaw>,
    /// Guidelines in the order of the input.
    pub guidelines: Vec<GuidelineLaw>,
    /// Mean of each component for one person of the bulk; component 0 is X itself.
    pub mean: Vec<f64>,
    /// Lower Cholesky factor of their covariance, row by row.
    pub factor: Vec<f64>,
    /// Net loss of one person of the bulk without any award.
    pub bare_loss: Vec<(usize, f64, f64)>,
    /// Probability of filing under each offer at each node.
    pub filing: Vec<Vec<f64>>,
    /// Award of each offer at each node.
    pub awards: Vec<Vec<f64>>,
}

/// One term of a component: coefficient at each node, filing curve (index of `Shares`), probability of approval.
struct Term {
    coefficient: Vec<f64>,
    share: usize,
    approval: f64,
}

/// Distinct filing probabilities at the nodes; index 0 is everybody.
struct Shares {
    list: Vec<Vec<f64>>,
}

impl Shares {
    fn add(&mut self, share: Vec<f64>) -> usize {
        match self.list.iter().position(|s| *s == share) {
            Some(i) => i,
            None => {
                self.list.push(share);
                self.list.len() - 1
            }
        }
    }

    fn highest_of(&mut self, indices: &[usize]) -> usize {
        let n = self.list[0].len();
        let high = (0..n).map(|j| indices.iter().map(|i| self.list[*i][j]).fold(0.0, f64::max)).collect();
        self.add(high)
    }
}

impl CellLaw {
    /// The law of a cell that holds at least 2^class people, and not twice as many.
    pub fn new(input: &CellInput, grid: &SeverityGrid, class: u32) -> CellLaw {
        let all_singly = class < SMALLEST_BULK;
        let people = 2f64.powi(class as i32);
        let top = if all_singly { f64::INFINITY } else { top(input, grid, class, people) };
        let top_share = if top.is_finite() { grid.severity.sf(top) } else { 0.0 };
        let mut law = CellLaw {
            top,
            top_share,
            u_floor: 0.0,
            all_singly,
            certain: input.offers.iter().all(always),
            nodes: Vec::new(),
            offers: Vec::new(),
            guidelines: Vec::new(),
            mean: Vec::new(),
            factor: Vec::new(),
            bare_loss: Vec::new(),
            filing: Vec::new(),
            awards: Vec::new(),
        };
        let highest = |o: &Offer| o.curve.highest();
        law.offers.extend(input.offers.iter().map(|o| OfferLaw {
            tiers: Vec::new(),
            refused: None,
            highest_share: highest(o),
        }));
        if !all_singly {
            law.fill(input, grid, people);
        }
        law
    }

    fn fill(&mut self, input: &CellInput, grid: &SeverityGrid, people: f64) {
        grid.nodes(&breaks(input), self.top, &mut self.nodes);
        for o in &input.offers {
            let at: Vec<(f64, f64)> = self.nodes.iter().map(|n| o.at(n.x)).collect();
            self.awards.push(at.iter().map(|p| p.0).collect());
            self.filing.push(at.iter().map(|p| p.1).collect());
        }
        self.u_floor = self.floor_of(input, people);
        if self.u_floor >= 1.0 {
            self.all_singly = true;
            return;
        }
        let mut shares = Shares { list: vec![vec![1.0; self.nodes.len()]] };
        let x: Vec<f64> = self.nodes.iter().map(|n| n.x).collect();
        let mut components: Vec<Vec<Term>> = vec![vec![Term { coefficient: x, share: 0, approval: 1.0 }]];
        let curves: Vec<usize> = self.filing.iter().map(|f| shares.add(f.clone())).collect();
        for (i, o) in input.offers.iter().enumerate() {
            let offer = offer_components(o, &self.nodes, &self.awards[i], curves[i], input, &mut components);
            self.offers[i] = OfferLaw { highest_share: self.offers[i].highest_share, ..offer };
        }
        for (guideline, first, end) in input.by_guideline() {
            let law = self.guideline_components(guideline, (first, end), input, &curves, &mut shares, &mut components);
            self.guidelines.push(law);
        }
        self.moments(&components, &shares);
        self.net_losses(input);
    }

    /// U below which people are drawn singly, so that offers with few filers have them drawn one by one.
    fn floor_of(&self, input: &CellInput, n: f64) -> f64 {
        let mut floor = 0.0f64;
        for (i, o) in input.offers.iter().enumerate() {
            let mean: f64 = self.nodes.iter().zip(&self.filing[i]).map(|(node, f)| node.weight * f).sum();
            let through = n * mean * o.approval;
            if through > 0.0 && through < FEW {
                let highest = self.filing[i].iter().copied().fold(0.0, f64::max);
                floor = floor.max(highest.min(SINGLES / (n * o.approval)));
            }
        }
        floor
    }

    fn guideline_components(
        &self,
        guideline: usize,
        (first, end): (usize, usize),
        input: &CellInput,
        curves: &[usize],
        shares: &mut Shares,
        components: &mut Vec<Vec<Term>>,
    ) -> GuidelineLaw {
        let mut law = GuidelineLaw { guideline, offers: (first, end), ..GuidelineLaw::default() };
        let offers = &input.offers[first..end];
        let everywhere = |keep: &dyn Fn(&Offer) -> bool| -> Vec<usize> {
            (first..end).filter(|i| keep(&input.offers[*i])).collect()
        };
        let claimed = everywhere(&|o| !o.automatic);
        let automatic = everywhere(&|o| o.automatic);
        let ones = || vec![1.0; self.nodes.len()];
        let mut any = |list: &[usize], shares: &mut Shares| -> Option<usize> {
            (list.len() > 1).then(|| {
                let share = shares.highest_of(&list.iter().map(|i| curves[*i]).collect::<Vec<_>>());
                components.push(vec![Term { coefficient: ones(), share, approval: 1.0 }]);
                components.len() - 1
            })
        };
        law.claims = any(&claimed, shares);
        law.automatic = any(&automatic, shares);
        let money = everywhere(&|o| o.in_kind.is_none());
        let mixed = self.offers[first..end].iter().any(|o| o.tiers.iter().any(|t| t.good == MadeGood::Mixed));
        if offers.len() > 1 {
            components.push(self.any_approved(&everywhere(&|_| true), input, curves, shares));
            law.approved = Some(components.len() - 1);
            components.push(self.any_approved(&money, input, curves, shares));
            law.paid = Some(components.len() - 1);
        }
        if input.true_scale > 0.0 && (money.len() > 1 || mixed) {
            components.push(self.loss_made_good(&money, input, curves));
            law.made_good = Some(components.len() - 1);
        }
        law
    }

    fn moments(&mut self, components: &[Vec<Term>], shares: &Shares) {
        let body: f64 = self.nodes.iter().map(|n| n.weight).sum();
        let norm = 1.0 / (body * (1.0 - self.u_floor));
        let floor = self.u_floor;
        let k = shares.list.len();
        let joint: Vec<Vec<f64>> = (0..k * k)
            .map(|ij| {
                let (a, b) = (&shares.list[ij / k], &shares.list[ij % k]);
                if ij / k > ij % k {
                    return Vec::new();
                }
                let both = a.iter().zip(b).map(|(p, q)| (p.min(*q) - floor).max(0.0) * norm);
                both.zip(&self.nodes).map(|(p, n)| p * n.weight).collect()
            })
            .collect();
        let d = components.len();
        self.mean = components
            .iter()
            .map(|c| c.iter().map(|t| t.approval * dot(&t.coefficient, &joint[t.share])).sum())
            .collect();
        self.factor = vec![0.0; d * d];
        for a in 0..d {
            for b in 0..=a {
                let mut product = 0.0;
                for s in &components[a] {
                    for t in &components[b] {
                        let (i, j) = (s.share.min(t.share), s.share.max(t.share));
                        let both = s.approval.min(t.approval);
                        product += both * dot3(&s.coefficient, &t.coefficient, &joint[i * k + j]);
                    }
                }
                let covariance = product - self.mean[a] * self.mean[b];
                self.factor[a * d + b] = covariance;
                self.factor[b * d + a] = covariance;
            }
        }
        cholesky_semidefinite(&mut self.factor, d);
    }

    /// Law of the net loss, for the Gini index.
    fn net_losses(&mut self, input: &CellInput) {
        let scale = input.true_scale;
        if scale <= 0.0 {
            return;
        }
        let body: f64 = self.nodes.iter().map(|n| n.weight).sum();
        let bare = self.nodes.iter().map(|n| (n.weight / body, scale * n.x));
        self.bare_loss = compress(bare);
        for i in 0..self.guidelines.len() {
            self.guidelines[i].net_loss = self.net_loss(input, i, 1.0);
        }
    }

    /// Law of the net loss of one person of the bulk under a guideline (position in the input) whose pool scales money
    /// by `factor`. Empty where it pays no money here.
    pub fn net_loss(&self, input: &CellInput, position: usize, factor: f64) -> Vec<(usize, f64, f64)> {
        let (first, end) = self.guidelines[position].offers;
        let money: Vec<usize> = (first..end).filter(|i| input.offers[*i].in_kind.is_none()).collect();
        if money.is_empty() {
            return Vec::new();
        }
        let body: f64 = self.nodes.iter().map(|n| n.weight).sum();
        let mut points = Vec::with_capacity(self.nodes.len() * (money.len() + 1));
        for (j, node) in self.nodes.iter().enumerate() {
            let (loss, weight) = (input.true_scale * node.x, node.weight / body);
            self.outcomes(&money, j, input, |probability, award| {
                points.push((weight * probability, (loss - factor * award).max(0.0)));
            });
        }
        compress(points.into_iter())
    }

    /// Sum of min(factor × award, loss) expected of one person of the bulk.
    pub fn made_good(&self, input: &CellInput, position: usize, factor: f64) -> f64 {
        let (first, end) = self.guidelines[position].offers;
        let money: Vec<usize> = (first..end).filter(|i| input.offers[*i].in_kind.is_none()).collect();
        let body: f64 = self.nodes.iter().map(|n| n.weight).sum();
        let mut sum = 0.0;
        for (j, node) in self.nodes.iter().enumerate() {
            let loss = input.true_scale * node.x;
            self.outcomes(&money, j, input, |probability, award| {
                sum += node.weight / body * probability * (factor * award).min(loss);
            });
        }
        sum
    }

    /// Tells every possible sum of approved awards of some offers at a node, with its probability in the bulk: strips
    /// of V between the offers' approvals, in each strip steps of U down the filing shares.
    fn outcomes(&self, offers: &[usize], node: usize, input: &CellInput, mut tell: impl FnMut(f64, f64)) {
        let mut nothing = 1.0;
        for (level, next) in strips(offers, input) {
            let mut open: Vec<usize> = offers.iter().copied().filter(|i| input.offers[*i].approval >= level).collect();
            open.sort_by(|a, b| self.filing[*b][node].total_cmp(&self.filing[*a][node]));
            let mut award = 0.0;
            for (k, i) in open.iter().enumerate() {
                award += self.awards[*i][node];
                let below = open.get(k + 1).map_or(0.0, |n| self.in_bulk(self.filing[*n][node]));
                let probability = (self.in_bulk(self.filing[*i][node]) - below) * (level - next);
                if probability > 0.0 {
                    nothing -= probability;
                    tell(probability, award);
                }
            }
        }
        tell(nothing.max(0.0), 0.0);
    }

    /// Probability that U is below a filing share, for a person of the bulk.
    fn in_bulk(&self, share: f64) -> f64 {
        (share - self.u_floor).max(0.0) / (1.0 - self.u_floor)
    }

    /// 1{any of these offers is approved}.
    fn any_approved(
        &self,
        offers: &[usize],
        input: &CellInput,
        curves: &[usize],
        shares: &mut Shares,
    ) -> Vec<Term> {
        let mut terms = Vec::new();
        for (level, next) in strips(offers, input) {
            let open = offers.iter().filter(|i| input.offers[**i].approval >= level);
            let share = shares.highest_of(&open.map(|i| curves[*i]).collect::<Vec<_>>());
            push_strip(&mut terms, vec![1.0; self.nodes.len()], share, level, next);
        }
        terms
    }

    /// min(sum of approved awards, loss): in each strip of V, an offer adds what it brings to those who file under
    /// every offer that draws more.
    fn loss_made_good(&self, offers: &[usize], input: &CellInput, curves: &[usize]) -> Vec<Term> {
        let mut terms = Vec::new();
        for (level, next) in strips(offers, input) {
            let open: Vec<usize> = offers.iter().copied().filter(|i| input.offers[*i].approval >= level).collect();
            for i in &open {
                let adds = |j: usize| {
                    let before = |k: &&usize| {
                        let (theirs, mine) = (self.filing[**k][j], self.filing[*i][j]);
                        theirs > mine || (theirs == mine && **k < *i)
                    };
                    let sum: f64 = open.iter().filter(before).map(|k| self.awards[*k][j]).sum();
                    let loss = input.true_scale * self.nodes[j].x;
                    (sum + self.awards[*i][j]).min(loss) - sum.min(loss)
                };
                push_strip(&mut terms, (0..self.nodes.len()).map(adds).collect(), curves[*i], level, next);
            }
        }
        terms
    }
}

/// Strips of V between the distinct approvals of some offers, from the top: (upper end, lower end).
fn strips(offers: &[usize], input: &CellInput) -> Vec<(f64, f64)> {
    let mut levels: Vec<f64> = offers.iter().map(|i| input.offers[*i].approval).filter(|a| *a > 0.0).collect();
    levels.sort_unstable_by(|a, b| b.total_cmp(a));
    levels.dedup();
    (0..levels.len()).map(|k| (levels[k], levels.get(k + 1).copied().unwrap_or(0.0))).collect()
}

/// Adds coefficient · 1{U < share}·1{next <= V < level}.
fn push_strip(terms: &mut Vec<Term>, coefficient: Vec<f64>, share: usize, level: f64, next: f64) {
    if next > 0.0 {
        let minus = coefficient.iter().map(|c| -c).collect();
        terms.push(Term { coefficient: minus, share, approval: next });
    }
    terms.push(Term { coefficient, share, approval: level });
}

/// True when whoever is entitled gets it: filing and approval numbers do not matter.
fn always(o: &Offer) -> bool {
    o.curve.is_constant() && o.curve.highest() == 1.0 && o.approval == 1.0
}

/// X above which losses are drawn singly: the severity's own top, or a sparse bend below it.
fn top(input: &CellInput, grid: &SeverityGrid, class: u32, people: f64) -> f64 {
    let own = grid.top(class);
    let ends = input.offers.iter().flat_map(|o| o.schedule.pieces()).map(|p| p.end);
    ends.filter(|b| *b < own && people * grid.severity.sf(*b) < SPARSE).fold(own, f64::min)
}

/// Loss at which schedules bend or jump, and at which an award equals the loss.
fn breaks(input: &CellInput) -> Vec<f64> {
    let mut out = Vec::new();
    for o in &input.offers {
        for p in o.schedule.pieces() {
            out.push(p.end);
            out.push(p.intercept / (input.true_scale - p.slope));
        }
    }
    out
}

/// Tier and refusal components of one offer.
fn offer_components(
    o: &Offer,
    nodes: &[Node],
    awards: &[f64],
    share: usize,
    input: &CellInput,
    components: &mut Vec<Vec<Term>>,
) -> OfferLaw {
    let mut add = |coefficient: Vec<f64>| {
        components.push(vec![Term { coefficient, share, approval: o.approval }]);
        components.len() - 1
    };
    let tier_of: Vec<usize> = nodes.iter().map(|n| o.schedule.tier(n.x)).collect();
    let mut tiers = Vec::new();
    for (t, piece) in o.schedule.pieces().iter().enumerate() {
        let mine: Vec<usize> = (0..nodes.len()).filter(|j| tier_of[*j] == t && awards[*j] > 0.0).collect();
        let (Some(first), Some(last)) = (mine.first(), mine.last()) else { continue };
        let good = made_good(&mine, nodes, awards, input.true_scale);
        let indicator = |value: &dyn Fn(usize) -> f64| {
            let mut c = vec![0.0; nodes.len()];
            for j in &mine {
                c[*j] = value(*j);
            }
            c
        };
        let count = add(indicator(&|_| 1.0));
        let wants_sum = piece.slope != 0.0 || good == MadeGood::Loss;
        let sum = wants_sum.then(|| add(indicator(&|j| nodes[j].x)));
        let range = (nodes[*first].x, nodes[*last].x);
        tiers.push(Tier { intercept: piece.intercept, slope: piece.slope, range, count, sum, good });
    }
    let refused = (o.approval < 1.0 && !tiers.is_empty()).then(|| {
        let coefficient = || awards.iter().map(|g| f64::from(*g > 0.0)).collect::<Vec<f64>>();
        let minus = coefficient().iter().map(|c| -c).collect();
        components.push(vec![
            Term { coefficient: coefficient(), share, approval: 1.0 },
            Term { coefficient: minus, share, approval: o.approval },
        ]);
        components.len() - 1
    });
    OfferLaw { tiers, refused, highest_share: 0.0 }
}

fn made_good(mine: &[usize], nodes: &[Node], awards: &[f64], true_scale: f64) -> MadeGood {
    let loss = |j: &usize| true_scale * nodes[*j].x;
    if true_scale <= 0.0 || mine.iter().all(|j| awards[*j] <= loss(j)) {
        MadeGood::Award
    } else if mine.iter().all(|j| awards[*j] >= loss(j)) {
        MadeGood::Loss
    } else {
        MadeGood::Mixed
    }
}

/// Joins points of a law that fall in one bucket.
fn compress(points: impl Iterator<Item = (f64, f64)>) -> Vec<(usize, f64, f64)> {
    let mut all: Vec<(usize, f64, f64)> =
        points.filter(|(p, _)| *p > 0.0).map(|(p, value)| (bucket(value), p, p * value)).collect();
    all.sort_unstable_by_key(|e| e.0);
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
            kept.2 += next.2;
        }
        same
    });
    all
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    lanes(a.len(), |i| a[i] * b[i])
}

fn dot3(a: &[f64], b: &[f64], c: &[f64]) -> f64 {
    let (b, c) = (&b[..a.len()], &c[..a.len()]);
    lanes(a.len(), |i| a[i] * b[i] * c[i])
}

/// A sum in four lanes, which the compiler can keep in vector registers.
#[inline]
fn lanes(n: usize, value: impl Fn(usize) -> f64) -> f64 {
    let mut sum = [0.0; 4];
    let whole = n - n % 4;
    let mut i = 0;
    while i < whole {
        for (lane, s) in sum.iter_mut().enumerate() {
            *s += value(i + lane);
        }
        i += 4;
    }
    (whole..n).map(value).sum::<f64>() + (sum[0] + sum[1]) + (sum[2] + sum[3])
}
