//! Figures that are no quantities: they are never drawn, but carry a source and stand among the inputs as well. And what
//! `as_of` asks of everything that has a date.

use super::laws;
use super::number::{Ask, HEADS, Remark};
use super::reader::{Fields, Reading};
use super::report::Place;
use super::supply;
use super::tree::{Node, Table};
use super::versions;
use crate::model::Figure;

/// Keys of a guideline or its rules that are its own terms: what a draft lays down is its choice, whenever it was written.
const TERMS: [&str; 8] =
    ["amount", "cap", "minimum", "pool", "hours_at_least", "hours_over", "hours_at_most", "hours_under"];

/// True for a path inside the terms of a guideline.
fn of_a_draft(path: &str) -> bool {
    let mut parts = path.split('.');
    parts.next() == Some("guidelines") && parts.skip(1).any(|part| TERMS.contains(&part))
}

impl<'a> Reading<'a> {
    /// A value that is a plain one or stands in a table with its source: `{ value = …, source = "…" }`. `None` after a
    /// mistake.
    pub fn stated(&mut self, node: &'a Node, path: &str) -> Option<(&'a Node, Remark)> {
        let Some(table) = node.as_table() else { return Some((node, Remark::default())) };
        if table.has("versions") {
            self.versions_in_a_list(table);
            return None; // why no version can be used has been said when the versions were looked through
        }
        let mut fields = self.open(node, path)?;
        let remark = self.remark(&mut fields);
        if let Some(head) = HEADS.iter().find(|head| **head != "value" && table.has(head)) {
            let message = format!("`{path}` is no uncertain number, so that `{head}` cannot stand here");
            self.error(node.place, message)
                .help("write the value itself, or { value = …, source = \"…\", date = 2022-10-16, note = \"…\" }");
            fields.skip(&HEADS);
            fields.skip(&["column", "times"]);
            laws::skip_all(&mut fields);
            fields.finish(self);
            return None;
        }
        let value = fields.need("value", "`value = …`");
        let wrong = fields.finish(self);
        value.filter(|_| !wrong).map(|value| (value, remark))
    }

    /// Enters a figure among the inputs: its value as written, and the number where it is one.
    pub fn figure(&mut self, path: &str, (value, number): (String, Option<f64>), unit: &str, remark: Remark) {
        let Remark { source, note, defaulted } = remark;
        let (path, unit) = (path.into(), unit.into());
        self.figures.push(Figure { path, value, number, unit, source, note, defaulted });
    }

    /// Enters a figure that is a single number.
    pub fn plain_figure(&mut self, path: &str, number: f64, unit: &str, remark: Remark) {
        self.figure(path, (number.to_string(), Some(number)), unit, remark);
    }

    /// Enters a figure for which the file states nothing, and writes it out in the resolved text.
    pub fn default_figure(&mut self, fields: &Fields<'a>, key: &'static str, number: f64, unit: &str) {
        let mark = Node { place: fields.place, value: super::tree::Value::Bool(true) };
        let value = Node::number(number, fields.place);
        self.fill(&fields.path, key, Node::table(vec![("value", value), ("default", mark)], fields.place));
        let remark = Remark { defaulted: true, ..Remark::default() };
        self.plain_figure(&fields.at(key), number, unit, remark);
    }

    /// Looks over the versions in whose place a number holds, so that their mistakes are told as well.
    pub fn look_over(&mut self, node: &Node, path: &str, ask: Ask) {
        let Some(others) = self.hidden.and_then(|hidden| hidden.get(&node.place)) else { return };
        // They are not used, so that it does not matter when they were known.
        let as_of = std::mem::take(&mut self.as_of);
        for other in others {
            let Some(mut fields) = self.open(other, path) else { continue };
            self.remark(&mut fields);
            match fields.table.has("same_as") {
                true => fields.skip(&["same_as", "times"]),
                false => drop(self.law_of(&mut fields, other, ask)),
            }
            fields.finish(self);
        }
        self.as_of = as_of;
    }

    /// Asks of what a table states whether it was known on the day `as_of`: by its own date, or else by that of its source.
    /// The terms of a draft are not asked, as far as they are constants: a law there is what somebody knew of them.
    pub fn asked_when(&mut self, fields: &Fields<'a>, own: Option<(&str, Place)>, source: Option<usize>) {
        if of_a_draft(&fields.path) && fields.table.has("value") {
            return;
        }
        match (own, source) {
            (Some((date, place)), _) => self.known_by_then(date, place, ""),
            (None, Some(source)) => {
                self.source_known(fields.table.get("source").map_or(fields.place, |n| n.place), source)
            }
            (None, None) => {}
        }
    }

    /// Asks of a source whether it was there on the day `as_of`.
    fn source_known(&mut self, place: Place, source: usize) {
        self.has_date(place, source);
        let (id, date) = self.names.sources[source].clone();
        self.known_by_then(&date, place, &format!(" (its source `{id}`)"));
    }

    /// Versions are a list; a table is taken for names by those who look them through.
    pub fn versions_in_a_list(&mut self, table: &Table) {
        if let Some(versions) = table.get("versions").filter(|n| n.as_table().is_some()) {
            self.error(versions.place, "`versions` is a list of tables with value and date").help(versions::EXAMPLE);
        }
    }

    /// With `as_of`, warns once of a source without a date.
    pub fn has_date(&mut self, place: Place, source: usize) {
        let (id, date) = self.names.sources[source].clone();
        let own = id != supply::SOURCE;
        if own && date.is_empty() && !self.as_of.is_empty() && self.undated.insert(source) {
            let as_of = self.as_of.clone();
            self.warn(place, format!("the source `{id}` has no date: whether it was there on {as_of} is not known"))
                .label("taken as known")
                .help(format!(
                    "add `date = …` under [sources.{id}], or to each number the `date` on which it was known"
                ));
        }
    }

    /// True for a date after `as_of`.
    pub fn later(&self, date: &str) -> bool {
        !self.as_of.is_empty() && *date > *self.as_of
    }

    /// Refuses what is dated after `as_of`: nothing stands in for it.
    fn known_by_then(&mut self, date: &str, place: Place, whose: &str) {
        if !self.later(date) {
            return;
        }
        let as_of = self.as_of.clone();
        self.error(place, format!("this number was not yet known on {as_of}: it is dated {date}{whose}"))
            .compared_days()
            .label(format!("after as_of = {as_of}"))
            .help(format!(
                "give what was known before beside it, {{ versions = [ {{ value = …, date = … }}, {{ … }} ] }}, or set \
                 `as_of` to {date} or later"
            ));
    }
}
