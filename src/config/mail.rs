//! How mail is handed over, in the settings of the user or of the machine.

use serde::Deserialize;

use crate::domain::mail::address::is_domain;
use crate::domain::mail::handover::{
    PasswordSource, SmtpSecurity, SmtpSettings, TransportSettings,
};

/// The section `[mail]`.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailSection {
    pub(super) transport: Option<TransportSection>,
}

/// The section `[mail.transport]`.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TransportSection {
    sendmail: Option<Words>,
    smtp: Option<String>,
    port: Option<u16>,
    tls: Option<String>,
    user: Option<String>,
    password_file: Option<String>,
    password_command: Option<Words>,
    password_env: Option<String>,
    ca_file: Option<String>,
    hello: Option<String>,
}

/// A program with its arguments: one word, or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Several(Vec<String>),
}

impl Words {
    fn list(self) -> Vec<String> {
        match self {
            Self::One(word) => vec![word],
            Self::Several(words) => words,
        }
    }
}

impl TransportSection {
    /// Reads the settings.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn settings(self) -> Result<TransportSettings, String> {
        match (self.sendmail.clone(), self.smtp.clone()) {
            (Some(_), Some(_)) => Err("write either sendmail or smtp, not both".to_owned()),
            (None, None) => Err(
                "write sendmail = \"/usr/sbin/sendmail\", or smtp = \"mail.example.org\""
                    .to_owned(),
            ),
            (Some(program), None) => self.sendmail(program.list()),
            (None, Some(host)) => self.smtp(host).map(TransportSettings::Smtp),
        }
    }

    fn sendmail(&self, program: Vec<String>) -> Result<TransportSettings, String> {
        let of_smtp = [
            ("port", self.port.is_some()),
            ("tls", self.tls.is_some()),
            ("user", self.user.is_some()),
            ("password_file", self.password_file.is_some()),
            ("password_command", self.password_command.is_some()),
            ("password_env", self.password_env.is_some()),
            ("ca_file", self.ca_file.is_some()),
            ("hello", self.hello.is_some()),
        ];
        if let Some((key, _)) = of_smtp.iter().find(|(_, set)| *set) {
            return Err(format!("{key} belongs to smtp, not to sendmail"));
        }
        match program.first() {
            Some(name) if name.starts_with('/') => Ok(TransportSettings::Sendmail(program)),
            Some(_) | None => Err(
                "sendmail is the whole path of a program, such as \"/usr/sbin/sendmail\""
                    .to_owned(),
            ),
        }
    }

    fn smtp(self, host: String) -> Result<SmtpSettings, String> {
        let is_number = host.contains(':')
            && (host.bytes()).all(|b| b.is_ascii_hexdigit() || b":.[]".contains(&b));
        if !is_domain(&host) && !is_number {
            return Err(format!("'{host}' is not the name of a server"));
        }
        let security = match self.tls.as_deref() {
            None | Some("starttls") => SmtpSecurity::StartTls,
            Some("implicit") => SmtpSecurity::Implicit,
            Some("none") => SmtpSecurity::None,
            Some(other) => {
                return Err(format!(
                    "tls is \"starttls\", \"implicit\" or \"none\", not '{other}'"
                ));
            }
        };
        let passwords = [
            self.password_file.map(PasswordSource::File),
            self.password_command
                .map(|words| PasswordSource::Command(words.list())),
            self.password_env.map(PasswordSource::Environment),
        ];
        let mut passwords = passwords.into_iter().flatten();
        let (password, second) = (passwords.next(), passwords.next());
        if second.is_some() {
            return Err("write one of password_file, password_command and password_env".to_owned());
        }
        if self.user.is_some() != password.is_some() {
            return Err("user and a password go together: write user, and password_file, password_command or password_env".to_owned());
        }
        let port = self.port.unwrap_or(match security {
            SmtpSecurity::StartTls => 587,
            SmtpSecurity::Implicit => 465,
            SmtpSecurity::None => 25,
        });
        Ok(SmtpSettings {
            host,
            port,
            security,
            user: self.user,
            password,
            ca_file: self.ca_file,
            hello: self.hello,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<TransportSettings, String> {
        toml::from_str::<TransportSection>(text).unwrap().settings()
    }

    #[test]
    fn a_transport_is_a_program_or_a_server() {
        let shown = |text| read(text).unwrap().to_string();
        assert_eq!(
            shown("sendmail = '/usr/sbin/sendmail'"),
            "sendmail (/usr/sbin/sendmail)"
        );
        assert_eq!(
            shown("sendmail = ['/usr/bin/msmtp', '-a', 'desk']"),
            "sendmail (/usr/bin/msmtp -a desk)"
        );
        assert_eq!(
            shown("smtp = 'mail.example.org'"),
            "smtp (mail.example.org:587)"
        );
        assert_eq!(
            shown("smtp = 'mail.example.org'\ntls = 'implicit'"),
            "smtp (mail.example.org:465)"
        );
        assert_eq!(
            shown("smtp = '127.0.0.1'\ntls = 'none'\nport = 2525"),
            "smtp (127.0.0.1:2525)"
        );
    }

    #[test]
    fn faults_say_what_to_write() {
        let texts = [
            "",
            "sendmail = '/usr/sbin/sendmail'\nsmtp = 'x'",
            "sendmail = 'sendmail -t'",
            "sendmail = '/usr/sbin/sendmail'\nport = 25",
            "smtp = 'mail example'",
            "smtp = 'x'\ntls = 'on'",
            "smtp = 'x'\nuser = 'desk'",
            "smtp = 'x'\nuser = 'desk'\npassword_file = '/a'\npassword_env = 'B'",
        ];
        let faults = texts.map(|text| read(text).unwrap_err());
        insta::assert_snapshot!(faults.join("\n"), @r#"
        write sendmail = "/usr/sbin/sendmail", or smtp = "mail.example.org"
        write either sendmail or smtp, not both
        sendmail is the whole path of a program, such as "/usr/sbin/sendmail"
        port belongs to smtp, not to sendmail
        'mail example' is not the name of a server
        tls is "starttls", "implicit" or "none", not 'on'
        user and a password go together: write user, and password_file, password_command or password_env
        write one of password_file, password_command and password_env
        "#);
    }
}
