//! Bands: how the people of a cohort differ in what its rules look at (fee, attributes), cut into groups of people who
//! are alike. What no rule looks at is not cut.

use super::along::{self, Track};
use super::evaluate::Case;
use super::schedule::Schedule;
use super::{applied, decide, visit};
use crate::chance::law::Law;
use crate::chance::two_points::two_points;
use crate::model::expression::{Function, Kind, Node};
use crate::model::scheme::Origin;
use crate::model::{Amount, BandAxis, Cohort, FeeMonth, Feed, Q, Quantities, Rule, Scenario, SchemeAmount, Spread};

/// Parts that a continuous law is cut into at least, each of which has two bands,
const LEAST_PARTS: usize = 6;
/// of one whose values are not all above 0;
const PARTS_AROUND_ZERO: usize = 12;
/// no part of another reaches further than this factor,
const PART_RATIO: f64 = 2.0;
/// unless there would be more steps than these,
const MOST_STEPS: f64 = 40.0;
/// and not the lowest, with this share of the people,
const LOWEST: f64 = 1e-4;
/// and the highest, with so many people at most as expected, and these shares at most and at least.
const HIGHEST: (f64, f64, f64) = (1e-3, 1e-6, 1e-12);
/// Parts of a smaller share of the people than this are none.
const LEAST_SHARE: f64 = 1e-14;
/// Values of a discrete law that are kept as they are; a law of more is cut like a continuous one.
pub const MOST_VALUES: usize = 64;
/// Slots (region × duration × bands) that one cohort may have.
pub const MOST_SLOTS: usize = 20_000;

/// Something in which people differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What it is.
    pub of: Of,
    /// Its bands; never empty.
    pub bands: Vec<Band>,
}

/// What an axis is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The monthly fee.
    Fee,
    /// An attribute, by its place in the scenario.
    Attribute(usize),
}

/// People alike on an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Share of the cohort, relative to the other bands.
    pub share: Number,
    /// Value.
    pub value: Number,
}

/// A number of a band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// The same in all worlds.
    Fixed(f64),
    /// A quantity.
    Drawn(Q),
    /// One less a quantity.
    Rest(Q),
}

impl Number {
    /// Its value in a world.
    pub fn of(self, world: &[f64]) -> f64 {
        match self {
            Number::Fixed(x) => x,
            Number::Drawn(q) => q.of(world),
            Number::Rest(q) => 1.0 - q.of(world),
        }
    }
}

/// The axes of a cohort that need telling apart: those of more than one band, and values that a world draws.
pub fn axes(scenario: &Scenario, cohort: usize) -> Vec<Axis> {
    let rules = scenario.guidelines.iter().flat_map(|g| &g.rules).filter(|r| r.cohorts.contains(&cohort));
    let rules: Vec<&Rule> = rules.collect();
    axes_for(&scenario.cohorts[cohort], &rules, &scenario.quantities)
}

/// The same for a cohort and the rules that address it.
pub fn axes_for(cohort: &Cohort, rules: &[&Rule], quantities: &Quantities) -> Vec<Axis> {
    let asked = rules.iter().any(|r| visit::uses_fee(r));
    let people = quantities.get(cohort.size).law.mean();
    let bounds = |of: Of| -> Vec<f64> { rules.iter().flat_map(|r| bounds(r, of, quantities)).collect() };
    let fee = match &cohort.fee {
        FeeMonth::Same(q) => vec![all(Number::Drawn(*q))],
        FeeMonth::Bands(bands) if asked => stated(bands),
        FeeMonth::Varies(law) if asked => cut(law, people, &bounds(Of::Fee)),
        _ => Vec::new(),
    };
    let mut axes = vec![Axis { of: Of::Fee, bands: fee }];
    for a in cohort.attributes.iter().filter(|a| rules.iter().any(|r| visit::uses_attribute(r, a.place))) {
        let of = Of::Attribute(a.place);
        let bands = match &a.spread {
            Spread::Same(q) => vec![all(Number::Drawn(*q))],
            Spread::Bands(bands) => stated(bands),
            Spread::Holds(q) => vec![
                Band { share: Number::Drawn(*q), value: Number::Fixed(1.0) },
                Band { share: Number::Rest(*q), value: Number::Fixed(0.0) },
            ],
            Spread::Varies(law) => cut(law, people, &bounds(of)),
        };
        axes.push(Axis { of, bands });
    }
    axes.retain(|a| !a.bands.is_empty());
    axes
}

