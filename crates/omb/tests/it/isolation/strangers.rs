//! Every operation with an id in its path, called by the owner of one workspace with the real ids of another (P020, P181).
//! The answer is 404, the same to the letter as for an id that nobody has, and nothing of the other workspace changes.

use serde_json::{Value, json};

use super::{
    filled::Filled,
    rows::{assert_same, rows},
};
use crate::{
    app::{Answer, Client, TestApp},
    description::{Operation, operations, random},
};

/// A body that the operation takes, so that the record is looked for.
pub(super) fn body(operation: &Operation, own: &Filled) -> Value {
    match operation.id.as_str() {
        "custom_field_convert" | "custom_field_preview" => json!({ "kind": "long_text" }),
        "invoice_correct" => json!({ "kind": "credit_note" }),
        "credit_allocate" => json!({ "invoice_id": own.id("inv issued") }),
        "consent_record" => json!({ "channel": "email", "state": "granted" }),
        "view_choose" => json!({ "pinned": true, "opens": false }),
        "custom_record_create" => json!({ "name": "A" }),
        "deal_lines_set" => json!({ "lines": [], "amount_from_lines": false }),
        "deal_lose" | "payment_void" => json!({ "reason": "Mistake" }),
        "deal_move" => json!({ "stage_id": own.id("stg") }),
        "form_set" => own.form("Changed"),
        "member_update" => json!({ "role": "sales" }),
        "webhook_replay_start" => json!({ "since": "2026-01-01T00:00:00Z" }),
        "team_update" => json!({ "name": "Changed" }),
        "note_update" => json!({ "body": "Changed" }),
        "stage_reorder" => json!({ "stage_ids": [own.id("stg")] }),
        _ => json!({}),
    }
}

pub(super) async fn call(client: &Client, operation: &Operation, path: &str, body: &Value) -> Answer {
    let mut request = client.request(operation.method.clone(), path).header("if-match", "\"1\"");
    if operation.method != reqwest::Method::GET && operation.method != reqwest::Method::DELETE {
        request = request.json(body);
    }
    client.send(request).await
}

/// What an answer tells: everything but the request's own id.
pub(super) fn told(answer: &Answer) -> (u16, Value) {
    let mut body = answer.body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("request_id");
    }
    (answer.status.as_u16(), body)
}

#[tokio::test]
async fn p020_p181_a_stranger_with_real_ids_is_told_what_one_without_is_told() {
    for app in TestApp::each().await {
        let (ours, theirs) = (Filled::new(&app, "aurora").await, Filled::new(&app, "boreal").await);
        // Invited and not joined is still a stranger.
        let invited = json!({ "email": "owner@boreal.example", "role": "administrator" });
        ours.owner.post("/api/v1/invitations", invited).await.ok();
        app.work().await;
        let before = rows(&app, ours.tenant).await;
        assert!(before.values().filter(|rows| !rows.is_empty()).count() > 25, "{before:#?}");
        let mut wrong = Vec::new();
        let mut called = 0;
        for operation in operations().iter().filter(|operation| operation.path_nouns().next().is_some()) {
            let body = body(operation, &theirs);
            let real = call(&theirs.owner, operation, &operation.filled(|noun| ours.id(noun)), &body).await;
            let made = call(&theirs.owner, operation, &operation.filled(random), &body).await;
            if real.status.as_u16() != 404 || told(&real) != told(&made) {
                wrong.push(format!("{}: real {:?}, made up {:?}", operation.id, told(&real), told(&made)));
            }
            called += 1;
        }
        assert!(wrong.is_empty() && called > 50, "{:?}, {called} called: {wrong:#?}", app.kind);
        app.work().await;
        assert_same(&before, &rows(&app, ours.tenant).await, "a stranger changed something");
    }
}

/// The ids of the fixture are real: their own workspace finds each of them, so that a 404 to strangers says something.
#[tokio::test]
async fn the_ids_of_the_fixture_are_found_by_their_own_workspace() {
    for app in TestApp::each().await {
        let ours = Filled::new(&app, "aurora").await;
        let mut absent = Vec::new();
        for operation in operations().iter().filter(|operation| operation.path_nouns().next().is_some()) {
            let path = operation.filled(|noun| match (operation.id.as_str(), noun) {
                ("invoice_pdf" | "invoice_calculation" | "invoice_e_invoice", noun) => {
                    ours.id(&format!("{noun} issued"))
                }
                (_, noun) => ours.id(noun),
            });
            if operation.method == reqwest::Method::GET {
                let answer = ours.owner.get(&path).await;
                if answer.status == 404 {
                    absent.push(format!("{}: {}", operation.id, answer.body));
                }
            }
        }
        assert!(absent.is_empty(), "{:?}: {absent:#?}", app.kind);
    }
}
