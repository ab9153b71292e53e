//! Reads bytes into records. Encoding and delimiter are declared or detected;
//! every record has the number of the line it begins in.

use super::json_lines::{JsonLines, is_json_lines};
use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::domain::text;

/// The declared format of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FileFormat {
    pub(crate) encoding: Option<String>,
    pub(crate) delimiter: Option<u8>,
}

/// The most columns that a table can have.
const MAX_COLUMNS: usize = 4_000;

/// The delimiters that can be detected.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A table with a header, read record by record.
pub(crate) struct Records<'a> {
    pub(crate) header: Vec<String>,
    reader: Source<'a>,
    text: &'a [u8],
    /// An offset in the text, and its line number.
    position: (usize, u64),
}

/// Where the records come from.
enum Source<'a> {
    Csv(csv::Reader<&'a [u8]>),
    JsonLines(JsonLines<'a>),
}

/// A record with the line it begins in, or why the record is invalid.
pub(crate) type NumberedRecord = (u64, Result<ByteRecord, String>);

/// Decodes a file to UTF-8. Also returns notes on what was detected.
///
/// # Errors
/// If the file does not have the declared encoding.
pub(crate) fn decode(
    bytes: Vec<u8>,
    declared: Option<&str>,
) -> Result<(Vec<u8>, Vec<String>), String> {
    let mut notes = Vec::new();
    let (bom_encoding, bom_length) = match Encoding::for_bom(&bytes) {
        Some((encoding, length)) => (Some(encoding), length),
        None => (None, 0),
    };
    let declared = match declared {
        Some(label) => Some(
            Encoding::for_label(label.as_bytes())
                .ok_or_else(|| format!("'{label}' is not an encoding"))?,
        ),
        None => None,
    };
    let encoding = match bom_encoding.or(declared) {
        Some(encoding) => encoding,
        None if std::str::from_utf8(&bytes).is_ok() => UTF_8,
        None => {
            notes.push(
                "not UTF-8: read as Windows-1252; declare another encoding in the mapping"
                    .to_owned(),
            );
            WINDOWS_1252
        }
    };
    if encoding == UTF_8 {
        let text = bytes.get(bom_length..).unwrap_or_default();
        if let Err(fault) = std::str::from_utf8(text) {
            let line = 1 + text[..fault.valid_up_to()]
                .iter()
                .filter(|b| **b == b'\n')
                .count();
            return Err(format!("line {line} is not UTF-8"));
        }
        return Ok((
            if bom_length == 0 {
                bytes
            } else {
                text.to_vec()
            },
            notes,
        ));
    }
    let text = bytes.get(bom_length..).unwrap_or_default();
    let (text, faulty) = encoding.decode_without_bom_handling(text);
    if faulty {
        notes.push(format!(
            "replaced characters that are not valid {}",
            encoding.name()
        ));
    }
    Ok((text.into_owned().into_bytes(), notes))
}

/// Refuses tables with too many columns.
fn check_width(columns: usize) -> Result<(), String> {
    match columns > MAX_COLUMNS {
        true => Err(format!(
            "it has {columns} columns, at most {MAX_COLUMNS} are read"
        )),
        false => Ok(()),
    }
}

/// The name of a column, which becomes the key of a fact.
fn column(name: &str) -> String {
    text::visible_nul(name).into_owned()
}

/// Opens a decoded text as a table, from JSON Lines or CSV.
///
/// # Errors
/// If there is no header.
pub(crate) fn read_table<'a>(
    text: &'a [u8],
    declared: Option<u8>,
    notes: &mut Vec<String>,
) -> Result<Records<'a>, String> {
    if declared.is_none() && is_json_lines(text) {
        let lines = JsonLines::new(text);
        check_width(lines.header().len())?;
        return Ok(Records {
            header: lines.header().iter().map(|name| column(name)).collect(),
            reader: Source::JsonLines(lines),
            text,
            position: (0, 1),
        });
    }
    let delimiter = match declared {
        Some(delimiter) => delimiter,
        None => {
            let found = detect_delimiter(text);
            if found != b',' {
                let shown = if found == b'\t' {
                    "a tab".to_owned()
                } else {
                    format!("'{}'", char::from(found))
                };
                notes.push(format!("columns are separated by {shown}"));
            }
            found
        }
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text);
    let header = reader.headers().map_err(|fault| fault.to_string())?;
    check_width(header.len())?;
    let header: Vec<String> = header.iter().map(|name| column(name.trim())).collect();
    if header.iter().all(String::is_empty) {
        return Err("no header line".to_owned());
    }
    Ok(Records {
        header,
        reader: Source::Csv(reader),
        text,
        position: (0, 1),
    })
}

