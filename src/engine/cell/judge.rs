//! People drawn singly, judged: what each rule and each guideline does with every one of them, before pools.

use super::claims::{self, LeftOut, NOT_ENTITLED};
use super::draw::Single;
use super::law::CellLaw;
use super::settle::{Tally, makes_whole};
use super::{CellInput, Offer};
use crate::process::decision::RuleSum;

/// What each guideline gives the people drawn singly, before pools.
#[derive(Clone, Debug, Default)]
pub struct Singles {
    /// What each offer of the input did.
    pub rules: Vec<RuleSum>,
    /// Why losers are left with nothing by each guideline of the input.
    pub left_out: Vec<LeftOut>,
    /// Tally of each guideline of the input.
    pub tallies: Vec<Tally>,
    /// Money of each person under each: `[guideline][person]`.
    pub money: Vec<f64>,
    /// What happened to each person under the guideline at hand,
    fates: Vec<u8>,
    /// and the highest share who file for anything that it entitles the person to; [`NOT_ENTITLED`] where that is nothing.
    aware: Vec<f64>,
}

/// Fates of a person, as bits.
pub(super) const CLAIMED: u8 = 1;
pub(super) const REACHED: u8 = 2;
pub(super) const APPROVED: u8 = 4;
const PAID: u8 = 8;
const FATES: [u8; 4] = [CLAIMED, REACHED, APPROVED, PAID];

/// People of each fate, in 16 bits each.
const ONE_OF: [u64; 16] = {
    let (mut sets, mut set) = ([0; 16], 0);
    while set < sets.len() {
        let mut i = 0;
        while i < FATES.len() {
            if set as u8 & FATES[i] != 0 {
                sets[set] |= 1 << (16 * i);
            }
            i += 1;
        }
        set += 1;
    }
    sets
};

/// Counts people by fate.
fn count(fates: &[u8]) -> [f64; FATES.len()] {
    let mut people = [0u64; FATES.len()];
    for some in fates.chunks(usize::from(u16::MAX)) {
        let packed = some.iter().fold(0, |sum, fate| sum + ONE_OF[usize::from(fate % 16)]);
        people = std::array::from_fn(|i| people[i] + (packed >> (16 * i) & 0xFFFF));
    }
    people.map(|n| n as f64)
}

/// Settles every guideline of the input for the people drawn singly.
pub fn judge(
    law: &CellLaw,
    input: &CellInput,
    ranges: &[(usize, usize, usize)],
    singles: &[Single],
    out: &mut Singles,
) {
    out.tallies.clear();
    out.money.clear();
    out.rules.clear();
    out.left_out.clear();
    for (_, first, end) in ranges {
        let offers = &input.offers[*first..*end];
        let from = out.money.len();
        out.money.resize(from + singles.len(), 0.0);
        out.fates.clear();
        out.fates.resize(singles.len(), 0);
        out.aware.clear();
        let known = offers.iter().filter(|o| o.flat().is_some_and(|(award, _)| award > 0.0));
        out.aware.resize(singles.len(), known.map(|o| o.highest_share).fold(NOT_ENTITLED, f64::max));
        let mut tally = Tally::default();
        for (i, o) in (*first..).zip(offers) {
            let money = &mut out.money[from..];
            let sum = match o.flat() {
                Some(same) => flat_offer(o, same, singles, &mut out.fates, money),
                None => offer(o, &Around::of(law, i, o), singles, &mut out.fates, money, &mut out.aware),
            };
            if let Some((redemption, unit_cost)) = o.in_kind {
                tally.in_kind_face += sum.award;
                tally.in_kind_cost += sum.award * redemption * unit_cost;
            }
            out.rules.push(sum);
        }
        if offers.iter().any(|o| o.in_kind.is_none()) {
            for (s, money) in singles.iter().zip(&out.money[from..]) {
                tally.payout += money;
                let loss = input.true_scale * s.x;
                tally.compensated += money.min(loss);
                tally.whole += f64::from(input.true_scale > 0.0 && makes_whole(*money, loss));
            }
        }
        [tally.claims, tally.automatic, tally.approved, tally.paid] = count(&out.fates);
        tally.covered = if input.true_scale > 0.0 { tally.approved } else { 0.0 };
        out.tallies.push(tally);
        // Of people who lost nothing it is not asked.
        out.left_out.push(if input.true_scale > 0.0 {
            claims::left_of_singles(offers, singles, &out.fates, &out.aware, tally.approved)
        } else {
            LeftOut::default()
        });
    }
}

