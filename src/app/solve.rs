//! `redress solve`: the value at which a statement about the results turns true.

use super::Failure;
use super::args::SolveArgs;
use super::question::Question;
use crate::model::Unit;
use crate::output::answer::Answer;
use crate::output::figures::whatif as figures;
use crate::output::terminal::whatif as page;
use crate::output::whatif as tables;
use crate::whatif::Statement;
use crate::whatif::solve::{FIRST, solve as search};
use crate::whatif::sweep::{self, Asked};
use crate::whatif::vary::{Vary, plans};

/// Replicates of each run unless told.
pub const REPLICATES: u64 = 10_000;

/// Looks for the value.
///
/// # Errors
/// The scenario, the path, the range or the statement is wrong; the answer cannot be written; or the run is interrupted.
pub fn solve(args: &SolveArgs) -> Result<(), Failure> {
    let range = args.between.as_deref().map_or_else(|| usual_range(args), |r| Ok(r.to_string()))?;
    let steps = if range.contains(" in ") { String::new() } else { format!(" in {FIRST}") };
    let log = if args.log { " log" } else { "" };
    let vary = Vary::parse(&format!("{}={range}{steps}{log}", args.find)).map_err(Failure::Usage)?;
    if vary.words || vary.numbers.len() < 2 {
        return Err(Failure::Usage(format!("`{range}` is no range; write for example --between '0 .. 9000 KRW'")));
    }
    let mut question = Question::open(&args.question, "solve", REPLICATES)?;
    if let Some(wrong) = crate::scenario::wrong_path(&question.base, &vary.path) {
        return Err(Failure::Usage(wrong));
    }
    let own = vary.guideline().map(|(id, _)| id.to_string());
    let statement = {
        let scenario = question.scenario();
        let id = args.guideline.clone().or_else(|| own.clone());
        let at = id.as_deref().map(|id| {
            let found = scenario.guidelines.iter().position(|g| g.id == id);
            let ids = || scenario.guidelines.iter().map(|g| g.id.as_str()).collect::<Vec<_>>();
            found.ok_or_else(|| {
                let help = crate::scenario::near_or_all(id, &ids());
                Failure::Usage(format!("this scenario has no guideline `{id}`; {help}"))
            })
        });
        let statement = Statement::parse(&args.such_that, scenario, at.transpose()?).map_err(Failure::Usage)?;
        if let (Some(own), Some(g)) = (&own, statement.look.interest.guideline)
            && scenario.guidelines[g].id != *own
            && !question.origin().with([])?.resolved.contains("same_as")
        {
            let other = &scenario.guidelines[g].id;
            return Err(Failure::Usage(format!("`{}` is a number of `{own}` and does not touch `{other}`", args.find)));
        }
        over_budgets(statement, &question, &vary)?
    };
    let guidelines: Vec<String> =
        statement.look.interest.guideline.map(|g| question.scenario().guidelines[g].id.clone()).into_iter().collect();
    let first = question.first(&[statement.look.interest])?;
    let wanted = Asked { looks: vec![statement.look], guidelines, sampling: question.sampling(), first };
    // A guideline's number takes one run a grid; others one a value. How many grids follow the first is not known.
    let mut progress = question.progress(question.options.replicates * if own.is_some() { 3 } else { 40 });
    let mut round = 0;
    let found = search(&statement, &vary, |grid: &Vary| {
        round += 1;
        let over = [grid.clone()];
        let mut rows = Vec::new();
        for (i, plan) in plans(question.origin(), &over, &wanted.guidelines)?.iter().enumerate() {
            let part = format!("{round}.{i}");
            let kept = question.journal.get(&part).and_then(|n| sweep::from_numbers(plan, &wanted, &over, n));
            let found = match kept {
                Some(kept) => kept,
                None => {
                    let options = question.options;
                    let found = sweep::rows(plan, &wanted, &over, options, &question.cancel, &mut |n| progress.add(n))
                        .map_err(|e| question.stopped(e))?;
                    let numbers: Vec<f64> = found.iter().flat_map(sweep::Row::numbers).collect();
                    question.journal.put(&part, &numbers)?;
                    found
                }
            };
            rows.extend(found);
        }
        rows.sort_by_key(|r| r.point);
        Ok::<Vec<_>, Failure>(rows.iter().map(|r| r.estimate).collect())
    })?;
    progress.finish();
    let scenario = question.scenario();
    let lang = question.lang();
    let told = figures::Told { scenario, replicates: question.options.replicates, seed: question.options.seed, lang };
    let answer = Answer {
        tables: vec![
            tables::solve(&vary, &args.such_that, &statement, &found),
            tables::solve_points(&vary, &statement, &found, scenario),
        ],
        page: page::solve(&vary, &args.such_that, &statement, &found, scenario, question.options, lang),
        figures: figures::solve(told, &vary, &args.such_that, &statement, &found),
        files: Vec::new(),
    };
    question.answer(&answer)
}

