//! What was drawn in a cell, rule by rule: claims and what they ask for, and why losers are left with nothing.

use smallvec::SmallVec;

use super::draw::{Drawn, Single};
use super::judge::{APPROVED, CLAIMED, REACHED};
use super::law::CellLaw;
use super::settle;
use super::{CellInput, Offer};
use crate::chance::counts::CommonChance;
use crate::chance::stream::Stream;
use crate::process::decision::RuleSum;

/// Losers who get nothing, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LeftOut {
    /// No rule gives them anything at their loss.
    pub ineligible: f64,
    /// They could, but do not know of it (or what needs no claim does not reach them).
    pub unaware: f64,
    /// They know of it and do not file: the award is not worth the burden.
    pub deterred: f64,
    /// They filed and were refused.
    pub refused: f64,
    /// Of the refused, those who claimed no more than they lost.
    pub refused_genuine: f64,
    /// They filed, would have been paid and gave up while they waited.
    pub gave_up: f64,
}

impl LeftOut {
    /// Adds another.
    pub fn add(&mut self, l: &LeftOut) {
        self.ineligible += l.ineligible;
        self.unaware += l.unaware;
        self.deterred += l.deterred;
        self.refused += l.refused;
        self.refused_genuine += l.refused_genuine;
        self.gave_up += l.gave_up;
    }
}

/// Adds what each rule of a guideline (its offers, first and end) did to the sums of its rules.
pub fn rules(input: &CellInput, drawn: &Drawn, (first, end): (usize, usize), sums: &mut [RuleSum]) {
    let lose = if input.true_scale > 0.0 { 1.0 } else { 0.0 };
    for i in first..end {
        let (o, mut all) = (&input.offers[i], drawn.judged.rules[i]);
        if drawn.bulk > 0 {
            all.add(&drawn.judged_bulk.rule(i));
        }
        all.losers = lose * all.approved;
        all.honest = if honest(input, o) { all.filed - all.approved } else { 0.0 };
        sums[o.rule].add(&all.with_those_who_gave_up(o.decided, o.approval, o.at_first));
    }
}

/// True where what people of a cell claim is due to them: they claim what they lost, or nobody asks for the loss.
fn honest(input: &CellInput, o: &Offer) -> bool {
    match input.truth {
        None => true,
        Some(truth) => o.flat().is_some() && (truth > 0.0 || !o.losers_only),
    }
}

/// What stands for the highest share who file for anything where a guideline entitles a person to nothing.
pub const NOT_ENTITLED: f64 = -1.0;

/// Everybody of a cell who is approved under an offer.
fn approved(drawn: &Drawn, offer: usize) -> f64 {
    let bulk = if drawn.bulk > 0 { drawn.judged_bulk.rule(offer).approved } else { 0.0 };
    drawn.judged.rules[offer].approved + bulk
}

/// Adds what people of a cell who claim more than they lost were paid beyond their due, and how many of them were due
/// nothing; `truth` is what they lost as a share of what they claim.
pub fn undue(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    (first, end): (usize, usize),
    truth: f64,
    sums: &mut [RuleSum],
) {
    let n = law.nodes();
    for i in first..end {
        let o = &input.offers[i];
        if honest(input, o) {
            continue;
        }
        let due = |x: f64| if truth <= 0.0 && o.losers_only { 0.0 } else { o.schedule.at(truth * x) };
        let (mut all, mut nothing) = (0.0, 0.0);
        for s in drawn.singles.iter().filter(|s| s.u < o.highest_share && s.v < o.approval) {
            let (award, share) = o.at(s.x);
            if s.u < share {
                let due = due(s.x);
                all += (award - due).max(0.0);
                nothing += if award > 0.0 && due <= 0.0 { 1.0 } else { 0.0 };
            }
        }
        if drawn.bulk > 0 {
            let approved = &drawn.approved()[i * n..(i + 1) * n];
            let (mut bulk, mut free) = (0.0, 0.0);
            law.axis.spread_all((0, n), approved, &[], |at, people| {
                let (award, due) = (o.schedule.at(at.x), due(at.x));
                bulk += people * (award - due).max(0.0);
                free += if award > 0.0 && due <= 0.0 { people } else { 0.0 };
            });
            all += bulk.max(0.0);
            nothing += settle::nearest(free.max(0.0)).min(drawn.judged_bulk.rule(i).approved);
        }
        // Of people who lost nothing all are due the same.
        sums[o.rule].without_right += match truth > 0.0 {
            true => nothing,
            false if due(0.0) <= 0.0 => self::approved(drawn, i),
            false => 0.0,
        };
        sums[o.rule].undue += all;
    }
}

