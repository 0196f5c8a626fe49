//! Who may sue: people of one cohort and region under one guideline, told apart by what is left to them, for whether they
//! sue, over how much and on which track all answers to that.

use super::Terms;
use crate::guideline::takeup::Curve;
use crate::model::court::{Issue, SmallClaims};

/// People who are left with about as much: how many, Σ of what is left to them, Σ of its squares.
pub type Alike = [f64; 3];

/// Some of those who may sue.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Part {
    /// As a share of all of these.
    pub share: f64,
    /// Uncompensated loss of one of them, on average.
    pub stake: f64,
}

/// Those whose claim goes by one track.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Track {
    /// Who sues at first.
    pub suing: Part,
    /// Who does not, and may follow a win.
    pub others: Part,
    /// Factor on time and costs.
    pub factor: f64,
}

/// All of them: people who could win something.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Base {
    /// People.
    pub people: u64,
    /// The small-claims track and the ordinary one.
    pub tracks: [Track; 2],
    /// Mean over them of the square of each one's chance of suing at first.
    pub squares: f64,
}

impl Base {
    /// The binomial law of how many sue at first when each has a chance of his own: of how many people, and by what factor the
    /// shares are larger among these.
    pub fn like(&self) -> (u64, f64) {
        let people = self.people as f64;
        let mean = people * self.tracks.iter().map(|t| t.suing.share).sum::<f64>();
        if mean <= 0.0 {
            return (self.people, 1.0);
        }
        let n = together(mean, people * self.squares).0.min(self.people);
        (n, people / n as f64)
    }
}

/// The binomial law with the mean of a sum of binomial numbers and, but for the rounding of n, its variance, the mean less
/// Σ n·p²: the law of the sum itself where all have one p.
pub fn together(mean: f64, squares: f64) -> (u64, f64) {
    let n = (mean * mean / squares).round().max((mean * (1.0 - 1e-12)).ceil()).max(1.0);
    (n as u64, (mean / n).min(1.0))
}

/// Sums over people of one track: how many, and what is left to them; of all, and of those who sue. Then those who sue
/// once more, each with the chance of it.
#[derive(Clone, Copy, Default)]
struct Sums {
    all: [f64; 2],
    suing: [f64; 2],
    squares: f64,
}

impl Sums {
    /// Adds people and what is left to them together, the shares of both that are of those who sue, and the mean square of the
    /// first.
    fn add(&mut self, all: [f64; 2], shares: [f64; 2], square: f64) {
        for (k, (sum, share)) in all.into_iter().zip(shares).enumerate() {
            self.all[k] += sum;
            self.suing[k] += sum * share.clamp(0.0, 1.0);
        }
        self.squares += all[0] * square.clamp(0.0, 1.0);
    }

    fn track(&self, people: f64, factor: f64) -> Track {
        let part = |[n, money]: [f64; 2]| match n > 0.0 {
            true => Part { share: n / people, stake: money.max(0.0) / n },
            false => Part::default(),
        };
        let others = std::array::from_fn(|k| self.all[k] - self.suing[k]);
        Track { suing: part(self.suing), others: part(others), factor }
    }
}

