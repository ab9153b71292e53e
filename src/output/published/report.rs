//! A report: an object with a part per group, and the same figures as a CSV
//! row.

use serde::Serialize;

use super::value::{At, CsvValue, Seconds};
use crate::domain::people::Tier;
use crate::domain::report::figures as domain;
use crate::domain::report::figures::{FIRST_RESPONSE, MEAN_RESOLUTION, Share};
use crate::domain::{group_counts, report};

/// How the desk did in a period.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Report {
    /// The time of the data.
    at: At,
    /// The start; `null` for the first ticket.
    from: Option<At>,
    /// The end, exclusive; `null` for now.
    to: Option<At>,
    /// The time of the backlog.
    end: At,
    /// The zone of the months.
    tz: String,
    /// What the tickets are grouped by.
    by: &'static str,
    total: Figures,
    groups: Vec<ReportGroup>,
}

impl From<&report::Report> for Report {
    fn from(report: &report::Report) -> Self {
        let scope = &report.scope;
        Self {
            at: At(scope.now),
            from: scope.range.from.map(At),
            to: scope.range.to.map(At),
            end: At(scope.end()),
            tz: scope.zone.name().to_owned(),
            by: scope.by.as_str(),
            total: (&report.total).into(),
            groups: report.groups.iter().map(Into::into).collect(),
        }
    }
}

/// The figures of a group.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ReportGroup {
    /// Its name; `null` for what has none.
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

/// What is counted and measured.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Figures {
    opened: u64,
    resolved: u64,
    closed: u64,
    /// Of the closed ones, those merged into another ticket.
    merged: u64,
    backlog: Backlog,
    response: TargetMeasure,
    resolution: TargetMeasure,
    promise: PublishedTarget,
    /// Resolved tickets that had been reopened, and how often.
    reopened: u64,
    reopenings: u64,
    /// `reopened / resolved`
    reopened_share: Option<f64>,
    /// Resolved at the first tier without any escalation.
    first_line: u64,
    /// `first_line` of the resolved ones that were not withdrawn.
    first_line_share: Option<f64>,
    /// Escalations to a higher tier.
    escalations: Vec<EscalationStep>,
    /// Escalations to a lower tier, and the tickets that had any.
    handbacks: u64,
    handed_back: u64,
    satisfaction: Satisfaction,
}

/// The tickets that were open at the end.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Backlog {
    open: u64,
    /// Of the open ones, resolved and not yet closed.
    resolved: u64,
    /// Of the open ones, past the response target without a response.
    response_late: u64,
    /// Of the open ones, past the resolution target.
    resolution_late: u64,
    age_median_s: Option<Seconds>,
    age_oldest_s: Option<Seconds>,
}

published! {
    /// How one clock's targets were met; each ticket counts once.
    TargetMeasure from of: domain::Measure => {
        met: u64 = of.met,
        /// Without the reclassified ones.
        missed: u64 = of.missed,
        /// Late because of a new priority.
        reclassified: u64 = of.reclassified,
        cancelled: u64 = of.cancelled,
        unpromised: u64 = of.unpromised,
        /// `met / (met + missed)`
        met_share: Option<f64> = ratio(of.share_met()),
        /// `met / (met + missed + reclassified)`
        met_share_of_all: Option<f64> = ratio(of.share_met_of_all()),
        /// Wall-clock durations.
        elapsed: DurationStats = (&of.elapsed).into(),
        /// Durations as the clock counts them.
        working: DurationStats = (&of.working).into(),
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

/// How the published targets were met.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PublishedTarget {
    /// First responses within an hour.
    answered_within_1h: u64,
    answered_within_1h_share: Option<f64>,
    answered_within_3h: u64,
    answered_within_3h_share: Option<f64>,
    /// The promised mean time to resolution.
    mean_resolution_target_s: Seconds,
    /// Whether the mean elapsed time to resolution is within it.
    mean_resolution_met: Option<bool>,
}

/// How often tickets were escalated from one tier to a higher one.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct EscalationStep {
    from: String,
    to: String,
    count: u64,
}

/// The ratings given at closure.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Satisfaction {
    count: u64,
    mean: Option<f64>,
    /// The number of ratings of 1 to 5.
    marks: [u64; 5],
}

impl From<&domain::Figures> for Figures {
    fn from(of: &domain::Figures) -> Self {
        let [hour, three] = FIRST_RESPONSE.map(|most| of.share_answered_within(most));
        let step = |((from, to), count): (&(Tier, Tier), &u64)| EscalationStep {
            from: from.to_string(),
            to: to.to_string(),
            count: *count,
        };
        Self {
            opened: of.opened,
            resolved: of.resolved,
            closed: of.closed,
            merged: of.merged,
            backlog: Backlog {
                open: of.backlog.open,
                resolved: of.backlog.resolved,
                response_late: of.backlog.response_late,
                resolution_late: of.backlog.resolution_late,
                age_median_s: of.backlog.age.median().map(Into::into),
                age_oldest_s: of.backlog.age.longest().map(Into::into),
            },
            response: (&of.response).into(),
            resolution: (&of.resolution).into(),
            promise: PublishedTarget {
                answered_within_1h: hour.part,
                answered_within_1h_share: ratio(hour),
                answered_within_3h: three.part,
                answered_within_3h_share: ratio(three),
                mean_resolution_target_s: MEAN_RESOLUTION.into(),
                mean_resolution_met: of.keeps_mean(),
            },
            reopened: of.reopened,
            reopenings: of.reopenings,
            reopened_share: ratio(of.share_reopened()),
            first_line: of.first_line,
            first_line_share: ratio(of.share_first_line()),
            escalations: of.escalations.iter().map(step).collect(),
            handbacks: of.handbacks,
            handed_back: of.handed_back,
            satisfaction: Satisfaction {
                count: of.rated(),
                mean: ratio(of.marks()),
                marks: of.ratings,
            },
        }
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
        cells.0
    }
}

impl TargetMeasure {
    fn cells(&self, name: &str, cells: &mut Cells) {
        let mut count = |what: &str, n: u64| cells.put(&format!("{name}_{what}"), n);
        count("met", self.met);
        count("missed", self.missed);
        count("reclassified", self.reclassified);
        count("cancelled", self.cancelled);
        count("unpromised", self.unpromised);
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
    fn put(&mut self, name: &str, value: impl CsvValue) {
        let mut cells = Vec::with_capacity(1);
        value.csv(&mut cells);
        self.0
            .extend(cells.into_iter().map(|cell| (name.to_owned(), cell)));
    }
}
