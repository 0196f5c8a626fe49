//! Calibration: uncertain quantities conditioned on what was observed, and the prediction that goes on from there.

use std::sync::atomic::AtomicBool;

use super::kept::Kept;
use super::observe::{Gauges, series};
use super::posterior::{Population, Prior, Settings, Step, Target, condition};
use crate::chance::linalg::cholesky;
use crate::chance::special::normal_quantile;
use crate::chance::stream::Stream;
use crate::engine::outcome::{Series, Shape};
use crate::engine::run::{Event, Options, Stopped, run_watching};
use crate::engine::world::{Chosen, Given, WorldSampler};
use crate::model::observed::{ErrorLaw, Observed};
use crate::model::{Scenario, Unit};
use crate::stats::{Description, Scratch, describe};

/// Worlds in which it is tried whether an observation depends on a coordinate.
const TRIED: usize = 32;
/// Days that a course is told on, at most.
const MOST_DAYS: usize = 160;
/// Levels of the quantiles of a course.
pub const LEVELS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// Chance of the observation under the prior below which prior and data are said to disagree.
pub const SURPRISING: f64 = 0.05;

/// What is asked.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// What is fitted.
    pub fitted: &'a [Observed],
    /// What is foreseen, and held against what happened.
    pub foreseen: &'a [Observed],
    /// Rows of the posterior that may be saved.
    pub draws: usize,
    /// How to condition.
    pub settings: Settings,
}

/// One count beside its simulation.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The count.
    pub observed: Observed,
    /// Its simulation before and after conditioning, without the error of the count.
    pub prior: Description,
    /// The same after.
    pub posterior: Description,
    /// Share of worlds below the count, its error added: before and after.
    pub place: (f64, f64),
    /// Monte-Carlo standard error of the mean after conditioning.
    pub error_of_mean: f64,
}

impl Beside {
    /// Two-sided chance of something as far out as the count under the prior.
    pub fn prior_chance(&self) -> f64 {
        two_sided(self.place.0)
    }
}

/// What was learned of a quantity.
#[derive(Clone, Debug)]
pub struct Learned {
    /// Its path.
    pub path: String,
    /// Its unit.
    pub unit: Unit,
    /// Before.
    pub prior: Description,
    /// After.
    pub posterior: Description,
    /// Monte-Carlo standard error of the mean after.
    pub error_of_mean: f64,
}

impl Learned {
    /// Part of the standard deviation that is gone.
    pub fn narrower(&self) -> f64 {
        1.0 - self.posterior.sd().value / self.prior.sd().value
    }

    /// By how many prior standard deviations the mean moved.
    pub fn moved(&self) -> f64 {
        (self.posterior.mean().value - self.prior.mean().value) / self.prior.sd().value
    }
}

/// A course by day before and after.
#[derive(Clone, Debug)]
pub struct Band {
    /// Of what, with the guideline's place in the scenario.
    pub series: Series,
    /// Days.
    pub days: Vec<usize>,
    /// Quantiles at [`LEVELS`] by day, before.
    pub prior: Vec<[f64; 5]>,
    /// And after.
    pub posterior: Vec<[f64; 5]>,
}

/// What came of a calibration.
#[derive(Clone, Debug)]
pub struct Calibrated {
    /// What was fitted.
    pub fitted: Vec<Beside>,
    /// What was foreseen.
    pub foreseen: Vec<Beside>,
    /// Quantities that the observations say something of, most changed first.
    pub learned: Vec<Learned>,
    /// Courses by day.
    pub bands: Vec<Band>,
    /// Particles.
    pub particles: usize,
    /// Effective particles by importance weights alone.
    pub effective_by_weights: f64,
    /// Effective particles in the end.
    pub effective: f64,
    /// Steps of tempering; none: importance weights were enough.
    pub steps: Vec<Step>,
    /// Logarithm of the density of the observations under the prior, in their units.
    pub log_evidence: f64,
    /// Chance under the prior of observations as far out as these, all together.
    pub surprise: f64,
    /// Uncertain quantities of the scenario.
    pub uncertain: usize,
    /// Quantities of the saved table.
    pub saved: Vec<String>,
    /// Their values, drawn by weight: `[row][quantity]`.
    pub rows: Vec<Vec<f64>>,
    /// Values of the foreseen counts by particle and the weights, for whoever wants more than their description.
    pub outputs: Vec<Vec<f64>>,
    /// Weights of the particles.
    pub weights: Vec<f64>,
}

