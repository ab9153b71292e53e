//! The parts of a URL, as libpq reads them.

use super::super::super::StoreError;
use super::{Parameters, invalid};

/// Reads `postgres://user:password@host:port,host:port/database?name=value`.
pub(super) fn parse_url(url: &str) -> Result<Parameters, StoreError> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
    let (login, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
    let mut given = Parameters::new();
    let mut set = |name: &str, text: &str| -> Result<(), StoreError> {
        if !text.is_empty() {
            given.insert(name.to_owned(), decode(text)?);
        }
        Ok(())
    };
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    set("user", user)?;
    set("password", password)?;
    set("dbname", database)?;
    let (mut names, mut ports) = (Vec::new(), Vec::new());
    for host in hosts.split(',').filter(|host| !host.is_empty()) {
        let (name, port) = split_port(host)?;
        names.push(name);
        ports.push(port);
    }
    set("host", &names.join(","))?;
    if ports.iter().any(|port| !port.is_empty()) {
        let ports = ports.iter().map(|port| match port.is_empty() {
            true => "5432",
            false => port,
        });
        set("port", &ports.collect::<Vec<_>>().join(","))?;
    }
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(invalid(format!("the URL has '{pair}' without a value")));
        };
        let name = decode(name)?;
        // As libpq reads it, for drivers that know no sslmode.
        match (name.as_str(), value) {
            ("ssl", "true") => set("sslmode", "require")?,
            _ => set(&name, value)?,
        }
    }
    Ok(given)
}

/// Splits `host:port`, where the host may be an address in brackets.
fn split_port(host: &str) -> Result<(&str, &str), StoreError> {
    if let Some(rest) = host.strip_prefix('[') {
        let (address, rest) = rest
            .split_once(']')
            .ok_or_else(|| invalid("the URL has an address without a closing bracket"))?;
        return Ok((address, rest.strip_prefix(':').unwrap_or_default()));
    }
    Ok(host.split_once(':').unwrap_or((host, "")))
}

/// Decodes `%2F`.
pub(super) fn decode(text: &str) -> Result<String, StoreError> {
    let wrong = || invalid("the URL has a '%' that is not followed by two hexadecimal digits");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = rest.get(..2).ok_or_else(wrong)?;
        let digits = std::str::from_utf8(digits).map_err(|_| wrong())?;
        let byte = u8::from_str_radix(digits, 16).map_err(|_| wrong())?;
        if byte == 0 {
            return Err(wrong());
        }
        bytes.push(byte);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).map_err(|_| invalid("the URL is not UTF-8"))
}
