//! The briefing: a finished result folder as a page, a workbook and one sheet of paper, in English and Korean.

pub mod chart;
pub mod ctx;
pub mod drivers;
pub mod explain;
pub mod findings;
pub mod html;
pub mod judge;
pub mod numbers;
pub mod onepage;
pub mod page;
pub mod pages;
pub mod particle;
pub mod quantity;
pub mod read;
pub mod register;
pub mod results;
pub mod tongue;
pub mod workbook;

pub use read::{ReadError, read};
pub use results::Results;
