//! The form of a new ticket on a terminal.

use std::path::PathBuf;

use crate::env::Env;
use crate::terminal::{CTRL_C, DOWN, ENTER, Terminal, drafts, editor, plain};

const ESCAPE: &str = "\u{1b}";
const TAB: &str = "\t";

/// A desk that knows a requester and a category.
fn known() -> Env {
    let mut env = Env::new();
    env.does("desk open 'VPN drops every hour' -r eva@example.org --category network/vpn");
    env.does("desk open 'VPN is slow' -r tom@example.org --category network/vpn --assign ben");
    env
}

#[test]
fn everything_is_asked_for_and_enter_opens() {
    let mut env = known();
    let mut terminal = Terminal::run(&env, &[], &["open"]);
    terminal.sees("title: ").types("VPN drops");
    // While one types, similar tickets suggest a category.
    terminal.sees("category? network/vpn").types(ENTER);
    terminal
        .sees("requester: ")
        .types("ev")
        .sees("eva@example.org");
    terminal
        .types(TAB)
        .sees("requester: eva@example.org")
        .types(ENTER);
    terminal
        .sees("channel: ")
        .sees("1 phone")
        .types("wa")
        .types(ENTER);
    terminal.sees("channel: walk-in");
    terminal
        .sees("category: ")
        .sees("1 network/vpn")
        .types("1")
        .types(ENTER);
    terminal.sees("category: network/vpn");
    terminal.sees("kind: ").types("inc").types(ENTER);
    terminal.sees("impact on users: ").types("low").types(ENTER);
    terminal
        .sees("impact on business: ")
        .types("3")
        .types(ENTER);
    terminal.sees("urgency: ").types("m").types(ENTER);
    terminal.sees("assign to: ").types("ben").types(ENTER);
    terminal
        .sees("description: ")
        .types("since monday")
        .types(ENTER);
    terminal
        .sees("open this ticket?")
        .sees("cancel")
        .types(ENTER);
    terminal.sees("#3 opened as P4 incident");
    assert_eq!(terminal.ends().0, 0);
    let ticket = env.json(&["show", "3"]);
    for (name, value) in [
        ("title", "VPN drops"),
        ("channel", "walk-in"),
        ("category", "network/vpn"),
        ("kind", "incident"),
        ("users", "low"),
        ("business", "low"),
        ("urgency", "medium"),
        ("assignee", "ben"),
        ("description", "since monday"),
    ] {
        assert_eq!(ticket[name], value, "{name}");
    }
    assert_eq!(ticket["requester"]["contact"], "eva@example.org");
    assert_eq!(drafts(&env), Vec::<PathBuf>::new());
}

/// Answers the questions with Enter until the ticket is opened.
pub(crate) fn skips(terminal: &mut Terminal, questions: &[&str]) {
    for question in questions {
        terminal.sees(question).types(ENTER);
    }
    terminal
        .sees("open this ticket?")
        .sees("cancel")
        .types(ENTER);
}

pub(crate) const AFTER_TITLE: [&str; 9] = [
    "requester",
    "channel",
    "category",
    "kind",
    "users",
    "business",
    "urgency",
    "assign to",
    "description",
];

#[test]
fn enter_skips_and_a_title_is_needed() {
    let mut env = Env::new();
    let mut terminal = Terminal::run(&env, &[], &["open"]);
    terminal.sees("title: ").types(ENTER);
    terminal.sees("a ticket needs a title").sees("title: ");
    terminal.types("Fax").types(ENTER);
    skips(&mut terminal, &AFTER_TITLE);
    terminal.sees("#1 opened");
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(env.json(&["show", "1"])["channel"], "other");
}

#[test]
fn what_is_given_is_not_asked_and_the_channel_of_the_settings_stands_there() {
    let mut env = known();
    let args = ["open", "-r", "Eva", "--category", "mail", "-k", "incident"];
    let mut terminal = Terminal::run(&env, &[("DESK_CHANNEL", "phone")], &args);
    terminal.sees("title: ").types("Fax").types(ENTER);
    terminal.sees("channel [phone]: ").types(ENTER);
    skips(
        &mut terminal,
        &["users", "business", "urgency", "assign to", "description"],
    );
    let (code, shown) = terminal.ends();
    assert_eq!(code, 0, "{shown}");
    let ticket = env.json(&["show", "3"]);
    assert_eq!(ticket["channel"], "phone");
    assert_eq!(ticket["category"], "mail");
}

