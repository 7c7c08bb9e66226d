//! One chunk of rows, taken in one transaction with the count of how far the import is.

use kernel::{Can, Change, Event, Json, Result, Uuid, id::Id};
use serde_json::json;
use store::{Sql, Store, Tx};
use tabular::{Record, RefusedRow};

use super::{
    Duplicates, Import, ImportId, ImportState,
    company::Companies,
    duplicate::Known,
    overwrite::{self, Overwrite},
    reading::Reading,
    refused::{ImportRow, ImportRowId},
    row::{self, Refusal},
};
use crate::{
    company::{self, Company},
    contact::{self, Contact, ImportContacts},
    field::custom::{
        Values,
        fill::{self, Filled},
    },
};

/// Rows read from the file, and where that left the reader.
pub struct Batch {
    pub records: Vec<Record>,
    pub bytes: u64,
    /// Was the end of the file reached?
    pub end: bool,
}

/// A row that can be stored.
struct Candidate {
    /// The row's values of the tenant's own fields as they were read.
    given: Values,
    contact: Contact,
    company: Option<Company>,
    custom: Filled,
    company_custom: Filled,
}

/// Takes the rows, if the import still runs and stands where the reader thinks it does. None: another worker has it, or
/// it was stopped.
pub async fn take(
    store: &Store,
    can: &Can<ImportContacts>,
    reading: &Reading,
    at: &Import,
    batch: Batch,
    tell: bool,
) -> Result<Option<Import>> {
    let mut tx = store.begin(can).await?;
    let mut import: Import = tx.get_locked(at.id).await?;
    if import.state != ImportState::Running || import.rows_done != at.rows_done {
        return Ok(None);
    }
    reading.hold(&mut tx).await?;
    let before = counts(&import);
    let rows = batch.records.len();
    let candidates = sort_out(&mut tx, reading, &mut import, batch.records).await?;
    write(&mut tx, reading, &mut import, candidates).await?;
    import.rows_done += i64::try_from(rows).unwrap_or_default();
    import.bytes_done = i64::try_from(batch.bytes).unwrap_or(i64::MAX).min(import.size);
    if batch.end {
        import.rows_total = Some(import.rows_done);
        import.bytes_done = import.size;
        import.state = ImportState::Done;
        import.finished_at = Some(tx.now());
    }
    let import = tx.update(&import).await?;
    if batch.end {
        tx.audit(Change::new("import.finish", import.id).before(&before).after(&counts(&import))).await?;
        tx.emit(Event::new("import.finished", import.id).data(counts(&import))).await?;
    } else {
        tx.audit(Change::new("import.take", import.id).before(&before).after(&counts(&import))).await?;
    }
    if tell && !batch.end {
        tx.emit(Event::new("import.progress", import.id).data(json!({ "rows_done": import.rows_done }))).await?;
    }
    tx.commit().await?;
    Ok(Some(import))
}

/// How many of what: for the audit trail and listeners.
pub fn counts(import: &Import) -> serde_json::Value {
    json!({
        "rows": import.rows_done, "created": import.created, "updated": import.updated, "linked": import.linked, "skipped": import.skipped,
        "refused": import.refused, "companies_created": import.companies_created,
    })
}

/// Parses each row by the rules of the form; those that break one are written down with the reason.
async fn sort_out(tx: &mut Tx, reading: &Reading, import: &mut Import, records: Vec<Record>) -> Result<Vec<Candidate>> {
    let mut candidates = Vec::with_capacity(records.len());
    for record in records {
        let (number, line, cells, refusal) = match record {
            Record::Row(row) => {
                match confirmed(tx, reading, candidate(tx, reading, import.duplicates, &row.cells)?).await? {
                    Ok(candidate) => {
                        candidates.push(candidate);
                        continue;
                    }
                    Err(refusal) => (row.number, row.line, row.cells, refusal),
                }
            }
            Record::Refused(refused) => {
                let refusal =
                    Refusal { field: String::new(), code: refused.code.to_owned(), reason: refused.message.clone() };
                (refused.number, refused.line, as_it_stood(refused, reading.targets.len()), refusal)
            }
        };
        import.refused += 1;
        let row = ImportRow {
            id: ImportRowId::new(),
            import_id: import.id,
            number: i64::try_from(number).unwrap_or(i64::MAX),
            line: i64::try_from(line).unwrap_or(i64::MAX),
            field: refusal.field,
            code: refusal.code,
            reason: refusal.reason,
            // PostgreSQL stores no NUL.
            cells: Json(cells.into_iter().map(|cell| cell.replace('\0', "\u{FFFD}")).collect()),
        };
        tx.insert(&row).await?;
    }
    Ok(candidates)
}

/// The row, if the records its own fields point at are there.
async fn confirmed(
    tx: &mut Tx,
    reading: &Reading,
    row: Result<Candidate, Refusal>,
) -> Result<Result<Candidate, Refusal>> {
    let Ok(candidate) = row else { return Ok(row) };
    for (fields, filled) in
        [(&reading.own.contact, &candidate.custom), (&reading.own.company, &candidate.company_custom)]
    {
        if let Err(error) = filled.confirm(tx, fields).await {
            return Refusal::from_error(error, "").map(Err);
        }
    }
    Ok(Ok(candidate))
}

