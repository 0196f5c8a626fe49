//! The committed briefings of the sample. After a change of wording or of the sample's tables, write them anew with
//! `REDRESS_OVERWRITE=1 cargo test --release --no-default-features golden` and read the difference.

use std::fs;

use redress::brief::ctx::Ctx;
use redress::brief::page::{Paper, briefing};
use redress::brief::{onepage, tongue::unmarked};
use redress::model::Lang;

use super::{kakao, sample};

#[test]
fn golden_briefings() {
    let results = kakao();
    let all = [Ctx::new(&results, Lang::En), Ctx::new(&results, Lang::Ko)];
    let sheets = [Ctx::sheet(&results, Lang::En), Ctx::sheet(&results, Lang::Ko)];
    let mut files = vec![
        ("briefing.html", briefing(&all, &Paper::default())),
        ("briefing-one-page.html", onepage::onepage(&sheets, &Paper::default())),
    ];
    for (ctx, name) in all.iter().zip(["findings.en.txt", "findings.ko.txt"]) {
        let said = redress::brief::findings::findings(ctx);
        let said: String = said.iter().map(|f| format!("{}: {}\n", f.kind, unmarked(&f.said))).collect();
        files.push((name, said));
    }
    for (name, made) in files {
        let path = sample().join(name);
        if std::env::var_os("REDRESS_OVERWRITE").is_some() {
            fs::write(&path, &made).expect("written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        let at = kept.lines().zip(made.lines()).find(|(a, b)| a != b);
        assert!(kept == made, "outputs/sample/{name} is not what the briefing is now; first difference: {at:?}");
    }
}
