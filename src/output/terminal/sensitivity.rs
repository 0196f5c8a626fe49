//! Pages of sensitivity: which quantities matter.

use super::cells::{percent, signed};
use super::grid::{COLUMNS, Grid};
use super::whatif::{apart, cell, head, look_words, say, title, told};
use super::width::{width, wrap};
use crate::engine::outcome::MeasureUnit;
use crate::model::{Lang, Scenario};
use crate::scenario::words;
use crate::stats::Estimate;
use crate::whatif::Look;
use crate::whatif::sensitivity::run::Answer;
use crate::whatif::sensitivity::tornado::Bar;
use crate::whatif::sensitivity::{Bond, Found, GivenRow, Row};

/// Rows of a table on the page at most.
const SHOWN: usize = 12;
/// Columns for the name of a quantity.
const NAMES: usize = 40;
/// Rows with less than this share of the variance are left to the files.
const LITTLE: f64 = 0.005;

/// What the page says of its making.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Rows of the design, or worlds of the run.
    pub rows: u64,
    /// Seed.
    pub seed: u64,
    /// Language.
    pub lang: Lang,
}

/// A share in whole per cent, 0 where it is below.
fn share(value: f64, lang: Lang) -> String {
    if value.is_finite() { percent(value.max(0.0), lang) } else { "–".into() }
}

/// An index with half the width of its interval.
fn with_error(e: Estimate, lang: Lang) -> String {
    let half = 1.96 * e.se;
    match half.is_finite() && half > 0.0 {
        true => format!("{} ± {}", share(e.value, lang).trim_end_matches([' ', '%']), percent(half, lang)),
        false => share(e.value, lang),
    }
}

fn shift(bar: Option<&Bar>, end: usize, unit: MeasureUnit, lang: Lang) -> String {
    let value = bar.map_or(f64::NAN, |b| b.shift[end].value);
    match unit {
        _ if !value.is_finite() => String::new(),
        MeasureUnit::Share if value == 0.0 => percent(value, lang),
        MeasureUnit::Share => format!("{}{}", if value > 0.0 { "+" } else { "-" }, percent(value.abs(), lang)),
        _ => signed(value, lang),
    }
}

/// Indices and tornado of each look.
pub fn indices(looks: &[Look], answer: &Answer, of: Told<'_>) -> String {
    let (scenario, lang) = (of.scenario, of.lang);
    let question =
        say(lang, "Which uncertain quantities make the results vary?", "결과를 흔드는 불확실한 값은 무엇인가?");
    let mut out = head(scenario, lang, question);
    for ((look, found), bars) in looks.iter().zip(&answer.found).zip(&answer.bars) {
        out += &format!("\n{}\n", wrap(&heading(look, found, scenario, lang), COLUMNS, ""));
        if found.sd == 0.0 {
            out += say(lang, "It does not vary.\n", "변하지 않는다.\n");
            continue;
        }
        out += &table(look, found, bars, lang).join("\n");
        out.push('\n');
    }
    out += &format!("\n{}\n", wrap(&notes(looks, answer, lang), COLUMNS, ""));
    let (n, runs) = (words::count(of.rows as f64, lang), words::count(answer.runs as f64, lang));
    let foot = match lang {
        Lang::En => format!("{n} rows of a Saltelli design, {runs} worlds drawn in all, seed {}.", of.seed),
        Lang::Ko => format!("살텔리 설계 {n}행, 모두 {runs}개 상황을 뽑음, 시드 {}.", of.seed),
    };
    out + &format!("\n{}\n", wrap(&foot, COLUMNS, ""))
}

fn heading(look: &Look, found: &Found, scenario: &Scenario, lang: Lang) -> String {
    let id = look.interest.guideline.map_or("all", |g| scenario.guidelines[g].id.as_str());
    let unit = look.unit();
    let of = |x: f64| told(x, unit, &scenario.currency, lang);
    let words = look_words(look, scenario, lang);
    match lang {
        Lang::En => format!("{} – {words}: {}, sd {}", title(scenario, id, lang), of(found.mean), of(found.sd)),
        Lang::Ko => format!("{} – {words}: {}, 표준편차 {}", title(scenario, id, lang), of(found.mean), of(found.sd)),
    }
}

