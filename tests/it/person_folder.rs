//! `desk person export --folder`: the files and mails of a person, and what
//! concerns others left out.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::env::Env;

const POLICY: &str = r#"
[mail]
addresses = ["desk@example.org"]
trust = "network"

[agents]
anna = { email = "anna@example.org" }
"#;

fn mail(from: &str, more: &str, text: &str) -> String {
    format!("From: {from}\nTo: desk@example.org\nSubject: VPN\n{more}\n{text}\n")
}

/// Mia's ticket with files of every kind, and Tom's, where Mia takes part.
fn desk() -> Env {
    let mut env = Env::new();
    fs::write(env.dir().join("policy.toml"), POLICY).unwrap();
    for name in ["mine.txt", "answer.txt", "inside.txt"] {
        fs::write(env.dir().join(name), format!("content of {name}")).unwrap();
    }
    env.does("desk policy set policy.toml");
    let parts = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n";
    let body = "--b\nContent-Type: text/plain\n\nit leaks\n--b\nContent-Type: text/x-log; \
                name=\"../../etc/pass wd\"\nContent-Disposition: attachment\n\nthe gecko log\n--b--";
    let opening = mail("Mia Roth <mia@example.org>", parts, body);
    let _ = env.run_with(&["mail"], opening).ok();
    let toms = mail(
        "Tom <tom@example.org>",
        "Cc: mia@example.org\n",
        "secret of Tom",
    );
    let _ = env.run_with(&["mail"], toms).ok();
    env.does(
        "
        desk reply 1 'here is the answer' --attach answer.txt
        desk log 1 'for us alone' --attach inside.txt
        desk reply 2 'for Tom alone'
        ",
    );
    env
}

fn index(folder: &Path) -> serde_json::Value {
    let text = fs::read_to_string(folder.join("index.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Every file of a folder with its content.
fn contents(folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for place in ["files", "mails"] {
        for entry in fs::read_dir(folder.join(place)).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let text = fs::read_to_string(entry.path()).unwrap();
            assert_eq!(entry.metadata().unwrap().mode() & 0o777, 0o600, "{name}");
            all.push((format!("{place}/{name}"), text));
        }
    }
    all.sort();
    all
}

#[test]
fn a_person_gets_their_files_and_mails() {
    let mut env = desk();
    let told = env.says("desk person export mia@example.org --folder mia");
    assert!(told.contains("1 file left out"), "{told}");
    let folder = env.dir().join("mia");
    assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o777, 0o700);
    let index = index(&folder);
    let files = index["files"].as_array().unwrap();
    let contents = contents(&folder);
    // The index has every file of the folder, and no other.
    let mut listed: Vec<&str> = files
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    listed.sort_unstable();
    let there: Vec<&str> = contents.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(listed, there);
    let expected = [
        "files/1-1-pass_wd",
        "files/1-2-answer.txt",
        "mails/queued-1.eml",
        "mails/queued-3.eml",
        "mails/received-1.eml",
    ];
    assert_eq!(there, expected);
    let of = |path: &str| {
        let found = contents.iter().find(|(known, _)| known == path);
        found.unwrap().1.as_str()
    };
    assert_eq!(of("files/1-1-pass_wd").trim(), "the gecko log");
    assert_eq!(of("files/1-2-answer.txt"), "content of answer.txt");
    assert!(of("mails/received-1.eml").contains("it leaks"));
    assert!(of("mails/queued-3.eml").contains("here is the answer"));
    let direction = |path: &str| {
        let found = files.iter().find(|file| file["path"] == path).unwrap();
        found["direction"].as_str().unwrap()
    };
    assert_eq!(direction("files/1-1-pass_wd"), "from-person");
    assert_eq!(direction("files/1-2-answer.txt"), "to-person");
    assert_eq!(index["left_out"][0]["what"], "file 3");
    // Nothing of what concerns others, although Mia was in copy.
    let all = contents
        .iter()
        .map(|(_, text)| text.as_str())
        .collect::<String>();
    assert!(!all.contains("secret of Tom") && !all.contains("for Tom alone"));
    assert!(!all.contains("content of inside.txt"));
    let page = fs::read_to_string(folder.join("page.html")).unwrap();
    assert!(page.starts_with("<!doctype html>"));
}

#[test]
fn a_folder_has_nothing_of_a_ticket_that_the_agent_may_not_see() {
    let mut env = desk();
    env.does("desk restrict 1 --to anna --reason 'a complaint'");
    let told = env.says("desk --as ben person export mia@example.org --folder mia");
    assert!(told.contains("1 ticket not searched"), "{told}");
    let folder = env.dir().join("mia");
    assert_eq!(contents(&folder), []);
    assert!(!index(&folder).to_string().contains("it leaks"));
    env.does("desk person export mia@example.org --folder whole");
    assert_eq!(contents(&env.dir().join("whole")).len(), 5);
}

#[test]
fn a_folder_is_new_and_whole() {
    let mut env = desk();
    fs::create_dir(env.dir().join("taken")).unwrap();
    let told = env.says("desk person export mia@example.org --folder taken");
    assert!(told.contains("exists"), "{told}");
    assert_eq!(fs::read_dir(env.dir().join("taken")).unwrap().count(), 0);
    let told = env.says("desk person export mia@example.org --folder none/mia");
    assert!(told.contains("none/mia"), "{told}");
    env.does("desk person export mia@example.org --folder a");
    let erased = "desk person erase mia@example.org --reason asked --texts possible --yes";
    env.does(erased);
    let told = env.says("desk person export mia@example.org --folder b");
    assert!(told.contains("nobody on a ticket"), "{told}");
    assert!(!env.dir().join("b").exists());
}
