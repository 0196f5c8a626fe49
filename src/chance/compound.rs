//! Laws of totals: a random number of independent amounts, on a grid of equal steps.
//!
//! The total of N amounts has the generating function P(f(z)), P that of N and f that of one amount, which the discrete
//! Fourier transform works out for all cells at once (Bühlmann 1984; Grübel and Hermesmeier 1999, ASTIN Bulletin 29, with
//! the damping that keeps what lies beyond the grid from coming round to its start). [`panjer`] is a second road to the
//! same (Panjer 1981, ASTIN Bulletin 12).

mod lattice;

pub use lattice::Lattice;

use super::fourier::{Complex, Transform};

/// The law of a number of events.
#[derive(Clone, Debug, PartialEq)]
pub enum Count {
    /// Poisson.
    Poisson {
        /// Its mean.
        mean: f64,
    },
    /// Negative binomial: Poisson with a gamma mean of shape `size` and scale `scale`; mean size × scale.
    NegativeBinomial {
        /// Shape r.
        size: f64,
        /// Scale beta.
        scale: f64,
    },
    /// Binomial.
    Binomial {
        /// Number of trials.
        trials: f64,
        /// Chance of each.
        chance: f64,
    },
    /// Probability of 0, 1, 2, … events.
    Table(Vec<f64>),
    /// A Poisson number of causes, each with a Poisson number of events (Neyman's type A).
    PoissonOfPoisson {
        /// Mean number of causes.
        causes: f64,
        /// Mean number of events of each.
        each: f64,
    },
}

impl Count {
    /// The negative binomial of a mean whose variance is mean + contagion × mean²; Poisson for a contagion of 0.
    pub fn contagious(mean: f64, contagion: f64) -> Count {
        match contagion > 0.0 {
            true => Count::NegativeBinomial { size: 1.0 / contagion, scale: mean * contagion },
            false => Count::Poisson { mean },
        }
    }

    /// Its mean.
    pub fn mean(&self) -> f64 {
        match self {
            Count::Poisson { mean } => *mean,
            Count::NegativeBinomial { size, scale } => size * scale,
            Count::Binomial { trials, chance } => trials * chance,
            Count::Table(p) => p.iter().enumerate().map(|(n, p)| n as f64 * p).sum(),
            Count::PoissonOfPoisson { causes, each } => causes * each,
        }
    }

    /// Its variance.
    pub fn variance(&self) -> f64 {
        match self {
            Count::Poisson { mean } => *mean,
            Count::NegativeBinomial { size, scale } => size * scale * (1.0 + scale),
            Count::Binomial { trials, chance } => trials * chance * (1.0 - chance),
            Count::Table(p) => {
                let mean = self.mean();
                p.iter().enumerate().map(|(n, p)| (n as f64 - mean) * (n as f64 - mean) * p).sum()
            }
            Count::PoissonOfPoisson { causes, each } => causes * each * (1.0 + each),
        }
    }

    /// Mean and variance of the total of so many amounts of a mean and variance.
    pub fn moments_of_total(&self, mean: f64, variance: f64) -> (f64, f64) {
        (self.mean() * mean, self.mean() * variance + self.variance() * mean * mean)
    }

    /// Its generating function E[z^N], for |z| up to 1.
    pub fn generating(&self, z: Complex) -> Complex {
        let one = Complex::real(1.0);
        match self {
            Count::Poisson { mean } => (z - one).scaled(*mean).raised_e(),
            Count::NegativeBinomial { size, scale } => (one - (z - one).scaled(*scale)).power(-size),
            Count::Binomial { trials, chance } => {
                let base = one + (z - one).scaled(*chance);
                if base == Complex::default() { Complex::default() } else { base.power(*trials) }
            }
            Count::Table(p) => p.iter().rev().fold(Complex::default(), |sum, p| sum * z + Complex::real(*p)),
            Count::PoissonOfPoisson { causes, each } => {
                ((z - one).scaled(*each).raised_e() - one).scaled(*causes).raised_e()
            }
        }
    }

    /// a and b of Panjer's class, p_n = (a + b / n) p_(n-1), where it belongs to it.
    fn class(&self) -> Option<(f64, f64)> {
        match self {
            Count::Poisson { mean } => Some((0.0, *mean)),
            Count::NegativeBinomial { size, scale } => {
                let a = scale / (1.0 + scale);
                Some((a, (size - 1.0) * a))
            }
            Count::Binomial { trials, chance } => {
                let odds = chance / (1.0 - chance);
                Some((-odds, (trials + 1.0) * odds))
            }
            Count::Table(_) | Count::PoissonOfPoisson { .. } => None,
        }
    }
}

/// Damping that suits most totals: what lies beyond the grid comes round with a weight of exp(-damping).
pub const DAMPING: f64 = 16.0;

/// The law of the total of `count` amounts, on the first `cells` cells of the amounts' grid (rounded up to a power of
/// two). With a `damping` of 0 what lies beyond the grid comes round to its start; with more the far cells lose digits:
/// the error of cell k is about 1e-16 × exp(damping × k / cells).
pub fn total(count: &Count, amount: &Lattice, cells: usize, damping: f64) -> Lattice {
    sum(&[(count, amount)], cells, damping)
}

/// The law of the sum of several independent totals on one grid.
pub fn sum(parts: &[(&Count, &Lattice)], cells: usize, damping: f64) -> Lattice {
    let n = cells.max(2).next_power_of_two();
    let step = parts.first().map_or(1.0, |(_, a)| a.step);
    let transform = Transform::new(n);
    let rate = damping / n as f64;
    let mut product = vec![Complex::real(1.0); n];
    let mut x = vec![Complex::default(); n];
    for (count, amount) in parts {
        assert!(amount.step == step, "totals that are added have one grid");
        x.fill(Complex::default());
        for (k, (cell, mass)) in x.iter_mut().zip(&amount.mass).enumerate() {
            cell.re = mass * libm::exp(-rate * k as f64);
        }
        transform.forward(&mut x);
        for (p, z) in product.iter_mut().zip(&x) {
            *p = *p * count.generating(*z);
        }
    }
    transform.backward(&mut product);
    let undamped = |(k, c): (usize, &Complex)| c.re * libm::exp(rate * k as f64);
    Lattice { step, mass: product.iter().enumerate().map(undamped).collect() }
}

/// The same total by Panjer's recursion, on the first `cells` cells; `None` for counts outside its class. Exact to
/// rounding where the chance of no event does not underflow.
pub fn panjer(count: &Count, amount: &Lattice, cells: usize) -> Option<Lattice> {
    let (a, b) = count.class()?;
    let f0 = amount.mass.first().copied().unwrap_or(0.0);
    let mut mass = Vec::with_capacity(cells);
    mass.push(count.generating(Complex::real(f0)).re);
    for s in 1..cells {
        let reach = s.min(amount.mass.len().saturating_sub(1));
        let terms = (1..=reach).map(|j| (a + b * j as f64 / s as f64) * amount.mass[j] * mass[s - j]);
        mass.push(terms.sum::<f64>() / (1.0 - a * f0));
    }
    Some(Lattice { step: amount.step, mass })
}
