//! Cohorts in sentences: who they are, who is hit, what it costs them.

use super::Teller;
use super::page::Page;
use crate::chance::severity::Severity;
use crate::model::{
    Attribute, Cohort, Damage, FeeMonth, Figure, Hit, Lang, Loss, Q, Reports, Severities, Spread, Text, UseWeight,
    UseWeights,
};
use crate::scenario::exact;
use crate::scenario::inputs::law_words;
use crate::scenario::resolved;
use crate::scenario::tree::{self, Node};
use crate::scenario::words::number;

impl Teller<'_> {
    /// All cohorts.
    pub fn cohorts(&mut self, page: &mut Page) {
        page.heading(self.pick("The people", "사람들"));
        self.use_by_hour(page);
        for cohort in &self.scenario.cohorts {
            let mut told = vec![self.who(cohort)];
            told.extend(self.by_region(cohort));
            told.extend([self.hit(&cohort.hit), self.fee(&cohort.id, &cohort.fee)]);
            told.extend(cohort.attributes.iter().map(|a| self.attribute(&cohort.id, a)));
            told.extend(self.awareness(cohort));
            match &cohort.loss {
                Some(loss) => told.extend(self.loss(&cohort.id, loss)),
                None => told.push(self.pick("Nobody of them loses money.", "돈을 잃은 사람은 없다.").into()),
            }
            told.extend(cohort.reports.as_ref().map(|r| self.reports(r)));
            page.item(2, &told.join(" "));
        }
    }

    fn who(&mut self, cohort: &Cohort) -> String {
        let size = self.figure(cohort.size);
        let services: Vec<String> =
            cohort.services.iter().map(|i| self.name(&self.scenario.services[*i].title).to_string()).collect();
        let services = self.list(&services);
        let tags = if cohort.tags.is_empty() { String::new() } else { format!(" ({})", cohort.tags.join(", ")) };
        let name = self.name(&cohort.title);
        self.say(
            format!("{name}{tags}: people: {size}. They use {services}."),
            format!("{name}{tags}: 인원 {size}. 쓰는 서비스: {services}."),
        )
    }

    /// True of a cohort that states the shares of its regions itself.
    pub(super) fn own_regions(&self, cohort: &Cohort) -> bool {
        cohort.region_shares.iter().ne(self.scenario.regions.iter().map(|region| &region.share))
    }

    /// Where the people of a cohort are that says so itself.
    fn by_region(&mut self, cohort: &Cohort) -> Option<String> {
        if !self.own_regions(cohort) {
            return None;
        }
        let regions: Vec<(Q, &Text)> =
            cohort.region_shares.iter().copied().zip(self.scenario.regions.iter().map(|r| &r.title)).collect();
        let mut told = Vec::new();
        for (share, title) in regions {
            let (name, share_words) = (self.name(title).to_string(), self.inline(share));
            // A region that is not named has nobody.
            if !self.is(share, 0.0) || share_words.ends_with(']') {
                told.push(format!("{name} {share_words}"));
            }
        }
        let told = told.join(", ");
        Some(self.say(format!("By region: {told}."), format!("지역별: {told}.")))
    }

    /// When services are used, as far as the file says.
    fn use_by_hour(&mut self, page: &mut Page) {
        for figure in &self.scenario.figures {
            let Some((name, key)) = figure.path.strip_prefix("profiles.").and_then(|path| path.split_once('.')) else {
                continue;
            };
            let (what, what_ko) = match key {
                "day" => ("the hours of a day, from 0:00 on", "하루의 시간(0시부터)"),
                "week" => ("the days of a week, from Monday on", "요일(월요일부터)"),
                _ => ("the hours of a week, from Monday 0:00 on", "한 주의 시간(월요일 0시부터)"),
            };
            let (weights, mark) = (self.weights(figure), self.source_of(&figure.path));
            page.item(
                2,
                &self.say(
                    format!("Use by hour, {name}: weights of {what}: {weights}{mark}."),
                    format!("시간대별 이용, {name}: {what_ko}의 가중치 {weights}{mark}."),
                ),
            );
        }
    }

    /// Weights of use as they are stated, those that have a source or a law of their own with it.
    fn weights(&mut self, figure: &Figure) -> String {
        let stated = tree::parse_value(&figure.value, 0, 0).ok();
        let list = stated.as_ref().and_then(Node::as_list).unwrap_or_default();
        let own = |i: usize| self.scenario.quantities.handle(&format!("{}.{}", figure.path, i + 1));
        let numbers: Vec<(Option<Q>, String)> =
            list.iter().enumerate().map(|(i, node)| (own(i), resolved::inline(node))).collect();
        let told = numbers.into_iter().map(|(own, text)| own.map_or(text, |q| self.inline(q)));
        told.collect::<Vec<_>>().join(", ")
    }

    fn hit(&mut self, hit: &Hit) -> String {
        match hit {
            Hit::Share(q) => {
                let share = self.figure(*q);
                self.say(format!("Share hit: {share}."), format!("피해를 겪은 비율: {share}."))
            }
            Hit::Use { per_day, weights, kappa, .. } => {
                let uses: Vec<String> = per_day.iter().map(|q| self.figure(*q)).collect();
                let uses = uses.join(", ");
                let alike = if self.is(*kappa, f64::INFINITY) {
                    format!("{}{}", self.pick("all people alike", "사람마다 같음"), self.mark(*kappa))
                } else {
                    let k = self.figure(*kappa);
                    self.say(format!("people differ, kappa {k}"), format!("사람마다 다름, 카파 {k}"))
                };
                let hit = self.say(
                    format!("Hit are those who would have used it in the hours lost: uses a day {uses} ({alike})."),
                    format!("끊긴 시간에 썼을 사람이 피해를 겪는다: 하루 사용 횟수 {uses} ({alike})."),
                );
                match weights {
                    Some(weights) => format!("{hit} {}", self.uncertain_use(weights)),
                    None => hit,
                }
            }
        }
    }

    /// Hours and days whose share of use is uncertain.
    fn uncertain_use(&mut self, weights: &UseWeights) -> String {
        let mut told = Vec::new();
        for (i, weight) in weights.weights().enumerate() {
            if let UseWeight::Drawn(q) = weight {
                let when = when_words(weights, i, self.lang);
                told.push(format!("{when} {}", self.inline(q)));
            }
        }
        let told = told.join(", ");
        self.say(
            format!("When they use it is uncertain; weights of use: {told}."),
            format!("언제 쓰는지는 불확실하다. 이용 가중치: {told}."),
        )
    }

    fn fee(&mut self, cohort: &str, fee: &FeeMonth) -> String {
        match fee {
            FeeMonth::Free => self.pick("They pay no fee.", "요금을 내지 않는다.").into(),
            FeeMonth::Same(q) => {
                let fee = self.figure(*q);
                self.say(format!("Fee: {fee}."), format!("요금: {fee}."))
            }
            FeeMonth::Bands(bands) => {
                let told: Vec<String> = bands
                    .iter()
                    .map(|(share, fee)| {
                        let (share, fee) = (self.inline(*share), self.inline(*fee));
                        self.say(format!("{share} pay {fee}"), format!("{share}는 {fee}"))
                    })
                    .collect();
                let told = told.join("; ");
                self.say(format!("Fees: {told}."), format!("요금: {told}."))
            }
            FeeMonth::Varies(law) => {
                let words = law_words(law, crate::model::Unit::MoneyPerMonth, &self.scenario.currency, self.lang);
                let words = words + &self.source_of(&format!("cohorts.{cohort}.fee_month.varies"));
                self.say(
                    format!("Fees differ from person to person: {words}."),
                    format!("요금은 사람마다 다르다: {words}."),
                )
            }
        }
    }

    /// What rules of schemes may ask of a person.
    fn attribute(&mut self, cohort: &str, a: &Attribute) -> String {
        let title = self.name(&a.title);
        let name = if title.is_empty() { format!("`{}`", a.name) } else { format!("`{}` ({title})", a.name) };
        match &a.spread {
            Spread::Same(q) => {
                let value = self.figure(*q);
                self.say(format!("For all of them {name} is {value}."), format!("{name}: 모두 {value}."))
            }
            Spread::Holds(q) => {
                let share = self.inline(*q);
                self.say(format!("For {share} of them {name} holds."), format!("{name}: {share}가 해당."))
            }
            Spread::Bands(bands) => {
                let told: Vec<String> = bands
                    .iter()
                    .map(|(share, value)| {
                        let (share, value) = (self.inline(*share), self.inline(*value));
                        self.say(format!("{value} for {share}"), format!("{share}는 {value}"))
                    })
                    .collect();
                let told = told.join("; ");
                self.say(format!("{name} is {told}."), format!("{name}: {told}."))
            }
            Spread::Varies(law) => {
                let words = law_words(law, a.unit, &self.scenario.currency, self.lang);
                let words = words + &self.source_of(&format!("cohorts.{cohort}.attributes.{}.varies", a.name));
                self.say(
                    format!("{name} differs from person to person: {words}."),
                    format!("{name}: 사람마다 다르다, {words}."),
                )
            }
        }
    }

    fn awareness(&mut self, cohort: &Cohort) -> Option<String> {
        if self.is(cohort.awareness, 1.0) {
            return None;
        }
        let factor = self.figure(cohort.awareness);
        Some(self.say(
            format!("Fewer or more of them know of a scheme than others: factor {factor}."),
            format!("보상을 아는 정도의 배율: {factor}."),
        ))
    }

    fn loss(&mut self, cohort: &str, loss: &Loss) -> Vec<String> {
        let mut told = vec![self.losers(loss), self.severity(&format!("cohorts.{cohort}.loss.severity"), loss)];
        if !self.is(loss.indirect_share, 0.0) {
            let share = self.figure(loss.indirect_share);
            told.push(
                self.say(format!("Indirect part of each loss: {share}."), format!("손해 중 간접 손해: {share}.")),
            );
        }
        if !self.is(loss.exaggerated_share, 0.0) {
            told.push(self.exaggerated(loss));
        }
        if !self.is(loss.unfounded_share, 0.0) {
            let share = self.inline(loss.unfounded_share);
            let factor = self.approval_factor(loss.approval_factors[2]);
            told.push(self.say(
                format!("Of those hit without a loss {share} would claim one{factor}."),
                format!("손해 없이 겪은 사람 중 {share}는 손해를 주장한다{factor}."),
            ));
        }
        told
    }

    fn losers(&mut self, loss: &Loss) -> String {
        let (share, of_them) = (self.inline(loss.share), self.of_them(loss.share));
        let damage = match &loss.damage {
            Damage::Power { rate, elasticity } => {
                let (rate, power) = (self.inline(*rate), self.inline(*elasticity));
                self.say(
                    format!("{rate}, growing with the hours to the power {power}"),
                    format!("{rate}, 시간의 {power} 제곱으로 늘어남"),
                )
            }
            Damage::Points(points) => {
                let told: Vec<String> = points
                    .iter()
                    .map(|(hours, money)| {
                        let (hours, money) = (self.inline(*hours), self.inline(*money));
                        self.say(format!("{money} after {hours}"), format!("{hours} 뒤 {money}"))
                    })
                    .collect();
                told.join(", ")
            }
        };
        let clock = loss.service.map(|i| {
            let name = self.name(&self.scenario.services[i].title);
            self.say(format!(" (hours of {name})"), format!(" ({name} 중단 시간)"))
        });
        let clock = clock.unwrap_or_default();
        self.say(
            format!("Of those hit{of_them} lose money; the mean loss is {damage}{clock}."),
            format!("겪은 사람 중 {share}가 돈을 잃는다. 평균 손해: {damage}{clock}."),
        )
    }

    fn severity(&mut self, path: &str, loss: &Loss) -> String {
        let words = match (self.groups(path, loss), &loss.severities) {
            (Some(groups), _) => groups,
            (None, Some(uncertain)) => self.uncertain_severity(&loss.severity, uncertain),
            (None, None) => {
                let quantities = &self.scenario.quantities;
                let paths = [path.to_string(), format!("{path}.cv"), format!("{path}.alpha")];
                let stated = paths.iter().find_map(|path| quantities.handle(path));
                let cited = stated.map_or_else(String::new, |q| self.mark(q));
                let given = stated.map(|q| quantities.get(q).law.mean());
                // Of a family that is fitted to its cv the figure comes back but for its last digits.
                let cv = loss.severity.cv();
                let cv = given.filter(|given| (given - cv).abs() <= 1e-6 * cv).unwrap_or(cv);
                format!("{}{cited}", words_with(&loss.severity, cv, self.lang))
            }
        };
        self.say(format!("Losses around the mean: {words}."), format!("평균 둘레의 손해 분포: {words}."))
    }

    /// The groups of a mixture, with their numbers as the file has them.
    fn groups(&mut self, path: &str, loss: &Loss) -> Option<String> {
        let quantities = &self.scenario.quantities;
        let at = |group: usize, key: &str| quantities.handle(&format!("{path}.mixture.{group}.{key}"));
        let numbers: Vec<[Option<Q>; 4]> = (1..)
            .map(|group| ["weight", "mean", "cv", "alpha"].map(|key| at(group, key)))
            .take_while(|group| group[0].is_some())
            .collect();
        // Where the weight of a group may be zero, the law in the middle may have fewer.
        let mut laws = std::iter::once(&loss.severity).chain(loss.severities.iter().flat_map(|s| &s.laws));
        let whole = laws.find(|law| matches!(law, Severity::Mixture(parts) if parts.len() == numbers.len()));
        let mut told = Vec::new();
        for (i, group) in numbers.iter().enumerate() {
            let family = match whole {
                Some(Severity::Mixture(parts)) => family_words(&parts[i].2, self.lang),
                _ => String::new(),
            };
            let mut words = Vec::new();
            for (k, key) in ["weight", "mean", "cv", "alpha"].into_iter().enumerate() {
                if let Some(q) = group[k] {
                    words.push(format!("{} {}", place_words(key, self.lang), self.inline(q)));
                }
                if k == 1 && !family.is_empty() {
                    words.push(family.clone());
                }
            }
            let (n, words) = (i + 1, words.join(", "));
            told.push(self.say(format!("group {n}: {words}"), format!("집단 {n}: {words}")));
        }
        let (n, told) = (numbers.len(), told.join("; "));
        let spread = match loss.severities {
            Some(_) => String::new(),
            None => {
                let cv = exact::number(loss.severity.cv());
                self.say(format!("; cv of the whole {cv}"), format!("; 전체 변동계수 {cv}"))
            }
        };
        (n > 0).then(|| {
            self.say(format!("mixture of {n} groups; {told}{spread}"), format!("집단 {n}개의 혼합; {told}{spread}"))
        })
    }

    /// The family and its uncertain numbers.
    fn uncertain_severity(&mut self, middle: &Severity, uncertain: &Severities) -> String {
        let mut told = vec![family_words(middle, self.lang)];
        for p in &uncertain.parameters {
            let places: Vec<String> = p.places.iter().map(|place| place_words(place, self.lang)).collect();
            let (places, value) = (self.list(&places), self.inline(p.parameter));
            told.push(format!("{places} {value}"));
        }
        told.join(", ")
    }

    fn exaggerated(&mut self, loss: &Loss) -> String {
        let share = self.inline(loss.exaggerated_share);
        let factor = self.inline(loss.exaggeration);
        let approval = self.approval_factor(loss.approval_factors[1]);
        self.say(
            format!("Of the losers {share} claim {factor} times their loss{approval}."),
            format!("잃은 사람 중 {share}는 손해의 {factor}배를 신청한다{approval}."),
        )
    }

    /// A factor on approval, unless it is 1.
    fn approval_factor(&mut self, factor: Q) -> String {
        if self.is(factor, 1.0) {
            return String::new();
        }
        let factor = self.inline(factor);
        self.say(format!("; their approval is multiplied by {factor}"), format!("(승인율 배수 {factor})"))
    }

    fn reports(&mut self, reports: &Reports) -> String {
        let (share, of_them) = (self.inline(reports.share), self.of_them(reports.share));
        let empty = self.inline(reports.no_money_share);
        self.say(
            format!("Of those hit{of_them} report it; {empty} of the reports are no claim for money."),
            format!("겪은 사람 중 {share}가 신고하며 신고의 {empty}는 금전 요구가 아니다."),
        )
    }
}

