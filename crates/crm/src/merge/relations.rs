//! Relations of custom fields in a merge: what pointed at the loser points at the survivor, in the record's values and in
//! what lists filter by, and goes back when the merge is undone.
//!
//! Invariant: key and value of a relation change together. The two that are merged are left alone: nobody points at
//! themselves because of it.

use kernel::{Result, Uuid};
use store::{Sql, Tx, sql};

use super::image::LinkImage;
use crate::{
    duplicate::{Noun, settle::shown},
    field::custom::{CustomField, CustomFieldId, CustomKind, CustomObject, fill},
};

/// What their images name as the table; the column is the field's id.
pub(super) const TABLE: &str = "custom_value";

/// The relations that may point at such records.
async fn fields(tx: &mut Tx, noun: Noun) -> Result<Vec<CustomField>> {
    let target = match noun {
        Noun::Contact => CustomObject::Contact,
        Noun::Company => CustomObject::Company,
    };
    let select = tx.select::<CustomField>().and("custom_field.target =", target);
    let select = select.and("custom_field.kind =", CustomKind::Relation).push(" AND custom_field.deleted_at IS NULL");
    // Values that are being rewritten are on their way to be something else.
    Ok(tx.all(select.push(" AND custom_field.work IS NULL ORDER BY custom_field.id")).await?)
}

/// The same, held: none becomes another kind before this transaction has ended.
async fn held(tx: &mut Tx, noun: Noun) -> Result<Vec<CustomField>> {
    let found = fields(tx, noun).await?;
    for field in &found {
        fill::hold(tx, field.object, &[field]).await?;
    }
    Ok(found)
}

/// How many records would turn from the one to the other, as far as the caller may know of them.
pub(super) async fn count(tx: &mut Tx, noun: Noun, loser: Uuid, survivor: Uuid) -> Result<i64> {
    let (mut count, caller) = (0, tx.caller().clone());
    for field in fields(tx, noun).await? {
        if !caller.holds(field.object.read_permission()) {
            continue;
        }
        let query = sql!(
            "SELECT count(*) FROM custom_value WHERE tenant_id = {} AND field_id = {} AND key = {} AND record_id NOT IN ",
            tx.tenant_id(),
            field.id,
            shown(noun, loser)
        );
        count += tx.count(query.bind_list([loser, survivor])).await?;
    }
    Ok(count)
}

/// Turns what points at the loser to the survivor; answers which records did.
pub(super) async fn turn(tx: &mut Tx, noun: Noun, loser: Uuid, survivor: Uuid) -> Result<Vec<LinkImage>> {
    let (from, to) = (shown(noun, loser), shown(noun, survivor));
    let mut turned = Vec::new();
    for field in held(tx, noun).await? {
        let query = sql!(
            "SELECT record_id FROM custom_value WHERE tenant_id = {} AND field_id = {} AND key = {} ORDER BY record_id",
            tx.tenant_id(),
            field.id,
            from.clone()
        );
        let ids: Vec<Uuid> = tx.all::<(Uuid,)>(query).await?.into_iter().map(|(id,)| id).collect();
        let ids: Vec<Uuid> = ids.into_iter().filter(|id| ![loser, survivor].contains(id)).collect();
        if !ids.is_empty() {
            point(tx, &field, &from, &to, &ids).await?;
            turned.push(LinkImage { table: TABLE.to_owned(), column: field.id.to_string(), ids });
        }
    }
    Ok(turned)
}

/// Turns back what still points at the survivor; answers how many did.
pub(super) async fn turn_back(tx: &mut Tx, noun: Noun, survivor: Uuid, loser: Uuid, image: &LinkImage) -> Result<i64> {
    let Ok(id) = image.column.parse::<CustomFieldId>() else { return Ok(0) };
    let Some(field) = held(tx, noun).await?.into_iter().find(|field| field.id == id) else { return Ok(0) };
    point(tx, &field, &shown(noun, survivor), &shown(noun, loser), &image.ids).await
}

/// Lets those of `ids` that point at `from` point at `to`; answers how many did.
async fn point(tx: &mut Tx, field: &CustomField, from: &str, to: &str, ids: &[Uuid]) -> Result<i64> {
    let mut turned = 0;
    for part in ids.chunks(200) {
        let naming = sql!(
            "SELECT record_id FROM custom_value WHERE tenant_id = {} AND field_id = {} AND key = {} AND record_id IN ",
            tx.tenant_id(),
            field.id,
            from.to_owned()
        );
        let naming: Vec<(Uuid,)> = tx.all(naming.bind_list(part.iter().copied())).await?;
        let naming: Vec<Uuid> = naming.into_iter().map(|(id,)| id).collect();
        if naming.is_empty() {
            continue;
        }
        let head = match field.object {
            CustomObject::Company => "UPDATE company SET version = version + 1, custom = ",
            CustomObject::Contact => "UPDATE contact SET version = version + 1, custom = ",
            CustomObject::Deal => "UPDATE deal SET version = version + 1, custom = ",
            CustomObject::Lead => "UPDATE lead SET version = version + 1, custom = ",
            CustomObject::Own(_) => "UPDATE custom_record SET version = version + 1, custom = ",
        };
        let update = tx.with_member(Sql::new(head), "custom", &field.key, to).push(" WHERE tenant_id = ");
        let update = update.bind(tx.tenant_id()).push(" AND id IN ").bind_list(naming.iter().copied());
        tx.execute(update).await?;
        let update = sql!(
            "UPDATE custom_value SET key = {} WHERE tenant_id = {} AND field_id = {} AND key = {} AND record_id IN ",
            to.to_owned(),
            tx.tenant_id(),
            field.id,
            from.to_owned()
        );
        turned += i64::try_from(tx.execute(update.bind_list(naming)).await?).unwrap_or(i64::MAX);
    }
    Ok(turned)
}
