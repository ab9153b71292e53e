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
    let page = env.run(&["review", "1"]).ok().stdout;
    // Trailing blanks are no part of a snapshot.
    let lines = page.lines().map(str::trim_end);
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    # Review of ticket 1: VPN drops

    Written 2026-03-02 by anna.

    ## Summary

    - **Kind**: incident
    - **Category**: network/vpn
    - **Priority**: P2 (users high, business medium, urgency medium)
    - **Opened**: 2026-03-02 09:00 by anna
    - **Resolved**: 2026-03-02 09:09 by anna, solved
      > new certificate

    ## Impact

    - **Impact on users**: high
    - **Impact on business**: medium
    - **Urgency**: medium
    - **Duration**: 39m until it was resolved, from 2026-03-02 08:30
    - **Affected**: gw-1
    - **Symptom**: drops

    ## Timeline

    - **2026-03-02 09:00 anna**: opened by phone
    - **2026-03-02 09:01 anna**: identified as incident
    - **2026-03-02 09:02 anna**: categorized as network/vpn
    - **2026-03-02 09:03 anna**: prioritized P2 (impact high, urgency medium)
    - **2026-03-02 09:04 anna**: taken by anna
    - **2026-03-02 09:05 anna**: logged; symptoms: drops; affected: gw-1; began 2026-03-02 08:30
      > three floors
    - **2026-03-02 09:06 anna**: hypothesis 1 proposed
      > the certificate has ended
    - **2026-03-02 09:07 anna**: hypothesis 2 proposed
      > the provider
    - **2026-03-02 09:08 anna**: hypothesis 1 confirmed
      > openssl says so
    - **2026-03-02 09:09 anna**: resolved (solved)
      > new certificate
    - **2026-03-02 09:09 anna**: restoration confirmed by Mia Roth
    - **2026-03-02 09:09 anna**: public -> requester by phone
      > Please try again.

    ## Detection

    - **Reported**: by phone, at 2026-03-02 09:00
    - **Onset**: occurred
    - **Began**: 2026-03-02 08:30, 30m before it was reported
    - **Requester**: Mia Roth
    - **First work**: 1m later, by anna

    ## Response and resolution

    - **response**: met: 0s of 3h, due 2026-03-02 12:00
    - **resolution**: met: 9m of 8h, due 2026-03-02 17:00

    ## Causes

    - **Hypothesis 1, confirmed**: the certificate has ended (anna)
      > openssl says so
    - **Hypothesis 2, open**: the provider (anna)

    ## What went well

    -

    ## What went badly

    -

    ## Follow-up actions

    - [ ] Confirm or refute hypothesis 2: the provider
    - [ ] …, by …, until …

    ## Similar tickets

    None was found.
    ");
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
            "-m",
            "one\n# two\n![x](http://x.example)",
        ])
        .ok();
    let page = env.run(&["review", "1"]).ok().stdout;
    assert!(page.contains("# Review of ticket 1: \\# head"), "{page}");
    assert!(page.contains("\n> \\# two"), "{page}");
    assert!(page.contains("> `![x](http"), "{page}");
    assert_eq!(page.matches("\n## ").count(), 10, "{page}");
}

#[test]
fn the_policy_can_have_a_template() {
    let mut env = incident();
    let policy = "[review]\ntemplate = \"\"\"\n# {{title}}\n\n{{ causes }}\n\"\"\"\n";
    fs::write(env.dir().join("p.toml"), policy).unwrap();
    env.does("desk policy set p.toml");
    assert_snapshot!(env.run(&["review", "1"]).ok().stdout, @"
    # VPN drops

    - **Hypothesis 1, confirmed**: the certificate has ended (anna)
      > openssl says so
    - **Hypothesis 2, open**: the provider (anna)
    ");
    fs::write(
        env.dir().join("p.toml"),
        "[review]\ntemplate = \"{{cause}}\"\n",
    )
    .unwrap();
    assert_snapshot!(env.says("desk policy check p.toml"), @"
    $ desk policy check p.toml
    fault: line 2: review.template: unknown placeholder 'cause'; did you mean 'causes'? accepted: ticket, title, date, agent, summary, impact, timeline, detection, targets, causes, actions, similar
    ! p.toml has 1 fault; nothing was changed
    [exit 2]
    ");
}
