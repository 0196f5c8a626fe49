//! Guidelines in the file: rules, whom they address, when they apply, pools.

use super::amount::looks_at_loss;
use super::filing::Profile;
use super::number::{FACTOR, HOURS, MONEY, SHARE, SOME_MONEY};
use super::paths::member_name;
use super::reader::{Fields, Reading};
use super::report::{Place, closest, first_of, listed};
use super::tree::{Entry, Node, Value};
use crate::model::{Bound, Filing, Form, Guideline, Lang, MOST_RULES, Pool, Rule, Text};

/// Descriptive keys of a guideline, with the words that introduce them in its note.
const DESCRIPTIVE: [(&str, &str, &str); 3] = [
    ("jurisdiction", "Jurisdiction", "관할"),
    ("effective", "In force", "시행"),
    ("evidence", "Evidence", "증거 등급"),
];

impl<'a> Reading<'a> {
    /// Reads `[guidelines]`.
    pub fn guidelines(&mut self, node: Option<&'a Node>, profiles: &[Profile]) -> Vec<Guideline> {
        let Some(table) = node.and_then(|n| self.open(n, "guidelines")) else { return Vec::new() };
        let mut guidelines = Vec::new();
        for entry in &table.table.entries {
            self.own_name(&entry.key, entry.key_place, "guideline", "guidelines");
            let path = format!("guidelines.{}", entry.key);
            self.guideline = Some(entry.key.as_str().into());
            if let Some(fields) = self.open(&entry.node, &path) {
                let guideline = self.guideline(&entry.key, fields, profiles);
                self.not_too_many(&guideline, entry.key_place);
                guidelines.push(guideline);
            }
            self.guideline = None;
        }
        self.titled_alike(&table.table.entries, &guidelines);
        guidelines
    }

    /// Warns of guidelines with one title: figures and tables name them by it.
    fn titled_alike(&mut self, entries: &[Entry], guidelines: &[Guideline]) {
        let title_of = |id: &str| {
            let entry = entries.iter().find(|e| e.key == id)?;
            Some((entry.key_place, entry.node.get("title")?.place))
        };
        for (at, second) in guidelines.iter().enumerate() {
            let alike =
                |g: &&Guideline| [Lang::En, Lang::Ko].iter().any(|lang| g.title.get(*lang) == second.title.get(*lang));
            let Some(first) = guidelines[..at].iter().find(alike) else { continue };
            let Some((heading, place)) = title_of(&second.id) else { continue };
            // A draft that is based on another and states no title has that one's.
            let has_it = |g: &Guideline| title_of(&g.id).is_some_and(|(_, other)| other == place);
            let taken_over = guidelines[..at].iter().any(has_it);
            let message = format!("the guidelines `{}` and `{}` have the same title", first.id, second.id);
            self.warn(if taken_over { heading } else { place }, message)
                .help("give each a title of its own: by it they are told apart in figures and tables");
        }
    }

    /// A cohort may be addressed by so many rules of one guideline.
    fn not_too_many(&mut self, guideline: &Guideline, place: Place) {
        for c in 0..self.names.cohorts.len() {
            let rules = guideline.rules.iter().filter(|r| r.cohorts.contains(&c)).count();
            if rules > MOST_RULES {
                let id = self.names.cohorts[c].0.clone();
                self.error(place, format!("{rules} rules of this guideline address the cohort `{id}`"))
                    .help(format!("at most {MOST_RULES} can; join some of them into one rule with bands"));
                return;
            }
        }
    }

