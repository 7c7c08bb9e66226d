//! The data map: every stored column, what it is, whose it is, where it came from, how long it lives, how it is
//! exported and how it is erased (privacy policy 3 and 8; promise P021). A test compares it with the live schema
//! of both databases, both ways.

use serde::Serialize;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Ids, versions, positions, states: says nothing about a person by itself.
    Technical,
    /// Who somebody is: name, picture, role.
    Identity,
    /// How to reach somebody: e-mail, phone, address.
    Contact,
    /// What users wrote or made.
    Content,
    /// Tax ids, amounts, invoice data with statutory retention.
    Fiscal,
    /// Password hashes, tokens, keys.
    Credential,
    /// Address, agent, times of use.
    Telemetry,
    /// Audit and security records.
    Log,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Made by the product.
    Product,
    /// Typed or uploaded by a member of the tenant.
    Tenant,
    /// Given by the person the record is about, on a page of ours.
    Subject,
    /// Taken from the connection: address, agent, time.
    Connection,
}

/// How long a row of the table lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Retention {
    /// While the tenant's contract lives, then erased with it (policy 8).
    Tenant,
    /// Until the record it belongs to is erased.
    Record,
    /// A number of days after it was made or last used.
    Days(u32),
    /// Years laid down by law for tax documents, by the issuer's country.
    Statutory,
    /// As long as the installation: schema versions and the like, no personal data.
    Installation,
}

/// What erasing a person does to the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Erase {
    /// The row goes.
    Row,
    /// The value is replaced by nothing or a placeholder; the row stays for the books.
    Blank,
    /// Kept: it says nothing about a person, or the law demands it.
    Keep,
}

#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
pub struct Column {
    pub name: &'static str,
    pub class: Class,
    pub source: Source,
    pub erase: Erase,
}

/// One table. `subject` names the column that links a row to the person or company it is about, if any.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
pub struct Table {
    pub name: &'static str,
    pub subject: Option<&'static str>,
    pub retention: Retention,
    /// Is the row part of what a person or tenant takes along?
    pub exported: bool,
    pub columns: &'static [Column],
}

/// Declares tables, several columns of one kind on a line:
/// ```text
/// data_map! {
///     table company, subject: Some("id"), retention: Tenant, exported: true {
///         tenant_id, id, version, created_at, updated_at: Technical Product Keep;
///         name: Identity Tenant Blank;
///     }
/// }
/// ```
#[macro_export]
macro_rules! data_map {
    ($( table $table:ident, subject: $subject:expr, retention: $retention:expr, exported: $exported:literal {
        $( $( $column:ident ),+ : $class:ident $source:ident $erase:ident );* $(;)?
    } )*) => {
        /// Every table and column of this domain.
        pub const DATA_MAP: &[$crate::data_map::Table] = &[$(
            $crate::data_map::Table {
                name: stringify!($table),
                subject: $subject,
                retention: { use $crate::data_map::Retention::*; $retention },
                exported: $exported,
                columns: &[$($( $crate::data_map::Column {
                    name: stringify!($column),
                    class: $crate::data_map::Class::$class,
                    source: $crate::data_map::Source::$source,
                    erase: $crate::data_map::Erase::$erase,
                } ),+),*],
            }
        ),*];
    };
}
