//! Suits over what is left uncompensated: who may sue under each guideline, from the counts that an engine left in the
//! ledger, and what comes of it by `src/process/court.rs`. All whom an issue concerns go to court together.

use smallvec::SmallVec;

use super::ledger::Ledger;
use super::plan::Plan;
use super::scene::{DRAWS, Scene};
use crate::chance::stream::Stream;
use crate::model::court::Issue;
use crate::process::court::{self, Base, Verdicts};

/// Who may sue over an issue, by cohort and region.
type Bases = SmallVec<[Base; 8]>;
/// They, what came of it and, if asked for, what it costs on average, likewise.
type Tried = (Bases, Verdicts, SmallVec<[f64; 8]>);

/// One thread's desk.
pub struct Suits {
    /// Who may sue over each issue: leaves.
    places: Vec<Vec<usize>>,
    streams: [Streams; DRAWS],
}

struct Streams {
    /// What is decided: by issue.
    decisions: Vec<Stream>,
    /// Who sues: by issue and place.
    suits: Vec<Vec<Stream>>,
}

impl Streams {
    fn new(plan: &Plan, seed: u64, draw: u32) -> Streams {
        let scenario = plan.scenario;
        let of_issue = |issue: &Issue| {
            let name = |(c, r): (usize, usize)| format!("{}/{}", scenario.cohorts[c].id, scenario.regions[r].id);
            let stream = |place| Stream::named(seed, draw, "suits", &format!("{}/{}", issue.id, name(place)));
            concerned(plan, issue).map(stream).collect()
        };
        let courts = &scenario.aftermath.courts;
        Streams {
            decisions: courts.iter().map(|i| Stream::named(seed, draw, "decisions", &i.id)).collect(),
            suits: courts.iter().map(of_issue).collect(),
        }
    }
}

/// Cohorts and regions whose people an issue concerns.
fn concerned(plan: &Plan, issue: &Issue) -> impl Iterator<Item = (usize, usize)> {
    let cohorts = (0..plan.scenario.cohorts.len()).filter(|c| issue.cohorts.contains(c));
    let regions = plan.scenario.regions.len();
    cohorts.flat_map(move |c| (0..regions).map(move |r| (c, r)))
}

impl Suits {
    /// A desk for a plan.
    pub fn new(plan: &Plan, seed: u64) -> Suits {
        let leaves = |issue: &Issue| concerned(plan, issue).map(|(c, r)| plan.groups.leaf(c, r)).collect();
        Suits {
            places: plan.scenario.aftermath.courts.iter().map(leaves).collect(),
            streams: std::array::from_fn(|draw| Streams::new(plan, seed, draw as u32)),
        }
    }

    /// Follows what a replicate left in the leaves of the ledger: verdicts are added to what came after the awards.
    pub fn follow(&mut self, plan: &Plan, scene: Scene, discount_year: f64, means: bool, ledger: &mut Ledger) {
        let (scenario, world) = (plan.scenario, scene.world);
        let Streams { decisions, suits } = &mut self.streams[scene.draw];
        for (i, issue) in scenario.aftermath.courts.iter().enumerate() {
            let terms = court::Terms::of(issue, world);
            let decisions = terms.decide(decisions[i].at(scene.replicate));
            let (streams, places) = (&mut suits[i], &self.places[i]);
            // The same stakes come to the same under several guidelines, for chance is the same under all.
            let mut known: SmallVec<[Tried; 2]> = SmallVec::new();
            // Who may sue where nothing is paid, by place.
            let mut bare: SmallVec<[Option<Base>; 8]> = SmallVec::from_elem(None, places.len());
            for g in 0..scenario.guidelines.len() {
                let base = |group: usize| {
                    let leaf = &ledger.leaves[group];
                    let tally = &leaf.guided[g];
                    let some = (leaf.losers - tally.whole).round().max(0.0);
                    let people = if terms.needs_a_loss() { some } else { leaf.hit };
                    let short = (leaf.loss - tally.compensated).max(0.0);
                    terms.base((people, some, short), ledger.left(g, group), world)
                };
                let known_base = |(bare, group): (&mut Option<Base>, &usize)| {
                    if ledger.pays_nothing(g, *group) {
                        *bare.get_or_insert_with(|| base(*group))
                    } else {
                        base(*group)
                    }
                };
                let bases: Bases = bare.iter_mut().zip(places).map(known_base).collect();
                let at = known.iter().position(|(same, ..)| *same == bases).unwrap_or_else(|| {
                    for stream in streams.iter_mut() {
                        stream.at(scene.replicate);
                    }
                    let verdicts = terms.verdicts(&bases, &decisions, discount_year, streams);
                    let means = if means { terms.mean_costs(&bases) } else { SmallVec::new() };
                    known.push((bases, verdicts, means));
                    known.len() - 1
                });
                let (_, verdicts, means) = &known[at];
                for (k, (verdict, group)) in verdicts.iter().zip(places).enumerate() {
                    let after = &mut ledger.leaves[*group].after[g];
                    after.court.add(verdict);
                    after.court_mean += means.get(k).copied().unwrap_or(0.0);
                    after.present_value += verdict.present_value;
                    after.claimant_cost += verdict.plaintiffs_costs;
                }
            }
        }
    }
}
