//! Home's figures and what it asks for, after each thing that changes them.

use chrono::{Days, TimeDelta};
use serde_json::{Value, json};

use crate::app::{Client, TestApp};

async fn home(client: &Client) -> Value {
    client.get("/api/v1/home").await.ok()
}

fn needs(home: &Value, kind: &str) -> usize {
    home["needs_me"].as_array().unwrap().iter().filter(|need| need["kind"] == kind).count()
}

/// Invoiced, paid, due, overdue, as text.
fn money(home: &Value) -> [&str; 4] {
    ["invoiced", "paid", "due", "overdue"].map(|figure| home["money"][figure]["amount"].as_str().unwrap())
}

#[tokio::test]
async fn the_figures_of_home_follow_what_is_issued_paid_and_late() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        app.work().await;
        assert_eq!(money(&home(&owner).await), ["0.00", "0.00", "0.00", "0.00"]);
        let entity = owner.get("/api/v1/fiscal-entities").await.ok()["items"][0].clone();
        let path = format!("/api/v1/fiscal-entities/{}", entity["id"].as_str().unwrap());
        let address = json!({ "street": "Gran Vía 1", "postal_code": "28013", "city": "Madrid" });
        owner.patch(&path, &entity["version"], address).await.ok();
        let company = owner.post("/api/v1/companies", json!({ "name": "Levante" })).await.ok()["id"].clone();
        let deal =
            json!({ "name": "Fleet", "company_id": company, "amount": { "amount": "500.00", "currency": "EUR" } });
        owner.post("/api/v1/deals", deal).await.ok();
        let lines = json!([{ "description": "Pads", "quantity": "2", "unit_price": "50",
            "taxes": [{ "category": "S", "rate": "21", "name": "IVA" }] }]);
        let invoice = json!({ "company_id": company, "lines": lines, "payment_days": 10 });
        let invoice = owner.post("/api/v1/invoices", invoice).await.ok()["id"].as_str().unwrap().to_owned();

        let drafted = home(&owner).await;
        assert_eq!((needs(&drafted, "invoice_draft"), money(&drafted)[0]), (1, "0.00"), "a draft is no money");
        let stages = drafted["pipeline"].as_array().unwrap();
        assert_eq!((&stages[0]["count"], &stages[0]["total"]["amount"]), (&json!(1), &json!("500.00")));

        let issue = owner.post(&format!("/api/v1/invoices/{invoice}/issue"), json!({})).await.ok();
        let issued = home(&owner).await;
        assert_eq!((needs(&issued, "invoice_draft"), money(&issued)), (0, ["121.00", "0.00", "121.00", "0.00"]));

        // The day it is where the company is.
        let paid_on: chrono::NaiveDate = issue["issue_date"].as_str().unwrap().parse().unwrap();
        let payment = json!({ "invoice_id": invoice, "amount": { "amount": "21.00", "currency": "EUR" },
            "paid_on": paid_on, "method": "card" });
        let payment = owner.post("/api/v1/payments", payment).await.ok()["id"].as_str().unwrap().to_owned();
        assert_eq!(money(&home(&owner).await), ["121.00", "21.00", "100.00", "0.00"]);
        owner.post(&format!("/api/v1/payments/{payment}/void"), json!({ "reason": "Mistake" })).await.ok();
        assert_eq!(money(&home(&owner).await), ["121.00", "0.00", "121.00", "0.00"], "a void payment is no money");

        app.clock.advance(TimeDelta::days(11));
        let late = home(&owner).await;
        assert_eq!((money(&late)[2], money(&late)[3], needs(&late, "invoice_overdue")), ("0.00", "121.00", 1));
        let need = &late["needs_me"][0];
        let due = paid_on.checked_add_days(Days::new(10)).unwrap().to_string();
        assert_eq!((&need["kind"], need["on"].as_str().unwrap()), (&json!("invoice_overdue"), due.as_str()));

        let support = app.member(&owner, "support").await;
        let seen = home(&support).await;
        assert_eq!((&seen["money"], &seen["pipeline"]), (&Value::Null, &Value::Null), "what one may not see is absent");
        assert_eq!(needs(&seen, "invoice_overdue"), 0);
    }
}