/// The family alone.
pub fn family_words(severity: &Severity, lang: Lang) -> String {
    let words = severity_words(severity, lang);
    words.split_once(',').map_or(words.clone(), |(family, _)| family.into())
}

/// How losses spread around their mean.
pub fn severity_words(severity: &Severity, lang: Lang) -> String {
    words_with(severity, severity.cv(), lang)
}

/// The same with its cv as it was given.
fn words_with(severity: &Severity, cv: f64, lang: Lang) -> String {
    let cv = exact::number(cv);
    if lang == Lang::En {
        let told = severity.describe();
        return told.split_once(", cv ").map_or(told.clone(), |(family, _)| format!("{family}, cv {cv}"));
    }
    let cv = format!("변동계수 {cv}");
    match severity {
        Severity::Degenerate => "모두 같음".into(),
        Severity::LogNormal { .. } => format!("로그정규분포, {cv}"),
        Severity::Gamma { .. } => format!("감마분포, {cv}"),
        Severity::Weibull { .. } => format!("와이블분포, {cv}"),
        Severity::Lomax { alpha } if *alpha > 2.0 => format!("로맥스분포, 꼬리 지수 {}, {cv}", number(*alpha)),
        Severity::Lomax { alpha } => format!("로맥스분포, 꼬리 지수 {}, 분산 무한", number(*alpha)),
        Severity::Mixture(parts) => format!("집단 {}개의 혼합, {cv}", parts.len()),
        Severity::Empirical { values, .. } => format!("값 {}개의 목록, {cv}", values.len()),
    }
}

