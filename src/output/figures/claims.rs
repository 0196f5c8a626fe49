//! People who file against payout: one marker per guideline, with strips for those under which nobody files or nothing is paid.

use crate::model::Lang;
use crate::output::terminal::letter;

use super::canvas::{Anchor, Area, Style, WIDTH, text};
use super::data::{FigureData, Interval};
use super::number::{count_ticks, money, money_ticks, people, people_range, persons, pick};
use super::page::{Drawing, LABEL, MARGIN, NOTE, Page, gives_in_kind};
use super::palette::{self, INK, PAPER, RULE, SOFT, STRIP};
use super::place;
use super::scale::Scale;

const HEAD: Style = text(12.5).bold();
const DETAIL: Style = text(11.5).colour(SOFT);
const NO_CLAIMS: f64 = 108.0;
const NO_PAYOUT: f64 = 66.0;
const NAME_WIDTH: f64 = 190.0;
const RADIUS: f64 = 5.5;
/// Bars that reach down to nobody end here: there are no thousandths of a person.
const FEWEST: f64 = 0.1;

/// Heights of the plot to try, and whether leaders must keep clear of everything or of labels alone.
const TRIES: [(f64, bool); 5] = [(440.0, true), (520.0, true), (600.0, true), (600.0, false), (800.0, false)];

/// Draws the figure, taller until every label has a place; what finds none has its letter, and is named below.
pub fn draw(data: &FigureData, lang: Lang) -> Drawing {
    let page = Page::new(data, lang, &title(data, lang), &subtitle(lang));
    let mut labels: Vec<Words> = (0..data.guidelines.len()).map(|i| words(&page, i)).collect();
    let complete = |places: &[Option<Area>]| (0..places.len()).all(|i| places[i].is_some() || nothing(data, i));
    let mut best = (Plan::new(data, &page, TRIES[0].0), Vec::new());
    for (tall, strict) in TRIES {
        let plan = Plan::new(data, &page, tall);
        let places = plan.places(data, &labels, strict);
        let done = complete(&places);
        best = (plan, places);
        if done {
            break;
        }
    }
    let (plan, mut places) = best;
    let named = by_letter(&page, &plan, &mut labels, &mut places);
    finish(page, &plan, &labels, &places, &named)
}

/// Gives those without a place for their label a place for their letter, and those under which nothing happens, who are named
/// below. Returns what to say of the others there.
fn by_letter(page: &Page<'_>, plan: &Plan, labels: &mut [Words], places: &mut [Option<Area>]) -> Vec<String> {
    let data = page.data;
    let mut taken = plan.taken(data);
    taken.areas.extend(places.iter().flatten());
    let mut named = Vec::new();
    for index in 0..labels.len() {
        if places[index].is_some() {
            continue;
        }
        let label = Words { name: vec![letter(index)], detail: String::new() };
        places[index] = taken.place(plan.marker(data, index), label.size(), plan.bounds(), false);
        let Some(area) = places[index] else { continue };
        taken.areas.push(area);
        labels[index] = label;
        if !nothing(data, index) {
            named.push(format!("{}: {}", page.lettered_name(index), detail(page, index)));
        }
    }
    named
}

/// True for a guideline without claims and without payout when it is not the only one.
fn nothing(data: &FigureData, index: usize) -> bool {
    let none = |i: usize| data.guidelines[i].claims.mean <= 0.0 && data.guidelines[i].payout.mean() <= 0.0;
    none(index) && (0..data.guidelines.len()).filter(|i| none(*i)).count() > 1
}

