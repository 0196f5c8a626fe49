//! The sentences under the tables: pools, where the spread comes from, what more replicates would change, the run.

use super::View;
use super::cells::{counted, grouped, percent, percent_up};
use super::grid::COLUMNS;
use super::say;
use super::width::wrap;
use crate::analysis::HEAD;
use crate::analysis::findings::BASE;
use crate::engine::alone::{self, OneByOne};
use crate::engine::heavy::Heavy;
use crate::guideline::visit;
use crate::model::{Lang, Scenario};
use crate::output::manifest::RunRecord;
use crate::scenario::{assumed_facts, words};
use crate::stats::Estimate;
use std::path::Path;

/// Pools that bind.
pub(super) fn pools(view: &View) -> String {
    let rows = view.findings.pools.iter().filter(|r| *r.variant == *BASE);
    let told = rows.map(|r| {
        let g = view.findings.guidelines.iter().position(|id| *id == r.guideline).unwrap_or_default();
        let (letter, binds, factor) =
            (view.letter(g), percent(r.binds.value, view.lang), percent(r.factor_bound, view.lang));
        match view.lang {
            _ if r.binds.value <= 0.0 => match view.lang {
                Lang::En => format!("The pool of {letter} never binds."),
                Lang::Ko => format!("{letter}의 재원 한도에는 한 번도 걸리지 않는다."),
            },
            Lang::En => {
                format!("The pool of {letter} binds in {binds} of worlds and then pays {factor} of each award.")
            }
            Lang::Ko => {
                format!("{letter}의 재원 한도는 {binds}의 경우에 걸리며, 그때 각 지급액의 {factor}를 지급한다.")
            }
        }
    });
    told.map(|t| wrap(&t, COLUMNS, "")).collect::<Vec<_>>().join("\n")
}

/// A share of chance that is told as "less than", the same for all guidelines.
const LITTLE: f64 = 0.01;

/// How much of the spread of cost is chance.
pub(super) fn spread(view: &View) -> String {
    let cost =
        |r: &&crate::analysis::findings::SpreadRow| *r.variant == *BASE && r.measure.name == "cost" && r.variance > 0.0;
    let share = |r: &crate::analysis::findings::SpreadRow| {
        let g = view.findings.guidelines.iter().position(|id| *id == r.guideline)?;
        Some(format!("{} {}", view.letter(g), between(&r.chance, view.lang)))
    };
    let rows = || view.findings.spread.iter().filter(cost);
    let shares: Vec<String> = rows().filter_map(share).collect();
    if shares.is_empty() {
        return String::new();
    }
    if view.scenario.quantities.list.iter().all(|q| q.law.is_constant()) {
        let text = view.say(
            "Why cost varies: by chance alone; no number of the scenario is uncertain.",
            "비용이 달라지는 까닭: 우연뿐이다. 시나리오에 불확실한 값이 없다.",
        );
        return wrap(text, COLUMNS, "");
    }
    let small = rows().all(|r| r.chance.value.max(r.chance.hi) < LITTLE);
    let shares = match (small, view.lang) {
        (true, Lang::En) => "less than 1 %".into(),
        (true, Lang::Ko) => "1% 미만".into(),
        (false, _) => shares.join(", "),
    };
    let intervals = if small { "" } else { view.say(" (95 % intervals)", "(95% 구간)") };
    let replicates = view.findings.variants.first().map_or(0, |v| v.replicates);
    let worlds = grouped(replicates.min(HEAD as u64) as f64);
    let twins = grouped(rows().next().map_or(0, |r| r.twins) as f64);
    let text = match view.lang {
        Lang::En => format!(
            "Why cost varies: chance inside a world makes {shares} of its variance{intervals}. The rest is ignorance: \
             inputs that are not known exactly. Better evidence narrows it; more replicates do not. \
             (Chance is estimated over the first {twins} worlds, drawn twice; the variance over the first {worlds}.)"
        ),
        Lang::Ko => format!(
            "비용이 달라지는 까닭: 같은 조건 안의 우연이 분산의 {shares}{intervals}. 나머지는 입력값을 정확히 모르는 데서 오며, \
             반복을 늘려도 줄지 않고 더 나은 근거가 있어야 준다. (우연은 두 번 뽑은 첫 {twins}개 상황에서, \
             분산은 첫 {worlds}개 상황에서 추정.)"
        ),
    };
    wrap(&text, COLUMNS, "")
}

/// A share within its interval: `30 to 98 %`, `30~98%`; the share alone where both ends read alike or are not known.
fn between(share: &Estimate, lang: Lang) -> String {
    let [low, high] = [share.lo, share.hi].map(|end| percent(end.clamp(0.0, 1.0), lang));
    if low == high || !(share.lo.is_finite() && share.hi.is_finite()) {
        return percent(share.value.clamp(0.0, 1.0), lang);
    }
    let low = low.trim_end_matches('%').trim_end();
    match lang {
        Lang::En => format!("{low} to {high}"),
        Lang::Ko => format!("{low}~{high}"),
    }
}

