//! The promises of `lib.rs`, on both databases. PostgreSQL is tried where `TEST_DATABASE_URL` names one.

mod batch;
mod fields;
mod reach;

use std::sync::Arc;

use kernel::{Caller, Can, Change, Event, PageRequest, TenantId, permissions};

use crate::{search::Document, *};

permissions! { pub(crate) Work = "work.do": []; }
kernel::id!(pub(crate) ThingId, "thi");

record! {
    struct Thing in thing { id: ThingId, version: i64, name: String, price: kernel::Decimal, open: bool,
        day: Option<chrono::NaiveDate>, created_at: chrono::DateTime<chrono::Utc>, updated_at: chrono::DateTime<chrono::Utc> }
}

/// Options with keys of their own.
pub(crate) fn options() -> StoreOptions {
    StoreOptions { keys: KeyRing::in_memory(), ..StoreOptions::default() }
}

/// Fresh stores: always SQLite, and PostgreSQL when there is one.
pub(crate) async fn stores() -> Vec<(Store, Option<tempfile::TempDir>)> {
    let stores = empty_stores().await;
    for (store, _) in &stores {
        store.migrate().await.unwrap();
        assert_eq!(store.migrate().await.unwrap().applied, 0, "a second start finds nothing to do");
    }
    stores
}

/// A further node on the database of a store, with the same keys.
pub(crate) fn node(store: &Store) -> Store {
    let options = StoreOptions { keys: store.keys().ring.clone(), ..StoreOptions::default() };
    Store::open(&store.url_for_tests(), options).unwrap()
}

/// The same before their first migration.
pub(crate) async fn empty_stores() -> Vec<(Store, Option<tempfile::TempDir>)> {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("omb.db").display()).parse().unwrap();
    let mut stores = vec![(Store::open(&url, options()).unwrap(), Some(dir))];
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        let name = format!("t{}", kernel::Uuid::now_v7().simple());
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        let mut address = PostgresAddress::parse(&url).unwrap();
        address.config.dbname(&name);
        let url = DatabaseUrl::Postgres(Box::new(address));
        stores.push((Store::open(&url, options()).unwrap(), None));
    }
    stores
}

fn can() -> Can<Work> {
    Can::check(Arc::new(Caller::system(TenantId::new()))).unwrap()
}

/// A table of the test's own, made by the owner and open to the app's role.
async fn thing_table(store: &Store) {
    let ddl = "CREATE TABLE thing (tenant_id UUID NOT NULL, id UUID NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, price NUMERIC NOT NULL, open BOOLEAN NOT NULL, day DATE, created_at TIMESTAMPTZ NOT NULL, updated_at TIMESTAMPTZ NOT NULL,\n CONSTRAINT thing_pkey PRIMARY KEY (tenant_id, id), CONSTRAINT thing_name_key UNIQUE (tenant_id, name)\n);";
    store.script_for_tests(ddl).await;
}

fn thing(name: &str, store: &Store) -> Thing {
    let now = store.clock().now();
    let price = "1234567890123456.7891".parse().unwrap();
    Thing {
        id: ThingId::new(),
        version: 1,
        name: name.into(),
        price,
        open: true,
        day: Some(now.date_naive()),
        created_at: now,
        updated_at: now,
    }
}

#[tokio::test]
async fn a_record_comes_back_as_it_was_written_and_a_second_editor_is_told() {
    for (store, _dir) in stores().await {
        thing_table(&store).await;
        let can = can();
        let written = thing("Año", &store);
        let mut tx = store.begin(&can).await.unwrap();
        tx.insert(&written).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = store.begin(&can).await.unwrap();
        let read: Thing = tx.get(written.id).await.unwrap();
        assert_eq!(
            (read.price, read.day, read.created_at, read.open),
            (written.price, written.day, written.created_at, true)
        );
        let updated = tx.update(&Thing { name: "New".into(), ..read.clone() }).await.unwrap();
        assert_eq!(updated.version, 2);
        assert!(matches!(tx.update(&read).await, Err(Error::Stale)));
        tx.commit().await.unwrap();
        let mut other = store.read(&self::can()).await.unwrap();
        assert!(other.find::<Thing>(written.id).await.unwrap().is_none(), "another tenant does not find it");
    }
}

