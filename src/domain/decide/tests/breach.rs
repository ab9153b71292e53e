//! Breaches of personal data: order of times, obligations and their ends, and
//! what a sweep tells.

use chrono::TimeDelta;

use super::super::{
    BreachCommand, ClosingOptions, Command, GivenAnswer, SentRequest, TimeDecision,
};
use super::outcome;
use crate::domain::Timestamp;
use crate::domain::breach::Breach;
use crate::domain::breach::details::Details;
use crate::domain::breach::obligation::ObligationState;
use crate::domain::breach::terms::{NotificationRule, Trigger, Within};
use crate::domain::sla::clock::DisplayState;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{Recipient, Risk, Role};
use crate::testing::ticket_story::{TicketStory, close_forced, desk};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn aware(text: &str) -> BreachCommand {
    BreachCommand::BecomeAware(TimeDecision {
        at: at(text),
        by: None,
        reason: None,
    })
}

fn open_with(details: Details) -> BreachCommand {
    BreachCommand::Open {
        role: Role::Controller,
        details: Box::new(details),
        aware: None,
    }
}

fn risk(risk: Risk) -> BreachCommand {
    BreachCommand::DecideRisk {
        risk,
        by: None,
        reason: "account data".to_owned(),
    }
}

fn sent(which: &str, when: &str) -> SentRequest {
    SentRequest {
        which: Some(which.to_owned()),
        at: Some(at(when)),
        how: "form".to_owned(),
        by: None,
        reference: None,
        delay: None,
        note: None,
        more_follows: false,
    }
}

fn waive(which: &str) -> BreachCommand {
    BreachCommand::WaiveNotification {
        which: Some(which.to_owned()),
        by: None,
        reason: "not significant".to_owned(),
    }
}

const CLOSE: fn(Option<&str>) -> BreachCommand = |force| BreachCommand::Close {
    lessons: "encrypt disks".to_owned(),
    force: force.map(str::to_owned),
};

/// Resolves the ticket, whatever it still needs.
fn resolve_past_gates() -> Command {
    Command::Resolve {
        text: "the disk was found".to_owned(),
        code: None,
        known_error: None,
        closing: ClosingOptions {
            force: Some("nothing else to do".to_owned()),
            ..ClosingOptions::default()
        },
    }
}

trait BreachStory: Sized {
    /// Sets the time of the next commands.
    fn on(self, text: &str) -> Self;
    fn does(self, command: BreachCommand) -> Self;
    /// The outcome of a command in a word or two.
    fn answers(&self, command: BreachCommand) -> String;
    fn breach(&self) -> &Breach;
    /// State and due time of an obligation.
    fn stands(&self, name: &str) -> (ObligationState, Option<Timestamp>);
}

impl BreachStory for TicketStory {
    fn on(mut self, text: &str) -> Self {
        self.stand(at(text), at(text));
        self
    }

    fn does(self, command: BreachCommand) -> Self {
        self.run(Command::Breach(command))
    }

    fn answers(&self, command: BreachCommand) -> String {
        outcome(self.decides(Command::Breach(command)))
    }

    fn breach(&self) -> &Breach {
        self.ticket().breach.as_ref().unwrap()
    }

    fn stands(&self, name: &str) -> (ObligationState, Option<Timestamp>) {
        let breach = self.breach();
        let mut all = breach.obligations.iter();
        let one = all.find(|one| one.terms.name() == name).unwrap();
        (one.state(breach), one.span(breach).map(|span| span.due))
    }
}

/// A breach of Friday 23 October 2026, of which the organisation became aware at
/// 10:00 UTC: two days before clocks go back in Berlin.
fn known() -> TicketStory {
    let details = Details {
        happened_from: Some(at("2026-10-23T06:00:00Z")),
        detected: Some(at("2026-10-23T08:00:00Z")),
        ..Details::default()
    };
    desk()
        .on("2026-10-23T09:00:00Z")
        .open()
        .does(open_with(details))
        .on("2026-10-23T10:05:00Z")
        .does(aware("2026-10-23T10:00:00Z"))
}

#[test]
fn the_time_starts_with_awareness_and_72_hours_elapse() {
    let story = known();
    let due = at("2026-10-26T10:00:00Z");
    assert_eq!(
        story.stands("gdpr/authority"),
        (ObligationState::Open, Some(due))
    );
    assert_eq!(
        story.stands("gdpr/persons"),
        (ObligationState::Waiting, None)
    );
    // Only what applies to a controller.
    assert_eq!(story.breach().obligations.len(), 3);
    let shown = |now: Timestamp| {
        let clocks = story.clocks();
        clocks.notifications[0].clock.display_state(now)
    };
    let ms = TimeDelta::milliseconds(1);
    assert_eq!(shown(due - TimeDelta::hours(24) - ms), DisplayState::Ok);
    assert_eq!(shown(due - TimeDelta::hours(24)), DisplayState::AtRisk);
    assert_eq!(shown(due), DisplayState::AtRisk);
    assert_eq!(shown(due + ms), DisplayState::Overdue);
    assert_eq!(story.summary().clocks.next_due(), story.clocks().next_due());
}

