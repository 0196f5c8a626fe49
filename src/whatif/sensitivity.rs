//! Which uncertain quantities matter: Sobol' indices of those that do, Shapley effects of those that hang together, a
//! tornado, and indices from a run already made.
//!
//! A scenario has dozens of uncertain quantities, most of which hardly matter. So first-order indices are read off a plain
//! sample of worlds, which costs nothing beyond it; quantities that are seen to hold [`SCREEN`] of the variance are
//! examined one by one (those that hang together as one), and all others together: the total index of the rest, which
//! contains all their interactions, is the most that leaving them out can hide. Where that is more than [`REST`], the rest is
//! divided until what is left out holds less.

pub mod design;
pub mod inputs;
pub mod run;
pub mod tornado;

use crate::chance::law::Law;
use crate::model::Scenario;
use crate::stats::Estimate;
use crate::stats::sobol::{Indices, given};
use crate::whatif::shapley;
use design::{Base, Model};
use inputs::{Group, Inputs, Kind};

/// Quantities that are seen to hold this share of the variance by themselves are examined.
pub const SCREEN: f64 = 0.005;
/// Those left out together hold no more than this, or they are divided further.
pub const REST: f64 = 0.02;

/// One input, or several that hang together.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Paths of its quantities.
    pub paths: Vec<String>,
    /// How they hang together.
    pub bond: Bond,
    /// First-order and total index.
    pub indices: Indices,
    /// Shapley effects of linked quantities, in the order of the paths: they add up to the total index.
    pub shapley: Vec<Estimate>,
}

/// How quantities of a row hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// One alone.
    Alone,
    /// Rows of one joint table.
    Table,
    /// Rank correlations.
    Linked,
}

/// What was found of one output.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Mean of the output.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Inputs examined, by total index, largest first.
    pub rows: Vec<Row>,
    /// Chance inside a world, as a share of the variance; `None` where the output is an expectation.
    pub chance: Option<Estimate>,
    /// Quantities left out.
    pub left_out: Vec<String>,
    /// Total index of all of them together.
    pub left_out_total: Estimate,
}

/// First-order index of one quantity from a sample without a design.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenRow {
    /// Path.
    pub path: String,
    /// Paths of quantities that it is linked to.
    pub linked: Vec<String>,
    /// The index.
    pub first: Estimate,
}

/// First-order indices of all uncertain quantities, largest first; `worlds` are `[world][quantity]`, `y` an output.
pub fn given_data(scenario: &Scenario, worlds: &[f64], y: &[f64], seed: u64) -> Vec<GivenRow> {
    let list = &scenario.quantities.list;
    let varies: Vec<usize> = (0..list.len()).filter(|q| !list[*q].law.is_constant()).collect();
    let mut rows: Vec<GivenRow> = varies
        .iter()
        .map(|q| {
            let x: Vec<f64> = worlds.chunks_exact(list.len().max(1)).map(|w| w[*q]).collect();
            GivenRow { path: list[*q].path.clone(), linked: partners(scenario, *q), first: given(&x, y, seed) }
        })
        .collect();
    rows.sort_by(|a, b| b.first.value.total_cmp(&a.first.value).then_with(|| a.path.cmp(&b.path)));
    rows
}

/// Quantities that a quantity is linked to directly, by rank correlation or table.
fn partners(scenario: &Scenario, q: usize) -> Vec<String> {
    let list = &scenario.quantities.list;
    let table = |i: usize| match list[i].law {
        Law::JointColumn { table, .. } => Some(table),
        _ => None,
    };
    let linked = scenario.quantities.links.iter().filter(|l| l.rho != 0.0).filter_map(|l| {
        let (a, b) = (l.a.0 as usize, l.b.0 as usize);
        if a == q { Some(b) } else { (b == q).then_some(a) }
    });
    let mut all: Vec<usize> = linked.collect();
    all.extend((0..list.len()).filter(|i| *i != q && table(q).is_some() && table(*i) == table(q)));
    all.iter().map(|i| list[*i].path.clone()).collect()
}

/// Groups worth examining one by one, by what a plain sample says of them, and the others, likelier ones first.
pub fn screened(inputs: &Inputs<'_>, worlds: &[f64], width: usize, outputs: &[Vec<f64>], seed: u64) -> [Vec<usize>; 2] {
    let most = |group: &Group| {
        let column = |c: &usize| worlds.chunks_exact(width).map(|w| w[inputs.uncertain[*c]]).collect::<Vec<f64>>();
        let columns: Vec<Vec<f64>> = group.members.iter().map(column).collect();
        let each = columns.iter().flat_map(|x| outputs.iter().map(move |y| given(x, y, seed)));
        // What cannot be told from nothing waits among the rest, which is examined as well.
        each.map(|e| if e.lo > 0.0 { e.value } else { 0.0 }).fold(0.0, f64::max)
    };
    let mut scored: Vec<(usize, f64)> = inputs.groups.iter().map(most).enumerate().collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let (kept, rest): (Vec<_>, Vec<_>) = scored.into_iter().partition(|(_, score)| *score >= SCREEN);
    [kept, rest].map(|side| side.into_iter().map(|(g, _)| g).collect())
}

