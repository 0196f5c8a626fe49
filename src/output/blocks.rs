//! Blocks of a run as bytes, kept in its result folder until it is complete, so that one that ends early goes on where it was.
//! A number is written as what tells it from the same number of the world before, without the bytes that are zero, or as a
//! place among those that were met before: the same number often stands in many groups and under many guidelines.

use super::digest;
use super::error::OutputError;
use crate::engine::outcome::Block;
use crate::engine::run::Event;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Name of the file.
pub const UNFINISHED: &str = "unfinished.blocks";
/// Number of the way in which blocks are written: another one cannot be read. Raised with every change to [`Block`].
const FORMAT: u32 = 2;
/// Bytes of the digest that stands before each record.
const CHECK: usize = 8;
/// No record is longer: beyond, a length is a broken one.
const LONGEST: u64 = 1 << 32;

/// Blocks of a run: those that an earlier one left, to be read in order, and those that come to them.
#[derive(Debug)]
pub struct KeptBlocks {
    path: PathBuf,
    /// First line of the file: all that the blocks depend on.
    key: String,
    before: Option<BufReader<File>>,
    /// A record that was read and is of a later part, with its length.
    read: Option<(u32, Vec<Event>, u64)>,
    /// Length of the file as far as it was read or written.
    length: u64,
    file: Option<File>,
    waiting: Vec<u8>,
}

impl KeptBlocks {
    /// Opens what was kept in a folder that exists. `question` is all that the blocks depend on: those of another question
    /// are thrown away when the first is written.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn open(folder: &Path, question: &str) -> Result<KeptBlocks, OutputError> {
        let path = folder.join(UNFINISHED);
        let key = format!("redress run {FORMAT} {}\n", digest::of_bytes(question.as_bytes()));
        let before = match File::open(&path) {
            Ok(file) => Some(BufReader::with_capacity(1 << 20, file)),
            Err(e) if e.kind() == ErrorKind::NotFound => None,
            Err(e) => return Err(OutputError::new(&path, "read", e)),
        };
        let ours = |reader: &mut BufReader<File>| {
            let mut first = Vec::new();
            reader.take(key.len() as u64).read_until(b'\n', &mut first).is_ok() && first == key.as_bytes()
        };
        let before = before.and_then(|mut reader| ours(&mut reader).then_some(reader));
        let length = if before.is_some() { key.len() as u64 } else { 0 };
        Ok(KeptBlocks { path, key, before, read: None, length, file: None, waiting: Vec::new() })
    }

    /// Whether an earlier run has left blocks.
    pub fn has_some(&self) -> bool {
        self.before.is_some()
    }

    /// The next block of a part of the run, with its twin if it has one, if it was kept.
    pub fn next(&mut self, part: u32) -> Option<Vec<Event>> {
        if self.read.is_none() {
            self.read = self.before.as_mut().and_then(record);
        }
        let (_, events, length) = self.read.take_if(|(of, ..)| *of == part)?;
        self.length += length;
        Some(events)
    }

    /// Takes a block and its twin up, to be written with [`KeptBlocks::write`].
    pub fn hold(&mut self, part: u32, events: &[Event]) {
        let mut body = Vec::new();
        body.extend(part.to_le_bytes());
        body.extend((events.len() as u32).to_le_bytes());
        events.iter().for_each(|event| put_event(&mut body, event));
        self.waiting.extend((body.len() as u64).to_le_bytes());
        self.waiting.extend(check(&body));
        self.waiting.extend(body);
    }

    /// Bytes that are not written yet.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Forgets what is not written yet.
    pub fn forget(&mut self) {
        self.waiting = Vec::new();
    }

    /// Writes what is waiting behind what was read or written so far.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&mut self) -> Result<(), OutputError> {
        let failed = |e: std::io::Error| OutputError::new(&self.path, "write", e);
        if self.waiting.is_empty() {
            return Ok(());
        }
        if self.file.is_none() {
            // A record that was cut short, and what belongs to another question, go.
            (self.before, self.read) = (None, None);
            let open = File::options().create(true).truncate(false).write(true).open(&self.path);
            let mut file = open.map_err(failed)?;
            file.set_len(self.length).and_then(|()| file.seek(SeekFrom::End(0))).map_err(failed)?;
            if self.length == 0 {
                file.write_all(self.key.as_bytes()).map_err(failed)?;
                self.length = self.key.len() as u64;
            }
            self.file = Some(file);
        }
        if let Some(file) = &mut self.file {
            file.write_all(&self.waiting).map_err(failed)?;
            self.length += self.waiting.len() as u64;
        }
        self.waiting.clear();
        Ok(())
    }

    /// Removes the file: the run is complete, or nothing more is to be kept.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn finish(&mut self) -> Result<(), OutputError> {
        (self.before, self.read, self.file, self.length) = (None, None, None, 0);
        self.forget();
        match fs::remove_file(&self.path) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(OutputError::new(&self.path, "remove", e)),
            _ => Ok(()),
        }
    }
}

