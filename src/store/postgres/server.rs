//! What a server and a database are like, found out when a store is opened.

use postgres::error::SqlState;
use postgres::{Client, Row};

use super::super::sql::marks::Marks;
use super::super::{AccessMode, StoreError};
use super::errors::{Purpose, refused, statement_error};
use super::migrations::{self, Migration};
use crate::domain::people::{Agent, Login};
use crate::domain::team::DatabaseLogin;

/// The oldest version of PostgreSQL that a store can be on.
const OLDEST: i64 = 140_000;

macro_rules! about_server {
    ($version:literal, $moved:literal, $unfinished:literal, $login:literal) => {
        concat!(
            "SELECT ",
            $version,
            " AS version, ",
            $moved,
            " AS moved, ",
            $unfinished,
            " AS unfinished, current_setting('server_version_num')::bigint AS number, \
             current_setting('server_version') AS release, \
             current_setting('fsync') = 'on' AS fsync, \
             current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS replica, \
             session_user::text AS login, ",
            $login
        )
    };
}

/// The roles are looked up by name: the view of all roles takes 1.5 ms longer.
const ABOUT: &str = about_server!(
    "(SELECT version FROM public.schema_version)",
    "(SELECT value FROM public.meta WHERE name = 'moved')",
    "(SELECT value FROM public.meta WHERE name = 'unfinished')",
    "(SELECT m.agent FROM public.member m WHERE m.login = session_user::text) AS agent, \
     NOT row_security_active('public.event') AS unbound, \
     coalesce(pg_has_role(session_user, to_regrole('desk_service'), 'MEMBER'), false) AS for_others, \
     coalesce(pg_has_role(session_user, to_regrole('desk_service'), 'MEMBER'), false) \
     OR coalesce(pg_has_role(session_user, to_regrole('desk_supervisor'), 'MEMBER'), false) \
     OR coalesce(pg_has_role(session_user, to_regrole('desk_privacy'), 'MEMBER'), false) AS sees_all"
);

/// As [`ABOUT`], where there is no such table.
const ABOUT_WITHOUT_TABLES: &str = about_server!(
    "NULL::bigint",
    "NULL::text",
    "NULL::text",
    "NULL::text AS agent, true AS unbound, false AS for_others, false AS sees_all"
);

/// One row if the database has tables of somebody else, seen at one moment. Those
/// of extensions do not count, nor those that another process made just now.
const HAS_TABLES: &str = "SELECT 1 AS found FROM pg_catalog.pg_class c \
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') \
     AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d \
     WHERE d.objid = c.oid AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'e') \
     AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_class s WHERE s.relname = 'schema_version' \
     AND s.relnamespace = n.oid AND s.relkind = 'r') LIMIT 1";

/// A server with a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Server {
    /// The version of the schema; absent in a database without desk's tables.
    pub(super) schema: Option<i64>,
    /// Whether the store was moved, or is an unfinished copy.
    pub(super) marks: Marks,
    /// The release of PostgreSQL, as in `15.14`.
    pub(super) release: String,
    number: i64,
    pub(super) fsync: bool,
    encoding: String,
    /// Whether it follows another server.
    pub(super) is_replica: bool,
    /// Whom it takes this process for.
    pub(super) login: DatabaseLogin,
}

impl Server {
    /// Asks a server.
    pub(super) fn ask(client: &mut Client, location: &str) -> Result<Self, StoreError> {
        let fail = |fault: postgres::Error| statement_error(&fault, location, Purpose::Read);
        let row = match client.query_typed_one(ABOUT, &[]) {
            Err(fault) if fault.code() == Some(&SqlState::UNDEFINED_TABLE) => client
                .query_typed_one(ABOUT_WITHOUT_TABLES, &[])
                .map_err(fail)?,
            // A table of that name that has no such column is somebody else's.
            Err(fault) if fault.code() == Some(&SqlState::UNDEFINED_COLUMN) => {
                return Err(foreign(location));
            }
            row => row.map_err(fail)?,
        };
        let release: String = row.try_get("release").map_err(fail)?;
        Ok(Self {
            schema: row.try_get("version").map_err(fail)?,
            marks: Marks {
                moved: row.try_get("moved").map_err(fail)?,
                unfinished: row.try_get("unfinished").map_err(fail)?,
            },
            release: release.split(' ').next().unwrap_or_default().to_owned(),
            number: row.try_get("number").map_err(fail)?,
            fsync: row.try_get("fsync").map_err(fail)?,
            encoding: row.try_get("encoding").map_err(fail)?,
            is_replica: row.try_get("replica").map_err(fail)?,
            login: login(&row).map_err(fail)?,
        })
    }

    /// Refuses a server that a store cannot be on, or not be written on.
    pub(super) fn check(&self, location: &str, mode: AccessMode) -> Result<(), StoreError> {
        let unsuitable = |message: String, hint: &str| refused(5, "store_server", message, hint);
        if self.number < OLDEST {
            return Err(unsuitable(
                format!("{location} is on PostgreSQL {}", self.release),
                "use PostgreSQL 14 or later",
            ));
        }
        if self.encoding != "UTF8" {
            return Err(unsuitable(
                format!("{location} keeps texts as {}, not as UTF8", self.encoding),
                "create the database with: createdb --encoding=UTF8 --template=template0 NAME",
            ));
        }
        if mode.writes() && !self.fsync && !self.is_replica {
            return Err(unsuitable(
                format!(
                    "{location} is on a server with fsync = off, which loses what it confirmed"
                ),
                "set fsync = on in postgresql.conf",
            ));
        }
        Ok(())
    }

    /// Refuses a database that has no store, or one of a newer version of desk.
    /// Returns whether its schema is that of this version.
    pub(super) fn check_schema(
        &self,
        client: &mut Client,
        location: &str,
        migrations: &[Migration],
    ) -> Result<bool, StoreError> {
        let known = migrations::version(migrations);
        match self.schema {
            None => match has_tables(client, location)? {
                true => Err(foreign(location)),
                false => Err(StoreError::Missing {
                    location: location.to_owned(),
                }),
            },
            Some(found) if found > known => Err(StoreError::Newer {
                location: location.to_owned(),
                found,
                known,
            }),
            Some(found) => Ok(found == known),
        }
    }
}

/// Whom a server takes this process for. Whoever is not bound by row security owns
/// the store, and may act for others.
fn login(row: &Row) -> Result<DatabaseLogin, postgres::Error> {
    let user: String = row.try_get("login")?;
    let agent: Option<String> = row.try_get("agent")?;
    let is_unbound: bool = row.try_get("unbound")?;
    let acts_for_others: bool = row.try_get("for_others")?;
    let sees_all: bool = row.try_get("sees_all")?;
    Ok(DatabaseLogin {
        login: Login::database(&user),
        agent: agent.as_deref().map(Agent::from_stored),
        acts_for_others: acts_for_others || is_unbound,
        sees_everything: sees_all || is_unbound,
    })
}

/// Whether a database has any tables.
pub(super) fn has_tables(client: &mut Client, location: &str) -> Result<bool, StoreError> {
    let found = client.query_typed_opt(HAS_TABLES, &[]);
    let found = found.map_err(|fault| statement_error(&fault, location, Purpose::Read))?;
    Ok(found.is_some())
}

pub(super) fn foreign(location: &str) -> StoreError {
    StoreError::Foreign {
        location: location.to_owned(),
    }
}
