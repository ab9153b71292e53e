//! The page of a report: one file without scripts and without anything that is
//! fetched, for a screen by day or night, and for paper. Reckons nothing.

mod chart;

use chrono::TimeDelta;

use super::report::{self, Column, Of};
use super::{untrusted, words};
use crate::domain::Timestamp;
use crate::domain::report::figures::{FIRST_RESPONSE, Figures, MEAN_RESOLUTION, Measure, Share};
use crate::domain::report::{Distribution, Report, ReportPage};
use crate::domain::time::zone::Zone;
use chart::Bars;

const STYLE: &str = include_str!("html/style.css");

/// At how many instants the backlog is drawn.
const STEPS: u32 = 120;
/// How many months are drawn.
const MONTHS: usize = 24;

/// The whole page.
pub(crate) fn paper(dossier: &ReportPage) -> String {
    let whole = &dossier.report;
    let zone = &whole.scope.zone;
    let head = escaped(&report::title(whole, zone));
    let made = escaped(&words::full(whole.scope.now, zone));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Service desk report: {head}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header><h1>Service desk report</h1><p>{head}</p></header>\n"
    );
    page += &tiles(&whole.total);
    page += &figure("Open tickets in the course of time", &backlog(dossier), "");
    page += &figure(
        "Turnaround: from opening to resolution, in tickets",
        &turnaround(&whole.total.resolution.elapsed),
        "The published promise is 24 h on average.",
    );
    let key =
        "<span class=\"key s0\"></span>first response <span class=\"key s1\"></span>resolution";
    page += &figure(
        "Promises met, by priority",
        &priorities(&dossier.priorities),
        key,
    );
    let head = if dossier.months.groups.len() > MONTHS {
        "Promises met, by month, the last 24"
    } else {
        "Promises met, by month"
    };
    page += &figure(head, &months(&dossier.months), key);
    page += &tables(whole);
    page += &format!(
        "<footer><p>As of {made}. Made by desk; what each figure means: desk help report.</p></footer>\n\
         </body>\n</html>\n"
    );
    page
}

/// A text that stands for itself wherever it is put.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in untrusted::line(text).chars() {
        match c {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            '\'' => safe += "&#39;",
            c => safe.push(c),
        }
    }
    safe
}

fn figure(head: &str, svg: &str, below: &str) -> String {
    let below = if below.is_empty() {
        String::new()
    } else {
        format!("<figcaption>{below}</figcaption>\n")
    };
    format!(
        "<figure>\n<h2>{}</h2>\n{svg}{below}</figure>\n",
        escaped(head)
    )
}

/// The figures that matter most.
fn tiles(all: &Figures) -> String {
    let percent = |share: Share| {
        let percent = share.percent();
        percent.map_or_else(|| "–".to_owned(), |p| format!("{p} %"))
    };
    let span = |span: Option<TimeDelta>| span.map_or_else(|| "–".to_owned(), words::span);
    let [hour, three] = FIRST_RESPONSE.map(|most| percent(all.share_answered_within(most)));
    let mean = span(all.resolution.elapsed.mean());
    let verdict = match all.keeps_mean() {
        Some(true) => "kept: ",
        Some(false) => "not kept: ",
        None => "",
    };
    let tiles = [
        ("opened", words::number(all.opened), String::new()),
        ("resolved", words::number(all.resolved), String::new()),
        (
            "open at the end",
            words::number(all.backlog.open),
            format!("{} late", words::number(all.backlog.resolution_late)),
        ),
        (
            "mean time to resolution",
            mean,
            format!("{verdict}promised {}", words::span(MEAN_RESOLUTION)),
        ),
        ("answered within 1 h", hour, format!("within 3 h: {three}")),
        (
            "responses as promised",
            percent(all.response.share_met()),
            missed(&all.response),
        ),
        (
            "resolutions as promised",
            percent(all.resolution.share_met()),
            missed(&all.resolution),
        ),
        (
            "satisfaction",
            report::rating(all).unwrap_or_else(|| "–".to_owned()),
            format!("{} of 1 to 5", words::plural(all.rated(), "mark")),
        ),
    ];
    let tiles = tiles.map(|(what, figure, more)| {
        let (what, figure, more) = (escaped(what), escaped(&figure), escaped(&more));
        format!("<div><dt>{what}</dt><dd>{figure}</dd><dd class=\"more\">{more}</dd></div>\n")
    });
    format!("<dl class=\"tiles\">\n{}</dl>\n", tiles.concat())
}

