//! Pages of what-if: a sweep, a map of two quantities, a goal sought, a frontier.

use super::cells::{currency_word, dash, grouped, percent, range};
use super::grid::{COLUMNS, Grid};
use super::measure;
use super::width::{shorten, width, wrap};
use crate::chance::law::Law;
use crate::engine::outcome::{Groups, Measure, MeasureUnit};
use crate::engine::run::Options;
use crate::model::procedure::{LAST_KNOWN_DAY, is_beyond};
use crate::model::{Lang, Scenario, Unit};
use crate::output::budget;
use crate::scenario::{exact_value, words};
use crate::stats::Statistic;
use crate::whatif::Look;
use crate::whatif::interest::OF_LOSERS;
use crate::whatif::solve::Solution;
use crate::whatif::statement::Statement;
use crate::whatif::sweep::{Candidate, Row};
use crate::whatif::vary::{Vary, combinations};

/// Columns that the title of a draft takes on a frontier.
const DRAFT: usize = 26;

/// A value of a measure for readers, money without its currency.
pub fn cell(value: f64, unit: MeasureUnit, lang: Lang) -> String {
    match unit {
        _ if !value.is_finite() => "–".into(),
        MeasureUnit::Share => percent(value, lang),
        MeasureUnit::Days if is_beyond(value) => beyond(lang),
        MeasureUnit::Days => format!("{value:.0}"),
        _ => words::count(value, lang),
    }
}

/// A value of a measure for readers, with its unit.
pub fn told(value: f64, unit: MeasureUnit, currency: &str, lang: Lang) -> String {
    match (unit, lang) {
        (MeasureUnit::Days, Lang::En) if is_beyond(value) => format!("{} days", beyond(lang)),
        (MeasureUnit::Days, Lang::Ko) if is_beyond(value) => beyond(lang),
        _ if !value.is_finite() => "–".into(),
        (MeasureUnit::Money, _) => words::money(value, currency, lang),
        (MeasureUnit::Share, _) => percent(value, lang),
        (MeasureUnit::Days, Lang::En) => format!("{value:.0} days"),
        (MeasureUnit::Days, Lang::Ko) => format!("{value:.0}일"),
        (MeasureUnit::Hours, _) => words::hours(value, lang),
        (MeasureUnit::Persons, _) => words::people(value, lang),
    }
}

/// A bound of a measure as it was asked for, with its unit and all its digits.
pub fn stated(value: f64, unit: MeasureUnit, currency: &str, lang: Lang) -> String {
    let exact = |unit: Unit| exact_value(value, unit, currency, lang);
    match (unit, lang) {
        _ if !value.is_finite() => "–".into(),
        (MeasureUnit::Money, _) => exact(Unit::Money),
        // Whole percents without a point.
        (MeasureUnit::Share, _) if words::rounded(value, 2) == value => percent(value, lang),
        (MeasureUnit::Share, _) => exact(Unit::Share),
        (MeasureUnit::Days, Lang::En) => format!("{} days", exact(Unit::Number)),
        (MeasureUnit::Days, Lang::Ko) => format!("{}일", exact(Unit::Number)),
        (MeasureUnit::Hours, _) => exact(Unit::Hours),
        (MeasureUnit::Persons, Lang::En) => exact(Unit::Persons),
        (MeasureUnit::Persons, Lang::Ko) => words::counted(exact(Unit::Persons)),
    }
}

/// A number of days beyond what is followed.
pub fn beyond(lang: Lang) -> String {
    let last = grouped(LAST_KNOWN_DAY as f64);
    match lang {
        Lang::En => format!("over {last}"),
        Lang::Ko => format!("{last}일 넘게"),
    }
}

/// What is looked at, in words: `mean cost`, `P(cost > 40 bn KRW)`.
pub fn look_words(look: &Look, scenario: &Scenario, lang: Lang) -> String {
    let currency = &scenario.currency;
    let name = named(look, scenario, lang);
    match (look.statistic, lang) {
        (Statistic::Mean, Lang::En) => format!("mean {name}"),
        (Statistic::Mean, Lang::Ko) => format!("{name} 평균"),
        (Statistic::Chance(side, bound), _) => {
            format!("P({name} {} {})", side.sign(), bound_words(look, bound, currency, lang))
        }
        (other, Lang::En) => format!("{} of {name}", other.name()),
        (other, Lang::Ko) => format!("{name} {}", in_korean(other)),
    }
}

