//! The comment below a text in the editor: what one needs to know while writing. It
//! is not part of the text.

/// How the comment begins and ends; no other line of it begins without a blank.
const BEGIN: &str = "<!-- desk: ";
const END: &str = "-->";

/// The text with the comment below it.
pub(super) fn with_context(text: &str, context: &[String]) -> String {
    if context.is_empty() {
        return text.to_owned();
    }
    let mut whole = text.trim_end().to_owned();
    whole.push_str("\n\n");
    whole.push_str(BEGIN);
    whole.push_str("write above; this comment is not part of the text\n");
    for line in context {
        // What somebody wrote must not end the comment.
        let line = line.replace(END, "-- >");
        whole.push_str(format!(" {line}").trim_end());
        whole.push('\n');
    }
    whole.push_str(END);
    whole.push('\n');
    whole
}

/// The text without the comment. What was written into the comment stays, unless
/// it begins with a blank as its own lines do.
pub(super) fn without_context(whole: &str) -> String {
    let is_begin = |line: &str| line.starts_with(BEGIN);
    if !whole.lines().any(is_begin) {
        return whole.to_owned();
    }
    let mut inside = false;
    let mut text = String::new();
    for line in whole.split_inclusive('\n') {
        let bare = line.trim_end();
        if !inside && is_begin(bare) {
            inside = true;
        } else if inside && bare == END {
            inside = false;
        } else if !(inside && (bare.is_empty() || bare.starts_with(' '))) {
            text.push_str(line);
        }
    }
    let text = text.trim_end();
    match text.is_empty() {
        true => String::new(),
        false => format!("{text}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Vec<String> {
        ["#1 VPN drops", "* 09:00 Mia: see --> here", ""]
            .map(str::to_owned)
            .into()
    }

    #[test]
    fn the_comment_is_not_part_of_the_text() {
        let whole = with_context("We look.\n", &context());
        assert_eq!(
            whole,
            "We look.\n\n<!-- desk: write above; this comment is not part of the text\n \
             #1 VPN drops\n * 09:00 Mia: see -- > here\n\n-->\n"
        );
        assert_eq!(without_context(&whole), "We look.\n");
        assert_eq!(without_context(&with_context("", &context())), "");
    }

    #[test]
    fn what_is_written_below_or_into_it_stays() {
        let whole = with_context("one", &context()) + "below\n";
        assert_eq!(without_context(&whole), "one\n\nbelow\n");
        let into = whole.replace(" #1 VPN drops", "two\n #1 VPN drops");
        assert_eq!(without_context(&into), "one\n\ntwo\nbelow\n");
        // Its last line was deleted.
        let open = with_context("one", &context()).replace("-->\n", "three\n");
        assert_eq!(without_context(&open), "one\n\nthree\n");
    }

    #[test]
    fn a_text_without_it_is_left_as_it_is() {
        for text in ["", "a\n\n b --> c\n", "<!-- mine -->\n"] {
            assert_eq!(without_context(text), text);
        }
    }
}
