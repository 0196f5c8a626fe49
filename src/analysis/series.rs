//! One measure of one group over all worlds: kept whole while memory allows, sketched beyond.

use super::slots::{Reading, Slot, Slots, Values};
use crate::stats::{Description, Scratch, Sketch, describe, describe_counts, describe_repeated};

/// Values of one measure in the order of the replicates.
#[derive(Clone, Debug)]
pub enum Series {
    /// The same value so many times: nothing is stored until another comes.
    Constant(f64, usize),
    /// Every value, so many, in a slot.
    Kept(Slot, usize),
    /// A sketch of the values, and the latest of them that are not yet in it: a batch at a time is twice as fast, since
    /// the sketch is fetched from memory once.
    Sketched(Box<Sketch>, Vec<f64>),
}

/// Values put into a sketch at a time.
const BATCH: usize = 256;

/// How a series is to be kept once it is not constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Every value.
    Whole,
    /// A sketch.
    Sketch,
}

impl Series {
    /// No value yet.
    pub fn new() -> Series {
        Series::Constant(0.0, 0)
    }

    /// Appends values.
    pub fn extend(&mut self, mut values: impl Iterator<Item = f64> + Clone, keep: Keep, slots: &mut Slots) {
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
            *self = started(f64::from_bits(same), *count, keep, slots);
        }
        match self {
            Series::Constant(..) => {}
            Series::Kept(slot, count) => *count = slots.extend(slot, *count, values),
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

    /// Another series with the same values.
    pub fn copy(&self, slots: &mut Slots) -> Series {
        match self {
            Series::Kept(slot, count) => Series::Kept(slots.copy(*slot, *count), *count),
            other => other.clone(),
        }
    }

    /// Puts what is pending into the sketch.
    pub fn settle(&mut self) {
        if let Series::Sketched(sketch, pending) = self {
            put(sketch, pending);
        }
    }

    /// Its statistics, once it is settled; of a sample of independent repetitions of so many values with the errors of these.
    pub fn describe(
        &self,
        slots: &Slots,
        repetition: Option<usize>,
        reading: &mut Reading,
        scratch: &mut Scratch,
    ) -> Description {
        match self {
            Series::Constant(value, count) => Description::constant(*value, *count, scratch),
            Series::Kept(slot, count) => match (repetition, slots.values(*slot, *count, reading)) {
                (Some(size), values) => describe_repeated(&values.numbers(), size, scratch),
                (None, Values::Counts(counts)) => describe_counts(counts, scratch),
                (None, Values::Numbers(numbers)) => describe(numbers, None, scratch),
            },
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
fn started(value: f64, count: usize, keep: Keep, slots: &mut Slots) -> Series {
    match keep {
        Keep::Whole => {
            let mut slot = slots.take();
            let count = slots.extend(&mut slot, 0, std::iter::repeat_n(value, count));
            Series::Kept(slot, count)
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
