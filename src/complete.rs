//! Completion: the scripts for the shells, and what they ask for while an
//! agent types. The only room that knows the completion library.

use std::ffi::OsString;
use std::path::Path;
use std::sync::OnceLock;

use clap_complete::engine::CompletionCandidate;
use clap_complete::env::{CompleteEnv, Shells};
use clap_complete::{Shell, generate};

use crate::commands;
use crate::config::{Config, Env, Global};
use crate::domain::Moment;
use crate::domain::query::Query;
use crate::error::Error;
use crate::render;
use crate::store::{Files, Intent, Keep, Names, Store, StoreError};

/// What candidates are computed from; set only while completing.
static SCENE: OnceLock<(Env, fn() -> Moment)> = OnceLock::new();

/// How many tickets are offered.
const OFFERED: u32 = 200;

/// Answers a shell that asks for completions; `false` if none does.
pub(crate) fn answer(args: &[OsString], env: Env, now: fn() -> Moment) -> bool {
    if env("COMPLETE").is_none_or(|shell| shell.is_empty()) {
        return false;
    }
    // Set once per process, so it cannot be set already.
    let _ = SCENE.set((env, now));
    let here = Path::new(".");
    CompleteEnv::with_factory(commands::command)
        .try_complete(args.iter().cloned(), Some(here))
        .unwrap_or(false)
}

/// The script of a shell.
///
/// # Errors
/// [`Error::Output`] when it cannot be made.
pub(crate) fn script(shell: Shell, fixed: bool) -> Result<Vec<u8>, Error> {
    let mut script = Vec::new();
    if fixed {
        let mut command = commands::command();
        command.build();
        generate(shell, &mut command, "desk", &mut script);
        return Ok(script);
    }
    let shells = Shells::builtins();
    let name = shell.to_string();
    let completer = shells
        .completer(&name)
        .ok_or_else(|| Error::usage(format!("no completion for {name}"), "use --static"))?;
    completer.write_registration("COMPLETE", "desk", "desk", "desk", &mut script)?;
    Ok(script)
}

/// Open tickets with their titles, what breaches next first.
pub(crate) fn open_tickets() -> Vec<CompletionCandidate> {
    let mut candidates = Vec::new();
    read(|store, now| {
        let query = Query {
            limit: Some(OFFERED),
            ..Query::open()
        };
        let txn = store.begin(Intent::Read)?;
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

/// Categories in use.
pub(crate) fn categories() -> Vec<CompletionCandidate> {
    names(Names::Categories)
}

/// Agents with tickets.
pub(crate) fn agents() -> Vec<CompletionCandidate> {
    names(Names::Agents)
}

fn names(which: Names) -> Vec<CompletionCandidate> {
    let mut candidates = Vec::new();
    read(|store, _| {
        let known = store.begin(Intent::Read)?.names(which)?;
        candidates.extend(known.into_iter().map(CompletionCandidate::new));
        Ok(())
    });
    candidates
}

/// Reads from the store if that can be done; a shell that completes is told
/// of no faults.
fn read(ask: impl FnOnce(&dyn Store, Moment) -> Result<(), StoreError>) {
    let Some((env, now)) = SCENE.get() else {
        return;
    };
    let Ok(config) = Config::resolve(&Global::default(), *env, now()) else {
        return;
    };
    let files = Files::new(config.place(), config.surroundings.clone());
    if let Ok(Some(store)) = files.open(Intent::Read) {
        // No candidates is the answer to a store that cannot be read.
        let _ = ask(store.as_ref(), now());
    }
}
