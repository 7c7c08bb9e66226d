//! A statement and its parameters. The text can only be made of literals of the program, so that no value from
//! outside can become SQL.

use std::borrow::Cow;

use kernel::value::{Column, Value};

/// Built by [`sql!`](crate::sql!) or piece by piece. Parameters are numbered in the order they are bound, which is
/// what both drivers expect.
#[derive(Debug, Clone, Default)]
pub struct Sql {
    pub(crate) text: Cow<'static, str>,
    pub(crate) params: Vec<Value>,
    /// See [`Sql::gathered`].
    pub(crate) gathered: bool,
}

/// A list of values of one or several types; what `IN (…)` takes.
pub trait IntoValues {
    fn into_values(self) -> Vec<Value>;
}

impl<T: Column, I: IntoIterator<Item = T>> IntoValues for I {
    fn into_values(self) -> Vec<Value> {
        self.into_iter().map(Column::into_value).collect()
    }
}

impl Sql {
    pub fn new(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), ..Self::default() }
    }

    /// Appends literal text.
    pub fn push(mut self, text: &'static str) -> Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Appends a parameter.
    pub fn bind(mut self, value: impl Column) -> Self {
        self.bind_value(value.into_value());
        self
    }

    pub(crate) fn bind_value(&mut self, value: Value) {
        self.params.push(value);
        let text = self.text.to_mut();
        text.push('$');
        place(text, self.params.len());
    }

    /// The rows of a select with nothing but this column: what stands between `SELECT` and the first `FROM` binds nothing.
    pub fn only(mut self, column: &'static str) -> Self {
        if let Some(at) = self.text.find(" FROM ") {
            self.text.to_mut().replace_range(..at, "SELECT ");
            self.text.to_mut().insert_str("SELECT ".len(), column);
        }
        self
    }

    /// Appends `($1, $2, …)`; an empty list becomes `(NULL)`, which nothing equals.
    pub fn bind_list(mut self, values: impl IntoValues) -> Self {
        let values = values.into_values();
        self.text.to_mut().push('(');
        if values.is_empty() {
            self.text.to_mut().push_str("NULL");
        }
        for (i, value) in values.into_iter().enumerate() {
            if i > 0 {
                self.text.to_mut().push_str(", ");
            }
            self.bind_value(value);
        }
        self.text.to_mut().push(')');
        self
    }

    /// Appends another statement's text and parameters, renumbered.
    pub fn append(mut self, other: Sql) -> Self {
        let mut rest = &*other.text;
        let mut params = other.params.into_iter();
        while let Some(at) = rest.find('$') {
            self.text.to_mut().push_str(&rest[..at]);
            let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
            if let Some(value) = params.next() {
                self.bind_value(value);
            }
            rest = &rest[at + 1 + digits..];
        }
        self.text.to_mut().push_str(rest);
        self
    }

    /// Joins a further table to a select from `table`, right behind it.
    pub fn beside(mut self, table: &'static str, join: &'static str) -> Self {
        let from = format!(" FROM {table} ");
        if let Some(at) = self.text.find(&from) {
            self.text.to_mut().insert_str(at + from.len(), &format!("{join} "));
        }
        self
    }

    /// ` AND <text> <value>`, such as `.and("stage_id =", id)`.
    pub fn and(self, text: &'static str, value: impl Column) -> Self {
        self.push(" AND ").push(text).push(" ").bind(value)
    }

    /// The same when there is a value, nothing otherwise.
    pub fn and_if(self, text: &'static str, value: Option<impl Column>) -> Self {
        match value {
            Some(value) => self.and(text, value),
            None => self,
        }
    }

    /// For the `sql!` macro: a template that has been numbered, and its values.
    #[doc(hidden)]
    pub fn numbered(text: &'static str, values: Vec<Value>) -> Self {
        Self { text: Cow::Borrowed(text), params: values, gathered: false }
    }

    /// One of its conditions leaves few rows. A page of them is ordered after they have been found: the embedded database,
    /// which keeps no statistics, would rather walk the index of the order past all the others.
    pub fn gathered(mut self) -> Self {
        self.gathered = true;
        self
    }

    /// Was it told so?
    pub fn is_gathered(&self) -> bool {
        self.gathered
    }

    /// Each `{}` of the template becomes a bound parameter.
    pub fn template(template: &'static str, values: Vec<Value>) -> Self {
        Self { text: Cow::Owned(Self::number(template)), params: values, gathered: false }
    }

    /// For the `sql!` macro: each `{}` of the template becomes a parameter's place.
    #[doc(hidden)]
    pub fn number(template: &'static str) -> String {
        let mut text = String::with_capacity(template.len() + 8);
        for (i, piece) in template.split("{}").enumerate() {
            if i > 0 {
                text.push('$');
                place(&mut text, i);
            }
            text.push_str(piece);
        }
        text
    }
}

fn place(text: &mut String, number: usize) {
    use std::fmt::Write as _;
    // Writing to a string does not fail.
    let _ = write!(text, "{number}");
}

/// `sql!("SELECT name FROM company WHERE tenant_id = {} AND id = {}", tenant, id)`: every `{}` is a bound parameter.
#[macro_export]
macro_rules! sql {
    ($text:literal $(, $value:expr)* $(,)?) => {{
        static TEXT: ::std::sync::OnceLock<String> = ::std::sync::OnceLock::new();
        $crate::Sql::numbered(TEXT.get_or_init(|| $crate::Sql::number($text)), vec![$($crate::Column::into_value($value)),*])
    }};
}

#[cfg(test)]
mod tests {
    #[test]
    fn parameters_are_numbered_in_order() {
        let inner = sql!("SELECT id FROM b WHERE x = {} OR y = {}", 1_i64, 2_i64);
        let sql =
            sql!("SELECT * FROM a WHERE z = {}", 9_i64).push(" AND id IN (").append(inner).push(")").and("n =", "t");
        assert_eq!(
            sql.text,
            "SELECT * FROM a WHERE z = $1 AND id IN (SELECT id FROM b WHERE x = $2 OR y = $3) AND n = $4"
        );
        assert_eq!(sql.params.len(), 4);
    }
}
