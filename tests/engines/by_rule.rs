//! What rules do beside what people get in all, by hand in both engines: honest claims refused under one rule of several, and
//! without a procedure what was undue and what becomes of awards in kind. Means within 4 standard errors (6.3e-5).

use redress::engine::outcome;
use redress::engine::plan::Plan;
use redress::engine::run::{Engine, Options};
use redress::model::Scenario;
use redress::scenario::{NoLibrary, parse};
use redress::stats::Moments;

use crate::common::check::Check;
use crate::common::sample::sample;

const HEAD: &str = "schema = 1\nid = \"t\"\ntitle = \"T\"\ncurrency = \"KRW\"\noutage.start = 2026-03-06T18:00:00\n\
                    services.pay.restored_after = \"10 h\"\n";

fn scenario(text: &str) -> Scenario {
    parse(&format!("{HEAD}{text}"), "t.toml", &NoLibrary, &[], None).unwrap_or_else(|e| panic!("{e}")).scenario
}

/// Means of measures and accounts: (guideline, name, value).
fn means(name: &str, text: &str, wanted: &[(usize, &str, f64)]) {
    let scenario = scenario(text);
    let mut check = Check::new(name);
    for engine in [Engine::Counts, Engine::Individual] {
        let found = sample(&scenario, &Options { seed: 31, replicates: 600, engine, ..Options::default() });
        for (g, measure, wanted) in wanted {
            let values = match outcome::guided(measure) {
                Some(_) => found.of(*g, measure),
                None => found.account(*g, measure),
            };
            let mean = Moments::of(values).mean();
            check.z(&format!("{engine:?}, draft {g}, {measure}"), mean.value, *wanted, mean.se);
        }
    }
    check.done();
}

/// 2,000 shops lose 100,000 each, half of them claim, 60 % are approved at first, and of the others half appeal and 40 % of
/// these win: 0.32 × 1,000 stay refused, whether or not everybody has a coupon as well, also where somebody gives up.
#[test]
fn who_also_has_a_coupon_is_refused_all_the_same() {
    let text = |gives_up: f64| {
        format!(
            "cohorts.shops = {{ title = \"Shops\", size = 2_000, services = [\"pay\"], hit = 1, loss = {{ share = 1, damage = {{ \
             points = [[\"0 h\", 0], [\"10 h\", 100_000]] }}, severity = \"none\" }} }}\n\
             filing.form = {{ rate = 0.5, review = \"30 min\" }}\n\
             [procedures.desk]\norder = \"verify-first\"\nopens_after = \"10 d\"\nwindow = \"20 d\"\n\
             arrival = {{ half_after = \"5 d\" }}\nstaff = 1000\nwage = 20_000\ntransfer = \"30 d\"\ngives_up = {gives_up}\n\
             appeal = {{ share = 0.5, upheld = 0.4, after = \"30 d\", work = \"1 h\" }}\n\
             [guidelines]\nclaim = {{ title = \"Claims\", procedure = \"desk\", rules = [\n\
             {{ id = \"loss\", amount = {{ share_of_loss = 0.5 }}, filing = \"form\", approval = 0.6 }}] }}\n\
             coupon = {{ title = \"And a coupon\", procedure = \"desk\", rules = [\n\
             {{ id = \"loss\", amount = {{ share_of_loss = 0.5 }}, filing = \"form\", approval = 0.6 }},\n\
             {{ id = \"gift\", amount = 3_000, in_kind = {{ redemption = 0.3, unit_cost = 0.2 }} }}] }}\n"
        )
    };
    means(
        "coupon",
        &text(0.0),
        &[
            (0, "refused_with_right", 320.0),
            (1, "refused_with_right", 320.0),
            (0, "refused_genuine", 320.0),
            (1, "refused_genuine", 0.0),
        ],
    );
    means("coupon, giving up", &text(0.3), &[(0, "refused_with_right", 320.0), (1, "refused_with_right", 320.0)]);
}

