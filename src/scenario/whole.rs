//! The whole file: its head, sources, budget and variants, and the order in which its parts are read.

use super::filing::Profile;
use super::number::{MONEY, SHARE};
use super::observed::Kind;
use super::reader::{Fields, Reading};
use super::report::{Diagnostic, Place};
use super::tree::{Node, Table};
use super::versions::{self, Hidden};
use super::{check, currencies, endless, places, resolved, review, second_curve};
use crate::model::{Aftermath, Budget, Guideline, Scenario, Source, Text, Variant};

/// Version of the format.
const SCHEMA: f64 = 1.0;
/// Share of worlds in which the budget may be exceeded, unless stated.
const TOLERANCE: f64 = 0.05;

/// What a reading gives: the scenario (of use only without errors), findings, and defaults to write out.
pub struct Outcome {
    /// The scenario.
    pub scenario: Scenario,
    /// Filing profiles, of which the scenario keeps the curves only.
    pub filing: Vec<Profile>,
    /// Mistakes and warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// Defaults to write out in the resolved text.
    pub fills: Vec<super::reader::Fill>,
}

/// Reads a tree into a scenario; `hidden`: versions of its values that do not hold.
pub fn read(root: &Node, hidden: &Hidden) -> Outcome {
    let mut reading = Reading { hidden: Some(hidden), ..Reading::new(root) };
    reading.used.extend(versions::sources(hidden).map(|id| format!("sources.{id}")));
    let (scenario, filing) = reading.scenario();
    reading.settle();
    endless::losses(&mut reading, &scenario);
    check::warnings(&mut reading, &scenario, &filing);
    review::unstated(&mut reading, &scenario);
    places::unreached(&mut reading, &scenario);
    second_curve::lacking(&mut reading, &scenario);
    let Reading { diagnostics, fills, quantities, figures, .. } = reading;
    Outcome { scenario: Scenario { quantities, figures, ..scenario }, filing, diagnostics, fills }
}

impl<'a> Reading<'a> {
    fn scenario(&mut self) -> (Scenario, Vec<Profile>) {
        let Some(mut top) = self.open(self.root, "") else { return (nothing(), Vec::new()) };
        let mut scenario = nothing();
        self.head(&mut top, &mut scenario);
        scenario.sources = self.sources(top.take("sources"));
        self.joint_tables(top.take("joint"));
        self.gather_names(&top);
        scenario.outage = self.outage(top.need("outage", "[outage] with `start = 2022-10-15T15:30:00`"));
        scenario.regions = self.regions(top.take("regions"));
        scenario.services = self.services(top.need("services", "[services.name] for each service that was down"));
        let profiles = self.profiles(top.take("profiles"));
        scenario.cohorts = self.cohorts(top.need("cohorts", "[cohorts.name] for each group of people"), &profiles);
        self.ladder_numbers(top.take("ladder"));
        let filing = self.filing_profiles(top.take("filing"));
        scenario.aftermath = self.aftermath(&mut top, &filing);
        scenario.guidelines = self.guidelines(top.need("guidelines", "[guidelines.name] for each draft"), &filing);
        scenario.aftermath.observed = self.counted(top.take("observed"), Kind::Observed, &scenario);
        scenario.aftermath.outcomes = self.counted(top.take("outcome"), Kind::Outcome, &scenario);
        self.not_empty(&top);
        self.not_too_many_slots(&scenario);
        scenario.baseline = self.baseline(&mut top, &scenario.guidelines);
        scenario.budget = top.take("budget").and_then(|n| self.budget(n));
        self.settle();
        self.correlations(top.take("correlations"));
        scenario.variants = self.variants(top.take("variants"));
        top.finish(self);
        scenario.sources.append(&mut self.brought);
        (scenario, filing)
    }

    /// What comes after the awards.
    fn aftermath(&mut self, top: &mut Fields<'a>, filing: &[Profile]) -> Aftermath {
        let procedures = self.procedures(top.take("procedures"));
        self.names.procedures = procedures.iter().map(|p| (p.id.clone(), p.takes_claims)).collect();
        Aftermath {
            procedures,
            courts: self.courts(top.take("courts"), filing),
            bearing: self.bearing(top.take("bearing")),
            valuation: self.valuation(top.take("valuation")),
            channel: self.channel(top.take("channel")),
            ..Aftermath::default()
        }
    }

