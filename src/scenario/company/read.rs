//! A company file's tree to the company.

use super::super::number::{FACTOR, FEE, HOURS, MONEY, PERSONS, SHARE, SOME_HOURS};
use super::super::paths::suggestion;
use super::super::reader::{Fields, Fill, Reading};
use super::super::report::{Diagnostic, Place};
use super::super::tree::{Node, Value};
use super::super::versions::Hidden;
use super::super::whole::tags_of;
use super::super::words;
use crate::chance::law::Law;
use crate::model::company::{
    Cause, Company, Customers, Duration, DurationLaw, HourlyLoss, LEAST_OBSERVED, Layer, Named, Programme, Season,
    ServiceHit,
};
use crate::model::{Lang, Text, Unit};

/// What came of reading a tree.
pub struct Outcome {
    /// The company; with stand-ins where there were mistakes.
    pub company: Company,
    /// Mistakes and warnings, in the order in which they were met.
    pub diagnostics: Vec<Diagnostic>,
    /// Defaults to write out in the resolved text.
    pub fills: Vec<Fill>,
}

/// Reads a tree into a company.
pub fn read(root: &Node, hidden: &Hidden) -> Outcome {
    let mut reading = Reading { hidden: Some(hidden), ..Reading::new(root) };
    let company = reading.company();
    reading.settle();
    let Reading { diagnostics, fills, quantities, .. } = reading;
    Outcome { company: Company { quantities, ..company }, diagnostics, fills }
}

/// Longest outage unless a file says otherwise, hours: a year.
const LONGEST: f64 = 8760.0;
/// Most events a year: they are drawn one by one.
const MOST_EVENTS: f64 = 2000.0;
/// What Jeffreys' prior adds to the events seen (Jeffreys 1946): the rate after seeing k in n years is gamma with shape
/// k + 1/2 and scale 1/n.
const JEFFREYS: f64 = 0.5;

impl<'a> Reading<'a> {
    fn company(&mut self) -> Company {
        let mut company = nothing();
        let Some(mut top) = self.open(self.root, "") else { return company };
        self.company_head(&mut top, &mut company);
        company.sources = self.sources(top.take("sources"));
        self.joint_tables(top.take("joint"));
        company.services = self.company_services(top.need("services", "[services.name] for each service"));
        self.names.services = company.services.iter().map(|s| s.id.clone()).collect();
        let groups = top.need("customers", "[customers.name] for each group of customers");
        company.customers = self.customers(groups);
        company.durations = self.durations(top.take("durations"));
        company.causes =
            self.causes(top.need("causes", "[causes.name] for each cause of outages"), &mut company.durations);
        let profiles = self.filing_profiles(top.take("filing"));
        company.guidelines = self.promises(top.take("guidelines"), company.year, &profiles);
        company.reserves = top.take("reserves").map_or_else(Vec::new, |n| self.reserves(n));
        company.programmes = self.programmes(top.take("insurance"));
        self.settle();
        self.correlations(top.take("correlations"));
        top.finish(self);
        company
    }

    fn company_head(&mut self, top: &mut Fields<'a>, company: &mut Company) {
        if let Some(node) = top.need("schema", "`schema = 1`")
            && self.plain_number(node).is_some_and(|v| v != 1.0)
        {
            self.error(node.place, "this version of the format is not known")
                .help("the format described here is `schema = 1`");
        }
        company.id = top.need("id", "`id = \"example-annual\"`").and_then(|n| self.id(n)).unwrap_or_default();
        company.title = top.need("title", "`title = \"…\"`").map_or_else(Text::default, |n| self.words(n));
        company.summary = top.take("summary").map_or_else(Text::default, |n| self.words(n));
        let currency = top.need("currency", "`currency = \"KRW\"`").and_then(|n| self.currency_code(n));
        // Not known where it is wrong: then sums in any are read, so that one mistake draws no others.
        self.currency = currency.unwrap_or_default();
        company.currency = self.currency.clone();
        self.as_of = top.take("as_of").and_then(|n| self.date(n)).unwrap_or_default();
        if let Some(node) = top.need("year", "`year = 2025`, the calendar year that is drawn")
            && let Some(year) = self.plain_number(node)
        {
            match year.fract() == 0.0 && (1970.0..=9999.0).contains(&year) {
                true => company.year = year as i32,
                false => {
                    self.error(node.place, format!("`{year}` is no year")).help("write year = 2025");
                }
            }
        }
    }

