//! The order of similar tickets, suggested categories and possible outages.

use proptest::prelude::*;

use super::*;
use crate::testing::ticket_story::{desk, moment};

fn suggested(near: &[SimilarTicket]) -> Vec<CategorySuggestion> {
    suggest_categories(near.iter().map(|one| (&one.summary, one.score)))
}

fn similar_ticket(id: i64, closeness: f64) -> SimilarTicket {
    let mut summary = desk().number(id).open().summary();
    summary.category = None;
    SimilarTicket::new(summary, closeness)
}

fn solved(mut one: SimilarTicket, code: ClosureCode) -> SimilarTicket {
    one.summary.state = State::Resolved;
    one.summary.resolved = Some(moment("10:00"));
    one.summary.code = Some(code);
    one
}

fn known(mut one: SimilarTicket) -> SimilarTicket {
    one.summary.is_known_error = true;
    one
}

fn within(mut one: SimilarTicket, category: &str) -> SimilarTicket {
    one.summary.category = Some(Category::parse(category).unwrap());
    one
}

fn ranked(mut near: Vec<SimilarTicket>, category: Option<&str>) -> Vec<i64> {
    let category = category.map(|path| Category::parse(path).unwrap());
    rank_by_usefulness(&mut near, category.as_ref());
    near.into_iter().map(|one| one.summary.id.0).collect()
}

#[test]
fn known_errors_come_first_then_solved_tickets() {
    let all = vec![
        similar_ticket(1, 0.9),
        solved(similar_ticket(2, 0.8), ClosureCode::Solved),
        known(similar_ticket(3, 0.7)),
        solved(similar_ticket(4, 0.85), ClosureCode::Workaround),
    ];
    assert_eq!(ranked(all, None), [3, 4, 2, 1]);
}

#[test]
fn a_solved_ticket_comes_first_only_if_it_is_nearly_as_like() {
    let beside = |closeness| {
        let solved = solved(similar_ticket(2, closeness), ClosureCode::Solved);
        ranked(vec![similar_ticket(1, 0.6), solved], None)
    };
    assert_eq!(beside(0.55), [2, 1]);
    assert_eq!(beside(0.45), [1, 2]);
}

/// A useful ticket that hardly resembles the question stays where its score puts
/// it, and one that shares a telling word with it comes first.
#[test]
fn usefulness_counts_only_above_a_floor_of_likeness() {
    for useful in [known, |one| solved(one, ClosureCode::Solved)] {
        let unlike = vec![similar_ticket(1, 0.08), useful(similar_ticket(2, 0.078))];
        assert_eq!(ranked(unlike, None), [1, 2]);
        let like = vec![similar_ticket(1, 0.2), useful(similar_ticket(2, 0.19))];
        assert_eq!(ranked(like, None), [2, 1]);
    }
}

#[test]
fn usefulness_decides_only_within_the_top_band() {
    let all = vec![
        similar_ticket(1, 0.9),
        solved(similar_ticket(2, 0.5), ClosureCode::Solved),
        known(similar_ticket(3, 0.53)),
        similar_ticket(4, 0.6),
    ];
    assert_eq!(ranked(all, None), [1, 4, 3, 2]);
}

#[test]
fn a_duplicate_or_withdrawn_ticket_ranks_like_an_open_one() {
    for code in [ClosureCode::Duplicate, ClosureCode::Withdrawn] {
        let all = vec![similar_ticket(1, 0.9), solved(similar_ticket(2, 0.8), code)];
        assert_eq!(ranked(all, None), [1, 2], "{code:?}");
    }
}

#[test]
fn the_same_category_raises_the_score() {
    let all = || {
        vec![
            similar_ticket(1, 0.5),
            within(similar_ticket(2, 0.48), "network"),
            within(similar_ticket(3, 0.47), "network/vpn"),
        ]
    };
    assert_eq!(ranked(all(), None), [1, 2, 3]);
    assert_eq!(ranked(all(), Some("network/vpn")), [3, 2, 1]);
    assert_eq!(ranked(all(), Some("mail")), [1, 2, 3]);
    assert_eq!(ranked(Vec::new(), Some("mail")), Vec::<i64>::new());
}

