//! Writing an invoice: from nothing, or from an accepted quote.

use crm::{
    company::{
        self, Company, CompanyId,
        addressee::{self, Purpose},
    },
    contact::{self, ContactId},
    deal::{Deal, DealId},
    field,
};
use fiscal::totals::{Discount, Totals};
use kernel::{Change, Currency, Error, Json, Language, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Invoice, InvoiceId, InvoiceKind, InvoiceState, event, index};
use crate::{
    customer::customer,
    document::{DiscountShape, DocumentLine, Priced, parse_lines},
    entity::{self, FiscalEntity},
    quote::Quote,
};

/// An invoice to be written.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvoice {
    #[serde(default)]
    pub company_id: Option<CompanyId>,
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    #[serde(default)]
    pub deal_id: Option<DealId>,
    #[serde(default)]
    pub language: Option<Language>,
    #[serde(default)]
    pub currency: Option<Currency>,
    #[serde(default)]
    pub prices_include_tax: bool,
    #[serde(default)]
    #[schema(value_type = Option<DiscountShape>)]
    pub allowance: Option<Discount>,
    #[serde(default)]
    pub lines: Vec<DocumentLine>,
    /// Days until due, 0 to 365; the issuer's usual unless given.
    #[serde(default)]
    pub payment_days: Option<i64>,
    #[serde(default)]
    pub notes: Option<String>,
    /// The customer's purchase order or reference.
    #[serde(default)]
    pub reference: Option<String>,
}

pub async fn create(tx: &mut Tx, mut input: NewInvoice) -> Result<Invoice> {
    let entity = entity::default(tx).await?;
    company::must_exist(tx, "company_id", input.company_id).await?;
    if let (None, Some(company)) = (input.contact_id, input.company_id) {
        input.contact_id = addressee::of(tx, company, Purpose::Bill).await?;
    }
    contact::must_exist(tx, "contact_id", input.contact_id).await?;
    if let Some(deal) = input.deal_id {
        tx.find::<Deal>(deal)
            .await?
            .ok_or_else(|| Error::invalid("deal_id", "deal_unknown", "There is no such deal."))?;
    }
    let customer: Option<Company> = match input.company_id {
        Some(id) => tx.beyond_fields("an invoice is in its customer's language and currency").find(id).await?,
        None => None,
    };
    let lines = parse_lines(input.lines, 0)?;
    let currency = input.currency.or(customer.as_ref().and_then(|c| c.currency)).unwrap_or(entity.currency);
    let totals = Priced {
        currency,
        norm: entity.norm(),
        prices_include_tax: input.prices_include_tax,
        lines: &lines,
        allowance: input.allowance,
    }
    .totals()?;
    let invoice = Invoice {
        company_id: input.company_id,
        contact_id: input.contact_id,
        deal_id: input.deal_id,
        language: input.language.or(customer.and_then(|c| c.language)).unwrap_or(entity.language),
        prices_include_tax: input.prices_include_tax,
        allowance: input.allowance.map(Json),
        lines: Json(lines),
        payment_days: payment_days(input.payment_days.unwrap_or(entity.payment_days))?,
        notes: field::text("notes", input.notes.as_deref(), 10_000)?,
        reference: field::line("reference", input.reference.as_deref(), 120)?,
        ..blank(tx, &entity, currency, totals)
    };
    write(tx, &invoice).await?;
    tell(tx, &invoice).await?;
    Ok(invoice)
}

/// The draft that a quote becomes, line by line as it was accepted.
pub(crate) async fn from_quote(tx: &mut Tx, quote: &Quote) -> Result<Invoice> {
    let entity: FiscalEntity = tx.get(quote.fiscal_entity_id).await?;
    // Who gets the bills of the company is another person than the one who answered, where somebody was chosen for it.
    let bills = match quote.company_id {
        Some(company) => addressee::biller(tx, company).await?,
        None => None,
    };
    Ok(Invoice {
        company_id: quote.company_id,
        contact_id: bills.or(quote.contact_id),
        deal_id: quote.deal_id,
        quote_id: Some(quote.id),
        language: quote.language,
        prices_include_tax: quote.prices_include_tax,
        allowance: quote.allowance.clone(),
        lines: quote.lines.clone(),
        reference: quote.reference.clone(),
        ..blank(tx, &entity, quote.currency, quote.totals.0.clone())
    })
}

pub(super) fn blank(tx: &Tx, entity: &FiscalEntity, currency: Currency, totals: Totals) -> Invoice {
    Invoice {
        id: InvoiceId::new(),
        version: 1,
        kind: InvoiceKind::Invoice,
        state: InvoiceState::Draft,
        number: None,
        corrects_id: None,
        correction_reason: None,
        fiscal_entity_id: entity.id,
        company_id: None,
        contact_id: None,
        deal_id: None,
        quote_id: None,
        owner_id: tx.caller().owner(),
        language: entity.language,
        currency,
        prices_include_tax: false,
        allowance: None,
        lines: Json(Vec::new()),
        payable_minor: totals.payable,
        totals: Json(totals),
        settled_minor: 0,
        credited_minor: 0,
        issue_date: None,
        due_date: None,
        payment_days: entity.payment_days,
        notes: None,
        reference: None,
        snapshot: None,
        snapshot_sha256: None,
        pdf_blob_id: None,
        pdf_sha256: None,
        issued_at: None,
        sent_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    }
}

pub(crate) async fn write(tx: &mut Tx, invoice: &Invoice) -> store::Result<()> {
    tx.insert(invoice).await
}

pub(crate) async fn tell(tx: &mut Tx, invoice: &Invoice) -> Result<()> {
    let (customer, _) = customer(tx, invoice.company_id, invoice.contact_id).await?;
    index(tx, invoice, &customer.name).await?;
    tx.audit(Change::new("invoice.create", invoice.id).after(invoice)).await?;
    tx.emit(event(invoice.kind.word("invoice.created", "credit_note.created"), invoice)).await?;
    Ok(())
}

pub(super) fn payment_days(days: i64) -> Result<i64> {
    if (0..=365).contains(&days) {
        Ok(days)
    } else {
        Err(Error::invalid("payment_days", "payment_days_range", "An invoice is due in 0 to 365 days."))
    }
}
