//! A caller who sees a part of a table, whatever the statement.

use kernel::{FieldRights, MemberId, Noun, PageRequest, Reach, Span};

use super::*;
use crate::{Sort, SortKind};

kernel::id!(BoatId, "boa");

record! {
    struct Boat in thing { id: BoatId, version: i64, name: String, owner_id: Option<MemberId>,
        created_at: chrono::DateTime<chrono::Utc>, updated_at: chrono::DateTime<chrono::Utc> }
}

const SCOPES: &[Scope] = &[
    Scope { table: "thing", prefix: "boa", noun: Some(Noun::Deal), owners: &["owner_id"], ..Scope::BARE },
    Scope {
        table: "note",
        prefix: "not",
        through: &[Through::Named { column: "subject", prefixes: &["boa", "com"] }],
        ..Scope::BARE
    },
];

const SORTS: &[Sort] = &[Sort::ascending("name", "name", SortKind::Text)];

/// A table of boats: two of mine, one of a colleague's, one of nobody's.
struct Harbour {
    store: Store,
    whole: Can<Work>,
    mine: Can<Work>,
    team: Can<Work>,
    boats: [Boat; 4],
}

async fn harbours() -> Vec<(Harbour, Option<tempfile::TempDir>)> {
    let mut harbours = Vec::new();
    for (store, dir) in stores().await {
        let ddl = "CREATE TABLE thing (tenant_id UUID NOT NULL, id UUID NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, owner_id UUID, created_at TIMESTAMPTZ NOT NULL, updated_at TIMESTAMPTZ NOT NULL,\n CONSTRAINT thing_pkey PRIMARY KEY (tenant_id, id)\n);";
        store.script_for_tests(ddl).await;
        let options = StoreOptions { keys: store.keys().ring.clone(), scopes: SCOPES, ..StoreOptions::default() };
        let store = Store::open(&store.url_for_tests(), options).unwrap();
        let whole = can();
        let (me, colleague) = (MemberId::new(), MemberId::new());
        let seeing = |span| {
            let reach = Reach::of(me, vec![colleague], [(Noun::Deal, span)].into(), FieldRights::default());
            Can::check(Arc::new(Caller { reach, ..(**whole.caller()).clone() })).unwrap()
        };
        let now = store.clock().now();
        let boat = |name: &str, owner_id| Boat {
            id: BoatId::new(),
            version: 1,
            name: name.into(),
            owner_id,
            created_at: now,
            updated_at: now,
        };
        let boats = [boat("Ada", Some(me)), boat("Bea", Some(me)), boat("Cleo", Some(colleague)), boat("Drift", None)];
        let mut tx = store.begin(&whole).await.unwrap();
        tx.insert_all(&boats).await.unwrap();
        tx.commit().await.unwrap();
        let (mine, team) = (seeing(Span::Own), seeing(Span::Team));
        harbours.push((Harbour { store, whole, mine, team, boats }, dir));
    }
    harbours
}

async fn names(tx: &mut Tx) -> Vec<String> {
    let page = tx.page::<Boat>(tx.select::<Boat>(), SORTS, &PageRequest::default()).await.unwrap();
    page.items.into_iter().map(|boat| boat.name).collect()
}

#[tokio::test]
async fn a_list_a_count_and_a_get_find_what_is_within_reach_and_nothing_else() {
    for (harbour, _dir) in harbours().await {
        let [_, _, cleo, drift] = &harbour.boats;
        for (can, seen) in [
            (&harbour.whole, vec!["Ada", "Bea", "Cleo", "Drift"]),
            (&harbour.team, vec!["Ada", "Bea", "Cleo"]),
            (&harbour.mine, vec!["Ada", "Bea"]),
        ] {
            let mut tx = harbour.store.read(can).await.unwrap();
            assert_eq!(names(&mut tx).await, seen);
            let tenant = tx.tenant_id();
            let count = sql!("SELECT count(*) FROM thing AS t WHERE t.tenant_id = {}", tenant);
            assert_eq!(tx.count(count).await.unwrap(), seen.len() as i64);
            let own = sql!(
                "WITH named AS (SELECT name FROM thing WHERE tenant_id = {}) SELECT count(*) FROM named WHERE name > {}",
                tenant,
                "A"
            );
            assert_eq!(tx.count(own).await.unwrap(), seen.len() as i64, "also where a statement has names of its own");
            let found = tx.find::<Boat>(cleo.id).await.unwrap();
            assert_eq!(found.is_some(), seen.contains(&"Cleo"));
            assert_eq!(tx.find::<Boat>(drift.id).await.unwrap().is_some(), seen.contains(&"Drift"));
        }
    }
}

