//! Years drawn: events of each cause, who is hit, what the guidelines pay and what the response costs.

use super::award::{Situation, looks_at_loss, pays, schedule};
use super::classes::{Class, split};
use super::fit;
use super::layers::recovered;
use super::losses::Losses;
use super::{Block, EventRow, Layout};
use crate::chance::counts::{binomial, multinomial};
use crate::chance::events::poisson;
use crate::chance::special::{gamma_p_inv, normal_cdf, normal_quantile};
use crate::chance::spliced::Spliced;
use crate::chance::stream::Stream;
use crate::engine::world::{WorldSampler, Worlds};
use crate::guideline::calendar::{day, month_hours};
use crate::guideline::takeup::Curve;
use crate::model::company::{Asked, Company, DurationLaw, Promise, Season};
use crate::model::{Q, Quantities};

/// Years of a block.
pub const BLOCK: u64 = 256;
/// Years that are drawn a second time, to tell ignorance from chance.
pub const TWINS: u64 = 4096;
/// Fits to data drawn again.
const REFITS: usize = 200;
const MINUTES_OF_HOUR: f64 = 60.0;

/// What is worked out once.
pub struct Plan<'a> {
    company: &'a Company,
    sampler: WorldSampler,
    seed: u64,
    layout: Layout,
    /// Laws of durations, one for each entry of the company's.
    durations: Vec<Hours>,
    calendar: Calendar,
    /// Of causes with a season: share of their events that begin before the end of each hour of the year.
    seasons: Vec<Option<Vec<f64>>>,
}

/// A law of durations.
enum Hours {
    /// A quantity's.
    Stated(Q),
    /// Fits; one of them a year.
    Fitted(Vec<Spliced>),
}

/// The year: minutes since 1970-01-01 of its start, and where its months begin and how many hours they have.
struct Calendar {
    start: i64,
    months: Vec<(i64, f64)>,
    minutes: i64,
}

impl Calendar {
    fn new(year: i32) -> Calendar {
        // Days before a year since 1970, by the rule of leap years.
        let y = i64::from(year) - 1;
        let days = y * 365 + y / 4 - y / 100 + y / 400 - (1969 * 365 + 1969 / 4 - 1969 / 100 + 1969 / 400);
        let start = days * 24 * 60;
        debug_assert_eq!(day(start), days);
        let mut months = Vec::with_capacity(12);
        let mut at = start;
        for _ in 0..12 {
            let hours = month_hours(at);
            months.push((at - start, hours));
            at += (hours * MINUTES_OF_HOUR) as i64;
        }
        Calendar { start, months, minutes: at - start }
    }

    /// Share of a cause's events that begin before the end of each hour of the year.
    fn shares(&self, season: &Season) -> Vec<f64> {
        let hour_minutes = MINUTES_OF_HOUR as i64;
        let mut sum = 0.0;
        let mut until: Vec<f64> = (0..self.minutes / hour_minutes)
            .map(|hour| {
                // 1 January 1970 was a Thursday, three days after a Monday.
                let weekday = (day(self.start) + hour / 24 + 3).rem_euclid(7) as usize;
                let month = self.month(hour * hour_minutes);
                sum += season.months[month] * season.weekdays[weekday] * season.hours[(hour % 24) as usize];
                sum
            })
            .collect();
        until.iter_mut().for_each(|x| *x /= sum);
        until
    }

    /// Minute of the year in which an event begins, from a uniform number.
    fn minute(&self, season: Option<&Vec<f64>>, u: f64) -> i64 {
        let minute = match season {
            None => u * self.minutes as f64,
            Some(until) => {
                let hour = until.partition_point(|x| *x <= u).min(until.len() - 1);
                let before = if hour > 0 { until[hour - 1] } else { 0.0 };
                (hour as f64 + (u - before) / (until[hour] - before)) * MINUTES_OF_HOUR
            }
        };
        (minute as i64).min(self.minutes - 1)
    }

    /// Month of a minute of the year, from 0.
    fn month(&self, minute: i64) -> usize {
        self.months.partition_point(|m| m.0 <= minute) - 1
    }

    /// Hours of so many months from one on.
    fn hours(&self, first: usize, months: usize) -> f64 {
        self.months.iter().skip(first).take(months).map(|m| m.1).sum()
    }
}

/// An event in the making.
#[derive(Clone, Debug, Default)]
struct Event {
    cause: usize,
    /// Minute of the year.
    start: i64,
    /// Hours that each service is down.
    down: Vec<f64>,
    /// Share of customers that it hits.
    share: f64,
    people: f64,
    loss: f64,
}

