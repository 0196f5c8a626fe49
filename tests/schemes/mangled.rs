//! Whole scheme files of the library in which lines, words and figures were changed, taken out, doubled, put in and
//! exchanged: read, checked, proved, told in both languages, compared, decided and compiled. Whatever they say by then,
//! there is an answer, it comes soon, and a refusal points into the file. `REDRESS_FUZZ_CASES` sets how many are tried;
//! `REDRESS_FUZZ_FIRST` is the number of the first.

use std::time::{Duration, Instant};

use redress::guideline::decide::decide;
use redress::guideline::prove::misses;
use redress::guideline::{Case, award, compile};
use redress::model::Lang;
use redress::model::scheme::Scheme;
use redress::scenario::{LoadError, NoLibrary, explain_scheme, is_scheme, parse, parse_scheme, scheme_differences};

use super::{One, applied, files};
use crate::chance::Uniforms;

/// Far longer than any file may take, even on a busy machine.
const HANG: Duration = Duration::from_secs(20);

/// A generator of its own, one for each case, so that a case is the same wherever it is tried.
struct Dice(Uniforms);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        (self.0.bits() % n.max(1) as u64) as usize
    }

    fn of<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }
}

/// What files of other hands hold: figures at the ends of their ranges, other kinds of values, signs of all scripts.
const ODD: [&str; 60] = [
    "0",
    "-1",
    "1e308",
    "-1e308",
    "1e-320",
    "999999999999999999999",
    "9223372036854775807",
    "-9223372036854775808",
    "0.000000000000000000001",
    "nan",
    "-inf",
    "1_000",
    "0 EUR",
    "1e300 EUR",
    "0 h",
    "1e9 h",
    "100000000000 days",
    "0%",
    "1000000000%",
    "0001-01-01",
    "9999-12-31",
    "1582-10-10",
    "2024-02-30",
    "24:00",
    "true",
    "false",
    "\"\"",
    "''",
    "[]",
    "{}",
    "[[cases]]",
    "[steps]",
    "[facts]",
    "[[versions]]",
    "[[rules]]",
    "\"\"\"",
    "'''",
    "#",
    "=",
    ",",
    "(",
    ")",
    "{",
    "}",
    "\\",
    "\"yes or no\"",
    "\"durations\"",
    "{ is = \"1\" }",
    "match outage { else => 1 }",
    "max(",
    "not",
    "and",
    "for x in",
    "요금",
    "é\u{301}",
    "\u{200b}",
    "\u{feff}",
    "𝟙",
    "\u{202e}",
    "based_on = \"mangled\"",
];

/// Words, figures and signs of a text, blanks apart.
fn tokens(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let kind = |c: char| match c {
        c if c.is_alphanumeric() || matches!(c, '_' | '.') => 0,
        c if c.is_whitespace() => 1,
        _ => 2,
    };
    for c in text.chars() {
        match out.last_mut() {
            Some(last) if kind(c) < 2 && last.chars().next_back().map(kind) == Some(kind(c)) => last.push(c),
            _ => out.push(c.into()),
        }
    }
    out
}

fn changed(list: &mut Vec<String>, others: &[String], dice: &mut Dice) {
    if list.is_empty() {
        return;
    }
    let (at, from) = (dice.below(list.len()), dice.below(list.len()));
    match dice.below(6) {
        0 => drop(list.remove(at)),
        1 => list.swap(at, from),
        2 => list.insert(at, list[from].clone()),
        3 => list[at] = list[from].clone(),
        4 => list.insert(at, dice.of(others).clone()),
        _ => list[at] = dice.of(others).clone(),
    }
}

/// A figure of the text made another.
fn figures(words: &mut [String], dice: &mut Dice) {
    let at: Vec<usize> = (0..words.len()).filter(|i| words[*i].starts_with(|c: char| c.is_ascii_digit())).collect();
    if !at.is_empty() {
        words[*dice.of(&at)] = (*dice.of(&ODD[..12])).into();
    }
}

fn mangled(texts: &[String], dice: &mut Dice) -> String {
    let mut text = dice.of(texts).clone();
    for _ in 0..=dice.below(3) {
        if dice.below(3) == 0 {
            let other = dice.of(texts);
            let others: Vec<String> = other.split_inclusive('\n').map(String::from).collect();
            let mut lines: Vec<String> = text.split_inclusive('\n').map(String::from).collect();
            changed(&mut lines, &others, dice);
            text = lines.concat();
            continue;
        }
        let odd: Vec<String> = ODD.iter().map(|o| (*o).into()).collect();
        let mut words = tokens(&text);
        match dice.below(4) {
            0 | 3 => figures(&mut words, dice),
            1 => changed(&mut words, &odd, dice),
            _ => {
                let own = words.clone();
                changed(&mut words, &own, dice);
            }
        }
        text = words.concat();
    }
    text
}