#[tokio::test]
async fn a_violated_rule_has_one_name_on_both_databases() {
    for (store, _dir) in stores().await {
        thing_table(&store).await;
        let mut tx = store.begin(&can()).await.unwrap();
        tx.insert(&thing("one", &store)).await.unwrap();
        let refused = tx.insert(&thing("one", &store)).await;
        assert!(matches!(&refused, Err(Error::Unique { constraint }) if constraint == "thing_name_key"), "{refused:?}");
    }
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing_behind() {
    for (store, _dir) in stores().await {
        thing_table(&store).await;
        let can = can();
        for _ in 0..40 {
            let mut tx = store.begin(&can).await.unwrap();
            tx.insert(&thing("gone", &store)).await.unwrap();
        }
        let mut tx = store.begin(&can).await.unwrap();
        assert_eq!(tx.count(Sql::new("SELECT count(*) FROM thing")).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repeat() {
    const SORTS: &[Sort] = &[
        Sort::ascending("name", "name", SortKind::Text),
        Sort::descending("created_at", "created_at", SortKind::Time),
    ];
    for (store, _dir) in stores().await {
        thing_table(&store).await;
        let can = can();
        let mut tx = store.begin(&can).await.unwrap();
        for i in 0..25 {
            tx.insert(&thing(&format!("n{i:02}"), &store)).await.unwrap();
        }
        tx.commit().await.unwrap();
        for sort in ["name", "-name", "created_at", "-created_at"] {
            let mut request = PageRequest { limit: Some(10), sort: Some(sort.into()), ..PageRequest::default() };
            let mut seen = Vec::new();
            loop {
                let mut tx = store.read(&can).await.unwrap();
                let select = tx.select::<Thing>();
                let page = tx.page::<Thing>(select, SORTS, &request).await.unwrap();
                seen.extend(page.items.into_iter().map(|t| t.name));
                request.cursor = page.next_cursor;
                if request.cursor.is_none() {
                    break;
                }
            }
            let mut sorted = seen.clone();
            sorted.sort();
            if sort.starts_with('-') {
                sorted.reverse();
            }
            assert_eq!(seen.len(), 25);
            assert_eq!(seen, sorted, "{sort}");
        }
    }
}

#[tokio::test]
async fn search_finds_beginnings_of_words_without_accents_and_only_ones_own() {
    for (store, _dir) in stores().await {
        let can = can();
        let mut tx = store.begin(&can).await.unwrap();
        let id = ThingId::new();
        tx.index(Document::new("thing", id, "Peluquería Añil S.L.").text(Some("hola@anil.es"))).await.unwrap();
        tx.index(Document::new("thing", id, "Peluquería Añil S.L.").text(Some("hola@anil.es"))).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = store.read(&can).await.unwrap();
        for text in ["peluq", "anil pel", "HOLA@anil", "ÁÑIL"] {
            assert_eq!(tx.search(text, &["thing"], 5).await.unwrap().len(), 1, "{text}");
        }
        assert!(tx.search("peluq OR nothing \" ) *", &["thing"], 5).await.unwrap().is_empty());
        assert!(tx.search("peluq", &["other"], 5).await.unwrap().is_empty());
        let mut other = store.read(&self::can()).await.unwrap();
        assert!(other.search("peluq", &["thing"], 5).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn audit_and_events_stand_and_fall_with_their_change() {
    for (store, _dir) in stores().await {
        let can = can();
        let mut heard = store.committed();
        let id = ThingId::new();
        let mut lost = store.begin(&can).await.unwrap();
        lost.emit(Event::new("thing.made", id)).await.unwrap();
        drop(lost);
        let mut tx = store.begin(&can).await.unwrap();
        let before = thing("a", &store);
        tx.audit(Change::new("thing.update", id).before(&before).after(&Thing { name: "b".into(), ..before.clone() }))
            .await
            .unwrap();
        tx.emit(Event::new("thing.changed", id)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(heard.recv().await.unwrap().events, [("thing.changed", id.to_string())]);
        let mut tx = store.read(&can).await.unwrap();
        let timeline = tx.timeline(vec![id.to_string()], &WantedEvents::default(), None, 10).await.unwrap();
        assert_eq!(timeline.len(), 1);
        let (changes,): (serde_json::Value,) = tx.one(Sql::new("SELECT changes FROM audit_detail")).await.unwrap();
        assert_eq!(changes, serde_json::json!({ "name": ["a", "b"] }));
    }
}
