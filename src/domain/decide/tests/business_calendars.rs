//! Properties of random ticket histories with SLA targets on business
//! calendars, in weeks with a clock change.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex};

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use crate::domain::Timestamp;
use crate::domain::decide::{Command, PauseRequest, apply_policy};
use crate::domain::event::{Event, Fact};
use crate::domain::policy::{BREACH, Policy, TargetRule};
use crate::domain::priority::Priority;
use crate::domain::sla::calendar::tests::{calendar_definition, open_minutes};
use crate::domain::sla::calendar::{ALWAYS, Calendar, CalendarDefinition};
use crate::domain::sla::clock::{Clock, Clocks};
use crate::domain::sla::clock_map::ClockMap;
use crate::domain::sla::explanation::{ClockExplanation, Reason};
use crate::domain::sla::level::Level;
use crate::domain::sla::tests::oracle::{ClockSnapshot, Minutes, Oracle, PolicyVersions, Version};
use crate::domain::summary::Summary;
use crate::domain::ticket::{Status, Ticket, TimelineEntry, TimelineMark, timeline};
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::vocabulary::{Channel, ClockName, PauseReason};
use crate::testing::cases;
use crate::testing::ticket_story::{TicketStory, desk};

use super::random_history::{self, Step};

/// Number of days that are calculated minute by minute: the history and the
/// time after it.
const DAYS: i64 = 100;

/// A country and the Monday before its clocks change.
const SCENES: [(&str, &str); 9] = [
    ("Europe/Berlin", "2026-03-23"),
    ("Europe/Berlin", "2026-10-19"),
    ("America/New_York", "2026-03-02"),
    ("America/New_York", "2026-10-26"),
    ("Australia/Lord_Howe", "2026-03-30"),
    ("Australia/Lord_Howe", "2026-09-28"),
    ("America/Sao_Paulo", "2018-02-12"),
    ("America/Sao_Paulo", "2018-10-29"),
    ("Asia/Tehran", "2021-03-15"),
];

/// Opening hours to choose from: week, holidays, breaks and shifts, with dates
/// as days after the Monday of the scene.
type Hours = (
    &'static str,
    &'static [i64],
    &'static [(i64, &'static str)],
    &'static [(i64, &'static str)],
);

const HOURS: [Hours; 6] = [
    // Split days, a holiday, a staff meeting.
    (
        "mon-fri 9:00-12:00 13:00-17:30",
        &[8],
        &[(2, "9:00-10:30")],
        &[],
    ),
    // Nights; a holiday cuts one of them in two.
    ("daily 22:00-30:00", &[4, 11], &[], &[]),
    // Around the hour at which clocks change.
    (
        "daily 0:30-2:30 3:00-8:00",
        &[],
        &[(9, "2:00-2:15")],
        &[(5, "1:45-3:15")],
    ),
    // A Saturday that is worked, and a day with other hours.
    (
        "mon-fri 8:00-16:00",
        &[0],
        &[(10, "12:00-13:00")],
        &[(5, "10:00-14:00"), (3, "6:00-9:00 20:00-26:00")],
    ),
    // Always open, except for some breaks.
    (
        "daily 0:00-24:00",
        &[6],
        &[(1, "8:00-20:00"), (12, "0:00-24:00")],
        &[],
    ),
    // Sunday to Thursday, past midnight by half an hour.
    (
        "sun-thu 18:00-24:30 7:00-11:00",
        &[9],
        &[],
        &[(4, "23:00-25:00")],
    ),
];

fn monday(scene: usize) -> NaiveDate {
    SCENES[scene].1.parse().unwrap()
}

fn plan(scene: usize, hours: usize) -> CalendarDefinition {
    let (week, holidays, breaks, shifts) = HOURS[hours];
    calendar_definition(
        SCENES[scene].0,
        monday(scene),
        week,
        holidays,
        breaks,
        shifts,
    )
}

/// Calendars with their open minutes by the naive calculation, by scene and
/// hours.
type Known = HashMap<(usize, usize), (Calendar, Arc<Minutes>)>;

static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