#[test]
fn a_breach_without_awareness_has_no_clock() {
    let story = desk().on("2026-10-23T09:00:00Z").open();
    let story = story.does(open_with(Details::default()));
    assert!(story.clocks().notifications.is_empty());
    assert_eq!(
        story.answers(BreachCommand::Notify(sent(
            "authority",
            "2026-10-23T09:00:00Z"
        ))),
        "nobody decided yet since when the organisation is aware of the breach of #1"
    );
}

#[test]
fn times_out_of_order_are_refused() {
    let story = known().on("2026-10-23T11:00:00Z");
    let with = |text: &str| {
        story.answers(BreachCommand::BecomeAware(TimeDecision {
            at: at(text),
            by: None,
            reason: Some("seen earlier".to_owned()),
        }))
    };
    assert!(with("2026-10-23T11:00:01Z").contains("is in the future"));
    assert!(with("2026-10-23T05:59:59Z").contains("before the beginning of the breach"));
    assert!(with("2026-10-23T07:59:59Z").contains("before the first sign"));
    assert_eq!(with("2026-10-23T08:00:00Z"), "breach-aware");
    // What is logged later is held against it too.
    let detected = Details {
        detected: Some(at("2026-10-23T10:00:01Z")),
        ..Details::default()
    };
    let log = |details| {
        story.answers(BreachCommand::Log {
            details: Box::new(details),
            note: None,
        })
    };
    assert!(log(detected).starts_with("awareness at"));
    let ended = Details {
        happened_to: Some(at("2026-10-23T05:00:00Z")),
        ..Details::default()
    };
    assert!(log(ended).starts_with("the end of the breach at"));
    // After a notification.
    let story = story.does(BreachCommand::Notify(sent(
        "authority",
        "2026-10-23T10:30:00Z",
    )));
    let later = BreachCommand::BecomeAware(TimeDecision {
        at: at("2026-10-23T10:30:01Z"),
        by: None,
        reason: Some("really".to_owned()),
    });
    assert!(
        story
            .answers(later)
            .starts_with("the notification gdpr/authority at")
    );
    let before = sent("persons", "2026-10-23T09:59:59Z");
    assert!(
        story
            .answers(BreachCommand::Notify(before))
            .contains("cannot be before awareness")
    );
}

#[test]
fn a_changed_awareness_needs_a_reason_and_moves_the_due_time() {
    let story = known().on("2026-10-23T11:00:00Z");
    assert_eq!(story.answers(aware("2026-10-23T10:00:00Z")), "-");
    assert!(
        story
            .answers(aware("2026-10-23T09:00:00Z"))
            .contains("a change needs a reason")
    );
    let story = story.does(BreachCommand::BecomeAware(TimeDecision {
        at: at("2026-10-23T09:00:00Z"),
        by: Some("C. Weber".to_owned()),
        reason: Some("the mail of 9:00 was enough".to_owned()),
    }));
    let due = Some(at("2026-10-26T09:00:00Z"));
    assert_eq!(story.stands("gdpr/authority"), (ObligationState::Open, due));
}

#[test]
fn a_late_notification_needs_the_reason_of_the_delay() {
    let story = known().on("2026-10-26T11:00:00Z");
    let in_time = BreachCommand::Notify(sent("1", "2026-10-26T10:00:00Z"));
    assert_eq!(story.answers(in_time), "breach-notified");
    let late = sent("gdpr/authority", "2026-10-26T10:00:01Z");
    let said = story.answers(BreachCommand::Notify(late.clone()));
    assert!(said.contains("the reason of the delay is needed"), "{said}");
    let story = story.does(BreachCommand::Notify(SentRequest {
        delay: Some("the form was down".to_owned()),
        ..late.clone()
    }));
    let breach = story.breach();
    assert!(breach.obligations[0].was_late(breach));
    assert!(
        story
            .answers(BreachCommand::Notify(late))
            .contains("sent already")
    );
    // Supplements are due from then on, and start again while more follows.
    let (state, due) = story.stands("gdpr/supplements");
    assert_eq!(state, ObligationState::Open);
    assert_eq!(due, Some(at("2026-11-09T10:00:01Z")));
    let story = story.on("2026-11-01T12:00:00Z");
    let story = story.does(BreachCommand::Notify(SentRequest {
        more_follows: true,
        ..sent("supplements", "2026-11-01T12:00:00Z")
    }));
    let due = Some(at("2026-11-15T12:00:00Z"));
    assert_eq!(
        story.stands("gdpr/supplements"),
        (ObligationState::Open, due)
    );
    let story = story.does(BreachCommand::Notify(sent(
        "supplements",
        "2026-11-01T12:00:00Z",
    )));
    assert_eq!(story.stands("gdpr/supplements").0, ObligationState::Sent);
}

