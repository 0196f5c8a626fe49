//! Accounts of the first worlds, for what chance makes of their spread: those that are drawn twice as they came, of all no more
//! than their moments, which take no room.

use super::{HEAD, TWINS};
use crate::engine::outcome::{ACCOUNTS, Block, Shape};
use crate::stats::Moments;

/// Values taken into the moments at a time, so that these do not depend on the sizes of blocks.
const BATCH: usize = 64;

/// One account of one guideline.
#[derive(Clone, Debug, Default)]
struct Account {
    first: Vec<f64>,
    moments: Moments,
    pending: Vec<f64>,
}

/// The accounts of the first worlds of a stream of blocks.
#[derive(Clone, Debug)]
pub struct Accounts {
    shape: Shape,
    worlds: usize,
    /// `[guideline][ACCOUNTS]`.
    all: Vec<Account>,
}

impl Accounts {
    /// None yet.
    pub fn new(shape: Shape) -> Accounts {
        Accounts { shape, worlds: 0, all: vec![Account::default(); shape.guidelines * ACCOUNTS.len()] }
    }

    /// Adds the worlds of a block while there is room.
    pub fn add(&mut self, block: &Block) {
        let worlds = block.replicates.min(HEAD - self.worlds);
        for (i, account) in self.all.iter_mut().enumerate() {
            let (g, a) = (i / ACCOUNTS.len(), i % ACCOUNTS.len());
            (0..worlds).for_each(|r| account.add(block.accounts[self.shape.accounts(r, g, a)]));
        }
        self.worlds += worlds;
    }

    /// An account in the first worlds, as many as are drawn twice.
    pub fn first(&self, guideline: usize, account: usize) -> &[f64] {
        &self.all[guideline * ACCOUNTS.len() + account].first
    }

    /// Its moments over all worlds.
    pub fn moments(&self, guideline: usize, account: usize) -> Moments {
        let account = &self.all[guideline * ACCOUNTS.len() + account];
        let mut moments = account.moments;
        moments.merge(&Moments::of(&account.pending));
        moments
    }
}

impl Account {
    fn add(&mut self, value: f64) {
        if self.first.len() < TWINS as usize {
            self.first.push(value);
        }
        self.pending.push(value);
        if self.pending.len() == BATCH {
            self.moments.merge(&Moments::of(&self.pending));
            self.pending.clear();
        }
    }
}
