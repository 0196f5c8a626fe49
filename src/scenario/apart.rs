//! Mean and quantiles of a law in words: as they were given where they were, and else with as many digits as it takes to tell them
//! apart.

use super::{exact, words};
use crate::model::{Lang, Unit};

/// Most digits that are told of what was worked out.
const MOST: i32 = 12;
/// A figure of no more than so many digits was given where it is nearer to one than this share of it: a law found by its quantiles
/// has them but for the last digits, and of those that are worked out one in some thousands comes as near.
const GIVEN: [(i32, f64); 2] = [(8, 1e-11), (11, 3e-14)];
/// Seconds in an hour.
const SECONDS: f64 = 3600.0;

/// Some values, each with whether it is surely given, in words: in as few digits as leave their order as it is.
pub fn told<const N: usize>(values: [(f64, bool); N], unit: Unit, currency: &str, lang: Lang) -> [String; N] {
    let given = values.map(|(x, sure)| if sure { Some(x) } else { as_given(x, unit) });
    let at = |step: i32| {
        let mut shown = values.map(|(x, _)| rounded(x, unit, step));
        shown.iter_mut().zip(given).for_each(|(shown, given)| *shown = given.unwrap_or(*shown));
        shown
    };
    let kept = |step: &i32| {
        let shown = at(*step);
        let pairs = (0..N).flat_map(|i| (0..i).map(move |k| (i, k)));
        pairs.into_iter().all(|(i, k)| in_order((values[i].0, values[k].0), (shown[i], shown[k])))
    };
    let step = (0..=MOST).find(kept).unwrap_or(MOST);
    let mut words = at(step).map(|shown| exact::value(shown, unit, currency, lang));
    for (words, ((x, _), given)) in words.iter_mut().zip(values.iter().zip(given)) {
        if step == 0 && given.is_none() {
            *words = words::value(*x, unit, currency, lang);
        }
    }
    words
}

/// Whether two values are told in the order in which they are; those that arithmetic alone holds apart have none.
fn in_order((a, b): (f64, f64), (told_a, told_b): (f64, f64)) -> bool {
    let known = a.is_finite() && b.is_finite() && (a - b).abs() > 1e-12 * a.abs().max(b.abs());
    !known || (a < b) == (told_a < told_b) && (a > b) == (told_a > told_b)
}

/// What was given, of a value that is next to it.
fn as_given(x: f64, unit: Unit) -> Option<f64> {
    let near = |x: f64| {
        let of = |(digits, share): &(i32, f64)| {
            let short = significant(x, *digits);
            ((x - short).abs() <= share * x.abs()).then_some(short)
        };
        GIVEN.iter().find_map(of).filter(|_| x.is_finite())
    };
    match unit {
        Unit::Hours => near(x).or_else(|| near(x * SECONDS).map(|seconds| seconds / SECONDS)),
        Unit::Share => near(x * 100.0).map(|percent| percent / 100.0),
        _ => near(x),
    }
}

/// A value as it is told with more and more digits from step to step; at first as [`words::value`] tells it.
fn rounded(x: f64, unit: Unit, step: i32) -> f64 {
    if !x.is_finite() || x == 0.0 {
        return x;
    }
    match unit {
        Unit::Hours => hours(x, step),
        Unit::Share if (x * 100.0).abs() >= 0.995 => words::rounded(x * 100.0, 1 + step) / 100.0,
        Unit::Share => significant(x * 100.0, 2 + step) / 100.0,
        Unit::Number => significant(x, 4 + step),
        _ if x.abs().round() >= words::WRITTEN_OUT => significant(x, 3 + step),
        _ => words::rounded(x, step + if x.abs() >= 100.0 { 0 } else { 2 }),
    }
}

/// The same of a time: to minutes, to seconds, to parts of a second. None is told as no time.
fn hours(x: f64, step: i32) -> f64 {
    let told = match step {
        0 => words::told_hours(x),
        1 => words::rounded(x * 60.0, 0) / 60.0,
        _ => words::rounded(x * SECONDS, step - 2) / SECONDS,
    };
    if told == 0.0 { words::told_hours(x) } else { told }
}