impl<'a> Plan<'a> {
    /// Prepares a company's years.
    ///
    /// # Errors
    /// Correlations that no law has (a checked company never gives this).
    pub fn new(company: &'a Company, seed: u64) -> Result<Plan<'a>, String> {
        let hours = |d: &crate::model::company::Duration| match &d.law {
            DurationLaw::Stated(q) => Hours::Stated(*q),
            DurationLaw::Fitted { values, uncertain } => {
                let again = if *uncertain { fit::resampled(values, REFITS, seed, &d.named.id) } else { Vec::new() };
                let best = || fit::fit(values).map(|f| f.law).unwrap_or_else(|| fit::plain_law(values));
                Hours::Fitted(if again.is_empty() { vec![best()] } else { again })
            }
        };
        let calendar = Calendar::new(company.year);
        Ok(Plan {
            company,
            sampler: WorldSampler::new(&company.quantities, seed, 0)?,
            seed,
            layout: Layout::of(company),
            durations: company.durations.iter().map(hours).collect(),
            seasons: company.causes.iter().map(|c| c.season.as_ref().map(|s| calendar.shares(s))).collect(),
            calendar,
        })
    }

    /// The years of a block, of `years` in all.
    pub fn block(&self, block: u64, years: u64) -> Block {
        let first = block * BLOCK;
        let count = BLOCK.min(years.saturating_sub(first)) as usize;
        let worlds = self.sampler.draw(first, count);
        let quantities = self.sampler.quantities();
        let mut out = Block { first, years: count, ..Block::default() };
        let (mut desk, mut twin) = (Desk::new(self, 0), Desk::new(self, 1));
        for y in 0..count {
            let world = &worlds[y * quantities..(y + 1) * quantities];
            let year = first + y as u64;
            desk.year(year, world);
            out.values.extend_from_slice(&desk.row);
            out.events.extend(desk.events.iter().map(|e| EventRow {
                year,
                cause: e.cause,
                minute: e.start,
                hours: e.down.iter().copied().fold(0.0, f64::max),
                people: e.people,
                loss: e.loss,
            }));
            if year < TWINS {
                twin.year(year, world);
                out.twins.push(twin.row[Layout::TOTAL]);
            }
        }
        out
    }
}

/// What draws years, with its streams and its memory.
struct Desk<'p> {
    plan: &'p Plan<'p>,
    causes: Vec<Stream>,
    groups: Vec<Stream>,
    fits: Vec<Stream>,
    events: Vec<Event>,
    row: Vec<f64>,
    losses: Losses,
}

