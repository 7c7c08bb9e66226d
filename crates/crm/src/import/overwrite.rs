//! Rows about somebody who is there already, by which that contact is changed; and putting back what they overwrote.
//!
//! Invariants: a blank cell changes nothing; lists grow and lose nothing; what a field held before is kept, sealed, until it
//! is put back or the file is forgotten; what somebody changed afterwards stays.

use kernel::{Change, Event, Result, SealedJson, Value, id::Id};
use store::{Record, Tx, sql};

use super::{Import, ImportId, reading::Reading};
use crate::{
    company::CompanyId,
    contact::{self, Contact, ContactId},
    field::custom::{Values, fill},
    merge::{
        custom,
        fields::{changed, with},
        image::{FieldImage, Image, Kept},
    },
};

/// A row and whom it is about.
pub struct Overwrite {
    pub id: ContactId,
    pub row: Contact,
    /// The row's values of the tenant's own fields, as the API would be given them.
    pub custom: Values,
    pub company_id: Option<CompanyId>,
}

kernel::id!(/// What an import overwrote of one contact.
    pub OverwrittenId, "imc");

store::record! {
    /// What an import overwrote of one contact.
    struct Overwritten in import_changed {
        id: OverwrittenId,
        import_id: ImportId,
        record_id: ContactId,
        #[serde(skip_serializing)]
        image: SealedJson<Image>,
    }
}

/// Changes the contact by the row; answers whether anything changed.
pub async fn overwrite(tx: &mut Tx, import: &Import, reading: &Reading, wanted: Overwrite) -> Result<bool> {
    let before: Contact = tx.get_locked(wanted.id).await?;
    let country = wanted.row.country.clone().unwrap_or_else(|| reading.country.clone());
    let filled = fill::read(&reading.own.contact, &before.custom.0, &wanted.custom, &country, false)?;
    let mut after = overlaid(before.clone(), wanted.row, wanted.company_id);
    after.custom.0.clone_from(&filled.values);
    if changed(&before, &after).is_empty() {
        return Ok(false);
    }
    let after = tx.update(&after).await?;
    filled.write(tx, after.id.uuid(), false);
    keep(tx, import.id, &before, &after).await?;
    tell(tx, &before, &after).await?;
    Ok(true)
}

async fn tell(tx: &mut Tx, before: &Contact, after: &Contact) -> Result<()> {
    contact::index(tx, after).await?;
    tx.audit(Change::new("contact.update", after.id).before(before).after(after)).await?;
    // Not told to the company: one that the import made is to go with it.
    tx.emit(Event::new("contact.updated", after.id)).await?;
    Ok(())
}

/// The contact with what the row says of it.
fn overlaid(mut contact: Contact, row: Contact, company_id: Option<CompanyId>) -> Contact {
    fn over<T>(held: &mut Option<T>, said: Option<T>) {
        if said.is_some() {
            *held = said;
        }
    }
    fn join(held: &mut Vec<String>, said: Vec<String>, but: Option<&String>) {
        held.extend(said);
        let mut seen = Vec::new();
        held.retain(|one| {
            Some(one) != but && !seen.contains(one) && {
                seen.push(one.clone());
                true
            }
        });
    }
    over(&mut contact.company_id, company_id);
    over(&mut contact.given_name, row.given_name);
    over(&mut contact.family_name, row.family_name);
    over(&mut contact.job_title, row.job_title);
    over(&mut contact.email, row.email);
    over(&mut contact.phone, row.phone);
    over(&mut contact.street, row.street);
    over(&mut contact.city, row.city);
    over(&mut contact.region, row.region);
    over(&mut contact.postal_code, row.postal_code);
    over(&mut contact.country, row.country);
    over(&mut contact.birth_date, row.birth_date);
    over(&mut contact.language, row.language);
    over(&mut contact.about, row.about);
    over(&mut contact.external_id, row.external_id);
    join(&mut contact.emails.0, row.emails.0, contact.email.as_ref());
    join(&mut contact.phones.0, row.phones.0, contact.phone.as_ref());
    join(&mut contact.tags.0, row.tags.0, None);
    contact.named()
}

