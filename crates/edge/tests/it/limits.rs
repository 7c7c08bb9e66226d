//! 429 per address, account and tenant, and nobody made to pay for another.

use edge::{limit::Rates, load::Capacity};
use kernel::TenantId;

use crate::stage::{Answer, Stage, secret};

const HOME: &str = "198.51.100.1";
const ELSEWHERE: &str = "203.0.113.7";

fn refused(answer: &Answer, code: &str) {
    assert_eq!((answer.status.as_u16(), answer.code()), (429, code), "{}", answer.body);
    assert!((1..=61).contains(&answer.number("retry-after")), "{:?}", answer.headers);
}

#[tokio::test]
async fn an_account_that_asks_too_much_is_refused_and_its_colleagues_are_not() {
    for store in testkit::stores().await {
        let rates = Rates { account: 3, ..Rates::off() };
        let stage = Stage::new(&store, rates, Capacity::default());
        let tenant = TenantId::new();
        let (ana, ben) = (secret(tenant), secret(tenant));
        for _ in 0..3 {
            assert_eq!(stage.ask("/me", HOME, Some(&ana)).await.status, 200);
        }
        refused(&stage.ask("/me", HOME, Some(&ana)).await, "too_many_requests_of_account");
        refused(&stage.ask("/me", ELSEWHERE, Some(&ana)).await, "too_many_requests_of_account");
        let asked = stage.asked();
        refused(&stage.ask("/me", HOME, Some(&ana)).await, "too_many_requests_of_account");
        assert_eq!(stage.asked(), asked, "refused without asking the database");
        let answer = stage.ask("/me", HOME, Some(&ben)).await;
        assert_eq!(answer.status, 200);
        let answer = stage.ask("/me", HOME, Some(&ben)).await;
        assert_eq!(answer.headers["ratelimit-policy"], "\"account\";q=3;w=60");
        assert!(answer.headers["ratelimit"].to_str().unwrap().starts_with("\"account\";r=1;t="));
    }
}

#[tokio::test]
async fn a_tenant_that_asks_too_much_is_refused_and_other_tenants_are_not() {
    for store in testkit::stores().await {
        let stage = Stage::new(&store, Rates { tenant: 4, ..Rates::off() }, Capacity::default());
        let (busy, quiet) = (TenantId::new(), TenantId::new());
        for _ in 0..4 {
            assert_eq!(stage.ask("/me", HOME, Some(&secret(busy))).await.status, 200);
        }
        refused(&stage.ask("/me", HOME, Some(&secret(busy))).await, "too_many_requests_of_tenant");
        assert_eq!(stage.ask("/me", HOME, Some(&secret(quiet))).await.status, 200);
    }
}

#[tokio::test]
async fn guessing_from_elsewhere_costs_the_guesser_alone() {
    for store in testkit::stores().await {
        let rates = Rates { address: 50, account: 10, tenant: 10, secret: 3 };
        let stage = Stage::new(&store, rates, Capacity::default());
        let tenant = TenantId::new();
        let (ana, gone) = (secret(tenant), secret(tenant));
        assert_eq!(stage.ask("/me", ELSEWHERE, Some(&gone)).await.status, 200);
        stage.doorman.revoked.lock().unwrap().push(gone.clone());
        // Guessed secrets, and one that was valid a moment ago: 60 requests from one address, six times the tenant's limit.
        let mut last = None;
        for n in 0..60 {
            let guess = if n % 2 == 0 { format!("guess-{n}") } else { gone.clone() };
            last = Some(stage.ask("/me", ELSEWHERE, Some(&guess)).await);
        }
        refused(&last.unwrap(), "too_many_requests");
        for _ in 0..3 {
            assert_eq!(stage.ask("/secret", "203.0.113.8", None).await.status, 200);
        }
        refused(&stage.ask("/secret", "203.0.113.8", None).await, "too_many_attempts_from_address");
        assert_eq!(stage.ask("/hello", "203.0.113.8", None).await.status, 200, "only attempts are refused");
        // Two of the tenant's ten are used: by the member who has left, once while in and once found out.
        for _ in 0..8 {
            assert_eq!(stage.ask("/me", HOME, Some(&ana)).await.status, 200);
        }
        assert_eq!(stage.ask("/secret", HOME, None).await.status, 200);
    }
}

#[tokio::test]
async fn live_streams_are_counted_by_account_and_by_tenant() {
    for store in testkit::stores().await {
        let capacity = Capacity { streams: (2, 3), ..Capacity::default() };
        let stage = Stage::new(&store, Rates::off(), capacity);
        let tenant = TenantId::new();
        let (ana, ben) = (secret(tenant), secret(tenant));
        let open = async |secret: &str| {
            let request = Stage::request("/events", HOME, Some(secret));
            tower::ServiceExt::oneshot(stage.router.clone(), request).await.unwrap()
        };
        let first = open(&ana).await;
        let _second = open(&ana).await;
        assert_eq!(first.status(), 200);
        refused(&stage.ask("/events", HOME, Some(&ana)).await, "too_many_streams");
        let _third = open(&ben).await;
        refused(&stage.ask("/events", HOME, Some(&ben)).await, "too_many_streams");
        assert_eq!(open(&secret(TenantId::new())).await.status(), 200, "another tenant has its own");
        drop(first);
        crate::stage::until(|| stage.app.door.streams.count() == 2).await;
        assert_eq!(open(&ben).await.status(), 200, "a place is free again");
    }
}
