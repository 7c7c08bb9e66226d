//! Sweeps: once per cluster, again after their interval, whatever became of the turn before.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use chrono::TimeDelta;
use tokio::sync::watch;

use super::*;

const HOURLY: Duration = Duration::from_secs(3600);

fn sweeper(store: &Store, swept: &Arc<AtomicUsize>) -> Runner {
    let swept = swept.clone();
    Runner::new(store.clone()).every("floor", HOURLY, move |_| {
        swept.fetch_add(1, Ordering::SeqCst);
        async { Ok(()) }
    })
}

#[tokio::test]
async fn a_sweep_runs_once_per_cluster_and_interval() {
    for store in testkit::stores().await {
        let swept = Arc::new(AtomicUsize::new(0));
        let nodes = [sweeper(&store, &swept), sweeper(&store.second_node(), &swept)];
        for turn in 1..=5 {
            let (a, b) = tokio::join!(nodes[0].sweep_due(), nodes[1].sweep_due());
            assert_eq!((a + b, swept.load(Ordering::SeqCst)), (1, turn));
            store.clock().advance(TimeDelta::minutes(59));
            assert_eq!(nodes[turn % 2].sweep_due().await, 0, "not before its time");
            store.clock().advance(TimeDelta::minutes(2));
        }
    }
}

#[tokio::test]
async fn a_node_that_died_in_its_turn_holds_nobody_up_for_long() {
    for store in testkit::stores().await {
        let swept = Arc::new(AtomicUsize::new(0));
        let (dying, other) = (sweeper(&store, &swept), sweeper(&store.second_node(), &swept));
        assert_eq!(dying.due_turns().await.len(), 1);
        assert_eq!(other.sweep_due().await, 0);
        store.clock().advance(TimeDelta::minutes(6));
        assert_eq!(other.sweep_due().await, 1);
    }
}

#[tokio::test]
async fn a_sweep_that_fails_or_panics_has_its_next_turn_like_any() {
    for store in testkit::stores().await {
        let runner = Runner::new(store.clone())
            .every("broken", HOURLY, |_| async { Err(kernel::Error::internal("no broom")) })
            .every("mad", HOURLY, |_| async { panic!("in a sweep") });
        for _ in 0..2 {
            assert_eq!(runner.sweep_due().await, 2);
            assert_eq!(runner.sweep_due().await, 0);
            store.clock().advance(TimeDelta::minutes(61));
        }
    }
}

#[tokio::test]
async fn a_clock_moved_back_does_not_end_a_sweep_for_good() {
    for store in testkit::stores().await {
        let swept = Arc::new(AtomicUsize::new(0));
        let runner = sweeper(&store, &swept);
        store.clock().advance(TimeDelta::days(400));
        assert_eq!(runner.sweep_due().await, 1);
        store.clock().advance(TimeDelta::days(-400));
        assert_eq!(runner.sweep_due().await, 1);
        assert_eq!(runner.sweep_due().await, 0);
    }
}

#[tokio::test]
async fn a_sweep_cut_off_by_the_end_of_the_program_is_taken_up_by_the_next() {
    for store in testkit::stores().await {
        let swept = Arc::new(AtomicUsize::new(0));
        let begun = swept.clone();
        let endless = Runner::new(store.clone()).every("floor", HOURLY, move |_| {
            begun.fetch_add(1, Ordering::SeqCst);
            std::future::pending()
        });
        let (stop, shutdown) = watch::channel(false);
        let running = endless.start(1, shutdown);
        eventually("a sweep", || async { swept.load(Ordering::SeqCst) == 1 }).await;
        stop.send(true).unwrap();
        running.await.unwrap();
        assert_eq!(sweeper(&store, &swept).sweep_due().await, 1, "at once, not after the interval");
    }
}

#[tokio::test]
async fn a_sweep_reaches_tenants_as_the_product() {
    for store in testkit::stores().await {
        let (tenant, heard) = (TenantId::new(), Heard::default());
        let runner = speaker(&store, &heard).every("floor", HOURLY, move |context| async move {
            let mut tx = context.store.begin(&context.can::<Work>(tenant)?).await?;
            tx.enqueue(&say(context.name)).await?;
            tx.commit().await?;
            Ok(())
        });
        assert_eq!((runner.sweep_due().await, runner.drain().await), (1, 1));
        assert_eq!(heard.all(), ["floor"]);
    }
}
