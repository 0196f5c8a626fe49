//! Where a number comes from, as a chain: definition, formula, place, sample, error, and every input with its source.

use super::ctx::Ctx;
use super::drivers;
use super::page::back::{law, source_of};
use super::quantity;
use super::register::Row;
use super::results::{ALL, BASE, Input, Results, Unit, key};
use super::tongue::{clean, unmarked};
use crate::engine::heavy::Heavy;
use crate::engine::outcome::{COMMON, Group};
use crate::guideline::visit;
use crate::model::{Cohort, Guideline, Hit, Lang, Scenario};
use crate::scenario::{closest, near_or_all};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// `measure.statistic`.
    pub figure: &'a str,
    /// Guideline; needed for what is not the same under all.
    pub guideline: Option<&'a str>,
    /// Cohort; `None`: everybody.
    pub cohort: Option<&'a str>,
    /// Guideline to compare with: the difference is asked for.
    pub than: Option<&'a str>,
}

/// The chain of a figure.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    /// In words.
    pub text: String,
    /// Link by link, in the same order.
    pub links: Vec<Link>,
}

/// A link of a chain.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// The figure, or of a difference the guideline on whose numbers it rests.
    pub figure: String,
    /// What it is: `value`, `definition`, `input` …
    pub step: String,
    /// Path of a number of the scenario, else empty.
    pub path: String,
    /// The link in words.
    pub what: String,
    /// What is a number or a law, exactly; else empty.
    pub value: String,
    /// Unit of the value; may be empty.
    pub unit: String,
    /// Source of an input; may be empty.
    pub source: String,
}

impl Link {
    /// Its texts, in the order of its table's columns.
    pub fn cells(&self) -> [&str; 7] {
        [&self.figure, &self.step, &self.path, &self.what, &self.value, &self.unit, &self.source].map(|t| t.as_str())
    }
}

/// Names for the chance of exceeding the budget, without spaces.
const OVER: [&str; 2] = ["P(cost>budget)", "over_budget"];

/// The chain in words.
///
/// # Errors
/// There is no such figure: what there is instead.
pub fn explain(results: &Results, asked: &Asked, lang: Lang) -> Result<String, String> {
    chain(results, asked, lang).map(|c| c.text)
}

/// The chain in words and link by link.
///
/// # Errors
/// As [`explain`].
pub fn chain(results: &Results, asked: &Asked, lang: Lang) -> Result<Chain, String> {
    let ctx = Ctx::new(results, lang);
    let figure: String = asked.figure.chars().filter(|c| !c.is_whitespace()).collect();
    if OVER.contains(&figure.as_str()) {
        return over(&ctx, asked);
    }
    if let Some(than) = asked.than {
        return difference(&ctx, asked, than);
    }
    let (measure, statistic) = asked.figure.split_once('.').unwrap_or((asked.figure, "mean"));
    let guideline = chosen(results, measure, asked.guideline)?;
    let cohort = asked.cohort.unwrap_or(ALL);
    if cohort != ALL && !results.scenario.cohorts.iter().any(|c| c.id == cohort) {
        let known: Vec<&str> = results.scenario.cohorts.iter().map(|c| c.id.as_str()).collect();
        return Err(format!("there is no cohort `{cohort}`; {}", near_or_all(cohort, &known)));
    }
    let found = results.summary.get(&key(guideline, cohort, measure, statistic));
    let Some(found) = found else { return Err(missing(results, guideline, cohort, measure, statistic)) };
    let numbers = &ctx.tongue.numbers;
    let whose = if guideline == ALL { ctx.word("any-draft") } else { ctx.draft_full(guideline) };
    let mut head = format!("{}, {}, {whose}", ctx.measure(measure), ctx.statistic(statistic));
    if cohort != ALL {
        head = format!("{head}, {}", ctx.cohort(cohort));
    }
    let e = &found.estimate;
    let told = if e.value.is_finite() { numbers.value(e.value, &found.unit) } else { ctx.word("no-value") };
    let run = &results.manifest.run;
    let error = match e.se.is_finite() || e.lo.is_finite() {
        true => {
            let (se, range) = (numbers.value(e.se, &found.unit), numbers.range(e.lo, e.hi, &found.unit));
            ctx.say("x-error", &[("se", &se), ("range", &range)])
        }
        false if is_heavy(&results.scenario, guideline, cohort, measure) => ctx.word("x-heavy"),
        false => ctx.word("x-no-error"),
    };
    let rows = [
        ("x-value", format!("{told} ({})", e.value)),
        ("x-definition", ctx.meaning(measure)),
        ("x-formula", formula(&ctx, measure)),
        (
            "x-statistic",
            ctx.say(
                "x-statistic-text",
                &[("statistic", &ctx.statistic(statistic)), ("worlds", &numbers.worlds(run.replicates as f64))],
            ),
        ),
        (
            "x-table",
            format!(
                "summary.csv: variant=base, guideline={guideline}, cohort={cohort}, region=all, measure={measure}, statistic={statistic}"
            ),
        ),
        ("x-digest", digest(results, "summary.csv")),
        ("x-sample", sample(&ctx)),
        ("x-error-head", error),
    ];
    let mut out = Chain::default();
    listed(&ctx, &head, &rows, [e.value, e.se], &unit_words(&ctx, &found.unit), &mut out);
    if cohort == ALL {
        deciding(&ctx, &head, measure, guideline, &mut out);
    }
    inputs(&ctx, &head, (measure, guideline, cohort), &mut out);
    Ok(out)
}

