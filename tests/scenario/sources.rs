//! Sources and dates: every figure may carry them and stands among the inputs, and `as_of` hides what came later.

use redress::chance::law::Law;
use redress::model::{Lang, Scenario, Tail};
use redress::scenario::{InputRow, Loaded, Located, NoLibrary, inputs, load, parse, show};

use super::resolved::shipped;
use super::{BASE, good, mistakes, read, read_set, with};

/// The base with several pieces of text replaced.
fn with_all(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(BASE.to_string(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "`{from}` must stand once");
        text.replacen(from, to, 1)
    })
}

/// A text as it was known on a day.
fn on(day: &str, text: &str) -> String {
    text.replacen("schema = 1", &format!("schema = 1\nas_of = {day}"), 1)
}

fn row(scenario: &Scenario, path: &str) -> InputRow {
    inputs(scenario).into_iter().find(|r| r.path == path).unwrap_or_else(|| panic!("no {path}"))
}

fn value(loaded: &Loaded, path: &str) -> f64 {
    let q = loaded.scenario.quantities.find(path).unwrap_or_else(|| panic!("no {path}"));
    match loaded.scenario.quantities.get(q).law {
        Law::Constant(v) => v,
        ref law => law.mean(),
    }
}

/// Mistakes of values of which no version was known.
fn without_version(text: &str) -> Vec<Located> {
    mistakes(read(text)).into_iter().filter(|m| m.message.contains("no version of this")).collect()
}

fn warned(loaded: &Loaded) -> Vec<String> {
    // That the base states shares of who files has nothing to do with sources.
    let told = loaded.warnings.located().into_iter().map(|w| w.message);
    told.filter(|message| !message.contains("take-up curve")).collect()
}

/// Correlations, tolerance, start, weights and joint tables say the same with their sources as without.
#[test]
fn every_figure_can_carry_its_source() {
    let plain = good(read(&with("rank = 0.5", "rank = 0.5\ntail = 4")));
    let text = with_all(&[
        (
            "rank = 0.5",
            "rank = { value = 0.5, source = \"press\", note = \"page 3\" }\ntail = { value = 4, source = \"report\" }",
        ),
        ("amount = \"40 bn KRW\"", "amount = \"40 bn KRW\"\ntolerance = { value = \"5 %\", source = \"report\" }"),
        ("start = 2022-10-15T15:30:00", "start = { value = 2022-10-15T15:30:00, source = \"press\" }"),
        ("day = [1,", "day = { source = \"press\", value = [1,"),
        ("2, 2, 1, 1]", "2, 2, 1, 1] }"),
        ("rows = [ [0.1, \"2 h\"]", "source = \"press\"\nnote = \"table 2\"\nrows = [ [0.1, \"2 h\"]"),
    ]);
    let sourced = good(read(&text));
    let (a, b) = (&plain.scenario, &sourced.scenario);
    assert_eq!((&a.outage, &a.quantities.links, &a.budget), (&b.outage, &b.quantities.links, &b.budget));
    assert_eq!(format!("{:?}", a.cohorts), format!("{:?}", b.cohorts));
    assert_eq!(b.quantities.links[0].tail, Tail::Student(4.0));

    let told = |s: &Scenario, path: &str| {
        let row = row(s, path);
        (row.value_or_law, row.unit, row.status, row.source_title, row.source_date)
    };
    let told = |s: &Scenario, path: &str| {
        let (value, unit, status, title, date) = told(s, path);
        format!("{value}|{unit}|{status}|{title}|{date}")
    };
    let start = "outage.start";
    assert_eq!(told(a, start), "2022-10-15T15:30|local time|assumed||");
    assert_eq!(told(b, start), "2022-10-15T15:30|local time|sourced|Press|2022-10-16");
    assert_eq!(told(a, "budget.tolerance"), "0.05|share|default||");
    assert_eq!(told(b, "budget.tolerance"), "0.05|share|sourced|Report|2023-05-01");
    assert_eq!(told(a, "correlations.1.rank"), "0.5|1|assumed||");
    assert_eq!(told(b, "correlations.1.rank"), "0.5|1|sourced|Press|2022-10-16");
    assert_eq!(told(b, "correlations.1.tail"), "4|1|sourced|Report|2023-05-01");
    let between = "between services.talk.restored_after, cohorts.users.size";
    assert_eq!(row(b, "correlations.1.rank").note, format!("{between}; page 3"));
    assert!(
        told(a, "profiles.default.day").starts_with("[1, 1, ") && told(a, "profiles.default.day").contains("|assumed|")
    );
    assert!(told(b, "profiles.default.day").ends_with("|1|sourced|Press|2022-10-16"));
    assert_eq!(told(b, "profiles.default.week"), "[1, 1, 1, 1, 1, 1.1, 1.1]|1|assumed||");
    assert_eq!(told(b, "joint.history.rows"), "a, b: 0.1, \"2 h\"; 0.2, \"30 h\"||sourced|Press|2022-10-16");
    // Numbers from the table have its source and note.
    let column = row(b, "guidelines.flat.rules.bands.amount.steps.3.pay.share_of_loss");
    assert_eq!((column.status, column.note.as_str()), ("sourced", "table 2"));
    assert!((column.middle[0] - 0.15).abs() < 1e-12);
    assert_eq!(row(a, "guidelines.flat.rules.bands.amount.steps.3.pay.share_of_loss").status, "assumed");

    let again = good(parse(&sourced.resolved, "resolved.toml", &NoLibrary, &[], None));
    assert_eq!(format!("{:?}", again.scenario), format!("{:?}", sourced.scenario));
    assert_eq!(again.resolved, sourced.resolved);
}

