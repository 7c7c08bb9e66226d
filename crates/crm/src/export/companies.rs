//! Companies as rows.

use kernel::{Result, Uuid, id::Id};
use store::Tx;

use super::{Exported, PAGE, named, own};
use crate::{
    company::{Company, ExportCompanies, group},
    field::custom::{CustomField, CustomObject},
};

#[derive(Clone)]
pub struct Companies;

impl Exported for Companies {
    type May = ExportCompanies;
    const TABLE: &'static str = "company";
    const ACTION: &'static str = "company.export";
    const HEADER: &'static [&'static str] = &[
        "external_id",
        "name",
        "legal_name",
        "tax_id",
        "website",
        "email",
        "phone",
        "street",
        "city",
        "region",
        "postal_code",
        "country",
        "language",
        "currency",
        "tags",
        "notes",
        "parent_name",
    ];

    fn file(&self) -> &str {
        "companies"
    }

    fn object(&self) -> CustomObject {
        CustomObject::Company
    }

    async fn page(&self, tx: &mut Tx, after: Uuid, fields: &[CustomField]) -> Result<(Vec<Vec<String>>, Option<Uuid>)> {
        let query = tx.select::<Company>().push(" AND company.deleted_at IS NULL").and("company.id >", after);
        let companies: Vec<Company> = tx.all(query.push(" ORDER BY company.id LIMIT ").bind(PAGE)).await?;
        let last = companies.last().map(|company| company.id.uuid());
        let names = named(tx, companies.iter().map(|record| &record.custom.0)).await?;
        let parents = group::parents(tx, companies.iter().map(|company| company.parent_id)).await?;
        let whole = |record: Company| {
            let mut cells = own(fields, &record.custom.0, &names);
            let parent = record.parent_id.and_then(|id| parents.get(&id).cloned());
            cells.splice(0..0, row(record, parent));
            cells
        };
        Ok((companies.into_iter().map(whole).collect(), last))
    }
}

fn row(company: Company, parent: Option<String>) -> Vec<String> {
    let cells = [
        company.external_id,
        Some(company.name),
        company.legal_name,
        company.tax_id.map(|id| id.reveal().to_owned()),
        company.website,
        company.email,
        company.phone,
        company.street,
        company.city,
        company.region,
        company.postal_code,
        company.country,
        company.language.map(|language| language.to_string()),
        company.currency.map(|currency| currency.to_string()),
        Some(company.tags.0.join(", ")),
        company.about,
        parent,
    ];
    cells.into_iter().map(Option::unwrap_or_default).collect()
}
