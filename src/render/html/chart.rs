//! Charts as SVG: sized by hand, coloured by the classes of the page, with a
//! text for each mark. Every text is escaped here.

use std::fmt::Write as _;

use super::super::words;
use super::escaped;

/// What a chart is drawn on, in pixels of its own.
const WIDTH: u64 = 720;
const LEFT: u64 = 60;
const TOP: u64 = 12;
const HEIGHT: u64 = 180;
const BOTTOM: u64 = TOP + HEIGHT;
const PLOT: u64 = WIDTH - LEFT - 8;

/// A column of bars: its label, and for each series a value and what it tells.
pub(super) struct Bars {
    pub(super) label: String,
    pub(super) values: Vec<Option<(u64, String)>>,
}

/// The end of an axis from 0 that holds a value, and the step of its lines.
fn axis(most: u64) -> (u64, u64) {
    let mut step = 1;
    for factor in [2, 5, 10].into_iter().cycle() {
        if most <= step * 4 {
            break;
        }
        step = match factor {
            2 => step * 2,
            5 => step / 2 * 5,
            _ => step * 2,
        };
    }
    (most.div_ceil(step).max(1) * step, step)
}

fn begin(name: &str, height: u64) -> String {
    let name = escaped(name);
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{name}\">\n\
         <title>{name}</title>\n"
    )
}

fn text(x: u64, y: u64, class: &str, text: &str) -> String {
    format!(
        "<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{}</text>\n",
        escaped(text)
    )
}

/// The lines of the axis from 0 to `end`.
fn lines(end: u64, step: u64, unit: &str) -> String {
    let mut svg = String::new();
    for value in (0..=end).step_by(usize::try_from(step).unwrap_or(1)) {
        let y = BOTTOM - value * HEIGHT / end;
        let right = LEFT + PLOT;
        svg += &format!("<path class=\"rule\" d=\"M{LEFT} {y}H{right}\"/>\n");
        svg += &text(
            LEFT - 6,
            y + 4,
            "right",
            &format!("{}{unit}", words::number(value)),
        );
    }
    svg
}

/// A line over time with the area below it; labels stand under the first, the
/// middle and the last point.
pub(super) fn area(name: &str, points: &[u64], labels: [&str; 3]) -> String {
    let (end, step) = axis(points.iter().copied().max().unwrap_or(0));
    let last = (points.len() as u64).saturating_sub(1).max(1);
    let mut svg = begin(name, BOTTOM + 24) + &lines(end, step, "");
    let mut line = String::new();
    for (i, value) in (0..).zip(points) {
        let (x, y) = (LEFT + i * PLOT / last, BOTTOM - value * HEIGHT / end);
        let lead = if i == 0 { 'M' } else { 'L' };
        // Writing to a string cannot fail.
        let _ = write!(line, "{lead}{x} {y}");
    }
    let right = LEFT + PLOT;
    svg += &format!("<path class=\"area\" d=\"{line}L{right} {BOTTOM}L{LEFT} {BOTTOM}Z\"/>\n");
    svg += &format!("<path class=\"line\" d=\"{line}\"/>\n");
    for ((x, class), label) in [
        (LEFT, "left"),
        (LEFT + PLOT / 2, "middle"),
        (right, "right"),
    ]
    .into_iter()
    .zip(labels)
    {
        svg += &text(x, BOTTOM + 18, class, label);
    }
    svg + "</svg>\n"
}

/// Upright bars, side by side where there are several series; `unit` is that
/// of the axis, which ends at `most` or at the highest value.
pub(super) fn columns(name: &str, bars: &[Bars], most: Option<u64>, unit: &str) -> String {
    let values = bars.iter().flat_map(|bar| bar.values.iter().flatten());
    let highest = values.map(|(value, _)| *value).max().unwrap_or(0);
    let (end, step) = most.map_or_else(|| axis(highest), |most| (most, most / 4));
    let mut svg = begin(name, BOTTOM + 24) + &lines(end, step, unit);
    let slot = PLOT / (bars.len() as u64).max(1);
    // What has no room for its label leaves it to its neighbours.
    let every = 56u64.div_ceil(slot.max(1));
    for (i, bar) in (0..).zip(bars) {
        let series = (bar.values.len() as u64).max(1);
        let thick = (slot * 7 / 10 / series).clamp(2, 60);
        let start = LEFT + i * slot + (slot.saturating_sub(thick * series)) / 2;
        for (n, value) in (0..).zip(&bar.values) {
            let Some((value, told)) = value else { continue };
            // Of shares, none at all is not the same as no value.
            let high = (value * HEIGHT / end).max(most.is_some().into());
            let (x, y) = (start + n * thick, BOTTOM - high);
            svg += &format!(
                "<rect class=\"s{n}\" x=\"{x}\" y=\"{y}\" width=\"{thick}\" height=\"{high}\"><title>{}</title></rect>\n",
                escaped(told)
            );
        }
        if i % every == 0 {
            let x = LEFT + i * slot + slot / 2;
            svg += &text(x, BOTTOM + 18, "middle", &bar.label);
        }
    }
    svg + "</svg>\n"
}

/// Bars from left to right, in percent, a row a group.
pub(super) fn rows(name: &str, bars: &[Bars]) -> String {
    const BAR: u64 = 16;
    const NAMES: u64 = 90;
    const FULL: u64 = WIDTH - NAMES - 170;
    let heights = bars.iter().map(|bar| bar.values.len() as u64 * BAR + 14);
    let mut svg = begin(name, heights.sum::<u64>().max(14));
    let mut y = 4;
    for bar in bars {
        let high = bar.values.len() as u64 * BAR;
        svg += &text(NAMES - 8, y + high / 2 + 5, "right", &bar.label);
        for (n, value) in bar.values.iter().enumerate() {
            if let Some((value, told)) = value {
                let (wide, high) = (value.min(&100) * FULL / 100, BAR - 3);
                svg += &format!(
                    "<rect class=\"ground\" x=\"{NAMES}\" y=\"{y}\" width=\"{FULL}\" height=\"{high}\"/>\n\
                     <rect class=\"s{n}\" x=\"{NAMES}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\"/>\n"
                );
                svg += &text(NAMES + FULL + 8, y + 11, "left", told);
            } else {
                svg += &text(NAMES, y + 11, "left", "none");
            }
            y += BAR;
        }
        y += 14;
    }
    svg + "</svg>\n"
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
