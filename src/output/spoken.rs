//! Tables of what commands print that write no folder, or only when told.

use super::manifest::{Found, Manifest};
use super::spoken_columns::{self as columns, compared_table, mistakes_table};
use super::tables::{Cell, Rows};
use crate::analysis::ladder::{Fit, Forecast, Range};
use crate::model::Lang;
use crate::model::ladder::{Event, Ladder};
use crate::scenario::{Awarded, Located, Severity};
use Cell::{Number as N, Text as T, Whole as W};
use std::collections::BTreeMap;

/// Mistakes and warnings by place.
pub fn mistakes(found: &[Located]) -> Rows {
    let mut rows = Rows::new(mistakes_table(), found.len());
    for m in found {
        let severity = match m.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let (line, column) = (m.line as i64, m.column as i64);
        rows.push(&[T(severity), T(&m.file), W(line), W(column), T(&m.message), T(&m.help)]);
    }
    rows
}

/// Files of a run by its manifest, as they were found on disk and came out again.
pub fn compared(before: &Manifest, on_disk: &[Found], after: &Manifest) -> Rows {
    let mut again: BTreeMap<&str, &str> =
        after.artefacts.iter().map(|f| (f.path.as_str(), f.sha256.as_str())).collect();
    let mut rows = Rows::new(compared_table(), before.artefacts.len());
    for (record, found) in before.artefacts.iter().zip(on_disk) {
        let on_disk = match found {
            Found::Same => "same",
            Found::Changed => "changed",
            Found::Missing => "missing",
        };
        let again = match again.remove(record.path.as_str()) {
            Some(digest) if digest == record.sha256 => "same",
            Some(_) => "differs",
            None => "missing",
        };
        rows.push(&[T(&record.path), T(&record.sha256), T(on_disk), T(again)]);
    }
    for path in again.into_keys() {
        rows.push(&[T(path), T(""), T("missing"), T("differs")]);
    }
    rows
}

/// Rules of cases, with what each came to.
pub fn awards(cases: &[Vec<Awarded>]) -> Rows {
    let mut rows = Rows::new(columns::awards_table(), cases.iter().map(Vec::len).sum());
    let number = |x: Option<f64>| N(x.unwrap_or(f64::NAN));
    for (case, rules) in (1..).zip(cases) {
        for a in rules {
            let (award, total) = (number(a.award), number(a.total));
            let (rule, outcome, why) = (T(&a.rule), T(&a.outcome), T(&a.why));
            rows.push(&[W(case), T(&a.version), rule, T(a.applies), award, T(&a.unit), total, outcome, why]);
        }
    }
    rows
}

/// Links of the chain of a figure, cell by cell.
pub fn links<'a>(links: impl Iterator<Item = [&'a str; 7]>) -> Rows {
    let mut rows = Rows::new(columns::links_table(), 0);
    for cells in links {
        rows.push(&cells.map(T));
    }
    rows
}

/// Published shares beside the fitted curves.
pub fn evidence(ladder: &Ladder, fit: &Fit, lang: Lang) -> Rows {
    let mut rows = Rows::new(columns::evidence_table(), ladder.rungs.len());
    for (rung, given) in ladder.rungs.iter().zip(fit.on_rungs(ladder)) {
        let (regime, channel) = (&ladder.regimes[rung.regime].id, &ladder.channels[rung.channel].id);
        let fitted = if rung.fitted { fit.on_rung(rung) } else { f64::NAN };
        rows.push(&[
            T(&rung.study),
            T(rung.title.get(lang)),
            T(regime),
            T(channel),
            N(rung.hours),
            N(rung.share),
            N(fitted),
            N(given.middle),
            N(given.mean),
            N(given.low),
            N(given.high),
            T(&rung.grade),
            T(&rung.url),
        ]);
    }
    rows
}

/// Profiles that follow from the filing ladder.
pub fn profiles(ladder: &Ladder, fit: &Fit, lang: Lang) -> Rows {
    let mut rows = Rows::new(columns::profiles_table(), ladder.profiles.len());
    for p in &ladder.profiles {
        let laws = fit.laws(p.regime, p.channel);
        // Two-sided normal quantile of 90 %.
        let burden = |z: f64| N((laws.burden.0 + z * laws.burden.1).exp());
        let shares = laws.shares();
        let (one, ten) = (shares.at(1.0), shares.at(10.0));
        let [middle, low, high] = [0.0, -1.645, 1.645].map(burden);
        let (name, title) = (T(&p.id), T(p.title.get(lang)));
        let [one, ten, least, most] = [one.middle, ten.middle, ten.low, ten.high].map(N);
        rows.push(&[name, title, N(laws.awareness.0), middle, low, high, one, ten, least, most]);
    }
    rows
}

/// Forecasts beside what happened.
pub fn forecasts(events: &[(&Event, [Forecast; 2])], lang: Lang) -> Rows {
    let mut rows = Rows::new(columns::forecasts_table(), 6 * events.len());
    for (evidence, k) in [("before", 0), ("all", 1)] {
        for (event, both) in events {
            let forecast = both[k];
            for (measure, unit, range, happened) in [
                ("filed", "persons", Some(forecast.filed), event.filed),
                ("paid", "persons", forecast.paid, event.paid),
                ("approval", "share", forecast.approval, event.paid / event.filed),
            ] {
                let (study, title) = (T(&event.study), T(event.title.get(lang)));
                let of = |value: fn(&Range) -> f64| N(range.as_ref().map_or(f64::NAN, value));
                let [mean, low, middle, high] = [of(|r| r.mean), of(|r| r.low), of(|r| r.middle), of(|r| r.high)];
                let inside = N(range.map_or(f64::NAN, |r| f64::from(u8::from(r.holds(happened)))));
                let opened = T(&event.opened);
                rows.push(&[
                    T(evidence),
                    opened,
                    study,
                    title,
                    T(measure),
                    T(unit),
                    mean,
                    low,
                    middle,
                    high,
                    N(happened),
                    inside,
                ]);
            }
        }
    }
    rows
}
