//! Known answers: what expressions are worth in one case, worked out by hand.

use redress::guideline::reckon::{Setting, value};
use redress::model::expression::Value;

use super::{amounts, checked, names, truths, values, worth};

#[test]
fn signs_bind_as_in_school() {
    amounts(&[
        ("2 + 3 * 4", 14.0),
        ("(2 + 3) * 4", 20.0),
        ("20 - 5 - 3", 12.0),
        ("24 / 4 / 3", 2.0),
        ("24 / 4 * 3", 18.0),
        ("-2 * 3 + 10", 4.0),
        ("2 - -3", 5.0),
        ("--2", 2.0),
        ("10 − 2 × 3 ÷ 4", 8.5),
        ("2 · 3", 6.0),
    ]);
    truths(&[
        ("true or false and false", true),
        ("(true or false) and false", false),
        ("not false and true", true),
        ("not (false and true)", true),
        ("not not true", true),
        ("not 1 > 2", true),
        ("1 + 1 < 3 and 2 > 1", true),
        ("1 ≤ 1 and 1 ≥ 1 and 1 ≠ 2 and 1 == 1", true),
    ]);
}

#[test]
fn units_are_carried() {
    amounts(&[
        ("90 min", 1.5),
        ("1 minute", 1.0 / 60.0),
        ("45 minutes", 0.75),
        ("7200 s", 2.0),
        ("1 hour + 2 hours", 3.0),
        ("1 d", 24.0),
        ("1 day + 2 days", 72.0),
        ("1 week + 1 h", 169.0),
        ("2 weeks", 336.0),
        ("08:30", 8.5),
        ("24:00", 24.0),
        ("300_000 EUR", 300_000.0),
        ("10%", 0.1),
        ("12.5 % * 80 EUR", 10.0),
        ("3 km", 3.0),
        ("fee_month / month * outage", 40.0 / 720.0 * 5.0),
        ("fee_month / 30 days * 1 day", 40.0 / 30.0),
        ("outage / 1 h", 5.0),
        ("0.5 EUR / 1 km * way", 6.0),
        ("visits * outage", 15.0),
    ]);
}

#[test]
fn rounding_goes_by_steps() {
    amounts(&[
        ("floor(2.7)", 2.0),
        ("floor(-2.1)", -3.0),
        ("ceil(2.1)", 3.0),
        ("ceil(-2.7)", -2.0),
        ("round(2.5)", 3.0),
        ("round(2.4999)", 2.0),
        ("round(-2.5)", -2.0),
        ("round(-2.6)", -3.0),
        ("floor(13.39 EUR, 1 EUR)", 13.0),
        ("ceil(13.01 EUR, 5 EUR)", 15.0),
        ("round(12.5 EUR, 5 EUR)", 15.0),
        ("round(12.49 EUR, 5 EUR)", 10.0),
        ("round(2.675 EUR, 0.01 EUR)", 2.68),
        ("round(1.005 EUR, 0.01 EUR)", 1.01),
        ("round(61 min, 15 min)", 1.0),
        ("ceil(61 min, 15 min)", 1.25),
        // 0.1 * 3 is a hair above 0.3, 0.29 * 100 a hair below 29.
        ("floor(0.29 * 100)", 29.0),
        ("ceil(0.1 * 3 * 10)", 3.0),
        ("ceil(0.1 EUR * 3, 0.1 EUR)", 0.3),
        ("floor(8.7 EUR * 1.0 / 0.1, 1 EUR)", 87.0),
    ]);
}

#[test]
fn large_sums_keep_their_small_change() {
    amounts(&[
        ("floor(1_000_000_000.9 EUR, 1 EUR)", 1_000_000_000.0),
        ("ceil(1_000_000_000.1 EUR, 1 EUR)", 1_000_000_001.0),
        ("round(123_456_789.374 EUR, 0.01 EUR)", 123_456_789.37),
        ("10_000_000_005 EUR - 10_000_000_000 EUR", 5.0),
        ("completed(9_999_999_999.7 EUR, 1 EUR)", 9_999_999_999.0),
    ]);
}

