//! The data to measure on: one company with 100,000 contacts and as many invoices of five lines, in the shapes the
//! program itself stores.
//!
//! The workspace, its key and a few sample invoices are made by the program's own verbs; the many are copies of them
//! written in bulk, which is the only place that goes round the verbs. Nothing here is random: two runs measure the
//! same data.

mod names;

use std::{collections::BTreeSet, sync::Arc};

use anyhow::{Context, Result};
use chrono::{Days, TimeDelta};
use crm::{
    company::{self, Company, CompanyId},
    contact::{self, Contact, ContactId},
    field::{
        self,
        custom::{
            CustomField, CustomKind, CustomObject,
            create::{NewCustomField, create},
            fill,
        },
    },
};
use fiscal::totals::{Category, Tax};
use identity::{Identity, RoleTable, SignUp, api_key::create::NewApiKey};
use kernel::{
    Actor, Caller, Can, Decimal, Grants, Json, Language, MemberId, Permission, TenantId, id::Id, permissions,
};
use sales::{
    document::DocumentLine,
    invoice::{self, Invoice, InvoiceId, create::NewInvoice},
};
use serde::{Deserialize, Serialize};
use store::{Store, StoreOptions};

pub use names::{CITIES, FAMILY, GIVEN, address, number};

permissions! {
    /// Write the data to measure on.
    pub Seed = "bench.seed": [];
}

/// Records in one transaction.
const BATCH: usize = 1000;
const COMPANIES: usize = 10_000;
const SAMPLES: usize = 20;
/// Contacts next door.
const NEIGHBOUR: usize = 1000;

/// What was seeded, for asking about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Seeded {
    pub tenant: TenantId,
    pub key: String,
    /// The key of another workspace on the same database, with few contacts.
    pub neighbour: String,
    /// Drafts that can be issued.
    pub drafts: Vec<InvoiceId>,
}

/// How much.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    pub contacts: usize,
    pub invoices: usize,
    pub drafts: usize,
}

/// Fills an empty database.
pub async fn seed(url: &str, master_key: &std::path::Path, amount: Amount) -> Result<Seeded> {
    let options = StoreOptions {
        listeners: omb::domains::listeners(),
        scopes: omb::domains::scopes(),
        keys: store::KeyRing::file(master_key),
        ..StoreOptions::default()
    };
    let store = Store::open(&url.parse()?, options)?;
    store.migrate().await?;
    let (can, owner, key) =
        workspace(&store, owner_of("Suministros Medida", "ana@medida.example", "B58378431")).await?;
    let companies = seed_companies(&store, &can, owner).await?;
    let people = seed_contacts(&store, &can, owner, &companies, amount.contacts).await?;
    let drafts = seed_invoices(&store, &can, &companies, &people, amount).await?;
    let (next_door, member, neighbour) =
        workspace(&store, owner_of("Taller Vecino", "eva@vecino.example", "A58818501")).await?;
    seed_contacts(&store, &next_door, member, &[], NEIGHBOUR).await?;
    Ok(Seeded { tenant: can.tenant_id(), key, neighbour, drafts })
}

/// A workspace with a key that may everything a key may.
async fn workspace(store: &Store, sign_up: SignUp) -> Result<(Can<Seed>, MemberId, String)> {
    let owner = identity::establish(store, sign_up).await?;
    let roles = Identity::new(store.clone(), omb::domains::PERMISSIONS).roles();
    let names: Vec<&str> = omb::domains::PERMISSIONS.iter().copied().flatten().map(|p| p.name).collect();
    let caller = Caller {
        actor: Actor::Member(owner.member_id),
        account_id: Some(owner.account_id),
        grants: Grants::of(names.iter().copied().chain([Seed::NAME])),
        ..Caller::system(owner.tenant_id)
    };
    let can = Can::<Seed>::check(Arc::new(caller))?;
    let scopes: BTreeSet<String> =
        names.into_iter().filter(|name| RoleTable::is_for_keys(name)).map(str::to_owned).collect();
    let mut tx = store.begin(&can).await?;
    sales::entity::default(&mut tx).await?;
    let wanted = NewApiKey { name: "Measurement".into(), scopes, expires_at: None };
    let (_, key) = identity::api_key::create::create(&mut tx, roles, wanted).await?;
    tx.commit().await?;
    Ok((can, owner.member_id, key))
}

fn owner_of(company: &str, email: &str, tax_id: &str) -> SignUp {
    SignUp {
        company_name: company.into(),
        country: "ES".into(),
        tax_id: Some(tax_id.into()),
        tax_id_confirmed: false,
        currency: "EUR".into(),
        language: "es".into(),
        time_zone: "Europe/Madrid".into(),
        name: "Ana Ruiz".into(),
        email: email.into(),
        phone: Some("+34612345678".into()),
        password: "a long enough phrase 42".into(),
        business_use: true,
        is_16_or_older: true,
    }
}

