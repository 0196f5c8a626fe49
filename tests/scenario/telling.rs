//! The scenario in words: within 80 columns, every figure with its source, in two languages.

use redress::model::Lang;
use redress::scenario::{load, rules_told, show};

use super::resolved::shipped;
use super::{BASE, good, read};

/// Columns on a terminal, Hangul as two.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if ('\u{1100}'..='\u{d7a3}').contains(&c) && c > '\u{2fff}' { 2 } else { 1 }).sum()
}

#[test]
fn lines_stay_within_eighty_columns() {
    let mut scenarios = vec![good(read(BASE))];
    scenarios.extend(shipped().iter().map(|p| good(load(p, &[]))));
    for scenario in &scenarios {
        for lang in [Lang::En, Lang::Ko] {
            for line in show(scenario, lang).lines() {
                let unbreakable = line.trim_start().split(' ').count() == 1;
                assert!(columns(line) <= 80 || unbreakable, "{line}");
            }
        }
    }
}

#[test]
fn rules_say_who_when_what_and_how() {
    let text = show(&good(read(BASE)), Lang::En).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "It began on Saturday, 2022-10-15 15:30 (local time).",
        "people: 43 m to 48 m, most likely 47 m [1]",
        "from 2 h on (2 h included) and below 10 d (10 d itself not included) without Messenger",
        "It pays 5,000 KRW.",
        "50.0 % of the loss above a deductible of 10,000 KRW",
        "At most 2 m KRW a person.",
        "up to 300,000 KRW (300,000 KRW included): 30,000 KRW",
        "2,000 KRW for each begun 24 h, the first 1 h not counted",
        "People file (short web form): (beta, mean 60.0 %",
        "People file (from a table): 1.0 % at 1,000 KRW",
        "People file: 2.0 % do, whatever the award.",
        "Nobody has to file; it reaches 64.0 % of those entitled.",
        "Approved: 85.0 %.",
        "All money awards together are at most 20 bn KRW",
        "[1] Press, 2022-10-16, grade B https://example.org/press",
        "[2] Report, 2023-05-01",
        "Assumptions: numbers without a source",
        "cohorts.shops.hit: 90.0 %",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains("guidelines.flat.rules.cash.amount: "), "a draft's own sums are no assumptions");
    for share in ["approval", "in_kind.redemption", "in_kind.unit_cost"] {
        let path = text.split(' ').find(|w| w.starts_with("guidelines.") && w.ends_with(&format!(".{share}:")));
        assert!(path.is_some(), "what becomes of claims and coupons is one: {share}\n{text}");
    }
    assert!(!text.contains("e9") && !text.contains("inf"), "{text}");
}

#[test]
fn korean_has_korean_units() {
    let text = show(&good(read(BASE)), Lang::Ko).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["4,300만~4,800만", "400억 원", "2시간 이상(2시간 포함)", "지급: 5,000원.", "승인율 85.0%."]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

/// What a reader of Korean meets in English: names, addresses, and texts that are given in English only.
#[test]
fn korean_has_no_english_sentences() {
    for path in shipped() {
        let loaded = good(load(&path, &[]));
        let text = show(&loaded, Lang::Ko);
        let told = text.split("가정: 출처 없는 숫자").next().unwrap_or("");
        for line in told.lines().filter(|l| !l.contains(" = ")) {
            let english = line.split_whitespace().filter(|w| is_english_word(w)).collect::<Vec<_>>();
            assert!(english.len() < 4, "{}: {line}", path.display());
        }
        assert!(!text.contains("cv ") && !text.contains("mixture of") && !text.contains("tail index"));
    }
}

fn is_english_word(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase())
}

/// What a scenario states for a fact of a scheme is told below its rule, with its source.
#[test]
fn stated_facts_of_schemes_are_told() {
    let kakao = shipped().into_iter().find(|p| p.ends_with("scenarios/kakao-2022.toml")).expect("it is shipped");
    let loaded = good(load(&kakao, &[]));
    for (lang, told) in [
        (Lang::En, ["list value of what is given: anywhere from 150,000 KRW to 230,000 KRW [", "given: 6,000 KRW ["]),
        (Lang::Ko, ["제공한 것의 정가: 150,000원~230,000원 균등분포 [", "정가: 6,000원 ["]),
    ] {
        let text = show(&loaded, lang).split_whitespace().collect::<Vec<_>>().join(" ");
        let (rules, _) = rules_told(&loaded.scenario, &loaded.filing, lang);
        let brief: Vec<String> = rules.into_iter().flat_map(|g| g.rules).flat_map(|(_, lines)| lines).collect();
        for words in told {
            assert!(text.contains(words) && brief.iter().any(|l| l.contains(words)), "{words}");
        }
    }
}