fn missed(measure: &Measure) -> String {
    let Measure {
        missed,
        reclassified,
        unpromised,
        ..
    } = measure;
    let mut told = format!("{} missed", words::number(*missed));
    for (count, what) in [(reclassified, "reclassified"), (unpromised, "unpromised")] {
        if *count > 0 {
            told += &format!(", {} {what}", words::number(*count));
        }
    }
    told
}

fn backlog(dossier: &ReportPage) -> String {
    let course = dossier.open_over_time(STEPS);
    let zone = &dossier.report.scope.zone;
    let day = |at: Timestamp, zone: &Zone| zone.local_time(at).format("%Y-%m-%d").to_string();
    let at = |place: usize| {
        let point = course.get(place);
        point.map_or_else(String::new, |(at, _)| day(*at, zone))
    };
    let (middle, last) = (at(course.len() / 2), at(course.len().saturating_sub(1)));
    let points: Vec<u64> = course.iter().map(|(_, open)| *open).collect();
    let name = "Open tickets in the course of time";
    chart::area(name, &points, [&at(0), &middle, &last])
}

fn turnaround(elapsed: &Distribution) -> String {
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
        let told = format!("{label}: {}", words::plural(count, "ticket"));
        Bars {
            label: label.to_owned(),
            values: vec![Some((count, told))],
        }
    };
    let mut bars: Vec<Bars> = HOURS
        .iter()
        .map(|(hours, label)| bar(label, elapsed.within(TimeDelta::hours(*hours))))
        .collect();
    bars.push(bar("longer", elapsed.count()));
    chart::columns("Turnaround in tickets", &bars, None, "")
}

/// What was met of both promises, by what they are called where that is told.
fn met(label: String, figures: &Figures, names: [&str; 2]) -> Bars {
    let value = |name: &str, measure: &Measure| {
        let share = measure.share_met();
        let (met, of) = (words::number(share.part), words::number(share.whole));
        let told = |percent| format!("{name}{percent} %: {met} of {of}");
        share.percent().map(|percent| (percent, told(percent)))
    };
    let [response, resolution] = names;
    Bars {
        label,
        values: vec![
            value(response, &figures.response),
            value(resolution, &figures.resolution),
        ],
    }
}

fn priorities(report: &Report) -> String {
    let groups = report.groups.iter();
    let bars: Vec<Bars> = groups
        .map(|(group, figures)| {
            let name = group.name().unwrap_or_else(|| "none".to_owned());
            met(name, figures, ["", ""])
        })
        .collect();
    chart::rows("Promises met, by priority", &bars)
}

fn months(report: &Report) -> String {
    let left_out = report.groups.len().saturating_sub(MONTHS);
    let groups = report.groups.iter().skip(left_out);
    let bars: Vec<Bars> = groups
        .map(|(group, figures)| {
            let month = group.name().unwrap_or_default();
            let name = |what: &str| format!("{month}, {what} ");
            let names = [name("first response"), name("resolution")];
            met(month.clone(), figures, [&names[0], &names[1]])
        })
        .collect();
    let name = "Promises met, by month";
    chart::columns(name, &bars, Some(100), " %")
}

fn tables(whole: &Report) -> String {
    let response: Of = |f| &f.response;
    let resolution: Of = |f| &f.resolution;
    let blocks = [
        ("Tickets", report::volume()),
        ("First response", report::measured(response, 0, true)),
        ("Resolution", report::measured(resolution, 0, true)),
        ("Quality", report::quality(whole)),
    ];
    blocks
        .map(|(name, columns)| table(name, whole, &columns))
        .concat()
}

fn table(name: &str, whole: &Report, columns: &[Column<'_>]) -> String {
    let line = |name: &str, figures: &Figures| {
        let cells = columns.iter().map(|column| {
            let cell = (column.cell)(figures);
            format!("<td>{}</td>", escaped(cell.text.trim()))
        });
        let cells: String = cells.collect();
        format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", escaped(name))
    };
    let heads = columns.iter().map(|column| {
        let head = escaped(&column.head.to_lowercase().replace("p90", "90 %"));
        format!("<th scope=\"col\">{head}</th>")
    });
    let heads: String = heads.collect();
    let rows = whole.groups.iter();
    let rows: String = rows
        .map(|(group, figures)| line(group.name().as_deref().unwrap_or("none"), figures))
        .collect();
    format!(
        "<h2>{}</h2>\n<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">{}</th>{heads}</tr></thead>\n\
         <tbody>\n{rows}</tbody>\n<tfoot>{}</tfoot>\n</table></div>\n",
        escaped(name),
        escaped(whole.scope.by.as_str()),
        line("all", &whole.total)
    )
}
