//! The incident in the file: start, phases, regions, services and their restoration.

use super::number::{HOURS, Num, SHARE, is_number};
use super::reader::{Fields, Reading};
use super::report::Place;
use super::tree::{CLOCK, Node, Value, on_a_clock};
use crate::model::{LocalTime, Outage, Phase, Q, Region, Restoration, Service, Stratum, Text, Unit};

/// Path of the start of the outage.
const START: &str = "outage.start";

/// How far constant shares may be from a sum of 1.
pub const SUM_SLACK: f64 = 1e-6;

impl<'a> Reading<'a> {
    /// Reads `[outage]`.
    pub fn outage(&mut self, node: Option<&'a Node>) -> Outage {
        let mut outage = Outage { start: monday(), phases: Vec::new() };
        let Some(mut fields) = node.and_then(|n| self.open(n, "outage")) else { return outage };
        if let Some(start) = fields.need("start", "`start = 2022-10-15T15:30:00`") {
            outage.start = self.stated_start(start).unwrap_or_else(monday);
        }
        if let Some(phases) = fields.take("phases").and_then(|n| self.open(n, "outage.phases")) {
            for entry in &phases.table.entries {
                self.name(&entry.key, entry.key_place);
                outage.phases.push(self.phase(&entry.key, &entry.node));
            }
        }
        fields.finish(self);
        outage
    }

    fn phase(&mut self, id: &str, node: &'a Node) -> Phase {
        let path = format!("outage.phases.{id}");
        let Some(mut fields) = self.open(node, &path) else {
            let hours = self.stand_in(&format!("{path}.hours"), HOURS).q;
            return Phase { id: id.into(), title: Text::en(id), hours };
        };
        let title = self.title_or(&mut fields, id);
        let hours = self.need_number(&mut fields, "hours", HOURS, "`hours = \"10 h\"`").q;
        fields.finish(self);
        Phase { id: id.into(), title, hours }
    }

    /// The title, or the key where there is none.
    pub fn title_or(&mut self, fields: &mut Fields<'a>, id: &str) -> Text {
        match fields.take("title") {
            Some(node) => self.words(node),
            None => {
                self.fill(&fields.path, "title", Node::text(id, fields.place));
                Text::en(id)
            }
        }
    }

    /// A key chosen by the author: letters, digits, hyphens and underscores.
    pub fn name(&mut self, key: &str, place: Place) {
        let valid = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !valid {
            self.error(place, format!("`{key}` cannot be a name"))
                .help("names are made of letters, digits, hyphens and underscores");
        }
    }

    /// As [`Reading::name`], for keys that stand in the tables of results, where `all` means all of a kind together.
    pub fn own_name(&mut self, key: &str, place: Place, kind: &str, plural: &str) {
        self.name(key, place);
        if key == "all" {
            self.error(place, format!("`all` cannot be the name of a {kind}"))
                .help(format!("in the results `all` stands for all {plural} together; choose another name"));
        }
    }

    fn stated_start(&mut self, node: &'a Node) -> Option<LocalTime> {
        let (value, remark) = self.stated(node, START)?;
        let start = self.start(value)?;
        self.figure(START, (start.text.clone(), None), "local time", remark);
        Some(start)
    }

    fn start(&mut self, node: &'a Node) -> Option<LocalTime> {
        let text = match &node.value {
            Value::Date(d) => d.to_string(),
            Value::Text(t) => t.clone(),
            _ => {
                self.wrong_kind(node, "a local date and time").help("write 2022-10-15T15:30:00");
                return None;
            }
        };
        let trimmed = text.trim();
        // Of a time with an offset, what stands before it.
        let offset = trimmed.find(['Z', 'z']).or_else(|| trimmed.rfind(['+', '-']).filter(|i| *i > 9));
        let local = offset.and_then(|at| trimmed.get(..at)).filter(|local| local.contains(':'));
        let (day, time) = (trimmed.get(..10).unwrap_or(trimmed), trimmed.get(11..).unwrap_or_default());
        // Of a time of TOML with a sixtieth second has been told.
        let off_the_clock = node.as_text().is_some() && on_a_clock(time).is_some();
        match text.parse::<jiff::civil::DateTime>() {
            _ if local.is_some_and(|local| local.parse::<jiff::civil::DateTime>().is_ok()) => {
                let written = local.unwrap_or_default().replace(' ', "T");
                let shown = written.get(11..).and_then(on_a_clock).map(|time| format!("{}{time}", &written[..11]));
                let written = shown.unwrap_or(written);
                self.error(node.place, "the start is a local time without an offset")
                    .help(format!("the right form is {written}, if that is what clocks showed where the outage was"))
                    .help("a `Z`, `+09:00` or the like is left out: hours of the day are those of the place");
                None
            }
            Ok(_) if !text.contains(':') => {
                self.error(node.place, "the start is a local time with the time of day")
                    .help("write 2022-10-15T15:30:00");
                None
            }
            Ok(time) if !off_the_clock => Some(local_time(time)),
            _ => {
                let help = match off_the_clock && day.parse::<jiff::civil::Date>().is_ok() {
                    true => CLOCK,
                    false => {
                        "times are written 2022-10-15T15:30:00 or 2022-10-15 15:30, without an offset, and must exist in the \
                         calendar"
                    }
                };
                self.error(node.place, format!("there is no date and time `{text}`")).help(help);
                None
            }
        }
    }

