//! A member whose role sees only their own records, beside the owner's: whatever they read, nothing of what is planted in
//! the owner's records stands in it; whatever they call with the owner's real ids is answered as with made up ones.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    filled::Filled,
    rows::{assert_same, rows},
    strangers::{body, call, told},
};
use crate::{
    app::{Client, TestApp},
    description::{operations, random},
};

/// What stands in the fixture's records and nowhere else.
const PLANTED: [&str; 19] = [
    "Levante",
    "Poniente",
    "Adviser",
    "Lucía",
    "lucia@",
    "Fleet",
    "Winter",
    "Prospects",
    "Kestrel",
    "Eva",
    "mornings",
    "Call aurora",
    "brakes",
    "Front pads",
    "aurora van",
    "Joan",
    "Nadie",
    "84.77",
    "254.31",
];

/// Nouns that have a reach, or follow what has one.
const NARROWED: [&str; 16] =
    ["com", "con", "dea", "lea", "rec", "act", "not", "quo", "inv", "pay", "mai", "imp", "aff", "dup", "mrg", "att"];

/// Everything that can be asked for, with words and ids of the fixture in the query.
pub(super) async fn read(client: &Client, filled: &Filled) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    for operation in operations().iter().filter(|operation| operation.method == Method::GET) {
        let path = operation.filled(|noun| filled.id(noun));
        let mut queries: Vec<String> = ["", "?limit=200", "?q=levante", "?q=lucia", "?q=aurora", "?noun=contact"]
            .map(str::to_owned)
            .into_iter()
            .collect();
        queries.extend(["email", "phone"].map(|name| format!("?{name}=lucia@aurora.example")));
        for noun in ["com", "con", "dea", "lea", "rec", "inv", "quo"] {
            queries.extend(["subject", "record"].map(|name| format!("?{name}={}", filled.id(noun))));
        }
        queries.push(format!("?company_id={}", filled.id("com")));
        queries.push(format!("?contact_id={}", filled.id("con")));
        queries.push(format!("?pipeline_id={}", filled.id("pip")));
        queries.push(format!("?object=obj_{}", &filled.id("obj")[4..]));
        let taken: Vec<String> = operation.parameters.iter().map(|parameter| format!("?{}=", parameter.name)).collect();
        queries.retain(|query| query.is_empty() || taken.iter().any(|name| query.starts_with(name)));
        for query in queries {
            let answer = client.get(&format!("{path}{query}")).await;
            answers
                .push((format!("{} {path}{query}", operation.id), String::from_utf8_lossy(&answer.bytes).into_owned()));
        }
    }
    let asked = [
        ("/api/v1/contacts/duplicates", json!({ "given_name": "Lucía", "email": "lucia@aurora.example" })),
        ("/api/v1/companies/duplicates", json!({ "name": "aurora Levante" })),
    ];
    for (path, what) in asked {
        let answer = client.post(path, what).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}: {}", answer.body);
        answers.push((path.to_owned(), String::from_utf8_lossy(&answer.bytes).into_owned()));
    }
    answers
}

