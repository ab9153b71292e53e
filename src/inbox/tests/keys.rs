//! What each key does.

use super::*;
use crate::inbox::asking::{AnswerKind, Choice, IfEmpty, Question};
use crate::inbox::command::{Input, Request};
use crate::inbox::keys::Action;
use crate::inbox::state::{Message, VerbInfo, told};

fn prepared(state: &mut State, typed: &str) -> (Action, Vec<i64>) {
    let effect = press(state, typed);
    let Effect::Prepare(action, ids) = effect else {
        panic!("{typed}: {effect:?}");
    };
    (action, ids.iter().map(|id| id.0).collect())
}

fn runs(effect: Effect) -> String {
    let Effect::Run(Request { words, .. }) = effect else {
        panic!("{effect:?}");
    };
    told(&words)
}

fn levels() -> Vec<Question> {
    let ask = |what: &str| Question {
        what: what.to_owned(),
        kind: AnswerKind::Letter,
        choices: ["high", "medium", "low"].map(Choice::plain).to_vec(),
        present: None,
    };
    vec![ask("users"), ask("business"), ask("urgency")]
}

fn names(kind: AnswerKind) -> Vec<Question> {
    vec![Question {
        what: "agent".to_owned(),
        kind,
        choices: ["anna", "ben", "bert", "carl"].map(Choice::plain).to_vec(),
        present: None,
    }]
}

#[test]
fn the_selection_moves_and_the_screen_follows() {
    let mut state = inbox(100);
    for (typed, expected) in [
        ("j", 2),
        ("jj", 4),
        ("k", 3),
        ("\x04", 14),
        ("\x15", 3),
        ("G", 100),
        ("j", 100),
        ("g", 1),
        ("k", 1),
        ("\x1b[B\x1b[B", 3),
        ("\x1b[A", 2),
    ] {
        assert_eq!(press(&mut state, typed), Effect::None, "{typed:?}");
        assert_eq!(selected(&state), expected, "{typed:?}");
        assert!(state.visible().contains(&TicketId(expected)), "{typed:?}");
        assert!(state.visible().len() == 23, "{typed:?}");
    }
}

#[test]
fn more_tickets_are_read_once_somebody_goes_there() {
    let mut state = inbox(0);
    state.set_list((1..=200).map(TicketId).collect(), false);
    assert_eq!(press(&mut state, "G"), Effect::ReadAll(Key::Char('G')));
    state.set_list((1..=5_000).map(TicketId).collect(), true);
    assert_eq!(press(&mut state, "G"), Effect::None);
    assert_eq!(selected(&state), 5_000);
    assert_eq!(state.total, Some(5_000));
}

#[test]
fn a_command_is_for_the_number_that_was_selected_wherever_its_row_moved() {
    let mut state = inbox(5);
    press(&mut state, "jj");
    // Others have become more urgent, and two are gone.
    state.set_list([7, 8, 9, 5, 3, 1].map(TicketId).to_vec(), true);
    assert_eq!(prepared(&mut state, "t"), (Action::Take, vec![3]));
    // While it is asked about, the list may change as well.
    state.ask(
        Action::Log,
        vec![TicketId(3)],
        vec![Question::text("note", IfEmpty::Editor)],
    );
    press(&mut state, "seen");
    state.set_list([1, 2].map(TicketId).to_vec(), true);
    assert_eq!(runs(press(&mut state, "\r")), "desk log 3 -m seen");
}

#[test]
fn a_ticket_that_leaves_the_list_hands_its_place_to_the_next_one() {
    let mut state = inbox(5);
    press(&mut state, "jj");
    state.set_list([1, 2, 4, 5].map(TicketId).to_vec(), true);
    assert_eq!(selected(&state), 4);
    press(&mut state, "G");
    state.set_list([1].map(TicketId).to_vec(), true);
    assert_eq!(selected(&state), 1);
    state.set_list(Vec::new(), true);
    assert_eq!(state.selected(), None);
    press(&mut state, "t");
    assert_eq!(status(&state), "no ticket is selected");
}

