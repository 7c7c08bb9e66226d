//! What happened: deals, quotes, invoices, payments, in the order of their days.

use anyhow::Result;
use crm::{
    deal::{self, create::NewDeal},
    pipeline,
};
use kernel::Money;
use payments::payment::{PaymentMethod, record::NewPayment, record::record};
use sales::{
    invoice::{self, InvoiceId, create::NewInvoice},
    quote::{self, create::NewQuote},
};

use super::{Stage, catalog::line, people::Customer};

/// An invoice of the story: the day it was issued, for whom, and how many days later it was paid (None: not yet; a
/// fraction in percent says how much of it).
struct Billed {
    day: i64,
    customer: usize,
    quantity: i64,
    paid_after: Option<i64>,
    percent: i64,
}

#[rustfmt::skip]
const BILLED: [Billed; 14] = [
    Billed { day: 3,   customer: 0,  quantity: 4, paid_after: Some(21), percent: 100 },
    Billed { day: 9,   customer: 4,  quantity: 6, paid_after: Some(30), percent: 100 },
    Billed { day: 20,  customer: 1,  quantity: 1, paid_after: Some(5),  percent: 100 },
    Billed { day: 34,  customer: 3,  quantity: 3, paid_after: Some(28), percent: 100 },
    Billed { day: 41,  customer: 0,  quantity: 5, paid_after: Some(33), percent: 100 },
    Billed { day: 58,  customer: 9,  quantity: 2, paid_after: Some(14), percent: 100 },
    Billed { day: 66,  customer: 6,  quantity: 7, paid_after: Some(40), percent: 100 },
    Billed { day: 79,  customer: 10, quantity: 9, paid_after: Some(45), percent: 50 },
    Billed { day: 92,  customer: 4,  quantity: 6, paid_after: Some(29), percent: 100 },
    Billed { day: 104, customer: 2,  quantity: 1, paid_after: None,     percent: 0 },
    Billed { day: 117, customer: 0,  quantity: 4, paid_after: Some(25), percent: 100 },
    Billed { day: 128, customer: 8,  quantity: 3, paid_after: None,     percent: 0 },
    Billed { day: 139, customer: 5,  quantity: 2, paid_after: Some(8),  percent: 40 },
    Billed { day: 147, customer: 1,  quantity: 2, paid_after: None,     percent: 0 },
];

/// Open business: name, customer, stage, cents, days until it should close.
const OPEN: [(&str, usize, usize, i64, i64); 8] = [
    ("Mantenimiento de flota 2027", 0, 3, 1_240_000, 20),
    ("Renovación de neumáticos", 4, 2, 486_000, 12),
    ("Revisión de autocares escolares", 9, 2, 315_000, 25),
    ("Contrato de servicio internacional", 6, 1, 920_000, 40),
    ("Puesta a punto de vehículos de prácticas", 3, 1, 178_000, 18),
    ("Asistencia en ruta", 8, 0, 260_000, 60),
    ("Equipamiento de grúas", 10, 0, 745_000, 75),
    ("Revisión de furgoneta de reparto", 11, 0, 32_000, -4),
];

pub(crate) async fn tell(stage: &Stage, customers: &[Customer]) -> Result<()> {
    let mut due: Vec<(i64, InvoiceId, Money)> = Vec::new();
    for (nth, billed) in BILLED.iter().enumerate() {
        settle(stage, &mut due, billed.day).await?;
        stage.walk_to(billed.day);
        let (id, payable) = bill(stage, customers[billed.customer], nth, billed.quantity).await?;
        if let Some(after) = billed.paid_after {
            let part = Money::new(payable.minor * billed.percent / 100, payable.currency);
            due.push((billed.day + after, id, part));
        }
    }
    settle(stage, &mut due, super::DAYS).await?;
    stage.walk_to(super::DAYS - 6);
    open_business(stage, customers).await?;
    stage.walk_to(super::DAYS);
    drafts(stage, customers).await
}

