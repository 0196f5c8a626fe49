//! Components: the counts and sums of a cell, each a sum of terms c(X)·1{U < f(X), V < a}, and their covariance.
//!
//! The expectation of a product is Σ_nodes w · c·c' · min(f, f') · min(a, a'): people who file under the less generous
//! of two offers file under both. Several offers of one guideline are taken apart into strips of V between their
//! approvals and, in each strip, steps of U down their filing shares.

use super::law::{CellLaw, GuidelineLaw, MadeGood, OfferLaw, Tier};
use super::nodes::Node;
use super::{CellInput, Offer};
use crate::chance::linalg::cholesky_semidefinite;

/// Memory for making laws, used again and again.
#[derive(Default)]
pub struct Bench {
    /// Places where the loss axis is cut.
    pub breaks: Vec<f64>,
    nodes: usize,
    /// Awards: `[offer][node]`.
    awards: Vec<f64>,
    /// Filing probabilities: `[offer][node]`.
    filing: Vec<f64>,
    /// Coefficients of all terms, one after the other.
    coefficients: Vec<f64>,
    terms: Vec<Term>,
    /// Where each component's terms begin; one more entry for the end.
    starts: Vec<usize>,
    /// Distinct filing shares: `[share][node]`; 0 is everybody.
    shares: Vec<f64>,
    /// w · min(f, f') / norm: `[share][share][node]`, upper half; where V has no floor, less the part drawn singly.
    joint: Vec<f64>,
    /// Second moment of each component.
    second: Vec<f64>,
    /// w · min(f, f', floor) / norm, where V has a floor; else empty.
    singly: Vec<f64>,
}

/// One term of a component.
#[derive(Clone, Copy)]
struct Term {
    /// Where its coefficients begin and for which nodes they stand.
    start: usize,
    nodes: (usize, usize),
    share: usize,
    approval: f64,
}

impl Bench {
    /// Works out awards and filing at all nodes.
    pub fn evaluate(&mut self, input: &CellInput, nodes: &[Node]) {
        self.nodes = nodes.len();
        self.awards.clear();
        self.filing.clear();
        for o in &input.offers {
            let mut tier = 0;
            for n in nodes {
                let (award, share) = o.at_ordered(n.x, &mut tier);
                self.awards.push(award);
                self.filing.push(share);
            }
        }
    }

    /// Filing probabilities of an offer at the nodes.
    pub fn filing(&self, offer: usize) -> &[f64] {
        &self.filing[offer * self.nodes..(offer + 1) * self.nodes]
    }

    /// Awards of an offer at the nodes.
    pub fn awards(&self, offer: usize) -> &[f64] {
        &self.awards[offer * self.nodes..(offer + 1) * self.nodes]
    }

    fn share(&self, index: usize) -> &[f64] {
        &self.shares[index * self.nodes..(index + 1) * self.nodes]
    }

    fn share_count(&self) -> usize {
        self.shares.len().checked_div(self.nodes).unwrap_or(0)
    }

    /// Index of the last pushed share, or of an equal one before it.
    fn settle_share(&mut self) -> usize {
        let last = self.share_count() - 1;
        match (0..last).find(|i| self.share(*i) == self.share(last)) {
            Some(i) => {
                self.shares.truncate(last * self.nodes);
                i
            }
            None => last,
        }
    }

    fn share_of_offer(&mut self, offer: usize) -> usize {
        let (from, to) = (offer * self.nodes, (offer + 1) * self.nodes);
        self.shares.extend_from_slice(&self.filing[from..to]);
        self.settle_share()
    }

    /// The highest filing share of some offers at each node.
    fn highest_share(&mut self, offers: impl Iterator<Item = usize> + Clone) -> usize {
        for j in 0..self.nodes {
            let highest = offers.clone().map(|i| self.filing[i * self.nodes + j]).fold(0.0, f64::max);
            self.shares.push(highest);
        }
        self.settle_share()
    }

    fn open(&mut self) -> usize {
        self.starts.push(self.terms.len());
        self.starts.len() - 1
    }

    fn term(&mut self, nodes: (usize, usize), share: usize, approval: f64, value: impl Fn(&Bench, usize) -> f64) {
        let start = self.coefficients.len();
        for j in nodes.0..nodes.1 {
            let c = value(self, j);
            self.coefficients.push(c);
        }
        self.terms.push(Term { start, nodes, share, approval });
    }

    /// Adds value · 1{U < share}·1{next <= V < level}.
    fn strip(&mut self, share: usize, (level, next): (f64, f64), value: impl Fn(&Bench, usize) -> f64) {
        let all = (0, self.nodes);
        if next > 0.0 {
            self.term(all, share, next, |b, j| -value(b, j));
        }
        self.term(all, share, level, value);
    }
}

/// The components of one cell, laid out on a bench.
pub struct Components;

