//! What is known of a new ticket, from flags, a template, a ticket like it and
//! answers at the terminal. What came first counts.

use crate::cli::args::{all_or_none, usage};
use crate::cli::context::CommandContext;
use crate::domain::category::Category;
use crate::domain::custom_field::TypedField;
use crate::domain::decide::{Diagnosis, GivenAnswer, NewResolution, NewTicket, Ratings};
use crate::domain::event::{Note, TicketId};
use crate::domain::people::{Agent, Requester};
use crate::domain::tag::Tag;
use crate::domain::text;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, Kind, Occurrence};
use crate::error::Error;

/// What is known of a new ticket.
#[derive(Debug, Clone, Default)]
pub(super) struct Details {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) requester: Requester,
    pub(super) channel: Option<Channel>,
    pub(super) key: Option<String>,
    pub(super) kind: Option<Kind>,
    pub(super) onset: Option<Occurrence>,
    pub(super) note: Note,
    pub(super) category: Option<Category>,
    pub(super) ratings: Ratings,
    pub(super) answers: Vec<GivenAnswer>,
    pub(super) assignee: Option<Agent>,
    /// The tier that it goes to, and why.
    pub(super) tier: Option<(String, String)>,
    pub(super) tags: Vec<Tag>,
    pub(super) fields: Vec<TypedField>,
    pub(super) checklist: Vec<String>,
    pub(super) resolution: Option<NewResolution>,
}

impl Details {
    /// Takes over from another ticket what describes the fault: not who had it, nor
    /// when, nor in which words.
    ///
    /// # Errors
    /// [`Error::Usage`] for a ticket that is restricted or whose data may only be
    /// stored, because the new one is seen by everybody.
    pub(super) fn add_from_ticket(
        &mut self,
        ctx: &CommandContext<'_>,
        id: TicketId,
    ) -> Result<(), Error> {
        let page = ctx
            .desk
            .details(id)
            .map_err(|fault| ctx.explain_missing_ticket(fault))?;
        let hint = "give what the new ticket may say with flags: see desk open --help";
        if !page.ticket.restricted_to.is_empty() {
            return Err(Error::usage(
                format!(
                    "{id} is restricted, and everybody would see what it says in the new ticket"
                ),
                hint,
            ));
        }
        if page.limit.is_some() {
            return Err(Error::usage(
                format!("the processing of {id} is limited, so nothing is taken from it"),
                hint,
            ));
        }
        let Ticket {
            title,
            kind,
            onset,
            category,
            rating,
            symptoms,
            affected,
            ..
        } = page.ticket;
        self.title.get_or_insert(title);
        self.kind = self.kind.or(kind);
        let warning = (onset == Occurrence::Anticipated).then_some(onset);
        self.onset = self.onset.or(warning);
        self.category = self.category.take().or(category);
        if let Some(levels) = rating.and_then(|rating| rating.levels) {
            self.add_ratings(Ratings {
                users: Some(levels.users.to_string()),
                business: Some(levels.business.to_string()),
                urgency: Some(levels.urgency.to_string()),
            });
        }
        if self.note.symptoms.is_empty() {
            self.note.symptoms = symptoms;
        }
        if self.note.affected.is_empty() {
            self.note.affected = affected;
        }
        Ok(())
    }

    /// Fills in the ratings that are not given.
    pub(super) fn add_ratings(&mut self, ratings: Ratings) {
        let own = &mut self.ratings;
        own.users = own.users.take().or(ratings.users);
        own.business = own.business.take().or(ratings.business);
        own.urgency = own.urgency.take().or(ratings.urgency);
    }

    /// Returns the ticket that is to be opened.
    ///
    /// # Errors
    /// [`Error::Usage`] for what is missing.
    pub(super) fn into_ticket(self) -> Result<NewTicket, Error> {
        let Self {
            title,
            description,
            requester,
            channel,
            key,
            kind,
            onset,
            note,
            category,
            ratings,
            answers,
            assignee,
            tier,
            tags,
            fields,
            checklist,
            resolution,
        } = self;
        let title = title.unwrap_or_default();
        Ok(NewTicket {
            title: text::line("title", &title).map_err(usage)?,
            description,
            requester,
            channel: channel.unwrap_or(Channel::Other),
            key,
            kind,
            onset,
            note,
            category,
            ratings: all_or_none(ratings)?,
            diagnosis: Diagnosis {
                answers,
                ..Diagnosis::default()
            },
            tier,
            assignee,
            tags,
            fields,
            checklist,
            resolution,
        })
    }

    /// Who confirms that the service is restored, if the requester does.
    ///
    /// # Errors
    /// [`Error::Usage`] if nobody is named.
    pub(super) fn confirmed_by_requester(&self) -> Result<String, Error> {
        let who = self.requester.label().map(str::to_owned);
        who.ok_or_else(|| {
            Error::usage(
                "--confirmed needs a requester, who confirmed it",
                "give --requester WHO, or --restored-by WHO",
            )
        })
    }
}