/// True where a measure has no finite variance under a guideline (or, of what is the same under all, under any) in a cohort.
fn is_heavy(scenario: &Scenario, guideline: &str, cohort: &str, measure: &str) -> bool {
    let group = Group { cohort: scenario.cohorts.iter().position(|c| c.id == cohort), region: None };
    Heavy::of(scenario).holds(scenario.guidelines.iter().position(|g| g.id == guideline), measure, group)
}

/// Lines of a chain, each under its name; those without text are left out. `exact`: value and standard error.
fn listed(ctx: &Ctx, figure: &str, rows: &[(&str, String)], exact: [f64; 2], unit: &str, out: &mut Chain) {
    out.text += &format!("{figure}\n\n");
    for (name, text) in rows.iter().filter(|(_, t)| !t.is_empty()) {
        out.text += &format!("{}: {text}\n", ctx.word(name));
        let value = match *name {
            "x-value" => exact[0],
            "x-error-head" => exact[1],
            _ => f64::NAN,
        };
        let (value, unit) = if value.is_finite() { (value.to_string(), unit) } else { (String::new(), "") };
        let step = name.trim_start_matches("x-").trim_end_matches("-head");
        out.links.push(Link {
            figure: figure.into(),
            step: step.into(),
            what: text.clone(),
            value,
            unit: unit.into(),
            ..Link::default()
        });
    }
}

/// A unit as tables write it.
fn unit_words(ctx: &Ctx, unit: &Unit) -> String {
    match unit {
        Unit::Money => ctx.results.scenario.currency.clone(),
        Unit::Persons => "persons".into(),
        Unit::Share => "share".into(),
        Unit::Days => "d".into(),
        Unit::Hours => "h".into(),
        Unit::Other(words) => words.clone(),
    }
}

fn digest(results: &Results, table: &str) -> String {
    let file = results.manifest.artefacts.iter().find(|a| a.path == table);
    file.map_or_else(String::new, |f| f.sha256.clone())
}

fn sample(ctx: &Ctx) -> String {
    let run = &ctx.results.manifest.run;
    let worlds = ctx.tongue.numbers.worlds(run.replicates as f64);
    let with = [("worlds", worlds), ("seed", run.seed.to_string()), ("engine", engine(ctx, &run.engine))];
    let with: Vec<(&str, &str)> = with.iter().map(|(n, v)| (*n, v.as_str())).collect();
    ctx.say("x-sample-text", &with)
}