    fn company_services(&mut self, node: Option<&'a Node>) -> Vec<Named> {
        let Some(table) = node.and_then(|n| self.open(n, "services")) else { return Vec::new() };
        let mut services = Vec::new();
        for entry in &table.table.entries {
            self.own_name(&entry.key, entry.key_place, "service", "services");
            let Some(mut fields) = self.open(&entry.node, &format!("services.{}", entry.key)) else { continue };
            let title = self.title_or(&mut fields, &entry.key);
            fields.finish(self);
            services.push(Named { id: entry.key.clone(), title });
        }
        self.some(node, services.is_empty(), "services");
        services
    }

    /// A table that may not be empty.
    fn some(&mut self, node: Option<&'a Node>, empty: bool, what: &str) {
        if let Some(node) = node.filter(|n| empty && n.as_table().is_some_and(|t| t.entries.is_empty())) {
            self.error(node.place, format!("`{what}` is empty")).help("at least one is needed");
        }
    }

    fn customers(&mut self, node: Option<&'a Node>) -> Vec<Customers> {
        let Some(table) = node.and_then(|n| self.open(n, "customers")) else { return Vec::new() };
        let services = self.names.services.clone();
        let mut groups = Vec::new();
        for entry in &table.table.entries {
            self.own_name(&entry.key, entry.key_place, "group of customers", "groups");
            let path = format!("customers.{}", entry.key);
            let Some(mut fields) = self.open(&entry.node, &path) else { continue };
            let title = self.title_or(&mut fields, &entry.key);
            let size = self.need_number(&mut fields, "size", PERSONS, "`size = 120_000`").q;
            let used = fields.need("services", "`services = [\"…\"]`");
            let used = used.map_or_else(Vec::new, |n| self.references(n, "service", &services));
            let fee = fields.take("fee_month").map(|n| self.number(n, &fields.at("fee_month"), FEE).q);
            let loss = self.hourly_loss(&mut fields);
            fields.skip(&["tags"]);
            fields.finish(self);
            self.names.cohorts.push((entry.key.clone(), tags_of(&entry.node)));
            let named = Named { id: entry.key.clone(), title };
            groups.push(Customers { named, size, services: used, fee, loss });
        }
        groups
    }

    fn hourly_loss(&mut self, fields: &mut Fields<'a>) -> Option<HourlyLoss> {
        let path = fields.at("loss");
        let mut inner = fields.take("loss").and_then(|n| self.open(n, &path))?;
        let share = self.number_or(&mut inner, "share", SHARE, 1.0).q;
        let hour = self.need_number(&mut inner, "hour", MONEY, "`hour = 2_000`, the mean loss of an hour").q;
        let cv = self.number_or(&mut inner, "cv", FACTOR, 1.0).q;
        inner.finish(self);
        Some(HourlyLoss { share, hour, cv })
    }

