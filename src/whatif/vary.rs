//! What is changed, to which values, and the runs that this takes.
//!
//! Values of a guideline's own numbers become further guidelines of one plan: they meet the same worlds, losers and
//! chance, so that curves over them are smooth, and it is one pass. Any other number asks for a run of each value, in the
//! same worlds as far as the number leaves them as they are, for every quantity has a random stream of its own; so does a
//! number of a guideline with which others of the file move, such as a budget that is the same as its pool.

use std::path::Path;

use crate::model::Scenario;
use crate::scenario::{self, LoadError, Loaded};

/// A place in the scenario and the values it is to take.
#[derive(Clone, Debug, PartialEq)]
pub struct Vary {
    /// Path, e.g. `guidelines.flat.rules.cash.amount`.
    pub path: String,
    /// Values in the words of the file.
    pub values: Vec<String>,
    /// The same as numbers in one unit ([`Vary::unit`]); their order where they are no numbers.
    pub numbers: Vec<f64>,
    /// What stands behind the numbers, e.g. `bn KRW` or `%`; empty for bare numbers and for words.
    pub unit: String,
    /// True for steps of equal ratio.
    pub log: bool,
    /// True where the values are words and not numbers.
    pub words: bool,
}

/// Values that a range has unless it says how many.
const STEPS: usize = 11;
/// Most values of a range: each takes a run of its own.
const MOST_STEPS: usize = 10_000;
/// Most values of one place.
pub const MOST_VALUES: usize = 1000;

impl Vary {
    /// Reads `PATH=VALUES`: `a, b, c`; `a .. b`; `a .. b in 21`; `a .. b in 9 log`. The unit may stand at the end alone:
    /// `1000 .. 20000 KRW`.
    ///
    /// # Errors
    /// What is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Vary, String> {
        let Some((path, values)) = text.split_once('=') else {
            return Err(format!(
                "`{text}`: write PATH=VALUES, such as guidelines.flat.rules.cash.amount='1000 .. 9000 KRW in 9'"
            ));
        };
        let (path, values) = (path.trim().to_string(), values.trim());
        if values.is_empty() {
            return Err(format!("`{path}` has no values; write for example `{path}=1, 2, 5` or `{path}=1 .. 5 in 9`"));
        }
        if let Some(plain) = with_thousands(values) {
            return Err(format!(
                "`{values}`: a comma before three digits can be read in two ways; write {plain} if it sets thousands apart, \
                 or a blank behind it if it separates values"
            ));
        }
        match values.split_once("..") {
            Some((from, to)) => Vary::range(path, from, to),
            None => match meant_as_range(values) {
                Some(range) => Err(format!("`{values}` is no value; a range is written `{path}={range}`")),
                None => Vary::list(path, values),
            },
        }
    }

    fn list(path: String, values: &str) -> Result<Vary, String> {
        let texts: Vec<&str> = values.split(',').map(str::trim).filter(|t| !t.is_empty()).collect();
        let unit = texts.last().map_or("", |last| numbered(last).map_or("", |(_, unit)| unit));
        let numbers: Option<Vec<f64>> = texts
            .iter()
            .map(|t| numbered(t).filter(|(_, own)| own.is_empty() || *own == unit).map(|(number, _)| number))
            .collect();
        let words = numbers.is_none();
        let values = match &numbers {
            Some(numbers) => numbers.iter().map(|x| written(*x, unit)).collect(),
            None => texts.iter().map(|t| (*t).to_string()).collect(),
        };
        let numbers = numbers.unwrap_or_else(|| (1..=texts.len()).map(|i| i as f64).collect());
        let unit = if words { String::new() } else { unit.to_string() };
        few(Vary { path, values, numbers, unit, log: false, words })
    }

    fn range(path: String, from: &str, to: &str) -> Result<Vary, String> {
        let (to, log) = match to.trim().strip_suffix("log") {
            Some(rest) => (rest.trim(), true),
            None => (to.trim().strip_suffix("linear").unwrap_or(to.trim()).trim(), false),
        };
        let (to, steps) = match to.rsplit_once(" in ") {
            Some((to, steps)) => match steps.trim().parse::<usize>() {
                Ok(n) if (2..=MOST_STEPS).contains(&n) => (to.trim(), n),
                _ => {
                    let steps = steps.trim();
                    return Err(format!("`{steps}`: the number of values is a whole number from 2 to {MOST_STEPS}"));
                }
            },
            None => (to, STEPS),
        };
        let wrong =
            |t: &str| format!("`{}` is no number with a unit; write for example 1000 .. 9000 KRW in 9", t.trim());
        let (low, low_unit) = numbered(from.trim()).ok_or_else(|| wrong(from))?;
        let (high, unit) = numbered(to).ok_or_else(|| wrong(to))?;
        if !low_unit.is_empty() && low_unit != unit {
            return Err(format!("`{}` and `{to}` must be written in one unit", from.trim()));
        }
        if low >= high {
            return Err(format!("the range must go up: {} is not below {to}", from.trim()));
        }
        if log && low <= 0.0 {
            return Err(format!("steps of equal ratio need a start above 0, not {}", from.trim()));
        }
        let numbers: Vec<f64> = (0..steps)
            .map(|i| {
                let t = i as f64 / (steps - 1) as f64;
                match log {
                    _ if i == 0 => low,
                    _ if i + 1 == steps => high,
                    true => tidy(low * (high / low).powf(t)),
                    false => tidy(low + (high - low) * t),
                }
            })
            .collect();
        let values = numbers.iter().map(|x| written(*x, unit)).collect();
        few(Vary { path, values, numbers, unit: unit.into(), log, words: false })
    }

    /// The same place with other numbers.
    pub fn with(&self, numbers: Vec<f64>) -> Vary {
        let values = numbers.iter().map(|x| written(*x, &self.unit)).collect();
        Vary { numbers, values, ..self.clone() }
    }

    /// The guideline whose own number this is, and the path inside it.
    pub fn guideline(&self) -> Option<(&str, &str)> {
        self.path.strip_prefix("guidelines.")?.split_once('.')
    }
}

