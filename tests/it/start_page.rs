//! `desk` alone: what needs attention next, on one screen.

use crate::env::Env;
use crate::terminal::Terminal;

/// Anna's tickets, one that somebody waits for, and many that nobody has.
fn desk() -> Env {
    let mut env = Env::new();
    env.does(
        "desk open 'VPN drops' -c phone --assign anna
        desk open 'Mail bounces' -r mia@example.org -c email --assign ben
        desk open 'Printer jams' -r tom@example.org -c email",
    );
    for n in 0..30 {
        env.does(&format!("desk open 'Laptop {n} is slow' -c phone"));
    }
    env
}

#[test]
fn each_ticket_stands_in_the_first_section_that_it_belongs_to() {
    let mut env = desk();
    let text = env.run(&["--as", "anna"]).ok().stdout;
    let sections: Vec<&str> = text.split("\n\n").collect();
    let [yours, waiting, unassigned, open, counts] = sections[..] else {
        panic!("{text}");
    };
    assert!(yours.starts_with("YOURS 1\n") && yours.contains("VPN drops"));
    assert!(waiting.starts_with("WAITING FOR AN ANSWER 2\n"), "{text}");
    assert!(waiting.contains("Mail bounces") && waiting.contains("Printer jams"));
    assert!(
        unassigned.starts_with("UNASSIGNED 31  desk list is:unassigned\n"),
        "{text}"
    );
    assert!(!unassigned.contains("Printer jams"), "{text}");
    assert!(open.starts_with("NEXT TO BREACH\n"), "{text}");
    assert_eq!(counts, "33 open, 31 unassigned\n");
    for title in ["VPN drops", "Mail bounces", "Printer jams", "Laptop 4 is"] {
        assert_eq!(text.matches(title).count(), 1, "{title}");
    }
    // Whoever is owed nothing more is not waiting.
    env.does("desk reply 2 'which address?'");
    let text = env.run(&["--as", "anna"]).ok().stdout;
    assert!(text.contains("WAITING FOR AN ANSWER 1\n"), "{text}");
}

#[test]
fn it_fits_the_screen_and_programs_get_the_sla_table() {
    let mut env = desk();
    let (code, shown) = Terminal::run(&env, &[], &[]).ends();
    assert_eq!(code, 0);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines.len() < 24, "{shown}");
    assert!(
        lines.iter().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
    assert!(shown.contains("UNASSIGNED") && shown.contains("33 open"));
    let all = env.json(&[]);
    assert_eq!(all["tickets"].as_array().unwrap().len(), 33);
    assert_eq!(all["groups"][0]["open"], 33);
    let none = Env::new().run(&["--db", "empty.db"]);
    assert_eq!(none.stdout, "");
}