/// 10,000 users, half of them hit; 500 lose 20,000 on average and 450 of the others would claim as much: 30 % of each claim,
/// 80 and 32 % are approved. Coupons of 6,000 reach 90 % of the hit, half are used, at 0.7 of their face. Nothing says when.
#[test]
fn without_a_procedure_mistakes_and_coupons_are_told() {
    let text = "cohorts.users = { title = \"Users\", size = 10_000, services = [\"pay\"], hit = 0.5, loss = { share = 0.1, damage = { \
                rate = 2_000, elasticity = 1 }, severity = { family = \"gamma\", cv = 1 }, unfounded = { share = 0.1, \
                approval_factor = 0.4 } } }\n\
                [guidelines]\nboth = { title = \"Both\", rules = [\n\
                { id = \"gift\", amount = 6_000, in_kind = { redemption = 0.5, unit_cost = 0.2, value = 0.7 }, filing = { automatic = \
                0.9 } },\n{ id = \"loss\", amount = { share_of_loss = 0.5 }, filing = { rate = 0.3 }, approval = 0.8 }] }\n\
                alone = { title = \"Alone\", rules = [\n{ losers_only = true, amount = { share_of_loss = 0.5 }, filing = { rate = 0.3 }, \
                approval = 0.8 }] }\n";
    let (face, unfounded) = (5_000.0 * 0.9 * 6_000.0, 450.0 * 0.3 * 0.32);
    means(
        "no procedure",
        text,
        &[
            (0, "in_kind_value", 0.35 * face),
            (0, "breakage", 0.5 * face),
            (0, "paid_without_right", unfounded),
            (0, "undue", unfounded * 10_000.0),
            (0, "refused_with_right", 500.0 * 0.3 * 0.2),
            (1, "paid_without_right", unfounded),
            (1, "undue", unfounded * 10_000.0),
            (1, "refused_with_right", 500.0 * 0.3 * 0.2),
        ],
    );
}

/// 10,000 users who lose nothing may ask for 5,000: 5,000 do, and a fifth of them is refused. They are no losers left with nothing.
#[test]
fn who_lost_nothing_and_is_refused_what_is_due_is_counted() {
    let text = |procedure: &str| {
        format!(
            "cohorts.users = {{ title = \"Users\", size = 10_000, services = [\"pay\"], hit = 1 }}\n\
             [procedures.desk]\norder = \"verify-first\"\nopens_after = \"10 d\"\nwindow = \"20 d\"\n\
             arrival = {{ half_after = \"5 d\" }}\nstaff = 1000\nwage = 20_000\n\
             [guidelines]\nflat = {{ title = \"Flat\", {procedure} rules = [\n\
             {{ amount = 5_000, filing = {{ rate = 0.5, review = \"5 min\" }}, approval = 0.8 }}] }}\n"
        )
    };
    for procedure in ["", "procedure = \"desk\","] {
        let wanted = [(0, "refused_with_right", 1_000.0), (0, "refused_genuine", 0.0)];
        means("no loss", &text(procedure), &wanted);
    }
}

/// 100,000 losers: the same 30,000 file for 1,000 and for 2,000 and are paid within weeks; all get 3,000 on day 200. 70,000 have
/// nothing by day 180, as where the first two are one rule. With the rules in the other order, and a fourth that pays another
/// 20,000 of those early who file for neither.
#[test]
fn of_three_awards_whoever_gets_an_early_one_does_not_wait() {
    let draft = |id: &str, rules: &[&str]| {
        format!("{id} = {{ title = \"{id}\", procedure = \"desk\", rules = [\n{}] }}\n", rules.join(",\n"))
    };
    let claim = |sum: u32, rate: f64| format!("{{ amount = {sum}, filing = {{ rate = {rate}, review = \"1 min\" }} }}");
    let (one, two, both) = (claim(1_000, 0.3), claim(2_000, 0.3), claim(3_000, 0.3));
    let (late, more) = ("{ amount = { fee_months = 0.1 } }", claim(500, 0.5));
    let text = format!(
        "cohorts.shops = {{ title = \"Shops\", size = 100_000, services = [\"pay\"], hit = 1, fee_month = 30_000, loss = {{ share = 1, \
         damage = {{ rate = 10_000, elasticity = 0 }}, severity = {{ family = \"gamma\", cv = 0.8 }} }} }}\n\
         [procedures.desk]\norder = \"verify-first\"\nopens_after = \"5 d\"\nwindow = \"20 d\"\n\
         arrival = {{ half_after = \"5 d\" }}\nstaff = 1000\nwage = 20_000\nautomatic_after = \"200 d\"\n[guidelines]\n{}{}{}{}",
        draft("three", &[&one, &two, late]),
        draft("pair", &[&both, late]),
        draft("turned", &[late, &two, &one]),
        draft("four", &[&one, late, &two, &more])
    );
    let waiting = [70_000.0, 70_000.0, 70_000.0, 50_000.0];
    let wanted: Vec<_> = waiting.iter().enumerate().map(|(g, n)| (g, "losers_waiting_180", *n)).collect();
    means("three awards", &text, &wanted);
}

