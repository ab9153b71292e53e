//! Files that are kept with tickets: `desk attachments`, and `--attach`.

use std::fs;
use std::os::unix::fs::symlink;

use insta::assert_snapshot;

use crate::env::Env;

/// A store with a ticket, and files beside it.
fn with_files() -> Env {
    with_files_in(Env::new())
}

fn with_files_in(mut env: Env) -> Env {
    env.ready();
    fs::write(env.dir().join("screen.png"), "picture").unwrap();
    fs::write(env.dir().join("empty.log"), "").unwrap();
    let large: Vec<u8> = (0..700_000_u32).map(|n| n.to_le_bytes()[0] ^ 90).collect();
    fs::write(env.dir().join("large.bin"), large).unwrap();
    env
}

#[test]
fn files_are_kept_listed_and_written_out() {
    let mut env = with_files();
    assert_snapshot!(env.says(
        "
        desk attachments 1
        desk log 1 --attach screen.png
        desk log 1 'two more' --attach empty.log --attach large.bin
        desk reply 1 'see the picture' --attach screen.png
        desk open 'Printer' --attach screen.png
        desk attachments 1
        desk attachments 1 2
        desk attachments 1 --format csv
        desk attachments 2 --json
        desk attachments 1 9
        desk attachments 1 3 -o out.bin
        desk attachments 1 3 -o out.bin
        desk attachments 1 1 -o out.bin --force
        desk attachments 1 1 -o none/x
        desk attachments 1 1 -o .
        desk attachments 1 1 -o -
        desk verify
        "
    ), @r#"
    $ desk attachments 1
    ! #1 has no files

    $ desk log 1 --attach screen.png
    #1 attached screen.png (7 B) as file 1

    $ desk log 1 'two more' --attach empty.log --attach large.bin
    #1 logged, attached empty.log (0 B) as file 2, attached large.bin (683 KiB) as file 3

    $ desk reply 1 'see the picture' --attach screen.png
    #1 attached screen.png (7 B) as file 4, replied by phone

    $ desk open 'Printer' --attach screen.png
    #2 opened, attached screen.png (7 B) as file 1, first response due in 3h (12:09), resolution due in 1d (Tue 09:09)

    $ desk attachments 1
    N  NAME        TYPE                         SIZE
    1  screen.png  image/png                     7 B
    2  empty.log   text/plain                    0 B
    3  large.bin   application/octet-stream  683 KiB
    4  screen.png  image/png                     7 B

    $ desk attachments 1 2
    N  NAME       TYPE        SIZE
    2  empty.log  text/plain   0 B

    $ desk attachments 1 --format csv
    n,name,media_type,size,sha256,event
    1,screen.png,image/png,7,HASH,
    2,empty.log,text/plain,0,HASH,12
    3,large.bin,application/octet-stream,700000,HASH,12
    4,screen.png,image/png,7,HASH,15

    $ desk attachments 2 --json
    [
    {"n":1,"name":"screen.png","media_type":"image/png","size":7,"sha256":"HASH","event":1}
    ]

    $ desk attachments 1 9
    ! desk: #1 has no file 9
    !   hint: see their numbers with: desk show 1
    [exit 1]

    $ desk attachments 1 3 -o out.bin
    written out.bin

    $ desk attachments 1 3 -o out.bin
    ! desk: out.bin exists
    !   hint: use a new file name, or --force to replace a file
    [exit 2]

    $ desk attachments 1 1 -o out.bin --force
    written out.bin

    $ desk attachments 1 1 -o none/x
    ! desk: writing none/x failed: entity not found
    [exit 5]

    $ desk attachments 1 1 -o .
    ! desk: . exists
    !   hint: use a new file name, or --force to replace a file
    [exit 2]

    $ desk attachments 1 1 -o -
    picture

    $ desk verify
    DIR/desk.db: ✓ sound, 21 events, 2 tickets
      head: 23:HASH
    "#);
    assert_eq!(fs::read(env.dir().join("out.bin")).unwrap(), b"picture");
    env.does("desk attachments 1 3 -o large.copy");
    let read = |name: &str| fs::read(env.dir().join(name)).unwrap();
    assert_eq!(read("large.copy"), read("large.bin"));
}

#[test]
fn what_is_no_file_is_refused_and_nothing_is_written() {
    let mut env = with_files();
    let dir = env.dir().to_owned();
    fs::create_dir(dir.join("folder")).unwrap();
    symlink("nowhere", dir.join("dangling")).unwrap();
    assert!(env.shell("mkfifo pipe").code == Some(0));
    let huge = fs::File::create(dir.join("huge.bin")).unwrap();
    huge.set_len(26 * 1024 * 1024).unwrap();
    assert_snapshot!(env.says(
        "
        desk log 1 x --attach folder
        desk log 1 x --attach pipe
        desk log 1 x --attach dangling
        desk log 1 x --attach huge.bin
        desk reply 1 x --attach screen.png --attach none.png
        desk open Printer --attach /dev/zero
        desk attachments 1
        desk show 2
        "
    ), @"
    $ desk log 1 x --attach folder
    ! desk: cannot attach folder: it is a directory
    !   hint: give the path of a file, or attach a copy of it
    [exit 2]

    $ desk log 1 x --attach pipe
    ! desk: cannot attach pipe: it is not a regular file
    !   hint: give the path of a file, or attach a copy of it
    [exit 2]

    $ desk log 1 x --attach dangling
    ! desk: cannot attach dangling: No such file or directory (os error 2)
    !   hint: give the path of a file, or attach a copy of it
    [exit 2]

    $ desk log 1 x --attach huge.bin
    ! desk: huge.bin is larger than 25.0 MiB
    !   hint: attach a smaller file, or write where it can be found
    [exit 2]

    $ desk reply 1 x --attach screen.png --attach none.png
    ! desk: cannot attach none.png: No such file or directory (os error 2)
    !   hint: give the path of a file, or attach a copy of it
    [exit 2]

    $ desk open Printer --attach /dev/zero
    ! desk: cannot attach /dev/zero: it is not a regular file
    !   hint: give the path of a file, or attach a copy of it
    [exit 2]

    $ desk attachments 1
    ! #1 has no files

    $ desk show 2
    ! desk: there is no ticket #2
    !   hint: list the tickets with: desk list --all
    [exit 3]
    ");
}

#[test]
fn an_export_brings_the_files_along() {
    let mut env = with_files();
    env.does("desk log 1 x --attach large.bin --attach empty.log --attach screen.png");
    env.does("desk open Printer --attach screen.png");
    let lines = env.run(&["export"]).ok().stdout;
    assert_eq!(lines.matches("\"content\":").count(), 5, "each once");
    fs::write(env.dir().join("desk.jsonl"), lines).unwrap();
    env.does("desk init --db other.db");
    env.does("desk import desk.jsonl --db other.db");
    env.does("desk import desk.jsonl --db other.db");
    env.does("desk attachments 1 1 -o large.copy --db other.db");
    env.does("desk verify --db other.db");
    let read = |name: &str| fs::read(env.dir().join(name)).unwrap();
    assert_eq!(read("large.copy"), read("large.bin"));
}

#[test]
fn erasing_a_person_erases_the_files_that_they_sent() {
    let mut env = with_files_in(Env::file("only a file is restored"));
    env.does("desk reply 1 --from-requester 'see it' --attach large.bin --attach screen.png");
    env.does("desk log 1 'mine' --attach screen.png");
    env.does("desk backup before.db");
    env.does("desk person erase mia@example.org --texts certain --reason asked --yes");
    assert_snapshot!(env.says(
        "
        desk attachments 1
        desk attachments 1 1 -o gone.bin
        desk attachments 1 3 -o kept.png
        desk verify
        "
    ), @"
    $ desk attachments 1
    N  NAME        TYPE          SIZE
    1  [erased]    [erased]   683 KiB
    2  [erased]    [erased]       7 B
    3  screen.png  image/png      7 B

    $ desk attachments 1 1 -o gone.bin
    ! desk: file 1 of #1 was erased, or is not to be shown
    !   hint: see what there is with: desk attachments 1
    [exit 2]

    $ desk attachments 1 3 -o kept.png
    written kept.png

    $ desk verify
    DIR/desk.db: ✓ sound, 16 events, 1 ticket
      head: 18:HASH
    ");
    let content: Vec<u8> = (0..64_u8).map(|n| n ^ 90).collect();
    let has_content = |name: &str| {
        let bytes = fs::read(env.dir().join(name)).unwrap();
        bytes.windows(content.len()).any(|some| some == content)
    };
    assert!(!has_content("desk.db") && has_content("before.db"));
    // An older backup brings nothing back.
    let args = ["attachments", "1", "1", "-o", "again.bin"];
    env.does("desk restore before.db --yes");
    assert_eq!(env.run(&args).code, Some(2));
    env.does("desk verify");
}

#[test]
fn altered_contents_are_found() {
    let mut env = with_files();
    env.does("desk log 1 x --attach large.bin --attach screen.png");
    env.forge("UPDATE attachment_chunk SET bytes = zeroblob(32) WHERE n = 2");
    let found = env.run(&["verify"]).code(5);
    assert!(found.stdout.contains("was altered"), "{found:?}");
    let written = env.run(&["attachments", "1", "1", "-o", "x.bin"]);
    assert_ne!(written.code, Some(0));
    assert!(!env.dir().join("x.bin").exists(), "nothing half-written");
}
