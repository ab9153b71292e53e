//! What one needs to know of a ticket while writing about it in the editor.

use super::context::CommandContext;
use crate::domain::read_models::TicketDetails;
use crate::error::Error;
use crate::output::{self, RenderOptions};
use crate::output_format::OutputFormat;

impl CommandContext<'_> {
    /// What one needs to know while writing a text about the selected ticket; nothing
    /// if nobody is asked, or there are several.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn context_of_text(&self) -> Result<Vec<String>, Error> {
        match self.prompt.concerned() {
            Some(id) if self.prompt.is_interactive() => {
                self.editor_context(&self.desk.details(id)?)
            }
            Some(_) | None => Ok(Vec::new()),
        }
    }

    /// What one needs to know of a ticket while writing about it, line by line.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn editor_context(&self, page: &TicketDetails) -> Result<Vec<String>, Error> {
        let policies = self.desk.policies()?;
        let options = RenderOptions {
            format: OutputFormat::Table,
            now: self.desk.now(),
            zone: self.desk.zone,
            policy: &policies,
            color: false,
            width: None,
            terminal: false,
            several: false,
            quiet: self.config.quiet,
        };
        Ok(output::editor_context(page, &options))
    }
}