async fn seed_companies(store: &Store, can: &Can<Seed>, owner: MemberId) -> Result<Vec<(CompanyId, String)>> {
    let mut made = Vec::with_capacity(COMPANIES);
    for start in (0..COMPANIES).step_by(BATCH) {
        let mut tx = store.begin(can).await?;
        let records: Vec<Company> = (start..(start + BATCH).min(COMPANIES))
            .map(|n| {
                let name = names::company(n);
                Company {
                    id: CompanyId::new(),
                    version: 1,
                    name_folded: field::folded(&name),
                    email: Some(format!("hola@empresa{n}.example")),
                    phone: Some(number(n)),
                    website: Some(format!("https://empresa{n}.example")),
                    domain: Some(format!("empresa{n}.example")),
                    name,
                    legal_name: None,
                    country: Some("ES".into()),
                    tax_id: None,
                    tax_id_index: kernel::BlindIndex,
                    street: Some(format!("Calle Mayor {n}")),
                    city: Some(CITIES[n % CITIES.len()].into()),
                    region: None,
                    postal_code: Some(format!("46{:03}", n % 1000)),
                    language: Some(Language::Es),
                    currency: None,
                    tags: Json(Vec::new()),
                    about: None,
                    owner_id: Some(owner),
                    parent_id: None,
                    primary_contact_id: None,
                    billing_contact_id: None,
                    source: "manual".into(),
                    external_id: None,
                    custom: Json::default(),
                    deleted_at: None,
                    merged_into: None,
                    created_at: tx.now(),
                    updated_at: tx.now(),
                }
            })
            .collect();
        tx.insert_all(&records).await?;
        tx.index_all(records.iter().map(company::document).collect()).await?;
        tx.commit().await?;
        made.extend(records.into_iter().map(|company| (company.id, company.name)));
    }
    Ok(made)
}

async fn seed_contacts(
    store: &Store,
    can: &Can<Seed>,
    owner: MemberId,
    companies: &[(CompanyId, String)],
    count: usize,
) -> Result<Vec<ContactId>> {
    let mut made = Vec::with_capacity(count);
    let level = level(store, can).await?;
    for start in (0..count).step_by(BATCH) {
        let mut tx = store.begin(can).await?;
        let now = tx.now();
        let mut levels = Vec::with_capacity(BATCH);
        let mut documents = Vec::with_capacity(BATCH);
        let mut records = Vec::with_capacity(BATCH);
        for n in start..(start + BATCH).min(count) {
            // Three of five work somewhere.
            let employer = (n % 5 < 3 && !companies.is_empty()).then(|| &companies[n * 7 % companies.len()]);
            // Made over three years, in no order.
            let at = now - TimeDelta::days(n as i64 * 7919 % 1000) - TimeDelta::microseconds(n as i64 % 997);
            let mut contact = person(n, owner, employer.map(|(id, _)| *id), at);
            // Nine of ten have a level, the first of which is a common one.
            if let Some(choice) = level.choices.0.get(n % 10) {
                contact.custom.0.insert(level.key.clone(), choice.id.clone().into());
                levels.push((level.id, contact.id.uuid(), choice.id.clone()));
            }
            documents.push(contact::document(&contact, employer.map(|(_, name)| name.as_str())));
            records.push(contact);
        }
        tx.insert_all(&records).await?;
        fill::put(&mut tx, levels);
        tx.index_all(documents).await?;
        tx.commit().await?;
        made.extend(records.into_iter().map(|contact| contact.id));
    }
    Ok(made)
}

/// A field of the workspace's own, for views.
async fn level(store: &Store, can: &Can<Seed>) -> Result<CustomField> {
    let mut tx = store.begin(can).await?;
    let wanted = NewCustomField {
        object: CustomObject::Contact,
        key: Some("level".into()),
        label: "Level".into(),
        help: None,
        kind: CustomKind::Choice,
        choices: (1..10).map(|n| format!("Level {n}")).collect(),
        target: None,
        required: false,
    };
    let field = create(&mut tx, wanted).await?;
    tx.commit().await?;
    Ok(field)
}

