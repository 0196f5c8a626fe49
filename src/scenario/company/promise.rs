//! Guidelines in force at a company: a scheme of the library or of the file itself, asked each event, month, quarter or
//! year.

use super::super::applied::trees::{in_force, with_facts};
use super::super::currencies::how_to_give_rate;
use super::super::filing::Profile;
use super::super::number::POSITIVE;
use super::super::reader::{Fields, Reading};
use super::super::scheme;
use super::super::tree::{Node, Table};
use crate::guideline::{along, applied};
use crate::model::company::{Asked, Named, Promise, PromisedRule, YearFeed};
use crate::model::expression::{Dimension, Type};
use crate::model::scheme::{Gives, Origin, Version};
use crate::model::{Filing, Q, Unit};

/// Facts that a year knows, with the words for their types.
const KNOWN: [(&str, &str); 9] = [
    ("loss", "money"),
    ("outage", "duration"),
    ("outages", "durations"),
    ("fee_month", "money"),
    ("month", "duration"),
    ("period", "duration"),
    ("began", "date"),
    ("ended", "date"),
    ("down", "period"),
];

impl<'a> Reading<'a> {
    /// Reads `[guidelines]` of a company.
    pub(super) fn promises(&mut self, node: Option<&'a Node>, year: i32, profiles: &[Profile]) -> Vec<Promise> {
        let Some(table) = node.and_then(|n| self.open(n, "guidelines")) else { return Vec::new() };
        let mut promises = Vec::new();
        for entry in &table.table.entries {
            self.own_name(&entry.key, entry.key_place, "guideline", "guidelines");
            let path = format!("guidelines.{}", entry.key);
            if let Some(fields) = self.open(&entry.node, &path) {
                promises.extend(self.promise(&entry.key, fields, year, profiles));
            }
        }
        promises
    }

    /// What a guideline pays stands in its scheme; an empty list is what the reading of a scheme's name leaves.
    fn no_rules_beside(&mut self, fields: &mut Fields<'a>) {
        let path = &fields.path;
        let help = format!("write them as [[{path}.scheme.rules]], in the words of docs/rules.md");
        let Some(node) = fields.take("rules").filter(|n| n.as_list().is_none_or(|list| !list.is_empty())) else {
            return;
        };
        self.error(node.place, "the rules of a company's guideline stand in its scheme").help(help);
    }

    fn promise(&mut self, id: &str, mut fields: Fields<'a>, year: i32, profiles: &[Profile]) -> Option<Promise> {
        let title = self.title_or(&mut fields, id);
        fields.skip(&["note", "jurisdiction", "effective", "evidence"]);
        self.no_rules_beside(&mut fields);
        let times =
            [("event", Asked::Event), ("month", Asked::Month), ("quarter", Asked::Quarter), ("year", Asked::Year)];
        let asked = fields.need("asked", "`asked = \"event\"`, \"month\", \"quarter\" or \"year\"");
        let asked = asked.and_then(|n| self.choice(n, "time that a guideline is asked for", &times));
        let customers = self.addressed(&mut fields, false);
        let (filing, _) = self.filing(&mut fields, profiles);
        let claim_cost = self.cost_or_zero(&mut fields, "claim_cost");
        let node = fields.need("scheme", "`scheme = \"…\"`, a name of the library, or [guidelines.name.scheme]");
        let facts = fields.take("facts").and_then(|n| n.as_table());
        let only = fields.take("only");
        let (version, currency) = match node.filter(|n| n.as_table().is_some()) {
            Some(node) => (self.promised_version(node, &mut fields, facts, year), node.get("currency")),
            None => {
                fields.skip(&["version", "rate", "price_level"]);
                fields.finish(self);
                return None;
            }
        };
        let theirs = currency.and_then(Node::as_text).unwrap_or(&self.currency).to_string();
        let rate = self.promised_rate(&theirs, &mut fields);
        let path = fields.at("facts");
        let place = fields.place;
        fields.finish(self);
        let only = only.map_or_else(Vec::new, |n| {
            let ids: Vec<String> = version.rules.iter().map(|r| r.id.clone()).collect();
            self.references(n, "rule of this scheme", &ids)
        });
        if let (Some(tree), Some(facts)) = (node, facts) {
            self.unknown_facts(tree, &version, &[(facts, path.clone())]);
        }
        let feeds = self.year_feeds(&version, facts, (&path, &theirs), asked.unwrap_or(Asked::Event));
        let mut rules = Vec::new();
        for rule in (0..version.rules.len()).filter(|i| only.is_empty() || only.contains(i)) {
            if self.knows_enough(&version, &feeds, rule, place) {
                let filing = match version.rules[rule].mode.as_str() {
                    "automatic" => {
                        let path = format!("guidelines.{id}.{}.automatic", version.rules[rule].id);
                        Filing::Automatic { reach: self.plumbing(&path, Unit::Share, 1.0).q }
                    }
                    _ => filing.clone(),
                };
                rules.push(PromisedRule { rule, filing, needed: applied::needed(&version, rule) });
            }
        }
        let named = Named { id: id.into(), title };
        let asked = asked.unwrap_or(Asked::Event);
        Some(Promise { named, asked, customers, version, feeds, rules, rate, claim_cost })
    }

