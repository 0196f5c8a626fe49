//! What titles, ranges and labels say: nothing that could be read as another number, another guideline or as nothing at all.

use redress::model::{Lang, Text};
use redress::output::figures::{Distribution, FigureData, Interval, Kind, layout};

use super::{LANGS, samples, words};

/// The first so many of the six.
fn first(guidelines: usize) -> FigureData {
    let mut data = samples::six();
    data.guidelines.truncate(guidelines);
    data.baseline = (guidelines > 1).then_some(0);
    data
}

/// Guidelines whose titles differ in their last letters alone.
fn similar(guidelines: usize) -> FigureData {
    let mut data = samples::all().into_iter().find(|(name, _)| *name == "thirty").expect("there are thirty").1;
    data.guidelines.truncate(guidelines);
    for (i, guideline) in data.guidelines.iter_mut().enumerate() {
        guideline.title = Text::both(
            &format!("A flat sum to all subscribers without any application, paid first and settled later, 5{i} GBP"),
            &format!(
                "모든 구독자에게 신청 없이 먼저 지급하고 나중에 정산하는 정액 보상금 이천육년판의 수정본 {i}파운드"
            ),
        );
    }
    data
}

/// 8 to 122,540 people are not 80,000 to 122,540.
#[test]
fn people_of_other_sizes_have_their_own_counter() {
    let mut data = first(2);
    for (guideline, people) in data.guidelines.iter_mut().zip([8.0, 122_540.0]) {
        guideline.funnel.covered.mean = people;
        guideline.claims = Interval { mean: people, p05: people, p95: people };
    }
    assert!(words(Kind::Funnel, &data, Lang::Ko).contains("그중 받는 사람 8명~12.3만 명"));
    assert!(words(Kind::ClaimsPayout, &data, Lang::Ko).contains("신청 인원 8명~12.3만 명"));
    assert!(words(Kind::Funnel, &data, Lang::En).contains("of whom 8 to 123,000 get anything"));
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

/// Where titles are cut the letters of the page tell them apart, and the baseline is marked still.
#[test]
fn titles_that_are_cut_have_their_letters() {
    let data = similar(4);
    for (kind, lang) in [Kind::ClaimsPayout, Kind::Exceedance].into_iter().flat_map(|k| LANGS.map(|l| (k, l))) {
        let told = words(kind, &data, lang);
        let baseline = if lang == Lang::En { "(baseline)" } else { "(비교 기준)" };
        assert!(told.contains(baseline), "{kind:?}: {told}");
        let start = data.guidelines[0].title.get(lang).split(' ').next().unwrap_or_default();
        for letter in ["A", "B", "C", "D"] {
            assert_eq!(told.matches(&format!("{letter} · {start}")).count(), 1, "{kind:?}: {letter} in {told}");
        }
    }
    let six = words(Kind::Exceedance, &samples::six(), Lang::En);
    assert!(!six.contains("A · "), "no letters where titles have room: {six}");
}

/// The baseline's title has as many lines as that of any other where the row has room for them and for the word below them.
#[test]
fn the_title_of_the_baseline_is_cut_no_earlier_than_others() {
    let mut data = first(2);
    let title = "Direct and indirect loss of shops in bands by days, paid within two weeks";
    data.guidelines.iter_mut().for_each(|g| g.title = Text::en(title));
    for kind in [Kind::Funnel, Kind::PayoutDistribution] {
        assert_eq!(words(kind, &data, Lang::En).matches(title).count(), 2, "{kind:?}");
    }
}

/// Twelve long titles in one corner: every marker has a label, if but a letter, on a sheet that can be read.
#[test]
fn every_marker_has_a_label() {
    let mut data = similar(12);
    for (i, guideline) in data.guidelines.iter_mut().enumerate() {
        let near = 1.0 + 0.02 * i as f64;
        guideline.claims = Interval { mean: 5e4 * near, p05: 1e3, p95: 9e4 };
        guideline.payout = Distribution::from_samples(&[1e7, 1e9 * near, 3e9]);
    }
    for lang in LANGS {
        let ((_, height), boxes) = layout(Kind::ClaimsPayout, &data, lang);
        assert!(height < 1_400.0, "{height}");
        for letter in ('A'..='L').map(String::from) {
            let label = |text: &str| text == letter || text.starts_with(&format!("{letter} · "));
            assert!(boxes.iter().any(|b| label(&b.text)), "{letter}: {boxes:?}");
        }
        assert!(boxes.iter().any(|b| b.text.chars().count() == 1), "some have their letter alone");
    }
}

/// There are no thousandths of people on the axis where a bar reaches down to nobody.
#[test]
fn people_who_file_are_not_divided() {
    let mut data = first(2);
    for guideline in &mut data.guidelines {
        guideline.claims = Interval { mean: 1.6, p05: 0.0, p95: 9.0 };
        guideline.payout = Distribution::from_samples(&[1e9, 2e9]);
    }
    let told = words(Kind::ClaimsPayout, &data, Lang::En);
    let marks: Vec<&str> = told.split_whitespace().collect();
    assert!(marks.contains(&"0.1") && !marks.contains(&"0.01") && !marks.contains(&"0.001"), "{told}");
}
