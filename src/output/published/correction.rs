//! Corrections of what was submitted, and what they replaced.

use serde::Serialize;

use super::value::Channel;
use crate::domain::event;

published! {
    Correction<'a> from c: event::Correction => {
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<&'a str> = c.title.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<&'a str> = c.name.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        contact: Option<&'a str> = c.contact.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<&'a str> = c.language.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'a str> = c.description.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        channel: Option<Channel> = c.channel.map(Into::into),
        /// What is there no longer, without anything in its place.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        cleared: Vec<&'static str> = c.cleared.iter().map(|field| field.as_str()).collect(),
        /// The symptoms that proved wrong.
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        removed_symptoms: &'a [String] = &c.no_symptoms,
        /// What proved not to be affected.
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        removed_affected: &'a [String] = &c.no_affected,
        /// What stood there before; absent in events of earlier versions.
        #[serde(skip_serializing_if = "Replaced::is_empty")]
        replaced: Replaced<'a> = (&c.replaced).into(),
    }
}

published! {
    Replaced<'a> from replaced: event::Replaced => {
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<&'a str> = replaced.title.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'a str> = replaced.description.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<&'a str> = replaced.requester.name.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        contact: Option<&'a str> = replaced.requester.contact.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<&'a str> = replaced.requester.language.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        channel: Option<Channel> = replaced.channel.map(Into::into),
    }
}

impl Replaced<'_> {
    const fn is_empty(&self) -> bool {
        let Self {
            title,
            description,
            name,
            contact,
            language,
            channel,
        } = self;
        title.is_none()
            && description.is_none()
            && name.is_none()
            && contact.is_none()
            && language.is_none()
            && channel.is_none()
    }
}