/// What became of a file.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    tried: usize,
    read: usize,
    applied: usize,
}

/// Puts a text to everything that takes a scheme.
fn answered(number: u64, text: &str, before: &Scheme, seen: &mut Seen) {
    let began = Instant::now();
    seen.tried += 1;
    is_scheme(text);
    match parse_scheme(text, "mangled", "mangled.toml", &NoLibrary) {
        Ok(scheme) => {
            seen.read += 1;
            told(&scheme, before);
            seen.applied += usize::from(applied(&scheme, text));
        }
        Err(LoadError::Invalid(report)) => {
            let shown = report.render(false);
            assert!(shown.contains("mangled.toml:"), "case {number}: {shown}");
        }
        Err(e) => panic!("case {number}: {e}"),
    }
    assert!(began.elapsed() < HANG, "case {number} took {:?}", began.elapsed());
}

fn told(scheme: &Scheme, before: &Scheme) {
    for lang in [Lang::En, Lang::Ko] {
        assert!(!explain_scheme(scheme, lang).is_empty());
    }
    assert!(!scheme_differences(before, scheme, Lang::Ko).is_empty());
    for case in &scheme.cases {
        misses(scheme, case);
        assert!(decide(&scheme.versions[case.version], &case.given).award.is_finite());
    }
    for version in &scheme.versions {
        assert!(decide(version, &[]).award.is_finite());
    }
}

/// The scheme as a guideline of a scenario; false where it asks for facts that nobody states.
fn applied(scheme: &Scheme, text: &str) -> bool {
    let scenario = applied::text("", "2024-10-15T10:00:00");
    let scenario = scenario.replace("KRW", &scheme.currency).replace("made-up", "mangled");
    let loaded = match parse(&scenario, "applied.toml", &One("mangled", text.into()), &[], None) {
        Ok(loaded) => loaded,
        Err(e) => {
            assert!(!e.to_string().is_empty());
            return false;
        }
    };
    assert!(!redress::scenario::show(&loaded, Lang::Ko).is_empty());
    let world = loaded.scenario.quantities.central();
    for rule in &loaded.scenario.guidelines[1].rules {
        for (hours, loss) in [(0.0, 0.0), (5.0, 12.3), (90.0, 4_567.8), (2_000.0, 1e7)] {
            let case = Case { loss, indirect_share: 0.0, hours, fee_month: 60.0, days_in_month: 31.0, attributes: &[] };
            let (direct, scheduled) = (award(rule, &case, &world), compile(rule, &case, &world).at(loss));
            assert!(direct.is_finite() && scheduled.is_finite(), "{direct} {scheduled}");
        }
    }
    true
}

#[test]
fn mangled_files_of_the_library_get_an_answer() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (first, cases) = (number("REDRESS_FUZZ_FIRST", 0), number("REDRESS_FUZZ_CASES", 1_500));
    let texts: Vec<String> = files().iter().map(|p| std::fs::read_to_string(p).expect("a text")).collect();
    let schemes = super::schemes();
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8) as u64;
    let seen: Vec<Seen> = std::thread::scope(|scope| {
        let work = |worker: u64| {
            let mut seen = Seen::default();
            for n in (first..first + cases).filter(|n| n % workers == worker) {
                let mut dice = Dice(Uniforms(n.wrapping_mul(0xD6E8_FEB8_6659_FD93)));
                let text = mangled(&texts, &mut dice);
                let before = dice.of(&schemes);
                let answer = std::panic::AssertUnwindSafe(|| answered(n, &text, before, &mut seen));
                if let Err(panic) = std::panic::catch_unwind(answer) {
                    println!("case {n}:\n{text}");
                    std::panic::resume_unwind(panic);
                }
            }
            seen
        };
        let all: Vec<_> = (0..workers).map(|w| scope.spawn(move || work(w))).collect();
        all.into_iter().map(|t| t.join().expect("no panic")).collect()
    });
    let sum = |of: fn(&Seen) -> usize| seen.iter().map(of).sum::<usize>();
    let (tried, read, applied) = (sum(|s| s.tried), sum(|s| s.read), sum(|s| s.applied));
    println!("{tried} files, {read} read, {applied} applied");
    assert_eq!(tried as u64, cases);
    // Mangled files must reach all rooms for the test to be worth anything.
    assert!(read * 20 > tried && applied * 200 > tried, "{read} and {applied} of {tried}");
}