/// The bound of a chance: its amount, or the budget where each world has its own.
fn bound_words(look: &Look, bound: f64, currency: &str, lang: Lang) -> String {
    match look.of_budget {
        true => say(lang, "budget", "예산").into(),
        false => stated(bound, look.interest.measure().unit, currency, lang),
    }
}

/// A statistic by its Korean name: `95% 분위수`, `최악 5% 평균`.
fn in_korean(statistic: Statistic) -> String {
    let percent = |share: f64| words::number((share * 1000.0).round() / 10.0);
    match statistic {
        Statistic::Sd => "표준편차".into(),
        Statistic::Quantile(q) => format!("{}% 분위수", percent(q)),
        Statistic::TailMean(q) => format!("최악 {}% 평균", percent(1.0 - q)),
        Statistic::Mean | Statistic::Chance(..) => statistic.name(),
    }
}

/// A statement as it was typed, and to Korean readers in words: `P(비용 > 400억 원) <= 5%`.
pub fn statement_words(typed: &str, statement: &Statement, scenario: &Scenario, lang: Lang) -> String {
    if lang == Lang::En {
        return typed.into();
    }
    let look = &statement.look;
    let bound = stated(statement.bound, look.unit(), &scenario.currency, lang);
    let whose = look.interest.guideline.map_or("", |g| scenario.guidelines[g].title.get(lang));
    let whose = if whose.is_empty() { String::new() } else { format!("‘{whose}’의 ") };
    format!("{whose}{} {} {bound}", look_words(look, scenario, lang), statement.side.sign())
}

/// The measure looked at, and of whom, where that is not everybody.
fn named(look: &Look, scenario: &Scenario, lang: Lang) -> String {
    let name = measure::name(look.interest.measure(), lang);
    if lang == Lang::En {
        return format!("{name}{}", look.interest.whose(scenario));
    }
    let group = Groups::of(scenario).list[look.interest.group()];
    let cohort = group.cohort.map(|c| (&scenario.cohorts[c].title, &scenario.cohorts[c].id));
    let region = group.region.map(|r| (&scenario.regions[r].title, &scenario.regions[r].id));
    let titles = cohort.into_iter().chain(region).map(|(t, id)| if t.is_empty() { id.as_str() } else { t.get(lang) });
    let titles: Vec<&str> = titles.collect();
    if titles.is_empty() { name.into() } else { format!("{name}[{}]", titles.join(", ")) }
}

/// Factor and bare unit of what is varied, and whether that is a currency: `bn KRW` is (1e9, `KRW`, true).
pub fn unit_parts(unit: &str) -> (f64, &str, bool) {
    let (factor, bare) = match unit.split_once(' ') {
        Some(("tn", code)) => (1e12, code),
        Some(("bn", code)) => (1e9, code),
        Some(("m", code)) => (1e6, code),
        _ => (1.0, unit),
    };
    (factor, bare, bare.len() == 3 && bare.bytes().all(|b| b.is_ascii_uppercase()))
}

/// A number of the quantity that is varied, with its unit.
fn varied(number: f64, vary: &Vary, lang: Lang) -> String {
    let digits = words::number(number);
    match (lang, unit_parts(&vary.unit)) {
        (Lang::Ko, (factor, code, true)) => words::money(number * factor, code, lang),
        (Lang::Ko, (_, "h", _)) => format!("{digits}시간"),
        (Lang::Ko, (_, "d", _)) => format!("{digits}일"),
        (Lang::Ko, (_, "%", _)) => format!("{digits}%"),
        (_, (_, "", _)) => digits,
        _ => format!("{digits} {}", vary.unit),
    }
}

