//! desk: a service desk in a shell.
//!
//! A functional core in an imperative shell. Arrows say who may know whom; a
//! test (`tests/it/architecture.rs`) holds the walls up.
//!
//! ```text
//! main -> lib (run) -> commands -> app -> domain
//!                         |         |       ^
//!                         v         v       |
//!                       render    store ----+
//! ```
//!
//! - `domain`: every rule. Pure: no input or output, no clock, no environment.
//!   A command becomes events by a decision; a ticket is the replay of its
//!   events; a clock is a function of them, a calendar and a moment.
//!   What is written on a ticket becomes terms (`lexis`, `prose`), what is
//!   typed becomes groups of them (`sought`), and `closeness` says how well
//!   they meet; a store only finds candidates.
//! - `app`: use cases. Begin, load, decide, save, commit.
//! - `document`: the policy as TOML text into a `Policy`, with every fault at
//!   once. Reads no file.
//! - `store`: the port, and SQLite behind it. Events in a hash chain, texts
//!   beside them under salted commitments, a row per ticket as a cache, and an
//!   index of what is written, changed in the same transaction.
//! - `render`: what is said, in every format. The only way to stdout.
//! - `commands`: a file per command: its arguments and help, one call into
//!   `app`, one view.
//! - `import`: logs of other systems: bytes, mappings, rows in our words; files
//!   of questions.
//! - `config`, `ask`, `complete`, `manual`, `pager`, `watch`, `usage`:
//!   settings, the person at the terminal, the shell's completion, the manual,
//!   long output, output again and again, what the parser of arguments refuses.
//! - `reading`, `writing`: the files that a command is given to read or to write.
//!
//! What always holds:
//! - Events never change; the current row equals their replay.
//! - Exit 0 of a writing command means: on disk. Nothing is said before the
//!   commit has returned.
//! - Reads open the store read-only.
//! - Versions of the policy are links of the same chain as the events, and a
//!   clock asks the version that made its promise.
//! - Text from strangers reaches a terminal through `render::untrusted` only.
//! - Time and environment are read in `main.rs` only.

mod app;
mod ask;
mod commands;
mod complete;
mod config;
mod domain;
mod error;
mod import;
mod manual;
mod pager;
mod panic;
mod policy_file;
mod progress;
mod reading;
mod render;
mod store;
mod usage;
mod watch;
mod writing;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};

use chrono::{DateTime, SubsecRound, Utc};
use clap::Parser;

use app::Desk;
use ask::Ask;
use commands::{Cli, CommandContext, CommandOutput, Verb};
use config::{Config, Form};
use domain::event::TicketId;
use domain::monitoring_check::CheckStatus;
use domain::time::zone::Zone;
use error::Error;
use render::{ErrorStyle, Format, Matter, RenderOptions, View};
use store::Files;
use watch::{End, Lead};

/// Runs desk with these arguments, this environment and this clock, and
/// returns the exit code.
#[must_use]
pub fn run(args: &[OsString], env: fn(&str) -> Option<OsString>, now: fn() -> DateTime<Utc>) -> u8 {
    panic::report();
    if complete::answer(args, env, now) {
        return 0;
    }
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(fault) => return misused(&fault, args, env),
    };
    let pace = cli.pace();
    let round = |lead: Option<bool>| {
        let started = now().trunc_subsecs(3);
        let mut config = match Config::resolve(&cli.global, env, started) {
            Ok(config) => config,
            Err(fault) => {
                let code = early(&fault, args, env);
                return End {
                    code,
                    deserted: false,
                };
            }
        };
        let lead = lead.map_or(Lead::None, |first| {
            config.pager = None;
            let dumb = env("TERM").is_some_and(|term| term == "dumb");
            Lead::of(first, format(config.format.value), config.terminal && !dumb)
        });
        serve(cli.clone(), &config, now, lead)
    };
    match pace {
        None => round(None).code,
        Some(pace) => match watch::over(pace, |first| round(Some(first))) {
            Ok(code) => code,
            Err(fault) => early(&fault, args, env),
        },
    }
}

/// The command line, for those who generate from it.
#[must_use]
pub fn command() -> clap::Command {
    commands::command()
}

