//! The `[mail]` section: addresses, trust, what is sent, and texts. How mail is
//! handed over is no matter of the policy, which every agent may read.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::toml_reader::{Faults, TomlTable, TomlValue, unknown_word};
use super::{positive_duration, time_zone};
use crate::domain::mail::address::{is_address, is_domain};
use crate::domain::mail::placeholder;
use crate::domain::mail::policy::{MailPolicy, SenderPattern, SenderTrust, TemplateTexts};
use crate::domain::people::Tier;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{CarbonCopy, Deliver, NoticeKind, NoticeLanguage, UnknownDelivery};

const MAX_ADDRESSES: usize = 100;
const MAX_WORDS: usize = 200;

const KEYS: &[&str] = &[
    "addresses",
    "name",
    "language",
    "timezone",
    "trust",
    "authentication_server",
    "cc",
    "deliver",
    "unknown",
    "monitoring",
    "recovery",
    "quiet_for",
    "attachment_limit",
    "notices",
    "templates",
    "tiers",
];

const ADDRESS: &str = "a mail address such as \"desk@example.org\"";

/// Parses the section; `zone` is the one that its times are in by default.
pub(super) fn parse(
    root: &TomlTable<'_>,
    faults: &Faults,
    tiers: &[Tier],
    zone: &Zone,
) -> MailPolicy {
    let mut mail = MailPolicy {
        zone: zone.clone(),
        ..MailPolicy::default()
    };
    let wanted = "a table such as [mail] with addresses = [\"desk@example.org\"]";
    let Some(table) = root.table("mail", faults, wanted) else {
        return mail;
    };
    table.allow_keys_or(faults, KEYS, |key, _| misplaced(key));
    if let Some(node) = table.get("addresses") {
        mail.addresses = addresses(node, faults);
    }
    mail.name = table
        .get("name")
        .and_then(|node| node.line(faults, "name", "a name in quotes"));
    let languages = "a language: en, de, fi, nl, it or id";
    set(
        &table,
        faults,
        "language",
        languages,
        NoticeLanguage::parse,
        &mut mail.language,
    );
    if let Some(zone) = table
        .get("timezone")
        .and_then(|node| time_zone(node, faults))
    {
        mail.zone = zone;
    }
    mail.trust = trust(&table, faults);
    let copies = "\"participant\" or \"copy\"";
    set(
        &table,
        faults,
        "cc",
        copies,
        CarbonCopy::parse,
        &mut mail.copies,
    );
    let deliver = "\"now\" or \"sweep\"";
    set(
        &table,
        faults,
        "deliver",
        deliver,
        Deliver::parse,
        &mut mail.deliver,
    );
    let unknown = "\"hold\" or \"retry\"";
    set(
        &table,
        faults,
        "unknown",
        unknown,
        UnknownDelivery::parse,
        &mut mail.unknown,
    );
    if let Some(node) = table.get("monitoring") {
        mail.monitoring = senders(node, faults);
    }
    if let Some(node) = table.get("recovery") {
        mail.recovery = recovery(node, faults);
    }
    mail.quiet_for = quiet_for(&table, faults);
    if let Some(limit) = table
        .get("attachment_limit")
        .and_then(|node| size(node, faults))
    {
        mail.attachment_limit = limit;
    }
    notices(&table, faults, &mut mail.notices);
    mail.templates = templates(&table, faults);
    mail.tiers = tier_addresses(&table, faults, tiers);
    if mail.addresses.is_empty() && table.get("addresses").is_none() {
        let message = "without addresses = [\"desk@example.org\"] no mail is sent";
        faults.add_note(table.offset, "mail", message);
    }
    mail
}

/// The message for a key that belongs elsewhere.
fn misplaced(key: &str) -> Option<String> {
    let of_transport = [
        "transport",
        "host",
        "server",
        "port",
        "user",
        "password",
        "sendmail",
        "smtp",
    ];
    of_transport.contains(&key).then(|| {
        "how mail is handed over, and its secrets, belong into [mail.transport] of the settings file, which desk config names".to_owned()
    })
}

