//! Where settings come from: flags, environment and user file; `desk config`.

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
fn a_flag_overrides_the_environment_which_overrides_the_user_file() {
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
    ␛[2mSETTING␛[0m         ␛[2mFROM␛[0m         ␛[2mVALUE␛[0m
    db              ␛[2menvironment␛[0m  DIR/desk.db
    agent           ␛[2menvironment␛[0m  anna
    channel         ␛[2mdefault␛[0m      ␛[2m-␛[0m
    at              ␛[2mdefault␛[0m      ␛[2m-␛[0m
    format          ␛[2mflag␛[0m         table
    color           ␛[2muser file␛[0m    on
    tz              ␛[2muser file␛[0m    Europe/Paris
    editor          ␛[2muser file␛[0m    nano
    pager           ␛[2mdefault␛[0m      ␛[2m-␛[0m
    mail transport  ␛[2mdefault␛[0m      ␛[2m-␛[0m
    user file       ␛[2mdefault␛[0m      DIR/.config/desk/config.toml

    $ DESK_AGENT= DESK_DB= TZ= desk config --format table
    ␛[2mSETTING␛[0m         ␛[2mFROM␛[0m       ␛[2mVALUE␛[0m
    db              ␛[2muser file␛[0m  /nowhere/desk.db
    agent           ␛[2muser file␛[0m  carl
    channel         ␛[2mdefault␛[0m    ␛[2m-␛[0m
    at              ␛[2mdefault␛[0m    ␛[2m-␛[0m
    format          ␛[2mflag␛[0m       table
    color           ␛[2muser file␛[0m  on
    tz              ␛[2muser file␛[0m  Europe/Paris
    editor          ␛[2muser file␛[0m  nano
    pager           ␛[2mdefault␛[0m    ␛[2m-␛[0m
    mail transport  ␛[2mdefault␛[0m    ␛[2m-␛[0m
    user file       ␛[2mdefault␛[0m    DIR/.config/desk/config.toml

    $ DESK_FORMAT=json DESK_TZ=Asia/Tokyo DESK_EDITOR=ed NO_COLOR=1 desk config --format table --as dora --db other.db
    SETTING         FROM         VALUE
    db              flag         DIR/other.db
    agent           flag         dora
    channel         default      -
    at              default      -
    format          flag         table
    color           environment  off
    tz              environment  Asia/Tokyo
    editor          environment  ed
    pager           default      -
    mail transport  default      -
    user file       default      DIR/.config/desk/config.toml
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
    channel,,default
    at,,default
    format,csv,flag
    color,off,default
    tz,UTC,environment
    editor,vi,default
    pager,,default
    mail-transport,,default
    user-file,DIR/elsewhere/desk/config.toml,default

    $ DESK_AGENT= desk open VPN
    ! desk: the acting agent is not set
    !   hint: desk config set agent NAME; or use --as NAME, or set DESK_AGENT
    [exit 2]

    $ DESK_AGENT= USER=erik desk open VPN
    #1 opened, first response due in 3h (12:02), resolution due in 1d (Tue 09:02)

    $ DESK_AGENT= USER=desk desk open VPN
    ! desk: the name 'desk' is reserved for the program
    !   hint: choose another name for the agent
    [exit 2]
    ");
    let mut bare = Env::bare();
    let mut command = bare.command(&["open", "VPN"]);
    command.env_remove("DESK_DB").env_remove("DESK_AGENT");
    let refused = bare.finish(command, None);
    assert_eq!(refused.code, Some(2));
    assert!(!refused.stderr.contains("created a new store"), "{refused}");
}

#[test]
fn a_user_file_with_a_mistake_is_refused_with_its_name() {
    let mut env = Env::new();
    prefers(&env, ".config", "agnet = \"carl\"\n");
    assert_snapshot!(env.says("desk list"), @"
    $ desk list
    ! desk: cannot use DIR/.config/desk/config.toml: line 1: unknown field `agnet`, expected one of `db`, `agent`, `channel`, `format`, `color`, `tz`, `editor`, `pager`, `mail`, `hooks`, `views`, `aliases`
    !   hint: valid keys are db, agent, channel, format, color, tz, editor, pager, mail, hooks, views and aliases
    [exit 2]
    ");
    prefers(&env, ".config", "format = \"xml\"\n");
    assert_snapshot!(env.says("desk list"), @"
    $ desk list
    ! desk: unknown format 'xml' (user file)
    !   hint: accepted: table, json, jsonl, csv, tsv, ids, html
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
    ! desk: cannot use DIR/.config/desk/config.toml: line 1: key with no value, expected `=`
    !   hint: valid keys are db, agent, channel, format, color, tz, editor, pager, mail, hooks, views and aliases
    [exit 2]
    ");
}

#[test]
fn every_setting_is_shown_with_its_source() {
    let mut env = Env::new();
    assert_snapshot!(env.says(
        r#"
        desk config
        desk config --tz Europe/Berlin --at 2026-03-01 --format csv
        desk config --json
        desk config db
        desk config --set agent=ben
        "#
    ), @r#"
    $ desk config
    SETTING         FROM         VALUE
    db              environment  DIR/desk.db
    agent           environment  anna
    channel         default      -
    at              default      -
    format          default      table
    color           default      off
    tz              environment  UTC
    editor          default      vi
    pager           default      -
    mail transport  default      -
    user file       default      DIR/.config/desk/config.toml

    $ desk config --tz Europe/Berlin --at 2026-03-01 --format csv
    name,value,source
    db,DIR/desk.db,environment
    agent,anna,environment
    channel,,default
    at,2026-02-28T23:00:00Z,flag
    format,csv,flag
    color,off,default
    tz,Europe/Berlin,flag
    editor,vi,default
    pager,,default
    mail-transport,,default
    user-file,DIR/.config/desk/config.toml,default

    $ desk config --json
    [
    {"name":"db","value":"DIR/desk.db","source":"environment"},
    {"name":"agent","value":"anna","source":"environment"},
    {"name":"channel","value":null,"source":"default"},
    {"name":"at","value":null,"source":"default"},
    {"name":"format","value":"json","source":"flag"},
    {"name":"color","value":"off","source":"default"},
    {"name":"tz","value":"UTC","source":"environment"},
    {"name":"editor","value":"vi","source":"default"},
    {"name":"pager","value":null,"source":"default"},
    {"name":"mail-transport","value":null,"source":"default"},
    {"name":"user-file","value":"DIR/.config/desk/config.toml","source":"default"}
    ]

    $ desk config db
    ! desk: unknown command 'db'
    !   hint: usage: desk config [OPTIONS] [COMMAND]
    [exit 2]

    $ desk config --set agent=ben
    ! desk: unexpected argument '--set'
    !   hint: usage: desk config [OPTIONS] [COMMAND]
    [exit 2]
    "#);
}

/// The user file.
fn file(env: &Env) -> std::path::PathBuf {
    env.dir().join(".config/desk/config.toml")
}

#[test]
fn settings_are_changed_in_the_user_file_and_its_comments_stay() {
    use std::os::unix::fs::PermissionsExt;
    let mut env = Env::new();
    assert_snapshot!(env.says(
        "
        desk config unset channel
        desk config set channel phone
        desk config set channel phone
        desk config set agent carl
        desk config set views.night 'p:P1 -assignee:none'
        desk config --json
        "
    ), @r#"
    $ desk config unset channel
    unchanged: channel is not in DIR/.config/desk/config.toml

    $ desk config set channel phone
    channel = phone in DIR/.config/desk/config.toml

    $ desk config set channel phone
    unchanged: channel = phone in DIR/.config/desk/config.toml

    $ desk config set agent carl
    agent = carl in DIR/.config/desk/config.toml
    ! agent is anna here, which the environment says and which counts first

    $ desk config set views.night 'p:P1 -assignee:none'
    views.night = p:P1 -assignee:none in DIR/.config/desk/config.toml

    $ desk config --json
    [
    {"name":"db","value":"DIR/desk.db","source":"environment"},
    {"name":"agent","value":"anna","source":"environment"},
    {"name":"channel","value":"phone","source":"user-file"},
    {"name":"at","value":null,"source":"default"},
    {"name":"format","value":"json","source":"flag"},
    {"name":"color","value":"off","source":"default"},
    {"name":"tz","value":"UTC","source":"environment"},
    {"name":"editor","value":"vi","source":"default"},
    {"name":"pager","value":null,"source":"default"},
    {"name":"mail-transport","value":null,"source":"default"},
    {"name":"user-file","value":"DIR/.config/desk/config.toml","source":"default"}
    ]
    "#);
    let mode = |env: &Env| fs::metadata(file(env)).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode(&env), 0o600);
    let own = "# my desk\nchannel = 'phone' # usually\n\n[views]\n# at night\nnight = 'p:P1'\n";
    fs::write(file(&env), own).unwrap();
    fs::set_permissions(file(&env), fs::Permissions::from_mode(0o640)).unwrap();
    env.does("desk config set channel email");
    env.does("desk config set pager less");
    env.does("desk config unset views.night");
    assert_eq!(
        fs::read_to_string(file(&env)).unwrap(),
        "# my desk\nchannel = \"email\" # usually\npager = \"less\"\n\n[views]\n"
    );
    assert_eq!(mode(&env), 0o640);
    // No temporary file is left.
    assert_eq!(
        fs::read_dir(file(&env).parent().unwrap()).unwrap().count(),
        1
    );
}

#[test]
fn what_desk_would_refuse_to_read_is_not_written() {
    let mut env = Env::new();
    let own = "agent = \"carl\"\n";
    prefers(&env, ".config", own);
    assert_snapshot!(env.says(
        "
        desk config set chanel phone
        desk config set channel phon
        desk config set tz Europe/Berlim
        desk config set format yaml
        desk config set color blue
        desk config set views.me vpn
        desk config set mail.transport x
        desk config set channel
        desk --at 8:00 config set channel phone
        "
    ), @"
    $ desk config set chanel phone
    ! desk: there is no setting 'chanel' to change; did you mean 'channel'?
    !   hint: settings are db, agent, channel, format, color, tz, editor, pager and views.NAME; desk help operate has the others
    [exit 2]

    $ desk config set channel phon
    ! desk: unknown channel 'phon' (user file)
    !   hint: did you mean 'phone'? accepted: phone, walk-in, email, chat, portal, monitoring, other
    [exit 2]

    $ desk config set tz Europe/Berlim
    ! desk: unknown time zone 'Europe/Berlim', did you mean Europe/Berlin? (user file)
    !   hint: give an IANA name such as Europe/Berlin, or UTC
    [exit 2]

    $ desk config set format yaml
    ! desk: unknown format 'yaml' (user file)
    !   hint: accepted: table, json, jsonl, csv, tsv, ids, html
    [exit 2]

    $ desk config set color blue
    ! desk: unknown colour 'blue' (user file)
    !   hint: accepted: auto, always, never
    [exit 2]

    $ desk config set views.me vpn
    ! desk: 'me' cannot be the name of a view
    !   hint: use letters, digits and -, such as views.night
    [exit 2]

    $ desk config set mail.transport x
    ! desk: there is no setting 'mail.transport' to change
    !   hint: settings are db, agent, channel, format, color, tz, editor, pager and views.NAME; desk help operate has the others
    [exit 2]

    $ desk config set channel
    ! desk: missing <VALUE>
    !   hint: usage: desk config set <NAME> <VALUE>
    [exit 2]

    $ desk --at 8:00 config set channel phone
    ! desk: --at does not apply to desk config set
    !   hint: leave --at out
    [exit 2]
    ");
    assert_eq!(fs::read_to_string(file(&env)).unwrap(), own);
    // The control: what it reads is written.
    env.does("desk config set tz Europe/Berlin");
    assert_ne!(fs::read_to_string(file(&env)).unwrap(), own);
}

#[test]
fn a_file_that_is_not_trusted_or_cannot_be_written_is_not_changed() {
    use std::os::unix::fs::PermissionsExt;
    let mut env = Env::new();
    let folder = file(&env).parent().unwrap().to_owned();
    fs::create_dir_all(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
    let refused = env.run(&["config", "set", "channel", "phone"]).code(2);
    assert!(
        refused.stderr.contains("is not trusted"),
        "{}",
        refused.stderr
    );
    assert!(!file(&env).exists());
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    env.does("desk config set channel phone");
    // The file that a link leads to is replaced, not the link.
    let real = env.dir().join("dotfiles.toml");
    fs::rename(file(&env), &real).unwrap();
    std::os::unix::fs::symlink(&real, file(&env)).unwrap();
    env.does("desk config set channel chat");
    assert!(fs::symlink_metadata(file(&env)).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(real).unwrap(), "channel = \"chat\"\n");
}

#[test]
fn what_counts_before_the_file_is_said() {
    let mut env = Env::new();
    assert_snapshot!(env.says("DESK_CHANNEL=chat desk config set channel phone"), @"
    $ DESK_CHANNEL=chat desk config set channel phone
    channel = phone in DIR/.config/desk/config.toml
    ! channel is chat here, which the environment says and which counts first
    ");
}
