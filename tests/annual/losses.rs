//! Rules that look at the loss, against limited means of the lognormal law.

use redress::annual::findings::Of;

use super::years::{company, found, near};

/// A thousand customers who all lose 10,000 on average (cv 2) in each of 12 outages a year of 10 h.
const LOSERS: &str = r#"
schema = 1
id = "losers"
title = "Losers"
currency = "KRW"
year = 2025

[services.s]

[customers.c]
size = 1000
services = ["s"]
loss = { share = 1.0, hour = 1000, cv = 2 }

[causes.a]
frequency = { per_year = 12 }
duration = "10 h"
takes_down = { s = 1 }

[guidelines.g]
asked = "event"

[guidelines.g.scheme]
currency = "KRW"
facts = { outage = "duration", loss = "money" }

[[guidelines.g.scheme.rules]]
id = "r"
when = "outage >= 5 h"
pays = "PAYS"
"#;

/// Average of 2,000 years of a rule against what is expected of a year, within four standard errors.
fn pays(pays: &str, wanted: f64) {
    let found = found(&company(&LOSERS.replace("PAYS", pays), &[]), 2_000, 2);
    near(found.average(Of::Guideline(0)).expect("awards").mean, wanted, pays);
}

// σ² = ln(1 + 2²) = 1.609438, σ = 1.268636, μ = ln 10,000 − σ²/2 = 8.405621. With a = (μ + σ² − ln D) ÷ σ and
// b = (μ − ln D) ÷ σ: E[X; X > D] = 10,000 Φ(a), P(X > D) = Φ(b), 12,000 times a year.
//
//        D          a          b  10,000 Φ(a)    D Φ(b)  E[max(X − D, 0)]      a year
//   20,000   0.087946  −1.180690     5,350.40  2,377.26          2,973.14  35,677,728
//   50,000  −0.634318  −1.902954     2,629.37  1,426.16          1,203.20  14,438,444
//  100,000  −1.180690  −2.449326     1,188.63    715.62            473.01   5,676,129

#[test]
fn deductibles_pay_what_losses_exceed_them_by() {
    for (above, wanted) in [(20_000, 35_677_728.0), (50_000, 14_438_444.0), (100_000, 5_676_129.0)] {
        pays(&format!("max(loss - {above} KRW, 0 KRW)"), wanted);
    }
}

#[test]
fn bounds_and_caps_in_the_loss_are_exact() {
    // 12,000 × 1,188.63, and 12,000 × (10,000 − 1,203.20).
    pays("match { loss > 100_000 KRW => loss, else => 0 KRW }", 14_263_553.0);
    pays("min(loss, 50_000 KRW)", 105_561_556.0);
}

#[test]
fn a_rule_that_rounds_comes_near() {
    // Rounding to 1 KRW moves the mean by less than 0.5 KRW × P(X > D) = 0.01 KRW of 1,203.20.
    pays("round(max(loss - 50_000 KRW, 0 KRW), 1 KRW)", 14_438_444.0);
}
