//! The filing ladder in files: its evidence, and the profiles that follow from it, which every scenario finds by name.
//!
//! The fit is made by `redress takeup`; the profiles it gives are kept in `scenarios/filing/profiles.toml`, and a test
//! holds the two together.

use super::reader::{Fields, Reading};
use super::report::{LoadError, Place, Report, TextFile};
use super::resolved;
use super::tree::{self, Node, Table, Value};
use crate::model::Text;
use crate::model::ladder::{Channel, Event, Ladder, Named, Regime, Rung, Wage};

/// The evidence as shipped.
const EVIDENCE: &str = include_str!("../../scenarios/filing/ladder.toml");
/// The profiles as fitted.
const PROFILES: &str = include_str!("../../scenarios/filing/profiles.toml");
/// Name of the source that the profiles' numbers carry.
const SOURCE: &str = "filing-ladder";

/// The evidence that comes with the program.
///
/// # Errors
/// [`LoadError::Invalid`] with every mistake.
pub fn ladder() -> Result<Ladder, LoadError> {
    let name = "scenarios/filing/ladder.toml";
    let wrong =
        |found| LoadError::Invalid(Report::new(vec![TextFile { name: name.into(), text: EVIDENCE.into() }], found));
    let root = tree::parse_file(EVIDENCE, 0).map_err(|d| wrong(vec![d]))?;
    let mut reading = Reading::new(&root);
    let ladder = reading.evidence();
    if reading.diagnostics.is_empty() { Ok(ladder) } else { Err(wrong(reading.diagnostics)) }
}

/// The text of the profiles as fitted, in hours of wage.
pub fn profiles() -> &'static str {
    PROFILES
}

impl<'a> Reading<'a> {
    fn evidence(&mut self) -> Ladder {
        let mut ladder = Ladder::default();
        let Some(mut top) = self.open(self.root, "") else { return ladder };
        for mut f in self.tables(&mut top, "wages") {
            ladder.wages.push(Wage {
                currency: self.plain_text(&mut f, "currency"),
                year: self.plain(&mut f, "year", 1900.0, 2200.0) as u32,
                hour: self.plain(&mut f, "hour", 0.0, f64::INFINITY),
                note: self.maybe_text(&mut f, "note"),
                url: self.maybe_text(&mut f, "url"),
            });
            f.finish(self);
        }
        for mut f in self.tables(&mut top, "regimes") {
            let (id, title) = (self.plain_text(&mut f, "id"), self.two_words(&mut f));
            ladder.regimes.push(Regime { id, title, hours: self.plain(&mut f, "hours", 0.0, f64::INFINITY) });
            f.finish(self);
        }
        for mut f in self.tables(&mut top, "channels") {
            let (id, title) = (self.plain_text(&mut f, "id"), self.two_words(&mut f));
            let middle = self.plain(&mut f, "middle", 0.0, 1.0);
            ladder.channels.push(Channel { id, title, middle, sd: self.plain(&mut f, "sd", 0.0, f64::INFINITY) });
            f.finish(self);
        }
        for f in self.tables(&mut top, "rungs") {
            let rung = self.rung(f, &ladder);
            ladder.rungs.push(rung);
        }
        for mut f in self.tables(&mut top, "approvals") {
            let study = self.plain_text(&mut f, "study");
            ladder.approvals.push((study, self.plain(&mut f, "share", 0.0, 1.0)));
            f.finish(self);
        }
        for mut f in self.tables(&mut top, "profiles") {
            let (id, title) = (self.plain_text(&mut f, "id"), self.two_words(&mut f));
            let (regime, channel) = self.place_on(&mut f, &ladder);
            ladder.profiles.push(Named { id, title, regime, channel });
            f.finish(self);
        }
        for f in self.tables(&mut top, "forecasts") {
            let event = self.event(f, &ladder);
            ladder.forecasts.push(event);
        }
        top.finish(self);
        ladder
    }

