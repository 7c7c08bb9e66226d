//! The committed table of who may do what: each operation as each of the seven roles, found by really calling it (P179).
//! A second table of rights, `tidy/rights.txt`, says which role holds which permission; this one says what that means.

use std::{collections::BTreeMap, fmt::Write};

use kernel::Role;
use reqwest::Method;
use serde_json::json;

use crate::{
    app::{Client, TestApp},
    description::{Operation, operations, random},
    shape::{assert_committed, listed},
};

/// Is the caller let through to the operation itself? If not, the permission that is missing.
async fn missing(client: &Client, operation: &Operation) -> Option<String> {
    let mut request = client.request(operation.method.clone(), &operation.filled(random)).header("if-match", "\"1\"");
    if operation.method != Method::GET && operation.method != Method::DELETE {
        request = request.json(&json!({}));
    }
    let answer = client.send(request).await;
    if answer.status != 403 || answer.body["code"] != "forbidden" {
        assert_ne!(answer.status, 401, "{}: {}", operation.id, answer.body);
        return None;
    }
    // "Your role does not include company.read. An administrator can …"
    let detail = answer.body["detail"].as_str().unwrap_or_default();
    detail.split_once("does not include ").and_then(|(_, rest)| rest.split_once(". ")).map(|(name, _)| name.to_owned())
}

/// Operations that end what the caller stands on; they are called last.
const LAST: [&str; 3] = ["session_revoke_others", "session_revoke", "session_delete"];

#[tokio::test]
async fn p179_the_table_of_operations_by_role_is_the_committed_one() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let owner = app.owner("Aurora").await;
    let open = listed("tidy/open-operations.txt");
    let mut table: BTreeMap<String, (String, Vec<&str>)> = BTreeMap::new();
    let mut all: Vec<Operation> = operations().into_iter().filter(|operation| !open.contains(&operation.id)).collect();
    all.sort_by_key(|operation| LAST.iter().position(|last| *last == operation.id));
    let mut people = vec![(Role::Owner, owner.clone())];
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
        people.push((role, app.member(&owner, role.name()).await));
    }
    for (role, client) in people {
        for operation in &all {
            let row = table.entry(operation.id.clone()).or_default();
            match missing(&client, operation).await {
                Some(permission) => row.0 = permission,
                None => row.1.push(role.name()),
            }
        }
    }
    let mut text = String::from(
        "# Which role is let through to which operation until the tenant tunes it, found by calling each as each. The second\n\
         # column is the permission that the others lack; a dash where nobody does. What is open to nobody's caller is in\n\
         # open-operations.txt.\n",
    );
    for (operation, (permission, roles)) in &table {
        let permission = if permission.is_empty() { "-" } else { permission };
        writeln!(text, "{operation:<26} {permission:<22} {}", roles.join(" ")).unwrap();
    }
    assert_committed(
        "tidy/operations.txt",
        &text,
        "OMB_BLESS=1 cargo nextest run -p omb -E 'test(table_of_operations_by_role)'",
    );
}

/// A key with one scope is let through to exactly the operations that ask for that permission.
#[tokio::test]
async fn p179_each_scope_of_a_key_gives_exactly_its_operations() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let owner = app.owner("Aurora").await;
    let open = listed("tidy/open-operations.txt");
    let all: Vec<Operation> = operations().into_iter().filter(|operation| !open.contains(&operation.id)).collect();
    let key = async |scope: &str| {
        let made = owner.post("/api/v1/api-keys", json!({ "name": scope, "scopes": [scope] })).await.ok();
        app.nobody().with_key(made["secret"].as_str().unwrap())
    };
    // What each operation asks for, as a key says that has nothing to do with it.
    let (one, other) = (key("note.manage").await, key("event.watch").await);
    let mut asked: BTreeMap<&str, String> = BTreeMap::new();
    for operation in &all {
        let permission = match missing(&one, operation).await {
            Some(permission) => permission,
            None => missing(&other, operation).await.unwrap_or_else(|| panic!("{} asks for nothing", operation.id)),
        };
        asked.insert(&operation.id, permission);
    }
    let mut scopes: Vec<&String> =
        asked.values().filter(|name| *name != "account.own" && *name != "api_key.manage").collect();
    scopes.sort();
    scopes.dedup();
    assert!(scopes.len() > 30, "{scopes:?}");
    let mut wrong = Vec::new();
    for scope in scopes {
        let client = key(scope).await;
        for operation in &all {
            let let_through = missing(&client, operation).await.is_none();
            if let_through != (asked[operation.id.as_str()] == *scope) {
                wrong.push(format!(
                    "{scope}: {} was {}",
                    operation.id,
                    if let_through { "let through" } else { "refused" }
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
