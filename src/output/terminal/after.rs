//! The tables of what comes after the awards: when people are paid and what that takes, and why losers get nothing.

use super::View;
use super::cells::{count, grouped, percent};
use super::grid::{COLUMNS, Grid};
use super::width::wrap;
use crate::analysis::findings::{BASE, TimelineRow, statistic};
use crate::analysis::timeline::BANDS;
use crate::engine::days::timeline_days;
use crate::model::Lang;
use crate::model::procedure::{LAST_KNOWN_DAY, is_beyond};

/// Days to payment, people still waiting, review, courts, recoveries: one row a guideline that has a procedure or suits.
pub(super) fn when(view: &View) -> String {
    let timed = view.findings.guidelines.iter().any(|g| mean(view, g, "days_p50").is_some());
    let suits = !view.scenario.aftermath.courts.is_empty();
    if !timed && !suits {
        return String::new();
    }
    let heads = match view.lang {
        Lang::En => [
            ["", "half the", "90 % of", "paid", "wait over", "claims", "paid too", "without", "present"],
            ["", "awards, d", "awards, d", "late", "180 days", "given up", "much", "right", "value"],
        ],
        Lang::Ko => [
            ["", "건수 절반", "건수 90%", "기한", "180일", "포기한", "과다 지급", "권리", "현재"],
            ["", "지급(일)", "지급(일)", "넘김", "넘게 대기", "신청", "+과다 인정", "없음", "가치"],
        ],
    };
    let mut grid = Grid::new(heads.map(|line| line.map(String::from).to_vec()).to_vec());
    for (g, guideline) in view.findings.guidelines.iter().enumerate() {
        let told = |value: Option<f64>| value.map_or_else(|| "–".into(), |v| count(v, view.lang));
        let day = |measure: &str| match mean(view, guideline, measure) {
            Some(days) if is_beyond(days) => format!(">{}", grouped(LAST_KNOWN_DAY as f64)),
            days => told(days.map(f64::round)),
        };
        let of = |measure: &str| mean(view, guideline, measure);
        let late = of("late_share").filter(|_| has_deadline(view, g));
        let too_much = of("overpaid").zip(of("undue")).map(|(beside, within)| beside + within);
        grid.push(vec![
            view.letter(g),
            day("days_p50"),
            day("days_p90"),
            late.map_or_else(|| "–".into(), |share| percent(share, view.lang)),
            told(of("waiting_180")),
            told(of("given_up")),
            told(too_much),
            told(of("paid_without_right")),
            told(of("present_value")),
        ]);
    }
    let lead = view.say(
        "When the money is there, in days from the outage (means over worlds; half and 90 % of the awards of money by their \
         number, not by their sum):",
        "돈이 도착하는 때(장애일부터 일수, 여러 상황의 평균; 절반과 90%는 금액이 아니라 현금 보상의 건수로 센다):",
    );
    let meanings = view.say(
        "Paid late: share of awards of money paid after the deadline, where there is one. Paid too much: to unfounded \
         claims, beyond the loss, in advance without right, twice. Without right: awards kept of which nothing was due, \
         paid in the end or in advance. Present value: what people get, in money, in kind and in court, discounted.",
        "기한 넘김: 기한이 있는 경우, 금전 보상 가운데 기한 뒤에 지급되는 비율. 과다 지급(권리 없는 선지급, 중복 지급)과 과다 인정(근거 없는 \
         신청, 손해를 넘는 몫)을 더한 금액. 권리 없음: 받을 것이 없는데 끝내 지급되었거나 선지급된 채 돌아오지 않은 건수. 현재 가치: 사람들이 \
         돈·현물·소송으로 받는 것을 할인한 값.",
    );
    let undiscounted = view.scenario.aftermath.valuation.is_none().then(|| {
        let told = view.say(
            "No discount rate is stated (`valuation.discount_year`): present values are not discounted.",
            "할인율(`valuation.discount_year`)이 없어 현재 가치를 할인하지 않음.",
        );
        told.to_string()
    });
    let mut lines = vec![wrap(lead, COLUMNS, "")];
    lines.extend(grid.alike().lines());
    lines.push(wrap(meanings, COLUMNS, ""));
    lines.extend(
        [undiscounted, advances(view), in_court(view), beyond(view)]
            .into_iter()
            .flatten()
            .map(|t| wrap(&t, COLUMNS, "")),
    );
    lines.join("\n")
}

