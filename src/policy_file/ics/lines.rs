//! The lines of a calendar file: checked, unfolded, and remembered by number, as
//! faults name a line and never quote it. The file may not be a calendar at all,
//! and not belong to whoever wrote the policy that names it.

/// Maximum nesting depth of components.
const MAX_DEPTH: usize = 8;

/// A calendar, prepared for the parser: unfolded, with CRLF line ends and
/// without blank lines.
#[derive(Debug, Default)]
pub(super) struct CalendarText {
    pub(super) text: String,
    /// The line of the file in which each line of the text begins.
    numbers: Vec<usize>,
    events: Vec<EventLines>,
}

/// Where an event is.
#[derive(Debug)]
struct EventLines {
    begin: usize,
    /// Its own properties, with names in upper case.
    properties: Vec<(String, usize)>,
}

impl CalendarText {
    /// The line of the file that holds this byte of the text.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        let line = before.filter(|byte| **byte == b'\n').count();
        let number = self.numbers.get(line).or(self.numbers.last());
        number.copied().unwrap_or(1)
    }

    /// The line of a property of an event, or else that in which the event
    /// begins. Events and properties of the same name count from 0.
    pub(super) fn line_of(&self, event: usize, property: &str, nth: usize) -> usize {
        let Some(event) = self.events.get(event) else {
            return self.line_at(0);
        };
        let mut named = event.properties.iter().filter(|(name, _)| name == property);
        named.nth(nth).map_or(event.begin, |(_, line)| *line)
    }

    fn push(&mut self, line: &str, number: usize) {
        self.text.push_str(line);
        self.text.push_str("\r\n");
        self.numbers.push(number);
    }
}

/// Splits a file into its calendars.
///
/// # Errors
/// If it is not an iCalendar file.
pub(super) fn split_calendars(text: &str) -> Result<Vec<CalendarText>, String> {
    let lines = unfold(text.trim_start_matches('\u{feff}'));
    let (mut calendars, mut depth) = (vec![CalendarText::default()], 0_usize);
    for (number, line) in lines.iter().filter(|(_, line)| !line.trim().is_empty()) {
        let (begins, ends) = (value_of(line, "BEGIN:"), value_of(line, "END:"));
        if depth == 0 && !begins.is_some_and(|name| name.eq_ignore_ascii_case("VCALENDAR")) {
            return Err(format!(
                "not an iCalendar file: line {number} is not BEGIN:VCALENDAR"
            ));
        }
        depth += usize::from(begins.is_some());
        if depth > MAX_DEPTH {
            return Err("not an iCalendar file: nested too deeply".to_owned());
        }
        if let Some(current) = calendars.last_mut() {
            current.push(line, *number);
            if depth == 2 && begins.is_some_and(|name| name.eq_ignore_ascii_case("VEVENT")) {
                current.events.push(EventLines {
                    begin: *number,
                    properties: Vec::new(),
                });
            } else if depth == 2
                && let Some(event) = current.events.last_mut()
            {
                let name = line.split([':', ';']).next().unwrap_or_default();
                let name = name.trim().to_ascii_uppercase();
                event.properties.push((name, *number));
            }
        }
        if ends.is_some() {
            depth -= 1;
            if depth == 0 {
                calendars.push(CalendarText::default());
            }
        }
    }
    calendars.retain(|calendar| !calendar.text.is_empty());
    if depth > 0 {
        return Err("the file ends inside a calendar".to_owned());
    }
    if calendars.is_empty() {
        return Err("not an iCalendar file: the file is empty".to_owned());
    }
    Ok(calendars)
}

/// Joins lines that continue on the next one (RFC 5545, section 3.1), each with
/// its number.
fn unfold(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, line) in text.lines().zip(1..).map(|(line, number)| (number, line)) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some((_, before))) => before.push_str(more),
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

/// What stands behind a word at the start of a line.
fn value_of<'l>(line: &'l str, word: &str) -> Option<&'l str> {
    let line = line.trim();
    let start = line.get(..word.len())?;
    let starts = start.eq_ignore_ascii_case(word);
    starts.then(|| line[word.len()..].trim())
}
