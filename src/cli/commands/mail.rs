//! `desk mail`: takes mail from a mail system, and shows what waits for a decision.

mod test;

use std::path::{Path, PathBuf};

use crate::app::MailOutcome;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::mail_exit::TRY_AGAIN;
use crate::cli::mail_input;
use crate::domain::mail::incoming::{MailId, MailReceipt};
use crate::error::Error;
use crate::output::{self, MailReceipts, QuarantinedMails, RawMail};

/// Take mail, and decide about mail that waits
///
/// Reads one message on stdin, as a mail system delivers it, stores it, and then
/// does what it asks for: a reply goes to its ticket, and everything else opens one.
/// The exit code is 0 once the message is stored or was received before, and 75
/// otherwise, whatever happens, so that the mail system keeps it.
///
/// With --maildir it takes what lies in the directory new, and moves it to cur once
/// it is stored. Automatic mail that belongs to no ticket waits in the quarantine:
/// list it with --quarantine, then let it in with --accept or erase it with --drop.
#[derive(Debug, Clone, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_long_help = "\
Examples:
  desk mail < message.eml
  desk mail --maildir ~/Maildir
  desk mail --quarantine
  desk mail --accept 7
  desk mail --raw 7 > message.eml")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// Take the new messages of these Maildirs instead
    #[arg(
        long,
        value_name = "DIR",
        num_args = 1..,
        value_hint = clap::ValueHint::DirPath,
        conflicts_with_all = ["quarantine", "accept", "drop", "raw"]
    )]
    maildir: Vec<PathBuf>,
    /// List the mails that wait for a decision
    #[arg(long, conflicts_with_all = ["accept", "drop", "raw"])]
    quarantine: bool,
    /// Let a mail in: to the ticket that it belongs to, or as a new one
    #[arg(long, value_name = "MAIL", conflicts_with_all = ["drop", "raw"])]
    accept: Option<i64>,
    /// Erase a mail that waits for a decision
    #[arg(long, value_name = "MAIL", conflicts_with = "raw")]
    drop: Option<i64>,
    /// Print a mail as it was received
    #[arg(long, value_name = "MAIL")]
    raw: Option<i64>,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Send every mail to yourself, to see what requesters read
    Test(test::Args),
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        action,
        maildir,
        quarantine,
        accept,
        drop,
        raw,
    } = args;
    if let Some(Action::Test(args)) = action {
        return test::run(ctx, args);
    }
    if quarantine {
        return Ok(QuarantinedMails(ctx.desk.quarantined_mails()?).into());
    }
    if let Some(number) = raw {
        let id = MailId(number);
        let bytes = ctx.desk.raw_mail(id)?;
        return Ok(RawMail { id, bytes }.into());
    }
    if let Some(number) = accept {
        let outcome = ctx.desk.accept_mail(MailId(number))?;
        return Ok(MailReceipts(vec![receipt(ctx, outcome)]).into());
    }
    if let Some(number) = drop {
        let outcome = ctx.desk.drop_received(MailId(number))?;
        return Ok(MailReceipts(vec![receipt(ctx, outcome)]).into());
    }
    let mut receipts = Vec::new();
    let mut exit_code = 0;
    if maildir.is_empty() {
        let outcome = ctx.desk.receive_mail(&mail_input::stdin()?)?;
        receipts.push(receipt(ctx, outcome));
    }
    for directory in &maildir {
        if !take_all(ctx, directory, &mut receipts) {
            exit_code = TRY_AGAIN;
        }
    }
    Ok(CommandOutput {
        exit_code,
        several: !maildir.is_empty(),
        // The mail is stored, whoever reads this.
        may_be_lost: true,
        ..MailReceipts(receipts).into()
    })
}

/// Takes the new messages of a Maildir. One that fails keeps no other from being
/// taken, unless the store fails. Returns whether none failed.
fn take_all(ctx: &CommandContext<'_>, maildir: &Path, receipts: &mut Vec<MailReceipt>) -> bool {
    let mut all_taken = true;
    let mut note = |fault: &Error, path: &Path| {
        all_taken = false;
        let hint = fault.hint().map(|hint| format!("\n  hint: {hint}"));
        let (path, fault) = (path.display().to_string(), fault.to_string());
        let text = format!(
            "desk: {}: {}",
            output::safe_line(&path),
            output::safe_line(&fault)
        );
        ctx.notes
            .borrow_mut()
            .push(text + &hint.unwrap_or_default());
    };
    let messages = match mail_input::new_messages(maildir) {
        Ok(messages) => messages,
        Err(fault) => {
            note(&fault, maildir);
            Vec::new()
        }
    };
    for path in messages {
        let message = match mail_input::message(&path) {
            Ok(Some(message)) => message,
            Ok(None) => continue,
            Err(fault) => {
                note(&Error::outside("reading it", &fault), &path);
                continue;
            }
        };
        match ctx.desk.receive_mail(&message) {
            Ok(outcome) => receipts.push(receipt(ctx, outcome)),
            Err(fault) => {
                note(&fault, &path);
                break;
            }
        }
        if let Err(fault) = mail_input::mark_seen(maildir, &path) {
            note(&Error::outside("moving it to cur", &fault), &path);
        }
    }
    all_taken
}

/// What is said about a mail, with a note on why it was not understood.
pub(super) fn receipt(ctx: &CommandContext<'_>, outcome: MailOutcome) -> MailReceipt {
    let MailOutcome {
        mail,
        update,
        known,
        fault,
    } = outcome;
    if let Some(fault) = fault {
        let fault = output::safe_line(&fault.to_string());
        let text = format!(
            "desk: {} is stored, but could not be understood: {fault}\n  hint: try again with: desk sweep",
            mail.id
        );
        ctx.notes.borrow_mut().push(text);
    }
    MailReceipt {
        mail,
        known,
        opened: update.is_some_and(|update| update.before.is_none()),
    }
}
