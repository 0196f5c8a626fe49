//! Days to payment: which share of a guideline's awards is paid by which day, one row a guideline on one axis of days.

use crate::model::Lang;
use crate::model::procedure::{LAST_KNOWN_DAY, is_beyond};

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::{Course, FigureData};
use super::days;
use super::number::{percent, pick, whole};
use super::page::{Drawing, LABEL, MARGIN, Page, alone, behind, title_of, under};
use super::palette::{self, GRID, RULE, SOFT};

const NAMES: f64 = 200.0;
const VALUES: f64 = 172.0;
const ROW: f64 = 84.0;
const TALL: f64 = 62.0;
const VALUE: Style = text(12.5);
const SMALL: Style = text(11.0).colour(SOFT);

/// True when something is paid under a guideline with a procedure.
pub fn has(course: &Course) -> bool {
    days::moving(std::iter::once(course.paid.as_slice())).is_some()
}

/// Draws the figure.
pub fn draw(data: &FigureData, lang: Lang) -> Drawing {
    let rows = days::with(data, has);
    let what = pick(
        lang,
        "Number of awards of money paid (the advance, where there is one), as a share of all of them; no share of the sum. What \
         is not paid within three years stays open.",
        "지급된 현금 보상(선지급이 있으면 선지급)의 건수가 전체 건수에서 차지하는 비율. 금액의 비율이 아니다. 3년 안에 지급되지 않는 보상은 남는다.",
    );
    let subtitle = format!("{what} {}", days::over(data, lang));
    let mut page = Page::new(data, lang, &title(data, &rows, lang), &subtitle);
    let top = page.top + 6.0;
    let (left, right) = (MARGIN + NAMES + 46.0, WIDTH - MARGIN - VALUES - 18.0);
    let plot = Area { left, top, right, bottom: top + ROW * rows.len() as f64 };
    let all = rows.iter().map(|(_, c)| c.paid.as_slice());
    let Some(x) = days::axis(all, (left + 4.0, right - 4.0)) else {
        page.canvas.text(pick(lang, "nothing is paid on any day", "지급되는 날이 없음"), MARGIN, top + 14.0, LABEL);
        return page.finish(top + 24.0, &[]);
    };
    let bottom = days::bottom(&mut page, &x, plot);
    for (line, (index, course)) in rows.iter().enumerate() {
        let base = top + ROW * (line as f64 + 1.0) - 8.0;
        let y = |share: f64| base - TALL * share.clamp(0.0, 1.0);
        page.row_name(*index, base - TALL / 2.0, (NAMES, ROW));
        for share in [0.0, 0.5, 1.0] {
            let colour = if share == 0.0 { RULE } else { GRID };
            page.canvas.line((left, y(share)), (right, y(share)), 0.6, colour);
            let style = SMALL.anchor(Anchor::End);
            page.canvas.text(&percent(share, lang), left - 6.0, y(share) + 4.0, style);
        }
        days::draw(&mut page, &course.paid, &x, &y, palette::guideline(*index));
        values(&mut page, course, right + 18.0, base - TALL / 2.0);
    }
    // Courts may award money where the guideline has none to give.
    let mut unpaid = data.guidelines.iter().filter(|g| g.course.as_ref().is_some_and(|c| !has(c)));
    let by_courts = unpaid.any(|g| g.bill.courts > 0.0);
    let none = match by_courts {
        true => (
            "No money paid by its own rules (what courts award is not shown):",
            "자체 규정으로 지급하는 현금 없음(소송으로 받는 돈은 표시하지 않음):",
        ),
        false => ("No money to pay:", "지급할 현금이 없음:"),
    };
    let mut notes = days::absent(&page, has, none);
    notes.push(
        pick(
            lang,
            "Days beside the rows: by which half and 90 % of the number of a world's awards of money are paid, in the middle \
             world (the median; the page and the tables have means, too).",
            "행 옆의 날: 현금 보상 건수의 절반과 90%가 지급되는 날을 상황마다 구한 중앙값(화면과 표에는 평균도 있음).",
        )
        .into(),
    );
    page.finish(bottom, &notes)
}

fn title(data: &FigureData, rows: &[(usize, &Course)], lang: Lang) -> String {
    let half: Vec<(f64, usize)> = rows.iter().filter_map(|(i, c)| Some((c.money_days?.0.round(), *i))).collect();
    let fast = half.iter().min_by(|a, b| a.0.total_cmp(&b.0));
    let slow = half.iter().max_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(fast), Some(slow)) = (fast, slow) else {
        return pick(lang, "Awards paid by day", "날짜별 지급된 보상").into();
    };
    let told: Vec<String> = half.iter().map(|(day, _)| by(*day, lang)).collect();
    let (a, last) = (by(fast.0, lang), by(slow.0, lang));
    let b = last.strip_prefix("by ").unwrap_or(&last);
    // Behind a day the guideline, where it is the only one of that day.
    let of = |index: usize, day: &str| behind(alone(data, index, day, &told, lang), lang);
    // What holds of the rows is no statement about guidelines that have none.
    let (n, all) = (half.len(), half.len() == data.guidelines.len());
    let only = (n == 1 && !all).then(|| title_of(data, fast.1, lang));
    match lang {
        Lang::En if a == last => {
            let whose = match n {
                1 => under(only, lang),
                _ if all => " under every guideline".into(),
                _ => format!(" under each of the {n} guidelines shown"),
            };
            format!("In the middle world half of the awards of money, by number, are paid {a}{whose}")
        }
        Lang::Ko if a == last => {
            let whose = match n {
                1 => String::new(),
                _ if all => "모든 기준안에서 ".into(),
                _ => format!("그림에 있는 기준안 {n}개 모두에서 "),
            };
            format!("현금 보상 건수의 절반이 지급되는 때(중앙값): {whose}{a}{}", behind(only, lang))
        }
        Lang::En => {
            let (first, second) = (of(fast.1, &a), of(slow.1, &last));
            format!("In the middle world half of the awards of money, by number, are paid {a}{first} to {b}{second}")
        }
        Lang::Ko => {
            let (first, second) = (of(fast.1, &a), of(slow.1, &last));
            format!("현금 보상 건수의 절반이 지급되는 때(중앙값): {a}{first}부터 {b}{second}까지")
        }
    }
}

/// By which day: `by day 12`, `12일 뒤`; beyond what is followed `after day 1,094`, `1,094일 넘어`.
fn by(day: f64, lang: Lang) -> String {
    let last = whole(LAST_KNOWN_DAY as u64);
    match lang {
        Lang::En if is_beyond(day) => format!("after day {last}"),
        Lang::Ko if is_beyond(day) => format!("{last}일 넘어"),
        Lang::En => format!("by {}", days::day(day.round(), lang)),
        Lang::Ko => days::day(day.round(), lang),
    }
}

fn values(page: &mut Page<'_>, course: &Course, x: f64, middle: f64) {
    let lang = page.lang;
    let Some((half, most)) = course.money_days else { return };
    let lines = [
        (pick(lang, "of the number of awards", "보상 건수의").to_string(), SMALL),
        (format!("{} {}", pick(lang, "half", "절반"), by(half, lang)), VALUE.bold()),
        (format!("{} {}", pick(lang, "90 %", "90%"), by(most, lang)), VALUE),
    ];
    let mut baseline = middle + 4.5 - 8.0 * (lines.len() as f64 - 1.0);
    for (line, style) in lines {
        page.canvas.fitted(&line, VALUES, (x, baseline), style);
        baseline += 16.0;
    }
}
