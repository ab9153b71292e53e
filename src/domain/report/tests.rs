//! Reports on hand-written rows.

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;

use super::super::people::Agent;
use super::super::priority::{Level, Priority, RatedLevels, Rating};
use super::super::sla::clock::Phase;
use super::super::vocabulary::{Channel, Kind, State};
use super::figures::{FIRST_RESPONSE, Measure, Share};
use super::*;
use crate::testing::cases;
use crate::testing::ticket_story::desk;

/// The times of a ticket in hours: `opened` from the start of 2026, the others
/// from the opening.
#[derive(Debug, Clone, Default)]
pub(crate) struct TicketTimes {
    pub(crate) opened: i64,
    pub(crate) answered: Option<i64>,
    pub(crate) resolved: Option<i64>,
    pub(crate) closed: Option<i64>,
    pub(crate) priority: Option<u8>,
    pub(crate) paused: i64,
    pub(crate) reclassified: bool,
    pub(crate) unpromised: bool,
    pub(crate) withdrawn: bool,
    pub(crate) escalated: bool,
    pub(crate) reopenings: u32,
    pub(crate) satisfaction: Option<u8>,
}

pub(crate) fn at(hours: i64) -> Timestamp {
    DateTime::from_timestamp(1_767_225_600 + hours * 3_600, 0).unwrap()
}

/// The row of a ticket with targets of 2 hours for the response and 24 hours
/// for the resolution.
pub(crate) fn row(id: i64, made: &TicketTimes) -> Summary {
    let base = desk().number(id).open().summary();
    let opened = at(made.opened);
    let later = |hours: Option<i64>| hours.map(|hours| opened + TimeDelta::hours(hours));
    let clock = |name, target: i64, end: Option<i64>, paused: i64| {
        let mut clock = base.clocks.get(name).filter(|_| !made.unpromised)?.clone();
        clock.target.span = TimeDelta::hours(target);
        clock.started = opened;
        clock.due = Some(opened + TimeDelta::hours(target + paused));
        clock.reclassified = made.reclassified;
        clock.phase = Phase::Running { since: opened };
        if let Some(end) = end {
            let at = opened + TimeDelta::hours(end);
            clock.used = TimeDelta::hours((end - paused).max(0));
            clock.phase = if made.withdrawn {
                Phase::Cancelled { at }
            } else {
                Phase::Stopped { at }
            };
        }
        Some(clock)
    };
    let response = clock(ClockName::Response, 2, made.answered, 0);
    let resolution = clock(ClockName::Resolution, 24, made.resolved, made.paused);
    let mut row = base;
    row.opened = opened;
    row.resolved = later(made.resolved);
    row.closed = later(made.closed);
    row.state = match (row.closed, row.resolved) {
        (Some(_), _) => State::Closed,
        (None, Some(_)) => State::Resolved,
        (None, None) => State::Active,
    };
    let level = Level::from_stored("high");
    row.rating = made.priority.map(|rank| Rating {
        levels: Some(RatedLevels {
            users: level.clone(),
            business: level.clone(),
            urgency: level.clone(),
        }),
        priority: Priority::from_rank(rank),
    });
    row.clocks.set(ClockName::Response, response);
    row.clocks.set(ClockName::Resolution, resolution);
    row.reopenings = made.reopenings;
    row.escalations = made.escalated.into();
    row.tier = Tier::from_stored(if made.escalated { "L2" } else { "L1" });
    row.satisfaction = made.satisfaction;
    let number = usize::try_from(id).unwrap();
    row.kind = [None, Some(Kind::Incident), Some(Kind::Request)][number % 3];
    row.channel = Channel::ALL[number % Channel::ALL.len()];
    row.assignee = (id % 2 == 0).then(|| Agent::from_stored("anna"));
    row
}

pub(crate) fn scope(by: Breakdown, from: Option<i64>, to: Option<i64>, now: i64) -> Scope {
    Scope {
        by,
        range: TimeRange {
            from: from.map(at),
            to: to.map(at),
        },
        now: at(now),
        zone: Zone::from_name("Europe/Berlin").unwrap(),
        first: Tier::from_stored("L1"),
    }
}

pub(crate) fn handover(ticket: i64, hours: i64, from: &str, to: &str) -> TierTransfer {
    TierTransfer {
        ticket: TicketId(ticket),
        at: at(hours),
        from: Tier::from_stored(from),
        to: Tier::from_stored(to),
        up: from < to,
    }
}

