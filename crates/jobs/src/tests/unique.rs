//! A unique key folds waiting jobs into one, and nothing that was wanted is lost by it.

use chrono::TimeDelta;
use kernel::Error;

use super::*;

fn keyed(key: &str) -> Keyed {
    Keyed(key.to_owned())
}

fn turner(store: &Store, heard: &Heard) -> Runner {
    let heard = heard.clone();
    Runner::new(store.clone()).on(move |_: Context, Keyed(key)| {
        heard.add(key);
        async { Ok(Verdict::Done) }
    })
}

#[tokio::test]
async fn a_key_is_unique_in_its_tenant_and_free_again_afterwards() {
    for store in testkit::stores().await {
        let heard = Heard::default();
        let runner = turner(&store, &heard);
        let (one, two) = (TenantId::new(), TenantId::new());
        for tenant in [one, two, one, one] {
            enqueue(&store, tenant, &keyed("k")).await;
        }
        enqueue(&store, one, &keyed("other")).await;
        assert_eq!(runner.drain().await, 3);
        enqueue(&store, one, &keyed("k")).await;
        assert_eq!(runner.drain().await, 1);
        assert_eq!(heard.all().len(), 4);
    }
}

#[tokio::test]
async fn what_is_wanted_while_the_same_runs_is_run_afterwards() {
    for store in testkit::stores().await {
        let tenant = TenantId::new();
        let heard = Heard::default();
        let noted = heard.clone();
        let runner = Runner::new(store.clone()).on(move |context: Context, Keyed(key)| {
            let noted = noted.clone();
            async move {
                // The first run is overtaken by a change.
                if noted.all().is_empty() {
                    enqueue(&context.store, tenant, &Keyed(key.clone())).await;
                    enqueue(&context.store, tenant, &Keyed(key.clone())).await;
                }
                noted.add(key);
                Ok(Verdict::Done)
            }
        });
        enqueue(&store, tenant, &keyed("k")).await;
        assert_eq!(runner.drain().await, 2);
        assert_eq!(heard.all(), ["k", "k"]);
    }
}

#[tokio::test]
async fn a_failed_try_gives_way_to_the_same_work_wanted_meanwhile() {
    for store in testkit::stores().await {
        let tenant = TenantId::new();
        let heard = Heard::default();
        let noted = heard.clone();
        let runner = Runner::new(store.clone()).on(move |context: Context, Keyed(key)| {
            let noted = noted.clone();
            async move {
                if noted.all().is_empty() {
                    enqueue(&context.store, tenant, &Keyed(key.clone())).await;
                }
                noted.add(key);
                Err(Error::internal("stuck"))
            }
        });
        enqueue(&store, tenant, &keyed("overtaken")).await;
        assert_eq!(runner.drain().await, 2);
        assert_eq!(rows(&store).await, [("waiting".into(), 1, Some("internal\nstuck".into()))], "not one row for each");
        enqueue(&store, tenant, &keyed("overtaken")).await;
        assert_eq!(rows(&store).await.len(), 1, "a job that waits for another try has its key back");
        assert_eq!(runner.drain().await, 0, "and is not hurried by being wanted again");
    }
}

#[tokio::test]
async fn of_two_times_the_earlier_counts() {
    for store in testkit::stores().await {
        let (heard, tenant) = (Heard::default(), TenantId::new());
        let runner = turner(&store, &heard);
        for days in [2, 1, 3] {
            let mut tx = store.begin(&can(tenant)).await.unwrap();
            tx.enqueue_at(&keyed("k"), tx.now() + TimeDelta::days(days)).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(runner.drain().await, 0);
        store.clock().advance(TimeDelta::hours(25));
        assert_eq!(runner.drain().await, 1);
        store.clock().advance(TimeDelta::days(3));
        assert_eq!(runner.drain().await, 0);
    }
}

#[tokio::test]
async fn a_job_is_not_run_before_the_transaction_that_relies_on_it_has_ended() {
    for store in testkit::stores().await {
        if store.kind() == "sqlite" {
            // One writer: a claim waits for the transaction as a whole.
            continue;
        }
        let (heard, tenant) = (Heard::default(), TenantId::new());
        let runner = turner(&store, &heard);
        enqueue(&store, tenant, &keyed("k")).await;
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        tx.enqueue(&keyed("k")).await.unwrap();
        assert_eq!(runner.drain().await, 0, "its run would miss what this transaction writes");
        tx.commit().await.unwrap();
        assert_eq!(runner.drain().await, 1);
    }
}
