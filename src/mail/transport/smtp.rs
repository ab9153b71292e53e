//! Submits mail to a server (RFC 6409), over TLS that is verified. Without TLS
//! only within this machine.

use std::io::ErrorKind;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use lettre::address::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    Certificate, CertificateStore, SmtpConnection, TlsParameters,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;

use super::{Env, Envelope, password, reason, time_left};
use crate::domain::mail::handover::{SmtpSecurity, SmtpSettings};
use crate::domain::mail::outgoing::Attempt;

pub(super) fn hand_over(
    settings: &SmtpSettings,
    env: Env,
    envelope: Envelope<'_>,
    message: &[u8],
    deadline: Instant,
    before_end: &mut dyn FnMut() -> bool,
) -> Attempt {
    let mut connection = match begin(settings, env, envelope, deadline) {
        Ok(connection) => connection,
        Err(attempt) => return attempt,
    };
    if !before_end() {
        end(&mut connection);
        return Attempt::Deferred("somebody else hands it over".to_owned());
    }
    if let Err(fault) = connection.set_timeout(Some(time_left(deadline))) {
        end(&mut connection);
        return Attempt::Deferred(fault.to_string());
    }
    let attempt = match connection.message(message) {
        Ok(_) => Attempt::Sent,
        Err(fault) if fault.is_permanent() => Attempt::Refused(text(&fault)),
        Err(fault) if fault.is_transient() => Attempt::Deferred(text(&fault)),
        // The server may have taken it before the line was lost.
        Err(fault) => Attempt::Lost(text(&fault)),
    };
    end(&mut connection);
    attempt
}

/// Ends the line, without waiting for a server that does not answer.
fn end(connection: &mut SmtpConnection) {
    // A line that is broken needs no time.
    let _ = connection.set_timeout(Some(Duration::from_millis(200)));
    connection.abort();
}

/// Goes as far as the server waits for the message.
fn begin(
    settings: &SmtpSettings,
    env: Env,
    envelope: Envelope<'_>,
    deadline: Instant,
) -> Result<SmtpConnection, Attempt> {
    let address = |typed: &str| {
        let parsed = typed.parse::<Address>();
        parsed.map_err(|fault| Attempt::Refused(format!("'{typed}': {fault}")))
    };
    let from = envelope.from.map(address).transpose()?;
    let to = address(envelope.to)?;
    let mut connection = connect(settings, deadline).map_err(Attempt::Deferred)?;
    match talk(&mut connection, settings, env, (from, to), deadline) {
        Ok(()) => Ok(connection),
        Err(attempt) => {
            end(&mut connection);
            Err(attempt)
        }
    }
}

fn talk(
    connection: &mut SmtpConnection,
    settings: &SmtpSettings,
    env: Env,
    (from, to): (Option<Address>, Address),
    deadline: Instant,
) -> Result<(), Attempt> {
    let in_time = |connection: &mut SmtpConnection| {
        let set = connection.set_timeout(Some(time_left(deadline)));
        set.map_err(|fault| Attempt::Deferred(fault.to_string()))
    };
    if let (Some(user), Some(source)) = (&settings.user, &settings.password) {
        let password = password::read(source, env).map_err(Attempt::Deferred)?;
        let credentials = Credentials::new(user.clone(), password);
        in_time(connection)?;
        // A wrong password is no fault of the mail.
        connection
            .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
            .map_err(|fault| Attempt::Deferred(format!("sign-in failed: {}", text(&fault))))?;
    }
    let refused = |fault: Error| {
        if fault.is_permanent() {
            Attempt::Refused(text(&fault))
        } else {
            Attempt::Deferred(text(&fault))
        }
    };
    in_time(connection)?;
    connection
        .command(Mail::new(from, Vec::new()))
        .map_err(refused)?;
    in_time(connection)?;
    connection
        .command(Rcpt::new(to, Vec::new()))
        .map_err(refused)?;
    in_time(connection)?;
    connection.command(Data).map_err(refused)?;
    Ok(())
}

fn connect(settings: &SmtpSettings, deadline: Instant) -> Result<SmtpConnection, String> {
    let SmtpSettings {
        host,
        port,
        security,
        hello,
        ..
    } = settings;
    if *security == SmtpSecurity::None && !is_this_machine(host) {
        return Err(format!(
            "without TLS mail is handed over within this machine only, not to {host}"
        ));
    }
    let name = hello
        .clone()
        .map_or_else(ClientId::default, ClientId::Domain);
    let tls = match security {
        SmtpSecurity::None => None,
        SmtpSecurity::StartTls | SmtpSecurity::Implicit => Some(tls(settings)?),
    };
    let at_once = tls.as_ref().filter(|_| *security == SmtpSecurity::Implicit);
    let server = (host.as_str(), *port);
    let connected =
        SmtpConnection::connect(server, Some(time_left(deadline)), &name, at_once, None);
    let failed = |fault: &Error| format!("{host}:{port}: {}", text(fault));
    let mut connection = connected.map_err(|fault| failed(&fault))?;
    if let (SmtpSecurity::StartTls, Some(tls)) = (security, &tls) {
        let secured = connection.starttls(tls, &name);
        if let Err(fault) = secured {
            end(&mut connection);
            return Err(failed(&fault));
        }
    }
    Ok(connection)
}

fn tls(settings: &SmtpSettings) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.ca_file {
        let pem = std::fs::read(path).map_err(|fault| format!("cannot read {path}: {fault}"))?;
        let certificate =
            Certificate::from_pem(&pem).map_err(|fault| format!("{path}: {}", text(&fault)))?;
        builder = builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(certificate);
    }
    builder.build().map_err(|fault| text(&fault))
}

/// Whether a host is this machine, by its name or number.
fn is_this_machine(host: &str) -> bool {
    let number = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || number.is_ok_and(|number| number.is_loopback())
}

/// An error with its causes, on one line.
fn text(fault: &Error) -> String {
    let mut text = fault.to_string();
    let mut cause = std::error::Error::source(fault);
    while let Some(fault) = cause {
        let io = fault.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| matches!(io.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)) {
            return "the server did not answer in time".to_owned();
        }
        let more = fault.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = fault.source();
    }
    reason(&text)
}
