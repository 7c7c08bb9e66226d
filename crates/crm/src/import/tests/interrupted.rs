//! Workers die; rows are neither lost nor doubled.

use std::time::Duration;

use kernel::Job;

use super::*;
use crate::import::run::{RunImport, Turn, turn};

const SMALL: Pace = Pace { rows: 40, turn: Duration::ZERO, notice: Duration::ZERO };

#[tokio::test]
async fn a_worker_that_dies_half_way_doubles_nothing() {
    for bench in benches().await {
        let id = bench.upload(&crowd(203)).await.ok().id();
        bench.start(&id).await;
        let import: ImportId = id.parse().unwrap();
        let store = &bench.desk.store.store;
        // A worker takes two chunks and is killed before it can say a word about its job, which stays in the queue.
        for _ in 0..2 {
            assert_eq!(turn(store, &bench.can(), &bench.from(), import, SMALL).await.unwrap(), Turn::More);
        }
        let half = bench.import(&id).await;
        assert_eq!(
            (half.text("state").as_str(), half.number("rows_done"), half.number("created")),
            ("running", 80, 80)
        );
        assert!((1..half.number("size")).contains(&half.number("bytes_done")) || half.number("size") < 64 << 10);
        assert!(bench.runner.drain().await >= 1);
        let done = bench.import(&id).await.adds_up();
        assert_eq!((done.number("created"), done.number("skipped"), done.number("companies_created")), (203, 0, 2));
        assert_eq!(bench.count("contact").await, 203);
        assert_eq!(bench.count("company").await, 2);
        assert_eq!(bench.count("import_made").await, 205);
        // A late worker, a second click and a doubled job find nothing left to do.
        assert_eq!(turn(store, &bench.can(), &bench.from(), import, SMALL).await.unwrap(), Turn::Over);
        assert_eq!(
            bench.json("POST", &format!("/api/v1/imports/{id}/start"), None, None).await.conflict(),
            "import_over"
        );
    }
}

#[tokio::test]
async fn two_workers_on_one_import_take_each_row_once() {
    for bench in benches().await {
        let id = bench.upload(&crowd(160)).await.ok().id();
        bench.start(&id).await;
        let import: ImportId = id.parse().unwrap();
        let (store, can, from) = (&bench.desk.store.store, bench.can(), bench.from());
        let pace = Pace { turn: Duration::from_secs(60), ..SMALL };
        let (one, two) = tokio::join!(turn(store, &can, &from, import, pace), turn(store, &can, &from, import, pace));
        assert_eq!((one.unwrap(), two.unwrap()), (Turn::Over, Turn::Over));
        bench.runner.drain().await;
        assert_eq!(bench.import(&id).await.adds_up().number("created"), 160);
        assert_eq!(bench.count("contact").await, 160);
    }
}

#[tokio::test]
async fn a_turn_that_is_over_queues_the_next() {
    for bench in benches().await {
        let id = bench.upload(&crowd(100)).await.ok().id();
        bench.start(&id).await;
        let runner =
            jobs_at(Runner::new(bench.desk.store.store.clone()), bench.blobs.clone(), Imports::default(), SMALL);
        assert_eq!(runner.drain().await, 3, "40, 40 and 20 rows");
        assert_eq!(bench.import(&id).await.adds_up().text("state"), "done");
        let mut tx = bench.desk.store.read(&bench.can()).await.unwrap();
        let told = sql!("SELECT count(*) FROM event WHERE tenant_id = {} AND kind = 'import.progress'", tx.tenant_id());
        assert_eq!(tx.count(told).await.unwrap(), 2);
    }
}

#[tokio::test]
async fn a_file_that_is_gone_ends_the_import_with_words() {
    for bench in benches().await {
        let id = bench.upload(&crowd(10)).await.ok().id();
        bench.start(&id).await;
        std::fs::remove_dir_all(bench._folder.path()).unwrap();
        for _ in 0..RunImport::MAX_ATTEMPTS {
            bench.runner.drain().await;
            bench.desk.store.clock().advance(chrono::TimeDelta::days(1));
        }
        let failed = bench.import(&id).await;
        assert_eq!(
            (failed.text("state").as_str(), &failed.body["error"]["code"]),
            ("failed", &json!("import_interrupted"))
        );
        assert_eq!(bench.count("contact").await, 0);
    }
}
