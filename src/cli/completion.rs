//! Shell completion: the registration scripts, and the candidates that they ask
//! desk for. The only module that uses `clap_complete`.

mod carried;
mod drafts;
mod filters;
mod opening;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::sync::OnceLock;

use clap_complete::Shell;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};

pub(crate) use carried::{columns, fields, tags};
pub(crate) use drafts::drafts;
pub(crate) use filters::filter_words;

use crate::app::{policy_history, view_of};
use crate::cli::aliases;
use crate::cli::help_topics;
use crate::cli::store_engine::store_provider;
use crate::config::{self, Config, Env, Global};
use crate::domain::Timestamp;
use crate::domain::people::Agent;
use crate::domain::policy::{AgentEntry, CategoryNode, Policy};
use crate::domain::priority::Priority;
use crate::domain::query::Query;
use crate::domain::sla::calendar::ALWAYS;
use crate::domain::vocabulary::State;
use crate::error::Error;
use crate::output;
use crate::store::{AccessMode, NameKind, Store, StoreError, Transaction};

pub(crate) use opening::{requesters, settings, templates};

/// The request to complete; set only while completing.
static REQUEST: OnceLock<Request> = OnceLock::new();

struct Request {
    env: Env,
    now: fn() -> Timestamp,
    command_line: fn() -> clap::Command,
    /// The words typed after `desk`.
    line: Vec<String>,
}

impl Request {
    /// The global options typed so far; only `--db` and `--as` matter here.
    fn global(&self) -> Global {
        Global {
            db: self.value_of("--db"),
            agent: self.value_of("--as"),
            ..Global::default()
        }
    }

    /// The last value that was typed for an option.
    fn value_of(&self, option: &str) -> Option<String> {
        let mut words = self.line.iter();
        let mut found = None;
        while let Some(word) = words.next() {
            if word == option {
                found = words.next().cloned();
            } else if let Some(value) = word.strip_prefix(option) {
                found = value.strip_prefix('=').map(str::to_owned).or(found);
            }
        }
        found
    }

    /// The command.
    fn verb(&self) -> &str {
        let verb = self.line.iter().find(|word| {
            word.starts_with(|c: char| c.is_ascii_lowercase()) && !word.contains(['/', '.'])
        });
        verb.map_or("", String::as_str)
    }
}

/// Maximum number of tickets offered.
const MAX_TICKETS: u32 = 200;

/// Answers a shell that asks for candidates; returns whether one did.
pub(crate) fn respond(
    command_line: fn() -> clap::Command,
    args: &[OsString],
    env: Env,
    now: fn() -> Timestamp,
) -> bool {
    if env("COMPLETE").is_none_or(|shell| shell.is_empty()) {
        return false;
    }
    // Called once per process, so it is not set yet.
    let typed = args.iter().map(|arg| arg.to_string_lossy().into_owned());
    let line = typed.skip_while(|arg| arg != "--").skip(2).collect();
    let _ = REQUEST.set(Request {
        env,
        now,
        command_line,
        line,
    });
    let here = Path::new(".");
    CompleteEnv::with_factory(move || with_aliases(command_line()))
        .try_complete(args.iter().cloned(), Some(here))
        .unwrap_or(false)
}

/// The command line with the aliases of the user, each with the options of its
/// command.
fn with_aliases(root: clap::Command) -> clap::Command {
    let aliases = config::aliases().unwrap_or_default();
    let mut all = root;
    if !aliases.is_empty() {
        // What a command says of itself replaces what is said before it is built.
        all.build();
    }
    for (name, line) in &aliases {
        let Ok(words) = aliases::words_of(name, line, &aliases) else {
            continue;
        };
        let verb = words.first().and_then(|verb| all.find_subcommand(verb));
        if let Some(verb) = verb.cloned() {
            let about = format!("your alias for: desk {}", output::safe_line(line));
            all = all.subcommand(verb.name(name).about(about));
        }
    }
    all
}

/// The registration script of a shell.
///
/// # Errors
/// [`Error::Output`] if it cannot be generated.
pub(crate) fn script(shell: Shell) -> Result<Vec<u8>, Error> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let name = shell.to_string();
    let completer = shells.completer(&name).ok_or_else(|| {
        Error::usage(
            format!("cannot generate a completion script for {name}"),
            "use one of: bash, elvish, fish, powershell, zsh",
        )
    })?;
    completer.write_registration("COMPLETE", "desk", "desk", "desk", &mut script)?;
    Ok(script)
}

/// Candidates that never change.
pub(crate) fn fixed(words: &'static [&'static str]) -> ArgValueCandidates {
    ArgValueCandidates::new(|| candidates(words))
}

/// Everything that `desk help` explains: commands and topics.
pub(crate) fn help_words() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let root = REQUEST.get().map(|request| (request.command_line)());
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

/// The tickets that the command can apply to, with their titles, next to breach
/// first.
pub(crate) fn tickets() -> Vec<CompletionCandidate> {
    let mut candidates = Vec::new();
    let states = match REQUEST.get().map(|request| request.verb()) {
        Some("close" | "confirm") => vec![State::Resolved],
        Some("reopen") => vec![State::Resolved, State::Closed],
        Some(_) | None => Query::open().states,
    };
    with_store(|store, now| {
        let query = Query {
            states,
            limit: Some(MAX_TICKETS),
            ..Query::all()
        };
        let txn = reading(store)?;
        txn.each(&query, now, &mut |row| {
            let title = output::safe_line(&row.title);
            candidates
                .push(CompletionCandidate::new(row.id.0.to_string()).help(Some(title.into())));
            std::ops::ControlFlow::Continue(())
        })?;
        Ok(())
    });
    candidates
}

