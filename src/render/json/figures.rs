//! A report as it is published: an object with a part per group, and the same
//! figures as cells of a row.

use chrono::TimeDelta;
use serde::Serialize;

use super::value::{At, Seconds};
use crate::domain::report::figures as domain;
use crate::domain::report::figures::{FIRST_RESPONSE, MEAN_RESOLUTION, Share};
use crate::domain::{group_counts, report};

/// How the desk did over a span of time.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Report {
    /// The moment of which the tickets tell.
    at: At,
    /// The first moment of the report; `null` for the first ticket.
    from: Option<At>,
    /// The moment just after its last one; `null` for now.
    to: Option<At>,
    /// The moment of the backlog.
    end: At,
    /// The zone of the months.
    tz: String,
    /// What the groups have in common.
    by: &'static str,
    total: Figures,
    groups: Vec<Group>,
}

impl Report {
    pub(in crate::render) fn of(report: &report::Report) -> Self {
        let scope = &report.scope;
        Self {
            at: At(scope.now),
            from: scope.range.from.map(At),
            to: scope.range.to.map(At),
            end: At(scope.end()),
            tz: scope.zone.name().to_owned(),
            by: scope.by.as_str(),
            total: Figures::of(&report.total),
            groups: report.groups.iter().map(Group::of).collect(),
        }
    }
}

/// The figures of a group.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Group {
    /// Its name; `null` for what has none.
    group: Option<String>,
    #[serde(flatten)]
    figures: Figures,
}

impl Group {
    fn of((group, figures): (&group_counts::GroupKey, &domain::Figures)) -> Self {
        Self {
            group: group.name(),
            figures: Figures::of(figures),
        }
    }
}

/// What is counted and measured.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Figures {
    opened: u64,
    resolved: u64,
    closed: u64,
    /// Of the closed ones, those merged into another ticket.
    merged: u64,
    backlog: Backlog,
    response: Measure,
    resolution: Measure,
    promise: SlaTarget,
    /// Resolved tickets that had been reopened, and how often.
    reopened: u64,
    reopenings: u64,
    /// `reopened / resolved`
    reopened_share: Option<f64>,
    /// Resolved at the first tier without any escalation.
    first_line: u64,
    /// `first_line` of those resolved and not withdrawn.
    first_line_share: Option<f64>,
    /// Hand-overs to a higher tier.
    escalations: Vec<Step>,
    /// Hand-overs to a lower tier, and the tickets that had any.
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
    /// Of the open ones, past the time promised and not answered by then.
    response_late: u64,
    /// Of the open ones, past the time promised and not resolved by then.
    resolution_late: u64,
    age_median_s: Option<Seconds>,
    age_oldest_s: Option<Seconds>,
}

/// How a kind of promise was kept; each ticket counts once.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Measure {
    met: u64,
    /// Without the reclassified ones.
    missed: u64,
    /// Made late by a new priority.
    reclassified: u64,
    cancelled: u64,
    unpromised: u64,
    /// `met / (met + missed)`
    met_share: Option<f64>,
    /// `met / (met + missed + reclassified)`
    met_share_of_all: Option<f64>,
    /// Wall-clock time.
    elapsed: Spread,
    /// Time as the clock counts it.
    working: Spread,
}

/// Lengths of time; quantiles by linear interpolation (type 7).
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Spread {
    count: u64,
    mean_s: Option<Seconds>,
    median_s: Option<Seconds>,
    p90_s: Option<Seconds>,
}

/// How the published promise was kept.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SlaTarget {
    /// First responses within an hour, of all of them.
    answered_within_1h: u64,
    answered_within_1h_share: Option<f64>,
    answered_within_3h: u64,
    answered_within_3h_share: Option<f64>,
    /// Within what a resolution is promised, on average.
    mean_resolution_target_s: Seconds,
    /// Whether the mean of elapsed resolution is within that.
    mean_resolution_met: Option<bool>,
}

/// How often tickets were handed from one tier to a higher one.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Step {
    from: String,
    to: String,
    count: u64,
}

/// The marks given at closure.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Satisfaction {
    count: u64,
    mean: Option<f64>,
    /// How often each mark from 1 to 5 was given.
    marks: [u64; 5],
}

