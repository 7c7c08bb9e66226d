//! What `keys.rs` promises, on both databases. PostgreSQL is tried where `TEST_DATABASE_URL` names one.

use std::sync::Arc;

use kernel::{BlindIndex, Caller, Can, Sealed, TenantId, Uuid, id::Id, permissions};

use super::*;
use crate::{Error, Sql, Store, StoreOptions, record, sql, tests::stores};

mod files;
mod rotating;

permissions! { Work = "work.do": []; }
kernel::id!(PaperId, "pap");

record! {
    struct Paper in thing { id: PaperId, name: Option<Sealed>, name_index: BlindIndex, other: Option<Sealed>, plain: String }
}

fn can(tenant: TenantId) -> Can<Work> {
    Can::check(Arc::new(Caller::system(tenant))).unwrap()
}

async fn paper_table(store: &Store) {
    let ddl = "CREATE TABLE thing (tenant_id UUID NOT NULL, id UUID NOT NULL, name BYTEA, name_index BYTEA, other BYTEA, plain TEXT NOT NULL,\n CONSTRAINT thing_pkey PRIMARY KEY (tenant_id, id)\n);";
    store.script_for_tests(ddl).await;
}

/// Writes a paper whose name is sealed, for a tenant.
async fn write(store: &Store, tenant: TenantId, name: &str) -> PaperId {
    let paper = Paper {
        id: PaperId::new(),
        name: Some(Sealed::new(name)),
        name_index: BlindIndex,
        other: None,
        plain: "open".into(),
    };
    let mut tx = store.begin(&can(tenant)).await.unwrap();
    tx.insert(&paper).await.unwrap();
    tx.commit().await.unwrap();
    paper.id
}

async fn read(store: &Store, tenant: TenantId, id: PaperId) -> Result<Paper, Error> {
    store.read(&can(tenant)).await.unwrap().get(id).await
}