/// Number of combinations of the bands of some axes.
pub fn combinations(axes: &[Axis]) -> usize {
    axes.iter().map(|a| a.bands.len()).product()
}

/// Duration strata of a cohort: its services' restoration curves laid over each other.
pub fn strata(scenario: &Scenario, cohort: &Cohort) -> usize {
    1 + cohort.services.iter().map(|s| scenario.services[*s].restoration.strata.len() - 1).sum::<usize>()
}

fn all(value: Number) -> Band {
    Band { share: Number::Fixed(1.0), value }
}

fn stated(bands: &[(Q, Q)]) -> Vec<Band> {
    bands.iter().map(|(share, value)| Band { share: Number::Drawn(*share), value: Number::Drawn(*value) }).collect()
}

/// Bands of a law: the values of a discrete one; another is cut into parts, at some bounds as well, and each part stands in two
/// bands that have its mean, its variance and its third central moment, so that the sums of awards that are lines in the value
/// come out right, and filing that varies with it nearly so. The highest part, whose moments may be anything, is one band, so high
/// that one world of a thousand has anybody there.
fn cut(law: &Law, people: f64, bounds: &[f64]) -> Vec<Band> {
    let band = |share: f64, value: f64| Band { share: Number::Fixed(share), value: Number::Fixed(value) };
    if let Some(atoms) = atoms(law) {
        return atoms.into_iter().map(|(value, share)| band(share, value)).collect();
    }
    let (few, most, least) = HIGHEST;
    let (low, high) = (law.quantile(LOWEST), law.quantile_sf((few / people).clamp(least, most)));
    let positive = low > 0.0;
    let parts = if positive { LEAST_PARTS } else { PARTS_AROUND_ZERO };
    let step = |i: usize| {
        let t = i as f64 / parts as f64;
        // Smoothstep: parts at the ends hold less than those in the middle.
        t * t * (3.0 - 2.0 * t)
    };
    let mut edges: Vec<f64> = (0..=parts).map(step).collect();
    if positive {
        let steps = ((high / low).ln() / PART_RATIO.ln()).ceil().clamp(1.0, MOST_STEPS);
        edges.extend((0..=steps as usize).map(|i| law.cdf(low * (high / low).powf(i as f64 / steps))));
    }
    edges.extend(bounds.iter().map(|x| law.cdf(*x)));
    edges.retain(|u| (0.0..=1.0).contains(u));
    edges.sort_unstable_by(f64::total_cmp);
    edges.dedup_by(|b, a| *b - *a < LEAST_SHARE);
    let mut bands = Vec::with_capacity(2 * edges.len());
    for part in edges.windows(2) {
        let (share, Moments { mean, c2, c3 }) = (part[1] - part[0], Moments::between(law, part[0], part[1]));
        if part[1] >= 1.0 || c2 <= 1e-12 * mean * mean {
            bands.push(band(share, mean));
            continue;
        }
        let (at, of_low) = two_points(c2, c3);
        bands.push(band(share * of_low, mean + at[0]));
        bands.push(band(share * (1.0 - of_low), mean + at[1]));
    }
    bands
}