fn check(body: &[u8]) -> [u8; CHECK] {
    let mut out = [0; CHECK];
    out.copy_from_slice(&digest::of_bytes(body).as_bytes()[..CHECK]);
    out
}

/// The next record of a file: its part, its events, its length. `None` at the end, and where it was cut short.
fn record(file: &mut BufReader<File>) -> Option<(u32, Vec<Event>, u64)> {
    let mut head = [0; 8 + CHECK];
    file.read_exact(&mut head).ok()?;
    let (length, digest) = head.split_first_chunk::<8>()?;
    let length = u64::from_le_bytes(*length);
    if length > LONGEST {
        return None;
    }
    let mut body = Vec::new();
    file.take(length).read_to_end(&mut body).ok()?;
    if body.len() as u64 != length || check(&body) != digest {
        return None;
    }
    let at = &mut body.as_slice();
    let (part, count) = (whole32(at)?, whole32(at)?);
    let events = (0..count).map(|_| event(at)).collect::<Option<Vec<Event>>>()?;
    Some((part, events, head.len() as u64 + length))
}

fn put_event(out: &mut Vec<u8>, event: &Event) {
    let (twin, block) = match event {
        Event::Block(block) => (0, block),
        Event::Twin(block) => (1, block),
    };
    out.push(twin);
    out.extend(block.first.to_le_bytes());
    out.extend((block.replicates as u64).to_le_bytes());
    let met = &mut Met::new();
    for list in numbers(block) {
        put_list(out, met, block.replicates, list.iter().map(|x| x.to_bits()));
    }
    for list in [&block.timeline, &block.unpaid] {
        put_list(out, met, block.replicates, list.iter().map(|x| u64::from(x.to_bits())));
    }
}

fn numbers(block: &Block) -> [&Vec<f64>; 8] {
    [
        &block.worlds,
        &block.service_hours,
        &block.common,
        &block.guided,
        &block.accounts,
        &block.watched,
        &block.to_mean,
        &block.pool_factor,
    ]
}

fn event(at: &mut &[u8]) -> Option<Event> {
    let twin = byte(at)?;
    let (first, replicates) = (whole64(at)?, whole64(at)? as usize);
    let mut met = Met::new();
    let mut list = || list(at, &mut met, replicates);
    let mut next = || Some(list()?.into_iter().map(f64::from_bits).collect::<Vec<f64>>());
    let (worlds, service_hours, common, guided) = (next()?, next()?, next()?, next()?);
    let (accounts, watched, to_mean, pool_factor) = (next()?, next()?, next()?, next()?);
    let mut short = || Some(list()?.into_iter().map(|x| f32::from_bits(x as u32)).collect());
    let (timeline, unpaid) = (short()?, short()?);
    let block = Block {
        first,
        replicates,
        worlds,
        service_hours,
        common,
        guided,
        accounts,
        timeline,
        unpaid,
        watched,
        to_mean,
        pool_factor,
    };
    Some(if twin == 1 { Event::Twin(block) } else { Event::Block(block) })
}

