//! `desk diagnose`: the questions of the ticket's category, asked or answered
//! by a script; what else was found; and what to do next.

use crate::app::Desk;
use crate::cli::args::{body, lines, usage};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::input_file;
use crate::cli::prompt::{Ended, Own};
use crate::cli::text_args::Saying;
use crate::cli::ticket_selector::Tickets;
use crate::domain::decide::{Command, Given};
use crate::domain::event::{Fact, Guided, TicketId};
use crate::domain::policy::Policy;
use crate::domain::query::{Query, SortKey};
use crate::domain::questionnaire::walk::Walk;
use crate::domain::questionnaire::{Answers, Guide};
use crate::domain::read_models::{Asked, KnownErrorEntry, Page, TicketUpdate};
use crate::domain::rejection::Rejection;
use crate::domain::summary::Summary;
use crate::domain::text;
use crate::error::Error;
use crate::policy_file;
use crate::render::{self, Course, Matter, View};

/// What there is beside answering.
const WAYS: &str = "Enter alone skips a question, < goes back, . stops and keeps what is answered.";

/// How many known errors of the category are brought up.
const KNOWN: usize = 3;

/// Ask the questions of its category, or record what was found
///
/// On a terminal and without anything else, it asks what the policy asks for
/// the category of the ticket, and says at the end what the answers point to.
/// Enter alone skips a question, < goes back, a dot stops and keeps what is
/// answered; the next time, only what is left is asked. Scripts give answers
/// with --answer and --answers.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk diagnose <ID>... [TEXT] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    /// An answer, by the key of a question or to one of your own; may be
    /// given several times
    #[arg(long = "answer", short, value_name = "KEY=VALUE")]
    answers: Vec<String>,
    /// Answers by key, as TOML or JSON; - for stdin
    #[arg(long = "answers", value_name = "FILE")]
    file: Option<String>,
    /// How far it reaches: who and how many
    #[arg(long, value_name = "TEXT")]
    extent: Option<String>,
    /// An affected service, device or place; may be given several times
    #[arg(long = "affected", value_name = "TEXT")]
    affected: Vec<String>,
    /// Ask all questions again, also those that are answered
    #[arg(long, conflicts_with_all = ["answers", "file", "extent", "affected"])]
    again: bool,
    /// List the questions of the ticket's category, and their answers
    #[arg(long, conflicts_with_all = ["answers", "file", "extent", "affected", "again"])]
    questions: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        saying,
        answers,
        file,
        extent,
        affected,
        again,
        questions,
    } = args;
    let (ids, said) = saying.split(ctx)?;
    let mut note = said.given(ctx, "diagnosis")?;
    if note.is_some() && (questions || again) {
        let flag = if again { "--again" } else { "--questions" };
        return Err(Error::usage(
            format!("{flag} takes no text"),
            "leave the text out, or record it by itself with: desk diagnose ID TEXT",
        ));
    }
    if questions {
        let page = ctx.desk.page(one(
            &ids,
            "questions are listed",
            "desk diagnose ID --questions",
        )?)?;
        let all = Asked::all(&page, &ctx.desk.policies()?.current);
        return Ok(View::Matter(Matter::Questions(all)).into());
    }
    let mut given = match &file {
        Some(file) => from_file(ctx, file)?,
        None => Vec::new(),
    };
    for typed in &answers {
        given.push(from_flag(typed)?);
    }
    if note.is_none() && given.is_empty() && extent.is_none() && affected.is_empty() {
        match ids.ids.as_slice() {
            [id] if !ids.several => match guided(ctx, *id, again)? {
                Some(answer) => return Ok(answer),
                None => note = Some(said.needed(ctx, "diagnosis")?),
            },
            _ if again => {
                one(&ids, "questions are asked", "desk diagnose ID --again")?;
            }
            _ => note = Some(said.needed(ctx, "diagnosis")?),
        }
    }
    let command = Command::Diagnose {
        answers: given,
        extent: body("extent", extent.as_ref())?,
        affected: lines("affected element", &affected)?,
        note,
        recalled: Vec::new(),
    };
    let mut answer = ctx.act(&ids, &command)?;
    if let View::TicketUpdate(all) = &answer.view {
        let mut after = Vec::new();
        for done in all {
            if let Some(guided) = guided_by(done) {
                after.extend(course(ctx, done, &guided.found, Vec::new())?);
            }
        }
        answer.after = after;
    }
    Ok(answer)
}

