//! What was counted in reality: `[[observed]]`, which a calibration may use, and `[[outcome]]`, which came later.

use super::number::{Ask, FACTOR, MONEY, PERSONS, SHARE};
use super::paths;
use super::reader::{Fields, Reading};
use super::tree::{Node, Value};
use crate::model::observed::{ErrorLaw, MEASURED, Measured, Observed};
use crate::model::{Scenario, Text, Unit};

/// Which of the two lists.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Known on the day.
    Observed,
    /// Came later.
    Outcome,
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Kind::Observed => "observed",
            Kind::Outcome => "outcome",
        }
    }
}

impl<'a> Reading<'a> {
    /// Reads `[[observed]]` or `[[outcome]]`; to be called when the guidelines are known.
    pub fn counted(&mut self, node: Option<&'a Node>, kind: Kind, scenario: &Scenario) -> Vec<Observed> {
        let Some(node) = node else { return Vec::new() };
        let list = self.list(node);
        let all = list
            .iter()
            .enumerate()
            .filter_map(|(i, item)| Some((item.place, self.one_count(item, i, kind, scenario)?)));
        let (hidden, known): (Vec<_>, Vec<_>) = all
            .collect::<Vec<_>>()
            .into_iter()
            .partition(|(_, count)| kind == Kind::Observed && self.came_later(count));
        if let Some((place, _)) = hidden.first() {
            let (n, as_of) = (hidden.len(), self.as_of.clone());
            self.warn(*place, format!("of what was observed {n} came after {as_of} and is hidden"))
                .label(format!("after as_of = {as_of}"))
                .help("to hold it against a forecast made on that day, state it under [[outcome]]");
        }
        let known: Vec<Observed> = known.into_iter().map(|(_, count)| count).collect();
        // What came later may have been announced before.
        known.iter().filter(|_| kind == Kind::Observed).for_each(|count| self.after_its_source(count));
        known
    }

    /// The value of a count with its own source, if it has one. Whether it was known is asked of the count as a whole.
    fn counted_value(&mut self, node: &'a Node, path: &str) -> Option<(&'a Node, Option<usize>)> {
        let as_of = std::mem::take(&mut self.as_of);
        let stated = self.stated(node, path);
        self.as_of = as_of;
        stated.map(|(value, remark)| (value, remark.source))
    }

    /// True for what was counted or published after `as_of`.
    fn came_later(&self, count: &Observed) -> bool {
        let published = count.source.and_then(|s| self.names.sources.get(s));
        self.later(&count.on) || published.is_some_and(|(_, date)| self.later(date))
    }

    fn one_count(&mut self, item: &'a Node, i: usize, kind: Kind, scenario: &Scenario) -> Option<Observed> {
        let mut fields = self.open(item, &format!("{}.{}", kind.key(), i + 1))?;
        let measured = match fields.take("measure").or_else(|| fields.meant_for("measure")) {
            Some(n) => self.choice(n, "measure", &MEASURED.each_ref().map(|m| (m.name, m))),
            None => Some(&MEASURED[0]),
        };
        let what = fields.take("what").map_or_else(Text::default, |n| self.words(n));
        let (on, day) = self.when(&mut fields, kind);
        let guideline = self.regime(&mut fields, measured, scenario);
        let ids = |names: Vec<&str>| names.into_iter().map(String::from).collect::<Vec<_>>();
        let cohorts = ids(scenario.cohorts.iter().map(|c| c.id.as_str()).collect());
        let regions = ids(scenario.regions.iter().map(|r| r.id.as_str()).collect());
        let cohort = fields.take("cohort").and_then(|n| self.reference(n, "cohort", &cohorts));
        let region = fields.take("region").and_then(|n| self.reference(n, "region", &regions));
        let ask = measured.map_or(FACTOR, ask);
        let at = fields.at("value");
        let value_node = fields.need("value", "`value = 45_000`").and_then(|n| self.counted_value(n, &at));
        let of_value = value_node.as_ref().and_then(|(_, source)| *source);
        self.any_unit = measured.is_none();
        let value = value_node.and_then(|(n, _)| self.constant(n, ask));
        let error = self.error_law(&mut fields, value, ask);
        self.any_unit = false;
        let idle_law = fields.table.get("law").filter(|_| !fields.table.has("error")).map(|n| n.place);
        let source_node = fields.take("source");
        let source = source_node.and_then(|n| self.source(n)).or(of_value);
        if let (Kind::Observed, Some(n), Some(s)) = (kind, source_node, source) {
            self.has_date(n.place, s);
        }
        let note = fields.take("note").map_or_else(Text::default, |n| self.words(n));
        let path = fields.path.clone();
        // A key that nobody knows may have been meant to be the error.
        if fields.finish(self) {
            return None;
        }
        if let Some(place) = idle_law {
            self.error(place, "`law` is the law of an `error`, and none is stated").help("add `error = \"5 %\"`");
        }
        let measured = measured?;
        let what = if what.is_empty() { Text::en(measured.name) } else { what };
        Some(Observed {
            what,
            measured,
            guideline: guideline.filter(|_| measured.guided),
            cohort,
            region: region.filter(|_| scenario.regions.len() > 1),
            on: on?,
            day: day?,
            value: value?,
            error,
            source,
            note: if note.en.is_empty() { note.ko } else { note.en },
            path,
        })
    }

