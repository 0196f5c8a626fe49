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
    // The row of the severity as a whole is there although its cv is infinite.
    assert!(inputs(&loaded.scenario).iter().any(|r| r.path == "cohorts.shops.loss.severity"));
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
