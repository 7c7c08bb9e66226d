//! Jobs are run: by hand, by workers, with the right caller.

use std::time::Duration;

use chrono::TimeDelta;
use kernel::{Actor, ApiKeyId, Change, Grants, MemberId, Origin};
use tokio::sync::watch;

use super::*;

#[tokio::test]
async fn a_job_lives_and_dies_with_the_transaction_that_wanted_it() {
    for store in testkit::stores().await {
        let heard = Heard::default();
        let runner = speaker(&store, &heard);
        let tenant = TenantId::new();
        let mut lost = store.begin(&can(tenant)).await.unwrap();
        lost.enqueue(&say("lost")).await.unwrap();
        drop(lost);
        enqueue(&store, tenant, &say("kept")).await;
        assert_eq!(runner.drain().await, 1);
        assert_eq!(heard.all(), ["kept"]);
        assert!(rows(&store).await.is_empty(), "done jobs leave no row");
        assert_eq!(runner.drain().await, 0);
    }
}

#[tokio::test]
async fn draining_follows_what_jobs_enqueue_and_leaves_what_is_not_due() {
    for store in testkit::stores().await {
        let (heard, tenant) = (Heard::default(), TenantId::new());
        let runner = speaker(&store, &heard).on(|context: Context, Keyed(word)| async move {
            let mut tx = context.store.begin(&context.can::<Work>()?).await?;
            tx.enqueue(&Say(word)).await?;
            tx.enqueue_at(&say("tomorrow"), tx.now() + TimeDelta::days(1)).await?;
            tx.commit().await?;
            Ok(Verdict::Done)
        });
        enqueue(&store, tenant, &Keyed("now".into())).await;
        assert_eq!(runner.drain().await, 2);
        assert_eq!(heard.all(), ["now"]);
        let left = depth(&store).await.unwrap();
        assert_eq!((left.due, left.later, left.dead, left.oldest_due), (0, 1, 0, None));
        store.clock().advance(TimeDelta::days(2));
        let left = depth(&store).await.unwrap();
        assert_eq!((left.due, left.later), (1, 0));
        assert!(store.clock().now() - left.oldest_due.unwrap() > TimeDelta::hours(23));
        assert_eq!(runner.drain().await, 1);
        assert_eq!(heard.all(), ["now", "tomorrow"]);
    }
}

#[tokio::test]
async fn workers_are_woken_by_the_commit_and_stop_when_told() {
    for store in testkit::stores().await {
        let (heard, tenant) = (Heard::default(), TenantId::new());
        let mut runner = speaker(&store, &heard);
        // Only the commit's notice can wake them within this test.
        runner.poll = Duration::from_secs(3600);
        let (stop, shutdown) = watch::channel(false);
        let workers = runner.start(2, shutdown);
        for i in 0..20 {
            enqueue(&store, tenant, &say(&i.to_string())).await;
            eventually("the job", || async { heard.all().len() == i + 1 }).await;
        }
        eventually("an empty queue", || async { rows(&store).await.is_empty() }).await;
        stop.send(true).unwrap();
        workers.await.unwrap();
        enqueue(&store, tenant, &say("late")).await;
        assert_eq!(rows(&store).await.len(), 1, "nobody is left to run it");
    }
}

#[tokio::test]
async fn workers_find_by_polling_what_another_node_wanted() {
    for store in testkit::stores().await {
        let heard = Heard::default();
        let mut runner = speaker(&store, &heard);
        runner.poll = Duration::from_millis(20);
        let (stop, shutdown) = watch::channel(false);
        let workers = runner.start(1, shutdown);
        enqueue(&store.second_node(), TenantId::new(), &say("from afar")).await;
        eventually("the job", || async { heard.all() == ["from afar"] }).await;
        drop(stop);
        workers.await.unwrap();
    }
}

#[tokio::test]
async fn a_job_is_run_once_by_two_nodes() {
    for store in testkit::stores().await {
        let (heard, other) = (Heard::default(), store.second_node());
        let mut expected = Vec::new();
        for tenant in [TenantId::new(), TenantId::new(), TenantId::new()] {
            let mut tx = store.begin(&can(tenant)).await.unwrap();
            for i in 0..100 {
                tx.enqueue(&Say(format!("{tenant} {i}"))).await.unwrap();
                expected.push(format!("{tenant} {i}"));
            }
            tx.commit().await.unwrap();
        }
        let (stop, shutdown) = watch::channel(false);
        let nodes = [speaker(&store, &heard).start(4, shutdown.clone()), speaker(&other, &heard).start(4, shutdown)];
        eventually("an empty queue", || async { rows(&store).await.is_empty() }).await;
        stop.send(true).unwrap();
        for node in nodes {
            node.await.unwrap();
        }
        let mut all = heard.all();
        all.sort();
        expected.sort();
        assert_eq!(all, expected);
    }
}

#[tokio::test]
async fn the_audit_trail_of_a_job_names_the_product_or_the_person_who_started_it() {
    for store in testkit::stores().await {
        let tenant = TenantId::new();
        let member = Actor::Member(MemberId::new());
        let runner = Runner::new(store.clone()).on(|context: Context, _: Say| async move {
            for can in [context.can::<Work>()?, context.on_behalf::<Work>()?] {
                let mut tx = context.store.begin(&can).await?;
                tx.audit(Change::new("word.say", context.job_id)).await?;
                tx.commit().await?;
            }
            let person = context.enqueued_by != Actor::System;
            assert_ne!(context.on_behalf::<Work>()?.also::<ReplayJobs>(), person, "only what was asked for");
            Ok(Verdict::Done)
        });
        for actor in [member, Actor::ApiKey(ApiKeyId::new()), Actor::System] {
            let origin = Origin { request_id: Some("req-1".into()), ..Origin::default() };
            let caller = Caller { actor, origin, grants: Grants::of(["work.do"]), ..Caller::system(tenant) };
            let mut tx = store.begin(&Can::<Work>::check(Arc::new(caller)).unwrap()).await.unwrap();
            tx.enqueue(&say("hello")).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(runner.drain().await, 1);
            let mut tx = store.read(&can(tenant)).await.unwrap();
            type Row = (String, Option<String>, Option<String>, Option<String>);
            let written: Vec<Row> = tx
                .all(Sql::new(
                    "SELECT actor_kind, actor_id, on_behalf_of, request_id FROM audit_entry ORDER BY id DESC LIMIT 2",
                ))
                .await
                .unwrap();
            let request = Some("req-1".to_owned());
            let by = |actor: Actor, whom: Option<Actor>| {
                (actor.kind().to_owned(), actor.id(), whom.and_then(Actor::id), request.clone())
            };
            assert_eq!(written, [by(actor, None), by(Actor::System, Some(actor))]);
        }
        assert!(rows(&store).await.is_empty());
    }
}
