//! What is wrong in one place does not hide what is wrong in another, and draws no mistakes that are none.

use super::{BASE, good, mistakes, read, told, with};

const SET: &str = "set = { \"cohorts.users.reports.share\" = \"1 %\", \"guidelines.flat.rules.cash.amount\" = 9000 }";

#[test]
fn variants_are_read_beside_a_file_that_is_wrong() {
    let set = "set = { \"cohorts.users.hit\" = 7, \"cohorts.usrs.size\" = 5, \"cohorts.shops.siez\" = 5 }";
    let words = ["between 0 and 1", "has no `usrs`", "unknown key `siez`"];
    told(&mistakes(read(&with(SET, set))), &words);
    let wrong = with(SET, set).replace("hit = 0.9", "hit = 1.2");
    told(&mistakes(read(&wrong)), &[&["between 0 and 1"], &words[..]].concat());
    // Beside a heading that is misspelt too, which is put where it belongs.
    let slip = with(SET, set).replace("[outage]", "[outge]");
    told(&mistakes(read(&slip)), &[&["unknown key `outge`"], &words[..]].concat());
}

/// A variant of a file that is wrong elsewhere is not told what it would be right without.
#[test]
fn a_mistake_of_the_file_is_none_of_its_variants() {
    for (from, to, message) in [
        ("source = \"report\"\npool", "library = \"nobodys\"\npool", "nobodys"),
        ("hit = 0.9", "hit = 1.2", "between 0 and 1"),
        ("id = \"cash\"\n", "id = \"cash\"\nkap = 3\n", "unknown key `kap`"),
        ("size = 20_000", "size = \"viele\"", "cannot be read"),
        ("currency = \"KRW\"", "currency = \"won\"", "no currency"),
        (
            "[cohorts.users.reports]\nshare = \"0.22 %\"\nno_money_share = 0.678\n",
            "reports = 5\n",
            "a table belongs here",
        ),
    ] {
        told(&mistakes(read(&with(from, to))), &[message]);
    }
}

/// A correlation keeps what is wrong with it, whatever else is wrong with its numbers or its fields.
#[test]
fn correlations_are_checked_beside_other_mistakes() {
    let more = "[[correlations]]\nbetween = [\"services.talk.restored_after\", \"cohorts.users.size\"]\nrank = 0.5";
    let link = |a: &str, b: &str, more: &str| format!("[[correlations]]\nbetween = [\"{a}\", \"{b}\"]\n{more}\n");
    let (x, y, z) = ("services.talk.restored_after", "cohorts.users.size", "filing.web-form.awareness");
    let three = |a: &str, b: &str, c: &str| with(more, &[link(x, y, a), link(y, z, b), link(x, z, c)].concat());
    let apart = three("rank = 0.9", "rank = 0.9", "rank = -0.9");
    told(&mistakes(read(&apart)), &["cannot hold beside the others"]);
    // One of the numbers has a mistake of its own.
    let bad = apart.replace("law = \"beta\", mean = 0.6", "law = \"beta\", mean = 1.6");
    told(&mistakes(read(&bad)), &["this law is impossible", "cannot hold beside the others"]);
    // Of a law the key is misspelt, or the number that it is to be the same as is not there: it is no constant for all that.
    let bad = apart.replace("law = \"beta\", mean = 0.6", "lw = \"beta\", mean = 0.6");
    told(&mistakes(read(&bad)), &["unknown key `lw`", "cannot hold beside the others"]);
    let law = "{ law = \"beta\", mean = 0.6, cv = 0.2 }";
    assert_eq!(apart.matches(law).count(), 1);
    let found = mistakes(read(&apart.replace(law, "{ same_as = \"cohorts.users.hitt\" }")));
    for message in ["there is no number `cohorts.users.hitt`", "cannot hold beside the others"] {
        assert!(found.iter().any(|l| l.message.contains(message)), "{message}: {found:#?}");
    }
    // Another field is wrong.
    let tail = three("rank = 0.9", "rank = 0.9\ntail = 0", "rank = -0.9");
    told(&mistakes(read(&tail)), &["cannot hold beside the others", "at least 1"]);
    // A path that nobody has, beside a wrong field, a wrong rank, a key nobody knows.
    for (field, message) in [
        ("rank = 0.9\ntail = 0", "at least 1"),
        ("rank = 9", "strictly between"),
        ("rank = 0.9\nnothing = 3", "unknown key"),
    ] {
        let found = mistakes(read(&with(more, &link(x, "cohorts.users.siez", field))));
        assert_eq!(found.len(), 2, "{found:#?}");
        for message in ["there is no number `cohorts.users.siez`", message] {
            assert!(found.iter().any(|l| l.message.contains(message)), "{message}: {found:#?}");
        }
    }
    // What could not be read may be what makes the others possible.
    good(read(&three("rank = 0.8", "rank = 0.8", "rank = 0.7")));
    told(&mistakes(read(&three("rank = 0.8", "rank = 0.8", "rank = 7"))), &["strictly between"]);
    let lost = three("rank = 0.8", "rank = 0.8", "rank = 0.7").replacen(
        &format!("between = [\"{x}\", \"{z}\"]"),
        "betwene = []",
        1,
    );
    told(&mistakes(read(&lost)), &["unknown key `betwene`"]);
    let typo = three("rank = 0.8", "rank = 0.8", "rank = 0.7").replacen(
        &format!("\"{x}\", \"{z}\""),
        &format!("\"{x}\", \"filing.web-from.awareness\""),
        1,
    );
    told(&mistakes(read(&typo)), &["there is no number"]);
    assert!(BASE.contains(more));
}
