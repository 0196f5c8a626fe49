//! Days, windows of the day and working days, in local time: minutes since 1970-01-01 00:00.

/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// Most working days that are counted off: a hundred years.
const MOST: i64 = 36_500;

/// Names of the months in English.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Number of a moment's day.
pub fn day(moment: i64) -> i64 {
    moment.div_euclid(DAY)
}

/// Midnight of a moment's day.
pub fn midnight(moment: i64) -> i64 {
    day(moment) * DAY
}

/// Year, month and day of a moment (Hinnant, "chrono-compatible low-level date algorithms").
pub fn civil(moment: i64) -> (i64, i64, i64) {
    let z = day(moment) + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Number of the day of a date (Hinnant, as above).
fn day_of(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (y.div_euclid(400), y.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Days of a month.
fn month_days(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        _ => 31,
    }
}

/// Midnight of the first day of a moment's month.
pub fn month_start(moment: i64) -> i64 {
    let (y, m, _) = civil(moment);
    day_of(y, m, 1).saturating_mul(DAY)
}

/// The same day and time some months later, or earlier; where that month has no such day, its last.
pub fn add_months(moment: i64, months: i64) -> i64 {
    let (y, m, d) = civil(moment);
    let month = 12 * y + (m - 1) + months.clamp(-MOST, MOST);
    let (y, m) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    day_of(y, m, d.min(month_days(y, m))).saturating_mul(DAY).saturating_add(moment.rem_euclid(DAY))
}

/// Whole months from one moment to another; 0 where the other comes first.
pub fn full_months(from: i64, to: i64) -> i64 {
    let ((y, m, _), (v, n, _)) = (civil(from), civil(to));
    let months = (12 * (v - y) + n - m).min(MOST);
    (months - i64::from(add_months(from, months) > to)).max(0)
}

/// Day of a moment's week, Monday being 1.
pub fn weekday(moment: i64) -> i64 {
    // 1970-01-01 was a Thursday.
    (day(moment) + 3).rem_euclid(7) + 1
}

/// A moment as it is written: the date, and the time unless it is midnight.
pub fn written(moment: i64) -> String {
    let (y, m, d) = civil(moment);
    let minutes = moment.rem_euclid(DAY);
    let date = format!("{y:04}-{m:02}-{d:02}");
    if minutes == 0 { date } else { format!("{date} {:02}:{:02}", minutes / 60, minutes % 60) }
}

/// Hours of a moment's month.
pub fn month_hours(moment: i64) -> f64 {
    let (y, m, _) = civil(moment);
    (month_days(y, m) * 24) as f64
}

/// True for a day from Monday to Friday that is no holiday. `holidays`: numbers of days.
fn works(day: i64, holidays: &[i64]) -> bool {
    // 1970-01-01 was a Thursday.
    (day + 3).rem_euclid(7) < 5 && !holidays.contains(&day)
}

/// Working days after one day, up to and with another; negative where the other comes first.
pub fn working_days(from: i64, to: i64, holidays: &[i64]) -> i64 {
    if to < from {
        return -working_days(to, from, holidays);
    }
    let (weeks, rest) = ((to - from) / 7, (to - from) % 7);
    let plain = 5 * weeks + (1..=rest).filter(|i| works(from + 7 * weeks + i, &[])).count() as i64;
    let mut off: Vec<i64> = holidays.iter().copied().filter(|h| *h > from && *h <= to && works(*h, &[])).collect();
    off.sort_unstable();
    off.dedup();
    plain - off.len() as i64
}

/// The n-th working day after a day; the day itself for n of 0 or less.
pub fn working_day(from: i64, n: i64, holidays: &[i64]) -> i64 {
    let (mut day, mut left) = (from, n.min(MOST));
    while left > 0 {
        day += 1;
        left -= i64::from(works(day, holidays));
    }
    day
}

/// Minutes between two moments that lie between two times of day; over midnight where the second comes first.
pub fn inside(period: (i64, i64), from: i64, to: i64) -> i64 {
    let from_midnight = |minute: i64| {
        let (from, to) = (from.clamp(0, DAY), to.clamp(0, DAY));
        let plain = |a: i64, b: i64| (minute.min(b) - a).max(0);
        if from <= to { plain(from, to) } else { plain(0, to) + plain(from, DAY) }
    };
    let upto = |moment: i64| day(moment) * from_midnight(DAY) + from_midnight(moment.rem_euclid(DAY));
    (upto(period.1) - upto(period.0)).max(0)
}

/// Minutes between two moments that lie between two times of day on working days; where the second comes first, what
/// lies before it and after the first of the same day.
pub fn working_time(period: (i64, i64), from: i64, to: i64, holidays: &[i64]) -> i64 {
    let (start, end) = (period.0, period.1.max(period.0));
    let (first, last) = (day(start), day(end));
    let of = |day: i64, from_to: (i64, i64)| if works(day, holidays) { inside(from_to, from, to) } else { 0 };
    if first == last {
        return of(first, (start, end));
    }
    let whole = inside((0, DAY), from, to);
    let between = working_days(first, last - 1, holidays);
    of(first, (start, (first + 1) * DAY)) + between * whole + of(last, (last * DAY, end))
}

/// Calendar days of which a period covers anything: (minutes, number of days), the first, the full ones, the last.
pub fn days_covered(period: (i64, i64)) -> [(i64, i64); 3] {
    let (start, end) = (period.0, period.1.max(period.0));
    let (first, last) = (day(start), day(end));
    if first == last {
        return [(end - start, i64::from(end > start)), (0, 0), (0, 0)];
    }
    [((first + 1) * DAY - start, 1), (DAY, last - first - 1), (end - last * DAY, i64::from(end > last * DAY))]
}

/// Periods in order of their beginnings, those that are apart by no more than so many minutes as one.
pub fn merged(periods: &[(i64, i64)], gap: i64) -> Vec<(i64, i64)> {
    let mut sorted = periods.to_vec();
    sorted.sort_unstable();
    let mut out: Vec<(i64, i64)> = Vec::new();
    for (from, to) in sorted {
        match out.last_mut() {
            Some((_, end)) if from.saturating_sub(*end) <= gap.max(0) => *end = (*end).max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minutes of a date and hour.
    fn at(y: i64, m: i64, d: i64, hour: i64) -> i64 {
        (0..).map(|day| day * DAY).find(|t| civil(*t) == (y, m, d)).expect("a date after 1970") + hour * 60
    }

    #[test]
    fn dates_come_back_as_they_are_written() {
        assert_eq!(written(0), "1970-01-01");
        assert_eq!(written(at(2024, 2, 29, 6)), "2024-02-29 06:00");
        assert_eq!(civil(-1), (1969, 12, 31));
        assert_eq!(month_hours(at(2024, 2, 1, 0)), 29.0 * 24.0);
        assert_eq!(month_hours(at(2100, 2, 1, 0)), 28.0 * 24.0);
    }

    #[test]
    fn working_days_skip_weekends_and_holidays() {
        let day_of = |y, m, d| day(at(y, m, d, 0));
        let (thursday, friday) = (day_of(2024, 6, 6), day_of(2024, 6, 7));
        assert_eq!(working_day(friday, 2, &[]), day_of(2024, 6, 11));
        assert_eq!(working_day(thursday, 2, &[friday]), day_of(2024, 6, 11));
        assert_eq!(working_days(friday, day_of(2024, 6, 11), &[]), 2);
        assert_eq!(working_days(thursday, day_of(2024, 6, 11), &[friday]), 2);
        for from in thursday..thursday + 14 {
            for n in 1..40 {
                assert_eq!(working_days(from, working_day(from, n, &[friday]), &[friday]), n, "from {from}");
            }
        }
    }

    #[test]
    fn months_end_on_their_last_day() {
        let (march, leap) = (at(2024, 3, 31, 9), at(2024, 2, 29, 9));
        assert_eq!(written(add_months(march, -1)), "2024-02-29 09:00");
        assert_eq!(written(add_months(leap, 12)), "2025-02-28 09:00");
        assert_eq!(written(add_months(march, 6)), "2024-09-30 09:00");
        assert_eq!(month_start(march), at(2024, 3, 1, 0));
        assert_eq!(full_months(leap, march - 1), 1);
        assert_eq!(full_months(at(2024, 1, 15, 9), at(2024, 7, 15, 8)), 5);
        assert_eq!(full_months(at(2024, 1, 15, 9), at(2024, 7, 15, 9)), 6);
        assert_eq!(full_months(march, leap), 0);
        for day in (0..40_000).step_by(17) {
            let moment = day * DAY;
            let (y, m, d) = civil(moment);
            assert_eq!(day_of(y, m, d), day);
            assert_eq!(full_months(moment, add_months(moment, 7)), 7, "{}", written(moment));
        }
    }

    #[test]
    fn working_hours_leave_out_nights_weekends_and_holidays() {
        let (nine, five) = (9 * 60, 17 * 60);
        // From Thursday noon to Tuesday ten; Friday is a holiday.
        let period = (at(2024, 6, 6, 12), at(2024, 6, 11, 10));
        let friday = day(at(2024, 6, 7, 0));
        assert_eq!(working_time(period, nine, five, &[]), (5 + 8 + 8 + 1) * 60);
        assert_eq!(working_time(period, nine, five, &[friday]), (5 + 8 + 1) * 60);
        assert_eq!(working_time((period.0, period.0 + 30), nine, five, &[]), 30);
        assert_eq!(working_time((at(2024, 6, 8, 9), at(2024, 6, 9, 18)), nine, five, &[]), 0);
        assert_eq!(weekday(at(2024, 6, 8, 9)), 6);
    }

    #[test]
    fn a_window_counts_only_its_own_hours() {
        let (ten, next_ten) = (at(2024, 6, 6, 22), at(2024, 6, 7, 8));
        assert_eq!(inside((ten, next_ten), 8 * 60, 22 * 60), 0);
        assert_eq!(inside((ten, next_ten), 22 * 60, 8 * 60), 600);
        assert_eq!(inside((at(2024, 6, 6, 7), at(2024, 6, 8, 9)), 8 * 60, 22 * 60), (14 + 14 + 1) * 60);
    }

    #[test]
    fn days_are_cut_at_midnight() {
        let covered = days_covered((at(2025, 5, 5, 6), at(2025, 5, 7, 10)));
        assert_eq!(covered, [(18 * 60, 1), (DAY, 1), (10 * 60, 1)]);
    }
}
