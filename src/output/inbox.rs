//! What the inbox shows: a ticket in a few short cells, its page, and what
//! commands print, as lines of styled text that are safe to draw.

use super::alarms::PageTexts;
use super::columns::most_urgent;
use super::options::RenderOptions;
use super::style::palette::{self, Style};
use super::style::{humanize, untrusted};
use super::ticket_page;
use crate::domain::event::TicketId;
use crate::domain::read_models::TicketDetails;
use crate::domain::sla::clock::DisplayState;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::{ClockName, State};

/// A line of safe text in pieces of one style each.
pub(crate) type StyledLine = Vec<(Style, String)>;

/// A ticket in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InboxRow {
    pub(crate) id: TicketId,
    pub(crate) priority: (Style, String),
    /// The most urgent clock: symbol, sign and time.
    pub(crate) clock: (Style, String),
    /// Its status, if that is not active, or the assignee.
    pub(crate) holder: (Style, String),
    pub(crate) title: String,
    /// The whole row as a sentence, for those who hear it.
    pub(crate) spoken: String,
}

impl InboxRow {
    pub(crate) fn new(row: &Summary, options: &RenderOptions<'_>) -> Self {
        let priority = row.rating.as_ref().map(|rating| rating.priority);
        let title = untrusted::line(&row.title).into_owned();
        let assignee = row.assignee.as_ref();
        let assignee = assignee.map(|agent| untrusted::line(agent.as_str()).into_owned());
        let clock = clock(row, options);
        Self {
            id: row.id,
            priority: match priority {
                Some(priority) => (
                    palette::priority_style(priority.rank()),
                    priority.to_string(),
                ),
                None => (Style::Dim, "-".to_owned()),
            },
            clock: (clock.style, clock.short),
            holder: match (row.state, &assignee) {
                (State::Paused | State::Resolved | State::Closed, _) => (
                    palette::status_style(row.state),
                    row.state.as_str().to_owned(),
                ),
                (State::New | State::Active, Some(name)) => (Style::Plain, name.clone()),
                (State::New | State::Active, None) => (Style::Dim, "nobody".to_owned()),
            },
            spoken: format!(
                "{}, {}, {}, {}, {}: {title}",
                row.id,
                priority.map_or_else(|| "no priority".to_owned(), |p| p.to_string()),
                clock.words,
                row.state,
                assignee.unwrap_or_else(|| "unassigned".to_owned()),
            ),
            title,
        }
    }
}

/// The most urgent clock, in a few columns and in words.
struct ShownClock {
    style: Style,
    short: String,
    words: String,
}

fn clock(row: &Summary, options: &RenderOptions<'_>) -> ShownClock {
    let Some(clock) = most_urgent(row, options) else {
        let none = DisplayState::None;
        return ShownClock {
            style: palette::clock_style(none),
            short: palette::symbol(none).to_string(),
            words: "no clock".to_owned(),
        };
    };
    let reading = clock.read_at(options.now, options.policy);
    let shown = reading.display;
    let symbol = palette::symbol(shown);
    let name = if row
        .clocks
        .get(ClockName::Response)
        .is_some_and(|it| std::ptr::eq(it, clock))
    {
        "response "
    } else {
        ""
    };
    let word = palette::clock_word(shown);
    let (short, words) = match shown {
        DisplayState::Ok | DisplayState::AtRisk | DisplayState::Overdue | DisplayState::Paused => (
            format!("{symbol} {}", humanize::short_left(&reading, &clock.target)),
            format!("{name}{word} {}", humanize::left(&reading, &clock.target)),
        ),
        DisplayState::None | DisplayState::Met | DisplayState::Missed | DisplayState::Cancelled => {
            (symbol.to_string(), format!("{name}{word}"))
        }
    };
    ShownClock {
        style: palette::clock_style(shown),
        short,
        words: words.trim().to_owned(),
    }
}

/// The page of a ticket as `desk show` prints it.
pub(crate) fn ticket_page_lines(
    page: &TicketDetails,
    options: &RenderOptions<'_>,
) -> Vec<StyledLine> {
    styled_lines(&ticket_page::render(page, PageTexts::Short, options))
}

/// Splits what was printed into lines and styles. Escape codes that are not those
/// of a style become visible, as does everything else that could move a cursor.
pub(crate) fn styled_lines(printed: &str) -> Vec<StyledLine> {
    let mut style = Style::Plain;
    printed
        .lines()
        .map(|line| {
            let line = line.replace('\t', "    ");
            let (mut pieces, mut rest) = (StyledLine::new(), line.as_str());
            while !rest.is_empty() {
                if let Some((next, after)) = Style::split_code(rest) {
                    (style, rest) = (next, after);
                    continue;
                }
                let first = rest.chars().next().map_or(0, char::len_utf8);
                let end = rest[first..].find('\u{1b}');
                let (text, after) = rest.split_at(end.map_or(rest.len(), |end| end + first));
                pieces.push((style, untrusted::line(text).into_owned()));
                rest = after;
            }
            pieces
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_painted_is_split_by_its_styles() {
        let all = [
            Style::Bold,
            Style::Dim,
            Style::Success,
            Style::Warning,
            Style::Error,
            Style::Info,
        ];
        for style in all {
            let line = format!("a {} b", style.paint("painted", true));
            assert_eq!(
                styled_lines(&line),
                [vec![
                    (Style::Plain, "a ".to_owned()),
                    (style, "painted".to_owned()),
                    (Style::Plain, " b".to_owned()),
                ]]
            );
        }
        assert_eq!(styled_lines("\n"), [StyledLine::new()]);
    }

    #[test]
    fn other_escape_codes_become_visible() {
        let lines = styled_lines("x\u{1b}[2Jy\u{1b}[31m\u{202e}z\rq");
        let text: String = lines[0].iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(text, r"x\u{1b}[2Jy\u{1b}[31m\u{202e}z\u{d}q");
    }
}