    fn durations(&mut self, node: Option<&'a Node>) -> Vec<Duration> {
        let Some(table) = node.and_then(|n| self.open(n, "durations")) else { return Vec::new() };
        let mut durations = Vec::new();
        for entry in &table.table.entries {
            self.name(&entry.key, entry.key_place);
            let path = format!("durations.{}", entry.key);
            let Some(mut fields) = self.open(&entry.node, &path) else { continue };
            let title = self.title_or(&mut fields, &entry.key);
            let longest = fields.take("longest").and_then(|n| self.constant(n, SOME_HOURS)).unwrap_or(LONGEST);
            let law = match (fields.take("fit"), fields.take("hours")) {
                (Some(fit), None) => self.fitted(fit, &fields.at("fit")),
                (None, Some(hours)) => Some(DurationLaw::Stated(self.number(hours, &fields.at("hours"), HOURS).q)),
                (Some(_), Some(hours)) => {
                    self.error(hours.place, "`fit` and `hours` cannot stand together").help("remove one of the two");
                    None
                }
                (None, None) => {
                    fields.instead(&["fit"]);
                    fields.need(
                        "hours",
                        "`hours = { law = \"lognormal\", p50 = \"2 h\", p95 = \"16 h\" }` or \
                         `fit = { file = \"durations.csv\" }`",
                    );
                    None
                }
            };
            fields.finish(self);
            let law = law.unwrap_or_else(|| DurationLaw::Stated(self.stand_in(&format!("{path}.hours"), HOURS).q));
            durations.push(Duration { named: Named { id: entry.key.clone(), title }, law, longest });
        }
        durations
    }

    fn fitted(&mut self, node: &'a Node, path: &str) -> Option<DurationLaw> {
        let mut fields = self.open(node, path)?;
        fields.skip(&["file", "column", "where"]);
        if let Some(source) = fields.take("source") {
            self.source(source);
        }
        let uncertain = match fields.take("uncertain") {
            Some(n) => self.truth(n).unwrap_or(true),
            None => {
                self.fill(path, "uncertain", Node { place: node.place, value: Value::Bool(true) });
                true
            }
        };
        let values = fields.take("values").map_or_else(Vec::new, |n| self.plain_numbers(n));
        let read = fields.table.get("values").and_then(Node::as_list).is_some_and(|l| !l.is_empty());
        let wrong = fields.finish(self);
        if !read {
            if !fields_have_file(node) && !wrong {
                self.error(node.place, "there are no durations to fit").help("add `file = \"durations.csv\"`");
            }
            return None;
        }
        let tell = |r: &mut Self, what: String, help: &str| {
            r.error(node.place, what).help(help);
            None
        };
        if values.len() < LEAST_OBSERVED {
            let what = format!("{} durations are too few for a body and a tail", values.len());
            return tell(self, what, &format!("{LEAST_OBSERVED} are needed; state a law with `hours` instead"));
        }
        if values.iter().any(|x| *x <= 0.0) {
            return tell(self, "durations to fit are above zero".into(), "leave out what did not last");
        }
        Some(DurationLaw::Fitted { values, uncertain })
    }

    fn causes(&mut self, node: Option<&'a Node>, durations: &mut Vec<Duration>) -> Vec<Cause> {
        let Some(table) = node.and_then(|n| self.open(n, "causes")) else { return Vec::new() };
        let mut causes = Vec::new();
        for entry in &table.table.entries {
            self.own_name(&entry.key, entry.key_place, "cause", "causes");
            let path = format!("causes.{}", entry.key);
            if let Some(fields) = self.open(&entry.node, &path) {
                causes.push(self.cause(&entry.key, fields, durations));
            }
        }
        self.some(node, causes.is_empty(), "causes");
        causes
    }

    fn cause(&mut self, id: &str, mut fields: Fields<'a>, durations: &mut Vec<Duration>) -> Cause {
        let title = self.title_or(&mut fields, id);
        let (per_year, contagion, season) = self.frequency(&mut fields);
        let duration = self.cause_duration(id, &title, &mut fields, durations);
        let hits = self.hits(&mut fields);
        let together = self.number_or(&mut fields, "together", SHARE, 0.0).q;
        let spread = self.number_or(&mut fields, "spread", FACTOR, 0.0).q;
        let share_hit = self.number_or(&mut fields, "share_hit", SHARE, 1.0).q;
        let response = self.number_or(&mut fields, "response", MONEY, 0.0).q;
        let response_hour = self.number_or(&mut fields, "response_hour", MONEY, 0.0).q;
        fields.finish(self);
        Cause {
            named: Named { id: id.into(), title },
            per_year,
            contagion,
            season,
            duration,
            hits,
            together,
            spread,
            share_hit,
            response,
            response_hour,
        }
    }