/// Remembers what was there before; of two rows about one contact, the first one's before and the last one's after.
async fn keep(tx: &mut Tx, import: ImportId, before: &Contact, after: &Contact) -> Result<()> {
    let mut first = changed(before, after);
    if let Some(earlier) = overwritten(tx, import, before.id).await? {
        let fields = earlier.image.0.fields;
        first.retain(|(name, ..)| !fields.iter().any(|field| field.field == *name));
        let now: Vec<(&str, Value)> = Contact::COLUMNS.iter().copied().zip(after.values()).collect();
        let mut kept: Vec<FieldImage> = fields;
        for field in &mut kept {
            if let Some((_, value)) = now.iter().find(|(name, _)| *name == field.field) {
                field.after = Kept::from(value.clone());
            }
        }
        kept.extend(first.into_iter().map(image));
        tx.delete::<Overwritten>(earlier.id).await?;
        return write(tx, import, before.id, kept).await;
    }
    write(tx, import, before.id, first.into_iter().map(image).collect()).await
}

fn image((field, before, after): (&'static str, Value, Value)) -> FieldImage {
    FieldImage { field: field.to_owned(), before: before.into(), after: after.into() }
}

async fn write(tx: &mut Tx, import_id: ImportId, record_id: ContactId, fields: Vec<FieldImage>) -> Result<()> {
    let image = SealedJson(Image { fields, links: Vec::new() });
    Ok(tx.insert(&Overwritten { id: OverwrittenId::new(), import_id, record_id, image }).await?)
}

async fn overwritten(tx: &mut Tx, import: ImportId, record: ContactId) -> Result<Option<Overwritten>> {
    let query = tx.select::<Overwritten>().and("import_id =", import).and("record_id =", record);
    Ok(tx.optional(query).await?)
}

/// How many of a batch are as they were before the import, and how many kept something that was changed since.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct PutBack {
    pub whole: i64,
    pub partly: i64,
}

/// Puts back what the import overwrote of up to `most` contacts; None when there are no more.
pub async fn put_back(tx: &mut Tx, import: ImportId, most: i64) -> Result<Option<PutBack>> {
    let query = tx.select::<Overwritten>().and("import_id =", import);
    let batch: Vec<Overwritten> = tx.all(query.push(" ORDER BY record_id LIMIT ").bind(most)).await?;
    if batch.is_empty() {
        return Ok(None);
    }
    let mut done = PutBack::default();
    for one in &batch {
        if restore(tx, one).await? { done.whole += 1 } else { done.partly += 1 }
    }
    let gone = sql!(
        "DELETE FROM import_changed WHERE tenant_id = {} AND import_id = {} AND record_id IN ",
        tx.tenant_id(),
        import
    );
    tx.execute(gone.bind_list(batch.iter().map(|one| one.record_id))).await?;
    Ok(Some(done))
}

/// Puts back each field that is still as the import left it; answers whether all were.
async fn restore(tx: &mut Tx, one: &Overwritten) -> Result<bool> {
    let found: Option<Contact> = tx.find(one.record_id).await?;
    if found.is_none_or(|contact| contact.deleted_at.is_some()) {
        return Ok(false);
    }
    let now: Contact = tx.get_locked(one.record_id).await?;
    let mut whole = true;
    let mut changes = Vec::new();
    for field in &one.image.0.fields {
        let (before, after): (Value, Value) = (field.before.clone().into(), field.after.clone().into());
        let Some(value) = value_of(&now, &field.field) else { continue };
        let kept = custom::is_theirs(&field.field).then(|| custom::give_back(&value, &before, &after)).flatten();
        match kept {
            Some((values, stayed)) => {
                whole &= stayed.is_empty();
                changes.push((field.field.clone(), values));
            }
            None if value == after => changes.push((field.field.clone(), before)),
            None => whole = false,
        }
    }
    let mut back = with(&now, &changes)?.named();
    if changed(&now, &back).is_empty() {
        return Ok(whole);
    }
    let rows = custom::fit(tx, &mut back).await?;
    let back = tx.update(&back).await?;
    custom::write(tx, &back, rows).await?;
    tell(tx, &now, &back).await?;
    Ok(whole)
}

fn value_of(contact: &Contact, column: &str) -> Option<Value> {
    let at = Contact::COLUMNS.iter().position(|known| *known == column)?;
    contact.values().into_iter().nth(at)
}

/// Forgets what was overwritten.
pub async fn forget(tx: &mut Tx, import: ImportId) -> Result<()> {
    let gone = sql!("DELETE FROM import_changed WHERE tenant_id = {} AND import_id = {}", tx.tenant_id(), import);
    tx.execute(gone).await?;
    Ok(())
}
