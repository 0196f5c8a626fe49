//! The tables of the report: guidelines side by side, differences to the baseline, variants.

use super::View;
use super::cells::{currency_word, percent, range, signed};
use super::grid::{COLUMNS, Grid};
use super::width::{shorten, width, wrap};
use crate::analysis::findings::{ALL, BASE, Criterion, statistic};
use crate::model::Lang;
use crate::scenario::words::{count, money};

/// Most columns of figures in a table of variants.
const ACROSS: usize = 6;

/// One row per guideline.
pub(super) fn guidelines(view: &View) -> String {
    let budget = !view.findings.budget.is_empty();
    let currency = currency_word(&view.scenario.currency, view.lang);
    let mut grid = Grid::new(heads(view, budget));
    for guideline in &view.findings.guidelines {
        let mut row = vec![String::new()];
        row.extend(figures(view, guideline));
        if budget {
            row.push(over_budget(view, guideline));
        }
        grid.push(row);
    }
    let legend = name_rows(view, &mut grid);
    let lead = match view.lang {
        Lang::En => {
            format!("Means over worlds, amounts in {currency}; in 90 % of worlds payout is in the range given.")
        }
        Lang::Ko => format!("평균값, 금액 단위 {currency}; 지급액 범위는 90 % 구간."),
    };
    let mut lines = vec![wrap(&lead, COLUMNS, "")];
    lines.extend(grid.lines());
    lines.extend(legend);
    lines.extend(budget.then(|| budget_line(view)).flatten());
    lines.join("\n")
}

fn heads(view: &View, budget: bool) -> Vec<Vec<String>> {
    let mut first = vec![
        view.say("Guideline", "기준안"),
        view.say("claims", "신청"),
        view.say("paid", "지급"),
        view.say("payout", "지급액"),
        view.say("90 % range", "90 % 구간"),
        view.say("cost", "비용"),
        view.say("cover-", "포괄"),
        view.say("ade-", "충족"),
    ];
    let mut second = vec![
        "",
        view.say("", "건수"),
        view.say("people", "인원"),
        view.say("mean", "평균"),
        view.say("of payout", "지급액"),
        view.say("mean", "평균"),
        view.say("age", "률"),
        view.say("quacy", "률"),
    ];
    if budget {
        first.push(view.say("over", "예산"));
        second.push(view.say("budget", "초과"));
    }
    [first, second].map(|line| line.into_iter().map(String::from).collect()).into()
}

/// Claims, paid people, payout with range, cost, coverage, adequacy.
fn figures(view: &View, guideline: &str) -> Vec<String> {
    let mean = |measure| view.findings.total(guideline, measure).map_or(f64::NAN, |d| d.mean().value);
    let payout = view.findings.total(guideline, "payout");
    let range = payout.map(|d| range(statistic(d, "p05"), statistic(d, "p95"), "–", view.lang));
    vec![
        count(mean("claims"), view.lang),
        count(mean("paid"), view.lang),
        count(mean("payout"), view.lang),
        range.unwrap_or_default(),
        count(mean("cost"), view.lang),
        percent(mean("coverage")),
        percent(mean("adequacy")),
    ]
}

fn over_budget(view: &View, guideline: &str) -> String {
    let mut rows = view.findings.budget.iter();
    let row = rows.find(|r| *r.variant == *BASE && *r.guideline == *guideline);
    row.map_or_else(String::new, |r| percent(r.over.value))
}

/// Names the rows by letter and title; where a title is too long for the room, by letter and id, with a legend.
fn name_rows(view: &View, grid: &mut Grid) -> Vec<String> {
    let title = |g: usize| format!("{} {}", view.letter(g), view.scenario.guidelines[g].title.get(view.lang));
    let all = 0..view.findings.guidelines.len();
    let room = grid.room();
    if all.clone().all(|g| width(&title(g)) <= room) {
        grid.name(all.map(title));
        return Vec::new();
    }
    grid.name(all.clone().map(|g| format!("{} {}", view.letter(g), view.findings.guidelines[g])));
    all.map(|g| wrap(&title(g), COLUMNS, "  ")).collect()
}

/// What the budget is.
fn budget_line(view: &View) -> Option<String> {
    let row = view.findings.budget.first()?;
    let (amount, allowed) = (money(row.budget, &view.scenario.currency, view.lang), percent(row.tolerance));
    Some(match view.lang {
        Lang::En => format!("Budget {amount}; it may be exceeded in {allowed} of worlds."),
        Lang::Ko => format!("예산 {amount}; 초과 허용 확률 {allowed}."),
    })
}

