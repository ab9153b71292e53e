//! One run of the program: settings, context, command, output, exit code.

mod printing;

use std::cell::{OnceCell, RefCell};
use std::ffi::OsString;
use std::io::IsTerminal;
use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};

use clap::Parser;

use super::Cli;
use super::aliases;
use super::clap_errors;
use super::command_word;
use super::commands::{self, Verb};
use super::context::CommandContext;
use super::file_size_limit;
use super::filter_words;
use super::guessed_verbs;
use super::head_watch::HeadWatch;
use super::hook_program::{HookPrograms, deliver_in_background};
use super::login::login;
use super::meant_line;
use super::nested::Nested;
use super::prompt::{Drafts, Prompt};
use super::store_engine::{provider_of, store_provider};
use super::streams::Streams;
use super::ticket_selector::looks_like_tickets;
use super::watch::{FramePrefix, RoundOutcome};
use crate::app::{Desk, Hooks};
use crate::config::{self, Config, Env, Global, Source, StoreUrl};
use crate::domain::mail::handover::{MailTransport, Patience, TransportSettings};
use crate::domain::mail::notices::Circumstances;
use crate::domain::time::zone::Zone;
use crate::error::Error;
use crate::mail::transport::Transport;
use crate::output::ErrorStyle;
use crate::store::{StoreProvider, StoreWarning};

/// How long an agent waits for the mails of a command.
const FOREGROUND: Duration = Duration::from_secs(5);

/// The settings of a run, as typed and as resolved.
#[derive(Clone, Copy)]
pub(super) struct Settings<'a> {
    pub(super) global: &'a Global,
    pub(super) config: &'a Config,
}

/// The arguments, environment, clock and streams of the process.
pub(crate) struct Invocation<'a> {
    pub(crate) args: &'a [OsString],
    pub(crate) env: Env,
    pub(crate) now: fn() -> DateTime<Utc>,
    pub(crate) command_line: fn() -> clap::Command,
    pub(crate) streams: Streams,
}

