//! Severities whose parameter is a number like any other: with a source, uncertain, the same as another.

use redress::chance::law::Law;
use redress::chance::severity::Severity;
use redress::model::{Lang, Loss};
use redress::scenario::{Loaded, NoLibrary, inputs, parse, show};

use super::{good, mistakes, read, with};

const MIXTURE: &str = r#"severity = { mixture = [ { weight = 0.9, mean = 0.5, family = "gamma", cv = 1 }, { weight = 0.1, mean = 5.5, family = "lomax", alpha = 2.5 } ] }"#;

fn text(severity: &str) -> String {
    with(MIXTURE, &format!("severity = {severity}"))
}

fn loss(loaded: &Loaded) -> &Loss {
    loaded.scenario.cohorts[1].loss.as_ref().expect("has a loss")
}

/// A plain parameter, one with a source and one that is a law of no width give the same law of losses.
#[test]
fn a_certain_parameter_is_the_plain_law() {
    let plain = good(read(&text("{ family = \"gamma\", cv = 2 }")));
    let sourced =
        good(read(&text("{ family = \"gamma\", cv = { value = 2, source = \"press\", note = \"page 3\" } }")));
    assert_eq!(loss(&plain).severity, loss(&sourced).severity);
    assert!(loss(&plain).severities.is_none() && loss(&sourced).severities.is_none());
    let path = "cohorts.shops.loss.severity.cv";
    assert!(inputs(&plain.scenario).iter().all(|r| r.path != path));
    let row = inputs(&sourced.scenario).into_iter().find(|r| r.path == path).expect("listed");
    assert_eq!((row.value_or_law.as_str(), row.status, row.note.as_str()), ("2", "sourced", "page 3"));
}

/// Rows of a severity: path, value, standing and note.
fn rows(severity: &str) -> Vec<(String, String, &'static str, String)> {
    let listed = inputs(&good(read(&text(severity))).scenario).into_iter();
    let of_it = listed.filter(|r| r.path.starts_with("cohorts.shops.loss.severity"));
    of_it.map(|r| (r.path.replace("cohorts.shops.loss.", ""), r.value_or_law, r.status, r.note)).collect()
}

/// A parameter that is an input is the only row of its severity: a second one would seem to have no source.
#[test]
fn a_parameter_with_its_own_row_is_the_only_one() {
    let row = |path: &str, value: &str, status: &'static str, note: &str| {
        (path.to_string(), value.to_string(), status, note.to_string())
    };
    let own = row("severity.cv", "2", "sourced", "page 3");
    let cv = "{ value = 2, source = \"press\", note = \"page 3\" }";
    assert_eq!(rows(&format!("{{ family = \"gamma\", cv = {cv} }}")), std::slice::from_ref(&own));
    let law = "{ law = \"uniform\", min = 1, max = 3, source = \"press\" }";
    let uncertain = row("severity.cv", "anywhere from 1 to 3", "sourced", "");
    assert_eq!(rows(&format!("{{ family = \"lognormal\", cv = {law} }}")), [uncertain]);
    let heavy = row("severity.alpha", "1.5", "assumed", "");
    assert_eq!(rows("{ family = \"lomax\", alpha = { value = 1.5 } }"), [heavy]);
    // One that is the same as another number has its row there.
    let same = "{ family = \"gamma\", cv = { same_as = \"cohorts.users.hit.uses_per_day.talk\" } }";
    assert_eq!(rows(same), []);

    // What the severity's table says is said of the parameter, unless that has a source of its own.
    let beside = "source = \"report\", note = \"page 9\"";
    let lent = rows(&format!("{{ family = \"gamma\", cv = {{ value = 2, note = \"page 3\" }}, {beside} }}"));
    assert_eq!(lent, [row("severity.cv", "2", "sourced", "page 3; page 9")]);
    let whole = row("severity", "2", "sourced", "cv of losses around the mean; gamma, cv 2; page 9");
    assert_eq!(rows(&format!("{{ family = \"gamma\", cv = {cv}, {beside} }}")), [own, whole]);

    // Severities without such a parameter keep the row of the whole.
    for plain in ["{ family = \"gamma\", cv = 2 }", "{ family = \"lomax\", alpha = 1.5 }", "{ empirical = [1, 2, 8] }"]
    {
        let listed = rows(plain);
        assert_eq!((listed.len(), listed[0].0.as_str(), listed[0].2), (1, "severity", "assumed"), "{plain}");
    }
    assert_eq!(rows("{ family = \"lognormal\", cv = 2 }")[0].1, "2", "as it is stated");
    let mixture = inputs(&good(read(super::BASE)).scenario);
    assert!(mixture.iter().any(|r| r.path == "cohorts.shops.loss.severity"));
}

