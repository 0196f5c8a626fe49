//! Known answers about days, working days, periods and hours of the day. 3 June 2024 was a Monday; the 6th is a holiday.

use super::{amounts, evaluated, moment, names, period, truths, values, worth};

#[test]
fn dates_and_times_of_day() {
    for (text, expected) in [
        ("reported", "2024-06-03 10:00"),
        ("date(reported)", "2024-06-03"),
        ("reported + 14 h", "2024-06-04"),
        ("2024-02-28 + 2 days", "2024-03-01"),
        ("2023-02-28 + 1 day", "2023-03-01"),
        ("2024-03-01 - 1 min", "2024-02-29 23:59"),
        ("2024-12-31 24:00", "2025-01-01"),
        ("1969-12-31 + 1 day", "1970-01-01"),
        ("start(down)", "2025-05-05 06:00"),
        ("end(down)", "2025-05-07 10:00"),
        ("max(reported, fixed)", "2024-06-07 16:00"),
        ("if urban then reported else fixed", "2024-06-03 10:00"),
        ("month_start(reported)", "2024-06-01"),
        ("add_months(2024-08-31 10:00, 6)", "2025-02-28 10:00"),
        ("add_months(2024-03-31, -1)", "2024-02-29"),
        ("add_months(2024-02-29, 48)", "2028-02-29"),
        ("add_months(2024-02-29, 1.9)", "2024-03-29"),
        ("add_months(month_start(reported), 1) - 1 day", "2024-06-30"),
    ] {
        assert_eq!(worth(text), moment(expected), "{text}");
    }
    amounts(&[
        ("fixed - reported", 102.0),
        ("reported - fixed", -102.0),
        ("2024-03-01 - 2024-02-01", 29.0 * 24.0),
        ("2025-01-01 - 2024-01-01", 366.0 * 24.0),
        ("days(reported, fixed)", 4.0),
        ("days(fixed, reported)", -4.0),
        ("days(2024-06-03 23:59, 2024-06-04 00:01)", 1.0),
        ("month_length(reported)", 720.0),
        ("month_length(2024-02-10)", 29.0 * 24.0),
        ("month_length(2100-02-10)", 28.0 * 24.0),
        ("month_length(2000-02-10)", 29.0 * 24.0),
        ("month_length(2024-12-31 23:59)", 744.0),
        ("year_of(reported) * 100 + month_of(reported)", 202_406.0),
        ("weekday(reported)", 1.0),
        ("weekday(2024-06-09)", 7.0),
        ("full_months(2024-01-31, 2024-02-28)", 0.0),
        ("full_months(2024-01-31, 2024-02-29)", 1.0),
        ("full_months(2024-01-29, 2024-02-29)", 1.0),
        ("full_months(2023-06-03 10:01, reported)", 11.0),
        ("full_months(fixed, reported)", 0.0),
        // Tuesday 10:00 to 17:00, Wednesday whole, Thursday a holiday, Friday until 16:00.
        ("working_time(down, 09:00, 17:00)", 8.0 + 8.0 + 1.0),
    ]);
    truths(&[
        ("reported < fixed", true),
        ("reported >= 2024-06-03 10:00", true),
        ("reported > 2024-06-03 10:00", false),
        ("date(reported) = 2024-06-03", true),
    ]);
}

#[test]
fn working_days_skip_weekends_and_holidays() {
    amounts(&[
        ("working_days(reported, fixed)", 3.0),
        ("working_days(fixed, reported)", -3.0),
        ("working_days(2024-06-07, 2024-06-10)", 1.0),
        ("working_days(2024-06-07, 2024-06-09)", 0.0),
        ("working_days(2024-06-05, 2024-06-06)", 0.0),
        ("working_days(2024-06-03, 2024-06-03)", 0.0),
        ("working_days(2024-01-01, 2025-01-01)", 262.0 - 1.0),
    ]);
    for (text, expected) in [
        ("working_day(2024-06-03, 1)", "2024-06-04"),
        ("working_day(2024-06-05, 1)", "2024-06-07"),
        ("working_day(2024-06-07 23:00, 1)", "2024-06-10"),
        ("working_day(2024-06-08, 1)", "2024-06-10"),
        ("working_day(2024-06-03, 0)", "2024-06-03"),
        ("working_day(2024-06-03, -5)", "2024-06-03"),
        // Counts worked out are whole but for what arithmetic loses.
        ("working_day(2024-06-10, 0.29 * 100)", "2024-07-19"),
    ] {
        assert_eq!(worth(text), moment(expected), "{text}");
    }
}

#[test]
fn periods_inside_windows_and_over_days() {
    amounts(&[
        ("length(down)", 52.0),
        ("inside(down, 08:00, 22:00)", 14.0 + 14.0 + 2.0),
        ("inside(down, 22:00, 08:00)", 2.0 + 10.0 + 10.0),
        ("inside(down, 00:00, 24:00)", 52.0),
        ("inside(down, 06:00, 06:00)", 0.0),
        ("inside(down, 0 h, outage)", 10.0),
        ("days_covered(down)", 3.0),
        ("days_covered(down, > 12 h)", 2.0),
        ("days_covered(down, >= 18 h)", 2.0),
        ("days_covered(down, > 18 h)", 1.0),
        ("days_covered(down, < 12 h)", 1.0),
        ("days_covered(down, = 24 h)", 1.0),
        ("days_covered(down, > 24 h)", 0.0),
    ]);
}

#[test]
fn a_day_that_is_not_touched_is_not_covered() {
    let down = names().list.iter().position(|(n, ..)| n == "down").expect("a fact");
    let with = |text: &str, from: &str, to: &str| {
        let mut values = values();
        values[down] = period(from, to);
        match evaluated(&super::checked(text, &names()), &values) {
            redress::model::expression::Value::Amount(x) => x,
            other => panic!("{text} is {other:?}"),
        }
    };
    // Up to midnight and not a minute of the next day.
    assert_eq!(with("days_covered(down)", "2025-05-05 06:00", "2025-05-06"), 1.0);
    assert_eq!(with("days_covered(down, < 20 h)", "2025-05-05 06:00", "2025-05-06"), 1.0);
    assert_eq!(with("days_covered(down, < 24 h)", "2025-05-05", "2025-05-07"), 0.0);
    assert_eq!(with("days_covered(down, >= 0 h)", "2025-05-05 06:00", "2025-05-05 06:00"), 0.0);
    assert_eq!(with("length(down)", "2025-05-05 06:00", "2025-05-05 06:00"), 0.0);
    // Exactly half of a day is not more than half.
    assert_eq!(with("days_covered(down, > 12 h)", "2025-05-05 12:00", "2025-05-06 12:00"), 0.0);
    assert_eq!(with("days_covered(down, >= 12 h)", "2025-05-05 12:00", "2025-05-06 12:00"), 2.0);
    assert_eq!(with("inside(down, 22:00, 06:00)", "2025-05-05 23:00", "2025-05-06 07:00"), 7.0);
}
