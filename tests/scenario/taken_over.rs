//! What a draft takes over from another one is that one's number: one and the same draw.

use std::sync::atomic::AtomicBool;

use redress::chance::law::Law;
use redress::engine::outcome::guided;
use redress::engine::run::{Event, Options, run};
use redress::model::Scenario;
use redress::scenario::{Loaded, NoLibrary, inputs, parse};

use super::{BASE, good, read, read_set};
use crate::common::sample::shape;

const HEAD: &str = "schema = 1\nid = \"x\"\ntitle = \"x\"\ncurrency = \"KRW\"\n[outage]\nstart = 2022-10-15T15:30:00\n\
    [services.a]\ntitle = \"a\"\nrestored_after = \"3 h\"\n[cohorts.c]\ntitle = \"c\"\nsize = 100_000\nhit = 1\n\
    services = [\"a\"]\n[filing.w]\nrate = 0.4\n";

/// A guideline with an uncertain number in every place that takes one.
const FULL: &str = "[guidelines.g]\ntitle = \"G\"\n\
    claim_cost = { law = \"uniform\", min = 1, max = 9 }\npool = { amount = { law = \"uniform\", min = 1e6, max = 9e6 } }\n\
    [[guidelines.g.rules]]\nid = \"r\"\namount = { bands = \"loss\", steps = [ { upto = 300, pay = { law = \"uniform\", min = 1, \
    max = 2 } }, { pay = 9 } ] }\napproval = { versions = [ { law = \"uniform\", min = 0.2, max = 0.9, date = 2022-10-16 } ] }\n\
    filing = { awareness = { law = \"uniform\", min = 0.1, max = 0.2 }, burden = { forms = { law = \"uniform\", min = 1, \
    max = 2 } }, review = { law = \"uniform\", min = \"1 h\", max = \"2 h\" } }\n\
    in_kind = { redemption = { law = \"uniform\", min = 0.1, max = 0.4 }, unit_cost = 0.1 }\n\
    [[guidelines.g.rules]]\namount = 5\nfiling = { table = [ [1, 0.1], [9, { law = \"uniform\", min = 0.2, max = 0.3 }] ] }\n";

const COPY: &str = "[guidelines.h]\nbased_on = \"g\"\ntitle = \"H\"\n";

fn text(parts: &[&str]) -> String {
    format!("{HEAD}{}", parts.concat())
}

/// Payouts of two guidelines, world by world.
fn payouts(scenario: &Scenario, of: [usize; 2]) -> Vec<[f64; 2]> {
    let s = shape(scenario);
    let options = Options { seed: 3, replicates: 400, threads: 1, ..Options::default() };
    let at = guided("payout").expect("a measure");
    let mut all = Vec::new();
    run(scenario, &options, &AtomicBool::new(false), |event| {
        let Event::Block(b) = event else { return Ok(()) };
        all.extend((0..b.replicates).map(|r| of.map(|g| b.guided[s.guided(r, g, 0, at)])));
        Ok(())
    })
    .expect("the run ends");
    all
}

/// The paths of a guideline's own uncertain numbers, and of those that are another's, each with whose it is.
fn numbers(loaded: &Loaded, id: &str) -> (Vec<String>, Vec<(String, String)>) {
    let start = format!("guidelines.{id}.");
    let all = &loaded.scenario.quantities;
    let own = all.list.iter().filter(|q| !matches!(q.law, Law::Constant(_)) && q.path.starts_with(&start));
    let same = all.same.iter().filter(|s| s.path.starts_with(&start));
    let same = same.map(|s| (s.path[start.len()..].to_string(), all.get(s.of).path.clone()));
    (own.map(|q| q.path[start.len()..].to_string()).collect(), same.collect())
}

fn unchanged_by_its_resolved_text(loaded: &Loaded) {
    let again = good(parse(&loaded.resolved, "resolved.toml", &NoLibrary, &[], None));
    assert_eq!(format!("{:?}", again.scenario), format!("{:?}", loaded.scenario));
    assert_eq!(format!("{:?}", again.variants), format!("{:?}", loaded.variants));
    assert_eq!(again.resolved, loaded.resolved);
}

