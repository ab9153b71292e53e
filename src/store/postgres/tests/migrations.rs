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
        "0001_tables b376e6e12fb4a9d4b054ac7a6cb6eaec5c2f3d38abda4446546d597987b7a351",
    ]
    "#);
}

#[test]
fn both_engines_have_the_same_version() {
    assert_eq!(version(ALL), 19);
}
