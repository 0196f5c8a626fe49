//! Rank correlations between numbers: which are linked, how strongly, and whether all links can hold at once.

use super::number::{Remark, led};
use super::reader::Reading;
use super::report::Place;
use super::tree::Node;
use crate::chance::copula::{CopulaError, RankCorrelation};
use crate::chance::law::Law;
use crate::model::{Q, RankLink, Tail, Text};

impl<'a> Reading<'a> {
    /// Reads `[[correlations]]`; to be called after every number has been read.
    pub fn correlations(&mut self, node: Option<&'a Node>) {
        let Some(node) = node else { return };
        let mut links = Links::default();
        for (i, item) in self.list(node).iter().enumerate() {
            self.correlation(item, &format!("correlations.{}", i + 1), &mut links);
        }
        self.check_groups(&links);
        self.quantities.links = links.all.into_iter().map(|l| l.link).collect();
    }

    /// Reads one correlation. What is wrong with one part of it does not hide what is wrong with another.
    fn correlation(&mut self, node: &'a Node, path: &str, links: &mut Links) {
        let fields = self.open(node, path);
        links.lost |= fields.is_none();
        let Some(mut fields) = fields else { return };
        let between = fields.need("between", "`between = [\"path\", \"path\"]`");
        let at = fields.at("rank");
        let rank = fields.need("rank", "`rank = 0.5`").and_then(|n| self.stated(n, &at));
        let rank = rank.and_then(|(n, remark)| Some((self.rank(n)?, remark)));
        let at = fields.at("tail");
        let tail = fields.take("tail").map(|n| (self.stated(n, &at), n.place));
        let tail = tail.map(|(t, place)| (t.and_then(|(n, remark)| Some((self.degrees(n)?, remark))), place));
        let wrong = fields.finish(self);
        links.lost |= between.is_none();
        let Some(between) = between else { return };
        let whom = whom(between);
        let noted = |remark: &Remark| Remark { note: led(&whom, &remark.note), ..remark.clone() };
        if let Some((rho, remark)) = &rank {
            self.plain_figure(&format!("{path}.rank"), *rho, "1", noted(remark));
        }
        let (known, tail_place) = match &tail {
            Some((Some((df, remark)), place)) => {
                self.plain_figure(&format!("{path}.tail"), *df, "1", noted(remark));
                (Some(Tail::Student(*df)), *place)
            }
            Some((None, place)) => (None, *place),
            // It may be the key that nobody knows.
            None => (Some(Tail::Gaussian).filter(|_| !wrong), between.place),
        };
        let rho = rank.map_or(f64::NAN, |(rho, _)| rho);
        let (members, complete) = self.members(between);
        if !complete {
            links.open.extend(members.iter().map(|(q, _)| *q));
        }
        for (i, (a, place_a)) in members.iter().enumerate() {
            for (b, place_b) in &members[..i] {
                let link = RankLink { a: *b, b: *a, rho, tail: known.unwrap_or(Tail::Gaussian) };
                let place = (*place_b).max(*place_a);
                self.link(Placed { link, place, tail_place, tail_known: known.is_some() }, links);
            }
        }
    }

    fn rank(&mut self, node: &'a Node) -> Option<f64> {
        let rho = self.plain_number(node)?;
        if rho.abs() < 1.0 {
            return Some(rho);
        }
        self.error(node.place, "a rank correlation is strictly between -1 and 1")
            .help("two numbers that are one and the same: `same_as`");
        None
    }

    fn degrees(&mut self, node: &'a Node) -> Option<f64> {
        let df = self.plain_number(node)?;
        if df >= 1.0 {
            return Some(df);
        }
        self.error(node.place, "degrees of freedom are at least 1")
            .help("write tail = 4; the fewer, the more extremes come together; without it the copula is normal");
        None
    }

    /// The uncertain numbers that a correlation names, and whether these are all; constants are left out with a warning.
    fn members(&mut self, between: &'a Node) -> (Vec<(Q, Place)>, bool) {
        let list = self.list(between);
        if list.len() < 2 && between.as_list().is_some() {
            self.error(between.place, "a correlation is between at least two numbers")
                .help("write between = [\"cohorts.….size\", \"services.….restored_after\"]");
        }
        let (mut members, mut complete): (Vec<(Q, Place)>, bool) = (Vec::new(), between.as_list().is_some());
        for item in list {
            let Some(path) = self.text(item) else {
                complete = false;
                continue;
            };
            let canonical = super::paths::find(self.root, path).map_or_else(|| path.to_string(), |(c, _)| c);
            match self.handles.get(&canonical).copied() {
                None => {
                    complete = false;
                    // A number is not correlated with itself.
                    let others: Vec<&str> = list.iter().filter_map(Node::as_text).collect();
                    self.no_such_number_among(path, item.place, &others);
                }
                Some(q) if members.iter().any(|(m, _)| *m == q) => {
                    self.error(item.place, format!("`{path}` is the same number as another one in this list"))
                        .help("name it once; numbers joined by `same_as` are one already");
                }
                Some(q) => self.member(q, path, item.place, &mut members),
            }
        }
        (members, complete)
    }

