//! Memory for series that are kept whole: two large pieces, of which every series takes a slot when it begins to vary. A
//! large piece goes back to the system at once when it is given up, which thousands of small ones do not, and what nobody has
//! written to takes no memory. Series grow together, a few values at a time: the next values of all slots lie close together,
//! so that what is being written to stays in the processor's cache.

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

/// Values of a slot that lie side by side.
const LENGTH: usize = 64;

/// Memory with so many values of every slot, then as many more of every slot, and so on.
#[derive(Clone, Debug, Default)]
struct Stretches<T>(Vec<T>);

impl<T: Copy + Default> Stretches<T> {
    /// Where the values of a slot go on after `count` of them, as far as they lie side by side. Memory is taken at once
    /// for `room` values of each of `slots`.
    fn rest(&mut self, (slots, room): (usize, usize), place: usize, count: usize) -> &mut [T] {
        let from = start(slots, place, count / LENGTH) + count % LENGTH;
        if from >= self.0.len() {
            let stretches = room.max(2 * count).max(1).div_ceil(LENGTH);
            let mut larger = vec![T::default(); start(slots, 0, stretches)];
            larger[..self.0.len()].copy_from_slice(&self.0);
            self.0 = larger;
        }
        &mut self.0[from..][..LENGTH - count % LENGTH]
    }

    /// Copies the first `count` values of one slot into another.
    fn copy(&mut self, slots: usize, (from, to): (usize, usize), count: usize) {
        for stretch in 0..count.div_ceil(LENGTH) {
            let from = start(slots, from, stretch);
            self.0.copy_within(from..from + LENGTH, start(slots, to, stretch));
        }
    }

    /// The first `count` values of a slot, as they lie side by side.
    fn parts(&self, slots: usize, place: usize, count: usize) -> impl Iterator<Item = &[T]> {
        let part = move |from: usize| &self.0[start(slots, place, from / LENGTH)..][..LENGTH.min(count - from)];
        (0..count).step_by(LENGTH).map(part)
    }

    /// The first `count` values of a slot, into `all`.
    fn read(&self, slots: usize, place: usize, count: usize, all: &mut Vec<T>) {
        all.clear();
        self.parts(slots, place, count).for_each(|part| all.extend_from_slice(part));
    }
}

/// Where a stretch of a slot begins.
fn start(slots: usize, place: usize, stretch: usize) -> usize {
    (stretch * slots + place) * LENGTH
}

/// Slots of the same size.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    /// Series that there may be, and values of each that are planned.
    size: (usize, usize),
    counts: Stretches<u32>,
    numbers: Stretches<f64>,
    /// Slots that were taken of each.
    taken: [usize; 2],
    /// Slots for counts that are free again.
    free: Vec<usize>,
}

impl Slots {
    /// Slots of so many values, as planned, for at most so many series.
    pub fn new(series: usize, room: usize) -> Slots {
        Slots { size: (series, room), ..Slots::default() }
    }

    /// A slot that nobody has.
    pub fn take(&mut self) -> Slot {
        Slot::Counts(self.place())
    }

    /// A place for counts that nobody has.
    fn place(&mut self) -> usize {
        self.free.pop().unwrap_or_else(|| next(&mut self.taken[0]))
    }

    /// Appends values to a slot that holds `count`; gives how many it holds then. It may be exchanged for another.
    pub fn extend(&mut self, slot: &mut Slot, mut count: usize, mut values: impl Iterator<Item = f64>) -> usize {
        let mut next = values.next();
        while let (Slot::Counts(place), Some(_)) = (*slot, next) {
            for to in self.counts.rest(self.size, place, count) {
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
            for to in self.numbers.rest(self.size, place, count) {
                let Some(value) = next else { return count };
                *to = value;
                count += 1;
                next = values.next();
            }
        }
        count
    }

    /// A slot of its own with the first `count` values of another.
    pub fn copy(&mut self, slot: Slot, count: usize) -> Slot {
        let slots = self.size.0;
        match slot {
            Slot::Counts(from) => {
                let to = self.place();
                self.counts.copy(slots, (from, to), count);
                Slot::Counts(to)
            }
            Slot::Numbers(from) => {
                let to = next(&mut self.taken[1]);
                self.numbers.copy(slots, (from, to), count);
                Slot::Numbers(to)
            }
        }
    }

    /// Moves what a slot for counts holds into one for numbers.
    fn exchange(&mut self, slot: &mut Slot, place: usize, count: usize) {
        let new = next(&mut self.taken[1]);
        for (i, counts) in self.counts.parts(self.size.0, place, count).enumerate() {
            let numbers = self.numbers.rest(self.size, new, i * LENGTH);
            numbers.iter_mut().zip(counts).for_each(|(number, count)| *number = f64::from(*count));
        }
        self.free.push(place);
        *slot = Slot::Numbers(new);
    }

    /// The first `count` values of a slot.
    pub fn values<'a>(&self, slot: Slot, count: usize, reading: &'a mut Reading) -> Values<'a> {
        match slot {
            Slot::Counts(place) => {
                self.counts.read(self.size.0, place, count, &mut reading.counts);
                Values::Counts(&reading.counts)
            }
            Slot::Numbers(place) => {
                self.numbers.read(self.size.0, place, count, &mut reading.numbers);
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
        for (step, room) in [(1, 0), (13, 130), (200, 200)] {
            let mut slots = Slots::new(lists.len(), room);
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