fn table(look: &Look, found: &Found, bars: &[Bar], lang: Lang) -> Vec<String> {
    let mut grid = Grid::new(vec![vec![
        say(lang, "quantity", "값").into(),
        say(lang, "alone", "단독").into(),
        say(lang, "in all", "전체").into(),
        say(lang, "at p10", "p10에서").into(),
        say(lang, "at p90", "p90에서").into(),
    ]]);
    let bar = |path: &str| bars.iter().find(|b| b.path == path);
    let worth = found.rows.iter().filter(|r| r.indices.total.value >= LITTLE);
    let hidden = found.rows.len() - worth.clone().count().min(SHOWN);
    for row in worth.take(SHOWN) {
        let own = if let [path] = &row.paths[..] { bar(path) } else { None };
        let ends = [0, 1].map(|end| shift(own, end, look.unit(), lang));
        let [low, high] = ends;
        grid.push(vec![
            name(row, lang),
            share(row.indices.first.value, lang),
            with_error(row.indices.total, lang),
            low,
            high,
        ]);
        for (k, path) in row.paths.iter().enumerate().filter(|_| row.bond == Bond::Linked) {
            let effect = row.shapley.get(k).map_or(String::new(), |e| with_error(*e, lang));
            let [low, high] = [0, 1].map(|end| shift(bar(path), end, look.unit(), lang));
            grid.push(vec![format!("  · {}", short(path)), String::new(), effect, low, high]);
        }
    }
    let mut rest = |name: String, value: String| {
        grid.push(vec![name, String::new(), value, String::new(), String::new()]);
    };
    if let Some(chance) = found.chance {
        rest(say(lang, "chance inside a world", "상황 안의 우연").into(), with_error(chance, lang));
    }
    if !found.left_out.is_empty() {
        let n = found.left_out.len();
        let most = share(found.left_out_total.hi.max(found.left_out_total.value), lang);
        rest(
            match lang {
                Lang::En => format!("{n} more together, left out"),
                Lang::Ko => format!("살피지 않은 나머지 {n}개 합"),
            },
            format!("≤ {most}"),
        );
    }
    let mut lines = grid.lines();
    lines.extend(not_shown(hidden, found.rows.len() - hidden, "sensitivity.csv", lang));
    lines
}

/// How many quantities are not on the page, and where they stand.
fn not_shown(hidden: usize, shown: usize, file: &str, lang: Lang) -> Option<String> {
    let least = share(LITTLE, lang);
    let text = match (lang, shown >= SHOWN) {
        _ if hidden == 0 => return None,
        (Lang::En, false) => format!("{hidden} more, each below {least}: {file}."),
        (Lang::En, true) => format!("{hidden} more, each below these: {file}."),
        (Lang::Ko, false) => format!("이 밖에 각각 {least}에 못 미치는 값 {hidden}개: {file}."),
        (Lang::Ko, true) => format!("이 밖에 이들에 못 미치는 값 {hidden}개: {file}."),
    };
    Some(wrap(&text, COLUMNS, ""))
}

/// The end of a path that is no wider than `to`: what it begins with says least.
pub fn tail<N: PartialOrd>(path: &str, to: N, width: impl Fn(&str) -> N) -> String {
    if width(path) <= to {
        return path.into();
    }
    let ends = path.match_indices('.').map(|(at, _)| format!("…{}", &path[at + 1..]));
    let mut last = path.to_string();
    for end in ends {
        let fits = width(&end) <= to;
        last = end;
        if fits {
            break;
        }
    }
    last
}

/// A path as it fits into the first column.
fn short(path: &str) -> String {
    tail(path, NAMES, width)
}

/// A row's name: the path, or what its paths have in common.
pub fn name(row: &Row, lang: Lang) -> String {
    match (row.bond, &row.paths[..]) {
        (_, [one]) => short(one),
        (Bond::Table, paths) => match lang {
            Lang::En => format!("{} of one table: {}", paths.len(), paths.join(", ")),
            Lang::Ko => format!("한 표의 {}개: {}", paths.len(), paths.join(", ")),
        },
        (_, paths) => match lang {
            Lang::En => format!("{} linked", paths.len()),
            Lang::Ko => format!("연결된 {}개", paths.len()),
        },
    }
}

fn notes(looks: &[Look], answer: &Answer, lang: Lang) -> String {
    let mut text = String::from(say(
        lang,
        "Alone: the share of the variance that would go if the quantity were known (first-order Sobol' index). In all: the \
         share that would be left if all others were known, interactions included (total index), ± half of its 95 % interval. At \
         p10, at p90: what the look does when the quantity stands at that quantile.",
        "단독: 그 값을 알면 사라질 분산의 비율(1차 소볼 지수). 전체: 다른 값을 모두 알아도 남을 비율로 상호작용을 포함한다(전체 지수), ± 95% \
         구간의 절반. p10·p90에서: 값이 그 분위수일 때 결과의 변화.",
    ));
    let linked = answer.found.iter().any(|f| f.rows.iter().any(|r| r.bond == Bond::Linked));
    if linked {
        text += say(
            lang,
            " Linked quantities move together and are one input; inside it the Shapley effects (·) add up to its total, and at \
             p10 and p90 the others move along.",
            " 연결된 값들은 함께 움직이므로 하나의 입력으로 본다. 그 안의 섀플리 효과(·)는 더하면 전체가 되고, p10·p90에서는 나머지도 따라 \
             움직인다.",
        );
    }
    if looks.iter().any(|l| !matches!(l.statistic, crate::stats::Statistic::Mean | crate::stats::Statistic::Chance(..)))
    {
        text += say(
            lang,
            " Shares are of the variance of the measure, shifts of the statistic asked for.",
            " 비율은 지표의 분산에 대한 것이고, 변화는 물은 통계량의 것이다.",
        );
    }
    text
}

