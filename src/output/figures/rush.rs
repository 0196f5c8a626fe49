//! The busiest days of a course: one where it stands out, all of those that chance alone may have set above one another.

use crate::model::Lang;

use super::data::{DayBand, Interval};
use super::number::{claims, count, pick, whole};

/// Standard deviations between the quantiles at 5 and 95 %.
const BETWEEN: f64 = 3.29;
/// Standard errors within which the lowest of some twenty days may lie below the highest of them where all are the same: the
/// range of twenty normal variates stays below 5 in 95 cases of 100.
const APART: f64 = 5.0;
/// Days lower than this part of the highest say nothing about its chance.
const LIKE: f64 = 0.1;
/// So many days are needed to see how far neighbours differ by chance.
const ENOUGH: usize = 5;

/// The days on which most comes in, as far as they can be told from the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Busiest {
    /// The first of them, in days from that of the outage.
    pub first: usize,
    /// The last of them.
    pub last: usize,
    /// How many they are: fewer than from the first to the last where others lie between.
    pub days: usize,
    /// What comes in on one of them, on average.
    pub value: Interval,
}

/// The busiest days of a course over so many worlds; none where nothing is known.
pub fn busiest(days: &[DayBand], worlds: f64) -> Option<Busiest> {
    let known = || days.iter().enumerate().filter(|(_, d)| d.value.mean.is_finite());
    let peak = known().map(|(_, d)| d.value.mean).fold(f64::NEG_INFINITY, f64::max);
    let top = known().find(|(_, d)| d.value.mean == peak)?.1;
    let error = error(days, top, worlds);
    let among: Vec<(usize, &DayBand)> = known().filter(|(_, d)| d.value.mean >= peak - APART * error).collect();
    let (first, last) = (among.first()?, among.last()?);
    // A day that stands for several reaches back to the one before.
    let starts = |i: usize| if i == 0 { days[0].day } else { days[i - 1].day + 1.0 };
    let long = |i: usize| (days[i].day - starts(i) + 1.0).max(1.0);
    let all: f64 = among.iter().map(|(i, _)| long(*i)).sum();
    let mean = |of: fn(&Interval) -> f64| among.iter().map(|(i, d)| long(*i) * of(&d.value)).sum::<f64>() / all;
    let value = Interval { mean: mean(|v| v.mean), p05: mean(|v| v.p05), p95: mean(|v| v.p95) };
    let number = |day: f64| day.max(0.0).round() as usize;
    Some(Busiest { first: number(starts(first.0)), last: number(last.1.day), days: all.round() as usize, value })
}

/// Standard error of a day's mean against another day's. Where one world has more on all days than another it says nothing of which
/// day has most, so that the band tells too much; how far days differ from the middle of their neighbours tells the chance of the
/// day alone. The smaller holds.
fn error(days: &[DayBand], top: &DayBand, worlds: f64) -> f64 {
    let v = top.value;
    let spread = (v.p95 - v.p05).max(0.0);
    let of_bands = if spread.is_finite() { spread / BETWEEN / worlds.sqrt() } else { 0.0 };
    let bends = days.windows(3).filter(|w| {
        let near = w[2].day - w[0].day < 2.5;
        near && w.iter().all(|d| d.value.mean >= LIKE * v.mean)
    });
    let bend = |w: &[DayBand]| {
        let [a, b, c] = [0, 1, 2].map(|i| w[i].value.mean);
        (a - 2.0 * b + c).abs() / ((a + b + c) / 3.0)
    };
    let mut bends: Vec<f64> = bends.map(bend).filter(|b| b.is_finite()).collect();
    if bends.len() < ENOUGH {
        return of_bands;
    }
    bends.sort_by(f64::total_cmp);
    // The median size of a normal variate is 0.6745 of its deviation; that of a bend is √6 of that of a day.
    let of_days = v.mean * bends[bends.len() / 2] / 0.6745 / 6f64.sqrt();
    of_bands.min(of_days)
}

impl Busiest {
    /// True where no other day lies among them.
    fn together(&self) -> bool {
        self.last + 1 - self.first == self.days
    }

