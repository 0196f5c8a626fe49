//! Headings in too few brackets, and what stands where a table or a list of tables belongs: one slip, one mistake.

use redress::scenario::Located;

use super::{BASE, mistakes, read, told, with};

const DOUBLE: &str = "[[guidelines.flat.rules]]";

/// The base with some of the four headings of its rules written in another way.
fn headed(which: &[usize], heading: &str) -> String {
    let mut parts = BASE.split(DOUBLE);
    let first = parts.next().unwrap_or_default().to_string();
    let headed =
        parts.enumerate().map(|(i, part)| format!("{}{part}", if which.contains(&i) { heading } else { DOUBLE }));
    first + &headed.collect::<String>()
}

/// Numbers of the lines that read so.
fn lines(text: &str, line: &str) -> Vec<usize> {
    text.lines().enumerate().filter(|(_, l)| *l == line).map(|(n, _)| n + 1).collect()
}

fn only(text: &str) -> Located {
    let found = mistakes(read(text));
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].clone()
}

/// Whichever of them it is, and however the name is written.
#[test]
fn rules_in_single_brackets_are_told_once_and_how_they_are_meant() {
    let quoted = "[\"guidelines\".'flat'.rules]";
    for heading in ["[guidelines.flat.rules]", "[ guidelines.flat . rules ]", quoted] {
        for which in [&[0][..], &[1], &[1, 2], &[3], &[0, 3], &[0, 1, 2, 3]] {
            let text = headed(which, heading);
            let (found, at) = (only(&text), lines(&text, heading));
            assert_eq!((found.line, found.column), (at[0], 1));
            assert!(found.message.contains("stands twice"), "{found:?}");
            let (name, why) = match which.len() {
                4 => (heading, "since each is an entry of a list"),
                _ => ("[guidelines.flat.rules]", "as the others of this name"),
            };
            let name = name.replace("[ ", "[").replace(" ]", "]");
            assert!(found.help.contains(&format!("in two brackets, {why}: [{name}]")), "{found:?}");
            let others: Vec<String> = at[1..].iter().map(usize::to_string).collect();
            assert!(others.is_empty() || found.help.contains(&others.join(", ")), "{found:?}");
        }
    }
    // What stands below such a heading is part of the same slip.
    let text = headed(&[1], "[guidelines.flat.rules]").replace("filing = { rate = 0.02 }\n", "") + "[x]\n";
    let text = text
        .replace("[x]\n", "[guidelines.flat.rules.filing]\nrate = 0.02\n[guidelines.flat.rules.filing]\nrate = 0.03\n");
    only(&text);
}

#[test]
fn other_lists_of_tables_have_two_brackets_as_well() {
    let link =
        "[[correlations]]\nbetween = [\"services.talk.restored_after\", \"filing.web-form.awareness\"]\nrank = 0.1\n";
    let text = format!("{BASE}\n{link}").replace("[[correlations]]", "[correlations]");
    assert!(only(&text).help.contains("each is an entry of a list: [[correlations]], and so in line"));
    let curve =
        "curve = [ { share = 0.97, after = \"31 h\" }, { share = 0.03, after = \"7 d\" } ]\nregions = [\"seoul\"]\n";
    let step = |share: f64, after: &str| format!("[services.map.curve]\nshare = {share}\nafter = \"{after}\"\n");
    let text = with(curve, &format!("regions = [\"seoul\"]\n{}{}", step(0.97, "31 h"), step(0.03, "7 d")));
    assert!(only(&text).help.contains("[[services.map.curve]]"));
    // A single rule below such a heading is no list either.
    let text = with("rules = []", "[guidelines.none.rules]\namount = 5");
    assert!(only(&text).help.contains("below a heading in two brackets: [[guidelines.none.rules]]"));
    // What is no list stands once.
    let text = with("[cohorts.users.reports]", "[cohorts.shops.loss]\nshare = 0.2\n[cohorts.users.reports]");
    assert!(only(&text).help.starts_with("keep one of the two"));
}

