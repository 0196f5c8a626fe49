"""Exact laws of workload W2's totals, with pools and with take-up that differs between guidelines.

Needs numpy and scipy; prints the constants of tests/engines/large.rs. Takes two to five minutes.

Given P, a cohort's n people are hit independently with probability P; a person hit with loss X files with probability
f(X) and is then paid g(X). The cohort's total has the characteristic function

    E[(1 + P a(t))^n],  a(t) = E[f(X) (exp(i t g(X)) - 1)],  P ~ Beta,

and cohorts multiply. Expectations over X and P by composite Gauss rules (the first panel of P with the weight
p^(alpha-1)); the law by Fourier-cosine expansion (Fang and Oosterlee 2008) on [0, B]. Each figure is worked out on two
intervals with two numbers of terms; the largest relative difference is printed and is below 1e-8.
"""

import numpy as np
from scipy import special, stats

COHORTS = [
    (43_000_000, 0.002, "lognormal", 8_000.0, 3.0),
    (250_000, 0.25, "gamma", 120_000.0, 0.8),
    (1_750_000, 0.05, "lognormal", 5_000.0, 1.0),
]


def severity_nodes(family, mean, cv, breaks):
    """Nodes and weights in ln x, panels cut at the guideline's breaks."""
    if family == "lognormal":
        s = np.sqrt(np.log1p(cv * cv))
        mu = np.log(mean) - s * s / 2
        low, high = mu - 9 * s, mu + 9.5 * s
        density = lambda u: stats.norm.pdf(u, mu, s)
    else:
        shape = 1 / cv**2
        low, high = np.log(stats.gamma.ppf(1e-18, shape) * mean / shape), np.log(mean * 60 / shape)
        density = lambda u: np.exp(u) * stats.gamma.pdf(np.exp(u), shape, scale=mean / shape)
    edges = np.unique(np.concatenate([np.linspace(low, high, 80), [np.log(b) for b in breaks if low < np.log(b) < high]]))
    y, w = np.polynomial.legendre.leggauss(16)
    half, middle = np.diff(edges)[:, None] / 2, (edges[1:] + edges[:-1])[:, None] / 2
    u = (middle + half * y).ravel()
    return np.exp(u), (half * w).ravel() * density(u)


def beta_nodes(a, b):
    """Nodes and weights of Beta(a, b) up to where its tail is below 1e-17."""
    top = min(stats.beta.isf(1e-17, a, b), 1 - 1e-12)
    edges = np.linspace(0, top, 401)
    y, w = np.polynomial.legendre.leggauss(16)
    half, middle = np.diff(edges)[1:, None] / 2, (edges[1:] + edges[:-1])[1:, None] / 2
    p = (middle + half * y).ravel()
    weight = (half * w).ravel() * stats.beta.pdf(p, a, b)
    y0, w0 = special.roots_jacobi(30, 0.0, a - 1)
    h = edges[1]
    p0 = h * (1 + y0) / 2
    weight0 = w0 * (h / 2) ** a * (1 - p0) ** (b - 1) / special.beta(a, b)
    return np.concatenate([p0, p]), np.concatenate([weight0, weight])


def moments(award, filing, breaks):
    """Mean and variance of the total in closed form over the same nodes."""
    mean = var = 0.0
    for n, p, family, m, cv in COHORTS:
        x, w = severity_nodes(family, m, cv, breaks)
        y1, y2 = np.sum(w * filing(x) * award(x)), np.sum(w * filing(x) * award(x) ** 2)
        beta_var = p * (1 - p) / 201
        mean += n * p * y1
        var += n * p * y2 - n * (beta_var + p * p) * y1**2 + n * n * beta_var * y1**2
    return mean, np.sqrt(var)


