//! Category paths.

use super::characters::is_hidden;
use super::text::{self, BadText, name_type};

name_type! {
    /// A path such as `network/vpn`: lower case, one to five names of letters,
    /// digits and `-_.+&`, joined by `/`.
    Category
}

/// A text that is not a category path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{typed}' is not a category")]
pub(crate) struct NotACategory {
    pub(crate) typed: String,
}

impl NotACategory {
    pub(crate) const HINT: &'static str = "write a path of one to five names joined by '/', \
         such as network/vpn; names are letters, digits and - _ . + &";
}

impl Category {
    const DEPTH: usize = 5;
    const LENGTH: usize = 120;

    /// Parses a path in any letter case.
    ///
    /// # Errors
    /// [`NotACategory`] if the text does not have that shape.
    pub(crate) fn parse(typed: &str) -> Result<Self, NotACategory> {
        let path = typed.trim().trim_end_matches('/').to_lowercase();
        let is_name = |name: &str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_alphanumeric() && !is_hidden(c) || "-_.+&".contains(c))
        };
        let names: Vec<&str> = path.split('/').collect();
        if names.len() <= Self::DEPTH
            && path.len() <= Self::LENGTH
            && names.iter().all(|n| is_name(n))
        {
            Ok(Self(path))
        } else {
            Err(NotACategory {
                typed: typed.to_owned(),
            })
        }
    }

    /// Checks that no name of the path can pass for another one.
    ///
    /// # Errors
    /// As [`text::check_scripts`].
    pub(crate) fn check_scripts(&self) -> Result<(), BadText> {
        self.0.split('/').try_for_each(text::check_scripts)
    }

    /// Returns the first name of the path.
    pub(crate) fn root(&self) -> &str {
        self.0.split('/').next().unwrap_or(&self.0)
    }

    /// Returns whether this category is `root` or a descendant of it.
    pub(crate) fn is_within(&self, root: &Self) -> bool {
        self.0
            .strip_prefix(&root.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_converted_to_lower_case() {
        assert_eq!(
            Category::parse(" Network/VPN/ ").unwrap().as_str(),
            "network/vpn"
        );
        assert_eq!(Category::parse("büro/c++").unwrap().as_str(), "büro/c++");
    }

    #[test]
    fn a_wrong_shape_is_rejected() {
        for typed in [
            "",
            "/",
            "a//b",
            "/a",
            "a b",
            "a/b/c/d/e/f",
            "a\u{1b}[31m",
            "a\nb",
            "a\u{3164}",
        ] {
            assert!(Category::parse(typed).is_err(), "{typed:?}");
        }
    }

    #[test]
    fn a_subtree_contains_its_root_and_descendants_but_not_similar_names() {
        let root = Category::parse("network").unwrap();
        assert!(Category::parse("network").unwrap().is_within(&root));
        assert!(Category::parse("network/vpn").unwrap().is_within(&root));
        assert!(!Category::parse("networking").unwrap().is_within(&root));
    }
}
