//! The tables of the report: guidelines side by side, differences to the baseline, variants.

use super::cells::{count, currency_word, dash, percent, range, signed};
use super::grid::{COLUMNS, Grid};
use super::width::{breakable, shorten, wrap};
use super::{View, is_certain};
use crate::analysis::findings::{ALL, BASE, BestRow, ComparisonRow, Criterion, ShiftRow, statistic};
use crate::model::Lang;
use crate::output::budget;
use crate::output::handling::unhandled_in;
use crate::scenario::words::money;

/// Most columns of figures in a table of variants.
const ACROSS: usize = 6;

/// Columns of the main table, two lines of heading each.
const HEADS_EN: [[&str; 8]; 2] = [
    ["", "people", "people", "payout,", "payout,", "cost,", "losers", "loss"],
    ["", "filing", "paid", "mean", "90 % range", "mean", "covered", "made good"],
];
const HEADS_KO: [[&str; 8]; 2] = [
    ["", "신청", "지급", "지급액", "지급액", "비용", "손해자", "손해"],
    ["", "인원", "인원", "평균", "90% 구간", "평균", "포괄률", "보전율"],
];

/// What the letters stand for.
pub(super) fn legend(view: &View) -> String {
    let entry = |g: usize| {
        let title = view.scenario.guidelines[g].title.get(view.lang);
        let baseline = g == view.findings.baseline && view.findings.guidelines.len() > 1;
        let mark = if baseline { view.say(" (baseline)", " (비교 기준)") } else { "" };
        wrap(&format!("{} {}{mark}", view.letter(g), breakable(title, COLUMNS - 2)), COLUMNS, "  ")
    };
    let lead = view.say("The guidelines:", "기준안:").to_string();
    let entries = (0..view.findings.guidelines.len()).map(entry);
    std::iter::once(lead).chain(entries).collect::<Vec<_>>().join("\n")
}

/// One row per guideline.
pub(super) fn guidelines(view: &View) -> String {
    let budget = !view.findings.budget.is_empty();
    let mut grid = Grid::new(heads(view, budget));
    for (g, guideline) in view.findings.guidelines.iter().enumerate() {
        let mut row = vec![view.letter(g)];
        row.extend(figures(view, guideline));
        if budget {
            row.push(over_budget(view, guideline));
        }
        grid.push(row);
    }
    let mut lines = vec![wrap(&lead(view), COLUMNS, "")];
    lines.extend(grid.alike().lines());
    let courts = view.say(" Both leave out what courts award.", " 둘 다 소송으로 받는 것은 제외.");
    let courts = if view.scenario.aftermath.courts.is_empty() { "" } else { courts };
    lines.push(wrap(&format!("{}{courts}{}", meanings(view), without_losers(view)), COLUMNS, ""));
    lines.extend(budget.then(|| budget_line(view)).flatten().map(|t| wrap(&t, COLUMNS, "")));
    lines.join("\n")
}

fn lead(view: &View) -> String {
    let currency = currency_word(&view.scenario.currency, view.lang);
    let payouts = || view.findings.guidelines.iter().filter_map(|g| view.findings.total(g, "payout"));
    let nothing_varies = payouts().all(is_certain);
    match view.lang {
        Lang::En if view.is_one_world() => format!("One world, amounts in {currency}."),
        Lang::Ko if view.is_one_world() => format!("상황 하나, 금액 단위 {currency}."),
        Lang::En if nothing_varies => format!("Means over worlds, amounts in {currency}."),
        Lang::Ko if nothing_varies => format!("여러 상황의 평균, 금액 단위 {currency}."),
        Lang::En => format!("Means over worlds, amounts in {currency}; 90 % of worlds have a payout inside the range."),
        Lang::Ko => format!("여러 상황의 평균, 금액 단위 {currency}; 상황의 90%에서 지급액이 구간 안에 있다."),
    }
}

fn meanings(view: &View) -> &'static str {
    match view.lang {
        Lang::En => {
            "Losers covered: of those who lost money, the share who get anything (coverage). Loss made good: the share \
             of their loss that is paid in money (adequacy)."
        }
        Lang::Ko => {
            "포괄률: 금전 손해를 본 사람 중 무엇이든 받는 비율. 손해 보전율: 전체 손해 중 돈으로 보전되는 비율."
        }
    }
}

fn heads(view: &View, budget: bool) -> Vec<Vec<String>> {
    let (heads, last) = match view.lang {
        Lang::En => (HEADS_EN, ["P(cost >", "budget)"]),
        Lang::Ko => (HEADS_KO, ["P(비용 >", "예산)"]),
    };
    let lines = heads.into_iter().zip(last);
    lines.map(|(line, last)| line.into_iter().chain(budget.then_some(last)).map(String::from).collect()).collect()
}

