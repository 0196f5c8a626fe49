//! Pages of what-if: a sweep, a map of two quantities, a goal sought, a frontier.

use super::cells::{currency_word, dash, grouped, percent, range};
use super::grid::{COLUMNS, Grid};
use super::measure;
use super::width::{width, wrap};
use crate::engine::outcome::{Measure, MeasureUnit};
use crate::engine::run::Options;
use crate::model::procedure::{LAST_KNOWN_DAY, is_beyond};
use crate::model::{Lang, Scenario};
use crate::scenario::words;
use crate::stats::Statistic;
use crate::whatif::Look;
use crate::whatif::solve::Solution;
use crate::whatif::statement::Statement;
use crate::whatif::sweep::{Candidate, Row};
use crate::whatif::vary::{Vary, combinations};

/// A value of a measure for readers, money without its currency.
pub fn cell(value: f64, unit: MeasureUnit, lang: Lang) -> String {
    match unit {
        _ if !value.is_finite() => "–".into(),
        MeasureUnit::Share => percent(value),
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
        _ => stated(value, unit, currency, lang),
    }
}

/// A bound of a measure as it was asked for, with its unit.
fn stated(value: f64, unit: MeasureUnit, currency: &str, lang: Lang) -> String {
    match (unit, lang) {
        _ if !value.is_finite() => "–".into(),
        (MeasureUnit::Money, _) => words::money(value, currency, lang),
        (MeasureUnit::Share, _) => percent(value),
        (MeasureUnit::Days, Lang::En) => format!("{value:.0} days"),
        (MeasureUnit::Days, Lang::Ko) => format!("{value:.0}일"),
        (MeasureUnit::Hours, _) => words::hours(value, lang),
        (MeasureUnit::Persons, Lang::En) => words::count(value, lang),
        (MeasureUnit::Persons, Lang::Ko) => format!("{} 명", words::count(value, lang)),
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
    let (measure, currency) = (look.interest.measure(), &scenario.currency);
    let name = named(look, scenario, lang);
    match (look.statistic, lang) {
        (Statistic::Mean, Lang::En) => format!("mean {name}"),
        (Statistic::Mean, Lang::Ko) => format!("{name} 평균"),
        (Statistic::Chance(side, bound), _) => {
            format!("P({name} {} {})", side.sign(), stated(bound, measure.unit, currency, lang))
        }
        (other, Lang::En) => format!("{} of {name}", other.name()),
        (other, Lang::Ko) => format!("{name} {}", other.name()),
    }
}

/// The measure looked at, and of whom, where that is not everybody.
fn named(look: &Look, scenario: &Scenario, lang: Lang) -> String {
    format!("{}{}", measure::name(look.interest.measure(), lang), look.interest.whose(scenario))
}

/// A number of the quantity that is varied, with its unit.
fn varied(number: f64, vary: &Vary) -> String {
    let digits = words::number(number);
    match vary.unit.as_str() {
        "" => digits,
        unit => format!("{digits} {unit}"),
    }
}

/// A value of what is varied, as a page writes it.
fn value_name(vary: &Vary, place: usize) -> String {
    if vary.words { vary.values[place].clone() } else { varied(vary.numbers[place], vary) }
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
        Lang::Ko => format!(
            "값마다 세계 {n}개, 모든 값에서 같은 세계, 시드 {seed}. 각 수치의 몬테카를로 오차는 표 파일에 있다."
        ),
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
            "열 중 아홉: 세계 열 개 가운데 아홉 개가 첫 번째 지표의 이 범위에 든다.",
        );
        out += &format!("\n{}", wrap(range, COLUMNS, ""));
    }
    out + &foot(options, lang)
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
        let mut cells = vec![value_name(vary, point)];
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
        MeasureUnit::Share => [percent(low).trim_end_matches(" %"), &percent(high)].join(dash(lang)),
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
        Statistic::Chance(side, bound) => {
            let measure = look.interest.measure();
            [
                format!("P({} {}", named(look, scenario, lang), side.sign()),
                format!("{})", stated(bound, measure.unit, &scenario.currency, lang)),
            ]
        }
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
        heads.extend(columns.iter().map(|k| value_name(two, *k)));
        let mut grid = Grid::new(vec![heads]);
        for k1 in 0..one.values.len() {
            let mut cells = vec![value_name(one, k1)];
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
        say(lang, "95 % interval", "95 % 구간").into(),
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
            MeasureUnit::Share => [percent(e.lo), percent(e.hi)].join(apart(lang)),
            _ => range(e.lo, e.hi, apart(lang), lang),
        };
        let holds = if statement.holds(e.value) { say(lang, "true", "참") } else { say(lang, "not true", "거짓") };
        grid.push(vec![varied(p.x, vary), cell(e.value, unit, lang), interval, holds.into()]);
    }
    out += &grid.lines().join("\n");
    out.push('\n');
    out + &foot(options, lang)
}

/// The answer in sentences.
fn answer(vary: &Vary, statement: &Statement, found: &Solution, lang: Lang) -> Vec<String> {
    let at = |x: f64| varied(x, vary);
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
            (Lang::Ko, true) => format!("{}까지 참 (95 % 구간: {} ~ {}).", at(t.holds_at), bounded(lo), bounded(hi)),
            (Lang::Ko, false) => format!("{}부터 참 (95 % 구간: {} ~ {}).", at(t.holds_at), bounded(lo), bounded(hi)),
        });
    }
    lines.push(
        say(
            lang,
            "The interval is what the Monte-Carlo error leaves; it does not cover doubt about the scenario's numbers.",
            "구간은 몬테카를로 오차가 남기는 범위이며, 시나리오 수치 자체에 대한 의심은 담지 않는다.",
        )
        .into(),
    );
    lines
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
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|a, b| found[*a].cost.value.total_cmp(&found[*b].cost.value));
    let number = |i: usize| order.iter().position(|k| *k == i).map_or(0, |p| p + 1);
    for (place, i) in order.iter().enumerate() {
        let c = &found[*i];
        let at = c.point.and_then(|p| points.get(p)).map(|values| {
            let told = over.iter().zip(values).map(|(v, k)| format!("{} {}", vary_head(v), value_name(v, *k)));
            told.collect::<Vec<_>>().join(", ")
        });
        let draft = match at {
            Some(at) => format!("{:>3}  {}: {at}", place + 1, c.guideline),
            None => format!("{:>3}  {}", place + 1, c.guideline),
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
        "더 나은 안: 한 지표에서 더 낫고 다른 지표에서 못하지 않은 안(같은 세계에서 잰 차이가 표준오차의 두 배를 넘음). 더 나은 안이 없는 \
         안들이 프런티어다.",
    );
    out += &format!("\n\n{}", wrap(note, COLUMNS, ""));
    out + &foot(options, lang)
}