    /// Events a year: stated, or what follows from those seen; how their number spreads, and when they begin.
    fn frequency(&mut self, fields: &mut Fields<'a>) -> (crate::model::Q, crate::model::Q, Option<Season>) {
        let path = fields.at("frequency");
        let node = fields.need("frequency", "`frequency = { per_year = 2 }` or `frequency = { seen = 3, years = 10 }`");
        let Some(mut inner) = node.and_then(|n| self.open(n, &path)) else {
            let q = self.plumbing(&format!("{path}.per_year"), Unit::Number, 0.0).q;
            return (q, self.plumbing(&format!("{path}.contagion"), Unit::Number, 0.0).q, None);
        };
        let contagion = self.number_or(&mut inner, "contagion", FACTOR, 0.0).q;
        let seen = inner.take("seen").and_then(|n| self.plain_number(n).map(|v| (v, n.place)));
        let years = inner.take("years").and_then(|n| self.plain_number(n).map(|v| (v, n.place)));
        let rate = match (inner.take("per_year"), seen, years) {
            (Some(node), None, None) => {
                let num = self.number(node, &inner.at("per_year"), FACTOR);
                if num.constant.is_some_and(|v| v > MOST_EVENTS) {
                    self.error(node.place, "so many events a year are not drawn one by one")
                        .help("at most 2,000: leave out those that cost next to nothing, or count them together");
                }
                Some(num.q)
            }
            (None, Some((k, k_place)), Some((n, n_place))) => {
                let right = k >= 0.0 && k.fract() == 0.0 && n > 0.0 && k / n <= MOST_EVENTS;
                if !right {
                    let place = if n > 0.0 { k_place } else { n_place };
                    self.error(place, "events seen are a whole number, in years above zero")
                        .help("write { seen = 3, years = 10 }");
                }
                let remark = self.remark(&mut inner);
                let law = Law::Gamma { shape: k.max(0.0) + JEFFREYS, scale: 1.0 / n.max(1e-9) };
                Some(self.push(&inner.at("per_year"), Unit::Number, law, remark))
            }
            (Some(node), ..) => {
                self.error(node.place, "`per_year` cannot stand beside `seen` and `years`")
                    .help("state the rate, or what was seen");
                None
            }
            // A figure that could not be read has been told.
            (None, Some(_), None) => {
                inner.need("years", "`years = 10`, in which so many were seen");
                None
            }
            (None, None, Some(_)) => {
                inner.need("seen", "`seen = 3`, the events seen in these years");
                None
            }
            (None, None, None) => {
                if !inner.table.has("seen") && !inner.table.has("years") {
                    inner.instead(&["seen", "years"]);
                    inner.need("per_year", "`per_year = 2`, or `seen = 3` and `years = 10`");
                }
                None
            }
        };
        let season = self.season(&mut inner);
        inner.finish(self);
        let rate = rate.unwrap_or_else(|| self.plumbing(&format!("{path}.per_year"), Unit::Number, 0.0).q);
        (rate, contagion, season)
    }

    /// Relative rates by month, day of the week and hour of the day; nothing where none are stated.
    fn season(&mut self, fields: &mut Fields<'a>) -> Option<Season> {
        let told = ["months", "weekdays", "hours"].map(|key| fields.take(key));
        if told.iter().all(Option::is_none) {
            return None;
        }
        let [months, weekdays, hours] = told;
        Some(Season {
            months: self.rates(months, "January to December"),
            weekdays: self.rates(weekdays, "Monday to Sunday"),
            hours: self.rates(hours, "the hour from midnight to the one before midnight"),
        })
    }

