//! Sharper with less: worlds from scrambled Sobol' points instead of random ones, and inside a world the expectation in
//! place of drawn chance where there is one in closed form.
//!
//! A sample consists of [`RANDOMISATIONS`] independent scramblings of the same 2^m points. Every standard error comes from
//! the spread of the scramblings' estimates, with Student's t for its interval (Owen's practice; P. L'Ecuyer, Randomized
//! quasi-Monte Carlo: an introduction for practitioners, 2018): nothing is assumed of the points inside one.
//!
//! Where the mean of a measure given the world is known, it takes the place of the drawn value (conditional Monte Carlo:
//! e.g. Asmussen and Glynn, Stochastic Simulation, 2007, V.4): the chance inside worlds leaves the error of the mean, and of
//! nothing but the mean. The cost to the company is part known, part drawn: only the drawn rest keeps its chance.

use super::interest::Interest;
use super::sample::{Draw, Sample, sample};
use super::sensitivity::inputs::Inputs;
use super::statement::Look;
use crate::engine::expectation::many::in_worlds;
use crate::engine::expectation::{COMMON, Expected, GUIDED};
use crate::engine::run::{Options, Stopped};
use crate::engine::world::{WorldSampler, Worlds};
use crate::guideline::visit;
use crate::model::Scenario;
use crate::stats::{Estimate, Statistic};
use std::sync::atomic::AtomicBool;

/// Independent scramblings of a sample.
pub const RANDOMISATIONS: u64 = 16;

/// How worlds are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// Random numbers.
    Plain,
    /// Scrambled Sobol' points, and expectations where they are known.
    Sobol,
}

/// Points of each scrambling in a sample of at most so many worlds: a power of two, two at least.
pub fn points(replicates: u64) -> u64 {
    let most = (replicates / RANDOMISATIONS).max(2);
    1 << (u64::BITS - 1 - most.leading_zeros())
}

/// Worlds of scrambled Sobol' points, scrambling after scrambling.
pub struct SobolWorlds<'a> {
    inputs: &'a Inputs<'a>,
    points: u64,
}

impl<'a> SobolWorlds<'a> {
    /// With so many points a scrambling.
    pub fn new(inputs: &'a Inputs<'a>, points: u64) -> SobolWorlds<'a> {
        SobolWorlds { inputs, points }
    }
}

impl Worlds for SobolWorlds<'_> {
    fn draw(&self, first: u64, count: usize) -> Vec<f64> {
        let mut worlds = Vec::new();
        let (mut at, end) = (first, first + count as u64);
        while at < end {
            let (randomisation, point) = (at / self.points, at % self.points);
            let next = (end - at).min(self.points - point);
            worlds.extend(self.inputs.worlds(&self.inputs.sobol(randomisation as u32, point as u32, next as usize)));
            at += next;
        }
        worlds
    }
}

/// What is known of a measure given the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Its mean.
    Whole,
    /// The mean of a part of it: of the cost, what is paid, given in kind and spent on handling claims.
    Part,
    /// Nothing: it is drawn.
    Nothing,
}

/// What is known of an interest given the world.
pub fn known(scenario: &Scenario, interest: &Interest) -> Known {
    let name = interest.measure().name;
    let Some(g) = interest.guideline else {
        return if COMMON.contains(&name) { Known::Whole } else { Known::Nothing };
    };
    let guideline = &scenario.guidelines[g];
    // The moments behind a pool are a normal limit, not exact, and known for the total alone.
    let exact = guideline.pool.is_none() && !guideline.rules.iter().any(|r| visit::bent(r).is_some());
    match name {
        "cost" if exact => Known::Part,
        _ if exact && GUIDED.contains(&name) => Known::Whole,
        _ => Known::Nothing,
    }
}

/// The known mean of a measure, or of its known part, in one world.
pub fn expected(e: &Expected, interest: &Interest) -> f64 {
    let (name, group) = (interest.measure().name, interest.group());
    let found = match interest.guideline {
        None => e.common(group, name),
        Some(g) => e.guided(g, group, name),
    };
    found.map_or(f64::NAN, |m| m.mean)
}

/// The part of the cost that [`expected`] knows the mean of, as it was drawn.
const PART: [&str; 3] = ["payout", "in_kind_cost", "claim_cost"];