impl Terms<'_> {
    /// Those of `people` who may sue, of whom a share knows what they might claim. `some` of them are left with `short` together;
    /// `left` is how that is spread, or empty where all are alike.
    pub fn base(&self, (people, some, short): (f64, f64, f64), left: &[Alike], world: &[f64]) -> Base {
        let v = &self.values;
        let moves = v.award_share > 0.0 || v.mediation.is_some_and(|m| m.award_share > 0.0);
        let (some, short, left) = if moves { (some, short, left) } else { (people, 0.0, &[][..]) };
        let all = left.iter().fold([0.0; 2], |[n, money], a| [n + a[0], money + a[1]]);
        let alike = [some, short, short * short / some];
        let (left, all) = if all[0] > 0.0 && all[1] > 0.0 { (left, all) } else { (&[alike][..], [some, short]) };
        // Sums of the spread are rounded otherwise than those that are told, which stand. Whom it does not tell is left with next to
        // nothing.
        let told = some.min(all[0]);
        let scale = if all[1] > 0.0 { [told / all[0], short / all[1]] } else { [1.0, 0.0] };
        let may = if v.distress > 0.0 && !self.needs_a_loss() { people } else { some };
        if may < 1.0 || self.award(short) <= 0.0 {
            return Base::default();
        }
        let curve = Curve::of_claim(&self.issue.suing, 1.0, world);
        let (limit, factor) = v.small.unwrap_or((f64::NEG_INFINITY, 1.0));
        let cut = most_of_small(limit, v.distress, v.award_share);
        // Rounding must not make an award of just the limit larger than it.
        let track = |stake: f64| usize::from(stake > rounded_up(cut));
        let mut tracks = [Sums::default(); 2];
        for (n, stake) in [(some - told, NEXT_TO_NOTHING), (may - some, 0.0)] {
            let share = curve.share(self.award(stake));
            tracks[track(stake)].add([n, 0.0], [share; 2], share * share);
        }
        // A curve that rises gently is as good as a parabola over an octave; others are met bucket by bucket.
        let gentle = curve.is_constant() || curve.doubling() > GENTLE;
        let (mut octave, mut same, mut seen) = ([0.0; 3], (0, 0), [0.0; 2]);
        for bucket in left.iter().filter(|a| a[0] > 0.0) {
            // What decides on the track is what is left to them as it was told.
            let stake = bucket[1] / bucket[0];
            let bucket = [bucket[0] * scale[0], bucket[1] * scale[1], bucket[2] * (scale[1] * scale[1] / scale[0])];
            let [people, money, _] = bucket;
            let off = (stake - cut).abs();
            let reach = if off < 0.5 * stake { 3f64.sqrt() * variation(bucket) * stake } else { 0.0 };
            if off < reach.min(stake) {
                // Those whom the limit cuts are spread evenly about their mean.
                let [low, high] = [stake - reach, stake + reach];
                let below = people * (cut - low) / (high - low);
                for (n, stake) in [(below, 0.5 * (low + cut)), (people - below, 0.5 * (cut + high))] {
                    self.at_stakes(&curve, [n, n * stake, 0.0], &[0.0], &mut tracks[track(stake)]);
                }
                continue;
            }
            if !gentle {
                self.at_stakes(&curve, bucket, &EVENLY, &mut tracks[track(stake)]);
                continue;
            }
            // The few who are left with least are told apart no further.
            seen = [seen[0] + people, seen[1] + money];
            let few = seen[0] < LITTLE * some && seen[1] < LITTLE * short;
            let place = (if few { 0 } else { stake.to_bits() >> 52 }, track(stake));
            if place != same {
                self.over_octave(&curve, same.0 == 0, std::mem::take(&mut octave), &mut tracks[same.1]);
                same = place;
            }
            octave = std::array::from_fn(|k| octave[k] + bucket[k]);
        }
        self.over_octave(&curve, same.0 == 0, octave, &mut tracks[same.1]);
        Base {
            people: may as u64,
            tracks: [tracks[0].track(may, factor), tracks[1].track(may, 1.0)],
            squares: (tracks[0].squares + tracks[1].squares) / may,
        }
    }

    /// Adds people who are left with about as much, by a parabola through the curve at their mean; `few`: those who are left
    /// with least, who may differ by more than that holds for.
    fn over_octave(&self, curve: &Curve, few: bool, alike: Alike, track: &mut Sums) {
        let [people, money, _] = alike;
        if few {
            return self.at_stakes(curve, alike, &HALVES, track);
        }
        let (award, cv) = (self.award(money / people), variation(alike));
        // The part of an award that varies with what is left.
        let part = 1.0 - self.values.distress / award;
        let [share, first, second] = curve.bent(award);
        let spread = (part * cv).powi(2);
        let of_people = share + 0.5 * second * spread;
        let square = share * share + (first * first + share * second) * spread;
        track.add([people, money], [of_people, of_people + first * part * cv * cv], square);
    }

    /// The same in equal parts at places that are so many standard deviations from their mean.
    fn at_stakes(&self, curve: &Curve, alike: Alike, places: &[f64], track: &mut Sums) {
        let [people, money, _] = alike;
        if people <= 0.0 {
            return;
        }
        let (stake, cv) = (money / people, variation(alike));
        // Nobody is left with nothing.
        let cv = cv.min(0.9 / places[places.len() - 1]);
        let places = if cv > 0.0 { places } else { &[0.0] };
        for at in places {
            let (n, stake) = (people / places.len() as f64, (1.0 + at * cv) * stake);
            let share = curve.share(self.award(stake));
            track.add([n, n * stake], [share; 2], share * share);
        }
    }
}

/// The most that is left to somebody whose claim is small under an issue in a world; infinite where it knows no small claims.
pub fn small_stake(issue: &Issue, world: &[f64]) -> f64 {
    let of = |small: SmallClaims| {
        rounded_up(most_of_small(small.limit.of(world), issue.distress.of(world), issue.award_share.of(world)))
    };
    issue.small_claims.map_or(f64::INFINITY, of)
}

fn most_of_small(limit: f64, distress: f64, award_share: f64) -> f64 {
    match award_share > 0.0 {
        true => (limit - distress) / award_share,
        false if distress <= limit => f64::INFINITY,
        false => f64::NEG_INFINITY,
    }
}

fn rounded_up(stake: f64) -> f64 {
    stake + ROUNDING * stake.abs().min(f64::MAX)
}

/// Coefficient of variation of what is left to people, at most 1; nothing where rounding may have made it.
fn variation([people, money, squares]: Alike) -> f64 {
    let square = people * squares / (money * money) - 1.0;
    if square > ROUNDING * ROUNDING { square.sqrt().min(1.0) } else { 0.0 }
}

/// What those are left with whom nothing tells of, as a loss.
const NEXT_TO_NOTHING: f64 = 1.0 / 512.0;
/// Two places with the mean and the spread of any law,
const HALVES: [f64; 2] = [-1.0, 1.0];
/// and eight of an even one: 3√(7 ÷ 63) is one.
const EVENLY: [f64; 8] = {
    const STEP: f64 = 0.218_217_890_235_992_4;
    [-7.0 * STEP, -5.0 * STEP, -3.0 * STEP, -STEP, STEP, 3.0 * STEP, 5.0 * STEP, 7.0 * STEP]
};
/// Those who are left with least: at most this share of people and of what is left.
const LITTLE: f64 = 0.01;
/// Factor of an award that doubles the odds of suing, above which a curve rises gently (β below 2.1).
const GENTLE: f64 = 1.4;
/// What rounding may have made.
const ROUNDING: f64 = 1e-6;
