//! Text to model: the only room that knows TOML. Reads a scenario file, its library guidelines, changes and variants;
//! reports every mistake with its place; writes the resolved text.

mod amount;
mod apart;
mod applied;
mod assumed;
mod attributes;
mod based_on;
mod change;
mod check;
mod company;
mod court;
mod currencies;
mod doubtful;
mod endless;
mod exact;
mod file;
mod filing;
mod headings;
mod idle;
mod incident;
mod inputs;
mod joint;
mod korean;
mod ladder;
mod laws;
mod library;
mod links;
mod loss;
mod lost;
mod nested;
mod number;
mod observed;
mod other_words;
mod paths;
mod people;
mod places;
mod posterior;
mod procedure;
mod reader;
mod report;
mod resolved;
mod review;
mod same;
mod schema;
mod scheme;
mod schemes;
mod second_curve;
mod severity;
mod shared;
mod shipped;
mod show;
mod stated;
mod strays;
mod sums;
mod supply;
mod syntax;
mod taken_over;
mod tree;
mod units;
mod use_profiles;
mod variant;
mod versions;
mod whole;
pub mod words;

use std::path::Path;
use std::thread;

pub use assumed::sentence as assumed_facts;
pub use company::{LoadedCompany, is_company, load as load_company, observed, parse as parse_company};
pub use currencies::is_currency;
pub use exact::{figure as exact_figure, money as exact_money, value as exact_value};
pub use filing::Profile;
pub use inputs::{CLAIMS, InputRow, inputs, law_words};
pub use ladder::{EVIDENCE as LADDER, ladder, profiles as built_in_profiles};
pub use library::{Folder, Library, NoLibrary};
pub use posterior::{Draws, with_draws};
pub use report::{
    Diagnostic, LoadError, Located, Place, Report, Severity, TextFile, closest, did_you_mean, near_or_all,
};
pub use schema::{company_schema, schema};
pub use scheme::{
    Awarded, answer, awarded, chosen as chosen_version, differences as scheme_differences, explain as explain_scheme,
    index as scheme_index, is_scheme, listed, load_scheme, parse_scheme, read_fact, read_value, scheme_currency, shown,
    told, words::particle::as_object,
};
pub use show::{RulesTold, rules_told, show};

use crate::model::{Scenario, Unit};
use tree::Node;

/// A scenario that was loaded.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// Its filing profiles, of which the scenario keeps the curves only.
    pub filing: Vec<Profile>,
    /// The file with everything merged in and written out; loading it alone gives the same scenario.
    pub resolved: String,
    /// What is valid but probably not meant.
    pub warnings: Report,
    /// Every file that was read: name and text.
    pub inputs_read: Vec<(String, String)>,
    /// Its variants, by name; none where one of them was asked for.
    pub variants: Vec<(String, Scenario)>,
}

/// Loads a scenario file, with changes in the words of `--set`.
///
/// # Errors
/// The file cannot be read, or is not a valid scenario.
pub fn load(path: &Path, overrides: &[String]) -> Result<Loaded, LoadError> {
    load_any(path, overrides, None)
}

/// As [`load`], with the changes of one of the file's variants applied first.
///
/// # Errors
/// As [`load`]; a variant that the file does not have is a mistake too.
pub fn load_variant(path: &Path, overrides: &[String], variant: &str) -> Result<Loaded, LoadError> {
    load_any(path, overrides, Some(variant))
}

fn load_any(path: &Path, overrides: &[String], variant: Option<&str>) -> Result<Loaded, LoadError> {
    let text = file::text(path)?;
    parse(&text, &path.display().to_string(), &Folder::beside(path), overrides, variant)
}

/// Reads a scenario from a text; `file_name` is the name shown in messages.
///
/// # Errors
/// [`LoadError::Invalid`] with every mistake.
pub fn parse(
    text: &str,
    file_name: &str,
    library: &dyn Library,
    overrides: &[String],
    variant: Option<&str>,
) -> Result<Loaded, LoadError> {
    let files = vec![TextFile { name: file_name.into(), text: text.into() }];
    let mut job = Job { files, found: Vec::new(), rests: Vec::new(), whole: true };
    match job.run(library, overrides, variant) {
        Some(Read { scenario, filing, resolved, variants }) => {
            let read = job.files.iter().filter(|f| f.name != SET);
            let inputs_read = read.map(|f| (f.name.clone(), f.text.clone())).collect();
            let warnings = Report::new(job.files, job.found);
            Ok(Loaded { scenario, filing, resolved, warnings, inputs_read, variants })
        }
        None => Err(LoadError::Invalid(Report::new(job.files, job.found))),
    }
}

/// Value of a number with its unit, in the words of the file: `40 bn KRW`, `5 %`, `10 h`.
///
/// # Errors
/// What is wrong and what would be right.
pub fn number_in(text: &str, unit: Unit, currency: &str) -> Result<f64, String> {
    units::parse(text, unit, currency).map_err(|m| format!("{}; {}", m.message, m.help))
}

