//! The process: arguments, clock, environment and exit code. Everything else is
//! in the library.

use std::process::ExitCode;

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock and the environment are read"
)]
fn main() -> ExitCode {
    let now = || {
        let fake = cfg!(debug_assertions).then(|| std::env::var("DESK_TEST_NOW").ok());
        let fake = fake.flatten().and_then(|now| now.parse().ok());
        fake.unwrap_or_else(chrono::Utc::now)
    };
    let args: Vec<_> = std::env::args_os().collect();
    ExitCode::from(desk::run(&args, |name| std::env::var_os(name), now))
}
