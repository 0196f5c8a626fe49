//! Changes from the command line, variants, dated numbers, library guidelines.

use redress::chance::law::Law;
use redress::model::{Amount, Filing, Scenario, TakeUp};
use redress::scenario::{Loaded, NoLibrary, parse};

use super::{BASE, Shelf, good, mistakes, read, read_set, with};

fn value(scenario: &Scenario, path: &str) -> f64 {
    let q = scenario.quantities.find(path).unwrap_or_else(|| panic!("no {path}"));
    match &scenario.quantities.get(q).law {
        Law::Constant(v) => *v,
        law => law.mean(),
    }
}

#[test]
fn values_are_set_in_the_words_of_the_file() {
    let cases = [
        ("cohorts.shops.hit=0.5", "cohorts.shops.hit", 0.5),
        ("cohorts.shops.hit={ law = \"uniform\", mean = 0.4, cv = 0.1 }", "cohorts.shops.hit", 0.4),
        ("cohorts.shops.hit={ law = \"uniform\", mean = 0.4, sd = 0.02 }", "cohorts.shops.hit", 0.4),
        ("cohorts.shops.hit = 36 %", "cohorts.shops.hit", 0.36),
        ("cohorts.shops.hit=\"36 %\"", "cohorts.shops.hit", 0.36),
        ("budget.amount=40 bn KRW", "budget.amount", 4e10),
        ("services.talk.restored_after=10 h", "services.talk.restored_after", 10.0),
        ("services.talk.restored_after.max=14 h", "services.talk.restored_after", 7.0),
        ("cohorts.users.awareness=0.5", "cohorts.users.awareness", 0.5),
        ("cohorts.users.size={law=\"uniform\", min=1, max=3}", "cohorts.users.size", 2.0),
        ("guidelines.flat.rules.cash.amount=7000", "guidelines.flat.rules.cash.amount", 7000.0),
        ("guidelines.flat.rules.1.amount=7000", "guidelines.flat.rules.cash.amount", 7000.0),
        ("guidelines.flat.rules.bands.amount.steps.2.pay=1", "guidelines.flat.rules.bands.amount.steps.2.pay", 1.0),
        ("guidelines.flat.rules.rule-2.cap=9000", "guidelines.flat.rules.rule-2.cap", 9000.0),
        ("cohorts.shops.loss.damage.points.2.2=9", "cohorts.shops.loss.damage.points.2.2", 9.0),
    ];
    for (set, path, wanted) in cases {
        let loaded = good(read_set(BASE, &[set]));
        let got = value(&loaded.scenario, path);
        assert!((got - wanted).abs() < 1e-9, "{set}: {got}");
    }
    let flat = &good(read_set(BASE, &["guidelines.flat.rules.cash.losers_only=true"])).scenario.guidelines[1];
    assert!(flat.rules[0].losers_only);
    let bare = good(read_set(BASE, &["guidelines.flat.rules.cash.filing=table"]));
    assert!(matches!(bare.scenario.guidelines[1].rules[0].filing, Filing::Claim(_)));
}

#[test]
fn wrong_changes_point_at_their_own_text() {
    let cases = [
        ("cohorts.usres.hit=0.5", 9, "`cohorts` has no `usres`", "did you mean `users`?"),
        ("cohort.users.hit=0.5", 1, "the scenario has no `cohort`", "did you mean `cohorts`?"),
        ("cohorts.shops.hit=120", 19, "between 0 and 1", ""),
        ("cohorts.shops.hit=", 1, "the value is missing", "--set"),
        ("cohorts.shops.hit", 1, "PATH=VALUE", "--set"),
        ("cohorts.shops.hitt=0.5", 15, "unknown key `hitt`", "did you mean `hit`?"),
        ("cohorts.shops.hit={law=", 24, "not TOML", ""),
        ("guidelines.flat.rules.cach.amount=1", 23, "has no `cach`", "did you mean `cash`?"),
        ("cohorts.shops.size.low=1", 20, "holds no `low`", "as a whole"),
        ("budget.amount=40 bn USD", 15, "money in USD", "KRW"),
        ("cohorts.shops.size=많음", 20, "cannot be read", "47500000"),
    ];
    for (set, column, message, help) in cases {
        let found = mistakes(read_set(BASE, &[set]));
        assert_eq!(found.len(), 1, "{set}: {found:#?}");
        let l = &found[0];
        assert_eq!((l.file.as_str(), l.line, l.column), ("--set", 1, column), "{set}: {l:#?}");
        assert!(l.message.contains(message) && l.help.contains(help), "{set}: {l:#?}");
    }
}