#[test]
fn after_a_command_the_next_ticket_is_selected() {
    let mut state = inbox(5);
    press(&mut state, "j");
    let (_, ids) = prepared(&mut state, "t");
    let ids: Vec<TicketId> = ids.into_iter().map(TicketId).collect();
    let next = state.next_after(&ids);
    // It moved to the end, because it is resolved.
    state.set_list([1, 3, 4, 5, 2].map(TicketId).to_vec(), true);
    state.go_on(next, &ids);
    assert_eq!(selected(&state), 3);
    // The last one has no next one, but one before it.
    press(&mut state, "G");
    assert_eq!(state.next_after(&[TicketId(2)]), Some(TicketId(5)));
    assert_eq!(inbox(1).next_after(&[TicketId(1)]), None);
}

#[test]
fn undo_is_for_the_last_command_until_another_ticket_is_selected() {
    let mut state = inbox(5);
    state.go_on(Some(TicketId(2)), &[TicketId(1)]);
    assert_eq!(selected(&state), 2);
    assert_eq!(prepared(&mut state, "u"), (Action::Undo, vec![1]));
    state.go_on(Some(TicketId(2)), &[TicketId(1)]);
    press(&mut state, "j");
    assert_eq!(prepared(&mut state, "u"), (Action::Undo, vec![3]));
}

#[test]
fn marks_make_a_list_for_one_command() {
    let mut state = inbox(9);
    press(&mut state, " j ");
    assert!(status(&state).contains("2 marked"), "{}", status(&state));
    assert_eq!(prepared(&mut state, "t"), (Action::Take, vec![1, 3]));
    // Again takes the mark away.
    press(&mut state, "g ");
    assert_eq!(prepared(&mut state, "t"), (Action::Take, vec![3]));
    press(&mut state, "");
    assert_eq!(state.on_key(&ESCAPE), Effect::None);
    assert_eq!(prepared(&mut state, "t"), (Action::Take, vec![2]));
}

#[test]
fn ratings_are_letters_and_the_whole_word_answers_one_question() {
    let expected = "desk prioritize 1 --users high --business medium --urgency low";
    for typed in ["hml", "highmediuml", "HiMl", "h\x1b[B\x1b[B\rl"] {
        let mut state = inbox(3);
        state.ask(Action::Prioritize, vec![TicketId(1)], levels());
        assert_eq!(runs(press(&mut state, typed)), expected, "{typed:?}");
    }
    // The rest of the last word is no key either; what follows is one.
    let mut state = inbox(3);
    state.ask(Action::Prioritize, vec![TicketId(1)], levels());
    press(&mut state, "lllow");
    assert_eq!(prepared(&mut state, "t"), (Action::Take, vec![1]));
    // Enter alone answers nothing where nothing stands, nor do other letters.
    let mut state = inbox(3);
    state.ask(Action::Prioritize, vec![TicketId(1)], levels());
    assert_eq!(press(&mut state, "\rxyz\r"), Effect::None);
    assert!(status(&state).contains("users"), "{}", status(&state));
}

#[test]
fn enter_keeps_the_present_rating() {
    let mut state = inbox(3);
    let mut questions = levels();
    for question in &mut questions {
        question.present = Some(1);
    }
    state.ask(Action::Prioritize, vec![TicketId(1)], questions);
    assert!(status(&state).contains("[medium]"), "{}", status(&state));
    let effect = press(&mut state, "\rl\r");
    assert_eq!(
        runs(effect),
        "desk prioritize 1 --users medium --business low --urgency medium"
    );
}

#[test]
fn names_are_completed_or_chosen() {
    let answered = |kind, typed: &str| {
        let mut state = inbox(3);
        state.ask(Action::Assign, vec![TicketId(1)], names(kind));
        press(&mut state, typed)
    };
    let listed = |typed| runs(answered(AnswerKind::Listed, typed));
    assert_eq!(listed("be\r"), "desk assign 1 ben");
    assert_eq!(listed("be\x1b[B\r"), "desk assign 1 bert");
    assert_eq!(listed("be\t\r"), "desk assign 1 ben");
    assert_eq!(listed("\r"), "desk assign 1 anna");
    assert_eq!(listed("\x1b[B\x1b[B\x1b[A\r"), "desk assign 1 ben");
    assert_eq!(answered(AnswerKind::Listed, "zoe\r"), Effect::None);
    // Where others are allowed, what was typed is not replaced.
    let open = |typed| runs(answered(AnswerKind::Open, typed));
    assert_eq!(open("be\r"), "desk assign 1 be");
    assert_eq!(open("be\t\r"), "desk assign 1 ben");
    assert_eq!(open("be\x1b[B\r"), "desk assign 1 ben");
    assert_eq!(open("zoe\r"), "desk assign 1 zoe");
    assert_eq!(answered(AnswerKind::Open, "\r"), Effect::None);
}

