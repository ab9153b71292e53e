//! Values on their way to the server and back.

use postgres::Row as ServerRow;
use postgres::types::{ToSql, Type};

use super::super::super::StoreError;
use super::super::super::sql::driver::{Value, ValueRef};

/// A parameter of a statement.
pub(super) type Parameter<'a> = &'a (dyn ToSql + Sync);

/// The statement says of which type it is.
const NULL: Option<&str> = None;

/// The parameters of a statement, with their types.
pub(super) fn parameters(values: &[Value]) -> impl Iterator<Item = (Parameter<'_>, Type)> {
    values.iter().map(|value| -> (Parameter<'_>, Type) {
        match value {
            Value::Null => (&NULL, Type::UNKNOWN),
            Value::Int(number) => (number, Type::INT8),
            Value::Text(text) => (text, Type::TEXT),
            Value::Blob(bytes) => (bytes, Type::BYTEA),
        }
    })
}

/// How the values of a column are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum ColumnKind {
    Bool,
    Small,
    Int,
    Long,
    Text,
    Blob,
    Other,
}

/// The names of the columns of a row, and how each is read.
pub(super) fn columns_of(row: &ServerRow) -> (Vec<String>, Vec<ColumnKind>) {
    let kind = |kind: &Type| match *kind {
        Type::BOOL => ColumnKind::Bool,
        Type::INT2 => ColumnKind::Small,
        Type::INT4 => ColumnKind::Int,
        Type::INT8 => ColumnKind::Long,
        Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN => ColumnKind::Text,
        Type::BYTEA => ColumnKind::Blob,
        _ => ColumnKind::Other,
    };
    let columns = row.columns().iter();
    columns
        .map(|column| (column.name().to_owned(), kind(column.type_())))
        .unzip()
}

impl ColumnKind {
    pub(super) fn read<'r>(
        self,
        row: &'r ServerRow,
        at: usize,
    ) -> Result<ValueRef<'r>, StoreError> {
        let wrong = |_| StoreError::damaged("a value is not of the type of its column");
        fn or_null<'r, T>(found: Option<T>, value: impl FnOnce(T) -> ValueRef<'r>) -> ValueRef<'r> {
            found.map_or(ValueRef::Null, value)
        }
        Ok(match self {
            Self::Bool => or_null(row.try_get::<_, Option<bool>>(at).map_err(wrong)?, |flag| {
                ValueRef::Int(flag.into())
            }),
            Self::Small => or_null(row.try_get::<_, Option<i16>>(at).map_err(wrong)?, |n| {
                ValueRef::Int(n.into())
            }),
            Self::Int => or_null(row.try_get::<_, Option<i32>>(at).map_err(wrong)?, |n| {
                ValueRef::Int(n.into())
            }),
            Self::Long => or_null(row.try_get(at).map_err(wrong)?, ValueRef::Int),
            Self::Text => or_null(row.try_get(at).map_err(wrong)?, ValueRef::Text),
            Self::Blob => or_null(row.try_get(at).map_err(wrong)?, ValueRef::Blob),
            Self::Other => return Err(StoreError::damaged("a column has an unknown type")),
        })
    }
}
