//! Payments on both databases: what an invoice shows as paid is what its payments add up to.

use std::sync::Arc;

use identity::{Established, SignUp};
use kernel::{Caller, Can, Error, Permission};
use sales::invoice::{EditInvoices, Invoice, InvoiceStatus, create::create, issue::issue};
use serde_json::{Value, json};
use testkit::TestStore;

use crate::payment::{Payment, RecordPayments, record::record, void::void};

struct Shop {
    store: TestStore,
    owner: Established,
}

async fn shops() -> Vec<Shop> {
    let mut shops = Vec::new();
    for store in testkit::stores().await {
        let form = SignUp {
            company_name: "Talleres Aurora".into(),
            country: "ES".into(),
            tax_id: Some("B58378431".into()),
            tax_id_confirmed: false,
            currency: "EUR".into(),
            language: "es".into(),
            time_zone: "Europe/Madrid".into(),
            name: "Ana Ruiz".into(),
            email: "ana@aurora.example".into(),
            phone: None,
            password: "quiet otter paints maps".into(),
            business_use: true,
            is_16_or_older: true,
        };
        let owner = identity::establish(&store, form).await.unwrap();
        shops.push(Shop { store, owner });
    }
    shops
}

impl Shop {
    fn can<P: Permission>(&self) -> Can<P> {
        Can::check(Arc::new(Caller::system(self.owner.tenant_id))).unwrap()
    }

    /// An issued invoice of 121.00 EUR.
    async fn invoice(&self) -> Invoice {
        let mut tx = self.store.begin(&self.can::<EditInvoices>()).await.unwrap();
        let company = serde_json::from_value(json!({ "name": "Reparto Rápido" })).unwrap();
        let company = crm::company::create::create(&mut tx, company, "manual").await.unwrap();
        let taxes = json!([{ "category": "S", "rate": "21", "name": "IVA" }]);
        let lines = json!([{ "description": "Horas", "quantity": "2", "unit_price": "50", "taxes": taxes }]);
        let draft = serde_json::from_value(json!({ "company_id": company.id, "lines": lines })).unwrap();
        let draft = create(&mut tx, draft).await.unwrap();
        let invoice = issue(&mut tx, draft.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(invoice.payable_minor, 12_100);
        invoice
    }

    async fn pay(&self, invoice: &Invoice, amount: &str, more: Value) -> kernel::Result<(Payment, Invoice)> {
        let day = self.store.clock().now().date_naive();
        let mut input = json!({ "invoice_id": invoice.id, "amount": { "amount": amount, "currency": "EUR" }, "paid_on": day, "method": "bank_transfer" });
        for (field, value) in more.as_object().unwrap() {
            input[field] = value.clone();
        }
        let mut tx = self.store.begin(&self.can::<RecordPayments>()).await?;
        let paid = record(&mut tx, serde_json::from_value(input).unwrap()).await?;
        tx.commit().await?;
        Ok(paid)
    }

    async fn read(&self, invoice: &Invoice) -> (i64, InvoiceStatus) {
        let mut tx = self.store.read(&self.can::<RecordPayments>()).await.unwrap();
        let invoice: Invoice = tx.get(invoice.id).await.unwrap();
        (invoice.balance().minor, invoice.status(tx.now().date_naive()))
    }
}

fn code<T: std::fmt::Debug>(result: kernel::Result<T>) -> String {
    match result.unwrap_err() {
        Error::Invalid { fields } => fields[0].code.clone(),
        other => other.code().to_owned(),
    }
}

#[tokio::test]
async fn an_invoice_is_paid_in_parts_and_not_beyond() {
    for shop in shops().await {
        let invoice = shop.invoice().await;
        shop.pay(&invoice, "21.00", json!({})).await.unwrap();
        assert_eq!(shop.read(&invoice).await, (10_000, InvoiceStatus::PartlyPaid));
        assert_eq!(code(shop.pay(&invoice, "100.01", json!({})).await), "overpayment");
        assert_eq!(shop.read(&invoice).await.0, 10_000, "what was refused left nothing behind");
        shop.pay(&invoice, "100.00", json!({})).await.unwrap();
        assert_eq!(shop.read(&invoice).await, (0, InvoiceStatus::Paid));
        shop.pay(&invoice, "5.00", json!({ "allow_overpayment": true })).await.unwrap();
        assert_eq!(shop.read(&invoice).await, (-500, InvoiceStatus::Paid));
    }
}

#[tokio::test]
async fn what_is_no_payment_is_refused() {
    for shop in shops().await {
        let invoice = shop.invoice().await;
        assert_eq!(code(shop.pay(&invoice, "0", json!({})).await), "amount_not_positive");
        assert_eq!(code(shop.pay(&invoice, "-1.00", json!({})).await), "amount_not_positive");
        assert_eq!(
            code(shop.pay(&invoice, "1.00", json!({ "amount": { "amount": "1.00", "currency": "USD" } })).await),
            "currency_differs"
        );
        assert_eq!(code(shop.pay(&invoice, "1.00", json!({ "paid_on": "2999-01-01" })).await), "date_in_future");
        assert_eq!(shop.read(&invoice).await, (12_100, InvoiceStatus::Open));
    }
}

#[tokio::test]
async fn voiding_gives_the_balance_back_once() {
    for shop in shops().await {
        let invoice = shop.invoice().await;
        let (payment, _) = shop.pay(&invoice, "121.00", json!({})).await.unwrap();
        for _ in 0..2 {
            let mut tx = shop.store.begin(&shop.can::<RecordPayments>()).await.unwrap();
            assert_eq!(code(void(&mut tx, payment.id, " ").await), "required");
            let voided = void(&mut tx, payment.id, "Dos veces").await.unwrap();
            assert_eq!(voided.void_reason.as_deref(), Some("Dos veces"));
            tx.commit().await.unwrap();
            assert_eq!(shop.read(&invoice).await, (12_100, InvoiceStatus::Open));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_payments_at_once_are_both_counted() {
    for shop in shops().await {
        for _ in 0..5 {
            let invoice = shop.invoice().await;
            let (one, two) =
                tokio::join!(shop.pay(&invoice, "60.00", json!({})), shop.pay(&invoice, "61.00", json!({})));
            one.unwrap();
            two.unwrap();
            assert_eq!(shop.read(&invoice).await, (0, InvoiceStatus::Paid));
            let (third, fourth) =
                tokio::join!(shop.pay(&invoice, "1.00", json!({})), shop.pay(&invoice, "1.00", json!({})));
            assert!(third.is_err() && fourth.is_err(), "a paid invoice takes nothing more by accident");
        }
    }
}
