//! Who may do what in a store on PostgreSQL: every role tries every action, with
//! desk and in plain SQL. Each action succeeds for some role, and each role for some
//! action: what is refused is refused for the role.

use crate::team::Team;

/// An action with the agents who may do it; `{T}` is a new ticket.
type Action = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const EVERYBODY: &[&str] = &["rita", "anna", "carla", "dora", "cron"];
const RECORD: &[&str] = &["anna", "carla", "dora", "cron"];
const SUPERVISE: &[&str] = &["carla", "cron"];
const SERVE: &[&str] = &["cron"];

const WITH_DESK: &[Action] = &[
    ("list", &["list"], EVERYBODY),
    ("show", &["show", "{T}"], EVERYBODY),
    ("check the login", &["team", "check"], EVERYBODY),
    ("log", &["log", "{T}", "a note"], RECORD),
    ("take", &["take", "{T}"], RECORD),
    ("reply", &["reply", "{T}", "an answer"], RECORD),
    ("link", &["link", "{T}", "--related", "1"], RECORD),
    (
        "attach",
        &["log", "{T}", "a file", "--attach", "policy.toml"],
        RECORD,
    ),
    ("as ben", &["--as", "ben", "log", "{T}", "x"], SERVE),
    (
        "restrict",
        &["restrict", "{T}", "--to", "anna,carla,dora,cron"],
        SUPERVISE,
    ),
    (
        "force",
        &["resolve", "{T}", "done", "--force", "--reason", "late"],
        SUPERVISE,
    ),
    (
        "set the policy",
        &["policy", "set", "policy.toml"],
        SUPERVISE,
    ),
    (
        "erase",
        &[
            "person",
            "erase",
            "max@example.org",
            "--reason",
            "asked",
            "--texts",
            "none",
            "--yes",
        ],
        &["dora", "cron"],
    ),
    ("import", &["import", "old.csv", "--map", "map.toml"], SERVE),
    ("verify", &["verify"], &["carla", "dora", "cron"]),
    ("reindex", &["reindex"], &["carla", "dora", "cron"]),
    (
        "give a role",
        &["team", "grant", "eve", "--role", "agent", "--run"],
        &[],
    ),
];

