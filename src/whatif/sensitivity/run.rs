//! Sensitivity of a scenario's results, by the engine.

use std::sync::atomic::AtomicBool;

use super::design::{Base, Model};
use super::inputs::{Inputs, Ranks};
use super::tornado::{self, Bar, ENDS};
use super::{Found, examine, screened};
use crate::engine::expectation::many::in_worlds;
use crate::engine::run::{Options, Stopped};
use crate::engine::world::{Given, WorldSampler};
use crate::model::Scenario;
use crate::stats::Statistic;
use crate::whatif::kept::Kept;
use crate::whatif::sample::{Draw, sample};
use crate::whatif::sharp::{Known, expected, known};
use crate::whatif::statement::Look;

/// How to go about it.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// What to look at.
    pub looks: &'a [Look],
    /// Seed, rows of the design (a power of two), threads.
    pub options: Options,
    /// Whether every quantity is examined instead of those that matter.
    pub all: bool,
    /// Whether the outputs are expectations given the world instead of drawn values.
    pub expected: bool,
    /// Raised to stop.
    pub cancel: &'a AtomicBool,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Indices, by look.
    pub found: Vec<Found>,
    /// Tornado, by look: bars in order of reach.
    pub bars: Vec<Vec<Bar>>,
    /// Uncertain quantities of the scenario.
    pub quantities: usize,
    /// Runs of the model, in replicates.
    pub runs: u64,
}

/// Worlds of the plain sample that quantities are screened with, for each row of the design,
const SCREENED: u64 = 4;
/// and at least: first-order indices of nothing then lie below [`SCREEN`](super::SCREEN).
const LEAST_SCREENED: u64 = 4096;
/// Rows of the tornado, as a part of the design's.
const TORNADO: usize = 2;

/// The engine as a model of worlds.
struct Engine<'a, 'b> {
    scenario: &'a Scenario,
    asked: Asked<'a>,
    done: &'b mut dyn FnMut(u64),
    kept: &'b mut dyn Kept,
    /// Calls so far, and replicates of all of them.
    calls: u64,
    runs: u64,
}

impl Model for Engine<'_, '_> {
    type Error = Stopped;

    fn run(&mut self, rows: Vec<f64>) -> Result<Vec<Vec<f64>>, Stopped> {
        let quantities = self.scenario.quantities.list.len();
        let replicates = (rows.len() / quantities) as u64;
        let worlds = Given { quantities, values: rows };
        let options = Options { replicates, ..self.asked.options };
        let interests: Vec<_> = self.asked.looks.iter().map(|l| l.interest).collect();
        self.runs += replicates;
        self.calls += 1;
        let part = format!("run {}", self.calls);
        // Budgets are quantities, and the worlds are given.
        let amount = self.scenario.budget.as_ref().map(|b| b.amount);
        let budgets = amount.map(|q| worlds.values.chunks_exact(quantities).map(|world| q.of(world)).collect());
        let budgets: Vec<f64> = budgets.unwrap_or_default();
        let kept = self.kept.get(&part).filter(|n| n.len() == rows_of(interests.len(), replicates));
        let looks = self.asked.looks.iter();
        if let Some(numbers) = kept {
            (self.done)(replicates);
            let columns = numbers.chunks_exact((replicates as usize).max(1));
            return Ok(looks.zip(columns).map(|(look, values)| looked(look, values, &budgets)).collect());
        }
        let columns: Vec<Vec<f64>> = if self.asked.expected {
            let each = |e: &_, _: &[f64]| interests.iter().map(|i| expected(e, i)).collect::<Vec<f64>>();
            let found = in_worlds(self.scenario, &options, &worlds, self.asked.cancel, &each)?;
            (self.done)(replicates);
            (0..interests.len()).map(|i| found.iter().skip(i).step_by(interests.len()).copied().collect()).collect()
        } else {
            let draw = Draw { options, worlds: Some(&worlds), keep_worlds: false, cancel: self.asked.cancel };
            sample(self.scenario, &interests, draw, self.done)?.columns
        };
        self.kept.put(&part, &columns.concat()).map_err(Stopped::Refused)?;
        Ok(looks.zip(columns).map(|(look, values)| looked(look, &values, &budgets)).collect())
    }
}

/// Numbers of a run.
fn rows_of(looks: usize, replicates: u64) -> usize {
    looks * replicates as usize
}

/// Outputs that a look's variance is taken of: the measure, or whether it passes the bound, be it each world's own budget.
pub fn looked(look: &Look, values: &[f64], budgets: &[f64]) -> Vec<f64> {
    match look.judged(values, budgets) {
        (values, Statistic::Chance(side, bound)) => {
            values.iter().map(|x| f64::from(u8::from(side.holds(*x, bound)))).collect()
        }
        (values, _) => values.into_owned(),
    }
}

