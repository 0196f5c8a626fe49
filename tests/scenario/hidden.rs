//! Mistakes that stood behind others, or that nothing told of: all of them are told at once, with what would be right.

use redress::scenario::Located;

use super::{BASE, good, mistakes, read, told, with};

/// The one mistake of the base with a piece of text replaced.
fn one(from: &str, to: &str) -> Located {
    let found = mistakes(read(&with(from, to)));
    assert_eq!(found.len(), 1, "{to}: {found:#?}");
    found[0].clone()
}

/// The base with a procedure of which one line is another.
fn desk(from: &str, to: &str) -> String {
    let own = "\n[procedures.desk]\norder = \"first-compensate\"\nadvance = 0.5\nrecovered = 0.3\nopens_after = \"14 d\"\n\
               window = \"60 d\"\narrival = { half_after = \"5 d\" }\nstaff = 20\nwork_day = \"8 h\"\nwage = \"25000 KRW/h\"\n";
    assert_eq!(own.matches(from).count(), 1, "{from}");
    format!("{BASE}{}", own.replacen(from, to, 1))
}

#[test]
fn cells_of_joint_tables_are_read_whether_a_number_takes_them_or_not() {
    let table = |cell: &str| format!("{BASE}\n[joint.unused]\ncolumns = [\"a\"]\nrows = [ [{cell}], [2] ]\n");
    for (cell, what) in [
        ("nan", "must be finite"),
        ("inf", "must be finite"),
        ("1e308", "cannot be this large"),
        ("\"xyz\"", "`xyz` is no value"),
        ("true", "a value belongs here"),
    ] {
        told(&mistakes(read(&table(cell))), &[what]);
    }
    for cell in ["0.1", "\"30 h\"", "\"20 %\"", "\"5 m KRW\"", "\"47.5 m\""] {
        assert!(read(&table(cell)).is_ok(), "{cell}");
    }
}

#[test]
fn numbers_beyond_all_are_refused_wherever_they_stand() {
    let weights = format!("{BASE}\n[joint.unused]\ncolumns = [\"a\"]\nrows = [ [1], [2] ]\nweights = [1e308, 1e308]\n");
    told(&mistakes(read(&weights)), &["cannot be this large", "cannot be this large"]);
    for law in [
        "{ law = \"gamma\", mean = 1e308, cv = 1 }",
        "{ law = \"discrete\", values = [1, 2], weights = [1e308, 1] }",
        "{ law = \"uniform\", min = 1, max = 1e308 }",
    ] {
        let found = one("beta = 1.5", &format!("beta = {law}"));
        assert!(found.message.contains("cannot be this large") && found.help.contains("at most 1e30"), "{found:?}");
    }
}

/// What each step of time pays is a number like any other, and no amount that looks at something.
#[test]
fn what_a_step_of_time_pays_may_be_a_law() {
    let stepped = |pay: &str| with("amount = 5000\n", &format!("amount = {{ per = \"1 h\", pay = {pay} }}\n"));
    for pay in [
        "{ law = \"uniform\", min = 100, max = 900 }",
        "{ law = \"triangular\", min = 100, mode = 200, max = 900 }",
        "{ law = \"normal\", mean = 500, sd = 100, min = 0 }",
        "{ same_as = \"budget.amount\", times = 0.5 }",
        "{ value = 200, source = \"press\" }",
    ] {
        good(read(&stepped(pay)));
    }
    for pay in ["{ max = [100, 900] }", "{ min = [100] }", "{ share_of_loss = 0.1 }", "{ times = 2, of = 100 }"] {
        let found = one("amount = 5000\n", &format!("amount = {{ per = \"1 h\", pay = {pay} }}\n"));
        assert!(found.message.contains("each step of time pays is a sum"), "{pay}: {found:?}");
    }
    let found = one("amount = 5000\n", "amount = { per = \"1 h\", pay = { min = 100, max = 900 } }\n");
    assert!(found.help.contains("law"), "{found:?}");
}

/// Three values that are all in the wrong place, and values by which a law is not given.
#[test]
fn laws_by_least_likeliest_and_greatest_value_say_what_is_right() {
    for (law, message, help) in [
        ("\"triangular\", min = 5, mode = 1, max = 4", "out of order", "in order these are min = 1, mode = 4, max = 5"),
        ("\"pert\", min = 1, mode = 5, max = 4", "out of order", "in order these are min = 1, mode = 4, max = 5"),
        (
            "\"pert\", min = 1, p10 = 2, mode = 3, max = 4",
            "a `pert` law is not given by `p10`",
            "`min = …`, `mode = …`",
        ),
        ("\"triangular\", p10 = 2, p90 = 3", "a `triangular` law is not given by `p10`", "`min = …`, `mode = …`"),
    ] {
        let found = one("beta = 1.5", &format!("beta = {{ law = {law} }}"));
        assert!(found.message.contains(message) && found.help.contains(help), "{law}: {found:?}");
    }
}

