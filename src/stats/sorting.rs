//! Sorting numbers fast: doubles as whole numbers in the same order, counts as they are.

const SIGN: u64 = 1 << 63;
/// Below this a comparison sort is faster than counting digits.
const FEW: usize = 800;
const DIGIT_BITS: u32 = 11;
const SORTED_BITS: u32 = 2 * DIGIT_BITS;
const BUCKETS: usize = 1 << DIGIT_BITS;
/// A key that is moved so far is in a long run, which is sorted by comparison.
const FAR: usize = 16;

/// Bits that a place takes in a key of [`places`].
const PLACE_BITS: u32 = u32::BITS;

/// Memory for the keys of a sort, reused between calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    numbers: Memory<u64>,
    counts: Memory<u32>,
}

/// What is sorted: by a whole number, and where that is the same by what else it holds.
trait Key: Copy + Ord + Default {
    fn number(self) -> u64;
}

impl Key for u64 {
    fn number(self) -> u64 {
        self
    }
}

impl Key for u32 {
    fn number(self) -> u64 {
        self.into()
    }
}

/// A value above its place.
impl Key for u128 {
    fn number(self) -> u64 {
        (self >> PLACE_BITS) as u64
    }
}

#[derive(Clone, Debug, Default)]
struct Memory<K> {
    keys: Vec<K>,
    other: Vec<K>,
    digits: Vec<[u32; BUCKETS]>,
}

/// The numbers among `values`, ascending, into `sorted`; anything that is no number is left out.
pub(super) fn sorted_into(values: &[f64], sorted: &mut Vec<f64>, keys: &mut Keys) {
    let memory = &mut keys.numbers;
    memory.keys.clear();
    // Adding zero turns -0 into 0, so that equal values have equal keys.
    memory.keys.extend(values.iter().map(|x| key(x + 0.0)));
    if values.iter().filter(|x| x.is_nan()).count() > 0 {
        memory.keys.retain(|k| !value(*k).is_nan());
    }
    sort(memory);
    sorted.clear();
    sorted.extend(memory.keys.iter().map(|k| value(*k)));
}

/// Counts, ascending, into `sorted`: as [`sorted_into`] in less than half the time.
pub(super) fn counts_into(counts: &[u32], sorted: &mut Vec<f64>, keys: &mut Keys) {
    let memory = &mut keys.counts;
    memory.keys.clear();
    memory.keys.extend_from_slice(counts);
    sort(memory);
    sorted.clear();
    sorted.extend(memory.keys.iter().map(|k| f64::from(*k)));
}

/// Places of `values` in their order, −0 before 0, of equal ones the earlier first; and whether each has the same value as
/// the one before.
pub(super) fn places(values: &[f64]) -> impl Iterator<Item = (usize, bool)> {
    let mut memory: Memory<u128> = Memory::default();
    memory.keys.extend((0_u32..).zip(values).map(|(i, x)| u128::from(key(*x)) << PLACE_BITS | u128::from(i)));
    sort(&mut memory);
    let mut before = None;
    memory.keys.into_iter().map(move |one| (one as u32 as usize, before.replace(one.number()) == Some(one.number())))
}

/// A whole number that rises with the value: all bits turned of what is negative, of the rest the sign's.
pub(super) fn key(x: f64) -> u64 {
    let bits = x.to_bits();
    bits ^ ((bits.cast_signed() >> 63).cast_unsigned() | SIGN)
}

/// The value of a [`key`].
pub(super) fn value(key: u64) -> f64 {
    f64::from_bits(key ^ ((!key.cast_signed() >> 63).cast_unsigned() | SIGN))
}

fn sort<K: Key>(memory: &mut Memory<K>) {
    if memory.keys.len() < FEW {
        memory.keys.sort_unstable();
    } else {
        radix_sort(memory);
    }
}

