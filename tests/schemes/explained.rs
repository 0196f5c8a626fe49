//! Schemes explained back: the sentences, the words of each bound, nothing left over of the language of rules.

use redress::model::Lang;
use redress::model::expression::Function;
use redress::model::scheme::Scheme;
use redress::scenario::{NoLibrary, explain_scheme, is_scheme, parse_scheme, scheme_differences};

use super::schemes;

const EVERYTHING: &str = include_str!("explained/every-construct.toml");
const IN_ENGLISH: &str = include_str!("explained/every-construct.en.txt");
const IN_KOREAN: &str = include_str!("explained/every-construct.ko.txt");

fn read(text: &str) -> Scheme {
    parse_scheme(text, "draft", "draft.toml", &NoLibrary).unwrap_or_else(|e| panic!("{e}\n{text}"))
}

/// Columns on a terminal, where a syllable takes two.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if matches!(c, '가'..='힣') { 2 } else { 1 }).sum()
}

/// The sentences of a text, each on one line.
fn unbroken(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_construct_has_its_words() {
    for (name, _) in Function::NAMES {
        assert!(EVERYTHING.contains(&format!("{name}(")), "the example uses `{name}`");
    }
    let scheme = read(EVERYTHING);
    if std::env::var_os("REDRESS_OVERWRITE").is_some() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemes/explained");
        for (file, lang) in [("every-construct.en.txt", Lang::En), ("every-construct.ko.txt", Lang::Ko)] {
            std::fs::write(folder.join(file), explain_scheme(&scheme, lang)).expect("the text is written");
        }
        return;
    }
    assert_eq!(explain_scheme(&scheme, Lang::En), IN_ENGLISH);
    assert_eq!(explain_scheme(&scheme, Lang::Ko), IN_KOREAN);
}

/// A scheme with one rule.
fn ruled(when: &str, pays: &str) -> Scheme {
    read(&format!(
        "title = \"One rule\"\ncurrency = \"KRW\"\n[facts]\n\
         outage = {{ type = \"duration\", title = {{ en = \"outage\", ko = \"장애\" }} }}\n\
         cuts = {{ type = \"durations\", title = {{ en = \"cuts\", ko = \"단절\" }} }}\n\
         told = {{ type = \"date\", title = {{ en = \"report\", ko = \"신고\" }} }}\n\
         down = {{ type = \"period\", title = {{ en = \"interruption\", ko = \"중단\" }} }}\n\
         kind = {{ type = [\"a\", \"b\"], title = {{ en = \"class\", ko = \"등급\" }} }}\n\
         [[rules]]\nid = \"r\"\ntitle = \"R\"\nwhen = '{when}'\npays = '{pays}'\n"
    ))
}

fn says(scheme: &Scheme, lang: Lang, sentence: &str) {
    let text = explain_scheme(scheme, lang);
    assert!(unbroken(&text).contains(sentence), "{sentence}\nis not in\n{text}");
}

