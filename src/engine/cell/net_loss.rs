//! Net losses of a cell's bulk, max(loss − award, 0), for the Gini index and for losses made good under a pool.

use super::CellInput;
use super::components::{Bench, strips};
use super::law::{CellLaw, NetLoss};
use crate::engine::inequality::bucket;

impl CellLaw {
    /// Works out the net losses without any award and under each guideline.
    pub(super) fn net_losses(&mut self, input: &CellInput, bench: &Bench) {
        let mut list = std::mem::take(&mut self.bare_loss);
        for n in &self.nodes {
            push(&mut list, n.weight / self.body, input.true_scale * n.x);
        }
        self.bare_loss = list;
        let mut list = std::mem::take(&mut self.net_loss);
        for i in 0..self.guidelines.len() {
            let first = list.len();
            self.net_loss_of(input, i, 1.0, bench, |probability, net| push_from(&mut list, first, probability, net));
            self.guidelines[i].net_loss = (first, list.len());
        }
        self.net_loss = list;
    }

    /// Net losses under a guideline (position in the law) whose pool scales money by `factor`.
    pub fn net_loss(&self, input: &CellInput, position: usize, factor: f64) -> Vec<NetLoss> {
        let mut list = Vec::new();
        self.net_loss_of(input, position, factor, &self.evaluated(input), |probability, net| {
            push(&mut list, probability, net);
        });
        list
    }

    /// Sum of min(factor × award, loss) expected of one person of the bulk.
    pub fn expected_made_good(&self, input: &CellInput, position: usize, factor: f64) -> f64 {
        let money = self.money(input, position);
        let bench = self.evaluated(input);
        let mut sum = 0.0;
        for (j, node) in self.nodes.iter().enumerate() {
            let loss = input.true_scale * node.x;
            self.outcomes(&money, j, input, &bench, |probability, award| {
                sum += node.weight / self.body * probability * (factor * award).min(loss);
            });
        }
        sum
    }

    fn evaluated(&self, input: &CellInput) -> Bench {
        let mut bench = Bench::default();
        bench.evaluate(input, &self.nodes);
        bench
    }

    fn money(&self, input: &CellInput, position: usize) -> Vec<usize> {
        let (first, end) = self.guidelines[position].offers;
        (first..end).filter(|i| input.offers[*i].in_kind.is_none()).collect()
    }

    fn net_loss_of(
        &self,
        input: &CellInput,
        position: usize,
        factor: f64,
        bench: &Bench,
        mut tell: impl FnMut(f64, f64),
    ) {
        let money = self.money(input, position);
        if money.is_empty() {
            return;
        }
        for (j, node) in self.nodes.iter().enumerate() {
            let (loss, weight) = (input.true_scale * node.x, node.weight / self.body);
            self.outcomes(&money, j, input, bench, |probability, award| {
                tell(weight * probability, (loss - factor * award).max(0.0));
            });
        }
    }

    /// Tells every possible sum of approved awards of some offers at a node, with its probability in the bulk.
    fn outcomes(
        &self,
        offers: &[usize],
        node: usize,
        input: &CellInput,
        bench: &Bench,
        mut tell: impl FnMut(f64, f64),
    ) {
        if let [only] = offers {
            let probability = self.in_bulk(bench.filing(*only)[node], input.offers[*only].approval);
            tell(probability, bench.awards(*only)[node]);
            tell(1.0 - probability, 0.0);
            return;
        }
        let mut nothing = 1.0;
        for (level, next) in strips(offers, input) {
            let mut open: Vec<usize> = offers.iter().copied().filter(|i| input.offers[*i].approval >= level).collect();
            open.sort_by(|a, b| bench.filing(*b)[node].total_cmp(&bench.filing(*a)[node]));
            let mut award = 0.0;
            for (k, i) in open.iter().enumerate() {
                award += bench.awards(*i)[node];
                let strip = |share| self.in_bulk(share, level) - self.in_bulk(share, next);
                let below = open.get(k + 1).map_or(0.0, |n| strip(bench.filing(*n)[node]));
                let probability = strip(bench.filing(*i)[node]) - below;
                if probability > 0.0 {
                    nothing -= probability;
                    tell(probability, award);
                }
            }
        }
        tell(nothing.max(0.0), 0.0);
    }
}

fn push(list: &mut Vec<NetLoss>, probability: f64, net: f64) {
    push_from(list, 0, probability, net);
}

/// Adds an entry, joining it to one of the last two from `first` on when they share its bucket (paid and unpaid people
/// take turns).
fn push_from(list: &mut Vec<NetLoss>, first: usize, probability: f64, net: f64) {
    if probability <= 0.0 {
        return;
    }
    let bucket = bucket(net);
    let recent = list.len().saturating_sub(2).max(first);
    match list[recent..].iter_mut().find(|e| e.0 == bucket) {
        Some(entry) => {
            entry.1 += probability;
            entry.2 += probability * net;
        }
        None => list.push((bucket, probability, probability * net)),
    }
}