fn title(data: &FigureData, lang: Lang) -> String {
    let claims = || data.guidelines.iter().map(|g| g.claims.mean);
    let (low, high) = (claims().fold(f64::INFINITY, f64::min), claims().fold(0.0, f64::max));
    let pays = data.guidelines.iter().map(|g| g.payout.mean()).fold(0.0, f64::max);
    let (n, m) = (people(high, lang), money(pays, &data.currency, lang));
    match lang {
        _ if high <= 0.0 && pays <= 0.0 && gives_in_kind(data) => {
            pick(lang, "Nobody files and no money is paid under any guideline", "신청도 현금 지급도 없는 기준안들")
                .into()
        }
        _ if high <= 0.0 && pays <= 0.0 => {
            pick(lang, "Nobody files and nothing is paid under any guideline", "신청도 보상도 없는 기준안들").into()
        }
        Lang::En if data.guidelines.len() == 1 => format!("On average {n} file and {m} is paid"),
        Lang::Ko if data.guidelines.len() == 1 => format!("평균 신청 인원 {n}, 평균 지급액 {m}"),
        Lang::En if high <= 0.0 => format!("Nobody files under any guideline; average payouts reach {m}"),
        Lang::Ko if high <= 0.0 => format!("신청이 없는 기준안들: 평균 지급액 최대 {m}"),
        Lang::En if low < high => {
            let low = if low > 0.0 { format!("between {} and", persons(low, lang)) } else { "up to".into() };
            format!("On average {low} {n} file, and up to {m} is paid")
        }
        Lang::En => format!("On average {n} file under each guideline, and up to {m} is paid"),
        Lang::Ko if low < high => {
            format!("기준안별 평균: 신청 인원 {}, 지급액 최대 {m}", people_range(low.max(0.0), high, lang))
        }
        Lang::Ko => format!("기준안별 평균: 신청 인원 {n}, 지급액 최대 {m}"),
    }
}

fn subtitle(lang: Lang) -> String {
    pick(
        lang,
        "People who file and payout under each guideline. Markers: means; bars: the middle 90 % of worlds (5–95 %). \
         Logarithmic scales.",
        "기준안별 신청 인원과 지급액. 표식은 평균, 막대는 상황의 5~95% 범위. 로그 눈금.",
    )
    .into()
}

/// Name and values of a guideline, broken into lines.
struct Words {
    name: Vec<String>,
    detail: String,
}

impl Words {
    fn size(&self) -> (f64, f64) {
        let names = self.name.iter().map(|l| HEAD.width(l));
        let width = names.chain([DETAIL.width(&self.detail)]).fold(0.0, f64::max);
        let detail = if self.detail.is_empty() { 0.0 } else { DETAIL.leading() };
        (width + 6.0, self.name.len() as f64 * HEAD.leading() + detail + 5.0)
    }
}

fn words(page: &Page<'_>, index: usize) -> Words {
    let name = page.name_lines(index, HEAD, NAME_WIDTH, 3, true);
    Words { name, detail: DETAIL.clip(&detail(page, index), 1.6 * NAME_WIDTH) }
}

/// People who file and payout under a guideline.
fn detail(page: &Page<'_>, index: usize) -> String {
    let (data, lang) = (page.data, page.lang);
    let guideline = &data.guidelines[index];
    let pays = money(guideline.payout.mean(), &data.currency, lang);
    let claims = people(guideline.claims.mean, lang);
    match lang {
        Lang::En if guideline.claims.mean <= 0.0 && guideline.automatic > 0.0 => {
            format!("automatic · {pays}")
        }
        Lang::Ko if guideline.claims.mean <= 0.0 && guideline.automatic > 0.0 => {
            format!("자동 지급 · {pays}")
        }
        _ => format!("{claims} · {pays}"),
    }
}

/// Scales and areas of the figure.
struct Plan {
    plot: Area,
    x: Option<Scale>,
    y: Option<Scale>,
    strip_left: bool,
    strip_below: bool,
}

impl Plan {
    fn new(data: &FigureData, page: &Page<'_>, tall: f64) -> Plan {
        let top = page.top + 32.0;
        let plot = Area { left: MARGIN + 62.0, top, right: WIDTH - MARGIN - 10.0, bottom: top + tall };
        let strip_left = data.guidelines.iter().any(|g| g.claims.mean <= 0.0);
        let strip_below = data.guidelines.iter().any(|g| g.payout.mean() <= 0.0);
        let left = plot.left + if strip_left { NO_CLAIMS } else { 0.0 };
        let bottom = plot.bottom - if strip_below { NO_PAYOUT } else { 0.0 };
        let claims: Vec<Interval> = data.guidelines.iter().map(|g| g.claims).collect();
        let payout: Vec<Interval> = (0..data.guidelines.len()).map(|i| payout(data, i)).collect();
        let x =
            axis(&claims, FEWEST, (left + 14.0, plot.right - 34.0), strip_left.then_some(plot.left + NO_CLAIMS / 2.0));
        let y =
            axis(&payout, 0.0, (bottom - 14.0, plot.top + 50.0), strip_below.then_some(plot.bottom - NO_PAYOUT / 2.0));
        Plan { plot, x, y, strip_left, strip_below }
    }

