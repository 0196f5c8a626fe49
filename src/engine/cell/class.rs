//! Size classes of cells: laws are made for a class, not for a number of people.

/// Size classes from any number of people to twice as many. A law is made for the fewest people of a class and serves all
/// of it; the narrower a class, the fewer people are drawn singly without need.
pub const CLASSES_OF_TWICE: u32 = 16;

/// The fewest people of a size class, not rounded.
pub fn people_of(class: u32) -> f64 {
    (f64::from(class) / f64::from(CLASSES_OF_TWICE)).exp2()
}

/// Of these, the classes that are used where laws serve one slot in many worlds: fewer laws are made and kept, for a tenth
/// more people drawn singly,
pub const KEPT: u32 = 4;

/// and where several slots share them.
pub const SHARED: u32 = 1;

/// The size class of a number of people where `of_twice` of the [`CLASSES_OF_TWICE`] are used (a divisor of them).
pub fn class_of(people: u64, of_twice: u32) -> u32 {
    let step = CLASSES_OF_TWICE / of_twice;
    let class = ((people.max(1) as f64).log2() * f64::from(of_twice)) as u32 * step;
    // Logarithms are rounded.
    if people_of(class) > people as f64 { class.saturating_sub(step) } else { class }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_people_lies_in_its_class() {
        let powers = (0..53).flat_map(|k| [(1u64 << k) - 1, 1 << k, (1 << k) + 1]);
        for people in (1..5_000).chain(powers).filter(|people| *people > 0) {
            let n = people as f64;
            for of_twice in [CLASSES_OF_TWICE, KEPT, SHARED] {
                let (class, step) = (class_of(people, of_twice), CLASSES_OF_TWICE / of_twice);
                assert_eq!(class % step, 0, "{people}: {class}");
                assert!(people_of(class) <= n && n < people_of(class + step), "{people}: {class}");
            }
        }
    }
}