/// Claims, paid people, payout with range, cost, coverage, adequacy.
fn figures(view: &View, guideline: &str) -> Vec<String> {
    let mean = |measure| view.findings.total(guideline, measure).map_or(f64::NAN, |d| d.mean().value);
    let payout = view.findings.total(guideline, "payout");
    let ends = payout.filter(|d| !view.is_one_world() && !is_certain(d));
    let range = ends.map(|d| range(statistic(d, "p05"), statistic(d, "p95"), dash(view.lang), view.lang));
    vec![
        count(mean("claims"), view.lang),
        count(mean("paid"), view.lang),
        count(mean("payout"), view.lang),
        range.unwrap_or_else(|| "–".into()),
        count(mean("cost"), view.lang),
        of_losers(view, mean("coverage")),
        of_losers(view, mean("adequacy")),
    ]
}

/// A share of the losers or of their loss: none where nobody ever loses anything, of which there is no part.
fn of_losers(view: &View, share: f64) -> String {
    if nobody_loses(view) { "–".into() } else { percent(share, view.lang) }
}

/// True where nobody loses money in any world.
fn nobody_loses(view: &View) -> bool {
    view.findings.total(ALL, "losers").is_some_and(|d| d.max <= 0.0)
}

/// How worlds without losers count, where there are some, and that there are no others.
fn without_losers(view: &View) -> &'static str {
    if nobody_loses(view) {
        return view.say(
            " Nobody loses money in any world: there is nobody to cover.",
            " 어느 상황에서도 돈을 잃은 사람이 없어, 포괄할 사람이 없음.",
        );
    }
    match view.findings.total(ALL, "losers").is_some_and(|d| d.min <= 0.0) {
        true => view.say(
            " Worlds in which nobody loses money count as 0 % in both.",
            " 아무도 돈을 잃지 않은 상황은 둘 다 0%로 셈.",
        ),
        false => "",
    }
}

fn over_budget(view: &View, guideline: &str) -> String {
    let mut rows = view.findings.budget.iter();
    let row = rows.find(|r| *r.variant == *BASE && *r.guideline == *guideline);
    row.map_or_else(String::new, |r| percent(r.over.value, view.lang))
}

/// What the budget is, and which guidelines exceed it more often than it allows.
fn budget_line(view: &View) -> Option<String> {
    let row = view.findings.budget.first()?;
    let rows = view.findings.budget.iter().filter(|r| *r.variant == *BASE).enumerate();
    let over: Vec<String> = rows.filter(|(_, r)| r.over.value > r.tolerance).map(|(g, _)| view.letter(g)).collect();
    let (amount, allowed) = (budget_words(view, row.budget), percent(row.tolerance, view.lang));
    let over = over.join(", ");
    Some(match (view.lang, over.is_empty()) {
        (Lang::En, true) => {
            format!("Budget {amount}; it may be exceeded in {allowed} of worlds. No guideline exceeds it more often.")
        }
        (Lang::En, false) => {
            format!("Budget {amount}; it may be exceeded in {allowed} of worlds. More often than that: {over}.")
        }
        (Lang::Ko, true) => format!("예산 {amount}; 초과 허용 확률 {allowed}. 이를 넘는 기준안 없음."),
        (Lang::Ko, false) => format!("예산 {amount}; 초과 허용 확률 {allowed}. 이를 넘는 기준안: {over}."),
    })
}

/// The budget as the scenario has it: its law in brackets where it is uncertain.
fn budget_words(view: &View, mean: f64) -> String {
    let told = budget::told(view.scenario).map(|words| words.get(view.lang).to_string());
    let told = told.unwrap_or_else(|| money(mean, &view.scenario.currency, view.lang));
    if budget::reach(view.scenario).is_some() { format!("({told})") } else { told }
}

