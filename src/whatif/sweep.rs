//! A sweep: results at each of several values of one or two quantities, in the same worlds.

use std::sync::atomic::AtomicBool;

use super::interest::{BUDGET, Interest};
use super::sample::{Draw, sample};
use super::sharp::{self, Sampling, SharpDraw};
use super::statement::Look;
use super::vary::{Plan, Vary, combinations};
use crate::engine::run::{Options, Stopped};
use crate::model::Scenario;
use crate::stats::{Estimate, Statistic, paired};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is looked at.
    pub looks: Vec<Look>,
    /// Of which guidelines (ids); empty: of all.
    pub guidelines: Vec<String>,
    /// How worlds are drawn.
    pub sampling: Sampling,
    /// Quantities in the first dimensions of scrambled points, the same for every plan.
    pub first: Vec<String>,
}

/// One result at one point.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Index of the point among all combinations of values.
    pub point: usize,
    /// Id of the guideline; `all` for what is the same under every one.
    pub guideline: String,
    /// Index of the look.
    pub look: usize,
    /// The statistic with its Monte-Carlo error; no number where it is of losers and nobody loses anything.
    pub estimate: Estimate,
    /// Nine worlds of ten lie between these two values of what is looked at (its 5 % and 95 % quantiles).
    pub spread: (f64, f64),
}

/// Numbers of a row: the estimate's four and the spread's two.
const NUMBERS: usize = 6;

impl Row {
    /// Its numbers, to be kept.
    pub fn numbers(&self) -> [f64; NUMBERS] {
        let e = self.estimate;
        [e.value, e.se, e.lo, e.hi, self.spread.0, self.spread.1]
    }
}

/// Which guideline's results a plan gives at its points, and under which id: `(point, guideline, id)`.
fn answers(plan: &Plan, asked: &Asked, own: Option<&str>) -> Vec<(usize, usize, String)> {
    let wanted = |id: &str| asked.guidelines.is_empty() || asked.guidelines.iter().any(|g| g == id);
    let of_point = |(point, copy): &(usize, Option<usize>)| -> Vec<(usize, usize, String)> {
        match (copy, own) {
            (Some(copy), Some(own)) => vec![(*point, *copy, own.to_string())],
            _ => {
                let all = plan.scenario.guidelines.iter().enumerate().filter(|(_, g)| wanted(&g.id));
                all.map(|(i, g)| (*point, i, g.id.clone())).collect()
            }
        }
    };
    plan.points.iter().flat_map(of_point).collect()
}

/// What one plan says: rows in order of point, guideline and look.
///
/// # Errors
/// Cancelled, or a plan that cannot be made.
pub fn rows(
    plan: &Plan,
    asked: &Asked,
    over: &[Vary],
    options: Options,
    cancel: &AtomicBool,
    done: &mut dyn FnMut(u64),
) -> Result<Vec<Row>, Stopped> {
    let answers = answers(plan, asked, own(over));
    let mut interests: Vec<Interest> =
        answers.iter().flat_map(|(_, g, _)| asked.looks.iter().map(|l| l.interest.under(*g))).collect();
    let own_columns = interests.len();
    interests.extend(asked.looks.iter().filter_map(|l| losers(&l.interest)));
    let draw = SharpDraw { options, conditional: false, first: &asked.first, cancel };
    let found = sharp::columns(&plan.scenario, &interests, asked.sampling, draw, done)?;
    let mut of_losers = found.drawn[own_columns..].iter();
    let lost: Vec<bool> = asked
        .looks
        .iter()
        .map(|l| losers(&l.interest).and_then(|_| of_losers.next()).is_none_or(|n| anybody(n)))
        .collect();
    let mut columns = 0..own_columns;
    let mut rows = Vec::new();
    let mut first = true;
    let mut last_point = usize::MAX;
    for (point, _, id) in &answers {
        first = first || *point != last_point;
        last_point = *point;
        for (l, look) in asked.looks.iter().enumerate() {
            let Some(column) = columns.next() else { continue };
            let common = look.interest.guideline.is_none();
            if common && !first {
                continue;
            }
            let at = |q: f64| Statistic::Quantile(q).of(&found.drawn[column]).value;
            let guideline = if common { crate::analysis::findings::ALL.into() } else { id.clone() };
            let (estimate, spread) = match lost[l] {
                true => (found.estimate(column, look), (at(0.05), at(0.95))),
                false => (Statistic::Mean.of(&[]), (f64::NAN, f64::NAN)),
            };
            rows.push(Row { point: *point, guideline, look: l, estimate, spread });
        }
        first = false;
    }
    Ok(rows)
}

