//! Attributes of a cohort's people in the file: what rules of schemes may ask of a person.

use super::applied::STANDARD;
use super::laws::outside;
use super::number::{Ask, FACTOR, HOURS, MONEY, POSITIVE, SHARE};
use super::people::law_note;
use super::reader::{Fields, Known, Reading};
use super::report::listed;
use super::tree::Node;
use crate::chance::law::Law;
use crate::guideline::bands;
use crate::model::{Attribute, Q, Scenario, Spread, Text, Unit};

/// Kinds of attributes, in the words of schemes; `None`: a yes or no.
const KINDS: [(&str, Option<Ask>); 5] = [
    ("money", Some(MONEY)),
    ("number", Some(FACTOR)),
    ("duration", Some(HOURS)),
    ("share", Some(SHARE)),
    ("yes or no", None),
];

/// Ways to say how people differ, for an attribute that is counted.
const WAYS: [&str; 3] = ["value", "bands", "varies"];

impl<'a> Reading<'a> {
    /// Reads `[cohorts.x.attributes]` of the cohort at an index.
    pub fn attributes(&mut self, cohort: usize, node: &'a Node, path: &str) -> Vec<Attribute> {
        let Some(table) = self.open(node, path) else { return Vec::new() };
        let mut out = Vec::new();
        for entry in &table.table.entries {
            let at = format!("{path}.{}", entry.key);
            let plain = |c: char| c.is_alphanumeric() || c == '_';
            if !entry.key.chars().all(plain) || entry.key.starts_with(|c: char| c.is_numeric()) {
                self.error(entry.key_place, format!("`{}` cannot be used in an expression", entry.key))
                    .help("names of attributes are letters, figures and _, and do not begin with a figure");
            } else if STANDARD.iter().any(|(name, _)| *name == entry.key) {
                self.error(entry.key_place, format!("every scenario knows `{}` already", entry.key))
                    .help("call this attribute something else");
            } else if let Some(fields) = self.open(&entry.node, &at) {
                out.extend(self.attribute(cohort, &entry.key, fields));
            }
        }
        out
    }

    fn attribute(&mut self, cohort: usize, name: &str, mut fields: Fields<'a>) -> Option<Attribute> {
        let title = fields.take("title").map_or_else(Text::default, |n| self.words(n));
        let stated = fields.need("type", "`type = \"number\"`, or money, duration, share, yes or no");
        let kind = stated.or_else(|| fields.meant_for("type"));
        let kind = kind.and_then(|n| self.choice(n, "type of attribute", &KINDS));
        let (place, path) = (fields.place, fields.path.clone());
        let spread = match kind {
            Some(Some(ask)) => self.spread(&mut fields, ask),
            Some(None) => {
                let share = self.need_number(&mut fields, "share", SHARE, "`share = 0.3`, of those for whom it holds");
                Some(Spread::Holds(share.q))
            }
            None => {
                self.of_no_kind(&mut fields);
                None
            }
        };
        fields.finish(self);
        let (kind, spread) = (kind?, spread?);
        let unit = kind.map_or(Unit::Share, |ask| ask.unit);
        let known = self.names.attributes.iter().position(|a| a.name == name);
        let place_of = known.unwrap_or(self.names.attributes.len());
        let attribute = Attribute { name: name.into(), title, place: place_of, unit, spread };
        let above_zero = self.above_zero(&attribute.spread);
        match known {
            None => self.names.attributes.push(Known {
                name: name.into(),
                ty: attribute.ty(),
                above_zero,
                cohorts: vec![cohort],
            }),
            Some(i) => {
                if self.names.attributes[i].ty != attribute.ty() {
                    let what = format!("`{path}` is of another type than `{name}` of an earlier cohort");
                    self.error(place, what)
                        .help("an attribute is the same thing in all cohorts: rename one of the two");
                }
                self.names.attributes[i].above_zero &= above_zero;
                self.names.attributes[i].cohorts.push(cohort);
            }
        }
        Some(attribute)
    }

    /// Looks through an attribute of which it is not known what it is, for what is wrong whatever it is.
    fn of_no_kind(&mut self, fields: &mut Fields<'a>) {
        if WAYS.iter().any(|way| fields.table.has(way)) {
            self.any_unit = true;
            self.spread(fields, FACTOR);
            self.any_unit = false;
        }
        if fields.table.has("share") {
            self.need_number(fields, "share", SHARE, "");
        }
        fields.skip(&WAYS);
        fields.skip(&["share"]);
    }