/// Letters of the guidelines of which something holds, with commas between them; `None` where there are none.
fn letters(view: &View, holds: impl Fn(usize) -> bool) -> Option<String> {
    let found: Vec<String> =
        (0..view.findings.guidelines.len()).filter(|g| holds(*g)).map(|g| view.letter(g)).collect();
    (!found.is_empty()).then(|| found.join(", "))
}

/// Whose days are those of an advance.
fn advances(view: &View) -> Option<String> {
    let whose = letters(view, |g| {
        view.scenario.pays_in_advance(g) && mean(view, &view.findings.guidelines[g], "days_p50").is_some()
    })?;
    Some(match view.lang {
        Lang::En => format!(
            "Half and 90 % of the awards under {whose}: days of the first money, the advance; the rest comes after review."
        ),
        Lang::Ko => format!("{whose}의 건수 절반·90%: 먼저 주는 돈(선지급)이 도착하는 날. 나머지는 심사 뒤에 지급."),
    })
}

/// When people have what they get in court, where anybody does.
fn in_court(view: &View) -> Option<String> {
    let told = view.findings.guidelines.iter().enumerate().filter_map(|(g, guideline)| {
        Some(format!("{} {}", view.letter(g), grouped(mean(view, guideline, "court_days")?.round())))
    });
    let told: Vec<String> = told.collect();
    let told_of = told.join(", ");
    (!told.is_empty()).then(|| match view.lang {
        Lang::En => format!(
            "Courts: days until whoever wins, settles or agrees in mediation has the money, means of the worlds in which anybody              does: {told_of}."
        ),
        Lang::Ko => {
            format!("소송: 승소·합의·조정한 사람이 돈을 받기까지의 날수(그런 사람이 있는 상황의 평균): {told_of}.")
        }
    })
}

/// Under which guidelines some claims are not done with when the days that are followed end.
fn beyond(view: &View) -> Option<String> {
    let whose = letters(view, |g| {
        let guideline = &view.findings.guidelines[g];
        let rarely = view.findings.total(guideline, "days_p90").map(|d| statistic(d, "p99"));
        rarely.is_some_and(is_beyond) || still_waits(view, guideline)
    })?;
    let last = grouped((LAST_KNOWN_DAY + 1) as f64);
    Some(match view.lang {
        Lang::En => format!(
            "Warning: under {whose}, in more than 1 % of worlds some claims are not reviewed or paid by day {last}, the last that \
             is followed, and are booked on it: days are too few, interest too low and present values too high."
        ),
        Lang::Ko => format!(
            "주의: {whose}에서는 1%가 넘는 상황에서 일부 신청이 마지막으로 따라가는 {last}일까지 심사나 지급이 끝나지 않으며, 그날 \
             처리된 것으로 친다. 일수와 지연 이자는 실제보다 적고 현재 가치는 높게 나온다."
        ),
    })
}

/// True where in one world of twenty claims that wait on the last day told would still do so on the last day followed, at the
/// pace of the time before.
fn still_waits(view: &View, guideline: &str) -> bool {
    let of = |r: &&TimelineRow| *r.variant == *BASE && *r.guideline == *guideline && r.series == "backlog";
    let rows: Vec<&TimelineRow> = view.findings.timeline.iter().filter(of).collect();
    let Some([before, last]) = rows.last_chunk::<2>() else { return false };
    let high = |r: &TimelineRow| r.bands[BANDS.len() - 1];
    // Days on which nothing changes are left out.
    let moves = timeline_days(view.scenario).last() == Some(&last.day);
    let pace = if moves { (high(before) - high(last)) / (last.day - before.day).max(1) as f64 } else { 0.0 };
    high(last) - pace * (LAST_KNOWN_DAY as f64 - last.day as f64) >= 0.5
}

/// Whether what a guideline pays late costs more: one of its procedures has a deadline.
fn has_deadline(view: &View, g: usize) -> bool {
    let procedures = &view.scenario.aftermath.procedures;
    view.scenario.guidelines[g].rules.iter().filter_map(|r| r.procedure).any(|p| procedures[p].late.is_some())
}

