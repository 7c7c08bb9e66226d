//! Rights by field as they are set: what is read only, who may set what, and that every column belongs to a field.

use std::collections::BTreeSet;

use reqwest::{Method, multipart};
use serde_json::{Value, json};

use super::fields::{change, take};
use crate::app::TestApp;

#[tokio::test]
async fn a_field_that_is_read_only_is_shown_and_not_changed() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = app.member(&owner, "sales").await;
        let grade = json!({ "object": "deal", "key": "grade", "label": "Grade", "kind": "text", "required": true });
        owner.post("/api/v1/custom-fields", grade).await.ok();
        let closed = ["amount", "expected_close", "stage", "custom.grade"]
            .map(|field| json!({ "object": "deal", "field": field, "right": "read_only" }));
        take(&owner, "sales", json!(closed)).await.ok();
        // What a record cannot be without is given once; what it can be without is not.
        let new = json!({ "name": "Vans", "amount": { "amount": "12.00", "currency": "EUR" } });
        let deal = member.post("/api/v1/deals", new).await.ok();
        let path = format!("/api/v1/deals/{}", deal["id"].as_str().unwrap());
        let early = json!({ "name": "More vans", "expected_close": "2031-01-01" });
        member.post("/api/v1/deals", early).await.field("expected_close", "field_locked");
        change(&owner, &path, json!({ "custom": { "grade": "A" }, "expected_close": "2031-02-02" })).await.ok();
        let read = member.get(&path).await.ok();
        assert_eq!((&read["custom"]["grade"], &read["expected_close"]), (&json!("A"), &json!("2031-02-02")));
        for (field, body) in [
            ("expected_close", json!({ "expected_close": null })),
            ("amount", json!({ "amount": { "amount": "13.00", "currency": "EUR" } })),
            ("custom.grade", json!({ "custom": { "grade": "B" } })),
        ] {
            change(&member, &path, body).await.field(field, "field_locked");
        }
        // What stays is sent back as it is.
        let back = json!({ "name": "Lorries", "expected_close": "2031-02-02", "custom": { "grade": "A" } });
        assert_eq!(change(&member, &path, back).await.ok()["name"], "Lorries", "{:?}", app.kind);
        let pipelines = owner.get("/api/v1/pipelines").await.ok();
        let mut stages = pipelines["items"][0]["stages"].as_array().unwrap().iter();
        let other = stages.find(|stage| stage["id"] != read["stage"]["id"]).unwrap();
        let version = member.get(&path).await.ok()["version"].clone();
        let moving = member.request(Method::POST, &format!("{path}/move")).header("if-match", format!("\"{version}\""));
        let moved = member.send(moving.json(&json!({ "stage_id": other["id"] }))).await;
        moved.field("stage_id", "field_locked");
        let told = member.get("/api/v1/custom-fields?object=deal").await.ok();
        assert_eq!(told["items"][0]["right"], "read_only", "{:?}", app.kind);
        let me = member.get("/api/v1/me").await.ok();
        assert_eq!(me["fields"]["deal"]["amount"], "read_only", "{:?}", app.kind);
    }
}

#[tokio::test]
async fn p179_nobody_lets_others_do_more_with_a_field_than_they_may() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = app.member(&owner, "administrator").await;
        let hidden = |field: &str, right: Value| json!([{ "object": "contact", "field": field, "right": right }]);
        take(&owner, "administrator", hidden("email", json!("hidden"))).await.ok();
        take(&owner, "sales", hidden("email", json!("hidden"))).await.ok();
        take(&member, "sales", hidden("email", json!("read_only"))).await.field("changes.0.right", "right_above_own");
        take(&member, "sales", hidden("email", Value::Null)).await.field("changes.0.right", "right_above_own");
        take(&member, "sales", hidden("phone", json!("hidden"))).await.ok();
        let invited = json!({ "email": "wide@aurora.example", "role": "billing" });
        member.post("/api/v1/invitations", invited).await.field("role", "role_above_own");
        let like = json!({ "email": "like@aurora.example", "role": "sales" });
        member.post("/api/v1/invitations", like).await.ok();
        let hook = json!({ "url": "https://example.com/in" });
        member.post("/api/v1/webhooks", hook).await.refused(409, "reach_above_own");
        take(&owner, "sales", hidden("name", json!("hidden"))).await.field("changes.0.right", "field_always_shown");
        take(&owner, "sales", hidden("shoe_size", json!("hidden"))).await.field("changes.0.field", "field_unknown");
        take(&owner, "owner", hidden("email", json!("hidden"))).await.refused(409, "owner_fixed");
        let table = owner.get("/api/v1/field-rights").await.ok();
        let of = |field: &str| {
            let contact = table["objects"].as_array().unwrap().iter().find(|one| one["object"] == "contact").unwrap();
            contact["fields"].as_array().unwrap().iter().find(|one| one["field"] == field).unwrap()["rights"].clone()
        };
        assert_eq!(of("email"), json!({ "administrator": "hidden", "sales": "hidden" }), "{:?}", app.kind);
        assert_eq!(of("phone"), json!({ "sales": "hidden" }), "{:?}", app.kind);
        let trail = owner.get("/api/v1/audit?action=role.tune").await.ok();
        let told = &trail["items"][0]["changes"]["fields"];
        assert_eq!(told[1]["contact"]["phone"], "hidden", "{:?}: {trail}", app.kind);
        take(&owner, "sales", hidden("phone", Value::Null)).await.ok();
        let none = owner.get("/api/v1/field-rights").await.ok().to_string();
        assert!(!none.contains("\"rights\":{\"sales\":\"hidden\"}"), "{:?}", app.kind);
    }
}

