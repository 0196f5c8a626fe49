//! The inputs of a scenario as rows: every number with its law, unit, source and standing.

use super::words;
use crate::chance::law::Law;
use crate::model::{Lang, Quantity, Scenario, Unit};

/// One number of a scenario, or a fact that is assumed, for `inputs.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputRow {
    /// Where it stands in the file.
    pub path: String,
    /// Its value, or its law in words.
    pub value_or_law: String,
    /// Its unit.
    pub unit: String,
    /// Title of its source; empty without one.
    pub source_title: String,
    /// Address of its source.
    pub source_url: String,
    /// Date of its source.
    pub source_date: String,
    /// `sourced`, `assumed` (stated without a source) or `default` (not stated).
    pub status: &'static str,
    /// Page, derivation, date.
    pub note: String,
}

/// All numbers of a scenario, in the order in which they were read, then the facts of schemes that are assumed.
pub fn inputs(scenario: &Scenario) -> Vec<InputRow> {
    let numbers = scenario.quantities.list.iter().map(|q| row(scenario, q));
    numbers.chain(scenario.guidelines.iter().flat_map(super::assumed::rows)).collect()
}

fn row(scenario: &Scenario, q: &Quantity) -> InputRow {
    let source = q.source.and_then(|i| scenario.sources.get(i));
    InputRow {
        path: q.path.clone(),
        value_or_law: match q.law {
            Law::Constant(v) => format!("{v}"),
            _ => law_words(&q.law, q.unit, &scenario.currency, Lang::En),
        },
        unit: q.unit.words(&scenario.currency),
        source_title: source.map_or(String::new(), |s| s.title.get(Lang::En).into()),
        source_url: source.map_or(String::new(), |s| s.url.clone()),
        source_date: source.map_or(String::new(), |s| s.date.clone()),
        status: status(q),
        note: q.note.get(Lang::En).into(),
    }
}

/// `sourced`, `assumed` or `default`.
pub fn status(q: &Quantity) -> &'static str {
    match (q.defaulted, q.source) {
        (true, _) => "default",
        (false, Some(_)) => "sourced",
        (false, None) => "assumed",
    }
}

/// A law in words, its figures in the unit of the quantity.
pub fn law_words(law: &Law, unit: Unit, currency: &str, lang: Lang) -> String {
    let (inner, before, behind) = match (unit, lang) {
        (Unit::MoneyPerMonth, Lang::En) => (Unit::Money, "", " a month"),
        (Unit::MoneyPerMonth, Lang::Ko) => (Unit::Money, "월 ", ""),
        (Unit::MoneyPerHour, Lang::En) => (Unit::Money, "", " at one hour"),
        (Unit::MoneyPerHour, Lang::Ko) => (Unit::Money, "한 시간에 ", ""),
        _ => (unit, "", ""),
    };
    format!("{before}{}{behind}", bare_words(law, inner, currency, lang))
}

/// A law in words without `a month` and the like.
fn bare_words(law: &Law, unit: Unit, currency: &str, lang: Lang) -> String {
    let w = |v: f64| words::value(v, unit, currency, lang);
    let n = words::number;
    match (law, lang) {
        (Law::Constant(v), _) => w(*v),
        (Law::Uniform { min, max }, Lang::En) => format!("anywhere from {} to {}", w(*min), w(*max)),
        (Law::Uniform { min, max }, Lang::Ko) => format!("{}에서 {} 사이 어디든", w(*min), w(*max)),
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
        _ => format!("{}, {}", family(law, lang), middle(law, &w, lang)),
    }
}

/// Mean and the middle 90 %, or the median where there is no mean.
fn middle(law: &Law, w: &dyn Fn(f64) -> String, lang: Lang) -> String {
    let mean = law.mean();
    let (low, high) = match law {
        Law::JointColumn { .. } => law.support(),
        _ => (law.quantile(0.05), law.quantile(0.95)),
    };
    let whole = matches!(law, Law::JointColumn { .. });
    match (mean.is_finite(), lang, whole) {
        (true, Lang::En, false) => format!("mean {}, 90 % within {} to {}", w(mean), w(low), w(high)),
        (true, Lang::En, true) => format!("mean {}, from {} to {}", w(mean), w(low), w(high)),
        (true, Lang::Ko, false) => format!("평균 {}, 90 %가 {}~{}", w(mean), w(low), w(high)),
        (true, Lang::Ko, true) => format!("평균 {}, {}~{}", w(mean), w(low), w(high)),
        (false, Lang::En, _) => format!("no finite mean, 90 % within {} to {}", w(low), w(high)),
        (false, Lang::Ko, _) => format!("평균 없음, 90 %가 {}~{}", w(low), w(high)),
    }
}

fn family(law: &Law, lang: Lang) -> &'static str {
    match (law, lang) {
        (Law::Normal { .. }, Lang::Ko) => "정규분포",
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
