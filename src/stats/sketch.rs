//! A sketch of a stream too long to hold: logarithmic buckets with exact counts and sums, and exact moments beside.
//!
//! A bucket is the doubles that share sign, exponent and the top nine bits of the mantissa, so a value taken for
//! another in its bucket is off by at most 1/1024 of itself (the bucket's middle is given). Inside a bucket the next
//! twelve bits of the mantissa are summed as whole numbers: counts and sums do not depend on the order of merging, and a
//! sum misses 2^-21 of itself at most.

use std::collections::BTreeMap;

use super::Estimate;
use super::moments::Moments;
use super::ranks::{rank_of, ranks};
use super::summary::{Description, QUANTILES, TAILS, skipped, tail, tail_error};

/// Largest relative error of a quantile from a sketch.
pub const RELATIVE_ERROR: f64 = 1.0 / 1024.0;

const TOP_BITS: u32 = 9;
const LOW_BITS: u32 = 52 - TOP_BITS;
/// Buckets that lie side by side in memory: an eighth of an octave, since a sample fills its outer octaves in part only.
const ROW_BITS: u32 = 6;
const ROW: usize = 1 << ROW_BITS;
const ROWS_PER_OCTAVE: u32 = 1 << (TOP_BITS - ROW_BITS);

/// Observations of a bucket in one number, to keep it small: a run has thousands of sketches, and most of their buckets
/// hold little. Their count in its upper ten bits, below that the sum of their twelve bits each. One that is full is
/// emptied into [`Large`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bucket(u32);

/// Bits of the mantissa below the bucket's own that are summed.
const SUMMED_BITS: u32 = 12;
/// Where the count begins in a [`Bucket`].
const COUNT_FROM: u32 = 22;
/// Most observations that a [`Bucket`] holds.
const MOST: u64 = (1 << (u32::BITS - COUNT_FROM)) - 1;

/// Observations of a bucket, up to 2^52 of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Large {
    count: u64,
    low: u64,
}

impl Bucket {
    fn content(self) -> Large {
        Large { count: (self.0 >> COUNT_FROM).into(), low: (self.0 & ((1 << COUNT_FROM) - 1)).into() }
    }
}

/// Bounded memory: 2 kB for each power of two that occurs, less where it occurs in part only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    /// By sign, exponent and the first bits of the mantissa, ascending by value: negative numbers have negative keys.
    rows: Vec<(i32, Box<[Bucket; ROW]>)>,
    /// What came from full buckets, by row and place in it.
    large: BTreeMap<(i32, u8), Large>,
    moments: Moments,
    missing: u64,
    min: f64,
    max: f64,
}

impl Sketch {
    /// Nothing seen yet.
    pub fn new() -> Sketch {
        Sketch { min: f64::INFINITY, max: f64::NEG_INFINITY, ..Sketch::default() }
    }

    /// Adds `times` (a whole number) observations of `value`; what is no number or not finite counts as missing.
    pub fn add(&mut self, value: f64, times: f64) {
        let count = if times > 0.0 { times as u64 } else { 0 };
        if !value.is_finite() {
            self.missing += count;
            return;
        }
        if count == 0 {
            return;
        }
        self.put(value, count);
        self.moments.merge(&Moments::repeated(value, count as f64));
        self.min = self.min.min(value);
        self.max = self.max.max(value);
    }

    /// Adds observations one by one: the same buckets, and moments up to rounding, in less time.
    pub fn extend(&mut self, values: &[f64]) {
        if !values.iter().all(|v| v.is_finite()) {
            return values.iter().for_each(|v| self.add(*v, 1.0));
        }
        let mut at = 0;
        for value in values {
            let (row, bucket, low) = place(value + 0.0);
            at = self.find(row, at);
            self.put_all(at, bucket, Large { count: 1, low });
            self.min = self.min.min(*value);
            self.max = self.max.max(*value);
        }
        if !values.is_empty() {
            self.moments.merge(&Moments::of(values));
        }
    }

    /// Puts so many observations of a finite value into its bucket.
    fn put(&mut self, value: f64, count: u64) {
        let (row, bucket, low) = place(value + 0.0);
        let at = self.find(row, 0);
        self.put_all(at, bucket, Large { count, low: low * count });
    }

