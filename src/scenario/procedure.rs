//! Procedures in the file: how claims are taken, reviewed and paid; the channel for reports; what time is worth.

use super::number::{
    AT_LEAST_ONE, Ask, FACTOR, FOLLOWED, HOURS, OF_A_DAY, PERSONS, POSITIVE, SHARE, SOME_FOLLOWED, SOME_HOURS, WAGE,
};
use super::reader::{Fields, Reading};
use super::report::listed;
use super::resolved::inline;
use super::tree::Node;
use crate::model::procedure::{Appeal, Arrival, Channel, Duplicates, Late, Order, Procedure, Shock, Valuation};
use crate::model::{Q, Text};

/// Keys of a procedure that takes claims.
const CLAIMING: [&str; 13] = [
    "order",
    "advance",
    "recovered",
    "opens_after",
    "window",
    "arrival",
    "staff",
    "work_day",
    "days_a_week",
    "wage",
    "appeal",
    "gives_up",
    "duplicates",
];
/// Those of them that it must have.
const NEEDED: [&str; 6] = ["order", "opens_after", "window", "arrival", "staff", "wage"];
/// Keys of a step of `staff`.
const STEP: [&str; 2] = ["after", "people"];
/// Working days a week, unless stated.
const WORKING_DAYS: u8 = 5;
/// The unit of days that people work.
const DAYS_A_WEEK: &str = "d/week";
/// Hours of a working day, unless stated.
const WORKING_HOURS: f64 = 8.0;

impl<'a> Reading<'a> {
    /// Reads `[procedures]`.
    pub fn procedures(&mut self, node: Option<&'a Node>) -> Vec<Procedure> {
        let Some(table) = node.and_then(|n| self.open(n, "procedures")) else { return Vec::new() };
        let mut all = Vec::new();
        for entry in &table.table.entries {
            self.name(&entry.key, entry.key_place);
            if let Some(fields) = self.open(&entry.node, &format!("procedures.{}", entry.key)) {
                all.push(self.procedure(&entry.key, fields));
            }
        }
        all
    }

    fn procedure(&mut self, id: &str, mut fields: Fields<'a>) -> Procedure {
        let title = self.title_or(&mut fields, id);
        let takes_claims = CLAIMING.iter().any(|key| fields.table.has(key)) || !fields.table.has("automatic_after");
        let odd = takes_claims && self.key_of_claims(&fields);
        let mut p = if takes_claims && !odd { self.with_claims(&mut fields) } else { self.without_claims(&mut fields) };
        if fields.table.has("automatic_after") {
            p.automatic_after_hours = self.need_number(&mut fields, "automatic_after", HOURS, "").q;
        }
        fields.skip(&["automatic_after"]);
        p.late = fields.take("late").and_then(|n| self.late(n, &fields.at("late")));
        fields.finish(self);
        Procedure { id: id.into(), title, takes_claims, ..p }
    }

    /// True, and told, where a procedure that pays without claims has a key or two that only claims need.
    fn key_of_claims(&mut self, fields: &Fields<'a>) -> bool {
        let has = |key: &&&str| fields.table.has(key);
        let lacking: Vec<&str> = NEEDED.iter().filter(|key| !has(key)).copied().collect();
        let odd: Vec<&str> = CLAIMING.iter().filter(has).copied().collect();
        let first = fields.table.entries.iter().find(|e| odd.contains(&e.key.as_str()));
        let Some(first) = first.filter(|_| fields.table.has("automatic_after") && lacking.len() > NEEDED.len() / 2)
        else {
            return false;
        };
        let (belong, it) = if odd.len() == 1 { ("belongs", "it") } else { ("belong", "them") };
        let message = format!("{} {belong} to a procedure that takes claims", listed(odd.iter().copied()));
        self.error(first.key_place, message)
            .label("here what needs no claim is paid")
            .help(format!("remove {it}: without claims `automatic_after` says when it is paid"))
            .help(format!("for claims add {} as well", listed(lacking)));
        true
    }

