//! Sensitivity of a scenario by the engine: the same for any number of threads, what is left out is bounded, and what cannot be
//! answered is refused.

use std::sync::atomic::AtomicBool;

use redress::engine::run::{Options, Stopped};
use redress::whatif::Look;
use redress::whatif::kept::Nothing;
use redress::whatif::sensitivity::run::{Answer, Asked, sensitivity};

use super::calibrate::Memory;

fn answer(scenario: &redress::model::Scenario, look: &str, threads: usize, expected: bool) -> Result<Answer, Stopped> {
    let looks = [Look::parse(look, scenario, Some(1)).expect("a look")];
    let cancel = AtomicBool::new(false);
    let options = Options { replicates: 256, seed: 3, threads, ..Options::default() };
    sensitivity(
        scenario,
        Asked { looks: &looks, options, all: false, expected, cancel: &cancel },
        &mut Nothing,
        &mut |_| (),
    )
}

#[test]
fn indices_and_tornado_do_not_depend_on_threads_and_add_up() {
    let scenario = super::loaded("first-steps.toml");
    let one = answer(&scenario, "payout", 1, false).expect("runs");
    assert_eq!(one, answer(&scenario, "payout", 2, false).expect("runs"));
    let found = &one.found[0];
    let examined: usize = found.rows.iter().map(|r| r.paths.len()).sum();
    assert_eq!(examined + found.left_out.len(), one.quantities, "every quantity is examined or left out");
    let chance = found.chance.expect("chance is drawn").value;
    // Totals, chance and the rest cover the variance: they overlap by interactions and err, but cannot fall short by much.
    let covered: f64 =
        found.rows.iter().map(|r| r.indices.total.value).sum::<f64>() + found.left_out_total.value + chance;
    assert!(covered > 0.85, "{covered}");
    assert!(found.left_out_total.value <= 0.02, "{:?}", found.left_out_total);
    for bar in &one.bars[0] {
        assert!(bar.at[0] <= bar.at[1] && bar.shift.iter().all(|s| s.value.is_finite() && s.se >= 0.0), "{bar:?}");
    }
    assert!(one.bars[0].windows(2).all(|w| w[0].reach() >= w[1].reach()));
}

#[test]
fn of_the_expectation_there_is_no_chance() {
    let scenario = super::loaded("first-steps.toml");
    let found = answer(&scenario, "payout", 2, true).expect("runs");
    assert_eq!(found.found[0].chance, None);
    let drawn = answer(&scenario, "payout", 2, false).expect("runs");
    // The same inputs lead, with indices within the errors of 256 rows.
    let (a, b) = (&found.found[0].rows[0], &drawn.found[0].rows[0]);
    assert_eq!(a.paths, b.paths);
    let (x, y) = (a.indices.total, b.indices.total);
    assert!((x.value - y.value).abs() < 4.0 * (x.se * x.se + y.se * y.se).sqrt(), "{x:?} {y:?}");
    let refused = answer(&scenario, "gini", 2, true);
    assert!(matches!(&refused, Err(Stopped::Refused(why)) if why.contains("closed form")), "{refused:?}");
}

#[test]
fn an_interrupted_analysis_goes_on_to_the_same_end() {
    let scenario = super::loaded("first-steps.toml");
    let looks = [Look::parse("payout", &scenario, Some(1)).expect("a look")];
    let cancel = AtomicBool::new(false);
    let options = Options { replicates: 64, seed: 3, threads: 2, ..Options::default() };
    let run = |kept: &mut Memory| {
        let asked = Asked { looks: &looks, options, all: false, expected: false, cancel: &cancel };
        sensitivity(&scenario, asked, kept, &mut |_| ()).expect("runs")
    };
    let mut memory = Memory::default();
    let whole = run(&mut memory);
    let all = memory.runs.len();
    memory.runs.retain(|part, _| part.trim_start_matches("run ").parse::<usize>().expect("a number") <= 4);
    memory.asked.set(0);
    assert_eq!(run(&mut memory), whole);
    assert_eq!((memory.asked.get(), memory.runs.len()), (4, all));
}
