//! What figures are drawn from agrees with the tables.

use redress::analysis::Collector;
use redress::analysis::findings::BASE;
use redress::output::figure_data::figure_data;

use crate::analysis::blocks::{arbitrary, scenario};

/// Where only the first worlds are kept as samples, means are still those of all worlds.
#[test]
fn means_are_those_of_the_tables() {
    let s = scenario(1);
    let mut collector = Collector::new(&s, BASE, 400);
    collector.add(&arbitrary(&s, 0, 400, 0));
    let mut findings = collector.finish(1);
    findings.sample.replicates = 50;
    findings.sample.guided.iter_mut().flatten().for_each(|values| values.truncate(50));
    let data = figure_data(&findings, &s, 1);
    for (g, drawn) in data.guidelines.iter().enumerate() {
        for (measure, distribution) in [("payout", &drawn.payout), ("cost", &drawn.cost)] {
            let table = findings.total(&findings.guidelines[g], measure).expect("a row").mean().value;
            assert_eq!(distribution.mean(), table, "{measure} of {g}");
            assert_eq!(distribution.worlds(), 50.0);
        }
    }
}
