//! Procedures: how a guideline takes claims, in which order it reviews and pays them, and what happens when it is late.
//! All times are hours, as everywhere in a scenario; the process rounds them to whole days.

use super::{Q, Text};

/// Days from the outage on that are followed: three years. What is not done by then counts as done on the last of them.
pub const FOLLOWED_DAYS: usize = 1096;
/// Last day of which it is known what is done on it: on the next, the last that is followed, stands what comes later, too.
pub const LAST_KNOWN_DAY: usize = FOLLOWED_DAYS - 2;

/// True of a number of days that may be larger than that: it is, or as a mean rests on, the last day that is followed.
pub fn is_beyond(days: f64) -> bool {
    days > LAST_KNOWN_DAY as f64
}

/// How claims are taken, reviewed and paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Procedure {
    /// Key in the file.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// False where nothing is to be claimed: all that counts is when what needs no claim is paid.
    pub takes_claims: bool,
    /// What comes first, review or money.
    pub order: Order,
    /// From the outage to the opening of the filing window.
    pub opens_after_hours: Q,
    /// Length of the filing window.
    pub window_hours: Q,
    /// When inside the window people file.
    pub arrival: Arrival,
    /// Reviewers: (time after the opening, people), times rising; never empty. Before the first nobody works.
    pub staff: Vec<(Q, Q)>,
    /// Hours that a reviewer works a day.
    pub work_day_hours: Q,
    /// Working days a week, from Monday on: 5, 6 or 7.
    pub days_week: u8,
    /// Cost of an hour of review.
    pub wage_hour: Q,
    /// Between payment runs; the first is when the window opens.
    pub pay_every_hours: Q,
    /// From a payment run until the money is there.
    pub transfer_hours: Q,
    /// From the outage until what needs no claim is paid.
    pub automatic_after_hours: Q,
    /// When payment is late, and what that costs.
    pub late: Option<Late>,
    /// What the refused can do.
    pub appeal: Appeal,
    /// Of those who wait for their money, the share who give up in a month (30 days); `None`: nobody does.
    pub gives_up: Option<Q>,
    /// Claims that are sent in twice; `None`: none are.
    pub duplicates: Option<Duplicates>,
}

/// Claims that are sent in twice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Duplicates {
    /// Share of claims that come a second time.
    pub share: Q,
    /// Of these, the share that is found out; the others are paid again.
    pub detected: Q,
    /// Hours of work on one, found out or not.
    pub work_hours: Q,
}

/// Order of review and payment.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Review, then pay.
    VerifyFirst,
    /// Pay a share of what is asked at once, then review, pay the rest and ask back what was paid without right.
    FirstCompensate {
        /// Share of the award paid in advance.
        advance: Q,
        /// Share that comes back of what was paid without right.
        recovered: Q,
    },
}

/// A deadline for payment.
#[derive(Clone, Debug, PartialEq)]
pub struct Late {
    /// From filing (or from the outage, without filing) until payment is due.
    pub deadline_hours: Q,
    /// Interest a year on what is paid later.
    pub interest_year: Q,
    /// Factor of an award that is paid late (2: it doubles).
    pub factor: Q,
}

/// Appeals of the refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appeal {
    /// Share of the refused who appeal.
    pub share: Q,
    /// Share of appeals that are upheld.
    pub upheld: Q,
    /// Hours from the refusal to the second decision.
    pub after_hours: Q,
    /// Hours of work on an appeal.
    pub work_hours: Q,
}

/// When inside a window people file: a Weibull delay, a rush before the deadline, days of publicity.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// Until half have filed of those whom no deadline drives.
    pub half_hours: Q,
    /// Shape of their delay: below 1 most come at once, above 1 they come later.
    pub shape: Q,
    /// Share who file because the deadline comes near.
    pub deadline_share: Q,
    /// Coefficient of variation of a mean day's number: publicity makes days swing.
    pub swing: Q,
    /// Days of publicity.
    pub shocks: Vec<Shock>,
}

/// A day on which something makes people file.
#[derive(Clone, Debug, PartialEq)]
pub struct Shock {
    /// Days from the day of the outage.
    pub day: i64,
    /// By how much more people file that day.
    pub times: Q,
    /// After which half of that has faded.
    pub fade_hours: Q,
}

/// The operator's channel for reports: when they come in, before any tariff is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// From the outage to its opening.
    pub opens_after_hours: Q,
    /// How long it is open.
    pub window_hours: Q,
    /// When reports come in.
    pub arrival: Arrival,
}

/// How time and effort are valued, the same under every guideline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Valuation {
    /// Discount rate a year: waiting is a loss.
    pub discount_year: Q,
    /// What an hour of a claimant's time is worth.
    pub claimant_hour: Q,
}