fn report(scope: Scope, rows: &[Summary], handovers: &[TierTransfer]) -> Report {
    let mut report = Report::new(scope);
    rows.iter().for_each(|row| report.ticket(row));
    handovers.iter().for_each(|one| report.transfer(one));
    report.finish()
}

/// The tickets of four months and what happened to them.
pub(crate) fn some() -> (Vec<Summary>, Vec<TierTransfer>) {
    let made = [
        TicketTimes {
            priority: Some(1),
            answered: Some(0),
            resolved: Some(5),
            closed: Some(30),
            satisfaction: Some(5),
            ..TicketTimes::default()
        },
        TicketTimes {
            opened: 700,
            priority: Some(2),
            answered: Some(3),
            resolved: Some(30),
            closed: Some(40),
            reopenings: 1,
            satisfaction: Some(2),
            ..TicketTimes::default()
        },
        TicketTimes {
            opened: 800,
            priority: Some(2),
            answered: Some(1),
            resolved: Some(30),
            paused: 10,
            escalated: true,
            ..TicketTimes::default()
        },
        TicketTimes {
            opened: 1_500,
            priority: Some(1),
            answered: Some(3),
            resolved: Some(40),
            closed: Some(41),
            reclassified: true,
            ..TicketTimes::default()
        },
        TicketTimes {
            opened: 1_510,
            answered: Some(1),
            resolved: Some(2),
            closed: Some(3),
            unpromised: true,
            ..TicketTimes::default()
        },
        TicketTimes {
            opened: 1_520,
            answered: Some(1),
            resolved: Some(9),
            closed: Some(9),
            withdrawn: true,
            ..TicketTimes::default()
        },
        TicketTimes {
            opened: 2_000,
            priority: Some(3),
            ..TicketTimes::default()
        },
    ];
    let rows = (1..).zip(&made).map(|(id, made)| row(id, made)).collect();
    let handovers = vec![
        handover(3, 801, "L1", "L2"),
        handover(3, 802, "L2", "L1"),
        handover(3, 1_600, "L1", "L2"),
        handover(3, 1_601, "L2", "L1"),
        handover(3, 1_602, "L1", "L3"),
        handover(9, 801, "L1", "L2"),
    ];
    (rows, handovers)
}

#[test]
fn every_ticket_counts_once_by_the_result_of_its_target() {
    let (rows, handovers) = some();
    let whole = report(
        scope(Breakdown::Priority, None, None, 2_100),
        &rows,
        &handovers,
    );
    let all = &whole.total;
    assert_eq!((all.opened, all.resolved, all.closed), (7, 6, 5));
    let Measure {
        met,
        missed,
        reclassified,
        cancelled,
        without_target: unpromised,
        ..
    } = &all.response;
    assert_eq!(
        [*met, *missed, *reclassified, *cancelled, *unpromised],
        [2, 1, 1, 1, 1]
    );
    let Measure {
        met,
        missed,
        reclassified,
        cancelled,
        without_target: unpromised,
        ..
    } = &all.resolution;
    assert_eq!(
        [*met, *missed, *reclassified, *cancelled, *unpromised],
        [2, 1, 1, 1, 1]
    );
    // The last ticket is late and still open: it is in the share.
    let resolution = all.resolution_targets();
    assert_eq!((resolution.missed(), resolution.open.missed), (2, 1));
    assert_eq!(resolution.share_met(), Share { part: 2, whole: 4 });
    assert_eq!(
        resolution.share_met_with_reclassified(),
        Share { part: 2, whole: 5 }
    );
    assert_eq!(all.backlog.open, 2);
    assert_eq!(
        (
            all.backlog.resolved,
            all.backlog.overdue,
            all.backlog.resolution.late(),
            all.backlog.response.late()
        ),
        (1, 1, 1, 1)
    );
    assert_eq!(all.share_reopened(), Share { part: 1, whole: 6 });
    assert_eq!(all.share_first_line(), Share { part: 4, whole: 5 });
    assert_eq!((all.rated(), all.mean_rating().part), (2, 7));
}

