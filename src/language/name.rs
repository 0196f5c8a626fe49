//! Names that were meant.

/// `did you mean …?` for a word among names, or the names if they are few.
pub fn advice<'a>(word: &str, names: impl IntoIterator<Item = &'a str> + Clone) -> String {
    // Capitals are no other word.
    let far = |name: &str| strsim::damerau_levenshtein(&word.to_lowercase(), &name.to_lowercase());
    let near = |name: &&str| far(name) <= (word.chars().count().max(name.chars().count()) / 3).max(1);
    let best = names.clone().into_iter().filter(near).min_by_key(|n| far(n));
    match best {
        Some(name) => format!("did you mean `{name}`?"),
        None => {
            let all: Vec<String> = names.into_iter().take(13).map(|n| format!("`{n}`")).collect();
            match all.len() {
                0 | 13 => String::new(),
                _ => format!("there are {}", all.join(", ")),
            }
        }
    }
}