/// Each guideline against the baseline, on the same worlds.
pub(super) fn differences(view: &View) -> String {
    let baseline = view.findings.baseline;
    if view.findings.guidelines.len() < 2 {
        return String::new();
    }
    let heads = match view.lang {
        Lang::En => [
            ["extra cost,", "95 % interval", "costs", "more", "covers"],
            ["mean", "of the mean", "less in", "file in", "more in"],
        ],
        Lang::Ko => [
            ["비용 차이", "평균의", "비용이 더", "신청이 더", "포괄이 더"],
            ["평균", "95% 구간", "적은 비율", "많은 비율", "넓은 비율"],
        ],
    };
    let head = |row: [&str; 5]| std::iter::once("").chain(row).map(String::from).collect();
    let mut grid = Grid::new(heads.map(head).into());
    for g in (0..view.findings.guidelines.len()).filter(|&g| g != baseline) {
        grid.push(difference(view, g));
    }
    let name = shorten(view.scenario.guidelines[baseline].title.get(view.lang), 30);
    let letter = view.letter(baseline);
    let lead = match view.lang {
        Lang::En => format!("Against {letter} ({name}), the baseline, in the same worlds:"),
        Lang::Ko => format!("비교 기준 {letter} ({name}) 대비, 같은 상황끼리 비교:"),
    };
    let mut lines = vec![lead];
    lines.extend(grid.alike().lines());
    lines.push(best(view));
    lines.extend(unhandled(view).map(|t| wrap(&t, COLUMNS, "")));
    lines.join("\n")
}

fn difference(view: &View, g: usize) -> Vec<String> {
    let find = |measure: &str| {
        let mut rows = view.findings.comparison.iter().filter(|r| r.baseline && *r.variant == *BASE);
        rows.find(|r| r.guideline == view.findings.guidelines[g] && r.measure.name == measure)
    };
    let mut row = vec![view.letter(g)];
    let cost = find("cost");
    row.push(cost.map_or_else(String::new, |r| signed(r.difference.value, view.lang)));
    // Its ends may be negative: what stands between them stands apart.
    let between = if view.lang == Lang::Ko { " ~ " } else { " … " };
    let interval = |r: &ComparisonRow| match r.difference.lo < r.difference.hi {
        true => range(r.difference.lo, r.difference.hi, between, view.lang),
        false => "–".into(),
    };
    row.push(cost.map_or_else(String::new, interval));
    row.push(cost.map_or_else(String::new, |r| percent(r.lower.value, view.lang)));
    row.push(find("claims").map_or_else(String::new, |r| percent(r.higher.value, view.lang)));
    row.push(find("coverage").map_or_else(String::new, |r| of_losers(view, r.higher.value)));
    row
}

/// Whose costs lack what others have: nobody says what becomes of their claims.
fn unhandled(view: &View) -> Option<String> {
    let whose: Vec<String> = unhandled_in(view.findings).into_iter().map(|g| view.letter(g)).collect();
    let letters = whose.join(", ");
    (!whose.is_empty()).then(|| match view.lang {
        Lang::En => format!(
            "No procedure is stated for {letters}: review and handling of claims are not in the cost there, and there are no days \
             to payment."
        ),
        Lang::Ko => format!("{letters}: 절차가 없어 신청의 심사와 처리 비용이 빠져 있고 지급까지의 일수도 없음."),
    })
}

/// Which guideline is best in how many worlds.
fn best(view: &View) -> String {
    let mut split = false;
    let criteria = Criterion::ALL.into_iter().filter_map(|criterion| {
        let rows = view.findings.best.iter().filter(|r| *r.variant == *BASE && r.criterion == criterion);
        let rows: Vec<&BestRow> = rows.collect();
        if rows.is_empty() {
            return None;
        }
        // Whoever is as good as all others in every world does not win a part of them.
        let level = rows.iter().all(|r| r.tied >= 1.0);
        let shown = if level { view.say("all level", "모두 같음").into() } else { winners(view, &rows) };
        split |= !level;
        let name = match criterion {
            Criterion::Cheapest => view.say("Cheapest", "최저 비용"),
            Criterion::Fastest => view.say("fastest (half of the awards paid)", "가장 빠른 지급(보상 건수의 절반까지)"),
            Criterion::Widest => view.say("widest coverage", "최대 포괄"),
            Criterion::Fairest => view.say("fairest (absolute Gini)", "가장 고른 결과(절대 지니)"),
        };
        Some(format!("{name}: {shown}"))
    });
    let criteria: Vec<String> = criteria.collect();
    let ties = if split { view.say(" Ties are split.", " 동률은 나누어 셈.") } else { "" };
    let nobody = view.say(
        " Nobody loses money in any world, so that none covers more or is fairer.",
        " 어느 상황에서도 돈을 잃은 사람이 없어, 더 넓거나 더 고른 기준안은 없음.",
    );
    let nobody = if nobody_loses(view) { nobody } else { "" };
    wrap(&format!("{}.{ties}{nobody}", criteria.join("; ")), COLUMNS, "")
}

