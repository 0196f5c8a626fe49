//! Sharper with less: worlds from scrambled Sobol' points instead of random ones, and inside a world the expectation in
//! place of drawn chance where there is one in closed form.
//!
//! A sample consists of 16 to 31 independent scramblings of the same 2^m points. Every standard error comes from
//! the spread of the scramblings' estimates, with Student's t for its interval (Owen's practice; P. L'Ecuyer, Randomized
//! quasi-Monte Carlo: an introduction for practitioners, 2018): nothing is assumed of the points inside one.
//!
//! Where the mean of a measure given the world is known, it takes the place of the drawn value (conditional Monte Carlo:
//! e.g. Asmussen and Glynn, Stochastic Simulation, 2007, V.4): the chance inside worlds leaves the error of the mean, and of
//! nothing but the mean. The cost to the company is part known, part drawn: what is paid out, given in kind and spent on
//! handling, and what suits cost and recourse brings given all else; only the rest keeps its chance.

use super::interest::Interest;
use super::kept::Kept;
use super::sample::{Draw, Sample, sample};
use super::sensitivity::inputs::Inputs;
use super::statement::Look;
use crate::engine::expectation::many::in_worlds;
use crate::engine::expectation::{COMMON, Expected, GUIDED, knows};
use crate::engine::heavy::Heavy;
use crate::engine::outcome::{Block, Groups, Shape, guided};
use crate::engine::run::{Engine, Options, Stopped};
use crate::engine::world::{WorldSampler, Worlds};
use crate::model::Scenario;
use crate::stats::sobol::correlation_ratio;
use crate::stats::{Estimate, Statistic, repeated};
use std::sync::atomic::AtomicBool;

/// Independent scramblings of a sample at least.
pub const RANDOMISATIONS: u64 = 16;

/// How worlds are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// Random numbers.
    Plain,
    /// Scrambled Sobol' points.
    Sobol,
    /// The same, and expectations where they are known.
    Expected,
}

impl Sampling {
    /// Its name in manifests; empty for plain sampling.
    pub fn name(self) -> &'static str {
        match self {
            Sampling::Plain => "",
            Sampling::Sobol => "sobol",
            Sampling::Expected => "expected",
        }
    }

    /// The way of a name in a manifest.
    pub fn named(name: &str) -> Option<Sampling> {
        [Sampling::Plain, Sampling::Sobol, Sampling::Expected].into_iter().find(|s| s.name() == name)
    }
}

/// Points of each scrambling in a sample of at most so many worlds: a power of two, two at least.
pub fn points(replicates: u64) -> u64 {
    let most = (replicates / RANDOMISATIONS).max(2);
    1 << (u64::BITS - 1 - most.leading_zeros())
}

/// Worlds of a sample of at most so many: as many whole scramblings as there are.
pub fn worlds(replicates: u64) -> u64 {
    (replicates / points(replicates)).max(RANDOMISATIONS) * points(replicates)
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
            let ranks = self.inputs.sobol(randomisation as u32, point as u32, next as usize);
            worlds.extend(self.inputs.worlds_of(&ranks, next as usize));
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
    /// The mean of parts of it: of the cost, what is paid, given in kind and spent on handling claims, and what suits and
    /// recourse make of it.
    Part,
    /// Of the cost, the mean of what suits and recourse make of it, all else as drawn.
    Suits,
    /// Nothing: it is drawn.
    Nothing,
}

