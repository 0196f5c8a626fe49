//! A year on the screen: what to expect, how bad it can be, what a reserve or an insurance would do; and fits of durations.

use super::cells::{counted, dash, grouped, percent, range};
use super::grid::{COLUMNS, Grid};
use super::say;
use super::width::{shorten, wrap};
use crate::annual::findings::{Average, Basis, LEVELS, Of, RETURN_PERIODS, YearFindings, title};
use crate::annual::fit::{Chances, Distance, Fit, range as middle};
use crate::chance::spliced::Spliced;
use crate::model::Lang;
use crate::model::company::Company;
use crate::scenario::words::{count, money};
use std::path::Path;

/// The whole page.
pub fn report(company: &Company, found: &YearFindings, lang: Lang) -> String {
    let parts = [
        shorten(company.title.get(lang), COLUMNS),
        head(company, found, lang),
        by_what(company, found, lang),
        curve(company, found, lang),
        reserves(company, found, lang),
        insurance(company, found, lang),
        notes(company, found, lang),
    ];
    let told: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    format!("{}\n", told.join("\n\n"))
}

/// Last lines: how it was made, where the files are.
pub fn made(years: u64, seed: u64, seconds: f64, folder: &Path, lang: Lang) -> String {
    match lang {
        Lang::En => {
            let years = counted(years as f64, "year");
            format!("\nSeed {seed}, {years}, {seconds:.1} s.\nFiles: {}\n", folder.display())
        }
        Lang::Ko => {
            format!("\n시드 {seed}, {}년, {seconds:.1}초.\n파일: {}\n", grouped(years as f64), folder.display())
        }
    }
}

fn head(company: &Company, found: &YearFindings, lang: Lang) -> String {
    let Some(all) = found.average(Of::All) else { return String::new() };
    let mean = money(all.mean.value, &company.currency, lang);
    let (sd, events) = (money(all.sd.value, &company.currency, lang), found.events.value);
    let error = range(all.mean.lo, all.mean.hi, dash(lang), lang);
    let text = match lang {
        Lang::En => format!(
            "Estimate: {events:.1} outages a year cost {mean} on average (95 % interval of the estimate {error}), \
             with a standard deviation from year to year of {sd}."
        ),
        Lang::Ko => {
            format!("추정: 연 {events:.1}건의 장애로 평균 {mean}(추정의 95% 구간 {error}), 연간 표준편차 {sd}.")
        }
    };
    wrap(&text, COLUMNS, "")
}

fn by_what(company: &Company, found: &YearFindings, lang: Lang) -> String {
    let heads = [
        say(lang, "average annual loss", "연평균 손실"),
        say(lang, "a year", "연간"),
        "95 %",
        say(lang, "events", "건수"),
        say(lang, "an event", "건당"),
        say(lang, "hours", "시간"),
    ];
    let mut grid = Grid::new(vec![heads.map(String::from).to_vec()]);
    let row = |a: &Average, rest: [String; 3]| {
        let title = match a.of {
            Of::All => say(lang, "all", "전체").to_string(),
            of => self::title(company, of).get(lang).to_string(),
        };
        let lead = [title, count(a.mean.value, lang), range(a.mean.lo.max(0.0), a.mean.hi, dash(lang), lang)];
        lead.into_iter().chain(rest).collect::<Vec<String>>()
    };
    for a in &found.averages {
        let rest = match a.of {
            Of::Cause(c) => {
                let f = &found.causes[c];
                [format!("{:.2}", f.per_year.value), count(f.cost.value, lang), format!("{:.1}", f.hours)]
            }
            _ => ["", "", ""].map(String::from),
        };
        grid.push(row(a, rest));
    }
    let note = say(
        lang,
        "Causes add up to all; so do services with responses, and guidelines with responses.",
        "원인별 합, 서비스별과 대응의 합, 기준안별과 대응의 합은 각각 전체와 같다.",
    );
    format!("{}\n{}", grid.lines().join("\n"), wrap(note, COLUMNS, ""))
}

