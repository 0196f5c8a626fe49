//! The workbook: real numbers with formats, frozen heads, native charts. Texts are written as texts and never as
//! formulas, whatever they begin with.

use rust_xlsxwriter::{Chart, ChartType, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::ctx::Ctx;
use super::drivers::result;
use super::html::web;
use super::page::back::{law, source_of, unit_words as unit_of_number};
use super::page::top;
use super::quantity::{name, note};
use super::results::{ALL, BASE, Unit};
use super::tongue::{clean, unmarked};

/// Most letters that a cell may hold, in the units in which Excel counts (UTF-16).
const LONGEST: usize = 32_767;

/// As much of a text as a cell may hold.
fn fitted(text: &str) -> String {
    let mut room = LONGEST;
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    text.chars().take_while(fits).collect()
}

/// A value of a cell.
enum Value<'a> {
    Text(&'a str),
    Number(f64, &'a Unit),
}

/// A sheet that is filled row by row.
struct Sheet<'b> {
    sheet: &'b mut Worksheet,
    row: u32,
    formats: &'b Formats,
}

struct Formats {
    head: Format,
    title: Format,
    text: Format,
    money: Format,
    whole: Format,
    share: Format,
    plain: Format,
}

impl Formats {
    fn new() -> Formats {
        let number = |form: &str| Format::new().set_num_format(form).set_align(FormatAlign::Top);
        Formats {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_border_bottom(rust_xlsxwriter::FormatBorder::Thin),
            title: Format::new().set_bold().set_font_size(14).set_quote_prefix(),
            // A leading quote keeps `=…` a text even after somebody edits the cell.
            text: Format::new().set_align(FormatAlign::Top).set_quote_prefix(),
            money: number("#,##0"),
            whole: number("#,##0"),
            share: number("0.0%"),
            plain: number("General"),
        }
    }

    fn of(&self, unit: &Unit) -> &Format {
        match unit {
            Unit::Money => &self.money,
            Unit::Persons | Unit::Days | Unit::Hours => &self.whole,
            Unit::Share => &self.share,
            Unit::Other(_) => &self.plain,
        }
    }
}

impl Sheet<'_> {
    fn heads(&mut self, heads: &[String], widths: &[f64]) -> Result<(), XlsxError> {
        for (i, head) in heads.iter().enumerate() {
            self.sheet.write_string_with_format(self.row, i as u16, head, &self.formats.head)?;
            self.sheet.set_column_width(i as u16, widths.get(i).copied().unwrap_or(14.0))?;
        }
        self.row += 1;
        self.sheet.set_freeze_panes(self.row, 1)?;
        Ok(())
    }

    fn line(&mut self, values: &[Value]) -> Result<(), XlsxError> {
        for (i, value) in values.iter().enumerate() {
            let at = i as u16;
            match value {
                Value::Text("") => continue,
                Value::Text(text) => {
                    self.sheet.write_string_with_format(self.row, at, fitted(text), &self.formats.text)?
                }
                // No number is an empty cell: a zero would be a lie.
                Value::Number(v, _) if !v.is_finite() => continue,
                Value::Number(v, unit) => {
                    self.sheet.write_number_with_format(self.row, at, *v, self.formats.of(unit))?
                }
            };
        }
        self.row += 1;
        Ok(())
    }
}

/// The workbook as a file's bytes, in the language of `ctx`.
///
/// # Errors
/// What the writer says, which is a fault of this program.
pub fn workbook(ctx: &Ctx) -> Result<Vec<u8>, String> {
    build(ctx).map_err(|e| e.to_string())
}

fn build(ctx: &Ctx) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let formats = Formats::new();
    let parts: [(&str, Fill); 8] = [
        ("about", about),
        ("summary", summary),
        ("comparison", comparison),
        ("exceedance", exceedance),
        ("timeline", timeline),
        ("drivers", driving),
        ("assumptions", assumptions),
        ("sources", sources),
    ];
    for (name, fill) in parts {
        let sheet = book.add_worksheet();
        sheet.set_name(ctx.word(&format!("sheet-{name}")))?;
        fill(ctx, &mut Sheet { sheet, row: 0, formats: &formats })?;
    }
    book.save_to_buffer()
}

