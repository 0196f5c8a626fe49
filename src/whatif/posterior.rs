//! A population of worlds weighted by how well they agree with what was observed: importance weights, and sequential
//! Monte Carlo where too few worlds would carry all the weight.
//!
//! A particle is a world and its chance: coordinates u, uniform in (0, 1) and independent, and the number of a stream of
//! chance. Both are part of what is conditioned: what a world did until the day of the observation is known, and its
//! prediction goes on from there. The likelihood is that of the error alone, so nothing is approximated (Wilkinson 2013).
//!
//! Tempering raises the likelihood to a power that grows from 0 to 1 (Del Moral, Doucet and Jasra 2006); each step is as
//! long as the conditional effective sample size allows (Zhou, Johansen and Aston 2016). Particles are resampled inside
//! islands and moved by steps that leave the tempered posterior as it is: z' = √(1 − β²) z + β ξ on the normal scores of
//! the coordinates (preconditioned Crank-Nicolson; Cotter et al. 2013), which keeps every prior law and rank correlation
//! because those are put on afterwards, and fresh chance.

use crate::chance::special::{normal_cdf, normal_quantile};
use crate::chance::stream::Stream;

/// What is conditioned.
pub trait Target {
    /// Why a simulation may fail.
    type Error;

    /// Number of coordinates.
    fn width(&self) -> usize;

    /// Simulates: for each particle what is looked at, `[particle][output]`.
    ///
    /// # Errors
    /// Whatever stops a simulation.
    fn run(&mut self, coordinates: &[f64], chance: &[u64]) -> Result<Vec<f64>, Self::Error>;

    /// Outputs of one particle.
    fn outputs(&self) -> usize;

    /// Logarithm of the likelihood of what was observed, given the outputs of one particle.
    fn log_likelihood(&self, outputs: &[f64]) -> f64;
}

/// How to condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Seed of resampling and moves.
    pub seed: u64,
    /// Fewest effective particles that importance weights may leave.
    pub least_effective: f64,
    /// Islands: groups of particles that are resampled by themselves and whose spread gives the error.
    pub islands: usize,
    /// Moves of each particle after a step: each of its coordinates, then of its chance.
    pub sweeps: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { seed: 1, least_effective: 1000.0, islands: 8, sweeps: 5 }
    }
}

/// Part of the effective size that a step of tempering leaves.
const KEPT: f64 = 0.5;
/// Share of moves that should be accepted: near what is best for steps of this kind (Cotter et al. 2013, section 6).
const WANTED: f64 = 0.3;
/// Most steps of tempering: the last is then as long as it has to be.
const MOST_STEPS: usize = 60;

/// One step of tempering.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Power of the likelihood after it.
    pub power: f64,
    /// Effective particles before resampling.
    pub effective: f64,
    /// Share of accepted moves of coordinates.
    pub accepted: f64,
    /// Share of accepted moves of chance.
    pub accepted_chance: f64,
}

/// A weighted population.
#[derive(Clone, Debug, PartialEq)]
pub struct Population {
    /// Coordinates, `[particle][coordinate]`.
    pub coordinates: Vec<f64>,
    /// Number of the chance of each particle.
    pub chance: Vec<u64>,
    /// What is looked at, `[particle][output]`.
    pub outputs: Vec<f64>,
    /// Weights, which sum to 1.
    pub weights: Vec<f64>,
    /// Logarithm of the marginal likelihood of what was observed.
    pub log_evidence: f64,
    /// Steps of tempering; none where importance weights were enough.
    pub steps: Vec<Step>,
    /// Effective particles by importance weights alone.
    pub effective_by_weights: f64,
    /// Islands: 1 for importance weights.
    pub islands: usize,
    /// Name of each particle; copies share theirs.
    names: Vec<u64>,
    log_likelihoods: Vec<f64>,
}

/// A prior population: coordinates, chance and outputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prior {
    /// Coordinates, `[particle][coordinate]`.
    pub coordinates: Vec<f64>,
    /// Number of the chance of each particle.
    pub chance: Vec<u64>,
    /// Outputs, `[particle][output]`.
    pub outputs: Vec<f64>,
}

