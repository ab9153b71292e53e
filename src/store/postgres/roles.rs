//! Logins and roles: the statements that give them, and what the server says of
//! them. The rights themselves are in `roles.sql`.

use postgres::{Client, Row};

use super::super::StoreError;
use super::super::port::Team;
use super::errors::{Purpose, statement_error};
use super::provider::PostgresProvider;
use crate::domain::people::Agent;
use crate::domain::team::{LoginCheck, TeamGrant, TeamMember, TeamRight, TeamRole};

/// Creates the roles, with their rights in a store.
const INIT: &str = include_str!("roles.sql");

/// The logins that may use the store: with a role or a row, and let in.
const MEMBERS: &str = "SELECT coalesce(r.rolname::text, m.login) AS login, m.agent, \
     (SELECT string_agg(g.rolname, ' ') FROM pg_catalog.pg_auth_members a \
     JOIN pg_catalog.pg_roles g ON g.oid = a.roleid \
     WHERE a.member = r.oid AND g.rolname LIKE 'desk\\_%') AS roles, \
     coalesce(r.rolsuper OR r.rolbypassrls, false) AS unbound, \
     coalesce(r.rolcanlogin, false) AS can_log_in, \
     coalesce(has_database_privilege(r.oid, current_database(), 'CONNECT'), false) AS connects \
     FROM pg_catalog.pg_roles r FULL JOIN public.member m ON m.login = r.rolname::text \
     WHERE m.login IS NOT NULL OR (r.rolcanlogin AND NOT r.rolsuper \
     AND has_database_privilege(r.oid, current_database(), 'CONNECT') \
     AND EXISTS (SELECT FROM pg_catalog.pg_auth_members a \
     JOIN pg_catalog.pg_roles g ON g.oid = a.roleid \
     WHERE a.member = r.oid AND g.rolname LIKE 'desk\\_%')) ORDER BY 1";

/// What the present login may do.
const CHECK: &str = "SELECT session_user::text AS login, \
     (SELECT m.agent FROM public.member m WHERE m.login = session_user::text) AS agent, \
     (SELECT string_agg(g.rolname, ' ') FROM pg_catalog.pg_roles g \
     WHERE g.rolname LIKE 'desk\\_%' AND NOT u.rolsuper \
     AND pg_has_role(u.oid, g.oid, 'MEMBER')) AS roles, \
     u.rolsuper, u.rolbypassrls, \
     pg_has_role(u.oid, (SELECT c.relowner FROM pg_catalog.pg_class c \
     WHERE c.oid = 'public.event'::regclass), 'MEMBER') AS owns, \
     has_table_privilege('public.ticket', 'SELECT') AS reads, \
     has_table_privilege('public.event', 'INSERT') AS records, \
     has_column_privilege('public.ticket', 'restricted_to', 'UPDATE') AS restricts, \
     has_table_privilege('public.field', 'DELETE') AS erases, \
     has_table_privilege('public.incoming_mail', 'INSERT') AS serves, \
     has_table_privilege('public.event', 'UPDATE') \
     OR has_table_privilege('public.event', 'DELETE') \
     OR has_table_privilege('public.event', 'TRUNCATE') AS rewrites, \
     has_table_privilege('public.member', 'INSERT') AS grants, \
     has_database_privilege('public', current_database(), 'CONNECT') AS everybody_connects, \
     has_schema_privilege('public', 'public', 'CREATE') AS everybody_creates, \
     (SELECT string_agg(c.relname, ', ' ORDER BY c.relname) FROM pg_catalog.pg_class c \
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' \
     AND NOT c.relrowsecurity AND c.relname IN ('ticket', 'event', 'field', 'person', 'outbox', \
     'hook_delivery', 'alarm', 'alarm_text', 'breach', 'notification', 'attachment', 'attachment_chunk', \
     'incoming_mail', 'mail_chunk', 'mail_message_id', 'mail_reference', 'restricted_text', \
     'restricted_word', 'meta')) AS unprotected \
     FROM pg_catalog.pg_roles u WHERE u.rolname = session_user";

/// The kinds of events that only some roles add, as `roles.sql` has them.
const KINDS: &[(TeamRole, &[&str])] = &[
    (
        TeamRole::Supervisor,
        &["policy", "gate-passed", "restricted", "restriction-lifted"],
    ),
    (
        TeamRole::Privacy,
        &[
            "erased",
            "hold",
            "hold-lifted",
            "person-limited",
            "person-limit-lifted",
        ],
    ),
    (TeamRole::Service, &["imported", "import-undone"]),
];

/// Statements that only some roles may run, by what is in them.
const STATEMENTS: &[(TeamRole, &str)] = &[
    (TeamRole::Supervisor, "SET restricted_to"),
    (TeamRole::Privacy, "DELETE FROM field"),
    (TeamRole::Privacy, "DELETE FROM attachment"),
    (TeamRole::Privacy, "DELETE FROM alarm_text"),
    (TeamRole::Privacy, "UPDATE person"),
    (TeamRole::Service, "INTO meta"),
    (TeamRole::Service, "INTO incoming_mail"),
    (TeamRole::Service, "INTO mail_"),
    (TeamRole::Service, "UPDATE incoming_mail"),
];

