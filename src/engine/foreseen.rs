//! Pools that people foresee: take-up and the pro-rata factor are solved together in each world,
//! π = min(1, P ÷ E[unscaled awards | filing at π]).

use super::exposure::Slot;
use super::ledger::factor;
use super::offers::{self, KINDS, SlotOffers};
use super::plan::Plan;
use super::scene::Outlook;
use crate::guideline::evaluate::{Case, award};
use crate::guideline::takeup::Curve;
use crate::model::{Form, Loss};

/// Relative width at which the search for π stops.
const PRECISION: f64 = 1e-9;

/// Solves the factors of a plan's foreseen pools, world by world.
pub struct Foreseen<'a> {
    plan: &'a Plan<'a>,
    /// Guidelines with a foreseen pool.
    pooled: Vec<usize>,
    factors: Vec<f64>,
    offers: SlotOffers,
    stakes: Vec<Stake>,
    /// Take-up curves that the stakes refer to.
    taken: Vec<Curve>,
    /// A factor of 1 for each guideline.
    ones: Vec<f64>,
}

/// People with the same award and the same take-up curve.
struct Stake {
    award: f64,
    /// What the award means to them ([`Curve::pull`]).
    pull: f64,
    /// Expected number of people times the probability of approval.
    approved: f64,
    curve: usize,
}

impl<'a> Foreseen<'a> {
    /// For a plan.
    pub fn new(plan: &'a Plan<'a>) -> Foreseen<'a> {
        let foreseen = |g: &usize| plan.scenario.guidelines[*g].pool.as_ref().is_some_and(|p| p.foreseen);
        Foreseen {
            plan,
            pooled: (0..plan.shape.guidelines).filter(foreseen).collect(),
            factors: vec![1.0; plan.shape.guidelines],
            offers: SlotOffers::default(),
            stakes: Vec::new(),
            taken: Vec::new(),
            ones: vec![1.0; plan.shape.guidelines],
        }
    }

    /// The factor that people expect of each guideline's pool in a world with these slots by cohort; 1 where none is
    /// foreseen.
    pub fn factors(&mut self, world: &[f64], slots: &[Vec<Slot>]) -> &[f64] {
        for i in 0..self.pooled.len() {
            let g = self.pooled[i];
            if let Some(pool) = &self.plan.scenario.guidelines[g].pool {
                let amount = pool.amount.of(world);
                self.gather(g, world, slots);
                self.factors[g] = solve(amount, |p| expected(&self.stakes, &self.taken, p));
            }
        }
        &self.factors
    }

    /// Gathers the stakes in a guideline.
    fn gather(&mut self, guideline: usize, world: &[f64], slots: &[Vec<Slot>]) {
        let (stakes, all) = (&mut self.stakes, &mut self.taken);
        stakes.clear();
        all.clear();
        let scenario = self.plan.scenario;
        for (c, plan) in self.plan.cohorts.iter().enumerate() {
            if !plan.rules.iter().any(|r| r.0 == guideline) {
                continue;
            }
            let cohort = &scenario.cohorts[c];
            for slot in slots[c].iter().filter(|s| s.share * s.hit > 0.0) {
                let hit = cohort.size.of(world).round() * slot.share * slot.hit;
                let scale = offers::scale(scenario, plan, slot, world);
                let ones = Outlook { pools: &self.ones, left: &[] };
                offers::of_slot(scenario, plan, slot, scale, world, ones, Some(guideline), &mut self.offers);
                let SlotOffers { flat, cells } = &mut self.offers;
                let shares = kind_shares(cohort.loss.as_ref(), scale, world);
                for o in flat.drain(..).filter(|o| o.in_kind.is_none()) {
                    let people = hit * (1.0 - shares.iter().sum::<f64>());
                    let (award, pull, approved) = (o.award, o.curve.pull(o.award), people * o.approval);
                    stakes.push(Stake { award, pull, approved, curve: all.len() });
                    all.push(o.curve);
                }
                let Some(grid) = &plan.grid else { continue };
                for (cell, share) in cells.iter_mut().zip(shares).filter(|(_, share)| *share > 0.0) {
                    for o in cell.offers.drain(..).filter(|o| o.in_kind.is_none()) {
                        // Bends of the schedule are not cut out: nobody foresees a pool to the last digit, and both
                        // engines take the same factor.
                        let awards = grid.coarse().iter().map(|n| (o.schedule.at(n.x), n.weight));
                        stakes.extend(awards.filter(|(award, _)| *award > 0.0).map(|(award, weight)| Stake {
                            award,
                            pull: o.curve.pull(award),
                            approved: hit * share * weight * o.approval,
                            curve: all.len(),
                        }));
                        all.push(o.curve);
                    }
                }
                let Some(loss) = cohort.loss.as_ref().filter(|_| scale > 0.0) else { continue };
                let bent = plan.rules.iter().zip(&plan.bent).filter(|((g, _), bent)| *g == guideline && **bent);
                for ((g, r), _) in bent {
                    let rule = &scenario.guidelines[*g].rules[*r];
                    let Some(case) = offers::case(scenario, plan, rule, slot, world) else { continue };
                    for (kind, share) in KINDS.iter().zip(shares).filter(|_| matches!(rule.form, Form::Cash)) {
                        let (claimed, _) = kind.scales(loss, world);
                        let through =
                            hit * share * kind.approval(rule, true, loss, offers::appeal(scenario, rule), world);
                        let taken = Curve::of(&rule.filing, cohort.awareness.of(world), world);
                        stakes.extend(grid.coarse().iter().map(|n| {
                            let award = award(rule, &Case { loss: claimed * scale * n.x, ..case }, world);
                            Stake { award, pull: taken.pull(award), approved: through * n.weight, curve: all.len() }
                        }));
                        all.push(taken);
                    }
                }
            }
        }
        stakes.retain(|s| s.award > 0.0 && s.approved > 0.0);
    }
}

