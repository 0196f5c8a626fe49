//! What stands on the page besides findings: steps of the chart, rules, commands, names of numbers, amounts given back.

use redress::brief::ctx::Ctx;
use redress::brief::page::back::commands;
use redress::brief::page::{Paper, briefing};
use redress::brief::results::{ALL, key};
use redress::brief::tongue::unmarked;
use redress::brief::{Results, onepage, quantity};
use redress::model::Lang;
use redress::scenario::rules_told;

use super::kakao;

fn page(results: &Results, lang: Lang) -> String {
    briefing(&[Ctx::new(results, lang)], &Paper::default())
}

/// The part of the page in one section.
fn section<'t>(page: &'t str, name: &str) -> &'t str {
    let from = page.find(&format!("id=\"{name}\"")).expect("the section");
    page[from..].split("</section>").next().unwrap_or("")
}

/// Between two days of the table nothing changes, so nothing may rise between them.
#[test]
fn payments_are_drawn_as_steps() {
    let results = kakao();
    for (lang, name) in [(Lang::En, "en-time"), (Lang::Ko, "ko-time")] {
        let page = page(&results, lang);
        let paths: Vec<&str> =
            section(&page, name).split("<path d=\"M").skip(1).filter_map(|r| r.split('"').next()).collect();
        assert!(paths.len() > 3, "a line for each draft that pays");
        let mut ends = Vec::new();
        for path in &paths {
            let corner = |c: &str| c.split_once(' ').map(|(x, y)| (x.to_string(), y.to_string())).expect("x and y");
            let corners: Vec<(String, String)> = path.split('L').map(corner).collect();
            assert!(corners.windows(2).all(|w| w[0].0 == w[1].0 || w[0].1 == w[1].1), "aslant: {path}");
            ends.push(corners.last().expect("an end").0.clone());
        }
        assert!(ends.iter().all(|e| *e == ends[0]), "lines go on to the end of the axis: {ends:?}");
        assert_eq!(section(&page, name).matches("class=\"end-name\"").count(), paths.len());
    }
}

/// A name stands to the right of its own line at half height, also of one that pays all at once.
#[test]
fn names_stand_beside_their_lines() {
    let mut results = kakao();
    let slow = results.courses.iter().find(|(k, days)| k.1 == "paid" && days.len() > 5).expect("a course");
    let (slow, day) = (slow.0.clone(), slow.1[0]);
    let at = |day_of: f64, mean: f64| redress::brief::results::Day { day: day_of, mean, ..day };
    results.courses.retain(|k, _| k.1 != "paid" || *k == slow);
    results.courses.insert(slow, vec![at(0.0, 0.0), at(30.0, 10.0), at(90.0, 1000.0)]);
    let page = page(&results, Lang::En);
    let time = section(&page, "en-time");
    let label = time.split("class=\"end-name\"").next().and_then(|t| t.rsplit("<text x=\"").next()).expect("a name");
    let x: f64 = label.split('"').next().and_then(|x| x.parse().ok()).expect("a place");
    let path = time.split("<path d=\"M").nth(1).and_then(|r| r.split('"').next()).expect("a line");
    let corners: Vec<f64> = path.split('L').filter_map(|c| c.split(' ').next()?.parse().ok()).collect();
    // Day 0; day 30 twice; day 90 twice, where it passes half.
    assert!((x - 7.0 - corners[3]).abs() < 0.2, "{x} beside {corners:?}");
}

#[test]
fn the_annex_has_the_rules_in_sentences() {
    let results = kakao();
    for (lang, id, words) in [
        (
            Lang::En,
            "en-drafts",
            ["It pays ", "Nobody has to file", "Claims open ", "In kind: the amount is a face value"],
        ),
        (Lang::Ko, "ko-drafts", ["지급: ", "신청 없이", "신청은 장애 뒤 ", "현물: 금액은 액면이며"]),
    ] {
        let page = page(&results, lang);
        let annex = section(&page, id);
        let (drafts, procedures) = rules_told(&results.scenario, &results.filing, lang);
        for word in words {
            assert!(annex.contains(word), "{word}");
        }
        let rules: usize = drafts.iter().map(|d| d.rules.len()).sum();
        assert!(rules > 5 && procedures.len() > 1);
        assert!(annex.matches("<li").count() >= rules + procedures.len());
    }
}

