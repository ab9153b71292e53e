//! The published schemas: `desk schema`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn the_schemas_are_listed_and_printed() {
    let mut env = Env::new();
    assert_snapshot!(env.says(
        "
        desk schema
        desk schema count
        desk schema tikcet
        desk schema --all
        "
    ), @r##"
    $ desk schema
    ticket
    tickets
    show
    sla
    done
    hypotheses
    participants
    checklist
    attachments
    count
    settings
    changed-setting
    verified
    doctor
    team
    team-check
    kept
    store-copy
    check
    swept
    editions
    policy
    templates
    policy-checked
    policy-set
    moves
    explained
    imported
    import-runs
    drafts
    draft
    mail
    mail-quarantine
    mail-raw
    import-undone
    calendars
    calendar
    person-pieces
    person-erased
    holds
    calendar-due
    calendar-elapsed
    calendar-open-at
    calendar-next-open
    report
    questions
    known-errors
    search
    similar
    suggestions
    evaluation
    outbox
    mail-preview
    hooks
    hook-deliveries
    hook-test
    hook-document
    event
    events
    metrics
    calendar-feed
    review
    outbox-mail
    person
    person-folder
    person-changed
    error
    breach
    breaches

    $ desk schema count
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:desk:schema:count",
      "title": "A number of tickets, as --count prints it",
      "$ref": "#/$defs/TicketCount",
      "$defs": {
        "TicketCount": {
          "type": "object",
          "properties": {
            "count": {
              "type": "integer",
              "format": "uint64",
              "minimum": 0
            }
          },
          "required": [
            "count"
          ],
          "description": "A number of tickets."
        }
      }
    }

    $ desk schema tikcet
    ! desk: unknown schema 'tikcet'
    !   hint: did you mean 'ticket'? accepted: ticket, tickets, show, sla, done, hypotheses, participants, checklist, attachments, count, settings, changed-setting, verified, doctor, team, team-check, kept, store-copy, check, swept, editions, policy, templates, policy-checked, policy-set, moves, explained, imported, import-runs, drafts, draft, mail, mail-quarantine, mail-raw, import-undone, calendars, calendar, person-pieces, person-erased, holds, calendar-due, calendar-elapsed, calendar-open-at, calendar-next-open, report, questions, known-errors, search, similar, suggestions, evaluation, outbox, mail-preview, hooks, hook-deliveries, hook-test, hook-document, event, events, metrics, calendar-feed, review, outbox-mail, person, person-folder, person-changed, error, breach, breaches
    [exit 2]

    $ desk schema --all
    ! desk: unexpected argument '--all'
    !   hint: usage: desk schema [OPTIONS] [NAME]
    [exit 2]
    "##);
}
