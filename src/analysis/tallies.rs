//! What is counted world by world: budgets exceeded, pools that bind, which guideline is best.

use super::findings::{BestRow, BudgetRow, Criterion, PoolRow};
use super::names::Names;
use super::ties::tied;
use super::totals::Totals;
use crate::engine::outcome::{common, guided};
use crate::model::{Budget, Q, Scenario};
use crate::stats::{Estimate, Proportion};

/// Running count of budgets exceeded, by guideline.
#[derive(Clone, Debug)]
pub struct Budgets {
    amount: Q,
    tolerance: f64,
    cost: usize,
    worlds: u64,
    sum: f64,
    over: Vec<u64>,
}

impl Budgets {
    /// Nothing counted yet.
    pub fn new(budget: &Budget, guidelines: usize) -> Budgets {
        let cost = guided("cost").unwrap_or_default();
        Budgets {
            amount: budget.amount,
            tolerance: budget.tolerance,
            cost,
            worlds: 0,
            sum: 0.0,
            over: vec![0; guidelines],
        }
    }

    /// Adds a world; the limit may itself be uncertain.
    pub fn add(&mut self, totals: &Totals) {
        let limit = self.amount.of(totals.world());
        self.worlds += 1;
        self.sum += limit;
        for (g, over) in self.over.iter_mut().enumerate() {
            *over += u64::from(totals.guided(g)[self.cost] > limit);
        }
    }

    /// One row per guideline.
    pub fn rows(&self, names: &Names) -> Vec<BudgetRow> {
        let row = |(guideline, &over): (&_, &u64)| BudgetRow {
            variant: names.variant.clone(),
            guideline: std::sync::Arc::clone(guideline),
            budget: self.sum / self.worlds as f64,
            tolerance: self.tolerance,
            over: Proportion::wilson(over as f64, self.worlds as f64),
        };
        names.guidelines.iter().zip(&self.over).map(row).collect()
    }
}

/// Running count of one guideline's pool.
#[derive(Clone, Copy, Debug, Default)]
struct Pool {
    binds: u64,
    sum: f64,
    sum_bound: f64,
}

/// Running count of pools that bind.
#[derive(Clone, Debug)]
pub struct Pools {
    /// Guidelines that have a pool.
    having: Vec<usize>,
    pools: Vec<Pool>,
    worlds: u64,
}

impl Pools {
    /// Nothing counted yet.
    pub fn new(scenario: &Scenario) -> Pools {
        let guidelines = scenario.guidelines.iter().enumerate();
        let having: Vec<usize> = guidelines.filter(|(_, x)| x.pool.is_some()).map(|(g, _)| g).collect();
        Pools { pools: vec![Pool::default(); having.len()], having, worlds: 0 }
    }

    /// Adds a world.
    pub fn add(&mut self, totals: &Totals) {
        self.worlds += 1;
        for (pool, &g) in self.pools.iter_mut().zip(&self.having) {
            let factor = totals.pool_factor(g);
            pool.sum += factor;
            if factor < 1.0 {
                pool.binds += 1;
                pool.sum_bound += factor;
            }
        }
    }

    /// One row per guideline that has a pool.
    pub fn rows(&self, names: &Names) -> Vec<PoolRow> {
        let row = |(pool, &g): (&Pool, &usize)| PoolRow {
            variant: names.variant.clone(),
            guideline: names.guidelines[g].clone(),
            binds: Proportion::wilson(pool.binds as f64, self.worlds as f64),
            factor: pool.sum / self.worlds as f64,
            factor_bound: if pool.binds == 0 { 1.0 } else { pool.sum_bound / pool.binds as f64 },
        };
        self.pools.iter().zip(&self.having).map(row).collect()
    }
}

/// Running count of one guideline being best.
#[derive(Clone, Copy, Debug, Default)]
struct Wins {
    share: f64,
    squares: f64,
    tied: u64,
    /// Worlds in which it has a value to win by.
    known: u64,
}

/// Running count of which guideline is best, by criterion.
#[derive(Clone, Debug)]
pub struct Best {
    criteria: [(Criterion, usize, f64); Criterion::ALL.len()],
    wins: [Vec<Wins>; Criterion::ALL.len()],
    worlds: u64,
    losers: usize,
    /// True once somebody lost money in a world.
    anybody_lost: bool,
}

impl Best {
    /// Nothing counted yet.
    pub fn new(guidelines: usize) -> Best {
        let criteria = Criterion::ALL.map(|c| {
            let (measure, less) = c.measure();
            (c, guided(measure).unwrap_or_default(), if less { -1.0 } else { 1.0 })
        });
        let wins = Criterion::ALL.map(|_| vec![Wins::default(); guidelines]);
        Best { criteria, wins, worlds: 0, losers: common("losers").unwrap_or_default(), anybody_lost: false }
    }

    /// Adds a world; guidelines that tie share the win.
    pub fn add(&mut self, totals: &Totals) {
        self.worlds += 1;
        self.anybody_lost |= totals.common()[self.losers] > 0.0;
        for ((_, measure, sign), wins) in self.criteria.iter().zip(&mut self.wins) {
            let value = |g: usize| sign * totals.guided(g)[*measure];
            let top = (0..wins.len()).map(value).fold(f64::NEG_INFINITY, f64::max);
            let wins_too = |g: usize| tied(*measure, value(g), top);
            let winners = (0..wins.len()).filter(|g| wins_too(*g)).count();
            let share = 1.0 / winners as f64;
            for (g, win) in wins.iter_mut().enumerate() {
                win.known += u64::from(!value(g).is_nan());
                if wins_too(g) {
                    win.share += share;
                    win.squares += share * share;
                    win.tied += u64::from(winners > 1);
                }
            }
        }
    }

    /// One row per criterion and guideline; none of a criterion by which nothing was ever best, or one had no rival (whoever
    /// alone says when anything is paid is not the fastest), or that is about losers where there never were any.
    pub fn rows(&self, names: &Names) -> Vec<BestRow> {
        let mut rows = Vec::new();
        let rivals = |wins: &[Wins]| wins.len() == 1 || wins.iter().filter(|win| win.known > 0).count() > 1;
        let decided = |((criterion, ..), wins): &(&(Criterion, usize, f64), &Vec<Wins>)| {
            let among = self.anybody_lost || !criterion.is_of_losers();
            among && wins.iter().any(|win| win.share > 0.0) && rivals(wins)
        };
        for ((criterion, _, _), wins) in self.criteria.iter().zip(&self.wins).filter(decided) {
            let row = |(guideline, win): (&_, &Wins)| BestRow {
                variant: names.variant.clone(),
                criterion: *criterion,
                guideline: std::sync::Arc::clone(guideline),
                share: self.share(win),
                tied: win.tied as f64 / self.worlds as f64,
            };
            rows.extend(names.guidelines.iter().zip(wins).map(row));
        }
        rows
    }

    /// Share of wins with its Monte-Carlo error: the error from how the win varies between worlds, the interval by
    /// Wilson's formula, which stays inside 0 to 1.
    fn share(&self, win: &Wins) -> Estimate {
        let n = self.worlds as f64;
        let mean = win.share / n;
        let variance = (win.squares / n - mean * mean).max(0.0);
        let interval = Proportion::wilson(win.share, n);
        Estimate { value: mean, se: (variance / n).sqrt(), lo: interval.lo, hi: interval.hi }
    }
}
