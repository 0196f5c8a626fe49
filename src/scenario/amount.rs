//! Amounts in the file: sums of money, shares of the loss, fees, steps of time, bands and their combinations.

use super::number::{Ask, FACTOR, FEE, HEADS as NUMBERS, HOURS, MONEY, Num, SHARE, SOME_HOURS, is_number};
use super::reader::{Fields, Reading};
use super::report::{closest, listed};
use super::tree::{Node, Value};
use crate::model::{Amount, Band, BandAxis, Bound, Count, LossBasis, Q};

/// The keys by which an amount is known, and what each is.
const HEADS: [&str; 9] = ["share_of_loss", "fee_months", "fee_days", "fee_times", "per", "bands", "max", "min", "sum"];

/// Those of them that look at the fee.
const FEES: [&str; 3] = ["fee_months", "fee_days", "fee_times"];

/// Parts of a loss.
const BASES: [(&str, LossBasis); 3] =
    [("all", LossBasis::All), ("direct", LossBasis::Direct), ("indirect", LossBasis::Indirect)];

/// Ways to count steps of time.
const COUNTS: [(&str, Count); 3] = [("exact", Count::Exact), ("begun", Count::Begun), ("completed", Count::Completed)];

/// What bands may compare.
const AXES: [(&str, BandAxis); 6] = [
    ("loss", BandAxis::Loss(LossBasis::All)),
    ("direct_loss", BandAxis::Loss(LossBasis::Direct)),
    ("indirect_loss", BandAxis::Loss(LossBasis::Indirect)),
    ("hours", BandAxis::Hours),
    ("days_begun", BandAxis::DaysBegun),
    ("fee", BandAxis::Fee),
];

/// True of a key that is a bound of a law too, where no list stands under it.
fn is_bound(head: &str) -> bool {
    matches!(head, "min" | "max")
}

/// True when an amount depends on a person's loss.
pub fn looks_at_loss(amount: &Amount) -> bool {
    match amount {
        Amount::LossShare { .. } => true,
        Amount::Bands { axis, bands } => {
            matches!(axis, BandAxis::Loss(_)) || bands.iter().any(|b| looks_at_loss(&b.pay))
        }
        Amount::Max(parts) | Amount::Min(parts) | Amount::Sum(parts) => parts.iter().any(looks_at_loss),
        Amount::Times(_, of) => looks_at_loss(of),
        Amount::Scheme(s) => crate::guideline::applied::looks_at(s, &crate::model::Feed::Loss),
        _ => false,
    }
}

impl<'a> Reading<'a> {
    /// An amount in any of its forms.
    pub fn amount(&mut self, node: &'a Node, path: &str) -> Amount {
        if is_number(node) || node.as_table().is_none() {
            return Amount::Flat(self.number(node, path, MONEY).q);
        }
        let Some(mut fields) = self.open(node, path) else { return self.no_amount(path) };
        let heads: Vec<&str> = HEADS.iter().copied().filter(|h| fields.table.has(h)).collect();
        match heads[..] {
            [] if fields.table.has("times") || fields.table.has("of") => self.times(fields),
            [] => self.unknown_amount(fields),
            [head] => self.amount_by_head(head, fields),
            [a, b, ..] => {
                self.error(node.place, format!("`{a}` and `{b}` cannot stand in one amount"))
                    .help("combine them: { sum = [ { … }, { … } ] }, or max or min");
                fields.skip(&HEADS);
                self.no_amount(path)
            }
        }
    }

    fn no_amount(&mut self, path: &str) -> Amount {
        Amount::Flat(self.stand_in(path, MONEY).q)
    }

    fn unknown_amount(&mut self, fields: Fields<'a>) -> Amount {
        let known = || HEADS.into_iter().chain(NUMBERS).chain(["times", "of"]);
        let meant = fields.table.entries.iter().find_map(|e| closest(&e.key, known()).map(|meant| (e, meant)));
        let first = fields.table.entries.first();
        let fee = fields.table.entries.iter().find(|e| e.key.contains("fee") && closest(&e.key, FEES).is_none());
        if let Some(fee) = fee {
            let share = match fee.node.value {
                Value::Number(value, _) => value.to_string(),
                _ => "0.5".into(),
            };
            self.error(fee.key_place, "this is no amount that a rule can pay").help(format!(
                "a share of the fee of a month is written {{ fee_months = {share} }}, that of days {{ fee_days = 3 }}, a \
                 multiple of the fee for the hours lost {{ fee_times = 10 }}"
            ));
            return self.no_amount(&fields.path);
        }
        let place = meant.map(|(e, _)| e).or(first).map_or(fields.place, |e| e.key_place);
        let d = self.error(place, "this is no amount that a rule can pay");
        match meant {
            Some((_, meant)) => d.help(format!("did you mean `{meant}`?")),
            None => d.help(format!("write a sum of money, or a table with one of {}", listed(HEADS))),
        };
        self.no_amount(&fields.path)
    }

