//! Blocks as bytes, so that finished work outlives an interrupted run.

use super::{Block, EventRow};

/// Numbers of an event.
const EVENT: usize = 6;

/// A block as bytes: lengths, then numbers, all of eight bytes, the least first.
pub fn bytes(block: &Block) -> Vec<u8> {
    let lengths = [block.first, block.years as u64, block.values.len() as u64, block.twins.len() as u64];
    let mut out: Vec<u8> = lengths.iter().flat_map(|n| n.to_le_bytes()).collect();
    out.extend((block.events.len() as u64).to_le_bytes());
    let mut put = |x: f64| out.extend(x.to_le_bytes());
    block.values.iter().chain(&block.twins).for_each(|x| put(*x));
    for e in &block.events {
        [e.year as f64, e.cause as f64, e.minute as f64, e.hours, e.people, e.loss].into_iter().for_each(&mut put);
    }
    out
}

/// The blocks that some bytes hold, whole ones only: a run may have ended in the middle of one.
pub fn blocks(bytes: &[u8]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some((block, left)) = block(rest) {
        found.push(block);
        rest = left;
    }
    found
}

fn block(bytes: &[u8]) -> Option<(Block, &[u8])> {
    let mut at = bytes;
    let mut next = || {
        let (head, tail) = at.split_first_chunk::<8>()?;
        at = tail;
        Some(*head)
    };
    let mut length = || next().map(u64::from_le_bytes);
    let (first, years, values, twins, events) = (length()?, length()?, length()?, length()?, length()?);
    let numbers = values.checked_add(twins)?.checked_add(events.checked_mul(EVENT as u64)?)?;
    if numbers > (at.len() / 8) as u64 {
        return None;
    }
    let (body, rest) = at.split_at(8 * numbers as usize);
    let all: Vec<f64> = body.chunks_exact(8).map(|c| f64::from_le_bytes(c.try_into().unwrap_or([0; 8]))).collect();
    let (values, others) = all.split_at(values as usize);
    let (twins, events) = others.split_at(twins as usize);
    let event = |e: &[f64]| EventRow {
        year: e[0] as u64,
        cause: e[1] as usize,
        minute: e[2] as i64,
        hours: e[3],
        people: e[4],
        loss: e[5],
    };
    let events = events.chunks_exact(EVENT).map(event).collect();
    Some((Block { first, years: years as usize, values: values.into(), twins: twins.into(), events }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_back_and_what_is_cut_off_is_left_out() {
        let event = EventRow { year: 3, cause: 1, minute: 77, hours: 0.5, people: 9.0, loss: 1e9 };
        let one = Block { first: 2, years: 2, values: vec![1.0, 2.0], twins: vec![3.0], events: vec![event] };
        let two = Block { first: 4, years: 1, values: vec![-0.0], twins: vec![], events: vec![] };
        let all = [bytes(&one), bytes(&two)].concat();
        assert_eq!(blocks(&all), vec![one.clone(), two]);
        assert_eq!(blocks(&all[..all.len() - 1]), vec![one]);
        assert!(blocks(&[7; 33]).is_empty());
    }
}
