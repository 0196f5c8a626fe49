//! Payments against closed forms.

use super::*;

pub(in crate::process) fn terms() -> Terms {
    let arrivals =
        Arrivals { opens: 10, days: 30, half_days: 1e6, shape: 1.0, deadline_share: 0.0, shocks: Vec::new() };
    Terms {
        advance: None,
        arrivals,
        swing: 0.0,
        staff: vec![(10, 9.0)],
        hours_day: 10.0,
        days_week: 7,
        weekday: 0,
        pay_every: 1,
        transfer: 2,
        automatic: 5,
        late: None,
        appeal: (0.0, 0.0, 0, 0.0),
        gives_up: 0.0,
        duplicates: None,
        discount_year: 0.0,
    }
}

fn follow(terms: &Terms, claims: &[Claims]) -> Course {
    let mut desk = Desk::default();
    let (mut a, mut b) = (Stream::named(1, 0, "swings", ""), Stream::named(1, 0, "arrivals", ""));
    desk.follow(terms, claims, a.at(0), b.at(0));
    desk.course
}

fn mean_day(t: &Timing) -> f64 {
    t.at_first.days.iter().map(|(d, s)| *d as f64 * s).sum()
}

const MANY: Claims = Claims {
    automatic: false,
    filed: 3_000_000,
    approved: 3_000_000.0,
    later: 0.0,
    appeals: 0.0,
    twice: 0.0,
    review_hours: 1.5,
    gave_up: 0.0,
    in_kind: false,
};

#[test]
fn the_mean_day_of_payment_is_the_closed_form() {
    // As the queue's test, a thousand times as many: 100,000 claims a day on average for 30 days, 60,000 reviewed a
    // day. Mean day of filing 14.5, mean wait 10, two days of transfer, the window opens on day 10. Days are drawn:
    // the sd of the mean day of filing is 8.7 ÷ sqrt(3,000,000) = 0.005, and the end of the queue does not move.
    let t = Terms { staff: vec![(10, 9_000.0)], ..terms() };
    let c = follow(&t, &[MANY]);
    assert!((mean_day(&c.rules[0]) - (10.0 + 14.5 + 10.0 + 2.0)).abs() < 0.03, "{}", mean_day(&c.rules[0]));
    assert_eq!(c.staff_hours, 4_500_000.0);
    assert!((c.paid.iter().sum::<f64>() - 3_000_000.0).abs() < 1e-3);
    assert_eq!(c.filed.iter().sum::<f64>(), 3_000_000.0);
}

#[test]
fn who_gives_up_is_the_closed_form() {
    // The same queue: claim n is filed on day n ÷ 100,000 and done on day n ÷ 60,000, so waits are even from 0 to 20
    // days, and two days of transfer. With hazard h = -ln 0.7 ÷ 30 a day, stays 0.7^(2 ÷ 30) × (1 - e^(-20 h)) ÷ 20 h.
    let t = Terms { staff: vec![(10, 9_000.0)], gives_up: 0.3, ..terms() };
    let h = -(0.7f64.ln()) / 30.0;
    let stay = 0.7f64.powf(2.0 / 30.0) * (1.0 - (-20.0 * h).exp()) / (20.0 * h);
    let left = Desk::default().leaving(&t, &[(3_000_000.0, MANY.review_hours)])[0];
    assert!((left - (1.0 - stay)).abs() < 1e-3, "{left} against {}", 1.0 - stay);
    // Without a queue only the transfer is waited for; paying first, nothing else either.
    let none = Terms { staff: vec![(10, 1e9)], ..t.clone() };
    let first = Terms { advance: Some((1.0, 0.0)), ..t.clone() };
    for quick in [none, first] {
        let left = Desk::default().leaving(&quick, &[(3_000_000.0, MANY.review_hours)])[0];
        assert!((left - (1.0 - 0.7f64.powf(2.0 / 30.0))).abs() < 1e-12, "{left}");
    }
    // Whoever is paid in the end has waited less: the mean day of payment is earlier than of those who all stay.
    let paid = Claims { approved: stay * 3_000_000.0, gave_up: (1.0 - stay) * 3_000_000.0, ..MANY };
    let (tilted, all) = (follow(&t, &[paid]), follow(&Terms { gives_up: 0.0, ..t }, &[MANY]));
    assert!((paid.decided() - 3_000_000.0).abs() < 1e-3);
    assert!(mean_day(&tilted.rules[0]) < mean_day(&all.rules[0]) - 0.1);
    assert!((tilted.paid.iter().sum::<f64>() - stay * 3_000_000.0).abs() < 1e-3);
    assert_eq!(tilted.staff_hours, all.staff_hours, "the office works on all of them");
}

