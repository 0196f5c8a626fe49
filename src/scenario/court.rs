//! The court route in the file, and who bears the cost: `[courts]` and `[bearing]`.

use super::filing::Profile;
use super::number::{FACTOR, HOURS, KAPPA, MONEY, SHARE};
use super::reader::{Fields, Reading};
use super::tree::Node;
use crate::model::bearing::{Bearing, CostSplit, Insurance, Recourse};
use crate::model::court::{Costs, Instance, Issue, Mediation, Plaintiffs, SmallClaims};
use crate::model::{TakeUp, Unit};

use super::number::Ask;

/// A limit that may be infinite.
const LIMIT: Ask = Ask { unit: Unit::Money, ..KAPPA };

impl<'a> Reading<'a> {
    /// Reads `[courts]`: one table an issue.
    pub fn courts(&mut self, node: Option<&'a Node>, filing: &[Profile]) -> Vec<Issue> {
        let Some(table) = node.and_then(|n| self.open(n, "courts")) else { return Vec::new() };
        let mut issues = Vec::new();
        for entry in &table.table.entries {
            self.name(&entry.key, entry.key_place);
            if let Some(fields) = self.open(&entry.node, &format!("courts.{}", entry.key)) {
                issues.push(self.issue(&entry.key, fields, filing));
            }
        }
        issues
    }

    fn issue(&mut self, id: &str, mut fields: Fields<'a>, filing: &[Profile]) -> Issue {
        let title = self.title_or(&mut fields, id);
        let cohorts = self.addressed(&mut fields, false);
        let words = [("losers", Plaintiffs::Losers), ("hit", Plaintiffs::Hit)];
        let plaintiffs = match fields.take("plaintiffs") {
            Some(node) => self.choice(node, "kind of plaintiffs", &words).unwrap_or(Plaintiffs::Losers),
            None => {
                self.fill(&fields.path, "plaintiffs", Node::text("losers", fields.place));
                Plaintiffs::Losers
            }
        };
        let path = fields.at("suing");
        let suing = fields.need("suing", "`suing = { rate = 0.001 }`").and_then(|n| self.suing(n, &path, filing));
        let suing = suing.unwrap_or_else(|| TakeUp::Constant { rate: self.stand_in(&format!("{path}.rate"), SHARE).q });
        let joint = self.joint(&mut fields);
        let instances = self.instances(&mut fields);
        let award_share = self.need_number(&mut fields, "award_share", SHARE, "`award_share = 0.5`").q;
        let distress = self.number_or(&mut fields, "distress", MONEY, 0.0).q;
        let follow_on = self.number_or(&mut fields, "follow_on", SHARE, 0.0).q;
        let costs = self.costs(&mut fields);
        let before = self.number_or(&mut fields, "interest_before", SHARE, 0.0).q;
        let after = self.number_or(&mut fields, "interest_after", SHARE, 0.0).q;
        let filed_after_hours = self.number_or(&mut fields, "filed_after", HOURS, 0.0).q;
        let path = fields.at("small_claims");
        let small_claims = fields.take("small_claims").and_then(|n| self.open(n, &path)).map(|mut inner| {
            let limit = self.need_number(&mut inner, "limit", MONEY, "`limit = \"30 m KRW\"`").q;
            let factor = self.need_number(&mut inner, "factor", FACTOR, "`factor = 0.5`, of time and costs").q;
            inner.finish(self);
            SmallClaims { limit, factor }
        });
        let path = fields.at("settlement");
        let settlement = fields.take("settlement").and_then(|n| self.open(n, &path)).map(|mut inner| {
            let offer = self.need_number(&mut inner, "offer", SHARE, "`offer = 0.3`, a share of the award").q;
            let accepted = self.need_number(&mut inner, "accepted", SHARE, "`accepted = 0.5`").q;
            inner.finish(self);
            (offer, accepted)
        });
        let mediation = fields.take("mediation").and_then(|n| self.mediation(n, &fields.at("mediation")));
        fields.finish(self);
        Issue {
            id: id.into(),
            title,
            cohorts,
            plaintiffs,
            suing,
            joint,
            instances,
            award_share,
            distress,
            follow_on,
            costs,
            interest_year: (before, after),
            filed_after_hours,
            small_claims,
            settlement,
            mediation,
        }
    }

    /// Who sues: a take-up curve, or the name of a filing profile.
    fn suing(&mut self, node: &'a Node, path: &str, filing: &[Profile]) -> Option<TakeUp> {
        if node.as_text().is_some() {
            let names: Vec<String> = filing.iter().map(|p| p.id.clone()).collect();
            if self.without_wage(node, &names) {
                return None;
            }
            let found = self.filing_profile(node, &names)?;
            self.used.insert(format!("filing.{}", names[found]));
            return Some(filing[found].takeup.clone());
        }
        let mut inner = self.open(node, path)?;
        let curve = self.takeup(&mut inner);
        inner.finish(self);
        Some(curve)
    }

    fn joint(&mut self, fields: &mut Fields<'a>) -> (crate::model::Q, crate::model::Q) {
        let path = fields.at("joint");
        match fields.take("joint").and_then(|n| self.open(n, &path)) {
            Some(mut inner) => {
                let share = self.need_number(&mut inner, "share", SHARE, "`share = 0.9`").q;
                let each =
                    self.need_number(&mut inner, "plaintiffs", super::number::AT_LEAST_ONE, "`plaintiffs = 100`").q;
                inner.finish(self);
                (share, each)
            }
            None => {
                let share = self.plumbing(&format!("{path}.share"), Unit::Share, 0.0).q;
                (share, self.plumbing(&format!("{path}.plaintiffs"), Unit::Number, 1.0).q)
            }
        }
    }

