//! Arguments that select tickets, and looking them up.

use std::collections::HashSet;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::single;
use crate::cli::completion;
use crate::cli::context::CommandContext;
use crate::cli::ticket_selector::{STDIN, SelectedTickets, as_one_list, looks_like_tickets, parse};
use crate::domain::event::TicketId;
use crate::domain::external_record::ExternalReference;
use crate::domain::policy::Policy;
use crate::error::Error;

/// Tickets, and nothing else.
#[derive(Debug, Clone, Args)]
pub(crate) struct TicketArgs {
    /// Tickets: 42, 42,43, 40-45, their numbers in another system, or - to read
    /// numbers from stdin
    #[arg(value_name = "ID", required = true, add = ArgValueCandidates::new(completion::tickets))]
    ids: Vec<String>,
}

impl TicketArgs {
    /// Looks the tickets up.
    ///
    /// # Errors
    /// [`Error::Usage`] if an argument names no ticket, or not only one.
    pub(crate) fn resolve(&self, ctx: &CommandContext<'_>) -> Result<SelectedTickets, Error> {
        select(&self.ids, ctx)
    }
}

/// The only argument that names tickets, in commands that take words after it.
#[derive(Debug, Clone, Args)]
pub(crate) struct FirstArgument {
    /// Tickets, as one argument: 42, 42,43, 40-45, a number in another system,
    /// or - to read numbers from stdin
    #[arg(value_name = "ID", add = ArgValueCandidates::new(completion::tickets))]
    id: String,
}

/// Words after `--`, which are never taken for tickets or options.
#[derive(Debug, Clone, Args)]
pub(crate) struct EscapedWords {
    /// Text that may begin with anything
    #[arg(id = "escaped", last = true, hide = true)]
    words: Vec<String>,
}

/// Tickets, followed by words. Only the first argument names tickets, because
/// what is written on a ticket cannot be taken back and a text may begin with
/// a number.
#[derive(Debug, Clone)]
pub(crate) struct TicketsAndWords {
    id: String,
    words: Vec<String>,
    escaped: Vec<String>,
}

/// What follows the tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected<'a> {
    /// A text, which can be given with `-m` too.
    Text,
    /// Nothing, because the text was given with `-m`.
    NoText,
    /// One word: an agent, a category.
    Word(&'a str),
}

impl TicketsAndWords {
    pub(crate) fn new(
        FirstArgument { id }: FirstArgument,
        words: Vec<String>,
        EscapedWords { words: escaped }: EscapedWords,
    ) -> Self {
        Self { id, words, escaped }
    }

    /// The tickets, and the words after them.
    ///
    /// # Errors
    /// [`Error::Usage`] if the first argument names no ticket, or the words
    /// after it may be tickets too.
    pub(crate) fn split(
        &self,
        ctx: &CommandContext<'_>,
        expected: Expected<'_>,
    ) -> Result<(SelectedTickets, Vec<String>), Error> {
        self.check_words(expected)?;
        let tickets = select(std::slice::from_ref(&self.id), ctx)?;
        let words = [self.words.as_slice(), self.escaped.as_slice()].concat();
        Ok((tickets, words))
    }

    /// The tickets, and the one word after them. Prompts for a missing word; if
    /// the policy lists names, they are offered as choices.
    pub(crate) fn with_one(
        &self,
        ctx: &CommandContext<'_>,
        what: &str,
        usage: &str,
        listed: impl FnOnce(&Policy) -> Vec<String>,
    ) -> Result<(SelectedTickets, String), Error> {
        let (tickets, rest) = self.split(ctx, Expected::Word(what))?;
        let word = match single(&rest, what)? {
            Some(word) => word,
            None => match listed(&ctx.desk.policies_if_any()?.current).as_slice() {
                [] => ctx.prompt.line(what, usage)?,
                names => ctx.prompt.choose(what, usage, names)?,
            },
        };
        Ok((tickets, word))
    }

    /// Refuses words that consist of numbers only: they were tickets once, and
    /// whoever types them can mean tickets or a text.
    fn check_words(&self, expected: Expected<'_>) -> Result<(), Error> {
        let unclear = |word: &String| word == STDIN || looks_like_tickets(word);
        if self.words.is_empty() || !self.words.iter().all(unclear) {
            return Ok(());
        }
        let typed = self.words.join(" ");
        let named = [&self.id].into_iter().chain(&self.words);
        let list = if named.clone().all(|word| looks_like_tickets(word)) {
            as_one_list(named.map(String::as_str))
        } else {
            "one list, such as 4,5,".to_owned()
        };
        let (what, otherwise) = match expected {
            Expected::NoText => {
                return Err(Error::usage(
                    format!("'{typed}' is not part of the text, which was given with -m"),
                    format!("use {list} for several tickets"),
                ));
            }
            Expected::Text if typed == STDIN => ("a text", "-m - to read a text from stdin".into()),
            Expected::Text if self.escaped.is_empty() => {
                ("a text", format!("-m '{typed}' for a text"))
            }
            Expected::Text => ("a text", format!("-m '{typed} ...' for a text")),
            Expected::Word(what) => (what, format!("-- '{typed}' for the {what}")),
        };
        Err(Error::usage(
            format!("'{typed}' can mean tickets or {}", with_article(what)),
            format!("use {list} for tickets, or {otherwise}"),
        ))
    }
}

fn with_article(what: &str) -> String {
    match what {
        "agent" | "action" => format!("an {what}"),
        "a text" => what.to_owned(),
        _ => format!("a {what}"),
    }
}

