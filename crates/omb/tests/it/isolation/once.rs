//! Every POST of the API, asked twice with one `Idempotency-Key`: one effect, one answer. What it is called with are real
//! records, in an order in which each of the operations can succeed.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use store::sql;

use super::{
    filled::Filled,
    rows::{assert_same, inside, rows},
};
use crate::{
    app::{Answer, TestApp},
    description::operations,
};

/// Operations whose repeat is not answered from what was kept, each with its reason.
const WITHOUT_A_KEY: &[(&str, &str)] = &[
    ("email_confirmation_create", "a token that works once says who asks"),
    ("email_confirmation_resend", "nobody is signed in; limited by address"),
    ("import_create", "an upload is a stream that is not kept to be compared; a second upload is a second preview"),
    ("invitation_accept", "a token that works once says who asks"),
    ("invitation_lookup", "reads"),
    ("me_password", "the present password says who asks; a repeat no longer knows it, and changes nothing"),
    ("password_reset_confirm", "a token that works once says who asks"),
    ("password_reset_create", "nobody is signed in; limited by address"),
    ("session_create", "nobody is signed in yet, and each time is a session of its own"),
    ("submission_create", "nobody is signed in; the form remembers keys of its own"),
    ("signup_create", "nobody is signed in yet; an address signs up once"),
];

/// Read only, or set what a second time is the same: the answer is made anew and nothing is written.
const MADE_ANEW: &[&str] = &[
    "audit_verify",
    "calculation_run",
    "company_likely",
    "contact_likely",
    "custom_field_preview",
    "merge_preview",
    "session_tenant",
    "tax_id_check",
];

/// Answers that are shown once and kept nowhere, because they hold a secret: a repeat is told that it was done.
const SHOWN_ONCE: &[&str] = &["api_key_create", "webhook_create", "webhook_rotate_secret"];

/// An operation, whose record it is about, and its body.
type Step = (&'static str, Option<&'static str>, Value);

