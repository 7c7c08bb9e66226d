//! The ways in which one record is visible to whoever asks: the same registry that narrows, read the other way round.
//!
//! Invariant: who sees the record is told at least one way, and every way that is told would open it alone.

use kernel::{MemberId, Uuid};

use super::{Scope, Through, shadow};
use crate::{Sql, Tx, error::Result};

/// Records told of one way at most: a company may have many above it.
const MOST: i64 = 20;

/// One way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Whoever may read such records sees all of them.
    Everything,
    /// It is this member's, who is the caller or in a team with the caller. `column` says in what sense.
    Owner { column: &'static str, member: MemberId },
    /// It belongs to this record, which the caller sees; written as its id, such as `com_…`.
    Record { id: String },
}

impl Tx {
    /// How the caller comes to see the record whose id begins with `prefix`. Empty: it is not there for this caller. None:
    /// such records are in no registry, so that permissions alone decide.
    pub async fn ways(&mut self, prefix: &str, id: Uuid) -> Result<Option<Vec<Way>>> {
        let scopes = self.store.scopes();
        let Some(scope) = scopes.iter().find(|scope| scope.prefix == prefix && !prefix.is_empty()) else {
            return Ok(None);
        };
        let there = Sql::new("SELECT 1 FROM ").push(scope.table).push(" WHERE tenant_id = ").bind(self.tenant_id());
        if self.optional::<(i64,)>(there.push(" AND id = ").bind(id)).await?.is_none() {
            return Ok(Some(Vec::new()));
        }
        if !self.narrows(scope) {
            return Ok(Some(vec![Way::Everything]));
        }
        let mut ways = Vec::new();
        for column in scope.owners {
            if let Some(member) = self.owner(scope, column, id).await? {
                ways.push(Way::Owner { column, member });
            }
        }
        for through in scope.through {
            for record in self.leading(scope, *through, id).await? {
                if !ways.contains(&record) {
                    ways.push(record);
                }
            }
        }
        Ok(Some(ways))
    }

    fn narrows(&self, scope: &Scope) -> bool {
        self.caller.reach.narrowed().is_some_and(|narrowed| shadow::in_force(self.store.scopes(), scope, narrowed))
    }

    /// Whose it is, where that lets the caller see it.
    async fn owner(&mut self, scope: &'static Scope, column: &'static str, id: Uuid) -> Result<Option<MemberId>> {
        let Some(members) = self.caller.reach.narrowed().map(|narrowed| shadow::members(narrowed, scope)) else {
            return Ok(None);
        };
        let query = Sql::new("SELECT ").push(column).push(" FROM ").push(scope.table).push(" WHERE tenant_id = ");
        let query = query.bind(self.tenant_id()).push(" AND id = ").bind(id).push(" AND ").push(column).push(" IN ");
        Ok(self.optional::<(MemberId,)>(query.bind_list(members)).await?.map(|(member,)| member))
    }

    /// The records by which it is seen.
    async fn leading(&mut self, scope: &'static Scope, through: Through, id: Uuid) -> Result<Vec<Way>> {
        let tenant = self.tenant_id();
        let own = |column: &'static str| {
            let query = Sql::new("SELECT ").push(column).push(" FROM ").push(scope.table);
            let query = query.push(" WHERE tenant_id = ").bind(tenant).push(" AND id = ").bind(id);
            query.push(" AND ").push(column).push(" IS NOT NULL")
        };
        let named: Vec<String> = match through {
            Through::Row { column, table } | Through::Each { column, table } => {
                let above: Option<(Uuid,)> = self.optional(own(column)).await?;
                let prefix = self.store.scopes().iter().find(|other| other.table == table).map(|other| other.prefix);
                above.zip(prefix).map(|((above,), prefix)| written(prefix, above)).into_iter().collect()
            }
            Through::Below { table, above, below } => {
                let Some(members) = self.caller.reach.narrowed().map(|narrowed| shadow::members(narrowed, scope))
                else {
                    return Ok(Vec::new());
                };
                let query = Sql::new("SELECT above.id FROM ").push(table).push(" JOIN ").push(scope.table);
                let query = query.push(" AS above ON above.id = ").push(table).push(".").push(above);
                let query = query.push(" AND above.tenant_id = ").push(table).push(".tenant_id WHERE ").push(table);
                let query = query.push(".tenant_id = ").bind(tenant).push(" AND ").push(table).push(".").push(below);
                let mut query = query.push(" = ").bind(id).push(" AND above.id <> ").bind(id).push(" AND (1 = 0");
                for owner in scope.owners {
                    query = query.push(" OR above.").push(owner).push(" IN ").bind_list(members.clone());
                }
                let found: Vec<(Uuid,)> = self.all(query.push(") ORDER BY above.id LIMIT ").bind(MOST)).await?;
                return Ok(found
                    .into_iter()
                    .map(|(above,)| Way::Record { id: written(scope.prefix, above) })
                    .collect());
            }
            Through::Named { column, .. } => {
                self.optional::<(String,)>(own(column)).await?.map(|(named,)| named).into_iter().collect()
            }
            Through::Linked { table, key, column, .. } => {
                let query = Sql::new("SELECT ").push(column).push(" FROM ").push(table).push(" WHERE tenant_id = ");
                let query = query.bind(tenant).push(" AND ").push(key).push(" = ").bind(id).push(" ORDER BY ");
                let found: Vec<(String,)> = self.all(query.push(column).push(" LIMIT ").bind(MOST)).await?;
                found.into_iter().map(|(named,)| named).collect()
            }
        };
        let mut ways = Vec::new();
        for record in named {
            if self.opens(scope, &record).await? {
                ways.push(Way::Record { id: record });
            }
        }
        Ok(ways)
    }

    /// Does seeing this record open one of `scope`?
    async fn opens(&mut self, scope: &Scope, record: &str) -> Result<bool> {
        let Some((prefix, id)) = record.split_once('_') else { return Ok(false) };
        let Some(other) = self.store.scopes().iter().find(|other| other.prefix == prefix) else { return Ok(false) };
        if !self.narrows(other) && scope.noun.is_some() {
            return Ok(false);
        }
        let Ok(id) = Uuid::try_parse(id) else { return Ok(false) };
        let query = Sql::new("SELECT 1 FROM ").push(other.table).push(" WHERE tenant_id = ").bind(self.tenant_id());
        Ok(self.optional::<(i64,)>(query.push(" AND id = ").bind(id)).await?.is_some())
    }
}

fn written(prefix: &str, id: Uuid) -> String {
    format!("{prefix}_{}", id.simple())
}