/// Sets a value to a word of the table, if it is there.
fn set<T>(
    table: &TomlTable<'_>,
    faults: &Faults,
    key: &str,
    wanted: &str,
    parse: fn(&str) -> Result<T, crate::domain::vocabulary::UnknownWord>,
    value: &mut T,
) {
    if let Some(word) = table
        .get(key)
        .and_then(|node| node.word(faults, wanted, parse))
    {
        *value = word;
    }
}

fn address(node: &TomlValue<'_>, faults: &Faults) -> Option<String> {
    let typed = node.text(faults, ADDRESS)?.trim();
    if is_address(typed) {
        return Some(typed.to_owned());
    }
    faults.add(
        node,
        format!("'{typed}' is not a mail address; write {ADDRESS}"),
    );
    None
}

fn addresses(node: &TomlValue<'_>, faults: &Faults) -> Vec<String> {
    let wanted = "a list of mail addresses such as [\"desk@example.org\"]";
    let mut found: Vec<String> = Vec::new();
    for item in node
        .items(faults, MAX_ADDRESSES, wanted)
        .unwrap_or_default()
    {
        let Some(address) = address(&item, faults) else {
            continue;
        };
        if found
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&address))
        {
            faults.add(&item, format!("'{address}' is listed twice"));
        } else if address.contains('+') {
            let message = "it has a '+', which separates the ticket from the address in answers";
            faults.add(&item, format!("{message}; write the address without it"));
        } else {
            found.push(address);
        }
    }
    found
}

fn trust(table: &TomlTable<'_>, faults: &Faults) -> SenderTrust {
    let network = table.get("trust").and_then(|node| {
        let typed = node.text(faults, "\"network\"")?;
        let is_network = typed.trim() == "network";
        if !is_network {
            let message = format!(
                "unknown word '{typed}'; write \"network\" if the mail system lets no forged sender in, or authentication_server = \"mx.example.org\""
            );
            faults.add(node, message);
        }
        is_network.then_some(SenderTrust::Network)
    });
    let server = table.get("authentication_server").and_then(|node| {
        let wanted = "the name of a server such as \"mx.example.org\"";
        let typed = node.text(faults, wanted)?.trim();
        if !is_domain(typed) {
            faults.add(
                node,
                format!("'{typed}' is not the name of a server; write {wanted}"),
            );
            return None;
        }
        if table.get("trust").is_some() {
            faults.add(
                node,
                "write either trust or authentication_server, not both",
            );
        }
        Some(SenderTrust::Server(typed.to_owned()))
    });
    server.or(network).unwrap_or(SenderTrust::Nobody)
}

fn senders(node: &TomlValue<'_>, faults: &Faults) -> Vec<SenderPattern> {
    let wanted = "a list such as [\"nagios@example.org\", \"@alerts.example.org\"]";
    let mut found = Vec::new();
    for item in node
        .items(faults, MAX_ADDRESSES, wanted)
        .unwrap_or_default()
    {
        let Some(typed) = item.text(faults, "an address, or a domain after an @") else {
            continue;
        };
        let typed = typed.trim();
        let pattern = match typed.strip_prefix('@') {
            Some(domain) if is_domain(domain) => SenderPattern::Domain(domain.to_owned()),
            None if is_address(typed) => SenderPattern::Address(typed.to_owned()),
            Some(_) | None => {
                faults.add(
                    &item,
                    format!("'{typed}' is neither an address nor a domain; write {wanted}"),
                );
                continue;
            }
        };
        found.push(pattern);
    }
    found
}

fn recovery(node: &TomlValue<'_>, faults: &Faults) -> Vec<String> {
    let wanted = "a list of words such as [\"RECOVERY\", \"OK\"]";
    let items = node.items(faults, MAX_WORDS, wanted).unwrap_or_default();
    let words = items.iter();
    let words = words.filter_map(|item| item.line(faults, "word", "a word in quotes"));
    words.collect()
}

fn quiet_for(table: &TomlTable<'_>, faults: &Faults) -> Option<TimeDelta> {
    let node = table.get("quiet_for")?;
    let wanted = "a duration such as \"1d\", or \"off\"";
    match node.text(faults, wanted)?.trim() {
        "off" => None,
        _ => positive_duration(node, faults, wanted),
    }
}