#[test]
fn with_a_title_nothing_is_asked_unless_it_is_wanted() {
    let env = known();
    let (code, _) = Terminal::run(&env, &[], &["open", "Fax"]).ends();
    assert_eq!(code, 0);
    let mut terminal = Terminal::run(&env, &[], &["open", "Fax", "--form", "-c", "chat"]);
    terminal.sees("title [Fax]: ").types(ENTER);
    terminal.sees("requester: ").types(ENTER);
    terminal.sees("channel [chat]: ").types(CTRL_C);
    assert_eq!(terminal.ends().0, 130);
}

#[test]
fn a_form_that_is_left_writes_nothing_and_goes_on_later() {
    let mut env = known();
    for leave in [ESCAPE, CTRL_C] {
        let mut terminal = Terminal::run(&env, &[], &["open"]);
        terminal
            .sees("title: ")
            .types("Fax on floor 3")
            .types(ENTER);
        terminal.sees("requester: ").types("Ole").types(ENTER);
        terminal.sees("channel: ").types(leave);
        terminal.sees("what you typed is saved; continue with: desk open");
        let (code, shown) = terminal.ends();
        assert_eq!(code, 130, "{shown}");
        assert!(
            shown.contains("interrupted; nothing was changed"),
            "{shown}"
        );
        assert_eq!(env.json(&["list", "--count"])["count"], 2);
        assert_eq!(drafts(&env).len(), 1);
        let mut terminal = Terminal::run(&env, &[], &["open"]);
        terminal
            .sees("2 answers were saved")
            .sees("starts over")
            .types("-")
            .types(ENTER);
        terminal.sees("title: ").types(leave);
        assert_eq!(terminal.ends().0, 130);
        // Nothing was typed this time.
        assert_eq!(drafts(&env), Vec::<PathBuf>::new());
    }
    let mut terminal = Terminal::run(&env, &[], &["open"]);
    terminal
        .sees("title: ")
        .types("Fax on floor 3")
        .types(ENTER);
    terminal.sees("requester: ").types(ESCAPE);
    assert_eq!(terminal.ends().0, 130);
    let mut terminal = Terminal::run(&env, &[], &["open"]);
    terminal
        .sees("1 answer was saved")
        .sees("starts over")
        .types(ENTER);
    terminal.sees("title [Fax on floor 3]: ").types(ENTER);
    skips(&mut terminal, &AFTER_TITLE);
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(env.json(&["show", "3"])["title"], "Fax on floor 3");
    assert_eq!(drafts(&env), Vec::<PathBuf>::new());
}

#[test]
fn a_wrong_answer_is_explained_and_asked_again() {
    let mut env = known();
    let mut terminal = Terminal::run(&env, &[], &["open"]);
    terminal.sees("title: ").types("Fax").types(ENTER);
    terminal
        .sees("requester: ")
        .types("Eva <eva@x.org> Tom <tom@x.org>")
        .types(ENTER);
    terminal.sees("one person").sees("requester: ").types(ENTER);
    terminal.sees("channel: ").types("fax").types(ENTER);
    terminal
        .sees("is not a choice")
        .sees("channel: ")
        .types(ENTER);
    terminal
        .sees("category: ")
        .types("network/vnp")
        .types(ENTER);
    terminal
        .sees("did you mean 'network/vpn'?")
        .sees("a new category")
        .types(ENTER);
    terminal.sees("kind: ").types(ENTER);
    // Of three ratings there are all or none.
    terminal.sees("impact on users: ").types("low").types(ENTER);
    terminal.sees("impact on business: ").types(ENTER);
    terminal.sees("urgency: ").types("low").types(ENTER);
    terminal.sees("all three ratings, or none");
    terminal
        .sees("impact on business: ")
        .types("low")
        .types(ENTER);
    terminal.sees("urgency [low]: ").types("<").types(ENTER);
    terminal
        .sees("impact on business [low]: ")
        .types("medium")
        .types(ENTER);
    terminal.sees("urgency [low]: ").types(ENTER);
    terminal.sees("assign to: ").types(ENTER);
    terminal.sees("description: ").types(ENTER);
    terminal
        .sees("open this ticket?")
        .sees("cancel")
        .types(ENTER);
    assert_eq!(terminal.ends().0, 0);
    let ticket = env.json(&["show", "3"]);
    assert_eq!(ticket["category"], "network/vpn");
    assert_eq!(ticket["business"], "medium");
}

