//! A scenario may hold anything: no text of it becomes markup, script, a formula or a link that is none.

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
        ][i % 5]
            .into();
        source.date = EVIL.into();
        source.grade = EVIL.into();
    }
    for (i, input) in results.inputs.iter_mut().enumerate() {
        input.note = if i % 2 == 0 { EVIL.into() } else { FORMULA.into() };
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

#[test]
fn no_cell_of_the_workbook_is_a_formula_or_a_strange_link() {
    let results = poisoned();
    let book = workbook::workbook(&Ctx::new(&results, Lang::En)).expect("a workbook");
    // A workbook is a zip archive; names of its parts stand in it uncompressed.
    assert!(book.starts_with(b"PK"));
    let text: String = book.iter().map(|b| char::from(*b)).collect();
    assert!(!text.contains("vbaProject") && !text.contains("externalLink"), "nothing active");
    assert!(!text.contains("calcChain"), "no formulas");
}

#[test]
fn an_address_stays_inside_its_attribute() {
    let html = link("https://a.example/?x=1&y='2'", "<b>").into_string();
    assert_eq!(html, "<a href=\"https://a.example/?x=1&amp;y=&#39;2&#39;\" rel=\"noopener noreferrer\">&lt;b&gt;</a>");
}
