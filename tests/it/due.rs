//! A promise by hand: `desk due`.

use crate::env::Env;

/// Ticket 1 is a P2 of nine o'clock, due at 17:00.
fn promised() -> Env {
    let mut env = Env::new();
    env.does(
        "
        desk open 'VPN drops' --channel email --requester 'Mia Roth <mia@example.org>' -u high -b medium -g medium
        desk due 1 '2026-03-04 12:00' --reason 'the spare part comes on Wednesday'
        ",
    );
    env
}

#[test]
fn a_promise_is_marked_wherever_its_clock_is_shown() {
    let mut env = promised();
    let page = env.run(&["show", "1"]).ok().stdout;
    assert!(page.contains("promised"), "{page}");
    assert!(
        page.contains(
            "resolution by Wed 12:00, promised by anna 09:01: the spare part comes on Wednesday"
        ),
        "{page}"
    );
    let json = env.json(&["show", "1"]);
    assert_eq!(json["clocks"]["resolution"]["promised"], true);
    assert_eq!(json["clocks"]["resolution"]["due"], "2026-03-04T12:00:00Z");
    assert_eq!(json["clocks"]["response"].get("promised"), None);
    assert_eq!(json["promises"][0]["by"], "anna");
    let sla = env.run(&["sla"]).ok().stdout;
    assert!(sla.contains("✓ 2d2h*"), "{sla}");
    let done = env.run(&["due", "1", "2026-03-04 13:00", "--reason", "later"]);
    let done = done.ok().stdout;
    assert!(
        done.starts_with("#1 promised resolution by Wed 13:00"),
        "{done}"
    );
}

#[test]
fn it_goes_before_priorities_and_pauses_and_adds_up() {
    let mut env = promised();
    env.does(
        "
        desk prioritize 1 -u high -b high -g high
        desk pause 1 vendor 'waiting for the part'
        ",
    );
    env.at("2026-03-03T09:00:00Z");
    let json = env.json(&["sla", "explain", "1", "--clock", "resolution"]);
    let clock = &json["clocks"][0];
    assert_eq!(clock["promised"], true);
    assert_eq!(clock["due"], "2026-03-04T12:00:00Z");
    assert_eq!(
        clock["promised_due"][0]["reason"],
        "the spare part comes on Wednesday"
    );
    let number = |value: &serde_json::Value| value.as_i64().unwrap();
    let used = number(&clock["used_s"]);
    assert_eq!(used + number(&clock["left_s"]), number(&clock["target_s"]));
    let lines = clock["lines"].as_array().unwrap().iter();
    let counted = lines.clone().filter(|line| line["ahead"] == false);
    assert_eq!(
        counted.map(|line| number(&line["counted_s"])).sum::<i64>(),
        used
    );
    assert!(lines.clone().all(|line| line["why"] == "counted"));
    assert_eq!(lines.last().unwrap()["due"], true);
    let text = env.run(&["sla", "explain", "1", "--clock", "resolution"]);
    let text = text.ok().stdout;
    assert!(
        text.contains("promised by hand: every second counts"),
        "{text}"
    );
    assert!(text.contains("promised by anna"), "{text}");
}

#[test]
fn withdrawn_the_target_of_the_policy_is_in_force_again() {
    let mut env = promised();
    env.does("desk due 1 --withdraw --reason 'it was in stock'");
    let json = env.json(&["show", "1"]);
    assert_eq!(json["clocks"]["resolution"]["due"], "2026-03-02T17:00:00Z");
    assert_eq!(json.get("promises"), None);
    let kinds = json["timeline"].as_array().unwrap().iter();
    let kinds: Vec<&str> = kinds.map(|event| event["kind"].as_str().unwrap()).collect();
    assert!(
        kinds.ends_with(&["due-promised", "promise-withdrawn"]),
        "{kinds:?}"
    );
    let twice = env.run(&["due", "1", "--withdraw", "--reason", "again"]);
    let twice = twice.code(1).stderr;
    assert!(
        twice.contains("no due time of the resolution clock of #1 is promised"),
        "{twice}"
    );
}

/// The texts of the public messages to the requester.
fn told(env: &mut Env) -> Vec<String> {
    let page = env.json(&["show", "1"]);
    let timeline = page["timeline"].as_array().unwrap().iter();
    let replies = timeline.filter(|event| event["kind"] == "replied");
    let texts = replies.map(|event| event["data"]["text"].as_str().unwrap().to_owned());
    texts.collect()
}

#[test]
fn the_requester_is_told_with_the_promise_or_nothing_is_done() {
    let mut env = promised();
    let tell = |env: &mut Env, typed: &str| {
        let args = [
            "due",
            "1",
            typed,
            "--reason",
            "r",
            "--tell",
            "By Wednesday.",
        ];
        env.run(&args)
    };
    let refused = tell(&mut env, "2026-03-02 08:00").code(1).stderr;
    assert!(refused.contains("is not later than"), "{refused}");
    assert_eq!(told(&mut env), Vec::<String>::new());
    let done = tell(&mut env, "2026-03-04 14:00").ok().stdout;
    assert!(
        done.contains("promised resolution by Wed 14:00, ") && done.contains("reply recorded"),
        "{done}"
    );
    assert_eq!(told(&mut env), ["By Wednesday."]);
    let page = env.json(&["show", "1"]);
    assert_eq!(page["clocks"]["response"]["state"], "met");
    assert_eq!(page["clocks"]["resolution"]["due"], "2026-03-04T14:00:00Z");
    // Both are one step: a message that was read is not taken back.
    let undone = env.run(&["undo", "1"]).code(1).stderr;
    assert!(undone.contains("the requester has read it"), "{undone}");
    // The same promise again is none, but what was typed is sent.
    let again = tell(&mut env, "2026-03-04 14:00").ok().stdout;
    assert!(!again.contains("promised"), "{again}");
    assert_eq!(told(&mut env).len(), 2);
    env.does("desk due 1 --withdraw --reason 'in stock' --tell 'It is here.'");
    assert_eq!(told(&mut env)[2], "It is here.");
    assert_eq!(env.json(&["show", "1"]).get("promises"), None);
    // The control: without it nobody is told.
    env.does("desk due 1 '2026-03-04 15:00' --reason r");
    assert_eq!(told(&mut env).len(), 3);
    env.does("desk verify");
}

