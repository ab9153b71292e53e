//! Restored service is confirmed: `desk confirm`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn confirm_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk confirm 1
        desk confirm 1 --by ""
        desk confirm 1 --who Mia
        "#
    ), @r#"
    $ desk confirm 1
    ! desk: missing name of who confirmed
    !   hint: give it with --by WHO
    [exit 2]

    $ desk confirm 1 --by ""
    ! desk: the name of who confirmed is empty
    !   hint: write the name of who confirmed, or leave it out
    [exit 2]

    $ desk confirm 1 --who Mia
    ! desk: unexpected argument '--who'
    !   hint: usage: desk confirm <ID>...
    [exit 2]
    "#);
}
