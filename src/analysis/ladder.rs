//! The fit of the filing ladder, and forecasts from it.
//!
//! P(file) = awareness × logistic(β (ln value − ln burden)), value and burden in hours of wage. A burden is the time the
//! task takes × a factor of hassle common to all × a factor of the regime × one of the study; awareness is the channel's,
//! shifted for the study. The published shares are
//! taken on the logit scale with normal errors; all unknowns have normal priors, stated below. The mode is found by
//! Levenberg's damped least squares, the spread by the curvature there (Laplace's approximation; Gelman et al., Bayesian
//! Data Analysis, 3rd ed., 2013, chapter 4). Nothing is drawn: forecasts are means over points of Sobol's net.
//! What a scenario gets by name is moved from there to where its own evidence is met in the median ([`laws`]).

mod laws;

pub use laws::{Laws, Shares};

use crate::chance::linalg::{cholesky, inverse, solved};
use crate::chance::sobol::Plain;
use crate::chance::special::{normal_quantile, student_quantile};
use crate::model::ladder::{Event, Ladder, Rung};

/// Prior of ln β: around 1 (odds in proportion to the value), off by a factor of two either way.
pub const BETA: (f64, f64) = (0.0, 0.7);
/// Prior of the logarithm of the factor of hassle: none, wide.
pub const HASSLE: (f64, f64) = (0.0, 1.5);
/// Prior spread of a regime's own factor.
pub const REGIME: f64 = 0.8;
/// Spread between studies of one regime, on the log scale of the burden: a factor of two. Assumed; hardly any regime has
/// two studies, so that the evidence cannot tell it (docs/takeup.md).
pub const BETWEEN: f64 = 0.7;
/// Spread between studies of one channel, on the logit scale of awareness. Assumed, between that of rail operators (16 to
/// 60 % of passengers told, some 0.5) and that of all kinds of class actions (median 8 %, mean 21 %, some 2.5).
pub const AWARE: f64 = 0.7;
/// Points of the three numbers of a take-up,
const POINTS: usize = 1 << 13;
/// and of a forecast, which has five: four times as many move no end of its ranges by a hundredth.
const FORECAST_POINTS: usize = 1 << 15;

/// A fitted ladder.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Mode: ln β, ln hassle, regimes, logits of awareness, studies' burdens, studies' awareness.
    pub mode: Vec<f64>,
    /// Covariance around the mode, row by row.
    pub covariance: Vec<f64>,
    hours: Vec<f64>,
    studies: Vec<String>,
    /// What was fitted.
    rungs: Vec<Rung>,
}

/// A quantity over worlds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Mean.
    pub mean: f64,
    /// 5 % point.
    pub low: f64,
    /// Median.
    pub middle: f64,
    /// 95 % point.
    pub high: f64,
}

impl Range {
    /// True for a value within the 5 and 95 % points.
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// What is forecast of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// Share who file.
    pub share: Range,
    /// How many file.
    pub filed: Range,
    /// Share of the filed that are paid; `None` where fewer than two such shares are known, of which nothing can be told.
    pub approval: Option<Range>,
    /// How many are paid.
    pub paid: Option<Range>,
}

/// Priors: middle and spread of each unknown.
struct Problem<'a> {
    ladder: &'a Ladder,
    rungs: Vec<&'a Rung>,
    studies: Vec<String>,
    prior: Vec<(f64, f64)>,
}

/// Fits a ladder.
pub fn fit(ladder: &Ladder) -> Fit {
    let problem = Problem::new(ladder);
    let (mode, precision) = problem.solve();
    let covariance = inverse(&precision, mode.len()).expect("priors make the precision positive definite");
    let hours = ladder.regimes.iter().map(|r| r.hours).collect();
    let rungs = problem.rungs.iter().map(|r| (*r).clone()).collect();
    Fit { mode, covariance, hours, studies: problem.studies, rungs }
}

fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