#[test]
fn at_the_end_it_can_be_edited_or_cancelled() {
    let mut env = known();
    let written = editor(&env, "line one\\nline two\\n");
    let mut terminal = Terminal::run(&env, &[("EDITOR", &written)], &["open", "-c", "phone"]);
    terminal.sees("title: ").types("Fax").types(ENTER);
    for question in [
        "requester",
        "category",
        "kind",
        "users",
        "business",
        "urgency",
        "assign to",
    ] {
        terminal.sees(&format!("{question}: ")).types(ENTER);
    }
    terminal.sees("description: ").types("e").types(ENTER);
    terminal
        .sees("open this ticket?")
        .sees("cancel")
        .types(DOWN)
        .types(ENTER);
    terminal.sees("title [Fax]: ").types("Fax 2").types(ENTER);
    terminal.sees("requester: ").types(ENTER);
    // What was given can be changed now.
    terminal.sees("channel [phone]: ").types("-").types(ENTER);
    terminal.sees("channel: ").types("chat").types(ENTER);
    for question in [
        "category",
        "kind",
        "users",
        "business",
        "urgency",
        "assign to",
    ] {
        terminal.sees(&format!("{question}: ")).types(ENTER);
    }
    terminal.sees("description [line one").types(ENTER);
    terminal
        .sees("open this ticket?")
        .sees("cancel")
        .types(ENTER);
    assert_eq!(terminal.ends().0, 0);
    let ticket = env.json(&["show", "3"]);
    assert_eq!(
        (&ticket["title"], &ticket["channel"]),
        (&"Fax 2".into(), &"chat".into())
    );
    assert_eq!(ticket["description"], "line one\nline two");
    let mut terminal = Terminal::run(&env, &[], &["open"]);
    terminal.sees("title: ").types("Printer").types(ENTER);
    for question in AFTER_TITLE {
        terminal.sees(&format!("{question}: ")).types(ENTER);
    }
    terminal
        .sees("open this ticket?")
        .sees("cancel")
        .types(DOWN)
        .types(DOWN)
        .types(ENTER);
    let (code, shown) = terminal.ends();
    assert_eq!(code, 130, "{shown}");
    assert_eq!(env.json(&["list", "--all", "--count"])["count"], 3);
    assert_eq!(drafts(&env).len(), 1);
}

#[test]
fn a_template_asks_for_what_it_does_not_know() {
    let mut env = Env::new();
    let policy = "[templates.locked]\ntitle = \"{{account}} is locked\"\ndescription = \"{{requester}}, by {{how}}\"\nquestions = [{ key = \"account\", text = \"Which account\" }, { key = \"how\", text = \"How\", choices = [\"call\", \"mail\"] }, \"Since when\"]\n";
    std::fs::write(env.dir().join("policy.toml"), policy).unwrap();
    env.does("desk policy set policy.toml");
    let mut terminal = Terminal::run(&env, &[], &["open", "--template", "locked"]);
    terminal.sees("Which account: ").types(ENTER);
    terminal
        .sees("needs an answer")
        .sees("Which account: ")
        .types("eva1")
        .types(ENTER);
    terminal
        .sees("How: ")
        .sees("1 call")
        .types("2")
        .types(ENTER);
    // No text needs it.
    terminal.sees("Since when: ").types(ENTER);
    terminal.sees("requester").types("Eva").types(ENTER);
    terminal.sees("#1 opened");
    assert_eq!(terminal.ends().0, 0);
    let ticket = env.json(&["show", "1"]);
    assert_eq!(ticket["title"], "eva1 is locked");
    assert_eq!(ticket["description"], "Eva, by mail");
    assert_eq!(ticket["answers"].as_array().unwrap().len(), 2);
}

#[test]
fn nobody_is_asked_without_a_terminal_or_with_no_input() {
    let mut env = known();
    let piped = env.run(&["open"]).code(2);
    let (code, shown) = Terminal::run(&env, &[], &["open", "--no-input"]).ends();
    assert_eq!(code, 2);
    for said in [piped.stderr, plain(&shown)] {
        assert!(said.contains("desk: missing title"), "{said}");
        assert!(
            said.contains("hint: give it with desk open TITLE"),
            "{said}"
        );
    }
    let _ = env.run(&["open", "Fax", "--form"]).code(2);
    assert_eq!(env.json(&["list", "--count"])["count"], 2);
}

