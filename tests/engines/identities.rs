//! What must hold in every replicate, whatever was drawn.

use redress::chance::severity::Severity;
use redress::engine::outcome::{Block, COMMON, GUIDED, Groups, Shape, common, guided};
use redress::engine::run::{Engine, Event, Options, run};
use redress::model::{Filing, Scenario, TakeUp};
use redress::stats::Moments;

use super::cases;
use crate::common::check::Check;
use crate::common::sample::{sample, shape};
use crate::common::{Build, w2_pooled};

/// Rounding of sums of money.
const SLACK: f64 = 1e-9;

/// One replicate of a block.
struct Row<'a> {
    block: &'a Block,
    shape: Shape,
    row: usize,
}

impl Row<'_> {
    fn common(&self, group: usize, m: &str) -> f64 {
        self.block.common[self.shape.common(self.row, group, common(m).expect("a measure"))]
    }

    fn guided(&self, g: usize, group: usize, m: &str) -> f64 {
        self.block.guided[self.shape.guided(self.row, g, group, guided(m).expect("a measure"))]
    }

    /// The identities of one group under one guideline.
    fn check(&self, g: usize, group: usize) {
        let v = |m: &str| self.guided(g, group, m);
        let (hit, losers, loss) = (self.common(group, "hit"), self.common(group, "losers"), self.common(group, "loss"));
        let at_most = |a: f64, b: f64, what: &str| {
            assert!(a <= b * (1.0 + SLACK) && a >= 0.0, "{what}: {a} over {b}, guideline {g}, group {group}");
        };
        at_most(v("paid"), v("approved"), "paid, approved");
        at_most(v("approved"), v("claims") + v("automatic"), "approved, filed");
        at_most(v("approved"), hit, "approved, hit");
        at_most(v("claims"), hit, "claims, hit");
        at_most(v("automatic"), hit, "automatic, hit");
        at_most(v("covered"), v("approved"), "covered, approved");
        at_most(v("covered"), losers, "covered, losers");
        at_most(losers, hit, "losers, hit");
        at_most(v("refused_genuine"), v("refused"), "refused_genuine, refused");
        at_most(v("compensated"), v("payout"), "compensated, payout");
        at_most(v("compensated"), loss, "compensated, loss");
        at_most(v("coverage"), 1.0, "coverage");
        at_most(v("adequacy"), 1.0, "adequacy");
        at_most(v("gini"), 1.0, "gini");
        let parts = v("payout") + v("in_kind_cost") + v("claim_cost");
        assert!((v("cost") - parts).abs() <= SLACK * parts, "cost");
        assert!((loss - v("compensated") - v("uncompensated")).abs() <= SLACK * loss, "uncompensated");
        let left = v("ineligible") + v("unaware") + v("deterred") + v("refused");
        assert!(
            (losers - v("covered") - left).abs() <= 1e-6 * losers.max(1.0),
            "losers {losers}, covered {}, left out {left}, guideline {g}, group {group}",
            v("covered")
        );
        for m in ["claims", "automatic", "approved", "paid", "covered"] {
            assert_eq!(v(m).fract(), 0.0, "{m} counts whole people");
        }
    }
}

fn leaves_add_up(row: &Row, groups: &Groups, guidelines: usize) {
    let close = |total: f64, sum: f64, what: &str| {
        assert!((total - sum).abs() <= SLACK * total.abs(), "{what}: {total} against {sum}");
    };
    for m in COMMON {
        let sum = groups.leaves.iter().map(|l| row.common(*l, m.name)).sum();
        close(row.common(0, m.name), sum, m.name);
    }
    for g in 0..guidelines {
        for m in GUIDED.iter().filter(|m| m.additive && !m.timed) {
            close(row.guided(g, 0, m.name), groups.leaves.iter().map(|l| row.guided(g, *l, m.name)).sum(), m.name);
        }
    }
}

fn hold(scenario: &Scenario, engine: Engine, replicates: u64) {
    let (shape, groups) = (shape(scenario), Groups::of(scenario));
    let options = Options { seed: 77, replicates, engine, ..Options::default() };
    let mut rows = 0;
    run(scenario, &options, &std::sync::atomic::AtomicBool::new(false), |event| {
        let Event::Block(block) = event else { return Ok(()) };
        let guided = block.guided.iter().zip(GUIDED.iter().cycle()).filter(|(_, m)| !m.timed).map(|(x, _)| x);
        assert!(block.common.iter().chain(guided).all(|x| x.is_finite()), "a number is missing");
        for r in 0..block.replicates {
            let row = Row { block, shape, row: r };
            leaves_add_up(&row, &groups, shape.guidelines);
            let world = &block.worlds[r * shape.quantities..(r + 1) * shape.quantities];
            for (g, guideline) in scenario.guidelines.iter().enumerate() {
                (0..shape.groups).for_each(|group| row.check(g, group));
                if let Some(pool) = &guideline.pool {
                    let payout = row.guided(g, 0, "payout");
                    assert!(payout <= pool.amount.of(world), "pool of {g}: {payout}");
                }
            }
            rows += 1;
        }
        Ok(())
    })
    .expect("the run ends");
    assert_eq!(rows, replicates);
}

