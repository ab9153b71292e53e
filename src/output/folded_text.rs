//! Texts that people wrote, with what they quote from earlier messages folded to
//! one line. Nothing is folded that new text follows.

use super::alarms::PageTexts;
use super::style::humanize;
use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use crate::domain::mail::quotes::{Segment, SegmentKind, segments};

/// Writes a text behind the bar.
pub(super) fn write(text: &str, indent: usize, texts: PageTexts, to: &mut PageWriter<'_, '_>) {
    if texts == PageTexts::Full {
        to.quote(indent, text);
        return;
    }
    let (new, old): (Vec<Segment<'_>>, Vec<Segment<'_>>) = segments(text)
        .into_iter()
        .partition(|segment| segment.kind == SegmentKind::New);
    let lines: usize = old.iter().map(Segment::lines).sum();
    if lines == 0 {
        to.quote(indent, text);
        return;
    }
    for segment in new {
        to.quote(indent, segment.text.trim_end());
    }
    let is_quote = old
        .iter()
        .any(|segment| segment.kind == SegmentKind::Quoted);
    let what = if is_quote {
        "quoted line"
    } else {
        "signature line"
    };
    let count = humanize::plural(u64::try_from(lines).unwrap_or(u64::MAX), what);
    let note = Style::Dim.paint(&format!("… {count}, --full"), to.options.color);
    to.line(&format!("{}{note}", " ".repeat(indent)));
}
