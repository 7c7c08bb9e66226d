//! The orderly end of the program gives back what it cuts off.

use std::time::Duration;

use tokio::sync::watch;

use super::*;

/// A runner that has no patience at its end, and whose jobs never end by themselves.
fn dawdler(store: &Store, begun: &Heard) -> Runner {
    let (say, key) = (begun.clone(), begun.clone());
    let mut runner = Runner::new(store.clone())
        .on(move |_: Context, Say(word)| {
            say.add(word);
            std::future::pending()
        })
        .on(move |_: Context, Keyed(word)| {
            key.add(word);
            std::future::pending()
        });
    runner.grace = Duration::ZERO;
    runner
}

#[tokio::test]
async fn what_the_end_of_the_program_cuts_off_is_due_at_once_and_the_try_does_not_count() {
    for store in testkit::stores().await {
        let (begun, heard, tenant) = (Heard::default(), Heard::default(), TenantId::new());
        let (stop, shutdown) = watch::channel(false);
        let workers = dawdler(&store, &begun).start(2, shutdown);
        enqueue(&store, tenant, &say("long")).await;
        enqueue(&store, tenant, &say("longer")).await;
        eventually("both jobs", || async { begun.all().len() == 2 }).await;
        stop.send(true).unwrap();
        workers.await.unwrap();
        let untouched = ("waiting".to_owned(), 0, None);
        assert_eq!(rows(&store).await, [untouched.clone(), untouched]);
        // The clock has not moved past any lease.
        assert_eq!(speaker(&store, &heard).drain().await, 2);
        let mut said = heard.all();
        said.sort();
        assert_eq!(said, ["long", "longer"]);
    }
}

#[tokio::test]
async fn what_is_given_back_holds_its_key_again_or_yields_to_the_one_that_took_it() {
    for wanted_again in [false, true] {
        for store in testkit::stores().await {
            let (begun, tenant) = (Heard::default(), TenantId::new());
            let (stop, shutdown) = watch::channel(false);
            // One worker, so that the second of a key waits while the first runs.
            let workers = dawdler(&store, &begun).start(1, shutdown);
            enqueue(&store, tenant, &Keyed("only".into())).await;
            eventually("the job", || async { begun.all() == ["only"] }).await;
            if wanted_again {
                enqueue(&store, tenant, &Keyed("only".into())).await;
            }
            stop.send(true).unwrap();
            workers.await.unwrap();
            assert_eq!(rows(&store).await, [("waiting".into(), 0, None)], "wanted again: {wanted_again}");
            enqueue(&store, tenant, &Keyed("only".into())).await;
            assert_eq!(rows(&store).await.len(), 1, "the key is held");
        }
    }
}