fn calendar(scene: usize, hours: usize) -> (Calendar, Arc<Minutes>) {
    let make = || {
        let plan = plan(scene, hours);
        let monday = monday(scene);
        let minutes = Minutes {
            start: monday.and_time(chrono::NaiveTime::MIN).and_utc(),
            open: open_minutes(&plan, monday, DAYS),
        };
        (Calendar::new(plan).unwrap(), Arc::new(minutes))
    };
    let mut known = KNOWN.lock().unwrap();
    known.entry((scene, hours)).or_insert_with(make).clone()
}

/// The targets of a random policy: for each priority, and without one.
#[derive(Debug, Clone)]
struct Draft {
    /// The hours of the calendars `a` and `b`.
    hours: [usize; 2],
    warning: u16,
    targets: Vec<Spans>,
}

/// Spans in units of twenty minutes, so that every level is a whole minute.
#[derive(Debug, Clone)]
struct Spans {
    calendar: usize,
    response: i64,
    update: Option<i64>,
    resolution: i64,
    cadence: i64,
}

fn draft() -> impl Strategy<Value = Draft> {
    let spans = (
        0..3_usize,
        1..30_i64,
        prop::option::of(1..20_i64),
        1..90_i64,
        prop_oneof![Just(0), 1..20_i64],
    );
    let spans = spans.prop_map(|(calendar, response, update, resolution, cadence)| Spans {
        calendar,
        response,
        update,
        resolution,
        cadence,
    });
    (
        [0..HOURS.len(), 0..HOURS.len()],
        prop_oneof![Just(75), Just(50), Just(90)],
        prop::collection::vec(spans, 5),
    )
        .prop_map(|(hours, warning, targets)| Draft {
            hours,
            warning,
            targets,
        })
}

impl Draft {
    const NAMES: [&str; 3] = ["a", "b", ALWAYS];

    fn put(&self, scene: usize, policy: &mut Policy) {
        let minutes = |units: i64| Some(WorkingSpan::Time(TimeDelta::minutes(units * 20)));
        policy.targets = (0..)
            .zip(&self.targets)
            .map(|(rank, spans)| TargetRule {
                priority: (rank > 0).then(|| Priority::from_rank(rank)),
                spans: ClockMap::from_fn(|clock| match clock {
                    ClockName::Response => minutes(spans.response),
                    ClockName::Update => spans.update.and_then(minutes),
                    ClockName::Resolution => minutes(spans.resolution),
                }),
                cadence: minutes(spans.cadence),
                calendar: Some(Self::NAMES[spans.calendar].to_owned()),
                ..TargetRule::default()
            })
            .collect();
        policy.warnings = [self.warning, 95].map(Level::Percent).to_vec();
        for (name, hours) in Self::NAMES.iter().zip(self.hours) {
            policy
                .calendars
                .insert((*name).to_owned(), calendar(scene, hours).0);
        }
    }

    fn version(&self, scene: usize) -> Version {
        let calendars = Self::NAMES.iter().zip(self.hours);
        let calendars =
            calendars.map(|(name, hours)| ((*name).to_owned(), calendar(scene, hours).1));
        Version {
            warning: self.warning.into(),
            calendars: calendars.collect::<BTreeMap<_, _>>(),
        }
    }
}

#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "there are few at a time")]
enum Turn {
    Act(Step),
    PauseFor(i64),
    Enact(Draft),
    Apply,
    Sweep,
}

#[derive(Debug, Clone)]
struct Story {
    scene: usize,
    /// Minutes from the Monday to the opening.
    begin: i64,
    channel: Channel,
    priority: u8,
    draft: Draft,
    turns: Vec<(i64, Turn)>,
    ahead: i64,
}

fn gap() -> impl Strategy<Value = i64> {
    prop_oneof![2 => Just(0), 4 => 1..90_i64, 3 => (1..30_i64).prop_map(|n| n * 30), 2 => 600..4000_i64]
}