fn one(ids: &Tickets, what: &str, usage: &str) -> Result<TicketId, Error> {
    match ids.ids.as_slice() {
        [id] => Ok(*id),
        _ => Err(Error::usage(
            format!("{what} of one ticket at a time"),
            usage,
        )),
    }
}

/// `key=value`.
fn from_flag(typed: &str) -> Result<Given, Error> {
    let Some((key, answer)) = typed.split_once('=') else {
        return Err(Error::usage(
            format!("'{typed}' is no answer to a question"),
            "write key=value, such as -a 'since when=monday'",
        ));
    };
    Ok(Given {
        key: text::line("question", key).map_err(usage)?,
        answer: text::body("answer", answer).map_err(usage)?,
        strict: false,
    })
}

fn from_file(ctx: &CommandContext<'_>, file: &str) -> Result<Vec<Given>, Error> {
    let typed = match file {
        "-" => ctx.ask.stdin()?,
        path => input_file::text(path)?,
    };
    let answers = input_file::answers(file, &typed)?;
    let given = answers.into_iter().map(|(key, answer)| Given {
        key,
        answer,
        strict: true,
    });
    Ok(given.collect())
}

/// What the answers of a write led to.
fn guided_by(done: &TicketUpdate) -> Option<&Guided> {
    done.events.iter().find_map(|event| {
        if let Fact::Diagnosed { guided, .. } = &event.fact {
            guided.as_ref()
        } else {
            None
        }
    })
}

/// Asks the questions of a ticket's category. `None` where there are none to
/// ask, and where there is nobody to be asked.
fn guided(
    ctx: &CommandContext<'_>,
    id: TicketId,
    again: bool,
) -> Result<Option<CommandOutput<'static>>, Error> {
    let page = ctx.desk.page(id)?;
    let policies = ctx.desk.policies()?;
    let policy: &Policy = &policies.current;
    let guide = page.guide(policy);
    let Some(category) = page.ticket.category.as_ref() else {
        let asks = |questions: &[_]| !questions.is_empty();
        if policy
            .categories
            .iter()
            .any(|branch| asks(&branch.questions))
        {
            return Err(Rejection::NoCategory { id }.into());
        }
        return Ok(None);
    };
    if !ctx.ask.is_interactive() {
        if guide.questions.is_empty() {
            return Ok(None);
        }
        return Err(Error::usage(
            "the answers are missing",
            format!(
                "give them with --answer KEY=VALUE or --answers FILE; see the questions with: desk diagnose {} --questions",
                id.0
            ),
        ));
    }
    // Nobody is to answer ten questions and hear then that it was in vain.
    let rehearsed = Command::Diagnose {
        answers: Vec::new(),
        extent: None,
        affected: Vec::new(),
        note: Some("-".to_owned()),
        recalled: Vec::new(),
    };
    ctx.desk.would_act(id, rehearsed)?;
    let own = Own {
        id,
        agent: (ctx.desk.actor)()?,
    };
    if guide.questions.is_empty() {
        ctx.ask.say(
            "",
            &format!("{category} has no questions; write what was found"),
        );
        return Ok(None);
    }
    let known = known_nearby(ctx.desk, &page)?;
    let before = guide.known(&page.ticket.answers);
    let mut walk = Walk::begin(&guide, before.clone(), again);
    greet(ctx, &page, &guide, &before, &known, again);
    if walk.question().is_some() {
        ctx.ask.say("", WAYS);
    }
    if let Some(kept) = kept(ctx, &own, &guide) {
        if ctx.ask.takes_up(kept.len())? {
            walk.take_up(kept);
        } else {
            ctx.ask.forget_answers(&own);
        }
    }
    let ended = if walk.question().is_none() && walk.given().is_empty() {
        ctx.ask.say(
            "",
            &format!(
                "all are answered; to ask again: desk diagnose {} --again",
                id.0
            ),
        );
        Ended::Through
    } else {
        ctx.ask.walk(&own, &mut walk)?
    };
    let given = walk.given().into_iter().map(|(question, answer)| Given {
        key: question.key.clone(),
        answer: answer.to_owned(),
        strict: true,
    });
    let command = Command::Diagnose {
        answers: given.collect(),
        extent: None,
        affected: Vec::new(),
        note: None,
        recalled: Vec::new(),
    };
    ctx.ask.hold_answers(&own);
    let done = ctx.desk.act(id, command)?;
    let now = ctx.desk.page(id)?;
    let answers = guide.known(&now.ticket.answers);
    let found = guide.found(&answers);
    let open = guide.unanswered(&now.ticket.answers).len();
    let mut after = course(ctx, &done, &found, known)?;
    if ended == Ended::Stopped && open > 0 {
        let rest = if open == 1 {
            "1 question is".to_owned()
        } else {
            format!("{open} questions are")
        };
        after.push(format!("{rest} left; go on with: desk diagnose {}", id.0));
    }
    Ok(Some(CommandOutput {
        after,
        ..View::TicketUpdate(vec![done]).into()
    }))
}

