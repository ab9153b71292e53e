//! Databases that are set up in another way: their zone, their collation, what
//! they write dates and bytes like. Nothing that desk says depends on it.

use super::{desk, server};
use crate::env::Env;

/// What is done with a desk, and asked.
const STORY: &str = r#"
    desk open "Äpfel drops" --requester "Öle Ärmel <ole@example.org>" --category büro/zoo -m "line\none"
    desk open "zebra" --requester "zoe@example.org" --category Büro/alpha
    desk open "Zebra" --requester "Ole <ole@example.org>" --assign ben
    desk identify 1 incident
    desk prioritize 1 -u high -b medium -g medium
    desk take 1
    desk log 2 "a \ backslash and a 'quote'"
    desk list --sort title --format csv
    desk list --sort category --format csv
    desk list --category büro --ids
    desk search apfel zebra
    desk similar --text "the zebra drops"
    desk show 1 --json
    desk report
    desk person find ole@example.org
    desk pause 1 waiting-requester --until "2026-03-09 09:00" --ask "When?"
    desk sweep
    desk list --overdue
    desk resolve 1 "done" --restored-by Ole --tell ok
    desk export
    desk verify
"#;

/// The story in a database that was made like this, as a superuser would.
fn told(made: &str, set: &[&str]) -> Option<String> {
    let server = server()?;
    let name = format!("place_{}", made.len() + 100 * set.len());
    server.sql(
        "postgres",
        &format!("CREATE DATABASE {name} OWNER desk {made}"),
    );
    for set in set {
        server.sql("postgres", &format!("ALTER DATABASE {name} SET {set}"));
    }
    let mut env = Env::at_url(server.url("desk", &name));
    let _ = env.run(&["init"]).ok();
    env.at("2026-03-02T09:00:00Z");
    let told = env.says(STORY);
    server.sql("postgres", &format!("DROP DATABASE {name} WITH (FORCE)"));
    Some(told)
}

/// Without what is random in every store, and without the accounts: a database has
/// logins of its own.
fn without_chance(told: &str) -> String {
    let mut lines: Vec<String> = told.lines().map(without_accounts).collect();
    lines.retain(|line| !line.contains("\"store\"") && !line.contains("salt"));
    lines.join("\n")
}

fn without_accounts(line: &str) -> String {
    let mut parts = line.split("\"login\":{");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| {
        let (_, after) = part.split_once('}').unwrap();
        format!("{before}\"login\":{{}}{after}")
    })
}

#[test]
fn nothing_depends_on_the_zone_and_the_collation_of_a_database() {
    let mut file = Env::file("it compares a file with databases");
    let expected = without_chance(&file.says(STORY));
    assert!(expected.contains("Äpfel drops"), "{expected}");
    let utf8 = "TEMPLATE template0 ENCODING 'UTF8'";
    let german = format!("{utf8} LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LOCALE 'C'");
    let swedish = format!("{utf8} LOCALE_PROVIDER icu ICU_LOCALE 'sv-SE' LOCALE 'C.UTF-8'");
    let odd: &[&str] = &[
        "timezone = 'America/St_Johns'",
        "datestyle = 'German, DMY'",
        "intervalstyle = 'sql_standard'",
        "bytea_output = 'escape'",
        "extra_float_digits = -15",
        "standard_conforming_strings = off",
        "default_transaction_isolation = 'serializable'",
        "default_text_search_config = 'pg_catalog.german'",
        "search_path = 'pg_catalog'",
        "client_encoding = 'LATIN1'",
        "lc_messages = 'C'",
        "enable_seqscan = off",
    ];
    for (made, set) in [(utf8, odd), (&german, &[]), (&swedish, odd)] {
        let Some(told) = told(made, set) else { return };
        pretty_assertions(&without_chance(&told), &expected, made);
    }
}

#[track_caller]
fn pretty_assertions(told: &str, expected: &str, made: &str) {
    for (told, expected) in told.lines().zip(expected.lines()) {
        assert_eq!(told, expected, "{made}");
    }
    assert_eq!(told.lines().count(), expected.lines().count(), "{made}");
}

#[test]
fn a_table_of_somebody_else_is_not_found_by_its_name() {
    let Some(server) = server() else { return };
    let database = server.database(None);
    let mut env = desk(&database);
    env.does("desk open VPN");
    // A schema that comes first on the path of the login, with a trap.
    database.sql(
        "CREATE SCHEMA desk AUTHORIZATION desk; CREATE TABLE desk.ticket (id BIGINT); \
         ALTER ROLE desk IN DATABASE CURRENT_DATABASE_NAME SET search_path = desk, public"
            .replace("CURRENT_DATABASE_NAME", &database.name)
            .as_str(),
    );
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "1\n");
    env.does("desk log 1 again\ndesk verify");
}