#[test]
fn what_is_still_unanswered_past_its_due_time_is_missed_and_in_the_share() {
    let answered = |hours| TicketTimes {
        answered: Some(hours),
        ..TicketTimes::default()
    };
    let mut made = vec![TicketTimes::default(); 19];
    made.extend([answered(1), answered(1), answered(3)]);
    let rows: Vec<Summary> = (1..).zip(&made).map(|(id, made)| row(id, made)).collect();
    // At two hours the target is used up, and nothing is late yet.
    for (now, missed, open) in [(2, 0, 0), (4, 20, 19)] {
        let rows = if now == 2 { &rows[..21] } else { &rows[..] };
        let all = report(scope(Breakdown::Priority, None, None, now), rows, &[]).total;
        let response = all.response_targets();
        assert_eq!((response.missed(), response.open.missed), (missed, open));
        let whole = 2 + missed;
        assert_eq!(response.share_met(), Share { part: 2, whole });
        assert_eq!(all.backlog.overdue, open);
    }
    // What waits for longer than three hours was not answered within three.
    let of = |now| report(scope(Breakdown::Priority, None, None, now), &rows, &[]).total;
    let within = |now| of(now).share_answered_within(FIRST_RESPONSE[1]);
    assert_eq!(within(3), Share { part: 3, whole: 3 });
    assert_eq!(within(4), Share { part: 3, whole: 22 });
}

#[test]
fn a_period_that_ends_before_the_late_answer_counts_it_as_unanswered() {
    let made = TicketTimes {
        answered: Some(5),
        ..TicketTimes::default()
    };
    let rows = [row(1, &made)];
    let counts = |from, to| {
        let all = report(scope(Breakdown::Kind, from, to, 10), &rows, &[]).total;
        let response = all.response_targets();
        (response.missed(), response.open.missed)
    };
    assert_eq!(counts(None, Some(2)), (0, 0), "at its due time");
    assert_eq!(counts(None, Some(4)), (1, 1));
    assert_eq!(counts(None, Some(5)), (1, 1), "the end is exclusive");
    assert_eq!(counts(None, Some(6)), (1, 0));
    assert_eq!(counts(Some(6), None), (0, 0), "answered before");
    assert_eq!(counts(Some(5), None), (1, 0));
}

#[test]
fn elapsed_is_by_the_wall_and_working_is_by_the_clock() {
    let (rows, _) = some();
    let whole = report(scope(Breakdown::Priority, None, None, 2_100), &rows, &[]);
    let resolution = &whole.total.resolution;
    let hours = |span: Option<TimeDelta>| span.unwrap().num_minutes();
    // 2, 5, 30, 30, 40: a ticket without a target has no working time, a withdrawn one neither.
    assert_eq!(
        (resolution.elapsed.count(), hours(resolution.elapsed.mean())),
        (5, 107 * 60 / 5)
    );
    assert_eq!(hours(resolution.elapsed.median()), 30 * 60);
    assert_eq!(
        (resolution.working.count(), hours(resolution.working.mean())),
        (4, 95 * 60 / 4)
    );
    assert_eq!(whole.total.keeps_mean(), Some(true));
    // 0, 1, 3 and 3 hours.
    let within = FIRST_RESPONSE.map(|most| whole.total.share_answered_within(most).part);
    assert_eq!(within, [2, 4]);
}

#[test]
fn hand_overs_are_counted_by_their_steps_and_those_back_by_ticket() {
    let (rows, handovers) = some();
    for by in [Breakdown::Priority, Breakdown::Month] {
        let all = report(scope(by, None, None, 2_100), &rows, &handovers).total;
        let steps: Vec<String> = all
            .escalations
            .iter()
            .map(|((from, to), n)| format!("{from}->{to} {n}"))
            .collect();
        assert_eq!(steps, ["L1->L2 2", "L1->L3 1"]);
        assert_eq!((all.handbacks, all.handed_back), (2, 1), "{by}");
    }
    let months = report(
        scope(Breakdown::Month, None, None, 2_100),
        &rows,
        &handovers,
    );
    let back: Vec<u64> = months
        .groups
        .values()
        .map(|figures| figures.handed_back)
        .collect();
    assert_eq!(back, [0, 1, 1]);
}

#[test]
fn an_earlier_end_takes_away_what_came_later() {
    let (rows, _) = some();
    let early = report(
        scope(Breakdown::Priority, Some(690), Some(735), 2_100),
        &rows,
        &[],
    )
    .total;
    assert_eq!((early.opened, early.resolved, early.closed), (1, 1, 0));
    // The ticket was open then, resolved five hours before.
    assert_eq!((early.backlog.open, early.backlog.resolved), (1, 1));
    assert_eq!(early.backlog.age.median(), Some(TimeDelta::hours(35)));
    // At the instant of its resolution it still counts as open, and late.
    let exact = report(
        scope(Breakdown::Priority, None, Some(730), 2_100),
        &rows,
        &[],
    )
    .total;
    assert_eq!((exact.resolved, exact.backlog.resolution.late()), (1, 1));
}

