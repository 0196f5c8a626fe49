//! Laws in plain words.

use super::Law;

impl Law {
    /// The family's name as a scenario writes it.
    pub fn family_name(&self) -> &'static str {
        match self {
            Law::Constant(_) => "constant",
            Law::Uniform { .. } => "uniform",
            Law::Triangular { .. } => "triangular",
            Law::Pert { .. } => "pert",
            Law::Normal { .. } | Law::TruncatedNormal { .. } => "normal",
            Law::LogNormal { .. } => "lognormal",
            Law::Gamma { .. } => "gamma",
            Law::Beta { .. } => "beta",
            Law::Weibull { .. } => "weibull",
            Law::Pareto { .. } => "pareto",
            Law::Lomax { .. } => "lomax",
            Law::Discrete { .. } => "discrete",
            Law::Empirical { .. } => "empirical",
            Law::JointColumn { .. } => "joint",
        }
    }

    /// The law in plain words, such as "lognormal, mean 8,000, cv 3".
    pub fn describe(&self) -> String {
        let n = plain_number;
        let name = self.family_name();
        let mean = self.mean();
        let sd = self.variance().sqrt();
        match self {
            Law::Constant(value) => format!("constant {}", n(*value)),
            Law::Uniform { min, max } => format!("uniform from {} to {}", n(*min), n(*max)),
            Law::Triangular { min, mode, max } | Law::Pert { min, mode, max } => {
                format!("{name} from {} to {}, mode {}", n(*min), n(*max), n(*mode))
            }
            Law::Normal { .. } => format!("normal, mean {}, sd {}", n(mean), n(sd)),
            Law::TruncatedNormal { mean, sd, min, max } => {
                format!("normal, mean {}, sd {}, cut to {} to {}", n(*mean), n(*sd), n(*min), n(*max))
            }
            Law::LogNormal { .. } | Law::Gamma { .. } | Law::Weibull { .. } => {
                format!("{name}, mean {}, cv {}", n(mean), n(sd / mean))
            }
            Law::Beta { min, max, .. } => {
                format!("beta on {} to {}, mean {}, sd {}", n(*min), n(*max), n(mean), n(sd))
            }
            Law::Pareto { alpha, minimum } => {
                format!("pareto from {}, tail index {}", n(*minimum), n(*alpha))
            }
            Law::Lomax { alpha, .. } if mean.is_finite() => {
                format!("lomax, mean {}, tail index {}", n(mean), n(*alpha))
            }
            Law::Lomax { alpha, scale } => {
                format!("lomax, scale {}, tail index {}, no finite mean", n(*scale), n(*alpha))
            }
            Law::Discrete { values, .. } => {
                format!("one of {} values, mean {}", values.len(), n(mean))
            }
            Law::Empirical { values } => {
                format!("empirical, {} values, mean {}", values.len(), n(mean))
            }
            Law::JointColumn { values, .. } => {
                format!("column of a joint table, {} rows, mean {}", values.len(), n(mean))
            }
        }
    }
}

/// A number for a reader: four significant digits, thousands apart by commas, no trailing zeros.
pub fn plain_number(x: f64) -> String {
    if !x.is_finite() {
        return if x.is_nan() { "not a number".to_string() } else { format!("{x}").replace("inf", "infinity") };
    }
    if x == 0.0 {
        return "0".to_string();
    }
    let magnitude = libm::floor(libm::log10(x.abs())) as i32;
    if !(-6..15).contains(&magnitude) {
        return format!("{x:.3e}");
    }
    let decimals = (3 - magnitude).max(0) as usize;
    let text = format!("{:.decimals$}", x.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let sign = if x < 0.0 { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", with_commas(whole))
}

/// Digits of a whole number with commas between thousands.
pub fn with_commas(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
