//! One measure of one group over all worlds: kept whole while memory allows, sketched beyond.

use std::borrow::Cow;

use crate::stats::{Description, Scratch, Sketch, describe, describe_repeated};

/// Values of one measure in the order of the replicates.
#[derive(Clone, Debug)]
pub enum Series {
    /// The same value so many times: nothing is stored until another comes.
    Constant(f64, usize),
    /// Every value.
    Kept(Kept),
    /// A sketch of the values, and the latest of them that are not yet in it: a batch at a time is twice as fast, since
    /// the sketch is fetched from memory once.
    Sketched(Box<Sketch>, Vec<f64>),
}

/// Every value of a series. Counts of people, which half of all measures are, take half the room of other numbers.
#[derive(Clone, Debug)]
pub enum Kept {
    /// Whole numbers below 2^32, so far.
    Counts(Vec<u32>),
    /// Any numbers.
    Numbers(Vec<f64>),
}

impl Kept {
    /// Appends values; `room` is how many there will be.
    fn extend(&mut self, mut values: impl Iterator<Item = f64>, room: usize) {
        if let Kept::Counts(counts) = self {
            let other = loop {
                let Some(value) = values.next() else { return };
                // What is no such number comes out as another.
                let count = value as u32;
                if f64::from(count).to_bits() != value.to_bits() {
                    break value;
                }
                counts.push(count);
            };
            let mut numbers = Vec::with_capacity(room.max(counts.len() + 1));
            numbers.extend(counts.iter().map(|count| f64::from(*count)));
            numbers.push(other);
            *self = Kept::Numbers(numbers);
        }
        if let Kept::Numbers(numbers) = self {
            numbers.extend(values);
        }
    }

    /// All values, in order.
    fn values(&self) -> Cow<'_, [f64]> {
        match self {
            Kept::Counts(counts) => counts.iter().map(|count| f64::from(*count)).collect(),
            Kept::Numbers(numbers) => numbers.into(),
        }
    }
}

/// Values put into a sketch at a time.
const BATCH: usize = 256;

/// How a series is to be kept once it is not constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Every value; room for so many.
    Whole(usize),
    /// A sketch.
    Sketch,
}

impl Series {
    /// No value yet.
    pub fn new() -> Series {
        Series::Constant(0.0, 0)
    }

    /// Appends values.
    pub fn extend(&mut self, mut values: impl Iterator<Item = f64> + Clone, keep: Keep) {
        if let Series::Constant(value, count) = self {
            if *count == 0 {
                *value = values.clone().next().unwrap_or_default();
            }
            let same = value.to_bits();
            loop {
                let mut rest = values.clone();
                match rest.next() {
                    Some(next) if next.to_bits() == same => *count += 1,
                    Some(_) => break,
                    None => return,
                }
                values = rest;
            }
            *self = started(f64::from_bits(same), *count, keep);
        }
        match self {
            Series::Constant(..) => {}
            Series::Kept(kept) => {
                let room = if let Keep::Whole(room) = keep { room } else { 0 };
                kept.extend(values, room);
            }
            Series::Sketched(sketch, pending) => {
                // Batches are full, so that moments do not depend on the sizes of blocks.
                for value in values {
                    pending.push(value);
                    if pending.len() == BATCH {
                        put(sketch, pending);
                    }
                }
            }
        }
    }

    /// Puts what is pending into the sketch.
    pub fn settle(&mut self) {
        if let Series::Sketched(sketch, pending) = self {
            put(sketch, pending);
        }
    }

    /// Its statistics, once it is settled; of a sample of independent repetitions of so many values with the errors of these.
    pub fn describe(&self, repetition: Option<usize>, scratch: &mut Scratch) -> Description {
        match self {
            Series::Constant(value, count) => Description::constant(*value, *count),
            Series::Kept(kept) => {
                let values = kept.values();
                match repetition {
                    Some(size) => describe_repeated(&values, size, scratch),
                    None => describe(&values, None, scratch),
                }
            }
            Series::Sketched(sketch, _) => sketch.describe(),
        }
    }
}

fn put(sketch: &mut Sketch, pending: &mut Vec<f64>) {
    sketch.extend(pending);
    pending.clear();
}

impl Default for Series {
    fn default() -> Series {
        Series::new()
    }
}

/// A series that held `count` equal values and is no longer constant.
fn started(value: f64, count: usize, keep: Keep) -> Series {
    match keep {
        Keep::Whole(room) => {
            let mut kept = Kept::Counts(Vec::with_capacity(room.max(count)));
            kept.extend(std::iter::repeat_n(value, count), room);
            Series::Kept(kept)
        }
        Keep::Sketch => {
            let mut sketch = Sketch::new();
            if count > 0 {
                sketch.add(value, count as f64);
            }
            Series::Sketched(Box::new(sketch), Vec::with_capacity(BATCH))
        }
    }
}