/// The row as it would be stored, or why it is not.
fn candidate(
    tx: &Tx,
    reading: &Reading,
    duplicates: Duplicates,
    cells: &[String],
) -> Result<Result<Candidate, Refusal>> {
    let given = match row::read(reading, cells) {
        Ok(given) => given,
        Err(error) => return Refusal::from_error(error, "").map(Err),
    };
    let country = given.contact.country.clone().unwrap_or_else(|| reading.country.clone());
    let none = Values::new();
    let own_values = given.contact.custom.clone();
    // A row that changes somebody need not say again what is asked for of new ones.
    let custom = match fill::read(&reading.own.contact, &none, &own_values, &country, !duplicates.updates()) {
        Ok(filled) => filled,
        Err(error) => return Refusal::from_error(error, "").map(Err),
    };
    // A company that is made by the way need not have what is asked for where one is made by hand.
    let of_company = given.company.as_ref().map_or(&none, |company| &company.custom);
    let company_custom = match fill::read(&reading.own.company, &none, of_company, &country, false) {
        Ok(filled) => filled,
        Err(error) => return Refusal::from_error(error, "company.").map(Err),
    };
    let mut contact = match contact::create::parse(tx, given.contact, &reading.source, &reading.country) {
        Ok(contact) => contact,
        Err(error) => return Refusal::from_error(error, "").map(Err),
    };
    contact.custom.0.clone_from(&custom.values);
    let mut company =
        match given.company.map(|new| company::create::parse(tx, new, &reading.source, &reading.country)).transpose() {
            Ok(company) => company,
            Err(error) => return Refusal::from_error(error, "company_").map(Err),
        };
    if let Some(company) = &mut company {
        company.custom.0.clone_from(&company_custom.values);
    }
    Ok(Ok(Candidate { given: own_values, contact, company, custom, company_custom }))
}

/// The contact and company a row would become: what the preview shows.
pub fn parsed(
    tx: &Tx,
    reading: &Reading,
    duplicates: Duplicates,
    cells: &[String],
) -> Result<Result<(Contact, Option<Company>), Refusal>> {
    Ok(candidate(tx, reading, duplicates, cells)?.map(|candidate| (candidate.contact, candidate.company)))
}

/// The cells of a row that could not be read: apart where they could be told apart, else the line as one cell.
pub fn as_it_stood(refused: RefusedRow, width: usize) -> Vec<String> {
    if refused.cells.is_empty() || refused.cells.len() > width { vec![refused.raw] } else { refused.cells }
}

async fn write(tx: &mut Tx, reading: &Reading, import: &mut Import, candidates: Vec<Candidate>) -> Result<()> {
    let mut known = match import.duplicates {
        Duplicates::Create => None,
        Duplicates::Skip | Duplicates::Update | Duplicates::UpdateOnly => {
            Some(Known::load(tx, import, &candidates.iter().map(|c| &c.contact).collect::<Vec<_>>()).await?)
        }
    };
    let mut overwrites = Vec::new();
    let mut companies =
        Companies::load(tx, &candidates.iter().filter_map(|c| c.company.as_ref()).collect::<Vec<_>>()).await?;
    let mut made: Vec<(&'static str, Uuid)> = Vec::with_capacity(candidates.len());
    let mut contacts = Vec::with_capacity(candidates.len());
    let mut documents = Vec::with_capacity(candidates.len());
    let mut values = Vec::new();
    for Candidate { given, mut contact, company, custom, company_custom } in candidates {
        let there = known.as_ref().and_then(|known| known.find(&contact));
        // Who was made by this very file is not changed by it, so that taking it back takes them back.
        let changes = there.filter(|there| import.duplicates.updates() && !there.of_this_file);
        let passed_over = there.is_some() || import.duplicates == Duplicates::UpdateOnly;
        if passed_over && changes.is_none() {
            import.skipped += 1;
            continue;
        }
        let linked = company.map(|company| companies.link(company, company_custom));
        if let Some(linked) = &linked {
            contact.company_id = Some(linked.id);
            import.linked += i64::from(changes.is_none());
            if linked.new {
                import.companies_created += 1;
                made.push(("company", linked.id.uuid()));
            }
        }
        if let Some(there) = changes {
            let company_id = contact.company_id;
            overwrites.push(Overwrite { id: there.id, row: contact, custom: given, company_id });
            continue;
        }
        if let Some(known) = &mut known {
            known.add(&contact);
        }
        let mut document = contact::document(&contact, linked.as_ref().map(|linked| linked.name.as_str()));
        document.text.extend(custom.words.iter().cloned());
        documents.push(document);
        values.extend(custom.rows(contact.id.uuid()));
        import.created += 1;
        made.push(("contact", contact.id.uuid()));
        contacts.push(contact);
    }
    companies.write(tx).await?;
    tx.insert_all(&contacts).await?;
    fill::put(tx, values);
    tx.index_all(documents).await?;
    note_made(tx, import.id, &made);
    for overwrite in overwrites {
        match overwrite::overwrite(tx, import, reading, overwrite).await? {
            true => import.updated += 1,
            false => import.skipped += 1,
        }
    }
    Ok(())
}

/// Remembers what was made, for taking it back: 64 at a time, so that few statements are kept prepared.
fn note_made(tx: &mut Tx, import: ImportId, made: &[(&'static str, Uuid)]) {
    for part in made.chunks(64) {
        let mut insert = Sql::new("INSERT INTO import_made (tenant_id, import_id, noun, record_id, kept) VALUES ");
        for (at, (noun, record)) in part.iter().enumerate() {
            insert = insert.push(if at == 0 { "(" } else { ", (" }).bind(tx.tenant_id()).push(", ").bind(import);
            insert = insert.push(", ").bind(*noun).push(", ").bind(*record).push(", ").bind(false).push(")");
        }
        tx.defer(insert);
    }
}