#[allow(clippy::too_many_lines, reason = "a table, one step under the other")]
fn steps(filled: &Filled) -> Vec<Step> {
    let lines = json!([{ "description": "Front pads", "quantity": "1", "unit_price": "37.76",
        "taxes": [{ "category": "S", "rate": "21", "name": "IVA" }] }]);
    let id = |noun: &str| json!(filled.id(noun));
    let none = || json!({});
    let reason = || json!({ "reason": "Mistake" });
    vec![
        // First, because it is over as soon as work is done.
        ("bulk_change_stop", Some("blk running"), none()),
        ("activity_create", None, json!({ "kind": "task", "title": "Twice" })),
        ("activity_complete", Some("act"), none()),
        ("activity_reopen", Some("act"), none()),
        ("activity_restore", Some("act gone"), none()),
        ("notification_read", Some("ntf"), none()),
        ("notification_read_all", None, none()),
        ("api_key_create", None, json!({ "name": "Twice", "scopes": ["contact.read"] })),
        ("company_create", None, json!({ "name": "Twice" })),
        ("company_restore", Some("com gone"), none()),
        ("contact_create", None, json!({ "given_name": "Twice", "email": "twice@example.com" })),
        ("contact_restore", Some("con gone"), none()),
        ("affiliation_create", None, json!({ "contact_id": id("con twin"), "company_id": id("com further") })),
        ("team_create", None, json!({ "name": "Twice" })),
        ("consent_record", Some("con"), json!({ "channel": "email", "state": "granted" })),
        ("contact_likely", None, json!({ "email": "twice@example.com" })),
        ("company_likely", None, json!({ "name": "Twice" })),
        ("merge_preview", None, json!({ "survivor": id("con twin"), "loser": id("con other twin") })),
        ("duplicate_dismiss", Some("dup"), none()),
        ("duplicate_reopen", Some("dup"), none()),
        ("duplicate_sweep_start", None, json!({ "noun": "contact" })),
        (
            "merge_create",
            None,
            json!({ "survivor": id("con twin"), "survivor_version": 1, "loser": id("con other twin"), "loser_version": 1 }),
        ),
        ("merge_undo", Some("mrg"), none()),
        ("custom_field_create", None, json!({ "object": "deal", "label": "Twice", "kind": "text" })),
        ("custom_field_reorder", None, json!({ "field_ids": [id("fld")] })),
        ("custom_field_preview", Some("fld"), json!({ "kind": "long_text" })),
        ("custom_field_convert", Some("fld"), json!({ "kind": "long_text" })),
        ("custom_field_archive", Some("fld"), none()),
        ("custom_field_restore", Some("fld"), none()),
        ("custom_object_create", None, json!({ "singular": "Twice", "plural": "Twices" })),
        ("custom_object_archive", Some("obj"), none()),
        ("custom_object_restore", Some("obj"), none()),
        ("custom_record_create", Some("obj"), json!({ "name": "Twice" })),
        ("custom_record_restore", Some("rec gone"), none()),
        ("view_create", None, json!({ "noun": "contact", "name": "Twice" })),
        ("view_restore", Some("viw"), none()),
        ("lost_reason_create", None, json!({ "label": "Twice" })),
        ("deal_create", None, json!({ "name": "Twice", "company_id": id("com") })),
        ("deal_restore", Some("dea gone"), none()),
        ("deal_quote", Some("dea"), none()),
        ("deal_move", Some("dea"), json!({ "stage_id": id("stg") })),
        ("deal_win", Some("dea"), none()),
        ("deal_reopen", Some("dea"), none()),
        ("deal_lose", Some("dea"), reason()),
        ("lead_create", None, json!({ "given_name": "Twice" })),
        ("lead_restore", Some("lea gone"), none()),
        ("lead_assign", Some("lea"), none()),
        ("lead_convert", Some("lea"), json!({ "deal": { "name": "Twice" } })),
        ("form_create", None, filled.form("Twice")),
        ("form_publish", Some("frm"), none()),
        ("form_close", Some("frm"), none()),
        ("form_duplicate", Some("frm"), none()),
        ("form_restore", Some("frm gone"), none()),
        ("quarantine_reject", None, json!({ "ids": [id("qua")] })),
        ("quarantine_restore", None, json!({ "ids": [id("qua")] })),
        ("quarantine_release", None, json!({ "ids": [id("qua")] })),
        ("import_mapping_create", None, json!({ "import_id": id("imp new"), "name": "Twice" })),
        ("import_mapping_restore", Some("ima"), none()),
        (
            "bulk_change_start",
            None,
            json!({ "noun": "company", "ids": [id("com")], "action": { "kind": "tag", "add": ["Twice"] } }),
        ),
        ("bulk_change_undo", Some("blk"), none()),
        ("import_undo", Some("imp"), none()),
        ("import_try", Some("imp new"), none()),
        ("import_start", Some("imp new"), none()),
        ("invitation_create", None, json!({ "email": "twice@members.example", "role": "sales" })),
        ("invitation_resend", Some("ivt"), none()),
        ("invoice_create", None, json!({ "company_id": id("com"), "lines": lines })),
        ("invoice_issue", Some("inv"), none()),
        ("invoice_send", Some("inv issued"), none()),
        ("invoice_correct", Some("inv issued"), json!({ "kind": "debit_note", "reason": "Twice" })),
        ("credit_allocate", Some("inv credit"), json!({ "invoice_id": id("inv issued") })),
        ("credit_release", Some("cra"), none()),
        ("payment_record", None, filled.payment(&filled.id("inv issued"))),
        ("payment_void", Some("pay"), reason()),
        ("mail_resend", Some("mai"), none()),
        ("job_replay", Some("job"), none()),
        ("job_replay_all", None, none()),
        ("note_create", None, json!({ "subject": id("com"), "body": "Twice" })),
        ("pipeline_create", None, json!({ "name": "Twice" })),
        ("stage_reorder", Some("pip"), json!({ "stage_ids": filled.stages })),
        ("stage_create", None, json!({ "name": "Twice", "pipeline_id": id("pip"), "probability": 50 })),
        ("quote_create", None, json!({ "title": "Twice", "company_id": id("com"), "lines": lines })),
        ("quote_send", Some("quo"), none()),
        ("quote_invoice", Some("quo sent"), none()),
        ("quote_revoke", Some("quo"), none()),
        ("webhook_create", None, json!({ "url": "https://example.com/hooks", "event_types": ["deal.won"] })),
        ("webhook_rotate_secret", Some("whk"), none()),
        ("webhook_test", Some("whk"), none()),
        ("webhook_replay_start", Some("whk"), json!({ "since": "2026-01-01T00:00:00Z" })),
        ("webhook_delivery_replay", Some("whd"), none()),
        ("audit_verify", None, none()),
        ("calculation_run", None, json!({ "currency": "EUR", "lines": lines })),
        ("tax_id_check", None, json!({ "country": "ES", "value": "B-58378431" })),
        ("session_tenant", None, json!({ "tenant_id": filled.tenant })),
    ]
}

