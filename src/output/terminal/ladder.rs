//! The filing ladder on the screen: evidence beside what the default gives, the profiles that follow, forecasts beside what happened.

use super::cells::dash;
use super::grid::{COLUMNS, Grid};
use super::say;
use super::width::{shorten, wrap};
use crate::analysis::ladder::{BETWEEN, Fit, Forecast, Range};
use crate::model::Lang;
use crate::model::burden::TASKS;
use crate::model::ladder::{Event, Ladder};
use std::fmt::Write;

/// Widest title in the table of evidence.
const TITLE: usize = 36;
/// Columns that the title of a profile takes.
const PROFILE: usize = 28;

/// A share in per cent with two figures: `0.028 %`.
fn share(p: f64, lang: Lang) -> String {
    format!("{}{}", two(100.0 * p), say(lang, " %", "%"))
}

/// Two significant figures.
fn two(value: f64) -> String {
    if value <= 0.0 || !value.is_finite() {
        return "0".into();
    }
    let places = (1.0 - value.log10().floor()).clamp(0.0, 4.0) as usize;
    format!("{value:.places$}")
}

/// A count to three figures, thousands apart.
fn count(value: f64) -> String {
    let scale = 10f64.powf((value.max(1.0).log10().floor() - 2.0).max(0.0));
    super::cells::grouped((value / scale).round() * scale)
}

/// Evidence beside what the default gives, and the profiles.
pub fn report(ladder: &Ladder, fit: &Fit, lang: Lang) -> String {
    let mut out = say(lang, "Who files: evidence beside the default", "누가 신청하는가: 증거와 기본값").to_string();
    out.push_str("\n\n");
    let head = [
        say(lang, "evidence", "증거"),
        say(lang, "value, h", "금액(시간)"),
        say(lang, "filed", "신청률"),
        say(lang, "default", "기본값"),
        say(lang, "mean", "평균"),
        say(lang, "5 to 95 %", "5~95 %"),
    ];
    let mut grid = Grid::new(vec![head.map(String::from).to_vec()]);
    for (rung, given) in ladder.rungs.iter().zip(fit.on_rungs(ladder)) {
        let mark = match (rung.fitted, ladder.profile_of(rung).is_some()) {
            (true, true) => "",
            (false, true) => " *",
            (true, false) => " †",
            (false, false) => " *†",
        };
        let title = format!("{}{mark}", shorten(rung.title.get(lang), TITLE - mark.chars().count()));
        let Range { mean, low, middle, high } = given;
        let wide = [two(100.0 * low), two(100.0 * high)].join(dash(lang));
        grid.push(vec![title, two(rung.hours), share(rung.share, lang), share(middle, lang), share(mean, lang), wide]);
    }
    out.push_str(&grid.lines().join("\n"));
    let (beta, spread) = fit.beta();
    let (low, high) = (beta * (-1.645 * spread).exp(), beta * (1.645 * spread).exp());
    let between = BETWEEN.exp();
    let text = match lang {
        Lang::En => format!(
            "Value in hours of a typical wage. Default: what a scenario gets for this way to claim and this notice if it \
             states nothing else, in the median of worlds; it is set to meet the evidence on just these, but where there is \
             no profile (†): that is what their parts give. Mean and range \
             tell how far the next case may be off. Beta {beta:.2} ({low:.2} to {high:.2}). The burden of one way to \
             claim differs between studies by a factor of {between:.1} either way (assumed). Ranges hold the middle \
             90 %. *: not fitted."
        ),
        Lang::Ko => format!(
            "금액은 통상 임금의 시간 수. 기본값은 시나리오가 달리 정하지 않을 때 이 신청 방식과 안내에 쓰는 값의 중앙값이며, \
             같은 방식의 증거에 맞춘다. 프로필이 없는 방식(†)은 구성 요소로 구한 값이다. 평균과 범위는 다음 사례가 얼마나 벗어날 수 있는지를 말한다. \
             베타 {beta:.2}({low:.2}~{high:.2}). 같은 신청 방식의 부담도 조사마다 위아래로 \
             {between:.1}배쯤 다르다(가정). 범위는 가운데 90%. *: 적합에서 제외."
        ),
    };
    let _ = write!(out, "\n\n{}\n\n", wrap(&text, COLUMNS, ""));
    out.push_str(&profiles(ladder, fit, lang));
    out.push('\n');
    out
}

