//! Numbers that are the same as another one of the file, and what can only be checked when all have been read.

use super::laws;
use super::number::{Ask, Num, Remark, led};
use super::paths;
use super::reader::Reading;
use super::report::{Place, closest};
use super::tree::Node;
use super::units;
use crate::chance::law::Law;
use crate::model::{Q, Same, Text};

/// A check that waits until every quantity has been read.
#[derive(Clone, Debug)]
pub struct Waiting {
    place: Place,
    target: String,
    ask: Ask,
    /// The quantity that is a multiple of the target; `None`: the target itself is used.
    scaled: Option<(Q, f64)>,
}

impl Waiting {
    /// The quantity that waits to be worked out.
    fn own(&self) -> Option<Q> {
        self.scaled.map(|(own, _)| own)
    }
}

/// How many `same_as` may follow one another.
const CHAIN: usize = 32;

impl<'a> Reading<'a> {
    /// A number given as `{ same_as = "path", times = … }`.
    pub fn same_as(&mut self, node: &'a Node, path: &str, ask: Ask) -> Option<Num> {
        let mut fields = self.open(node, path)?;
        let named = fields.need("same_as", "`same_as = \"…\"`").and_then(|n| self.text(n).map(|t| (t, n.place)));
        let times = fields.take("times").and_then(|n| self.plain_number(n));
        let remark = self.remark(&mut fields);
        if fields.finish(self) {
            return None;
        }
        let (named, place) = named.filter(|_| !self.any_unit)?;
        let target = self.last_of_chain(named, place, path)?;
        match times {
            None | Some(1.0) => Some(self.share(path, target, place, ask, remark)),
            Some(times) => Some(self.multiple(path, target, place, ask, times, remark)),
        }
    }

    /// Path of the number at the end of a chain of `same_as`.
    fn last_of_chain(&mut self, named: &str, place: Place, own: &str) -> Option<String> {
        let mut path = named.to_string();
        for _ in 0..CHAIN {
            let Some((canonical, node)) = paths::find(self.root, &path) else { return Some(path) };
            if canonical == own {
                break;
            }
            match (node.get("same_as").and_then(Node::as_text), node.get("times")) {
                (Some(next), None) => path = next.to_string(),
                _ => return Some(canonical),
            }
        }
        self.error(place, format!("`{named}` leads back to `{own}`")).help("one of the numbers needs a value");
        None
    }

    /// The handle of another number, which need not have been read yet.
    fn share(&mut self, path: &str, target: String, place: Place, ask: Ask, remark: Remark) -> Num {
        let q = match (self.handles.get(&target), self.reserved.get(&target)) {
            (Some(q), _) | (None, Some((q, _))) => *q,
            (None, None) => {
                let q = self.foreseen(&target, ask);
                self.handles.remove(&target);
                self.reserved.insert(target.clone(), (q, place));
                q
            }
        };
        self.handles.insert(path.into(), q);
        let same = &mut self.quantities.same;
        if same.iter().all(|other| other.path != path) {
            let as_what = Text::both(&format!("the same as {target}"), &format!("같은 숫자: {target}"));
            let note = led(&as_what, &remark.note);
            same.push(Same { path: path.into(), of: q, source: remark.source, note });
        }
        self.waiting.push(Waiting { place, target, ask, scaled: None });
        Num { q, constant: None }
    }

    /// A number that has not been read yet. Its law is looked at already, so that nobody takes it for a constant; what is wrong
    /// with it is told when it is read.
    fn foreseen(&mut self, path: &str, ask: Ask) -> Q {
        let Some((_, node)) = paths::find(self.root, path).filter(|(_, n)| n.get("law").is_some()) else {
            return self.push(path, ask.unit, Law::Constant(ask.low), Remark::default());
        };
        let (told, undated) = (self.diagnostics.len(), self.undated.clone());
        let q = self.number(node, path, ask).q;
        self.diagnostics.truncate(told);
        self.undated = undated;
        self.unread.remove(&q);
        q
    }

    /// A number of a draft that the draft has no use for, such as a fact of rules that it leaves out, and another one has.
    fn idle_of_a_draft(&mut self, path: &str, ask: Ask) -> Option<Q> {
        let (_, node) = paths::find(self.root, path).filter(|_| path.starts_with("guidelines."))?;
        node.get("law").map(|_| self.number(node, path, ask).q)
    }

    /// A multiple of a constant; worked out when the constant is known.
    fn multiple(&mut self, path: &str, target: String, place: Place, ask: Ask, times: f64, remark: Remark) -> Num {
        let num = self.stand_in(path, ask);
        let quantity = &mut self.quantities.list[num.q.0 as usize];
        (quantity.source, quantity.note) = (remark.source, remark.note);
        self.waiting.push(Waiting { place, target, ask, scaled: Some((num.q, times)) });
        num
    }