    fn guideline(&mut self, id: &str, mut fields: Fields<'a>, profiles: &[Profile]) -> Guideline {
        let title = fields.need("title", "`title = \"…\"`").map_or_else(|| Text::en(id), |n| self.words(n));
        let mut note = fields.take("note").map_or_else(Text::default, |n| self.words(n));
        self.describe(&mut fields, &mut note);
        let source = fields.take("source").and_then(|n| self.source(n));
        let borrowed = fields.take("from_library").and_then(|n| self.text(n)).is_some();
        let claim_cost = self.cost_or_zero(&mut fields, "claim_cost");
        let procedure = self.own_procedure(&mut fields);
        let pool = fields.take("pool").and_then(|n| self.pool(n, &fields.at("pool")));
        let mut rules = match fields.take("scheme") {
            Some(node) => self.applied(node, &mut fields, profiles, borrowed),
            None => match fields.need("rules", "`rules = []` or [[guidelines.….rules]]") {
                Some(node) => self.rules(node, &fields.at("rules"), profiles, borrowed),
                None => Vec::new(),
            },
        };
        let (place, path) = (fields.place, fields.path.clone());
        fields.finish(self);
        self.procedure_for_all(&mut rules, procedure, place, &path);
        Guideline { id: id.into(), title, note, source, rules, pool, claim_cost }
    }

    /// The procedure that a guideline or a rule names.
    pub(super) fn own_procedure(&mut self, fields: &mut Fields<'a>) -> Option<usize> {
        let names: Vec<String> = self.names.procedures.iter().map(|p| p.0.clone()).collect();
        let node = fields.take("procedure")?;
        let Some(found) = self.reference(node, "procedure", &names) else {
            self.no_procedure.insert(fields.path.clone());
            return None;
        };
        self.used.insert(format!("procedures.{}", names[found]));
        Some(found)
    }

    /// The guideline's procedure holds for the rules that name none. It must be known of all rules or of none.
    fn procedure_for_all(&mut self, rules: &mut [Rule], procedure: Option<usize>, place: Place, path: &str) {
        rules.iter_mut().for_each(|r| r.procedure = r.procedure.or(procedure));
        for r in rules.iter() {
            let taken = r.procedure.map(|p| self.names.procedures[p].clone()).filter(|p| !p.1);
            if let (Some((name, _)), Filing::Claim(_)) = (taken, &r.filing) {
                self.error(place, format!("the rule `{}` must be claimed, but the procedure `{name}` takes no claims", r.id))
                    .help("give the procedure `opens_after`, `window`, `arrival`, `staff` and `wage`, or the rule another one");
            }
        }
        // Who names one that is not there has been told, and has one for all that.
        let named = |r: &Rule| {
            self.no_procedure.contains(path) || self.no_procedure.contains(&format!("{path}.rules.{}", r.id))
        };
        let without = rules.iter().filter(|r| r.procedure.is_none() && !named(r));
        let without: Vec<&str> = without.map(|r| r.id.as_str()).collect();
        if !without.is_empty() && without.len() < rules.len() {
            let have = if without.len() == 1 { "has" } else { "have" };
            let message =
                format!("of the rules of this guideline {} {have} no procedure", listed(without.iter().copied()));
            self.error(place, message).help("give the guideline a `procedure`, which holds for rules that name none");
        } else if !rules.is_empty() && !without.is_empty() && !self.names.procedures.is_empty() {
            let names = listed(self.names.procedures.iter().map(|p| p.0.as_str()));
            let message = "this guideline has no procedure, so review, interest and what awards in kind are \
                           worth to people are no part of its results, while they are of guidelines that have one";
            self.warn(place, message).help(format!("give it a `procedure`: {names}"));
        }
    }

    /// Appends what a library file says of a guideline to its note.
    fn describe(&mut self, fields: &mut Fields<'a>, note: &mut Text) {
        for (key, en, ko) in DESCRIPTIVE {
            let Some(words) = fields.take(key).map(|n| self.words(n)) else { continue };
            for (text, name, lang) in [(&mut note.en, en, Lang::En), (&mut note.ko, ko, Lang::Ko)] {
                if !text.is_empty() || lang == Lang::En {
                    let gap = if text.is_empty() { "" } else { " " };
                    *text = format!("{text}{gap}{name}: {}.", words.get(lang));
                }
            }
        }
    }

    fn pool(&mut self, node: &'a Node, path: &str) -> Option<Pool> {
        let mut fields = self.open(node, path)?;
        let amount = self.need_number(&mut fields, "amount", SOME_MONEY, "`amount = \"20 bn KRW\"`").q;
        let foreseen = self.flag(&mut fields, "foreseen", false);
        fields.finish(self);
        Some(Pool { amount, foreseen })
    }