    fn head(&mut self, top: &mut Fields<'a>, scenario: &mut Scenario) {
        if let Some(node) = top.need("schema", "`schema = 1`")
            && self.plain_number(node).is_some_and(|v| v != SCHEMA)
        {
            self.error(node.place, "this version of the format is not known")
                .help("the format described here is `schema = 1`");
        }
        scenario.id = top.need("id", "`id = \"example-2022\"`").and_then(|n| self.id(n)).unwrap_or_default();
        scenario.title = top.need("title", "`title = \"…\"`").map_or_else(Text::default, |n| self.words(n));
        scenario.summary = top.take("summary").map_or_else(Text::default, |n| self.words(n));
        let currency = top.need("currency", "`currency = \"KRW\"`").and_then(|n| self.currency_code(n));
        // Not known where it is wrong: then sums in any are read, so that one mistake draws no others.
        self.currency = currency.unwrap_or_default();
        scenario.currency = self.currency.clone();
        self.as_of = top.take("as_of").and_then(|n| self.date(n)).unwrap_or_default();
        scenario.as_of = self.as_of.clone();
    }

    pub(super) fn id(&mut self, node: &'a Node) -> Option<String> {
        let id = self.text(node)?;
        let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(valid) {
            self.error(node.place, format!("`{id}` cannot be the id of a scenario"))
                .help("an id is made of lower-case letters, digits and hyphens");
        }
        Some(id.into())
    }

    pub(super) fn currency_code(&mut self, node: &'a Node) -> Option<String> {
        let code = self.text(node)?;
        if currencies::is_currency(code) {
            return Some(code.into());
        }
        let sums = currencies::of_sums(self.root);
        let meant = currencies::meant(code, &sums);
        let asked = meant.map_or(String::new(), |meant| format!("did you mean \"{meant}\"?"));
        let others = meant != Some(sums.as_str()) && !sums.is_empty();
        let in_sums = if others { format!("the sums of this file are in \"{sums}\"") } else { String::new() };
        self.error(node.place, format!("`{code}` is no currency"))
            .help(asked)
            .help(in_sums)
            .help("write an ISO 4217 code of three capitals, such as \"KRW\"");
        None
    }

    pub(super) fn sources(&mut self, node: Option<&'a Node>) -> Vec<Source> {
        let Some(table) = node.and_then(|n| self.open(n, "sources")) else { return Vec::new() };
        let mut sources = Vec::new();
        for entry in &table.table.entries {
            self.name(&entry.key, entry.key_place);
            let source = self.a_source(&entry.key, &entry.node);
            self.names.sources.push((source.id.clone(), source.date.clone()));
            sources.push(source);
        }
        sources
    }

    fn a_source(&mut self, id: &str, node: &'a Node) -> Source {
        let mut source = Source { id: id.into(), ..Source::default() };
        let Some(mut fields) = self.open(node, &format!("sources.{id}")) else { return source };
        source.title = fields.need("title", "`title = \"…\"`").map_or_else(Text::default, |n| self.words(n));
        source.url = fields.take("url").and_then(|n| self.text(n)).unwrap_or("").into();
        source.date = fields.take("date").and_then(|n| self.date(n)).unwrap_or_default();
        let grades = [("A", "A"), ("B", "B"), ("C", "C")];
        source.grade = fields.take("grade").and_then(|n| self.choice(n, "grade", &grades)).unwrap_or("").into();
        fields.finish(self);
        source
    }

    /// Collects the names that other parts refer to, before those parts are read.
    fn gather_names(&mut self, top: &Fields<'a>) {
        let keys = |node: Option<&Node>| -> Vec<String> {
            node.and_then(Node::as_table).map_or_else(Vec::new, |t| t.keys().map(String::from).collect())
        };
        let outage = top.table.get("outage");
        self.names.phases = keys(outage.and_then(|o| o.get("phases")));
        self.names.services = keys(top.table.get("services"));
        self.names.regions = keys(top.table.get("regions"));
        if self.names.regions.is_empty() {
            self.names.regions.push("all".into());
        }
        let empty = Table::default();
        let cohorts = top.table.get("cohorts").and_then(Node::as_table).unwrap_or(&empty);
        let tables = cohorts.entries.iter().filter(|e| e.node.as_table().is_some());
        self.names.cohorts = tables.map(|e| (e.key.clone(), tags_of(&e.node))).collect();
    }