#[test]
fn variants_change_values_before_changes_do() {
    let base = good(read(BASE));
    let ids: Vec<&str> = base.scenario.variants.iter().map(|v| v.id.as_str()).collect();
    assert_eq!(ids, ["larger", "other-take-up-curve"]);
    assert_eq!(base.scenario.variants[0].changes[0], "cohorts.users.reports.share = \"1 %\"");
    let varied = good(parse(BASE, "small.toml", &Shelf, &[], Some("larger")));
    assert_eq!(value(&varied.scenario, "cohorts.users.reports.share"), 0.01);
    let set = vec!["cohorts.users.reports.share=0.02".to_string()];
    let both = good(parse(BASE, "small.toml", &Shelf, &set, Some("larger")));
    assert_eq!(value(&both.scenario, "cohorts.users.reports.share"), 0.02);
    assert_eq!(value(&both.scenario, "guidelines.flat.rules.cash.amount"), 9000.0);
    let found = mistakes(parse(BASE, "small.toml", &Shelf, &[], Some("lager")));
    assert!(found[0].message.contains("no variant `lager`") && found[0].help.contains("`larger`"));
}

/// Reads the base with another `set` of its variant, which is applied.
fn varied(set: &str) -> Result<Loaded, redress::scenario::LoadError> {
    let own = "set = { \"cohorts.users.reports.share\" = \"1 %\", \"guidelines.flat.rules.cash.amount\" = 9000 }";
    parse(&with(own, set), "small.toml", &Shelf, &[], Some("larger"))
}

/// Tables in a change are paths: what they do not name stays as it is.
#[test]
fn nested_tables_in_a_change_are_paths() {
    let plain = |s: &Scenario| format!("{:?}", Scenario { variants: vec![], ..s.clone() });
    let quoted = good(varied("set = { \"cohorts.users.reports.share\" = \"1 %\", \"cohorts.shops.hit\" = 0.5 }"));
    for set in [
        "set = { cohorts = { users = { reports = { share = \"1 %\" } }, shops = { hit = 0.5 } } }",
        "set = { cohorts.users.reports.share = \"1 %\", cohorts.shops.hit = 0.5 }",
        "set.cohorts.users.reports.share = \"1 %\"\nset.cohorts.shops.hit = 0.5",
        "[variants.larger.set.cohorts]\nusers.reports.share = \"1 %\"\nshops.hit = 0.5",
        "[variants.larger.set]\ncohorts = { users.reports.share = \"1 %\" }\n\"cohorts.shops.hit\" = 0.5",
    ] {
        let nested = good(varied(set));
        assert_eq!(plain(&nested.scenario), plain(&quoted.scenario), "{set}");
        assert_eq!(nested.scenario.variants[0].changes, quoted.scenario.variants[0].changes, "{set}");
        assert_eq!(nested.scenario.variants[0].changes[0], "cohorts.users.reports.share = \"1 %\"");
    }
    // The same in a change of the command line, and members of lists by their names.
    let set = good(read_set(BASE, &["cohorts={ users.reports.share = \"1 %\", shops = { hit = 0.5 } }"]));
    assert_eq!(value(&set.scenario, "cohorts.users.reports.share"), 0.01);
    assert_eq!(value(&set.scenario, "cohorts.users.reports.no_money_share"), 0.678);
    assert_eq!(value(&set.scenario, "cohorts.shops.hit"), 0.5);
    let rule = good(varied("set = { guidelines.flat.rules.cash.amount = 9000 }")).scenario;
    assert_eq!((rule.guidelines[1].rules.len(), value(&rule, "guidelines.flat.rules.cash.amount")), (4, 9000.0));
    // A change wins over a variant that says the same in tables.
    let text = with("\"cohorts.users.reports.share\" = \"1 %\"", "cohorts.users.reports.share = \"1 %\"");
    let both = good(parse(&text, "small.toml", &Shelf, &["cohorts.users.reports.share=0.02".into()], Some("larger")));
    assert_eq!(value(&both.scenario, "cohorts.users.reports.share"), 0.02);
}

