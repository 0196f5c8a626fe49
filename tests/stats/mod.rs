//! Tests of the room of estimators: known answers, coverage of intervals, agreement of two roads to one number.

mod along;
mod comparisons;
mod inequality;
mod sketch;
mod summary;

pub use crate::chance::Uniforms;

#[track_caller]
pub fn near(got: f64, want: f64, tolerance: f64) {
    assert!((got - want).abs() <= tolerance, "got {got}, want {want} within {tolerance}");
}
