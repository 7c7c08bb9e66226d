//! More than can be worked on: counted, not timed. Requests stop at a gate the test opens.

use std::time::Duration;

use edge::{
    limit::Rates,
    load::{Capacity, lane::Width},
};
use kernel::TenantId;

use crate::stage::{Stage, secret, until};

const HOME: &str = "198.51.100.1";

fn narrow() -> Capacity {
    let reads = Width { slots: 4, share: 3, line: 4, wait: Duration::from_secs(3600) };
    Capacity { reads, ..Capacity::default() }
}

#[tokio::test]
async fn what_is_too_much_is_sent_away_at_once_before_the_database_is_asked() {
    for store in testkit::stores().await {
        let stage = Stage::new(&store, Rates::off(), narrow());
        let (tenant, other) = (TenantId::new(), TenantId::new());
        let (ana, sam) = (secret(tenant), secret(other));
        // Both are known: a request of each has been answered.
        assert_eq!(stage.ask("/me", HOME, Some(&ana)).await.status, 200);
        assert_eq!(stage.ask("/me", HOME, Some(&sam)).await.status, 200);
        let mut working: Vec<_> = (0..3).map(|_| stage.begin("/gate", HOME, &ana)).collect();
        working.push(stage.begin("/gate", HOME, &sam));
        until(|| stage.inside(tenant) == 3 && stage.inside(other) == 1).await;
        let waiting: Vec<_> = (0..4).map(|n| stage.begin("/gate", HOME, if n < 2 { &ana } else { &sam })).collect();
        until(|| stage.app.door.lanes.load()[0].1 == (4, 4, 0)).await;
        let asked = stage.asked();
        // Five times the capacity.
        for n in 0..40 {
            let answer = stage.ask("/gate", HOME, Some(if n % 2 == 0 { &ana } else { &sam })).await;
            assert_eq!((answer.status.as_u16(), answer.code()), (503, "overloaded"));
            assert!((1..=3).contains(&answer.number("retry-after")));
        }
        assert_eq!(stage.asked(), asked, "the database was not asked");
        assert_eq!(stage.app.door.lanes.load()[0].1, (4, 4, 40), "as many in work and in line as before");
        assert_eq!(stage.ask("/healthz", HOME, None).await.status, 200, "liveness passes by");
        stage.gate.add_permits(8);
        for one in working.into_iter().chain(waiting) {
            assert_eq!(one.await.unwrap().status, 200);
        }
        assert_eq!(stage.app.door.lanes.load()[0].1, (0, 0, 40));
        assert_eq!(stage.ask("/me", HOME, Some(&ana)).await.status, 200, "and nothing needs mending");
    }
}

#[tokio::test]
async fn one_tenant_at_a_hundred_times_the_load_leaves_room_for_the_others() {
    for store in testkit::stores().await {
        let stage = Stage::new(&store, Rates::off(), narrow());
        let (greedy, quiet) = (TenantId::new(), TenantId::new());
        let (theirs, ours) = (secret(greedy), secret(quiet));
        stage.ask("/me", HOME, Some(&theirs)).await;
        stage.ask("/me", HOME, Some(&ours)).await;
        let crowd: Vec<_> = (0..100).map(|_| stage.begin("/gate", HOME, &theirs)).collect();
        until(|| {
            let (held, waiting, shed) = stage.app.door.lanes.load()[0].1;
            held + waiting + usize::try_from(shed).unwrap() == 100
        })
        .await;
        assert_eq!(stage.inside(greedy), 3, "its share");
        let mine = stage.begin("/gate", HOME, &ours);
        until(|| stage.inside(quiet) == 1).await;
        stage.gate.add_permits(100);
        assert_eq!(mine.await.unwrap().status, 200);
        let mut answered = 0;
        for one in crowd {
            answered += usize::from(one.await.unwrap().status == 200);
        }
        assert_eq!(answered, 7, "three in work and four in line");
    }
}

#[tokio::test]
async fn a_client_that_goes_away_gives_its_place_back() {
    for store in testkit::stores().await {
        let stage = Stage::new(&store, Rates::off(), narrow());
        let tenant = TenantId::new();
        let ana = secret(tenant);
        stage.ask("/me", HOME, Some(&ana)).await;
        let gone: Vec<_> = (0..7).map(|_| stage.begin("/gate", HOME, &ana)).collect();
        until(|| stage.app.door.lanes.load()[0].1 == (3, 4, 0)).await;
        gone.iter().for_each(|one| one.abort());
        until(|| stage.app.door.lanes.load()[0].1 == (0, 0, 0)).await;
        stage.gate.add_permits(1);
        assert_eq!(stage.ask("/gate", HOME, Some(&ana)).await.status, 200);
    }
}