impl<'a> Problem<'a> {
    fn new(ladder: &'a Ladder) -> Problem<'a> {
        let rungs: Vec<&Rung> = ladder.rungs.iter().filter(|r| r.fitted).collect();
        let studies = ladder.studies();
        let mut prior = vec![BETA, HASSLE];
        prior.extend(ladder.regimes.iter().map(|_| (0.0, REGIME)));
        prior.extend(ladder.channels.iter().map(|c| (logit(c.middle), c.sd)));
        for study in &studies {
            let value = rungs.iter().filter(|r| r.study == *study).map(|r| r.value_sd).fold(0.0, f64::max);
            prior.push((0.0, BETWEEN.hypot(value)));
        }
        prior.extend(studies.iter().map(|_| (0.0, AWARE)));
        Problem { ladder, rungs, studies, prior }
    }

    /// Logit of the share on a rung and its slopes along the unknowns it depends on.
    fn rung(&self, rung: &Rung, x: &[f64]) -> (f64, [(usize, f64); 6]) {
        let regime = 2 + rung.regime;
        let channel = 2 + self.ladder.regimes.len() + rung.channel;
        let own = self.studies.iter().position(|s| *s == rung.study).unwrap_or(0);
        let study = 2 + self.ladder.regimes.len() + self.ladder.channels.len() + own;
        let notice = study + self.studies.len();
        let beta = libm::exp(x[0]);
        let gap = libm::log(rung.hours / self.ladder.regimes[rung.regime].hours) - x[1] - x[regime] - x[study];
        let (aware, file) = (logistic(x[channel] + x[notice]), logistic(beta * gap));
        let share = aware * file;
        let (by_aware, by_gap) = ((1.0 - aware) / (1.0 - share), (1.0 - file) / (1.0 - share));
        let slope = -beta * by_gap;
        let along = [(0, beta * gap * by_gap), (1, slope), (regime, slope), (study, slope)];
        let [a, b, c, d] = along;
        (logit(share), [a, b, c, d, (channel, by_aware), (notice, by_aware)])
    }

    /// Half the sum of squares.
    fn height(&self, x: &[f64]) -> f64 {
        let prior = x.iter().zip(&self.prior).map(|(x, (m, s))| ((x - m) / s).powi(2)).sum::<f64>();
        let data = self.rungs.iter().map(|r| ((logit(r.share) - self.rung(r, x).0) / r.sd).powi(2)).sum::<f64>();
        (prior + data) / 2.0
    }

    /// Slope of the height and the Gauss–Newton precision.
    fn slopes(&self, x: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let n = x.len();
        let mut slope: Vec<f64> = x.iter().zip(&self.prior).map(|(x, (m, s))| (x - m) / (s * s)).collect();
        let mut precision = vec![0.0; n * n];
        for (i, (_, s)) in self.prior.iter().enumerate() {
            precision[i * n + i] = 1.0 / (s * s);
        }
        for rung in &self.rungs {
            let (value, parts) = self.rung(rung, x);
            let weight = 1.0 / (rung.sd * rung.sd);
            for (i, di) in parts {
                slope[i] -= weight * (logit(rung.share) - value) * di;
                for (j, dj) in parts {
                    precision[i * n + j] += weight * di * dj;
                }
            }
        }
        (slope, precision)
    }

    /// The mode, and the precision there.
    fn solve(&self) -> (Vec<f64>, Vec<f64>) {
        let n = self.prior.len();
        let mut x: Vec<f64> = self.prior.iter().map(|p| p.0).collect();
        let mut damping = 1e-3;
        for _ in 0..500 {
            let (slope, precision) = self.slopes(&x);
            let mut damped = precision;
            (0..n).for_each(|i| damped[i * n + i] *= 1.0 + damping);
            let step = solved(damped, &slope, n).unwrap_or_else(|| vec![0.0; n]);
            let next: Vec<f64> = x.iter().zip(&step).map(|(x, s)| x - s).collect();
            if self.height(&next) <= self.height(&x) {
                let moved = step.iter().fold(0.0f64, |m, s| m.max(s.abs()));
                x = next;
                damping = (damping / 5.0).max(1e-12);
                if moved < 1e-11 {
                    break;
                }
            } else {
                damping *= 4.0;
                if damping > 1e12 {
                    break;
                }
            }
        }
        let precision = self.slopes(&x).1;
        (x, precision)
    }
}

impl Fit {
    /// β with its spread on the log scale.
    pub fn beta(&self) -> (f64, f64) {
        (libm::exp(self.mode[0]), self.covariance[0].sqrt())
    }