    /// Which days: `day 82`, `days 0–19`, `5 of days 14–103`.
    pub fn when(&self, lang: Lang) -> String {
        let (first, last, days) = (whole(self.first as u64), whole(self.last as u64), whole(self.days as u64));
        match lang {
            Lang::En if self.days == 1 => format!("day {first}"),
            Lang::Ko if self.days == 1 => format!("{first}일 뒤"),
            Lang::En if self.together() => format!("days {first}–{last}"),
            Lang::Ko if self.together() => format!("{first}~{last}일 뒤"),
            Lang::En => format!("{days} of days {first}–{last}"),
            Lang::Ko => format!("{first}~{last}일 뒤 중 {days}일"),
        }
    }

    /// That most comes in on these days: `Most new claims come from day 0 to day 19: some 9,070 a day`.
    pub fn sentence(&self, what: &str, lang: Lang) -> String {
        let (first, last, days) = (whole(self.first as u64), whole(self.last as u64), whole(self.days as u64));
        let n = self.value.mean;
        let when = match (lang, self.together()) {
            (Lang::En, true) => format!("from day {first} to day {last}"),
            (Lang::En, false) => format!("on {days} days from day {first} to day {last}"),
            (Lang::Ko, true) => format!("{first}일 뒤부터 {last}일 뒤까지"),
            (Lang::Ko, false) => format!("{first}일 뒤부터 {last}일 뒤까지 중 {days}일"),
        };
        match lang {
            Lang::En => format!("Most new {what} come {when}: some {} a day", count(n, lang)),
            Lang::Ko => format!(
                "신규 {what}{} 가장 많은 때는 {when}, 하루 약 {}",
                pick(lang, "", particle(what)),
                claims(n, lang)
            ),
        }
    }
}

/// The particle of a subject.
fn particle(word: &str) -> &'static str {
    if super::difference::ends_closed(word) { "이" } else { "가" }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Means of 500 worlds in each of which every day has the same law, 9,073 on average, and what the days had: no day stands out.
    const FLAT: [f64; 20] = [
        9096.0, 8899.0, 9078.0, 9248.0, 8939.0, 9169.0, 9041.0, 9109.0, 9076.0, 9094.0, 8989.0, 9131.0, 9308.0, 9021.0,
        9041.0, 8855.0, 8943.0, 9341.0, 8908.0, 9186.0,
    ];

    fn course(means: &[f64], spread: f64) -> Vec<DayBand> {
        let band = |(day, mean): (usize, &f64)| DayBand {
            day: day as f64,
            value: Interval { mean: *mean, p05: (1.0 - spread) * mean, p95: (1.0 + spread) * mean },
        };
        means.iter().enumerate().map(band).collect()
    }

    #[test]
    fn chance_names_no_day() {
        let mut means = FLAT.to_vec();
        means.extend([0.0; 10]);
        let found = busiest(&course(&means, 0.5), 500.0).expect("days");
        assert_eq!((found.first, found.last, found.days), (0, 19, 20));
        assert!((found.value.mean - 9073.0).abs() < 1.0, "{found:?}");
        assert_eq!(found.sentence("claims", Lang::En), "Most new claims come from day 0 to day 19: some 9,070 a day");
        assert_eq!(
            found.sentence("신청", Lang::Ko),
            "신규 신청이 가장 많은 때는 0일 뒤부터 19일 뒤까지, 하루 약 9,070건"
        );
        assert_eq!(found.when(Lang::En), "days 0–19");
    }

    /// A course that falls by 4 % a day has its most on the first, however wide its band is: worlds that have more have more each day.
    #[test]
    fn a_day_that_stands_out_is_named() {
        let falls: Vec<f64> = (0..60).map(|day| 18_000.0 * 0.96f64.powi(day)).collect();
        let found = busiest(&course(&falls, 0.9), 500.0).expect("days");
        assert_eq!((found.first, found.days), (0, 1));
        let rush: Vec<f64> = (0..60).map(|day| if day == 40 { 900.0 } else { 100.0 }).collect();
        assert_eq!(busiest(&course(&rush, 0.3), 500.0).map(|b| (b.first, b.days)), Some((40, 1)));
    }

    /// Two days that are the same are both told, one world or many.
    #[test]
    fn days_that_tie_are_told_together() {
        let found = busiest(&course(&[1.0, 7.0, 2.0, 7.0, 1.0], 0.0), 1.0).expect("days");
        assert_eq!((found.first, found.last, found.days), (1, 3, 2));
        assert_eq!(found.when(Lang::En), "2 of days 1–3");
    }
}
