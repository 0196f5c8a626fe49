//! The burden of a claim: the award at which half of those who know of it file, as a sum of money or by its parts, and the
//! wait.

use super::{Q, Text};

/// Hours of a year.
const YEAR_HOURS: f64 = 365.0 * 24.0;

/// What a claim may ask for, by the key of how many: taps, forms, receipts, calls, visits, documents.
pub const TASKS: [&str; 6] = ["taps", "forms", "receipts", "calls", "visits", "documents"];

/// Each of [`TASKS`], one of it and several.
pub fn task_words(task: usize) -> (Text, Text) {
    let (one, many, ko) = [
        ("tap", "taps", "번 누름"),
        ("form", "forms", "장의 신청서"),
        ("receipt", "receipts", "장의 영수증"),
        ("call", "calls", "통의 전화"),
        ("visit", "visits", "번의 방문"),
        ("document", "documents", "가지 서류"),
    ][task.min(TASKS.len() - 1)];
    (Text::both(one, ko), Text::both(many, ko))
}

/// The award at which half of the aware file.
#[derive(Clone, Debug, PartialEq)]
pub struct Burden {
    /// What a claim that is paid at once asks for.
    pub claim: Asks,
    /// The wait that people expect.
    pub wait: Option<Wait>,
}

/// What a claim asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asks {
    /// A sum of money.
    Money(Q),
    /// By what has to be done.
    Parts(Box<Parts>),
}

/// The wait for the money that people expect when they decide whether to file: an award that is w years off is worth
/// (1 + impatience)^−w of it, so that the burden stands against so much less.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    /// How long, hours.
    pub hours: Q,
    /// Discount rate a year of who decides.
    pub impatience_year: Q,
}

/// A burden by its parts: the hours that they take × hassle × what an hour is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// What has to be done; never empty.
    pub list: Vec<Part>,
    /// Burden per hour of the task's time: more than one, since people count more than the time. The same for all ways to claim
    /// of a scenario.
    pub hassle: Q,
    /// What an hour of work is worth, money.
    pub hour: Q,
}

/// So many of one task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Index into [`TASKS`].
    pub task: usize,
    /// How many.
    pub count: Q,
    /// Hours that one takes.
    pub hours: Q,
}

impl Parts {
    /// Hours that the whole takes.
    pub fn hours(&self, world: &[f64]) -> f64 {
        self.list.iter().map(|p| p.count.of(world) * p.hours.of(world)).sum()
    }

    /// Every quantity that it depends on.
    pub fn quantities(&self) -> impl Iterator<Item = Q> {
        self.list.iter().flat_map(|p| [p.count, p.hours]).chain([self.hassle, self.hour])
    }
}

impl Burden {
    /// Money in a world.
    pub fn of(&self, world: &[f64]) -> f64 {
        let at_once = match &self.claim {
            Asks::Money(q) => q.of(world),
            Asks::Parts(p) => p.hours(world) * p.hassle.of(world) * p.hour.of(world),
        };
        let later = |w: &Wait| (1.0 + w.impatience_year.of(world)).powf(w.hours.of(world) / YEAR_HOURS);
        at_once * self.wait.as_ref().map_or(1.0, later)
    }

    /// Its parts, where it is given by them.
    pub fn parts(&self) -> Option<&Parts> {
        match &self.claim {
            Asks::Money(_) => None,
            Asks::Parts(p) => Some(p),
        }
    }

    /// Every quantity that it depends on.
    pub fn quantities(&self) -> Vec<Q> {
        let mut all = match &self.claim {
            Asks::Money(q) => vec![*q],
            Asks::Parts(p) => p.quantities().collect(),
        };
        all.extend(self.wait.iter().flat_map(|w| [w.hours, w.impatience_year]));
        all
    }
}

impl From<Q> for Burden {
    fn from(q: Q) -> Burden {
        Burden { claim: Asks::Money(q), wait: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_document_fewer_is_its_own_hours_less() {
        // A form of 0.25 h and four documents of 0.75 h: 3.25 h; hassle 2, 20,000 an hour.
        let world = [1.0, 0.25, 4.0, 0.75, 2.0, 20_000.0, 3.0];
        let parts = |documents: u32| {
            let list =
                vec![Part { task: 1, count: Q(0), hours: Q(1) }, Part { task: 5, count: Q(documents), hours: Q(3) }];
            Burden { claim: Asks::Parts(Box::new(Parts { list, hassle: Q(4), hour: Q(5) })), wait: None }
        };
        assert!((parts(2).of(&world) - 130_000.0).abs() < 1e-9);
        assert!((parts(2).of(&world) - parts(6).of(&world) - 0.75 * 2.0 * 20_000.0).abs() < 1e-9);
        assert_eq!(parts(2).quantities().len(), 6);
    }
    #[test]
    fn a_year_of_waiting_takes_the_discount_off_the_award() {
        let world = [6000.0, 8760.0, 0.25];
        let burden = Burden { claim: Asks::Money(Q(0)), wait: Some(Wait { hours: Q(1), impatience_year: Q(2) }) };
        assert!((burden.of(&world) - 7500.0).abs() < 1e-9);
        assert!((burden.of(&[6000.0, 4380.0, 0.21]) - 6600.0).abs() < 1e-9);
        assert_eq!(burden.quantities().len(), 3);
    }
}
