//! Estimators over slices: moments, quantiles, tails, exceedance, paired differences, Gini. Draws nothing.

pub mod along;
pub mod chance_share;
pub mod estimate;
pub mod exceedance;
pub mod gini;
pub mod ks;
pub mod moments;
pub mod paired;
pub mod ranks;
pub mod repeated;
pub mod scores;
mod select;
pub mod sketch;
pub mod sobol;
mod sorting;
pub mod statistic;
pub mod summary;
mod weighted;

pub use along::{Along, ranks};
pub use chance_share::{ChanceShare, chance_share, chance_share_of};
pub use estimate::{Estimate, Proportion};
pub use exceedance::{CurvePoint, exceedance_curve};
pub use gini::{Gini, gini_binned, gini_weighted};
pub use moments::Moments;
pub use paired::{Paired, paired};
pub use repeated::{describe_repeated, repeated};
pub use scores::{INTERVALS, Scores};
pub use sketch::{RELATIVE_ERROR, Sketch};
pub use statistic::{Side, Statistic};
pub use summary::{Description, STATISTICS, Scratch, describe, describe_counts};
