//! Finds the closed tickets that a rule of retention reaches, by an index in
//! which those that it has reached already are in ranges of their own.

use super::super::StoreError;
use super::super::port::RetentionCursor;
use super::driver::{Executor, Row, Value};
use super::ticket_row::erased_bits;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::privacy::retention::RetentionRule;
use crate::domain::vocabulary::RetentionScope;

/// At most `limit` tickets after the cursor that a rule reaches and that were
/// closed by then, and where to go on.
pub(crate) fn due(
    db: &Executor<'_>,
    rule: &RetentionRule,
    closed_by: Timestamp,
    from: RetentionCursor,
    limit: u32,
) -> Result<(Vec<TicketId>, RetentionCursor), StoreError> {
    let erases = erased_bits(&rule.erase);
    let mut found = Vec::new();
    let mut cursor = from;
    let last = (1_i64 << RetentionScope::ALL.len()) - 1;
    for erased in from.erased..=last {
        // What has every bit of the rule was reached already.
        if erased & erases == erases {
            continue;
        }
        let wanted = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(limit));
        // The cursor stays in a range that may have more.
        if wanted == 0 {
            break;
        }
        if erased != cursor.erased {
            cursor = RetentionCursor {
                erased,
                ..RetentionCursor::start()
            };
        }
        let (statement, values) = select(rule, closed_by, cursor, wanted);
        let read = |row: &Row<'_>| Ok((row.int("closed")?, row.int("id")?));
        for (closed_ms, id) in db.all(&statement, &values, read)? {
            found.push(TicketId(id));
            cursor = RetentionCursor {
                erased,
                closed_ms,
                id,
            };
        }
    }
    Ok((found, cursor))
}

/// A range of the index for tickets of which the same was erased.
pub(crate) fn select(
    rule: &RetentionRule,
    closed_by: Timestamp,
    after: RetentionCursor,
    limit: u32,
) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![
        after.erased.into(),
        closed_by.into(),
        after.closed_ms.into(),
        after.id.into(),
        limit.into(),
    ];
    let mut conditions = String::new();
    if let Some(kind) = rule.kind {
        values.push(kind.as_str().into());
        conditions += &format!(" AND kind = ${}", values.len());
    }
    if let Some(category) = &rule.category {
        let path = category.as_str();
        values.push(path.into());
        let same = values.len();
        values.push(format!("{path}/").into());
        // '0' is the character after '/'.
        values.push(format!("{path}0").into());
        let (from, to) = (same + 1, same + 2);
        conditions +=
            &format!(" AND (category = ${same} OR (category >= ${from} AND category < ${to}))");
    }
    let statement = format!(
        "SELECT closed, id FROM ticket WHERE closed IS NOT NULL AND undone <> 1 \
         AND erased = $1 AND closed <= $2 AND (closed, id) > ($3, $4){conditions} \
         ORDER BY closed, id LIMIT $5"
    );
    (statement, values)
}
