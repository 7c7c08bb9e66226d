//! Taking the lists along as a file: CSV that a spreadsheet cannot be tricked into executing and that comes back in by
//! an import as it went out.
//!
//! Invariant: the trail says who took how many records before the first of them leaves. A list of any length is read a
//! page at a time.

mod companies;
mod contacts;

use std::{collections::BTreeMap, sync::Arc};

use axum::{body::Body, extract::State, response::Response};
use bytes::Bytes;
use edge::{App, May};
use futures::stream;
use kernel::{Can, Change, Error, Permission, Result, TenantId, Uuid};
use serde_json::json;
use store::{Sql, Store, Tx};
use tabular::{CsvWriter, ExportOptions};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    company::ExportCompanies,
    contact::ExportContacts,
    field::custom::{self, CustomField, CustomObject, Values, cell, fill},
    import,
};

/// Records read from the database at a time.
const PAGE: i64 = 500;

/// A list that can be taken along.
trait Exported: Send + 'static {
    type May: Permission;
    const TABLE: &'static str;
    const ACTION: &'static str;
    const FILE: &'static str;
    /// Names an import understands.
    const HEADER: &'static [&'static str];
    const OBJECT: CustomObject;
    /// The rows behind a record, each ending with its values of `fields`, and the last record among them.
    fn page(
        tx: &mut Tx,
        after: Uuid,
        fields: &[CustomField],
    ) -> impl Future<Output = Result<(Vec<Vec<String>>, Option<Uuid>)>> + Send;
}

async fn export<E: Exported>(store: Store, can: Can<E::May>) -> Result<Response> {
    let mut tx = store.begin(&can).await?;
    let count = Sql::new("SELECT count(*) FROM ")
        .push(E::TABLE)
        .push(" WHERE deleted_at IS NULL AND tenant_id = ")
        .bind(tx.tenant_id());
    let count = tx.count(count).await?;
    let tenant: TenantId = tx.tenant_id();
    tx.audit(Change { after: Some(json!({ "records": count })), ..Change::new(E::ACTION, tenant) }).await?;
    let fields: Arc<[CustomField]> = custom::live(&mut tx, E::OBJECT).await?.into();
    tx.commit().await?;
    let pages = stream::try_unfold(Some((Uuid::nil(), true)), move |at| {
        let (store, can, fields) = (store.clone(), can.clone(), fields.clone());
        async move {
            let Some((after, first)) = at else { return Ok::<_, Error>(None) };
            let (rows, last) = E::page(&mut store.read(&can).await?, after, &fields).await?;
            // Not with a point: a file whose first row has names like a website's seems to have no header.
            let own = fields.iter().map(|field| format!("custom_{}", field.key));
            let header = first.then(|| E::HEADER.iter().map(|name| (*name).to_owned()).chain(own).collect());
            Ok(Some((written(header, rows)?, last.map(|last| (last, false)))))
        }
    });
    Ok(import::csv(E::FILE, Body::from_stream(pages)))
}

/// The cells of a record's own fields; people by their names, as an import reads them.
fn own(fields: &[CustomField], values: &Values, names: &BTreeMap<String, String>) -> Vec<String> {
    let cell = |field: &CustomField| match values.get(&field.key) {
        Some(serde_json::Value::String(id)) if field.kind == custom::CustomKind::Person => {
            names.get(id).unwrap_or(id).clone()
        }
        Some(value) => cell::write(field, value),
        None => String::new(),
    };
    fields.iter().map(cell).collect()
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
    Ok(export::<contacts::Contacts>(store, can).await?)
}

#[utoipa::path(get, path = "/api/v1/companies/export.csv", operation_id = "company_export", tag = "companies",
    responses((status = 200, description = "Every company", content_type = "text/csv", body = String)))]
async fn company_export(May(can): May<ExportCompanies>, State(store): State<Store>) -> edge::Result<Response> {
    Ok(export::<companies::Companies>(store, can).await?)
}

/// The exports.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(contact_export)).routes(routes!(company_export))
}
