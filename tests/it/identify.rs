//! Tickets are identified as incident or request: `desk identify`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_ticket_is_identified_as_incident_or_request() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(r#"
        desk identify 1 incident
        desk identify 1 incident
        desk identify 1 incident --onset anticipated
        desk identify 1 request
    "#), @"
    $ desk identify 1 incident
    #1 identified as incident

    $ desk identify 1 incident
    #1 unchanged

    $ desk identify 1 incident --onset anticipated
    #1 identified as incident, anticipated

    $ desk identify 1 request
    #1 identified as request, anticipated
    ");
}

#[test]
fn a_closed_ticket_cannot_be_identified_again() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says("desk identify 1 request"), @"
    $ desk identify 1 request
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    ");
}

#[test]
fn identify_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(r#"
        desk identify 1
        desk identify 1 incidnet
        desk identify 1 incident request
        desk identify incident
        desk identify 1 incident --onset soon
        desk identify 1 incident --kind request
        desk identify 7 incident
    "#), @"
    $ desk identify 1
    ! desk: missing kind
    !   hint: give it with desk identify ID incident
    [exit 2]

    $ desk identify 1 incidnet
    ! desk: unknown kind 'incidnet'
    !   hint: did you mean 'incident'? accepted: incident, request
    [exit 2]

    $ desk identify 1 incident request
    ! desk: expected one kind, found also 'request'
    !   hint: name several tickets as one list, such as 4,5; quote words that belong together
    [exit 2]

    $ desk identify incident
    ! desk: 'incident' is not a ticket number
    !   hint: use 42, 42,43, 40-45, or - for stdin
    [exit 2]

    $ desk identify 1 incident --onset soon
    ! desk: invalid value 'soon' for '--onset <ONSET>': unknown onset 'soon'
    !   hint: accepted: occurred, anticipated
    [exit 2]

    $ desk identify 1 incident --kind request
    ! desk: unexpected argument '--kind'
    !   hint: usage: desk identify <ID> <incident|request> [OPTIONS]
    [exit 2]

    $ desk identify 7 incident
    ! desk: there is no ticket #7
    !   hint: list the tickets with: desk list --all
    [exit 3]
    ");
}
