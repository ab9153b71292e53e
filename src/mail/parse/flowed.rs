//! Text that was flowed by the sender's program (RFC 3676): lines that end with
//! a space go on in the next one.

/// Joins the lines of a flowed text. With `delsp` the space at the end of a line
/// is not part of the text.
pub(super) fn join(text: &str, delsp: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut flowing: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let body = line.get(depth..).unwrap_or_default();
        let body = body.strip_prefix(' ').unwrap_or(body);
        let is_signature = body == "-- ";
        if flowing != Some(depth) || is_signature {
            if !joined.is_empty() || flowing.is_some() {
                end_line(&mut joined);
            }
            if depth > 0 {
                joined.extend(std::iter::repeat_n("> ", depth));
            }
        }
        let is_soft = body.ends_with(' ') && !is_signature;
        joined.push_str(if is_soft && delsp {
            body.strip_suffix(' ').unwrap_or(body)
        } else {
            body
        });
        flowing = is_soft.then_some(depth);
        if !is_soft {
            joined.push('\n');
        }
    }
    end_line(&mut joined);
    joined
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn soft_lines_are_joined_within_a_depth_of_quotes() {
        for (written, delsp, read) in [
            ("one \ntwo\n\nthree\n", false, "one two\n\nthree\n"),
            ("one \ntwo\n", true, "onetwo\n"),
            (
                " >not a quote\n From here\n",
                false,
                ">not a quote\nFrom here\n",
            ),
            ("> a \n> b\nc \nd\n", false, "> a b\nc d\n"),
            (">> a \n> b\n", false, "> > a \n> b\n"),
            ("bye \n-- \nAnna \nBerg\n", false, "bye \n-- \nAnna Berg\n"),
            ("open ", false, "open \n"),
        ] {
            assert_eq!(join(written, delsp), read, "{written:?}");
        }
    }
}
