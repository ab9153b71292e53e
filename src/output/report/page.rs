//! The report as an HTML page: one file without scripts or anything to fetch,
//! for light and dark screens and for paper. Calculates nothing.

use chrono::TimeDelta;
use maud::{Markup, html};

use super::super::style::html_document::html_document;
use super::super::style::{humanize, untrusted};
use super::chart::{self, Bars};
use super::{Column, measured, notifications, quality, rating, title, volume};
use crate::domain::Timestamp;
use crate::domain::report::figures::{
    FIRST_RESPONSE, Figures, MEAN_RESOLUTION, Share, TargetFigures,
};
use crate::domain::report::{Distribution, Report, ReportPage};
use crate::domain::time::zone::Zone;

const CSS: &str = include_str!("style.css");

/// The number of points of the backlog chart.
const POINTS: u32 = 120;
/// The number of months shown.
const MONTHS: usize = 24;

/// Renders the page.
pub(crate) fn report_page(data: &ReportPage) -> String {
    let report = &data.report;
    let zone = &report.scope.zone;
    let period = title(report, zone);
    let created = humanize::full_time(report.scope.now, zone);
    let by_month = if data.months.groups.len() > MONTHS {
        "Targets met, by month, the last 24"
    } else {
        "Targets met, by month"
    };
    let legend = html! {
        span.key.s0 {} "first response " span.key.s1 {} "resolution"
    };
    let body = html! {
        header { h1 { "Service desk report" } p { (period) } }
        (tiles(&report.total))
        (figure("Open tickets over time", &backlog(data), &html! {}))
        (figure(
            "Turnaround: from opening to resolution, in tickets",
            &turnaround(&report.total.resolution.elapsed),
            &html! { "The published target is 24 h on average." },
        ))
        (figure("Targets met, by priority", &priorities(&data.priorities), &legend))
        (figure(by_month, &months(&data.months), &legend))
        (table("Tickets", report, &volume()))
        (table("First response", report, &measured(Figures::response_targets, 0, true)))
        (table("Resolution", report, &measured(Figures::resolution_targets, 0, true)))
        (table("Quality", report, &quality(report)))
        @if !report.total.notifications.is_zero() {
            (table("Notifications of breaches", report, &notifications()))
        }
        footer {
            p { "As of " (created) ". Made by desk; what each figure means: desk help report." }
        }
    };
    html_document(&format!("Service desk report: {period}"), CSS, &body)
}

fn figure(heading: &str, chart: &Markup, caption: &Markup) -> Markup {
    html! {
        figure {
            h2 { (heading) }
            (chart)
            @if !caption.0.is_empty() { figcaption { (caption) } }
        }
    }
}

/// The figures that matter most.
fn tiles(all: &Figures) -> Markup {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let percent = |share: Share| or_dash(share.percent().map(|p| format!("{p} %")));
    let [one_hour, three_hours] = FIRST_RESPONSE.map(|max| percent(all.share_answered_within(max)));
    let verdict = match all.keeps_mean() {
        Some(true) => "met: ",
        Some(false) => "not met: ",
        None => "",
    };
    let tiles = [
        ("opened", humanize::number(all.opened), String::new()),
        ("resolved", humanize::number(all.resolved), String::new()),
        (
            "open at the end",
            humanize::number(all.backlog.open),
            format!("{} overdue", humanize::number(all.backlog.overdue)),
        ),
        (
            "mean time to resolution",
            or_dash(all.resolution.elapsed.mean().map(humanize::duration)),
            format!("{verdict}target {}", humanize::duration(MEAN_RESOLUTION)),
        ),
        (
            "answered within 1 h",
            one_hour,
            format!("within 3 h: {three_hours}"),
        ),
        (
            "responses in time",
            percent(all.response_targets().share_met()),
            missed(all.response_targets(), "unanswered"),
        ),
        (
            "resolutions in time",
            percent(all.resolution_targets().share_met()),
            missed(all.resolution_targets(), "unresolved"),
        ),
        (
            "satisfaction",
            or_dash(rating(all)),
            format!("{} of 1 to 5", humanize::plural(all.rated(), "rating")),
        ),
    ];
    html! {
        dl.tiles {
            @for (what, value, more) in tiles {
                div { dt { (what) } dd { (value) } dd.more { (more) } }
            }
        }
    }
}

/// `5 missed, 2 of them unanswered, 1 reclassified`.
fn missed(target: TargetFigures<'_>, still_open: &str) -> String {
    let mut text = format!("{} missed", humanize::number(target.missed()));
    if target.open.missed > 0 {
        let open = humanize::number(target.open.missed);
        text += &format!(", {open} of them {still_open}");
    }
    for (count, what) in [
        (target.relaxed(), "of them with a longer target since"),
        (target.reclassified(), "reclassified"),
        (target.ended.without_target, "without target"),
        (target.ended.without_evidence, "without evidence"),
    ] {
        if count > 0 {
            text += &format!(", {} {what}", humanize::number(count));
        }
    }
    text
}

fn backlog(data: &ReportPage) -> Markup {
    let points = data.open_over_time(POINTS);
    let zone = &data.report.scope.zone;
    let last = points.len().saturating_sub(1);
    let times = [0, points.len() / 2, last].map(|i| points.get(i).map(|(at, _)| *at));
    let labels = axis_labels(times, zone);
    let values: Vec<u64> = points.iter().map(|(_, open)| *open).collect();
    chart::area(
        "Open tickets over time",
        &values,
        labels.each_ref().map(String::as_str),
    )
}