/// `show` cites their sources, and lists those that have none under the assumptions, in both languages.
#[test]
fn assumptions_are_listed() {
    let assumptions = |text: &str, lang: Lang, heading: &str| {
        let told = show(&good(read(text)), lang);
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        let (before, after) = told.split_once(heading).expect("the heading");
        (before.to_string(), after.to_string())
    };
    let counted = "[[observed]]\non = 2022-10-24\nvalue = 45_000\n[budget]";
    let text = with("[budget]", counted);
    let (_, en) = assumptions(&text, Lang::En, "numbers without a source");
    for part in [
        "correlations.1.rank: 0.5 – between services.talk.restored_after",
        "outage.start: 2022-10-15T15:30",
        "profiles.default.week: [1, 1, 1, 1, 1, 1.1, 1.1]",
        "joint.history.rows: a, b: 0.1,",
        "observed.1.value: 45,000 – reports, 2022-10-24",
    ] {
        assert!(en.contains(part), "{part} is not in {en}");
    }
    assert!(!en.contains("tolerance"), "a default is no assumption: {en}");
    let sourced = text
        .replace("rank = 0.5", "rank = { value = 0.5, source = \"press\" }")
        .replace("value = 45_000", "value = { value = 45_000, source = \"press\" }");
    let (before, after) = assumptions(&sourced, Lang::En, "numbers without a source");
    assert!(before.contains("cohorts.users.size: rank correlation 0.5 [1]"), "{before}");
    assert!(!after.contains("correlations.1") && !after.contains("observed.1"), "{after}");
    let (before, after) = assumptions(&text, Lang::Ko, "출처 없는 숫자");
    assert!(before.contains("순위 상관 0.5") && after.contains("사이"), "{before} {after}");
}

/// Where no uncertain number can stand, a law is refused and the way to write a source is said.
#[test]
fn what_is_no_uncertain_number_takes_no_law() {
    let law = "{ law = \"uniform\", min = 0.1, max = 0.2 }";
    for (from, to) in [
        ("rank = 0.5", format!("rank = {law}")),
        ("amount = \"40 bn KRW\"", format!("amount = \"40 bn KRW\"\ntolerance = {law}")),
        ("start = 2022-10-15T15:30:00", "start = { same_as = \"cohorts.users.size\" }".into()),
        ("week = [1, 1, 1, 1, 1, 1.1, 1.1]", format!("week = {law}")),
    ] {
        let found = mistakes(read(&with(from, &to)));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].message.contains("is no uncertain number"), "{found:#?}");
        assert!(found[0].help.contains("{ value = …, source"), "{found:#?}");
    }
    let found = mistakes(read(&with("rank = 0.5", "rank = { value = 0.5, sorce = \"press\" }")));
    assert!(found.len() == 1 && found[0].help.contains("did you mean `source`?"), "{found:#?}");
    let found = mistakes(read(&with("rank = 0.5", "rank = { value = 2 }")));
    assert!(found.len() == 1 && found[0].message.contains("strictly between -1 and 1"), "{found:#?}");
    let listed = with("size = 20_000", "size = [ { value = 20_000, date = 2022-10-20 } ]");
    let found = mistakes(read(&listed));
    assert!(found.len() == 1 && found[0].help.contains("{ versions = ["), "{found:#?}");
}