/// Chains of figures about a measure that stand in other tables than `summary.csv`, as they were entered into the
/// register.
fn entered(ctx: &Ctx, measure: &str, told: &dyn Fn(f64) -> String, unit: &str, out: &mut Chain) {
    let one = |row: Row, out: &mut Chain| {
        let error = match row.error {
            Some([se, lo, hi]) if lo.is_finite() => {
                let range = ctx.tongue.range(&told(lo), &told(hi));
                match se.is_finite() {
                    true => ctx.say("x-error", &[("se", &told(se)), ("range", &range)]),
                    false => ctx.say("x-interval", &[("range", &range)]),
                }
            }
            _ => ctx.word("x-no-error"),
        };
        let rows = [
            ("x-value", format!("{} ({})", row.shown, row.exact)),
            ("x-definition", row.meaning),
            ("x-formula", made_of(ctx, measure)),
            ("x-table", format!("{}: {}", row.file, row.place)),
            ("x-digest", digest(ctx.results, row.file)),
            ("x-sample", sample(ctx)),
            ("x-error-head", error),
        ];
        let se = row.error.map_or(f64::NAN, |[se, ..]| se);
        listed(ctx, &row.label, &rows, [row.exact, se], unit, out);
    };
    for (i, row) in ctx.register().rows().iter().cloned().enumerate() {
        if i > 0 {
            out.text.push('\n');
        }
        one(row, out);
    }
}

/// The share of worlds in which a guideline costs more than the budget.
fn over(ctx: &Ctx, asked: &Asked) -> Result<Chain, String> {
    let guideline = chosen(ctx.results, asked.figure, asked.guideline)?;
    if asked.cohort.is_some() || asked.than.is_some() {
        return Err("the budget is one for all: leave --cohort and --than out".into());
    }
    let row = ctx.results.budget.iter().find(|b| b.variant == BASE && b.guideline == guideline);
    let Some(row) = row else { return Err("the scenario has no [budget], so that no cost can exceed it".into()) };
    let _ = ctx.over(row);
    let mut out = Chain::default();
    entered(ctx, "cost", &|v| ctx.tongue.numbers.share(v), "share", &mut out);
    let figure = out.links.first().map_or_else(String::new, |l| l.figure.clone());
    deciding(ctx, &figure, "over_budget", guideline, &mut out);
    inputs(ctx, &figure, ("cost", guideline, ALL), &mut out);
    Ok(out)
}

