//! Certificates of a server, and what is refused.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::store::postgres::provider::provider_for_tests;
use crate::store::{AccessMode, StoreProvider, open_for_tests};
use crate::testing::postgres_server::{PostgresServer, as_ordinary_user, shared};

/// Makes a certificate for a name, signed by itself, that a server can read.
fn certificate(folder: &Path, name: &str, names: &str) -> bool {
    let made = as_ordinary_user(Path::new("openssl"))
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt"])
        .args(["ec_paramgen_curve:P-256", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=desk", "-addext"])
        .arg(format!("subjectAltName={names}"))
        .arg("-keyout")
        .arg(folder.join(format!("{name}.key")))
        .arg("-out")
        .arg(folder.join(format!("{name}.crt")))
        .output();
    made.is_ok_and(|made| made.status.success())
}

#[test]
fn a_server_is_verified_as_far_as_it_is_asked_for() {
    if shared().is_err() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let all = fs::Permissions::from_mode(0o777);
    fs::set_permissions(home.path(), all).unwrap();
    // An address of this machine that no other server uses.
    let [_, _, a, b] = std::process::id().to_be_bytes();
    let address = format!("127.77.{a}.{}", b.max(1));
    let folder = home.path();
    if !certificate(
        folder,
        "server",
        &format!("IP:{address},DNS:db.example.org"),
    ) || !certificate(folder, "other", "DNS:other.example.org")
    {
        return;
    }
    let file = |name: &str| folder.join(name).display().to_string();
    let server = PostgresServer::start(&[
        &format!("listen_addresses = '{address}'"),
        "ssl = on",
        &format!("ssl_cert_file = '{}'", file("server.crt")),
        &format!("ssl_key_file = '{}'", file("server.key")),
    ])
    .unwrap();
    let database = server.database(None);
    drop(open_for_tests(&database.url()));
    let outcome = |host: &str, rest: &str| {
        let name = &database.name;
        let url = format!("postgres://desk@{host}/{name}?hostaddr={address}&{rest}");
        match provider_for_tests(&url).open(AccessMode::Read) {
            Ok(_) => {
                let used = "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
                            WHERE application_name = 'desk' ORDER BY backend_start DESC LIMIT 1";
                let used = server.sql("postgres", used);
                format!("opened, TLS {}", used.trim())
            }
            Err(fault) => fault.code().to_string(),
        }
    };
    let authority = format!("sslrootcert={}", file("server.crt"));
    let wrong = format!("sslrootcert={}", file("other.crt"));
    for (host, rest, expected) in [
        (
            address.as_str(),
            format!("sslmode=verify-full&{authority}"),
            "opened, TLS t",
        ),
        (
            "db.example.org",
            format!("sslmode=verify-full&{authority}"),
            "opened, TLS t",
        ),
        (
            "else.example.org",
            format!("sslmode=verify-full&{authority}"),
            "store_unreachable",
        ),
        (
            "else.example.org",
            format!("sslmode=verify-ca&{authority}"),
            "opened, TLS t",
        ),
        (
            "db.example.org",
            format!("sslmode=verify-ca&{wrong}"),
            "store_unreachable",
        ),
        (
            "db.example.org",
            format!("sslmode=verify-full&{wrong}"),
            "store_unreachable",
        ),
        (
            "db.example.org",
            "sslmode=verify-full&sslrootcert=/nowhere".into(),
            "store_access",
        ),
        ("db.example.org", "sslmode=require".into(), "opened, TLS t"),
        (address.as_str(), String::new(), "opened, TLS t"),
        (address.as_str(), "sslmode=disable".into(), "opened, TLS f"),
    ] {
        let found = outcome(host, &rest);
        assert_eq!(found, expected, "{host} {rest}");
    }
}
