//! The seam between statements and an engine: plain values in, rows read by
//! column name out. Knows no statement.

use std::cell::Cell;
use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::codec;
use crate::domain::Timestamp;

/// A value on its way into a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Int(flag.into())
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Int(at.timestamp_millis())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Blob(bytes.to_vec())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A value of a row, borrowed from the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueRef<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Blob(&'a [u8]),
}

impl From<ValueRef<'_>> for Value {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Int(number) => Self::Int(number),
            ValueRef::Text(text) => text.into(),
            ValueRef::Blob(bytes) => bytes.into(),
        }
    }
}

/// What a row callback returns: continue, stop, or fail.
pub(crate) type RowResult = Result<ControlFlow<()>, StoreError>;

/// A sealed event of the chain, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChainLink {
    pub(crate) seq: i64,
    pub(crate) ticket: Option<i64>,
    pub(crate) n: i64,
    pub(crate) at_ms: i64,
    pub(crate) recorded_ms: i64,
    pub(crate) actor: i64,
    pub(crate) kind: String,
    pub(crate) body: String,
    pub(crate) prev: Vec<u8>,
    pub(crate) hash: Vec<u8>,
    pub(crate) fields: Vec<LinkText>,
}

/// A text of an event, which is stored beside the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinkText {
    pub(crate) path: String,
    pub(crate) salt: Vec<u8>,
    pub(crate) value: String,
}

/// The sequence number and the hash of the last event; `None` if there is none.
pub(crate) type ChainHead = Option<(i64, Vec<u8>)>;

/// An open transaction of an engine. Dropping it rolls it back.
///
/// Statements use `$1`, `$2` for parameters and no functions of time or
/// randomness.
pub(crate) trait Driver {
    /// Runs several statements that take no parameters and return no rows.
    fn batch(&self, sql: &str) -> Result<(), StoreError>;

    /// Runs a statement that returns no rows.
    fn execute(&self, sql: &str, values: &[Value]) -> Result<(), StoreError>;

    /// Runs a statement and calls `take` with each row until it stops.
    fn query(
        &self,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(&Row<'_>) -> RowResult,
    ) -> Result<(), StoreError>;

    /// The end of the chain.
    fn head(&self) -> Result<ChainHead, StoreError>;

    /// As [`Self::head`], so that nobody else appends to the chain until the
    /// transaction ends.
    fn lock_head(&self) -> Result<ChainHead, StoreError>;

    /// Appends events that follow the end of the chain.
    fn append(&self, links: &[ChainLink]) -> Result<(), StoreError>;

    /// Keeps others from changing a ticket until the transaction ends.
    fn lock_ticket(&self, id: i64) -> Result<(), StoreError>;

    /// Whether deleted texts stay in a file until it is scrubbed.
    fn keeps_deleted_texts(&self) -> bool;

    /// Whether people are written before the events that introduce them.
    fn introduces_people_first(&self) -> bool;

    /// The function of a text and a part of it that returns where the part begins,
    /// from 1.
    fn position_function(&self) -> &'static str;

    /// Makes the transaction durable.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// The first row of a statement on a driver.
pub(crate) fn first_row<T>(
    driver: &dyn Driver,
    sql: &str,
    values: &[Value],
    mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut found = None;
    driver.query(sql, values, &mut |row| {
        found = Some(read(row)?);
        Ok(ControlFlow::Break(()))
    })?;
    Ok(found)
}

/// The end of the chain in a row with its number and its hash.
pub(crate) fn read_head(row: &Row<'_>) -> Result<(i64, Vec<u8>), StoreError> {
    Ok((row.int("seq")?, row.blob("hash")?))
}

/// Runs statements on a driver, one at a time: not every engine can run a
/// statement while the rows of another are being read.
pub(crate) struct Executor<'a> {
    driver: Box<dyn Driver + 'a>,
    reading: Cell<bool>,
}

impl<'a> Executor<'a> {
    pub(crate) fn new(driver: impl Driver + 'a) -> Self {
        Self {
            driver: Box::new(driver),
            reading: Cell::new(false),
        }
    }

    fn assert_not_reading(&self, sql: &str) {
        debug_assert!(
            !self.reading.get(),
            "a statement runs while rows of another are being read: {sql}"
        );
    }

    /// Runs several statements that take no parameters and return no rows.
    pub(crate) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.assert_not_reading(sql);
        self.driver.batch(sql)
    }

    /// Runs a statement that returns no rows.
    pub(crate) fn execute(&self, sql: &str, values: &[Value]) -> Result<(), StoreError> {
        self.assert_not_reading(sql);
        self.driver.execute(sql, values)
    }

