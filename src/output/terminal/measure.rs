//! Names of measures for readers.

use crate::engine::outcome::Measure;
use crate::model::Lang;

/// Identifier, English and Korean name.
const NAMES: [(&str, &str, &str); 61] = [
    ("hit", "people hit", "피해자 수"),
    ("losers", "people who lost money", "손해 본 사람 수"),
    ("loss", "loss", "손해액"),
    ("reports", "reports", "접수 건수"),
    ("reports_no_money", "reports without a claim for money", "금전 요구 없는 접수"),
    ("claims", "people who file", "신청 인원"),
    ("automatic", "people reached without filing", "자동 지급 인원"),
    ("approved", "people approved", "인정 인원"),
    ("paid", "people paid", "지급 인원"),
    ("payout", "payout", "지급액"),
    ("in_kind_face", "face value in kind", "현물 액면"),
    ("in_kind_cost", "cost in kind", "현물 비용"),
    ("claim_cost", "handling cost", "접수 처리 비용"),
    ("cost", "cost", "비용"),
    ("covered", "losers covered", "보상받은 손해자 수"),
    ("compensated", "loss made good", "보전된 손해액"),
    ("uncompensated", "loss not made good", "보전되지 않은 손해액"),
    ("coverage", "coverage", "포괄률"),
    ("adequacy", "adequacy", "손해 보전율"),
    ("gini", "Gini of net loss", "순손해 지니계수"),
    ("gini_absolute", "absolute Gini of net loss", "순손해 절대 지니"),
    ("ineligible", "losers not eligible", "대상이 아닌 손해자"),
    ("unaware", "losers unaware", "몰라서 못 받은 손해자"),
    ("deterred", "losers deterred", "번거로워 포기한 손해자"),
    ("refused", "losers refused", "거절된 손해자"),
    ("refused_genuine", "losers refused though honest", "정당한데 거절된 손해자"),
    ("gave_up", "losers who gave up waiting", "기다리다 포기한 손해자"),
    ("claimed", "money claimed", "신청액"),
    ("days_p50", "days until half the awards are paid", "보상 건수 절반 지급까지 일수"),
    ("days_p90", "days until 90 % of awards are paid", "보상 건수 90% 지급까지 일수"),
    ("late", "awards paid late", "기한 넘긴 지급"),
    ("late_share", "share of awards paid late", "기한 넘긴 지급 비율"),
    ("waiting_180", "awards unpaid after 180 days", "180일 뒤 미지급"),
    ("losers_waiting_180", "losers with nothing yet after 180 days", "180일 뒤에도 기다리는 손해자"),
    ("paid_without_right", "awards kept without right", "권리 없이 받은 건수"),
    ("refused_with_right", "honest claims refused", "정당한데 거절된 신청"),
    ("present_value", "present value to people", "받는 가치(현재 가치)"),
    ("plaintiffs", "plaintiffs", "원고 수"),
    ("court_awards", "court awards", "소송 인용액"),
    ("staff_hours", "hours of review", "심사 시간"),
    ("appeals", "appeals", "이의 신청"),
    ("backlog_peak", "peak backlog", "최대 적체"),
    ("staff_cost", "review cost", "심사 비용"),
    ("interest", "interest", "지연 이자"),
    ("overpaid", "overpayment", "과다 지급액"),
    ("in_kind_value", "worth of awards in kind", "현물의 실제 가치"),
    ("breakage", "awards in kind never used", "쓰이지 않은 현물"),
    ("court_winners", "people who win or settle", "승소·합의·조정 인원"),
    ("court_days", "days until these have it", "그 돈이 도착하는 날"),
    ("legal_cost", "legal cost", "법률 비용"),
    ("claimant_cost", "claimants' cost", "신청인 비용"),
    ("recovered", "borne by others", "타인 부담액"),
    ("from_split", "borne by a partner", "분담 합의 몫"),
    ("from_recourse", "from recourse", "구상 회수액"),
    ("from_insurance", "from insurance", "보험금"),
    ("given_up", "claims given up", "포기된 신청"),
    ("duplicates", "duplicates", "중복 신청"),
    ("undue", "paid beyond what is due", "과다 인정액"),
    ("plaintiff_cost", "plaintiffs' cost", "원고 비용"),
    ("transfers", "transfers", "이전 금액"),
    ("resource_cost", "resources used up", "소모 자원"),
];

/// The name of a measure; its identifier where there is none.
pub fn name(measure: &Measure, lang: Lang) -> &'static str {
    let found = NAMES.iter().find(|(id, ..)| *id == measure.name);
    match (found, lang) {
        (Some((_, en, _)), Lang::En) => en,
        (Some((.., ko)), Lang::Ko) => ko,
        (None, _) => measure.name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::outcome::{ACCOUNTS, COMMON, GUIDED};

    #[test]
    fn every_measure_has_a_name_in_both_languages() {
        for m in COMMON.iter().chain(&GUIDED).chain(&ACCOUNTS) {
            assert!(NAMES.iter().any(|(id, ..)| *id == m.name), "{}", m.name);
            assert!(name(m, Lang::Ko).chars().any(|c| ('가'..='힣').contains(&c)), "{}", m.name);
        }
    }
}