    /// Where a row is in the list, that of an earlier value being known: those of a sample mostly stand side by side. It is
    /// put there if it is new.
    #[inline]
    fn find(&mut self, row: i32, known: usize) -> usize {
        if let Some((of, _)) = self.rows.get(known) {
            let at = known as i64 + i64::from(row) - i64::from(*of);
            if self.rows.get(at as usize).is_some_and(|(of, _)| *of == row) {
                return at as usize;
            }
        }
        self.rows.binary_search_by_key(&row, |(of, _)| *of).unwrap_or_else(|at| {
            self.rows.insert(at, (row, Box::new([Bucket::default(); ROW])));
            at
        })
    }

    /// Puts observations into a bucket of the row at a place of the list.
    fn put_all(&mut self, at: usize, bucket: usize, more: Large) {
        let (row, buckets) = &mut self.rows[at];
        let (row, place) = (*row, &mut buckets[bucket]);
        let so_far = place.content();
        let (count, low) = (so_far.count + more.count, so_far.low + more.low);
        if count <= MOST {
            // As many numbers of twelve bits stay below the count.
            *place = Bucket((count as u32) << COUNT_FROM | low as u32);
        } else {
            *place = Bucket::default();
            let large = self.large.entry((row, bucket as u8)).or_default();
            (large.count, large.low) = (large.count + count, large.low + low);
        }
    }

    /// What is in a bucket of a row.
    fn content(&self, row: i32, bucket: usize, place: Bucket) -> Large {
        let here = place.content();
        let large = if self.large.is_empty() { None } else { self.large.get(&(row, bucket as u8)) };
        large.map_or(here, |l| Large { count: here.count + l.count, low: here.low + l.low })
    }

    /// Adds all that `other` has seen. Buckets come out the same in any order of merging, moments up to rounding.
    pub fn merge(&mut self, other: &Sketch) {
        for (row, theirs) in &other.rows {
            let at = self.find(*row, 0);
            for (bucket, place) in theirs.iter().enumerate() {
                self.put_all(at, bucket, other.content(*row, bucket, *place));
            }
        }
        self.moments.merge(&other.moments);
        self.missing += other.missing;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }

    /// Number of observations.
    pub fn count(&self) -> u64 {
        let large: u64 = self.large.values().map(|l| l.count).sum();
        large + self.rows.iter().flat_map(|(_, row)| row.iter()).map(|b| b.content().count).sum::<u64>()
    }

    /// Exact moments of the stream.
    pub fn moments(&self) -> &Moments {
        &self.moments
    }

    /// The quantile `q` with its error, in which that of the buckets is: NaN if nothing was seen.
    pub fn estimate(&self, q: f64) -> Estimate {
        let runs = Runs::new(self);
        runs.quantile(runs.count(), q)
    }

    /// The order statistic number ceil(q n), to [`RELATIVE_ERROR`]; NaN if nothing was seen.
    pub fn quantile(&self, q: f64) -> f64 {
        Runs::new(self).at(rank_of(self.count() as usize, q))
    }

    /// The same statistics as of a sample that was kept; mean and sd exact, the rest to [`RELATIVE_ERROR`], which is in the
    /// errors of quantiles and reaches their intervals.
    pub fn describe(&self) -> Description {
        let runs = Runs::new(self);
        let n = runs.count();
        if n == 0 {
            return Description::empty(self.missing as usize);
        }
        let quantiles = QUANTILES.map(|q| runs.quantile(n, q));
        let tails = TAILS.map(|q| runs.tail_mean(n, q));
        let sizes = (n, n as f64, self.missing as usize);
        let moments = (self.moments.mean(), self.moments.sd());
        Description::new(sizes, (self.min, self.max), moments, quantiles, tails)
    }
}

/// Filled buckets ascending by value, with running counts.
struct Runs {
    /// Middle of the bucket, its count, its exact sum.
    buckets: Vec<(f64, u64, f64)>,
    running: Vec<u64>,
    min: f64,
    max: f64,
}

