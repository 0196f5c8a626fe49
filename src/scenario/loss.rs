//! Losses in the file: who loses money, the customer damage function, severities, exaggerated and unfounded claims.

use super::number::{AT_LEAST_ONE, FACTOR, HOURS, MONEY, Num, RATE, SHARE};
use super::people::own_service;
use super::reader::{Fields, Reading};
use super::show::people::severity_words;
use super::tree::{Node, Value};
use crate::chance::law::LawError;
use crate::chance::severity::Severity;
use crate::model::{Damage, Lang, Loss, Q, Text, Unit};

/// Families of severities, each with the key of its one parameter.
const FAMILIES: [(&str, &str); 4] = [("lognormal", "cv"), ("gamma", "cv"), ("weibull", "cv"), ("lomax", "alpha")];

/// Note of a severity among the inputs.
fn severity_note(severity: &Severity) -> Text {
    let korean = severity_words(severity, Lang::Ko);
    Text::both(
        &format!("cv of losses around the mean; {}", severity.describe()),
        &format!("평균을 중심으로 한 손해의 변동계수; {korean}"),
    )
}

impl<'a> Reading<'a> {
    /// Reads the loss of a cohort that uses some services (indices); `sure`: these are all of them.
    pub fn loss(&mut self, node: &'a Node, path: &str, services: &[usize], sure: bool) -> Option<Loss> {
        let mut fields = self.open(node, path)?;
        let share = self.need_number(&mut fields, "share", SHARE, "`share = 0.05`, of the hit, those who lose money").q;
        let damage = self.damage(&mut fields);
        let service = fields.take("service").and_then(|n| self.own_service(n, services, sure));
        let severity = self.severity(&mut fields);
        let indirect_share = self.number_or(&mut fields, "indirect_share", SHARE, 0.0).q;
        let genuine = self.plumbing(&fields.at("genuine.approval_factor"), Unit::Number, 1.0).q;
        let exaggerated = self.exaggerated(&mut fields);
        let unfounded = self.unfounded(&mut fields);
        fields.finish(self);
        Some(Loss {
            share,
            damage,
            service,
            severity,
            indirect_share,
            exaggerated_share: exaggerated[0],
            exaggeration: exaggerated[1],
            unfounded_share: unfounded[0],
            approval_factors: [genuine, exaggerated[2], unfounded[1]],
        })
    }

    /// A service of the cohort itself.
    fn own_service(&mut self, node: &'a Node, services: &[usize], sure: bool) -> Option<usize> {
        let all = self.names.services.clone();
        let names: Vec<String> = services.iter().filter_map(|i| all.get(*i).cloned()).collect();
        let word = self.text(node)?;
        if !sure && all.iter().any(|s| s == word) {
            return None; // which services the cohort has is not known, and that has been said
        }
        let found = self.reference(node, own_service(word, &all), &names)?;
        services.get(found).copied()
    }

    fn damage(&mut self, fields: &mut Fields<'a>) -> Damage {
        let path = fields.at("damage");
        let example = "`damage = { rate = 1000, elasticity = 0.7 }`, the mean loss by hours";
        let inner = fields.need("damage", example).and_then(|n| self.open(n, &path));
        let Some(mut inner) = inner else { return self.no_damage(&path) };
        let damage = match inner.take("points") {
            Some(points) => Damage::Points(self.damage_points(points, &format!("{path}.points"))),
            None => {
                let rate = self.need_number(&mut inner, "rate", RATE, "`rate = 1000`, the mean loss after one hour").q;
                let elasticity = self.need_number(&mut inner, "elasticity", FACTOR, "`elasticity = 0.7`").q;
                Damage::Power { rate, elasticity }
            }
        };
        inner.finish(self);
        damage
    }

    fn no_damage(&mut self, path: &str) -> Damage {
        let rate = self.stand_in(&format!("{path}.rate"), RATE).q;
        Damage::Power { rate, elasticity: self.stand_in(&format!("{path}.elasticity"), FACTOR).q }
    }

    fn damage_points(&mut self, node: &'a Node, path: &str) -> Vec<(Q, Q)> {
        let list = self.list(node);
        if list.is_empty() && node.as_list().is_some() {
            self.error(node.place, "a damage function needs at least one point")
                .help("[ [\"0 h\", 0], [\"10 h\", 8000] ]");
        }
        let mut last: Option<f64> = None;
        let mut points = Vec::new();
        for (i, item) in list.iter().enumerate() {
            let Some((x, y)) = self.pair(item, "hours and money: [\"10 h\", 8000]") else { continue };
            let hours = self.number(x, &format!("{path}.{}.1", i + 1), HOURS);
            let money = self.number(y, &format!("{path}.{}.2", i + 1), MONEY);
            self.rising(item, hours, &mut last, "the points are not in order of their hours");
            points.push((hours.q, money.q));
        }
        if points.is_empty() {
            let hours = self.stand_in(&format!("{path}.1.1"), HOURS).q;
            points.push((hours, self.stand_in(&format!("{path}.1.2"), MONEY).q));
        }
        points
    }

    /// Both members of a pair.
    pub fn pair(&mut self, node: &'a Node, what: &str) -> Option<(&'a Node, &'a Node)> {
        match self.list(node) {
            [x, y] => Some((x, y)),
            other => {
                if node.as_list().is_some() {
                    self.error(node.place, format!("a point has two members, not {}", other.len())).help(what);
                }
                None
            }
        }
    }