/// A value of what is varied, as a page writes it.
fn value_name(vary: &Vary, place: usize, lang: Lang) -> String {
    if vary.words { vary.values[place].clone() } else { varied(vary.numbers[place], vary, lang) }
}

pub(super) fn head(scenario: &Scenario, lang: Lang, question: &str) -> String {
    let title = scenario.title.get(lang);
    let rule = "─".repeat(width(title).min(COLUMNS));
    format!("{}\n{rule}\n\n{}\n", wrap(title, COLUMNS, ""), wrap(question, COLUMNS, ""))
}

fn foot(options: Options, lang: Lang) -> String {
    let (n, seed) = (words::count(options.replicates as f64, lang), options.seed);
    let text = match lang {
        Lang::En => format!(
            "{n} worlds at each value, the same worlds at all of them, seed {seed}. Monte-Carlo error of each figure: in the \
             table's files."
        ),
        Lang::Ko => {
            format!("값마다 상황 {n}개, 모든 값에서 같은 상황, 시드 {seed}. 각 수치의 모의실험 오차는 표 파일에 있다.")
        }
    };
    format!("\n{}\n", wrap(&text, COLUMNS, ""))
}

pub(super) fn say<'a>(lang: Lang, en: &'a str, ko: &'a str) -> &'a str {
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}

/// Title of a guideline; `all` where it is the same under every one.
pub(super) fn title(scenario: &Scenario, id: &str, lang: Lang) -> String {
    let found = scenario.guidelines.iter().find(|g| g.id == id);
    let title = found.map(|g| g.title.get(lang)).filter(|t| !t.is_empty());
    match (found, title) {
        (Some(_), Some(title)) if lang == Lang::Ko => title.into(),
        (Some(_), Some(title)) => format!("{id}: {title}"),
        (Some(_), None) => id.into(),
        (None, _) => say(lang, "the same under every guideline", "모든 기준안에서 같음").into(),
    }
}

/// A sweep over one quantity: a table a guideline; over two: a map of what is looked at first.
pub fn sweep(over: &[Vary], looks: &[Look], rows: &[Row], scenario: &Scenario, options: Options, lang: Lang) -> String {
    let paths: Vec<&str> = over.iter().map(|v| v.path.as_str()).collect();
    let question = match lang {
        Lang::En => format!("What if {} were different?", paths.join(say(lang, " and ", "·"))),
        Lang::Ko => format!("{} 값이 달라지면?", paths.join("·")),
    };
    let mut out = head(scenario, lang, &question);
    let mut guidelines: Vec<&str> = Vec::new();
    for r in rows {
        if !guidelines.contains(&r.guideline.as_str()) {
            guidelines.push(&r.guideline);
        }
    }
    for id in guidelines {
        let own: Vec<&Row> = rows.iter().filter(|r| r.guideline == id).collect();
        let shown = looks.iter().map(Look::unit);
        let lead = title(scenario, id, lang) + &amounts(shown, scenario, lang);
        out += &format!("\n{}\n", wrap(&lead, COLUMNS, ""));
        let grids = match over {
            [one] => vec![curve(one, looks, &own, scenario, lang)],
            [one, two] => maps(one, two, looks, &own, scenario, lang),
            _ => Vec::new(),
        };
        for lines in grids {
            out += &lines.join("\n");
            out.push('\n');
        }
    }
    if over.len() == 1 {
        let range = say(
            lang,
            "9 of 10: nine worlds of ten lie in this range of the first column's measure.",
            "열 중 아홉: 상황 열 개 가운데 아홉 개가 첫 번째 지표의 이 범위에 든다.",
        );
        out += &format!("\n{}", wrap(range, COLUMNS, ""));
    }
    let of_losers = rows.iter().filter(|r| looks.get(r.look).is_some_and(|l| l.interest.is_of_losers()));
    let notes = [own_budgets(looks, scenario, lang), nobody(of_losers.map(|r| r.estimate.value), lang)];
    for said in notes.into_iter().flatten() {
        out += &format!("\n{}", wrap(&said, COLUMNS, ""));
    }
    out + &foot(options, lang)
}