#[test]
fn the_authority_need_not_be_told_only_if_a_risk_is_unlikely() {
    let story = known();
    let said = story.answers(waive("authority"));
    assert!(
        said.contains("unless a risk is unlikely, and nothing was decided"),
        "{said}"
    );
    let likely = story.clone().does(risk(Risk::Likely));
    assert!(
        likely
            .answers(waive("authority"))
            .contains("it was decided as risk")
    );
    let story = story.does(risk(Risk::Unlikely)).does(waive("authority"));
    assert_eq!(
        story.stands("gdpr/authority").0,
        ObligationState::NotRequired
    );
    // A higher risk brings it back, from the same awareness.
    let story = story.on("2026-10-24T10:00:00Z").does(risk(Risk::High));
    let due = Some(at("2026-10-26T10:00:00Z"));
    assert_eq!(story.stands("gdpr/authority"), (ObligationState::Open, due));
    let due = Some(at("2026-10-27T10:00:00Z"));
    assert_eq!(story.stands("gdpr/persons"), (ObligationState::Open, due));
    let story = story.does(risk(Risk::Likely));
    assert_eq!(
        story.stands("gdpr/persons"),
        (ObligationState::Waiting, None)
    );
}

#[test]
fn what_is_open_bars_the_closing_unless_a_reason_is_on_record() {
    let story = known();
    let said = story.answers(CLOSE(None));
    assert!(said.contains("nobody decided on the risk"), "{said}");
    assert!(
        said.contains("the notification gdpr/authority is open"),
        "{said}"
    );
    // The ticket stays open as well.
    let resolved = story.clone().run(resolve_past_gates());
    let (said, hint) = resolved.refuses(close_forced());
    assert!(said.contains("the breach of #1 is still open"), "{said}");
    assert!(hint.starts_with("desk breach close 1"), "{hint}");
    let forced = story.clone().does(CLOSE(Some("told by phone")));
    let closing = forced.breach().closing.clone().unwrap();
    assert_eq!(
        (closing.left_open, closing.reason.as_deref()),
        (vec![1], Some("told by phone"))
    );
    assert_eq!(forced.stands("gdpr/authority").0, ObligationState::LeftOpen);
    assert!(forced.answers(risk(Risk::High)).contains("is closed"));
    let again = forced.does(BreachCommand::Reopen {
        reason: "not told after all".to_owned(),
    });
    assert_eq!(again.stands("gdpr/authority").0, ObligationState::Open);
    let done = story
        .does(risk(Risk::Unlikely))
        .does(waive("authority"))
        .does(CLOSE(None));
    assert!(!done.breach().is_open());
    let closed = done
        .run(resolve_past_gates())
        .decides(close_forced())
        .unwrap();
    assert_eq!(closed.last().unwrap().fact.kind(), "closed");
}

/// A desk with one rule of two limits, as DORA has it, and a report a month
/// later.
fn dora() -> TicketStory {
    let rule = |stage: &str, limits: Vec<(Trigger, Within)>| NotificationRule {
        role: None,
        terms: crate::domain::breach::terms::Terms {
            regime: "dora".to_owned(),
            stage: stage.to_owned(),
            to: Recipient::Authority,
            basis: None,
            limits,
            unless: None,
            is_own_span: false,
            warnings: vec![TimeDelta::hours(24), TimeDelta::hours(6)],
            zone: Zone::from_name("Europe/Berlin").unwrap(),
        },
    };
    let hours = |hours| Within::Time(TimeDelta::hours(hours));
    let initial = vec![(Trigger::Classified, hours(4)), (Trigger::Aware, hours(24))];
    let last = vec![(Trigger::Stage("initial".to_owned()), Within::Months(1))];
    desk()
        .policy(|policy| {
            policy.notifications = vec![rule("initial", initial), rule("final", last)];
        })
        .on("2026-01-31T10:00:00Z")
        .open()
        .does(open_with(Details::default()))
        .does(aware("2026-01-31T10:00:00Z"))
}

