//! A configuration file that somebody else can write is refused: it names
//! programs that desk runs.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};

use crate::env::{Env, Output};

/// A user who is not the one that runs the tests.
const OTHER: u32 = 12_345;

/// An environment with a configuration file.
struct Home {
    env: Env,
    directory: PathBuf,
    file: PathBuf,
}

fn home() -> Home {
    let env = Env::new();
    let directory = env.dir().join(".config/desk");
    fs::create_dir_all(&directory).unwrap();
    set_mode(&directory, 0o755);
    let file = directory.join("config.toml");
    fs::write(&file, "format = \"csv\"\n").unwrap();
    set_mode(&file, 0o644);
    Home {
        env,
        directory,
        file,
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

impl Home {
    #[track_caller]
    fn accepted(&mut self) {
        let said = self.env.run(&["config"]).ok();
        assert!(said.stdout.contains("format,csv,user-file"), "{said}");
    }

    /// Runs commands that all need settings; returns what one says.
    #[track_caller]
    fn refused(&mut self) -> Output {
        let said = ["list", "config", "man"].map(|verb| self.env.run(&[verb]).code(2));
        let json = self.env.run(&["list", "--json"]).code(2);
        assert!(json.stderr.contains("is not trusted"), "{json}");
        // Help explains even so.
        let _ = self.env.run(&["list", "--help"]).ok();
        let _ = self.env.run(&["help", "operate"]).ok();
        let [list, config, _] = said;
        assert_eq!(list.stderr, config.stderr);
        assert!(list.stderr.contains("is not trusted"), "{list}");
        list
    }
}

#[test]
fn a_file_that_others_can_write_is_refused() {
    let mut home = home();
    home.accepted();
    for mode in [0o646, 0o666, 0o602, 0o777] {
        set_mode(&home.file, mode);
        let said = home.refused();
        let said = said.stderr.replace(home.env.dir().to_str().unwrap(), "DIR");
        insta::allow_duplicates! {
            insta::assert_snapshot!(said, @"
            desk: DIR/.config/desk/config.toml is not trusted: everybody can write it
              hint: chmod go-w DIR/.config/desk/config.toml
            ");
        }
    }
    for mode in [0o600, 0o400, 0o644, 0o444] {
        set_mode(&home.file, mode);
        home.accepted();
    }
}

#[test]
fn a_directory_in_which_others_can_write_is_refused() {
    let mut home = home();
    for (mode, fine) in [
        (0o757, false),
        (0o777, false),
        (0o1777, true),
        (0o700, true),
    ] {
        set_mode(&home.directory, mode);
        if fine {
            home.accepted();
        } else {
            let said = home.refused();
            assert!(
                said.stderr.contains("/.config/desk is not trusted"),
                "{said}"
            );
        }
    }
}

#[test]
fn a_link_is_as_trusted_as_its_target() {
    let mut home = home();
    let elsewhere = home.env.dir().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    set_mode(&elsewhere, 0o755);
    let target = elsewhere.join("mine.toml");
    fs::rename(&home.file, &target).unwrap();
    symlink(&target, &home.file).unwrap();
    home.accepted();
    set_mode(&target, 0o666);
    let said = home.refused();
    assert!(said.stderr.contains("chmod go-w"), "{said}");
    assert!(said.stderr.contains("elsewhere/mine.toml"), "{said}");
    set_mode(&target, 0o644);
    set_mode(&elsewhere, 0o777);
    let _ = home.refused();
    set_mode(&elsewhere, 0o755);
    home.accepted();
}

#[test]
fn what_is_no_file_is_refused_at_once() {
    let mut home = home();
    fs::remove_file(&home.file).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, &home.file, rustix::fs::Mode::RWXU).unwrap();
    let said = home.env.run(&["list"]).code(2);
    assert!(said.stderr.contains("not a regular file"), "{said}");
    fs::remove_file(&home.file).unwrap();
    let _ = home.env.run(&["list"]).ok();
}

/// Whether files can be given away, as root can; says so if not.
#[expect(clippy::print_stderr, reason = "a test that did not run is not silent")]
fn is_root(home: &Home) -> bool {
    let root = fs::metadata(&home.file).unwrap().uid() == 0;
    if !root {
        eprintln!("not run: only root can give files away");
    }
    root
}

#[test]
fn a_file_of_somebody_else_is_refused() {
    let mut home = home();
    if !is_root(&home) {
        return;
    }
    chown(&home.file, Some(OTHER), Some(OTHER)).unwrap();
    let said = home.refused();
    let said = said.stderr.replace(home.env.dir().to_str().unwrap(), "DIR");
    // As with sudo, which may keep the home directory of who calls it.
    insta::assert_snapshot!(said, @"
    desk: DIR/.config/desk/config.toml is not trusted: it belongs to the user 12345
      hint: chown root DIR/.config/desk/config.toml, or run desk without sudo
    ");
    chown(&home.file, Some(0), Some(OTHER)).unwrap();
    home.accepted();
    set_mode(&home.file, 0o664);
    let said = home.refused();
    assert!(
        said.stderr.contains("the group 12345 can write it"),
        "{said}"
    );
    chown(&home.file, Some(0), Some(0)).unwrap();
    home.accepted();
    chown(&home.directory, Some(OTHER), Some(OTHER)).unwrap();
    let _ = home.refused();
}

#[test]
fn an_ordinary_user_trusts_their_own_files_and_those_of_root() {
    let mut home = home();
    if !is_root(&home) {
        return;
    }
    // The user must reach the program and the directory, but not its parents.
    let program = home.env.dir().join("program");
    fs::copy(env!("CARGO_BIN_EXE_desk"), &program).unwrap();
    set_mode(home.env.dir(), 0o755);
    set_mode(&home.env.dir().join(".config"), 0o755);
    for (file, group, mode, directory, code) in [
        (OTHER, OTHER, 0o600, OTHER, 0),
        (OTHER, OTHER, 0o664, OTHER, 0),
        (OTHER, 100, 0o664, OTHER, 2),
        (0, 0, 0o644, 0, 0),
        (0, 0, 0o644, OTHER, 0),
        (0, 0, 0o646, 0, 2),
        (OTHER + 1, OTHER, 0o644, OTHER, 2),
        (OTHER, OTHER, 0o644, OTHER + 1, 2),
    ] {
        chown(&home.file, Some(file), Some(group)).unwrap();
        chown(&home.directory, Some(directory), Some(directory)).unwrap();
        set_mode(&home.file, mode);
        let mut command = home.env.dressed(program.to_str().unwrap());
        command
            .args(["config", "--db", "none.db"])
            .uid(OTHER)
            .gid(OTHER)
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        let said = home.env.finish(command, None);
        assert_eq!(
            said.code,
            Some(code),
            "{file} {group} {mode:o} {directory}: {said}"
        );
        assert_eq!(said.stdout.contains("csv"), code == 0, "{said}");
    }
}
