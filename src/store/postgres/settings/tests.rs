//! How a URL, the environment and files say how to reach a server.

use std::os::unix::fs::PermissionsExt;

use super::*;

/// Reads a URL in an environment of its own.
fn read(url: &str, variables: &[(&str, &str)]) -> Result<Settings, StoreError> {
    let variable = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    Settings::read(url, &variable, Some("mia"))
}

/// What matters of a connection, in one line.
fn shown(settings: &Settings) -> String {
    let config = &settings.config;
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        Host::Unix(path) => path.display().to_string(),
    });
    let ports: Vec<String> = config.get_ports().iter().map(u16::to_string).collect();
    let password = config.get_password().unwrap_or_default();
    format!(
        "{} {} user {} database {} password '{}' {:?}",
        hosts.collect::<Vec<_>>().join(","),
        ports.join(","),
        config.get_user().unwrap_or("-"),
        config.get_dbname().unwrap_or("-"),
        String::from_utf8_lossy(password),
        settings.tls.verification
    )
}

fn line(url: &str, variables: &[(&str, &str)]) -> String {
    match read(url, variables) {
        Ok(settings) => shown(&settings),
        Err(fault) => format!("refused: {fault}"),
    }
}

#[test]
fn a_url_says_where_and_as_whom() {
    let urls = [
        "postgres://anna:s%40cret@db.example.org:5433/desk",
        "postgresql://db.example.org/desk?user=ben&sslmode=verify-ca",
        "postgres://one,two:6000/desk",
        "postgres://[::1]:5432/desk",
        "postgres://localhost/desk?sslmode=disable",
        "postgres:///desk?host=/run/desk",
        "postgres://%2Frun%2Fdesk/desk",
        "postgres://db?hostaddr=127.0.0.1",
        "postgres://db/desk?sslmode=disable",
        "postgres://db/desk?sslmode=prefer",
        "postgres://db/desk?sslmode=sometimes",
        "postgres://db/desk?colour=red",
        "postgres://db/desk%zz",
        "postgres://db:many/desk",
        "postgres://db/desk?sslmode",
    ];
    let lines: Vec<String> = urls.iter().map(|url| line(url, &[])).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    db.example.org 5433 user anna database desk password 's@cret' Full
    db.example.org  user ben database desk password '' Authority
    one,two 5432,6000 user mia database desk password '' Full
    ::1 5432 user mia database desk password '' IfOffered
    localhost  user mia database desk password '' NoTls
    /run/desk  user mia database desk password '' NoTls
    /run/desk  user mia database desk password '' NoTls
    db  user mia database mia password '' IfOffered
    refused: sslmode=disable would send everything unprotected over the network
    refused: sslmode=prefer would send everything unprotected over the network
    refused: sslmode is not one of disable, allow, prefer, require, verify-ca and verify-full
    refused: the settings of the database cannot be used: unknown option `colour`
    refused: the URL has a '%' that is not followed by two hexadecimal digits
    refused: the settings of the database cannot be used: invalid value for option `port`
    refused: the URL has 'sslmode' without a value
    "#);
}

#[test]
fn the_environment_fills_in_what_a_url_leaves_out() {
    let variables = [
        ("PGHOST", "db.example.org"),
        ("PGPORT", "6000"),
        ("PGUSER", "anna"),
        ("PGDATABASE", "desk"),
        ("PGPASSWORD", "secret"),
        ("PGSSLMODE", "require"),
    ];
    insta::assert_snapshot!(line("postgres://", &variables), @"db.example.org 6000 user anna database desk password 'secret' Nothing");
    insta::assert_snapshot!(line("postgres://ben:other@near:1/d?sslmode=verify-full", &variables), @"near 1 user ben database d password 'other' Full");
}