    fn with_claims(&mut self, fields: &mut Fields<'a>) -> Procedure {
        fields.instead(&["automatic_after"]);
        let order = self.order(fields);
        let opens_after_hours = self.need_number(fields, "opens_after", FOLLOWED, "`opens_after = \"30 d\"`").q;
        Procedure {
            id: String::new(),
            title: Text::default(),
            takes_claims: true,
            order,
            opens_after_hours,
            window_hours: self.need_number(fields, "window", SOME_FOLLOWED, "`window = \"60 d\"`").q,
            arrival: self.arrival(fields),
            staff: self.staff(fields),
            work_day_hours: self.number_or(fields, "work_day", OF_A_DAY, WORKING_HOURS).q,
            days_week: self.days_week(fields),
            wage_hour: self.need_number(fields, "wage", WAGE, "`wage = \"30000 KRW/h\"`").q,
            pay_every_hours: self.number_or(fields, "pay_every", SOME_HOURS, 24.0).q,
            transfer_hours: self.number_or(fields, "transfer", HOURS, 0.0).q,
            // What needs no claim is paid when claims are opened, unless stated.
            automatic_after_hours: opens_after_hours,
            late: None,
            appeal: self.appeal(fields),
            gives_up: fields.take("gives_up").map(|n| self.number(n, &fields.at("gives_up"), SHARE).q),
            duplicates: fields.take("duplicates").and_then(|n| self.duplicates(n, &fields.at("duplicates"))),
        }
    }

    /// A procedure that only says when what needs no claim is paid.
    fn without_claims(&mut self, fields: &mut Fields<'a>) -> Procedure {
        let path = fields.path.clone();
        let mut zero = |key: &str, ask: Ask| self.idle(&format!("{path}.{key}"), ask.unit, 0.0);
        let (time, share, rate) = (zero("opens_after", HOURS), zero("arrival.swing", FACTOR), zero("wage", WAGE));
        let none = zero("staff", PERSONS);
        fields.skip(&CLAIMING);
        Procedure {
            id: String::new(),
            title: Text::default(),
            takes_claims: false,
            order: Order::VerifyFirst,
            opens_after_hours: time,
            window_hours: time,
            arrival: Arrival {
                half_hours: time,
                shape: share,
                deadline_share: share,
                swing: share,
                shocks: Vec::new(),
            },
            staff: vec![(time, none)],
            work_day_hours: time,
            days_week: WORKING_DAYS,
            wage_hour: rate,
            pay_every_hours: time,
            transfer_hours: time,
            automatic_after_hours: time,
            late: None,
            appeal: Appeal { share, upheld: share, after_hours: time, work_hours: time },
            gives_up: None,
            duplicates: None,
        }
    }

    fn order(&mut self, fields: &mut Fields<'a>) -> Order {
        let words = [("verify-first", false), ("first-compensate", true)];
        let node = fields.need("order", "`order = \"verify-first\"` or `\"first-compensate\"`");
        let first = node.and_then(|n| self.choice(n, "order", &words));
        if first == Some(true) {
            let advance = self.number_or(fields, "advance", SHARE, 1.0).q;
            let recovered = self.need_number(fields, "recovered", SHARE, "`recovered = 0.5`").q;
            return Order::FirstCompensate { advance, recovered };
        }
        for key in ["advance", "recovered"] {
            let Some(node) = fields.take(key) else { continue };
            if first.is_none() {
                // Which order is meant is not known, and a share is one in either.
                self.number(node, &fields.at(key), SHARE);
            } else {
                self.error(node.place, format!("`{key}` has no meaning where review comes first"))
                    .help("remove it, or write `order = \"first-compensate\"`");
            }
        }
        Order::VerifyFirst
    }

