//! Where losses, fees, attributes, or numbers that sums grow with, have no finite variance, and which sums inherit that from them. A sample of
//! such a sum has a mean, but its spread and the errors that follow from it grow with the sample and tell nothing: most intervals
//! would miss the truth. (A number without a finite mean is refused when a scenario is read.)

use super::outcome::{ACCOUNTS, COMMON, GUIDED, Group, MeasureUnit};
use crate::guideline::bounded::{Along, is_bounded};
use crate::model::{Cohort, Damage, FeeMonth, Form, Hit, Loss, Q, Quantities, Scenario, Spread};

/// Which sums have no finite variance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heavy {
    /// Cohorts with people whose losses have none.
    cohorts: Vec<bool>,
    /// Whether people of a cohort are in a region: `[cohort][region]`.
    regions: Vec<Vec<bool>>,
    /// What grows with the loss and has no bound: `[guideline][cohort]`.
    grows: Vec<Vec<Grows>>,
    /// Fees and attributes of people that have none, by cohort, with their paths,
    varied: Vec<Vec<(Along, String)>>,
    /// and what grows with them and has no bound: `[guideline][cohort]`.
    with_varied: Vec<Vec<Grows>>,
    /// Who bears a part of the cost that has no bound: a partner, recourse, insurance.
    borne: [bool; 3],
    in_worlds: bool,
    /// Other numbers that have none.
    wild: Vec<Wild>,
}

/// A number of the scenario without a finite variance.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Wild {
    quantity: Q,
    grows: With,
}

/// What grows with such a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum With {
    /// Counts of people, and all money.
    People,
    /// Losses, and what is paid for them.
    Losses,
    /// What is paid under every guideline.
    Payments,
    /// What is paid under one.
    One(usize),
}

/// What grows with the loss and has no bound, under a guideline in a cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Grows {
    /// Awards of money. A pool is no bound to go by: whether a sample has met it is not known before.
    awards: bool,
    /// What is paid beside, in advance and twice.
    beside: bool,
    /// Awards in kind.
    in_kind: bool,
    /// What courts award.
    courts: bool,
}

impl Heavy {
    /// Of a scenario.
    pub fn of(scenario: &Scenario) -> Heavy {
        let list = &scenario.quantities;
        let cohorts: Vec<bool> = scenario
            .cohorts
            .iter()
            .map(|c| {
                let people = !nothing(list, c.size) && !matches!(c.hit, Hit::Share(q) if nothing(list, q));
                people && c.loss.as_ref().is_some_and(|l| claims(list, l) && (in_law(l) || in_damage(list, l)))
            })
            .collect();
        let wild = wild(scenario);
        let varied: Vec<Vec<(Along, String)>> = scenario.cohorts.iter().map(varied).collect();
        if !cohorts.contains(&true) && wild.is_empty() && varied.iter().all(Vec::is_empty) {
            return Heavy { cohorts, varied, ..Heavy::default() };
        }
        let by_cohort = |of: &dyn Fn(usize, usize) -> Grows| -> Vec<Vec<Grows>> {
            (0..scenario.guidelines.len()).map(|g| (0..cohorts.len()).map(|c| of(g, c)).collect()).collect()
        };
        let with_varied = by_cohort(&|g, c| {
            let along = varied[c].iter().map(|(along, _)| paid(scenario, g, c, *along));
            along.fold(Grows::default(), Grows::or)
        });
        let bearing = &scenario.aftermath.bearing;
        let endless = |q: Q| list.get(q).law.mean().is_infinite();
        Heavy {
            regions: scenario
                .cohorts
                .iter()
                .map(|c| c.region_shares.iter().map(|q| !nothing(list, *q)).collect())
                .collect(),
            grows: by_cohort(&|g, c| grows(scenario, g, c)),
            varied,
            with_varied,
            borne: [
                bearing.cost_split.is_some(),
                bearing.recourse.as_ref().is_some_and(|r| endless(r.limit)),
                bearing.insurance.as_ref().is_some_and(|i| endless(i.limit)),
            ],
            in_worlds: !wild.is_empty()
                || scenario
                    .cohorts
                    .iter()
                    .zip(&cohorts)
                    .any(|(c, heavy)| *heavy && c.loss.as_ref().is_some_and(|l| in_damage(list, l))),
            cohorts,
            wild,
        }
    }

    /// True where no sum is without a finite variance.
    pub fn is_none(&self) -> bool {
        let untold = self.with_varied.iter().flatten().all(|grows| *grows == Grows::default());
        !self.cohorts.contains(&true) && self.wild.is_empty() && untold
    }