/// Does what the command line says, and says what was done.
fn serve(cli: Cli, config: &Config, clock: fn() -> DateTime<Utc>, lead: Lead) -> End {
    let files = Files::new(config.place(), config.surroundings.clone());
    let actor = || config.actor();
    let at = config.at.as_ref().map(|at| at.value);
    let zone = &config.zone.value;
    let desk = Desk::new(zone, at, &actor, clock, &files);
    let (editor, drafts) = (config.editor.value.clone(), config.drafts.clone());
    let ask = Ask::new(config.interactive, editor, drafts);
    let ctx = CommandContext {
        desk: &desk,
        ask: &ask,
        config,
    };
    let asked = format(config.format.value);
    let now = desk.now();
    let voice = ErrorStyle {
        format: asked,
        zone,
        color: config.color.value && std::io::stderr().is_terminal(),
        terminal: std::io::stderr().is_terminal(),
        quiet: config.quiet,
        probe: matches!(cli.verb, Some(Verb::Check(_))),
    };
    let answer = match cli.verb {
        Some(verb) => verb.run(&ctx),
        None => commands::attention(&ctx),
    };
    if let Some(path) = files.created()
        && !config.quiet
    {
        note(&format!("desk: a new store begins at {}", path.display()));
    }
    let CommandOutput {
        view,
        failed,
        several,
        code,
        format: fixed,
        after,
    } = match answer {
        Ok(answer) => answer,
        Err(fault) => {
            let code = told(&fault, None, &voice);
            keep_drafts(&ask);
            return End {
                code,
                deserted: false,
            };
        }
    };
    let refused =
        matches!(&view, View::Matter(Matter::PolicyCheck(checked)) if !checked.faults.is_empty());
    let done = match &view {
        View::TicketUpdate(all) => all.as_slice(),
        View::Alike(done, _) => std::slice::from_ref(done.as_ref()),
        View::Tickets(_)
        | View::Sla(..)
        | View::Pages(_)
        | View::Briefs(_)
        | View::Hypotheses(_)
        | View::Calendars(_)
        | View::Settings(_)
        | View::Verified(_)
        | View::MonitoringCheck(_)
        | View::StoreOperation(_)
        | View::Matter(_)
        | View::Raw(_) => &[],
    };
    let unsaid = done.iter().any(|done| done.events.is_empty());
    if failed.is_empty() && !unsaid && !refused {
        ask.discard_drafts();
    } else {
        keep_drafts(&ask);
    }
    let look = RenderOptions {
        format: fixed.unwrap_or(asked),
        now,
        zone,
        policy: &desk.known_policies(),
        color: config.color.value,
        width: config.size.map(|(width, _)| width),
        terminal: config.terminal,
        several,
        quiet: config.quiet,
    };
    let mut worst = 0;
    let written = matches!(view, View::TicketUpdate(_) | View::Alike(..));
    let spoken = pager::with(config, |out, err| {
        out.write_all(lead.bytes())?;
        render::emit(view, &look, out, err)
    });
    let deserted = spoken.as_ref().is_err_and(Error::is_closed_pipe);
    if let Err(fault) = spoken
        && !fault.is_closed_pipe()
    {
        let fault = if let (Error::Output(reason), true) = (&fault, written) {
            Error::Outside {
                what: "the output".to_owned(),
                reason: format!("{reason}; what was asked for is on disk"),
            }
        } else {
            fault
        };
        worst = told(&fault, None, &voice);
    }
    // Whoever reads lines of another format has all of it in them.
    let tells = worst == 0 && !config.quiet && look.format == Format::Table;
    for line in after.iter().filter(|_| tells) {
        note(line);
    }
    for (id, fault) in &failed {
        worst = worst.max(told(fault, Some(*id), &voice));
    }
    // An answer that could not be given is no answer.
    let code = if worst == 0 { code } else { worst };
    End { code, deserted }
}

/// Tells a fault and returns its exit code: on stderr, but to a monitoring
/// system on stdout, which is all that it reads.
fn told(fault: &Error, id: Option<TicketId>, voice: &ErrorStyle<'_>) -> u8 {
    let text = render::problem(fault, id, voice);
    // Where this stream is gone too, the exit code is all that is left to say.
    if voice.probe {
        let _ = std::io::stdout().write_all(text.as_bytes());
        return CheckStatus::Unknown.code();
    }
    let _ = std::io::stderr().write_all(text.as_bytes());
    fault.code()
}

/// Says where the texts are that a failed command leaves behind.
fn keep_drafts(ask: &Ask) {
    for draft in ask.drafts() {
        note(&format!("desk: your text is kept in {}", draft.display()));
    }
}

fn note(line: &str) {
    // A remark that nobody can read is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Answers what the parser itself answers: help, version, wrong usage.
fn misused(fault: &clap::Error, args: &[OsString], env: config::Env) -> u8 {
    if !fault.use_stderr() {
        return match fault.print().map_err(Error::from) {
            Err(lost) if !lost.is_closed_pipe() => early(&lost, args, env),
            Ok(()) | Err(_) => 0,
        };
    }
    early(&usage::read(fault), args, env)
}

/// Tells a fault from before the settings are known.
fn early(fault: &Error, args: &[OsString], env: config::Env) -> u8 {
    let voice = ErrorStyle {
        format: usage::format(args, env),
        zone: &Zone::utc(),
        color: false,
        terminal: std::io::stderr().is_terminal(),
        quiet: false,
        probe: commands::means_probe(args),
    };
    told(fault, None, &voice)
}

const fn format(form: Form) -> Format {
    match form {
        Form::Table => Format::Table,
        Form::Json => Format::Json,
        Form::Jsonl => Format::Jsonl,
        Form::Csv => Format::Csv,
        Form::Ids => Format::Ids,
    }
}