#[tokio::test]
async fn a_change_reaches_what_is_visible_and_a_lock_answers_nothing_else() {
    for (harbour, _dir) in harbours().await {
        let [ada, _, cleo, _] = &harbour.boats;
        let mut tx = harbour.store.begin(&harbour.mine).await.unwrap();
        assert!(matches!(tx.get_locked::<Boat>(cleo.id).await, Err(Error::NotFound { .. })));
        assert!(tx.get_locked::<Boat>(ada.id).await.is_ok());
        assert!(tx.update(&Boat { name: "Taken".into(), ..cleo.clone() }).await.is_err());
        assert!(!tx.delete::<Boat>(cleo.id).await.unwrap());
        let tenant = tx.tenant_id();
        let all = sql!("UPDATE thing SET name = {} WHERE tenant_id = {} OR name = {}", "Mine", tenant, "Cleo");
        assert_eq!(tx.execute(all).await.unwrap(), 2);
        tx.defer(sql!("DELETE FROM thing WHERE tenant_id = {}", tenant));
        tx.commit().await.unwrap();
        let mut tx = harbour.store.read(&harbour.whole).await.unwrap();
        assert_eq!(names(&mut tx).await, ["Cleo", "Drift"]);
    }
}

#[tokio::test]
async fn what_a_transaction_writes_it_may_read_until_it_ends() {
    for (harbour, _dir) in harbours().await {
        let [ada, ..] = &harbour.boats;
        let mut tx = harbour.store.begin(&harbour.mine).await.unwrap();
        let given = tx.update(&Boat { owner_id: None, ..ada.clone() }).await.unwrap();
        assert!(tx.find::<Boat>(ada.id).await.unwrap().is_some(), "who gives a record away is still answered it");
        tx.update(&Boat { name: "Adela".into(), ..given }).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = harbour.store.read(&harbour.mine).await.unwrap();
        assert_eq!(names(&mut tx).await, ["Bea"]);
    }
}

#[tokio::test]
async fn what_follows_records_is_as_visible_as_they_are() {
    for (harbour, _dir) in harbours().await {
        let [ada, _, cleo, _] = &harbour.boats;
        let mut tx = harbour.store.begin(&harbour.whole).await.unwrap();
        let now = tx.now();
        for subject in [
            ada.id.to_string(),
            cleo.id.to_string(),
            "com_".to_owned() + &"0".repeat(32),
            "xyz_1".into(),
            "boat.read".into(),
        ] {
            let (tenant, id) = (tx.tenant_id(), kernel::Uuid::now_v7());
            let note = sql!(
                "INSERT INTO note (tenant_id, id, version, subject, body, created_at, updated_at) VALUES ({}, {}, 1, {}, 'x', {}, {})",
                tenant,
                id,
                subject,
                now,
                now
            );
            tx.execute(note).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut tx = harbour.store.read(&harbour.mine).await.unwrap();
        let notes = sql!("SELECT subject FROM note WHERE tenant_id = {} ORDER BY id", tx.tenant_id());
        let seen: Vec<(String,)> = tx.all(notes).await.unwrap();
        let seen: Vec<&str> = seen.iter().map(|(subject,)| &subject[..3]).collect();
        assert_eq!(seen, ["boa", "com"], "of what this caller sees whole all, of what nobody knows nothing");
    }
}

#[tokio::test]
async fn beyond_reach_is_the_one_way_out_and_ends_with_its_value() {
    for (harbour, _dir) in harbours().await {
        let mut tx = harbour.store.read(&harbour.mine).await.unwrap();
        assert_eq!(names(&mut tx.beyond_reach("a test")).await.len(), 4);
        assert_eq!(names(&mut tx).await.len(), 2);
        let lock = sql!("SELECT id FROM thing WHERE tenant_id = {} FOR UPDATE", tx.tenant_id());
        assert!(tx.all::<(kernel::Uuid,)>(lock).await.is_err(), "what cannot be told apart is refused");
    }
}