/// Monte-Carlo error of the main means, in words. Where nobody files, or nothing is paid, there is no such mean to tell of.
pub(super) fn error(view: &View) -> String {
    let worst = |measure: &str| {
        let errors = view.findings.guidelines.iter().filter_map(|g| {
            let mean = view.findings.total(g, measure)?.mean();
            (mean.value != 0.0 && mean.se.is_finite()).then(|| (mean.hi - mean.lo) / 2.0 / mean.value.abs())
        });
        errors.fold(None, |a: Option<f64>, b| Some(a.map_or(b, |a| a.max(b))))
    };
    let told = |measure: &str| worst(measure).map(|error| percent_up(error, view.lang));
    let (payout, claims) = (told("payout"), told("claims"));
    let run = view.findings.variants.first();
    let replicates = grouped(run.map_or(0.0, |r| r.replicates as f64));
    let untold = whose(&Heavy::of(view.scenario), view.scenario, "payout", |g| view.letter(g));
    let but = match (untold.is_empty(), view.lang) {
        (true, _) => String::new(),
        (_, Lang::En) => format!(" (but for {untold})"),
        (_, Lang::Ko) => format!("({untold} 제외)"),
    };
    let known: Vec<String> = match view.lang {
        Lang::En => [
            payout.map(|error| format!("the mean payouts{but} are known to ±{error}")),
            claims.map(|error| format!("the mean numbers of people who file to ±{error}")),
        ],
        Lang::Ko => [
            payout.map(|error| format!("평균 지급액{but}은 ±{error}")),
            claims.map(|error| format!("평균 신청 인원은 ±{error}")),
        ],
    }
    .into_iter()
    .flatten()
    .collect();
    let mut text = match view.lang {
        _ if known.is_empty() => String::new(),
        Lang::En => format!(
            "Monte-Carlo error: with {replicates} replicates {} or better (95 %). Only this error shrinks with more replicates.",
            known.join(" and ").replacen("file to", if known.len() > 1 { "file to" } else { "file are known to" }, 1)
        ),
        Lang::Ko => format!(
            "모의실험 오차: {replicates}회 반복으로 {} 이내 (95%). 반복을 늘리면 이 오차만 준다.",
            known.join(", ")
        ),
    };
    if let Some(error) = run.map(|r| r.sketch_error).filter(|e| *e > 0.0) {
        let error = percent_up(error, view.lang);
        text += &match view.lang {
            Lang::En => format!(" Quantiles are sketched, within {error} of their value."),
            Lang::Ko => format!(" 분위수는 요약값으로, 상대 오차 {error} 이내."),
        };
    }
    if text.is_empty() { text } else { wrap(text.trim_start(), COLUMNS, "") }
}

/// Guidelines under which a total has no finite variance, by the names they go by, with commas between them.
fn whose(heavy: &Heavy, scenario: &Scenario, measure: &str, name: impl Fn(usize) -> String) -> String {
    let found = (0..scenario.guidelines.len()).filter(|g| heavy.holds_in_all(Some(*g), measure));
    found.map(name).collect::<Vec<_>>().join(", ")
}

/// Whose losses have no finite variance, and of what no error is told therefore; nothing where all have one.
fn without_variance(scenario: &Scenario, lang: Lang, name: impl Fn(usize) -> String) -> String {
    let heavy = Heavy::of(scenario);
    if heavy.is_none() {
        return String::new();
    }
    let titles: Vec<&str> = heavy.cohorts().map(|c| scenario.cohorts[c].title.get(lang)).collect();
    let numbers: Vec<String> = heavy.numbers(scenario).map(|path| format!("`{path}`")).collect();
    let (titles, numbers) = (titles.join(", "), numbers.join(", "));
    let whose_tail = match (titles.is_empty(), numbers.is_empty(), lang) {
        (true, _, Lang::En) => format!("{numbers} has"),
        (false, true, Lang::En) => format!("the losses of {titles} have"),
        (false, false, Lang::En) => format!("the losses of {titles} and {numbers} have"),
        (true, _, Lang::Ko) => numbers,
        (false, true, Lang::Ko) => format!("{titles}의 손해"),
        (false, false, Lang::Ko) => format!("{titles}의 손해와 {numbers}"),
    };
    let loss = heavy.holds_in_all(None, "loss");
    let of_loss = match (loss, lang) {
        (false, _) => "",
        (true, Lang::En) => ", of the loss and what of it is left",
        (true, Lang::Ko) => ", 손해액과 남는 손해",
    };
    let under = |measure: &str, en: &str, ko: &str| match (whose(&heavy, scenario, measure, &name), lang) {
        (letters, _) if letters.is_empty() => String::new(),
        (letters, Lang::En) => format!(", of the {en} under {letters}"),
        (letters, Lang::Ko) => format!(", {letters}의 {ko}"),
    };
    let told = [of_loss.to_string(), under("payout", "payout", "지급액"), under("cost", "cost", "비용")].concat();
    let told = told.trim_start_matches(", ");
    match lang {
        Lang::En => format!(
            "Warning: {whose_tail} so heavy a tail that the variance is not finite. No standard deviation and \
             no error of the mean is told {told} (empty in the tables): such a mean \
             settles slowly, and most intervals of it would miss what a longer run finds. Look at quantiles."
        ),
        Lang::Ko => format!(
            "주의: {whose_tail}의 꼬리가 너무 두꺼워 분산이 유한하지 않다. {told}의 표준편차와 평균의 \
             오차는 알리지 않는다(표에서는 빈칸). 이런 평균은 아주 느리게 안정되어, 구간을 내도 대개 더 긴 실행의 값을 놓친다. 분위수를 볼 것."
        ),
    }
}

