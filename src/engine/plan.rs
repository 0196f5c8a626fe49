//! The plan of a run: what can be worked out once, before any world is drawn. Both engines share it.

use std::sync::Arc;

use super::cell::class;
use super::cell::grid::SeverityGrid;
use super::offers;
use super::outcome::{ACCOUNTS, COMMON, GUIDED, Groups, Shape};
use super::waiting;
use crate::chance::law::Law;
use crate::chance::memo::Memo;
use crate::chance::severity::Severity;
use crate::guideline::bands::{self, Axis};
use crate::guideline::compile::pays;
use crate::guideline::evaluate::Case;
use crate::guideline::{Schedule, visit};
use crate::model::{Cohort, Form, Guideline, Q, Rule, Scenario, Severities};
use crate::process::court::small_stake;

/// Neighbouring edges of the loss grid differ by at most this factor.
pub const GRID_RATIO: f64 = 2.0;
/// The same where nothing is uncertain: the errors of a run are chance alone, and of billions of people that is little. One
/// law then serves all worlds, so that a fine grid costs next to nothing.
const CERTAIN_GRID_RATIO: f64 = 1.15;

/// Steps of the loss grid of a scenario.
pub fn grid_ratio(scenario: &Scenario) -> f64 {
    let certain = scenario.quantities.list.iter().all(|q| q.law.is_constant());
    if certain { CERTAIN_GRID_RATIO } else { GRID_RATIO }
}

/// What is fixed for all worlds.
pub struct Plan<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Groups that results are given for.
    pub groups: Groups,
    /// Sizes of a block's arrays.
    pub shape: Shape,
    /// One entry a cohort.
    pub cohorts: Vec<CohortPlan>,
    /// Whether Gini indices are worked out.
    pub inequality: bool,
    /// By cohort, whether who sues, over how much and on which track depends on what is left to each.
    pub sued_over: Vec<bool>,
    /// Where the rules of each guideline that is followed rule by rule begin in a leaf's list: those with a procedure, and
    /// those on whose claims people spend hours that are valued. `None` for others.
    pub rule_starts: Vec<Option<usize>>,
    /// Rules of all guidelines that are followed.
    pub followed_rules: usize,
}

/// What is fixed for one cohort.
pub struct CohortPlan {
    /// Cohort (index).
    pub cohort: usize,
    /// In what its people differ that a rule looks at.
    pub axes: Vec<Axis>,
    /// Combinations of the bands of these.
    pub bands: usize,
    /// Attributes of the scenario.
    pub attributes: usize,
    /// Rules that address it: (guideline, rule), in order of guideline.
    pub rules: Vec<(usize, usize)>,
    /// The place of each among the followed rules, if it is one.
    pub places: Vec<Option<usize>>,
    /// Guidelines that may leave people waiting who get several of its awards.
    pub several: Vec<usize>,
    /// Which of them look at the loss that is claimed, so that a claim can be checked.
    pub checked: Vec<bool>,
    /// Which of them have no schedule in the loss.
    pub bent: Vec<bool>,
    /// What each pays, as far as it is known already.
    pub awards: Vec<Award>,
    /// Its laws of losses, of which one holds in each world; none where nobody loses money.
    grids: Vec<Arc<SeverityGrid>>,
    /// Which of them holds where, if there are several.
    uncertain: Option<Severities>,
    /// Drawn quantities that its awards, filing and losses depend on (constants are left out).
    pub drawn: Vec<Q>,
    /// Size classes of twice as many people that its cells are told apart by.
    pub classes_of_twice: u32,
    /// Duration strata.
    pub strata: usize,
}

/// What is known of a rule's award before a world is.
#[derive(Clone, Debug, PartialEq)]
pub enum Award {
    /// It is the same wherever the rule applies, but for the loss.
    Fixed(Schedule),
    /// It does not vary with the loss.
    Flat,
    /// It varies with the loss.
    Along,
}

