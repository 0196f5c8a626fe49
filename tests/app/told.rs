//! What page, tables and briefing say where a number is not all that it seems: advances, what is not done in the days that
//! are followed, courts, shares who file, hours of claimants.

use std::fs;
use std::path::{Path, PathBuf};

use super::{folder, redress, shipped, stderr, stdout};

fn scenario() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/app/told.toml")
}

/// The page of a run, and its briefing with the sheet; blanks as one.
fn run(lang: &str, set: &[&str]) -> (String, String) {
    let here = folder();
    let mut command = redress(here.path());
    command.arg("run").arg(scenario()).args(["-n", "60", "-q", "--brief", "--lang", lang, "--out", "out"]);
    for change in set {
        command.args(["--set", change]);
    }
    let output = command.output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let read = |name: &str| fs::read_to_string(here.path().join("out").join(name)).expect("written");
    let brief = read("briefing.html") + &read("briefing-one-page.html");
    let plain = |text: &str| text.replace(['\u{a0}', '\u{2060}'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    (plain(&stdout(&output)), plain(&without_tags(&brief)))
}

fn without_tags(page: &str) -> String {
    page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

/// One person works 8 h × 1,095 days = 8,760 of 10,000 hours before the last day: half of the claims are reviewed in day 625,
/// nine tenths never. The advance is there with the first run all the same.
#[test]
fn days_beyond_what_is_followed_and_days_of_advances_are_told_as_such() {
    let (page, brief) = run("en", &[]);
    for words in [
        ">1,094",
        "Half and 90 % of the awards under B: days of the first money, the advance; the rest comes after review.",
        "Warning: under A, B, in more than 1 % of worlds some claims are not reviewed or paid by day 1,095",
    ] {
        assert!(page.contains(words), "{words} is missing: {page}");
    }
    for words in [
        "Days to payment under Draft B are those to the first money (the advance), not to the whole award.",
        "over 1,094",
        "Under Draft A, in more than 1 % of worlds a tenth of the awards of money or more is not paid by day 1,095",
        "the first money (the advance) of half of the awards after 0 days",
    ] {
        assert!(brief.contains(words), "{words} is missing");
    }
    let (page, brief) = run("ko", &[]);
    for words in ["B의 건수 절반·90%: 먼저 주는 돈(선지급)이 도착하는 날.", "주의: A, B에서는 1%가 넘는 상황에서"]
    {
        assert!(page.contains(words), "{words} is missing: {page}");
    }
    for words in ["B안의 일수는 먼저 주는 돈(선지급)이 도착하는 때", "1,094일 넘게"] {
        assert!(brief.contains(words), "{words} is missing");
    }
    // With staff for all nothing is left over; an advance of all of the money is all of it.
    let enough = ["procedures.slow.staff=1000", "procedures.ahead.staff=1000", "procedures.ahead.advance=1"];
    let (page, brief) = run("en", &enough);
    for words in ["1,094", "Warning:", "the advance; the rest"] {
        assert!(!page.contains(words), "{words}: {page}");
    }
    assert!(!brief.contains("over 1,094") && !brief.contains("the first money"));
}

#[test]
fn courts_are_left_out_of_what_a_draft_gives_and_said_to_be() {
    let (page, brief) = run("en", &["guidelines.slow.rules.r.amount=0"]);
    assert!(page.contains("Why people who lost money get nothing under the guideline (courts apart)"), "{page}");
    for words in [
        "Courts apart, only Draft B makes good any of the loss in money",
        "Courts apart, only Draft B (An advance) gives anything to those who lost money",
        "Both count what a draft gives. What people win in court is counted by itself.",
    ] {
        assert!(brief.contains(words), "{words} is missing");
    }
}

#[test]
fn of_a_share_who_file_nobody_says_why_the_others_do_not() {
    let half = ["filing.all.rate=0.5"];
    let (page, brief) = run("en", &half);
    assert!(
        page.contains("Where the scenario states what share of people file, not why the others do not (rules of A, B)"),
        "{page}"
    );
    assert!(brief.contains("the scenario states what share of people file, not why the others do not"));
    let finding = "of those left out): they do not";
    assert!(brief.contains(&format!("{finding} file; why is not told")) && !brief.contains(&format!("{finding} know")));
    let (page, brief) = run("ko", &half);
    assert!(page.contains("시나리오가 신청 비율만 정한 규칙(A, B)에서는 신청하지 않는 까닭을 알 수 없음"), "{page}");
    assert!(brief.contains("신청하지 않아서(시나리오가 신청 비율만 정하므로 까닭은 알 수 없음)"));
}

/// A quantile may be an atom: in nine of ten worlds the cost is that or less.
#[test]
fn a_quantile_is_reached_and_not_stayed_below() {
    let (_, brief) = run("en", &[]);
    assert!(brief.contains("in 9 of 10 worlds it costs") && brief.contains(" or less."));
    assert!(!brief.contains("it costs less than") && !brief.contains("of worlds below"));
}

/// 10,000 claims × 2 h × 10,000 = 200 m, with a procedure and without.
#[test]
fn hours_of_claimants_cost_the_same_without_a_procedure() {
    let here = folder();
    let text = fs::read_to_string(scenario()).expect("readable").replace("procedure = \"slow\"\n", "");
    fs::write(here.path().join("free.toml"), text).expect("writable");
    let output = redress(here.path()).args(["run", "free.toml", "-n", "20", "--out", "out"]).output().expect("starts");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("so review, interest and what awards in kind are worth"), "{said}");
    let summary = fs::read_to_string(here.path().join("out/summary.csv")).expect("written");
    for guideline in ["slow", "ahead"] {
        let start = format!("base,{guideline},all,all,claimant_cost,KRW,p50,");
        let row = summary.lines().find_map(|l| l.strip_prefix(&start)).expect("a row");
        let value: f64 = row.split(',').next().and_then(|v| v.parse().ok()).expect("a number");
        assert!((value - 2e8).abs() < 1.0, "{guideline}: {row}");
    }
}

/// Ranks go on without a gap where nothing is left out.
#[test]
fn ranks_of_a_sensitivity_leave_out_no_number() {
    let here = folder();
    let mut command = redress(here.path());
    command.arg("sensitivity").arg(shipped("first-steps.toml"));
    command.args(["--look", "payout[flat-and-share]", "--all", "-n", "64", "-q", "--format", "csv", "--out", "out"]);
    let output = command.output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let mut ranks: Vec<usize> =
        text.lines().skip(1).filter_map(|l| l.split(',').nth(2)).filter_map(|r| r.parse().ok()).collect();
    ranks.dedup();
    assert!(ranks.len() > 2 && ranks.iter().copied().eq(1..=ranks.len()), "{text}");
}

/// A parameter of a law is a number to start from: here the largest size of 1,000 to 2,000 people.
#[test]
fn a_parameter_of_a_law_can_be_sought() {
    let here = folder();
    let mut command = redress(here.path());
    command.arg("solve").arg(scenario());
    command.args(["--set", "cohorts.people.size={ law = \"uniform\", min = 1000, max = 2000 }"]);
    // Each claim is paid 10,000: the mean payout is 10,000 × (1,000 + max) ÷ 2, that is 18 m at a max of 2,600.
    command.args(["--find", "cohorts.people.size.max", "--guideline", "slow", "--such-that", "payout < 18 m KRW"]);
    command.args(["-n", "200", "-q", "--format", "csv", "--out", "out"]);
    let output = command.output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let value: f64 =
        text.lines().nth(1).and_then(|l| l.split(',').nth(3)).and_then(|v| v.parse().ok()).expect("a value");
    // The mean of 200 uniform numbers is known to 0.29 ÷ √200 = 2 % of their range, 1,600: 33 people, and so 4 × 66 of max.
    assert!((value - 2_600.0).abs() < 264.0, "{text}");
}

const HEAVY: &str = r#"
schema = 1
id = "heavy"
title = "Heavy"
currency = "KRW"
outage.start = 2022-10-15T15:30:00
services.pay.restored_after = "5 h"
cohorts.wild = { title = "Wild ones", size = 90_000, services = ["pay"], hit = 1, loss = { share = 1, damage = { rate = 1000, elasticity = 0 }, severity = { family = "lomax", alpha = 1.5 } } }
cohorts.tame = { title = "Tame ones", size = 90_000, services = ["pay"], hit = 1, loss = { share = 1, damage = { rate = 1000, elasticity = 0 }, severity = { family = "lognormal", cv = 3 } } }
cohorts.nobody = { title = "Nobody", size = 0, services = ["pay"], hit = 1, loss = { share = 1, damage = { rate = 1000, elasticity = 0 }, severity = { family = "lomax", alpha = 1.5 } } }
guidelines.none = { title = "None", rules = [] }
guidelines.open = { title = "Open", rules = [ { amount = { share_of_loss = 1 } } ] }
guidelines.capped = { title = "Capped", rules = [ { amount = { share_of_loss = 1 }, cap = 5000, filing = "most" } ] }
guidelines.pooled = { title = "Pooled", rules = [ { amount = { share_of_loss = 1 } } ], pool = { amount = 1e6 } }
guidelines.gifts = { title = "Gifts", rules = [ { amount = { share_of_loss = 1 }, filing = "most", procedure = "twice", in_kind = { redemption = 1, unit_cost = 0.5 } } ] }
guidelines.small-gifts = { title = "Small gifts", rules = [ { amount = { share_of_loss = 1 }, cap = 5000, filing = "most", procedure = "twice", in_kind = { redemption = 1, unit_cost = 0.5 } } ] }
filing.most = { title = "Most", rate = 0.9 }
procedures.twice = { title = "Twice", opens_after = "1 d", window = "10 d", arrival = { half_after = "3 d" }, staff = 1e6, wage = 0, order = "verify-first", duplicates = { share = 0.2, detected = 0 } }
variants.tamer = { title = "Tamer", set = { "cohorts.wild.loss.severity" = { family = "lognormal", cv = 3 } } }
"#;

/// The cells of the row of a table that starts so, from there on.
fn cells(table: &str, start: &str) -> Vec<String> {
    let row = table.lines().find_map(|l| l.strip_prefix(start)).unwrap_or_else(|| panic!("{start} has a row"));
    row.split(',').map(String::from).collect()
}

/// The mean of losses with a tail index of 1.5 is 1,000, and no sample knows how well it has found it.
#[test]
fn what_has_no_finite_variance_has_no_error() {
    let here = folder();
    fs::write(here.path().join("heavy.toml"), HEAVY).expect("writable");
    let run = |more: &[&str]| {
        let mut command = redress(here.path());
        command.args(["run", "heavy.toml", "-n", "300", "-q", "--brief", "--out", "out"]).args(more);
        let output = command.output().expect("the binary starts");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let read = |name: &str| fs::read_to_string(here.path().join("out").join(name)).expect("written");
    let page = run(&["--lang", "ko"]);
    assert!(page.contains("주의: Wild ones의 손해의 꼬리가 너무 두꺼워") && page.contains("B, D, E의 비용"), "{page}");
    let page = run(&[]);
    for words in [
        "Warning: the losses of Wild ones have so heavy a tail that the variance is not finite.",
        "of the payout under B, D, of the cost under B, D, E (empty in the tables)",
        "the mean payouts (but for B, D) are known",
    ] {
        assert!(page.contains(words), "{words} is missing: {page}");
    }
    assert!(read("manifest.json").contains("of the cost under open, pooled, gifts (empty"), "by id");
    let brief = read("briefing.html");
    assert!(
        brief.contains("so heavy a tail") && brief.contains("errors of mean costs are told of the other drafts alone")
    );

    let summary = read("summary.csv");
    let known = |start: &str| {
        let [mean, sd, tail] = ["mean", "sd", "tvar95"].map(|s| cells(&summary, &format!("{start},KRW,{s},")));
        assert!(mean[0].parse::<f64>().is_ok() && tail[0].parse::<f64>().is_ok(), "{start}: the values stand");
        assert!(
            cells(&summary, &format!("{start},KRW,p50,")).iter().all(|c| !c.is_empty()),
            "{start}: quantiles stand"
        );
        let told = [&mean[1..], &sd[..], &tail[1..]].concat();
        assert!(told.iter().all(|c| c.is_empty()) || told[..5].iter().all(|c| !c.is_empty()), "{start}: {told:?}");
        !told[0].is_empty()
    };
    for (row, told) in [
        ("base,all,all,all,loss", false),
        ("base,all,wild,all,loss", false),
        ("base,all,tame,all,loss", true),
        ("base,all,nobody,all,loss", true),
        ("base,none,all,all,uncompensated", false),
        ("base,none,all,all,cost", true),
        ("base,open,all,all,cost", false),
        ("base,open,all,all,payout", false),
        ("base,open,tame,all,payout", true),
        ("base,capped,all,all,payout", true),
        ("base,capped,all,all,uncompensated", false),
        // A pool that no world has met would leave the error as wrong as none does.
        ("base,pooled,all,all,payout", false),
        ("base,gifts,all,all,overpaid", false),
        ("base,gifts,all,all,payout", true),
        ("base,small-gifts,all,all,overpaid", true),
        ("tamer,open,all,all,cost", true),
    ] {
        assert_eq!(known(row), told, "{row}");
    }
    let (pairs, shifts, spread) = (read("comparison.csv"), read("variants.csv"), read("spread.csv"));
    assert_eq!(cells(&pairs, "base,open,none,1,cost,KRW,")[1..4], ["", "", ""]);
    assert!(!cells(&pairs, "base,capped,none,1,cost,KRW,")[1].is_empty());
    assert_eq!(cells(&shifts, "tamer,open,cost,KRW,")[2..5], ["", "", ""]);
    assert!(!cells(&shifts, "tamer,capped,cost,KRW,")[2].is_empty());
    assert!(
        spread.contains("base,capped,cost,")
            && !spread.contains("base,open,cost,")
            && !spread.contains("base,all,loss,")
    );
    // No precision can be reached.
    let mut command = redress(here.path());
    let refused = command.args(["run", "heavy.toml", "-q", "--precision", "1%"]).output().expect("the binary starts");
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("`mean(payout)` under open has no finite variance"), "{}", stderr(&refused));
    // Where the mean of each world is known its error is known, too.
    run(&["--sampling", "expected"]);
    let loss = cells(&read("summary.csv"), "base,all,all,all,loss,KRW,mean,");
    let [mean, error] = [&loss[0], &loss[1]].map(|c| c.parse::<f64>().expect("a number"));
    assert!((mean - 180e6).abs() < 1.0 && error < 1.0, "{loss:?}");
}

/// Numbers other than losses without a finite variance: what grows with them has no error, and without a finite mean they are
/// refused.
#[test]
fn numbers_with_heavy_tails_are_told_as_such_or_refused() {
    let text = |hours: &str, size: &str, amount: &str| {
        format!(
            "schema = 1\nid = \"t\"\ntitle = \"T\"\ncurrency = \"KRW\"\noutage.start = 2022-10-15T15:30:00\n\
             services.s.restored_after = {hours}\n\
             cohorts.c = {{ title = \"C\", size = {size}, services = [\"s\"], hit = 1, loss = {{ share = 1, damage = {{ \
             rate = 1000, elasticity = 1 }}, severity = \"none\" }} }}\n\
             guidelines.none = {{ title = \"None\", rules = [] }}\n\
             guidelines.flat = {{ title = \"Flat\", rules = [ {{ amount = {amount} }} ] }}\n\
             guidelines.share = {{ title = \"Share\", rules = [ {{ amount = {{ share_of_loss = 0.5 }} }} ] }}\n"
        )
    };
    let tail = |minimum: &str, alpha: f64| format!("{{ law = \"pareto\", minimum = {minimum}, alpha = {alpha} }}");
    let here = folder();
    let run = |text: String| {
        fs::write(here.path().join("t.toml"), text).expect("writable");
        redress(here.path())
            .args(["run", "t.toml", "-n", "200", "-q", "--out", "out"])
            .output()
            .expect("the binary starts")
    };
    let hours = tail("\"2 h\"", 1.5);
    let (size, amount) = (tail("1000", 1.5), tail("1000", 1.5));
    for (text, path, heavy, light) in [
        (
            text(&hours, "1000", "1000"),
            "services.s.restored_after",
            "base,share,all,all,payout",
            "base,all,all,all,losers",
        ),
        (text("\"5 h\"", &size, "1000"), "cohorts.c.size", "base,all,all,all,losers", "base,flat,all,all,coverage"),
        (
            text("\"5 h\"", "1000", &amount),
            "guidelines.flat.rules",
            "base,flat,all,all,cost",
            "base,share,all,all,cost",
        ),
    ] {
        let output = run(text);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let page = stdout(&output).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains("so heavy a tail") && page.contains(path), "{path}: {page}");
        let summary = fs::read_to_string(here.path().join("out/summary.csv")).expect("written");
        let error_of = |row: &str| {
            let mean =
                summary.lines().find(|l| l.starts_with(&format!("{row},")) && l.contains(",mean,")).expect("a row");
            mean.split(',').nth(8).expect("se").to_string()
        };
        assert!(
            error_of(heavy).is_empty() && !error_of(light).is_empty(),
            "{path}: {} {}",
            error_of(heavy),
            error_of(light)
        );
    }
    let refused = run(text(&tail("\"2 h\"", 0.9), "1000", "1000"));
    assert_eq!(refused.status.code(), Some(1));
    let told = stderr(&refused);
    assert!(
        told.contains("it has no finite mean") && told.contains("t.toml:6:") && told.contains("`alpha` above 1"),
        "{told}"
    );
}

/// One world has a value and no range, and is one.
#[test]
fn a_single_world_is_told_as_one() {
    for (lang, words) in [
        ("en", ["lost money, ", "Of one world.", "One world, amounts in KRW.", "Seed 1, 1 replicate, counts"]),
        ("ko", ["추정: ", "상황 하나의 값.", "상황 하나, 금액 단위 원.", "시드 1, 1회 반복"]),
    ] {
        let here = folder();
        let mut command = redress(here.path());
        command.arg("run").arg(shipped("first-steps.toml")).args(["-n", "1", "-q", "--lang", lang, "--out", "out"]);
        let page = stdout(&command.output().expect("the binary starts"));
        let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in words {
            assert!(flat.contains(word), "{word} is missing: {page}");
        }
        let estimate = flat.split(words[1]).next().and_then(|t| t.split(words[0]).last()).unwrap_or("(");
        assert!(!estimate.contains('('), "{page}");
    }
}

/// A thousand people who all lose 1,000, of whom 6,625 is paid to each under one draft: nothing varies, so that no range is told, and
/// nothing in a second form. 6,625,000 lies halfway between 6.62 and 6.63 million and goes up. Nobody files: the error of the payouts
/// is told all the same. The title has letters that the font of the figures lacks.
const CERTAIN: &str = "schema = 1\nid = \"sure\"\ntitle = \"sure \u{416}\"\ncurrency = \"KRW\"\n\
    outage.start = 2024-02-29T10:00:00\nservices.s.restored_after = \"10 h\"\n\
    [cohorts.p]\ntitle = \"P\"\nsize = 1000\nservices = [\"s\"]\nhit = 1.0\n\
    loss = { share = 1.0, damage = { rate = 100, elasticity = 1 }, severity = \"none\" }\n\
    [guidelines.none]\ntitle = \"none\"\nrules = []\n\
    [guidelines.flat]\ntitle = \"flat\"\nrules = [ { amount = 6625 } ]\n";

#[test]
fn what_is_certain_has_no_range() {
    for (lang, there, untold) in [
        (
            "en",
            [
                "Estimate: 1,000 people were hit, 1,000 of them lost money, 1 m KRW in all. The guidelines:",
                "amounts in KRW. people",
                "B 0 1,000 6.63 m – 6.63 m 100 %",
                "Monte-Carlo error: with 100 replicates the mean payouts are known to ±",
            ],
            ["6.62", "inside the range", "In brackets", "people who file to"],
        ),
        (
            "ko",
            [
                "추정: 피해자 1,000명, 금전 손해를 본 사람 1,000명, 손해 합계 100만 원. 기준안:",
                "금액 단위 원. 신청",
                "B 0 1,000 663만 – 663만 100%",
                "모의실험 오차: 100회 반복으로 평균 지급액은 ±",
            ],
            ["662만", "구간 안에", "괄호 안", "평균 신청 인원"],
        ),
    ] {
        let here = folder();
        fs::write(here.path().join("sure.toml"), CERTAIN).expect("written");
        let mut command = redress(here.path());
        let output = command.args(["run", "sure.toml", "-n", "100", "--lang", lang, "--out", "out"]).output();
        let output = output.expect("the binary starts");
        let page = stdout(&output);
        let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(there.iter().all(|words| flat.contains(words)), "{page}");
        assert!(!untold.iter().any(|words| flat.contains(words)), "{page}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said.matches("warning: the font of the figures lacks \u{416};").count(), 1, "{said}");
    }
}
