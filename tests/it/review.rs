//! `desk review`: a document for the review after an incident.

use std::fs;

use insta::assert_snapshot;

use crate::env::Env;

/// An incident with a cause.
fn incident() -> Env {
    let mut env = Env::new();
    env.ready().does(
        r#"
        desk log 1 "three floors" --affected gw-1 --symptom drops --began 8:30
        desk investigate 1 "the certificate has ended"
        desk investigate 1 "the provider"
        desk investigate 1 --confirm=1 "openssl says so"
        desk resolve 1 "new certificate" --restored-by "Mia Roth" --tell "Please try again."
        "#,
    );
    env
}

#[test]
fn a_review_has_everything_that_is_known() {
    let mut env = incident();
    assert_snapshot!(env.run(&["review", "1"]).ok().stdout, @"");
}

#[test]
fn a_file_is_replaced_only_with_force() {
    let mut env = incident();
    env.does("desk review 1 --out review.md");
    let before = fs::read_to_string(env.dir().join("review.md")).unwrap();
    assert!(
        before.starts_with("# Review of ticket 1: VPN drops\n"),
        "{before}"
    );
    let fault = env
        .run(&["review", "1", "--out", "review.md"])
        .code(2)
        .stderr;
    assert!(fault.contains("review.md exists"), "{fault}");
    env.does("desk review 1 --out review.md --force");
    let fault = env.run(&["review", "1", "--force"]).code(2).stderr;
    assert!(fault.contains("--out"), "{fault}");
}

#[test]
fn what_people_wrote_cannot_act() {
    let mut env = Env::new();
    let _ = env
        .run(&[
            "open",
            "# head {{timeline}} <b>",
            "--description",
            "one\n# two\n![x](http://x.example)",
        ])
        .ok();
    let page = env.run(&["review", "1"]).ok().stdout;
    assert!(page.contains("# Review of ticket 1: \\# head"), "{page}");
    assert!(page.contains("  > \\# two"), "{page}");
    assert!(!page.contains("](http"), "{page}");
    assert_eq!(page.matches("\n## ").count(), 10, "{page}");
}

#[test]
fn the_policy_can_have_a_template() {
    let mut env = incident();
    let policy = "[review]\ntemplate = \"\"\"\n# {{title}}\n\n{{ causes }}\n\"\"\"\n";
    fs::write(env.dir().join("p.toml"), policy).unwrap();
    env.does("desk policy set p.toml");
    assert_snapshot!(env.run(&["review", "1"]).ok().stdout, @"");
    fs::write(
        env.dir().join("p.toml"),
        "[review]\ntemplate = \"{{cause}}\"\n",
    )
    .unwrap();
    assert_snapshot!(env.says("desk policy check p.toml"), @"");
}
