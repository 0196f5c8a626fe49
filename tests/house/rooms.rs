//! Who may use whom: rooms, crates, and what the inner rooms must never touch.

use std::collections::{BTreeMap, BTreeSet};

use super::text::{code, has_word, word_places};
use super::{File, file, files, none, places};

/// Rooms that take numbers and give numbers: no file, no clock, no environment, no state of their own.
const PURE: [&str; 7] = ["chance", "stats", "model", "guideline", "engine", "analysis", "annual"];

/// A row of the table of rooms in ARCHITECTURE.md.
struct Room {
    name: String,
    uses: BTreeSet<String>,
    crates: BTreeSet<String>,
}

fn rooms() -> Vec<Room> {
    let page = file("ARCHITECTURE.md").text;
    let rows = page.lines().filter(|l| l.starts_with("| `src/")).map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        assert_eq!(cells.len(), 4, "a row of rooms has four cells: {line}");
        let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(String::from).collect::<BTreeSet<_>>();
        let name = names(cells[0]).into_iter().next().unwrap_or_default();
        let name = name.trim_start_matches("src/").trim_end_matches('/').to_string();
        Room { name, uses: names(cells[2]), crates: names(cells[3]) }
    });
    rows.collect()
}

/// Source files with their room; `lib` and `main` stand outside of all rooms.
fn sources() -> Vec<(String, File)> {
    let room = |path: &str| path.trim_start_matches("src/").split('/').next().unwrap_or("").to_string();
    files("src", &["rs"]).into_iter().map(|f| (room(&f.path), f)).filter(|(r, _)| !r.ends_with(".rs")).collect()
}

fn dependencies() -> BTreeSet<String> {
    let manifest = file("Cargo.toml").text;
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or("");
    let lines = section.lines().take_while(|l| !l.starts_with('['));
    let names = lines.filter_map(|l| l.split_once(" = ")).map(|(name, _)| name.trim().replace('-', "_"));
    names.filter(|n| !n.starts_with('#')).collect()
}

#[test]
fn the_table_of_rooms_is_the_tree() {
    let listed: Vec<String> = rooms().into_iter().map(|r| r.name).collect();
    let found: BTreeSet<String> = sources().into_iter().map(|(room, _)| room).collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), found, "ARCHITECTURE.md lists the rooms of src/");
    let library = file("src/lib.rs").text;
    let declared: BTreeSet<String> =
        library.lines().filter_map(|l| l.strip_prefix("pub mod ")).map(|l| l.trim_end_matches(';').into()).collect();
    assert_eq!(declared, found, "src/lib.rs declares the rooms of src/");
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    let rooms = rooms();
    let order: Vec<&str> = rooms.iter().map(|r| r.name.as_str()).collect();
    for room in &rooms {
        let own = order.iter().position(|n| *n == room.name).unwrap_or(0);
        for used in &room.uses {
            let above = order[..own].contains(&used.as_str());
            assert!(above, "ARCHITECTURE.md lets {} use {used}, which is not above it", room.name);
        }
    }
    let mut wrong = Vec::new();
    for (name, source) in sources() {
        let allowed = rooms.iter().find(|r| r.name == name).map(|r| r.uses.clone()).unwrap_or_default();
        let outside = |line: &str| {
            let used: Vec<&str> = word_places(line, "crate::").map(|at| room_at(&line[at + 7..])).collect();
            used.iter().any(|used| *used != name && !allowed.contains(*used))
        };
        wrong.extend(places(&source.path, &code(&source.text), outside));
    }
    none("a room uses rooms that ARCHITECTURE.md does not let it use:", wrong);
}

fn room_at(path: &str) -> &str {
    path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
}

#[test]
fn no_room_is_left_by_the_back_door() {
    let mut wrong = Vec::new();
    for (_, source) in sources() {
        // src/engine/cell/law.rs is crate::engine::cell::law: three `super::` would leave the room.
        let folders = source.path.matches('/').count() - 1;
        let depth = folders + usize::from(!source.path.ends_with("/mod.rs"));
        let code = code(&source.text);
        let inner = code.find("mod tests {").unwrap_or(code.len());
        let mut at = 0;
        for line in code.lines() {
            let inline = usize::from(at > inner);
            let climbs = line.match_indices("super::").map(|(i, _)| chain(&line[i..])).max().unwrap_or(0);
            if climbs >= depth + inline {
                wrong.push(format!("{}: {}", source.path, line.trim()));
            }
            at += line.len() + 1;
        }
    }
    none("`super::` leads out of the room; name the other room by `crate::`:", wrong);
}

/// How many `super::` follow each other.
fn chain(path: &str) -> usize {
    let mut rest = path;
    let mut count = 0;
    while let Some(next) = rest.strip_prefix("super::") {
        count += 1;
        rest = next;
    }
    count
}