    /// Runs a statement and calls `take` with each row until it stops.
    pub(crate) fn query(
        &self,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(&Row<'_>) -> RowResult,
    ) -> Result<(), StoreError> {
        self.assert_not_reading(sql);
        self.reading.set(true);
        let outcome = self.driver.query(sql, values, take);
        self.reading.set(false);
        outcome
    }

    /// Reads the first row; the others are ignored.
    pub(crate) fn first<T>(
        &self,
        sql: &str,
        values: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut found = None;
        self.query(sql, values, &mut |row| {
            found = Some(read(row)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// Reads every row.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        values: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.query(sql, values, &mut |row| {
            found.push(read(row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    /// The end of the chain.
    pub(crate) fn head(&self) -> Result<ChainHead, StoreError> {
        self.driver.head()
    }

    /// As [`Self::head`], so that nobody else appends to the chain until the
    /// transaction ends.
    pub(crate) fn lock_head(&self) -> Result<ChainHead, StoreError> {
        self.driver.lock_head()
    }

    /// Appends events that follow the end of the chain.
    pub(crate) fn append(&self, links: &[ChainLink]) -> Result<(), StoreError> {
        self.assert_not_reading("the events of the chain");
        match links.is_empty() {
            true => Ok(()),
            false => self.driver.append(links),
        }
    }

    /// Keeps others from changing a ticket until the transaction ends.
    pub(crate) fn lock_ticket(&self, id: i64) -> Result<(), StoreError> {
        self.driver.lock_ticket(id)
    }

    /// Whether deleted texts stay in a file until it is scrubbed.
    pub(crate) fn keeps_deleted_texts(&self) -> bool {
        self.driver.keeps_deleted_texts()
    }

    /// See [`Driver::introduces_people_first`].
    pub(crate) fn introduces_people_first(&self) -> bool {
        self.driver.introduces_people_first()
    }

    /// See [`Driver::position_function`].
    pub(crate) fn position_function(&self) -> &'static str {
        self.driver.position_function()
    }

    /// Makes the transaction durable.
    pub(crate) fn commit(self) -> Result<(), StoreError> {
        self.driver.commit()
    }
}

/// A row, read by column name.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    names: &'a [&'a str],
    values: Vec<ValueRef<'a>>,
    /// The column after the last one read. Columns are mostly read in their
    /// order, so that one comparison finds them.
    next: Cell<usize>,
}

impl<'a> Row<'a> {
    pub(crate) const fn new(names: &'a [&'a str], values: Vec<ValueRef<'a>>) -> Self {
        Self {
            names,
            values,
            next: Cell::new(0),
        }
    }

    /// # Errors
    /// [`StoreError::Failed`] if the statement has no such column.
    pub(crate) fn value(&self, name: &str) -> Result<ValueRef<'a>, StoreError> {
        let next = self.next.get();
        let find = |start: usize| {
            let rest = self.names.get(start..).unwrap_or_default();
            let found = rest.iter().position(|known| *known == name);
            found.map(|offset| start + offset)
        };
        let index = find(next).or_else(|| find(0));
        let index = index.ok_or_else(|| StoreError::Failed {
            detail: format!("a statement has no column '{name}'"),
        })?;
        self.next.set(index + 1);
        Ok(self.values[index])
    }

    pub(crate) fn maybe_int(&self, name: &str) -> Result<Option<i64>, StoreError> {
        match self.value(name)? {
            ValueRef::Null => Ok(None),
            ValueRef::Int(number) => Ok(Some(number)),
            ValueRef::Text(_) | ValueRef::Blob(_) => Err(wrong(name, "a number")),
        }
    }

    pub(crate) fn int(&self, name: &str) -> Result<i64, StoreError> {
        self.maybe_int(name)?.ok_or_else(|| null(name))
    }

    pub(crate) fn maybe_str(&self, name: &str) -> Result<Option<&'a str>, StoreError> {
        match self.value(name)? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(text) => Ok(Some(text)),
            ValueRef::Int(_) | ValueRef::Blob(_) => Err(wrong(name, "a text")),
        }
    }

    pub(crate) fn str(&self, name: &str) -> Result<&'a str, StoreError> {
        self.maybe_str(name)?.ok_or_else(|| null(name))
    }

    pub(crate) fn maybe_text(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self.maybe_str(name)?.map(str::to_owned))
    }

    pub(crate) fn text(&self, name: &str) -> Result<String, StoreError> {
        self.str(name).map(str::to_owned)
    }

    pub(crate) fn blob(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        match self.value(name)? {
            ValueRef::Blob(bytes) => Ok(bytes.to_vec()),
            ValueRef::Null => Err(null(name)),
            ValueRef::Int(_) | ValueRef::Text(_) => Err(wrong(name, "a byte string")),
        }
    }

    /// A number of a smaller type.
    pub(crate) fn number<N: TryFrom<i64>>(&self, name: &str) -> Result<N, StoreError> {
        N::try_from(self.int(name)?).map_err(|_| wrong(name, "in range"))
    }

    pub(crate) fn flag(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.int(name)? != 0)
    }

    pub(crate) fn maybe_timestamp(&self, name: &str) -> Result<Option<Timestamp>, StoreError> {
        self.maybe_int(name)?.map(codec::timestamp).transpose()
    }

    pub(crate) fn timestamp(&self, name: &str) -> Result<Timestamp, StoreError> {
        codec::timestamp(self.int(name)?)
    }
}

fn wrong(name: &str, expected: &str) -> StoreError {
    StoreError::damaged(format!("column '{name}' of a row is not {expected}"))
}

fn null(name: &str) -> StoreError {
    StoreError::damaged(format!("column '{name}' of a row is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_by_name_in_any_order_and_as_often_as_needed() {
        let names = ["id", "title", "key"];
        let row = Row::new(
            &names,
            vec![ValueRef::Int(7), ValueRef::Text("VPN"), ValueRef::Null],
        );
        assert_eq!(row.maybe_text("key").unwrap(), None);
        assert_eq!(row.int("id").unwrap(), 7);
        assert_eq!(row.str("title").unwrap(), "VPN");
        assert_eq!(row.number::<u8>("id").unwrap(), 7);
        let errors = [
            row.int("title").unwrap_err(),
            row.text("key").unwrap_err(),
            row.int("none").unwrap_err(),
        ];
        insta::assert_snapshot!(errors.map(|fault| fault.to_string()).join("\n"), @"
        the store is damaged: column 'title' of a row is not a number
        the store is damaged: column 'key' of a row is missing
        the store failed: a statement has no column 'none'
        ");
    }
}
