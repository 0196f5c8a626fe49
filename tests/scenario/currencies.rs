//! Files in another currency than won: codes that do not exist, sums in other words, advice in the currency of the file.

use redress::scenario::{Located, NoLibrary, is_currency, parse_company};

use super::{BASE, good, mistakes, read, told};

/// The base in Australian dollars, with a desk.
fn australian() -> String {
    let desk = "
[procedures.desk]
order = \"verify-first\"
opens_after = \"14 d\"
window = \"60 d\"
arrival = { half_after = \"5 d\" }
staff = 20
wage = \"45 AUD/h\"
";
    BASE.replace("KRW", "AUD") + desk
}

fn with(from: &str, to: &str) -> String {
    let text = australian();
    assert_eq!(text.matches(from).count(), 1, "`{from}` must stand once");
    text.replacen(from, to, 1)
}

/// The one mistake of a text.
fn only(text: &str) -> Located {
    let mut found = mistakes(read(text));
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

#[test]
fn a_code_that_does_not_exist_is_one_mistake() {
    good(read(&australian()));
    for (code, help) in [
        ("AUS", "did you mean \"AUD\"?"),
        ("AU$", "did you mean \"AUD\"?"),
        ("$", "did you mean \"AUD\"?"),
        ("호주달러", "did you mean \"AUD\"?"),
        ("XTS", "the sums of this file are in \"AUD\""),
    ] {
        let found = only(&with("currency = \"AUD\"", &format!("currency = \"{code}\"")));
        assert!(found.message.contains(&format!("`{code}` is no currency")), "{found:?}");
        assert!(found.help.contains(help), "{found:?}");
    }
    // Written so throughout, or where no sum names any.
    only(&australian().replace("AUD", "AUS"));
    let found = only(&australian().replace(" AUD", " AU$").replace("\"AUD\"", "\"AU$\""));
    assert!(found.help.contains("\"AUD\""), "{found:?}");
    // Of what the currency decides nothing more is told.
    only(&with("currency = \"AUD\"", "currency = \"AUS\"").replace("filing = \"table\"", "filing = \"email-notice\""));
}

#[test]
fn a_company_has_a_currency_that_exists() {
    let text = include_str!("../annual/company.toml").replacen("currency = \"EUR\"", "currency = \"EUX\"", 1);
    let none = |name: &str| Err(format!("{name} is not there"));
    let refused = match parse_company(&text, "company.toml", &NoLibrary, &none, (&[], &[])) {
        Ok(_) => panic!("this should have been refused"),
        Err(e) => e.to_string(),
    };
    assert!(refused.contains("`EUX` is no currency") && refused.contains("did you mean \"EUR\"?"), "{refused}");
    assert_eq!(refused.matches("error:").count(), 1, "{refused}");
}

#[test]
fn codes_are_those_there_are() {
    for code in ["KRW", "AUD", "USD", "CLF", "XDR", "XCG", "BGN", "ZWG", "XUA", "SLL", "ZWL"] {
        assert!(is_currency(code), "{code}");
    }
    for word in ["KWR", "AUS", "krw", "XAU", "XTS", "", "EURO"] {
        assert!(!is_currency(word), "{word}");
    }
}

#[test]
fn sums_in_other_words_are_told_as_the_file_writes_them() {
    for (sum, help) in [
        ("6000만 호주달러", "`만` and `호주달러` are not read in a sum: write \"60 m AUD\" or 60_000_000"),
        ("A$60 m", "`A$` is not read in a sum: write \"60 m AUD\" or 60_000_000"),
        ("60 million dollars", "`dollars` is not read in a sum: write \"60 m AUD\" or 60_000_000"),
        ("AUD 60 m", "the currency stands behind the number: write \"60 m AUD\""),
        ("60,000,000 AUD", "write 60000000"),
        ("40 bn AUD a day", "write an amount of money"),
    ] {
        let found = only(&with("amount = \"40 bn AUD\"", &format!("amount = \"{sum}\"")));
        assert!(found.help.contains(help), "{sum}: {found:?}");
    }
    let found = only(&with("\"45 AUD/h\"", "\"$45/h\""));
    assert!(found.help.contains("write \"45 AUD/h\" or 45"), "{found:?}");
}

#[test]
fn examples_are_in_the_currency_of_the_file() {
    for (from, to, help) in [
        ("wage = \"45 AUD/h\"\n", "", "wage = \"30000 AUD/h\""),
        ("burden = \"6000 AUD\"\n", "", "burden = \"6000 AUD\""),
        ("{ amount = \"20 bn AUD\", foreseen = true }", "{ foreseen = true }", "amount = \"20 bn AUD\""),
        ("[budget]\namount = \"40 bn AUD\"", "[budget]", "amount = \"40 bn AUD\""),
    ] {
        let found = only(&with(from, to));
        assert!(found.help.contains(help) && !found.help.contains("KRW"), "{found:?}");
    }
    let scheme = "[guidelines.german]\nscheme = \"de-tkg58\"\nfiling = { rate = 0.02 }\n";
    for (text, help) in [
        (australian(), "add `rate = …`, the AUD for one EUR"),
        (BASE.to_string(), "add `rate = 1_430`, the KRW for one EUR"),
    ] {
        let text = format!("{text}\n{scheme}");
        let nowhere = redress::scenario::Folder("nowhere".into());
        let found = mistakes(redress::scenario::parse(&text, "small.toml", &nowhere, &[], None));
        told(&found, &["this scheme is in EUR"]);
        assert!(found[0].help.contains(help), "{found:?}");
    }
}

#[test]
fn a_built_in_profile_without_a_wage_is_told_and_can_be_written() {
    let asked = |more: &str| format!("{}\n{more}", with("filing = \"table\"", "filing = \"email-notice\""));
    let found = mistakes(read(&asked("")));
    let found = found.iter().find(|l| l.message.contains("email-notice"));
    let help = found.map_or("", |l| l.help.as_str());
    assert!(help.contains("[filing.email-notice] with notice = \"e-mail\" and burden = { forms = 1 }"), "{found:?}");
    assert!(help.contains("[ladder]") && found.is_some_and(|l| l.message.contains("no wage in AUD")), "{found:?}");
    let parts = "[filing.email-notice]\nnotice = \"e-mail\"\nburden = { forms = 1 }\n";
    good(read(&asked(&format!("[ladder]\nhour = \"35 AUD\"\n{parts}"))));
    // It is there where a wage is known.
    good(read(&BASE.replace("filing = \"table\"", "filing = \"email-notice\"")));
}

/// A day that does not exist is one mistake, and others are not compared with what is read in its place.
#[test]
fn a_day_that_does_not_exist_is_compared_with_none() {
    let counted = "\n[[observed]]\non = 2022-11-10\nvalue = 90_000\n";
    good(read(&format!("{BASE}{counted}")));
    let text = format!("{BASE}{counted}").replace("start = 2022-10-15T15:30:00", "start = 2022-11-31T15:30:00");
    told(&mistakes(read(&text)), &["expected day between"]);
    let late = format!("{BASE}{counted}").replace("start = 2022-10-15T15:30:00", "start = 2022-12-15T15:30:00");
    told(&mistakes(read(&late)), &["lies before the outage"]);
}
