//! No text makes the parser panic, and every fault has a line.

use proptest::prelude::*;

use super::default::with_examples;
use super::no_files;
use crate::policy_file::{Diagnostic, parse};

fn check(text: &str, files: &dyn Fn(&str) -> Result<String, String>) -> Result<(), TestCaseError> {
    let diagnostics: Vec<Diagnostic> = match parse(text, 2, files) {
        Ok(read) => read.notes,
        Err(faults) => {
            prop_assert!(!faults.is_empty());
            faults
        }
    };
    let lines = text.matches('\n').count() + 1;
    for Diagnostic { line, message, .. } in diagnostics {
        prop_assert!((1..=lines).contains(&line), "{line}: {message}");
        prop_assert!(!message.is_empty());
    }
    Ok(())
}

const ICS: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/Berlin:20260105T090000\n\
DURATION:P1DT2H\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;COUNT=4\nEXDATE:20260112T090000\nSUMMARY:a\\, b\n\
END:VEVENT\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20260119\nDTSTART;VALUE=DATE:20260120\n\
DTEND;VALUE=DATE:20260121\nRDATE:20270101,20280101\nEND:VEVENT\nEND:VCALENDAR\n";

/// A text with a few parts replaced by other text.
fn mutated(text: String) -> impl Strategy<Value = String> {
    let part = prop_oneof![
        ".{0,5}",
        "[\\[\\]{}=\"',.:;\n0-9-]{0,4}",
        proptest::sample::select(vec![
            "9999-12-31",
            "0001-01-01",
            "24:00",
            "-1",
            "99999999999999999999",
            "\"",
            "[[targets]]\n",
            "L2",
            "P1",
            "resolution",
            "9999",
            "0",
            "\u{feff}",
            "é",
            "FREQ=WEEKLY",
            "BEGIN:VEVENT\n",
        ])
        .prop_map(str::to_owned),
    ];
    let change = (any::<proptest::sample::Index>(), 0..12_usize, part);
    proptest::collection::vec(change, 1..5).prop_map(move |changes| {
        let mut chars: Vec<char> = text.chars().collect();
        for (at, length, part) in changes {
            if chars.is_empty() {
                break;
            }
            let at = at.index(chars.len());
            let end = (at + length).min(chars.len());
            chars.splice(at..end, part.chars());
        }
        chars.into_iter().collect()
    })
}

/// The default file with all examples, and a calendar file.
fn full() -> String {
    with_examples().replace("\"12-25\",", "\"12-25\", { ics = \"a.ics\" },")
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_rejected(text in "(?s).{0,200}") {
        check(&text, &no_files)?;
    }

    #[test]
    fn a_damaged_policy_file_is_parsed_or_rejected(text in mutated(full())) {
        check(&text, &|_| Ok(ICS.to_owned()))?;
    }

    #[test]
    fn a_damaged_calendar_file_is_parsed_or_rejected(ics in mutated(ICS.to_owned())) {
        check(&full(), &|_| Ok(ics.clone()))?;
    }

    #[test]
    fn any_calendar_file_is_parsed_or_rejected(ics in "(?s)(BEGIN:VCALENDAR\n)?.{0,200}(\nEND:VCALENDAR)?") {
        check(&full(), &|_| Ok(ics.clone()))?;
    }
}