impl<'p> Desk<'p> {
    fn new(plan: &'p Plan<'p>, draw: u32) -> Desk<'p> {
        let c = plan.company;
        let named = |purpose: &'static str| move |id: &str| Stream::named(plan.seed, draw, purpose, id);
        Desk {
            plan,
            causes: c.causes.iter().map(|x| named("year cause")(&x.named.id)).collect(),
            groups: c.customers.iter().map(|x| named("year customers")(&x.named.id)).collect(),
            // Which fit holds is not known about the world: the same for both draws of a year.
            fits: c.durations.iter().map(|x| Stream::named(plan.seed, 0, "year fit", &x.named.id)).collect(),
            events: Vec::new(),
            row: Vec::new(),
            losses: Losses::alike(),
        }
    }

    fn year(&mut self, year: u64, world: &[f64]) {
        self.row.clear();
        self.row.resize(self.plan.layout.columns(), 0.0);
        self.draw_events(year, world);
        for group in 0..self.plan.company.customers.len() {
            self.customers(group, year, world);
        }
        self.close();
    }

    fn draw_events(&mut self, year: u64, world: &[f64]) {
        let plan = self.plan;
        let company = plan.company;
        let q = &company.quantities;
        self.events.clear();
        let laws: Vec<Option<Spliced>> = plan
            .durations
            .iter()
            .zip(&mut self.fits)
            .map(|(hours, stream)| match hours {
                Hours::Stated(_) => None,
                Hours::Fitted(laws) => {
                    let at = (stream.at_number(year).uniform() * laws.len() as f64) as usize;
                    laws.get(at.min(laws.len() - 1)).copied()
                }
            })
            .collect();
        for (c, (cause, stream)) in company.causes.iter().zip(&mut self.causes).enumerate() {
            let at = stream.at(year);
            let contagion = cause.contagion.of(world);
            let mut mean = cause.per_year.of(world).max(0.0);
            if contagion > 0.0 {
                mean *= contagion * gamma_p_inv(1.0 / contagion, at.uniform());
            }
            for _ in 0..poisson(at, mean) {
                let start = plan.calendar.minute(plan.seasons[c].as_ref(), at.uniform());
                let u = at.uniform();
                let hours = match (&plan.durations[cause.duration], laws[cause.duration]) {
                    (_, Some(law)) => law.quantile(u),
                    (Hours::Stated(h), None) => drawn(q, *h, u),
                    (Hours::Fitted(_), None) => 0.0,
                };
                let hours = hours.clamp(0.0, company.durations[cause.duration].longest);
                let down = down(company, c, hours, at, world);
                let share = drawn(q, cause.share_hit, at.uniform()).clamp(0.0, 1.0);
                let longest = down.iter().copied().fold(0.0, f64::max);
                let response =
                    drawn(q, cause.response, at.uniform()) + drawn(q, cause.response_hour, at.uniform()) * longest;
                self.row[Layout::RESPONSE] += response;
                self.events.push(Event { cause: c, start, down, share, people: 0.0, loss: response });
            }
        }
        self.events.sort_by_key(|e| (e.start, e.cause));
    }

    /// What the customers of a group get.
    fn customers(&mut self, group: usize, year: u64, world: &[f64]) {
        let plan = self.plan;
        let customers = &plan.company.customers[group];
        // Events that take down a service of theirs, the longest hours among their services, and which service that is.
        let mut hit: Vec<(usize, f64, usize)> = Vec::new();
        for (e, event) in self.events.iter().enumerate() {
            let longest = customers
                .services
                .iter()
                .map(|s| (event.down[*s], *s))
                .fold((0.0, 0), |a, b| if b.0 > a.0 { b } else { a });
            if longest.0 > 0.0 && event.share > 0.0 {
                hit.push((e, longest.0, longest.1));
            }
        }
        if hit.is_empty() {
            return;
        }
        let promises: Vec<(usize, &Promise)> =
            plan.company.guidelines.iter().enumerate().filter(|(_, p)| p.customers.contains(&group)).collect();
        let longest = promises.iter().map(|(_, p)| p.asked).max().unwrap_or(Asked::Event);
        let size = customers.size.of(world).max(0.0).round() as u64;
        let mut stream = std::mem::replace(&mut self.groups[group], Stream::named(0, 0, "", ""));
        let at = stream.at(year);
        let mut from = 0;
        while from < hit.len() {
            let to = from + self.together(&hit[from..], longest);
            let part = &hit[from..to];
            let shares: Vec<f64> = part.iter().map(|h| self.events[h.0].share).collect();
            for class in split(size, &shares, at) {
                if class.events.is_empty() || class.count == 0 {
                    continue;
                }
                for e in &class.events {
                    self.events[part[*e].0].people += class.count as f64;
                }
                for (g, promise) in &promises {
                    self.class(group, (*g, promise), &class, part, at, world);
                }
            }
            from = to;
        }
        self.groups[group] = stream;
    }

    /// How many of the first events fall in one time asked for.
    fn together(&self, hit: &[(usize, f64, usize)], asked: Asked) -> usize {
        let time = |h: &(usize, f64, usize)| self.time(h.0, asked);
        let first = time(&hit[0]);
        if asked == Asked::Event { 1 } else { hit.iter().take_while(|h| time(h) == first).count() }
    }

    /// Which time asked for an event falls in: the one of its beginning.
    fn time(&self, event: usize, asked: Asked) -> usize {
        match asked.months() {
            0 => event,
            months => self.plan.calendar.month(self.events[event].start) / months,
        }
    }

    /// What a guideline pays the people of a class for each time asked for.
    fn class(
        &mut self,
        group: usize,
        (g, promise): (usize, &Promise),
        class: &Class,
        part: &[(usize, f64, usize)],
        stream: &mut Stream,
        world: &[f64],
    ) {
        let mine: Vec<(usize, f64, usize)> = class.events.iter().map(|e| part[*e]).collect();
        let mut from = 0;
        while from < mine.len() {
            let to = from + self.together(&mine[from..], promise.asked);
            self.asked(group, (g, promise), class.count, &mine[from..to], stream, world);
            from = to;
        }
    }

    fn asked(
        &mut self,
        group: usize,
        (g, promise): (usize, &Promise),
        count: u64,
        events: &[(usize, f64, usize)],
        stream: &mut Stream,
        world: &[f64],
    ) {
        let plan = self.plan;
        let customers = &plan.company.customers[group];
        let outages: Vec<f64> = events.iter().map(|e| e.1).collect();
        let first = self.events[events[0].0].start;
        let month = plan.calendar.month(first);
        let (month_length, months) = (plan.calendar.months[month].1, promise.asked.months());
        let period = match promise.asked {
            Asked::Event => outages[0],
            _ => plan.calendar.hours(month / months * months, months),
        };
        let sum: f64 = outages.iter().sum();
        let now = Situation {
            outages: &outages,
            total: if months == 0 { sum } else { sum.min(period) },
            fee_month: customers.fee.map_or(0.0, |q| q.of(world)),
            month: month_length,
            period,
            began: plan.calendar.start + first,
            loss: 0.0,
        };
        let (mut paid, mut claims) = (0.0, 0.0);
        for rule in &promise.rules {
            let curve = Curve::of(&rule.filing, 1.0, world);
            let mut pay = |people: u64, award: f64, stream: &mut Stream| {
                let filed = binomial(stream, people, curve.share(award)) as f64;
                claims += if matches!(rule.filing, crate::model::Filing::Claim(_)) { filed } else { 0.0 };
                paid += filed * award;
            };
            let award_of = |loss: f64| pays(promise, rule, &Situation { loss, ..now }, world);
            match customers.loss.filter(|_| looks_at_loss(promise, rule)) {
                None => pay(count, award_of(0.0), stream),
                Some(loss) => {
                    let losers = binomial(stream, count, loss.share.of(world));
                    let mean = loss.hour.of(world) * now.total;
                    let losses = &mut self.losses;
                    losses.vary_by(loss.cv.of(world));
                    match schedule(promise, rule, &now, world) {
                        Some(schedule) => losses.along(&schedule, mean),
                        None => losses.by_places(mean, award_of),
                    }
                    let mut each = Vec::new();
                    multinomial(stream, losers, &losses.chances, 1.0, &mut each);
                    for (n, award) in each.iter().zip(&losses.awards) {
                        pay(*n, *award, stream);
                    }
                    // What arithmetic leaves of the last cell belongs to it.
                    let left = losers - each.iter().sum::<u64>();
                    pay(left, losses.awards.last().copied().unwrap_or(0.0), stream);
                    pay(count - losers, award_of(0.0), stream);
                }
            }
        }
        let handling = claims * promise.claim_cost.of(world);
        self.row[Layout::CLAIMS] += claims;
        self.row[Layout::AWARDS] += paid;
        self.row[Layout::HANDLING] += handling;
        self.row[plan.layout.guideline(g)] += paid + handling;
        // What many events gave rise to together is shared by their hours.
        for (e, hours, service) in events {
            let part = (paid + handling) * if sum > 0.0 { hours / sum } else { 0.0 };
            self.events[*e].loss += part;
            self.row[plan.layout.service(*service)] += part;
        }
    }

    /// Sums of the year.
    fn close(&mut self) {
        let layout = &self.plan.layout;
        let losses: Vec<f64> = self.events.iter().map(|e| e.loss).collect();
        for e in &self.events {
            let at = layout.cause(e.cause);
            self.row[at] += e.loss;
            self.row[at + 1] = self.row[at + 1].max(e.loss);
        }
        self.row[Layout::TOTAL] = losses.iter().sum();
        self.row[Layout::LARGEST] = losses.iter().copied().fold(0.0, f64::max);
        self.row[Layout::EVENTS] = losses.len() as f64;
        for (p, programme) in self.plan.company.programmes.iter().enumerate() {
            self.row[layout.programme(p)] = recovered(programme, &losses);
        }
    }
}

/// A draw of a quantity's law for an event.
fn drawn(quantities: &Quantities, q: Q, u: f64) -> f64 {
    quantities.get(q).law.quantile(u)
}

/// Hours that each service is down in an event. Services fail together by one normal number behind their chances
/// (a one-factor Gaussian copula).
fn down(company: &Company, cause: usize, hours: f64, stream: &mut Stream, world: &[f64]) -> Vec<f64> {
    let cause = &company.causes[cause];
    let together = cause.together.of(world).clamp(0.0, 1.0);
    let sigma = (1.0 + cause.spread.of(world) * cause.spread.of(world)).ln().sqrt();
    let common = normal_quantile(stream.uniform());
    let mut down = vec![0.0; company.services.len()];
    for hit in &cause.hits {
        let (own, factor) = (stream.uniform(), stream.uniform());
        let chance = hit.chance.of(world);
        let score = together.sqrt() * common + (1.0 - together).sqrt() * normal_quantile(own);
        if chance >= 1.0 || normal_cdf(score) < chance {
            let own = if sigma > 0.0 { (sigma * normal_quantile(factor) - 0.5 * sigma * sigma).exp() } else { 1.0 };
            down[hit.service] = hours * hit.part.of(world) * own;
        }
    }
    down
}
