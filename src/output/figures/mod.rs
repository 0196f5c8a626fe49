//! Pictures of a comparison, as SVG and PNG, in English and Korean.
//!
//! Those of what comes after the awards ([`Kind::present`]) are drawn where there is something to draw.
//!
//! [`FigureData`] is plain data; [`svg`] and [`png`] are pure functions of it and give the same bytes every time;
//! [`write_figures`] puts all of them into a folder. Texts stay texts in the SVG, but for
//! Korean ones in files ([`files`]), which are outlines; the PNG is drawn from the SVG with the embedded font.
//!
//! Every figure is 900 units wide and as high as its content asks. Labels are placed by the embedded font's own
//! widths, and [`layout`] tells where, so that a test can prove that none overlaps.

pub mod annual;
mod arrivals;
mod backlog;
mod canvas;
mod claims;
mod cohorts;
pub mod convergence;
mod daily;
mod data;
mod days;
mod difference;
pub mod durations;
mod exceedance;
mod files;
mod font;
pub mod frontier;
mod funnel;
mod ladder;
pub mod learned;
mod limit;
mod losses;
mod number;
mod outline;
mod page;
mod palette;
mod payment;
mod payout;
mod place;
mod raster;
mod rush;
mod scale;
pub mod tornado;
mod waterfall;
pub mod whatif;

pub use canvas::{Area, TextBox};
pub use data::{Bill, Counted, Course, DayBand, Difference, Distribution, FigureData, Funnel, GuidelineData, Interval};
pub use files::{write_figures, write_ladder, write_one};
pub use font::{BOLD, REGULAR, Weight, bold_has_all, digits, missing, width, wrap};
pub use ladder::{layout as ladder_layout, svg as ladder_svg};
pub use raster::{blanks, files, png};

use crate::model::Lang;

/// Width and height of a figure and the rectangle of each of its texts.
pub type Layout = ((f64, f64), Vec<TextBox>);

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
    /// People at each step from the outage to the money.
    Funnel,
    /// What the cost is made of.
    CostWaterfall,
    /// Loss before and after, by cohort.
    LossByCohort,
    /// Reports and claims by day, with what was counted in reality.
    ClaimsByDay,
    /// New reports and claims a day.
    NewClaims,
    /// Share of awards paid by day.
    DaysToPayment,
    /// Claims that wait for review, by day.
    Backlog,
}

impl Kind {
    /// All figures in the order of a briefing.
    pub const ALL: [Kind; 12] = [
        Kind::PayoutDistribution,
        Kind::Exceedance,
        Kind::WhoGetsIt,
        Kind::ClaimsPayout,
        Kind::DifferenceToBaseline,
        Kind::Funnel,
        Kind::CostWaterfall,
        Kind::LossByCohort,
        Kind::ClaimsByDay,
        Kind::NewClaims,
        Kind::DaysToPayment,
        Kind::Backlog,
    ];

    /// True when the data have something for this figure to show.
    pub fn present(self, data: &FigureData) -> bool {
        match self {
            Kind::Funnel => funnel::has(data),
            Kind::CostWaterfall => waterfall::has(data),
            Kind::LossByCohort => losses::has(data),
            Kind::ClaimsByDay => arrivals::has(data),
            Kind::NewClaims => daily::has(data),
            Kind::DaysToPayment => !days::with(data, payment::has).is_empty(),
            Kind::Backlog => !days::with(data, backlog::has).is_empty(),
            _ => true,
        }
    }

    /// Name of its files without the ending.
    pub fn file_name(self) -> &'static str {
        match self {
            Kind::PayoutDistribution => "payout-distribution",
            Kind::Exceedance => "exceedance",
            Kind::WhoGetsIt => "who-gets-it",
            Kind::ClaimsPayout => "claims-payout",
            Kind::DifferenceToBaseline => "difference-to-baseline",
            Kind::Funnel => "funnel",
            Kind::CostWaterfall => "cost-waterfall",
            Kind::LossByCohort => "loss-by-cohort",
            Kind::ClaimsByDay => "claims-by-day",
            Kind::NewClaims => "new-claims-a-day",
            Kind::DaysToPayment => "days-to-payment",
            Kind::Backlog => "backlog",
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
        Kind::Funnel => funnel::draw(data, lang),
        Kind::CostWaterfall => waterfall::draw(data, lang),
        Kind::LossByCohort => losses::draw(data, lang),
        Kind::ClaimsByDay => arrivals::draw(data, lang),
        Kind::NewClaims => daily::draw(data, lang),
        Kind::DaysToPayment => payment::draw(data, lang),
        Kind::Backlog => backlog::draw(data, lang),
    }
}
