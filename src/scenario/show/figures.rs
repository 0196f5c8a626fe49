//! What a file states beside its story: which numbers move together, and which stand there without a source.

use super::super::assumed::assumed;
use super::super::inputs::{standing, status};
use super::Teller;
use super::page::Page;
use crate::chance::law::Law;
use crate::model::observed::ErrorLaw;
use crate::model::{Lang, Tail};
use crate::scenario::exact;

/// Characters of a figure that are told in a line; the rest is in `inputs.csv`.
const SHORT: usize = 100;

/// Numbers of a guideline that it cannot choose: what becomes of claims and of awards in kind, and who files.
const NO_CHOICE: [&str; 8] =
    ["approval", "redemption", "unit_cost", "value", "claim_cost", "awareness", "burden", "beta"];

impl Teller<'_> {
    /// Rank correlations, each with its source.
    pub(super) fn together(&mut self, page: &mut Page) {
        let quantities = &self.scenario.quantities;
        if quantities.links.is_empty() {
            return;
        }
        page.heading(self.pick("Numbers that move together", "함께 움직이는 숫자"));
        for link in &quantities.links {
            let (a, b) = (&quantities.get(link.a).path, &quantities.get(link.b).path);
            let rho = exact::number(link.rho);
            let (cited, of_tail) = self.sources_of_link(a, b);
            let tail = match link.tail {
                Tail::Gaussian => String::new(),
                Tail::Student(df) => {
                    let df = exact::number(df);
                    self.say(
                        format!(", also in the extremes (t copula, {df} degrees of freedom{of_tail})"),
                        format!(", 극단에서도 함께(t 코퓰러, 자유도 {df}{of_tail})"),
                    )
                }
            };
            page.item(
                2,
                &self.say(
                    format!("{a} and {b}: rank correlation {rho}{cited}{tail}."),
                    format!("{a}, {b}: 순위 상관 {rho}{cited}{tail}."),
                ),
            );
        }
    }

    /// The marks of the sources of the correlation that links two numbers, and of its tail.
    fn sources_of_link(&mut self, a: &str, b: &str) -> (String, String) {
        let names = |note: &str| note.contains(a) && note.contains(b);
        let figures = &self.scenario.figures;
        let found = figures.iter().find(|f| f.path.ends_with(".rank") && names(f.note.get(Lang::En)));
        let Some(rank) = found.map(|f| f.path.clone()) else { return Default::default() };
        let tail = format!("{}.tail", rank.trim_end_matches(".rank"));
        (self.source_of(&rank), self.source_of(&tail))
    }

    /// Numbers with a source of which nothing else tells: nothing uses them, or they are what would hold anyway.
    pub(super) fn others(&mut self, page: &mut Page) {
        let scenario = self.scenario;
        let untold = |path: &str| !self.told.contains(path);
        let numbers = scenario.quantities.listed().filter(|q| status(q) == "sourced" && untold(&q.path));
        let mut others: Vec<(&str, String, Option<usize>)> =
            numbers.map(|q| (q.path.as_str(), self.law(&q.law, q.unit), q.source)).collect();
        // Of the figures inside a scheme its rules tell.
        let figures = scenario.figures.iter().filter(|f| standing(f.defaulted, f.source) == "sourced");
        let figures = figures.filter(|f| untold(&f.path) && !f.path.contains(".scheme."));
        others.extend(figures.map(|f| (f.path.as_str(), short(&f.value), f.source)));
        if others.is_empty() {
            return;
        }
        page.heading(self.pick("Other numbers with a source", "그 밖에 출처가 있는 숫자"));
        for (path, value, source) in others {
            let mark = source.map_or_else(String::new, |source| format!(" {}", self.cite(source)));
            page.item(2, &format!("{path}: {value}{mark}"));
        }
    }

    /// Numbers that the file states without a source. What a draft fixes, its sums and bounds, is its own choice, not an
    /// assumption; how many claims are approved or coupons used is none.
    pub(super) fn assumptions(&mut self, page: &mut Page) {
        page.heading(self.pick("Assumptions: numbers without a source", "가정: 출처 없는 숫자"));
        let (mut told, mut chosen) = (Vec::new(), Vec::new());
        for q in &self.scenario.quantities.list {
            let last = q.path.rsplit('.').next().unwrap_or_default();
            let choice =
                q.path.starts_with("guidelines.") && matches!(q.law, Law::Constant(_)) && !NO_CHOICE.contains(&last);
            let words = self.law(&q.law, q.unit);
            match status(q) {
                "assumed" if choice => chosen.push((q.path.as_str(), words)),
                "assumed" => {
                    told.push(self.assumption(&q.path, &words, self.name(&q.note)));
                }
                _ => {}
            }
        }
        for f in self.scenario.figures.iter().filter(|f| standing(f.defaulted, f.source) == "assumed") {
            match f.path.starts_with("guidelines.") {
                true => chosen.push((f.path.as_str(), short(&f.value))),
                false => told.push(self.assumption(&f.path, &short(&f.value), self.name(&f.note))),
            }
        }
        for o in self.scenario.aftermath.observed.iter().chain(&self.scenario.aftermath.outcomes) {
            let what = format!("{}, {}", self.name(&o.what), o.on);
            let in_words = |value: f64| exact::value(value, o.measured.unit, &self.scenario.currency, self.lang);
            if o.source.is_none() {
                told.push(self.assumption(&format!("{}.value", o.path), &in_words(o.value), &what));
            }
            let error = match o.error {
                Some(ErrorLaw::Normal(sd)) => in_words(sd),
                Some(ErrorLaw::Lognormal(sd)) => exact::number(sd),
                None => continue,
            };
            let what = self.say(format!("how far off it may be: {what}"), format!("오차(표준편차): {what}"));
            told.push(self.assumption(&format!("{}.error", o.path), &error, &what));
        }
        for guideline in &self.scenario.guidelines {
            for fact in assumed(&guideline.rules).iter().filter(|fact| !fact.usual) {
                let path = format!("guidelines.{}.facts.{}", guideline.id, fact.fact);
                told.push(self.assumption(&path, fact.value.get(self.lang), self.name(&fact.title)));
            }
        }
        if told.is_empty() {
            page.paragraph(2, self.pick("None.", "없음."));
        }
        told.iter().for_each(|line| page.item(2, line));
        self.chosen(&chosen, page);
    }

    /// What drafts lay down themselves, by draft: paths inside it with their values.
    fn chosen(&self, chosen: &[(&str, String)], page: &mut Page) {
        if chosen.is_empty() {
            return;
        }
        let n = chosen.len();
        let (numbers, are) = if n == 1 { ("number", "is") } else { ("numbers", "are") };
        page.paragraph(
            2,
            &self.say(
                format!(
                    "Besides, {n} {numbers} without a source {are} the drafts' own terms (sums, bounds, hours): what a draft \
                     chooses and nobody assumes."
                ),
                format!(
                    "이 밖에 출처 없는 숫자 {n}개는 기준안이 스스로 정한 조건(금액, 한도, 시간)으로, 가정이 아니라 선택이다."
                ),
            ),
        );
        for guideline in &self.scenario.guidelines {
            let draft = format!("guidelines.{}", guideline.id);
            let of_it =
                chosen.iter().filter_map(|(path, value)| Some((path.strip_prefix(&draft)?.strip_prefix('.')?, value)));
            let told: Vec<String> = of_it.map(|(path, value)| format!("{path} = {value}")).collect();
            if !told.is_empty() {
                page.item(2, &format!("{draft}: {}", told.join("; ")));
            }
        }
    }

    fn assumption(&self, path: &str, value: &str, note: &str) -> String {
        let note = if note.is_empty() { String::new() } else { format!(" – {note}") };
        format!("{path}: {value}{note}")
    }
}

/// A figure that is a long list in short.
fn short(value: &str) -> String {
    match value.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{} …", value[..end].trim_end_matches([',', ' '])),
        None => value.into(),
    }
}
