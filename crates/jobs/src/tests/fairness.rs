//! Nobody's heap of work stands in the way of another's few jobs.

use kernel::id::Id;

use super::*;

async fn heap(store: &Store, tenant: TenantId, jobs: usize) {
    let mut tx = store.begin(&can(tenant)).await.unwrap();
    for i in 0..jobs {
        tx.enqueue(&say(&i.to_string())).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// The tenants served, in order, by claims of `size` until `count` jobs are taken.
async fn served(runner: &Runner, size: usize, count: usize) -> Vec<TenantId> {
    let mut tenants = Vec::new();
    while tenants.len() < count {
        tenants.extend(runner.claim(size).await.unwrap().into_iter().map(|job| job.tenant_id));
    }
    tenants
}

#[tokio::test]
async fn a_tenant_of_three_jobs_does_not_wait_for_one_of_five_thousand() {
    for store in testkit::stores().await {
        let (big, small) = (TenantId::new(), TenantId::new());
        heap(&store, big, 5_000).await;
        heap(&store, small, 3).await;
        let runner = speaker(&store, &Heard::default());
        let batch = served(&runner, 8, 8).await;
        assert_eq!(batch.iter().filter(|t| **t == small).count(), 3, "all three are in the first batch of eight");
        assert_eq!(batch.len(), 8, "and the rest of the batch is not left empty");
        let next = runner.claim(8).await.unwrap();
        assert!(next.iter().all(|job| job.tenant_id == big) && next.len() == 8);
    }
}

#[tokio::test]
async fn with_one_free_hand_tenants_take_turns() {
    for store in testkit::stores().await {
        let mut tenants = [TenantId::new(), TenantId::new(), TenantId::new()];
        tenants.sort_by_key(|t| t.uuid());
        let [a, b, c] = tenants;
        // The heap came first; by age alone its jobs would all go before.
        heap(&store, b, 200).await;
        heap(&store, a, 3).await;
        heap(&store, c, 2).await;
        let runner = speaker(&store, &Heard::default());
        assert_eq!(served(&runner, 1, 10).await, [a, b, c, a, b, c, a, b, b, b]);
    }
}

#[tokio::test]
async fn more_tenants_than_hands_are_all_served_in_one_round() {
    for store in testkit::stores().await {
        let mut tenants: Vec<TenantId> = (0..30).map(|_| TenantId::new()).collect();
        for tenant in &tenants {
            heap(&store, *tenant, 4).await;
        }
        let runner = speaker(&store, &Heard::default());
        let mut round = served(&runner, 7, 30).await;
        round.truncate(30);
        round.sort_by_key(|t| t.uuid());
        tenants.sort_by_key(|t| t.uuid());
        assert_eq!(round, tenants);
    }
}

#[tokio::test]
async fn a_tenants_own_jobs_go_in_the_order_they_were_wanted() {
    for store in testkit::stores().await {
        let heard = Heard::default();
        let tenant = TenantId::new();
        heap(&store, tenant, 12).await;
        assert_eq!(speaker(&store, &heard).drain().await, 12);
        assert_eq!(heard.all(), (0..12).map(|i| i.to_string()).collect::<Vec<_>>());
    }
}