/// By which budget it is judged whether the budget is passed, where that is not one certain amount.
fn own_budgets(looks: &[Look], scenario: &Scenario, lang: Lang) -> Option<String> {
    looks.iter().find(|l| l.of_budget)?;
    if scenario.budget.is_none() {
        let moved = say(
            lang,
            "The budget is not the same at every value: each value is judged by its own.",
            "예산이 값에 따라 다름: 값마다 그 값의 예산으로 판단함.",
        );
        return Some(moved.into());
    }
    budget::reach(scenario)?;
    let law = budget::told(scenario)?;
    Some(match lang {
        Lang::En => format!("The budget is {}; every world is judged by its own.", law.get(lang)),
        Lang::Ko => format!("예산 – {}; 상황마다 그 상황의 예산으로 판단함.", law.get(lang)),
    })
}

/// That there are no losers of whom there could be a share, by its estimates: nowhere, or where they are no numbers.
fn nobody(estimates: impl Iterator<Item = f64>, lang: Lang) -> Option<String> {
    let known: Vec<bool> = estimates.map(|e| !e.is_nan()).collect();
    let said = match (known.contains(&true), known.contains(&false)) {
        (_, false) => return None,
        (false, true) => say(
            lang,
            "Nobody loses money in any world: there is nobody to cover.",
            "어느 상황에서도 돈을 잃은 사람이 없어, 포괄할 사람이 없음.",
        ),
        (true, true) => say(
            lang,
            "–: there nobody loses money in any world, and there is nobody to cover.",
            "–: 그 값에서는 어느 상황에서도 돈을 잃은 사람이 없어, 포괄할 사람이 없음.",
        ),
    };
    Some(said.into())
}

/// Lines of the table of one guideline.
fn curve(vary: &Vary, looks: &[Look], rows: &[&Row], scenario: &Scenario, lang: Lang) -> Vec<String> {
    let shown: Vec<usize> = (0..looks.len()).filter(|l| rows.iter().any(|r| r.look == *l)).take(5).collect();
    let mut heads = [vec![String::new()], vec![vary_head(vary)]];
    for (i, l) in shown.iter().enumerate() {
        let [first, second] = two_lines(&looks[*l], scenario, lang);
        heads[0].push(first);
        heads[1].push(second);
        if i == 0 {
            heads[0].push(String::new());
            heads[1].push(say(lang, "9 of 10", "열 중 아홉").into());
        }
    }
    let mut grid = Grid::new(heads.to_vec());
    for point in 0..vary.numbers.len() {
        let mut cells = vec![value_name(vary, point, lang)];
        for (i, l) in shown.iter().enumerate() {
            let row = rows.iter().find(|r| r.point == point && r.look == *l);
            cells.push(row.map_or("–".into(), |r| cell(r.estimate.value, looks[*l].unit(), lang)));
            if i == 0 {
                cells.push(row.map_or("–".into(), |r| spread(r.spread, looks[*l].interest.measure(), lang)));
            }
        }
        grid.push(cells);
    }
    grid.lines()
}

/// In what amounts of money are told, where there are any.
fn amounts(mut units: impl Iterator<Item = MeasureUnit>, scenario: &Scenario, lang: Lang) -> String {
    let word = currency_word(&scenario.currency, lang);
    match (units.any(|u| u == MeasureUnit::Money), lang) {
        (false, _) => String::new(),
        (true, Lang::En) => format!(" (amounts in {word})"),
        (true, Lang::Ko) => format!(" (금액 단위 {word})"),
    }
}

fn vary_head(vary: &Vary) -> String {
    vary.path.rsplit('.').next().unwrap_or(&vary.path).to_string()
}

fn spread((low, high): (f64, f64), measure: &Measure, lang: Lang) -> String {
    match measure.unit {
        _ if !low.is_finite() || !high.is_finite() => "–".into(),
        MeasureUnit::Share => [percent(low, lang).trim_end_matches([' ', '%']), &percent(high, lang)].join(dash(lang)),
        _ => range(low, high, dash(lang), lang),
    }
}

