//! The steps of the schema are known by their digests.

use sha2::{Digest, Sha256};

use super::*;

#[test]
fn released_steps_are_never_edited() {
    let sums: Vec<String> = ALL
        .iter()
        .map(|step| {
            let sum = Sha256::digest(step.statements);
            format!("{} {}", step.name, chain::hex(&sum))
        })
        .collect();
    insta::assert_debug_snapshot!(sums, @r#"
    [
        "0001_tables 0f5cca223924c85fe59d4bfda51c8e55ef58278db624bcde33da67fbc14e5390",
    ]
    "#);
}

#[test]
fn both_engines_have_the_same_version() {
    assert_eq!(version(ALL), 24);
}
