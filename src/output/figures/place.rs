//! Places for labels so that none covers another: along a line, and on a plane.

use super::canvas::Area;

/// Moves intervals (wished centre, height) apart until none overlaps, keeping their order and staying within
/// `low..=high` when they fit. Returns the centres.
pub fn apart(wished: &[(f64, f64)], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wished.len()).collect();
    order.sort_by(|a, b| wished[*a].0.total_cmp(&wished[*b].0).then(a.cmp(b)));
    let mut groups: Vec<Group> = Vec::new();
    for index in order {
        let (centre, height) = wished[index];
        groups.push(Group { members: vec![index], height, top: centre - height / 2.0 });
        settle(&mut groups, wished, low, high);
    }
    let mut centres = vec![0.0; wished.len()];
    for group in groups {
        let mut top = group.top;
        for index in group.members {
            centres[index] = top + wished[index].1 / 2.0;
            top += wished[index].1;
        }
    }
    centres
}

/// Intervals that touch one another.
struct Group {
    members: Vec<usize>,
    height: f64,
    top: f64,
}

/// Merges the last group with those it overlaps; each merged group lies where its members wish on average.
fn settle(groups: &mut Vec<Group>, wished: &[(f64, f64)], low: f64, high: f64) {
    loop {
        let Some(last) = groups.last_mut() else { return };
        last.top = last.top.min(high - last.height).max(low);
        let top = last.top;
        let overlap = groups.len() > 1 && groups[groups.len() - 2].top + groups[groups.len() - 2].height > top;
        if !overlap {
            return;
        }
        let (Some(upper), Some(before)) = (groups.pop(), groups.pop()) else { return };
        let mut members = before.members;
        members.extend(upper.members);
        groups.push(merged(members, wished));
    }
}

fn merged(members: Vec<usize>, wished: &[(f64, f64)]) -> Group {
    let mut above = 0.0;
    let mut sum = 0.0;
    for index in &members {
        let (centre, height) = wished[*index];
        sum += centre - height / 2.0 - above;
        above += height;
    }
    let top = sum / members.len() as f64;
    Group { members, height: above, top }
}

/// The place for a label of a size near a point: nearest free one within `bounds` that meets none of `taken`.
pub fn near(point: (f64, f64), size: (f64, f64), bounds: Area, taken: &[Area]) -> Option<Area> {
    const RINGS: usize = 26;
    const SPOKES: usize = 24;
    for ring in 0..RINGS {
        let reach = 9.0 + ring as f64 * 9.0;
        for spoke in 0..SPOKES {
            // Right first, then left, then above and below, then between.
            let turn = turn(spoke) * std::f64::consts::TAU;
            let (dx, dy) = (turn.cos(), turn.sin());
            let centre = (point.0 + dx * (reach + size.0 / 2.0), point.1 + dy * (reach + size.1 / 2.0));
            let area = Area {
                left: centre.0 - size.0 / 2.0,
                top: centre.1 - size.1 / 2.0,
                right: centre.0 + size.0 / 2.0,
                bottom: centre.1 + size.1 / 2.0,
            };
            if inside(&area, &bounds) && !taken.iter().any(|t| t.overlaps(&area)) {
                return Some(area);
            }
        }
    }
    None
}

fn turn(spoke: usize) -> f64 {
    const FIRST: [usize; 8] = [0, 12, 22, 2, 10, 14, 6, 18];
    let at = FIRST.get(spoke).copied().unwrap_or_else(|| {
        let rest: Vec<usize> = (0..24).filter(|s| !FIRST.contains(s)).collect();
        rest[spoke - FIRST.len()]
    });
    at as f64 / 24.0
}

fn inside(area: &Area, bounds: &Area) -> bool {
    area.left >= bounds.left && area.right <= bounds.right && area.top >= bounds.top && area.bottom <= bounds.bottom
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crowded_labels_move_apart_and_stay_inside() {
        let wished: Vec<(f64, f64)> = [50.0, 51.0, 52.0, 10.0, 99.0, 98.0].map(|c| (c, 12.0)).to_vec();
        let centres = apart(&wished, 0.0, 100.0);
        let mut sorted = centres.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|w| w[1] - w[0] > 11.999));
        assert!(sorted[0] >= 6.0 && sorted[5] <= 94.0);
        assert!((centres[3] - 10.0).abs() < 1e-9, "a label with room stays where it wished");
    }

    #[test]
    fn a_label_avoids_what_is_taken() {
        let bounds = Area { left: 0.0, top: 0.0, right: 300.0, bottom: 200.0 };
        let mut taken = Vec::new();
        for _ in 0..8 {
            let area = near((150.0, 100.0), (80.0, 20.0), bounds, &taken).expect("there is room");
            assert!(!taken.iter().any(|t: &Area| t.overlaps(&area)));
            taken.push(area);
        }
        assert!(near((150.0, 100.0), (400.0, 20.0), bounds, &[]).is_none());
    }
}