fn stories() -> impl Strategy<Value = Story> {
    let turn = prop_oneof![
        16 => random_history::step().prop_map(Turn::Act),
        2 => (1..3000_i64).prop_map(Turn::PauseFor),
        2 => draft().prop_map(Turn::Enact),
        2 => Just(Turn::Apply),
        2 => Just(Turn::Sweep),
    ];
    let channel = prop_oneof![2 => Just(Channel::Email), 1 => Just(Channel::Phone)];
    let begin = prop_oneof![(0..14 * 48_i64).prop_map(|n| n * 30), 0..14 * 1440_i64];
    (
        (0..SCENES.len(), begin, channel, 0..=4_u8),
        draft(),
        prop::collection::vec((gap(), turn), 1..20),
        gap(),
    )
        .prop_map(
            |((scene, begin, channel, priority), draft, turns, ahead)| Story {
                scene,
                begin,
                channel,
                priority,
                draft,
                turns,
                ahead,
            },
        )
}

impl Story {
    fn open(&self) -> (TicketStory, Oracle) {
        let at = monday(self.scene)
            .and_time(chrono::NaiveTime::MIN)
            .and_utc();
        let mut desk = desk().via(self.channel);
        let at = at + TimeDelta::minutes(self.begin);
        desk.stand(at, at);
        let desk = desk.enact(|policy| self.draft.put(self.scene, policy));
        let desk = match self.priority {
            0 => desk.open(),
            priority => desk.open_at(priority),
        };
        let mut book = PolicyVersions::built_in();
        book.0.push(self.draft.version(self.scene));
        let mut oracle = Oracle::new(book, at);
        oracle.apply(desk.history());
        (desk, oracle)
    }

    /// Executes a step at a time, unless it is refused.
    fn turn(&self, desk: &mut TicketStory, oracle: &mut Oracle, now: Timestamp, turn: &Turn) {
        let known = desk.history().len();
        self.execute(desk, now, turn);
        if let Turn::Enact(draft) = turn {
            oracle.add_policy_version(draft.version(self.scene));
        }
        if desk.history().len() > known {
            oracle.retell(desk.history());
        }
    }

    fn execute(&self, desk: &mut TicketStory, now: Timestamp, turn: &Turn) {
        desk.stand(now, now);
        match turn {
            Turn::Act(step) => {
                let before = desk.ticket().clone();
                if random_history::take(desk, now, step).is_none() {
                    assert_eq!(desk.ticket(), &before, "a refused command");
                }
            }
            Turn::PauseFor(minutes) => {
                let pause = Command::Pause(PauseRequest {
                    reason: PauseReason::Vendor,
                    until: Some(now + TimeDelta::minutes(*minutes)),
                    note: None,
                    ask: None,
                    force: None,
                });
                if let Ok(events) = desk.decides(pause) {
                    desk.take(events);
                }
            }
            Turn::Enact(draft) => {
                *desk = desk.clone().enact(|policy| draft.put(self.scene, policy));
            }
            Turn::Apply => {
                let apply = |desk: &TicketStory| apply_policy(desk.ticket(), &desk.ctx()).unwrap();
                let events = apply(desk);
                desk.take(events);
                assert_eq!(apply(desk), [], "a policy applied twice");
            }
            Turn::Sweep => {
                desk.sweep();
            }
        }
    }

    /// Executes the history at odd milliseconds, and checks the ticket after
    /// each step and some time later.
    fn live_at_odd_times(
        &self,
        millis: &[i64],
        mut look: impl FnMut(&TicketStory, Timestamp) -> Result<(), TestCaseError>,
    ) -> Result<(), TestCaseError> {
        let (mut desk, _) = self.open();
        let mut now = desk.at;
        let mut millis = millis.iter().cycle();
        let mut odd = |minutes: &i64| {
            TimeDelta::minutes(*minutes) + TimeDelta::milliseconds(*millis.next().unwrap_or(&0))
        };
        for (gap, turn) in &self.turns {
            now += odd(gap);
            self.execute(&mut desk, now, turn);
            look(&desk, now)?;
            look(&desk, now + odd(&self.ahead))?;
        }
        Ok(())
    }

    /// Executes the history and checks the clocks after each step, and some
    /// time later.
    fn live(
        &self,
        mut look: impl FnMut(&TicketStory, &Oracle, Timestamp) -> Result<(), TestCaseError>,
    ) -> Result<(TicketStory, Oracle, Timestamp), TestCaseError> {
        let (mut desk, mut oracle) = self.open();
        let mut now = desk.at;
        look(&desk, &oracle, now)?;
        for (gap, turn) in &self.turns {
            now += TimeDelta::minutes(*gap);
            self.turn(&mut desk, &mut oracle, now, turn);
            look(&desk, &oracle, now)?;
        }
        now += TimeDelta::minutes(self.ahead);
        look(&desk, &oracle, now)?;
        Ok((desk, oracle, now))
    }
}