#[test]
fn identities_hold_in_every_replicate() {
    for build in [cases::bands, cases::few, cases::filing, cases::offers, cases::kinds] {
        hold(&build().scenario, Engine::Counts, 1_000);
    }
    for build in [cases::fees, cases::hours, cases::pools, cases::atoms, cases::heavy] {
        hold(&build().scenario, Engine::Counts, 1_000);
    }
    hold(&w2_pooled(4.5e9).scenario, Engine::Counts, 2_000);
    for build in [cases::offers, cases::kinds, cases::hours, cases::pools] {
        hold(&build().scenario, Engine::Individual, 200);
    }
}

/// Two rules that people claim, one of them with refusals: who gets something and who gets nothing are counted from the same
/// rounded people, so that nobody is lost in any of 3,000 replicates.
#[test]
fn whoever_claims_twice_is_counted_once() {
    let mut b = Build::new();
    let [hit, nine] = b.constants([0.0475, 0.9]);
    b.cohort("people", 50_000.0, hit, Some((45.0, Severity::from_family_cv("gamma", 1.0).expect("valid severity"))));
    let (thirty, twenty) = (b.flat(30.0), b.flat(20.0));
    let form = b.logistic(0.5, 10.0, 1.5);
    let rate = b.constant(0.4);
    let mut rules = vec![b.filed(thirty, form, 1.0), b.filed(twenty, Filing::Claim(TakeUp::Constant { rate }), 1.0)];
    rules[0].approval = nine;
    rules[1].id = "second".into();
    b.rules("draft", rules);
    hold(&b.scenario, Engine::Counts, 3_000);
}

/// Everybody who lost is in one tier of losses and in one only, and what the tiers are paid is what is paid: in every
/// replicate, since one world meets all guidelines. The guidelines are those of `cases::tiers`, in its order. Inside one
/// guideline nothing is lost; between guidelines the individual engine is exact, and the counts engine, which rounds the
/// people of each guideline for itself, is off by one person of the middle tier at most, and by nobody on average.
#[test]
fn tiers_add_up_to_the_losers_and_to_the_payout_in_both_engines() {
    for (engine, most) in [(Engine::Counts, 1.0), (Engine::Individual, 0.0)] {
        for (build, shares) in [
            (cases::spread_tiers(), [0.913_489_2, 0.041_869_9, 0.044_641_0]),
            (cases::listed_tiers(), [0.75, 0.125, 0.125]),
        ] {
            tiers_add_up(&build.scenario, engine, most, shares);
        }
    }
}

fn tiers_add_up(scenario: &Scenario, engine: Engine, most: f64, shares: [f64; 3]) {
    let options = Options { seed: 78, replicates: 400, engine, ..Options::default() };
    let drawn = sample(scenario, &options);
    let (losers, paid) = (drawn.common("losers"), drawn.of(0, "payout"));
    let (mut all, mut off) = ([0.0; 3], Vec::new());
    for r in 0..losers.len() {
        let tier = |t: usize| (drawn.of(1 + t, "payout")[r], drawn.of(4 + t, "payout")[r]);
        let (people, money): (Vec<f64>, Vec<f64>) = (0..3).map(tier).unzip();
        let what = format!("{engine:?}, replicate {r}: {people:?} of {}, {money:?} of {}", losers[r], paid[r]);
        let missed = people.iter().sum::<f64>() - losers[r];
        assert!(missed.abs() <= most, "people: {what}");
        let rounding = SLACK * paid[r] + 50_000.0 * missed.abs();
        assert!((money.iter().sum::<f64>() - paid[r]).abs() <= rounding, "money: {what}");
        assert!((money[0] - 30_000.0 * people[0]).abs() <= SLACK * money[0], "low: {what}");
        assert!((money[1] - 50_000.0 * people[1]).abs() <= SLACK * money[1], "middle: {what}");
        assert_eq!(drawn.of(0, "covered")[r], losers[r], "everybody is in a tier: {what}");
        for t in 0..3 {
            assert_eq!(people[t], drawn.of(4 + t, "covered")[r], "covered, tier {t}: {what}");
            all[t] += people[t];
        }
        off.push(missed);
    }
    let mut check = Check::new("tiers");
    let m = Moments::of(&off).mean();
    check.z("people that rounding misses", m.value, 0.0, m.se);
    let n: f64 = losers.iter().sum();
    for (t, share) in shares.iter().enumerate() {
        check.z(&format!("share of tier {t}, {engine:?}"), all[t] / n, *share, (share * (1.0 - share) / n).sqrt());
    }
    check.done();
}

/// A pool and a budget of the same amount: what is paid from the pool is never above it, not even by rounding.
#[test]
fn a_pool_that_binds_keeps_a_budget_of_its_amount() {
    let scenario = cases::pools().scenario;
    let mut bound = 0;
    for engine in [Engine::Counts, Engine::Individual] {
        let options = Options { seed: 9, replicates: 300, engine, ..Options::default() };
        run(&scenario, &options, &false.into(), |event| {
            let Event::Block(b) = event else { return Ok(()) };
            let s = shape(&scenario);
            for (r, world) in b.worlds.chunks(s.quantities).enumerate() {
                for (g, pool) in scenario.guidelines.iter().enumerate().filter_map(|(g, x)| Some((g, x.pool.as_ref()?)))
                {
                    let paid = b.guided[s.guided(r, g, 0, guided("payout").expect("a measure"))];
                    assert!(paid <= pool.amount.of(world), "{paid}");
                    bound += usize::from(b.pool_factor[r * s.guidelines + g] < 1.0);
                }
            }
            Ok(())
        })
        .expect("the run ends");
    }
    assert!(bound > 300, "{bound}");
}
