//! The groups of this machine, by name or number.

use super::name_service::look_up;
use crate::domain::did_you_mean::nearest;
use crate::error::Error;
use crate::store::Group;

/// Where groups are listed that are not kept in a directory service.
const FILE: &str = "/etc/group";

/// Finds a group: in the file of groups, or as the system's name service knows
/// it.
///
/// # Errors
/// [`Error::Usage`] if there is no such group.
pub(crate) fn find(name: &str) -> Result<Group, Error> {
    let listed = std::fs::read_to_string(FILE).unwrap_or_default();
    if let Some(group) = named(&listed, name).or_else(|| named(&look_up("group", name), name)) {
        return Ok(group);
    }
    let names = listed.lines().filter_map(|line| line.split(':').next());
    let hint = match nearest(name, names).first() {
        Some(near) => format!("did you mean '{near}'?"),
        None => format!("let root create it with: groupadd {name}"),
    };
    Err(Error::usage(format!("there is no group '{name}'"), hint))
}

/// Finds a group in lines such as `desk:x:1200:anna,ben`.
fn named(lines: &str, typed: &str) -> Option<Group> {
    lines.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, gid) = (fields.next()?, fields.nth(1)?);
        let is_it = !typed.is_empty() && (name == typed || gid == typed);
        Some(Group {
            name: is_it.then(|| name.to_owned())?,
            gid: gid.parse().ok()?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_found_by_its_name_or_its_number() {
        let lines = "root:x:0:\n+nis\ndesk:x:1200:anna,ben\nbroken:x:many:\n";
        let gid = |typed: &str| named(lines, typed).map(|group| group.gid);
        assert_eq!(gid("desk"), Some(1200));
        assert_eq!(gid("1200"), Some(1200));
        for unknown in ["", "des", "x", "anna", "+nis", "broken"] {
            assert_eq!(gid(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn an_unknown_group_is_answered_with_the_nearest_name() {
        let fault = find("roott").unwrap_err();
        assert_eq!(fault.to_string(), "there is no group 'roott'");
        assert_eq!(fault.hint().as_deref(), Some("did you mean 'root'?"));
    }
}
