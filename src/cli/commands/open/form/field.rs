//! The questions of the form: what each stands for in the ticket.

use crate::cli::args::usage;
use crate::cli::commands::open::details::Details;
use crate::cli::context::CommandContext;
use crate::domain::decide::Ratings;
use crate::domain::people::Requester;
use crate::domain::policy::Policy;
use crate::domain::text;
use crate::domain::vocabulary::{Channel, Kind};
use crate::error::Error;

/// A question of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Requester,
    Channel,
    Category,
    Kind,
    Users,
    Business,
    Urgency,
    Assignee,
    Description,
}

impl Field {
    pub(super) const ALL: [Self; 10] = [
        Self::Title,
        Self::Requester,
        Self::Channel,
        Self::Category,
        Self::Kind,
        Self::Users,
        Self::Business,
        Self::Urgency,
        Self::Assignee,
        Self::Description,
    ];

    /// What is asked for; it names the value in a draft too.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Requester => "requester",
            Self::Channel => "channel",
            Self::Category => "category",
            Self::Kind => "kind",
            Self::Users => "impact on users",
            Self::Business => "impact on business",
            Self::Urgency => "urgency",
            Self::Assignee => "assign to",
            Self::Description => "description",
        }
    }

    /// The present value.
    pub(super) fn value(self, details: &Details) -> Option<String> {
        let Ratings {
            users,
            business,
            urgency,
        } = &details.ratings;
        match self {
            Self::Title => details.title.clone(),
            Self::Requester => Some(details.requester.written()).filter(|who| !who.is_empty()),
            Self::Channel => details.channel.map(|channel| channel.to_string()),
            Self::Category => details.category.as_ref().map(ToString::to_string),
            Self::Kind => details.kind.map(|kind| kind.to_string()),
            Self::Users => users.clone(),
            Self::Business => business.clone(),
            Self::Urgency => urgency.clone(),
            Self::Assignee => details.assignee.as_ref().map(ToString::to_string),
            Self::Description => details.description.clone(),
        }
    }

    /// Removes the present value.
    pub(super) fn clear(self, details: &mut Details) {
        match self {
            Self::Title => details.title = None,
            Self::Requester => {
                details.requester.name = None;
                details.requester.contact = None;
            }
            Self::Channel => details.channel = None,
            Self::Category => details.category = None,
            Self::Kind => details.kind = None,
            Self::Users => details.ratings.users = None,
            Self::Business => details.ratings.business = None,
            Self::Urgency => details.ratings.urgency = None,
            Self::Assignee => details.assignee = None,
            Self::Description => details.description = None,
        }
    }

    /// Puts what was typed in its place.
    ///
    /// # Errors
    /// [`Error::Usage`] for what is not accepted.
    pub(super) fn set(
        self,
        ctx: &CommandContext<'_>,
        details: &mut Details,
        typed: &str,
    ) -> Result<(), Error> {
        match self {
            Self::Title => details.title = Some(text::line("title", typed).map_err(usage)?),
            Self::Requester => {
                let typed = Requester::parse(typed).map_err(usage)?;
                let found = ctx.requester(typed)?;
                details.requester.name = found.name;
                details.requester.contact = found.contact;
            }
            Self::Channel => details.channel = Some(Channel::parse(typed).map_err(usage)?),
            Self::Category => {
                let category = ctx.category(typed)?;
                let policy = &ctx.desk.policies_if_any()?.current;
                policy.check_category(&category).map_err(usage)?;
                details.category = Some(category);
            }
            Self::Kind => details.kind = Some(Kind::parse(typed).map_err(usage)?),
            Self::Users => details.ratings.users = Some(typed.to_owned()),
            Self::Business => details.ratings.business = Some(typed.to_owned()),
            Self::Urgency => details.ratings.urgency = Some(typed.to_owned()),
            Self::Assignee => {
                let agent = ctx.assignee(typed)?;
                let policy = &ctx.desk.policies_if_any()?.current;
                policy.check_agent(&agent).map_err(usage)?;
                details.assignee = Some(agent);
            }
            Self::Description => {
                details.description = Some(text::body("description", typed).map_err(usage)?);
            }
        }
        Ok(())
    }
}

/// The only answers to a question; none if any text is one.
pub(super) fn choices(field: Field, policy: &Policy) -> Vec<String> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match field {
        Field::Channel => words(Channel::WORDS),
        Field::Kind => words(Kind::WORDS),
        Field::Users | Field::Business => policy.matrix.impact.clone(),
        Field::Urgency => policy.matrix.urgency.clone(),
        Field::Title
        | Field::Requester
        | Field::Category
        | Field::Assignee
        | Field::Description => Vec::new(),
    }
}

/// What to type where nobody can be asked.
pub(super) const fn flag(field: Field) -> &'static str {
    match field {
        Field::Title => "desk open TITLE",
        Field::Requester => "--requester WHO",
        Field::Channel => "--channel CHANNEL",
        Field::Category => "--category PATH",
        Field::Kind => "--kind KIND",
        Field::Users => "--users LEVEL",
        Field::Business => "--business LEVEL",
        Field::Urgency => "--urgency LEVEL",
        Field::Assignee => "--assign AGENT",
        Field::Description => "-m TEXT",
    }
}