#[test]
fn a_message_with_a_promise_of_an_update_does_not_end_it() {
    let mut env = promised();
    env.does("desk due 1 'in 2h' --clock update --reason r --tell 'I call at eleven.'");
    let update = env.json(&["show", "1"])["clocks"]["update"].clone();
    assert_eq!(update["promised"], true);
    assert_ne!(update["state"], "met");
    // The control: the next message ends it.
    env.does("desk reply 1 'It works again.'");
    let page = env.json(&["show", "1"]);
    assert_eq!(page["clocks"]["update"]["state"], "met");
    let mut other = promised();
    let args = ["due", "1", "in 2h", "--clock", "response", "--reason", "r"];
    let tell = [&args[..], &["--tell", "Soon."]].concat();
    let refused = other.run(&tell).code(2).stderr;
    assert!(refused.contains("leave --tell out"), "{refused}");
    assert_eq!(told(&mut other), Vec::<String>::new());
    let _ = other.run(&args).ok();
}

#[test]
fn what_cannot_be_promised_is_refused_with_what_to_type() {
    let mut env = promised();
    for (args, code, says) in [
        (
            &["due", "1", "2026-03-02 08:00", "--reason", "x"][..],
            1,
            "is not later than",
        ),
        (&["due", "1", "soonish", "--reason", "x"], 2, "soonish"),
        (&["due", "1", "in 2h"], 2, "--reason TEXT"),
        (&["due", "1"], 2, "desk due ID TIME"),
        (
            &["due", "1", "in 2h", "--withdraw", "--reason", "x"],
            2,
            "would be lost",
        ),
        (
            &["due", "1", "in 2h", "--clock", "lunch", "--reason", "x"],
            2,
            "lunch",
        ),
        (&["due", "9", "in 2h", "--reason", "x"], 3, "9"),
    ] {
        let refused = env.run(args).code(code).stderr;
        assert!(refused.contains(says), "{args:?}: {refused}");
    }
    env.does("desk reply 1 'We are on it.'");
    let late = env.run(&["due", "1", "in 2h", "--clock", "response", "--reason", "x"]);
    let late = late.code(1).stderr;
    assert!(
        late.contains("the response clock of #1 is not running"),
        "{late}"
    );
}

#[test]
fn a_promise_round_trips_and_its_reason_can_be_erased() {
    let mut env = promised();
    env.does("desk spent 1 15m 'with Mia Roth'");
    let exported = env.run(&["export"]).ok().stdout;
    let mut other = Env::new();
    let _done = other.run_with(&["import", "-"], exported).ok();
    let show = ["show", "1"];
    let (here, there) = (env.json(&show), other.json(&show));
    assert_eq!(here["promises"], there["promises"]);
    assert_eq!(here["spent_s"], 900);
    assert_eq!(here["time_spent"], there["time_spent"]);
    other.does("desk verify");
    env.does("desk person erase mia@example.org --reason 'asked for' --texts certain --yes");
    let erased = env.json(&show);
    assert_eq!(erased["spent_s"], 900);
    assert_eq!(
        erased["clocks"]["resolution"]["due"],
        "2026-03-04T12:00:00Z"
    );
    let texts = env.run(&["show", "1", "--full"]).ok().stdout;
    assert!(!texts.contains("Mia Roth"), "{texts}");
    env.does("desk verify");
}

#[test]
fn promises_are_a_filter_and_a_column() {
    let mut env = promised();
    env.does(
        "
        desk open Printer --channel email
        desk due 1 '2026-03-03 12:00' --clock update --reason 'will call'
        ",
    );
    let ids = |env: &mut Env, word: &str| env.run(&["list", "--ids", word]).ok().stdout;
    assert_eq!(ids(&mut env, "is:promised"), "1\n");
    assert_eq!(ids(&mut env, "not:is:promised"), "2\n");
    let csv = env
        .run(&["list", "--format", "csv", "--sort", "id"])
        .ok()
        .stdout;
    let mut lines = csv.lines();
    assert!(
        lines.next().unwrap().ends_with(",spent_s,promised"),
        "{csv}"
    );
    assert!(csv.contains("\"update\nresolution\""), "{csv}");
    let columns = ["list", "--columns", "id,promised", "--sort", "id"];
    let table = env.run(&columns).ok().stdout;
    assert!(table.contains("update resolution"), "{table}");
    let json = env.json(&columns);
    assert_eq!(
        json[0]["promised"],
        serde_json::json!(["update", "resolution"])
    );
    assert_eq!(json[1]["promised"], serde_json::json!([]));
    // Withdrawn, and it is no more.
    env.does(
        "
        desk due 1 --withdraw --reason 'in stock'
        desk due 1 --clock update --withdraw --reason 'called'
        ",
    );
    assert_eq!(ids(&mut env, "is:promised"), "");
    env.does("desk verify");
}