fn agree(desk: &TicketStory, oracle: &Oracle, at: Timestamp) -> Result<(), TestCaseError> {
    let mut oracle = oracle.clone();
    oracle.wait_until(at);
    let clocks = desk.clocks();
    let described =
        |clock: Option<&Clock>| clock.map(|clock| ClockSnapshot::new(clock, at, &desk.policy));
    prop_assert_eq!(
        described(clocks.get(ClockName::Resolution)),
        Some(oracle.resolution()),
        "resolution at {}",
        at
    );
    prop_assert_eq!(
        described(clocks.get(ClockName::Response)),
        Some(oracle.response()),
        "response at {}",
        at
    );
    prop_assert_eq!(
        described(clocks.get(ClockName::Update)),
        oracle.update(),
        "update at {}",
        at
    );
    Ok(())
}

/// Checks that the explanation of a clock has no gaps and adds up to its
/// reading.
fn explanation_adds_up(
    desk: &TicketStory,
    name: ClockName,
    now: Timestamp,
) -> Result<(), TestCaseError> {
    let Some(explanation) =
        ClockExplanation::new(name, desk.ticket(), desk.history(), now, &desk.policy)
    else {
        return Ok(());
    };
    sums_hold(&explanation)?;
    let (clock, reading) = (&explanation.clock, &explanation.reading);
    let mut at = clock.started;
    for line in &explanation.intervals {
        prop_assert_eq!(line.from, at, "{:?}", explanation.intervals);
        prop_assert!(line.from < line.to);
        prop_assert_eq!(line.ahead, line.from >= now, "{} in {:?}", now, line);
        prop_assert_eq!(
            line.counted > TimeDelta::zero(),
            line.reason == Reason::Counted
        );
        at = line.to;
    }
    let end = reading.stopped.unwrap_or(now);
    let runs = reading.stopped.is_none() && reading.due > Some(now);
    prop_assert_eq!(at, if runs { reading.due.unwrap() } else { end });
    let marked: Vec<Timestamp> = explanation
        .intervals
        .iter()
        .filter(|l| l.due)
        .map(|l| l.to)
        .collect();
    let last = explanation.intervals.last().map(|last| last.to);
    let due = reading.due.filter(|due| last >= Some(*due));
    // A clock that is stopped while paused, with nothing left, has no interval
    // that ends at its due time.
    let in_a_line = |due: &Timestamp| Some(*due) != reading.stopped || marked == [*due];
    let due = Vec::from_iter(due.filter(in_a_line));
    prop_assert_eq!(&marked, &due, "{:?}", explanation);
    Ok(())
}