/// Each guideline against the baseline, on the same worlds.
pub(super) fn differences(view: &View) -> String {
    let baseline = view.findings.baseline;
    if view.findings.guidelines.len() < 2 {
        return String::new();
    }
    let heads = match view.lang {
        Lang::En => [
            ["extra cost", "95 % interval", "cheaper", "more", "wider"],
            ["mean", "of the mean", "in", "claims in", "cover in"],
        ],
        Lang::Ko => [
            ["비용 차이", "평균의", "더 싼", "신청이 더", "더 넓은"],
            ["평균", "95 % 구간", "비율", "많은 비율", "비율"],
        ],
    };
    let head = |row: [&str; 5]| std::iter::once("").chain(row).map(String::from).collect();
    let mut grid = Grid::new(heads.map(head).into());
    for g in (0..view.findings.guidelines.len()).filter(|&g| g != baseline) {
        grid.push(difference(view, g));
    }
    let name = shorten(view.scenario.guidelines[baseline].title.get(view.lang), 40);
    let letter = view.letter(baseline);
    let lead = match view.lang {
        Lang::En => format!("Against {letter} ({name}), world by world:"),
        Lang::Ko => format!("{letter} ({name}) 대비, 같은 세계끼리 비교:"),
    };
    let mut lines = vec![lead];
    lines.extend(grid.lines());
    lines.push(best(view));
    lines.join("\n")
}

fn difference(view: &View, g: usize) -> Vec<String> {
    let find = |measure: &str| {
        let mut rows = view.findings.comparison.iter().filter(|r| r.baseline && *r.variant == *BASE);
        rows.find(|r| r.guideline == view.findings.guidelines[g] && r.measure.name == measure)
    };
    let title = view.scenario.guidelines[g].title.get(view.lang);
    let mut row = vec![format!("{} {title}", view.letter(g))];
    let cost = find("cost");
    row.push(cost.map_or_else(String::new, |r| signed(r.difference.value, view.lang)));
    row.push(cost.map_or_else(String::new, |r| range(r.difference.lo, r.difference.hi, " … ", view.lang)));
    row.push(cost.map_or_else(String::new, |r| percent(r.lower.value)));
    row.push(find("claims").map_or_else(String::new, |r| percent(r.higher.value)));
    row.push(find("coverage").map_or_else(String::new, |r| percent(r.higher.value)));
    row
}

/// Which guideline is best in how many worlds.
fn best(view: &View) -> String {
    let criteria = Criterion::ALL.map(|criterion| {
        let rows = view.findings.best.iter().filter(|r| *r.variant == *BASE && r.criterion == criterion);
        let mut shares: Vec<(usize, f64)> = rows.enumerate().map(|(g, r)| (g, r.share.value)).collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1));
        let shown = shares.iter().take(3).filter(|s| s.1 >= 0.005);
        let shown: Vec<String> = shown.map(|(g, share)| format!("{} {}", view.letter(*g), percent(*share))).collect();
        let name = match criterion {
            Criterion::Cheapest => view.say("Cheapest", "최저 비용"),
            Criterion::Widest => view.say("widest coverage", "최대 포괄"),
            Criterion::Fairest => view.say("fairest (absolute Gini)", "가장 고른 결과(절대 지니)"),
        };
        format!("{name}: {}", shown.join(", "))
    });
    let ties = view.say("Ties are split.", "동률은 나누어 셈.");
    wrap(&format!("{}. {ties}", criteria.join("; ")), COLUMNS, "")
}

/// Mean payout under each guideline in each variant: one line a variant.
pub(super) fn variants(view: &View) -> String {
    if view.findings.variants.len() < 2 {
        return String::new();
    }
    let guidelines: Vec<usize> = (0..view.findings.guidelines.len()).collect();
    let lead = view.say("Mean payout when the scenario is changed:", "조건을 바꾼 경우의 평균 지급액:");
    let mut lines = vec![lead.to_string()];
    for part in guidelines.chunks(ACROSS) {
        let mut head = vec![view.say("Variant", "변형").to_string()];
        head.extend(part.iter().map(|&g| view.letter(g)));
        let mut grid = Grid::new(vec![head]);
        for run in &view.findings.variants {
            let mut row = vec![variant_title(view, &run.id)];
            row.extend(part.iter().map(|&g| variant_payout(view, &run.id, g)));
            grid.push(row);
        }
        lines.extend(grid.lines());
    }
    lines.join("\n")
}

fn variant_title(view: &View, id: &str) -> String {
    if id == BASE {
        return view.say("as it stands", "기본").into();
    }
    let mut variants = view.scenario.variants.iter();
    let variant = variants.find(|v| v.id == id);
    variant.map_or(id, |v| if v.title.is_empty() { id } else { v.title.get(view.lang) }).into()
}

fn variant_payout(view: &View, variant: &str, g: usize) -> String {
    let found = view.findings.find(variant, &view.findings.guidelines[g], ALL, ALL, "payout");
    found.map_or_else(|| "–".into(), |d| count(d.mean().value, view.lang))
}
