//! Schemes of the rule language as guidelines of a scenario: which version, whose facts come from where, at what rate.

mod facts;
mod feeds;
mod figures;
mod stated;
pub(super) mod trees;

use std::sync::Arc;

use super::assumed::{assumed, listed, of_rule};
use super::currencies::how_to_give_rate;
use super::number::{Num, POSITIVE, Remark, SHARE};
use super::reader::{Fields, Reading, in_currency};
use super::report::Place;
use super::scheme;
use super::tree::{Node, Table};
use crate::guideline::{along, applied, fold};
use crate::model::expression::{Expression, Kind, Value};
use crate::model::scheme::{Gives, Version};
use crate::model::{Amount, Effort, Feed, Filing, Form, Q, Rule, SchemeAmount, Unit};
use trees::{TOGETHER, in_force, one_rule_of, paying, under_one_limit, with_facts};

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

/// What all rules of a scheme that is applied have in common.
struct Applying<'a> {
    /// The version's tree.
    tree: Node,
    /// Facts that the scenario states, with their paths; those that stand later win.
    facts: Vec<(&'a Table, String)>,
    /// Code of its currency.
    currency: Arc<str>,
    rate: Q,
    price_level: Q,
    /// Rules for which too little is known are left out.
    partly: bool,
    /// Where the scheme is named.
    place: Place,
    /// Path of the scheme in the scenario.
    path: String,
    /// Where its figures come from.
    cited: Remark,
}

/// A version as it was read.
struct Read {
    version: Version,
    /// With what is the same in all worlds worked out.
    folded: Version,
    feeds: Vec<Feed>,
}

impl Read {
    /// True where a rule applies to nobody, whatever happens.
    fn never_applies(&self, rule: usize) -> bool {
        let never = |e: &Expression| matches!(e.root.kind, Kind::Literal(Value::Truth(false)));
        self.folded.rules[rule].when.as_ref().is_some_and(never)
    }

    /// Facts that a rule of money looks at as it is written and that nobody knows.
    fn unknown(&self, rule: usize) -> Vec<String> {
        if !matches!(self.version.rules[rule].gives, Gives::Money(_)) {
            return Vec::new();
        }
        let asked = applied::needed(&self.version, rule);
        let names = self.version.names.iter().zip(&self.feeds).zip(asked);
        names.filter(|((_, f), asked)| **f == Feed::Unknown && *asked).map(|((n, _), _)| n.name.clone()).collect()
    }
}

impl Applying<'_> {
    /// What a rule of a version pays, the tree of which is this one as the scheme has it.
    fn amount(&self, tree: &Node, read: &Read, rule: usize) -> SchemeAmount {
        let Read { version, folded, feeds } = read;
        let assumed = of_rule(tree, version, feeds, rule, &self.currency);
        let (version, feeds) = fold::alone(folded, feeds, rule);
        let (currency, rate, price_level) = (self.currency.clone(), self.rate, self.price_level);
        let told = scheme::rule_told(tree, &read.version, rule, &currency);
        SchemeAmount { version, feeds, assumed, currency, rate, price_level, told }
    }
}

/// Names of the rules of a version's tree.
fn rule_ids(tree: &Node) -> Vec<String> {
    let rules = tree.get("rules").and_then(Node::as_list).unwrap_or(&[]);
    rules.iter().map(|r| r.get("id").and_then(Node::as_text).unwrap_or("").to_string()).collect()
}