type Fill = fn(&Ctx, &mut Sheet) -> Result<(), XlsxError>;

fn about(ctx: &Ctx, s: &mut Sheet) -> Result<(), XlsxError> {
    s.sheet.set_column_width(0, ABOUT_WIDTH as f64)?;
    s.sheet.write_string_with_format(0, 0, fitted(&top::title(ctx)), &s.formats.title)?;
    s.row = 1;
    let worlds = ctx.tongue.numbers.count(ctx.results.manifest.run.replicates as f64);
    let mut lines = vec![top::made(ctx), ctx.say("lead", &[("worlds", &worlds)]), String::new()];
    let drafts = ctx.results.guidelines();
    lines.extend(drafts.iter().map(|g| ctx.draft_full(g)));
    lines.push(String::new());
    lines.extend(super::findings::findings(ctx).iter().map(|f| unmarked(&f.said)));
    lines.push(String::new());
    lines.extend(super::page::back::commands(ctx).lines().map(String::from));
    let wrapped = s.formats.text.clone().set_text_wrap();
    for line in lines {
        s.sheet.write_string_with_format(s.row, 0, fitted(&line), &wrapped)?;
        // Some programs do not make a row as high as its text by themselves. Hangul is two letters wide.
        let wide: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        let lines = wide.div_ceil(ABOUT_WIDTH).clamp(1, 27);
        s.sheet.set_row_height(s.row, 15.0 * lines as f64)?;
        s.row += 1;
    }
    Ok(())
}

/// Width of the first sheet in letters.
const ABOUT_WIDTH: usize = 110;

const STATISTICS: [&str; 7] = ["mean", "p05", "p25", "p50", "p75", "p95", "sd"];

fn summary(ctx: &Ctx, s: &mut Sheet) -> Result<(), XlsxError> {
    let mut heads = ["draft", "title", "measure", "unit"].map(|h| ctx.word(&format!("col-{h}"))).to_vec();
    heads.extend(STATISTICS.map(|x| ctx.statistic(x)));
    heads.push(ctx.word("col-se"));
    s.heads(&heads, &[8.0, 34.0, 30.0, 10.0, 18.0, 18.0, 18.0, 18.0, 18.0, 18.0, 18.0, 18.0])?;
    let mut places = Vec::new();
    // The measure that the charts show comes first, so that its rows stand together.
    let mut measures: Vec<&str> = vec!["cost", "coverage"];
    measures.extend(ctx.results.measures.iter().map(String::as_str).filter(|m| !["cost", "coverage"].contains(m)));
    for measure in measures {
        let first = s.row;
        for g in ctx.results.guidelines() {
            let Some(mean) = ctx.results.stat(g, ALL, measure, "mean") else { continue };
            let unit = &mean.unit;
            let (letter, title, name) = (ctx.letter(g), ctx.title(g), ctx.measure(measure));
            let unit_words = unit_words(ctx, unit);
            let mut line =
                vec![Value::Text(&letter), Value::Text(&title), Value::Text(&name), Value::Text(&unit_words)];
            line.extend(
                STATISTICS
                    .iter()
                    .map(|x| Value::Number(ctx.results.value(g, ALL, measure, x).unwrap_or(f64::NAN), unit)),
            );
            line.push(Value::Number(mean.estimate.se, unit));
            s.line(&line)?;
        }
        places.push((measure.to_string(), first, s.row));
    }
    let sheet = ctx.word("sheet-summary");
    for (i, (measure, first, end)) in places.iter().take(2).filter(|p| p.2 > p.1).enumerate() {
        let mut chart = Chart::new(ChartType::Bar);
        let series = chart.add_series();
        series.set_name(ctx.statistic("p50").as_str());
        series.set_categories((sheet.as_str(), *first, 0, end - 1, 1)).set_values((
            sheet.as_str(),
            *first,
            7,
            end - 1,
            7,
        ));
        chart.title().set_name(format!("{}, {}", ctx.measure(measure), ctx.statistic("p50")).as_str());
        chart.legend().set_hidden();
        chart.y_axis().set_reverse();
        chart.set_width(640).set_height(320);
        s.sheet.insert_chart(1 + 18 * i as u32, heads.len() as u16 + 1, &chart)?;
    }
    Ok(())
}