#[test]
fn each_bound_has_its_own_word() {
    let cases = [
        ("outage >= 3 h", "the outage is at least 3 hours", "장애가 3시간 이상이면"),
        ("outage > 3 h", "the outage is more than 3 hours", "장애가 3시간 초과이면"),
        ("outage <= 90 min", "the outage is at most 90 minutes", "장애가 90분 이하이면"),
        ("outage < 2 days", "the outage is less than 2 days", "장애가 2일 미만이면"),
        ("outage = 1 h", "the outage is exactly 1 hour", "장애가 1시간이면"),
        ("3 h <= outage", "the outage is at least 3 hours", "장애가 3시간 이상이면"),
        ("3 h > outage", "the outage is less than 3 hours", "장애가 3시간 미만이면"),
        ("outage != 1 h", "the outage is not 1 hour", "장애가 1시간이 아니면"),
        ("not outage >= 3 h", "the outage is less than 3 hours", "장애가 3시간 미만이면"),
        ("not outage > 3 h", "the outage is at most 3 hours", "장애가 3시간 이하이면"),
        ("not outage <= 3 h", "the outage is more than 3 hours", "장애가 3시간 초과이면"),
        ("not outage < 3 h", "the outage is at least 3 hours", "장애가 3시간 이상이면"),
        ("told >= 2024-06-03", "the report is not earlier than 2024-06-03", "신고가 2024-06-03과 같거나 늦으면"),
        ("told > 2024-06-03", "the report is later than 2024-06-03", "신고가 2024-06-03보다 늦으면"),
        ("told <= 2024-06-03", "the report is not later than 2024-06-03", "신고가 2024-06-03과 같거나 이르면"),
        ("told < 2024-06-03", "the report is earlier than 2024-06-03", "신고가 2024-06-03보다 이르면"),
        ("outage >= 3 h and outage < 6 h", "is at least 3 hours and less than 6 hours", "3시간 이상 6시간 미만이면"),
        ("outage > 3 h and outage <= 6 h", "is more than 3 hours and at most 6 hours", "3시간 초과 6시간 이하이면"),
        (
            "count(cuts, >= 3 h) > 2",
            "those of the cuts that are at least 3 hours is more than 2",
            "3시간 이상인 것의 수가 2 초과",
        ),
        ("count(cuts, > 3 h) > 2", "that are more than 3 hours is", "단절 중 3시간 초과인 것의"),
        ("count(cuts, <= 3 h) > 2", "that are at most 3 hours is", "단절 중 3시간 이하인 것의"),
        ("count(cuts, < 3 h) > 2", "that are less than 3 hours is", "단절 중 3시간 미만인 것의"),
        ("days_covered(down, >= 12 h) > 2", "covers at least 12 hours is", "하루에 12시간 이상 걸친"),
        ("days_covered(down, > 12 h) > 2", "covers more than 12 hours is", "하루에 12시간을 초과하여 걸친"),
        ("kind != \"a\"", "the class is not “a”", "등급이 ‘a’가 아니면"),
        ("kind != \"a\" and kind != \"b\"", "the class is none of “a” and “b”", "‘a’, ‘b’ 중 어느 것도 아니면"),
    ];
    for (when, en, ko) in cases {
        let scheme = ruled(when, "10_000 KRW");
        says(&scheme, Lang::En, en);
        says(&scheme, Lang::Ko, ko);
    }
}

#[test]
fn bands_state_both_bounds() {
    let cases = [
        ("< 3 h => 1 KRW, < 6 h", "at least 3 hours and less than 6 hours: 2 KRW", "3시간 이상 6시간 미만: 2원"),
        ("< 3 h => 1 KRW, <= 6 h", "at least 3 hours and at most 6 hours: 2 KRW", "3시간 이상 6시간 이하: 2원"),
        ("<= 3 h => 1 KRW, < 6 h", "more than 3 hours and less than 6 hours: 2 KRW", "3시간 초과 6시간 미만: 2원"),
        ("> 6 h => 1 KRW, >= 3 h", "at least 3 hours and at most 6 hours: 2 KRW", "3시간 이상 6시간 이하: 2원"),
        ("<= 6 h => 1 KRW, <= 3 h", "if the outage is at most 3 hours: 2 KRW", "장애가 3시간 이하일 때: 2원"),
        ("<= 6 h => 1 KRW, > 9 h", "if the outage is more than 9 hours: 2 KRW", "장애가 9시간 초과일 때: 2원"),
    ];
    for (arms, en, ko) in cases {
        let scheme = ruled("outage > 0 h", &format!("match outage {{ {arms} => 2 KRW, else => 3 KRW }}"));
        says(&scheme, Lang::En, en);
        says(&scheme, Lang::Ko, ko);
    }
}