#[tokio::test]
async fn every_post_with_a_key_is_carried_out_once() {
    for app in TestApp::each().await {
        let mut filled = Filled::new(&app, "aurora").await;
        filled.for_a_second_time(&app).await;
        let paths: std::collections::BTreeMap<String, String> = operations()
            .into_iter()
            .filter(|operation| operation.method == Method::POST)
            .map(|operation| (operation.id, operation.path))
            .collect();
        let steps = steps(&filled);
        let listed: BTreeSet<&str> =
            steps.iter().map(|(id, ..)| *id).chain(WITHOUT_A_KEY.iter().map(|(id, _)| *id)).collect();
        let all: BTreeSet<&str> = paths.keys().map(String::as_str).collect();
        assert_eq!(listed, all, "each POST is asked twice here, or says why not");
        for (n, (operation, record, body)) in steps.into_iter().enumerate() {
            let path = record.map_or_else(
                || paths[operation].replace("{object}", "contact"),
                |noun| paths[operation].replace("{id}", &filled.id(noun)),
            );
            // The version both know, where the record says one.
            let read = path.rsplit_once('/').map(|(record, _)| record.to_owned()).filter(|_| record.is_some());
            let version = match read {
                Some(record) => filled.owner.get(&record).await.headers.get("etag").cloned(),
                None => None,
            };
            let send = || {
                let request = filled.owner.request(Method::POST, &path).header("idempotency-key", format!("twice-{n}"));
                let request =
                    version.iter().fold(request, |request, version| request.header("if-match", version.clone()));
                filled.owner.send(request.json(&body))
            };
            let first = send().await;
            assert!(first.status.is_success(), "{operation}: {} {}", first.status, first.body);
            settle(&app, &filled).await;
            let before = rows(&app, filled.tenant).await;
            let second = send().await;
            settle(&app, &filled).await;
            if MADE_ANEW.contains(&operation) {
                assert_eq!(second.status, first.status, "{operation}");
                continue;
            }
            if SHOWN_ONCE.contains(&operation) {
                second.refused(409, "idempotency_answer_lost");
            } else {
                assert_eq!(told(&second), told(&first), "{operation}");
                assert_eq!(second.headers["idempotent-replayed"], "true", "{operation}");
            }
            assert_same(&before, &rows(&app, filled.tenant).await, operation);
        }
    }
}

fn told(answer: &Answer) -> (u16, Vec<u8>, Option<String>) {
    let etag = answer.headers.get("etag").map(|etag| etag.to_str().unwrap().to_owned());
    (answer.status.as_u16(), answer.bytes.clone(), etag)
}

/// Everything that follows from a change has followed: jobs ran, the trail is sealed.
async fn settle(app: &TestApp, filled: &Filled) {
    app.work().await;
    app.store.seal(filled.tenant).await.unwrap();
}

impl Filled {
    /// Records in the states that the rest of the operations begin from.
    async fn for_a_second_time(&mut self, app: &TestApp) {
        for (noun, list, name) in [
            ("com gone", "/api/v1/companies", json!({ "name": "Gone" })),
            ("con gone", "/api/v1/contacts", json!({ "family_name": "Gone" })),
            ("act gone", "/api/v1/activities", json!({ "kind": "call", "title": "Gone" })),
            ("lea gone", "/api/v1/leads", json!({ "given_name": "Gone" })),
            ("dea gone", "/api/v1/deals", json!({ "name": "Gone", "company_id": self.id("com") })),
        ] {
            let made = self.owner.post(list, name).await.ok()["id"].as_str().unwrap().to_owned();
            let removed = self.owner.delete(&format!("{list}/{made}")).await;
            assert!(removed.status.is_success(), "{list}: {}", removed.body);
            self.keep(noun, made);
        }
        for n in 0..51 {
            self.owner.post("/api/v1/leads", json!({ "given_name": format!("Of many {n}") })).await.ok();
        }
        let many = json!({ "noun": "lead", "find": "q=many", "action": { "kind": "delete" } });
        let many = self.owner.post("/api/v1/bulk-changes", many).await.ok();
        self.keep("blk running", many["id"].as_str().unwrap().to_owned());
        let record = format!("/api/v1/custom-records/{}", self.id("rec other"));
        assert!(self.owner.delete(&record).await.status.is_success());
        self.keep("rec gone", self.id("rec other"));
        // An invitation that has just been sent is not sent again.
        app.clock.advance(chrono::TimeDelta::minutes(2));
        let upload = self.upload("Nombre;Correo\nEva;eva@aurora.example\n").await;
        self.keep("imp new", upload);
        let pipelines = self.owner.get("/api/v1/pipelines").await.ok();
        let stages = pipelines["items"][0]["stages"].as_array().unwrap();
        self.stages = stages.iter().rev().map(|stage| stage["id"].as_str().unwrap().to_owned()).collect();
        let mut tx = inside(app, self.tenant).await;
        let (quote, mail): (sales::quote::QuoteId, mail::MailId) =
            (self.id("quo sent").parse().unwrap(), self.id("mai").parse().unwrap());
        let tenant = self.tenant;
        tx.execute(sql!("UPDATE quote SET state = 'accepted' WHERE tenant_id = {} AND id = {}", tenant, quote))
            .await
            .unwrap();
        tx.execute(sql!("UPDATE outgoing_mail SET state = 'failed' WHERE tenant_id = {} AND id = {}", tenant, mail))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}
