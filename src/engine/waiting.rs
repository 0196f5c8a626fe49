//! Losers who will get something and have nothing yet: from how many each rule gives something to, and how many of these
//! wait, to people.

/// Of so many losers who get anything, those who have nothing yet; `awards` are (share who wait, losers) by rule. Whoever
/// gets several awards waits as long as for the first of them: the rules that keep fewest waiting take their people first,
/// the others those who are left.
pub fn losers(covered: f64, awards: &mut [(f64, f64)]) -> f64 {
    awards.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut left, mut waiting) = (covered, 0.0);
    for (share, people) in awards {
        let people = people.min(left).max(0.0);
        left -= people;
        waiting += *share * people;
    }
    waiting.min(covered)
}

#[cfg(test)]
mod tests {
    use super::losers;

    #[test]
    fn whoever_gets_two_awards_waits_for_the_first() {
        // One rule: its share.
        assert_eq!(losers(80.0, &mut [(0.25, 80.0)]), 20.0);
        // Two rules for different people.
        assert_eq!(losers(100.0, &mut [(1.0, 40.0), (0.5, 60.0)]), 70.0);
        // All 50 of the slow rule are among the 80 of the fast one: they have that.
        assert_eq!(losers(80.0, &mut [(1.0, 50.0), (0.0, 80.0)]), 0.0);
        // 20 have both: 30 + 50 − 60 are left to the slow one.
        assert_eq!(losers(60.0, &mut [(1.0, 50.0), (0.1, 30.0)]), 3.0 + 30.0);
        assert_eq!(losers(0.0, &mut [(1.0, 0.0)]), 0.0);
        assert_eq!(losers(0.0, &mut []), 0.0);
    }
}
