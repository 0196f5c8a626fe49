//! Mistakes: where they are, what they say and what they advise.

use redress::language::{Names, check};
use redress::model::expression::{Dimension, Type};

use super::{names, refused};

/// A wrong text in which «…» marks the place of the first mistake, a part of what is said, a part of the advice.
type Row = (&'static str, &'static str, &'static str);

const NAMES: [Row; 10] = [
    ("2 * «fee_mont»", "there is no fact, parameter or step `fee_mont`", "did you mean `fee_month`?"),
    ("«Outage» > 3 h", "there is no fact, parameter or step `Outage`", "did you mean `outage`?"),
    ("«zzzzzzzz»", "there is no fact", ""),
    ("«maxx»(1, 2)", "there is no function `maxx`", "did you mean `max`?"),
    ("«최대»(1, 2)", "there is no function `최대`", ""),
    ("«max»", "`max` is a function", "write max(…)"),
    ("1 + «begun»", "`begun` is a function", "write begun(…)"),
    ("class = «\"silvr\"»", "\"silvr\" is none of the words", "did you mean `silver`?"),
    ("«\"silvr\"» = class", "\"silvr\" is none of the words", "did you mean `silver`?"),
    ("class in [\"gold\", «\"tin\"»]", "\"tin\" is none of the words", "there are `gold`, `silver`, `bronze`"),
];

const UNITS: [Row; 9] = [
    ("3 «hrs»", "there is no unit `hrs`", "(h, min, s, days, weeks, km, % and EUR)"),
    ("3 «minn»", "there is no unit `minn`", "did you mean `min`?"),
    ("3 «eur»", "there is no unit `eur`", "EUR"),
    ("5 «USD» + 1 EUR", "money here is in EUR, not in USD", "write the sum in EUR"),
    ("5 «KRW»", "money here is in EUR, not in KRW", "write the sum in EUR"),
    ("3 «시간»", "there is no unit `시간`", "(h, min"),
    ("«1e5»", "", ""),
    ("2 «lines»", "there is no unit `lines`", ""),
    ("outage > 3 «m»", "there is no unit `m`", "did you mean"),
];

const TYPES: [Row; 38] = [
    ("«fee_month + outage»", "money cannot be added to time", ""),
    ("«fee_month - 1 h»", "time cannot be taken from money", ""),
    ("«reported + fixed»", "a date cannot be added to a date", ""),
    ("«outage - reported»", "a date cannot be taken from time", ""),
    ("«reported * 2»", "a date cannot be multiplied by a plain number", ""),
    ("«urban / 2»", "yes or no cannot be divided by a plain number", ""),
    ("«fee_month > 3 h»", "money cannot be compared with time", ""),
    ("«paid > 5»", "money cannot be compared with a plain number", "add the currency: 5 EUR"),
    ("«5 < outage»", "a plain number cannot be compared with time", ""),
    ("«outage > 5»", "time cannot be compared with a plain number", "add the unit of time: 3 h"),
    ("«class < \"gold\"»", "a word has no order", ""),
    ("«urban > false»", "yes or no has no order", ""),
    ("«down = down»", "a period has no order", ""),
    ("«class = 3»", "a word cannot be compared with a plain number", ""),
    ("1 / «visits»", "this may be zero", "above_zero = true"),
    ("fee_month / «outage»", "this may be zero", "above_zero = true"),
    ("1 / «0»", "this may be zero", ""),
    ("floor(paid, «0 EUR»)", "a step must be above zero", "write it out"),
    ("begun(outage, «outage»)", "a step must be above zero", "write it out"),
    ("«floor(paid, 1)»", "`floor` does not take money and a plain number", "write round(x, 0.01 EUR)"),
    ("«floor(paid)»", "`floor` does not take money", "write round(x, 0.01 EUR)"),
    ("«max(1)»", "`max` does not take a plain number", "with two amounts or more"),
    ("«max(1 EUR, 2 h)»", "`max` does not take money and time", "amounts of the same thing"),
    ("«sum(outages, > 3)»", "`sum` does not take a list of time", "count(outages, >= 3 h)"),
    ("not «outage»", "yes or no belongs here, this is time", "compare it with something"),
    ("urban and «3»", "yes or no belongs here, this is a plain number", "compare it with something"),
    ("if «outage» then 1 else 2", "yes or no belongs here, this is time", "compare it with something"),
    ("if urban then «1 EUR» else 2 h", "one arm gives money, another time", "the same kind of thing"),
    ("match outage { «< 3» => 1, else => 2 }", "time cannot be compared with a plain number", "add the unit of time"),
    ("«-urban»", "yes or no has no negative", ""),
    ("[1 h, «2 EUR»]", "money stands in a list of time", ""),
    ("[1 h, «1 EUR + 1 EUR»]", "money stands in a list of time", ""),
    ("sum(x for x in «outage»)", "a list belongs here, this is time", "for x in outages"),
    ("sum(«x > 1 h» for x in outages)", "`sum` needs an amount for each of the list", "only count(…)"),
    ("sum(«class» for x in outages)", "an amount for each of the list belongs here, this is a word", ""),
    ("sum(x for «paid» in outages)", "`paid` is something else already", "call the member otherwise"),
    ("sum(«sum(y for y in bills)» for x in outages)", "", ""),
    ("remainder(outage, «0 h»)", "a step must be above zero", "write it out"),
];

const GRAMMAR: [Row; 31] = [
    ("«»", "an expression belongs here", "for example 10% * fee_month"),
    ("«   »", "an expression belongs here", ""),
    ("1 +«»", "the expression ends too early", "a value belongs here"),
    ("(1 + 2«»", "the expression ends too early", "`)` belongs here, to close the bracket"),
    ("max(1, 2«»", "the expression ends too early", "`)` belongs here, to close `max(`"),
    ("[1 h, 2 h«»", "the expression ends too early", "`]` belongs here, to close the list"),
    ("1 + 2«)»", "`)` does not fit here", "the expression should end here"),
    ("class = «\"gold»", "this word has no closing quote", "close it"),
    ("class = «'gold\"»", "this word has no closing quote", "close it"),
    ("1 h < outage «<» 5 h", "`<` does not fit here", "join two comparisons with `and`"),
    ("if urban then 1«»", "the expression ends too early", "`else` belongs here"),
    ("if urban «1» else 2", "this figure does not fit here", "`then` belongs here"),
    ("match outage { < 3 h => 1 «}»", "`}` does not fit here", "the last arm is `else => …`"),
    ("match outage { «}»", "`}` does not fit here", "the last arm is `else => …`"),
    ("match outage { else => 1, «< 3 h» => 2 }", "", ""),
    ("match outage { < 3 h «:» 1 }", "`:` means nothing here", "an arm of `match` is written < 3 h => 5 EUR"),
    ("match outage { < 3 h «1» }", "this figure does not fit here", "`=>` belongs here"),
    ("match outage «<» 3 h", "`<` does not fit here", "`{` belongs here"),
    ("class in «(»\"gold\")", "`(` does not fit here", "before a list such as"),
    ("«class in []»", "this list is empty", "write [\"a\", \"b\"]"),
    ("sum(«[]»)", "this list is empty", "write [2 h, 3 h]"),
    ("1 + «and» 2", "`and` does not fit here", "a value belongs here"),
    ("1 + «%»", "`%` does not fit here", "a value belongs here"),
    ("outage «outage»", "`outage` does not fit here", "an operator follow"),
    ("2 «\"gold\"»", "the word \"gold\" does not fit here", ""),
    ("1 «@» 2", "`@` means nothing here", "signs are"),
    ("3 h «—» 2 h", "`—` means nothing here", "minus is written -"),
    ("«2023-02-29» < fixed", "there is no date 2023-02-29", "must exist"),
    ("reported > «2024-13-01»", "there is no date 2024-13-01", "must exist"),
    ("inside(down, «25:00», 26:00)", "there is no time 25:00", "from 00:00 to 24:00"),
    ("«08:75»", "there is no time 08:75", "from 00:00 to 24:00"),
];

/// What people write who know spreadsheets, other languages or another keyboard.
const HABITS: [Row; 63] = [
    ("urban «&»& visits > 1", "`&` means nothing here", "`and`"),
    ("urban «AND» visits > 1", "`AND` does not fit here", "write `and` in small letters"),
    ("urban «또는» visits > 1", "`또는` does not fit here", "write `or`"),
    ("urban «|»| visits > 1", "`|` does not fit here", "is written `or`"),
    ("«!»urban", "`!` means nothing here", "`not`"),
    ("outage «=>» 3 h", "`=>` does not fit here", "at least is written >="),
    ("outage =«<» 3 h", "`<` does not fit here", "at most is written <="),
    ("outage <«>» 3 h", "`>` does not fit here", "unequal is written !="),
    ("outage 3 h «이상»", "", ""),
    ("outage > 3 h «미만»", "`미만` does not fit here", "outage < 3 h"),
    ("max«（»1, 2)", "`（` means nothing here", "full-width sign: write `(`"),
    ("max(1«，» 2)", "`，` means nothing here", "full-width sign: write `,`"),
    ("10«％» * paid", "`％` means nothing here", "full-width sign: write `%`"),
    ("«５» EUR", "`５` means nothing here", "full-width sign: write `5`"),
    ("5 «ＥＵＲ»", "there is no unit `ＥＵＲ`", "full-width letters: write EUR"),
    ("outage «＞» 3 h", "`＞` means nothing here", "full-width sign: write `>`"),
    ("max(1«、» 2)", "`、` means nothing here", "joined by commas"),
    ("max(1«;» 2)", "`;` means nothing here", "joined by commas"),
    ("class = «“»gold”", "`“` means nothing here", "straight quotes"),
    ("class = «「»gold」", "`「` means nothing here", "straight quotes"),
    ("class = «gold»", "there is no fact, parameter or step `gold`", "words stand in quotes: \"gold\""),
    ("paid +«\u{200b}» 5 EUR", "means nothing here", "an invisible character"),
    ("«10,000» EUR", "`10,000` may be one number or several", "write 10_000, or a blank"),
    ("max(«1,200», 3)", "`1,200` may be one number or several", "write 1_200"),
    ("«1,000,000» EUR", "`1,000,000` may be one number", "write 1_000_000"),
    ("0«,»25 * paid", "`,` does not fit here", "decimals have a point"),
    ("5«.» EUR", "`.` means nothing here", "between figures: 0.5"),
    ("«€»5", "`€` means nothing here", "stands after the number: 5 EUR"),
    ("«EUR» 5", "", ""),
    ("5 «원»", "there is no unit `원`", "money here is in EUR"),
    ("5 «euros»", "there is no unit `euros`", "write EUR"),
    ("30 «만원»", "there is no unit `만원`", "write the number out: 300_000 EUR"),
    ("3«시간»", "there is no unit `시간`", "write h"),
    ("90«분»", "there is no unit `분`", "write min"),
    ("10 «percent» * paid", "there is no unit `percent`", "write %"),
    ("6 «months»", "there is no unit `months`", "add_months(reported, 6)"),
    ("1 «년»", "there is no unit `년`", "months and years differ"),
    ("2 «visits»", "there is no unit `visits`", "a product is written 2 * visits"),
    ("10% «of» paid", "`of` does not fit here", "is written 10% * fee_month"),
    ("10% «h»", "`h` does not fit here", "is written 10% * fee_month"),
    ("3 h «30» min", "this figure does not fit here", "times are added: 3 h + 30 min"),
    ("inside(down, 8«:»00, 22:00)", "`:` means nothing here", "08:00"),
    ("«reported > 2022/10/15»", "a date cannot be compared with a plain number", "a date is written 2022-10-15"),
    ("reported > 15.10«.»2022", "`.` means nothing here", "a date is written 2022-10-15"),
    ("«fee_month + 5»", "money cannot be added to a plain number", "add the currency: 5 EUR"),
    ("«outage - 5»", "a plain number cannot be taken from time", "add the unit of time: 3 h"),
    ("«paid > outage»", "money cannot be compared with time", "both must be of one kind"),
    ("«urban = \"yes\"»", "yes or no cannot be compared with a word", "the name alone"),
    ("urban = «yes»", "there is no fact, parameter or step `yes`", "write true"),
    ("if urban then 1 «elif» visits > 1 then 2 else 3", "`elif` does not fit here", "write else if"),
    ("urban «?» 1 : 2", "`?` means nothing here", "if outage > 3 h then 5 EUR"),
    ("paid*«*»2", "`*` does not fit here", "a power is written x * x"),
    ("visits «^» 2", "`^` means nothing here", "a power is written x * x"),
    ("«round(paid, 2)»", "`round` does not take money and a plain number", "write round(x, 0.01 EUR)"),
    ("«ROUND»(paid, 1 EUR)", "there is no function `ROUND`", "did you mean `round`?"),
    ("«roundup»(paid, 1 EUR)", "there is no function `roundup`", "did you mean `ceil`?"),
    ("«최대»(1, 2)", "there is no function `최대`", "did you mean `max`?"),
    ("«average»(outages)", "there is no function `average`", "did you mean `mean`?"),
    ("reported < «today»", "there is no fact, parameter or step `today`", "no clock"),
    ("outage > 3 h «~» 5 h", "`~` means nothing here", "x >= 3 h and x <= 5 h"),
    ("match outage, class { < 3 h «=>» 1, else => 2 }", "`=>` does not fit here", "between the 2 patterns of an arm"),
    ("match outage, class { «any, any» => 1, else => 2 }", "this arm fits always", "else => …"),
    ("sum(x «for» 3 in outages)", "", ""),
];

/// More of them, from people who wrote rules for the first time.
const FIRST_TIMERS: [Row; 37] = [
    ("outage «between» 3 h and 6 h", "`between` does not fit here", "outage >= 3 h and outage <= 6 h"),
    ("between «3» h and 6 h", "this figure does not fit here", "outage >= 3 h and outage <= 6 h"),
    ("outage > 2«h30»", "there is no unit `h30`", "times are added: 3 h + 30 min"),
    ("class «is» \"gold\"", "`is` does not fit here", "equality is written ="),
    ("outage «more» than 3 h", "`more` does not fit here", "outage > 3 h"),
    ("outage «at» least 3 h", "`at` does not fit here", "outage >= 3 h"),
    ("outage > 5 «working» days", "`working` does not fit here", "working_days(reported, fixed)"),
    ("visits «mod» 2 = 0", "`mod` does not fit here", "remainder(visits, 2)"),
    ("way > 3 «miles»", "there is no unit `miles`", "a mile is 1.609344 km"),
    ("5 «cents»", "there is no unit `cents`", "write 0.05 EUR"),
    ("1«e3» EUR", "", ""),
    ("2 «e3»", "there is no unit `e3`", "write the number out"),
    ("EUR «5»", "this figure does not fit here", "stands after the number: 5 EUR"),
    ("2 bn «EUR»", "`EUR` does not fit here", "write the number out: 300_000 EUR"),
    ("visits «EUR»", "`EUR` does not fit here", "visits * 1 EUR"),
    ("5 EUR «per» day", "`per` does not fit here", "begun(outage, 24 h)"),
    ("5 EUR / «day» * outage", "there is no fact, parameter or step `day`", "after its number: 1 day"),
    ("outage / «h»", "there is no fact, parameter or step `h`", "after its number: 1 h"),
    ("5 EUR «if» visits > 1 else 0 EUR", "`if` does not fit here", "if outage > 3 h then 5 EUR else 0 EUR"),
    ("if(visits > 1«,» 5 EUR, 0 EUR)", "`,` does not fit here", "if outage > 3 h then 5 EUR else 0 EUR"),
    ("«50 EUR * paid» > 3 EUR", "", ""),
    ("let «x» = 5", "`x` does not fit here", "name it under [steps]"),
    ("50 «‰» * paid", "`‰` means nothing here", "a thousandth is 0.1%"),
    ("5 EUR «#» a note", "`#` means nothing here", "outside the quotes"),
    ("«outage > \"3 h\"»", "time cannot be compared with a word", "no quotes of its own"),
    ("«outages * 2»", "a list of time cannot be multiplied by a plain number", "sum(outages)"),
    ("«days(outage)» > 3", "`days` does not take time", "outage / 24 h"),
    ("«hours»(outage) > 3", "there is no function `hours`", "outage / 1 h"),
    ("«hour»(reported) > 18", "there is no function `hour`", "reported - date(reported)"),
    ("«isweekend»(reported)", "there is no function `isweekend`", "weekday(reported) >= 6"),
    ("«is_holiday»(reported)", "there is no function `is_holiday`", "working_days(reported - 1 day, reported) = 1"),
    ("«overlap»(down, down) > 1 h", "there is no function `overlap`", "max(min(end(down), end(other))"),
    ("«sqrt»(visits)", "there is no function `sqrt`", "power(x, 0.5)"),
    ("«clamp»(paid, 1 EUR, 5 EUR)", "there is no function `clamp`", "max(1 EUR, min(x, 5 EUR))"),
    ("«first»(outages)", "there is no function `first`", "[n <= 3 for x at n in outages]"),
    ("«tariff_of»(paid)", "there is no function `tariff_of`", "functions are max, min"),
    ("«power(paid, 2)»", "`power` does not take money and a plain number", "power(1 + 3%, 2)"),
];

#[test]
fn examples_are_in_the_money_of_the_file() {
    let won = Names { currency: "KRW".into(), ..names() };
    let said = |text: &str| check(text, &won, None).expect_err("a mistake").remove(0).help;
    assert_eq!(said("round(paid, 2)"), "write round(x, 0.01 KRW): an amount and a step of the same thing");
    assert!(said("5 원").starts_with("write KRW ("), "{}", said("5 원"));
    assert!(said("paid > 5").contains("5 KRW"));
}

#[test]
fn each_mistake_points_at_its_place() {
    for (marked, what, help) in
        NAMES.into_iter().chain(UNITS).chain(TYPES).chain(GRAMMAR).chain(HABITS).chain(FIRST_TIMERS)
    {
        let text = marked.replace(['«', '»'], "");
        let m = refused(&text).remove(0);
        assert!(m.what.contains(what), "{text}: {}", m.what);
        assert!(!m.help.is_empty() && m.help.contains(help), "{text}: {} / {}", m.what, m.help);
        // A row without words only says that the text is wrong.
        if !what.is_empty() {
            let start = marked.find('«').expect("a mark");
            let end = marked.find('»').expect("a mark") - '«'.len_utf8();
            assert_eq!(m.span, (start, end), "{marked}: {m:?}");
        }
    }
}

#[test]
fn all_mistakes_of_an_expression_are_told_at_once() {
    let whats: Vec<String> = refused("fee_mont * 2 + 3 hrs + max(1, 2 EUR)").into_iter().map(|m| m.what).collect();
    assert_eq!(whats.len(), 3, "{whats:?}");
    assert_eq!(refused("match outag { < 1 h => 1, < 2 h => 2, else => 3 }").len(), 1, "one mistake is told once");
}

#[test]
fn what_does_not_fit_is_told_with_a_way_out() {
    let money = Type::Amount(Dimension::MONEY);
    for (text, wanted, what, help) in [
        ("5", &money, "money belongs here, this is a plain number", "add the currency: 5 EUR"),
        (
            "outage",
            &money,
            "money belongs here, this is time",
            "money is written 5 EUR, or is a part of some: 10% * fee_month",
        ),
        ("outage", &Type::Truth, "yes or no belongs here, this is time", "compare it with something: … >= 3 h"),
        ("urban", &money, "money belongs here, this is yes or no", "write if … then 5 EUR else 0 EUR"),
        ("\"5 EUR\"", &money, "money belongs here, this is a word", "an amount stands in no quotes of its own: 5 EUR"),
        (
            "5 EUR * outage",
            &money,
            "money belongs here, this is money × time",
            "a sum for each hour is outage / 1 h * 5 EUR, for each begun one begun(outage, 1 h) * 5 EUR",
        ),
    ] {
        let m = check(text, &names(), Some(wanted)).expect_err("another type").remove(0);
        assert_eq!((m.what.as_str(), m.help.as_str(), m.span), (what, help, (0, text.len())), "{text}");
    }
}

#[test]
fn a_name_whose_own_expression_is_wrong_is_not_blamed() {
    let names = Names { broken: vec!["daily".into()], ..names() };
    assert_eq!(check("daily * 2", &names, None), Err(Vec::new()));
    assert_eq!(check("daily * dialy", &names, None).expect_err("a name that is not there").len(), 1);
}

#[test]
fn what_is_too_much_is_refused_at_once() {
    let nested = |open: &str, k: usize, inner: &str, close: &str| open.repeat(k) + inner + &close.repeat(k);
    let deep = "nested more than 48 deep";
    let parts = "more than 1000 parts";
    let tall = "more than 150 parts hang on one another";
    let often = "compared too many times";
    for (text, what) in [
        (" ".repeat(5000), "longer than 4096 bytes"),
        (nested("(", 60, "1", ")"), deep),
        (nested("-", 60, "1", ""), deep),
        (nested("not ", 60, "true", ""), deep),
        (nested("max(1, ", 60, "1", ")"), deep),
        (nested("[", 60, "1", "]"), deep),
        (nested("if true then 1 else ", 60, "1", ""), deep),
        (nested("count(scores, > ", 60, "1", ")"), deep),
        (nested("match ", 60, "1", " { else => 1 }"), deep),
        (nested("match 1 { ", 60, "1", " => 1, else => 1 }"), deep),
        (nested("match { else => ", 60, "1", " }"), deep),
        (nested("1+", 600, "1", ""), parts),
        (nested("1+", 300, "1", ""), tall),
        (nested("1<1or ", 200, "1<1", ""), tall),
        (nested("(", 6, "1", &("+1".repeat(40) + ")")), tall),
        (format!("visits in [{}]", "1,".repeat(600)), parts),
        // Each level compares what is inside it several times.
        (nested("match ", 20, "1", " {1=>1,2=>2,else=>1}"), often),
        (nested("(", 20, "true", " in [true,true])"), often),
        (format!("({}1) in [{}1]", "1+".repeat(200), "1,".repeat(200)), often),
    ] {
        let m = refused(&text).remove(0);
        assert!(m.what.contains(what), "{what}: {} for {}", m.what, &text[..60.min(text.len())]);
        assert!(!m.help.is_empty(), "{what}");
    }
}

#[test]
fn what_is_just_not_too_much_is_taken() {
    for text in [
        format!("{}1{}", "(".repeat(46), ")".repeat(46)),
        format!("{}1", "1 + ".repeat(149)),
        format!("{}true", "false or ".repeat(149)),
        format!("visits in [{}]", "1,".repeat(497)),
        format!("{}1", "if urban then 1 else ".repeat(46)),
        format!("match visits {{ {} else => 1 }}", "< 3 => 4, ".repeat(160)),
    ] {
        // A thread has two megabytes, which must do unoptimized; then a quarter of that does optimized.
        let stack = if cfg!(debug_assertions) { 2 << 20 } else { 1 << 19 };
        let run = move || drop(super::worth(&text));
        let thread = std::thread::Builder::new().stack_size(stack).spawn(run).expect("a thread");
        thread.join().expect("no mistake");
    }
}
