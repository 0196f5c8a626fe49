//! Severities whose parameter is a number like any other: with a source, uncertain, the same as another.

use redress::chance::law::Law;
use redress::chance::severity::Severity;
use redress::model::{Lang, Loss, Q};
use redress::scenario::{Loaded, NoLibrary, inputs, parse, show};

use super::{good, mistakes, read, read_set, with};

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
    let row = inputs(&plain.scenario).into_iter().find(|r| r.path == path).expect("listed");
    assert_eq!((row.value_or_law.as_str(), row.status, row.note.as_str()), ("2", "assumed", "gamma"));
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
    // One that is the same as another number says so.
    let same = "{ family = \"gamma\", cv = { same_as = \"cohorts.users.hit.uses_per_day.talk\" } }";
    let shared = row("severity.cv", "5", "same", "the same as cohorts.users.hit.uses_per_day.talk");
    assert_eq!(rows(same), [shared]);

    // What the severity's table says is said of the parameter, unless that has a source of its own.
    let beside = "source = \"report\", note = \"page 9\"";
    let lent = rows(&format!("{{ family = \"gamma\", cv = {{ value = 2, note = \"page 3\" }}, {beside} }}"));
    assert_eq!(lent, [row("severity.cv", "2", "sourced", "page 3; page 9")]);
    let whole = row("severity", "2", "sourced", "cv of losses around the mean; gamma, cv 2; page 9");
    assert_eq!(rows(&format!("{{ family = \"gamma\", cv = {cv}, {beside} }}")), [own, whole]);

    // So has a plain one, under the key that the file has and not its cv where that says alpha; without a parameter there is a
    // row of the whole.
    for (plain, path, value, note) in [
        ("{ family = \"gamma\", cv = 2 }", "severity.cv", "2", "gamma"),
        ("{ family = \"lomax\", alpha = 2.5 }", "severity.alpha", "2.5", "lomax"),
        ("{ family = \"lomax\", alpha = 2.5, note = \"page 9\" }", "severity.alpha", "2.5", "lomax; page 9"),
    ] {
        assert_eq!(rows(plain), [row(path, value, "assumed", note)], "{plain}");
    }
    let listed = rows("{ empirical = [1, 2, 8] }");
    assert_eq!((listed.len(), listed[0].0.as_str(), listed[0].2), (1, "severity", "assumed"));
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
    let [cv] = &uncertain.parameters[..] else { panic!("one number") };
    assert_eq!((uncertain.laws.len(), cv.ends.len()), (24, 23));
    let at = cv.parameter;
    let world = |cv: f64| {
        let mut world = loaded.scenario.quantities.central();
        world[at.0 as usize] = cv;
        world
    };
    for (cv, wanted) in [(1.0, 1.05), (1.099, 1.05), (1.101, 1.15), (2.25, 2.25), (3.4, 3.35)] {
        let got = loss(&loaded).severity_in(&world(cv)).cv();
        assert!((got - wanted).abs() < 1e-9, "{cv}: {got}, not {wanted}");
    }
    let q = loaded.scenario.quantities.get(at);
    assert_eq!((q.path.as_str(), &q.law), ("cohorts.shops.loss.severity.cv", &Law::Uniform { min: 1.0, max: 3.4 }));
    let again = good(parse(&loaded.resolved, "resolved.toml", &NoLibrary, &[], None));
    assert_eq!(format!("{:?}", again.scenario), format!("{:?}", loaded.scenario));
    let told = |lang| show(&loaded, lang).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told(Lang::En).contains("lognormal, cv (anywhere from 1 to 3.4 [1])"), "{}", told(Lang::En));
    assert!(told(Lang::Ko).contains("로그정규분포, 변동계수 (1~3.4 균등분포"), "{}", told(Lang::Ko));

    // A parameter of a few values keeps them.
    let few = "{ family = \"lomax\", alpha = { law = \"discrete\", values = [3, 1.5], weights = [1, 2] } }";
    let loaded = good(read(&text(few)));
    let uncertain = loss(&loaded).severities.as_ref().expect("uncertain");
    assert_eq!(uncertain.laws, [Severity::Lomax { alpha: 1.5 }, Severity::Lomax { alpha: 3.0 }]);
    let told = show(&loaded, Lang::En).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("lomax, tail index ("), "{told}");
    // Its only row is that of the parameter, and so is that of a plain one, the cv of which is infinite.
    let listed = inputs(&loaded.scenario);
    let of_it: Vec<&str> = listed.iter().map(|r| r.path.as_str()).filter(|p| p.contains("loss.severity")).collect();
    assert_eq!(of_it, ["cohorts.shops.loss.severity.alpha"]);
    let plain = inputs(&good(read(&text("{ family = \"lomax\", alpha = 1.5 }"))).scenario);
    assert!(plain.iter().any(|r| r.path == "cohorts.shops.loss.severity.alpha" && r.value_or_law == "1.5"));
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

