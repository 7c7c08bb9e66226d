//! The rules of quotes and invoices on both databases, through their verbs and the customer's page.

mod addressing;
mod answering;
mod electronic;
mod figures;
mod grouping;
mod issuing;
mod offering;
mod reading;

use std::sync::Arc;

use chrono::TimeDelta;
use crm::company::{Company, create::NewCompany};
use files::Blobs;
use identity::{Established, SignUp};
use kernel::{Caller, Can, Error, Permission, id::Id};
use serde_json::{Value, json};
use store::{Tx, sql};
use testkit::TestStore;

use crate::{
    invoice::{EditInvoices, Invoice, IssueInvoices, create as invoice_create, issue::issue},
    quote::{AnswerQuote, EditQuotes, Quote, SendQuotes, create as quote_create, send},
};

/// A database with a founded company and a customer.
pub(crate) struct Shop {
    pub store: TestStore,
    pub owner: Established,
    pub blobs: Blobs,
    pub customer: Company,
    _files: tempfile::TempDir,
}

pub(crate) async fn shops() -> Vec<Shop> {
    shops_in("ES", Some("B58378431"), "EUR").await
}

pub(crate) async fn shops_in(country: &str, tax_id: Option<&str>, currency: &str) -> Vec<Shop> {
    let mut shops = Vec::new();
    for store in testkit::stores().await {
        let form = SignUp {
            company_name: "Talleres Aurora".into(),
            country: country.into(),
            tax_id: tax_id.map(str::to_owned),
            tax_id_confirmed: false,
            currency: currency.into(),
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
        let files = tempfile::tempdir().unwrap();
        let blobs = Blobs::local(files.path()).unwrap();
        let can = Can::<EditQuotes>::check(Arc::new(Caller::system(owner.tenant_id))).unwrap();
        let mut tx = store.begin(&can).await.unwrap();
        let input: NewCompany =
            serde_json::from_value(json!({ "name": "Reparto <Rápido> & Cía", "email": "compras@reparto.example" }))
                .unwrap();
        let customer = crm::company::create::create(&mut tx, input, "manual").await.unwrap();
        tx.commit().await.unwrap();
        shops.push(Shop { store, owner, blobs, customer, _files: files });
    }
    shops
}

/// The code of a refusal: of its first field, where fields were refused.
pub(crate) fn code<T: std::fmt::Debug>(result: kernel::Result<T>) -> String {
    match result.unwrap_err() {
        Error::Invalid { fields } => fields[0].code.clone(),
        other => other.code().to_owned(),
    }
}

/// A line with one Spanish VAT.
pub(crate) fn line(description: &str, quantity: &str, price: &str, rate: &str) -> Value {
    let taxes = json!([{ "category": "S", "rate": rate, "name": "IVA" }]);
    json!({ "description": description, "quantity": quantity, "unit_price": price, "taxes": taxes })
}

impl Shop {
    pub fn can<P: Permission>(&self) -> Can<P> {
        Can::check(Arc::new(Caller::system(self.owner.tenant_id))).unwrap()
    }

    pub async fn tx(&self) -> Tx {
        self.store.begin(&self.can::<EditQuotes>()).await.unwrap()
    }

    pub fn later(&self, days: i64) {
        self.store.clock().advance(TimeDelta::days(days));
    }

    pub async fn draft(&self, lines: Value) -> Invoice {
        self.draft_with(json!({ "lines": lines })).await
    }

    pub async fn draft_with(&self, mut input: Value) -> Invoice {
        input["company_id"] = json!(self.customer.id);
        let mut tx = self.store.begin(&self.can::<EditInvoices>()).await.unwrap();
        let invoice = invoice_create::create(&mut tx, serde_json::from_value(input).unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        invoice
    }

    pub async fn issue(&self, invoice: &Invoice) -> kernel::Result<Invoice> {
        let mut tx = self.store.begin(&self.can::<IssueInvoices>()).await?;
        let issued = issue(&mut tx, invoice.id).await?;
        tx.commit().await?;
        Ok(issued)
    }

    pub async fn quote(&self, mut input: Value) -> Quote {
        input["company_id"] = json!(self.customer.id);
        let mut tx = self.tx().await;
        let quote = quote_create::create(&mut tx, serde_json::from_value(input).unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        quote
    }

    /// A quote that waits for its answer, its PDF made.
    pub async fn sent(&self, input: Value) -> Quote {
        let quote = self.quote(input).await;
        self.send(&quote).await
    }

    pub async fn send(&self, quote: &Quote) -> Quote {
        let can = self.can::<SendQuotes>();
        let mut tx = self.store.begin(&can).await.unwrap();
        let link_only = send::SendQuote { link_only: true, ..send::SendQuote::default() };
        send::send(&mut tx, quote.id, link_only).await.unwrap();
        tx.commit().await.unwrap();
        send::with_pdf(&self.store, &can, &self.blobs, quote.id).await.unwrap()
    }

    /// A transaction of whoever holds the quote's link.
    pub async fn recipient(&self, quote: &Quote) -> Tx {
        let token = quote.public_token.as_ref().unwrap().reveal();
        let (caller, _) =
            identity::link::resolve(&self.store, "quote", token, kernel::Origin::default()).await.unwrap();
        self.store.begin(&Can::<AnswerQuote>::check(caller).unwrap()).await.unwrap()
    }

    pub async fn events(&self, kind: &'static str, subject: impl Id) -> i64 {
        let mut tx = self.tx().await;
        let query = sql!(
            "SELECT count(*) FROM event WHERE tenant_id = {} AND kind = {} AND subject = {}",
            tx.tenant_id(),
            kind,
            subject.to_string()
        );
        tx.count(query).await.unwrap()
    }
}

/// What most quotes of these tests offer: 84.77 EUR.
pub(crate) fn offer() -> Value {
    json!({
        "title": "Frenos <b>nuevos</b>",
        "lines": [line("Pastillas", "1", "37.76", "21"), line("Discos", "1", "26.80", "21"), line("Líquido", "1", "5.50", "21")],
    })
}
