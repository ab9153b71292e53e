//! The logins of a store in a database server, and what the present one may do.

use super::Output;
use super::printer::Printer;
use super::published::team as published;
use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use super::style::untrusted;
use crate::domain::team::{LoginCheck, TeamMember, TeamRole};
use crate::error::Error;

/// The logins that may use a store.
pub(crate) struct TeamList(pub(crate) Vec<TeamMember>);

impl TeamList {
    fn published(&self) -> impl Iterator<Item = published::TeamMember<'_>> {
        self.0.iter().map(published::TeamMember::from)
    }
}

/// The roles of a login as one text.
fn roles(roles: &[TeamRole]) -> String {
    let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    match roles.is_empty() {
        true => "no role".to_owned(),
        false => roles.join(", "),
    }
}

impl Output for TeamList {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.0.is_empty() {
            return to.note(
                "no logins yet; create the roles with: desk team init --run; then: desk team grant",
            );
        }
        let mut page = PageWriter::new(to.options);
        for member in &self.0 {
            let agent = member.agent.as_ref().map_or("-", |agent| agent.as_str());
            let mut line = format!(
                "{}  {}  {}",
                untrusted::line(&member.login),
                untrusted::line(agent),
                roles(&member.roles)
            );
            if let Some(fault) = &member.fault {
                line += &format!("  ! {fault}");
            }
            page.line(&line);
        }
        to.text(&page.text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }
}

/// What the present login may do.
pub(crate) struct TeamCheck(pub(crate) LoginCheck);

impl Output for TeamCheck {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let LoginCheck {
            member,
            rights,
            faults,
        } = &self.0;
        let mut text = format!("login {}", untrusted::line(&member.login));
        if let Some(agent) = &member.agent {
            text += &format!(", acts as {}", untrusted::line(agent.as_str()));
        }
        text += &format!(", {}\n", roles(&member.roles));
        for right in rights {
            let (symbol, style, end) = match right.is_allowed {
                true => ("✓ may", Style::Success, String::new()),
                false => (
                    "- may not",
                    Style::Dim,
                    format!(" (role {})", right.role.group()),
                ),
            };
            let symbol = style.paint(symbol, to.options.color);
            text += &format!("  {symbol} {}{end}\n", right.action);
        }
        for (fault, remedy) in faults {
            let symbol = Style::Error.paint("✗", to.options.color);
            text += &format!(
                "  {symbol} {}\n    -> {}\n",
                untrusted::line(fault),
                untrusted::line(remedy)
            );
        }
        to.text(&text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::TeamCheck::from(&self.0))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.0.rights.iter().map(published::TeamRight::from))
    }
}
