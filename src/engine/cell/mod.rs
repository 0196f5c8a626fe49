//! A cell: people of one slot and one kind (genuine, exaggerating, unfounded), for whom only the loss X, the filing
//! number U and the approval number V are unknown. Person i files under an offer iff U < f(g(X)) and is approved iff
//! V < a; the same X, U, V meet every guideline.
//!
//! [`class`] is how large it is. [`grid`] cuts the loss [`axis`] ([`kinks`]: where filing bends; [`gauss`]: the two points
//! of a stretch), [`singly`] decides who is drawn one by one, [`strips`] spreads the rest over atoms that share their outcome,
//! [`law`] holds these together; [`draw`] draws one replicate, [`judge`] looks at everybody drawn one by one, [`settle`]
//! turns the draw into what each guideline pays, [`net_loss`] into what people are left with, [`claims`] into what each rule
//! did and why people get nothing, [`queued`] into who waits.

pub mod axis;
pub mod claims;
pub mod class;
pub mod draw;
pub mod gauss;
pub mod grid;
pub mod judge;
pub mod kinks;
pub mod law;
pub mod net_loss;
pub mod queued;
pub mod settle;
pub mod singly;
pub mod strips;

use smallvec::SmallVec;

use crate::guideline::schedule::Schedule;
use crate::guideline::takeup::Curve;

/// Probability of filing in each piece of a schedule; `None` where it varies with the loss.
pub type PieceShares = SmallVec<[Option<f64>; 4]>;

/// One rule of one guideline as it meets a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Guideline (index).
    pub guideline: usize,
    /// Rule of the guideline (index).
    pub rule: usize,
    /// Award before pools, on the X axis (X: loss relative to the mean).
    pub schedule: Schedule,
    /// Take-up of the award.
    pub curve: Curve,
    /// Factor by which people expect a pool to scale the award.
    pub foreseen_factor: f64,
    /// Probability that a claim is approved and whoever filed it has not given up waiting.
    pub approval: f64,
    /// Probability of approval.
    pub decided: f64,
    /// Share of the approved whom the first decision approves.
    pub at_first: f64,
    /// True where it is for people with a loss only, or who claim to have one.
    pub losers_only: bool,
    /// True when nobody has to file.
    pub automatic: bool,
    /// Awards in kind: (redemption, unit cost); `None`: money.
    pub in_kind: Option<(f64, f64)>,
    /// Probability of filing in each piece of the schedule.
    pub piece_shares: PieceShares,
    /// Highest share who file at any loss.
    pub highest_share: f64,
}

impl Offer {
    /// True when the share that files varies with the loss inside a piece of the schedule.
    pub fn varies(&self) -> bool {
        self.piece_shares.iter().any(Option::is_none)
    }

    /// Award and share who file where both are the same at any loss.
    pub fn flat(&self) -> Option<(f64, f64)> {
        match (self.schedule.pieces(), self.piece_shares.as_slice()) {
            ([piece], [Some(share)]) => Some((piece.intercept, *share)),
            _ => None,
        }
    }

    /// Award and probability of filing at a relative loss.
    #[inline]
    pub fn at(&self, x: f64) -> (f64, f64) {
        let tier = self.schedule.tier(x);
        let award = self.schedule.pieces()[tier].at(x);
        (award, self.share_of(tier, award))
    }

    /// Probability of filing for an award of a piece of the schedule.
    #[inline]
    pub fn share_of(&self, piece: usize, award: f64) -> f64 {
        self.piece_shares[piece].unwrap_or_else(|| self.curve.share(award * self.foreseen_factor))
    }
}

/// What a cell's law depends on: the fingerprint by which a law is used again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CellInput {
    /// Offers, those of one guideline side by side.
    pub offers: Vec<Offer>,
    /// Money per unit of X that is truly lost; 0 for unfounded claims.
    pub true_scale: f64,
    /// Of people who claim more than they lost, what they lost as a share of it.
    pub truth: Option<f64>,
}

impl CellInput {
    /// Ranges of offers by guideline: (guideline, first, end).
    pub fn by_guideline(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let together = self.offers.chunk_by(|a, b| a.guideline == b.guideline);
        together.scan(0, |first, offers| {
            let from = *first;
            *first += offers.len();
            Some((offers[0].guideline, from, *first))
        })
    }
}
