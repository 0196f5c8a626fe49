//! Who bears the cost in the end: an agreed cost split, recourse against others, insurance.

use super::{Q, Text};

/// What others bear of the cost, in this order: each takes of what those before it leave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bearing {
    /// A share that a partner has agreed to bear, of the whole cost.
    pub cost_split: Option<CostSplit>,
    /// Recourse against who caused the outage, of what the partner leaves.
    pub recourse: Option<Recourse>,
    /// Insurance of what is left.
    pub insurance: Option<Insurance>,
}

impl Bearing {
    /// True where the company bears all of it.
    pub fn is_nothing(&self) -> bool {
        self.cost_split.is_none() && self.recourse.is_none() && self.insurance.is_none()
    }

    /// Share of the cost that the partner bears in a world; 0 without one.
    pub fn split_share(&self, world: &[f64]) -> f64 {
        self.cost_split.as_ref().map_or(0.0, |s| s.share.of(world))
    }
}

/// A cost split: what a partner bears by agreement, for sure.
#[derive(Clone, Debug, PartialEq)]
pub struct CostSplit {
    /// Who the partner is.
    pub partner: Text,
    /// Share of the cost that the partner bears, 0 to 1.
    pub share: Q,
}

/// Recourse, e.g. against the operator of the data centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recourse {
    /// Probability that it succeeds; for all guidelines alike.
    pub win: Q,
    /// Share that it brings of the cost less the partner's part.
    pub share: Q,
    /// Most that it brings, money (infinite: no limit).
    pub limit: Q,
    /// What it costs to try, money.
    pub cost: Q,
}

/// Insurance of the outage's cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Insurance {
    /// What the company bears first of what is left of the cost.
    pub retention: Q,
    /// Most of the layer above the retention, before the share.
    pub limit: Q,
    /// Share of the layer that is insured.
    pub share: Q,
}
