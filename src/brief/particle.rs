//! Korean particles: 은/는, 이/가, 을/를, 과/와, 으로/로, 이라/라 follow the last sound of the word before, which may be
//! a number or a Latin letter.

/// How a word ends to the ear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// With a vowel.
    Open,
    /// With ㄹ, which 으로/로 treats as a vowel.
    Liquid,
    /// With another consonant.
    Closed,
}

/// The particle that fits after `word`; `pair` names both forms with the one after a consonant first, as in `은/는`.
pub fn particle<'a>(word: &str, pair: &'a str) -> &'a str {
    let (closed, open) = pair.split_once('/').unwrap_or((pair, pair));
    match ending(word) {
        Ending::Open => open,
        Ending::Liquid if open.starts_with('로') => open,
        Ending::Liquid | Ending::Closed => closed,
    }
}

/// By rule a particle fits the word before brackets, not the one inside.
fn ending(word: &str) -> Ending {
    let spoken = |c: &char| c.is_alphanumeric() || *c == '%';
    let outside = outside_brackets(word);
    let letters: Vec<char> = outside.chars().filter(spoken).collect();
    let Some(last) = letters.last() else { return Ending::Open };
    match last {
        '가'..='힣' => match (u32::from(*last) - 0xAC00) % 28 {
            0 => Ending::Open,
            8 => Ending::Liquid,
            _ => Ending::Closed,
        },
        '%' => Ending::Open,
        c if c.is_ascii_digit() => digits(&letters),
        c if c.is_ascii_alphabetic() => latin(&letters),
        _ => Ending::Open,
    }
}

/// A word without what stands in brackets at its end, unless that is all there is.
fn outside_brackets(word: &str) -> &str {
    let cut = word.trim_end();
    if !cut.ends_with(')') {
        return cut;
    }
    let mut depth = 0;
    for (at, c) in cut.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            let before = cut[..at].trim_end();
            return if before.is_empty() { cut } else { before };
        }
    }
    cut
}

/// 영 일 이 삼 사 오 육 칠 팔 구, and 십 백 천 만 억 after zeros, of which 조 alone is open.
fn digits(letters: &[char]) -> Ending {
    let run: Vec<char> = letters.iter().rev().take_while(|c| c.is_ascii_digit()).copied().collect();
    let zeros = run.iter().take_while(|c| **c == '0').count();
    if zeros > 0 {
        return if zeros >= 12 && zeros < run.len() { Ending::Open } else { Ending::Closed };
    }
    match run.first() {
        Some('1' | '7' | '8') => Ending::Liquid,
        Some('3' | '6') => Ending::Closed,
        _ => Ending::Open,
    }
}

/// Capitals are read by the names of the letters (KT 케이티, SPL 에스피엘); other words roughly as they sound.
fn latin(letters: &[char]) -> Ending {
    let run: Vec<char> = letters.iter().rev().take_while(|c| c.is_ascii_alphabetic()).copied().collect();
    let spelt = run.len() == 1 || run.iter().all(|c| c.is_ascii_uppercase());
    let last = run.first().map_or(' ', |c| c.to_ascii_lowercase());
    if spelt {
        return match last {
            'l' | 'r' => Ending::Liquid,
            'm' | 'n' => Ending::Closed,
            _ => Ending::Open,
        };
    }
    let before = run.get(1).map_or(' ', |c| c.to_ascii_lowercase());
    match (last, before) {
        ('l', _) | ('e', 'l') => Ending::Liquid,
        ('m' | 'n', _) | ('g', 'n') | ('e', 'm' | 'n') => Ending::Closed,
        ('k' | 'p' | 't', 'a' | 'e' | 'i' | 'o' | 'u' | 'c' | 'l') | ('b', 'e' | 'u') => Ending::Closed,
        _ => Ending::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::particle;

    #[test]
    fn the_last_sound_decides() {
        let cases = [
            ("기준안", "은/는", "은"),
            ("카카오", "은/는", "는"),
            ("비용", "이/가", "이"),
            ("서울", "으로/로", "로"),
            ("현금", "으로/로", "으로"),
            ("연 1", "은/는", "은"),
            ("2022", "을/를", "를"),
            ("10", "은/는", "은"),
            ("3,000", "이/가", "이"),
            ("1000000000000", "이/가", "가"),
            ("60%", "을/를", "를"),
            ("7", "으로/로", "로"),
            ("6", "으로/로", "으로"),
            ("KT", "이/가", "가"),
            ("SPL", "은/는", "은"),
            ("B안", "은/는", "은"),
            ("B", "과/와", "와"),
            ("Melon", "을/를", "을"),
            ("Google", "으로/로", "로"),
            ("Kakao", "은/는", "는"),
            ("Equifax", "은/는", "는"),
            ("B안(카카오)", "은/는", "은"),
            ("(카카오)", "은/는", "는"),
            ("275억 원", "을/를", "을"),
            ("‘정액’", "이라고/라고", "이라고"),
        ];
        for (word, pair, right) in cases {
            assert_eq!(particle(word, pair), right, "{word} {pair}");
        }
    }
}
