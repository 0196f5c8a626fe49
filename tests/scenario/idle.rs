//! Drafts that can pay nobody: told where it is certain, with the reason and what would change it, and never otherwise.

use redress::scenario::{self, Folder, Located, parse};

use super::{BASE, good, read, with};

const MARK: &str = "can pay nobody";

/// Warnings of rules that can pay nobody.
fn idle(text: &str) -> Vec<Located> {
    good(read(text)).warnings.located().into_iter().filter(|w| w.message.contains(MARK)).collect()
}

/// The base with one more guideline of one rule.
fn draft(rule: &str) -> String {
    format!("{BASE}\n[guidelines.draft]\ntitle = \"Draft\"\n[[guidelines.draft.rules]]\nid = \"only\"\n{rule}\n")
}

/// The one warning of a draft, which names guideline and rule and gives the reason and the help.
fn told(text: &str, reason: &str, help: &str) {
    let found = idle(text);
    assert_eq!(found.len(), 1, "{text}\n{found:#?}");
    let w = &found[0];
    assert!(w.message.contains("the rule `only` of the guideline `draft`"), "{w:?}");
    assert!(w.message.contains(reason), "{reason}: {w:?}");
    assert!(w.help.contains(help), "{help}: {w:?}");
    assert!(w.line > 1, "{w:?}");
}

const CLAIM: &str = "filing = \"automatic\"";

#[test]
fn what_is_made_of_a_fee_that_nobody_pays() {
    for amount in [
        "{ fee_times = 10 }",
        "{ fee_months = 1 }",
        "{ fee_days = 3 }",
        "{ times = 2, of = { max = [ { fee_days = 3 }, { fee_times = 10 } ] } }",
        "{ min = [ { fee_days = 3 }, 5000 ] }",
        "{ bands = \"fee\", steps = [ { upto = 100, pay = 0 }, { pay = 5000 } ] }",
    ] {
        let rule = |who: &str| draft(&format!("for = [\"{who}\"]\namount = {amount}\n{CLAIM}"));
        if amount.contains("bands") {
            // A band of 0 is a sum that the file plainly says; it is no fee that is missing.
            assert!(idle(&rule("users")).is_empty());
        } else {
            told(&rule("users"), "made of the fee", "`fee_month`");
        }
        assert!(idle(&rule("shops")).is_empty(), "{amount}");
    }
    let both = draft(&format!("for = [\"users\", \"shops\"]\namount = {{ fee_times = 10 }}\n{CLAIM}"));
    assert!(idle(&both).is_empty(), "one cohort that pays is enough");
    let sum = draft(&format!("for = [\"users\"]\namount = {{ sum = [ {{ fee_times = 10 }}, 1000 ] }}\n{CLAIM}"));
    assert!(idle(&sum).is_empty(), "a part that pays is enough");
    // A fee that is stated and is 0 is none; one that may be above 0 is one.
    let users =
        with("services = [\"talk\"]\nregions = { seoul", "services = [\"talk\"]\nfee_month = FEE\nregions = { seoul");
    for (fee, many) in [
        ("{ value = 0 }", 1),
        ("{ bands = [ { share = 0.4, fee = 0 }, { share = 0.6, fee = 0 } ] }", 1),
        ("{ law = \"uniform\", min = 0, max = 10 }", 0),
        ("{ varies = { law = \"lognormal\", mean = 40000, cv = 0.4 } }", 0),
    ] {
        let rule = format!(
            "{}\n[guidelines.draft]\ntitle = \"Draft\"\n[[guidelines.draft.rules]]\nfor = [\"users\"]\namount = {{ fee_times = 10 }}\n{CLAIM}\n",
            users.replace("FEE", fee)
        );
        assert_eq!(idle(&rule).len(), many, "{fee}");
    }
}

/// Messages are back after 12 + 10 hours at most, the map after 168.
#[test]
fn hours_that_no_outage_lasts() {
    for (bound, reason) in [
        ("hours_at_least = \"23 h\"", "for 22 h at most"),
        ("hours_over = \"22 h\"", "for 22 h at most"),
        ("hours_at_least = { law = \"uniform\", min = \"23 h\", max = \"30 h\" }", "for 22 h at most"),
        ("hours_under = \"12 h\"", "for 12 h at least"),
        ("hours_at_most = \"11 h\"", "for 12 h at least"),
    ] {
        told(&draft(&format!("for = [\"users\"]\n{bound}\namount = 5000\n{CLAIM}")), reason, "or let the outage");
    }
    for (who, bound) in [
        ("users", "hours_at_least = \"22 h\""),
        ("users", "hours_over = \"21 h\""),
        ("users", "hours_at_most = \"12 h\""),
        ("users", "hours_at_least = { law = \"uniform\", min = \"21 h\", max = \"30 h\" }"),
        ("shops", "hours_at_least = \"168 h\""),
        ("users", ""),
    ] {
        assert!(
            idle(&draft(&format!("for = [\"{who}\"]\n{bound}\namount = 5000\n{CLAIM}"))).is_empty(),
            "{who} {bound}"
        );
    }
    told(
        &draft(&format!("for = [\"shops\"]\nhours_over = \"7 d\"\namount = 5000\n{CLAIM}")),
        "7 d at most",
        "begin at",
    );
    // Where a law has no end nothing is certain.
    let long = with(
        "{ law = \"triangular\", min = \"2 h\", mode = \"5 h\", max = \"12 h\" }",
        "{ law = \"lognormal\", mean = \"5 h\", cv = 1 }",
    );
    let rule = "[[guidelines.draft.rules]]\nfor = [\"users\"]\nhours_over = \"90 d\"\namount = 5000";
    assert!(idle(&format!("{long}\n[guidelines.draft]\ntitle = \"Draft\"\n{rule}\n{CLAIM}\n")).is_empty());
    // Steps and bands of hours that nobody reaches.
    for amount in [
        "{ per = \"1 d\", pay = 2000, count = \"completed\" }",
        "{ per = \"1 h\", pay = 2000, after = \"22 h\" }",
        "{ min = [ { per = \"1 h\", pay = 2000, after = \"1 d\" }, 5000 ] }",
    ] {
        told(&draft(&format!("for = [\"users\"]\namount = {amount}\n{CLAIM}")), "for 22 h at most", "22 h or less");
        assert!(idle(&draft(&format!("for = [\"shops\"]\namount = {amount}\n{CLAIM}"))).is_empty(), "{amount}");
    }
}

