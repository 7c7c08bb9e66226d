//! Webhooks through HTTP, against a receiver of the tests' own that verifies signatures by its own code.

mod delivering;
mod endpoints;
mod failing;
mod receiver;
mod replaying;

use receiver::Receiver;
use serde_json::{Value, json};

use crate::app::Client;

/// An endpoint at the receiver's `name`; its id and secret.
async fn endpoint(owner: &Client, receiver: &Receiver, name: &str, event_types: Value) -> (String, String) {
    let new = json!({ "url": receiver.url(name), "event_types": event_types });
    let made = owner.post("/api/v1/webhooks", new).await.ok();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&made["endpoint"]["id"]), text(&made["secret"]))
}

/// Something that happens: a company is added.
async fn add_company(owner: &Client, name: &str) -> String {
    let made = owner.post("/api/v1/companies", json!({ "name": name })).await.ok();
    made["id"].as_str().unwrap().to_owned()
}

/// The log of an endpoint, newest first.
async fn log(owner: &Client, endpoint: &str) -> Vec<Value> {
    let log = owner.get(&format!("/api/v1/webhook-deliveries?endpoint_id={endpoint}")).await.ok();
    log["items"].as_array().unwrap().clone()
}