/// Why a calibration failed.
#[derive(Clone, Debug, PartialEq)]
pub enum Failed {
    /// A count that cannot be used: which of the fitted (`Ok`) or foreseen (`Err`), and why.
    Count(Result<usize, usize>, String),
    /// No simulated world comes near what was observed.
    Impossible,
    /// The run ended early.
    Stopped(Stopped),
}

impl From<Stopped> for Failed {
    fn from(e: Stopped) -> Failed {
        Failed::Stopped(e)
    }
}

/// The logarithm of the density of a count, given what was simulated.
pub fn log_density(observed: &Observed, simulated: f64) -> f64 {
    let normal = |distance: f64, sd: f64| {
        let z = distance / sd;
        -0.5 * z * z - libm::log(sd) - 0.5 * libm::log(2.0 * std::f64::consts::PI)
    };
    match observed.error {
        _ if simulated.is_nan() => f64::NEG_INFINITY,
        Some(ErrorLaw::Normal(sd)) => normal(observed.value - simulated, sd),
        Some(ErrorLaw::Lognormal(_)) if simulated <= 0.0 => f64::NEG_INFINITY,
        Some(ErrorLaw::Lognormal(sd)) => normal(libm::log(observed.value / simulated), sd) - libm::log(observed.value),
        None => 0.0,
    }
}

/// What would be counted of something simulated, `z` a standard normal number.
pub fn with_error(observed: &Observed, simulated: f64, z: f64) -> f64 {
    match observed.error {
        Some(ErrorLaw::Normal(sd)) => simulated + sd * z,
        Some(ErrorLaw::Lognormal(sd)) => simulated * libm::exp(sd * z),
        None => simulated,
    }
}

fn two_sided(place: f64) -> f64 {
    (2.0 * place.min(1.0 - place)).min(1.0)
}

/// A scenario with those guidelines only that counts speak of, and the counts with their new places. Fewer guidelines
/// are less work; worlds and hits stay as they are.
pub fn regimes(scenario: &Scenario, counts: &[&[Observed]]) -> (Scenario, Vec<Vec<Observed>>) {
    let mut kept: Vec<usize> = counts.iter().flat_map(|c| c.iter()).filter_map(|o| o.guideline).collect();
    kept.sort_unstable();
    kept.dedup();
    if kept.is_empty() {
        kept.push(scenario.baseline);
    }
    let mut small = scenario.clone();
    small.guidelines = kept.iter().filter_map(|g| scenario.guidelines.get(*g).cloned()).collect();
    small.baseline = 0;
    let moved =
        |o: &Observed| Observed { guideline: o.guideline.and_then(|g| kept.iter().position(|k| *k == g)), ..o.clone() };
    let counts = counts.iter().map(|c| c.iter().map(moved).collect()).collect();
    (small, counts)
}

/// Runs worlds of chosen coordinates and reads off what is looked at.
pub struct Simulator<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What is read off.
    pub gauges: Gauges,
    /// How many of the first outputs are fitted, and against what.
    pub fitted: &'a [Observed],
    sampler: WorldSampler,
    options: Options,
    cancel: &'a AtomicBool,
    done: &'a mut dyn FnMut(u64),
    kept: Option<&'a mut dyn Kept>,
    runs: u64,
}

