//! Sorting doubles fast: as whole numbers in the same order.

const SIGN: u64 = 1 << 63;
/// Below this a comparison sort is faster than counting digits.
const FEW: usize = 1500;
const DIGIT_BITS: u32 = 11;
const DIGITS: usize = 2;
const SORTED_BITS: u32 = DIGITS as u32 * DIGIT_BITS;
const BUCKETS: usize = 1 << DIGIT_BITS;

/// Memory for the keys of a sort, reused between calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    keys: Vec<u64>,
    other: Vec<u64>,
    counts: Vec<u32>,
}

/// The numbers among `values`, ascending, into `sorted`; anything that is no number is left out.
pub(super) fn sorted_into(values: &[f64], sorted: &mut Vec<f64>, keys: &mut Keys) {
    keys.keys.clear();
    // Adding zero turns -0 into 0, so that equal values have equal keys.
    keys.keys.extend(values.iter().filter(|x| !x.is_nan()).map(|x| key(x + 0.0)));
    if keys.keys.len() < FEW {
        keys.keys.sort_unstable();
    } else {
        radix_sort(keys);
    }
    sorted.clear();
    sorted.extend(keys.keys.iter().map(|k| value(*k)));
}

/// A whole number that rises with the value.
fn key(x: f64) -> u64 {
    let bits = x.to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

fn value(key: u64) -> f64 {
    f64::from_bits(if key & SIGN == 0 { !key } else { key & !SIGN })
}

/// By the top 22 bits of what keys exceed the least of them by, least significant digit first, with both digits counted
/// in one pass and digits that never differ skipped; then each run of keys that agree in those bits, most of them single,
/// by comparison.
fn radix_sort(keys: &mut Keys) {
    let Keys { keys, other, counts } = keys;
    let least = keys.iter().copied().fold(u64::MAX, u64::min);
    let range = keys.iter().copied().fold(0, u64::max) - least;
    let unsorted = (u64::BITS - range.leading_zeros()).saturating_sub(SORTED_BITS);
    let top = |key: u64| (key - least) >> unsorted;
    let digit_of = |key: u64, digit: usize| (top(key) >> (digit as u32 * DIGIT_BITS)) as usize & (BUCKETS - 1);
    counts.clear();
    counts.resize(DIGITS * BUCKETS, 0);
    for k in keys.iter() {
        for digit in 0..DIGITS {
            counts[digit * BUCKETS + digit_of(*k, digit)] += 1;
        }
    }
    other.resize(keys.len(), 0);
    for digit in 0..DIGITS {
        let counts = &mut counts[digit * BUCKETS..(digit + 1) * BUCKETS];
        if counts[digit_of(keys[0], digit)] as usize == keys.len() {
            continue;
        }
        let mut start = 0;
        for count in counts.iter_mut() {
            start += std::mem::replace(count, start);
        }
        for k in keys.iter() {
            let place = &mut counts[digit_of(*k, digit)];
            other[*place as usize] = *k;
            *place += 1;
        }
        std::mem::swap(keys, other);
    }
    keys.chunk_by_mut(|a, b| top(*a) == top(*b)).filter(|run| run.len() > 1).for_each(<[u64]>::sort_unstable);
}
