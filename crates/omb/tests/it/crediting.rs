//! Credit and debit notes, through HTTP on both databases: numbered apart, tied to their invoice, never for more than it,
//! and used until nothing of them is left.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{Answer, Client, TestApp};

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

async fn company(owner: &Client, name: &str) -> String {
    text(&owner.post("/api/v1/companies", json!({ "name": name, "country": "ES" })).await.ok()["id"])
}

/// The pair of sales rules 2.4 that two ways of rounding tell apart: 84.77 by category.
fn lines() -> Value {
    let vat = json!([{ "category": "S", "rate": "21", "name": "IVA" }]);
    let line = |price: &str| json!({ "description": "Pads", "quantity": "1", "unit_price": price, "taxes": vat });
    json!([line("37.76"), line("26.80"), line("5.50")])
}

/// An issued invoice of 84.77 EUR.
async fn invoice(owner: &Client, company: &str) -> Value {
    let draft = json!({ "company_id": company, "currency": "EUR", "lines": lines() });
    let draft = owner.post("/api/v1/invoices", draft).await.ok();
    owner.post(&format!("/api/v1/invoices/{}/issue", text(&draft["id"])), json!({})).await.ok()
}

async fn draft(owner: &Client, original: &Value, body: Value) -> Value {
    owner.post(&format!("/api/v1/invoices/{}/corrections", text(&original["id"])), body).await.ok()
}

async fn issue(owner: &Client, draft: &Value) -> Answer {
    owner.post(&format!("/api/v1/invoices/{}/issue", text(&draft["id"])), json!({})).await
}

async fn read(owner: &Client, document: &Value) -> Value {
    owner.get(&format!("/api/v1/invoices/{}", text(&document["id"]))).await.ok()
}

async fn pay(owner: &Client, document: &Value, amount: &str) -> Answer {
    let day = kernel::Clock::system().now().date_naive();
    let amount = json!({ "amount": amount, "currency": "EUR" });
    let payment = json!({ "invoice_id": document["id"], "amount": amount, "paid_on": day, "method": "bank_transfer" });
    owner.post("/api/v1/payments", payment).await
}

/// A note for the whole of an invoice.
fn whole() -> Value {
    json!({ "kind": "credit_note", "reason": "Returned" })
}

/// A credit note for one line of this much, without tax.
fn of(amount: &str) -> Value {
    json!({ "kind": "credit_note", "reason": "Too dear",
        "lines": [{ "description": "Rebate", "quantity": "1", "unit_price": amount }] })
}

fn figures(document: &Value) -> [&str; 4] {
    ["paid", "credited", "balance"]
        .map(|field| document[field]["amount"].as_str().unwrap())
        .into_iter()
        .chain([document["status"].as_str().unwrap()])
        .collect::<Vec<_>>()
        .try_into()
        .unwrap()
}