/// Guidelines by the share of worlds in which each is best: the first few, and the rest together.
fn winners(view: &View, rows: &[&BestRow]) -> String {
    let mut shares: Vec<(usize, f64)> = rows.iter().enumerate().map(|(g, r)| (g, r.share.value)).collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    let first = leading(&shares.iter().map(|s| s.1).collect::<Vec<_>>());
    let shown = shares[..first].iter();
    let mut shown: Vec<String> =
        shown.map(|(g, share)| format!("{} {}", view.letter(*g), percent(*share, view.lang))).collect();
    let rest: f64 = shares[first..].iter().map(|s| s.1).sum();
    if rest >= SEEN {
        shown.push(format!("{} {}", view.say("others", "그 밖"), percent(rest, view.lang)));
    }
    shown.join(", ")
}

/// Shares below this are not told.
const SEEN: f64 = 0.005;

/// How many of some shares, the largest first, are told: three, and all that cannot be told from the third, and a last one rather
/// than the rest; none below half a per cent.
fn leading(shares: &[f64]) -> usize {
    let told = |share: &f64| percent(*share, Lang::En);
    let third = shares.get(2).map(told);
    let seen = shares.iter().filter(|s| **s >= SEEN).count();
    let first = shares[..seen].iter().enumerate().filter(|(i, s)| *i < 3 || Some(told(s)) == third).count();
    if first + 1 == seen { seen } else { first }
}

/// Cohorts named for each guideline.
const GAINERS: usize = 3;
/// Columns that a cohort's name may take.
const NAMED: usize = 44;

/// To whom it goes: the cohorts with the largest shares of what each guideline gives, in money and in kind at its cost.
pub(super) fn gainers(view: &View) -> String {
    if view.scenario.cohorts.len() < 2 {
        return String::new();
    }
    let lead = view.say(
        "Who gets it: largest shares of what is given (money, and in kind at its cost), means:",
        "누가 받는가: 주는 것(돈, 비용으로 친 현물) 가운데 몫이 큰 집단, 평균:",
    );
    let mut lines = vec![wrap(lead, COLUMNS, "")];
    lines.extend((0..view.findings.guidelines.len()).map(|g| to_whom(view, g)));
    lines.join("\n")
}

/// Cohorts with their shares, on as many lines as their names need.
fn to_whom(view: &View, g: usize) -> String {
    let guideline = &view.findings.guidelines[g];
    let given = |cohort: &str| -> f64 {
        let mean = |measure| view.findings.find(BASE, guideline, cohort, ALL, measure).map_or(0.0, |d| d.mean().value);
        mean("payout") + mean("in_kind_cost")
    };
    let letter = view.letter(g);
    let cohorts = view.scenario.cohorts.iter();
    let mut all: Vec<(&str, f64)> = cohorts.map(|c| (c.title.get(view.lang), given(&c.id))).collect();
    let whole: f64 = all.iter().map(|(_, v)| v).sum();
    if !whole.is_finite() || whole <= 0.0 {
        return format!("{letter} {}", view.say("nobody gets anything", "아무도 받지 않음"));
    }
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    let most = all.iter().take(GAINERS).filter(|(_, v)| *v > 0.0);
    let told = most.map(|(name, v)| format!("{} {}", shorten(name, NAMED), percent(v / whole, view.lang)));
    wrap(&format!("{letter} {}", told.collect::<Vec<_>>().join(" · ")), COLUMNS, "  ")
}

/// Take-up curves beside the scenario's own in one table.
const CURVES: usize = 3;

/// Cost and coverage under each of the scenario's take-up curves, side by side: who files is known least before the fact.
pub(super) fn take_up(view: &View) -> String {
    let others: Vec<&str> = view
        .scenario
        .variants
        .iter()
        .filter(|v| v.is_take_up() && view.findings.shifts.iter().any(|r| *r.variant == *v.id))
        .map(|v| v.id.as_str())
        .collect();
    if others.is_empty() {
        return String::new();
    }
    let lead = view.say(
        "Nobody knows beforehand who will file. Mean cost and losers covered under each take-up curve:",
        "누가 신청할지는 미리 알 수 없다. 신청률 곡선별 평균 비용과 손해자 포괄률:",
    );
    let mut lines = vec![wrap(lead, COLUMNS, "")];
    for part in others.chunks(CURVES) {
        let curves: Vec<&str> = std::iter::once(BASE).chain(part.iter().copied()).collect();
        for (n, curve) in curves.iter().enumerate() {
            lines.push(shorten(&format!("  {} {}", n + 1, variant_title(view, curve)), COLUMNS));
        }
        let numbers = || (1..=curves.len()).map(|n| n.to_string());
        let cost = view.say("cost", "비용");
        let covered = view.say("covered", "포괄률");
        let head = numbers().map(|n| format!("{cost} {n}")).chain(numbers().map(|n| format!("{covered} {n}")));
        let mut grid = Grid::new(vec![std::iter::once(String::new()).chain(head).collect()]);
        for g in 0..view.findings.guidelines.len() {
            let of = |measure: &str| curves.iter().map(|c| in_variant(view, c, g, measure)).collect::<Vec<_>>();
            let mut row = vec![view.letter(g)];
            row.extend(of("cost").into_iter().map(|v| v.map_or_else(|| "–".into(), |c| count(c, view.lang))));
            row.extend(
                of("coverage")
                    .into_iter()
                    .map(|v| v.map_or_else(|| "–".into(), |s| of_losers(view, s.clamp(0.0, 1.0)))),
            );
            grid.push(row);
        }
        lines.extend(grid.alike().lines());
    }
    lines.join("\n")
}

