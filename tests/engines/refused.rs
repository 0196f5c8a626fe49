//! Who is refused and who gives up, by hand: advances that are not paid back, appeals, pools, awards in kind, claims that come
//! twice. Every mean is held against the closed form in both engines; |z| < 4 is a level of 6.3e-5.

use redress::chance::severity::Severity;
use redress::engine::outcome;
use redress::engine::run::{Engine, Options};
use redress::model::Scenario;
use redress::scenario::{NoLibrary, parse};
use redress::stats::Moments;

use crate::common::check::Check;
use crate::common::sample::{Samples, sample};

/// Ten hours without the service; people who lose 1,000 each, half of them or all.
fn scenario(people: &str, procedure: &str, guideline: &str) -> Scenario {
    let text = format!(
        "schema = 1\nid = \"t\"\ntitle = \"T\"\ncurrency = \"KRW\"\noutage.start = 2022-10-15T15:30:00\n\
         services.s.restored_after = \"10 h\"\n{people}\n\
         [procedures.p]\nopens_after = \"5 d\"\nwindow = \"1 d\"\nstaff = 1e6\nwage = 100\narrival = {{ half_after = \"3 d\" }}\n\
         {procedure}\n[guidelines.g]\ntitle = \"g\"\nprocedure = \"p\"\n{guideline}\n"
    );
    parse(&text, "t.toml", &NoLibrary, &[], None).unwrap_or_else(|e| panic!("{e}")).scenario
}

fn cohort(id: &str, size: u32, share: f64) -> String {
    format!(
        "cohorts.{id} = {{ title = \"{id}\", size = {size}, services = [\"s\"], hit = 1, loss = {{ share = {share}, \
         damage = {{ rate = 100, elasticity = 1 }}, severity = \"none\" }} }}\n"
    )
}

/// A measure or an account of the one guideline.
fn values<'s>(found: &'s Samples, name: &str) -> &'s [f64] {
    if outcome::guided(name).is_some() { found.of(0, name) } else { found.account(0, name) }
}

/// Means of measures of the one guideline, in both engines.
fn means(check: &mut Check, name: &str, scenario: &Scenario, replicates: u64, wanted: &[(&str, f64)]) {
    for engine in [Engine::Counts, Engine::Individual] {
        let options = Options { seed: 23, replicates, engine, threads: 2, ..Options::default() };
        let found = sample(scenario, &options);
        for (measure, wanted) in wanted {
            let mean = Moments::of(values(&found, measure)).mean();
            check.z(&format!("{name}, {engine:?}, {measure}"), mean.value, *wanted, mean.se);
        }
    }
}

/// n claims are expected, each approved with 0.6 at first and, of the others, half appeal and half of these win: 0.7. Of
/// those who would be paid a share stays. The refused are 0.3 n and have appealed in vain with 1/3 each, as all who won have.
#[test]
fn who_gives_up_is_not_refused() {
    let mut check = Check::new("giving up");
    for (size, gives_up, days) in [(500, 0.9, 60.0), (50, 0.5, 60.0), (500, 1.0, 3.0)] {
        let procedure = format!(
            "order = \"first-compensate\"\nadvance = 0.5\nrecovered = 0.2\ntransfer = \"{days} d\"\n\
             gives_up = {gives_up}\nappeal = {{ share = 0.5, upheld = 0.5, after = \"10 d\", work = \"2 h\" }}"
        );
        let people = format!("{}filing.f = {{ rate = 0.4, review = \"1 h\" }}\n", cohort("a", size, 0.5));
        let rules = "rules = [{ losers_only = true, amount = 100, filing = \"f\", approval = 0.6 }]";
        let n = 0.2 * f64::from(size);
        let stays = (1.0f64 - gives_up).powf(days / 30.0);
        let wanted = [
            ("payout", 70.0 * n * stays),
            ("overpaid", 0.3 * n * 100.0 * 0.5 * 0.8),
            ("paid_without_right", 0.3 * n * 0.8),
            ("given_up", 0.7 * n * (1.0 - stays)),
            ("gave_up", 0.7 * n * (1.0 - stays)),
            ("appeals", 0.2 * n),
            ("staff_cost", 100.0 * (n + 0.2 * n * 2.0)),
        ];
        let name = format!("{size} people, {gives_up} a month");
        means(&mut check, &name, &scenario(&people, &procedure, rules), 3_000, &wanted);
    }
    check.done();
}

/// Who gives up is worked out from claims that are expected, be they ever so few.
#[test]
fn of_less_than_a_claim_as_many_give_up_as_of_many() {
    let mut check = Check::new("giving up among few");
    for (size, rate) in [(1, 0.45), (2, 0.2)] {
        let people = format!("{}filing.f = {{ rate = {rate}, review = \"1 h\" }}\n", cohort("a", size, 1.0));
        let procedure = "order = \"verify-first\"\ntransfer = \"30 d\"\ngives_up = 0.5";
        let rules = "rules = [{ losers_only = true, amount = 100, filing = \"f\" }]";
        let wanted = [("payout", 50.0 * rate * f64::from(size))];
        means(&mut check, &format!("{size}, {rate}"), &scenario(&people, procedure, rules), 3_000, &wanted);
    }
    check.done();
}

