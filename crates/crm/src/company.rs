//! A company: one per legal entity, known by its tax id where it has one.

pub mod addressee;
mod bulk;
pub mod create;
pub mod delete;
pub mod group;
pub mod lineage;
pub mod list;
pub(crate) mod routes;
#[cfg(test)]
mod tests;
pub mod update;
pub mod view;

use chrono::{DateTime, Utc};
use kernel::{
    BlindIndex, Currency, Event, Json, Language, MemberId, Result, Sealed, Uuid, id::Id, permissions, value::Column,
};
use store::{Tx, search::Document, sql};

use crate::{
    contact::ContactId,
    field::{
        self,
        custom::{self, CustomObject, Customized},
    },
};

kernel::id!(/// A company.
    pub CompanyId, "com");

permissions! {
    /// See companies.
    pub ReadCompanies = "company.read": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// Make and change companies.
    pub EditCompanies = "company.edit": [Administrator, Sales, Billing, Marketing, Support];
    /// Merge two companies into one, and undo it.
    pub MergeCompanies = "company.merge": [Administrator, Sales];
    /// Delete companies and bring them back.
    pub DeleteCompanies = "company.delete": [Administrator, Sales];
    /// Take the list of companies along as a file.
    pub ExportCompanies = "company.export": [Administrator];
}