#[test]
fn crates_stay_in_their_rooms() {
    let known = dependencies();
    assert!(known.len() > 10, "the dependencies of Cargo.toml were found");
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let rooms = rooms();
    let mut wrong = Vec::new();
    for (name, source) in sources() {
        let code = code(&source.text);
        let allowed = rooms.iter().find(|r| r.name == name).map(|r| r.crates.clone()).unwrap_or_default();
        for dependency in &known {
            let uses = |line: &str| word_places(line, &format!("{dependency}::")).any(|at| !line[..at].ends_with("::"));
            let found = places(&source.path, &code, uses);
            if !found.is_empty() {
                used.entry(name.clone()).or_default().insert(dependency.clone());
            }
            if !allowed.contains(dependency) {
                wrong.extend(found);
            }
        }
    }
    none("a crate is used in a room that ARCHITECTURE.md does not list it for:", wrong);
    for room in &rooms {
        let real = used.remove(&room.name).unwrap_or_default();
        let idle: Vec<&String> = room.crates.difference(&real).collect();
        assert!(idle.is_empty(), "ARCHITECTURE.md lists crates for {} that it does not use: {idle:?}", room.name);
    }
    for lonely in ["rayon", "polars", "plotters", "resvg", "toml", "clap"] {
        let homes = rooms.iter().filter(|r| r.crates.contains(lonely)).count();
        assert_eq!(homes, 1, "{lonely} lives in one room");
    }
}

#[test]
fn inner_rooms_touch_no_file_no_clock_and_no_environment() {
    let forbidden = [
        "std::fs",
        "std::io",
        "std::env",
        "std::net",
        "std::process",
        "std::time",
        "File::",
        "Instant",
        "SystemTime",
        "Timestamp",
        "env!",
        "option_env!",
        "include_str!",
        "include_bytes!",
        "available_parallelism",
        "OsRng",
        "thread_rng",
        "rand::rng",
    ];
    none(
        "numbers must follow from the scenario, the seed and the options alone:",
        in_rooms(&PURE, |line| forbidden.iter().any(|f| has_word(line, f))),
    );
}

#[test]
fn inner_rooms_keep_no_state() {
    let kept =
        ["static mut", "thread_local!", "OnceLock", "OnceCell", "LazyLock", "LazyCell", "AtomicU64", "AtomicUsize"];
    none(
        "nothing may be remembered but in a memo, whose values depend on their key alone:",
        in_rooms(&PURE, |line| {
            let item = line.trim_start().trim_start_matches("pub ").starts_with("static ");
            (item && !line.contains(": Memo<")) || kept.iter().any(|k| has_word(line, k))
        }),
    );
}

#[test]
fn clock_and_environment_belong_to_the_command_line() {
    let outer = ["scenario", "output"];
    let forbidden = ["std::env", "Instant", "SystemTime", "Timestamp", "Zoned"];
    none(
        "only src/app may ask for the time or the environment:",
        in_rooms(&outer, |line| forbidden.iter().any(|f| has_word(line, f))),
    );
}

#[test]
fn order_never_comes_from_a_hash() {
    let all: Vec<String> = rooms().into_iter().map(|r| r.name).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    none(
        "hash maps have no order that holds from run to run; use BTreeMap or a sorted Vec:",
        in_rooms(&all, |line| ["HashMap", "HashSet", "RandomState"].iter().any(|h| has_word(line, h))),
    );
}

#[test]
fn threads_never_add_floats() {
    let hands = [
        "src/scenario/mod.rs",
        "src/engine/run.rs",
        "src/analysis/collect.rs",
        "src/output/figures/files.rs",
        "src/app/job.rs",
    ];
    let mut wrong = Vec::new();
    for (_, source) in sources() {
        let code = code(&source.text);
        if !hands.contains(&source.path.as_str()) {
            wrong.extend(places(&source.path, &code, |l| has_word(l, "std::thread") || has_word(l, "thread::scope")));
        }
        for (at, _) in code.match_indices(".par_") {
            let statement = code[at..].split(';').next().unwrap_or("");
            let folded = [".sum", ".reduce", ".fold", ".product", "par_bridge"].iter().any(|f| statement.contains(f));
            if folded || ![".collect()", ".for_each("].iter().any(|f| statement.contains(f)) {
                wrong.push(format!("{}: {}", source.path, statement.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
        }
    }
    none("parallel work is collected in order and added up by one thread:", wrong);
}

#[test]
fn laws_do_not_use_the_platform_s_mathematics() {
    // sqrt, floor, abs and fused multiply-add are exact by IEEE 754 everywhere; these are not.
    let platform = [
        ".ln()",
        ".log10()",
        ".log2()",
        ".exp()",
        ".exp2()",
        ".exp_m1()",
        ".ln_1p()",
        ".powf(",
        ".sin()",
        ".cos()",
        ".tan()",
        ".tanh()",
        ".atan()",
        ".cbrt()",
        ".hypot(",
    ];
    let mut wrong = Vec::new();
    for (room, source) in sources() {
        let drawn_by_inversion = room == "stats" || (room == "chance" && source.path != "src/chance/counts.rs");
        if drawn_by_inversion {
            wrong.extend(places(&source.path, &code(&source.text), |l| platform.iter().any(|p| l.contains(p))));
        }
    }
    none("quantities and statistics take their functions from `libm`, so that they agree across machines:", wrong);
}

fn in_rooms(rooms: &[&str], wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let chosen = sources().into_iter().filter(|(room, _)| rooms.contains(&room.as_str()));
    chosen.flat_map(|(_, source)| places(&source.path, &code(&source.text), &wrong)).collect()
}
