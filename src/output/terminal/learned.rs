//! Pages of a calibration and of a back-test.

use super::cells::{currency_word, dash};
use super::grid::{COLUMNS, Grid};
use super::width::{width, wrap};
use crate::engine::run::Options;
use crate::model::observed::{ErrorLaw, Observed};
use crate::model::{Lang, Scenario, Unit};
use crate::scenario::words;
use crate::stats::{Description, INTERVALS};
use crate::whatif::backtest::{Forecast, Scored, Summary};
use crate::whatif::calibrate::{Beside, Calibrated, Learned, SURPRISING};

/// Quantities shown on the page; all are in the table.
const SHOWN: usize = 12;
/// Fewer effective worlds than this and the page warns.
const FEW: f64 = 200.0;

fn say<'a>(lang: Lang, en: &'a str, ko: &'a str) -> &'a str {
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}

/// A value in few letters; the unit is told beside it.
pub fn short(value: f64, unit: Unit, lang: Lang) -> String {
    match unit {
        _ if !value.is_finite() => "–".into(),
        Unit::Persons | Unit::Money => words::count(value, lang),
        Unit::Share => format!("{}{}", three(100.0 * value), say(lang, " %", "%")),
        Unit::Hours if value >= 48.0 => format!("{}{}", three(value / 24.0), say(lang, " d", "일")),
        Unit::Hours => format!("{}{}", three(value), say(lang, " h", "시간")),
        _ => three(value),
    }
}

/// Three significant digits.
fn three(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".into();
    }
    let places = (2 - value.abs().log10().floor() as i32).clamp(0, 9) as usize;
    let text = format!("{value:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text }
}

fn range(d: &Description, unit: Unit, lang: Lang) -> String {
    between((d.quantile(0.05), d.quantile(0.95)), unit, lang)
}

fn between((low, high): (f64, f64), unit: Unit, lang: Lang) -> String {
    [low, high].map(|x| short(x, unit, lang)).join(dash(lang))
}

fn head(title: &str, question: &str) -> String {
    let rule = "─".repeat(width(title).min(COLUMNS));
    format!("{}\n{rule}\n\n{}\n", wrap(title, COLUMNS, ""), wrap(question, COLUMNS, ""))
}

fn paragraph(out: &mut String, text: &str) {
    out.push_str(&format!("\n{}\n", wrap(text, COLUMNS, "")));
}

fn grid(out: &mut String, grid: &Grid) {
    out.push('\n');
    for line in grid.lines() {
        out.push_str(&line);
        out.push('\n');
    }
}

fn percent(share: f64, lang: Lang) -> String {
    let told: String = match share {
        _ if !share.is_finite() => "–".into(),
        s if s > 0.0 && s < 0.001 => "<0.1 %".into(),
        s if s < 1.0 && s > 0.999 => ">99.9 %".into(),
        s => format!("{} %", three(100.0 * s)),
    };
    if lang == Lang::Ko { told.replace(' ', "") } else { told }
}

/// What was counted and when.
pub fn count_words(o: &Observed, lang: Lang) -> String {
    format!("{}, {}", o.what.get(lang), o.on)
}

/// The page of a calibration.
pub fn calibrated(found: &Calibrated, scenario: &Scenario, options: Options, lang: Lang) -> String {
    let names: Vec<&str> = found.fitted.iter().map(|b| b.observed.on.as_str()).collect();
    let question = match lang {
        Lang::En => format!("What is known after {} (counts of {})?", plural(names.len()), names.join(", ")),
        Lang::Ko => format!("집계 {}건({})을 보고 나면 무엇을 아는가?", names.len(), names.join(", ")),
    };
    let mut out = head(scenario.title.get(lang), &question);
    counts(&mut out, &found.fitted, scenario, lang, say(lang, "fitted", "맞춘 값"));
    if !found.foreseen.is_empty() {
        counts(&mut out, &found.foreseen, scenario, lang, say(lang, "foreseen", "예측"));
    }
    paragraph(&mut out, &conflict(found, lang));
    quantities(&mut out, &found.learned, found.uncertain, lang);
    paragraph(&mut out, &method(found, lang));
    paragraph(&mut out, &foot(found, options, &scenario.currency, lang));
    out
}

fn plural(n: usize) -> String {
    if n == 1 { "one count".into() } else { format!("{n} counts") }
}

