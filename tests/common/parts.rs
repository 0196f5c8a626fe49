//! More parts for scenarios built in code: filing curves, further rules, regions, fees.

use redress::model::{Amount, Filing, Form, Q, Region, Rule, TakeUp, Text};

use super::Build;

impl Build {
    pub fn claim(&mut self, rate: f64) -> Filing {
        Filing::Claim(TakeUp::Constant { rate: self.constant(rate) })
    }

    pub fn reach(&mut self, reach: f64) -> Filing {
        Filing::Automatic { reach: self.constant(reach) }
    }

    pub fn weibull(&mut self, awareness: f64, burden: f64, beta: f64) -> Filing {
        let [awareness, burden, beta] = [awareness, burden, beta].map(|x| self.constant(x));
        Filing::Claim(TakeUp::Weibull { awareness, burden: burden.into(), beta })
    }

    pub fn table(&mut self, points: &[(f64, f64)]) -> Filing {
        let points = points.iter().map(|(award, share)| (self.constant(*award), self.constant(*share))).collect();
        Filing::Claim(TakeUp::Table { points })
    }

    /// A rule filed in a way and approved with a probability.
    pub fn filed(&mut self, amount: Amount, filing: Filing, approval: f64) -> Rule {
        let approval = self.constant(approval);
        Rule { filing, approval, ..self.rule(amount) }
    }

    pub fn in_kind(&mut self, redemption: f64, unit_cost: f64) -> Form {
        Form::InKind { redemption: self.constant(redemption), unit_cost: self.constant(unit_cost), value: None }
    }

    /// A guideline of several rules, each of which it names by position.
    pub fn rules(&mut self, id: &str, rules: Vec<Rule>) {
        let nothing = self.flat(0.0);
        self.guideline(id, nothing).rules =
            rules.into_iter().enumerate().map(|(i, rule)| Rule { id: format!("rule-{i}"), ..rule }).collect();
    }

    /// A guideline that pays 1 where the loss is above `from` and at most `to`: it counts the people of a band.
    pub fn counting(&mut self, id: &str, from: f64, to: f64) {
        let (before, one) = (self.flat(0.0), self.flat(1.0));
        let mut bands = Vec::new();
        if from > 0.0 {
            bands.push((Some(from), before));
        }
        bands.push((to.is_finite().then_some(to), one));
        let amount = self.bands(bands);
        self.guideline(id, amount);
    }

    /// Cuts the land into regions by share; call before services and cohorts are added. Service 0 is everywhere.
    pub fn regions(&mut self, shares: &[f64]) {
        self.scenario.regions = (0..shares.len())
            .map(|i| Region { id: format!("region-{i}"), title: Text::en("region"), share: self.constant(shares[i]) })
            .collect();
        self.scenario.services[0].regions = (0..shares.len()).collect();
    }

    /// Region shares of a cohort as the regions state them.
    pub fn spread_over_regions(&mut self, cohort: usize) {
        self.scenario.cohorts[cohort].region_shares = self.scenario.regions.iter().map(|r| r.share).collect();
    }

    pub fn constants<const N: usize>(&mut self, values: [f64; N]) -> [Q; N] {
        values.map(|x| self.constant(x))
    }
}
