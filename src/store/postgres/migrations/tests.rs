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
        "0001_tables 811d254b1d1fec19d300fe1c68ffc7525ac0858b26d9d40c2ccbe2e834918e6e",
    ]
    "#);
}

#[test]
fn both_engines_have_the_same_version() {
    assert_eq!(version(ALL), 24);
}