/// Values and shares of a law that has few.
fn atoms(law: &Law) -> Option<Vec<(f64, f64)>> {
    let mut atoms: Vec<(f64, f64)> = Vec::new();
    let mut add = |value: f64, weight: f64| match atoms.last_mut() {
        Some(last) if last.0 == value => last.1 += weight,
        _ if weight > 0.0 => atoms.push((value, weight)),
        _ => (),
    };
    match law {
        Law::Constant(x) => add(*x, 1.0),
        Law::Discrete { values, weights } => values.iter().zip(weights).for_each(|(v, w)| add(*v, *w)),
        Law::Empirical { values } => values.iter().for_each(|v| add(*v, 1.0)),
        _ => return None,
    }
    let whole: f64 = atoms.iter().map(|a| a.1).sum();
    (atoms.len() <= MOST_VALUES).then(|| atoms.into_iter().map(|(v, w)| (v, w / whole)).collect())
}

/// Moments of a law between two quantiles.
struct Moments {
    mean: f64,
    /// Second and third central moments.
    c2: f64,
    c3: f64,
}

impl Moments {
    /// By the midpoint rule on 512 points in u = from + (to − from) s³(10 − 15 s + 6 s²), whose flat ends tame the quantile's
    /// poles.
    fn between(law: &Law, from: f64, to: f64) -> Moments {
        const POINTS: usize = 512;
        let flat = |s: f64| s * s * s * (10.0 - 15.0 * s + 6.0 * s * s);
        let point = |k: usize| {
            let s = (k as f64 + 0.5) / POINTS as f64;
            let weight = 30.0 * s * s * (1.0 - s) * (1.0 - s) / POINTS as f64;
            // Above the middle from the upper end: what is left there has more digits than what lies below it.
            let value = match from < 0.5 {
                true => law.quantile(from + (to - from) * flat(s)),
                false => law.quantile_sf(1.0 - to + (to - from) * flat(1.0 - s)),
            };
            (value, weight)
        };
        let points: Vec<(f64, f64)> = (0..POINTS).map(point).collect();
        let mean: f64 = points.iter().map(|(x, weight)| x * weight).sum();
        let central = |k: i32| points.iter().map(|(x, weight)| (x - mean).powi(k) * weight).sum();
        Moments { mean, c2: central(2), c3: central(3) }
    }
}

/// Values at which a rule may treat people on an axis otherwise, or its award bends, as far as constants alone say where.
fn bounds(rule: &Rule, of: Of, quantities: &Quantities) -> Vec<f64> {
    let mut out = Vec::new();
    let mut ends = |s: &Schedule| out.extend(s.pieces().iter().map(|p| p.end).filter(|x| x.is_finite()));
    if of == Of::Fee {
        visit::amounts(&rule.amount, &mut |a| {
            if let Some(s) = matches!(a, Amount::Max(_) | Amount::Min(_)).then(|| along_fee(a, quantities)).flatten() {
                ends(&s);
            }
        });
        if let Some(mut s) = along_fee(&rule.amount, quantities) {
            s = s.max(&Schedule::constant(0.0));
            s = rule.cap.and_then(|q| constant(q, quantities)).map_or(s.clone(), |cap| s.capped(cap));
            ends(&rule.minimum.and_then(|q| constant(q, quantities)).map_or(s.clone(), |m| s.with_minimum(m)));
        }
    }
    visit::amounts(&rule.amount, &mut |a| match a {
        Amount::Bands { axis: BandAxis::Fee, bands } if of == Of::Fee => {
            out.extend(bands.iter().filter_map(|b| constant(b.upto?.at, quantities)));
        }
        Amount::Scheme(s) => scheme_bounds(s, of, quantities, &mut out),
        _ => (),
    });
    out
}

