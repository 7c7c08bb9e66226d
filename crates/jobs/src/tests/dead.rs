//! Dead letters: told of, listed, replayed, discarded, by their own tenant only.

use chrono::TimeDelta;
use kernel::{JobId, Page, PageRequest};
use store::StoreOptions;

use super::*;

async fn dead(store: &Store, tenant: TenantId) -> Page<DeadJob> {
    let mut tx = store.read(&can(tenant)).await.unwrap();
    list_dead(&mut tx, &PageRequest::default()).await.unwrap()
}

/// A tenant with one dead job of the kind, made by a handler that gives up.
async fn buried(store: &Store, tenant: TenantId, job: &impl Job) -> JobId {
    let runner = Runner::new(store.clone())
        .on(|_: Context, _: Fragile| async { Ok(Verdict::Dead { reason: "broken".into() }) })
        .on(|_: Context, _: Keyed| async { Ok(Verdict::Dead { reason: "broken".into() }) });
    enqueue(store, tenant, job).await;
    assert_eq!(runner.drain().await, 1);
    dead(store, tenant).await.items[0].id
}

#[tokio::test]
async fn a_death_is_told_listed_and_undone_by_a_replay() {
    for store in testkit::stores().await {
        let (tenant, stranger) = (TenantId::new(), TenantId::new());
        let id = buried(&store, tenant, &Fragile).await;
        let letter = dead(&store, tenant).await.items.remove(0);
        assert_eq!(
            (letter.kind.as_str(), letter.attempts, letter.last_error.as_deref()),
            ("glass.carry", 1, Some("broken"))
        );
        assert!(dead(&store, stranger).await.items.is_empty());
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        let told = tx.timeline(vec![id.to_string()], &store::WantedEvents::default(), None, 10).await.unwrap();
        assert_eq!((told.len(), told[0].kind.as_str(), &told[0].data["kind"]), (1, "job.died", &"glass.carry".into()));
        replay(&mut tx, id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(carrier(&store, |_| async { Ok(Verdict::Done) }).drain().await, 1);
        assert!(rows(&store).await.is_empty());
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        assert!(matches!(replay(&mut tx, id).await, Err(kernel::Error::NotFound { .. })));
        assert_eq!(
            tx.count(Sql::new("SELECT count(*) FROM audit_entry WHERE action = 'job.replay'")).await.unwrap(),
            1
        );
    }
}

#[tokio::test]
async fn a_replayed_job_has_all_its_tries_again() {
    for store in testkit::stores().await {
        let tenant = TenantId::new();
        let id = buried(&store, tenant, &Fragile).await;
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        replay(&mut tx, id).await.unwrap();
        tx.commit().await.unwrap();
        let runner = carrier(&store, |_| async { Err(kernel::Error::Stale) });
        for _ in 0..3 {
            assert_eq!(runner.drain().await, 1);
            store.clock().advance(TimeDelta::hours(1));
        }
        assert_eq!(dead(&store, tenant).await.items[0].attempts, 3);
    }
}

#[tokio::test]
async fn others_and_the_living_are_out_of_reach() {
    for store in testkit::stores().await {
        let (tenant, stranger) = (TenantId::new(), TenantId::new());
        let id = buried(&store, tenant, &Fragile).await;
        let mut tx = store.begin(&can(stranger)).await.unwrap();
        assert!(matches!(replay(&mut tx, id).await, Err(kernel::Error::NotFound { .. })));
        assert!(matches!(discard(&mut tx, id).await, Err(kernel::Error::NotFound { .. })));
        drop(tx);
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        replay(&mut tx, id).await.unwrap();
        assert!(matches!(discard(&mut tx, id).await, Err(kernel::Error::NotFound { .. })), "it lives again");
    }
}

#[tokio::test]
async fn a_discarded_job_is_gone_and_remembered_by_the_audit_trail() {
    for store in testkit::stores().await {
        let tenant = TenantId::new();
        let id = buried(&store, tenant, &Fragile).await;
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        discard(&mut tx, id).await.unwrap();
        tx.commit().await.unwrap();
        assert!(dead(&store, tenant).await.items.is_empty());
        let mut tx = store.read(&can(tenant)).await.unwrap();
        let (subject, changes): (String, serde_json::Value) = tx
            .one(Sql::new(
                "SELECT subject, changes FROM audit_entry \
                 JOIN audit_detail ON audit_detail.entry_id = audit_entry.id WHERE action = 'job.discard'",
            ))
            .await
            .unwrap();
        assert_eq!((subject, &changes["failure"][0]), (id.to_string(), &"broken".into()));
    }
}

#[tokio::test]
async fn a_replay_folds_into_the_same_work_that_waits_already() {
    for store in testkit::stores().await {
        let tenant = TenantId::new();
        let key = Keyed("k".into());
        let id = buried(&store, tenant, &key).await;
        enqueue(&store, tenant, &key).await;
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        replay(&mut tx, id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(rows(&store).await, [("waiting".into(), 0, None)]);
    }
}

#[tokio::test]
async fn dead_jobs_come_in_pages_the_latest_first() {
    for store in testkit::stores().await {
        let tenant = TenantId::new();
        let runner = carrier(&store, |_| async { Ok(Verdict::Dead { reason: "broken".into() }) });
        for _ in 0..5 {
            enqueue(&store, tenant, &Fragile).await;
        }
        assert_eq!(runner.drain().await, 5);
        let mut request = PageRequest { limit: Some(2), ..PageRequest::default() };
        let (mut sizes, mut deaths) = (Vec::new(), Vec::new());
        loop {
            let mut tx = store.read(&can(tenant)).await.unwrap();
            let page = list_dead(&mut tx, &request).await.unwrap();
            sizes.push(page.items.len());
            deaths.extend(page.items.into_iter().map(|job| job.run_at));
            request.cursor = page.next_cursor;
            if request.cursor.is_none() {
                break;
            }
        }
        assert_eq!(sizes, [2, 2, 1]);
        assert!(deaths.is_sorted_by(|a, b| a >= b));
    }
}

#[tokio::test]
async fn a_listener_that_dies_of_the_news_makes_no_further_news() {
    #[derive(Serialize, Deserialize)]
    struct Tell {
        kind: String,
    }
    impl Job for Tell {
        const KIND: &'static str = "owner.tell";
    }
    let listeners = [("job.died", vec!["owner.tell"])].into();
    for store in testkit::stores_with(StoreOptions { listeners, ..StoreOptions::default() }).await {
        let tenant = TenantId::new();
        let runner = carrier(&store, |_| async { Ok(Verdict::Dead { reason: "broken".into() }) })
            .on(|_: Context, _: Tell| async { Ok(Verdict::Dead { reason: "deaf".into() }) });
        enqueue(&store, tenant, &Fragile).await;
        assert_eq!(runner.drain().await, 2);
        assert_eq!(dead(&store, tenant).await.items.len(), 2, "both can be seen");
        let mut tx = store.read(&can(tenant)).await.unwrap();
        assert_eq!(tx.count(Sql::new("SELECT count(*) FROM event WHERE kind = 'job.died'")).await.unwrap(), 1);
    }
}
