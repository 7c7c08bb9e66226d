//! Files brought in by somebody who sees a part of the records: what they do not see is neither changed nor named, nor made
//! a second time.

use reqwest::{Method, multipart};
use serde_json::{Value, json};

use super::{fields::take, reach::narrowed};
use crate::app::{Client, TestApp};

/// Uploads a file, to change what is there; the path of its import.
async fn brought(client: &Client, noun: &str, file: String) -> String {
    let part = multipart::Part::text(file).file_name("table.csv").mime_str("text/csv").unwrap();
    let form = multipart::Form::new().part("file", part);
    let upload = client.request(Method::POST, &format!("/api/v1/imports?noun={noun}")).multipart(form);
    let up = client.send(upload).await.ok();
    let path = format!("/api/v1/imports/{}", up["id"].as_str().unwrap());
    let options = json!({ "options": { "duplicates": "update" } });
    client.patch(&path, &up["version"], options).await.ok();
    path
}

fn counts(import: &Value) -> [i64; 4] {
    ["created", "updated", "skipped", "refused"].map(|count| import[count].as_i64().unwrap())
}

#[tokio::test]
async fn a_file_changes_and_names_nothing_beyond_the_reach_of_who_brings_it() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = narrowed(&app, &owner, "own").await;
        let object = json!({ "singular": "Vehicle", "plural": "Vehicles" });
        let object = owner.post("/api/v1/custom-objects", object).await.ok()["id"].as_str().unwrap().to_owned();
        let eva = json!({ "given_name": "Eva", "email": "eva@example.com" });
        owner.post("/api/v1/contacts", eva).await.ok();
        let records = format!("/api/v1/custom-objects/{object}/records");
        let files = [
            ("deal", "/api/v1/deals", "name,expected close\nTheirs,2031-01-01\nMine,2031-01-01\n"),
            ("lead", "/api/v1/leads", "given name,email,company\nX,theirs@example.com,New\nX,mine@example.com,New\n"),
            (object.as_str(), records.as_str(), "name,owner\nTheirs,Nobody\nMine,\nThird,\n"),
        ];
        for (noun, path, file) in files {
            let new = |who: &str| match noun {
                "lead" => json!({ "email": format!("{}@example.com", who.to_lowercase()) }),
                _ => json!({ "name": who }),
            };
            let theirs = owner.post(path, new("Theirs")).await.ok();
            member.post(path, new("Mine")).await.ok();
            let import = brought(&member, noun, file.to_owned()).await;
            let preview = member.get(&format!("{import}/preview")).await.ok();
            assert!(!preview.to_string().contains(theirs["id"].as_str().unwrap()), "{:?}: {preview}", app.kind);
            member.post(&format!("{import}/trial"), json!({})).await.ok();
            app.work().await;
            let trial = member.get(&import).await.ok()["trial"].clone();
            member.post(&format!("{import}/start"), json!({})).await.ok();
            app.work().await;
            let done = member.get(&import).await.ok();
            let wanted = if noun.starts_with("obj") { [1, 0, 1, 1] } else { [0, 1, 1, 0] };
            assert_eq!((counts(&done), counts(&trial)), (wanted, wanted), "{:?}: {noun}: {done}", app.kind);
            let one = if noun.starts_with("obj") { "/api/v1/custom-records" } else { path };
            let now = owner.get(&format!("{one}/{}", theirs["id"].as_str().unwrap())).await.ok();
            assert_eq!(now["version"], theirs["version"], "{:?}: {noun}", app.kind);
        }
        // Nor can a row point at somebody they do not see.
        let import = brought(&member, "deal", "name,contact\nBoat,eva@example.com\n".to_owned()).await;
        let preview = member.get(&format!("{import}/preview")).await.ok();
        assert_eq!(preview["rows"][0]["refused"]["code"], "contact_unknown", "{:?}", app.kind);
    }
}

/// What may be given once is fed to new records and refused, row by row, of those that are there; and a row that is about
/// somebody tells nothing of them that is hidden.
#[tokio::test]
async fn a_row_changes_no_closed_field_and_tells_no_hidden_one() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = app.member(&owner, "sales").await;
        let taken = [
            ("deal", "stage", "read_only"),
            ("contact", "name", "read_only"),
            ("lead", "email", "hidden"),
            ("lead", "message", "hidden"),
        ]
        .map(|(object, field, right)| json!({ "object": object, "field": field, "right": right }));
        take(&owner, "sales", json!(taken)).await.ok();
        let stages = owner.get("/api/v1/pipelines").await.ok()["items"][0]["stages"].clone();
        let (first, second) = (stages[0]["name"].as_str().unwrap(), stages[1]["name"].as_str().unwrap());
        owner.post("/api/v1/deals", json!({ "name": "Vans", "stage_id": stages[0]["id"] })).await.ok();
        let iris = json!({ "given_name": "Iris", "email": "iris@example.com" });
        owner.post("/api/v1/contacts", iris).await.ok();
        let lead = json!({ "email": "hush@example.com", "phone": "+34612345678", "message": "Quietly" });
        let lead = owner.post("/api/v1/leads", lead).await.ok();
        let deals = format!("name,stage\nVans,{second}\nLorries,{first}\n");
        let people = "given name,email,job title\nIria,iris@example.com,Buyer\nNoa,noa@example.com,Buyer\n";
        for (noun, file) in [("deal", deals.as_str()), ("contact", people)] {
            let import = brought(&member, noun, file.to_owned()).await;
            member.post(&format!("{import}/trial"), json!({})).await.ok();
            app.work().await;
            let trial = member.get(&import).await.ok()["trial"].clone();
            member.post(&format!("{import}/start"), json!({})).await.ok();
            app.work().await;
            let done = member.get(&import).await.ok();
            assert_eq!((counts(&done), counts(&trial)), ([1, 0, 0, 1], [1, 0, 0, 1]), "{:?}: {done}", app.kind);
        }
        let import = brought(&member, "lead", "phone,company\n+34612345678,New\n".to_owned()).await;
        let version = member.get(&import).await.ok()["version"].clone();
        let by = json!({ "options": { "match_by": ["phone"] } });
        member.patch(&import, &version, by).await.ok();
        let preview = member.get(&format!("{import}/preview")).await.ok();
        assert!(!preview.to_string().contains("hush@"), "{:?}: {preview}", app.kind);
        member.post(&format!("{import}/trial"), json!({})).await.ok();
        app.work().await;
        let told = member.get(&format!("{import}/trial")).await;
        assert!(!told.body.to_string().contains("message"), "{:?}: {}", app.kind, told.body);
        member.post(&format!("{import}/start"), json!({})).await.ok();
        app.work().await;
        let now = owner.get(&format!("/api/v1/leads/{}", lead["id"].as_str().unwrap())).await.ok();
        assert_eq!((&now["email"], &now["message"]), (&lead["email"], &lead["message"]), "{:?}", app.kind);
    }
}
