//! One replicate of a cell: the bulk at once from its joint normal limit, the few people in the upper tail of the loss
//! or among the first filers of a small offer one by one.

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
    /// People in the bulk.
    pub bulk: u64,
    /// Components of the bulk, in the order of the law.
    pub components: Vec<f64>,
    /// People drawn singly.
    pub singles: Vec<Single>,
    /// What each guideline of the input gives them, before pools.
    pub judged: Singles,
    normals: Vec<f64>,
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
    out.bulk = 0;
    let certain = law.certain || input.offers.is_empty();
    if law.all_singly {
        for _ in 0..people {
            let x = grid.quantile(stream.uniform());
            out.singles.push(person(x, (1.0, 1.0), certain, stream));
        }
    } else {
        let above = binomial(stream, people, law.top_share);
        let first = binomial(stream, people - above, law.u_floor * law.v_floor);
        for _ in 0..above {
            let x = grid.quantile_sf(law.top_share * stream.uniform());
            out.singles.push(person(x, (1.0, 1.0), certain, stream));
        }
        let body = 1.0 - law.top_share;
        for _ in 0..first {
            let x = grid.quantile(body * stream.uniform());
            out.singles.push(person(x, (law.u_floor, law.v_floor), false, stream));
        }
        out.bulk = people - above - first;
    }
    bulk(law, stream, out);
    judge(law, input, ranges, &out.singles, &mut out.judged);
}

#[inline]
fn person(x: f64, below: (f64, f64), certain: bool, stream: &mut Stream) -> Single {
    if certain {
        return Single { x, u: 0.0, v: 0.0 };
    }
    let u = below.0 * stream.uniform();
    Single { x, u, v: below.1 * stream.uniform() }
}

/// mean × n + √n × factor × normals.
fn bulk(law: &CellLaw, stream: &mut Stream, out: &mut Drawn) {
    let d = law.mean.len();
    out.components.clear();
    if out.bulk == 0 {
        out.components.resize(d, 0.0);
        return;
    }
    let n = out.bulk as f64;
    let root = n.sqrt();
    out.normals.clear();
    for i in 0..d {
        let pivot = law.factor[i * d + i];
        out.normals.push(if pivot > 0.0 { root * stream.normal() } else { 0.0 });
        let row = &law.factor[i * d..=i * d + i];
        let noise: f64 = row.iter().zip(&out.normals).map(|(l, z)| l * z).sum();
        out.components.push(n * law.mean[i] + noise);
    }
}