    fn amount_by_head(&mut self, head: &str, mut fields: Fields<'a>) -> Amount {
        let amount = match head {
            "share_of_loss" => self.loss_share(&mut fields),
            "fee_months" => Amount::FeeMonths(self.need_number(&mut fields, "fee_months", FACTOR, "").q),
            "fee_days" => Amount::FeeDays(self.need_number(&mut fields, "fee_days", FACTOR, "").q),
            "fee_times" => Amount::FeeTimes(self.need_number(&mut fields, "fee_times", FACTOR, "").q),
            "per" => self.per_time(&mut fields),
            "bands" => self.bands(&mut fields),
            "max" => Amount::Max(self.parts(&mut fields, "max")),
            "min" => Amount::Min(self.parts(&mut fields, "min")),
            _ => Amount::Sum(self.parts(&mut fields, "sum")),
        };
        fields.finish(self);
        amount
    }

    fn loss_share(&mut self, fields: &mut Fields<'a>) -> Amount {
        let share = self.need_number(fields, "share_of_loss", SHARE, "").q;
        let deductible = self.number_or(fields, "deductible", MONEY, 0.0).q;
        let basis = match fields.take("basis") {
            Some(node) => self.choice(node, "part of a loss", &BASES).unwrap_or(LossBasis::All),
            None => {
                self.fill(&fields.path, "basis", Node::text("all", fields.place));
                LossBasis::All
            }
        };
        Amount::LossShare { share, deductible, basis }
    }

    fn per_time(&mut self, fields: &mut Fields<'a>) -> Amount {
        let step_hours = self.need_number(fields, "per", SOME_HOURS, "").q;
        let pay = self.pay_of_a_step(fields);
        let count = match fields.take("count") {
            Some(node) => self.choice(node, "way to count", &COUNTS).unwrap_or(Count::Exact),
            None => {
                self.fill(&fields.path, "count", Node::text("exact", fields.place));
                Count::Exact
            }
        };
        let after_hours = self.number_or(fields, "after", HOURS, 0.0).q;
        Amount::PerTime { pay, step_hours, after_hours, count }
    }

    /// What each step of time is worth: a sum, and no amount that looks at anything. A law has a `min` and a `max` as well, and
    /// what is the same as another number a `times`.
    fn pay_of_a_step(&mut self, fields: &mut Fields<'a>) -> Q {
        let path = fields.at("pay");
        let head = |n: &Node, head: &str| n.get(head).is_some_and(|v| !is_bound(head) || v.as_list().is_some());
        let amount = |n: &Node| !is_number(n) && HEADS.iter().chain(["times", "of"].iter()).any(|key| head(n, key));
        match fields.table.get("pay").filter(|n| amount(n)) {
            Some(node) => {
                fields.skip(&["pay"]);
                self.error(node.place, "what each step of time pays is a sum of money, the same for everybody").help(
                    "write pay = 200000; a share of a loss or fee for each step is a rule of a scheme (docs/rules.md)",
                );
                self.stand_in(&path, MONEY).q
            }
            None => self.need_number(fields, "pay", MONEY, "`pay = 200000`, the money for each step").q,
        }
    }

    fn parts(&mut self, fields: &mut Fields<'a>, key: &'static str) -> Vec<Amount> {
        let path = fields.at(key);
        let Some(node) = fields.take(key) else { return Vec::new() };
        let parts: Vec<Amount> =
            self.list(node).iter().enumerate().map(|(i, n)| self.amount(n, &format!("{path}.{}", i + 1))).collect();
        if parts.is_empty() {
            if node.as_list().is_some() {
                self.error(node.place, format!("`{key}` needs at least one amount"))
                    .help(format!("write {key} = [ {{ share_of_loss = 0.5 }}, 5000 ]"));
            }
            return vec![self.no_amount(&format!("{path}.1"))];
        }
        parts
    }

