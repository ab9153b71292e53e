//! Tickets are linked: `desk link`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn tickets_are_linked_from_both_sides() {
    let mut env = Env::new();
    env.does("desk open one")
        .does("desk open two")
        .does("desk open three");
    assert_snapshot!(env.says(
        "
        desk link 2 3 --parent 1
        desk link 2 --parent 1
        desk link 2 --related 3
        desk show 1
        desk link 1 --child 3 --remove
        desk link 1 --child 3 --remove
        desk show 3
        "
    ), @"
    $ desk link 2 3 --parent 1
    #2 linked to #1 (parent)
    #3 linked to #1 (parent)

    $ desk link 2 --parent 1
    #2 unchanged

    $ desk link 2 --related 3
    #2 linked to #3 (related)

    $ desk show 1
    #1 one
      new since 09:00 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     6m   2h 54m      3h          12:00
      resolution  ✓ ok     6m  23h 54m      1d          Tue 09:00

    Links
      child       #2
      child       #3

    Timeline
      09:00  anna  opened
      09:03  anna  linked to #2 (child)
      09:03  anna  linked to #3 (child)

    $ desk link 1 --child 3 --remove
    #1 unlinked from #3 (child)

    $ desk link 1 --child 3 --remove
    #1 unchanged

    $ desk show 3
    #3 three
      new since 09:02 · no priority
      not identified · no category · L1 · unassigned
      opened 09:02 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     7m   2h 53m      3h          12:02
      resolution  ✓ ok     7m  23h 53m      1d          Tue 09:02

    Links
      related     #2

    Timeline
      09:02  anna  opened
      09:03  anna  linked to #1 (parent)
      09:05  anna  linked to #2 (related)
      09:07  anna  unlinked from #1 (parent)
    ");
}

#[test]
fn what_link_refuses_or_does_not_understand_is_said() {
    let mut env = Env::new();
    env.does("desk open one").does("desk open two");
    assert_snapshot!(env.says(
        "
        desk link 1 --parent 1
        desk link 1 --parent 9
        desk link 1
        desk link 1 --parent 2 --child 2
        desk link 1 --blocks 2
        "
    ), @"
    $ desk link 1 --parent 1
    ! desk: #1 cannot be linked to itself
    !   hint: give the number of another ticket
    [exit 1]

    $ desk link 1 --parent 9
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk link 1
    ! desk: missing <--parent <ID>|--child <ID>|--related <ID>>
    !   hint: usage: desk link <--parent <ID>|--child <ID>|--related <ID>> <ID>...
    [exit 2]

    $ desk link 1 --parent 2 --child 2
    ! desk: '--parent <ID>' cannot be used with '--child <ID>'
    !   hint: usage: desk link <--parent <ID>|--child <ID>|--related <ID>> <ID>...
    [exit 2]

    $ desk link 1 --blocks 2
    ! desk: unexpected argument '--blocks'
    !   hint: usage: desk link <--parent <ID>|--child <ID>|--related <ID>> <ID>...
    [exit 2]
    ");
}

#[test]
fn a_ticket_is_never_parent_and_child_of_the_same_ticket() {
    let mut env = Env::new();
    env.does("desk open one").does("desk open two");
    let links = |env: &mut Env| env.json(&["show", "1"])["links"].clone();
    env.does("desk link 1 --parent 2");
    let parent = links(&mut env);
    // From either side.
    let _ = env.run(&["link", "1", "--child", "2"]).code(1);
    let _ = env.run(&["link", "2", "--parent", "1"]).code(1);
    // Removing a link that does not exist is not an error.
    let _ = env.run(&["link", "1", "--child", "2", "--remove"]).ok();
    assert_eq!(links(&mut env), parent);
    assert_eq!(parent.as_array().unwrap().len(), 1);
    // A related ticket can be the parent too, in either order.
    env.does("desk link 1 --related 2");
    env.does("desk link 1 --parent 2 --remove");
    env.does("desk link 1 --child 2");
    assert_eq!(links(&mut env).as_array().unwrap().len(), 2);
    let _ = env.run(&["link", "1", "--parent", "2"]).code(1);
}

#[test]
fn parents_form_no_cycles() {
    let mut env = Env::new();
    env.does("desk open one")
        .does("desk open two")
        .does("desk open three");
    assert_snapshot!(env.says(
        "
        desk link 1 --parent 2
        desk link 2 --parent 3
        desk link 3 --parent 1
        desk link 1 --child 3
        desk link 1 --parent 3
        desk link 2 --parent 3 --remove
        desk link 1 --parent 3 --remove
        desk link 3 --parent 1
        "
    ), @"
    $ desk link 1 --parent 2
    #1 linked to #2 (parent)

    $ desk link 2 --parent 3
    #2 linked to #3 (parent)

    $ desk link 3 --parent 1
    ! desk: #1 cannot be the parent of #3, which is above it: #1 > #2 > #3
    !   hint: remove a link of that path first, such as: desk link 1 --parent 2 --remove
    [exit 1]

    $ desk link 1 --child 3
    ! desk: #1 cannot be the parent of #3, which is above it: #1 > #2 > #3
    !   hint: remove a link of that path first, such as: desk link 1 --parent 2 --remove
    [exit 1]

    $ desk link 1 --parent 3
    #1 linked to #3 (parent)

    $ desk link 2 --parent 3 --remove
    #2 unlinked from #3 (parent)

    $ desk link 1 --parent 3 --remove
    #1 unlinked from #3 (parent)

    $ desk link 3 --parent 1
    #3 linked to #1 (parent)
    ");
}
