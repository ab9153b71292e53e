//! What a command asks before it runs, with the answers that are known.

use crate::cli::context::CommandContext;
use crate::domain::event::TicketId;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::priority::{Level, RatedLevels};
use crate::domain::vocabulary::PauseReason;
use crate::error::Error;
use crate::inbox::{Action, AnswerKind, Choice, IfEmpty, Question};
use crate::output::percent;

/// How many categories and tickets are suggested.
const SUGGESTED: usize = 5;

/// The questions of a command on tickets.
///
/// # Errors
/// Any error of the store.
pub(super) fn questions(
    ctx: &CommandContext<'_>,
    action: Action,
    ids: &[TicketId],
) -> Result<Vec<Question>, Error> {
    Ok(match action {
        Action::Take | Action::Undo => Vec::new(),
        Action::Assign => vec![agent(ctx)?],
        Action::Prioritize => ratings(ctx, ids)?,
        Action::Categorize => vec![category(ctx, ids)?],
        Action::Reply => vec![Question::text("message", IfEmpty::Editor)],
        Action::Log => vec![Question::text("note", IfEmpty::Editor)],
        Action::Escalate => vec![Question::text("reason", IfEmpty::Editor)],
        Action::Resolve => vec![Question::text("resolution", IfEmpty::Editor)],
        Action::Pause => {
            let reasons = PauseReason::WORDS.iter().copied().map(Choice::plain);
            vec![
                Question {
                    what: "waits for".to_owned(),
                    kind: AnswerKind::Letter,
                    choices: reasons.collect(),
                    present: None,
                },
                Question::text("until (Enter: open)", IfEmpty::Skip),
            ]
        }
        Action::Merge => vec![target(ctx, ids)?],
    })
}

/// Names that are listed by the policy, or only known.
const fn kind_of(listed: bool) -> AnswerKind {
    if listed {
        AnswerKind::Listed
    } else {
        AnswerKind::Open
    }
}

fn agent(ctx: &CommandContext<'_>) -> Result<Question, Error> {
    let listed = &ctx.desk.policies()?.current.agents;
    let choices: Vec<Choice> = if listed.is_empty() {
        let used = ctx.desk.used_agents()?.into_iter();
        used.map(Choice::plain).collect()
    } else {
        let entries = listed.iter().map(|entry| Choice {
            value: entry.agent.as_str().to_owned(),
            about: entry.name.clone().unwrap_or_default(),
        });
        entries.collect()
    };
    Ok(Question {
        what: "agent".to_owned(),
        kind: kind_of(!listed.is_empty()),
        choices,
        present: None,
    })
}

fn category(ctx: &CommandContext<'_>, ids: &[TicketId]) -> Result<Question, Error> {
    let listed = &ctx.desk.policies()?.current.categories;
    let suggestions = match ids {
        [id] => ctx.desk.suggestions_for(*id)?.suggestions,
        _ => Vec::new(),
    };
    let suggested = suggestions.into_iter().take(SUGGESTED).map(|one| Choice {
        value: one.category.as_str().to_owned(),
        about: format!("{} of similar", percent(one.share)),
    });
    let mut choices: Vec<Choice> = suggested.collect();
    let others: Vec<String> = if listed.is_empty() {
        ctx.desk.used_categories()?
    } else {
        let paths = listed.iter().map(|node| node.path.as_str().to_owned());
        paths.collect()
    };
    for path in others {
        if choices.iter().all(|known| known.value != path) {
            choices.push(Choice::plain(path));
        }
    }
    Ok(Question {
        what: "category".to_owned(),
        kind: kind_of(!listed.is_empty()),
        choices,
        present: None,
    })
}

fn ratings(ctx: &CommandContext<'_>, ids: &[TicketId]) -> Result<Vec<Question>, Error> {
    let policies = ctx.desk.policies()?;
    let PolicyHistory { current, .. } = &*policies;
    let matrix = &current.matrix;
    let present = match ids {
        [id] => ctx.desk.rating(*id)?.and_then(|rating| rating.levels),
        _ => None,
    };
    let ask = |what: &str, scale: &[String], level: fn(&RatedLevels) -> &Level| Question {
        what: what.to_owned(),
        kind: AnswerKind::Letter,
        choices: scale.iter().map(Choice::plain).collect(),
        present: present.as_ref().and_then(|levels| {
            let now = level(levels).as_str();
            scale.iter().position(|one| one == now)
        }),
    };
    Ok(vec![
        ask("impact on users", &matrix.impact, |levels| &levels.users),
        ask("impact on business", &matrix.impact, |levels| {
            &levels.business
        }),
        ask("urgency", &matrix.urgency, |levels| &levels.urgency),
    ])
}

/// The ticket to merge into: those that resemble the first one.
fn target(ctx: &CommandContext<'_>, ids: &[TicketId]) -> Result<Question, Error> {
    let similar = match ids.first() {
        Some(id) => ctx.desk.similar_to(*id, SUGGESTED)?.tickets,
        None => Vec::new(),
    };
    let similar = similar
        .into_iter()
        .filter(|one| !ids.contains(&one.summary.id));
    let choices = similar.map(|one| Choice {
        value: one.summary.id.0.to_string(),
        about: one.summary.title,
    });
    Ok(Question {
        what: "into ticket".to_owned(),
        kind: AnswerKind::Open,
        choices: choices.collect(),
        present: None,
    })
}
