//! Reviews after an incident: the parts that the desk fills in, and the template in
//! which they stand.

use super::mail::placeholder::{Piece, TemplateFault, pieces};

/// A part of a review that the desk fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReviewPart {
    Ticket,
    Title,
    Date,
    Agent,
    Summary,
    Impact,
    Timeline,
    Detection,
    Targets,
    Causes,
    Actions,
    Similar,
}

impl ReviewPart {
    const ALL: [Self; 12] = [
        Self::Ticket,
        Self::Title,
        Self::Date,
        Self::Agent,
        Self::Summary,
        Self::Impact,
        Self::Timeline,
        Self::Detection,
        Self::Targets,
        Self::Causes,
        Self::Actions,
        Self::Similar,
    ];

    /// The name that a template has for it.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Title => "title",
            Self::Date => "date",
            Self::Agent => "agent",
            Self::Summary => "summary",
            Self::Impact => "impact",
            Self::Timeline => "timeline",
            Self::Detection => "detection",
            Self::Targets => "targets",
            Self::Causes => "causes",
            Self::Actions => "actions",
            Self::Similar => "similar",
        }
    }
}

fn review_pieces(template: &str) -> Result<Vec<Piece<'_, ReviewPart>>, TemplateFault> {
    let parse = |name: &str| {
        let name = name.trim();
        let mut all = ReviewPart::ALL.into_iter();
        all.find(|part| part.as_str().eq_ignore_ascii_case(name))
    };
    pieces(template, &ReviewPart::ALL, parse, ReviewPart::as_str)
}

/// The template where the policy has none.
pub(crate) const TEMPLATE: &str = "\
# Review of ticket {{ticket}}: {{title}}

Written {{date}} by {{agent}}.

## Summary

{{summary}}

## Impact

{{impact}}

## Timeline

{{timeline}}

## Detection

{{detection}}

## Response and resolution

{{targets}}

## Causes

{{causes}}

## What went well

- 

## What went badly

- 

## Follow-up actions

{{actions}}

## Similar tickets

{{similar}}
";

/// Checks a template.
///
/// # Errors
/// The first fault.
pub(crate) fn check(template: &str) -> Result<(), TemplateFault> {
    review_pieces(template).map(drop)
}

/// Fills in a template that was checked. What is filled in is never taken for a
/// template.
pub(crate) fn fill(template: &str, part: impl Fn(ReviewPart) -> String) -> String {
    // What is faulty all the same is better printed as it is than not at all.
    let Ok(pieces) = review_pieces(template) else {
        return template.to_owned();
    };
    let text = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Value(value) => part(value),
    });
    text.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_template_has_every_part_once() {
        check(TEMPLATE).unwrap();
        for name in ReviewPart::ALL.map(ReviewPart::as_str) {
            assert_eq!(
                TEMPLATE.matches(&format!("{{{{{name}}}}}")).count(),
                1,
                "{name}"
            );
        }
    }

    #[test]
    fn parts_are_filled_in_once() {
        let filled = fill("a {{title}} {{ Ticket }}", |part| {
            format!("<{part:?} {{{{date}}}}>")
        });
        assert_eq!(filled, "a <Title {{date}}> <Ticket {{date}}>");
        let fault = check("{{titel}}").unwrap_err().to_string();
        assert!(fault.contains("did you mean 'title'?"), "{fault}");
    }
}
