//! The engine of a store, by how it is named.

use std::time::Duration;

use crate::app::parse_policy;
use crate::config::{Config, Env, Source, StoreUrl};
use crate::domain::Timestamp;
use crate::error::Error;
use crate::store::{Environment, Location, SqliteProvider, StoreProvider};
#[cfg(feature = "postgres")]
use crate::{
    cli::login::login,
    store::{PostgresProvider, Process},
};

/// Chooses the engine of the store.
///
/// # Errors
/// [`Error::Usage`] for an engine that this build does not have.
pub(crate) fn store_provider(
    config: &Config,
    env: Env,
    now: Timestamp,
) -> Result<Box<dyn StoreProvider>, Error> {
    let explicit = config.db.source != Source::Default;
    provider_of(&config.db.value, explicit, env, now)
}

/// Chooses the engine of a store that was named, or that is the default one.
///
/// # Errors
/// As [`store_provider`].
pub(crate) fn provider_of(
    url: &StoreUrl,
    explicit: bool,
    env: Env,
    now: Timestamp,
) -> Result<Box<dyn StoreProvider>, Error> {
    match url {
        StoreUrl::File(path) => {
            let location = Location {
                path: path.clone(),
                explicit,
            };
            let environment = store_environment(env, now);
            Ok(Box::new(SqliteProvider::new(location, environment)))
        }
        url @ StoreUrl::Postgres(typed) => postgres_provider(url, typed, env, now),
    }
}

#[cfg(feature = "postgres")]
#[expect(
    clippy::unnecessary_wraps,
    reason = "a build without the feature has no such store"
)]
fn postgres_provider(
    url: &StoreUrl,
    typed: &str,
    env: Env,
    now: Timestamp,
) -> Result<Box<dyn StoreProvider>, Error> {
    let user = login(env).map(|login| login.user);
    let process = Process { env, user, now };
    let provider = PostgresProvider::new(typed.to_owned(), url.to_string(), process);
    Ok(Box::new(provider))
}

#[cfg(not(feature = "postgres"))]
fn postgres_provider(
    url: &StoreUrl,
    _typed: &str,
    _env: Env,
    _now: Timestamp,
) -> Result<Box<dyn StoreProvider>, Error> {
    Err(Error::usage(
        format!("this build of desk has no PostgreSQL store, so it cannot open {url}"),
        "build one that has, in a checkout of desk: cargo install --locked --path .",
    ))
}

/// The environment of the store. In debug builds, tests can override parts of it.
fn store_environment(env: Env, now: Timestamp) -> Environment {
    let mut real = Environment::new(now, parse_policy);
    if cfg!(debug_assertions) {
        let number = |name: &str| env(name)?.to_str()?.parse::<i64>().ok();
        real.fs_magic = number("DESK_TEST_FS_MAGIC");
        real.free_bytes = number("DESK_TEST_FREE_BYTES").and_then(|n| u64::try_from(n).ok());
        if let Some(patience) = number("DESK_TEST_PATIENCE_MS").and_then(|n| u64::try_from(n).ok())
        {
            real.patience = Duration::from_millis(patience);
        }
    }
    real
}
