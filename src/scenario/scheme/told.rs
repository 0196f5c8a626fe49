//! The award of a case told: what was known, each step, each rule tried and why it did or did not apply.

use super::super::show::page::{width, wrap};
use super::super::words;
use super::words::{COLUMNS, mode};
use crate::guideline::calendar;
use crate::guideline::decide::{Decision, Part, Tried};
use crate::model::Lang;
use crate::model::expression::{Dimension, Expression, Kind, Type, Value};
use crate::model::scheme::{Gives, Origin, Rule, Scheme, Version};

/// What a rule came to in a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Awarded {
    /// Version of the scheme; empty where it has no name.
    pub version: String,
    /// Rule.
    pub rule: String,
    /// `yes`, `no`, or `undecided` where facts are lacking.
    pub applies: &'static str,
    /// What it gives, 0 of a rule of money that does not apply; nothing where it is not decided or is no number.
    pub award: Option<f64>,
    /// Unit of `award`; may be empty.
    pub unit: String,
    /// Money of all decided rules of the case; nothing where none is decided, or not their common limit.
    pub total: Option<f64>,
    /// What the rule came to, in words.
    pub outcome: String,
    /// How that was worked out; may be empty.
    pub why: String,
}

/// Every rule of a case, with what it came to and why.
pub fn awarded(scheme: &Scheme, version: &Version, d: &Decision, lang: Lang) -> Vec<Awarded> {
    let teller = Teller { scheme, version, lang, lines: Vec::new() };
    let total = (!d.undecided(version)).then_some(d.award);
    let one = |(rule, tried): (&Rule, &Tried)| {
        let (award, ty) = match (&rule.gives, &tried.gives) {
            (Gives::Money(e) | Gives::Else(e), Some(Value::Amount(x))) => (Some(*x), Some(&e.root.ty)),
            (Gives::Money(e), None) if tried.lacks.is_empty() => (Some(0.0), Some(&e.root.ty)),
            _ => (None, None),
        };
        let mut why: Vec<String> = rule.when.iter().flat_map(|when| teller.worked_out(&tried.when, when)).collect();
        if let (true, Gives::Money(e) | Gives::Else(e)) = (tried.applies, &rule.gives) {
            why.extend(teller.worked_out(&tried.how, e));
        }
        Awarded {
            version: version.id.clone(),
            rule: rule.id.clone(),
            applies: match (tried.lacks.is_empty(), tried.applies) {
                (false, _) => "undecided",
                (true, true) => "yes",
                (true, false) => "no",
            },
            award,
            unit: ty.map_or_else(String::new, |ty| unit(ty, &scheme.currency)),
            total,
            outcome: teller.outcome(rule, tried),
            why: why.join("; "),
        }
    };
    version.rules.iter().zip(&d.rules).map(one).collect()
}

/// The unit of an amount, as it stands behind it in words; `1` of a plain number.
fn unit(ty: &Type, currency: &str) -> String {
    match ty {
        Type::Amount(d) => match (d.money, d.time, d.distance) {
            (0, 0, 0) => "1".into(),
            (1, 0, 0) => currency.into(),
            (0, 1, 0) => "h".into(),
            (0, 0, 1) => "km".into(),
            (1, -1, 0) => format!("{currency}/h"),
            _ => d.to_string(),
        },
        _ => String::new(),
    }
}

/// What a line that goes on begins with.
const FURTHER: &str = "    ";

/// A value in words, of a type.
pub fn shown(value: &Value, ty: &Type, currency: &str, lang: Lang) -> String {
    let won = words::korean_currency(currency).filter(|_| lang == Lang::Ko);
    let amount = |x: f64, d: Dimension| match (d.money, d.time, d.distance) {
        (0, 0, 0) => figure(x),
        (1, 0, 0) => won.map_or_else(|| format!("{} {currency}", figure(x)), |won| format!("{}{won}", figure(x))),
        (0, 1, 0) => format!("{}{}", figure(x), say(lang, " h", "시간")),
        (0, 0, 1) => format!("{} km", figure(x)),
        (1, -1, 0) => format!("{} {currency}/h", figure(x)),
        _ => format!("{} ({d})", figure(x)),
    };
    match (value, ty) {
        (Value::Amount(x), Type::Amount(d)) => amount(*x, *d),
        (Value::List(items), Type::List(d)) => items.iter().map(|x| amount(*x, *d)).collect::<Vec<_>>().join(", "),
        (Value::Truth(true), _) => say(lang, "yes", "예").into(),
        (Value::Truth(false), _) => say(lang, "no", "아니요").into(),
        (Value::Word(w), _) => format!("\"{w}\""),
        (Value::Moment(m), _) => calendar::written(*m),
        (Value::Period(a, b), _) => {
            let (a, b) = (calendar::written(*a), calendar::written(*b));
            format!("{a} {} {b}", say(lang, "to", "~"))
        }
        (Value::Moments(list), _) => list.iter().map(|m| calendar::written(*m)).collect::<Vec<_>>().join(", "),
        (Value::Periods(list), _) => {
            let one = |p: &(i64, i64)| shown(&Value::Period(p.0, p.1), &Type::Period, currency, lang);
            list.iter().map(one).collect::<Vec<_>>().join(", ")
        }
        (Value::Amount(x), _) => figure(*x),
        (Value::List(items), _) => items.iter().map(|x| figure(*x)).collect::<Vec<_>>().join(", "),
    }
}

