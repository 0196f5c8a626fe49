//! Damaged files are refused or read, but never stop the program.

use redress::scenario::{LoadError, parse};

use super::{BASE, Shelf};

/// A small generator of its own, so that the damage is the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

fn damage(text: &str, dice: &mut Dice) -> String {
    let pieces =
        ["\"", "{", "}", "[", "]", "=", ".", "-1", "inf", "nan", "1e999", "한", "\n", "0", " h", " %", "\\", "#", "''"];
    let mut chars: Vec<String> = text.chars().map(String::from).collect();
    for _ in 0..=dice.below(3) {
        let at = dice.below(chars.len());
        match dice.below(4) {
            0 => chars[at] = pieces[dice.below(pieces.len())].into(),
            1 => chars[at].push_str(pieces[dice.below(pieces.len())]),
            2 => drop(chars.remove(at)),
            _ => {
                let end = (at + dice.below(40)).min(chars.len() - 1);
                drop(chars.drain(at..end));
            }
        }
    }
    chars.concat()
}

#[test]
fn damaged_files_never_panic_and_always_tell_where() {
    let mut dice = Dice(20_221_015);
    let mut refused = 0;
    for _ in 0..3000 {
        let text = damage(BASE, &mut dice);
        if let Err(LoadError::Invalid(report)) = parse(&text, "damaged.toml", &Shelf, &[], None) {
            refused += 1;
            assert!(!report.is_empty());
            let shown = report.render(false);
            assert!(shown.contains("damaged.toml:"), "{shown}");
            assert!(report.located().iter().all(|l| !l.help.is_empty()), "each says what would be right: {shown}");
        }
    }
    assert!(refused > 1000, "{refused}");
}

#[test]
fn damaged_changes_never_panic() {
    let mut dice = Dice(7);
    let sets =
        ["cohorts.users.size={ law = \"uniform\", min = 1, max = 2 }", "guidelines.flat.rules.cash.amount=5 bn KRW"];
    for i in 0..1000 {
        let set = damage(sets[i % 2], &mut dice);
        if let Err(e) = parse(BASE, "small.toml", &Shelf, &[set], None) {
            assert!(!e.to_string().is_empty());
        }
    }
}

/// Every choice of the kinds of tables (all cohorts, all services, ...) left out: what is then missing is told, and nothing
/// that looks at it stops the program.
#[test]
fn files_without_whole_kinds_of_tables_never_panic() {
    // What stands before the first table, then tables: kind and text.
    let mut tables: Vec<(&str, String)> = vec![("", String::new())];
    for line in BASE.lines() {
        if line.starts_with('[') {
            let name = line.trim_start_matches('[');
            tables.push((name.split(['.', ']']).next().unwrap_or(name), String::new()));
        }
        let (_, text) = tables.last_mut().expect("one at least");
        *text += line;
        *text += "\n";
    }
    let mut kinds: Vec<&str> = tables.iter().map(|(kind, _)| *kind).filter(|kind| !kind.is_empty()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert!((6..=12).contains(&kinds.len()), "{kinds:?}");
    let mut read = 0;
    for choice in 0..1u32 << kinds.len() {
        let left_out = |kind: &str| kinds.iter().position(|k| *k == kind).is_some_and(|i| choice >> i & 1 == 1);
        let text: String = tables.iter().filter(|(kind, _)| !left_out(kind)).map(|(_, text)| text.as_str()).collect();
        match parse(&text, "parts.toml", &Shelf, &[], None) {
            Ok(_) => read += 1,
            Err(LoadError::Invalid(report)) => {
                assert!(report.render(false).contains("parts.toml:"), "{kinds:?} {choice:b}");
            }
            Err(other) => panic!("{kinds:?} {choice:b}: {other}"),
        }
    }
    assert!(read > 0 && read < 1 << kinds.len(), "{read}");
}
