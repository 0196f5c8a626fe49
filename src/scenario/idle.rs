//! Rules that can pay nobody: no cohort that they are for can have what they ask for, in any world. Only what is certain is
//! told: bounds of laws are compared, never what is likely.

use super::paths;
use super::reader::Reading;
use super::report::{Severity, first_of};
use super::tree::Node;
use super::words;
use crate::guideline::evaluate::{ROUNDING, days_begun};
use crate::guideline::vanish;
use crate::model::{Amount, Band, BandAxis, Bound, Cohort, Count, Damage, FeeMonth, Feed, Lang, LossBasis};
use crate::model::{Q, Quantities, Rule, Scenario};

/// Why nobody of a cohort can be paid by a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lack {
    /// They lost none of the services whose hours count.
    Service,
    /// They are without them for so many hours at most, and it asks for more.
    Longer(f64),
    /// They are without them for so many hours at least, and it asks for fewer.
    Shorter(f64),
    /// They pay no fee.
    Fee,
    /// They lose no money.
    Loss,
    /// The sums of the rule themselves are 0, as its file plainly says.
    Nothing,
}

/// What may be relied on of a cohort under a rule.
struct Case<'a> {
    quantities: &'a Quantities,
    /// Hours at most.
    hours: f64,
    /// Monthly fee at most.
    fee: f64,
    /// Share of the loss that is indirect, lowest and highest; `None`: nobody claims a loss.
    indirect: Option<(f64, f64)>,
}

/// Adds a warning for each rule that can pay nobody. Nothing is told of a file with mistakes, whose numbers are stand-ins.
pub fn warnings(reading: &mut Reading<'_>, scenario: &Scenario) {
    if reading.diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return;
    }
    for guideline in &scenario.guidelines {
        for rule in guideline.rules.iter().filter(|r| !r.cohorts.is_empty()) {
            let found =
                |c: &usize| lack(scenario, &reading.quantities, rule, &scenario.cohorts[*c]).map(|why| (*c, why));
            let lacks: Option<Vec<(usize, Lack)>> = rule.cohorts.iter().map(found).collect();
            let told = lacks.filter(|l| l.iter().any(|(_, why)| *why != Lack::Nothing));
            if let Some(lacks) = told {
                tell(reading, scenario, (&guideline.id, rule), &lacks);
            }
        }
    }
}

/// Tells of a rule why nobody of its cohorts is paid, in the order of the reasons, and what would change it.
fn tell(reading: &mut Reading<'_>, scenario: &Scenario, (guideline, rule): (&str, &Rule), lacks: &[(usize, Lack)]) {
    let mut reasons: Vec<Lack> = Vec::new();
    for (_, why) in lacks {
        if !reasons.contains(why) {
            reasons.push(*why);
        }
    }
    let mut whys = Vec::new();
    let mut help: Vec<String> = Vec::new();
    for why in reasons {
        let of: Vec<&str> =
            lacks.iter().filter(|(_, w)| *w == why).map(|(c, _)| scenario.cohorts[*c].id.as_str()).collect();
        let (reason, advice) = words_of(why, &first_of(&of));
        whys.push(reason);
        if !help.contains(&advice) {
            help.push(advice);
        }
    }
    let at = format!("guidelines.{guideline}.rules.{}", rule.id);
    let own = paths::find(reading.root, &at).map(|(_, n)| n.place);
    let whole = || reading.root.get("guidelines").and_then(|n| n.get(guideline)).map(|n: &Node| n.place);
    let Some(place) = own.or_else(whole) else { return };
    let message = format!("the rule `{}` of the guideline `{guideline}` can pay nobody: {}", rule.id, whys.join("; "));
    let warning = reading.warn(place, message);
    help.into_iter().for_each(|advice| {
        warning.help(advice);
    });
}

