//! Customers of a group by the outages that they had: classes of people with the same history.

use crate::chance::counts::binomial;
use crate::chance::stream::Stream;

/// Classes from which on small ones are no longer split.
const MANY: usize = 64;
/// A class below this part of the group is small.
const SMALL: f64 = 0.01;

/// People with the same history.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// How many.
    pub count: u64,
    /// Events that hit them: places in the list that was split by.
    pub events: Vec<usize>,
}

/// Splits people by events that each hit everybody with a chance of its own, independently of who was hit before.
///
/// Each class is split by a binomial count. Where there are many classes already, a small one is hit as a whole or not at
/// all, with the same chance: each person's history keeps its law, so that means stay exact, and the few people of small
/// classes share their luck.
pub fn split(people: u64, shares: &[f64], stream: &mut Stream) -> Vec<Class> {
    let mut classes = vec![Class { count: people, events: Vec::new() }];
    if shares.iter().all(|q| *q >= 1.0) {
        classes[0].events.extend(0..shares.len());
        return classes;
    }
    for (e, q) in shares.iter().enumerate() {
        for c in 0..classes.len() {
            let n = classes[c].count;
            let whole = classes.len() >= MANY && (n as f64) < SMALL * people as f64;
            let hit = match whole {
                true => n * u64::from(stream.uniform() < *q),
                false => binomial(stream, n, *q),
            };
            if hit == n {
                classes[c].events.push(e);
            } else if hit > 0 {
                classes[c].count -= hit;
                let events = classes[c].events.iter().copied().chain([e]).collect();
                classes.push(Class { count: hit, events });
            }
        }
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_add_up_and_each_event_hits_its_share() {
        let mut stream = Stream::named(1, 0, "test", "classes");
        let (people, shares) = (100_000, [0.3; 12]);
        let years = 200;
        let mut hits = [0.0; 12];
        for y in 0..years {
            let classes = split(people, &shares, stream.at(y));
            assert_eq!(classes.iter().map(|c| c.count).sum::<u64>(), people);
            assert!(classes.len() < 400, "{} classes", classes.len());
            for c in &classes {
                c.events.iter().for_each(|e| hits[*e] += c.count as f64);
            }
        }
        for h in hits {
            // Classes hit as a whole make the share of a year vary by at most some per cent.
            assert!((h / (years * people) as f64 - 0.3).abs() < 0.01, "{h}");
        }
    }
}
