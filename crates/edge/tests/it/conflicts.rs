//! Requests that meet in the database: done again while nothing is committed, refused with 503 otherwise.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::Request,
    middleware,
    routing::post,
};
use edge::{App, Problem, limit::Rates, load::Capacity};
use store::sql;
use tokio::sync::Barrier;

use crate::stage::{Answer, Stage};

async fn raise(tx: &mut store::PlatformTx, name: &str) -> store::Result<u64> {
    tx.execute(sql!(
        "UPDATE job_schedule SET next_at = {} WHERE name = {}",
        tx.now() + chrono::TimeDelta::days(1),
        name
    ))
    .await
}

fn stage(store: &testkit::TestStore, routes: Router<App>) -> Stage {
    Stage::with_routes(
        store,
        Rates::off(),
        Capacity::default(),
        routes.layer(middleware::from_fn(edge::conflict::again)),
    )
}

async fn send(stage: &Stage, path: &str) -> Answer {
    let request = Request::post(path).header("content-type", "application/json").body(Body::from("{}")).unwrap();
    Stage::answer(stage.router.clone(), request).await
}

#[tokio::test]
async fn two_requests_that_lock_each_other_out_are_both_carried_out() {
    for store in testkit::stores().await {
        if store.kind() == "sqlite" {
            continue; // one writer: nobody can be locked out
        }
        let mut tx = store.platform().await.unwrap();
        for name in ["a", "b"] {
            tx.execute(sql!("INSERT INTO job_schedule (name, next_at) VALUES ({}, {})", name, tx.now())).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (calls, both) = (Arc::new(AtomicUsize::new(0)), Arc::new(Barrier::new(2)));
        let counted = calls.clone();
        let lock = async move |State(app): State<App>, Path((first, second)): Path<(String, String)>, body: String| {
            let call = counted.fetch_add(1, Ordering::SeqCst);
            let mut tx = app.store.platform().await?;
            raise(&mut tx, &first).await?;
            if call < 2 {
                both.wait().await; // each holds its first row
            }
            raise(&mut tx, &second).await?;
            tx.commit().await?;
            Ok::<_, Problem>(body)
        };
        let stage = stage(&store, Router::new().route("/lock/{first}/{second}", post(lock)));
        let (one, two) = tokio::join!(send(&stage, "/lock/a/b"), send(&stage, "/lock/b/a"));
        assert_eq!((one.status.as_u16(), two.status.as_u16()), (200, 200), "{one:?} {two:?}");
        assert_eq!((one.body.to_string(), two.body.to_string()), ("{}".into(), "{}".into()), "with its body");
        assert_eq!(calls.load(Ordering::SeqCst), 3, "one of them was carried out twice");
    }
}

#[tokio::test]
async fn what_meets_others_again_and_again_is_refused_with_a_time_to_come_back() {
    for store in testkit::stores().await {
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = calls.clone();
        let never = async move || {
            counted.fetch_add(1, Ordering::SeqCst);
            Err::<(), Problem>(store::Error::Conflict { detail: "deadlock detected".into() }.into())
        };
        let stage = stage(&store, Router::new().route("/never", post(never)));
        let answer = send(&stage, "/never").await;
        assert_eq!((answer.status.as_u16(), answer.code(), answer.number("retry-after")), (503, "write_conflict", 1));
        assert_eq!(calls.load(Ordering::SeqCst), 4, "once and three times again");
    }
}

#[tokio::test]
async fn nothing_is_repeated_once_a_part_of_it_is_committed() {
    for store in testkit::stores().await {
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = calls.clone();
        let half = async move |State(app): State<App>| {
            let call = counted.fetch_add(1, Ordering::SeqCst).to_string();
            let mut tx = app.store.platform().await?;
            tx.execute(sql!("INSERT INTO job_schedule (name, next_at) VALUES ({}, {})", call, tx.now())).await?;
            tx.commit().await?;
            Err::<(), Problem>(store::Error::Conflict { detail: "deadlock detected".into() }.into())
        };
        let stage = stage(&store, Router::new().route("/half", post(half)));
        assert_eq!(send(&stage, "/half").await.status, 503);
        assert_eq!(calls.load(Ordering::SeqCst), 1);
        let rows: (i64,) =
            store.platform_read().await.unwrap().one(sql!("SELECT count(*) FROM job_schedule")).await.unwrap();
        assert_eq!(rows.0, 1);
    }
}