/// A number of a severity by its place there.
fn place_words(place: &str, lang: Lang) -> String {
    let mut parts = place.rsplit('.');
    let key = parts.next().unwrap_or(place);
    let (english, korean) = match key {
        "weight" => ("weight", "비중"),
        "mean" => ("mean", "평균"),
        "alpha" => ("tail index", "꼬리 지수"),
        _ => ("cv", "변동계수"),
    };
    match (parts.next(), lang) {
        (None, Lang::En) => english.into(),
        (None, Lang::Ko) => korean.into(),
        (Some(group), Lang::En) => format!("{english} of group {group}"),
        (Some(group), Lang::Ko) => format!("집단 {group}의 {korean}"),
    }
}

/// The hour or day of a weight.
fn when_words(weights: &UseWeights, at: usize, lang: Lang) -> String {
    const DAYS: [(&str, &str); 7] = [
        ("on Mondays", "월요일"),
        ("on Tuesdays", "화요일"),
        ("on Wednesdays", "수요일"),
        ("on Thursdays", "목요일"),
        ("on Fridays", "금요일"),
        ("on Saturdays", "토요일"),
        ("on Sundays", "일요일"),
    ];
    let (day, hour) = match weights {
        UseWeights::DayAndWeek(hours, _) if at < hours.len() => (None, Some(at)),
        UseWeights::DayAndWeek(hours, _) => (DAYS.get(at - hours.len()), None),
        UseWeights::Hours(_) => (DAYS.get(at / 24), Some(at % 24)),
    };
    let (mut english, mut korean) = (Vec::new(), Vec::new());
    if let Some((en, ko)) = day {
        english.push(en.to_string());
        korean.push(ko.to_string());
    }
    if let Some(from) = hour {
        english.push(format!("from {from}:00 to {}:00", from + 1));
        korean.push(format!("{from}~{}시", from + 1));
    }
    if lang == Lang::En { english.join(" ") } else { korean.join(" ") }
}
