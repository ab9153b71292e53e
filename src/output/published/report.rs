//! A report: an object with a part per group, and the same figures as a CSV
//! row.

use chrono::TimeDelta;
use serde::Serialize;

use super::value::{At, CsvValue, Seconds};
use crate::domain::people::{Agent, Tier};
use crate::domain::report::figures as domain;
use crate::domain::report::figures::{FIRST_RESPONSE, MEAN_RESOLUTION, Share};
use crate::domain::{group_counts, report};

published! {
    /// The figures of a period.
    Report from report: report::Report => {
        /// The time as of which the report was made.
        at: At = At(report.scope.now),
        /// The start; `null` for the first ticket.
        from: Option<At> = report.scope.range.from.map(At),
        /// The end, exclusive; `null` for now.
        to: Option<At> = report.scope.range.to.map(At),
        /// The time of the backlog.
        end: At = At(report.scope.end()),
        /// The zone of the months.
        tz: String = report.scope.zone.name().to_owned(),
        /// What the tickets are grouped by.
        by: &'static str = report.scope.by.as_str(),
        total: Figures = (&report.total).into(),
        groups: Vec<ReportGroup> = report.groups.iter().map(Into::into).collect(),
    }
}

/// The figures of a group.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ReportGroup {
    /// Its name; `null` for tickets without one.
    group: Option<String>,
    #[serde(flatten)]
    figures: Figures,
}

impl From<(&group_counts::GroupKey, &domain::Figures)> for ReportGroup {
    fn from((group, figures): (&group_counts::GroupKey, &domain::Figures)) -> Self {
        Self {
            group: group.name(),
            figures: figures.into(),
        }
    }
}

published! {
    /// The figures of a group of tickets.
    Figures from of: domain::Figures => {
        opened: u64 = of.opened,
        resolved: u64 = of.resolved,
        closed: u64 = of.closed,
        /// Of the closed ones, those merged into another ticket.
        merged: u64 = of.merged,
        backlog: Backlog = (&of.backlog).into(),
        response: TargetMeasure = (&of.response_targets()).into(),
        resolution: TargetMeasure = (&of.resolution_targets()).into(),
        promise: PublishedTarget = of.into(),
        /// Resolved tickets that had been reopened, and how often.
        reopened: u64 = of.reopened,
        reopenings: u64 = of.reopenings,
        /// `reopened / resolved`
        reopened_share: Option<f64> = ratio(of.share_reopened()),
        /// Resolved at the first tier without any escalation.
        first_line: u64 = of.first_line,
        /// `first_line` of the resolved ones that were not withdrawn.
        first_line_share: Option<f64> = ratio(of.share_first_line()),
        /// Escalations to a higher tier.
        escalations: Vec<EscalationStep> = of.escalations.iter().map(Into::into).collect(),
        /// Escalations to a lower tier, and the tickets that had any.
        handbacks: u64 = of.handbacks,
        handed_back: u64 = of.handed_back,
        satisfaction: Satisfaction = of.into(),
        /// The time that agents spent in the period.
        spent_s: Seconds = of.time_spent().into(),
        /// The same by agent; absent if nobody recorded any.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        spent_by: Vec<SpentBy> = of.spent.iter().map(Into::into).collect(),
        notifications: Notifications = (&of.notifications).into(),
    }
}

published! {
    /// The tickets that were open at the end.
    Backlog from backlog: report::backlog::Backlog => {
        open: u64 = backlog.open,
        /// Of the open ones, resolved and not yet closed.
        resolved: u64 = backlog.resolved,
        /// Of the open ones, with any clock past its due time.
        overdue: u64 = backlog.overdue,
        /// Of the open ones, past the response target without a response.
        response_late: u64 = backlog.response.late(),
        /// Of the open ones, past the resolution target.
        resolution_late: u64 = backlog.resolution.late(),
        age_median_s: Option<Seconds> = backlog.age.median().map(Into::into),
        age_oldest_s: Option<Seconds> = backlog.age.longest().map(Into::into),
    }
}

