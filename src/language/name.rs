//! Names that were meant.

/// Most names that an advice lists.
const MOST: usize = 12;

/// `did you mean …?` for a word among names, or the names, the first dozen of many.
pub fn advice<'a>(word: &str, names: impl IntoIterator<Item = &'a str> + Clone) -> String {
    // Capitals are no other word.
    let far = |name: &str| strsim::damerau_levenshtein(&word.to_lowercase(), &name.to_lowercase());
    let near = |name: &&str| far(name) <= (word.chars().count().max(name.chars().count()) / 3).max(1);
    let best = names.clone().into_iter().filter(near).min_by_key(|n| far(n));
    match best {
        Some(name) => format!("did you mean `{name}`?"),
        None => {
            let mut all: Vec<String> = names.into_iter().map(|n| format!("`{n}`")).collect();
            let more = all.len().saturating_sub(MOST);
            all.truncate(MOST);
            match (all.len(), more) {
                (0, _) => "none is defined here".into(),
                (_, 0) => format!("there are {}", all.join(", ")),
                _ => format!("there are {} and {more} more", all.join(", ")),
            }
        }
    }
}
