//! What happens when the program itself is wrong: it says so, and how to tell
//! those who can mend it.

use std::io::Write;

/// Exit code for a fault of the program itself (`EX_SOFTWARE`).
const SOFTWARE: i32 = 70;

/// Installs a panic hook that reports the bug and exits with 70.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|info| {
        // There is nobody else to tell if stderr is gone.
        let _ = writeln!(
            std::io::stderr(),
            "desk: this is a bug in desk, and nothing more was written: {info}\n  \
             hint: please report it with the command you ran and this line (desk {})",
            env!("CARGO_PKG_VERSION"),
        );
        #[expect(
            clippy::disallowed_methods,
            clippy::exit,
            reason = "an aborting panic would end with a signal and a core dump instead"
        )]
        std::process::exit(SOFTWARE);
    }));
}