/// G pays 1,000 to an uncertain share of its claims; H is G with 1,100, so that it pays a tenth more in every world. With a
/// share of its own, H would be cheaper in 43 % of worlds: u and v uniform on 0.2 to 0.9, the chance of 1.1 v < u.
#[test]
fn a_draft_that_pays_a_tenth_more_pays_it_in_every_world() {
    let g = "[guidelines.g]\ntitle = \"G\"\n[[guidelines.g.rules]]\nid = \"r\"\namount = 1000\nfiling = \"w\"\n\
             approval = { law = \"uniform\", min = 0.2, max = 0.9 }\n";
    let h = "[guidelines.h]\nbased_on = \"g\"\ntitle = \"H\"\nrules.r = { amount = 1100 }\n";
    for parts in [[g, h], [h, g]] {
        let loaded = good(read(&text(&parts)));
        let at = |id: &str| loaded.scenario.guidelines.iter().position(|g| g.id == id).expect("there");
        let paid = payouts(&loaded.scenario, [at("g"), at("h")]);
        assert!(paid.iter().all(|[g, h]| (h - 1.1 * g).abs() < 1e-6 * g), "{paid:?}");
        let low = paid.iter().filter(|p| p[0] < 0.55 * 0.4 * 1e8).count();
        assert!((150..250).contains(&low), "half of the worlds lie below the mean: {low}");
        unchanged_by_its_resolved_text(&loaded);
    }
    // What it states itself is its own.
    let own = h.replace("amount = 1100", "amount = 1100, approval = { law = \"uniform\", min = 0.2, max = 0.9 }");
    let loaded = good(read(&text(&[g, &own])));
    let cheaper = payouts(&loaded.scenario, [0, 1]).iter().filter(|[g, h]| h < g).count();
    assert!((140..205).contains(&cheaper), "43 % of 400 worlds are 172, with a deviation of 10: {cheaper}");
}

/// Every uncertain number of a pure copy is the other's, listed as such, and both pay the same in all worlds.
#[test]
fn a_pure_copy_has_no_number_of_its_own() {
    let loaded = good(read(&text(&[FULL, COPY])));
    let (of_g, none) = numbers(&loaded, "g");
    assert_eq!((of_g.len(), none.len()), (9, 0), "{of_g:?}");
    let (own, same) = numbers(&loaded, "h");
    assert!(own.is_empty(), "{own:?}");
    assert_eq!(same.len(), of_g.len(), "{same:?}");
    assert!(same.iter().all(|(path, of)| *of == format!("guidelines.g.{path}") && of_g.contains(path)), "{same:?}");
    let rows = inputs(&loaded.scenario);
    let row = rows.iter().find(|r| r.path == "guidelines.h.rules.r.approval").expect("listed");
    assert_eq!((row.status, row.note.as_str()), ("same", "the same as guidelines.g.rules.r.approval"));
    assert!(payouts(&loaded.scenario, [0, 1]).iter().all(|[g, h]| g == h));
    unchanged_by_its_resolved_text(&loaded);
    // A copy of the copy is the first one's as well.
    let chain = good(read(&text(&[FULL, COPY, "[guidelines.i]\nbased_on = \"h\"\ntitle = \"I\"\n"])));
    assert_eq!(numbers(&chain, "i"), numbers(&loaded, "h"));
}