fn curve(company: &Company, found: &YearFindings, lang: Lang) -> String {
    let heads = [
        say(lang, "once in", "재현기간"),
        say(lang, "event (OEP)", "사건(OEP)"),
        "95 %",
        say(lang, "year (AEP)", "연간(AEP)"),
        "95 %",
        "TVaR",
        say(lang, "indep.", "독립"),
    ];
    let mut grid = Grid::new(vec![heads.map(String::from).to_vec()]);
    for (i, t) in RETURN_PERIODS.iter().enumerate() {
        let (Some(o), Some(a)) = (found.point(Of::All, Basis::Event, *t), found.point(Of::All, Basis::Year, *t)) else {
            continue;
        };
        let independent = found.independent.as_ref().map_or("–".into(), |v| count(v[i], lang));
        grid.push(vec![
            match lang {
                Lang::En => counted(*t, "year"),
                Lang::Ko => format!("{}년", grouped(*t)),
            },
            count(o.loss.value, lang),
            bounds(o.loss.lo, o.loss.hi, lang),
            count(a.loss.value, lang),
            bounds(a.loss.lo, a.loss.hi, lang),
            count(a.tail.value, lang),
            independent,
        ]);
    }
    let text = match lang {
        Lang::En => format!(
            "In {}. OEP: the costliest event of a year; AEP: the whole year; TVaR: mean of years as bad or worse. \
             indep.: the year again by convolution, as if events were independent.",
            company.currency
        ),
        Lang::Ko => {
            "OEP는 그해 가장 큰 사건, AEP는 연간 합계, TVaR는 그 이상인 해의 평균. 독립은 사건이 독립이라고 보고 \
                     합성곱으로 다시 구한 연간 값. 단위는 원."
                .replace("원.", &format!("{}.", super::cells::currency_word(&company.currency, lang)))
        }
    };
    format!("{}\n{}", grid.lines().join("\n"), wrap(&text, COLUMNS, ""))
}

fn bounds(lo: f64, hi: f64, lang: Lang) -> String {
    if hi.is_finite() && lo.is_finite() {
        range(lo, hi, dash(lang), lang)
    } else {
        say(lang, "not bounded", "한계 없음").into()
    }
}

fn reserves(company: &Company, found: &YearFindings, lang: Lang) -> String {
    let mut lines = Vec::new();
    for (p, e) in LEVELS.iter().zip(&found.needed) {
        let (at, most) = (money(e.value, &company.currency, lang), bounds(e.lo, e.hi, lang));
        lines.push((percent(*p, lang), at, most));
    }
    let mut grid = Grid::new(vec![
        [
            say(lang, "a reserve", "준비금"),
            say(lang, "suffices in", "충분할 확률"),
            "95 %",
            say(lang, "lacking else", "부족 시 평균"),
        ]
        .map(String::from)
        .to_vec(),
    ]);
    for r in &found.reserves {
        let interval = format!("{}{}{}", percent(r.suffices.lo, lang), dash(lang), percent(r.suffices.hi, lang));
        let lacking = count(r.lacking, lang);
        grid.push(vec![money(r.amount, &company.currency, lang), percent(r.suffices.value, lang), interval, lacking]);
    }
    for (p, at, most) in lines {
        grid.push(vec![at, p, format!("{} {most}", say(lang, "amount", "금액")), String::new()]);
    }
    grid.lines().join("\n")
}