/// What a guideline has more or less than another in the same worlds.
fn difference(ctx: &Ctx, asked: &Asked, than: &str) -> Result<Chain, String> {
    let results = ctx.results;
    let measure = asked.figure.split_once('.').map_or(asked.figure, |(m, _)| m);
    if asked.cohort.is_some() {
        return Err("guidelines are compared over everybody: leave --cohort out".into());
    }
    let guideline = chosen(results, measure, asked.guideline)?;
    let other = chosen(results, measure, Some(than))?;
    let Some(pair) = results.pair(BASE, guideline, other, measure) else {
        let mut known: Vec<&str> = results.pairs.iter().map(|p| p.measure.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        return Err(format!(
            "`{measure}` of `{guideline}` is not compared with that of `{other}`; guidelines are compared by {}",
            known.join(", ")
        ));
    };
    let numbers = &ctx.tongue.numbers;
    let told = |v: f64| if pair.unit == Unit::Share { numbers.points(v) } else { numbers.value(v, &pair.unit) };
    let _ = ctx.pair_difference(&pair, told);
    let mut out = Chain::default();
    entered(ctx, measure, &told, &unit_words(ctx, &pair.unit), &mut out);
    let shares = Ctx::new(results, ctx.tongue.lang());
    let _ = (shares.pair_share(&pair, true), shares.pair_share(&pair, false));
    out.text.push('\n');
    entered(&shares, measure, &|v| numbers.share(v), "share", &mut out);
    for g in [guideline, other] {
        let draft = ctx.draft_full(g);
        out.text += &format!("\n{draft}");
        inputs(ctx, &draft, (measure, g, ALL), &mut out);
    }
    Ok(out)
}

/// What an engine is called.
fn engine(ctx: &Ctx, name: &str) -> String {
    let id = format!("engine-{name}");
    if ctx.tongue.has(&id) { ctx.word(&id) } else { clean(name) }
}

fn formula(ctx: &Ctx, measure: &str) -> String {
    let id = format!("m-{measure}.formula");
    if ctx.tongue.has(&id) { ctx.word(&id) } else { String::new() }
}

/// How a measure that others are made of is made, with its name.
fn made_of(ctx: &Ctx, measure: &str) -> String {
    match formula(ctx, measure) {
        made if made.is_empty() => made,
        made => format!("{} = {made}", ctx.measure(measure)),
    }
}

/// The guideline meant: none for what is the same under all.
fn chosen<'a>(results: &'a Results, measure: &str, asked: Option<&'a str>) -> Result<&'a str, String> {
    if COMMON.iter().any(|m| m.name == measure) {
        return Ok(ALL);
    }
    if !results.measures.iter().any(|m| m == measure) && !measure.starts_with("P(") && measure != OVER[1] {
        return Err(unknown(results, measure));
    }
    let known = results.guidelines();
    match asked {
        Some(g) if known.contains(&g) => Ok(g),
        Some(g) => Err(format!("there is no guideline `{g}`; {}", near_or_all(g, &known))),
        None => Err(format!(
            "`{measure}` is not the same under every guideline: say which with --guideline: {}",
            known.join(", ")
        )),
    }
}

fn unknown(results: &Results, measure: &str) -> String {
    let names = results.measures.iter().map(String::as_str).chain(["P(cost > budget)"]).collect::<Vec<_>>();
    match closest(measure, names.iter().copied()) {
        Some(near) => format!("there is no measure `{measure}`; did you mean `{near}`?"),
        None => format!("there is no measure `{measure}`; there are {}", names.join(", ")),
    }
}

fn missing(results: &Results, guideline: &str, cohort: &str, measure: &str, statistic: &str) -> String {
    if !results.measures.iter().any(|m| m == measure) {
        return unknown(results, measure);
    }
    let start = key(guideline, cohort, measure, "");
    let statistics: Vec<&str> = results
        .summary
        .range(start.clone()..)
        .take_while(|(k, _)| k.starts_with(&start))
        .filter_map(|(k, _)| k.rsplit('\t').next())
        .collect();
    match statistics.is_empty() {
        true => format!("the run has no `{measure}` under `{guideline}` for `{cohort}`"),
        false => format!("there is no statistic `{statistic}` of `{measure}`; {}", near_or_all(statistic, &statistics)),
    }
}

/// The numbers that decide it, where the run told them.
fn deciding(ctx: &Ctx, figure: &str, measure: &str, guideline: &str, out: &mut Chain) {
    let rows = drivers::of(ctx, measure, guideline);
    let Some(said) = drivers::sentence(ctx, measure, guideline) else { return };
    let said = unmarked(&said);
    out.text += &format!("\n{}: {said}\n", ctx.word("x-decides"));
    let decides = Link { figure: figure.into(), step: "decides".into(), ..Link::default() };
    out.links.push(Link { what: said, ..decides.clone() });
    for d in rows {
        let numbers = &ctx.tongue.numbers;
        let share = numbers.share(d.share.value.clamp(0.0, 1.0));
        let [low, high] = d.result_at.map(|v| numbers.value(v, &d.unit));
        let (what, path) = (quantity::name(ctx, &d.path), clean(&d.path));
        let with = [("what", what.as_str()), ("path", &path), ("share", &share), ("low", &low), ("high", &high)];
        let said = ctx.say("x-driver", &with);
        out.text += &format!("  {said}\n");
        let value = d.share.value.to_string();
        out.links.push(Link { what: said, path, value, unit: "share".into(), ..decides.clone() });
    }
}

/// Title in the reader's language, address, date and grade of the source of a number.
fn source(ctx: &Ctx, input: &Input) -> String {
    let [title, url, date, grade] = input.source.each_ref().map(|s| clean(s));
    let title = source_of(ctx, &input.path).map_or(title, |(_, title)| title);
    let date = if date.is_empty() { date } else { ctx.tongue.numbers.date(&date) };
    let grade = if grade.is_empty() { grade } else { ctx.say("grade", &[("grade", &grade)]) };
    [title, url, date, grade].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The numbers that a figure rests on, with what stands behind each.
fn inputs(ctx: &Ctx, figure: &str, (measure, guideline, cohort): (&str, &str, &str), out: &mut Chain) {
    let results = ctx.results;
    let paths = Paths::of(results, measure, guideline, cohort);
    let (stated, default): (Vec<&Input>, Vec<&Input>) =
        results.inputs.iter().filter(|i| paths.holds(&i.path)).partition(|i| i.status != "default");
    let standing = |status: &str| stated.iter().filter(|i| i.status == status).count();
    let (sourced, assumed) = (standing("sourced"), standing("assumed"));
    let count = |n: usize| ctx.tongue.numbers.count(n as f64);
    // What is the same as another number counts there.
    let all = count(sourced + assumed + default.len());
    let (sourced, assumed, defaults) = (count(sourced), count(assumed), count(default.len()));
    let with = [("all", all.as_str()), ("sourced", &sourced), ("assumed", &assumed), ("default", &defaults)];
    out.text += &format!("\n{}\n", ctx.say("x-rests", &with));
    let link = |i: &Input, what: String, source: String| Link {
        figure: figure.into(),
        step: "input".into(),
        path: clean(&i.path),
        what,
        value: clean(&i.law),
        unit: clean(&i.unit),
        source,
    };
    for i in stated {
        let status = ctx.word(&format!("status-{}", i.status));
        let called = quantity::known(ctx, &i.path).map_or(String::new(), |n| format!(" – {n}"));
        let mut what = format!("{} ({status}){called}", law(ctx, i));
        out.text += &format!("\n  {}: {what}\n", clean(&i.path));
        let source = source(ctx, i);
        if !source.is_empty() {
            out.text += &format!("    {}: {source}\n", ctx.word("x-source"));
        }
        let (note, _) = quantity::note(ctx, i);
        if !note.is_empty() {
            out.text += &format!("    {}: {note}\n", ctx.word("x-note"));
            what += &format!("; {note}");
        }
        out.links.push(link(i, what, source));
    }
    if !default.is_empty() {
        let told: Vec<String> = default.iter().map(|i| format!("{} = {}", clean(&i.path), law(ctx, i))).collect();
        out.text += &format!("\n  {} {}\n", ctx.word("defaults-lead"), told.join("; "));
        let status = ctx.word("status-default");
        out.links.extend(default.iter().map(|i| link(i, format!("{} ({status})", law(ctx, i)), String::new())));
    }
}

/// Which numbers of the scenario a measure depends on.
struct Paths {
    exact: Vec<String>,
    under: Vec<String>,
    not: Vec<&'static str>,
}

/// Measures that depend on how claims are taken and paid.
const PROCEDURE: [&str; 17] = [
    "days_p50",
    "days_p90",
    "late",
    "late_share",
    "waiting_180",
    "losers_waiting_180",
    "paid_without_right",
    "present_value",
    "staff_hours",
    "appeals",
    "backlog_peak",
    "staff_cost",
    "interest",
    "overpaid",
    "cost",
    "transfers",
    "resource_cost",
];
/// Measures that depend on courts and on who bears the cost.
const COURTS: [&str; 14] = [
    "plaintiffs",
    "court_awards",
    "court_winners",
    "court_days",
    "legal_cost",
    "cost",
    "recovered",
    "from_split",
    "from_recourse",
    "from_insurance",
    "transfers",
    "resource_cost",
    "claimant_cost",
    "present_value",
];
/// Measures in which time is valued.
const VALUED: [&str; 3] = ["present_value", "claimant_cost", "resource_cost"];

impl Paths {
    fn of(results: &Results, measure: &str, guideline: &str, cohort: &str) -> Paths {
        let scenario = &results.scenario;
        let mut under: Vec<String> = ["outage", "services", "regions"].map(String::from).to_vec();
        let mut exact = Vec::new();
        let found = scenario.guidelines.iter().find(|g| g.id == guideline);
        let addressed = |c: usize| {
            found.is_none_or(|g| measure_of_losers(measure) || g.rules.iter().any(|r| r.cohorts.contains(&c)))
        };
        let cohorts = scenario.cohorts.iter().enumerate();
        let cohorts = cohorts.filter(|(i, c)| (cohort == ALL || c.id == cohort) && addressed(*i));
        exact.extend(cohorts.clone().flat_map(|(_, c)| weights_of_use(scenario, c)));
        under.extend(cohorts.map(|(_, c)| format!("cohorts.{}", c.id)));
        if let Some(g) = found {
            under.push(format!("guidelines.{}", g.id));
            exact.extend(looked_at(results, g));
            if PROCEDURE.contains(&measure) {
                let used =
                    g.rules.iter().filter_map(|r| r.procedure).filter_map(|p| scenario.aftermath.procedures.get(p));
                under.extend(used.map(|p| format!("procedures.{}", p.id)));
            }
        }
        if COURTS.contains(&measure) {
            under.extend(["courts", "bearing"].map(String::from));
        }
        if VALUED.contains(&measure) {
            under.push("valuation".into());
        }
        let reports = measure.starts_with("reports");
        let mut not = if reports { Vec::new() } else { vec![".reports."] };
        if matches!(measure, "hit" | "reports" | "reports_no_money") {
            not.extend([".loss.", ".fee_month"]);
        }
        Paths { exact, under, not }
    }

    fn holds(&self, path: &str) -> bool {
        let below =
            |u: &String| path.strip_prefix(u.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        let inside = self.exact.iter().any(|p| p == path) || self.under.iter().any(below);
        inside && !self.not.iter().any(|n| path.contains(n))
    }
}

/// Shares and remainders of loss depend on all who lose, whether a rule addresses them or not.
fn measure_of_losers(measure: &str) -> bool {
    matches!(measure, "coverage" | "adequacy" | "uncompensated" | "gini" | "gini_absolute" | "ineligible")
        || COURTS.contains(&measure)
}

/// Paths of the uncertain weights of a cohort's use profile.
fn weights_of_use(scenario: &Scenario, cohort: &Cohort) -> Vec<String> {
    match &cohort.hit {
        Hit::Use { weights: Some(weights), .. } => {
            weights.drawn().map(|q| scenario.quantities.get(q).path.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// Paths of the numbers that the rules of a guideline look at, its filing profiles among them.
fn looked_at(results: &Results, guideline: &Guideline) -> Vec<String> {
    let quantities = &results.scenario.quantities;
    let all = guideline.rules.iter().flat_map(|r| {
        let effort = [r.effort.review_hours, r.effort.claimant_hours];
        visit::quantities(r).into_iter().chain(effort.into_iter().flatten()).collect::<Vec<_>>()
    });
    let mut paths: Vec<String> = all.map(|q| quantities.get(q).path.clone()).collect();
    paths.sort();
    paths.dedup();
    paths
}
