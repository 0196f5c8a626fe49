//! A scenario may hold anything: no text of it becomes markup, script, a formula or a link that is none.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use redress::brief::ctx::Ctx;
use redress::brief::html::{link, web};
use redress::brief::page::{Paper, briefing};
use redress::brief::{Results, onepage, workbook};
use redress::model::{Lang, Text};

use super::kakao;

const EVIL: &str = "</script></style><script>alert(1)</script><img src=x onerror=alert(2)>\"' onload='x' \u{E000}evil\u{E001}x\u{E002}\u{202E}";
const FORMULA: &str = "=HYPERLINK(\"http://evil\",\"x\")+cmd|' /C calc'!A0";

fn poisoned() -> Results {
    let mut results = kakao();
    let evil = |t: &mut Text| *t = Text::both(EVIL, EVIL);
    let s = &mut results.scenario;
    evil(&mut s.title);
    evil(&mut s.summary);
    for g in &mut s.guidelines {
        evil(&mut g.title);
        evil(&mut g.note);
        g.rules.iter_mut().for_each(|r| evil(&mut r.title));
    }
    s.cohorts.iter_mut().for_each(|c| evil(&mut c.title));
    s.variants.iter_mut().for_each(|v| evil(&mut v.title));
    for (i, source) in s.sources.iter_mut().enumerate() {
        source.title = Text::both(FORMULA, EVIL);
        source.url = [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            " jAvAsCrIpT:x",
            "https://a.example/\"><script>",
            "https://a.example/good?x=1&y=2",
        ][i % 6]
            .into();
        source.date = EVIL.into();
        source.grade = EVIL.into();
    }
    let notes: Vec<String> = (0..4)
        .map(|i| match i {
            0 => EVIL.into(),
            1 => FORMULA.into(),
            2 => "\u{0}\u{8}\u{1b}\u{7f}\u{85}\u{FFFE}@SUM(1+1)*cmd|' /C calc'!A0".into(),
            // Longer than a cell, in letters that count twice.
            _ => format!("={}", "🜂".repeat(20_000)),
        })
        .collect();
    for (i, q) in results.scenario.quantities.list.iter_mut().enumerate() {
        q.note = Text::both(&notes[i % 4], &notes[(i + 1) % 4]);
    }
    for (i, input) in results.inputs.iter_mut().enumerate() {
        input.note = notes[i % 4].clone();
        input.law = EVIL.into();
        input.unit = EVIL.into();
        input.source = [FORMULA.into(), "javascript:alert(1)".into(), EVIL.into(), EVIL.into()];
    }
    results.manifest.run.overrides.push(format!("x={EVIL}"));
    results.manifest.run.engine = EVIL.into();
    results.manifest.run.inputs.iter_mut().for_each(|f| f.path = EVIL.into());
    results
}

#[test]
fn no_text_becomes_markup_or_script() {
    let results = poisoned();
    for sheet in [false, true] {
        let make = |lang| if sheet { Ctx::sheet(&results, lang) } else { Ctx::new(&results, lang) };
        let all = [make(Lang::En), make(Lang::Ko)];
        let page = if sheet { onepage::onepage(&all, &Paper::default()) } else { briefing(&all, &Paper::default()) };
        assert_eq!(page.matches("<script").count(), 1, "the one script of the page");
        assert_eq!(page.matches("</script>").count(), 1);
        assert_eq!(page.matches("<style").count(), 1);
        assert_eq!(page.matches("</style>").count(), 1);
        assert!(!page.contains("<img"), "no picture");
        for sign in ['\u{E000}', '\u{E001}', '\u{E002}', '\u{202E}'] {
            assert!(!page.contains(sign), "{:x}", u32::from(sign));
        }
        for href in page.split(" href=\"").skip(1).filter_map(|r| r.split('"').next()) {
            assert!(href.starts_with('#') || href.starts_with("http://") || href.starts_with("https://"), "{href}");
        }
        assert!(!page.contains("evil\" href") && page.contains("Content-Security-Policy"));
        // What would load something: nothing of it may be there.
        for loads in ["@import", "<link", "<iframe", "<object", "<form"] {
            assert!(!page.contains(loads), "{loads}");
        }
        // As text it may stand there, in a tag it may not.
        let tags = page.split('<').skip(1).filter_map(|t| t.split('>').next());
        // Every other part between quotation marks is a value.
        let names = |tag: &str| tag.split('"').step_by(2).collect::<String>();
        assert!(tags.clone().count() > 100, "tags were found");
        assert!(!tags.clone().any(|t| names(t).contains(" src=")), "a tag that loads something");
    }
}

#[test]
fn only_addresses_of_the_web_become_links() {
    for good in ["https://a.example/b?c=d&e=f#g", "http://a.example", "HTTPS://A.EXAMPLE/"] {
        assert!(web(good).is_some(), "{good}");
    }
    let bad = [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc",
        "//a.example",
        "https://a b",
        "https://a\"b",
        "ftp://a",
        "",
        "http",
        "https://a<b",
    ];
    for address in bad {
        assert!(web(address).is_none(), "{address}");
        assert!(!link(address, address).into_string().contains("<a"), "{address}");
    }
}

/// The parts of a workbook by name, unpacked.
fn parts(book: Vec<u8>) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).expect("a zip archive");
    let many = archive.len();
    let read = |i: usize| {
        let mut file = archive.by_index(i).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).expect("every part is UTF-8");
        (name, text)
    };
    (0..many).map(read).collect()
}

