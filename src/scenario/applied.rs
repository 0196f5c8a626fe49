//! Schemes of the rule language as guidelines of a scenario: which version, whose facts come from where, at what rate.

use std::sync::Arc;

use super::number::{FACTOR, HOURS, POSITIVE};
use super::reader::{Fields, Known, Reading};
use super::report::Place;
use super::scheme::{self, TYPES};
use super::tree::{Node, Table, Value as Toml};
use crate::guideline::{along, applied, calendar};
use crate::model::expression::{Dimension, Type, Value};
use crate::model::scheme::{Gives, Name, Origin, Version};
use crate::model::{Amount, Effort, Feed, Filing, Form, Q, Rule, SchemeAmount, Unit};

use super::filing::Profile;

/// Facts that every scenario knows, with the words for their types.
pub const STANDARD: [(&str, &str); 7] = [
    ("loss", "money"),
    ("outage", "duration"),
    ("fee_month", "money"),
    ("month", "duration"),
    ("began", "date"),
    ("ended", "date"),
    ("down", "period"),
];

impl<'a> Reading<'a> {
    /// The rules of a guideline that applies a scheme.
    pub fn applied(&mut self, node: &'a Node, fields: &mut Fields<'a>, profiles: &[Profile]) -> Vec<Rule> {
        let facts = fields.take("facts").and_then(|n| n.as_table());
        let (version, tree) = self.version(node, fields, facts);
        let cohorts = self.addressed(fields, true);
        let (rate, price_level) = self.rate(node, fields);
        let (filing, effort) = self.filing(fields, profiles);
        let path = fields.at("facts");
        let partly = fields.take("partly").and_then(|n| self.truth(n)).unwrap_or(false);
        let only = fields.take("only").map_or_else(Vec::new, |n| {
            let ids: Vec<String> = version.rules.iter().map(|r| r.id.clone()).collect();
            self.references(n, "rule of this scheme", &ids)
        });
        let feeds = Arc::new(self.feeds(&version, facts, &path, node.place));
        let version = Arc::new(version);
        let currency: Arc<str> = node.get("currency").and_then(Node::as_text).unwrap_or("").into();
        let (mut rules, mut unknown) = (Vec::new(), Vec::new());
        for i in (0..version.rules.len()).filter(|i| only.is_empty() || only.contains(i)) {
            let (version, feeds, currency) = (version.clone(), feeds.clone(), currency.clone());
            let needed = applied::needed(&version, i);
            let amount = SchemeAmount { version, rule: i, feeds, needed, currency, rate, price_level };
            if self.can_be_applied(&amount, node.place, partly, &mut unknown) {
                let cohorts = self.known_of(&amount, &cohorts, node.place, partly);
                self.tell_bent(&amount, &tree);
                rules.push(self.one_rule(amount, &cohorts, (&filing, effort), fields));
            }
        }
        self.tell_defaults(&rules, node.place);
        if partly && rules.is_empty() {
            unknown.sort_unstable();
            unknown.dedup();
            let help = match unknown.as_slice() {
                [] => "none of its rules pays money, and a simulation is of money".into(),
                open => {
                    format!("it needs to know {}; state them in the file as facts of the guideline", open.join(", "))
                }
            };
            self.error(node.place, "no rule of this scheme can be applied to what this scenario knows").help(help);
        }
        rules
    }

    fn one_rule(
        &mut self,
        amount: SchemeAmount,
        cohorts: &[usize],
        (filing, effort): (&Filing, Effort),
        fields: &Fields<'a>,
    ) -> Rule {
        let rule = applied::rule(&amount).clone();
        let path = format!("{}.{}", fields.path, rule.id);
        let one = |reading: &mut Self, key: &str| reading.plumbing(&format!("{path}.{key}"), Unit::Share, 1.0).q;
        let (filing, effort) = match rule.mode.as_str() {
            "automatic" => (Filing::Automatic { reach: one(self, "filing.automatic") }, Effort::default()),
            _ => (filing.clone(), effort),
        };
        Rule {
            id: rule.id,
            title: rule.title,
            cohorts: cohorts.to_vec(),
            services: Vec::new(),
            hours_from: None,
            hours_to: None,
            losers_only: applied::looks_at(&amount, &Feed::Loss),
            amount: Amount::Scheme(Box::new(amount)),
            cap: None,
            minimum: None,
            filing,
            approval: one(self, "approval"),
            form: Form::Cash,
            effort,
            procedure: None,
        }
    }

