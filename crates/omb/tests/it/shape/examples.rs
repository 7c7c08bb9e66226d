//! The description is whole, and the program reads every example of it as it is meant. That each body has an example and
//! that it is of its schema is tested on the committed description, in `xtask`.

use axum::http::Method;
use serde_json::Value;

use super::operations::operations;
use crate::app::TestApp;

fn description() -> Value {
    serde_json::to_value(omb::domains::description()).unwrap()
}

#[test]
fn the_description_is_openapi_3_1_and_refers_to_nothing_that_is_not_there() {
    let document = description();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    let mut gone = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    let mut stack = vec![&document];
    while let Some(value) = stack.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(reference) = fields.get("$ref").and_then(Value::as_str)
                    && document.pointer(reference.trim_start_matches('#')).is_none()
                {
                    gone.push(reference.to_owned());
                }
                if let Some(id) = fields.get("operationId").and_then(Value::as_str) {
                    assert!(ids.insert(id.to_owned()), "{id} is the id of two operations");
                }
                stack.extend(fields.values());
            }
            Value::Array(items) => stack.extend(items),
            _ => {}
        }
    }
    assert!(gone.is_empty(), "{gone:?}");
}

/// What a body of the wrong shape is refused with.
const SHAPE: &[&str] =
    &["unknown_field", "missing", "duplicate_field", "wrong_type", "malformed_json", "not_json", "body_unreadable"];

#[tokio::test]
async fn the_program_reads_every_example_as_a_body_of_the_right_shape() {
    let document = description();
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let owner = app.owner("Examples").await;
    let mut wrong = Vec::new();
    let mut sent = 0;
    for (method, path, id) in operations() {
        // Signing out or elsewhere would end the test's own session.
        if ["session_create", "session_tenant", "me_password"].contains(&id.as_str()) {
            continue;
        }
        let place = document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
        let operation = place.into_iter().find(|operation| operation["operationId"] == id.as_str()).unwrap();
        let Some(example) = operation["requestBody"]["content"]["application/json"].get("example") else { continue };
        let request = owner.request(method.clone(), &path).header("if-match", "\"1\"").json(example);
        let answer = owner.send(request).await;
        sent += 1;
        let codes = answer.body["fields"].as_array().into_iter().flatten().map(|f| f["code"].clone());
        let codes: Vec<Value> = codes.chain([answer.body["code"].clone()]).collect();
        let refused = codes.iter().any(|code| SHAPE.iter().any(|shape| code == shape));
        if refused || answer.status.is_server_error() {
            wrong.push(format!("{id}: {method} {path} with {example} answered {} {}", answer.status, answer.body));
        }
        assert!(method != Method::GET);
    }
    assert!(sent > 40, "only {sent} examples");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
