//! Every way of taking rights to a few fields: what is read, and what is left of a record that is written back.

use std::collections::BTreeMap;

use kernel::{FieldRight, FieldRights, Json, MemberId, Reach};
use serde_json::{Map, Value, json};

use super::*;

kernel::id!(SailorId, "sai");

record! {
    struct Sailor in thing { id: SailorId, version: i64, name: String, email: Option<String>, emails: Json<Vec<String>>,
        note: Option<String>, custom: Json<Map<String, Value>>,
        created_at: chrono::DateTime<chrono::Utc>, updated_at: chrono::DateTime<chrono::Utc> }
}

static SAILOR: Fielded = Fielded {
    object: Object::Is("sailor"),
    columns: Sailor::COLUMNS,
    fields: &[
        Field { name: "name", cells: &[Cell::Shown("name")] },
        Field { name: "email", cells: &[Cell::Null("email"), Cell::List("emails")] },
        Field { name: "note", cells: &[Cell::Null("note")] },
    ],
    derived: None,
};

const SCOPES: &[Scope] = &[Scope { table: "thing", prefix: "sai", fields: Some(&SAILOR), ..Scope::BARE }];

const RIGHTS: [Option<FieldRight>; 3] = [None, Some(FieldRight::Hidden), Some(FieldRight::ReadOnly)];
const NAMES: [&str; 4] = ["email", "note", "custom.a", "custom.b"];

/// Every way of giving these fields one right each.
fn ways() -> impl Iterator<Item = [Option<FieldRight>; 4]> {
    (0..81).map(|n: usize| [n, n / 3, n / 9, n / 27].map(|part| RIGHTS[part % 3]))
}

fn seeing(whole: &Can<Work>, rights: [Option<FieldRight>; 4]) -> Can<Work> {
    let mut fields = FieldRights::default();
    for (name, right) in NAMES.iter().zip(rights) {
        if let Some(right) = right {
            fields.set("sailor", name, right);
        }
    }
    let reach = Reach::of(MemberId::new(), Vec::new(), BTreeMap::new(), fields);
    Can::check(Arc::new(Caller { reach, ..(**whole.caller()).clone() })).unwrap()
}

/// What is kept of it, by the names of its fields.
fn told(sailor: &Sailor) -> [Value; 4] {
    let of = |key: &str| sailor.custom.0.get(key).cloned().unwrap_or_default();
    [json!([sailor.email, sailor.emails.0]), json!(sailor.note), of("a"), of("b")]
}

/// The record with one field written.
fn with(sailor: &Sailor, field: &str, text: &str) -> Sailor {
    let mut sailor = sailor.clone();
    match field {
        "email" => sailor.email = Some(text.into()),
        "note" => sailor.note = Some(text.into()),
        key => drop(sailor.custom.0.insert(key.trim_start_matches("custom.").into(), json!(text))),
    }
    sailor
}

#[tokio::test]
async fn whatever_is_taken_what_is_not_shown_stays_and_what_is_not_given_is_refused() {
    for (store, _dir) in stores().await {
        let ddl = "CREATE TABLE thing (tenant_id UUID NOT NULL, id UUID NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, email TEXT, emails JSONB NOT NULL, note TEXT, custom JSONB NOT NULL, created_at TIMESTAMPTZ NOT NULL, updated_at TIMESTAMPTZ NOT NULL,\n CONSTRAINT thing_pkey PRIMARY KEY (tenant_id, id)\n);";
        store.script_for_tests(ddl).await;
        let options = StoreOptions { keys: store.keys().ring.clone(), scopes: SCOPES, ..StoreOptions::default() };
        let store = Store::open(&store.url_for_tests(), options).unwrap();
        let whole = can();
        let now = store.clock().now();
        let first = Sailor {
            id: SailorId::new(),
            version: 1,
            name: "Ada".into(),
            email: Some("ada@sea.example".into()),
            emails: Json(vec!["a@sea.example".into()]),
            note: Some("Knots".into()),
            custom: Json(Map::from_iter([("a".into(), json!({ "deep": 1 })), ("b".into(), json!("B"))])),
            created_at: now,
            updated_at: now,
        };
        let mut tx = store.begin(&whole).await.unwrap();
        tx.insert(&first).await.unwrap();
        tx.commit().await.unwrap();
        for rights in ways() {
            let mut tx = store.begin(&seeing(&whole, rights)).await.unwrap();
            let read: Sailor = tx.get(first.id).await.unwrap();
            let blank = [json!([null, []]), Value::Null, Value::Null, Value::Null];
            let mut seen = told(&first);
            for (at, right) in rights.iter().enumerate() {
                if *right == Some(FieldRight::Hidden) {
                    seen[at] = blank[at].clone();
                }
            }
            assert_eq!(told(&read), seen, "{rights:?} are read");
            let back = tx.update(&Sailor { name: format!("{rights:?}"), ..read.clone() }).await.unwrap();
            assert_eq!((told(&back), back.version), (seen, read.version + 1), "{rights:?} are answered");
            for (name, right) in NAMES.iter().zip(rights) {
                let written = tx.update(&with(&back, name, "x")).await;
                assert_eq!(
                    matches!(written, Err(Error::Refused(_))),
                    right.is_some(),
                    "{name} of {rights:?} is changed"
                );
                let new = Sailor {
                    id: SailorId::new(),
                    email: None,
                    emails: Json(Vec::new()),
                    note: None,
                    custom: Json(Map::new()),
                    ..first.clone()
                };
                let made = tx.insert(&with(&new, name, "x")).await;
                assert_eq!(made.is_err(), right.is_some(), "{name} of {rights:?} is given");
                if right.is_none() {
                    break;
                }
            }
            drop(tx);
            let mut tx = store.begin(&seeing(&whole, rights)).await.unwrap();
            let read: Sailor = tx.get(first.id).await.unwrap();
            tx.update(&Sailor { name: "Back".into(), ..read }).await.unwrap();
            tx.commit().await.unwrap();
            let kept: Sailor = store.read(&whole).await.unwrap().get(first.id).await.unwrap();
            assert_eq!((told(&kept), kept.name.as_str()), (told(&first), "Back"), "{rights:?} are kept");
        }
    }
}