/// What one is called is made of what one is reached by, also by who is not shown or may not change all of that.
#[tokio::test]
async fn a_name_follows_what_it_is_made_of_and_stands_in_nobodys_way() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = app.member(&owner, "sales").await;
        let taken = [("phone", "hidden"), ("name", "read_only")];
        for object in ["contact", "lead"] {
            let taken = taken.map(|(field, right)| json!({ "object": object, "field": field, "right": right }));
            take(&owner, "sales", json!(taken)).await.ok();
        }
        for path in ["/api/v1/contacts", "/api/v1/leads"] {
            let new = json!({ "email": "before@example.com", "phone": "+34612345678" });
            let made = owner.post(path, new).await.ok();
            let record = format!("{path}/{}", made["id"].as_str().unwrap());
            change(&member, &record, json!({ "email": "after@example.com" })).await.ok();
            assert_eq!(owner.get(&record).await.ok()["name"], "after@example.com", "{:?}: {path}", app.kind);
            change(&member, &record, json!({ "email": null, "language": "es" })).await.ok();
            let now = owner.get(&record).await.ok();
            assert_eq!(now["name"], now["phone"], "{:?}: {path}", app.kind);
            change(&member, &record, json!({ "given_name": "Iris" })).await.field("given_name", "field_locked");
            member.delete(&record).await.ok();
        }
    }
}

/// Somebody without a name is called by the address, and by nothing where that is hidden.
#[tokio::test]
async fn who_has_no_name_is_not_called_by_what_is_hidden() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = app.member(&owner, "sales").await;
        for object in ["contact", "lead"] {
            let hidden = json!([{ "object": object, "field": "email", "right": "hidden" }]);
            take(&owner, "sales", hidden).await.ok();
        }
        for path in ["/api/v1/contacts", "/api/v1/leads"] {
            let made = owner.post(path, json!({ "email": "nameless@hush.example" })).await.ok();
            let record = format!("{path}/{}", made["id"].as_str().unwrap());
            let read = member.get(&record).await.ok();
            assert_eq!(read["name"], "•••", "{:?}: {read}", app.kind);
            let list = member.get(path).await.ok().to_string();
            assert!(!list.contains("nameless"), "{:?}: {list}", app.kind);
            let found = member.get("/api/v1/search?q=nameless").await.ok();
            assert_eq!(found["items"], json!([]), "{:?}", app.kind);
            change(&member, &record, json!({ "language": "es" })).await.ok();
            assert_eq!(owner.get(&record).await.ok()["name"], "nameless@hush.example", "{:?}", app.kind);
        }
    }
}

/// Columns that no right takes away: what a record is, where it came from, and how it is kept.
const NO_FIELD: [&str; 24] = [
    "amount_computed",
    "closed_at",
    "company_id",
    "consent",
    "contact_id",
    "converted_at",
    "converted_by",
    "created_at",
    "custom",
    "deal_id",
    "deleted_at",
    "disqualified_reason",
    "id",
    "lost_reason",
    "lost_reason_id",
    "merged_into",
    "object_id",
    "position",
    "score",
    "score_reasons",
    "source",
    "stage_since",
    "updated_at",
    "version",
];

