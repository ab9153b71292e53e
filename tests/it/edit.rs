//! What was typed is corrected: `desk edit`.

use std::fs;

use insta::assert_snapshot;

use crate::env::Env;
use crate::terminal::{DOWN, ENTER, Terminal, drafts, plain};

fn opened() -> Env {
    let mut env = Env::new();
    env.does("desk open 'VNP down' -r 'Mia Snd <mia@example.org>' -c phone -k incident");
    env
}

/// An editor that changes a form with `sed`, and keeps what it was given.
fn sed(env: &Env, script: &str) -> String {
    let file = env.dir().join("editor.sh");
    let kept = env.dir().join("form.txt");
    let line = format!(
        "cp \"$1\" {}\nsed -i -e '{script}' \"$1\"\n",
        kept.display()
    );
    fs::write(&file, line).unwrap();
    format!("sh {}", file.display())
}

#[test]
fn options_correct_what_they_name_and_the_timeline_says_what_was_there() {
    let mut env = opened();
    assert_snapshot!(env.says(
        r#"
        desk edit 1 --title "VPN down" -r "Mia Sand"
        desk edit 1 --title "VPN down"
        desk edit 1 --description "since the update" --symptom "error 691" -c email
        desk edit 1 --no-symptom "error 619"
        desk edit 1 --clear description --no-symptom "error 691"
        desk edit 1 --clear title
        desk edit 1 --contact x@example.org --clear contact
        "#
    ), @r#"
    $ desk edit 1 --title "VPN down" -r "Mia Sand"
    #1 title "VNP down" -> "VPN down", name "Mia Snd" -> "Mia Sand"

    $ desk edit 1 --title "VPN down"
    #1 unchanged

    $ desk edit 1 --description "since the update" --symptom "error 691" -c email
    #1 logged, description corrected, channel phone -> email

    $ desk edit 1 --no-symptom "error 619"
    ! desk: unknown symptom 'error 619'
    !   hint: did you mean 'error 691'? accepted: error 691
    [exit 2]

    $ desk edit 1 --clear description --no-symptom "error 691"
    #1 description removed, symptom "error 691" removed

    $ desk edit 1 --clear title
    ! desk: invalid value 'title' for '--clear <FIELDS>': unknown field 'title'
    !   hint: accepted: description, name, contact, language
    [exit 2]

    $ desk edit 1 --contact x@example.org --clear contact
    ! desk: the contact is given and cleared
    !   hint: do one of them
    [exit 2]
    "#);
    let page = env.json(&["show", "1"]);
    assert_eq!(page["title"], "VPN down");
    assert_eq!(page["requester"]["contact"], "mia@example.org");
    assert_eq!(page["channel"], "email");
    assert_eq!(page["description"], serde_json::Value::Null);
    let first = page["timeline"].as_array().unwrap();
    let first = first
        .iter()
        .find(|event| event["kind"] == "corrected")
        .unwrap();
    assert_eq!(first["data"]["replaced"]["title"], "VNP down");
    // It is found by what it says now, and not by what it said.
    assert_eq!(env.json(&["search", "VPN"])[0]["id"], 1);
    assert_eq!(env.json(&["list", "title:VNP"]), serde_json::json!([]));
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn without_options_a_form_is_edited() {
    let mut env = opened();
    let editor = sed(
        &env,
        "s/VNP/VPN/; s/^symptom:/symptom: no route/; $ a since monday",
    );
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["edit", "1"]).ends();
    assert_eq!(code, 0, "{shown}");
    assert_snapshot!(plain(&shown), @r#"
    #1 logged, title "VNP down" -> "VPN down", description corrected
    "#);
    let form = fs::read_to_string(env.dir().join("form.txt")).unwrap();
    assert_snapshot!(form, @r#"
    ---
    # #1 VNP down
    # new · L1 · unassigned
    # from Mia Snd <mia@example.org>
    # - 09:00 anna: opened by phone
    # - 09:00 anna: identified as incident
    # The description follows below the second ---.
    title: VNP down
    requester: Mia Snd <mia@example.org>
    language:
    channel: phone
    kind: incident
    onset: occurred
    category:
    users:
    business:
    urgency:
    symptom:
    affected:
    ---
    "#);
    assert_eq!(drafts(&env), Vec::<std::path::PathBuf>::new());
    let page = env.json(&["show", "1"]);
    assert_eq!(page["description"], "since monday");
    let (code, shown) = Terminal::run(&env, &[("EDITOR", "true")], &["edit", "1"]).ends();
    assert_eq!(
        (code, plain(&shown).lines().next()),
        (0, Some("#1 unchanged"))
    );
}

#[test]
fn a_slip_in_the_form_is_named_and_the_draft_goes_on() {
    let mut env = opened();
    let broken = sed(&env, "s/^title: VNP/titel: VPN/");
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &broken)], &["edit", "1"]).ends();
    assert_eq!(code, 2);
    let shown = plain(&shown);
    assert!(
        shown.contains("there is no field 'titel'; did you mean 'title'?"),
        "{shown}"
    );
    assert!(
        shown.contains("go on with: desk edit 1 --draft 1"),
        "{shown}"
    );
    let mended = sed(&env, "s/^titel:/title:/");
    let args = ["edit", "1", "--draft", "1"];
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &mended)], &args).ends();
    assert_eq!(code, 0, "{shown}");
    assert_eq!(env.json(&["show", "1"])["title"], "VPN down");
    assert_eq!(drafts(&env), Vec::<std::path::PathBuf>::new());
}