/// What is known of an interest given the world.
pub fn known(scenario: &Scenario, interest: &Interest) -> Known {
    let name = interest.measure().name;
    let Some(g) = interest.guideline else {
        return if COMMON.contains(&name) { Known::Whole } else { Known::Nothing };
    };
    let exact = knows(&scenario.guidelines[g]);
    match name {
        "cost" if exact => Known::Part,
        "cost" => Known::Suits,
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
    /// The budget of each world; empty of a scenario without one.
    pub budgets: Vec<f64>,
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

/// Worlds that tell which quantities get the first dimensions, and how many do.
const PILOT: u64 = 1024;
const FIRST_DIMENSIONS: usize = 32;

/// The quantities that matter most for some interests, by first-order indices from a few plain worlds: the nets of few
/// points are even in their first dimensions and in the pairs of these, but not in every pair of later ones, so that these
/// quantities should stand there (e.g. L'Ecuyer 2018, section 5; Caflisch, Morokoff and Owen 1997).
///
/// # Errors
/// Cancelled, or a plan that cannot be made.
pub fn first_dimensions(
    scenario: &Scenario,
    interests: &[Interest],
    options: Options,
    cancel: &AtomicBool,
) -> Result<Vec<String>, Stopped> {
    let options = Options { replicates: PILOT, engine: Engine::Counts, ..options };
    let found = sample(scenario, interests, Draw { options, worlds: None, keep_worlds: true, cancel }, &mut |_| ())?;
    let list = &scenario.quantities.list;
    let known = |y: &&Vec<f64>| y.iter().all(|x| !x.is_nan()) && y.iter().any(|x| *x != y[0]);
    let outputs: Vec<&Vec<f64>> = found.columns.iter().filter(known).collect();
    let mut scored: Vec<(f64, &String)> = Vec::new();
    for (q, quantity) in list.iter().enumerate().filter(|(_, q)| !q.law.is_constant()) {
        let x: Vec<f64> = found.worlds.chunks_exact(list.len()).map(|w| w[q]).collect();
        let most = outputs.iter().map(|y| correlation_ratio(&x, y)).fold(0.0, f64::max);
        scored.push((most, &quantity.path));
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    Ok(scored.into_iter().take(FIRST_DIMENSIONS).map(|(_, path)| path.clone()).collect())
}

/// Interests that a run of a whole scenario is to be sharp in: the payout of each guideline.
pub fn usual_interests(scenario: &Scenario) -> Vec<Interest> {
    let payout = |g: usize| Interest::parse("payout", scenario, Some(g)).ok();
    (0..scenario.guidelines.len()).filter_map(payout).collect()
}

/// How to draw a sharp sample.
#[derive(Clone, Copy)]
pub struct SharpDraw<'a> {
    /// Seed, replicates at most, threads.
    pub options: Options,
    /// Whether expectations take the place of chance where they are known.
    pub conditional: bool,
    /// Paths of the quantities that get the first dimensions: see [`first_dimensions`].
    pub first: &'a [String],
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
    let inputs = inputs.with_first(draw.first);
    let points = points(draw.options.replicates);
    let worlds = SobolWorlds::new(&inputs, points);
    let known: Vec<Known> =
        interests.iter().map(|i| if draw.conditional { known(scenario, i) } else { Known::Nothing }).collect();
    let court_means = known.iter().any(|k| matches!(k, Known::Part | Known::Suits));
    let options = Options { replicates: self::worlds(draw.options.replicates), court_means, ..draw.options };
    let mut all = interests.to_vec();
    for (interest, _) in interests.iter().zip(&known).filter(|(_, k)| **k == Known::Part) {
        all.extend(PART.iter().filter_map(|name| interest.beside(name)));
    }
    let plain = Draw { options, worlds: Some(&worlds), keep_worlds: false, cancel: draw.cancel };
    let Sample { mut columns, to_mean, budgets, .. } = sample(scenario, &all, plain, done)?;
    let parts = columns.split_off(interests.len());
    let mut sharpened = columns.clone();
    for (column, change) in sharpened.iter_mut().zip(&to_mean) {
        column.iter_mut().zip(change).for_each(|(x, d)| *x += d);
    }
    if known.iter().any(|k| matches!(k, Known::Whole | Known::Part)) {
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
    Ok(SharpSample { drawn: columns, sharpened, known, budgets, points })
}

/// The mean of a measure that is known in closed form in each world.
pub struct KnownMean {
    /// Guideline (index); `None` for what is the same under every one.
    pub guideline: Option<usize>,
    /// Group of people: index into the groups of the scenario.
    pub group: usize,
    /// Name of the measure.
    pub measure: &'static str,
    /// Its mean over the worlds.
    pub mean: Estimate,
}

/// The means of all measures of all groups that are known given the world, over the worlds of a sharp sample.
///
/// # Errors
/// Cancelled, or a plan that cannot be made.
pub fn known_means(
    scenario: &Scenario,
    options: &Options,
    worlds: &SobolWorlds<'_>,
    cancel: &AtomicBool,
) -> Result<Vec<KnownMean>, Stopped> {
    let groups = Groups::of(scenario).list.len();
    let mut wanted: Vec<(Option<usize>, usize, &'static str)> = Vec::new();
    for group in 0..groups {
        wanted.extend(COMMON.iter().map(|m| (None, group, *m)));
        for g in (0..scenario.guidelines.len()).filter(|g| knows(&scenario.guidelines[*g])) {
            // The cost of the expectation knows nothing of what comes after the awards.
            wanted.extend(GUIDED.iter().filter(|m| **m != "cost").map(|m| (Some(g), group, *m)));
        }
    }
    let look = |e: &Expected, _: &[f64]| {
        let mean = |(guideline, group, measure): &(Option<usize>, usize, &str)| match guideline {
            None => e.common(*group, measure),
            Some(g) => e.guided(*g, *group, measure),
        };
        wanted.iter().map(|w| mean(w).map_or(f64::NAN, |m| m.mean)).collect::<Vec<f64>>()
    };
    let found = in_worlds(scenario, options, worlds, cancel, &look)?;
    let column = |i: usize| found.iter().skip(i).step_by(wanted.len()).copied().collect::<Vec<f64>>();
    let known = wanted.iter().enumerate().map(|(i, (guideline, group, measure))| KnownMean {
        guideline: *guideline,
        group: *group,
        measure,
        mean: repeated(&column(i), worlds.points as usize, Statistic::Mean),
    });
    Ok(known.collect())
}

/// Means of the cost under each guideline in each group over suits and recourse, scrambling by scrambling, from the blocks
/// of a run that tells them ([`Options::court_means`]).
pub struct CostMeans {
    shape: Shape,
    points: u64,
    /// `[scrambling][guideline][group]`: sums.
    sums: Vec<Vec<f64>>,
}

impl CostMeans {
    /// For a run with so many points a scrambling.
    pub fn new(scenario: &Scenario, points: u64) -> CostMeans {
        CostMeans { shape: Shape::of(scenario), points, sums: Vec::new() }
    }

    /// Takes the next block in.
    pub fn add(&mut self, block: &Block) {
        let Some(cost) = guided("cost").filter(|_| !block.to_mean.is_empty()) else { return };
        let shape = self.shape;
        for r in 0..block.replicates {
            let scrambling = ((block.first + r as u64) / self.points) as usize;
            self.sums.resize(self.sums.len().max(scrambling + 1), vec![0.0; shape.guidelines * shape.groups]);
            for g in 0..shape.guidelines {
                for group in 0..shape.groups {
                    let known =
                        block.guided[shape.guided(r, g, group, cost)] + block.to_mean[shape.to_mean(r, g, group)];
                    self.sums[scrambling][g * shape.groups + group] += known;
                }
            }
        }
    }

    /// The means; none of a run that does not tell them.
    pub fn means(&self) -> Vec<KnownMean> {
        let mut means = Vec::new();
        for place in 0..if self.sums.is_empty() { 0 } else { self.shape.guidelines * self.shape.groups } {
            let each: Vec<f64> = self.sums.iter().map(|s| s[place] / self.points as f64).collect();
            let (guideline, group) = (Some(place / self.shape.groups), place % self.shape.groups);
            means.push(KnownMean { guideline, group, measure: "cost", mean: repeated(&each, 1, Statistic::Mean) });
        }
        means
    }
}

/// What is drawn until it is sharp enough.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// Looks that must be sharp.
    pub looks: &'a [Look],
    /// Largest half-width of a 95 % interval, as a share of the estimate.
    pub share: f64,
    /// Most replicates.
    pub at_most: u64,
}

/// Replicates that [`replicates_for`] found, and how sharp the looks are with them.
#[derive(Clone, Debug, PartialEq)]
pub struct Enough {
    /// Replicates.
    pub replicates: u64,
    /// Largest relative half-width of a look.
    pub share: f64,
}

/// Relative half-width of an interval; 0 for what is known without error.
fn relative(e: &Estimate) -> f64 {
    let half = 0.5 * (e.hi - e.lo);
    if half == 0.0 { 0.0 } else { half / e.value.abs() }
}

/// Replicates drawn first when a precision is asked for.
const FIRST: u64 = 1024;

/// What is heard of while [`replicates_for`] draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A round of so many replicates begins.
    Round(u64),
    /// So many more of them are drawn.
    Drawn(u64),
}

/// How many replicates make all looks as sharp as wanted: draws some, judges from their errors how many it would take, and
/// draws again until they are or the cap is met. Each round contains the worlds of the round before, unless scrambled.
///
/// # Errors
/// Cancelled, or a plan that cannot be made.
pub fn replicates_for(
    scenario: &Scenario,
    wanted: Wanted<'_>,
    sampling: Sampling,
    draw: SharpDraw<'_>,
    kept: &mut dyn Kept,
    hear: &mut dyn FnMut(Heard),
) -> Result<Enough, Stopped> {
    let interests: Vec<Interest> = wanted.looks.iter().map(|l| l.interest).collect();
    let first = match sampling {
        Sampling::Plain => Vec::new(),
        _ if draw.first.is_empty() => first_dimensions(scenario, &interests, draw.options, draw.cancel)?,
        _ => draw.first.to_vec(),
    };
    let draw = SharpDraw { first: &first, ..draw };
    let mut replicates = FIRST.min(wanted.at_most).max(2 * RANDOMISATIONS);
    loop {
        let options = Options { replicates, ..draw.options };
        let part = format!("precision with {replicates}");
        let share = match kept.get(&part).as_deref() {
            Some([share]) => *share,
            _ => {
                hear(Heard::Round(replicates));
                let draw = SharpDraw { options, ..draw };
                let estimates = looks(scenario, wanted.looks, sampling, draw, &mut |n| hear(Heard::Drawn(n)))?;
                // Of what is no number in any world nothing is asked.
                let share = estimates.iter().filter(|e| !e.value.is_nan()).map(relative).fold(0.0, f64::max);
                kept.put(&part, &[share]).map_err(Stopped::Refused)?;
                share
            }
        };
        if share <= wanted.share || replicates >= wanted.at_most {
            return Ok(Enough { replicates, share });
        }
        // A tenth more than the error says; at least twice, at most sixteen times as many, since errors err.
        let more = (share / wanted.share).powi(2) * 1.1;
        let next = (replicates as f64 * more.clamp(1.0, 16.0)).min(wanted.at_most as f64) as u64;
        replicates = match sampling {
            Sampling::Plain => next.max(replicates + 1),
            _ => (2 * replicates).min(wanted.at_most),
        };
    }
}

/// True where more replicates make an estimate sharper: not of a mean, spread or tail mean of what has no finite variance, unless
/// its mean is known in each world.
pub fn has_error(scenario: &Scenario, look: &Look, sampling: Sampling) -> bool {
    let (heavy, interest) = (Heavy::of(scenario), &look.interest);
    let whole = sampling == Sampling::Expected && known(scenario, interest) == Known::Whole;
    let varies = match look.statistic {
        Statistic::Mean => !whole || heavy.is_in_worlds(),
        Statistic::Sd | Statistic::TailMean(_) => true,
        Statistic::Quantile(_) | Statistic::Chance(..) => false,
    };
    let group = Groups::of(scenario).list[interest.group()];
    !(varies && heavy.holds(interest.guideline, interest.measure().name, group))
}

/// Estimates of looks by a way of sampling.
///
/// # Errors
/// Cancelled, or a plan that cannot be made.
pub fn looks(
    scenario: &Scenario,
    looks: &[Look],
    sampling: Sampling,
    draw: SharpDraw<'_>,
    done: &mut dyn FnMut(u64),
) -> Result<Vec<Estimate>, Stopped> {
    let interests: Vec<Interest> = looks.iter().map(|l| l.interest).collect();
    let found = columns(scenario, &interests, sampling, draw, done)?;
    Ok(looks.iter().enumerate().map(|(i, look)| found.estimate(i, look)).collect())
}

/// A statistic with the error that fits the sampling: of repetitions of so many points, or of random worlds.
pub fn estimate(statistic: Statistic, values: &[f64], points: Option<usize>) -> Estimate {
    points.map_or_else(|| statistic.of(values), |size| repeated(values, size, statistic))
}

/// Values of interests in the worlds of a way of sampling.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// `[interest][world]` as drawn.
    pub drawn: Vec<Vec<f64>>,
    /// The same with known means in their place.
    pub sharpened: Vec<Vec<f64>>,
    /// The budget of each world; empty of a scenario without one.
    pub budgets: Vec<f64>,
    /// Worlds of a scrambling.
    pub points: Option<usize>,
}

impl Columns {
    /// The estimate of a look at the interest of a column.
    pub fn estimate(&self, column: usize, look: &Look) -> Estimate {
        let values = if look.statistic == Statistic::Mean { &self.sharpened } else { &self.drawn };
        let (values, statistic) = look.judged(&values[column], &self.budgets);
        estimate(statistic, &values, self.points)
    }
}

/// Values of interests by a way of sampling.
///
/// # Errors
/// Cancelled, or a plan that cannot be made.
pub fn columns(
    scenario: &Scenario,
    interests: &[Interest],
    sampling: Sampling,
    draw: SharpDraw<'_>,
    done: &mut dyn FnMut(u64),
) -> Result<Columns, Stopped> {
    if sampling == Sampling::Plain {
        let draw = Draw { options: draw.options, worlds: None, keep_worlds: false, cancel: draw.cancel };
        let Sample { columns, budgets, .. } = sample(scenario, interests, draw, done)?;
        return Ok(Columns { drawn: columns.clone(), sharpened: columns, budgets, points: None });
    }
    let draw = SharpDraw { conditional: sampling == Sampling::Expected, ..draw };
    let found = sharp(scenario, interests, draw, done)?;
    let SharpSample { drawn, sharpened, budgets, points, .. } = found;
    Ok(Columns { drawn, sharpened, budgets, points: Some(points as usize) })
}
