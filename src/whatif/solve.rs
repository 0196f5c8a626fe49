//! Goal-seek: the value of one quantity at which a statement about the results turns true.
//!
//! The statement's estimate is looked at on a grid of values, all in the same worlds. Between two neighbours of which one
//! satisfies it and the other does not it turns; each turn is narrowed by finer grids until its width is a thousandth of the
//! range or the Monte-Carlo error leaves no more to be told apart. The interval of a turn is where the ends of the
//! estimate's own 95 % interval meet the bound.

use super::statement::Statement;
use super::vary::Vary;
use crate::stats::Estimate;

/// The statement's estimate at one value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The value.
    pub x: f64,
    /// Estimate of what the statement looks at.
    pub estimate: Estimate,
}

/// A value at which the statement turns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// The last value found on the side where it holds.
    pub holds_at: f64,
    /// The first value found on the other side.
    pub fails_at: f64,
    /// Values between which the true turn lies, given the Monte-Carlo error (about 95 %); infinite where the range looked
    /// at does not bound it.
    pub interval: (f64, f64),
}

impl Turn {
    /// Whether the statement holds below it.
    pub fn holds_below(&self) -> bool {
        self.holds_at < self.fails_at
    }
}

/// What was found in a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// All values looked at, in ascending order.
    pub points: Vec<Point>,
    /// Where the statement turns, in ascending order.
    pub turns: Vec<Turn>,
}

impl Solution {
    /// Whether the statement holds at every value looked at, at none, or turns.
    pub fn everywhere(&self, statement: &Statement) -> Option<bool> {
        let holds = |p: &Point| statement.holds(p.estimate.value);
        match self.turns.is_empty() {
            true => self.points.first().map(holds),
            false => None,
        }
    }
}

/// Values of the first grid,
pub const FIRST: usize = 17;
/// and of each finer one.
const FINER: usize = 9;
/// A turn is narrow enough at this part of the range,
const NARROW: f64 = 1e-3;
/// or after so many finer grids.
const ROUNDS: usize = 4;