fn insurance(company: &Company, found: &YearFindings, lang: Lang) -> String {
    if found.insured.is_empty() {
        return String::new();
    }
    let heads = [
        say(lang, "insurance", "보험"),
        say(lang, "recovered", "회수"),
        say(lang, "in", "발생"),
        say(lang, "premium", "보험료"),
        say(lang, "net", "순부담"),
        say(lang, "sd", "표준편차"),
        say(lang, "100 y", "100년"),
        say(lang, "1,000 y", "1,000년"),
    ];
    let mut grid = Grid::new(vec![heads.map(String::from).to_vec()]);
    let at = |points: &[crate::annual::findings::Point], t: f64| {
        points.iter().find(|p| p.return_period == t).map_or("–".into(), |p| count(p.loss.value, lang))
    };
    if let Some(all) = found.average(Of::All) {
        let year: Vec<_> = found.curves.iter().filter(|p| p.of == Of::All && p.basis == Basis::Year).cloned().collect();
        let none = say(lang, "none", "없음").to_string();
        let numbers = [all.mean.value, all.sd.value].map(|x| count(x, lang));
        let [mean, sd] = numbers;
        let blank = || String::from("–");
        grid.push(vec![none, blank(), blank(), blank(), mean, sd, at(&year, 100.0), at(&year, 1000.0)]);
    }
    for (programme, i) in company.programmes.iter().zip(&found.insured) {
        grid.push(vec![
            programme.named.title.get(lang).to_string(),
            count(i.recovered.value, lang),
            percent(i.pays.value, lang),
            count(i.premium, lang),
            count(i.net.value, lang),
            count(i.net_sd.value, lang),
            at(&i.curve, 100.0),
            at(&i.curve, 1000.0),
        ]);
    }
    grid.lines().join("\n")
}

fn notes(company: &Company, found: &YearFindings, lang: Lang) -> String {
    let [claims, awards, handling, response] = found.accounts.map(|e| e.value);
    let m = |x: f64| money(x, &company.currency, lang);
    let chance = found.chance.chance;
    let spread = format!(
        "{} ({}{}{})",
        percent(chance.value, lang),
        percent(chance.lo, lang),
        dash(lang),
        percent(chance.hi, lang)
    );
    let text = match lang {
        Lang::En => format!(
            "In the mean year {} claims, {} awarded, {} for handling claims, {} for responses. Of the spread from year to \
             year {spread} is chance, the rest is that rates, durations and other numbers are not known. The rarest years \
             rest on few: mind the intervals.",
            count(claims, lang),
            m(awards),
            m(handling),
            m(response)
        ),
        Lang::Ko => format!(
            "평균적인 해: 신청 {}건, 지급 {}, 신청 처리 {}, 대응 {}. 해마다의 변동 가운데 {spread}는 우연이고 나머지는 \
             빈도·지속 시간 등을 모르기 때문이다. 드문 해는 표본이 적으니 구간을 함께 볼 것.",
            count(claims, lang),
            m(awards),
            m(handling),
            m(response)
        ),
    };
    wrap(&text, COLUMNS, "")
}

/// A fit of durations with what it is held against; `again` are fits to data drawn again.
pub fn fit(found: &Fit, chances: &(Chances, Chances), again: &[Spliced], values: &[f64], lang: Lang) -> String {
    let mut out = String::new();
    let count = super::cells::grouped(found.count as f64);
    let text = match lang {
        Lang::En => format!(
            "Durations of {count} outages: a lognormal body up to {:.2} h and a Pareto tail above it, in which {} lie. \
             Maximum likelihood; the threshold is where the tail is nearest to a Pareto law (Kolmogorov-Smirnov).",
            found.law.threshold, found.in_tail
        ),
        Lang::Ko => format!(
            "장애 {count}건의 지속 시간: {:.2}시간까지는 로그정규, 그 위 {}건은 파레토 꼬리. 최대우도 추정이며 경계는 꼬리가 \
             파레토에 가장 가까운(콜모고로프-스미르노프) 값이다.",
            found.law.threshold, found.in_tail
        ),
    };
    out.push_str(&wrap(&text, COLUMNS, ""));
    out.push_str("\n\n");
    out.push_str(&parameters(found, again, lang));
    out.push_str("\n\n");
    out.push_str(&distances(found, chances, lang));
    out.push_str("\n\n");
    out.push_str(&exceeded(found, values, lang));
    out.push('\n');
    out
}

