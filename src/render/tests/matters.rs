//! What the desk says of itself: sweeps, versions, checks, moves.

use insta::assert_snapshot;

use super::super::eye::Eye;
use super::super::sample::*;
use super::super::*;
use crate::domain::page::{Checked, Move};
use crate::domain::policy::Remark;
use crate::domain::word::Channel;

const LONG: &str = "VPN drops every ten\u{202e} minutes for everybody in sales and marketing";

/// A ticket before and after it was promised twice as much time.
fn moves() -> View<'static> {
    let before = Life::new(42, LONG, Channel::Email).row();
    let mut after = before.clone();
    for clock in [&mut after.clocks.response, &mut after.clocks.resolution] {
        let clock = clock.as_mut().unwrap();
        clock.due = clock.due.map(|due| due + clock.promise.target);
        clock.promise.target *= 2;
    }
    View::Matter(Matter::Moves(vec![Move { before, after }]))
}

#[test]
fn what_moves_fits_the_terminal_and_is_whole_in_a_pipe() {
    assert_snapshot!(Eye::new(Format::Table, Some(72), 5).sees(moves()), @"");
    assert_snapshot!(Eye::new(Format::Table, None, 5).sees(moves()), @"");
    assert_snapshot!(Eye::new(Format::Csv, None, 5).sees(moves()), @"");
    assert_snapshot!(Eye::new(Format::Ids, None, 5).sees(moves()), @"");
}

#[test]
fn what_a_sweep_did_is_told_as_it_is_done() {
    let sweep = || {
        let done = Life::new(42, LONG, Channel::Email).opening();
        let told = move |take: &mut Deeds<'_>| take(&done);
        View::Matter(Matter::Swept(Box::new(told)))
    };
    assert_snapshot!(Eye::new(Format::Table, Some(120), 5).sees(sweep()), @"");
    assert_snapshot!(Eye::new(Format::Ids, None, 5).sees(sweep()), @"");
}

#[test]
fn what_was_written_in_a_document_cannot_move_the_cursor() {
    let remark = Remark {
        line: 3,
        key: "calendars.\u{1b}[31mx".to_owned(),
        message: "unknown key\u{9b}".to_owned(),
    };
    let checked = Checked {
        name: "p\u{1b}.toml".to_owned(),
        faults: vec![remark.clone()],
        notes: vec![remark],
    };
    let view = View::Matter(Matter::Checked(checked));
    assert_snapshot!(Eye::new(Format::Table, Some(80), 5).sees(view), @"");
}
