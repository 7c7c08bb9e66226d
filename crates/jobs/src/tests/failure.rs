//! Failures are kept, waited out and counted; none takes the worker down.

use chrono::TimeDelta;
use kernel::Error;

use super::*;

/// Runs the fragile job until it is dead and answers what each try left behind.
async fn until_dead(store: &Store, runner: &Runner) -> Vec<(String, i64, Option<String>)> {
    enqueue(store, TenantId::new(), &Fragile).await;
    let mut left = Vec::new();
    for _ in 0..3 {
        assert_eq!(runner.drain().await, 1, "due, and not at once again");
        left.extend(rows(store).await);
        store.clock().advance(TimeDelta::hours(1));
    }
    assert_eq!(runner.drain().await, 0, "dead jobs are not tried");
    left
}

fn tries(error: &str) -> Vec<(String, i64, Option<String>)> {
    let row = |state: &str, attempt| (state.to_owned(), attempt, Some(error.to_owned()));
    vec![row("waiting", 1), row("waiting", 2), row("dead", 3)]
}

#[tokio::test]
async fn an_error_is_tried_again_later_and_then_no_more() {
    for store in testkit::stores().await {
        let runner = carrier(&store, |_| async { Err(Error::internal("no bubble wrap")) });
        assert_eq!(until_dead(&store, &runner).await, tries("internal\nno bubble wrap"));
    }
}

#[tokio::test]
async fn a_panic_is_a_failure_like_another() {
    for store in testkit::stores().await {
        let sooner = carrier(&store, |context| {
            assert!(context.attempt > 3, "before the first await, with jane@example.com in it");
            async { Ok(Verdict::Done) }
        });
        assert_eq!(until_dead(&store, &sooner).await, tries("internal\nthe handler panicked; the log says where"));
    }
    for store in testkit::stores().await {
        let later = carrier(&store, |context| async move {
            tokio::task::yield_now().await;
            assert!(context.attempt > 3, "after an await");
            Ok(Verdict::Done)
        });
        assert_eq!(until_dead(&store, &later).await, tries("internal\nthe handler panicked; the log says where"));
    }
}

#[tokio::test]
async fn a_handler_may_ask_for_time_or_give_up() {
    for store in testkit::stores().await {
        let runner = carrier(&store, |context| async move {
            Ok(match context.attempt {
                1 => Verdict::RetryAfter { after: TimeDelta::minutes(90), reason: "the truck is full".into() },
                _ => Verdict::Dead { reason: "the glass is gone".into() },
            })
        });
        enqueue(&store, TenantId::new(), &Fragile).await;
        assert_eq!(runner.drain().await, 1);
        assert_eq!(rows(&store).await, [("waiting".into(), 1, Some("the truck is full".into()))]);
        store.clock().advance(TimeDelta::minutes(89));
        assert_eq!(runner.drain().await, 0);
        store.clock().advance(TimeDelta::minutes(2));
        assert_eq!(runner.drain().await, 1);
        assert_eq!(rows(&store).await, [("dead".into(), 2, Some("the glass is gone".into()))]);
    }
}

#[tokio::test]
async fn asking_for_time_uses_up_tries_too() {
    for store in testkit::stores().await {
        let again = || Verdict::RetryAfter { after: TimeDelta::days(-1), reason: "later".into() };
        let runner = carrier(&store, move |_| async move { Ok(again()) });
        enqueue(&store, TenantId::new(), &Fragile).await;
        assert_eq!(runner.drain().await, 3);
        assert_eq!(rows(&store).await, [("dead".into(), 3, Some("later".into()))]);
    }
}

#[tokio::test]
async fn waits_grow_and_never_pass_an_hour() {
    for store in testkit::stores().await {
        let runner = Runner::new(store.clone()).on(|_: Context, _: Say| async { Err(Error::Stale) });
        enqueue(&store, TenantId::new(), &say("again")).await;
        let mut waits = Vec::new();
        for _ in 0..9 {
            let before = store.clock().now();
            assert_eq!(runner.drain().await, 1);
            let mut tx = store.platform_read().await.unwrap();
            let (next,): (chrono::DateTime<chrono::Utc>,) = tx.one(Sql::new("SELECT run_at FROM job")).await.unwrap();
            waits.push((next - before).num_seconds());
            store.clock().advance(next - store.clock().now() + TimeDelta::milliseconds(1));
        }
        for (i, wait) in waits.iter().enumerate() {
            let ceiling = 5 << i;
            assert!((ceiling / 2..=ceiling + 5).contains(wait), "wait {i} was {wait} s");
        }
        assert_eq!(rows(&store).await, [("waiting".into(), 9, Some("stale".into()))]);
    }
}

#[tokio::test]
async fn what_is_written_of_a_failure_names_no_person() {
    for store in testkit::stores().await {
        let errors: [fn() -> Error; 4] = [
            || Error::invalid("email", "taken", "jane@example.com is taken"),
            || Error::conflict("duplicate", "Jane Doe exists already"),
            || Error::NotFound { noun: "contact" },
            || Error::Forbidden { permission: "contact.create" },
        ];
        let runner = Runner::new(store.clone()).on(move |_: Context, Say(n)| {
            let error = errors[n.parse::<usize>().unwrap()]();
            async { Err(error) }
        });
        for n in 0..errors.len() {
            enqueue(&store, TenantId::new(), &say(&n.to_string())).await;
        }
        assert_eq!(runner.drain().await, errors.len());
        let written: Vec<String> = rows(&store).await.into_iter().filter_map(|(.., error)| error).collect();
        assert_eq!(
            written,
            ["invalid_input: email taken", "duplicate", "not_found: contact", "forbidden: contact.create"]
        );
    }
}

#[tokio::test]
async fn a_kind_nobody_knows_and_a_payload_nobody_reads_are_failures() {
    #[derive(Serialize, Deserialize)]
    struct Other {
        name: u32,
    }
    impl Job for Other {
        const KIND: &'static str = "word.say";
    }
    for store in testkit::stores().await {
        let runner = speaker(&store, &Heard::default());
        enqueue(&store, TenantId::new(), &Fragile).await;
        enqueue(&store, TenantId::new(), &Other { name: 7 }).await;
        assert_eq!(runner.drain().await, 2);
        let errors: Vec<String> = rows(&store).await.into_iter().filter_map(|(.., error)| error).collect();
        assert_eq!(
            errors,
            [
                "internal\nthis program has no handler for glass.carry",
                "internal\nthe payload does not have the shape of word.say"
            ]
        );
    }
}