#[test]
fn each_role_does_with_desk_what_it_may_and_nothing_else() {
    let Some(mut team) = Team::new() else { return };
    let dir = team.env.dir().to_owned();
    let map = "source = \"x\"\ndates = \"iso\"\n[columns]\nnumber = \"id\"\ntitle = \"t\"\nopened = \"o\"\n";
    std::fs::write(dir.join("map.toml"), map).unwrap();
    let mut wrong = Vec::new();
    for (name, args, may) in WITH_DESK {
        for agent in EVERYBODY {
            let ticket = team.ticket();
            // A new version each time.
            let policy = format!("# {name} {agent}\n");
            std::fs::write(dir.join("policy.toml"), policy).unwrap();
            let rows = format!("id,t,o\n{ticket},old,2026-03-01T09:00:00Z\n");
            std::fs::write(dir.join("old.csv"), rows).unwrap();
            let args: Vec<String> = args.iter().map(|arg| arg.replace("{T}", &ticket)).collect();
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let output = team.desk(agent, &args);
            let is_refused = matches!(output.code, Some(1 | 5));
            if may.contains(agent) != (output.code == Some(0)) || may.contains(agent) == is_refused
            {
                wrong.push(format!("{agent}: {name}: {output}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Whatever they tried, nothing is wrong with the store.
    team.does("cron", &["verify"]);
}

#[test]
fn what_is_refused_says_which_role_is_missing() {
    let Some(mut team) = Team::new() else { return };
    std::fs::write(team.env.dir().join("policy.toml"), "# a policy\n").unwrap();
    for (agent, args, role) in [
        ("rita", vec!["log", "1", "x"], "desk_agent"),
        (
            "anna",
            vec!["restrict", "1", "--to", "anna"],
            "desk_supervisor",
        ),
        (
            "anna",
            vec!["policy", "set", "policy.toml"],
            "desk_supervisor",
        ),
        (
            "anna",
            vec!["resolve", "1", "x", "--force", "--reason", "y"],
            "desk_supervisor",
        ),
        (
            "carla",
            vec![
                "person",
                "erase",
                "mia@example.org",
                "--reason",
                "x",
                "--texts",
                "none",
                "--yes",
            ],
            "desk_privacy",
        ),
        ("anna", vec!["verify"], "desk_service"),
        ("anna", vec!["--as", "ben", "log", "1", "x"], "desk_service"),
    ] {
        let output = team.desk(agent, &args);
        assert!(output.stderr.contains(role), "{agent} {args:?}: {output}");
        assert!(output.stderr.contains("\n  hint: "), "{output}");
    }
}

/// Statements that only some may run. Each is rolled back, so that the next one finds
/// the same.
const IN_SQL: &[Action] = &[
    (
        "see tickets",
        &["SELECT 1 / count(*) FROM ticket"],
        EVERYBODY,
    ),
    (
        "change an event",
        &["UPDATE event SET body = '{}' WHERE seq = 3"],
        &[],
    ),
    ("delete an event", &["DELETE FROM event WHERE seq = 3"], &[]),
    ("empty the chain", &["TRUNCATE event CASCADE"], &[]),
    ("change a text", &["UPDATE field SET value = 'x'"], &[]),
    (
        "change who is who",
        &["UPDATE member SET agent = 'ben'"],
        &[],
    ),
    (
        "become somebody",
        &["INSERT INTO member VALUES ('x', 'ben')"],
        &[],
    ),
    (
        "leave row security",
        &["ALTER TABLE event DISABLE ROW LEVEL SECURITY"],
        &[],
    ),
    ("drop a policy", &["DROP POLICY desk_see ON ticket"], &[]),
    ("be the service", &["SET ROLE desk_service"], SERVE),
    ("create a table", &["CREATE TABLE public.mine (a int)"], &[]),
    (
        "create a temporary table",
        &["CREATE TEMP TABLE member (login text)"],
        &[],
    ),
    (
        "record as oneself",
        &["INSERT INTO event SELECT 900, 1, 900, 0, 0, {ME}, NULL, 'logged', '{}', '', ''"],
        RECORD,
    ),
    (
        "record as ben",
        &["INSERT INTO event SELECT 900, 1, 900, 0, 0, {BEN}, NULL, 'logged', '{}', '', ''"],
        SERVE,
    ),
    (
        "record as ben by name",
        &["INSERT INTO event SELECT 900, 1, 900, 0, 0, NULL, 'ben', 'logged', '{}', '', ''"],
        SERVE,
    ),
    (
        "reply as desk",
        &["INSERT INTO event VALUES (900, 1, 900, 0, 0, 0, NULL, 'replied', '{}', '', '')"],
        SERVE,
    ),
    (
        "set a policy",
        &["INSERT INTO event SELECT 900, NULL, 900, 0, 0, {ME}, NULL, 'policy', '{}', '', ''"],
        SUPERVISE,
    ),
    (
        "pass a gate",
        &["INSERT INTO event SELECT 900, 1, 900, 0, 0, {ME}, NULL, 'gate-passed', '{}', '', ''"],
        SUPERVISE,
    ),
    (
        "introduce oneself as ben",
        &["INSERT INTO person VALUES (900, 900, 'ben', '{LOGIN}')"],
        SERVE,
    ),
    (
        "introduce ben's login",
        &["INSERT INTO person VALUES (900, 900, 'ben', 'ben')"],
        SERVE,
    ),
    (
        "introduce ben by oneself",
        &[
            "INSERT INTO person VALUES (900, 900, 'ben')",
            "INSERT INTO event VALUES (900, NULL, 900, 0, 0, 900, NULL, 'person', '{}', '', '')",
        ],
        SERVE,
    ),
    (
        "add a text to an old event",
        &["INSERT INTO field VALUES (3, 'more', '', 'x')"],
        &[],
    ),
    (
        "delete a text without an erasure",
        &[
            "DELETE FROM field",
            "SELECT 1 / (count(*) FILTER (WHERE false)) FROM field",
        ],
        &[],
    ),
    (
        "erase a text with an erasure",
        &[
            "INSERT INTO event SELECT 900, 1, 900, 0, 0, {ME}, NULL, 'erased', \
             '{\"fields\":{\"1\":[\"name\"]}}', '', ''",
            "DELETE FROM field WHERE path = 'name'",
        ],
        &["dora", "cron"],
    ),
    (
        "lift a restriction",
        &["UPDATE ticket SET restricted_to = NULL"],
        &["carla", "dora", "cron"],
    ),
    (
        "mail about what is hidden",
        &[
            "INSERT INTO outbox (ticket, event, kind, recipient, language, message_id, subject, \
           body, headers, state, queued_ms, not_before) \
           VALUES (2, 1, 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'queued', 0, 0)",
        ],
        &["carla", "dora", "cron"],
    ),
    (
        "receive mail",
        &["INSERT INTO incoming_mail (received_ms, state, size) VALUES (0, 'received', 0)"],
        SERVE,
    ),
];

#[test]
fn each_role_does_in_sql_what_it_may_and_nothing_else() {
    let Some(mut team) = Team::new() else { return };
    // Everybody who may has a number.
    for agent in ["anna", "ben", "carla", "dora", "cron"] {
        let who = if agent == "ben" { "2" } else { "1" };
        team.does(agent, &["log", who, "a note"]);
    }
    let mut wrong = Vec::new();
    for (name, statements, may) in IN_SQL {
        for agent in EVERYBODY {
            let number = |agent: &str| {
                format!(
                    "(SELECT coalesce(max(number), 1) FROM person WHERE login = '{}')",
                    team.login(agent)
                )
            };
            let all = statements.join(";\n");
            let all = all
                .replace("{ME}", &number(agent))
                .replace("{BEN}", &number("ben"));
            let all = all.replace("{LOGIN}", &team.login(agent));
            let said = team.sql(agent, &format!("BEGIN;\n{all};\nROLLBACK"));
            let is_refusal =
                |said: &String| said.contains("ERROR:  42501") || said.contains("ERROR:  22012");
            let is_right = match &said {
                Ok(_) => may.contains(agent),
                Err(said) => !may.contains(agent) && is_refusal(said),
            };
            if !is_right {
                wrong.push(format!("{agent}: {name}: {said:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    team.does("cron", &["verify"]);
}

/// Everything in which a text of a restricted ticket could be.
const LOOKS: &[&str] = &[
    "SELECT t::text FROM ticket t",
    "SELECT e::text FROM event e",
    "SELECT f::text FROM field f",
    "SELECT o::text FROM outbox o",
    "SELECT a::text FROM attachment a",
    "SELECT convert_from(bytes, 'UTF8') FROM attachment_chunk",
    "SELECT i::text FROM incoming_mail i",
    "SELECT m::text FROM mail_message_id m",
    "SELECT a::text FROM alarm_text a",
    "SELECT t::text FROM ticket_text t",
    "SELECT w::text FROM word w",
    "SELECT r::text FROM restricted_text r",
    "SELECT r::text FROM restricted_word r",
    "SELECT n::text FROM notification n",
    "SELECT s::text FROM pg_stats s WHERE schemaname = 'public'",
    "SELECT s::text FROM pg_stats_ext s",
    "SELECT query FROM pg_stat_activity",
    "SELECT title::int::text FROM ticket WHERE id = 2",
    "SELECT (1 / length(value) + value::int)::text FROM field WHERE value LIKE 'secret%'",
    "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM ticket WHERE title LIKE 'secret%'",
];

#[test]
fn nothing_of_a_restricted_ticket_is_seen_by_an_agent_to_whom_it_is_not_restricted() {
    let Some(mut team) = Team::new() else { return };
    std::fs::write(team.env.dir().join("file.txt"), "secret file").unwrap();
    let log = ["log", "2", "secret note", "--attach", "file.txt"];
    team.does("ben", &log);
    team.database.sql("ANALYZE");
    let looks = |agent: &str| -> Vec<&str> {
        let sees = |look: &&&str| {
            let shown = team.sql(agent, look).unwrap_or_else(|said| said);
            let shown = shown.replace("secret%", "");
            ["secret", "layoffs"]
                .iter()
                .any(|text| shown.contains(text))
        };
        LOOKS.iter().filter(sees).copied().collect()
    };
    assert_eq!(looks("anna"), Vec::<&str>::new());
    assert_eq!(looks("rita"), Vec::<&str>::new());
    // The control: whoever may see the ticket does.
    let seen = looks("ben");
    for table in [
        "ticket t",
        "field f",
        "attachment_chunk",
        "restricted_text r",
    ] {
        assert!(
            seen.iter().any(|look| look.ends_with(table)),
            "{table}: {seen:?}"
        );
    }
    let shown = team.desk("anna", &["show", "2"]).code(1);
    assert!(
        shown.stderr.contains("#2 is restricted to others"),
        "{shown}"
    );
    let found = team.desk("anna", &["search", "layoffs"]);
    assert!(!found.to_string().contains("secret"), "{found}");
    let found = team.desk("ben", &["search", "layoffs"]).ok();
    assert!(found.stdout.contains("secret"), "{found}");
    let _refused = team.desk("anna", &["show", "99"]).code(3);
}

#[test]
fn what_an_agent_tampers_with_is_found() {
    let Some(mut team) = Team::new() else { return };
    team.does("cron", &["verify"]);
    team.sql("anna", "UPDATE ticket SET title = 'x' WHERE id = 1")
        .unwrap();
    let found = team.desk("cron", &["verify"]).code(5);
    assert!(found.stdout.contains("fault"), "{found}");
}