/// What happens to a person under an offer: filing, getting it, and the fates of these. No branches: which way they go is
/// chance. Where the award is nothing the share is.
#[inline]
fn fate(o: &Offer, s: &Single, share: f64) -> (bool, bool, u8) {
    let filed = if o.automatic { REACHED } else { CLAIMED };
    let approved = if o.in_kind.is_none() { APPROVED | PAID } else { APPROVED };
    let files = s.u < share;
    let gets = files & (s.v < o.approval);
    (files, gets, (u8::from(files) * filed) | (u8::from(gets) * approved))
}

/// What one offer adds to each person, and in all, where award and share are the same for all.
fn flat_offer(
    o: &Offer,
    (award, share): (f64, f64),
    singles: &[Single],
    fates: &mut [u8],
    money: &mut [f64],
) -> RuleSum {
    let (mut people, mut through) = (0u64, 0u64);
    let each = if o.in_kind.is_none() { award } else { 0.0 };
    for ((s, all), money) in singles.iter().zip(fates).zip(money) {
        let (files, gets, fate) = fate(o, s, share);
        *all |= fate;
        people += u64::from(files);
        through += u64::from(gets);
        *money += if gets { each } else { 0.0 };
    }
    let (filed, approved) = (people as f64, through as f64);
    RuleSum {
        filed,
        approved,
        asked: filed * award,
        award: approved * award,
        award_squares: approved * award * award,
        ..RuleSum::default()
    }
}

/// Awards and filing shares of an offer at the nodes, where those of a loss lie between those of the nodes around it.
enum Around<'a> {
    Nodes { awards: &'a [f64], shares: &'a [f64] },
    Unknown,
}

/// What the nodes around a loss say of it.
enum Said {
    /// The award is nothing.
    Nothing,
    /// There is one, and nobody with this filing number files for it.
    Silent,
    /// There is one, and whoever has this filing number files for it.
    Files,
    /// No more than anybody could.
    Open,
}

impl<'a> Around<'a> {
    fn of(law: &'a CellLaw, offer: usize, o: &Offer) -> Around<'a> {
        if law.all_singly || !o.schedule.rises() || !o.curve.rises() {
            return Around::Unknown;
        }
        Around::Nodes { awards: law.awards_of(offer), shares: law.shares_of(offer) }
    }

    #[inline]
    fn say(&self, s: &Single) -> Said {
        let Around::Nodes { awards, shares } = self else { return Said::Open };
        if s.above == 0 || s.above == awards.len() {
            return Said::Open;
        }
        if awards[s.above] <= 0.0 {
            Said::Nothing
        } else if awards[s.above - 1] <= 0.0 {
            Said::Open
        } else if s.u >= shares[s.above] {
            Said::Silent
        } else if s.u < shares[s.above - 1] {
            Said::Files
        } else {
            Said::Open
        }
    }
}

/// The same where they vary with the loss; `aware` are the highest shares of what each person is entitled to.
fn offer(
    o: &Offer,
    around: &Around,
    singles: &[Single],
    fates: &mut [u8],
    money: &mut [f64],
    aware: &mut [f64],
) -> RuleSum {
    let (mut people, mut through) = (0u64, 0u64);
    let mut sum = RuleSum::default();
    for (((s, all), money), aware) in singles.iter().zip(fates).zip(money).zip(aware) {
        let said = around.say(s);
        if matches!(said, Said::Nothing) {
            continue;
        }
        if matches!(said, Said::Silent) {
            *aware = aware.max(o.highest_share);
            continue;
        }
        let tier = o.schedule.tier(s.x);
        let award = o.schedule.pieces()[tier].at(s.x);
        if award <= 0.0 {
            continue;
        }
        *aware = aware.max(o.highest_share);
        if s.u >= o.highest_share {
            continue;
        }
        let share = if matches!(said, Said::Files) { 1.0 } else { o.share_of(tier, award) };
        let (files, gets, fate) = fate(o, s, share);
        *all |= fate;
        people += u64::from(files);
        through += u64::from(gets);
        let given = if gets { award } else { 0.0 };
        sum.asked += if files { award } else { 0.0 };
        sum.award += given;
        sum.award_squares += given * award;
        *money += if o.in_kind.is_none() { given } else { 0.0 };
    }
    (sum.filed, sum.approved) = (people as f64, through as f64);
    sum
}

#[cfg(test)]
mod tests {
    use super::super::class::{KEPT, class_of};
    use super::super::grid::SeverityGrid;
    use super::super::law::Bench;
    use super::*;
    use crate::chance::severity::Severity;
    use crate::chance::stream::Stream;
    use crate::guideline::schedule::Schedule;
    use crate::guideline::takeup::Curve;