/// Why losers of a cell get nothing of a guideline (its position among those of the input).
pub fn left_out(input: &CellInput, drawn: &Drawn, position: usize) -> LeftOut {
    let mut out = drawn.judged.left_out[position];
    if drawn.bulk > 0 {
        out.add(&drawn.left_out[position]);
    }
    if input.truth.is_none() {
        out.refused_genuine = out.refused;
    }
    out
}

/// Why people drawn singly get nothing of a guideline: `fates` say what happened to each under it, `aware` is the highest
/// share who file for anything it entitles the person to, `approved` how many get anything.
pub(super) fn left_of_singles(
    offers: &[Offer],
    singles: &[Single],
    fates: &[u8],
    aware: &[f64],
    approved: f64,
) -> LeftOut {
    let (mut silent, mut ineligible, mut unaware) = (0u64, 0u64, 0u64);
    for ((s, fate), aware) in singles.iter().zip(fates).zip(aware) {
        silent += u64::from(*fate == 0);
        ineligible += u64::from(*aware < 0.0);
        // Whoever does not know of it does not file, nor does whoever is entitled to nothing.
        unaware += u64::from(s.u >= *aware);
    }
    let tires = |o: &Offer| o.decided > o.approval;
    let gone = |s: &Single| offers.iter().any(|o| tires(o) && s.v < o.decided && s.u < o.at(s.x).1);
    let filed = |fate: u8| fate & (CLAIMED | REACHED) != 0 && fate & APPROVED == 0;
    let gave_up = match offers.iter().any(tires) {
        true => singles.iter().zip(fates).filter(|(s, fate)| filed(**fate) && gone(s)).count() as f64,
        false => 0.0,
    };
    let [silent, ineligible, unaware] = [silent, ineligible, unaware].map(|n| n as f64);
    LeftOut {
        ineligible,
        unaware: unaware - ineligible,
        deterred: silent - unaware,
        gave_up,
        refused: singles.len() as f64 - silent - approved - gave_up,
        refused_genuine: 0.0,
    }
}

/// Draws why people of the bulk get nothing of each guideline. Whoever does not know of one draft does not know of another, nor
/// do people tire of one alone: guidelines have this chance in common.
pub(super) fn tell_bulk(
    law: &CellLaw,
    input: &CellInput,
    ranges: &[(usize, usize, usize)],
    stream: &mut Stream,
    drawn: &mut Drawn,
) {
    let mut told = std::mem::take(&mut drawn.left_out);
    told.clear();
    let chance = Reasons { unaware: CommonChance::drawn(stream), gave_up: CommonChance::drawn(stream) };
    let places = ranges.iter().enumerate().map(|(position, (_, first, end))| (position, *first, *end));
    told.extend(places.map(|place| left_of_bulk(law, input, drawn, place, chance)));
    drawn.left_out = told;
}

/// Chance of who is what.
#[derive(Clone, Copy)]
struct Reasons {
    unaware: CommonChance,
    gave_up: CommonChance,
}

