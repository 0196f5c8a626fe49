//! One replicate of a cell: a few people one by one, everybody else at once, atom by atom.

use super::CellInput;
use super::law::CellLaw;
use super::nodes::SeverityGrid;
use super::settle::{Singles, judge};
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
    pub filed: Vec<f64>,
    /// Of these, who were approved: `[offer][node]`.
    pub approved: Vec<f64>,
    /// People drawn singly.
    pub singles: Vec<Single>,
    /// What each guideline of the input gives them, before pools.
    pub judged: Singles,
    levels: Vec<f64>,
}

/// Draws `people` of a cell into `out`.
pub fn draw(
    law: &CellLaw,
    input: &CellInput,
    ranges: &[(usize, usize, usize)],
    grid: &SeverityGrid,
    people: u64,
    stream: &mut Stream,
    out: &mut Drawn,
) {
    out.singles.clear();
    let certain = law.certain || input.offers.is_empty();
    let singly = if law.all_singly { people } else { binomial(stream, people, law.singly.share) };
    for _ in 0..singly {
        let u = stream.uniform();
        let (x, ceiling) = if law.all_singly { (grid.quantile(u), 1.0) } else { law.singly.person(grid, u) };
        let (u, v) = if certain { (0.0, 0.0) } else { (ceiling * stream.uniform(), stream.uniform()) };
        out.singles.push(Single { x, u, v });
    }
    judge(input, ranges, &out.singles, &mut out.judged);
    out.bulk = people - singly;
    if out.bulk > 0 {
        bulk(law, stream, out);
    }
}

/// Draws the bulk: independent near-Poisson numbers W of mean λ = n·p, then N = W − p(ΣW − n). These have the mean, the
/// covariance and the third cumulants of multinomial counts of n people: with ΣW fixed at n a Poisson vector is
/// multinomial, and for cumulants up to the third the projection does the same.
fn bulk(law: &CellLaw, stream: &mut Stream, out: &mut Drawn) {
    let n = out.bulk as f64;
    let strips = &law.strips;
    out.atoms.clear();
    let mut sum = 0.0;
    for a in &strips.atoms {
        let w = near_poisson(stream, n * a.p);
        sum += w;
        out.atoms.push(w);
    }
    let excess = sum - n;
    for (w, a) in out.atoms.iter_mut().zip(&strips.atoms) {
        *w -= a.p * excess;
    }
    count(law, out);
}

/// Adds the atoms up: people at each node, and of these who filed and who were approved under each offer.
fn count(law: &CellLaw, out: &mut Drawn) {
    let (strips, nodes) = (&law.strips, law.nodes());
    let offers = strips.level_of.len();
    for list in [&mut out.filed, &mut out.approved] {
        list.clear();
        list.resize(offers * nodes, 0.0);
    }
    out.at_node.clear();
    out.at_node.resize(nodes, 0.0);
    let levels = &mut out.levels;
    levels.clear();
    levels.resize(strips.levels.len(), 0.0);
    let last = levels.len() - 1;
    let (mut atom, mut offer, mut node, mut all) = (0, 0, usize::MAX, 0.0);
    for strip in &strips.strips {
        if strip.node as usize != node {
            node = strip.node as usize;
            levels.fill(0.0);
            all = 0.0;
        }
        let end = strip.atoms as usize;
        for (a, people) in strips.atoms[atom..end].iter().zip(&out.atoms[atom..end]) {
            all += people;
            if a.level < last {
                levels[a.level] += people;
            }
        }
        atom = end;
        out.at_node[node] = all;
        for o in &strips.offers[offer..strip.offers as usize] {
            let (at, level) = (*o as usize * nodes + node, strips.level_of[*o as usize]);
            out.filed[at] = all;
            out.approved[at] = if level == last { all } else { levels[..=level].iter().sum() };
        }
        offer = strip.offers as usize;
    }
}

/// A number with the first three cumulants of a Poisson law: below 1/4 one of 0, 1, 2, above it √(λ − 2c²) z + c(z² − 1)
/// around λ with c = 1/6, whose third cumulant 6c(λ − 2c²) + 8c³ differs from λ by 4c³ (Cornish and Fisher 1937). For
/// λ = 16 its rounded value misses the Poisson distribution function by 0.0006 at most; a rounded normal, by 0.016.
#[inline]
fn near_poisson(stream: &mut Stream, lambda: f64) -> f64 {
    const C: f64 = 1.0 / 6.0;
    if lambda < 0.25 {
        let u = stream.uniform();
        let two = 0.5 * lambda * lambda;
        return if u >= lambda - two {
            0.0
        } else if u >= two {
            1.0
        } else {
            2.0
        };
    }
    let z = stream.normal();
    lambda + (lambda - 2.0 * C * C).sqrt() * z + C * (z * z - 1.0)
}