/// The statement where it speaks of the budget: a chance to pass it is judged by that of each value. No bound moves.
fn over_budgets(statement: Statement, question: &Question<'_>, vary: &Vary) -> Result<Statement, Failure> {
    if !statement.by_budget && !statement.look.of_budget {
        return Ok(statement);
    }
    let under = statement.look.interest.guideline.map(|g| question.scenario().guidelines[g].id.clone());
    let wanted: Vec<String> = under.into_iter().collect();
    let grid = plans(question.origin(), std::slice::from_ref(vary), &wanted)?;
    if statement.by_budget && sweep::told(question.scenario(), &grid).budget.is_none() {
        return Err(Failure::Usage(format!(
            "the budget is not the same at every value of `{}`, so that it is no bound to hold them against: write an amount in \
             place of `budget`, or ask for the chance to pass it, such as 'P(cost > budget) <= 5%'",
            vary.path
        )));
    }
    Ok(Statement { look: statement.look.settled(grid.iter().map(|plan| &plan.scenario)), ..statement })
}

/// From nothing to four times what the scenario says; a share to one.
fn usual_range(args: &SolveArgs) -> Result<String, Failure> {
    let loaded = crate::scenario::load(&args.question.file, &args.question.set)?;
    if let Some(wrong) = crate::scenario::wrong_path(&loaded, &args.find) {
        return Err(Failure::Usage(wrong));
    }
    let within = crate::scenario::number_within(&loaded, &args.find).filter(|(now, _)| *now > 0.0);
    let scenario = loaded.scenario;
    let central = scenario.quantities.central();
    let found = scenario.quantities.handle(&args.find).map(|q| (q.of(&central), scenario.quantities.get(q).unit));
    match found.filter(|(now, _)| *now > 0.0 && now.is_finite()) {
        Some((_, Unit::Share)) => Ok("0 .. 100 %".into()),
        Some((now, Unit::Money)) => Ok(format!("0 .. {} {}", 4.0 * now, scenario.currency)),
        Some((now, Unit::Hours)) => Ok(format!("0 .. {} h", 4.0 * now)),
        Some((now, _)) => Ok(format!("0 .. {}", 4.0 * now)),
        None if within.is_some() => around(args, &within.unwrap_or_default()),
        None => {
            let meant = crate::scenario::near_number(&scenario, &args.find);
            let or = if meant.is_empty() { "" } else { " or " };
            Err(Failure::Usage(format!(
                "`{}` has no number above 0 to start from; {meant}{or}say where to look: --between '0 .. 9000 {}'",
                args.find, scenario.currency
            )))
        }
    }
}

/// The same of a number inside something larger, such as a parameter of a law, as far as it may be so at both ends.
fn around(args: &SolveArgs, (now, unit): &(f64, String)) -> Result<String, Failure> {
    let parts = [[0.0, 4.0], [0.5, 4.0], [1.0, 4.0], [0.0, 2.0], [0.0, 1.0], [0.5, 1.0]];
    let fits = |x: f64| {
        let value = format!("{}={x} {unit}", args.find).trim_end().to_string();
        let set: Vec<String> = args.question.set.iter().cloned().chain([value]).collect();
        crate::scenario::load(&args.question.file, &set).is_ok()
    };
    let told = |[low, high]: [f64; 2]| format!("{low} .. {high} {unit}").trim_end().to_string();
    match parts.into_iter().map(|ends| ends.map(|x| x * now)).find(|[low, high]| fits(*low) && fits(*high)) {
        Some(range) => Ok(told(range)),
        None => Err(Failure::Usage(format!(
            "`{}` is {} now and cannot be much less or more there; say where to look: --between '{}'",
            args.find,
            format!("{now} {unit}").trim_end(),
            told([0.9 * now, 1.1 * now])
        ))),
    }
}