/// Conditions a prior population. `moved` are the coordinates on which outputs depend; the others need no move.
///
/// # Errors
/// What stops a simulation.
pub fn condition<T: Target>(
    target: &mut T,
    prior: Prior,
    moved: &[usize],
    settings: Settings,
) -> Result<Population, T::Error> {
    let n = prior.chance.len();
    let outputs = target.outputs();
    let log_likelihoods: Vec<f64> = rows(&prior.outputs, outputs, n).map(|o| target.log_likelihood(o)).collect();
    let mut p = Population {
        coordinates: prior.coordinates,
        chance: prior.chance,
        outputs: prior.outputs,
        weights: vec![1.0 / n as f64; n],
        log_evidence: 0.0,
        steps: Vec::new(),
        effective_by_weights: 0.0,
        islands: 1,
        names: (0..n as u64).collect(),
        log_likelihoods,
    };
    p.effective_by_weights = p.after(1.0).0;
    if p.effective_by_weights >= settings.least_effective {
        p.log_evidence = p.reweight(1.0);
        return Ok(p);
    }
    p.islands = settings.islands.clamp(1, n);
    let mut walk = Walk {
        settings,
        moved,
        fresh: p.chance.iter().max().map_or(0, |c| c + 1),
        name: n as u64,
        reach: 0.5,
        power: 0.0,
    };
    while walk.power < 1.0 {
        walk.step(target, &mut p)?;
    }
    Ok(p)
}

fn rows(all: &[f64], width: usize, n: usize) -> impl Iterator<Item = &[f64]> {
    (0..n).map(move |i| &all[i * width..(i + 1) * width])
}

impl Population {
    /// Number of particles.
    pub fn len(&self) -> usize {
        self.chance.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.chance.is_empty()
    }

    /// Column of an output.
    pub fn output(&self, at: usize) -> Vec<f64> {
        let width = self.outputs.len().checked_div(self.len()).unwrap_or(0);
        (0..self.len()).map(|i| self.outputs[i * width + at]).collect()
    }

    /// Effective number of particles, copies of one counted as one: (Σw)² ÷ Σw² (Kong 1992).
    pub fn effective(&self) -> f64 {
        let mut by_name: Vec<(u64, f64)> = self.names.iter().copied().zip(self.weights.iter().copied()).collect();
        by_name.sort_unstable_by_key(|(name, _)| *name);
        let mut squares = 0.0;
        for same in by_name.chunk_by(|a, b| a.0 == b.0) {
            let w: f64 = same.iter().map(|x| x.1).sum();
            squares += w * w;
        }
        let sum: f64 = self.weights.iter().sum();
        if squares > 0.0 { sum * sum / squares } else { 0.0 }
    }

    /// Standard error of a weighted mean: from the spread between islands, or of a ratio where there is one island.
    pub fn error_of_mean(&self, values: &[f64]) -> f64 {
        let mean: f64 = self.weights.iter().zip(values).map(|(w, x)| w * x).sum();
        if self.islands < 2 {
            let squares = self.weights.iter().zip(values).map(|(w, x)| w * w * (x - mean) * (x - mean));
            return squares.sum::<f64>().sqrt();
        }
        let b = self.islands as f64;
        let squares: f64 = (0..self.islands)
            .map(|i| {
                let own = island(i, self.islands, self.len());
                let deviation: f64 = own.map(|k| self.weights[k] * (values[k] - mean)).sum();
                deviation * deviation
            })
            .sum();
        (squares * b / (b - 1.0)).sqrt()
    }

    /// Independent worlds whose mean would have the same error: variance ÷ squared standard error.
    pub fn worth(&self, values: &[f64]) -> f64 {
        let mean: f64 = self.weights.iter().zip(values).map(|(w, x)| w * x).sum();
        let variance: f64 = self.weights.iter().zip(values).map(|(w, x)| w * (x - mean) * (x - mean)).sum();
        variance / self.error_of_mean(values).powi(2)
    }

    /// Draws so many particles by their weights, at evenly spaced places of the running sum (systematic resampling).
    pub fn draw(&self, count: usize, offset: f64) -> Vec<usize> {
        systematic(&self.weights, count, offset)
    }