/// A reason in words, with the cohorts that it is true of, and what would change it.
fn words_of(why: Lack, of: &str) -> (String, String) {
    let hours = |h: f64| words::hours(h, Lang::En);
    let (reason, advice) = match why {
        Lack::Service => (
            format!("the people of {of} lost none of the services whose hours it counts"),
            "name such a service under `services`, or other cohorts under `for`".to_string(),
        ),
        Lack::Longer(most) => (
            format!("the people of {of} are without the service for {} at most, and it asks for longer", hours(most)),
            format!("let it begin at {} or less, or let the outage of the service last longer", hours(most)),
        ),
        Lack::Shorter(least) => (
            format!("the people of {of} are without the service for {} at least, and it asks for less", hours(least)),
            format!("let it reach to {} or more, or let the outage of the service be shorter", hours(least)),
        ),
        Lack::Fee => (
            format!("what it pays is made of the fee, and the people of {of} pay none"),
            "give them a `fee_month`, or pay a sum that does not hang on the fee".into(),
        ),
        Lack::Loss => (
            format!("it is for people who lose money, and nobody of {of} does"),
            "give them a `loss`, or pay a sum that does not hang on it, with `losers_only = false`".into(),
        ),
        Lack::Nothing => (format!("for {of} its sums are 0"), "give it sums above 0".into()),
    };
    (reason, advice)
}

/// Why nobody of a cohort can be paid by a rule, where that is certain.
fn lack(scenario: &Scenario, quantities: &Quantities, rule: &Rule, cohort: &Cohort) -> Option<Lack> {
    let Some((least, most)) = hours(scenario, quantities, rule, cohort) else { return Some(Lack::Service) };
    let (low, high) = (|q: Q| quantities.get(q).law.support().0, |q: Q| quantities.get(q).law.support().1);
    if rule.hours_from.is_some_and(|b| below(most, low(b.at), b.inclusive)) {
        return Some(Lack::Longer(most));
    }
    if rule.hours_to.is_some_and(|b| below(high(b.at), least, b.inclusive)) {
        return Some(Lack::Shorter(least));
    }
    let indirect = loses(quantities, cohort);
    if rule.losers_only && indirect.is_none() {
        return Some(Lack::Loss);
    }
    let most = rule.hours_to.map_or(most, |b| most.min(high(b.at)));
    let case = Case { quantities, hours: most, fee: fee(quantities, cohort), indirect };
    if rule.cap.is_some_and(|q| high(q) <= 0.0) {
        return Some(Lack::Nothing);
    }
    case.pays(&rule.amount).err()
}

/// True where a value is certainly below a bound, or at it while the bound itself is outside.
fn below(value: f64, bound: f64, inclusive: bool) -> bool {
    let same = value == bound || (value - bound).abs() <= ROUNDING * bound.abs();
    if same { !inclusive } else { value < bound }
}

/// Hours of the services that count for a rule, least and most, where a cohort's people live; `None`: it lost none of them.
fn hours(scenario: &Scenario, quantities: &Quantities, rule: &Rule, cohort: &Cohort) -> Option<(f64, f64)> {
    let support = |q: Q| quantities.get(q).law.support();
    let lives = |region: &usize| cohort.region_shares.get(*region).is_none_or(|q| support(*q).1 > 0.0);
    let counts = |s: &&usize| rule.services.is_empty() || rule.services.contains(s);
    let mut found: Option<(f64, f64)> = None;
    for service in cohort.services.iter().filter(counts).map(|s| &scenario.services[*s]) {
        let restoration = &service.restoration;
        let phases = restoration.phases.iter().map(|p| support(scenario.outage.phases[*p].hours));
        let before = phases.fold((0.0, 0.0), |sum, (low, high)| (sum.0 + low, sum.1 + high));
        let strata = restoration.strata.iter().map(|s| support(s.hours));
        let own = strata.fold((f64::INFINITY, 0.0_f64), |all, (low, high)| (all.0.min(low), all.1.max(high)));
        let (low, high) = (before.0 + own.0, before.1 + own.1);
        if high > 0.0 && service.regions.iter().any(lives) {
            found = Some(found.map_or((low, high), |(least, most)| (least.min(low), most.max(high))));
        }
    }
    found
}

/// Monthly fee of a cohort's people at most.
fn fee(quantities: &Quantities, cohort: &Cohort) -> f64 {
    let high = |q: Q| quantities.get(q).law.support().1;
    match &cohort.fee {
        FeeMonth::Free => 0.0,
        FeeMonth::Same(q) => high(*q),
        FeeMonth::Bands(bands) => bands.iter().filter(|b| high(b.0) > 0.0).map(|b| high(b.1)).fold(0.0, f64::max),
        FeeMonth::Varies(law) => law.support().1,
    }
}

