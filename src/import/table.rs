//! Bytes into records: encodings and delimiters, declared or found out, and
//! every record with the line in which it begins.

use super::json_lines::{JsonLines, is_json_lines};
use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How a file is written, as far as it is declared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FileFormat {
    pub(crate) encoding: Option<String>,
    pub(crate) delimiter: Option<u8>,
}

/// The delimiters that are found out.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A table of texts.
pub(crate) struct Records<'a> {
    pub(crate) header: Vec<String>,
    reader: Source<'a>,
    text: &'a [u8],
    /// A place in the text, and the line that it is in.
    reached: (usize, u64),
}

/// What the records are read from.
enum Source<'a> {
    Csv(csv::Reader<&'a [u8]>),
    JsonLines(JsonLines<'a>),
}

/// A record with the line in which it begins, or why that is none.
pub(crate) type NumberedRecord = (u64, Result<ByteRecord, String>);

/// The text of a file as UTF-8, and what was found out about it.
///
/// # Errors
/// When it is not in the encoding that was declared.
pub(crate) fn decode(
    bytes: Vec<u8>,
    declared: Option<&str>,
) -> Result<(Vec<u8>, Vec<String>), String> {
    let mut notes = Vec::new();
    let (marked, mark) = match Encoding::for_bom(&bytes) {
        Some((encoding, length)) => (Some(encoding), length),
        None => (None, 0),
    };
    let declared = match declared {
        Some(label) => Some(
            Encoding::for_label(label.as_bytes())
                .ok_or_else(|| format!("'{label}' is no encoding"))?,
        ),
        None => None,
    };
    let encoding = match marked.or(declared) {
        Some(encoding) => encoding,
        None if std::str::from_utf8(&bytes).is_ok() => UTF_8,
        None => {
            notes.push(
                "it is not UTF-8 and was read as Windows-1252; declare another encoding in the mapping"
                    .to_owned(),
            );
            WINDOWS_1252
        }
    };
    if encoding == UTF_8 {
        let text = bytes.get(mark..).unwrap_or_default();
        if let Err(fault) = std::str::from_utf8(text) {
            let line = 1 + text[..fault.valid_up_to()]
                .iter()
                .filter(|b| **b == b'\n')
                .count();
            return Err(format!("it is not UTF-8 in line {line}"));
        }
        return Ok((if mark == 0 { bytes } else { text.to_vec() }, notes));
    }
    let text = bytes.get(mark..).unwrap_or_default();
    let (text, faulty) = encoding.decode_without_bom_handling(text);
    if faulty {
        notes.push(format!(
            "some of it is not {}, and was replaced",
            encoding.name()
        ));
    }
    Ok((text.into_owned().into_bytes(), notes))
}

/// Opens a decoded text as a table: JSON Lines, or cells between delimiters.
///
/// # Errors
/// When it has no heads.
pub(crate) fn read_table<'a>(
    text: &'a [u8],
    declared: Option<u8>,
    notes: &mut Vec<String>,
) -> Result<Records<'a>, String> {
    if declared.is_none() && is_json_lines(text) {
        let lines = JsonLines::new(text);
        return Ok(Records {
            header: lines.header().to_vec(),
            reader: Source::JsonLines(lines),
            text,
            reached: (0, 1),
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
                notes.push(format!("its columns are separated by {shown}"));
            }
            found
        }
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text);
    let heads = reader.headers().map_err(|fault| fault.to_string())?;
    let heads: Vec<String> = heads.iter().map(|head| head.trim().to_owned()).collect();
    if heads.iter().all(String::is_empty) {
        return Err("it has no heads of columns".to_owned());
    }
    Ok(Records {
        header: heads,
        reader: Source::Csv(reader),
        text,
        reached: (0, 1),
    })
}

/// The delimiter that the first line has most of, outside of quotes.
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
    /// The next record and the line in which it begins.
    ///
    /// # Errors
    /// When the table cannot be read on.
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

    /// The line in which the record at a place begins, ends of lines before it
    /// left out.
    fn line_of(&mut self, start: usize) -> u64 {
        let rest = self.text.get(start..).unwrap_or_default();
        let ends = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
        let start = start + ends.count();
        let (from, line) = self.reached;
        let passed = self.text.get(from..start).unwrap_or_default();
        let line = line + passed.iter().filter(|b| **b == b'\n').count() as u64;
        self.reached = (start, line);
        line
    }

    /// How far it is read, and how much there is, in bytes.
    pub(crate) fn progress(&self) -> (u64, u64) {
        let reached = match &self.reader {
            Source::Csv(reader) => reader.position().byte(),
            Source::JsonLines(lines) => lines.place() as u64,
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
        let heads = records.header.clone();
        let mut rows = Vec::new();
        while let Some((line, record)) = records.next().unwrap() {
            let record = record.unwrap();
            let cells = record
                .iter()
                .map(|c| String::from_utf8(c.to_vec()).unwrap());
            rows.push((line, cells.collect()));
        }
        (heads, rows, notes)
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let (heads, rows, notes) = read(b"\xef\xbb\xbfa,b\r\n1,\"x\r\ny\"\r\n2,z\r\n");
        assert_eq!(heads, ["a", "b"]);
        assert_eq!(rows[0], (2, vec!["1".into(), "x\r\ny".into()]));
        assert_eq!(rows[1], (4, vec!["2".into(), "z".into()]));
        assert_eq!(notes, Vec::<String>::new());
    }

    #[test]
    fn other_delimiters_and_encodings_are_found_out_and_told() {
        let (heads, rows, notes) = read(b"a;b\n1;M\xfcller\n");
        assert_eq!(heads, ["a", "b"]);
        assert_eq!(rows[0].1[1], "Müller");
        assert_eq!(notes.len(), 2, "{notes:?}");
        let (_, rows, _) = read(b"\xff\xfea\x00\n\x00\xfc\x00\n\x00");
        assert_eq!(rows[0].1[0], "ü");
    }

    #[test]
    fn a_declared_encoding_is_kept_to() {
        assert!(decode(b"\xff".to_vec(), Some("utf-8")).is_err());
        assert!(decode(b"a".to_vec(), Some("klingon")).is_err());
        let (text, notes) = decode(b"\xfc".to_vec(), Some("latin1")).unwrap();
        assert_eq!((text.as_slice(), notes.len()), ("ü".as_bytes(), 0));
    }
}
