//! Order statistics without sorting: Hoare's selection (1961, "Algorithm 65: Find", CACM 4) of several ranks at a time.

/// The keys at some ranks, counted from 0 and rising, into `out`, which is as long as `ranks`: the middle rank first, which
/// parts the keys, then those on either side among the keys there. All ranks are below the number of keys.
pub(super) fn at_ranks<K: Copy + Ord>(keys: &mut [K], ranks: &[usize], out: &mut [K]) {
    among(keys, 0, ranks, out);
}

/// As [`at_ranks`], where so many keys that are smaller are not among `keys`.
fn among<K: Copy + Ord>(keys: &mut [K], smaller: usize, ranks: &[usize], out: &mut [K]) {
    let Some(rank) = ranks.get(ranks.len() / 2) else { return };
    let (left, key, right) = keys.select_nth_unstable(rank - smaller);
    let (from, to) = (ranks.partition_point(|r| r < rank), ranks.partition_point(|r| r <= rank));
    out[from..to].fill(*key);
    among(left, smaller, &ranks[..from], &mut out[..from]);
    among(right, rank + 1, &ranks[to..], &mut out[to..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_those_of_the_sorted_keys() {
        let mixed = |n: u64, most: u64| (1..=n).map(move |i| (i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) % most);
        for keys in [mixed(500, u64::MAX), mixed(500, 7), mixed(499, 3), mixed(6, 100), mixed(1, 2)] {
            let keys: Vec<u64> = keys.collect();
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            let n = keys.len();
            let ranks = [0, n / 20, n / 4, n / 2, n / 2, 3 * n / 4, n - 1];
            let mut out = [0; 7];
            at_ranks(&mut keys.clone(), &ranks, &mut out);
            assert_eq!(out, ranks.map(|r| sorted[r]));
        }
        at_ranks::<u64>(&mut [], &[], &mut []);
    }
}