fn unit_words(ctx: &Ctx, unit: &Unit) -> String {
    match unit {
        Unit::Money => ctx.tongue.numbers.currency_word(),
        Unit::Persons => ctx.word("unit-persons"),
        Unit::Share => ctx.word("unit-share"),
        Unit::Days => ctx.word("unit-days"),
        Unit::Hours => ctx.word("unit-hours"),
        Unit::Other(words) => words.clone(),
    }
}

fn comparison(ctx: &Ctx, s: &mut Sheet) -> Result<(), XlsxError> {
    let heads = ["variant", "a", "b", "measure", "unit", "difference", "lo", "hi", "lower", "higher", "equal"];
    let heads = heads.map(|h| ctx.word(&format!("col-{h}")));
    s.heads(&heads, &[24.0, 34.0, 34.0, 26.0, 10.0, 18.0, 18.0, 18.0, 12.0, 12.0, 12.0])?;
    for p in &ctx.results.pairs {
        let variant = if p.variant == BASE { ctx.word("as-it-stands") } else { ctx.variant(&p.variant) };
        let (a, b, measure, unit) =
            (ctx.draft_full(&p.a), ctx.draft_full(&p.b), ctx.measure(&p.measure), unit_words(ctx, &p.unit));
        let (d, of) = (&p.difference, |v: f64| Value::Number(v, &p.unit));
        let share = |v: f64| Value::Number(v, &Unit::Share);
        s.line(&[
            Value::Text(&variant),
            Value::Text(&a),
            Value::Text(&b),
            Value::Text(&measure),
            Value::Text(&unit),
            of(d.value),
            of(d.lo),
            of(d.hi),
            share(p.lower.value),
            share(p.higher.value),
            share(p.equal.value),
        ])?;
    }
    let last = s.row.max(2) - 1;
    s.sheet.autofilter(0, 0, last, heads.len() as u16 - 1).map(|_| ())
}

fn exceedance(ctx: &Ctx, s: &mut Sheet) -> Result<(), XlsxError> {
    let heads = ["draft", "measure", "probability", "value", "lo", "hi"].map(|h| ctx.word(&format!("col-{h}")));
    s.heads(&heads, &[40.0, 24.0, 14.0, 20.0, 20.0, 20.0])?;
    let mut blocks = Vec::new();
    for g in ctx.results.guidelines() {
        for measure in ["cost", "payout"] {
            let first = s.row;
            for p in ctx.results.points.iter().filter(|p| p.guideline == g && p.measure == measure) {
                let (draft, name) = (ctx.draft_full(g), ctx.measure(measure));
                let money = |v: f64| Value::Number(v, &Unit::Money);
                let e = &p.estimate;
                let probability = Value::Number(p.probability, &Unit::Share);
                s.line(&[
                    Value::Text(&draft),
                    Value::Text(&name),
                    probability,
                    money(e.value),
                    money(e.lo),
                    money(e.hi),
                ])?;
            }
            if measure == "cost" && s.row > first {
                blocks.push((ctx.draft(g), first, s.row - 1));
            }
        }
    }
    let sheet = ctx.word("sheet-exceedance");
    lines_chart(
        ctx,
        s,
        &sheet,
        &blocks,
        [3, 2],
        ["figure-exceedance", "col-value", "axis-exceeded"],
        heads.len() as u16,
    )
}