/// The losers of whom a measure is a share; nothing of others.
fn losers(interest: &Interest) -> Option<Interest> {
    interest.is_of_losers().then(|| interest.beside("losers")).flatten()
}

/// True where there are any in some world.
fn anybody(losers: &[f64]) -> bool {
    losers.iter().any(|n| *n > 0.0)
}

/// The scenario as the answer tells it: without its budget where the points have not all the same.
pub fn told(scenario: &Scenario, plans: &[Plan]) -> Scenario {
    let budget = |s: &Scenario| s.budget.as_ref().map(|b| (s.quantities.get(b.amount).law.clone(), b.tolerance));
    let own = budget(scenario);
    let same = plans.iter().all(|plan| budget(&plan.scenario) == own);
    Scenario { budget: scenario.budget.clone().filter(|_| same), ..scenario.clone() }
}

/// The guideline whose own numbers are varied.
pub fn own(over: &[Vary]) -> Option<&str> {
    over.iter().find_map(Vary::guideline).map(|(id, _)| id)
}

/// Rows of a plan put together again from their numbers; `None` where there are more or fewer than the plan has.
pub fn from_numbers(plan: &Plan, asked: &Asked, over: &[Vary], numbers: &[f64]) -> Option<Vec<Row>> {
    let mut rows = Vec::new();
    let mut seen = usize::MAX;
    let mut parts = numbers.chunks_exact(NUMBERS);
    for (point, _, id) in answers(plan, asked, own(over)) {
        let first = point != seen;
        seen = point;
        for (l, look) in asked.looks.iter().enumerate() {
            let common = look.interest.guideline.is_none();
            if common && !first {
                continue;
            }
            let p = parts.next()?;
            let estimate = Estimate { value: p[0], se: p[1], lo: p[2], hi: p[3] };
            let guideline = if common { crate::analysis::findings::ALL.into() } else { id.clone() };
            rows.push(Row { point, guideline, look: l, estimate, spread: (p[4], p[5]) });
        }
    }
    (parts.next().is_none() && parts.remainder().is_empty()).then_some(rows)
}

/// One candidate of a frontier: a draft with its mean cost and coverage.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Index of the point; `None` for a guideline of the scenario as it stands.
    pub point: Option<usize>,
    /// Id of the guideline.
    pub guideline: String,
    /// Mean of what should be small.
    pub cost: Estimate,
    /// Mean of what should be large.
    pub gain: Estimate,
    /// Index of a candidate that is better in one and not worse in the other beyond doubt (paired differences of more than
    /// two standard errors), if there is one.
    pub dominated_by: Option<usize>,
}

/// A candidate with its values, world by world.
#[derive(Clone, Debug)]
pub struct Contender {
    /// Index of the point, if it is not the scenario as it stands.
    pub point: Option<usize>,
    /// Id of the guideline.
    pub guideline: String,
    /// What should be small, by world.
    pub cost: Vec<f64>,
    /// What should be large, by world.
    pub gain: Vec<f64>,
}

