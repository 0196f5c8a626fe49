//! Our own tables of a year: every figure with its interval.

use super::columns;
use super::frame::{Cell, Frame};
use crate::annual::findings::{Basis, LEVELS, Of, Point, YearFindings, name};
use crate::annual::fit::{Chances, Fit, range};
use crate::chance::spliced::Spliced;
use crate::model::Lang;
use crate::model::company::Company;
use crate::stats::{Estimate, Proportion};
use serde_json::{Map, Value, json};

fn text(t: &str) -> Cell {
    Cell::Text(t.into())
}

fn interval(e: Estimate) -> [Cell; 3] {
    [e.value, e.lo, e.hi].map(Cell::Number)
}

fn share(p: Proportion) -> [Cell; 3] {
    interval(p.into())
}

/// All of them.
pub fn tables(company: &Company, found: &YearFindings) -> Vec<Frame> {
    vec![
        main_table(company, found),
        averages(company, found),
        curves(company, found),
        causes(company, found),
        reserves(company, found),
        insurance(company, found),
        inputs(company),
    ]
}

/// The short name of a basis.
fn basis(b: Basis, tail: bool) -> &'static str {
    match (b, tail) {
        (Basis::Event, false) => "oep",
        (Basis::Event, true) => "oep_tvar",
        (Basis::Year, false) => "aep",
        (Basis::Year, true) => "aep_tvar",
    }
}

/// `key_figures`: all that is told of the company, one figure a row.
pub fn main_table(company: &Company, found: &YearFindings) -> Frame {
    let mut frame = Frame::new(columns::key_figures());
    let mut put = |figure: &str, kind: &str, item: &str, t: f64, e: Estimate, unit: &str| {
        let mut row = vec![text(figure), text(kind), text(item), Cell::Number(t)];
        row.extend(interval(e));
        row.push(text(unit));
        frame.push(row);
    };
    let money = company.currency.as_str();
    for a in &found.averages {
        let (kind, id) = name(company, a.of);
        put("aal", kind, &id, f64::NAN, a.mean, money);
        put("sd", kind, &id, f64::NAN, a.sd, money);
    }
    for p in &found.curves {
        let (kind, id) = name(company, p.of);
        put(basis(p.basis, false), kind, &id, p.return_period, p.loss, money);
        put(basis(p.basis, true), kind, &id, p.return_period, p.tail, money);
    }
    for (p, e) in LEVELS.iter().zip(&found.needed) {
        put("reserve_needed", "all", "all", 1.0 / (1.0 - p), *e, money);
    }
    put("chance_share", "all", "all", f64::NAN, found.chance.chance, "share");
    put("events", "all", "all", f64::NAN, found.events, "1");
    for (programme, i) in company.programmes.iter().zip(&found.insured) {
        let id = &programme.named.id;
        put("recovered", "insurance", id, f64::NAN, i.recovered, money);
        put("net_aal", "insurance", id, f64::NAN, i.net, money);
        for p in &i.curve {
            put("net_aep", "insurance", id, p.return_period, p.loss, money);
        }
    }
    frame
}

fn averages(company: &Company, found: &YearFindings) -> Frame {
    let mut frame = Frame::new(columns::averages(&company.currency));
    for a in &found.averages {
        let (kind, id) = name(company, a.of);
        let numbers = [a.mean.value, a.mean.se, a.mean.lo, a.mean.hi, a.sd.value, a.sd.se].map(Cell::Number);
        frame.push([text(kind), text(&id)].into_iter().chain(numbers).collect());
    }
    frame
}

fn curves(company: &Company, found: &YearFindings) -> Frame {
    let mut frame = Frame::new(columns::exceedance(&company.currency));
    let mut put = |kind: &str, id: &str, basis: &str, p: &Point, independent: f64| {
        let mut row = vec![text(kind), text(id), text(basis), Cell::Number(p.return_period)];
        row.extend(interval(p.loss));
        row.extend([p.tail.value, p.tail.se, p.tail.lo, p.tail.hi, independent].map(Cell::Number));
        frame.push(row);
    };
    for p in &found.curves {
        let (kind, id) = name(company, p.of);
        let at = crate::annual::findings::RETURN_PERIODS.iter().position(|t| *t == p.return_period);
        let independent = match (p.of, p.basis, &found.independent, at) {
            (Of::All, Basis::Year, Some(v), Some(i)) => v[i],
            _ => f64::NAN,
        };
        put(kind, &id, basis(p.basis, false), p, independent);
    }
    for (programme, i) in company.programmes.iter().zip(&found.insured) {
        i.curve.iter().for_each(|p| put("net_of_insurance", &programme.named.id, "aep", p, f64::NAN));
    }
    frame
}

fn causes(company: &Company, found: &YearFindings) -> Frame {
    let mut frame = Frame::new(columns::causes(&company.currency));
    for (cause, c) in company.causes.iter().zip(&found.causes) {
        let mut row = vec![text(&cause.named.id)];
        row.extend(interval(c.per_year));
        row.extend([Cell::Whole(c.events as i64), Cell::Number(c.hours), Cell::Number(c.costly.value)]);
        row.extend(interval(c.cost));
        row.extend([c.cost_sd, c.costliest, c.people, c.most_people].map(Cell::Number));
        frame.push(row);
    }
    frame
}