/// Two groups, of the second of which these numbers are uncertain or not.
fn groups(weight: &str, mean: &str, cv: &str) -> String {
    text(&format!(
        "{{ mixture = [ {{ weight = 1, mean = 1, family = \"gamma\", cv = {cv} }}, \
         {{ weight = {weight}, mean = {mean}, family = \"lognormal\", cv = 0.8 }} ] }}"
    ))
}

fn mixture(weight: f64, mean: f64, cv: f64) -> Severity {
    two_groups(weight, mean, cv, 0.8)
}

fn two_groups(weight: f64, mean: f64, one: f64, two: f64) -> Severity {
    let part = |family, cv| Severity::from_family_cv(family, cv).expect("valid");
    Severity::mixture(vec![(1.0, 1.0, part("gamma", one)), (weight, mean, part("lognormal", two))]).expect("valid")
}

const WEIGHT: &str = "{ law = \"triangular\", min = 0.05, mode = 0.1, max = 0.3, source = \"press\" }";
const MEAN: &str = "{ law = \"triangular\", min = 3, mode = 5, max = 10 }";
const CV: &str = "{ law = \"triangular\", min = 0.5, mode = 1, max = 2 }";

/// Numbers of the parts of a mixture with a source are the plain ones, and stand among the inputs.
#[test]
fn parts_of_a_mixture_carry_sources() {
    let plain = good(read(&groups("0.1", "5.5", "1")));
    let stated = |value: &str| format!("{{ value = {value}, source = \"press\", note = \"page 3\" }}");
    let sourced = good(read(&groups(&stated("0.1"), &stated("5.5"), &stated("1"))));
    assert_eq!(loss(&plain).severity, loss(&sourced).severity);
    assert_eq!(loss(&plain).severity, mixture(0.1, 5.5, 1.0));
    assert!(loss(&sourced).severities.is_none());
    for (place, value) in [("2.weight", "0.1"), ("2.mean", "5.5"), ("1.cv", "1")] {
        let path = format!("cohorts.shops.loss.severity.mixture.{place}");
        let row = inputs(&plain.scenario).into_iter().find(|r| r.path == path).expect("listed");
        assert_eq!((row.value_or_law.as_str(), row.status), (value, "assumed"));
        let row = inputs(&sourced.scenario).into_iter().find(|r| r.path == path).expect("listed");
        assert_eq!((row.value_or_law.as_str(), row.status, row.note.as_str()), (value, "sourced", "page 3"));
    }
    let changed = read_set(&groups("0.1", "5.5", "1"), &["cohorts.shops.loss.severity.mixture.2.weight=0.2"]);
    assert_eq!(loss(&good(changed)).severity, mixture(0.2, 5.5, 1.0));
}

/// The source of a list is that of its numbers, but for those that have another.
#[test]
fn parts_of_a_mixture_have_its_source() {
    let own = "{ value = 5.5, source = \"report\" }";
    let text = groups(WEIGHT, own, "1").replacen("{ mixture", "{ source = \"press\", mixture", 1);
    let listed = inputs(&good(read(&text)).scenario);
    let source = |place: &str| {
        let path = format!("cohorts.shops.loss.severity{place}");
        let row = listed.iter().find(|r| r.path == path).expect("listed");
        (row.status, row.source_title.clone())
    };
    let [press, report] = ["", ".mixture.2.mean"].map(source);
    assert_eq!([press.0, report.0], ["sourced"; 2]);
    assert_ne!(press.1, report.1);
    assert_eq!(source(".mixture.2.weight"), press);
}

