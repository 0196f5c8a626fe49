//! Runs a scenario and keeps single measures as samples.

use std::sync::atomic::AtomicBool;

use redress::engine::outcome::{self, Groups, Shape};
use redress::engine::run::{Event, Options, run};
use redress::model::Scenario;

/// Samples of one run: every guideline's measures for the total, and the common ones.
pub struct Samples {
    /// `[guideline][measure][replicate]`.
    pub guided: Vec<Vec<Vec<f64>>>,
    /// `[measure][replicate]`.
    pub common: Vec<Vec<f64>>,
    /// `[guideline][account][replicate]`.
    pub accounts: Vec<Vec<Vec<f64>>>,
    /// `[guideline][replicate]`.
    pub factors: Vec<Vec<f64>>,
}

impl Samples {
    pub fn of(&self, guideline: usize, measure: &str) -> &[f64] {
        &self.guided[guideline][outcome::guided(measure).expect("known measure")]
    }

    pub fn account(&self, guideline: usize, account: &str) -> &[f64] {
        &self.accounts[guideline][outcome::account(account).expect("known account")]
    }

    pub fn common(&self, measure: &str) -> &[f64] {
        &self.common[outcome::common(measure).expect("known measure")]
    }
}

pub fn shape(scenario: &Scenario) -> Shape {
    Shape {
        quantities: scenario.quantities.list.len(),
        services: scenario.services.len(),
        groups: Groups::of(scenario).list.len(),
        guidelines: scenario.guidelines.len(),
    }
}

pub fn sample(scenario: &Scenario, options: &Options) -> Samples {
    sample_group(scenario, options, 0)
}

pub fn sample_group(scenario: &Scenario, options: &Options, group: usize) -> Samples {
    let s = shape(scenario);
    let mut out = Samples {
        guided: vec![vec![Vec::new(); outcome::GUIDED.len()]; s.guidelines],
        common: vec![Vec::new(); outcome::COMMON.len()],
        accounts: vec![vec![Vec::new(); outcome::ACCOUNTS.len()]; s.guidelines],
        factors: vec![Vec::new(); s.guidelines],
    };
    let cancel = AtomicBool::new(false);
    run(scenario, options, &cancel, |event| {
        if let Event::Block(b) = event {
            for r in 0..b.replicates {
                for (m, column) in out.common.iter_mut().enumerate() {
                    column.push(b.common[s.common(r, group, m)]);
                }
                for g in 0..s.guidelines {
                    for (m, column) in out.guided[g].iter_mut().enumerate() {
                        column.push(b.guided[s.guided(r, g, group, m)]);
                    }
                    for (a, column) in out.accounts[g].iter_mut().enumerate() {
                        column.push(b.accounts[s.accounts(r, g, a)]);
                    }
                    out.factors[g].push(b.pool_factor[r * s.guidelines + g]);
                }
            }
        }
        Ok(())
    })
    .expect("the run ends");
    out
}

pub fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}
