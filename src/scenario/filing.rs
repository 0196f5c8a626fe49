//! Filing in the file: take-up profiles, and how people come by what a rule gives.

use super::number::{FACTOR, HEADS, HOURS, MONEY, POSITIVE, SHARE, SOME_HOURS, SOME_MONEY, is_number};
use super::reader::{Fields, Reading};
use super::report::{closest, listed};
use super::supply;
use super::tree::{Node, Value};
use crate::chance::law::Law;
use crate::model::burden::{Asks, Burden, Part, Parts, TASKS, Wait};
use crate::model::{Effort, Filing, Q, TakeUp, Text, Unit};

/// What `[ladder]` says: stated by the scenario, or supplied by the program where a way to claim asks for it.
#[derive(Clone, Debug, Default)]
pub struct FromLadder {
    /// What an hour of work is worth.
    pub hour: Option<Q>,
    /// Burden per hour that a task takes.
    pub hassle: Option<Q>,
    /// Elasticity of the odds of filing.
    pub beta: Option<Q>,
    /// Discount rate a year of who decides whether to file.
    pub impatience_year: Option<Q>,
    /// Hours of each task.
    pub takes: [Option<Q>; TASKS.len()],
    /// Awareness by notice.
    pub notices: Vec<(String, Q)>,
}

/// A take-up profile of the file.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Key in the file.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Its curve.
    pub takeup: TakeUp,
    /// What a claim takes.
    pub effort: Effort,
}