async fn change(store: &Store, tenant: TenantId, statement: Sql) {
    let mut tx = store.begin(&can(tenant)).await.unwrap();
    assert_eq!(tx.execute(statement).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

#[track_caller]
fn refused(answer: Result<Paper, Error>, column: &str) {
    assert!(matches!(&answer, Err(Error::Sealed { table: "thing", column: c, .. }) if *c == column), "{answer:?}");
    let told = kernel::Error::from(answer.unwrap_err());
    assert!(matches!(told, kernel::Error::Internal { .. }), "the user is told nothing: {told:?}");
}

#[tokio::test]
async fn p176_a_sealed_field_is_ciphertext_in_its_row_and_itself_in_its_record() {
    for (store, _dir) in stores().await {
        paper_table(&store).await;
        let tenant = TenantId::new();
        let id = write(&store, tenant, "EKU9003173C9").await;
        let paper = read(&store, tenant, id).await.unwrap();
        assert_eq!(paper.name.as_ref().unwrap().reveal(), "EKU9003173C9");
        assert_eq!(format!("{paper:?}").matches("EKU").count(), 0, "nothing shows it by accident");
        assert_eq!(serde_json::to_value(&paper).unwrap()["name"], "*********3C9");
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        let (stored,): (Vec<u8>,) = tx.one(Sql::new("SELECT name FROM thing")).await.unwrap();
        assert!(!stored.windows(3).any(|w| w == b"EKU"));
        let index = tx.blind_index("thing", "name", "EKU9003173C9").await.unwrap();
        let found = tx.select::<Paper>().and("thing.name_index =", index);
        assert_eq!(tx.all::<Paper>(found.clone()).await.unwrap().len(), 1, "found by the whole text");
        let renamed = tx.update(&Paper { name: Some(Sealed::new("B58378431")), ..paper }).await.unwrap();
        assert_eq!(renamed.name.as_ref().unwrap().reveal(), "B58378431");
        assert!(tx.all::<Paper>(found).await.unwrap().is_empty(), "the index follows the text");
        tx.update(&Paper { name: None, ..renamed }).await.unwrap();
        let (cleared,): (i64,) =
            tx.one(Sql::new("SELECT count(*) FROM thing WHERE name IS NULL AND name_index IS NULL")).await.unwrap();
        assert_eq!(cleared, 1);
        let spilt = tx.execute(sql!("UPDATE thing SET plain = {}", Sealed::new("B58378431"))).await;
        assert!(matches!(spilt, Err(Error::Statement { .. })), "only a record takes it: {spilt:?}");
    }
}

#[tokio::test]
async fn p086_a_ciphertext_moved_to_another_row_column_or_tenant_does_not_open() {
    for (store, _dir) in stores().await {
        paper_table(&store).await;
        let (tenant, stranger) = (TenantId::new(), TenantId::new());
        let (one, two) = (write(&store, tenant, "one").await, write(&store, tenant, "two").await);
        let theirs = write(&store, stranger, "theirs").await;
        let mut tx = store.read(&can(tenant)).await.unwrap();
        let (sealed,): (Vec<u8>,) = tx.one(sql!("SELECT name FROM thing WHERE id = {}", one.uuid())).await.unwrap();
        drop(tx);

        change(&store, tenant, sql!("UPDATE thing SET name = {} WHERE id = {}", sealed.clone(), two.uuid())).await;
        refused(read(&store, tenant, two).await, "name");
        change(
            &store,
            tenant,
            sql!("UPDATE thing SET name = NULL, other = {} WHERE id = {}", sealed.clone(), one.uuid()),
        )
        .await;
        refused(read(&store, tenant, one).await, "other");
        change(&store, stranger, sql!("UPDATE thing SET name = {} WHERE id = {}", sealed.clone(), theirs.uuid())).await;
        refused(read(&store, stranger, theirs).await, "name");
        // The very row, under the other tenant: its id is free there.
        let moved = sql!(
            "INSERT INTO thing (tenant_id, id, name, plain) VALUES ({}, {}, {}, 'x')",
            stranger,
            one.uuid(),
            sealed.clone()
        );
        change(&store, stranger, moved).await;
        refused(read(&store, stranger, one).await, "name");
        // Back in its place it opens.
        let back = sql!(
            "UPDATE thing SET other = NULL, name = {} WHERE id = {} AND tenant_id = {}",
            sealed,
            one.uuid(),
            tenant
        );
        change(&store, tenant, back).await;
        assert_eq!(read(&store, tenant, one).await.unwrap().name.unwrap().reveal(), "one");
    }
}

#[tokio::test]
async fn p086_a_changed_bit_anywhere_is_noticed() {
    for (store, _dir) in stores().await {
        let tenant = TenantId::new();
        let place = Place { table: "thing", column: "name", row: Uuid::now_v7() };
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        let sealed = tx.seal(place, b"plain").await.unwrap();
        for byte in 0..sealed.len() {
            let mut spoilt = sealed.clone();
            spoilt[byte] ^= 1;
            assert!(matches!(tx.open(place, &spoilt).await, Err(Error::Sealed { .. })), "byte {byte}");
        }
        assert!(tx.open(place, &sealed[..sealed.len() - 1]).await.is_err());
        assert!(tx.open(place, &[]).await.is_err());
        assert_eq!(tx.open(place, &sealed).await.unwrap().as_slice(), b"plain");
        assert_ne!(tx.seal(place, b"plain").await.unwrap(), sealed, "twice the same text is not twice the same bytes");
    }
}

#[tokio::test]
async fn p176_an_index_is_equal_for_equal_texts_of_one_column_and_tenant_only() {
    for (store, _dir) in stores().await {
        let tenant = TenantId::new();
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        let index = tx.blind_index("company", "tax_id", "B58378431").await.unwrap();
        assert_eq!(index.len(), 16);
        assert_eq!(tx.blind_index("company", "tax_id", "B58378431").await.unwrap(), index);
        assert_ne!(tx.blind_index("company", "tax_id", "B58378432").await.unwrap(), index);
        assert_ne!(tx.blind_index("tenant", "tax_id", "B58378431").await.unwrap(), index);
        assert_ne!(*tx.derive_key("audit").await.unwrap(), *tx.derive_key("search").await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = store.read(&can(tenant)).await.unwrap();
        assert_eq!(
            tx.blind_index("company", "tax_id", "B58378431").await.unwrap(),
            index,
            "also in the next transaction"
        );
        let mut tx = store.read(&can(TenantId::new())).await.unwrap();
        assert_ne!(tx.blind_index("company", "tax_id", "B58378431").await.unwrap(), index);
    }
}

#[tokio::test]
async fn a_key_that_was_rolled_back_is_not_used_and_one_that_was_destroyed_opens_nothing() {
    for (store, _dir) in stores().await {
        paper_table(&store).await;
        let tenant = TenantId::new();
        let mut undone = store.begin(&can(tenant)).await.unwrap();
        let place = Place { table: "thing", column: "name", row: Uuid::now_v7() };
        undone.seal(place, b"x").await.unwrap();
        drop(undone);
        let id = write(&store, tenant, "kept").await;
        let other = Store::open(
            &store.url_for_tests(),
            StoreOptions { keys: store.keys().ring.clone(), ..StoreOptions::default() },
        );
        let other = other.unwrap();
        assert_eq!(read(&other, tenant, id).await.unwrap().name.unwrap().reveal(), "kept", "another node reads it");
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        assert_eq!(tx.destroy_keys().await.unwrap(), 1);
        assert!(matches!(tx.seal(place, b"x").await, Err(Error::Key { .. })), "nothing is sealed after that");
        tx.commit().await.unwrap();
        refused(read(&store, tenant, id).await, "name");
    }
}

#[tokio::test]
async fn two_who_seal_first_for_a_tenant_agree_on_one_key() {
    for (store, _dir) in stores().await {
        paper_table(&store).await;
        let tenant = TenantId::new();
        let ids = futures::future::join_all((0..8).map(|_| write(&store, tenant, "same"))).await;
        for id in ids {
            assert_eq!(read(&store, tenant, id).await.unwrap().name.unwrap().reveal(), "same");
        }
        let mut tx = store.read(&can(tenant)).await.unwrap();
        assert_eq!(tx.count(Sql::new("SELECT count(*) FROM tenant_key")).await.unwrap(), 1);
    }
}