#[test]
fn steps_are_counted_at_exact_multiples() {
    amounts(&[
        ("completed(48 h, 24 h)", 2.0),
        ("completed(47.99 h, 24 h)", 1.0),
        ("begun(48 h, 24 h)", 2.0),
        ("begun(48.01 h, 24 h)", 3.0),
        ("completed(0 h, 24 h)", 0.0),
        ("begun(0 h, 24 h)", 0.0),
        ("begun(1 min, 24 h)", 1.0),
        ("completed(0 h - 5 h, 1 h)", 0.0),
        ("begun(0 h - 5 h, 1 h)", 0.0),
        ("completed(0.1 h * 3, 0.1 h)", 3.0),
        ("begun(0.1 h * 3, 0.1 h)", 3.0),
        ("completed(0.1 h * 3, 0.3 h)", 1.0),
        ("begun(0.1 h * 3, 0.3 h)", 1.0),
        // 61 h 25 min, as people write it in decimals.
        ("completed(61.4166666 h, 25 min)", 147.0),
        ("begun(61.4166666 h, 25 min)", 148.0),
        ("completed(61.4166666 h, 5 min)", 736.0),
        ("begun(61.416666666666 h, 5 min)", 737.0),
        ("completed(61.416666666666 h, 5 min)", 737.0),
        ("begun(10 min * 6, 1 h)", 1.0),
        ("begun(outage - 5 h, 1 h)", 0.0),
    ]);
}

#[test]
fn bounds_are_in_or_out_as_written() {
    truths(&[
        ("outage >= 5 h", true),
        ("outage > 5 h", false),
        ("outage <= 5 h", true),
        ("outage < 5 h", false),
        ("outage = 300 min", true),
        ("outage != 300 min", false),
        ("0.1 h * 3 <= 0.3 h", true),
        ("0.1 h * 3 > 0.3 h", false),
        ("0.1 h * 3 = 0.3 h", true),
        ("0.1 h + 0.2 h - 0.3 h > 0 h", false),
        ("0.1 h + 0.2 h - 0.3 h = 0 h", true),
        ("5.000_000_001 h > 5 h", false),
        ("5.000_001 h > 5 h", true),
        ("4.999_999 h < 5 h", true),
        ("0 h < 0.000_001 h", true),
        ("10 s * 360 = 1 h", true),
    ]);
}

#[test]
fn choices_take_the_first_that_fits() {
    amounts(&[
        ("if urban then 1 EUR else 2 EUR", 1.0),
        ("if outage > 5 h then 1 else if outage = 5 h then 2 else 3", 2.0),
        ("match outage { < 5 h => 1, <= 5 h => 2, else => 3 }", 2.0),
        ("match outage { <= 5 h => 1, <= 8 h => 2, else => 3 }", 1.0),
        ("match outage { 1 h | 5 h => 7, else => 0 }", 7.0),
        ("match outage { < 1 h | > 4 h => 7, else => 0, }", 7.0),
        ("match class { \"gold\" => 3, \"silver\" | \"bronze\" => 2, else => 1 }", 2.0),
        ("match { urban and visits > 3 => 1, urban => 2, else => 3 }", 2.0),
        ("match visits { else => 4 }", 4.0),
        ("1 + match visits { 3 => 10, else => 0 } * 2", 21.0),
    ]);
    truths(&[
        ("class in [\"gold\", \"silver\"]", true),
        ("not class in [\"gold\", 'bronze']", true),
        ("visits in [1, 3, 5]", true),
        ("outage in [5 h]", true),
        ("reported in [2024-06-03]", false),
        ("class = \"silver\" and \"gold\" != class", true),
    ]);
    assert_eq!(worth("if urban then \"town\" else class"), Value::Word("town".into()));
    truths(&[("(if urban then \"town\" else class) = \"town\"", true)]);
}

#[test]
fn lists_are_taken_together() {
    amounts(&[
        ("sum(outages)", 9.5),
        ("count(outages)", 3.0),
        ("longest(outages)", 5.5),
        ("mean(outages)", 9.5 / 3.0),
        ("mean(scores)", 3.0),
        ("sum(bills)", 12.5),
        ("count(outages, >= 3 h)", 2.0),
        ("count(outages, > 3 h)", 1.0),
        ("sum(outages, != 3 h)", 6.5),
        ("longest(outages, < 5.5 h)", 3.0),
        ("mean(outages, <= 3 h)", 2.0),
        ("count(outages, > 100 h)", 0.0),
        ("sum(outages, > 100 h)", 0.0),
        ("mean(outages, > 100 h)", 0.0),
        ("longest(outages, > 100 h)", 0.0),
        ("count(outages, >= outage)", 1.0),
        ("count(outages, = visits * 1 h)", 1.0),
        ("sum([30 min, 1 h, 90 min])", 3.0),
        ("sum([outage, 1 h + 1 h])", 7.0),
        ("count([outage])", 1.0),
        ("percentile(scores, 0%)", 1.0),
        ("percentile(scores, 50%)", 2.0),
        ("percentile(scores, 67%)", 6.0),
        ("percentile(scores, 2 / 3)", 2.0),
        ("percentile(scores, 100%)", 6.0),
        ("percentile(scores, 95%, < 6)", 2.0),
        ("percentile(scores, 95%, > 6)", 0.0),
    ]);
}

