//! Fields that a caller is not shown, or may not change: empty in the shadow of their table, and kept as they are by
//! whatever is written.
//!
//! Invariant: a record read by who is not shown a field and written back leaves that field as it was, and who may not
//! change a field is refused by its name. Fields of the tenant's own are keys of the column `custom`.

mod kept;

use kernel::{FieldRight, FieldRights, TenantId};

use super::Scope;
use crate::Sql;

/// What stands where a name would be that is made of what is not shown.
pub const CONCEALED: &str = "•••";

/// The fields of the records of a table.
#[derive(Debug)]
pub struct Fielded {
    pub object: Object,
    /// Every column but `tenant_id`.
    pub columns: &'static [&'static str],
    pub fields: &'static [Field],
    pub derived: Option<Derived>,
}

/// By what name rights call the records of a table.
#[derive(Debug, Clone, Copy)]
pub enum Object {
    Is(&'static str),
    /// Each row says in this column what it is a record of; rights write that id behind the prefix.
    Each {
        column: &'static str,
        prefix: &'static str,
    },
}

/// A field by the name that rights give it, and the columns it is kept in.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub cells: &'static [Cell],
}

/// A column, and what stands in it where the field is not shown.
#[derive(Debug, Clone, Copy)]
pub enum Cell {
    Null(&'static str),
    /// An empty list of JSON.
    List(&'static str),
    /// An empty object of JSON.
    Map(&'static str),
    /// It is always shown: a record could not be told from others, or not be read, without it.
    Shown(&'static str),
}

/// Columns that are made of some fields where all of some columns are empty: a person without a name is called by the
/// address.
#[derive(Debug)]
pub struct Derived {
    pub columns: &'static [&'static str],
    pub from: &'static [&'static str],
    pub unless: &'static [&'static str],
}

/// Where rows are values of the tenant's own fields: the column that names the field, and the table of fields with the
/// columns that say of what object it is and by what key.
#[derive(Debug, Clone, Copy)]
pub struct OwnValues {
    pub field: &'static str,
    pub table: &'static str,
    pub object: &'static str,
    pub key: &'static str,
}

impl Cell {
    pub const fn column(self) -> &'static str {
        match self {
            Cell::Null(column) | Cell::List(column) | Cell::Map(column) | Cell::Shown(column) => column,
        }
    }
}

impl Field {
    /// Can it be left out of a record? One that cannot may be closed to changes, and is then given once.
    pub fn can_be_hidden(&self) -> bool {
        !self.cells.iter().any(|cell| matches!(cell, Cell::Shown(_)))
    }

    pub(super) fn is_in(&self, column: &str) -> bool {
        self.cells.iter().any(|cell| cell.column() == column)
    }
}

/// Is something of the table's rows not shown?
pub(super) fn conceals(scope: &Scope, rights: &FieldRights) -> bool {
    let own_hidden = |object: &str| rights.own(object).any(|(_, right)| right == FieldRight::Hidden);
    match (scope.fields, scope.values) {
        (Some(Fielded { object: Object::Is(object), .. }), _) => rights.hides_some(object),
        (Some(Fielded { object: Object::Each { prefix, .. }, .. }), _) => {
            rights.objects().any(|(object, _)| object.starts_with(prefix) && rights.hides_some(object))
        }
        (None, Some(_)) => rights.objects().any(|(object, _)| own_hidden(object)),
        (None, None) => false,
    }
}

impl Fielded {
    /// The objects of the table of which something is taken.
    fn objects<'r>(&'r self, rights: &'r FieldRights) -> impl Iterator<Item = &'r str> {
        rights.objects().map(|(object, _)| object).filter(|name| match self.object {
            Object::Is(object) => *name == object,
            Object::Each { prefix, .. } => name.starts_with(prefix),
        })
    }

    /// What is taken of the product's own field. A table of several objects has none that can be hidden.
    fn right(&self, field: &str, rights: &FieldRights) -> Option<FieldRight> {
        match self.object {
            Object::Is(object) => rights.of(object, field),
            Object::Each { .. } => None,
        }
    }

    pub(super) fn hidden<'r>(&'r self, rights: &'r FieldRights) -> impl Iterator<Item = &'r Field> {
        self.fields
            .iter()
            .filter(|field| field.can_be_hidden() && self.right(field.name, rights) == Some(FieldRight::Hidden))
    }

    /// Are the derived columns made of what is not shown?
    fn derives_hidden(&self, rights: &FieldRights) -> Option<&Derived> {
        let made_of_it = |derived: &&Derived| self.hidden(rights).any(|field| derived.from.contains(&field.name));
        self.derived.as_ref().filter(made_of_it)
    }

