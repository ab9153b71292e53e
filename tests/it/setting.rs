//! What is set where: flags, environment, user file; and what is said on stderr.

use std::fs;

use insta::assert_snapshot;

use crate::env::Env;

/// Writes the user file.
fn prefers(env: &Env, place: &str, text: &str) {
    let folder = env.dir().join(place).join("desk");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), text).unwrap();
}

#[test]
fn a_flag_goes_before_the_environment_before_the_user_file() {
    let mut env = Env::new();
    prefers(
        &env,
        ".config",
        "agent = \"carl\"\nformat = \"csv\"\ntz = \"Europe/Paris\"\neditor = \"nano\"\npager = \"more\"\ncolor = \"always\"\ndb = \"/nowhere/desk.db\"\n",
    );
    assert_snapshot!(env.says(
        r#"
        desk config --format table
        DESK_AGENT= DESK_DB= TZ= desk config --format table
        DESK_FORMAT=json DESK_TZ=Asia/Tokyo DESK_EDITOR=ed NO_COLOR=1 desk config --format table --as dora --db other.db
        "#
    ), @"
    $ desk config --format table
    ␛[2mSETTING␛[0m    ␛[2mFROM␛[0m         ␛[2mVALUE␛[0m
    db         ␛[2menvironment␛[0m  DIR/desk.db
    agent      ␛[2menvironment␛[0m  anna
    at         ␛[2mdefault␛[0m      ␛[2m-␛[0m
    format     ␛[2mflag␛[0m         table
    color      ␛[2muser file␛[0m    on
    tz         ␛[2muser file␛[0m    Europe/Paris
    editor     ␛[2muser file␛[0m    nano
    pager      ␛[2mdefault␛[0m      ␛[2m-␛[0m
    user file  ␛[2mdefault␛[0m      DIR/.config/desk/config.toml

    $ DESK_AGENT= DESK_DB= TZ= desk config --format table
    ␛[2mSETTING␛[0m    ␛[2mFROM␛[0m       ␛[2mVALUE␛[0m
    db         ␛[2muser file␛[0m  /nowhere/desk.db
    agent      ␛[2muser file␛[0m  carl
    at         ␛[2mdefault␛[0m    ␛[2m-␛[0m
    format     ␛[2mflag␛[0m       table
    color      ␛[2muser file␛[0m  on
    tz         ␛[2muser file␛[0m  Europe/Paris
    editor     ␛[2muser file␛[0m  nano
    pager      ␛[2mdefault␛[0m    ␛[2m-␛[0m
    user file  ␛[2mdefault␛[0m    DIR/.config/desk/config.toml

    $ DESK_FORMAT=json DESK_TZ=Asia/Tokyo DESK_EDITOR=ed NO_COLOR=1 desk config --format table --as dora --db other.db
    SETTING    FROM         VALUE
    db         flag         DIR/other.db
    agent      flag         dora
    at         default      -
    format     flag         table
    color      environment  off
    tz         environment  Asia/Tokyo
    editor     environment  ed
    pager      default      -
    user file  default      DIR/.config/desk/config.toml
    ");
}

#[test]
fn the_user_file_is_where_the_platform_says() {
    let mut env = Env::new();
    prefers(&env, "elsewhere", "agent = \"carl\"\n");
    assert_snapshot!(env.says(
        "
        DESK_AGENT= XDG_CONFIG_HOME=DIR/elsewhere desk config --format csv
        DESK_AGENT= desk open VPN
        DESK_AGENT= USER=erik desk open VPN
        DESK_AGENT= USER=desk desk open VPN
        "
    ), @"
    $ DESK_AGENT= XDG_CONFIG_HOME=DIR/elsewhere desk config --format csv
    name,value,source
    db,DIR/desk.db,environment
    agent,carl,user-file
    at,,default
    format,csv,flag
    color,off,default
    tz,UTC,environment
    editor,vi,default
    pager,,default
    user-file,DIR/elsewhere/desk/config.toml,default

    $ DESK_AGENT= desk open VPN
    ! desk: nobody said who is acting
    !   hint: give --as AGENT, or set DESK_AGENT
    [exit 2]

    $ DESK_AGENT= USER=erik desk open VPN
    #1 opened, first response due in 3h (12:02), resolution due in 1d (Tue 09:02)

    $ DESK_AGENT= USER=desk desk open VPN
    ! desk: 'desk' is what the program calls itself
    !   hint: take another name for the agent
    [exit 2]
    ");
    let mut bare = Env::bare();
    let mut command = bare.command(&["open", "VPN"]);
    command.env_remove("DESK_DB").env_remove("DESK_AGENT");
    let refused = bare.finish(command, None);
    assert_eq!(refused.code, Some(2));
    assert!(!refused.stderr.contains("a new store begins"), "{refused}");
}

#[test]
fn a_user_file_with_a_mistake_is_refused_with_its_name() {
    let mut env = Env::new();
    prefers(&env, ".config", "agnet = \"carl\"\n");
    assert_snapshot!(env.says("desk list"), @"
    $ desk list
    ! desk: DIR/.config/desk/config.toml cannot be used: line 1: unknown field `agnet`, expected one of `db`, `agent`, `format`, `color`, `tz`, `editor`, `pager`
    !   hint: its keys are db, agent, format, color, tz, editor and pager
    [exit 2]
    ");
    prefers(&env, ".config", "format = \"xml\"\n");
    assert_snapshot!(env.says("desk list"), @"
    $ desk list
    ! desk: unknown format 'xml' (user file)
    !   hint: accepted: table, json, jsonl, csv, ids
    [exit 2]
    ");
    prefers(&env, ".config", "color = \"pink\"\n");
    assert_snapshot!(env.says("desk list"), @"
    $ desk list
    ! desk: unknown colour 'pink' (user file)
    !   hint: accepted: auto, always, never
    [exit 2]
    ");
    prefers(&env, ".config", "not toml");
    assert_snapshot!(env.says("desk list"), @"
    $ desk list
    ! desk: DIR/.config/desk/config.toml cannot be used: line 1: key with no value, expected `=`
    !   hint: its keys are db, agent, format, color, tz, editor and pager
    [exit 2]
    ");
}

#[test]
fn quiet_says_less() {
    let mut env = Env::bare();
    assert_snapshot!(env.says(
        "
        DESK_DB= desk -q open VPN
        DESK_DB= desk log 1 hello --quiet
        DESK_DB= desk -q log 1 hello --format ids
        DESK_DB= desk -q backup copy.db
        DESK_DB= desk -q log 9 hello
        DESK_DB= desk -q list --title nothing
        DESK_DB= desk -q list
        "
    ), @"
    $ DESK_DB= desk -q open VPN

    $ DESK_DB= desk log 1 hello --quiet

    $ DESK_DB= desk -q log 1 hello --format ids
    1

    $ DESK_DB= desk -q backup copy.db

    $ DESK_DB= desk -q log 9 hello
    ! desk: there is no ticket #9
    [exit 3]

    $ DESK_DB= desk -q list --title nothing

    $ DESK_DB= desk -q list
    ID  PRIO  STATUS  SLA          TIER  ASSIGNEE  CATEGORY  REQUESTER  TITLE
     1  -     new     ✓ ok 2h 54m  L1    -                              VPN
    ");
}

#[test]
fn where_nobody_can_be_asked_the_flag_to_give_is_named() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        "
        desk --no-input open
        desk --no-input identify 1
        desk --no-input categorize 1
        desk --no-input prioritize 1
        desk --no-input assign 1
        desk --no-input pause 1
        desk --no-input call 1
        desk --no-input log 1
        desk --no-input open VPN --edit
        "
    ), @"
    $ desk --no-input open
    ! desk: the title is missing
    !   hint: give it with desk open TITLE
    [exit 2]

    $ desk --no-input identify 1
    ! desk: the kind is missing
    !   hint: give it with desk identify ID incident
    [exit 2]

    $ desk --no-input categorize 1
    ! no ticket like it has a category; say which: desk categorize 1 CATEGORY

    $ desk --no-input prioritize 1
    ! desk: the impact on users is missing
    !   hint: give it with --users LEVEL
    [exit 2]

    $ desk --no-input assign 1
    ! desk: the agent is missing
    !   hint: give it with desk assign ID AGENT
    [exit 2]

    $ desk --no-input pause 1
    ! desk: the pause reason is missing
    !   hint: give it with desk pause ID REASON
    [exit 2]

    $ desk --no-input call 1
    ! desk: the time of the call is missing
    !   hint: give it with --when TIME
    [exit 2]

    $ desk --no-input log 1
    ! desk: the note is missing
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk --no-input open VPN --edit
    ! desk: the description is missing
    !   hint: give it with -m TEXT
    [exit 2]
    ");
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let mut env = Env::new();
    env.does("desk open VPN");
    let mut coloured = |script: &str| {
        let shown = env.says(script);
        shown.contains('␛')
    };
    assert!(!coloured("desk list"));
    assert!(coloured("desk list --color always"));
    assert!(!coloured("desk list --color never"));
    assert!(coloured("CLICOLOR_FORCE=1 desk list"));
    assert!(!coloured("CLICOLOR_FORCE=0 desk list"));
    assert!(!coloured("NO_COLOR=1 CLICOLOR_FORCE=1 desk list"));
    assert!(coloured("NO_COLOR=1 desk list --color always"));
    assert!(!coloured("CLICOLOR_FORCE=1 desk list --json"));
    assert!(!coloured("CLICOLOR_FORCE=1 desk list --format csv"));
    assert_snapshot!(env.says("desk list --color sometimes"), @"
    $ desk list --color sometimes
    ! desk: invalid value 'sometimes' for '--color <WHEN>' [possible values: auto, always, never]
    !   hint: see desk --help, or desk COMMAND --help
    [exit 2]
    ");
}