impl Figures {
    pub(in crate::render) fn of(of: &domain::Figures) -> Self {
        let [hour, three] = FIRST_RESPONSE.map(|most| of.share_answered_within(most));
        let step = |((from, to), count): (&(_, _), &u64)| {
            let (from, to): (&crate::domain::people::Tier, &crate::domain::people::Tier) =
                (from, to);
            Step {
                from: from.to_string(),
                to: to.to_string(),
                count: *count,
            }
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
                age_median_s: of.backlog.age.median().map(Seconds::of),
                age_oldest_s: of.backlog.age.longest().map(Seconds::of),
            },
            response: Measure::of(&of.response),
            resolution: Measure::of(&of.resolution),
            promise: SlaTarget {
                answered_within_1h: hour.part,
                answered_within_1h_share: ratio(hour),
                answered_within_3h: three.part,
                answered_within_3h_share: ratio(three),
                mean_resolution_target_s: Seconds::of(MEAN_RESOLUTION),
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

    /// The figures as cells with their headings.
    pub(in crate::render) fn cells(&self) -> Vec<(String, String)> {
        let mut cells = Cells::default();
        cells.put("opened", Some(self.opened));
        cells.put("resolved", Some(self.resolved));
        cells.put("closed", Some(self.closed));
        cells.put("merged", Some(self.merged));
        let backlog = &self.backlog;
        cells.put("open", Some(backlog.open));
        cells.put("open_resolved", Some(backlog.resolved));
        cells.put("open_response_late", Some(backlog.response_late));
        cells.put("open_resolution_late", Some(backlog.resolution_late));
        cells.span("age_median_s", backlog.age_median_s);
        cells.span("age_oldest_s", backlog.age_oldest_s);
        for (name, measure) in [
            ("response", &self.response),
            ("resolution", &self.resolution),
        ] {
            measure.cells(name, &mut cells);
        }
        let promise = &self.promise;
        cells.put("answered_within_1h", Some(promise.answered_within_1h));
        cells.put("answered_within_1h_share", promise.answered_within_1h_share);
        cells.put("answered_within_3h", Some(promise.answered_within_3h));
        cells.put("answered_within_3h_share", promise.answered_within_3h_share);
        cells.put("mean_resolution_met", promise.mean_resolution_met);
        cells.put("reopened", Some(self.reopened));
        cells.put("reopenings", Some(self.reopenings));
        cells.put("reopened_share", self.reopened_share);
        cells.put("first_line", Some(self.first_line));
        cells.put("first_line_share", self.first_line_share);
        let steps = self.escalations.iter();
        let steps = steps.map(|step| format!("{}->{}:{}", step.from, step.to, step.count));
        cells.put("escalations", Some(steps.collect::<Vec<_>>().join(" ")));
        cells.put("handbacks", Some(self.handbacks));
        cells.put("handed_back", Some(self.handed_back));
        cells.put("satisfaction_count", Some(self.satisfaction.count));
        cells.put("satisfaction_mean", self.satisfaction.mean);
        cells.0
    }
}

impl Measure {
    fn of(of: &domain::Measure) -> Self {
        Self {
            met: of.met,
            missed: of.missed,
            reclassified: of.reclassified,
            cancelled: of.cancelled,
            unpromised: of.unpromised,
            met_share: ratio(of.share_met()),
            met_share_of_all: ratio(of.share_met_of_all()),
            elapsed: Spread::of(&of.elapsed),
            working: Spread::of(&of.working),
        }
    }

    fn cells(&self, name: &str, cells: &mut Cells) {
        let mut count = |what: &str, n: u64| cells.put(&format!("{name}_{what}"), Some(n));
        count("met", self.met);
        count("missed", self.missed);
        count("reclassified", self.reclassified);
        count("cancelled", self.cancelled);
        count("unpromised", self.unpromised);
        cells.put(&format!("{name}_met_share"), self.met_share);
        cells.put(&format!("{name}_met_share_of_all"), self.met_share_of_all);
        for (kind, spread) in [("elapsed", &self.elapsed), ("working", &self.working)] {
            cells.put(&format!("{name}_{kind}_count"), Some(spread.count));
            for (what, span) in [
                ("mean", spread.mean_s),
                ("median", spread.median_s),
                ("p90", spread.p90_s),
            ] {
                cells.span(&format!("{name}_{kind}_{what}_s"), span);
            }
        }
    }
}

impl Spread {
    fn of(of: &report::Distribution) -> Self {
        let seconds = |span: Option<TimeDelta>| span.map(Seconds::of);
        Self {
            count: of.count(),
            mean_s: seconds(of.mean()),
            median_s: seconds(of.median()),
            p90_s: seconds(of.p90()),
        }
    }
}

/// A share as a number, to four digits.
fn ratio(share: Share) -> Option<f64> {
    let parts = u32::try_from(share.of_ten_thousand()?).ok()?;
    Some(f64::from(parts) / 10_000.0)
}

/// Cells in the making; what is absent is an empty one.
#[derive(Default)]
struct Cells(Vec<(String, String)>);

impl Cells {
    fn put(&mut self, name: &str, value: Option<impl ToString>) {
        let text = value.map(|value| value.to_string()).unwrap_or_default();
        self.0.push((name.to_owned(), text));
    }

    fn span(&mut self, name: &str, span: Option<Seconds>) {
        self.put(name, span.map(Seconds::count));
    }
}
