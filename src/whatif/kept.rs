//! Runs that are finished already: what the longer questions keep, so that an interrupted one goes on where it was. Each asks
//! for its runs in an order that follows from scenario, seed and options, so that their numbers name them.

/// Where finished runs are kept.
pub trait Kept {
    /// The numbers of a run that was kept.
    fn get(&self, part: &str) -> Option<Vec<f64>>;

    /// Keeps the numbers of a run.
    ///
    /// # Errors
    /// They cannot be written.
    fn put(&mut self, part: &str, numbers: &[f64]) -> Result<(), String>;
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Kept for Nothing {
    fn get(&self, _: &str) -> Option<Vec<f64>> {
        None
    }

    fn put(&mut self, _: &str, _: &[f64]) -> Result<(), String> {
        Ok(())
    }
}
