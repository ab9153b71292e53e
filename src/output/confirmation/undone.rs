//! What came back when a step was taken back.

use crate::domain::read_models::TicketUpdate;
use crate::domain::summary::Summary;
use crate::domain::tag::Tag;
use crate::output::style::untrusted;

/// `undone: resolved -> active, ben -> unassigned`.
pub(super) fn what_came_back(update: &TicketUpdate) -> String {
    let Some(before) = &update.before else {
        return "undone".to_owned();
    };
    let fields: [fn(&Summary) -> String; 10] = [
        |row| row.state_shown().to_owned(),
        |row| row.tier.to_string(),
        |row| {
            let agent = row.assignee.as_ref();
            agent.map_or_else(
                || "unassigned".to_owned(),
                |agent| agent.as_str().to_owned(),
            )
        },
        |row| {
            let rating = row.rating.as_ref();
            rating.map_or_else(|| "no priority".to_owned(), |r| r.priority.to_string())
        },
        |row| {
            let category = row.category.as_ref();
            category.map_or_else(|| "no category".to_owned(), ToString::to_string)
        },
        |row| {
            row.kind
                .map_or("not identified", |kind| kind.as_str())
                .to_owned()
        },
        |row| row.channel.to_string(),
        |row| format!("\"{}\"", row.title),
        |row| {
            let tags: Vec<&str> = row.tags.iter().map(Tag::as_str).collect();
            match tags.is_empty() {
                true => "no tags".to_owned(),
                false => format!("tags {}", tags.join(" ")),
            }
        },
        |row| {
            let fields = row.fields.iter();
            let fields = fields.map(|field| format!("{}={}", field.name, field.value));
            let fields: Vec<String> = fields.collect();
            match fields.is_empty() {
                true => "no fields".to_owned(),
                false => fields.join(" "),
            }
        },
    ];
    let changes = fields.iter().filter_map(|field| {
        let (old, new) = (field(before), field(&update.after));
        let arrow = || format!("{} -> {}", untrusted::line(&old), untrusted::line(&new));
        (old != new).then(arrow)
    });
    let changes: Vec<String> = changes.collect();
    match changes.is_empty() {
        true => "the last step is undone".to_owned(),
        false => format!("undone: {}", changes.join(", ")),
    }
}
