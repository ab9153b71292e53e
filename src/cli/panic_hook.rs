//! Reports a panic as a bug of desk, with what to include in a report.

use std::io::Write;

/// Exit code for a bug (`EX_SOFTWARE` of sysexits.h).
pub(crate) const EX_SOFTWARE: u8 = 70;

/// Installs a panic hook that reports the bug and exits with this code.
pub(crate) fn install(code: u8) {
    std::panic::set_hook(Box::new(move |info| {
        super::inbox::restore_terminal();
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
        std::process::exit(code.into());
    }));
}