fn few(vary: Vary) -> Result<Vary, String> {
    match vary.values.len() {
        0 => Err(format!("`{}` has no values", vary.path)),
        n if n > MOST_VALUES => Err(format!("{n} values are more than {MOST_VALUES}")),
        _ => Ok(vary),
    }
}

/// Values in which a comma stands between one to three digits and exactly three, without a blank, written as if it set
/// thousands apart; `None` where there is no such comma.
fn with_thousands(values: &str) -> Option<String> {
    let mut out = String::new();
    let mut found = false;
    let mut pieces = values.split(',').peekable();
    while let Some(piece) = pieces.next() {
        out.push_str(piece);
        let Some(next) = pieces.peek() else { break };
        let own = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_');
        let before = &piece[piece.trim_end_matches(own).len()..];
        let digits = next.bytes().take_while(u8::is_ascii_digit).count();
        let after = next[digits..].starts_with('_');
        let group = !before.is_empty() && before.len() <= 3 && before.bytes().all(|b| b.is_ascii_digit());
        let thousands = group && digits == 3 && !after;
        found |= thousands;
        out.push(if thousands { '_' } else { ',' });
    }
    found.then_some(out)
}

/// The range that is meant by `0 to 100 AUD` or `0 – 100 AUD`.
fn meant_as_range(values: &str) -> Option<String> {
    let (from, to) = [" to ", " until ", "–", "—", "~", "…", " - "].iter().find_map(|sign| values.split_once(sign))?;
    let (to, steps) = to.split_once(" in ").unwrap_or((to, "5"));
    let ((low, low_unit), (high, unit)) = (numbered(from.trim())?, numbered(to.trim())?);
    let fits = low < high && (low_unit.is_empty() || low_unit == unit) && !unit.contains(',');
    fits.then(|| format!("{} .. {} in {}", written(low, ""), written(high, unit), steps.trim()))
}