fn profiles(ladder: &Ladder, fit: &Fit, lang: Lang) -> String {
    let head = [
        say(lang, "profile", "프로필"),
        say(lang, "aware", "인지"),
        say(lang, "burden, h", "부담(시간)"),
        say(lang, "range", "범위"),
        say(lang, "1 h", "1시간"),
        say(lang, "10 h", "10시간"),
        say(lang, "range", "범위"),
    ];
    let mut grid = Grid::new(vec![head.map(String::from).to_vec()]);
    for profile in &ladder.profiles {
        let laws = fit.laws(profile.regime, profile.channel);
        let burden = |z: f64| two((laws.burden.0 + z * laws.burden.1).exp());
        let shares = laws.shares();
        let ten = shares.at(10.0);
        let called = if lang == Lang::Ko { shorten(profile.title.get(lang), PROFILE) } else { profile.id.clone() };
        grid.push(vec![
            called,
            share(laws.awareness.0, lang),
            burden(0.0),
            [burden(-1.645), burden(1.645)].join(dash(lang)),
            share(shares.at(1.0).middle, lang),
            share(ten.middle, lang),
            [two(100.0 * ten.low), share(ten.high, lang)].join(dash(lang)),
        ]);
    }
    grid.lines().join("\n")
}

fn inside(range: Range, happened: f64, lang: Lang) -> String {
    match range.holds(happened) {
        true => say(lang, "yes", "예").into(),
        false => say(lang, "no", "아니요").into(),
    }
}

/// Forecasts beside what happened: from what was known when each scheme opened, and from all other evidence.
pub fn forecasts(events: &[(&Event, [Forecast; 2])], lang: Lang) -> String {
    let mut out = say(lang, "Forecast without the event itself", "해당 사건을 빼고 한 예측").to_string();
    let opened: Vec<String> = events.iter().map(|(e, _)| format!("{} {}", e.title.get(lang), e.opened)).collect();
    let opened = opened.join("; ");
    let titles = [
        match lang {
            Lang::En => format!("From evidence on filing published before the scheme opened ({opened}):"),
            Lang::Ko => format!("접수 시작({opened}) 전에 발표된 신청 근거만으로:"),
        },
        say(lang, "From all other evidence, that of later years as well:", "그 뒤에 나온 것까지 나머지 근거 전부로:")
            .to_string(),
    ];
    for (k, title) in titles.iter().enumerate() {
        out.push_str(&format!("\n\n{}\n", wrap(title, COLUMNS, "")));
        out.push_str(&beside(events.iter().map(|(e, both)| (*e, both[k])), lang).lines().join("\n"));
    }
    out.push('\n');
    let given = say(
        lang,
        "How many could file, and for what sums, is given with each event (`note` in ladder.toml), also where that was told after \
         the scheme had opened.",
        "신청할 수 있는 사람 수와 금액은 사건마다 주어진 값(ladder.toml의 `note`)이며, 접수 시작 뒤에 알려진 것도 있다.",
    );
    out.push_str(&format!("{}\n", wrap(given, COLUMNS, "")));
    let untold = |f: &Forecast| f.approval.is_none();
    if events.iter().any(|(_, both)| both.iter().any(untold)) {
        let note = say(
            lang,
            "–: of those who file, fewer than two shares paid were published by then, and nothing can be told.",
            "–: 그때까지 발표된 승인율이 둘보다 적어 말할 수 없다.",
        );
        out.push_str(&format!("{}\n", wrap(note, COLUMNS, "")));
    }
    out
}