    fn rates<const N: usize>(&mut self, node: Option<&'a Node>, of: &str) -> [f64; N] {
        let Some(node) = node else { return [1.0; N] };
        let list = self.plain_numbers(node);
        let right = list.iter().all(|x| *x >= 0.0) && list.iter().any(|x| *x > 0.0);
        match <[f64; N]>::try_from(list) {
            Ok(rates) if right => rates,
            _ => {
                self.error(node.place, format!("{N} relative rates are needed here, none below zero and one above"))
                    .help(format!("from {of}; only their ratios count, so that 1 for all is an even year"));
                [1.0; N]
            }
        }
    }

    /// Index of a cause's durations; a law of its own is entered under the cause's name.
    fn cause_duration(
        &mut self,
        id: &str,
        title: &Text,
        fields: &mut Fields<'a>,
        durations: &mut Vec<Duration>,
    ) -> usize {
        let path = fields.at("duration");
        let node = fields.need("duration", "`duration = \"…\"`, a name under [durations], or a law in hours");
        let names: Vec<String> = durations.iter().map(|d| d.named.id.clone()).collect();
        match node {
            Some(node) if node.as_text().is_some_and(|t| !t.starts_with(|c: char| c.is_ascii_digit())) => {
                self.reference(node, "duration", &names).unwrap_or(0)
            }
            other => {
                let q = match other {
                    Some(node) => self.number(node, &path, HOURS).q,
                    None => self.stand_in(&path, HOURS).q,
                };
                let named = Named { id: id.into(), title: title.clone() };
                durations.push(Duration { named, law: DurationLaw::Stated(q), longest: LONGEST });
                durations.len() - 1
            }
        }
    }

    fn hits(&mut self, fields: &mut Fields<'a>) -> Vec<ServiceHit> {
        let path = fields.at("takes_down");
        let node = fields.need("takes_down", "`takes_down = { service = 1 }`, the chance of each in an event");
        let Some(table) = node.and_then(|n| self.open(n, &path)) else { return Vec::new() };
        let services = self.names.services.clone();
        let mut hits = Vec::new();
        for entry in &table.table.entries {
            let Some(service) = services.iter().position(|s| *s == entry.key) else {
                self.error(entry.key_place, format!("there is no service `{}`", entry.key))
                    .help(suggestion(&entry.key, &services))
                    .missing(format!("services.{}", entry.key));
                continue;
            };
            let own = format!("{path}.{}", entry.key);
            let parts = entry.node.as_table().filter(|t| t.has("chance") || t.has("part"));
            let (chance, part) = match parts {
                Some(_) => match self.open(&entry.node, &own) {
                    Some(mut inner) => {
                        let chance = self.number_or(&mut inner, "chance", SHARE, 1.0).q;
                        let part = self.number_or(&mut inner, "part", FACTOR, 1.0).q;
                        inner.finish(self);
                        (chance, part)
                    }
                    None => continue,
                },
                None => {
                    let part = self.plumbing(&format!("{own}.part"), Unit::Number, 1.0).q;
                    (self.number(&entry.node, &own, SHARE).q, part)
                }
            };
            hits.push(ServiceHit { service, chance, part });
        }
        hits
    }

    fn reserves(&mut self, node: &'a Node) -> Vec<f64> {
        self.list(node).iter().filter_map(|n| self.constant(n, MONEY)).collect()
    }

