//! What a correction replaced.

use serde::Serialize;

use super::value::Channel;
use crate::domain::event;

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
    pub(super) const fn is_empty(&self) -> bool {
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