/// Records what was paid up to `day`.
async fn settle(stage: &Stage, due: &mut Vec<(i64, InvoiceId, Money)>, day: i64) -> Result<()> {
    due.sort_by_key(|(on, ..)| *on);
    while let Some((on, invoice_id, amount)) = due.first().copied().filter(|(on, ..)| *on <= day) {
        due.remove(0);
        stage.walk_to(on);
        let mut tx = stage.begin().await?;
        let paid_on = tx.now().date_naive();
        let payment = NewPayment {
            invoice_id,
            amount,
            paid_on,
            method: PaymentMethod::BankTransfer,
            reference: Some(format!("TR-{on:04}")),
            allow_overpayment: false,
        };
        record(&mut tx, payment).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn bill(stage: &Stage, customer: Customer, nth: usize, quantity: i64) -> Result<(InvoiceId, Money)> {
    let mut tx = stage.begin().await?;
    let lines = vec![line(nth, quantity), line(nth + 1, quantity * 2), line(nth + 3, 1)];
    let draft = invoice::create::create(&mut tx, new_invoice(customer, lines)).await?;
    let issued = invoice::issue::issue(&mut tx, draft.id).await?;
    tx.commit().await?;
    Ok((issued.id, issued.payable()))
}

async fn open_business(stage: &Stage, customers: &[Customer]) -> Result<()> {
    let mut tx = stage.begin().await?;
    let stages =
        pipeline::ensure_first(&mut tx).await?.into_iter().next().map(|(_, stages)| stages).unwrap_or_default();
    tx.commit().await?;
    for (nth, (name, customer, at, cents, days)) in OPEN.into_iter().enumerate() {
        let customer = customers[customer];
        let mut tx = stage.begin().await?;
        let currency = identity::tenant::current(&mut tx).await?.currency;
        let expected = tx.now().date_naive() + chrono::TimeDelta::days(days);
        let new = NewDeal {
            name: name.to_owned(),
            company_id: Some(customer.company),
            contact_id: Some(customer.contact),
            pipeline_id: None,
            stage_id: stages.get(at).map(|stage| stage.id),
            amount: Some(Money::new(cents, currency)),
            expected_close: Some(expected),
            owner_id: None,
            custom: Default::default(),
        };
        let deal = deal::create::create(&mut tx, new).await?;
        if at >= 2 {
            let quote = NewQuote {
                title: name.to_owned(),
                company_id: Some(customer.company),
                contact_id: Some(customer.contact),
                deal_id: Some(deal.id),
                language: None,
                currency: None,
                prices_include_tax: false,
                allowance: None,
                lines: vec![line(nth, 12), line(nth + 4, 8), line(nth + 1, 20)],
                valid_until: None,
                terms: Some(
                    "Precios válidos para los vehículos relacionados. Plazo de ejecución: 15 días laborables."
                        .to_owned(),
                ),
                notes: None,
                reference: None,
            };
            let quote = quote::create::create(&mut tx, quote).await?;
            quote::send::send(&mut tx, quote.id, quote::send::SendQuote::default()).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn drafts(stage: &Stage, customers: &[Customer]) -> Result<()> {
    let mut tx = stage.begin().await?;
    invoice::create::create(&mut tx, new_invoice(customers[3], vec![line(5, 2), line(7, 2)])).await?;
    invoice::create::create(&mut tx, new_invoice(customers[9], vec![line(4, 4), line(8, 1)])).await?;
    Ok(tx.commit().await?)
}

fn new_invoice(customer: Customer, lines: Vec<sales::document::DocumentLine>) -> NewInvoice {
    NewInvoice {
        company_id: Some(customer.company),
        contact_id: Some(customer.contact),
        deal_id: None,
        language: None,
        currency: None,
        prices_include_tax: false,
        allowance: None,
        lines,
        payment_days: None,
        notes: None,
        reference: None,
    }
}
