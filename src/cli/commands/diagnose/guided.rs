//! `desk diagnose` at a terminal: the questions of the ticket's category, one
//! after the other, and what the answers point to.

use crate::app::Desk;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::prompt::{DraftForm, DraftOwner, Outcome};
use crate::domain::decide::{Command, Diagnosis, GivenAnswer};
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
use crate::output::{TicketUpdates, plural};
use crate::policy_file;

/// Help for the keys of the guided diagnosis.
const KEYS_HELP: &str =
    "Press Enter to skip a question, < to go back, . to stop and keep your answers.";

/// How many known errors of the category to show.
const KNOWN_ERRORS_SHOWN: usize = 3;

/// Asks the questions of a ticket's category. Returns `None` if there are none,
/// or if no one can be asked.
pub(super) fn run(
    ctx: &CommandContext<'_>,
    id: TicketId,
    again: bool,
) -> Result<Option<CommandOutput<'static>>, Error> {
    let page = ctx.desk.details(id)?;
    let policies = ctx.desk.policies()?;
    let policy: &Policy = &policies.current;
    let questionnaire = page.questionnaire(policy);
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
    if !ctx.prompt.is_interactive() {
        if questionnaire.questions.is_empty() {
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
    // Check first, so that no answers are lost to a rejection at the end.
    let trial = Command::Diagnose(Diagnosis {
        note: Some("-".to_owned()),
        ..Diagnosis::default()
    });
    ctx.desk.check_command(id, trial)?;
    let owner = DraftOwner {
        id,
        agent: ctx.desk.agent()?,
        form: DraftForm::Diagnosis,
    };
    if questionnaire.questions.is_empty() {
        ctx.prompt.say(
            "",
            &format!("{category} has no questions; describe what you found"),
        );
        return Ok(None);
    }
    let known = known_errors_of_category(ctx.desk, &page)?;
    let before = questionnaire.valid_answers(&page.ticket.answers);
    let mut interview = Interview::new(&questionnaire, before.clone(), again);
    introduce(ctx, &page, &questionnaire, &before, &known, again);
    if interview.question().is_some() {
        ctx.prompt.say("", KEYS_HELP);
    }
    if let Some(saved) = saved_answers(ctx, &owner, &questionnaire) {
        if ctx.prompt.confirm_continue(saved.len())? {
            interview.resume(saved);
        } else {
            ctx.prompt.discard_answers(&owner);
        }
    }
    let outcome = if interview.question().is_none() && interview.new_answers().is_empty() {
        ctx.prompt.say(
            "",
            &format!(
                "all questions are answered; ask again with: desk diagnose {} --again",
                id.0
            ),
        );
        Outcome::Finished
    } else {
        ctx.prompt.conduct_interview(&owner, &mut interview)?
    };
    record(ctx, &owner, &questionnaire, &interview, known, &outcome).map(Some)
}

/// Records the new answers, and says what they point to and what is left.
fn record(
    ctx: &CommandContext<'_>,
    owner: &DraftOwner,
    questionnaire: &Questionnaire,
    interview: &Interview<'_>,
    known: Vec<KnownErrorEntry>,
    outcome: &Outcome,
) -> Result<CommandOutput<'static>, Error> {
    let id = owner.id;
    let given = interview
        .new_answers()
        .into_iter()
        .map(|(question, answer)| GivenAnswer {
            key: question.key.clone(),
            answer: answer.to_owned(),
            strict: true,
        });
    let command = Command::Diagnose(Diagnosis {
        answers: given.collect(),
        ..Diagnosis::default()
    });
    ctx.prompt.track_answers(owner);
    let done = ctx.desk.execute(id, &command)?;
    let now = ctx.desk.details(id)?;
    let answers = questionnaire.valid_answers(&now.ticket.answers);
    let found = questionnaire.advice(&answers);
    let open = questionnaire
        .unanswered_questions(&now.ticket.answers)
        .len();
    let mut after = super::course(ctx, &done, &found, known)?;
    if *outcome == Outcome::Stopped && open > 0 {
        let rest = plural(open as u64, "question");
        after.push(format!(
            "{rest} left; continue with: desk diagnose {}",
            id.0
        ));
    }
    Ok(CommandOutput {
        after,
        ..TicketUpdates::new(vec![done]).into()
    })
}

/// Introduces the questions: ticket, category, number of questions, known errors.
fn introduce(
    ctx: &CommandContext<'_>,
    page: &TicketDetails,
    questionnaire: &Questionnaire,
    before: &Answers,
    known: &[KnownErrorEntry],
    again: bool,
) {
    let (id, ticket) = (page.ticket.id, &page.ticket);
    let say = |lead: &str, text: &str| ctx.prompt.say(lead, text);
    say(&format!("{id} "), &ticket.title);
    let category = ticket.category.as_ref().map_or("", |c| c.as_str());
    let all = plural(questionnaire.questions.len() as u64, "question");
    let sometimes = questionnaire
        .questions
        .iter()
        .filter(|q| !q.when.is_always())
        .count();
    let sometimes = match sometimes {
        0 => String::new(),
        n => format!(" ({n} only after certain answers)"),
    };
    let answered = match before.len() {
        n if n > 0 && !again => format!(", {n} already answered"),
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

/// The answers of an interrupted session that are still valid. Answers that no
/// question accepts any more are reported, because the draft is deleted.
fn saved_answers(
    ctx: &CommandContext<'_>,
    owner: &DraftOwner,
    questionnaire: &Questionnaire,
) -> Option<Answers> {
    let saved = policy_file::parse_answers(&ctx.prompt.saved_answers(owner)?).ok()?;
    let mut valid = Answers::new();
    for (key, answer) in saved {
        let question = questionnaire.find(&key);
        let read = question.and_then(|q| Some((q.key.clone(), q.answer_type.parse(&answer).ok()?)));
        match read {
            Some((key, read)) => {
                valid.insert(key, read);
            }
            None => ctx.prompt.say(
                "",
                &format!("dropped, because no question accepts it any more: {key} = {answer}"),
            ),
        }
    }
    (!valid.is_empty()).then_some(valid)
}

/// The latest known errors of the ticket's category and its parents.
fn known_errors_of_category(
    desk: &Desk<'_>,
    page: &TicketDetails,
) -> Result<Vec<KnownErrorEntry>, Error> {
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
    for row in near.take(KNOWN_ERRORS_SHOWN) {
        all.extend(desk.known_error(row.id)?);
    }
    Ok(all)
}
