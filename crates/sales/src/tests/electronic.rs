//! Electronic invoices: a thousand random documents say the same to the cent wherever they are shown, and the PDF of an
//! issued one carries the very file that is served.

use chrono::NaiveDate;
use fiscal::{
    einvoice::{Invoice as EInvoice, Profile, cii, ubl},
    totals::{Discount, Norm, Totals},
};
use kernel::{Currency, Decimal, Json, Language};
use proptest::{collection::vec, prelude::*};
use serde_json::json;

use super::{line, shops};
use crate::{
    document::{
        DocumentLine, PartySnapshot, Priced, Snapshot, print,
        view::{calculation, totals as shown},
    },
    einvoice,
    invoice::{Invoice, InvoiceId, InvoiceKind, InvoiceState, send},
};

/// A line with a rate, sometimes a discount, sometimes with what the customer keeps back.
fn any_line() -> impl Strategy<Value = DocumentLine> {
    let discount = prop_oneof![
        3 => Just(None),
        1 => (1..60_u32).prop_map(|percent| Some(json!({ "percent": percent.to_string() }))),
        1 => (1..200_u32).prop_map(|cents| Some(json!({ "amount": format!("0.{cents:03}").get(..4) }))),
    ];
    let rate = prop_oneof![Just("21"), Just("10"), Just("4")];
    (1..50_000_u32, 1..9_000_000_u32, discount, rate, any::<bool>()).prop_map(
        |(quantity, price, discount, rate, withheld)| {
            let mut taxes = vec![json!({ "category": "S", "rate": rate, "name": "IVA" })];
            if withheld {
                taxes.push(json!({ "category": "S", "rate": "15", "name": "IRPF", "withheld": true }));
            }
            let (quantity, price) = (Decimal::new(quantity.into(), 3), Decimal::new(price.into(), 4));
            let line = json!({ "description": "ليلى 🚚", "quantity": quantity.to_string(),
                "unit_price": price.to_string(), "discount": discount, "taxes": taxes });
            serde_json::from_value(line).unwrap()
        },
    )
}

/// An issued invoice of these lines, as it would be stored.
fn stored(lines: Vec<DocumentLine>, includes_tax: bool, allowance: Option<Discount>, totals: Totals) -> Invoice {
    let (at, currency) = (chrono::DateTime::UNIX_EPOCH, "EUR".parse::<Currency>().unwrap());
    let snapshot = Snapshot {
        number: "F-2026-00001".into(),
        title: None,
        language: Language::Es,
        country: "ES".into(),
        currency,
        issue_date: NaiveDate::default(),
        due: NaiveDate::default(),
        issuer: party("B58378431"),
        customer: party("A58818501"),
        lines: lines.clone(),
        totals: totals.clone(),
        notes: None,
        terms: None,
        reference: None,
        payment_instructions: None,
        correction: None,
    };
    Invoice {
        id: InvoiceId::new(),
        version: 1,
        kind: InvoiceKind::Invoice,
        state: InvoiceState::Issued,
        number: Some(snapshot.number.clone()),
        corrects_id: None,
        correction_reason: None,
        fiscal_entity_id: crate::entity::FiscalEntityId::new(),
        company_id: None,
        contact_id: None,
        deal_id: None,
        quote_id: None,
        owner_id: None,
        language: Language::Es,
        currency,
        prices_include_tax: includes_tax,
        allowance: allowance.map(Json),
        lines: Json(lines),
        payable_minor: totals.payable,
        totals: Json(totals),
        settled_minor: 0,
        credited_minor: 0,
        issue_date: Some(snapshot.issue_date),
        due_date: Some(snapshot.due),
        payment_days: 0,
        notes: None,
        reference: None,
        snapshot: Some(Json(snapshot)),
        snapshot_sha256: None,
        pdf_blob_id: None,
        pdf_sha256: None,
        issued_at: Some(at),
        sent_at: None,
        created_at: at,
        updated_at: at,
    }
}

fn party(tax_id: &str) -> PartySnapshot {
    PartySnapshot {
        name: "Талер & Σία".into(),
        tax_id: Some(tax_id.into()),
        country: Some("ES".into()),
        ..PartySnapshot::default()
    }
}

/// Net, tax, net of each line, and base with tax of each row: what every picture says.
type Figures = (i64, i64, Vec<i64>, Vec<(i64, i64)>);

fn of_totals(totals: &Totals) -> Figures {
    let rows = totals.breakdown.iter().filter(|row| !row.withheld).map(|row| (row.base, row.tax));
    (totals.net, totals.tax, totals.lines.iter().map(|line| line.net).collect(), sorted(rows.collect()))
}