/// The same for the bulk: those who did not file are split into unaware and deterred by chances that follow from their losses.
fn left_of_bulk(
    law: &CellLaw,
    input: &CellInput,
    drawn: &Drawn,
    (position, first, end): (usize, usize, usize),
    chance: Reasons,
) -> LeftOut {
    let bulk = drawn.bulk as f64;
    let (filed, approved) = settle::reached(drawn, position);
    if law.certain {
        return LeftOut { ineligible: (bulk - filed).max(0.0), ..LeftOut::default() };
    }
    // Offers that are the same at any loss count together: whoever is entitled to one is entitled to all of them.
    let (mut known, mut files): (f64, f64) = (NOT_ENTITLED, 0.0);
    let mut rows: SmallVec<[_; 8]> = SmallVec::new();
    for i in first..end {
        let highest = input.offers[i].highest_share;
        match input.offers[i].flat() {
            Some((award, share)) if award > 0.0 => (known, files) = (known.max(highest), files.max(share)),
            Some(_) => {}
            None => rows.push((law.awards_of(i), law.shares_of(i), highest)),
        }
    }
    // Of the only offer it is known who filed at each node.
    let only = (end - first == 1).then(|| &drawn.filed()[first * law.nodes()..end * law.nodes()]);
    // People, of them those who do not file and the unaware, and the variance of these among those.
    let (mut eligible, mut silent, mut unaware, mut variance) = (0.0, 0.0, 0.0, 0.0);
    let mut add = |people: f64, quiet: f64, aware: f64, filing: f64| {
        let share = if filing > 0.0 { aware / filing } else { 0.0 };
        eligible += people;
        silent += quiet;
        unaware += quiet * share;
        variance += quiet * share * (1.0 - share);
    };
    for (span, ceiling) in law.axis.spans.iter().zip(&law.singly.ceilings).filter(|(_, ceiling)| **ceiling < 1.0) {
        // The filing numbers of the bulk lie above the ceiling: those below are drawn singly.
        let per = 1.0 / (1.0 - ceiling);
        let above = |share: f64| ((1.0 - share) * per).min(1.0);
        if rows.is_empty() {
            if known < 0.0 {
                break;
            }
            let people: f64 = drawn.at_node[span.nodes.0..span.nodes.1].iter().sum();
            add(people, people * above(files), above(known), above(files));
            continue;
        }
        for node in span.nodes.0..span.nodes.1 {
            let (mut aware, mut filing) = (known, files);
            for (awards, shares, highest) in &rows {
                if awards[node] > 0.0 {
                    aware = aware.max(*highest);
                    filing = filing.max(shares[node]);
                }
            }
            if aware >= 0.0 {
                let people = drawn.at_node[node];
                let quiet = only.map_or(people * above(filing), |filed| people - filed[node]);
                add(people, quiet, above(aware), above(filing));
            }
        }
    }
    let eligible = settle::nearest(eligible).clamp(filed, bulk);
    let rest = eligible - filed;
    let share = if silent > 0.0 { (unaware / silent).clamp(0.0, 1.0) } else { 0.0 };
    let alike = silent * share * (1.0 - share);
    let spread = if alike > 0.0 { (variance / alike).clamp(0.0, 1.0) } else { 1.0 };
    let unaware = chance.unaware.mixed_binomial(rest, share, spread);
    let nothing = (filed - approved).max(0.0);
    let gave_up = chance.gave_up.mixed_binomial(nothing, gone_of_nothing(law, input, drawn, (first, end)), 1.0);
    let (deterred, refused) = (rest - unaware, nothing - gave_up);
    LeftOut { ineligible: bulk - eligible, unaware, deterred, refused, refused_genuine: 0.0, gave_up }
}

/// Of those of the bulk who filed and get nothing, the share who gave up, as expected at their losses and filing numbers:
/// what the refused would have been given was not drawn.
fn gone_of_nothing(law: &CellLaw, input: &CellInput, drawn: &Drawn, (first, end): (usize, usize)) -> f64 {
    let offers = &input.offers[first..end];
    if offers.iter().all(|o| o.decided <= o.approval) {
        return 0.0;
    }
    // Where all decide alike it is the same at any loss.
    let Offer { approval, decided, .. } = &offers[0];
    if offers.iter().all(|o| o.approval == *approval && o.decided == *decided) {
        return (decided - approval) / (1.0 - approval);
    }
    let (mut nothing, mut gone) = (0.0, 0.0);
    let mut open: SmallVec<[(f64, f64, f64); 8]> = SmallVec::new();
    for (span, ceiling) in law.axis.spans.iter().zip(&law.singly.ceilings).filter(|(_, ceiling)| **ceiling < 1.0) {
        for node in span.nodes.0..span.nodes.1 {
            open.clear();
            let paying = (first..end).filter(|i| law.awards_of(*i)[node] > 0.0);
            open.extend(paying.map(|i| (law.shares_of(i)[node], input.offers[i].approval, input.offers[i].decided)));
            open.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
            let people = drawn.at_node[node] / (1.0 - ceiling);
            // Strips of filing numbers from the top: under all offers so far these people file.
            let (mut approved, mut decided) = (0.0f64, 0.0f64);
            for (k, offer) in open.iter().enumerate() {
                (approved, decided) = (approved.max(offer.1), decided.max(offer.2));
                let below = open.get(k + 1).map_or(0.0, |next| next.0).max(*ceiling);
                let here = people * (offer.0 - below).max(0.0);
                nothing += here * (1.0 - approved);
                gone += here * (decided - approved).max(0.0);
            }
        }
    }
    if nothing > 0.0 { (gone / nothing).clamp(0.0, 1.0) } else { 0.0 }
}
