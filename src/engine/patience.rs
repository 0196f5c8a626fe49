//! Who gives up while they wait: the share of the claimants of each rule, worked out in each world before anybody is
//! drawn, from the claims that are expected there and the queue that they make.
//!
//! Claims do not depend on who gives up later, and the office works on all of them; so the wait is known from the expected
//! claims, on mean days of filing. Whoever gives up is thinned out as the refused are: by the number V.

use super::plan::Plan;
use super::stakes::Stakes;
use crate::model::Filing;
use crate::process::payment::{Desk, Terms};

/// Works out who gives up, world by world.
pub struct Patience<'a> {
    plan: &'a Plan<'a>,
    /// Guidelines and procedures under which people give up, with the rules concerned.
    followed: Vec<(usize, usize, Vec<usize>)>,
    shares: Vec<f64>,
    expected: Vec<f64>,
    desk: Desk,
}

impl<'a> Patience<'a> {
    /// For a plan.
    pub fn new(plan: &'a Plan<'a>) -> Patience<'a> {
        let scenario = plan.scenario;
        let mut followed = Vec::new();
        for (g, guideline) in scenario.guidelines.iter().enumerate().filter(|(g, _)| plan.rule_starts[*g].is_some()) {
            for (p, _) in scenario.aftermath.procedures.iter().enumerate().filter(|(_, p)| p.gives_up.is_some()) {
                let rules = guideline.rules.iter().enumerate();
                let claimed = rules.filter(|(_, r)| r.procedure == Some(p) && matches!(r.filing, Filing::Claim(_)));
                let rules: Vec<usize> = claimed.map(|(r, _)| r).collect();
                if !rules.is_empty() {
                    followed.push((g, p, rules));
                }
            }
        }
        let shares = vec![0.0; if followed.is_empty() { 0 } else { plan.followed_rules }];
        Patience { plan, followed, shares, expected: Vec::new(), desk: Desk::default() }
    }

    /// True of a guideline under which people may give up.
    pub fn follows(&self, guideline: usize) -> bool {
        self.followed.iter().any(|(g, ..)| *g == guideline)
    }

    /// Works out who gives up under the rules of a guideline with these stakes, where people expect its pool to scale money
    /// by a factor.
    pub fn look(&mut self, guideline: usize, stakes: &Stakes, factor: f64, world: &[f64]) {
        let scenario = self.plan.scenario;
        self.expected.clear();
        self.expected.resize(scenario.guidelines[guideline].rules.len(), 0.0);
        stakes.claims(factor, &mut self.expected);
        for (_, p, rules) in self.followed.iter().filter(|(g, ..)| *g == guideline) {
            let terms = Terms::of(&scenario.aftermath.procedures[*p], scenario.outage.start.hour_of_week, 0.0, world);
            let claims: Vec<(f64, f64)> = rules
                .iter()
                .map(|r| {
                    let review = scenario.guidelines[guideline].rules[*r].effort.review_hours;
                    (self.expected[*r], review.map_or(0.0, |q| q.of(world)))
                })
                .collect();
            let start = self.plan.rule_starts[guideline].unwrap_or(0);
            for (r, left) in rules.iter().zip(self.desk.leaving(&terms, &claims)) {
                self.shares[start + r] = left;
            }
        }
    }

    /// Share of the claimants of each followed rule who give up; empty where nobody ever does.
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }
}
