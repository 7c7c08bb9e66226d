//! Who is there already: asked while somebody types. Nothing half typed is held against the one who types it: what
//! cannot be read yet is left out of the comparison.

use std::collections::HashMap;

use chrono::NaiveDate;
use kernel::{Result, Sealed, Uuid, id::Id};
use serde::{Deserialize, Serialize};
use store::{Record, Tx};
use utoipa::ToSchema;

use super::{
    Noun, form,
    profile::Profile,
    rule::{Compared, Reason, alike, any, score},
    rule_of,
};
use crate::{
    company::{self, Company, CompanyId},
    contact::{Contact, ContactId},
    field, name,
};

/// A name this alike is worth a word, whatever the rule says of it.
const ALIKE: u8 = 88;
/// Found by one word, at most.
const FOUND: u32 = 100;
/// Told, at most.
const TOLD: usize = 5;

/// What is known so far of a person to be made.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LikelyContact {
    #[schema(example = "Lucía")]
    pub given_name: Option<String>,
    #[schema(example = "Prieto")]
    pub family_name: Option<String>,
    #[schema(example = "lucia@example.com")]
    pub email: Option<String>,
    /// As the company's country writes it, or with its country code.
    pub phone: Option<String>,
    /// The page of the person, in any of the usual spellings.
    #[schema(example = "https://www.linkedin.com/in/lucia-prieto")]
    pub linkedin_url: Option<String>,
    pub company_id: Option<CompanyId>,
    pub birth_date: Option<NaiveDate>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub postal_code: Option<String>,
}

/// What is known so far of a company to be made.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LikelyCompany {
    #[schema(example = "Talleres Aurora")]
    pub name: Option<String>,
    pub legal_name: Option<String>,
    pub tax_id: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub website: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub postal_code: Option<String>,
}

/// A record that is likely the one being typed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Likely {
    #[schema(example = "con_019abc0123457def8123456789abcdef")]
    pub id: String,
    #[schema(example = "Lucía Prieto")]
    pub name: String,
    /// What tells it from others of the name: its address, company or town.
    pub detail: Option<String>,
    /// Percent.
    pub score: i64,
    /// Why.
    pub reasons: Vec<Reason>,
}

fn line(text: Option<&str>) -> String {
    text.map(|text| form::words(text).join(" ")).unwrap_or_default()
}

pub async fn contacts(tx: &mut Tx, typed: LikelyContact) -> Result<Vec<Likely>> {
    let home = identity::tenant::current(tx).await?.country;
    company::must_exist(tx, "company_id", typed.company_id).await?;
    let names = [typed.given_name.as_deref(), typed.family_name.as_deref()];
    let phone = field::phone("phone", &home, typed.phone.as_deref()).unwrap_or_default();
    let linkedin = field::linkedin::url("linkedin_url", typed.linkedin_url.as_deref()).unwrap_or_default();
    let known = match &linkedin {
        Some(url) => of_page(tx, url).await?,
        None => Vec::new(),
    };
    let profile = Profile {
        linkedin: linkedin.as_deref().map(|url| field::linkedin::page(url).to_owned()),
        name: form::words(&names.into_iter().flatten().collect::<Vec<_>>().join(" ")),
        emails: typed.email.as_deref().and_then(form::email).into_iter().collect(),
        phones: phone.into_iter().collect(),
        street: line(typed.street.as_deref()),
        city: line(typed.city.as_deref()),
        postal_code: line(typed.postal_code.as_deref()),
        birth_date: typed.birth_date,
        company: typed.company_id.map(|id| id.uuid()),
        ..Profile::default()
    };
    let found: Vec<(Contact, Vec<Reason>)> = likely(tx, Noun::Contact, "contact", &profile, known).await?;
    let companies = name::companies(tx, found.iter().map(|(contact, _)| contact.company_id)).await?;
    let told = |(contact, reasons): (Contact, Vec<Reason>)| Likely {
        id: contact.id.to_string(),
        detail: contact.email.or_else(|| companies.maybe(contact.company_id).map(|c| c.name)).or(contact.city),
        name: contact.display_name,
        score: score(&reasons),
        reasons,
    };
    Ok(found.into_iter().map(told).collect())
}

