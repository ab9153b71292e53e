//! `desk team`: logins and roles, and the page about them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use crate::env::{Env, Output};
use crate::postgres_server::{self, Database, PostgresServer};

/// Roles are of the whole server, and two sessions cannot change one at once.
static ROLES: Mutex<()> = Mutex::new(());

/// The logins of a desk, by what they are.
const LOGINS: [(&str, &str); 6] = [
    ("rita", "read"),
    ("anna", "agent"),
    ("carla", "supervisor"),
    ("dora", "privacy"),
    ("cron", "service"),
    ("ben", "agent"),
];

/// A desk with one login for each role; #1 is open to all, #2 is for ben.
pub(crate) struct Team {
    server: &'static PostgresServer,
    pub(crate) database: Database<'static>,
    pub(crate) env: Env,
}

impl Team {
    /// `None` where PostgreSQL does not run, which the end of the run says.
    #[expect(clippy::print_stderr, reason = "a test that does not run says so")]
    pub(crate) fn new() -> Option<Self> {
        let server = match postgres_server::shared() {
            Ok(server) => server,
            Err(why) => {
                eprintln!("not run: {why}");
                return None;
            }
        };
        let mut team = Self {
            server,
            database: server.database(None),
            env: Env::bare_file("it makes its own database"),
        };
        team.does("postgres", &["init"]);
        team.init();
        for (agent, role) in LOGINS {
            team.grant(agent, role);
        }
        team.does(
            "anna",
            &["open", "VPN drops", "--requester", "Mia <mia@example.org>"],
        );
        team.does("anna", &["open", "secret layoffs", "-m", "secret list"]);
        let to = &["restrict", "2", "--to", "ben", "--reason", "secret reason"];
        team.does("carla", to);
        Some(team)
    }

    fn init(&mut self) {
        let _one = ROLES.lock().unwrap();
        self.does("postgres", &["team", "init", "--run"]);
    }

    fn grant(&mut self, agent: &str, role: &str) {
        let _one = ROLES.lock().unwrap();
        let login = self.login(agent);
        let grant = [
            "team", "grant", &login, "--role", role, "--agent", agent, "--run",
        ];
        self.does("postgres", &grant);
    }

    /// The login of an agent: its own in each database, as logins are of the server.
    pub(crate) fn login(&self, agent: &str) -> String {
        match agent {
            "postgres" => agent.to_owned(),
            agent => format!("{agent}-{}", self.database.name),
        }
    }

    fn command(&self, agent: &str, args: &[&str]) -> Command {
        let url = self.server.url(&self.login(agent), &self.database.name);
        let mut command = self.env.command(args);
        command.env("DESK_DB", url).env_remove("DESK_AGENT");
        if agent == "postgres" {
            command.env("DESK_AGENT", "boss");
        }
        command
    }

    pub(crate) fn desk(&mut self, agent: &str, args: &[&str]) -> Output {
        let command = self.command(agent, args);
        self.env.finish(command, None)
    }

    /// Runs a command that must succeed.
    #[track_caller]
    pub(crate) fn does(&mut self, agent: &str, args: &[&str]) {
        let _done = self.desk(agent, args).ok();
    }

    /// What statements return, or the SQLSTATE and the message of a refusal.
    pub(crate) fn sql(&self, agent: &str, statements: &str) -> Result<String, String> {
        let mut psql = self.database.psql();
        psql.args(["-U", &self.login(agent), "-v", "VERBOSITY=verbose"]);
        psql.args(["-c", statements]).stderr(Stdio::piped());
        let said = psql.output().unwrap();
        match said.status.success() {
            true => Ok(String::from_utf8(said.stdout).unwrap()),
            false => Err(String::from_utf8(said.stderr).unwrap()),
        }
    }

    /// A new ticket that everybody sees.
    pub(crate) fn ticket(&mut self) -> String {
        let args = [
            "open",
            "printer",
            "--requester",
            "Max <max@example.org>",
            "--format",
            "ids",
        ];
        self.desk("anna", &args).ok().stdout.trim().to_owned()
    }
}

#[test]
fn the_login_says_who_acts() {
    let Some(mut team) = Team::new() else { return };
    team.does("ben", &["log", "1", "mine"]);
    team.does("cron", &["--as", "anna", "log", "1", "theirs"]);
    let timeline = team.desk("ben", &["show", "1", "--json"]).ok().stdout;
    let json: serde_json::Value = serde_json::from_str(&timeline).unwrap();
    let logged = json["timeline"].as_array().unwrap().iter();
    let logged = logged.filter(|event| event["kind"] == "logged");
    let who: Vec<(String, String)> = logged
        .map(|event| (event["actor"].to_string(), event["login"].to_string()))
        .collect();
    let (ben, cron) = (team.login("ben"), team.login("cron"));
    let login = |login: &str| format!("{{\"user\":\"{login}\"}}");
    assert_eq!(
        who,
        [
            ("\"ben\"".to_owned(), login(&ben)),
            ("\"anna\"".to_owned(), login(&cron)),
        ]
    );
    let refused = team.desk("ben", &["--as", "anna", "log", "1", "x"]).code(1);
    assert!(
        refused.stderr.contains("acts as ben, not as anna"),
        "{refused}"
    );
}