/// A member of the role `sales`, which may do everything and sees what is its own.
pub(super) async fn narrowed(app: &TestApp, owner: &Client, span: &str) -> Client {
    let member = app.member(owner, "sales").await;
    let table = owner.get("/api/v1/roles").await.ok();
    let fixed = |name: &Value| table["fixed"].as_array().unwrap().contains(name);
    let all: serde_json::Map<String, Value> = table["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|name| !fixed(name))
        .map(|name| (name.as_str().unwrap().to_owned(), json!(true)))
        .collect();
    let tune = owner.request(Method::PATCH, "/api/v1/roles/sales").json(&all);
    owner.send(tune).await.ok();
    let nouns = ["company", "contact", "deal", "lead", "custom_record", "activity"];
    let spans: serde_json::Map<String, Value> = nouns.map(|noun| (noun.to_owned(), json!(span))).into_iter().collect();
    let reach = owner.request(Method::PATCH, "/api/v1/roles/sales/reach").json(&spans);
    let tuned = owner.send(reach).await.ok();
    let sales = tuned["roles"].as_array().unwrap().iter().find(|role| role["role"] == "sales").unwrap().clone();
    assert_eq!(sales["reach"]["deal"], span, "{sales}");
    member
}

#[tokio::test]
async fn p179_nothing_beyond_reach_stands_in_anything_that_is_read() {
    for app in TestApp::each().await {
        let filled = Filled::new(&app, "aurora").await;
        let member = narrowed(&app, &filled.owner, "own").await;
        let own = member.post("/api/v1/companies", json!({ "name": "Mistral" })).await.ok();
        let person = json!({ "given_name": "Iris", "company_id": own["id"] });
        member.post("/api/v1/contacts", person).await.ok();
        let answers = read(&member, &filled).await;
        let wrong: Vec<String> = answers
            .iter()
            // Its examples are the product's own, and have the same amount.
            .filter(|(path, _)| !path.starts_with("webhook_event_type_list"))
            .flat_map(|(path, text)| {
                let found = PLANTED.iter().filter(move |word| text.contains(**word));
                found.map(move |word| format!("{word}: {path}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{:?}: {} found: {wrong:#?}", app.kind, wrong.len());
        assert!(answers.iter().filter(|(_, text)| text.contains("Mistral")).count() > 5, "one's own is read");
        let all = read(&filled.owner, &filled).await;
        let missed: Vec<&&str> = PLANTED.iter().filter(|w| !all.iter().any(|(_, text)| text.contains(**w))).collect();
        assert!(missed.is_empty(), "{:?}: nobody reads {missed:?}, so nothing is said by its absence", app.kind);
    }
}

#[tokio::test]
async fn p179_a_record_beyond_reach_is_answered_and_changed_as_one_that_nobody_has() {
    for app in TestApp::each().await {
        let filled = Filled::new(&app, "aurora").await;
        let member = narrowed(&app, &filled.owner, "own").await;
        app.work().await;
        let before = rows(&app, filled.tenant).await;
        let (mut wrong, mut called) = (Vec::new(), 0);
        for operation in operations() {
            let mut nouns = operation.path_nouns();
            if !nouns.next().is_some_and(|noun| NARROWED.contains(&noun)) {
                continue;
            }
            let body = body(&operation, &filled);
            let real = call(&member, &operation, &operation.filled(|noun| filled.id(noun)), &body).await;
            let made = call(&member, &operation, &operation.filled(random), &body).await;
            if real.status.as_u16() != 404 || told(&real) != told(&made) {
                wrong.push(format!("{}: real {:?}, made up {:?}", operation.id, told(&real), told(&made)));
            }
            called += 1;
        }
        assert!(wrong.is_empty() && called > 30, "{:?}, {called} called: {wrong:#?}", app.kind);
        app.work().await;
        assert_same(&before, &rows(&app, filled.tenant).await, "who sees nothing of it changed something");
    }
}

#[tokio::test]
async fn a_team_sees_the_records_of_its_members_and_a_company_opens_what_hangs_on_it() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let (one, other) = (narrowed(&app, &owner, "team").await, app.member(&owner, "sales").await);
        let id = |me: &Value| me["member"]["id"].as_str().unwrap().to_owned();
        let mut ids = Vec::new();
        for client in [&one, &other] {
            ids.push(id(&client.get("/api/v1/me").await.ok()));
        }
        let company = one.post("/api/v1/companies", json!({ "name": "Mistral" })).await.ok();
        let path = format!("/api/v1/companies/{}", company["id"].as_str().unwrap());
        // Whose the person is, is somebody else; where they work is what counts.
        let person = json!({ "given_name": "Iris", "company_id": company["id"] });
        let person = owner.post("/api/v1/contacts", person).await.ok();
        let person = format!("/api/v1/contacts/{}", person["id"].as_str().unwrap());
        one.get(&person).await.ok();
        other.get(&path).await.refused(404, "not_found");
        other.get(&person).await.refused(404, "not_found");
        let team = owner.post("/api/v1/teams", json!({ "name": "Levante", "members": ids })).await.ok();
        other.get(&path).await.ok();
        other.get(&person).await.ok();
        let found = other.get("/api/v1/search?q=mistral").await.ok();
        // The company, and who works there.
        assert_eq!(found["items"].as_array().unwrap().len(), 2, "{found}");
        let path_of_team = format!("/api/v1/teams/{}", team["id"].as_str().unwrap());
        owner.patch(&path_of_team, &json!(1), json!({ "members": [ids[0]] })).await.ok();
        other.get(&path).await.refused(404, "not_found");
        assert_eq!(other.get("/api/v1/search?q=mistral").await.ok()["items"], json!([]));
    }
}

#[tokio::test]
async fn a_key_reaches_as_far_as_its_maker_and_who_gives_a_record_away_is_still_answered_it() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let hidden = owner.post("/api/v1/companies", json!({ "name": "Levante" })).await.ok();
        let member = narrowed(&app, &owner, "own").await;
        let me = owner.get("/api/v1/me").await.ok()["member"]["id"].clone();
        let scopes = json!({ "name": "Mine", "scopes": ["company.read", "company.edit"] });
        let key = member.post("/api/v1/api-keys", scopes).await.ok();
        let program = app.nobody().with_key(key["secret"].as_str().unwrap());
        program.get(&format!("/api/v1/companies/{}", hidden["id"].as_str().unwrap())).await.refused(404, "not_found");
        let company = member.post("/api/v1/companies", json!({ "name": "Mistral" })).await.ok();
        let path = format!("/api/v1/companies/{}", company["id"].as_str().unwrap());
        program.get(&path).await.ok();
        let made = program.post("/api/v1/companies", json!({ "name": "Gregal" })).await.ok()["id"].clone();
        program.get(&format!("/api/v1/companies/{}", made.as_str().unwrap())).await.ok();
        let given = member.patch(&path, &json!(1), json!({ "owner_id": me })).await.ok();
        assert_eq!(given["name"], "Mistral");
        member.get(&path).await.refused(404, "not_found");
        program.get(&path).await.refused(404, "not_found");
    }
}