/// A value and headings for the same are one mistake, at the value, and the rest of the file is looked at.
#[test]
fn a_value_beside_headings_is_one_mistake() {
    let pool = "pool = { amount = \"20 bn KRW\", foreseen = true }\n";
    for (from, to, message, help) in [
        (
            pool,
            "rules = []\n",
            "`guidelines.flat.rules` has a value here, and stands below [[guidelines.flat.rules]]",
            "leave this line out: ",
        ),
        (pool, "rules = [ { amount = 5 } ]\n", "`guidelines.flat.rules` has a value here", "keep one of the two"),
        (
            "schema = 1\n",
            "schema = 1\nfiling = 5\n",
            "`filing` has a value here, and stands below [filing.web-form]",
            "keep one of the two",
        ),
        (
            "schema = 1\n",
            "schema = 1\noutage = 5\n",
            "`outage` has a value here, and stands below [outage] in line 18",
            "keep one",
        ),
        ("schema = 1\n", "schema = 1\ncorrelations = []\n", "`correlations` has a value here", "leave this line out"),
        (
            "[outage.phases.power]\n",
            "phases = []\n[outage.phases.power]\n",
            "`outage.phases` has a value here",
            "leave this line out",
        ),
    ] {
        let found = only(&with(from, to));
        assert!(found.message.starts_with(message) && found.help.starts_with(help), "{found:?}");
        assert!(!found.help.contains("is not looked at"), "{found:?}");
    }
    let text = with("schema = 1\n", "schema = 1\nfiling = 5\n").replace("hit = 0.9", "hti = 0.9");
    told(&mistakes(read(&text)), &["`filing` has a value here", "unknown key `hti`"]);
    // The amount of one rule is no amount of another.
    let twice = "[guidelines.flat.rules.in_kind]\nredemption = 0.3\nunit_cost = 0.1\n";
    let text = BASE.replace("in_kind = { redemption = 0.36, unit_cost = 0.1 }\n", &format!("{twice}{twice}"));
    let text = text.replace(
        "filing = { rate = 0.02 }\n",
        "filing = { rate = 0.02 }\nin_kind = { redemption = 0.36, unit_cost = 0.1 }\n",
    );
    assert!(only(&text).help.starts_with("keep one of the two"));
}

/// Names that are missing because no table stands where they are given are not told of.
#[test]
fn what_is_no_table_is_the_one_mistake() {
    for key in ["services", "regions", "cohorts", "filing", "joint", "guidelines", "profiles", "outage"] {
        for value in ["5", "[[1]]"] {
            let parts = BASE.split("\n[").filter(|part| {
                let name = part.trim_start_matches('[');
                !name.starts_with(&format!("{key}.")) && !name.starts_with(&format!("{key}]"))
            });
            let text = parts
                .collect::<Vec<_>>()
                .join("\n[")
                .replace("schema = 1\n", &format!("schema = 1\n{key} = {value}\n"));
            let found = only(&text);
            assert!(found.message.starts_with("a table belongs here, not a"), "{found:?}");
            let help = if key == "outage" { "[outage]".into() } else { format!("[{key}.name]") };
            assert!(found.line == 2 && found.help.ends_with(&help), "{found:?}");
        }
    }
    for name in
        ["cohorts.users", "filing.web-form", "guidelines.none", "joint.history", "services.talk", "sources.press"]
    {
        let parts = BASE.split("\n[").filter(|part| !part.starts_with(name));
        let (map, key) = name.split_once('.').unwrap_or_default();
        let text = format!("{}\n[{map}]\n{key} = 5\n", parts.collect::<Vec<_>>().join("\n["));
        let found = only(&text);
        assert!(found.message == "a table belongs here, not a number", "{name}: {found:?}");
    }
    let text = with("[outage.phases.power]\n", "[[outage.phases]]\nid = \"power\"\n");
    assert!(only(&text).help.ends_with("each with its name: [outage.phases.name]"));
}

#[test]
fn members_of_lists_that_are_no_tables_are_one_mistake() {
    let desk = "\n[procedures.desk]\norder = \"verify-first\"\nopens_after = \"14 d\"\nwindow = \"60 d\"\n\
                arrival = { half_after = \"5 d\" }\nwage = \"25000 KRW/h\"\n";
    for staff in ["[[1]]", "[1]", "[[\"0 d\", 5], [\"14 d\", 10]]"] {
        let found = only(&format!("{BASE}{desk}staff = {staff}\n"));
        assert!(found.message.starts_with("a table belongs here, not a"), "{found:?}");
        assert!(found.help.contains("staff = [ { after = \"0 d\", people = 20 } ]"), "{found:?}");
    }
    told(&mistakes(read(&format!("{BASE}{desk}staff = []\n"))), &["somebody must review the claims"]);
    for versions in ["[[1]]", "[1, 2]", "[{ value = 5, date = 2022-10-16 }, 2]"] {
        let found = only(&with("size = 20_000", &format!("size = {{ versions = {versions} }}")));
        assert!(found.message.starts_with("a version is a table with value and date, not a"), "{found:?}");
        assert_eq!(found.help, "write versions = [ { value = …, date = 2022-10-16 }, … ]");
    }
    let curve = "[ { share = 0.97, after = \"31 h\" }, { share = 0.03, after = \"7 d\" } ]";
    told(&mistakes(read(&with(curve, "[0.5, 0.5]"))), &["a table belongs here, not a number"]);
}