    /// Effective number and evidence if the weights took in so much more of the likelihood.
    fn after(&self, more: f64) -> (f64, f64) {
        let (mut sum, mut squares) = (0.0, 0.0);
        let top = self.log_likelihoods.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if top == f64::NEG_INFINITY {
            return (0.0, f64::NEG_INFINITY);
        }
        for (w, l) in self.weights.iter().zip(&self.log_likelihoods) {
            let v = libm::exp(more * (l - top));
            sum += w * v;
            squares += w * v * v;
        }
        // Conditional effective size: n (Σ w v)² ÷ Σ w v²; with equal weights the usual one.
        let n = self.len() as f64;
        (n * sum * sum / squares, libm::log(sum) + more * top)
    }

    /// Takes in more of the likelihood; returns the logarithm of the mean factor.
    fn reweight(&mut self, more: f64) -> f64 {
        let (_, log_mean) = self.after(more);
        for (w, l) in self.weights.iter_mut().zip(&self.log_likelihoods) {
            *w *= if log_mean == f64::NEG_INFINITY { 1.0 } else { libm::exp(more * l - log_mean) };
        }
        log_mean
    }

    /// Takes the place of particle `i` what particle `of` of another population is.
    fn take(&mut self, from: &Population, i: usize, of: usize) {
        let (width, outputs) = (from.coordinates.len() / from.len(), from.outputs.len() / from.len());
        copy(&mut self.coordinates, &from.coordinates, width, i, of);
        copy(&mut self.outputs, &from.outputs, outputs, i, of);
        self.chance[i] = from.chance[of];
        self.names[i] = from.names[of];
        self.log_likelihoods[i] = from.log_likelihoods[of];
    }
}

fn copy(to: &mut [f64], from: &[f64], width: usize, i: usize, of: usize) {
    to[i * width..(i + 1) * width].copy_from_slice(&from[of * width..(of + 1) * width]);
}

/// Particles of an island.
fn island(i: usize, islands: usize, n: usize) -> std::ops::Range<usize> {
    i * n / islands..(i + 1) * n / islands
}

/// Positions in a running sum of weights, `count` of them, evenly spaced from `offset` in (0, 1).
fn systematic(weights: &[f64], count: usize, offset: f64) -> Vec<usize> {
    let total: f64 = weights.iter().sum();
    let (mut running, mut at) = (weights.first().copied().unwrap_or(0.0), 0);
    (0..count)
        .map(|k| {
            let place = (k as f64 + offset) / count as f64 * total;
            while running < place && at + 1 < weights.len() {
                at += 1;
                running += weights[at];
            }
            at
        })
        .collect()
}

/// The way from the prior to the posterior.
struct Walk<'a> {
    settings: Settings,
    moved: &'a [usize],
    /// Next number of chance nobody has used.
    fresh: u64,
    /// Next name.
    name: u64,
    /// β of the moves.
    reach: f64,
    power: f64,
}

