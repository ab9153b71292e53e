//! The search index is rebuilt: `desk reindex`.

use std::fs;

use insta::assert_snapshot;
use rusqlite::Connection;

use crate::env::Env;
use crate::search::whole;

pub(crate) fn sound(env: &mut Env) {
    let said = env.run(&["verify"]).ok();
    assert_eq!(said.stderr, "", "{said}");
}

#[test]
fn damage_to_the_index_is_detected_and_repaired() {
    let harms = [
        "UPDATE ticket_text SET title = 'zebra' WHERE rowid = 1",
        "UPDATE ticket_text SET variants = 'zebra' WHERE rowid = 2",
        "DELETE FROM ticket_text WHERE rowid = 2",
        "INSERT INTO ticket_text (rowid, body) VALUES (99, 'zebra')",
        "DELETE FROM ticket_text",
        "UPDATE ticket_text_data SET block = zeroblob(length(block)) WHERE id > 10",
        "DELETE FROM ticket_text_data WHERE id > 10",
        "UPDATE ticket_text_content SET c1 = 'zebra' WHERE id = 1",
        "DELETE FROM ticket_text_docsize WHERE id = 1",
        "DELETE FROM ticket_text_content",
    ];
    for harm in harms {
        let mut env = Env::file("the tables of SQLite's index");
        env.does(
            "desk open \"VPN drops\" -m \"again\"\ndesk open \"Drucker kaputt\"\ndesk log 2 toner",
        );
        sound(&mut env);
        env.forge(harm);
        let said = env.run(&["verify"]);
        assert_eq!(said.code, Some(5), "{harm}: {said}");
        assert!(said.transcript().contains("desk reindex"), "{harm}: {said}");
        let _ = env.run(&["reindex"]).ok();
        sound(&mut env);
        assert_eq!(whole(&mut env, &["vpn"]), [1], "{harm}");
        assert_eq!(whole(&mut env, &["druckern", "toner"]), [2], "{harm}");
        assert_eq!(whole(&mut env, &["zebra"]), Vec::<i64>::new(), "{harm}");
    }
}

#[test]
fn rebuilding_a_sound_index_changes_nothing() {
    let mut env = Env::new();
    env.does("desk open \"VPN drops\"");
    let head = env.json(&["verify"])["head"].clone();
    assert_snapshot!(env.says("desk reindex\ndesk reindex --json\ndesk search vpn --ids"), @r#"
    $ desk reindex
    indexed DIR/desk.db

    $ desk reindex --json
    {"done":"indexed","path":"DIR/desk.db","aside":null}

    $ desk search vpn --ids
    1
    "#);
    sound(&mut env);
    assert_eq!(env.json(&["verify"])["head"], head);
    assert_snapshot!(Env::bare().says("desk reindex"), @"
    $ desk reindex
    ! desk: there is no store at DIR/desk.db
    !   hint: create it with: desk init --db DIR/desk.db
    [exit 2]
    ");
}

/// All bytes that a store has on disk.
fn bytes(env: &Env) -> Vec<u8> {
    let conn = Connection::open(env.db()).unwrap();
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    conn.close().unwrap();
    let mut all = Vec::new();
    for entry in fs::read_dir(env.dir()).unwrap() {
        let path = entry.unwrap().path();
        if path
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("desk.db")
        {
            all.extend(fs::read(path).unwrap());
        }
    }
    all
}

fn there(all: &[u8], word: &str) -> bool {
    let low = all.to_ascii_lowercase();
    low.windows(word.len()).any(|part| part == word.as_bytes())
}

#[test]
fn erased_text_is_gone_after_the_index_is_rebuilt() {
    let mut env = Env::file("the free pages of a file");
    env.does("desk open \"VPN drops\"");
    let words: String = (0..2000).map(|n| format!("filler{n}x ")).collect();
    let text = format!("{words} the xylophones of Quasimodo {words}");
    let _ = env.run(&["log", "1", &text]).ok();
    env.does("desk open \"Mail\"\ndesk log 2 \"a word that stays\"");
    let erased = ["xylophone", "quasimodo"];
    for word in erased {
        assert!(there(&bytes(&env), word), "{word}");
    }
    // As an erasure does: value and salt are deleted.
    let conn = Connection::open(env.db()).unwrap();
    conn.pragma_update(None, "secure_delete", true).unwrap();
    let gone = conn
        .execute("DELETE FROM field WHERE value LIKE '%xylophones%'", [])
        .unwrap();
    assert_eq!(gone, 1);
    conn.close().unwrap();
    assert!(there(&bytes(&env), "xylophon"), "the index still has it");
    let _ = env.run(&["reindex"]).ok();
    let left = bytes(&env);
    for word in erased.iter().map(|word| &word[..word.len() - 1]) {
        assert!(!there(&left, word), "{word}");
    }
    assert!(there(&left, "stay"));
    assert_eq!(whole(&mut env, &["xylophones"]), Vec::<i64>::new());
    assert_eq!(whole(&mut env, &["stays"]), [2]);
}
