//! Shapley effects: one variance shared out among inputs that hang together.
//!
//! To a set J of inputs belongs v(J), the variance that is left when all but J are known: E[Var(Y | all but J)]. An
//! input's Shapley effect is what it adds to v on average over all orders in which inputs may join (Shapley 1953; A. B.
//! Owen, Sobol' indices and Shapley value, SIAM/ASA Journal on Uncertainty Quantification 2 (2014); for inputs that depend
//! on each other Song, Nelson and Staum, Shapley effects for global sensitivity analysis: theory and computation, the same
//! journal 4 (2016), whose cost function this is). Effects are never negative and add up to v of all.

use crate::chance::stream::Stream;

/// Most inputs for which every set is asked for; beyond, orders are drawn.
pub const EXACT: usize = 4;
/// Orders drawn beyond that.
const ORDERS: usize = 24;

/// The sets (as bits) that must be known for [`effects`] of `n` inputs, the empty one left out, and the orders they come
/// from.
pub fn sets(n: usize, seed: u64) -> (Vec<u64>, Vec<Vec<usize>>) {
    let orders = if n <= EXACT { all_orders(n) } else { drawn_orders(n, seed) };
    let mut sets = Vec::new();
    for order in &orders {
        let mut set = 0u64;
        for i in order {
            set |= 1 << i;
            sets.push(set);
        }
    }
    sets.sort_unstable();
    sets.dedup();
    (sets, orders)
}

/// The effects from v of each set in the order of [`sets`].
pub fn effects(n: usize, sets: &[u64], orders: &[Vec<usize>], v: &[f64]) -> Vec<f64> {
    let of = |set: u64| sets.binary_search(&set).ok().and_then(|i| v.get(i)).copied().unwrap_or(0.0);
    let mut out = vec![0.0; n];
    for order in orders {
        let mut set = 0u64;
        for i in order {
            let before = of(set);
            set |= 1 << i;
            out[*i] += (of(set) - before) / orders.len() as f64;
        }
    }
    out
}

fn all_orders(n: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for i in 0..n {
        let wider = |order: &Vec<usize>| {
            let order = order.clone();
            (0..=order.len()).map(move |at| {
                let mut new = order.clone();
                new.insert(at, i);
                new
            })
        };
        all = all.iter().flat_map(wider).collect();
    }
    all
}

/// Random orders, each followed by its reverse, which evens out (Mitchell et al. 2022).
fn drawn_orders(n: usize, seed: u64) -> Vec<Vec<usize>> {
    let mut stream = Stream::named(seed, 0, "shapley", "orders");
    let mut draw = |k: usize| {
        let stream = stream.at(k as u64);
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, (stream.uniform() * (i + 1) as f64) as usize);
        }
        let back = order.iter().rev().copied().collect();
        [order, back]
    };
    (0..ORDERS / 2).flat_map(&mut draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// v(J) of a sum of two standard normal inputs with correlation ρ and weights: the variance of b'X_J given the rest.
    fn two(rho: f64, b: [f64; 2]) -> [f64; 3] {
        let alone = 1.0 - rho * rho;
        let both = b[0] * b[0] + b[1] * b[1] + 2.0 * rho * b[0] * b[1];
        [b[0] * b[0] * alone, b[1] * b[1] * alone, both]
    }

    #[test]
    fn two_linked_normals_share_as_song_nelson_and_staum_say() {
        // Song, Nelson and Staum (2016), section 5.1 (also Iooss and Prieur 2019, equation 4.3): each gets its own
        // b² (1 − ρ²/2) + ρ²/2 of the other's b² + ρ b1 b2.
        let (rho, b) = (0.6, [1.0, 2.0]);
        let (sets, orders) = sets(2, 1);
        let got = effects(2, &sets, &orders, &two(rho, b));
        let cross = rho * b[0] * b[1];
        let half = rho * rho / 2.0;
        let want = [
            b[0] * b[0] * (1.0 - half) + b[1] * b[1] * half + cross,
            b[1] * b[1] * (1.0 - half) + b[0] * b[0] * half + cross,
        ];
        assert!(got.iter().zip(want).all(|(g, w)| (g - w).abs() < 1e-12), "{got:?} {want:?}");
    }

    #[test]
    fn effects_add_up_and_equals_share_alike() {
        for n in [1, 2, 3, 4, 7] {
            let (sets, orders) = sets(n, 3);
            let v: Vec<f64> = sets.iter().map(|s| f64::from(s.count_ones()).powi(2)).collect();
            let got = effects(n, &sets, &orders, &v);
            assert!((got.iter().sum::<f64>() - (n * n) as f64).abs() < 1e-9);
            if n <= EXACT {
                assert_eq!(sets.len(), (1 << n) - 1);
                assert!(got.iter().all(|x| (x - n as f64).abs() < 1e-9), "{got:?}");
            }
        }
    }
}