    /// When people file: the key `arrival` of a table.
    fn arrival(&mut self, fields: &mut Fields<'a>) -> Arrival {
        let path = fields.at("arrival");
        let example = "`arrival = { half_after = \"5 d\" }`";
        let Some(mut inner) = fields.need("arrival", example).and_then(|n| self.open(n, &path)) else {
            let mut stand_in = |key: &str, ask| self.stand_in(&format!("{path}.{key}"), ask).q;
            return Arrival {
                half_hours: stand_in("half_after", SOME_HOURS),
                shape: stand_in("shape", POSITIVE),
                deadline_share: stand_in("deadline_share", SHARE),
                swing: stand_in("swing", FACTOR),
                shocks: Vec::new(),
            };
        };
        let half_hours = self.need_number(&mut inner, "half_after", SOME_HOURS, "`half_after = \"5 d\"`").q;
        let shape = self.number_or(&mut inner, "shape", POSITIVE, 1.0).q;
        let deadline_share = self.number_or(&mut inner, "deadline_share", SHARE, 0.0).q;
        let swing = self.number_or(&mut inner, "swing", FACTOR, 0.0).q;
        let shocks = match inner.take("publicity") {
            Some(node) => self.shocks(node, &format!("{path}.publicity")),
            None => Vec::new(),
        };
        inner.finish(self);
        Arrival { half_hours, shape, deadline_share, swing, shocks }
    }

    fn shocks(&mut self, node: &'a Node, path: &str) -> Vec<Shock> {
        let mut shocks = Vec::new();
        for (i, item) in self.list(node).iter().enumerate() {
            let Some(mut fields) = self.open(item, &format!("{path}.{}", i + 1)) else { continue };
            let day = fields.need("on", "`on = 2022-10-24`").and_then(|n| self.day(n));
            let times = self.need_number(&mut fields, "times", FACTOR, "`times = 2`").q;
            let fade_hours = self.number_or(&mut fields, "fades_after", HOURS, 24.0).q;
            fields.finish(self);
            shocks.push(Shock { day: day.unwrap_or(0), times, fade_hours });
        }
        shocks
    }

    /// Days from the day of the outage to a date.
    pub fn day(&mut self, node: &'a Node) -> Option<i64> {
        let text = self.date(node)?;
        let date: jiff::civil::Date = text.parse().ok()?;
        let start: jiff::civil::Date = self.start_text().get(..10)?.parse().ok()?;
        let days = i64::from((date - start).get_days());
        if days < 0 {
            self.error(node.place, format!("{text} lies before the outage, which began on {start}"))
                .compared_days()
                .help("give a date from the outage on");
        }
        Some(days)
    }

    /// The date so many days after the day of the outage; `None` beyond the calendar.
    pub fn date_of_day(&self, days: f64) -> Option<String> {
        let start: jiff::civil::Date = self.start_text().get(..10)?.parse().ok()?;
        let days = jiff::Span::new().try_days(days as i64).ok()?;
        start.checked_add(days).ok().map(|date| date.to_string())
    }

    fn staff(&mut self, fields: &mut Fields<'a>) -> Vec<(Q, Q)> {
        let path = fields.at("staff");
        let example = "`staff = 20` or `staff = [ { after = \"0 d\", people = 20 } ]`";
        let Some(node) = fields.need("staff", example) else {
            return vec![self.unknown_staff(&path)];
        };
        if STEP.iter().any(|key| node.get(key).is_some()) {
            self.wrong_kind(node, "a number or a list of steps").help(format!("write staff = [ {}, … ]", inline(node)));
            return vec![self.unknown_staff(&path)];
        }
        if node.as_list().is_none() {
            let none = self.idle(&format!("{path}.after"), HOURS.unit, 0.0);
            return vec![(none, self.number(node, &path, PERSONS).q)];
        }
        let list = self.list(node);
        if let Some(other) = list.iter().find(|step| step.as_table().is_none()) {
            self.wrong_kind(other, "a table").help(format!("write {example}"));
            return vec![self.unknown_staff(&path)];
        }
        let mut last: Option<f64> = None;
        let mut staff = Vec::new();
        for (i, item) in list.iter().enumerate() {
            let Some(mut inner) = self.open(item, &format!("{path}.{}", i + 1)) else { continue };
            let after = self.need_number(&mut inner, "after", HOURS, "`after = \"14 d\"`");
            let people = self.need_number(&mut inner, "people", PERSONS, "`people = 20`").q;
            inner.finish(self);
            self.rising(item, after, &mut last, "reviewers are not in the order in which they come");
            staff.push((after.q, people));
        }
        if staff.is_empty() {
            self.error(node.place, "somebody must review the claims").help(example);
            staff.push(self.unknown_staff(&path));
        }
        staff
    }

    fn unknown_staff(&mut self, path: &str) -> (Q, Q) {
        let after = self.stand_in(&format!("{path}.after"), HOURS).q;
        (after, self.stand_in(path, PERSONS).q)
    }

