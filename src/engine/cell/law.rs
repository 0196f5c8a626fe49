//! The law of a cell: which people are drawn singly, and for the rest the mean and covariance of every count and sum
//! that the guidelines need, in closed form from the nodes.

use super::components::{Bench, Components};
use super::nodes::{Node, SeverityGrid};
use super::{CellInput, Offer, kinks};

/// First filers of a small offer that are drawn singly.
const SINGLES: f64 = 32.0;
/// An offer that fewer people than this are expected to come through has its first filers drawn singly.
const FEW: f64 = 200.0;
/// A bend of a schedule that fewer people than this are expected beyond has all of them drawn singly.
const SPARSE: f64 = 32.0;
/// Size class (2^class people) below which everybody is drawn singly.
const SMALLEST_BULK: u32 = 6;

/// A piece of an offer's schedule as it is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Tier {
    /// Award = intercept + slope × X.
    pub intercept: f64,
    /// Award per unit of X.
    pub slope: f64,
    /// Lowest and highest X of its nodes.
    pub range: (f64, f64),
    /// Component that counts its approved people.
    pub count: usize,
    /// Component that sums their X, where needed.
    pub sum: Option<usize>,
    /// How much of the award makes good a loss.
    pub good: MadeGood,
}

/// Which is smaller in a tier, award or loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeGood {
    /// The award: all of it makes good a loss.
    Award,
    /// The loss: it is made good in full.
    Loss,
    /// Now one, now the other: a component of its own holds the sum.
    Mixed,
}

/// Where an offer's components are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfferLaw {
    /// Tiers with an award above 0: first and end in the law's list.
    pub tiers: (usize, usize),
    /// Component that counts those who filed and were refused; `None`: nobody is refused.
    pub refused: Option<usize>,
    /// Highest share who file at any loss.
    pub highest_share: f64,
}

/// Components that a guideline needs beside those of its offers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GuidelineLaw {
    /// Guideline (index).
    pub guideline: usize,
    /// First of its offers and the end of them.
    pub offers: (usize, usize),
    /// People who file any claim, where it has several offers to claim.
    pub claims: Option<usize>,
    /// People reached automatically by any offer, where it has several such.
    pub automatic: Option<usize>,
    /// People with anything approved, where it has several offers.
    pub approved: Option<usize>,
    /// People with money approved, likewise.
    pub paid: Option<usize>,
    /// Loss made good, where it does not follow from the tiers.
    pub made_good: Option<usize>,
    /// Entries of its net losses in the law's list: first and end.
    pub net_loss: (usize, usize),
}

/// An entry of a law of net losses: bucket, probability, expected net loss.
pub type NetLoss = (usize, f64, f64);

/// The law of a cell for people of the bulk: X at most `top`, and not both U below `u_floor` and V below `v_floor`.
#[derive(Clone, Debug, Default)]
pub struct CellLaw {
    /// X above which losses are drawn singly.
    pub top: f64,
    /// P(X > top).
    pub top_share: f64,
    /// U below which people are drawn singly,
    pub u_floor: f64,
    /// if their V is below this as well.
    pub v_floor: f64,
    /// True when everybody is drawn singly.
    pub all_singly: bool,
    /// True when everybody entitled gets every offer: U and V need not be drawn.
    pub certain: bool,
    /// Nodes of X up to `top`.
    pub nodes: Vec<Node>,
    /// Probability of X up to `top`.
    pub body: f64,
    /// Tiers of all offers.
    pub tiers: Vec<Tier>,
    /// Offers in the order of the input.
    pub offers: Vec<OfferLaw>,
    /// Guidelines in the order of the input.
    pub guidelines: Vec<GuidelineLaw>,
    /// Mean of each component for one person of the bulk; component 0 is X itself.
    pub mean: Vec<f64>,
    /// Lower Cholesky factor of their covariance, row by row.
    pub factor: Vec<f64>,
    /// Net loss of one person of the bulk without any award.
    pub bare_loss: Vec<NetLoss>,
    /// Net losses under each guideline, one after the other.
    pub net_loss: Vec<NetLoss>,
}

