//! Made-up comparisons to draw: skewed payouts over five orders of magnitude, a guideline that pays nothing, automatic
//! ones, and the extremes that must not break a figure.

use redress::model::Text;
use redress::output::budget::Reach;
use redress::output::figures::{
    Bill, Counted, Course, DayBand, Difference, Distribution, FigureData, Funnel, GuidelineData, Interval,
};

/// A guideline in a line: titles, median payout, spread of its logarithm, share of worlds that pay nothing, claims.
type Line = (&'static str, &'static str, f64, f64, f64, f64);

const SIX: [Line; 6] = [
    ("No scheme: nobody is paid, the courts decide", "보상 없음: 법원 판단에 맡김", 0.0, 0.0, 0.0, 0.0),
    ("The company's own plan of December", "회사 자체 보상안(12월)", 27.5e9, 0.25, 0.0, 87_195.0),
    (
        "Telecom standard terms in force that October (ten times the fee from 2 hours)",
        "당시 통신 표준약관(2시간부터 요금의 10배)",
        2.1e9,
        0.6,
        0.12,
        0.0,
    ),
    ("Direct and indirect loss, bands by days", "직·간접 손해, 일수 구간별", 60e9, 0.8, 0.0, 1.2e6),
    ("Flat first-compensate sum for free users", "무료 이용자 정액 선보상", 250e9, 0.15, 0.0, 12e6),
    (
        "Share of proven loss with deductible, cap and aggregate pool",
        "입증 손해 비율 보상(공제·상한·총액 한도)",
        0.05e9,
        1.1,
        0.0,
        3_100.0,
    ),
];

/// Evenly spread normal deviates in a shuffled but fixed order.
fn deviates(n: usize, shift: usize) -> Vec<f64> {
    let level = |i: usize| ((i * 7919 + shift) % n) as f64 / n as f64 + 0.5 / n as f64;
    // A logistic quantile is near enough to a normal one for pictures.
    (0..n).map(level).map(|p| (p / (1.0 - p)).ln() / 1.7).collect()
}

fn interval(samples: &[f64]) -> Interval {
    let all = Distribution::from_samples(samples);
    Interval { mean: all.mean(), p05: all.quantile(0.05), p95: all.quantile(0.95) }
}

fn guideline(line: &Line, index: usize, n: usize, cohorts: usize) -> (GuidelineData, Vec<f64>) {
    let (en, ko, median, sigma, none, claims) = *line;
    let world = deviates(n, 0);
    let noise = deviates(n, 31 * index + 7);
    let paid = |i: usize| {
        let nothing = (i as f64) < none * n as f64;
        if nothing { 0.0 } else { median * (sigma * (world[i] + 0.3 * noise[i])).exp() }
    };
    let payout: Vec<f64> = (0..n).map(paid).collect();
    let filed: Vec<f64> = world.iter().map(|z| claims * (0.4 * z).exp()).collect();
    let cost: Vec<f64> = payout.iter().zip(&filed).map(|(p, c)| p + 5_000.0 * c).collect();
    let mean = Distribution::from_samples(&payout).mean();
    let weight = |c: usize| ((c * 7 + index * 5) % 11 + 1) as f64 * if c % 5 == 4 { 0.004 } else { 1.0 };
    let total: f64 = (0..cohorts).map(weight).sum();
    let data = GuidelineData {
        id: format!("guideline-{index}"),
        title: Text::both(en, ko),
        payout: Distribution::from_samples(&payout),
        cost: Distribution::from_samples(&cost),
        over_budget: None,
        claims: interval(&filed),
        automatic: if claims == 0.0 && median > 0.0 { 1e6 } else { 0.0 },
        payout_by_cohort: (0..cohorts).map(|c| weight(c) / total * mean).collect(),
        difference: None,
        funnel: funnel(if median > 0.0 { claims } else { 0.0 }),
        bill: bill(mean, claims, &cost),
        uncompensated_by_cohort: (0..cohorts).map(|c| (loss(c) - weight(c) / total * mean).max(0.0)).collect(),
        made_good: (mean / (0..cohorts).map(loss).sum::<f64>()).min(1.0),
        made_good_by_cohort: (0..cohorts).map(|c| (weight(c) / total * mean / loss(c).max(1.0)).min(1.0)).collect(),
        // The second guideline states no procedure.
        course: (index != 1).then(|| course(index, claims)),
        observed: Vec::new(),
    };
    (data, cost)
}

/// What a cohort loses; the third loses nothing.
fn loss(cohort: usize) -> f64 {
    if cohort == 2 { 0.0 } else { 2e10 / (cohort + 1) as f64 }
}

