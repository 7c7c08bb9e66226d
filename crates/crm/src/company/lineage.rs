//! The tree of companies: who stands above whom.
//!
//! What people say is a company's `parent_id`; what follows from it is `company_lineage`, one row for each company and each
//! one above it.
//!
//! Invariants:
//! - `company_lineage` is the closure of the links between companies that are there: a deleted one is in no tree, those
//!   below it stand by themselves until it is back, and a company without a parent has no row as one below.
//! - No company is above itself, the links of deleted companies counted: bringing one back can close no circle.
//! - Changes of one tenant's tree are made one after the other ([`hold`]), and by all of it: also by who sees a part.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use kernel::{Error, Event, Result, Uuid};
use serde_json::json;
use store::{Sql, Tx, sql};

use super::{Company, CompanyId};

/// Levels of a tree, at most.
pub const DEEPEST: usize = 10;

/// A walk ends here whatever the rows say.
const FARTHEST: i64 = 64;

/// Why the tree is walked beyond what the caller sees.
const WHOLE: &str = "who stands above whom is one tree for everybody, and a circle is one whoever sees it";

/// A company's link, as far as it counts for the tree.
type Link = (Uuid, Option<Uuid>, Option<DateTime<Utc>>);

/// Waits for whoever changes the tree, and has the next one wait until the transaction ends.
pub(crate) async fn hold(tx: &mut Tx) -> Result<()> {
    let raise = sql!("INSERT INTO company_tree (tenant_id, changes) VALUES ({}, 1)", tx.tenant_id());
    tx.execute(raise.push(" ON CONFLICT (tenant_id) DO UPDATE SET changes = company_tree.changes + 1")).await?;
    Ok(())
}

/// The company and all above it, the nearest first, deleted ones among them.
pub(crate) async fn above(tx: &mut Tx, from: CompanyId) -> Result<Vec<CompanyId>> {
    let tenant = tx.tenant_id();
    let walk = sql!(
        "WITH RECURSIVE up (id, parent_id, steps) AS (SELECT company.id, company.parent_id, CAST(0 AS BIGINT) FROM company \
         WHERE company.tenant_id = {} AND company.id = {} UNION ALL SELECT company.id, company.parent_id, up.steps + 1 \
         FROM up JOIN company ON company.id = up.parent_id WHERE company.tenant_id = {} AND up.steps < {}) \
         SELECT id FROM up ORDER BY steps",
        tenant,
        from,
        tenant,
        FARTHEST
    );
    Ok(tx.beyond_reach(WHOLE).all::<(CompanyId,)>(walk).await?.into_iter().map(|(id,)| id).collect())
}

/// The company and all below it with how far below, deleted ones among them.
async fn below(tx: &mut Tx, from: CompanyId) -> Result<Vec<(Uuid, i64)>> {
    let tenant = tx.tenant_id();
    let walk = sql!(
        "WITH RECURSIVE down (id, steps) AS (SELECT company.id, CAST(0 AS BIGINT) FROM company \
         WHERE company.tenant_id = {} AND company.id = {} UNION ALL SELECT company.id, down.steps + 1 \
         FROM down JOIN company ON company.parent_id = down.id WHERE company.tenant_id = {} AND down.steps < {}) \
         SELECT id, steps FROM down",
        tenant,
        from,
        tenant,
        FARTHEST
    );
    Ok(tx.beyond_reach(WHOLE).all(walk).await?)
}

/// Refuses a parent that is not there, that stands below the company, or with whom the tree would be too deep. The tree is
/// held from here on.
pub(crate) async fn check(tx: &mut Tx, company: Option<CompanyId>, parent: CompanyId) -> Result<()> {
    hold(tx).await?;
    // Locked: whoever deletes it meanwhile comes after us and sees the new link.
    let found = tx.get_locked::<Company>(parent).await;
    if !found.is_ok_and(|parent| parent.deleted_at.is_none()) {
        return Err(Error::invalid(
            "parent_id",
            "company_unknown",
            "There is no such company. Choose one from the list.",
        ));
    }
    let chain = above(tx, parent).await?;
    let mut levels = 1;
    if let Some(company) = company {
        if parent == company {
            let sentence = "A company cannot belong to itself. Choose another one.";
            return Err(Error::invalid("parent_id", "parent_is_self", sentence));
        }
        if chain.contains(&company) {
            let sentence = "That company belongs to this one already. Choose one that stands above or beside it.";
            return Err(Error::invalid("parent_id", "parent_below", sentence));
        }
        let deepest = below(tx, company).await?.into_iter().map(|(_, steps)| steps).max().unwrap_or_default();
        levels += usize::try_from(deepest).unwrap_or_default();
    }
    if chain.len() + levels > DEEPEST {
        return Err(Error::invalid("parent_id", "tree_too_deep", too_deep()));
    }
    Ok(())
}

pub(crate) fn too_deep() -> String {
    format!("A group of companies has at most {DEEPEST} levels. Choose a company further up.")
}

