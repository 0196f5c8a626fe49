//! `redress award`: what a scheme gives in one case, or in a table of them, and why.

use std::path::Path;

use super::args::{AwardArgs, FormName};
use super::{Failure, print, print_rows};
use crate::guideline::decide::decide;
use crate::model::expression::Value;
use crate::model::scheme::{Scheme, Version};
use crate::output::spoken;
use crate::scenario::{self, Folder, Library};

/// Decides a case and tells the path to the award.
///
/// # Errors
/// The scheme is wrong, there is none of that name, or the case does not fit it.
pub fn award(args: &AwardArgs) -> Result<(), Failure> {
    let scheme = find(&args.scheme)?;
    let (lang, page) = (args.lang.lang(), args.format == FormName::Table);
    if let Some(path) = &args.cases {
        let text = std::fs::read_to_string(path).map_err(|e| Failure::Io(format!("{}: {e}", path.display())))?;
        let wrong = |found: Vec<String>| {
            Failure::Usage(format!("{} cannot be answered:\n{}", path.display(), found.join("\n")))
        };
        return match page {
            true => print(&scenario::answer(&scheme, &text).map_err(wrong)?),
            false => {
                let cases = scenario::listed(&scheme, &text, lang).map_err(wrong)?;
                print_rows(&spoken::awards(&cases), args.format)
            }
        };
    }
    let version = scenario::chosen_version(&scheme, args.version.as_deref(), args.on.as_deref());
    let version = &scheme.versions[version.map_err(Failure::Usage)?];
    let given = given(&scheme, version, &args.case)?;
    let decided = decide(version, &given);
    match page {
        true => print(&scenario::told(&scheme, version, &given, &decided, lang)),
        false => {
            let case = scenario::awarded(&scheme, version, &decided, lang);
            print_rows(&spoken::awards(&[case]), args.format)
        }
    }
}

/// A scheme from its file, or one of the library by its name.
pub(super) fn find(name: &Path) -> Result<Scheme, Failure> {
    if name.is_file() || name.is_dir() {
        return Ok(scenario::load_scheme(name)?);
    }
    let folder = Folder(Path::new("scenarios").join("guidelines"));
    let bare = name.components().count() == 1;
    let id = if bare { name.with_extension("") } else { name.to_path_buf() }.to_string_lossy().into_owned();
    match folder.read(&id).map_err(Failure::Io)? {
        Some((file, text)) if bare => Ok(scenario::parse_scheme(&text, &id, &file, &folder)?),
        _ => {
            let names = folder.names();
            let help = scenario::near_or_all(&id, &names.iter().map(String::as_str).collect::<Vec<_>>());
            Err(Failure::Usage(format!("there is no scheme `{}`; {help}", name.display())))
        }
    }
}

/// Facts from `key=value` texts; every mistake at once.
fn given(scheme: &Scheme, version: &Version, texts: &[String]) -> Result<Vec<(String, Value)>, Failure> {
    let (mut given, mut wrong) = (Vec::new(), Vec::new());
    for text in texts {
        let Some((key, value)) = text.split_once('=') else {
            wrong.push(format!("`{text}` is not of the form fact=value"));
            continue;
        };
        let Some(fact) = version.facts().find(|f| f.name == key.trim()) else {
            let facts: Vec<&str> = version.facts().map(|f| f.name.as_str()).collect();
            let help = scenario::near_or_all(key.trim(), &facts);
            wrong.push(format!("there is no fact `{}`; {help}", key.trim()));
            continue;
        };
        match scenario::read_fact(value.trim(), fact, &scheme.currency) {
            Ok(v) => given.push((fact.name.clone(), v)),
            Err(m) => wrong.push(format!("{}: {}. {}", fact.name, m.what, m.help).trim_end_matches(". ").into()),
        }
    }
    if wrong.is_empty() { Ok(given) } else { Err(Failure::Usage(wrong.join("\nredress: "))) }
}
