//! Five pictures of a comparison, as SVG and PNG, in English and Korean.
//!
//! [`FigureData`] is plain data; [`svg`] and [`png`] are pure functions of it and give the same bytes every time;
//! [`write_figures`] puts all of them into a folder. Texts stay texts in the SVG; the PNG is drawn from the SVG with
//! the embedded font.
//!
//! Every figure is 900 units wide and as high as its content asks. Labels are placed by the embedded font's own
//! widths, and [`layout`] tells where, so that a test can prove that none overlaps.

mod canvas;
mod claims;
mod cohorts;
mod data;
mod difference;
mod exceedance;
mod files;
mod font;
mod ladder;
mod number;
mod page;
mod palette;
mod payout;
mod place;
mod raster;
mod scale;

pub use canvas::{Area, TextBox};
pub use data::{Difference, Distribution, FigureData, GuidelineData, Interval};
pub use files::{write_figures, write_ladder};
pub use font::{REGULAR, missing};
pub use ladder::{layout as ladder_layout, svg as ladder_svg};
pub use raster::png;

use crate::model::Lang;

/// The figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Distribution of payout by guideline.
    PayoutDistribution,
    /// Chance that the cost exceeds an amount.
    Exceedance,
    /// Payout by cohort.
    WhoGetsIt,
    /// Claims filed against payout.
    ClaimsPayout,
    /// Difference in cost to the baseline, world by world.
    DifferenceToBaseline,
}

impl Kind {
    /// All figures in the order of a briefing.
    pub const ALL: [Kind; 5] =
        [Kind::PayoutDistribution, Kind::Exceedance, Kind::WhoGetsIt, Kind::ClaimsPayout, Kind::DifferenceToBaseline];

    /// Name of its files without the ending.
    pub fn file_name(self) -> &'static str {
        match self {
            Kind::PayoutDistribution => "payout-distribution",
            Kind::Exceedance => "exceedance",
            Kind::WhoGetsIt => "who-gets-it",
            Kind::ClaimsPayout => "claims-payout",
            Kind::DifferenceToBaseline => "difference-to-baseline",
        }
    }
}

/// The SVG document of a figure.
pub fn svg(kind: Kind, data: &FigureData, lang: Lang) -> String {
    drawing(kind, data, lang).svg()
}

/// Size of a figure and the rectangle of each of its texts, in figure units.
pub fn layout(kind: Kind, data: &FigureData, lang: Lang) -> ((f64, f64), Vec<TextBox>) {
    let drawing = drawing(kind, data, lang);
    (drawing.size(), drawing.texts())
}

fn drawing(kind: Kind, data: &FigureData, lang: Lang) -> page::Drawing {
    match kind {
        Kind::PayoutDistribution => payout::draw(data, lang),
        Kind::Exceedance => exceedance::draw(data, lang),
        Kind::WhoGetsIt => cohorts::draw(data, lang),
        Kind::ClaimsPayout => claims::draw(data, lang),
        Kind::DifferenceToBaseline => difference::draw(data, lang),
    }
}
