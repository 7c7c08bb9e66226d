//! Which of the records an import made have been changed or used since.

use std::collections::HashSet;

use kernel::{
    Result, Uuid,
    id::{self, Id},
};
use store::{Record, Sql, Tx, sql};

use crate::{
    company::{Company, CompanyId},
    contact::{Contact, ContactId},
    field::custom::CustomKind,
};

pub(in crate::import) async fn used_contacts(tx: &mut Tx, made: &[Uuid]) -> Result<HashSet<Uuid>> {
    let mut used = changed::<Contact>(tx, made).await?;
    used.extend(in_timelines::<ContactId>(tx, made).await?);
    let deals = sql!("SELECT contact_id FROM deal WHERE tenant_id = {} AND contact_id IN ", tx.tenant_id())
        .bind_list(made.iter().copied());
    used.extend(tx.all::<(Uuid,)>(deals).await?.into_iter().map(|(id,)| id));
    // Chosen to be written to by a company, whose timeline says so and not theirs.
    for chosen in ["primary_contact_id", "billing_contact_id"] {
        let query = Sql::new("SELECT ").push(chosen).push(" FROM company WHERE tenant_id = ").bind(tx.tenant_id());
        let query = query.push(" AND ").push(chosen).push(" IN ").bind_list(made.iter().copied());
        used.extend(tx.all::<(Uuid,)>(query).await?.into_iter().map(|(id,)| id));
    }
    Ok(used)
}

pub(in crate::import) async fn used_companies(tx: &mut Tx, made: &[Uuid]) -> Result<HashSet<Uuid>> {
    let mut used = changed::<Company>(tx, made).await?;
    used.extend(in_timelines::<CompanyId>(tx, made).await?);
    let people = sql!("SELECT company_id FROM contact WHERE tenant_id = {} AND company_id IN ", tx.tenant_id())
        .bind_list(made.iter().copied());
    used.extend(tx.all::<(Uuid,)>(people).await?.into_iter().map(|(id,)| id));
    let parents = sql!("SELECT parent_id FROM company WHERE tenant_id = {} AND parent_id IN ", tx.tenant_id())
        .bind_list(made.iter().copied());
    used.extend(tx.all::<(Uuid,)>(parents).await?.into_iter().map(|(id,)| id));
    let deals = sql!("SELECT company_id FROM deal WHERE tenant_id = {} AND company_id IN ", tx.tenant_id())
        .bind_list(made.iter().copied());
    used.extend(tx.all::<(Uuid,)>(deals).await?.into_iter().map(|(id,)| id));
    Ok(used)
}

/// Those that somebody has saved since.
pub(in crate::import) async fn changed<R: Record>(tx: &mut Tx, made: &[Uuid]) -> Result<HashSet<Uuid>> {
    let query = Sql::new("SELECT id FROM ").push(R::TABLE).push(" WHERE tenant_id = ").bind(tx.tenant_id());
    let query = query.push(" AND version > 1 AND id IN ").bind_list(made.iter().copied());
    Ok(tx.all::<(Uuid,)>(query).await?.into_iter().map(|(id,)| id).collect())
}

/// Those that something has happened to.
async fn in_timelines<I: Id>(tx: &mut Tx, made: &[Uuid]) -> Result<HashSet<Uuid>> {
    in_timelines_but::<I>(tx, made, "").await
}

/// The same; that they were made, which is told as `told`, is no use of them.
pub(in crate::import) async fn in_timelines_but<I: Id>(
    tx: &mut Tx,
    made: &[Uuid],
    told: &'static str,
) -> Result<HashSet<Uuid>> {
    let names: Vec<(String, Uuid)> = made.iter().map(|id| (I::from_uuid(*id).to_string(), *id)).collect();
    let query = sql!(
        "SELECT DISTINCT event_link.record FROM event_link JOIN event ON event.tenant_id = event_link.tenant_id \
         AND event.id = event_link.event_id WHERE event_link.tenant_id = {} AND event.kind <> {} AND event_link.record IN ",
        tx.tenant_id(),
        told
    );
    let found = tx.all::<(String,)>(query.bind_list(names.iter().map(|(name, _)| name.clone()))).await?;
    let found: HashSet<String> = found.into_iter().map(|(name,)| name).collect();
    Ok(names.into_iter().filter(|(name, _)| found.contains(name)).map(|(_, id)| id).collect())
}

/// Those that a field of the tenant's own points at.
pub(in crate::import) async fn pointed_at<I: Id>(tx: &mut Tx, made: &[Uuid]) -> Result<HashSet<Uuid>> {
    let names = made.iter().map(|id| I::from_uuid(*id).to_string());
    let query = sql!(
        "SELECT DISTINCT custom_value.key FROM custom_value JOIN custom_field ON custom_field.tenant_id = custom_value.tenant_id \
         AND custom_field.id = custom_value.field_id WHERE custom_value.tenant_id = {} AND custom_field.kind = {} \
         AND custom_value.key IN ",
        tx.tenant_id(),
        CustomKind::Relation
    );
    let found = tx.all::<(String,)>(query.bind_list(names)).await?;
    Ok(found.into_iter().filter_map(|(name,)| id::parse(I::PREFIX, &name).ok()).collect())
}
