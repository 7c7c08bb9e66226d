//! Electronic invoices, through HTTP on both databases: of the issued picture alone, to the cent, and checked beforehand.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{Answer, Client, TestApp};

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// A customer whose address and VAT number are known.
async fn customer(owner: &Client) -> String {
    let company = json!({ "name": "Levante", "legal_name": "Talleres Levante, S.L. 🚚", "country": "ES",
        "tax_id": "A58818501", "street": "Gran Vía 1", "postal_code": "28013", "city": "Madrid" });
    text(&owner.post("/api/v1/companies", company).await.ok()["id"])
}

/// The issuer with an account to pay to.
async fn bank(owner: &Client) {
    let entities = owner.get("/api/v1/fiscal-entities").await.ok();
    let entity = &entities["items"][0];
    let change = json!({ "payment_instructions": "IBAN ES91 2100 0418 4502 0005 1332" });
    let path = format!("/api/v1/fiscal-entities/{}", text(&entity["id"]));
    owner.patch(&path, &entity["version"], change).await.ok();
}

fn line(price: &str, tax: Value) -> Value {
    json!({ "description": "Pads", "quantity": "1", "unit": "h", "unit_price": price, "taxes": [tax] })
}

fn vat(rate: &str) -> Value {
    json!({ "category": "S", "rate": rate, "name": "IVA" })
}

async fn issued(owner: &Client, draft: Value) -> Value {
    let draft = owner.post("/api/v1/invoices", draft).await.ok();
    owner.post(&format!("/api/v1/invoices/{}/issue", text(&draft["id"])), json!({})).await.ok()
}

async fn electronic(owner: &Client, invoice: &Value, query: &str) -> Answer {
    let path = format!("/api/v1/invoices/{}/e-invoice{query}", text(&invoice["id"]));
    owner.send(owner.request(Method::GET, &path)).await
}

async fn xml(owner: &Client, invoice: &Value, query: &str) -> String {
    let answer = electronic(owner, invoice, query).await;
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.bytes));
    String::from_utf8(answer.bytes.to_vec()).unwrap()
}

/// The text of the first element of this name.
fn first<'a>(xml: &'a str, element: &str) -> &'a str {
    let (_, rest) = xml.split_once(&format!("<{element}")).unwrap_or_else(|| panic!("no {element} in {xml}"));
    rest.split_once('>').unwrap().1.split_once('<').unwrap().0
}

#[tokio::test]
async fn what_was_issued_is_written_in_both_syntaxes_with_the_figures_of_the_document() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        bank(&owner).await;
        let company = customer(&owner).await;
        let by_rates = json!([line("37.76", vat("21")), line("26.80", vat("10")), line("5.50", vat("21"))]);
        let discounted = json!({ "description": "Horas", "quantity": "3", "unit_price": "33.335",
            "discount": { "percent": "7.5" }, "taxes": [vat("21")] });
        let withheld = json!({ "category": "S", "rate": "15", "name": "IRPF", "withheld": true });
        let fees =
            json!({ "description": "Fees", "quantity": "1", "unit_price": "100", "taxes": [vat("21"), withheld] });
        for draft in [
            json!({ "lines": by_rates }),
            json!({ "lines": by_rates, "prices_include_tax": true }),
            json!({ "lines": [discounted], "allowance": { "amount": "1.01" } }),
            json!({ "lines": by_rates, "allowance": { "percent": "3" } }),
            json!({ "lines": [fees], "notes": "a < b & ليلى" }),
        ] {
            let mut draft = draft;
            draft["company_id"] = json!(company);
            let invoice = issued(&owner, draft).await;
            let totals = &invoice["totals"];
            let preflight = owner.get(&format!("/api/v1/invoices/{}/preflight", text(&invoice["id"]))).await.ok();
            assert_eq!(preflight, json!({ "applies": true, "faults": [] }));
            let (ubl, cii) = (xml(&owner, &invoice, "").await, xml(&owner, &invoice, "?syntax=cii").await);
            // What the customer keeps back is no part of the standard's total.
            let money = |field: &str| text(&totals[field]["amount"]);
            for (field, in_ubl, in_cii) in [
                ("net", "cbc:TaxExclusiveAmount", "ram:TaxBasisTotalAmount"),
                ("tax", "cbc:TaxAmount", "ram:TaxTotalAmount"),
                ("subtotal", "cbc:LineExtensionAmount", "ram:LineTotalAmount"),
            ] {
                let figures =
                    (first(&legal_total(&ubl, field), in_ubl).to_owned(), first(&sums(&cii), in_cii).to_owned());
                assert_eq!(figures, (money(field), money(field)), "{field}: {ubl}\n{cii}");
            }
            if totals["withheld"]["amount"] == "0.00" {
                assert_eq!(first(&ubl, "cbc:PayableAmount"), money("payable"));
                assert_eq!(first(&cii, "ram:DuePayableAmount"), money("payable"));
            }
            assert_eq!(
                (first(&ubl, "cbc:ID"), first(&ubl, "cbc:InvoiceTypeCode")),
                (text(&invoice["number"]).as_str(), "380")
            );
            for said in ["ESA58818501", "ES9121000418450200051332", "Talleres Levante, S.L. 🚚", "HUR"] {
                let is_unit = said == "HUR" && !ubl.contains("Pads");
                assert!(is_unit || (ubl.contains(said) && cii.contains(said)), "{said}: {ubl}");
            }
            // The same picture gives the same bytes.
            assert_eq!(ubl, xml(&owner, &invoice, "?syntax=ubl&receiver=en16931").await);
        }
    }
}