#[test]
fn an_agent_who_is_a_superuser_is_found() {
    let Some(mut team) = Team::new() else { return };
    let check = team.desk("ben", &["team", "check", "--json"]).ok().stdout;
    let check: serde_json::Value = serde_json::from_str(&check).unwrap();
    assert_eq!(check["ok"], true, "{check}");
    assert_eq!(check["agent"], "ben");
    let ben = team.login("ben");
    {
        let _one = ROLES.lock().unwrap();
        team.database
            .sql(&format!("ALTER ROLE \"{ben}\" SUPERUSER"));
    }
    let check = team.desk("ben", &["team", "check"]).code(5);
    assert!(check.stdout.contains("a superuser"), "{check}");
    let list = team.desk("cron", &["team", "list"]).ok();
    assert!(
        list.stdout.contains("row security does not bind it"),
        "{list}"
    );
    team.database
        .sql("ALTER TABLE outbox DISABLE ROW LEVEL SECURITY");
    let check = team.desk("anna", &["team", "check"]).code(5);
    assert!(
        check.stdout.contains("row security is off for: outbox"),
        "{check}"
    );
    // It is given again, and what was right stays.
    team.init();
    team.does("anna", &["team", "check"]);
}

#[test]
fn a_file_has_no_logins() {
    let mut env = Env::file("it is about files");
    for args in [
        vec!["team", "init"],
        vec!["team", "list"],
        vec!["team", "check"],
        vec!["team", "grant", "anna", "--role", "agent"],
    ] {
        let refused = env.run(&args).code(2);
        assert!(
            refused.stderr.contains("is a file, which knows no logins"),
            "{refused}"
        );
        assert!(refused.stderr.contains("desk init --group"), "{refused}");
    }
}

#[test]
fn statements_are_printed_unless_they_are_to_be_run() {
    let Some(mut team) = Team::new() else { return };
    let shown = team
        .desk("postgres", &["team", "grant", "o'neil", "--role", "read"])
        .ok();
    assert!(
        shown.stdout.contains("CREATE ROLE \"o'neil\" LOGIN"),
        "{shown}"
    );
    assert!(
        shown.stdout.contains("GRANT desk_read TO \"o'neil\""),
        "{shown}"
    );
    assert!(!shown.stdout.contains("PASSWORD"), "{shown}");
    let exists = "SELECT count(*) FROM pg_roles WHERE rolname = 'o''neil'";
    assert_eq!(team.database.sql(exists), "0\n");
    let shown = team.desk("postgres", &["team", "init"]).ok();
    assert!(
        shown.stdout.contains("ENABLE ROW LEVEL SECURITY"),
        "{shown}"
    );
    for (args, reason) in [
        (["team", "grant", "x", "--role", "boss"], "unknown role"),
        (
            ["team", "grant", "desk_x", "--role", "read"],
            "cannot be the name",
        ),
    ] {
        let refused = team.desk("postgres", &args).code(2);
        assert!(refused.stderr.contains(reason), "{refused}");
    }
}

/// The blocks of shell commands of a page.
fn shell_blocks(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while lines.any(|line| ["```sh", "```bash"].contains(&line)) {
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        blocks.push(block.join("\n"));
    }
    blocks
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that does not run says so")]
fn the_page_leads_from_an_empty_server_to_a_team() {
    if let Err(why) = postgres_server::shared() {
        eprintln!("not run: {why}");
        return;
    }
    let server = PostgresServer::start(&[]).unwrap();
    let mut env = Env::bare_file("it makes its own database");
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/team.md");
    let blocks = shell_blocks(&fs::read_to_string(page).unwrap());
    assert!(blocks.len() >= 7, "{blocks:?}");
    let psql = server.psql("postgres");
    let programs = Path::new(psql.get_program()).parent().unwrap();
    let mut script = String::from("set -e; unset DESK_DB DESK_AGENT; export USER=nobody\n");
    script += &format!(
        "export PGHOST='{}' PGUSER=postgres\n",
        server.folder().display()
    );
    script += &format!("export PATH='{}':$PATH\n", programs.display());
    script += &blocks.join("\n");
    let has_jq = Command::new("jq").arg("--version").output().is_ok();
    let mut script = script.replace("sudo -u postgres ", "");
    if !has_jq {
        script = script.replace("\"$(jq -r .head head.json)\"", "0");
    }
    for login in ["postgres", "anna", "desk-cron"] {
        let url = format!("'{}'", server.url(login, "desk"));
        script = script.replace(&format!("postgres://{login}@db.example/desk"), &url);
    }
    let output = env.shell(&script).ok();
    for shown in [
        "eva  eva.m  agent",
        "login anna, acts as anna, read, agent",
        "#1 opened",
        "#1 taken by anna",
        "sound",
    ] {
        assert!(output.stdout.contains(shown), "{shown}: {output}");
    }
}