#[test]
fn a_month_begins_at_midnight_of_the_zone() {
    // 31 days of January are 744 hours; Berlin is an hour ahead.
    let rows = [
        row(
            1,
            &TicketTimes {
                opened: 742,
                ..TicketTimes::default()
            },
        ),
        row(
            2,
            &TicketTimes {
                opened: 743,
                ..TicketTimes::default()
            },
        ),
    ];
    let months = report(scope(Breakdown::Month, None, None, 745), &rows, &[]);
    let described: Vec<_> = months
        .groups
        .iter()
        .map(|(group, f)| (group.name().unwrap(), f.opened, f.backlog.open))
        .collect();
    assert_eq!(
        described,
        [("2026-01".to_owned(), 1, 1), ("2026-02".to_owned(), 1, 2)]
    );
    assert_eq!(months.total.backlog.open, 2);
}

#[test]
fn the_course_of_the_backlog_ends_where_the_report_does() {
    let (rows, _) = some();
    let mut page = ReportPage::new(scope(Breakdown::Kind, Some(0), Some(1_600), 2_100));
    rows.iter().for_each(|row| page.ticket(row));
    let page = page.finish();
    let course = page.open_over_time(16);
    assert_eq!(course.len(), 17);
    assert_eq!(course.first(), Some(&(at(0), 0)));
    assert_eq!(
        course.last(),
        Some(&(at(1_600), page.report.total.backlog.open))
    );
    assert_eq!(
        ReportPage::new(scope(Breakdown::Kind, None, None, 0)).open_over_time(16),
        []
    );
}

#[test]
fn a_share_is_all_or_nothing_only_if_it_is() {
    let percent = |part, whole| Share { part, whole }.percent();
    assert_eq!(percent(0, 0), None);
    assert_eq!(
        [percent(999, 1_000), percent(1, 1_000), percent(1, 3)],
        [Some(99), Some(1), Some(33)]
    );
    assert_eq!([percent(3, 3), percent(0, 3)], [Some(100), Some(0)]);
}

fn made() -> impl Strategy<Value = TicketTimes> {
    let some = |most: i64| prop::option::of(0..most);
    (
        (
            0i64..2_900,
            some(9),
            some(700),
            some(300),
            prop::option::of(1u8..4),
        ),
        (
            0i64..20,
            any::<bool>(),
            prop::bool::weighted(0.1),
            prop::bool::weighted(0.1),
            any::<bool>(),
        ),
        (0u32..3, prop::option::of(1u8..6)),
    )
        .prop_map(
            |(
                (opened, answered, resolved, closed, priority),
                (paused, reclassified, unpromised, withdrawn, escalated),
                (reopenings, satisfaction),
            )| TicketTimes {
                opened,
                answered,
                resolved,
                closed: resolved
                    .zip(closed)
                    .map(|(resolved, closed)| resolved + closed),
                priority,
                paused,
                reclassified,
                unpromised,
                withdrawn,
                escalated,
                reopenings,
                satisfaction,
            },
        )
}

type TicketStory = (Vec<Summary>, Vec<TierTransfer>);

fn desks() -> impl Strategy<Value = TicketStory> {
    let steps = prop::collection::vec((0usize..3, 0i64..4_000), 0..4);
    prop::collection::vec((made(), steps), 0..25).prop_map(|tickets| {
        let mut handovers = Vec::new();
        let mut rows = Vec::new();
        for (id, (made, mut steps)) in (1..).zip(tickets) {
            rows.push(row(id, &made));
            steps.sort_by_key(|(_, hours)| *hours);
            for (step, hours) in steps {
                let (from, to) = [("L1", "L2"), ("L2", "L3"), ("L2", "L1")][step];
                handovers.push(handover(id, hours, from, to));
            }
        }
        (rows, handovers)
    })
}

/// A time after the last event of any generated desk.
const NOW: i64 = 4_000;