fn counts(out: &mut String, all: &[Beside], scenario: &Scenario, lang: Lang, what: &str) {
    let columns = match lang {
        Lang::En => [what, "counted", "before, p05–p95", "after, p05–p95", "median", "below"],
        Lang::Ko => [what, "집계", "이전 p05~p95", "이후 p05~p95", "중앙값", "아래"],
    };
    let mut table = Grid::new(vec![columns.map(String::from).to_vec()]);
    for b in all {
        let unit = b.observed.measured.unit;
        table.push(vec![
            count_words(&b.observed, lang),
            short(b.observed.value, unit, lang),
            range(&b.prior, unit, lang),
            range(&b.posterior, unit, lang),
            short(b.posterior.quantile(0.5), unit, lang),
            percent(b.place.1, lang),
        ]);
    }
    grid(out, &table);
    let of: Vec<String> = all.iter().filter_map(|b| of_whom(&b.observed, scenario, lang)).collect();
    if !of.is_empty() {
        out.push_str(&format!("{}\n", wrap(&of.join(" "), COLUMNS, "")));
    }
}

/// Of which cohort and region a count is, and that its day does not matter where it would of everybody.
fn of_whom(o: &Observed, scenario: &Scenario, lang: Lang) -> Option<String> {
    let group = [o.cohort.map(|c| &scenario.cohorts[c].title), o.region.map(|r| &scenario.regions[r].title)];
    let group: Vec<&str> = group.into_iter().flatten().map(|t| t.get(lang)).collect();
    let end = o.measured.by_day && !group.is_empty();
    (!group.is_empty()).then(|| {
        let (what, group) = (o.what.get(lang), group.join(", "));
        match lang {
            Lang::En if end => format!("{what}: of {group}, compared with the number in the end, not of the day."),
            Lang::En => format!("{what}: of {group}."),
            Lang::Ko if end => format!("{what}: {group}. 그날이 아니라 마지막 값과 견주었다."),
            Lang::Ko => format!("{what}: {group}."),
        }
    })
}

fn conflict(found: &Calibrated, lang: Lang) -> String {
    let p = percent(found.surprise, lang);
    match (found.surprise < SURPRISING, lang) {
        (true, Lang::En) => format!(
            "WARNING: prior and data disagree. Under the prior, counts as far out as these have a chance of {p} (below {}). \
             What is learned then rests on the far end of what was thought possible: look at the prior again.",
            percent(SURPRISING, lang)
        ),
        (true, Lang::Ko) => format!(
            "경고: 사전 분포와 자료가 어긋난다. 사전 분포에서 이만큼 벗어난 집계가 나올 확률은 {p}({} 미만)이다. 결과는 가능하다고 \
             본 범위의 끝에 기대므로 사전 분포를 다시 살펴야 한다.",
            percent(SURPRISING, lang)
        ),
        (false, Lang::En) => {
            format!("Prior and data agree: under the prior, counts as far out as these have a chance of {p}.")
        }
        (false, Lang::Ko) => {
            format!("사전 분포와 자료가 맞는다: 사전 분포에서 이만큼 벗어난 집계가 나올 확률은 {p}이다.")
        }
    }
}

fn quantities(out: &mut String, learned: &[Learned], uncertain: usize, lang: Lang) {
    let columns = match lang {
        Lang::En => ["quantity", "before, p05–p95", "after, p05–p95", "narrower", "moved"],
        Lang::Ko => ["값", "이전 p05~p95", "이후 p05~p95", "좁아짐", "이동"],
    };
    let mut table = Grid::of_paths(vec![columns.map(String::from).to_vec()]);
    for l in learned.iter().take(SHOWN) {
        table.push(vec![
            l.path.clone(),
            range(&l.prior, l.unit, lang),
            range(&l.posterior, l.unit, lang),
            narrower(l.narrower(), lang),
            format!("{:+.1}{}", l.moved(), say(lang, " sd", "")),
        ]);
    }
    grid(out, &table);
    let (shown, all) = (SHOWN.min(learned.len()), learned.len());
    let text = match lang {
        Lang::En => format!(
            "{shown} of the {all} quantities that the counts depend on, most changed first; the scenario has {uncertain} that \
             are uncertain. narrower: part of the standard deviation that is gone (wider: that came on top). moved: the mean, in standard deviations."
        ),
        Lang::Ko => format!(
            "집계가 달려 있는 값 {all}개 가운데 많이 바뀐 {shown}개. 이 시나리오의 불확실한 값은 {uncertain}개다. 좁아짐: 표준편차가 \
             줄어든 비율(넓어짐: 늘어난 비율). 이동: 평균의 이동(표준편차 단위)."
        ),
    };
    out.push_str(&format!("{}\n", wrap(&text, COLUMNS, "")));
}

