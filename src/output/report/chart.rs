//! Charts as SVG, coloured by the classes of the page, with a text for each
//! mark.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::super::style::{humanize, untrusted};

/// The drawing area, in units of the view box.
const WIDTH: u64 = 720;
const LEFT: u64 = 60;
const TOP: u64 = 12;
const HEIGHT: u64 = 180;
const BOTTOM: u64 = TOP + HEIGHT;
const PLOT: u64 = WIDTH - LEFT - 8;
const RIGHT: u64 = LEFT + PLOT;

/// Bars at one place of a chart: a label, and per series a value with its text.
pub(super) struct Bars {
    pub(super) label: String,
    pub(super) values: Vec<Option<(u64, String)>>,
}

/// The end of an axis that starts at 0 and holds `max`, and the step of its
/// lines.
fn axis(max: u64) -> (u64, u64) {
    let mut step = 1;
    for factor in [2, 5, 10].into_iter().cycle() {
        if max <= step * 4 {
            break;
        }
        step = match factor {
            2 => step * 2,
            5 => step / 2 * 5,
            _ => step * 2,
        };
    }
    (max.div_ceil(step).max(1) * step, step)
}

fn svg(name: &str, height: u64, content: &Markup) -> Markup {
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label=(name) {
            title { (name) }
            (content)
        }
    }
}

fn text(x: u64, y: u64, class: &str, text: &str) -> Markup {
    html! { text x=(x) y=(y) class=(class) { (untrusted::line(text)) } }
}

fn bar(class: &str, [x, y, width, height]: [u64; 4], title: Option<&str>) -> Markup {
    html! {
        rect class=(class) x=(x) y=(y) width=(width) height=(height) {
            @if let Some(title) = title { title { (untrusted::line(title)) } }
        }
    }
}

/// The horizontal lines of the axis from 0 to `end`.
fn axis_lines(end: u64, step: u64, unit: &str) -> Markup {
    html! {
        @for value in (0..=end).step_by(usize::try_from(step).unwrap_or(1)) {
            @let y = BOTTOM - value * HEIGHT / end;
            path class="rule" d=(format!("M{LEFT} {y}H{RIGHT}")) {}
            (text(LEFT - 6, y + 4, "right", &format!("{}{unit}", humanize::number(value))))
        }
    }
}

/// A line over time with the area below it, and labels under the first, the
/// middle and the last point.
pub(super) fn area(name: &str, points: &[u64], labels: [&str; 3]) -> Markup {
    let (end, step) = axis(points.iter().copied().max().unwrap_or(0));
    let last = (points.len() as u64).saturating_sub(1).max(1);
    let mut line = String::new();
    for (i, value) in (0..).zip(points) {
        let (x, y) = (LEFT + i * PLOT / last, BOTTOM - value * HEIGHT / end);
        let command = if i == 0 { 'M' } else { 'L' };
        // Writing to a string cannot fail.
        let _ = write!(line, "{command}{x} {y}");
    }
    let places = [
        (LEFT, "left"),
        (LEFT + PLOT / 2, "middle"),
        (RIGHT, "right"),
    ];
    let content = html! {
        (axis_lines(end, step, ""))
        path class="area" d=(format!("{line}L{RIGHT} {BOTTOM}L{LEFT} {BOTTOM}Z")) {}
        path class="line" d=(line) {}
        @for ((x, class), label) in places.into_iter().zip(labels) {
            (text(x, BOTTOM + 18, class, label))
        }
    };
    svg(name, BOTTOM + 24, &content)
}

/// Upright bars, side by side if there are several series; `unit` is that of
/// the axis, which ends at `max` or at the highest value.
pub(super) fn columns(name: &str, bars: &[Bars], max: Option<u64>, unit: &str) -> Markup {
    let values = bars.iter().flat_map(|bars| bars.values.iter().flatten());
    let highest = values.map(|(value, _)| *value).max().unwrap_or(0);
    let (end, step) = max.map_or_else(|| axis(highest), |max| (max, max / 4));
    let slot = PLOT / (bars.len() as u64).max(1);
    // Labels that would overlap are left out.
    let every = 76u64.div_ceil(slot.max(1));
    let content = html! {
        (axis_lines(end, step, unit))
        @for (i, group) in (0..).zip(bars) {
            @let series = (group.values.len() as u64).max(1);
            @let thickness = (slot * 7 / 10 / series).clamp(2, 60);
            @let start = LEFT + i * slot + slot.saturating_sub(thickness * series) / 2;
            @for (n, value) in (0..).zip(&group.values) {
                @if let Some((value, label)) = value {
                    // A share of none must differ from no value.
                    @let height = (value * HEIGHT / end).max(max.is_some().into());
                    @let place = [start + n * thickness, BOTTOM - height, thickness, height];
                    (bar(&format!("s{n}"), place, Some(label)))
                }
            }
            @if i % every == 0 {
                (text(LEFT + i * slot + slot / 2, BOTTOM + 18, "middle", &group.label))
            }
        }
    };
    svg(name, BOTTOM + 24, &content)
}

/// Horizontal bars in percent, a row per group.
pub(super) fn rows(name: &str, bars: &[Bars]) -> Markup {
    const BAR: u64 = 20;
    const NAMES: u64 = 90;
    const FULL: u64 = WIDTH - NAMES - 170;
    const GAP: u64 = 14;
    let mut content = String::new();
    let mut y = 4;
    for group in bars {
        let height = group.values.len() as u64 * BAR;
        let label = text(NAMES - 8, y + height / 2 + 5, "right", &group.label);
        content += &label.into_string();
        for (n, value) in group.values.iter().enumerate() {
            let row = html! {
                @if let Some((percent, label)) = value {
                    (bar("ground", [NAMES, y, FULL, BAR - 4], None))
                    (bar(&format!("s{n}"), [NAMES, y, percent.min(&100) * FULL / 100, BAR - 4], None))
                    (text(NAMES + FULL + 8, y + 13, "left", label))
                } @else {
                    (text(NAMES, y + 13, "left", "none"))
                }
            };
            content += &row.into_string();
            y += BAR;
        }
        y += GAP;
    }
    svg(name, (y - 4).max(GAP), &maud::PreEscaped(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number_and_has_few_lines() {
        let ends: Vec<_> = [0, 1, 4, 5, 9, 17, 23, 99, 100, 4_321].map(axis).into();
        assert_eq!(
            ends,
            [
                (1, 1),
                (1, 1),
                (4, 1),
                (6, 2),
                (10, 5),
                (20, 5),
                (30, 10),
                (100, 50),
                (100, 50),
                (6_000, 2_000)
            ]
            .map(|(end, step)| (end, step))
        );
    }
}
