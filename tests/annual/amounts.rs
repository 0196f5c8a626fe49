//! Laws of single amounts by their limited means, as the textbooks give them.

use redress::chance::special::{gamma_p, gamma_q, ln_gamma, normal_cdf, normal_sf};

/// E[min(X, x)] and P(X > x) of a law.
pub struct Amount {
    pub limited: Box<dyn Fn(f64) -> f64>,
    pub above: Box<dyn Fn(f64) -> f64>,
}

impl Amount {
    fn new(limited: impl Fn(f64) -> f64 + 'static, above: impl Fn(f64) -> f64 + 'static) -> Amount {
        let inside = move |x: f64| if x <= 0.0 { 0.0 } else { limited(x) };
        let beyond = move |x: f64| if x < 0.0 { 1.0 } else { above(x) };
        Amount { limited: Box::new(inside), above: Box::new(beyond) }
    }

    pub fn lognormal(mu: f64, sigma: f64) -> Amount {
        let z = move |x: f64| (x.ln() - mu) / sigma;
        let mean = (mu + sigma * sigma / 2.0).exp();
        Amount::new(move |x| mean * normal_cdf(z(x) - sigma) + x * normal_sf(z(x)), move |x| normal_sf(z(x)))
    }

    pub fn gamma(shape: f64, scale: f64) -> Amount {
        let above = move |x: f64| gamma_q(shape, x / scale);
        Amount::new(move |x| shape * scale * gamma_p(shape + 1.0, x / scale) + x * above(x), above)
    }

    /// P(X > x) = (1 + x / scale)^-alpha.
    pub fn pareto(alpha: f64, scale: f64) -> Amount {
        let above = move |x: f64| (1.0 + x / scale).powf(-alpha);
        let limited = move |x: f64| scale / (alpha - 1.0) * (1.0 - (1.0 + x / scale).powf(1.0 - alpha));
        Amount::new(limited, above)
    }

    pub fn uniform(high: f64) -> Amount {
        let limited = move |x: f64| if x >= high { high / 2.0 } else { x - x * x / (2.0 * high) };
        Amount::new(limited, move |x| (1.0 - x / high).max(0.0))
    }

    /// Lévy's law of scale 1, P(X <= x) = erfc(sqrt(1 / 2x)); its mean is infinite.
    pub fn levy() -> Amount {
        Amount::new(|_| f64::NAN, |x| 1.0 - 2.0 * normal_sf((1.0 / x).sqrt()))
    }

    /// E[X^2 where X <= x] for a lognormal, closed form.
    pub fn lognormal_square(mu: f64, sigma: f64, x: f64) -> f64 {
        (2.0 * mu + 2.0 * sigma * sigma).exp() * normal_cdf((x.ln() - mu) / sigma - 2.0 * sigma)
    }

    /// Of min(max(X - deductible, 0), cover): what is limited, and what is above.
    pub fn layer(self, deductible: f64, cover: f64) -> Amount {
        let Amount { limited, above } = self;
        let below = limited(deductible);
        let inner = move |y: f64| limited(deductible + y.min(cover)) - below;
        Amount::new(inner, move |y| if y < cover { above(deductible + y) } else { 0.0 })
    }

    /// E[X] of a law that ends at `end`.
    pub fn mean(&self, end: f64) -> f64 {
        (self.limited)(end)
    }

    /// E[X^2] of a law that ends at `end`: twice the integral of x P(X > x), by Simpson's rule.
    pub fn square(&self, end: f64) -> f64 {
        let n = 40_000;
        let h = end / f64::from(n);
        let f = |i: i32| {
            let x = h * f64::from(i);
            2.0 * x * if i == n { (self.above)(x * (1.0 - 1e-12)) } else { (self.above)(x) }
        };
        let inner: f64 = (1..n).map(|i| f(i) * if i % 2 == 1 { 4.0 } else { 2.0 }).sum();
        (f(0) + inner + f(n)) * h / 3.0
    }
}

/// The distribution function of a sum of `n` gammas of one scale.
pub fn gammas_up_to(n: f64, shape: f64, scale: f64, x: f64) -> f64 {
    if n == 0.0 { 1.0 } else { gamma_p(n * shape, x / scale) }
}

/// Probability of n events of a Poisson law.
pub fn poisson(mean: f64, n: f64) -> f64 {
    (n * mean.ln() - mean - ln_gamma(n + 1.0)).exp()
}