/// 100,000 losers: 30,000 tap within weeks, 50,000 have something off the bill on day 30, all something on day 200, and those who tap
/// after day 190 are the same 30,000, whichever desk pays.
#[test]
fn whoever_has_something_early_does_not_wait_whichever_desk_pays_it() {
    let desk = |id: &str, opens: u32, automatic: u32| {
        format!(
            "[procedures.{id}]\norder = \"verify-first\"\nopens_after = \"{opens} d\"\nwindow = \"20 d\"\n\
             arrival = {{ half_after = \"5 d\" }}\nstaff = 0\nwage = 20_000\nautomatic_after = \"{automatic} d\"\n"
        )
    };
    let rule =
        |desk: &str, filing: &str| format!("{{ procedure = \"{desk}\", amount = 1_000, filing = {{ {filing} }} }}");
    let draft =
        |id: &str, rules: &[&str]| format!("{id} = {{ title = \"{id}\", rules = [\n{}] }}\n", rules.join(",\n"));
    let (tap, late) = (rule("tap", "rate = 0.3"), rule("late", "rate = 0.3"));
    let (bill, fund) = (rule("bill", "automatic = 0.5"), rule("fund", "automatic = 1"));
    // Six late ones in six queues of two desks.
    let late_rule =
        |desk: &str| ["rate = 0.3", "rate = 0.4, review = \"1 min\"", "automatic = 1"].map(|f| rule(desk, f));
    let [[a, b, c], [d, e, f]] = [late_rule("later"), late_rule("last")];
    let many = [bill.clone(), a, b, c, d, e, f];
    let text = format!(
        "cohorts.shops = {{ title = \"Shops\", size = 100_000, services = [\"pay\"], hit = 1, loss = {{ share = 1, \
         damage = {{ rate = 10_000, elasticity = 0 }}, severity = {{ family = \"gamma\", cv = 0.8 }} }} }}\n\
         {}{}{}{}{}{}[guidelines]\n{}{}{}{}",
        desk("tap", 5, 0),
        desk("late", 190, 0),
        desk("bill", 5, 30),
        desk("fund", 5, 200),
        desk("later", 190, 200),
        desk("last", 190, 200),
        draft("early", &[&tap, &bill, &fund]),
        draft("both", &[&late, &fund, &tap]),
        draft("soon", &[&tap, &bill, &tap]),
        draft("many", &many.each_ref().map(String::as_str)),
    );
    let wanted = [50_000.0, 70_000.0, 0.0, 50_000.0].into_iter().enumerate();
    let wanted: Vec<_> = wanted.map(|(g, n)| (g, "losers_waiting_180", n)).collect();
    means("early awards", &text, &wanted);
    let scenario = scenario(&text);
    let plan = Plan::new(&scenario, false, 2.0);
    assert_eq!(plan.cohorts[0].several, [0, 1, 3], "nobody waits under the third");
}

