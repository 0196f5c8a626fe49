//! `redress takeup`: who files at which burden, fitted to what was published.

use super::args::TakeupArgs;
use super::{Failure, print};
use crate::analysis::ladder::{fit, forecast};
use crate::output::figures::write_ladder;
use crate::output::terminal::ladder;
use crate::scenario;

/// Fits the filing ladder and prints it beside its evidence.
///
/// # Errors
/// There is no study of that name, or the figure cannot be written.
pub fn takeup(args: &TakeupArgs) -> Result<(), Failure> {
    let mut evidence = scenario::ladder()?;
    let lang = args.lang.lang();
    if let Some(study) = &args.without {
        let studies = evidence.studies();
        if !studies.contains(study) {
            return Err(Failure::Usage(format!("there is no study `{study}`; there are {}", studies.join(", "))));
        }
        evidence = evidence.without(study);
    }
    let fitted = fit(&evidence);
    if args.forecast {
        let events: Vec<_> = evidence.forecasts.iter().map(|e| (e, forecast(&evidence, e))).collect();
        print(&ladder::forecasts(&events, lang))?;
    } else {
        print(&ladder::report(&evidence, &fitted, lang))?;
    }
    let Some(folder) = &args.out else { return Ok(()) };
    let wrong = |e: std::io::Error| Failure::Io(format!("{}: {e}", folder.display()));
    write_ladder(folder, &evidence, &fitted, lang).map_err(wrong)?;
    std::fs::write(folder.join("profiles.toml"), ladder::file(&evidence, &fitted)).map_err(wrong)
}
