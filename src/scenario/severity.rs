//! Severities in the file: how losses spread around their mean. The numbers of a family, alone or as a part of a mixture, may
//! be uncertain.

use super::number::{Ask, FACTOR, MONEY, POSITIVE, Remark, led};
use super::reader::{Fields, Reading};
use super::show::people::{family_words, severity_words};
use super::tree::{Node, Value};
use crate::chance::law::{Law, LawError};
use crate::chance::severity::Severity;
use crate::model::{Lang, Q, Severities, Stretches, Text, Unit};

/// Families of severities, each with the key of its one parameter.
const FAMILIES: [(&str, &str); 4] = [("lognormal", "cv"), ("gamma", "cv"), ("weibull", "cv"), ("lomax", "alpha")];

/// The index of a tail: above 1, for the mean to be finite.
const TAIL_INDEX: Ask = Ask { low: 1.0, above: true, ..FACTOR };

/// Into so many stretches alike in probability the range of an uncertain number is cut at most,
const STRETCHES: usize = 24;
/// into so many at least,
const FEWEST: usize = 3;
/// and so many values of one that takes no others are each their own.
const OWN_VALUES: usize = 64;
/// Of several uncertain numbers of one severity the stretches are so many that there are at most this many combinations: each
/// is a law that is tabulated.
const MOST_LAWS: usize = 150;

/// Points of a stretch from which its mean is taken.
const POINTS: usize = 32;

/// A number of a severity.
#[derive(Clone, Copy)]
enum Given {
    /// Certain.
    Stated(Q, f64),
    /// Drawn once a world.
    Drawn(Q),
}

impl Given {
    fn certain(self) -> Option<f64> {
        match self {
            Given::Stated(_, value) => Some(value),
            Given::Drawn(_) => None,
        }
    }

    fn input(self) -> Q {
        match self {
            Given::Stated(q, _) | Given::Drawn(q) => q,
        }
    }
}

/// A family with its one parameter.
struct Own<'a> {
    family: &'static str,
    key: &'static str,
    node: &'a Node,
    given: Given,
}

impl Own<'_> {
    fn law(&self, value: f64) -> Result<Severity, LawError> {
        match self.key {
            "alpha" => Severity::lomax(value),
            _ => Severity::from_family_cv(self.family, value),
        }
    }
}

/// A severity as it was read: the law in the middle, and all where it is uncertain.
type Whole = (Severity, Option<Severities>);

/// Note of a severity among the inputs.
fn severity_note(severity: &Severity) -> Text {
    let korean = severity_words(severity, Lang::Ko);
    Text::both(
        &format!("cv of losses around the mean; {}", severity.describe()),
        &format!("평균을 중심으로 한 손해의 변동계수; {korean}"),
    )
}

/// The same where it is uncertain.
fn middle_note(severity: &Severity) -> Text {
    let korean = severity_words(severity, Lang::Ko);
    Text::both(
        &format!("cv of losses around the mean in the middle of its law; {}", severity.describe()),
        &format!("평균을 중심으로 한 손해의 변동계수, 분포의 중앙; {korean}"),
    )
}

/// The values of a law that takes some alone; empty for other laws.
fn own_values(law: &Law) -> Vec<f64> {
    let mut own: Vec<f64> = match law {
        Law::Discrete { values, weights } | Law::JointColumn { values, weights, .. } => {
            values.iter().zip(weights).filter(|(_, w)| **w > 0.0).map(|(v, _)| *v).collect()
        }
        Law::Empirical { values } => values.clone(),
        _ => Vec::new(),
    };
    own.sort_by(f64::total_cmp);
    own.dedup();
    own
}

/// Value of a law at a probability; `own`: the values that it takes alone.
fn quantile(law: &Law, own: &[f64], p: f64) -> f64 {
    match own.is_empty() {
        true => law.quantile(p),
        // Rows of a table are in no order.
        false => own.iter().copied().find(|x| law.cdf(*x) >= p).unwrap_or(own[own.len() - 1]),
    }
}

/// Where each of so many stretches of a law ends, and the value that stands for it: the median of the stretch.
fn stretches(law: &Law, count: usize) -> (Vec<f64>, Vec<f64>) {
    let own = own_values(law);
    let at = |p: f64| quantile(law, &own, p);
    let n = count as f64;
    let ends = (1..count).map(|k| at(k as f64 / n)).collect();
    (ends, (0..count).map(|k| at((k as f64 + 0.5) / n)).collect())
}