/// A tap that nobody reviews and documents of one desk, both after day 140: whoever hands in documents taps as well. A third rule that
/// gives one in a hundred of the same people something on day 200 leaves all others waiting as they were.
#[test]
fn a_third_award_to_people_who_have_two_makes_nobody_wait() {
    let desk =
        "opens_after = \"140 d\"\nwindow = \"60 d\"\narrival = { half_after = \"8 d\" }\nstaff = 0.1\nwage = 20_000\n";
    let claim = |review: &str| format!("{{ procedure = \"desk\", amount = 1_000, filing = {{ rate = 0.5{review} }} }}");
    let third = ",\n{ procedure = \"fund\", amount = 1_000, filing = { automatic = 0.01 } }";
    let draft = |id: &str, third: &str| {
        let (tap, documents) = (claim(""), claim(", review = \"3 h\""));
        format!("{id} = {{ title = \"{id}\", rules = [\n{tap},\n{documents}{third}] }}\n")
    };
    let scenario = scenario(&format!(
        "cohorts.shops = {{ title = \"Shops\", size = 2_000, services = [\"pay\"], hit = 1, loss = {{ share = 1, \
         damage = {{ rate = 10_000, elasticity = 0 }}, severity = {{ family = \"gamma\", cv = 0.8 }} }} }}\n\
         [procedures.desk]\norder = \"verify-first\"\n{desk}[procedures.fund]\norder = \"verify-first\"\n{desk}\
         automatic_after = \"200 d\"\n[guidelines]\n{}{}",
        draft("two", ""),
        draft("three", third),
    ));
    for engine in [Engine::Counts, Engine::Individual] {
        let found = sample(&scenario, &Options { seed: 31, replicates: 100, engine, ..Options::default() });
        for [two, three] in (0..100).map(|i| [0, 1].map(|g| found.of(g, "losers_waiting_180")[i])) {
            assert!((two - three).abs() < 0.01 && (1.0..200.0).contains(&two), "{engine:?}: {two}, {three}");
        }
    }
}

/// Half of 100,000 losers file for all that has to be claimed; of these the surest half get the first sum within weeks and the next
/// quarter on appeal, after day 200. A second that pays the surest 60 % early leaves those from 60 to 75 % waiting, one with the
/// same appeals all of that quarter, and a third that pays early all of the fifth of people who file for it two thirds of those.
#[test]
fn who_waits_for_an_appeal_may_have_another_award() {
    let desk = |id: &str, appeal: &str| {
        format!(
            "[procedures.{id}]\norder = \"verify-first\"\nopens_after = \"5 d\"\nwindow = \"20 d\"\n\
             arrival = {{ half_after = \"5 d\" }}\nstaff = 0\nwage = 20_000\n{appeal}"
        )
    };
    let rule = |desk: &str, rate: f64, approval: f64| {
        format!("{{ procedure = \"{desk}\", amount = 1_000, filing = {{ rate = {rate} }}, approval = {approval} }}")
    };
    let draft =
        |id: &str, rules: &[&str]| format!("{id} = {{ title = \"{id}\", rules = [\n{}] }}\n", rules.join(",\n"));
    let (appeals, early, few) = (rule("appeals", 0.5, 0.5), rule("plain", 0.5, 0.6), rule("plain", 0.2, 1.0));
    let text = format!(
        "cohorts.shops = {{ title = \"Shops\", size = 100_000, services = [\"pay\"], hit = 1, loss = {{ share = 1, \
         damage = {{ rate = 10_000, elasticity = 0 }}, severity = {{ family = \"gamma\", cv = 0.8 }} }} }}\n\
         {}{}[guidelines]\n{}{}{}{}",
        desk("appeals", "appeal = { share = 1, upheld = 0.5, after = \"200 d\" }\n"),
        desk("plain", ""),
        draft("alone", &[&appeals]),
        draft("beside", &[&appeals, &early]),
        draft("twice", &[&appeals, &appeals]),
        draft("three", &[&early, &appeals, &few]),
    );
    let wanted = [12_500.0, 7_500.0, 12_500.0, 4_500.0].into_iter().enumerate();
    let wanted: Vec<_> = wanted.map(|(g, n)| (g, "losers_waiting_180", n)).collect();
    means("appeals", &text, &wanted);
}