    /// Reads `[regions]`; without them there is one, `all`.
    pub fn regions(&mut self, node: Option<&'a Node>) -> Vec<Region> {
        let entries = node.and_then(|n| self.open(n, "regions")).map_or(&[][..], |f| &f.table.entries);
        if entries.is_empty() {
            let share = self.idle("regions.all.share", Unit::Share, 1.0);
            return vec![Region { id: "all".into(), title: Text::both("all", "전체"), share }];
        }
        let mut regions = Vec::new();
        let mut shares: Vec<Num> = Vec::new();
        for entry in entries {
            self.own_name(&entry.key, entry.key_place, "region", "regions");
            let path = format!("regions.{}", entry.key);
            let Some(mut fields) = self.open(&entry.node, &path) else {
                let share = self.lost_share(&path);
                regions.push(Region { id: entry.key.clone(), title: Text::en(&entry.key), share: share.q });
                shares.push(share);
                continue;
            };
            let title = self.title_or(&mut fields, &entry.key);
            let share = if entries.len() == 1 {
                self.number_or(&mut fields, "share", SHARE, 1.0)
            } else {
                self.need_number(&mut fields, "share", SHARE, "`share = 0.2`")
            };
            fields.finish(self);
            regions.push(Region { id: entry.key.clone(), title, share: share.q });
            shares.push(share);
        }
        if let Some(node) = node {
            self.shares_sum_to_one(&shares, node.place, "the shares of the regions");
        }
        regions
    }

    /// The share of what is no table: of such a one it is not known how much it leaves to the others.
    pub fn lost_share(&mut self, path: &str) -> Num {
        self.stand_in(&format!("{path}.share"), SHARE)
    }

    /// Constant shares must sum to 1; laws are rescaled in each world.
    pub fn shares_sum_to_one(&mut self, shares: &[Num], place: Place, what: &str) {
        let constants: Vec<f64> = shares.iter().filter_map(|s| s.constant).collect();
        let sum: f64 = constants.iter().sum();
        let all = constants.len() == shares.len();
        if (all && (sum - 1.0).abs() > SUM_SLACK) || sum > 1.0 + SUM_SLACK {
            self.error(place, format!("{what} sum to {}, not to 1", (sum * 1e9).round() / 1e9))
                .help("shares of one whole sum to 1");
        }
    }

    /// Reads `[services]`.
    pub fn services(&mut self, node: Option<&'a Node>) -> Vec<Service> {
        let Some(table) = node.and_then(|n| self.open(n, "services")) else { return Vec::new() };
        table
            .table
            .entries
            .iter()
            .map(|entry| {
                self.own_name(&entry.key, entry.key_place, "service", "services");
                self.service(&entry.key, &entry.node)
            })
            .collect()
    }

    fn service(&mut self, id: &str, node: &'a Node) -> Service {
        let path = format!("services.{id}");
        let everywhere: Vec<usize> = (0..self.names.regions.len()).collect();
        let Some(mut fields) = self.open(node, &path) else {
            let share = self.plumbing(&format!("{path}.share"), Unit::Share, 1.0).q;
            let hours = self.stand_in(&format!("{path}.restored_after"), HOURS).q;
            let restoration = Restoration { phases: vec![], strata: vec![Stratum { share, hours }] };
            return Service { id: id.into(), title: Text::en(id), restoration, regions: everywhere };
        };
        let title = self.title_or(&mut fields, id);
        let names = self.names.phases.clone();
        let phases = fields.take("phases").map_or_else(Vec::new, |n| self.references(n, "phase", &names));
        let names = self.names.regions.clone();
        let regions = match fields.take("regions") {
            Some(n) => self.some_regions(n, &names),
            None => everywhere,
        };
        let strata = self.strata(&mut fields);
        fields.finish(self);
        Service { id: id.into(), title, restoration: Restoration { phases, strata }, regions }
    }

