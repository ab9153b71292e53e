//! What desk promises as a whole program, through the binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod env;

mod again;
mod artifacts;
mod breach;
mod calendar;
mod cause;
mod check;
mod classify;
mod clock;
mod crash;
mod crowd;
mod explain;
mod export;
mod faults;
mod finish;
mod form;
mod guided;
mod hand;
mod hostile;
mod import;
mod keep;
mod knowledge;
mod known;
mod link;
mod look;
mod note;
mod open;
mod outage;
mod papers;
mod policy;
mod promise;
mod prompts;
mod races;
mod report;
mod search;
mod setting;
mod several;
mod shell;
mod standing;
mod sweep;
mod talk;
mod tamper;
mod tidy;
mod time;
mod upgrade;
mod wait;
mod whole_day;
mod wrong;