    /// Constants must rise from one point to the next.
    pub fn rising(&mut self, node: &Node, now: Num, last: &mut Option<f64>, message: &str) {
        if let (Some(before), Some(value)) = (*last, now.constant)
            && value <= before
        {
            self.error(node.place, message).help("each point lies beyond the one before it");
        }
        *last = now.constant.or(*last);
    }

    fn severity(&mut self, fields: &mut Fields<'a>) -> Severity {
        let path = fields.at("severity");
        let example = "`severity = { family = \"lognormal\", cv = 2.0 }`, or \"none\" if all lose the mean";
        let Some(node) = fields.need("severity", example) else { return Severity::Degenerate };
        match &node.value {
            Value::Text(word) if word == "none" => return Severity::Degenerate,
            Value::Text(word) => {
                self.error(node.place, format!("`{word}` is no severity"))
                    .help("write \"none\" if all lose the mean, or { family = \"lognormal\", cv = 2.0 }");
                return Severity::Degenerate;
            }
            _ => {}
        }
        let Some(mut inner) = self.open(node, &path) else { return Severity::Degenerate };
        let remark = self.remark(&mut inner);
        let severity = match (inner.table.has("mixture"), inner.table.has("empirical")) {
            (true, _) => self.mixture(&mut inner, &path),
            (_, true) => self.empirical(&mut inner),
            _ => self.family(&mut inner),
        };
        let wrong = inner.finish(self);
        match severity {
            Some(severity) if !wrong => {
                self.record(&path, Unit::Number, severity.cv(), &severity_note(&severity), remark);
                severity
            }
            _ => Severity::Degenerate,
        }
    }

    /// A severity of one family.
    fn family(&mut self, fields: &mut Fields<'a>) -> Option<Severity> {
        let node = fields.need("family", "`family = \"lognormal\"`, `mixture` or `empirical`")?;
        let families: Vec<(&'static str, usize)> = FAMILIES.iter().enumerate().map(|(i, (f, _))| (*f, i)).collect();
        let Some(found) = self.choice(node, "family of severities", &families) else {
            fields.skip(&["cv", "alpha"]);
            return None;
        };
        let (family, key) = FAMILIES[found];
        if family == "lomax" && fields.table.has("cv") {
            let cv = fields.take("cv").and_then(|n| self.plain_number(n).map(|v| (n, v)))?;
            return self.checked(cv.0, Severity::from_family_cv(family, cv.1));
        }
        let example = if key == "cv" { "`cv = 2.0`" } else { "`alpha = 2.5`, the index of the tail" };
        let node = fields.need(key, example)?;
        let value = self.plain_number(node)?;
        if key == "cv" {
            return self.checked(node, Severity::from_family_cv(family, value));
        }
        if value <= 1.0 {
            self.error(node.place, format!("with alpha = {value} the mean loss is infinite"))
                .label("must be above 1")
                .help("a tail this heavy has no mean to scale; take alpha above 1");
            return None;
        }
        self.checked(node, Severity::lomax(value))
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

    fn mixture(&mut self, fields: &mut Fields<'a>, path: &str) -> Option<Severity> {
        let node = fields.take("mixture")?;
        let list = self.list(node);
        let mut parts = Vec::new();
        for (i, item) in list.iter().enumerate() {
            let Some(mut inner) = self.open(item, &format!("{path}.mixture.{}", i + 1)) else { continue };
            let weight = inner.need("weight", "`weight = 0.9`").and_then(|n| self.plain_number(n));
            let mean =
                inner.need("mean", "`mean = 0.5`, relative to the other parts").and_then(|n| self.plain_number(n));
            let severity = self.family(&mut inner);
            let wrong = inner.finish(self);
            if let (Some(weight), Some(mean), Some(severity), false) = (weight, mean, severity, wrong) {
                parts.push((weight, mean, severity));
            }
        }
        let complete = parts.len() == list.len();
        let built = complete.then(|| Severity::mixture(parts))?;
        self.checked(node, built)
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

    /// Share who claim more than they lost, by which factor, and the factor on their approval.
    fn exaggerated(&mut self, fields: &mut Fields<'a>) -> [Q; 3] {
        let path = fields.at("exaggerated");
        match fields.take("exaggerated").and_then(|n| self.open(n, &path)) {
            Some(mut inner) => {
                let share = self.need_number(&mut inner, "share", SHARE, "`share = 0.1`").q;
                let factor = self.need_number(&mut inner, "factor", AT_LEAST_ONE, "`factor = 1.5`").q;
                let approval = self.number_or(&mut inner, "approval_factor", FACTOR, 1.0).q;
                inner.finish(self);
                [share, factor, approval]
            }
            None => [
                self.plumbing(&format!("{path}.share"), Unit::Share, 0.0).q,
                self.plumbing(&format!("{path}.factor"), Unit::Number, 1.0).q,
                self.plumbing(&format!("{path}.approval_factor"), Unit::Number, 1.0).q,
            ],
        }
    }

    /// Share without a loss who would claim one, and the factor on their approval.
    fn unfounded(&mut self, fields: &mut Fields<'a>) -> [Q; 2] {
        let path = fields.at("unfounded");
        match fields.take("unfounded").and_then(|n| self.open(n, &path)) {
            Some(mut inner) => {
                let share = self.need_number(&mut inner, "share", SHARE, "`share = 0.01`").q;
                let approval = self.number_or(&mut inner, "approval_factor", FACTOR, 1.0).q;
                inner.finish(self);
                [share, approval]
            }
            None => [
                self.plumbing(&format!("{path}.share"), Unit::Share, 0.0).q,
                self.plumbing(&format!("{path}.approval_factor"), Unit::Number, 1.0).q,
            ],
        }
    }
}