/// The same where stretches are few: medians would take away too much of how the number varies. What stands for a stretch
/// is its mean, moved away from the mean of the law so far that together they vary as much as the law, but not beyond the
/// outer eighth of the first and the last stretch.
fn wide_stretches(law: &Law, count: usize) -> (Vec<f64>, Vec<f64>) {
    let own = own_values(law);
    let n = count as f64;
    let points = count * POINTS;
    let all: Vec<f64> = (0..points).map(|i| quantile(law, &own, (i as f64 + 0.5) / points as f64)).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let centre = mean(&all);
    let square = |values: &[f64]| mean(&values.iter().map(|x| (x - centre) * (x - centre)).collect::<Vec<_>>());
    let means: Vec<f64> = all.chunks(POINTS).map(mean).collect();
    let [low, high] = [0.125 / n, 1.0 - 0.125 / n].map(|p| quantile(law, &own, p));
    let wider = (square(&all) / square(&means)).sqrt();
    // Comparisons with what is no number (a law without width) leave the other.
    let factor = wider.min((centre - low) / (centre - means[0])).min((high - centre) / (means[count - 1] - centre));
    let factor = if factor.is_finite() { factor } else { 1.0 };
    let (ends, _) = stretches(law, count);
    (ends, means.iter().map(|x| centre + factor * (x - centre)).collect())
}

/// Ends between values that are each their own.
fn between(own: Vec<f64>) -> (Vec<f64>, Vec<f64>) {
    (own.windows(2).map(|w| (w[0] + w[1]) / 2.0).collect(), own)
}

/// The most for each of so many numbers that have at most `laws` combinations.
fn share(laws: usize, numbers: usize) -> usize {
    let fits = |n: usize| n.checked_pow(numbers as u32).is_some_and(|all| all <= laws);
    (1..=laws).take_while(|n| fits(*n)).last().unwrap_or(1)
}

/// Ends and values of the stretches of several laws. Those that take a few values alone keep them, and the others share what
/// is left of the combinations. `None` where these are too many.
fn grid(laws: &[&Law]) -> Option<Vec<(Vec<f64>, Vec<f64>)>> {
    let mut few: Vec<(usize, Vec<f64>)> =
        laws.iter().map(|law| own_values(law)).enumerate().filter(|(_, own)| !own.is_empty()).collect();
    few.sort_by_key(|(_, own)| own.len());
    let (mut left, mut numbers) = (MOST_LAWS, laws.len());
    let mut kept: Vec<Option<Vec<f64>>> = vec![None; laws.len()];
    for (i, own) in few {
        if own.len() > share(left, numbers).min(OWN_VALUES) {
            break;
        }
        (left, numbers) = (left / own.len(), numbers - 1);
        kept[i] = Some(own);
    }
    let count = share(left, numbers.max(1)).min(STRETCHES);
    if numbers > 0 && count < FEWEST {
        return None;
    }
    let cut = if laws.len() == 1 { stretches } else { wide_stretches };
    Some(laws.iter().zip(kept).map(|(law, own)| own.map_or_else(|| cut(law, count), between)).collect())
}