/// A number with its law or source is one value and replaced as one.
#[test]
fn a_number_in_a_change_is_replaced_as_a_whole() {
    let number = "{ value = \"9 h\", note = \"guess\" }";
    let s = good(varied(&format!("set = {{ outage.phases.power.hours = {number} }}"))).scenario;
    let q = s.quantities.get(s.quantities.find("outage.phases.power.hours").expect("is there"));
    assert_eq!((&q.law, q.source, q.note.en.as_str()), (&Law::Constant(9.0), None, "guess"));
    let law = "{ law = \"uniform\", min = 1, max = 3 }";
    let s = good(varied(&format!("set.cohorts.users.size = {law}"))).scenario;
    let q = s.quantities.get(s.quantities.find("cohorts.users.size").expect("is there"));
    assert_eq!((&q.law, q.source), (&Law::Uniform { min: 1.0, max: 3.0 }, None));
    // A parameter of a law alone leaves the others.
    let s = good(varied("set = { services = { talk = { restored_after = { max = \"14 h\" } } } }")).scenario;
    assert_eq!(value(&s, "services.talk.restored_after"), 7.0);
    // A title is one value in its languages.
    let s = good(varied("set = { guidelines = { flat = { title = { en = \"New\" } } } }")).scenario;
    assert_eq!(s.guidelines[1].title, redress::model::Text::en("New"));
}

/// What could take the place of a table or be added to it is refused, and so is a path that is set twice.
#[test]
fn changes_that_may_be_meant_either_way_are_refused() {
    let severity = "{ family = \"lognormal\", cv = 2 }";
    let found =
        mistakes(varied(&format!("set = {{ cohorts = {{ shops = {{ loss = {{ severity = {severity} }} }} }} }}")));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].message.contains("`cohorts.shops.loss.severity` has no `family` so far"), "{found:#?}");
    assert!(
        found[0].help.contains("\"cohorts.shops.loss.severity\" = { … } takes the place of the whole"),
        "{found:#?}"
    );
    let whole = good(varied(&format!("set = {{ \"cohorts.shops.loss.severity\" = {severity} }}")));
    assert!((value(&whole.scenario, "cohorts.shops.loss.severity.cv") - 2.0).abs() < 1e-9);
    let found = mistakes(varied("set = { \"cohorts.shops.hit\" = 0.5, cohorts = { shops = { hit = 0.4 } } }"));
    assert!(found.len() == 1 && found[0].message.contains("`cohorts.shops.hit` is set twice"), "{found:#?}");
    let found = mistakes(varied("set = { cohorts = { shosp = { hit = 0.4 } } }"));
    assert!(found.len() == 1 && found[0].help.contains("did you mean `shops`?"), "{found:#?}");
    let found = mistakes(read_set(BASE, &["budget={ tolerance = 0.1 }"]));
    assert!(found[0].file == "--set" && found[0].message.contains("`budget` has no `tolerance` so far"), "{found:#?}");
    assert!(found[0].help.contains("budget.tolerance = …") && !found[0].help.contains('"'), "{found:#?}");
}

#[test]
fn variants_that_a_change_made_impossible_are_left_out_with_a_warning() {
    let loaded = good(read_set(BASE, &["guidelines.flat.rules.cash.id=money"]));
    assert!(loaded.scenario.variants.iter().all(|v| v.id != "larger"));
    assert!(loaded.warnings.located().iter().any(|w| w.message.contains("larger")));
    good(read(&loaded.resolved));
}

#[test]
fn a_variant_of_the_resolved_text_is_the_variant_of_the_file() {
    let sets = [
        "cohorts.users.reports.share=2 %",
        "guidelines.flat.rules.1.amount=1234",
        "cohorts.users.reports={ share = 0.3 }",
        "guidelines.flat.rules.cash.approval=0.5",
        "cohorts.users.hit=0.5",
    ];
    let text = with(
        "set = { ",
        "set = { \"cohorts.users.hit.kappa\" = 2, \"guidelines.flat.rules.cash\" = { id = \"cash\", amount = 1, approval = 0.1 }, ",
    );
    let text = text.replace(", \"guidelines.flat.rules.cash.amount\" = 9000", "");
    for text in [BASE, &text] {
        for set in sets {
            let direct = good(parse(text, "small.toml", &Shelf, &[set.to_string()], Some("larger")));
            let resolved = good(read_set(text, &[set])).resolved;
            let again = good(parse(&resolved, "resolved.toml", &Shelf, &[], Some("larger")));
            let plain = |s: &Scenario| format!("{:?}", Scenario { variants: vec![], ..s.clone() });
            assert_eq!(plain(&direct.scenario), plain(&again.scenario), "{set}");
        }
    }
}

