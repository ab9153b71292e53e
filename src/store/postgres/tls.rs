//! TLS of a connection: what is verified, by which authorities, with rustls. Makes
//! no connection.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, RootCertStore,
    SignatureScheme,
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::super::StoreError;
use super::errors::refused;

/// How far a server is verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verification {
    /// Nothing is encrypted.
    NoTls,
    /// Encrypted if the server offers it; nothing is verified.
    IfOffered,
    /// Encrypted, and nothing is verified.
    Nothing,
    /// The certificate is signed by an authority, whatever name it has.
    Authority,
    /// It also has the name of the host.
    Full,
}

/// What is verified, and with which files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TlsSettings {
    pub(super) verification: Verification,
    /// The certificates of authorities; without it, those of the system.
    pub(super) authority: Option<PathBuf>,
    /// The own certificate, and its key.
    pub(super) identity: Option<(PathBuf, PathBuf)>,
}

impl TlsSettings {
    /// What makes connections with these settings.
    ///
    /// # Errors
    /// If a certificate or a key cannot be read.
    pub(super) fn connector(&self) -> Result<MakeRustlsConnect, StoreError> {
        let provider = Arc::new(ring::default_provider());
        let failed = |fault: TlsError| unusable("TLS", &fault);
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(failed)?;
        let (signed, own) = match self.verification {
            Verification::Full | Verification::Authority => {
                let (roots, own) = self.authorities()?;
                let roots = Arc::new(roots);
                let signed =
                    WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider))
                        .build()
                        .map_err(|fault| unusable("the authority of the server", &fault))?;
                (Some(signed), own)
            }
            Verification::NoTls | Verification::IfOffered | Verification::Nothing => {
                (None, Vec::new())
            }
        };
        let verifier = ServerVerifier {
            signed,
            own,
            checks_name: self.verification == Verification::Full,
            provider,
        };
        let builder = builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let mut config = match &self.identity {
            None => builder.with_no_client_auth(),
            Some((certificate, key)) => {
                let chain = certificates(certificate)?;
                let key = PrivateKeyDer::from_pem_file(key)
                    .map_err(|fault| unusable(&key.display().to_string(), &fault))?;
                builder.with_client_auth_cert(chain, key).map_err(failed)?
            }
        };
        config.alpn_protocols = vec![b"postgresql".to_vec()];
        Ok(MakeRustlsConnect::new(config))
    }

    /// The authorities, and the certificates of the file that names them.
    fn authorities(&self) -> Result<(RootCertStore, Vec<CertificateDer<'static>>), StoreError> {
        let mut roots = RootCertStore::empty();
        let mut own = Vec::new();
        match &self.authority {
            Some(path) if path != Path::new("system") => {
                own = certificates(path)?;
                for certificate in own.clone() {
                    let added = roots.add(certificate);
                    added.map_err(|fault| unusable(&path.display().to_string(), &fault))?;
                }
            }
            Some(_) | None => {
                let found = rustls_native_certs::load_native_certs().certs;
                roots.add_parsable_certificates(found);
            }
        }
        if roots.is_empty() {
            return Err(refused(
                5,
                "store_access",
                "no authority is known that could vouch for the server",
                "name the file with its certificate: sslrootcert=FILE",
            ));
        }
        Ok((roots, own))
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, StoreError> {
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect);
    read.map_err(|fault| unusable(&path.display().to_string(), &fault))
}

fn unusable(what: &str, fault: &dyn std::error::Error) -> StoreError {
    refused(
        5,
        "store_access",
        format!("{what} cannot be used: {fault}"),
        "see the settings of TLS: desk help team",
    )
}

/// Verifies the signatures of the handshake always, and who signed the certificate
/// and its name if that is wanted.
#[derive(Debug)]
struct ServerVerifier {
    signed: Option<Arc<WebPkiServerVerifier>>,
    /// Certificates that are trusted themselves: servers often have one that they
    /// signed, which is no authority for others.
    own: Vec<CertificateDer<'static>>,
    checks_name: bool,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for ServerVerifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        stapled: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let Some(signed) = &self.signed else {
            return Ok(ServerCertVerified::assertion());
        };
        if self.own.iter().any(|own| own == certificate) {
            if self.checks_name {
                verify_server_name(&ParsedCertificate::try_from(certificate)?, name)?;
            }
            return Ok(ServerCertVerified::assertion());
        }
        match signed.verify_server_cert(certificate, chain, name, stapled, now) {
            Err(TlsError::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.checks_name => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

#[cfg(test)]
mod tests;
