//! Records of the platform's tables, which belong to no single tenant and are therefore written without the tenant
//! that [`store::Tx`] adds. The statements run in a platform transaction and in a tenant's alike.

use store::{Record, Sql};

/// `INSERT INTO <table> (…) VALUES (…)` of every field.
pub(crate) fn insert<R: Record>(record: &R) -> Sql {
    let mut sql = Sql::new("INSERT INTO ").push(R::TABLE).push(" (");
    for (i, column) in R::COLUMNS.iter().enumerate() {
        sql = sql.push(if i > 0 { ", " } else { "" }).push(column);
    }
    sql = sql.push(") VALUES (");
    for (i, value) in record.values().into_iter().enumerate() {
        sql = sql.push(if i > 0 { ", " } else { "" }).append(Sql::template("{}", vec![value]));
    }
    sql.push(")")
}

/// `SELECT <fields> FROM <table> WHERE ` to be finished with a condition.
pub(crate) fn select<R: Record>() -> Sql {
    Sql::new("SELECT ").append(R::columns()).push(" FROM ").push(R::TABLE).push(" WHERE ")
}