#[test]
fn something_is_worked_out_for_each_of_a_list() {
    amounts(&[
        ("sum(max(x - 2 h, 0 h) for x in outages)", 4.5),
        ("sum(begun(x, 2 h) * 1 EUR for x in outages)", 6.0),
        ("longest(2 * x for x in outages)", 11.0),
        ("count(x > 1 h and x < outage for x in outages)", 1.0),
        ("count(x > 100 h for x in outages)", 0.0),
        ("sum(if x >= 3 h then 10 EUR else 1 EUR for x in outages)", 21.0),
        ("mean(min(b, paid - 5 EUR) for b in bills)", 5.0),
        ("sum([min(x, 3 h) for x in outages], >= 3 h)", 6.0),
        ("count([x >= 3 h for x in outages])", 2.0),
        ("sum(x for x in [x > 1 h for x in outages])", 8.5),
        ("sum(x * visits for x in scores)", 27.0),
    ]);
}

#[test]
fn halves_go_to_the_even_multiple() {
    amounts(&[
        ("round_even(0.5)", 0.0),
        ("round_even(1.5)", 2.0),
        ("round_even(2.5)", 2.0),
        ("round_even(-0.5)", 0.0),
        ("round_even(-1.5)", -2.0),
        ("round_even(2.51)", 3.0),
        ("round_even(2.49)", 2.0),
        ("round_even(2.675 EUR, 0.01 EUR)", 2.68),
        ("round_even(2.665 EUR, 0.01 EUR)", 2.66),
        ("round_even(12.5 EUR, 5 EUR)", 10.0),
        ("round_even(17.5 EUR, 5 EUR)", 20.0),
        ("round_even(15 min, 30 min)", 0.0),
        ("round_even(45 min, 30 min)", 1.0),
    ]);
}

#[test]
fn members_know_their_place() {
    amounts(&[
        ("sum(n * 5 EUR for x at n in outages)", 30.0),
        ("sum(if n > 1 then x else 0 h for x at n in outages)", 8.5),
        ("sum(max(x - n * 1 h, 0 h) for x at n in outages)", 3.5),
        ("count(n <= 2 for x at n in outages)", 2.0),
        ("sum(x / n for x at n in scores)", 4.0),
        ("sum(n for x at n in [x > 1 h for x in outages])", 3.0),
    ]);
}

#[test]
fn lists_of_dates_and_periods() {
    amounts(&[
        ("count(visited)", 3.0),
        ("count(cuts)", 3.0),
        ("count(d >= 2024-05-01 for d in visited)", 2.0),
        ("count(d > 2024-05-01 08:00 for d in visited)", 1.0),
        ("sum(days(d, reported) for d in visited)", -2.0 + 33.0 + 155.0),
        ("sum(length(p) for p in cuts)", 4.25),
        ("longest(length(p) for p in cuts)", 3.0),
        ("sum(inside(p, 18:00, 23:00) for p in cuts)", 20.0 / 60.0 + 35.0 / 60.0 + 1.0),
        ("count(merged(cuts, 15 min))", 2.0),
        ("count(merged(cuts, 14 min))", 3.0),
        ("longest(length(p) for p in merged(cuts, 15 min))", 3.0),
        ("sum(length(p) for p in merged(cuts, 15 min))", 4.5),
        ("sum(length(p) for p in merged(cuts, 1000 days))", 7.0 * 24.0 + 7.0 + 20.0 / 60.0),
        ("count(merged([down, down], 0 h))", 1.0),
        ("count([length(p) >= 35 min and start(p) >= 2024-06-03 18:00 for p in cuts])", 2.0),
        ("count([start(p) for p in cuts])", 3.0),
        ("sum(days_covered(p) for p in cuts)", 4.0),
        ("count([2024-01-01, reported])", 2.0),
    ]);
}

