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

/// An editor that changes a form with `sed`, after somebody else ran a command.
fn meanwhile(env: &Env, args: &[&str], script: &str) -> String {
    let other = env.command(&[args, &["--as", "ben"]].concat());
    let mut line = String::from("env");
    for (name, value) in other.get_envs().filter_map(|(n, v)| Some((n, v?))) {
        line += &format!(" {}='{}'", name.display(), value.display());
    }
    line += &format!(" '{}'", other.get_program().display());
    for arg in other.get_args() {
        line += &format!(" '{}'", arg.display());
    }
    let change = sed(env, script);
    let file = env.dir().join("other.sh");
    fs::write(&file, format!("{line} >/dev/null\n{change} \"$1\"\n")).unwrap();
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
    assert_snapshot!(form, @"
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
    tags:
    ---
    ");
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

/// The ticket after a conflict was answered with these keys: what was not stored is a
/// draft.
fn settled(env: &mut Env, mut terminal: Terminal, keys: &str, code: i32) -> serde_json::Value {
    terminal.types(keys);
    let (ended, shown) = terminal.ends();
    assert_eq!(ended, code, "{shown}");
    assert_eq!(drafts(env).len(), usize::from(code != 0));
    env.json(&["show", "1"])
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
        let editor = meanwhile(
            &env,
            &["edit", "1", "--title", "theirs"],
            "s/^title: .*/title: mine/; s/^channel: .*/channel: chat/",
        );
        let mut terminal = Terminal::run(&env, &[("EDITOR", &editor)], &["edit", "1"]);
        terminal
            .sees("- theirs")
            .sees("+ mine")
            .sees("was changed in the meantime");
        let page = settled(&mut env, terminal, &keys, code);
        assert_eq!(page["title"], title);
        assert_eq!(page["channel"], if code == 0 { "chat" } else { "phone" });
    }
}

/// A policy with a field for every ticket, and one for networks only.
const FIELDS: &str = "
[fields.asset]
type = \"text\"

[fields.ssid]
type = \"text\"
categories = [\"network\"]

[fields.site]
type = \"choice\"
choices = [\"Kiel\", \"Oslo\"]
";

/// Ticket 1 of [`opened`] with a tag and a value.
fn carrying() -> Env {
    let mut env = opened();
    fs::write(env.dir().join("fields.toml"), FIELDS).unwrap();
    env.does("desk policy set fields.toml");
    env.does("desk tag 1 old");
    env.does("desk field 1 asset=L-41");
    env
}

#[test]
fn options_change_tags_and_fields_as_their_own_commands_do() {
    let mut env = carrying();
    assert_snapshot!(env.says(
        r#"
        desk edit 1 --tag vip,vpn --tag new --no-tag old,never --field asset=L-42 --field site=kiel
        desk edit 1 --tag vip --field asset=L-42
        desk edit 1 --field site= --title "VPN down"
        desk edit 1 --field sit=Oslo
        desk edit 1 --tag x --field site=Rome
        desk edit 1 --field site
        desk edit 1 --tag "two words"
        desk edit 1 --tag a --no-tag a
        desk undo 1
        desk undo 1
        "#
    ), @r#"
    $ desk edit 1 --tag vip,vpn --tag new --no-tag old,never --field asset=L-42 --field site=kiel
    #1 asset "L-41" -> "L-42", site=Kiel, tags +new +vip +vpn -old

    $ desk edit 1 --tag vip --field asset=L-42
    #1 unchanged

    $ desk edit 1 --field site= --title "VPN down"
    #1 title "VNP down" -> "VPN down", site "Kiel" removed

    $ desk edit 1 --field sit=Oslo
    ! desk: the policy has no field 'sit'
    !   hint: did you mean 'site'? fields: asset, ssid, site
    [exit 2]

    $ desk edit 1 --tag x --field site=Rome
    ! desk: 'Rome' is not a value of site
    !   hint: write one of Kiel, Oslo
    [exit 2]

    $ desk edit 1 --field site
    ! desk: 'site' names no value
    !   hint: write site=VALUE, or site= to remove the value
    [exit 2]

    $ desk edit 1 --tag "two words"
    ! desk: 'two words' cannot be a tag
    !   hint: use at most 40 letters, digits and - _ ., such as two-words
    [exit 2]

    $ desk edit 1 --tag a --no-tag a
    ! desk: 'a' cannot be added and removed at once
    !   hint: write a, or -a to remove it
    [exit 2]

    $ desk undo 1
    #1 undone: "VPN down" -> "VNP down", asset=L-42 -> asset=L-42 site=Kiel, resolution due in 23h 48m (Tue 09:00)

    $ desk undo 1
    #1 undone: tags new vip vpn -> tags old, asset=L-42 site=Kiel -> asset=L-41, resolution due in 23h 47m (Tue 09:00)
    "#);
    let page = env.json(&["show", "1"]);
    assert_eq!(page["tags"], serde_json::json!(["old"]));
    assert_eq!(page["fields"], serde_json::json!({ "asset": "L-41" }));
    // Old and new stand in the timeline.
    let page = env.run(&["show", "1", "--full"]).ok().stdout;
    assert!(
        page.contains("asset \"L-41\" -> \"L-42\", site=Kiel"),
        "{page}"
    );
    assert!(page.contains("tags +new +vip +vpn -old"), "{page}");
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn a_form_has_lines_for_tags_and_fields() {
    let mut env = carrying();
    // The policy forgets a field that has a value.
    let rest = FIELDS.replace("[fields.asset]\ntype = \"text\"\n", "");
    fs::write(env.dir().join("fields.toml"), rest).unwrap();
    env.does("desk policy set fields.toml");
    let editor = sed(
        &env,
        "s/^tags: .*/tags: vip, OLD, vip/; s/^field: site=/field: site=oslo/; s/^field: asset=.*/field: asset=/",
    );
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["edit", "1"]).ends();
    assert_eq!(code, 0, "{shown}");
    assert_snapshot!(plain(&shown), @r#"#1 site=Oslo, asset "L-41" removed, tags +vip"#);
    let form = fs::read_to_string(env.dir().join("form.txt")).unwrap();
    let lines = form
        .lines()
        .filter(|line| line.starts_with("tags") || line.starts_with("field"));
    // The ticket is not about a network.
    assert_eq!(
        lines.collect::<Vec<_>>(),
        ["tags: old", "field: asset=L-41", "field: site="]
    );
    let page = env.json(&["show", "1"]);
    assert_eq!(page["tags"], serde_json::json!(["old", "vip"]));
    assert_eq!(page["fields"], serde_json::json!({ "site": "Oslo" }));
    // The same tags in another order change nothing.
    let editor = sed(&env, "s/^tags: .*/tags: vip\\ntags: old/");
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["edit", "1"]).ends();
    assert_eq!(
        (code, plain(&shown).lines().next()),
        (0, Some("#1 unchanged"))
    );
    // What does not fit is refused as `desk field` does, and stays as a draft.
    let editor = sed(&env, "s/^field: site=.*/field: site=Rome/");
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["edit", "1"]).ends();
    assert_eq!(code, 2, "{shown}");
    assert!(shown.contains("write one of Kiel, Oslo"), "{shown}");
    assert_eq!(drafts(&env).len(), 1);
}

#[test]
fn tags_and_fields_that_another_changed_meanwhile_are_shown_and_nothing_is_lost() {
    let theirs = ["edit", "1", "--tag", "theirs", "--field", "asset=L-43"];
    let mine =
        "s/^title: .*/title: mine/; s/^tags: .*/tags: mine/; s/^field: asset=.*/field: asset=L-44/";
    for (keys, title, code) in [
        (format!("{DOWN}{ENTER}"), "mine", 0),
        (format!("{DOWN}{DOWN}{ENTER}"), "VNP down", 1),
    ] {
        let mut env = carrying();
        let editor = meanwhile(&env, &theirs, mine);
        let mut terminal = Terminal::run(&env, &[("EDITOR", &editor)], &["edit", "1"]);
        terminal
            .sees("tags (it was 'old'")
            .sees("- old, theirs")
            .sees("+ mine")
            .sees("asset (it was 'L-41'")
            .sees("- L-43")
            .sees("+ L-44")
            .sees("was changed in the meantime");
        let page = settled(&mut env, terminal, &keys, code);
        assert_eq!(page["title"], title);
        assert_eq!(page["tags"], serde_json::json!(["old", "theirs"]));
        assert_eq!(page["fields"]["asset"], "L-43");
    }
    // The control: what another changes elsewhere is in nobody's way.
    let mut env = carrying();
    let editor = meanwhile(&env, &["edit", "1", "--field", "site=Oslo"], mine);
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["edit", "1"]).ends();
    assert_eq!(code, 0, "{shown}");
    let page = env.json(&["show", "1"]);
    assert_eq!(page["tags"], serde_json::json!(["mine"]));
    let fields = serde_json::json!({ "asset": "L-44", "site": "Oslo" });
    assert_eq!(page["fields"], fields);
}

#[test]
fn covered_tags_and_fields_are_corrected_unseen() {
    let mut env = carrying();
    let edit = |value: &str| {
        let field = format!("asset={value}");
        ["edit", "1", "--field", &field, "--no-tag", "old"].map(str::to_owned)
    };
    let says = |env: &mut Env, value: &str| {
        let words = edit(value);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        env.run(&words).ok().stdout
    };
    // The control: nothing is covered yet.
    assert!(says(&mut env, "L-42").contains("asset \"L-41\" -> \"L-42\", tags -old"));
    env.does("desk tag 1 old");
    env.does("desk person limit-processing mia@example.org --reason disputed");
    let said = says(&mut env, "L-43");
    // What is typed is said, and not what was there.
    assert_eq!(said.trim(), "#1 asset=L-43, tags -old");
    env.does("desk person limit-processing mia@example.org --lift --reason agreed");
    assert_eq!(env.json(&["show", "1"])["fields"]["asset"], "L-43");
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
