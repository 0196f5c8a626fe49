//! A scheme explained back: plain sentences made from the rules themselves, so that who reads only them finds a wrong
//! bound. The latest version is told in full, of each other what differs from the one told before that it is most like.

mod about;
mod difference;
mod english;
mod inside;
mod known;
mod korean;
pub(in crate::scenario) mod particle;
mod ruled;
mod speaker;

use super::super::show::page::{Page, wrap};
use super::simulated;
use crate::guideline::along;
use crate::guideline::applied::needed;
use crate::guideline::calendar;
use crate::guideline::decide::visit;
use crate::model::Lang;
use crate::model::expression::{Dimension, Expression, Function, Kind, Node, Type, Value};
use crate::model::scheme::{Gives, Name, Origin, Rule, Scheme, Version};
use known::Known;
use speaker::{Clause, Given, Said, Speaker, titled};

pub use inside::{expression_in_korean, told, value_in_korean};

/// Columns of a line.
pub const COLUMNS: usize = 80;
/// Columns before a table.
const TABLE: usize = 4;

/// What a line of an explanation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The title of the whole.
    Title,
    /// The heading of a part.
    Heading,
    /// The first line of a paragraph.
    Opening,
    /// A sentence, so many columns from the margin.
    Sentence(usize),
    /// An entry of a list, likewise.
    Item(usize),
    /// A line of a table, likewise; it is never broken.
    Row(usize),
}

/// A sentence of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it looks like.
    pub look: Look,
    /// Its text.
    pub text: String,
}

impl Line {
    fn new(look: Look, text: impl Into<String>) -> Line {
        Line { look, text: text.into() }
    }

    /// Broken into lines of so many columns.
    pub fn broken(&self, columns: usize) -> Vec<String> {
        if let Look::Row(indent) = self.look {
            return vec![format!("{}{}", " ".repeat(indent), self.text)];
        }
        let (first, other) = match self.look {
            Look::Title | Look::Heading | Look::Opening => (String::new(), String::new()),
            Look::Sentence(indent) => (" ".repeat(indent), " ".repeat(indent)),
            Look::Row(indent) => (" ".repeat(indent), String::new()),
            Look::Item(indent) => (format!("{}- ", " ".repeat(indent)), " ".repeat(indent + 2)),
        };
        let lines = wrap(&self.text, columns - other.len());
        lines.iter().enumerate().map(|(i, l)| format!("{}{l}", if i == 0 { &first } else { &other })).collect()
    }
}

/// The whole scheme in plain sentences.
pub fn explain(scheme: &Scheme, lang: Lang) -> String {
    let mut page = Page::new();
    for line in lines(scheme, lang) {
        match line.look {
            Look::Title => {
                page.title(&line.text);
                about::head(scheme, lang, &mut page);
            }
            Look::Heading => page.heading(&line.text),
            Look::Opening => page.opening(&line.text),
            _ => line.broken(COLUMNS).iter().for_each(|l| page.line(l)),
        }
    }
    about::sources(scheme, lang, &mut page);
    page.text()
}

/// An explanation sentence by sentence.
pub fn lines(scheme: &Scheme, lang: Lang) -> Vec<Line> {
    let latest = scheme.latest();
    let mut out = vec![Line::new(Look::Title, scheme.title.get(lang))];
    let Some(version) = scheme.versions.get(latest) else { return out };
    let teller = Teller::new(scheme, version, lang);
    teller.version(&mut out);
    let whole = teller.sections();
    teller.all(&whole, &mut out);
    let mut told = vec![(version, whole)];
    for (_, version) in scheme.versions.iter().enumerate().filter(|(i, _)| *i != latest) {
        let teller = Teller::new(scheme, version, lang);
        teller.version(&mut out);
        let sections = teller.sections();
        out.extend(difference::shortest(&teller, &sections, &told));
        told.push((version, sections));
    }
    out
}

