//! What titles, ranges and labels say: nothing that could be read as another number, another guideline or as nothing at all.

use redress::model::{Lang, Text};
use redress::output::budget::Reach;
use redress::output::figures::{Counted, Distribution, FigureData, Interval, Kind, layout, svg};

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

/// How many file and what is paid are means, and their titles say so: in single worlds there is more.
#[test]
fn titles_of_claims_tell_means_as_such() {
    let mut data = first(4);
    data.reports.clear();
    let starts = |data: &FigureData, kind: Kind, lang: Lang, start: &str| {
        let told = words(kind, data, lang);
        assert!(told.starts_with(start), "{kind:?}: {told}");
    };
    starts(&data, Kind::ClaimsPayout, Lang::En, "On average up to ");
    starts(&data, Kind::ClaimsPayout, Lang::Ko, "기준안별 평균: 신청 인원 0~");
    starts(&data, Kind::ClaimsByDay, Lang::Ko, "날짜별 신청: 기준안에 따라 평균 최대 ");
    let told = words(Kind::ClaimsByDay, &data, Lang::En);
    assert!(
        told.starts_with("Claims by day: up to ") && told.contains(" claims on average under one guideline"),
        "{told}"
    );
    for (guideline, people) in data.guidelines.iter_mut().zip([8.0, 60.0, 700.0, 122_540.0]) {
        guideline.claims = Interval { mean: people, p05: people, p95: people };
    }
    starts(&data, Kind::ClaimsPayout, Lang::En, "On average between 8 and 123,000 people file, and up to ");
    data.guidelines.iter_mut().for_each(|g| g.claims = Interval { mean: 8.0, p05: 1.0, p95: 90.0 });
    starts(&data, Kind::ClaimsPayout, Lang::En, "On average 8 people file under each guideline, and up to ");
    starts(&data, Kind::ClaimsPayout, Lang::Ko, "기준안별 평균: 신청 인원 8명, 지급액 최대 ");
    data.guidelines.iter_mut().for_each(|g| g.claims = Interval::default());
    starts(&data, Kind::ClaimsPayout, Lang::En, "Nobody files under any guideline; average payouts reach ");
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

/// Who gets vouchers gets something.
#[test]
fn what_is_given_in_kind_is_not_nothing() {
    let mut data = first(2);
    for guideline in &mut data.guidelines {
        guideline.payout = Distribution::from_samples(&[0.0; 10]);
        guideline.payout_by_cohort.iter_mut().for_each(|v| *v = 0.0);
        (guideline.claims, guideline.bill.in_kind) = (Interval::default(), 0.0);
    }
    let all = |data: &FigureData, lang| {
        [Kind::PayoutDistribution, Kind::WhoGetsIt, Kind::ClaimsPayout].map(|k| words(k, data, lang))
    };
    let starts = |data: &FigureData, lang, titles: [&str; 3]| {
        for (told, title) in all(data, lang).iter().zip(titles) {
            assert!(told.starts_with(title), "{title}: {told}");
        }
    };
    let nothing = ["No guideline pays anything", "Nobody is paid under any", "Nobody files and nothing is paid"];
    starts(&data, Lang::En, nothing);
    starts(&data, Lang::Ko, ["어느 기준안도 보상금을", "어느 기준안에서도 보상받는", "신청도 보상도 없는"]);
    data.guidelines[1].bill.in_kind = 1e9;
    starts(
        &data,
        Lang::En,
        ["No guideline pays money", "No money is paid under any", "Nobody files and no money is paid"],
    );
    starts(
        &data,
        Lang::Ko,
        ["현금을 지급하는 기준안 없음", "어느 기준안에서도 현금 지급 없음", "신청도 현금 지급도 없는"],
    );
    let [payout, who, claims] = all(&data, Lang::En);
    for told in [&payout, &who] {
        assert!(told.contains("no money, in kind alone") && told.contains("Money alone:"), "{told}");
        assert_eq!(told.matches("pays nothing").count(), 1, "{told}");
    }
    assert!(claims.contains("Nobody files and no money is paid:") && !claims.contains("nothing"), "{claims}");
    assert!(words(Kind::PayoutDistribution, &data, Lang::Ko).contains("돈은 없고 현물만"));
}

/// Of two cohorts that lead under as many guidelines none is named.
#[test]
fn among_equals_no_cohort_is_named() {
    let mut data = first(2);
    let cohort = data.cohorts[0].get(Lang::En).to_string();
    let set = |data: &mut FigureData, shares: [[f64; 2]; 2]| {
        for (guideline, [a, b]) in data.guidelines.iter_mut().zip(shares) {
            guideline.payout_by_cohort = vec![a, b, 0.0, 0.0, 0.0];
        }
        words(Kind::WhoGetsIt, data, Lang::En)
    };
    let told = set(&mut data, [[3.0, 1.0], [3.0, 1.0]]);
    assert!(
        told.starts_with(&format!("Largest share of the money under 2 of 2 paying guidelines: {cohort}")),
        "{told}"
    );
    let told = set(&mut data, [[3.0, 1.0], [1.0, 3.0]]);
    assert!(told.starts_with("Money under 2 paying guidelines: no cohort has the largest share more often"), "{told}");
    let told = set(&mut data, [[1.0, 1.0], [0.0, 0.0]]);
    assert!(told.starts_with("Money paid: no cohort alone has the largest share"), "{told}");
}

/// Shapes of an SVG in the order they are drawn: `b` for a band, `l` for the line of a course.
fn drawn(data: &FigureData) -> String {
    let svg = svg(Kind::ClaimsByDay, data, Lang::En);
    let shape = |line: &str| match line {
        l if l.contains("<polygon") && l.contains("opacity=\"0.3\"") => Some('b'),
        l if l.contains("<polyline") && l.contains("stroke-width=\"8\"") => Some('l'),
        _ => None,
    };
    svg.lines().filter_map(shape).collect()
}

/// No band lies over the line of another guideline, and of many there are lines alone.
#[test]
fn bands_lie_below_lines_and_are_left_out_of_a_crowd() {
    let mut data = similar(6);
    data.reports.clear();
    let drawn = [
        drawn(&data),
        drawn(&{
            let mut data = similar(24);
            data.reports.clear();
            data
        }),
    ];
    let (few, many) = (&drawn[0], &drawn[1]);
    assert!(few.starts_with("bbb") && few.contains("bl") && !few.contains("lb"), "{few}");
    assert!(many.contains("lll") && !many.contains('b'), "{many}");
    let mut crowd = similar(24);
    crowd.reports.clear();
    let told = words(Kind::ClaimsByDay, &crowd, Lang::En);
    assert!(told.contains("have lines alone") && !told.contains("band"), "{told}");
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

/// Of fifteen worlds curves end where seven remain, and nobody says ten.
#[test]
fn few_worlds_promise_no_more_than_there_is() {
    let mut data = first(2);
    let few: Vec<f64> = (1..=15).map(|i| 1e9 * f64::from(i)).collect();
    data.guidelines.iter_mut().for_each(|g| g.cost = Distribution::from_samples(&few));
    for (lang, told, not) in [
        (Lang::En, "Of fewer than 20 worlds: no confidence band", "fewer than 10"),
        (Lang::Ko, "상황이 20개 미만이어서 신뢰구간이 없고", "10회 미만"),
    ] {
        let words = words(Kind::Exceedance, &data, lang);
        assert!(words.contains(told) && !words.contains(not), "{words}");
    }
    assert!(
        words(Kind::Exceedance, &samples::six(), Lang::En).contains("Curves end where fewer than 10 worlds remain.")
    );
}

/// One world has no range.
#[test]
fn one_world_has_no_range() {
    let data = samples::all().into_iter().find(|(name, _)| *name == "one replicate").expect("it is there").1;
    for kind in [Kind::PayoutDistribution, Kind::DifferenceToBaseline] {
        for (lang, range) in [(Lang::En, "5–95 %:"), (Lang::Ko, "5~95%:")] {
            let told = words(kind, &data, lang);
            assert!(!told.contains(range), "{kind:?}: {told}");
        }
    }
    let told = words(Kind::ClaimsByDay, &data, Lang::En);
    assert!(told.contains("Of one world.") && !told.contains("1 worlds"), "{told}");
}

/// Claims that were counted are drawn on their guideline's course, and are among the counts of the title.
#[test]
fn claims_that_were_counted_are_drawn() {
    let mut data = first(6);
    let last = data.guidelines[3].course.as_ref().and_then(|c| c.claims.last()).expect("people file").value;
    let count = |day: f64, value: f64| Counted { day, value, ..Counted::default() };
    data.guidelines[3].observed = vec![count(600.0, last.mean.round()), count(20.0, 7.0)];
    let told = words(Kind::ClaimsByDay, &data, Lang::En);
    assert!(told.starts_with("Reports and claims by day: 3 of 4 counts"), "{told}");
    assert!(told.contains("counted: 7, day 20"), "{told}");
    assert!(words(Kind::ClaimsByDay, &data, Lang::Ko).starts_with("날짜별 접수와 신청: 실제 집계 4개 중 3개가"));
    data.reports.clear();
    data.guidelines[3].observed.truncate(1);
    let told = words(Kind::ClaimsByDay, &data, Lang::En);
    assert!(told.starts_with("Claims by day: the count made in reality lies in the range"), "{told}");
    assert!(told.contains("agreement is no forecast"), "{told}");
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

/// Where courts award money the guideline itself has none to pay, and that is all that is said.
#[test]
fn what_courts_award_is_not_denied() {
    let mut data = samples::six();
    let idle = |g: &&mut redress::output::figures::GuidelineData| g.claims.mean <= 0.0;
    data.guidelines.iter_mut().filter(idle).for_each(|g| g.bill.courts = 0.0);
    let [en, ko] = ["No money to pay:", "지급할 현금이 없음:"];
    assert!(words(Kind::DaysToPayment, &data, Lang::En).contains(en));
    assert!(words(Kind::DaysToPayment, &data, Lang::Ko).contains(ko));
    data.guidelines[0].bill.courts = 1e9;
    let told = words(Kind::DaysToPayment, &data, Lang::En);
    assert!(told.contains("No money paid by its own rules (what courts award is not shown):") && !told.contains(en));
    let told = words(Kind::DaysToPayment, &data, Lang::Ko);
    assert!(told.contains("자체 규정으로 지급하는 현금 없음") && !told.contains(ko));
}

/// Reports of eleven days are not marked at day 2.5, called 2, nor new ones at 7.5.
#[test]
fn axes_of_days_are_marked_at_whole_days() {
    let mut data = first(1);
    (data.guidelines[0].course, data.baseline) = (None, None);
    data.reports.retain(|d| d.day <= 9.0);
    data.observed.truncate(1);
    data.new_reports.retain(|d| d.day <= 14.0);
    let told = words(Kind::ClaimsByDay, &data, Lang::En);
    assert!(told.contains(" 0 2 4 6 8 10 12 days from the outage"), "{told}");
    let told = words(Kind::NewClaims, &data, Lang::En);
    assert!(told.contains(" 2 4 6 8 10 12 14 16 days from the outage"), "{told}");
}

/// Two guidelines with one title have the letters of the page, wherever they are named; others have none.
#[test]
fn equal_titles_have_their_letters() {
    let mut data = first(3);
    let same = Text::both("A flat sum", "정액 보상");
    for index in [1, 2] {
        data.guidelines[index].title = same.clone();
    }
    data.guidelines[2].course = None;
    for (kind, lang) in [Kind::Exceedance, Kind::Funnel, Kind::CostWaterfall, Kind::PayoutDistribution]
        .into_iter()
        .flat_map(|k| LANGS.map(|l| (k, l)))
    {
        let told = words(kind, &data, lang);
        let title = same.get(lang);
        let lettered = told.matches(&format!("B · {title}")).count() + told.matches(&format!("C · {title}")).count();
        assert!(lettered >= 2 && lettered == told.matches(title).count(), "{kind:?}: {told}");
        assert!(!told.contains("A · "), "{kind:?}: {told}");
    }
    let difference = words(Kind::DifferenceToBaseline, &FigureData { baseline: Some(1), ..data }, Lang::En);
    assert!(difference.contains("“B · A flat sum”"), "{difference}");
}

/// An uncertain budget is a band with the words of the page, a certain one a line with all digits that are given.
#[test]
fn an_uncertain_budget_is_no_line() {
    let mut data = first(2);
    data.budget = Some(40.5e9);
    data.budget_words = Text::both("40.5 bn KRW", "405억 원");
    let (line, told) = (svg(Kind::Exceedance, &data, Lang::En), words(Kind::Exceedance, &data, Lang::En));
    assert!(told.contains("budget 40.5 bn KRW"), "{told}");
    data.budget_words =
        Text::both("uncertain: anywhere from 30 bn KRW to 51 bn KRW", "불확실: 300억 원~510억 원 균등분포");
    data.budget_range = Some(Reach { low: 30e9, high: 51e9, whole: true });
    let band = svg(Kind::Exceedance, &data, Lang::En);
    let alert = "A4262C";
    let strokes = |svg: &str| svg.matches(&format!("stroke=\"#{alert}\"")).count();
    assert!(strokes(&line) > strokes(&band), "no line: {} and {}", strokes(&line), strokes(&band));
    assert!(band.matches("<polygon").count() == line.matches("<polygon").count() + 1, "but a band");
    for (lang, parts) in
        [(Lang::En, ["uncertain: anywhere from 30", "51 bn KRW"]), (Lang::Ko, ["불확실: 300억", "균등분포"])]
    {
        let told = words(Kind::Exceedance, &data, lang);
        assert!(parts.iter().all(|p| told.contains(p)) && !told.contains("90 % of worlds"), "{told}");
    }
    data.budget_range = Some(Reach { low: 30e9, high: 51e9, whole: false });
    assert!(words(Kind::Exceedance, &data, Lang::En).contains("shaded: 90 % of worlds"));
}

/// Height of the band of an uncertain budget and how many arrows there are, in the figure's own units.
fn band_and_arrows(svg: &str) -> (Option<f64>, usize) {
    let band = svg.split("<polygon fill-opacity=\"0.25\"").nth(1).map(|rest| {
        let (_, points) = rest.split_once("points=\"").expect("a polygon has points");
        let (points, _) = points.split_once('"').expect("they have an end");
        let heights = points.split_whitespace().map(|p| p.split_once(',').expect("a point").1);
        let heights: Vec<f64> = heights.map(|y| y.parse().expect("a number")).collect();
        (heights[2] - heights[0]) / 4.0
    });
    (band, svg.matches("<polygon fill-opacity=\"1\" fill=\"#A4262C\"").count())
}

/// A budget known to a thousandth is seen, and what of one lies beyond the axis has an arrow and words.
#[test]
fn a_budget_is_seen_wherever_it_lies() {
    let mut data = first(2);
    let most = data.guidelines.iter().map(|g| g.cost.max()).fold(0.0, f64::max);
    let mut drawn = |low: f64, high: f64, lang: Lang| {
        data.budget = Some(low / 2.0 + high / 2.0);
        data.budget_range = (high > low).then_some(Reach { low, high, whole: true });
        let (band, arrows) = band_and_arrows(&svg(Kind::Exceedance, &data, lang));
        (band, arrows, words(Kind::Exceedance, &data, lang))
    };
    let (band, arrows, told) = drawn(0.5 * most, 0.5001 * most, Lang::En);
    assert!(band.is_some_and(|b| b >= 4.0) && arrows == 0 && !told.contains("the axis"), "{band:?} {arrows} {told}");
    for (low, high, is_band, arrows_wanted, en, ko) in [
        (0.5 * most, 1e5 * most, true, 1, "goes on above the axis, to ", "축 위로 "),
        (1e5 * most, 2e5 * most, false, 1, "above the axis", "축 위쪽 밖"),
        (1e5 * most, 1e5 * most, false, 1, "above the axis", "축 위쪽 밖"),
    ] {
        for (lang, said) in [(Lang::En, en), (Lang::Ko, ko)] {
            let (band, arrows, told) = drawn(low, high, lang);
            assert!(band.is_some() == is_band && arrows == arrows_wanted, "{low} {high}: {band:?} {arrows}");
            assert!(told.contains(said), "{said}: {told}");
        }
    }
    let (_, arrows, told) = drawn(0.0, 0.0, Lang::En);
    assert!(arrows == 0 && told.contains("budget 0 KRW"), "{told}");
}

/// What a guideline without a procedure costs lacks what others pay for handling, and figures of costs say so.
#[test]
fn costs_without_handling_are_told_as_such() {
    let mut data = first(2);
    data.guidelines.remove(0);
    let mut other = data.guidelines[0].clone();
    other.title = Text::both("With a desk", "창구 있음");
    data.guidelines.push(other);
    data.unhandled = vec![0];
    let title = data.guidelines[0].title.clone();
    data.guidelines[1].difference = samples::six().guidelines[3].difference;
    data.baseline = Some(0);
    for kind in [Kind::Exceedance, Kind::CostWaterfall, Kind::DifferenceToBaseline] {
        let en = words(kind, &data, Lang::En);
        assert!(
            en.contains("review and handling of claims are not in the cost") && en.contains(&format!("{}.", title.en)),
            "{en}"
        );
        assert!(words(kind, &data, Lang::Ko).contains("심사와 처리 비용이 빠진 기준안"));
        let alike = FigureData { unhandled: Vec::new(), ..data.clone() };
        assert!(!words(kind, &alike, Lang::En).contains("review and handling"), "{kind:?}");
    }
}
