//! `redress calibrate`: what is known once something was counted.

use super::Failure;
use super::args::{CalibrateArgs, Method};
use super::question::{Keeping, Question};
use crate::model::Text;
use crate::model::observed::Observed;
use crate::output::answer::Answer;
use crate::output::figures::{learned as figures, whatif::Told};
use crate::output::learned as tables;
use crate::output::terminal::learned as page;
use crate::scenario::{self, Diagnostic, Draws, Loaded, Report, TextFile};
use crate::whatif::calibrate::{Asked, Calibrated, Failed, calibrate as condition};
use crate::whatif::posterior::Settings;

/// Replicates unless told.
pub const REPLICATES: u64 = 10_000;
/// Replicates that a calibration takes beyond the first, as a guess for the bar.
const ROUNDS: u64 = 30;

/// Conditions a scenario on what was observed.
///
/// # Errors
/// The scenario is wrong, nothing in it can be fitted, the answer cannot be written, or the run is interrupted.
pub fn calibrate(args: &CalibrateArgs) -> Result<(), Failure> {
    let mut question = Question::open(&args.question, "calibrate", REPLICATES)?;
    let (fitted, foreseen) = split(&question.base, args.until.as_deref())?;
    let least_effective = match args.method {
        Method::Auto => f64::from(args.effective),
        Method::Weights => 0.0,
        Method::Steps => f64::INFINITY,
    };
    let settings = Settings { seed: args.question.seed, least_effective, ..Settings::default() };
    let asked = Asked { fitted: &fitted, foreseen: &foreseen, draws: args.draws as usize, settings };
    let mut progress = question.progress(question.options.replicates * ROUNDS);
    let Question { base, options, cancel, journal, .. } = &mut question;
    let mut kept = Keeping::in_journal(journal);
    let found = condition(&base.scenario, asked, *options, cancel, &mut kept, &mut |n| progress.add(n));
    progress.finish();
    let found = found.map_err(|e| match e {
        Failed::Count(which, why) => {
            let count = which.map_or_else(|i| &foreseen[i], |i| &fitted[i]);
            misplaced(&question.base, count, &why)
        }
        Failed::Impossible => Failure::Usage(
            "no world of the scenario comes near what was counted: look at its quantities, or at the errors of the counts"
                .into(),
        ),
        Failed::Stopped(e) => question.stopped(e),
    })?;
    let lang = question.lang();
    let (scenario, options) = (question.scenario(), question.options);
    let told = Told { scenario, replicates: options.replicates, seed: options.seed, lang };
    let saved = saved(&question.base, &found, &fitted)?;
    if let Some(file) = &args.save {
        std::fs::write(file, &saved).map_err(|e| Failure::Io(format!("cannot write {}: {e}", file.display())))?;
    }
    let answer = Answer {
        tables: tables::calibrated(&found, scenario),
        page: page::calibrated(&found, scenario, options, lang),
        figures: figures::calibrated(told, &found),
        files: vec![("calibrated.toml".into(), saved)],
    };
    question.answer(&answer)
}

/// What is fitted and what is foreseen.
fn split(base: &Loaded, until: Option<&str>) -> Result<(Vec<Observed>, Vec<Observed>), Failure> {
    let after = &base.scenario.aftermath;
    if let Some(date) = until
        && !(date.len() == 10 && date.parse::<jiff::civil::Date>().is_ok())
    {
        return Err(Failure::Usage(format!("`{date}` is no date; write for example --until 2022-10-24")));
    }
    let known = |o: &&Observed| until.is_none_or(|date| o.on.as_str() <= date);
    let fitted: Vec<Observed> = after.observed.iter().filter(known).cloned().collect();
    let later = after.observed.iter().filter(|o| !known(o));
    let foreseen: Vec<Observed> = later.chain(&after.outcomes).cloned().collect();
    if fitted.is_empty() {
        let what = until.map_or_else(String::new, |date| format!(" until {date}"));
        return Err(Failure::Usage(format!(
            "the scenario has nothing that was counted{what}: add [[observed]] with measure, on, value and error"
        )));
    }
    Ok((fitted, foreseen))
}

/// A mistake at the place of a count.
fn misplaced(base: &Loaded, count: &Observed, why: &str) -> Failure {
    let files = base.inputs_read.iter().map(|(name, text)| TextFile { name: name.clone(), text: text.clone() });
    let text = base.inputs_read.first().map_or("", |(_, text)| text.as_str());
    let place = scenario::place(text, &format!("{}.value", count.path));
    let mut d = Diagnostic::error(place, format!("`{}` cannot be fitted: {why}", count.measured.name));
    if count.error.is_none() {
        d.help("add for example error = \"5 %\"");
    }
    Failure::Scenario(Report::new(files.collect(), vec![d]))
}

/// The scenario with what was learned, as a text that loads.
fn saved(base: &Loaded, found: &Calibrated, fitted: &[Observed]) -> Result<String, Failure> {
    let quantities = &base.scenario.quantities;
    let mut columns = Vec::new();
    for path in &found.saved {
        let q = quantities.find(path).ok_or_else(|| Failure::Internal(format!("there is no `{path}`")))?;
        columns.push((path.as_str(), quantities.get(q).unit));
    }
    let until = fitted.iter().map(|o| o.on.as_str()).max().unwrap_or("");
    let note =
        Text::both(&format!("fitted to what was counted until {until}"), &format!("{until}까지 집계된 값에 맞춤"));
    let id = format!("{}-calibrated", base.scenario.id);
    let draws = Draws { columns, rows: &found.rows };
    scenario::with_draws(&base.resolved, &id, &note, &draws).map_err(Failure::Internal)
}