impl<'a> Simulator<'a> {
    /// For a scenario; the first gauges are those of `fitted`.
    ///
    /// # Errors
    /// Correlations that cannot be.
    pub fn new(
        scenario: &'a Scenario,
        gauges: Gauges,
        fitted: &'a [Observed],
        options: Options,
        cancel: &'a AtomicBool,
        done: &'a mut dyn FnMut(u64),
    ) -> Result<Simulator<'a>, Stopped> {
        let sampler = WorldSampler::new(&scenario.quantities, options.seed, 0).map_err(Stopped::Plan)?;
        let options = Options { twins: 0, inequality: false, ..options };
        Ok(Simulator { scenario, gauges, fitted, sampler, options, cancel, done, kept: None, runs: 0 })
    }

    /// The same, and runs that are kept are not drawn again.
    pub fn keeping(self, kept: &'a mut dyn Kept) -> Simulator<'a> {
        Simulator { kept: Some(kept), ..self }
    }

    /// The prior population: the worlds of an ordinary run, each with its own chance.
    ///
    /// # Errors
    /// The run is stopped.
    pub fn prior(&mut self, particles: usize) -> Result<Prior, Stopped> {
        let coordinates = self.sampler.own_coordinates(0, particles);
        let chance: Vec<u64> = (0..particles as u64).collect();
        let outputs = self.run(&coordinates, &chance)?;
        Ok(Prior { coordinates, chance, outputs })
    }

    /// Coordinates on which what is fitted depends: tried by putting another world's number in the place of each.
    ///
    /// # Errors
    /// The run is stopped.
    pub fn active(&mut self, prior: &Prior) -> Result<Vec<usize>, Stopped> {
        let (width, outputs, fitted) = (self.width(), self.gauges.len(), self.fitted.len());
        let tried = TRIED.min(prior.chance.len() / 2);
        let (mut coordinates, mut chance) = (Vec::new(), Vec::new());
        for c in 0..width {
            for i in 0..tried {
                let start = coordinates.len();
                coordinates.extend(&prior.coordinates[i * width..(i + 1) * width]);
                coordinates[start + c] = prior.coordinates[(i + tried) * width + c];
                chance.push(prior.chance[i]);
            }
        }
        let found = self.run(&coordinates, &chance)?;
        let differs = |c: usize| {
            (0..tried).any(|i| {
                let (a, b) = ((c * tried + i) * outputs, i * outputs);
                (0..fitted).any(|k| found[a + k].to_bits() != prior.outputs[b + k].to_bits())
            })
        };
        Ok((0..width).filter(|c| differs(*c)).collect())
    }
}

impl Target for Simulator<'_> {
    type Error = Stopped;

    fn width(&self) -> usize {
        self.sampler.coordinates()
    }

    fn run(&mut self, coordinates: &[f64], chance: &[u64]) -> Result<Vec<f64>, Stopped> {
        let given = Given { quantities: self.sampler.quantities(), values: self.worlds(coordinates, chance.len()) };
        let options = Options { replicates: chance.len() as u64, ..self.options };
        let worlds = Chosen { given, chance: chance.to_vec() };
        let shape = Shape::of(self.scenario);
        self.runs += 1;
        let (part, numbers) = (format!("run {}", self.runs), chance.len() * self.gauges.len());
        if let Some(out) = self.kept.as_ref().and_then(|k| k.get(&part)).filter(|n| n.len() == numbers) {
            (self.done)(options.replicates);
            return Ok(out);
        }
        let mut out = Vec::with_capacity(numbers);
        let (gauges, done) = (&self.gauges, &mut self.done);
        run_watching(self.scenario, &options, &worlds, &gauges.watch, self.cancel, |event| {
            if let Event::Block(block) = event {
                (0..block.replicates).for_each(|r| gauges.read(block, shape, r, &mut out));
                done(block.replicates as u64);
            }
            Ok(())
        })?;
        self.kept.as_mut().map_or(Ok(()), |k| k.put(&part, &out)).map_err(Stopped::Refused)?;
        Ok(out)
    }

    fn outputs(&self) -> usize {
        self.gauges.len()
    }

    fn log_likelihood(&self, outputs: &[f64]) -> f64 {
        self.fitted.iter().zip(outputs).map(|(o, y)| log_density(o, *y)).sum()
    }
}

