//! The filing ladder in files: its evidence, and the profiles that follow from it, which `supply` gives to scenarios.
//!
//! The fit is made by `redress takeup`; the profiles it gives are kept in `scenarios/filing/profiles.toml`, and a test
//! holds the two together.

use super::reader::{Fields, Reading};
use super::report::{LoadError, Report, TextFile};
use super::tree;
use crate::model::Text;
use crate::model::burden::TASKS;
use crate::model::ladder::{Approval, Channel, Event, Ladder, Named, Regime, Rung, Wage};

/// The evidence as shipped.
pub const EVIDENCE: &str = include_str!("../../scenarios/filing/ladder.toml");
/// The profiles as fitted.
pub const PROFILES: &str = include_str!("../../scenarios/filing/profiles.toml");

/// The evidence that comes with the program.
///
/// # Errors
/// [`LoadError::Invalid`] with every mistake.
pub fn ladder() -> Result<Ladder, LoadError> {
    let name = "scenarios/filing/ladder.toml";
    let wrong =
        |found| LoadError::Invalid(Report::new(vec![TextFile { name: name.into(), text: EVIDENCE.into() }], found));
    let root = tree::parse_file(EVIDENCE, 0).map_err(|d| wrong(vec![*d]))?;
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
        if let Some(mut f) = top.need("tasks", "`[tasks]`, hours of each").and_then(|n| self.open(n, "tasks")) {
            ladder.tasks = TASKS.map(|task| self.plain(&mut f, task, 0.0, f64::INFINITY));
            f.finish(self);
        }
        for mut f in self.tables(&mut top, "regimes") {
            let (id, title) = (self.plain_text(&mut f, "id"), self.two_words(&mut f));
            let mut hours = 0.0;
            if let Some(mut parts) = f.need("parts", "`parts = { forms = 1 }`").and_then(|n| self.open(n, "parts")) {
                for (task, each) in TASKS.iter().zip(ladder.tasks) {
                    let count = parts.take(task).and_then(|n| self.plain_number(n)).unwrap_or(0.0);
                    hours += count * each;
                }
                parts.finish(self);
            }
            ladder.regimes.push(Regime { id, title, hours });
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
            let (study, published) = (self.plain_text(&mut f, "study"), self.plain_date(&mut f, "published"));
            ladder.approvals.push(Approval { study, share: self.plain(&mut f, "share", 0.0, 1.0), published });
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
            published: self.plain_date(&mut f, "published"),
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
            opened: self.plain_date(&mut f, "opened"),
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

    /// A day of the calendar.
    fn plain_date(&mut self, f: &mut Fields<'a>, key: &'static str) -> String {
        f.need(key, "a date, 2018-10-31").and_then(|n| self.date(n)).unwrap_or_default()
    }

    /// A number strictly between two bounds.
    fn plain(&mut self, f: &mut Fields<'a>, key: &'static str, low: f64, high: f64) -> f64 {
        let Some(node) = f.need(key, "a number") else { return 0.5 };
        let value = self.plain_number(node).unwrap_or(0.5);
        if value <= low || value >= high {
            self.error(node.place, format!("`{key}` must lie between {low} and {high}"))
                .help(format!("write a number above {low} and below {high}"));
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
                self.error(place, format!("there is no wage for {currency} in {year}"))
                    .help("add it under [[wages]], or take a currency and year that stand there");
                1.0
            }
        }
    }
}