    fn offered(guideline: usize, schedule: Schedule, curve: Curve) -> Offer {
        Offer {
            guideline,
            rule: 0,
            piece_shares: schedule
                .pieces()
                .iter()
                .map(|p| (p.slope == 0.0).then(|| curve.share(p.intercept)))
                .collect(),
            highest_share: curve.highest(),
            schedule,
            curve,
            foreseen_factor: 1.0,
            approval: 0.7,
            decided: 0.7,
            at_first: 1.0,
            losers_only: true,
            automatic: false,
            in_kind: None,
        }
    }

    /// 20,000 people under awards that rise, rise from a deductible on, fall, and fall to nothing, by curves that rise and
    /// one that does not: what the nodes say is what each person's own award says.
    #[test]
    fn nodes_decide_as_awards_do() {
        let logistic = || Curve::Logistic { awareness: 0.8, burden: 0.6, beta: 2.1 };
        let falling = Schedule::bands(&[
            (2.0, false, Schedule::line(1.0, 0.5)),
            (f64::INFINITY, false, Schedule::line(4.0, -0.5)),
        ]);
        let to_nothing =
            Schedule::bands(&[(3.0, true, Schedule::line(0.0, 1.0)), (f64::INFINITY, true, Schedule::constant(0.0))]);
        let input = CellInput {
            offers: vec![
                offered(0, Schedule::line(0.0, 1.0), logistic()),
                offered(0, Schedule::share_above(0.5, 0.4, 1.0), logistic()),
                offered(1, falling, logistic()),
                offered(2, to_nothing, Curve::Weibull { awareness: 0.9, burden: 0.5, beta: 1.3 }),
                offered(3, Schedule::line(0.1, 1.0), Curve::Table(vec![(0.1, 0.1), (1.0, 0.6), (3.0, 0.2)])),
            ],
            true_scale: 1.0,
            truth: None,
        };
        let grid = SeverityGrid::new(Severity::LogNormal { sigma: 1.1 }, 2.0);
        let mut law = CellLaw::default();
        law.fill(&input, &grid, class_of(65_536, KEPT), &mut Bench::default());
        assert!(!law.all_singly);
        let mut stream = Stream::named(3, 0, "test", "judged");
        stream.at(0);
        let singles: Vec<Single> = (0..20_000)
            .map(|_| {
                let x = grid.quantile(stream.uniform());
                let above = law.axis.nodes.partition_point(|n| n.x <= x);
                Single { x, u: stream.uniform(), v: stream.uniform(), above }
            })
            .collect();
        let ranges: Vec<(usize, usize, usize)> = input.by_guideline().collect();
        let mut unaided = CellLaw::default();
        unaided.all_singly = true;
        let [mut one, mut other] = [Singles::default(), Singles::default()];
        judge(&law, &input, &ranges, &singles, &mut one);
        judge(&unaided, &input, &ranges, &singles, &mut other);
        assert!(one.rules.iter().all(|r| r.approved > 100.0), "{:?}", one.rules);
        assert_eq!(one.rules, other.rules);
        assert_eq!(one.tallies, other.tallies);
        assert_eq!(one.left_out, other.left_out);
        assert_eq!(one.money, other.money);
    }
}
