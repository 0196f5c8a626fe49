//! One version of a scheme: its facts, steps and rules.

use super::super::reader::Reading;
use super::super::report::{Diagnostic, TextFile};
use super::super::tree::{Entry, Node, Value as Toml};
use super::values::{TYPES, read_value, text_of, value_of};
use super::{inside, simulated, words_of};
use crate::guideline::calendar;
use crate::language::{Mistake, Names, above_zero, check};
use crate::model::Text;
use crate::model::expression::{Dimension, Expression, Function, Type, Value};
use crate::model::scheme::{Gives, Name, Origin, Rule, Version};

/// Words that no fact or step may be called by.
const RESERVED: [&str; 14] =
    ["and", "or", "not", "in", "if", "then", "else", "match", "true", "false", "is", "for", "award", "version"];

/// Reads a version from its tree.
pub fn version(tree: &Node, currency: &str, files: &[TextFile], found: &mut Vec<Diagnostic>) -> Version {
    let mut reader = Reader {
        reading: Reading::new(tree),
        files,
        names: Names { currency: currency.into(), ..Names::default() },
        version: Version {
            id: tree.get("id").and_then(Node::as_text).unwrap_or("").into(),
            title: Text::default(),
            from: None,
            holidays: Vec::new(),
            names: Vec::new(),
            rules: Vec::new(),
            at_most: None,
            simulated_from: Vec::new(),
        },
        simulated: Vec::new(),
    };
    reader.read(tree);
    found.append(&mut reader.reading.diagnostics);
    reader.version
}

