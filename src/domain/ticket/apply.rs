//! Building a ticket from its events. An event is always applied, so that old
//! histories replay after the rules have changed.

use super::super::Timestamp;
use super::super::breach::Breach;
use super::super::event::{Event, Fact, Note};
use super::super::external_record::Origin;
use super::super::people::{Actor, Participant};
use super::super::privacy::erasure::Erasure;
use super::super::sla::clock_event::ClockEvent;
use super::super::sla::level::Level;
use super::super::vocabulary::{ClosureCode, State};
use super::merged::MovedAway;
use super::{
    AnsweredCall, Call, CallState, Closure, Hypothesis, KnownError, Message, Resolution, Status,
    Ticket, Verdict, Warning,
};

impl Ticket {
    /// Applies the event that counts next.
    #[expect(clippy::too_many_lines, reason = "one arm for each fact")]
    pub(super) fn apply_next(&mut self, event: &Event) {
        self.pass_time(event.at);
        // Of an erased text nothing is new.
        if !matches!(event.fact, Fact::Erased(_)) {
            self.updated = event.at.max(self.updated);
        }
        let at = event.at;
        match &event.fact {
            Fact::Opened(_) | Fact::GatePassed { .. } | Fact::Unfounded { .. } => {}
            Fact::ManagerInformed { .. } | Fact::WorkStarted => self.activate(event),
            Fact::Breach(fact) => Breach::apply(&mut self.breach, at, &event.actor, fact),
            Fact::Identified { kind, onset } => {
                self.kind = Some(*kind);
                self.onset = *onset;
            }
            Fact::Logged(note) => self.add_note(note),
            Fact::Corrected(correction) => {
                let correction = correction.clone();
                if let Some(title) = correction.title {
                    self.title = title;
                }
                self.requester.name = correction.name.or(self.requester.name.take());
                self.requester.contact = correction.contact.or(self.requester.contact.take());
                self.requester.language = correction.language.or(self.requester.language.take());
            }
            Fact::Categorized { category } => self.category = Some(category.clone()),
            Fact::Prioritized(rating) => self.rating = Some(rating.clone()),
            Fact::TargetSet { clock, target } => {
                self.clock_events
                    .push(at, ClockEvent::TargetSet(*clock, target.clone()));
            }
            Fact::Diagnosed {
                answers,
                extent,
                affected,
                note: _,
                questionnaire,
            } => {
                self.activate(event);
                if let Some(result) = questionnaire {
                    self.answers.retain(|a| !result.obsolete.contains(&a.key));
                    self.questionnaire = Some(result.clone());
                }
                for answer in answers {
                    match self.answers.iter_mut().find(|a| a.key == answer.key) {
                        Some(known) => known.clone_from(answer),
                        None => self.answers.push(answer.clone()),
                    }
                }
                if extent.is_some() {
                    self.extent.clone_from(extent);
                }
                add_missing(&mut self.affected, affected);
            }
            Fact::Assigned { agent } => {
                self.activate(event);
                self.assignee = Some(agent.clone());
                self.earlier_waits.clear();
            }
            Fact::Unassigned { .. } => {
                self.assignee = None;
                self.unassigned_since = at;
            }
            Fact::Escalated { to, up, .. } => {
                self.activate(event);
                self.escalations += u32::from(*up);
                self.tier = to.clone();
                self.assignee = None;
                self.unassigned_since = at;
                self.earlier_waits.clear();
            }
            Fact::Proposed { hypothesis, text } => {
                self.activate(event);
                self.hypotheses.push(Hypothesis {
                    number: *hypothesis,
                    text: text.clone(),
                    by: event.actor.clone(),
                    verdict: Verdict::Open,
                });
            }
            Fact::Confirmed {
                hypothesis,
                evidence,
            } => {
                let evidence = evidence.clone();
                self.judge(*hypothesis, Verdict::Confirmed { evidence });
            }
            Fact::Refuted {
                hypothesis,
                evidence,
            } => {
                let evidence = evidence.clone();
                self.judge(*hypothesis, Verdict::Refuted { evidence });
            }
            Fact::CallArranged {
                call,
                medium,
                when,
                note,
            } => {
                self.activate(event);
                let arranged = Call::new(*call, *medium, *when, note.clone());
                self.calls.push(arranged);
            }
            Fact::CallMoved { call, to, note, .. } => self.move_call(*call, *to, note.as_ref()),
            Fact::CallAnswered {
                call,
                version,
                answer,
                person,
                ..
            } => {
                let (person, answer) = (person.clone(), *answer);
                self.answer_call(*call, *version, AnsweredCall { person, answer, at });
            }
            Fact::CallHeld { call, note } => {
                self.activate(event);
                self.contact(at);
                let note = note.clone();
                self.set_call_state(*call, CallState::Held { note });
            }
            Fact::CallCancelled { call, reason } => {
                let reason = reason.clone();
                self.set_call_state(*call, CallState::Cancelled { reason });
            }
            Fact::Paused {
                reason,
                until,
                note,
            } => {
                let until = *until;
                self.clock_events.push(at, ClockEvent::Paused { until });
                let status = Status::Paused {
                    reason: *reason,
                    until,
                    note: note.clone(),
                };
                self.set_status(status, event);
            }
            Fact::Resumed { .. } => {
                let clock_event = match self.status.state() {
                    // Only an imported history resumes a resolved ticket.
                    State::Resolved => ClockEvent::Reopened,
                    State::New | State::Paused | State::Closed => ClockEvent::Resumed,
                    // The pause ended by itself.
                    State::Active => return,
                };
                self.clock_events.push(at, clock_event);
                self.unassigned_since = at;
                self.set_status(Status::Active, event);
            }
            Fact::Replied { text, via, .. } => {
                self.activate(event);
                // A message that the program sends by itself is no response.
                if event.actor != Actor::Desk {
                    self.contact(at);
                }
                self.messages.push(Message::sent(at, text, *via));
            }
            Fact::MessageReceived {
                text,
                via,
                thanks,
                sender,
            } => {
                let message = Message::received(at, text, *via, sender.clone());
                self.receive(message, *thanks);
            }
            Fact::Resolved { text, code } => {
                let withdrawn = *code == ClosureCode::Withdrawn;
                if withdrawn && self.withdrawn_message.is_none() {
                    self.withdrawn_message = self.unanswered_since.take();
                }
                self.clock_events
                    .push(at, ClockEvent::Resolved { withdrawn });
                let resolution = Resolution {
                    text: text.clone(),
                    code: *code,
                    by: event.actor.clone(),
                    at,
                    restored: None,
                };
                self.set_status(Status::Resolved(resolution), event);
            }
            Fact::KnownErrorMarked { workaround, cause } => {
                self.known_error = Some(KnownError {
                    workaround: workaround.clone(),
                    cause: cause.clone(),
                    by: event.actor.clone(),
                    since: at,
                });
            }
            Fact::KnownErrorWithdrawn { .. } => self.known_error = None,
            Fact::Restored { by } => {
                if let Status::Resolved(resolution) = &mut self.status {
                    resolution.restored = Some((by.clone(), at));
                }
            }
            Fact::Closed {
                satisfaction,
                comment,
            } => {
                self.clock_events.push(at, ClockEvent::Closed);
                let status = Status::Closed(Closure::Completed {
                    resolution: self.resolution().cloned(),
                    satisfaction: *satisfaction,
                    comment: comment.clone(),
                });
                self.set_status(status, event);
            }
            Fact::Reopened { .. } => {
                self.clock_events.push(at, ClockEvent::Reopened);
                self.reopenings += 1;
                self.erased_scopes.clear();
                self.unanswered_since = self.withdrawn_message.take().or(self.unanswered_since);
                let moved = std::mem::take(&mut self.moved_away);
                self.links.retain(|link| !moved.links.contains(link));
                self.links.extend(moved.links);
                self.known_error = self.known_error.take().or(moved.known_error);
                self.unassigned_since = at;
                self.set_status(Status::Active, event);
            }
            Fact::Merged { into, moved } => {
                self.clock_events.push(at, ClockEvent::Merged);
                if *moved {
                    self.moved_away = MovedAway {
                        links: std::mem::take(&mut self.links),
                        known_error: self.known_error.take(),
                    };
                }
                self.set_status(Status::Closed(Closure::Merged { into: *into }), event);
            }
            Fact::Warned {
                clock,
                percent,
                offset,
            } => {
                let level = Level::of_warning(*percent, *offset);
                let clock = *clock;
                self.warnings
                    .retain(|known| (known.clock, known.level) != (clock, level));
                self.warnings.push(Warning { clock, level, at });
            }
            Fact::ContactLogged(contact) => {
                let event = ClockEvent::ContactLogged(*contact);
                self.clock_events.push(at, event);
                self.logged_contacts.push(*contact);
            }
            Fact::Imported {
                source,
                number,
                last_row_at,
                row_digests,
                extra_fields,
            } => {
                if self.origin.is_none() {
                    self.clock_events.push(at, ClockEvent::Imported);
                    self.imported = Some(event.recorded);
                }
                let origin = self.origin.get_or_insert_with(|| Origin {
                    source: source.clone(),
                    number: number.clone(),
                    last_row_at: *last_row_at,
                    row_digests: Vec::new(),
                });
                origin.last_row_at = origin.last_row_at.max(*last_row_at);
                origin.row_digests.extend(row_digests.iter().cloned());
                for (label, value) in extra_fields {
                    match self
                        .extra_fields
                        .iter_mut()
                        .find(|(known, _)| known == label)
                    {
                        Some((_, known)) => known.clone_from(value),
                        None => self.extra_fields.push((label.clone(), value.clone())),
                    }
                }
            }
            Fact::Restricted { to, .. } => self.restricted_to.clone_from(to),
            Fact::RestrictionLifted { .. } => self.restricted_to.clear(),
            Fact::ImportUndone { .. } => self.undo_import(event),
            Fact::Erased(erasure) => self.erase(at, erasure),
            Fact::Tagged { added, removed } => self.tag(added, removed),
            Fact::FieldsSet { values, cleared } => self.set_fields(values, cleared),
            Fact::ChecklistAdded { first, items } => self.checklist.add(*first, items),
            Fact::ChecklistMarked { items, mark } => self.checklist.mark(items, *mark),
            Fact::Attached(attachment) => self.attachments.push(attachment.clone()),
            Fact::MergedFrom { from, brought } => self.merge_from(at, *from, brought),
            Fact::Unmerged { from } => self.unmerge(at, *from),
            Fact::AnsweredElsewhere { time, .. } => self.contact(*time),
            Fact::ParticipantAdded { person, role } => {
                let (person, role) = (person.clone(), *role);
                self.participants.retain(|known| known.person != person);
                self.participants.push(Participant { person, role });
            }
            Fact::ParticipantRemoved { person } => {
                self.participants.retain(|known| known.person != *person);
            }
            Fact::Linked { relation, other } => self.links.push((*relation, *other)),
            Fact::Unlinked { relation, other } => {
                self.links.retain(|link| link != &(*relation, *other));
            }
        }
    }