fn reserves(company: &Company, found: &YearFindings) -> Frame {
    let mut frame = Frame::new(columns::reserves(&company.currency));
    for r in &found.reserves {
        let mut row = vec![Cell::Number(r.amount)];
        row.extend(share(r.suffices));
        row.push(Cell::Number(r.lacking));
        row.extend(interval(r.shortfall));
        frame.push(row);
    }
    frame
}

fn insurance(company: &Company, found: &YearFindings) -> Frame {
    let mut frame = Frame::new(columns::insurance(&company.currency));
    for (programme, i) in company.programmes.iter().zip(&found.insured) {
        let mut row = vec![text(&programme.named.id)];
        row.extend(interval(i.recovered));
        row.push(Cell::Number(i.recovered_sd.value));
        row.extend(share(i.pays));
        row.push(Cell::Number(i.premium));
        row.extend(interval(i.net));
        row.push(Cell::Number(i.net_sd.value));
        frame.push(row);
    }
    frame
}

fn inputs(company: &Company) -> Frame {
    let mut frame = Frame::new(columns::inputs());
    let own = company.quantities.listed().map(|q| (&q.path, q, q.source, &q.note));
    let same = company.quantities.same.iter().map(|same| {
        let q = company.quantities.get(same.of);
        (&same.path, q, same.source.or(q.source), &same.note)
    });
    for (path, q, source, note) in own.chain(same) {
        let source = source.and_then(|s| company.sources.get(s));
        let (title, url, grade) =
            source.map_or(("", "", ""), |s| (s.title.get(Lang::En), s.url.as_str(), s.grade.as_str()));
        let law = crate::scenario::law_words(&q.law, q.unit, &company.currency, Lang::En);
        let unit = q.unit.words(&company.currency);
        let head = [path, &law, &unit].map(|t| text(t));
        let rest = [title, url, grade, note.get(Lang::En)].map(text);
        frame.push(head.into_iter().chain([Cell::Number(q.law.mean())]).chain(rest).collect());
    }
    frame
}

/// All tables as one JSON document.
pub fn json(company: &Company, found: &YearFindings) -> Value {
    let mut out = Map::new();
    out.insert("company".into(), json!(company.id));
    out.insert("currency".into(), json!(company.currency));
    out.insert("years".into(), json!(found.years));
    for frame in tables(company, found) {
        out.insert(frame.path().into(), rows_json(&frame));
    }
    Value::Object(out)
}

/// A table as a JSON list of rows.
pub fn rows_json(frame: &Frame) -> Value {
    let row = |row: &Vec<Cell>| -> Value {
        let cell = |c: &Cell| match c {
            Cell::Text(t) => json!(t),
            Cell::Whole(x) => json!(x),
            Cell::Number(x) => json!(x),
        };
        Value::Object(frame.names().zip(row).map(|(n, c)| (n.to_string(), cell(c))).collect())
    };
    Value::Array(frame.rows.iter().map(row).collect())
}

/// `durations`: a fit, one figure a row.
pub fn fit_table(found: &Fit, chances: &(Chances, Chances), again: &[Spliced]) -> Frame {
    let mut frame = Frame::new(columns::durations());
    let mut put = |law: &str, figure: &str, value: f64, se: f64, (lo, hi): (f64, f64)| {
        let numbers = [value, se, lo, hi].map(Cell::Number);
        frame.push([text(law), text(figure)].into_iter().chain(numbers).collect());
    };
    let none = (f64::NAN, f64::NAN);
    let both = "body and tail";
    put(both, "mu", found.mu.value, found.mu.se, range(again, |l| l.mu));
    put(both, "sigma", found.sigma.value, found.sigma.se, range(again, |l| l.sigma));
    put(both, "threshold", found.law.threshold, f64::NAN, range(again, |l| l.threshold));
    put(both, "tail_share", found.tail_share.value, found.tail_share.se, range(again, |l| l.tail_share));
    put(both, "alpha", found.alpha.value, found.alpha.se, range(again, |l| l.alpha));
    put("lognormal alone", "mu", found.plain.law.mu, f64::NAN, none);
    put("lognormal alone", "sigma", found.plain.law.sigma, f64::NAN, none);
    for (law, d, c) in [(both, found.distance, chances.0), ("lognormal alone", found.plain.distance, chances.1)] {
        put(law, "ln_likelihood", d.ln_likelihood, f64::NAN, none);
        put(law, "akaike", d.akaike, f64::NAN, none);
        put(law, "kolmogorov", d.kolmogorov, f64::NAN, none);
        put(law, "kolmogorov_p", c.kolmogorov, f64::NAN, none);
        put(law, "anderson", d.anderson, f64::NAN, none);
        put(law, "anderson_p", c.anderson, f64::NAN, none);
    }
    frame
}
