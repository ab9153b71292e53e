//! Whether the sender of a message is who it says: what the mail server that the
//! policy names found out (RFC 8601). SPF, DKIM and DMARC themselves are the
//! server's work.

use super::message::MailMessage;

const HEADER: &str = "Authentication-Results";

/// Returns whether this server authenticated the one author of a message. Only
/// its topmost result counts: whatever is below may have come with the message.
pub(crate) fn is_authenticated(mail: &MailMessage, server: &str) -> bool {
    let [author] = mail.from.as_slice() else {
        return false;
    };
    let Some(domain) = domain_of(&author.address) else {
        return false;
    };
    let mut headers = mail.header_values(HEADER);
    let found = headers.find_map(|value| {
        let (by, methods) = results(value)?;
        by.eq_ignore_ascii_case(server).then_some(methods)
    });
    let found = found.unwrap_or_default();
    found.iter().any(|method| method.confirms(&domain))
}

/// A method and what it found.
#[derive(Debug, PartialEq, Eq)]
struct Method {
    name: String,
    passed: bool,
    /// Such as `header.from`, with its value.
    properties: Vec<(String, String)>,
}

impl Method {
    /// Returns whether it confirms that a message is from a domain.
    fn confirms(&self, domain: &str) -> bool {
        let names: &[&str] = match self.name.as_str() {
            "dmarc" => &["header.from"],
            "dkim" => &["header.d", "header.i"],
            "spf" => &["smtp.mailfrom", "smtp.from"],
            _ => return false,
        };
        let mut properties = self.properties.iter();
        self.passed
            && properties.any(|(name, value)| {
                let of = domain_of(value).unwrap_or_else(|| value.to_lowercase());
                names.contains(&name.as_str()) && is_aligned(&of, domain)
            })
    }
}

/// Whether two domains are the same, or one is below the other. A name of a single
/// part, such as a country, is above far too much.
fn is_aligned(one: &str, other: &str) -> bool {
    let below = |low: &str, high: &str| {
        let rest = low.strip_suffix(high);
        high.contains('.') && rest.is_some_and(|rest| rest.ends_with('.'))
    };
    !one.is_empty() && (one == other || below(one, other) || below(other, one))
}

/// The domain of an address, in lower case.
fn domain_of(address: &str) -> Option<String> {
    let (_, domain) = address.rsplit_once('@')?;
    let domain = domain.trim_end_matches('.').to_lowercase();
    (!domain.is_empty()).then_some(domain)
}

/// Reads the value of a header: the server, and what each method found.
fn results(value: &str) -> Option<(String, Vec<Method>)> {
    let plain = without_comments(value)?;
    let mut parts = plain.split(';');
    let server = parts.next()?.split_whitespace().next()?.to_owned();
    Some((server, parts.filter_map(method).collect()))
}

fn method(text: &str) -> Option<Method> {
    let text = text.replace(" =", "=").replace("= ", "=");
    let mut words = text.split_whitespace();
    let (name, result) = words.next()?.split_once('=')?;
    // `dkim/1=pass` names the version of the method.
    let name = name.split('/').next()?.to_lowercase();
    let properties = words.filter_map(|word| {
        let (name, value) = word.split_once('=')?;
        let value = value.trim_matches(['"', '<', '>']);
        Some((name.to_lowercase(), value.to_owned()))
    });
    Some(Method {
        name,
        passed: result.eq_ignore_ascii_case("pass"),
        properties: properties.collect(),
    })
}

/// A value without comments in parentheses, which may be nested. `None` if one
/// does not end, or a quoted text has a separator: nothing that is hard to read is
/// trusted.
fn without_comments(value: &str) -> Option<String> {
    let (mut plain, mut depth, mut quoted) = (String::new(), 0_usize, false);
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.checked_sub(1)?,
            ';' | '=' if quoted => return None,
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    (depth == 0 && !quoted).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mail::message::Mailbox;

    fn from(address: &str, headers: &[&str]) -> MailMessage {
        let headers = headers
            .iter()
            .map(|value| (HEADER.to_owned(), (*value).to_owned()));
        MailMessage {
            from: vec![Mailbox {
                name: None,
                address: address.to_owned(),
            }],
            headers: headers.collect(),
            ..MailMessage::default()
        }
    }

    fn is_mia(headers: &[&str]) -> bool {
        is_authenticated(&from("Mia@Example.org", headers), "mx.desk.example")
    }

    #[test]
    fn a_method_that_passed_for_the_domain_of_the_author_confirms_it() {
        for passed in [
            "mx.desk.example; dmarc=pass (p=none) header.from=example.org",
            "MX.desk.example 1; spf=fail smtp.mailfrom=x.example; dkim=pass header.d=example.org",
            "mx.desk.example; dkim=pass header.i=@mail.example.org header.s=a",
            "mx.desk.example; spf=pass (a (nested) comment) smtp.mailfrom=mia@example.org",
            "mx.desk.example; dkim/1=PASS header.d=\"example.org\"",
        ] {
            assert!(is_mia(&[passed]), "{passed}");
        }
    }

    #[test]
    fn anything_else_does_not() {
        for other in [
            "mx.desk.example; none",
            "mx.desk.example; dmarc=fail header.from=example.org",
            "mx.desk.example; dmarc=pass header.from=example.com",
            "mx.desk.example; dmarc=pass header.from=notexample.org",
            "mx.desk.example; dkim=pass header.d=org",
            "mx.desk.example; dkim=pass",
            "mx.desk.example; iprev=pass policy.iprev=example.org",
            "mx.desk.example; dkim=none reason=\"x; dkim=pass header.d=example.org\"",
            "mx.desk.example (; dkim=pass header.d=example.org",
            "mx.evil.example; dmarc=pass header.from=example.org",
            "",
        ] {
            assert!(!is_mia(&[other]), "{other}");
        }
    }

    #[test]
    fn a_result_below_the_topmost_one_of_the_server_is_ignored() {
        let pass = "mx.desk.example; dmarc=pass header.from=example.org";
        let fail = "mx.desk.example; dmarc=fail header.from=example.org";
        let foreign = "mx.evil.example; dmarc=fail header.from=example.org";
        assert!(is_mia(&[pass, fail]));
        assert!(!is_mia(&[fail, pass]));
        assert!(is_mia(&[foreign, pass]));
    }

    #[test]
    fn several_authors_or_none_are_not_authenticated() {
        let pass = "mx.desk.example; dmarc=pass header.from=example.org";
        let mut mail = from("mia@example.org", &[pass]);
        let ben = Mailbox {
            name: None,
            address: "ben@example.org".to_owned(),
        };
        mail.from.push(ben);
        assert!(!is_authenticated(&mail, "mx.desk.example"));
        mail.from.clear();
        assert!(!is_authenticated(&mail, "mx.desk.example"));
        assert!(!is_authenticated(&from("mia", &[pass]), "mx.desk.example"));
    }
}
