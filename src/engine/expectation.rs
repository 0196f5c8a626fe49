//! The expectation: in a given world, mean and variance (chance only) of what both engines draw, without drawing.
//!
//! People of a cohort are independent given the world. If one of them gets y (0 when not hit), a total of n people has
//! mean n·E[y] and variance n·(E[y²] − E[y]²); cohorts are independent of each other. E[y] and E[y²] are sums over
//! region, duration, fee and kind of claim of integrals over the loss ([`person`]): closed-form partial moments where
//! filing does not vary with the loss, Gauss-Legendre quadrature of the density elsewhere. Nothing here is shared with
//! the nodes and normal limits of the counts engine. Infinite moments come out infinite.
//!
//! Money is before pools. A pool P that binds on a total S has the mean and variance of min(S, P) for a normal S:
//! E[min(S, P)] = μΦ(z) − σφ(z) + PΦ(−z), E[min(S, P)²] = (μ² + σ²)Φ(z) − σ(μ + P)φ(z) + P²Φ(−z), z = (P − μ)/σ
//! (normal limited expected value: Klugman, Panjer and Willmot, Loss Models, appendix A).

pub mod many;
mod person;

use super::exposure::Slot;
use super::foreseen::kind_shares;
use super::offers::{self, KINDS};
use super::plan::{CohortPlan, Plan};
use super::scene::{Outlook, Scene};
use crate::chance::special::{normal_cdf, normal_pdf};
use crate::guideline::visit;
use crate::model::{Guideline, Rule};
use person::{People, Prospect};

/// What is worked out for each guideline and group, by the names that outcomes have.
pub const GUIDED: [&str; 9] =
    ["claims", "automatic", "approved", "paid", "payout", "in_kind_cost", "cost", "covered", "compensated"];

/// What is worked out for each group whatever the guideline.
pub const COMMON: [&str; 3] = ["hit", "losers", "loss"];

/// Mean and variance of a total.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// Mean.
    pub mean: f64,
    /// Variance by chance alone.
    pub variance: f64,
}

/// First and second moment of one person's share of a total.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Each {
    first: f64,
    second: f64,
}

/// Works out expectations for a plan, world by world.
pub struct Expectation<'a> {
    plan: &'a Plan<'a>,
}

/// Expectations in one world.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    groups: usize,
    common: Vec<Moments>,
    guided: Vec<Moments>,
    pooled: Vec<Option<Moments>>,
    /// Guidelines with a rule that has no schedule: nothing is worked out for them.
    unknown: Vec<bool>,
}

impl Expected {
    /// A measure of [`COMMON`] in a group; `None` for an unknown name.
    pub fn common(&self, group: usize, measure: &str) -> Option<Moments> {
        let m = COMMON.iter().position(|n| *n == measure)?;
        self.common.get(group * COMMON.len() + m).copied()
    }

    /// A measure of [`GUIDED`] under a guideline in a group, before pools; `None` for an unknown name, and where a
    /// rule of the guideline has no schedule in the loss.
    pub fn guided(&self, guideline: usize, group: usize, measure: &str) -> Option<Moments> {
        let m = GUIDED.iter().position(|n| *n == measure).filter(|_| !self.unknown[guideline])?;
        self.guided.get((guideline * self.groups + group) * GUIDED.len() + m).copied()
    }

    /// The total paid under a guideline after its pool, whose scaling nobody foresees; `None` where it has no such pool
    /// or the variance is infinite.
    pub fn pooled(&self, guideline: usize) -> Option<Moments> {
        self.pooled.get(guideline).copied().flatten()
    }
}

