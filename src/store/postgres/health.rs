//! The health of a store in a database, also of one that cannot be opened.
//! Changes nothing; an older schema is not stepped up.

use postgres::Client;

use super::super::port::StoreHealth;
use super::super::{AccessMode, StoreError};
use super::errors::{Purpose, statement_error};
use super::migrations;
use super::provider::PostgresProvider;
use super::server::Server;
use crate::domain::Timestamp;
use crate::domain::health::{HealthCheck, size};

/// The newest event, the size of the database, and how many connections it has of
/// how many there can be.
const FIGURES: &str = "SELECT \
     (SELECT recorded_ms FROM public.event ORDER BY seq DESC LIMIT 1) AS newest, \
     pg_database_size(current_database()) AS size, \
     (SELECT count(*) FROM pg_stat_activity WHERE datname IS NOT NULL) AS connections, \
     current_setting('max_connections')::bigint AS most";

/// Inspects the store of a provider.
pub(super) fn inspect(provider: &PostgresProvider, location: &str) -> StoreHealth {
    let mut health = StoreHealth::default();
    let inspected = provider.connections().and_then(|connections| {
        let lease = connections.take()?;
        lease.with(|client| look(client, location, &mut health))
    });
    if let Err(fault) = inspected {
        let remedy = fault.hint().unwrap_or_else(|| "desk verify".to_owned());
        let problem = HealthCheck::problem("store", fault.to_string(), remedy);
        health.checks.push(problem);
    }
    health
}

fn look(client: &mut Client, location: &str, health: &mut StoreHealth) -> Result<(), StoreError> {
    let server = Server::ask(client, location)?;
    server.check(location, AccessMode::Write)?;
    let is_current = server.check_schema(client, location, migrations::ALL)?;
    let found = server.schema.unwrap_or_default();
    health.checks.push(match is_current {
        true => HealthCheck::ok("store", format!("{location} opens, schema {found}")),
        false => HealthCheck::warning(
            "store",
            format!(
                "{location} has schema {found}; this version of desk has {}",
                migrations::version(migrations::ALL)
            ),
            "nothing: the next command upgrades it",
        ),
    });
    let row = client.query_typed_one(FIGURES, &[]);
    let fail = |fault: postgres::Error| statement_error(&fault, location, Purpose::Read);
    let row = row.map_err(fail)?;
    let newest: Option<i64> = row.try_get("newest").map_err(fail)?;
    let bytes: i64 = row.try_get("size").map_err(fail)?;
    let connections: i64 = row.try_get("connections").map_err(fail)?;
    let most: i64 = row.try_get("most").map_err(fail)?;
    health.last_event = newest.and_then(Timestamp::from_timestamp_millis);
    let release = &server.release;
    let text = format!("PostgreSQL {release}, {connections} of {most} connections used");
    let used = connections * 10 > most * 9;
    health.checks.push(match (server.is_replica, used) {
        (true, _) => HealthCheck::warning(
            "server",
            format!("{text}; it is a replica, which can only be read"),
            "give the primary server of the database to change anything",
        ),
        (false, true) => HealthCheck::warning(
            "server",
            text,
            "put a pooler in front of the server: desk help team",
        ),
        (false, false) => HealthCheck::ok("server", text),
    });
    let bytes = u64::try_from(bytes).unwrap_or_default();
    health
        .checks
        .push(HealthCheck::ok("disk", format!("database {}", size(bytes))));
    Ok(())
}