    fn days_week(&mut self, fields: &mut Fields<'a>) -> u8 {
        let Some(node) = fields.take("days_a_week") else {
            self.default_figure(fields, "days_a_week", f64::from(WORKING_DAYS), DAYS_A_WEEK);
            return WORKING_DAYS;
        };
        let path = fields.at("days_a_week");
        let Some((node, remark)) = self.stated(node, &path) else { return WORKING_DAYS };
        match self.plain_number(node) {
            Some(days) if [5.0, 6.0, 7.0].contains(&days) => {
                self.plain_figure(&path, days, DAYS_A_WEEK, remark);
                days as u8
            }
            Some(_) => {
                self.error(node.place, "people work 5, 6 or 7 days a week, from Monday on").help("days_a_week = 5");
                WORKING_DAYS
            }
            None => WORKING_DAYS,
        }
    }

    fn late(&mut self, node: &'a Node, path: &str) -> Option<Late> {
        let mut fields = self.open(node, path)?;
        let deadline_hours = self.need_number(&mut fields, "after", HOURS, "`after = \"30 d\"`").q;
        let interest_year = self.number_or(&mut fields, "interest_year", SHARE, 0.0).q;
        let factor = self.number_or(&mut fields, "factor", AT_LEAST_ONE, 1.0).q;
        fields.finish(self);
        Some(Late { deadline_hours, interest_year, factor })
    }

    fn duplicates(&mut self, node: &'a Node, path: &str) -> Option<Duplicates> {
        let mut fields = self.open(node, path)?;
        let share = self.need_number(&mut fields, "share", SHARE, "`share = 0.02`, of the claims").q;
        let detected = self.number_or(&mut fields, "detected", SHARE, 1.0).q;
        let work_hours = self.number_or(&mut fields, "work", HOURS, 0.0).q;
        fields.finish(self);
        Some(Duplicates { share, detected, work_hours })
    }

    fn appeal(&mut self, fields: &mut Fields<'a>) -> Appeal {
        let path = fields.at("appeal");
        match fields.take("appeal").and_then(|n| self.open(n, &path)) {
            Some(mut inner) => {
                let share = self.need_number(&mut inner, "share", SHARE, "`share = 0.2`").q;
                let upheld = self.need_number(&mut inner, "upheld", SHARE, "`upheld = 0.3`").q;
                let after_hours = self.need_number(&mut inner, "after", HOURS, "`after = \"30 d\"`").q;
                let work_hours = self.number_or(&mut inner, "work", HOURS, 0.0).q;
                inner.finish(self);
                Appeal { share, upheld, after_hours, work_hours }
            }
            None => {
                let mut none = |key: &str, ask: Ask| self.plumbing(&format!("{path}.{key}"), ask.unit, 0.0).q;
                Appeal {
                    share: none("share", SHARE),
                    upheld: none("upheld", SHARE),
                    after_hours: none("after", HOURS),
                    work_hours: none("work", HOURS),
                }
            }
        }
    }

    /// Reads `[channel]`.
    pub fn channel(&mut self, node: Option<&'a Node>) -> Option<Channel> {
        let mut fields = node.and_then(|n| self.open(n, "channel"))?;
        let opens_after_hours = self.need_number(&mut fields, "opens_after", FOLLOWED, "`opens_after = \"4 d\"`").q;
        let window_hours = self.need_number(&mut fields, "window", SOME_FOLLOWED, "`window = \"19 d\"`").q;
        let arrival = self.arrival(&mut fields);
        fields.finish(self);
        Some(Channel { opens_after_hours, window_hours, arrival })
    }

    /// Reads `[valuation]`.
    pub fn valuation(&mut self, node: Option<&'a Node>) -> Option<Valuation> {
        let mut fields = node.and_then(|n| self.open(n, "valuation"))?;
        let discount_year = self.number_or(&mut fields, "discount_year", SHARE, 0.0).q;
        let claimant_hour = self.number_or(&mut fields, "claimant_hour", WAGE, 0.0).q;
        fields.finish(self);
        Some(Valuation { discount_year, claimant_hour })
    }
}