impl<'a> Plan<'a> {
    /// Plans a scenario. `grid_ratio` is that of [`grid_ratio`] but in tests of the discretisation.
    pub fn new(scenario: &'a Scenario, inequality: bool, grid_ratio: f64) -> Plan<'a> {
        let groups = Groups::of(scenario);
        let shape = Shape {
            quantities: scenario.quantities.list.len(),
            services: scenario.services.len(),
            groups: groups.list.len(),
            guidelines: scenario.guidelines.len(),
        };
        let mut followed_rules = 0;
        let start = |g: &Guideline| {
            let start = followed_rules;
            (g.is_timed() || takes_valued_hours(scenario, g) || by_rule(scenario, g)).then(|| {
                followed_rules += g.rules.len();
                start
            })
        };
        let rule_starts: Vec<Option<usize>> = scenario.guidelines.iter().map(start).collect();
        let of_cohort = |c: usize| CohortPlan::new(scenario, c, grid_ratio, &rule_starts);
        let cohorts = (0..scenario.cohorts.len()).map(of_cohort).collect();
        let sued_over = (0..scenario.cohorts.len()).map(|c| sued_over(scenario, c)).collect();
        Plan { scenario, groups, shape, cohorts, inequality, sued_over, rule_starts, followed_rules }
    }

    /// The most that is left to somebody of a cohort whose claim is small, by the first issue that knows small claims; infinite
    /// where none does.
    pub fn small_stake(&self, cohort: usize, world: &[f64]) -> f64 {
        let courts = self.scenario.aftermath.courts.iter().filter(|issue| issue.cohorts.contains(&cohort));
        let first = courts.into_iter().find(|issue| issue.small_claims.is_some());
        first.map_or(f64::INFINITY, |issue| small_stake(issue, world))
    }

    /// Whether the people of a cohort are told apart by what is left to them.
    pub fn net_losses(&self, cohort: usize) -> bool {
        self.inequality || self.sued_over[cohort]
    }

    /// True when the scenario says when anything happens.
    pub fn tells_a_course(&self) -> bool {
        let timed = |g: &Guideline| g.is_timed() && !g.rules.is_empty();
        self.scenario.aftermath.channel.is_some() || self.scenario.guidelines.iter().any(timed)
    }

    /// Numbers a replicate of a block holds.
    pub fn row_size(&self) -> usize {
        let s = &self.shape;
        s.quantities
            + s.services
            + s.groups * (COMMON.len() + s.guidelines * GUIDED.len())
            + s.guidelines * (1 + ACCOUNTS.len())
    }
}

/// True where an award or a mediation gives people of a cohort a share of what is left to them.
fn sued_over(scenario: &Scenario, cohort: usize) -> bool {
    let gives = |q: Q| scenario.quantities.list[q.0 as usize].law != Law::Constant(0.0);
    let courts = scenario.aftermath.courts.iter().filter(|issue| issue.cohorts.contains(&cohort));
    courts.into_iter().any(|i| gives(i.award_share) || i.mediation.is_some_and(|m| gives(m.award_share)))
}

impl CohortPlan {
    fn new(scenario: &Scenario, cohort: usize, grid_ratio: f64, starts: &[Option<usize>]) -> CohortPlan {
        let c = &scenario.cohorts[cohort];
        let rules: Vec<(usize, usize)> = scenario
            .guidelines
            .iter()
            .enumerate()
            .flat_map(|(g, guideline)| (0..guideline.rules.len()).map(move |r| (g, r)))
            .filter(|(g, r)| scenario.guidelines[*g].rules[*r].cohorts.contains(&cohort))
            .collect();
        let axes = bands::axes(scenario, cohort);
        let places = scenario.cohorts.iter().flat_map(|c| &c.attributes).map(|a| a.place + 1);
        let drawn = drawn(scenario, cohort, &rules);
        let uncertain = c.loss.as_ref().and_then(|l| l.severities.clone());
        CohortPlan {
            cohort,
            bands: bands::combinations(&axes),
            axes,
            attributes: places.max().unwrap_or(0),
            classes_of_twice: match (scenario.regions.len(), drawn.is_empty() && uncertain.is_none()) {
                (2.., _) => class::SHARED,
                (_, true) => class::KEPT,
                (_, false) => class::CLASSES_OF_TWICE,
            },
            drawn,
            places: rules.iter().map(|(g, r)| starts[*g].map(|start| start + r)).collect(),
            checked: rules.iter().map(|(g, r)| checked(&scenario.guidelines[*g].rules[*r])).collect(),
            several: waiting::several(scenario, &rules),
            bent: rules.iter().map(|(g, r)| visit::bent(&scenario.guidelines[*g].rules[*r]).is_some()).collect(),
            awards: rules.iter().map(|(g, r)| known_award(scenario, c, &scenario.guidelines[*g].rules[*r])).collect(),
            rules,
            grids: c.loss.iter().flat_map(|l| l.all_severities()).map(|s| grid(s, grid_ratio)).collect(),
            uncertain,
            strata: bands::strata(scenario, c),
        }
    }

    /// True when people who claim a loss are drawn one by one: some rule has no schedule.
    pub fn one_by_one(&self) -> bool {
        self.loses() && self.bent.contains(&true)
    }

    /// True when some of its people may lose money.
    pub fn loses(&self) -> bool {
        !self.grids.is_empty()
    }