/// 20,000 lose, lognormal with mean 20,000 and cv 0.6: 9,306 more than 18,000 and 5,196 up to 12,000. All file for all that is theirs.
/// The first rule, for everybody, approves 0.5 at first and 0.82 in the end, the second, for large losses, 0.9 and 0.925, the third, for small
/// ones, 0.9 and 0.964; appeals come after day 200. At first 10,000 + 0.4 × (9,306 + 5,196) have something, in the end 16,400 + 0.105 ×
/// 9,306 + 0.144 × 5,196. In the second scenario 8,000 lose and 4,800 others say so. Of the losers 0.8 file for a sum, which 0.4 and
/// 0.784 get, and of these 0.5 for a part of the loss, which 0.8 and 0.85 get: 0.5 × (0.85 − 0.8) + 0.3 × (0.784 − 0.4) of 8,000 wait.
#[test]
fn who_waits_for_an_appeal_is_told_by_loss_and_kind() {
    let desk = |id: &str, appeals: f64, upheld: f64| {
        format!(
            "[procedures.{id}]\norder = \"verify-first\"\nopens_after = \"5 d\"\nwindow = \"10 d\"\n\
             arrival = {{ half_after = \"3 d\" }}\nstaff = 0\nwage = 20_000\n\
             appeal = {{ share = {appeals}, upheld = {upheld}, after = \"200 d\" }}\n"
        )
    };
    let text = |loss: &str, rules: &[String]| {
        format!(
            "cohorts.shops = {{ title = \"Shops\", size = 20_000, services = [\"pay\"], hit = 1, loss = {{ {loss}, \
             damage = {{ rate = 20_000, elasticity = 0 }}, severity = {{ family = \"lognormal\", cv = 0.6 }} }} }}\n\
             {}{}[guidelines]\ndraft = {{ title = \"Draft\", rules = [\n{}] }}\n",
            desk("most", 0.8, 0.8),
            desk("few", 0.5, 0.5),
            rules.join(",\n")
        )
    };
    let rule = |amount: &str, desk: &str, rate: f64, approval: f64| {
        format!(
            "{{ amount = {amount}, procedure = \"{desk}\", filing = {{ rate = {rate} }}, approval = {approval}, losers_only = false }}"
        )
    };
    let tiers = [
        rule("3000", "most", 1.0, 0.5),
        rule("{ bands = \"loss\", steps = [{ upto = 18000, pay = 0 }, { pay = 3000 }] }", "few", 1.0, 0.9),
        rule("{ bands = \"loss\", steps = [{ upto = 12000, pay = 3000 }, { pay = 0 }] }", "most", 1.0, 0.9),
    ];
    means("tiers", &text("share = 1", &tiers), &[(0, "losers_waiting_180", 2_324.9), (0, "covered", 18_125.2)]);
    let kinds = [rule("3000", "most", 0.8, 0.4), rule("{ share_of_loss = 0.5 }", "few", 0.5, 0.8)];
    let others = "share = 0.4, unfounded = { share = 0.4, approval_factor = 0.3 }";
    means("kinds", &text(others, &kinds), &[(0, "losers_waiting_180", 1_121.6), (0, "covered", 5_281.6)]);
}

/// 2,000 lose, and half of them file for both of two sums after day 185, of which 99 % are approved at first and a fiftieth of the others on
/// appeal: whether any appeal is won or not, all 990.2 wait.
#[test]
fn where_appeals_are_rare_everybody_waits_all_the_same() {
    let rule = |rate: f64| format!("{{ amount = 1_000, filing = {{ rate = {rate} }}, approval = 0.99 }}");
    let text = format!(
        "cohorts.shops = {{ title = \"Shops\", size = 2_000, services = [\"pay\"], hit = 1, loss = {{ share = 1, \
         damage = {{ rate = 10_000, elasticity = 0 }}, severity = {{ family = \"gamma\", cv = 0.8 }} }} }}\n\
         [procedures.desk]\norder = \"verify-first\"\nopens_after = \"185 d\"\nwindow = \"20 d\"\n\
         arrival = {{ half_after = \"5 d\" }}\nstaff = 0\nwage = 20_000\n\
         appeal = {{ share = 0.1, upheld = 0.2, after = \"30 d\" }}\n\
         [guidelines]\ndraft = {{ title = \"Draft\", procedure = \"desk\", rules = [{}, {}] }}\n",
        rule(0.5),
        rule(0.3)
    );
    means("rare appeals", &text, &[(0, "losers_waiting_180", 990.2), (0, "covered", 990.2)]);
}

