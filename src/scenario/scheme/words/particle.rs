//! Korean particles: which of two forms follows a word depends on how its last syllable sounds.

/// A particle with two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Particle {
    /// 은/는.
    Topic,
    /// 이/가.
    Subject,
    /// 을/를.
    Object,
    /// 과/와.
    And,
    /// 으로/로.
    By,
}

/// How a word ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sound {
    Vowel,
    /// The consonant after which 으로 loses its first syllable.
    Rieul,
    Consonant,
}

/// A word with its particle.
pub fn with(word: &str, particle: Particle) -> String {
    let sound = ending(word);
    let closed = sound != Sound::Vowel;
    let form = match particle {
        Particle::Topic => ["는", "은"][usize::from(closed)],
        Particle::Subject => ["가", "이"][usize::from(closed)],
        Particle::Object => ["를", "을"][usize::from(closed)],
        Particle::And => ["와", "과"][usize::from(closed)],
        Particle::By => ["로", "으로"][usize::from(sound == Sound::Consonant)],
    };
    format!("{word}{form}")
}

/// A word as an object, with 을 or 를.
pub fn as_object(word: &str) -> String {
    with(word, Particle::Object)
}

/// Marks are not read, nor is the number of a source or a remark in brackets after a word; brackets around the whole are only
/// taken off.
fn ending(word: &str) -> Sound {
    if let Some((before, _)) = word.strip_suffix(']').and_then(|word| word.rsplit_once(" [")) {
        return ending(before);
    }
    let word = word.trim_end_matches(['’', '”', '\'', '"', ' ', '.']);
    if word.ends_with(')')
        && let Some(open) = opening(word)
    {
        let before = word[..open].trim_end();
        return ending(if before.is_empty() { &word[open + 1..word.len() - 1] } else { before });
    }
    match word.chars().next_back() {
        Some(c @ '가'..='힣') => match (u32::from(c) - 0xAC00) % 28 {
            0 => Sound::Vowel,
            8 => Sound::Rieul,
            _ => Sound::Consonant,
        },
        // A date is read with 일 after it.
        Some(c) if c.is_ascii_digit() && is_date(word) => Sound::Rieul,
        Some(c) if c.is_ascii_digit() => digit(c),
        Some(c) if c.is_ascii_alphabetic() => latin(word, c),
        _ => Sound::Vowel,
    }
}

/// Where the bracket that closes a text was opened.
fn opening(word: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in word.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn is_date(word: &str) -> bool {
    let last = word.rsplit(' ').next().unwrap_or(word).as_bytes();
    last.len() == 10 && last[4] == b'-' && last[7] == b'-'
}

/// 영 일 이 삼 사 오 육 칠 팔 구; a zero at the end is 영, 십, 백, 천 or 만.
fn digit(c: char) -> Sound {
    match c {
        '2' | '4' | '5' | '9' => Sound::Vowel,
        '1' | '7' | '8' => Sound::Rieul,
        _ => Sound::Consonant,
    }
}

/// Capitals are spelt out (엘, 엠, 엔, 알), other words read, without an `e` at their end.
fn latin(word: &str, last: char) -> Sound {
    let spelt = word.chars().rev().take_while(char::is_ascii_alphabetic).all(|c| c.is_ascii_uppercase());
    let silent = if spelt { word } else { word.trim_end_matches('e') };
    match (spelt, silent.chars().next_back().unwrap_or(last)) {
        (true, 'L' | 'R') | (false, 'l') => Sound::Rieul,
        (_, 'm' | 'n') | (true, 'M' | 'N') => Sound::Consonant,
        (false, 'g' | 'b' | 'p' | 'k' | 't' | 'c') if silent.len() == word.len() => Sound::Consonant,
        _ => Sound::Vowel,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sources_are_heard_as_they_are_read() {
        let told = ["1시간", "30초", "30초 [2]", "(1시간~2시간 균등분포 [1])", "EUR", "0.7"];
        let with_topic = ["1시간은", "30초는", "30초 [2]는", "(1시간~2시간 균등분포 [1])는", "EUR은", "0.7은"];
        assert_eq!(told.map(|word| with(word, Particle::Topic)), with_topic);
    }

    #[test]
    fn particles_follow_the_last_sound() {
        let cases = [
            ("월 요금", "월 요금이", "월 요금을", "월 요금과", "월 요금으로"),
            ("일수", "일수가", "일수를", "일수와", "일수로"),
            ("30일", "30일이", "30일을", "30일과", "30일로"),
            ("10", "10이", "10을", "10과", "10으로"),
            ("7", "7이", "7을", "7과", "7로"),
            ("12.5", "12.5가", "12.5를", "12.5와", "12.5로"),
            ("10%", "10%가", "10%를", "10%와", "10%로"),
            ("‘VPN’", "‘VPN’이", "‘VPN’을", "‘VPN’과", "‘VPN’으로"),
            ("URL", "URL이", "URL을", "URL과", "URL로"),
            ("single", "single이", "single을", "single과", "single로"),
            ("line", "line이", "line을", "line과", "line으로"),
            ("late", "late가", "late를", "late와", "late로"),
            (
                "‘마지막 날(일째)’",
                "‘마지막 날(일째)’이",
                "‘마지막 날(일째)’을",
                "‘마지막 날(일째)’과",
                "‘마지막 날(일째)’로",
            ),
            ("(합한 금액)", "(합한 금액)이", "(합한 금액)을", "(합한 금액)과", "(합한 금액)으로"),
            ("2024-06-03", "2024-06-03이", "2024-06-03을", "2024-06-03과", "2024-06-03로"),
        ];
        for (word, subject, object, and, by) in cases {
            assert_eq!(with(word, Particle::Subject), subject);
            assert_eq!(with(word, Particle::Object), object);
            assert_eq!(with(word, Particle::And), and);
            assert_eq!(with(word, Particle::By), by);
        }
    }
}
