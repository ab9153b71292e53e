//! The body of a policy version: its text, and the files it refers to.

use std::collections::BTreeMap;

use super::super::StoreError;
use super::canonical::Json;

pub(crate) fn write_policy(text: &str, files: &BTreeMap<String, String>) -> String {
    let files = files
        .iter()
        .map(|(name, text)| (name.clone(), Json::Text(text.clone())));
    let entries = [
        ("files".to_owned(), Json::Map(files.collect())),
        ("text".to_owned(), Json::Text(text.to_owned())),
    ];
    Json::Map(entries.into()).to_string()
}

/// # Errors
/// [`StoreError::Damaged`] for anything that [`write_policy`] did not write.
pub(crate) fn read_policy(body: &str) -> Result<(String, BTreeMap<String, String>), StoreError> {
    let wrong = || StoreError::damaged("a policy version cannot be read");
    let body = Json::read(body)?;
    let text = body.get("text").and_then(Json::as_text).ok_or_else(wrong)?;
    let files = body.get("files").and_then(Json::as_map).ok_or_else(wrong)?;
    let file = |(name, text): (&String, &Json)| {
        let text = text.as_text().ok_or_else(wrong)?;
        Ok((name.clone(), text.to_owned()))
    };
    let files = files.iter().map(file).collect::<Result<_, StoreError>>()?;
    Ok((text.to_owned(), files))
}