    fn rung(&mut self, mut f: Fields<'a>, ladder: &Ladder) -> Rung {
        let hour = self.hour(&mut f, ladder);
        let (regime, channel) = self.place_on(&mut f, ladder);
        let rung = Rung {
            study: self.plain_text(&mut f, "study"),
            title: self.two_words(&mut f),
            regime,
            channel,
            hours: self.plain(&mut f, "value", 0.0, f64::INFINITY) / hour,
            value_sd: self.plain(&mut f, "value_sd", 0.0, 5.0),
            share: self.plain(&mut f, "share", 0.0, 1.0),
            sd: self.plain(&mut f, "sd", 0.0, 5.0),
            fitted: f.take("fitted").and_then(|n| self.truth(n)).unwrap_or(true),
            note: self.maybe_text(&mut f, "note"),
            url: self.plain_text(&mut f, "url"),
            grade: self.plain_text(&mut f, "grade"),
        };
        f.finish(self);
        rung
    }

    fn event(&mut self, mut f: Fields<'a>, ladder: &Ladder) -> Event {
        let hour = self.hour(&mut f, ladder);
        let (regime, channel) = self.place_on(&mut f, ladder);
        let people = f.need("people", "`people = [least, likeliest, most]`").map(|n| self.plain_numbers(n));
        let mut awards = Vec::new();
        for pair in f.need("awards", "`awards = [[400_000, 0.7], …]`").map_or(&[][..], |n| self.list(n)) {
            if let [award, share] = self.plain_numbers(pair)[..] {
                awards.push((award / hour, share));
            }
        }
        let event = Event {
            study: self.plain_text(&mut f, "study"),
            title: self.two_words(&mut f),
            regime,
            channel,
            people: people.and_then(|p| p.try_into().ok()).unwrap_or_default(),
            awards,
            filed: self.plain(&mut f, "filed", 0.0, f64::INFINITY),
            paid: self.plain(&mut f, "paid", 0.0, f64::INFINITY),
            note: self.maybe_text(&mut f, "note"),
        };
        f.finish(self);
        event
    }

    fn tables(&mut self, top: &mut Fields<'a>, key: &'static str) -> Vec<Fields<'a>> {
        let Some(node) = top.need(key, "a list of tables") else { return Vec::new() };
        self.list(node).iter().filter_map(|n| self.open(n, key)).collect()
    }

    /// A number strictly between two bounds.
    fn plain(&mut self, f: &mut Fields<'a>, key: &'static str, low: f64, high: f64) -> f64 {
        let Some(node) = f.need(key, "a number") else { return 0.5 };
        let value = self.plain_number(node).unwrap_or(0.5);
        if value <= low || value >= high {
            self.error(node.place, format!("`{key}` must lie between {low} and {high}"));
            return 0.5;
        }
        value
    }

    fn plain_text(&mut self, f: &mut Fields<'a>, key: &'static str) -> String {
        f.need(key, "a text").and_then(|n| self.text(n)).unwrap_or_default().to_string()
    }

    fn maybe_text(&mut self, f: &mut Fields<'a>, key: &'static str) -> String {
        f.take(key).and_then(|n| self.text(n)).unwrap_or_default().to_string()
    }

    fn two_words(&mut self, f: &mut Fields<'a>) -> Text {
        f.need("title", "`title = { en = \"…\", ko = \"…\" }`").map_or_else(Text::default, |n| self.words(n))
    }

    /// Indices of regime and channel.
    fn place_on(&mut self, f: &mut Fields<'a>, ladder: &Ladder) -> (usize, usize) {
        let regimes: Vec<String> = ladder.regimes.iter().map(|r| r.id.clone()).collect();
        let channels: Vec<String> = ladder.channels.iter().map(|c| c.id.clone()).collect();
        let regime = f.need("regime", "`regime = \"form\"`").and_then(|n| self.reference(n, "regime", &regimes));
        let channel = f.need("channel", "`channel = \"press\"`").and_then(|n| self.reference(n, "channel", &channels));
        (regime.unwrap_or(0), channel.unwrap_or(0))
    }

    /// One hour's wage in the row's currency and year.
    fn hour(&mut self, f: &mut Fields<'a>, ladder: &Ladder) -> f64 {
        let (currency, place) = (self.plain_text(f, "currency"), f.place);
        let year = self.plain(f, "year", 1900.0, 2200.0) as u32;
        match ladder.wages.iter().find(|w| w.currency == currency && w.year == year) {
            Some(wage) => wage.hour,
            None => {
                self.error(place, format!("there is no wage for {currency} in {year}"));
                1.0
            }
        }
    }
}