fn around(mean: f64) -> Interval {
    Interval { mean, p05: 0.7 * mean, p95: 1.4 * mean }
}

fn funnel(claims: f64) -> Funnel {
    let step = |part: f64| around((claims * part).min(400_000.0 * part));
    Funnel {
        eligible: step(0.9),
        aware: step(0.5),
        asking: step(0.25),
        covered: step(0.2),
        claims: around(claims),
        automatic: around(if claims > 0.0 { 0.0 } else { 1e6 }),
        approved: around(0.8 * claims),
        paid: around(0.75 * claims),
    }
}

fn bill(payout: f64, claims: f64, cost: &[f64]) -> Bill {
    let parts = Bill {
        cash: payout,
        in_kind: 0.3 * payout,
        administration: 5_000.0 * claims,
        courts: 2e9,
        legal: 1e9,
        interest: 0.001 * payout,
        from_recourse: 0.15 * payout,
        from_insurance: 0.05 * payout,
        ..Bill::default()
    };
    if payout <= 0.0 && claims <= 0.0 {
        return Bill::default();
    }
    let spread = interval(cost);
    Bill { net: Interval { mean: parts.gross() - parts.recovered(), ..spread }, ..parts }
}

/// Claims that come from day 14 on and are reviewed slowly; nothing where nobody files.
fn course(index: usize, claims: f64) -> Course {
    let opens = 14.0 + 20.0 * (index % 3) as f64;
    let days = || (0..=90).chain((97..=454).step_by(7)).chain((482..1095).step_by(28)).map(f64::from);
    let follow = |most: f64, half: f64| -> Vec<DayBand> {
        let share = |day: f64| if day < opens { 0.0 } else { 1.0 - 0.5f64.powf((day + 1.0 - opens) / half) };
        days().map(|day| DayBand { day, value: around(most * share(day)) }).collect()
    };
    let filed = follow(claims, 9.0);
    let reviewed = follow(claims, 60.0);
    let wait = |(f, r): (&DayBand, &DayBand)| DayBand { day: f.day, value: around(f.value.mean - r.value.mean) };
    let paid = follow(1.0, 60.0 + index as f64);
    // A rush of two days in the middle.
    let rush = |day: f64| if [40.0, 41.0].contains(&day) { 6.0 } else { 1.0 };
    let mut before = (-1.0, 0.0);
    let mut new = |d: &DayBand| {
        let a_day = (d.value.mean - before.1) / (d.day - before.0);
        before = (d.day, d.value.mean);
        DayBand { day: d.day, value: around(a_day * rush(d.day)) }
    };
    let new_claims = filed.iter().map(&mut new).collect();
    let cut = |d: &DayBand| DayBand { day: d.day, value: Interval { p95: d.value.p95.min(1.0), ..d.value } };
    if claims <= 0.0 {
        return Course::default();
    }
    Course {
        backlog: filed.iter().zip(&reviewed).map(wait).collect(),
        peak: around(0.6 * claims),
        claims: filed,
        new_claims,
        paid: paid.iter().map(cut).collect(),
        money_days: Some((opens + 60.0, opens + 200.0)),
    }
}

/// Reports over three weeks from day 4 on.
fn reports() -> Vec<DayBand> {
    (0..=30).map(|d| DayBand { day: f64::from(d), value: around(5_500.0 * f64::from((d - 3).clamp(0, 19))) }).collect()
}

/// New ones a day.
fn new_reports() -> Vec<DayBand> {
    (0..=30)
        .map(|d| DayBand { day: f64::from(d), value: around(if (4..=22).contains(&d) { 5_500.0 } else { 0.0 }) })
        .collect()
}

fn observed() -> Vec<Counted> {
    let count = |day: f64, value: f64| Counted {
        what: Text::both("reports", "접수"),
        day,
        value,
        source: Text::both(
            "A newspaper of some length, 24 October 2022: so many reports until that day, and more are to come",
            "어느 신문 2022년 10월 24일",
        ),
    };
    vec![count(9.0, 45_000.0), count(22.0, 105_116.0)]
}

fn difference(cost: &[f64], base: &[f64]) -> Difference {
    let each: Vec<f64> = cost.iter().zip(base).map(|(a, b)| a - b).collect();
    let all = Distribution::from_samples(&each);
    let share = |test: fn(&f64) -> bool| each.iter().filter(|d| test(d)).count() as f64 / each.len() as f64;
    Difference {
        mean: all.mean(),
        mean_ci: (all.mean() - 1e7, all.mean() + 1e7),
        quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(|p| all.quantile(p)),
        cheaper: share(|d| *d < 0.0),
        equal: share(|d| *d == 0.0),
    }
}

