//! The policy version in force after `policy set` or `policy edit`.

use super::Output;
use super::printer::Printer;
use super::published::policy as published;
use super::style::untrusted;
use crate::domain::read_models::PolicySet;
use crate::error::Error;

impl Output for PolicySet {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let version = self.version;
        if !to.options.quiet {
            to.text(&if self.changed {
                format!("policy version {version} is in force for targets set from now on\n")
            } else {
                format!("unchanged: policy version {version} is the same\n")
            })?;
        }
        for note in &self.notes {
            to.note(&untrusted::line(&format!("note: {note}")))?;
        }
        if self.changed {
            to.note("open tickets keep their targets; to see what would change: desk policy apply --dry-run")?;
        }
        Ok(())
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::PolicySet::from(self))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list([published::PolicySet::from(self)])
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.text(&format!("{}\n", self.version))
    }
}
