//! No text of somebody else gets out of its place on the screen.

use super::*;
use crate::inbox::state::Message;
use crate::output::{safe_line, text_width};

/// Texts that move cursors, hide, reorder, or are wider or narrower than they look.
const HOSTILE: [&str; 12] = [
    "\u{1b}[2J\u{1b}[1;1Hgone",
    "\u{1b}]0;title\u{7}\u{1b}[?1049l",
    "over\rwritten",
    "two\nlines\ttab",
    "\u{9b}2J\u{90}q\u{9c}",
    "\u{202e}reversed\u{2066}\u{2069}",
    "\u{200b}\u{feff}\u{2060}zero",
    "日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語",
    "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦🏳️‍🌈🇩🇪🇫🇷☁️1️⃣",
    "\u{e0041}\u{fe0f}\u{115f}\u{3164}",
    "\u{8}\u{8}\u{8}\u{7f}\u{0}",
];

/// An inbox in which every text is this one, as the output makes it safe, or raw.
fn with(text: &str, safe: bool) -> State {
    let shown = if safe {
        safe_line(text)
    } else {
        text.to_owned()
    };
    let mut state = State::new(text.to_owned(), vec![text.to_owned()], true);
    state.resize(80, 12);
    state.set_list((1..=3).map(TicketId).collect(), true);
    state.set_rows((1..=3).map(|id| row(id, &shown)).collect());
    let page = format!("{shown}\n│ {shown}\nend\n");
    let lines = if safe {
        styled_lines(&page)
    } else {
        vec![vec![(Style::Plain, shown)]]
    };
    state.set_page(TicketId(1), lines);
    state
}

/// What stands where it must on each line: the line between list and page.
fn is_in_order(state: &State) -> bool {
    let (screen, _) = drawn(state);
    let separated = |line: &str| {
        let at = line.find('│').map(|at| text_width(&line[..at]));
        at == Some(38)
    };
    screen.lines().take(11).all(separated)
}

#[test]
fn hostile_texts_stay_in_their_place() {
    for text in HOSTILE {
        let state = with(text, true);
        assert!(is_in_order(&state), "{text:?}:\n{}", drawn(&state).0);
        let (screen, _) = drawn(&state);
        let printable = |c: char| {
            c == '\n'
                || !crate::domain::characters::is_hidden(c)
                || matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{20e3}')
        };
        assert!(screen.chars().all(printable), "{text:?}: {screen:?}");
    }
}

#[test]
fn the_buffer_drops_what_would_get_through_elsewhere() {
    // Were a text not made safe, no control character would leave the buffer, and
    // other lines would stay as they are. Bidirectional controls would pass: this
    // is the control that the test above finds something.
    let mut hidden = 0;
    for text in HOSTILE {
        let (screen, _) = drawn(&with(text, false));
        assert!(
            !screen.chars().any(|c| c.is_control() && c != '\n'),
            "{text:?}"
        );
        hidden += screen
            .chars()
            .filter(|c| crate::domain::characters::is_hidden(*c))
            .count();
    }
    assert!(hidden > 0);
}

#[test]
fn messages_and_typed_texts_are_made_safe() {
    for text in HOSTILE {
        let mut state = with("x", true);
        state.say(Message::refused(
            safe_line(text),
            safe_line(text),
            Some(text.to_owned()),
            styled_lines(text),
        ));
        assert!(is_in_order(&state), "{text:?}");
        let (screen, _) = drawn(&state);
        assert!(!screen.contains('\u{202e}'), "{screen}");
        state.on_key(&Key::Char('/'));
        state.on_key(&Key::Paste(text.to_owned()));
        let (screen, _) = drawn(&state);
        assert!(
            is_in_order(&state) && !screen.contains('\u{202e}'),
            "{screen}"
        );
    }
}
