//! Rows as the drivers give them, and how they become values of the program.

use std::sync::Arc;

use kernel::value::{Column, Value};

use crate::error::{Error, Result};

/// One row, read from the left.
pub struct Row {
    values: std::vec::IntoIter<Value>,
    sql: Arc<str>,
}

impl Row {
    pub(crate) fn new(values: Vec<Value>, sql: Arc<str>) -> Self {
        Self { values: values.into_iter(), sql }
    }

    /// The next column as it is stored.
    pub(crate) fn take_value(&mut self) -> Result<Value> {
        self.values.next().ok_or_else(|| Error::Decode { sql: self.sql.to_string(), wanted: "a further column" })
    }

    /// The next column.
    pub fn take<T: Column>(&mut self) -> Result<T> {
        let value = self.take_value()?;
        T::from_value(value).map_err(|e| Error::Decode { sql: self.sql.to_string(), wanted: e.wanted })
    }
}

/// What a row can be read as: a record, a tuple of columns, or a record followed by further columns.
pub trait FromRow: Sized {
    fn from_row(row: &mut Row) -> Result<Self>;
}

macro_rules! from_row_tuple {
    ($($name:ident),+) => {
        impl<$($name: Column),+> FromRow for ($($name,)+) {
            fn from_row(row: &mut Row) -> Result<Self> {
                Ok(($(row.take::<$name>()?,)+))
            }
        }
    };
}
from_row_tuple!(A);
from_row_tuple!(A, B);
from_row_tuple!(A, B, C);
from_row_tuple!(A, B, C, D);
from_row_tuple!(A, B, C, D, E);
from_row_tuple!(A, B, C, D, E, F);
from_row_tuple!(A, B, C, D, E, F, G);
from_row_tuple!(A, B, C, D, E, F, G, H);
from_row_tuple!(A, B, C, D, E, F, G, H, I);
from_row_tuple!(A, B, C, D, E, F, G, H, I, J);
