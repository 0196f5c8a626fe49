//! Korean words for keys of the format: what somebody who writes them means. Keys themselves are English.

/// A word and the keys that it may stand for, in the order in which they are looked for.
const WORDS: [(&str, &[&str]); 43] = [
    ("한도", &["cap", "limit"]),
    ("상한", &["cap", "limit", "max"]),
    ("하한", &["minimum", "min"]),
    ("최소", &["minimum", "min"]),
    ("최저", &["minimum", "min"]),
    ("최대", &["max", "cap"]),
    ("공제", &["deductible"]),
    ("자기부담", &["deductible", "retention"]),
    ("자기부담금", &["deductible", "retention"]),
    ("금액", &["amount"]),
    ("보상액", &["amount"]),
    ("신청", &["filing"]),
    ("청구", &["filing"]),
    ("청구방법", &["filing"]),
    ("승인", &["approval"]),
    ("승인율", &["approval"]),
    ("대상", &["for"]),
    ("규칙", &["rules"]),
    ("제목", &["title"]),
    ("이름", &["title"]),
    ("설명", &["note", "summary"]),
    ("비고", &["note"]),
    ("메모", &["note"]),
    ("출처", &["source"]),
    ("날짜", &["date", "on"]),
    ("인원", &["size", "people"]),
    ("규모", &["size"]),
    ("서비스", &["services", "service"]),
    ("지역", &["regions", "region"]),
    ("손해", &["loss"]),
    ("피해", &["hit", "loss"]),
    ("피해율", &["hit"]),
    ("절차", &["procedure", "procedures"]),
    ("기간", &["window"]),
    ("심사", &["review"]),
    ("인력", &["staff"]),
    ("시급", &["wage"]),
    ("임금", &["wage"]),
    ("인지율", &["awareness"]),
    ("부담", &["burden"]),
    ("예산", &["budget"]),
    ("통화", &["currency"]),
    ("월요금", &["fee_month"]),
];

/// Keys that a word may stand for; none where it is not known.
pub fn keys(word: &str) -> &'static [&'static str] {
    let plain: String = word.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).collect();
    WORDS.iter().find(|(ko, _)| *ko == plain).map_or(&[], |(_, keys)| keys)
}

#[cfg(test)]
mod tests {
    use super::{WORDS, keys};

    #[test]
    fn each_word_stands_once() {
        for (i, (word, keys)) in WORDS.iter().enumerate() {
            assert!(WORDS[..i].iter().all(|(other, _)| other != word) && !keys.is_empty(), "{word}");
        }
        assert_eq!(keys("승인 율"), ["approval"]);
        assert!(keys("민원인").is_empty());
    }
}
