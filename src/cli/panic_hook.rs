//! Reports a panic as a bug of desk, with what to include in a report.

use std::io::Write;

/// Exit code for a bug (`EX_SOFTWARE` of sysexits.h).
const EX_SOFTWARE: i32 = 70;

/// Installs a panic hook that reports the bug and exits with 70.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|info| {
        // If stderr is gone, the exit code must do.
        let _ = writeln!(
            std::io::stderr(),
            "desk: this is a bug in desk; nothing more was written: {info}\n  \
             hint: please report it with the command you ran and this line (desk {})",
            env!("CARGO_PKG_VERSION"),
        );
        #[expect(
            clippy::disallowed_methods,
            clippy::exit,
            reason = "an aborting panic would end with a signal and a core dump"
        )]
        std::process::exit(EX_SOFTWARE);
    }));
}