    fn times(&mut self, mut fields: Fields<'a>) -> Amount {
        let factor = self.need_number(&mut fields, "times", FACTOR, "`times = 2`").q;
        let path = fields.at("of");
        let of = match fields.need("of", "`of = { … }`, the amount that is multiplied") {
            Some(node) => self.amount(node, &path),
            None => self.no_amount(&path),
        };
        fields.finish(self);
        Amount::Times(factor, Box::new(of))
    }

    fn bands(&mut self, fields: &mut Fields<'a>) -> Amount {
        let axis = fields.take("bands").and_then(|n| self.choice(n, "measure for bands", &AXES));
        let path = fields.at("steps");
        let steps = fields.need("steps", "`steps = [ { upto = …, pay = … }, { pay = … } ]`");
        let known = axis.unwrap_or(BandAxis::Loss(LossBasis::All));
        let Some(steps) = steps else { return self.no_amount(&fields.path.clone()) };
        let list = self.list(steps);
        if list.is_empty() && steps.as_list().is_some() {
            self.error(steps.place, "bands need at least one step")
                .help("write steps = [ { upto = 100000, pay = 5000 }, { pay = 10000 } ]");
        }
        let mut reader = BandReader { ask: axis_ask(known), checked: axis.is_some(), last: None };
        let mut bands = Vec::new();
        for (i, item) in list.iter().enumerate() {
            let at = format!("{path}.{}", i + 1);
            if let Some(band) = self.band(item, &at, &mut reader, i + 1 == list.len()) {
                bands.push(band);
            }
        }
        Amount::Bands { axis: known, bands }
    }

    fn band(&mut self, node: &'a Node, path: &str, reader: &mut BandReader, last: bool) -> Option<Band> {
        let mut fields = self.open(node, path)?;
        let bound = if reader.checked { self.band_bound(&mut fields, reader.ask) } else { skip_bound(&mut fields) };
        let pay = match fields.need("pay", "`pay = 30000`") {
            Some(n) => self.amount(n, &fields.at("pay")),
            None => self.no_amount(&fields.at("pay")),
        };
        // Where a key is misspelt, that may be the bound.
        let wrong = fields.finish(self);
        if reader.checked && bound.is_none() && !last && !wrong {
            self.error(node.place, "a band without an upper bound takes all the rest, so it must be the last")
                .help("give it `upto` (the bound is inside) or `below` (the bound is outside)");
        }
        let upto = bound.map(|(num, inclusive)| {
            self.band_order(node, num, inclusive, reader);
            Bound { at: num.q, inclusive }
        });
        Some(Band { upto, pay })
    }

    fn band_bound(&mut self, fields: &mut Fields<'a>, ask: Ask) -> Option<(Num, bool)> {
        self.one_bound(fields, "upto", "below", ask)
    }

    /// A bound under one of two keys: the first includes its value, the second does not.
    pub fn one_bound(
        &mut self,
        fields: &mut Fields<'a>,
        inside: &'static str,
        outside: &'static str,
        ask: Ask,
    ) -> Option<(Num, bool)> {
        let with = fields.take(inside).map(|n| (n, inside, true));
        let without = fields.take(outside).map(|n| (n, outside, false));
        if let (Some(_), Some((second, ..))) = (with, without) {
            self.error(second.place, format!("`{inside}` and `{outside}` cannot stand together"))
                .help("keep one of the two");
            for (node, key, _) in with.into_iter().chain(without) {
                self.number(node, &fields.at(key), ask);
            }
            return None;
        }
        with.or(without).map(|(node, key, inclusive)| (self.number(node, &fields.at(key), ask), inclusive))
    }

    fn band_order(&mut self, node: &Node, num: Num, inclusive: bool, reader: &mut BandReader) {
        let Some(now) = num.constant else { return };
        if let Some((before, was)) = reader.last
            && (now < before || (now == before && (was || !inclusive)))
        {
            self.error(node.place, "the bands are not in order").help("write the lowest band first");
        }
        reader.last = Some((now, inclusive));
    }
}

/// What is known while bands are read.
struct BandReader {
    ask: Ask,
    checked: bool,
    last: Option<(f64, bool)>,
}

/// Bounds on an unknown measure cannot be read; the unknown measure has been reported.
fn skip_bound(fields: &mut Fields<'_>) -> Option<(Num, bool)> {
    fields.take("upto");
    fields.take("below");
    None
}

fn axis_ask(axis: BandAxis) -> Ask {
    match axis {
        BandAxis::Loss(_) => MONEY,
        BandAxis::Hours => HOURS,
        BandAxis::DaysBegun => FACTOR,
        BandAxis::Fee => FEE,
    }
}