#[tokio::test]
async fn a_credit_note_mirrors_its_invoice_to_the_cent_and_settles_it() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let levante = company(&owner, "Levante").await;
        let original = invoice(&owner, &levante).await;
        assert!(original["actions"].as_array().unwrap().contains(&json!("credit")));
        let note = draft(&owner, &original, json!({ "kind": "credit_note" })).await;
        assert_eq!((&note["lines"], &note["totals"]), (&original["lines"], &original["totals"]));
        assert_eq!((&note["kind"], &note["balance"]["amount"]), (&json!("credit_note"), &json!("-84.77")));
        assert_eq!(note["corrects"], json!({ "id": original["id"], "number": original["number"] }));
        issue(&owner, &note).await.field("correction_reason", "required");
        let path = format!("/api/v1/invoices/{}", text(&note["id"]));
        let to_other = json!({ "company_id": company(&owner, "Poniente").await, "currency": "USD" });
        owner.patch(&path, &note["version"], to_other).await.field("company_id", "note_follows_invoice");
        owner.patch(&path, &note["version"], json!({ "correction_reason": "Returned" })).await.ok();
        let issued = issue(&owner, &note).await.ok();
        let (number, first) = (text(&issued["number"]), text(&original["number"]));
        assert!(number.starts_with("CN-") && number.ends_with("-00001") && first.starts_with("F-"), "{number}");
        assert_eq!(figures(&issued), ["0.00", "-84.77", "0.00", "paid"]);
        assert_eq!(issued["due_date"], Value::Null);
        let settled = read(&owner, &original).await;
        assert_eq!(figures(&settled), ["0.00", "84.77", "0.00", "paid"]);
        assert!(!settled["actions"].as_array().unwrap().contains(&json!("credit")), "nothing is left to credit");
        let shown = json!([{ "id": note["id"], "kind": "credit_note", "status": "paid", "number": number,
            "payable": { "amount": "-84.77", "currency": "EUR" } }]);
        assert_eq!(settled["corrections"], shown);
        // What was invoiced and what is owed: nothing is left of either.
        let home = owner.get("/api/v1/home").await.ok();
        assert_eq!(home["money"]["invoiced"]["amount"], "0.00", "{home}");
        let group = owner.get(&format!("/api/v1/companies/{levante}/group")).await.ok();
        assert_eq!(group["companies"][0]["own"]["revenue"][0]["amount"], "0.00");
        assert_eq!(group["companies"][0]["own"]["open_invoices"], 0);
        // It is on the list of its kind alone, has a PDF, and is told under a name of its own.
        let listed = owner.get("/api/v1/invoices?kind=credit_note").await.ok();
        assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["number"]), (1, &json!(number)));
        let pdf = owner.send(owner.request(Method::GET, &format!("{path}/pdf"))).await;
        assert_eq!(pdf.status, 200);
        let story = owner.get(&format!("/api/v1/timeline?subject={}", text(&original["id"]))).await.ok().to_string();
        for told in ["invoice.credited", "credit_note.issued", "invoice.paid"] {
            assert!(story.contains(told), "{told}: {story}");
        }
        // Issued once: asked again it is the same, and nothing of the invoice is left to credit.
        assert_eq!(issue(&owner, &note).await.ok()["number"], issued["number"]);
        let further = draft(&owner, &original, of("0.01")).await;
        issue(&owner, &further).await.field("lines", "credit_above_invoice");
        owner.delete(&path).await.refused(409, "invoice_issued");
        let on_note = owner.post(&format!("{path}/corrections"), whole()).await;
        on_note.refused(409, "credit_note_not_corrected");
    }
}

