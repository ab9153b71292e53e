//! What two people changed at the same time, as a diff.

use similar::{ChangeTag, TextDiff};

use crate::domain::decide::EditConflict;

/// The lines that show conflicts: `-` is what is there now, `+` what was to be
/// there.
pub(super) fn lines(conflicts: &[EditConflict]) -> Vec<String> {
    let mut all = Vec::new();
    for conflict in conflicts {
        let EditConflict {
            field,
            seen,
            theirs,
            mine,
        } = conflict;
        let was = match seen.lines().count() {
            0 => "it was empty".to_owned(),
            1 => format!("it was '{seen}'"),
            count => format!("it had {count} lines"),
        };
        all.push(format!("{} ({was}; - theirs, + yours):", field.as_str()));
        let diff = TextDiff::from_lines(theirs, mine);
        for change in diff.iter_all_changes() {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            all.push(format!("{sign} {}", change.value().trim_end()));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::decide::EditedField;

    #[test]
    fn a_conflict_shows_what_is_there_and_what_was_to_be() {
        let conflicts = [
            EditConflict {
                field: EditedField::Title,
                seen: "VNP down".to_owned(),
                theirs: "VPN down in Kiel".to_owned(),
                mine: "VPN down".to_owned(),
            },
            EditConflict {
                field: EditedField::Description,
                seen: String::new(),
                theirs: "one\ntwo".to_owned(),
                mine: "one\nthree".to_owned(),
            },
        ];
        let expected = "\
title (it was 'VNP down'; - theirs, + yours):
- VPN down in Kiel
+ VPN down
description (it was empty; - theirs, + yours):
  one
- two
+ three";
        assert_eq!(lines(&conflicts).join("\n"), expected);
    }
}