/// Twelve significant digits: what binary fractions add beyond them is not meant.
fn tidy(x: f64) -> f64 {
    format!("{x:.11e}").parse().unwrap_or(x)
}

/// A number and what stands behind it.
fn numbered(text: &str) -> Option<(f64, &str)> {
    let end = text
        .char_indices()
        .find(|(i, c)| {
            let exponent =
                matches!(c, 'e' | 'E') && text[i + 1..].starts_with(|d: char| d.is_ascii_digit() || d == '-');
            !(c.is_ascii_digit() || matches!(c, '.' | '_' | '-' | '+') || exponent)
        })
        .map_or(text.len(), |(i, _)| i);
    let number = text[..end].replace('_', "").parse::<f64>().ok().filter(|x| x.is_finite())?;
    Some((number, text[end..].trim()))
}

fn written(number: f64, unit: &str) -> String {
    if unit.is_empty() { format!("{number}") } else { format!("{number} {unit}") }
}

/// Where a scenario comes from: a file and changes to it.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The file.
    pub file: &'a Path,
    /// Changes in the words of `--set`.
    pub set: &'a [String],
}

impl Origin<'_> {
    /// Loads it with further changes.
    ///
    /// # Errors
    /// As [`scenario::load`].
    pub fn with(&self, changes: impl IntoIterator<Item = String>) -> Result<Loaded, LoadError> {
        let all: Vec<String> = self.set.iter().cloned().chain(changes).collect();
        scenario::load(self.file, &all)
    }
}

/// One run that gives the results at several points.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The scenario, with a guideline for each point where the points differ in a guideline's numbers.
    pub scenario: Scenario,
    /// For each point its index among all points and the guideline whose results are its own; `None`: every guideline's.
    pub points: Vec<(usize, Option<usize>)>,
}

/// Most guidelines of one plan.
const MOST_COPIES: usize = 24;

/// The plans that give the results at every combination of values (the last varies fastest). `wanted`: of which guidelines (ids)
/// results are asked for; of none in particular, of the one whose number is varied, or of all.
///
/// # Errors
/// A path that is not there or a value that does not fit: every mistake.
pub fn plans(origin: Origin<'_>, over: &[Vary], wanted: &[String]) -> Result<Vec<Plan>, LoadError> {
    let points = combinations(over);
    let mut owners: Vec<&str> = over.iter().filter_map(|v| v.guideline()).map(|(id, _)| id).collect();
    owners.dedup();
    let own = match owners[..] {
        // Copies of one guideline tell nothing of others.
        [own] if wanted.iter().all(|id| id == own) => Some(own.to_string()),
        _ => None,
    };
    let Some(own) = own else {
        return points
            .iter()
            .enumerate()
            .map(|(i, at)| Ok(Plan { scenario: origin.with(changes(over, at))?.scenario, points: vec![(i, None)] }))
            .collect();
    };
    let inside = |v: &Vary| v.guideline().is_some_and(|(id, _)| id == own);
    if moves_others(origin, over, &own)? {
        return points.iter().enumerate().map(|(i, at)| plan_of_one(origin, over, &own, (i, at))).collect();
    }
    let mut plans = Vec::new();
    let mut waiting: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    // Points that agree in all but the guideline's own numbers share plans.
    for (i, at) in points.iter().enumerate() {
        let outside: Vec<usize> = over.iter().zip(at).map(|(v, k)| if inside(v) { 0 } else { *k }).collect();
        match waiting.iter_mut().find(|(o, members)| *o == outside && members.len() < MOST_COPIES) {
            Some((_, members)) => members.push(i),
            None => waiting.push((outside, vec![i])),
        }
    }
    for (_, members) in waiting {
        plans.push(plan_of_copies(origin, over, &own, &points, &members)?);
    }
    Ok(plans)
}