fn timeline(ctx: &Ctx, s: &mut Sheet) -> Result<(), XlsxError> {
    let heads = ["draft", "series", "day", "mean", "p05", "p50", "p95"].map(|h| ctx.word(&format!("col-{h}")));
    s.heads(&heads, &[40.0, 14.0, 10.0, 16.0, 16.0, 16.0, 16.0])?;
    let mut blocks = Vec::new();
    for ((g, series), days) in &ctx.results.courses {
        let first = s.row;
        let draft = if g == ALL { ctx.word("any-draft") } else { ctx.draft_full(g) };
        let told = format!("series-{series}");
        let told = if ctx.tongue.has(&told) { ctx.word(&told) } else { clean(series) };
        for d in days {
            let people = |v: f64| Value::Number(v, &Unit::Persons);
            let [lo, middle, hi] = d.band;
            let day = Value::Number(d.day, &Unit::Days);
            s.line(&[
                Value::Text(&draft),
                Value::Text(&told),
                day,
                people(d.mean),
                people(lo),
                people(middle),
                people(hi),
            ])?;
        }
        if series == "paid" && s.row > first {
            blocks.push((ctx.draft(g), first, s.row - 1));
        }
    }
    let sheet = ctx.word("sheet-timeline");
    lines_chart(ctx, s, &sheet, &blocks, [2, 3], ["figure-time", "axis-days", "series-paid"], heads.len() as u16)
}

/// A chart of lines over columns `x` and `y` of the blocks of a sheet.
fn lines_chart(
    ctx: &Ctx,
    s: &mut Sheet,
    sheet: &str,
    blocks: &[(String, u32, u32)],
    [x, y]: [u16; 2],
    [title, across, up]: [&str; 3],
    at: u16,
) -> Result<(), XlsxError> {
    if blocks.is_empty() {
        return Ok(());
    }
    let mut chart = Chart::new(ChartType::ScatterStraight);
    for (name, first, last) in blocks {
        let series = chart.add_series();
        series
            .set_name(name.as_str())
            .set_categories((sheet, *first, x, *last, x))
            .set_values((sheet, *first, y, *last, y));
    }
    chart.title().set_name(ctx.word(title).as_str());
    chart.x_axis().set_name(ctx.word(across).as_str());
    chart.y_axis().set_name(ctx.word(up).as_str());
    chart.set_width(760).set_height(420);
    s.sheet.insert_chart(1, at + 1, &chart).map(|_| ())
}

fn driving(ctx: &Ctx, s: &mut Sheet) -> Result<(), XlsxError> {
    let heads = ["draft", "result", "rank", "driver", "path", "share-of-variance", "lo", "hi", "number-unit"];
    let more = ["number-low", "number-high", "unit", "result-low", "result-high", "linked"];
    let heads: Vec<String> = heads.iter().chain(&more).map(|h| ctx.word(&format!("col-{h}"))).collect();
    s.heads(&heads, &[8.0, 34.0, 8.0, 56.0, 40.0, 12.0, 12.0, 12.0, 12.0, 16.0, 16.0, 10.0, 18.0, 18.0, 40.0])?;
    let mut charts: Vec<(String, u32, u32)> = Vec::new();
    for d in &ctx.results.drivers {
        if d.result == "cost" {
            match charts.last_mut().filter(|c| c.0 == d.guideline && c.2 + 1 == s.row) {
                Some(chart) => chart.2 = s.row,
                None => charts.push((d.guideline.clone(), s.row, s.row)),
            }
        }
        let unit = ctx.results.inputs.iter().find(|i| i.path == d.path).map_or("", |i| i.unit.as_str());
        let number_unit = if unit == "share" { Unit::Share } else { Unit::Other(String::new()) };
        let texts = [ctx.letter(&d.guideline), result(ctx, d), name(ctx, &d.path), clean(&d.path)];
        let (own, units, linked) = (unit_of_number(ctx, unit), unit_words(ctx, &d.unit), clean(&d.linked));
        let share = |v: f64| Value::Number(v, &Unit::Share);
        s.line(&[
            Value::Text(&texts[0]),
            Value::Text(&texts[1]),
            Value::Number(d.rank as f64, &Unit::Persons),
            Value::Text(&texts[2]),
            Value::Text(&texts[3]),
            share(d.share.value),
            share(d.share.lo),
            share(d.share.hi),
            Value::Text(&own),
            Value::Number(d.number_at[0], &number_unit),
            Value::Number(d.number_at[1], &number_unit),
            Value::Text(&units),
            Value::Number(d.result_at[0], &d.unit),
            Value::Number(d.result_at[1], &d.unit),
            Value::Text(&linked),
        ])?;
    }
    let sheet = ctx.word("sheet-drivers");
    for (i, (g, first, last)) in charts.iter().enumerate() {
        let mut chart = Chart::new(ChartType::Bar);
        let series = chart.add_series();
        series
            .set_name(ctx.word("col-share-of-variance").as_str())
            .set_categories((sheet.as_str(), *first, 3, *last, 3))
            .set_values((sheet.as_str(), *first, 5, *last, 5));
        chart.title().set_name(ctx.say("figure-drivers-of", &[("draft", &ctx.draft_full(g))]).as_str());
        chart.legend().set_hidden();
        chart.y_axis().set_reverse();
        chart.x_axis().set_min(0.0).set_max(1.0).set_num_format("0%");
        chart.set_width(760).set_height(120 + 40 * (last - first + 1));
        // Below the table, beside one another by twos.
        let at = (s.row + 2 + 14 * (i as u32 / 2), if i % 2 == 0 { 1 } else { 4 });
        s.sheet.insert_chart(at.0, at.1, &chart)?;
    }
    let last = s.row.max(2) - 1;
    s.sheet.autofilter(0, 0, last, heads.len() as u16 - 1).map(|_| ())
}

