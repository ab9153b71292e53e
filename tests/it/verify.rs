//! The store is checked: `desk verify`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_store_is_verified_up_to_a_head_kept_elsewhere() {
    let mut env = Env::new();
    env.closed();
    let head = env.json(&["verify"])["head"].as_str().unwrap().to_owned();
    env.does("desk open Printer");
    let known = env.run(&["verify", "--head", &head]).ok();
    assert_snapshot!(known.transcript(), @"
    DIR/desk.db: ✓ sound, 18 events, 2 tickets
      head: 20:HASH
    ");
    let mut other = Env::new();
    other.does("desk open VPN");
    let foreign = other.run(&["verify", "--head", &head]).code(5);
    assert_snapshot!(foreign.transcript(), @"
    DIR/desk.db: ✗ 1 fault, 4 events, 1 ticket
      fault: the chain does not contain the expected head
      head: 5:HASH
    [exit 5]
    ");
    assert_snapshot!(env.says(
        "
        desk verify
        desk verify --head 1
        desk verify --deep
        "
    ), @"
    $ desk verify
    DIR/desk.db: ✓ sound, 18 events, 2 tickets
      head: 20:HASH

    $ desk verify --head 1
    ! desk: invalid value '1' for '--head <SEQ:HASH>': not a head
    !   hint: use one that desk verify printed: a number, a colon and 64 hexadecimal digits
    [exit 2]

    $ desk verify --deep
    ! desk: unexpected argument '--deep'
    !   hint: usage: desk verify [OPTIONS]
    [exit 2]
    ");
}

/// What a ticket carries and counts stands in its row too, on every engine.
#[test]
fn a_row_that_was_forged_is_named_with_its_column() {
    let mut env = Env::new();
    std::fs::write(
        env.dir().join("fields.toml"),
        "[fields.asset]\ntype = \"text\"\n",
    )
    .unwrap();
    env.does(
        "
        desk policy set fields.toml
        desk open Laptop -c email -r 'Mia <mia@example.org>' --tag vpn --field asset=L-1
        desk checklist 1 add wipe
        desk checklist 1 add label
        desk checklist 1 done 1
        desk spent 1 15m
        desk reply 1 looking
        desk reply 1 --from-requester 'any news?'
        desk due 1 'in 5h' --reason 'spare part'
        desk verify
        ",
    );
    for (column, value) in [
        ("tags", "' other '"),
        ("tags", "NULL"),
        ("fields", "replace(fields, 'L-1', 'L-2')"),
        ("fields", "NULL"),
        ("checklist_done", "2"),
        ("checklist_total", "1"),
        ("spent_s", "0"),
        ("unanswered_since", "NULL"),
        ("unanswered_since", "unanswered_since + 1"),
        ("undone", "1"),
        ("undone", "2"),
        ("clocks", "replace(clocks, ',\"promised\"]', ']')"),
        ("restricted_to", "'eve'"),
    ] {
        let mut other = env.copied();
        other.forge(&format!(
            "UPDATE ticket SET {column} = {value} WHERE id = 1"
        ));
        let said = other.run(&["verify"]).code(5).stdout;
        let expected = format!("#1: its row does not follow from its events: {column}\n");
        assert!(said.contains(&expected), "{column} = {value}: {said}");
    }
    env.does("desk verify");
}

#[test]
fn a_forged_delivery_to_a_hook_is_named() {
    let mut env = Env::new();
    let folder = env.dir().join(".config/desk");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("config.toml"),
        "[hooks.chat]\nrun = [\"/bin/true\"]\ndeliver = \"sweep\"\non = [\"opened\", \"logged\"]\n",
    )
    .unwrap();
    env.does("desk open Laptop\ndesk log 1 again\ndesk verify");
    for (set, fault) in [
        ("event = 99", "#1 has no event 99"),
        ("state = 'odd'", "its state is unknown"),
        ("state = 'failed'", "it is over, but does not say when"),
        (
            "delivery_id = 'x'",
            "its id is not one that this store makes",
        ),
        (
            "queued_ms = 5",
            "it was not queued when its event was recorded",
        ),
        (
            "claimed_by = 'eve'",
            "somebody has it, but its program does not run",
        ),
    ] {
        let mut other = env.copied();
        let first = "(SELECT min(id) FROM hook_delivery)";
        other.forge(&format!(
            "UPDATE hook_delivery SET {set} WHERE id = {first}"
        ));
        let said = other.run(&["verify"]).code(5).stdout;
        assert!(said.contains(fault), "{set}: {said}");
    }
    // What was told, tried again or dropped is sound.
    env.does("desk sweep\ndesk verify\ndesk log 1 more\ndesk hooks\ndesk verify");
}
