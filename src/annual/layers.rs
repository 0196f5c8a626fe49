//! What insurance gives back in a year.

use crate::model::company::{Layer, Programme};

/// Recoveries of a year's event losses.
pub fn recovered(programme: &Programme, events: &[f64]) -> f64 {
    let total: f64 = events.iter().sum();
    let mut back = 0.0;
    for layer in &programme.layers {
        back += match layer.on_year {
            true => layer.share * inside(layer.retention, layer.limit, total - back),
            false => by_event(layer, events),
        };
    }
    back
}

fn by_event(layer: &Layer, events: &[f64]) -> f64 {
    let all: f64 = events.iter().map(|x| layer.share * inside(layer.retention, layer.limit, *x)).sum();
    inside(layer.year_retention, layer.year_limit, all)
}

/// What of a loss lies in a layer.
fn inside(retention: f64, limit: f64, loss: f64) -> f64 {
    (loss - retention).max(0.0).min(limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::company::Named;

    #[test]
    fn layers_follow_one_another() {
        let event = Layer {
            on_year: false,
            retention: 10.0,
            limit: 50.0,
            share: 1.0,
            year_retention: 0.0,
            year_limit: f64::INFINITY,
            premium: 0.0,
        };
        let programme = |layers: Vec<Layer>| {
            let named = Named { id: "a".into(), title: crate::model::Text::en("a") };
            Programme { named, layers }
        };
        let events = [5.0, 30.0, 100.0];
        assert_eq!(recovered(&programme(vec![event]), &events), 0.0 + 20.0 + 50.0);
        let capped = Layer { year_retention: 15.0, year_limit: 40.0, ..event };
        assert_eq!(recovered(&programme(vec![capped]), &events), 40.0);
        let shared = Layer { share: 0.5, ..event };
        assert_eq!(recovered(&programme(vec![shared]), &events), 35.0);
        // A stop loss covers what the events' layer leaves: 135 - 70 - 40 = 25.
        let stop = Layer { on_year: true, retention: 40.0, limit: 20.0, ..event };
        assert_eq!(recovered(&programme(vec![event, stop]), &events), 70.0 + 20.0);
        assert_eq!(recovered(&programme(vec![stop]), &[]), 0.0);
    }
}
