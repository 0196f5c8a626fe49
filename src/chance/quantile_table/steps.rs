//! Step quantile functions by a guide table (Chen and Asau, 1974): about one comparison a look-up.

/// Values in the order in which their running weights are laid out from 0 to 1.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    values: Vec<f64>,
    running: Vec<f64>,
    guide: Vec<u32>,
}

impl Steps {
    /// Rows of weight zero are left out; weights need not add to one.
    pub(super) fn new(values: &[f64], weights: &[f64]) -> Steps {
        let total: f64 = weights.iter().sum();
        let mut steps = Steps { values: Vec::new(), running: Vec::new(), guide: Vec::new() };
        let mut sum = 0.0;
        for (value, weight) in values.iter().zip(weights).filter(|(_, w)| **w > 0.0) {
            sum += weight;
            steps.values.push(*value);
            steps.running.push(sum / total);
        }
        let count = steps.values.len();
        let mut at = 0;
        for i in 0..count {
            while at + 1 < count && steps.running[at] < i as f64 / count as f64 {
                at += 1;
            }
            steps.guide.push(at as u32);
        }
        steps
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// The first value at which the running weight reaches `u`.
    pub(super) fn at(&self, u: f64) -> f64 {
        let Some(last) = self.values.len().checked_sub(1) else {
            return f64::NAN;
        };
        let slot = ((u * self.values.len() as f64) as usize).min(last);
        let mut at = self.guide[slot] as usize;
        while at < last && self.running[at] < u {
            at += 1;
        }
        self.values[at]
    }
}
