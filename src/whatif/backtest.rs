//! Back-tests: forecasts from what was known on a day, set against what came later.

use std::sync::atomic::AtomicBool;

use super::calibrate::{Asked, Failed, calibrate, with_error};
use super::kept::Nothing;
use super::posterior::Settings;
use crate::chance::special::normal_quantile;
use crate::chance::stream::Stream;
use crate::engine::run::Options;
use crate::model::observed::Observed;
use crate::model::{Scenario, Text};
use crate::stats::{Description, INTERVALS, Scores, Scratch, describe};

/// The forecast of one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Id of its scenario.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// The day it was made on.
    pub as_of: String,
    /// Its currency.
    pub currency: String,
    /// Ids of its guidelines.
    pub guidelines: Vec<String>,
    /// Ids of its cohorts.
    pub cohorts: Vec<String>,
    /// What came later.
    pub outcomes: Vec<Observed>,
    /// What was foreseen of each, as it would be counted: `[outcome][world]`.
    pub samples: Vec<Vec<f64>>,
    /// Effective worlds: fewer than drawn where something was observed already.
    pub effective: f64,
    /// Chance under the prior of what was observed already; 1 where nothing was.
    pub surprise: f64,
}

/// An outcome with its scores.
#[derive(Clone, Debug)]
pub struct Scored {
    /// Which forecast.
    pub forecast: usize,
    /// Which of its outcomes.
    pub outcome: usize,
    /// What was foreseen.
    pub described: Description,
    /// How good that was.
    pub scores: Scores,
}

/// All events together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Events.
    pub events: usize,
    /// Outcomes.
    pub outcomes: usize,
    /// Outcomes inside each of the intervals.
    pub inside: [usize; 4],
    /// The same as a share, each event with the same weight.
    pub by_event: [f64; 4],
    /// Mean of the probability integral transforms; one half where forecasts are neither too high nor too low.
    pub mean_pit: f64,
    /// Mean over events of the continuous ranked probability score of logarithms.
    pub crps_log: f64,
    /// The same of a forecast that is the median alone: its distance from the outcome, in logarithms.
    pub error_log: f64,
    /// Mean over events of the logarithmic score.
    pub log_score: f64,
}

/// Forecasts one event: conditioned on what was observed by then, if anything was.
///
/// # Errors
/// As [`calibrate`].
pub fn forecast(
    scenario: &Scenario,
    settings: Settings,
    options: Options,
    cancel: &AtomicBool,
    done: &mut dyn FnMut(u64),
) -> Result<Forecast, Failed> {
    let after = &scenario.aftermath;
    // Counts without an error are told of, not fitted.
    let fitted: Vec<Observed> = after.observed.iter().filter(|o| o.error.is_some()).cloned().collect();
    let asked = Asked { fitted: &fitted, foreseen: &after.outcomes, draws: 0, settings };
    let found = calibrate(scenario, asked, options, cancel, &mut Nothing, done)?;
    let chosen = drawn(&found.weights);
    let sample = |(k, o): (usize, &Observed)| -> Vec<f64> {
        let mut stream = Stream::named(options.seed, 0, "error of an outcome", &k.to_string());
        let mut z = |i: usize| normal_quantile(stream.at(i as u64).uniform());
        chosen.iter().enumerate().map(|(i, of)| with_error(o, found.outputs[k][*of], z(i))).collect()
    };
    Ok(Forecast {
        samples: after.outcomes.iter().enumerate().map(sample).collect(),
        effective: found.effective,
        surprise: found.surprise,
        ..empty(scenario)
    })
}

/// The forecast of an event without its samples.
pub fn empty(scenario: &Scenario) -> Forecast {
    Forecast {
        id: scenario.id.clone(),
        title: scenario.title.clone(),
        as_of: scenario.as_of.clone(),
        currency: scenario.currency.clone(),
        guidelines: scenario.guidelines.iter().map(|g| g.id.clone()).collect(),
        cohorts: scenario.cohorts.iter().map(|c| c.id.clone()).collect(),
        outcomes: scenario.aftermath.outcomes.clone(),
        samples: Vec::new(),
        effective: f64::NAN,
        surprise: f64::NAN,
    }
}

/// As many particles as there are, by weight: all of them where weights are equal.
fn drawn(weights: &[f64]) -> Vec<usize> {
    let n = weights.len();
    let total: f64 = weights.iter().sum();
    let (mut at, mut running) = (0, weights.first().copied().unwrap_or(0.0));
    (0..n)
        .map(|k| {
            let place = (k as f64 + 0.5) / n as f64 * total;
            while running < place && at + 1 < n {
                at += 1;
                running += weights[at];
            }
            at
        })
        .collect()
}

impl Forecast {
    /// The forecast as plain numbers, to be kept.
    pub fn numbers(&self) -> Vec<f64> {
        [self.effective, self.surprise].into_iter().chain(self.samples.iter().flatten().copied()).collect()
    }

    /// The same again; `None` where the numbers are not of this scenario.
    pub fn from_numbers(scenario: &Scenario, numbers: &[f64]) -> Option<Forecast> {
        let forecast = empty(scenario);
        let (head, samples) = numbers.split_at_checked(2)?;
        let (effective, surprise) = (head[0], head[1]);
        let each = samples.len().checked_div(forecast.outcomes.len())?;
        if each == 0 || samples.len() % each != 0 {
            return None;
        }
        let samples = samples.chunks(each).map(<[f64]>::to_vec).collect();
        Some(Forecast { samples, effective, surprise, ..forecast })
    }
}

/// Scores every outcome that can be scored.
pub fn score(forecasts: &[Forecast]) -> Vec<Scored> {
    let mut all = Vec::new();
    for (f, forecast) in forecasts.iter().enumerate() {
        for (k, (o, sample)) in forecast.outcomes.iter().zip(&forecast.samples).enumerate() {
            if let Some(scores) = Scores::of(sample, o.value) {
                let described = describe(sample, None, &mut Scratch::default());
                all.push(Scored { forecast: f, outcome: k, described, scores });
            }
        }
    }
    all
}

/// Puts the scores of all events together; each event weighs the same.
pub fn summary(forecasts: &[Forecast], scored: &[Scored]) -> Summary {
    let value = |s: &Scored| forecasts[s.forecast].outcomes[s.outcome].value;
    let events: Vec<Vec<&Scored>> = (0..forecasts.len())
        .map(|f| scored.iter().filter(|s| s.forecast == f).collect::<Vec<_>>())
        .filter(|own| !own.is_empty())
        .collect();
    let mean = |of: &dyn Fn(&Scored) -> f64| -> f64 {
        let each = events.iter().map(|own| {
            let known: Vec<f64> = own.iter().map(|s| of(s)).filter(|x| x.is_finite()).collect();
            known.iter().sum::<f64>() / known.len() as f64
        });
        let known: Vec<f64> = each.filter(|x| x.is_finite()).collect();
        known.iter().sum::<f64>() / known.len() as f64
    };
    let inside = |s: &Scored, level: usize| s.scores.inside(value(s))[level];
    let levels: [usize; INTERVALS.len()] = std::array::from_fn(|i| i);
    Summary {
        events: events.len(),
        outcomes: scored.len(),
        inside: levels.map(|l| scored.iter().filter(|s| inside(s, l)).count()),
        by_event: levels.map(|l| mean(&|s| f64::from(u8::from(inside(s, l))))),
        mean_pit: mean(&|s| s.scores.pit),
        crps_log: mean(&|s| s.scores.crps_log),
        error_log: mean(&|s| s.scores.error_log),
        log_score: mean(&|s| s.scores.log_score),
    }
}