/// An amount that rests on the fee and on constants alone, as a schedule in the fee.
fn along_fee(a: &Amount, quantities: &Quantities) -> Option<Schedule> {
    let fold = |list: &[Amount], op: fn(&Schedule, &Schedule) -> Schedule| {
        let all: Option<Vec<Schedule>> = list.iter().map(|x| along_fee(x, quantities)).collect();
        all?.into_iter().reduce(|s, t| op(&s, &t))
    };
    match a {
        Amount::Flat(q) => Some(Schedule::constant(constant(*q, quantities)?)),
        Amount::FeeMonths(q) => Some(Schedule::line(0.0, constant(*q, quantities)?)),
        Amount::Max(list) => fold(list, Schedule::max),
        Amount::Min(list) => fold(list, Schedule::min),
        Amount::Sum(list) => fold(list, Schedule::plus),
        Amount::Times(q, inner) => Some(along_fee(inner, quantities)?.scaled(constant(*q, quantities)?)),
        _ => None,
    }
}

fn constant(q: Q, quantities: &Quantities) -> Option<f64> {
    match quantities.get(q).law {
        Law::Constant(x) => Some(x),
        _ => None,
    }
}

/// The same of a scheme's rule: where two parts that are compared, or of which the higher or lower counts, are equal, and
/// where the award begins, if they look at nothing else that differs.
fn scheme_bounds(s: &SchemeAmount, of: Of, quantities: &Quantities, out: &mut Vec<f64>) {
    let feed = match of {
        Of::Fee => Feed::FeeMonth,
        Of::Attribute(place) => Feed::Attribute(place),
    };
    let (Some(rate), Some(level)) = (constant(s.rate, quantities), constant(s.price_level, quantities)) else { return };
    let names = &s.version.names;
    // Quantities that are drawn stand at their means, but nothing that looks at them is asked.
    let world = quantities.central();
    let zero =
        Case { loss: 0.0, indirect_share: 0.0, hours: 0.0, fee_month: 0.0, days_in_month: 30.0, attributes: &[] };
    let mut values = applied::Values::new();
    applied::work_out(s, &zero, &world, &mut values);
    for name in (0..names.len()).filter(|i| s.feeds[*i] == feed) {
        let known = |i: usize| match &s.feeds[i] {
            Feed::Known(_) => true,
            Feed::Quantity(q) => constant(*q, quantities).is_some(),
            _ => i == name,
        };
        let money = matches!(&names[name].ty, crate::model::expression::Type::Amount(d) if d.money == 1);
        let unit = if money { rate * level } else { 1.0 };
        let setting = super::reckon::Setting { values: &values, holidays: &s.version.holidays };
        let rests = |node: &Node| rests_on(node, &known, s) && along::not_linear(node, name, names).is_none();
        let asks = |node: &Node| along::uses(node, name, names);
        let track = || Track::new(setting, name, names);
        let mut equal = |a: &Node, b: &Node| {
            if (asks(a) || asks(b)) && rests(a) && rests(b) {
                out.extend(along::crossings(a, b, &track()).into_iter().map(|x| x * unit));
            }
        };
        applied::parts(s, &mut |node| match &node.kind {
            Kind::Compare(_, a, b) => equal(a, b),
            Kind::Call(Function::Max | Function::Min, args, _) => {
                for (i, a) in args.iter().enumerate() {
                    args[i + 1..].iter().for_each(|b| equal(a, b));
                }
            }
            _ => (),
        });
        if let Some(pays) = applied::pays(applied::rule(s)).filter(|e| asks(&e.root) && rests(&e.root)) {
            out.extend(along::zeros(&pays.root, &track()).into_iter().map(|x| x * unit));
        }
    }
}