fn beside<'a>(events: impl Iterator<Item = (&'a Event, Forecast)>, lang: Lang) -> Grid {
    let head = [
        say(lang, "event", "사건"),
        say(lang, "mean", "평균"),
        say(lang, "median", "중앙값"),
        say(lang, "5 to 95 %", "5~95 %"),
        say(lang, "happened", "실제"),
        say(lang, "inside", "범위 안"),
    ];
    let mut grid = Grid::new(vec![head.map(String::from).to_vec()]);
    for (event, forecast) in events {
        let approved = event.paid / event.filed;
        for (what, range, happened, people) in [
            (say(lang, "filed", "신청"), Some(forecast.filed), event.filed, true),
            (say(lang, "paid", "지급"), forecast.paid, event.paid, true),
            (say(lang, "approval", "승인율"), forecast.approval, approved, false),
        ] {
            let told = |x: f64| if people { count(x) } else { share(x, lang) };
            // Of a range of shares the sign of per cent stands behind the second.
            let first = |x: f64| if people { count(x) } else { two(100.0 * x) };
            let name = format!("{}: {what}", event.title.get(lang));
            let nothing = || "–".to_string();
            let [mean, middle, ends] = range.map_or_else(
                || [nothing(), nothing(), nothing()],
                |r| [told(r.mean), told(r.middle), [first(r.low), told(r.high)].join(dash(lang))],
            );
            let holds = range.map_or_else(nothing, |r| inside(r, happened, lang));
            grid.push(vec![name, mean, middle, ends, told(happened), holds]);
        }
    }
    grid
}

/// The profiles in hours of wage, as the file that scenarios take them from.
pub fn file(ladder: &Ladder, fit: &Fit) -> String {
    let mut out = String::from(
        "# Made by `redress takeup --out DIR` from ladder.toml; a test holds this file against the fit. A scenario that names\n\
         # one of these profiles and does not define it gets it in its own money, at the wage below (docs/takeup.md).\n\n",
    );
    let _ = write!(
        out,
        "[source]\ntitle = {{ en = \"Filing ladder of redress (docs/takeup.md): {0} published shares of {1} studies\", \
         ko = \"redress 신청 사다리(docs/takeup.md): 조사 {1}건의 신청률 {0}개\" }}\n\n[wages]\n",
        ladder.rungs.iter().filter(|r| r.fitted).count(),
        ladder.studies().len()
    );
    let mut currencies: Vec<&str> = ladder.wages.iter().map(|w| w.currency.as_str()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    for currency in currencies {
        let latest = ladder.wages.iter().filter(|w| w.currency == currency).max_by_key(|w| w.year);
        if let Some(wage) = latest {
            let _ = writeln!(out, "{currency} = {} # {}", wage.hour, wage.year);
        }
    }
    out.push_str("\n# Hours of each part of a claim (assumed), and for ways to claim that are given by their parts: burden per hour,\n\
                  # beta, and awareness by notice.\n[tasks]\n");
    for (task, hours) in TASKS.iter().zip(ladder.tasks) {
        let _ = writeln!(out, "{task} = {hours}");
    }
    let ((mu, sigma), laws) = (fit.hassle(), fit.uncentred(0, 0));
    let _ = write!(
        out,
        "\n[parts]\nhassle = {{ mu = {mu:.4}, sigma = {sigma:.4} }}\nbeta = {{ mu = {:.4}, sigma = {:.4} }}\n\n[notices]\n",
        laws.beta.0, laws.beta.1
    );
    for (c, channel) in ladder.channels.iter().enumerate() {
        let (mean, cv) = fit.uncentred(0, c).awareness;
        let _ = writeln!(out, "{} = {{ mean = {mean:.4}, cv = {cv:.4} }}", channel.id);
    }
    for profile in &ladder.profiles {
        let laws = fit.laws(profile.regime, profile.channel);
        let _ = write!(
            out,
            "\n[filing.{}]\ntitle = {{ en = \"{}\", ko = \"{}\" }}\nawareness = {{ mean = {:.4}, cv = {:.4} }}\n\
             burden_hours = {{ mu = {:.4}, sigma = {:.4} }}\nbeta = {{ mu = {:.4}, sigma = {:.4} }}\n",
            profile.id,
            profile.title.get(Lang::En),
            profile.title.get(Lang::Ko),
            laws.awareness.0,
            laws.awareness.1,
            laws.burden.0,
            laws.burden.1,
            laws.beta.0,
            laws.beta.1
        );
    }
    out
}
