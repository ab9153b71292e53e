//! The fields of a ticket that a listing can show, under the names they have
//! in JSON. How a field looks in a format is that format's own matter.

use crate::domain::vocabulary::UnknownWord;

macro_rules! columns {
    ($($variant:ident = $word:literal),+ $(,)?) => {
        /// A field of a ticket that a listing can show.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Column { $($variant),+ }

        impl Column {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),+];
            pub(crate) const WORDS: &'static [&'static str] = &[$($word),+];

            /// The name by which it is picked and published.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

columns! {
    Id = "id", Title = "title", Status = "status", Since = "since", PauseReason = "awaited",
    WakeAt = "wake_at", Kind = "kind", Occurrence = "onset", Channel = "channel",
    Requester = "requester", Contact = "contact", Category = "category", Users = "users",
    Business = "business", Impact = "impact", Urgency = "urgency", Priority = "priority",
    Tier = "tier", Assignee = "assignee", OpenedAt = "opened_at", UpdatedAt = "updated_at",
    ResolvedAt = "resolved_at", ClosedAt = "closed_at", ClosureCode = "code",
    Satisfaction = "satisfaction", Reopenings = "reopenings", Escalations = "escalations",
    MergedInto = "merged_into", Key = "key", Response = "response", Update = "update",
    Resolution = "resolution", NextDue = "next_due", Sla = "sla", Source = "source",
    Number = "number", KnownError = "known_error",
}

impl Column {
    /// What a list shows of a ticket, from left to right.
    pub(crate) const LIST: &'static [Self] = &[
        Self::Id,
        Self::Priority,
        Self::Status,
        Self::Sla,
        Self::Tier,
        Self::Assignee,
        Self::Category,
        Self::Requester,
        Self::Title,
    ];

    /// What a list gives up where it is too narrow for the title, the first
    /// one first.
    pub(crate) const LIST_DROPS: &'static [Self] =
        &[Self::Requester, Self::Category, Self::Tier, Self::Status];

    /// What the status table shows of a ticket, from left to right.
    pub(crate) const SLA: &'static [Self] = &[
        Self::Id,
        Self::Priority,
        Self::Status,
        Self::Response,
        Self::Update,
        Self::Resolution,
        Self::Tier,
        Self::Assignee,
        Self::Title,
    ];

    /// What the status table gives up, the first one first.
    pub(crate) const SLA_DROPS: &'static [Self] = &[Self::Tier, Self::Status, Self::Assignee];

    /// Reads a name, in any case and with `-` for `_`.
    ///
    /// # Errors
    /// [`UnknownWord`] with all names.
    pub(crate) fn parse(typed: &str) -> Result<Self, UnknownWord> {
        let name = typed.trim().replace('-', "_");
        Self::ALL
            .iter()
            .copied()
            .find(|column| column.as_str().eq_ignore_ascii_case(&name))
            .ok_or_else(|| {
                UnknownWord::new("column", typed.trim(), Self::ALL.iter().map(|c| c.as_str()))
            })
    }

    /// Its heading in a table.
    pub(super) fn heading(self) -> String {
        if self == Self::Priority {
            return "PRIO".to_owned();
        }
        self.as_str().replace('_', " ").to_uppercase()
    }

    /// Whether its text may be cut where a table is too wide.
    pub(super) const fn is_flexible(self) -> bool {
        matches!(
            self,
            Self::Title | Self::Requester | Self::Contact | Self::Category | Self::Key
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_read_by_its_word() {
        for column in Column::ALL {
            assert_eq!(Column::parse(column.as_str()), Ok(*column));
        }
        assert_eq!(Column::parse(" Opened-At "), Ok(Column::OpenedAt));
    }

    #[test]
    fn a_slip_is_answered_with_the_column_meant() {
        let fault = Column::parse("titel").unwrap_err();
        assert_eq!(fault.to_string(), "unknown column 'titel'");
        assert!(fault.hint().starts_with("did you mean 'title'?"));
    }
}