#[test]
fn sums_are_told_as_they_are_reckoned() {
    let cases = [
        (
            "3 * (10% * max(1 KRW, 2 KRW))",
            "Pays 3 times 10 % of (the higher of 1 KRW and 2 KRW).",
            "(1원과 2원 중 큰 금액의 10%)에 3을 곱한 금액을",
        ),
        ("1 KRW * (2 + 3)", "Pays 1 KRW times (2 plus 3).", "1원에 (2에 3을 더한 값)을 곱한 금액을 지급한다."),
        ("1 KRW * 2 + 3 KRW", "Pays 1 KRW times 2, plus 3 KRW.", "(1원에 2를 곱한 금액)에 3원을 더한 금액을 지급한다."),
        (
            "9 KRW - (4 KRW - 1 KRW)",
            "Pays 9 KRW, minus (4 KRW minus 1 KRW).",
            "9원에서 (4원에서 1원을 뺀 금액)을 뺀 금액",
        ),
        ("9 KRW / (3 * 2)", "Pays 9 KRW divided by (3 times 2).", "9원을 (3에 2를 곱한 값)으로 나눈 금액을"),
        ("9 KRW / 3 * 2", "Pays 9 KRW divided by 3, times 2.", "9원을 3으로 나누고 2를 곱한 금액을 지급한다."),
        (
            "10% * max(1 KRW, 2 KRW)",
            "Pays 10 % of (the higher of 1 KRW and 2 KRW).",
            "1원과 2원 중 큰 금액의 10%를 지급한다.",
        ),
        (
            "max(1 KRW, 2 KRW) * 3",
            "Pays (the higher of 1 KRW and 2 KRW) times 3.",
            "1원과 2원 중 큰 금액에 3을 곱한 금액을",
        ),
        (
            "floor(2.5 KRW, 1 KRW)",
            "Pays 2.50 KRW, rounded down to a multiple of 1 KRW.",
            "2.50원을 1원 단위로 내림한 금액을",
        ),
        (
            "ceil(2.5 KRW, 1 KRW)",
            "Pays 2.50 KRW, rounded up to a multiple of 1 KRW.",
            "2.50원을 1원 단위로 올림한 금액을",
        ),
        (
            "round(2.5 KRW, 1 KRW)",
            "rounded to the nearest multiple of 1 KRW (halves up).",
            "2.50원을 1원 단위로 반올림한 금액을",
        ),
    ];
    for (pays, en, ko) in cases {
        let scheme = ruled("outage > 0 h", pays);
        says(&scheme, Lang::En, en);
        says(&scheme, Lang::Ko, ko);
    }
}