#[test]
fn what_comes_twice_takes_work_and_lengthens_the_queue() {
    // A tenth comes twice at half an hour each: 1.55 h a claim, so the desk does 90,000 ÷ 1.55 a day and the mean wait
    // is (1.55 ÷ 90,000 - 1 ÷ 100,000) × 3,000,000 ÷ 2 = 10.833 days.
    let t = Terms { staff: vec![(10, 9_000.0)], duplicates: Some((0.1, 0.9, 0.5)), ..terms() };
    let c = follow(&t, &[Claims { twice: 3e5, ..MANY }]);
    assert!((c.staff_hours - 3e6 * 1.55).abs() < 1e-3);
    assert!((mean_day(&c.rules[0]) - (10.0 + 14.5 + 10.833 + 2.0)).abs() < 0.03, "{}", mean_day(&c.rules[0]));
}

#[test]
fn paying_first_pays_on_the_day_of_filing_and_the_rest_after_review() {
    let rate = 0.1;
    let first = Terms { advance: Some((0.4, 0.5)), staff: vec![(10, 9_000.0)], discount_year: rate, ..terms() };
    let c = follow(&first, &[MANY]);
    assert!((mean_day(&c.rules[0]) - (10.0 + 14.5 + 2.0)).abs() < 0.03);
    let verify = follow(&Terms { advance: None, ..first.clone() }, &[MANY]);
    let at_once = follow(&Terms { advance: Some((1.0, 0.5)), ..first }, &[MANY]);
    let [c, at_once, verify] = [&c, &at_once, &verify].map(|c| c.rules[0].at_first.unit.discount);
    assert!((c - 0.4 * at_once - 0.6 * verify).abs() < 1e-12);
}

#[test]
fn appeals_pay_later_and_take_work() {
    // Of 100,000 80,000 are approved at first and 5,000 by one of 10,000 appeals, which take 3 hours each: 5 ÷ 85 of the
    // paid wait 40 days more.
    let t = Terms { appeal: (0.5, 0.5, 40, 3.0), staff: vec![(10, 1e9)], ..terms() };
    assert!((t.approved_in_the_end(0.8) - 0.85).abs() < 1e-12);
    let claims = Claims { filed: 100_000, approved: 85_000.0, later: 5_000.0, appeals: 10_000.0, ..MANY };
    let c = follow(&t, &[claims]);
    assert_eq!((c.appeals, c.staff_hours), (10_000.0, 180_000.0));
    let [first, later] = c.rules[0].first_money(85_000.0, 5_000.0);
    assert_eq!((first.0, later.0), (80_000.0, 5_000.0));
    let mean = |days: &[(usize, f64)]| days.iter().map(|(d, s)| *d as f64 * s).sum::<f64>();
    assert!((mean(&later.1.days) - mean(&first.1.days) - 40.0).abs() < 1e-9);
    // By the last day of the first decisions all of these are paid, and of the others who were decided on 40 days before.
    let day = first.1.days.last().expect("somebody is paid").0;
    let by: f64 = c.paid[..=day].iter().sum();
    assert!((by - 80_000.0 - 5_000.0 * later.1.by(day)).abs() < 1e-6 && by < 85_000.0, "{by}");
}

/// A fifth of the paid have won an appeal, 40 days after the 12th; what comes 30 days or more after the claim bears 73 %
/// a year. Of the money so large a part as people claim of it was.
#[test]
fn money_won_by_appeal_is_told_by_itself() {
    let late = Some((30.0, 0.73, 1.0));
    let arrivals = Arrivals { days: 1, ..terms().arrivals };
    let t =
        Terms { appeal: (0.5, 0.5, 40, 0.0), staff: vec![(10, 1e9)], late, arrivals, discount_year: 0.1, ..terms() };
    let claims = Claims { filed: 100_000, approved: 50_000.0, later: 10_000.0, ..MANY };
    let timing = &follow(&t, &[claims]).rules[0];
    assert_eq!((&timing.at_first.days[..], &timing.by_appeal.days[..]), (&[(12, 1.0)][..], &[(52, 1.0)][..]));
    assert_eq!([0.8, 0.81].map(|share| quantile(&timing.first_money(50_000.0, 10_000.0), share)), [12.0, 52.0]);
    let at = |days: f64| 1.1f64.powf(-days / 365.0);
    // There on day 52 of claims of day 10, 12 days late.
    let [first, later] = [at(12.0), at(52.0) * (1.0 + 0.73 * 12.0 / 365.0)];
    let unit = timing.unit(0.25);
    assert!((unit.worth - 0.75 * first - 0.25 * later).abs() < 1e-12, "{timing:?}");
    assert!((unit.surcharge - 0.25 * 0.73 * 12.0 / 365.0).abs() < 1e-12 && (unit.late - 0.25).abs() < 1e-12);
    assert!((unit.discount - 0.75 * first - 0.25 * at(52.0)).abs() < 1e-12);
}