#[test]
fn an_empty_text_opens_the_editor_and_a_dash_is_not_stdin() {
    let mut state = inbox(3);
    let text = || vec![Question::text("message", IfEmpty::Editor)];
    state.ask(Action::Reply, vec![TicketId(2)], text());
    let effect = press(&mut state, "\r");
    let Effect::Run(Request { words, input, .. }) = effect else {
        panic!("{effect:?}");
    };
    assert_eq!(
        (told(&words).as_str(), input),
        ("desk reply 2", Input::Editor)
    );
    state.ask(Action::Reply, vec![TicketId(2)], text());
    assert_eq!(press(&mut state, "-\r"), Effect::None);
    assert_eq!(runs(press(&mut state, " ok\r")), "desk reply 2 -m '- ok'");
    // Escape leaves it.
    state.ask(Action::Reply, vec![TicketId(2)], text());
    press(&mut state, "x");
    assert_eq!(state.on_key(&ESCAPE), Effect::None);
    assert_eq!(prepared(&mut state, "t"), (Action::Take, vec![1]));
}

#[test]
fn what_was_typed_survives_a_refusal() {
    let mut state = inbox(3);
    let text = || vec![Question::text("resolution", IfEmpty::Editor)];
    state.ask(Action::Resolve, vec![TicketId(1)], text());
    press(&mut state, "new toner\r");
    state.say(Message::note("refused"));
    state.ask(Action::Resolve, vec![TicketId(1)], text());
    assert_eq!(
        runs(press(&mut state, "\r")),
        "desk resolve 1 -m 'new toner'"
    );
    // It is for that ticket and that command only, and gone once it is done.
    state.ask(Action::Resolve, vec![TicketId(2)], text());
    assert!(!status(&state).contains("toner"));
    state.on_key(&ESCAPE);
    state.ask(Action::Resolve, vec![TicketId(1)], text());
    press(&mut state, "done\r");
    state.go_on(None, &[TicketId(1)]);
    state.ask(Action::Resolve, vec![TicketId(1)], text());
    assert!(!status(&state).contains("done"), "{}", status(&state));
}

#[test]
fn the_command_line_is_for_the_selection_and_shows_it() {
    let mut state = inbox(9);
    let verbs = [
        ("take", true, false),
        ("identify", true, true),
        ("list", false, true),
    ];
    let verbs = verbs.map(|(name, takes_tickets, takes_words)| VerbInfo {
        name: name.to_owned(),
        takes_tickets,
        takes_words,
    });
    state.set_verbs(verbs.to_vec());
    press(&mut state, " j ");
    assert_eq!(press(&mut state, ":"), Effect::Verbs);
    press(&mut state, "iden\t incident");
    assert!(
        status(&state).starts_with(":desk identify 1,3 incident"),
        "{}",
        status(&state)
    );
    assert_eq!(runs(press(&mut state, "\r")), "desk identify 1,3 incident");
    press(&mut state, ":");
    assert_eq!(runs(press(&mut state, "take\r")), "desk take 1,3");
    press(&mut state, ":");
    assert_eq!(
        runs(press(&mut state, "desk list -p:P1\r")),
        "desk list -p:P1"
    );
    // The last one comes back, an open quote does not run.
    press(&mut state, ":");
    press(&mut state, "\x1b[A 'x");
    assert_eq!(press(&mut state, "\r"), Effect::None);
    assert_eq!(runs(press(&mut state, "'\r")), "desk list -p:P1 x");
    press(&mut state, ":");
    assert_eq!(press(&mut state, "\r"), Effect::None);
    press(&mut state, ":");
    assert_eq!(press(&mut state, "inbox\r"), Effect::None);
    assert!(status(&state).starts_with("this is the inbox"));
}