#[test]
fn impossible_laws_are_told_as_what_they_are() {
    for (law, what, help) in [
        ("{ law = \"uniform\", min = 2, max = 2 }", "its min and max are the same", "without a law: 2"),
        ("{ law = \"lognormal\", mu = 800, sigma = 1 }", "mean of this law is larger than any", "a smaller `mu`"),
    ] {
        let found = one("beta = 1.5", &format!("beta = {law}"));
        assert!(found.message.contains(what) && found.help.contains(help), "{law}: {found:?}");
    }
    for law in
        ["\"lomax\", p50 = 100, p90 = 900", "\"lomax\", alpha = 1, scale = 3", "\"pareto\", p50 = 100, p90 = 500"]
    {
        let found = one("size = 20_000", &format!("size = {{ law = {law} }}"));
        let told = found.message.contains("no finite mean") && found.help.contains("an `alpha` above 1");
        assert!(told && found.help.contains("closer together"), "{law}: {found:?}");
    }
    good(read(&with("size = 20_000", "size = { law = \"lomax\", p50 = 100, p90 = 899 }")));
    let times = one("minimum = 1000", "minimum = { same_as = \"guidelines.flat.rules.cash.amount\", times = -2 }");
    assert!(times.message.contains("-2 times") && times.help.contains("change `times`"), "{times:?}");
    let linked = mistakes(read(&with(
        "between = [\"services.talk.restored_after\", \"cohorts.users.size\"]",
        "between = [\"cohorts.users.sise\", \"cohorts.users.size\"]",
    )));
    assert!(linked.len() == 1 && !linked[0].help.contains("did you mean `cohorts.users.size`"), "{linked:#?}");
}

#[test]
fn a_figure_with_commas_in_a_table_on_one_line_is_told() {
    for to in ["{ value = 20,000 }", "{ value = 20,000, note = \"about\" }"] {
        let found = one("size = 20_000", &format!("size = {to}"));
        assert!(found.help.contains("without commas: 20_000"), "{found:?}");
    }
}

#[test]
fn a_slip_in_the_toml_does_not_hide_the_rest_or_says_that_it_does() {
    let text = with("hit = 0.9", "hit = 90%").replace("size = 20_000", "size = -5");
    let found = mistakes(read(&text));
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().any(|l| l.message.contains("must be at least 0")), "{found:#?}");
    let text = with("hit = 0.9", "hit = ninety").replace("size = 20_000", "size = -5");
    let found = mistakes(read(&text));
    assert!(found.last().is_some_and(|l| l.help.contains("not looked at before this is mended")), "{found:#?}");
}

#[test]
fn a_misspelt_order_hides_nothing() {
    let text = desk("\"first-compensate\"", "\"first-compensat\"")
        .replace("advance = 0.5", "advance = 1.5")
        .replace("recovered = 0.3", "recovered = -3");
    told(
        &mistakes(read(&text)),
        &["is no order", "a share must be between 0 and 1", "a share must be between 0 and 1"],
    );
    let bounds = with("minimum = 1000", "minimum = 1000\nhours_at_least = \"2\"\nhours_over = \"3 h\"");
    let bounds = bounds.replace("hours_at_least = \"2 h\"\n", "");
    let found = mistakes(read(&bounds));
    assert!(found.iter().any(|l| l.message.contains("a time without a unit")), "{found:#?}");
    assert!(found.iter().any(|l| l.message.contains("cannot stand together")), "{found:#?}");
}

#[test]
fn what_is_hardly_meant_is_told_of() {
    let told = |text: &str, word: &str| {
        good(read(text)).warnings.located().into_iter().filter(|w| w.message.contains(word)).count()
    };
    let (in_kind, costly) = ("unit_cost = 0.1", "times its face value");
    assert_eq!(told(&with(in_kind, "unit_cost = 5000"), costly), 1);
    assert_eq!(told(&with(in_kind, "unit_cost = 1.1"), costly), 0);
    let claims = |line: &str| {
        let text = desk("work_day = \"8 h\"", line)
            .replace("source = \"report\"\npool", "source = \"report\"\nprocedure = \"desk\"\npool");
        text.replace("beta = 1.5\n", "beta = 1.5\nreview = \"10 min\"\n")
    };
    assert_eq!(told(&claims("work_day = \"0 h\""), "has no hours to do it"), 1);
    assert_eq!(told(&claims("work_day = \"1 h\""), "has no hours to do it"), 0);
    let found = one("services = [\"talk\"]\nhours", "services = []\nhours");
    assert!(found.message.contains("counts the hours of no service"), "{found:?}");
}