/// True where everything a part looks at, steps included, is known.
fn rests_on(node: &Node, known: &impl Fn(usize) -> bool, s: &SchemeAmount) -> bool {
    decide::needed(node).into_iter().all(|i| match &s.version.names[i].origin {
        Origin::Step(e) => rests_on(&e.root, known, s),
        Origin::Fact(_) => known(i),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares_and_values(bands: &[Band]) -> Vec<(f64, f64)> {
        bands.iter().map(|b| (b.share.of(&[]), b.value.of(&[]))).collect()
    }

    #[test]
    fn a_discrete_law_keeps_its_values() {
        let law = Law::Discrete { values: vec![1.0, 2.0, 5.0], weights: vec![1.0, 2.0, 1.0] };
        assert_eq!(shares_and_values(&cut(&law, 1e6, &[1.5])), [(0.25, 1.0), (0.5, 2.0), (0.25, 5.0)]);
        let law = Law::Empirical { values: vec![1.0, 2.0, 2.0, 9.0] };
        assert_eq!(shares_and_values(&cut(&law, 1e6, &[])), [(0.25, 1.0), (0.5, 2.0), (0.25, 9.0)]);
    }

    #[test]
    fn a_continuous_law_keeps_its_mean_and_its_sides_of_a_bound() {
        let law = Law::from_mean_cv("lognormal", 40_000.0, 0.8).expect("a law");
        let bands = shares_and_values(&cut(&law, 1e6, &[50_000.0]));
        let sum = |of: &dyn Fn(f64) -> f64| bands.iter().map(|(s, v)| s * of(*v)).sum::<f64>();
        assert!((sum(&|_| 1.0) - 1.0).abs() < 1e-12);
        assert!((sum(&|x| x) / 40_000.0 - 1.0).abs() < 1e-4, "{}", sum(&|x| x));
        let cv = (sum(&|x| x * x) / 40_000f64.powi(2) - 1.0).sqrt();
        assert!((cv / 0.8 - 1.0).abs() < 1e-3, "{cv}");
        let above: f64 = bands.iter().filter(|(_, v)| *v > 50_000.0).map(|b| b.0).sum();
        assert!((above - (1.0 - law.cdf(50_000.0))).abs() < 1e-8, "{above}");
    }

    /// Of a law that reaches over a hundred powers of ten, and of one whose values may be 0, there are no more bands.
    #[test]
    fn wide_laws_have_as_many_bands_as_others() {
        let wide = Law::from_mean_cv("gamma", 1.0, 5.0).expect("a law");
        assert!(wide.quantile(1e-4) < 1e-60);
        let around = Law::Uniform { min: 0.0, max: 3.0 };
        for (law, mean) in [(wide, 1.0), (around, 1.5)] {
            let bands = shares_and_values(&cut(&law, 1e6, &[]));
            let sum: f64 = bands.iter().map(|(s, v)| s * v).sum();
            assert!(bands.len() <= 2 * (LEAST_PARTS + MOST_STEPS as usize + 2), "{}", bands.len());
            assert!((sum / mean - 1.0).abs() < 1e-4 && bands.iter().all(|(s, v)| *s >= 0.0 && *v >= 0.0), "{sum}");
        }
    }

    /// Shares who file by a logistic curve of the value, and what they are worth, against a million quantiles: within 5e-4.
    #[test]
    fn filing_along_a_law_is_that_of_its_quantiles() {
        for cv in [0.1, 0.5, 1.5, 3.0] {
            let law = Law::from_mean_cv("lognormal", 1.0, cv).expect("a law");
            let bands = shares_and_values(&cut(&law, 1e6, &[]));
            assert!(bands.len() < 60, "{}", bands.len());
            for (burden, beta) in [(3.0, 3.0), (0.3, 1.5), (1.0, 0.5)] {
                let files = |x: f64| 1.0 / (1.0 + (burden / x).powf(beta));
                let n = 1_000_000;
                let all = (0..n).map(|k| law.quantile((f64::from(k) + 0.5) / f64::from(n)));
                let wanted =
                    all.fold([0.0; 2], |s, x| [s[0] + files(x), s[1] + x * files(x)]).map(|s| s / f64::from(n));
                let found = bands.iter().fold([0.0; 2], |s, (w, x)| [s[0] + w * files(*x), s[1] + w * x * files(*x)]);
                for (found, wanted) in found.iter().zip(wanted) {
                    assert!((found / wanted - 1.0).abs() < 5e-4, "cv {cv}, {burden}, {beta}: {found} for {wanted}");
                }
            }
        }
    }
}
