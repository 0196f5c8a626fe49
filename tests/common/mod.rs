//! Scenarios built in code, without files: what the engine tests run.

pub mod check;
pub mod parts;
pub mod sample;

use redress::chance::law::Law;
use redress::chance::severity::Severity;
use redress::model::{
    Amount, Band, BandAxis, Bound, Cohort, Damage, FeeMonth, Filing, Form, Guideline, Hit, LocalTime, Loss, LossBasis,
    Outage, Pool, Q, Quantities, Quantity, Region, Restoration, Rule, Scenario, Service, Stratum, TakeUp, Text, Unit,
};

/// A scenario under construction: one service of one hour, one region, until more is added.
pub struct Build {
    pub scenario: Scenario,
}

impl Build {
    pub fn new() -> Build {
        let start = LocalTime { text: "2022-10-15T15:30".into(), hour_of_week: 135.5, days_in_month: 31.0 };
        let scenario = Scenario {
            id: "test".into(),
            title: Text::en("test"),
            summary: Text::default(),
            currency: "KRW".into(),
            as_of: String::new(),
            outage: Outage { start, phases: Vec::new() },
            services: Vec::new(),
            regions: Vec::new(),
            cohorts: Vec::new(),
            guidelines: Vec::new(),
            baseline: 0,
            budget: None,
            sources: Vec::new(),
            aftermath: Default::default(),
            quantities: Quantities::default(),
            figures: Vec::new(),
            variants: Vec::new(),
        };
        let mut b = Build { scenario };
        let share = b.constant(1.0);
        b.scenario.regions.push(Region { id: "all".into(), title: Text::en("all"), share });
        b.service("service", &[(1.0, 1.0)]);
        b
    }

    pub fn law(&mut self, path: &str, law: Law) -> Q {
        let unit = Unit::Number;
        let note = Text::default();
        self.scenario.quantities.push(Quantity { path: path.into(), unit, law, source: None, note, defaulted: false })
    }

    pub fn constant(&mut self, x: f64) -> Q {
        let path = format!("constant-{}", self.scenario.quantities.list.len());
        self.law(&path, Law::Constant(x))
    }

    /// A service with a curve of (share, hours).
    pub fn service(&mut self, id: &str, curve: &[(f64, f64)]) -> usize {
        let strata =
            curve.iter().map(|(s, h)| Stratum { share: self.constant(*s), hours: self.constant(*h) }).collect();
        self.scenario.services.push(Service {
            id: id.into(),
            title: Text::en(id),
            restoration: Restoration { phases: Vec::new(), strata },
            regions: (0..self.scenario.regions.len()).collect(),
        });
        self.scenario.services.len() - 1
    }

    /// A cohort on service 0 in which a share `hit` is hit and, with a severity, all of them lose `mean` on average.
    pub fn cohort(&mut self, id: &str, size: f64, hit: Q, loss: Option<(f64, Severity)>) -> usize {
        let size = self.constant(size);
        self.cohort_of(id, size, hit, loss)
    }

    pub fn cohort_of(&mut self, id: &str, size: Q, hit: Q, loss: Option<(f64, Severity)>) -> usize {
        let one = self.constant(1.0);
        let zero = self.constant(0.0);
        let loss = loss.map(|(mean, severity)| Loss {
            share: one,
            damage: Damage::Power { rate: self.constant(mean), elasticity: zero },
            service: None,
            severity,
            severities: None,
            indirect_share: zero,
            exaggerated_share: zero,
            exaggeration: one,
            unfounded_share: zero,
            approval_factors: [one; 3],
        });
        let regions = self.scenario.regions.len();
        self.scenario.cohorts.push(Cohort {
            id: id.into(),
            title: Text::en(id),
            tags: Vec::new(),
            size,
            services: vec![0],
            region_shares: vec![one; regions],
            hit: Hit::Share(hit),
            fee: FeeMonth::Free,
            attributes: Vec::new(),
            loss,
            reports: None,
            awareness: one,
        });
        self.scenario.cohorts.len() - 1
    }