/// Begins a form with a title, and waits until it is kept.
fn begins(env: &Env, title: &str) -> Terminal {
    let mut terminal = Terminal::run(env, &[], &["open"]);
    terminal.sees("title: ").types(title).types(ENTER);
    terminal.sees("requester: ");
    terminal
}

/// What the drafts say, in the order of their names.
fn kept(env: &Env) -> Vec<String> {
    let mut drafts = drafts(env);
    drafts.sort();
    let texts = drafts
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap());
    texts.map(|text| text.trim().replace('"', "")).collect()
}

#[test]
fn two_forms_at_once_keep_what_is_typed_apart() {
    let mut env = Env::new();
    let mut fax = begins(&env, "Fax");
    // It runs, so nobody is asked whether to go on with it.
    let mut mouse = begins(&env, "Mouse");
    assert_eq!(kept(&env), ["title = Fax", "title = Mouse"]);
    fax.types("Ole").types(ENTER).sees("channel: ");
    mouse.types("Eva").types(ENTER).sees("channel: ");
    // One is opened, with what was typed there; the draft of the other stays.
    mouse.types(ENTER);
    skips(&mut mouse, &AFTER_TITLE[2..]);
    mouse.sees("#1 opened");
    assert_eq!(mouse.ends().0, 0);
    let ticket = env.json(&["show", "1"]);
    assert_eq!(ticket["title"], "Mouse");
    assert_eq!(ticket["requester"]["name"], "Eva");
    assert_eq!(kept(&env), ["requester = Ole\ntitle = Fax"]);
    // The control: what was left is offered to the next form.
    fax.types(ESCAPE);
    assert_eq!(fax.ends().0, 130);
    let mut next = Terminal::run(&env, &[], &["open"]);
    next.sees("2 answers were saved").types(ENTER);
    next.sees("title [Fax]: ").types(ENTER);
    next.sees("requester [Ole]: ").types(ENTER);
    skips(&mut next, &AFTER_TITLE[1..]);
    next.sees("#2 opened");
    assert_eq!(next.ends().0, 0);
    assert_eq!(kept(&env), Vec::<String>::new());
}

#[test]
fn what_a_killed_form_left_is_offered_once_the_last_first() {
    let env = Env::new();
    let older = begins(&env, "Fax");
    let newer = begins(&env, "Mouse");
    older.killed();
    newer.killed();
    let goes_on = || {
        let mut form = Terminal::run(&env, &[], &["open"]);
        form.sees("1 answer was saved").sees("Enter continues");
        form
    };
    let mut first = goes_on();
    first.types(ENTER).sees("title [Mouse]: ");
    // The first one runs again, so the other one is left.
    let mut second = goes_on();
    second.types("-").types(ENTER).sees("title: ");
    assert_eq!(kept(&env), ["title = Mouse"]);
    let third = begins(&env, "Printer");
    assert_eq!(kept(&env).len(), 2);
    for form in [first, second, third] {
        assert_eq!(form.interrupts().0, 130);
    }
    // What was begun again and typed in a third form is there.
    assert_eq!(kept(&env), ["title = Printer", "title = Mouse"]);
}

#[test]
fn a_draft_that_is_dropped_while_its_form_runs_is_written_again() {
    let mut env = Env::new();
    let mut form = begins(&env, "Fax");
    env.does("desk drafts drop 1");
    assert_eq!(kept(&env), Vec::<String>::new());
    form.types("Ole").types(ENTER).sees("channel: ");
    assert_eq!(kept(&env), ["requester = Ole\ntitle = Fax"]);
    assert_eq!(form.interrupts().0, 130);
}

#[test]
fn hostile_names_do_not_move_the_cursor_of_the_form() {
    let mut env = Env::new();
    let _ = env.run(&[
        "open",
        "VPN \u{1b}[2J drops",
        "-r",
        "\u{202e}eva@example.org",
    ]);
    env.does("desk open 'VPN drops' -r tom@example.org --category network/vpn");
    let mut terminal = Terminal::run(&env, &[], &["open"]);
    terminal
        .sees("title: ")
        .types("VPN drops")
        .sees("category?")
        .types(ENTER);
    terminal
        .sees("requester: ")
        .types("example")
        .sees("tom@example.org")
        .types(CTRL_C);
    let (_, shown) = terminal.ends();
    assert!(
        !shown.contains("\u{1b}[2J") && !shown.contains('\u{202e}'),
        "{shown:?}"
    );
}
