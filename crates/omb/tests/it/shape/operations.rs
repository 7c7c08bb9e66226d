//! Every operation of the API description, called by those who may not: nobody, and a member with the least role. An
//! operation that is open to nobody must be on the committed list; an operation that is missing here cannot be, because
//! the list of calls is the description itself.

use reqwest::Method;
use serde_json::json;

use super::listed;
use crate::{
    app::{Client, TestApp},
    description,
};

/// Method, path with made up ids, and operation id.
pub(super) fn operations() -> Vec<(Method, String, String)> {
    description::operations().into_iter().map(|o| (o.method.clone(), o.filled(description::random), o.id)).collect()
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