/// The part of a UBL document that holds the figure: taxes stand before the totals.
fn legal_total(ubl: &str, field: &str) -> String {
    let part = if field == "tax" { "<cac:TaxTotal>" } else { "<cac:LegalMonetaryTotal>" };
    ubl.split_once(part).unwrap_or_else(|| panic!("no {part}: {ubl}")).1.to_owned()
}

fn sums(cii: &str) -> String {
    cii.split_once("<ram:SpecifiedTradeSettlementHeaderMonetarySummation>").unwrap().1.to_owned()
}

#[tokio::test]
async fn before_it_is_issued_is_said_what_a_receiver_would_refuse_and_then_no_more() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        bank(&owner).await;
        let company = owner.post("/api/v1/companies", json!({ "name": "Lisboa", "country": "PT" })).await.ok();
        let abroad = json!({ "category": "AE", "rate": "0", "name": "IVA" });
        let draft = json!({ "company_id": company["id"], "lines": [line("10.00", abroad)] });
        let draft = owner.post("/api/v1/invoices", draft).await.ok();
        let preflight = format!("/api/v1/invoices/{}/preflight", text(&draft["id"]));
        let said = owner.get(&preflight).await.ok();
        let fault = json!({ "code": "einvoice_buyer_vat", "rule": "BR-AE-02", "term": "BT-48", "line": null,
            "message": "Enter the VAT number of the customer; this tax category needs it." });
        assert!(said["faults"].as_array().unwrap().contains(&fault), "{said}");
        let path = format!("/api/v1/companies/{}", text(&company["id"]));
        owner.patch(&path, &company["version"], json!({ "tax_id": "500697256" })).await.ok();
        assert_eq!(owner.get(&preflight).await.ok()["faults"], json!([]));
        // A draft has no electronic picture, and one that is issued is asked for by who sees amounts.
        electronic(&owner, &draft, "").await.refused(409, "invoice_not_issued");
        let invoice = owner.post(&format!("/api/v1/invoices/{}/issue", text(&draft["id"])), json!({})).await.ok();
        let ubl = xml(&owner, &invoice, "?receiver=peppol").await;
        assert!(ubl.contains("VATEX-EU-AE") && ubl.contains("peppol"), "{ubl}");
        let sales = app.member(&owner, "sales").await;
        assert_eq!(electronic(&sales, &invoice, "").await.status, 200);
        let reader = app.member(&owner, "read_only").await;
        electronic(&reader, &invoice, "").await.refused(403, "amounts_hidden");
        // Two taxes on one line have no place in it.
        let two = json!({ "description": "Both", "quantity": "1", "unit_price": "5",
            "taxes": [vat("21"), { "category": "S", "rate": "5.2", "name": "RE" }] });
        let both = issued(&owner, json!({ "company_id": company["id"], "lines": [two] })).await;
        electronic(&owner, &both, "").await.refused(409, "einvoice_two_taxes");
        let said = owner.get(&format!("/api/v1/invoices/{}/preflight", text(&both["id"]))).await.ok();
        assert_eq!((&said["faults"][0]["code"], &said["faults"][0]["line"]), (&json!("einvoice_two_taxes"), &json!(1)));
    }
}

#[tokio::test]
async fn a_credit_note_names_the_invoice_it_corrects_and_its_amounts_are_positive() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        bank(&owner).await;
        let company = customer(&owner).await;
        let invoice = issued(&owner, json!({ "company_id": company, "lines": [line("37.76", vat("21"))] })).await;
        let note = json!({ "kind": "credit_note", "reason": "Returned" });
        let note = owner.post(&format!("/api/v1/invoices/{}/corrections", text(&invoice["id"])), note).await.ok();
        let note = owner.post(&format!("/api/v1/invoices/{}/issue", text(&note["id"])), json!({})).await.ok();
        let (ubl, cii) = (xml(&owner, &note, "").await, xml(&owner, &note, "?syntax=cii").await);
        assert!(ubl.contains("<CreditNote ") && first(&ubl, "cbc:CreditNoteTypeCode") == "381", "{ubl}");
        assert_eq!((first(&ubl, "cbc:PayableAmount"), first(&cii, "ram:DuePayableAmount")), ("45.69", "45.69"));
        for written in [&ubl, &cii] {
            assert!(written.contains(&text(&invoice["number"])) && written.contains("Returned"), "{written}");
        }
    }
}
