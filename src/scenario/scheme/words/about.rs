//! What stands around the rules of an explanation: where and when the scheme holds, how well it is known, its note and
//! its sources.

use super::super::super::show::page::Page;
use crate::guideline::calendar::MONTHS;
use crate::model::Lang;
use crate::model::scheme::Scheme;

/// Where, when, how well known, and the note.
pub fn head(scheme: &Scheme, lang: Lang, page: &mut Page) {
    for (label, text) in facts(scheme, lang) {
        if !text.is_empty() {
            page.paragraph(0, &format!("{label}: {text}"));
        }
    }
    let note = scheme.note.get(lang);
    if !note.is_empty() {
        page.opening(note);
    }
}

fn facts(scheme: &Scheme, lang: Lang) -> [(&'static str, String); 5] {
    let pick = |en, ko| if lang == Lang::En { en } else { ko };
    let text = |t: &crate::model::Text| t.get(lang).to_string();
    [
        (pick("Where", "적용 지역"), text(&scheme.jurisdiction)),
        (pick("Sector", "분야"), text(&scheme.sector)),
        (pick("When", "시기"), text(&scheme.effective)),
        (pick("Evidence", "근거 등급"), graded(&scheme.evidence, lang)),
        (pick("Currency", "통화"), scheme.currency.clone()),
    ]
}

/// A grade of evidence with what it means.
pub fn graded(grade: &str, lang: Lang) -> String {
    let (en, ko) = match grade.chars().next() {
        Some('A') => ("primary text or several independent reports", "원문 또는 서로 독립된 여러 보도"),
        Some('B') => ("secondary, single or conflicting reports", "2차 자료, 단일 자료 또는 엇갈리는 보도"),
        Some('C') => ("from general knowledge or a passing mention", "일반 지식 또는 단편적 언급"),
        _ => return grade.into(),
    };
    let (more, less) = if lang == Lang::En { ("; upper end", "; lower end") } else { ("; 상단", "; 하단") };
    let place = if grade.ends_with('+') { more } else { grade.strip_suffix('-').map_or("", |_| less) };
    format!("{grade} ({}{place})", if lang == Lang::En { en } else { ko })
}

/// The sources, numbered, with dates and addresses.
pub fn sources(scheme: &Scheme, lang: Lang, page: &mut Page) {
    if scheme.sources.is_empty() {
        return;
    }
    page.heading(if lang == Lang::En { "Sources" } else { "출처" });
    for (i, (title, address, date)) in scheme.sources.iter().enumerate() {
        let dated = if date.is_empty() || tells(title, date) { title.clone() } else { format!("{title}, {date}") };
        page.numbered(i + 1, &dated, address);
    }
}

/// True where a title has the date in it already, as `2022-12-29` or as `29 December 2022`.
fn tells(title: &str, date: &str) -> bool {
    let mut parts = date.split('-').map(|part| part.parse::<usize>().unwrap_or(0));
    let [year, month, day] = std::array::from_fn(|_| parts.next().unwrap_or(0));
    let name = month.checked_sub(1).and_then(|m| MONTHS.get(m));
    let written = name.map(|name| format!("{day} {name} {year}"));
    let alone = |at: usize| !title[..at].ends_with(|c: char| c.is_ascii_digit());
    title.contains(date) || written.is_some_and(|text| title.match_indices(&text).any(|(at, _)| alone(at)))
}

#[cfg(test)]
mod tests {
    use super::tells;

    #[test]
    fn a_date_is_not_told_twice() {
        assert!(tells("Yonhap, 29 December 2022: Kakao's plan", "2022-12-29"));
        assert!(tells("SLA of 2020-04-07", "2020-04-07"));
        assert!(!tells("Yonhap, 9 December 2022", "2022-12-29"));
        assert!(!tells("Yonhap, 29 December 2022", "2022-12-09"));
        assert!(!tells("Standard terms of 2022", "2022-06"));
    }
}
