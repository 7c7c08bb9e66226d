//! A worker that dies or dawdles gives its job back, and its late word counts for nothing.

use chrono::TimeDelta;

use super::*;
use crate::settle::{Fate, settle};

#[tokio::test]
async fn a_job_comes_back_after_its_lease_and_the_first_worker_is_not_heard_any_more() {
    for store in testkit::stores().await {
        let heard = Heard::default();
        let runner = speaker(&store, &heard);
        enqueue(&store, TenantId::new(), &say("twice")).await;
        let first = runner.claim(10).await.unwrap().remove(0);
        assert_eq!((first.attempts, first.lease_end > store.clock().now()), (1, true));
        assert_eq!(runner.drain().await, 0, "it is taken");
        store.clock().advance(TimeDelta::seconds(59));
        assert_eq!(runner.drain().await, 0, "the lease still holds");
        store.clock().advance(TimeDelta::seconds(2));
        let second = runner.claim(10).await.unwrap().remove(0);
        assert_eq!((second.id, second.attempts), (first.id, 2));
        let at = store.clock().now();
        let (reason, unique_key) = ("late".to_owned(), None);
        for fate in [
            Fate::Done,
            Fate::Again { at, reason: reason.clone(), unique_key: unique_key.clone() },
            Fate::Dead { reason, unique_key },
        ] {
            assert!(!settle(&store, &first, &fate).await.unwrap(), "{fate:?}");
        }
        assert_eq!(rows(&store).await, [("waiting".into(), 2, Some("worker_lost".into()))]);
        assert!(settle(&store, &second, &Fate::Done).await.unwrap());
        assert!(!settle(&store, &second, &Fate::Done).await.unwrap());
        assert!(rows(&store).await.is_empty());
    }
}

#[tokio::test]
async fn the_word_on_a_try_before_a_replay_is_not_taken_for_one_after_it() {
    for store in testkit::stores().await {
        let tenant = TenantId::new();
        let runner = carrier(&store, |_| async { Ok(Verdict::Dead { reason: "broken".into() }) });
        enqueue(&store, tenant, &Fragile).await;
        let before = runner.claim(1).await.unwrap().remove(0);
        assert!(settle(&store, &before, &Fate::Dead { reason: "broken".into(), unique_key: None }).await.unwrap());
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        replay(&mut tx, before.id).await.unwrap();
        tx.commit().await.unwrap();
        let after = runner.claim(1).await.unwrap().remove(0);
        assert_eq!((after.id, after.attempts), (before.id, before.attempts));
        assert!(!settle(&store, &before, &Fate::Done).await.unwrap());
        assert!(settle(&store, &after, &Fate::Done).await.unwrap());
    }
}

#[tokio::test]
async fn a_try_that_takes_too_long_is_ended_before_its_lease() {
    for store in testkit::stores().await {
        let heard = Heard::default();
        let late = heard.clone();
        let runner = carrier(&store, move |_| {
            let late = late.clone();
            async move {
                std::future::pending::<()>().await;
                late.add("never");
                Ok(Verdict::Done)
            }
        });
        enqueue(&store, TenantId::new(), &Fragile).await;
        assert_eq!(runner.drain().await, 1);
        assert_eq!(rows(&store).await, [("waiting".into(), 1, Some("internal\nnot done within 0.9 s".into()))]);
        assert!(heard.all().is_empty());
    }
}

#[tokio::test]
async fn two_who_claim_at_once_share_the_jobs_without_overlap() {
    for store in testkit::stores().await {
        let other = store.second_node();
        let tenant = TenantId::new();
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        for i in 0..40 {
            tx.enqueue(&say(&i.to_string())).await.unwrap();
        }
        tx.commit().await.unwrap();
        let heard = Heard::default();
        let (a, b) = (speaker(&store, &heard), speaker(&other, &heard));
        let mut ids = Vec::new();
        while ids.len() < 40 {
            let (one, two) = tokio::join!(a.claim(5), b.claim(5));
            let claimed: Vec<_> = one.unwrap().into_iter().chain(two.unwrap()).collect();
            assert!(!claimed.is_empty());
            ids.extend(claimed.into_iter().map(|job| job.id));
        }
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 40);
    }
}

#[tokio::test]
async fn a_job_that_takes_its_worker_down_each_time_is_set_aside_after_its_tries() {
    for store in testkit::stores().await {
        let heard = Heard::default();
        let begun = heard.clone();
        let runner = carrier(&store, move |_| {
            begun.add("begun");
            async { Ok(Verdict::Done) }
        });
        enqueue(&store, TenantId::new(), &Fragile).await;
        for attempt in 1..=3 {
            let lost = runner.claim(10).await.unwrap().remove(0);
            assert_eq!(lost.attempts, attempt);
            store.clock().advance(TimeDelta::seconds(2));
        }
        assert_eq!(runner.drain().await, 1);
        assert_eq!(rows(&store).await, [("dead".into(), 4, Some("worker_lost".into()))]);
        assert!(heard.all().is_empty(), "it was not begun a fourth time");
    }
}

#[tokio::test]
async fn jobs_whose_worker_was_lost_are_taken_one_at_a_time_and_nobody_waits_for_them() {
    for store in testkit::stores().await {
        let tenant = TenantId::new();
        let runner = speaker(&store, &Heard::default());
        for word in ["poison", "innocent", "bystander"] {
            enqueue(&store, tenant, &say(word)).await;
        }
        assert_eq!(runner.claim(10).await.unwrap().len(), 3, "all were under way together");
        store.clock().advance(TimeDelta::seconds(61));
        enqueue(&store, tenant, &say("new")).await;
        let first = runner.claim(10).await.unwrap();
        let kinds: Vec<bool> = first.iter().map(|job| job.suspect.is_some()).collect();
        assert_eq!(kinds, [true, false], "one of them, and the new one");
        assert!(runner.claim(10).await.unwrap().is_empty(), "the others wait for it");
        assert!(runner.holds_back());
        drop(first);
        assert_eq!(runner.claim(10).await.unwrap().len(), 1);
    }
}