/// How many numbers ago the same number of the world before was.
fn stride(count: usize, worlds: usize) -> usize {
    if worlds > 0 && count.is_multiple_of(worlds) { count / worlds } else { 1 }
}

/// So many zeros at most are told by one byte, whose highest bit is set; of other numbers, four bits say how many bytes are
/// left out in front and four how many behind.
const ZEROS: u8 = 0x7f;
/// Instead of that: a number that was met, and its place in [`Met`] follows in two bytes.
const SAME: u8 = 0x0f;

/// Numbers that were met last, by a digest of theirs.
struct Met(Vec<u64>);

impl Met {
    fn new() -> Met {
        Met(vec![0; 1 << 16])
    }

    /// Takes a number up, and tells its place and whether it was there.
    fn take(&mut self, number: u64) -> (u16, bool) {
        // Multiplicative hashing (Knuth, The Art of Computer Programming, vol. 3, 6.4): the highest bits of a product.
        let place = (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as u16;
        let slot = &mut self.0[usize::from(place)];
        let there = *slot == number;
        *slot = number;
        (place, there)
    }
}

fn put_list(out: &mut Vec<u8>, met: &mut Met, worlds: usize, list: impl ExactSizeIterator<Item = u64> + Clone) {
    out.extend((list.len() as u64).to_le_bytes());
    let before = std::iter::repeat_n(0, stride(list.len(), worlds)).chain(list.clone());
    let mut zeros = 0;
    let tell = |out: &mut Vec<u8>, zeros: u8| {
        if zeros > 0 {
            out.push(0x80 | zeros);
        }
    };
    for (number, before) in list.zip(before) {
        let told = number ^ before;
        if told == 0 {
            zeros += 1;
            if zeros == ZEROS {
                tell(out, zeros);
                zeros = 0;
            }
            continue;
        }
        tell(out, zeros);
        zeros = 0;
        let (place, there) = met.take(number);
        if there {
            out.push(SAME);
            out.extend(place.to_le_bytes());
            continue;
        }
        let (front, behind) = (told.leading_zeros() as usize / 8, told.trailing_zeros() as usize / 8);
        out.push((front << 4 | behind) as u8);
        out.extend_from_slice(&told.to_le_bytes()[behind..8 - front]);
    }
    tell(out, zeros);
}

fn list(at: &mut &[u8], met: &mut Met, worlds: usize) -> Option<Vec<u64>> {
    let count = usize::try_from(whole64(at)?).ok()?;
    // A byte tells of so many numbers at most.
    if count > at.len().saturating_mul(ZEROS.into()) {
        return None;
    }
    let stride = stride(count, worlds);
    let mut out: Vec<u64> = Vec::with_capacity(count);
    let before = |out: &[u64]| out.len().checked_sub(stride).map_or(0, |i| out[i]);
    while out.len() < count {
        let head = byte(at)?;
        if head & 0x80 != 0 {
            (0..head & ZEROS).for_each(|_| out.push(before(&out)));
            continue;
        }
        if head == SAME {
            let (place, rest) = at.split_first_chunk::<2>()?;
            *at = rest;
            out.push(met.0[usize::from(u16::from_le_bytes(*place))]);
            continue;
        }
        let (front, behind) = (usize::from(head >> 4), usize::from(head & 0xf));
        let mut told = [0; 8];
        let there = told.get_mut(behind..8_usize.checked_sub(front)?)?;
        let (bytes, rest) = at.split_at_checked(there.len())?;
        there.copy_from_slice(bytes);
        *at = rest;
        let number = u64::from_le_bytes(told) ^ before(&out);
        met.take(number);
        out.push(number);
    }
    (out.len() == count).then_some(out)
}

fn byte(at: &mut &[u8]) -> Option<u8> {
    let (first, rest) = at.split_first()?;
    *at = rest;
    Some(*first)
}

fn whole32(at: &mut &[u8]) -> Option<u32> {
    let (first, rest) = at.split_first_chunk::<4>()?;
    *at = rest;
    Some(u32::from_le_bytes(*first))
}

fn whole64(at: &mut &[u8]) -> Option<u64> {
    let (first, rest) = at.split_first_chunk::<8>()?;
    *at = rest;
    Some(u64::from_le_bytes(*first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(first: u64, replicates: usize) -> Block {
        let many = |n: usize| (0..n * replicates).map(|i| [0.0, 3.0, 1e9 / 7.0, f64::NAN, -0.0][i % 5]).collect();
        Block {
            first,
            replicates,
            worlds: many(7),
            service_hours: many(1),
            common: many(300),
            guided: vec![0.0; 1000],
            accounts: Vec::new(),
            timeline: vec![1.5, f32::NAN, 0.0],
            unpaid: vec![0.0, 2.5],
            watched: many(2),
            to_mean: many(3),
            pool_factor: many(1),
        }
    }

    fn bits(events: &[Event]) -> Vec<u64> {
        let of = |event: &Event| {
            let (Event::Block(b) | Event::Twin(b)) = event;
            let head = [u64::from(matches!(event, Event::Twin(_))), b.first, b.replicates as u64];
            let course = b.timeline.iter().chain(&b.unpaid).map(|x| u64::from(x.to_bits()));
            let all = numbers(b).into_iter().flatten().map(|x| x.to_bits());
            head.into_iter().chain(all).chain(course).collect::<Vec<u64>>()
        };
        events.iter().flat_map(of).collect()
    }

    #[test]
    fn blocks_come_back_bit_for_bit_and_what_is_cut_short_is_drawn_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = |q: &str| KeptBlocks::open(folder.path(), q).expect("readable");
        let one = [Event::Block(block(0, 4)), Event::Twin(block(0, 2))];
        let two = [Event::Block(block(4, 3))];
        let of_variant = [Event::Block(block(0, 1))];
        let mut first = open("a");
        assert!(!first.has_some() && first.next(0).is_none());
        first.hold(0, &one);
        first.hold(0, &two);
        first.hold(1, &of_variant);
        first.write().expect("writable");
        drop(first);

        let mut second = open("a");
        assert_eq!(second.next(0).map(|e| bits(&e)), Some(bits(&one)));
        assert_eq!(second.next(0).map(|e| bits(&e)), Some(bits(&two)));
        assert!(second.next(0).is_none(), "the next is of another part");
        assert_eq!(second.next(1).map(|e| bits(&e)), Some(bits(&of_variant)));
        assert!(second.next(1).is_none());
        drop(second);

        // Cut short in the middle of the last record: what is held next takes its place.
        let path = folder.path().join(UNFINISHED);
        let bytes = fs::read(&path).expect("there");
        fs::write(&path, &bytes[..bytes.len() - 1]).expect("writable");
        let mut third = open("a");
        assert!(third.next(0).is_some() && third.next(0).is_some() && third.next(1).is_none());
        third.hold(1, &of_variant);
        third.write().expect("writable");
        assert!(fs::read(&path).expect("there") == bytes);

        // A bit that turned over: what begins there is drawn again.
        let mut turned = bytes.clone();
        turned[bytes.len() - 2] ^= 1;
        fs::write(&path, &turned).expect("writable");
        let mut fourth = open("a");
        assert!(fourth.next(0).is_some() && fourth.next(0).is_some() && fourth.next(1).is_none());

        // Another question.
        let mut other = open("b");
        assert!(!other.has_some() && other.next(0).is_none());
        other.hold(0, &two);
        other.write().expect("writable");
        assert!(!open("a").has_some());
        other.finish().expect("removable");
        assert!(!path.exists());
    }

    #[test]
    fn nothing_read_from_broken_bytes_is_a_fault() {
        for length in 0..40 {
            for fill in [0_u8, 1, 0x77, 0x80, 0xff] {
                let bytes = vec![fill; length];
                let _ = event(&mut bytes.as_slice());
                let _ = list(&mut bytes.as_slice(), &mut Met::new(), 3);
            }
        }
    }
}
