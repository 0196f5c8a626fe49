//! Values on the command line, and what is said of those that are wrong.

use clap::Arg;

/// A change is a path, `=` and a value.
///
/// # Errors
/// What would be right.
pub fn change(text: &str) -> Result<String, String> {
    let path = text.split_once('=').map_or("", |(path, _)| path.trim());
    let wrong = "a change is a path, `=` and a value, such as 'budget.amount=30 bn KRW'";
    if path.is_empty() { Err(wrong.into()) } else { Ok(text.into()) }
}

/// Most replicates, years or rows of a design: more would take weeks.
const MOST: u64 = 1_000_000_000;
/// Most threads.
const MOST_THREADS: usize = 1_024;

/// A number of threads; 0 is as many as the machine has.
///
/// # Errors
/// What would be right.
pub fn threads(text: &str) -> Result<usize, String> {
    let fits = text.trim().parse().ok().filter(|n| *n <= MOST_THREADS);
    fits.ok_or_else(|| format!("write a whole number, at most {MOST_THREADS}; 0 is as many as the machine has"))
}

/// A seed: a whole number from 0 on.
///
/// # Errors
/// What would be right.
pub fn seed(text: &str) -> Result<u64, String> {
    text.trim().parse().map_err(|_| "write a whole number in figures alone, 0 or above, such as 1".to_string())
}

/// A whole number from `least` on.
///
/// # Errors
/// What would be right.
pub fn whole(text: &str, least: u64) -> Result<u64, String> {
    let wrong = || format!("write a whole number in figures alone, at least {least}, such as 1000");
    let number: u64 = text.trim().parse().map_err(|_| wrong())?;
    match number {
        n if n < least => Err(format!("it must be at least {least}")),
        n if n > MOST => Err(format!("it must be at most {MOST}")),
        n => Ok(n),
    }
}

/// The number behind a currency, `JPY=1.01`: as it stands if it is a number above 0.
///
/// # Errors
/// What is wrong and what would be right.
pub fn factor<'t>(option: &str, text: &'t str, example: &str) -> Result<&'t str, String> {
    let (code, value) = text.split_once('=').unwrap_or((text, ""));
    let (code, value) = (code.trim(), value.trim());
    // A law in braces is read with the scenario.
    if value.starts_with('{') || value.replace('_', "").parse::<f64>().is_ok_and(|x| x > 0.0 && x.is_finite()) {
        return Ok(value);
    }
    let (point, none) = (value.replacen(',', ".", 1), value.replace(',', ""));
    let readable = |text: &str| text.parse::<f64>().is_ok_and(|x| x > 0.0);
    let meant = match value.matches(',').count() {
        1 if readable(&point) => point,
        _ if none != value && readable(&none) => none,
        _ => return Err(format!("{option} {text}: `{value}` is no number above 0; write {option} {example}")),
    };
    Err(format!(
        "{option} {text}: `{value}` is written without a comma, decimals with a point; write {option} {code}={meant}"
    ))
}

/// What `--replicates` says of a command with this many of them unless told.
pub fn of_each_run(usual: u64) -> impl FnOnce(Arg) -> Arg {
    move |arg| arg.help(format!("Number of replicates (possible worlds) of each run [default: {usual}]"))
}

/// The same of a design.
pub fn of_design(usual: u64) -> impl FnOnce(Arg) -> Arg {
    move |arg| {
        arg.help(format!(
            "Number of rows of the design, rounded down to a power of two [default: {usual}; of the folder of a run its own]"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_numbers_are_told_with_what_would_be_right() {
        assert_eq!(whole("10", 2), Ok(10));
        assert_eq!(whole("0", 1), Err("it must be at least 1".into()));
        assert_eq!(whole("1000000001", 1), Err("it must be at most 1000000000".into()));
        assert_eq!((threads("0"), threads("1024")), (Ok(0), Ok(1024)));
        assert!(threads("1025").is_err() && threads("-1").is_err());
        assert!(whole("1,000", 1).is_err_and(|e| e.contains("figures alone")));
        let said = |text| factor("--rate", text, "EUR=1430");
        assert_eq!((said("EUR=1_430"), said("EUR={ law = 1 }")), (Ok("1_430"), Ok("{ law = 1 }")));
        assert!(said("JPY=1,01").is_err_and(|e| e.contains("`1,01`") && e.ends_with("write --rate JPY=1.01")));
        assert!(said("VND=1,000,000").is_err_and(|e| e.ends_with("write --rate VND=1000000")));
        for wrong in ["EUR=", "EUR", "EUR=much", "EUR=0", "EUR=-1"] {
            assert!(said(wrong).is_err_and(|e| e.ends_with("write --rate EUR=1430")), "{wrong}");
        }
    }
}