/// The categories of the policy, or those in use if it lists none.
pub(crate) fn categories() -> Vec<CompletionCandidate> {
    names(NameKind::Categories, |policy| {
        let candidate = |node: &CategoryNode| {
            let title = node.title.as_deref().map(output::safe_line);
            CompletionCandidate::new(node.path.as_str()).help(title.map(Into::into))
        };
        policy.categories.iter().map(candidate).collect()
    })
}

/// The agents of the policy, or those with tickets if it lists none.
pub(crate) fn agents() -> Vec<CompletionCandidate> {
    names(NameKind::Agents, |policy| {
        let candidate = |entry: &AgentEntry| {
            let name = entry.name.as_deref().map(output::safe_line);
            CompletionCandidate::new(entry.agent.as_str()).help(name.map(Into::into))
        };
        policy.agents.iter().map(candidate).collect()
    })
}

/// The levels of impact in the current policy.
pub(crate) fn impact_levels() -> Vec<CompletionCandidate> {
    of_policy(|policy| policy.matrix.impact.clone())
}

/// The levels of urgency in the current policy.
pub(crate) fn urgency_levels() -> Vec<CompletionCandidate> {
    of_policy(|policy| policy.matrix.urgency.clone())
}

/// The tiers of the current policy.
pub(crate) fn tiers() -> Vec<CompletionCandidate> {
    of_policy(|policy| policy.tiers.iter().map(ToString::to_string).collect())
}

/// The closure codes of the current policy.
pub(crate) fn closure_codes() -> Vec<CompletionCandidate> {
    of_policy(|policy| {
        policy
            .closure_codes
            .iter()
            .map(ToString::to_string)
            .collect()
    })
}

/// The priorities that the matrix of the current policy gives.
pub(crate) fn priorities() -> Vec<CompletionCandidate> {
    of_policy(|policy| {
        let all: BTreeSet<_> = policy.matrix.cells.iter().flatten().collect();
        all.iter()
            .map(|rank| Priority::from_rank(**rank).to_string())
            .collect()
    })
}

/// The filter for tickets without a priority.
pub(crate) const NO_PRIORITY: &str = "none";

/// The priorities, and the word for none.
pub(crate) fn priority_filters() -> Vec<CompletionCandidate> {
    let mut all = priorities();
    all.push(CompletionCandidate::new(NO_PRIORITY));
    all
}

/// Words of the store's policy, or of the built-in policy without a store.
fn of_policy(words: impl Fn(&Policy) -> Vec<String>) -> Vec<CompletionCandidate> {
    let mut found = None;
    with_store(|store, _| {
        let policies = policy_history(store.begin(AccessMode::Read)?.as_ref())?;
        found = Some(words(&policies.current));
        Ok(())
    });
    let found = found.unwrap_or_else(|| words(&Policy::built_in()));
    found.into_iter().map(CompletionCandidate::new).collect()
}

/// The calendars of the current policy.
pub(crate) fn calendars() -> Vec<CompletionCandidate> {
    of_policy(|policy| {
        let defined = policy.calendars.keys().map(String::as_str);
        [ALWAYS]
            .into_iter()
            .chain(defined)
            .map(str::to_owned)
            .collect()
    })
}

/// The names that the policy lists, or those in use if it lists none.
fn names(
    kind: NameKind,
    listed: impl FnOnce(&Policy) -> Vec<CompletionCandidate>,
) -> Vec<CompletionCandidate> {
    let mut candidates = Vec::new();
    with_store(|store, _| {
        let txn = reading(store)?;
        candidates = listed(&policy_history(txn.as_ref())?.current);
        if candidates.is_empty() {
            let foreign = txn.foreign_agents()?;
            candidates.extend(txn.names(kind)?.into_iter().map(|name| {
                let agent = foreign.iter().find(|agent| agent.as_str() == name);
                let display = agent.and_then(|agent| agent.display_name());
                let display = display.map(output::safe_line);
                CompletionCandidate::new(name).help(display.map(Into::into))
            }));
        }
        Ok(())
    });
    candidates
}

/// Begins to read what the agent may see.
fn reading(store: &dyn Store) -> Result<Box<dyn Transaction + '_>, StoreError> {
    let mut txn = store.begin(AccessMode::Read)?;
    let agent = || {
        let request = REQUEST.get()?;
        let config = Config::resolve(&request.global(), request.env, (request.now)()).ok()?;
        Agent::parse(&config.agent?.value).ok()
    };
    let view = view_of(txn.as_ref(), agent)?;
    txn.set_view(view);
    Ok(txn)
}

/// The settings of this user, with the global options typed so far.
fn settings_typed() -> Option<Config> {
    let request = REQUEST.get()?;
    Config::resolve(&request.global(), request.env, (request.now)()).ok()
}

/// Reads from the store. Errors are not reported while completing.
fn with_store(query: impl FnOnce(&dyn Store, Timestamp) -> Result<(), StoreError>) {
    let (Some(request), Some(config)) = (REQUEST.get(), settings_typed()) else {
        return;
    };
    let now = (request.now)();
    let Ok(provider) = store_provider(&config, request.env, now) else {
        return;
    };
    if let Ok(Some(store)) = provider.open(AccessMode::Read) {
        // A store that cannot be read has no candidates.
        let _ = query(store.as_ref(), now);
    }
}
