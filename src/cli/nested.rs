//! Command lines that a command runs, with the settings of the process.

use std::cell::RefCell;
use std::ffi::OsString;

use chrono::SubsecRound;

use super::Cli;
use super::context::CommandContext;
use super::head_watch::HeadWatch;
use super::invocation::{Invocation, Settings};
use super::shell::{Asks, Finished, Shell};
use super::store_engine::store_provider;
use super::streams::{Captured, Streams};
use crate::config::{Colour, Global};
use crate::error::Error;
use crate::output_format::OutputFormat;
use crate::store::StoreProvider;

/// The shell of a command.
pub(super) struct Nested<'a> {
    pub(super) invocation: &'a Invocation<'a>,
    pub(super) settings: Settings<'a>,
}

impl Nested<'_> {
    /// The global options of a command line: those of this process stand where it
    /// has none of its own. People read what is printed.
    fn global(&self, typed: Global) -> Global {
        let Settings { global, config } = self.settings;
        let color = if config.color.value {
            Colour::Always
        } else {
            Colour::Never
        };
        Global {
            db: typed.db.or_else(|| global.db.clone()),
            agent: typed.agent.or_else(|| global.agent.clone()),
            tz: typed.tz.or_else(|| global.tz.clone()),
            format: typed
                .format
                .or((!typed.json).then_some(OutputFormat::Table)),
            color: typed.color.or(Some(color)),
            ..typed
        }
    }

    fn provider(&self) -> Result<Box<dyn StoreProvider>, Error> {
        let now = (self.invocation.now)().trunc_subsecs(3);
        store_provider(self.settings.config, self.invocation.env, now)
    }
}

impl Shell for Nested<'_> {
    fn run(&self, words: &[String], asks: Asks, size: (u16, u16)) -> Finished {
        // Tests see what a bug leaves behind.
        let fails = cfg!(debug_assertions).then(|| (self.invocation.env)("DESK_TEST_PANIC"));
        if let (Some(Some(verb)), Some(word)) = (fails, words.first())
            && verb == word.as_str()
        {
            panic!("a test asked for this");
        }
        let args = ["desk"].into_iter().map(OsString::from);
        let args: Vec<OsString> = args.chain(words.iter().map(OsString::from)).collect();
        let invocation = Invocation {
            args: &args,
            env: self.invocation.env,
            now: self.invocation.now,
            command_line: self.invocation.command_line,
            streams: Streams::Memory {
                captured: RefCell::new(Captured::default()),
                size,
                asks,
            },
        };
        let code = match invocation.parse() {
            Ok(cli) => {
                let global = self.global(cli.global);
                invocation.execute(Cli { global, ..cli }, None).code
            }
            Err(code) => code,
        };
        let Captured { out, err, hint } = match invocation.streams {
            Streams::Memory { captured, .. } => captured.into_inner(),
            Streams::Process => Captured::default(),
        };
        Finished {
            code,
            out: String::from_utf8_lossy(&out).into_owned(),
            err: String::from_utf8_lossy(&err).into_owned(),
            hint,
        }
    }

    fn with_context(&self, f: &mut dyn FnMut(&CommandContext<'_>)) -> Result<(), Error> {
        let provider = self.provider()?;
        self.invocation
            .in_context(self.settings, provider.as_ref(), f);
        Ok(())
    }

    fn watch(&self) -> Result<HeadWatch, Error> {
        Ok(HeadWatch::new(self.provider()?))
    }
}