impl Runs {
    fn new(sketch: &Sketch) -> Runs {
        let mut buckets = Vec::new();
        for (row, content) in &sketch.rows {
            let from = buckets.len();
            let all = content.iter().enumerate().map(|(i, place)| (i, sketch.content(*row, i, *place)));
            buckets.extend(all.filter(|(_, b)| b.count > 0).map(|(i, b)| whole(*row, i, b)));
            if *row < 0 {
                buckets[from..].reverse();
            }
        }
        let running = buckets
            .iter()
            .scan(0, |sum, b| {
                *sum += b.1;
                Some(*sum)
            })
            .collect();
        Runs { buckets, running, min: sketch.min, max: sketch.max }
    }

    fn count(&self) -> usize {
        self.running.last().copied().unwrap_or(0) as usize
    }

    /// The observation of this rank, counted from one; the first and last are exact.
    fn at(&self, rank: usize) -> f64 {
        let i = self.running.partition_point(|r| (*r as usize) < rank);
        self.buckets.get(i).map_or(f64::NAN, |b| b.0.clamp(self.min, self.max))
    }

    fn quantile(&self, n: usize, q: f64) -> Estimate {
        let known = ranks(n, q).estimate(n, |rank| self.at(rank));
        // What lies anywhere in a bucket, with equal probability, is a third of that from its middle by the mean square.
        let se = libm::hypot(known.se, RELATIVE_ERROR * known.value.abs() / 3f64.sqrt());
        let reach = |end: f64, sign: f64| {
            if end.is_finite() { (end + sign * RELATIVE_ERROR * end.abs()).clamp(self.min, self.max) } else { end }
        };
        Estimate { se, lo: reach(known.lo, -1.0), hi: reach(known.hi, 1.0), ..known }
    }

    fn tail_mean(&self, n: usize, q: f64) -> Estimate {
        let skipped = skipped(n, q) as u64;
        let k = (n as u64 - skipped) as f64;
        let first = self.running.partition_point(|r| *r <= skipped);
        let beyond = || {
            self.buckets[first..].iter().enumerate().map(|(i, (_, count, sum))| {
                let kept = if i == 0 { self.running[first] - skipped } else { *count };
                (kept as f64, sum / *count as f64)
            })
        };
        let mean = beyond().map(|(count, x)| count * x).sum::<f64>() / k;
        let squares: f64 = beyond().map(|(count, x)| count * (x - mean) * (x - mean)).sum();
        let se = if k > 1.0 { tail_error(mean, squares / (k - 1.0), self.at(rank_of(n, q)), q, k) } else { f64::NAN };
        tail(mean, se, k)
    }
}

/// Row (sign, exponent and first bits of the mantissa), bucket in it and the bits that are summed of a finite value.
fn place(value: f64) -> (i32, usize, u64) {
    let bits = value.to_bits();
    let row = ((bits & !(1 << 63)) >> (LOW_BITS + ROW_BITS)) as i32;
    let row = if value.is_sign_negative() { -1 - row } else { row };
    (row, (bits >> LOW_BITS) as usize & (ROW - 1), (bits >> (LOW_BITS - SUMMED_BITS)) & ((1 << SUMMED_BITS) - 1))
}

/// Middle, count and sum of a bucket. Zero is its own middle.
fn whole(row: i32, bucket: usize, content: Large) -> (f64, u64, f64) {
    let (sign, row) = if row < 0 { (-1.0, -1 - row) } else { (1.0, row) };
    let exponent = row / ROWS_PER_OCTAVE as i32;
    let start_bits = (((row as u64) << ROW_BITS) | bucket as u64) << LOW_BITS;
    let start = f64::from_bits(start_bits);
    // The spacing of doubles in this octave; subnormals have that of the lowest.
    let unit = libm::ldexp(1.0, exponent.max(1) - 1075);
    let middle = if start_bits == 0 { 0.0 } else { start + unit * (1u64 << (LOW_BITS - 1)) as f64 };
    let part = unit * (1u64 << (LOW_BITS - SUMMED_BITS)) as f64;
    let sum = content.count as f64 * start + part * content.low as f64;
    (sign * middle, content.count, sign * sum)
}
