//! Rows as the drivers give them, and how they become values of the program.

use std::sync::Arc;

use kernel::value::{Column, Value};

use crate::{
    error::{Error, Result},
    keys::{Opener, Place},
};

/// One row, read from the left.
pub struct Row {
    values: std::vec::IntoIter<Value>,
    sql: Arc<str>,
    opener: Option<Opener>,
    /// The id of the record being read: what its sealed fields are bound to.
    id: Option<kernel::Uuid>,
}

impl Row {
    pub(crate) fn new(values: Vec<Value>, sql: Arc<str>) -> Self {
        Self { values: values.into_iter(), sql, opener: None, id: None }
    }

    /// The same, able to open sealed fields.
    pub(crate) fn sealed(values: Vec<Value>, sql: Arc<str>, opener: Option<Opener>) -> Self {
        let id = values.first().and_then(|id| kernel::Uuid::from_value(id.clone()).ok());
        Self { values: values.into_iter(), sql, opener, id }
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

    /// The next column as a record's field, opened if it is sealed.
    pub fn field<T: Column>(&mut self, table: &'static str, column: &'static str) -> Result<T> {
        if !T::SEALED {
            return self.take();
        }
        let value = match self.take_value()? {
            Value::Bytes(sealed) => {
                let place = Place { table, column, row: self.id.unwrap_or_default() };
                let refused = || Error::Sealed { table, column, row: place.row };
                let opener = self.opener.as_ref().ok_or_else(refused)?;
                Value::Sealed(opener.open_text(place, &sealed)?)
            }
            other => other,
        };
        T::from_value(value).map_err(|e| Error::Decode { sql: self.sql.to_string(), wanted: e.wanted })
    }
}

/// What a row can be read as: a record, a tuple of columns, or a record followed by further columns.
pub trait FromRow: Sized {
    /// Does reading it open sealed fields?
    const SEALED: bool = false;
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