    /// Paths of numbers other than losses that have no finite variance and with which something grows.
    pub fn numbers<'a>(&'a self, scenario: &'a Scenario) -> impl Iterator<Item = &'a str> {
        let grows = |c: usize| self.with_varied.iter().any(|of| of[c] != Grows::default());
        let varied = self.varied.iter().enumerate().filter(move |(c, _)| grows(*c));
        // What several numbers of the file are is told once.
        let mut seen: Vec<Q> = self.wild.iter().map(|w| w.quantity).collect();
        seen.dedup();
        let wild = seen.into_iter().map(|q| scenario.quantities.get(q).path.as_str());
        wild.chain(varied.flat_map(|(_, of)| of.iter().map(|(_, path)| path.as_str())))
    }

    /// Cohorts (indices) whose losses have no finite variance.
    pub fn cohorts(&self) -> impl Iterator<Item = usize> {
        (0..self.cohorts.len()).filter(|c| self.cohorts[*c])
    }

    /// True where means of worlds have no finite variance either, because a number that losses are in proportion to has none:
    /// knowing what is expected in each world does not help then.
    pub fn is_in_worlds(&self) -> bool {
        self.in_worlds
    }

    /// True where a measure of a group has no finite variance; `guideline`: none of what is the same under all.
    pub fn holds(&self, guideline: Option<usize>, measure: &str, group: Group) -> bool {
        let inside =
            |c: usize| group.cohort.is_none_or(|own| own == c) && group.region.is_none_or(|r| self.regions[c][r]);
        let lost = |c: usize| guideline.map_or(measure == "loss", |g| self.reaches(self.grows[g][c], measure));
        // What is left of a loss, or made good of it, is no more than the loss, whatever is paid.
        let of_loss = ["compensated", "uncompensated", "gini_absolute"].contains(&measure);
        let paid = |c: usize| guideline.is_some_and(|g| !of_loss && self.reaches(self.with_varied[g][c], measure));
        self.wild.iter().any(|w| w.reaches(guideline, measure))
            || self.cohorts().any(|c| inside(c) && lost(c))
            || (0..self.varied.len()).any(|c| !self.varied[c].is_empty() && inside(c) && paid(c))
    }

    /// The same of everybody.
    pub fn holds_in_all(&self, guideline: Option<usize>, measure: &str) -> bool {
        self.holds(guideline, measure, Group { cohort: None, region: None })
    }

    fn reaches(&self, grows: Grows, measure: &str) -> bool {
        let Grows { awards, beside, in_kind, courts } = grows;
        let cost = awards || beside || in_kind || courts;
        match measure {
            "uncompensated" | "gini_absolute" => true,
            "claimed" | "payout" | "compensated" | "undue" | "interest" => awards,
            "overpaid" => beside,
            "in_kind_face" | "in_kind_cost" | "in_kind_value" | "breakage" => in_kind,
            "court_awards" => courts,
            "transfers" => awards || beside || courts,
            "cost" | "present_value" => cost,
            "from_split" => cost && self.borne[0],
            "from_recourse" => cost && self.borne[1],
            "from_insurance" => cost && self.borne[2],
            "recovered" => cost && self.borne.contains(&true),
            _ => false,
        }
    }
}

impl Grows {
    fn or(self, other: Grows) -> Grows {
        Grows {
            awards: self.awards || other.awards,
            beside: self.beside || other.beside,
            in_kind: self.in_kind || other.in_kind,
            courts: self.courts || other.courts,
        }
    }
}

impl Wild {
    /// True where a measure grows with it: more is said to than does, but none is left out.
    fn reaches(&self, guideline: Option<usize>, measure: &str) -> bool {
        let listed = COMMON.iter().chain(&GUIDED).chain(&ACCOUNTS).find(|m| m.name == measure);
        match listed.map(|m| m.unit) {
            Some(MeasureUnit::Persons) => self.grows == With::People,
            Some(MeasureUnit::Money | MeasureUnit::Hours) => match self.grows {
                With::People | With::Losses => true,
                With::Payments => guideline.is_some(),
                With::One(own) => guideline == Some(own),
            },
            _ => false,
        }
    }
}