#[test]
fn what_another_changed_meanwhile_is_shown_and_nothing_is_lost() {
    for (keys, title, code) in [
        // Leave theirs, store the rest.
        (format!("{DOWN}{ENTER}"), "theirs", 0),
        // Give up.
        (format!("{DOWN}{DOWN}{ENTER}"), "theirs", 1),
    ] {
        let mut env = opened();
        let other = env.command(&["edit", "1", "--title", "theirs", "--as", "ben"]);
        let script = env.dir().join("other.sh");
        let mut line = String::from("env");
        for (name, value) in other.get_envs().filter_map(|(n, v)| Some((n, v?))) {
            line += &format!(" {}='{}'", name.display(), value.display());
        }
        line += &format!(" '{}'", other.get_program().display());
        for arg in other.get_args() {
            line += &format!(" '{}'", arg.display());
        }
        let change = sed(
            &env,
            "s/^title: .*/title: mine/; s/^channel: .*/channel: chat/",
        );
        fs::write(&script, format!("{line} >/dev/null\n{change} \"$1\"\n")).unwrap();
        let editor = format!("sh {}", script.display());
        let mut terminal = Terminal::run(&env, &[("EDITOR", &editor)], &["edit", "1"]);
        terminal
            .sees("- theirs")
            .sees("+ mine")
            .sees("was changed in the meantime");
        terminal.types(&keys);
        let (ended, shown) = terminal.ends();
        assert_eq!(ended, code, "{shown}");
        let page = env.json(&["show", "1"]);
        assert_eq!(page["title"], title);
        assert_eq!(page["channel"], if code == 0 { "chat" } else { "phone" });
        assert_eq!(drafts(&env).len(), usize::from(code != 0));
    }
}

#[test]
fn old_and_new_texts_are_erased_with_the_person() {
    let mut env = opened();
    env.does(
        "desk edit 1 -r 'Tom Abel <tom@example.org>' --title 'VPN of Mia Snd'
         desk edit 1 --title 'VPN down'",
    );
    let reason = "asked for on 2 March";
    let _ = env
        .run(&[
            "person",
            "erase",
            "mia@example.org",
            "--reason",
            reason,
            "--texts",
            "possible",
            "--yes",
        ])
        .ok();
    let bytes = env.bytes();
    for text in ["mia@example.org", "Mia Snd"] {
        let found = bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes());
        assert!(!found, "{text} is still there");
    }
    // The control: who is not erased is there.
    let found = bytes.windows(15).any(|part| part == b"tom@example.org");
    assert!(found);
    let _ = env.run(&["verify"]).ok();
}