/// Where the value at a path stands in the text of a file, the first of a report; its beginning where there is none.
pub fn place(text: &str, path: &str) -> Place {
    let root = tree::parse_file(text, 0).ok();
    root.and_then(|root| paths::find(&root, path).map(|(_, node)| node.place)).unwrap_or_default()
}

/// What is wrong with a path at which a value is to be changed, with what was probably meant; `None`: it can be changed there, as
/// far as the path goes.
pub fn wrong_path(loaded: &Loaded, path: &str) -> Option<String> {
    let mut root = tree::parse_file(&loaded.resolved, 0).ok()?;
    let wrong = taken_over::set(&mut root, path, &[], Node::number(1.0, Place::default())).err()?;
    let meant = near_number(&loaded.scenario, path);
    Some(format!("{}; {}", wrong.message, if meant.is_empty() { wrong.help } else { meant }))
}

/// The number at a path that is no quantity of its own, such as a parameter of a law, with the unit that is written behind it;
/// `None` where there stands none.
pub fn number_within(loaded: &Loaded, path: &str) -> Option<(f64, String)> {
    let mut root = tree::parse_file(&loaded.resolved, 0).ok()?;
    taken_over::own(&mut root, path);
    match &paths::find(&root, path)?.1.value {
        tree::Value::Number(number, _) => Some((*number, String::new())),
        tree::Value::Text(text) => {
            let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '_'))).unwrap_or(text.len());
            let number = text[..end].replace('_', "").parse().ok()?;
            Some((number, text[end..].trim().to_string()))
        }
        _ => None,
    }
}

/// "did you mean `x`?" for the number of a scenario with the closest path to one at which there is none, or nothing when none
/// is close.
pub fn near_number(scenario: &Scenario, path: &str) -> String {
    let numbers = scenario.quantities.listed().map(|q| q.path.as_str());
    if scenario.quantities.handle(path).is_some() { String::new() } else { did_you_mean(path, numbers) }
}

/// Name under which changes from the command line appear in messages.
const SET: &str = "--set";

/// A scenario that was read, with its resolved text and its variants.
struct Read {
    scenario: Scenario,
    filing: Vec<Profile>,
    resolved: String,
    variants: Vec<(String, Scenario)>,
}

/// One loading: the texts read and what was found in them.
struct Job {
    files: Vec<TextFile>,
    found: Vec<Diagnostic>,
    /// Guidelines of the file that rest on others, with these.
    rests: Vec<(String, String)>,
    /// False where a guideline could not be brought in, so that what is in it is not known.
    whole: bool,
}

impl Job {
    /// The scenario, or nothing if there were mistakes.
    fn run(&mut self, library: &dyn Library, overrides: &[String], chosen: Option<&str>) -> Option<Read> {
        let mut root = tree::read_file(&self.files[0].text, 0, &mut self.found)?;
        if let Some(d) = company::instead_of_scenario(&root, &self.files[0].name) {
            self.found.push(d);
            return None;
        }
        versions::forget_wrong_day(&mut root, &self.found);
        strays::gather(&mut root, &mut self.found);
        let before = self.found.len();
        library::merge(&mut root, library, &mut self.files, &mut self.found);
        self.rests = based_on::bases(&root);
        based_on::expand(&mut root, &mut self.found);
        self.whole = !has_errors(&self.found[before..]);
        nested::flatten(&mut root, &mut self.found);
        let added = second_curve::add(&mut root);
        if let Some(id) = chosen {
            self.apply_variant(&mut root, id);
        }
        let profiles = supply::own(&root);
        for text in overrides {
            if let Err(d) = change::set(&mut root, text, &mut self.files) {
                self.found.push(*d);
            }
        }
        // A change may bring a guideline of the library.
        library::merge(&mut root, library, &mut self.files, &mut self.found);
        for (name, place) in
            supply::idle(&root, &profiles).iter().filter(|(_, place)| self.files[place.file].name == SET)
        {
            let mut d = Diagnostic::warning(*place, format!("nobody files by `{name}`, so this change does nothing"));
            d.help(format!("name it where it is meant: filing = \"{name}\" in a rule"));
            self.found.push(d);
        }
        // What files by a curve may be another after the changes.
        if added {
            second_curve::remove(&mut root);
        }
        second_curve::add(&mut root);
        // Of a file as it stands an empty variant is what its author wrote.
        if !overrides.is_empty() {
            variant::emptied(&root).iter().for_each(|id| self.leave_out(&mut root, id));
        }
        // With one applied, the others do not come into question, nor with mistakes in changes, which they would repeat.
        let as_it_stands = overrides.is_empty();
        let wrong = has_errors(&self.found) && !(as_it_stands && self.whole);
        let ids = if chosen.is_some() || wrong { Vec::new() } else { variant::ids(&root) };
        self.read(root, &ids, as_it_stands)
    }