/// Does the company stand in a tree, or would it if it were there?
pub(crate) async fn is_in_tree(tx: &mut Tx, company: &Company) -> Result<bool> {
    if company.parent_id.is_some() {
        return Ok(true);
    }
    let child = sql!(
        "SELECT count(*) FROM (SELECT 1 AS one FROM company WHERE tenant_id = {} AND parent_id = {} LIMIT 1) AS child",
        tx.tenant_id(),
        company.id
    );
    Ok(tx.beyond_reach(WHOLE).count(child).await? > 0)
}

/// Writes anew who stands above the company and those who are or were below it; answers how many levels there are down to
/// the lowest of them. The tree must be held.
pub(crate) async fn refresh(tx: &mut Tx, of: CompanyId) -> Result<usize> {
    let were =
        sql!("SELECT company_id FROM company_lineage WHERE tenant_id = {} AND ancestor_id = {}", tx.tenant_id(), of);
    let mut concerned: HashSet<Uuid> = tx.all::<(Uuid,)>(were).await?.into_iter().map(|(id,)| id).collect();
    concerned.extend(below(tx, of).await?.into_iter().map(|(id, _)| id));
    let links = links(tx, &concerned).await?;
    let ids: Vec<Uuid> = concerned.into_iter().collect();
    for part in ids.chunks(500) {
        let gone = sql!("DELETE FROM company_lineage WHERE tenant_id = {} AND company_id IN ", tx.tenant_id());
        tx.execute(gone.bind_list(part.iter().copied())).await?;
    }
    let mut rows = Vec::new();
    let mut deepest = 0;
    for id in ids {
        let chain = living_above(&links, id);
        deepest = deepest.max(chain.len() + 1);
        rows.extend(chain.into_iter().zip(1_i64..).map(|(ancestor, depth)| (ancestor, id, depth)));
    }
    write(tx, &rows);
    Ok(deepest)
}

/// The links of these, and of all above them.
async fn links(tx: &mut Tx, of: &HashSet<Uuid>) -> Result<HashMap<Uuid, Link>> {
    let mut known: HashMap<Uuid, Link> = HashMap::new();
    let mut wanted: Vec<Uuid> = of.iter().copied().collect();
    while !wanted.is_empty() {
        let mut further = HashSet::new();
        for part in wanted.chunks(500) {
            let query =
                sql!("SELECT id, parent_id, deleted_at FROM company WHERE tenant_id = {} AND id IN ", tx.tenant_id());
            for link in tx.beyond_reach(WHOLE).all::<Link>(query.bind_list(part.iter().copied())).await? {
                further.extend(link.1);
                known.insert(link.0, link);
            }
        }
        wanted = further.into_iter().filter(|id| !known.contains_key(id)).collect();
    }
    Ok(known)
}

/// Those above, the nearest first, up to the first that is not there. None of one that is not there itself.
fn living_above(links: &HashMap<Uuid, Link>, id: Uuid) -> Vec<Uuid> {
    let parent = |id: Uuid| links.get(&id).filter(|(.., deleted)| deleted.is_none()).and_then(|(_, parent, _)| *parent);
    let living = |id: &Uuid| links.get(id).is_some_and(|(.., deleted)| deleted.is_none());
    let mut chain: Vec<Uuid> = Vec::new();
    let mut next = parent(id).filter(living);
    while let Some(above) = next.filter(|above| *above != id && !chain.contains(above)) {
        chain.push(above);
        next = parent(above).filter(living);
    }
    chain
}

fn write(tx: &mut Tx, rows: &[(Uuid, Uuid, i64)]) {
    for part in rows.chunks(64) {
        let mut insert = Sql::new("INSERT INTO company_lineage (tenant_id, ancestor_id, company_id, depth) VALUES ");
        for (at, (ancestor, company, depth)) in part.iter().enumerate() {
            insert = insert.push(if at == 0 { "(" } else { ", (" }).bind(tx.tenant_id()).push(", ").bind(*ancestor);
            insert = insert.push(", ").bind(*company).push(", ").bind(*depth).push(")");
        }
        tx.defer(insert);
    }
}

/// After a deletion or a restoration: the tree without it, or with it again.
pub(crate) async fn settle(tx: &mut Tx, company: &Company) -> Result<()> {
    if is_in_tree(tx, company).await? {
        hold(tx).await?;
        refresh(tx, company.id).await?;
    }
    Ok(())
}

/// After a company was given another parent, or none: the tree as it now is, told to those it concerns.
pub(crate) async fn moved(tx: &mut Tx, company: &Company, from: Option<CompanyId>) -> Result<()> {
    hold(tx).await?;
    refresh(tx, company.id).await?;
    let told = json!({ "from": from, "to": company.parent_id });
    let event = Event::new("company.moved", company.id).related_if(from).related_if(company.parent_id).data(told);
    tx.emit(event).await?;
    Ok(())
}