store::record! {
    /// A company as stored.
    pub struct Company in company {
        id: CompanyId,
        version: i64,
        name: String,
        /// What lists sort by: see [`crate::field::folded`].
        #[serde(skip_serializing)]
        name_folded: String,
        legal_name: Option<String>,
        /// ISO 3166-1 alpha-2.
        country: Option<String>,
        /// Canonical spelling, as `fiscal::tax_id` gives it.
        tax_id: Option<Sealed>,
        #[serde(skip_serializing)]
        tax_id_index: BlindIndex,
        email: Option<String>,
        /// E.164.
        phone: Option<String>,
        website: Option<String>,
        /// Host of the website without `www.`.
        domain: Option<String>,
        street: Option<String>,
        city: Option<String>,
        region: Option<String>,
        postal_code: Option<String>,
        language: Option<Language>,
        currency: Option<Currency>,
        tags: Json<Vec<String>>,
        about: Option<String>,
        owner_id: Option<MemberId>,
        /// The company it belongs to; the tree is kept by [`lineage`].
        parent_id: Option<CompanyId>,
        /// Whom one writes to; counts as [`addressee`] says.
        primary_contact_id: Option<ContactId>,
        /// Who gets its bills.
        billing_contact_id: Option<ContactId>,
        /// `manual`, `api`, or the id of the import that made it.
        source: String,
        /// Its id in the system it came from.
        external_id: Option<String>,
        /// Values of the tenant's own fields, by key.
        custom: Json<custom::Values>,
        deleted_at: Option<DateTime<Utc>>,
        /// The one it has been merged into, which goes on for it.
        merged_into: Option<CompanyId>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Company {
    /// The name documents carry.
    pub fn official_name(&self) -> &str {
        self.legal_name.as_deref().unwrap_or(&self.name)
    }

    /// The address as lines, the country left to the reader's language.
    pub fn address_lines(&self) -> Vec<String> {
        let place = [self.postal_code.as_deref(), self.city.as_deref(), self.region.as_deref()];
        let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
        self.street.iter().cloned().chain((!place.is_empty()).then_some(place)).collect()
    }
}

/// What people know of the company and may look for.
pub fn document(company: &Company) -> Document {
    let place =
        [company.city.as_deref(), company.country.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Document::new("company", company.id, &company.name)
        .subtitle(place)
        .text(company.legal_name.as_deref())
        .exact(company.tax_id.as_ref())
        .text(company.email.as_deref())
        .text(company.phone.as_deref())
        .text(company.domain.as_deref())
        .text(company.external_id.as_deref())
}

/// Makes the company findable.
pub(crate) async fn index(tx: &mut Tx, company: &Company) -> Result<()> {
    let company = &tx.with_every_field(company).await?;
    let mut document = document(company);
    for was in merged_into(tx, company.id).await? {
        document.exact.extend(was.tax_id.as_ref().map(|id| id.reveal().to_owned()));
        let known_by = [Some(was.name), was.legal_name, was.email, was.phone, was.domain, was.external_id];
        document.text.extend(known_by.into_iter().flatten());
    }
    document.text.extend(custom::searchable(tx, CustomObject::Company, &company.custom.0).await?);
    Ok(tx.index(document).await?)
}

/// A live company with this tax id, domain, or exactly this name: what an import links to, in that order of trust.
pub async fn find_like(
    tx: &mut Tx,
    tax_id: Option<&Sealed>,
    domain: Option<&str>,
    name: &str,
) -> Result<Option<Company>> {
    let folded = field::folded(name);
    let index = match tax_id {
        Some(id) => Some(tx.blind_index("company", "tax_id", id.reveal()).await?),
        None => None,
    };
    for (column, value) in [
        ("company.tax_id_index =", index.map(Column::into_value)),
        ("company.domain =", domain.map(Column::into_value)),
        ("company.name_folded =", Some(folded.into_value())),
    ] {
        let Some(value) = value else { continue };
        let query = tx
            .select::<Company>()
            .push(" AND (company.deleted_at IS NULL OR company.merged_into IS NOT NULL)")
            .and(column, value)
            .push(" ORDER BY company.deleted_at IS NOT NULL, company.id LIMIT 10");
        for found in tx.all::<Company>(query).await? {
            let found = match found.merged_into {
                Some(survivor) => match tx.find::<Company>(survivor).await? {
                    Some(survivor) => survivor,
                    // Out of the caller's sight.
                    None => continue,
                },
                None => found,
            };
            if found.deleted_at.is_none() {
                return Ok(Some(found));
            }
        }
    }
    Ok(None)
}

/// Refuses a link to a company that this tenant does not have.
pub async fn must_exist(tx: &mut Tx, field: &str, id: Option<CompanyId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let query = sql!(
        "SELECT count(*) FROM company WHERE tenant_id = {} AND id = {} AND deleted_at IS NULL",
        tx.tenant_id(),
        id.uuid()
    );
    if tx.count(query).await? == 1 {
        return Ok(());
    }
    Err(kernel::Error::invalid(field, "company_unknown", "There is no such company. Choose one from the list."))
}

pub(crate) fn event(kind: &'static str, company: &Company) -> Event {
    Event::new(kind, company.id)
}

/// The company of this id, or the one it was merged into: what somebody who kept an id is given.
pub async fn living(tx: &mut Tx, id: CompanyId) -> Result<Company> {
    let company: Company = tx.get(id).await?;
    match company.merged_into {
        Some(survivor) => Ok(tx.get(survivor).await?),
        None => Ok(company),
    }
}

/// Those that were merged into it: it is found by what they were known by.
async fn merged_into(tx: &mut Tx, id: CompanyId) -> Result<Vec<Company>> {
    let query = tx.select::<Company>().and("company.merged_into =", id).push(" ORDER BY company.id LIMIT 200");
    Ok(tx.beyond_reach("a record is found by all it is made of, by whoever looks").all(query).await?)
}
impl Customized for Company {
    fn object(&self) -> CustomObject {
        CustomObject::Company
    }
    fn record_id(&self) -> Uuid {
        self.id.uuid()
    }
    fn custom(&self) -> &custom::Values {
        &self.custom.0
    }
    fn custom_mut(&mut self) -> &mut custom::Values {
        &mut self.custom.0
    }
    async fn reindex(&self, tx: &mut Tx) -> Result<()> {
        if self.deleted_at.is_some() { Ok(()) } else { index(tx, self).await }
    }
}