impl Components {
    /// Lays out all components of a law and notes in the law where they are.
    pub fn new(law: &mut CellLaw, input: &CellInput, bench: &mut Bench) -> Components {
        bench.coefficients.clear();
        bench.terms.clear();
        bench.starts.clear();
        bench.shares.clear();
        bench.shares.resize(bench.nodes, 1.0);
        bench.open();
        bench.term((0, bench.nodes), 0, 1.0, |_, j| law.nodes[j].x);
        for (i, o) in input.offers.iter().enumerate() {
            offer(law, input.true_scale, i, o, bench);
        }
        for (guideline, first, end) in input.by_guideline() {
            let g = guideline_law(law, input, (guideline, first, end), bench);
            law.guidelines.push(g);
        }
        bench.starts.push(bench.terms.len());
        Components
    }

    /// Mean and covariance root of the components.
    pub fn moments(&self, law: &mut CellLaw, bench: &mut Bench) {
        joint(law, bench);
        let (d, k, n) = (bench.starts.len() - 1, bench.share_count(), bench.nodes);
        let terms = |c: usize| &bench.terms[bench.starts[c]..bench.starts[c + 1]];
        for c in 0..d {
            let mean = terms(c).iter().map(|t| {
                let (from, to) = (t.share * n + t.nodes.0, t.share * n + t.nodes.1);
                let coefficients = &bench.coefficients[t.start..t.start + t.nodes.1 - t.nodes.0];
                let all = t.approval * dot(coefficients, &bench.joint[from..to]);
                let singly = || t.approval.min(law.v_floor) * dot(coefficients, &bench.singly[from..to]);
                if bench.singly.is_empty() { all } else { all - singly() }
            });
            law.mean.push(mean.sum());
        }
        law.factor.resize(d * d, 0.0);
        bench.second.clear();
        for a in 0..d {
            for b in 0..=a {
                let mut product = 0.0;
                for s in terms(a) {
                    for t in terms(b) {
                        let (from, to) = (s.nodes.0.max(t.nodes.0), s.nodes.1.min(t.nodes.1));
                        if from < to {
                            let pair = (s.share.min(t.share) * k + s.share.max(t.share)) * n;
                            let one = &bench.coefficients[s.start + from - s.nodes.0..s.start + to - s.nodes.0];
                            let two = &bench.coefficients[t.start + from - t.nodes.0..t.start + to - t.nodes.0];
                            let both = s.approval.min(t.approval);
                            product += both * dot3(one, two, &bench.joint[pair + from..pair + to]);
                            if !bench.singly.is_empty() {
                                let singly = &bench.singly[pair + from..pair + to];
                                product -= both.min(law.v_floor) * dot3(one, two, singly);
                            }
                        }
                    }
                }
                law.factor[a * d + b] = product - law.mean[a] * law.mean[b];
                if a == b {
                    bench.second.push(product);
                }
            }
        }
        let worst = cholesky_semidefinite(&mut law.factor, d, &bench.second);
        debug_assert!(worst > -1e-6, "a covariance of components is semidefinite up to rounding: {worst}");
    }
}

/// Probability weight of filing under both of two shares, at each node; row 0 holds each share alone, for means.
fn joint(law: &CellLaw, bench: &mut Bench) {
    let (k, n) = (bench.share_count(), bench.nodes);
    let norm = 1.0 / (law.body * law.bulk_share());
    bench.joint.clear();
    bench.joint.resize(k * k * n, 0.0);
    bench.singly.clear();
    let apart = law.v_floor < 1.0;
    if apart {
        bench.singly.resize(k * k * n, 0.0);
    }
    for a in 0..k {
        for b in a..k {
            let (first, second) = (&bench.shares[a * n..(a + 1) * n], &bench.shares[b * n..(b + 1) * n]);
            let at = (a * k + b) * n;
            for j in 0..n {
                let (both, weight) = (first[j].min(second[j]), norm * law.nodes[j].weight);
                if apart {
                    bench.joint[at + j] = both * weight;
                    bench.singly[at + j] = both.min(law.u_floor) * weight;
                } else {
                    bench.joint[at + j] = (both - law.u_floor).max(0.0) * weight;
                }
            }
        }
    }
}