/// What stands between the ends of an interval that may be negative.
pub fn apart(lang: Lang) -> &'static str {
    say(lang, " – ", " ~ ")
}

/// A look's name on two lines.
fn two_lines(look: &Look, scenario: &Scenario, lang: Lang) -> [String; 2] {
    let words = look_words(look, scenario, lang);
    match look.statistic {
        Statistic::Chance(side, bound) => [
            format!("P({} {}", named(look, scenario, lang), side.sign()),
            format!("{})", bound_words(look, bound, &scenario.currency, lang)),
        ],
        _ => halves(&words),
    }
}

/// Words on two lines, as equally long as they can be.
fn halves(words: &str) -> [String; 2] {
    let cuts = words.match_indices(' ').map(|(at, _)| (&words[..at], &words[at + 1..]));
    let best = cuts.min_by_key(|(a, b)| width(a).max(width(b)));
    best.map_or([String::new(), words.into()], |(a, b)| [a.into(), b.into()])
}

/// Maps over two quantities: one for each look, as many columns as fit.
fn maps(one: &Vary, two: &Vary, looks: &[Look], rows: &[&Row], scenario: &Scenario, lang: Lang) -> Vec<Vec<String>> {
    let points = combinations(&[one.clone(), two.clone()]);
    let mut all = Vec::new();
    for (l, look) in looks.iter().enumerate() {
        if !rows.iter().any(|r| r.look == l) {
            continue;
        }
        // A cell takes some nine columns.
        let step = two.values.len().div_ceil(7);
        let columns: Vec<usize> = (0..two.values.len()).step_by(step).collect();
        let corner = format!("{} \\ {}", vary_head(one), vary_head(two));
        let mut heads = vec![corner];
        heads.extend(columns.iter().map(|k| value_name(two, *k, lang)));
        let mut grid = Grid::new(vec![heads]);
        for k1 in 0..one.values.len() {
            let mut cells = vec![value_name(one, k1, lang)];
            for k2 in &columns {
                let point = points.iter().position(|p| p[..] == [k1, *k2]);
                let row = rows.iter().find(|r| Some(r.point) == point && r.look == l);
                cells.push(row.map_or("–".into(), |r| cell(r.estimate.value, look.unit(), lang)));
            }
            grid.push(cells);
        }
        let mut lines = vec![String::new(), look_words(look, scenario, lang)];
        lines.extend(grid.lines());
        if step > 1 {
            lines.push(wrap(say(lang, "Every column is in sweep.csv.", "모든 열은 sweep.csv에 있다."), COLUMNS, ""));
        }
        all.push(lines);
    }
    all
}

/// The answer to a goal sought.
pub fn solve(
    vary: &Vary,
    statement_words: &str,
    statement: &Statement,
    found: &Solution,
    scenario: &Scenario,
    options: Options,
    lang: Lang,
) -> String {
    let statement_words = self::statement_words(statement_words, statement, scenario, lang);
    let question = match lang {
        Lang::En => format!("For which {} is it true that {statement_words}?", vary.path),
        Lang::Ko => format!("다음이 참이 되는 {} 값은? {statement_words}", vary.path),
    };
    let mut out = head(scenario, lang, &question);
    out.push('\n');
    let unit = amounts(std::iter::once(statement.look.unit()), scenario, lang);
    for line in answer(vary, statement, found, lang) {
        out += &wrap(&line, COLUMNS, "");
        out.push('\n');
    }
    out.push('\n');
    let mut grid = Grid::new(vec![vec![
        vary_head(vary),
        look_words(&statement.look, scenario, lang) + &unit.replace("amounts in ", "").replace("금액 단위 ", ""),
        say(lang, "95 % interval", "95% 구간").into(),
        String::new(),
    ]]);
    let step = found.points.len().div_ceil(24).max(1);
    let near: Vec<f64> = found.turns.iter().flat_map(|t| [t.holds_at, t.fails_at]).collect();
    for (i, p) in found.points.iter().enumerate() {
        if i % step != 0 && !near.contains(&p.x) {
            continue;
        }
        let unit = statement.look.unit();
        let e = p.estimate;
        let interval = match unit {
            _ if e.value.is_nan() => "–".into(),
            MeasureUnit::Share => [percent(e.lo, lang), percent(e.hi, lang)].join(apart(lang)),
            _ => range(e.lo, e.hi, apart(lang), lang),
        };
        let holds = if statement.holds(e.value) { say(lang, "true", "참") } else { say(lang, "not true", "거짓") };
        grid.push(vec![varied(p.x, vary, lang), cell(e.value, unit, lang), interval, holds.into()]);
    }
    out += &grid.lines().join("\n");
    out.push('\n');
    let of_losers = found.points.iter().filter(|_| statement.look.interest.is_of_losers());
    let notes = [own_budgets(&[statement.look], scenario, lang), nobody(of_losers.map(|p| p.estimate.value), lang)];
    for said in notes.into_iter().flatten() {
        out += &format!("\n{}", wrap(&said, COLUMNS, ""));
    }
    out + &foot(options, lang)
}