/// The sum of all groups, without the backlog and the handed-back tickets,
/// which several months may count.
fn summed(report: &Report) -> Figures {
    let mut sum = Figures::default();
    report
        .groups
        .values()
        .for_each(|figures| sum.merge(figures, report.scope.by != Breakdown::Month));
    if report.scope.by == Breakdown::Month {
        sum.backlog = report.total.backlog.clone();
        sum.handed_back = report.total.handed_back;
    }
    sum.finish();
    sum
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn groups_add_up_to_the_total_and_it_is_the_same_by_whatever((rows, handovers) in desks(), from in prop::option::of(0i64..1_500), to in prop::option::of(1_500i64..4_500)) {
        let of = |by| report(scope(by, from, to, NOW), &rows, &handovers);
        let first = of(Breakdown::Priority).total;
        for by in Breakdown::ALL {
            let report = of(*by);
            prop_assert_eq!(&report.total, &first);
            prop_assert_eq!(&summed(&report), &first);
        }
    }

    #[test]
    fn a_target_is_missed_once_by_every_ticket_that_is_late_in_the_end((rows, _) in desks(), now in 0i64..4_000) {
        let rows: Vec<Summary> = rows.into_iter().filter(|row| row.opened <= at(now)).collect();
        // The rows know nothing that has not happened.
        let known = |row: &&Summary| row.clocks.values().all(|clock| match clock.phase {
            Phase::Stopped { at: end } | Phase::Cancelled { at: end } => end <= at(now),
            Phase::Running { .. } | Phase::Paused { .. } | Phase::Suspended { .. } => true,
        }) && row.closed.is_none_or(|closed| closed <= at(now));
        let rows: Vec<Summary> = rows.iter().filter(known).cloned().collect();
        let all = report(scope(Breakdown::Kind, None, None, now), &rows, &[]).total;
        for (name, target) in [
            (ClockName::Response, all.response_targets()),
            (ClockName::Resolution, all.resolution_targets()),
        ] {
            let late = |row: &&Summary| row.clocks.get(name).is_some_and(|clock| match clock.phase {
                Phase::Stopped { at: end } => clock.due < Some(end),
                Phase::Running { .. } => row.closed.is_none() && clock.due < Some(at(now)),
                Phase::Paused { .. } | Phase::Suspended { .. } | Phase::Cancelled { .. } => false,
            });
            let late = rows.iter().filter(late).count() as u64;
            prop_assert_eq!(target.missed() + target.reclassified(), late, "{}", name);
        }
        let listed = rows.iter().filter(|row| row.is_open() && row.clocks.is_overdue(at(now)));
        prop_assert_eq!(all.backlog.overdue, listed.count() as u64);
    }

    #[test]
    fn a_month_is_a_report_of_its_own((rows, handovers) in desks()) {
        let months = report(scope(Breakdown::Month, None, None, NOW), &rows, &handovers);
        for month in 1..=7 {
            let begin = |month| {
                let first = NaiveDate::from_ymd_opt(2026, month, 1).unwrap().and_time(NaiveTime::MIN);
                Some(months.scope.zone.map_local_time(first).earliest())
            };
            let range = TimeRange { from: begin(month), to: begin(month + 1) };
            let alone = Scope { by: Breakdown::Tier, range, ..months.scope.clone() };
            if range.from > Some(at(NOW)) {
                continue;
            }
            let alone = report(alone, &rows, &handovers).total;
            let row = months.groups.get(&month_key((2026, month))).cloned().unwrap_or_default();
            prop_assert_eq!(row, alone, "month {}", month);
        }
    }

    #[test]
    fn what_happened_in_two_parts_of_a_time_happened_in_all_of_it((rows, _) in desks(), cut in 0i64..4_000) {
        let of = |from, to| report(scope(Breakdown::Kind, from, to, NOW), &rows, &[]).total;
        let mut parts = of(None, Some(cut));
        let rest = of(Some(cut), None);
        parts.merge(&rest, false);
        parts.backlog = rest.backlog;
        parts.finish();
        prop_assert_eq!(parts, of(None, None));
    }

    #[test]
    fn every_resolution_is_met_missed_reclassified_cancelled_or_without_a_target((rows, _) in desks()) {
        let all = report(scope(Breakdown::Kind, None, None, NOW), &rows, &[]).total;
        let m = &all.resolution;
        prop_assert_eq!(m.met + m.missed + m.reclassified + m.cancelled + m.without_target, all.resolved);
        prop_assert_eq!(m.working.count(), m.met + m.missed + m.reclassified);
        prop_assert_eq!(all.opened - all.closed, all.backlog.open);
    }
}
