//! The floor: the list of contacts as the least program that could answer it. A bare axum handler, the prepared query,
//! serde; no sign-in, no tenants, no transaction, no layers. And an answer that asks nothing at all.
//!
//! Invariant: it answers what the program answers, value for value (`bench` compares the two before it measures).

mod postgres;
mod sqlite;

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use anyhow::{Context, Result};
use axum::{
    Json, Router,
    extract::{Query, State},
    http::StatusCode,
    routing::get,
};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Cursor, TenantId, id::Id};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Names of the columns in the order of [`Contact`], with what they are joined to.
const COLUMNS: &str = "contact.id, contact.version, contact.display_name, contact.given_name, contact.family_name, \
    contact.job_title, contact.company_id, company.name, contact.email, contact.phone, contact.emails, contact.phones, \
    contact.street, contact.city, contact.region, contact.postal_code, contact.country, contact.birth_date, \
    contact.language, contact.tags, contact.about, contact.owner_id, account.name, contact.source, contact.external_id, \
    contact.deleted_at, contact.created_at, contact.updated_at, contact.name_folded, contact.custom";

fn query() -> String {
    format!(
        "SELECT {COLUMNS} FROM contact \
         LEFT JOIN company ON company.tenant_id = contact.tenant_id AND company.id = contact.company_id \
         LEFT JOIN member ON member.tenant_id = contact.tenant_id AND member.id = contact.owner_id \
         LEFT JOIN account ON account.id = member.account_id \
         WHERE contact.tenant_id = $1 AND contact.deleted_at IS NULL AND (contact.name_folded, contact.id) > ($2, $3) \
         ORDER BY contact.name_folded, contact.id LIMIT 51"
    )
}

#[derive(Debug, Serialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Debug, Serialize)]
struct Contact {
    id: String,
    version: i64,
    name: String,
    given_name: Option<String>,
    family_name: Option<String>,
    job_title: Option<String>,
    company_id: Option<String>,
    company: Option<Named>,
    email: Option<String>,
    phone: Option<String>,
    emails: serde_json::Value,
    phones: serde_json::Value,
    street: Option<String>,
    city: Option<String>,
    region: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
    birth_date: Option<NaiveDate>,
    language: Option<String>,
    tags: serde_json::Value,
    about: Option<String>,
    owner_id: Option<String>,
    owner: Option<Named>,
    source: String,
    external_id: Option<String>,
    deleted_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    custom: serde_json::Value,
    /// Nothing: the seeded contacts have no values of custom fields, so nothing to be named.
    custom_names: BTreeMap<String, String>,
    actions: [&'static str; 2],
}

/// A contact with what the next page is found by.
struct Row {
    contact: Contact,
    key: String,
    id: Uuid,
}

#[derive(Debug, Serialize)]
struct Page {
    items: Vec<Contact>,
    next_cursor: Option<String>,
}

#[derive(Debug, Deserialize)]
struct After {
    cursor: Option<String>,
}

enum Database {
    Sqlite(sqlite::Pool),
    Postgres(postgres::Pool),
}

struct Floor {
    tenant: Uuid,
    database: Database,
}

/// Serves until it is killed.
pub async fn serve(listen: SocketAddr, url: &str, tenant: TenantId) -> Result<()> {
    let database = match url.strip_prefix("sqlite:") {
        Some(path) => Database::Sqlite(sqlite::Pool::open(path)?),
        None => Database::Postgres(postgres::Pool::open(url, tenant.uuid()).await?),
    };
    let floor = Arc::new(Floor { tenant: tenant.uuid(), database });
    let router =
        Router::new().route("/bare", get(|| async { "ok" })).route("/contacts", get(contacts)).with_state(floor);
    let listener = tokio::net::TcpListener::bind(listen).await.context("the floor cannot listen")?;
    Ok(axum::serve(listener, router).await?)
}

async fn contacts(State(floor): State<Arc<Floor>>, Query(after): Query<After>) -> Result<Json<Page>, StatusCode> {
    let wrong = |_| StatusCode::INTERNAL_SERVER_ERROR;
    let cursor = after.cursor.as_deref().map(Cursor::decode).transpose().map_err(|_| StatusCode::BAD_REQUEST)?;
    let (key, id) = cursor.map_or((String::new(), Uuid::nil()), |cursor| (cursor.key, cursor.id));
    let mut rows = match &floor.database {
        Database::Sqlite(pool) => pool.page(floor.tenant, &key, id).map_err(wrong)?,
        Database::Postgres(pool) => pool.page(floor.tenant, &key, id).await.map_err(wrong)?,
    };
    let more = rows.len() > 50;
    rows.truncate(50);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| Cursor { sort: "name".into(), key: row.key.clone(), id: row.id }.encode());
    Ok(Json(Page { items: rows.into_iter().map(|row| row.contact).collect(), next_cursor }))
}

fn named(prefix: &str, id: Option<Uuid>) -> Option<String> {
    id.map(|id| format!("{prefix}_{}", id.simple()))
}

fn with_name(prefix: &str, id: Option<Uuid>, name: Option<String>) -> Option<Named> {
    Some(Named { id: named(prefix, id)?, name: name.unwrap_or_default() })
}