/// By the top 22 bits of what keys exceed the least of them by, least significant digit first, with both digits counted
/// in one pass; then what is still out of order where keys agree in those bits, which few do.
fn radix_sort<K: Key>(memory: &mut Memory<K>) {
    let Memory { keys, other, digits } = memory;
    let (mut least, mut most) = (u64::MAX, 0);
    for k in keys.iter() {
        let k = k.number();
        (least, most) = (least.min(k), most.max(k));
    }
    let unsorted = (u64::BITS - (most - least).leading_zeros()).saturating_sub(SORTED_BITS);
    let top = |key: K| (key.number() - least) >> unsorted;
    let (low, high) = (|key: K| top(key) as usize % BUCKETS, |key: K| (top(key) >> DIGIT_BITS) as usize % BUCKETS);
    digits.clear();
    digits.resize(2, [0; BUCKETS]);
    let [lows, highs] = digits.as_mut_slice() else { return };
    for k in keys.iter() {
        lows[low(*k)] += 1;
        highs[high(*k)] += 1;
    }
    other.resize(keys.len(), K::default());
    place(keys, other, lows, low);
    if most - least < BUCKETS as u64 {
        std::mem::swap(keys, other);
    } else {
        place(other, keys, highs, high);
    }
    if unsorted > 0 {
        settle(keys, top);
    }
}

/// Puts keys where their digit belongs, given how many have each.
fn place<K: Copy>(keys: &[K], to: &mut [K], counts: &mut [u32; BUCKETS], digit: impl Fn(K) -> usize) {
    let mut start = 0;
    for count in counts.iter_mut() {
        start += std::mem::replace(count, start);
    }
    for key in keys {
        let place = &mut counts[digit(*key)];
        to[*place as usize] = *key;
        *place += 1;
    }
}

/// Sorts keys whose tops are in order: most of a few that share one are next to each other already.
fn settle<K: Copy + Ord>(keys: &mut [K], top: impl Fn(K) -> u64) {
    for i in 1..keys.len() {
        let (key, mut at) = (keys[i], i);
        while at > 0 && keys[at - 1] > key && i - at < FAR {
            keys[at] = keys[at - 1];
            at -= 1;
        }
        keys[at] = key;
        if i - at == FAR {
            let run = |k: &&K| top(**k) == top(key);
            let before = keys[..at].iter().rev().take_while(run).count();
            let behind = keys[at..].iter().take_while(run).count();
            keys[at - before..at + behind].sort_unstable();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whole numbers that follow no pattern.
    fn mixed(n: u64) -> impl Iterator<Item = u64> + Clone {
        (1..=n).map(|i| i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20)
    }

    #[test]
    fn places_are_those_of_a_stable_sort() {
        let signs = mixed(5000).map(|i| (i as f64 - 8e12) * 1e-3);
        let ties = mixed(5000).map(|i| (i % 7) as f64 * 1e5 - 3e5);
        let near = mixed(3000).map(|i| 1e9 + (i % 401) as f64 * 1e-6).chain([0.0, -0.0, -1.0, 0.0]);
        for list in [signs.collect::<Vec<_>>(), ties.collect(), near.collect(), vec![2.0, 1.0, 2.0], Vec::new()] {
            let mut plain: Vec<usize> = (0..list.len()).collect();
            plain.sort_by(|a, b| list[*a].total_cmp(&list[*b]));
            let tied = |k: usize| k > 0 && list[plain[k]].to_bits() == list[plain[k - 1]].to_bits();
            assert!(places(&list).eq((0..list.len()).map(|k| (plain[k], tied(k)))));
        }
    }

    #[test]
    fn any_mixture_comes_out_in_order() {
        let spread = mixed(5000).map(|i| (i as f64 - 8e12) * 1e-3);
        let near = mixed(5000).map(|i| 1e9 + (i % 4001) as f64 * 1e-6);
        let outlier = near.clone().chain([0.0, -1.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, -0.0, 0.0]);
        let few = mixed(100).map(|i| (i % 7) as f64);
        let (mut sorted, mut keys) = (Vec::new(), Keys::default());
        for list in [spread.collect::<Vec<_>>(), near.collect(), outlier.collect(), few.collect(), vec![3.0; 2000]] {
            sorted_into(&list, &mut sorted, &mut keys);
            let mut plain: Vec<f64> = list.iter().filter(|x| !x.is_nan()).map(|x| x + 0.0).collect();
            plain.sort_by(f64::total_cmp);
            let bits = |list: &[f64]| list.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
            assert_eq!(bits(&sorted), bits(&plain));
        }
        let wide = mixed(5000).map(|i| i as u32);
        let outlier = mixed(5000).map(|i| i as u32 % 1000).chain([u32::MAX]);
        for list in [wide.collect::<Vec<_>>(), outlier.collect(), mixed(100).map(|i| i as u32).collect(), vec![7; 2000]]
        {
            counts_into(&list, &mut sorted, &mut keys);
            let mut plain = list.clone();
            plain.sort_unstable();
            assert!(sorted.iter().copied().eq(plain.into_iter().map(f64::from)));
        }
    }
}
