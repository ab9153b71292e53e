//! No other TLS library than rustls with ring gets in: of `.deny.toml`, without
//! cargo-deny.

use std::fs;
use std::path::Path;

fn repository_file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// The crates that `.deny.toml` bans.
fn banned() -> Vec<String> {
    let document: toml::Table = repository_file(".deny.toml").parse().unwrap();
    let denied = document["bans"]["deny"].as_array().unwrap();
    let names = denied.iter().map(|entry| entry["crate"].as_str().unwrap());
    names.map(str::to_owned).collect()
}

/// The packages of a lock file that are banned. The lock file has those of every
/// feature and every target.
fn found(lock: &str, banned: &[String]) -> Vec<String> {
    let document: toml::Table = lock.parse().unwrap();
    let packages = document["package"].as_array().unwrap();
    let names = packages
        .iter()
        .filter_map(|package| package["name"].as_str());
    let names = names.filter(|name| banned.iter().any(|banned| banned == name));
    names.map(str::to_owned).collect()
}

#[test]
fn no_banned_crate_is_in_the_lock_file() {
    let banned = banned();
    for name in ["aws-lc-rs", "aws-lc-sys", "openssl-sys", "native-tls"] {
        assert!(banned.iter().any(|known| known == name), "{name}");
    }
    let lock = repository_file("Cargo.lock");
    assert_eq!(found(&lock, &banned), Vec::<String>::new());
    // A check that cannot fail is none.
    let with = format!("{lock}\n[[package]]\nname = \"openssl-sys\"\nversion = \"0.9.0\"\n");
    assert_eq!(found(&with, &banned), ["openssl-sys"]);
}