#[test]
fn the_library_is_explained_without_leftovers() {
    let signs = [">=", "<=", "=>", "!=", " > ", " < ", "match ", "match{", " * ", "_h ", " then "];
    let mut wrong = Vec::new();
    for scheme in schemes() {
        for lang in [Lang::En, Lang::Ko] {
            let text = explain_scheme(&scheme, lang);
            let functions = Function::NAMES.iter().map(|(n, _)| format!("{n}("));
            let titled = scheme.versions.iter().flat_map(|v| &v.names).filter(|n| !n.title.is_empty());
            let names = titled.filter(|n| n.name.contains('_')).map(|n| n.name.clone());
            let signs = signs.iter().map(|s| (*s).to_string()).chain(functions).chain(names);
            wrong.extend(signs.filter(|s| holds(&text, s)).map(|s| format!("{} {lang:?}: `{s}`", scheme.id)));
            wrong.extend(
                text.lines()
                    .filter(|l| columns(l) > 80 && !l.contains("://"))
                    .map(|l| format!("{} {lang:?}: {l}", scheme.id)),
            );
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// True where a sign stands in a text by itself.
fn holds(text: &str, sign: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let alone = |at: usize| {
        let after = text[at + sign.len()..].chars().next();
        !text[..at].ends_with(part) && (sign.ends_with(|c| !part(c)) || !after.is_some_and(part))
    };
    text.match_indices(sign).any(|(at, _)| alone(at))
}

#[test]
fn two_drafts_differ_in_their_sentences() {
    let draft = |from: &str, sum: &str| ruled(&format!("outage {from}"), &format!("max({sum} KRW, 100 KRW)"));
    let (a, b) = (draft(">= 3 h", "500"), draft("> 3 h", "500"));
    assert_eq!(
        scheme_differences(&a, &b, Lang::En),
        "  …\n  R\n-   Applies when the outage is at least 3 hours.\n\
         +   Applies when the outage is more than 3 hours.\n  \
         \x20 Pays the higher of 500 KRW and 100 KRW.\n  …\n"
    );
    assert_eq!(
        scheme_differences(&a, &b, Lang::Ko),
        "  …\n  R\n-   장애가 3시간 이상이면 적용한다.\n+   장애가 3시간 초과이면 적용한다.\n  \
         \x20 500원과 100원 중 큰 금액을 지급한다.\n  …\n"
    );
    assert_eq!(scheme_differences(&a, &a, Lang::En), "Both say the same.\n");
    let longer = scheme_differences(&draft("> 3 h", "500"), &read(EVERYTHING), Lang::Ko);
    assert!(longer.lines().all(|l| columns(l) <= 80 && [' ', '-', '+'].contains(&l.chars().next().unwrap_or(' '))));
}

/// A draft whose bounds, sums and shares stand under `[steps]`.
fn with_parameters(steps: &str) -> Scheme {
    read(&format!(
        "title = \"Named bounds\"\ncurrency = \"KRW\"\n[facts]\n\
         outage = {{ type = \"duration\", title = {{ en = \"outage\", ko = \"장애\" }} }}\n\
         fee = {{ type = \"money\", title = {{ en = \"monthly fee\", ko = \"월 요금\" }} }}\n\
         told = {{ type = \"date\", title = {{ en = \"report\", ko = \"신고\" }} }}\n\
         [steps]\n{steps}\n\
         [[rules]]\nid = \"r\"\nwhen = 'first_hours <= outage and told <= add_months(2024-01-31, months)'\n\
         pays = 'match outage {{ < first_hours => 0 KRW, <= twice => rate * fee, else => 3 * fee }}'\n\
         [[rules]]\nid = \"never\"\nwhen = 'clause and outage > twice'\npays = 'min(fee, most)'\n"
    ))
}

const PARAMETERS: &str = "first_hours = '3 h'\n\
    twice = { is = '2 * first_hours', title = { en = 'second step', ko = '둘째 단계 (이하)' } }\n\
    rate = { is = '10%', title = { en = 'the rate', ko = '비율' } }\n\
    months = { is = '6', title = { en = 'term to claim', ko = '청구 기한' } }\n\
    most = { is = '90 min / 1 h * 1_000 KRW', title = { en = 'the most', ko = '한도' } }\n\
    clause = { is = 'false', title = { en = 'late clause', ko = '지연 조항' } }";

#[test]
fn a_bound_that_is_a_parameter_has_its_value_in_the_sentence() {
    let scheme = with_parameters(PARAMETERS);
    for (lang, sentences) in [
        (
            Lang::En,
            [
                "the outage is at least 3 hours (first_hours)",
                "the same day 6 months (term to claim) after 2024-01-31",
                "- less than 3 hours (first_hours): 0 KRW",
                "- at least 3 hours (first_hours) and at most 6 hours (second step): 10 % (the rate) of the monthly fee",
                "- more than 6 hours (second step): 3 times the monthly fee",
                "| 3 hours (first_hours) | 6 hours (second step) | 10 % (the rate) of the |",
                "second step: 2 times 3 hours (first_hours), that is 6 hours.",
                "Pays the lower of the monthly fee and 1,500 KRW (the most).",
                "“late clause” is true (here it is not true) and the outage is more than 6 hours (second step)",
            ],
        ),
        (
            Lang::Ko,
            [
                "장애가 3시간(first_hours) 이상이고",
                "2024-01-31에서 6개월(청구 기한) 뒤의 같은 날",
                "- 3시간(first_hours) 미만: 0원",
                "- 3시간(first_hours) 이상 6시간(둘째 단계 (이하)) 이하: 월 요금의 10%(비율)",
                "- 6시간(둘째 단계 (이하)) 초과: 월 요금에 3을 곱한 금액",
                "둘째 단계 (이하): 3시간(first_hours)에 2를 곱한 시간(즉 6시간).",
                "| 3시간(first_hours)",
                "월 요금과 1,500원(한도) 중 작은 금액을 지급한다.",
                "‘지연 조항’(여기서는 아니요)에 해당하고 장애가 6시간(둘째 단계 (이하)) 초과이면",
            ],
        ),
    ] {
        sentences.iter().for_each(|s| says(&scheme, lang, s));
    }
}

#[test]
fn another_value_of_a_parameter_is_another_sentence() {
    let (a, b) = (with_parameters(PARAMETERS), with_parameters(&PARAMETERS.replace("'3 h'", "'4 h'")));
    for (lang, before, after) in [
        (Lang::En, "at least 3 hours (first_hours)", "at least 4 hours (first_hours)"),
        (Lang::Ko, "장애가 3시간(first_hours) 이상", "장애가 4시간(first_hours) 이상"),
    ] {
        let text = scheme_differences(&a, &b, lang);
        let line = |mark: char, words: &str| text.lines().any(|l| l.starts_with(mark) && l.contains(words));
        assert!(line('-', before) && line('+', after), "{text}");
    }
    // What rests on the parameter differs with it.
    let text = scheme_differences(&a, &b, Lang::En);
    assert!(text.contains("- more than 8 hours (second step)"), "{text}");
    // A version that changes nothing but the parameter is told with the sentences in which it stands.
    let text = format!(
        "{}\n[[versions]]\nid = \"2020\"\nfrom = 2020-01-01\n[[versions]]\nid = \"2019\"\nfrom = 2019-01-01\nsteps = {{ hours = \"4 h\" }}\n",
        "title = \"V\"\ncurrency = \"KRW\"\nfacts = { outage = \"duration\" }\nsteps = { hours = \"3 h\" }\n[[rules]]\nid = \"r\"\nwhen = \"outage > hours\"\npays = \"5 KRW\""
    );
    let text = unbroken(&explain_scheme(&read(&text), Lang::En));
    let (latest, older) = text.split_once("As version 2020, but:").expect("the older version is told");
    assert!(
        latest.contains("is more than 3 hours (hours)") && older.contains("is more than 4 hours (hours)"),
        "{text}"
    );
}

/// What a reader cannot see in the sentences of a rule: that it never applies, that a term decides nothing, when a version
/// ended, and what a rule without a sum is.
#[test]
fn what_a_rule_does_not_do_is_said() {
    let scheme = read(
        "title = \"V\"\ncurrency = \"KRW\"\n[facts]\n\
         outage = { type = \"duration\", default = \"1 h\", title = { en = \"time off\", ko = \"중단 시간\" } }\n\
         proven = { type = \"money\", title = { en = \"proven damage\", ko = \"증명된 손해\" } }\n\
         part = { type = \"share\", default = \"20%\", title = { en = \"own part\", ko = \"본인 몫\" } }\n\
         told = { type = \"date\", title = { en = \"report\", ko = \"신고\" } }\n\
         [steps]\nclause = \"false\"\nspare = { is = \"told + 3 d\", title = { en = \"term\", ko = \"기한\" } }\n\
         [[rules]]\nid = \"r\"\nwhen = \"outage > 3 h\"\npays = \"min(proven, if outage > 5 h then 5 KRW else 3 KRW)\"\n\
         [[rules]]\nid = \"off\"\nwhen = \"clause and outage > 1 h\"\npays = \"part * proven\"\n\
         [[rules]]\nid = \"end\"\nmode = \"claim\"\nwhen = \"outage > 9 h\"\n\
         [[versions]]\nid = \"a\"\nfrom = 2020-01-01\n\
         [[versions]]\nid = \"b\"\nfrom = 2021-01-01\n\
         [[versions.rules]]\nid = \"must\"\nmode = \"duty\"\ngives = \"2 h\"\n",
    );
    for (lang, sentences) in [
        (
            Lang::En,
            [
                "In this version it never applies.",
                "term: 3 days after the report. No rule looks at this; it is told for information.",
                "Version a, in force from 2020-01-01 to 2020-12-31",
                "Pays the lower of the proven damage and (5 KRW if the time off is more than 5 hours, otherwise 3 KRW).",
                "Without a sum; a simulation leaves it out.",
                "Within 2 hours.",
                "time off: a length of time; if not told, 1 hour; in a simulation the length of the outage",
                "own part: a share; if not told, 20 %",
                "This version does not have the rule: must.",
            ],
        ),
        (
            Lang::Ko,
            [
                "이 판에서는 적용되는 경우가 없다.",
                "기한: 신고에서 3일 뒤. 참고용이며 어느 규칙도 쓰지 않는다.",
                "a 판 (2020-01-01부터 2020-12-31까지 시행)",
                "증명된 손해와 (중단 시간이 5시간 초과이면 5원, 아니면 3원) 중 작은 금액을 지급한다.",
                "정해진 금액은 없다. 모의실험에서는 뺀다.",
                "기한은 2시간으로 한다.",
                "중단 시간: 시간의 길이; 적지 않으면 1시간; 모의실험에서는 장애 시간",
                "본인 몫: 비율; 적지 않으면 20%",
                "이 판에는 다음 규칙 없음: must.",
            ],
        ),
    ] {
        sentences.iter().for_each(|s| says(&scheme, lang, s));
    }
    // Nothing depends on the day of the report: nobody need state it.
    says(&scheme, Lang::En, "report: a date; no rule looks at it");
    says(&scheme, Lang::Ko, "신고: 날짜; 어느 규칙도 쓰지 않음");
    // A rule without money makes no award.
    let unpaid = read("title = \"V\"\ncurrency = \"KRW\"\n[[rules]]\nid = \"r\"\ngives = \"2 h\"\n");
    says(&unpaid, Lang::En, "No rule pays money: there is no award.");
    says(&unpaid, Lang::Ko, "돈을 지급하는 규칙은 없다.");
}

#[test]
fn a_truth_that_one_subject_chooses_is_a_list() {
    let scheme = read(
        "title = \"V\"\ncurrency = \"KRW\"\n[facts]\n\
         event = { type = [\"delay\", \"strike\", \"other\"], title = { en = \"event\", ko = \"사건\" } }\n\
         late = { type = \"yes or no\", title = { en = \"late by hours\", ko = \"몇 시간 늦음\" } }\n\
         [steps]\nowed = { is = 'match event { \"delay\" => late, \"strike\" => false, else => true }', \
         title = { en = \"entitled\", ko = \"대상\" } }\n\
         [[rules]]\nid = \"r\"\nwhen = \"owed\"\npays = \"5 KRW\"\n",
    );
    let en = "entitled, by the event: - “delay”: yes when “late by hours” is true - “strike”: no - otherwise: yes";
    says(&scheme, Lang::En, en);
    says(
        &scheme,
        Lang::Ko,
        "대상: 사건에 따라 다음과 같다: - ‘delay’: ‘몇 시간 늦음’에 해당하면 예 - ‘strike’: 아니요 - 그 밖: 예",
    );
}

#[test]
fn a_version_with_another_value_keeps_the_title() {
    let scheme = read(
        "title = \"V\"\ncurrency = \"KRW\"\nfacts = { outage = \"duration\" }\n\
         [steps]\nhours = { is = \"3 h\", title = { en = \"least time\", ko = \"최소 시간\" } }\n\
         [[rules]]\nid = \"r\"\nwhen = \"outage > hours\"\npays = \"5 KRW\"\n\
         [[versions]]\nid = \"a\"\nfrom = 2020-01-01\n\
         [[versions]]\nid = \"b\"\nfrom = 2021-01-01\nsteps = { hours = \"90 min\" }\n",
    );
    assert_eq!(scheme.versions[1].names[1].title.en, "least time");
    says(&scheme, Lang::Ko, "90분(최소 시간) 초과이면");
}

/// A version that rests on an old one differs from that by a rule, from the latest by all of them.
#[test]
fn a_version_is_told_beside_the_one_that_it_is_most_like() {
    let rule = |id: &str, sum: u32| format!("[[versions.rules]]\nid = \"{id}\"\npays = \"{sum} KRW\"\n");
    let scheme = read(&format!(
        "title = \"V\"\ncurrency = \"KRW\"\n[[versions]]\nid = \"old\"\nfrom = 2020-01-01\n{}{}\
         [[versions]]\nid = \"storm\"\nbased_on = \"old\"\n{}\
         [[versions]]\nid = \"new\"\nfrom = 2021-01-01\n{}{}",
        rule("one", 1),
        rule("two", 2),
        rule("early", 3),
        rule("one", 10),
        rule("two", 20),
    ));
    let text = unbroken(&explain_scheme(&scheme, Lang::En));
    let (_, storm) = text.split_once("Version storm").expect("the version is told");
    assert_eq!(storm.replace("-", "").trim(), "As version old, but: early Always applies. Pays 3 KRW.", "{text}");
    let (_, old) = text.split_once("As version new, but:").expect("the old version is told beside the latest");
    assert!(old.starts_with(" one Always applies. Pays 1 KRW. two Always applies. Pays 2 KRW."), "{text}");
    says(&scheme, Lang::Ko, "old 판과 같되 다음이 다르다: early 항상 적용한다. 3원을 지급한다.");
}

#[test]
fn a_scheme_is_told_from_a_scenario() {
    assert!(is_scheme(EVERYTHING));
    assert!(is_scheme("title = \"x\"\nbased_on = \"y\"\n"));
    assert!(!is_scheme(
        "title = \"x\"\ncurrency = \"EUR\"\n[outage]\nstart = 2024-01-01\n[[guidelines]]\nid = \"a\"\n"
    ));
    assert!(!is_scheme("title = \"x\"\n[[rules]]\nid = \"a\"\n"));
}
