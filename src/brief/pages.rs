//! Page numbers in the table of contents of a printed briefing. A browser knows the page of a section only after it has
//! printed, so the numbers are added to the PDF afterwards: where its links lead and on which page that is stand in it as
//! plain text (`/Rect […]`, `/Dest /en-cost`, `/en-cost [12 0 R /XYZ …]`), and a PDF may be amended by what is appended to it
//! (ISO 32000-1, 7.5.6 incremental updates). Where a browser writes otherwise nothing is found and nothing is added.

use std::collections::BTreeMap;

use crate::output::figures::digits;

/// Size of the numbers in points.
const SIZE: f64 = 9.0;
/// How the embedded font is called in the PDF, behind the letters that mark it as a part of the font.
const FONT: &str = "+NotoSansKR-Regular";
/// Above the lower edge of a link stands the foot of its line.
const FOOT: f64 = 4.2;

/// A PDF whose links to sections on its first pages have the number of their page at the right end; `None` where these
/// cannot be told.
pub fn numbered(pdf: &[u8]) -> Option<Vec<u8>> {
    let text: String = pdf.iter().map(|b| char::from(*b)).collect();
    let order = page_order(&text)?;
    let trailer = &text[text.rfind("trailer")?..];
    let (size, root) = (number(after(trailer, "/Size")?)?, number(after(trailer, "/Root")?)?);
    let before = number(after(trailer, "startxref")?)?;
    let (first, body) = first_with_contents(&text, &order)?;
    let marks = marks(&text, body, &order)?;
    let (glyphs, font) = (digits()?, embedded(&text)?);
    let stream: String = marks
        .iter()
        .map(|(x, y, page)| {
            let told = page.to_string();
            let set: Vec<(u32, f64)> = told.bytes().map(|b| glyphs[usize::from(b - b'0')]).collect();
            let left = x - set.iter().map(|g| g.1).sum::<f64>() * SIZE;
            let codes: String = set.iter().map(|g| format!("{:04X}", g.0)).collect();
            format!("BT /Fpn {SIZE} Tf 1 0 0 1 {left:.2} {y:.2} Tm <{codes}> Tj ET\n")
        })
        .collect();
    // What is no part of the text is marked as such, for readers that speak the page.
    // The page's own stream leaves its axes turned: it is put between `q` and `Q`.
    let stream = format!("Q q /Artifact BMC 0.33 g\n{stream}EMC Q\n");
    let (contents, saved) = (size, size + 1);
    let page = with_contents(body, [saved, contents], font)?;
    let objects = [
        (first, page),
        (contents, format!("<</Length {}>>\nstream\n{stream}\nendstream", stream.len())),
        (saved, "<</Length 2>>\nstream\nq\n\nendstream".into()),
    ];
    let mut out = pdf.to_vec();
    let mut table = String::from("xref\n");
    let mut objects: Vec<(u32, String)> = objects.into();
    objects.sort_by_key(|(object, _)| *object);
    for (object, body) in objects {
        table += &format!("{object} 1\n{:010} 00000 n \n", out.len());
        out.extend(format!("{object} 0 obj\n{body}\nendobj\n").bytes());
    }
    let info = after(trailer, "/Info").and_then(number).map_or(String::new(), |i| format!("/Info {i} 0 R "));
    let at = out.len();
    let trailer =
        format!("trailer\n<</Size {} /Root {root} 0 R {info}/Prev {before}>>\nstartxref\n{at}\n%%EOF\n", size + 2);
    out.extend(table.bytes().chain(trailer.bytes()));
    Some(out)
}

/// The object of the font that the browser has embedded, whose glyphs keep their numbers although only those in use are
/// in it. A page that has numbers at all has every digit.
fn embedded(text: &str) -> Option<u32> {
    text.match_indices(FONT).find_map(|(at, _)| {
        let start = text[..at].rfind(" 0 obj\n")?;
        let end = at + text[at..].find("endobj")?;
        let body = &text[start..end];
        let composite = body.contains("/Subtype /Type0") && body.contains("/Encoding /Identity-H");
        let line = text[..start].rfind('\n').map_or(0, |n| n + 1);
        composite.then(|| number(&text[line..])).flatten()
    })
}

/// The first page, by its object and body, on which links to sections stand.
fn first_with_contents<'t>(text: &'t str, order: &BTreeMap<u32, usize>) -> Option<(u32, &'t str)> {
    let mut pages: Vec<(usize, u32)> = order.iter().map(|(object, at)| (*at, *object)).collect();
    pages.sort_unstable();
    let found = pages.into_iter().take(3).filter_map(|(_, object)| Some((object, object_body(text, object)?)));
    let mut with_links = found.filter(|(_, body)| body.contains("/Annots"));
    with_links.find(|(_, body)| links(text, body).iter().any(|(_, name)| section(name)))
}

/// The links of a page: the right and lower edge of each, and where it leads.
fn links<'t>(text: &'t str, page: &str) -> Vec<([f64; 2], &'t str)> {
    let list = after(page, "/Annots").and_then(|a| a.split_once('[')).and_then(|(_, r)| r.split_once(']'));
    let objects = list.map_or_else(Vec::new, |(inside, _)| inside.split(" 0 R").filter_map(number).collect());
    let link = |object: u32| {
        let body = object_body(text, object)?;
        let rect = after(body, "/Rect")?.split_once('[')?.1.split_once(']')?.0;
        let edges: Vec<f64> = rect.split_whitespace().filter_map(|n| n.parse().ok()).collect();
        let name = after(body, "/Dest")?.trim_start().trim_start_matches(['/', '(']);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        Some(([*edges.get(2)?, *edges.get(1)?], &name[..end]))
    };
    objects.into_iter().filter_map(link).collect()
}