#[tokio::test]
async fn credit_that_is_left_is_given_back_or_settles_another_invoice_and_can_be_released() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let levante = company(&owner, "Levante").await;
        let original = invoice(&owner, &levante).await;
        pay(&owner, &original, "80.00").await.ok();
        let note = draft(&owner, &original, whole()).await;
        let note = issue(&owner, &note).await.ok();
        // 4.77 was open; the rest is credit.
        assert_eq!(figures(&read(&owner, &original).await), ["80.00", "4.77", "0.00", "paid"]);
        assert_eq!(figures(&note), ["0.00", "-4.77", "-80.00", "partly_paid"]);
        pay(&owner, &note, "80.01").await.field("amount", "refund_above_credit");
        let refund = pay(&owner, &note, "30.00").await.ok();
        assert_eq!(refund["is_refund"], true);
        let of_note = format!("/api/v1/timeline?subject={}&kinds=documents", text(&note["id"]));
        assert_eq!(owner.get(&of_note).await.ok()["items"][0]["kind"], "refund.recorded");
        assert_eq!(figures(&read(&owner, &note).await), ["-30.00", "-4.77", "-50.00", "partly_paid"]);
        assert_eq!(owner.get("/api/v1/home").await.ok()["money"]["paid"]["amount"], "50.00");

        let path = format!("/api/v1/invoices/{}/credit-allocations", text(&note["id"]));
        let theirs = invoice(&owner, &company(&owner, "Poniente").await).await;
        let next = invoice(&owner, &levante).await;
        let use_on = async |invoice: &Value, amount: &str| {
            let amount = json!({ "amount": amount, "currency": "EUR" });
            owner.post(&path, json!({ "invoice_id": invoice["id"], "amount": amount })).await
        };
        use_on(&theirs, "1.00").await.field("invoice_id", "customer_differs");
        use_on(&next, "50.01").await.field("amount", "credit_above_note");
        use_on(&next, "0.00").await.field("amount", "amount_not_positive");
        use_on(&note, "1.00").await.field("invoice_id", "invoice_not_open");
        let on_invoice = format!("/api/v1/invoices/{}/credit-allocations", text(&next["id"]));
        owner.post(&on_invoice, json!({ "invoice_id": original["id"] })).await.refused(409, "no_credit");
        // Of two who use the same credit at once, one finds it used.
        let (one, two) = tokio::join!(use_on(&next, "40.00"), use_on(&next, "40.00"));
        let mut told = [one.status.as_u16(), two.status.as_u16()];
        told.sort_unstable();
        assert_eq!(told, [201, 422]);
        let rest = owner.post(&path, json!({ "invoice_id": next["id"] })).await.ok();
        assert_eq!(rest["amount"]["amount"], "10.00", "as much as both allow");
        assert_eq!(figures(&read(&owner, &next).await), ["0.00", "50.00", "34.77", "partly_paid"]);
        assert_eq!(figures(&read(&owner, &note).await), ["-30.00", "-54.77", "0.00", "paid"]);

        let release = format!("/api/v1/credit-allocations/{}/release", text(&rest["id"]));
        for _ in 0..2 {
            let released = owner.post(&release, json!({})).await.ok();
            assert!(released["released_at"].is_string() && released["actions"] == json!([]));
            assert_eq!(figures(&read(&owner, &next).await), ["0.00", "40.00", "44.77", "partly_paid"]);
        }
        let list = format!("/api/v1/credit-allocations?invoice_id={}", text(&next["id"]));
        assert_eq!(owner.get(&list).await.ok()["items"].as_array().unwrap().len(), 2, "what was released stays");
        let audit = owner.get("/api/v1/audit?limit=50").await.ok().to_string();
        assert!(audit.contains("credit.allocate") && audit.contains("credit.release"));
    }
}

#[tokio::test]
async fn notes_issued_at_once_never_credit_more_than_the_invoice() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let original = invoice(&owner, &company(&owner, "Levante").await).await;
        let mut drafts = Vec::new();
        for _ in 0..4 {
            drafts.push(draft(&owner, &original, of("30.00")).await);
        }
        let [a, b, c, d] = [0, 1, 2, 3].map(|at: usize| issue(&owner, &drafts[at]));
        let answers = tokio::join!(a, b, c, d);
        let told = [answers.0.status, answers.1.status, answers.2.status, answers.3.status];
        assert_eq!(told.iter().filter(|status| **status == 200).count(), 2, "{told:?}");
        assert_eq!(figures(&read(&owner, &original).await), ["0.00", "60.00", "24.77", "partly_paid"]);
        let numbers = owner.get("/api/v1/invoices?kind=credit_note&status=paid").await.ok();
        let mut numbers: Vec<String> =
            numbers["items"].as_array().unwrap().iter().map(|note| text(&note["number"])).collect();
        numbers.sort();
        assert!(numbers[0].ends_with("-00001") && numbers[1].ends_with("-00002"), "no number is lost: {numbers:?}");
    }
}

