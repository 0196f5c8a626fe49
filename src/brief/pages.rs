//! On which page of a printed briefing each section begins, read from the PDF that Chromium wrote: named destinations
//! (`/en-cost [12 0 R /XYZ …]`) and the order of its pages. Where a browser writes otherwise nothing is found, and the
//! table of contents stays without page numbers.

use std::collections::BTreeMap;

/// Names of destinations with their pages, counted from 1.
pub fn of_sections(pdf: &[u8]) -> Vec<(String, usize)> {
    let text: String = pdf.iter().map(|b| char::from(*b)).collect();
    let order = page_order(&text);
    let mut out = Vec::new();
    for name in super::page::SECTIONS.iter().flat_map(|s| [format!("en-{s}"), format!("ko-{s}")]) {
        let page = destination(&text, &name).and_then(|object| order.get(&object).copied());
        out.extend(page.map(|p| (name, p)));
    }
    out
}

/// The page object to which a name leads.
fn destination(text: &str, name: &str) -> Option<u32> {
    for start in [format!("/{name} ["), format!("/{name}["), format!("({name}) ["), format!("({name})[")] {
        if let Some(at) = text.find(&start) {
            return number(&text[at + start.len()..]);
        }
    }
    None
}

/// Page objects by their position, from the lists of children of the page tree.
fn page_order(text: &str) -> BTreeMap<u32, usize> {
    let mut kids: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut root = None;
    for (at, _) in text.match_indices("/Type /Pages") {
        let start = text[..at].rfind(" 0 obj").map(|i| text[..i].rfind(['\n', '\r']).map_or(0, |n| n + 1));
        let Some(object) = start.and_then(|s| number(&text[s..])) else { continue };
        let end = text[at..].find("endobj").map_or(text.len(), |e| at + e);
        let begin = start.unwrap_or(0);
        let body = &text[begin..end];
        let list = body.find("/Kids").and_then(|k| body[k..].split_once('[')).and_then(|(_, r)| r.split_once(']'));
        let children = list.map_or_else(Vec::new, |(inside, _)| inside.split(" 0 R").filter_map(number).collect());
        if !body.contains("/Parent") {
            root = Some(object);
        }
        kids.insert(object, children);
    }
    let mut out = BTreeMap::new();
    if let Some(root) = root {
        walk(root, &kids, &mut out, 0);
    }
    out
}

fn walk(object: u32, kids: &BTreeMap<u32, Vec<u32>>, out: &mut BTreeMap<u32, usize>, depth: usize) {
    match kids.get(&object) {
        Some(children) if depth < 16 => children.iter().for_each(|c| walk(*c, kids, out, depth + 1)),
        _ => {
            let next = out.len() + 1;
            out.entry(object).or_insert(next);
        }
    }
}

/// The whole number at the beginning of a text.
fn number(text: &str) -> Option<u32> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::of_sections;

    #[test]
    fn pages_of_a_tree() {
        let pdf = b"%PDF-1.4\n5 0 obj\n<</Type /Pages\n/Count 3\n/Kids [6 0 R 9 0 R]>>\nendobj\n6 0 obj\n<</Type /Pages\n\
            /Parent 5 0 R\n/Kids [7 0 R 8 0 R]>>\nendobj\n10 0 obj\n<</en-cost [9 0 R /XYZ 0 1 0]\n/en-question [7 0 R /XYZ 0 1 0]>>";
        let found = of_sections(pdf);
        assert_eq!(found, [("en-question".to_string(), 1), ("en-cost".to_string(), 3)]);
        assert_eq!(of_sections(b"no pdf"), []);
    }
}