/// Detects the delimiter: the most frequent one in the first line, outside
/// quotes.
fn detect_delimiter(text: &[u8]) -> u8 {
    let mut counts = [0_u32; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                if let Some(place) = DELIMITERS.iter().position(|d| d == byte) {
                    counts[place] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let place = counts.iter().position(|count| *count == most).unwrap_or(0);
    DELIMITERS[place]
}

impl Records<'_> {
    /// Reads the next record.
    ///
    /// # Errors
    /// If the table cannot be read further.
    pub(crate) fn next(&mut self) -> Result<Option<NumberedRecord>, String> {
        let reader = match &mut self.reader {
            Source::Csv(reader) => reader,
            Source::JsonLines(lines) => return Ok(lines.next()),
        };
        let mut record = ByteRecord::new();
        match reader.read_byte_record(&mut record) {
            Ok(true) => {
                let start = record.position().map_or(0, csv::Position::byte);
                let line = self.line_of(usize::try_from(start).unwrap_or(usize::MAX));
                Ok(Some((line, Ok(record))))
            }
            Ok(false) => Ok(None),
            Err(fault) => Err(fault.to_string()),
        }
    }

    /// The line number of the record at an offset, not counting line ends before
    /// it.
    fn line_of(&mut self, start: usize) -> u64 {
        let rest = self.text.get(start..).unwrap_or_default();
        let ends = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
        let start = start + ends.count();
        let (from, line) = self.position;
        let passed = self.text.get(from..start).unwrap_or_default();
        let line = line + passed.iter().filter(|b| **b == b'\n').count() as u64;
        self.position = (start, line);
        line
    }

    /// Bytes read so far, and in total.
    pub(crate) fn progress(&self) -> (u64, u64) {
        let reached = match &self.reader {
            Source::Csv(reader) => reader.position().byte(),
            Source::JsonLines(lines) => lines.offset() as u64,
        };
        (reached, self.text.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rows = Vec<(u64, Vec<String>)>;

    fn read(bytes: &[u8]) -> (Vec<String>, Rows, Vec<String>) {
        let (text, mut notes) = decode(bytes.to_vec(), None).unwrap();
        let mut records = read_table(&text, None, &mut notes).unwrap();
        let header = records.header.clone();
        let mut rows = Vec::new();
        while let Some((line, record)) = records.next().unwrap() {
            let record = record.unwrap();
            let cells = record
                .iter()
                .map(|c| String::from_utf8(c.to_vec()).unwrap());
            rows.push((line, cells.collect()));
        }
        (header, rows, notes)
    }

    #[test]
    fn line_numbers_are_those_of_the_file() {
        let (header, rows, notes) = read(b"\xef\xbb\xbfa,b\r\n1,\"x\r\ny\"\r\n2,z\r\n");
        assert_eq!(header, ["a", "b"]);
        assert_eq!(rows[0], (2, vec!["1".into(), "x\r\ny".into()]));
        assert_eq!(rows[1], (4, vec!["2".into(), "z".into()]));
        assert_eq!(notes, Vec::<String>::new());
    }

    #[test]
    fn other_delimiters_and_encodings_are_detected_and_reported() {
        let (header, rows, notes) = read(b"a;b\n1;M\xfcller\n");
        assert_eq!(header, ["a", "b"]);
        assert_eq!(rows[0].1[1], "Müller");
        assert_eq!(notes.len(), 2, "{notes:?}");
        let (_, rows, _) = read(b"\xff\xfea\x00\n\x00\xfc\x00\n\x00");
        assert_eq!(rows[0].1[0], "ü");
    }

    #[test]
    fn a_declared_encoding_is_used() {
        assert!(decode(b"\xff".to_vec(), Some("utf-8")).is_err());
        assert!(decode(b"a".to_vec(), Some("klingon")).is_err());
        let (text, notes) = decode(b"\xfc".to_vec(), Some("latin1")).unwrap();
        assert_eq!((text.as_slice(), notes.len()), ("ü".as_bytes(), 0));
    }
}