#[test]
fn a_service_comes_before_the_environment() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("services");
    let text = "# ours\n[other]\nhost=elsewhere\n\n[team]\nhost = db.example.org\nport=6000\n\
                dbname=desk\nuser=anna\n[last]\nuser=ben\n";
    fs::write(&file, text).unwrap();
    let path = file.to_str().unwrap();
    let variables = [
        ("PGSERVICEFILE", path),
        ("PGSERVICE", "team"),
        ("PGUSER", "ben"),
        ("PGSYSCONFDIR", "/nowhere"),
    ];
    insta::assert_snapshot!(line("postgres://", &variables), @"db.example.org 6000 user anna database desk password '' Full");
    insta::assert_snapshot!(line("postgres://carl@?service=other", &variables), @"elsewhere  user carl database carl password '' Full");
    insta::assert_snapshot!(line("postgres://?service=none", &variables), @"refused: the service 'none' is in no service file");
}

#[test]
fn a_password_file_is_used_if_only_its_owner_can_read_it() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join(".pgpass");
    let text = "# host:port:database:user:password\n\
                db.example.org:5432:other:anna:wrong\n\
                db.example.org:*:desk:anna:with\\:colon\\\\\n\
                localhost:5432:desk:anna:local\n\
                *:*:*:ben:everywhere\n";
    fs::write(&file, text).unwrap();
    let mode = |mode: u32| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(&file, permissions).unwrap();
    };
    let home = home.path().to_str().unwrap().to_owned();
    let variables = [("HOME", home.as_str())];
    let found = |url: &str| {
        let settings = read(url, &variables).unwrap();
        let password = settings.config.get_password().unwrap_or(b"-").to_vec();
        (String::from_utf8(password).unwrap(), settings.password)
    };
    mode(0o600);
    let from_file = PasswordSource::File(file.clone());
    assert_eq!(
        found("postgres://anna@db.example.org/desk"),
        ("with:colon\\".to_owned(), from_file.clone())
    );
    assert_eq!(
        found("postgres://anna@/desk?host=/tmp"),
        ("local".to_owned(), from_file.clone())
    );
    assert_eq!(found("postgres://ben@x/y").0, "everywhere");
    assert_eq!(
        found("postgres://carl@x/y"),
        ("-".to_owned(), PasswordSource::None)
    );
    assert_eq!(
        found("postgres://anna:own@db.example.org/desk"),
        ("own".to_owned(), PasswordSource::Given)
    );
    mode(0o640);
    let ignored = PasswordSource::UnsafeFile(file.clone());
    assert_eq!(
        found("postgres://anna@db.example.org/desk"),
        ("-".to_owned(), ignored)
    );
}

#[test]
fn nothing_leaves_the_machine_unverified_unless_it_is_asked_for() {
    use Verification::{Authority, Full, IfOffered, NoTls, Nothing};
    let verification = |url: &str| read(url, &[]).unwrap().tls.verification;
    for (url, expected) in [
        ("postgres://db/desk", Full),
        ("postgres://db/desk?sslmode=verify-full", Full),
        ("postgres://db/desk?sslmode=verify-ca", Authority),
        ("postgres://db/desk?sslmode=require", Nothing),
        (
            "postgres://db/desk?sslmode=require&sslrootcert=/ca",
            Authority,
        ),
        ("postgres://127.0.0.1/desk", IfOffered),
        ("postgres://localhost/desk?sslmode=disable", NoTls),
        ("postgres://localhost/desk?sslmode=verify-full", Full),
        ("postgres:///desk?host=/run&sslmode=verify-full", NoTls),
        // One host of several is elsewhere.
        ("postgres://localhost,db/desk", Full),
    ] {
        assert_eq!(verification(url), expected, "{url}");
    }
    for url in [
        "postgres://db/desk?sslmode=disable",
        "postgres://db/desk?sslmode=allow",
        "postgres://localhost,db/desk?sslmode=disable",
        "postgres://localhost/desk?hostaddr=10.0.0.1&sslmode=disable",
    ] {
        assert!(read(url, &[]).is_err(), "{url}");
    }
}

#[test]
fn no_refusal_shows_a_password() {
    for url in [
        "postgres://anna:secret@db/desk?sslmode=disable",
        "postgres://anna:secret@db/desk?colour=red",
        "postgres://anna:secret@db:many/desk",
        "postgres://anna:secret@db/desk?connect_timeout=secret",
    ] {
        let fault = read(url, &[]).unwrap_err();
        let text = format!("{fault} {fault:?} {:?}", fault.hint());
        assert!(!text.contains("secret"), "{text}");
    }
}