#[tokio::test]
async fn a_debit_note_adds_to_what_is_owed_and_can_itself_be_credited() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let original = invoice(&owner, &company(&owner, "Levante").await).await;
        let body = json!({ "kind": "debit_note", "reason": "Freight was left out",
            "lines": [{ "description": "Freight", "quantity": "1", "unit_price": "12.00" }] });
        let note = draft(&owner, &original, body).await;
        let note = issue(&owner, &note).await.ok();
        assert!(text(&note["number"]).starts_with("DN-"), "{note}");
        assert_eq!(figures(&note), ["0.00", "0.00", "12.00", "open"]);
        assert_eq!(figures(&read(&owner, &original).await), ["0.00", "0.00", "84.77", "open"]);
        pay(&owner, &note, "2.00").await.ok();
        let credit = draft(&owner, &note, whole()).await;
        issue(&owner, &credit).await.ok();
        assert_eq!(figures(&read(&owner, &note).await), ["2.00", "10.00", "0.00", "paid"]);
        let empty = draft(&owner, &original, json!({ "kind": "debit_note", "reason": "Nothing yet" })).await;
        assert_eq!(empty["lines"], json!([]));
        issue(&owner, &empty).await.field("lines", "lines_missing");
    }
}

#[tokio::test]
async fn who_may_not_issue_drafts_a_note_at_most_and_who_sees_no_amounts_not_even_that() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let original = invoice(&owner, &company(&owner, "Levante").await).await;
        let path = format!("/api/v1/invoices/{}/corrections", text(&original["id"]));
        let sales = app.member(&owner, "sales").await;
        let note = sales.post(&path, whole()).await.ok();
        issue(&sales, &note).await.refused(403, "forbidden");
        let reader = app.member(&owner, "read_only").await;
        reader.post(&path, whole()).await.refused(403, "forbidden");
        issue(&owner, &note).await.ok();
        let used = owner.get("/api/v1/credit-allocations").await.ok();
        let release = format!("/api/v1/credit-allocations/{}/release", text(&used["items"][0]["id"]));
        sales.post(&release, json!({})).await.refused(403, "forbidden");
        // A draft of an invoice has nothing to correct.
        let unissued = owner.post("/api/v1/invoices", json!({ "lines": lines() })).await.ok();
        let early = owner.post(&format!("/api/v1/invoices/{}/corrections", text(&unissued["id"])), whole()).await;
        early.refused(409, "invoice_not_issued");
        let reason = json!({ "correction_reason": "Why not" });
        let of_invoice = format!("/api/v1/invoices/{}", text(&unissued["id"]));
        owner.patch(&of_invoice, &unissued["version"], reason).await.field("correction_reason", "corrects_nothing");
        let blind = json!({ "amount.read": false });
        let tune = owner.request(Method::PATCH, "/api/v1/roles/sales").header("if-match", "\"1\"").json(&blind);
        owner.send(tune).await.ok();
        sales.post(&path, whole()).await.refused(403, "amounts_hidden");
    }
}

#[tokio::test]
async fn a_deal_owes_what_its_documents_do_also_where_credit_came_from_another() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let company = company(&owner, "Levante").await;
        let mut deals = Vec::new();
        for (name, amount) in [("First", "100.00"), ("Second", "40.00")] {
            let deal = owner.post("/api/v1/deals", json!({ "name": name, "company_id": company })).await.ok();
            let line = json!({ "description": "Work", "quantity": "1", "unit_price": amount });
            let draft = json!({ "company_id": company, "deal_id": deal["id"], "currency": "EUR", "lines": [line] });
            let draft = owner.post("/api/v1/invoices", draft).await.ok();
            deals.push((text(&deal["id"]), issue(&owner, &draft).await.ok()));
        }
        let ((first, paid), (second, open)) = (&deals[0], &deals[1]);
        pay(&owner, paid, "100.00").await.ok();
        let note = draft(&owner, paid, of("40.00")).await;
        let note = issue(&owner, &note).await.ok();
        let path = format!("/api/v1/invoices/{}/credit-allocations", text(&note["id"]));
        owner.post(&path, json!({ "invoice_id": open["id"] })).await.ok();
        for (deal, figures) in [(first, ["60.00", "100.00", "0.00"]), (second, ["40.00", "0.00", "0.00"])] {
            let billing = owner.get(&format!("/api/v1/deals/{deal}/billing")).await.ok();
            let of = ["invoiced", "paid", "balance"].map(|field| text(&billing["totals"][0][field]["amount"]));
            assert_eq!(of, figures, "{billing}");
        }
    }
}