/// Of two uncertain numbers each is cut into twelve stretches, and each pair of these has a law of its own. Their values have
/// the mean and the spread of the number.
#[test]
fn parts_of_a_mixture_may_be_uncertain() {
    let loaded = good(read(&groups(WEIGHT, "5.5", CV)));
    let uncertain = loss(&loaded).severities.as_ref().expect("uncertain");
    assert_eq!(uncertain.laws.len(), 144);
    let paths = ["1.cv", "2.weight"].map(|place| format!("cohorts.shops.loss.severity.mixture.{place}"));
    let [cv, weight] = paths.map(|path| loaded.scenario.quantities.find(&path).expect("listed"));
    let law = |q: Q| &loaded.scenario.quantities.get(q).law;
    let numbers = |law: &Severity| {
        let Severity::Mixture(parts) = law else { panic!("a mixture") };
        (parts[0].2.cv(), parts[1].0 / parts[0].0)
    };
    let (cvs, _): (Vec<f64>, Vec<f64>) = uncertain.laws.iter().step_by(12).map(numbers).unzip();
    let (_, weights): (Vec<f64>, Vec<f64>) = uncertain.laws[..12].iter().map(numbers).unzip();
    for (values, q) in [(&cvs, cv), (&weights, weight)] {
        let mean = values.iter().sum::<f64>() / 12.0;
        let sd = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 12.0).sqrt();
        let fine: Vec<f64> = (0..100_000).map(|i| law(q).quantile((f64::from(i) + 0.5) / 1e5)).collect();
        let exact = (fine.iter().map(|x| (x - law(q).mean()).powi(2)).sum::<f64>() / 1e5).sqrt();
        assert!((mean / law(q).mean() - 1.0).abs() < 1e-3 && (sd / exact - 1.0).abs() < 1e-3, "{mean} {sd} {exact}");
        assert!(values.is_sorted() && values[0] > law(q).support().0 && values[11] < law(q).support().1);
    }
    for (i, k) in [(0, 0), (0, 11), (5, 3), (11, 0), (11, 11)] {
        for (u, v) in [(0.02, 0.02), (0.5, 0.98), (0.98, 0.5)] {
            let mut world = loaded.scenario.quantities.central();
            world[cv.0 as usize] = law(cv).quantile((i as f64 + u) / 12.0);
            world[weight.0 as usize] = law(weight).quantile((k as f64 + v) / 12.0);
            let (found, wanted) = (loss(&loaded).severity_in(&world), mixture(weights[k], 5.5, cvs[i]));
            assert!((found.variance() / wanted.variance() - 1.0).abs() < 1e-9, "{i} {k}");
            assert!((found.sf(3.0) / wanted.sf(3.0) - 1.0).abs() < 1e-9, "{i} {k}");
        }
    }
    let again = good(parse(&loaded.resolved, "resolved.toml", &NoLibrary, &[], None));
    assert_eq!(format!("{:?}", again.scenario), format!("{:?}", loaded.scenario));
    let told = |lang| show(&loaded, lang).split_whitespace().collect::<Vec<_>>().join(" ");
    let en = told(Lang::En);
    let first = "mixture of 2 groups; group 1: weight 1, mean 1, gamma, cv (0.5 to 2, most likely 1); group 2: ";
    assert!(
        en.contains(&format!("{first}weight (0.05 to 0.3, most likely 0.1 [1]), mean 5.5, lognormal, cv 0.8.")),
        "{en}"
    );
    let ko = told(Lang::Ko);
    let first = "집단 2개의 혼합; 집단 1: 비중 1, 평균 1, 감마분포, 변동계수 (";
    assert!(ko.contains(first) && ko.contains("; 집단 2: 비중 ("), "{ko}");
}