fn build(lines: &[Line], n: usize, cohorts: usize, budget: Option<f64>) -> FigureData {
    let built: Vec<(GuidelineData, Vec<f64>)> =
        lines.iter().enumerate().map(|(i, line)| guideline(line, i, n, cohorts)).collect();
    let base = 1.min(lines.len() - 1);
    let reference = built[base].1.clone();
    let finish = |(i, (mut data, cost)): (usize, (GuidelineData, Vec<f64>))| {
        data.difference = (i != base).then(|| difference(&cost, &reference));
        data.over_budget = budget.map(|budget| data.cost.above(budget));
        data
    };
    FigureData {
        title: Text::both("Data-centre fire of 15 October 2022", "2022년 10월 15일 데이터센터 화재"),
        seed: 20_221_015,
        replicates: n as u64,
        version: "0.1.0".into(),
        currency: "KRW".into(),
        guidelines: built.into_iter().enumerate().map(finish).collect(),
        cohorts: (1..=cohorts)
            .map(|c| Text::both(&format!("Cohort {c} of users"), &format!("이용자 집단 {c}")))
            .collect(),
        baseline: Some(base),
        budget,
        budget_words: Text::default(),
        budget_range: None,
        hit: around(44.4e6),
        losers: around(500_600.0),
        loss_by_cohort: (0..cohorts).map(loss).collect(),
        reports: reports(),
        new_reports: new_reports(),
        channel_opens: Some(4.0),
        observed: observed(),
        unhandled: Vec::new(),
    }
}

/// Six guidelines of a scenario that says nothing of time.
pub fn untimed() -> FigureData {
    let mut data = six();
    data.guidelines.iter_mut().for_each(|g| g.course = None);
    (data.reports, data.observed, data.channel_opens) = (Vec::new(), Vec::new(), None);
    data.new_reports.clear();
    data
}

/// Six guidelines of which two share a title, under a budget that nobody knows.
fn uncertain() -> FigureData {
    let mut data = six();
    data.budget_words = Text::both(
        "uncertain: lognormal, mean 50 bn KRW, 90 % between 30 bn KRW and 80 bn KRW",
        "불확실: 로그정규분포, 평균 500억 원, 90%는 300억 원에서 800억 원 사이",
    );
    data.budget_range = Some(Reach { low: 30e9, high: 80e9, whole: false });
    data.guidelines[3].title = data.guidelines[4].title.clone();
    data.guidelines[1].bill.administration = 0.0;
    data
}

/// The same under a budget that may be anything, of guidelines that lack what others have.
fn beyond() -> FigureData {
    let mut data = uncertain();
    data.budget_range = Some(Reach { low: 0.001, high: 9e15, whole: true });
    data.unhandled = vec![1, 4];
    data
}

/// Six guidelines, five cohorts, a budget.
pub fn six() -> FigureData {
    build(&SIX, 10_000, 5, Some(50e9))
}

/// Everything that figures must draw without overlaps, each with a name.
pub fn all() -> Vec<(&'static str, FigureData)> {
    let scaled = |factor: f64, claims: f64| SIX.map(|l| (l.0, l.1, l.2 * factor, l.3, l.4, l.5 * claims));
    let twelve: Vec<Line> = SIX.iter().copied().chain(scaled(2.1, 1.6)).collect();
    let mut thirty = twelve.clone();
    thirty.extend(scaled(0.4, 0.7));
    thirty.extend(scaled(7.0, 3.0));
    thirty.extend(scaled(0.05, 20.0));
    vec![
        ("six", six()),
        ("two", build(&[SIX[1], SIX[3]], 10_000, 2, None)),
        ("one guideline", build(&SIX[3..4], 300, 3, None)),
        ("twelve", build(&twelve, 10_000, 5, None)),
        ("thirty", build(&thirty, 500, 5, Some(1e9))),
        ("all zero", build(&scaled(0.0, 0.0), 1_000, 5, Some(1e9))),
        ("one replicate", build(&SIX, 1, 5, Some(1e9))),
        ("one cohort", build(&SIX, 1_000, 1, None)),
        ("fifteen cohorts", build(&SIX, 1_000, 15, None)),
        ("huge", build(&scaled(1e200, 1e30), 1_000, 5, Some(1e9))),
        ("tiny", build(&scaled(1e-12, 1e-6), 1_000, 5, None)),
        ("no guideline", FigureData::default()),
        ("untimed", untimed()),
        ("uncertain budget", uncertain()),
        ("budget beyond the axis", beyond()),
    ]
}