def expansion(award, filing, breaks, stretch, terms):
    """Right end B and cosine coefficients of the density on [0, B]."""
    parts, top = [], 0.0
    for n, p, family, m, cv in COHORTS:
        x, w = severity_nodes(family, m, cv, breaks)
        q, v = beta_nodes(200 * p, 200 * (1 - p))
        parts.append((n, w * filing(x), award(x), q, v))
        top += n * stats.beta.isf(1e-13, 200 * p, 200 * (1 - p)) * np.sum(w * filing(x) * award(x))
    b = stretch * top
    phi = np.ones(terms, complex)
    for n, weight, g, q, v in parts:
        for start in range(0, terms, 64):
            t = np.arange(start, min(start + 64, terms)) * np.pi / b
            a = np.array([np.sum(weight * np.expm1(1j * s * g)) for s in t])
            phi[start : start + len(t)] *= np.exp(n * np.log1p(a[:, None] * q[None, :])) @ v
    coefficients = 2 / b * phi.real
    coefficients[0] /= 2
    return b, coefficients


class Law:
    def __init__(self, award, filing, breaks, stretch, terms):
        self.mean, self.sd = moments(award, filing, breaks)
        self.b, self.c = expansion(award, filing, breaks, stretch, terms)
        self.w = np.arange(terms) * np.pi / self.b

    def cdf(self, x):
        return self.c[0] * x + np.sum(self.c[1:] * np.sin(self.w[1:] * x) / self.w[1:])

    def quantile(self, q):
        low, high = 0.0, self.b
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if self.cdf(middle) < q else (low, middle)
        return high

    def limited(self, m):
        """E[min(S, m)] and E[min(S, m)^2]: m minus the integral of F, and m^2 minus that of 2 x F."""
        c, w = self.c[1:], self.w[1:]
        first = m - (self.c[0] * m * m / 2 + np.sum(c * (1 - np.cos(w * m)) / w**2))
        xf = self.c[0] * m**3 / 3 + np.sum(c / w * (np.sin(w * m) / w**2 - m * np.cos(w * m) / w))
        return first, m * m - 2 * xf

    def figures(self, pool=None):
        if pool is None:
            q99 = self.quantile(0.99)
            tvar = q99 + (self.mean - self.limited(q99)[0]) / 0.01
            return [self.mean, self.sd, self.quantile(0.5), self.quantile(0.9), q99, self.quantile(0.999), tvar]
        m1, m2 = self.limited(pool)
        cut = lambda q: min(self.quantile(q), pool)
        q99 = cut(0.99)
        tvar = q99 + (m1 - self.limited(min(q99, pool))[0]) / 0.01
        return [m1, np.sqrt(m2 - m1 * m1), cut(0.5), cut(0.9), q99, cut(0.999), tvar]


def tiers(x):
    return np.where(x <= 300_000, 30_000.0, np.where(x <= 500_000, 50_000.0, np.minimum(0.1 * x, 2_000_000.0)))


def share(value):
    return lambda x: np.full_like(x, value)


def logistic(awareness, burden, beta, award):
    return lambda x: awareness / (1 + (award(x) / burden) ** -beta)


G1 = (lambda x: np.full_like(x, 5_000.0), [])
G2 = (tiers, [300_000, 500_000, 20_000_000])
G3 = (lambda x: np.clip(x - 10_000, 0, 1_000_000), [10_000, 1_010_000])
G4 = (lambda x: 0.5 * x, [])

CASES = {
    "g1": (*G1, share(1.0), None),
    "g2": (*G2, share(1.0), None),
    "g3": (*G3, share(1.0), None),
    "g4": (*G4, share(1.0), None),
    "g4, pool 4.5 bn": (*G4, share(1.0), 4.5e9),
    "g1, 30 % file": (*G1, share(0.3), None),
    "g2, 60 % file": (*G2, share(0.6), None),
    "g3, 90 % approved": (*G3, share(0.9), None),
    "g4, logistic": (*G4, logistic(0.8, 5_000.0, 1.2, G4[0]), None),
    "g4, logistic, pool 3 bn": (*G4, logistic(0.8, 5_000.0, 1.2, G4[0]), 3e9),
}

if __name__ == "__main__":
    worst = 0.0
    for name, (award, breaks, filing, pool) in CASES.items():
        one = np.array(Law(award, filing, breaks, 1.0, 6000).figures(pool))
        two = np.array(Law(award, filing, breaks, 1.3, 8000).figures(pool))
        worst = max(worst, np.max(np.abs(one / two - 1)))
        print(name, ", ".join(f"{v:_.1f}" for v in one), f"(differs by {np.max(np.abs(one / two - 1)):.1e})", flush=True)
    print(f"largest relative difference {worst:.1e}")
