//! The page: one file that opens without a net, in one language or two, on screen and on paper.

pub mod back;
pub mod compare;
pub mod drivers;
pub mod pictures;
pub mod table;
pub mod top;

use sha2::{Digest, Sha256};

use super::chart::colour;
use super::ctx::Ctx;
use super::html::{Html, el, words};
use crate::output::figures::{BOLD, REGULAR, bold_has_all};

const STYLE: &str = include_str!("../assets/style.css");
const SCRIPT: &str = include_str!("../assets/script.js");

/// What a page is made for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paper {
    /// For print: embeds the font, since the machine may have no Korean one.
    pub fonts: bool,
}

/// Sections of the briefing proper, in their order.
pub const SECTIONS: [&str; 8] = ["question", "findings", "compare", "cost", "who", "time", "drivers", "limits"];
/// Sections of the annex, in their order.
pub const ANNEX: [&str; 7] = ["drafts", "detail", "method", "figures", "assumptions", "sources", "again"];

/// A name on the page, told apart by language.
pub fn id(ctx: &Ctx, name: &str) -> String {
    format!("{}-{name}", ctx.tongue.code())
}

/// Text of the briefing with its figures linked.
pub fn linked(ctx: &Ctx, text: &str) -> Html {
    Html::linked(text, ctx.tongue.code(), |row| !(ctx.sheet && row.starts_with("a-")))
}

/// A paragraph with linked figures.
pub fn paragraph(ctx: &Ctx, class: &str, text: &str) -> Html {
    el("p", &[("class", class)], linked(ctx, text))
}

/// A section under its heading.
pub fn section(ctx: &Ctx, name: &str, class: &str, inside: Html) -> Html {
    let heading = words("h2", &[("id", &id(ctx, name))], &ctx.word(&format!("s-{name}")));
    el("section", &[("class", class)], heading.and(inside))
}

/// A draft's letter in its colour.
pub fn chip(ctx: &Ctx, guideline: &str) -> Html {
    let style = format!("border-color:{}", colour(ctx.index(guideline)));
    words("span", &[("class", "chip"), ("style", &style)], &ctx.letter(guideline))
}

/// The briefing in the languages of `all`; the first is shown at first.
pub fn briefing(all: &[Ctx], paper: &Paper) -> String {
    let mains = all.iter().map(|ctx| {
        let inside = top::top(ctx)
            .and(compare::compare(ctx))
            .and(pictures::pictures(ctx))
            .and(back::limits(ctx))
            .and(back::annex(ctx))
            .and(top::drafts(ctx))
            .and(back::detail(ctx))
            .and(back::method(ctx))
            // The register comes after all that enters figures into it.
            .and(back::figures(ctx, "", !paper.fonts))
            .and(back::assumptions(ctx))
            .and(back::sources(ctx))
            .and(back::again(ctx));
        main(ctx, "", &top::title(ctx), inside)
    });
    document(all, &mains.collect::<Html>(), true, paper)
}

/// The part of the page in one language.
pub fn main(ctx: &Ctx, class: &str, title: &str, inside: Html) -> Html {
    let code = ctx.tongue.code();
    el("main", &[("id", code), ("lang", code), ("class", class), ("data-title", title)], inside)
}

/// A document around its parts. Nothing may be loaded from anywhere, and no script but the one above may run: the
/// policy names its digest, so a text that got past the escaping still could not.
pub fn document(all: &[Ctx], mains: &Html, tools: bool, paper: &Paper) -> String {
    let first = &all[0];
    let digest = base64(&Sha256::digest(SCRIPT.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; script-src 'sha256-{digest}'; \
         base-uri 'none'; form-action 'none'"
    );
    let mut rules = off_rules(first.results.scenario.guidelines.len());
    if paper.fonts {
        rules += &faces(mains.as_str());
    }
    let head = el("meta", &[("charset", "utf-8")], Html::new())
        .and(el("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)], Html::new()))
        .and(el("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")], Html::new()))
        .and(el(
            "meta",
            &[("name", "generator"), ("content", concat!("redress ", env!("CARGO_PKG_VERSION")))],
            Html::new(),
        ))
        .and(words("title", &[], &top::title(first)))
        .and(el("style", &[], Html::fixed(STYLE).and(Html::css(&rules))));
    let bars: Html = if tools { all.iter().map(|ctx| toolbar(ctx, all)).collect() } else { Html::new() };
    let body = bars.and(mains.clone()).and(el("div", &[("id", "tip"), ("role", "presentation")], Html::new())).and(el(
        "script",
        &[],
        Html::fixed(SCRIPT),
    ));
    let page = el("html", &[("lang", first.tongue.code())], el("head", &[], head).and(el("body", &[], body)));
    format!("<!DOCTYPE html>\n{}\n", page.into_string())
}

/// The embedded font as rules of style. The bold one has fewer Hangul: where it lacks a letter of the text, the browser
/// makes the bold letters itself from the other.
fn faces(text: &str) -> String {
    let face = |weight: &str, bytes: &[u8]| {
        let data = base64(bytes);
        format!("@font-face{{font-family:\"Noto Sans KR\";{weight}src:url(data:font/ttf;base64,{data})}}")
    };
    match bold_has_all(text) {
        true => face("font-weight:100 500;", REGULAR) + &face("font-weight:600 900;", BOLD),
        false => face("", REGULAR),
    }
}

/// One rule for each draft: what belongs to it disappears when it is switched off.
fn off_rules(drafts: usize) -> String {
    (0..drafts).map(|i| format!(".off-{i} main [data-g=\"{i}\"]{{display:none}}")).collect()
}

/// Languages and drafts to switch, shown where scripts run.
fn toolbar(ctx: &Ctx, all: &[Ctx]) -> Html {
    let code = ctx.tongue.code();
    let mut inside = words(
        "a",
        &[
            ("class", "skip"),
            ("href", &(if ctx.sheet { format!("#{code}") } else { format!("#{}", id(ctx, "findings")) })),
        ],
        &ctx.word("skip"),
    );
    if all.len() > 1 {
        let buttons = all.iter().map(|other| {
            let to = other.tongue.code();
            let pressed = if to == code { "true" } else { "false" };
            let at = [("type", "button"), ("data-speak", to), ("lang", to), ("aria-pressed", pressed)];
            words("button", &at, &other.word("language"))
        });
        inside.push(el("div", &[("role", "group"), ("aria-label", &ctx.word("switch-language"))], buttons.collect()));
    }
    let boxes = ctx.results.guidelines().into_iter().map(|g| {
        let index = ctx.index(g).to_string();
        let at = [("type", "checkbox"), ("checked", ""), ("data-draft", index.as_str())];
        let label = el("input", &at, Html::new()).and(Html::text(" ")).and(chip(ctx, g));
        el("label", &[("title", &ctx.title(g))], label.and(words("span", &[("class", "skip")], &ctx.title(g))))
    });
    let legend = words("legend", &[], &ctx.word("switch-drafts"));
    inside.push(el("fieldset", &[], legend.and(boxes.collect())));
    el("nav", &[("class", "bar"), ("lang", code), ("aria-label", &ctx.word("switch-drafts"))], el("div", &[], inside))
}

/// Base 64, as data in addresses and digests are written.
pub fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 4);
    for three in bytes.chunks(3) {
        let at = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let joined = at(0) << 16 | at(1) << 8 | at(2);
        for (i, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let sign = SIGNS[(joined >> shift & 63) as usize];
            out.push(if i <= three.len() { char::from(sign) } else { '=' });
        }
    }
    out
}
