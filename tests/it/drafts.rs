//! What was typed and not stored: `desk drafts`.

use insta::assert_snapshot;

use crate::env::Env;
use crate::terminal::{Terminal, drafts, editor, plain};

/// A ticket that is closed, and a text that was refused because of it.
fn refused() -> Env {
    let mut env = Env::new();
    env.closed();
    let editor = editor(&env, "a long story\\n");
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["log", "1"]).ends();
    assert_eq!(code, 1);
    assert!(
        plain(&shown).contains("go on with: desk log 1 --draft 1"),
        "{shown}"
    );
    env
}

#[test]
fn a_draft_is_listed_shown_gone_on_with_and_gone() {
    let mut env = refused();
    let list = env.json(&["drafts"]);
    assert_eq!(list[0]["draft"], 1);
    assert_eq!(list[0]["tickets"], "1");
    assert_eq!(list[0]["command"], "log");
    assert_eq!(list[0]["text"], "a long story\n");
    let table = env.run(&["drafts", "--tz", "UTC"]).ok().stdout;
    assert!(table.contains("log      note"), "{table}");
    let shown = env.run(&["drafts", "show", "1"]).ok();
    assert_eq!(shown.stdout, "a long story\n");
    assert_eq!(shown.stderr, "go on with: desk log 1 --draft 1\n");
    // Refused again, it stays.
    let _ = env.run(&["log", "1", "--draft", "1"]).code(1);
    assert_eq!(drafts(&env).len(), 1);
    env.does("desk reopen 1 again");
    let _ = env.run(&["log", "1", "--draft", "1"]).ok();
    assert_eq!(drafts(&env).len(), 0);
    let notes = env.run(&["show", "1"]).ok().stdout;
    assert!(notes.contains("a long story"), "{notes}");
    let none = env.run(&["drafts"]).ok();
    assert_eq!(
        (none.stdout.as_str(), none.stderr.as_str()),
        ("", "there are no drafts\n")
    );
}

#[test]
fn a_draft_is_dropped_and_one_that_is_not_there_is_named() {
    let mut env = refused();
    assert_snapshot!(env.says(
        r#"
        desk drafts show 7
        desk log 1 --draft 7
        desk log 1 --draft 1 more
        desk drafts drop 1
        desk drafts drop 1
        "#
    ), @r#"
    $ desk drafts show 7
    ! desk: there is no draft 7
    !   hint: see them with: desk drafts
    [exit 2]

    $ desk log 1 --draft 7
    ! desk: there is no draft 7
    !   hint: see them with: desk drafts
    [exit 2]

    $ desk log 1 --draft 1 more
    ! desk: the note was given twice, as a draft and as 'more'
    !   hint: give it once
    [exit 2]

    $ desk drafts drop 1
    dropped draft 1

    $ desk drafts drop 1
    ! desk: there is no draft 1
    !   hint: see them with: desk drafts
    [exit 2]
    "#);
    assert_eq!(drafts(&env).len(), 0);
}

#[test]
fn the_editor_shows_the_ticket_below_the_text_and_only_the_text_is_stored() {
    let mut env = Env::new();
    env.does("desk open VPN -r Mia\ndesk reply 1 --from-requester 'it --> drops'");
    let script = env.dir().join("editor.sh");
    let seen = env.dir().join("seen.txt");
    let line = format!(
        "cp \"$1\" {}; sed -i '1s/.*/We look./' \"$1\"\n",
        seen.display()
    );
    std::fs::write(&script, line).unwrap();
    let editor = format!("sh {}", script.display());
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["reply", "1"]).ends();
    assert_eq!(code, 0, "{shown}");
    let seen = std::fs::read_to_string(seen).unwrap();
    assert!(seen.starts_with("\n\n<!-- desk: write above;"), "{seen}");
    for line in [" #1 VPN\n", " from Mia\n", "     it -- > drops\n"] {
        assert!(seen.contains(line), "{seen}");
    }
    assert!(seen.ends_with("\n-->\n"), "{seen}");
    let messages = env.json(&["show", "1"])["messages"].clone();
    assert_eq!(messages[1]["text"], "We look.");
}