/// The statistic whose shift a tornado shows: of a chance the mean of its indicator.
fn shifted(look: &Look) -> Statistic {
    match look.statistic {
        Statistic::Chance(..) => Statistic::Mean,
        other => other,
    }
}

/// Replicates that [`sensitivity`] draws at least; how many quantities it examines is not known before.
pub fn least_runs(rows: u64) -> u64 {
    (rows * SCREENED).max(LEAST_SCREENED) + rows * (3 + 12 + 12)
}

/// Works out indices and tornado; `done` hears of replicates, and runs that are kept are not drawn again.
///
/// # Errors
/// A look that is not known in every world, cancelled, or a plan that cannot be made.
pub fn sensitivity(
    scenario: &Scenario,
    asked: Asked<'_>,
    kept: &mut dyn Kept,
    done: &mut dyn FnMut(u64),
) -> Result<Answer, Stopped> {
    let refused = |reason: String| Stopped::Refused(reason);
    if asked.expected
        && let Some(look) = asked.looks.iter().find(|l| known(scenario, &l.interest) != Known::Whole)
    {
        return Err(refused(format!("`{}` has no expectation in closed form here", look.name(scenario))));
    }
    let seed = asked.options.seed;
    let sampler = WorldSampler::new(&scenario.quantities, seed, 0).map_err(Stopped::Plan)?;
    let inputs = Inputs::new(&scenario.quantities, &sampler, seed).map_err(Stopped::Plan)?;
    if inputs.uncertain.is_empty() {
        return Err(refused("nothing in this scenario is uncertain: every number is a constant".into()));
    }
    let rows = asked.options.replicates as usize;
    let width = sampler.quantities();
    let mut model = Engine { scenario, asked, done, kept, calls: 0, runs: 0 };
    let sides = if asked.all {
        [(0..inputs.groups.len()).collect(), Vec::new()]
    } else {
        let plain = inputs.plain((asked.options.replicates * SCREENED).max(LEAST_SCREENED) as usize);
        let worlds = inputs.worlds(&plain);
        let outputs = model.run(worlds.clone())?;
        screened(&inputs, &worlds, width, &outputs, seed)
    };
    let path = |g: &usize| inputs.path(inputs.groups[*g].members[0]).to_string();
    let first: Vec<String> = sides[0].iter().map(path).collect();
    let inputs = inputs.with_first(&first);
    let [a, b] = inputs.sobol_pair(0, rows);
    let base = Base::new(&mut model, (inputs.worlds(&a), inputs.worlds(&b)), width, seed)?;
    if let Some((look, _)) = asked.looks.iter().zip(&base.at_a).find(|(_, y)| y.iter().any(|x| x.is_nan())) {
        return Err(refused(format!(
            "`{}` is not known in every world: its variance cannot be shared out",
            look.name(scenario)
        )));
    }
    let mut found = examine(&mut model, &base, &inputs, &a, sides)?;
    if asked.expected {
        found.iter_mut().for_each(|f| f.chance = None);
    }
    let bars = bars(&mut model, &inputs, &a, &base, &found)?;
    Ok(Answer { found, bars, quantities: inputs.uncertain.len(), runs: model.runs })
}

/// Bars of every quantity examined.
fn bars(
    model: &mut Engine<'_, '_>,
    inputs: &Inputs<'_>,
    ranks: &Ranks,
    base: &Base,
    found: &[Found],
) -> Result<Vec<Vec<Bar>>, Stopped> {
    let rows = (base.rows() / TORNADO).max(1);
    let fewer: Ranks = ranks.iter().map(|column| column[..rows].to_vec()).collect();
    let looks = model.asked.looks;
    let mut out: Vec<Vec<Bar>> = vec![Vec::new(); looks.len()];
    let paths: Vec<&String> = found.first().map_or(Vec::new(), |f| f.rows.iter().flat_map(|r| &r.paths).collect());
    for column in (0..inputs.uncertain.len()).filter(|c| paths.iter().any(|p| *p == inputs.path(*c))) {
        let mut ends = Vec::new();
        for p in ENDS {
            let worlds = tornado::worlds(inputs, &fewer, column, p);
            let value = worlds[inputs.uncertain[column]];
            ends.push((value, model.run(worlds)?));
        }
        for (l, look) in looks.iter().enumerate() {
            let shift = |end: usize| tornado::shift(shifted(look), &base.at_a[l][..rows], &ends[end].1[l]);
            let linked = inputs.groups.iter().any(|g| g.members.len() > 1 && g.members.contains(&column));
            let path = inputs.path(column).to_string();
            out[l].push(Bar { path, at: [ends[0].0, ends[1].0], shift: [shift(0), shift(1)], linked });
        }
    }
    for bars in &mut out {
        bars.sort_by(|a, b| b.reach().total_cmp(&a.reach()).then_with(|| a.path.cmp(&b.path)));
    }
    Ok(out)
}