    fn member(&mut self, q: Q, path: &str, place: Place, members: &mut Vec<(Q, Place)>) {
        match self.quantities.get(q).law {
            // What is wrong with its law, or with the number that it is to be the same as, has been told.
            Law::Constant(_) if self.unread.contains(&q) || self.reserved.values().any(|(r, _)| *r == q) => {
                members.push((q, place))
            }
            Law::Constant(_) => {
                self.warn(place, format!("`{path}` is a constant, so this correlation has no effect on it"))
                    .help("give it a law, or leave it out of the correlation");
            }
            Law::JointColumn { .. } => {
                self.error(place, format!("`{path}` comes from a joint table, whose rows are drawn whole"))
                    .help("add the other number to the joint table as a column");
            }
            _ => members.push((q, place)),
        }
    }

    /// Adds one link, unless the pair has one.
    fn link(&mut self, new: Placed, links: &mut Links) {
        let pair = |l: &RankLink| (l.a.min(l.b), l.a.max(l.b));
        if links.all.iter().any(|l| pair(&l.link) == pair(&new.link)) {
            let (a, b) = self.both_paths(&new.link);
            self.error(new.place, format!("`{a}` and `{b}` are correlated twice")).help("keep one of the two");
            return;
        }
        links.all.push(new);
    }

    fn both_paths(&self, link: &RankLink) -> (String, String) {
        (self.quantities.get(link.a).path.clone(), self.quantities.get(link.b).path.clone())
    }

    /// Checks that numbers that hang together share a tail and have a joint law. Of a group of which a correlation could not be
    /// read that cannot be said: a pair without one counts as 0.
    fn check_groups(&mut self, links: &Links) {
        let mut seen: Vec<Q> = Vec::new();
        for first in &links.all {
            if seen.contains(&first.link.a) {
                continue;
            }
            let members = group(&links.all, first.link.a);
            let inside: Vec<&Placed> = links.all.iter().filter(|l| members.contains(&l.link.a)).collect();
            let unknown = |l: &&Placed| l.link.rho.is_nan();
            let open = links.lost || inside.iter().any(unknown) || links.open.iter().any(|q| members.contains(q));
            let mut tails = inside.iter().filter(|l| l.tail_known);
            let tail = tails.next().map(|l| l.link.tail);
            if let Some(other) = tails.find(|l| Some(l.link.tail) != tail) {
                let (a, b) = self.both_paths(&other.link);
                self.error(other.tail_place, format!("`{a}` and `{b}` hang together with numbers of another `tail`"))
                    .help("numbers that are linked, directly or through others, share one `tail`");
            } else if !open && let Some((a, b)) = contradiction(&inside, &members) {
                self.impossible(&inside, a, b);
            }
            seen.extend(members);
        }
    }

    /// Names the pair that is most at odds with the other correlations.
    fn impossible(&mut self, inside: &[&Placed], a: Q, b: Q) {
        let pair = |l: &RankLink| (l.a == a && l.b == b) || (l.a == b && l.b == a);
        let Some(l) = inside.iter().find(|l| pair(&l.link)).or(inside.last()) else { return };
        let (a, b) = self.both_paths(&l.link);
        let message = format!("the correlation {} of `{a}` and `{b}` cannot hold beside the others", l.link.rho);
        self.error(l.place, message).label("not positive definite").help(
            "no joint law has these ranks; weaken it or one of the others (pairs without a correlation count as 0)",
        );
    }
}

/// Between which numbers a correlation is.
fn whom(between: &Node) -> Text {
    let paths: Vec<&str> = between.as_list().unwrap_or(&[]).iter().filter_map(Node::as_text).collect();
    let paths = paths.join(", ");
    Text::both(&format!("between {paths}"), &format!("{paths} 사이"))
}

/// A link and where it stands; its rank is not a number where it could not be read.
struct Placed {
    link: RankLink,
    place: Place,
    tail_place: Place,
    tail_known: bool,
}

/// The links of a file.
#[derive(Default)]
struct Links {
    all: Vec<Placed>,
    /// Numbers that are linked with others that could not be found.
    open: Vec<Q>,
    /// True where a correlation does not say between which numbers it is.
    lost: bool,
}

/// All quantities linked with one, directly or through others, in ascending order.
fn group(links: &[Placed], start: Q) -> Vec<Q> {
    let mut found = vec![start];
    let mut next = 0;
    while let Some(q) = found.get(next).copied() {
        for Placed { link, .. } in links {
            for (from, to) in [(link.a, link.b), (link.b, link.a)] {
                if from == q && !found.contains(&to) {
                    found.push(to);
                }
            }
        }
        next += 1;
    }
    found.sort();
    found
}

/// The pair of a group that is most at odds with the others, if its correlations have no joint law.
fn contradiction(links: &[&Placed], group: &[Q]) -> Option<(Q, Q)> {
    let at = |q: Q| group.iter().position(|g| *g == q);
    let pairs: Vec<(usize, usize, f64)> =
        links.iter().filter_map(|l| Some((at(l.link.a)?, at(l.link.b)?, l.link.rho))).collect();
    match RankCorrelation::new(group.len(), &pairs, None) {
        Ok(_) => None,
        Err(CopulaError::NotPositiveDefinite { i, j, .. }) => Some((*group.get(i)?, *group.get(j)?)),
        Err(_) => group.first().map(|q| (*q, *q)),
    }
}
