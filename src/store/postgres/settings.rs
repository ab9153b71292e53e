//! How to reach a server: the parameters of a URL, of a service and of the
//! environment, under the names and in the order of libpq. Connects to nothing.

mod url;

use std::collections::BTreeMap;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use postgres::config::{Host, SslMode};

use super::super::StoreError;
use super::errors::refused;
use super::password_file;
use super::tls::{TlsSettings, Verification};
use url::parse_url;

/// What the environment of the process says, by name.
pub(crate) type Variables<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The parameters of a connection by libpq's names.
type Parameters = BTreeMap<String, String>;

/// The parameters that the environment can set.
const VARIABLES: &[(&str, &str)] = &[
    ("PGHOST", "host"),
    ("PGHOSTADDR", "hostaddr"),
    ("PGPORT", "port"),
    ("PGDATABASE", "dbname"),
    ("PGUSER", "user"),
    ("PGPASSWORD", "password"),
    ("PGPASSFILE", "passfile"),
    ("PGOPTIONS", "options"),
    ("PGAPPNAME", "application_name"),
    ("PGSSLMODE", "sslmode"),
    ("PGSSLROOTCERT", "sslrootcert"),
    ("PGSSLCERT", "sslcert"),
    ("PGSSLKEY", "sslkey"),
    ("PGSSLNEGOTIATION", "sslnegotiation"),
    ("PGCHANNELBINDING", "channel_binding"),
    ("PGCONNECT_TIMEOUT", "connect_timeout"),
    ("PGTARGETSESSIONATTRS", "target_session_attrs"),
    ("PGLOADBALANCEHOSTS", "load_balance_hosts"),
];

/// Parameters of libpq that mean nothing here, as they only weaken or name what
/// desk does not use.
const IGNORED: &[&str] = &[
    "gssencmode",
    "krbsrvname",
    "gsslib",
    "requirepeer",
    "sslcompression",
    "client_encoding",
    "fallback_application_name",
];

/// The folders in which servers put their sockets, the usual one first.
const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

/// How long a host may take to answer, unless the parameters say otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Where and as whom to connect.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) config: postgres::Config,
    pub(super) tls: TlsSettings,
    /// Where the password is from, for a hint.
    pub(super) password: PasswordSource,
}

/// Where a password is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PasswordSource {
    None,
    /// The URL, the service or the environment.
    Given,
    File(PathBuf),
    /// A file that others can read, which is not used.
    UnsafeFile(PathBuf),
}

impl Settings {
    /// Reads a URL, and adds what it leaves out from its service, the environment
    /// and the defaults of libpq. `user` is the name of the user of the system.
    ///
    /// # Errors
    /// Refusals of what cannot be used, or is not safe.
    pub(super) fn read(
        url: &str,
        variables: Variables<'_>,
        user: Option<&str>,
    ) -> Result<Self, StoreError> {
        let mut given = parse_url(url)?;
        add_service(&mut given, variables)?;
        for (variable, name) in VARIABLES {
            if let Some(value) = variables(variable).filter(|value| !value.is_empty()) {
                given.entry((*name).to_owned()).or_insert(value);
            }
        }
        add_defaults(&mut given, user);
        let password = password(&mut given, variables);
        let tls = tls(&mut given, variables)?;
        for name in IGNORED {
            given.remove(*name);
        }
        let mut config = config(&given)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        // A server that is gone without a word is noticed within minutes.
        if !given.contains_key("keepalives_idle") {
            config.keepalives_idle(Duration::from_secs(30));
        }
        config.ssl_mode(match tls.verification {
            Verification::NoTls => SslMode::Disable,
            Verification::IfOffered => SslMode::Prefer,
            Verification::Nothing | Verification::Authority | Verification::Full => {
                SslMode::Require
            }
        });
        Ok(Self {
            config,
            tls,
            password,
        })
    }
}

fn invalid(message: impl Into<String>) -> StoreError {
    refused(
        2,
        "store_url",
        message,
        "write it as postgres://USER@HOST/DATABASE",
    )
}

/// Adds the parameters of the service that is named, if one is.
fn add_service(given: &mut Parameters, variables: Variables<'_>) -> Result<(), StoreError> {
    let named = given.remove("service").or_else(|| variables("PGSERVICE"));
    let file = given.remove("servicefile");
    let Some(name) = named.filter(|name| !name.is_empty()) else {
        return Ok(());
    };
    let own = file
        .or_else(|| variables("PGSERVICEFILE"))
        .map(PathBuf::from)
        .or_else(|| in_home(variables, ".pg_service.conf"));
    let system = variables("PGSYSCONFDIR").map(PathBuf::from);
    let system = system.unwrap_or_else(|| PathBuf::from("/etc/postgresql-common"));
    for path in own.into_iter().chain([system.join("pg_service.conf")]) {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        if let Some(service) = service(&text, &name) {
            for (name, value) in service {
                given.entry(name).or_insert(value);
            }
            return Ok(());
        }
    }
    Err(refused(
        2,
        "store_url",
        format!("the service '{name}' is in no service file"),
        "describe it in ~/.pg_service.conf",
    ))
}

