//! Tables with the column names of Open Results Data, which insurers' tools read (Oasis Loss Modelling Framework: EPT, ALT,
//! ALCT, PLT, ELT). `gul` is what outages cost the company, `il` what insurance gives back; `S1` the company as a whole,
//! `S2` by cause, and for `il` by programme. A period is a simulated year.

use super::columns::{self, Level};
use super::frame::{Cell, Frame};
use crate::annual::findings::{Basis, Of, Point, YearFindings, title};
use crate::model::Lang;
use crate::model::company::Company;
use crate::output::columns::Table;
use crate::stats::Estimate;

/// Full uncertainty: every simulated year is a sample of all that varies.
const FULL: i64 = 2;
/// From a sample, not worked out.
const SAMPLED: i64 = 2;

/// All of them.
pub fn ord(company: &Company, found: &YearFindings) -> Vec<Frame> {
    let all = |p: &&Point| p.of == Of::All;
    let cause = |of: Of| if let Of::Cause(c) = of { Some(c as i64 + 1) } else { None };
    let of_all = |of: Of| (of == Of::All).then_some(1);
    let gul = |of: &dyn Fn(Of) -> Option<i64>| {
        found.averages.iter().filter_map(|a| of(a.of).map(|id| (id, a.mean, a.sd))).collect::<Vec<_>>()
    };
    let programmes: Vec<(i64, Estimate, Estimate)> =
        (1..).zip(&found.insured).map(|(k, i)| (k, i.recovered, i.recovered_sd)).collect();
    let currency = company.currency.as_str();
    let ept = |level: Level, points: Vec<(i64, &Point)>| {
        let mut frame = Frame::new(columns::ept(level, currency));
        for (id, p) in points {
            let (plain, tail) = if p.basis == Basis::Event { (1, 2) } else { (3, 4) };
            for (kind, loss) in [(plain, p.loss.value), (tail, p.tail.value)] {
                let numbers = [p.return_period, loss].map(Cell::Number);
                frame
                    .push([Cell::Whole(id), Cell::Whole(FULL), Cell::Whole(kind)].into_iter().chain(numbers).collect());
            }
        }
        frame.rows.sort_by_key(|r| (whole(&r[0]), whole(&r[2])));
        frame
    };
    let recoveries = (1..).zip(&found.insured).flat_map(|(k, i)| i.recoveries.iter().map(move |p| (k, p)));
    let mut frames = vec![
        summary(company),
        ept(Level::Company, found.curves.iter().filter(all).map(|p| (1, p)).collect()),
        ept(Level::Cause, found.curves.iter().filter_map(|p| cause(p.of).map(|id| (id, p))).collect()),
        ept(Level::Insurance, recoveries.collect()),
    ];
    for (level, rows) in [(Level::Company, gul(&of_all)), (Level::Cause, gul(&cause)), (Level::Insurance, programmes)] {
        frames.push(alt(columns::alt(level, currency), &rows));
        frames.push(alct(columns::alct(level, currency), &rows, found.years));
    }
    frames.push(melt(company, found));
    if found.events_kept {
        frames.push(splt(company, found));
    }
    frames
}

fn whole(cell: &Cell) -> i64 {
    if let Cell::Whole(x) = cell { *x } else { 0 }
}

/// What each SummaryId is.
fn summary(company: &Company) -> Frame {
    let mut frame = Frame::new(columns::summary_info());
    let mut put = |set: &str, k: usize, id: &str, title: &str| {
        let texts = |t: &str| Cell::Text(t.into());
        frame.push(vec![texts(set), Cell::Whole(k as i64 + 1), texts(id), texts(title)]);
    };
    put("gul_S1", 0, &company.id, company.title.get(Lang::En));
    for (c, cause) in company.causes.iter().enumerate() {
        put("gul_S2", c, &cause.named.id, title(company, Of::Cause(c)).get(Lang::En));
    }
    for (p, programme) in company.programmes.iter().enumerate() {
        put("il_S1", p, &programme.named.id, programme.named.title.get(Lang::En));
    }
    frame
}

fn alt(table: Table, rows: &[(i64, Estimate, Estimate)]) -> Frame {
    let mut frame = Frame::new(table);
    for (id, mean, sd) in rows {
        let numbers = [mean.value, sd.value].map(Cell::Number);
        frame.push([Cell::Whole(*id), Cell::Whole(SAMPLED)].into_iter().chain(numbers).collect());
    }
    frame
}

/// The convergence table. Of the variance of the mean everything is of the hazard: losses to given hours are counted, not sampled.
fn alct(table: Table, rows: &[(i64, Estimate, Estimate)], years: usize) -> Frame {
    let mut frame = Frame::new(table);
    for (id, mean, sd) in rows {
        let relative = if mean.value == 0.0 { 0.0 } else { mean.se / mean.value };
        let mut row =
            vec![Cell::Whole(*id), Cell::Number(mean.value), Cell::Number(sd.value), Cell::Whole(years as i64)];
        row.extend([mean.lo, mean.hi, mean.se, relative].map(Cell::Number));
        // The variance of the estimate and not of a year: ktools has StandardErrorHaz as its root.
        row.extend([mean.se * mean.se, mean.se, relative, 0.0, 0.0, 0.0].map(Cell::Number));
        frame.push(row);
    }
    frame
}

/// Causes as events of a catalogue, with their rates.
fn melt(company: &Company, found: &YearFindings) -> Frame {
    let mut frame = Frame::new(columns::melt(&company.currency));
    let world = company.quantities.central();
    let everybody: f64 = company.customers.iter().map(|c| c.size.of(&world)).sum();
    for (k, c) in found.causes.iter().enumerate() {
        let id = Cell::Whole(k as i64 + 1);
        let numbers = [
            c.per_year.value,
            c.costly.value,
            c.cost.value,
            c.cost_sd,
            c.costliest,
            everybody,
            c.people,
            c.most_people,
        ];
        let ids = [id.clone(), id, Cell::Whole(SAMPLED)];
        frame.push(ids.into_iter().chain(numbers.map(Cell::Number)).collect());
    }
    frame
}

/// Days of the months of a common year, as they are counted up to the beginning of each.
fn month_and_day(year: i32, day: i64) -> (i64, i64) {
    let leap = i64::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    let lengths = [31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut left = day;
    for (month, length) in (1..).zip(lengths) {
        if left < length {
            return (month, left + 1);
        }
        left -= length;
    }
    (12, 31)
}

/// Every event of every simulated year; its SummaryId is its cause.
fn splt(company: &Company, found: &YearFindings) -> Frame {
    let mut frame = Frame::new(columns::splt(&company.currency));
    let weight = 1.0 / found.years.max(1) as f64;
    for (k, e) in found.kept.iter().enumerate() {
        let (month, day) = month_and_day(company.year, e.minute / 1440);
        let ids = [e.year as i64 + 1];
        let when = [k as i64 + 1, i64::from(company.year), month, day, e.minute % 1440 / 60, e.minute % 60];
        let mut row: Vec<Cell> = ids.map(Cell::Whole).into();
        row.push(Cell::Number(weight));
        row.extend(when.map(Cell::Whole));
        row.extend([Cell::Whole(e.cause as i64 + 1), Cell::Whole(1), Cell::Number(e.loss), Cell::Number(e.people)]);
        frame.push(row);
    }
    frame
}
