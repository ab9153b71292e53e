//! Tags, fields that the policy defines, and checklists.

use crate::domain::category::Category;
use crate::domain::custom_field::TypedField;
use crate::domain::decide::Command;
use crate::domain::tag::{MAX_TAGS, Tag};
use crate::domain::vocabulary::{ChecklistMark, FieldGate, FieldType, Gate};
use crate::testing::sample_fields::field;
use crate::testing::ticket_story::{TicketStory, close_told, desk, resolve};

fn tag(add: &[&str], remove: &[&str]) -> Command {
    let all = |tags: &[&str]| tags.iter().map(|tag| Tag::parse(tag).unwrap()).collect();
    Command::Tag {
        add: all(add),
        remove: all(remove),
    }
}

fn tags(desk: &TicketStory) -> Vec<&str> {
    desk.ticket().tags.iter().map(Tag::as_str).collect()
}

#[test]
fn tags_are_added_once_and_removed() {
    let desk = desk().open().run(tag(&["vpn", "old", "VPN"], &[]));
    assert_eq!(tags(&desk), ["old", "vpn"]);
    let desk = desk.run(tag(&["new", "vpn"], &["old"]));
    assert_eq!(tags(&desk), ["new", "vpn"]);
    assert_eq!(desk.summary().tags, desk.ticket().tags);
    assert_eq!(desk.gives(tag(&["vpn"], &["old", "never"])), "-");
    let (refusal, hint) = desk.refuses(tag(&["both"], &["both"]));
    assert_eq!(refusal, "'both' cannot be added and removed at once");
    assert_eq!(hint, "write both, or -both to remove it");
}

