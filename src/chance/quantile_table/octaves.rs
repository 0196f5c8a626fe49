//! One tail of a table: octaves of the probability, cut into cells that are read from the bits of the double.

use super::{TableOptions, blocks};

/// Bits of the mantissa of a double.
const MANTISSA: u32 = 52;
const MANTISSA_MASK: u64 = (1 << MANTISSA) - 1;
/// Biased exponent of 1/2: the octave from 1/2 up, of which only 1/2 itself is ever asked.
const TOP_EXPONENT: u64 = 1022;
/// Where the cubic's other two nodes lie in a cell; near the best for a uniform error, with both ends kept so that
/// neighbouring cells meet.
const NODES: [f64; 4] = [0.0, 0.25, 0.75, 1.0];
/// Where a cell is checked against the exact function.
const CHECKS: [f64; 3] = [0.1, 0.5, 0.9];
/// The checks must meet this part of the tolerance, since the error may be a little larger between them.
const MARGIN: f64 = 0.7;
/// The part of the tolerance that a stand-in for the exact function may use up.
const BLOCK_PART: f64 = 0.01;
/// Marks an octave that goes to the exact function.
const EXACT: u32 = u32::MAX;

/// Value = c0 + c1 d + c2 d^2 + c3 d^3 at distance d (a probability) from the cell's lower end.
type Cubic = [f64; 4];

#[derive(Clone, Copy, Debug)]
struct Octave {
    first: u32,
    /// Mantissa bits below the cell's number.
    shift: u32,
}

/// One tail.
#[derive(Clone, Debug)]
pub(super) struct Tail {
    octaves: Vec<Octave>,
    cells: Vec<Cubic>,
}

/// What decides whether a cell is good enough.
struct Target<'a> {
    /// The exact function, or what stands in for it.
    value: &'a dyn Fn(f64) -> f64,
    /// 1 where the function rises with the probability, -1 where it falls.
    direction: f64,
    tolerance: f64,
    forgiven: f64,
}

impl Tail {
    pub(super) fn build(
        exact: &dyn Fn(f64) -> f64,
        direction: f64,
        median: f64,
        forgiven: f64,
        options: TableOptions,
    ) -> Tail {
        let count = options.octaves.min(1000);
        let allowed = |x: f64| BLOCK_PART * (options.tolerance * x.abs() + forgiven);
        let blocks = blocks::cover(exact, count, &allowed);
        let mut tail =
            Tail { octaves: vec![Octave { first: 0, shift: MANTISSA }], cells: vec![[median, 0.0, 0.0, 0.0]] };
        let mut fineness = 2u32;
        for k in 1..=count {
            let start = libm::ldexp(0.5, -(k as i32));
            let block = blocks.iter().find(|b| b.holds(k));
            let value = |p: f64| block.map_or_else(|| exact(p), |b| b.at(p));
            let target = Target { value: &value, direction, tolerance: options.tolerance, forgiven };
            let from = fineness.saturating_sub(1).max(1);
            let found = (from..=options.finest.min(16)).find_map(|m| Some((m, target.octave(start, m)?)));
            let first = tail.cells.len() as u32;
            match found {
                Some((m, cells)) => {
                    fineness = m;
                    tail.octaves.push(Octave { first, shift: MANTISSA - m });
                    tail.cells.extend(cells);
                }
                None => tail.octaves.push(Octave { first: EXACT, shift: MANTISSA }),
            }
        }
        tail
    }

    /// The value at tail probability `p` (0 to 1/2), or None where the exact function is to be asked.
    #[inline]
    pub(super) fn at(&self, p: f64) -> Option<f64> {
        let bits = p.to_bits();
        let octave = self.octaves.get(TOP_EXPONENT.wrapping_sub(bits >> MANTISSA) as usize)?;
        let within = (bits & MANTISSA_MASK) >> octave.shift;
        let index = u64::from(octave.first) + within;
        let [c0, c1, c2, c3] = self.cells.get(index as usize)?;
        let d = p - f64::from_bits(bits >> octave.shift << octave.shift);
        Some(c0 + d * (c1 + d * (c2 + d * c3)))
    }

    pub(super) fn cells(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn exact_octaves(&self) -> usize {
        self.octaves.iter().filter(|o| o.first == EXACT).count()
    }
}

impl Target<'_> {
    /// The cells of the octave from `start` to twice that, 2^m of them; None if one misses the tolerance.
    fn octave(&self, start: f64, m: u32) -> Option<Vec<Cubic>> {
        let count = 1u32 << m;
        let width = start / f64::from(count);
        let mut cells = Vec::with_capacity(count as usize);
        let mut left = (self.value)(start);
        for i in 0..count {
            let low = start + width * f64::from(i);
            let right = (self.value)(low + width);
            let inner = [NODES[1], NODES[2]].map(|t| (self.value)(low + t * width));
            let cell = through([left, inner[0], inner[1], right], width);
            if !self.rises(&cell, width) || !self.close(&cell, low, width) {
                return None;
            }
            cells.push(cell);
            left = right;
        }
        Some(cells)
    }

    fn close(&self, cell: &Cubic, low: f64, width: f64) -> bool {
        CHECKS.iter().all(|t| {
            let d = t * width;
            let want = (self.value)(low + d);
            let got = cell[0] + d * (cell[1] + d * (cell[2] + d * cell[3]));
            // Not the negation: a NaN must fail.
            (got - want).abs() <= MARGIN * self.tolerance * want.abs() + self.forgiven
        })
    }

    /// Whether the slope has the right sign all over the cell.
    fn rises(&self, cell: &Cubic, width: f64) -> bool {
        let slope = |t: f64| {
            let d = t * width;
            self.direction * (cell[1] + d * (2.0 * cell[2] + d * 3.0 * cell[3])) * width
        };
        let turn = -cell[2] / (3.0 * cell[3] * width);
        let inside = if turn > 0.0 && turn < 1.0 { slope(turn) } else { 0.0 };
        // A flat stretch may fall by rounding, up to what is forgiven.
        let slack = -(1e-13 * cell[0].abs() + self.forgiven);
        slope(0.0) >= slack && slope(1.0) >= slack && inside >= slack
    }
}

/// The cubic through the values at [`NODES`], in powers of the distance from the cell's lower end.
fn through(y: [f64; 4], width: f64) -> Cubic {
    let divided = |a: f64, b: f64, span: f64| (b - a) / span;
    let first = [divided(y[0], y[1], 0.25), divided(y[1], y[2], 0.5), divided(y[2], y[3], 0.25)];
    let second = [divided(first[0], first[1], 0.75), divided(first[1], first[2], 0.75)];
    let third = second[1] - second[0];
    // Newton's form with nodes 0, 1/4, 3/4, multiplied out.
    let c1 = first[0] - 0.25 * second[0] + 0.1875 * third;
    let c2 = second[0] - third;
    [y[0], c1 / width, c2 / (width * width), third / (width * width * width)]
}