impl Invocation<'_> {
    /// Parses the arguments. A word that is no command may be an alias of the user,
    /// so that only such a line pays for looking.
    ///
    /// # Errors
    /// The exit code, once what is wrong or was asked for has been printed.
    pub(crate) fn parse(&self) -> Result<Cli, u8> {
        let fault = match self.parse_line(self.args) {
            Ok(cli) => return Ok(cli),
            Err(fault) => fault,
        };
        match self.without_alias(&fault) {
            Err(wrong) => Err(self.report(&wrong)),
            Ok(None) => {
                let shown = guessed_verbs::show_ticket(&fault, self);
                shown.ok_or_else(|| self.answer_clap(&fault))
            }
            Ok(Some(args)) => {
                let parsed = self.parse_line(&args);
                parsed.map_err(|fault| self.answer_clap(&fault))
            }
        }
    }

    fn parse_line(&self, args: &[OsString]) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(filter_words::protect(args, self.command_line).iter())
    }

    /// The arguments with what an alias stands for, if a line that was not
    /// understood begins with one.
    fn without_alias(&self, fault: &clap::Error) -> Result<Option<Vec<OsString>>, Error> {
        let Some(name) = aliases::unknown_command(fault) else {
            return Ok(None);
        };
        let aliases = config::aliases()?;
        aliases::check(&aliases)?;
        let Some(line) = aliases.get(name) else {
            return Ok(None);
        };
        let words = aliases::words_of(name, line, &aliases)?;
        let at = command_word::position(self.args, &(self.command_line)());
        Ok(at.map(|at| aliases::expand(self.args, at, &words)))
    }

    /// Resolves the settings, runs the command and prints its output. `frame`
    /// says whether this is the first round of a repeating command; `None` for
    /// one that runs once.
    pub(crate) fn execute(&self, cli: Cli, frame: Option<bool>) -> RoundOutcome {
        let started = (self.now)().trunc_subsecs(3);
        let works_without = cli.verb.as_ref().is_some_and(Verb::works_without_user_file);
        let resolved = Config::resolve(&cli.global, self.env, started);
        let resolved = resolved.and_then(|config| {
            aliases::check(&config.aliases)?;
            Ok(config)
        });
        let resolved = match resolved {
            Err(fault) if works_without => {
                Config::resolve_without_user_file(fault, &cli.global, self.env, started)
            }
            resolved => resolved,
        };
        let mut config = match resolved {
            Ok(config) => config,
            Err(fault) => return self.without_settings(cli.verb.as_ref(), &fault),
        };
        let follows = cli.verb.as_ref().is_some_and(Verb::follows);
        let prefix = frame.map_or(FramePrefix::None, |first| {
            config.pager = None;
            if follows {
                return FramePrefix::None;
            }
            let dumb = (self.env)("TERM").is_some_and(|term| term == "dumb");
            let screen = config.terminal && !dumb;
            FramePrefix::new(first, config.format.value, screen)
        });
        self.streams.adapt(&mut config);
        match store_provider(&config, self.env, started) {
            Ok(provider) => {
                let settings = Settings {
                    global: &cli.global,
                    config: &config,
                };
                self.run_command(cli.verb, settings, provider.as_ref(), prefix)
            }
            Err(fault) => self.without_settings(cli.verb.as_ref(), &fault),
        }
    }

    /// Looks at the store between the rounds of a repeating command, if it is on a
    /// server. A file would be kept open, and could not be replaced meanwhile.
    pub(crate) fn head_watch(&self, cli: &Cli) -> Option<HeadWatch> {
        let started = (self.now)().trunc_subsecs(3);
        let config = Config::resolve(&cli.global, self.env, started).ok()?;
        let StoreUrl::Postgres(_) = config.db.value else {
            return None;
        };
        let provider = store_provider(&config, self.env, started).ok()?;
        let mut watch = HeadWatch::new(provider);
        // Whatever changes from now on is a change.
        watch.look();
        Some(watch)
    }

    /// Whether a word that is no command names a ticket: by its number, or by one of
    /// another system, which is looked up.
    pub(crate) fn knows_ticket(&self, cli: &Cli, word: &str) -> bool {
        if looks_like_tickets(word) {
            return true;
        }
        let started = (self.now)().trunc_subsecs(3);
        let Ok(config) = Config::resolve(&cli.global, self.env, started) else {
            return false;
        };
        let Ok(provider) = store_provider(&config, self.env, started) else {
            return false;
        };
        let actor = || config.actor();
        let account = || login(self.env);
        let zone = &config.zone.value;
        let desk = Desk::new(zone, None, &actor, &account, self.now, provider.as_ref());
        let known = desk.tickets_by_external_number(word);
        known.is_ok_and(|known| !known.is_empty())
    }

    /// Reports invalid settings, or prints the help if it was requested: it
    /// must work with a broken configuration too.
    fn without_settings(&self, verb: Option<&Verb>, fault: &Error) -> RoundOutcome {
        let help = verb.and_then(|verb| verb.help_without_settings(self.command_line));
        let Some(help) = help else {
            return RoundOutcome::failed(self.report(fault));
        };
        let printed = help.and_then(|text| Ok(self.streams.out(&text)?));
        RoundOutcome::failed(match printed {
            Err(fault) if !fault.is_closed_pipe() => self.report(&fault),
            Ok(()) | Err(_) => 0,
        })
    }

    fn run_command(
        &self,
        verb: Option<Verb>,
        settings: Settings<'_>,
        provider: &dyn StoreProvider,
        prefix: FramePrefix,
    ) -> RoundOutcome {
        self.in_context(settings, provider, |ctx| {
            self.run_in_context(verb, ctx, provider, prefix)
        })
    }

    /// Calls `f` with the context of a command.
    pub(super) fn in_context<T>(
        &self,
        settings: Settings<'_>,
        provider: &dyn StoreProvider,
        f: impl FnOnce(&CommandContext<'_>) -> T,
    ) -> T {
        let config = settings.config;
        let actor = || config.actor();
        // Looked up at the first write, and once for many tickets.
        let account = OnceCell::new();
        let login = || account.get_or_init(|| login(self.env)).clone();
        let at = config.at.as_ref().map(|at| at.value);
        let zone = &config.zone.value;
        let transport = |patience: Patience| mail_transport(config, self.env, patience);
        let mut desk = Desk::new(zone, at, &actor, &login, self.now, provider);
        let agent = config.agent.as_ref();
        desk.names_agent = agent.is_some_and(|agent| agent.source != Source::Default);
        if config.mail_transport.is_some() {
            desk.transport = Some(&transport);
        }
        desk.circumstances.set(Circumstances {
            notify_backdated: config.notify,
            ..Circumstances::default()
        });
        let hook_programs = HookPrograms {
            config,
            env: self.env,
        };
        if !config.hooks.is_empty() {
            desk.hooks = Some(Hooks {
                all: &config.hooks,
                views: &config.views,
                within: &config.within_hooks,
                runner: &hook_programs,
            });
        }
        let args = self.args.to_vec();
        let verb = move || guessed_verbs::typed_verb(&args).unwrap_or_default();
        let drafts = Drafts::new(config.drafts.clone(), Box::new(verb));
        let prompt = Prompt::new(config.interactive, config.editor.value.clone(), drafts);
        let other = |url: &StoreUrl| {
            let now = (self.now)().trunc_subsecs(3);
            provider_of(url, true, self.env, now)
        };
        let shell = Nested {
            invocation: self,
            settings,
        };
        f(&CommandContext {
            desk: &desk,
            prompt: &prompt,
            config,
            provider: &other,
            hook_programs: &hook_programs,
            shell: &shell,
            command_line: self.command_line,
            notes: RefCell::default(),
        })
    }

    fn run_in_context(
        &self,
        verb: Option<Verb>,
        ctx: &CommandContext<'_>,
        provider: &dyn StoreProvider,
        prefix: FramePrefix,
    ) -> RoundOutcome {
        let config = ctx.config;
        let style = ErrorStyle {
            format: config.format.value,
            zone: &config.zone.value,
            color: config.color.value && std::io::stderr().is_terminal(),
            terminal: std::io::stderr().is_terminal(),
            quiet: config.quiet,
            monitoring: verb.as_ref().is_some_and(Verb::is_monitoring_check),
        };
        let result = match verb {
            Some(verb) => verb.run(ctx),
            None => commands::start_page::run(ctx),
        };
        if provider.was_created() && !config.quiet {
            let location = provider.location();
            self.print_note(&format!("desk: created a new store at {location}"));
        }
        let refused = result
            .as_ref()
            .is_err_and(|e| ["log_damaged", "store_moved"].contains(&e.as_str()));
        let outcome = match result {
            Ok(output) => self.print_output(output, ctx, &style, prefix),
            Err(fault) => {
                let fault = ctx.explain_missing_ticket(fault);
                let fault = file_size_limit::explain(fault);
                let fault = meant_line::explain(fault, self.args);
                let code = self.print_error(&fault, None, &style);
                self.print_kept_drafts(ctx.prompt);
                RoundOutcome {
                    unreachable: ["store_unreachable", "connection_lost"].contains(&fault.as_str()),
                    ..RoundOutcome::failed(code)
                }
            }
        };
        if ctx.desk.has_queued_hooks() {
            deliver_in_background(config);
        }
        // Lists and exports are read while they are printed.
        if !refused && let Some(warning) = provider.warning() {
            let StoreWarning { message, hint } = warning;
            self.print_note(&format!("desk: warning: {message}\n  hint: {hint}"));
        }
        outcome
    }

    /// Prints what the argument parser itself answers (help, version, wrong
    /// usage) and returns the exit code.
    pub(crate) fn answer_clap(&self, fault: &clap::Error) -> u8 {
        if fault.use_stderr() {
            let guessed = guessed_verbs::explain(fault, self.args);
            return self.report(&guessed.unwrap_or_else(|| self.with_meant_line(fault)));
        }
        let printed = match self.streams {
            Streams::Process => fault.print(),
            Streams::Memory { .. } => self.streams.out(&fault.render().to_string()),
        };
        match printed.map_err(Error::from) {
            Err(lost) if !lost.is_closed_pipe() => self.report(&lost),
            Ok(()) | Err(_) => 0,
        }
    }

    /// The error for a line that the argument parser does not take, with the line that
    /// was probably meant.
    fn with_meant_line(&self, fault: &clap::Error) -> Error {
        let wrong = clap_errors::to_error(fault);
        match meant_line::hint(fault, self.args) {
            Some(hint) => Error::usage(wrong.to_string(), hint),
            None => wrong,
        }
    }

    /// Prints an error from before the settings are known, and returns its exit
    /// code.
    pub(crate) fn report(&self, fault: &Error) -> u8 {
        let style = ErrorStyle {
            format: clap_errors::requested_format(self.args, self.env),
            zone: &Zone::utc(),
            color: false,
            terminal: std::io::stderr().is_terminal(),
            quiet: false,
            monitoring: clap_errors::names_monitoring_check((self.command_line)(), self.args),
        };
        self.print_error(fault, None, &style)
    }
}

/// Makes the transport of the settings.
fn mail_transport(config: &Config, env: Env, patience: Patience) -> Box<dyn MailTransport> {
    let limit = match patience {
        Patience::Foreground => Some(FOREGROUND),
        Patience::Background => None,
    };
    let settings = config.mail_transport.as_ref();
    let settings = settings.map(|settings| settings.value.clone());
    let settings = settings.unwrap_or_else(|| TransportSettings::Sendmail(Vec::new()));
    Box::new(Transport::new(settings, env, limit))
}
