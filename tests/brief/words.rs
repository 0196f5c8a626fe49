//! Words, numbers and links of the briefing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use redress::brief::ctx::Ctx;
use redress::brief::numbers::Numbers;
use redress::brief::page::{Paper, briefing};
use redress::brief::tongue::{Tongue, messages};
use redress::model::Lang;

use super::{kakao, told};

/// Messages of a language: name and the parameters it takes.
fn catalogue(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut message = String::new();
    for line in messages(lang).iter().flat_map(|t| t.lines()) {
        let Some((name, value)) = line.split_once(" = ") else { continue };
        let name = name.trim();
        let name = match name.strip_prefix('.') {
            Some(attribute) => format!("{message}.{attribute}"),
            None => {
                message = name.into();
                message.clone()
            }
        };
        let dollar = value.split('$').skip(1);
        let parameters =
            dollar.map(|d| d.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("").into());
        assert!(out.insert(name.clone(), parameters.collect()).is_none(), "{name} twice");
    }
    out
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_parameters() {
    let (en, ko) = (catalogue(Lang::En), catalogue(Lang::Ko));
    assert!(
        en.keys().eq(ko.keys()),
        "{:?}",
        en.keys()
            .filter(|k| !ko.contains_key(*k))
            .chain(ko.keys().filter(|k| !en.contains_key(*k)))
            .collect::<Vec<_>>()
    );
    for (name, parameters) in &en {
        let missing: Vec<_> = ko[name].difference(parameters).collect();
        assert!(missing.is_empty(), "{name} takes {missing:?} in Korean only");
    }
    for lang in [Lang::En, Lang::Ko] {
        let tongue = Tongue::new(lang, "KRW");
        for name in catalogue(lang).keys() {
            assert!(tongue.has(name), "{name} does not parse");
        }
    }
}

#[test]
fn every_measure_has_a_name_a_definition_and_a_formula() {
    use redress::engine::outcome::{ACCOUNTS, COMMON, GUIDED};
    for lang in [Lang::En, Lang::Ko] {
        let tongue = Tongue::new(lang, "KRW");
        for m in COMMON.iter().chain(&GUIDED).chain(&ACCOUNTS) {
            for part in ["", ".def", ".formula"] {
                let id = format!("m-{}{part}", m.name);
                assert!(tongue.has(&id), "{id}");
            }
        }
    }
}

#[test]
fn money_people_and_shares_are_told_by_the_custom_of_each_language() {
    let en = Numbers { lang: Lang::En, currency: "KRW".into() };
    let ko = Numbers { lang: Lang::Ko, currency: "KRW".into() };
    let plain = |t: String| t.replace('\u{a0}', " ").replace('\u{2060}', "");
    let money = [
        (0.0, "0 won", "0원"),
        (3_000.0, "3,000 won", "3,000원"),
        (378_000.0, "378,000 won", "37만 8,000원"),
        (2.75e10, "27.5 billion won", "275억 원"),
        (1.236e12, "1.24 trillion won", "1조 2,400억 원"),
        (999_600.0, "1 million won", "100만 원"),
        (-4e10, "−40 billion won", "−400억 원"),
        // No minus before nothing.
        (-0.0, "0 won", "0원"),
        (-1e-4, "0 won", "0원"),
    ];
    for (value, in_english, in_korean) in money {
        assert_eq!((plain(en.money(value)).as_str(), plain(ko.money(value)).as_str()), (in_english, in_korean));
    }
    assert_eq!(
        (plain(en.people(44_419_488.0)), plain(ko.people(44_419_488.0))),
        ("44.4 million".into(), "4,440만 명".into())
    );
    assert_eq!(plain(ko.people(493_000.0)), "49만 3,000명");
    assert_eq!((plain(ko.count(10_000.0)), plain(ko.count(544.0))), ("1만 ".into(), "544".into()));
    let shares = [
        (0.6, "60 %", "60%"),
        (1.0, "100 %", "100%"),
        (0.9996, ">99.9 %", ">99.9%"),
        (0.0, "0 %", "0%"),
        (1e-6, "<0.01 %", "<0.01%"),
        (0.024, "2.4 %", "2.4%"),
    ];
    for (value, in_english, in_korean) in shares {
        assert_eq!((plain(en.share(value)).as_str(), plain(ko.share(value)).as_str()), (in_english, in_korean));
    }
    // Days that are followed end with day 1,095, on which all is booked that comes later.
    for (days, in_english, in_korean) in
        [(1.0, "1 day", "1일"), (1_094.0, "1,094 days", "1,094일"), (1_095.0, "over 1,094 days", "1,094일 넘게")]
    {
        assert_eq!((plain(en.days(days)).as_str(), plain(ko.days(days)).as_str()), (in_english, in_korean));
    }
    // Bounds are told no smaller than they are.
    for (bound, told) in [(0.005_46, "0.55 %"), (0.0123, "1.3 %"), (0.101, "11 %"), (0.02, "2 %"), (0.0, "0 %")] {
        assert_eq!(plain(en.share_up(bound)), told);
    }
    assert_eq!(
        (plain(en.date("2022-10-15T15:30")), plain(ko.date("2022-10-15"))),
        ("15 October 2022".into(), "2022년 10월 15일".into())
    );
    assert_eq!(plain(ko.moment("2022-10-15T15:30", 5.0 * 24.0 + 15.5)), "2022년 10월 15일(토) 오후 3시 30분");
    assert_eq!((en.plain(-0.5), en.plain(-0.0), ko.plain(-12.0)), ("−0.5".into(), "0".into(), "−12".into()));
    // As laws in the same briefing name it; what has no word keeps its code.
    let francs = Numbers { lang: Lang::Ko, currency: "CHF".into() };
    assert_eq!(plain(francs.money(3e6)), "300만 스위스프랑");
    let pesos = Numbers { lang: Lang::Ko, currency: "MXN".into() };
    assert_eq!(plain(pesos.money(3e6)), "300만 MXN");
    // People are whole, but for less than one.
    assert_eq!((plain(ko.people(33.2)), plain(ko.people(0.4))), ("33명".into(), "0.4명".into()));
}

#[test]
fn no_sentence_holds_a_hole() {
    let results = kakao();
    for lang in [Lang::En, Lang::Ko] {
        let said = told(&results, lang);
        for hole in ["{", "}", "$", "NaN", "inf", "f-", "  ", " .", " ,"] {
            assert!(!said.contains(hole), "`{hole}` in {said}");
        }
    }
    let said = told(&results, Lang::Ko);
    for wrong in ["안는", "안가 ", "안를", "원를", "명를", "%을", "%은 "] {
        assert!(!said.contains(wrong), "`{wrong}` in {said}");
    }
}

/// Korean readers write ranges with a tilde, English ones with a dash.
#[test]
fn ranges_are_written_by_the_custom_of_each_language() {
    let results = kakao();
    let said = |lang| briefing(&[Ctx::new(&results, lang)], &Paper::default());
    let (english, korean) = (said(Lang::En), said(Lang::Ko));
    let (dash, tilde) = ("</a> – <a", "</a>~<a");
    assert!(english.contains(dash) && !english.contains(tilde));
    assert!(korean.contains(tilde) && !korean.contains(dash));
}

#[test]
fn every_link_inside_the_page_leads_somewhere() {
    let results = kakao();
    let all = [Ctx::new(&results, Lang::En), Ctx::new(&results, Lang::Ko)];
    let page = briefing(&all, &Paper::default());
    let cut = |mark: &str| -> BTreeSet<String> {
        page.split(mark).skip(1).filter_map(|r| r.split('"').next()).map(String::from).collect()
    };
    let (ids, links) = (cut(" id=\""), cut(" href=\"#"));
    let dead: Vec<_> = links.difference(&ids).collect();
    assert!(links.len() > 500 && dead.is_empty(), "{dead:?}");
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    // A name twice would lead to the first only.
    let all_ids = page.matches(" id=\"").count();
    assert_eq!(all_ids, ids.len(), "ids are unique");
}

#[test]
fn figures_are_those_of_the_tables() {
    let results = kakao();
    let ctx = Ctx::new(&results, Lang::En);
    let _ = briefing(std::slice::from_ref(&ctx), &Paper::default());
    let register = ctx.register();
    assert!(register.rows().len() > 100);
    for row in register.rows().iter().filter(|r| r.file == "summary.csv" && r.ask.is_some()) {
        let part = |name: &str| {
            let found = row.place.split(", ").find_map(|p| p.strip_prefix(&format!("{name}=")));
            found.expect("each place names it").to_string()
        };
        let at =
            redress::brief::results::key(&part("guideline"), &part("cohort"), &part("measure"), &part("statistic"));
        assert_eq!(results.summary[&at].estimate.value, row.exact, "{}", row.id);
    }
}

#[test]
fn explain_tells_the_chain() {
    use redress::brief::explain::{Asked, explain};
    let results = kakao();
    let asked = Asked { figure: "payout.p95", guideline: Some("flat-first"), cohort: None, than: None };
    let said = explain(&results, &asked, Lang::En).expect("there is such a figure");
    for part in [
        "Payout",
        "How it is made",
        "10,000 worlds",
        "standard error",
        "filing.one-tap.burden",
        "cohorts.users.size",
        "reuters",
    ] {
        assert!(said.to_lowercase().contains(&part.to_lowercase()), "{part}: {said}");
    }
    assert!(!said.contains("filing.documents"), "what the guideline does not use is not told");
    let korean = explain(&results, &asked, Lang::Ko).expect("there is such a figure");
    for part in ["지급액", "만드는 식", "출처: 과학기술정보통신부"] {
        assert!(korean.contains(part), "{part}: {korean}");
    }
    assert!(!korean.contains("Ministry of Science"), "sources have their Korean titles");
    let wrong = [
        ("payout.p95", None, "--guideline"),
        ("payout.p95", Some("nobody"), "there is no guideline `nobody`"),
        ("payout.p42", Some("flat-first"), "there is no statistic `p42`"),
        ("pay.p95", Some("flat-first"), "there is no measure `pay`"),
    ];
    for (figure, guideline, words) in wrong {
        let error = explain(&results, &Asked { figure, guideline, cohort: None, than: None }, Lang::En)
            .expect_err("no such figure");
        assert!(error.contains(words), "{error}");
    }
}

/// What is no money is called in kind, not a gift: a fee that need not be paid is none.
#[test]
fn awards_in_kind_are_no_gifts() {
    for (lang, word) in [(Lang::Ko, "선물"), (Lang::En, "gift")] {
        let found: Vec<&str> = messages(lang).iter().flat_map(|t| t.lines()).filter(|l| l.contains(word)).collect();
        assert!(found.is_empty(), "{found:?}");
    }
    // One word for a world.
    assert!(!messages(Lang::Ko).iter().any(|t| t.contains("세계")));
}

/// Days to payment count awards: no reader may take half of them for half of the money.
#[test]
fn half_paid_is_half_of_the_awards() {
    for (lang, half, paid, award) in [(Lang::Ko, "절반", "지급", "건수"), (Lang::En, "half of", "paid", "award")]
    {
        let lines = messages(lang).into_iter().flat_map(str::lines);
        let told: Vec<&str> = lines.filter(|l| l.contains(half) && l.contains(paid)).collect();
        assert!(told.len() >= 4 && told.iter().all(|l| l.contains(award)), "{told:?}");
    }
}

/// One thing has one Korean word in the briefing, on the page and in figures (docs/glossary.md).
#[test]
fn one_thing_has_one_korean_word() {
    let mut texts: Vec<(String, String)> =
        messages(Lang::Ko).map(|t| ("messages".to_string(), t.to_string())).into_iter().collect();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/output")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => texts.push((path.display().to_string(), std::fs::read_to_string(&path).expect("a text"))),
            }
        }
    }
    for (place, text) in &texts {
        for other in
            ["세계", "충족률", "청구율", "청구인", "초과 지급", "피해 인원", "피해 이용자", "비용 한도", "몬테카를로"]
        {
            assert!(!text.contains(other), "{other} in {place}");
        }
    }
}

