//! Pools that people foresee: take-up and the pro-rata factor are solved together in each world,
//! π = min(1, P ÷ E[unscaled awards | filing at π]).

use super::ledger::factor;
use super::offers;
use crate::model::Loss;

/// Relative width at which the search for π stops.
const PRECISION: f64 = 1e-9;

/// Expected shares of the hit by kind.
pub fn kind_shares(loss: Option<&Loss>, scale: f64, world: &[f64]) -> [f64; offers::KINDS.len()] {
    let Some(loss) = loss.filter(|_| scale > 0.0) else { return [0.0; offers::KINDS.len()] };
    let losers = loss.share.of(world);
    let exaggerated = loss.exaggerated_share.of(world);
    [losers * (1.0 - exaggerated), losers * exaggerated, (1.0 - losers) * loss.unfounded_share.of(world)]
}

/// π with π·E(π) = pool, E rising in π; 1 where the pool suffices at 1.
pub fn solve(pool: f64, asked: impl Fn(f64) -> f64) -> f64 {
    let at_one = asked(1.0);
    if at_one <= pool {
        return 1.0;
    }
    if pool <= 0.0 {
        return 0.0;
    }
    // π·E(π) rises from 0; the root lies above pool ÷ E(1). Illinois variant of regula falsi.
    let gap = |p: f64| p * asked(p) - pool;
    let (mut low, mut high) = (factor(pool, at_one), 1.0);
    let (mut gap_low, mut gap_high) = (gap(low), at_one - pool);
    let mut side = 0;
    for _ in 0..100 {
        if gap_low >= 0.0 || high - low <= PRECISION * high {
            break;
        }
        let p = (low * gap_high - high * gap_low) / (gap_high - gap_low);
        let g = gap(p);
        if g.abs() <= PRECISION * pool {
            return p;
        }
        if g < 0.0 {
            (low, gap_low) = (p, g);
            gap_high *= if side == -1 { 0.5 } else { 1.0 };
            side = -1;
        } else {
            (high, gap_high) = (p, g);
            gap_low *= if side == 1 { 0.5 } else { 1.0 };
            side = 1;
        }
    }
    if gap_low >= 0.0 { low } else { 0.5 * (low + high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_solves_its_own_equation() {
        // E(π) = 100 π: π² · 100 = 25, π = 1/2.
        assert!((solve(25.0, |p| 100.0 * p) - 0.5).abs() < 1e-8);
        // Constant take-up: pool ÷ asked.
        assert!((solve(25.0, |_| 100.0) - 0.25).abs() < 1e-8);
        assert_eq!(solve(200.0, |p| 100.0 * p), 1.0);
        assert_eq!(solve(0.0, |p| 100.0 * p), 0.0);
    }
}
