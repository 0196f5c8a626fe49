//! Memory for series that are kept whole: large pieces, of which every series takes a slot when it begins to vary. A large
//! piece goes back to the system at once when it is given up, which thousands of small ones do not, and what nobody has
//! written to takes no memory. Series grow together, a few values at a time; so the slots of a piece are short, and all that
//! is being written to lies close together and stays in the processor's cache.

use std::borrow::Cow;

/// Where the values of a series are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Whole numbers below 2^32, so far: counts of people, which half of all measures are, take half the room.
    Counts(usize),
    /// Any numbers.
    Numbers(usize),
}

/// What was in a slot.
#[derive(Clone, Copy, Debug)]
pub enum Values<'a> {
    /// Of one for counts.
    Counts(&'a [u32]),
    /// Of one for numbers.
    Numbers(&'a [f64]),
}

impl<'a> Values<'a> {
    /// As numbers, whichever they are.
    pub fn numbers(self) -> Cow<'a, [f64]> {
        match self {
            Values::Counts(counts) => counts.iter().map(|count| f64::from(*count)).collect(),
            Values::Numbers(numbers) => numbers.into(),
        }
    }
}

/// Memory to read a slot into, reused between calls.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    counts: Vec<u32>,
    numbers: Vec<f64>,
}

/// Values of a slot in one piece.
const LENGTH: usize = 64;

/// Pieces of memory, each with so many values of every slot.
#[derive(Clone, Debug, Default)]
struct Pieces<T>(Vec<Vec<T>>);

impl<T: Copy + Default> Pieces<T> {
    /// Where the values of a slot go on after `count` of them, as far as the piece goes; it is made if need be, with room
    /// for `slots` of them.
    fn rest(&mut self, slots: usize, place: usize, count: usize) -> &mut [T] {
        while self.0.len() <= count / LENGTH {
            self.0.push(vec![T::default(); slots * LENGTH]);
        }
        &mut self.0[count / LENGTH][place * LENGTH + count % LENGTH..(place + 1) * LENGTH]
    }

    /// The first `count` values of a slot, into `all`.
    fn read(&self, place: usize, count: usize, all: &mut Vec<T>) {
        all.clear();
        for (i, piece) in self.0.iter().enumerate().take(count.div_ceil(LENGTH)) {
            let here = LENGTH.min(count - i * LENGTH);
            all.extend_from_slice(&piece[place * LENGTH..place * LENGTH + here]);
        }
    }
}

/// Slots of the same size.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    /// Series that there may be.
    series: usize,
    counts: Pieces<u32>,
    numbers: Pieces<f64>,
    /// Slots that were taken of each.
    taken: [usize; 2],
    /// Slots for counts that are free again.
    free: Vec<usize>,
}

impl Slots {
    /// Slots for at most so many series.
    pub fn new(series: usize) -> Slots {
        Slots { series, ..Slots::default() }
    }

    /// A slot that nobody has.
    pub fn take(&mut self) -> Slot {
        Slot::Counts(self.free.pop().unwrap_or_else(|| next(&mut self.taken[0])))
    }

    /// Appends values to a slot that holds `count`; gives how many it holds then. It may be exchanged for another.
    pub fn extend(&mut self, slot: &mut Slot, mut count: usize, mut values: impl Iterator<Item = f64>) -> usize {
        let mut next = values.next();
        while let (Slot::Counts(place), Some(_)) = (*slot, next) {
            for to in self.counts.rest(self.series, place, count) {
                let Some(value) = next else { return count };
                // What is no such number comes out as another.
                let whole = value as u32;
                if f64::from(whole).to_bits() != value.to_bits() {
                    self.exchange(slot, place, count);
                    break;
                }
                *to = whole;
                count += 1;
                next = values.next();
            }
        }
        while let (Slot::Numbers(place), Some(_)) = (*slot, next) {
            for to in self.numbers.rest(self.series, place, count) {
                let Some(value) = next else { return count };
                *to = value;
                count += 1;
                next = values.next();
            }
        }
        count
    }

    /// Moves what a slot for counts holds into one for numbers.
    fn exchange(&mut self, slot: &mut Slot, place: usize, count: usize) {
        let new = next(&mut self.taken[1]);
        for from in (0..count).step_by(LENGTH) {
            let counts = &self.counts.0[from / LENGTH][place * LENGTH..][..LENGTH.min(count - from)];
            let numbers = self.numbers.rest(self.series, new, from);
            numbers.iter_mut().zip(counts).for_each(|(number, count)| *number = f64::from(*count));
        }
        self.free.push(place);
        *slot = Slot::Numbers(new);
    }

    /// The first `count` values of a slot.
    pub fn values<'a>(&self, slot: Slot, count: usize, reading: &'a mut Reading) -> Values<'a> {
        match slot {
            Slot::Counts(place) => {
                self.counts.read(place, count, &mut reading.counts);
                Values::Counts(&reading.counts)
            }
            Slot::Numbers(place) => {
                self.numbers.read(place, count, &mut reading.numbers);
                Values::Numbers(&reading.numbers)
            }
        }
    }
}

fn next(taken: &mut usize) -> usize {
    *taken += 1;
    *taken - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_give_back_every_bit() {
        let long: Vec<f64> = (0..200).map(f64::from).collect();
        let late: Vec<f64> = long.iter().map(|x| if *x == 130.0 { -1.5 } else { *x }).collect();
        let lists = [
            vec![0.0, 1.0, 4_294_967_295.0, 7.0],
            vec![3.0, -0.0, f64::NAN, 1.5, 2.0, 4_294_967_296.0],
            vec![0.25, 9.0, 5.0],
            long,
            late,
        ];
        for step in [1, 13, 200] {
            let mut slots = Slots::new(lists.len());
            let mut held = [(); 5].map(|()| (slots.take(), 0));
            for at in (0..200).step_by(step) {
                for (list, (slot, count)) in lists.iter().zip(&mut held) {
                    *count = slots.extend(slot, *count, list.iter().copied().skip(at).take(step));
                }
            }
            for (list, (slot, count)) in lists.iter().zip(held) {
                let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                let reading = &mut Reading::default();
                assert_eq!(bits(&slots.values(slot, count, reading).numbers()), bits(list));
            }
            assert!(matches!(held.map(|(slot, _)| slot)[2..], [Slot::Numbers(_), Slot::Counts(3), Slot::Numbers(2)]));
            assert_eq!(slots.take(), Slot::Counts(4), "a slot that was exchanged is used again");
        }
    }
}