/// Looks for the turns of a statement over a range; `look` gives the estimates at some values, in order.
///
/// # Errors
/// As `look`.
pub fn solve<E>(
    statement: &Statement,
    vary: &Vary,
    mut look: impl FnMut(&Vary) -> Result<Vec<Estimate>, E>,
) -> Result<Solution, E> {
    let mut points: Vec<Point> = evaluated(vary, &mut look)?;
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    let (low, high) = (points.first().map_or(0.0, |p| p.x), points.last().map_or(0.0, |p| p.x));
    for _ in 0..ROUNDS {
        let pairs = points.windows(2).map(|w| (w[0], w[1]));
        let wide: Vec<(Point, Point)> =
            pairs.filter(|(a, b)| b.x - a.x > NARROW * (high - low) && passes(statement, a, b)).collect();
        if wide.is_empty() {
            break;
        }
        let between = wide.iter().flat_map(|(a, b)| inner(a.x, b.x, vary.log)).collect();
        points.extend(evaluated(&vary.with(between), &mut look)?);
        points.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    let turns = brackets(statement, &points).map(|(a, b)| turn(statement, &points, a, b)).collect();
    Ok(Solution { points, turns })
}

fn evaluated<E>(vary: &Vary, look: &mut impl FnMut(&Vary) -> Result<Vec<Estimate>, E>) -> Result<Vec<Point>, E> {
    let estimates = look(vary)?;
    Ok(vary.numbers.iter().zip(estimates).map(|(x, estimate)| Point { x: *x, estimate }).collect())
}

/// Neighbours of which one satisfies the statement and the other does not.
fn brackets<'a>(statement: &'a Statement, points: &'a [Point]) -> impl Iterator<Item = (Point, Point)> + 'a {
    let holds = |p: &Point| statement.holds(p.estimate.value);
    points.windows(2).filter(move |w| holds(&w[0]) != holds(&w[1])).map(|w| (w[0], w[1]))
}

/// True where the estimate or an end of its interval passes the bound between two neighbours.
fn passes(statement: &Statement, a: &Point, b: &Point) -> bool {
    let sides = |p: &Point| [p.estimate.value, p.estimate.lo, p.estimate.hi].map(|x| statement.holds(x));
    sides(a) != sides(b)
}

/// Values inside a bracket.
fn inner(low: f64, high: f64, log: bool) -> impl Iterator<Item = f64> {
    (1..=FINER).map(move |i| {
        let t = i as f64 / (FINER + 1) as f64;
        if log { low * (high / low).powf(t) } else { low + (high - low) * t }
    })
}

/// The turn in a bracket, with the interval that the error of the estimates leaves: outwards from the bracket to the
/// nearest values at which both ends of the estimate's interval are on one side.
fn turn(statement: &Statement, points: &[Point], a: Point, b: Point) -> Turn {
    let sure =
        |p: &Point, holds: bool| statement.holds(p.estimate.lo) == holds && statement.holds(p.estimate.hi) == holds;
    let (holds, fails) = if statement.holds(a.estimate.value) { (a, b) } else { (b, a) };
    let below = points.iter().rev().filter(|p| p.x <= a.x).find(|p| sure(p, holds.x == a.x));
    let above = points.iter().filter(|p| p.x >= b.x).find(|p| sure(p, holds.x == b.x));
    let interval = (below.map_or(f64::NEG_INFINITY, |p| p.x), above.map_or(f64::INFINITY, |p| p.x));
    Turn { holds_at: holds.x, fails_at: fails.x, interval }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Side, Statistic};
    use crate::whatif::{Interest, Look};

    fn statement(side: Side, bound: f64) -> Statement {
        const LEAST: &str = "schema = 1\nid = \"x\"\ntitle = \"x\"\ncurrency = \"KRW\"\n[outage]\nstart = 2022-10-15T15:30:00\n\
             [services.a]\ntitle = \"a\"\nrestored_after = \"3 h\"\n[cohorts.c]\ntitle = \"c\"\nsize = 10\nhit = 1\n\
             services = [\"a\"]\n[guidelines.g]\ntitle = \"g\"\nrules = []\n";
        let loaded = crate::scenario::parse(LEAST, "x.toml", &crate::scenario::NoLibrary, &[], None);
        let scenario = loaded.unwrap_or_else(|e| panic!("{e}")).scenario;
        let interest = Interest::parse("cost", &scenario, Some(0)).expect("a measure");
        let look = Look { interest, statistic: Statistic::Mean, of_budget: false };
        Statement { look, side, bound, by_budget: false }
    }

    fn found(f: impl Fn(f64) -> f64, se: f64, side: Side, bound: f64) -> Solution {
        let vary = Vary::parse(&format!("a=0 .. 10 in {FIRST}")).expect("a range");
        let look = |v: &Vary| Ok::<_, ()>(v.numbers.iter().map(|x| Estimate::normal(f(*x), se)).collect());
        solve(&statement(side, bound), &vary, look).expect("nothing fails")
    }

    #[test]
    fn one_turn_is_found_with_its_interval() {
        let s = found(|x| x * x, 0.5, Side::AtMost, 30.0);
        assert_eq!(s.turns.len(), 1);
        let t = s.turns[0];
        assert!((t.holds_at - 30f64.sqrt()).abs() < 0.01 && t.holds_below() && t.fails_at > t.holds_at, "{t:?}");
        // x² ± 1.96 · 0.5 meets 30 at 5.387 and 5.566.
        assert!(t.interval.0 <= 5.387 && t.interval.0 > 4.9 && t.interval.1 >= 5.566 && t.interval.1 < 6.3, "{t:?}");
    }

    #[test]
    fn several_turns_and_none_are_told_apart() {
        let s = found(|x| (x - 5.0).powi(2), 0.0, Side::AtLeast, 4.0);
        assert_eq!(s.turns.len(), 2);
        assert!(s.turns[0].holds_below() && !s.turns[1].holds_below());
        assert!((s.turns[0].holds_at - 3.0).abs() < 0.01 && (s.turns[1].holds_at - 7.0).abs() < 0.01);
        let st = statement(Side::Less, 1000.0);
        assert_eq!(found(|x| x, 0.0, Side::Less, 1000.0).everywhere(&st), Some(true));
        let st = statement(Side::More, 1000.0);
        assert_eq!(found(|x| x, 0.0, Side::More, 1000.0).everywhere(&st), Some(false));
    }

    #[test]
    fn a_jump_ends_with_neighbours_a_thousandth_of_the_range_apart() {
        let s = found(|x| if x < 3.3 { 0.0 } else { 1.0 }, 0.0, Side::Less, 0.5);
        let t = s.turns[0];
        assert!(t.holds_at < 3.3 && t.fails_at >= 3.3 && t.fails_at - t.holds_at < 0.02, "{t:?}");
    }
}