impl<'a> Expectation<'a> {
    /// For a plan.
    pub fn new(plan: &'a Plan<'a>) -> Expectation<'a> {
        Expectation { plan }
    }

    /// Expectations in a world, as the engines get it.
    pub fn of(&self, scene: Scene) -> Expected {
        let world = scene.world;
        let (groups, guidelines) = (self.plan.groups.list.len(), self.plan.shape.guidelines);
        let mut out = Expected {
            groups,
            common: vec![Moments::default(); groups * COMMON.len()],
            guided: vec![Moments::default(); guidelines * groups * GUIDED.len()],
            pooled: vec![None; guidelines],
            unknown: self.plan.scenario.guidelines.iter().map(|g| g.rules.iter().any(bent)).collect(),
        };
        for c in 0..self.plan.cohorts.len() {
            self.cohort(c, scene, &mut out);
        }
        for (g, guideline) in self.plan.scenario.guidelines.iter().enumerate() {
            if let Some(pool) = guideline.pool.as_ref().filter(|p| !p.foreseen) {
                let total = out.guided(g, 0, "payout").filter(|t| t.variance.is_finite());
                out.pooled[g] = total.map(|t| limited(t, pool.amount.of(world)));
            }
        }
        out
    }

    /// Adds one cohort to every group it belongs to.
    fn cohort(&self, c: usize, scene: Scene, out: &mut Expected) {
        let (scenario, world) = (self.plan.scenario, scene.world);
        let mut common = vec![Each::default(); out.common.len()];
        let mut guided = vec![Each::default(); out.guided.len()];
        for slot in scene.slots[c].iter().filter(|s| s.share * s.hit > 0.0) {
            self.slot(c, slot, world, scene.foreseen, &mut common, &mut guided);
        }
        let size = scenario.cohorts[c].size.of(world).round().max(0.0);
        for (total, each) in out.common.iter_mut().zip(&common).chain(out.guided.iter_mut().zip(&guided)) {
            if each.second > 0.0 {
                total.mean += size * each.first;
                total.variance += size * (each.second - each.first * each.first).max(0.0);
            }
        }
    }

    fn slot(&self, c: usize, slot: &Slot, world: &[f64], foreseen: Outlook, common: &mut [Each], guided: &mut [Each]) {
        let scenario = self.plan.scenario;
        let loss = scenario.cohorts[c].loss.as_ref();
        let scale = offers::scale(scenario, &self.plan.cohorts[c], slot, world);
        let shares = kind_shares(loss, scale, world);
        let hit = slot.share * slot.hit;
        let groups: Vec<usize> = self.plan.groups.ancestors(c, slot.region).collect();
        let second = loss.map_or(0.0, |l| scale * scale * (1.0 + l.severity_in(world).variance()));
        let losers = hit * (shares[0] + shares[1]);
        for group in &groups {
            let at = &mut common[group * COMMON.len()..(group + 1) * COMMON.len()];
            at[0].add(hit, 1.0, 1.0);
            at[1].add(losers, 1.0, 1.0);
            at[2].add(losers, scale, second);
        }
        let bystanders = (None, hit * (1.0 - shares.iter().sum::<f64>()));
        let kinds = (0..KINDS.len()).map(|k| (Some(k), hit * shares[k]));
        let kinds: Vec<(Option<usize>, f64)> = kinds.chain([bystanders]).filter(|k| k.1 > 0.0).collect();
        let known = |g: &usize| !scenario.guidelines[*g].rules.iter().any(bent);
        for g in (0..self.plan.shape.guidelines).filter(known) {
            let claim_cost = scenario.guidelines[g].claim_cost.of(world);
            for (kind, share) in &kinds {
                let people = self.people((c, g, *kind), slot, scale, claim_cost, world, foreseen);
                if people.prospects.is_empty() {
                    continue;
                }
                let moments = people.moments(loss.map(|l| l.severity_in(world)));
                for group in &groups {
                    let at = (g * self.plan.groups.list.len() + group) * GUIDED.len();
                    for (each, (first, second)) in guided[at..at + GUIDED.len()].iter_mut().zip(&moments) {
                        each.add(*share, *first, *second);
                    }
                }
            }
        }
    }

    /// What people of a kind (`None`: no loss) may get under a guideline.
    fn people(
        &self,
        (c, g, kind): (usize, usize, Option<usize>),
        slot: &Slot,
        scale: f64,
        claim_cost: f64,
        world: &[f64],
        foreseen: Outlook,
    ) -> People {
        let scenario = self.plan.scenario;
        let plan: &CohortPlan = &self.plan.cohorts[c];
        let cohort = &scenario.cohorts[c];
        let scales = kind.and_then(|k| cohort.loss.as_ref().map(|l| KINDS[k].scales(l, world)));
        let mut prospects = Vec::new();
        let rules = plan.rules.iter().zip(&plan.checked).zip(&plan.places).filter(|((r, _), _)| r.0 == g);
        for (((_, r), checked), place) in rules {
            let (rule, checked) = (&scenario.guidelines[g].rules[*r], *checked);
            if kind.is_none() && rule.losers_only {
                continue;
            }
            let Some(case) = offers::case(scenario, plan, rule, slot, world) else { continue };
            let appeal = offers::appeal(scenario, rule);
            let approval = match (kind, &cohort.loss) {
                (Some(k), Some(loss)) => KINDS[k].approval(rule, checked, loss, appeal, world),
                _ => offers::approval(rule, appeal, world),
            };
            let awareness = cohort.awareness.of(world);
            let approval = approval * (1.0 - foreseen.left(*place));
            prospects.push(Prospect::new(rule, &case, approval, awareness, foreseen.pools[g], world));
        }
        let (claimed, lost) = scales.map_or((0.0, 0.0), |(claimed, lost)| (claimed * scale, lost * scale));
        People { prospects, claimed, lost, claim_cost }
    }
}

/// Whether what is paid and given under a guideline is known exactly: it has no pool, whose moments are a normal limit, and
/// no rule without a schedule.
pub fn knows(guideline: &Guideline) -> bool {
    guideline.pool.is_none() && !guideline.rules.iter().any(bent)
}

/// True of a rule without a schedule.
fn bent(rule: &Rule) -> bool {
    visit::bent(rule).is_some()
}

impl Each {
    fn add(&mut self, share: f64, first: f64, second: f64) {
        if share > 0.0 {
            self.first += share * first;
            self.second += share * second;
        }
    }
}

/// Mean and variance of min(S, pool) for a normal S.
pub fn limited(total: Moments, pool: f64) -> Moments {
    let (mean, sd) = (total.mean, total.variance.sqrt());
    if sd <= 0.0 {
        return Moments { mean: mean.min(pool), variance: 0.0 };
    }
    let z = (pool - mean) / sd;
    let (below, density) = (normal_cdf(z), normal_pdf(z));
    // Around the pool, so that no digits are lost where it nearly always or never binds.
    let gap = (mean - pool) * below - sd * density;
    let square = ((mean - pool) * (mean - pool) + sd * sd) * below - sd * (mean - pool) * density;
    Moments { mean: pool + gap, variance: (square - gap * gap).max(0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limited_normal_has_its_textbook_moments() {
        // Pool at the mean: E = μ − σ/√(2π), Var = σ²/2 − σ²/(2π).
        let m = limited(Moments { mean: 100.0, variance: 25.0 }, 100.0);
        let density = 1.0 / (2.0 * std::f64::consts::PI).sqrt();
        assert!((m.mean - (100.0 - 5.0 * density)).abs() < 1e-12);
        assert!((m.variance - 25.0 * (0.5 - density * density)).abs() < 1e-9);
        let far = limited(Moments { mean: 100.0, variance: 25.0 }, 200.0);
        assert!((far.mean - 100.0).abs() < 1e-9 && (far.variance - 25.0).abs() < 1e-9);
    }
}