    /// The day, which lies after `as_of` for what came later.
    fn when(&mut self, fields: &mut Fields<'a>, kind: Kind) -> (Option<String>, Option<i64>) {
        let Some(node) = fields.need("on", "`on = 2022-10-24`") else { return (None, None) };
        let day = self.day(node);
        let Some(on) = day.and_then(|_| self.date(node)) else { return (None, None) };
        let as_of = self.as_of.clone();
        // Of a day before the outage has been told.
        let possible = day.is_some_and(|day| day >= 0);
        if possible && !as_of.is_empty() && kind == Kind::Outcome && on <= as_of {
            self.error(node.place, format!("this was known on {as_of} already"))
                .compared_days()
                .label(format!("not after as_of = {as_of}"))
                .help("what was known stands under [[observed]]");
        }
        (Some(on), day)
    }

    /// Warns of a count of a day that came after what tells of it was published.
    fn after_its_source(&mut self, count: &Observed) {
        let Some((id, published)) = count.source.and_then(|s| self.names.sources.get(s)).cloned() else { return };
        let place = paths::find(self.root, &format!("{}.on", count.path)).map(|(_, node)| node.place);
        if let Some(place) = place.filter(|_| !published.is_empty() && count.on > published) {
            let message =
                format!("this was counted on {}, after its source `{id}` was published ({published})", count.on);
            self.warn(place, message).compared_days().help(format!(
                "give the day up to which it was counted, {published} or before, or the source that tells of it"
            ));
        }
    }

    /// The guideline under which it was counted; the only one if there is one.
    fn regime(
        &mut self,
        fields: &mut Fields<'a>,
        measured: Option<&'static Measured>,
        scenario: &Scenario,
    ) -> Option<usize> {
        let ids: Vec<String> = scenario.guidelines.iter().map(|g| g.id.clone()).collect();
        match fields.take("guideline") {
            Some(n) => self.reference(n, "guideline", &ids),
            None if ids.len() == 1 => Some(0),
            None => {
                if measured.is_some_and(|m| m.guided) {
                    fields.need("guideline", "`guideline = \"…\"`, the one under which it was counted");
                }
                None
            }
        }
    }

    /// `error`: a share of the value (`"5 %"`) or a standard deviation in its unit; `law`: normal or lognormal.
    fn error_law(&mut self, fields: &mut Fields<'a>, value: Option<f64>, ask: Ask) -> Option<ErrorLaw> {
        let laws = [("normal", false), ("lognormal", true)];
        let log = fields.take("law").and_then(|n| self.choice(n, "law of an error", &laws)).unwrap_or(false);
        let node = fields.take("error")?;
        let relative = matches!(&node.value, Value::Text(t) if t.trim_end().ends_with('%'));
        let stated = if relative { self.scalar(node, Unit::Share) } else { self.constant(node, ask) }?;
        let possible = stated.is_finite() && stated > 0.0 && (!log || value.is_none_or(|value| value > 0.0));
        if !possible {
            self.error(node.place, "the error of a count is above 0, and a lognormal one needs a value above 0")
                .help("`error = \"5 %\"` is a standard deviation of a twentieth of the value");
            return None;
        }
        let value = value?;
        let share = if relative || value <= 0.0 { stated } else { stated / value };
        let scale = if value > 0.0 { value } else { 1.0 };
        Some(if log { ErrorLaw::Lognormal((share * share).ln_1p().sqrt()) } else { ErrorLaw::Normal(share * scale) })
    }
}

fn ask(measured: &Measured) -> Ask {
    match measured.unit {
        Unit::Money => MONEY,
        Unit::Share => SHARE,
        _ => PERSONS,
    }
}

/// Of whom a count is: guideline, cohort and region by id, those that it has; empty for everybody.
pub fn of_whom(o: &Observed, scenario: &Scenario) -> String {
    let guideline = o.guideline.map(|g| scenario.guidelines[g].id.as_str());
    let cohort = o.cohort.map(|c| scenario.cohorts[c].id.as_str());
    let region = o.region.map(|r| scenario.regions[r].id.as_str());
    [guideline, cohort, region].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
