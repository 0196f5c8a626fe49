//! A scenario in plain sentences, English or Korean, at 80 columns, every figure with its source.

mod after;
mod drafts;
mod figures;
pub(super) mod page;
pub(in crate::scenario) mod people;

use super::exact;
use super::inputs::law_words;
use super::{Loaded, Profile};
use crate::chance::law::Law;
use crate::model::{Lang, Q, Scenario, Service, Text, Unit};
use page::Page;
use std::collections::BTreeSet;

/// The scenario and each guideline in plain sentences. Figures carry the number of their source, `[1]`; what has no
/// source is listed under the assumptions.
pub fn show(loaded: &Loaded, lang: Lang) -> String {
    let scenario = &loaded.scenario;
    let mut teller = Teller { scenario, filing: &loaded.filing, lang, cited: Vec::new(), told: BTreeSet::new() };
    let mut page = Page::new();
    page.title(scenario.title.get(lang));
    page.paragraph(0, scenario.summary.get(lang));
    teller.incident(&mut page);
    teller.cohorts(&mut page);
    teller.guidelines(&mut page);
    teller.aftermath(&mut page);
    teller.budget(&mut page);
    teller.together(&mut page);
    teller.variants(&mut page);
    teller.others(&mut page);
    teller.assumptions(&mut page);
    teller.sources(&mut page);
    page.text()
}

/// A guideline in the sentences of [`show`], for texts of another form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesTold {
    /// Its rules, each with the sentences of the scheme that it applies, if it applies one.
    pub rules: Vec<(String, Vec<String>)>,
    /// What holds for all of them: pool, conversion of money, cost of a claim.
    pub together: Vec<String>,
}

/// The guidelines, in file order, and the procedures of a scenario in the sentences of [`show`]. The number of a source is its
/// place in the scenario's list, from 1.
pub fn rules_told(scenario: &Scenario, filing: &[Profile], lang: Lang) -> (Vec<RulesTold>, Vec<String>) {
    let cited = (0..scenario.sources.len()).collect();
    let mut teller = Teller { scenario, filing, lang, cited, told: BTreeSet::new() };
    let guidelines = scenario.guidelines.iter().map(|g| teller.rules_of(g)).collect();
    (guidelines, teller.procedures())
}

/// Tells a scenario; remembers which sources were cited, in order, and the paths of the numbers that were told with theirs.
struct Teller<'a> {
    scenario: &'a Scenario,
    filing: &'a [Profile],
    lang: Lang,
    cited: Vec<usize>,
    told: BTreeSet<String>,
}

