//! Who bears the cost in the end: recourse against others, insurance.

use super::Q;

/// Recoveries of the company.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bearing {
    /// Recourse against who caused the outage.
    pub recourse: Option<Recourse>,
    /// Insurance of what is left.
    pub insurance: Option<Insurance>,
}

/// Recourse, e.g. against the operator of the data centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recourse {
    /// Probability that it succeeds; for all guidelines alike.
    pub win: Q,
    /// Share of the cost that it brings.
    pub share: Q,
    /// Most that it brings, money (infinite: no limit).
    pub limit: Q,
    /// What it costs to try, money.
    pub cost: Q,
}

/// Insurance of the outage's cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Insurance {
    /// Cost that the company bears first.
    pub retention: Q,
    /// Most that the insurer pays.
    pub limit: Q,
    /// Share of the layer that is insured.
    pub share: Q,
}