/// Every number that a mixture states is told and has a row, under the key that the file has: the tail index of a Lomax law
/// and not the cv that follows from it.
#[test]
fn every_number_of_a_mixture_is_told() {
    let loaded = good(read(super::BASE));
    let listed = inputs(&loaded.scenario);
    for (place, value) in [
        ("1.weight", "0.9"),
        ("1.mean", "0.5"),
        ("1.cv", "1"),
        ("2.weight", "0.1"),
        ("2.mean", "5.5"),
        ("2.alpha", "2.5"),
    ] {
        let path = format!("cohorts.shops.loss.severity.mixture.{place}");
        let row = listed.iter().find(|r| r.path == path).expect("listed");
        assert_eq!((row.value_or_law.as_str(), row.unit.as_str(), row.status), (value, "1", "assumed"), "{place}");
        good(read_set(super::BASE, &[&format!("{path}=1.5")]));
    }
    let told = show(&loaded, Lang::En).split_whitespace().collect::<Vec<_>>().join(" ");
    let words = "mixture of 2 groups; group 1: weight 0.9, mean 0.5, gamma, cv 1; group 2: weight 0.1, mean 5.5, lomax, tail \
                 index 2.5; cv of the whole";
    assert!(told.contains(words), "{told}");
}

/// How fine the stretches are depends on how many numbers are uncertain, so that there are never too many laws.
#[test]
fn the_more_numbers_the_coarser_the_stretches() {
    let few = "{ law = \"discrete\", values = [0.1, 0.2], weights = [1, 3] }";
    let same = "{ same_as = \"cohorts.shops.loss.severity.mixture.1.cv\" }";
    let two = "{ law = \"uniform\", min = 1, max = 2 }";
    let laws = |text: &str| loss(&good(read(text))).severities.as_ref().map_or(1, |s| s.laws.len());
    assert_eq!(laws(&groups("0.1", MEAN, "1")), 24);
    assert_eq!(laws(&groups(few, "5.5", "1")), 2);
    assert_eq!(laws(&groups(few, MEAN, "1")), 2 * 24);
    assert_eq!(laws(&groups(few, MEAN, CV)), 2 * 8 * 8);
    assert_eq!(laws(&groups(WEIGHT, MEAN, CV)), 5 * 5 * 5);
    // One draw is one number, wherever it is used.
    assert_eq!(laws(&groups(same, "5.5", two)), 24);
    let loaded = good(read(&groups(same, "5.5", two)));
    let [one] = &loss(&loaded).severities.as_ref().expect("uncertain").parameters[..] else { panic!("one number") };
    assert_eq!(one.places, ["mixture.1.cv", "mixture.2.weight"]);
    let more = groups(WEIGHT, MEAN, CV).replace("cv = 0.8", "cv = { law = \"uniform\", min = 0.5, max = 1 }");
    assert_eq!(laws(&more), 81);
    let five = more.replace("weight = 1,", "weight = { law = \"uniform\", min = 1, max = 2 },");
    let found = mistakes(read(&five));
    let [one] = &found[..] else { panic!("{found:#?}") };
    assert_eq!(one.message, "5 numbers of this severity are uncertain, and 4 can be");
    assert!(one.help.contains("same_as"), "{}", one.help);
}

/// What cannot be a number of a part is refused at its place, once.
#[test]
fn wrong_parts_are_refused() {
    for (numbers, message) in [
        (["{ law = \"normal\", mean = 1, sd = 1 }", "5.5", "1"], "must be at least 0"),
        (["0.1", "{ value = 0 }", "1"], "must be above 0"),
        (["0.1", "{ law = \"discrete\", values = [0, 1], weights = [1, 1] }", "1"], "must be above 0"),
        (["0.1", "5.5", "{ law = \"uniform\", min = 1, max = 1e6 }"], "this severity is impossible"),
        (["0.1", "5.5", "{ law = \"uniform\", min = 1, mx = 3 }"], "unknown key `mx`"),
        (["{ same_as = \"budget.amount\" }", "5.5", "1"], "stands before it"),
        (["\"0.1\"", "5.5", "1"], "a plain number belongs here"),
    ] {
        let [weight, mean, cv] = numbers;
        let found = mistakes(read(&groups(weight, mean, cv)));
        let told: Vec<&str> = found.iter().map(|m| m.message.as_str()).collect();
        assert!(told.iter().any(|m| m.contains(message)), "{numbers:?}: {told:#?}");
        assert!(found.len() <= 2, "{numbers:?}: {told:#?}");
    }
}

