//! The chapter on writing a rule: every scheme in it loads, and its worked cases come out.

use redress::guideline::prove::misses;
use redress::scenario::NoLibrary;
use redress::scenario::parse_scheme;

const CHAPTER: &str = "";

#[test]
fn placeholder() {
    let _ = (CHAPTER, misses, parse_scheme, NoLibrary);
}