/// What a file gives is told with all its digits, in whatever words.
#[test]
fn given_numbers_are_not_rounded() {
    let mut file = BASE.to_string();
    for (from, to) in [
        ("amount = 5000\n", "amount = 1000.75\n"),
        ("cap = 2e6", "cap = 12_345_678"),
        ("hit = 0.9", "hit = \"40.25 %\""),
        ("share_of_loss = 0.5", "share_of_loss = 0.12345"),
        ("fee_times = 10 ", "fee_times = 10.125 "),
        ("amount = \"40 bn KRW\"", "amount = 1_004_900_000"),
        ("size = 20_000", "size = 20_001_000"),
        ("after = \"31 h\"", "after = \"31 h 0 min 30 s\""),
    ] {
        assert!(file.contains(from), "{from}");
        file = file.replacen(from, to, 1);
    }
    let scenario = good(read(&file));
    for (lang, told) in [
        (
            Lang::En,
            [
                "1,000.75 KRW",
                "12,345,678 KRW",
                "40.25 %",
                "12.345 %",
                "10.125",
                "1,004,900,000 KRW",
                "20.001 m",
                "31 h 30 s",
            ],
        ),
        (
            Lang::Ko,
            ["1,000.75원", "12,345,678원", "40.25%", "12.345%", "10.125", "10.049억 원", "2,000.1만", "31시간 30초"],
        ),
    ] {
        let text = show(&scenario, lang).split_whitespace().collect::<Vec<_>>().join(" ");
        for words in told {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}

/// Ends of laws are told with all their digits as well; quantiles, which are worked out, are not.
#[test]
fn given_ends_of_laws_are_not_rounded() {
    let mut file = BASE.to_string();
    for (from, to) in [
        ("amount = \"40 bn KRW\"", "amount = { law = \"uniform\", min = 1_000_000_000, max = 1_040_000_000 }"),
        ("amount = 5000\n", "amount = { law = \"triangular\", min = 1000.75, mode = 2_345.25, max = 12_345_678 }\n"),
        ("hit = 0.9", "hit = { law = \"beta\", mean = 0.40251, cv = 0.1 }"),
    ] {
        assert!(file.contains(from), "{from}");
        file = file.replacen(from, to, 1);
    }
    let text = show(&good(read(&file)), Lang::En).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "anywhere from 1 bn KRW to 1.04 bn KRW",
        "1,000.75 KRW to 12,345,678 KRW, most likely 2,345.25 KRW",
        "beta, mean 40.251 %, 90 % within 33.7 % to 46.9 %",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn words_without_blanks_are_broken_at_the_end_of_a_line() {
    for title in ["가나다라마".repeat(9), "abcde".repeat(18)] {
        let file = BASE.replacen("{ en = \"Small\", ko = \"작은 예\" }", &format!("\"{title}\""), 1);
        let file = file.replacen("title = \"Elsewhere\"", &format!("title = \"{title}\""), 1);
        let text = show(&good(read(&file)), Lang::Ko);
        assert!(text.lines().all(|line| columns(line) <= 80), "{text}");
        assert!(text.split_whitespace().collect::<String>().starts_with(&title), "{text}");
    }
}

/// A Weibull law is found for its cv but for the last digits, and is told with the cv that was given.
#[test]
fn a_plain_cv_and_particles_after_seconds_are_right() {
    let (from, to) =
        (BASE.find("severity = {").expect("it has one"), BASE.find("exaggerated = {").expect("it has one"));
    let told = |family: &str| {
        let severity = format!("severity = {{ family = \"{family}\", cv = 2.01234 }}\n");
        let file =
            format!("{}{severity}{}", &BASE[..from], &BASE[to..]).replacen("after = \"1 h\"", "after = \"30 s\"", 1);
        show(&good(read(&file)), Lang::Ko).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for family in ["lognormal", "gamma", "weibull"] {
        let text = told(family);
        assert!(text.contains("변동계수 2.01234.") && text.contains("처음 30초는 빼고"), "{text}");
    }
}