/// A point in the words of `--set`.
fn changes<'a>(over: &'a [Vary], at: &'a [usize]) -> impl Iterator<Item = String> + 'a {
    over.iter().zip(at).map(|(v, k)| format!("{}={}", v.path, v.values[*k]))
}

/// Whether another number moves with those of a guideline that are varied: a copy of the guideline, which leaves itself as it
/// is, would then not be the scenario at that value. Seen at the first and the last value of each, of which one is new.
fn moves_others(origin: Origin<'_>, over: &[Vary], own: &str) -> Result<bool, LoadError> {
    if !origin.with([])?.resolved.contains("same_as") {
        return Ok(false);
    }
    for vary in over.iter().filter(|v| v.guideline().is_some_and(|(id, _)| id == own)) {
        for end in [0, vary.values.len() - 1] {
            let at: Vec<usize> = over.iter().map(|v| if v.path == vary.path { end } else { 0 }).collect();
            let copied = plan_of_copies(origin, over, own, std::slice::from_ref(&at), &[0])?;
            if !agree(&copied.scenario, &origin.with(changes(over, &at))?.scenario, own) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether the first copy of a guideline and all around it have the numbers that the scenario has where it is changed itself.
/// Those of other guidelines do not count: nothing is told of them.
fn agree(copied: &Scenario, changed: &Scenario, own: &str) -> bool {
    let (all, of_own, of_copy) = ("guidelines.", format!("guidelines.{own}."), format!("guidelines.{own}--1."));
    let list = &changed.quantities;
    let paths = list.listed().map(|q| &q.path).chain(list.same.iter().map(|s| &s.path));
    let mut counted = paths.filter(|p| !p.starts_with(all) || p.starts_with(&of_own));
    counted.all(|path| {
        let there = path.strip_prefix(&of_own).map_or_else(|| path.clone(), |inner| format!("{of_copy}{inner}"));
        match (list.behind(path), copied.quantities.behind(&there)) {
            (Some(changed), Some(copied)) => changed.law == copied.law,
            _ => true,
        }
    })
}

/// A plan of one point, with the one guideline.
fn plan_of_one(origin: Origin<'_>, over: &[Vary], own: &str, (i, at): (usize, &[usize])) -> Result<Plan, LoadError> {
    let mut scenario = origin.with(changes(over, at))?.scenario;
    scenario.guidelines.retain(|g| g.id == own);
    scenario.baseline = 0;
    Ok(Plan { scenario, points: vec![(i, Some(0))] })
}

/// A plan in which a guideline stands once for each of some points, and no other guideline.
fn plan_of_copies(
    origin: Origin<'_>,
    over: &[Vary],
    own: &str,
    points: &[Vec<usize>],
    members: &[usize],
) -> Result<Plan, LoadError> {
    let copy = |n: usize| format!("{own}--{}", n + 1);
    let mut set = Vec::new();
    for (v, k) in over.iter().zip(&points[members[0]]) {
        if v.guideline().is_none_or(|(id, _)| id != own) {
            set.push(format!("{}={}", v.path, v.values[*k]));
        }
    }
    for (n, i) in members.iter().enumerate() {
        set.push(format!("guidelines.{}={{ based_on = \"{own}\" }}", copy(n)));
        for (v, k) in over.iter().zip(&points[*i]) {
            if let Some((id, inner)) = v.guideline()
                && id == own
            {
                set.push(format!("guidelines.{}.{inner}={}", copy(n), v.values[*k]));
            }
        }
    }
    let loaded = origin.with(set).or_else(|e| {
        // A mistake is told once, in the words that were given, and not of every copy.
        origin.with(changes(over, &points[members[0]])).and(Err(e))
    });
    let mut scenario = loaded?.scenario;
    scenario.guidelines.retain(|g| g.id.starts_with(&format!("{own}--")));
    scenario.baseline = 0;
    Ok(Plan { points: members.iter().enumerate().map(|(n, i)| (*i, Some(n))).collect(), scenario })
}

/// Indices of values for every combination; the last place varies fastest.
pub fn combinations(over: &[Vary]) -> Vec<Vec<usize>> {
    over.iter().fold(vec![Vec::new()], |all, v| {
        let further = |at: &Vec<usize>| {
            let at = at.clone();
            (0..v.values.len()).map(move |k| at.iter().copied().chain([k]).collect::<Vec<usize>>())
        };
        all.iter().flat_map(further).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_lists_are_read_with_their_unit() {
        let v = Vary::parse("a.b = 1000 .. 9000 KRW in 5").expect("a range");
        assert_eq!(
            (v.path.as_str(), v.values.join("; ").as_str()),
            ("a.b", "1000 KRW; 3000 KRW; 5000 KRW; 7000 KRW; 9000 KRW")
        );
        let v = Vary::parse("a=1 .. 100 in 3 log").expect("a range");
        assert_eq!((v.numbers, v.log), (vec![1.0, 10.0, 100.0], true));
        let v = Vary::parse("a=2 %, 5 %, 36 %").expect("a list");
        assert_eq!((v.numbers.as_slice(), v.unit.as_str(), v.words), (&[2.0, 5.0, 36.0][..], "%", false));
        let v = Vary::parse("a=web-form, one-tap").expect("words");
        assert_eq!((v.numbers, v.words), (vec![1.0, 2.0], true));
        assert_eq!(Vary::parse("a=0.1 .. 0.4 in 4").expect("a range").values, ["0.1", "0.2", "0.3", "0.4"]);
        // What stands without a blank is a list where no group of three digits says otherwise.
        for (text, values) in [("a=1,2", vec![1.0, 2.0]), ("a=1000,200, 36", vec![1000.0, 200.0, 36.0])] {
            assert_eq!(Vary::parse(text).expect("a list").numbers, values);
        }
        assert_eq!(Vary::parse("a=300_000, 400_000 KRW").expect("a list").numbers, [300_000.0, 400_000.0]);
        assert_eq!(Vary::parse("a=1, 200, 300 h").expect("a list").numbers, [1.0, 200.0, 300.0]);
        for wrong in
            ["a", "a=", "a=5 .. 1", "a=0 .. 5 log", "a=1 h .. 2 d", "a=x .. y", "a=1 .. 2 in 1", "a=1 .. 2 in 10001"]
        {
            assert!(Vary::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        for (text, plain) in [
            ("a=300,000, 400,000", "300_000, 400_000"),
            ("a=1,000, 2,000 KRW", "1_000, 2_000 KRW"),
            ("a=1,000,000 KRW", "1_000_000 KRW"),
            ("a=500, 1,000", "500, 1_000"),
            ("a=1,000 .. 9,000 KRW in 5", "1_000 .. 9_000 KRW in 5"),
        ] {
            let told = Vary::parse(text).expect_err(text);
            assert!(told.contains(&format!("write {plain} if")), "{told}");
        }
        for (text, range) in [
            ("a=0 to 100 AUD", "a=0 .. 100 AUD in 5"),
            ("a=0–100 AUD", "a=0 .. 100 AUD in 5"),
            ("a=10 % ~ 90 % in 9", "a=10 .. 90 % in 9"),
        ] {
            let told = Vary::parse(text).expect_err(text);
            assert!(told.contains(range), "{told}");
        }
    }

    #[test]
    fn the_last_place_varies_fastest() {
        let two = |p: &str| Vary::parse(&format!("{p}=1, 2")).expect("a list");
        assert_eq!(combinations(&[two("a"), two("b")]), [[0, 0], [0, 1], [1, 0], [1, 1]]);
    }
}
