//! Ids in bodies and queries: an operation that is otherwise valid, with the id of another workspace's record, is refused
//! as with an id that nobody has, and goes through with one's own (P181).

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    filled::Filled,
    rows::{assert_same, rows},
};
use crate::{
    app::{Answer, TestApp},
    description::{Field, Operation, operations, random},
};

/// What the operation takes besides the field that is tried.
fn rest(operation: &Operation, own: &Filled) -> Value {
    match operation.id.as_str() {
        "activity_create" => json!({ "kind": "task", "title": "Tried" }),
        "affiliation_create" => json!({ "contact_id": own.id("con twin"), "company_id": own.id("com further") }),
        "company_create" => json!({ "name": "Tried" }),
        "contact_create" => json!({ "given_name": "Tried" }),
        "custom_record_create" => json!({ "name": "Tried" }),
        "deal_create" => json!({ "name": "Tried" }),
        "deal_move" => json!({ "stage_id": own.id("stg") }),
        "form_create" | "form_set" => own.form("Tried"),
        "import_mapping_create" | "team_create" => json!({ "name": "Tried" }),
        "lead_create" => json!({ "given_name": "Tried" }),
        "note_create" => json!({ "subject": own.id("com"), "body": "Tried" }),
        "payment_record" => own.payment(&own.id("inv issued")),
        "quote_create" => json!({ "title": "Tried", "company_id": own.id("com") }),
        "invoice_create" => json!({ "company_id": own.id("com") }),
        "stage_create" => json!({ "name": "Tried", "pipeline_id": own.id("pip"), "probability": 30 }),
        _ => json!({}),
    }
}

/// One's own record that the field takes.
fn own(operation: &Operation, field: &Field, filled: &Filled) -> String {
    match (operation.id.as_str(), field.name.as_str()) {
        // One who is nowhere else yet.
        ("affiliation_create", "contact_id") => filled.id("con other twin"),
        ("import_mapping_create", _) => filled.id("imp new"),
        ("payment_record" | "credit_allocate", _) => filled.id("inv issued"),
        ("deal_move", "after") => filled.id("dea other"),
        // What was let through is there no more.
        ("quarantine_release", _) => filled.id("qua other"),
        _ => filled.id(&field.noun),
    }
}

/// The order of all stages of the pipeline, or of all fields, the first replaced.
async fn order(filled: &Filled, noun: &str, first: &str) -> Value {
    if noun != "stg" {
        // The fixture has one field, and of what is held back each is chosen by itself.
        return json!([first]);
    }
    let pipelines = filled.owner.get("/api/v1/pipelines").await.ok();
    let stages = pipelines["items"][0]["stages"].as_array().unwrap().iter().map(|stage| stage["id"].clone());
    std::iter::once(json!(first)).chain(stages.skip(1)).collect()
}

async fn send(filled: &Filled, operation: &Operation, field: &Field, id: &str) -> Answer {
    // A lead is converted once, and a record of each kind is tried.
    let path = operation.filled(|noun| match (operation.id.as_str(), field.name.as_str()) {
        ("lead_convert", "contact_id") => filled.id("lea other"),
        // No company belongs to itself, and how a file is read is said before it is brought in.
        ("company_update", "parent_id") => filled.id("com further"),
        ("import_update", _) => filled.id("imp new"),
        ("credit_allocate", _) => filled.id("inv credit"),
        // What is lost cannot be moved, which is tried later.
        ("deal_lose", _) => filled.id("dea lost"),
        _ => filled.id(noun),
    });
    let mut body = rest(operation, filled);
    body[&field.name] = if field.many { order(filled, &field.noun, id).await } else { json!(id) };
    let record = path.split('/').take(5).collect::<Vec<_>>().join("/");
    let read = filled.owner.get(&record).await;
    let version = read.body["version"].as_i64().unwrap_or(1);
    let request = filled.owner.request(operation.method.clone(), &path).header("if-match", format!("\"{version}\""));
    filled.owner.send(request.json(&body)).await
}

fn told(answer: &Answer) -> Value {
    json!([answer.status.as_u16(), answer.body["code"], answer.body["fields"], answer.body["detail"]])
}

#[tokio::test]
async fn p181_a_foreign_id_in_a_body_is_refused_like_one_that_nobody_has() {
    for app in TestApp::each().await {
        let (ours, mut theirs) = (Filled::new(&app, "aurora").await, Filled::new(&app, "boreal").await);
        let waiting = theirs.upload("Nombre;Apellidos;Correo\nTeo;Sol;teo@boreal.example\n").await;
        theirs.keep("imp new", waiting);
        let before = rows(&app, ours.tenant).await;
        let mut wrong = Vec::new();
        let mut tried = 0;
        for operation in operations() {
            for field in &operation.fields {
                let foreign = send(&theirs, &operation, field, &ours.id(&field.noun)).await;
                let made = send(&theirs, &operation, field, &random(&field.noun)).await;
                let mine = send(&theirs, &operation, field, &own(&operation, field, &theirs)).await;
                let name = format!("{}.{}", operation.id, field.name);
                if !foreign.status.is_client_error() || told(&foreign) != told(&made) {
                    wrong.push(format!("{name}: foreign {}, made up {}", told(&foreign), told(&made)));
                }
                if !mine.status.is_success() {
                    wrong.push(format!("{name}: one's own was refused, so the test proves nothing: {}", told(&mine)));
                }
                tried += 1;
            }
        }
        assert!(wrong.is_empty() && tried > 25, "{:?}, {tried} tried: {wrong:#?}", app.kind);
        app.work().await;
        assert_same(&before, &rows(&app, ours.tenant).await, "a foreign id in a body changed something");
    }
}

#[tokio::test]
async fn p181_a_foreign_id_in_a_query_finds_what_a_made_up_one_finds() {
    for app in TestApp::each().await {
        let (ours, theirs) = (Filled::new(&app, "aurora").await, Filled::new(&app, "boreal").await);
        let mut wrong = Vec::new();
        let mut tried = 0;
        for operation in operations().iter().filter(|operation| operation.method == Method::GET) {
            for parameter in operation.parameters.iter().filter(|p| !p.in_path) {
                let Some(noun) = &parameter.noun else { continue };
                let path = operation.filled(|noun| theirs.id(noun));
                let ask = async |id: &str| {
                    let answer = theirs.owner.get(&format!("{path}?{}={id}", parameter.name)).await;
                    let mut body = answer.body.clone();
                    if let Some(fields) = body.as_object_mut() {
                        fields.remove("request_id");
                    }
                    (answer.status.as_u16(), body)
                };
                let (foreign, made) = (ask(&ours.id(noun)).await, ask(&random(noun)).await);
                if foreign != made {
                    wrong.push(format!("{}.{}: {foreign:?} and {made:?}", operation.id, parameter.name));
                }
                tried += 1;
            }
        }
        assert!(wrong.is_empty() && tried > 15, "{:?}, {tried} tried: {wrong:#?}", app.kind);
    }
}