published! {
    /// How one clock's targets were met; each ticket counts once.
    TargetMeasure from of: domain::TargetFigures<'_> => {
        met: u64 = of.ended.met,
        /// Stopped after the due time, or still running after it at the end. Not
        /// counting reclassified ones.
        missed: u64 = of.missed(),
        /// Of the missed ones, those not yet answered or resolved at the end.
        missed_open: u64 = of.open.missed,
        /// Of the missed ones, those given a longer target after the due time.
        relaxed: u64 = of.relaxed(),
        /// Missed only because of a new priority.
        reclassified: u64 = of.reclassified(),
        cancelled: u64 = of.ended.cancelled,
        /// Without a target.
        unpromised: u64 = of.ended.without_target,
        /// Imported from a log that does not say when or whether it was done.
        no_evidence: u64 = of.ended.without_evidence,
        /// `met / (met + missed)`
        met_share: Option<f64> = ratio(of.share_met()),
        /// `met / (met + missed + reclassified)`
        met_share_of_all: Option<f64> = ratio(of.share_met_with_reclassified()),
        /// Wall-clock durations.
        elapsed: DurationStats = (&of.ended.elapsed).into(),
        /// Durations as the clock counts them.
        working: DurationStats = (&of.ended.working).into(),
    }
}

published! {
    /// A distribution of durations; quantiles by linear interpolation (type 7).
    DurationStats from of: report::Distribution => {
        count: u64 = of.count(),
        mean_s: Option<Seconds> = of.mean().map(Into::into),
        median_s: Option<Seconds> = of.median().map(Into::into),
        p90_s: Option<Seconds> = of.p90().map(Into::into),
    }
}

published! {
    /// How the published targets were met.
    PublishedTarget from of: domain::Figures => {
        /// First responses within an hour.
        answered_within_1h: u64 = of.share_answered_within(FIRST_RESPONSE[0]).part,
        answered_within_1h_share: Option<f64> = ratio(of.share_answered_within(FIRST_RESPONSE[0])),
        answered_within_3h: u64 = of.share_answered_within(FIRST_RESPONSE[1]).part,
        answered_within_3h_share: Option<f64> = ratio(of.share_answered_within(FIRST_RESPONSE[1])),
        /// The target for the mean time to resolution.
        mean_resolution_target_s: Seconds = MEAN_RESOLUTION.into(),
        /// Whether the mean elapsed time to resolution is within it.
        mean_resolution_met: Option<bool> = of.keeps_mean(),
    }
}

/// The time that an agent spent.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SpentBy {
    agent: String,
    spent_s: Seconds,
}

impl From<(&Agent, &TimeDelta)> for SpentBy {
    fn from((agent, time): (&Agent, &TimeDelta)) -> Self {
        Self {
            agent: agent.to_string(),
            spent_s: (*time).into(),
        }
    }
}

/// The number of escalations from one tier to a higher one.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct EscalationStep {
    from: String,
    to: String,
    count: u64,
}

impl From<(&(Tier, Tier), &u64)> for EscalationStep {
    fn from(((from, to), count): (&(Tier, Tier), &u64)) -> Self {
        Self {
            from: from.to_string(),
            to: to.to_string(),
            count: *count,
        }
    }
}

published! {
    /// The notifications of breaches of personal data.
    Notifications from of: domain::NotificationFigures => {
        /// Sent by their due time.
        in_time: u64 = of.in_time,
        /// Sent after it, or left open after it.
        late: u64 = of.late,
        not_required: u64 = of.not_required,
        /// Still to be sent at the end.
        open: u64 = of.open,
        /// Of these, past their due time.
        overdue: u64 = of.overdue,
    }
}

published! {
    /// The ratings given at closure.
    Satisfaction from of: domain::Figures => {
        count: u64 = of.rated(),
        mean: Option<f64> = ratio(of.mean_rating()),
        /// The number of ratings of 1 to 5.
        marks: [u64; 5] = of.ratings,
    }
}

