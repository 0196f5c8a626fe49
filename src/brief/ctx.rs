//! What every part of a briefing is written with: the results, one language, and the register that figures enter.

use std::cell::{Cell, RefCell};

use super::register::{Register, Row, anchor, name};
use super::results::{ALL, Best, Budget, Day, Estimate, Pair, Point, Pool, Results, Share, Shift, Spread, Unit};
use super::tongue::{Tongue, clean, marked};
use crate::engine::outcome::{ACCOUNTS, COMMON, GUIDED};
use crate::model::Lang;

/// A briefing being written in one language.
pub struct Ctx<'a> {
    /// The results.
    pub results: &'a Results,
    /// The language.
    pub tongue: Tongue,
    /// True for the single sheet, which has no register of assumptions.
    pub sheet: bool,
    in_table: Cell<bool>,
    register: RefCell<Register>,
}

impl<'a> Ctx<'a> {
    /// Begins a briefing.
    pub fn new(results: &'a Results, lang: Lang) -> Ctx<'a> {
        let tongue = Tongue::new(lang, &results.scenario.currency);
        Ctx { results, tongue, sheet: false, in_table: Cell::new(false), register: RefCell::new(Register::default()) }
    }

    /// Begins a sheet.
    pub fn sheet(results: &'a Results, lang: Lang) -> Ctx<'a> {
        Ctx { sheet: true, ..Ctx::new(results, lang) }
    }

    /// Makes a table, whose figures no sentence tells.
    pub fn in_table<T>(&self, make: impl FnOnce() -> T) -> T {
        let before = self.in_table.replace(true);
        let made = make();
        self.in_table.set(before);
        made
    }

    /// The figures entered so far.
    pub fn register(&self) -> Register {
        self.register.borrow().clone()
    }

    /// A message.
    pub fn say(&self, id: &str, with: &[(&str, &str)]) -> String {
        self.tongue.say(id, with)
    }

    /// A message without parameters.
    pub fn word(&self, id: &str) -> String {
        self.tongue.word(id)
    }

    /// Position of a guideline in the file.
    pub fn index(&self, guideline: &str) -> usize {
        self.results.scenario.guidelines.iter().position(|g| g.id == guideline).unwrap_or(0)
    }

    /// Its letter: A to Z, then A1 and so on.
    pub fn letter(&self, guideline: &str) -> String {
        let at = self.index(guideline);
        let letter = char::from(b'A' + (at % 26) as u8);
        if at < 26 { letter.to_string() } else { format!("{letter}{}", at / 26) }
    }

    /// `Draft B`, `B안`.
    pub fn draft(&self, guideline: &str) -> String {
        self.say("draft", &[("letter", &self.letter(guideline))])
    }

    /// `Draft B (a flat sum)`, `B안(정액)`.
    pub fn draft_full(&self, guideline: &str) -> String {
        self.say("draft-full", &[("letter", &self.letter(guideline)), ("title", &self.title(guideline))])
    }

    /// Its title.
    pub fn title(&self, guideline: &str) -> String {
        let found = self.results.scenario.guidelines.iter().find(|g| g.id == guideline);
        found.map_or_else(|| clean(guideline), |g| self.tongue.text(&g.title))
    }

    /// The title of a variant.
    pub fn variant(&self, id: &str) -> String {
        let found = self.results.scenario.variants.iter().find(|v| v.id == id);
        found.map_or_else(|| clean(id), |v| self.tongue.text(&v.title))
    }

    /// The title of a cohort.
    pub fn cohort(&self, id: &str) -> String {
        if id == ALL {
            return self.word("everybody");
        }
        let found = self.results.scenario.cohorts.iter().find(|c| c.id == id);
        found.map_or_else(|| clean(id), |c| self.tongue.text(&c.title))
    }

    /// What a measure is called.
    pub fn measure(&self, measure: &str) -> String {
        let id = format!("m-{measure}");
        if self.tongue.has(&id) { self.word(&id) } else { measure.replace('_', " ") }
    }

    /// What a measure means.
    pub fn meaning(&self, measure: &str) -> String {
        let id = format!("m-{measure}.def");
        if self.tongue.has(&id) {
            return self.word(&id);
        }
        let mut known = COMMON.iter().chain(&GUIDED).chain(&ACCOUNTS);
        known.find(|m| m.name == measure).map_or_else(String::new, |m| m.meaning.into())
    }

    /// What a statistic is called.
    pub fn statistic(&self, statistic: &str) -> String {
        let id = format!("stat-{statistic}");
        if self.tongue.has(&id) { self.word(&id) } else { statistic.into() }
    }

    /// Enters a figure and gives it as it is shown, with a mark that leads to its row.
    pub fn enter(&self, row: Row) -> String {
        let shown = row.shown.clone();
        let id = self.register.borrow_mut().enter(Row { told: !self.in_table.get(), ..row });
        marked(&id, &shown)
    }

    /// A statistic of everybody, as it is told.
    pub fn total(&self, guideline: &str, measure: &str, statistic: &str) -> Option<String> {
        self.stat(guideline, ALL, measure, statistic)
    }

    /// A statistic, as it is told.
    pub fn stat(&self, guideline: &str, cohort: &str, measure: &str, statistic: &str) -> Option<String> {
        self.stat_as(guideline, cohort, measure, statistic, |v, unit| self.tongue.numbers.value(v, unit))
    }

    /// A statistic, as short as in a table.
    pub fn cell(&self, guideline: &str, cohort: &str, measure: &str, statistic: &str) -> Option<String> {
        self.stat_as(guideline, cohort, measure, statistic, |v, unit| self.tongue.numbers.short(v, unit))
    }

    fn stat_as(
        &self,
        guideline: &str,
        cohort: &str,
        measure: &str,
        statistic: &str,
        tell: impl Fn(f64, &Unit) -> String,
    ) -> Option<String> {
        let found = self.results.stat(guideline, cohort, measure, statistic)?;
        let common = COMMON.iter().any(|m| m.name == measure);
        let own = if common { ALL } else { guideline };
        let whose = if common { self.word("any-draft") } else { self.draft(guideline) };
        let mut label = format!("{}, {}, {whose}", self.measure(measure), self.statistic(statistic));
        if cohort != ALL {
            label = format!("{label}, {}", self.cohort(cohort));
        }
        let cohort_flag = if cohort == ALL { String::new() } else { format!(" --cohort {cohort}") };
        let flag = if common { String::new() } else { format!(" --guideline {guideline}") };
        let shown = tell(found.estimate.value, &found.unit);
        let id = self.register.borrow_mut().enter(Row {
            id: name(&["summary", own, cohort, measure, statistic]),
            label,
            meaning: self.meaning(measure),
            shown: self.tongue.numbers.value(found.estimate.value, &found.unit),
            exact: found.estimate.value,
            error: errors(&found.estimate),
            file: "summary.csv",
            place: format!("guideline={own}, cohort={cohort}, region=all, measure={measure}, statistic={statistic}"),
            ask: Some(format!("{measure}.{statistic}{flag}{cohort_flag}")),
            guideline: (!common).then(|| guideline.to_string()),
            told: !self.in_table.get(),
        });
        Some(marked(&id, &shown))
    }

    /// The share of worlds in which a is lower than b (or higher).
    pub fn pair_share(&self, pair: &Pair, lower: bool) -> String {
        let (share, column) = if lower { (pair.lower, "p_lower") } else { (pair.higher, "p_higher") };
        let word = if lower { "worlds-lower" } else { "worlds-higher" };
        let label = self.say(
            word,
            &[("a", &self.draft(&pair.a)), ("b", &self.draft(&pair.b)), ("measure", &self.measure(&pair.measure))],
        );
        let place = format!(
            "variant={}, guideline={}, compared_with={}, measure={}, column={column} ({})",
            pair.variant,
            pair.a,
            pair.b,
            pair.measure,
            self.word("or-exchanged")
        );
        let id = name(&["comparison", &pair.variant, &pair.a, &pair.b, &pair.measure, column]);
        self.worlds(id, label, share, "comparison.csv", place, Some(&pair.a))
    }

    /// The mean difference a − b, told by `tell`.
    pub fn pair_difference(&self, pair: &Pair, tell: impl Fn(f64) -> String) -> String {
        let label = self.say(
            "mean-difference",
            &[("a", &self.draft(&pair.a)), ("b", &self.draft(&pair.b)), ("measure", &self.measure(&pair.measure))],
        );
        self.enter(Row {
            id: name(&["comparison", &pair.variant, &pair.a, &pair.b, &pair.measure, "difference"]),
            label,
            meaning: self.meaning(&pair.measure),
            shown: tell(pair.difference.value),
            exact: pair.difference.value,
            error: errors(&pair.difference),
            file: "comparison.csv",
            place: format!(
                "variant={}, guideline={}, compared_with={}, measure={}, column=difference ({})",
                pair.variant,
                pair.a,
                pair.b,
                pair.measure,
                self.word("or-exchanged-sign")
            ),
            ask: None,
            guideline: Some(pair.a.clone()),
            told: true,
        })
    }

    /// The share of worlds in which a draft is best.
    pub fn best(&self, best: &Best) -> String {
        let criterion = self.word(&format!("criterion-{}", best.criterion));
        let label = self.say("worlds-best", &[("a", &self.draft(&best.guideline)), ("criterion", &criterion)]);
        let place = format!("variant={}, criterion={}, guideline={}", best.variant, best.criterion, best.guideline);
        let id = name(&["best", &best.variant, &best.criterion, &best.guideline]);
        self.worlds(id, label, best.share, "best.csv", place, Some(&best.guideline))
    }

    /// The share of worlds in which a draft exceeds the budget.
    pub fn over(&self, budget: &Budget) -> String {
        let label = self.say("worlds-over", &[("a", &self.draft(&budget.guideline))]);
        let place = format!("variant={}, guideline={}, column=p_over", budget.variant, budget.guideline);
        let id = name(&["budget", &budget.variant, &budget.guideline]);
        self.worlds(id, label, budget.over, "budget.csv", place, Some(&budget.guideline))
    }

    /// The share of worlds in which a pool scales awards down.
    pub fn binds(&self, pool: &Pool) -> String {
        let label = self.say("worlds-binds", &[("a", &self.draft(&pool.guideline))]);
        let place = format!("variant={}, guideline={}, column=p_binds", pool.variant, pool.guideline);
        let id = name(&["pools", &pool.variant, &pool.guideline]);
        self.worlds(id, label, pool.binds, "pools.csv", place, Some(&pool.guideline))
    }

    fn worlds(
        &self,
        id: String,
        label: String,
        share: Share,
        file: &'static str,
        place: String,
        guideline: Option<&str>,
    ) -> String {
        let shown = self.tongue.numbers.share(share.value);
        let error = Some([f64::NAN, share.lo, share.hi]);
        let meaning = self.word("worlds-meaning");
        let guideline = guideline.map(String::from);
        self.enter(Row {
            id,
            label,
            meaning,
            shown,
            exact: share.value,
            error,
            file,
            place,
            ask: None,
            guideline,
            told: true,
        })
    }

    /// The share of a variance that is chance.
    pub fn chance(&self, spread: &Spread) -> String {
        let (a, measure) = (self.draft(&spread.guideline), self.measure(&spread.measure));
        self.enter(Row {
            id: name(&["spread", &spread.guideline, &spread.measure]),
            label: self.say("chance-share", &[("a", &a), ("measure", &measure)]),
            meaning: self.word("chance-meaning"),
            shown: self.tongue.numbers.share(spread.chance.value.clamp(0.0, 1.0)),
            exact: spread.chance.value,
            error: errors(&spread.chance),
            file: "spread.csv",
            place: format!("variant=base, guideline={}, measure={}, column=chance", spread.guideline, spread.measure),
            ask: None,
            guideline: Some(spread.guideline.clone()),
            told: true,
        })
    }

    /// What a variant changes in a mean.
    pub fn shift(&self, shift: &Shift) -> String {
        let told = self.tongue.numbers.short(shift.shift.value, &shift.unit);
        let signed = if shift.shift.value > 0.0 && told != "0" { format!("+{told}") } else { told };
        // What chance alone may have made is told as such.
        let clear = shift.shift.lo >= 0.0 || shift.shift.hi <= 0.0;
        let shown = if clear { signed } else { format!("({signed})") };
        let (a, measure) = (self.draft(&shift.guideline), self.measure(&shift.measure));
        let variant = self.variant(&shift.variant);
        self.enter(Row {
            id: name(&["variants", &shift.variant, &shift.guideline, &shift.measure]),
            label: self.say("shift-label", &[("a", &a), ("measure", &measure), ("variant", &variant)]),
            meaning: self.meaning(&shift.measure),
            shown,
            exact: shift.shift.value,
            error: errors(&shift.shift),
            file: "variants.csv",
            place: format!(
                "variant={}, guideline={}, measure={}, column=shift",
                shift.variant, shift.guideline, shift.measure
            ),
            ask: None,
            guideline: Some(shift.guideline.clone()),
            told: true,
        })
    }

    /// The course of a draft's awards of money, told by what is paid by its last day.
    pub fn course(&self, guideline: &str, last: &Day) -> String {
        let a = self.draft(guideline);
        self.enter(Row {
            id: name(&["timeline", guideline, "paid"]),
            label: self.say("course-label", &[("a", &a)]),
            meaning: self.word("course-meaning"),
            shown: self.tongue.numbers.sized(last.mean),
            exact: last.mean,
            error: None,
            file: "timeline.csv",
            place: format!("variant=base, guideline={guideline}, series=paid, day=0…{}, column=mean", last.day),
            ask: None,
            guideline: Some(guideline.to_string()),
            told: true,
        })
    }

    /// A figure worked out from two or more rows of `summary.csv`; `place` says which.
    pub fn derived(
        &self,
        id: &[&str],
        label: String,
        meaning: &str,
        exact: f64,
        shown: String,
        place: String,
    ) -> String {
        let guideline = id.get(1).map(|g| g.to_string());
        let (id, meaning) = (name(id), self.word(meaning));
        self.enter(Row {
            id,
            label,
            meaning,
            shown,
            exact,
            error: None,
            file: "summary.csv",
            place,
            ask: None,
            guideline,
            told: true,
        })
    }

    /// A number of the scenario as it is told, with a mark that leads to its row in the register of assumptions.
    pub fn assumed(&self, path: &str, shown: &str) -> String {
        marked(&anchor(path), shown)
    }

    /// A point of an exceedance curve.
    pub fn point(&self, point: &Point) -> String {
        let probability = self.tongue.numbers.share(point.probability);
        let (a, measure) = (self.draft(&point.guideline), self.measure(&point.measure));
        let with = [("a", a.as_str()), ("measure", &measure), ("probability", &probability)];
        self.enter(Row {
            id: name(&["exceedance", &point.guideline, &point.measure, &format!("{}", point.probability)]),
            label: self.say("exceeded-with", &with),
            meaning: self.meaning(&point.measure),
            shown: self.tongue.numbers.short(point.estimate.value, &Unit::Money),
            exact: point.estimate.value,
            error: errors(&point.estimate),
            file: "exceedance.csv",
            place: format!(
                "variant=base, guideline={}, measure={}, probability={}",
                point.guideline, point.measure, point.probability
            ),
            ask: None,
            guideline: Some(point.guideline.clone()),
            told: true,
        })
    }
}

fn errors(estimate: &Estimate) -> Option<[f64; 3]> {
    let all = [estimate.se, estimate.lo, estimate.hi];
    all.iter().any(|e| e.is_finite()).then_some(all)
}
