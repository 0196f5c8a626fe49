//! Progress on stderr: a bar that appears when a run takes more than a second and stderr is a terminal.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long a run may take before a bar appears.
const PATIENCE: Duration = Duration::from_secs(1);

/// Progress of a run.
pub struct Progress {
    bar: Option<ProgressBar>,
    things: &'static str,
    started: Instant,
    shown: bool,
}

impl Progress {
    /// For so many replicates; never shown when `quiet` or when stderr is no terminal.
    pub fn new(replicates: u64, quiet: bool) -> Progress {
        Progress::of("worlds", replicates, quiet)
    }

    /// For so many of other things.
    pub fn of(things: &'static str, replicates: u64, quiet: bool) -> Progress {
        let wanted = !quiet && std::io::stderr().is_terminal();
        let bar = wanted.then(|| ProgressBar::with_draw_target(Some(replicates), ProgressDrawTarget::hidden()));
        Progress { bar, things, started: Instant::now(), shown: false }
    }

    /// So many more replicates are done.
    pub fn add(&mut self, replicates: u64) {
        let Some(bar) = &self.bar else { return };
        bar.inc(replicates);
        if !self.shown && self.started.elapsed() > PATIENCE {
            self.shown = true;
            let style = ProgressStyle::with_template(&format!(
                "{{bar:40}} {{human_pos}} of {{human_len}} {}, {{eta}} left",
                self.things
            ));
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