/// Expected shares of the hit by kind.
pub fn kind_shares(loss: Option<&Loss>, scale: f64, world: &[f64]) -> [f64; offers::KINDS.len()] {
    let Some(loss) = loss.filter(|_| scale > 0.0) else { return [0.0; offers::KINDS.len()] };
    let losers = loss.share.of(world);
    let exaggerated = loss.exaggerated_share.of(world);
    [losers * (1.0 - exaggerated), losers * exaggerated, (1.0 - losers) * loss.unfounded_share.of(world)]
}

fn expected(stakes: &[Stake], curves: &[Curve], factor: f64) -> f64 {
    let of_curve = |stakes: &[Stake]| -> f64 {
        let curve = &curves[stakes[0].curve];
        let scaled = curve.pull_of_factor(factor);
        stakes.iter().map(|s| s.approved * s.award * curve.share_of(s.pull * scaled)).sum()
    };
    stakes.chunk_by(|a, b| a.curve == b.curve).map(of_curve).sum()
}

/// π with π·E(π) = pool, E rising in π; 1 where the pool suffices at 1.
pub fn solve(pool: f64, asked: impl Fn(f64) -> f64) -> f64 {
    let at_one = asked(1.0);
    if at_one <= pool {
        return 1.0;
    }
    if pool <= 0.0 {
        return 0.0;
    }
    // π·E(π) rises from 0; the root lies above pool ÷ E(1). Illinois variant of regula falsi.
    let gap = |p: f64| p * asked(p) - pool;
    let (mut low, mut high) = (factor(pool, at_one), 1.0);
    let (mut gap_low, mut gap_high) = (gap(low), at_one - pool);
    let mut side = 0;
    for _ in 0..100 {
        if gap_low >= 0.0 || high - low <= PRECISION * high {
            break;
        }
        let p = (low * gap_high - high * gap_low) / (gap_high - gap_low);
        let g = gap(p);
        if g.abs() <= PRECISION * pool {
            return p;
        }
        if g < 0.0 {
            (low, gap_low) = (p, g);
            gap_high *= if side == -1 { 0.5 } else { 1.0 };
            side = -1;
        } else {
            (high, gap_high) = (p, g);
            gap_low *= if side == 1 { 0.5 } else { 1.0 };
            side = 1;
        }
    }
    if gap_low >= 0.0 { low } else { 0.5 * (low + high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_solves_its_own_equation() {
        // E(π) = 100 π: π² · 100 = 25, π = 1/2.
        assert!((solve(25.0, |p| 100.0 * p) - 0.5).abs() < 1e-8);
        // Constant take-up: pool ÷ asked.
        assert!((solve(25.0, |_| 100.0) - 0.25).abs() < 1e-8);
        assert_eq!(solve(200.0, |p| 100.0 * p), 1.0);
        assert_eq!(solve(0.0, |p| 100.0 * p), 0.0);
    }
}