    /// The version in force at the start of the outage, or the one that is named, with the scenario's facts in it.
    fn version(&mut self, node: &Node, fields: &mut Fields<'a>, facts: Option<&Table>) -> (Version, Node) {
        let currency = node.get("currency").and_then(Node::as_text).unwrap_or("").to_string();
        let mut found = Vec::new();
        let trees = scheme::version_trees(node, &mut found);
        let named = fields.take("version").and_then(|n| self.text(n).map(|t| (t.to_string(), n.place)));
        let chosen = match &named {
            Some((id, place)) => {
                let at = trees.iter().position(|t| t.get("id").and_then(Node::as_text) == Some(id.as_str()));
                if at.is_none() {
                    let ids: Vec<&str> = trees.iter().filter_map(|t| t.get("id").and_then(Node::as_text)).collect();
                    let help = format!("there are {}", ids.join(", "));
                    self.error(*place, format!("there is no version `{id}` of this scheme")).help(help);
                }
                at.unwrap_or(0)
            }
            None => {
                let (chosen, early) = in_force(&trees, &self.start_text());
                if early {
                    let what =
                        "no version of this scheme was in force at the start of the outage; its first is applied";
                    self.warn(node.place, what);
                }
                chosen
            }
        };
        let attributes = self.names.attributes.clone();
        let tree = trees.get(chosen).map(|t| with_facts(t, facts, &attributes, (&STANDARD, true)));
        let version = tree.as_ref().map(|t| scheme::version(t, &currency, &[], &mut found));
        self.diagnostics.append(&mut found);
        let version = version.unwrap_or_else(|| Version {
            id: String::new(),
            title: crate::model::Text::default(),
            from: None,
            holidays: Vec::new(),
            names: Vec::new(),
            rules: Vec::new(),
            simulated_from: Vec::new(),
        });
        (version, tree.unwrap_or_else(|| node.clone()))
    }

    /// Start of the outage as it is written.
    pub(super) fn start_text(&self) -> String {
        let start = self.root.get("outage").and_then(|o| o.get("start"));
        start.map(scheme::text_of).unwrap_or_default()
    }

    /// The scenario's money for one unit of the scheme's, and the price level by which it is adjusted.
    fn rate(&mut self, node: &Node, fields: &mut Fields<'a>) -> (Q, Q) {
        let theirs = node.get("currency").and_then(Node::as_text).unwrap_or("");
        let same = theirs == self.currency;
        if !same && fields.take("rate").is_none() {
            let what = format!("this scheme is in {theirs}, the scenario in {}", self.currency);
            let help = format!("add `rate = 1_430`, the {} for one {theirs}, with its source", self.currency);
            self.error(fields.place, what).help(help);
        }
        let rate = self.number_or(fields, "rate", POSITIVE, 1.0).q;
        (rate, self.number_or(fields, "price_level", POSITIVE, 1.0).q)
    }

