//! How the clocks of a ticket were calculated.

use serde::Serialize;

use super::value::{At, ClockName, ClockState, CsvValue, Seconds};
use crate::domain::breach::obligation;
use crate::domain::read_models;
use crate::domain::sla::explanation::{self, Reason};

published! {
    /// How the clocks of a ticket were calculated.
    SlaExplanation<'a> from explanation: read_models::SlaExplanation => {
        id: i64 = explanation.summary.id.0,
        title: &'a str = &explanation.summary.title,
        clocks: Vec<ClockExplanation<'a>> = explanation.clocks.iter().map(Into::into).collect(),
        /// Those of the notifications of a breach; absent if there are none.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        notifications: Vec<NotificationExplanation<'a>> = explanation.notifications.iter().map(Into::into).collect(),
    }
}

published! {
    /// How the time of a notification was calculated.
    NotificationExplanation<'a> from one: read_models::NotificationExplanation => {
        number: u32 = one.obligation.number,
        name: String = one.obligation.terms.name(),
        basis: Option<&'a str> = one.obligation.terms.basis.as_deref(),
        /// `waiting`, `open`, `sent`, `not-required` or `left-open`.
        state: &'static str = one.state.as_str(),
        /// The earliest end of several counts.
        limits: Vec<Limit> = one.limits.iter().map(Into::into).collect(),
        started_at: Option<At> = one.clock.as_ref().map(|(clock, _)| At(clock.started)),
        due: Option<At> = one.clock.as_ref().and_then(|(_, reading)| reading.due).map(At),
        ended_at: Option<At> = one.clock.as_ref().and_then(|(_, reading)| reading.stopped).map(At),
        shows: Option<ClockState> = one.clock.as_ref().map(|(_, reading)| reading.display.into()),
        target_s: Option<Seconds> = one.clock.as_ref().map(|(clock, _)| clock.target.span.into()),
        used_s: Option<Seconds> = one.clock.as_ref().map(|(_, reading)| reading.used.into()),
        /// Negative once the time is used up.
        left_s: Option<Seconds> = one.clock.as_ref().map(|(_, reading)| reading.remaining.into()),
    }
}

published! {
    /// A limit of a notification.
    Limit from limit: obligation::Limit => {
        /// `aware`, `classified`, `risk-high` or `stage:NAME`.
        from: String = limit.trigger.to_string(),
        /// Elapsed time such as `72h`, or calendar months.
        within: String = limit.within.to_string(),
        started_at: Option<At> = limit.started.map(At),
        ends_at: Option<At> = limit.end.map(At),
    }
}

published! {
    /// How a clock was calculated.
    ClockExplanation<'a> from one: explanation::ClockExplanation => {
        clock: ClockName = one.name.into(),
        shows: ClockState = one.reading.display.into(),
        started_at: At = At(one.clock.started),
        due: Option<At> = one.reading.due.map(At),
        stopped_at: Option<At> = one.reading.stopped.map(At),
        target_s: Seconds = one.clock.target.span.into(),
        used_s: Seconds = one.reading.used.into(),
        /// Negative once the target is used up.
        left_s: Seconds = one.reading.remaining.into(),
        paused_s: Seconds = one.reading.paused.into(),
        calendar: &'a str = &one.clock.target.calendar,
        reclassified: bool = one.clock.reclassified,
        /// The due time that passed before a longer target was set.
        #[serde(skip_serializing_if = "Option::is_none")]
        relaxed_due: Option<At> = one.clock.relaxed.map(At),
        /// Every target set for the clock; the last one is in force.
        promises: Vec<TargetSet<'a>> = one.targets.iter().map(Into::into).collect(),
        /// Whether the due time was promised by hand; absent if not. Such a promise
        /// counts every second from the start, and pauses do not move it.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        promised: bool = one.clock.promised,
        /// What was promised by hand and withdrawn; absent if nothing was.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        promised_due: Vec<PromiseStep<'a>> = one.promises.iter().map(Into::into).collect(),
        /// The intervals that it went through, in order, without gaps.
        lines: Vec<Interval<'a>> = one.intervals.iter().map(Into::into).collect(),
    }
}

