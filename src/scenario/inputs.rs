//! The inputs of a scenario as rows: every number with its law, unit, source and standing.

use super::{apart, exact};
use crate::chance::law::Law;
use crate::model::observed::{ErrorLaw, Observed};
use crate::model::{Aftermath, Figure, Lang, Quantity, Same, Scenario, Unit};

/// Unit of a count of claims, of which a person may file several.
pub const CLAIMS: &str = "claims";

/// Standing of a number that is the same as another one, whose row tells where it is from: it counts there.
const SAME: &str = "same";

/// One number of a scenario, or a fact that is assumed, for `inputs.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct InputRow {
    /// Where it stands in the file.
    pub path: String,
    /// Its value, or its law in words.
    pub value_or_law: String,
    /// Its unit.
    pub unit: String,
    /// Mean of its law, its 5 % and its 95 % quantile, in the unit; not a number where it is no single number.
    pub middle: [f64; 3],
    /// Title of its source; empty without one.
    pub source_title: String,
    /// Address of its source.
    pub source_url: String,
    /// Date of its source.
    pub source_date: String,
    /// Grade of its source.
    pub source_grade: String,
    /// `sourced`, `assumed` (stated without a source), `default` (not stated) or `same` (as another number).
    pub status: &'static str,
    /// Page, derivation, date.
    pub note: String,
}

impl InputRow {
    /// A row of something that has no source.
    pub fn bare(path: String, value_or_law: String, unit: String, status: &'static str, note: String) -> InputRow {
        let [source_title, source_url, source_date, source_grade] = [const { String::new() }; 4];
        let middle = [f64::NAN; 3];
        InputRow { path, value_or_law, unit, middle, source_title, source_url, source_date, source_grade, status, note }
    }

    /// The same with the source that it carries, if it does.
    fn from(self, scenario: &Scenario, source: Option<usize>) -> InputRow {
        let Some(source) = source.and_then(|i| scenario.sources.get(i)) else { return self };
        InputRow {
            source_title: source.title.get(Lang::En).into(),
            source_url: source.url.clone(),
            source_date: source.date.clone(),
            source_grade: source.grade.clone(),
            ..self
        }
    }

    fn of_number(self, value: f64) -> InputRow {
        InputRow { middle: [value; 3], ..self }
    }
}

/// All numbers of a scenario: those that may be uncertain in the order in which they were read, those that are the same as one
/// of them, the other figures that it states, what was counted in reality, then the facts of schemes that are assumed.
pub fn inputs(scenario: &Scenario) -> Vec<InputRow> {
    let numbers = scenario.quantities.listed().map(|q| row(scenario, q));
    let same = scenario.quantities.same.iter().map(|s| the_same(scenario, s));
    let figures = scenario.figures.iter().map(|f| figure(scenario, f));
    let Aftermath { observed, outcomes, .. } = &scenario.aftermath;
    let counted = observed.iter().chain(outcomes).flat_map(|o| counted(scenario, o));
    let assumed = scenario.guidelines.iter().flat_map(super::assumed::rows);
    numbers.chain(same).chain(figures).chain(counted).chain(assumed).collect()
}

fn row(scenario: &Scenario, q: &Quantity) -> InputRow {
    let value_or_law = match q.law {
        Law::Constant(v) => format!("{v}"),
        _ => law_words(&q.law, q.unit, &scenario.currency, Lang::En),
    };
    let (unit, note) = (q.unit.words(&scenario.currency), q.note.get(Lang::En).into());
    let middle = [q.law.mean(), quantile(&q.law, 0.05), quantile(&q.law, 0.95)];
    let bare = InputRow::bare(q.path.clone(), value_or_law, unit, status(q), note);
    InputRow { middle, ..bare }.from(scenario, q.source)
}

/// A number with the value, unit and source of the one that it is the same as; its own source goes before.
fn the_same(scenario: &Scenario, same: &Same) -> InputRow {
    let other = row(scenario, scenario.quantities.get(same.of));
    let note = same.note.get(Lang::En).into();
    InputRow { path: same.path.clone(), status: SAME, note, ..other }.from(scenario, same.source)
}

