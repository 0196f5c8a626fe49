//! Guidelines in sentences: for whom, when, what, how it is filed.

use super::page::Page;
use super::{RulesTold, Teller};
use crate::chance::law::Law;
use crate::model::burden::{Asks, Burden, task_words};
use crate::model::{
    Amount, Band, BandAxis, Bound, Count, Feed, Filing, Form, Guideline, Lang, LossBasis, Q, Rule, SchemeAmount, TakeUp,
};
use crate::scenario::scheme::words::particle::{Particle, with};
use crate::scenario::words::{does, number};

/// How a sentence begins that tells who files, or who sues.
fn lead_words(suing: bool) -> (&'static str, &'static str) {
    if suing { ("They sue", "소송은 스스로 내야 한다") } else { ("People file", "신청해야 한다") }
}

/// A sentence of a scheme's rule, below the rule.
fn sentence(page: &mut Page, line: &str) {
    let text = line.trim_start_matches(' ');
    let indent = 6 + line.len() - text.len();
    match text.strip_prefix("- ") {
        Some(entry) => page.item(indent, entry),
        None => page.paragraph(indent, text),
    }
}

impl Teller<'_> {
    /// All guidelines.
    pub fn guidelines(&mut self, page: &mut Page) {
        page.heading(self.pick("The guidelines", "기준안"));
        for (i, guideline) in self.scenario.guidelines.iter().enumerate() {
            let head = self.guideline_head(guideline, i == self.scenario.baseline);
            page.item(2, &head);
            page.paragraph(4, self.name(&guideline.note));
            for rule in &guideline.rules {
                let told = self.rule(guideline, rule);
                page.item(4, &told);
                if let Amount::Scheme(s) = &rule.amount {
                    let lines = if self.lang == Lang::En { &s.told.en } else { &s.told.ko };
                    lines.iter().for_each(|l| sentence(page, l));
                    self.facts_stated(s).iter().for_each(|l| sentence(page, l));
                }
            }
            for told in self.guideline_tail(guideline) {
                page.paragraph(4, &told);
            }
        }
    }

    /// The rules of a guideline, and what holds for all of them.
    pub(super) fn rules_of(&mut self, guideline: &Guideline) -> RulesTold {
        let rules = guideline.rules.iter().map(|rule| {
            let told = self.rule(guideline, rule);
            let lines = match &rule.amount {
                Amount::Scheme(s) => {
                    let own = if self.lang == Lang::En { &s.told.en } else { &s.told.ko };
                    own.iter().cloned().chain(self.facts_stated(s)).collect()
                }
                _ => Vec::new(),
            };
            let bare = |line: &String| line.trim_start_matches(' ').trim_start_matches("- ").to_string();
            (told, lines.iter().map(bare).collect())
        });
        let rules = rules.collect();
        RulesTold { rules, together: self.guideline_tail(guideline) }
    }

    /// The numbers that the scenario states for facts of a scheme, which the scheme's own sentences do not know.
    fn facts_stated(&mut self, s: &SchemeAmount) -> Vec<String> {
        let stated = s.version.names.iter().zip(&s.feeds).filter_map(|(name, feed)| match feed {
            Feed::Quantity(q) => Some((name, *q)),
            _ => None,
        });
        let told = stated.map(|(name, q)| {
            let title = if name.title.is_empty() { name.name.as_str() } else { self.name(&name.title) };
            format!("{title}: {}.", self.figure(q))
        });
        told.collect()
    }

    fn guideline_head(&mut self, guideline: &Guideline, baseline: bool) -> String {
        let mut head = format!("{} ({})", self.name(&guideline.title), guideline.id);
        if let Some(source) = guideline.source {
            head = format!("{head} {}", self.cite(source));
        }
        if baseline {
            let words = self.pick("the others are compared with it", "다른 안을 이것과 견준다");
            head = format!("{head} – {words}");
        }
        head
    }

    fn guideline_tail(&mut self, guideline: &Guideline) -> Vec<String> {
        let mut told = Vec::new();
        if guideline.rules.is_empty() {
            told.push(self.pick("No rules: nobody gets anything.", "규칙 없음: 아무도 받지 않는다.").to_string());
        }
        told.extend(self.conversion(guideline));
        if let Some(pool) = &guideline.pool {
            let amount = self.inline(pool.amount);
            let known = match pool.foreseen {
                true => self.pick(
                    "People foresee this when they decide whether to file.",
                    "사람들은 신청할지 정할 때 이를 내다본다.",
                ),
                false => self.pick("People do not foresee this.", "사람들은 이를 내다보지 못한다."),
            };
            told.push(self.say(
                format!(
                    "All money awards together are at most {amount}; if more is due, all are cut pro rata. {known}"
                ),
                format!("금전 보상은 모두 합해 {amount}까지이며 넘으면 같은 비율로 줄인다. {known}"),
            ));
        }
        if !self.is(guideline.claim_cost, 0.0) {
            let cost = self.inline(guideline.claim_cost);
            told.push(
                self.say(
                    format!("Handling a filed claim costs {cost}."),
                    format!("신청 한 건의 처리 비용은 {cost}이다."),
                ),
            );
        }
        told
    }

    /// At what rate the money of a scheme in another currency is converted, and whether price levels are adjusted for.
    fn conversion(&mut self, guideline: &Guideline) -> Option<String> {
        let scheme =
            guideline.rules.iter().find_map(|r| if let Amount::Scheme(s) = &r.amount { Some(s) } else { None })?;
        let (here, there) = (self.scenario.currency.clone(), scheme.currency.clone());
        let adjusted = !self.is(scheme.price_level, 1.0);
        if *there == *here && !adjusted {
            return None;
        }
        let rate = self.inline(scheme.rate);
        if !adjusted {
            return Some(self.say(
                format!("Its money is converted at {rate} {here} for one {there}, not adjusted for price levels."),
                format!("금액은 1 {there} = {rate} {here}로 바꾸며 물가 수준은 반영하지 않는다."),
            ));
        }
        let level = self.inline(scheme.price_level);
        let constant = |q: Q| match self.scenario.quantities.get(q).law {
            Law::Constant(x) => Some(x),
            _ => None,
        };
        let worth = constant(scheme.rate).zip(constant(scheme.price_level)).map(|(r, l)| number(r * l));
        let (en, ko) = worth.map_or_else(Default::default, |w| {
            (
                format!(": one {there} there is to people what {w} {here} are here"),
                format!("(그곳의 1 {there}는 이곳의 {w} {here}와 같다)"),
            )
        });
        Some(self.say(
            format!("Its money is converted at {rate} {here} for one {there} and a price level of {level}{en}."),
            format!("금액은 1 {there} = {rate} {here}, 물가 수준 {} 바꾼다{ko}.", with(&level, Particle::By)),
        ))
    }

    fn rule(&mut self, guideline: &Guideline, rule: &Rule) -> String {
        let title = self.name(&rule.title).to_string();
        let mut told = vec![format!("{title}:"), self.who_gets(rule)];
        told.extend(self.when(rule));
        let amount = self.amount(&rule.amount);
        told.push(self.say(format!("It pays {amount}."), format!("지급: {amount}.")));
        told.extend(self.source_of_scheme(guideline, rule));
        if let Some(bent) = crate::guideline::visit::bent(rule) {
            let (en, ko) = (does(bent.how, Lang::En), does(bent.how, Lang::Ko));
            let part = bent.text();
            told.push(self.say(
                format!("It {en} (`{part}`): who claims a loss is drawn one by one."),
                format!("{ko}(`{part}`): 손해를 신청하는 사람은 한 명씩 뽑는다."),
            ));
        }
        told.extend(self.limits(rule));
        told.push(self.filing(&rule.filing));
        told.extend(self.effort(rule));
        told.push(self.approval(rule.approval));
        told.extend(self.form(&rule.form));
        told.join(" ")
    }

    /// Where the figures inside a scheme come from, which its own sentences do not say.
    fn source_of_scheme(&mut self, guideline: &Guideline, rule: &Rule) -> Option<String> {
        let of_rule = format!("guidelines.{}.rules.{}.scheme.", guideline.id, rule.id);
        let of_all = format!("guidelines.{}.scheme.", guideline.id);
        let under = |lead: &str| self.scenario.figures.iter().find(|f| f.path.starts_with(lead)).and_then(|f| f.source);
        let is_scheme = matches!(rule.amount, Amount::Scheme(_));
        let source = is_scheme.then(|| under(&of_rule).or_else(|| under(&of_all))).flatten()?;
        let mark = self.cite(source);
        Some(self.say(
            format!("Figures of the scheme without a mark of their own: {mark}."),
            format!("따로 표시가 없는 제도의 수치: {mark}."),
        ))
    }

    fn who_gets(&self, rule: &Rule) -> String {
        let names: Vec<String> =
            rule.cohorts.iter().map(|i| self.name(&self.scenario.cohorts[*i].title).to_string()).collect();
        let losers = match rule.losers_only {
            true => self.pick(" who lost money or claim to have", " 중 손해를 입었거나 입었다는 사람"),
            false => "",
        };
        if names.is_empty() {
            return self.pick("For nobody in this scenario.", "이 시나리오에는 해당자가 없다.").into();
        }
        if names.len() == self.scenario.cohorts.len() {
            return self.say(format!("For everybody hit{losers}."), format!("대상: 겪은 사람 모두{losers}."));
        }
        let names = self.list(&names);
        self.say(format!("For {names}{losers}."), format!("대상: {names}{losers}."))
    }

    fn when(&mut self, rule: &Rule) -> Option<String> {
        let services: Vec<String> =
            rule.services.iter().map(|i| self.name(&self.scenario.services[*i].title).to_string()).collect();
        let from = rule.hours_from.map(|b| self.lower(b));
        let to = rule.hours_to.map(|b| self.upper(b));
        let bounds: Vec<String> = from.into_iter().chain(to).collect();
        let bounds = bounds.join(self.pick(" and ", ", "));
        let services = self.list(&services);
        match (bounds.is_empty(), services.is_empty()) {
            (true, true) => None,
            (true, false) => Some(self.say(
                format!("It applies where {services} was down."),
                format!("{services} 중단을 겪은 경우에 적용한다."),
            )),
            (false, true) => Some(self.say(format!("It applies {bounds}."), format!("적용: {bounds}."))),
            (false, false) => {
                Some(self.say(
                    format!("It applies {bounds} without {services}."),
                    format!("적용: {services} 중단 {bounds}."),
                ))
            }
        }
    }

    fn lower(&mut self, bound: Bound) -> String {
        let (h, bare) = (self.inline(bound.at), self.bare(bound.at));
        match bound.inclusive {
            true => self.say(format!("from {h} on ({bare} included)"), format!("{h} 이상({bare} 포함)")),
            false => {
                self.say(format!("beyond {h} ({bare} itself not included)"), format!("{h} 초과({bare} 자체는 제외)"))
            }
        }
    }

    fn upper(&mut self, bound: Bound) -> String {
        let (h, bare) = (self.inline(bound.at), self.bare(bound.at));
        match bound.inclusive {
            true => self.say(format!("up to {h} ({bare} included)"), format!("{h} 이하({bare} 포함)")),
            false => {
                self.say(format!("below {h} ({bare} itself not included)"), format!("{h} 미만({bare} 자체는 제외)"))
            }
        }
    }

    fn amount(&mut self, amount: &Amount) -> String {
        match amount {
            Amount::Flat(q) => self.inline(*q),
            Amount::LossShare { share, deductible, basis } => self.loss_share(*share, *deductible, *basis),
            Amount::FeeMonths(q) => {
                let ((n, mark), one) = (self.parted(*q), self.is(*q, 1.0));
                let months = if one { "month" } else { "months" };
                self.say(format!("{n} {months} of the fee{mark}"), format!("{n}개월 요금{mark}"))
            }
            Amount::FeeDays(q) => {
                let ((n, mark), one) = (self.parted(*q), self.is(*q, 1.0));
                let days = if one { "day" } else { "days" };
                self.say(format!("{n} {days} of the fee{mark}"), format!("{n}일 요금{mark}"))
            }
            Amount::FeeTimes(q) => {
                let (n, mark) = self.parted(*q);
                self.say(format!("{n} times the fee for the hours lost{mark}"), format!("끊긴 시간 요금의 {n}배{mark}"))
            }
            Amount::PerTime { pay, step_hours, after_hours, count } => {
                self.per_time(*pay, *step_hours, *after_hours, *count)
            }
            Amount::Bands { axis, bands } => self.bands(*axis, bands),
            Amount::Max(parts) => self.combined(parts, "the highest of", "중 가장 큰 것"),
            Amount::Min(parts) => self.combined(parts, "the lowest of", "중 가장 작은 것"),
            Amount::Sum(parts) => self.combined(parts, "the sum of", "의 합"),
            Amount::Scheme(s) => {
                let rule = crate::guideline::applied::rule(s);
                self.say(
                    format!("by the scheme's rule `{}`, told below", rule.id),
                    format!("제도의 규칙 `{}` (아래)", rule.id),
                )
            }
            Amount::Times(factor, of) => {
                let (n, of) = (self.inline(*factor), self.amount(of));
                self.say(format!("{n} times ({of})"), format!("({of})의 {n}배"))
            }
        }
    }

    fn combined(&mut self, parts: &[Amount], en: &str, ko: &str) -> String {
        let told: Vec<String> = parts.iter().map(|p| self.amount(p)).collect();
        self.say(format!("{en} {{ {} }}", told.join("; ")), format!("{{ {} }} {ko}", told.join("; ")))
    }

    fn loss_share(&mut self, share: Q, deductible: Q, basis: LossBasis) -> String {
        let share = self.inline(share);
        let part = self.part(basis);
        let above = match self.is(deductible, 0.0) {
            true => String::new(),
            false => {
                let d = self.inline(deductible);
                self.say(format!(" above a deductible of {d}"), format!("(자기부담 {d} 초과분)"))
            }
        };
        self.say(format!("{share} of the {part}{above}"), format!("{part}{above}의 {share}"))
    }

    fn part(&self, basis: LossBasis) -> &'static str {
        match basis {
            LossBasis::All => self.pick("loss", "손해"),
            LossBasis::Direct => self.pick("direct loss", "직접 손해"),
            LossBasis::Indirect => self.pick("indirect loss", "간접 손해"),
        }
    }

    fn per_time(&mut self, pay: Q, step: Q, after: Q, count: Count) -> String {
        let (pay, step) = (self.inline(pay), self.inline(step));
        let how = match count {
            Count::Exact => self.pick("each (parts count)", "마다(끝수도 셈)"),
            Count::Begun => self.pick("each begun", "마다(시작하면 온전히 셈)"),
            Count::Completed => self.pick("each completed", "마다(다 찬 것만 셈)"),
        };
        let after = match self.is(after, 0.0) {
            true => String::new(),
            false => {
                let h = self.inline(after);
                let but = with(&h, Particle::Topic);
                self.say(format!(", the first {h} not counted"), format!(", 처음 {but} 빼고"))
            }
        };
        self.say(format!("{pay} for {how} {step}{after}"), format!("{step}{how} {pay}{after}"))
    }

    fn bands(&mut self, axis: BandAxis, bands: &[Band]) -> String {
        let what = match axis {
            BandAxis::Loss(basis) => self.part(basis),
            BandAxis::Hours => self.pick("hours of outage", "중단 시간"),
            BandAxis::DaysBegun => self.pick("begun days of outage", "시작한 중단 일수"),
            BandAxis::Fee => self.pick("monthly fee", "월 요금"),
        };
        let told: Vec<String> = bands
            .iter()
            .map(|band| {
                let bound = band.upto.map(|b| self.upper(b));
                let bound = bound.unwrap_or_else(|| self.pick("beyond", "그 밖").to_string());
                let pay = self.amount(&band.pay);
                format!("{bound}: {pay}")
            })
            .collect();
        self.say(format!("by {what}: {{ {} }}", told.join("; ")), format!("{what}별 {{ {} }}", told.join("; ")))
    }

    fn limits(&mut self, rule: &Rule) -> Vec<String> {
        let mut told = Vec::new();
        if let Some(cap) = rule.cap {
            let cap = self.inline(cap);
            told.push(self.say(format!("At most {cap} a person."), format!("1인 한도 {cap}.")));
        }
        if let Some(minimum) = rule.minimum {
            let minimum = self.inline(minimum);
            told.push(self.say(
                format!("Who gets more than nothing gets at least {minimum}."),
                format!("받는 사람은 적어도 {minimum}."),
            ));
        }
        told
    }

    fn filing(&mut self, filing: &Filing) -> String {
        let takeup = match filing {
            Filing::Automatic { reach } if self.is(*reach, 1.0) => {
                return self.pick("Nobody has to file.", "신청 없이 준다.").into();
            }
            Filing::Automatic { reach } => {
                let reach = self.inline(*reach);
                return self.say(
                    format!("Nobody has to file; it reaches {reach} of those entitled."),
                    format!("신청 없이 주며 대상의 {reach}에게 닿는다."),
                );
            }
            Filing::Claim(takeup) => takeup,
        };
        self.takeup(takeup, false)
    }

    /// Who files, or who sues.
    pub(super) fn takeup(&mut self, takeup: &TakeUp, suing: bool) -> String {
        let by = self.profile(takeup);
        let by = by.map_or_else(String::new, |title| format!(" ({title})"));
        match takeup {
            TakeUp::Logistic { awareness, burden, beta } | TakeUp::Weibull { awareness, burden, beta } => {
                let (aware, burden, beta) = (self.inline(*awareness), self.burden(burden), self.inline(*beta));
                let curve = match takeup {
                    TakeUp::Weibull { .. } => self.pick("Weibull curve", "와이블 곡선"),
                    _ => self.pick("logistic curve", "로지스틱 곡선"),
                };
                let (who, know, file) = match suing {
                    true => ("They sue", "know that they can", "sue"),
                    false => ("People file", "know of it", "file"),
                };
                let (lead, told, do_it) = match suing {
                    true => ("소송은 스스로 내야 한다", "소송할 수 있음을 알고, 받을 돈이", "소송하며"),
                    false => ("신청해야 한다", "알고, 보상액이", "신청하며"),
                };
                self.say(
                    format!(
                        "{who}{by}: {aware} {know}, half of these {file} at an award of {burden}, more at higher awards \
                         ({curve}, beta {beta})."
                    ),
                    format!(
                        "{lead}{by}: {aware}가 {told} {burden}일 때 그 절반이 {do_it}, 더 크면 더 많이 한다({curve}, 베타 {beta})."
                    ),
                )
            }
            TakeUp::Constant { rate } => {
                let rate = self.inline(*rate);
                let (en, ko) = lead_words(suing);
                self.say(
                    format!("{en}{by}: {rate} do, whatever the award."),
                    format!("{ko}{by}: 금액과 상관없이 {rate}가 한다."),
                )
            }
            TakeUp::Table { points } => self.table(points, &by, suing),
        }
    }

    /// The award at which half of the aware file: a sum, or what it is made of.
    fn burden(&mut self, burden: &Burden) -> String {
        let claim = self.asks(&burden.claim);
        let Some(wait) = burden.wait else { return claim };
        let (hours, rate) = (self.inline(wait.hours), self.inline(wait.impatience_year));
        self.say(
            format!("{claim} (times 1 + {rate} for each year of a wait of {hours} that they expect)"),
            format!("{claim}(예상 대기 {hours}, 1년마다 1 + {rate}배)"),
        )
    }

    fn asks(&mut self, claim: &Asks) -> String {
        let parts = match claim {
            Asks::Money(q) => return self.inline(*q),
            Asks::Parts(parts) => parts,
        };
        let told: Vec<String> = parts
            .list
            .iter()
            .map(|p| {
                let (one, many) = task_words(p.task);
                let name = if self.is(p.count, 1.0) { one } else { many };
                let (count, hours) = (self.inline(p.count), self.inline(p.hours));
                let name = self.name(&name);
                self.say(format!("{count} {name} of {hours}"), format!("{count}{name}({hours})"))
            })
            .collect();
        let (told, hassle, hour) = (told.join(" + "), self.inline(parts.hassle), self.inline(parts.hour));
        self.say(
            format!("{hour} an hour × hassle of {hassle} × ({told})"),
            format!("‘한 시간의 값 {hour} × 번거로움 {hassle} × ({told})’"),
        )
    }

    /// Title of the file's profile that a curve is, if it is one.
    fn profile(&self, takeup: &TakeUp) -> Option<&str> {
        self.filing.iter().find(|p| p.takeup == *takeup).map(|p| p.title.get(self.lang))
    }

    fn table(&mut self, points: &[(Q, Q)], by: &str, suing: bool) -> String {
        let (en, ko) = lead_words(suing);
        let told: Vec<String> = points
            .iter()
            .map(|(award, share)| {
                let (award, share) = (self.inline(*award), self.inline(*share));
                self.say(format!("{share} at {award}"), format!("{award}에서 {share}"))
            })
            .collect();
        let told = told.join(", ");
        self.say(format!("{en}{by}: {told}."), format!("{ko}{by}: {told}."))
    }

    /// What a claim takes, where somebody is there to look at it.
    fn effort(&mut self, rule: &Rule) -> Option<String> {
        let procedures = &self.scenario.aftermath.procedures;
        let reviewed = rule.procedure.and_then(|i| procedures.get(i)).is_some_and(|p| p.takes_claims);
        if !reviewed || !matches!(rule.filing, Filing::Claim(_)) {
            return None;
        }
        let mut told = match rule.effort.review_hours {
            Some(q) => {
                let hours = self.inline(q);
                self.say(format!("Reviewing a claim takes {hours}."), format!("신청 한 건의 심사 시간 {hours}."))
            }
            None => self
                .pick("No time of review is stated: it takes none.", "심사 시간이 적혀 있지 않아 0으로 센다.")
                .to_string(),
        };
        if let Some(q) = rule.effort.claimant_hours {
            let hours = self.inline(q);
            told += " ";
            told += &self.say(format!("It takes the claimant {hours}."), format!("신청인이 쓰는 시간 {hours}."));
        }
        Some(told)
    }

    fn approval(&mut self, approval: Q) -> String {
        if self.is(approval, 1.0) {
            return self.pick("All are approved.", "모두 승인한다.").into();
        }
        let share = self.inline(approval);
        self.say(format!("Approved: {share}."), format!("승인율 {share}."))
    }

    fn form(&mut self, form: &Form) -> Option<String> {
        let Form::InKind { redemption, unit_cost, value } = form else { return None };
        let (used, cost) = (self.inline(*redemption), self.inline(*unit_cost));
        let (en, ko) = value.map_or_else(Default::default, |q| {
            let worth = self.inline(q);
            (format!(", and worth {worth} to who uses it"), format!(", 쓰는 사람에게 갖는 값은 {worth}"))
        });
        Some(self.say(
            format!("In kind: the amount is a face value; {used} use it, at a cost of {cost} for each unit used{en}."),
            format!("현물: 금액은 액면이며 {used}가 쓰고, 쓴 액면 1당 비용은 {cost}{ko}이다."),
        ))
    }
}
