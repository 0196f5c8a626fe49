//! Figures of what comes after the awards: drawn where there is something to draw, with the numbers they are given.

use redress::model::Lang;
use redress::output::figures::{Course, DayBand, FigureData, Interval, Kind, svg, write_figures};

use super::{samples, words};

const AFTER: [Kind; 7] = [
    Kind::Funnel,
    Kind::CostWaterfall,
    Kind::LossByCohort,
    Kind::ClaimsByDay,
    Kind::NewClaims,
    Kind::DaysToPayment,
    Kind::Backlog,
];
const TIMED: [Kind; 4] = [Kind::ClaimsByDay, Kind::NewClaims, Kind::DaysToPayment, Kind::Backlog];

#[test]
fn a_figure_is_there_where_its_data_are() {
    let six = samples::six();
    assert!(Kind::ALL.iter().all(|k| k.present(&six)));
    let untimed = samples::untimed();
    for kind in Kind::ALL {
        assert_eq!(kind.present(&untimed), !TIMED.contains(&kind), "{kind:?}");
    }
    assert!(AFTER.iter().all(|k| !k.present(&FigureData::default())));
    let mut reported = samples::untimed();
    reported.reports.clone_from(&six.reports);
    assert!(Kind::ClaimsByDay.present(&reported) && !Kind::Backlog.present(&reported));
    assert!(!Kind::NewClaims.present(&reported));
    reported.new_reports.clone_from(&six.new_reports);
    assert!(Kind::NewClaims.present(&reported));
    let mut calm = six;
    for course in calm.guidelines.iter_mut().filter_map(|g| g.course.as_mut()) {
        course.backlog.iter_mut().for_each(|d| d.value = Default::default());
    }
    assert!(!Kind::Backlog.present(&calm) && Kind::DaysToPayment.present(&calm));
}

#[test]
fn files_are_written_of_the_figures_that_are_there() {
    let dir = tempfile::tempdir().expect("a folder");
    let files = write_figures(dir.path(), &samples::untimed(), Lang::En).expect("written");
    let has = |name: &str| files.iter().any(|f| f.path == format!("{name}.svg"));
    for kind in Kind::ALL {
        assert_eq!(has(kind.file_name()), !TIMED.contains(&kind), "{kind:?}");
    }
}

#[test]
fn what_was_counted_is_drawn_with_its_value() {
    let data = samples::six();
    for (lang, values) in [
        (
            Lang::En,
            ["counted: 45,000, day 9", "day 6 of the channel", "counted: 105,116, day 22", "day 19 of the channel"],
        ),
        (Lang::Ko, ["집계: 45,000건, 9일 뒤", "창구 개설 6일째", "집계: 105,116건, 22일 뒤", "창구 개설 19일째"]),
    ] {
        let svg = svg(Kind::ClaimsByDay, &data, lang);
        assert!(values.iter().all(|v| svg.contains(v)), "{lang:?}: {values:?}");
    }
    // 45,000 lies in 23,100 … 46,200 and 105,116 in 73,150 … 146,300; a count beyond is told to lie beyond.
    assert!(words(Kind::ClaimsByDay, &data, Lang::En).contains("2 of 2 counts"));
    let mut wide = data;
    wide.observed[0].value = 46_300.0;
    assert!(words(Kind::ClaimsByDay, &wide, Lang::En).contains("1 of 2 counts"));
}

/// A rush of two days that are alike is the highest of its row, with its days and number beside it, and drawn two days wide.
#[test]
fn a_rush_is_drawn_on_its_days() {
    let mut data = samples::six();
    data.guidelines.truncate(1);
    let days = |a: i32| (0..=a).map(f64::from);
    let new = |day: f64| if [82.0, 83.0].contains(&day) { 40_000.0 } else { 2_000.0 };
    let band = |day: f64| DayBand { day, value: Interval { mean: new(day), p05: 0.9 * new(day), p95: 1.1 * new(day) } };
    data.guidelines[0].course = Some(Course { new_claims: days(200).map(band).collect(), ..Course::default() });
    data.baseline = None;
    for (lang, told) in [
        (
            Lang::En,
            ["Most new claims come from day 82 to day 83: some 40,000 a day", "busiest: days 82–83", "36,000–44,000"],
        ),
        (
            Lang::Ko,
            [
                "신규 신청이 가장 많은 때는 82일 뒤부터 83일 뒤까지, 하루 약 4만 건",
                "가장 많은 날: 82~83일 뒤",
                "3.6~4.4만 건",
            ],
        ),
    ] {
        let words = words(Kind::NewClaims, &data, lang);
        assert!(told.iter().all(|t| words.contains(t)), "{words}");
    }
    // The line of means rises and falls by the height of the rush, two days apart.
    let svg = svg(Kind::NewClaims, &data, Lang::En);
    let lines = svg.split("<polyline").skip(1).filter_map(|l| l.split("points=\"").nth(1)?.split('"').next());
    let most = lines.max_by_key(|l| l.len()).expect("a line");
    let points: Vec<(f64, f64)> = most
        .split_whitespace()
        .filter_map(|p| p.split_once(',').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?))))
        .collect();
    let top = points.iter().map(|p| p.1).fold(f64::MAX, f64::min);
    let on: Vec<f64> = points.iter().filter(|p| p.1 < top + 1.0).map(|p| p.0).collect();
    let all = points.iter().map(|p| p.0).fold((f64::MAX, 0.0), |(a, b), x| (x.min(a), f64::max(x, b)));
    let (width, whole) = (on[on.len() - 1] - on[0], all.1 - all.0);
    assert!((width / whole - 2.0 / 201.0).abs() < 0.003, "{width} of {whole}");
}

