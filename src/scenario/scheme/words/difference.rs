//! What differs between two versions of a scheme.

use super::{Line, Look, Part, Section, Teller};
use crate::model::Lang;
use crate::model::scheme::Version;

/// How a version (its teller, its parts) differs from the one of those told before that leaves least to say; of equals the
/// first.
pub fn shortest(teller: &Teller<'_>, sections: &[Section], told: &[(&Version, Vec<Section>)]) -> Vec<Line> {
    let all = told.iter().map(|(version, parts)| difference(teller, sections, version, parts));
    all.min_by_key(Vec::len).unwrap_or_default()
}

fn difference(teller: &Teller<'_>, sections: &[Section], other: &Version, parts: &[Section]) -> Vec<Line> {
    let same = |a: &Section, b: &Section| a.part == b.part && a.key == b.key;
    let changed: Vec<&Section> = sections.iter().filter(|s| !parts.contains(s)).collect();
    let gone: Vec<&Section> = parts.iter().filter(|p| !sections.iter().any(|s| same(s, p))).collect();
    let text = match (teller.lang, changed.is_empty() && gone.is_empty()) {
        (Lang::En, true) => format!("The same as {}.", named(other, teller.lang)),
        (Lang::En, false) => format!("As {}, but:", named(other, teller.lang)),
        (Lang::Ko, true) => format!("{}과 같다.", named(other, teller.lang)),
        (Lang::Ko, false) => format!("{}과 같되 다음이 다르다:", named(other, teller.lang)),
    };
    let mut out = vec![Line::new(Look::Sentence(0), text)];
    for part in [Part::Rules, Part::Limit, Part::Terms, Part::Facts, Part::Days] {
        let mut lines: Vec<Line> = changed.iter().filter(|s| s.part == part).flat_map(|s| s.lines.clone()).collect();
        if let (Part::Terms | Part::Facts, false) = (part, lines.is_empty()) {
            lines.insert(0, Line::new(Look::Opening, format!("{}:", teller.heading(part))));
        }
        out.append(&mut lines);
    }
    out.extend(gone.into_iter().map(|section| without(section, teller.lang)));
    out
}

/// The sentence on a part that a version does not have.
fn without(section: &Section, lang: Lang) -> Line {
    let (en, ko) = match section.part {
        Part::Rules => ("rule", "규칙"),
        Part::Limit => ("limit", "한도"),
        Part::Terms => ("term", "용어"),
        Part::Facts => ("fact", "사실"),
        Part::Days => ("sentence", "문장"),
    };
    let text = match lang {
        Lang::En => format!("This version does not have the {en}: {}.", section.title),
        Lang::Ko => format!("이 판에는 다음 {ko} 없음: {}.", section.title),
    };
    Line::new(Look::Opening, text)
}

/// A version by its title, or by its name where it has none.
fn named(version: &Version, lang: Lang) -> String {
    let title = version.title.get(lang);
    match (lang, title.is_empty()) {
        (Lang::En, true) => format!("version {}", version.id),
        (Lang::En, false) => format!("version {} ({title})", version.id),
        (Lang::Ko, true) => format!("{} 판", version.id),
        (Lang::Ko, false) => format!("{} 판({title})", version.id),
    }
}
