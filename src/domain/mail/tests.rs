//! Who is told of what, and what the mails say in each language.

mod headers;
mod notices;
mod texts;

use super::identifiers::TicketToken;
use super::notices::{Circumstances, Notice, notices};
use super::outgoing::OutgoingMail;
use super::policy::MailPolicy;
use super::rendering::{Identity, render};
use crate::domain::decide::Command;
use crate::domain::people::{Agent, Tier};
use crate::domain::policy::{AgentEntry, Policy};
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::NoticeKind;
use crate::testing::ticket_story::{TicketStory, desk};

/// A desk that sends every mail.
fn mailing() -> TicketStory {
    desk().policy(send_everything)
}

fn send_everything(policy: &mut Policy) {
    let entry = |name: &str, full: &str| AgentEntry {
        agent: Agent::parse(name).unwrap(),
        tier: None,
        name: Some(full.to_owned()),
        login: None,
        email: Some(format!("{name}@desk.example")),
    };
    policy.agents = vec![entry("anna", "Anna Berg"), entry("ben", "Ben Ode")];
    policy.mail = MailPolicy {
        addresses: vec!["desk@example.org".to_owned()],
        name: Some("Service desk".to_owned()),
        zone: Zone::from_name("Europe/Berlin").unwrap(),
        notices: NoticeKind::ALL.to_vec(),
        tiers: [(Tier::from_stored("L2"), "second@desk.example".to_owned())].into(),
        ..MailPolicy::default()
    };
}

/// The mails that a command comes to.
fn told(story: &TicketStory, command: Command) -> Vec<Notice> {
    told_in(story, command, Circumstances::default())
}

fn told_in(story: &TicketStory, command: Command, circumstances: Circumstances) -> Vec<Notice> {
    let events = story.decides(command).unwrap();
    let mut after = story.clone();
    after.take(events.clone());
    notices(&events, after.ticket(), &story.policy, circumstances)
}

/// The mails that opening the ticket comes to.
fn told_of_opening(story: &TicketStory, circumstances: Circumstances) -> Vec<Notice> {
    notices(
        story.history(),
        story.ticket(),
        &story.policy,
        circumstances,
    )
}

/// Each mail as `kind -> address`.
fn list(notices: &[Notice]) -> String {
    let lines = notices.iter();
    let lines = lines.map(|notice| format!("{} -> {}", notice.kind, notice.address));
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        "nobody".to_owned()
    } else {
        lines.join(", ")
    }
}

fn rendered(notice: &Notice, story: &TicketStory, thread: &[String]) -> OutgoingMail {
    let identity = Identity {
        ticket: TicketToken {
            ticket: notice.ticket,
            token: "abcdefghij".to_owned(),
        },
        random: "random".to_owned(),
        store: "storestorestores".to_owned(),
        thread: thread.to_vec(),
    };
    render(notice, story.ticket(), &story.policy, &identity, story.at)
}
