//! Rust source with comments and the contents of literals blanked out, so that a search finds code and nothing else.

/// The code of a source text: same lines, same columns (in characters).
pub fn code(text: &str) -> String {
    let mut reader = Reader { rest: text.chars().collect(), at: 0, out: String::with_capacity(text.len()) };
    while reader.at < reader.rest.len() {
        reader.step();
    }
    reader.out
}

/// True where a name stands in code by itself and not as a part of a longer one.
pub fn has_word(code: &str, word: &str) -> bool {
    word_places(code, word).next().is_some()
}

/// Byte positions at which a name stands by itself.
pub fn word_places<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = code[..*at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let starts = word.starts_with(|c| !part(c)) || !before.is_some_and(part);
        let ends = word.ends_with(|c| !part(c)) || !after.is_some_and(part);
        starts && ends
    })
}

struct Reader {
    rest: Vec<char>,
    at: usize,
    out: String,
}

impl Reader {
    fn peek(&self, ahead: usize) -> char {
        self.rest.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn keep(&mut self, count: usize) {
        for _ in 0..count {
            self.out.push(self.peek(0));
            self.at += 1;
        }
    }

    fn blank(&mut self, count: usize) {
        for _ in 0..count {
            self.out.push(if self.peek(0) == '\n' { '\n' } else { ' ' });
            self.at += 1;
        }
    }

    fn step(&mut self) {
        let named = self.out.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.until_line_end(),
            ('/', '*') => self.block_comment(),
            ('"', _) => self.string(),
            ('r', '"' | '#') if !named || self.out.ends_with('b') => self.raw_string(),
            ('\'', _) => self.quote(),
            _ => self.keep(1),
        }
    }

    fn until_line_end(&mut self) {
        while self.at < self.rest.len() && self.peek(0) != '\n' {
            self.blank(1);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.rest.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => {
                    depth += 1;
                    self.blank(2);
                }
                ('*', '/') => {
                    depth -= 1;
                    self.blank(2);
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.blank(1),
            }
        }
    }

    fn string(&mut self) {
        self.keep(1);
        while self.at < self.rest.len() && self.peek(0) != '"' {
            self.blank(if self.peek(0) == '\\' { 2 } else { 1 });
        }
        self.keep(1);
    }

    fn raw_string(&mut self) {
        let hashes = (1..).take_while(|i| self.peek(*i) == '#').count();
        if self.peek(1 + hashes) != '"' {
            return self.keep(1);
        }
        self.keep(2 + hashes);
        while self.at < self.rest.len() {
            let closes = self.peek(0) == '"' && (1..=hashes).all(|i| self.peek(i) == '#');
            if closes {
                return self.keep(1 + hashes);
            }
            self.blank(1);
        }
    }

    /// A character, or the mark of a lifetime.
    fn quote(&mut self) {
        self.keep(1);
        if self.peek(0) == '\\' {
            self.blank(2);
            while self.at < self.rest.len() && self.peek(0) != '\'' {
                self.blank(1);
            }
            self.keep(1);
        } else if self.peek(1) == '\'' {
            self.blank(1);
            self.keep(1);
        }
    }
}

#[test]
fn comments_and_literals_are_blanked() {
    // What stands in a comment or a literal is written with x here; x must be gone and everything else in its place.
    let cases = [
        "let a = 1; // xxx",
        "f(\"xx \\\" xx\") + g",
        "r#\"x\"xx\"# c",
        "/* x /* x */ x */ d",
        "['x', '\\'', 'x'] \"x\" 'x'",
        "fn f<'a>(b: &'a str) -> u8 { b'x' }",
    ];
    for text in cases {
        let blanked = code(text);
        assert_eq!(blanked.chars().count(), text.chars().count(), "{text}");
        assert!(!blanked.contains('x'), "{text}: {blanked}");
        let kept = |(a, b): (char, char)| a == b || b == ' ';
        assert!(text.chars().zip(blanked.chars()).all(kept), "{text}: {blanked}");
    }
    assert!(code("fn f<'a>(b: &'a str)").ends_with("&'a str)"), "a lifetime is no character");
    assert!(has_word("use toml::de;", "toml::") && !has_word("mytoml::x", "toml::"));
}