/// To so many significant digits.
fn significant(x: f64, digits: i32) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    format!("{x:.*e}", (digits - 1).max(0) as usize).parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::law::Law;
    use crate::scenario::law_words;

    fn through(low: f64, high: f64) -> Law {
        Law::from_two_quantiles("lognormal", (0.05, low), (0.95, high)).expect("a law")
    }

    fn hours(law: &Law, lang: Lang) -> String {
        law_words(law, Unit::Hours, "KRW", lang)
    }

    #[test]
    fn given_quantiles_and_values_keep_their_digits() {
        let money = |law: &Law| law_words(law, Unit::Money, "KRW", Lang::En);
        assert_eq!(
            money(&through(1.001e9, 1.0049e9)),
            "lognormal, mean 1.003 bn KRW, 90 % within 1.001 bn KRW to 1,004,900,000 KRW"
        );
        let list = Law::discrete(vec![1.001e9, 1.004e9], vec![1.0, 1.0]).expect("a law");
        assert_eq!(money(&list), "a list of values, mean 1,002,500,000 KRW, 90 % within 1.001 bn KRW to 1.004 bn KRW");
        for family in ["lognormal", "gamma", "weibull", "normal"] {
            let law = Law::from_two_quantiles(family, (0.05, 12_345_678.0), (0.95, 98_765_432.5)).expect("a law");
            assert!(money(&law).ends_with("90 % within 12,345,678 KRW to 98,765,432.5 KRW"), "{}", money(&law));
        }
        let (low, high) = (200.0 + 20.0 / 60.0, 200.0 + 50.0 / 60.0);
        let long = hours(&through(low, high), Lang::En);
        assert!(long.ends_with("90 % within 8 d 8 h 20 min to 8 d 8 h 50 min"), "{long}");
        let list = Law::discrete(vec![10.0 / SECONDS, 20.0 / SECONDS], vec![1.0, 3.0]).expect("a law");
        assert_eq!(hours(&list, Lang::En), "a list of values, mean 17.5 s, 90 % within 10 s to 20 s");
        assert_eq!(hours(&list, Lang::Ko), "값 목록, 평균 17.5초, 90%가 10초~20초");
    }

    #[test]
    fn what_is_worked_out_is_told_apart() {
        let narrow = Law::from_mean_cv("lognormal", 1e9, 1e-4).expect("a law");
        let told = law_words(&narrow, Unit::Money, "KRW", Lang::En);
        assert_eq!(told, "lognormal, mean 1 bn KRW, 90 % within 999.84 m KRW to 1,000,200,000 KRW");
        let wide = Law::from_mean_cv("lognormal", 1e9, 0.3).expect("a law");
        let told = law_words(&wide, Unit::Money, "KRW", Lang::En);
        assert_eq!(told, "lognormal, mean 1 bn KRW, 90 % within 591 m KRW to 1.55 bn KRW");
        let short = Law::from_mean_cv("lognormal", 0.5 / SECONDS, 0.5).expect("a law");
        assert_eq!(hours(&short, Lang::En), "lognormal, mean 0.5 s, 90 % within 0.206 s to 0.973 s");
        let near = Law::from_mean_cv("lognormal", 300.0, 1e-4).expect("a law");
        assert_eq!(
            hours(&near, Lang::En),
            "lognormal, mean 12 d 12 h, 90 % within 12 d 11 h 57 min to 12 d 12 h 3 min"
        );
        let share = Law::from_mean_cv("normal", 0.5, 1e-4).expect("a law");
        let told = law_words(&share, Unit::Share, "KRW", Lang::En);
        assert_eq!(told, "normal, mean 50.0 %, 90 % within 49.99 % to 50.01 %");
        assert_eq!(exact::value(0.000_4 / SECONDS, Unit::Hours, "KRW", Lang::En), "0.0004 s");
    }
}