/// A change of one key of a rule leaves the others with the other's numbers, and a change by its own path makes a number the
/// draft's: as a whole, one value in its law, in either way of writing that.
#[test]
fn a_number_that_is_set_is_the_drafts_own() {
    let copy = text(&[FULL, "[guidelines.h]\nbased_on = \"g\"\ntitle = \"H\"\nrules.r = { approval = 0.5 }\n"]);
    assert_eq!(numbers(&good(read(&copy)), "h").1.len(), 8, "all but the approval");
    let law = |sets: &[&str], path: &str| {
        let loaded = good(read_set(&text(&[FULL, COPY]), sets));
        unchanged_by_its_resolved_text(&loaded);
        loaded.scenario.quantities.behind(path).expect("a number").clone()
    };
    let path = "guidelines.h.claim_cost";
    for (set, wanted) in [
        ("guidelines.h.claim_cost=4", Law::Constant(4.0)),
        ("guidelines.h.claim_cost={ law = \"uniform\", min = 2, max = 3 }", Law::Uniform { min: 2.0, max: 3.0 }),
        ("guidelines.h.claim_cost.min=2", Law::Uniform { min: 2.0, max: 9.0 }),
        ("guidelines={ h = { claim_cost = { min = 2 } } }", Law::Uniform { min: 2.0, max: 9.0 }),
    ] {
        let found = law(&[set], path);
        assert_eq!((found.path.as_str(), &found.law), (path, &wanted), "{set}");
        assert_eq!(law(&[set], "guidelines.g.claim_cost").law, Law::Uniform { min: 1.0, max: 9.0 }, "{set}");
    }
    // A change of the other's number is one of both.
    let of = law(&["guidelines.g.claim_cost=5"], path);
    assert_eq!((of.path.as_str(), of.law), ("guidelines.g.claim_cost", Law::Constant(5.0)));
}

/// Where the other one loses the number, here to a filing profile, the draft keeps it, and so does a second one: theirs is one
/// and the same still. A variant does it as a change does.
#[test]
fn a_number_that_the_other_loses_is_kept() {
    let third = "[guidelines.i]\nbased_on = \"g\"\ntitle = \"I\"\n";
    let lost = "guidelines.g.rules.r.filing";
    let loaded = good(read_set(&text(&[FULL, COPY, third]), &[&format!("{lost}=w")]));
    let kept = |scenario: &Scenario, id: &str| {
        let number = scenario.quantities.behind(&format!("guidelines.{id}.rules.r.filing.awareness"));
        number.map(|q| (q.path.clone(), q.law.clone()))
    };
    let wanted = Some(("guidelines.h.rules.r.filing.awareness".to_string(), Law::Uniform { min: 0.1, max: 0.2 }));
    assert_eq!([kept(&loaded.scenario, "h"), kept(&loaded.scenario, "i")], [wanted.clone(), wanted.clone()]);
    assert_eq!(kept(&loaded.scenario, "g"), None);
    unchanged_by_its_resolved_text(&loaded);
    let variant = format!("[variants.v]\ntitle = \"V\"\nset = {{ \"{lost}\" = \"w\" }}\n");
    let loaded = good(read(&text(&[FULL, COPY, third, &variant])));
    assert_eq!([kept(&loaded.variants[0].1, "h"), kept(&loaded.variants[0].1, "i")], [wanted.clone(), wanted]);
    assert_eq!(numbers(&loaded, "h").0, Vec::<String>::new(), "without the variant it is the other's");
    unchanged_by_its_resolved_text(&loaded);
    // A variant that sets the number sets it for both.
    let variant = "[variants.v]\ntitle = \"V\"\nset = { \"guidelines.g.rules.r.filing.awareness\" = 0.7 }\n";
    let loaded = good(read(&text(&[FULL, COPY, variant])));
    assert_eq!(kept(&loaded.variants[0].1, "h").map(|k| k.1), Some(Law::Constant(0.7)));
}

/// Facts of a scheme are numbers like others; those of another scheme are other numbers.
#[test]
fn facts_are_taken_over_with_their_scheme() {
    let library = redress::scenario::Folder(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/guidelines").into());
    let drafts = "[guidelines.terms]\ntitle = \"T\"\nscheme = \"kr-telecom-terms\"\nfor = [\"shops\"]\nfiling = \"web-form\"\n\
                  facts = { added_services = { law = \"uniform\", min = 1, max = 9 } }\n\
                  [guidelines.later]\nbased_on = \"terms\"\ntitle = \"L\"\nversion = \"2014\"\n";
    let loaded = good(parse(&format!("{BASE}\n{drafts}"), "small.toml", &library, &[], None));
    let (own, same) = numbers(&loaded, "later");
    assert_eq!((own.len(), same.len()), (0, 1), "{own:?} {same:?}");
    assert_eq!(same[0].1, "guidelines.terms.facts.added_services");
}
