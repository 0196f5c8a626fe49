//! `--sampling` and `--precision` of a run.

use std::sync::atomic::AtomicBool;

use super::Failure;
use super::args::RunArgs;
use super::job;
use super::kept::{Keeper, Part};
use super::progress::Progress;
use crate::analysis::findings::{ALL, BASE};
use crate::analysis::{Collector, Findings, most_whole};
use crate::engine::heavy::Heavy;
use crate::engine::outcome::{Block, Groups};
use crate::engine::run::{Event, Options};
use crate::engine::world::WorldSampler;
use crate::model::{Lang, Scenario, Unit};
use crate::scenario::{self, words};
use crate::whatif::Look;
use crate::whatif::kept::Kept;
use crate::whatif::sensitivity::inputs::Inputs;
use crate::whatif::sharp::{
    CostMeans, Heard, KnownMean, Sampling, SharpDraw, SobolWorlds, Wanted, first_dimensions, has_error, known_means,
    points, replicates_for, usual_interests, worlds as worlds_of,
};

/// What `--precision` asks: the share, and of what.
pub type Precision = (f64, Vec<Look>);

/// Reads what `--precision` asks.
///
/// # Errors
/// A share or a look that cannot be read.
pub fn precision(args: &RunArgs, scenario: &Scenario) -> Result<Option<Precision>, Failure> {
    let Some(share) = &args.precision else { return Ok(None) };
    let share = scenario::number_in(share, Unit::Share, &scenario.currency).map_err(Failure::Usage)?;
    if share.is_nan() || share <= 0.0 {
        return Err(Failure::Usage("--precision is a share above 0, such as 1%".into()));
    }
    let mut looks: Vec<Look> = Vec::new();
    let usual = ["mean(payout)".to_string()];
    for word in if args.sharp.is_empty() { &usual[..] } else { &args.sharp[..] } {
        for g in 0..scenario.guidelines.len() {
            let look = Look::parse(word, scenario, Some(g)).map_err(Failure::Usage)?.settled([scenario]);
            if !has_error(scenario, &look, args.sampling.sampling()) {
                return Err(Failure::Usage(format!(
                    "`{word}` under {} has no finite variance, so that no number of replicates makes it as sharp as asked; \
                     ask for a quantile, such as --sharp 'p90(payout)'",
                    scenario.guidelines[g].id
                )));
            }
            if !looks.contains(&look) {
                looks.push(look);
            }
        }
    }
    Ok(Some((share, looks)))
}

/// Replicates of a run: those asked for (of scrambled points the whole nets among them), or as many as a precision takes.
///
/// # Errors
/// The run is interrupted.
pub fn replicates(
    args: &RunArgs,
    scenario: &Scenario,
    precision: Option<Precision>,
    kept: &mut dyn Kept,
) -> Result<u64, Failure> {
    let sampling = args.sampling.sampling();
    let rounded = |n: u64| if sampling == Sampling::Plain { n } else { worlds_of(n) };
    let Some((share, looks)) = precision else { return Ok(rounded(args.replicates)) };
    let options = Options {
        seed: args.seed,
        engine: args.engine.engine(),
        threads: job::threads(args.threads),
        ..Options::default()
    };
    let cancel = job::cancel_on_interrupt()?;
    // The same points as in the run that follows.
    let first = match sampling {
        Sampling::Plain => Vec::new(),
        _ => first_dimensions(scenario, &usual_interests(scenario), options, &cancel)?,
    };
    let draw = SharpDraw { options, conditional: false, first: &first, cancel: &cancel };

    // Scrambled points need every value kept: no run takes more of them.
    let most = if sampling == Sampling::Plain { u64::MAX } else { most_whole(scenario) };
    let wanted = Wanted { looks: &looks, share, at_most: args.at_most.min(most) };
    // Each round has a bar of its own: how many there will be is not known.
    let mut bar: Option<Progress> = None;
    let enough = replicates_for(scenario, wanted, sampling, draw, kept, &mut |heard| match heard {
        Heard::Round(n) => {
            bar.iter().for_each(Progress::finish);
            bar = Some(Progress::new(rounded(n), args.quiet));
        }
        Heard::Drawn(n) => bar.iter_mut().for_each(|b| b.add(n)),
    })?;
    bar.iter().for_each(Progress::finish);
    let count = |n: u64| words::count(n as f64, args.lang.lang());
    let reached = words::number(100.0 * enough.share);
    if enough.share > share {
        let cap = if most < args.at_most { "can be kept one by one here" } else { "--at-most allows" };
        talk!(
            "redress: {} replicates are the most that {cap}; what is looked at is known to ±{reached} %, not to \
             ±{} %",
            count(rounded(enough.replicates)),
            words::number(100.0 * share)
        );
    } else if !args.quiet {
        talk!(
            "redress: {} replicates, with which what is looked at is known to ±{reached} %",
            count(rounded(enough.replicates))
        );
    }
    Ok(rounded(enough.replicates))
}

