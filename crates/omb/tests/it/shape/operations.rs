//! Every operation of the API description, called by those who may not: nobody, and a member with the least role. An
//! operation that is open to nobody must be on the committed list; an operation that is missing here cannot be, because
//! the list of calls is the description itself.

use reqwest::Method;
use serde_json::{Value, json};

use super::listed;
use crate::app::{Client, TestApp};

/// Method, path with every parameter filled in, and operation id.
fn operations() -> Vec<(Method, String, String)> {
    let document: Value = serde_json::from_str(&omb::domains::description().to_json().unwrap()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            let mut filled = path.clone();
            for parameter in operation["parameters"].as_array().into_iter().flatten().filter(|p| p["in"] == "path") {
                let name = parameter["name"].as_str().unwrap();
                let pattern = parameter["schema"]["pattern"].as_str().or_else(|| {
                    let name = parameter["schema"]["$ref"].as_str()?.rsplit('/').next()?;
                    document["components"]["schemas"][name]["pattern"].as_str()
                });
                let prefix =
                    pattern.and_then(|p| p.strip_prefix('^')).and_then(|p| p.split("_[").next()).unwrap_or("read_only");
                let id = if prefix == "read_only" {
                    "read_only".into()
                } else {
                    format!("{prefix}_019abc0123457def8123456789abcdef")
                };
                filled = filled.replace(&format!("{{{name}}}"), &id);
            }
            found.push((method, filled, operation["operationId"].as_str().unwrap().to_owned()));
        }
    }
    assert!(found.len() > 60, "only {} operations", found.len());
    found
}

async fn call(client: &Client, method: &Method, path: &str) -> (u16, String) {
    let mut request = client.request(method.clone(), path).header("if-match", "\"1\"");
    if *method != Method::GET && *method != Method::DELETE {
        request = request.json(&json!({}));
    }
    let answer = client.send(request).await;
    (answer.status.as_u16(), answer.body["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn nobody_is_let_in_but_by_the_doors_that_are_open() {
    let open = listed("tidy/open-operations.txt");
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let mut wrong = Vec::new();
    for (method, path, id) in operations() {
        let (status, code) = call(&app.nobody(), &method, &path).await;
        if (status == 401) == open.contains(&id) {
            wrong.push(format!("{id}: {method} {path} answered {status} {code}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong:#?}\nAn operation open to nobody belongs in tidy/open-operations.txt, with its reason."
    );
}

#[tokio::test]
async fn the_least_role_changes_nothing() {
    let open = listed("tidy/open-operations.txt");
    let own = listed("tidy/own-operations.txt");
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let owner = app.owner("Least Role").await;
    let reader = app.member(&owner, "read_only").await;
    let mut wrong = Vec::new();
    for (method, path, id) in operations().into_iter().filter(|(m, ..)| *m != Method::GET) {
        if open.contains(&id) || own.contains(&id) {
            continue;
        }
        let (status, code) = call(&reader, &method, &path).await;
        if status != 403 {
            wrong.push(format!("{id}: {method} {path} answered {status} {code}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong:#?}\nAn operation on one's own account belongs in tidy/own-operations.txt, with its reason."
    );
}
