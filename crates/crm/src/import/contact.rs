//! Contacts in imports, with the companies they work for. Files of them are long, so that a chunk is compared with who is
//! there by a few questions and written together, with one entry for the import rather than one for each person.

mod candidate;
mod carried;
mod duplicate;
mod judge;
mod overwrite;
mod preview;
mod row;

use std::{collections::HashSet, sync::LazyLock};

use kernel::{Permission, Result, Uuid, id::Id};
use store::{Sql, Tx};
use tabular::{Record, TargetField};

pub use carried::Carried;
#[cfg(test)]
pub use duplicate::holders;
pub use overwrite::OverwrittenId;
pub use row::{company as company_of, language};

use super::{
    Import, ImportId, MatchBy,
    noun::{ImportNoun, Naming, PutBack, Rights},
    plan::Plan,
    preview::PreviewRow,
    reading::Reading,
    target::Own,
    undo::used::{used_companies, used_contacts},
};
use crate::{
    company::CompanyId,
    contact::{ContactId, EditContacts, ImportContacts},
    field::custom::{CustomObject, fill},
};

/// See the module.
pub struct People;

/// By which a row names a person: without one of them every row would be refused.
const NAMING: Naming = Naming {
    targets: &["given_name", "family_name", "full_name", "email", "phone", "mobile"],
    code: "mapping_names_nobody",
    sentence: "No column says who a row is about. Choose one for a name, an e-mail address or a phone number.",
};

const MATCHED: [MatchBy; 3] = [MatchBy::ExternalId, MatchBy::Email, MatchBy::Phone];

#[async_trait::async_trait]
impl ImportNoun for People {
    fn is(&self, noun: &str) -> bool {
        noun == "contact"
    }
    fn without(&self) -> &'static str {
        "import.noun <> 'contact'"
    }
    fn rights(&self) -> Rights {
        Rights { make: ImportContacts::NAME, change: EditContacts::NAME }
    }
    fn naming(&self) -> Naming {
        NAMING
    }
    /// Where a contact came from is the import itself, so a column cannot say it.
    fn fields(&self) -> &'static [TargetField] {
        static FIELDS: LazyLock<Vec<TargetField>> =
            LazyLock::new(|| tabular::contact_fields().into_iter().filter(|field| field.key != "source").collect());
        &FIELDS
    }
    fn object(&self, _: &str) -> Result<CustomObject> {
        Ok(CustomObject::Contact)
    }
    fn has_company_fields(&self) -> bool {
        true
    }
    fn matching(&self, _: &Own) -> Vec<MatchBy> {
        MATCHED.to_vec()
    }
    fn matched_first(&self) -> Vec<MatchBy> {
        MATCHED.to_vec()
    }
    async fn judge(
        &self,
        tx: &mut Tx,
        reading: &Reading,
        import: &mut Import,
        records: Vec<Record>,
        carried: Option<&mut super::carried::Carried>,
    ) -> Result<Plan> {
        judge::judge(tx, reading, import, records, carried.map(|carried| &mut carried.people)).await
    }
    async fn preview(
        &self,
        tx: &mut Tx,
        reading: &Reading,
        import: &Import,
        records: Vec<Record>,
    ) -> Result<Vec<PreviewRow>> {
        preview::preview(tx, reading, import, records).await
    }
    /// People first: a company goes only when nobody works there any more.
    fn makes(&self) -> &'static [&'static str] {
        &["contact", "company"]
    }
    async fn put_back(&self, tx: &mut Tx, import: ImportId, _: &str, most: i64) -> Result<Option<PutBack>> {
        overwrite::put_back(tx, import, most).await
    }
    async fn used(&self, tx: &mut Tx, noun: &str, made: &[Uuid]) -> Result<HashSet<Uuid>> {
        if noun == "contact" { used_contacts(tx, made).await } else { used_companies(tx, made).await }
    }
    async fn remove(&self, tx: &mut Tx, noun: &str, made: &[Uuid]) -> Result<()> {
        if noun == "company" {
            return remove_companies(tx, made).await;
        }
        for record in made {
            tx.unindex(&ContactId::from_uuid(*record).to_string()).await?;
        }
        fill::forget(tx, made).await?;
        let gone = Sql::new("DELETE FROM contact WHERE tenant_id = ").bind(tx.tenant_id()).push(" AND id IN ");
        tx.execute(gone.bind_list(made.iter().copied())).await?;
        Ok(())
    }
}

/// The same for the companies that rows of any noun made by the way.
pub async fn remove_companies(tx: &mut Tx, made: &[Uuid]) -> Result<()> {
    for record in made {
        tx.unindex(&CompanyId::from_uuid(*record).to_string()).await?;
    }
    fill::forget(tx, made).await?;
    let gone = Sql::new("DELETE FROM company WHERE tenant_id = ").bind(tx.tenant_id()).push(" AND id IN ");
    tx.execute(gone.bind_list(made.iter().copied())).await?;
    Ok(())
}
