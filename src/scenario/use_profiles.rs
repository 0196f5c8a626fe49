//! Use by hour of the week in the file: profiles, each weight of which is a number like any other.

use super::number::FACTOR;
use super::people::{Profiles, UseProfile};
use super::reader::Reading;
use super::resolved;
use super::tree::Node;
use crate::chance::law::Law;
use crate::model::{UseWeight, UseWeights, WeekProfile, calendar::WEEK_HOURS};

/// What would be right where weights are wrong.
pub(super) const WEIGHTS: &str = "a weight is 0 or more, and at least one is above 0; only their ratios matter";

impl<'a> Reading<'a> {
    /// Reads `[profiles]`.
    pub fn profiles(&mut self, node: Option<&'a Node>) -> Profiles {
        let Some(table) = node.and_then(|n| self.open(n, "profiles")) else { return Vec::new() };
        let entries = &table.table.entries;
        entries.iter().map(|e| (e.key.clone(), self.profile(&e.node, &format!("profiles.{}", e.key)))).collect()
    }

    fn profile(&mut self, node: &'a Node, path: &str) -> UseProfile {
        let even = |count| Some(vec![UseWeight::Fixed(1.0); count]);
        let Some(mut fields) = self.open(node, path) else { return (WeekProfile::flat(), None) };
        let mut weights = |reading: &mut Self, key, count, what| {
            let node = fields.take(key)?;
            Some(reading.stated_weights(node, &fields.at(key), count, what))
        };
        let day = weights(self, "day", 24, "hours of a day").unwrap_or_else(|| even(24));
        let week = weights(self, "week", 7, "days of a week").unwrap_or_else(|| even(7));
        let hours = weights(self, "hours", WEEK_HOURS, "hours of a week, Monday 00:00 first");
        fields.finish(self);
        let weights = match hours {
            Some(hours) => hours.map(UseWeights::Hours),
            None => day.zip(week).map(|(day, week)| UseWeights::DayAndWeek(day, week)),
        };
        match weights {
            // Where all weights are certain the profile is worked out here, once for all worlds.
            Some(weights) if weights.drawn().next().is_none() => (weights.profile(&[]), None),
            Some(weights) => (weights.profile(&self.quantities.central()), Some(weights)),
            None => (WeekProfile::flat(), None),
        }
    }

    fn stated_weights(&mut self, node: &'a Node, path: &str, count: usize, what: &str) -> Option<Vec<UseWeight>> {
        let (value, remark) = self.stated(node, path)?;
        let before = self.quantities.list.len();
        let weights = self.weights(value, path, count, what)?;
        self.inherit(before, path, &remark);
        self.figure(path, (resolved::inline(value), None), "1", remark);
        Some(weights)
    }

    fn weights(&mut self, node: &'a Node, path: &str, count: usize, what: &str) -> Option<Vec<UseWeight>> {
        let list = self.list(node);
        let weights: Vec<UseWeight> = list
            .iter()
            .enumerate()
            .filter_map(|(i, item)| match item.as_table() {
                Some(_) => Some(self.weight(item, &format!("{path}.{}", i + 1))),
                None => self.plain_number(item).map(UseWeight::Fixed),
            })
            .collect();
        let negative = weights.iter().any(|w| matches!(w, UseWeight::Fixed(weight) if *weight < 0.0));
        if node.as_list().is_none_or(|list| list.len() != weights.len()) {
            // What is no number has been told.
        } else if weights.len() != count {
            self.error(node.place, format!("{} numbers for the {count} {what}", weights.len()))
                .help(format!("write {count} numbers, one for each"));
        } else if negative || weights.iter().all(|w| *w == UseWeight::Fixed(0.0)) {
            self.error(node.place, "weights must not be negative, and not all zero").help(WEIGHTS);
        } else if !weights.iter().any(|w| self.surely_positive(*w)) {
            self.error(node.place, "in some worlds all of these weights could be zero")
                .help("give one of them a value above 0, or a law that does not take the value 0");
        } else {
            return Some(weights);
        }
        None
    }

    /// A weight with a source or a law.
    fn weight(&mut self, node: &'a Node, path: &str) -> UseWeight {
        let num = self.number(node, path, FACTOR);
        num.constant.map_or(UseWeight::Drawn(num.q), UseWeight::Fixed)
    }

    /// True of a weight that is above zero in all worlds, as far as its law has been read.
    fn surely_positive(&self, weight: UseWeight) -> bool {
        match weight {
            UseWeight::Fixed(weight) => weight > 0.0,
            UseWeight::Drawn(q) => match &self.quantities.get(q).law {
                Law::Constant(value) => *value > 0.0,
                law => law.cdf(0.0) <= 0.0,
            },
        }
    }
}