#[test]
fn later_numbers_are_refused() {
    let early = |text: &str| text.replace("schema = 1", "schema = 1\nas_of = 2022-11-01");
    good(read(&early(BASE)));
    let found = mistakes(read(&early(&with("hit = 0.9", "hit = { value = 0.9, source = \"report\" }"))));
    assert_eq!(found.len(), 1);
    assert!(found[0].message.contains("not yet known on 2022-11-01: it is dated 2023-05-01 (its source `report`)"));
    assert!(found[0].help.contains("versions"));
    let own = with("hit = 0.9", "hit = { value = 0.9, date = 2022-12-01 }");
    assert!(mistakes(read(&early(&own)))[0].message.contains("dated 2022-12-01"));
    let versions = with(
        "hit = 0.9",
        "hit = { versions = [ { value = 0.7, date = 2022-10-20 }, { value = 0.9, source = \"report\" } ] }",
    );
    assert_eq!(value(&good(read(&early(&versions))).scenario, "cohorts.shops.hit"), 0.7);
    assert_eq!(value(&good(read(&versions)).scenario, "cohorts.shops.hit"), 0.9);
    let none = with("hit = 0.9", "hit = { versions = [ { value = 0.9, date = 2023-01-01 } ] }");
    let found = mistakes(read(&early(&none)));
    assert!(found.len() == 1 && found[0].message.contains("no version"), "{found:#?}");
    let undated = with("hit = 0.9", "hit = { versions = [ { value = 0.9 } ] }");
    let found = mistakes(read(&undated));
    assert!(found.len() == 1 && found[0].message.contains("no date"), "{found:#?}");
}

#[test]
fn the_same_number_is_one_quantity() {
    let text = with("size = 20_000", "size = { same_as = \"cohorts.users.size\" }");
    let s = good(read(&text)).scenario;
    assert_eq!(s.cohorts[0].size, s.cohorts[1].size);
    let before = "services = [\"talk\"]\nregions = { seoul = 0.3";
    let text = with(
        before,
        "awareness = { same_as = \"cohorts.shops.awareness\" }\nservices = [\"talk\"]\nregions = { seoul = 0.3",
    );
    let text = text.replace("hit = 0.9", "hit = 0.9\nawareness = 0.7");
    let s = good(read(&text)).scenario;
    assert_eq!(s.cohorts[0].awareness, s.cohorts[1].awareness);
    assert_eq!(value(&s, "cohorts.shops.awareness"), 0.7);
    let text = with("minimum = 1000", "minimum = { same_as = \"guidelines.flat.rules.cash.amount\", times = 0.5 }");
    assert_eq!(value(&good(read(&text)).scenario, "guidelines.flat.rules.rule-2.minimum"), 2500.0);
}

/// Wherever in the file that other multiple stands; and of those that lead back to one another one is told.
#[test]
fn a_multiple_of_a_multiple_is_worked_out() {
    let of = |path: &str, times: f64| format!("{{ same_as = \"{path}\", times = {times} }}");
    let (amount, minimum) = ("guidelines.flat.rules.cash.amount", "guidelines.flat.rules.rule-2.minimum");
    let chain = |amount: &str, minimum: &str| {
        with("amount = 5000", &format!("amount = {amount}")).replace("minimum = 1000", &format!("minimum = {minimum}"))
    };
    for (text, wanted) in [
        (chain(&of(minimum, 4.0), &of("budget.amount", 5e-8)), [8_000.0, 2_000.0]),
        (chain(&of("budget.amount", 2e-7), &of(amount, 0.5)), [8_000.0, 4_000.0]),
    ] {
        let s = good(read(&text)).scenario;
        assert_eq!([amount, minimum].map(|path| value(&s, path)), wanted);
    }
    let found = mistakes(read(&chain(&of(minimum, 4.0), &of(amount, 0.5))));
    assert!(found.len() == 1 && found[0].message.contains("leads back to"), "{found:#?}");
    let found = mistakes(read(&chain(&of(minimum, 4.0), &of("cohorts.users.size", 0.5))));
    assert!(found.len() == 1 && found[0].message.contains("money belongs here"), "{found:#?}");
}