    /// A scenario needs at least one service, cohort and guideline.
    fn not_empty(&mut self, top: &Fields<'a>) {
        for key in ["services", "cohorts", "guidelines"] {
            if let Some(node) = top.table.get(key)
                && node.as_table().is_some_and(|t| t.entries.is_empty())
            {
                self.error(node.place, format!("`{key}` is empty")).help("at least one is needed");
            }
        }
    }

    fn baseline(&mut self, top: &mut Fields<'a>, guidelines: &[Guideline]) -> usize {
        let names: Vec<String> = guidelines.iter().map(|g| g.id.clone()).collect();
        match top.take("baseline") {
            Some(node) => self.reference(node, "guideline", &names).unwrap_or(0),
            None => {
                if let Some(first) = names.first() {
                    self.fill("", "baseline", Node::text(first, top.place));
                }
                0
            }
        }
    }

    fn budget(&mut self, node: &'a Node) -> Option<Budget> {
        let mut fields = self.open(node, "budget")?;
        let amount = self.need_number(&mut fields, "amount", MONEY, "`amount = \"40 bn KRW\"`").q;
        let tolerance = match fields.take("tolerance") {
            Some(node) => self.tolerance(node, &fields.at("tolerance")).unwrap_or(TOLERANCE),
            None => {
                self.default_figure(&fields, "tolerance", TOLERANCE, SHARES);
                TOLERANCE
            }
        };
        fields.finish(self);
        Some(Budget { amount, tolerance })
    }

    fn tolerance(&mut self, node: &'a Node, path: &str) -> Option<f64> {
        let (value, remark) = self.stated(node, path)?;
        let tolerance = self.constant(value, SHARE)?;
        self.plain_figure(path, tolerance, SHARES, remark);
        Some(tolerance)
    }

    fn variant_name(&mut self, key: &str, place: Place) {
        self.name(key, place);
        if key == BASE {
            self.error(place, "`base` cannot be the name of a variant")
                .help("in the results `base` stands for the scenario as it stands; choose another name");
        }
    }

    fn variants(&mut self, node: Option<&'a Node>) -> Vec<Variant> {
        let Some(table) = node.and_then(|n| self.open(n, "variants")) else { return Vec::new() };
        let mut variants = Vec::new();
        for entry in &table.table.entries {
            self.variant_name(&entry.key, entry.key_place);
            let Some(mut fields) = self.open(&entry.node, &format!("variants.{}", entry.key)) else { continue };
            let title = self.title_or(&mut fields, &entry.key);
            let note = fields.take("note").map_or_else(Text::default, |n| self.words(n));
            let path = fields.at("set");
            let set = fields.need("set", "`set = { \"path\" = value }`").and_then(|n| self.open(n, &path));
            let changes = set.map_or_else(Vec::new, |s| s.table.entries.iter().map(change).collect());
            fields.finish(self);
            variants.push(Variant { id: entry.key.clone(), title, note, changes });
        }
        variants
    }
}

/// The unit of a share, in the words of tables.
const SHARES: &str = "share";

/// Results call the scenario as it stands by this name.
const BASE: &str = "base";

/// A replaced value in the words of `--set`.
fn change(entry: &super::tree::Entry) -> String {
    format!("{} = {}", entry.key, resolved::inline(&entry.node))
}

pub(super) fn tags_of(node: &Node) -> Vec<String> {
    let Some(tags) = node.get("tags") else { return Vec::new() };
    // A text that stands where a list belongs is told of, and may be named all the same.
    let tags = tags.as_list().unwrap_or(std::slice::from_ref(tags));
    tags.iter().filter_map(|n| n.as_text().map(String::from)).collect()
}

/// A scenario of which nothing has been read.
fn nothing() -> Scenario {
    let start = crate::model::LocalTime { text: String::new(), hour_of_week: 0.0, days_in_month: 30.0 };
    Scenario {
        id: String::new(),
        title: Text::default(),
        summary: Text::default(),
        currency: String::new(),
        as_of: String::new(),
        outage: crate::model::Outage { start, phases: Vec::new() },
        services: Vec::new(),
        regions: Vec::new(),
        cohorts: Vec::new(),
        guidelines: Vec::new(),
        baseline: 0,
        budget: None,
        sources: Vec::new(),
        aftermath: Default::default(),
        quantities: Default::default(),
        figures: Vec::new(),
        variants: Vec::new(),
    }
}
