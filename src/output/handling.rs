//! Whose costs lack what those of others have: where nobody says what becomes of claims, their review and handling are in no cost.

use crate::analysis::findings::Findings;

/// Guidelines (by place, of so many) with claims that nobody says how to handle, beside others of which it is said. `mean` gives the
/// mean of a total, where there is one.
pub fn unhandled(guidelines: usize, mean: impl Fn(usize, &str) -> Option<f64>) -> Vec<usize> {
    let mean = |g: usize, measure: &str| mean(g, measure).filter(|v| v.is_finite());
    let without = |g: &usize| mean(*g, "staff_cost").is_none();
    if (0..guidelines).all(|g| without(&g)) {
        return Vec::new();
    }
    // A stated cost of each claim is its handling.
    let uncosted = |g: &usize| mean(*g, "claim_cost").unwrap_or(0.0) == 0.0;
    let claimed = |g: &usize| mean(*g, "claims").is_some_and(|n| n > 0.0);
    (0..guidelines).filter(|g| without(g) && uncosted(g) && claimed(g)).collect()
}

/// The same of a run.
pub fn unhandled_in(findings: &Findings) -> Vec<usize> {
    unhandled(findings.guidelines.len(), |g, measure| {
        findings.total(&findings.guidelines[g], measure).map(|d| d.mean().value)
    })
}

#[cfg(test)]
mod tests {
    use super::unhandled;

    /// Means of four guidelines: with a procedure; claims that nobody handles; a stated cost of each claim; nobody claims.
    fn mean(g: usize, measure: &str) -> Option<f64> {
        match (measure, g) {
            ("staff_cost", 0) => Some(5.0),
            ("staff_cost", 1) => Some(f64::NAN),
            ("claim_cost", 2) => Some(3.0),
            ("claim_cost", _) => Some(0.0),
            ("claims", 3) => Some(0.0),
            ("claims", _) => Some(9.0),
            _ => None,
        }
    }

    #[test]
    fn costs_lack_handling_where_others_have_it() {
        assert_eq!(unhandled(4, mean), [1]);
        // Where none has a procedure all costs are alike.
        assert!(unhandled(3, |g, measure| mean(g + 1, measure)).is_empty());
        assert!(unhandled(0, mean).is_empty());
    }
}