impl Simulator<'_> {
    fn worlds(&self, coordinates: &[f64], count: usize) -> Vec<f64> {
        // A scenario of constants has no coordinates: all its worlds are one.
        if self.sampler.coordinates() == 0 {
            return self.sampler.from_numbers(Vec::new(), 0, count);
        }
        self.sampler.from_coordinates(coordinates)
    }
}

/// Conditions a scenario. `done` hears of replicates as they are drawn; runs that are kept are not drawn again.
///
/// # Errors
/// A count that cannot be used, no world near the observations, or the run is stopped.
pub fn calibrate(
    scenario: &Scenario,
    asked: Asked<'_>,
    options: Options,
    cancel: &AtomicBool,
    kept: &mut dyn Kept,
    done: &mut dyn FnMut(u64),
) -> Result<Calibrated, Failed> {
    if let Some(i) = asked.fitted.iter().position(|o| o.error.is_none()) {
        let why = "no error is stated of it, so nothing says how closely to fit it".to_string();
        return Err(Failed::Count(Ok(i), why));
    }
    let (small, counts) = regimes(scenario, &[asked.fitted, asked.foreseen]);
    let (fitted, foreseen) = (&counts[0], &counts[1]);
    let mut gauges = Gauges::default();
    for (i, o) in fitted.iter().enumerate() {
        gauges.add(&small, o).map_err(|why| Failed::Count(Ok(i), why))?;
    }
    for (i, o) in foreseen.iter().enumerate() {
        gauges.add(&small, o).map_err(|why| Failed::Count(Err(i), why))?;
    }
    let courses = courses(&small, fitted.iter().chain(foreseen));
    let starts: Vec<usize> = courses
        .iter()
        .map(|(series, days)| {
            let start = gauges.len();
            for day in days {
                gauges.add_day(*series, *day);
            }
            start
        })
        .collect();
    let mut target = Simulator::new(&small, gauges, fitted, options, cancel, done)?.keeping(kept);
    let prior = target.prior(options.replicates as usize)?;
    let moved = target.active(&prior)?;
    let before = prior.clone();
    let p = condition(&mut target, prior, &moved, asked.settings)?;
    if p.log_evidence == f64::NEG_INFINITY {
        return Err(Failed::Impossible);
    }
    let tell = Tell { target: &target, before: &before, p: &p, seed: options.seed };
    let (table, rows) = tell.rows(&moved, asked.draws);
    let bands = courses
        .iter()
        .zip(&starts)
        .map(|((series, days), start)| tell.band(place_in(scenario, &small, *series), days, *start));
    let bands = bands.collect();
    let originals = asked.fitted.iter().chain(asked.foreseen).zip(fitted.iter().chain(foreseen));
    let mut beside: Vec<Beside> = originals.enumerate().map(|(i, (original, o))| tell.beside(i, original, o)).collect();
    let later = beside.split_off(fitted.len());
    Ok(Calibrated {
        surprise: tell.surprise(fitted),
        fitted: beside,
        foreseen: later,
        learned: tell.learned(&table),
        bands,
        particles: p.len(),
        effective_by_weights: p.effective_by_weights,
        effective: tell.effective(&table),
        steps: p.steps.clone(),
        log_evidence: p.log_evidence,
        uncertain: small.quantities.list.iter().filter(|q| !q.law.is_constant()).count(),
        saved: table.iter().map(|q| small.quantities.list[*q].path.clone()).collect(),
        rows,
        outputs: (fitted.len()..fitted.len() + foreseen.len()).map(|k| p.output(k)).collect(),
        weights: p.weights.clone(),
    })
}

/// Courses that dated counts belong to, with the days they are told on: to a few days after the last count.
fn courses<'a>(scenario: &Scenario, counts: impl Iterator<Item = &'a Observed>) -> Vec<(Series, Vec<usize>)> {
    let mut last: Vec<(Series, usize)> = Vec::new();
    for o in counts {
        let Some(s) = series(scenario, o) else { continue };
        let day = o.day.max(0) as usize;
        match last.iter_mut().find(|(known, _)| *known == s) {
            Some((_, until)) => *until = day.max(*until),
            None => last.push((s, day)),
        }
    }
    let days = |until: usize| {
        let until = until + (until / 10).max(2);
        (0..=until).step_by(until / MOST_DAYS + 1).collect()
    };
    last.into_iter().map(|(s, until)| (s, days(until))).collect()
}