#[test]
fn a_ticket_has_a_limited_number_of_tags() {
    let names: Vec<String> = (0..MAX_TAGS).map(|n| format!("tag-{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let desk = desk().open().run(tag(&names, &[]));
    let (refusal, _) = desk.refuses(tag(&["one-more"], &[]));
    assert_eq!(refusal, "#1 would have more than 30 tags");
    assert_eq!(desk.gives(tag(&["one-more"], &["tag-0"])), "tagged");
    assert_eq!(desk.gives(tag(&[], &["tag-0"])), "tagged");
}

fn with_fields() -> TicketStory {
    desk()
        .policy(|policy| {
            policy.fields = vec![
                field("asset", FieldType::Text),
                field("cost", FieldType::Number),
                field("color", FieldType::Choice),
            ];
        })
        .open_at(3)
}

fn set(typed: &[&str]) -> Command {
    let fields = typed.iter().map(|typed| TypedField::parse(typed).unwrap());
    Command::SetFields {
        fields: fields.collect(),
    }
}

fn values(desk: &TicketStory) -> Vec<String> {
    let fields = desk.ticket().fields.iter();
    fields
        .map(|field| format!("{}={}", field.name, field.value))
        .collect()
}

#[test]
fn fields_are_set_replaced_and_removed() {
    let desk = with_fields().run(set(&["cost=012.50", "asset=SRV-1", "color=RED"]));
    assert_eq!(values(&desk), ["asset=SRV-1", "color=Red", "cost=12.5"]);
    assert_eq!(desk.gives(set(&["cost=12.5", "color=red"])), "-");
    let desk = desk.run(set(&["Cost=13", "asset="]));
    assert_eq!(values(&desk), ["color=Red", "cost=13"]);
    assert_eq!(desk.summary().fields, desk.ticket().fields);
    assert_eq!(desk.gives(set(&["asset="])), "-");
}

#[test]
fn a_value_that_does_not_fit_is_refused_with_the_form() {
    let desk = with_fields();
    for (typed, refusal, hint) in [
        (
            &["cost=much"][..],
            "'much' is not a value of cost",
            "write a number such as 1200",
        ),
        (
            &["color=green"],
            "'green' is not a value of color",
            "write one of Red, Blue",
        ),
        (
            &["asse=1"],
            "the policy has no field 'asse'",
            "did you mean 'asset'?",
        ),
        (
            &["asse="],
            "the policy has no field 'asse'",
            "did you mean 'asset'?",
        ),
        (
            &["cost=1", "cost=2"],
            "'cost' is given twice",
            "give cost once",
        ),
    ] {
        let (said, help) = desk.refuses(set(typed));
        assert_eq!(said, refusal);
        assert!(help.starts_with(hint), "{help}");
    }
}

#[test]
fn a_field_that_the_policy_has_no_more_keeps_its_value_until_it_is_removed() {
    let desk = with_fields().run(set(&["asset=SRV-1"]));
    let desk = desk.enact(|policy| policy.fields.clear());
    assert_eq!(values(&desk), ["asset=SRV-1"]);
    let (refusal, hint) = desk.refuses(set(&["asset=SRV-2"]));
    assert_eq!(
        refusal,
        "the policy has no field 'asset' any more; its value stays as it is"
    );
    assert!(hint.starts_with("remove the value with asset="), "{hint}");
    assert_eq!(values(&desk.run(set(&["asset="]))), [""; 0]);
}

#[test]
fn a_required_field_is_asked_for_by_its_step_in_its_category() {
    let required = |step, path: Option<&str>| {
        let mut asset = field("asset", FieldType::Text);
        asset.required_to = Some(step);
        asset.categories = path
            .map(|path| Category::parse(path).unwrap())
            .into_iter()
            .collect();
        desk()
            .policy(|policy| policy.fields = vec![asset, field("cost", FieldType::Number)])
            .open_at(3)
    };
    let desk = required(FieldGate::Resolve, Some("network"));
    assert_eq!(
        desk.refuses(resolve(None)),
        (
            "#1 is not ready: no value of asset".to_owned(),
            "desk field 1 asset=VALUE; or override it with --force --reason TEXT".to_owned()
        )
    );
    assert_eq!(
        desk.clone().run(set(&["asset=SRV-1"])).gives(resolve(None)),
        "resolved"
    );
    // The ticket is about a network.
    let elsewhere = required(FieldGate::Resolve, Some("hardware"));
    assert_eq!(elsewhere.gives(resolve(None)), "resolved");
    let closing = required(FieldGate::Close, None).resolve();
    let (refusal, _) = closing.refuses(close_told());
    assert_eq!(refusal, "#1 is not ready: no value of asset");
    let set = closing.run(set(&["asset=SRV-1"]));
    assert!(set.gives(close_told()).ends_with("closed"));
}

fn add(text: &str) -> Command {
    Command::AddToChecklist {
        items: vec![text.to_owned()],
    }
}

fn mark(items: &[u32], mark: ChecklistMark) -> Command {
    Command::MarkChecklist {
        items: items.to_vec(),
        mark,
    }
}

#[test]
fn items_of_a_checklist_are_done_and_dropped_by_number() {
    let desk = desk()
        .open()
        .run(add("wipe"))
        .run(add("label"))
        .run(add("ship"));
    let desk = desk.run(mark(&[1, 3, 1], ChecklistMark::Done));
    let progress = |desk: &TicketStory| {
        let progress = desk.summary().checklist;
        (progress.done, progress.total)
    };
    assert_eq!(progress(&desk), (2, 3));
    assert_eq!(desk.gives(mark(&[1], ChecklistMark::Done)), "-");
    let (refusal, hint) = desk.refuses(mark(&[1, 4], ChecklistMark::Done));
    assert_eq!(refusal, "#1 has no item 4");
    assert_eq!(hint, "see their numbers with: desk show 1");
    let desk = desk
        .run(mark(&[1], ChecklistMark::Dropped))
        .run(mark(&[3], ChecklistMark::Open));
    assert_eq!(progress(&desk), (0, 2));
    let desk = desk.run(add("phone"));
    assert_eq!(desk.ticket().checklist.items[2].number, 4);
    let many = Command::AddToChecklist {
        items: vec!["x".to_owned(); 200],
    };
    let (refusal, _) = desk.refuses(many);
    assert_eq!(refusal, "#1 would have more than 200 items of a checklist");
}

#[test]
fn the_gate_of_the_checklist_is_off_until_the_policy_enables_it() {
    let open = || desk().open_at(3).run(add("wipe"));
    assert_eq!(open().gives(resolve(None)), "resolved");
    let gated = desk().policy(|policy| policy.gates.push(Gate::Checklist));
    let gated = gated.open_at(3);
    assert_eq!(gated.gives(resolve(None)), "resolved");
    let gated = gated.run(add("wipe"));
    let (refusal, hint) = gated.refuses(resolve(None));
    assert_eq!(refusal, "#1 is not ready: the checklist is not done");
    assert!(
        hint.starts_with("desk checklist 1, then desk checklist 1 done NUMBERS"),
        "{hint}"
    );
    let done = gated.run(mark(&[1], ChecklistMark::Done));
    assert_eq!(done.gives(resolve(None)), "resolved");
}

#[test]
fn a_new_ticket_carries_what_it_was_opened_with() {
    let desk = desk().policy(|policy| policy.fields = vec![field("asset", FieldType::Text)]);
    let desk = desk.with(|new| {
        new.tags = vec![Tag::parse("vpn").unwrap()];
        new.fields = vec![TypedField::parse("asset=SRV-1").unwrap()];
        new.checklist = vec!["wipe".to_owned(), "ship".to_owned()];
    });
    let desk = desk.open();
    assert_eq!(tags(&desk), ["vpn"]);
    assert_eq!(values(&desk), ["asset=SRV-1"]);
    assert_eq!(desk.summary().checklist.total, 2);
}