#[test]
fn services_that_its_people_did_not_lose() {
    told(
        &draft(&format!("for = [\"users\"]\nservices = [\"map\"]\namount = 5000\n{CLAIM}")),
        "lost none of the services",
        "under `services`",
    );
    for (who, service) in [("users", "talk"), ("shops", "map")] {
        let rule = draft(&format!("for = [\"{who}\"]\nservices = [\"{service}\"]\namount = 5000\n{CLAIM}"));
        assert!(idle(&rule).is_empty(), "{who} {service}");
    }
    // The map was down in Seoul alone.
    let rule = format!(
        "[guidelines.draft]\ntitle = \"Draft\"\n[[guidelines.draft.rules]]\nid = \"only\"\nfor = [\"shops\"]\nservices = [\"map\"]\namount = 5000\n{CLAIM}\n"
    );
    let elsewhere = with("size = 20_000\n", "size = 20_000\nregions = { seoul = 0, rest = 1 }\n");
    told(&format!("{elsewhere}\n{rule}"), "lost none of the services", "under `services`");
    let some = with("size = 20_000\n", "size = 20_000\nregions = { seoul = 0.1, rest = 0.9 }\n");
    assert!(idle(&format!("{some}\n{rule}")).is_empty());
}

#[test]
fn losses_that_nobody_has() {
    for amount in ["{ share_of_loss = 0.5 }", "{ max = [ { share_of_loss = 0.5 }, 5000 ] }"] {
        let rule = |who: &str| draft(&format!("for = [\"{who}\"]\namount = {amount}\n{CLAIM}"));
        told(&rule("users"), "people who lose money", "a `loss`");
        assert!(idle(&rule("shops")).is_empty(), "{amount}");
    }
    let sum = |more: &str| draft(&format!("for = [\"users\"]\namount = 5000\n{more}\n{CLAIM}"));
    told(&sum("losers_only = true"), "people who lose money", "`losers_only = false`");
    assert!(idle(&sum("")).is_empty());
    let max = "amount = { max = [ { share_of_loss = 0.5 }, 5000 ] }\nlosers_only = false";
    assert!(idle(&draft(&format!("for = [\"users\"]\n{max}\n{CLAIM}"))).is_empty());
    // No part of the shops' losses is indirect.
    told(
        &draft(&format!("for = [\"shops\"]\namount = {{ share_of_loss = 0.5, basis = \"indirect\" }}\n{CLAIM}")),
        "people who lose money",
        "a `loss`",
    );
}

/// A scheme's rule that is a multiple of the fee, for people who pay none; and for several cohorts several reasons.
#[test]
fn schemes_and_several_reasons() {
    let scheme = |who: &str| {
        let head = "[guidelines.draft]\ntitle = \"Draft\"\nfor = [\"WHO\"]\nfiling = \"automatic\"\n";
        let text = format!("{BASE}\n{}scheme = \"kr-telecom-terms\"\n", head.replace("WHO", who));
        // Not there, so that it is the shipped one.
        parse(&text, "small.toml", &Folder("nowhere".into()), &[], None)
    };
    let found = |who: &str| -> usize {
        good(scheme(who)).warnings.located().iter().filter(|w| w.message.contains(MARK)).count()
    };
    assert!(found("users") > 0 && found("shops") == 0, "{} {}", found("users"), found("shops"));
    let rule = draft(&format!("for = [\"users\", \"shops\"]\nhours_over = \"8 d\"\namount = 5000\n{CLAIM}"));
    let all = idle(&rule);
    assert_eq!(all.len(), 1, "{all:#?}");
    assert!(all[0].message.contains("`users`") && all[0].message.contains("`shops`"), "{all:#?}");
}

/// Nothing is told of guidelines that are meant to pay nobody, of sums that are plainly 0, nor of any shipped scenario.
#[test]
fn what_is_meant_or_pays_somebody_is_not_told_of() {
    assert!(idle(BASE).is_empty(), "{:#?}", idle(BASE));
    assert!(idle(&draft(&format!("for = [\"users\"]\namount = 0\n{CLAIM}"))).is_empty());
    let mut many = 0;
    let folders = ["scenarios", "scenarios/backtests", "scenarios/backtests-more"];
    let entries = folders.iter().flat_map(|f| std::fs::read_dir(f).expect("the scenarios").flatten());
    for path in entries.map(|entry| entry.path()) {
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a text");
        if scenario::is_company(&text) || !text.contains("outage") {
            continue;
        }
        let loaded = scenario::load(&path, &[]).unwrap_or_else(|e| panic!("{e}"));
        let told = loaded.warnings.render(false);
        assert!(!told.contains(MARK), "{}: {told}", path.display());
        many += 1;
    }
    assert!(many >= 3, "{many}");
}
