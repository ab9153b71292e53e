//! `desk mail test`: sends every mail to somebody who wants to see them.

use crate::cli::args::value_of;
use crate::cli::clap_errors::InvalidValue;
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::domain::mail::address::is_address;
use crate::domain::mail::outgoing::Attempt;
use crate::domain::vocabulary::NoticeLanguage;
use crate::error::Error;
use crate::output::{MailPreviews, TestMails};

/// Send every mail to yourself, to see what requesters read
///
/// The mails are about a ticket that does not exist: nothing is recorded, and
/// answers to them go nowhere.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk mail test --to anna@example.org
  desk mail test --to anna@example.org --lang all
  desk mail test --to anna@example.org --lang fi --dry-run")]
pub(super) struct Args {
    /// The address to send them to
    #[arg(long, value_name = "ADDRESS")]
    to: String,
    /// The language: en, de, fi, nl, it, id or all [default: that of the policy]
    #[arg(long, value_name = "LANGUAGE", value_parser = language, add = fixed(LANGUAGES))]
    lang: Option<Languages>,
    /// Only show them
    #[arg(long)]
    dry_run: bool,
}

const LANGUAGES: &[&str] = &["en", "de", "fi", "nl", "it", "id", "all"];

/// One language, or every one.
#[derive(Debug, Clone, Copy)]
enum Languages {
    All,
    One(NoticeLanguage),
}

fn language(typed: &str) -> Result<Languages, InvalidValue> {
    if typed.eq_ignore_ascii_case("all") {
        return Ok(Languages::All);
    }
    value_of(NoticeLanguage::parse)(typed).map(Languages::One)
}

pub(super) fn run(ctx: &CommandContext<'_>, args: Args) -> Result<CommandOutput<'static>, Error> {
    let Args { to, lang, dry_run } = args;
    if !is_address(&to) {
        return Err(Error::usage(
            format!("'{to}' is not a mail address"),
            "give one such as --to anna@example.org",
        ));
    }
    let policies = ctx.desk.policies()?;
    let languages = match lang {
        None => vec![policies.mail.language],
        Some(Languages::One(language)) => vec![language],
        Some(Languages::All) => NoticeLanguage::ALL.to_vec(),
    };
    let mails = ctx.desk.test_mails(&to, &languages, dry_run)?;
    if dry_run {
        let mails = mails.into_iter().map(|(mail, _)| mail).collect();
        return Ok(MailPreviews(mails).into());
    }
    let all_sent = mails
        .iter()
        .all(|(_, attempt)| *attempt == Some(Attempt::Sent));
    Ok(CommandOutput {
        exit_code: if all_sent { 0 } else { 5 },
        ..TestMails(mails).into()
    })
}
