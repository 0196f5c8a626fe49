//! Guidelines compared two by two on the same worlds: running means and variances of the differences, exact for any
//! number of replicates.

use super::findings::ComparisonRow;
use super::names::Names;
use super::ties::tied;
use super::totals::Totals;
use crate::engine::heavy::Heavy;
use crate::engine::outcome::{GUIDED, guided};
use crate::stats::{Estimate, Proportion};

/// Totals that are compared.
pub const COMPARED: [&str; 9] =
    ["payout", "cost", "claims", "covered", "coverage", "adequacy", "gini_absolute", "days_p50", "days_p90"];

/// Running statistics of one difference a − b.
#[derive(Clone, Copy, Debug, Default)]
struct Running {
    count: u64,
    mean: f64,
    squares: f64,
    lower: u64,
    equal: u64,
}

impl Running {
    /// Adds a world, but for one in which either has no value.
    fn add(&mut self, measure: usize, a: f64, b: f64) {
        let difference = a - b;
        if difference.is_nan() {
            return;
        }
        self.count += 1;
        let step = difference - self.mean;
        self.mean += step / self.count as f64;
        self.squares += step * (difference - self.mean);
        let equal = tied(measure, a, b);
        self.lower += u64::from(a < b && !equal);
        self.equal += u64::from(equal);
    }

    fn difference(&self) -> Estimate {
        let n = self.count as f64;
        let se = match self.count {
            0 | 1 => f64::NAN,
            _ => (self.squares / (n - 1.0) / n).sqrt(),
        };
        Estimate::normal(self.mean, se)
    }
}

/// Two guidelines, by index: b is the baseline where it is one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pair {
    a: usize,
    b: usize,
}

/// Running comparison of all pairs of guidelines.
#[derive(Clone, Debug)]
pub struct Pairs {
    pairs: Vec<Pair>,
    measures: [usize; COMPARED.len()],
    running: Vec<[Running; COMPARED.len()]>,
}

impl Pairs {
    /// All unordered pairs of `guidelines`, those with the baseline first.
    pub fn new(guidelines: usize, baseline: usize) -> Pairs {
        let with_baseline = (0..guidelines).filter(|&a| a != baseline).map(|a| Pair { a, b: baseline });
        let mut pairs: Vec<Pair> = with_baseline.collect();
        for a in 0..guidelines {
            let others = (a + 1..guidelines).filter(|&b| a != baseline && b != baseline);
            pairs.extend(others.map(|b| Pair { a, b }));
        }
        let running = vec![[Running::default(); COMPARED.len()]; pairs.len()];
        Pairs { pairs, measures: COMPARED.map(|n| guided(n).unwrap_or_default()), running }
    }

    /// Adds a world.
    pub fn add(&mut self, totals: &Totals) {
        for (pair, running) in self.pairs.iter().zip(&mut self.running) {
            let (a, b) = (totals.guided(pair.a), totals.guided(pair.b));
            for (running, &m) in running.iter_mut().zip(&self.measures) {
                running.add(m, a[m], b[m]);
            }
        }
    }

    /// The rows of the comparison table, none of what no world has under both. A difference of what has no finite variance has no error.
    pub fn rows(&self, names: &Names, baseline: usize, heavy: &Heavy) -> Vec<ComparisonRow> {
        let mut rows = Vec::with_capacity(self.pairs.len() * COMPARED.len());
        for (pair, running) in self.pairs.iter().zip(&self.running) {
            for (running, &m) in running.iter().zip(&self.measures).filter(|(running, _)| running.count > 0) {
                let difference = running.difference();
                let either = [pair.a, pair.b].iter().any(|g| heavy.holds_in_all(Some(*g), GUIDED[m].name));
                let share = |hits: u64| Proportion::wilson(hits as f64, running.count as f64);
                rows.push(ComparisonRow {
                    variant: names.variant.clone(),
                    guideline: names.guidelines[pair.a].clone(),
                    compared_with: names.guidelines[pair.b].clone(),
                    baseline: pair.b == baseline,
                    measure: &GUIDED[m],
                    difference: if either { Estimate::without_error(difference.value) } else { difference },
                    lower: share(running.lower),
                    higher: share(running.count - running.lower - running.equal),
                    equal: share(running.equal),
                    lower_shift: None,
                    higher_shift: None,
                });
            }
        }
        rows
    }
}