/// Numbers other than those in proportion to which people lose that have no finite variance, where sums grow with them: who
/// files has an end whatever it answers to.
fn wild(scenario: &Scenario) -> Vec<Wild> {
    let list = &scenario.quantities;
    // Losses are a power of the hours: of these it has the tail of the number over the power.
    let hours = |q: Q| ["services.", "outage."].iter().any(|top| list.get(q).path.starts_with(top));
    let powers = scenario.cohorts.iter().filter_map(|c| c.loss.as_ref()).filter_map(|l| match &l.damage {
        Damage::Power { elasticity, .. } => Some(list.get(*elasticity).law.support().1),
        Damage::Points(_) => None,
    });
    let power = powers.fold(0.0, f64::max);
    let steepest = |q: Q| if hours(q) { power } else { 0.0 };
    let damages: Vec<Q> = scenario.cohorts.iter().filter_map(|c| c.loss.as_ref()).flat_map(damage).collect();
    let found = (0..list.list.len()).map(|i| Q(i as u32)).filter(|q| {
        let number = list.get(*q);
        let heavy = number.law.variance().is_infinite() || number.law.tail_index() <= 2.0 * steepest(*q);
        number.law.mean().is_finite() && heavy && !damages.contains(q)
    });
    let of = |quantity: Q, path: &str| {
        let own = scenario.guidelines.iter().position(|g| path.starts_with(&format!("guidelines.{}.", g.id)));
        let parts: Vec<&str> = path.split('.').collect();
        let grows = match (own, parts[0]) {
            _ if parts.iter().any(|p| ENDED.contains(p)) => return None,
            // Costs are held against the budget, and none grows with it.
            (None, "budget") => return None,
            (Some(g), _) => With::One(g),
            (None, "cohorts") if parts.contains(&"size") => With::People,
            (None, "cohorts" | "services" | "outage" | "regions") => With::Losses,
            _ => With::Payments,
        };
        Some(Wild { quantity, grows })
    };
    // A number acts wherever another one of the file is the same.
    let places = |q: Q| {
        let same = list.same.iter().filter(move |s| s.of == q).map(|s| s.path.as_str());
        std::iter::once(list.get(q).path.as_str()).chain(same)
    };
    let mut wild: Vec<Wild> = Vec::new();
    for q in found {
        for found in places(q).filter_map(|path| of(q, path)) {
            if !wild.contains(&found) {
                wild.push(found);
            }
        }
    }
    wild
}

/// Parts of a path below which a number moves shares alone.
const ENDED: [&str; 7] = ["filing", "ladder", "awareness", "burden", "beta", "suing", "arrival"];

/// Numbers that losses are in proportion to.
fn damage(loss: &Loss) -> Vec<Q> {
    match &loss.damage {
        Damage::Points(points) => points.iter().map(|(_, money)| *money).collect(),
        Damage::Power { rate, .. } => vec![*rate],
    }
}

/// True of a number that is 0 in every world.
fn nothing(list: &Quantities, q: Q) -> bool {
    let law = &list.get(q).law;
    law.is_constant() && law.mean() == 0.0
}

/// True where anybody loses money, or would claim to have lost some.
fn claims(list: &Quantities, loss: &Loss) -> bool {
    !nothing(list, loss.share) || !nothing(list, loss.unfounded_share)
}

/// True where the law of the loss around the mean has no finite variance in some world.
fn in_law(loss: &Loss) -> bool {
    loss.all_severities().iter().any(|s| s.variance().is_infinite())
}

/// True where the mean loss has none over the worlds.
fn in_damage(list: &Quantities, loss: &Loss) -> bool {
    damage(loss).iter().any(|q| list.get(*q).law.variance().is_infinite())
}

fn grows(scenario: &Scenario, g: usize, c: usize) -> Grows {
    let sued = |issue: &crate::model::court::Issue| {
        issue.cohorts.contains(&c) && (!nothing(&scenario.quantities, issue.award_share) || issue.mediation.is_some())
    };
    Grows { courts: scenario.aftermath.courts.iter().any(sued), ..paid(scenario, g, c, Along::Loss) }
}

/// What a guideline pays a cohort's people that grows with a number of theirs and has no bound.
fn paid(scenario: &Scenario, g: usize, c: usize, along: Along) -> Grows {
    let guideline = &scenario.guidelines[g];
    let mine = || guideline.rules.iter().filter(|r| r.cohorts.contains(&c) && !is_bounded(r, along));
    Grows {
        awards: mine().any(|r| r.form == Form::Cash),
        beside: mine().next().is_some() && guideline.is_timed(),
        in_kind: mine().any(|r| r.form != Form::Cash),
        courts: false,
    }
}

/// The fee and the attributes of a cohort's people whose laws have no finite variance.
fn varied(cohort: &Cohort) -> Vec<(Along, String)> {
    let of = |key: &str| format!("cohorts.{}.{key}", cohort.id);
    let fee = matches!(&cohort.fee, FeeMonth::Varies(law) if law.variance().is_infinite());
    let attributes =
        cohort.attributes.iter().filter(|a| matches!(&a.spread, Spread::Varies(l) if l.variance().is_infinite()));
    let attributes = attributes.map(|a| (Along::Attribute(a.place), of(&format!("attributes.{}", a.name))));
    fee.then(|| (Along::Fee, of("fee_month"))).into_iter().chain(attributes).collect()
}