impl<'a> Reading<'a> {
    /// The rules of a guideline that applies a scheme; `borrowed`: of a library's, which may be for people who are not here.
    pub fn applied(
        &mut self,
        node: &'a Node,
        fields: &mut Fields<'a>,
        profiles: &[Profile],
        borrowed: bool,
    ) -> Vec<Rule> {
        let facts = fields.take("facts").and_then(|n| self.open(n, &fields.at("facts")));
        let facts: Vec<(&'a Table, String)> = facts.map(|f| (f.table, f.path)).into_iter().collect();
        let tree = self.version_tree(node, fields);
        let currency: Arc<str> = node.get("currency").and_then(Node::as_text).unwrap_or("").into();
        let cohorts = self.addressed(fields, borrowed);
        let (rate, price_level) = self.rate(node, fields);
        let (filing, effort) = self.filing(fields, profiles);
        let partly = fields.take("partly").and_then(|n| self.truth(n)).unwrap_or(false);
        let ids = rule_ids(&tree);
        let only = fields.take("only").map_or_else(Vec::new, |n| self.references(n, "rule of this scheme", &ids));
        let (place, path) = (node.place, fields.at("scheme"));
        let cited = self.source_of_scheme(node, &path);
        let all = Applying { tree, facts, currency, rate, price_level, partly, place, path, cited };
        let mut unknown = Vec::new();
        let rules = match fields.take("rules") {
            Some(list) if only.is_empty() => {
                self.rules_of(list, fields, &all, (&filing, effort), profiles, &mut unknown)
            }
            Some(list) => {
                self.error(list.place, "`only` and `rules` both say which rules of the scheme are applied")
                    .help("keep one of the two");
                Vec::new()
            }
            None => self.all_rules(&all, &only, &cohorts, (&filing, effort), fields, &mut unknown),
        };
        self.tell_assumed(&rules, node.place);
        if partly && rules.is_empty() && self.misnamed.is_empty() {
            unknown.sort_unstable();
            unknown.dedup();
            let help = match unknown.as_slice() {
                [] if pays(&all.tree) => {
                    "its rules never apply while its facts have their usual values; state them in the file as \
                                          facts of the guideline"
                        .into()
                }
                [] => "none of its rules pays money, and a simulation is of money".into(),
                open => {
                    format!("it needs to know {}; state them in the file as facts of the guideline", open.join(", "))
                }
            };
            self.error(node.place, "no rule of this scheme can be applied to what this scenario knows").help(help);
        }
        rules
    }

    /// All rules of a scheme, or some of them, as the scheme has them.
    fn all_rules(
        &mut self,
        all: &Applying<'a>,
        only: &[usize],
        cohorts: &[usize],
        (filing, effort): (&Filing, Effort),
        fields: &Fields<'a>,
        unknown: &mut Vec<String>,
    ) -> Vec<Rule> {
        let mut tree = all.tree.clone();
        let ids = rule_ids(&tree);
        let chosen: Vec<usize> = (0..ids.len()).filter(|i| only.is_empty() || only.contains(i)).collect();
        let limited = tree.get("at_most").is_some();
        under_one_limit(&mut tree, &chosen, &all.currency);
        let tree = self.with_scenario(&tree, &all.facts, &all.currency);
        let read = self.version_of(&tree, all, &all.facts);
        let version = &read.version;
        let chosen = if limited { (0..version.rules.len()).collect() } else { chosen };
        let mut rules = Vec::new();
        for rule in chosen.into_iter().filter(|i| *i < version.rules.len()) {
            if all.partly && read.never_applies(rule) {
                let id = &version.rules[rule].id;
                self.warn(all.place, format!("the rule `{id}` of this scheme never applies here and is left out"))
                    .help("state under `facts` what it asks for if it should apply");
                unknown.extend(read.unknown(rule));
                continue;
            }
            let amount = all.amount(&all.tree, &read, rule);
            if self.can_be_applied(&amount, all.place, all.partly, unknown) {
                let cohorts = self.known_of(&amount, cohorts, all.place, all.partly);
                self.tell_bent(&amount, &tree);
                self.figures_of(all, &read, rule, &all.facts, None);
                let mut rule = self.one_rule(amount, &cohorts, (filing, effort), fields);
                // Under one limit what does not look at the loss is for people without one too; what does gives them what
                // it gives at a loss of nothing.
                rule.losers_only &= !limited || trees::parts_look_at_loss(&read.version.names, &read.feeds);
                rules.push(rule);
            }
        }
        rules
    }

    /// Rules of a scheme as a guideline's own list says how each is applied.
    fn rules_of(
        &mut self,
        list: &'a Node,
        fields: &Fields<'a>,
        all: &Applying<'a>,
        filing: (&Filing, Effort),
        profiles: &[Profile],
        unknown: &mut Vec<String>,
    ) -> Vec<Rule> {
        if all.tree.get("at_most").is_some() {
            self.error(list.place, "the rules of this scheme share a limit and are applied as one")
                .help(format!("leave the list out; the rule is called `{TOGETHER}`"));
            return Vec::new();
        }
        self.check_whole(all);
        let mut rules: Vec<Rule> = Vec::new();
        for (i, item) in self.list(list).iter().enumerate() {
            let id = super::paths::member_name(item, "rules", i);
            if rules.iter().any(|r| r.id == id) {
                self.error(item.place, format!("two rules of this guideline are called `{id}`"))
                    .help("give each rule an `id` of its own");
            }
            if let Some(own) = self.open(item, &format!("{}.{id}", fields.at("rules"))) {
                rules.extend(self.listed_rule(id, own, all, filing, profiles, unknown));
            }
        }
        rules
    }

    /// A rule of a guideline that is a rule of a scheme.
    pub fn scheme_rule(&mut self, id: String, mut own: Fields<'a>, profiles: &[Profile]) -> Option<Rule> {
        let node = own.take("scheme")?;
        let tree = self.version_tree(node, &mut own);
        let currency: Arc<str> = node.get("currency").and_then(Node::as_text).unwrap_or("").into();
        let (rate, price_level) = self.rate(node, &mut own);
        let (place, path) = (node.place, own.at("scheme"));
        let cited = self.source_of_scheme(node, &path);
        let facts = Vec::new();
        let all = Applying { tree, facts, currency, rate, price_level, partly: false, place, path, cited };
        self.check_whole(&all);
        let path = own.at("filing.automatic");
        let everybody = Filing::Automatic {
            reach: match own.table.has("filing") {
                true => self.idle(&path, Unit::Share, 1.0),
                false => self.plumbing(&path, Unit::Share, 1.0).q,
            },
        };
        self.listed_rule(id, own, &all, (&everybody, Effort::default()), profiles, &mut Vec::new())
    }

    fn listed_rule(
        &mut self,
        id: String,
        mut own: Fields<'a>,
        all: &Applying<'a>,
        (filing, effort): (&Filing, Effort),
        profiles: &[Profile],
        unknown: &mut Vec<String>,
    ) -> Option<Rule> {
        self.rule_id(&mut own, &id);
        let ids = rule_ids(&all.tree);
        let at = match own.take("rule") {
            Some(n) => self.reference(n, "rule of this scheme", &ids),
            None => ids.iter().position(|i| *i == id).or_else(|| {
                self.error(own.place, format!("this scheme has no rule `{id}`"))
                    .help(format!("add `rule = \"…\"`: {}", ids.join(", ")));
                None
            }),
        };
        let title = own.take("title").map(|n| self.words(n));
        let cohorts = self.addressed(&mut own, false);
        let services = self.services_of_rule(&mut own);
        let (hours_from, hours_to) = self.hours_bounds(&mut own);
        let mut facts = all.facts.clone();
        facts.extend(own.take("facts").and_then(|n| self.open(n, &own.at("facts"))).map(|f| (f.table, f.path)));
        let alone = one_rule_of(&all.tree, at);
        let pays = own.take("pays");
        let in_kind = own.table.has("in_kind");
        let tree = match at.filter(|_| pays.is_some() || in_kind) {
            Some(at) => self.with_scenario(&paying(alone.clone(), &ids[at], pays), &facts, &all.currency),
            None => self.with_scenario(&alone, &facts, &all.currency),
        };
        let read = self.version_of(&tree, all, &facts);
        let rule = read.version.rules.first();
        let amount = rule.map(|_| all.amount(&alone, &read, 0));
        let by_loss = amount.as_ref().is_some_and(|a| applied::looks_at(a, &Feed::Loss));
        let losers_only = self.flag(&mut own, "losers_only", by_loss);
        let automatic = rule.is_some_and(|rule| rule.mode == "automatic");
        let (filing, effort) = match (own.table.has("filing"), automatic) {
            (true, _) => self.filing(&mut own, profiles),
            (false, true) => {
                let path = format!("{}.filing.automatic", own.path);
                own.take("filing");
                (Filing::Automatic { reach: self.plumbing(&path, Unit::Share, 1.0).q }, Effort::default())
            }
            _ => {
                own.take("filing");
                (filing.clone(), effort)
            }
        };
        let approval = self.number_or(&mut own, "approval", SHARE, 1.0).q;
        let form = self.form(&mut own);
        let procedure = self.own_procedure(&mut own);
        let (place, path) = (own.place, own.path.clone());
        own.finish(self);
        let amount = amount?;
        if !matches!(applied::rule(&amount).gives, Gives::Money(_)) {
            let what = format!("the rule `{}` of this scheme gives no money", applied::rule(&amount).id);
            let help = "say what it is worth: pays = \"5_000 KRW\", and in_kind where it is no money";
            self.error(place, what).help(in_currency(help, &all.currency));
            return None;
        }
        if !self.can_be_applied(&amount, place, all.partly, unknown) {
            return None;
        }
        let cohorts = self.known_of(&amount, &cohorts, place, all.partly);
        self.tell_bent(&amount, &tree);
        self.figures_of(all, &read, 0, &facts, pays.map(|_| path));
        Some(Rule {
            id,
            title: title.unwrap_or_else(|| applied::rule(&amount).title.clone()),
            cohorts,
            services,
            hours_from,
            hours_to,
            losers_only,
            amount: Amount::Scheme(Box::new(amount)),
            cap: None,
            minimum: None,
            filing,
            approval,
            form,
            effort,
            procedure,
        })
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
        // Who says more of a rule lists it under `rules`.
        let one = |reading: &mut Self, key: &str| reading.idle(&format!("{path}.{key}"), Unit::Share, 1.0);
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

    /// The tree of the version in force at the start of the outage, or of the one that is named.
    fn version_tree(&mut self, node: &Node, fields: &mut Fields<'a>) -> Node {
        let mut found = Vec::new();
        let trees = scheme::version_trees(node, &mut found);
        self.diagnostics.append(&mut found);
        let named = fields.take("version").and_then(|n| self.text(n).map(|t| (t.to_string(), n.place)));
        let chosen = match &named {
            Some((id, place)) => {
                let at = trees.iter().position(|t| t.get("id").and_then(Node::as_text) == Some(id.as_str()));
                if at.is_none() {
                    let ids = trees.iter().filter_map(|t| t.get("id").and_then(Node::as_text).map(String::from));
                    let ids: Vec<String> = ids.collect();
                    let help = match ids.is_empty() {
                        true => "it has no versions to choose among: leave `version` out".into(),
                        false => super::paths::suggestion(id, &ids),
                    };
                    self.error(*place, format!("there is no version `{id}` of this scheme")).help(help);
                }
                at.unwrap_or(0)
            }
            None => {
                let (chosen, early) = in_force(&trees, &self.start_text());
                if early {
                    let what =
                        "no version of this scheme was in force at the start of the outage; its first is applied";
                    self.warn(node.place, what).help("name the version that is meant: version = \"…\"");
                }
                chosen
            }
        };
        trees.get(chosen).cloned().unwrap_or_else(|| node.clone())
    }

    /// A version's tree with what the scenario knows and states.
    fn with_scenario(&self, tree: &Node, facts: &[(&'a Table, String)], currency: &str) -> Node {
        let tables: Vec<&Table> = facts.iter().map(|(t, _)| *t).collect();
        with_facts(tree, &tables, &self.names.attributes, (&STANDARD, true), currency)
    }

    /// Tells the mistakes of all rules of a version, of which each is then read by itself.
    fn check_whole(&mut self, all: &Applying<'a>) {
        let tree = self.with_scenario(&all.tree, &all.facts, &all.currency);
        self.read_version(&tree, all);
    }

    fn read_version(&mut self, tree: &Node, all: &Applying<'a>) -> Version {
        let mut found = Vec::new();
        let version = scheme::version(tree, &all.currency, &[], &mut found);
        for d in found {
            if !self.diagnostics.contains(&d) {
                self.diagnostics.push(d);
            }
        }
        version
    }

    /// A version of such a tree, and where its names have their values from.
    fn version_of(&mut self, tree: &Node, all: &Applying<'a>, facts: &[(&'a Table, String)]) -> Read {
        let version = self.read_version(tree, all);
        self.unknown_facts(tree, &version, facts);
        let feeds = self.feeds(&version, facts, all);
        let folded = fold::folded(&version, &feeds);
        let tables: Vec<&Table> = facts.iter().map(|(t, _)| *t).collect();
        self.impossible_facts(&all.tree, &folded, &tables, &all.currency);
        Read { version, folded, feeds }
    }

    /// Start of the outage as it is written.
    pub(super) fn start_text(&self) -> String {
        let start = self.root.get("outage").and_then(|o| o.get("start"));
        // It may stand beside its source.
        let start = start.map(|n| n.get("value").unwrap_or(n));
        start.map(scheme::text_of).unwrap_or_default()
    }

    /// The scenario's money for one unit of the scheme's, and the price level by which it is adjusted.
    fn rate(&mut self, node: &Node, fields: &mut Fields<'a>) -> (Q, Q) {
        let theirs = node.get("currency").and_then(Node::as_text).unwrap_or("");
        let same = theirs == self.currency;
        if !same && fields.take("rate").is_none() && !self.currency.is_empty() {
            let what = format!("this scheme is in {theirs}, the scenario in {}", self.currency);
            let help = how_to_give_rate(&self.currency, theirs);
            self.error(fields.place, what).help(format!("{help} (on the command line: --rate {theirs}=…)"));
        }
        let rate = self.number_or(fields, "rate", POSITIVE, 1.0);
        self.one_for_one(fields, same, rate);
        (rate.q, self.number_or(fields, "price_level", POSITIVE, 1.0).q)
    }

    /// Tells of a rate between a currency and itself that is not 1.
    pub(super) fn one_for_one(&mut self, fields: &Fields<'a>, same: bool, rate: Num) {
        let Some(node) = fields.table.get("rate").filter(|_| same && rate.constant != Some(1.0)) else { return };
        let stated = rate.constant.is_some() || node.get("law").is_some() || node.get("joint").is_some();
        if stated || node.get("same_as").is_some() {
            let what = format!("this scheme is in {} already: a unit of its money is one of ours", self.currency);
            self.error(node.place, what).help("leave `rate` out; what prices are relative to others is `price_level`");
        }
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
                self.warn(place, format!("{what}: the rule is not applied there"))
                    .help(format!("add [cohorts.….attributes.{}] to these cohorts if it should apply", a.name));
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

    /// Tells of the facts that the rules look at which nobody states and the scenario does not know.
    pub fn tell_assumed(&mut self, rules: &[Rule], place: Place) {
        let mut facts = assumed(rules);
        // What is worked out from what the scenario knows is no surprise.
        facts.retain(|f| f.constant);
        if !facts.is_empty() {
            let list = listed(&facts, crate::model::Lang::En);
            self.warn(place, format!("of this scheme these facts are not stated and are assumed: {list}"))
                .help("state them under `facts` if something else is meant");
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
            self.warn(place, what).help("nothing need be done; `only` lists the rules that are applied");
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
        if open.iter().any(|name| self.misnamed.contains(*name)) {
            return false; // the name that was meant to be this one has been told
        }
        if !open.is_empty() {
            let what = format!("the rule `{}` of this scheme needs to know {}", rule.id, open.join(", "));
            unknown.extend(open.iter().map(|n| n.to_string()));
            if partly {
                self.warn(place, format!("{what} and is left out"))
                    .help(format!("add facts = {{ {} = … }} if it should apply", open[0]));
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

/// Whether any rule of a scheme's version pays money.
fn pays(tree: &Node) -> bool {
    let rules = tree.get("rules").and_then(Node::as_list).unwrap_or(&[]);
    rules.iter().any(|r| r.get("pays").is_some())
}