/// The answer in sentences.
fn answer(vary: &Vary, statement: &Statement, found: &Solution, lang: Lang) -> Vec<String> {
    let at = |x: f64| varied(x, vary, lang);
    let ends = (found.points.first().map_or(f64::NAN, |p| p.x), found.points.last().map_or(f64::NAN, |p| p.x));
    match found.everywhere(statement) {
        Some(true) => {
            return vec![match lang {
                Lang::En => format!("It is true at every value from {} to {}.", at(ends.0), at(ends.1)),
                Lang::Ko => format!("{}부터 {}까지 모든 값에서 참이다.", at(ends.0), at(ends.1)),
            }];
        }
        Some(false) => {
            return vec![match lang {
                Lang::En => format!("There is none: it is true at no value from {} to {}.", at(ends.0), at(ends.1)),
                Lang::Ko => format!("없음: {}부터 {}까지 어느 값에서도 참이 아니다.", at(ends.0), at(ends.1)),
            }];
        }
        None => {}
    }
    let mut lines = Vec::new();
    if found.turns.len() > 1 {
        lines.push(match lang {
            Lang::En => format!("It turns at {} values:", found.turns.len()),
            Lang::Ko => format!("참과 거짓이 {}번 바뀐다:", found.turns.len()),
        });
    }
    for t in &found.turns {
        let (lo, hi) = t.interval;
        let bounded = |x: f64| if x.is_finite() { at(x) } else { say(lang, "beyond the range", "범위 밖").into() };
        lines.push(match (lang, t.holds_below()) {
            (Lang::En, true) => {
                format!("True up to {} (95 % interval: {} to {}).", at(t.holds_at), bounded(lo), bounded(hi))
            }
            (Lang::En, false) => {
                format!("True from {} on (95 % interval: {} to {}).", at(t.holds_at), bounded(lo), bounded(hi))
            }
            (Lang::Ko, true) => format!("{}까지 참 (95% 구간: {} ~ {}).", at(t.holds_at), bounded(lo), bounded(hi)),
            (Lang::Ko, false) => format!("{}부터 참 (95% 구간: {} ~ {}).", at(t.holds_at), bounded(lo), bounded(hi)),
        });
    }
    lines.push(
        say(
            lang,
            "The interval is what the Monte-Carlo error leaves; it does not cover doubt about the scenario's numbers.",
            "구간은 모의실험 오차가 남기는 범위이며, 시나리오 수치 자체에 대한 의심은 담지 않는다.",
        )
        .into(),
    );
    lines
}

/// True of values that are those of the scenario.
fn as_it_stands(over: &[Vary], point: &[usize], scenario: &Scenario) -> bool {
    !over.is_empty()
        && over.iter().zip(point).all(|(vary, k)| {
            let Some(q) = scenario.quantities.behind(&vary.path) else {
                return false;
            };
            let value = crate::scenario::number_in(&vary.values[*k], q.unit, &scenario.currency);
            matches!((&q.law, value), (Law::Constant(own), Ok(value)) if *own == value)
        })
}