    /// Middle and covariance of ln β, ln burden of a new study, and logit of awareness.
    fn joint(&self, regime: usize, channel: usize) -> ([f64; 3], [f64; 9]) {
        let n = self.mode.len();
        let (r, c) = (2 + regime, 2 + self.hours.len() + channel);
        let picks: [&[usize]; 3] = [&[0], &[1, r], &[c]];
        let sum = |at: &[usize]| at.iter().map(|i| self.mode[*i]).sum::<f64>();
        let middle = [sum(picks[0]), sum(picks[1]) + libm::log(self.hours[regime]), sum(picks[2])];
        let mut spread = [0.0; 9];
        for (a, rows) in picks.iter().enumerate() {
            for (b, columns) in picks.iter().enumerate() {
                let parts = rows.iter().flat_map(|i| columns.iter().map(move |j| self.covariance[i * n + j]));
                spread[a * 3 + b] = parts.sum();
            }
        }
        spread[4] += BETWEEN * BETWEEN;
        spread[8] += AWARE * AWARE;
        (middle, spread)
    }

    /// Laws of a way to claim and a notice in a study that is none of those fitted: where the pair has evidence of its own,
    /// they meet it in the median; else they are what the evidence on others says.
    pub fn laws(&self, regime: usize, channel: usize) -> Laws {
        let own: Vec<&Rung> = self.rungs.iter().filter(|r| (r.regime, r.channel) == (regime, channel)).collect();
        let (middle, spread) = self.joint(regime, channel);
        laws::centred(middle, &spread, &own)
    }

    /// What a scenario gets that gives a way to claim by its parts and the notice, as of a study that is none of those fitted.
    pub fn by_parts(&self, regime: usize, channel: usize) -> Laws {
        let (middle, spread) = self.hassle();
        Laws { burden: (middle + libm::log(self.hours[regime]), spread), ..self.uncentred(regime, channel) }
    }

    /// What the default gives on each rung of a ladder: share who file by the profile of its way to claim and notice, where
    /// there is one, else by their parts, at its value.
    pub fn on_rungs(&self, ladder: &Ladder) -> Vec<Range> {
        let mut known: Vec<((usize, usize), Shares)> = Vec::new();
        let mut given = Vec::new();
        for rung in &ladder.rungs {
            let pair = (rung.regime, rung.channel);
            if known.iter().all(|(p, _)| *p != pair) {
                let laws = if ladder.profile_of(rung).is_some() { Fit::laws } else { Fit::by_parts };
                known.push((pair, laws(self, pair.0, pair.1).shares()));
            }
            given.extend(known.iter().find(|(p, _)| *p == pair).map(|(_, shares)| shares.at(rung.hours)));
        }
        given
    }

    /// The same by the fit of all evidence together, which draws each pair towards the others.
    pub fn uncentred(&self, regime: usize, channel: usize) -> Laws {
        let (middle, spread) = self.joint(regime, channel);
        laws::of(middle, &spread)
    }

    /// The fitted share on a rung, with what is peculiar to its study.
    pub fn on_rung(&self, rung: &Rung) -> f64 {
        let count = self.studies.len();
        let own = self.studies.iter().position(|s| *s == rung.study).map(|s| self.mode.len() - 2 * count + s);
        let (study, notice) = own.map_or((0.0, 0.0), |s| (self.mode[s], self.mode[s + count]));
        let (middle, _) = self.joint(rung.regime, rung.channel);
        logistic(middle[2] + notice) * logistic(libm::exp(middle[0]) * (libm::log(rung.hours) - middle[1] - study))
    }

    /// Middle and spread of the logarithm of the hassle of a way to claim that is not on the ladder, in a new study: the
    /// factor between the hours that the task takes and the burden.
    pub fn hassle(&self) -> (f64, f64) {
        let n = self.mode.len();
        (self.mode[1], (self.covariance[n + 1] + REGIME * REGIME + BETWEEN * BETWEEN).sqrt())
    }