/// The role that may add events of these kinds.
pub(super) fn of_events(kinds: &[&str]) -> TeamRole {
    let needs = |(_, those): &&(TeamRole, &[&str])| kinds.iter().any(|kind| those.contains(kind));
    let role = KINDS.iter().find(needs).map(|(role, _)| *role);
    role.unwrap_or(TeamRole::Agent)
}

/// The role that may run a statement; `None` for one that every agent runs.
pub(super) fn of_statement(sql: &str) -> Option<TeamRole> {
    let mut known = STATEMENTS.iter();
    let found = known.find(|(_, part)| sql.contains(part));
    found.map(|(role, _)| *role)
}

impl Team for PostgresProvider {
    fn init_statements(&self) -> String {
        INIT.to_owned()
    }

    fn grant_statements(&self, grant: &TeamGrant) -> String {
        grant_statements(grant)
    }

    fn run(&self, statements: &str) -> Result<(), StoreError> {
        self.ask(Purpose::Migrate, |client| client.batch_execute(statements))
    }

    fn members(&self) -> Result<Vec<TeamMember>, StoreError> {
        self.ask(Purpose::Read, |client| {
            let rows = client.query_typed(MEMBERS, &[])?;
            rows.iter().map(member).collect()
        })
    }

    fn check(&self) -> Result<LoginCheck, StoreError> {
        self.ask(Purpose::Read, |client| {
            let row = client.query_typed_one(CHECK, &[])?;
            check(&row)
        })
    }
}

