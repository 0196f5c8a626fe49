//! What stands around the rules of an explanation: where and when the scheme holds, how well it is known, its note and
//! its sources.

use super::super::super::show::page::Page;
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
        (pick("Trade", "분야"), text(&scheme.sector)),
        (pick("In force", "시행"), text(&scheme.effective)),
        (pick("Evidence", "근거 등급"), graded(&scheme.evidence, lang)),
        (pick("Money", "통화"), scheme.currency.clone()),
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
    format!("{grade} ({})", if lang == Lang::En { en } else { ko })
}

/// The sources, numbered, with dates and addresses.
pub fn sources(scheme: &Scheme, lang: Lang, page: &mut Page) {
    if scheme.sources.is_empty() {
        return;
    }
    page.heading(if lang == Lang::En { "Sources" } else { "출처" });
    for (i, (title, address, date)) in scheme.sources.iter().enumerate() {
        let dated = if date.is_empty() { title.clone() } else { format!("{title}, {date}") };
        page.numbered(i + 1, &dated, address);
    }
}