/// What changes hands and what is used up.
pub(super) fn spent(view: &View) -> String {
    let suits = !view.scenario.aftermath.courts.is_empty();
    if !suits && view.findings.guidelines.iter().all(|g| mean(view, g, "days_p50").is_none()) {
        return String::new();
    }
    let heads = match view.lang {
        Lang::En => [
            ["", "money", "courts", "in kind:", "worth to", "review and", "", "claimants'"],
            ["", "paid", "", "its cost", "people", "handling", "lawyers", "own hours"],
        ],
        Lang::Ko => [
            ["", "지급한", "소송", "현물", "사람들에게", "심사와", "", "신청인의"],
            ["", "돈", "", "비용", "가치", "처리", "변호사", "시간"],
        ],
    };
    let mut grid = Grid::new(heads.map(|line| line.map(String::from).to_vec()).to_vec());
    for (g, guideline) in view.findings.guidelines.iter().enumerate() {
        let of = |measure: &str| mean(view, guideline, measure).unwrap_or(0.0);
        let sum = |parts: &[&str]| parts.iter().map(|m| of(m)).sum::<f64>();
        // Where nobody says what becomes of claims this is not known, unless there are none.
        let untold = mean(view, guideline, "staff_cost").is_none();
        let followed = |v: f64, given: &str| if untold && v == 0.0 && of(given) > 0.0 { f64::NAN } else { v };
        let told = |v: f64| if v.is_nan() { "–".into() } else { count(v, view.lang) };
        let mut row = vec![view.letter(g)];
        row.extend(
            [
                sum(&["payout", "interest", "overpaid"]),
                of("court_awards"),
                of("in_kind_cost"),
                followed(of("in_kind_value"), "in_kind_face"),
                followed(sum(&["staff_cost", "claim_cost"]), "claims"),
                sum(&["legal_cost", "plaintiff_cost"]),
                followed((of("claimant_cost") - of("plaintiff_cost")).max(0.0), "claims"),
            ]
            .map(told),
        );
        grid.push(row);
    }
    let lead = view.say(
        "What changes hands (money, courts, in kind) and what is used up (the last three), means:",
        "주고받는 것(돈·소송·현물)과 써서 없어지는 것(뒤의 셋), 평균:",
    );
    let mut lines = vec![wrap(lead, COLUMNS, "")];
    lines.extend(grid.alike().lines());
    lines.join("\n")
}

/// Who bears the cost, where anybody but the company does.
pub(super) fn borne(view: &View) -> String {
    let bearing = &view.scenario.aftermath.bearing;
    if bearing.is_nothing() {
        return String::new();
    }
    let parts = [
        (bearing.cost_split.is_some(), "from_split", view.say("partner", "분담자")),
        (bearing.recourse.is_some(), "from_recourse", view.say("recourse", "구상")),
        (bearing.insurance.is_some(), "from_insurance", view.say("insurance", "보험")),
    ];
    let parts = || parts.iter().filter(|(there, ..)| *there);
    let ends = [view.say("all", "전체"), view.say("company", "회사")].map(String::from);
    let [all, company] = ends;
    let mut head = vec![String::new(), all];
    head.extend(parts().map(|(.., name)| name.to_string()));
    head.push(company);
    let mut grid = Grid::new(vec![head]);
    for (g, guideline) in view.findings.guidelines.iter().enumerate() {
        let of = |measure: &str| mean(view, guideline, measure).unwrap_or(0.0);
        let mut row = vec![view.letter(g), count(of("cost") + of("recovered"), view.lang)];
        row.extend(parts().map(|(_, measure, _)| count(of(measure), view.lang)));
        row.push(count(of("cost"), view.lang));
        grid.push(row);
    }
    let mut lead = view.say("Who bears the cost, means.", "누가 비용을 부담하는가(평균).").to_string();
    if let Some(split) = &bearing.cost_split {
        lead += &match view.lang {
            Lang::En => format!(" Partner: {}.", split.partner.get(view.lang)),
            Lang::Ko => format!(" 분담자: {}.", split.partner.get(view.lang)),
        };
    }
    let mut lines = vec![wrap(&lead, COLUMNS, "")];
    lines.extend(grid.alike().lines());
    lines.join("\n")
}

