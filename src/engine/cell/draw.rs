//! One replicate of a cell: a few people one by one, everybody else at once, atom by atom.

use super::CellInput;
use super::claims::{self, LeftOut};
use super::grid::SeverityGrid;
use super::judge::{Singles, judge};
use super::law::CellLaw;
use super::settle::{self, Bulk};
use super::singly::Whereabouts;
use super::strips::Arrangement;
use crate::chance::counts::binomial;
use crate::chance::stream::Stream;

/// One person drawn singly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Single {
    /// Relative loss.
    pub x: f64,
    /// Filing number.
    pub u: f64,
    /// Approval number.
    pub v: f64,
    /// Nodes of the loss axis at or below the loss; 0 where everybody is drawn singly.
    pub above: usize,
}

/// What was drawn in a cell.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// People in the bulk: those not drawn singly.
    pub bulk: u64,
    /// People of each atom; not whole and now and then below 0, only sums of many atoms mean anything.
    pub atoms: Vec<f64>,
    /// People of the bulk at each node.
    pub at_node: Vec<f64>,
    /// Of these, who filed under each offer: `[offer][node]`.
    filed: Vec<f64>,
    /// Of these, who were approved: `[offer][node]`; empty where all are.
    approved: Vec<f64>,
    /// People drawn singly.
    pub singles: Vec<Single>,
    /// What each guideline of the input gives them, before pools.
    pub judged: Singles,
    /// What each gives the bulk; of another draw where there is none.
    pub judged_bulk: Bulk,
    /// Why people of the bulk who lost money get nothing of each; likewise.
    pub left_out: Vec<LeftOut>,
    /// By how much the people of the bulk at each place of long spans miss what is expected there; nothing where
    /// inequality is not asked for.
    pub(super) scatter: Vec<f64>,
    levels: Vec<f64>,
}

impl Drawn {
    /// People of the bulk who filed: `[offer][node]`.
    pub fn filed(&self) -> &[f64] {
        &self.filed
    }

    /// True when everybody of the bulk who files is approved.
    pub(super) fn all_approved(&self) -> bool {
        self.approved.is_empty()
    }

    /// People of the bulk who were approved: `[offer][node]`.
    pub fn approved(&self) -> &[f64] {
        if self.approved.is_empty() { &self.filed } else { &self.approved }
    }
}

/// Draws `people` of a cell into `out`; `inequality`: whether anybody will ask where in long spans they are.
pub fn draw(
    law: &CellLaw,
    input: &CellInput,
    ranges: &[(usize, usize, usize)],
    grid: &SeverityGrid,
    (people, inequality): (u64, bool),
    stream: &mut Stream,
    out: &mut Drawn,
) {
    out.singles.clear();
    out.scatter.clear();
    let certain = law.certain || input.offers.is_empty();
    let singly = if law.all_singly { people } else { binomial(stream, people, law.singly.share) };
    for _ in 0..singly {
        let u = stream.uniform();
        let (x, ceiling, above) = if law.all_singly {
            (grid.quantile(u), 1.0, 0)
        } else {
            let Whereabouts { x, ceiling, among: (first, end) } = law.singly.person(grid, law.nodes(), u);
            let below = law.axis.nodes[first..end].iter().map(|n| usize::from(n.x <= x)).sum::<usize>();
            (x, ceiling, first + below)
        };
        let (u, v) = if certain { (0.0, 0.0) } else { (ceiling * stream.uniform(), stream.uniform()) };
        out.singles.push(Single { x, u, v, above });
    }
    judge(law, input, ranges, &out.singles, &mut out.judged);
    out.bulk = people - singly;
    if out.bulk > 0 {
        bulk(law, stream, out);
        settle::judge_bulk(law, input, ranges, out);
        if input.true_scale > 0.0 {
            claims::tell_bulk(law, input, ranges, stream, out);
            // The last to be drawn: all else is the same without it.
            if inequality {
                let mut points = Points::from(stream);
                law.axis.scatter(&out.at_node, &mut out.scatter, |mean| points.poisson(mean, stream));
            }
        }
    }
}

/// Draws the bulk: independent Poisson or near-Poisson numbers W of mean λ = n·p, then N = W − p(ΣW − n). These have the
/// mean, the covariance and the third cumulants of multinomial counts of n people: with ΣW fixed at n a Poisson vector is
/// multinomial, and for cumulants up to the third the projection does the same.
fn bulk(law: &CellLaw, stream: &mut Stream, out: &mut Drawn) {
    let n = out.bulk as f64;
    let strips = &law.strips;
    let each = n / strips.bulk;
    let mut points = Points::from(stream);
    out.atoms.clear();
    out.atoms.extend(strips.atoms.iter().map(|p| points.chance(each * p, stream)));
    // What does not wait for the stream is worked out for several atoms at once.
    for (w, p) in out.atoms.iter_mut().zip(&strips.atoms) {
        *w = poisson(each * p, *w);
    }
    count(law, (settle::total(&out.atoms) - n) / strips.bulk, out);
}

