//! The placeholders of mail templates, `{{name}}`, and how they are filled in.

use std::fmt;

use crate::domain::vocabulary::{NoticeKind, Placeholder, UnknownWord};

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TemplateFault {
    /// A `{{` without `}}`.
    Open,
    Unknown(UnknownWord),
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("a '{{' has no '}}'"),
            Self::Unknown(fault) => write!(f, "{fault}; {}", fault.hint()),
        }
    }
}

/// A piece of a template.
pub(crate) enum Piece<'t, P> {
    Text(&'t str),
    Value(P),
}

/// Takes a template apart; `known` are the placeholders that it may have, `parse` and
/// `word` read and write their names.
///
/// # Errors
/// The first fault.
pub(crate) fn pieces<'t, P: Copy + PartialEq>(
    template: &'t str,
    known: &[P],
    parse: impl Fn(&str) -> Option<P>,
    word: impl Fn(P) -> &'static str,
) -> Result<Vec<Piece<'t, P>>, TemplateFault> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").ok_or(TemplateFault::Open)?;
        let found = parse(name).filter(|found| known.contains(found));
        let found = found.ok_or_else(|| {
            let choices = known.iter().map(|known| word(*known));
            TemplateFault::Unknown(UnknownWord::new("placeholder", name.trim(), choices))
        })?;
        pieces.extend([Piece::Text(text), Piece::Value(found)]);
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    Ok(pieces)
}

impl NoticeKind {
    /// Returns what a mail of this kind can say beside its own words.
    pub(crate) const fn placeholders(self) -> &'static [Placeholder] {
        use Placeholder as P;
        match self {
            Self::Acknowledged => &[P::Ticket, P::Title, P::Name, P::Desk, P::Promise],
            Self::Reply => &[P::Ticket, P::Title, P::Name, P::Desk, P::Text, P::Agent],
            Self::Resolved => &[P::Ticket, P::Title, P::Name, P::Desk, P::Text],
            Self::Closed | Self::Reopened => &[P::Ticket, P::Title, P::Name, P::Desk],
            Self::Call => &[
                P::Ticket,
                P::Title,
                P::Name,
                P::Desk,
                P::Time,
                P::Earlier,
                P::Medium,
                P::Text,
            ],
            Self::Assigned => &[
                P::Ticket,
                P::Title,
                P::Name,
                P::Desk,
                P::Requester,
                P::Priority,
                P::Actor,
            ],
            Self::RequesterWrote => &[P::Ticket, P::Title, P::Name, P::Desk, P::Requester, P::Text],
            Self::Warning | Self::Breach => &[
                P::Ticket,
                P::Title,
                P::Name,
                P::Desk,
                P::Priority,
                P::Clock,
                P::Time,
            ],
            Self::Escalated => &[
                P::Ticket,
                P::Title,
                P::Name,
                P::Desk,
                P::Priority,
                P::Tier,
                P::Actor,
                P::Text,
            ],
            Self::Manager => &[
                P::Ticket,
                P::Title,
                P::Name,
                P::Desk,
                P::Priority,
                P::Actor,
                P::Text,
            ],
        }
    }
}

/// Takes the template of a kind of mail apart.
fn mail_pieces(
    template: &str,
    kind: NoticeKind,
) -> Result<Vec<Piece<'_, Placeholder>>, TemplateFault> {
    let parse = |name: &str| Placeholder::parse(name).ok();
    pieces(template, kind.placeholders(), parse, Placeholder::as_str)
}

/// Checks a template.
///
/// # Errors
/// The first fault.
pub(crate) fn check(template: &str, kind: NoticeKind) -> Result<(), TemplateFault> {
    mail_pieces(template, kind).map(drop)
}

/// Fills in a template that was checked. Values are never taken for templates.
pub(crate) fn fill(
    template: &str,
    kind: NoticeKind,
    value: impl Fn(Placeholder) -> String,
) -> String {
    // What is faulty all the same is better sent as it is than not at all.
    let Ok(pieces) = mail_pieces(template, kind) else {
        return template.to_owned();
    };
    let text = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Value(placeholder) => value(placeholder),
    });
    text.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_filled_in_once() {
        let value = |placeholder: Placeholder| format!("<{placeholder} {{{{title}}}}>");
        let filled = fill("a {{ticket}} b{{ name }}", NoticeKind::Reply, value);
        assert_eq!(filled, "a <ticket {{title}}> b<name {{title}}>");
    }

    #[test]
    fn only_known_placeholders_are_accepted() {
        let fault = |template| check(template, NoticeKind::Closed).unwrap_err().to_string();
        let faults = [fault("{{titel}}"), fault("{{text}}"), fault("a {{title")];
        insta::assert_snapshot!(faults.join("\n"), @"
        unknown placeholder 'titel'; did you mean 'title'? accepted: ticket, title, name, desk
        unknown placeholder 'text'; accepted: ticket, title, name, desk
        a '{{' has no '}}'
        ");
        assert_eq!(check("}} {a} {", NoticeKind::Closed), Ok(()));
    }
}
