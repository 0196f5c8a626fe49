//! What titles, ranges and labels say: nothing that could be read as another number, another guideline or as nothing at all.

use redress::output::figures::{Distribution, FigureData, Kind};

use super::{LANGS, samples, words};

/// The first so many of the six.
fn first(guidelines: usize) -> FigureData {
    let mut data = samples::six();
    data.guidelines.truncate(guidelines);
    data.baseline = (guidelines > 1).then_some(0);
    data
}

/// A payout of 36 million in the worst world in twenty is told, and with as many digits as the median.
#[test]
fn a_range_of_payouts_keeps_both_its_ends() {
    let mut data = first(2);
    let told = |data: &mut FigureData, [low, median, high]: [f64; 3]| {
        for guideline in &mut data.guidelines {
            let payout = Distribution::from_samples(&[low, median, high]).with_told([low, median, high]);
            guideline.payout = payout;
        }
        LANGS.map(|lang| words(Kind::PayoutDistribution, data, lang))
    };
    let [en, ko] = told(&mut data, [36_018_000.0, 3.9e10, 4.01e10]);
    assert!(en.contains("5–95 %: 36.0 m–40.1 bn KRW"), "{en}");
    assert!(ko.contains("5~95%: 3,600만~401억 원"), "{ko}");
    let [en, ko] = told(&mut data, [353_525.0, 598_000.0, 830_925.0]);
    assert!(en.contains("median 598,000 KRW") && en.contains("5–95 %: 354,000–831,000 KRW"), "{en}");
    assert!(ko.contains("중앙값 59.8만 원") && ko.contains("5~95%: 35.4~83.1만 원"), "{ko}");
}