/// Lowest and highest indirect share of a cohort's losses; `None`: nobody loses money, or claims to.
fn loses(quantities: &Quantities, cohort: &Cohort) -> Option<(f64, f64)> {
    let high = |q: Q| quantities.get(q).law.support().1;
    let loss = cohort.loss.as_ref()?;
    let somebody = high(loss.share) > 0.0 || high(loss.unfounded_share) > 0.0;
    let something = match &loss.damage {
        Damage::Points(points) => points.iter().any(|p| high(p.1) > 0.0),
        Damage::Power { rate, .. } => high(*rate) > 0.0,
    };
    (somebody && something).then(|| quantities.get(loss.indirect_share).law.support())
}

impl Case<'_> {
    fn high(&self, q: Q) -> f64 {
        self.quantities.get(q).law.support().1
    }

    fn low(&self, q: Q) -> f64 {
        self.quantities.get(q).law.support().0
    }

    /// Whether there may be a loss on a basis.
    fn has_loss(&self, basis: LossBasis) -> bool {
        self.indirect.is_some_and(|(low, high)| match basis {
            LossBasis::All => true,
            LossBasis::Direct => low < 1.0,
            LossBasis::Indirect => high > 0.0,
        })
    }

    /// Whether an amount may be above 0; if it cannot, why.
    fn pays(&self, amount: &Amount) -> Result<(), Lack> {
        let above = |q: &Q| if self.high(*q) > 0.0 { Ok(()) } else { Err(Lack::Nothing) };
        let with = |holds: bool, lack: Lack| if holds { Ok(()) } else { Err(lack) };
        match amount {
            Amount::Flat(q) => above(q),
            Amount::LossShare { share, basis, .. } => above(share).and(with(self.has_loss(*basis), Lack::Loss)),
            Amount::FeeMonths(q) | Amount::FeeDays(q) | Amount::FeeTimes(q) => {
                above(q).and(with(self.fee > 0.0, Lack::Fee))
            }
            Amount::PerTime { pay, step_hours, after_hours, count } => {
                let after = self.low(*after_hours);
                // A step that is only begun pays as soon as the grace time is over.
                let needed = if *count == Count::Completed { after + self.low(*step_hours) } else { after };
                let short = below(self.hours, needed, *count == Count::Completed);
                above(pay).and(with(!short, Lack::Longer(self.hours)))
            }
            Amount::Bands { axis, bands } => self.some(self.reached(*axis, bands).map(|b| &b.pay)),
            Amount::Max(list) | Amount::Sum(list) => self.some(list),
            Amount::Min(list) => list.iter().try_for_each(|part| self.pays(part)),
            Amount::Times(q, inner) => above(q).and_then(|()| self.pays(inner)),
            Amount::Scheme(s) => {
                let (no_fee, no_loss) = (self.fee <= 0.0, self.indirect.is_none());
                if no_fee && vanish::pays_nothing(s, &|f| *f == Feed::FeeMonth) {
                    return Err(Lack::Fee);
                }
                with(!(no_loss && vanish::pays_nothing(s, &|f| *f == Feed::Loss)), Lack::Loss)
            }
        }
    }

    /// Whether one of several amounts may be above 0; if none can, the first reason that is more than sums of 0.
    fn some<'b>(&self, parts: impl IntoIterator<Item = &'b Amount>) -> Result<(), Lack> {
        let mut why = Lack::Nothing;
        for part in parts {
            match self.pays(part) {
                Ok(()) => return Ok(()),
                Err(lack) if why == Lack::Nothing => why = lack,
                Err(_) => (),
            }
        }
        Err(why)
    }

    /// The bands that a value on their axis may reach: those up to the first one that holds the highest.
    fn reached<'b>(&self, axis: BandAxis, bands: &'b [Band]) -> impl Iterator<Item = &'b Band> {
        let most = match axis {
            BandAxis::Loss(basis) if self.has_loss(basis) => f64::INFINITY,
            BandAxis::Loss(_) => 0.0,
            BandAxis::Hours => self.hours,
            BandAxis::DaysBegun => days_begun(self.hours),
            BandAxis::Fee => self.fee,
        };
        let holds = |bound: Bound| below(most, self.low(bound.at), !bound.inclusive);
        let last = bands.iter().position(|b| b.upto.is_some_and(holds)).unwrap_or(bands.len());
        bands.iter().take(last + 1)
    }
}