/// A part of a version that stays together: what it is of, its key, its title, and its sentences.
#[derive(Clone, Debug, PartialEq)]
struct Section {
    part: Part,
    key: String,
    title: String,
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Rules,
    Limit,
    Terms,
    Facts,
    Days,
}

struct Teller<'a> {
    scheme: &'a Scheme,
    version: &'a Version,
    lang: Lang,
    known: Known,
}

impl<'a> Teller<'a> {
    fn new(scheme: &'a Scheme, version: &'a Version, lang: Lang) -> Teller<'a> {
        Teller { scheme, version, lang, known: Known::of(scheme, version, lang) }
    }

    fn pick<'t>(&self, en: &'t str, ko: &'t str) -> &'t str {
        match self.lang {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }

    /// Name and date of the version, where it has any.
    fn called(&self) -> String {
        let Version { id, from, .. } = self.version;
        let day = |d: i64| calendar::written(d * 24 * 60);
        let later = self.scheme.versions.iter().filter_map(|v| v.from).filter(|d| from.is_some_and(|from| *d > from));
        let until = later.min().map(|next| day(next - 1));
        let held = match (self.lang, from.map(day), until) {
            (_, None, _) => None,
            (Lang::En, Some(from), None) => Some(format!("in force from {from}")),
            (Lang::En, Some(from), Some(until)) => Some(format!("in force from {from} to {until}")),
            (Lang::Ko, Some(from), None) => Some(format!("{from}부터 시행")),
            (Lang::Ko, Some(from), Some(until)) => Some(format!("{from}부터 {until}까지 시행")),
        };
        match (self.lang, id.is_empty(), held) {
            (_, true, None) => String::new(),
            (Lang::En, true, Some(held)) => format!("I{}", &held[1..]),
            (Lang::En, false, Some(held)) => format!("Version {id}, {held}"),
            (Lang::En, false, None) => format!("Version {id}"),
            (Lang::Ko, true, Some(held)) => held,
            (Lang::Ko, false, Some(held)) => format!("{id} 판 ({held})"),
            (Lang::Ko, false, None) => format!("{id} 판"),
        }
    }

    fn version(&self, out: &mut Vec<Line>) {
        let called = self.called();
        if !called.is_empty() {
            out.push(Line::new(Look::Heading, called));
        }
        let title = self.version.title.get(self.lang);
        if !title.is_empty() {
            out.push(Line::new(Look::Sentence(0), title));
        }
    }

    fn sections(&self) -> Vec<Section> {
        let mut out: Vec<Section> = self.version.rules.iter().map(|r| self.rule(r)).collect();
        out.extend(self.version.at_most.as_ref().map(|e| self.limit(e)));
        for name in &self.version.names {
            out.push(match &name.origin {
                Origin::Step(e) => {
                    let mut section = self.step(name, e);
                    if !self.is_used(name) {
                        let text = self.pick(
                            "No rule looks at this; it is told for information.",
                            "참고용이며 어느 규칙도 쓰지 않는다.",
                        );
                        section.lines.push(Line::new(Look::Sentence(2), text));
                    }
                    section
                }
                Origin::Fact(_) => self.fact(name),
            });
        }
        out.extend(self.working_days());
        out
    }

    /// All parts, each under its heading.
    fn all(&self, sections: &[Section], out: &mut Vec<Line>) {
        for part in [Part::Rules, Part::Terms, Part::Facts] {
            let of: Vec<&Section> = sections.iter().filter(|s| s.part == part).collect();
            if of.is_empty() {
                continue;
            }
            out.push(Line::new(Look::Heading, self.heading(part)));
            out.extend(of.iter().flat_map(|s| s.lines.clone()));
            if part == Part::Rules {
                out.push(Line::new(Look::Opening, self.award()));
                out.extend(sections.iter().filter(|s| s.part == Part::Limit).flat_map(|s| s.lines.clone()));
            }
        }
        out.extend(sections.iter().filter(|s| s.part == Part::Days).flat_map(|s| s.lines.clone()));
    }

    fn heading(&self, part: Part) -> &'static str {
        match (self.lang, part) {
            (Lang::En, Part::Rules) => "Rules",
            (Lang::En, Part::Limit) => "Limit",
            (Lang::Ko, Part::Limit) => "한도",
            (Lang::En, Part::Terms) => "Terms",
            (Lang::En, Part::Facts) => "Facts of a case",
            (Lang::En, Part::Days) => "Days",
            (Lang::Ko, Part::Rules) => "규칙",
            (Lang::Ko, Part::Terms) => "용어",
            (Lang::Ko, Part::Facts) => "사건의 사실",
            (Lang::Ko, Part::Days) => "날",
        }
    }

    fn award(&self) -> &'static str {
        if !self.pays() {
            return self.pick("No rule pays money: there is no award.", "돈을 지급하는 규칙은 없다.");
        }
        self.pick(
            "The award is the sum of what all rules that apply pay; a rule that comes to less than zero pays nothing.",
            "지급액은 적용되는 모든 규칙의 지급액을 더한 금액이며, 0보다 작게 나온 규칙은 지급하지 않는다.",
        )
    }

    /// Which days are working days, where that is asked.
    fn working_days(&self) -> Option<Section> {
        let counts = |f: &Function| matches!(f, Function::WorkingDay | Function::WorkingDays | Function::WorkingTime);
        let mut asked = false;
        let steps = self.version.names.iter().filter_map(|n| match &n.origin {
            Origin::Step(e) => Some(e),
            Origin::Fact(_) => None,
        });
        for e in steps.chain(self.version.rules.iter().flat_map(expressions)) {
            visit(&e.root, &mut |n| asked |= matches!(&n.kind, Kind::Call(f, ..) if counts(f)));
        }
        if !asked {
            return None;
        }
        let days: Vec<String> = self.version.holidays.iter().map(|d| calendar::written(d * 24 * 60)).collect();
        let text = match (self.lang, days.as_slice()) {
            (Lang::En, []) => "Working days are Monday to Friday; no holidays are listed.".into(),
            (Lang::En, _) => format!("Working days are Monday to Friday without the holidays {}.", days.join(", ")),
            (Lang::Ko, []) => "영업일은 월요일부터 금요일까지이며, 적어 둔 공휴일은 없다.".into(),
            (Lang::Ko, _) => format!("영업일은 월요일부터 금요일까지이며 다음 공휴일을 뺀다: {}.", days.join(", ")),
        };
        let lines = vec![Line::new(Look::Opening, text)];
        let title = self.pick("working days", "영업일").into();
        Some(Section { part: Part::Days, key: String::new(), title, lines })
    }

    fn rule(&self, rule: &Rule) -> Section {
        let title = if rule.title.is_empty() { rule.id.clone() } else { rule.title.get(self.lang).into() };
        let mode = if rule.mode.is_empty() {
            String::new()
        } else {
            format!(" [{}]", mode(self.scheme, &rule.mode, self.lang))
        };
        let mut lines = vec![Line::new(Look::Opening, format!("{title}{mode}"))];
        match &rule.when {
            None => lines.push(Line::new(Look::Sentence(2), self.pick("Always applies.", "항상 적용한다."))),
            Some(when) => self.said(when, &mut lines, |s, node| match s.lang {
                Lang::En => english::condition(s, node),
                Lang::Ko => korean::condition(s, node),
            }),
        }
        if rule.when.as_ref().is_some_and(|e| self.never(e)) {
            let text = self.pick("In this version it never applies.", "이 판에서는 적용되는 경우가 없다.");
            lines.push(Line::new(Look::Sentence(2), text));
        }
        let given = match (&rule.gives, rule.mode.as_str()) {
            (Gives::Money(_), _) => Given::Money,
            (_, "duty") => Given::Duty,
            _ => Given::Else,
        };
        match &rule.gives {
            Gives::Money(e) | Gives::Else(e) => self.said(e, &mut lines, |s, node| match s.lang {
                Lang::En => english::given(s, node, given),
                Lang::Ko => korean::given(s, node, given),
            }),
            Gives::Decision => {
                let text = self.pick(
                    "Somebody decides case by case; a simulation leaves this out.",
                    "사안별로 심사하여 정한다. 모의실험에서는 뺀다.",
                );
                lines.push(Line::new(Look::Sentence(2), text));
            }
            Gives::Duty => {
                let text = match rule.mode.as_str() {
                    "duty" => self.pick(
                        "A duty, without a sum; a simulation leaves it out.",
                        "금액이 없는 의무이다. 모의실험에서는 뺀다.",
                    ),
                    _ => self
                        .pick("Without a sum; a simulation leaves it out.", "정해진 금액은 없다. 모의실험에서는 뺀다."),
                };
                lines.push(Line::new(Look::Sentence(2), text));
            }
        }
        if matches!(rule.gives, Gives::Else(_)) {
            let text = self.pick(
                "This is not part of the award; a simulation leaves it out.",
                "지급액에 넣지 않으며 모의실험에서는 뺀다.",
            );
            lines.push(Line::new(Look::Sentence(2), text));
        }
        Section { part: Part::Rules, key: rule.id.clone(), title, lines }
    }

    /// True for a condition that the version's parameters make fail though it does not read so itself.
    fn never(&self, e: &Expression) -> bool {
        let speaker = Speaker::new(self.scheme, self.version, &e.text, self.lang);
        let reads_so = matches!(speaker.clause(&e.root, true), Clause::Fixed(_));
        !reads_so && self.known.truth(&e.root, &self.version.names) == Some(false)
    }

    /// What all rules together pay at most.
    fn limit(&self, e: &Expression) -> Section {
        let title = self.pick("All rules together pay at most", "모든 규칙을 합한 최대 지급액");
        let mut lines = Vec::new();
        self.said(e, &mut lines, |s, node| match s.lang {
            Lang::En => english::term(s, title, node),
            Lang::Ko => korean::term(s, title, node),
        });
        lines.iter_mut().take(1).for_each(|l| l.look = Look::Sentence(0));
        Section { part: Part::Limit, key: "at_most".into(), title: title.into(), lines }
    }

    fn step(&self, name: &Name, e: &Expression) -> Section {
        let title = self.title(name);
        let mut lines = Vec::new();
        self.said(e, &mut lines, |s, node| match s.lang {
            Lang::En => english::term(s, &title, node),
            Lang::Ko => korean::term(s, &title, node),
        });
        self.worth(name, e, &mut lines);
        // A term stands at the margin, what is listed under it further in.
        for line in &mut lines {
            line.look = match line.look {
                Look::Sentence(_) if line.text.starts_with(&title) => Look::Sentence(0),
                Look::Sentence(n) => Look::Sentence(n.saturating_sub(2)),
                Look::Item(n) => Look::Item(n - 2),
                Look::Row(n) => Look::Row(n - 2),
                other => other,
            };
        }
        Section { part: Part::Terms, key: name.name.clone(), title, lines }
    }

    /// What a term that is worked out of parameters alone comes to.
    fn worth(&self, name: &Name, e: &Expression, lines: &mut [Line]) {
        let at = self.version.names.iter().position(|n| n.name == name.name);
        let said = at.and_then(|i| self.known.said(i)).filter(|_| name.ty != Type::Truth);
        if let (Some(said), [line], false) = (said, lines, matches!(e.root.kind, Kind::Literal(_) | Kind::Name(_))) {
            let text = line.text.trim_end_matches('.');
            line.text = match self.lang {
                Lang::En => format!("{text}, that is {said}."),
                Lang::Ko => format!("{text}(즉 {said})."),
            };
        }
    }

    fn title(&self, name: &Name) -> String {
        let title = titled(self.scheme, name).get(self.lang);
        if title.is_empty() { name.name.clone() } else { title.into() }
    }

    fn fact(&self, name: &Name) -> Section {
        let speaker = Speaker::new(self.scheme, self.version, "", self.lang);
        let title = self.title(name);
        let kind = if name.share { self.pick("a share", "비율").into() } else { self.kind(&speaker, &name.ty) };
        let mut text = format!("{title}: {kind}");
        if name.above_zero {
            text += self.pick(", above zero", ", 0 초과");
        }
        if let Origin::Fact(Some(usual)) = &name.origin {
            let usual = match usual {
                Value::Amount(x) if name.share => speaker.percent(*x),
                _ => speaker.value(usual, &name.ty),
            };
            text += &format!("{} {usual}", self.pick("; if not told,", "; 적지 않으면"));
        }
        text += &match self.is_used(name) {
            true => self.in_a_simulation(name),
            false => self.pick("; no rule looks at it", "; 어느 규칙도 쓰지 않음").into(),
        };
        let lines = vec![Line::new(Look::Item(0), text)];
        Section { part: Part::Facts, key: name.name.clone(), title, lines }
    }

    /// What a simulation takes for a fact; nothing where that is its usual value or where no money depends on it.
    fn in_a_simulation(&self, name: &Name) -> String {
        let Some(e) = &name.simulated else {
            if simulated::standard(name) && self.decides(name) {
                let what = simulated::title(&name.name);
                return match self.lang {
                    _ if self.title(name) == what.get(self.lang) => self.scenario_gives().into(),
                    Lang::En => format!("; in a simulation the {}", what.en),
                    Lang::Ko => format!("; 모의실험에서는 {}", what.ko),
                };
            }
            let asked = matches!(name.origin, Origin::Fact(None)) && self.decides(name);
            let text = self.pick("; a simulation must be told it", "; 모의실험에서는 따로 정해야 함");
            return if asked { text.into() } else { String::new() };
        };
        if !self.decides(name) {
            return String::new();
        }
        if let Kind::Name(i) = &e.root.kind
            && self.title(name) == self.version.simulated_from[*i].title.get(self.lang)
        {
            return self.scenario_gives().into();
        }
        // What it may look at has other places in its list of names.
        let from = Version { names: self.version.simulated_from.clone(), ..self.version.clone() };
        let mut speaker = Speaker::new(self.scheme, &from, &e.text, self.lang);
        match self.lang {
            Lang::En => format!("; in a simulation {}", english::inline(&mut speaker, &e.root)),
            Lang::Ko => format!("; 모의실험에서는 {}", korean::inline(&mut speaker, &e.root)),
        }
    }

    fn scenario_gives(&self) -> &'static str {
        self.pick("; a simulation has it from the scenario", "; 모의실험은 시나리오에서 가져옴")
    }

    /// True where any rule, or the limit of all, looks at a name.
    fn is_used(&self, name: &Name) -> bool {
        let Version { rules, at_most, names, .. } = self.version;
        let mut all = rules.iter().flat_map(expressions).chain(at_most);
        let at = self.version.find(&name.name);
        at.is_none_or(|at| all.any(|e| along::uses(&e.root, at, names)))
    }

    /// True where a rule that pays money looks at a name.
    fn decides(&self, name: &Name) -> bool {
        let at = self.version.find(&name.name);
        let rules = self.version.rules.iter().enumerate().filter(|(_, r)| matches!(r.gives, Gives::Money(_)));
        rules.map(|(rule, _)| needed(self.version, rule)).any(|needed| at.is_some_and(|at| needed[at]))
    }

    /// True where any rule pays money.
    fn pays(&self) -> bool {
        self.version.rules.iter().any(|r| matches!(r.gives, Gives::Money(_)))
    }

    fn kind(&self, speaker: &Speaker<'_>, ty: &Type) -> String {
        let (en, ko) = match ty {
            Type::Word(choices) if !choices.is_empty() => {
                let one = |c: &String| speaker.quoted_word(c);
                let choices: Vec<String> = choices.iter().map(one).collect();
                return match (self.lang, choices.as_slice()) {
                    (Lang::En, [before @ .., last]) if !before.is_empty() => {
                        format!("{} or {last}", before.join(", "))
                    }
                    _ => choices.join(" 또는 "),
                };
            }
            Type::Amount(Dimension::MONEY) => ("a sum of money", "금액"),
            Type::Amount(Dimension::TIME) => ("a length of time", "시간의 길이"),
            Type::Amount(Dimension::DISTANCE) => ("a distance", "거리"),
            Type::Amount(_) => ("a number", "수"),
            Type::Truth => ("yes or no", "예 또는 아니요"),
            Type::Word(_) => ("a word", "낱말"),
            Type::Moment => ("a date", "날짜"),
            Type::Period => ("a period", "기간"),
            Type::List(Dimension::MONEY) => ("several sums of money", "금액 여러 개"),
            Type::List(Dimension::TIME) => ("several lengths of time", "시간의 길이 여러 개"),
            Type::List(_) => ("several numbers", "수 여러 개"),
            Type::Moments => ("several dates", "날짜 여러 개"),
            Type::Periods => ("several periods", "기간 여러 개"),
        };
        self.pick(en, ko).into()
    }

    /// Adds the sentence of an expression with the tables that it names.
    fn said(&self, e: &Expression, lines: &mut Vec<Line>, say: impl Fn(&mut Speaker<'_>, &Node) -> Said) {
        let mut speaker = Speaker::new(self.scheme, self.version, &e.text, self.lang).knowing(&self.known);
        let said = say(&mut speaker, &e.root);
        let tables = ruled::tables(&mut speaker, &e.root, COLUMNS - TABLE);
        lines.push(Line::new(Look::Sentence(2), said.sentence));
        lines.extend(said.items.into_iter().map(|i| Line::new(Look::Item(4), i)));
        for list in speaker.lists {
            let lead = match self.lang {
                Lang::En => format!("List {}, {}:", list.letter, list.lead),
                Lang::Ko => format!("목록 {}: {}:", list.letter, list.lead),
            };
            lines.push(Line::new(Look::Sentence(4), lead));
            lines.extend(list.items.into_iter().map(|i| Line::new(Look::Item(6), i)));
        }
        for table in tables {
            let lead = wrap(&table.lead, COLUMNS - TABLE);
            lines.extend(lead.into_iter().map(|l| Line::new(Look::Row(TABLE), l)));
            lines.extend(table.lines.into_iter().map(|l| Line::new(Look::Row(TABLE), l)));
        }
    }
}

/// Words for the ways to a payment; others as the scheme has them in its words, or as they are written.
pub fn mode<'t>(scheme: &'t Scheme, mode: &'t str, lang: Lang) -> &'t str {
    match (lang, mode) {
        (Lang::Ko, "automatic") => "자동",
        (Lang::Ko, "claim") => "청구",
        (Lang::Ko, "court") => "소송",
        (Lang::Ko, "duty") => "의무",
        (Lang::Ko, "review") => "심사",
        (Lang::Ko, "automatic after a report") => "신고 후 자동",
        (Lang::En, "claim") => "on claim",
        (Lang::En, "court") => "in court",
        _ => scheme.worded(mode, lang),
    }
}

/// All expressions of a rule.
fn expressions(rule: &Rule) -> impl Iterator<Item = &Expression> {
    let gives = match &rule.gives {
        Gives::Money(e) | Gives::Else(e) => Some(e),
        Gives::Decision | Gives::Duty => None,
    };
    rule.when.iter().chain(gives)
}
