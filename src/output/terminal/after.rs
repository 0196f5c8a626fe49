//! The tables of what comes after the awards: when people are paid and what that takes, and why losers get nothing.

use super::View;
use super::cells::percent;
use super::grid::{COLUMNS, Grid};
use super::width::wrap;
use crate::model::Lang;
use crate::scenario::words::count;

/// Days to payment, people still waiting, review, courts, recoveries: one row a guideline that has a procedure or suits.
pub(super) fn when(view: &View) -> String {
    let timed = view.findings.guidelines.iter().any(|g| mean(view, g, "days_p50").is_some());
    let suits = !view.scenario.aftermath.courts.is_empty();
    if !timed && !suits {
        return String::new();
    }
    let heads = match view.lang {
        Lang::En => [
            ["", "half", "90 %", "wait over", "review", "paid too", "courts", "present", "resources"],
            ["", "paid, d", "paid, d", "180 days", "cost", "much", "and law", "value", "used up"],
        ],
        Lang::Ko => [
            ["", "절반", "90 %", "180일", "심사", "과다", "소송·", "현재", "소모"],
            ["", "지급(일)", "지급(일)", "넘게 대기", "비용", "지급", "법률", "가치", "자원"],
        ],
    };
    let mut grid = Grid::new(heads.map(|line| line.map(String::from).to_vec()).to_vec());
    for (g, guideline) in view.findings.guidelines.iter().enumerate() {
        let told = |value: Option<f64>| value.map_or_else(|| "–".into(), |v| count(v, view.lang));
        let day = |measure: &str| told(mean(view, guideline, measure).map(f64::round));
        let of = |measure: &str| mean(view, guideline, measure);
        let law = of("court_awards").unwrap_or(0.0) + of("legal_cost").unwrap_or(0.0);
        grid.push(vec![
            view.letter(g),
            day("days_p50"),
            day("days_p90"),
            told(of("waiting_180")),
            told(of("staff_cost")),
            told(of("overpaid")),
            told(Some(law)),
            told(of("present_value")),
            told(of("resource_cost")),
        ]);
    }
    let lead = view.say(
        "When the money is there, in days from the outage, and what it takes (means over worlds):",
        "돈이 도착하는 때(장애일부터 일수)와 드는 것(여러 세계의 평균):",
    );
    let meanings = view.say(
        "Present value: what people get, in money, in kind and in court, discounted. Resources: review, handling, lawyers \
         and claimants' hours, which nobody gets.",
        "현재 가치: 사람들이 돈·현물·소송으로 받는 것을 할인한 값. 소모 자원: 심사·처리·변호사 비용과 신청인의 시간으로, 누구의 \
         몫도 되지 않는다.",
    );
    let mut lines = vec![wrap(lead, COLUMNS, "")];
    lines.extend(grid.lines());
    lines.push(wrap(meanings, COLUMNS, ""));
    lines.join("\n")
}

/// Of the losers, who gets nothing and why.
pub(super) fn left_out(view: &View) -> String {
    let heads = match view.lang {
        Lang::En => ["", "not eligible", "unaware", "not worth it", "refused", "covered"],
        Lang::Ko => ["", "대상 아님", "모름", "번거로움", "거절", "받음"],
    };
    let mut grid = Grid::new(vec![heads.map(String::from).to_vec()]);
    let losers = view.findings.total("all", "losers").map_or(0.0, |d| d.mean().value);
    if losers <= 0.0 {
        return String::new();
    }
    for (g, guideline) in view.findings.guidelines.iter().enumerate() {
        let mut row = vec![view.letter(g)];
        let share = |measure: &str| mean(view, guideline, measure).map_or(f64::NAN, |v| v / losers);
        let reasons = ["ineligible", "unaware", "deterred", "refused", "covered"];
        row.extend(reasons.map(|measure| percent(share(measure))));
        grid.push(row);
    }
    let lead = view.say(
        "Why people who lost money get nothing, as shares of them:",
        "손실을 입고도 받지 못하는 까닭(손실자 중 비율):",
    );
    let mut lines = vec![lead.to_string()];
    lines.extend(grid.lines());
    lines.join("\n")
}

/// Mean of a total, if it is known.
fn mean(view: &View, guideline: &str, measure: &str) -> Option<f64> {
    view.findings.total(guideline, measure).map(|d| d.mean().value).filter(|v| v.is_finite())
}
