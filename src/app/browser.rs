//! The browser that prints the briefing: an installed Chromium, Chrome or Edge, driven without a window.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::Failure;

/// Variable that names the browser to print with.
const CHOICE: &str = "REDRESS_BROWSER";

/// Names under which these browsers are installed.
const NAMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
];

/// Where they are on systems that do not put them on the path.
const PLACES: [&str; 5] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/// The browser to print with.
///
/// # Errors
/// There is none: what to do.
pub fn find() -> Result<PathBuf, Failure> {
    if let Some(chosen) = std::env::var_os(CHOICE).filter(|c| !c.is_empty()) {
        let path = PathBuf::from(chosen);
        if path.is_file() {
            return Ok(path);
        }
        return Err(Failure::Usage(format!("{CHOICE} names {}, which is not there", path.display())));
    }
    let folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|p| std::env::split_paths(&p).collect()).unwrap_or_default();
    let on_path = NAMES.iter().flat_map(|name| {
        let with_end = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders.iter().map(move |f| f.join(&with_end))
    });
    let found = on_path.chain(PLACES.iter().map(PathBuf::from)).find(|p| p.is_file());
    found.ok_or_else(|| {
        Failure::Usage(format!(
            "no Chromium, Chrome or Edge is installed to make the PDF with. Install one (Debian: apt install chromium), \
             name one in {CHOICE}, or open the HTML file in any browser and print it to a file (A4); HTML and workbook \
             are written"
        ))
    })
}

/// A page being printed.
pub struct Printing {
    page: PathBuf,
    pdf: PathBuf,
    browser: PathBuf,
    profile: tempfile::TempDir,
    child: Child,
}

/// Begins to print a page into a PDF; several may be printed side by side.
///
/// # Errors
/// The browser does not start.
pub fn start(browser: &Path, page: &Path, pdf: &Path) -> Result<Printing, Failure> {
    let profile = tempfile::tempdir().map_err(|e| Failure::Io(format!("cannot make a temporary folder: {e}")))?;
    let child = spawn(browser, page, pdf, profile.path(), is_root())?;
    Ok(Printing { page: page.into(), pdf: pdf.into(), browser: browser.into(), profile, child })
}

impl Printing {
    /// Waits until it is done. Where the browser's sandbox cannot work (as root, in some containers), the page is
    /// printed without it: it holds no script but its own and may load nothing.
    ///
    /// # Errors
    /// The browser made no PDF.
    pub fn finish(mut self) -> Result<(), Failure> {
        let done = self.child.wait().is_ok_and(|s| s.success()) && self.is_there();
        if done {
            return Ok(());
        }
        let mut again = spawn(&self.browser, &self.page, &self.pdf, self.profile.path(), true)?;
        if again.wait().is_ok_and(|s| s.success()) && self.is_there() {
            return Ok(());
        }
        Err(Failure::Io(format!(
            "{} made no PDF of {}; open the HTML file in a browser and print it to a file (A4)",
            self.browser.display(),
            self.page.display()
        )))
    }

    fn is_there(&self) -> bool {
        std::fs::metadata(&self.pdf).is_ok_and(|m| m.len() > 0)
    }
}

/// True for root, under whom the sandbox never works: a first try would only cost time, and its second would have to wait.
fn is_root() -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata("/proc/self").is_ok_and(|m| m.uid() == 0)
    }
    #[cfg(not(unix))]
    false
}

fn spawn(browser: &Path, page: &Path, pdf: &Path, profile: &Path, open: bool) -> Result<Child, Failure> {
    let mut command = Command::new(browser);
    command.args(["--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage"]);
    command.args(["--no-pdf-header-footer", "--generate-pdf-document-outline", "--proxy-server=127.0.0.1:9"]);
    if open {
        command.arg("--no-sandbox");
    }
    command
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(page);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map_err(|e| Failure::Io(format!("cannot start {}: {e}", browser.display())))
}
