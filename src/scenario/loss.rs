//! Losses in the file: who loses money, the customer damage function, exaggerated and unfounded claims.

use super::number::{AT_LEAST_ONE, ELASTICITY, FACTOR, HOURS, MONEY, Num, RATE, SHARE};
use super::people::own_service;
use super::reader::{Fields, Reading};
use super::tree::Node;
use crate::model::{Damage, Loss, Q, Unit};

impl<'a> Reading<'a> {
    /// Reads the loss of a cohort that uses some services (indices); `sure`: these are all of them.
    pub fn loss(&mut self, node: &'a Node, path: &str, services: &[usize], sure: bool) -> Option<Loss> {
        let mut fields = self.open(node, path)?;
        let share = self.need_number(&mut fields, "share", SHARE, "`share = 0.05`, of the hit, those who lose money").q;
        let damage = self.damage(&mut fields);
        let service = fields.take("service").and_then(|n| self.own_service(n, services, sure));
        let (severity, severities) = self.severity(&mut fields);
        let indirect_share = self.number_or(&mut fields, "indirect_share", SHARE, 0.0).q;
        let genuine = self.idle(&fields.at("genuine.approval_factor"), Unit::Number, 1.0);
        let exaggerated = self.exaggerated(&mut fields);
        let unfounded = self.unfounded(&mut fields);
        fields.finish(self);
        Some(Loss {
            share,
            damage,
            service,
            severity,
            severities,
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
                inner.instead(&["points"]);
                let rate = self.need_number(&mut inner, "rate", RATE, "`rate = 1000`, the mean loss after one hour").q;
                let elasticity = self.need_number(&mut inner, "elasticity", ELASTICITY, "`elasticity = 0.7`").q;
                Damage::Power { rate, elasticity }
            }
        };
        inner.finish(self);
        damage
    }

    fn no_damage(&mut self, path: &str) -> Damage {
        let rate = self.stand_in(&format!("{path}.rate"), RATE).q;
        Damage::Power { rate, elasticity: self.stand_in(&format!("{path}.elasticity"), ELASTICITY).q }
    }

    fn damage_points(&mut self, node: &'a Node, path: &str) -> Vec<(Q, Q)> {
        let list = self.points(node, "[ [\"0 h\", 0], [\"10 h\", 8000] ]");
        if node.as_list().is_some_and(<[Node]>::is_empty) {
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

    /// A list of lists; that the inner ones lack their brackets is one mistake.
    pub fn points(&mut self, node: &'a Node, example: &str) -> &'a [Node] {
        let list = self.list(node);
        if list.is_empty() || list.iter().any(|n| n.as_list().is_some()) {
            return list;
        }
        self.error(node.place, "a list of lists belongs here")
            .help(format!("write each in brackets of its own: {example}"));
        &[]
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