/// A number with as many decimals as matter: four at most, two for what is worth more than a hundred.
fn figure(x: f64) -> String {
    let decimals = if x.abs() >= 100.0 { 2 } else { 4 };
    let text = format!("{x:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let (whole, rest) = text.split_once('.').map_or((text, String::new()), |(w, r)| (w, format!(".{r}")));
    let value: f64 = whole.parse().unwrap_or(x);
    let sign = if whole.starts_with('-') && value == 0.0 { "-" } else { "" };
    format!("{sign}{}{rest}", words::number(value))
}

fn say<'t>(lang: Lang, en: &'t str, ko: &'t str) -> &'t str {
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}

/// The whole story of a case.
pub fn told(scheme: &Scheme, version: &Version, given: &[(String, Value)], d: &Decision, lang: Lang) -> String {
    let mut teller = Teller { scheme, version, lang, lines: vec![scheme.title.get(lang).to_string()] };
    teller.case(given);
    teller.steps(d);
    teller.rules(d);
    teller.award(d);
    teller.lines.join("\n") + "\n"
}

struct Teller<'a> {
    scheme: &'a Scheme,
    version: &'a Version,
    lang: Lang,
    lines: Vec<String>,
}

impl Teller<'_> {
    fn say<'t>(&self, en: &'t str, ko: &'t str) -> &'t str {
        say(self.lang, en, ko)
    }

    /// A line, broken where it is longer than a terminal is wide; what follows stands further in.
    fn line(&mut self, depth: usize, text: &str) {
        let margin = "  ".repeat(depth);
        if margin.len() + width(text) <= COLUMNS {
            self.lines.push(format!("{margin}{text}"));
            return;
        }
        for (i, part) in wrap(text, COLUMNS - margin.len() - FURTHER.len()).iter().enumerate() {
            self.lines.push(format!("{margin}{}{part}", if i == 0 { "" } else { FURTHER }));
        }
    }

    fn shown(&self, value: &Value, ty: &Type) -> String {
        if let Value::Word(w) = value {
            // Expressions are shown as written: the file's own word goes with its reading.
            let read = self.scheme.worded(w, self.lang);
            return if read == w { format!("\"{w}\"") } else { format!("\"{w}\" ({read})") };
        }
        shown(value, ty, &self.scheme.currency, self.lang)
    }

    fn case(&mut self, given: &[(String, Value)]) {
        if !self.version.id.is_empty() {
            let from = self.version.from.map(|d| calendar::written(d * 24 * 60));
            let since = from.map(|f| format!(", {} {f}", self.say("in force from", "시행"))).unwrap_or_default();
            let text = format!("{} {}{since}", self.say("Version", "판"), self.version.id);
            self.line(0, &text);
        }
        self.line(0, "");
        let facts: Vec<_> = self.version.facts().cloned().collect();
        for fact in facts {
            let title = fact.title.get(self.lang);
            let note = if title.is_empty() { String::new() } else { format!("   ({title})") };
            let told = given.iter().find(|(n, _)| *n == fact.name).map(|(_, v)| v);
            let text = match (told, &fact.origin) {
                (Some(v), _) => format!("{} = {}{note}", fact.name, self.shown(v, &fact.ty)),
                (None, Origin::Fact(Some(v))) => {
                    let usual = self.say("not told, so", "미입력 시");
                    format!("{} {usual} {}{note}", fact.name, self.shown(v, &fact.ty))
                }
                _ => format!("{} {}{note}", fact.name, self.say("is not known", "알 수 없음")),
            };
            self.line(1, &text);
        }
        self.line(0, "");
    }

    /// The sum, and which rules it leaves out for want of facts.
    fn award(&mut self, d: &Decision) {
        self.limit(d);
        let award = self.shown(&Value::Amount(d.award), &Type::Amount(Dimension::MONEY));
        let mut text = format!("{}: {award}", self.say("Award", "지급액"));
        if d.undecided(self.version) {
            text = self.say("Award: not decided", "지급액: 미정").into();
        }
        let left_out = d.left_out(self.version);
        if !left_out.is_empty() {
            let mut facts: Vec<usize> = left_out.iter().flat_map(|i| d.rules[*i].lacks.clone()).collect();
            facts.sort_unstable();
            facts.dedup();
            let rules: Vec<&str> = left_out.iter().map(|i| self.version.rules[*i].id.as_str()).collect();
            let facts: Vec<&str> = facts.iter().map(|i| self.version.names[*i].name.as_str()).collect();
            let (rules, facts) = (rules.join(", "), facts.join(", "));
            text += &match self.lang {
                Lang::En => format!(", without {rules}: tell {facts}"),
                Lang::Ko => format!(" (제외: {rules}, 필요한 사실: {facts})"),
            };
        }
        self.line(0, &text);
    }

    /// What all rules together come to and pay at most.
    fn limit(&mut self, d: &Decision) {
        let (Some(limit), Some(e)) = (&d.limit, &self.version.at_most) else { return };
        let money = |x: f64| self.shown(&Value::Amount(x), &Type::Amount(Dimension::MONEY));
        let sum = money(limit.sum);
        let lacks: Vec<&str> = limit.lacks.iter().map(|i| self.version.names[*i].name.as_str()).collect();
        let most = match (limit.most, self.lang) {
            (Some(most), Lang::En) => format!("at most {}", money(most)),
            (Some(most), Lang::Ko) => format!("최대 {}", money(most)),
            (None, Lang::En) => format!("the limit is not known: tell {}", lacks.join(", ")),
            (None, Lang::Ko) => format!("한도를 알 수 없음 (필요한 사실: {})", lacks.join(", ")),
        };
        let text = format!("{} {sum}, {most}", self.say("all rules together:", "모든 규칙의 합:"));
        self.line(0, &text);
        self.parts(&limit.how, e);
        self.line(0, "");
    }

    fn steps(&mut self, d: &Decision) {
        for (i, parts) in &d.steps {
            let name = &self.version.names[*i];
            let Origin::Step(expression) = &name.origin else { continue };
            let value = d.values[*i].as_ref().map(|v| self.shown(v, &name.ty)).unwrap_or_default();
            let title = name.title.get(self.lang);
            let note = if title.is_empty() { String::new() } else { format!("   ({title})") };
            self.line(0, &format!("{} = {value}{note}", name.name));
            self.parts(parts, expression);
        }
        if !d.steps.is_empty() {
            self.line(0, "");
        }
    }

    fn parts(&mut self, parts: &[Part], of: &Expression) {
        for text in self.worked_out(parts, of) {
            self.line(2, &text);
        }
    }

    /// How an expression was worked out: inner parts first, nothing twice.
    fn worked_out(&self, parts: &[Part], of: &Expression) -> Vec<String> {
        let whole = of.text.as_str();
        // A figure as written is its value.
        if matches!(of.root.kind, Kind::Literal(_)) {
            return Vec::new();
        }
        let mut seen: Vec<&str> = Vec::new();
        let mut out = Vec::new();
        for part in parts.iter().filter(|p| p.text != whole) {
            if !seen.contains(&part.text.as_str()) {
                seen.push(&part.text);
                out.push(format!("{} = {}", part.text, self.shown(&part.value, &part.ty)));
            }
        }
        if whole.len() > 1 {
            let last = parts.iter().rev().find(|p| p.text == whole);
            out.push(last.map_or_else(|| whole.into(), |p| format!("{whole} = {}", self.shown(&p.value, &p.ty))));
        }
        out
    }

    /// What a rule came to, in words.
    fn outcome(&self, rule: &Rule, tried: &Tried) -> String {
        if !tried.lacks.is_empty() {
            let names: Vec<&str> = tried.lacks.iter().map(|i| self.version.names[*i].name.as_str()).collect();
            return format!(
                "{} {}",
                self.say("left out, for want of", "판단하지 못함, 필요한 사실:"),
                names.join(", ")
            );
        }
        if !tried.applies {
            return self.say("does not apply", "적용되지 않음").into();
        }
        match (&rule.gives, &tried.gives) {
            (Gives::Money(e), Some(v)) => format!("{} {}", self.say("pays", "지급"), self.shown(v, &e.root.ty)),
            (Gives::Else(e), Some(v)) => format!("{} {}", self.say("gives", "제공"), self.shown(v, &e.root.ty)),
            (Gives::Decision, _) => self.say("is decided case by case", "개별 심사").into(),
            _ => self.say("applies", "적용됨").into(),
        }
    }

    fn rules(&mut self, d: &Decision) {
        for (rule, tried) in self.version.rules.iter().zip(&d.rules) {
            let outcome = self.outcome(rule, tried);
            let title = rule.title.get(self.lang);
            let how = if rule.mode.is_empty() {
                String::new()
            } else {
                format!(" [{}]", mode(self.scheme, &rule.mode, self.lang))
            };
            self.line(0, &format!("{}{how}: {outcome}", rule.id));
            if !title.is_empty() {
                self.line(1, title);
            }
            if let Some(when) = &rule.when {
                self.parts(&tried.when, when);
            }
            if let Gives::Money(e) | Gives::Else(e) = &rule.gives
                && tried.applies
            {
                self.parts(&tried.how, e);
            }
            self.line(0, "");
        }
    }
}
