//! Saved filters: `@night` stands for the words that are saved under this name.

use super::parse::{FilterError, fault, split};

/// The views that every desk has.
const BUILT_IN: &[(&str, &str)] = &[
    ("mine", "is:mine"),
    ("unassigned", "is:unassigned"),
    ("overdue", "is:overdue"),
    ("today", "due:..today"),
];

/// The most words that views may come to.
const MOST_WORDS: usize = 500;

/// Replaces the names of views by their words; `find` knows those that were saved.
///
/// # Errors
/// [`FilterError`] for a name that nobody saved, one that leads back to itself, or
/// one that is negated.
pub(crate) fn expand(
    words: &[String],
    find: &dyn Fn(&str) -> Option<String>,
    known: &dyn Fn() -> Vec<String>,
) -> Result<Vec<String>, FilterError> {
    let mut expanded = Vec::new();
    let views = Views { find, known };
    views.add(words, &mut Vec::new(), &mut expanded)?;
    Ok(expanded)
}

/// Whether a view can have this name: letters, digits and dashes.
pub(crate) fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    !name.is_empty() && name != "me" && name.chars().all(is_part)
}

/// The names of the views that every desk has.
pub(crate) fn built_in() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

struct Views<'a> {
    find: &'a dyn Fn(&str) -> Option<String>,
    known: &'a dyn Fn() -> Vec<String>,
}

impl Views<'_> {
    /// Adds words, with the views that they name. `within` are the views that are
    /// being expanded.
    fn add(
        &self,
        words: &[String],
        within: &mut Vec<String>,
        expanded: &mut Vec<String>,
    ) -> Result<(), FilterError> {
        for word in words {
            let Some(name) = word.strip_prefix('@') else {
                if word.starts_with("-@") || word.starts_with("not:@") {
                    let problem = "a view cannot be turned round".to_owned();
                    return Err(fault(word, problem, "write its words, each with a '-'"));
                }
                if expanded.len() == MOST_WORDS {
                    let problem = format!("views come to more than {MOST_WORDS} words");
                    return Err(fault(word, problem, "save shorter views"));
                }
                expanded.push(word.clone());
                continue;
            };
            if within.iter().any(|outer| outer == name) {
                let way = within.join(", @");
                let problem = format!("the view leads back to itself: @{way}, @{name}");
                return Err(fault(word, problem, "write out the words in one of them"));
            }
            let text = self.text_of(word, name)?;
            within.push(name.to_owned());
            self.add(&split(&text)?, within, expanded)?;
            within.pop();
        }
        Ok(())
    }

    fn text_of(&self, word: &str, name: &str) -> Result<String, FilterError> {
        if name == "me" {
            let problem = "@me is an agent, not a view".to_owned();
            return Err(fault(word, problem, "use assignee:@me, or @mine"));
        }
        let shared = || BUILT_IN.iter().find(|(known, _)| *known == name);
        let text = (self.find)(name).or_else(|| shared().map(|(_, text)| (*text).to_owned()));
        text.ok_or_else(|| {
            let mut known = (self.known)();
            known.extend(built_in().map(str::to_owned));
            known.sort();
            known.dedup();
            let list = known.join(", @");
            let hint = format!("saved views: @{list}; save one under [views] in the user file");
            fault(word, format!("there is no view '{name}'"), hint)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(words: &[&str], saved: &[(&str, &str)]) -> Result<Vec<String>, FilterError> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let find = |name: &str| {
            let found = saved.iter().find(|(known, _)| *known == name);
            found.map(|(_, text)| (*text).to_owned())
        };
        let known = || saved.iter().map(|(name, _)| (*name).to_owned()).collect();
        expand(&words, &find, &known)
    }

    #[test]
    fn a_view_stands_for_its_words() {
        let saved = [
            ("night", "p:P1..P2 title:\"VPN drops\""),
            ("all", "@night -a:none"),
        ];
        assert_eq!(
            expanded(&["@all", "vpn"], &saved).unwrap(),
            ["p:P1..P2", "title:VPN drops", "-a:none", "vpn"]
        );
        assert_eq!(expanded(&["@mine"], &saved).unwrap(), ["is:mine"]);
        // What was saved goes before what every desk has.
        let own = [("mine", "a:@me,ben")];
        assert_eq!(expanded(&["@mine"], &own).unwrap(), ["a:@me,ben"]);
    }

    #[test]
    fn what_no_view_can_be_is_refused() {
        let saved = [
            ("a", "@b"),
            ("b", "x @a"),
            ("c", "@c"),
            ("open", "title:\"x"),
            ("d", "@e @e @e @e @e @e @e @e @e"),
            ("e", "@f @f @f @f @f @f @f @f @f"),
            ("f", "@g @g @g @g @g @g @g @g @g"),
            ("g", "x"),
        ];
        let faults = ["@a", "@c", "@none", "-@a", "@me", "@open", "@d"].map(|word| {
            let fault = expanded(&[word], &saved).unwrap_err();
            format!("{fault}\n  {}", fault.hint)
        });
        insta::assert_snapshot!(faults.join("\n"), @r#"
        in the filter word '@a': the view leads back to itself: @a, @b, @a
          write out the words in one of them
        in the filter word '@c': the view leads back to itself: @c, @c
          write out the words in one of them
        in the filter word '@none': there is no view 'none'
          saved views: @a, @b, @c, @d, @e, @f, @g, @mine, @open, @overdue, @today, @unassigned; save one under [views] in the user file
        in the filter word '-@a': a view cannot be turned round
          write its words, each with a '-'
        in the filter word '@me': @me is an agent, not a view
          use assignee:@me, or @mine
        in the filter word 'title:x': a quote is not closed
          close it with "
        in the filter word 'x': views come to more than 500 words
          save shorter views
        "#);
    }
}