fn assumptions(ctx: &Ctx, s: &mut Sheet) -> Result<(), XlsxError> {
    let heads =
        ["name", "path", "law", "unit", "mean", "p05", "p95", "status", "source", "url", "date", "grade", "note"];
    let heads = heads.map(|h| ctx.word(&format!("col-{h}")));
    s.heads(&heads, &[44.0, 44.0, 40.0, 12.0, 16.0, 16.0, 16.0, 12.0, 50.0, 40.0, 12.0, 8.0, 60.0])?;
    for i in &ctx.results.inputs {
        let unit = if i.unit == "share" { Unit::Share } else { Unit::Other(String::new()) };
        let status = format!("status-{}", i.status);
        let status = if ctx.tongue.has(&status) { ctx.word(&status) } else { clean(&i.status) };
        let source = source_of(ctx, &i.path).map_or_else(|| clean(&i.source[0]), |s| s.1);
        let (path, law, words, note) = (clean(&i.path), law(ctx, i), unit_of_number(ctx, &i.unit), note(ctx, i).0);
        let called = name(ctx, &i.path);
        let rest = [clean(&i.source[1]), clean(&i.source[2]), clean(&i.source[3])];
        let number = |v: f64| Value::Number(v, &unit);
        s.line(&[
            Value::Text(&called),
            Value::Text(&path),
            Value::Text(&law),
            Value::Text(&words),
            number(i.middle[0]),
            number(i.middle[1]),
            number(i.middle[2]),
            Value::Text(&status),
            Value::Text(&source),
            Value::Text(&rest[0]),
            Value::Text(&rest[1]),
            Value::Text(&rest[2]),
            Value::Text(&note),
        ])?;
    }
    let last = s.row.max(2) - 1;
    s.sheet.autofilter(0, 0, last, heads.len() as u16 - 1).map(|_| ())
}

fn sources(ctx: &Ctx, s: &mut Sheet) -> Result<(), XlsxError> {
    let heads = ["number", "title", "date", "grade", "url"].map(|h| ctx.word(&format!("col-{h}")));
    s.heads(&heads, &[8.0, 90.0, 12.0, 8.0, 70.0])?;
    for (i, source) in ctx.results.scenario.sources.iter().enumerate() {
        let (title, url) = (ctx.tongue.text(&source.title), clean(&source.url));
        let row = s.row;
        let number = Value::Number((i + 1) as f64, &Unit::Persons);
        s.line(&[
            number,
            Value::Text(&title),
            Value::Text(&clean(&source.date)),
            Value::Text(&clean(&source.grade)),
            Value::Text(&url),
        ])?;
        // Only addresses of the web become links, and only if the writer takes them as such.
        if let Some(address) = web(&url).filter(|a| a.len() < 2000) {
            s.sheet.write_url(row, 4, address)?;
        }
    }
    Ok(())
}
