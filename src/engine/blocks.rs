//! Blocks of anything, drawn on several threads and handed on in order.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::run::Stopped;

/// Blocks that each thread draws before what was drawn is handed on.
const AHEAD: u64 = 4;

/// Draws the blocks of a range and hands them on in order, on the calling thread. What is handed on depends on neither
/// the number of threads nor on how far they are ahead.
///
/// # Errors
/// Cancelled, or refused by the receiver.
pub fn in_order<T: Send>(
    blocks: Range<u64>,
    threads: usize,
    cancel: &AtomicBool,
    draw: impl Fn(u64) -> T + Sync,
    mut receive: impl FnMut(u64, T) -> Result<(), String>,
) -> Result<(), Stopped> {
    // Zero would have rayon look into the environment.
    let threads = threads.max(1);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|e| Stopped::Plan(format!("cannot start {threads} threads: {e}")))?;
    let mut next = blocks.start;
    while next < blocks.end {
        let end = blocks.end.min(next + AHEAD * threads as u64);
        let stop = || cancel.load(Ordering::Relaxed);
        let drawn: Vec<Option<T>> =
            pool.install(|| (next..end).into_par_iter().map(|b| (!stop()).then(|| draw(b))).collect());
        for (block, drawn) in (next..end).zip(drawn) {
            match drawn {
                Some(drawn) => receive(block, drawn).map_err(Stopped::Refused)?,
                None => return Err(Stopped::Cancelled),
            }
        }
        if stop() {
            return Err(Stopped::Cancelled);
        }
        next = end;
    }
    Ok(())
}