struct Reader<'a> {
    reading: Reading<'a>,
    files: &'a [TextFile],
    names: Names,
    version: Version,
    /// What a simulation takes for some facts.
    simulated: Vec<(String, &'a Node)>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, tree: &'a Node) {
        if let Some(n) = tree.get("version_title") {
            self.version.title = words_of(&mut self.reading, n);
        }
        self.version.from = tree.get("from").and_then(|n| self.day(n));
        self.version.holidays = match tree.get("holidays") {
            Some(n) => self.reading.list(n).iter().filter_map(|n| self.day(n)).collect(),
            None => Vec::new(),
        };
        for entry in self.entries(tree, "facts") {
            self.fact(entry);
        }
        self.simulations(tree);
        // Facts that a scenario works out from those it knows.
        for entry in self.entries(tree, "fed") {
            let before = self.reading.diagnostics.len();
            self.step(entry);
            self.neither_yes_nor_no(entry, before);
        }
        for entry in self.entries(tree, "steps") {
            self.step(entry);
        }
        match tree.get("rules").map(|n| (n, n.as_list())) {
            Some((_, Some(list))) => list.iter().for_each(|n| self.rule(n)),
            Some((n, None)) => {
                self.reading.wrong_kind(n, "a list").help("write [[rules]] with `id` and `pays`");
            }
            None => {
                self.reading.error(tree.place, "this scheme has no rules").help("add [[rules]] with `id` and `pays`");
            }
        }
        self.limit(tree);
    }

    /// What all rules together pay at most.
    fn limit(&mut self, tree: &'a Node) {
        let Some(node) = tree.get("at_most") else { return };
        self.version.at_most = self.expression(node, Some(&Type::Amount(Dimension::MONEY)));
        if !self.version.rules.iter().any(|r| matches!(r.gives, Gives::Money(_))) {
            self.reading
                .error(node.place, "no rule of this scheme pays money, so there is nothing to limit")
                .help("remove `at_most`, or add a rule with `pays`");
        }
    }

    fn day(&mut self, node: &'a Node) -> Option<i64> {
        self.reading.date(node).and_then(|text| match read_value(&text, &Type::Moment, "") {
            Ok(Value::Moment(m)) => Some(calendar::day(m)),
            _ => None,
        })
    }

    fn entries(&mut self, tree: &'a Node, key: &str) -> Vec<&'a Entry> {
        let Some(node) = tree.get(key) else { return Vec::new() };
        match node.as_table() {
            Some(t) => t.entries.iter().collect(),
            None => {
                self.reading.wrong_kind(node, "a table").help(format!("write [{key}] with one line for each"));
                Vec::new()
            }
        }
    }

    fn fact(&mut self, entry: &'a Entry) {
        let (key, node) = (entry.key.as_str(), &entry.node);
        self.fine_name(entry);
        let mut title = Text::default();
        let (mut ty_node, mut default, mut above_zero) = (Some(node), None, false);
        if node.as_table().is_some() {
            let Some(mut fields) = self.reading.open(node, &format!("facts.{key}")) else { return };
            ty_node = fields.need("type", "`type = \"duration\"`");
            title = fields.take("title").map_or_else(Text::default, |n| self.reading.words(n));
            default = fields.take("default");
            above_zero = fields.take("above_zero").and_then(|n| self.reading.truth(n)).unwrap_or(false);
            if let Some(n) = fields.take("simulated") {
                self.simulated.push((key.into(), n));
            }
            fields.finish(&mut self.reading);
        }
        let share = ty_node.and_then(Node::as_text) == Some("share");
        let ty = ty_node.and_then(|n| self.kind(n)).unwrap_or(Type::Amount(Dimension::NUMBER));
        let default = default.and_then(|n| match value_of(n, &ty, &self.names.currency) {
            Ok(v) => Some(v),
            Err(m) => {
                self.tell(n, m);
                None
            }
        });
        if above_zero && matches!(default, Some(Value::Amount(x)) if x <= 0.0) {
            self.reading
                .error(node.place, "the default of this fact is not above zero")
                .help("give it a `default` above zero, or leave `above_zero` out");
        }
        let (name, origin) = (key.into(), Origin::Fact(default));
        self.add(Name { name, title, ty, above_zero, share, origin, simulated: None });
    }

    /// What a simulation takes for facts: expressions of what every scenario knows.
    fn simulations(&mut self, tree: &'a Node) {
        let simulated = std::mem::take(&mut self.simulated);
        let keys: Vec<String> = simulated.iter().map(|(key, _)| key.clone()).collect();
        let from = simulated::names(tree, &self.version.names, &keys);
        let names = simulated::checked(&from, &self.names.currency);
        for (key, node) in simulated {
            let Some(at) = self.version.find(&key) else { continue };
            let (ty, positive) = (self.version.names[at].ty.clone(), self.version.names[at].above_zero);
            let Some(text) = self.text_of_expression(node) else { continue };
            let Some(expression) = self.told(node, check(&text, &names, Some(&ty))) else { continue };
            if positive && !above_zero(&expression, &names) {
                self.reading
                    .error(node.place, format!("`{key}` is above zero in every case, this may be zero"))
                    .help("keep it from zero: max(…, 1)");
            }
            self.version.names[at].simulated = Some(expression);
        }
        self.version.simulated_from = from;
    }

    /// The type of a fact: its name, or the list of words it may be.
    fn kind(&mut self, node: &'a Node) -> Option<Type> {
        if let Some(list) = node.as_list() {
            let words: Vec<String> = list.iter().filter_map(|n| self.reading.text(n)).map(str::to_string).collect();
            if words.is_empty() {
                self.reading.error(node.place, "this list is empty").help("write the words that the fact may be");
            }
            return Some(Type::Word(words));
        }
        let names: Vec<(&'static str, usize)> = TYPES.iter().enumerate().map(|(i, (n, _))| (*n, i)).collect();
        self.reading.choice(node, "type of fact", &names).map(|i| TYPES[i].1.clone())
    }

    fn step(&mut self, entry: &'a Entry) {
        let (key, node) = (entry.key.as_str(), &entry.node);
        self.fine_name(entry);
        let mut title = Text::default();
        let (mut text, mut wanted, mut assumed) = (Some(node), None, false);
        if node.as_table().is_some() {
            let Some(mut fields) = self.reading.open(node, &format!("steps.{key}")) else { return };
            wanted = fields.take("type").and_then(|n| self.kind(n));
            assumed = fields.take("assumed").and_then(|n| self.reading.truth(n)).unwrap_or(false);
            text = fields.need("is", "`is = \"…\"`, an expression");
            title = fields.take("title").map_or_else(Text::default, |n| self.reading.words(n));
            fields.finish(&mut self.reading);
        }
        let Some(expression) = text.and_then(|n| self.expression(n, wanted.as_ref())) else {
            self.names.broken.push(key.into());
            return;
        };
        let ty = expression.root.ty.clone();
        let above_zero = above_zero(&expression, &self.names);
        let simulated = assumed.then(|| expression.clone());
        let (name, origin) = (key.into(), Origin::Step(expression));
        self.add(Name { name, title, ty, above_zero, share: false, origin, simulated });
    }

    /// Says how a yes or no is stated where a word stands for one that nothing is called by; `before`: mistakes told before it.
    fn neither_yes_nor_no(&mut self, entry: &Entry, before: usize) {
        let asked = entry.node.get("type").and_then(Node::as_text) == Some("yes or no");
        let Some(word) = entry.node.get("is").and_then(Node::as_text).filter(|_| asked) else { return };
        let strange = format!("there is no fact, parameter or step `{word}`");
        for d in self.reading.diagnostics[before..].iter_mut().filter(|d| d.message == strange) {
            d.help.insert(0, format!("write {0} = \"yes\" or {0} = \"no\"", entry.key));
        }
    }

    fn add(&mut self, name: Name) {
        self.names.list.push((name.name.clone(), name.ty.clone(), name.above_zero));
        self.version.names.push(name);
    }

    fn fine_name(&mut self, entry: &Entry) {
        let (key, place) = (entry.key.as_str(), entry.key_place);
        let plain = key.chars().all(|c| c.is_alphanumeric() || c == '_') && !key.starts_with(|c: char| c.is_numeric());
        if !plain {
            let help = "names are letters, figures and _, and do not begin with a figure";
            self.reading.error(place, format!("`{key}` cannot be used in an expression")).help(help);
        } else if RESERVED.contains(&key) || Function::named(key).is_some() {
            let help = format!("call it otherwise, for example `{key}_of_case`");
            self.reading.error(place, format!("`{key}` means something in expressions already")).help(help);
        } else if self.version.find(key).is_some() {
            let help = format!("call the step otherwise, for example `{key}_counted`");
            self.reading.error(place, format!("there is a fact and a step called `{key}`")).help(help);
        }
    }

    fn rule(&mut self, node: &'a Node) {
        let Some(mut fields) = self.reading.open(node, "rules") else { return };
        let named = fields.need("id", "`id = \"…\"`");
        let id = named.and_then(|n| self.reading.text(n)).unwrap_or("").to_string();
        let place = named.map_or(node.place, |n| n.place);
        let title = fields.take("title").map_or_else(Text::default, |n| self.reading.words(n));
        let mode = fields.take("mode").and_then(|n| self.reading.text(n)).unwrap_or("").to_string();
        let when = fields.take("when").and_then(|n| self.expression(n, Some(&Type::Truth)));
        let money = Type::Amount(Dimension::MONEY);
        let ways = [fields.take("pays"), fields.take("gives"), fields.take("decision")];
        let gives = match ways {
            [None, None, None] => Some(Gives::Duty),
            [Some(n), None, None] => self.expression(n, Some(&money)).map(Gives::Money),
            [None, Some(n), None] => self.expression(n, None).map(Gives::Else),
            [None, None, Some(n)] => self.reading.truth(n).map(|yes| if yes { Gives::Decision } else { Gives::Duty }),
            _ => {
                let what = "a rule pays, gives or leaves it to a decision, one of these";
                self.reading.error(node.place, what).help("make two rules of it");
                None
            }
        };
        fields.finish(&mut self.reading);
        if self.version.rules.iter().any(|r| r.id == id) {
            self.reading.error(place, format!("the rule `{id}` stands twice")).help("give one of the two another `id`");
        }
        if id == "award" {
            let what = "`award` is the sum of all rules";
            self.reading.error(place, what).help("call the rule otherwise");
        } else if self.version.find(&id).is_some() {
            let help = format!("call the rule otherwise, for example `{id}-paid`");
            self.reading.error(place, format!("a rule and a fact or step are called `{id}`")).help(help);
        }
        if let Some(gives) = gives {
            self.version.rules.push(Rule { id, title, when, gives, mode });
        }
    }

    fn expression(&mut self, node: &'a Node, wanted: Option<&Type>) -> Option<Expression> {
        let text = self.text_of_expression(node)?;
        let checked = check(&text, &self.names, wanted);
        self.told(node, checked)
    }

    fn text_of_expression(&mut self, node: &'a Node) -> Option<String> {
        match &node.value {
            Toml::Text(t) => Some(t.clone()),
            Toml::Number(..) => Some(text_of(node)),
            Toml::Bool(truth) => Some(truth.to_string()),
            _ => {
                self.reading.wrong_kind(node, "an expression").help("write it in quotes: \"10% * fee_month\"");
                None
            }
        }
    }

    fn told(&mut self, node: &Node, checked: Result<Expression, Vec<Mistake>>) -> Option<Expression> {
        match checked {
            Ok(e) => Some(e),
            Err(mistakes) => {
                for m in mistakes {
                    self.tell(node, m);
                }
                None
            }
        }
    }

    fn tell(&mut self, node: &Node, m: Mistake) {
        let place = inside(node, m.span, self.files);
        self.reading.error(place, m.what).help(m.help);
    }
}