/// The part of a standard deviation that is gone, or what came on top of it: of more than twice as much, by what factor.
fn narrower(gone: f64, lang: Lang) -> String {
    let (wider, percent) = (say(lang, "wider", "넓어짐"), say(lang, " %", "%"));
    match gone {
        g if g <= -1.0 => format!("{wider} ×{}", three(1.0 - g)),
        g if g <= -0.005 => format!("{wider} {:.0}{percent}", -100.0 * g),
        g => format!("{:.0}{percent}", 100.0 * g.max(0.0)),
    }
}

fn method(found: &Calibrated, lang: Lang) -> String {
    let n = words::count(found.particles as f64, lang);
    let (weights, effective) =
        (words::count(found.effective_by_weights.round(), lang), words::count(found.effective.round(), lang));
    let mut text = match (found.steps.len(), lang) {
        (0, Lang::En) => format!("Importance weights on {n} worlds: as good as {effective} equal ones."),
        (0, Lang::Ko) => format!("상황 {n}개에 중요도 가중치를 주었다. 같은 가중치 {effective}개와 맞먹는다."),
        (k, Lang::En) => format!(
            "Importance weights on {n} worlds would be as good as {weights} equal ones: too few, so the likelihood was taken \
             in in {k} steps, with resampling and moves. As good as {effective}."
        ),
        (k, Lang::Ko) => format!(
            "상황 {n}개의 중요도 가중치는 같은 가중치 {weights}개와 맞먹어 모자라므로, 우도를 {k}단계로 나누어 재표집과 이동을 거듭했다. \
             {effective}개와 맞먹는다."
        ),
    };
    if found.effective < FEW {
        text += say(
            lang,
            " WARNING: too few to trust the ends of the ranges; draw more with --replicates.",
            " 경고: 범위의 끝을 믿기에는 모자란다. --replicates를 늘려야 한다.",
        );
    }
    text
}

fn foot(found: &Calibrated, options: Options, currency: &str, lang: Lang) -> String {
    let errors = found.fitted.iter().map(|b| error_words(&b.observed, lang)).collect::<Vec<_>>().join(", ");
    let seed = options.seed;
    match lang {
        Lang::En => format!(
            "below: share of worlds after conditioning below what was counted, its error added. Errors of the fitted counts: \
             {errors}. Worlds and their chance are conditioned together. Amounts in {currency}. Seed {seed}."
        ),
        Lang::Ko => format!(
            "아래: 조건부 상황 가운데 (집계 오차를 더해) 실제 집계보다 작은 비율. 맞춘 집계의 오차: {errors}. 상황과 그 안의 우연을 \
             함께 조건화했다. 금액 단위 {}. 시드 {seed}.",
            currency_word(currency, lang)
        ),
    }
}

fn error_words(o: &Observed, lang: Lang) -> String {
    match o.error {
        Some(ErrorLaw::Normal(sd)) => format!("±{}", short(sd, o.measured.unit, lang)),
        Some(ErrorLaw::Lognormal(sd)) => format!("×÷{}", three(sd.exp())),
        None => "–".into(),
    }
}