/// Values of interests in the worlds of scrambled Sobol' points.
#[derive(Clone, Debug, PartialEq)]
pub struct SharpSample {
    /// `[interest][world]` as drawn.
    pub drawn: Vec<Vec<f64>>,
    /// `[interest][world]` with the means that are known in place of what was drawn.
    pub sharpened: Vec<Vec<f64>>,
    /// What was known of each interest.
    pub known: Vec<Known>,
    /// Worlds of each scrambling.
    pub points: u64,
}

impl SharpSample {
    /// The estimate of a look at the interest of a column.
    pub fn estimate(&self, column: usize, statistic: Statistic) -> Estimate {
        let values = match statistic {
            Statistic::Mean => &self.sharpened[column],
            _ => &self.drawn[column],
        };
        repeated(values, self.points as usize, statistic)
    }
}

/// A statistic of all values with the error of those of each scrambling.
pub fn repeated(values: &[f64], points: usize, statistic: Statistic) -> Estimate {
    let each: Vec<f64> = values.chunks_exact(points.max(1)).map(|v| statistic.of(v).value).collect();
    let error = Estimate::from_repetitions(&each);
    let value = statistic.of(values).value;
    // The spread is around the scramblings' own middle, the estimate is that of all worlds together.
    Estimate { value, se: error.se, lo: value - (error.value - error.lo), hi: value + (error.hi - error.value) }
}

/// How to draw a sharp sample.
#[derive(Clone, Copy)]
pub struct SharpDraw<'a> {
    /// Seed, replicates at most, threads.
    pub options: Options,
    /// Whether expectations take the place of chance where they are known.
    pub conditional: bool,
    /// Raised to stop.
    pub cancel: &'a AtomicBool,
}

/// Draws a sharp sample.
///
/// # Errors
/// Cancelled, or a plan that cannot be made.
pub fn sharp(
    scenario: &Scenario,
    interests: &[Interest],
    draw: SharpDraw<'_>,
    done: &mut dyn FnMut(u64),
) -> Result<SharpSample, Stopped> {
    let sampler = WorldSampler::new(&scenario.quantities, draw.options.seed, 0).map_err(Stopped::Plan)?;
    let inputs = Inputs::new(&scenario.quantities, &sampler, draw.options.seed).map_err(Stopped::Plan)?;
    let points = points(draw.options.replicates);
    let worlds = SobolWorlds::new(&inputs, points);
    let options = Options { replicates: points * RANDOMISATIONS, ..draw.options };
    let known: Vec<Known> =
        interests.iter().map(|i| if draw.conditional { known(scenario, i) } else { Known::Nothing }).collect();
    let mut all = interests.to_vec();
    for (interest, _) in interests.iter().zip(&known).filter(|(_, k)| **k == Known::Part) {
        all.extend(PART.iter().filter_map(|name| interest.beside(name)));
    }
    let plain = Draw { options, worlds: Some(&worlds), keep_worlds: false, cancel: draw.cancel };
    let Sample { mut columns, .. } = sample(scenario, &all, plain, done)?;
    let parts = columns.split_off(interests.len());
    let mut sharpened = columns.clone();
    if known.iter().any(|k| *k != Known::Nothing) {
        let look = |e: &Expected, _: &[f64]| interests.iter().map(|i| expected(e, i)).collect::<Vec<f64>>();
        let means = in_worlds(scenario, &options, &worlds, draw.cancel, &look)?;
        let mean = |world: usize, i: usize| means[world * interests.len() + i];
        let mut parts = parts.chunks_exact(PART.len());
        for (i, known) in known.iter().enumerate() {
            let part = if *known == Known::Part { parts.next() } else { None };
            for (w, x) in sharpened[i].iter_mut().enumerate() {
                match (known, part) {
                    (Known::Whole, _) => *x = mean(w, i),
                    (Known::Part, Some(part)) => *x += mean(w, i) - part.iter().map(|p| p[w]).sum::<f64>(),
                    _ => {}
                }
            }
        }
    }
    Ok(SharpSample { drawn: columns, sharpened, known, points })
}

/// The estimate of a look from a sample of its interest alone.
pub fn look(sample: &SharpSample, column: usize, look: &Look) -> Estimate {
    sample.estimate(column, look.statistic)
}
