//! Profiles: the offers and laws of people alike in duration, fee and loss. Regions that are alike share them.

use super::bystanders::Bystanders;
use super::cell::CellInput;
use super::cell::class::class_of;
use super::cell::grid::SeverityGrid;
use super::cell::law::{Bench, CellLaw};
use super::exposure::Slot;
use super::offers::{self, KINDS, SlotOffers};
use super::plan::CohortPlan;
use super::scene::Outlook;
use crate::model::Scenario;

/// The profiles of one stratum and fee band, one for each set of hours in use.
#[derive(Default)]
pub struct Profiles {
    list: Vec<Profile>,
    key: Vec<f64>,
    offers: SlotOffers,
}

/// One profile.
#[derive(Default)]
pub struct Profile {
    /// Replicate (by count) in which it was last used.
    turn: u64,
    /// Values that the offers were made from.
    key: Vec<f64>,
    /// Which of the cohort's laws of losses holds.
    law: usize,
    /// Offers to people without a loss.
    pub bystanders: Bystanders,
    /// Cells by kind.
    pub kinds: [ProfileKind; KINDS.len()],
}

/// The cell of one kind of people.
#[derive(Default)]
pub struct ProfileKind {
    /// What its law depends on.
    pub input: CellInput,
    /// Guidelines with offers: (guideline, first, end).
    pub ranges: Vec<(usize, usize, usize)>,
    /// Size classes that there are laws for.
    classes: Vec<u32>,
    /// Their laws; those beyond only keep their memory.
    laws: Vec<CellLaw>,
}

impl Profiles {
    /// Index of the profile that fits a slot in a world; made where none does. What is kept depends on the values
    /// alone, so results do not depend on what came before.
    pub fn open(
        &mut self,
        turn: u64,
        scenario: &Scenario,
        cohort: &CohortPlan,
        slot: &Slot,
        world: &[f64],
        foreseen: Outlook,
    ) -> usize {
        let scale = offers::scale(scenario, cohort, slot, world);
        let law = cohort.law_in(world);
        self.key.clear();
        self.key.extend([scale, slot.fee_month, law as f64]);
        self.key.extend(&slot.attributes);
        self.key.extend(&slot.hours);
        self.key.extend(cohort.drawn.iter().map(|q| q.of(world)));
        self.key.extend(foreseen.pools);
        self.key.extend(foreseen.left);
        let fit = self.list.iter().position(|p| p.key == self.key);
        let index = fit.unwrap_or_else(|| {
            let old = self.list.iter().position(|p| p.turn < turn).unwrap_or_else(|| {
                self.list.push(Profile::default());
                self.list.len() - 1
            });
            offers::of_slot(scenario, cohort, slot, scale, world, foreseen, &mut self.offers);
            self.list[old].fill(&self.key, law, &mut self.offers);
            old
        });
        self.list[index].turn = turn;
        index
    }

    /// The profile at an index.
    pub fn get(&self, index: usize) -> &Profile {
        &self.list[index]
    }

    /// The same, to add laws.
    pub fn get_mut(&mut self, index: usize) -> &mut Profile {
        &mut self.list[index]
    }
}

impl Profile {
    /// Mean loss of a loser.
    pub fn scale(&self) -> f64 {
        self.key[0]
    }

    /// Which of the cohort's laws of losses its people have.
    pub fn law(&self) -> usize {
        self.law
    }

    /// Takes over offers; laws are kept where they are the same as before.
    fn fill(&mut self, key: &[f64], law: usize, offers: &mut SlotOffers) {
        let other = std::mem::replace(&mut self.law, law) != law;
        self.key.clear();
        self.key.extend(key);
        self.bystanders.fill(&mut offers.flat);
        for (kind, input) in self.kinds.iter_mut().zip(&mut offers.cells) {
            if other || kind.input != *input {
                std::mem::swap(&mut kind.input, input);
                kind.ranges.clear();
                kind.ranges.extend(kind.input.by_guideline());
                kind.classes.clear();
            }
        }
    }
}

impl ProfileKind {
    /// Makes sure that there is a law for this many people and tells its place; `of_twice`: classes of
    /// twice as many that are used.
    pub fn prepare(&mut self, grid: &SeverityGrid, (people, of_twice): (u64, u32), bench: &mut Bench) -> usize {
        let class = class_of(people, of_twice);
        self.classes.iter().position(|c| *c == class).unwrap_or_else(|| {
            let place = self.classes.len();
            if self.laws.len() == place {
                self.laws.push(CellLaw::default());
            }
            self.laws[place].fill(&self.input, grid, class, bench);
            self.classes.push(class);
            place
        })
    }

    /// The law at a place.
    pub fn law(&self, place: usize) -> &CellLaw {
        &self.laws[place]
    }

    /// Position of a guideline among those that have offers here, its first offer and their end.
    pub fn range(&self, guideline: usize) -> Option<(usize, usize, usize)> {
        let position = self.ranges.iter().position(|r| r.0 == guideline)?;
        Some((position, self.ranges[position].1, self.ranges[position].2))
    }

    /// True when a guideline has an offer of money here.
    pub fn offers_money(&self, guideline: usize) -> bool {
        self.input.offers.iter().any(|o| o.guideline == guideline && o.in_kind.is_none())
    }
}
