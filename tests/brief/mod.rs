//! The briefing: what may be said, in two languages, of which figures, and that no text of a stranger becomes markup.

mod annex;
mod drivers;
mod edges;
mod files;
mod findings;
mod golden;
mod hostile;
mod notes;
mod words;

use std::path::{Path, PathBuf};

use redress::brief::tongue::unmarked;
use redress::brief::{Results, ctx::Ctx};
use redress::model::Lang;

/// The committed results of the Kakao outage.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("outputs/sample")
}

/// These results, read.
pub fn kakao() -> Results {
    let results = redress::brief::read(&sample()).expect("the sample is a complete result folder");
    // Commands of the briefing name the folder as it was asked for, which must not depend on the machine.
    Results { folder: "outputs/sample".into(), ..results }
}

/// All findings of results in one language, as a reader sees them.
pub fn told(results: &Results, lang: Lang) -> String {
    let ctx = Ctx::new(results, lang);
    let found = redress::brief::findings::findings(&ctx);
    found.iter().map(|f| unmarked(&f.said).replace('\u{a0}', " ")).collect::<Vec<_>>().join("\n")
}
