//! The help of `desk` itself: the commands by the steps of the process.

/// The help of `desk` itself: the commands by the steps of the process.
pub(crate) const OVERVIEW: &str = include_str!("overview.txt");

/// The commands by the steps of the process, as the overview groups them.
pub(crate) fn groups() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut heading = "";
    for line in OVERVIEW.lines() {
        match line.strip_prefix("  ") {
            None if !line.is_empty() => heading = line,
            None => {}
            Some(entry) if entry.starts_with(|c: char| c.is_ascii_lowercase()) => {
                let verb = entry.split_whitespace().next().unwrap_or(entry);
                match groups.last_mut() {
                    Some((last, verbs)) if *last == heading => verbs.push(verb),
                    Some(_) | None => groups.push((heading, vec![verb])),
                }
            }
            Some(_) => {}
        }
    }
    groups
}