/// Every row has a path of its own in every shipped scenario, and figures inside schemes stand there with their sources.
#[test]
fn figures_of_schemes_are_listed() {
    for path in shipped() {
        let rows = inputs(&good(load(&path, &[])).scenario);
        let mut paths: Vec<&str> = rows.iter().map(|r| r.path.as_str()).collect();
        paths.sort_unstable();
        let twice: Vec<_> = paths.windows(2).filter(|w| w[0] == w[1]).collect();
        assert!(twice.is_empty(), "{}: {twice:?}", path.display());
    }
    let kakao = shipped().into_iter().find(|p| p.ends_with("scenarios/kakao-2022.toml")).expect("shipped");
    let loaded = good(load(&kakao, &[]));
    let steps = "guidelines.telecom-terms.scheme.steps";
    let multiple = row(&loaded.scenario, &format!("{steps}.multiple"));
    assert_eq!((multiple.value_or_law.as_str(), multiple.unit.as_str(), multiple.middle[0]), ("10", "1", 10.0));
    assert_eq!(
        (multiple.status, multiple.source_title.as_str()),
        ("sourced", "WikiLeaks Korea on the operators' outage terms")
    );
    assert!(
        multiple.note.contains("least multiple of the fee") && multiple.note.contains("also ETNews"),
        "{}",
        multiple.note
    );
    let threshold = row(&loaded.scenario, &format!("{steps}.single_threshold"));
    assert_eq!((threshold.value_or_law.as_str(), threshold.unit.as_str()), ("2", "h"));
    let fee = row(&loaded.scenario, &format!("{steps}.hour_fee"));
    assert_eq!((fee.unit.as_str(), fee.status), ("KRW", "sourced"));
    assert!(fee.value_or_law.contains("/ 24") && fee.middle[0].is_nan());
    // What the scenario itself says of a fact has no source there.
    let saturdays = row(&loaded.scenario, "guidelines.kakao-plan.rules.chauffeur-regular.facts.saturdays");
    assert_eq!((saturdays.value_or_law.as_str(), saturdays.status), ("8", "assumed"));
    let days = row(&loaded.scenario, "guidelines.kakao-plan.rules.melon-days.pays");
    assert!(days.value_or_law.contains("given / 24 h") && days.status == "assumed");
    // A run from the resolved text lists the same.
    let again = good(parse(&loaded.resolved, "resolved.toml", &NoLibrary, &[], None));
    assert_eq!(format!("{:?}", inputs(&again.scenario)), format!("{:?}", inputs(&loaded.scenario)));
}

/// Both scenarios can be had as they stood before anybody was paid on documents: of who is approved what others had seen is known
/// then, and no number in them is of a later day.
#[test]
fn shipped_scenarios_can_be_had_as_they_stood_before_payment() {
    for (name, day, rule, known, before) in [
        ("kakao-2022", "2022-12-31", "kakao-plan.rules.merchant-cash", "205 paid", "13,500"),
        ("kt-2018", "2019-03-22", "kt-2018.rules.merchants", "11,500 paid", ""),
    ] {
        let file = shipped().into_iter().find(|p| p.ends_with(format!("scenarios/{name}.toml"))).expect("shipped");
        let [now, then] = [&[][..], &[format!("as_of={day}")]].map(|set| good(load(&file, set)).scenario);
        let approval = |s: &Scenario| row(s, &format!("guidelines.{rule}.approval"));
        assert!(approval(&now).source_title.contains(known) || approval(&now).note.contains(known));
        assert!(approval(&then).source_title.contains(before), "{:?}", approval(&then));
        // A later text may quote what was known before, and says so.
        let later = |r: &&InputRow| r.source_date.as_str() > day && !r.note.contains("as of ");
        let rows = inputs(&then);
        let of_schemes = |r: &&InputRow| r.path.contains(".scheme.");
        let found: Vec<_> =
            rows.iter().filter(later).filter(|r| !of_schemes(r)).map(|r| (&r.path, &r.source_date)).collect();
        assert!(found.is_empty(), "{found:?}");
        assert!(inputs(&now).iter().filter(later).count() >= 7);
    }
}

