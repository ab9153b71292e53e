//! Prints what a command returned, its notes and its errors.

use super::Invocation;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::file_size_limit;
use crate::cli::prompt::Prompt;
use crate::cli::text_args;
use crate::cli::watch::{FramePrefix, RoundOutcome};
use crate::domain::event::TicketId;
use crate::domain::monitoring_check::CheckStatus;
use crate::domain::read_models::TicketUpdate;
use crate::error::Error;
use crate::output::{self, ErrorStyle, RenderOptions};
use crate::output_format::OutputFormat;

impl Invocation<'_> {
    /// Prints what a command returned, then its notes and failures.
    pub(super) fn print_output(
        &self,
        returned: CommandOutput<'_>,
        ctx: &CommandContext<'_>,
        style: &ErrorStyle<'_>,
        prefix: FramePrefix,
    ) -> RoundOutcome {
        let CommandContext {
            desk,
            prompt,
            config,
            ..
        } = ctx;
        let CommandOutput {
            output,
            failed,
            several,
            exit_code,
            format: fixed,
            after,
            may_be_lost,
        } = returned;
        let is_unchanged = |one: &TicketUpdate| one.events.is_empty() && one.alarm.is_none();
        let unchanged = output.updates().iter().any(is_unchanged);
        if failed.is_empty() && !unchanged && exit_code == 0 {
            prompt.discard_drafts();
        } else {
            self.print_kept_drafts(prompt);
        }
        let options = RenderOptions {
            format: fixed.unwrap_or(style.format),
            now: desk.now(),
            zone: style.zone,
            policy: &desk.known_policies(),
            color: config.color.value,
            width: config.size.map(|(width, _)| width),
            terminal: config.terminal,
            several,
            quiet: config.quiet,
        };
        let mut worst = 0;
        let printed = self.streams.print(config, |out, err| {
            out.write_all(prefix.bytes())?;
            output::emit(output.as_ref(), &options, out, err)
        });
        let reader_gone = printed.as_ref().is_err_and(Error::is_closed_pipe);
        if let Err(fault) = printed
            && !fault.is_closed_pipe()
            && !may_be_lost
        {
            let fault = if let (Error::Output(reason), true) = (&fault, desk.has_committed()) {
                Error::outside("the output", &format!("{reason}; the change is on disk"))
            } else {
                fault
            };
            let fault = file_size_limit::explain(fault);
            worst = self.print_error(&fault, None, style);
        }
        if !config.quiet {
            ctx.notes
                .take()
                .iter()
                .for_each(|line| self.print_note(line));
        }
        // The other formats hold all of it already.
        if worst == 0 && !config.quiet && options.format == OutputFormat::Table {
            after.iter().for_each(|line| self.print_note(line));
        }
        for (id, fault) in failed {
            let fault = ctx.explain_missing_ticket(fault);
            let fault = file_size_limit::explain(fault);
            worst = worst.max(self.print_error(&fault, Some(id), style));
        }
        // The command's own code answers a question; a failure leaves it open.
        let code = if worst == 0 { exit_code } else { worst };
        RoundOutcome {
            code,
            reader_gone,
            unreachable: false,
        }
    }

    /// Prints an error and returns its exit code: on stderr, but for a monitoring
    /// system on stdout, the only stream it reads.
    pub(super) fn print_error(
        &self,
        fault: &Error,
        id: Option<TicketId>,
        style: &ErrorStyle<'_>,
    ) -> u8 {
        let text = output::error_text(fault, id, style);
        self.streams.suggest(fault);
        // If this stream is closed too, only the exit code reports the error.
        if style.monitoring {
            let _ = self.streams.out(&text);
            return CheckStatus::Unknown.exit_code();
        }
        self.streams.err(&text);
        fault.code()
    }

    /// Prints where the drafts are that a failed command leaves behind, and how to
    /// go on.
    pub(super) fn print_kept_drafts(&self, prompt: &Prompt) {
        let kept = prompt.kept_drafts();
        if kept.is_empty() {
            return;
        }
        let known = prompt.drafts();
        for path in kept {
            let path = path.display().to_string();
            let command = known.iter().find(|draft| draft.path == path);
            let command = command.and_then(text_args::command_to_go_on);
            let command = command.map_or_else(String::new, |it| format!("; go on with: {it}"));
            self.print_note(&format!("desk: your text is saved in {path}{command}"));
        }
    }

    pub(super) fn print_note(&self, line: &str) {
        self.streams.err(&format!("{line}\n"));
    }
}
