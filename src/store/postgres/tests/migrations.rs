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
        "0001_tables c59101fedcf8519cbbc20d075068fd8242cf81f43fe7e3e18ab04b1fcbea1263",
    ]
    "#);
}

#[test]
fn both_engines_have_the_same_version() {
    assert_eq!(version(ALL), 19);
}