    /// Texts were erased, and with the requester what is owed to them.
    fn erase(&mut self, at: Timestamp, erasure: &Erasure) {
        self.erased_scopes.extend(&erasure.scopes);
        if erasure.cancels_owed {
            self.clock_events.push(at, ClockEvent::RequesterErased);
            self.unanswered_since = None;
            self.withdrawn_message = None;
        }
        for from in &erasure.cancels_merged {
            let event = ClockEvent::MergeUndone { from: *from };
            self.clock_events.push(at, event);
            let mut merged = self.merged_tickets.iter_mut();
            if let Some(merged) = merged.find(|merged| merged.id == *from) {
                merged.brought.owed_since = None;
            }
        }
    }

    /// Ends a pause whose end has come by this time.
    pub(super) fn pass_time(&mut self, now: Timestamp) {
        if let Status::Paused {
            until: Some(until), ..
        } = self.status
            && until <= now
        {
            self.clock_events.push(until, ClockEvent::Resumed);
            self.unassigned_since = until;
            self.status = Status::Active;
            self.since = until;
            self.since_by = Actor::Desk;
        }
    }

    /// Makes a new ticket active when work on it begins.
    fn activate(&mut self, event: &Event) {
        if self.status == Status::New {
            self.set_status(Status::Active, event);
        }
    }

    pub(super) fn set_status(&mut self, status: Status, event: &Event) {
        let waits = matches!(self.status, Status::New | Status::Active);
        let goes_on = matches!(status, Status::New | Status::Active);
        if waits && !goes_on && self.assignee.is_none() {
            self.earlier_waits.push((self.unassigned_since, event.at));
        }
        self.status = status;
        self.since = event.at;
        self.since_by = event.actor.clone();
    }

    fn add_note(&mut self, note: &Note) {
        add_missing(&mut self.symptoms, &note.symptoms);
        add_missing(&mut self.affected, &note.affected);
        self.began = note.began.or(self.began);
    }

    fn judge(&mut self, number: u32, verdict: Verdict) {
        if let Some(known) = self.hypotheses.iter_mut().find(|h| h.number == number) {
            known.verdict = verdict;
        }
    }
}

/// Adds the items that are missing, in order.
fn add_missing(known: &mut Vec<String>, more: &[String]) {
    for item in more {
        if !known.contains(item) {
            known.push(item.clone());
        }
    }
}
