//! Special functions: the normal, gamma and beta laws and their inverses, to nearly full double accuracy.
//!
//! Everything elementary comes from `libm`, so that results do not depend on the platform's mathematics library.
//! Arguments outside the domain give NaN, never a panic.

mod beta;
pub mod chebyshev;
mod gamma;
mod normal;
mod root;

pub use beta::{beta_i, beta_inv, beta_inv_sf, beta_q, ln_beta};
pub use gamma::{gamma_p, gamma_p_inv, gamma_pq, gamma_q, gamma_q_inv, ln_gamma, ln_gamma_inv};
pub use normal::{normal_cdf, normal_pdf, normal_quantile, normal_quantile_sf, normal_sf};
pub use root::{find_root, student_cdf, student_quantile};

use gamma::{deviance, stirling_error};
use root::{LogTails, invert_log_tails};
