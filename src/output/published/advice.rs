//! The advice that a guided diagnosis led to.

use serde::Serialize;

use crate::domain::event;

published! {
    /// The advice of a finding in the policy.
    Advice<'a> from advice: event::Advice => {
        /// The suspected cause.
        #[serde(skip_serializing_if = "Option::is_none")]
        cause: Option<&'a str> = advice.cause.as_deref(),
        /// The ticket that is the known error.
        #[serde(skip_serializing_if = "Option::is_none")]
        known_error: Option<i64> = advice.known_error.map(|id| id.0),
        #[serde(skip_serializing_if = "Option::is_none")]
        workaround: Option<&'a str> = advice.workaround.as_deref(),
        /// The tier to escalate the ticket to.
        #[serde(skip_serializing_if = "Option::is_none")]
        escalate: Option<&'a str> = advice.escalate.as_ref().map(|tier| tier.as_str()),
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'a str> = advice.reason.as_deref(),
    }
}

/// The advice that the last answers led to.
pub(crate) fn advice(result: Option<&event::QuestionnaireResult>) -> Vec<Advice<'_>> {
    let found = result.into_iter().flat_map(|result| &result.advice);
    found.map(Into::into).collect()
}
