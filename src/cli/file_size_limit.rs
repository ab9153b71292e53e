//! The limit on the size of files (`ulimit -f`). The system ends a process
//! that exceeds it with a signal; once that is handled, the write fails like
//! any other.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::consts::SIGXFSZ;

use crate::error::Error;

static REACHED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Handles the signal from now on.
pub(crate) fn handle() {
    let reached = REACHED.get_or_init(Arc::default);
    // Without a handler the signal ends the process, as before.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::clone(reached));
}

/// Says that the limit is the reason, if a write failed because of it.
pub(crate) fn explain(fault: Error) -> Error {
    let reached = REACHED.get().is_some_and(|r| r.load(Ordering::Relaxed));
    if reached && fault.code() == 5 {
        Error::FileSizeLimit {
            fault: fault.to_string(),
        }
    } else {
        fault
    }
}
