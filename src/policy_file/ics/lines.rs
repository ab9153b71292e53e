//! The content lines of an iCalendar file (RFC 5545, section 3.1): unfolded, taken
//! apart, and remembered by number, as notes name a line and never quote it. The
//! file may not be a calendar at all, and not belong to whoever wrote the policy
//! that names it.

/// Maximum nesting depth of components.
const MAX_DEPTH: usize = 8;

/// A property, such as `DTSTART;VALUE=DATE:20261224`.
#[derive(Debug, Default)]
pub(super) struct Property {
    /// In upper case.
    pub(super) name: String,
    /// Parameters with names in upper case, without quotes.
    parameters: Vec<(String, String)>,
    pub(super) value: String,
    /// The line of the file in which it begins.
    pub(super) line: usize,
}

/// A component, such as a `VEVENT`, with what is inside it.
#[derive(Debug, Default)]
pub(super) struct Component {
    /// In upper case.
    pub(super) name: String,
    /// The line of the file in which it begins.
    pub(super) line: usize,
    pub(super) properties: Vec<Property>,
    pub(super) components: Vec<Self>,
    /// The first of its own lines that is not a property, or that ends something
    /// else.
    pub(super) odd_line: Option<usize>,
}

impl Property {
    /// Takes a line apart; `None` if it is not a property.
    fn parse(line: &str, number: usize) -> Option<Self> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let line = line.trim_start();
        let end = line.find(|c| !is_name(c)).filter(|end| *end > 0)?;
        let (name, mut rest) = line.split_at(end);
        let mut parameters = Vec::new();
        rest = rest.trim_start();
        while let Some(parameter) = rest.strip_prefix(';') {
            let (text, after) = split_parameter(parameter)?;
            let (key, value) = text.split_once('=').unwrap_or((text, ""));
            let value = value.trim().replace('"', "");
            parameters.push((key.trim().to_ascii_uppercase(), value));
            rest = after;
        }
        Some(Self {
            name: name.to_ascii_uppercase(),
            parameters,
            value: rest.strip_prefix(':')?.to_owned(),
            line: number,
        })
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(key, _)| key == name)?;
        Some(&found.1)
    }

    /// The value of a text property, without escapes.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(escaped) => text.push(escaped),
                    None => text.push('\\'),
                },
                other => text.push(other),
            }
        }
        text
    }
}

/// Splits a line after a parameter, at the next `;` or `:` outside quotes.
fn split_parameter(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let end = text.find(|c| {
        quoted ^= c == '"';
        !quoted && matches!(c, ';' | ':')
    })?;
    Some(text.split_at(end))
}

impl Component {
    fn new(name: &str, line: usize) -> Self {
        Self {
            name: name.to_ascii_uppercase(),
            line,
            ..Self::default()
        }
    }

    pub(super) fn property(&self, name: &'static str) -> Option<&Property> {
        self.properties(name).next()
    }

    pub(super) fn properties(&self, name: &'static str) -> impl Iterator<Item = &Property> {
        let all = self.properties.iter();
        all.filter(move |property| property.name == name)
    }

    pub(super) fn components<'c>(&'c self, name: &'static str) -> impl Iterator<Item = &'c Self> {
        let all = self.components.iter();
        all.filter(move |component| component.name == name)
    }

    /// Whether a property has this word as its value.
    pub(super) fn says(&self, property: &'static str, word: &str) -> bool {
        let found = self.property(property);
        found.is_some_and(|property| property.value.trim().eq_ignore_ascii_case(word))
    }
}

/// The components that a line is inside, the outermost first.
#[derive(Default)]
struct OpenComponents {
    open: Vec<Component>,
    calendars: Vec<Component>,
}

impl OpenComponents {
    fn begin(&mut self, name: &str, line: usize) {
        // An event in an event: the outer one was never ended.
        if let Some(outer) = self.open.last_mut()
            && outer.name == "VEVENT"
            && name.eq_ignore_ascii_case("VEVENT")
        {
            outer.odd_line.get_or_insert(line);
            self.close();
        }
        self.open.push(Component::new(name, line));
    }

    fn end(&mut self, name: &str, line: usize) {
        let is_named = |component: &Component| component.name.eq_ignore_ascii_case(name);
        let Some(at) = self.open.iter().rposition(is_named) else {
            self.odd(line);
            return;
        };
        while self.open.len() > at + 1 {
            self.odd(line);
            self.close();
        }
        self.close();
    }

    /// Records that a line does not belong where it is.
    fn odd(&mut self, line: usize) {
        if let Some(component) = self.open.last_mut() {
            component.odd_line.get_or_insert(line);
        }
    }

    fn close(&mut self) {
        let Some(closed) = self.open.pop() else {
            return;
        };
        match self.open.last_mut() {
            Some(outer) => outer.components.push(closed),
            None => self.calendars.push(closed),
        }
    }
}

/// Reads the calendars of a file.
///
/// # Errors
/// If it is not an iCalendar file, or ends too early.
pub(super) fn parse_calendars(text: &str) -> Result<Vec<Component>, String> {
    let lines = unfold(text.trim_start_matches('\u{feff}'));
    let mut components = OpenComponents::default();
    for (number, line) in lines.iter().filter(|(_, line)| !line.trim().is_empty()) {
        let begins = value_of(line, "BEGIN:");
        let outside = components.open.is_empty();
        if outside && !begins.is_some_and(|name| name.eq_ignore_ascii_case("VCALENDAR")) {
            return Err(format!(
                "not an iCalendar file: line {number} is not BEGIN:VCALENDAR"
            ));
        }
        if let Some(name) = begins {
            components.begin(name, *number);
        } else if let Some(name) = value_of(line, "END:") {
            components.end(name, *number);
        } else if let Some(property) = Property::parse(line, *number)
            && let Some(component) = components.open.last_mut()
        {
            component.properties.push(property);
        } else {
            components.odd(*number);
        }
        if components.open.len() > MAX_DEPTH {
            return Err("not an iCalendar file: nested too deeply".to_owned());
        }
    }
    if !components.open.is_empty() {
        return Err("the file ends inside a calendar".to_owned());
    }
    if components.calendars.is_empty() {
        return Err("not an iCalendar file: the file is empty".to_owned());
    }
    Ok(components.calendars)
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
