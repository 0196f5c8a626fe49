//! Normal laws of numbers that have an end: cut off where they have bounds.

use redress::chance::law::Law;
use redress::model::{Lang, Unit};
use redress::scenario::law_words;

use super::mistakes::expected;
use super::{BASE, good, mistakes, read, read_set, with};

fn law(set: &str) -> Law {
    let s = good(read_set(BASE, &[set])).scenario;
    let path = set.split('=').next().unwrap_or("");
    s.quantities.get(s.quantities.find(path).expect("it is set")).law.clone()
}

#[test]
fn a_normal_law_is_cut_where_it_has_bounds() {
    let cases = [
        ("mean = 0.3, sd = 0.1, min = 0, max = 1", (0.3, 0.1, 0.0, 1.0)),
        ("mean = 0.3, cv = 0.5, min = \"10 %\", max = \"50 %\"", (0.3, 0.15, 0.1, 0.5)),
        ("p10 = 0.2, p90 = 0.4, min = 0, max = 0.9", (0.3, 0.1 / 1.2815515655446004, 0.0, 0.9)),
    ];
    for (words, (mean, sd, min, max)) in cases {
        let Law::TruncatedNormal { mean: m, sd: s, min: low, max: high } =
            law(&format!("cohorts.shops.hit={{ law = \"normal\", {words} }}"))
        else {
            panic!("{words}");
        };
        assert!((m - mean).abs() < 1e-12 && (s - sd).abs() < 1e-12 && (low, high) == (min, max), "{words}: {m} {s}");
    }
    // Either bound alone, where the number has but one end.
    let low = law("cohorts.shops.size={ law = \"normal\", mean = 20000, sd = 9000, min = 0 }");
    assert_eq!(low, Law::TruncatedNormal { mean: 20000.0, sd: 9000.0, min: 0.0, max: f64::INFINITY });
    let hours = law(
        "outage.phases.power.hours={ law = \"normal\", mean = \"10 h\", sd = \"2 h\", min = \"1 h\", max = \"1 d\" }",
    );
    assert_eq!(hours, Law::TruncatedNormal { mean: 10.0, sd: 2.0, min: 1.0, max: 24.0 });
    assert_eq!(law("cohorts.shops.hit={ law = \"normal\", mean = 0.3, cv = 0, min = 0 }"), Law::Constant(0.3));
    let again = law_words(&hours, Unit::Hours, "KRW", Lang::En);
    assert_eq!(again, "normal between 1 h and 24 h, mean 10 h, 90 % within 6 h 43 min to 13 h 17 min");
    let korean = law_words(&low, Unit::Persons, "KRW", Lang::Ko);
    assert!(korean.starts_with("정규분포(0 이상), 평균 20,"), "{korean}");
    assert!(law_words(&low, Unit::Persons, "KRW", Lang::En).starts_with("normal from 0 on, mean 20,"));
}

#[test]
fn bounds_of_a_normal_law_must_make_sense() {
    let cases = [
        ("«\"normal\", mean = 0.3, sd = 0.1", "goes down to any size", "`min = 0` and `max = 1`"),
        ("\"normal\", mean = 0.3, sd = 0.1, min = «-0.2, max = 1", "goes down to -0.2", "`min = 0` and `max = 1`"),
        ("«\"normal\", mean = 0.3, sd = 0.1, min = 0", "goes up to any size", "`max = 1`"),
        ("\"normal\", mean = 0.3, sd = 0.1, min = «0.9, max = 0.1", "out of order", "exchange them"),
        ("\"normal\", mean = 0.3, sd = 0.01, min = «0.5, max = 1", "lies between min and max", "a millionth"),
        ("\"normal\", mean = 0.3, cv = 0, min = «0.5, max = 1", "lies between min and max", "a millionth"),
        ("\"normal\", mean = 0.3, sd = «0, min = 0, max = 1", "the sd is 0", "above 0"),
        ("\"normal\", mean = 0.3, sd = 0.1, min = «\"0 h\", max = 1", "cannot be read as a share", ""),
    ];
    for (words, message, help) in cases {
        let (text, line, column) = expected(&with("hit = 0.9", &format!("hit = {{ law = {words} }}")));
        let found = mistakes(read(&text));
        let right = |l: &redress::scenario::Located| {
            (l.line, l.column) == (line, column) && l.message.contains(message) && l.help.contains(help)
        };
        assert!(found.len() == 1 && right(&found[0]), "{words}: {found:#?}");
    }
    let found = mistakes(read(&with("value = \"10 h\"", "law = \"normal\", mean = \"10 h\", sd = \"2 h\"")));
    assert!(found.len() == 1 && found[0].help.contains("cut it off: add `min = \"0 h\"`"), "{found:#?}");
}