#[test]
fn guidelines_without_a_procedure_are_named_and_left_out() {
    let data = samples::six();
    for kind in TIMED {
        let words = words(kind, &data, Lang::En);
        let name = data.guidelines[1].title.get(Lang::En);
        assert!(words.contains(&format!("No procedure stated: {name}.")), "{kind:?}: {words}");
        assert_eq!(words.matches(name).count(), 1, "{kind:?} draws what has no course");
    }
}

#[test]
fn the_steps_of_the_funnel_are_on_one_scale_that_shows_all() {
    let mut data = samples::six();
    data.guidelines.truncate(1);
    data.baseline = None;
    data.hit.mean = 44e6;
    data.guidelines[0].funnel.paid.mean = 200.0;
    let words = words(Kind::Funnel, &data, Lang::En);
    assert!(words.contains("44 m") && words.contains(" 200 "), "{words}");
    // Heights of the bars, from the SVG: 200 people are more than a tenth of the height of 44 million.
    let svg = svg(Kind::Funnel, &data, Lang::En);
    let heights: Vec<f64> = svg.lines().filter(|l| l.contains("<polygon")).filter_map(height).collect();
    let (least, most) = heights.iter().filter(|h| **h > 1.0).fold((f64::MAX, 0.0), |(a, b), h| (h.min(a), h.max(b)));
    assert!(least / most > 0.1 && least / most < 0.5, "{heights:?}");
}

/// Height of a polygon.
fn height(line: &str) -> Option<f64> {
    let points = line.split("points=\"").nth(1)?.split('"').next()?;
    let ys = points.split_whitespace().filter_map(|p| p.split(',').nth(1)?.parse::<f64>().ok());
    let (low, high) = ys.fold((f64::MAX, f64::MIN), |(a, b), y| (y.min(a), y.max(b)));
    Some(high - low)
}

#[test]
fn the_waterfall_ends_at_the_net_cost() {
    let data = samples::six();
    for guideline in &data.guidelines {
        let net = guideline.bill.gross() - guideline.bill.recovered();
        assert!((net - guideline.bill.net.mean).abs() <= 1e-9 * net.abs());
    }
    let english = words(Kind::CostWaterfall, &data, Lang::En);
    for head in ["cash", "in kind", "legal costs", "interest", "net cost", "costs nothing"] {
        let parts: Vec<&str> = head.split(' ').collect();
        assert!(parts.iter().all(|p| english.contains(p)), "{head} in {english}");
    }
    assert!(words(Kind::CostWaterfall, &data, Lang::Ko).contains("순비용"));
}

#[test]
fn losses_before_and_after_are_told_by_cohort() {
    let data = samples::six();
    let words = words(Kind::LossByCohort, &data, Lang::En);
    // 20 bn of the first cohort, 10 of the second; the third loses nothing.
    assert!(words.contains("20 bn") && words.contains("10 bn"), "{words}");
    assert!(words.contains("No loss of money: Cohort 3 of users."), "{words}");
}

/// Half paid is half of the awards, not of the money: the title says so, and what stands beside the rows.
#[test]
fn days_to_payment_count_awards() {
    let data = samples::six();
    for (lang, told) in [
        (Lang::En, ["half of the awards of money, by number,", "of the number of awards"]),
        (Lang::Ko, ["현금 보상 건수의 절반이 지급되는 때", "보상 건수의"]),
    ] {
        let words = words(Kind::DaysToPayment, &data, lang);
        assert!(told.iter().all(|t| words.contains(t)), "{words}");
    }
}

/// The axis of claims is marked at 0, and where no round day lies near it at its last day.
#[test]
fn claims_by_day_are_marked_at_nothing_and_at_their_last_day() {
    let mut data = samples::six();
    data.guidelines.truncate(1);
    (data.baseline, data.reports) = (None, Vec::new());
    let at = |day: f64| Interval { mean: 40.0 * day, p05: 30.0 * day, p95: 50.0 * day };
    let days = |day: i32| DayBand { day: f64::from(day), value: at(f64::from(day.min(137))) };
    data.guidelines[0].course = Some(Course { claims: (0..=200).map(days).collect(), ..Course::default() });
    let words = words(Kind::ClaimsByDay, &data, Lang::En);
    for mark in ["0", "137"] {
        assert_eq!(words.split_whitespace().filter(|w| *w == mark).count(), 1, "{mark}: {words}");
    }
}