/// The parameters of a service in the text of a service file.
fn service(text: &str, name: &str) -> Option<Vec<(String, String)>> {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut found = None;
    for line in lines {
        if let Some(title) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            if found.is_some() {
                break;
            }
            found = (title == name).then(Vec::new);
        } else if let (Some(found), Some((name, value))) = (&mut found, line.split_once('=')) {
            found.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    found
}

fn in_home(variables: Variables<'_>, name: &str) -> Option<PathBuf> {
    let home = variables("HOME").filter(|home| !home.is_empty())?;
    Some(Path::new(&home).join(name))
}

fn add_defaults(given: &mut Parameters, user: Option<&str>) {
    if !given.contains_key("host") {
        let address = given.get("hostaddr").cloned();
        let folder = || {
            let exists = |folder: &&str| Path::new(folder).is_dir();
            let found = SOCKET_FOLDERS.iter().copied().find(exists);
            found.unwrap_or(SOCKET_FOLDERS[0]).to_owned()
        };
        given.insert("host".to_owned(), address.unwrap_or_else(folder));
    }
    if let Some(user) = user {
        let name = given.entry("user".to_owned());
        name.or_insert_with(|| user.to_owned());
    }
    if let Some(user) = given.get("user").cloned() {
        given.entry("dbname".to_owned()).or_insert(user);
    }
    let name = given.entry("application_name".to_owned());
    name.or_insert_with(|| "desk".to_owned());
}

/// Finds the password, in a password file if it is given nowhere.
fn password(given: &mut Parameters, variables: Variables<'_>) -> PasswordSource {
    let file = given.remove("passfile").map(PathBuf::from);
    if given.contains_key("password") {
        return PasswordSource::Given;
    }
    let Some(file) = file.or_else(|| in_home(variables, ".pgpass")) else {
        return PasswordSource::None;
    };
    let text = match password_file::read(&file) {
        Ok(Some(text)) => text,
        Ok(None) => return PasswordSource::None,
        Err(password_file::Unsafe) => return PasswordSource::UnsafeFile(file),
    };
    let part = |name: &str, default: &str| {
        let value = given.get(name).map_or(default, String::as_str);
        value.split(',').next().unwrap_or_default().to_owned()
    };
    let host = part("host", "localhost");
    let is_usual_socket = SOCKET_FOLDERS.contains(&host.as_str());
    let wanted = [
        if is_usual_socket {
            "localhost".to_owned()
        } else {
            host
        },
        part("port", "5432"),
        part("dbname", ""),
        part("user", ""),
    ];
    match password_file::find(&text, &wanted) {
        Some(password) => {
            given.insert("password".to_owned(), password);
            PasswordSource::File(file)
        }
        None => PasswordSource::None,
    }
}

/// What is encrypted and verified. Off this machine that is everything, unless the
/// parameters say which part is not verified; nothing unencrypted leaves it.
fn tls(given: &mut Parameters, variables: Variables<'_>) -> Result<TlsSettings, StoreError> {
    let mode = given.remove("sslmode");
    let path = |given: &mut Parameters, name: &str, default: &str| {
        let default = || in_home(variables, default).filter(|path| path.exists());
        given.remove(name).map(PathBuf::from).or_else(default)
    };
    let authority = path(given, "sslrootcert", ".postgresql/root.crt");
    let certificate = path(given, "sslcert", ".postgresql/postgresql.crt");
    let key = path(given, "sslkey", ".postgresql/postgresql.key");
    for unused in [
        "sslcrl",
        "sslcrldir",
        "sslpassword",
        "sslcertmode",
        "sslsni",
    ] {
        given.remove(unused);
    }
    let config = config(given)?;
    let local = is_local(&config);
    let is_socket = |host: &Host| matches!(host, Host::Unix(_));
    let verification = match mode.as_deref() {
        // A socket has no TLS, whatever is asked for.
        _ if config.get_hosts().iter().all(is_socket) => Verification::NoTls,
        None if local => Verification::IfOffered,
        None | Some("verify-full") => Verification::Full,
        Some("verify-ca") => Verification::Authority,
        // As libpq does: whoever names an authority wants it to be asked.
        Some("require") if authority.is_some() => Verification::Authority,
        Some("require") => Verification::Nothing,
        Some("disable") if local => Verification::NoTls,
        Some("prefer" | "allow") if local => Verification::IfOffered,
        Some(mode @ ("disable" | "prefer" | "allow")) => {
            return Err(refused(
                2,
                "store_url",
                format!("sslmode={mode} would send everything unprotected over the network"),
                "leave out sslmode, or name the authority of the server with sslrootcert=FILE",
            ));
        }
        Some(_) => {
            return Err(refused(
                2,
                "store_url",
                "sslmode is not one of disable, allow, prefer, require, verify-ca and verify-full",
                "leave out sslmode: it is verify-full then",
            ));
        }
    };
    Ok(TlsSettings {
        verification,
        authority,
        identity: certificate.zip(key),
    })
}

/// The parameters that the crate knows, as it reads them.
fn config(given: &Parameters) -> Result<postgres::Config, StoreError> {
    let quoted = |value: &str| value.replace('\\', "\\\\").replace('\'', "\\'");
    let pairs = given
        .iter()
        .map(|(name, value)| format!("{name}='{}'", quoted(value)));
    let text = pairs.collect::<Vec<_>>().join(" ");
    text.parse().map_err(|fault: postgres::Error| {
        // The source names the parameter, and never its value.
        let source = std::error::Error::source(&fault);
        let reason = source.map_or_else(|| fault.to_string(), ToString::to_string);
        invalid(format!(
            "the settings of the database cannot be used: {reason}"
        ))
    })
}

/// Whether every host is a socket of this machine, or an address of its own.
fn is_local(config: &postgres::Config) -> bool {
    let local = |host: &Host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            let address = name.parse::<IpAddr>();
            address.map_or_else(|_| name == "localhost", |address| address.is_loopback())
        }
    };
    let addresses = config.get_hostaddrs();
    match addresses.is_empty() {
        true => config.get_hosts().iter().all(local),
        false => addresses.iter().all(IpAddr::is_loopback),
    }
}

#[cfg(test)]
mod tests;