/// A course of the small scenario as one of the whole one.
fn place_in(scenario: &Scenario, small: &Scenario, series: Series) -> Series {
    let place = |g: usize| scenario.guidelines.iter().position(|x| x.id == small.guidelines[g].id).unwrap_or(g);
    match series {
        Series::Reports => Series::Reports,
        Series::Claims(g) => Series::Claims(place(g)),
        Series::Reviewed(g) => Series::Reviewed(place(g)),
        Series::Paid(g) => Series::Paid(place(g)),
        Series::Payout(g) => Series::Payout(place(g)),
    }
}

/// What is told of a population.
struct Tell<'a, 'b> {
    target: &'a Simulator<'b>,
    before: &'a Prior,
    p: &'a Population,
    seed: u64,
}

impl Tell<'_, '_> {
    fn prior_output(&self, at: usize) -> Vec<f64> {
        let width = self.target.gauges.len();
        (0..self.before.chance.len()).map(|i| self.before.outputs[i * width + at]).collect()
    }

    fn beside(&self, at: usize, original: &Observed, o: &Observed) -> Beside {
        let (prior, after) = (self.prior_output(at), self.p.output(at));
        let mut stream = Stream::named(self.seed, 0, "error of a count", &at.to_string());
        let z: Vec<f64> = (0..prior.len()).map(|i| normal_quantile(stream.at(i as u64).uniform())).collect();
        let equal = vec![1.0 / prior.len() as f64; prior.len()];
        let place = |values: &[f64], weights: &[f64]| -> f64 {
            let below = |x: f64| f64::from(u8::from(x < o.value)) + 0.5 * f64::from(u8::from(x == o.value));
            values.iter().zip(&z).zip(weights).map(|((y, z), w)| w * below(with_error(o, *y, *z))).sum()
        };
        let mut scratch = Scratch::default();
        Beside {
            observed: original.clone(),
            place: (place(&prior, &equal), place(&after, &self.p.weights)),
            prior: describe(&prior, None, &mut scratch),
            posterior: describe(&after, Some(&self.p.weights), &mut scratch),
            error_of_mean: self.p.error_of_mean(&after),
        }
    }

    /// Chance under the prior of counts as far from what it foresees, all together, by Mahalanobis' distance of their
    /// logarithms (of the values where some are not above 0): a prior predictive p-value (Box 1980).
    fn surprise(&self, fitted: &[Observed]) -> f64 {
        let (n, k) = (self.before.chance.len(), fitted.len());
        if k == 0 {
            return 1.0;
        }
        let mut columns: Vec<Vec<f64>> = Vec::new();
        let mut seen = Vec::new();
        for (i, o) in fitted.iter().enumerate() {
            let mut stream = Stream::named(self.seed, 0, "error of a count", &i.to_string());
            let counted = |(r, y): (usize, &f64)| with_error(o, *y, normal_quantile(stream.at(r as u64).uniform()));
            let column: Vec<f64> = self.prior_output(i).iter().enumerate().map(counted).collect();
            let log = o.value > 0.0 && column.iter().all(|x| *x > 0.0);
            let bend = |x: f64| if log { libm::log(x) } else { x };
            columns.push(column.iter().map(|x| bend(*x)).collect());
            seen.push(bend(o.value));
        }
        let means: Vec<f64> = columns.iter().map(|c| c.iter().sum::<f64>() / n as f64).collect();
        let mut root = vec![0.0; k * k];
        for a in 0..k {
            for b in 0..k {
                let products = columns[a].iter().zip(&columns[b]).map(|(x, y)| (x - means[a]) * (y - means[b]));
                root[a * k + b] = products.sum::<f64>() / n as f64;
            }
            root[a * k + a] *= 1.0 + 1e-9;
        }
        if !cholesky(&mut root, k) {
            return f64::NAN;
        }
        let distance = |x: &dyn Fn(usize) -> f64| -> f64 {
            let mut solved = vec![0.0; k];
            for a in 0..k {
                let before: f64 = (0..a).map(|b| root[a * k + b] * solved[b]).sum();
                solved[a] = (x(a) - means[a] - before) / root[a * k + a];
            }
            solved.iter().map(|s| s * s).sum()
        };
        let own = distance(&|a| seen[a]);
        let farther = (0..n).filter(|r| distance(&|a| columns[a][*r]) >= own).count();
        (farther as f64 + 1.0) / (n as f64 + 1.0)
    }

