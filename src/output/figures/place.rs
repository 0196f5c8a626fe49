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
        let Some(last) = groups.last_mut() else {
            return;
        };
        last.top = last.top.min(high - last.height).max(low);
        let top = last.top;
        let overlap = groups.len() > 1 && groups[groups.len() - 2].top + groups[groups.len() - 2].height > top;
        if !overlap {
            return;
        }
        let (Some(upper), Some(before)) = (groups.pop(), groups.pop()) else {
            return;
        };
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

/// What a label must keep clear of.
#[derive(Default)]
pub struct Taken {
    /// Rectangles: markers, bars, labels.
    pub areas: Vec<Area>,
    /// Lines from markers to labels.
    pub leaders: Vec<(Point, Point)>,
    /// Those of the rectangles that are labels with a leader.
    pub labels: Vec<Area>,
    /// Drawn lines, on which no label lies.
    pub lines: Vec<(Point, Point)>,
}

/// A point.
pub type Point = (f64, f64);

impl Taken {
    /// The place for a label of a size near a point: nearest first, within `bounds`, meeting nothing that is taken. A
    /// `strict` place's leader crosses nothing and no leader crosses it. The place is then taken.
    pub fn place(&mut self, point: Point, size: (f64, f64), bounds: Area, strict: bool) -> Option<Area> {
        self.take(point, size, bounds, if strict { Care::All } else { Care::Areas })
    }

    /// As a strict place, but the leader may cross what is no label.
    pub fn place_over_markers(&mut self, point: Point, size: (f64, f64), bounds: Area) -> Option<Area> {
        self.take(point, size, bounds, Care::Labels)
    }

    fn take(&mut self, point: Point, size: (f64, f64), bounds: Area, care: Care) -> Option<Area> {
        let fits = |area: &Area| inside(area, &bounds) && self.free(point, area, care);
        let area = candidates(point, size).into_iter().find(fits)?;
        self.leaders.push((point, foot(point, &area)));
        self.areas.push(area);
        self.labels.push(area);
        Some(area)
    }

    fn free(&self, point: Point, area: &Area, care: Care) -> bool {
        let foot = foot(point, area);
        let passes = |other: &Area| {
            // The marker itself and its own bars touch the point.
            let own = crosses(point, point, &grown(other, 1.0));
            !own && crosses(point, foot, other)
        };
        let met = self.areas.iter().any(|t| t.overlaps(area));
        let passed = match care {
            Care::All => self.areas.iter().any(passes),
            Care::Labels => self.labels.iter().any(passes),
            Care::Areas => false,
        };
        let crossed = care != Care::Areas && self.leaders.iter().any(|(a, b)| crosses(*a, *b, area));
        let room = grown(area, 2.0);
        let on_a_line = self.lines.iter().any(|(a, b)| crosses(*a, *b, &room));
        !met && !passed && !crossed && !on_a_line
    }
}

/// What a leader must not cross.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// Anything that is taken.
    All,
    /// Other labels.
    Labels,
    /// Nothing: labels alone keep apart.
    Areas,
}

/// Where the leader of a label at `area` ends.
pub fn foot(point: Point, area: &Area) -> Point {
    (point.0.clamp(area.left, area.right), point.1.clamp(area.top + 3.0, (area.bottom - 3.0).max(area.top + 3.0)))
}

fn grown(area: &Area, by: f64) -> Area {
    Area { left: area.left - by, top: area.top - by, right: area.right + by, bottom: area.bottom + by }
}

/// Places around a point: the four quarters between its bars, its four sides, then ever farther.
fn candidates(point: Point, (w, h): (f64, f64)) -> Vec<Area> {
    const RINGS: usize = 24;
    const SPOKES: usize = 32;
    let at = |left: f64, top: f64| Area { left, top, right: left + w, bottom: top + h };
    let (right, left) = (point.0 + 8.0, point.0 - 8.0 - w);
    let (above, below) = (point.1 - 3.0 - h, point.1 + 3.0);
    let mut out =
        vec![at(right, point.1 - h / 2.0), at(right, above), at(right, below), at(left, above), at(left, below)];
    out.extend([at(left, point.1 - h / 2.0), at(point.0 - w / 2.0, above - 7.0), at(point.0 - w / 2.0, below + 7.0)]);
    for ring in 0..RINGS {
        let reach = 6.0 + ring as f64 * 9.0;
        for spoke in 0..SPOKES {
            let turn = spoke as f64 / SPOKES as f64 * std::f64::consts::TAU;
            let centre = (point.0 + turn.cos() * (reach + w / 2.0), point.1 + turn.sin() * (reach + h / 2.0));
            out.push(at(centre.0 - w / 2.0, centre.1 - h / 2.0));
        }
    }
    out
}

/// True when a line segment passes through a rectangle.
fn crosses(from: Point, to: Point, area: &Area) -> bool {
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for (start, step, low, high) in
        [(from.0, to.0 - from.0, area.left, area.right), (from.1, to.1 - from.1, area.top, area.bottom)]
    {
        if step == 0.0 {
            if start < low || start > high {
                return false;
            }
            continue;
        }
        let (a, b) = ((low - start) / step, (high - start) / step);
        enter = enter.max(a.min(b));
        leave = leave.min(a.max(b));
    }
    enter <= leave
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
        let mut taken = Taken::default();
        for n in 0..8 {
            let area = taken.place((150.0, 100.0 + f64::from(n)), (60.0, 20.0), bounds, true).expect("there is room");
            let others = &taken.areas[..taken.areas.len() - 1];
            assert!(!others.iter().any(|t| t.overlaps(&area)));
        }
        assert!(taken.place((150.0, 100.0), (400.0, 20.0), bounds, false).is_none());
    }

    #[test]
    fn a_label_never_lies_on_a_line() {
        let bounds = Area { left: 0.0, top: 0.0, right: 300.0, bottom: 200.0 };
        let line = ((0.0, 0.0), (300.0, 200.0));
        for strict in [true, false] {
            let mut taken = Taken { lines: vec![line], ..Taken::default() };
            let area = taken.place((150.0, 100.0), (60.0, 20.0), bounds, strict).expect("there is room");
            assert!(!crosses(line.0, line.1, &area));
        }
    }

    #[test]
    fn a_segment_knows_what_it_crosses() {
        let area = Area { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
        assert!(crosses((0.0, 15.0), (30.0, 15.0), &area));
        assert!(!crosses((0.0, 5.0), (30.0, 5.0), &area));
        assert!(!crosses((0.0, 0.0), (8.0, 8.0), &area));
    }
}
