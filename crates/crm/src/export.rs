//! Taking the lists along as a file: CSV that a spreadsheet cannot be tricked into executing and that comes back in by
//! an import as it went out, a workbook, address cards.
//!
//! Invariant: the trail says who took how many records, and in which format, before the first of them leaves. A list of any
//! length is read a page at a time.
//!
//! Domains above bring lists of their own ([`Exported`]).

mod cards;
mod companies;
mod contacts;
mod deals;
mod records;
#[cfg(test)]
mod tests;
mod vcard;
mod workbook;

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use edge::{App, May};
use futures::stream;
use kernel::{Can, Change, Error, Permission, Result, TenantId, Uuid};
use serde_json::json;
use store::{Sql, Store, Tx};
use tabular::{CsvWriter, ExportOptions};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use workbook::as_workbook;

use crate::{
    company::ExportCompanies,
    contact::ExportContacts,
    field::custom::{self, CustomField, CustomObject, Values, cell, fill},
};

/// Records read from the database at a time.
pub const PAGE: i64 = 500;

/// A list that can be taken along.
pub trait Exported: Clone + Send + Sync + 'static {
    type May: Permission;
    /// With a column `deleted_at`.
    const TABLE: &'static str;
    /// What the trail calls it.
    const ACTION: &'static str;
    /// Names an import understands, where there is one.
    const HEADER: &'static [&'static str];
    /// Those of them that are amounts of money.
    const AMOUNTS: &'static [&'static str] = &[];
    /// What the file is called, without its ending.
    fn file(&self) -> &str;
    /// What has the fields of the tenant's own; of `TABLE`, only its records are taken.
    fn object(&self) -> CustomObject;
    /// The rows behind a record, each ending with its values of `fields`, and the last record among them.
    fn page(
        &self,
        tx: &mut Tx,
        after: Uuid,
        fields: &[CustomField],
    ) -> impl Future<Output = Result<(Vec<Vec<String>>, Option<Uuid>)>> + Send;
}

/// What is known once the trail has been told: how many records there are, and the fields that are the tenant's own.
struct Begun {
    records: i64,
    fields: Arc<[CustomField]>,
}

/// Says in the trail that the list is taken along as `format`.
async fn begin<E: Exported>(list: &E, store: &Store, can: &Can<E::May>, format: &'static str) -> Result<Begun> {
    let mut tx = store.begin(can).await?;
    let tenant: TenantId = tx.tenant_id();
    let count = Sql::new("SELECT count(*) FROM ")
        .push(E::TABLE)
        .push(" WHERE deleted_at IS NULL AND tenant_id = ")
        .bind(tenant);
    let (count, told) = match list.object() {
        CustomObject::Own(object) => (count.and("object_id =", object), Change::new(E::ACTION, object)),
        _ => (count, Change::new(E::ACTION, tenant)),
    };
    let records = tx.count(count).await?;
    tx.audit(told.after(&json!({ "records": records, "format": format }))).await?;
    let fields = custom::live(&mut tx, list.object()).await?.into();
    tx.commit().await?;
    Ok(Begun { records, fields })
}

/// The names of the columns.
fn names<E: Exported>(fields: &[CustomField]) -> Vec<String> {
    // Not with a point: a file whose first row has names like a website's seems to have no header.
    let own = fields.iter().map(|field| format!("custom_{}", field.key));
    E::HEADER.iter().map(|name| (*name).to_owned()).chain(own).collect()
}

/// The list as CSV, told to the trail.
pub async fn as_csv<E: Exported>(list: E, store: Store, can: Can<E::May>) -> Result<Response> {
    let fields = begin(&list, &store, &can, "csv").await?.fields;
    let name = format!("{}.csv", list.file());
    let pages = stream::try_unfold(Some((Uuid::nil(), true)), move |at| {
        let (list, store, can, fields) = (list.clone(), store.clone(), can.clone(), fields.clone());
        async move {
            let Some((after, first)) = at else { return Ok::<_, Error>(None) };
            let (rows, last) = rows(&list, &store, &can, after, &fields).await?;
            let header = first.then(|| names::<E>(&fields));
            Ok(Some((written(header, rows)?, last.map(|last| (last, false)))))
        }
    });
    Ok(attachment("text/csv; charset=utf-8", &name, Body::from_stream(pages)))
}

/// A file to be kept, not shown.
pub(crate) fn attachment(media_type: &'static str, name: &str, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    let disposition = HeaderValue::from_str(&format!("attachment; {}", files::serve::file_name(name)));
    headers.insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    response
}

