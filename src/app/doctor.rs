//! The health of the desk: its store, and the clock of the machine.

use std::path::PathBuf;

use chrono::TimeDelta;

use super::Desk;
use crate::domain::Timestamp;
use crate::domain::health::{HealthCheck, HealthState};
use crate::domain::hooks::DeliveryCounts;
use crate::domain::mail::incoming::MailChannel;
use crate::domain::mail::outgoing::OutboxQuery;
use crate::error::Error;

/// How far the clock may be behind the last event: as far as a write tolerates.
const TOLERANCE: TimeDelta = TimeDelta::minutes(2);

/// After this time, nobody runs the hook for which something waits.
const LATE: TimeDelta = TimeDelta::days(1);

/// After this time without an event, the clock may be wrong instead.
const QUIET: TimeDelta = TimeDelta::days(365);

/// What was found, and what can be cleaned up.
pub(crate) struct Health {
    pub(crate) checks: Vec<HealthCheck>,
    pub(crate) leftovers: Vec<PathBuf>,
}

impl Desk<'_> {
    /// Looks at the store and the clock, and changes nothing.
    pub(crate) fn health(&self) -> Health {
        let found = self.provider.health();
        let mut checks = found.checks;
        checks.push(clock(self.instant(), found.last_event));
        // One that is not sound, or that opening would upgrade, is not read.
        let is_sound =
            |check: &HealthCheck| check.area != "store" || check.state == HealthState::Ok;
        if checks.iter().all(is_sound) {
            checks.extend(self.pending_scrub());
            checks.extend(self.mail_health().ok().flatten());
            checks.extend(self.outbox_health().ok().flatten());
            checks.extend(self.hooks_health().ok().flatten());
        }
        Health {
            checks,
            leftovers: found.leftovers,
        }
    }

    /// Whether the file still has texts that were erased: another command read the
    /// store then, or the erasure was killed.
    fn pending_scrub(&self) -> Option<HealthCheck> {
        let txn = self.read_everything().ok()??;
        txn.needs_scrub().ok()?.then(|| {
            let text = "the file may still have texts that were erased";
            HealthCheck::warning("erasure", text, "desk sweep")
        })
    }

    /// Looks at the mail that is to be sent; `None` where the desk has no address.
    fn outbox_health(&self) -> Result<Option<HealthCheck>, Error> {
        const DECIDE: &str = "decide about them: desk outbox";
        let policy = &self.policies_if_any()?.current.mail;
        if policy.addresses.is_empty() {
            return Ok(None);
        }
        let entries = self.outbox(OutboxQuery::default())?;
        let stuck = entries
            .iter()
            .filter(|entry| entry.is_undelivered())
            .count();
        let waiting = entries.len() - stuck;
        let text = format!("{waiting} mails wait, {stuck} were not delivered");
        Ok(Some(if stuck > 0 {
            HealthCheck::warning("outbox", text, DECIDE)
        } else if self.transport.is_none() {
            let text = format!("{text}; this user has no mail transport");
            HealthCheck::warning("outbox", text, "see desk help mail-guide")
        } else {
            HealthCheck::ok("outbox", text)
        }))
    }

    /// Looks at what is on its way to hooks; `None` where none is set and nothing is.
    fn hooks_health(&self) -> Result<Option<HealthCheck>, Error> {
        let Some(txn) = self.read_everything()? else {
            return Ok(None);
        };
        let counts = txn.delivery_counts()?;
        let all = self.hooks.map_or(0, |hooks| hooks.all.len());
        let DeliveryCounts {
            waiting,
            failed,
            oldest,
        } = counts;
        if all == 0 && waiting + failed == 0 {
            return Ok(None);
        }
        let text = format!("hooks: {all}; events that wait: {waiting}; given up: {failed}");
        let is_late = oldest.is_some_and(|at| self.instant() - at > LATE);
        Ok(Some(if failed > 0 {
            let remedy = "see why with desk hooks, then: desk hooks retry DELIVERY";
            HealthCheck::warning("hooks", text, remedy)
        } else if is_late {
            let remedy = "run desk sweep from cron as the user whose hooks wait; see desk hooks";
            HealthCheck::warning("hooks", format!("{text}, some for more than a day"), remedy)
        } else {
            HealthCheck::ok("hooks", text)
        }))
    }

    /// Looks at the mail that was received; `None` where the desk has no address and
    /// none came.
    fn mail_health(&self) -> Result<Option<HealthCheck>, Error> {
        let channel = self.mail_channel()?;
        let policy = &self.policies_if_any()?.current.mail;
        if channel.last.is_none() && policy.addresses.is_empty() {
            return Ok(None);
        }
        Ok(Some(mail(self.instant(), &channel, policy.quiet_for)))
    }

    /// Returns how long no mail came, if that is longer than the policy expects.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn silent_for(&self) -> Result<Option<TimeDelta>, Error> {
        let Some(quiet_for) = self.policies_if_any()?.current.mail.quiet_for else {
            return Ok(None);
        };
        let last = self.mail_channel()?.last;
        let silent = last.map(|last| self.instant().signed_duration_since(last));
        Ok(silent.filter(|silent| *silent > quiet_for))
    }

    /// Removes files that killed commands left.
    ///
    /// # Errors
    /// If one cannot be removed.
    pub(crate) fn remove_leftovers(&self, files: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
        Ok(self.provider.remove_leftovers(files)?)
    }
}