fn figure(scenario: &Scenario, f: &Figure) -> InputRow {
    let status = standing(f.defaulted, f.source);
    let note = f.note.get(Lang::En).into();
    let bare = InputRow::bare(f.path.clone(), f.value.clone(), f.unit.clone(), status, note);
    bare.of_number(f.number.unwrap_or(f64::NAN)).from(scenario, f.source)
}

/// What was counted, and its error.
fn counted(scenario: &Scenario, o: &Observed) -> Vec<InputRow> {
    // By day every claim is counted, in the end who files.
    let unit = match o.measured.name == "claims" && o.is_dated() {
        true => CLAIMS.to_string(),
        false => o.measured.unit.words(&scenario.currency),
    };
    let led = |what: &str| {
        let note = if o.note.is_empty() { String::new() } else { format!("; {}", o.note) };
        format!("{what}{}, {}{note}", o.what.get(Lang::En), o.on)
    };
    let one = |key: &str, value: f64, unit: String, what: &str, source: Option<usize>| {
        let status = standing(false, source);
        let bare = InputRow::bare(format!("{}.{key}", o.path), value.to_string(), unit, status, led(what));
        bare.of_number(value).from(scenario, source)
    };
    let mut rows = vec![one("value", o.value, unit.clone(), "", o.source)];
    // A source says the value; how far off it may be somebody judged.
    match o.error {
        Some(ErrorLaw::Normal(sd)) => rows.push(one("error", sd, unit, "standard deviation: ", None)),
        Some(ErrorLaw::Lognormal(sd)) => {
            rows.push(one("error", sd, "1".into(), "standard deviation of the logarithm: ", None))
        }
        None => {}
    }
    rows
}

/// Value below which a share of a law lies. A joint column keeps its rows' order, so that its own quantile function
/// does not rise; its values are sorted here.
fn quantile(law: &Law, p: f64) -> f64 {
    let Law::JointColumn { values, .. } = law else { return law.quantile(p) };
    let mut sorted = values.clone();
    sorted.sort_by(f64::total_cmp);
    sorted.into_iter().find(|x| law.cdf(*x) >= p).unwrap_or(f64::NAN)
}

/// `sourced`, `assumed` or `default`.
pub fn standing(defaulted: bool, source: Option<usize>) -> &'static str {
    match (defaulted, source) {
        (true, _) => "default",
        (false, Some(_)) => "sourced",
        (false, None) => "assumed",
    }
}

/// The same of a quantity.
pub fn status(q: &Quantity) -> &'static str {
    standing(q.defaulted, q.source)
}

/// A law in words, its figures in the unit of the quantity.
pub fn law_words(law: &Law, unit: Unit, currency: &str, lang: Lang) -> String {
    let (inner, before, behind) = match (unit, lang) {
        (Unit::MoneyPerMonth, Lang::En) => (Unit::Money, "", " a month"),
        (Unit::MoneyPerMonth, Lang::Ko) => (Unit::Money, "월 ", ""),
        (Unit::MoneyPerHour, Lang::En) => (Unit::Money, "", " an hour"),
        (Unit::MoneyPerHour, Lang::Ko) => (Unit::Money, "시간당 ", ""),
        (Unit::MoneyAtOneHour, Lang::En) => (Unit::Money, "", " at one hour"),
        (Unit::MoneyAtOneHour, Lang::Ko) => (Unit::Money, "한 시간에 ", ""),
        _ => (unit, "", ""),
    };
    format!("{before}{}{behind}", bare_words(law, inner, currency, lang))
}