    fn some_regions(&mut self, node: &'a Node, names: &[String]) -> Vec<usize> {
        let found = self.references(node, "region", names);
        if node.as_list().is_some_and(<[Node]>::is_empty) {
            self.error(node.place, "a service that was down was down somewhere")
                .help("leave `regions` out if it was down everywhere");
        }
        if found.is_empty() { vec![0] } else { found }
    }

    fn strata(&mut self, fields: &mut Fields<'a>) -> Vec<Stratum> {
        let curve = fields.take("curve");
        if let (Some(_), Some(after)) = (curve, fields.table.get("restored_after")) {
            self.error(after.place, "`restored_after` and `curve` cannot stand together").help("keep one of the two");
            fields.take("restored_after");
            // What names it is not told that it is not there.
            let path = fields.at("restored_after");
            match is_number(after) {
                true => drop(self.number(after, &path, HOURS)),
                false => drop(self.stand_in(&path, HOURS)),
            }
        }
        match curve {
            Some(node) => self.curve(node, &fields.at("curve")),
            None if self.by_region(fields) => {
                fields.skip(&["restored_after"]);
                let path = fields.at("restored_after");
                let share = self.idle(&fields.at("curve.1.share"), Unit::Share, 1.0);
                vec![Stratum { share, hours: self.stand_in(&path, HOURS).q }]
            }
            None => {
                fields.instead(&["curve"]);
                let hours =
                    self.need_number(fields, "restored_after", HOURS, "`restored_after = \"10 h\"`, or a `curve`");
                let share = self.idle(&fields.at("curve.1.share"), Unit::Share, 1.0);
                vec![Stratum { share, hours: hours.q }]
            }
        }
    }

    /// True, and told, where hours are given region by region: a service has one restoration.
    fn by_region(&mut self, fields: &Fields<'a>) -> bool {
        let Some(node) = fields.table.get("restored_after").filter(|n| !is_number(n)) else { return false };
        let Some(first) =
            node.as_table().and_then(|t| t.keys().find(|key| self.names.regions.iter().any(|r| r == key)))
        else {
            return false;
        };
        let message = "`restored_after` is one time for all regions of a service";
        let path = &fields.path;
        let help = format!(
            "write a service for each: [{path}-{first}] with regions = [\"{first}\"] and a `restored_after` of its own; cohorts \
             then name all of them under `services`"
        );
        self.error(node.place, message).help(help);
        true
    }

    fn curve(&mut self, node: &'a Node, path: &str) -> Vec<Stratum> {
        let mut strata = Vec::new();
        let mut shares = Vec::new();
        let mut last: Option<f64> = None;
        for (i, item) in self.list(node).iter().enumerate() {
            let at = format!("{path}.{}", i + 1);
            let Some(mut fields) = self.open(item, &at) else {
                shares.push(self.lost_share(&at));
                continue;
            };
            let share = self.need_number(&mut fields, "share", SHARE, "`share = 0.97`");
            let after = self.need_number(&mut fields, "after", HOURS, "`after = \"31 h\"`");
            fields.finish(self);
            if let (Some(before), Some(now)) = (last, after.constant)
                && now < before
            {
                self.error(item.place, "the curve is not in order").help("write those who are back earliest first");
            }
            last = after.constant.or(last);
            shares.push(share);
            strata.push(Stratum { share: share.q, hours: after.q });
        }
        if strata.is_empty() {
            if node.as_list().is_some_and(<[Node]>::is_empty) {
                self.error(node.place, "a curve needs at least one step")
                    .help("write curve = [ { share = 0.97, after = \"31 h\" }, { share = 0.03, after = \"7 d\" } ]");
            }
            let share = self.plumbing(&format!("{path}.1.share"), Unit::Share, 1.0).q;
            let hours: Q = self.stand_in(&format!("{path}.1.after"), HOURS).q;
            return vec![Stratum { share, hours }];
        }
        self.shares_sum_to_one(&shares, node.place, "the shares of the curve");
        strata
    }
}

/// Stands in for a start that could not be read.
fn monday() -> LocalTime {
    LocalTime { text: String::new(), hour_of_week: 0.0, days_in_month: 30.0 }
}

fn local_time(time: jiff::civil::DateTime) -> LocalTime {
    let day = f64::from(time.weekday().to_monday_zero_offset());
    let hour = f64::from(time.hour()) + f64::from(time.minute()) / 60.0 + f64::from(time.second()) / 3600.0;
    LocalTime {
        text: time.strftime("%Y-%m-%dT%H:%M").to_string(),
        hour_of_week: day * 24.0 + hour,
        days_in_month: f64::from(time.days_in_month()),
    }
}