/// The labels of three times: their dates or, where two are on the same date,
/// with the time of day.
fn axis_labels(times: [Option<Timestamp>; 3], zone: &Zone) -> [String; 3] {
    let labels = |format: &str| {
        times.map(|at| {
            at.map_or_else(String::new, |at| {
                zone.local_time(at).format(format).to_string()
            })
        })
    };
    let dates = labels("%Y-%m-%d");
    if dates[0] == dates[1] || dates[1] == dates[2] {
        return labels("%Y-%m-%d %H:%M");
    }
    dates
}

fn turnaround(elapsed: &Distribution) -> Markup {
    const HOURS: [(i64, &str); 7] = [
        (1, "to 1 h"),
        (4, "to 4 h"),
        (8, "to 8 h"),
        (24, "to 24 h"),
        (48, "to 2 d"),
        (120, "to 5 d"),
        (240, "to 10 d"),
    ];
    let mut before = 0;
    let mut bar = |label: &str, within: u64| {
        let count = within - before;
        before = within;
        let text = format!("{label}: {}", humanize::plural(count, "ticket"));
        Bars {
            label: label.to_owned(),
            values: vec![Some((count, text))],
        }
    };
    let mut bars: Vec<Bars> = (HOURS.iter())
        .map(|(hours, label)| bar(label, elapsed.within(TimeDelta::hours(*hours))))
        .collect();
    bars.push(bar("longer", elapsed.count()));
    chart::columns("Turnaround in tickets", &bars, None, "")
}

/// The shares of responses and resolutions in time; `names` come before their
/// texts.
fn targets_met(label: String, figures: &Figures, names: [&str; 2]) -> Bars {
    let value = |(name, target): (&str, TargetFigures<'_>)| {
        let share = target.share_met();
        let (met, of) = (humanize::number(share.part), humanize::number(share.whole));
        let text = |percent| format!("{name}{percent} %: {met} of {of}");
        share.percent().map(|percent| (percent, text(percent)))
    };
    let targets = [figures.response_targets(), figures.resolution_targets()];
    Bars {
        label,
        values: names.into_iter().zip(targets).map(value).collect(),
    }
}

fn priorities(report: &Report) -> Markup {
    let bars: Vec<Bars> = (report.groups.iter())
        .map(|(group, figures)| {
            let name = group.name().unwrap_or_else(|| "none".to_owned());
            targets_met(name, figures, ["", ""])
        })
        .collect();
    chart::rows("Targets met, by priority", &bars)
}

fn months(report: &Report) -> Markup {
    let skipped = report.groups.len().saturating_sub(MONTHS);
    let bars: Vec<Bars> = (report.groups.iter().skip(skipped))
        .map(|(group, figures)| {
            let month = group.name().unwrap_or_default();
            let names = ["first response", "resolution"].map(|what| format!("{month}, {what} "));
            targets_met(month, figures, names.each_ref().map(String::as_str))
        })
        .collect();
    chart::columns("Targets met, by month", &bars, Some(100), " %")
}

fn table(name: &str, report: &Report, columns: &[Column<'_>]) -> Markup {
    let row = |name: &str, figures: &Figures| {
        html! {
            tr {
                th scope="row" { (untrusted::line(name)) }
                @for column in columns { td { ((column.cell)(figures).text.trim()) } }
            }
        }
    };
    html! {
        section {
            h2 { (name) }
            div.wide {
                table {
                    thead {
                        tr {
                            th scope="col" { (report.scope.by.as_str()) }
                            @for column in columns {
                                th scope="col" { (column.heading.to_lowercase().replace("p90", "90 %")) }
                            }
                        }
                    }
                    tbody {
                        @for (group, figures) in &report.groups {
                            (row(group.name().as_deref().unwrap_or("none"), figures))
                        }
                    }
                    tfoot { (row("all", &report.total)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_labels_of_an_axis_differ_however_short_it_is() {
        let zone = Zone::from_name("Europe/Berlin").unwrap();
        let labels = |times: [&str; 3]| axis_labels(times.map(|at| at.parse().ok()), &zone);
        let year = [
            "2026-01-01T00:00:00Z",
            "2026-06-01T00:00:00Z",
            "2026-12-31T00:00:00Z",
        ];
        assert_eq!(labels(year), ["2026-01-01", "2026-06-01", "2026-12-31"]);
        // Two days are three dates only if the middle is on another one.
        for times in [
            [
                "2026-03-02T07:00:00Z",
                "2026-03-02T08:00:00Z",
                "2026-03-02T09:00:00Z",
            ],
            [
                "2026-03-02T07:00:00Z",
                "2026-03-02T19:00:00Z",
                "2026-03-03T07:00:00Z",
            ],
            [
                "2026-03-01T22:59:00Z",
                "2026-03-02T12:00:00Z",
                "2026-03-02T22:00:00Z",
            ],
        ] {
            let [first, middle, last] = labels(times);
            assert!(first < middle && middle < last, "{first} {middle} {last}");
            assert!(first.len() > 10, "{first}");
        }
        assert_eq!(axis_labels([None; 3], &zone), [""; 3]);
    }
}
