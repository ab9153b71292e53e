//! The word of a command line that names the command.

use std::ffi::OsString;

/// Returns the position of the first word that is neither an option nor the value
/// of a global one, which is the command if there is one.
pub(crate) fn position(args: &[OsString], root: &clap::Command) -> Option<usize> {
    let takes_value = |typed: &str| {
        let option = typed.strip_prefix("--").and_then(|name| {
            let mut globals = root.get_arguments().filter(|arg| arg.is_global_set());
            globals.find(|arg| arg.get_long() == Some(name))
        });
        option.is_some_and(|option| option.get_action().takes_values())
    };
    let mut is_value = true;
    args.iter().position(|arg| {
        let typed = arg.to_str().unwrap_or_default();
        // The first one is the program.
        let is_word = !is_value && !typed.starts_with('-');
        is_value = takes_value(typed);
        is_word
    })
}