fn person(n: usize, owner: MemberId, company_id: Option<CompanyId>, at: chrono::DateTime<chrono::Utc>) -> Contact {
    let (given, family) = names::person(n);
    let name = format!("{given} {family}");
    Contact {
        id: ContactId::new(),
        version: 1,
        company_id,
        email: Some(address(&given, &family, n)),
        given_name: Some(given),
        family_name: Some(family),
        name_folded: field::folded(&name),
        display_name: name,
        job_title: (n.is_multiple_of(2)).then(|| names::JOBS[n % names::JOBS.len()].into()),
        phone: Some(number(n)),
        emails: Json(Vec::new()),
        phones: Json(Vec::new()),
        linkedin_url: None,
        street: (n.is_multiple_of(3)).then(|| format!("Avenida del Puerto {}", n % 300)),
        city: Some(CITIES[n % CITIES.len()].into()),
        region: None,
        postal_code: Some(format!("46{:03}", n % 1000)),
        country: Some("ES".into()),
        birth_date: None,
        language: Some(Language::Es),
        tags: Json(if n.is_multiple_of(4) { vec!["cliente".into()] } else { Vec::new() }),
        about: None,
        owner_id: Some(owner),
        source: "manual".into(),
        external_id: None,
        custom: Json::default(),
        deleted_at: None,
        merged_into: None,
        created_at: at,
        updated_at: at,
    }
}

/// Samples by the verbs, the rest as their copies: issued ones and drafts.
async fn seed_invoices(
    store: &Store,
    can: &Can<Seed>,
    companies: &[(CompanyId, String)],
    people: &[ContactId],
    amount: Amount,
) -> Result<Vec<InvoiceId>> {
    let (mut drafts, mut issued) = (Vec::new(), Vec::new());
    for n in 0..SAMPLES {
        let mut tx = store.begin(can).await?;
        let (company, person) = (companies[n].0, people[n]);
        let wanted = || NewInvoice {
            company_id: Some(company),
            contact_id: Some(person),
            deal_id: None,
            language: None,
            currency: None,
            prices_include_tax: false,
            allowance: None,
            lines: lines(n),
            payment_days: None,
            notes: None,
            reference: Some(format!("PO-{n:04}")),
        };
        drafts.push(invoice::create::create(&mut tx, wanted()).await?);
        let draft = invoice::create::create(&mut tx, wanted()).await?;
        issued.push(invoice::issue::issue(&mut tx, draft.id).await?);
        tx.commit().await?;
    }
    copies(store, can, &issued, companies, amount.invoices, true).await?;
    copies(store, can, &drafts, companies, amount.drafts, false).await
}

async fn copies(
    store: &Store,
    can: &Can<Seed>,
    samples: &[Invoice],
    companies: &[(CompanyId, String)],
    count: usize,
    numbered: bool,
) -> Result<Vec<InvoiceId>> {
    let mut made = Vec::with_capacity(count);
    for start in (0..count).step_by(BATCH) {
        let mut tx = store.begin(can).await?;
        let mut records = Vec::with_capacity(BATCH);
        let mut documents = Vec::with_capacity(BATCH);
        for n in start..(start + BATCH).min(count) {
            let sample = samples.get(n % samples.len()).context("no sample")?;
            let mut copy = Invoice { id: InvoiceId::new(), ..sample.clone() };
            if numbered {
                let number = format!("A-{n:06}");
                let back = Days::new(n as u64 % 400);
                copy.issue_date = copy.issue_date.and_then(|day| day.checked_sub_days(back));
                copy.due_date = copy.due_date.and_then(|day| day.checked_sub_days(back));
                copy.settled_minor = if n.is_multiple_of(5) { 0 } else { copy.payable_minor };
                if let Some(Json(snapshot)) = &mut copy.snapshot {
                    snapshot.number.clone_from(&number);
                    copy.snapshot_sha256 = Some(snapshot.sha256());
                }
                copy.number = Some(number);
            }
            documents.push(invoice::document(&copy, &companies[n % samples.len()].1));
            records.push(copy);
        }
        tx.insert_all(&records).await?;
        tx.index_all(documents).await?;
        tx.commit().await?;
        made.extend(records.into_iter().map(|invoice| invoice.id));
    }
    Ok(made)
}

fn lines(n: usize) -> Vec<DocumentLine> {
    const SOLD: [(&str, &str, i64); 6] = [
        ("Revisión completa de furgoneta", "ud", 18_900),
        ("Mano de obra", "h", 4_850),
        ("Pastillas de freno delanteras", "jgo", 3_776),
        ("Aceite 5W-30 y filtro", "ud", 6_425),
        ("Neumático 205/75 R16", "ud", 11_290),
        ("Diagnóstico electrónico", "ud", 4_500),
    ];
    (0..5)
        .map(|at| {
            let (description, unit, cents) = SOLD[(n + at) % SOLD.len()];
            DocumentLine {
                description: description.to_owned(),
                details: None,
                quantity: Decimal::from(1 + (n + at) as i64 % 9),
                unit: Some(unit.to_owned()),
                unit_price: Decimal::new(cents, 2),
                discount: None,
                taxes: vec![Tax {
                    category: Category::S,
                    rate: Decimal::from(21),
                    name: "IVA".to_owned(),
                    withheld: false,
                    exemption_code: None,
                }],
            }
        })
        .collect()
}