/// A number that was fitted to what came later says so in its note, and then must not hold on an earlier day: no note of a number
/// or a figure of the shipped scenarios as they stood names an outcome.
#[test]
fn nothing_fitted_to_outcomes_holds_before_them() {
    let cases: [(&str, &str, &[&str]); 2] = [
        ("kakao-2022", "2022-12-31", &["451 ", "205 ", "17.3 m", "12 m of", "gifts of January", "own outcome"]),
        ("kt-2018", "2019-03-22", &["13,500", "11,500", "6.25", "35.08", "2021", "2023"]),
    ];
    for (name, day, outcomes) in cases {
        let file = shipped().into_iter().find(|p| p.ends_with(format!("scenarios/{name}.toml"))).expect("shipped");
        let [now, then] = [&[][..], &[format!("as_of={day}")]].map(|set| good(load(&file, set)).scenario);
        let telling = |scenario: &Scenario| -> Vec<String> {
            // Schemes have versions of their own; of the fees of KT's mobile lines docs/validation.md tells that they are fitted.
            let apart = |path: &str| path.contains(".scheme.") || path.starts_with("cohorts.mobile.fee_month.");
            let own = inputs(scenario).into_iter().filter(|r| !apart(&r.path));
            let told = own.filter(|r| outcomes.iter().any(|o| r.note.contains(o)));
            told.map(|r| format!("{}: {}", r.path, r.note)).collect()
        };
        assert_eq!(telling(&then), Vec::<String>::new(), "{name}");
        assert!(telling(&now).len() > 4, "{name}: the words are looked for where they are");
    }
}

/// Of several versions the latest not after the day holds; the others are not used, but must be right as well.
#[test]
fn the_version_of_the_day_holds() {
    let versions = "{ versions = [ { value = \"90 %\", source = \"report\" }, { value = 0.7, source = \"press\" }, \
                    { law = \"uniform\", min = 0.7, max = 0.9, date = 2022-12-01, note = \"between\" } ] }";
    let text = with("hit = 0.9", &format!("hit = {versions}"));
    for (day, wanted, title, note) in [
        ("2022-10-16", 0.7, "Press", ""),
        ("2022-11-30", 0.7, "Press", ""),
        ("2022-12-01", 0.8, "", "as of 2022-12-01; between"),
        ("2023-05-01", 0.9, "Report", ""),
    ] {
        let loaded = good(read(&on(day, &text)));
        let hit = row(&loaded.scenario, "cohorts.shops.hit");
        assert!((hit.middle[0] - wanted).abs() < 1e-12, "{day}: {}", hit.middle[0]);
        assert_eq!((hit.source_title.as_str(), hit.note.as_str()), (title, note), "{day}");
        let again = good(parse(&loaded.resolved, "resolved.toml", &NoLibrary, &[], None));
        assert_eq!(format!("{:?}", again.scenario), format!("{:?}", loaded.scenario));
        assert!(!loaded.resolved.contains("versions ="));
    }
    // No source stands there for nothing because its version is not used.
    let only = text.replace("source = \"report\"\npool", "pool");
    assert!(!only.contains("\"report\"\n") && warned(&good(read(&on("2022-11-01", &only)))).is_empty());
    // A change replaces all versions at once, or one of them.
    let early = on("2022-11-01", &text);
    assert_eq!(value(&good(read_set(&early, &["cohorts.shops.hit=0.3"])), "cohorts.shops.hit"), 0.3);
    assert_eq!(value(&good(read_set(&early, &["cohorts.shops.hit.versions.2.value=0.4"])), "cohorts.shops.hit"), 0.4);
    assert_eq!(value(&good(read_set(&text, &["as_of=2022-11-01"])), "cohorts.shops.hit"), 0.7);

    let found = without_version(&on("2022-10-15", &text));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].message.contains("known on 2022-10-15: the first is dated 2022-10-16"), "{found:#?}");
    assert!(found[0].help.contains("set `as_of` to 2022-10-16 or later"), "{found:#?}");

    // A day that does not exist is one mistake, not one more for each version that no day lets through.
    for day in ["\"2022-02-30\"", "2022-02-30"] {
        let found = mistakes(read(&on(day, &text)));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].line, 2, "{found:#?}");
    }
}