/// Looks up an argument that names exactly one ticket.
///
/// # Errors
/// [`Error::Usage`] if it names no ticket, or several.
pub(crate) fn one(typed: &str, ctx: &CommandContext<'_>) -> Result<TicketId, Error> {
    const USAGE: &str = "use one such as 42";
    if typed == STDIN || (parse(typed).is_err() && external(typed, ctx)?.is_none()) {
        return Err(Error::usage(not_a_ticket(typed), USAGE));
    }
    match find(typed, ctx)?.as_slice() {
        [id] => {
            ctx.prompt.concern(&[*id]);
            Ok(*id)
        }
        _ => Err(Error::usage(
            format!("'{typed}' is more than one ticket"),
            USAGE,
        )),
    }
}

/// Looks up every argument.
fn select(named: &[String], ctx: &CommandContext<'_>) -> Result<SelectedTickets, Error> {
    let mut ids = Vec::new();
    let mut seen = HashSet::new();
    let mut several = named.len() > 1;
    for typed in named {
        let found = if typed == STDIN {
            several = true;
            from_stdin(ctx)?
        } else {
            find(typed, ctx)?
        };
        several |= found.len() > 1;
        ids.extend(found.into_iter().filter(|id| seen.insert(*id)));
    }
    ctx.prompt.concern(&ids);
    Ok(SelectedTickets { ids, several })
}

/// Reads tickets from stdin: numbers, or one number of another system per line.
fn from_stdin(ctx: &CommandContext<'_>) -> Result<Vec<TicketId>, Error> {
    let mut ids = Vec::new();
    for line in ctx.prompt.stdin()?.lines().map(str::trim) {
        if is_plain_number(line)
            && let Ok(numbers) = parse(line)
        {
            ids.extend(numbers);
            continue;
        }
        let words = line.split_whitespace().map(parse);
        let numbers = words.collect::<Result<Vec<_>, _>>();
        let known = ctx.desk.tickets_by_external_number(line)?;
        match (numbers, known.as_slice()) {
            (Ok(numbers), []) => ids.extend(numbers.concat()),
            (Ok(_), [(id, origin), ..]) => return Err(ambiguous(line, *id, origin)),
            (Err(_), _) => {
                ids.extend(unique(line, &known)?);
                if known.is_empty() {
                    return Err(Error::usage(
                        format!("'{line}' on stdin is not a ticket number"),
                        "give one number per line, as desk list --format ids prints them",
                    ));
                }
            }
        }
    }
    Ok(ids)
}

/// Looks up one argument. A number of another system is not recognised by its
/// shape, so everything but a plain number is looked up.
fn find(typed: &str, ctx: &CommandContext<'_>) -> Result<Vec<TicketId>, Error> {
    let numbers = parse(typed);
    if is_plain_number(typed) {
        return Ok(numbers?);
    }
    let known = ctx.desk.tickets_by_external_number(typed)?;
    match (known.as_slice(), numbers) {
        ([], Ok(numbers)) => Ok(numbers),
        ([(id, origin), ..], Ok(_)) => Err(ambiguous(typed, *id, origin)),
        ([], Err(_)) if is_list_with_external_numbers(typed) => {
            let parts = typed.split(',').map(str::trim);
            let found = parts.map(|part| find(part, ctx));
            Ok(found.collect::<Result<Vec<_>, _>>()?.concat())
        }
        ([], Err(invalid)) if looks_like_tickets(typed) || !typed.contains(is_digit) => {
            Err(invalid.into())
        }
        ([], Err(_)) => Err(Error::usage(
            not_a_ticket(typed),
            "list them with: desk list --all --columns id,source,number,title",
        )),
        (_, Err(_)) => Ok(unique(typed, &known)?.into_iter().collect()),
    }
}

fn not_a_ticket(typed: &str) -> String {
    if typed.contains(is_digit) {
        format!("'{typed}' is neither a ticket number nor the number of a ticket in another system")
    } else {
        format!("'{typed}' is not a ticket number")
    }
}

/// A number that is also a list or a range of tickets.
fn ambiguous(typed: &str, id: TicketId, origin: &ExternalReference) -> Error {
    let what = match typed.contains(|c: char| c == ',' || c.is_whitespace()) {
        true => "list",
        false => "range",
    };
    Error::usage(
        format!(
            "'{typed}' is a {what} of tickets and also the number of {id} in {}",
            origin.source
        ),
        format!("use '{origin}' for {id}, or '#{typed}' for the {what}"),
    )
}

/// Whether a word is a number or a number with `#`.
fn is_plain_number(word: &str) -> bool {
    let digits = word.strip_prefix('#').unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether an argument that is no number of another system may be a list of
/// them. All its parts need a digit, so that a sentence is not taken for one.
fn is_list_with_external_numbers(typed: &str) -> bool {
    !looks_like_tickets(typed)
        && typed.contains(',')
        && typed.split(',').all(|part| part.contains(is_digit))
}

/// The ticket with this number in another system.
fn external(typed: &str, ctx: &CommandContext<'_>) -> Result<Option<TicketId>, Error> {
    unique(typed, &ctx.desk.tickets_by_external_number(typed)?)
}

/// The only ticket found.
///
/// # Errors
/// [`Error::Usage`] if several systems have the number.
fn unique(typed: &str, found: &[(TicketId, ExternalReference)]) -> Result<Option<TicketId>, Error> {
    if let [] | [_] = found {
        return Ok(found.first().map(|(id, _)| *id));
    }
    let systems = found
        .iter()
        .map(|(id, origin)| format!("'{origin}' for {id}"));
    Err(Error::usage(
        format!("several systems have a ticket '{typed}'"),
        format!("use {}", systems.collect::<Vec<_>>().join(", or ")),
    ))
}
