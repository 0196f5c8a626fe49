//! Cohorts in the file: who they are, how many are hit, what they pay, what they report.

use super::number::{FACTOR, FEE, KAPPA, Num, PERSONS, REMARK, Remark, SHARE, is_number, led, meant, meant_as_number};
use super::reader::{Fields, Reading, map_of};
use super::report::closest;
use super::tree::{Node, Value};
use crate::chance::law::Law;
use crate::model::{Cohort, FeeMonth, Hit, Q, Reports, Text, Unit, UseWeights, WeekProfile};

/// Note of a fee that differs from person to person.
pub fn law_note() -> Text {
    Text::both("mean; people differ by a law", "평균, 사람마다 분포에 따라 다름")
}

/// Ways to say how the fees of people differ.
const WAYS: [&str; 2] = ["bands", "varies"];

/// What a name should be that is to be a service of a cohort: one that no service of the file has is none at all.
pub(super) fn own_service(name: &str, all: &[String]) -> &'static str {
    if all.iter().any(|s| s == name) { "service of this cohort" } else { "service" }
}

/// Use by hour of the week, with its weights where one of them is uncertain.
pub type UseProfile = (WeekProfile, Option<UseWeights>);

/// Use profiles by name.
pub type Profiles = Vec<(String, UseProfile)>;

impl<'a> Reading<'a> {
    /// Reads `[cohorts]`.
    pub fn cohorts(&mut self, node: Option<&'a Node>, profiles: &Profiles) -> Vec<Cohort> {
        let Some(table) = node.and_then(|n| self.open(n, "cohorts")) else { return Vec::new() };
        let mut cohorts = Vec::new();
        for entry in &table.table.entries {
            self.own_name(&entry.key, entry.key_place, "cohort", "cohorts");
            let path = format!("cohorts.{}", entry.key);
            if let Some(fields) = self.open(&entry.node, &path) {
                cohorts.push(self.cohort(&entry.key, cohorts.len(), fields, profiles));
            }
        }
        cohorts
    }

    fn cohort(&mut self, id: &str, index: usize, mut fields: Fields<'a>, profiles: &Profiles) -> Cohort {
        let title = fields.need("title", "`title = \"…\"`").map_or_else(|| Text::en(id), |n| self.words(n));
        let tags = fields.take("tags").map_or_else(Vec::new, |n| self.tags(n));
        let size = self.need_number(&mut fields, "size", PERSONS, "`size = 47500000`").q;
        let (services, sure) = self.cohort_services(&mut fields);
        let region_shares = self.region_shares(&mut fields);
        let hit = self.hit(&mut fields, &services, sure, profiles);
        let awareness = self.number_or(&mut fields, "awareness", FACTOR, 1.0).q;
        let fee = fields.take("fee_month").map_or(FeeMonth::Free, |n| self.fee(n, &fields.at("fee_month")));
        let attributes = match fields.take("attributes") {
            Some(node) => self.attributes(index, node, &fields.at("attributes")),
            None => Vec::new(),
        };
        let loss = fields.take("loss").and_then(|n| self.loss(n, &fields.at("loss"), &services, sure));
        let reports = fields.take("reports").and_then(|n| self.reports(n, &fields.at("reports")));
        fields.finish(self);
        let id = id.into();
        Cohort { id, title, tags, size, services, region_shares, hit, fee, attributes, loss, reports, awareness }
    }