impl CellLaw {
    /// Makes this the law of a cell that holds at least 2^class people and fewer than twice as many. What was here
    /// before only lends its memory.
    pub fn fill(&mut self, input: &CellInput, grid: &SeverityGrid, class: u32, inequality: bool, bench: &mut Bench) {
        let people = 2f64.powi(class as i32);
        self.clear();
        self.all_singly = class < SMALLEST_BULK;
        self.certain = input.offers.iter().all(always);
        self.top = if self.all_singly { f64::INFINITY } else { top(input, grid, class, people) };
        self.top_share = grid.share_above(self.top, class);
        let offer = |o: &Offer| OfferLaw { highest_share: o.curve.highest(), ..OfferLaw::default() };
        self.offers.extend(input.offers.iter().map(offer));
        if self.all_singly {
            return;
        }
        breaks(input, &mut bench.breaks);
        grid.nodes(&mut bench.breaks, self.top, &mut self.nodes);
        self.body = self.nodes.iter().map(|n| n.weight).sum();
        bench.evaluate(input, &self.nodes);
        (self.u_floor, self.v_floor) = floors(input, &self.nodes, bench, people);
        let mut breaks = std::mem::take(&mut bench.breaks);
        if kinks::crossings(input, &self.nodes, bench, self.u_floor, &mut breaks) {
            grid.nodes(&mut breaks, self.top, &mut self.nodes);
            bench.evaluate(input, &self.nodes);
        }
        bench.breaks = breaks;
        if self.u_floor * self.v_floor >= 1.0 || self.body <= 0.0 {
            self.all_singly = true;
            return;
        }
        let components = Components::new(self, input, bench);
        components.moments(self, bench);
        if inequality && input.true_scale > 0.0 {
            self.net_losses(input, bench);
        }
    }

    fn clear(&mut self) {
        (self.u_floor, self.v_floor) = (0.0, 1.0);
        self.body = 0.0;
        self.nodes.clear();
        self.tiers.clear();
        self.offers.clear();
        self.guidelines.clear();
        self.mean.clear();
        self.factor.clear();
        self.bare_loss.clear();
        self.net_loss.clear();
    }

    /// Tiers of an offer.
    pub fn tiers_of(&self, offer: usize) -> &[Tier] {
        let (first, end) = self.offers[offer].tiers;
        &self.tiers[first..end]
    }

    /// Share of those with X up to `top` who are not drawn singly.
    pub fn bulk_share(&self) -> f64 {
        1.0 - self.u_floor * self.v_floor
    }

    /// P(U < share, V < approval) for a person of the bulk.
    pub fn in_bulk(&self, share: f64, approval: f64) -> f64 {
        let singly = share.min(self.u_floor) * approval.min(self.v_floor);
        (share * approval - singly).max(0.0) / self.bulk_share()
    }
}

/// True when whoever is entitled gets it: filing and approval numbers do not matter.
fn always(o: &Offer) -> bool {
    o.curve.is_constant() && o.curve.highest() == 1.0 && o.approval == 1.0
}

/// X above which losses are drawn singly: the severity's own top, or a sparse bend below it.
fn top(input: &CellInput, grid: &SeverityGrid, class: u32, people: f64) -> f64 {
    let own = grid.top(class);
    // Bends beyond this quantile are sparse; one look-up instead of a tail probability for each.
    let sparse = grid.quantile_sf((SPARSE / people).min(1.0));
    let ends = input.offers.iter().flat_map(|o| o.schedule.pieces()).map(|p| p.end);
    ends.filter(|b| *b < own && *b > sparse).fold(own, f64::min)
}

/// Losses at which schedules bend or jump, and at which an award of money equals the loss; points of take-up tables.
fn breaks(input: &CellInput, out: &mut Vec<f64>) {
    out.clear();
    for o in &input.offers {
        for p in o.schedule.pieces() {
            out.push(p.end);
            if o.in_kind.is_none() && input.true_scale > 0.0 {
                out.push(p.intercept / (input.true_scale - p.slope));
            }
        }
        out.extend(kinks::table_points(o));
    }
}

/// U and V below which people are drawn singly, so that offers with few successful filers have them drawn one by one.
fn floors(input: &CellInput, nodes: &[Node], bench: &Bench, people: f64) -> (f64, f64) {
    let (mut u, mut v) = (0.0f64, 0.0f64);
    for (i, o) in input.offers.iter().enumerate() {
        let filing = bench.filing(i);
        let mean: f64 = nodes.iter().zip(filing).map(|(node, f)| node.weight * f).sum();
        let through = people * mean * o.approval;
        if through > 0.0 && through < FEW {
            let highest = filing.iter().copied().fold(0.0, f64::max);
            u = u.max(highest.min(SINGLES / (people * o.approval)));
            v = v.max(o.approval);
        }
    }
    // A floor in V costs a second pass over all pairs of components; it pays where most are refused.
    (u, if v > 0.0 && v < 0.5 { v } else { 1.0 })
}