fn parameters(found: &Fit, again: &[Spliced], lang: Lang) -> String {
    let heads = [
        say(lang, "parameter", "모수"),
        say(lang, "value", "값"),
        say(lang, "error", "오차"),
        say(lang, "95 %, threshold free", "95%, 경계 포함"),
    ];
    let mut grid = Grid::new(vec![heads.map(String::from).to_vec()]);
    let mut put = |name: &str, value: f64, se: f64, of: &dyn Fn(&Spliced) -> f64| {
        let (lo, hi) = middle(again, of);
        let se = if se.is_finite() { format!("{se:.3}") } else { String::from("–") };
        grid.push(vec![name.into(), format!("{value:.3}"), se, format!("{lo:.3}{}{hi:.3}", dash(lang))]);
    };
    put(say(lang, "mu of the body (ln h)", "몸통 mu(ln h)"), found.mu.value, found.mu.se, &|l| l.mu);
    put(say(lang, "sigma of the body", "몸통 sigma"), found.sigma.value, found.sigma.se, &|l| l.sigma);
    put(say(lang, "threshold, h", "경계, 시간"), found.law.threshold, f64::NAN, &|l| l.threshold);
    put(say(lang, "share in the tail", "꼬리 비율"), found.tail_share.value, found.tail_share.se, &|l| {
        l.tail_share
    });
    put(say(lang, "tail index alpha", "꼬리 지수 alpha"), found.alpha.value, found.alpha.se, &|l| l.alpha);
    grid.lines().join("\n")
}

fn distances(found: &Fit, chances: &(Chances, Chances), lang: Lang) -> String {
    let heads = [say(lang, "law", "분포"), "ln L", "AIC", "KS", "p", "AD", "p"];
    let mut grid = Grid::new(vec![heads.map(String::from).to_vec()]);
    let mut put = |name: &str, d: &Distance, c: &Chances| {
        let numbers = [
            format!("{:.1}", d.ln_likelihood),
            format!("{:.1}", d.akaike),
            format!("{:.3}", d.kolmogorov),
            format!("{:.3}", c.kolmogorov),
            format!("{:.2}", d.anderson),
            format!("{:.3}", c.anderson),
        ];
        grid.push([name.to_string()].into_iter().chain(numbers).collect());
    };
    put(say(lang, "body and tail", "몸통과 꼬리"), &found.distance, &chances.0);
    put(say(lang, "lognormal alone", "로그정규만"), &found.plain.distance, &chances.1);
    let refused = chances.0.kolmogorov < 0.05 || chances.0.anderson < 0.05;
    let text = match (lang, refused) {
        (Lang::En, true) => {
            "p: share of samples of the fit, each fitted again, that lie as far off. It is small: the data \
                             do not come from this law exactly; read the fit as a summary. The QQ plot shows where it \
                             is off."
        }
        (Lang::En, false) => "p: share of samples of the fit, each fitted again, that lie as far off.",
        (Lang::Ko, true) => {
            "p는 적합한 분포에서 다시 뽑아 적합한 표본 중 이만큼 떨어진 비율. 작으므로 자료가 정확히 이 분포는 \
                             아니다. 요약으로만 읽을 것. 어긋난 곳은 QQ 그림에 있다."
        }
        (Lang::Ko, false) => "p는 적합한 분포에서 다시 뽑아 적합한 표본 중 이만큼 떨어진 비율.",
    };
    format!("{}\n{}", grid.lines().join("\n"), wrap(text, COLUMNS, ""))
}

fn exceeded(found: &Fit, values: &[f64], lang: Lang) -> String {
    let heads = [
        say(lang, "longer than", "초과"),
        say(lang, "data", "자료"),
        say(lang, "body and tail", "몸통과 꼬리"),
        say(lang, "lognormal alone", "로그정규만"),
    ];
    let mut grid = Grid::new(vec![heads.map(String::from).to_vec()]);
    for h in [1.0, 3.0, 8.0, 24.0, 48.0, 127.5, 240.0] {
        let seen = values.iter().filter(|x| **x > h).count() as f64 / values.len().max(1) as f64;
        let shares = [seen, found.law.above(h), found.plain.law.above(h)].map(|share| percent(share, lang));
        grid.push([crate::scenario::words::hours(h, lang)].into_iter().chain(shares).collect());
    }
    grid.lines().join("\n")
}