#[test]
fn library_guidelines_are_merged() {
    let text = with("source = \"report\"", "library = \"good\"").replace("[[guidelines.flat.rules]]", "[[spare]]");
    let text = text.split("[[spare]]").next().unwrap_or("").to_string();
    let loaded = good(read(&text));
    let s = &loaded.scenario;
    let flat = &s.guidelines[1];
    assert_eq!((flat.rules.len(), flat.rules[0].cohorts.len(), flat.rules[1].cohorts.len()), (2, 0, 1));
    assert_eq!(flat.title.en, "Flat sum", "keys of the scenario win");
    assert!(flat.note.en.contains("A note.") && flat.note.en.contains("Jurisdiction: KR."), "{}", flat.note.en);
    let ids: Vec<&str> = s.sources.iter().map(|x| x.id.as_str()).collect();
    assert_eq!(ids, ["press", "report", "good-press", "terms"], "a source of another address gets a name of its own");
    assert_eq!(flat.source, Some(2));
    let amount = match flat.rules[1].amount {
        Amount::Flat(q) => s.quantities.get(q),
        _ => panic!("flat"),
    };
    assert_eq!(amount.source, Some(2));
    assert_eq!(value(s, "filing.post.rate"), 0.04);
    assert!(s.quantities.find("filing.web-form.rate").is_none(), "the scenario's profile wins");
    assert!(loaded.warnings.located().iter().any(|w| w.message.contains("guidelines.flat.rules.refund")));
    assert_eq!(loaded.inputs_read.len(), 2);
    let again = good(parse(&loaded.resolved, "resolved.toml", &redress::scenario::NoLibrary, &[], None));
    assert_eq!(format!("{:?}", again.scenario), format!("{s:?}"));
}

#[test]
fn mistakes_in_a_library_file_point_into_it() {
    let found = mistakes(read(
        &with("source = \"report\"", "library = \"bad\"")
            .replace("[[guidelines.flat.rules]]", "[[guidelines.none2.rules]]")
            .replace("[variants.larger]", "[guidelines.none2]\ntitle = \"x\"\n[variants.larger]")
            .replace(", \"guidelines.flat.rules.cash.amount\" = 9000", ""),
    ));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].file.as_str(), found[0].line, found[0].column), ("guidelines/bad.toml", 3, 28));
    let two = with("rules = []", "library = \"good\"").replace("source = \"report\"", "library = \"other\"");
    let found = mistakes(read(&two));
    assert!(found.len() == 1 && found[0].message.contains("different filing profiles `post`"), "{found:#?}");
}

#[test]
fn a_scenario_with_one_take_up_curve_is_shown_under_another() {
    const ID: &str = "other-take-up-curve";
    let read = |text: &str, sets: &[&str]| {
        let sets: Vec<String> = sets.iter().map(|s| s.to_string()).collect();
        parse(text, "base.toml", &Shelf, &sets, None).unwrap_or_else(|e| panic!("{e}"))
    };
    let shapes = |s: &Scenario| {
        let rules = s.guidelines.iter().flat_map(|g| &g.rules);
        let curves = rules.filter_map(|r| match &r.filing {
            Filing::Claim(TakeUp::Logistic { .. }) => Some("logistic"),
            Filing::Claim(TakeUp::Weibull { .. }) => Some("weibull"),
            _ => None,
        });
        curves.collect::<Vec<_>>()
    };
    let other = |l: &Loaded| l.variants.iter().find(|(id, _)| id == ID).map(|(_, s)| shapes(s));
    let base = read(BASE, &[]);
    assert!(!shapes(&base.scenario).is_empty() && shapes(&base.scenario).iter().all(|s| *s == "logistic"));
    assert_eq!(other(&base), Some(vec!["weibull"; shapes(&base.scenario).len()]));
    // It stands in the resolved text and is not added twice; it can be asked for by name.
    let again = parse(&base.resolved, "r.toml", &NoLibrary, &[], None).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((other(&again), again.variants.len()), (other(&base), base.variants.len()));
    let chosen = parse(BASE, "base.toml", &Shelf, &[], Some(ID)).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(Some(shapes(&chosen.scenario)), other(&base));
    // Where the file has the other shape, or a curve of the ladder, it is turned as well.
    let turned = read(BASE, &["filing.web-form.curve=weibull"]);
    assert_eq!(shapes(&turned.scenario), vec!["weibull"; shapes(&base.scenario).len()]);
    assert_eq!(other(&turned), Some(shapes(&base.scenario)));
    let named = read(&with("filing = \"web-form\"", "filing = \"field-desk\""), &[]);
    assert!(other(&named).is_some_and(|s| s.contains(&"weibull")), "{:?}", other(&named));
    // What a change brings is turned too, and a curve inside a rule is another take-up.
    let inline = "filing = { awareness = 0.5, burden = \"3000 KRW\", beta = 1 }";
    for text in [with("filing = \"web-form\"", inline), BASE.to_string()] {
        let set = if text == BASE { vec!["filing.web-form.curve=weibull"] } else { Vec::new() };
        let read = read(&text, &set);
        let own = read.scenario.variants.iter().find(|v| v.id == ID).expect("it is added");
        assert!(own.is_take_up(), "{:?}", own.changes);
        assert_ne!(other(&read), Some(shapes(&read.scenario)));
    }
    // A variant of the file's own that changes who files is enough, and without a curve there is nothing to add.
    let own =
        format!("{BASE}\n[variants.flat]\ntitle = \"flat\"\nset = {{ \"filing.web-form\" = {{ rate = 0.1 }} }}\n");
    assert!(other(&read(&own, &[])).is_none());
    assert!(other(&read(BASE, &["filing.web-form={ rate = 0.1 }"])).is_none());
}