    /// Numbers that are multiples of others and not worked out yet.
    pub fn multiples(&self) -> impl Iterator<Item = Q> {
        self.waiting.iter().filter_map(Waiting::own)
    }

    /// Settles everything that waited; to be called once, after the last number. A multiple waits for the one of which it is a
    /// multiple, wherever in the file that stands.
    pub fn settle(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        let mut failed: Vec<Q> = Vec::new();
        while !waiting.is_empty() {
            let open: Vec<Q> = waiting.iter().filter_map(Waiting::own).collect();
            let (ready, later): (Vec<Waiting>, Vec<Waiting>) =
                waiting.into_iter().partition(|w| self.handles.get(&w.target).is_none_or(|q| !open.contains(q)));
            waiting = later;
            if ready.is_empty() {
                let circular = self.one_of_a_circle(&waiting);
                let wait = waiting.remove(circular);
                let own = wait.own().map_or("", |q| self.quantities.list[q.0 as usize].path.as_str());
                let message = format!("`{}` leads back to `{own}`", wait.target);
                self.error(wait.place, message).help("one of the numbers needs a value");
                failed.extend(wait.own());
            }
            for wait in ready {
                let read = self.handles.get(&wait.target).copied();
                let settled = match read.or_else(|| self.idle_of_a_draft(&wait.target, wait.ask)) {
                    // What is wrong with it has been told.
                    Some(q) if failed.contains(&q) => false,
                    Some(q) => self.settle_one(&wait, q),
                    None => {
                        self.no_such_number(&wait.target, wait.place);
                        false
                    }
                };
                failed.extend(wait.own().filter(|_| !settled));
            }
        }
    }

    /// Of numbers that all wait for another of them, the place of one that waits for itself in the end.
    fn one_of_a_circle(&self, waiting: &[Waiting]) -> usize {
        let next = |at: usize| {
            let target = self.handles.get(&waiting[at].target).copied();
            waiting.iter().position(|w| w.own().is_some() && w.own() == target).unwrap_or(at)
        };
        (0..waiting.len()).fold(0, |at, _| next(at))
    }

    /// Settles one; false where something is wrong with it.
    fn settle_one(&mut self, wait: &Waiting, q: Q) -> bool {
        let target = self.quantities.get(q).clone();
        if target.unit != wait.ask.unit {
            let (is, wanted) = (units::noun(target.unit), units::noun(wait.ask.unit));
            self.error(wait.place, format!("`{}` is {is}; {wanted} belongs here", wait.target))
                .help(format!("name {wanted}, or give this number a value of its own"));
            return false;
        }
        let law = match (wait.scaled, &target.law) {
            (None, law) => law.clone(),
            (Some((_, times)), Law::Constant(v)) => Law::Constant(v * times),
            (Some(_), _) => {
                self.error(wait.place, format!("`times` needs a constant, and `{}` is drawn from a law", wait.target))
                    .help("leave `times` out, or state a law of its own and link the two under [[correlations]]");
                return false;
            }
        };
        if let (Some((_, times)), Law::Constant(value)) = (wait.scaled, &law)
            && !wait.ask.holds(*value)
        {
            let noun = units::noun(wait.ask.unit);
            self.error(
                wait.place,
                format!(
                    "{times} times `{}` is {value}: {noun} must be {}",
                    wait.target,
                    wait.ask.range(wait.ask.below(*value))
                ),
            )
            .help("change `times`, by which the other number is multiplied");
            return false;
        }
        if let Some(message) = laws::outside(&law, wait.ask) {
            self.error(wait.place, message).help(laws::advice(&law, wait.ask));
            return false;
        }
        if let Some((own, _)) = wait.scaled {
            self.quantities.list[own.0 as usize].law = law;
        }
        true
    }

    /// A path that no number has.
    pub fn no_such_number(&mut self, path: &str, place: Place) {
        self.no_such_number_among(path, place, &[]);
    }

    /// The same where some numbers cannot be the one that was meant.
    pub fn no_such_number_among(&mut self, path: &str, place: Place, not: &[&str]) {
        let others = self.handles.keys().map(String::as_str).filter(|known| !not.contains(known));
        let meant = closest(path, others).map(String::from);
        let missing = first_missing(self.root, path);
        let d = self.error(place, format!("there is no number `{path}` in this file"));
        d.missing(missing);
        match meant {
            Some(m) => d.help(format!("did you mean `{m}`?")),
            None => d.help("a path names a number, e.g. `cohorts.users.size`"),
        };
    }
}

/// The part of a path up to the first name that is not there; the whole path where all are.
fn first_missing(root: &Node, path: &str) -> String {
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    let missing = ends.map(|end| &path[..end]).find(|part| paths::find(root, part).is_none());
    missing.unwrap_or(path).to_string()
}
