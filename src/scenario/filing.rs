//! Filing in the file: take-up profiles, and how people come by what a rule gives.

use super::number::{FACTOR, MONEY, POSITIVE, SHARE, SOME_MONEY};
use super::reader::{Fields, Reading};
use super::tree::{Node, Value};
use crate::model::{Filing, Q, TakeUp, Text, Unit};

/// A take-up profile of the file.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Key in the file.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Its curve.
    pub takeup: TakeUp,
}

/// The name of the built-in way to be paid without filing.
pub const AUTOMATIC: &str = "automatic";

impl<'a> Reading<'a> {
    /// Reads `[filing]`.
    pub fn filing_profiles(&mut self, node: Option<&'a Node>) -> Vec<Profile> {
        let Some(table) = node.and_then(|n| self.open(n, "filing")) else { return Vec::new() };
        let mut profiles = Vec::new();
        for entry in &table.table.entries {
            self.name(&entry.key, entry.key_place);
            if entry.key == AUTOMATIC {
                self.error(entry.key_place, "`automatic` is built in and cannot be redefined")
                    .help("choose another name");
            }
            let path = format!("filing.{}", entry.key);
            let Some(mut fields) = self.open(&entry.node, &path) else { continue };
            let title = self.title_or(&mut fields, &entry.key);
            let takeup = self.takeup(&mut fields);
            fields.finish(self);
            profiles.push(Profile { id: entry.key.clone(), title, takeup });
        }
        profiles
    }

    /// A take-up curve: the keys of a filing profile that give one.
    pub fn takeup(&mut self, fields: &mut Fields<'a>) -> TakeUp {
        if fields.table.has("rate") {
            return TakeUp::Constant { rate: self.need_number(fields, "rate", SHARE, "").q };
        }
        if let Some(node) = fields.take("table") {
            let path = fields.at("table");
            return TakeUp::Table { points: self.takeup_points(node, &path) };
        }
        let weibull = match fields.take("curve") {
            Some(node) => {
                self.choice(node, "take-up curve", &[("logistic", false), ("weibull", true)]).unwrap_or(false)
            }
            None => {
                self.fill(&fields.path, "curve", Node::text("logistic", fields.place));
                false
            }
        };
        let awareness = self.number_or(fields, "awareness", SHARE, 1.0).q;
        let example = "`burden = \"6000 KRW\"`, the award at which half of the aware file (or `rate`, or `table`)";
        let burden = self.need_number(fields, "burden", SOME_MONEY, example).q;
        let beta = self.need_number(fields, "beta", POSITIVE, "`beta = 1.5`").q;
        match weibull {
            true => TakeUp::Weibull { awareness, burden, beta },
            false => TakeUp::Logistic { awareness, burden, beta },
        }
    }

    fn takeup_points(&mut self, node: &'a Node, path: &str) -> Vec<(Q, Q)> {
        let list = self.list(node);
        if list.is_empty() && node.as_list().is_some() {
            self.error(node.place, "a take-up table needs at least one point").help("[ [1000, 0.01], [10000, 0.1] ]");
        }
        let mut last: Option<f64> = None;
        let mut points = Vec::new();
        for (i, item) in list.iter().enumerate() {
            let Some((x, y)) = self.pair(item, "award and share who file: [1000, 0.01]") else { continue };
            let award = self.number(x, &format!("{path}.{}.1", i + 1), MONEY);
            let share = self.number(y, &format!("{path}.{}.2", i + 1), SHARE);
            self.rising(item, award, &mut last, "the points are not in order of their awards");
            points.push((award.q, share.q));
        }
        if points.is_empty() {
            let award = self.stand_in(&format!("{path}.1.1"), MONEY).q;
            points.push((award, self.stand_in(&format!("{path}.1.2"), SHARE).q));
        }
        points
    }

    /// How people come by what a rule gives.
    pub fn filing(&mut self, fields: &mut Fields<'a>, profiles: &[Profile]) -> Filing {
        let path = fields.at("filing");
        let Some(node) = fields.take("filing") else {
            self.fill(&fields.path, "filing", Node::text(AUTOMATIC, fields.place));
            return self.everybody(&path);
        };
        match &node.value {
            Value::Text(word) if word == AUTOMATIC => self.everybody(&path),
            Value::Text(_) => self.named_profile(node, &path, profiles),
            Value::Table(table) if table.has(AUTOMATIC) => self.reach(node, &path),
            Value::Table(_) => match self.open(node, &path) {
                Some(mut inner) => {
                    let takeup = self.takeup(&mut inner);
                    inner.finish(self);
                    Filing::Claim(takeup)
                }
                None => self.everybody(&path),
            },
            _ => {
                self.wrong_kind(node, "the name of a filing profile")
                    .help("write \"automatic\", the name of a profile under [filing], or { rate = 0.02 }");
                self.everybody(&path)
            }
        }
    }

    fn everybody(&mut self, path: &str) -> Filing {
        Filing::Automatic { reach: self.plumbing(&format!("{path}.automatic"), Unit::Share, 1.0).q }
    }

    fn reach(&mut self, node: &'a Node, path: &str) -> Filing {
        let Some(mut inner) = self.open(node, path) else { return self.everybody(path) };
        let reach = self.need_number(&mut inner, AUTOMATIC, SHARE, "").q;
        inner.finish(self);
        Filing::Automatic { reach }
    }

    fn named_profile(&mut self, node: &'a Node, path: &str, profiles: &[Profile]) -> Filing {
        let mut names: Vec<String> = profiles.iter().map(|p| p.id.clone()).collect();
        names.push(AUTOMATIC.into());
        match self.reference(node, "filing profile", &names) {
            Some(i) if i < profiles.len() => {
                self.used.insert(format!("filing.{}", names[i]));
                Filing::Claim(profiles[i].takeup.clone())
            }
            _ => self.everybody(path),
        }
    }

    /// A handling cost or another factor that is zero unless stated.
    pub fn cost_or_zero(&mut self, fields: &mut Fields<'a>, key: &'static str) -> Q {
        self.number_or(fields, key, MONEY, 0.0).q
    }

    /// A factor of the unit cost of something given in kind.
    pub fn unit_cost(&mut self, fields: &mut Fields<'a>) -> Q {
        self.need_number(fields, "unit_cost", FACTOR, "`unit_cost = 0.1`, cost per unit of face value used").q
    }
}
