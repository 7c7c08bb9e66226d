//! A company and those below it, as they are read: names, people, open deals.

use std::collections::{HashMap, HashSet};

use kernel::{Currency, Money, Result};
use store::{Sql, Tx, sql};

use super::CompanyId;

/// The names of the parents of these companies that are there.
pub(crate) async fn parents(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = Option<CompanyId>>,
) -> Result<HashMap<CompanyId, String>> {
    let ids: HashSet<CompanyId> = ids.into_iter().flatten().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query =
        sql!("SELECT id, name FROM company WHERE tenant_id = {} AND deleted_at IS NULL AND id IN ", tx.tenant_id());
    Ok(tx.all::<(CompanyId, String)>(query.bind_list(ids)).await?.into_iter().collect())
}

/// Those above a company that is there, the topmost first.
pub async fn ancestors(tx: &mut Tx, of: CompanyId) -> Result<Vec<(CompanyId, String)>> {
    let query = sql!(
        "SELECT company.id, company.name FROM company_lineage JOIN company ON company.tenant_id = company_lineage.tenant_id \
         AND company.id = company_lineage.ancestor_id WHERE company_lineage.tenant_id = {} AND company_lineage.company_id = {} \
         ORDER BY company_lineage.depth DESC",
        tx.tenant_id(),
        of
    );
    Ok(tx.all(query).await?)
}

/// A company below another one.
#[derive(Debug, Clone)]
pub struct Below {
    pub id: CompanyId,
    pub name: String,
    pub parent: Option<CompanyId>,
}

/// All below a company, by their names.
pub async fn descendants(tx: &mut Tx, of: CompanyId) -> Result<Vec<Below>> {
    let query = sql!(
        "SELECT company.id, company.name, company.parent_id FROM company_lineage \
         JOIN company ON company.tenant_id = company_lineage.tenant_id AND company.id = company_lineage.company_id \
         WHERE company_lineage.tenant_id = {} AND company_lineage.ancestor_id = {} ORDER BY company.name_folded, company.id",
        tx.tenant_id(),
        of
    );
    let found: Vec<(CompanyId, String, Option<CompanyId>)> = tx.all(query).await?;
    Ok(found.into_iter().map(|(id, name, parent)| Below { id, name, parent }).collect())
}

/// The ids of a company and of all below it, for `IN`.
pub fn within(tx: &Tx, sql: Sql, of: CompanyId) -> Sql {
    let sql = sql.push(" IN (SELECT company_id FROM company_lineage WHERE tenant_id = ").bind(tx.tenant_id());
    let sql = sql.push(" AND ancestor_id = ").bind(of).push(" UNION ALL SELECT id FROM company WHERE tenant_id = ");
    sql.bind(tx.tenant_id()).push(" AND id = ").bind(of).push(")")
}

/// How many contacts each of them has.
pub async fn contacts(tx: &mut Tx, of: CompanyId) -> Result<HashMap<CompanyId, i64>> {
    let query = sql!(
        "SELECT company_id, count(*) FROM contact WHERE tenant_id = {} AND deleted_at IS NULL AND company_id",
        tx.tenant_id()
    );
    let query = within(tx, query, of).push(" GROUP BY company_id");
    Ok(tx.all::<(CompanyId, i64)>(query).await?.into_iter().collect())
}

/// The open deals of each of them: how many, and their amount, by currency.
pub async fn open_deals(tx: &mut Tx, of: CompanyId) -> Result<Vec<(CompanyId, i64, Money)>> {
    let query = sql!(
        "SELECT company_id, currency, count(*), sum(amount_minor) FROM deal \
         WHERE tenant_id = {} AND state = 'open' AND deleted_at IS NULL AND company_id",
        tx.tenant_id()
    );
    let query = within(tx, query, of).push(" GROUP BY company_id, currency ORDER BY company_id, currency");
    let found: Vec<(CompanyId, Currency, i64, Option<i64>)> = tx.all(query).await?;
    Ok(found
        .into_iter()
        .map(|(company, currency, count, sum)| (company, count, Money::new(sum.unwrap_or_default(), currency)))
        .collect())
}
