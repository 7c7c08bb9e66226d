//! Recording, listing and voiding payments over HTTP.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use edge::{App, Created, Json, May, Path, Query, Versioned};
use kernel::{Money, Page, PageRequest, id::Id};
use sales::invoice::InvoiceId;
use serde::{Deserialize, Serialize};
use store::{Sort, SortKind, Store, Tx};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Payment, PaymentId, PaymentMethod, ReadPayments, RecordPayments,
    record::{NewPayment, record},
    void::void,
};

const SORTS: &[Sort] = &[
    Sort::descending("paid_on", "paid_on", SortKind::Date),
    Sort::descending("created_at", "created_at", SortKind::Time),
    Sort::descending("amount", "amount_minor", SortKind::Int),
];

/// A payment.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentView {
    pub id: PaymentId,
    pub version: i64,
    pub invoice_id: InvoiceId,
    pub invoice_number: Option<String>,
    pub customer: Option<String>,
    /// Money given back of a credit note: it went out.
    pub is_refund: bool,
    pub amount: Money,
    pub paid_on: NaiveDate,
    pub method: PaymentMethod,
    pub reference: Option<String>,
    pub voided_at: Option<DateTime<Utc>>,
    pub void_reason: Option<String>,
    pub created_at: DateTime<Utc>,
    pub actions: Vec<&'static str>,
}

/// An invoice with its number, and the names of its company and contact.
type Named = (InvoiceId, Option<String>, Option<String>, Option<String>);

async fn views(tx: &mut Tx, payments: Vec<Payment>, may_void: bool) -> edge::Result<Vec<PaymentView>> {
    let invoices = payments.iter().map(|p| p.invoice_id.uuid());
    let query = store::sql!("SELECT invoice.id, invoice.number, company.name, contact.display_name FROM invoice ")
        .push("LEFT JOIN company ON company.tenant_id = invoice.tenant_id AND company.id = invoice.company_id ")
        .push("LEFT JOIN contact ON contact.tenant_id = invoice.tenant_id AND contact.id = invoice.contact_id ")
        .push("WHERE invoice.tenant_id = ")
        .bind(tx.tenant_id())
        .push(" AND invoice.id IN ")
        .bind_list(invoices);
    let named: Vec<Named> = tx.all(query).await?;
    Ok(payments
        .into_iter()
        .map(|p| {
            let about = named.iter().find(|(id, ..)| *id == p.invoice_id);
            PaymentView {
                id: p.id,
                version: p.version,
                invoice_id: p.invoice_id,
                invoice_number: about.and_then(|(_, number, ..)| number.clone()),
                customer: about.and_then(|(.., company, contact)| company.clone().or_else(|| contact.clone())),
                is_refund: p.is_refund,
                amount: p.amount(),
                paid_on: p.paid_on,
                method: p.method,
                reference: p.reference,
                voided_at: p.voided_at,
                void_reason: p.void_reason,
                created_at: p.created_at,
                actions: if may_void && p.voided_at.is_none() { vec!["void"] } else { Vec::new() },
            }
        })
        .collect())
}

async fn view(tx: &mut Tx, payment: Payment, may_void: bool) -> edge::Result<PaymentView> {
    let version = payment.version;
    let mut views = views(tx, vec![payment], may_void).await?;
    views.pop().ok_or_else(|| kernel::Error::internal(format!("a payment of version {version} has no view")).into())
}

/// Which payments.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PaymentFilter {
    /// Only payments of this invoice.
    pub invoice_id: Option<InvoiceId>,
}

#[utoipa::path(get, path = "/api/v1/payments", operation_id = "payment_list", tag = "payments", params(PageRequest, PaymentFilter),
    responses((status = 200, description = "Payments, latest first", body = Page<PaymentView>)))]
async fn payment_list(
    May(can): May<ReadPayments>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<PaymentFilter>,
) -> edge::Result<Json<Page<PaymentView>>> {
    let mut tx = store.read(&can).await?;
    let select = tx.select::<Payment>().and_if("payment.invoice_id =", filter.invoice_id);
    let found = tx.page::<Payment>(select, SORTS, &page).await?;
    let items = views(&mut tx, found.items, can.also::<RecordPayments>()).await?;
    Ok(Json(Page { items, next_cursor: found.next_cursor }))
}

#[utoipa::path(post, path = "/api/v1/payments", operation_id = "payment_record", tag = "payments", request_body = NewPayment,
    responses((status = 201, description = "The payment", body = PaymentView)))]
async fn payment_record(
    May(can): May<RecordPayments>,
    State(store): State<Store>,
    Json(input): Json<NewPayment>,
) -> edge::Result<Created<PaymentView>> {
    let mut tx = store.begin(&can).await?;
    let (payment, _) = record(&mut tx, input).await?;
    let body = view(&mut tx, payment, true).await?;
    tx.commit().await?;
    Ok(Created { location: format!("/api/v1/payments/{}", body.id), version: body.version, body })
}

#[utoipa::path(get, path = "/api/v1/payments/{id}", operation_id = "payment_get", tag = "payments", params(("id" = PaymentId, Path)),
    responses((status = 200, description = "The payment", body = PaymentView)))]
async fn payment_get(
    May(can): May<ReadPayments>,
    State(store): State<Store>,
    Path(id): Path<PaymentId>,
) -> edge::Result<Versioned<PaymentView>> {
    let mut tx = store.read(&can).await?;
    let payment: Payment = tx.get(id).await?;
    let body = view(&mut tx, payment, can.also::<RecordPayments>()).await?;
    Ok(Versioned(body.version, body))
}

/// Why a payment is voided.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidPayment {
    #[schema(example = "Recorded twice")]
    pub reason: String,
}

#[utoipa::path(post, path = "/api/v1/payments/{id}/void", operation_id = "payment_void", tag = "payments", params(("id" = PaymentId, Path)),
    request_body = VoidPayment, responses((status = 200, description = "The payment, voided", body = PaymentView)))]
async fn payment_void(
    May(can): May<RecordPayments>,
    State(store): State<Store>,
    Path(id): Path<PaymentId>,
    Json(input): Json<VoidPayment>,
) -> edge::Result<Versioned<PaymentView>> {
    let mut tx = store.begin(&can).await?;
    let payment = void(&mut tx, id, &input.reason).await?;
    let body = view(&mut tx, payment, true).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(payment_list, payment_record))
        .routes(routes!(payment_get))
        .routes(routes!(payment_void))
}