    /// Reads a tree and, beside it, its variants, so that a mistake in one is found before it is asked for. Of a file as
    /// it stands such a mistake is an error; a variant that changes have made impossible is left out with a warning. Where
    /// the file has other mistakes, only what is surely wrong in a variant itself is told.
    fn read(&mut self, mut root: Node, ids: &[String], as_it_stands: bool) -> Option<Read> {
        let ((mut found, mut whole), tried) = thread::scope(|scope| {
            let varied: Vec<_> = ids.iter().map(|id| scope.spawn(|| vary(&root, id))).collect();
            let base = resolve(root.clone());
            (base, varied.into_iter().map(joined).collect::<Vec<_>>())
        });
        let mut variants = Vec::new();
        let sound = whole.is_some() && !has_errors(&self.found);
        for (id, tried) in ids.iter().zip(tried) {
            match tried {
                Ok(scenario) if sound => variants.push((id.clone(), scenario)),
                Err(errors) if as_it_stands => {
                    // A variant that could not be taken apart has been told of, and so has what stands in the way of a path.
                    let told = self.found.iter().any(|d| variant::says(&root, id, d.place));
                    let own = |e: &Wrong| e.own && !told && !variant::stopped(&root, id, e.told.place, &found);
                    self.found.extend(errors.into_iter().filter(|e| sound || own(e)).map(|e| e.told));
                }
                Err(_) if sound => self.leave_out(&mut root, id),
                _ => {}
            }
        }
        if sound && !as_it_stands && variants.len() < ids.len() {
            (found, whole) = resolve(root.clone());
        }
        self.found.append(&mut found);
        based_on::tell_once(&root, &self.rests, &mut self.found);
        lost::forget(&root, &mut self.found);
        if has_errors(&self.found) {
            self.found.retain(|d| d.severity == Severity::Error);
            return None;
        }
        whole.map(|(scenario, filing, resolved)| Read { scenario, filing, resolved, variants })
    }

    fn apply_variant(&mut self, root: &mut Node, id: &str) {
        let ids = variant::ids(root);
        if ids.iter().any(|v| v == id) {
            variant::apply(root, id, &mut self.found);
            return;
        }
        let mut d = Diagnostic::error(Place::default(), format!("this scenario has no variant `{id}`"));
        d.help(paths::suggestion(id, &ids));
        self.found.push(d);
    }

    fn leave_out(&mut self, root: &mut Node, id: &str) {
        let variants = root.as_table_mut().and_then(|t| t.get_mut("variants")).and_then(Node::as_table_mut);
        if let Some(entry) = variants.and_then(|t| t.remove(id)) {
            let message = format!("the variant `{id}` does not fit these changes and is left out");
            let mut d = Diagnostic::warning(entry.key_place, message);
            d.help("leave out the change that it cannot stand, if the variant is wanted");
            self.found.push(d);
        }
    }
}

/// A tree that was read, with what was found in it.
struct Tried {
    root: Node,
    found: Vec<Diagnostic>,
    outcome: whole::Outcome,
}

impl Tried {
    fn of(mut root: Node) -> Tried {
        let mut found = Vec::new();
        let hidden = versions::choose(&mut root, &mut found);
        supply::supply(&mut root);
        let mut outcome = whole::read(&root, &hidden);
        found.append(&mut outcome.diagnostics);
        Tried { root, found, outcome }
    }
}

fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|d| d.severity == Severity::Error)
}

/// What a tree says, and its resolved text.
type Resolved = (Scenario, Vec<Profile>, String);

/// What is found in a tree, and unless there are errors what it says.
fn resolve(root: Node) -> (Vec<Diagnostic>, Option<Resolved>) {
    let Tried { mut root, found, outcome } = Tried::of(root);
    if has_errors(&found) {
        return (found, None);
    }
    let whole::Outcome { scenario, filing, fills, .. } = outcome;
    resolved::fill(&mut root, fills);
    (found, Some((scenario, filing, resolved::text(&root))))
}

/// A mistake in a variant.
struct Wrong {
    told: Diagnostic,
    /// True where the variant itself is wrong, whatever else is.
    own: bool,
}

/// A variant of a tree, or its errors. Where one of its changes leads nowhere, of the others only what is surely wrong in them.
fn vary(root: &Node, id: &str) -> Result<Scenario, Vec<Wrong>> {
    let (mut varied, mut found) = (root.clone(), Vec::new());
    variant::apply(&mut varied, id, &mut found);
    let mut wrong: Vec<Wrong> = found.into_iter().map(|told| Wrong { told, own: true }).collect();
    let Tried { found, outcome, .. } = Tried::of(varied);
    let applied = wrong.is_empty();
    for told in found.into_iter().filter(|d| d.severity == Severity::Error) {
        let own = variant::says(root, id, told.place);
        if applied || own {
            wrong.push(Wrong { told, own });
        }
    }
    if wrong.is_empty() { Ok(outcome.scenario) } else { Err(wrong) }
}

/// What a thread came to; its panic goes on here.
fn joined<T>(thread: thread::ScopedJoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
}
