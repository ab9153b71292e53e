//! `desk diagnose` at a terminal: the questions of the ticket's category, one
//! after the other, and what the answers point to.

use crate::app::Desk;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::prompt::{Ended, Own};
use crate::domain::decide::{Command, GivenAnswer};
use crate::domain::event::TicketId;
use crate::domain::policy::Policy;
use crate::domain::policy::questions::Answers;
use crate::domain::query::{Query, SortKey};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::interview::Interview;
use crate::domain::read_models::{KnownErrorEntry, TicketDetails};
use crate::domain::rejection::Rejection;
use crate::domain::summary::Summary;
use crate::error::Error;
use crate::policy_file;
use crate::render::View;

/// What there is beside answering.
const WAYS: &str = "Enter alone skips a question, < goes back, . stops and keeps what is answered.";

/// How many known errors of the category are brought up.
const KNOWN: usize = 3;

/// Asks the questions of a ticket's category. `None` where there are none to
/// ask, and where there is nobody to be asked.
pub(super) fn run(
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
        workarounds: Vec::new(),
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
    let before = guide.valid_answers(&page.ticket.answers);
    let mut walk = Interview::new(&guide, before.clone(), again);
    greet(ctx, &page, &guide, &before, &known, again);
    if walk.question().is_some() {
        ctx.ask.say("", WAYS);
    }
    if let Some(kept) = kept(ctx, &own, &guide) {
        if ctx.ask.takes_up(kept.len())? {
            walk.resume(kept);
        } else {
            ctx.ask.forget_answers(&own);
        }
    }
    let ended = if walk.question().is_none() && walk.new_answers().is_empty() {
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
    let given = walk
        .new_answers()
        .into_iter()
        .map(|(question, answer)| GivenAnswer {
            key: question.key.clone(),
            answer: answer.to_owned(),
            strict: true,
        });
    let command = Command::Diagnose {
        answers: given.collect(),
        extent: None,
        affected: Vec::new(),
        note: None,
        workarounds: Vec::new(),
    };
    ctx.ask.hold_answers(&own);
    let done = ctx.desk.act(id, command)?;
    let now = ctx.desk.page(id)?;
    let answers = guide.valid_answers(&now.ticket.answers);
    let found = guide.advice(&answers);
    let open = guide.unanswered_questions(&now.ticket.answers).len();
    let mut after = super::course(ctx, &done, &found, known)?;
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
    page: &TicketDetails,
    guide: &Questionnaire,
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
fn kept(ctx: &CommandContext<'_>, own: &Own, guide: &Questionnaire) -> Option<Answers> {
    let kept = policy_file::parse_answers(&ctx.ask.kept_answers(own)?).ok()?;
    let mut fitting = Answers::new();
    for (key, answer) in kept {
        let question = guide.find(&key);
        let read = question.and_then(|q| Some((q.key.clone(), q.answer_type.parse(&answer).ok()?)));
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
fn known_nearby(desk: &Desk<'_>, page: &TicketDetails) -> Result<Vec<KnownErrorEntry>, Error> {
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