/// Versions stand wherever a value does: in correlations, weights, the start, tables of a number's own.
#[test]
fn versions_stand_everywhere() {
    let two = |a: &str, b: &str| {
        format!("{{ versions = [ {{ value = {a}, date = 2022-10-16 }}, {{ value = {b}, date = 2022-12-01 }} ] }}")
    };
    let text = with_all(&[
        ("rank = 0.5", &format!("rank = {}", two("0.2", "0.5"))),
        ("amount = \"40 bn KRW\"", &format!("amount = \"40 bn KRW\"\ntolerance = {}", two("0.2", "0.1"))),
        ("start = 2022-10-15T15:30:00", &format!("start = {}", two("2022-10-15T15:19:00", "2022-10-15T15:30:00"))),
        (
            "week = [1, 1, 1, 1, 1, 1.1, 1.1]",
            &format!("week = {}", two("[1, 1, 1, 1, 1, 2, 2]", "[1, 1, 1, 1, 1, 1, 1]")),
        ),
        ("[\"10 h\", 8000]", &format!("[\"10 h\", {}]", two("7000", "8000"))),
        ("uses_per_day = { talk = 5.0 }", &format!("uses_per_day = {{ talk = {} }}", two("4", "5"))),
        ("[budget]", &format!("[[observed]]\non = 2022-10-16\nvalue = {}\n[budget]", two("40_000", "45_000"))),
    ]);
    for (day, wanted) in [
        ("2022-11-01", "0.2 0.2 2022-10-15T15:19 7000 4 40000 [1, 1, 1, 1, 1, 2, 2]"),
        ("2023-11-01", "0.5 0.1 2022-10-15T15:30 8000 5 45000 [1, 1, 1, 1, 1, 1, 1]"),
    ] {
        let loaded = good(read(&on(day, &text)));
        let s = &loaded.scenario;
        let budget = s.budget.as_ref().expect("stated");
        let got = format!(
            "{} {} {} {} {} {} {}",
            s.quantities.links[0].rho,
            budget.tolerance,
            s.outage.start.text,
            value(&loaded, "cohorts.shops.loss.damage.points.2.2"),
            value(&loaded, "cohorts.users.hit.uses_per_day.talk"),
            s.aftermath.observed[0].value,
            row(s, "profiles.default.week").value_or_law,
        );
        assert_eq!(got, wanted, "{day}");
    }
    // All of these are too late, and each is told.
    let found = without_version(&on("2022-10-15", &text));
    assert_eq!(found.len(), 7, "{found:#?}");
}

/// Mistakes in versions are told whether they hold or not, and where two are of one day neither does.
#[test]
fn mistakes_in_versions_are_told() {
    let cases: [(&str, &[&str]); 9] = [
        ("{ valeu = 0.9, date = 2022-12-01 }", &["unknown key `valeu`", "did you mean `value`?"]),
        ("{ value = 90, date = 2022-12-01 }", &["between 0 and 1", "90 %"]),
        ("{ law = \"uniform\", min = 0, max = 7, date = 2022-12-01 }", &["this law goes up to 7"]),
        ("{ value = 0.9, source = \"reprot\" }", &["there is no source `reprot`", "did you mean `report`?"]),
        ("{ value = 0.9, date = \"2022-02-30\" }", &["there is no date `2022-02-30`"]),
        ("{ value = 0.9 }", &["this version has no date", "add `date = "]),
        ("{ value = 0.9, source = \"press\" }", &["two versions are dated 2022-10-16", "keep one of the two"]),
        ("{ value = 0.9, law = \"uniform\", date = 2022-12-01 }", &["cannot stand together"]),
        ("0.9", &["a version is a table with value and date, not a number", "date = 2022-10-16 }"]),
    ];
    for (wrong, words) in cases {
        for order in [[wrong, "{ value = 0.7, source = \"press\" }"], ["{ value = 0.7, source = \"press\" }", wrong]] {
            let text = with("approval = 0.85", &format!("approval = {{ versions = [ {} ] }}", order.join(", ")));
            for text in [on("2022-11-01", &text), text] {
                let found = mistakes(read(&text));
                assert_eq!(found.len(), 1, "{wrong}: {found:#?}");
                for word in words {
                    assert!(found[0].message.contains(word) || found[0].help.contains(word), "{word}: {found:#?}");
                }
            }
        }
    }
    // Two mistakes are told at once.
    let both = "approval = { versions = [ { value = 0.7 }, { value = 0.9, date = \"2022-02-30\" } ] }";
    assert_eq!(mistakes(read(&with("approval = 0.85", both))).len(), 2);
}

