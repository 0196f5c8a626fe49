//! One language: its messages (Fluent files in `text/`), its numbers, and marks that tie a figure to its row.

use fluent_bundle::{FluentArgs, FluentBundle, FluentError, FluentResource, FluentValue};

use super::numbers::Numbers;
use super::particle::particle;
use crate::model::{Lang, Text};

/// Before the name of a row in the register of figures.
pub const MARK: char = '\u{E000}';
/// Between that name and what is shown.
pub const SHOWN: char = '\u{E001}';
/// After what is shown.
pub const END: char = '\u{E002}';

/// A language ready to speak.
pub struct Tongue {
    /// Numbers of the language.
    pub numbers: Numbers,
    bundle: FluentBundle<FluentResource>,
}

/// The messages of a language, as written.
pub fn messages(lang: Lang) -> [&'static str; 3] {
    match lang {
        Lang::En => {
            [include_str!("text/en.ftl"), include_str!("text/measures.en.ftl"), include_str!("text/quantities.en.ftl")]
        }
        Lang::Ko => {
            [include_str!("text/ko.ftl"), include_str!("text/measures.ko.ftl"), include_str!("text/quantities.ko.ftl")]
        }
    }
}

impl Tongue {
    /// The language `lang`, with money in `currency`.
    pub fn new(lang: Lang, currency: &str) -> Tongue {
        let id = match lang {
            Lang::En => "en-GB",
            Lang::Ko => "ko-KR",
        };
        let mut bundle = FluentBundle::new(vec![id.parse().expect("both are language tags")]);
        bundle.set_use_isolating(false);
        for text in messages(lang) {
            // A message that does not parse is missing, and a test looks for every message in both languages.
            let resource = FluentResource::try_new(text.into()).unwrap_or_else(|(good, _)| good);
            bundle.add_resource_overriding(resource);
        }
        bundle.add_function("JOSA", josa).expect("it is the only function");
        Tongue { numbers: Numbers { lang, currency: currency.into() }, bundle }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.numbers.lang
    }

    /// Both ends of a range.
    pub fn range(&self, low: &str, high: &str) -> String {
        match self.numbers.lang {
            Lang::En => format!("{low} – {high}"),
            Lang::Ko => format!("{low}~{high}"),
        }
    }

    /// Its code in HTML and file names.
    pub fn code(&self) -> &'static str {
        match self.numbers.lang {
            Lang::En => "en",
            Lang::Ko => "ko",
        }
    }

    /// True when there is such a message.
    pub fn has(&self, id: &str) -> bool {
        let (name, attribute) = id.split_once('.').map_or((id, None), |(n, a)| (n, Some(a)));
        self.bundle.get_message(name).is_some_and(|m| attribute.is_none_or(|a| m.get_attribute(a).is_some()))
    }

    /// A message without parameters.
    pub fn word(&self, id: &str) -> String {
        self.say(id, &[])
    }

    /// A message with its parameters. Where it is missing, its name stands in, which a test would find.
    pub fn say(&self, id: &str, with: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in with {
            args.set(*name, FluentValue::from(*value));
        }
        let (name, attribute) = id.split_once('.').map_or((id, None), |(n, a)| (n, Some(a)));
        let message = self.bundle.get_message(name);
        let pattern = message.and_then(|m| match attribute {
            Some(a) => m.get_attribute(a).map(|a| a.value()),
            None => m.value(),
        });
        let Some(pattern) = pattern else { return id.into() };
        let mut errors: Vec<FluentError> = Vec::new();
        self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
    }

    /// A text of the scenario in this language, without signs that would be taken for marks and without the backquotes
    /// that writers of notes put around names.
    pub fn text(&self, text: &Text) -> String {
        self.own(text.get(self.numbers.lang))
    }

    /// A text that is in this language already, in the same way.
    pub fn own(&self, text: &str) -> String {
        self.close(&clean(text).replace('`', ""))
    }

    /// A text whose signs of per cent stay on the line of their number: with a fixed space in English, close in Korean.
    pub fn close(&self, text: &str) -> String {
        text.replace(" %", if self.numbers.lang == Lang::Ko { "%" } else { "\u{a0}%" })
    }

    /// Words in a row: `a, b and c`; `a, b, c`.
    pub fn list(&self, words: &[String]) -> String {
        let last = self.word("list-last");
        match words.split_last() {
            None => String::new(),
            Some((only, [])) => only.clone(),
            Some((end, rest)) => format!("{}{last}{end}", rest.join(", ")),
        }
    }
}

/// `JOSA(word, "은/는")` in messages: the particle alone.
fn josa<'a>(words: &[FluentValue<'a>], _: &FluentArgs) -> FluentValue<'a> {
    match words {
        [FluentValue::String(word), FluentValue::String(pair)] => {
            FluentValue::from(particle(&unmarked(word), pair).to_string())
        }
        _ => FluentValue::Error,
    }
}

/// A stranger's text as one line that holds no marks and no control characters.
pub fn clean(text: &str) -> String {
    let marks = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    // No part of a workbook may hold these, which are no characters (XML 1.0, 2.2).
    let hidden = |c: char| marks(c) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars().filter(|c| !hidden(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A figure that leads to its row in the register.
pub fn marked(row: &str, shown: &str) -> String {
    format!("{MARK}{row}{SHOWN}{shown}{END}")
}

/// The row to which the first mark of a text leads; empty where there is none.
pub fn row_of(text: &str) -> &str {
    let inside = text.split_once(MARK).and_then(|(_, rest)| rest.split_once(SHOWN));
    inside.map_or("", |(row, _)| row)
}

/// A text without its marks: what a reader sees.
pub fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            MARK => inside = true,
            SHOWN => inside = false,
            END => (),
            _ if inside => (),
            c => out.push(c),
        }
    }
    out
}
