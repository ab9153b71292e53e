//! Lines of desk as they are typed in a shell.

/// A command and what follows it, as a shell takes it.
pub(crate) fn in_a_shell(line: &[String]) -> String {
    let words: Vec<String> = line.iter().map(|word| quoted(word)).collect();
    format!("desk {}", words.join(" "))
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:@,=+%#".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) && !word.starts_with('#') {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