/// A frontier.
pub fn frontier(
    over: &[Vary],
    measures: [&Measure; 2],
    found: &[Candidate],
    scenario: &Scenario,
    options: Options,
    lang: Lang,
) -> String {
    let [small, large] = measures;
    let name = |m: &Measure| measure::name(m, lang);
    let named = |m: &Measure| match m.unit {
        MeasureUnit::Money => format!("{}, {}", name(m), currency_word(&scenario.currency, lang)),
        _ => name(m).to_string(),
    };
    let question = match lang {
        Lang::En => format!("Which drafts give the most {} for their {}?", name(large), name(small)),
        Lang::Ko => {
            format!("어느 안이 더 나은가: 작을수록 좋은 지표 {}, 클수록 좋은 지표 {}", name(small), name(large))
        }
    };
    let mut out = head(scenario, lang, &question);
    let points = combinations(over);
    let mut grid = Grid::new(vec![vec![
        say(lang, "draft", "안").into(),
        named(small),
        named(large),
        say(lang, "beaten by", "더 나은 안").into(),
    ]]);
    // A draft whose own value is among those it is varied to is told once, at that value.
    let stands = points.iter().position(|point| as_it_stands(over, point, scenario));
    let twin = |i: usize| {
        let one = &found[i];
        let same = |c: &Candidate| c.guideline == one.guideline && c.point.is_some() && c.point == stands;
        found.iter().position(|c| one.point.is_none() && same(c))
    };
    let mut order: Vec<usize> = (0..found.len()).filter(|i| twin(*i).is_none()).collect();
    order.sort_by(|a, b| found[*a].cost.value.total_cmp(&found[*b].cost.value));
    let number = |i: usize| order.iter().position(|k| *k == twin(i).unwrap_or(i)).map_or(0, |p| p + 1);
    for (place, i) in order.iter().enumerate() {
        let c = &found[*i];
        let at = c.point.and_then(|p| points.get(p)).map(|values| {
            let told = over.iter().zip(values).map(|(v, k)| format!("{} {}", vary_head(v), value_name(v, *k, lang)));
            told.collect::<Vec<_>>().join(", ")
        });
        let called = match lang {
            Lang::En => c.guideline.clone(),
            Lang::Ko => shorten(&title(scenario, &c.guideline, lang), DRAFT),
        };
        let own = (0..found.len()).any(|k| twin(k) == Some(*i));
        let at = at.map(|at| if own { format!("{at}{}", say(lang, " (now)", " (현재)")) } else { at });
        let draft = match at {
            Some(at) => format!("{:>3}  {called}: {at}", place + 1),
            None => format!("{:>3}  {called}", place + 1),
        };
        let beaten = c.dominated_by.map_or_else(String::new, |k| number(k).to_string());
        grid.push(vec![draft, cell(c.cost.value, small.unit, lang), cell(c.gain.value, large.unit, lang), beaten]);
    }
    out.push('\n');
    out += &grid.lines().join("\n");
    let note = say(
        lang,
        "Beaten: that draft is better in one measure and not worse in the other, by more than two standard errors of the \
         difference in the same worlds. What nobody beats is the frontier.",
        "더 나은 안: 한 지표에서 더 낫고 다른 지표에서 못하지 않은 안(같은 상황에서 잰 차이가 표준오차의 두 배를 넘음). 어느 안에도 \
         밀리지 않는 안들이 프런티어다.",
    );
    let of_losers = |name: &str| OF_LOSERS.contains(&name);
    let costs = found.iter().map(|c| c.cost.value).filter(|_| of_losers(small.name));
    let gains = found.iter().map(|c| c.gain.value).filter(|_| of_losers(large.name));
    let nobody = nobody(costs.chain(gains), lang).map(|said| format!("\n\n{}", wrap(&said, COLUMNS, "")));
    // Where no draft has both measures none is beaten.
    if found.iter().any(|c| !c.cost.value.is_nan() && !c.gain.value.is_nan()) {
        out += &format!("\n\n{}", wrap(note, COLUMNS, ""));
    }
    out += &nobody.unwrap_or_default();
    out + &foot(options, lang)
}