/// Checks that all spans of an explanation are whole seconds, that its intervals
/// add up to the reading, and that used and left add up to the target.
fn sums_hold(explanation: &ClockExplanation) -> Result<(), TestCaseError> {
    let reading = &explanation.reading;
    let mut total = TimeDelta::zero();
    let (mut used, mut paused) = (TimeDelta::zero(), TimeDelta::zero());
    for line in &explanation.intervals {
        for span in [line.counted, line.paused, line.total] {
            prop_assert_eq!(span.subsec_nanos(), 0, "{:?}", line);
        }
        total += line.counted;
        prop_assert_eq!(line.total, total);
        let times = line.to - line.from;
        let kept = if line.reason == Reason::Counted {
            times
        } else {
            TimeDelta::zero()
        };
        prop_assert!(
            (line.counted - kept).abs() < TimeDelta::seconds(1),
            "{:?}",
            line
        );
        if !line.ahead {
            used = total;
            paused += line.paused;
        }
    }
    prop_assert_eq!(used, reading.used);
    prop_assert_eq!(paused, reading.paused);
    // A promise can lie between two seconds; what is published is cut.
    let target = TimeDelta::seconds(explanation.clock.target.span.num_seconds());
    prop_assert_eq!(reading.used + reading.remaining, target);
    Ok(())
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn the_clocks_say_what_counting_open_minutes_says(story in stories()) {
        story.live(agree)?;
    }

    #[test]
    fn a_stored_row_is_the_replay_under_all_versions_of_the_policy(story in stories()) {
        story.live(|desk, _, _| {
            let replayed = Ticket::replay(desk.history()).unwrap();
            prop_assert_eq!(&replayed, desk.ticket());
            prop_assert_eq!(Summary::new(&replayed, &desk.policy), desk.summary());
            Ok(())
        })?;
    }

    #[test]
    fn an_explanation_has_no_gap_and_sums_up_to_the_time_used(story in stories()) {
        story.live(|desk, _, now| {
            ClockName::ALL.iter().try_for_each(|name| explanation_adds_up(desk, *name, now))
        })?;
    }

    #[test]
    fn sums_hold_in_whole_seconds_whatever_the_milliseconds(
        story in stories(),
        millis in prop::collection::vec(0..60_000_i64, 1..20),
    ) {
        story.live_at_odd_times(&millis, |desk, now| {
            ClockName::ALL.iter().try_for_each(|name| {
                let explained =
                    ClockExplanation::new(*name, desk.ticket(), desk.history(), now, &desk.policy);
                explained.as_ref().map_or(Ok(()), sums_hold)
            })
        })?;
    }

    #[test]
    fn a_new_target_keeps_the_start_the_time_used_and_the_pauses(story in stories()) {
        let (mut desk, mut oracle) = story.open();
        let mut now = desk.at;
        for (gap, turn) in &story.turns {
            now += TimeDelta::minutes(*gap);
            let before = desk.clocks();
            let known = desk.history().len();
            story.turn(&mut desk, &mut oracle, now, turn);
            let retold = |name| {
                let made = desk.history()[known..].iter();
                let only = made.clone().all(|event| matches!(
                    event.fact,
                    Fact::TargetSet { .. } | Fact::Prioritized(_) | Fact::Identified { .. }
                        | Fact::Categorized { .. } | Fact::Escalated { .. }
                ));
                only && made.clone().any(|event| matches!(event.fact, Fact::TargetSet { clock, .. } if clock == name))
            };
            for name in [ClockName::Response, ClockName::Resolution] {
                if retold(name) {
                    let read = |clock: &Clock| {
                        let reading = clock.read_at(desk.at, &desk.policy);
                        (clock.started, reading.used, reading.paused)
                    };
                    let after = desk.clock(name);
                    prop_assert_eq!(before.get(name).map(read), after.as_ref().map(read));
                }
            }
        }
    }

    #[test]
    fn a_pause_or_an_end_moves_the_due_time_by_the_working_time_in_it(
        scene in 0..SCENES.len(),
        hours in 0..HOURS.len(),
        begin in 0..14 * 1440_i64,
        spans in prop::collection::vec((0..2000_i64, 0..4000_i64, any::<bool>()), 1..6),
        target in 1..60_i64,
    ) {
        let (calendar, _) = calendar(scene, hours);
        let target = TimeDelta::hours(target);
        let at = monday(scene).and_time(chrono::NaiveTime::MIN).and_utc();
        let start = at + TimeDelta::minutes(begin);
        let mut desk = desk().enact(|policy| {
            policy.calendars.insert("a".to_owned(), calendar.clone());
            for rule in &mut policy.targets {
                rule.calendar = Some("a".to_owned());
                rule.spans.set(ClockName::Resolution, Some(WorkingSpan::Time(target)));
            }
        });
        desk.stand(start, start);
        let mut desk = desk.open_at(3);
        let response = desk.clock(ClockName::Response).unwrap().due;
        let (mut now, mut left_out) = (start, TimeDelta::zero());
        for (gap, held, pauses) in spans {
            now += TimeDelta::minutes(gap);
            if calendar.between(start, now) - left_out >= target {
                break;
            }
            desk.stand(now, now);
            desk = if pauses { desk.pause() } else { desk.resolve() };
            let goes_on = now + TimeDelta::minutes(held);
            left_out += calendar.between(now, goes_on);
            now = goes_on;
            desk.stand(now, now);
            desk = if pauses { desk.resume() } else { desk.reopen() };
            let clock = desk.clock(ClockName::Resolution).unwrap();
            prop_assert_eq!(clock.due, calendar.add(start, target + left_out));
            prop_assert_eq!(desk.clock(ClockName::Response).unwrap().due, response);
        }
    }

    #[test]
    fn every_level_of_a_running_clock_warns_once_when_it_is_reached(story in stories()) {
        let no_sweep = |(_, turn): &(i64, Turn)| !matches!(turn, Turn::Sweep);
        let turns = story.turns.iter().filter(|turn| no_sweep(turn)).cloned().collect();
        let (mut desk, mut oracle, now) = Story { turns, ..story }.live(|_, _, _| Ok(()))?;
        let wakes = matches!(desk.ticket().status, Status::Paused { until: Some(_), .. });
        oracle.wait_until(now);
        let horizon = now + TimeDelta::days(4);
        let mut expected = Vec::new();
        for name in ClockName::ALL.iter().copied() {
            for level in desk.policy.levels(name) {
                let Level::Percent(percent) = level else { continue };
                let at = oracle.percent_used_at(name, percent);
                let ripe = |at: &Timestamp| if percent < 100 { *at <= horizon } else { *at < horizon };
                // What a new target has passed is told as of when it was set.
                let at = at.map(|at| oracle.terms_since(name).map_or(at, |since| at.max(since)));
                expected.extend(at.filter(ripe).map(|at| (at, name, percent)));
            }
        }
        expected.sort_unstable_by_key(|(at, name, percent)| (*at, name.as_str(), *percent));
        let known = desk.history().len();
        desk.stand(horizon, horizon);
        desk.sweep();
        let mut described: Vec<(Timestamp, ClockName, u16)> = desk.history()[known..]
            .iter()
            .filter_map(|event| {
                let Fact::Warned { clock, percent, .. } = event.fact else {
                    return None;
                };
                Some((event.at, clock, percent))
            })
            .collect();
        described.sort_unstable_by_key(|(at, name, percent)| (*at, name.as_str(), *percent));
        let mut levels = described.clone();
        levels.dedup();
        prop_assert_eq!(levels.len(), described.len(), "each once");
        if !wakes {
            let missing: Vec<_> = expected.iter().filter(|one| !described.contains(one)).collect();
            prop_assert_eq!(missing, Vec::<&(Timestamp, ClockName, u16)>::new());
            // A clock that waits has passed what it has used, also by a new target.
            let waits = matches!(desk.ticket().status, Status::Paused { .. });
            for name in ClockName::ALL.iter().copied().filter(|_| waits) {
                for percent in oracle.percents_passed_while_paused(name, &[50, 75, 95, BREACH]) {
                    let levels = desk.policy.levels(name);
                    let is_told = described.iter().any(|(_, clock, told)| (*clock, *told) == (name, percent));
                    prop_assert!(is_told || !levels.contains(&Level::Percent(percent)), "{} {}", name.as_str(), percent);
                }
            }
            // What had been reached before is told too.
            let later = |at: &Timestamp, name: &ClockName| *at >= now && (*at > now || oracle.is_running(*name));
            described.retain(|(at, name, _)| later(at, name));
            expected.retain(|(at, ..)| *at >= now);
            prop_assert_eq!(described, expected);
        }
    }

    #[test]
    fn a_closed_or_withdrawn_ticket_is_told_late_once_and_a_merged_one_never(story in stories()) {
        let ended = |desk: &TicketStory| match &desk.ticket().status {
            Status::Closed(_) => true,
            Status::Resolved(_) => desk.summary().code == Some(crate::domain::vocabulary::ClosureCode::Withdrawn),
            Status::New | Status::Active | Status::Paused { .. } => false,
        };
        story.live(|desk, _, now| {
            if ended(desk) {
                let mut desk = desk.clone();
                let known = desk.history().len();
                let later = now + TimeDelta::days(9);
                desk.stand(later, later);
                let told = desk.sweep();
                if desk.ticket().merged_into().is_some() {
                    prop_assert_eq!(told, "");
                }
                let reached = desk.history()[known..].iter().map(|event| event.at);
                prop_assert_eq!(reached.filter(|at| *at >= now).count(), 0);
                prop_assert_eq!(desk.sweep(), "");
                prop_assert_eq!(desk.summary().next_action_at, None);
                prop_assert_eq!(desk.summary().clocks.next_due(), None);
            }
            Ok(())
        })?;
    }
}