/// Takes each atom's part of the excess of their sum off and adds them up: people at each node, and of these who filed
/// and who were approved under each offer.
fn count(law: &CellLaw, excess: f64, out: &mut Drawn) {
    let (strips, nodes) = (&law.strips, law.nodes());
    let offers = strips.level_of.len();
    let last = strips.levels.len() - 1;
    reset(&mut out.filed, offers * nodes);
    // Where everybody who files is approved one list does for both.
    reset(&mut out.approved, if last > 0 { offers * nodes } else { 0 });
    reset(&mut out.at_node, nodes);
    for (people, p) in out.atoms.iter_mut().zip(&strips.atoms) {
        *people -= p * excess;
    }
    let levels = &mut out.levels;
    for row in &strips.rows {
        let Arrangement { order, cuts, starts, .. } = strips.arrangement(row);
        let mut all = 0.0;
        reset(levels, last);
        let mut atoms = out.atoms[row.atoms.0..row.atoms.1].iter();
        for (ends, &(offer, level)) in starts[row.first..].array_windows().zip(&order[row.first..]) {
            // The last cut of a strip reaches to the last level.
            let [start, end] = *ends;
            for (cut, people) in cuts[start..end - 1].iter().zip(&mut atoms) {
                all += people;
                levels[cut.level as usize] += people;
            }
            all += atoms.next().unwrap_or(&0.0);
            // The strip ends here, and with it the people who file under this offer.
            let at = offer * nodes + row.node;
            out.filed[at] = all;
            if last > 0 {
                out.approved[at] = match level {
                    0 => levels[0],
                    level if level == last => all,
                    level => levels[..=level].iter().sum(),
                };
            }
        }
        out.at_node[row.node] = all + atoms.sum::<f64>();
    }
    if law.lattice {
        let lists = [&mut out.at_node, &mut out.filed, &mut out.approved];
        lists.into_iter().flat_map(|list| list.chunks_exact_mut(nodes)).for_each(whole);
    }
}

/// Makes people at nodes whole. Running sums are rounded, so that nobody is lost and those who are the same in two lists stay so.
fn whole(people: &mut [f64]) {
    let (mut upto, mut told) = (0.0, 0.0);
    for people in people {
        upto += *people;
        let now = settle::nearest(upto);
        *people = now - told;
        told = now;
    }
}

fn reset(list: &mut Vec<f64>, len: usize) {
    list.clear();
    list.resize(len, 0.0);
}

/// Mean below which Poisson numbers are drawn as they are.
const SMALL_MEAN: f64 = 0.25;

/// Poisson numbers of small means, as the points of a Poisson process on stretches that lie end to end: no random number
/// is needed where there is no point.
struct Points {
    /// From here to the next point.
    gap: f64,
}

impl Points {
    fn from(stream: &mut Stream) -> Points {
        Points { gap: gap(stream) }
    }

    /// A number of this mean.
    #[inline(always)]
    fn poisson(&mut self, mean: f64, stream: &mut Stream) -> f64 {
        poisson(mean, self.chance(mean, stream))
    }

    /// What chance has to say of a number of this mean: the number if it is small, or a standard normal one.
    #[inline(always)]
    fn chance(&mut self, mean: f64, stream: &mut Stream) -> f64 {
        if mean < SMALL_MEAN { self.within(mean, stream) } else { stream.normal() }
    }

    /// How many lie on the next stretch, of this length.
    #[inline]
    fn within(&mut self, length: f64, stream: &mut Stream) -> f64 {
        let mut points = 0.0;
        self.gap -= length;
        while self.gap < 0.0 {
            points += 1.0;
            self.gap += gap(stream);
        }
        points
    }
}

/// The number of this mean that chance stands for.
#[inline]
fn poisson(mean: f64, chance: f64) -> f64 {
    let near = near_poisson(mean, chance);
    if mean < SMALL_MEAN { chance } else { near }
}

/// From one point to the next: exponential with mean one.
fn gap(stream: &mut Stream) -> f64 {
    -stream.uniform().ln()
}

/// The number that a standard normal one stands for, with the first three cumulants of a Poisson law: √(λ − 2c²) z +
/// c(z² − 1) around λ with c = 1/6, whose third cumulant 6c(λ − 2c²) + 8c³ differs from λ by 4c³ (Cornish and Fisher
/// 1937). For λ = 16 its rounded value misses the Poisson distribution function by 0.0006 at most; a rounded normal, by
/// 0.016.
#[inline]
fn near_poisson(lambda: f64, z: f64) -> f64 {
    const C: f64 = 1.0 / 6.0;
    lambda + (lambda - 2.0 * C * C).sqrt() * z + C * (z * z - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean, variance and third central moment of 400,000 numbers, each within 4 of its standard errors (6.3e-5) and
    /// the stated error of the third; none of Poisson numbers as such.
    #[test]
    fn numbers_of_atoms_have_three_cumulants_of_a_poisson_law() {
        let mut stream = Stream::named(5, 0, "test", "near Poisson");
        stream.at(0);
        let mut points = Points::from(&mut stream);
        for lambda in [0.02, 0.2, 0.26, 1.0, 9.0, 300.0] {
            let n = 400_000;
            let mut sums = [0.0; 7];
            for _ in 0..n {
                let number = points.poisson(lambda, &mut stream);
                let d = number - lambda;
                sums.iter_mut().enumerate().for_each(|(k, s)| *s += d.powi(k as i32));
            }
            let m = sums.map(|s| s / f64::from(n));
            let missed = if lambda < SMALL_MEAN { 0.0 } else { 0.02 };
            for (k, wanted, error) in [(1, 0.0, 0.0), (2, lambda, 0.0), (3, lambda, missed)] {
                let se = ((m[2 * k] - m[k] * m[k]) / f64::from(n)).sqrt();
                let miss = (m[k] - wanted).abs();
                assert!(miss < 4.0 * se + error, "λ {lambda}, moment {k}: {} against {wanted}, se {se}", m[k]);
            }
        }
    }
}