/// Keys of a curve, which tells who files by what is at stake.
const CURVE: [&str; 6] = ["curve", "awareness", "notice", "burden", "wait", "beta"];

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
            let effort = self.effort(&mut fields);
            fields.finish(self);
            profiles.push(Profile { id: entry.key.clone(), title, takeup, effort });
        }
        profiles
    }

    fn effort(&mut self, fields: &mut Fields<'a>) -> Effort {
        let mut hours = |key| fields.take(key).map(|n| self.number(n, &fields.at(key), HOURS).q);
        Effort { review_hours: hours("review"), claimant_hours: hours("effort") }
    }

    /// A take-up curve: the keys of a filing profile that give one.
    pub fn takeup(&mut self, fields: &mut Fields<'a>) -> TakeUp {
        if fields.table.has("rate") {
            self.alone("rate", &[&CURVE[..], &["table"]].concat(), fields);
            return TakeUp::Constant { rate: self.need_number(fields, "rate", SHARE, "").q };
        }
        if let Some(node) = fields.take("table") {
            self.alone("table", &CURVE, fields);
            let path = fields.at("table");
            return TakeUp::Table { points: self.takeup_points(node, &path) };
        }
        fields.instead(&["rate", "table"]);
        let weibull = match fields.take("curve") {
            Some(node) => {
                self.choice(node, "take-up curve", &[("logistic", false), ("weibull", true)]).unwrap_or(false)
            }
            None => {
                self.fill(&fields.path, "curve", Node::text("logistic", fields.place));
                false
            }
        };
        let awareness = self.awareness(fields);
        let example = "`burden = \"6000 KRW\"`, the award at which half of the aware file, or its parts, \
             `burden = { forms = 1, documents = 2 }` (or `rate`, or `table`)";
        // What it is tells whether `beta` must be stated, also where its key is misspelt.
        let burden = fields.table.get("burden").or_else(|| fields.meant_for("burden"));
        let by_parts = burden.and_then(Node::as_table).is_some_and(|t| !HEADS.iter().any(|h| t.has(h)));
        let priced = burden.is_none_or(is_number);
        let claim = match burden.filter(|_| by_parts) {
            Some(node) => {
                fields.need("burden", example);
                self.burden(node, &fields.at("burden"), fields.table.has("burden"))
            }
            None => Asks::Money(self.need_number(fields, "burden", SOME_MONEY, example).q),
        };
        let wait = fields.take("wait").map(|n| self.number(n, &fields.at("wait"), HOURS).q);
        let impatience = self.ladder.impatience_year;
        let wait = wait.map(|hours| Wait {
            hours,
            impatience_year: impatience.unwrap_or_else(|| self.stand_in(&fields.at("impatience"), FACTOR).q),
        });
        let burden = Burden { claim, wait };
        let beta = if !priced && !fields.table.has("beta") {
            fields.skip(&["beta"]);
            // Of parts of which none is known the ladder tells nothing, nor of what is neither parts nor a sum; and that has
            // been said.
            self.ladder.beta.unwrap_or_else(|| self.stand_in(&fields.at("beta"), POSITIVE).q)
        } else {
            self.need_number(fields, "beta", POSITIVE, "`beta = 1.5`").q
        };
        match weibull {
            true => TakeUp::Weibull { awareness, burden, beta },
            false => TakeUp::Logistic { awareness, burden, beta },
        }
    }

    /// Tells of keys that cannot stand beside one that tells by itself who files.
    fn alone(&mut self, key: &str, others: &[&'static str], fields: &mut Fields<'a>) {
        let beside: Vec<&'static str> = others.iter().copied().filter(|other| fields.table.has(other)).collect();
        let Some(place) = fields.table.entries.iter().find(|e| e.key == key).map(|e| e.key_place) else { return };
        if beside.is_empty() {
            return;
        }
        fields.skip(&beside);
        let others = listed(beside.iter().copied());
        self.error(place, format!("`{key}` cannot stand together with {others}"))
            .help(format!("`{key}` tells by itself who files: leave it out, or {others}"));
    }

    /// The share who know of it: stated, or by the notice.
    fn awareness(&mut self, fields: &mut Fields<'a>) -> Q {
        let Some(node) = fields.take("notice") else { return self.number_or(fields, "awareness", SHARE, 1.0).q };
        if let Some(stated) = fields.take("awareness") {
            self.error(stated.place, "`awareness` and `notice` cannot stand together")
                .help("a notice gives the share who know of it; keep one of the two");
        }
        let mut names: Vec<String> = self.ladder.notices.iter().map(|n| n.0.clone()).collect();
        names.extend(supply::notices());
        names.sort_unstable();
        names.dedup();
        let found = self.reference(node, "notice", &names).map(|i| names[i].clone());
        let known = found.and_then(|name| self.ladder.notices.iter().find(|n| n.0 == name).map(|n| n.1));
        known.unwrap_or_else(|| self.stand_in(&fields.at("awareness"), SHARE).q)
    }

    /// A burden by its parts; `stated`: under its own key, so that the ladder was asked for what they cost.
    fn burden(&mut self, node: &'a Node, path: &str, stated: bool) -> Asks {
        let mut list = Vec::new();
        if let Some(mut fields) = self.open(node, path) {
            for (task, key) in TASKS.into_iter().enumerate() {
                let Some(count) = fields.take(key).map(|n| self.number(n, &fields.at(key), FACTOR)) else { continue };
                let hours = self.ladder.takes[task].unwrap_or_else(|| self.stand_in(path, SOME_HOURS).q);
                list.push(Part { task, count: count.q, hours });
            }
            let wrong = fields.finish(self);
            let nothing = list.iter().all(|p| matches!(self.quantities.get(p.count).law, Law::Constant(0.0)));
            if nothing && !wrong {
                self.error(node.place, "this burden has no parts, so that everybody who knows of it would file")
                    .help(format!("give at least one of {}, above 0", TASKS.join(", ")));
            }
        }
        // Of a `ladder` that is no table has been told: what an hour is worth may stand there.
        let readable = self.root.get("ladder").is_none_or(|n| n.as_table().is_some());
        if stated && self.ladder.hour.is_none() && !list.is_empty() && !self.currency.is_empty() && readable {
            let currency = self.currency.clone();
            self.error(
                node.place,
                format!("the filing ladder knows no wage in {currency}, so the parts have no price"),
            )
            .help("add `[ladder]` with `hour = …`, what an hour of work is worth");
        }
        let [hassle, hour] = [self.ladder.hassle, self.ladder.hour];
        let mut or_stand_in =
            |q: Option<Q>, key: &str| q.unwrap_or_else(|| self.stand_in(&format!("{path}.{key}"), POSITIVE).q);
        let (hassle, hour) = (or_stand_in(hassle, "hassle"), or_stand_in(hour, "hour"));
        Asks::Parts(Box::new(Parts { list, hassle, hour }))
    }

    /// Reads `[ladder]`: what ways to claim that are given by their parts have in common.
    pub fn ladder_numbers(&mut self, node: Option<&'a Node>) {
        let Some(mut fields) = node.and_then(|n| self.open(n, "ladder")) else { return };
        let mut get =
            |reading: &mut Self, key, ask| fields.take(key).map(|n| reading.number(n, &fields.at(key), ask).q);
        self.ladder.hour = get(self, "hour", SOME_MONEY);
        self.ladder.hassle = get(self, "hassle", POSITIVE);
        self.ladder.beta = get(self, "beta", POSITIVE);
        self.ladder.impatience_year = get(self, "impatience_year", FACTOR);
        if let Some(mut takes) = fields.take("takes").and_then(|n| self.open(n, "ladder.takes")) {
            for (task, key) in TASKS.into_iter().enumerate() {
                self.ladder.takes[task] = takes.take(key).map(|n| self.number(n, &takes.at(key), SOME_HOURS).q);
            }
            takes.finish(self);
        }
        if let Some(notices) = fields.take("notices").and_then(|n| self.open(n, "ladder.notices")) {
            for entry in &notices.table.entries {
                self.name(&entry.key, entry.key_place);
                let q = self.number(&entry.node, &notices.at(&entry.key), SHARE).q;
                self.ladder.notices.push((entry.key.clone(), q));
            }
        }
        fields.finish(self);
    }

    fn takeup_points(&mut self, node: &'a Node, path: &str) -> Vec<(Q, Q)> {
        let list = self.points(node, "[ [1000, 0.01], [10000, 0.1] ]");
        if node.as_list().is_some_and(<[Node]>::is_empty) {
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

    /// How people come by what a rule gives, and what a claim takes.
    pub fn filing(&mut self, fields: &mut Fields<'a>, profiles: &[Profile]) -> (Filing, Effort) {
        let path = fields.at("filing");
        let Some(node) = fields.take("filing") else {
            self.fill(&fields.path, "filing", Node::text(AUTOMATIC, fields.place));
            return (self.everybody(&path), Effort::default());
        };
        let effortless = |filing| (filing, Effort::default());
        match &node.value {
            Value::Text(word) if word == AUTOMATIC => effortless(self.everybody(&path)),
            Value::Text(_) => self.named_profile(node, &path, profiles),
            Value::Table(table) if table.has(AUTOMATIC) => effortless(self.reach(node, &path)),
            Value::Table(_) => match self.open(node, &path) {
                Some(mut inner) => {
                    inner.instead(&[AUTOMATIC]);
                    let takeup = self.takeup(&mut inner);
                    let effort = self.effort(&mut inner);
                    inner.finish(self);
                    (Filing::Claim(takeup), effort)
                }
                None => effortless(self.everybody(&path)),
            },
            _ => {
                self.wrong_kind(node, "the name of a filing profile")
                    .help("write \"automatic\", the name of a profile under [filing], or { rate = 0.02 }");
                effortless(self.everybody(&path))
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

    fn named_profile(&mut self, node: &'a Node, path: &str, profiles: &[Profile]) -> (Filing, Effort) {
        let mut names: Vec<String> = profiles.iter().map(|p| p.id.clone()).collect();
        names.push(AUTOMATIC.into());
        if self.without_wage(node, &names) {
            return (self.everybody(path), Effort::default());
        }
        match self.filing_profile(node, &names) {
            Some(i) if i < profiles.len() => {
                self.used.insert(format!("filing.{}", names[i]));
                (Filing::Claim(profiles[i].takeup.clone()), profiles[i].effort)
            }
            _ => (self.everybody(path), Effort::default()),
        }
    }

    /// Index of a filing profile among some. Where none has a name like it, those that are built in are told of as well.
    pub fn filing_profile(&mut self, node: &'a Node, names: &[String]) -> Option<usize> {
        let found = self.reference(node, "filing profile", names);
        let near = |names: &[String]| closest(node.as_text()?, names.iter().map(String::as_str)).map(String::from);
        let built_in = supply::at_hand(&self.currency);
        if found.is_some() || node.as_text().is_none() || near(names).is_some() || built_in.is_empty() {
            return found;
        }
        if let Some(d) = self.diagnostics.last_mut() {
            d.help(
                near(&built_in).map_or_else(String::new, |name| format!("did you mean `{name}`, which is built in?")),
            );
            let all = listed(built_in.iter().map(String::as_str));
            d.help(format!("built in are {all}: a rule that names one has it, and nothing need stand under [filing]"));
        }
        None
    }

    /// True, and told, for the name of a built-in profile that is not there because the ladder knows no wage in the
    /// scenario's currency.
    pub fn without_wage(&mut self, node: &Node, names: &[String]) -> bool {
        let Some(word) = node.as_text().filter(|word| !names.iter().any(|name| name == word)) else { return false };
        let Some(parts) = supply::built_in_parts(word) else { return false };
        // Of a wrong currency has been told.
        if self.currency.is_empty() {
            return true;
        }
        let message =
            format!("the built-in profile `{word}` is not there in {0}: no wage in {0} is known", self.currency);
        let hour = if self.ladder.hour.is_some() {
            "its price is then that of `[ladder]`"
        } else {
            "and say under [ladder] what an hour of work is worth: hour = …"
        };
        let near = closest(word, names.iter().map(String::as_str).filter(|name| *name != AUTOMATIC));
        let near = near.map_or_else(String::new, |name| format!("did you mean `{name}`, which stands under [filing]?"));
        let help = match self.root.get("outage") {
            Some(_) => format!("write it by its parts: [filing.{word}] with {parts}; {hour}"),
            // A company has no ladder.
            None => format!("write [filing.{word}] with `awareness`, `burden` and `beta` of its own"),
        };
        self.error(node.place, message).missing(format!("filing.{word}")).help(near).help(help);
        true
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
