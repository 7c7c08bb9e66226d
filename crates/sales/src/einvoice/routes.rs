//! Electronic invoices over HTTP.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use edge::{App, Json, May, Path, Query};
use fiscal::einvoice::{Profile, cii, ubl};
use kernel::{Error, Result};
use serde::Deserialize;
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{is_european, of},
    preflight::{Preflight, preflight},
};
use crate::{
    customer::customer,
    document::Snapshot,
    entity::FiscalEntity,
    invoice::{Invoice, InvoiceId, ReadInvoices, correct},
    quote::create::today,
};

kernel::states! {
    /// The two syntaxes of EN 16931.
    pub enum Syntax { Ubl = "ubl", Cii = "cii" }
}

kernel::states! {
    /// By whose rules a receiver reads it.
    pub enum Receiver { En16931 = "en16931", Peppol = "peppol" }
}

impl Receiver {
    fn profile(self) -> Profile {
        match self {
            Receiver::En16931 => Profile::En16931,
            Receiver::Peppol => Profile::PeppolBis3,
        }
    }
}

/// For whom it is looked at.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PreflightQuery {
    /// EN 16931 itself unless given.
    #[param(inline)]
    pub receiver: Option<Receiver>,
}

/// How an electronic invoice is wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EInvoiceQuery {
    /// UBL 2.1 unless given.
    #[param(inline)]
    pub syntax: Option<Syntax>,
    /// EN 16931 itself unless given.
    #[param(inline)]
    pub receiver: Option<Receiver>,
}

#[utoipa::path(get, path = "/api/v1/invoices/{id}/preflight", operation_id = "invoice_preflight", tag = "invoices",
    params(("id" = InvoiceId, Path), PreflightQuery),
    responses((status = 200, description = "What a receiver of the electronic invoice would refuse", body = Preflight)))]
async fn invoice_preflight(
    May(can): May<ReadInvoices>,
    State(store): State<Store>,
    Path(id): Path<InvoiceId>,
    Query(query): Query<PreflightQuery>,
) -> edge::Result<Json<Preflight>> {
    let mut tx = store.read(&can).await?;
    let invoice: Invoice = tx.get(id).await?;
    let snapshot = match invoice.snapshot.as_ref() {
        Some(issued) => issued.0.clone(),
        None => as_issued_today(&mut tx, &invoice).await?,
    };
    let receiver = query.receiver.unwrap_or(Receiver::En16931);
    Ok(Json(preflight(&invoice, &snapshot, receiver.profile())?))
}

/// What the draft would show.
async fn as_issued_today(tx: &mut Tx, invoice: &Invoice) -> Result<Snapshot> {
    let entity: FiscalEntity = tx.get(invoice.fiscal_entity_id).await?;
    let (customer, _) = customer(tx, invoice.company_id, invoice.contact_id).await?;
    let today = today(tx).await?;
    let correction = correct::shown(tx, invoice).await?;
    Ok(Snapshot { correction, ..invoice.snapshot(&entity, customer, String::new(), today)? })
}

#[utoipa::path(get, path = "/api/v1/invoices/{id}/e-invoice", operation_id = "invoice_e_invoice", tag = "invoices",
    params(("id" = InvoiceId, Path), EInvoiceQuery),
    responses((status = 200, description = "The issued document as XML by EN 16931", content_type = "application/xml", body = String)))]
async fn invoice_e_invoice(
    May(can): May<ReadInvoices>,
    State(store): State<Store>,
    Path(id): Path<InvoiceId>,
    Query(query): Query<EInvoiceQuery>,
) -> edge::Result<Response> {
    can.caller().must_see_amounts()?;
    let invoice: Invoice = store.read(&can).await?.get(id).await?;
    let snapshot = invoice.snapshot.as_ref().map(|snapshot| &snapshot.0);
    let snapshot =
        snapshot.ok_or_else(|| Error::conflict("invoice_not_issued", "A draft is no invoice yet. Issue it first."))?;
    if !is_european(snapshot) {
        return Err(Error::conflict(
            "einvoice_norm",
            "Electronic invoices by EN 16931 round taxes by category; this document rounds them line by line.",
        )
        .into());
    }
    let receiver = query.receiver.unwrap_or(Receiver::En16931);
    let written = of(&invoice, snapshot, receiver.profile())?
        .map_err(|unwritable| Error::conflict(unwritable.code(), unwritable.to_string()))?;
    let syntax = query.syntax.unwrap_or(Syntax::Ubl);
    let bytes = match syntax {
        Syntax::Ubl => ubl::write(&written),
        Syntax::Cii => cii::write(&written),
    };
    let name = files::serve::file_name(&format!("{}-{syntax}.xml", snapshot.number));
    let disposition = format!("attachment; {name}");
    Ok(([(header::CONTENT_TYPE, "application/xml".to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(invoice_preflight)).routes(routes!(invoice_e_invoice))
}