    fn programmes(&mut self, node: Option<&'a Node>) -> Vec<Programme> {
        let Some(table) = node.and_then(|n| self.open(n, "insurance")) else { return Vec::new() };
        let mut programmes = Vec::new();
        for entry in &table.table.entries {
            self.name(&entry.key, entry.key_place);
            let path = format!("insurance.{}", entry.key);
            let Some(mut fields) = self.open(&entry.node, &path) else { continue };
            let title = self.title_or(&mut fields, &entry.key);
            let mut layers = Vec::new();
            let list = fields.need("layers", "`layers = [ { retention = \"1 bn KRW\", limit = \"10 bn KRW\" } ]`");
            for (i, item) in list.map_or(&[][..], |n| self.list(n)).iter().enumerate() {
                if let Some(inner) = self.open(item, &format!("{path}.layers.{}", i + 1)) {
                    let layer = self.layer(inner);
                    self.paid_twice(&layers, &layer, item.place);
                    layers.push(layer);
                }
            }
            fields.finish(self);
            layers.sort_by_key(|l: &Layer| l.on_year);
            programmes.push(Programme { named: Named { id: entry.key.clone(), title }, layers });
        }
        programmes
    }

    /// Warns of a layer on events that pays, with those before it, more than there is of a loss. (A layer on the year meets
    /// what those before it leave.)
    fn paid_twice(&mut self, before: &[Layer], layer: &Layer, place: Place) {
        let upto = |l: &Layer| l.retention + l.limit;
        let on_events = || before.iter().filter(|l| !l.on_year);
        // What is insured changes only where a layer begins.
        let starts = on_events().map(|l| l.retention.max(layer.retention)).filter(|x| *x < upto(layer));
        let insured = |x: f64| {
            let there = on_events().filter(|l| l.retention <= x && x < upto(l));
            (x, there.clone().map(|l| l.share).sum::<f64>() + layer.share, there.map(upto).fold(upto(layer), f64::min))
        };
        let most = starts.map(insured).reduce(|a, b| if b.1 > a.1 { b } else { a });
        let Some((from, share, to)) = most.filter(|(_, share, _)| !layer.on_year && *share > 1.0 + 1e-9) else {
            return;
        };
        let money = |x: f64| words::money(x, &self.currency, Lang::En);
        let range = match to.is_finite() {
            true => format!("between {} and {}", money(from), money(to)),
            false => format!("above {}", money(from)),
        };
        let what = format!(
            "this layer and those before it together pay {} of what an event costs {range}",
            words::share(share, Lang::En)
        );
        self.warn(place, what).help(
            "layers of one programme are paid side by side: let this one begin where the one before ends, or give each a `share`",
        );
    }

    fn layer(&mut self, mut fields: Fields<'a>) -> Layer {
        let on = fields.take("on").and_then(|n| self.choice(n, "time of a layer", &[("event", false), ("year", true)]));
        let mut money = |r: &mut Self, key: &'static str, default: f64| {
            fields.take(key).and_then(|n| r.constant(n, MONEY)).unwrap_or(default)
        };
        let layer = Layer {
            on_year: on.unwrap_or(false),
            retention: money(self, "retention", 0.0),
            limit: money(self, "limit", f64::INFINITY),
            year_retention: money(self, "year_retention", 0.0),
            year_limit: money(self, "year_limit", f64::INFINITY),
            premium: money(self, "premium", 0.0),
            share: fields.take("share").and_then(|n| self.constant(n, SHARE)).unwrap_or(1.0),
        };
        if layer.on_year && (layer.year_retention > 0.0 || layer.year_limit.is_finite()) {
            self.error(fields.place, "a layer on the year has no further terms by year")
                .help("give its terms as `retention` and `limit`");
        }
        fields.finish(self);
        layer
    }
}

fn fields_have_file(node: &Node) -> bool {
    node.get("file").is_some_and(|n| n.as_text().is_some())
}

/// A company of which nothing has been read.
fn nothing() -> Company {
    Company {
        id: String::new(),
        title: Text::default(),
        summary: Text::default(),
        currency: String::new(),
        year: 2025,
        sources: Vec::new(),
        quantities: Default::default(),
        services: Vec::new(),
        customers: Vec::new(),
        durations: Vec::new(),
        causes: Vec::new(),
        guidelines: Vec::new(),
        reserves: Vec::new(),
        programmes: Vec::new(),
    }
}
