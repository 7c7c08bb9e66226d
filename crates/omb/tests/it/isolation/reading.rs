//! What one workspace reads never holds an id of another: lists, exports, search, home, timeline, audit, and the events as
//! they happen (P020, P146, P181).

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::{filled::Filled, rows::ids};
use crate::{
    app::{Client, TestApp},
    description::operations,
};

/// The foreign ids that stand in some bytes.
fn leaked<'i>(bytes: &[u8], foreign: &'i [String]) -> Vec<&'i String> {
    let text = String::from_utf8_lossy(bytes).replace('-', "").to_lowercase();
    foreign.iter().filter(|id| text.contains(id.as_str())).collect()
}

#[tokio::test]
async fn p020_nothing_that_is_read_holds_an_id_of_another_workspace() {
    for app in TestApp::each().await {
        let (ours, theirs) = (Filled::new(&app, "aurora").await, Filled::new(&app, "boreal").await);
        let foreign = ids(&app, ours.tenant).await;
        let own = ids(&app, theirs.tenant).await;
        assert!(foreign.len() > 60, "{}", foreign.len());
        assert!(foreign.iter().all(|id| !own.contains(id)), "the two share a record");
        let (mut wrong, mut seen) = (Vec::new(), 0);
        for operation in operations().iter().filter(|operation| operation.method == Method::GET) {
            let path = operation.filled(|noun| theirs.id(noun));
            let mut queries = vec![String::new(), "?q=aurora".into(), "?limit=200".into()];
            queries.extend(["email", "phone"].map(|name| format!("?{name}=lucia@aurora.example")));
            queries.push(format!("?subject={}", theirs.id("com")));
            for query in queries {
                let answer = theirs.owner.get(&format!("{path}{query}")).await;
                let found = leaked(&answer.bytes, &foreign);
                if !found.is_empty() {
                    wrong.push(format!("{} {path}{query}: {found:?}", operation.id));
                }
                seen += leaked(&answer.bytes, &own).len();
            }
        }
        assert!(wrong.is_empty(), "{:?}: {wrong:#?}", app.kind);
        assert!(seen > 200, "{:?}: one's own ids are seen {seen} times only, so little was read", app.kind);
    }
}

/// Reads the stream until it holds `until`, at most half a minute.
pub(super) async fn listen(stream: &mut reqwest::Response, until: &str) -> String {
    let mut text = String::new();
    let reading = async {
        while !text.contains(until) {
            let Some(chunk) = stream.chunk().await.unwrap() else { break };
            text.push_str(&String::from_utf8_lossy(&chunk));
        }
    };
    drop(tokio::time::timeout(Duration::from_secs(30), reading).await);
    assert!(text.contains(until), "{until} did not come: {text}");
    text
}

async fn found(client: &Client, name: &str) -> String {
    client.post("/api/v1/companies", json!({ "name": name })).await.ok()["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn p181_live_events_tell_of_ones_own_workspace_only() {
    for app in TestApp::each().await {
        let (ours, theirs) = (app.owner("aurora").await, app.owner("boreal").await);
        let mut stream = theirs.request(Method::GET, "/events").send().await.unwrap();
        listen(&mut stream, "ready").await;
        let foreign = found(&ours, "Foreign").await;
        let own = found(&theirs, "Own").await;
        let mut heard = listen(&mut stream, &own).await;
        let (later, last) = (found(&ours, "Foreign again").await, found(&theirs, "Own again").await);
        heard.push_str(&listen(&mut stream, &last).await);
        assert!(!heard.contains(&foreign) && !heard.contains(&later), "{:?}: {heard}", app.kind);
    }
}
