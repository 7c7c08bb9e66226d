//! Issuing: numbers without gaps, and what was issued stays.

use std::{collections::BTreeSet, sync::Arc};

use crm::company::update::ChangeCompany;
use serde_json::json;
use store::sql;

use super::{code, line, offer, shops};
use crate::{
    entity::number::{self, ChangeNumberSeries, SeriesKind},
    invoice::{Invoice, issue::issue, update},
    quote::{answer, convert},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_issued_at_once_are_numbered_without_gap_or_double() {
    for shop in shops().await {
        let shop = Arc::new(shop);
        let mut drafts = Vec::new();
        for _ in 0..50 {
            drafts.push(shop.draft(json!([line("a", "1", "10", "21")])).await);
        }
        let tasks: Vec<_> = drafts
            .into_iter()
            .map(|draft| {
                let shop = shop.clone();
                tokio::spawn(async move { shop.issue(&draft).await.unwrap().number.unwrap() })
            })
            .collect();
        let mut numbers = BTreeSet::new();
        for task in tasks {
            numbers.insert(task.await.unwrap());
        }
        let year = numbers.first().unwrap()[2..6].to_owned();
        let wanted: BTreeSet<String> = (1..=50).map(|n| format!("F-{year}-{n:05}")).collect();
        assert_eq!(numbers, wanted);
    }
}

#[tokio::test]
async fn a_number_that_was_rolled_back_is_given_again() {
    for shop in shops().await {
        let (one, two) = (
            shop.draft(json!([line("a", "1", "10", "21")])).await,
            shop.draft(json!([line("a", "1", "10", "21")])).await,
        );
        assert!(shop.issue(&one).await.unwrap().number.unwrap().ends_with("-00001"));
        let mut tx = shop.tx().await;
        assert!(issue(&mut tx, two.id).await.unwrap().number.unwrap().ends_with("-00002"));
        drop(tx);
        let mut tx = shop.tx().await;
        let still: Invoice = tx.get(two.id).await.unwrap();
        assert_eq!((still.number, still.issue_date), (None, None));
        drop(tx);
        assert!(shop.issue(&two).await.unwrap().number.unwrap().ends_with("-00002"));
    }
}

#[tokio::test]
async fn what_was_issued_stays_and_issuing_again_changes_nothing() {
    for shop in shops().await {
        let issued = shop.issue(&shop.draft(json!([line("a", "2", "10", "21")])).await).await.unwrap();
        let mut tx = shop.tx().await;
        assert_eq!(
            code(update::update(&mut tx, issued.clone(), update::ChangeInvoice::default()).await),
            "invoice_issued"
        );
        assert_eq!(code(update::delete(&mut tx, issued.clone()).await), "invoice_issued");
        let renamed: ChangeCompany = serde_json::from_value(json!({ "name": "Otro nombre" })).unwrap();
        crm::company::update::update(&mut tx, shop.customer.clone(), renamed).await.unwrap();
        tx.commit().await.unwrap();
        let again = shop.issue(&issued).await.unwrap();
        assert_eq!((again.version, &again.number), (issued.version, &issued.number));
        assert_eq!(again.snapshot_sha256, issued.snapshot_sha256);
        let kept = again.snapshot.unwrap().0;
        assert_eq!(
            (kept.customer.name.as_str(), Some(kept.sha256())),
            ("Reparto <Rápido> & Cía", issued.snapshot_sha256)
        );
        assert_eq!(shop.events("invoice.issued", issued.id).await, 1);
    }
}

#[tokio::test]
async fn an_invoice_without_customer_or_lines_is_not_issued() {
    for shop in shops().await {
        assert_eq!(code(shop.issue(&shop.draft(json!([])).await).await), "lines_missing");
        let mut tx = shop.tx().await;
        let nobody = serde_json::from_value(json!({ "lines": [line("a", "1", "10", "21")] })).unwrap();
        let draft = crate::invoice::create::create(&mut tx, nobody).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(code(shop.issue(&draft).await), "customer_missing");
    }
}

#[tokio::test]
async fn counting_goes_on_when_a_series_changes() {
    for shop in shops().await {
        let issued = shop.issue(&shop.draft(json!([line("a", "1", "10", "21")])).await).await.unwrap();
        let mut tx = shop.tx().await;
        let series = number::series(&mut tx, issued.fiscal_entity_id, SeriesKind::Invoice).await.unwrap();
        let day = issued.issue_date.unwrap();
        let never = ChangeNumberSeries { reset: Some("never".into()), code: Some("A".into()), pattern: None };
        let wrong = ChangeNumberSeries { pattern: Some("sin numero".into()), ..ChangeNumberSeries::default() };
        assert!(number::update(&mut tx, series.clone(), wrong, day).await.is_err());
        let series = number::update(&mut tx, series, never, day).await.unwrap();
        let next = number::next(&mut tx, &series, day).await.unwrap();
        tx.commit().await.unwrap();
        assert!(next.starts_with("A-") && next.ends_with("-00002"), "{next}");
        let second = shop.issue(&shop.draft(json!([line("a", "1", "10", "21")])).await).await.unwrap();
        assert_eq!(second.number, Some(next));
    }
}

#[tokio::test]
async fn an_accepted_quote_becomes_one_invoice() {
    for shop in shops().await {
        let quote = shop.sent(offer()).await;
        let mut tx = shop.recipient(&quote).await;
        assert_eq!(code(convert::invoice(&mut tx, quote.id).await), "quote_not_accepted");
        let given = answer::Given::Accept { name: "Luz Prado".into(), consent_text: "sí".into() };
        answer::answer(&mut tx, quote.id, given).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = shop.tx().await;
        let invoice = convert::invoice(&mut tx, quote.id).await.unwrap();
        let again = convert::invoice(&mut tx, quote.id).await.unwrap();
        assert_eq!((again.id, invoice.payable_minor, &invoice.lines), (invoice.id, quote.payable_minor, &quote.lines));
    }
}

#[tokio::test]
async fn an_issuer_from_before_there_were_notes_gets_their_series_when_one_is_needed() {
    for shop in shops().await {
        let issued = shop.issue(&shop.draft(json!([line("a", "1", "10", "21")])).await).await.unwrap();
        let entity = issued.fiscal_entity_id;
        let mut tx = shop.tx().await;
        let tenant = tx.tenant_id();
        tx.execute(sql!("DELETE FROM number_series WHERE tenant_id = {} AND kind LIKE '%note'", tenant)).await.unwrap();
        tx.audit(kernel::Change::new("number_series.delete", entity)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = shop.tx().await;
        let made = number::series(&mut tx, entity, SeriesKind::CreditNote).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = shop.tx().await;
        let again = number::series(&mut tx, entity, SeriesKind::CreditNote).await.unwrap();
        assert_eq!((made.id, made.code.as_str()), (again.id, "CN"), "made once");
    }
}