    /// The version in force at the start of the year, or the one that is named.
    fn promised_version(
        &mut self,
        node: &'a Node,
        fields: &mut Fields<'a>,
        facts: Option<&Table>,
        year: i32,
    ) -> Version {
        let own = self.currency.clone();
        let currency = node.get("currency").and_then(Node::as_text).unwrap_or(&own).to_string();
        let mut found = Vec::new();
        let trees = scheme::version_trees(node, &mut found);
        let named = fields.take("version").and_then(|n| self.text(n).map(|t| (t.to_string(), n.place)));
        let chosen = match &named {
            Some((id, place)) => {
                let at = trees.iter().position(|t| t.get("id").and_then(Node::as_text) == Some(id.as_str()));
                if at.is_none() {
                    let ids: Vec<&str> = trees.iter().filter_map(|t| t.get("id").and_then(Node::as_text)).collect();
                    self.error(*place, format!("there is no version `{id}` of this scheme"))
                        .help(format!("there are {}", ids.join(", ")));
                }
                at.unwrap_or(0)
            }
            None => in_force(&trees, &format!("{year}-01-01")).0,
        };
        let tree = trees
            .get(chosen)
            .map_or_else(|| node.clone(), |t| with_facts(t, facts.as_slice(), &[], (&KNOWN, false), &currency));
        let version = scheme::version(&tree, &currency, &[], &mut found);
        self.diagnostics.append(&mut found);
        if let Some(own) = trees.get(chosen) {
            self.impossible_facts(own, &version, facts.as_slice(), &currency);
        }
        version
    }

    fn promised_rate(&mut self, theirs: &str, fields: &mut Fields<'a>) -> (Q, Q) {
        if theirs != self.currency && fields.take("rate").is_none() && !self.currency.is_empty() {
            let what = format!("this scheme is in {theirs}, the company in {}", self.currency);
            let help = how_to_give_rate(&self.currency, theirs);
            self.error(fields.place, what).help(help);
        }
        let rate = self.number_or(fields, "rate", POSITIVE, 1.0);
        self.one_for_one(fields, theirs == self.currency, rate);
        (rate.q, self.number_or(fields, "price_level", POSITIVE, 1.0).q)
    }

    fn year_feeds(
        &mut self,
        version: &Version,
        facts: Option<&'a Table>,
        (path, currency): (&str, &str),
        asked: Asked,
    ) -> Vec<YearFeed> {
        let mut feeds = Vec::new();
        for name in &version.names {
            let told = facts.and_then(|t| t.get(&name.name)).filter(|n| n.as_table().is_some());
            feeds.push(match (&name.origin, told) {
                (Origin::Step(_), _) => YearFeed::Step,
                (_, Some(n)) => self
                    .fact(n, &format!("{path}.{}", name.name), name, currency)
                    .map_or(YearFeed::Unknown, YearFeed::Quantity),
                (Origin::Fact(default), None) => match (name.name.as_str(), &name.ty, default) {
                    ("loss", Type::Amount(Dimension::MONEY), _) => YearFeed::Loss,
                    ("outage", Type::Amount(Dimension::TIME), _) => YearFeed::Total,
                    ("outages", Type::List(Dimension::TIME), _) => YearFeed::Outages,
                    ("fee_month", Type::Amount(Dimension::MONEY), _) => YearFeed::FeeMonth,
                    ("month", Type::Amount(Dimension::TIME), _) => YearFeed::Month,
                    ("period", Type::Amount(Dimension::TIME), _) => YearFeed::Period,
                    ("began", Type::Moment, _) if asked == Asked::Event => YearFeed::Began,
                    ("ended", Type::Moment, _) if asked == Asked::Event => YearFeed::Ended,
                    ("down", Type::Period, _) if asked == Asked::Event => YearFeed::Down,
                    (_, _, Some(v)) => YearFeed::Known(v.clone()),
                    (_, _, None) => YearFeed::Unknown,
                },
            });
        }
        feeds
    }

    /// False, with the reason told, for a rule that a year cannot ask.
    fn knows_enough(
        &mut self,
        version: &Version,
        feeds: &[YearFeed],
        rule: usize,
        place: super::super::report::Place,
    ) -> bool {
        let rule = &version.rules[rule];
        let Gives::Money(pays) = &rule.gives else {
            self.warn(place, format!("the rule `{}` of this scheme gives no money and is left out", rule.id))
                .help("nothing need be done; `only` lists the rules that are applied");
            return false;
        };
        let parts = || rule.when.iter().map(|w| &w.root).chain([&pays.root]);
        let open: Vec<&str> = (0..version.names.len())
            .filter(|i| feeds[*i] == YearFeed::Unknown && parts().any(|n| along::uses(n, *i, &version.names)))
            .map(|i| version.names[i].name.as_str())
            .collect();
        if open.is_empty() {
            return true;
        }
        if open.iter().any(|name| self.misnamed.contains(*name)) {
            return false; // the name that was meant to be this one has been told
        }
        self.error(place, format!("the rule `{}` of this scheme needs to know {}", rule.id, open.join(", "))).help(
            format!(
                "add facts = {{ {} = … }}: a value, or an expression of {}; or leave the rule out with `only`",
                open[0],
                KNOWN.map(|k| k.0).join(", ")
            ),
        );
        false
    }
}
