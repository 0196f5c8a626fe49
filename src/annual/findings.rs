//! What was found in the years: average annual loss, exceedance by event and by year, reserves, insurance.

use super::{Block, EventRow, Layout, independent};
use crate::model::Text;
use crate::model::company::Company;
use crate::stats::exceedance::{exceedance_curve, probability_above, tail_beyond};
use crate::stats::{ChanceShare, Estimate, Moments, Proportion, chance_share};

/// Return periods that are told, in years.
pub const RETURN_PERIODS: [f64; 10] = [2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 250.0, 500.0, 1000.0];
/// Levels at which a reserve is to suffice.
pub const LEVELS: [f64; 4] = [0.9, 0.95, 0.99, 0.995];
/// Costs of single events that are kept of each cause for the second road.
const SAMPLE: usize = 20_000;

/// What a row of findings is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The company.
    All,
    /// A cause.
    Cause(usize),
    /// Awards and handling for what a service's outages gave rise to.
    Service(usize),
    /// Responses, which belong to no service.
    Response,
    /// A guideline.
    Guideline(usize),
}

/// Average annual loss of something.
#[derive(Clone, Debug, PartialEq)]
pub struct Average {
    /// Of what.
    pub of: Of,
    /// Its mean.
    pub mean: Estimate,
    /// Its standard deviation from year to year.
    pub sd: Estimate,
}

/// Which loss of a year is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The costliest event: OEP.
    Event,
    /// The whole year: AEP.
    Year,
}

/// A point of an exceedance curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Of the company or a cause.
    pub of: Of,
    /// By event or by year.
    pub basis: Basis,
    /// Years.
    pub return_period: f64,
    /// Loss exceeded once in so many years, with its distribution-free interval: VaR.
    pub loss: Estimate,
    /// Mean of losses that are as rare or rarer: TVaR.
    pub tail: Estimate,
}

/// Events of a cause.
#[derive(Clone, Debug, PartialEq)]
pub struct CauseFound {
    /// Number a year.
    pub per_year: Estimate,
    /// Events drawn.
    pub events: u64,
    /// Mean hours.
    pub hours: f64,
    /// Share that cost anything.
    pub costly: Proportion,
    /// Cost of one.
    pub cost: Estimate,
    /// Standard deviation of the cost of one.
    pub cost_sd: f64,
    /// The costliest.
    pub costliest: f64,
    /// Mean number of customers hit.
    pub people: f64,
    /// Largest number of customers hit.
    pub most_people: f64,
}

/// A reserve.
#[derive(Clone, Debug, PartialEq)]
pub struct Reserve {
    /// Its amount.
    pub amount: f64,
    /// Chance that it suffices for a year.
    pub suffices: Proportion,
    /// Mean of what is lacking, in years in which it does not.
    pub lacking: f64,
    /// What is lacking in the mean year.
    pub shortfall: Estimate,
}

/// An insurance programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Insured {
    /// Recoveries a year.
    pub recovered: Estimate,
    /// Their standard deviation.
    pub recovered_sd: Estimate,
    /// Chance of any in a year.
    pub pays: Proportion,
    /// Premium a year.
    pub premium: f64,
    /// What the company bears, premium included.
    pub net: Estimate,
    /// Its standard deviation.
    pub net_sd: Estimate,
    /// Points of its exceedance curve by year, premium included.
    pub curve: Vec<Point>,
    /// Points of the curve of recoveries by year.
    pub recoveries: Vec<Point>,
}

/// All of it.
#[derive(Clone, Debug, PartialEq)]
pub struct YearFindings {
    /// Years drawn.
    pub years: usize,
    /// Average annual losses: the company, causes, services, responses, guidelines.
    pub averages: Vec<Average>,
    /// Means of claims, awards, handling and responses.
    pub accounts: [Estimate; 4],
    /// Events a year.
    pub events: Estimate,
    /// Exceedance curves.
    pub curves: Vec<Point>,
    /// How much of the spread of a year's cost is chance.
    pub chance: ChanceShare,
    /// By cause.
    pub causes: Vec<CauseFound>,
    /// Reserves of the file.
    pub reserves: Vec<Reserve>,
    /// Reserves that suffice at [`LEVELS`].
    pub needed: Vec<Estimate>,
    /// Programmes of the file.
    pub insured: Vec<Insured>,
    /// A year's cost at [`RETURN_PERIODS`] were events independent.
    pub independent: Option<Vec<f64>>,
    /// Points of the curves as they are drawn: basis, then probability and cost with its interval.
    pub drawn: Vec<(Basis, Vec<crate::stats::CurvePoint>)>,
    /// Events as they came, if they were kept.
    pub kept: Vec<EventRow>,
    /// True when they were.
    pub events_kept: bool,
}

impl YearFindings {
    /// A point of a curve.
    pub fn point(&self, of: Of, basis: Basis, return_period: f64) -> Option<&Point> {
        self.curves.iter().find(|p| p.of == of && p.basis == basis && p.return_period == return_period)
    }

