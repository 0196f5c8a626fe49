//! Two drafts of a scheme compared, sentence by sentence of what they say.

use super::words::{COLUMNS, Line, Look, lines};
use crate::model::Lang;
use crate::model::scheme::Scheme;

/// Sentences that both have and that stand next to a difference; those further away are left out.
const AROUND: usize = 1;

/// Sentences of the first only with `-`, of the second only with `+`, of both with two blanks; `…` stands for more of
/// both.
pub fn differences(a: &Scheme, b: &Scheme, lang: Lang) -> String {
    // Tables say what sentences say already.
    let sentences =
        |s: &Scheme| -> Vec<Line> { lines(s, lang).into_iter().filter(|l| !matches!(l.look, Look::Row(_))).collect() };
    let steps = steps(&sentences(a), &sentences(b));
    if steps.iter().all(|(mark, _)| *mark == ' ') {
        return match lang {
            Lang::En => "Both say the same.\n".into(),
            Lang::Ko => "두 안의 내용이 같다.\n".into(),
        };
    }
    let differs = |i: &usize| steps.get(*i).is_some_and(|(mark, _)| *mark != ' ');
    let near = |i: usize| (i.saturating_sub(AROUND)..=i + AROUND).any(|j| differs(&j));
    let mut out = String::new();
    let mut left_out = false;
    for (i, (mark, line)) in steps.iter().enumerate() {
        if near(i) {
            for text in line.broken(COLUMNS - 2) {
                out += &format!("{mark} {text}\n");
            }
        } else if !left_out {
            out += "  …\n";
        }
        left_out = !near(i);
    }
    out
}

/// What leads from one text to the other: the longest row of sentences that both have stays.
fn steps(a: &[Line], b: &[Line]) -> Vec<(char, Line)> {
    // longest[i][j]: of a from i on and b from j on.
    let mut longest = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let apart = longest[i + 1][j].max(longest[i][j + 1]);
            longest[i][j] = if a[i] == b[j] { longest[i + 1][j + 1] + 1 } else { apart };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            out.push((' ', a[i].clone()));
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || longest[i + 1][j] >= longest[i][j + 1]) {
            out.push(('-', a[i].clone()));
            i += 1;
        } else {
            out.push(('+', b[j].clone()));
            j += 1;
        }
    }
    out
}