/// A pool of 10,000 for 1,000 people of b who get 100 each scales the advances of a, of whom nobody is approved, too.
#[test]
fn a_pool_scales_the_advances_of_those_whom_nobody_approves() {
    let people = format!("{}{}filing.f = {{ rate = 1 }}\n", cohort("a", 1_000, 1.0), cohort("b", 1_000, 1.0));
    let procedure = "order = \"first-compensate\"\nadvance = 0.5\nrecovered = 0";
    let rules = "pool = { amount = 10_000 }\nrules = [{ for = [\"a\"], amount = 100, filing = \"f\", approval = 0, \
                 losers_only = true }, { for = [\"b\"], amount = 100, filing = \"f\", losers_only = true }]";
    let mut check = Check::new("advances under a pool");
    let wanted = [("payout", 10_000.0), ("overpaid", 5_000.0)];
    means(&mut check, "pool", &scenario(&people, procedure, rules), 4, &wanted);
    check.done();
}

/// Everybody gets 1,800 and three of five, by filing, 0.3 of the loss as well; of the mean of 1,980 a pool leaves half. A
/// lognormal loss X of mean 1,000 is made good by min(900, X) or min(900 + 0.15 X, X), which cross it at 900 and at 1,058.8,
/// where no span ends.
#[test]
fn losses_are_made_good_where_the_sum_that_a_pool_leaves_meets_them() {
    let mut check = Check::new("made good under a pool");
    for cv in [0.3, 1.0] {
        let people = format!(
            "cohorts.a = {{ title = \"a\", size = 100_000, services = [\"s\"], hit = 1, loss = {{ share = 1, damage = \
             {{ rate = 100, elasticity = 1 }}, severity = {{ family = \"lognormal\", cv = {cv} }} }} }}\n\
             filing.f = {{ rate = 0.6 }}\n"
        );
        let rules = "pool = { amount = 99_000_000 }\nrules = [{ losers_only = true, amount = 1800 }, \
                     { losers_only = true, amount = { share_of_loss = 0.3 }, filing = \"f\" }]";
        let law = Severity::LogNormal { sigma: f64::ln_1p(cv * cv).sqrt() };
        // Up to c the loss, above it a + b X.
        let good = |a: f64, b: f64| {
            let (upto, whole) = (law.partial_moments(a / (1.0 - b)), law.partial_moments(f64::MAX));
            upto[1] + a * (whole[0] - upto[0]) + b * (whole[1] - upto[1])
        };
        let wanted = 1e8 * (0.4 * good(0.9, 0.0) + 0.6 * good(0.9, 0.15));
        let procedure = "order = \"verify-first\"";
        means(&mut check, &format!("cv {cv}"), &scenario(&people, procedure, rules), 40, &[("compensated", wanted)]);
    }
    check.done();
}

/// What is given in kind twice, or in advance and not given back, costs what it costs: 100 × 0.5 × 0.4 each. Of 4,000 claims
/// half are approved.
#[test]
fn gifts_that_come_twice_and_first_cost_what_they_cost() {
    let people = format!("{}filing.f = {{ rate = 0.4 }}\n", cohort("a", 10_000, 1.0));
    let rules = "rules = [{ losers_only = true, amount = 100, filing = \"f\", approval = 0.5, \
                 in_kind = { redemption = 0.5, unit_cost = 0.4, value = 0.8 } }]";
    let mut check = Check::new("in kind");
    let twice = "order = \"verify-first\"\nduplicates = { share = 0.2, detected = 0 }";
    let wanted = [("in_kind_cost", 40_000.0), ("overpaid", 8_000.0)];
    means(&mut check, "twice", &scenario(&people, twice, rules), 400, &wanted);
    let first = "order = \"first-compensate\"\nadvance = 1\nrecovered = 0.3";
    let wanted = [("in_kind_cost", 40_000.0), ("overpaid", 28_000.0)];
    means(&mut check, "in advance", &scenario(&people, first, rules), 400, &wanted);
    // Of a face value of 200,000 three tenths are used.
    let rules = rules.replace("redemption = 0.5", "redemption = 0.3");
    let wanted = [("in_kind_face", 200_000.0), ("breakage", 140_000.0), ("in_kind_value", 48_000.0)];
    means(&mut check, "breakage", &scenario(&people, "order = \"verify-first\"", &rules), 400, &wanted);
    check.done();
}

/// Nothing in advance is no advance.
#[test]
fn an_advance_of_nothing_is_verify_first() {
    let people = format!("{}filing.f = {{ rate = 1, review = \"1 h\" }}\n", cohort("a", 1_000, 1.0));
    let rules = "rules = [{ losers_only = true, amount = 100, filing = \"f\", approval = 0.5 }]";
    let run = |order: &str| {
        let procedure = format!("{order}\ngives_up = 0.05\ntransfer = \"200 d\"");
        let found =
            sample(&scenario(&people, &procedure, rules), &Options { seed: 3, replicates: 20, ..Options::default() });
        ["payout", "given_up", "waiting_180", "present_value"].map(|measure| values(&found, measure).to_vec())
    };
    assert_eq!(run("order = \"first-compensate\"\nadvance = 0\nrecovered = 0"), run("order = \"verify-first\""));
}