    /// Average annual loss of something.
    pub fn average(&self, of: Of) -> Option<&Average> {
        self.averages.iter().find(|a| a.of == of)
    }
}

/// Title of what a row is about.
pub fn title(company: &Company, of: Of) -> Text {
    match of {
        Of::All => company.title.clone(),
        Of::Cause(c) => company.causes[c].named.title.clone(),
        Of::Service(s) => company.services[s].title.clone(),
        Of::Response => Text::both("response to events", "장애 대응"),
        Of::Guideline(g) => company.guidelines[g].named.title.clone(),
    }
}

/// Kind and id of what a row is about.
pub fn name(company: &Company, of: Of) -> (&'static str, String) {
    match of {
        Of::All => ("all", "all".into()),
        Of::Cause(c) => ("cause", company.causes[c].named.id.clone()),
        Of::Service(s) => ("service", company.services[s].id.clone()),
        Of::Response => ("response", "all".into()),
        Of::Guideline(g) => ("guideline", company.guidelines[g].named.id.clone()),
    }
}

#[derive(Clone, Debug, Default)]
struct CauseSums {
    events: f64,
    costly: f64,
    hours: f64,
    people: f64,
    most_people: f64,
    cost: Moments,
    costliest: f64,
    sample: Vec<f64>,
}

/// Collects blocks in order.
pub struct YearCollector<'a> {
    company: &'a Company,
    layout: Layout,
    columns: Vec<Vec<f64>>,
    twins: Vec<f64>,
    causes: Vec<CauseSums>,
    kept: Vec<EventRow>,
    keep: bool,
}