/// Mean of a total in a variant, or as it stands.
fn in_variant(view: &View, variant: &str, g: usize, measure: &str) -> Option<f64> {
    let guideline = &view.findings.guidelines[g];
    let shifted = |r: &&ShiftRow| *r.variant == *variant && r.guideline == *guideline && r.measure.name == measure;
    match variant {
        BASE => view.findings.total(guideline, measure).map(|d| d.mean().value),
        _ => view.findings.shifts.iter().find(shifted).map(ShiftRow::value),
    }
}

/// Mean payout under each guideline in each variant, one line a variant; then the mean cost in those in which that alone is
/// another.
pub(super) fn variants(view: &View) -> String {
    let runs: Vec<&str> = view.findings.variants.iter().map(|run| &*run.id).collect();
    if runs.len() < 2 {
        return String::new();
    }
    let told = |variant: &str, g: usize, measure: &str| {
        in_variant(view, variant, g, measure).map_or_else(|| "–".into(), |p| count(p, view.lang))
    };
    let all = 0..view.findings.guidelines.len();
    let mean = |id: &str, g: usize, measure: &str| in_variant(view, id, g, measure);
    let same = |id: &str, measure: &str| all.clone().all(|g| mean(id, g, measure) == mean(BASE, g, measure));
    let borne: Vec<&str> =
        runs.iter().copied().filter(|id| *id == BASE || same(id, "payout") && !same(id, "cost")).collect();
    let mut lines =
        vec![view.say("Mean payout when the scenario is changed:", "조건을 바꾼 경우의 평균 지급액:").to_string()];
    lines.extend(by_variant(view, &runs, |id, g| told(id, g, "payout")));
    if borne.len() > 1 {
        let lead = view.say("Mean cost to the company where that alone changes:", "비용만 달라지는 경우의 평균 비용:");
        lines.push(lead.to_string());
        lines.extend(by_variant(view, &borne, |id, g| told(id, g, "cost")));
    }
    lines.join("\n")
}

/// A row for each of some variants, guidelines across.
fn by_variant(view: &View, ids: &[&str], told: impl Fn(&str, usize) -> String) -> Vec<String> {
    let guidelines: Vec<usize> = (0..view.findings.guidelines.len()).collect();
    let mut lines = Vec::new();
    for part in guidelines.chunks(ACROSS) {
        let mut head = vec![view.say("Variant", "변형").to_string()];
        head.extend(part.iter().map(|&g| view.letter(g)));
        let mut grid = Grid::new(vec![head]);
        for id in ids {
            let mut row = vec![variant_title(view, id)];
            row.extend(part.iter().map(|&g| told(id, g)));
            grid.push(row);
        }
        lines.extend(grid.alike().lines());
    }
    lines
}

fn variant_title(view: &View, id: &str) -> String {
    if id == BASE {
        return view.say("as it stands", "기본").into();
    }
    let mut variants = view.scenario.variants.iter();
    let variant = variants.find(|v| v.id == id);
    variant.map_or(id, |v| if v.title.is_empty() { id } else { v.title.get(view.lang) }).into()
}

#[cfg(test)]
mod tests {
    use super::leading;

    /// Of four drafts that tie none is left out.
    #[test]
    fn all_that_tie_are_told() {
        assert_eq!(leading(&[0.25; 4]), 4);
        assert_eq!(leading(&[0.25, 0.2501, 0.25, 0.249, 0.06, 0.04]), 4, "25 % each as far as one can see");
        assert_eq!(leading(&[0.5, 0.3, 0.15, 0.05]), 4, "one more is no longer than `others`");
        assert_eq!(leading(&[0.5, 0.3, 0.1, 0.06, 0.04]), 3);
        assert_eq!(leading(&[0.9, 0.1, 0.0, 0.0]), 2);
        assert_eq!(leading(&[0.996, 0.004]), 1);
    }
}