/// What a ticket shows at a moment, apart from the number of its events and
/// what the desk will do next.
fn shown(desk: &TicketStory, at: Timestamp) -> (Summary, Vec<Option<ClockSnapshot>>, bool) {
    let mut row = desk.summary().at(at);
    let overdue = row.clocks.is_overdue(at);
    let clock = |name: &ClockName| {
        let clock = row.clocks.get(*name)?;
        Some(ClockSnapshot::new(clock, at, &desk.policy))
    };
    let clocks = ClockName::ALL.iter().map(clock).collect();
    (row.n, row.updated, row.next_action_at) = (0, row.opened, None);
    row.clocks = Clocks::default();
    (row, clocks, overdue)
}

proptest! {
    #![proptest_config(cases(20))]

    #[test]
    fn sweeping_never_once_or_all_the_time_shows_the_same(story in stories()) {
        let no_sweep = |(_, turn): &(i64, Turn)| !matches!(turn, Turn::Sweep);
        let (mut never, _) = story.open();
        let mut often = never.clone();
        let mut now = never.at;
        for (gap, turn) in story.turns.iter().filter(|turn| no_sweep(turn)) {
            for minutes in (0..*gap).step_by(11) {
                let at = now + TimeDelta::minutes(minutes);
                often.stand(at, at);
                often.sweep();
            }
            now += TimeDelta::minutes(*gap);
            story.execute(&mut never, now, turn);
            story.execute(&mut often, now, turn);
            prop_assert_eq!(shown(&never, now), shown(&often, now));
        }
        let end = now + TimeDelta::days(2);
        prop_assert_eq!(shown(&never, end), shown(&often, end));
        let mut once = never.clone();
        once.stand(end, end);
        once.sweep();
        prop_assert_eq!(shown(&never, end), shown(&once, end));
        prop_assert_eq!(&Ticket::replay(often.history()).unwrap(), often.ticket());
        // A breach is told by both, and dated the same, unless another target or a
        // merge has changed what there is to tell.
        often.stand(end, end);
        often.sweep();
        let is_changed = |event: &Event| {
            let later = event.at > never.ticket().opened;
            matches!(event.fact, Fact::Merged { .. })
                || (later && matches!(event.fact, Fact::TargetSet { .. }))
        };
        if !never.history().iter().any(is_changed) {
            prop_assert_eq!(breaches(&once), breaches(&often));
        }
    }
}

