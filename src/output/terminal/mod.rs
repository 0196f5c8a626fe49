//! The result on the terminal: the guidelines side by side in 80 columns, then what to know before using it.
//! Pure functions from findings to text.

mod after;
pub mod annual;
pub mod cells;
pub mod grid;
pub mod ladder;
pub mod learned;
pub mod measure;
mod notes;
pub mod sensitivity;
mod tables;
pub mod whatif;
pub mod width;

pub use notes::{no_finite_variance, one_by_one};

use super::manifest::RunRecord;
use crate::analysis::findings::{Findings, statistic};
use crate::model::{Lang, Scenario};
use crate::stats::Description;
use std::path::Path;

/// What the report says of the run besides its findings.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The scenario, for titles.
    pub scenario: &'a Scenario,
    /// How the run was made.
    pub run: &'a RunRecord,
    /// Folder of the result files.
    pub folder: &'a Path,
    /// Language.
    pub lang: Lang,
}

/// The whole report, ending with a line break.
pub fn report(findings: &Findings, told: Told) -> String {
    let view = View { findings, scenario: told.scenario, lang: told.lang };
    let mut parts = vec![
        view.title(),
        view.outage(),
        tables::legend(&view),
        tables::guidelines(&view),
        tables::differences(&view),
        tables::gainers(&view),
        after::when(&view),
        after::spent(&view),
        after::borne(&view),
        after::left_out(&view),
        tables::take_up(&view),
        notes::pools(&view),
        notes::spread(&view),
        notes::error(&view),
        notes::heavy(&view),
        notes::alone(&view, told.run),
        notes::assumed(&view),
        tables::variants(&view),
        notes::run(told.run, told.folder, told.lang),
    ];
    parts.retain(|p| !p.is_empty());
    format!("{}\n", parts.join("\n\n"))
}

/// What all parts of the report look at.
pub(crate) struct View<'a> {
    findings: &'a Findings,
    scenario: &'a Scenario,
    lang: Lang,
}

impl View<'_> {
    /// The wording in the report's language.
    fn say<'t>(&self, en: &'t str, ko: &'t str) -> &'t str {
        say(self.lang, en, ko)
    }

    /// Letter by which a guideline is called.
    fn letter(&self, guideline: usize) -> String {
        letter(guideline)
    }

    /// True of a run of a single world, which has no range.
    fn is_one_world(&self) -> bool {
        self.findings.variants.first().is_some_and(|v| v.replicates == 1)
    }

    fn title(&self) -> String {
        width::shorten(self.scenario.title.get(self.lang), grid::COLUMNS)
    }

    /// How many were hit and what they lost.
    fn outage(&self) -> String {
        let told = |measure: &str, is_money: bool| {
            let d = self.findings.total("all", measure)?;
            let mean = match (is_money, self.lang) {
                (true, _) => cells::money(d.mean().value, &self.scenario.currency, self.lang),
                (false, Lang::En) => cells::count(d.mean().value, self.lang),
                (false, Lang::Ko) => cells::people(d.mean().value, self.lang),
            };
            if self.is_one_world() || is_certain(d) {
                return Some((mean, false));
            }
            let range = cells::range(statistic(d, "p05"), statistic(d, "p95"), cells::dash(self.lang), self.lang);
            Some((format!("{mean} ({range})"), true))
        };
        let all = [("hit", false), ("losers", false), ("loss", true)].map(|(measure, money)| told(measure, money));
        let in_brackets = all.iter().flatten().any(|(_, in_brackets)| *in_brackets);
        let [hit, losers, loss] = all.map(|told| told.unwrap_or_default().0);
        let text = match self.lang {
            Lang::En => {
                format!("Estimate: {hit} people were hit, {losers} of them lost money, {loss} in all.")
            }
            Lang::Ko => format!("추정: 피해자 {hit}, 금전 손해를 본 사람 {losers}, 손해 합계 {loss}."),
        };
        let brackets = match in_brackets {
            false if self.is_one_world() => self.say(" Of one world.", " 상황 하나의 값."),
            false => "",
            true => self.say(" In brackets the middle 90 % of worlds.", " 괄호 안은 가운데 90% 범위."),
        };
        width::wrap(&(text + brackets), grid::COLUMNS, "")
    }
}

/// Letter by which the guideline at a place is called, on the page and where a figure has no room for its title.
pub fn letter(guideline: usize) -> String {
    let letter = u8::try_from(guideline).ok().filter(|g| *g < 26).map(|g| char::from(b'A' + g));
    letter.map_or_else(|| (guideline + 1).to_string(), String::from)
}

/// True of what is the same in all worlds, but for rounding: there is no range to tell.
fn is_certain(of: &Description) -> bool {
    let low = statistic(of, "p05");
    [statistic(of, "p95"), of.mean().value].iter().all(|x| (x - low).abs() <= 1e-9 * low.abs())
}

/// The wording in a language.
fn say<'t>(lang: Lang, en: &'t str, ko: &'t str) -> &'t str {
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}
