//! Hypotheses.

use crate::domain::decide::Command;
use crate::domain::ticket::Verdict;
use crate::testing::ticket_story::desk;

fn propose(text: &str) -> Command {
    let text = text.to_owned();
    Command::ProposeHypothesis { text }
}

fn judge(hypothesis: Option<u32>, confirmed: bool) -> Command {
    Command::JudgeHypothesis {
        hypothesis,
        confirmed,
        evidence: "the log says so".to_owned(),
    }
}

#[test]
fn hypotheses_are_numbered_and_judged_with_evidence() {
    let desk = desk()
        .open()
        .run(propose("full disk"))
        .run(propose("bad cable"));
    assert_eq!(
        desk.refuses(judge(None, true)).0,
        "#1 has 2 open hypotheses; say which"
    );
    let desk = desk.run(judge(Some(2), false)).run(judge(None, true));
    let verdicts: Vec<bool> = desk
        .ticket()
        .hypotheses
        .iter()
        .map(|h| matches!(h.verdict, Verdict::Confirmed { .. }))
        .collect();
    assert_eq!(verdicts, [true, false]);
    assert_eq!(desk.gives(judge(Some(1), true)), "-");
    assert_eq!(
        desk.refuses(judge(Some(1), false)).0,
        "hypothesis 1 of #1 is already confirmed"
    );
    assert_eq!(
        desk.refuses(judge(Some(2), true)).0,
        "hypothesis 2 of #1 is already refuted"
    );
}

#[test]
fn judging_a_missing_or_judged_hypothesis_is_rejected() {
    let desk = desk().open();
    assert_eq!(
        desk.refuses(judge(Some(3), true)).0,
        "#1 has no hypothesis 3"
    );
    assert_eq!(
        desk.refuses(judge(None, true)).0,
        "#1 has no open hypothesis"
    );
    let desk = desk.run(propose("full disk")).run(judge(None, false));
    assert_eq!(
        desk.refuses(judge(None, true)),
        (
            "#1 has no open hypothesis".to_owned(),
            "see their numbers with: desk show 1".to_owned()
        )
    );
}
