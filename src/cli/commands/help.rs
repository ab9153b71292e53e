//! `desk help`: the help of a command, or a page of `docs/`.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::{completion, foreign_verbs, help_topics};
use crate::domain::did_you_mean::nearest;
use crate::error::Error;
use crate::output::{self, RawText};

/// Explain a command, or print a page of the documentation
///
/// With a command, prints what `desk COMMAND --help` prints. With a topic,
/// prints that page: through the pager on a terminal, as Markdown elsewhere.
/// If a command and a topic have the same name, the command is explained, and
/// the name of the page ends in -guide.
///
/// Topics: tutorial, opening, policy-guide, clocks, filters, fields, editing,
/// inbox-guide, mail-guide, privacy, rights, erasure, import-guide, operate,
/// team-guide, scripting, hooks-guide, glossary, architecture, columns. With an
/// alias of the user file, says what it stands for.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk help pause
  desk help sla explain
  desk help tutorial
  desk help columns")]
pub(crate) struct Args {
    /// A command, with its subcommand if it has any, or a topic
    #[arg(value_name = "COMMAND|TOPIC", add = completion::help_words())]
    words: Vec<String>,
}

/// The width that a page is wrapped to on a terminal of unknown size.
const DEFAULT_WIDTH: usize = 80;

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { words } = args;
    let config = ctx.config;
    let width = config.size.map_or(DEFAULT_WIDTH, |(width, _)| width);
    let screen = config.terminal.then_some((width, config.color.value));
    if let [word] = words.as_slice()
        && let Some(line) = config.aliases.get(word)
    {
        let line = output::safe_line(line);
        let text = format!("{word} is your alias for: desk {line}\n");
        return Ok(RawText(text.into_bytes()).into());
    }
    let text = help_text(&words, ctx.command_line, screen)?;
    Ok(RawText(text.into_bytes()).into())
}

impl Args {
    /// Returns the help for a desk whose settings cannot be read.
    ///
    /// # Errors
    /// [`Error::Usage`] when there is neither a command nor a topic of this
    /// name.
    pub(crate) fn without_settings(
        &self,
        command_line: fn() -> clap::Command,
    ) -> Result<String, Error> {
        help_text(&self.words, command_line, None)
    }
}

/// Returns the help of a command, or a page. On a screen of this width, with
/// or without colour, the page is laid out for reading.
///
/// # Errors
/// [`Error::Usage`] when there is neither a command nor a topic of this name.
fn help_text(
    words: &[String],
    command_line: fn() -> clap::Command,
    screen: Option<(usize, bool)>,
) -> Result<String, Error> {
    let mut root = command_line();
    // Commands below another one exist only once they are built.
    root.build();
    if let [word] = words
        && word == help_topics::COLUMNS
    {
        let page = output::columns_page();
        return Ok(match screen {
            Some((width, color)) => output::markdown(&page, width, color),
            None => page,
        });
    }
    let topic = match words {
        [word] => help_topics::topic(word),
        _ => None,
    };
    if let ([word], Some(topic)) = (words, topic)
        && root.find_subcommand(word).is_none()
    {
        return Ok(match screen {
            Some((width, color)) => output::markdown(topic.page, width, color),
            None => topic.page.to_owned(),
        });
    }
    let mut command = &root;
    for word in words {
        let below = command.find_subcommand(word);
        command = below.ok_or_else(|| unknown(word, command))?;
    }
    let line = ["desk"].into_iter().chain(words.iter().map(String::as_str));
    let asked = command_line().try_get_matches_from(line.chain(["--help"]));
    let help = asked.expect_err("--help is never a match").render();
    let mut text = match screen {
        Some((_, true)) => help.ansi().to_string(),
        Some((_, false)) | None => help.to_string(),
    };
    if let Some(topic) = topic {
        let name = topic.typed_name(&root);
        text += &format!("\nThe page about it: desk help {name}\n");
    }
    Ok(text)
}

/// The error for a word that is neither a command nor a topic.
fn unknown(word: &str, command: &clap::Command) -> Error {
    let verbs = command.get_subcommands().map(clap::Command::get_name);
    let (message, hint) = if command.get_name() == "desk" {
        let topics = help_topics::typed_names(command);
        let near = nearest(word, verbs.chain(topics.iter().map(String::as_str)));
        let guessed = foreign_verbs::guessed(word).filter(|verb| !verb.starts_with('-'));
        let guessed = guessed.and_then(|line| line.split(" --").next());
        let guessed = guessed.and_then(|line| line.split(" @").next());
        let hint = match guessed.as_ref().or(near.first()) {
            Some(name) => format!("did you mean: desk help {name}"),
            None => format!("commands: desk help; topics: {}", topics.join(", ")),
        };
        (format!("there is no command or topic '{word}'"), hint)
    } else {
        let verb = command.get_name();
        let hint = match nearest(word, verbs).first() {
            Some(name) => format!("did you mean: desk help {verb} {name}"),
            None => format!("its commands: desk help {verb}"),
        };
        (format!("desk {verb} has no command '{word}'"), hint)
    };
    Error::usage(message, hint)
}