/// The numbers of sources in these sentences are those of the list of sources.
#[test]
fn rules_cite_the_sources_of_the_page() {
    let results = kakao();
    let (drafts, procedures) = rules_told(&results.scenario, &results.filing, Lang::En);
    let rules = drafts.iter().flat_map(|d| d.rules.iter().map(|r| &r.0).chain(&d.together));
    let all: Vec<&String> = rules.chain(&procedures).collect();
    let burden = results.scenario.quantities.list.iter().find(|q| q.path == "filing.one-tap.burden").expect("there");
    let mark = format!("[{}]", burden.source.expect("it has one") + 1);
    assert!(all.iter().any(|t| t.contains("(One tap in the app)") && t.contains(&mark)), "{mark}");
}

#[test]
fn commands_name_the_folder_that_was_read() {
    let mut results = kakao();
    for (folder, written) in [
        ("out-ko", "out-ko"),
        ("../a b/it's", "'../a b/it'\\''s'"),
        ("-x", "./-x"),
        ("결과", "'결과'"),
        ("a;rm -r b", "'a;rm -r b'"),
    ] {
        results.folder = folder.into();
        let ctx = Ctx::new(&results, Lang::Ko);
        let told = commands(&ctx);
        assert!(told.ends_with(&format!("redress rerun {written}\nredress brief {written}")), "{told}");
    }
    results.folder = "out-ko".into();
    let page = page(&results, Lang::Ko);
    assert!(page.contains("redress explain out-ko ") && !page.contains("outputs/kakao"));
}

/// Numbers that the program itself supplies, and those whose path ends in the name of a thing.
#[test]
fn supplied_numbers_have_names_in_both_languages() {
    let results = kakao();
    let s = &results.scenario;
    let (cohort, service, region, profile) =
        (&s.cohorts[0], &s.services[0], &s.regions[0], &results.filing.first().expect("a profile").id);
    for lang in [Lang::En, Lang::Ko] {
        let ctx = Ctx::new(&results, lang);
        let known = |path: &str| {
            let told = quantity::known(&ctx, path).unwrap_or_else(|| panic!("{path} has no name"));
            assert!(!told.contains("q-") && !told.contains("ladder"), "{told}");
            told
        };
        for notice in redress::scenario::ladder().expect("it is shipped").channels {
            known(&format!("ladder.notices.{}", notice.id));
        }
        for task in redress::model::burden::TASKS {
            known(&format!("ladder.takes.{task}"));
            known(&format!("filing.{profile}.burden.{task}"));
        }
        for key in ["hour", "hassle", "beta", "impatience_year"] {
            known(&format!("ladder.{key}"));
        }
        known(&format!("filing.{profile}.wait"));
        let of = &cohort.id;
        let uses = known(&format!("cohorts.{of}.hit.uses_per_day.{}", service.id));
        assert!(uses.contains(service.title.get(lang)), "{uses}");
        let people = known(&format!("cohorts.{of}.regions.{}", region.id));
        assert!(people.contains(region.title.get(lang)), "{people}");
        for key in ["hit.kappa", "loss.damage.points.1.2"] {
            known(&format!("cohorts.{of}.{key}"));
        }
        let rule = s.guidelines.iter().find_map(|g| Some(format!("{}.rules.{}", g.id, g.rules.first()?.id)));
        let rule = rule.expect("a rule");
        for key in ["amount.fee_months", "amount.fee_days", "amount.fee_times", "minimum", "in_kind.value"] {
            known(&format!("guidelines.{rule}.{key}"));
        }
    }
}

/// What nobody gives back is nothing, without a minus.
#[test]
fn nothing_has_no_minus() {
    let mut results = kakao();
    let all: Vec<String> = results.guidelines().into_iter().map(String::from).collect();
    let like = results.summary[&key(&all[1], ALL, "cost", "mean")].clone();
    for (i, g) in all.iter().enumerate() {
        let mut stat = like.clone();
        stat.estimate.value = if i == 0 { 0.0 } else { 5e9 };
        results.summary.insert(key(g, ALL, "from_insurance", "mean"), stat);
    }
    for lang in [Lang::En, Lang::Ko] {
        let page = page(&results, lang);
        let back: Vec<&str> = page.split("−<a").skip(1).filter_map(|r| r.split('>').nth(1)).collect();
        assert!(back.len() + 1 >= all.len() && !back.iter().any(|told| told.starts_with("0<")), "{back:?}");
    }
}

/// Money alone is counted there, and the sheet says so.
#[test]
fn the_sheet_says_that_it_counts_money() {
    let results = kakao();
    for (lang, words) in [(Lang::En, "in kind are not counted here"), (Lang::Ko, "현물은 여기서 세지 않는다")]
    {
        let sheet = onepage::onepage(&[Ctx::sheet(&results, lang)], &Paper::default());
        assert!(unmarked(&sheet).contains(words));
    }
}
