//! What an output does along one quantity, from a sample of both without any design: the share of its variance that the
//! quantity carries, and its middle where the quantity is low and where it is high.

use super::estimate::{Estimate, Z95};
use super::sobol::wanted_classes;
use super::sorting::places;

/// Groups of the jackknife.
const GROUPS: usize = 32;

/// A sample in the order of a quantity, cut into classes of equal size.
#[derive(Clone, Debug, PartialEq)]
pub struct Along {
    order: Vec<u32>,
    class: Vec<u8>,
    sizes: Vec<f64>,
}

impl Along {
    /// The sample along `x`: about √n classes of equal size (as in [`super::sobol::given`]); equal values share one.
    pub fn of(x: &[f64]) -> Along {
        let n = x.len();
        let wanted = wanted_classes(n);
        let mut order = Vec::with_capacity(n);
        let mut class = vec![0; n];
        let mut sizes: Vec<f64> = Vec::new();
        let mut last = usize::MAX;
        for (rank, (place, tied)) in places(x).enumerate() {
            let due = rank * wanted / n;
            if !tied && due != last {
                last = due;
                sizes.push(0.0);
            }
            let at = sizes.len() - 1;
            sizes[at] += 1.0;
            class[place] = at as u8;
            order.push(place as u32);
        }
        Along { order, class, sizes }
    }

    /// The share of the variance of `y` that the quantity carries by itself: the correlation ratio over the classes, freed of
    /// its bias by Kelley's correction, as [`super::sobol::correlation_ratio`].
    pub fn share(&self, y: &[f64]) -> f64 {
        Along::shares(std::slice::from_ref(self), y).next().unwrap_or(0.0)
    }

    /// The same of each of several quantities of one sample.
    pub fn shares<'a>(all: &'a [Along], y: &[f64]) -> impl Iterator<Item = f64> + 'a {
        let n = all.first().map_or(0, |along| along.class.len());
        let middle = y[..n].iter().sum::<f64>() / n as f64;
        let deviations: Vec<f64> = y[..n].iter().map(|y| y - middle).collect();
        let squares = deviations.iter().map(|d| d * d).sum();
        all.iter().map(move |along| {
            let mut sums = vec![0.0; along.sizes.len()];
            along.class.iter().zip(&deviations).for_each(|(class, d)| sums[usize::from(*class)] += d);
            Sums { sums, sizes: along.sizes.clone(), squares }.share()
        })
    }

    /// The same with its error by the delete-a-group jackknife: 32 interleaved groups, each left out once (Quenouille 1956;
    /// Efron and Stein, The jackknife estimate of variance, Annals of Statistics 9, 1981). The interval is normal.
    pub fn share_with_error(&self, y: &[f64]) -> Estimate {
        let n = self.class.len();
        let middle = y[..n].iter().sum::<f64>() / n as f64;
        let mut parts = vec![Sums::new(self.sizes.len()); GROUPS];
        for (i, (class, y)) in self.class.iter().zip(y).enumerate() {
            parts[i % GROUPS].add(usize::from(*class), y - middle);
        }
        let mut whole = Sums::new(self.sizes.len());
        parts.iter().for_each(|p| whole.join(p, 1.0));
        let value = whole.share();
        let left_out: Vec<f64> = parts
            .iter()
            .map(|p| {
                let mut rest = whole.clone();
                rest.join(p, -1.0);
                rest.share()
            })
            .collect();
        let mean = left_out.iter().sum::<f64>() / GROUPS as f64;
        let squares: f64 = left_out.iter().map(|s| (s - mean) * (s - mean)).sum();
        let se = (squares * (GROUPS - 1) as f64 / GROUPS as f64).sqrt();
        Estimate { value, se, lo: (value - Z95 * se).max(0.0), hi: (value + Z95 * se).min(1.0) }
    }

    /// Rows of the fifth of the sample in which the quantity is lowest, and of that in which it is highest.
    pub fn fifths(&self) -> [&[u32]; 2] {
        let n = self.order.len();
        let many = n.div_ceil(5);
        [&self.order[..many], &self.order[n - many..]]
    }

    /// The median of `y` in both fifths.
    pub fn medians(&self, y: &[f64]) -> [f64; 2] {
        self.fifths().map(|rows| median(rows.iter().map(|i| y[*i as usize]).collect()))
    }

    /// The mean of `y` in both fifths.
    pub fn means(&self, y: &[f64]) -> [f64; 2] {
        self.fifths().map(|rows| rows.iter().map(|i| y[*i as usize]).sum::<f64>() / rows.len() as f64)
    }
}

/// The rank of each value, from 0, as a share of all; equal values have their mean rank (Iman and Conover, The use of the
/// rank transform in regression, Technometrics 21, 1979). What is taken of ranks is not drowned by a few worst cases.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let order: Vec<usize> = places(values).map(|(place, _)| place).collect();
    let mut out = vec![0.0; values.len()];
    let mut first = 0;
    while first < order.len() {
        let equal = order[first..].iter().take_while(|i| values[**i] == values[order[first]]).count().max(1);
        let rank = (first as f64 + 0.5 * (equal - 1) as f64) / values.len() as f64;
        order[first..first + equal].iter().for_each(|i| out[*i] = rank);
        first += equal;
    }
    out
}

fn median(mut values: Vec<f64>) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    let (at, odd) = (values.len() / 2, values.len() % 2 == 1);
    let (below, middle, _) = values.select_nth_unstable_by(at, f64::total_cmp);
    if odd { *middle } else { 0.5 * (*middle + below.iter().copied().fold(f64::MIN, f64::max)) }
}

/// Sums by class, of which a share of variance is made.
#[derive(Clone, Debug)]
struct Sums {
    sums: Vec<f64>,
    sizes: Vec<f64>,
    squares: f64,
}

impl Sums {
    fn new(classes: usize) -> Sums {
        Sums { sums: vec![0.0; classes], sizes: vec![0.0; classes], squares: 0.0 }
    }

    fn add(&mut self, class: usize, deviation: f64) {
        self.sums[class] += deviation;
        self.sizes[class] += 1.0;
        self.squares += deviation * deviation;
    }

    fn join(&mut self, other: &Sums, sign: f64) {
        self.sums.iter_mut().zip(&other.sums).for_each(|(a, b)| *a += sign * b);
        self.sizes.iter_mut().zip(&other.sizes).for_each(|(a, b)| *a += sign * b);
        self.squares += sign * other.squares;
    }

    /// 1 − (1 − η²)(n − 1) ÷ (n − classes); 0 where there is no variance or only one class.
    fn share(&self) -> f64 {
        let n: f64 = self.sizes.iter().sum();
        let used = self.sizes.iter().filter(|s| **s > 0.0).count() as f64;
        let all: f64 = self.sums.iter().sum();
        let whole = self.squares - all * all / n;
        if used < 2.0 || n <= used || whole <= 0.0 {
            return 0.0;
        }
        let parts = self.sums.iter().zip(&self.sizes).filter(|(_, n)| **n > 0.0);
        let between: f64 = parts.map(|(s, n)| s * s / n).sum();
        1.0 - (1.0 - (between - all * all / n) / whole) * (n - 1.0) / (n - used)
    }
}
