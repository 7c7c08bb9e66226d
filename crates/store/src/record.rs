//! A record: a struct that is a row of a tenant's table. Column list, reading and writing come from one declaration.

use kernel::value::Value;

use crate::{FromRow, Sql};

/// Implemented by [`record!`](crate::record!).
pub trait Record: FromRow + Clone + Send + Sync + 'static {
    const TABLE: &'static str;
    /// Fields in declaration order; `tenant_id` is not among them: the transaction adds it.
    const COLUMNS: &'static [&'static str];
    /// The values in the same order.
    fn values(&self) -> Vec<Value>;

    /// `table.a, table.b, …` for a SELECT or RETURNING.
    fn columns() -> Sql {
        let mut sql = Sql::default();
        let text = sql.text.to_mut();
        for (i, column) in Self::COLUMNS.iter().enumerate() {
            if i > 0 {
                text.push_str(", ");
            }
            text.push_str(Self::TABLE);
            text.push('.');
            text.push_str(column);
        }
        sql
    }
}

/// Declares a record. `id: SomeId` must be the first field. A field of type [`kernel::Sealed`] is kept in a BYTEA column,
/// sealed with the tenant's key for its row. With `version: i64` and `updated_at` among the fields,
/// `tx.update` locks optimistically.
///
/// ```text
/// record! {
///     /// A company.
///     pub struct Company in company { id: CompanyId, version: i64, name: String, created_at: DateTime<Utc>, updated_at: DateTime<Utc> }
/// }
/// ```
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident in $table:ident {
        $( $(#[$fmeta:meta])* $field:ident : $type:ty ),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, ::serde::Serialize)]
        $vis struct $name { $( $(#[$fmeta])* pub $field: $type ),+ }

        impl $crate::FromRow for $name {
            const SEALED: bool = false $( || <$type as $crate::Column>::SEALED )+;
            fn from_row(row: &mut $crate::Row) -> $crate::Result<Self> {
                Ok(Self { $( $field: row.field(stringify!($table), stringify!($field))? ),+ })
            }
        }
        impl $crate::Record for $name {
            const TABLE: &'static str = stringify!($table);
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];
            fn values(&self) -> Vec<$crate::Value> {
                let this = self.clone();
                vec![$( $crate::Column::into_value(this.$field) ),+]
            }
        }
    };
}