    /// The columns that are not shown, or may be made of what is not.
    pub(super) fn hidden_columns<'r>(&'r self, rights: &'r FieldRights) -> impl Iterator<Item = &'static str> {
        let cells = self.hidden(rights).flat_map(|field| field.cells).map(|cell| cell.column());
        let derived = self.derives_hidden(rights).into_iter().flat_map(|derived| derived.columns.iter().copied());
        cells.chain(derived)
    }

    /// The columns of a shadow: `contact.tenant_id, contact.id, …`.
    pub(super) fn row(&self, out: Sql, table: &'static str, rights: &FieldRights, postgres: bool) -> Sql {
        let out = out.push(table).push(".tenant_id, ");
        self.shown(out, (table, self.columns), rights, postgres)
    }

    /// These columns of the table as they are shown.
    fn shown(
        &self,
        mut out: Sql,
        (table, columns): (&'static str, &'static [&'static str]),
        rights: &FieldRights,
        postgres: bool,
    ) -> Sql {
        for (at, column) in columns.iter().enumerate() {
            out = if at == 0 { out } else { out.push(", ") };
            out = self.column(out, table, column, rights, postgres).push(" AS ").push(column);
        }
        out
    }

    fn column(&self, out: Sql, table: &'static str, column: &'static str, rights: &FieldRights, postgres: bool) -> Sql {
        let plain = |out: Sql| out.push(table).push(".").push(column);
        if column == "custom" {
            return self.own_values(out, table, rights, postgres);
        }
        let cell = self.hidden(rights).flat_map(|field| field.cells).find(|cell| cell.column() == column);
        if let Some(cell) = cell {
            // The expression has the column's type, whatever the database thinks of a bare NULL.
            return plain(out.push("CASE WHEN FALSE THEN ")).push(match cell {
                Cell::List(_) => " ELSE '[]' END",
                Cell::Map(_) => " ELSE '{}' END",
                Cell::Null(_) | Cell::Shown(_) => " END",
            });
        }
        match self.derives_hidden(rights).filter(|derived| derived.columns.contains(&column)) {
            None => plain(out),
            Some(derived) => {
                let mut out = out.push("CASE WHEN ");
                for (at, other) in derived.unless.iter().enumerate() {
                    out = out.push(if at == 0 { "" } else { " AND " }).push(table).push(".").push(other);
                    out = out.push(" IS NULL");
                }
                plain(out.push(" THEN '").push(CONCEALED).push("' ELSE ")).push(" END")
            }
        }
    }

    /// The values of the tenant's own fields without those that are not shown.
    fn own_values(&self, out: Sql, table: &'static str, rights: &FieldRights, postgres: bool) -> Sql {
        let without = |out: Sql, object: &str| {
            let hidden = rights.own(object).filter(|(_, right)| *right == FieldRight::Hidden);
            let mut out = out.push(if postgres { "(" } else { "json_remove(" }).push(table).push(".custom");
            for (key, _) in hidden {
                out = if postgres {
                    out.push(" - CAST(").bind(key).push(" AS TEXT)")
                } else {
                    out.push(", ").bind(format!("$.\"{key}\""))
                };
            }
            out.push(")")
        };
        let hiding = |object: &&str| rights.own(object).any(|(_, right)| right == FieldRight::Hidden);
        let objects: Vec<&str> = self.objects(rights).filter(hiding).collect();
        match (self.object, objects.is_empty()) {
            (_, true) => out.push(table).push(".custom"),
            (Object::Is(object), false) => without(out, object),
            (Object::Each { column, prefix }, false) => {
                let mut out = out.push("CASE ").push(table).push(".").push(column);
                for object in objects {
                    let id = object.strip_prefix(prefix).and_then(|id| kernel::Uuid::try_parse(id).ok());
                    out = without(out.push(" WHEN ").bind(id).push(" THEN "), object);
                }
                out.push(" ELSE ").push(table).push(".custom END")
            }
        }
    }
}

impl OwnValues {
    /// ` AND` the value is of no field that is not shown.
    pub(super) fn shown(self, out: Sql, table: &'static str, tenant: TenantId, rights: &FieldRights) -> Sql {
        let OwnValues { field, table: of, object, key } = self;
        let mut out = out.push(" AND ").push(table).push(".").push(field).push(" NOT IN (SELECT id FROM ").push(of);
        out = out.push(" WHERE tenant_id = ").bind(tenant).push(" AND (1 = 0");
        for (name, _) in rights.objects() {
            let hidden = rights.own(name).filter(|(_, right)| *right == FieldRight::Hidden).map(|(key, _)| key);
            let hidden: Vec<String> = hidden.map(str::to_owned).collect();
            if !hidden.is_empty() {
                out = out.push(" OR ").push(object).push(" = ").bind(name).push(" AND ").push(key).push(" IN ");
                out = out.bind_list(hidden);
            }
        }
        out.push("))")
    }
}
