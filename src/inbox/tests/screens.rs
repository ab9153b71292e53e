//! What is drawn at which size.

use super::*;
use crate::inbox::asking::{AnswerKind, Choice, Question};
use crate::inbox::keys::{Action, KEYS};
use crate::inbox::state::Message;

#[test]
fn list_and_page_are_side_by_side() {
    let mut state = inbox(3);
    state.resize(80, 8);
    press(&mut state, "j k");
    insta::assert_snapshot!(drawn(&state).0, @"
      #1 P1 ✗ -7h42m Ticket 1             │ page 2 line 1
    >*#2 P1 ✗ -7h42m Ticket 2             │ page 2 line 2
      #3 P1 ✗ -7h42m Ticket 3             │ page 2 line 3
                                          │ page 2 line 4
                                          │ page 2 line 5
                                          │ page 2 line 6
                                          │ page 2 line 7
    open tickets · 2 of 3 · 1 marked                                         ?: keys
    ");
    state.resize(120, 8);
    show(&mut state);
    insta::assert_snapshot!(drawn(&state).0, @"
      #1 P1 ✗ -7h42m anna     Ticket 1                    │ page 2 line 1
    >*#2 P1 ✗ -7h42m anna     Ticket 2                    │ page 2 line 2
      #3 P1 ✗ -7h42m anna     Ticket 3                    │ page 2 line 3
                                                          │ page 2 line 4
                                                          │ page 2 line 5
                                                          │ page 2 line 6
                                                          │ page 2 line 7
    open tickets · 2 of 3 · 1 marked                                                                                 ?: keys
    ");
}

#[test]
fn a_narrow_screen_has_the_list_and_a_tiny_one_says_so() {
    let mut state = inbox(3);
    state.resize(40, 6);
    show(&mut state);
    insta::assert_snapshot!(drawn(&state).0, @"
    > #1 P1 ✗ -7h42m Ticket 1
      #2 P1 ✗ -7h42m Ticket 2
      #3 P1 ✗ -7h42m Ticket 3


    open tickets · 1 of 3            ?: keys
    ");
    for (width, height) in [(20, 5), (5, 1), (1, 1), (29, 50), (200, 3)] {
        state.resize(width, height);
        let screen = drawn(&state).0;
        let told: String = "too small".chars().take(usize::from(width)).collect();
        let told = if width < 9 { "…" } else { told.as_str() };
        assert!(screen.contains(told), "{width}x{height}: {screen}");
    }
}

#[test]
fn every_size_can_be_drawn_in_every_mode() {
    let mut state = inbox(30);
    let choices: Vec<Choice> = (0..50)
        .map(|n| Choice::plain(format!("choice-{n}")))
        .collect();
    let question = Question {
        what: "a long question about something".to_owned(),
        kind: AnswerKind::Open,
        choices,
        present: None,
    };
    let long = "long ".repeat(100);
    let message = Message::refused(long.clone(), long.clone(), Some(long.clone()), Vec::new());
    let mut modes = Vec::new();
    for keys in ["", "\r", "?", "/", ":"] {
        let mut mode = state.clone();
        press(&mut mode, keys);
        press(
            &mut mode,
            if keys == "/" || keys == ":" {
                &long
            } else {
                ""
            },
        );
        modes.push(mode);
    }
    let mut asking = state.clone();
    asking.ask(Action::Assign, vec![TicketId(1)], vec![question]);
    modes.push(asking);
    state.say(message);
    modes.push(state);
    for mode in &mut modes {
        for width in (0..=140).step_by(17) {
            for height in (0..=40).step_by(7) {
                mode.resize(width, height);
                show(mode);
                if width > 0 && height > 0 {
                    let (_, cursor) = drawn(mode);
                    let inside = cursor.is_none_or(|at| at.x < width && at.y < height);
                    assert!(inside, "{width}x{height}: {cursor:?}");
                }
            }
        }
    }
}

#[test]
fn the_status_line_says_what_ran_and_how_it_ended() {
    let mut state = inbox(3);
    assert_eq!(
        status(&state),
        format!("{:<72} ?: keys", "open tickets · 1 of 3")
    );
    state.say(Message::done(
        "desk take 1".to_owned(),
        "#1 assigned to anna".to_owned(),
        Vec::new(),
    ));
    assert_eq!(status(&state), "desk take 1 ✓ #1 assigned to anna");
    // A long command is cut before its result is.
    state.say(Message::done(
        format!("desk log 1 -m '{}'", "long ".repeat(30)),
        "#1 logged".to_owned(),
        Vec::new(),
    ));
    assert!(
        status(&state).ends_with("… ✓ #1 logged"),
        "{}",
        status(&state)
    );
    // What does not fit is a key away.
    state.say(Message::done(
        "desk sweep".to_owned(),
        "word ".repeat(30),
        Vec::new(),
    ));
    assert!(status(&state).ends_with(" · !: all"), "{}", status(&state));
}

#[test]
fn the_cursor_is_where_text_is_typed() {
    let mut state = inbox(3);
    assert_eq!(drawn(&state).1, None);
    press(&mut state, "/vpn");
    assert_eq!(drawn(&state).1, Some(Position::new(4, 23)));
    press(&mut state, "日");
    assert_eq!(drawn(&state).1, Some(Position::new(6, 23)));
}

#[test]
fn colours_say_nothing_that_symbols_do_not() {
    let symbols = |color: bool| {
        let mut state = inbox(3);
        let mut colored = State::new(String::new(), Vec::new(), color);
        colored.resize(80, 24);
        colored.set_list(state.ids().to_vec(), true);
        show(&mut colored);
        press(&mut colored, " ");
        press(&mut state, " ");
        drawn(&colored).0
    };
    assert_eq!(symbols(true), symbols(false));
    assert!(symbols(false).contains(" *#1"), "{}", symbols(false));
    assert!(symbols(false).contains("> #2"), "{}", symbols(false));
}

#[test]
fn help_shows_every_key() {
    let mut state = inbox(3);
    state.resize(100, 60);
    press(&mut state, "?");
    let screen = drawn(&state).0;
    for help in KEYS {
        let line = screen
            .lines()
            .find(|line| line.trim_start().starts_with(help.keys));
        let line = line.unwrap_or_else(|| panic!("{} is missing", help.keys));
        assert!(
            line.contains(help.does) && line.contains(help.runs),
            "{line}"
        );
    }
    assert!(screen.contains("@night"), "{screen}");
}