impl PostgresProvider {
    fn ask<T>(
        &self,
        purpose: Purpose,
        run: impl FnOnce(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, StoreError> {
        let connections = self.connections()?;
        let fail = |fault| statement_error(&fault, connections.location(), purpose);
        connections.take()?.with(|client| run(client).map_err(fail))
    }
}

/// The statements that give a login a role, and create it first if necessary.
fn grant_statements(grant: &TeamGrant) -> String {
    let TeamGrant { login, role, agent } = grant;
    let (name, literal) = (identifier(login), text(login));
    let group = role.group();
    let tag = quote_tag(login);
    let mut all = format!(
        "BEGIN;\n\n\
         DO {tag}\nBEGIN\n    \
         IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {literal}) THEN\n        \
         CREATE ROLE {name} LOGIN;\n    \
         END IF;\n    \
         EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO %I',\n        \
         pg_catalog.current_database(), {literal});\n\
         END\n{tag};\n\n\
         GRANT {group} TO {name};\n"
    );
    if let Some(agent) = agent {
        all += &format!(
            "INSERT INTO public.member (login, agent) VALUES ({literal}, {})\n    \
             ON CONFLICT (login) DO UPDATE SET agent = excluded.agent;\n",
            text(agent.as_str())
        );
    }
    all + "\nCOMMIT;\n"
}

/// A name as SQL writes it.
fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as SQL writes it, whatever the server takes backslashes for.
fn text(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    match quoted.contains('\\') {
        true => format!(" E'{}'", quoted.replace('\\', "\\\\")),
        false => format!("'{quoted}'"),
    }
}

/// A quote that a text does not contain.
fn quote_tag(text: &str) -> String {
    let mut tag = "$grant$".to_owned();
    while text.contains(&tag) {
        tag.insert(1, 'x');
    }
    tag
}

fn roles(row: &Row) -> Result<Vec<TeamRole>, postgres::Error> {
    let groups: Option<String> = row.try_get("roles")?;
    let groups = groups.unwrap_or_default();
    let mut roles: Vec<TeamRole> = groups
        .split(' ')
        .filter_map(|group| TeamRole::parse(group).ok())
        .collect();
    roles.sort();
    Ok(roles)
}

fn agent(row: &Row) -> Result<Option<Agent>, postgres::Error> {
    let agent: Option<String> = row.try_get("agent")?;
    Ok(agent.as_deref().map(Agent::from_stored))
}

fn member(row: &Row) -> Result<TeamMember, postgres::Error> {
    let (is_unbound, can_log_in, connects): (bool, bool, bool) = (
        row.try_get("unbound")?,
        row.try_get("can_log_in")?,
        row.try_get("connects")?,
    );
    let roles = roles(row)?;
    let fault = if !can_log_in {
        Some("there is no such login")
    } else if is_unbound {
        Some("row security does not bind it")
    } else if roles.is_empty() {
        Some("it has no role")
    } else if !connects {
        Some("it may not connect to this database")
    } else {
        None
    };
    Ok(TeamMember {
        login: row.try_get("login")?,
        agent: agent(row)?,
        roles,
        fault: fault.map(str::to_owned),
    })
}

fn check(row: &Row) -> Result<LoginCheck, postgres::Error> {
    let flag = |name: &str| -> Result<bool, postgres::Error> { row.try_get(name) };
    let agent = agent(row)?;
    let records = flag("records")?;
    let right = |action, is_allowed, role| TeamRight {
        action,
        is_allowed,
        role,
    };
    let rights = vec![
        right("see tickets", flag("reads")?, TeamRole::Read),
        right(
            "record what its agent does",
            records && agent.is_some(),
            TeamRole::Agent,
        ),
        right(
            "set the policy, pass gates and restrict tickets",
            flag("restricts")?,
            TeamRole::Supervisor,
        ),
        right("erase personal data", flag("erases")?, TeamRole::Privacy),
        right("record for others", flag("serves")?, TeamRole::Service),
        right("give roles", flag("grants")?, TeamRole::Owner),
        right(
            "change or delete events",
            flag("rewrites")?,
            TeamRole::Owner,
        ),
    ];
    let login: String = row.try_get("login")?;
    let fault = login_fault(row, &login, agent.is_some())?;
    let mut faults: Vec<(String, String)> = fault.into_iter().collect();
    faults.extend(store_faults(row)?);
    Ok(LoginCheck {
        member: TeamMember {
            login,
            agent,
            roles: roles(row)?,
            fault: None,
        },
        rights,
        faults,
    })
}

/// What is wrong with the login of an agent.
fn login_fault(
    row: &Row,
    login: &str,
    is_agent: bool,
) -> Result<Option<(String, String)>, postgres::Error> {
    let (is_super, bypasses, owns): (bool, bool, bool) = (
        row.try_get("rolsuper")?,
        row.try_get("rolbypassrls")?,
        row.try_get("owns")?,
    );
    let records: bool = row.try_get("records")?;
    let name = identifier(login);
    Ok(if is_agent && is_super {
        Some((
            format!("'{login}' is the login of an agent and a superuser: nothing binds it"),
            format!("take it away with: ALTER ROLE {name} NOSUPERUSER"),
        ))
    } else if is_agent && bypasses {
        Some((
            format!("'{login}' is the login of an agent and is not bound by row security"),
            format!("take it away with: ALTER ROLE {name} NOBYPASSRLS"),
        ))
    } else if is_agent && owns {
        Some((
            format!("'{login}' is the login of an agent and owns the tables"),
            "use two logins: one that owns the store, and one that works in it".to_owned(),
        ))
    } else if records && !is_agent && !is_super && !owns {
        Some((
            format!("'{login}' has a role to record, but acts as nobody"),
            format!("say as whom with: desk team grant {login} --role agent --agent NAME"),
        ))
    } else {
        None
    })
}

/// What is wrong with the rights in the store.
fn store_faults(row: &Row) -> Result<Vec<(String, String)>, postgres::Error> {
    let init = || "give the rights again with: desk team init --run".to_owned();
    let mut faults = Vec::new();
    let unprotected: Option<String> = row.try_get("unprotected")?;
    if let Some(tables) = unprotected {
        faults.push((format!("row security is off for: {tables}"), init()));
    }
    if row.try_get("everybody_connects")? {
        faults.push((
            "every login of the server may connect to this database".to_owned(),
            init(),
        ));
    }
    if row.try_get("everybody_creates")? {
        faults.push((
            "every login may create tables and functions in this database".to_owned(),
            init(),
        ));
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_of_a_refused_statement_is_named() {
        assert_eq!(of_events(&["logged", "policy"]), TeamRole::Supervisor);
        assert_eq!(of_events(&["erased"]), TeamRole::Privacy);
        assert_eq!(of_events(&["opened", "logged"]), TeamRole::Agent);
        let restricts = crate::store::sql::statements::RESTRICT_TICKET;
        assert_eq!(of_statement(restricts), Some(TeamRole::Supervisor));
        let updates = &*crate::store::sql::statements::UPDATE_TICKET;
        assert_eq!(of_statement(updates), None);
    }

    #[test]
    fn the_kinds_that_only_some_roles_add_are_those_of_the_policies() {
        for (role, kinds) in KINDS {
            let group = role.group();
            for kind in *kinds {
                let known = INIT.matches(kind).count();
                assert!(known >= 1, "{group}: {kind} is not in roles.sql");
            }
        }
    }

    #[test]
    fn names_are_quoted() {
        for (login, name, literal) in [
            ("anna", "\"anna\"", "'anna'"),
            ("o'neil", "\"o'neil\"", "'o''neil'"),
            ("a\"b", "\"a\"\"b\"", "'a\"b'"),
            ("a\\b", "\"a\\b\"", " E'a\\\\b'"),
        ] {
            assert_eq!((&*identifier(login), &*text(login)), (name, literal));
        }
        assert_eq!(quote_tag("a$grant$"), "$xgrant$");
    }
}
