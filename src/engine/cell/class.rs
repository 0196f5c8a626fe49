//! Size classes of cells: laws are made for a class, not for a number of people.

/// Size classes from any number of people to twice as many. A law is made for the fewest people of a class and serves all
/// of it; the narrower a class, the fewer people are drawn singly without need.
pub const CLASSES_OF_TWICE: u32 = 16;

/// The fewest people of a size class, not rounded.
pub fn people_of(class: u32) -> f64 {
    (f64::from(class) / f64::from(CLASSES_OF_TWICE)).exp2()
}

/// The size class of a number of people. Where several slots share laws (`shared`) only one class of twice is used: wide
/// classes hold more of them.
pub fn class_of(people: u64, shared: bool) -> u32 {
    if shared {
        return people.max(1).ilog2() * CLASSES_OF_TWICE;
    }
    let class = ((people.max(1) as f64).log2() * f64::from(CLASSES_OF_TWICE)) as u32;
    // Logarithms are rounded.
    if people_of(class) > people as f64 { class.saturating_sub(1) } else { class }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_people_lies_in_its_class() {
        let powers = (0..53).flat_map(|k| [(1u64 << k) - 1, 1 << k, (1 << k) + 1]);
        for people in (1..5_000).chain(powers).filter(|people| *people > 0) {
            let (narrow, wide) = (class_of(people, false), class_of(people, true));
            let n = people as f64;
            assert!(people_of(narrow) <= n && n < people_of(narrow + 1), "{people}: {narrow}");
            assert!(people_of(wide) <= n && n < 2.0 * people_of(wide), "{people}: {wide}");
        }
    }
}
