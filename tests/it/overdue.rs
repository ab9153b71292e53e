//! Tickets past a due time: `desk overdue`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_pause_hides_no_breach() {
    let mut env = Env::new();
    env.does("desk open late -c phone -k incident -u high -b low -g high");
    env.at("2026-03-02T14:00:00Z");
    env.does("desk pause 1 vendor");
    env.at("2026-03-02T15:00:00Z");
    assert_snapshot!(env.says(
        "
        desk list
        desk overdue --exit-code
        "
    ), @"
    $ desk list
    ID  PRIO  STATUS  SLA    TIER  TITLE
     1  P1    paused  ✗ -4h  L3    late

    $ desk overdue --exit-code
    ID  PRIO  STATUS  SLA    TIER  TITLE
     1  P1    paused  ✗ -4h  L3    late
    [exit 10]
    ");
}

#[test]
fn overdue_tickets_are_listed_and_change_the_exit_code() {
    let mut env = Env::new();
    env.does("desk open Printer");
    assert_snapshot!(env.says(
        "
        desk overdue
        desk overdue --exit-code
        desk overdue --within 3h
        desk overdue --within 3h --exit-code --ids
        180 minutes pass
        desk overdue --exit-code
        desk overdue --count
        "
    ), @"
    $ desk overdue
    ! nothing is overdue

    $ desk overdue --exit-code
    ! nothing is overdue

    $ desk overdue --within 3h
    ID  STATUS  SLA      TIER  TITLE
     1  new     ✓ 2h57m  L1    Printer

    $ desk overdue --within 3h --exit-code --ids
    1
    [exit 10]

    ... 180 minutes pass
    $ desk overdue --exit-code
    ID  STATUS  SLA    TIER  TITLE
     1  new     ✗ -5m  L1    Printer
    [exit 10]

    $ desk overdue --count
    1
    ");
}

#[test]
fn overdue_refuses_invalid_arguments() {
    assert_snapshot!(Env::new().says(
        "
        desk overdue --within soon
        desk overdue --within -1h
        desk overdue --since 1h
        "
    ), @"
    $ desk overdue --within soon
    ! desk: invalid value 'soon' for '--within <DURATION>': 'soon' is not a duration: use 90m, 2h30m, 3d or 45s
    !   hint: write whole numbers with their units: 1d12h, 2h30m, 90m, 45s
    [exit 2]

    $ desk overdue --within -1h
    ! desk: unexpected argument '-1'
    !   hint: usage: desk overdue [OPTIONS] [FILTER]...
    [exit 2]

    $ desk overdue --since 1h
    ! desk: unexpected argument '--since'
    !   hint: type: desk overdue --opened-after 1h
    [exit 2]
    ");
}

/// The line of the documentation that mails what is overdue, for this store, with
/// a `mail` that writes to a file.
fn mail_recipe(env: &Env) -> String {
    let page = include_str!("../../docs/operate.md");
    let line = page
        .lines()
        .find(|line| line.contains("| mail -s"))
        .unwrap();
    let command = line.split_once("* * * *").unwrap().1.trim();
    let store = format!("'{}'", env.url());
    let command = command.replace("/var/lib/desk/desk.db", &store);
    let mail = "mail -s \"overdue tickets\" desk@example.org";
    assert!(command.contains(mail), "{command}");
    command.replace(mail, "cat > mailed")
}

#[test]
fn the_cron_recipe_mails_only_what_is_overdue() {
    let mut env = Env::new();
    let recipe = mail_recipe(&env);
    let mailed = env.dir().join("mailed");
    env.does("desk open Printer");
    let quiet = env.shell(&recipe).ok();
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
    assert!(!mailed.exists(), "nothing is overdue");
    env.at("2026-03-03T12:00:00Z");
    let _ = env.shell(&recipe).ok();
    let letter = std::fs::read_to_string(&mailed).unwrap();
    assert!(letter.contains("Printer"), "{letter}");
    std::fs::remove_file(&mailed).unwrap();
    let missing = recipe.replace(&env.url(), "/nowhere/desk.db");
    let missing = env.shell(&missing).ok();
    assert!(missing.stderr.contains("desk"), "cron mails it: {missing}");
    assert!(!mailed.exists(), "no empty letter");
}