    /// Which law of losses holds in a world, of those of [`CohortPlan::grid`].
    #[inline]
    pub fn law_in(&self, world: &[f64]) -> usize {
        self.uncertain.as_ref().map_or(0, |s| s.at(world))
    }

    /// The grid of a law of losses; `None` where nobody loses money.
    #[inline]
    pub fn grid(&self, law: usize) -> Option<&SeverityGrid> {
        self.grids.get(law).map(Arc::as_ref)
    }

    /// Number of slots: region × stratum × band.
    pub fn slots(&self, regions: usize) -> usize {
        regions * self.strata * self.bands
    }
}

/// Grids of the severities met in this process: cohorts and variants with the same law share one.
static GRIDS: Memo<(Severity, u64), SeverityGrid> = Memo::new();

/// The grid of a severity, made when it is asked for first.
pub fn grid(severity: &Severity, ratio: f64) -> Arc<SeverityGrid> {
    GRIDS.get(&(severity.clone(), ratio.to_bits()), || SeverityGrid::new(severity.clone(), ratio))
}

/// True of a guideline on whose claims people spend hours, where the scenario says what these are worth.
fn takes_valued_hours(scenario: &Scenario, guideline: &Guideline) -> bool {
    scenario.aftermath.valuation.is_some() && guideline.rules.iter().any(Rule::takes_hours)
}

/// True where what people get does not tell all that rules do: awards in kind, a claim beside another rule, claims of more than
/// was lost.
fn by_rule(scenario: &Scenario, guideline: &Guideline) -> bool {
    let claimed = guideline.rules.iter().any(Rule::is_claimed);
    let nobody = |q: Q| scenario.quantities.get(q).law.support().1 <= 0.0;
    let honest = |c: &usize| {
        let loss = scenario.cohorts[*c].loss.as_ref();
        loss.is_none_or(|l| nobody(l.exaggerated_share) && nobody(l.unfounded_share))
    };
    // People without a loss may claim, too, and be refused.
    let all_lose = |c: &usize| {
        let share = scenario.cohorts[*c].loss.as_ref().map(|l| &scenario.quantities.get(l.share).law);
        share.is_some_and(|law| *law == Law::Constant(1.0))
    };
    let refuses_others = |r: &Rule| {
        let certain = scenario.quantities.get(r.approval).law == Law::Constant(1.0);
        r.is_claimed() && !r.losers_only && !certain && !r.cohorts.iter().all(all_lose)
    };
    (claimed && guideline.rules.len() > 1)
        || guideline.rules.iter().any(|r| r.form != Form::Cash || !r.cohorts.iter().all(honest) || refuses_others(r))
}

/// True of a rule that looks at the loss, or is for losers only.
fn checked(rule: &Rule) -> bool {
    rule.losers_only || visit::uses_loss(rule)
}

fn known_award(scenario: &Scenario, cohort: &Cohort, rule: &Rule) -> Award {
    let constant = |q: &Q| scenario.quantities.get(*q).law.is_constant();
    let along = visit::uses_loss(rule);
    let indirect_share = cohort.loss.as_ref().map(|l| l.indirect_share).filter(|_| along);
    let known = visit::award_quantities(rule).iter().chain(&indirect_share).all(constant);
    if known && visit::same_but_for_loss(rule) && visit::bent(rule).is_none() {
        // Of nobody in particular: it looks at nothing in which people differ.
        let world = scenario.quantities.central();
        let indirect_share = indirect_share.map_or(0.0, |q| q.of(&world));
        let days_in_month = scenario.outage.start.days_in_month;
        let (loss, hours, fee_month) = (0.0, 0.0, 0.0);
        let case = Case { loss, indirect_share, hours, fee_month, days_in_month, attributes: &[] };
        Award::Fixed(pays(rule, &case, &world))
    } else if along {
        Award::Along
    } else {
        Award::Flat
    }
}

fn drawn(scenario: &Scenario, cohort: usize, rules: &[(usize, usize)]) -> Vec<Q> {
    let c = &scenario.cohorts[cohort];
    let mut all: Vec<Q> = vec![c.awareness];
    for (g, r) in rules {
        all.extend(visit::quantities(&scenario.guidelines[*g].rules[*r]));
        all.extend(
            offers::appeal(scenario, &scenario.guidelines[*g].rules[*r]).iter().flat_map(|a| [a.share, a.upheld]),
        );
    }
    if let Some(loss) = &c.loss {
        all.extend([loss.exaggeration, loss.indirect_share]);
        all.extend(loss.approval_factors);
    }
    all.sort_unstable();
    all.dedup();
    all.retain(|q| !scenario.quantities.get(*q).law.is_constant());
    all
}