    fn tags(&mut self, node: &'a Node) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for item in self.list(node) {
            let Some(tag) = self.text(item) else { continue };
            if tags.iter().any(|t| t == tag) {
                self.error(item.place, format!("the tag `{tag}` stands twice")).help("write each tag once");
            } else {
                self.name(tag, item.place);
                tags.push(tag.into());
            }
        }
        tags
    }

    /// The services that the people of a cohort use, and whether these are all: where one is not known, that has been
    /// said, and what hangs on it is not said again.
    fn cohort_services(&mut self, fields: &mut Fields<'a>) -> (Vec<usize>, bool) {
        let Some(node) = fields.need("services", "`services = [\"…\"]`, the services its people use") else {
            return (vec![0], false);
        };
        let names = self.names.services.clone();
        let services = self.references(node, "service", &names);
        if node.as_list().is_some_and(<[Node]>::is_empty) {
            self.error(node.place, "a cohort uses at least one of the services")
                .help("people who use none are not hit and need not be in the file");
        }
        let sure = node.as_list().is_some_and(|l| l.len() == services.len());
        (if services.is_empty() { vec![0] } else { services }, sure)
    }

    fn region_shares(&mut self, fields: &mut Fields<'a>) -> Vec<Q> {
        let names = self.names.regions.clone();
        let Some(node) = fields.take("regions") else {
            return names.iter().filter_map(|r| self.handles.get(&format!("regions.{r}.share")).copied()).collect();
        };
        let path = fields.at("regions");
        let Some(table) = self.open(node, &path) else { return self.no_shares(&path) };
        let mut sure = true;
        for entry in &table.table.entries {
            sure &= self.known_key(&entry.key, entry.key_place, "region", &names);
        }
        let shares: Vec<Num> = names
            .iter()
            .map(|name| match table.table.get(name) {
                Some(n) => self.number(n, &format!("{path}.{name}"), SHARE),
                None => self.plumbing(&format!("{path}.{name}"), Unit::Share, 0.0),
            })
            .collect();
        // That a region has another name has been said, and is why they sum to something else.
        if sure {
            self.shares_sum_to_one(&shares, node.place, "the shares of the regions");
        }
        shares.into_iter().map(|s| s.q).collect()
    }

    fn no_shares(&mut self, path: &str) -> Vec<Q> {
        let names = self.names.regions.clone();
        names.iter().map(|name| self.plumbing(&format!("{path}.{name}"), Unit::Share, 1.0).q).collect()
    }

    /// A key that must be one of some names; false where it is not.
    fn known_key(&mut self, key: &str, place: super::report::Place, what: &str, names: &[String]) -> bool {
        let known = names.iter().any(|n| n == key);
        if !known {
            let d = self.error(place, format!("there is no {what} `{key}`"));
            d.help(super::paths::suggestion(key, names));
            if !map_of(what).is_empty() {
                d.missing(format!("{}.{key}", map_of(what)));
            }
        }
        known
    }

    fn hit(&mut self, fields: &mut Fields<'a>, services: &[usize], sure: bool, profiles: &Profiles) -> Hit {
        let path = fields.at("hit");
        match fields.need("hit", "`hit = 0.9`, the share of the cohort hit") {
            Some(node) if node.get("uses_per_day").is_some() => self.hit_by_use(node, &path, services, sure, profiles),
            Some(node) if is_number(node) || node.as_table().is_none() || meant_as_number(node) => {
                Hit::Share(self.number(node, &path, SHARE).q)
            }
            Some(node) => {
                let mut inner = self.open(node, &path);
                if let Some(f) = inner.as_mut() {
                    f.need("uses_per_day", "`uses_per_day = { … }`, or write a share");
                    f.skip(&["profile", "kappa"]);
                }
                inner.map(|f| f.finish(self));
                Hit::Share(self.stand_in(&path, SHARE).q)
            }
            None => Hit::Share(self.stand_in(&path, SHARE).q),
        }
    }

    fn hit_by_use(&mut self, node: &'a Node, path: &str, services: &[usize], sure: bool, profiles: &Profiles) -> Hit {
        let Some(mut fields) = self.open(node, path) else { return Hit::Share(self.stand_in(path, SHARE).q) };
        let per_day = match fields.take("uses_per_day") {
            Some(n) => self.uses_per_day(n, &fields.at("uses_per_day"), services, sure),
            None => Vec::new(),
        };
        let (profile, weights) = self.use_profile(&mut fields, profiles);
        let kappa = self.number_or(&mut fields, "kappa", KAPPA, f64::INFINITY).q;
        fields.finish(self);
        Hit::Use { per_day, profile, weights, kappa }
    }

    fn uses_per_day(&mut self, node: &'a Node, path: &str, services: &[usize], sure: bool) -> Vec<Q> {
        let all = self.names.services.clone();
        let names: Vec<String> = services.iter().filter_map(|i| all.get(*i).cloned()).collect();
        let table = self.open(node, path);
        let keys = table.as_ref().map_or(&[][..], |f| &f.table.entries[..]);
        let (mut meant, mut unlike) = (Vec::new(), 0);
        for entry in keys {
            // Of a cohort whose services are not all known, another service of the file may be one.
            let known = match sure || !all.contains(&entry.key) {
                true => self.known_key(&entry.key, entry.key_place, own_service(&entry.key, &all), &names),
                false => true,
            };
            if !known {
                match closest(&entry.key, names.iter().map(String::as_str)) {
                    Some(name) => meant.push(name),
                    // Told as well, which service is missing would be the same slip a second time.
                    None => unlike += 1,
                }
            }
        }
        let missing = names.iter().filter(|name| node.get(name).is_none() && !meant.contains(&name.as_str()));
        let silent = missing.count() <= unlike;
        let mut uses = Vec::new();
        for name in &names {
            let at = format!("{path}.{name}");
            uses.push(match (node.get(name), &node.value) {
                (Some(n), _) => self.number(n, &at, FACTOR).q,
                // A key that was meant to be this one has been told of.
                (None, Value::Table(_)) if sure && !silent && !meant.contains(&name.as_str()) => {
                    self.error(node.place, format!("`{path}` does not say how often `{name}` is used"))
                        .help(format!("add `{name} = …`; 0 if it is not used"));
                    self.stand_in(&at, FACTOR).q
                }
                _ => self.stand_in(&at, FACTOR).q,
            });
        }
        uses
    }

    fn use_profile(&mut self, fields: &mut Fields<'a>, profiles: &Profiles) -> UseProfile {
        let names: Vec<String> = profiles.iter().map(|(n, _)| n.clone()).collect();
        let found = match fields.take("profile") {
            Some(node) => self.reference(node, "use profile", &names),
            None => {
                let default = names.iter().position(|n| n == "default");
                if default.is_some() {
                    self.fill(&fields.path, "profile", Node::text("default", fields.place));
                }
                default
            }
        };
        if let Some(i) = found {
            self.used.insert(format!("profiles.{}", names[i]));
        }
        found.map_or_else(|| (WeekProfile::flat(), None), |i| profiles[i].1.clone())
    }

    fn fee(&mut self, node: &'a Node, path: &str) -> FeeMonth {
        if let Some(bands) = node.get("bands") {
            return self.fee_bands(node, bands, path);
        }
        if let Some(varies) = node.get("varies") {
            return self.fee_varies(node, varies, path);
        }
        if matches!(node.value, Value::Number(0.0, _)) {
            return FeeMonth::Free;
        }
        if !is_number(node) && meant(node, &WAYS) {
            if let Some(mut fields) = self.open(node, path) {
                fields.instead(&WAYS);
                fields.need("value", "`value = …`, `bands = [ … ]` or `varies = { law = … }`");
                fields.skip(&REMARK);
                fields.finish(self);
            }
            return FeeMonth::Free;
        }
        FeeMonth::Same(self.number(node, path, FEE).q)
    }

    fn fee_bands(&mut self, node: &'a Node, bands: &'a Node, path: &str) -> FeeMonth {
        if let Some(mut fields) = self.open(node, path) {
            fields.take("bands");
            fields.finish(self);
        }
        let mut shares = Vec::new();
        let mut out = Vec::new();
        for (i, item) in self.list(bands).iter().enumerate() {
            let at = format!("{path}.bands.{}", i + 1);
            let Some(mut fields) = self.open(item, &at) else {
                shares.push(self.lost_share(&at));
                continue;
            };
            let share = self.need_number(&mut fields, "share", SHARE, "`share = 0.4`");
            let fee = self.need_number(&mut fields, "fee", FEE, "`fee = 30000`");
            fields.finish(self);
            shares.push(share);
            out.push((share.q, fee.q));
        }
        if out.is_empty() {
            if bands.as_list().is_some_and(<[Node]>::is_empty) {
                self.error(bands.place, "fee bands need at least one band")
                    .help("write bands = [ { share = 0.4, fee = 30000 }, … ], or fee_month = 0 for who pays nothing");
            }
            return FeeMonth::Free;
        }
        self.shares_sum_to_one(&shares, bands.place, "the shares of the fee bands");
        FeeMonth::Bands(out)
    }

    /// A law by which people of the cohort differ. It is no uncertain quantity; its mean is entered as a constant so
    /// that its source and note appear among the inputs.
    fn fee_varies(&mut self, node: &'a Node, varies: &'a Node, path: &str) -> FeeMonth {
        if let Some(mut fields) = self.open(node, path) {
            fields.take("varies");
            fields.finish(self);
        }
        let at = format!("{path}.varies");
        let Some(mut fields) = self.open(varies, &at) else { return FeeMonth::Free };
        let remark = self.remark(&mut fields);
        let law = self.needed_law(&mut fields, varies, FEE, "`law = \"lognormal\", mean = 40000, cv = 0.4`");
        if fields.finish(self) {
            return FeeMonth::Free;
        }
        let Some(law) = law else { return FeeMonth::Free };
        self.record(&at, Unit::MoneyPerMonth, law.mean(), &law_note(), remark);
        FeeMonth::Varies(law)
    }

    /// Enters a number that the model holds elsewhere, so that it appears among the inputs.
    pub fn record(&mut self, path: &str, unit: Unit, value: f64, what: &Text, mut remark: Remark) {
        remark.note = led(what, &remark.note);
        match value.is_finite() {
            true => drop(self.push(path, unit, Law::Constant(value), remark)),
            false => self.figure(path, ("infinite".into(), None), &unit.words(&self.currency.clone()), remark),
        }
    }

    fn reports(&mut self, node: &'a Node, path: &str) -> Option<Reports> {
        let mut fields = self.open(node, path)?;
        let share = self.need_number(&mut fields, "share", SHARE, "`share = \"0.2 %\"`").q;
        let no_money_share = self.number_or(&mut fields, "no_money_share", SHARE, 0.0).q;
        fields.finish(self);
        Some(Reports { share, no_money_share })
    }
}
