//! Where the facts of a scheme have their values from in a scenario: what it states, knows of its people, or takes by default.

use super::super::reader::{Known, Reading};
use super::super::scheme;
use super::super::tree::Table;
use super::Applying;
use crate::model::Feed;
use crate::model::expression::{Dimension, Type, Value};
use crate::model::scheme::{Name, Origin, Version};

impl<'a> Reading<'a> {
    /// Where each name of a version has its value from.
    pub(super) fn feeds(&mut self, version: &Version, facts: &[(&'a Table, String)], all: &Applying<'a>) -> Vec<Feed> {
        let start = match scheme::read_value(&self.start_text(), &Type::Moment, "") {
            Ok(Value::Moment(m)) => m,
            _ => 0,
        };
        let mut feeds = Vec::new();
        for name in &version.names {
            let attribute = self.names.attributes.iter().any(|a| a.name == name.name);
            if attribute && matches!(name.origin, Origin::Fact(_)) && self.attribute_for(name).is_none() {
                let above = if name.above_zero { " above zero" } else { "" };
                let what = format!("the scheme's fact `{}` is {}{above}", name.name, name.ty);
                self.warn(all.place, format!("{what}: it is not taken from the attribute of that name"))
                    .help(format!("make the attribute {}{above}, or call it otherwise", name.ty));
            }
            let told = facts.iter().rev().find_map(|(t, path)| t.get(&name.name).map(|n| (n, path)));
            let told = told.filter(|(n, _)| n.as_table().is_some());
            feeds.push(match (&name.origin, told) {
                (Origin::Step(_), _) => Feed::Step,
                (_, Some((n, path))) => self
                    .fact(n, &format!("{path}.{}", name.name), name, &all.currency)
                    .map_or(Feed::Unknown, Feed::Quantity),
                (Origin::Fact(_), None) if self.attribute_for(name).is_some() => {
                    self.attribute_for(name).map_or(Feed::Unknown, Feed::Attribute)
                }
                (Origin::Fact(default), None) => match (name.name.as_str(), &name.ty, default) {
                    ("loss", Type::Amount(Dimension::MONEY), _) => Feed::Loss,
                    ("outage", Type::Amount(Dimension::TIME), _) => Feed::Outage,
                    ("fee_month", Type::Amount(Dimension::MONEY), _) => Feed::FeeMonth,
                    ("month", Type::Amount(Dimension::TIME), _) => Feed::Month,
                    ("began", Type::Moment, _) => Feed::Known(Value::Moment(start)),
                    ("ended", Type::Moment, _) => Feed::End(start),
                    ("down", Type::Period, _) => Feed::Down(start),
                    (_, _, Some(v)) => Feed::Known(v.clone()),
                    (_, _, None) => Feed::Unknown,
                },
            });
        }
        feeds
    }

    /// Place of the attribute that a fact has its value from.
    fn attribute_for(&self, fact: &Name) -> Option<usize> {
        let fits = |a: &Known| a.name == fact.name && a.ty == fact.ty && (a.above_zero || !fact.above_zero);
        self.names.attributes.iter().position(fits)
    }
}