    fn drawn(&self, regime: usize, channel: usize) -> Drawn {
        let (middle, spread) = self.joint(regime, channel);
        let mut root = spread;
        cholesky(&mut root, 3);
        Drawn { middle, root }
    }
}

/// Take-up in worlds made of uniform numbers.
struct Drawn {
    middle: [f64; 3],
    root: [f64; 9],
}

impl Drawn {
    fn share(&self, u: [f64; 3], awards: &[(f64, f64)]) -> f64 {
        let z = u.map(normal_quantile);
        let at = |i: usize| self.middle[i] + (0..=i).map(|k| self.root[i * 3 + k] * z[k]).sum::<f64>();
        let (beta, burden, aware) = (libm::exp(at(0)), at(1), logistic(at(2)));
        let whole: f64 = awards.iter().map(|(_, share)| share).sum();
        let files = awards.iter().map(|(hours, share)| share * logistic(beta * (libm::log(*hours) - burden)));
        aware * files.sum::<f64>() / whole
    }
}

/// Forecasts an event from the evidence without it, first from what was published before its scheme opened, then from that of all
/// other events, later ones as well.
pub fn forecasts(ladder: &Ladder, event: &Event) -> [Forecast; 2] {
    [forecast(&ladder.known_before(&event.opened), event), forecast(ladder, event)]
}

/// Forecasts an event from the evidence without it: the ladder and the approvals of all others.
pub fn forecast(ladder: &Ladder, event: &Event) -> Forecast {
    let rest = ladder.without(&event.study);
    let draw = fit(&rest).drawn(event.regime, event.channel);
    let logits: Vec<f64> = rest.approvals.iter().map(|a| logit(a.share)).collect();
    let count = logits.len() as f64;
    let told = logits.len() > 1;
    let mean = logits.iter().sum::<f64>() / count.max(1.0);
    let squares = logits.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
    // The predictive law of one more of a normal sample: Student's t with one degree of freedom less than its size.
    let scale = (squares / (count - 1.0).max(1.0) * (1.0 + 1.0 / count.max(1.0))).sqrt();
    let mut worlds = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    for u in points(5, FORECAST_POINTS) {
        let share = draw.share([u[0], u[1], u[2]], &event.awards);
        let filed = share * triangular(event.people, u[3]);
        let t = student_quantile(u[4], (count - 1.0).max(1.0));
        let approval = logistic(mean + scale * t);
        for (list, value) in worlds.iter_mut().zip([share, filed, approval, filed * approval]) {
            list.push(value);
        }
    }
    let [share, filed, approval, paid] = worlds.map(range);
    Forecast { share, filed, approval: told.then_some(approval), paid: told.then_some(paid) }
}

/// Quantile of the triangular law.
fn triangular([least, likeliest, most]: [f64; 3], u: f64) -> f64 {
    let width = most - least;
    if width <= 0.0 {
        return least;
    }
    let bend = (likeliest - least) / width;
    match u < bend {
        true => least + (u * width * (likeliest - least)).sqrt(),
        false => most - ((1.0 - u) * width * (most - likeliest)).sqrt(),
    }
}

fn range(mut values: Vec<f64>) -> Range {
    values.sort_by(f64::total_cmp);
    let at = |p: f64| values[((values.len() - 1) as f64 * p).round() as usize];
    Range { mean: values.iter().sum::<f64>() / values.len() as f64, low: at(0.05), middle: at(0.5), high: at(0.95) }
}

/// Points of the unit cube, a power of two of them: Sobol's, each in the middle of its cell of the finest net in every dimension.
fn points(dimensions: usize, count: usize) -> impl Iterator<Item = Vec<f64>> {
    let axes: Vec<Plain> = (0..dimensions).filter_map(Plain::new).collect();
    let middle = 0.5 / count as f64;
    (0..count).map(move |i| axes.iter().map(|axis| axis.number(i as u32) + middle).collect())
}