published! {
    /// A due time that was promised by hand, or its withdrawal.
    PromiseStep<'a> from step: explanation::PromiseStep => {
        at: At = At(step.at),
        by: &'a str = step.by.as_str(),
        /// `null` for a withdrawal.
        due: Option<At> = step.due.map(At),
        reason: &'a str = &step.reason,
    }
}

published! {
    /// A target and what set it.
    TargetSet<'a> from assignment: explanation::TargetAssignment => {
        at: At = At(assignment.at),
        by: &'a str = assignment.by.as_str(),
        target_s: Seconds = assignment.target.span.into(),
        /// The target in business days, if the policy gives it so; `target_s` is
        /// what it came to when it was set.
        #[serde(skip_serializing_if = "Option::is_none")]
        business_days: Option<u32> = assignment.target.days,
        cadence_s: Option<Seconds> = assignment.target.cadence.map(Into::into),
        #[serde(skip_serializing_if = "Option::is_none")]
        cadence_business_days: Option<u32> = assignment.target.cadence_days,
        /// Whether business days end at the last closing of the day.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        end_of_day: bool = assignment.target.end_of_day,
        calendar: &'a str = &assignment.target.calendar,
        policy_version: u32 = assignment.target.policy_version,
        /// The conditions of the target in that policy.
        target_of: Option<&'a str> = assignment.conditions.as_deref(),
    }
}

published! {
    /// An interval of time, half-open.
    Interval<'a> from line: explanation::ExplainedInterval => {
        from: At = At(line.from),
        to: At = At(line.to),
        /// `counted`, `closed`, `holiday`, `break`, `paused`, `off` or `resolved`.
        why: &'static str = reason(&line.reason),
        holiday: Option<&'a str> = holiday(&line.reason),
        counted_s: Seconds = line.counted.into(),
        /// Working time that did not count because of a pause.
        paused_s: Seconds = line.paused.into(),
        /// The time counted so far.
        total_s: Seconds = line.total.into(),
        /// Whether the target is used up at its end: the due time.
        due: bool = line.due,
        /// Whether it lies in the future, assuming that nothing happens.
        ahead: bool = line.ahead,
    }
}

/// The word for why an interval counted or not.
pub(crate) const fn reason(why: &Reason) -> &'static str {
    match why {
        Reason::Counted => "counted",
        Reason::Closed => "closed",
        Reason::Holiday(_) => "holiday",
        Reason::Break => "break",
        Reason::Paused => "paused",
        Reason::Suspended => "off",
        Reason::Stopped => "resolved",
    }
}

/// The name of the holiday, if that is the reason and it has a name.
pub(crate) fn holiday(why: &Reason) -> Option<&str> {
    if let Reason::Holiday(name) = why {
        name.as_deref()
    } else {
        None
    }
}

impl SlaExplanation<'_> {
    pub(crate) const CSV_HEADINGS: [&'static str; 10] = [
        "id",
        "clock",
        "from",
        "to",
        "why",
        "holiday",
        "counted_s",
        "total_s",
        "due",
        "ahead",
    ];

    /// The CSV rows, one per interval.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Vec<String>> {
        let row = |clock: ClockName, interval: &Interval<'_>| {
            let mut cells = Vec::with_capacity(10);
            self.id.csv(&mut cells);
            clock.csv(&mut cells);
            interval.from.csv(&mut cells);
            interval.to.csv(&mut cells);
            interval.why.csv(&mut cells);
            interval.holiday.csv(&mut cells);
            interval.counted_s.csv(&mut cells);
            interval.total_s.csv(&mut cells);
            interval.due.csv(&mut cells);
            interval.ahead.csv(&mut cells);
            cells
        };
        let clocks = self.clocks.iter();
        clocks.flat_map(move |one| one.lines.iter().map(move |line| row(one.clock, line)))
    }
}