/// A law is cut into stretches of the same probability, each with the law of its median; what is drawn falls into one.
#[test]
fn an_uncertain_parameter_has_a_law_for_each_stretch() {
    let law = "{ law = \"uniform\", min = 1, max = 3.4, source = \"press\" }";
    let loaded = good(read(&text(&format!("{{ family = \"lognormal\", cv = {law} }}"))));
    let uncertain = loss(&loaded).severities.as_ref().expect("uncertain");
    assert_eq!((uncertain.laws.len(), uncertain.ends.len()), (24, 23));
    let world = |cv: f64| {
        let mut world = loaded.scenario.quantities.central();
        world[uncertain.parameter.0 as usize] = cv;
        world
    };
    for (cv, wanted) in [(1.0, 1.05), (1.099, 1.05), (1.101, 1.15), (2.25, 2.25), (3.4, 3.35)] {
        let got = loss(&loaded).severity_in(&world(cv)).cv();
        assert!((got - wanted).abs() < 1e-9, "{cv}: {got}, not {wanted}");
    }
    let q = loaded.scenario.quantities.get(uncertain.parameter);
    assert_eq!((q.path.as_str(), &q.law), ("cohorts.shops.loss.severity.cv", &Law::Uniform { min: 1.0, max: 3.4 }));
    let again = good(parse(&loaded.resolved, "resolved.toml", &NoLibrary, &[], None));
    assert_eq!(format!("{:?}", again.scenario), format!("{:?}", loaded.scenario));
    let told = |lang| show(&loaded, lang).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told(Lang::En).contains("lognormal, cv (anywhere from 1 to 3.4 [1])"), "{}", told(Lang::En));
    assert!(told(Lang::Ko).contains("로그정규분포, 변동계수 (1에서 3.4 사이 어디든"), "{}", told(Lang::Ko));

    // A parameter of a few values keeps them.
    let few = "{ family = \"lomax\", alpha = { law = \"discrete\", values = [3, 1.5], weights = [1, 2] } }";
    let loaded = good(read(&text(few)));
    let uncertain = loss(&loaded).severities.as_ref().expect("uncertain");
    assert_eq!(uncertain.laws, [Severity::Lomax { alpha: 1.5 }, Severity::Lomax { alpha: 3.0 }]);
    let told = show(&loaded, Lang::En).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("lomax, tail index ("), "{told}");
    // Its only row is that of the parameter; that of a plain one is there although its cv is infinite.
    let listed = inputs(&loaded.scenario);
    let of_it: Vec<&str> = listed.iter().map(|r| r.path.as_str()).filter(|p| p.contains("loss.severity")).collect();
    assert_eq!(of_it, ["cohorts.shops.loss.severity.alpha"]);
    let plain = inputs(&good(read(&text("{ family = \"lomax\", alpha = 1.5 }"))).scenario);
    assert!(plain.iter().any(|r| r.path == "cohorts.shops.loss.severity" && r.value_or_law == "infinite"));
}

/// What cannot be a parameter is refused at its place, once.
#[test]
fn wrong_parameters_are_refused() {
    for (severity, message) in [
        ("{ family = \"lomax\", alpha = { law = \"uniform\", min = 0.5, max = 3 } }", "must be above 1"),
        ("{ family = \"lognormal\", cv = { law = \"normal\", mean = 2, sd = 1 } }", "must be at least 0"),
        ("{ family = \"gamma\", cv = { law = \"uniform\", min = 1, mx = 3 } }", "unknown key `mx`"),
        ("{ family = \"gama\", cv = { law = \"uniform\", min = 1, max = 3 } }", "`gama` is no family of severities"),
        ("{ family = \"gamma\", cv = { same_as = \"cohorts.shops.loss.unfounded.share\" } }", "stands before it"),
        ("{ family = \"lomax\", cv = { law = \"uniform\", min = 0.5, max = 0.9 } }", "this severity is impossible"),
        ("{ family = \"gamma\", alpha = { value = 3 } }", "lacks `cv`"),
    ] {
        let found = mistakes(read(&text(severity)));
        let told: Vec<&str> = found.iter().map(|m| m.message.as_str()).collect();
        assert!(told.iter().any(|m| m.contains(message)), "{severity}: {told:#?}");
        assert!(found.len() <= 2, "{severity}: {told:#?}");
    }
}