/// A law in words without `a month` and the like.
fn bare_words(law: &Law, unit: Unit, currency: &str, lang: Lang) -> String {
    let w = |v: f64| exact::value(v, unit, currency, lang);
    let n = exact::number;
    match (law, lang) {
        (Law::Constant(v), _) => w(*v),
        (Law::Uniform { min, max }, Lang::En) => format!("anywhere from {} to {}", w(*min), w(*max)),
        (Law::Uniform { min, max }, Lang::Ko) => format!("{}~{} 균등분포", w(*min), w(*max)),
        (Law::Triangular { min, mode, max } | Law::Pert { min, mode, max }, Lang::En) => {
            format!("{} to {}, most likely {}", w(*min), w(*max), w(*mode))
        }
        (Law::Triangular { min, mode, max } | Law::Pert { min, mode, max }, Lang::Ko) => {
            format!("{}~{}, 가장 그럴듯한 값 {}", w(*min), w(*max), w(*mode))
        }
        (Law::Pareto { alpha, minimum }, Lang::En) => {
            format!("Pareto from {} on, tail index {}", w(*minimum), n(*alpha))
        }
        (Law::Pareto { alpha, minimum }, Lang::Ko) => format!("{} 이상 파레토, 꼬리 지수 {}", w(*minimum), n(*alpha)),
        (Law::TruncatedNormal { min, max, .. }, _) => {
            format!("{}, {}", normal_between((*min, *max), &w, lang), middle(law, unit, currency, lang))
        }
        _ => format!("{}, {}", family(law, lang), middle(law, unit, currency, lang)),
    }
}

/// A normal law and where it is cut.
fn normal_between((min, max): (f64, f64), w: &dyn Fn(f64) -> String, lang: Lang) -> String {
    match (min.is_finite(), max.is_finite(), lang) {
        (true, true, Lang::En) => format!("normal between {} and {}", w(min), w(max)),
        (true, true, Lang::Ko) => format!("정규분포({}~{})", w(min), w(max)),
        (true, false, Lang::En) => format!("normal from {} on", w(min)),
        (true, false, Lang::Ko) => format!("정규분포({} 이상)", w(min)),
        (_, _, Lang::En) => format!("normal up to {}", w(max)),
        (_, _, Lang::Ko) => format!("정규분포({} 이하)", w(max)),
    }
}

/// Mean and the middle 90 %, of a table all of it; told apart where they are three.
fn middle(law: &Law, unit: Unit, currency: &str, lang: Lang) -> String {
    let whole = matches!(law, Law::JointColumn { .. });
    let (low, high) = if whole { law.support() } else { (law.quantile(0.05), law.quantile(0.95)) };
    // The values of a list are given, and so may be means and quantiles.
    let listed = whole || matches!(law, Law::Discrete { .. } | Law::Empirical { .. });
    let [mean, low, high] = apart::told([(law.mean(), false), (low, listed), (high, listed)], unit, currency, lang);
    match (law.mean().is_finite(), lang, whole) {
        (true, Lang::En, false) => format!("mean {mean}, 90 % within {low} to {high}"),
        (true, Lang::En, true) => format!("mean {mean}, from {low} to {high}"),
        (true, Lang::Ko, false) => format!("평균 {mean}, 90%가 {low}~{high}"),
        (true, Lang::Ko, true) => format!("평균 {mean}, {low}~{high}"),
        (false, Lang::En, _) => format!("no finite mean, 90 % within {low} to {high}"),
        (false, Lang::Ko, _) => format!("평균 없음, 90%가 {low}~{high}"),
    }
}

fn family(law: &Law, lang: Lang) -> &'static str {
    match (law, lang) {
        (Law::Normal { .. } | Law::TruncatedNormal { .. }, Lang::Ko) => "정규분포",
        (Law::LogNormal { .. }, Lang::Ko) => "로그정규분포",
        (Law::Gamma { .. }, Lang::Ko) => "감마분포",
        (Law::Beta { .. }, Lang::Ko) => "베타분포",
        (Law::Weibull { .. }, Lang::Ko) => "와이블분포",
        (Law::Lomax { .. }, Lang::Ko) => "로맥스분포",
        (Law::Discrete { .. } | Law::Empirical { .. }, Lang::Ko) => "값 목록",
        (Law::JointColumn { .. }, Lang::Ko) => "결합표의 열",
        (Law::JointColumn { .. }, Lang::En) => "column of a joint table",
        (Law::Discrete { .. } | Law::Empirical { .. }, Lang::En) => "a list of values",
        _ => law.family_name(),
    }
}
