//! What a scenario that names a built-in profile gets, against the shares that the profiles stand for. Worlds are drawn by the
//! counts engine; medians of 4,000 worlds are off by some 0.04 on the logit scale, four of which are allowed.

use crate::common::sample::sample;
use redress::analysis::ladder::fit;
use redress::engine::run::Options;
use redress::scenario::{NoLibrary, ladder, parse};

/// Hours of wage of the ladder's evidence in money, at 22,651 KRW an hour.
const WAGE: f64 = 22_651.0;

/// Median shares of a million people who file under flat awards of so many hours of wage, by profile.
fn medians(offers: &[(&str, f64)]) -> Vec<f64> {
    let mut text = String::from(
        "schema = 1\nid = \"defaults\"\ntitle = \"Defaults\"\ncurrency = \"KRW\"\noutage.start = 2022-10-15T15:30:00\n\
         services.pay.restored_after = \"10 h\"\n\
         cohorts.people = { title = \"people\", size = 1_000_000, services = [\"pay\"], hit = 1.0 }\n",
    );
    for (i, (profile, hours)) in offers.iter().enumerate() {
        let filing = if profile.is_empty() { String::new() } else { format!(", filing = \"{profile}\"") };
        text.push_str(&format!(
            "[guidelines.g{i}]\ntitle = \"g{i}\"\nrules = [ {{ for = [\"people\"], amount = {}{filing} }} ]\n",
            hours * WAGE
        ));
    }
    let loaded = parse(&text, "defaults.toml", &NoLibrary, &[], None).unwrap_or_else(|e| panic!("{e}"));
    let samples =
        sample(&loaded.scenario, &Options { seed: 17, replicates: 4_000, inequality: false, ..Options::default() });
    let median = |(i, (profile, _)): (usize, &(&str, f64))| {
        let mut shares = samples.of(i, if profile.is_empty() { "automatic" } else { "claims" }).to_vec();
        shares.sort_by(f64::total_cmp);
        shares[shares.len() / 2] / 1e6
    };
    offers.iter().enumerate().map(median).collect()
}

fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

#[test]
fn profiles_give_the_published_shares_in_the_median() {
    let anchors = [
        ("one-tap", 6_000.0 / WAGE, 0.36),
        // Rail, two years each, in the middle of their odds: 18 and 22 %, 39 and 46 %.
        ("web-form", 5.0 / 14.6, 0.199),
        ("web-form", 10.0 / 14.6, 0.425),
        ("email-notice", 69.0 / 25.0, 0.03),
        ("documents", 50_000.0 / WAGE, 0.026),
        ("field-desk", 543_000.0 / 19_500.0, 0.61),
        ("ad-hoc", 1_000.0 / 19_806.0, 0.000_28),
        ("ad-hoc", 25.0 / 14.6, 0.14),
    ];
    let got = medians(&anchors.map(|(profile, hours, _)| (profile, hours)));
    for ((profile, hours, share), got) in anchors.iter().zip(got) {
        println!("{profile} at {hours:.3} h: {got:.5} for {share}");
        assert!((logit(got) - logit(*share)).abs() < 0.16, "{profile} at {hours:.3} h: {got} for {share}");
    }
}

#[test]
fn the_ladder_stands_in_its_order() {
    // Automatic ≈ 100 %, one tap 36 %, short web form 20 to 46 % by value, e-mail 3 %, documents × 0.03 to 0.1 of a form
    // at the value of the class actions and of Kakao's merchants, a claim of one's own accord 0.03 to 0.2 % at the values
    // of KT 2021 and of Kakao's users.
    let (class_actions, merchants) = (69.0 / 25.0, 50_000.0 / WAGE);
    let got = medians(&[
        ("", 1.0),
        ("web-form", class_actions),
        ("documents", class_actions),
        ("web-form", merchants),
        ("documents", merchants),
        ("ad-hoc", 1_000.0 / 19_806.0),
        ("ad-hoc", 2_000.0 / WAGE),
    ]);
    println!("{got:?}");
    assert_eq!(got[0], 1.0);
    for (form, documents) in [(got[1], got[2]), (got[3], got[4])] {
        let times = documents / form;
        assert!((0.03..=0.1).contains(&times), "documents × {times}");
    }
    for share in &got[5..] {
        assert!((0.000_25..=0.002).contains(share), "ad hoc {share}");
    }
}

#[test]
fn the_table_tells_what_a_scenario_gets() {
    let ladder = ladder().unwrap_or_else(|e| panic!("the ladder can be read: {e:?}"));
    let given = fit(&ladder).on_rungs(&ladder);
    let named = |regime, channel| ladder.profiles.iter().find(|p| (p.regime, p.channel) == (regime, channel));
    let told: Vec<_> =
        ladder.rungs.iter().zip(&given).filter_map(|(r, g)| Some((named(r.regime, r.channel)?, r, g))).collect();
    let got = medians(&told.iter().map(|(p, r, _)| (p.id.as_str(), r.hours)).collect::<Vec<_>>());
    assert!(told.len() >= 10);
    for ((profile, rung, range), got) in told.iter().zip(got) {
        assert!(
            (logit(got) - logit(range.middle)).abs() < 0.16,
            "{} at {}: {got} for {range:?}",
            profile.id,
            rung.hours
        );
        assert!(range.low < range.middle && range.middle < range.high);
    }
}