/// What stands in an attribute, each time it occurs.
fn values<'t>(text: &'t str, attribute: &str) -> Vec<&'t str> {
    let start = format!(" {attribute}=\"");
    text.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn unescaped(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    named.iter().fold(text.to_string(), |t, (from, to)| t.replace(from, to))
}

/// Texts of cells, in the order of the workbook's list of them.
fn shared(parts: &BTreeMap<String, String>) -> Vec<String> {
    let text = &parts["xl/sharedStrings.xml"];
    let items = text.split("<si>").skip(1).filter_map(|i| i.split("</si>").next());
    items
        .map(|item| {
            let runs = item.split("<t").skip(1).filter_map(|t| t.split_once('>')?.1.split("</t>").next());
            unescaped(&runs.collect::<String>())
        })
        .collect()
}

fn sheets(parts: &BTreeMap<String, String>) -> Vec<&String> {
    parts.iter().filter(|(n, _)| n.starts_with("xl/worksheets/sheet")).map(|(_, t)| t).collect()
}

/// Ends of cells: where each begins, the number of its format, its type, its content.
fn cells(sheet: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    sheet.split("<c ").skip(1).map(|c| {
        let (head, rest) = c.split_once('>').unwrap_or((c, ""));
        let head = format!(" {head}");
        let format = values(&head, "s").first().map_or(0, |s| s.parse().expect("a number"));
        let kind = if head.contains(" t=\"s\"") { "text" } else { "number" };
        (format, kind, rest.split("</c>").next().unwrap_or(""))
    })
}

fn books() -> Vec<BTreeMap<String, String>> {
    let results = poisoned();
    [Lang::En, Lang::Ko].map(|l| parts(workbook::workbook(&Ctx::new(&results, l)).expect("a workbook"))).into()
}

#[test]
fn no_cell_of_the_workbook_is_a_formula() {
    for parts in books() {
        let texts = shared(&parts);
        assert!(texts.iter().any(|t| t.starts_with("=HYPERLINK")), "the formula stands there as a text");
        // Formats whose texts keep a leading quote, so that they stay texts when somebody edits the cell.
        let styles = &parts["xl/styles.xml"];
        let formats = styles.split("<cellXfs").nth(1).and_then(|x| x.split("</cellXfs>").next()).expect("formats");
        let quoted: Vec<bool> = formats.split("<xf ").skip(1).map(|f| f.contains("quotePrefix=\"1\"")).collect();
        let mut dangerous = 0;
        for sheet in sheets(&parts) {
            assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "a formula");
            for (format, kind, content) in cells(sheet) {
                let at = content.split("<v>").nth(1).and_then(|v| v.split("</v>").next()).unwrap_or("");
                if kind == "text" {
                    let text = &texts[at.parse::<usize>().expect("an index")];
                    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                        dangerous += 1;
                        assert!(quoted[format], "{text}");
                    }
                } else if !at.is_empty() {
                    assert!(at.parse::<f64>().is_ok_and(f64::is_finite), "a number: {at}");
                }
            }
        }
        assert!(dangerous > 100, "{dangerous} texts that begin like formulas");
        for name in parts.keys() {
            for active in ["vbaProject", "externalLink", "calcChain", "activeX", "embeddings", "connections"] {
                assert!(!name.contains(active), "{name}");
            }
        }
    }
}

#[test]
fn texts_of_the_workbook_are_no_longer_than_a_cell_and_hold_no_control_characters() {
    for parts in books() {
        let texts = shared(&parts);
        let longest = texts.iter().map(|t| t.encode_utf16().count()).max();
        assert_eq!(longest, Some(32_767), "the long text is cut to what a cell may hold");
        for (name, text) in &parts {
            let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
            assert!(!text.contains(control), "{name} holds a control character");
            assert!(!text.contains(['\u{E000}', '\u{FFFE}', '\u{FFFF}', '\u{202E}']), "{name}");
        }
    }
}

#[test]
fn sheets_of_the_workbook_have_names_that_fit_and_links_lead_to_the_web() {
    for parts in books() {
        let book = &parts["xl/workbook.xml"];
        let list = book.split("<sheets>").nth(1).and_then(|s| s.split("</sheets>").next()).expect("sheets");
        let names: Vec<String> = values(list, "name").into_iter().map(unescaped).collect();
        assert_eq!(names.len(), 8);
        for name in &names {
            assert!(
                (1..=31).contains(&name.encode_utf16().count()) && !name.contains(['[', ']', ':', '*', '?', '/', '\\'])
            );
            assert!(names.iter().filter(|n| n.to_lowercase() == name.to_lowercase()).count() == 1, "{name} twice");
        }
        let mut links = 0;
        for (name, text) in parts.iter().filter(|(n, _)| n.ends_with(".rels")) {
            for relation in text.split("<Relationship ").skip(1).map(|r| format!(" {r}")) {
                if values(&relation, "TargetMode").first() == Some(&"External") {
                    links += 1;
                    let to = unescaped(values(&relation, "Target")[0]);
                    assert!(to.starts_with("https://") || to.starts_with("http://"), "{name}: {to}");
                }
            }
        }
        assert!(links > 0, "the one good address is a link");
    }
}

#[test]
fn an_address_stays_inside_its_attribute() {
    let html = link("https://a.example/?x=1&y='2'", "<b>").into_string();
    assert_eq!(html, "<a href=\"https://a.example/?x=1&amp;y=&#39;2&#39;\" rel=\"noopener noreferrer\">&lt;b&gt;</a>");
}