    /// Quantities that depend on moved coordinates, and rows of their values drawn by weight.
    fn rows(&self, moved: &[usize], draws: usize) -> (Vec<usize>, Vec<Vec<f64>>) {
        let mut table: Vec<usize> = moved.iter().flat_map(|c| self.target.sampler.depend_on(*c)).collect();
        table.sort_unstable();
        table.dedup();
        let quantities = self.target.sampler.quantities();
        let worlds = self.target.worlds(&self.p.coordinates, self.p.len());
        let row = |i: usize| table.iter().map(|q| worlds[i * quantities + q]).collect();
        let rows = self.p.draw(draws, 0.5).into_iter().map(row).collect();
        (table, rows)
    }

    /// Effective particles: distinct ones by weight, or fewer where the islands differ by more than so many would. The
    /// median over the quantities, since one spread of a few islands is a rough measure.
    fn effective(&self, table: &[usize]) -> f64 {
        let distinct = self.p.effective();
        if self.p.islands < 2 {
            return distinct;
        }
        let quantities = self.target.sampler.quantities();
        let worlds = self.target.worlds(&self.p.coordinates, self.p.len());
        let of = |q: &usize| self.p.worth(&worlds.chunks_exact(quantities).map(|w| w[*q]).collect::<Vec<_>>());
        let mut each: Vec<f64> = table.iter().map(of).filter(|x| x.is_finite()).collect();
        each.sort_unstable_by(f64::total_cmp);
        each.get(each.len() / 2).map_or(distinct, |x| x.min(distinct))
    }

    fn learned(&self, table: &[usize]) -> Vec<Learned> {
        let quantities = self.target.sampler.quantities();
        let before = self.target.worlds(&self.before.coordinates, self.before.chance.len());
        let after = self.target.worlds(&self.p.coordinates, self.p.len());
        let column =
            |worlds: &[f64], q: usize| -> Vec<f64> { worlds.chunks_exact(quantities.max(1)).map(|w| w[q]).collect() };
        let mut scratch = Scratch::default();
        let mut learned: Vec<Learned> = table
            .iter()
            .map(|q| {
                let quantity = &self.target.scenario.quantities.list[*q];
                let values = column(&after, *q);
                Learned {
                    path: quantity.path.clone(),
                    unit: quantity.unit,
                    prior: describe(&column(&before, *q), None, &mut scratch),
                    posterior: describe(&values, Some(&self.p.weights), &mut scratch),
                    error_of_mean: self.p.error_of_mean(&values),
                }
            })
            .collect();
        let change = |l: &Learned| l.narrower().max(l.moved().abs());
        learned.sort_by(|a, b| change(b).total_cmp(&change(a)).then_with(|| a.path.cmp(&b.path)));
        learned
    }

    fn band(&self, series: Series, days: &[usize], start: usize) -> Band {
        let quantiles = |values: &[f64], weights: Option<&[f64]>| {
            let d = describe(values, weights, &mut Scratch::default());
            LEVELS.map(|q| d.quantile(q))
        };
        let at = |k: usize| start + k;
        Band {
            series,
            days: days.to_vec(),
            prior: (0..days.len()).map(|k| quantiles(&self.prior_output(at(k)), None)).collect(),
            posterior: (0..days.len()).map(|k| quantiles(&self.p.output(at(k)), Some(&self.p.weights))).collect(),
        }
    }
}