#[test]
fn late_money_is_dearer_on_the_day_on_which_it_is_there() {
    // One day's claims, half of their 4.5 m hours worked on day 0 and half on day 400; what comes after 30 days is
    // doubled. At 10 % a year: 0.5 + 0.5 × 2 × 1.1^(-400 ÷ 365) = 1.40082.
    let arrivals = Arrivals { opens: 0, days: 1, ..terms().arrivals };
    let staff = vec![(0, 225_000.0), (1, 0.0), (400, 225_000.0)];
    let t = Terms { arrivals, staff, transfer: 0, late: Some((30.0, 0.0, 2.0)), discount_year: 0.1, ..terms() };
    let later = 1.1f64.powf(-400.0 / 365.0);
    let timing = &follow(&t, &[MANY]).rules[0];
    assert!(
        (timing.at_first.unit.worth - 1.400_820_28).abs() < 1e-8
            && (timing.at_first.unit.worth - 0.5 - later).abs() < 1e-12,
        "{timing:?}"
    );
    // Paid first, 40 % is there on day 0; only what comes on day 400 of the rest is late.
    let timing = &follow(&Terms { advance: Some((0.4, 0.5)), ..t.clone() }, &[MANY]).rules[0];
    assert!((timing.at_first.unit.worth - (0.4 + 0.6 * (0.5 + later))).abs() < 1e-12, "{timing:?}");
    assert!(
        (timing.at_first.first_discount - 1.0).abs() < 1e-12 && (timing.at_first.unit.surcharge - 0.3).abs() < 1e-12,
        "{timing:?}"
    );
    // Without a deadline it is the discounted money; what needs no claim is doubled on its day.
    let timing = &follow(&Terms { late: None, ..t.clone() }, &[MANY]).rules[0];
    assert_eq!(timing.at_first.unit.worth, timing.at_first.unit.discount);
    let timing = &follow(&Terms { automatic: 365, ..t }, &[Claims { automatic: true, ..MANY }]).rules[0];
    assert!((timing.at_first.unit.worth - 2.0 / 1.1).abs() < 1e-12, "{timing:?}");
}

#[test]
fn what_is_late_costs_interest_and_a_factor() {
    // One day's window, weekly runs: money is there on day 10 (+2 transfer); deadline one day, so one day late.
    let late = Some((1.0, 0.365, 2.0));
    let t = Terms { late, staff: vec![(10, 1e9)], ..terms() };
    let c = follow(&Terms { arrivals: Arrivals { days: 1, ..t.arrivals.clone() }, ..t }, &[MANY]);
    assert_eq!(c.rules[0].at_first.days, [(12, 1.0)]);
    assert!((c.rules[0].at_first.unit.late - 1.0).abs() < 1e-12);
    assert!((c.rules[0].at_first.unit.surcharge - (0.001 + 1.0)).abs() < 1e-12);
    let timely = Terms { late: Some((2.0, 0.365, 2.0)), ..terms() };
    let c = follow(&Terms { staff: vec![(10, 1e9)], ..timely }, &[MANY]);
    assert_eq!((c.rules[0].at_first.unit.late, c.rules[0].at_first.unit.surcharge), (0.0, 0.0));
}

#[test]
fn runs_are_on_their_days_and_weekends_are_free() {
    let t = Terms { pay_every: 7, ..terms() };
    assert_eq!([10, 11, 17, 18].map(|d| t.money_day(d)), [12, 19, 19, 26]);
    let t = Terms { days_week: 5, weekday: 5, ..t };
    // Day 0 is a Saturday, so day 2 is a Monday.
    assert_eq!([14, 15, 16].map(t.capacity()), [0.0, 0.0, 90.0]);
    assert_eq!(t.capacity()(9), 0.0, "before the first reviewer comes");
}

#[test]
fn quantiles_run_over_rules() {
    let gift = Claims { in_kind: true, ..Claims { automatic: true, filed: 70, approved: 70.0, ..MANY } };
    let given = follow(&terms(), &[gift]);
    assert!(given.paid.is_empty() && (given.given.iter().sum::<f64>() - 70.0).abs() < 1e-9, "a gift is not money");
    let automatic = Claims { automatic: true, filed: 600, approved: 600.0, ..MANY };
    let c = follow(&terms(), &[automatic, Claims { filed: 400, approved: 400.0, ..MANY }]);
    let both = [(600.0, &c.rules[0].at_first), (400.0, &c.rules[1].at_first)];
    assert_eq!(quantile(&both, 0.5), 5.0);
    assert!(quantile(&both, 0.61) > 11.0);
    assert!(quantile(&both, 1.0) < HORIZON as f64 - 1.0);
    assert!(quantile(&[], 0.5).is_nan());
}