/// Tier and refusal components of one offer.
fn offer(law: &mut CellLaw, true_scale: f64, i: usize, o: &Offer, bench: &mut Bench) {
    let share = bench.share_of_offer(i);
    let first_tier = law.tiers.len();
    let (mut j, n) = (0, bench.nodes);
    let mut tier = 0;
    while j < n {
        o.schedule.tier_from(law.nodes[j].x, &mut tier);
        let from = j;
        let mut end = tier;
        while j < n {
            o.schedule.tier_from(law.nodes[j].x, &mut end);
            if end != tier {
                break;
            }
            j += 1;
        }
        let awards = bench.awards(i);
        let Some(start) = (from..j).find(|k| awards[*k] > 0.0) else { continue };
        let stop = (start..j).find(|k| awards[*k] <= 0.0).unwrap_or(j);
        let good = made_good(&law.nodes[start..stop], &awards[start..stop], true_scale);
        let piece = o.schedule.pieces()[tier];
        let count = bench.open();
        bench.term((start, stop), share, o.approval, |_, _| 1.0);
        let sum = (piece.slope != 0.0 || good == MadeGood::Loss).then(|| {
            let sum = bench.open();
            bench.term((start, stop), share, o.approval, |_, j| law.nodes[j].x);
            sum
        });
        let range = (law.nodes[start].x, law.nodes[stop - 1].x);
        law.tiers.push(Tier { intercept: piece.intercept, slope: piece.slope, range, count, sum, good });
    }
    let tiers = (first_tier, law.tiers.len());
    let refused = (o.approval < 1.0 && tiers.0 < tiers.1).then(|| {
        let refused = bench.open();
        // Where the award is nothing nobody files, so the share alone tells who did.
        bench.term((0, n), share, 1.0, |_, _| 1.0);
        bench.term((0, n), share, o.approval, |_, _| -1.0);
        refused
    });
    law.offers[i] = OfferLaw { tiers, refused, highest_share: law.offers[i].highest_share };
}

fn made_good(nodes: &[Node], awards: &[f64], true_scale: f64) -> MadeGood {
    let mut pairs = nodes.iter().zip(awards);
    if true_scale <= 0.0 || pairs.clone().all(|(n, award)| *award <= true_scale * n.x) {
        MadeGood::Award
    } else if pairs.all(|(n, award)| *award >= true_scale * n.x) {
        MadeGood::Loss
    } else {
        MadeGood::Mixed
    }
}

/// Components of a guideline beside those of its offers.
fn guideline_law(
    law: &CellLaw,
    input: &CellInput,
    (guideline, first, end): (usize, usize, usize),
    bench: &mut Bench,
) -> GuidelineLaw {
    let mut g = GuidelineLaw { guideline, offers: (first, end), ..GuidelineLaw::default() };
    let money: Vec<usize> = (first..end).filter(|i| input.offers[*i].in_kind.is_none()).collect();
    if end - first > 1 {
        for automatic in [false, true] {
            let kind = (first..end).filter(|i| input.offers[*i].automatic == automatic);
            if kind.clone().count() > 1 {
                let share = bench.highest_share(kind);
                let component = bench.open();
                bench.term((0, bench.nodes), share, 1.0, |_, _| 1.0);
                *(if automatic { &mut g.automatic } else { &mut g.claims }) = Some(component);
            }
        }
        let all: Vec<usize> = (first..end).collect();
        g.approved = Some(any_approved(&all, input, bench));
        g.paid = (!money.is_empty()).then(|| any_approved(&money, input, bench));
    }
    let mixed = (first..end).any(|i| law.tiers_of(i).iter().any(|t| t.good == MadeGood::Mixed));
    if input.true_scale > 0.0 && (money.len() > 1 || mixed) {
        g.made_good = Some(loss_made_good(law, &money, input, bench));
    }
    g
}

/// 1{any of these offers is approved}.
fn any_approved(offers: &[usize], input: &CellInput, bench: &mut Bench) -> usize {
    let component = bench.open();
    for (level, next) in strips(offers, input) {
        let share = bench.highest_share(offers.iter().copied().filter(|i| input.offers[*i].approval >= level));
        bench.strip(share, (level, next), |_, _| 1.0);
    }
    component
}

/// min(sum of approved awards, loss): in each strip of V, an offer adds what it brings to those who file under every
/// offer that draws more.
fn loss_made_good(law: &CellLaw, offers: &[usize], input: &CellInput, bench: &mut Bench) -> usize {
    let shares: Vec<usize> = offers.iter().map(|i| bench.share_of_offer(*i)).collect();
    let component = bench.open();
    for (level, next) in strips(offers, input) {
        let open: Vec<usize> = offers.iter().copied().filter(|i| input.offers[*i].approval >= level).collect();
        for (i, share) in offers.iter().zip(&shares).filter(|(i, _)| open.contains(i)) {
            bench.strip(*share, (level, next), |b, j| {
                let before = |k: &&usize| {
                    let (theirs, mine) = (b.filing(**k)[j], b.filing(*i)[j]);
                    theirs > mine || (theirs == mine && **k < *i)
                };
                let sum: f64 = open.iter().filter(before).map(|k| b.awards(*k)[j]).sum();
                let loss = input.true_scale * law.nodes[j].x;
                (sum + b.awards(*i)[j]).min(loss) - sum.min(loss)
            });
        }
    }
    component
}

/// Strips of V between the distinct approvals of some offers, from the top: (upper end, lower end).
pub fn strips(offers: &[usize], input: &CellInput) -> impl Iterator<Item = (f64, f64)> + use<> {
    let mut levels: Vec<f64> = offers.iter().map(|i| input.offers[*i].approval).filter(|a| *a > 0.0).collect();
    levels.sort_unstable_by(|a, b| b.total_cmp(a));
    levels.dedup();
    (0..levels.len()).map(move |k| (levels[k], levels.get(k + 1).copied().unwrap_or(0.0)))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let b = &b[..a.len()];
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
