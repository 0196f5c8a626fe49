//! Schemes in plain sentences.

use redress::model::Lang;
use redress::scenario::{explain_scheme, load_scheme};

#[test]
fn dump() {
    let mut names: Vec<_> = std::fs::read_dir("/tmp/gl").expect("x").map(|e| e.expect("e").path()).collect();
    names.sort();
    for p in names {
        if let Ok(s) = load_scheme(&p) {
            for (lang, x) in [(Lang::En, "en"), (Lang::Ko, "ko")] {
                std::fs::write(format!("/tmp/said/{}.{x}", s.id), explain_scheme(&s, lang)).expect("w");
            }
        }
    }
}