    fn spread(&mut self, fields: &mut Fields<'a>, ask: Ask) -> Option<Spread> {
        let ways: Vec<&str> = WAYS.iter().copied().filter(|w| fields.table.has(w)).collect();
        match ways[..] {
            ["value"] => Some(Spread::Same(self.need_number(fields, "value", ask, "").q)),
            ["bands"] => fields.take("bands").and_then(|n| self.bands_of(n, &fields.at("bands"), ask)),
            ["varies"] => fields.take("varies").and_then(|n| self.varies(n, &fields.at("varies"), ask)),
            [] => {
                fields.instead(&WAYS);
                fields.need("value", "`value = 3` if all are alike, else `bands = [ … ]` or `varies = { law = … }`");
                None
            }
            _ => {
                self.error(fields.place, format!("{} cannot stand together", listed(ways.iter().copied())))
                    .help("keep one of them");
                fields.skip(&WAYS);
                None
            }
        }
    }

    fn bands_of(&mut self, node: &'a Node, path: &str, ask: Ask) -> Option<Spread> {
        let (mut shares, mut bands) = (Vec::new(), Vec::new());
        for (i, item) in self.list(node).iter().enumerate() {
            let at = format!("{path}.{}", i + 1);
            let Some(mut fields) = self.open(item, &at) else {
                shares.push(self.lost_share(&at));
                continue;
            };
            let share = self.need_number(&mut fields, "share", SHARE, "`share = 0.4`");
            let value = self.need_number(&mut fields, "value", ask, "`value = 2`");
            fields.finish(self);
            shares.push(share);
            bands.push((share.q, value.q));
        }
        if bands.is_empty() {
            if node.as_list().is_some_and(<[Node]>::is_empty) {
                self.error(node.place, "bands need at least one band")
                    .help("write bands = [ { share = 0.4, value = 1 }, { share = 0.6, value = 2 } ]");
            }
            return None;
        }
        self.shares_sum_to_one(&shares, node.place, "the shares of these bands");
        Some(Spread::Bands(bands))
    }

    /// A law by which people differ; its mean is entered as a constant so that its source and note appear among the
    /// inputs.
    fn varies(&mut self, node: &'a Node, path: &str, ask: Ask) -> Option<Spread> {
        let mut fields = self.open(node, path)?;
        let remark = self.remark(&mut fields);
        let example = "`law = \"discrete\", values = [1, 2], weights = [0.7, 0.3]`";
        let law = self.needed_law(&mut fields, node, ask, example);
        if fields.finish(self) {
            return None;
        }
        let law = law?;
        self.record(path, ask.unit, law.mean(), &law_note(), remark);
        Some(Spread::Varies(law))
    }

    /// True where nobody's value is 0.
    fn above_zero(&self, spread: &Spread) -> bool {
        let above = |law: &Law| outside(law, POSITIVE).is_none() && !matches!(law, Law::Constant(x) if *x <= 0.0);
        let all = |q: &Q| above(&self.quantities.get(*q).law);
        match spread {
            Spread::Same(q) => all(q),
            Spread::Bands(bands) => bands.iter().all(|(_, value)| all(value)),
            Spread::Holds(_) => false,
            Spread::Varies(law) => above(law),
        }
    }

    /// Tells of cohorts whose people differ in too many ways for the rules that look at them.
    pub fn not_too_many_slots(&mut self, scenario: &Scenario) {
        if scenario.services.is_empty() {
            // What cohorts name then is only a place holder.
            return;
        }
        for (c, cohort) in scenario.cohorts.iter().enumerate() {
            let rules = scenario.guidelines.iter().flat_map(|g| &g.rules).filter(|r| r.cohorts.contains(&c));
            let axes = bands::axes_for(cohort, &rules.collect::<Vec<_>>(), &self.quantities);
            let (regions, strata) = (scenario.regions.len(), bands::strata(scenario, cohort));
            let slots = regions * strata * bands::combinations(&axes);
            if slots <= bands::MOST_SLOTS {
                continue;
            }
            let ways: Vec<String> = axes.iter().map(|a| a.bands.len().to_string()).collect();
            let what = format!(
                "the people of `{}` differ in {slots} ways: regions {regions} × durations {strata} × bands of fee and \
                 attributes {}",
                cohort.id,
                ways.join(" × ")
            );
            let place = self.root.get("cohorts").and_then(|t| t.get(&cohort.id)).map_or(self.root.place, |n| n.place);
            let most = bands::MOST_SLOTS;
            self.error(place, what)
                .help(format!("at most {most} can be told apart; state bands instead of laws, or split the cohort"));
        }
    }
}