/// Contenders of a plan.
///
/// # Errors
/// Cancelled, or a plan that cannot be made.
pub fn contenders(
    plan: &Plan,
    (cost, gain): (Interest, Interest),
    over: &[Vary],
    options: Options,
    cancel: &AtomicBool,
    done: &mut dyn FnMut(u64),
) -> Result<Vec<Contender>, Stopped> {
    let asked = Asked { looks: Vec::new(), guidelines: Vec::new(), sampling: Sampling::Plain, first: Vec::new() };
    let answers = answers(plan, &asked, own(over));
    let pair = [cost, gain];
    let mut interests: Vec<Interest> = answers.iter().flat_map(|(_, g, _)| pair.map(|i| i.under(*g))).collect();
    let own_columns = interests.len();
    interests.extend(pair.iter().filter_map(losers));
    let drawn = sample(&plan.scenario, &interests, Draw { options, worlds: None, keep_worlds: false, cancel }, done)?;
    let mut columns = drawn.columns;
    let mut of_losers = columns.split_off(own_columns).into_iter();
    let lost = pair.map(|i| losers(&i).and_then(|_| of_losers.next()).is_none_or(|n| anybody(&n)));
    let mut columns = columns.into_iter();
    let mut next = |lost: bool| {
        let values = columns.next().unwrap_or_default();
        if lost { values } else { vec![f64::NAN; values.len()] }
    };
    let as_it_stands = over.is_empty();
    let contender = |(point, _, guideline): (usize, usize, String)| Contender {
        point: (!as_it_stands).then_some(point),
        guideline,
        cost: next(lost[0]),
        gain: next(lost[1]),
    };
    Ok(answers.into_iter().map(contender).collect())
}

/// Contenders put together again from their values in order; `None` where there are more or fewer than the plan has.
pub fn contenders_from(plan: &Plan, over: &[Vary], replicates: u64, numbers: &[f64]) -> Option<Vec<Contender>> {
    let asked = Asked { looks: Vec::new(), guidelines: Vec::new(), sampling: Sampling::Plain, first: Vec::new() };
    let answers = answers(plan, &asked, own(over));
    let n = replicates as usize;
    if numbers.len() != 2 * n * answers.len() {
        return None;
    }
    let each = answers.into_iter().zip(numbers.chunks_exact(2 * n));
    let contender = |((point, _, guideline), values): ((usize, usize, String), &[f64])| Contender {
        point: (!over.is_empty()).then_some(point),
        guideline,
        cost: values[..n].to_vec(),
        gain: values[n..].to_vec(),
    };
    Some(each.map(contender).collect())
}

/// Marks who is dominated. The differences are taken world by world, which is why all must have met the same worlds.
pub fn frontier(contenders: &[Contender]) -> Vec<Candidate> {
    let mean = |values: &[f64]| Statistic::Mean.of(values);
    let mut out: Vec<Candidate> = contenders
        .iter()
        .map(|c| Candidate {
            point: c.point,
            guideline: c.guideline.clone(),
            cost: mean(&c.cost),
            gain: mean(&c.gain),
            dominated_by: None,
        })
        .collect();
    for (i, a) in contenders.iter().enumerate() {
        let better = |b: &Contender| {
            let cost = paired(&b.cost, &a.cost, None).difference;
            let gain = paired(&b.gain, &a.gain, None).difference;
            let surely = |e: Estimate, sign: f64| sign * e.value > 2.0 * e.se && e.value != 0.0;
            cost.value <= 0.0 && gain.value >= 0.0 && (surely(cost, -1.0) || surely(gain, 1.0))
        };
        let by = (0..contenders.len()).filter(|k| *k != i && better(&contenders[*k]));
        // The cheapest of those that are better.
        out[i].dominated_by = by.min_by(|x, y| out[*x].cost.value.total_cmp(&out[*y].cost.value));
    }
    out
}

/// Number of points of a sweep.
pub fn points(over: &[Vary]) -> usize {
    combinations(over).len()
}

/// What a sweep looks at unless told: cost, coverage and claims, and the chance to pass the budget where there is one.
pub fn usual_looks(scenario: &Scenario) -> Vec<String> {
    let mut looks: Vec<String> = ["cost", "coverage", "claims"].map(String::from).to_vec();
    if scenario.budget.is_some() {
        looks.insert(1, format!("P(cost > {BUDGET})"));
    }
    looks
}