impl Teller<'_> {
    /// The wording in the reader's language.
    fn pick<'b>(&self, en: &'b str, ko: &'b str) -> &'b str {
        match self.lang {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }

    /// One of two sentences made of the same figures.
    fn say(&self, en: String, ko: String) -> String {
        match self.lang {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }

    fn name<'b>(&self, text: &'b Text) -> &'b str {
        text.get(self.lang)
    }

    /// A quantity in words with the number of its source.
    fn figure(&mut self, q: Q) -> String {
        format!("{}{}", self.bare(q), self.mark(q))
    }

    /// The mark of the source of a quantity, after a blank.
    fn mark(&mut self, q: Q) -> String {
        let quantity = self.scenario.quantities.get(q);
        let Some(source) = quantity.source else { return String::new() };
        self.told.insert(quantity.path.clone());
        format!(" {}", self.cite(source))
    }

    /// A quantity in words, without its source.
    fn bare(&self, q: Q) -> String {
        let quantity = self.scenario.quantities.get(q);
        self.law(&quantity.law, quantity.unit)
    }

    /// A law in words; a number that is given with all its digits.
    fn law(&self, law: &Law, unit: Unit) -> String {
        match law {
            Law::Constant(value) => exact::value(*value, unit, &self.scenario.currency, self.lang),
            _ => law_words(law, unit, &self.scenario.currency, self.lang),
        }
    }

    /// A quantity inside a sentence: laws in brackets.
    fn inline(&mut self, q: Q) -> String {
        match self.scenario.quantities.get(q).law {
            Law::Constant(_) => self.figure(q),
            _ => format!("({})", self.figure(q)),
        }
    }

    /// A share as it stands behind "Of those hit" in English: ` 40 %`, `, 0.2 % to 3 % (most likely 1 %)`.
    fn of_them(&mut self, q: Q) -> String {
        let told = self.inline(q);
        let range = told
            .strip_prefix('(')
            .and_then(|t| t.strip_suffix(')'))
            .filter(|t| t.starts_with(|c: char| c.is_ascii_digit()));
        match range.map(|range| range.split_once(", ")) {
            None => format!(" {told}"),
            Some(Some((range, more))) => format!(", {range} ({more})"),
            Some(None) => format!(", {}", range.unwrap_or_default()),
        }
    }

    /// A number that a word follows, and the mark of its source, which stands after that word.
    fn parted(&mut self, q: Q) -> (String, String) {
        let mark = self.mark(q);
        match self.scenario.quantities.get(q).law {
            Law::Constant(_) => (self.bare(q), mark),
            _ => (format!("({})", self.bare(q)), mark),
        }
    }

    /// The mark of the source of the figure at a path, after a blank.
    fn source_of(&mut self, path: &str) -> String {
        if let Some(q) = self.scenario.quantities.find(path) {
            return self.mark(q);
        }
        let source = self.scenario.figures.iter().find(|f| f.path == path).and_then(|f| f.source);
        let Some(source) = source else { return String::new() };
        self.told.insert(path.into());
        format!(" {}", self.cite(source))
    }

    fn cite(&mut self, source: usize) -> String {
        let at = self.cited.iter().position(|c| *c == source).unwrap_or_else(|| {
            self.cited.push(source);
            self.cited.len() - 1
        });
        format!("[{}]", at + 1)
    }

    /// True for a constant of that value.
    fn is(&self, q: Q, value: f64) -> bool {
        self.scenario.quantities.get(q).law == Law::Constant(value)
    }

    fn list(&self, names: &[String]) -> String {
        let and = self.pick(" and ", ", ");
        let commas = names.iter().any(|n| n.contains(','));
        match names.split_last() {
            None => String::new(),
            Some((last, [])) => last.clone(),
            Some(_) if commas => names.join("; "),
            Some((last, rest)) => format!("{}{and}{last}", rest.join(", ")),
        }
    }

    fn incident(&mut self, page: &mut Page) {
        page.heading(self.pick("The outage", "장애"));
        let start = &self.scenario.outage.start;
        let day = weekday(start.hour_of_week, self.lang);
        let when = start.text.replace('T', " ");
        let source = self.source_of("outage.start");
        page.paragraph(
            2,
            &self.say(
                format!("It began on {day}, {when} (local time){source}."),
                format!("{when}({day}, 현지 시각)에 시작되었다{source}."),
            ),
        );
        for phase in &self.scenario.outage.phases {
            let hours = self.figure(phase.hours);
            let name = self.name(&phase.title);
            page.item(2, &self.say(format!("Common phase, {name}: {hours}."), format!("공통 단계, {name}: {hours}.")));
        }
        for service in &self.scenario.services {
            let told = self.service(service);
            page.item(2, &told);
        }
        if self.scenario.regions.len() > 1 {
            let regions: Vec<_> = self.scenario.regions.iter().map(|r| (r.title.clone(), r.share)).collect();
            let told: Vec<String> =
                regions.iter().map(|(title, q)| format!("{} {}", self.name(title), self.figure(*q))).collect();
            let own = self.scenario.cohorts.iter().any(|c| self.own_regions(c));
            let lead = match own {
                true => self.pick(
                    "Share of people by region, in cohorts that state none of their own",
                    "지역별 인구 비율(따로 적지 않은 집단)",
                ),
                false => self.pick("Share of people by region", "지역별 인구 비율"),
            };
            page.item(2, &format!("{lead}: {}.", told.join(", ")));
        }
    }

    fn service(&mut self, service: &Service) -> String {
        let phases: Vec<String> = service
            .restoration
            .phases
            .iter()
            .filter_map(|i| self.scenario.outage.phases.get(*i))
            .map(|p| self.name(&p.title).to_string())
            .collect();
        let strata: Vec<String> = service
            .restoration
            .strata
            .iter()
            .map(|s| {
                let hours = self.figure(s.hours);
                if self.is(s.share, 1.0) {
                    return hours;
                }
                let share = self.inline(s.share);
                self.say(format!("{hours} for {share} of people"), format!("{share}는 {hours}"))
            })
            .collect();
        let name = self.name(&service.title);
        let told = strata.join("; ");
        let after = match phases.is_empty() {
            true => String::new(),
            false => {
                let phases = self.list(&phases);
                self.say(
                    format!(", counted from the end of: {phases}"),
                    format!(" (다음 단계가 끝난 때부터: {phases})"),
                )
            }
        };
        let told = self.say(format!("{name}: back after {told}{after}."), format!("{name}: 복구까지 {told}{after}."));
        match self.some_regions(service) {
            Some(regions) => format!("{told} {regions}"),
            None => told,
        }
    }

    fn some_regions(&self, service: &Service) -> Option<String> {
        if service.regions.len() == self.scenario.regions.len() {
            return None;
        }
        let names: Vec<String> =
            service.regions.iter().map(|i| self.name(&self.scenario.regions[*i].title).to_string()).collect();
        let names = self.list(&names);
        Some(self.say(format!("Only in {names}."), format!("{names}에 한함.")))
    }

    fn budget(&mut self, page: &mut Page) {
        let Some(budget) = &self.scenario.budget else { return };
        page.heading(self.pick("The budget", "예산"));
        let amount = self.figure(budget.amount);
        let tolerance = format!("{}{}", exact::share(budget.tolerance, self.lang), self.source_of("budget.tolerance"));
        let en = format!("{amount}; it may be exceeded in {tolerance} of the simulated worlds.");
        page.paragraph(2, &self.say(en, format!("{amount}. 상황의 {tolerance}까지는 넘어도 된다.")));
    }

    fn variants(&mut self, page: &mut Page) {
        if self.scenario.variants.is_empty() {
            return;
        }
        page.heading(self.pick("What if: variants", "만약: 변형"));
        for v in &self.scenario.variants {
            let note = self.name(&v.note);
            let gap = if note.is_empty() { "" } else { " " };
            page.item(2, &format!("{} ({}): {}.{gap}{note}", self.name(&v.title), v.id, v.changes.join("; ")));
        }
    }

    fn sources(&mut self, page: &mut Page) {
        if self.cited.is_empty() {
            return;
        }
        page.heading(self.pick("Sources", "출처"));
        for (i, at) in self.cited.iter().enumerate() {
            let Some(source) = self.scenario.sources.get(*at) else { continue };
            let mut parts = vec![self.name(&source.title).to_string()];
            if !source.date.is_empty() {
                parts.push(source.date.clone());
            }
            if !source.grade.is_empty() {
                parts.push(format!("{} {}", self.pick("grade", "등급"), source.grade));
            }
            page.numbered(i + 1, &parts.join(", "), &source.url);
        }
    }
}

fn weekday(hour_of_week: f64, lang: Lang) -> &'static str {
    let en = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let ko = ["월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"];
    let day = ((hour_of_week / 24.0) as usize).min(6);
    match lang {
        Lang::En => en[day],
        Lang::Ko => ko[day],
    }
}