impl Figures {
    /// The CSV cells with their headings.
    pub(crate) fn cells(&self) -> Vec<(String, String)> {
        let mut cells = Cells::default();
        cells.put("opened", self.opened);
        cells.put("resolved", self.resolved);
        cells.put("closed", self.closed);
        cells.put("merged", self.merged);
        let backlog = &self.backlog;
        cells.put("open", backlog.open);
        cells.put("open_resolved", backlog.resolved);
        cells.put("open_overdue", backlog.overdue);
        cells.put("open_response_late", backlog.response_late);
        cells.put("open_resolution_late", backlog.resolution_late);
        cells.put("age_median_s", backlog.age_median_s);
        cells.put("age_oldest_s", backlog.age_oldest_s);
        for (name, measure) in [
            ("response", &self.response),
            ("resolution", &self.resolution),
        ] {
            measure.cells(name, &mut cells);
        }
        let promise = &self.promise;
        cells.put("answered_within_1h", promise.answered_within_1h);
        cells.put("answered_within_1h_share", promise.answered_within_1h_share);
        cells.put("answered_within_3h", promise.answered_within_3h);
        cells.put("answered_within_3h_share", promise.answered_within_3h_share);
        cells.put("mean_resolution_met", promise.mean_resolution_met);
        cells.put("reopened", self.reopened);
        cells.put("reopenings", self.reopenings);
        cells.put("reopened_share", self.reopened_share);
        cells.put("first_line", self.first_line);
        cells.put("first_line_share", self.first_line_share);
        let steps = self.escalations.iter();
        let steps = steps.map(|step| format!("{}->{}:{}", step.from, step.to, step.count));
        cells.put("escalations", steps.collect::<Vec<_>>().join(" "));
        cells.put("handbacks", self.handbacks);
        cells.put("handed_back", self.handed_back);
        cells.put("satisfaction_count", self.satisfaction.count);
        cells.put("satisfaction_mean", self.satisfaction.mean);
        let notifications = &self.notifications;
        cells.put("notifications_in_time", notifications.in_time);
        cells.put("notifications_late", notifications.late);
        cells.put("notifications_not_required", notifications.not_required);
        cells.put("notifications_open", notifications.open);
        cells.put("notifications_overdue", notifications.overdue);
        cells.put("spent_s", self.spent_s);
        cells.0
    }
}

impl TargetMeasure {
    fn cells(&self, name: &str, cells: &mut Cells) {
        let mut count = |what: &str, n: u64| cells.put(&format!("{name}_{what}"), n);
        count("met", self.met);
        count("missed", self.missed);
        count("missed_open", self.missed_open);
        count("relaxed", self.relaxed);
        count("reclassified", self.reclassified);
        count("cancelled", self.cancelled);
        count("unpromised", self.unpromised);
        count("no_evidence", self.no_evidence);
        cells.put(&format!("{name}_met_share"), self.met_share);
        cells.put(&format!("{name}_met_share_of_all"), self.met_share_of_all);
        for (kind, spread) in [("elapsed", &self.elapsed), ("working", &self.working)] {
            cells.put(&format!("{name}_{kind}_count"), spread.count);
            for (what, span) in [
                ("mean", spread.mean_s),
                ("median", spread.median_s),
                ("p90", spread.p90_s),
            ] {
                cells.put(&format!("{name}_{kind}_{what}_s"), span);
            }
        }
    }
}

/// A share as a number, to four digits.
fn ratio(share: Share) -> Option<f64> {
    let parts = u32::try_from(share.of_ten_thousand()?).ok()?;
    Some(f64::from(parts) / 10_000.0)
}

/// CSV cells with their headings.
#[derive(Default)]
struct Cells(Vec<(String, String)>);

impl Cells {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "numbers and texts are written as they are at the call"
    )]
    fn put(&mut self, name: &str, value: impl CsvValue) {
        let mut cells = Vec::with_capacity(1);
        value.csv(&mut cells);
        self.0
            .extend(cells.into_iter().map(|cell| (name.to_owned(), cell)));
    }
}
