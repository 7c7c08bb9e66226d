//! Every JSON body of the committed API description has an example, and the example is of the body's schema. It stands
//! here, apart from the program, so that the validator's own libraries are no part of the program's build.

use serde_json::{Value, json};

/// The committed description; the platform tests hold it equal to the program's.
fn description() -> Value {
    serde_json::from_str(include_str!("../../openapi/app.json")).unwrap()
}

/// Where it stands, its schema and its example, of every JSON body.
fn bodies(document: &Value) -> Vec<(String, Value, Option<Value>)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let mut note = |place: &str, content: &Value| {
                if let Some(content) = content.get("application/json") {
                    let place = format!("{method} {path} {place}");
                    found.push((place, content["schema"].clone(), content.get("example").cloned()));
                }
            };
            note("body", &operation["requestBody"]["content"]);
            for (status, answer) in operation["responses"].as_object().unwrap() {
                if status.starts_with('2') {
                    note(status, &answer["content"]);
                }
            }
        }
    }
    assert!(found.len() > 120, "only {} bodies", found.len());
    found
}

/// What does not fit.
fn faults(document: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (place, schema, example) in bodies(document) {
        let Some(example) = example else {
            wrong.push(format!("{place}: no example"));
            continue;
        };
        let mut root = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema" });
        root["allOf"] = json!([schema]);
        root["components"] = document["components"].clone();
        let validator = jsonschema::draft202012::new(&root).unwrap();
        wrong.extend(validator.iter_errors(&example).map(|e| format!("{place} at {}: {e}", e.instance_path())));
    }
    wrong
}

#[test]
fn every_json_body_has_an_example_of_its_schema() {
    let wrong = faults(&description());
    assert!(wrong.is_empty(), "{} faults: {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
}

#[test]
fn an_example_that_is_not_of_its_schema_is_found() {
    let mut document = description();
    let content = &mut document["paths"]["/api/v1/contacts"]["post"]["requestBody"]["content"]["application/json"];
    content["example"] = json!({ "email": 7 });
    assert_eq!(faults(&document).len(), 1);
}
