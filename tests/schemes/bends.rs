//! Awards that bend in the fee or in an attribute that varies by a law, against limited means of the lognormal law under
//! both engines. Levels: |z| < 4, 6.3e-5 each.

use redress::engine::run::{Engine, Options};
use redress::scenario::parse;
use redress::stats::Moments;

use super::One;
use crate::common::check::Check;
use crate::common::sample::sample_group;

const SCHEME: &str = r#"
title = "What is dear"
currency = "KRW"

[facts]
fare = "money"
fee_month = "money"
loss = "money"

[[rules]]
id = "fare-above"
mode = "automatic"
pays = "max(fare - 100_000 KRW, 0 KRW)"

[[rules]]
id = "fee-above"
mode = "automatic"
pays = "max(fee_month - 90_000 KRW, 0 KRW)"

[[rules]]
id = "below-zero"
mode = "automatic"
pays = "fare - 50_000 KRW"

[[rules]]
id = "with-loss"
mode = "automatic"
pays = "loss + 2 * max(fee_month - 50_000 KRW, 0 KRW)"
"#;

const SCENARIO: &str = r#"
schema = 1
id = "dear"
title = "Dear"
currency = "KRW"
[outage]
start = 2022-10-15T10:00:00
[services.line]
title = "Line"
restored_after = "10 h"
[cohorts.taxi]
title = "Taxi"
size = 20_000
services = ["line"]
hit = 1.0
fee_month = { varies = { law = "lognormal", mean = 40_000, cv = 0.4, note = "fees" } }
loss = { share = 1.0, damage = { rate = 1_000, elasticity = 0 }, severity = { family = "gamma", cv = 1 } }
[cohorts.taxi.attributes.fare]
type = "money"
title = "fare of the trip"
varies = { law = "lognormal", mean = 12_000, cv = 2, note = "fares" }
[guidelines.fare]
scheme = "dear"
only = ["fare-above"]
[guidelines.fee]
scheme = "dear"
only = ["fee-above"]
[guidelines.below-zero]
scheme = "dear"
only = ["below-zero"]
[guidelines.with-loss]
scheme = "dear"
only = ["with-loss"]
[guidelines.higher]
title = "Higher"
rules = [ { amount = { max = [ { fee_months = 3 }, 150_000 ] }, filing = "automatic" } ]
[guidelines.capped]
title = "Capped"
rules = [ { amount = { fee_months = 2 }, cap = 100_000, filing = "automatic" } ]
"#;

/// E[max(X − d, 0)] = m Φ(a) − d Φ(b), a = (μ + σ² − ln d) ÷ σ, b = (μ − ln d) ÷ σ, σ² = ln(1 + cv²), μ = ln m − σ²/2:
///
///       m   cv        d          a          b   m Φ(a)     d Φ(b)   difference
///  12,000    2  100,000  −1.036975  −2.305612  1,798.48  1,056.62       741.87
///  12,000    2   50,000  −0.490604  −1.759240  3,742.24  1,963.42     1,778.82
///  40,000  0.4   90,000  −1.912301  −2.297555  1,116.75    971.42       145.33
///  40,000  0.4   50,000  −0.386586  −0.771839 13,981.25 11,005.24     2,976.01
#[test]
fn means_are_those_of_the_law() {
    let loaded = parse(SCENARIO, "dear.toml", &One("dear", SCHEME.into()), &[], None);
    let scenario = loaded.unwrap_or_else(|e| panic!("{e}")).scenario;
    let wanted = [
        741.8668,
        145.3290,
        1_778.821_5,
        // The mean loss of 1,000 beside twice the excess.
        1_000.0 + 2.0 * 2_976.012_3,
        // max(3 fee, 150,000) = 150,000 + 3 max(fee − 50,000, 0).
        150_000.0 + 3.0 * 2_976.012_3,
        // min(2 fee, 100,000) = 2 fee − 2 max(fee − 50,000, 0).
        2.0 * (40_000.0 - 2_976.012_3),
    ];
    for (engine, replicates) in [(Engine::Counts, 400), (Engine::Individual, 60)] {
        let options = Options { seed: 31, replicates, engine, threads: 2, ..Options::default() };
        let s = sample_group(&scenario, &options, 0);
        let mut check = Check::new(&format!("awards that bend, {engine:?}"));
        for (g, each) in wanted.iter().enumerate() {
            let mean = Moments::of(s.of(g, "payout")).mean();
            check.z(&scenario.guidelines[g].id, mean.value, 20_000.0 * each, mean.se);
        }
        check.done();
    }
}