/// A scope looks only into those before it, and every scope is of a table there is.
#[tokio::test]
async fn every_scope_is_of_a_table_there_is_and_looks_into_those_before_it() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let schema = testkit::schema(&app.store).await;
    let mut known: Vec<(&str, &str)> = Vec::new();
    for scope in omb::domains::scopes() {
        let columns = schema.get(scope.table).unwrap_or_else(|| panic!("no table {}", scope.table));
        let owners = scope.owners.iter().copied();
        let mut wanted: Vec<&str> = owners.chain((!scope.prefix.is_empty()).then_some("id")).collect();
        for through in scope.through {
            match through {
                store::Through::Row { column, table } | store::Through::Each { column, table } => {
                    assert!(known.iter().any(|(t, _)| t == table), "{}: {table} comes later", scope.table);
                    wanted.push(*column);
                }
                store::Through::Named { column, prefixes } => {
                    for prefix in *prefixes {
                        assert!(known.iter().any(|(_, p)| p == prefix), "{}: {prefix} comes later", scope.table);
                    }
                    wanted.push(*column);
                }
                store::Through::Below { table, above, below } => {
                    let named = schema.get(*table).unwrap_or_else(|| panic!("no table {table}"));
                    assert!(named.contains(*above) && named.contains(*below), "{table}.{above}, {table}.{below}");
                }
                store::Through::Linked { prefixes, .. } => {
                    for prefix in *prefixes {
                        assert!(known.iter().any(|(_, p)| p == prefix), "{}: {prefix} comes later", scope.table);
                    }
                }
            }
        }
        for column in wanted {
            assert!(columns.contains(column), "{}.{column}", scope.table);
        }
        known.push((scope.table, scope.prefix));
    }
}