    fn x_at(&self, value: f64) -> f64 {
        self.x.as_ref().map_or(self.plot.left + NO_CLAIMS / 2.0, |s| s.at(value))
    }

    fn y_at(&self, value: f64) -> f64 {
        self.y.as_ref().map_or(self.plot.bottom - NO_PAYOUT / 2.0, |s| s.at(value))
    }

    /// Marker of a guideline; those without claims stand side by side in their strip.
    fn marker(&self, data: &FigureData, index: usize) -> (f64, f64) {
        let y = self.y_at(data.guidelines[index].payout.mean());
        if data.guidelines[index].claims.mean > 0.0 {
            return (self.x_at(data.guidelines[index].claims.mean), y);
        }
        let count = |end: usize| data.guidelines[..end].iter().filter(|g| g.claims.mean <= 0.0).count() as f64;
        (self.plot.left + NO_CLAIMS * (count(index) + 0.5) / count(data.guidelines.len()), y)
    }

    /// Bars of a guideline as thin rectangles.
    fn bars(&self, data: &FigureData, index: usize) -> [Area; 2] {
        let at = self.marker(data, index);
        let (c, p) = (data.guidelines[index].claims, payout(data, index));
        let (x0, x1) = if c.mean > 0.0 { (self.x_at(c.p05), self.x_at(c.p95)) } else { (at.0, at.0) };
        let (y0, y1) = if p.mean > 0.0 { (self.y_at(p.p95), self.y_at(p.p05)) } else { (at.1, at.1) };
        [
            Area { left: x0, right: x1, top: at.1 - 1.5, bottom: at.1 + 1.5 },
            Area { left: at.0 - 1.5, right: at.0 + 1.5, top: y0, bottom: y1 },
        ]
    }

    /// A place for each label: of several orders in which to place them, the one that places most with the shortest
    /// leaders.
    fn places(&self, data: &FigureData, labels: &[Words], strict: bool) -> Vec<Option<Area>> {
        let keys: [fn((f64, f64)) -> f64; 5] = [|_| 0.0, |p| p.0, |p| -p.0, |p| p.1, |p| -p.1];
        let tries = keys.map(|key| {
            let mut order: Vec<usize> = (0..labels.len()).filter(|i| !nothing(data, *i)).collect();
            order.sort_by(|a, b| key(self.marker(data, *a)).total_cmp(&key(self.marker(data, *b))));
            self.places_in(data, labels, &order, strict)
        });
        let cost = |places: &Vec<Option<Area>>| {
            let far = |(i, place): (usize, &Option<Area>)| {
                let at = self.marker(data, i);
                place.map_or(1e5, |area| {
                    let foot = place::foot(at, &area);
                    (foot.0 - at.0).hypot(foot.1 - at.1)
                })
            };
            places.iter().enumerate().map(far).sum::<f64>()
        };
        tries.into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or_default()
    }

    /// What no label may cover: headings, markers and bars.
    fn taken(&self, data: &FigureData) -> place::Taken {
        let mut taken = place::Taken { areas: self.headings(), ..place::Taken::default() };
        for index in 0..data.guidelines.len() {
            let (x, y) = self.marker(data, index);
            taken.areas.push(Area { left: x - 6.0, top: y - 6.0, right: x + 6.0, bottom: y + 6.0 });
            taken.areas.extend(self.bars(data, index));
        }
        taken
    }

    /// Where labels may lie.
    fn bounds(&self) -> Area {
        Area { left: self.plot.left + 2.0, right: self.plot.right - 2.0, ..self.plot }
    }

