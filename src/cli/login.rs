//! The account of the operating system under which the process runs. Unlike the
//! name of an agent, it cannot be chosen by who types.

use std::fs;

use super::name_service::look_up;
use crate::config::Env;
use crate::domain::people::{Account, Login};
use crate::domain::text;

/// The users of this machine, one per line: `name:password:uid:…`.
const USERS: &str = "/etc/passwd";

/// The account of this process. A debug build takes one for tests from
/// `DESK_TEST_LOGIN`, as `user:uid:host`.
pub(crate) fn login(env: Env) -> Option<Login> {
    let fake = cfg!(debug_assertions).then(|| env("DESK_TEST_LOGIN"));
    if let Some(fake) = fake.flatten() {
        let fake = fake.into_string().ok()?;
        let (user, rest) = fake.split_once(':')?;
        let (uid, host) = rest.split_once(':')?;
        return Some(Login {
            user: user.to_owned(),
            account: Account::System {
                uid: uid.parse().ok()?,
                host: host.to_owned(),
            },
        });
    }
    let uid = rustix::process::getuid().as_raw();
    let name = rustix::system::uname();
    let host = name.nodename().to_string_lossy();
    let users = fs::read_to_string(USERS).unwrap_or_default();
    let user = user_name(&users, uid)
        .or_else(|| user_name(&look_up("passwd", &uid.to_string()), uid))
        .unwrap_or_else(|| uid.to_string());
    Some(Login {
        user: text::line("user", &user).ok()?,
        account: Account::System {
            uid,
            host: text::line("host", &host).unwrap_or_else(|_| "localhost".to_owned()),
        },
    })
}

/// The name of a user in lines of `/etc/passwd`.
fn user_name(users: &str, uid: u32) -> Option<String> {
    users.lines().find_map(|line| {
        let mut parts = line.split(':');
        let (name, _, number) = (parts.next()?, parts.next()?, parts.next()?);
        let is_wanted = number.parse() == Ok(uid) && !name.is_empty();
        is_wanted.then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_number() {
        let users = "root:x:0:0:root:/root:/bin/sh\nbroken\n:x:7::\nanna:x:1000:1000:A:/:/bin/sh\n";
        assert_eq!(user_name(users, 1000).as_deref(), Some("anna"));
        assert_eq!(user_name(users, 0).as_deref(), Some("root"));
        assert_eq!(user_name(users, 7), None);
        assert_eq!(user_name(users, 100), None);
    }

    #[test]
    fn the_account_of_this_process_is_that_of_its_files() {
        use std::os::unix::fs::MetadataExt;
        let file = tempfile::NamedTempFile::new().unwrap();
        let login = login(|_| None).unwrap();
        let uid = fs::metadata(file.path()).unwrap().uid();
        assert_eq!(login.uid(), Some(uid));
        assert!(!login.user.is_empty() && login.host().is_some_and(|host| !host.is_empty()));
    }
}
