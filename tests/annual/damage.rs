//! Damaged company files never panic: they are read, or refused with a place.

use redress::chance::stream::Stream;
use redress::scenario::{NoLibrary, parse_company};

const SMALL: &str = include_str!("company.toml");
const CLAIMS: &str = include_str!("claims.toml");

#[test]
fn damaged_files_are_refused_at_a_place_or_read() {
    let mut stream = Stream::named(3, 0, "test", "damage");
    let none = |_: &str| Err("there is none".to_string());
    for round in 0..400 {
        let text = if round % 2 == 0 { SMALL } else { CLAIMS };
        let at = stream.at(round);
        let mut lines: Vec<String> = text.lines().map(String::from).collect();
        for _ in 0..=(at.uniform() * 3.0) as usize {
            let i = (at.uniform() * lines.len() as f64) as usize;
            let line = lines[i].clone();
            match (at.uniform() * 4.0) as usize {
                0 => drop(lines.remove(i)),
                1 => lines.insert(i, line),
                2 => lines[i] = line.replacen('=', "= -", 1),
                _ => lines[i] = line.chars().filter(|c| *c != 'e').collect(),
            }
        }
        let damaged = lines.join("\n");
        if let Err(e) = parse_company(&damaged, "company.toml", &NoLibrary, &none, (&[], &[])) {
            assert!(e.to_string().contains("company.toml"), "{e}\n{damaged}");
        }
    }
}
