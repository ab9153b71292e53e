//! The seam between the statements and an engine: four methods, plain values,
//! and rows that say what is wrong with them. Knows no statement.

use std::ops::ControlFlow;

use super::StoreError;
use crate::domain::Timestamp;

/// A value on its way into or out of an engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
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
    fn from(truth: bool) -> Self {
        Self::Int(truth.into())
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

/// What a row handler says: go on, or enough.
pub(super) type Flow = Result<ControlFlow<()>, StoreError>;

/// An open transaction on an engine; dropping it undoes it.
///
/// Statements are in the common dialect: `$1`, `$2` for parameters, no
/// functions of time or chance.
pub(super) trait Driver {
    /// Runs several statements that take no parameters and give no rows.
    fn batch(&self, sql: &str) -> Result<(), StoreError>;

    /// Runs a statement and says how many rows it touched.
    fn execute(&self, sql: &str, values: &[Value]) -> Result<usize, StoreError>;

    /// Runs a statement and hands over its rows until one is enough.
    fn query(
        &self,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(Row) -> Flow,
    ) -> Result<(), StoreError>;

    /// Makes the transaction durable.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

impl dyn Driver + '_ {
    /// The first row, read; the others are not looked at.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        values: &[Value],
        mut read: impl FnMut(Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut found = None;
        self.query(sql, values, &mut |row| {
            found = Some(read(row)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// Every row, read.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        values: &[Value],
        mut read: impl FnMut(Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.query(sql, values, &mut |row| {
            found.push(read(row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }
}

/// A row, read from its first column to its last.
#[derive(Debug)]
pub(super) struct Row {
    values: std::vec::IntoIter<Value>,
    read: usize,
}

impl Row {
    pub(super) fn new(values: Vec<Value>) -> Self {
        Self {
            values: values.into_iter(),
            read: 0,
        }
    }

    /// The columns not read yet, as they are.
    pub(super) fn rest(self) -> Vec<Value> {
        self.values.collect()
    }

    /// Leaves columns unread.
    pub(super) fn skip(&mut self, columns: usize) {
        for _ in 0..columns {
            self.next();
        }
    }

    fn next(&mut self) -> Value {
        self.read += 1;
        self.values.next().unwrap_or(Value::Null)
    }

    fn wrong(&self, wanted: &str) -> StoreError {
        damaged(format!("column {} of a row is not {wanted}", self.read))
    }

    pub(super) fn maybe_int(&mut self) -> Result<Option<i64>, StoreError> {
        match self.next() {
            Value::Null => Ok(None),
            Value::Int(number) => Ok(Some(number)),
            Value::Text(_) | Value::Blob(_) => Err(self.wrong("a number")),
        }
    }

    pub(super) fn int(&mut self) -> Result<i64, StoreError> {
        self.maybe_int()?.ok_or_else(|| self.wrong("there"))
    }

    pub(super) fn maybe_text(&mut self) -> Result<Option<String>, StoreError> {
        match self.next() {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text)),
            Value::Int(_) | Value::Blob(_) => Err(self.wrong("a text")),
        }
    }

    pub(super) fn text(&mut self) -> Result<String, StoreError> {
        self.maybe_text()?.ok_or_else(|| self.wrong("there"))
    }

    pub(super) fn maybe_blob(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        match self.next() {
            Value::Null => Ok(None),
            Value::Blob(bytes) => Ok(Some(bytes)),
            Value::Int(_) | Value::Text(_) => Err(self.wrong("a row of bytes")),
        }
    }

    pub(super) fn blob(&mut self) -> Result<Vec<u8>, StoreError> {
        self.maybe_blob()?.ok_or_else(|| self.wrong("there"))
    }

    pub(super) fn small<N: TryFrom<i64>>(&mut self) -> Result<N, StoreError> {
        let number = self.int()?;
        N::try_from(number).map_err(|_| self.wrong("within its bounds"))
    }

    pub(super) fn maybe_moment(&mut self) -> Result<Option<Timestamp>, StoreError> {
        self.maybe_int()?.map(moment).transpose()
    }

    pub(super) fn moment(&mut self) -> Result<Timestamp, StoreError> {
        moment(self.int()?)
    }
}

/// The instant of a stored number.
///
/// # Errors
/// [`StoreError::Damaged`] outside the years 1 to 9999: nothing that can be
/// recorded lies there, and within them no reckoning overflows.
pub(super) fn moment(millis: i64) -> Result<Timestamp, StoreError> {
    use chrono::Datelike;
    Timestamp::from_timestamp_millis(millis)
        .filter(|at| (1..=9999).contains(&at.year()))
        .ok_or_else(|| damaged(format!("{millis} is no moment")))
}

pub(super) fn damaged(detail: impl Into<String>) -> StoreError {
    StoreError::Damaged {
        detail: detail.into(),
    }
}