impl<'a> Reading<'a> {
    /// How losses spread around their mean, and the laws that it may be where a number of it is uncertain.
    pub fn severity(&mut self, fields: &mut Fields<'a>) -> Whole {
        let path = fields.at("severity");
        let example = "`severity = { family = \"lognormal\", cv = 2.0 }`, or \"none\" if all lose the mean";
        let none = (Severity::Degenerate, None);
        let Some(node) = fields.need("severity", example) else { return none };
        match &node.value {
            Value::Text(word) if word == "none" => return none,
            Value::Text(word) => {
                self.error(node.place, format!("`{word}` is no severity"))
                    .help("write \"none\" if all lose the mean, or { family = \"lognormal\", cv = 2.0 }");
                return none;
            }
            _ => {}
        }
        let Some(mut inner) = self.open(node, &path) else { return none };
        let remark = self.remark(&mut inner);
        let (mut parameter, before) = (None, self.quantities.list.len());
        let severity = match (inner.table.has("mixture"), inner.table.has("empirical")) {
            (true, _) => self.mixture(&mut inner, &path),
            (_, true) => self.empirical(&mut inner).map(|s| (s, None)),
            _ => {
                inner.instead(&["mixture", "empirical"]);
                self.family(&mut inner).and_then(|own| {
                    parameter = Some(own.given.input());
                    let law = |values: &[f64]| own.law(values[0]);
                    self.put_together(own.node, &[(own.key.into(), own.given)], law)
                })
            }
        };
        let wrong = inner.finish(self);
        let endless = |(middle, of): &(Severity, Option<Severities>)| {
            let all = of.as_ref().map_or(std::slice::from_ref(middle), |s| &s.laws);
            all.iter().any(|law| law.variance().is_infinite())
        };
        if severity.as_ref().is_some_and(endless) {
            self.warn(node.place, "losses this uneven have no variance: means of amounts settle slowly, and most intervals of them miss what a longer run would find")
                .help("look at quantiles rather than means, or take an alpha above 2");
        }
        if parameter.is_none() {
            self.inherit(before, &path, &remark);
        }
        match severity {
            Some((severity, severities)) if !wrong => {
                // A number with its own row would seem to have no source in a second one.
                let own = parameter.map_or(Some(remark.clone()), |q| self.lent(q, &path, remark));
                if let Some(own) = own {
                    let note = if severities.is_some() { middle_note(&severity) } else { severity_note(&severity) };
                    // A stated cv of 2 comes back from the law's own parameters as 1.9999999999999996.
                    let cv = (severity.cv() * 1e12).round() / 1e12;
                    self.record(&path, Unit::Number, cv, &note, own);
                }
                (severity, severities)
            }
            _ => none,
        }
    }