#[test]
fn votes_on_categories_are_weighted_by_score() {
    let near = [
        within(similar_ticket(1, 0.9), "mail"),
        within(similar_ticket(2, 0.3), "network/vpn"),
        within(similar_ticket(3, 0.3), "network/vpn"),
        similar_ticket(4, 1.0),
    ];
    let found = suggested(&near);
    let votes: Vec<(&str, u64)> = found
        .iter()
        .map(|one| (one.category.as_str(), one.tickets))
        .collect();
    assert_eq!(votes, [("mail", 1), ("network/vpn", 2)]);
    let vpn: Vec<i64> = found[1].evidence.iter().map(|(id, _)| id.0).collect();
    assert_eq!(vpn, [2, 3]);
    assert_eq!(suggested(&[]), []);
    assert_eq!(suggested(&near[3..]), []);
}

#[test]
fn open_tickets_of_the_same_hour_may_be_the_same_outage() {
    let at = moment("9:00");
    let opened = |id, closeness, typed: &str| {
        let mut one = similar_ticket(id, closeness);
        one.summary.opened = moment(typed);
        one
    };
    let all = [
        opened(1, 0.9, "9:30"),
        opened(2, 0.35, "8:00"),
        opened(3, 0.34, "9:00"),
        opened(4, 0.9, "10:01"),
        solved(opened(5, 0.9, "9:00"), ClosureCode::Solved),
    ];
    assert_eq!(same_outage(&all, at), [TicketId(1), TicketId(2)]);
}

#[test]
fn only_confident_results_are_kept() {
    let similar = |closeness: f64, share: f64| SimilarTickets {
        tickets: vec![similar_ticket(1, closeness)],
        suggestions: vec![CategorySuggestion {
            category: Category::parse("mail").unwrap(),
            share,
            tickets: 1,
            evidence: Vec::new(),
        }],
        ..SimilarTickets::default()
    };
    let counts = |similar: SimilarTickets| {
        let seen = similar.only_confident();
        (seen.tickets.len(), seen.suggestions.len())
    };
    assert_eq!(counts(similar(0.35, 0.6)), (1, 1));
    assert_eq!(counts(similar(0.35, 0.4)), (1, 0));
    assert_eq!(counts(similar(0.34, 0.6)), (0, 0));
    assert_eq!(counts(SimilarTickets::default()), (0, 0));
}

proptest! {
    #[test]
    fn shares_sum_to_one_and_ranking_keeps_every_ticket(
        all in proptest::collection::vec((0.0..=1.0_f64, 0_usize..5, 0..4), 0..60),
        category in 0_usize..5,
    ) {
        const PATHS: [&str; 5] = ["", "mail", "network", "network/vpn", "network/wifi"];
        let make = |(id, (closeness, path, kind)): (i64, &(f64, usize, i32))| {
            let mut one = similar_ticket(id, *closeness);
            if *path > 0 {
                one = within(one, PATHS[*path]);
            }
            match kind {
                0 => known(one),
                1 => solved(one, ClosureCode::Solved),
                _ => one,
            }
        };
        let mut near: Vec<SimilarTicket> = (1..).zip(&all).map(make).collect();
        let found = suggested(&near);
        let sum: f64 = found.iter().map(|one| one.share).sum();
        let votes = near.iter().any(|one| one.summary.category.is_some() && one.score > 1e-3);
        if votes {
            prop_assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        }
        prop_assert!(found.is_sorted_by(|a, b| a.share >= b.share));
        prop_assert!(found.iter().all(|one| one.evidence.len() <= 3 && one.tickets > 0));
        let wanted = (category > 0).then(|| Category::parse(PATHS[category]).unwrap());
        rank_by_usefulness(&mut near, wanted.as_ref());
        let mut ids: Vec<i64> = near.iter().map(|one| one.summary.id.0).collect();
        ids.sort_unstable();
        prop_assert!(ids.into_iter().eq((1..).take(all.len())));
        prop_assert!(near.iter().all(|one| (0.0..=1.0).contains(&one.score)));
    }
}