/// Parses a size such as `25 MiB`.
fn size(node: &TomlValue<'_>, faults: &Faults) -> Option<u64> {
    let wanted = "a size such as \"25 MiB\"";
    let typed = node.text(faults, wanted)?.trim();
    let digits = typed
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(typed.len());
    let (number, unit) = typed.split_at(digits);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "b" => Some(1),
        "kib" => Some(1024),
        "mib" => Some(1024 * 1024),
        "gib" => Some(1024 * 1024 * 1024),
        _ => None,
    };
    let number = number.parse::<u64>().ok();
    let size = number.zip(factor).and_then(|(n, by)| n.checked_mul(by));
    let size = size.filter(|size| (1..=1024 * 1024 * 1024).contains(size));
    if size.is_none() {
        faults.add(
            node,
            format!("'{typed}' is not a size up to 1 GiB; write {wanted}"),
        );
    }
    size
}

fn notices(table: &TomlTable<'_>, faults: &Faults, notices: &mut Vec<NoticeKind>) {
    let wanted = "a table such as [mail.notices] with closed = true";
    let Some(table) = table.table("notices", faults, wanted) else {
        return;
    };
    for (name, node) in table.entries(faults, MAX_WORDS) {
        let kind = NoticeKind::parse(name).map_err(|fault| unknown_word(&fault));
        let Some(kind) = faults.ok_or_add(node, kind) else {
            continue;
        };
        match node.boolean(faults) {
            Some(true) if !notices.contains(&kind) => notices.push(kind),
            Some(false) => notices.retain(|known| *known != kind),
            Some(true) | None => {}
        }
    }
    notices.sort_unstable();
}

fn templates(
    table: &TomlTable<'_>,
    faults: &Faults,
) -> BTreeMap<(NoticeLanguage, NoticeKind), TemplateTexts> {
    let wanted = "tables such as [mail.templates.de.acknowledged] with subject and body";
    let mut templates = BTreeMap::new();
    let languages = table.table("templates", faults, wanted);
    for (name, node) in languages
        .iter()
        .flat_map(|table| table.entries(faults, MAX_WORDS))
    {
        let language = NoticeLanguage::parse(name).map_err(|fault| unknown_word(&fault));
        let (Some(language), Some(kinds)) =
            (faults.ok_or_add(node, language), node.table(faults, wanted))
        else {
            continue;
        };
        for (name, node) in kinds.entries(faults, MAX_WORDS) {
            let kind = NoticeKind::parse(name).map_err(|fault| unknown_word(&fault));
            if let Some(kind) = faults.ok_or_add(node, kind)
                && let Some(table) = node.table(faults, wanted)
            {
                templates.insert((language, kind), texts(&table, kind, faults));
            }
        }
    }
    templates
}

fn texts(table: &TomlTable<'_>, kind: NoticeKind, faults: &Faults) -> TemplateTexts {
    table.allow_keys(faults, &["subject", "body"]);
    let subject = table.get("subject").and_then(|node| {
        let text = node.line(faults, "subject", "a text in quotes")?;
        faults.ok_or_add(node, placeholder::check(&text, kind).map(|()| text))
    });
    let body = table.get("body").and_then(|node| {
        let text = node.body(faults, "body", "a text in quotes")?;
        faults.ok_or_add(node, placeholder::check(&text, kind).map(|()| text))
    });
    TemplateTexts { subject, body }
}

fn tier_addresses(
    table: &TomlTable<'_>,
    faults: &Faults,
    tiers: &[Tier],
) -> BTreeMap<Tier, String> {
    let wanted = "a table such as [mail.tiers] with L2 = \"second-line@example.org\"";
    let mut found = BTreeMap::new();
    let lists = table.table("tiers", faults, wanted);
    for (name, node) in lists
        .iter()
        .flat_map(|table| table.entries(faults, MAX_WORDS))
    {
        let tier = tiers
            .iter()
            .find(|tier| tier.as_str().eq_ignore_ascii_case(name));
        match tier {
            Some(tier) => {
                if let Some(address) = address(node, faults) {
                    found.insert(tier.clone(), address);
                }
            }
            None if faults.is_valid("tiers") => {
                let names = tiers.iter().map(Tier::as_str);
                let fault = crate::domain::vocabulary::UnknownWord::new("tier", name, names);
                faults.add(node, unknown_word(&fault));
            }
            None => {}
        }
    }
    found
}