/// Plain numbers of parts, too, each at its own place.
#[test]
fn wrong_numbers_of_parts_are_told_together() {
    let found = mistakes(read(&groups("-0.1", "0", "1")));
    let told: Vec<&str> = found.iter().map(|m| m.message.as_str()).collect();
    assert_eq!(told, ["a number must be at least 0", "a number must be above 0"], "{found:#?}");
}

/// What the stretches do to losses: over worlds, the mean of their square and of what of them lies above three times the
/// mean loss, and how much the latter differs from world to world. The worlds are a grid of points of the laws, alike in
/// probability, so that no chance is in it.
#[test]
fn stretches_hardly_move_what_losses_are() {
    let other = "{ law = \"triangular\", min = 0.5, mode = 0.8, max = 1.5 }";
    for (mean, spread, points, most) in [
        ("5.5", "0.8", 60, [0.001, 0.001, 0.005]),
        (MEAN, "0.8", 15, [0.002, 0.002, 0.02]),
        (MEAN, other, 9, [0.003, 0.002, 0.04]),
    ] {
        let text = groups(WEIGHT, mean, CV).replace("cv = 0.8", &format!("cv = {spread}"));
        let loaded = good(read(&text));
        let places = ["2.weight", "2.mean", "1.cv", "2.cv"].map(|p| format!("cohorts.shops.loss.severity.mixture.{p}"));
        let numbers = places.map(|path| loaded.scenario.quantities.find(&path));
        let mut world = loaded.scenario.quantities.central();
        let count = numbers.iter().flatten().fold(1, |all, _| all * points);
        let mut told = [Vec::new(), Vec::new()];
        for i in 0..count {
            let mut rest = i;
            for q in numbers.iter().flatten() {
                let u = ((rest % points) as f64 + 0.5) / points as f64;
                world[q.0 as usize] = loaded.scenario.quantities.get(*q).law.quantile(u);
                rest /= points;
            }
            let [weight, mean, one, two] =
                [0, 1, 2, 3].map(|k| numbers[k].map_or([0.1, 5.5, 1.0, 0.8][k], |q| q.of(&world)));
            for (told, law) in
                told.iter_mut().zip([&two_groups(weight, mean, one, two), loss(&loaded).severity_in(&world)])
            {
                let upto = law.partial_moments(3.0);
                told.push([1.0 + law.variance(), 1.0 - upto[1] - 3.0 * (1.0 - upto[0])]);
            }
        }
        let mean = |told: &[[f64; 2]], at: usize| told.iter().map(|x| x[at]).sum::<f64>() / count as f64;
        let spread = |told: &[[f64; 2]]| {
            let centre = mean(told, 1);
            (told.iter().map(|x| (x[1] - centre).powi(2)).sum::<f64>() / count as f64).sqrt()
        };
        let [exact, cut] = &told;
        let off = [mean(cut, 0) / mean(exact, 0), mean(cut, 1) / mean(exact, 1), spread(cut) / spread(exact)];
        let off = off.map(|ratio| ratio - 1.0);
        assert!(off.iter().zip(most).all(|(off, most)| off.abs() < most), "{off:?}");
    }
}

/// Of losses without a variance means and their intervals mislead; nobody should have to know that beforehand.
#[test]
fn losses_without_a_variance_are_warned_of() {
    let warned = |alpha: f64| {
        let found = good(read(&text(&format!("{{ family = \"lomax\", alpha = {alpha} }}")))).warnings.located();
        found.iter().any(|w| w.message.contains("have no variance"))
    };
    assert!(warned(1.5) && warned(2.0) && !warned(2.5));
}