    /// A guideline of one automatic cash rule for everybody with a loss.
    pub fn guideline(&mut self, id: &str, amount: Amount) -> &mut Guideline {
        let rule = self.rule(amount);
        let claim_cost = self.constant(0.0);
        self.scenario.guidelines.push(Guideline {
            id: id.into(),
            title: Text::en(id),
            note: Text::default(),
            source: None,
            rules: vec![rule],
            pool: None,
            claim_cost,
        });
        self.scenario.guidelines.last_mut().expect("just pushed")
    }

    /// An automatic cash rule for everybody with a loss.
    pub fn rule(&mut self, amount: Amount) -> Rule {
        Rule {
            id: "rule".into(),
            title: Text::default(),
            cohorts: (0..self.scenario.cohorts.len()).collect(),
            services: Vec::new(),
            hours_from: None,
            hours_to: None,
            losers_only: true,
            amount,
            cap: None,
            minimum: None,
            filing: Filing::Automatic { reach: self.constant(1.0) },
            approval: self.constant(1.0),
            form: Form::Cash,
            effort: Default::default(),
            procedure: None,
        }
    }

    pub fn flat(&mut self, money: f64) -> Amount {
        Amount::Flat(self.constant(money))
    }

    pub fn share(&mut self, share: f64, deductible: f64) -> Amount {
        let (share, deductible) = (self.constant(share), self.constant(deductible));
        Amount::LossShare { share, deductible, basis: LossBasis::All }
    }

    pub fn bands(&mut self, bands: Vec<(Option<f64>, Amount)>) -> Amount {
        let bands = bands
            .into_iter()
            .map(|(upto, pay)| Band { upto: upto.map(|x| Bound { at: self.constant(x), inclusive: true }), pay })
            .collect();
        Amount::Bands { axis: BandAxis::Loss(LossBasis::All), bands }
    }

    pub fn logistic(&mut self, awareness: f64, burden: f64, beta: f64) -> Filing {
        Filing::Claim(TakeUp::Logistic {
            awareness: self.constant(awareness),
            burden: self.constant(burden).into(),
            beta: self.constant(beta),
        })
    }
}

/// Workload W2: three cohorts with beta-distributed filing, four guidelines on the same losses, no pool yet.
pub fn w2() -> Build {
    let mut b = Build::new();
    let cohorts = [
        ("messenger", 43e6, 0.002, "lognormal", 8_000.0, 3.0),
        ("taxi", 250e3, 0.25, "gamma", 120_000.0, 0.8),
        ("paid", 1.75e6, 0.05, "lognormal", 5_000.0, 1.0),
    ];
    for (id, size, p, family, mean, cv) in cohorts {
        let law = Law::Beta { a: 200.0 * p, b: 200.0 * (1.0 - p), min: 0.0, max: 1.0 };
        let hit = b.law(&format!("{id}.hit"), law);
        let severity = Severity::from_family_cv(family, cv).expect("valid severity");
        b.cohort(id, size, hit, Some((mean, severity)));
    }
    let g1 = b.flat(5_000.0);
    b.guideline("g1", g1);
    let top = {
        let (share, cap) = (b.share(0.1, 0.0), b.flat(2_000_000.0));
        Amount::Min(vec![share, cap])
    };
    let (low, middle) = (b.flat(30_000.0), b.flat(50_000.0));
    let g2 = b.bands(vec![(Some(300_000.0), low), (Some(500_000.0), middle), (None, top)]);
    b.guideline("g2", g2);
    let g3 = b.share(1.0, 10_000.0);
    let cap = b.constant(1_000_000.0);
    b.guideline("g3", g3).rules[0].cap = Some(cap);
    let g4 = b.share(0.5, 0.0);
    b.guideline("g4", g4);
    b
}

/// W2 with its pool of 20 bn on the fourth guideline.
pub fn w2_pooled(pool: f64) -> Build {
    let mut b = w2();
    let amount = b.constant(pool);
    b.scenario.guidelines[3].pool = Some(Pool { amount, foreseen: false });
    b
}