/// Gives a scenario the built-in profiles that its guidelines name and that it does not define, with their source. Money is
/// in the scenario's currency, at the wage of the ladder's latest year; in a currency without a wage there are none.
pub fn supply(root: &mut Node) {
    let Some(currency) = root.get("currency").and_then(Node::as_text).map(String::from) else { return };
    let mut wanted = Vec::new();
    if let Some(guidelines) = root.get("guidelines") {
        named(guidelines, &mut wanted);
    }
    wanted.retain(|(name, _)| root.get("filing").and_then(|f| f.get(name)).is_none());
    if wanted.is_empty() {
        return;
    }
    let Ok(built_in) = tree::parse_file(PROFILES, 0) else { return };
    let Some(wage) = built_in.get("wages").and_then(|w| w.get(&currency)).and_then(number) else { return };
    for (name, place) in wanted {
        let Some(profile) = built_in.get("filing").and_then(|f| f.get(&name)) else { continue };
        let Some(node) = in_money(profile, wage, &currency, place) else { continue };
        put(root, "filing", &name, node, place);
        if let Some(source) = built_in.get("source") {
            put(root, "sources", SOURCE, moved(source, place), place);
        }
    }
}

/// Names under `filing` in a part of the tree, with their places.
fn named(node: &Node, found: &mut Vec<(String, Place)>) {
    match &node.value {
        Value::Table(table) => {
            for entry in &table.entries {
                match &entry.node.value {
                    Value::Text(name) if entry.key == "filing" => {
                        if !found.iter().any(|(n, _)| n == name) {
                            found.push((name.clone(), entry.node.place));
                        }
                    }
                    _ => named(&entry.node, found),
                }
            }
        }
        Value::List(list) => list.iter().for_each(|n| named(n, found)),
        _ => {}
    }
}

fn number(node: &Node) -> Option<f64> {
    match node.value {
        Value::Number(v, _) => Some(v),
        _ => None,
    }
}

/// A profile in hours of wage as a filing profile in money.
fn in_money(profile: &Node, wage: f64, currency: &str, place: Place) -> Option<Node> {
    let get = |table: &str, key: &str| profile.get(table).and_then(|t| t.get(key)).and_then(number);
    let (mean, cv) = (get("awareness", "mean")?, get("awareness", "cv")?);
    let (mu, sigma) = (get("burden_hours", "mu")?, get("burden_hours", "sigma")?);
    let (beta_mu, beta_sigma) = (get("beta", "mu")?, get("beta", "sigma")?);
    let note = format!("{:.2} hours of wage (median) at {wage} {currency}; see docs/takeup.md", mu.exp());
    let text = format!(
        "title = {}\n\
         awareness = {{ law = \"beta\", mean = {mean}, cv = {cv}, source = \"{SOURCE}\" }}\n\
         burden = {{ law = \"lognormal\", mu = {:.4}, sigma = {sigma}, source = \"{SOURCE}\", note = \"{note}\" }}\n\
         beta = {{ law = \"lognormal\", mu = {beta_mu}, sigma = {beta_sigma}, source = \"{SOURCE}\" }}\n",
        resolved::inline(profile.get("title")?),
        mu + wage.ln(),
    );
    tree::parse_file(&text, 0).ok().map(|node| moved(&node, place))
}

/// The same tree, all of it at one place: where something asked for it.
fn moved(node: &Node, place: Place) -> Node {
    let value = match &node.value {
        Value::Table(table) => {
            let mut moved_table = Table::default();
            for entry in &table.entries {
                moved_table.put(&entry.key, place, moved(&entry.node, place));
            }
            Value::Table(moved_table)
        }
        Value::List(list) => Value::List(list.iter().map(|n| moved(n, place)).collect()),
        other => other.clone(),
    };
    Node { place, value }
}

fn put(root: &mut Node, map: &str, key: &str, node: Node, place: Place) {
    let Some(table) = root.as_table_mut() else { return };
    if !table.has(map) {
        table.put(map, place, Node { place, value: Value::Table(Table::default()) });
    }
    if let Some(inner) = table.get_mut(map).and_then(Node::as_table_mut) {
        inner.put(key, place, node);
    }
}