    /// Gives numbers of a list at a path, those read from one on, the source of the whole where they have none of their own.
    pub(super) fn inherit(&mut self, first: usize, path: &str, whole: &Remark) {
        for quantity in &mut self.quantities.list[first..] {
            if quantity.source.is_none() && quantity.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')) {
                quantity.source = whole.source;
            }
        }
    }

    /// What the table of a severity says beside its parameter, given to the parameter where that has no source of its own:
    /// nothing is left then for a row of the severity as a whole.
    fn lent(&mut self, parameter: Q, path: &str, remark: Remark) -> Option<Remark> {
        if remark.source.is_none() && remark.note.is_empty() {
            return None;
        }
        let quantity = &mut self.quantities.list[parameter.0 as usize];
        let own = quantity.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
        if !own || (quantity.source.is_some() && remark.source.is_some()) {
            return Some(remark);
        }
        quantity.source = quantity.source.or(remark.source);
        quantity.note = if quantity.note.is_empty() { remark.note } else { led(&quantity.note, &remark.note) };
        None
    }

    /// A family whose parameter may be a number with its source or an uncertain one.
    fn family(&mut self, fields: &mut Fields<'a>) -> Option<Own<'a>> {
        let table = |key: &str| fields.table.get(key).filter(|n| n.as_table().is_some());
        let keys = [("cv", FACTOR), ("alpha", TAIL_INDEX)];
        let Some((key, ask, node)) = keys.into_iter().find_map(|(key, ask)| Some((key, ask, table(key)?))) else {
            return self.plain_family(fields);
        };
        fields.skip(&[key]);
        let name = fields.need("family", "`family = \"lognormal\"`")?;
        let families: Vec<(&'static str, usize)> = FAMILIES.iter().enumerate().map(|(i, (f, _))| (*f, i)).collect();
        let (family, own) = FAMILIES[self.choice(name, "family of severities", &families)?];
        if own != key && family != "lomax" {
            fields.need(own, "`cv = 2.0`");
            return None;
        }
        let given = self.given(node, &fields.at(key), ask)?;
        let own = Own { family, key, node, given };
        if let Some(value) = given.certain() {
            self.checked(node, own.law(value))?;
        }
        Some(own)
    }

    /// A number of a severity: plain, or in a table with its source or law.
    fn given(&mut self, node: &'a Node, path: &str, ask: Ask) -> Option<Given> {
        if node.as_table().is_none() {
            let value = self.plain_number(node).and_then(|_| self.constant(node, ask))?;
            return Some(self.plain_input(path, value, Text::default()));
        }
        let num = self.number(node, path, ask);
        if let Some(value) = num.constant {
            return Some(Given::Stated(num.q, value));
        }
        // Why it could not be read has been said, or it is the same as another.
        let Law::Constant(value) = self.quantities.get(num.q).law else { return Some(Given::Drawn(num.q)) };
        let other = node.get("same_as").and_then(Node::as_text)?;
        if self.known_by_now(num.q) {
            return Some(Given::Stated(num.q, value));
        }
        if super::paths::find(self.root, other).is_some() {
            self.error(node.place, format!("`{path}` can only be the same as a number that stands before it"))
                .help("state it here, and let the other number be the same as this one");
        }
        None
    }

    /// A plain number of a severity as an input. What it is of stands in `note`.
    fn plain_input(&mut self, path: &str, value: f64, note: Text) -> Given {
        let remark = Remark { note, ..Remark::default() };
        Given::Stated(self.push(path, Unit::Number, Law::Constant(value), remark), value)
    }

    /// The law of a severity with these numbers, each with its place, and all that it may be where some are drawn.
    fn put_together(
        &mut self,
        node: &'a Node,
        numbers: &[(String, Given)],
        law: impl Fn(&[f64]) -> Result<Severity, LawError>,
    ) -> Option<Whole> {
        let mut parameters: Vec<Stretches> = Vec::new();
        for (place, given) in numbers {
            let Given::Drawn(q) = *given else { continue };
            match parameters.iter_mut().find(|p| p.parameter == q) {
                Some(same) => same.places.push(place.clone()),
                None => parameters.push(Stretches { parameter: q, places: vec![place.clone()], ends: Vec::new() }),
            }
        }
        let laws: Vec<&Law> = parameters.iter().map(|p| &self.quantities.get(p.parameter).law).collect();
        let Some(grid) = grid(&laws) else {
            self.too_many(node, parameters.len());
            return None;
        };
        let (ends, values): (Vec<_>, Vec<_>) = grid.into_iter().unzip();
        parameters.iter_mut().zip(ends).for_each(|(p, ends)| p.ends = ends);
        let at = |combination: &[usize]| -> Vec<f64> {
            let value = |given: &Given| match given {
                Given::Stated(_, value) => *value,
                Given::Drawn(q) => {
                    let drawn = parameters.iter().zip(&values).zip(combination).find(|((p, _), _)| p.parameter == *q);
                    drawn.map_or(f64::NAN, |((_, values), at)| values[*at])
                }
            };
            numbers.iter().map(|(_, given)| value(given)).collect()
        };
        let middle: Vec<usize> = parameters.iter().map(|p| p.count() / 2).collect();
        if parameters.is_empty() {
            return self.checked(node, law(&at(&middle))).map(|severity| (severity, None));
        }
        let mut laws = Vec::new();
        for i in 0..parameters.iter().map(Stretches::count).product() {
            let (mut rest, mut combination) = (i, middle.clone());
            for (place, parameter) in combination.iter_mut().zip(&parameters).rev() {
                (*place, rest) = (rest % parameter.count(), rest / parameter.count());
            }
            laws.push(self.checked(node, law(&at(&combination)))?);
        }
        let severities = Severities { parameters, laws };
        let middle = severities.parameters.iter().zip(&middle).fold(0, |before, (p, at)| before * p.count() + at);
        Some((severities.laws[middle].clone(), Some(severities)))
    }

    fn too_many(&mut self, node: &'a Node, count: usize) {
        let most = (1..count).rev().find(|k| share(MOST_LAWS, *k) >= FEWEST).unwrap_or(1);
        self.error(node.place, format!("{count} numbers of this severity are uncertain, and {most} can be"))
            .label(format!("its laws are tabulated for at most {MOST_LAWS} combinations of them"))
            .help(
                "give the numbers that matter least as constants; only the ratios of weights and of means matter, so that one \
                 of each can be constant anyhow; or let several be the same draw by `same_as`",
            );
    }

    /// True for a number that was read already.
    fn known_by_now(&self, q: Q) -> bool {
        let waits = self.reserved.values().any(|(reserved, _)| *reserved == q);
        !waits && self.handles.get(&self.quantities.get(q).path) == Some(&q) && !self.multiples().any(|own| own == q)
    }

    /// A family whose parameter is a plain number.
    fn plain_family(&mut self, fields: &mut Fields<'a>) -> Option<Own<'a>> {
        let node = fields.need("family", "`family = \"lognormal\"`, `mixture` or `empirical`");
        let families: Vec<(&'static str, usize)> = FAMILIES.iter().enumerate().map(|(i, (f, _))| (*f, i)).collect();
        let Some(found) = node.and_then(|n| self.choice(n, "family of severities", &families)) else {
            // Which of them it has is not known.
            fields.skip(&["cv", "alpha"]);
            return None;
        };
        let (family, own) = FAMILIES[found];
        let key = if family == "lomax" && fields.table.has("cv") { "cv" } else { own };
        let example = if key == "cv" { "`cv = 2.0`" } else { "`alpha = 2.5`, the index of the tail" };
        let node = fields.need(key, example)?;
        let value = self.plain_number(node)?;
        if key == "alpha" && value <= 1.0 {
            self.error(node.place, format!("with alpha = {value} the mean loss is infinite"))
                .label("must be above 1")
                .help("a tail this heavy has no mean to scale; take alpha above 1");
            return None;
        }
        let given = self.plain_input(&fields.at(key), value, Text::default());
        let own = Own { family, key, node, given };
        let law = self.checked(node, own.law(value))?;
        let note = Text::both(&family_words(&law, Lang::En), &family_words(&law, Lang::Ko));
        self.quantities.list[given.input().0 as usize].note = note;
        Some(own)
    }

    fn checked(&mut self, node: &Node, built: Result<Severity, LawError>) -> Option<Severity> {
        match built {
            Ok(severity) => Some(severity),
            Err(e) => {
                self.error(node.place, format!("this severity is impossible: {}", e.fault())).help(e.advice());
                None
            }
        }
    }

    fn mixture(&mut self, fields: &mut Fields<'a>, path: &str) -> Option<Whole> {
        let node = fields.take("mixture")?;
        let list = self.list(node);
        let (mut numbers, mut families) = (Vec::new(), Vec::new());
        for (i, item) in list.iter().enumerate() {
            let place = format!("mixture.{}", i + 1);
            let Some(mut inner) = self.open(item, &format!("{path}.{place}")) else { continue };
            let weight = inner.need("weight", "`weight = 0.9`");
            let weight = weight.and_then(|n| self.given(n, &inner.at("weight"), FACTOR));
            let mean = inner.need("mean", "`mean = 0.5`, relative to the other parts");
            let mean = mean.and_then(|n| self.given(n, &inner.at("mean"), POSITIVE));
            let family = self.family(&mut inner).filter(|own| self.fits(own));
            let wrong = inner.finish(self);
            if let (Some(weight), Some(mean), Some(family), false) = (weight, mean, family, wrong) {
                let keys = [("weight", weight), ("mean", mean), (family.key, family.given)];
                numbers.extend(keys.map(|(key, given)| (format!("{place}.{key}"), given)));
                families.push(family);
            }
        }
        if families.len() < list.len() {
            return None;
        }
        let part = |(own, n): (&Own<'a>, &[f64])| own.law(n[2]).map(|law| (n[0], n[1], law));
        let law = |values: &[f64]| {
            let parts: Result<Vec<_>, LawError> = families.iter().zip(values.chunks(3)).map(part).collect();
            parts.and_then(Severity::mixture)
        };
        self.put_together(node, &numbers, law)
    }

    /// Whether a family has a law at either end of what its parameter will be; otherwise says so where it stands.
    fn fits(&mut self, own: &Own<'a>) -> bool {
        let Given::Drawn(q) = own.given else { return true };
        let (_, values) = stretches(&self.quantities.get(q).law, STRETCHES);
        values.into_iter().all(|value| self.checked(own.node, own.law(value)).is_some())
    }

    fn empirical(&mut self, fields: &mut Fields<'a>) -> Option<Severity> {
        let node = fields.take("empirical")?;
        let list = self.list(node);
        let values: Vec<f64> = list.iter().filter_map(|n| self.constant(n, MONEY)).collect();
        let weights = fields.take("weights").map(|n| self.plain_numbers(n));
        if values.len() < list.len() {
            return None;
        }
        self.checked(node, Severity::empirical(values, weights))
    }
}
