//! Completion: the scripts for the shells, and what they ask for while an
//! agent types. The only room that knows the completion library.

use std::ffi::OsString;
use std::path::Path;
use std::sync::OnceLock;

use clap_complete::Shell;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};

use crate::app::policy_history;
use crate::cli::context::store_provider;
use crate::cli::{help_topics, ticket_selector};
use crate::config::{Config, Env, Global};
use crate::domain::Timestamp;
use crate::domain::policy::{AgentEntry, CategoryNode, Policy};
use crate::domain::query::Query;
use crate::domain::sla::calendar::ALWAYS;
use crate::domain::vocabulary::{Kind, PauseReason, State};
use crate::error::Error;
use crate::render;
use crate::store::{AccessMode, NameKind, Store, StoreError, StoreProvider};

/// What candidates are computed from; set only while completing.
static SCENE: OnceLock<Scene> = OnceLock::new();

struct Scene {
    env: Env,
    now: fn() -> Timestamp,
    command_line: fn() -> clap::Command,
    /// The line so far: the words after `desk`.
    line: Vec<String>,
}

impl Scene {
    /// What the flags before a ticket number say of the store.
    fn global(&self) -> Global {
        let mut words = self.line.iter();
        let mut db = None;
        while let Some(word) = words.next() {
            if word == "--db" {
                db = words.next().cloned();
            } else if let Some(path) = word.strip_prefix("--db=") {
                db = Some(path.to_owned());
            }
        }
        Global {
            db,
            ..Global::default()
        }
    }

    /// The command, and whether a ticket stands behind it already.
    fn command(&self) -> (&str, bool) {
        let verb = self.line.iter().position(|word| {
            word.starts_with(|c: char| c.is_ascii_lowercase()) && !word.contains(['/', '.'])
        });
        let Some(verb) = verb else {
            return ("", false);
        };
        let behind = &self.line[verb + 1..];
        let before = &behind[..behind.len().saturating_sub(1)];
        let named = before
            .iter()
            .any(|word| ticket_selector::which(word).is_ok());
        (&self.line[verb], named)
    }
}

/// How many tickets are offered.
const OFFERED: u32 = 200;

/// Answers a shell that asks for completions; `false` if none does.
pub(crate) fn respond(
    command_line: fn() -> clap::Command,
    args: &[OsString],
    env: Env,
    now: fn() -> Timestamp,
) -> bool {
    if env("COMPLETE").is_none_or(|shell| shell.is_empty()) {
        return false;
    }
    // Set once per process, so it cannot be set already.
    let typed = args.iter().map(|arg| arg.to_string_lossy().into_owned());
    let line = typed.skip_while(|arg| arg != "--").skip(2).collect();
    let _ = SCENE.set(Scene {
        env,
        now,
        command_line,
        line,
    });
    let here = Path::new(".");
    CompleteEnv::with_factory(command_line)
        .try_complete(args.iter().cloned(), Some(here))
        .unwrap_or(false)
}

/// The script of a shell.
///
/// # Errors
/// [`Error::Output`] when it cannot be made.
pub(crate) fn script(shell: Shell) -> Result<Vec<u8>, Error> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let name = shell.to_string();
    let completer = shells
        .completer(&name)
        .ok_or_else(|| Error::usage(format!("no completion for {name}"), "use --static"))?;
    completer.write_registration("COMPLETE", "desk", "desk", "desk", &mut script)?;
    Ok(script)
}

/// A few words that never change.
pub(crate) fn words(words: &'static [&'static str]) -> ArgValueCandidates {
    ArgValueCandidates::new(|| candidates(words))
}

/// Everything that `desk help` explains: commands and topics.
pub(crate) fn help_words() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let root = SCENE.get().map(|scene| (scene.command_line)());
        let names = root.iter().flat_map(|root| {
            let verbs = root.get_subcommands().map(clap::Command::get_name);
            let verbs = verbs.map(str::to_owned);
            verbs.chain(help_topics::typed_names(root))
        });
        names.map(CompletionCandidate::new).collect()
    })
}

