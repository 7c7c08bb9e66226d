//! Changing the master key: nothing is lost, whatever goes on meanwhile and wherever it stops.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;

/// A store with its key in a file, and another node on the same database and file.
async fn nodes(seed: &Store, folder: &std::path::Path) -> (Store, Store) {
    let open = || {
        let keys = KeyRing::file(folder.join("master.key"));
        Store::open(&seed.url_for_tests(), StoreOptions { keys, ..StoreOptions::default() }).unwrap()
    };
    let (one, two) = (open(), open());
    one.migrate().await.unwrap();
    two.migrate().await.unwrap();
    (one, two)
}

async fn wrapped_by(store: &Store) -> Vec<(String, i64)> {
    store.key_use().await.unwrap().into_iter().map(|key| (key.id, key.tenants)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p178_a_key_is_rotated_under_load_by_another_node_without_an_error() {
    for (seed, _dir) in stores().await {
        paper_table(&seed).await;
        let folder = tempfile::tempdir().unwrap();
        let (server, operator) = nodes(&seed, folder.path()).await;
        let mut old = Vec::new();
        for _ in 0..40 {
            let tenant = TenantId::new();
            old.push((tenant, write(&server, tenant, "from before").await));
        }
        let first = wrapped_by(&server).await[0].0.clone();
        let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let load: Vec<_> = (0..4)
            .map(|_| {
                let (server, stop, done, old) = (server.clone(), stop.clone(), done.clone(), old.clone());
                tokio::spawn(async move {
                    let mut written = Vec::new();
                    while !stop.load(Ordering::Relaxed) {
                        // New tenants all the time, so that keys are wrapped while the old one retires.
                        let tenant = TenantId::new();
                        let id = write(&server, tenant, "meanwhile").await;
                        written.push((tenant, id));
                        let (tenant, id) = old[done.fetch_add(1, Ordering::Relaxed) % old.len()];
                        assert_eq!(read(&server, tenant, id).await.unwrap().name.unwrap().reveal(), "from before");
                    }
                    written
                })
            })
            .collect();
        while done.load(Ordering::Relaxed) < 20 {
            tokio::task::yield_now().await;
        }
        let mut told = 0;
        let rotation = operator.rotate_master_key(|done, _| told = done).await.unwrap();
        assert!(rotation.new_key && rotation.rewrapped >= 40 && told == rotation.rewrapped, "{rotation:?}");
        let retired = loop {
            match operator.retire_master_keys().await {
                // A tenant was founded under the old key at the last moment: it is wrapped anew and nothing is lost.
                Err(RotateError::StillUsed { .. }) => drop(operator.rotate_master_key(|_, _| {}).await.unwrap()),
                other => break other.unwrap(),
            }
        };
        let at_retirement = done.load(Ordering::Relaxed);
        while done.load(Ordering::Relaxed) < at_retirement + 20 {
            tokio::task::yield_now().await;
        }
        stop.store(true, Ordering::Relaxed);
        assert_eq!(retired, [first.as_str()]);
        let mut everything = old;
        for task in load {
            everything.extend(task.await.unwrap());
        }
        let file = std::fs::read_to_string(folder.path().join("master.key")).unwrap();
        assert!(!file.contains(&first) && file.contains(&rotation.current));
        // A node that starts now knows the new key only, and opens all.
        let (fresh, _) = nodes(&seed, folder.path()).await;
        for (tenant, id) in &everything {
            assert!(read(&fresh, *tenant, *id).await.unwrap().name.is_some());
        }
        assert_eq!(wrapped_by(&fresh).await, [(rotation.current, everything.len() as i64)]);
    }
}

#[tokio::test]
async fn p178_a_rotation_that_was_cut_off_is_finished_by_the_next_one() {
    for (seed, _dir) in stores().await {
        paper_table(&seed).await;
        let folder = tempfile::tempdir().unwrap();
        let (server, operator) = nodes(&seed, folder.path()).await;
        let mut papers = Vec::new();
        for _ in 0..12 {
            let tenant = TenantId::new();
            papers.push((tenant, write(&server, tenant, "text").await));
        }
        let cut = tokio::spawn(async move {
            operator.rotate_master_key(|done, _| assert!(done < 5, "cut off")).await.map(|_| ())
        });
        assert!(cut.await.unwrap_err().is_panic());
        let uses = wrapped_by(&server).await;
        assert!(uses.len() == 2 && uses.iter().all(|(_, n)| *n > 0), "half-way: {uses:?}");
        let (fresh, operator) = nodes(&seed, folder.path()).await;
        for (tenant, id) in &papers {
            assert_eq!(read(&fresh, *tenant, *id).await.unwrap().name.unwrap().reveal(), "text", "half-way, all opens");
        }
        assert!(matches!(operator.retire_master_keys().await, Err(RotateError::StillUsed { .. })));
        let rotation = operator.rotate_master_key(|_, _| {}).await.unwrap();
        assert!(!rotation.new_key, "the same rotation goes on");
        assert_eq!(rotation.rewrapped as i64, uses[0].1);
        assert_eq!(operator.retire_master_keys().await.unwrap(), [uses[0].0.as_str()]);
        let mut audited = 0;
        for (tenant, id) in &papers {
            assert_eq!(read(&operator, *tenant, *id).await.unwrap().name.unwrap().reveal(), "text");
            let mut tx = operator.read(&can(*tenant)).await.unwrap();
            audited += tx
                .count(sql!(
                    "SELECT count(*) FROM audit_entry WHERE action = 'tenant_key.rewrap' AND tenant_id = {}",
                    *tenant
                ))
                .await
                .unwrap();
        }
        assert_eq!(audited, 12, "each tenant's trail says it once");
    }
}

#[tokio::test]
async fn p178_an_old_copy_of_the_database_does_not_open_with_the_new_key() {
    for (seed, _dir) in stores().await {
        paper_table(&seed).await;
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = nodes(&seed, folder.path()).await;
        let tenant = TenantId::new();
        let id = write(&store, tenant, "text").await;
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        let (master, wrapped): (String, Vec<u8>) =
            tx.one(Sql::new("SELECT master_key_id, wrapped FROM tenant_key")).await.unwrap();
        drop(tx);
        store.rotate_master_key(|_, _| {}).await.unwrap();
        store.retire_master_keys().await.unwrap();
        // What a stolen backup holds, put where the key is looked for, under the name of the new key.
        let _ = master;
        change(&store, tenant, sql!("UPDATE tenant_key SET wrapped = {}", wrapped)).await;
        let (fresh, _) = nodes(&seed, folder.path()).await;
        let answer = read(&fresh, tenant, id).await;
        assert!(matches!(&answer, Err(Error::Key { .. })), "{answer:?}");
    }
}

#[tokio::test]
async fn two_rotations_at_once_are_one() {
    for (seed, _dir) in stores().await {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = nodes(&seed, folder.path()).await;
        let _held = one.keys().ring.lock(false).unwrap().unwrap();
        assert!(matches!(two.rotate_master_key(|_, _| {}).await, Err(RotateError::Busy)));
        assert!(matches!(two.retire_master_keys().await, Err(RotateError::Busy)));
    }
}
