//! Aliases of the user file.

use std::fs;

use crate::env::Env;

/// Writes the aliases of the user.
fn with_aliases(text: &str) -> Env {
    let mut env = Env::new();
    env.does("desk open 'VPN drops' --channel phone");
    set(&env, text);
    env
}

fn set(env: &Env, text: &str) {
    let folder = env.dir().join(".config/desk");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), format!("[aliases]\n{text}\n")).unwrap();
}

#[test]
fn an_alias_stands_for_the_beginning_of_a_command_line() {
    let mut env = with_aliases(
        "pw = \"open 'reset a password' --channel phone\"\nvpn = 'list title:\"VPN drops\"'",
    );
    let opened = env.run(&["pw", "-u", "low", "-b", "low", "-g", "low"]);
    assert!(opened.ok().stdout.starts_with("#2 opened as P4"));
    assert_eq!(env.run(&["vpn", "--ids"]).ok().stdout, "1\n");
    // Words before it and negated fields stay what they are.
    let tier = env.run(&["--format", "ids", "vpn", "-tier:L1"]).ok().stdout;
    assert_eq!(tier, "");
    let help = env.run(&["help", "pw"]).ok().stdout;
    assert_eq!(
        help,
        "pw is your alias for: desk open 'reset a password' --channel phone\n"
    );
    let shown = env.run(&["config"]).ok().stdout;
    assert!(shown.contains("alias vpn"), "{shown}");
    // A wrong option after it is an error of the command.
    let wrong = env.run(&["vpn", "--frobnicate"]).code(2).stderr;
    assert!(wrong.contains("--frobnicate"), "{wrong}");
}

#[test]
fn an_alias_that_cannot_be_used_is_refused_by_every_command() {
    let mut env = with_aliases("x = 'list'");
    for (text, says) in [
        ("list = 'list --all'", "hides the command desk list"),
        (
            "x = 'x y'",
            "the alias 'x' of the user file leads back to itself",
        ),
        ("x = 'list'\ny = 'x'", "begins with another alias, 'x'"),
        ("x = 'frobnicate'", "'frobnicate', which is not a command"),
        ("x = \"open 'y\"", "a quote that is not closed"),
        ("x = ''", "is empty"),
    ] {
        set(&env, text);
        for args in [&["list"][..], &["x"], &["show", "1"]] {
            let fault = env.run(args).code(2).stderr;
            assert!(fault.contains(says), "{text} {args:?}: {fault}");
        }
        // Help is there to find out.
        let _help = env.run(&["help", "list"]).ok();
    }
}

#[test]
fn a_word_that_is_no_alias_is_an_unknown_command_as_ever() {
    let mut env = with_aliases("x = 'list'");
    let unknown = env.run(&["frobnicate"]).code(2).stderr;
    set(&env, "");
    assert_eq!(env.run(&["frobnicate"]).code(2).stderr, unknown);
}

#[test]
fn completion_offers_aliases() {
    let env = with_aliases("pw = 'open'");
    let mut command = env.command(&["--", "desk", "p"]);
    command.env("COMPLETE", "fish");
    let offered = command.output().unwrap();
    let offered = String::from_utf8(offered.stdout).unwrap();
    assert!(
        offered.contains("pw\tyour alias for: desk open"),
        "{offered}"
    );
}