fn candidates(words: &[&'static str]) -> Vec<CompletionCandidate> {
    words.iter().map(CompletionCandidate::new).collect()
}

/// Tickets, and behind them what the command takes next.
pub(crate) fn tickets_and_more() -> Vec<CompletionCandidate> {
    match SCENE.get().map(Scene::command) {
        Some(("categorize", true)) => categories(),
        Some(("assign", true)) => agents(),
        Some(("identify", true)) => candidates(Kind::WORDS),
        Some(("pause", true)) => candidates(PauseReason::WORDS),
        Some(_) | None => tickets(),
    }
}

/// The tickets that the command can be about, with their titles: what breaches
/// next first.
pub(crate) fn tickets() -> Vec<CompletionCandidate> {
    let mut candidates = Vec::new();
    let states = match SCENE.get().map(|scene| scene.command().0) {
        Some("close" | "confirm") => vec![State::Resolved],
        Some("reopen") => vec![State::Resolved, State::Closed],
        Some(_) | None => Query::open().states,
    };
    read(|store, now| {
        let query = Query {
            states,
            limit: Some(OFFERED),
            ..Query::all()
        };
        let txn = store.begin(AccessMode::Read)?;
        txn.each(&query, now, &mut |row| {
            let title = render::on_a_line(&row.title);
            candidates
                .push(CompletionCandidate::new(row.id.0.to_string()).help(Some(title.into())));
            std::ops::ControlFlow::Continue(())
        })?;
        Ok(())
    });
    candidates
}

/// Categories of the policy's tree, or in use where it has none.
pub(crate) fn categories() -> Vec<CompletionCandidate> {
    names(NameKind::Categories, |policy| {
        let branch = |branch: &CategoryNode| {
            let title = branch.title.as_deref().map(render::on_a_line);
            CompletionCandidate::new(branch.path.as_str()).help(title.map(Into::into))
        };
        policy.categories.iter().map(branch).collect()
    })
}

/// Agents of the policy's roster, or with tickets where it has none.
pub(crate) fn agents() -> Vec<CompletionCandidate> {
    names(NameKind::Agents, |policy| {
        let member = |member: &AgentEntry| {
            let name = member.name.as_deref().map(render::on_a_line);
            CompletionCandidate::new(member.agent.as_str()).help(name.map(Into::into))
        };
        policy.agents.iter().map(member).collect()
    })
}

/// The calendars of the policy in force.
pub(crate) fn calendars() -> Vec<CompletionCandidate> {
    let mut candidates = candidates(&[ALWAYS]);
    read(|store, _| {
        let policies = policy_history(store.begin(AccessMode::Read)?.as_ref())?;
        candidates.extend(policies.calendars.keys().map(CompletionCandidate::new));
        Ok(())
    });
    candidates
}

/// The names that the policy has, or those in use where it has none.
fn names(
    which: NameKind,
    listed: impl FnOnce(&Policy) -> Vec<CompletionCandidate>,
) -> Vec<CompletionCandidate> {
    let mut candidates = Vec::new();
    read(|store, _| {
        let txn = store.begin(AccessMode::Read)?;
        candidates = listed(&policy_history(txn.as_ref())?.current);
        if candidates.is_empty() {
            let known = txn.names(which)?;
            candidates.extend(known.into_iter().map(CompletionCandidate::new));
        }
        Ok(())
    });
    candidates
}

/// Reads from the store if that can be done; a shell that completes is told
/// of no faults.
fn read(ask: impl FnOnce(&dyn Store, Timestamp) -> Result<(), StoreError>) {
    let Some(scene) = SCENE.get() else {
        return;
    };
    let Ok(config) = Config::resolve(&scene.global(), scene.env, (scene.now)()) else {
        return;
    };
    let Ok(provider) = store_provider(&config) else {
        return;
    };
    if let Ok(Some(store)) = provider.open(AccessMode::Read) {
        // No candidates is the answer to a store that cannot be read.
        let _ = ask(store.as_ref(), (scene.now)());
    }
}