#[test]
fn two_things_are_matched_at_once() {
    let text = "match class, outage { \"gold\", <= 5 h => 1, \"silver\" | \"bronze\", < 5 h => 2, any, <= 5 h => 3, else => 4 }";
    amounts(&[
        (text, 3.0),
        ("match class, outage { \"silver\", 4 h | 5 h => 1, else => 2 }", 1.0),
        ("match class, outage, visits { any, any, >= 4 => 1, \"silver\", any, any => 2, else => 3 }", 2.0),
    ]);
}

#[test]
fn powers() {
    amounts(&[
        ("power(2, 3)", 8.0),
        ("power(9, 0.5)", 3.0),
        ("power(visits, 0)", 1.0),
        ("power(0, 0)", 1.0),
        ("power(2, -1)", 0.5),
        // Interest on interest, and what is left of a thing that loses a fifth a year.
        ("1_000 EUR * power(1 + 3%, 2)", 1060.9),
        ("paid * power(1 - 20%, 3)", 6.4),
        // Of what is negative there is no power, and nothing is too large for a double.
        ("power(0 - 8, 1)", 0.0),
        ("power(1_000_000, 1_000)", 1e200),
        ("1 / power(2, visits)", 0.125),
    ]);
}

#[test]
fn remainders() {
    amounts(&[
        ("remainder(7, 3)", 1.0),
        ("remainder(6, 3)", 0.0),
        ("remainder(-1, 3)", 2.0),
        ("remainder(0.3 h * 3, 0.3 h)", 0.0),
        ("remainder(0.1 h * 3, 0.1 h)", 0.0),
        ("remainder(25.5 h, 1 day)", 1.5),
    ]);
}

#[test]
fn extremes() {
    amounts(&[
        ("max(1, 2)", 2.0),
        ("min(1, 2)", 1.0),
        ("max(5 EUR, 10% * fee_month, 3 EUR)", 5.0),
        ("min(fee_month, 35 EUR, 36 EUR)", 35.0),
    ]);
    truths(&[("max(reported, fixed) = fixed and min(reported, fixed) = reported", true)]);
}

#[test]
fn results_are_finite_whatever_happens() {
    let tiny = format!("0.{}1", "0".repeat(200));
    let large = "9".repeat(300);
    for text in [
        format!("{large} * {large}"),
        format!("{large} * {large} - {large} * {large}"),
        format!("0 / ({tiny} * {tiny})"),
        format!("1 / ({tiny} * {tiny})"),
        format!("round(0, {tiny} * {tiny})"),
        format!("floor({large}, {tiny} * {tiny})"),
        format!("ceil({large}, {tiny})"),
        format!("begun({large} h, {tiny} h)"),
        format!("sum([{large} h, {large} h]) * -1"),
        format!("-{large} - {large}"),
    ] {
        let Value::Amount(x) = worth(&text) else { panic!("{text} is no amount") };
        assert!(x.is_finite(), "{text} = {x}");
    }
}

#[test]
fn each_part_is_told_with_the_text_that_it_stands_in() {
    let told = |text: &str| {
        let e = checked(text, &names());
        let mut out = Vec::new();
        value(&e.root, Setting { values: &values(), holidays: &[] }, &mut |node, v| {
            out.push((text[node.span.0..node.span.1].to_string(), v.clone()));
        });
        out
    };
    let yes = |text: &str, truth| (text.to_string(), Value::Truth(truth));
    let found = told("match outage { <= 3 h => 1, < 4 h | 5 h => 2, else => 3 }");
    let patterns = [yes("<= 3 h", false), yes("< 4 h", false), yes("5 h", true), yes("< 4 h | 5 h", true)];
    assert_eq!(found[..4], patterns);
    assert_eq!(found[4].1, Value::Amount(2.0), "the whole comes last");
    let found = told("class in [\"gold\", \"silver\"]");
    let whole = yes("class in [\"gold\", \"silver\"]", true);
    assert_eq!(found, [yes("\"gold\"", false), yes("\"silver\"", true), whole]);
    let found = told("2 * (visits + 1)");
    assert_eq!(found[0], ("(visits + 1)".to_string(), Value::Amount(4.0)));
}