fn of_xml(read: &EInvoice) -> Figures {
    let rows = read.vat.iter().map(|row| (row.base, row.tax)).collect();
    (read.sums.net, read.sums.tax, read.lines.iter().map(|line| line.net).collect(), sorted(rows))
}

fn sorted(mut rows: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    rows.sort_unstable();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Form, list, PDF, XML and API (sales rules 2.4): no picture of a document computes anything for itself.
    #[test]
    fn form_list_pdf_xml_and_api_of_any_document_agree_to_the_cent(
        lines in vec(any_line(), 1..6),
        includes_tax: bool,
        percent in prop_oneof![2 => Just(None), 1 => (1..40_i64).prop_map(Some)],
    ) {
        let allowance = percent.map(|percent| Discount::Percent(Decimal::from(percent)));
        let currency = "EUR".parse().unwrap();
        let priced =
            Priced { currency, norm: Norm::ByCategory, prices_include_tax: includes_tax, lines: &lines, allowance };
        // What is no document, a discount above its line for one, is refused at the door.
        let totals = priced.totals();
        prop_assume!(totals.is_ok());
        let totals = totals.unwrap();
        let wanted = of_totals(&totals);
        let form = calculation(&priced, &totals).unwrap();
        prop_assert_eq!((form.totals.net.minor, form.totals.tax.minor), (wanted.0, wanted.1));
        let api = shown(&totals, currency);
        let rows = api.breakdown.iter().filter(|row| !row.withheld).map(|row| (row.base.minor, row.tax.minor));
        let lines_of_api = api.lines.iter().map(|line| line.net.minor).collect();
        prop_assert_eq!((api.net.minor, api.tax.minor, lines_of_api, sorted(rows.collect())), wanted.clone());
        let invoice = stored(lines.clone(), includes_tax, allowance, totals.clone());
        let snapshot = &invoice.snapshot.as_ref().unwrap().0;
        prop_assert_eq!(invoice.payable_minor, api.payable.minor, "the list");
        let pdf = print::document(pdf::Kind::Invoice, snapshot, print::Copy::Original);
        let rows = pdf.breakdown.iter().filter(|row| !row.withheld).map(|row| (row.base, row.tax));
        let printed = (pdf.net, pdf.tax, pdf.lines.iter().map(|line| line.net).collect(), sorted(rows.collect()));
        prop_assert_eq!(printed, wanted.clone());
        prop_assert_eq!((pdf.total, pdf.withheld), (totals.payable, totals.withheld));
        let of_lines: i64 = pdf.lines.iter().map(|line| line.net).sum();
        prop_assert_eq!(of_lines - pdf.allowance, pdf.net, "who adds up what is printed arrives at its total");
        let written = einvoice::of(&invoice, snapshot, Profile::En16931).unwrap().unwrap();
        for read in [ubl::read(&ubl::write(&written)).unwrap(), cii::read(&cii::write(&written)).unwrap()] {
            prop_assert_eq!(of_xml(&read), wanted.clone());
            prop_assert_eq!(read.sums.payable - totals.withheld, totals.payable);
        }
    }
}

#[tokio::test]
async fn the_pdf_of_an_issued_invoice_carries_the_very_file_that_is_served() {
    for shop in shops().await {
        let known = json!({ "country": "ES", "city": "Madrid" });
        let mut tx = shop.tx().await;
        let change = serde_json::from_value(known).unwrap();
        crm::company::update::update(&mut tx, shop.customer.clone(), change).await.unwrap();
        tx.commit().await.unwrap();
        let issued = shop.issue(&shop.draft(json!([line("Pastillas", "1", "37.76", "21")])).await).await.unwrap();
        let can = shop.can::<send::DispatchInvoices>();
        let invoice = send::with_pdf(&shop.store, &can, &shop.blobs, issued.id).await.unwrap();
        let mut tx = shop.tx().await;
        let (_, bytes) = shop.blobs.get(&mut tx, invoice.pdf_blob_id.unwrap()).await.unwrap();
        let within = pdf::facturx::xml(&bytes).unwrap().expect("a Factur-X");
        let snapshot = &invoice.snapshot.as_ref().unwrap().0;
        let served = einvoice::of(&invoice, snapshot, Profile::En16931).unwrap().unwrap();
        assert_eq!(String::from_utf8(within), String::from_utf8(cii::write(&served)));
    }
}