    /// True or false, with a default that is written out.
    pub(super) fn flag(&mut self, fields: &mut Fields<'a>, key: &'static str, default: bool) -> bool {
        match fields.take(key) {
            Some(node) => self.truth(node).unwrap_or(default),
            None => {
                let node = Node { place: fields.place, value: Value::Bool(default) };
                self.fill(&fields.path, key, node);
                default
            }
        }
    }

    fn rules(&mut self, node: &'a Node, path: &str, profiles: &[Profile], borrowed: bool) -> Vec<Rule> {
        let rules = self.each_rule(node, path, profiles, borrowed);
        self.tell_assumed(&rules, node.place);
        rules
    }

    fn each_rule(&mut self, node: &'a Node, path: &str, profiles: &[Profile], borrowed: bool) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        if node.as_list().is_none() {
            let help = match node.as_table() {
                Some(_) => format!(
                    "a table changes the rules of another guideline, which `based_on` names; else each rule stands below a \
                     heading in two brackets: [[{path}]]"
                ),
                None => format!("write rules = [] where nobody is paid, or each rule below a heading: [[{path}]]"),
            };
            self.wrong_kind(node, "a list").help(help);
            return rules;
        }
        for (i, item) in self.list(node).iter().enumerate() {
            let id = member_name(item, "rules", i);
            if rules.iter().any(|r| r.id == id) {
                let place = item.get("id").map_or(item.place, |n| n.place);
                self.error(place, format!("two rules of this guideline are called `{id}`"))
                    .help("give each rule an `id` of its own");
            }
            if let Some(fields) = self.open(item, &format!("{path}.{id}")) {
                match item.get("scheme") {
                    Some(_) => rules.extend(self.scheme_rule(id, fields, profiles)),
                    None => rules.push(self.rule(id, fields, profiles, borrowed)),
                }
            }
        }
        rules
    }

    fn rule(&mut self, id: String, mut fields: Fields<'a>, profiles: &[Profile], borrowed: bool) -> Rule {
        self.rule_id(&mut fields, &id);
        let title = self.title_or(&mut fields, &id);
        let cohorts = self.addressed(&mut fields, borrowed);
        let services = self.services_of_rule(&mut fields);
        let (hours_from, hours_to) = self.hours_bounds(&mut fields);
        let amount = match fields.need("amount", "`amount = 5000`, or a table") {
            Some(node) => self.amount(node, &fields.at("amount")),
            None => crate::model::Amount::Flat(self.stand_in(&fields.at("amount"), MONEY).q),
        };
        let losers_only = self.flag(&mut fields, "losers_only", looks_at_loss(&amount));
        let (minimum, cap) = self.limits(&mut fields);
        let (filing, effort) = self.filing(&mut fields, profiles);
        let approval = self.number_or(&mut fields, "approval", SHARE, 1.0).q;
        let form = self.form(&mut fields);
        let procedure = self.own_procedure(&mut fields);
        fields.finish(self);
        Rule {
            id,
            title,
            cohorts,
            services,
            hours_from,
            hours_to,
            losers_only,
            amount,
            cap,
            minimum,
            filing,
            approval,
            form,
            effort,
            procedure,
        }
    }

    /// The services whose hours count for a rule; none where it says nothing, which stands for all.
    pub(super) fn services_of_rule(&mut self, fields: &mut Fields<'a>) -> Vec<usize> {
        let names = self.names.services.clone();
        let Some(node) = fields.take("services") else { return Vec::new() };
        if node.as_list().is_some_and(<[Node]>::is_empty) {
            self.error(node.place, format!("`{}` counts the hours of no service", fields.path))
                .help("name at least one service, or leave `services` out if the hours of all count");
        }
        self.references(node, "service", &names)
    }

    pub(super) fn rule_id(&mut self, fields: &mut Fields<'a>, id: &str) {
        match fields.take("id") {
            Some(node) => {
                if let Some(word) = self.text(node) {
                    self.name(word, node.place);
                }
            }
            None => self.fill(&fields.path, "id", Node::text(id, fields.place)),
        }
    }

    /// Cohorts that a rule addresses by name or tag; everybody unless stated.
    pub fn addressed(&mut self, fields: &mut Fields<'a>, borrowed: bool) -> Vec<usize> {
        let cohorts = self.names.cohorts.clone();
        let Some(node) = fields.take("for") else { return (0..cohorts.len()).collect() };
        let mut found: Vec<usize> = Vec::new();
        let list = self.list(node);
        for item in list {
            let Some(word) = self.text(item) else { continue };
            let hits = (0..cohorts.len()).filter(|i| cohorts[*i].0 == word || cohorts[*i].1.iter().any(|t| t == word));
            let mut some = false;
            for i in hits {
                some = true;
                if !found.contains(&i) {
                    found.push(i);
                }
            }
            if !some && !borrowed {
                self.nobody(item, word, &cohorts);
            }
        }
        if found.is_empty() && (borrowed || list.is_empty()) && node.as_list().is_some() {
            let message = format!("no cohort of this scenario is meant by `{}`", fields.path);
            match borrowed {
                true => self.warn(node.place, message).help("give a cohort one of these tags if the rule is to apply"),
                false => self.error(node.place, message).help("leave `for` out if it is for everybody"),
            };
        }
        found.sort_unstable();
        found
    }

    fn nobody(&mut self, item: &Node, word: &str, cohorts: &[(String, Vec<String>)]) {
        let mut names: Vec<&str> = Vec::new();
        for (id, tags) in cohorts {
            names.push(id);
            names.extend(tags.iter().map(String::as_str));
        }
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|n| seen.insert(*n));
        let d = self.error(item.place, format!("`{word}` is neither a cohort nor a tag of one"));
        d.missing(format!("cohorts.{word}"));
        match closest(word, names.iter().copied()) {
            Some(name) => d.help(format!("did you mean `{name}`?")),
            None => d.help(format!("there are {}", first_of(&names))),
        };
    }

    pub(super) fn hours_bounds(&mut self, fields: &mut Fields<'a>) -> (Option<Bound>, Option<Bound>) {
        let from = self.one_bound(fields, "hours_at_least", "hours_over", HOURS);
        let to = self.one_bound(fields, "hours_at_most", "hours_under", HOURS);
        if let (Some((low, _)), Some((high, _))) = (from, to)
            && let (Some(a), Some(b)) = (low.constant, high.constant)
            && a > b
        {
            let key = if fields.table.has("hours_at_most") { "hours_at_most" } else { "hours_under" };
            let place = fields.table.get(key).map_or(fields.place, |n| n.place);
            self.error(place, "the upper bound of the hours lies below the lower one").help("exchange the two");
        }
        let bound = |b: (super::number::Num, bool)| Bound { at: b.0.q, inclusive: b.1 };
        (from.map(bound), to.map(bound))
    }

    fn limits(&mut self, fields: &mut Fields<'a>) -> (Option<crate::model::Q>, Option<crate::model::Q>) {
        let cap = fields.take("cap").map(|n| (n, self.number(n, &fields.at("cap"), MONEY)));
        let minimum = fields.take("minimum").map(|n| (n, self.number(n, &fields.at("minimum"), MONEY)));
        if let (Some((_, high)), Some((node, low))) = (cap, minimum)
            && let (Some(a), Some(b)) = (low.constant, high.constant)
            && a > b
        {
            self.error(node.place, "the minimum is above the cap").help("exchange the two, or remove one");
        }
        (minimum.map(|m| m.1.q), cap.map(|c| c.1.q))
    }

    pub(super) fn form(&mut self, fields: &mut Fields<'a>) -> Form {
        let path = fields.at("in_kind");
        let Some(mut inner) = fields.take("in_kind").and_then(|n| self.open(n, &path)) else { return Form::Cash };
        let redemption = self.need_number(&mut inner, "redemption", SHARE, "`redemption = 0.36`").q;
        let unit_cost = self.unit_cost(&mut inner);
        let value = inner.take("value").map(|n| self.number(n, &inner.at("value"), FACTOR).q);
        inner.finish(self);
        Form::InKind { redemption, unit_cost, value }
    }
}