/// Losses up to 15,000 are paid on day 10, larger ones on day 200: those who wait are those who lost more, and vary as they do in the
/// individual engine. Levels as in [`Check`].
#[test]
fn who_waits_for_their_loss_varies_as_losses_do() {
    let desk = |id: &str, days: u32| {
        format!(
            "[procedures.{id}]\norder = \"verify-first\"\nopens_after = \"5 d\"\nwindow = \"20 d\"\n\
             arrival = {{ half_after = \"5 d\" }}\nstaff = 0\nwage = 20_000\nautomatic_after = \"{days} d\"\n"
        )
    };
    let rule = |desk: &str, share: f64, steps: &str| {
        format!(
            "{{ procedure = \"{desk}\", amount = {{ bands = \"loss\", steps = [{steps}] }}, filing = {{ automatic = {share} }} }}"
        )
    };
    let draft = |id: &str, share: f64| {
        let small = rule("soon", share, "{ upto = 15000, pay = 3000 }, { pay = 0 }");
        let large = rule("late", share, "{ upto = 15000, pay = 0 }, { pay = 3000 }");
        format!("{id} = {{ title = \"{id}\", rules = [{small}, {large}] }}\n")
    };
    let scenario = scenario(&format!(
        "cohorts.shops = {{ title = \"Shops\", size = 4_000, services = [\"pay\"], hit = 1, loss = {{ share = 1, \
         damage = {{ rate = 20_000, elasticity = 0 }}, severity = {{ family = \"lognormal\", cv = 0.6 }} }} }}\n\
         {}{}[guidelines]\n{}{}",
        desk("soon", 10),
        desk("late", 200),
        draft("everybody", 1.0),
        draft("half", 0.5),
    ));
    let [counts, people] = [Engine::Counts, Engine::Individual]
        .map(|engine| sample(&scenario, &Options { seed: 37, replicates: 1_000, engine, ..Options::default() }));
    let mut check = Check::new("waiting by loss");
    for g in 0..2 {
        let [waiting, others] = [&counts, &people].map(|s| s.of(g, "losers_waiting_180"));
        check.same_law(&format!("waiting under {g}"), waiting, others);
    }
    check.done();
}

/// 2,000 are hit and half of them lose; half of the others say so as well. 5,000 for everybody is due to them all the same, and of
/// 2,000 claims half are refused; those of people who claim a loss that they had not are not, where losers alone are paid.
#[test]
fn what_is_due_to_everybody_is_refused_with_right() {
    let draft = |id: &str, who: &str| {
        format!(
            "{id} = {{ title = \"{id}\", procedure = \"desk\", rules = [\n{{ amount = 5_000, {who}filing = {{ rate = 1, review = \"5 min\" }}, approval = 0.5 }}] }}\n"
        )
    };
    let text = format!(
        "cohorts.shops = {{ title = \"Shops\", size = 2_000, services = [\"pay\"], hit = 1, loss = {{ share = 0.5, unfounded = {{ share = 0.5 }}, \
         damage = {{ rate = 10_000, elasticity = 0 }}, severity = {{ family = \"gamma\", cv = 0.8 }} }} }}\n\
         [procedures.desk]\norder = \"verify-first\"\nopens_after = \"10 d\"\nwindow = \"20 d\"\n\
         arrival = {{ half_after = \"5 d\" }}\nstaff = 1000\nwage = 20_000\n[guidelines]\n{}{}",
        draft("everybody", ""),
        draft("losers", "losers_only = true, "),
    );
    let of = |g: usize, refused: f64| [(g, "refused_with_right", refused), (g, "undue", 0.0)];
    means("due to all", &text, &[of(0, 1_000.0)[0], of(0, 0.0)[1], of(1, 500.0)[0]]);
}