#[test]
fn the_earliest_of_several_ends_counts_and_months_end_on_the_last_day() {
    let story = dora();
    let due = |story: &TicketStory, name: &str| story.stands(name).1;
    assert_eq!(
        due(&story, "dora/initial"),
        Some(at("2026-02-01T10:00:00Z"))
    );
    let classify = |text: &str| {
        BreachCommand::Classify(TimeDecision {
            at: at(text),
            by: None,
            reason: None,
        })
    };
    let early = story
        .clone()
        .on("2026-01-31T12:00:00Z")
        .does(classify("2026-01-31T12:00:00Z"));
    assert_eq!(
        due(&early, "dora/initial"),
        Some(at("2026-01-31T16:00:00Z"))
    );
    let late = story
        .on("2026-02-01T09:00:00Z")
        .does(classify("2026-02-01T09:00:00Z"));
    assert_eq!(due(&late, "dora/initial"), Some(at("2026-02-01T10:00:00Z")));
    let story = early.does(BreachCommand::Notify(sent(
        "initial",
        "2026-01-31T12:00:00Z",
    )));
    // 31 January, 13:00 in Berlin: 28 February, 13:00.
    assert_eq!(due(&story, "dora/final"), Some(at("2026-02-28T12:00:00Z")));
}

#[test]
fn a_sweep_tells_each_level_once_dated_when_it_was_reached() {
    let mut story = known().on("2026-10-26T12:00:00Z");
    let told = |story: &mut TicketStory| story.sweep().matches("breach-warned").count();
    assert_eq!(told(&mut story), 3);
    let times: Vec<Timestamp> = story
        .history()
        .iter()
        .filter(|event| event.fact.kind() == "breach-warned")
        .map(|event| event.at)
        .collect();
    let expected = [
        "2026-10-25T10:00:00Z",
        "2026-10-26T04:00:00Z",
        "2026-10-26T10:00:00Z",
    ];
    assert_eq!(times, expected.map(at));
    assert_eq!(told(&mut story), 0);
    // A later due time is told again.
    let mut story = story.does(BreachCommand::BecomeAware(TimeDecision {
        at: at("2026-10-24T12:00:00Z"),
        by: None,
        reason: Some("the first report was wrong".to_owned()),
    }));
    assert_eq!(told(&mut story), 1);
}

#[test]
fn what_ended_in_time_is_not_told_and_what_was_late_is() {
    let in_time = known().on("2026-10-26T12:00:00Z");
    let mut in_time = in_time.does(BreachCommand::Notify(sent("1", "2026-10-26T09:00:00Z")));
    assert!(!in_time.sweep().contains("breach-warned"));
    let late = known().on("2026-10-26T12:00:00Z");
    let mut late = late.does(BreachCommand::Notify(SentRequest {
        delay: Some("busy".to_owned()),
        ..sent("1", "2026-10-26T11:00:00Z")
    }));
    assert_eq!(late.sweep().matches("breach-warned").count(), 1);
}

#[test]
fn awareness_that_is_recorded_late_is_told_when_it_is_known() {
    let story = desk().on("2026-10-26T09:00:00Z").open();
    let story = story.does(open_with(Details::default()));
    let mut story = story.does(aware("2026-10-23T10:00:00Z"));
    // It is due in an hour: both warnings are past, and told at the record.
    story.sweep();
    let warned = story.history().iter();
    let warned = warned.filter(|event| event.fact.kind() == "breach-warned");
    let times: Vec<Timestamp> = warned.map(|event| event.at).collect();
    assert_eq!(times, [at("2026-10-26T09:00:00Z"); 2]);
}

#[test]
fn a_sweep_changes_no_clock() {
    let story = known().on("2026-10-26T12:00:00Z");
    let mut swept = story.clone();
    swept.sweep();
    assert_eq!(swept.clocks().notifications, story.clocks().notifications);
}

#[test]
fn the_worksheet_needs_every_answer_that_counts() {
    let story = known();
    let answer = |key: &str, answer: &str| GivenAnswer {
        key: key.to_owned(),
        answer: answer.to_owned(),
        strict: true,
    };
    let first = vec![answer("data", "Financial"), answer("malicious", "y")];
    let said = story.answers(BreachCommand::Assess {
        answers: first.clone(),
    });
    assert!(
        said.contains("no answer to context, identification"),
        "{said}"
    );
    let said = story.answers(BreachCommand::Assess {
        answers: vec![answer("data", "secret")],
    });
    assert_eq!(said, "'secret' is not an answer to 'data'");
    let rest = [
        answer("context", "as-it-is"),
        answer("identification", "limited"),
        answer("confidentiality", "none"),
        answer("integrity", "none"),
        answer("availability", "temporary"),
    ];
    let all: Vec<GivenAnswer> = first.into_iter().chain(rest).collect();
    let story = story.does(BreachCommand::Assess { answers: all });
    let scores = story.breach().assessment.as_ref().unwrap().scores;
    // 3 x 0.5 + 0.25 + 0.5.
    assert_eq!(scores.total().to_string(), "2.25");
    // An answer alone changes the result; the others stay.
    let more = BreachCommand::Assess {
        answers: vec![answer("identification", "maximum")],
    };
    let story = story.does(more.clone());
    let scores = story.breach().assessment.as_ref().unwrap().scores;
    assert_eq!(scores.total().to_string(), "3.75");
    assert_eq!(story.answers(more), "-");
}