/// Of the losers, who gets nothing and why.
pub(super) fn left_out(view: &View) -> String {
    let heads = match view.lang {
        Lang::En => [
            ["", "not", "", "not", "", "honest,", "gave", "", "nothing"],
            ["", "eligible", "unaware", "worth it", "refused", "refused", "up", "covered", "by day 180"],
        ],
        Lang::Ko => [
            ["", "대상", "", "", "", "정당한데", "", "", "180일까지"],
            ["", "아님", "모름", "번거로움", "거절", "거절", "포기", "받음", "못 받음"],
        ],
    };
    let mut grid = Grid::new(heads.map(|line| line.map(String::from).to_vec()).to_vec());
    let losers = view.findings.total("all", "losers").map_or(0.0, |d| d.mean().value);
    if losers <= 0.0 {
        return String::new();
    }
    for (g, guideline) in view.findings.guidelines.iter().enumerate() {
        let mut row = vec![view.letter(g)];
        let share = |measure: &str| mean(view, guideline, measure).map_or(f64::NAN, |v| v / losers);
        let told = [
            "ineligible",
            "unaware",
            "deterred",
            "refused",
            "refused_genuine",
            "gave_up",
            "covered",
            "losers_waiting_180",
        ];
        row.extend(told.map(|measure| percent(share(measure), view.lang)));
        grid.push(row);
    }
    let lead = match view.scenario.aftermath.courts.is_empty() {
        true => view.say(
            "Why people who lost money get nothing, as shares of them:",
            "손해를 보고도 받지 못하는 까닭(손해자 중 비율):",
        ),
        false => view.say(
            "Why people who lost money get nothing under the guideline (courts apart), as shares of them:",
            "손해를 보고도 기준안으로는 받지 못하는 까닭(소송 제외, 손해자 중 비율):",
        ),
    };
    let meanings = view.say(
        "Honest, refused: of the refused, those who claimed no more than they lost. Nothing by day 180: of the covered, \
         those who wait for whatever they get for more than 180 days. These are shares of all losers of all worlds; the \
         first table has means of each world's share.",
        "정당한데 거절: 거절된 사람 중 잃은 만큼만 신청한 사람. 180일까지 못 받음: 받는 사람 중 180일이 지나도록 아직 아무것도 \
         받지 못한 사람. 여기는 모든 상황의 손해자 전체에 대한 비율이고, 첫 표는 상황별 비율의 평균.",
    );
    let mut lines = vec![wrap(lead, COLUMNS, "")];
    lines.extend(grid.alike().lines());
    lines.push(wrap(meanings, COLUMNS, ""));
    lines.extend([refused_with_right(view), by_share(view)].into_iter().flatten().map(|t| wrap(&t, COLUMNS, "")));
    lines.join("\n")
}

/// Honest claims refused, where they are more than the losers who are left with nothing for it.
fn refused_with_right(view: &View) -> Option<String> {
    let told = view.findings.guidelines.iter().enumerate().filter_map(|(g, guideline)| {
        let claims = mean(view, guideline, "refused_with_right")?;
        let people = mean(view, guideline, "refused_genuine")?;
        (claims > 1.01 * people).then(|| format!("{} {}", view.letter(g), count(claims, view.lang)))
    });
    let told: Vec<String> = told.collect();
    let whose = told.join(", ");
    (!told.is_empty()).then(|| match view.lang {
        Lang::En => {
            format!("Honest claims refused, also of people who get something else or lost nothing (means): {whose}.")
        }
        Lang::Ko => format!("다른 보상을 받거나 손해가 없는 사람까지 포함한 정당한 신청의 거절(평균): {whose}."),
    })
}

/// Under which guidelines nobody says why people do not file.
fn by_share(view: &View) -> Option<String> {
    let whose = letters(view, |g| view.scenario.files_by_share(g))?;
    Some(match view.lang {
        Lang::En => format!(
            "Where the scenario states what share of people file, not why the others do not (rules of {whose}), the others stand \
             under unaware (of shares by award, those above the highest share; the rest under not worth it)."
        ),
        Lang::Ko => format!(
            "시나리오가 신청 비율만 정한 규칙({whose})에서는 신청하지 않는 까닭을 알 수 없음. 신청하지 않은 사람은 ‘모름’에 \
             넣음(금액별 비율이면 가장 높은 비율을 넘는 사람만, 나머지는 ‘번거로움’)."
        ),
    })
}

/// Mean of a total, if it is known.
fn mean(view: &View, guideline: &str, measure: &str) -> Option<f64> {
    view.findings.total(guideline, measure).map(|d| d.mean().value).filter(|v| v.is_finite())
}