/// Examines groups of inputs one by one, and the rest together, dividing it while it holds more than [`REST`].
///
/// # Errors
/// The model's own.
pub fn examine<M: Model>(
    model: &mut M,
    base: &Base,
    inputs: &Inputs<'_>,
    ranks: &inputs::Ranks,
    [kept, rest]: [Vec<usize>; 2],
) -> Result<Vec<Found>, M::Error> {
    let columns = |groups: &[usize]| {
        let members = groups.iter().flat_map(|g| &inputs.groups[*g].members);
        members.map(|c| inputs.uncertain[*c]).collect::<Vec<usize>>()
    };
    let outputs = base.at_a.len();
    let mut examined: Vec<(usize, Vec<Indices>)> = Vec::new();
    for g in kept {
        examined.push((g, base.indices(model, &columns(&[g]))?));
    }
    let most = |found: &[Indices]| found.iter().map(|i| i.total.value).fold(0.0, f64::max);
    let (mut waiting, mut left) = (vec![rest], Vec::new());
    let mut whole: Option<Vec<Indices>> = None;
    let mut divided = false;
    while let Some(set) = waiting.pop().filter(|s| !s.is_empty()) {
        let found = base.indices(model, &columns(&set))?;
        if most(&found) <= if divided { 0.5 * REST } else { REST } {
            left.extend(&set);
            whole = Some(found);
        } else if let [one] = set[..] {
            examined.push((one, found));
        } else {
            divided = true;
            let (low, high) = set.split_at(set.len() / 2);
            waiting.extend([high.to_vec(), low.to_vec()]);
        }
    }
    left.sort_unstable();
    if divided && !left.is_empty() {
        whole = Some(base.indices(model, &columns(&left))?);
    }
    let mut effects = Vec::new();
    for (g, _) in &examined {
        effects.push(shapley_effects(model, base, inputs, ranks, &inputs.groups[*g])?);
    }
    let chance = base.chance();
    let left_out: Vec<String> =
        left.iter().flat_map(|g| &inputs.groups[*g].members).map(|c| inputs.path(*c).to_string()).collect();
    Ok((0..outputs)
        .map(|o| {
            let mut rows: Vec<Row> = examined
                .iter()
                .zip(&effects)
                .map(|((g, found), shapley)| Row {
                    paths: inputs.groups[*g].members.iter().map(|c| inputs.path(*c).to_string()).collect(),
                    bond: bond(&inputs.groups[*g]),
                    indices: found[o],
                    shapley: shapley.get(o).cloned().unwrap_or_default(),
                })
                .collect();
            rows.sort_by(|a, b| {
                b.indices.total.value.total_cmp(&a.indices.total.value).then_with(|| a.paths.cmp(&b.paths))
            });
            let (mean, sd) = base.spread(o);
            let left_out_total = whole.as_ref().map_or(Estimate::exact(0.0), |w| w[o].total);
            Found { mean, sd, rows, chance: Some(chance[o]), left_out: left_out.clone(), left_out_total }
        })
        .collect())
}

fn bond(group: &Group) -> Bond {
    match group.kind {
        Kind::Single => Bond::Alone,
        Kind::Table(_) => Bond::Table,
        Kind::Linked(_) => Bond::Linked,
    }
}

/// Shapley effects inside a linked group, `[output][member]`; none for other groups. The value of a set is what is left of
/// the variance when all quantities but the set are known, half the mean squared difference to rows in which the set is
/// drawn anew given the rest.
fn shapley_effects<M: Model>(
    model: &mut M,
    base: &Base,
    inputs: &Inputs<'_>,
    ranks: &inputs::Ranks,
    group: &Group,
) -> Result<Vec<Vec<Estimate>>, M::Error> {
    if !matches!(group.kind, Kind::Linked(_)) {
        return Ok(Vec::new());
    }
    let n = group.members.len();
    let (sets, orders) = shapley::sets(n, 1);
    let mut at = Vec::new();
    for set in &sets {
        let members: Vec<usize> = (0..n).filter(|i| set >> i & 1 == 1).collect();
        at.push(model.run(inputs.worlds(&inputs.with_some_anew(ranks, group, &members)))?);
    }
    let rows = base.rows();
    let of = |output: usize| {
        let design = base.design(output);
        let values: Vec<_> = at.iter().map(|y| design.between(&base.at_a[output], &y[output])).collect();
        let effect = |i: usize| {
            base.resamples.estimate(rows, |count| {
                let v: Vec<f64> = values.iter().map(|value| value(count)).collect();
                shapley::effects(n, &sets, &orders, &v)[i]
            })
        };
        (0..n).map(effect).collect::<Vec<Estimate>>()
    };
    Ok((0..base.at_a.len()).map(of).collect())
}
