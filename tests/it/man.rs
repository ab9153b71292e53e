//! The manual pages: `desk man`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn the_manual_is_printed_or_written() {
    let mut env = Env::bare();
    let page = env.run(&["man"]).ok().stdout;
    assert_snapshot!(page.lines().take(6).collect::<Vec<_>>().join("\n"), @r#"
    .ie \n(.g .ds Aq \(aq
    .el .ds Aq '
    .TH DESK 1 2026-11-27 "desk 0.2.0"
    .ie \n(.g .ds Aq \(aq
    .el .ds Aq '
    .SH NAME
    "#);
    std::fs::create_dir(env.dir().join("man1")).unwrap();
    assert_snapshot!(env.says(
        "
        desk man man1
        desk man nowhere
        desk man --html man1
        "
    ), @"
    $ desk man man1
    written man1

    $ desk man nowhere
    ! desk: writing to nowhere failed: No such file or directory (os error 2)
    [exit 5]

    $ desk man --html man1
    ! desk: unexpected argument '--html'
    !   hint: usage: desk man [OPTIONS] [DIRECTORY]
    [exit 2]
    ");
    let pages = std::fs::read_dir(env.dir().join("man1")).unwrap().count();
    assert_eq!(pages, desk::command().get_subcommands().count() + 1);
}
