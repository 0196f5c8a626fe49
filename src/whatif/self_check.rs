//! Simulation-based calibration: whether conditioning gives the posterior that it should (Talts, Betancourt, Simpson, Vehtari
//! and Gelman 2018).
//!
//! A world is drawn, what would be counted in it, and the posterior given that count. The rank of the true value among
//! draws of the posterior is then uniform, whatever is looked at: a quantity, a number that is foreseen (which goes on with
//! the chance of the true world), or the likelihood. The last tells of a posterior that ignores the data, which the ranks of
//! quantities alone would not (Modrák et al. 2023).

use std::sync::atomic::AtomicBool;

use super::calibrate::{Simulator, with_error};
use super::observe::Gauges;
use super::posterior::{Settings, Target, condition};
use crate::chance::special::{gamma_q, normal_quantile};
use crate::chance::stream::Stream;
use crate::engine::run::{Options, Stopped};
use crate::engine::world::{WorldSampler, Worlds};
use crate::model::Scenario;
use crate::model::observed::Observed;

/// What is checked and how.
#[derive(Clone, Copy)]
pub struct Check<'a> {
    /// What is counted; the values are replaced by simulated ones, the errors stay.
    pub fitted: &'a [Observed],
    /// What is foreseen.
    pub foreseen: &'a [Observed],
    /// Repetitions.
    pub repetitions: usize,
    /// Draws of each posterior: ranks go from 0 to this.
    pub draws: usize,
    /// Particles of each posterior.
    pub particles: usize,
    /// How to condition.
    pub settings: Settings,
    /// Factor of the errors' size that the posterior is told: 1, but in tests of this test.
    pub told_error: f64,
}

/// Ranks of one thing looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranks {
    /// Path of a quantity, name of a count, or `likelihood`.
    pub name: String,
    /// Ranks, one for each repetition.
    pub ranks: Vec<usize>,
    /// The highest rank there can be.
    pub highest: usize,
}

impl Ranks {
    /// Counts by bins of equal width, which must divide the number of ranks.
    pub fn histogram(&self, bins: usize) -> Vec<usize> {
        let mut counts = vec![0; bins];
        for r in &self.ranks {
            counts[r * bins / (self.highest + 1)] += 1;
        }
        counts
    }

    /// Pearson's chi-square against uniform ranks: the statistic and the chance of one as large.
    pub fn chi_square(&self, bins: usize) -> (f64, f64) {
        let expected = self.ranks.len() as f64 / bins as f64;
        let x: f64 = self.histogram(bins).iter().map(|n| (*n as f64 - expected).powi(2) / expected).sum();
        (x, gamma_q(0.5 * (bins as f64 - 1.0), 0.5 * x))
    }
}

/// Runs the check.
///
/// # Errors
/// A count that is not simulated, or the run is stopped.
pub fn check(
    scenario: &Scenario,
    ask: Check<'_>,
    options: Options,
    cancel: &AtomicBool,
) -> Result<Vec<Ranks>, Stopped> {
    let gauges = || -> Result<Gauges, Stopped> {
        let mut gauges = Gauges::default();
        for o in ask.fitted.iter().chain(ask.foreseen) {
            gauges.add(scenario, o).map_err(Stopped::Plan)?;
        }
        Ok(gauges)
    };
    let uncertain: Vec<usize> = {
        let list = &scenario.quantities.list;
        (0..list.len()).filter(|i| !list[*i].law.is_constant()).collect()
    };
    let mut quiet = |_| ();
    let mut nature = Simulator::new(scenario, gauges()?, ask.fitted, options, cancel, &mut quiet)?;
    let truth = nature.prior(ask.repetitions)?;
    let outputs = nature.outputs();
    let sampler = WorldSampler::new(&scenario.quantities, options.seed, 0).map_err(Stopped::Plan)?;
    let worlds = sampler.draw(0, ask.repetitions);
    let width = sampler.quantities();
    let names = uncertain.iter().map(|q| scenario.quantities.list[*q].path.clone());
    let names = names.chain(ask.foreseen.iter().map(|o| format!("{} on {}", o.measured.name, o.on)));
    let mut all: Vec<Ranks> = names
        .chain(["likelihood".to_string()])
        .map(|name| Ranks { name, ranks: Vec::new(), highest: ask.draws })
        .collect();
    let mut luck = Stream::named(options.seed, 0, "self check", "errors");
    for t in 0..ask.repetitions {
        let own = &truth.outputs[t * outputs..(t + 1) * outputs];
        let stream = luck.at(t as u64);
        let counted: Vec<Observed> = ask
            .fitted
            .iter()
            .zip(own)
            .map(|(o, y)| {
                let seen = with_error(o, *y, normal_quantile(stream.uniform()));
                told(o, seen, ask.told_error)
            })
            .collect();
        // Nature's seed is never used again.
        let seed = options.seed + 1 + t as u64;
        let mut quiet = |_| ();
        let mut target =
            Simulator::new(scenario, gauges()?, &counted, Options { seed, ..options }, cancel, &mut quiet)?;
        let prior = target.prior(ask.particles)?;
        let moved: Vec<usize> = (0..target.width()).collect();
        let p = condition(&mut target, prior, &moved, Settings { seed, ..ask.settings })?;
        // One draw after another by chance, so that draws of one posterior are independent.
        let mut pick = Stream::named(seed, 0, "self check", "draws");
        let drawn: Vec<usize> = (0..ask.draws).map(|k| p.draw(1, pick.at(k as u64).uniform())[0]).collect();
        let drawn_worlds = sampler.from_coordinates(&p.coordinates);
        let values = uncertain.iter().map(|q| {
            let of = |i: &usize| drawn_worlds[i * width + q];
            (worlds[t * width + q], drawn.iter().map(of).collect::<Vec<f64>>())
        });
        let foreseen = (ask.fitted.len()..outputs).map(|k| {
            let of = |i: &usize| p.outputs[i * outputs + k];
            (own[k], drawn.iter().map(of).collect())
        });
        let likelihood = |row: &[f64]| target.log_likelihood(row);
        let of = |i: &usize| likelihood(&p.outputs[i * outputs..(i + 1) * outputs]);
        let fit = (likelihood(own), drawn.iter().map(of).collect());
        let looked: Vec<(f64, Vec<f64>)> = values.chain(foreseen).chain([fit]).collect();
        for (ranks, (value, draws)) in all.iter_mut().zip(looked) {
            let below = draws.iter().filter(|x| **x < value).count();
            let equal = draws.iter().filter(|x| **x == value).count();
            // Equal values in a random order.
            let place = (pick.uniform() * (equal + 1) as f64) as usize;
            ranks.ranks.push(below + place.min(equal));
        }
    }
    Ok(all)
}

/// A count as it is told to the posterior.
fn told(o: &Observed, value: f64, factor: f64) -> Observed {
    use crate::model::observed::ErrorLaw::{Lognormal, Normal};
    let error = o.error.map(|e| match e {
        Normal(sd) => Normal(factor * sd),
        Lognormal(sd) => Lognormal(factor * sd),
    });
    Observed { value, error, ..o.clone() }
}
