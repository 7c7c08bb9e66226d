//! Many transactions, one flush; and statements that travel with the next one. On both databases where it concerns both.

use super::*;

async fn put(store: &Store, can: &Can<Work>, name: &str) -> Result<(), Error> {
    let mut tx = store.begin(can).await?;
    tx.insert(&thing(name, store)).await?;
    tx.commit().await
}

async fn names(store: &Store, can: &Can<Work>) -> Vec<String> {
    let mut tx = store.read(can).await.unwrap();
    let rows: Vec<(String,)> = tx.all(Sql::new("SELECT name FROM thing ORDER BY name")).await.unwrap();
    rows.into_iter().map(|(name,)| name).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_is_told_of_a_commit_finds_it_and_one_that_fails_takes_nobody_along() {
    for (store, _dir) in stores().await {
        thing_table(&store).await;
        let can = can();
        let work = (0..200).map(|n| {
            let (store, can) = (store.clone(), can.clone());
            tokio::spawn(async move {
                match n % 4 {
                    // All but the first of one name are refused and rolled back.
                    0 => drop(put(&store, &can, "taken").await),
                    1 => {
                        let mut tx = store.begin(&can).await.unwrap();
                        tx.insert(&thing(&format!("lost{n}"), &store)).await.unwrap();
                        drop(tx);
                    }
                    _ => {
                        let name = format!("kept{n:03}");
                        put(&store, &can, &name).await.unwrap();
                        assert!(names(&store, &can).await.contains(&name), "told, and not there");
                    }
                }
            })
        });
        for done in work.collect::<Vec<_>>() {
            done.await.unwrap();
        }
        let names = names(&store, &can).await;
        assert_eq!(names.iter().filter(|name| name.starts_with("kept")).count(), 100);
        assert_eq!(names.iter().filter(|name| *name == "taken").count(), 1);
        assert_eq!(names.len(), 101, "nothing of those that were rolled back");
    }
}

#[tokio::test]
async fn readers_see_a_transaction_no_earlier_than_its_commit_is_told() {
    let (store, _dir) = stores().await.remove(0);
    thing_table(&store).await;
    let can = can();
    let mut first = store.begin(&can).await.unwrap();
    first.insert(&thing("first", &store)).await.unwrap();
    // Somebody waits for the writer, so the first one's commit is put off until the second is through.
    let second = tokio::spawn({
        let (store, can) = (store.clone(), can.clone());
        async move { store.begin(&can).await.unwrap() }
    });
    tokio::task::yield_now().await;
    let told = tokio::spawn(first.commit());
    let mut second = second.await.unwrap();
    second.insert(&thing("second", &store)).await.unwrap();
    assert!(!told.is_finished(), "it would have been told before the disk has it");
    assert!(names(&store, &can).await.is_empty(), "nothing is committed yet");
    drop(second);
    told.await.unwrap().unwrap();
    assert_eq!(names(&store, &can).await, ["first"]);
}

#[tokio::test]
async fn what_one_that_leaves_has_seen_it_finds_again() {
    let (store, _dir) = stores().await.remove(0);
    thing_table(&store).await;
    let can = can();
    for round in 0..50 {
        let name = format!("seen{round:02}");
        let mut first = store.begin(&can).await.unwrap();
        first.insert(&thing(&name, &store)).await.unwrap();
        let second = tokio::spawn({
            let (store, can) = (store.clone(), can.clone());
            async move { store.begin(&can).await.unwrap() }
        });
        tokio::task::yield_now().await;
        let told = tokio::spawn(first.commit());
        let mut second = second.await.unwrap();
        // A third waits, so that nothing but the second's leaving asks for the flush.
        let third = tokio::spawn({
            let (store, can) = (store.clone(), can.clone());
            async move { store.begin(&can).await.unwrap() }
        });
        tokio::task::yield_now().await;
        let seen = sql!("SELECT count(*) FROM thing WHERE name = {}", name.clone());
        assert_eq!(second.count(seen).await.unwrap(), 1, "it works behind the first");
        drop(second);
        assert!(names(&store, &can).await.contains(&name), "what it saw is gone in round {round}");
        drop(third.await.unwrap());
        told.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn one_that_stops_waiting_for_its_commit_is_committed_all_the_same() {
    let (store, _dir) = stores().await.remove(0);
    thing_table(&store).await;
    let can = can();
    let mut tx = store.begin(&can).await.unwrap();
    tx.insert(&thing("asked", &store)).await.unwrap();
    let waiting = tokio::spawn({
        let (store, can) = (store.clone(), can.clone());
        async move { drop(store.begin(&can).await.unwrap()) }
    });
    tokio::task::yield_now().await;
    let mut commit = Box::pin(tx.commit());
    assert!(futures::poll!(&mut commit).is_pending());
    drop(commit);
    waiting.await.unwrap();
    // Nobody else writes: it is the writer that remembers those who have finished.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(5);
    while names(&store, &can).await.is_empty() {
        assert!(std::time::Instant::now() < deadline, "it was never committed");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_flush_that_fails_fails_all_who_wait_for_it() {
    let (store, _dir) = stores().await.remove(0);
    thing_table(&store).await;
    // A constraint that is checked at the commit alone stands in for a disk that is full then.
    let late = "CREATE TABLE known (name TEXT PRIMARY KEY);\n\
                CREATE TABLE late (name TEXT REFERENCES known (name) DEFERRABLE INITIALLY DEFERRED);";
    store.script_for_tests(late).await;
    let can = can();
    let mut bad = store.begin(&can).await.unwrap();
    bad.execute(sql!("INSERT INTO late (name) VALUES ({})", "nobody")).await.unwrap();
    let next = tokio::spawn({
        let (store, can) = (store.clone(), can.clone());
        async move { store.begin(&can).await.unwrap() }
    });
    tokio::task::yield_now().await;
    let told = tokio::spawn(bad.commit());
    let mut good = next.await.unwrap();
    good.insert(&thing("good", &store)).await.unwrap();
    assert!(good.commit().await.is_err());
    assert!(told.await.unwrap().is_err());
    assert!(names(&store, &can).await.is_empty());
    put(&store, &can, "after").await.unwrap();
    assert_eq!(names(&store, &can).await, ["after"], "the writer goes on");
}

#[test]
fn no_constraint_waits_for_the_commit() {
    for migration in crate::migrations::MIGRATIONS {
        assert!(
            !migration.text.to_uppercase().contains("DEFERR"),
            "{} would be checked for all at the flush",
            migration.name
        );
    }
}

#[tokio::test]
async fn a_deferred_statement_is_seen_by_the_next_one_and_its_error_is_that_ones() {
    for (store, _dir) in stores().await {
        thing_table(&store).await;
        let can = can();
        let mut tx = store.begin(&can).await.unwrap();
        tx.defer_insert(&thing("a", &store)).await.unwrap();
        tx.defer_insert(&thing("b", &store)).await.unwrap();
        assert_eq!(tx.count(Sql::new("SELECT count(*) FROM thing")).await.unwrap(), 2);
        tx.defer_insert(&thing("a", &store)).await.unwrap();
        tx.defer_insert(&thing("c", &store)).await.unwrap();
        let refused = tx.count(Sql::new("SELECT count(*) FROM thing")).await;
        assert!(matches!(&refused, Err(Error::Unique { constraint }) if constraint == "thing_name_key"), "{refused:?}");
        drop(tx);
        assert!(names(&store, &can).await.is_empty());
    }
}

#[tokio::test]
async fn a_commit_carries_what_was_deferred_or_fails_with_it() {
    for (store, _dir) in stores().await {
        thing_table(&store).await;
        let can = can();
        let mut tx = store.begin(&can).await.unwrap();
        tx.defer_insert(&thing("a", &store)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(names(&store, &can).await, ["a"]);
        let mut tx = store.begin(&can).await.unwrap();
        tx.defer_insert(&thing("b", &store)).await.unwrap();
        tx.defer_insert(&thing("a", &store)).await.unwrap();
        tx.defer_insert(&thing("c", &store)).await.unwrap();
        let refused = tx.commit().await;
        assert!(matches!(&refused, Err(Error::Unique { constraint }) if constraint == "thing_name_key"), "{refused:?}");
        assert_eq!(names(&store, &can).await, ["a"]);
        put(&store, &can, "d").await.unwrap();
    }
}

#[tokio::test]
async fn a_reader_does_not_write() {
    for (store, _dir) in stores().await {
        thing_table(&store).await;
        let mut tx = store.read(&can()).await.unwrap();
        assert!(tx.insert(&thing("a", &store)).await.is_err());
    }
}

#[tokio::test]
async fn only_what_changes_callers_makes_them_be_asked_for_again() {
    for (store, _dir) in stores().await {
        thing_table(&store).await;
        let can = can();
        let before = store.callers_version();
        put(&store, &can, "a").await.unwrap();
        assert_eq!(store.callers_version(), before);
        for statement in [
            "UPDATE member SET version = 2 WHERE version = 9",
            "DELETE FROM role_grant WHERE role = 'none'",
            "DELETE FROM session WHERE device = 'none'",
            "UPDATE api_key SET name = 'x' WHERE name = 'none'",
        ] {
            let before = store.callers_version();
            let mut tx = store.begin(&can).await.unwrap();
            tx.defer(Sql::new(statement));
            tx.commit().await.unwrap();
            assert_ne!(store.callers_version(), before, "{statement}");
        }
    }
}