    /// Places for labels, given in an order, that meet no other label, marker or bar.
    fn places_in(&self, data: &FigureData, labels: &[Words], order: &[usize], strict: bool) -> Vec<Option<Area>> {
        let mut taken = self.taken(data);
        let bounds = self.bounds();
        let strip = Area { top: self.plot.bottom - NO_PAYOUT, ..bounds };
        let above = Area { bottom: if self.strip_below { strip.top } else { bounds.bottom }, ..bounds };
        let mut places = vec![None; labels.len()];
        for index in order {
            let guideline = &data.guidelines[*index];
            let row = if guideline.payout.mean() > 0.0 { above } else { strip };
            let filed = self.strip_left && guideline.claims.mean > 0.0;
            let own = Area { left: row.left + if filed { NO_CLAIMS } else { 0.0 }, ..row };
            let (at, size) = (self.marker(data, *index), labels[*index].size());
            let mut place = |within| match strict {
                true => taken.place(at, size, within, true),
                false => taken.place_over_markers(at, size, within),
            };
            places[*index] = place(own).or_else(|| place(bounds));
        }
        places
    }

    /// Where the strips' headings stand.
    fn headings(&self) -> Vec<Area> {
        let mut out = Vec::new();
        if self.strip_left {
            let Area { left, top, .. } = self.plot;
            out.push(Area { left, top, right: left + NO_CLAIMS, bottom: top + 36.0 });
        }
        if self.strip_below {
            let Area { right, bottom, .. } = self.plot;
            out.push(Area { left: right - 120.0, top: bottom - 22.0, right, bottom });
        }
        out
    }
}

fn payout(data: &FigureData, index: usize) -> Interval {
    let p = &data.guidelines[index].payout;
    Interval { mean: p.mean(), p05: p.quantile(0.05), p95: p.quantile(0.95) }
}

/// Logarithmic axis over the positive means and their bars, from no less than `least` but for a mean below it; none when all
/// are 0.
fn axis(intervals: &[Interval], least: f64, ends: (f64, f64), zero: Option<f64>) -> Option<Scale> {
    let some: Vec<&Interval> = intervals.iter().filter(|i| i.mean > 0.0).collect();
    let low = some.iter().map(|i| i.p05.max(i.mean / 1000.0).max(least).min(i.mean)).fold(f64::INFINITY, f64::min);
    let high = some.iter().map(|i| i.p95.max(i.mean)).fold(0.0, f64::max);
    (!some.is_empty()).then(|| Scale::log(low, high, ends, zero))
}

fn finish(mut page: Page<'_>, plan: &Plan, labels: &[Words], places: &[Option<Area>], named: &[String]) -> Drawing {
    let bottom = axes(&mut page, plan);
    for index in 0..page.data.guidelines.len() {
        let look = palette::guideline(index);
        let [across, up] = plan.bars(page.data, index);
        let at = plan.marker(page.data, index);
        page.canvas.line((across.left, at.1), (across.right, at.1), 1.6, look.colour);
        page.canvas.line((at.0, up.top), (at.0, up.bottom), 1.6, look.colour);
    }
    for (index, (label, area)) in labels.iter().zip(places).enumerate() {
        let Some(area) = area else { continue };
        let at = plan.marker(page.data, index);
        leader(&mut page, at, *area);
        plates(&mut page, label, *area, plan);
        let below = page.canvas.lines(&label.name, area.left + 3.0, area.top + 2.0 + HEAD.size, HEAD);
        page.canvas.text(&label.detail, area.left + 3.0, below - 1.0, DETAIL);
    }
    for index in 0..page.data.guidelines.len() {
        let look = palette::guideline(index);
        let at = plan.marker(page.data, index);
        page.canvas.marker(at, RADIUS, look.marker, look.colour);
        // A bar that is no longer than its marker would be hidden by it.
        let [across, up] = plan.bars(page.data, index);
        let hidden = |length: f64| length > 1.0 && length < 2.0 * RADIUS + 5.0;
        if hidden(across.width()) {
            page.canvas.line((across.left, at.1), (across.right, at.1), 1.6, PAPER);
        }
        if hidden(up.height()) {
            page.canvas.line((at.0, up.top), (at.0, up.bottom), 1.6, PAPER);
        }
    }
    let notes: Vec<String> = named.iter().cloned().chain(unplaced(&page, places)).collect();
    page.finish(bottom, &notes)
}

