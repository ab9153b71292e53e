//! `desk team`: the logins of a store in a database server, and their roles.

use crate::cli::args;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::domain::team::{LONGEST_LOGIN, TeamGrant, TeamRole};
use crate::domain::text;
use crate::error::Error;
use crate::output::{RawText, StoreOperation, TeamCheck, TeamList};

/// Give the logins of a PostgreSQL store their roles, and check them
///
/// In a store on PostgreSQL, the login decides who acts: it belongs to one agent,
/// and has a role. init creates the roles with their rights in this database, and
/// is run again after a new version of desk changed the tables. grant gives a
/// login a role; it sets no password. Both print the SQL, for you to read or to
/// run with psql; --run runs it, as the owner of the database.
///
/// See desk help team-guide for a store of five agents from an empty server.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk team init
  desk team grant anna --role agent --run
  desk team list
  desk team check")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Create the roles and their rights in this database
    Init(Run),
    /// Give a login a role
    Grant(Grant),
    /// List the logins with their agents and roles
    List,
    /// Check what the present login may do
    ///
    /// Asks the server. The exit code is 5 if something is wrong, such as an agent
    /// whose login is a superuser.
    Check,
}

#[derive(Debug, Clone, Copy, clap::Args)]
struct Run {
    /// Run the SQL rather than print it
    #[arg(long)]
    run: bool,
}

/// Give a login a role
///
/// Creates the login if there is none. How it proves who it is, is up to the
/// server: set a password with \\password in psql, or let the system vouch for it
/// in pg_hba.conf.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk team grant anna --role agent --run
  desk team grant carla --role supervisor --agent carla.m --run
  desk team grant desk-cron --role service --run")]
struct Grant {
    /// The login in the database server
    #[arg(value_name = "LOGIN")]
    login: String,
    /// read, agent, supervisor, privacy, service or owner
    #[arg(long, value_name = "ROLE")]
    role: String,
    /// Whom the login acts as [default: the agent of that name]
    #[arg(long = "agent", value_name = "NAME")]
    acts_as: Option<String>,
    #[command(flatten)]
    run: Run,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { action } = args;
    match action {
        Action::Init(Run { run }) => {
            let statements = ctx.desk.init_team(run)?;
            Ok(done(ctx, "gave the roles their rights in", statements, run))
        }
        Action::Grant(grant) => give(ctx, grant),
        Action::List => Ok(TeamList(ctx.desk.team_members()?).into()),
        Action::Check => {
            let check = TeamCheck(ctx.desk.check_team()?);
            Ok(CommandOutput {
                exit_code: if check.0.faults.is_empty() { 0 } else { 5 },
                ..check.into()
            })
        }
    }
}

fn give<'a>(ctx: &'a CommandContext<'a>, grant: Grant) -> Result<CommandOutput<'a>, Error> {
    let Grant {
        login,
        role,
        acts_as,
        run: Run { run },
    } = grant;
    let role = TeamRole::parse(&role).map_err(|e| Error::usage(e.to_string(), e.hint()))?;
    let login = login_name(&login)?;
    let agent = match (acts_as, role) {
        (Some(agent), _) => Some(args::agent(&agent)?),
        // They record nothing.
        (None, TeamRole::Read | TeamRole::Owner) => None,
        (None, TeamRole::Agent | TeamRole::Supervisor | TeamRole::Privacy | TeamRole::Service) => {
            Some(args::agent(&login)?)
        }
    };
    let grant = TeamGrant { login, role, agent };
    let statements = ctx.desk.grant_role(&grant, run)?;
    Ok(done(ctx, "gave a role in", statements, run))
}

/// Checks the name of a login.
fn login_name(typed: &str) -> Result<String, Error> {
    let login = text::line("login", typed).map_err(|e| Error::usage(e.to_string(), e.hint()))?;
    if login.len() > LONGEST_LOGIN || login.starts_with("desk_") || login.starts_with("pg_") {
        return Err(Error::usage(
            format!("'{login}' cannot be the name of a login"),
            "give a name of at most 63 bytes that does not begin with desk_ or pg_",
        ));
    }
    Ok(login)
}

/// What was run, or is to be run.
fn done<'a>(
    ctx: &CommandContext<'_>,
    done: &'static str,
    statements: String,
    run: bool,
) -> CommandOutput<'a> {
    match run {
        true => StoreOperation::new(done, ctx.config.store_path()).into(),
        false => RawText(statements.into_bytes()).into(),
    }
}