/// First-order indices of each look from a run already made.
pub fn given(looks: &[Look], found: &[Vec<GivenRow>], of: Told<'_>) -> String {
    let (scenario, lang) = (of.scenario, of.lang);
    let question = say(
        lang,
        "Which uncertain quantities made the results of this run vary?",
        "이 실행의 결과를 흔든 불확실한 값은 무엇인가?",
    );
    let mut out = head(scenario, lang, question);
    for (look, rows) in looks.iter().zip(found) {
        let id = look.interest.guideline.map_or("all", |g| scenario.guidelines[g].id.as_str());
        let words = look_words(look, scenario, lang);
        out += &format!("\n{}\n", wrap(&format!("{} – {words}", title(scenario, id, lang)), COLUMNS, ""));
        let mut grid = Grid::new(vec![vec![
            say(lang, "quantity", "값").into(),
            say(lang, "alone", "단독").into(),
            say(lang, "95 % interval", "95% 구간").into(),
        ]]);
        let worth = |r: &&GivenRow| r.first.lo > 0.0 && r.first.value >= LITTLE;
        for r in rows.iter().filter(worth).take(SHOWN) {
            let mark = if r.linked.is_empty() { "" } else { " *" };
            let interval = [share(r.first.lo, lang), share(r.first.hi, lang)].join(apart(lang));
            grid.push(vec![format!("{}{mark}", short(&r.path)), share(r.first.value, lang), interval]);
        }
        out += &grid.lines().join("\n");
        out.push('\n');
        let shown = rows.iter().filter(worth).count().min(SHOWN);
        if let Some(line) = not_shown(rows.len() - shown, shown, "sensitivity-given.csv", lang) {
            out += &format!("{line}\n");
        }
        // Of linked quantities the indices overlap: they are left out of the sum.
        let sum: f64 = rows.iter().filter(|r| r.linked.is_empty()).map(|r| r.first.value.max(0.0)).sum();
        let linked = rows.iter().any(|r| !r.linked.is_empty());
        let line = match (lang, linked) {
            (Lang::En, false) => format!("All together: {}.", share(sum, lang)),
            (Lang::En, true) => format!("All that are not linked (*) together: {}.", share(sum, lang)),
            (Lang::Ko, false) => format!("모두 더하면 {}.", share(sum, lang)),
            (Lang::Ko, true) => format!("연결되지 않은(* 없는) 값을 모두 더하면 {}.", share(sum, lang)),
        };
        out += &format!("{}\n", wrap(&line, COLUMNS, ""));
    }
    let note = say(
        lang,
        "Alone: the share of the variance that would go if the quantity were known (first-order index, from the run as it is, \
         freed of bias). What is missing to 100 % is chance inside a world and interactions, which a run cannot tell apart: give \
         the scenario file instead of the folder to have them examined. *: linked to others by rank correlation or a joint \
         table, whose effects its index then shares.",
        "단독: 그 값을 알면 사라질 분산의 비율(1차 지수, 이미 한 실행에서 편향을 바로잡아 추정). 100%에 모자라는 몫은 상황 안의 우연과 \
         상호작용이며, 실행 결과만으로는 가를 수 없다. 폴더 대신 시나리오 파일을 주면 살핀다. *: 순위 상관이나 결합 표로 다른 값과 연결되어 \
         그 효과를 함께 담는다.",
    );
    out += &format!("\n{}\n", wrap(note, COLUMNS, ""));
    let (n, seed) = (cell(of.rows as f64, MeasureUnit::Persons, lang), of.seed);
    let foot = match lang {
        Lang::En => format!("{n} worlds of the run, seed {seed}; none was drawn anew."),
        Lang::Ko => format!("실행의 상황 {n}개, 시드 {seed}. 새로 뽑은 상황은 없다."),
    };
    out + &format!("\n{}\n", wrap(&foot, COLUMNS, ""))
}
