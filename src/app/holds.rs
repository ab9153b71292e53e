//! Use cases of holds: placing, lifting and listing them.

use super::Desk;
use crate::domain::privacy::hold::{Held, Hold};
use crate::domain::privacy::spelling::{normalized, normalized_contact};
use crate::domain::rejection::Rejection;
use crate::error::Error;

impl Desk<'_> {
    /// Returns every hold, also those that were lifted.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn holds(&self) -> Result<Vec<Hold>, Error> {
        match self.read_everything()? {
            Some(txn) => Ok(txn.holds()?),
            None => Ok(Vec::new()),
        }
    }

    /// Places a hold. Returns the one that is in force already, if any, and whether
    /// it is new.
    ///
    /// # Errors
    /// [`Error::NotFound`], or an error of the store.
    pub(crate) fn place_hold(&self, held: &Held, reason: &str) -> Result<(Hold, bool), Error> {
        self.write_everything(self.writer()?, |mut txn| {
            if let Held::Ticket(id) = *held
                && txn.summary(id)?.is_none()
            {
                return Err(Error::NotFound(id));
            }
            let holds = txn.holds()?;
            let same = |hold: &Hold| hold.lifted.is_none() && is_same(&hold.held, held);
            if let Some(known) = holds.into_iter().find(same) {
                return Ok((known, false));
            }
            let policies = self.policies_in(txn.as_ref())?;
            let ctx = self.ctx_now(&policies, self.acting(&policies)?);
            let number = txn.place_hold(held, reason, &ctx.actor, ctx.now)?;
            self.commit(txn)?;
            let hold = Hold {
                number,
                held: held.clone(),
                reason: reason.to_owned(),
                by: ctx.actor.clone(),
                since: ctx.now,
                lifted: None,
            };
            Ok((hold, true))
        })
    }

    /// Lifts the holds that keep the same.
    ///
    /// # Errors
    /// [`Rejection::NotHeld`] if there is none, or an error of the store.
    pub(crate) fn lift_holds(&self, held: &Held, reason: &str) -> Result<Vec<Hold>, Error> {
        self.write_everything(self.writer()?, |mut txn| {
            let policies = self.policies_in(txn.as_ref())?;
            let ctx = self.ctx_now(&policies, self.acting(&policies)?);
            let holds = txn.holds()?;
            let same = |hold: &&Hold| hold.lifted.is_none() && is_same(&hold.held, held);
            let numbers: Vec<u32> = holds.iter().filter(same).map(|hold| hold.number).collect();
            if numbers.is_empty() {
                return Err(Rejection::NotHeld.into());
            }
            for number in &numbers {
                txn.lift_hold(*number, reason, &ctx.actor, ctx.now)?;
            }
            let mut lifted = txn.holds()?;
            lifted.retain(|hold| numbers.contains(&hold.number));
            self.commit(txn)?;
            Ok(lifted)
        })
    }
}

/// Whether two spellings keep the same.
fn is_same(a: &Held, b: &Held) -> bool {
    let spelled = |held: &Held| match held {
        Held::Ticket(_) => None,
        Held::Person(person) => Some((
            person.contact.as_deref().map(normalized_contact),
            person.name.as_deref().map(normalized),
        )),
    };
    match (spelled(a), spelled(b)) {
        (Some((Some(a), _)), Some((Some(b), _))) => a == b,
        (Some((None, a)), Some((None, b))) => a == b,
        (Some(_), Some(_)) => false,
        (None, _) | (_, None) => a == b,
    }
}