#[test]
fn a_filter_is_typed_and_a_view_is_a_digit() {
    let mut state = inbox(9);
    press(&mut state, "/");
    assert_eq!(
        press(&mut state, "p:P1 vpn\r"),
        Effect::Filter("p:P1 vpn".to_owned())
    );
    assert_eq!(press(&mut state, "1"), Effect::Filter("@night".to_owned()));
    state.set_filter("@night".to_owned());
    state.set_list(Vec::new(), true);
    assert_eq!(press(&mut state, "2"), Effect::Filter("@mine".to_owned()));
    assert_eq!(press(&mut state, "1"), Effect::Filter(String::new()));
    assert_eq!(press(&mut state, "9"), Effect::None);
    assert!(status(&state).starts_with("no saved view 9"));
    press(&mut state, "j");
    assert_eq!(state.on_key(&ESCAPE), Effect::Filter(String::new()));
}

#[test]
fn a_refusal_offers_the_key_that_runs_the_command_of_its_hint() {
    let mut state = inbox(9);
    let refused = |hint: &str| {
        let (command, text) = ("desk resolve 1".to_owned(), "it has no category".to_owned());
        Message::refused(command, text, Some(hint.to_owned()), Vec::new())
    };
    state.say(refused("categorize it with: desk categorize 1 CATEGORY"));
    let line = status(&state);
    assert_eq!(
        line,
        "desk resolve 1 ✗ it has no category · c: desk categorize"
    );
    assert_eq!(prepared(&mut state, "!"), (Action::Categorize, vec![1]));
    // A command without a key is put into the command line, to be looked at.
    state.say(refused("say what it is with: desk identify 1 incident"));
    assert!(status(&state).ends_with("!: desk identify"));
    assert_eq!(press(&mut state, "!"), Effect::Verbs);
    assert_eq!(runs(press(&mut state, "\r")), "desk identify 1 incident");
    // Any other key does what it always does.
    state.say(refused("categorize it with: desk categorize 1 CATEGORY"));
    assert_eq!(prepared(&mut state, "t"), (Action::Take, vec![1]));
    assert_eq!(press(&mut state, "!"), Effect::None);
}

#[test]
fn a_paste_is_no_command() {
    let mut state = inbox(9);
    assert_eq!(press(&mut state, "\x1b[200~xtq\r\x1b[201~"), Effect::None);
    assert!(status(&state).starts_with("pasted text is not taken for keys"));
    press(&mut state, "/");
    let filter = press(&mut state, "\x1b[200~vpn\nq\x1b[201~\r");
    assert_eq!(filter, Effect::Filter("vpn q".to_owned()));
}

#[test]
fn a_screen_that_shows_nothing_takes_no_command() {
    let mut state = inbox(9);
    state.resize(20, 5);
    for key in ["t", "x", " ", ":", "\r", "/"] {
        assert_eq!(press(&mut state, key), Effect::None, "{key}");
    }
    assert_eq!(press(&mut state, "q"), Effect::Quit);
    // As large as it was, it goes on where it was.
    state.resize(80, 24);
    assert_eq!(prepared(&mut state, "t"), (Action::Take, vec![1]));
}

#[test]
fn pages_and_texts_are_scrolled_and_left() {
    let mut state = inbox(9);
    press(&mut state, "\r");
    assert!(
        drawn(&state)
            .0
            .starts_with("page 1 line 1\npage 1 line 2\n")
    );
    press(&mut state, "jj");
    assert!(drawn(&state).0.starts_with("page 1 line 3\n"));
    press(&mut state, "G");
    assert!(drawn(&state).0.contains("page 1 line 60\n"));
    press(&mut state, "jj\x04");
    assert!(drawn(&state).0.starts_with("page 1 line 38\n"));
    press(&mut state, "g");
    // A command on the page goes on to the next page.
    state.go_on(Some(TicketId(2)), &[TicketId(1)]);
    show(&mut state);
    assert!(drawn(&state).0.starts_with("page 2 line 1\n"));
    assert_eq!(press(&mut state, "q"), Effect::None);
    assert!(drawn(&state).0.contains("> #2"), "{}", drawn(&state).0);
    press(&mut state, "?");
    assert!(drawn(&state).0.starts_with("Keys\n"));
    assert_eq!(press(&mut state, "q"), Effect::None);
    assert_eq!(press(&mut state, "q"), Effect::Quit);
}