/// The same for the manifest, with the ids of guidelines.
pub fn no_finite_variance(scenario: &Scenario) -> String {
    without_variance(scenario, Lang::En, |g| scenario.guidelines[g].id.clone())
}

/// The same on the page.
pub(super) fn heavy(view: &View) -> String {
    let told = without_variance(view.scenario, view.lang, |g| view.letter(g));
    if told.is_empty() { told } else { wrap(&told, COLUMNS, "") }
}

/// Who is drawn one by one by the counts engine, a sentence for each cohort.
pub fn one_by_one(scenario: &Scenario, lang: Lang) -> Vec<String> {
    let told = |o: OneByOne| {
        let (g, r) = o.rule;
        let guideline = &scenario.guidelines[g];
        let rule = &guideline.rules[r];
        let bent = visit::bent(rule);
        let (does, part) = (bent.map_or("", |b| words::does(b.how, lang)), bent.as_ref().map_or("", |b| b.text()));
        let (cohort, people) = (scenario.cohorts[o.cohort].title.get(lang), words::count(o.people.round(), lang));
        let (id, rule) = (&guideline.id, &rule.id);
        match lang {
            Lang::En => format!(
                "Drawn one by one: {cohort}, about {people} people a world, because the rule {rule} of {id} {does} \
                 ({part})."
            ),
            Lang::Ko => {
                format!("한 명씩 뽑음: {cohort}, 한 상황에 약 {people}명. 까닭: {id}의 규칙 {rule} – {does}({part}).")
            }
        }
    };
    alone::one_by_one(scenario).into_iter().map(told).collect()
}

/// The same on the page.
pub(super) fn alone(view: &View, run: &RunRecord) -> String {
    if run.drawn_one_by_one.is_empty() {
        return String::new();
    }
    let told = one_by_one(view.scenario, view.lang);
    told.iter().map(|t| wrap(t, COLUMNS, "")).collect::<Vec<_>>().join("\n")
}

/// Facts of schemes that are assumed, a sentence for each guideline.
pub(super) fn assumed(view: &View) -> String {
    let told = view.scenario.guidelines.iter().filter_map(|g| assumed_facts(g, view.lang));
    told.map(|t| wrap(&t, COLUMNS, "")).collect::<Vec<_>>().join("\n")
}

/// Seed, replicates, time, files.
pub(super) fn run(run: &RunRecord, folder: &Path, lang: Lang) -> String {
    let replicates = grouped(run.replicates as f64);
    let engine = match run.engine.as_str() {
        "counts" => "집계",
        "individual" => "개별",
        other => other,
    };
    let first = match lang {
        Lang::En => {
            let replicates = counted(run.replicates as f64, "replicate");
            format!("Seed {}, {replicates}, {} engine, {:.1} s.", run.seed, run.engine, run.seconds)
        }
        Lang::Ko => format!("시드 {}, {replicates}회 반복, {engine} 엔진, {:.1}초.", run.seed, run.seconds),
    };
    format!("{first}\n{} {}", say(lang, "Files:", "파일:"), folder.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0.64 with a standard error of 0.17 may be anything from 0.30 to 0.98; what both ends read alike is told once.
    #[test]
    fn a_share_is_told_within_its_interval() {
        let told = |value: f64, se: f64, lang| {
            between(&Estimate { value, se, lo: value - 2.0 * se, hi: value + 2.0 * se }, lang)
        };
        assert_eq!([told(0.64, 0.17, Lang::En), told(0.64, 0.17, Lang::Ko)], ["30 to 98 %", "30~98%"]);
        assert_eq!([told(0.64, 0.001, Lang::En), told(0.9, 0.1, Lang::En)], ["64 %", "70 to 100 %"]);
        assert_eq!(told(0.64, f64::NAN, Lang::Ko), "64%");
    }
}