/// A text that could turn a terminal's colours, or a figure into no figure, is refused wherever it comes from.
#[test]
fn control_characters_are_refused() {
    let told = |found: Vec<redress::scenario::Located>| {
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].message.contains("control character, U+001B"), "{found:#?}");
    };
    told(mistakes(read(&BASE.replacen("title = ", "summary = \"\\u001b[31m\"\ntitle = ", 1))));
    told(mistakes(read_set(BASE, &["guidelines.flat.title=\"\\u001b[31m\""])));
    // So is one that stands there itself, where TOML cannot be read either.
    told(mistakes(read(&BASE.replacen("title = \"Map\"", "title = \"Ma\u{1b}p\"", 1))));
    told(mistakes(read_set(BASE, &["guidelines.flat.title=\"a\u{1b}\""])));
    told(mistakes(read_set(BASE, &["guidelines.flat.title=a\u{1b}"])));
    let found = mistakes(read(&BASE.replacen("title = \"Map\"", "title = \"Ma\0p\"", 1)));
    assert_eq!(found.len(), 1, "{found:#?}");
    let line = 1 + BASE.lines().position(|l| l == "title = \"Map\"").expect("it stands there");
    assert_eq!((found[0].line, found[0].column), (line, 12), "{found:#?}");
    assert!(found[0].message.contains("control character, U+0000 (NUL)"), "{found:#?}");
    assert!(found[0].help.contains("leave it out"), "{found:#?}");
}

/// The path of a number that is looked for says what was meant, before anything is run.
#[test]
fn paths_that_are_not_there_have_what_was_meant() {
    let loaded = good(read(BASE));
    for (path, message, help) in [
        ("guidelines.unknwn.path", "`guidelines` has no `unknwn`", "there are `none` and `flat`"),
        ("guidelines.flatt.rules.cash.amount", "has no `flatt`", "did you mean `guidelines.flat.rules.cash.amount`?"),
        ("cohorts.shop.size", "`cohorts` has no `shop`", "did you mean `cohorts.shops.size`?"),
        ("nonsense.at.all", "the scenario has no `nonsense`", "there are"),
    ] {
        let told = redress::scenario::wrong_path(&loaded, path).unwrap_or_else(|| panic!("{path} is wrong"));
        assert!(told.contains(message) && told.contains(help), "{path}: {told}");
    }
    for path in
        ["guidelines.flat.rules.cash.amount", "guidelines.flat.rules.cash.cap", "budget.amount", "cohorts.users.size"]
    {
        assert_eq!(redress::scenario::wrong_path(&loaded, path), None);
    }
    let near = |path: &str| redress::scenario::near_number(&loaded.scenario, path);
    assert_eq!(near("guidelines.flat.rules.cash.amont"), "did you mean `guidelines.flat.rules.cash.amount`?");
    assert_eq!(near("guidelines.flat.rules.cash.amount"), "");
}

/// A start with an offset is told with the form that is right, whichever way it is written.
#[test]
fn a_start_with_an_offset_is_told_with_the_right_form() {
    for wrong in [
        "2022-10-15T15:30:00Z",
        "2022-10-15 15:30:00Z",
        "2022-10-15T15:30:00+09:00",
        "\"2022-10-15T15:30:00z\"",
        "\"2022-10-15 15:30:00-05:00\"",
    ] {
        let found = mistakes(read_set(BASE, &[&format!("outage.start={wrong}")]));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].message, "the start is a local time without an offset", "{wrong}");
        assert!(found[0].help.contains("the right form is 2022-10-15T15:30:00"), "{wrong}: {found:#?}");
    }
    good(read_set(BASE, &["outage.start=2022-10-15 15:30"]));
}
