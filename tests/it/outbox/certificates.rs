//! Servers whose certificates are wrong: nothing is handed to them, and the mail
//! waits. A server with the right one is the control.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{OPEN, mailing, states, transport};

fn openssl(folder: &Path, arguments: &str) {
    let arguments = arguments.split_whitespace();
    let done = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
}

const KEY: &str = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";

/// A certificate for a name that ends in so many days, signed by `ca.pem`; with its
/// key.
fn signed(folder: &Path, file: &str, name: &str, days: i32) -> (PathBuf, PathBuf) {
    let request = format!("req -new {KEY} -keyout {file}.key -out {file}.csr -subj /CN=server");
    openssl(folder, &request);
    let extension = format!("subjectAltName=DNS:{name}\n");
    std::fs::write(folder.join("extension"), extension).unwrap();
    openssl(
        folder,
        &format!(
            "x509 -req -in {file}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days {days} \
             -extfile extension -out {file}.pem"
        ),
    );
    let file = |ending: &str| folder.join(format!("{file}.{ending}"));
    (file("pem"), file("key"))
}

/// A certificate that nobody else signed.
fn self_signed(folder: &Path, file: &str, more: &str) -> (PathBuf, PathBuf) {
    let request = format!("req -x509 {KEY} -keyout {file}.key -out {file}.pem -days 2 {more}");
    openssl(folder, &request);
    let file = |ending: &str| folder.join(format!("{file}.{ending}"));
    (file("pem"), file("key"))
}

/// A mail server with this certificate, which counts the messages that it took.
fn server((certificate, key): &(PathBuf, PathBuf), at_once: bool) -> (u16, Arc<Mutex<usize>>) {
    let certificate = CertificateDer::from_pem_file(certificate).unwrap();
    let key = PrivateKeyDer::from_pem_file(key).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Arc::new(Mutex::new(0));
    let counter = Arc::clone(&taken);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that turns away is part of the tests.
            let _ = serve(stream, &config, at_once, &counter);
        }
    });
    (port, taken)
}

fn serve(
    mut stream: TcpStream,
    config: &Arc<ServerConfig>,
    at_once: bool,
    taken: &Mutex<usize>,
) -> std::io::Result<()> {
    if !at_once {
        stream.write_all(b"220 server\r\n")?;
        let lines = BufReader::new(stream.try_clone()?);
        for line in lines.lines() {
            if line?.starts_with("STARTTLS") {
                stream.write_all(b"220 go on\r\n")?;
                break;
            }
            stream.write_all(b"250-server\r\n250 STARTTLS\r\n")?;
        }
    }
    let connection = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
    let mut secured = StreamOwned::new(connection, stream);
    if at_once {
        secured.write_all(b"220 server\r\n")?;
    }
    let mut in_message = false;
    loop {
        let line = line(&mut secured)?;
        let answer = match (in_message, line.as_str()) {
            (_, "") => return Ok(()),
            (true, ".\r\n") => {
                *taken.lock().unwrap() += 1;
                in_message = false;
                "250 kept\r\n"
            }
            (true, _) => continue,
            (false, "DATA\r\n") => {
                in_message = true;
                "354 go on\r\n"
            }
            (false, _) => "250 ok\r\n",
        };
        secured.write_all(answer.as_bytes())?;
    }
}

fn line(from: &mut impl Read) -> std::io::Result<String> {
    let mut line = Vec::new();
    let mut byte = [0];
    while !line.ends_with(b"\n") && from.read(&mut byte)? > 0 {
        line.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&line).into_owned())
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that does not run says so")]
fn a_server_with_a_wrong_certificate_gets_nothing() {
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("not run: openssl is missing, which makes the certificates");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let _ = self_signed(folder, "ca", "-subj /CN=authority");
    let own = "-subj /CN=localhost -addext subjectAltName=DNS:localhost \
               -addext basicConstraints=critical,CA:FALSE";
    let cases = [
        (signed(folder, "right", "localhost", 2), None),
        (self_signed(folder, "own", own), Some("UnknownIssuer")),
        (
            signed(folder, "other", "mail.example.org", 2),
            Some("not valid for name"),
        ),
        (signed(folder, "old", "localhost", -1), Some("Expired")),
    ];
    for (certificate, fault) in &cases {
        for (tls, at_once) in [("implicit", true), ("starttls", false)] {
            let (port, taken) = server(certificate, at_once);
            let mut env = mailing("");
            let authority = folder.join("ca.pem");
            transport(
                &env,
                &format!(
                    "smtp = \"localhost\"\nport = {port}\ntls = \"{tls}\"\nca_file = \"{}\"",
                    authority.display()
                ),
            );
            env.does(OPEN);
            let told = env.says("desk outbox --all");
            let state = if fault.is_some() { "queued" } else { "sent" };
            let what = certificate.0.display();
            assert_eq!(
                states(&mut env),
                format!("acknowledged {state}"),
                "{what}: {told}"
            );
            assert_eq!(
                *taken.lock().unwrap(),
                usize::from(fault.is_none()),
                "{what}"
            );
            if let Some(fault) = fault {
                let told = told.replace('\n', " ");
                assert!(told.contains("certificate"), "{what}: {told}");
                assert!(told.contains(fault), "{what}: {told}");
            }
        }
    }
}