fn section(name: &str) -> bool {
    let known = super::page::SECTIONS.iter().chain(&super::page::ANNEX);
    let bare = name.strip_prefix("en-").or_else(|| name.strip_prefix("ko-"));
    bare.is_some_and(|n| known.clone().any(|s| *s == n))
}

/// Where each number is written, and which.
fn marks(text: &str, page: &str, order: &BTreeMap<u32, usize>) -> Option<Vec<(f64, f64, usize)>> {
    let found = links(text, page);
    // The contents are the longest run of links to sections, each once: a second link to one stands in the text.
    let mut seen: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for ([right, lower], name) in found {
        if section(name) && !seen.contains(&name) {
            seen.push(name);
            let page = destination(text, name).and_then(|object| order.get(&object).copied())?;
            out.push((right, lower + FOOT, page));
        }
    }
    Some(out).filter(|o| o.len() >= super::page::SECTIONS.len())
}

/// The body of a page with a further stream and a further font.
fn with_contents(body: &str, [saved, contents]: [u32; 2], font: u32) -> Option<String> {
    let at = body.find("/Contents")?;
    let own = number(&body[at + "/Contents".len()..])?;
    let end = at + body[at..].find(" 0 R")? + " 0 R".len();
    let body = format!("{}/Contents [{saved} 0 R {own} 0 R {contents} 0 R]{}", &body[..at], &body[end..]);
    let fonts = body.find("/Font <<")? + "/Font <<".len();
    Some(format!("{}/Fpn {font} 0 R {}", &body[..fonts], &body[fonts..]))
}

/// What stands after a key.
fn after<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    Some(&text[text.find(key)? + key.len()..])
}

/// What stands between `obj` and `endobj` of an object.
fn object_body(text: &str, object: u32) -> Option<&str> {
    let head = format!("\n{object} 0 obj\n");
    let start = text.find(&head)? + head.len();
    let end = start + text[start..].find("\nendobj")?;
    Some(&text[start..end])
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
fn page_order(text: &str) -> Option<BTreeMap<u32, usize>> {
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
    walk(root?, &kids, &mut out, 0);
    Some(out)
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
    use super::numbered;

    /// A PDF of three pages whose first links to every section, all of which begin on the third.
    fn printed() -> String {
        let font = "/Type /Font\n/Subtype /Type0\n/BaseFont /AAAAAA+NotoSansKR-Regular\n/Encoding /Identity-H";
        let names: Vec<String> =
            super::super::page::SECTIONS.iter().chain(&super::super::page::ANNEX).map(|s| format!("en-{s}")).collect();
        let annots: String = (0..names.len()).map(|i| format!("{} 0 R ", 20 + i)).collect();
        let mut pdf = format!(
            "%PDF-1.4\n5 0 obj\n<</Type /Pages\n/Count 3\n/Kids [6 0 R 9 0 R]>>\nendobj\n6 0 obj\n<</Type /Pages\n\
             /Parent 5 0 R\n/Kids [7 0 R 8 0 R]>>\nendobj\n7 0 obj\n<</Type /Page\n/Resources <</Font <</F4 4 0 R>>>>\n\
             /Annots [{annots}]\n/Contents 11 0 R>>\nendobj\n"
        );
        pdf += &format!("4 0 obj\n<<{font}>>\nendobj\n");
        for (i, name) in names.iter().enumerate() {
            pdf += &format!("{} 0 obj\n<</Rect [10 {} 250.5 30]\n/Dest /{name}\n>>\nendobj\n", 20 + i, 100 + i);
        }
        let places: String = names.iter().map(|n| format!("/{n} [9 0 R /XYZ 0 1 0]\n")).collect();
        pdf + &format!(
            "50 0 obj\n<<{places}>>\nendobj\nxref\n0 51\ntrailer\n<</Size 51\n/Root 1 0 R>>\nstartxref\n999\n%%EOF\n"
        )
    }

    #[test]
    fn numbers_are_appended_where_the_links_end() {
        let pdf = printed();
        let made = numbered(pdf.as_bytes()).expect("all is there");
        let text = String::from_utf8(made).expect("plain");
        let added = text.strip_prefix(pdf.as_str()).expect("nothing before is touched");
        // A digit of Noto Sans KR is 0.555 of its size wide: 250.5 − 0.555 × 9 = 245.51; 100 + 4.2.
        let three = crate::output::figures::digits().expect("the font has digits")[3];
        let set = format!("1 0 0 1 {:.2} 104.20 Tm <{:04X}> Tj", 250.5 - three.1 * 9.0, three.0);
        assert!(added.contains(&set), "{set} in {added}");
        assert!(
            added.contains("/Contents [52 0 R 11 0 R 51 0 R]") && added.contains("/Font <</Fpn 4 0 R /F4 4 0 R"),
            "{added}"
        );
        assert!(added.contains("/Size 53") && added.contains("/Prev 999"), "{added}");
        let at: usize =
            added.rsplit("startxref\n").next().and_then(|r| r.lines().next()?.parse().ok()).expect("a place");
        assert!(text[at..].starts_with("xref\n7 1\n"));
        let object: usize = text[at..].lines().nth(2).and_then(|l| l.get(..10)?.parse().ok()).expect("a place");
        assert!(text[object..].starts_with("7 0 obj\n"));
    }

    #[test]
    fn what_is_no_such_pdf_stays_as_it_is() {
        assert_eq!(numbered(b"no pdf"), None);
        assert_eq!(numbered(printed().replace("/en-limits [9", "/en-limits [77").as_bytes()), None, "a page unknown");
        assert_eq!(numbered(printed().replace("NotoSansKR", "Other").as_bytes()), None, "no font to set them in");
        assert_eq!(numbered(printed().replace("/Contents", "/Content").as_bytes()), None);
    }
}