/// What has a defined meaning where it is absent has none where it is not known yet.
#[test]
fn nothing_stands_in_for_what_is_not_known_yet() {
    for late in ["{ value = 0.5, source = \"report\" }", "{ versions = [ { value = 0.5, source = \"report\" } ] }"] {
        let text = with("hit = 0.9", &format!("hit = 0.9\nawareness = {late}"));
        let found = mistakes(read(&on("2022-11-01", &text)));
        assert!(found.len() == 1 && found[0].message.contains("2023-05-01"), "{found:#?}");
        assert!(found[0].help.contains("2023-05-01 or later"), "{found:#?}");
        good(read(&text));
    }
}

/// The terms of a draft are its own, whenever it was written; what is known of it is knowledge.
#[test]
fn the_terms_of_a_draft_are_not_knowledge() {
    let late = |from: &str, to: &str| read(&on("2022-11-01", &with(from, to)));
    good(late("amount = 5000\n", "amount = { value = 5000, source = \"report\" }\n"));
    good(late("cap = 2e6", "cap = { value = 2e6, date = 2023-01-01 }"));
    good(late("pool = { amount = \"20 bn KRW\"", "pool = { amount = { value = \"20 bn KRW\", source = \"report\" }"));
    for (from, to) in [
        ("amount = 5000\n", "amount = { law = \"uniform\", min = 1, max = 2, source = \"report\" }\n"),
        ("approval = 0.85", "approval = { value = 0.85, source = \"report\" }"),
        ("redemption = 0.36", "redemption = { value = 0.36, source = \"report\" }"),
    ] {
        let found = mistakes(late(from, to));
        assert!(found.len() == 1 && found[0].message.contains("not yet known on 2022-11-01"), "{found:#?}");
    }
}

/// Counts of a later day, or that were published later, are hidden: no error, no row, one warning.
#[test]
fn later_counts_are_hidden() {
    let counts = "[sources.paper]\ntitle = \"Paper\"\ndate = 2022-10-28\n\
                  [[observed]]\non = 2022-10-24\nvalue = 45_000\nsource = \"paper\"\n\
                  [[observed]]\non = 2022-11-06\nvalue = 105_116\nsource = \"press\"\n\
                  [[observed]]\non = 2022-10-25\nvalue = 50_000\nsource = \"report\"\n\
                  [[observed]]\non = 2022-10-26\nvalue = 60_000\nsource = \"paper\"\n[budget]";
    let text = with("[budget]", counts);
    let paths = |loaded: &Loaded| -> Vec<String> {
        loaded.scenario.aftermath.observed.iter().map(|o| o.path.clone()).collect()
    };
    let all = good(read(&text));
    assert_eq!(paths(&all), ["observed.1", "observed.2", "observed.3", "observed.4"]);
    assert_eq!(row(&all.scenario, "observed.2.value").middle[0], 105_116.0);
    let early = good(read(&on("2022-11-01", &text)));
    assert_eq!(paths(&early), ["observed.1", "observed.4"]);
    assert!(inputs(&early.scenario).iter().all(|r| !r.path.starts_with("observed.2")));
    assert_eq!(warned(&early), ["of what was observed 2 came after 2022-11-01 and is hidden"]);
    let again = good(parse(&early.resolved, "resolved.toml", &NoLibrary, &[], None));
    assert_eq!(format!("{:?}", again.scenario), format!("{:?}", early.scenario));
    // What is hidden must be right all the same.
    let found = mistakes(read(&on("2022-11-01", &text.replace("value = 105_116", "valeu = 105_116"))));
    assert!(found.len() == 1 && found[0].help.contains("did you mean `value`?"), "{found:#?}");
}

/// A source without a date is told of once where a day is stated, unless the numbers have dates of their own.
#[test]
fn sources_without_a_date_are_told_of() {
    let text = BASE.replacen("date = 2022-10-16\n", "", 1);
    assert!(warned(&good(read(&text))).is_empty());
    let told = warned(&good(read(&on("2022-11-01", &text))));
    assert_eq!(told, ["the source `press` has no date: whether it was there on 2022-11-01 is not known"]);
    let dated = text
        .replace("value = \"10 h\", source = \"press\"", "value = \"10 h\", source = \"press\", date = 2022-10-16")
        .replace("source = \"press\", note = \"August 2022\"", "source = \"press\", date = 2022-08-31");
    assert!(warned(&good(read(&on("2022-11-01", &dated)))).is_empty());
}