/// Judges the mail that was received.
fn mail(now: Timestamp, channel: &MailChannel, quiet_for: Option<TimeDelta>) -> HealthCheck {
    const ARRIVES: &str = "see whether the mail system still calls: desk mail";
    let waiting = match channel.quarantined {
        0 => String::new(),
        n => format!("; {n} waiting for a decision"),
    };
    let Some(last) = channel.last else {
        return HealthCheck::warning("mail", "no mail was received yet", ARRIVES);
    };
    let text = format!(
        "the last mail came at {}{waiting}",
        last.format("%Y-%m-%d %H:%M UTC")
    );
    let silent = now.signed_duration_since(last);
    if quiet_for.is_some_and(|quiet_for| silent > quiet_for) {
        HealthCheck::warning("mail", text, ARRIVES)
    } else if channel.quarantined > 0 {
        HealthCheck::warning("mail", text, "decide about it with: desk mail --quarantine")
    } else {
        HealthCheck::ok("mail", text)
    }
}

/// Compares the machine's clock with the last event.
fn clock(now: Timestamp, last_event: Option<Timestamp>) -> HealthCheck {
    const CORRECT: &str = "correct the clock of the machine";
    let shown = |at: Timestamp| at.format("%Y-%m-%d %H:%M UTC").to_string();
    let says = format!("the machine's clock says {}", shown(now));
    if now < Timestamp::UNIX_EPOCH {
        return HealthCheck::problem("clock", format!("{says}, which is before 1970"), CORRECT);
    }
    let Some(last) = last_event else {
        return HealthCheck::ok("clock", says);
    };
    if now + TOLERANCE < last {
        let text = format!("{says}, but the last event was at {}", shown(last));
        HealthCheck::problem("clock", text, CORRECT)
    } else if now - last > QUIET {
        let days = (now - last).num_days();
        let text = format!("{says}, {days} days after the last event");
        HealthCheck::warning("clock", text, format!("{CORRECT} if it is ahead"))
    } else {
        HealthCheck::ok("clock", says)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_judged_by_the_last_event() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let last = at("2026-03-02T09:00:00Z");
        for (now, state) in [
            ("1969-12-31T23:59:59Z", HealthState::Problem),
            ("1970-01-01T00:00:00Z", HealthState::Problem),
            ("2026-03-02T08:57:59Z", HealthState::Problem),
            ("2026-03-02T08:58:00Z", HealthState::Ok),
            ("2027-03-02T09:00:00Z", HealthState::Ok),
            ("2027-03-02T09:00:01Z", HealthState::Warning),
        ] {
            assert_eq!(clock(at(now), Some(last)).state, state, "{now}");
        }
        assert_eq!(
            clock(at("1970-01-01T00:00:00Z"), None).state,
            HealthState::Ok
        );
    }
}
