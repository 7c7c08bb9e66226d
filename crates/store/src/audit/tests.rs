//! Promise P180: whatever somebody does to a trail in the database itself, the walk along its chain names it. Each
//! attack is made as the owner of the database, without the key.

use std::sync::Arc;

use kernel::{Actor, Caller, Can, Change, MemberId, Origin, TenantId};
use serde_json::json;

use crate::{
    audit::{Check, Head, Report, What},
    tests::{ThingId, Work, node, stores},
    *,
};

/// A chain of so many entries, sealed.
async fn chain(store: &Store, entries: usize) -> TenantId {
    let tenant = TenantId::new();
    write(store, tenant, entries).await;
    assert_eq!(store.seal(tenant).await.unwrap(), entries as u64);
    tenant
}

fn caller(tenant: TenantId) -> Arc<Caller> {
    let origin = Origin { ip: Some([192, 0, 2, 7].into()), user_agent: Some("Test".into()), ..Origin::default() };
    Arc::new(Caller { origin, ..Caller::system(tenant) })
}

async fn write(store: &Store, tenant: TenantId, entries: usize) {
    let can: Can<Work> = Can::check(caller(tenant)).unwrap();
    for i in 0..entries {
        let mut tx = store.begin(&can).await.unwrap();
        let was = json!({ "name": "Añil \"1\"", "kept": true, "amount": "12.50", "list": [{ "b": 1, "a": null }] });
        let is = json!({ "name": format!("b{i}"), "kept": true, "amount": "0.10", "list": [] });
        tx.audit(Change::new("thing.update", ThingId::new()).before(&was).after(&is)).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn proof(store: &Store, tenant: TenantId) -> Report {
    store.verify_audit(tenant, Check::default()).await.unwrap()
}

async fn found(store: &Store, tenant: TenantId) -> (What, Option<i64>) {
    let broken = proof(store, tenant).await.broken.expect("the walk finds it");
    (broken.what, broken.seq)
}

#[tokio::test]
async fn p180_a_sealed_chain_is_proven_from_end_to_end_and_page_by_page() {
    for (store, _dir) in stores().await {
        let tenant = chain(&store, 7).await;
        let whole = proof(&store, tenant).await;
        assert!(whole.complete && whole.broken.is_none());
        assert_eq!((whole.checked, whole.erased, whole.waiting, whole.from_before), (7, 0, 0, 0));
        let (head, _) = store.audit_head(tenant).await.unwrap().unwrap();
        assert_eq!(head, whole.proven);
        assert_eq!(head.to_string().parse::<Head>().unwrap(), head);
        write(&store, tenant, 3).await;
        assert_eq!(proof(&store, tenant).await.waiting, 3);
        store.seal_committed().await.unwrap();
        let rest = Check { from: Some(head.clone()), witness: Some(head), limit: None };
        let rest = store.verify_audit(tenant, rest).await.unwrap();
        assert_eq!((rest.checked, rest.proven.seq, rest.complete), (3, 10, true));
        let other = proof(&store, TenantId::new()).await;
        assert!(other.complete && other.checked == 0, "a tenant without a trail has a whole one");
    }
}

#[tokio::test]
async fn p180_a_changed_entry_is_named() {
    for column in ["action = 'thing.read'", "actor_id = 'mem_x'", "fields = '[]'", "detail_digest = NULL"] {
        for (store, _dir) in stores().await {
            let tenant = chain(&store, 5).await;
            store.attack(&format!("UPDATE audit_entry SET {column} WHERE seq = 3;")).await;
            assert_eq!(found(&store, tenant).await, (What::Changed, Some(3)), "{column}");
        }
    }
    for (store, _dir) in stores().await {
        let tenant = chain(&store, 5).await;
        store.attack("UPDATE audit_entry SET subject = 'thi_x' WHERE seq = 5;").await;
        assert_eq!(found(&store, tenant).await, (What::Changed, Some(5)), "the last one too");
    }
}

#[tokio::test]
async fn p180_a_cut_entry_is_named() {
    for (store, _dir) in stores().await {
        let tenant = chain(&store, 5).await;
        store
            .attack(
                "DELETE FROM audit_detail WHERE entry_id = (SELECT id FROM audit_entry WHERE seq = 3); \
                 DELETE FROM audit_entry WHERE seq = 3;",
            )
            .await;
        assert_eq!(found(&store, tenant).await, (What::Missing, Some(3)));
    }
}

#[tokio::test]
async fn p180_two_swapped_entries_are_named() {
    for (store, _dir) in stores().await {
        for (a, b) in [(2, 3), (2, 5)] {
            let tenant = chain(&store, 6).await;
            let swap = format!(
                "UPDATE audit_entry SET seq = -1 WHERE seq = {a}; UPDATE audit_entry SET seq = {a} WHERE seq = {b}; \
                 UPDATE audit_entry SET seq = {b} WHERE seq = -1;"
            );
            store.attack(&swap).await;
            assert_eq!(found(&store, tenant).await, (What::Reordered, Some(a)));
            let seals = format!(
                "CREATE TABLE kept AS SELECT seq, mac FROM audit_entry WHERE seq IN ({a}, {b}); \
                 UPDATE audit_entry SET mac = (SELECT mac FROM kept WHERE kept.seq = {a} + {b} - audit_entry.seq) \
                 WHERE seq IN ({a}, {b}); DROP TABLE kept;"
            );
            store.attack(&seals).await;
            assert_eq!(found(&store, tenant).await, (What::Reordered, Some(a)), "with their seals put right again");
            store.attack("DELETE FROM audit_detail; DELETE FROM audit_entry; DELETE FROM audit_head;").await;
        }
    }
}

/// A copy of the entry at place 5, with other columns.
fn copy(store: &Store, seq: &str, mac: &str) -> String {
    let (id, mac) = match store.kind() {
        "sqlite" => ("randomblob(16)", format!("x'{mac}'")),
        _ => ("gen_random_uuid()", format!("'\\x{mac}'::bytea")),
    };
    format!(
        "INSERT INTO audit_entry (tenant_id, id, at, actor_kind, actor_id, action, subject, fields, detail_digest, seq, mac) \
         SELECT tenant_id, {id}, at, actor_kind, actor_id, action, subject, fields, detail_digest, {seq}, {mac} \
         FROM audit_entry WHERE seq = 5;"
    )
}

#[tokio::test]
async fn p180_an_entry_forged_without_the_key_is_named() {
    let mac = "5a".repeat(32);
    for (store, _dir) in stores().await {
        let tenant = chain(&store, 5).await;
        store.attack(&copy(&store, "6", &mac)).await;
        assert_eq!(found(&store, tenant).await, (What::Forged, Some(6)), "behind the head");
        store.attack("UPDATE audit_entry SET seq = 7 WHERE seq = 6; UPDATE audit_head SET seq = 7;").await;
        assert_eq!(found(&store, tenant).await, (What::Missing, Some(6)));
    }
    for (store, _dir) in stores().await {
        let tenant = chain(&store, 6).await;
        store.attack("DELETE FROM audit_detail WHERE entry_id = (SELECT id FROM audit_entry WHERE seq = 4);").await;
        store.attack("DELETE FROM audit_entry WHERE seq = 4;").await;
        store.attack(&copy(&store, "4", &mac)).await;
        assert_eq!(found(&store, tenant).await, (What::Forged, Some(4)), "in the place of another");
    }
}

#[tokio::test]
async fn p180_what_this_program_did_not_write_is_never_sealed() {
    for (store, _dir) in stores().await {
        for mac in ["00".repeat(32), String::new()] {
            let tenant = chain(&store, 5).await;
            store.attack(&copy(&store, "NULL", &mac)).await;
            write(&store, tenant, 2).await;
            assert_eq!(store.seal(tenant).await.unwrap(), 2, "what is ours is sealed around it");
            assert_eq!(found(&store, tenant).await, (What::Forged, None));
            let head = proof(&store, tenant).await.proven;
            assert_eq!(head.seq, 7);
            store.attack("DELETE FROM audit_detail; DELETE FROM audit_entry; DELETE FROM audit_head;").await;
        }
        // Nor one that pretends to be from before there was a chain.
        let tenant = chain(&store, 5).await;
        store.attack(&copy(&store, "NULL", "")).await;
        store.attack("UPDATE audit_entry SET mac = NULL, detail_digest = NULL WHERE seq IS NULL;").await;
        assert_eq!(store.seal(tenant).await.unwrap(), 0);
        assert_eq!(found(&store, tenant).await, (What::Forged, None));
    }
}

#[tokio::test]
async fn p180_changed_values_are_named_and_erased_ones_leave_the_chain_whole() {
    for (store, _dir) in stores().await {
        let tenant = chain(&store, 4).await;
        let detail = "entry_id = (SELECT id FROM audit_entry WHERE seq = 2)";
        store.attack(&format!("DELETE FROM audit_detail WHERE {detail};")).await;
        let report = proof(&store, tenant).await;
        assert_eq!((report.complete, report.broken, report.erased, report.checked), (true, None, 1, 4));
        store
            .attack(
                "UPDATE audit_detail SET ip = '192.0.2.8' WHERE entry_id = (SELECT id FROM audit_entry WHERE seq = 3);",
            )
            .await;
        assert_eq!(found(&store, tenant).await, (What::DetailChanged, Some(3)));
    }
}

#[tokio::test]
async fn x07_erasing_a_persons_values_takes_them_and_keeps_that_something_was_done() {
    for (store, _dir) in stores().await {
        let tenant = TenantId::new();
        let (about, actor) = (ThingId::new(), MemberId::new());
        for (actor, subject) in
            [(Actor::System, about), (Actor::Member(actor), ThingId::new()), (Actor::System, ThingId::new())]
        {
            let caller = Caller { actor, grants: kernel::Grants::of(["work.do"]), ..(*caller(tenant)).clone() };
            let mut tx = store.begin(&Can::<Work>::check(Arc::new(caller)).unwrap()).await.unwrap();
            let is = json!({ "name": "Ada Lovelace" });
            tx.audit(Change::new("thing.create", subject).after(&is)).await.unwrap();
            tx.commit().await.unwrap();
        }
        store.seal(tenant).await.unwrap();
        let can: Can<Work> = Can::check(caller(tenant)).unwrap();
        let mut tx = store.begin(&can).await.unwrap();
        assert_eq!(tx.erase_audit_details(&about.to_string()).await.unwrap(), 1);
        assert_eq!(tx.erase_audit_details(&actor.to_string()).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let mut tx = store.read(&can).await.unwrap();
        assert_eq!(tx.count(Sql::new("SELECT count(*) FROM audit_detail")).await.unwrap(), 1);
        assert_eq!(tx.count(Sql::new("SELECT count(*) FROM audit_entry")).await.unwrap(), 3);
        let report = proof(&store, tenant).await;
        assert_eq!((report.complete, report.broken, report.erased), (true, None, 2));
    }
}

#[tokio::test]
async fn p180_a_cut_tail_is_shown_by_its_head_or_by_a_witness() {
    for (store, _dir) in stores().await {
        let tenant = chain(&store, 6).await;
        let (witness, _) = store.audit_head(tenant).await.unwrap().unwrap();
        let early = Check { limit: Some(1), ..Check::default() };
        assert!(store.verify_audit(tenant, early).await.unwrap().proven.seq == 6, "a limit ends after a page");
        let cut = "DELETE FROM audit_detail WHERE entry_id IN (SELECT id FROM audit_entry WHERE seq > 4); \
                   DELETE FROM audit_entry WHERE seq > 4;";
        store.attack(cut).await;
        assert_eq!(found(&store, tenant).await, (What::TailCut, Some(5)));
        let back = "UPDATE audit_head SET seq = 4, mac = (SELECT mac FROM audit_entry WHERE seq = 4);";
        store.attack(back).await;
        assert!(proof(&store, tenant).await.broken.is_none(), "a cut together with its head shows only to a witness");
        let witnessed = |witness: &Head| Check { witness: Some(witness.clone()), ..Check::default() };
        let broken = store.verify_audit(tenant, witnessed(&witness)).await.unwrap().broken.unwrap();
        assert_eq!((broken.what, broken.seq), (What::TailCut, Some(6)));
        // And when the cut has been filled with other entries since.
        write(&store, tenant, 4).await;
        store.seal(tenant).await.unwrap();
        assert!(proof(&store, tenant).await.broken.is_none());
        let broken = store.verify_audit(tenant, witnessed(&witness)).await.unwrap().broken.unwrap();
        assert_eq!((broken.what, broken.seq), (What::Rewritten, Some(6)));
        let from = Check { from: Some(witness), ..Check::default() };
        assert_eq!(store.verify_audit(tenant, from).await.unwrap().broken.unwrap().what, What::Rewritten);
        store.attack("DELETE FROM audit_head;").await;
        assert_eq!(found(&store, tenant).await.0, What::TailCut, "a chain without its head");
    }
}

#[tokio::test]
async fn p180_without_the_key_a_chain_can_be_neither_extended_nor_proven() {
    for (store, _dir) in stores().await {
        let tenant = chain(&store, 3).await;
        let options = StoreOptions { keys: KeyRing::in_memory(), ..StoreOptions::default() };
        let stranger = Store::open(&store.url_for_tests(), options).unwrap();
        let mut tx = stranger.open_as(caller(tenant), false).await.unwrap();
        assert!(tx.audit(Change::new("thing.update", ThingId::new())).await.is_err());
        drop(tx);
        assert!(stranger.verify_audit(tenant, Check::default()).await.is_err());
        // With a key of its own making in place of the tenant's, every seal is wrong.
        store.attack("DELETE FROM tenant_key;").await;
        let fresh = node(&store);
        write(&fresh, tenant, 1).await;
        assert_eq!(found(&fresh, tenant).await.1, Some(1));
    }
}

#[tokio::test]
async fn p180_two_nodes_seal_one_chain_while_both_write() {
    for (store, _dir) in stores().await {
        let tenant = TenantId::new();
        let nodes = [store.clone(), node(&store)];
        let mut tasks = Vec::new();
        for turn in 0..6 {
            let node = nodes[turn % nodes.len()].clone();
            tasks.push(tokio::spawn(async move { write(&node, tenant, 15).await }));
        }
        let sealers: Vec<_> = nodes
            .iter()
            .cloned()
            .map(|node| {
                tokio::spawn(async move {
                    loop {
                        node.seal(tenant).await.unwrap();
                        tokio::task::yield_now().await;
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        for sealer in sealers {
            sealer.abort();
            let ended = sealer.await;
            assert!(ended.is_err_and(|e| e.is_cancelled()), "a sealer met the other one's work");
        }
        store.seal(tenant).await.unwrap();
        let report = proof(&nodes[1], tenant).await;
        assert_eq!((report.broken, report.checked, report.waiting, report.complete), (None, 90, 0, true));
    }
}

#[tokio::test]
async fn p180_a_second_sealer_waits_for_the_first_and_then_finds_its_work_done() {
    for (store, _dir) in stores().await {
        let tenant = chain(&store, 2).await;
        write(&store, tenant, 3).await;
        let mut first = store.open_as(caller(tenant), false).await.unwrap();
        assert_eq!(super::seal::seal_batch(&mut first, &mut kernel::Uuid::nil()).await.unwrap(), 3);
        let other = node(&store);
        let mut second = tokio::spawn(async move {
            let mut tx = other.open_as(caller(tenant), false).await.unwrap();
            let sealed = super::seal::seal_batch(&mut tx, &mut kernel::Uuid::nil()).await;
            tx.commit().await.unwrap();
            sealed
        });
        let early = tokio::time::timeout(std::time::Duration::from_millis(500), &mut second).await;
        assert!(early.is_err(), "it did not wait");
        first.commit().await.unwrap();
        assert_eq!(second.await.unwrap().unwrap(), 0);
        assert_eq!(proof(&store, tenant).await.checked, 5);
    }
}

#[tokio::test]
async fn p180_what_was_committed_when_a_node_died_is_sealed_by_the_next() {
    for (store, _dir) in stores().await {
        let tenant = chain(&store, 2).await;
        write(&store, tenant, 3).await;
        // A sealer that dies half-way leaves nothing of its work.
        let mut tx = store.open_as(caller(tenant), false).await.unwrap();
        super::seal::seal_batch(&mut tx, &mut kernel::Uuid::nil()).await.unwrap();
        drop(tx);
        let next = node(&store);
        drop(store);
        assert_eq!(proof(&next, tenant).await.waiting, 3);
        assert_eq!(next.seal_committed().await.unwrap(), 0, "the next knows nothing of it");
        assert_eq!(next.seal_all().await.unwrap(), 3, "and finds it");
        let report = proof(&next, tenant).await;
        assert_eq!((report.broken, report.checked), (None, 5));
    }
}

#[tokio::test]
async fn p180_the_program_itself_may_only_add_on_postgresql() {
    for (store, _dir) in stores().await.into_iter().filter(|(store, _)| store.kind() == "postgres") {
        let tenant = chain(&store, 2).await;
        write(&store, tenant, 1).await;
        for (statement, refused) in [
            ("UPDATE audit_entry SET action = 'x'", true),
            ("UPDATE audit_entry SET detail_digest = NULL WHERE seq IS NULL", true),
            // What the policy lets through, the column's grant does not.
            ("UPDATE audit_entry SET seq = 3, mac = '\\x00', action = 'x' WHERE seq IS NULL", true),
            ("DELETE FROM audit_entry", true),
            ("UPDATE audit_detail SET changes = '{}'", true),
            ("DELETE FROM audit_head", true),
            ("UPDATE audit_entry SET seq = 1000 WHERE seq = 2", false),
            ("UPDATE audit_entry SET mac = NULL WHERE seq IS NULL", true),
        ] {
            let mut tx = store.open_as(caller(tenant), false).await.unwrap();
            let done = tx.execute(Sql::new(statement)).await;
            assert_eq!(done.is_err(), refused, "{statement}: {done:?}");
            if let Ok(touched) = done {
                assert_eq!(touched, 0, "{statement}");
            }
        }
        store.seal(tenant).await.unwrap();
        assert!(proof(&store, tenant).await.broken.is_none());
    }
}

#[tokio::test]
async fn entries_from_before_the_chain_keep_their_values_and_are_taken_into_it() {
    for (store, _dir) in crate::tests::empty_stores().await {
        store.migrate_to_for_tests(8).await;
        let tenant = TenantId::new();
        let uuid = kernel::id::Id::uuid(tenant).simple().to_string();
        for i in 0..3 {
            let text = |hex: &str| match store.kind() {
                "sqlite" => format!("x'{hex}'"),
                _ => format!("'{hex}'"),
            };
            let id = kernel::Uuid::now_v7().simple().to_string();
            store
                .attack(&format!(
                    "INSERT INTO audit_entry (tenant_id, id, at, actor_kind, action, subject, changes, ip) VALUES \
                     ({}, {}, '2026-01-01T00:00:0{i}.000000Z', 'system', 'thing.old', 'thi_{i}', \
                     '{{\"name\":[null,\"Old\"],\"age\":[1,2]}}', '192.0.2.1');",
                    text(&uuid),
                    text(&id)
                ))
                .await;
        }
        store.migrate().await.unwrap();
        assert_eq!(store.seal(tenant).await.unwrap(), 3);
        write(&store, tenant, 2).await;
        assert_eq!(store.seal(tenant).await.unwrap(), 2);
        let report = proof(&store, tenant).await;
        assert_eq!((report.broken, report.checked, report.from_before), (None, 5, 3));
        let mut tx = store.read(&Can::<Work>::check(caller(tenant)).unwrap()).await.unwrap();
        let (fields, changes, ip): (serde_json::Value, serde_json::Value, String) = tx
            .one(Sql::new(
                "SELECT fields, changes, ip FROM audit_entry JOIN audit_detail ON audit_detail.entry_id = audit_entry.id \
                 WHERE seq = 1",
            ))
            .await
            .unwrap();
        assert_eq!(fields, json!(["age", "name"]));
        assert_eq!((changes, ip.as_str()), (json!({ "name": [null, "Old"], "age": [1, 2] }), "192.0.2.1"));
        drop(tx);
        store.attack("UPDATE audit_entry SET actor_kind = 'member' WHERE seq = 2;").await;
        assert_eq!(found(&store, tenant).await, (What::Changed, Some(2)), "what they say is sealed from then on");
    }
}

#[tokio::test]
async fn p037_a_change_by_a_person_without_an_entry_is_a_mistake_of_ours() {
    for (store, _dir) in stores().await {
        let ours = |traced: bool, excused: bool| {
            let store = store.clone();
            let actor = Actor::Member(MemberId::new());
            let caller = Caller { actor, grants: kernel::Grants::of(["work.do"]), ..Caller::system(TenantId::new()) };
            tokio::spawn(async move {
                let mut tx = store.begin(&Can::<Work>::check(Arc::new(caller)).unwrap()).await.unwrap();
                let tenant = tx.tenant_id();
                let put = sql!(
                    "INSERT INTO role_grant (tenant_id, role, permission, held, updated_at) VALUES ({}, 'sales', 'x', {}, {})",
                    tenant,
                    true,
                    tx.now()
                );
                tx.execute(put).await.unwrap();
                if traced {
                    tx.audit(Change::new("role.tune", tenant)).await.unwrap();
                }
                if excused {
                    tx.leave_untraced("a test");
                }
                tx.commit().await
            })
        };
        assert!(ours(false, false).await.unwrap_err().is_panic());
        ours(true, false).await.unwrap().unwrap();
        ours(false, true).await.unwrap().unwrap();
    }
}
