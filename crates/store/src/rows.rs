//! Rows as the drivers give them, and how they become values of the program.

use kernel::value::{Column, Value};

use crate::{
    driver::Rows,
    error::{Error, Result},
    keys::{Opener, Place},
};

/// One row, read from the left.
pub struct Row {
    /// Of this row and those behind it.
    values: std::vec::IntoIter<Value>,
    /// How many of them are this row's and have not been taken.
    left: usize,
    opener: Option<Opener>,
    /// The id of the record being read: what its sealed fields are bound to.
    id: Option<kernel::Uuid>,
}

impl Row {
    /// A row of values that a record gave ([`crate::Record::values`]): what is read from it is that record, changed.
    pub fn of(values: Vec<Value>) -> Self {
        Self { left: values.len(), values: values.into_iter(), opener: None, id: None }
    }

    /// The next column as it is stored.
    pub(crate) fn take_value(&mut self) -> Result<Value> {
        let next = if self.left == 0 { None } else { self.values.next() };
        self.left = self.left.saturating_sub(1);
        next.ok_or_else(|| unreadable("a further column"))
    }

    /// The next column.
    pub fn take<T: Column>(&mut self) -> Result<T> {
        T::from_value(self.take_value()?).map_err(|e| unreadable(e.wanted))
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
        T::from_value(value).map_err(|e| unreadable(e.wanted))
    }
}

/// [`read`] adds the statement.
fn unreadable(wanted: &'static str) -> Error {
    Error::Decode { sql: String::new(), wanted }
}

/// All rows; `opener` opens the sealed fields of those that have some.
pub(crate) fn read<R: FromRow>(rows: Rows, opener: Option<Opener>) -> Result<Vec<R>> {
    let Rows { sql, answer } = rows;
    let count = answer.values.len().checked_div(answer.width).unwrap_or(0);
    let mut row = Row { values: answer.values.into_iter(), left: 0, opener, id: None };
    let mut records = Vec::with_capacity(count);
    for _ in 0..count {
        row.left = answer.width;
        if R::SEALED {
            row.id = row.values.as_slice().first().and_then(|id| kernel::Uuid::from_value(id.clone()).ok());
        }
        let record = R::from_row(&mut row).map_err(|error| match error {
            Error::Decode { wanted, .. } => Error::Decode { sql: sql.to_string(), wanted },
            other => other,
        })?;
        records.push(record);
        // Columns that nobody wanted.
        row.values.by_ref().take(row.left).for_each(drop);
    }
    Ok(records)
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
