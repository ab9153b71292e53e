//! Addresses that mail can be sent to.

/// The longest part before the `@`, and the longest domain (RFC 5321).
const LONGEST_LOCAL: usize = 64;
const LONGEST_DOMAIN: usize = 253;

/// Whether mail can be sent to an address: `local@domain` in ASCII, as RFC 5321
/// has it without quoted local parts and address literals.
pub(crate) fn is_address(typed: &str) -> bool {
    typed
        .rsplit_once('@')
        .is_some_and(|(local, domain)| is_local(local) && is_domain(domain))
}

fn is_local(local: &str) -> bool {
    let is_atom = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
    local.len() <= LONGEST_LOCAL
        // What begins with '-' could pass for an option of a program.
        && !local.starts_with('-')
        && local
            .split('.')
            .all(|atom| !atom.is_empty() && atom.bytes().all(is_atom))
}

/// Whether a text is the name of a domain, of one label or more.
pub(crate) fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        let plain = label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (1..=63).contains(&label.len()) && plain && !label.starts_with('-') && !label.ends_with('-')
    };
    domain.len() <= LONGEST_DOMAIN && domain.split('.').all(is_label)
}

/// Whether two addresses are the same mailbox for most mail systems: in any
/// letter case.
pub(crate) fn is_same_address(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_is_sent_to_plain_addresses_only() {
        let sent_to = |typed: &&&str| is_address(typed);
        let typed = [
            "mia@example.org",
            "mia.roth+desk@mail.example.org",
            "o'neil@example.org",
            "root@localhost",
            "+49 30 1234",
            "mia",
            "@example.org",
            "mia@",
            "mia@@example.org",
            ".mia@example.org",
            "mia..roth@example.org",
            "-oQ/tmp@example.org",
            "mia@-example.org",
            "mia@example..org",
            "mia@[192.0.2.1]",
            "\"mia roth\"@example.org",
            "mia@example.org\nBcc: all@example.org",
            "mia@example.org,ben@example.org",
            "müller@example.org",
            "mia@bücher.example",
        ];
        let fit: Vec<&&str> = typed.iter().filter(sent_to).collect();
        assert_eq!(
            fit,
            [
                &"mia@example.org",
                &"mia.roth+desk@mail.example.org",
                &"o'neil@example.org",
                &"root@localhost"
            ]
        );
        assert!(!is_address(&format!("{}@example.org", "a".repeat(65))));
        assert!(!is_address(&format!("a@{}", "a.".repeat(127))));
        assert!(is_same_address("Mia@Example.org ", "mia@example.ORG"));
    }
}