/// A page of rows; who does not see amounts gets their columns empty.
async fn rows<E: Exported>(
    list: &E,
    store: &Store,
    can: &Can<E::May>,
    after: Uuid,
    fields: &[CustomField],
) -> Result<(Vec<Vec<String>>, Option<Uuid>)> {
    let (mut rows, last) = list.page(&mut store.read(can).await?, after, fields).await?;
    if !can.caller().sees_amounts() {
        let own = fields.iter().map(|field| field.kind == custom::CustomKind::Money);
        let amounts = E::HEADER.iter().map(|name| E::AMOUNTS.contains(name)).chain(own).enumerate();
        for at in amounts.filter_map(|(at, is_amount)| is_amount.then_some(at)) {
            rows.iter_mut().filter_map(|row| row.get_mut(at)).for_each(String::clear);
        }
    }
    Ok((rows, last))
}

/// The cells of a record's own fields; people by their names, as an import reads them.
pub fn own(fields: &[CustomField], values: &Values, names: &BTreeMap<String, String>) -> Vec<String> {
    let cell = |field: &CustomField| match values.get(&field.key) {
        Some(serde_json::Value::String(id)) if field.kind == custom::CustomKind::Person => {
            names.get(id).unwrap_or(id).clone()
        }
        Some(value) => cell::write(field, value),
        None => String::new(),
    };
    fields.iter().map(cell).collect()
}

/// A moment as a cell: to the second, in UTC.
pub fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Names of the people and records that the values of a page point at.
async fn named(tx: &mut Tx, values: impl Iterator<Item = &Values>) -> Result<BTreeMap<String, String>> {
    fill::names(tx, values).await
}

fn written(header: Option<Vec<String>>, rows: Vec<Vec<String>>) -> Result<Bytes> {
    let options = ExportOptions { bom: header.is_some(), ..ExportOptions::default() };
    let mut csv = CsvWriter::new(Vec::new(), options).map_err(Error::internal)?;
    if let Some(header) = header {
        csv.write(header).map_err(Error::internal)?;
    }
    for row in rows {
        csv.write(row).map_err(Error::internal)?;
    }
    csv.finish().map(Bytes::from).map_err(Error::internal)
}

#[utoipa::path(get, path = "/api/v1/contacts/export.csv", operation_id = "contact_export", tag = "contacts",
    responses((status = 200, description = "Every contact", content_type = "text/csv", body = String)))]
async fn contact_export(May(can): May<ExportContacts>, State(store): State<Store>) -> edge::Result<Response> {
    Ok(as_csv(contacts::Contacts, store, can).await?)
}

#[utoipa::path(get, path = "/api/v1/companies/export.csv", operation_id = "company_export", tag = "companies",
    responses((status = 200, description = "Every company", content_type = "text/csv", body = String)))]
async fn company_export(May(can): May<ExportCompanies>, State(store): State<Store>) -> edge::Result<Response> {
    Ok(as_csv(companies::Companies, store, can).await?)
}

#[utoipa::path(get, path = "/api/v1/contacts/export.xlsx", operation_id = "contact_export_workbook", tag = "contacts",
    responses((status = 200, description = "Every contact, as a workbook", body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn contact_export_workbook(May(can): May<ExportContacts>, State(store): State<Store>) -> edge::Result<Response> {
    Ok(as_workbook(contacts::Contacts, store, can).await?)
}

#[utoipa::path(get, path = "/api/v1/companies/export.xlsx", operation_id = "company_export_workbook", tag = "companies",
    responses((status = 200, description = "Every company, as a workbook", body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn company_export_workbook(May(can): May<ExportCompanies>, State(store): State<Store>) -> edge::Result<Response> {
    Ok(as_workbook(companies::Companies, store, can).await?)
}

#[utoipa::path(get, path = "/api/v1/contacts/export.vcf", operation_id = "contact_export_cards", tag = "contacts",
    responses((status = 200, description = "Every contact, as vCards 4.0", content_type = "text/vcard", body = String)))]
async fn contact_export_cards(May(can): May<ExportContacts>, State(store): State<Store>) -> edge::Result<Response> {
    Ok(cards::as_cards(store, can).await?)
}

/// The exports.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(contact_export))
        .routes(routes!(contact_export_workbook))
        .routes(routes!(contact_export_cards))
        .routes(routes!(company_export))
        .routes(routes!(company_export_workbook))
        .merge(deals::routes())
        .merge(records::routes())
}
