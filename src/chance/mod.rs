//! Random streams, laws and their quantiles, severities with partial moments, totals, copulas, counts. Knows no outage.

pub mod compound;
pub mod copula;
pub mod counts;
pub mod events;
pub mod fourier;
pub mod law;
pub mod linalg;
pub mod memo;
pub mod quantile_table;
pub mod severity;
pub mod sobol;
pub mod special;
pub mod spliced;
pub mod stream;
pub mod sums;
pub mod swing;
pub mod two_points;
