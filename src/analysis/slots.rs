//! Memory for series that are kept whole: two large pieces, of which every series takes a slot when it begins to vary. A
//! large piece goes back to the system at once when it is given up, which thousands of small ones do not, and what nobody has
//! written to takes no memory.

use std::borrow::Cow;

/// Where the values of a series are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Whole numbers below 2^32, so far: counts of people, which half of all measures are, take half the room.
    Counts(usize),
    /// Any numbers.
    Numbers(usize),
}

/// What is in a slot.
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

/// Slots of the same size.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    /// Values that a slot holds.
    room: usize,
    /// Series that there may be.
    series: usize,
    counts: Vec<u32>,
    numbers: Vec<f64>,
    /// Slots that were taken of each.
    taken: [usize; 2],
    /// Slots for counts that are free again.
    free: Vec<usize>,
}

impl Slots {
    /// Slots of so many values for at most so many series.
    pub fn new(series: usize, room: usize) -> Slots {
        Slots { room, series, ..Slots::default() }
    }

    /// Sees that slots hold so many values.
    pub fn make_room(&mut self, values: usize) {
        if values <= self.room {
            return;
        }
        let room = values.max(2 * self.room);
        self.counts = moved(&self.counts, self.room, room, self.series);
        self.numbers = moved(&self.numbers, self.room, room, self.series);
        self.room = room;
    }

    /// A slot that nobody has.
    pub fn take(&mut self) -> Slot {
        if self.counts.is_empty() {
            self.counts = vec![0; self.series * self.room];
        }
        Slot::Counts(self.free.pop().unwrap_or_else(|| next(&mut self.taken[0])))
    }

    /// Appends values to a slot that holds `count`; gives how many it holds then. It may be exchanged for another.
    pub fn extend(&mut self, slot: &mut Slot, mut count: usize, mut values: impl Iterator<Item = f64>) -> usize {
        if let Slot::Counts(place) = *slot {
            let from = place * self.room;
            let other = loop {
                let Some(value) = values.next() else { return count };
                // What is no such number comes out as another.
                let whole = value as u32;
                if f64::from(whole).to_bits() != value.to_bits() {
                    break value;
                }
                self.counts[from + count] = whole;
                count += 1;
            };
            let to = self.exchange(slot, place, count);
            self.numbers[to + count] = other;
            count += 1;
        }
        if let Slot::Numbers(place) = *slot {
            let held = &mut self.numbers[place * self.room..(place + 1) * self.room];
            for value in values {
                held[count] = value;
                count += 1;
            }
        }
        count
    }

    /// Moves what a slot for counts holds into one for numbers, and gives its beginning.
    fn exchange(&mut self, slot: &mut Slot, place: usize, count: usize) -> usize {
        if self.numbers.is_empty() {
            self.numbers = vec![0.0; self.series * self.room];
        }
        let new = next(&mut self.taken[1]);
        let (from, to) = (place * self.room, new * self.room);
        let counts = &self.counts[from..from + count];
        self.numbers[to..].iter_mut().zip(counts).for_each(|(number, count)| *number = f64::from(*count));
        self.free.push(place);
        *slot = Slot::Numbers(new);
        to
    }

    /// The first `count` values of a slot.
    pub fn values(&self, slot: Slot, count: usize) -> Values<'_> {
        let of = |place: usize| place * self.room..place * self.room + count;
        match slot {
            Slot::Counts(place) => Values::Counts(&self.counts[of(place)]),
            Slot::Numbers(place) => Values::Numbers(&self.numbers[of(place)]),
        }
    }
}

fn next(taken: &mut usize) -> usize {
    *taken += 1;
    *taken - 1
}

/// The same slots with room for more values.
fn moved<T: Copy + Default>(memory: &[T], before: usize, room: usize, series: usize) -> Vec<T> {
    if memory.is_empty() {
        return Vec::new();
    }
    let mut larger = vec![T::default(); series * room];
    for (new, old) in larger.chunks_exact_mut(room).zip(memory.chunks_exact(before)) {
        new[..before].copy_from_slice(old);
    }
    larger
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_give_back_every_bit() {
        let mut slots = Slots::new(3, 2);
        let lists = [
            vec![0.0, 1.0, 4_294_967_295.0, 7.0],
            vec![3.0, -0.0, f64::NAN, 1.5, 2.0, 4_294_967_296.0],
            vec![0.25, 9.0, 5.0],
        ];
        let mut held = [(); 3].map(|()| (slots.take(), 0));
        for at in 0..6 {
            for (list, (slot, count)) in lists.iter().zip(&mut held) {
                slots.make_room(*count + 1);
                *count = slots.extend(slot, *count, list.iter().copied().skip(at).take(1));
            }
        }
        for (list, (slot, count)) in lists.iter().zip(held) {
            let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&slots.values(slot, count).numbers()), bits(list));
        }
        assert_eq!(held.map(|(slot, _)| slot), [Slot::Counts(0), Slot::Numbers(1), Slot::Numbers(0)]);
        assert_eq!(slots.take(), Slot::Counts(1), "a slot that was exchanged is used again");
    }
}