/// Names what has a marker but no label, or a letter of which nothing else is said.
fn unplaced(page: &Page<'_>, places: &[Option<Area>]) -> Vec<String> {
    let names = |none: bool| {
        let left = (0..places.len()).filter(|i| nothing(page.data, *i) == none && (none || places[*i].is_none()));
        let name = |i: usize| if places[i].is_some() { page.lettered_name(i) } else { page.name(i) };
        left.map(name).collect::<Vec<String>>().join("; ")
    };
    let neither = match gives_in_kind(page.data) {
        true => pick(page.lang, "Nobody files and no money is paid:", "신청도 현금 지급도 없음:"),
        false => pick(page.lang, "Nobody files and nothing is paid:", "신청도 보상도 없음:"),
    };
    let said = [(neither, names(true)), (pick(page.lang, "Also shown:", "그 밖의 표식:"), names(false))];
    said.into_iter().filter(|(_, names)| !names.is_empty()).map(|(words, names)| format!("{words} {names}")).collect()
}

/// A thin line to a label that lies away from its marker.
fn leader(page: &mut Page<'_>, at: (f64, f64), area: Area) {
    let foot = place::foot(at, &area);
    if (foot.0 - at.0).hypot(foot.1 - at.1) > 14.0 {
        page.canvas.line(at, foot, 0.7, RULE);
    }
}

/// Clears the grid behind a label that does not lie on a strip.
fn plates(page: &mut Page<'_>, label: &Words, area: Area, plan: &Plan) {
    let on_left = plan.strip_left && area.left < plan.plot.left + NO_CLAIMS;
    let below = plan.strip_below && area.bottom > plan.plot.bottom - NO_PAYOUT;
    if !on_left && !below {
        let widest = label.size().0;
        page.canvas.rect(Area { right: area.left + widest, top: area.top + 2.0, ..area }, PAPER);
    }
}

/// Strips, grid and axes. Returns the height used up.
fn axes(page: &mut Page<'_>, plan: &Plan) -> f64 {
    let (lang, plot) = (page.lang, plan.plot);
    if plan.strip_left {
        page.strip(Area { right: plot.left + NO_CLAIMS, ..plot });
    }
    if plan.strip_below {
        page.strip(Area { top: plot.bottom - NO_PAYOUT, ..plot });
    }
    if let Some(y) = &plan.y {
        let words = money_ticks(y.ticks(), &page.data.currency, lang);
        page.left_axis(y, &words.labels, plot);
        let title = format!("{} ({})", pick(lang, "payout", "지급액"), words.unit);
        page.canvas.text(&title, MARGIN, plot.top - 12.0, LABEL);
    }
    let title = pick(lang, "people who file (number)", "신청 인원 (명)");
    let bottom = match &plan.x {
        Some(x) => page.bottom_axis(x, &count_ticks(x.ticks(), lang), title, plot),
        None => {
            page.canvas.line((plot.left, plot.bottom), (plot.right, plot.bottom), 0.75, RULE);
            page.canvas.text(title, (plot.left + plot.right) / 2.0, plot.bottom + 20.0, LABEL.colour(INK));
            plot.bottom + 26.0
        }
    };
    headings(page, plan);
    bottom
}

/// Names the strips.
fn headings(page: &mut Page<'_>, plan: &Plan) {
    let (lang, plot, data) = (page.lang, plan.plot, page.data);
    let mut write = |words: &str, x: f64, baseline: f64, style: Style| {
        page.canvas.rect(style.place(words, x, baseline).area, STRIP);
        page.canvas.text(words, x, baseline, style);
    };
    if plan.strip_left {
        let words = pick(lang, "nobody files", "신청 없음");
        write(words, plot.left + NO_CLAIMS / 2.0, plot.top + 16.0, NOTE.anchor(Anchor::Middle));
    }
    if plan.strip_below {
        let in_kind = data.guidelines.iter().any(|g| g.payout.mean() <= 0.0 && g.bill.in_kind > 0.0);
        let words = if in_kind {
            pick(lang, "no money", "현금 지급 없음")
        } else {
            pick(lang, "pays nothing", "보상 없음")
        };
        write(words, plot.right - 8.0, plot.bottom - 9.0, NOTE.anchor(Anchor::End));
    }
}