impl Walk<'_> {
    fn step<T: Target>(&mut self, target: &mut T, p: &mut Population) -> Result<(), T::Error> {
        let at = p.steps.len();
        let more = if at + 1 >= MOST_STEPS { 1.0 - self.power } else { self.length(p) };
        self.power = if 1.0 - self.power - more < 1e-12 { 1.0 } else { self.power + more };
        p.log_evidence += p.reweight(more);
        let effective = p.effective();
        self.resample(p, at);
        let (mut accepted, mut accepted_chance) = (0.0, 0.0);
        for sweep in 0..self.settings.sweeps {
            let name = |what: &str| format!("{what}/{at}/{sweep}");
            let share = self.propose(target, p, &name("coordinates"), false)?;
            // Robbins-Monro with a fixed gain: the aim is a fair step, not the best one.
            self.reach = (self.reach * libm::exp(share - WANTED)).clamp(0.01, 1.0);
            accepted += share;
            accepted_chance += self.propose(target, p, &name("chance"), true)?;
        }
        let sweeps = self.settings.sweeps.max(1) as f64;
        let (accepted, accepted_chance) = (accepted / sweeps, accepted_chance / sweeps);
        p.steps.push(Step { power: self.power, effective, accepted, accepted_chance });
        Ok(())
    }

    /// The longest step that leaves [`KEPT`] of the particles effective.
    fn length(&self, p: &Population) -> f64 {
        let most = 1.0 - self.power;
        let kept = |more: f64| p.after(more).0 >= KEPT * p.len() as f64;
        if kept(most) {
            return most;
        }
        let (mut low, mut high) = (0.0, most);
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            if kept(middle) { low = middle } else { high = middle }
        }
        // Where many particles are impossible no step is short enough: the shortest removes them.
        low.max(1e-9 * most)
    }

    /// Resamples inside islands: each particle of an island then weighs as much as the mean of them did.
    fn resample(&mut self, p: &mut Population, at: usize) {
        let before = p.clone();
        let mut stream = Stream::named(self.settings.seed, 0, "resampling", &at.to_string());
        for i in 0..p.islands {
            let own = island(i, p.islands, before.len());
            let weights = &before.weights[own.clone()];
            let mean = weights.iter().sum::<f64>() / own.len() as f64;
            let offset = stream.at(i as u64).uniform();
            for (k, of) in systematic(weights, own.len(), offset).into_iter().enumerate() {
                p.take(&before, own.start + k, own.start + of);
                p.weights[own.start + k] = mean;
            }
        }
    }

    /// Proposes a move for every particle; returns the share accepted.
    fn propose<T: Target>(
        &mut self,
        target: &mut T,
        p: &mut Population,
        name: &str,
        of_chance: bool,
    ) -> Result<f64, T::Error> {
        if self.moved.is_empty() && !of_chance {
            return Ok(0.0);
        }
        let (n, width, outputs) = (p.len(), target.width(), target.outputs());
        let mut stream = Stream::named(self.settings.seed, 0, "moves", name);
        let (mut coordinates, mut chance, mut luck) = (p.coordinates.clone(), p.chance.clone(), Vec::new());
        let stay = (1.0 - self.reach * self.reach).sqrt();
        for i in 0..n {
            let own = stream.at(i as u64);
            luck.push(own.uniform());
            if of_chance {
                chance[i] = self.fresh;
                self.fresh += 1;
                continue;
            }
            for c in self.moved {
                let u = &mut coordinates[i * width + c];
                let z = stay * normal_quantile(*u) + self.reach * normal_quantile(own.uniform());
                *u = normal_cdf(z).clamp(f64::EPSILON, 1.0 - f64::EPSILON);
            }
        }
        let found = target.run(&coordinates, &chance)?;
        let mut accepted = 0;
        for (i, row) in rows(&found, outputs, n).enumerate() {
            let l = target.log_likelihood(row);
            if libm::log(luck[i]) < self.power * (l - p.log_likelihoods[i]) {
                copy(&mut p.coordinates, &coordinates, width, i, i);
                copy(&mut p.outputs, &found, outputs, i, i);
                p.chance[i] = chance[i];
                p.log_likelihoods[i] = l;
                p.names[i] = self.name;
                self.name += 1;
                accepted += 1;
            }
        }
        Ok(accepted as f64 / n as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// y = 10 + 2 z₁ + z₂ with chance of sd 1, observed as `seen` with an error of sd `error`: all normal, so that the
    /// posterior is known. z₃ does nothing.
    struct Line {
        seen: f64,
        error: f64,
    }

    impl Target for Line {
        type Error = ();
        fn width(&self) -> usize {
            3
        }
        fn outputs(&self) -> usize {
            1
        }
        fn run(&mut self, coordinates: &[f64], chance: &[u64]) -> Result<Vec<f64>, ()> {
            let mut luck = Stream::named(5, 0, "luck", "");
            let of = |(i, c): (usize, &u64)| {
                let z = |k: usize| normal_quantile(coordinates[3 * i + k]);
                10.0 + 2.0 * z(0) + z(1) + normal_quantile(luck.at(*c).uniform())
            };
            Ok(chance.iter().enumerate().map(of).collect())
        }
        fn log_likelihood(&self, outputs: &[f64]) -> f64 {
            -0.5 * ((self.seen - outputs[0]) / self.error).powi(2)
        }
    }

    fn conditioned(seen: f64, error: f64, least_effective: f64) -> Population {
        let n = 8000;
        let mut target = Line { seen, error };
        let mut prior = Prior::default();
        let mut stream = Stream::named(3, 0, "prior", "");
        for i in 0..n {
            let own = stream.at(i);
            prior.coordinates.extend((0..3).map(|_| own.uniform()));
            prior.chance.push(i);
        }
        prior.outputs = target.run(&prior.coordinates, &prior.chance).expect("never fails");
        condition(&mut target, prior, &[0, 1], Settings { least_effective, ..Settings::default() })
            .expect("never fails")
    }

    /// Mean and variance of z₁ given y: 2 d ÷ v and 1 − 4 ÷ v, v = 6 + error². Both roads; at four standard errors, of
    /// which one in 16,000 is passed, and the seed is fixed.
    #[test]
    fn both_roads_lead_to_the_normal_posterior() {
        for (seen, error, least) in [(13.0, 1.0, 0.0), (13.0, 1.0, f64::INFINITY), (16.0, 0.1, 1000.0)] {
            let p = conditioned(seen, error, least);
            let v = 6.0 + error * error;
            let z: Vec<f64> = (0..p.len()).map(|i| normal_quantile(p.coordinates[3 * i])).collect();
            let mean: f64 = z.iter().zip(&p.weights).map(|(z, w)| z * w).sum();
            let expected = 2.0 * (seen - 10.0) / v;
            let se = p.error_of_mean(&z);
            assert!(se < 0.05 && (mean - expected).abs() < 4.0 * se, "{mean} {expected} {se}");
            let squares: Vec<f64> = z.iter().map(|z| (z - expected).powi(2)).collect();
            let variance: f64 = squares.iter().zip(&p.weights).map(|(z, w)| z * w).sum();
            let se = p.error_of_mean(&squares);
            assert!(se < 0.05 && (variance - 1.0 + 4.0 / v).abs() < 4.0 * se, "{variance} {} {se}", 1.0 - 4.0 / v);
            // Chance too is conditioned: given y it has mean d ÷ v, so that what is foreseen goes on from what was seen.
            let y: Vec<f64> = p.output(0);
            let foreseen: f64 = y.iter().zip(&p.weights).map(|(y, w)| y * w).sum();
            let se = p.error_of_mean(&y);
            assert!((foreseen - 10.0 - (seen - 10.0) * 6.0 / v).abs() < 4.0 * se, "{foreseen} {se}");
            // ln p(seen) up to the factor left out of the likelihood.
            let evidence = 0.5 * ((error * error / v).ln() - (seen - 10.0).powi(2) / v);
            assert!((p.log_evidence - evidence).abs() < 0.15, "{} {evidence}", p.log_evidence);
            assert_eq!(p.steps.is_empty(), least == 0.0);
            assert!(p.effective() > 1000.0, "{}", p.effective());
        }
    }

    #[test]
    fn what_cannot_be_leaves_no_weight_and_no_loop() {
        struct Never;
        impl Target for Never {
            type Error = ();
            fn width(&self) -> usize {
                1
            }
            fn outputs(&self) -> usize {
                1
            }
            fn run(&mut self, _: &[f64], chance: &[u64]) -> Result<Vec<f64>, ()> {
                Ok(vec![0.0; chance.len()])
            }
            fn log_likelihood(&self, _: &[f64]) -> f64 {
                f64::NEG_INFINITY
            }
        }
        let prior = Prior { coordinates: vec![0.5; 10], chance: (0..10).collect(), outputs: vec![0.0; 10] };
        let p = condition(&mut Never, prior, &[0], Settings::default()).expect("never fails");
        assert_eq!(p.log_evidence, f64::NEG_INFINITY);
        assert!(p.effective_by_weights == 0.0 && p.weights.iter().all(|w| w.is_finite()));
    }

    #[test]
    fn systematic_resampling_takes_each_by_its_weight() {
        assert_eq!(systematic(&[0.1, 0.4, 0.0, 0.5], 10, 0.5), [0, 1, 1, 1, 1, 3, 3, 3, 3, 3]);
    }
}
