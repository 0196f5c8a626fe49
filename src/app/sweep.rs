//! `redress sweep`: results over values of one or two quantities.

use super::Failure;
use super::args::SweepArgs;
use super::question::Question;
use crate::engine::run::Stopped;
use crate::output::answer::Answer;
use crate::output::figures::frontier as frontier_figure;
use crate::output::figures::whatif as figures;
use crate::output::terminal::whatif as page;
use crate::output::whatif as tables;
use crate::scenario::{self, LoadError};
use crate::whatif::sweep::{self, Asked, Contender, Row};
use crate::whatif::vary::{Plan, Vary, plans};
use crate::whatif::{Interest, Look};

/// Keys whose values are told and change no result.
const TOLD: [&str; 6] = ["id", "note", "source", "summary", "title", "what"];
/// Replicates of each run unless told.
pub const REPLICATES: u64 = 2_000;

/// Runs a sweep.
///
/// # Errors
/// The scenario, a path, a value or a look is wrong; the answer cannot be written; or the run is interrupted.
pub fn sweep(args: &SweepArgs) -> Result<(), Failure> {
    let over: Vec<Vary> = args.over.iter().map(|o| Vary::parse(o)).collect::<Result<_, _>>().map_err(Failure::Usage)?;
    if let [one, other] = over.as_slice()
        && one.path == other.path
    {
        return Err(Failure::Usage(format!("`{}` is varied twice; give all its values in one --over", one.path)));
    }
    if over.len() > 2 {
        return Err(Failure::Usage("a sweep goes over one quantity or two".into()));
    }
    if let Some(vary) = over.iter().find(|v| v.words && TOLD.contains(&v.path.rsplit('.').next().unwrap_or_default())) {
        let help = "vary a number, or what rules go by, such as `filing`";
        return Err(Failure::Usage(format!(
            "no result depends on `{}`, which is told and not used; {help}",
            vary.path
        )));
    }
    let question = Question::open(&args.question, "sweep", REPLICATES)?;
    for id in &args.guideline {
        if !question.scenario().guidelines.iter().any(|g| g.id == *id) {
            let ids: Vec<&str> = question.scenario().guidelines.iter().map(|g| g.id.as_str()).collect();
            return Err(Failure::Usage(format!("there is no guideline `{id}`; {}", scenario::near_or_all(id, &ids))));
        }
    }
    let plans = plans(question.origin(), &over, &args.guideline).map_err(|e| as_typed(e, &over, &args.over))?;
    match &args.frontier {
        Some(measures) => frontier(question, &over, &plans, measures),
        None => curves(question, args, &over, &plans),
    }
}

/// Mistakes in values stand where the values do: in the option.
fn as_typed(e: LoadError, over: &[Vary], typed: &[String]) -> Failure {
    let LoadError::Invalid(report) = e else { return e.into() };
    let made = over.iter().zip(typed).flat_map(|(vary, option)| {
        vary.values.iter().map(move |value| (format!("{}={value}", vary.path), format!("--over '{option}'")))
    });
    Failure::Scenario(report.as_typed(&made.collect::<Vec<_>>()))
}