/// Half of the awards are paid on day 5 in three worlds of four and on day 13 in the fourth: the middle world's day is told, not the
/// mean of 7, on which nothing is paid.
#[test]
fn days_to_payment_are_those_of_the_middle_world() {
    let mut data = samples::six();
    for course in data.guidelines.iter_mut().filter_map(|g| g.course.as_mut()) {
        course.money_days = Some((5.0, 13.0));
    }
    let told = words(Kind::DaysToPayment, &data, Lang::En);
    assert!(
        told.starts_with(
            "In the middle world half of the awards of money, by number, are paid by day 5 under each of the 3 guidelines shown"
        ),
        "{told}"
    );
    assert!(told.contains("(the median;") && told.contains("half by day 5"), "{told}");
    assert!(
        words(Kind::DaysToPayment, &data, Lang::Ko)
            .contains("지급되는 때(중앙값): 그림에 있는 기준안 3개 모두에서 5일 뒤")
    );
    // One guideline that is slower is named, those that share a day are not.
    let slow = data.guidelines.iter_mut().rfind(|g| g.course.is_some()).expect("somebody is paid");
    slow.course.as_mut().expect("it has one").money_days = Some((40.0, 50.0));
    let slow = slow.title.get(Lang::En).to_string();
    let told = words(Kind::DaysToPayment, &data, Lang::En);
    assert!(told.contains(&format!("are paid by day 5 to day 40 (“{slow}”)")), "{told}");
}

/// A window that opens on the day of the outage: day 0 has its place on the axis, and the line rises on it.
#[test]
fn claims_of_the_first_day_are_seen() {
    let mut data = samples::six();
    data.guidelines.truncate(1);
    (data.baseline, data.reports) = (None, Vec::new());
    let at =
        |day: f64| Interval { mean: 9_073.0 * (day + 1.0), p05: 5_000.0 * (day + 1.0), p95: 14_000.0 * (day + 1.0) };
    let days = |day: i32| DayBand { day: f64::from(day), value: at(f64::from(day.min(19))) };
    data.guidelines[0].course = Some(Course { claims: (0..=60).map(days).collect(), ..Course::default() });
    let told = words(Kind::ClaimsByDay, &data, Lang::En);
    assert!(told.contains(" 0 1 2 3 5 7 14 "), "{told}");
    // The line of means starts upright: two points on day 0, at no claim and at those of the day.
    let svg = svg(Kind::ClaimsByDay, &data, Lang::En);
    let upright = |points: &str| {
        let at: Vec<&str> = points.split_whitespace().take(2).collect();
        let x = |p: &str| p.split_once(',').map(|(x, _)| x.to_string());
        at.len() == 2 && points.split_whitespace().count() > 3 && x(at[0]) == x(at[1]) && at[0] != at[1]
    };
    let mut lines = svg.split("<polyline").skip(1).filter_map(|l| l.split("points=\"").nth(1)?.split('"').next());
    assert!(lines.any(upright), "no line begins with claims of day 0");
    // All on one day: nothing changes after it, and there is a figure still.
    let once = |day: i32| DayBand { day: f64::from(day), value: at(0.0) };
    data.guidelines[0].course = Some(Course { claims: (0..=60).map(once).collect(), ..Course::default() });
    assert!(Kind::ClaimsByDay.present(&data));
}

/// What holds of the guidelines drawn is not told of those that have no row.
#[test]
fn days_are_told_of_the_guidelines_that_have_some() {
    let mut data = samples::six();
    data.guidelines.drain(..2);
    data.guidelines.truncate(2);
    data.baseline = None;
    let course = data.guidelines[1].course.clone();
    data.guidelines.iter_mut().for_each(|g| g.course.clone_from(&course));
    let title = |data: &FigureData, lang| {
        let told = words(Kind::DaysToPayment, data, lang);
        told.split(if lang == Lang::En { " Number of awards" } else { " 지급된 현금" })
            .next()
            .unwrap_or_default()
            .to_string()
    };
    assert!(title(&data, Lang::En).ends_with("under every guideline"), "{}", title(&data, Lang::En));
    assert!(title(&data, Lang::Ko).contains("모든 기준안에서"));
    // One more that pays no money.
    let mut more = data.clone();
    more.guidelines.push(data.guidelines[0].clone());
    more.guidelines[2].course = Some(Course::default());
    assert!(title(&more, Lang::En).ends_with("under each of the 2 guidelines shown"), "{}", title(&more, Lang::En));
    assert!(title(&more, Lang::Ko).contains("그림에 있는 기준안 2개 모두에서"));
    more.guidelines[1].course = None;
    let redress::model::Text { en, ko } = more.guidelines[0].title.clone();
    more.guidelines[2].title = redress::model::Text::en("Another");
    assert!(title(&more, Lang::En).contains(&format!(", under “{en}”")), "{}", title(&more, Lang::En));
    assert!(title(&more, Lang::Ko).contains(&format!("(‘{ko}’)")), "{}", title(&more, Lang::Ko));
}
