//! Rows about somebody who is there already, by which that contact is changed; and putting back what they overwrote.
//!
//! Invariants: a blank cell changes nothing; lists grow and lose nothing; what a field held before is kept, sealed, until it
//! is put back or the file is forgotten, and so is a further company that became the contact's own; what somebody changed
//! afterwards stays.

mod put_back;

use std::collections::HashMap;

use kernel::{Change, Event, Result, SealedJson, Value, id::Id};
use store::{Record, Tx};

use super::carried::Carried;
use crate::{
    affiliation::{self, Affiliation, merge::Settled},
    company::CompanyId,
    contact::{self, Contact, ContactId},
    field::custom::{
        Values,
        fill::{self, Filled},
    },
    import::{ImportId, reading::Reading},
    merge::{
        fields::changed,
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

pub use put_back::put_back;

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

/// A contact as it is and as it will be.
pub struct Overwriting {
    pub before: Contact,
    pub after: Contact,
    filled: Filled,
}

/// The contact changed by the row, and the names of the fields that change; None where nothing would. `earlier` are those of
/// the rows before in this chunk.
pub async fn overwriting(
    tx: &mut Tx,
    reading: &Reading,
    earlier: &[Overwriting],
    wanted: Overwrite,
    carried: Option<&Carried>,
) -> Result<Option<(Overwriting, Vec<String>)>> {
    let before = match (earlier.iter().rev().find(|one| one.after.id == wanted.id), carried) {
        (Some(one), _) => one.after.clone(),
        (None, Some(carried)) => match tx.find(wanted.id).await? {
            Some(there) => carried.changed(there)?,
            None => return Ok(None),
        },
        (None, None) => match tx.get_locked(wanted.id).await {
            // Whom the one who imports does not see is left as they are.
            Err(store::Error::NotFound { .. }) => return Ok(None),
            found => found?,
        },
    };
    let country = wanted.row.country.clone().unwrap_or_else(|| reading.country.clone());
    let filled = fill::read(&reading.own.record, &before.custom.0, &wanted.custom, &country, false)?;
    let mut after = overlaid(before.clone(), wanted.row, wanted.company_id);
    after.custom.0.clone_from(&filled.values);
    let names: Vec<&str> = changed(&before, &after).into_iter().map(|(name, ..)| name).collect();
    let fields = names.iter().filter(|name| !DERIVED.contains(name)).map(|name| (*name).to_owned()).collect();
    Ok((!names.is_empty()).then_some((Overwriting { before, after, filled }, fields)))
}

/// What follows from other fields.
const DERIVED: [&str; 2] = ["display_name", "name_folded"];

/// Writes the changes in their order, each with its entry.
pub async fn write_all(tx: &mut Tx, import: ImportId, overwrites: Vec<Overwriting>) -> Result<()> {
    let mut written: HashMap<ContactId, Contact> = HashMap::new();
    for one in overwrites {
        // The row before may have been about the same contact, who is of a later version by now.
        let before = written.remove(&one.before.id).unwrap_or(one.before);
        let (version, updated_at) = (before.version, before.updated_at);
        let after = tx.update(&Contact { version, updated_at, ..one.after }).await?;
        one.filled.write(tx, after.id.uuid(), false);
        let gone = if after.company_id == before.company_id { None } else { affiliation::give_way(tx, &after).await? };
        keep(tx, import, &before, &after, gone).await?;
        tell(tx, &before, &after).await?;
        written.insert(after.id, after);
    }
    Ok(())
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
    over(&mut contact.linkedin_url, row.linkedin_url);
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
async fn keep(
    tx: &mut Tx,
    import: ImportId,
    before: &Contact,
    after: &Contact,
    gone: Option<Affiliation>,
) -> Result<()> {
    let mut first = changed(before, after);
    if let Some(earlier) = overwritten(tx, import, before.id).await? {
        let Image { fields, affiliations, .. } = earlier.image.0;
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
        return write(tx, import, before.id, kept, affiliations.and_gone(gone)).await;
    }
    write(tx, import, before.id, first.into_iter().map(image).collect(), Settled::default().and_gone(gone)).await
}

fn image((field, before, after): (&'static str, Value, Value)) -> FieldImage {
    FieldImage { field: field.to_owned(), before: before.into(), after: after.into() }
}

async fn write(
    tx: &mut Tx,
    import_id: ImportId,
    record_id: ContactId,
    fields: Vec<FieldImage>,
    affiliations: Settled,
) -> Result<()> {
    let image = SealedJson(Image { fields, affiliations, ..Image::default() });
    Ok(tx.insert(&Overwritten { id: OverwrittenId::new(), import_id, record_id, image }).await?)
}

async fn overwritten(tx: &mut Tx, import: ImportId, record: ContactId) -> Result<Option<Overwritten>> {
    let query = tx.select::<Overwritten>().and("import_id =", import).and("record_id =", record);
    Ok(tx.optional(query).await?)
}