fn curves(mut question: Question<'_>, args: &SweepArgs, over: &[Vary], plans: &[Plan]) -> Result<(), Failure> {
    let asked = {
        let scenario = question.scenario();
        let words = if args.look.is_empty() { sweep::usual_looks(scenario) } else { args.look.clone() };
        let looks = words.iter().map(|w| Look::parse(w, scenario, Some(0))).collect::<Result<_, _>>();
        let looks: Vec<Look> = looks.map_err(Failure::Usage)?;
        let settled = |look: Look| look.settled(plans.iter().map(|plan| &plan.scenario));
        let looks: Vec<Look> = looks.into_iter().map(settled).collect();
        let under = |l: &Look| (0..scenario.guidelines.len()).map(|g| l.interest.under(g)).collect::<Vec<Interest>>();
        let first = question.first(&looks.iter().flat_map(under).collect::<Vec<Interest>>())?;
        Asked { looks, guidelines: args.guideline.clone(), sampling: question.sampling(), first }
    };
    let mut progress = question.progress(question.options.replicates * plans.len() as u64);
    let mut rows: Vec<Row> = Vec::new();
    for (i, plan) in plans.iter().enumerate() {
        let part = i.to_string();
        let kept = question.journal.get(&part).and_then(|n| sweep::from_numbers(plan, &asked, over, n));
        let found = match kept {
            Some(kept) => {
                progress.add(question.options.replicates);
                kept
            }
            None => {
                let found =
                    sweep::rows(plan, &asked, over, question.options, &question.cancel, &mut |n| progress.add(n));
                let found = found.map_err(|e| question.stopped(e))?;
                let numbers: Vec<f64> = found.iter().flat_map(Row::numbers).collect();
                question.journal.put(&part, &numbers)?;
                found
            }
        };
        rows.extend(found);
    }
    progress.finish();
    rows.sort_by_key(|r| r.point);
    let scenario = &sweep::told(question.scenario(), plans);
    let lang = question.lang();
    let told = figures::Told { scenario, replicates: question.options.replicates, seed: question.options.seed, lang };
    let answer = Answer {
        tables: vec![tables::sweep(over, &asked.looks, &rows, scenario)],
        page: page::sweep(over, &asked.looks, &rows, scenario, question.options, lang),
        figures: figures::sweep(told, over, &asked.looks, &rows),
        files: Vec::new(),
    };
    question.answer(&answer)
}

fn frontier(mut question: Question<'_>, over: &[Vary], plans: &[Plan], measures: &str) -> Result<(), Failure> {
    let (small, large) = measures.split_once(',').unwrap_or(("cost", measures));
    let interest = |text: &str| Interest::parse(text, question.scenario(), Some(0)).map_err(Failure::Usage);
    let pair = (interest(small)?, interest(large)?);
    let as_it_stands = Plan { scenario: question.scenario().clone(), points: vec![(0, None)] };
    let mut progress = question.progress(question.options.replicates * (plans.len() as u64 + 1));
    let mut contenders: Vec<Contender> = Vec::new();
    let all = std::iter::once((&as_it_stands, &[][..])).chain(plans.iter().map(|p| (p, over)));
    for (i, (plan, over)) in all.enumerate() {
        let part = i.to_string();
        let drawn = match question.journal.get(&part) {
            Some(kept) => {
                progress.add(question.options.replicates);
                sweep::contenders_from(plan, over, question.options.replicates, kept)
            }
            None => None,
        };
        let drawn = match drawn {
            Some(drawn) => drawn,
            None => {
                let drawn: Result<Vec<Contender>, Stopped> =
                    sweep::contenders(plan, pair, over, question.options, &question.cancel, &mut |n| progress.add(n));
                let drawn = drawn.map_err(|e| question.stopped(e))?;
                let numbers: Vec<f64> = drawn.iter().flat_map(|c| c.cost.iter().chain(&c.gain)).copied().collect();
                question.journal.put(&part, &numbers)?;
                drawn
            }
        };
        contenders.extend(drawn);
    }
    progress.finish();
    let found = sweep::frontier(&contenders);
    let scenario = question.scenario();
    let lang = question.lang();
    let measures = [pair.0, pair.1].map(|i| i.measure());
    let told = figures::Told { scenario, replicates: question.options.replicates, seed: question.options.seed, lang };
    let answer = Answer {
        tables: vec![tables::frontier(over, measures.map(|m| (m.name, m.unit)), &found, &scenario.currency)],
        page: page::frontier(over, measures, &found, scenario, question.options, lang),
        figures: frontier_figure::frontier(told, over, measures, &found),
        files: Vec::new(),
    };
    question.answer(&answer)
}