#[test]
fn every_column_of_a_record_belongs_to_a_field_or_is_known_to_be_none() {
    let mut wrong = Vec::new();
    for scope in omb::domains::scopes() {
        let Some(fielded) = scope.fields else { continue };
        let tables = omb::domains::DATA_MAP.iter().copied().flatten();
        let table = tables.clone().find(|table| table.name == scope.table).unwrap();
        let kept: BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
        let mut listed: BTreeSet<&str> = fielded.columns.iter().copied().collect();
        // What no statement of a request reads: the tenant is the shadow's own condition, and ids that were kept open before
        // they were sealed are none any more.
        listed.insert("tenant_id");
        listed.extend(table.columns.iter().map(|column| column.name).filter(|name| *name == "tax_id_open"));
        if kept != listed {
            wrong.push(format!("{}: {kept:?} are kept, {listed:?} are shadowed", scope.table));
        }
        let columns: Vec<&str> =
            fielded.fields.iter().flat_map(|field| field.cells).map(|cell| cell.column()).collect();
        for column in fielded.columns.iter().filter(|column| !columns.contains(column) && !NO_FIELD.contains(column)) {
            wrong.push(format!("{}.{column} belongs to no field", scope.table));
        }
        for column in columns.iter().filter(|column| !kept.contains(*column)) {
            wrong.push(format!("{}.{column} is a field's and not kept", scope.table));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A file cannot write what its sender may not, nor tell by its trial whether it is there.
#[tokio::test]
async fn a_file_feeds_no_field_that_its_sender_may_not_write() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = app.member(&owner, "sales").await;
        owner.post("/api/v1/contacts", json!({ "given_name": "Iris", "email": "iris@hush.example" })).await.ok();
        let taken = [("email", "hidden"), ("phone", "read_only"), ("name", "read_only")]
            .map(|(field, right)| json!({ "object": "contact", "field": field, "right": right }));
        take(&owner, "sales", json!(taken)).await.ok();
        let csv = "First name,E-mail,Phone,Job title\nIris,iris@hush.example,+34612345678,Buyer\n";
        let file = multipart::Part::text(csv).file_name("people.csv").mime_str("text/csv").unwrap();
        let form = multipart::Form::new().part("file", file);
        let import = member.send(member.request(Method::POST, "/api/v1/imports").multipart(form)).await.ok();
        let targets: Vec<&Value> =
            import["columns"].as_array().unwrap().iter().map(|column| &column["target"]).collect();
        assert_eq!(targets, [&json!("given_name"), &Value::Null, &Value::Null, &json!("job_title")], "{:?}", app.kind);
        let offered = import["targets"].to_string();
        assert!(!offered.contains("\"email\"") && !offered.contains("\"mobile\""), "{:?}: {offered}", app.kind);
        let path = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
        let fed = json!({ "mapping": ["given_name", "email", null, null] });
        member.patch(&path, &import["version"], fed).await.field("email", "field_locked");
    }
}

/// What was taken of a field goes with it: nobody is kept from merging by a field that is no more.
#[tokio::test]
async fn rights_to_a_field_go_with_the_field() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = app.member(&owner, "administrator").await;
        let field = json!({ "object": "contact", "key": "grade", "label": "Grade", "kind": "text" });
        let field = owner.post("/api/v1/custom-fields", field).await.ok()["id"].clone();
        let path = format!("/api/v1/custom-fields/{}", field.as_str().unwrap());
        let hidden = json!([{ "object": "contact", "field": "custom.grade", "right": "hidden" }]);
        take(&owner, "administrator", hidden).await.ok();
        member.get(&path).await.refused(404, "not_found");
        member.post(&format!("{path}/archive"), json!({})).await.refused(404, "not_found");
        let [kept, gone] = ["Iris", "Iria"].map(|name| json!({ "given_name": name }));
        let [kept, gone] = [
            owner.post("/api/v1/contacts", kept).await.ok()["id"].clone(),
            owner.post("/api/v1/contacts", gone).await.ok()["id"].clone(),
        ];
        let pair = json!({ "survivor": kept, "loser": gone });
        member.post("/api/v1/merges/preview", pair.clone()).await.refused(403, "fields_hidden");
        owner.post(&format!("{path}/archive"), json!({})).await.ok();
        owner.delete(&path).await.ok();
        member.post("/api/v1/merges/preview", pair).await.ok();
        assert_eq!(member.get("/api/v1/me").await.ok()["fields"], json!({}), "{:?}", app.kind);
    }
}