    fn instances(&mut self, fields: &mut Fields<'a>) -> Vec<Instance> {
        let path = fields.at("instances");
        let mut instances = Vec::new();
        let node = fields.need("instances", "`instances = [ { win = 0.2, takes = \"300 d\" } ]`");
        for (i, item) in node.map_or(&[][..], |n| self.list(n)).iter().enumerate() {
            let Some(mut inner) = self.open(item, &format!("{path}.{}", i + 1)) else { continue };
            let win = self.need_number(&mut inner, "win", SHARE, "`win = 0.2`").q;
            let proven = self.number_or(&mut inner, "proven", SHARE, 1.0).q;
            let hours = self.need_number(&mut inner, "takes", HOURS, "`takes = \"300 d\"`").q;
            let appeal = self.number_or(&mut inner, "appeal", SHARE, 0.0).q;
            let company_appeals = self.number_or(&mut inner, "company_appeals", SHARE, 0.0).q;
            inner.finish(self);
            instances.push(Instance { win, proven, hours, appeal, company_appeals });
        }
        if let Some(node) = node.filter(|n| n.as_list().is_some_and(<[Node]>::is_empty)) {
            self.error(node.place, "an issue needs at least one instance").help("[ { win = 0.2, takes = \"300 d\" } ]");
        }
        instances
    }

    fn costs(&mut self, fields: &mut Fields<'a>) -> Costs {
        let path = fields.at("costs");
        match fields.take("costs").and_then(|n| self.open(n, &path)) {
            Some(mut inner) => {
                let plaintiffs = self.need_number(&mut inner, "plaintiffs", MONEY, "`plaintiffs = 500_000`, a suit").q;
                let company = self.need_number(&mut inner, "company", MONEY, "`company = 5_000_000`, a suit").q;
                let loser_pays = self.number_or(&mut inner, "loser_pays", SHARE, 0.0).q;
                inner.finish(self);
                Costs { plaintiffs, company, loser_pays }
            }
            None => {
                let mut none = |key: &str, unit| self.plumbing(&format!("{path}.{key}"), unit, 0.0).q;
                Costs {
                    plaintiffs: none("plaintiffs", Unit::Money),
                    company: none("company", Unit::Money),
                    loser_pays: none("loser_pays", Unit::Share),
                }
            }
        }
    }

    fn mediation(&mut self, node: &'a Node, path: &str) -> Option<Mediation> {
        let mut fields = self.open(node, path)?;
        let share = self.need_number(&mut fields, "share", SHARE, "`share = 0.5`").q;
        let company_accepts = self.need_number(&mut fields, "company_accepts", SHARE, "`company_accepts = 0.5`").q;
        let people_accept = self.need_number(&mut fields, "people_accept", SHARE, "`people_accept = 0.7`").q;
        let award_share = self.need_number(&mut fields, "award_share", SHARE, "`award_share = 0.3`").q;
        let hours = self.need_number(&mut fields, "takes", HOURS, "`takes = \"60 d\"`").q;
        fields.finish(self);
        Some(Mediation { share, company_accepts, people_accept, award_share, hours })
    }

    /// Reads `[bearing]`.
    pub fn bearing(&mut self, node: Option<&'a Node>) -> Bearing {
        let Some(mut fields) = node.and_then(|n| self.open(n, "bearing")) else { return Bearing::default() };
        let path = fields.at("cost_split");
        let cost_split = fields.take("cost_split").and_then(|n| self.open(n, &path)).map(|mut inner| {
            let partner = inner.need("partner", "`partner = { en = \"Data centre\", ko = \"데이터센터 운영사\" }`");
            let partner = partner.map(|node| {
                if node.as_text().is_some_and(|t| t.trim().is_empty()) {
                    self.error(node.place, "this text is empty").help("say who bears a part of the cost");
                }
                self.words(node)
            });
            let partner = partner.unwrap_or_default();
            let share = self.need_number(&mut inner, "share", SHARE, "`share = 0.3`, of the cost").q;
            inner.finish(self);
            CostSplit { partner, share }
        });
        let path = fields.at("recourse");
        let recourse = fields.take("recourse").and_then(|n| self.open(n, &path)).map(|mut inner| {
            let win = self.need_number(&mut inner, "win", SHARE, "`win = 0.5`").q;
            let share = self.need_number(&mut inner, "share", SHARE, "`share = 0.5`, of the cost").q;
            let limit = self.number_or(&mut inner, "limit", LIMIT, f64::INFINITY).q;
            let cost = self.number_or(&mut inner, "cost", MONEY, 0.0).q;
            inner.finish(self);
            Recourse { win, share, limit, cost }
        });
        let path = fields.at("insurance");
        let insurance = fields.take("insurance").and_then(|n| self.open(n, &path)).map(|mut inner| {
            let retention = self.need_number(&mut inner, "retention", MONEY, "`retention = \"1 bn KRW\"`").q;
            let limit = self.need_number(&mut inner, "limit", MONEY, "`limit = \"10 bn KRW\"`").q;
            let share = self.number_or(&mut inner, "share", SHARE, 1.0).q;
            inner.finish(self);
            Insurance { retention, limit, share }
        });
        fields.finish(self);
        Bearing { cost_split, recourse, insurance }
    }
}