/// Says what is to come, and how to find one's way.
fn greet(
    ctx: &CommandContext<'_>,
    page: &Page,
    guide: &Guide,
    before: &Answers,
    known: &[KnownErrorEntry],
    again: bool,
) {
    let (id, ticket) = (page.ticket.id, &page.ticket);
    let say = |lead: &str, text: &str| ctx.ask.say(lead, text);
    say(&format!("{id} "), &ticket.title);
    let category = ticket.category.as_ref().map_or("", |c| c.as_str());
    let all = match guide.questions.len() {
        1 => "1 question".to_owned(),
        n => format!("{n} questions"),
    };
    let sometimes = guide
        .questions
        .iter()
        .filter(|q| !q.when.is_always())
        .count();
    let sometimes = match sometimes {
        0 => String::new(),
        n => format!(" ({n} only after certain answers)"),
    };
    let answered = match before.len() {
        n if n > 0 && !again => format!(", {n} answered already"),
        _ => String::new(),
    };
    say("", &format!("{category}: {all}{sometimes}{answered}"));
    for one in known {
        say(
            &format!("known error {}: ", one.summary.id),
            &one.summary.title,
        );
    }
}

/// The answers of an interrupted walk that still fit. Those that the questions
/// of today no longer take are said: the draft is forgotten in the end.
fn kept(ctx: &CommandContext<'_>, own: &Own, guide: &Guide) -> Option<Answers> {
    let kept = policy_file::answers(&ctx.ask.kept_answers(own)?).ok()?;
    let mut fitting = Answers::new();
    for (key, answer) in kept {
        let question = guide.find(&key);
        let read = question.and_then(|q| Some((q.key.clone(), q.form.read(&answer).ok()?)));
        match read {
            Some((key, read)) => {
                fitting.insert(key, read);
            }
            None => ctx.ask.say(
                "",
                &format!("not taken up, as no question takes it any more: {key} = {answer}"),
            ),
        }
    }
    (!fitting.is_empty()).then_some(fitting)
}

/// The latest known errors of the ticket's category and those above it.
fn known_nearby(desk: &Desk<'_>, page: &Page) -> Result<Vec<KnownErrorEntry>, Error> {
    let marked = Query {
        known_errors: true,
        sort: SortKey::Id,
        reverse: true,
        ..Query::all()
    };
    let of = |row: &Summary| {
        let (here, there) = (&page.ticket.category, &row.category);
        here.as_ref()
            .zip(there.as_ref())
            .is_some_and(|(here, there)| here.is_within(there))
    };
    let rows = desk.find(&marked)?.into_iter();
    let near = rows.filter(|row| row.id != page.ticket.id && of(row));
    let mut all = Vec::new();
    for row in near.take(KNOWN) {
        all.extend(desk.known_error(row.id)?);
    }
    Ok(all)
}

/// What the answers point to and what may be done, in lines.
fn course(
    ctx: &CommandContext<'_>,
    done: &TicketUpdate,
    found: &[crate::domain::questionnaire::Advice],
    mut known: Vec<KnownErrorEntry>,
) -> Result<Vec<String>, Error> {
    for id in found.iter().filter_map(|advice| advice.known_error) {
        if known.iter().any(|one| one.summary.id == id) {
            continue;
        }
        match ctx.desk.known_error(id) {
            Ok(one) => known.extend(one),
            Err(Error::NotFound(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    let page = ctx.desk.page(done.after.id)?;
    let open = page
        .guide(&ctx.desk.policies()?.current)
        .unanswered(&page.ticket.answers)
        .len();
    Ok(render::advice(&Course {
        id: done.after.id,
        tier: &done.after.tier,
        found,
        known: &known,
        whole: open == 0,
    }))
}