/// Hours that count from the end of a phase say so, wherever a number is told with its source.
#[test]
fn times_of_restoration_say_from_when_they_count() {
    use redress::brief::explain::{Asked, explain};
    let results = kakao();
    let asked = Asked { figure: "loss.mean", guideline: None, cohort: None, than: None };
    for (lang, words) in [(Lang::En, ", counted from the end of: "), (Lang::Ko, "(다음 단계가 끝난 때부터: ")]
    {
        assert!(explain(&results, &asked, lang).expect("a figure").contains(words));
        let page = briefing(&[Ctx::new(&results, lang)], &Paper::default());
        assert!(page.contains(words), "{lang:?}");
    }
}

/// What holds in every world holds not nearly in all.
#[test]
fn all_worlds_are_not_nearly_all() {
    use redress::brief::findings::in_words;
    use redress::brief::judge::Verdict;
    let told = [1.0, 0.9996].map(|share| in_words(Verdict::NearlyAll, share));
    assert_eq!(told, ["all", "nearly"]);
    let mut results = kakao();
    let widest = |b: &&mut redress::brief::results::Best| b.variant == "base" && b.criterion == "widest";
    let most = results.best.iter_mut().filter(widest).max_by(|a, b| a.share.value.total_cmp(&b.share.value));
    let most = most.expect("one is widest");
    (most.share.value, most.share.lo, most.share.hi) = (1.0, 0.9996, 1.0);
    assert!(super::told(&results, Lang::En).contains("in all worlds (100 %)"));
    assert!(super::told(&results, Lang::Ko).contains("모든 상황(100%)에서 그렇다"));
}

/// Tables and charts scroll in a box of their own, and the words of a caption stay in view.
#[test]
fn what_is_wide_scrolls_by_itself() {
    let page = briefing(&[Ctx::new(&kakao(), Lang::Ko)], &Paper::default());
    assert_eq!(page.matches("<caption>").count(), page.matches("<caption><span class=\"cap\">").count());
    assert_eq!(page.matches("<svg").count(), page.matches("class=\"draw\"").count());
}
