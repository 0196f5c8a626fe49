//! What rules do beside what people get in all, by hand in both engines: honest claims refused under one rule of several, and
//! without a procedure what was undue and what becomes of awards in kind. Means within 4 standard errors (6.3e-5).

use redress::engine::outcome;
use redress::engine::run::{Engine, Options};
use redress::scenario::{NoLibrary, parse};
use redress::stats::Moments;

use crate::common::check::Check;
use crate::common::sample::sample;

const HEAD: &str = "schema = 1\nid = \"t\"\ntitle = \"T\"\ncurrency = \"KRW\"\noutage.start = 2026-03-06T18:00:00\n\
                    services.pay.restored_after = \"10 h\"\n";

/// Means of measures and accounts: (guideline, name, value).
fn means(name: &str, text: &str, wanted: &[(usize, &str, f64)]) {
    let text = format!("{HEAD}{text}");
    let scenario = parse(&text, "t.toml", &NoLibrary, &[], None).unwrap_or_else(|e| panic!("{e}")).scenario;
    let mut check = Check::new(name);
    for engine in [Engine::Counts, Engine::Individual] {
        let found = sample(&scenario, &Options { seed: 31, replicates: 600, engine, ..Options::default() });
        for (g, measure, wanted) in wanted {
            let values = match outcome::guided(measure) {
                Some(_) => found.of(*g, measure),
                None => found.account(*g, measure),
            };
            let mean = Moments::of(values).mean();
            check.z(&format!("{engine:?}, draft {g}, {measure}"), mean.value, *wanted, mean.se);
        }
    }
    check.done();
}

/// 2,000 shops lose 100,000 each, half of them claim, 60 % are approved at first, and of the others half appeal and 40 % of
/// these win: 0.32 × 1,000 stay refused, whether or not everybody has a coupon as well, also where somebody gives up.
#[test]
fn who_also_has_a_coupon_is_refused_all_the_same() {
    let text = |gives_up: f64| {
        format!(
            "cohorts.shops = {{ title = \"Shops\", size = 2_000, services = [\"pay\"], hit = 1, loss = {{ share = 1, damage = {{ \
             points = [[\"0 h\", 0], [\"10 h\", 100_000]] }}, severity = \"none\" }} }}\n\
             filing.form = {{ rate = 0.5, review = \"30 min\" }}\n\
             [procedures.desk]\norder = \"verify-first\"\nopens_after = \"10 d\"\nwindow = \"20 d\"\n\
             arrival = {{ half_after = \"5 d\" }}\nstaff = 1000\nwage = 20_000\ntransfer = \"30 d\"\ngives_up = {gives_up}\n\
             appeal = {{ share = 0.5, upheld = 0.4, after = \"30 d\", work = \"1 h\" }}\n\
             [guidelines]\nclaim = {{ title = \"Claims\", procedure = \"desk\", rules = [\n\
             {{ id = \"loss\", amount = {{ share_of_loss = 0.5 }}, filing = \"form\", approval = 0.6 }}] }}\n\
             coupon = {{ title = \"And a coupon\", procedure = \"desk\", rules = [\n\
             {{ id = \"loss\", amount = {{ share_of_loss = 0.5 }}, filing = \"form\", approval = 0.6 }},\n\
             {{ id = \"gift\", amount = 3_000, in_kind = {{ redemption = 0.3, unit_cost = 0.2 }} }}] }}\n"
        )
    };
    means(
        "coupon",
        &text(0.0),
        &[
            (0, "refused_with_right", 320.0),
            (1, "refused_with_right", 320.0),
            (0, "refused_genuine", 320.0),
            (1, "refused_genuine", 0.0),
        ],
    );
    means("coupon, giving up", &text(0.3), &[(0, "refused_with_right", 320.0), (1, "refused_with_right", 320.0)]);
}

/// 10,000 users, half of them hit; 500 lose 20,000 on average and 450 of the others would claim as much: 30 % of each claim,
/// 80 and 32 % are approved. Coupons of 6,000 reach 90 % of the hit, half are used, at 0.7 of their face. Nothing says when.
#[test]
fn without_a_procedure_mistakes_and_coupons_are_told() {
    let text = "cohorts.users = { title = \"Users\", size = 10_000, services = [\"pay\"], hit = 0.5, loss = { share = 0.1, damage = { \
                rate = 2_000, elasticity = 1 }, severity = { family = \"gamma\", cv = 1 }, unfounded = { share = 0.1, \
                approval_factor = 0.4 } } }\n\
                [guidelines]\nboth = { title = \"Both\", rules = [\n\
                { id = \"gift\", amount = 6_000, in_kind = { redemption = 0.5, unit_cost = 0.2, value = 0.7 }, filing = { automatic = \
                0.9 } },\n{ id = \"loss\", amount = { share_of_loss = 0.5 }, filing = { rate = 0.3 }, approval = 0.8 }] }\n\
                alone = { title = \"Alone\", rules = [\n{ losers_only = true, amount = { share_of_loss = 0.5 }, filing = { rate = 0.3 }, \
                approval = 0.8 }] }\n";
    let (face, unfounded) = (5_000.0 * 0.9 * 6_000.0, 450.0 * 0.3 * 0.32);
    means(
        "no procedure",
        text,
        &[
            (0, "in_kind_value", 0.35 * face),
            (0, "breakage", 0.5 * face),
            (0, "paid_without_right", unfounded),
            (0, "undue", unfounded * 10_000.0),
            (0, "refused_with_right", 500.0 * 0.3 * 0.2),
            (1, "paid_without_right", unfounded),
            (1, "undue", unfounded * 10_000.0),
            (1, "refused_with_right", 500.0 * 0.3 * 0.2),
        ],
    );
}