/// Draws the worlds of scrambled points, and works out what is known of them without chance.
///
/// # Errors
/// Too many replicates, interrupted, or a plan that cannot be made.
pub fn simulate(
    scenario: &Scenario,
    sampling: Sampling,
    options: &Options,
    cancel: &AtomicBool,
    (keeper, progress): (&mut Keeper, &mut Progress),
    mut also: impl FnMut(&Block) -> Result<(), String>,
) -> Result<(Collector, Vec<KnownMean>), Failure> {
    let points = points(options.replicates);
    let (mut collector, kept) = Collector::new(scenario, BASE, options.replicates).in_repetitions(points as usize);
    if !kept {
        return Err(Failure::Usage(format!(
            "{} replicates are more than can be kept one by one here, which --sampling needs: take {} at most",
            words::count(options.replicates as f64, Lang::En),
            words::count(worlds_of(most_whole(scenario)) as f64, Lang::En)
        )));
    }
    let sampler = WorldSampler::new(&scenario.quantities, options.seed, 0).map_err(Failure::Internal)?;
    let inputs = Inputs::new(&scenario.quantities, &sampler, options.seed).map_err(Failure::Internal)?;
    let first = first_dimensions(scenario, &usual_interests(scenario), *options, cancel)?;
    let inputs = inputs.with_first(&first);
    let worlds = SobolWorlds::new(&inputs, points);
    let mut costs = CostMeans::new(scenario, points);
    let options = &Options { court_means: sampling == Sampling::Expected, ..*options };
    keeper.run(Part { number: 0, scenario, options, worlds: Some(&worlds), cancel }, |event| {
        match event {
            Event::Block(block) => {
                also(block)?;
                costs.add(block);
                collector.add(block);
                progress.add(block.replicates as u64);
            }
            Event::Twin(block) => collector.add_twin(block),
        }
        Ok(())
    })?;
    let mut known = match sampling {
        Sampling::Expected => known_means(scenario, options, &worlds, cancel)?,
        _ => Vec::new(),
    };
    known.extend(costs.means());
    Ok((collector, known))
}

/// Puts known means in the place of drawn ones.
pub fn tell_known(findings: &mut Findings, known: &[KnownMean], scenario: &Scenario) {
    let (groups, heavy) = (Groups::of(scenario), Heavy::of(scenario));
    for k in known {
        let group = groups.list[k.group];
        let guideline = k.guideline.map_or(ALL, |g| &scenario.guidelines[g].id);
        let cohort = group.cohort.map_or(ALL, |c| &scenario.cohorts[c].id);
        let region = group.region.map_or(ALL, |r| &scenario.regions[r].id);
        let rows = findings.summary.iter_mut().filter(|r| {
            r.measure.name == k.measure && *r.guideline == *guideline && *r.cohort == *cohort && *r.region == *region
        });
        // What losses without a finite variance make of a cost is known but in part.
        let open = heavy.holds(k.guideline, k.measure, group) && (k.measure == "cost" || heavy.is_in_worlds());
        rows.for_each(|r| {
            let told = r.description.clone().with_mean(k.mean);
            r.description = if open { told.without_variance() } else { told };
        });
    }
}