    fn feeds(&mut self, version: &Version, facts: Option<&'a Table>, path: &str, place: Place) -> Vec<Feed> {
        let start = match scheme::read_value(&self.start_text(), &Type::Moment, "") {
            Ok(Value::Moment(m)) => m,
            _ => 0,
        };
        if let Some(facts) = facts {
            for entry in &facts.entries {
                if version.find(&entry.key).is_none() {
                    let known: Vec<String> = version.facts().map(|n| n.name.clone()).collect();
                    let help = super::paths::suggestion(&entry.key, &known);
                    self.error(entry.key_place, format!("this scheme has no fact `{}`", entry.key)).help(help);
                }
            }
        }
        let mut feeds = Vec::new();
        for name in &version.names {
            let attribute = self.names.attributes.iter().any(|a| a.name == name.name);
            if attribute && matches!(name.origin, Origin::Fact(_)) && self.attribute_for(name).is_none() {
                let above = if name.above_zero { " above zero" } else { "" };
                let what = format!("the scheme's fact `{}` is {}{above}", name.name, name.ty);
                self.warn(place, format!("{what}: it is not taken from the attribute of that name"));
            }
            let told = facts.and_then(|t| t.get(&name.name)).filter(|n| n.as_table().is_some());
            feeds.push(match (&name.origin, told) {
                (Origin::Step(_), _) => Feed::Step,
                (_, Some(n)) => {
                    let ask = match &name.ty {
                        Type::Amount(Dimension::TIME) => HOURS,
                        Type::Amount(_) if name.above_zero => POSITIVE,
                        _ => FACTOR,
                    };
                    Feed::Quantity(self.number(n, &format!("{path}.{}", name.name), ask).q)
                }
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

    /// Of some cohorts, those of whose people everything is known that a rule looks at. That one is not is a mistake, or
    /// leaves it out.
    fn known_of(&mut self, s: &SchemeAmount, cohorts: &[usize], place: Place, partly: bool) -> Vec<usize> {
        let mut left = cohorts.to_vec();
        for (i, a) in self.names.attributes.clone().iter().enumerate() {
            if !applied::looks_at(s, &Feed::Attribute(i)) {
                continue;
            }
            let lacking: Vec<usize> = left.iter().copied().filter(|c| !a.cohorts.contains(c)).collect();
            if lacking.is_empty() {
                continue;
            }
            let names: Vec<String> = lacking.iter().map(|c| format!("`{}`", self.names.cohorts[*c].0)).collect();
            let what = format!(
                "the rule `{}` of this scheme looks at `{}`, which is not known of {}",
                applied::rule(s).id,
                a.name,
                names.join(", ")
            );
            if partly {
                self.warn(place, format!("{what}: the rule is not applied there"));
                left.retain(|c| !lacking.contains(c));
            } else {
                let first = &self.names.cohorts[lacking[0]].0;
                let help =
                    format!("add [cohorts.{first}.attributes.{}], or say with `for` whom the scheme is for", a.name);
                self.error(place, what).help(help);
            }
        }
        left
    }

    /// Tells which facts that the rules look at hold by their defaults alone.
    fn tell_defaults(&mut self, rules: &[Rule], place: Place) {
        let mut told: Vec<String> = Vec::new();
        for rule in rules {
            let Amount::Scheme(s) = &rule.amount else { continue };
            for (name, feed) in s.version.names.iter().zip(s.feeds.iter()) {
                if let (Origin::Fact(Some(_)), Feed::Known(v)) = (&name.origin, feed) {
                    let value = scheme::shown(v, &name.ty, "", crate::model::Lang::En);
                    let text = format!("{} = {}", name.name, value.trim_end());
                    if applied::looks_at(s, feed) && !told.contains(&text) {
                        told.push(text);
                    }
                }
            }
        }
        if !told.is_empty() {
            self.warn(
                place,
                format!("of this scheme these facts are not stated and hold as usual: {}", told.join(", ")),
            );
        }
    }

    /// Tells of a rule that has no schedule in the loss, at the expression that is why.
    fn tell_bent(&mut self, s: &SchemeAmount, tree: &Node) {
        let Some(bent) = applied::bent(s) else { return };
        let rules = tree.get("rules").and_then(Node::as_list).unwrap_or(&[]);
        let own = rules.iter().find(|r| r.get("id").and_then(Node::as_text) == Some(applied::rule(s).id.as_str()));
        let steps = ["steps", "fed"].iter().filter_map(|k| tree.get(k)?.as_table()).flat_map(|t| &t.entries);
        let texts = own.into_iter().flat_map(|r| [r.get("pays"), r.get("when")]).flatten();
        let mut texts = texts.chain(steps.map(|e| e.node.get("is").unwrap_or(&e.node)));
        let here = texts.find(|n| n.as_text() == Some(bent.expression.text.as_str()));
        let place = here.map_or(tree.place, |n| n.place);
        let (rule, does) = (&applied::rule(s).id, super::words::does(bent.how, crate::model::Lang::En));
        let what = format!("the rule `{rule}` {does}: `{}`", bent.text());
        self.warn(place, what)
            .help("it has no schedule: people who claim a loss are drawn one by one, which takes longer");
    }

    /// False, with the reason told, for a rule that a scenario cannot apply; `partly`: rules for which the scenario
    /// knows too little are left out.
    fn can_be_applied(&mut self, s: &SchemeAmount, place: Place, partly: bool, unknown: &mut Vec<String>) -> bool {
        let rule = applied::rule(s);
        let Gives::Money(pays) = &rule.gives else {
            let what = format!("the rule `{}` of this scheme gives no money and is left out", rule.id);
            self.warn(place, what);
            return false;
        };
        let names = &s.version.names;
        let looked_at: Vec<&crate::model::expression::Node> =
            rule.when.iter().map(|w| &w.root).chain([&pays.root]).collect();
        let uses = |i: usize| looked_at.iter().any(|n| along::uses(n, i, names));
        let open: Vec<&str> = (0..names.len())
            .filter(|i| s.feeds[*i] == Feed::Unknown && uses(*i))
            .map(|i| names[i].name.as_str())
            .collect();
        if !open.is_empty() {
            let what = format!("the rule `{}` of this scheme needs to know {}", rule.id, open.join(", "));
            unknown.extend(open.iter().map(|n| n.to_string()));
            if partly {
                self.warn(place, format!("{what} and is left out"));
                return false;
            }
            let help = format!(
                "add facts = {{ {} = … }}: a value, or an expression of {}; or leave the rule out with `only`",
                open[0],
                STANDARD.map(|(n, _)| n).join(", ")
            );
            self.error(place, what).help(help);
            return false;
        }
        true
    }
}

/// The latest version that was in force on a day. Where there was none yet the first, and true; where no version has a
/// date the last.
pub(super) fn in_force(trees: &[Node], start: &str) -> (usize, bool) {
    let day = |text: &str| match scheme::read_value(text, &Type::Moment, "") {
        Ok(Value::Moment(m)) => Some(calendar::day(m)),
        _ => None,
    };
    let from = |t: &Node| t.get("from").and_then(|n| day(&scheme::text_of(n)));
    let dated: Vec<(i64, usize)> = trees.iter().enumerate().filter_map(|(i, t)| from(t).map(|d| (d, i))).collect();
    let on = day(start).unwrap_or(i64::MAX);
    match (dated.iter().filter(|(d, _)| *d <= on).max(), dated.iter().min()) {
        (Some((_, i)), _) => (*i, false),
        (None, Some((_, i))) => (*i, true),
        (None, None) => (trees.len().saturating_sub(1), false),
    }
}

/// A version's tree with the standard facts and the attributes of people, and the facts that the scenario works out from
/// them. Where the scheme says what a simulation takes for a standard fact, that comes first or not (`own_first`).
pub(super) fn with_facts(
    tree: &Node,
    facts: Option<&Table>,
    attributes: &[Known],
    (standard, own_first): (&[(&str, &str)], bool),
) -> Node {
    let mut tree = tree.clone();
    let place = tree.place;
    let Some(root) = tree.as_table_mut() else { return tree };
    let mut own = root.remove("facts").map_or_else(Table::default, |e| e.node.as_table().cloned().unwrap_or_default());
    let mut fed = Table::default();
    for entry in facts.map_or(&[][..], |t| &t.entries) {
        // Tables are quantities; an attribute of the same name is fed as it is; anything else is an expression or a value
        // as written.
        let itself = entry.node.as_text().is_some_and(|t| t.trim() == entry.key);
        if entry.node.as_table().is_none()
            && !(itself && attributes.iter().any(|a| a.name == entry.key))
            && let Some(old) = own.remove(&entry.key)
        {
            let kind = old.node.get("type").cloned().unwrap_or(old.node);
            let word = kind.as_list().is_some() || kind.as_text() == Some("word");
            let yes_or_no = ["yes", "no"].contains(&scheme::text_of(&entry.node).as_str());
            let (table, key) = if word || yes_or_no { (&mut own, "default") } else { (&mut fed, "is") };
            let parts = vec![(key, entry.node.clone()), ("type", kind)];
            table.put(&entry.key, entry.key_place, Node::table(parts, entry.node.place));
        }
    }
    let simulated: Vec<(String, Node)> =
        own.entries.iter().filter_map(|e| e.node.get("simulated").map(|n| (e.key.clone(), n.clone()))).collect();
    // What is known of each person comes before what is worked out for all.
    let known = |name: &str| !own_first && standard.iter().any(|s| s.0 == name);
    let simulated =
        simulated.into_iter().filter(|(name, _)| !attributes.iter().any(|a| a.name == *name) && !known(name));
    for (name, is) in simulated {
        if let Some(old) = own.remove(&name) {
            let kind = old.node.get("type").cloned().unwrap_or(old.node);
            fed.put(&name, old.key_place, Node::table(vec![("is", is), ("type", kind)], old.key_place));
        }
    }
    let mut all = Table::default();
    let step = |name: &str| root.get("steps").is_some_and(|n| n.get(name).is_some());
    let rules = root.get("rules").and_then(Node::as_list).unwrap_or(&[]);
    let rule = |name: &str| rules.iter().any(|r| r.get("id").and_then(Node::as_text) == Some(name));
    let taken = |name: &str| own.has(name) || fed.has(name) || step(name) || rule(name);
    for (name, kind) in standard.iter().filter(|(name, _)| !taken(name)) {
        let mut parts = vec![("type", Node::text(kind, place))];
        if ["month", "period"].contains(name) {
            parts.push(("above_zero", Node { place, value: Toml::Bool(true) }));
        }
        all.put(name, place, Node::table(parts, place));
    }
    for a in attributes.iter().filter(|a| !taken(&a.name)) {
        let kind = TYPES.iter().find(|(_, ty)| *ty == a.ty).map_or("number", |(word, _)| word);
        let above = Node { place, value: Toml::Bool(a.above_zero) };
        all.put(&a.name, place, Node::table(vec![("type", Node::text(kind, place)), ("above_zero", above)], place));
    }
    all.entries.append(&mut own.entries);
    root.put("facts", place, Node { place, value: Toml::Table(all) });
    root.put("fed", place, Node { place, value: Toml::Table(fed) });
    tree
}