/// Whose page this is.
async fn of_page(tx: &mut Tx, url: &str) -> Result<Vec<Contact>> {
    let select = tx.select::<Contact>().push(" AND contact.deleted_at IS NULL").and("contact.linkedin_url =", url);
    Ok(tx.all(select.push(" ORDER BY contact.id LIMIT 5")).await?)
}

pub async fn companies(tx: &mut Tx, typed: LikelyCompany) -> Result<Vec<Likely>> {
    let home = identity::tenant::current(tx).await?.country;
    let phone = field::phone("phone", &home, typed.phone.as_deref()).unwrap_or_default();
    let website = typed.website.as_deref();
    let profile = Profile {
        name: typed.name.as_deref().map(form::company_words).unwrap_or_default(),
        other_name: typed.legal_name.as_deref().map(form::company_words).unwrap_or_default(),
        emails: typed.email.as_deref().and_then(form::email).into_iter().collect(),
        phones: phone.into_iter().collect(),
        tax_id: typed.tax_id.as_deref().and_then(form::tax_id),
        domain: website.and_then(form::domain),
        linkedin: website.and_then(form::linkedin),
        street: line(typed.street.as_deref()),
        city: line(typed.city.as_deref()),
        postal_code: line(typed.postal_code.as_deref()),
        ..Profile::default()
    };
    let mut known = Vec::new();
    if let Some(id) = profile.tax_id.clone().map(Sealed::new) {
        known.extend(company::find_like(tx, Some(&id), None, "").await?);
    }
    let found: Vec<(Company, Vec<Reason>)> = likely(tx, Noun::Company, "company", &profile, known).await?;
    let told = |(company, reasons): (Company, Vec<Reason>)| Likely {
        id: company.id.to_string(),
        detail: company.domain.or(company.city).or(company.email),
        name: company.name,
        score: score(&reasons),
        reasons,
    };
    Ok(found.into_iter().map(told).collect())
}

/// Those who share a word, an address or a number with what is typed, and for whom the rule holds; the likest first.
async fn likely<R: Record>(
    tx: &mut Tx,
    noun: Noun,
    word: &'static str,
    profile: &Profile,
    known: Vec<R>,
) -> Result<Vec<(R, Vec<Reason>)>>
where
    for<'r> Profile: From<&'r R>,
{
    let (own, _) = rule_of(tx, noun).await?;
    let rule = any(vec![own, alike(Compared::Name, ALIKE)]);
    let mut records: HashMap<Uuid, R> = known.into_iter().map(|record| (Profile::from(&record).id, record)).collect();
    let mut ids: Vec<Uuid> = Vec::new();
    let mut texts: Vec<String> = profile.emails.iter().chain(&profile.phones).chain(&profile.domain).cloned().collect();
    for name in [&profile.name, &profile.other_name] {
        texts.push(name.join(" "));
        // A slip near the end of a word leaves its beginning.
        texts.extend(name.iter().filter(|w| w.chars().count() > 2).map(|w| w.chars().take(4).collect::<String>()));
    }
    for text in texts.iter().filter(|text| !text.is_empty()).take(10) {
        ids.extend(match noun {
            Noun::Contact => uuids::<ContactId>(tx.search_ids(word, text, FOUND).await?),
            Noun::Company => uuids::<CompanyId>(tx.search_ids(word, text, FOUND).await?),
        });
    }
    ids.sort_unstable();
    ids.dedup();
    for part in ids.chunks(200) {
        let query = tx.select::<R>().push(" AND deleted_at IS NULL AND id IN ").bind_list(part.iter().copied());
        let found: Vec<R> = tx.all(query).await?;
        records.extend(found.into_iter().map(|record| (Profile::from(&record).id, record)));
    }
    let mut told: Vec<(R, Vec<Reason>)> = records
        .into_values()
        .filter_map(|record| rule.reasons(profile, &Profile::from(&record)).map(|reasons| (record, reasons)))
        .collect();
    told.sort_by_key(|(record, reasons)| (-score(reasons), Profile::from(record).id));
    told.truncate(TOLD);
    Ok(told)
}

fn uuids<I: Id>(ids: Vec<I>) -> Vec<Uuid> {
    ids.into_iter().map(|id| id.uuid()).collect()
}