/// The page of a back-test.
pub fn backtest(forecasts: &[Forecast], scored: &[Scored], s: &Summary, options: Options, lang: Lang) -> String {
    let title = say(lang, "Back-test: forecasts beside what happened", "백테스트: 예측과 실제");
    let question = match lang {
        Lang::En => {
            format!("{} events, {} outcomes, each forecast from what was known on its day.", s.events, s.outcomes)
        }
        Lang::Ko => format!("사건 {}건, 결과 {}개. 모두 그날 알려진 것만으로 예측했다.", s.events, s.outcomes),
    };
    let mut out = head(title, &question);
    for (f, forecast) in forecasts.iter().enumerate() {
        let known = match lang {
            Lang::En => format!("known on {}, amounts in {}", forecast.as_of, forecast.currency),
            Lang::Ko => format!("{} 기준, 금액 단위 {}", forecast.as_of, currency_word(&forecast.currency, lang)),
        };
        out.push_str(&format!("\n{}\n", wrap(&format!("{} ({known})", forecast.title.get(lang)), COLUMNS, "")));
        let columns = match lang {
            Lang::En => ["outcome", "happened", "median", "p05–p95", "PIT", "50 80 90 95"],
            Lang::Ko => ["결과", "실제", "중앙값", "p05~p95", "PIT", "50 80 90 95"],
        };
        let mut table = Grid::new(vec![columns.map(String::from).to_vec()]);
        for r in scored.iter().filter(|r| r.forecast == f) {
            let o = &forecast.outcomes[r.outcome];
            let unit = o.measured.unit;
            let marks = r.scores.inside(o.value).map(|inside| if inside { " ●" } else { " ·" });
            table.push(vec![
                o.what.get(lang).to_string(),
                short(o.value, unit, lang),
                short(r.scores.median, unit, lang),
                between(r.scores.intervals[2], unit, lang),
                format!("{:.2}", r.scores.pit),
                marks.join(" "),
            ]);
        }
        out.push_str(&table.lines().join("\n"));
        out.push('\n');
    }
    together(&mut out, s, lang);
    if scored.iter().any(|r| r.scores.log_score.is_nan()) {
        let text = match lang {
            Lang::En => {
                "A forecast that is the same in all worlds has no log score: it says nothing of what else could be."
            }
            Lang::Ko => "모든 상황에서 같은 예측에는 로그 점수가 없다. 다른 가능성을 말하지 않기 때문이다.",
        };
        paragraph(&mut out, text);
    }
    warnings(&mut out, forecasts, lang);
    let (n, seed) = (words::count(options.replicates as f64, lang), options.seed);
    let text = match lang {
        Lang::En => format!(
            "●: inside the central interval of so many percent. PIT: share of worlds below what happened. {n} worlds an event, \
             seed {seed}. Outcomes of one event go together, so they are no independent trials."
        ),
        Lang::Ko => format!(
            "●: 해당 중심 구간 안. PIT: 실제보다 작은 상황의 비율. 사건마다 상황 {n}개, 시드 {seed}. 한 사건의 결과들은 함께 움직이므로 \
             독립된 시행이 아니다."
        ),
    };
    paragraph(&mut out, &text);
    out
}

fn together(out: &mut String, s: &Summary, lang: Lang) {
    let columns = match lang {
        Lang::En => ["all together", "50 %", "80 %", "90 %", "95 %"],
        Lang::Ko => ["전체", "50%", "80%", "90%", "95%"],
    };
    let mut table = Grid::new(vec![columns.map(String::from).to_vec()]);
    let row = |name: &str, cells: [String; 4]| [name.to_string()].into_iter().chain(cells).collect::<Vec<_>>();
    let n = s.outcomes as f64;
    table.push(row(say(lang, "outcomes inside", "구간 안의 결과"), s.inside.map(|k| format!("{k}/{}", s.outcomes))));
    table.push(row(say(lang, "expected", "기대"), INTERVALS.map(|l| format!("{:.1}", l * n))));
    table.push(row(
        say(lang, "inside, events alike", "사건별 평균 비율"),
        s.by_event.map(|x| format!("{:.0}{}", 100.0 * x, say(lang, " %", "%"))),
    ));
    grid(out, &table);
    let pit = format!("{:.2}", s.mean_pit);
    let log = if s.log_score.is_nan() { "–".into() } else { format!("{:.2}", s.log_score) };
    let factor = |x: f64| format!("{x:.2} (×{})", three(x.exp()));
    let (crps, error) = (factor(s.crps_log), factor(s.error_log));
    let text = match lang {
        Lang::En => format!(
            "Mean PIT {pit} (0.5: neither too high nor too low). CRPS of logarithms {crps}, the median alone {error}. Log score \
             {log}. Each event weighs the same."
        ),
        Lang::Ko => format!(
            "평균 PIT {pit}(0.5면 치우침 없음). 로그값의 CRPS {crps}, 중앙값만 쓰면 {error}. 로그 점수 {log}. 사건마다 같은 비중."
        ),
    };
    paragraph(out, &text);
}

fn warnings(out: &mut String, forecasts: &[Forecast], lang: Lang) {
    for f in forecasts {
        if f.surprise < SURPRISING {
            let text = match lang {
                Lang::En => format!(
                    "WARNING: {}: what was counted by then has a chance of {} under the prior.",
                    f.id,
                    percent(f.surprise, lang)
                ),
                Lang::Ko => {
                    format!(
                        "경고: {}: 그때까지의 집계가 사전 분포에서 나올 확률은 {}.",
                        f.id,
                        percent(f.surprise, lang)
                    )
                }
            };
            paragraph(out, &text);
        }
    }
}