/// The breaches that the desk has told, without those that proved unfounded.
fn breaches(desk: &TicketStory) -> Vec<(Timestamp, ClockName)> {
    let entries = timeline(desk.history()).into_iter();
    let founded = entries.filter(|entry| entry.mark != Some(TimelineMark::Unfounded));
    let breach = |entry: TimelineEntry<'_>| {
        if let Fact::Warned {
            clock,
            percent: BREACH,
            ..
        } = entry.event.fact
        {
            Some((entry.event.at, clock))
        } else {
            None
        }
    };
    founded.filter_map(breach).collect()
}

proptest! {
    #![proptest_config(cases(3))]

    #[test]
    fn sweeping_every_minute_is_sweeping_once(story in stories(), closes in prop::option::of(1..40_i64)) {
        let (desk, _, now) = story.live(|_, _, _| Ok(()))?;
        let desk = desk.policy(|policy| policy.auto_close = closes.map(TimeDelta::hours));
        let known = desk.history().len();
        let described = |desk: &TicketStory| -> Vec<(Timestamp, Fact)> {
            desk.history()[known..].iter().map(|event| (event.at, event.fact.clone())).collect()
        };
        let (mut punctual, mut late) = (desk.clone(), desk);
        let minutes = 2 * 1440;
        for minute in 0..=minutes {
            let at = now + TimeDelta::minutes(minute);
            punctual.stand(at, at);
            punctual.sweep();
        }
        let end = now + TimeDelta::minutes(minutes);
        late.stand(end, end);
        late.sweep();
        prop_assert_eq!(described(&late), described(&punctual));
        prop_assert_eq!(late.summary(), punctual.summary());
    }
}
