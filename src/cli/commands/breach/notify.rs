//! `desk breach notify`: ends an obligation to notify.

use super::execute;
use crate::cli::args::{body, line, time};
use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::MessageArg;
use crate::cli::ticket_selection;
use crate::domain::breach::refusal::BreachRefusal;
use crate::domain::decide::{BreachCommand, SentRequest};
use crate::domain::event::TicketId;
use crate::domain::rejection::Rejection;
use crate::domain::time::parse_time::Prefer;
use crate::error::Error;

/// Record that a notification was sent, or why it is not required
///
/// desk sends nothing by itself: send it, for example with the text of desk
/// breach notice, then record it here. A notification that was late needs the
/// reason of the delay (Art. 33(1) GDPR).
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk breach notify <ID> [NOTIFICATION] --how <TEXT> [OPTIONS]\n       desk breach notify <ID> [NOTIFICATION] --not-required <REASON> [OPTIONS]"
)]
#[command(after_long_help = "\
Examples:
  desk breach notify 42 authority --how 'online form' --reference DSB-2026-118
  desk breach notify 42 persons --how letter --sent 'yesterday 16:00' --by legal
  desk breach notify 42 supplements --not-required 'the first one said everything'")]
pub(super) struct Args {
    /// The ticket
    #[arg(value_name = "ID", add = clap_complete::engine::ArgValueCandidates::new(completion::tickets))]
    id: String,
    /// Its number or name in desk breach show, such as authority or
    /// gdpr/authority [default: the only open one]
    #[arg(value_name = "NOTIFICATION")]
    which: Option<String>,
    /// When it was sent [default: now]
    #[arg(long, value_name = "TIME")]
    sent: Option<String>,
    /// How it was sent
    #[arg(long, value_name = "TEXT")]
    how: Option<String>,
    /// Who sent it, or decided that it is not required [default: you]
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// The reference that the recipient gave
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// Why it is late
    #[arg(long, value_name = "REASON")]
    delay: Option<String>,
    /// Of a supplement: another one follows, so that its time starts again
    #[arg(long)]
    more_follows: bool,
    /// It is not required, and why
    #[arg(long, value_name = "REASON", conflicts_with_all = ["sent", "how", "reference", "delay", "more_follows", "message"])]
    not_required: Option<String>,
    #[command(flatten)]
    message: MessageArg,
}

pub(super) fn run(ctx: &CommandContext<'_>, args: Args) -> Result<CommandOutput<'static>, Error> {
    let Args {
        id,
        which,
        sent,
        how,
        by,
        reference,
        delay,
        more_follows,
        not_required,
        message,
    } = args;
    let id = ticket_selection::one(&id, ctx)?;
    let which = chosen(ctx, id, which)?;
    let by = line("name", by.as_ref())?;
    if let Some(reason) = body("reason", not_required.as_ref())? {
        return execute(
            ctx,
            id,
            BreachCommand::WaiveNotification { which, by, reason },
        );
    }
    let sent = sent.as_deref();
    let at = sent
        .map(|typed| time(ctx, typed, Prefer::Past))
        .transpose()?;
    let how = match line("way of sending", how.as_ref())? {
        Some(how) => how,
        None => {
            let typed = ctx.prompt.line("how it was sent", "--how TEXT")?;
            line("way of sending", Some(&typed))?.unwrap_or_default()
        }
    };
    let mut request = SentRequest {
        which,
        at,
        how,
        by,
        reference: line("reference", reference.as_ref())?,
        delay: body("reason of the delay", delay.as_ref())?,
        note: message.given(ctx, "note", &[])?,
        more_follows,
    };
    match execute(ctx, id, BreachCommand::Notify(request.clone())) {
        Err(Error::Rejected(Rejection::Breach(BreachRefusal::DelayReason { .. })))
            if ctx.prompt.is_interactive() =>
        {
            let typed = ctx
                .prompt
                .line("it is late; the reason of the delay", "--delay REASON")?;
            request.delay = body("reason of the delay", Some(&typed))?;
            execute(ctx, id, BreachCommand::Notify(request))
        }
        done => done,
    }
}

/// The notification that is meant; asks on a terminal if several are open.
fn chosen(
    ctx: &CommandContext<'_>,
    id: TicketId,
    which: Option<String>,
) -> Result<Option<String>, Error> {
    if which.is_some() || !ctx.prompt.is_interactive() {
        return Ok(which);
    }
    let open = ctx.desk.breach(id)?;
    let names: Vec<String> = open.open_notifications().map(|one| one.name).collect();
    if names.len() < 2 {
        return Ok(None);
    }
    let flag = "the name of the notification";
    ctx.prompt.choose("notification", flag, &names).map(Some)
}
