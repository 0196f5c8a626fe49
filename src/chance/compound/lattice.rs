//! A law on a grid of equal steps from zero: how it is made from a continuous one, and what is asked of it.

/// Probability `mass[k]` at k × step. What is missing to one lies beyond the grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Lattice {
    /// Distance between neighbouring values.
    pub step: f64,
    /// Probability of each value.
    pub mass: Vec<f64>,
}

impl Lattice {
    /// Values that lie on the grid, with their probabilities.
    ///
    /// Values are rounded to the nearest cell; those below zero count as zero.
    pub fn of(step: f64, values: &[(f64, f64)]) -> Lattice {
        let cell = |x: f64| libm::round((x / step).max(0.0)) as usize;
        let cells = values.iter().map(|(x, _)| cell(*x) + 1).max().unwrap_or(1);
        let mut mass = vec![0.0; cells];
        for (x, p) in values {
            mass[cell(*x)] += p;
        }
        Lattice { step, mass }
    }

    /// Each cell holds what lies within half a step of it.
    pub fn rounded(step: f64, cells: usize, cdf: impl Fn(f64) -> f64) -> Lattice {
        let edge = |k: usize| cdf((k as f64 + 0.5) * step);
        let mut before = 0.0;
        let mass = (0..cells).map(|k| {
            let here = edge(k);
            here - std::mem::replace(&mut before, here)
        });
        Lattice { step, mass: mass.collect() }
    }

    /// Each amount is shared by its two neighbours so that its mean stays (Gerber 1982; Klugman, Panjer and Willmot,
    /// "Loss Models", section 9.6.5). `limited` gives E[min(X, x)].
    pub fn mean_kept(step: f64, cells: usize, limited: impl Fn(f64) -> f64) -> Lattice {
        let at: Vec<f64> = (0..=cells).map(|k| limited(k as f64 * step)).collect();
        let mut mass = vec![1.0 - at[1.min(cells)] / step];
        mass.extend((1..cells).map(|k| ((at[k] - at[k - 1]) - (at[k + 1] - at[k])) / step));
        mass.truncate(cells);
        Lattice { step, mass }
    }

    /// From a sample of amounts, each shared by its two neighbours so that its mean stays.
    pub fn of_sample(step: f64, values: &[f64]) -> Lattice {
        let most = values.iter().copied().fold(0.0, f64::max);
        let mut mass = vec![0.0; (most / step) as usize + 2];
        let each = 1.0 / values.len().max(1) as f64;
        for x in values {
            let at = (x / step).max(0.0);
            let (k, part) = (libm::floor(at) as usize, at - libm::floor(at));
            mass[k] += each * (1.0 - part);
            mass[k + 1] += each * part;
        }
        Lattice { step, mass }
    }

    /// Probability of the value nearest to `x`.
    pub fn at(&self, x: f64) -> f64 {
        let k = libm::round(x / self.step);
        if k < 0.0 { 0.0 } else { self.mass.get(k as usize).copied().unwrap_or(0.0) }
    }

    /// P(X <= x) of the law on the grid: a step function.
    pub fn up_to(&self, x: f64) -> f64 {
        let cells = (libm::floor(x / self.step + 1e-9) + 1.0).max(0.0) as usize;
        self.mass[..cells.min(self.mass.len())].iter().sum()
    }

    /// Mean of what lies on the grid.
    pub fn mean(&self) -> f64 {
        self.step * self.mass.iter().enumerate().map(|(k, p)| k as f64 * p).sum::<f64>()
    }

    /// Variance of what lies on the grid.
    pub fn variance(&self) -> f64 {
        let mean = self.mean() / self.step;
        let square = |(k, p): (usize, &f64)| (k as f64 - mean) * (k as f64 - mean) * p;
        self.step * self.step * self.mass.iter().enumerate().map(square).sum::<f64>()
    }

    /// P(X <= x) of the continuous law behind the grid: linear between the middles of steps.
    pub fn cdf(&self, x: f64) -> f64 {
        let at = x / self.step;
        if at < 0.0 {
            return 0.0;
        }
        let k = libm::floor(at + 0.5) as usize;
        let whole: f64 = self.mass[..k.min(self.mass.len())].iter().sum();
        // What the first cell holds is taken to be exactly zero.
        let part = if k == 0 { 1.0 } else { at + 0.5 - k as f64 };
        whole + self.mass.get(k).copied().unwrap_or(0.0) * part
    }

    /// Quantile of the continuous law behind the grid: linear between the middles of steps. The last value where the
    /// grid does not reach so far.
    pub fn quantile(&self, p: f64) -> f64 {
        let mut sum = 0.0;
        for (k, mass) in self.mass.iter().enumerate() {
            if sum + mass >= p && *mass > 0.0 {
                let part = (p - sum) / mass;
                return self.step * (k as f64 - 0.5 + part).max(0.0);
            }
            sum += mass;
        }
        self.step * (self.mass.len() - 1) as f64
    }

    /// E[max(X - x, 0)] of what lies on the grid.
    pub fn above(&self, x: f64) -> f64 {
        let first = (libm::floor(x / self.step) + 1.0).max(0.0) as usize;
        let excess = |(k, p): (usize, &f64)| (k as f64 * self.step - x) * p;
        self.mass.iter().enumerate().skip(first).map(excess).sum()
    }

    /// E[min(X, x)], what lies beyond the grid counted as `x`.
    pub fn limited(&self, x: f64) -> f64 {
        let value = |(k, p): (usize, &f64)| (k as f64 * self.step).min(x) * p;
        let beyond = 1.0 - self.mass.iter().sum::<f64>();
        self.mass.iter().enumerate().map(value).sum::<f64>() + x * beyond
    }

    /// Mean of the worst 1 - p: the quantile and what lies above it.
    pub fn tail_mean(&self, p: f64) -> f64 {
        let at = self.quantile(p);
        at + self.above(at) / (1.0 - p)
    }
}