/// Nobody has heard of it, nobody of a rate files, nothing reaches anybody: who lost something is unaware, not ineligible.
#[test]
fn whom_nothing_reaches_is_unaware() {
    let draft = |id: &str, filing: &str| {
        format!(
            "{id} = {{ title = \"{id}\", rules = [\n{{ amount = {{ share_of_loss = 1 }}, filing = {{ {filing} }} }}] }}\n"
        )
    };
    let drafts = [
        draft("unknown", "awareness = 0, burden = 20_000, beta = 1.5"),
        draft("nobody", "rate = 0"),
        draft("unsent", "automatic = 0"),
    ];
    for (size, drafts) in [(40, &drafts), (4_000, &drafts)] {
        let text = format!(
            "cohorts.shops = {{ title = \"Shops\", size = {size}, services = [\"pay\"], hit = 1, loss = {{ share = 1, \
             damage = {{ rate = 10_000, elasticity = 0 }}, severity = {{ family = \"gamma\", cv = 0.8 }} }} }}\n[guidelines]\n{}",
            drafts.concat()
        );
        let of = |g: usize| [(g, "unaware", f64::from(size)), (g, "ineligible", 0.0)];
        means("unaware", &text, &(0..3).flat_map(of).collect::<Vec<_>>());
    }
}

/// All of a loss by one rule, by two, by a direct and an indirect part: nothing is left, and nothing is no inequality.
#[test]
fn losses_that_are_made_good_are_equal() {
    let rule = |share: f64| format!("{{ amount = {{ share_of_loss = {share} }} }}");
    let draft = |id: &str, rules: &[f64]| {
        let rules: Vec<String> = rules.iter().map(|share| rule(*share)).collect();
        format!("{id} = {{ title = \"{id}\", rules = [\n{}] }}\n", rules.join(",\n"))
    };
    let text = format!(
        "cohorts.shops = {{ title = \"Shops\", size = 20_000, services = [\"pay\"], hit = 1, loss = {{ share = 1, \
         damage = {{ rate = 10_000, elasticity = 0 }}, severity = {{ family = \"lognormal\", cv = 1.5 }} }} }}\n[guidelines]\n{}{}{}",
        draft("one", &[1.0]),
        draft("two", &[0.3, 0.7]),
        draft("three", &[0.1, 0.2, 0.7]),
    );
    let of = |g: usize| [(g, "gini", 0.0), (g, "gini_absolute", 0.0), (g, "uncompensated", 0.0)];
    means("made good", &text, &(0..3).flat_map(of).collect::<Vec<_>>());
}

/// 10,800 shops in seventeen regions: 216 file for 300,000, get it at once, and of the one in twenty who is refused 60 % comes not
/// back. A rule that approves all has nobody refused, whatever the losses.
#[test]
fn what_is_asked_for_has_no_bias_in_small_cells() {
    let regions: String =
        (0..17).map(|r| format!("regions.r{r} = {{ title = \"r\", share = {} }}\n", 1.0 / 17.0)).collect();
    let text = format!(
        "{regions}cohorts.shops = {{ title = \"Shops\", size = 10_800, services = [\"pay\"], hit = 1, loss = {{ share = 1, damage = {{ \
         rate = 15_000, elasticity = 0.8 }}, severity = {{ family = \"lognormal\", cv = 1.5 }} }} }}\n\
         [procedures.desk]\norder = \"first-compensate\"\nadvance = 1.0\nrecovered = 0.4\nopens_after = \"5 d\"\nwindow = \"20 d\"\n\
         arrival = {{ half_after = \"5 d\" }}\nstaff = 1000\nwage = 20_000\n[guidelines]\n\
         flat = {{ title = \"Flat\", procedure = \"desk\", rules = [\n{{ losers_only = true, amount = 300_000, filing = {{ rate = 0.02, \
         review = \"1 min\" }}, approval = 0.95 }}] }}\n\
         whole = {{ title = \"All\", procedure = \"desk\", rules = [\n{{ amount = {{ share_of_loss = 0.5 }}, filing = {{ rate = 0.02, \
         review = \"1 min\" }} }}] }}\n"
    );
    means(
        "small cells",
        &text,
        &[(0, "claimed", 216.0 * 300_000.0), (0, "overpaid", 216.0 * 0.05 * 300_000.0 * 0.6), (1, "overpaid", 0.0)],
    );
}