impl<'a> YearCollector<'a> {
    /// `keep`: whether events are kept one by one.
    pub fn new(company: &'a Company, keep: bool) -> YearCollector<'a> {
        let layout = Layout::of(company);
        YearCollector {
            company,
            layout,
            columns: vec![Vec::new(); layout.columns()],
            twins: Vec::new(),
            causes: vec![CauseSums::default(); company.causes.len()],
            kept: Vec::new(),
            keep,
        }
    }

    /// Takes the next block.
    pub fn add(&mut self, block: &Block) {
        for row in block.values.chunks_exact(self.columns.len()) {
            self.columns.iter_mut().zip(row).for_each(|(column, x)| column.push(*x));
        }
        self.twins.extend_from_slice(&block.twins);
        for (c, sums) in self.causes.iter_mut().enumerate() {
            let of_cause: Vec<&EventRow> = block.events.iter().filter(|e| e.cause == c).collect();
            let costs: Vec<f64> = of_cause.iter().map(|e| e.loss).collect();
            if costs.is_empty() {
                continue;
            }
            sums.events += costs.len() as f64;
            sums.costly += costs.iter().filter(|x| **x > 0.0).count() as f64;
            sums.hours += of_cause.iter().map(|e| e.hours).sum::<f64>();
            sums.people += of_cause.iter().map(|e| e.people).sum::<f64>();
            sums.most_people = of_cause.iter().map(|e| e.people).fold(sums.most_people, f64::max);
            sums.costliest = costs.iter().copied().fold(sums.costliest, f64::max);
            sums.cost.merge(&Moments::of(&costs));
            let room = SAMPLE.saturating_sub(sums.sample.len());
            sums.sample.extend(costs.iter().take(room));
        }
        if self.keep {
            self.kept.extend_from_slice(&block.events);
        }
    }

    /// Years taken so far.
    pub fn years(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    /// Works out what was found.
    pub fn finish(self) -> YearFindings {
        let company = self.company;
        let (years, layout) = (self.years(), self.layout);
        let column = |at: usize| self.columns[at].as_slice();
        let mean = |values: &[f64]| Moments::of(values).mean();
        let mut averages = vec![average(Of::All, column(Layout::TOTAL))];
        averages.extend((0..company.causes.len()).map(|c| average(Of::Cause(c), column(layout.cause(c)))));
        averages.extend((0..company.services.len()).map(|s| average(Of::Service(s), column(layout.service(s)))));
        averages.push(average(Of::Response, column(Layout::RESPONSE)));
        averages.extend((0..company.guidelines.len()).map(|g| average(Of::Guideline(g), column(layout.guideline(g)))));
        let (total, largest) = (ascending(column(Layout::TOTAL)), ascending(column(Layout::LARGEST)));
        let mut curves = points(Of::All, Basis::Event, &largest);
        curves.extend(points(Of::All, Basis::Year, &total));
        for c in 0..company.causes.len() {
            curves.extend(points(Of::Cause(c), Basis::Event, &ascending(column(layout.cause(c) + 1))));
            curves.extend(points(Of::Cause(c), Basis::Year, &ascending(column(layout.cause(c)))));
        }
        let costs: Vec<Vec<f64>> = self.causes.iter().map(|c| c.sample.clone()).collect();
        let levels = RETURN_PERIODS.map(|t| 1.0 - 1.0 / t);
        let costliest = total.last().copied().unwrap_or(0.0);
        let causes = self.causes.iter().enumerate().map(|(c, sums)| {
            let law = independent::count(company, c);
            // Counts vary by the law of the number, ignorance of the rate included.
            let se = (law.variance() / years.max(1) as f64).sqrt();
            found_of(sums, Estimate::normal(sums.events / years.max(1) as f64, se))
        });
        YearFindings {
            years,
            averages,
            accounts: [Layout::CLAIMS, Layout::AWARDS, Layout::HANDLING, Layout::RESPONSE].map(|k| mean(column(k))),
            events: mean(column(Layout::EVENTS)),
            curves,
            chance: chance_share(column(Layout::TOTAL), &self.twins),
            causes: causes.collect(),
            reserves: company.reserves.iter().map(|r| reserve(*r, &total)).collect(),
            needed: LEVELS.map(|p| at(&total, 1.0 - p)).to_vec(),
            insured: insured(company, &layout, &self.columns),
            independent: independent::quantiles(company, &costs, costliest, &levels),
            drawn: vec![(Basis::Event, fine(&largest)), (Basis::Year, fine(&total))],
            events_kept: self.keep,
            kept: self.kept,
        }
    }
}

fn ascending(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

fn average(of: Of, values: &[f64]) -> Average {
    let moments = Moments::of(values);
    Average { of, mean: moments.mean(), sd: moments.sd() }
}

fn at(sorted: &[f64], probability: f64) -> Estimate {
    let none = Estimate { value: f64::NAN, se: f64::NAN, lo: f64::NAN, hi: f64::NAN };
    exceedance_curve(sorted, &[probability]).first().map_or(none, |p| p.value)
}

fn points(of: Of, basis: Basis, sorted: &[f64]) -> Vec<Point> {
    let point =
        |t: f64| Point { of, basis, return_period: t, loss: at(sorted, 1.0 / t), tail: tail_beyond(sorted, 1.0 / t) };
    RETURN_PERIODS.map(point).to_vec()
}

/// Points of a curve close together: from once in 1.05 years to as rare as the sample bounds.
fn fine(sorted: &[f64]) -> Vec<crate::stats::CurvePoint> {
    let rarest = (sorted.len() as f64 / 20.0).clamp(2.0, 2000.0);
    let steps = 160;
    let probability = |k: i32| 1.0 / (1.05 * libm::pow(rarest / 1.05, f64::from(k) / f64::from(steps)));
    exceedance_curve(sorted, &(0..=steps).map(probability).collect::<Vec<f64>>())
}

fn found_of(sums: &CauseSums, per_year: Estimate) -> CauseFound {
    let n = sums.events.max(1.0);
    CauseFound {
        per_year,
        events: sums.events as u64,
        hours: sums.hours / n,
        costly: Proportion::wilson(sums.costly, sums.events),
        cost: sums.cost.mean(),
        cost_sd: sums.cost.sd().value,
        costliest: sums.costliest,
        people: sums.people / n,
        most_people: sums.most_people,
    }
}

fn reserve(amount: f64, sorted: &[f64]) -> Reserve {
    let above = probability_above(sorted, amount);
    let lacking: Vec<f64> = sorted.iter().map(|x| (x - amount).max(0.0)).collect();
    let shortfall = Moments::of(&lacking).mean();
    let suffices = Proportion { value: 1.0 - above.value, se: above.se, lo: 1.0 - above.hi, hi: 1.0 - above.lo };
    let mean_lacking = if above.value > 0.0 { shortfall.value / above.value } else { 0.0 };
    Reserve { amount, suffices, lacking: mean_lacking, shortfall }
}

fn insured(company: &Company, layout: &Layout, columns: &[Vec<f64>]) -> Vec<Insured> {
    let total = &columns[Layout::TOTAL];
    let one = |(p, programme): (usize, &crate::model::company::Programme)| {
        let back = &columns[layout.programme(p)];
        let premium: f64 = programme.layers.iter().map(|l| l.premium).sum();
        let net: Vec<f64> = total.iter().zip(back).map(|(t, b)| t - b + premium).collect();
        let (of_back, of_net) = (Moments::of(back), Moments::of(&net));
        let paid = back.iter().filter(|x| **x > 0.0).count() as f64;
        Insured {
            recovered: of_back.mean(),
            recovered_sd: of_back.sd(),
            pays: Proportion::wilson(paid, back.len() as f64),
            premium,
            net: of_net.mean(),
            net_sd: of_net.sd(),
            curve: points(Of::All, Basis::Year, &ascending(&net)),
            recoveries: points(Of::All, Basis::Year, &ascending(back)),
        }
    };
    company.programmes.iter().enumerate().map(one).collect()
}
