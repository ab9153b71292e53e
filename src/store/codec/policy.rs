//! The body of a policy version. Its text is stored beside it in parts, so that
//! the names and logins of people can be erased one by one, and the files that
//! it names whole.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::StoreError;
use super::body::{Body, Draft};
use super::canonical::Json;

/// The entry that lists the parts of the text: 0 for a part without a name, and
/// otherwise the number of the name, so that equal names stay equal when they
/// are erased.
const PARTS: &str = "parts";
const TEXT: &str = "text";
const FILES: &str = "files";

/// The text of a policy version, the ranges of names in it, and its files.
pub(crate) type PolicyText = (String, Vec<Range<usize>>, BTreeMap<String, String>);

/// Drafts the body of a policy version. `personal` has the ranges of names in
/// the text, in order; what is no range of the text is ignored.
pub(crate) fn draft_policy(
    text: &str,
    personal: &[Range<usize>],
    files: &BTreeMap<String, String>,
) -> Draft {
    let mut to = Draft::default();
    let mut parts = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    let mut end = 0;
    let mut add = |part: &str, name: usize| {
        if !part.is_empty() {
            to.text(format!("{TEXT}/{}", parts.len()), part);
            parts.push(Json::Int(i64::try_from(name).unwrap_or(0)));
        }
    };
    for range in personal {
        let (Some(before), Some(name)) = (text.get(end..range.start), text.get(range.clone()))
        else {
            continue;
        };
        let known = names.iter().position(|known| *known == name);
        let number = known.unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        add(before, 0);
        add(name, number + 1);
        end = range.end;
    }
    add(&text[end..], 0);
    to.put(PARTS, Json::List(parts));
    for (index, (name, text)) in files.iter().enumerate() {
        to.text(format!("{FILES}/{index}/name"), name);
        to.text(format!("{FILES}/{index}/text"), text);
    }
    to
}

/// Reads the body of a policy version.
///
/// # Errors
/// [`StoreError::Damaged`] for anything that no version wrote.
pub(crate) fn read_policy(
    body: &str,
    texts: &BTreeMap<String, String>,
) -> Result<PolicyText, StoreError> {
    let wrong = || StoreError::damaged("a policy version cannot be read");
    let entries = Json::read(body)?;
    let Some(parts) = entries.get(PARTS).and_then(Json::as_list) else {
        return read_first_form(&entries).ok_or_else(wrong);
    };
    let (mut text, mut personal) = (String::new(), Vec::new());
    for (index, part) in parts.iter().enumerate() {
        let name = part.as_int().ok_or_else(wrong)?;
        let written = texts.get(&format!("{TEXT}/{index}"));
        let start = text.len();
        match (written, name) {
            (Some(written), _) => text.push_str(written),
            (None, 0) => return Err(wrong()),
            // It must stay a valid name, as a key and within quotes.
            (None, name) => text.push_str(&format!("erased-{name}")),
        }
        if name != 0 {
            personal.push(start..text.len());
        }
    }
    let body = Body::read(body, texts.clone())?;
    let file = |index: usize| {
        let name = body.maybe_text(&format!("{FILES}/{index}/name"))?;
        Some((name, body.maybe_text(&format!("{FILES}/{index}/text"))?))
    };
    Ok((text, personal, (0..).map_while(file).collect()))
}

/// Whether a text of a policy version is the name or login of a person.
///
/// # Errors
/// [`StoreError::Damaged`] for anything but a body.
pub(crate) fn is_name_in_policy(body: &str, path: &str) -> Result<bool, StoreError> {
    let entries = Json::read(body)?;
    let parts = entries.get(PARTS).and_then(Json::as_list);
    let index = path
        .strip_prefix(TEXT)
        .and_then(|rest| rest.strip_prefix('/'));
    let index = index.and_then(|index| index.parse::<usize>().ok());
    let part = index.and_then(|index| parts?.get(index)?.as_int());
    Ok(part.is_some_and(|name| name != 0))
}

/// The form of versions before 0.3, which had everything in the body.
fn read_first_form(entries: &Json) -> Option<PolicyText> {
    let text = entries.get(TEXT)?.as_text()?.to_owned();
    let files = entries.get(FILES)?.as_map()?.iter();
    let files = files.filter_map(|(name, text)| Some((name.clone(), text.as_text()?.to_owned())));
    Some((text, Vec::new(), files.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(text: &str, personal: &[Range<usize>], erase: &[&str]) -> PolicyText {
        let files = [("days.ics".to_owned(), "BEGIN".to_owned())].into();
        let draft = draft_policy(text, personal, &files);
        let (body, fields) = draft.seal(3, std::iter::repeat([7; 32]));
        assert!(!body.contains("anna") && !body.contains("days"), "{body}");
        let texts = fields.into_iter().map(|f| (f.path, f.value));
        let texts = texts.filter(|(_, value)| !erase.contains(&value.as_str()));
        read_policy(&body, &texts.collect()).unwrap()
    }

    const TEXT: &str = "[agents]\nanna = { name = 'anna', tier = 'L1' }\nben = 'L2'\n";

    #[test]
    fn a_policy_comes_back_as_it_was() {
        let whole = std::iter::once(0..TEXT.len()).collect();
        for personal in [vec![], vec![9..13, 26..30, 47..50], whole] {
            let (text, found, files) = round_trip(TEXT, &personal, &[]);
            assert_eq!((text.as_str(), found), (TEXT, personal));
            assert_eq!(files["days.ics"], "BEGIN");
        }
    }

    #[test]
    fn ranges_that_the_text_does_not_have_are_ignored() {
        let reversed = Range { start: 30, end: 29 };
        let personal = [9..13, 5..10, reversed, 40..4000];
        assert_eq!(round_trip(TEXT, &personal, &[]).0, TEXT);
    }

    #[test]
    fn an_erased_name_stays_a_name_and_the_same_one() {
        let (text, personal, _) = round_trip(TEXT, &[9..13, 26..30, 47..50], &["anna"]);
        let expected = "[agents]\nerased-1 = { name = 'erased-1', tier = 'L1' }\nben = 'L2'\n";
        assert_eq!(text, expected);
        assert_eq!(&text[personal[2].clone()], "ben");
    }

    #[test]
    fn the_first_form_is_read() {
        let body = r#"{"files":{"days.ics":"BEGIN"},"text":"[agents]"}"#;
        let (text, personal, files) = read_policy(body, &BTreeMap::new()).unwrap();
        assert_eq!((text.as_str(), personal.len()), ("[agents]", 0));
        assert_eq!(files["days.ics"], "BEGIN");
        assert!(read_policy("{}", &BTreeMap::new()).is_err());
    }
}
