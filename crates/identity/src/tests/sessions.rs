//! Sessions: how long they live, and everything that ends or renews one.

use chrono::TimeDelta;

use super::*;
use crate::{
    member::join::join,
    session::{
        list::list,
        revoke::{revoke, revoke_others, sign_out},
        switch::{choices, switch},
    },
};

#[tokio::test]
async fn a_session_ends_when_idle_and_at_the_latest_after_sixty_days() {
    for world in worlds().await {
        world.company(ANA).await;
        let (idle, used) = (world.sign_in(ANA).await, world.sign_in(ANA).await);
        for _ in 0..4 {
            world.store.clock().advance(TimeDelta::days(13));
            assert!(world.caller(used.secret()).await.is_some());
        }
        assert!(world.caller(idle.secret()).await.is_none(), "52 days idle");
        world.store.clock().advance(TimeDelta::days(7));
        assert!(world.caller(used.secret()).await.is_some(), "59 days, used each fortnight");
        world.store.clock().advance(TimeDelta::days(2));
        assert!(world.caller(used.secret()).await.is_none());
        assert!(world.caller("rubbish").await.is_none());
    }
}

#[tokio::test]
async fn only_the_digest_of_a_secret_is_stored() {
    for world in worlds().await {
        world.company(ANA).await;
        let session = world.sign_in(ANA).await;
        let mut tx = world.store.platform_read().await.unwrap();
        let (digest,): (Vec<u8>,) = tx.one(store::Sql::new("SELECT digest FROM session")).await.unwrap();
        assert_eq!(digest, crate::secret::digest(session.secret()));
        assert_ne!(digest, session.secret().as_bytes());
    }
}

#[tokio::test]
async fn sessions_are_listed_and_revoked_by_their_owner_alone() {
    for world in worlds().await {
        let ana = world.company(ANA).await;
        world.company("eve@evil.example").await;
        let (one, two, three) = (world.sign_in(ANA).await, world.sign_in(ANA).await, world.sign_in(ANA).await);
        let caller = world.caller(one.secret()).await.unwrap();
        let mut tx = world.tx(&caller).await;
        let sessions = list(&mut tx, ana.account_id, Some(one.secret())).await.unwrap();
        assert_eq!(sessions.len(), 3);
        let current: Vec<_> = sessions.iter().filter(|s| s.current).collect();
        assert_eq!(current.len(), 1);
        assert_eq!(
            (current[0].device.as_str(), current[0].address.as_deref()),
            ("Firefox, Windows", Some("192.0.2.1"))
        );
        let other = sessions.iter().find(|s| !s.current).unwrap().id;
        drop(tx);

        let eve = world.signed_in("eve@evil.example").await;
        let mut tx = world.tx(&eve).await;
        assert_eq!(code(revoke(&mut tx, eve.account_id.unwrap(), other).await), "not_found");
        drop(tx);
        let mut tx = world.tx(&caller).await;
        revoke(&mut tx, ana.account_id, other).await.unwrap();
        tx.commit().await.unwrap();
        let left = [world.caller(two.secret()).await.is_some(), world.caller(three.secret()).await.is_some()];
        assert_eq!(left.iter().filter(|alive| **alive).count(), 1);

        let mut tx = world.tx(&caller).await;
        assert_eq!(revoke_others(&mut tx, ana.account_id, Some(one.secret())).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert!(world.caller(one.secret()).await.is_some());
        let mut tx = world.tx(&caller).await;
        sign_out(&mut tx, ana.account_id, Some(one.secret())).await.unwrap();
        tx.commit().await.unwrap();
        assert!(world.caller(one.secret()).await.is_none());
    }
}

#[tokio::test]
async fn opening_another_workspace_changes_the_secret_and_only_ones_own_open() {
    for world in worlds().await {
        let (ana, luis) = (world.company(ANA).await, world.company("luis@farorojo.example").await);
        let eve = world.company("eve@evil.example").await;
        let mut tx = world.system(luis.tenant_id).await;
        join(&mut tx, ana.account_id, kernel::Role::Sales).await.unwrap();
        tx.commit().await.unwrap();

        let session = world.sign_in(ANA).await;
        let caller = world.caller(session.secret()).await.unwrap();
        let mine = choices(&world.store, &caller).await.unwrap();
        assert_eq!(mine.len(), 2);
        assert_eq!(mine.iter().filter(|t| t.current).count(), 1);
        let refused = switch(&world.store, &caller, eve.tenant_id, Some(session.secret())).await;
        assert_eq!(code(refused), "not_found");

        let other = mine.iter().find(|t| !t.current).unwrap().id;
        let switched = switch(&world.store, &caller, other, Some(session.secret())).await.unwrap();
        assert!(world.caller(session.secret()).await.is_none(), "the old secret is over");
        let there = world.caller(switched.secret()).await.unwrap();
        assert_eq!(there.tenant_id, other);
        assert_eq!(there.holds("tenant.manage"), other == ana.tenant_id);
        let again = switch(&world.store, &caller, other, Some(session.secret())).await;
        assert_eq!(code(again), "not_found", "a secret that is over opens nothing");
    }
}

#[tokio::test]
async fn a_person_has_at_most_fifty_sessions() {
    for world in worlds().await {
        let ana = world.company(ANA).await;
        let first = world.sign_in(ANA).await;
        let caller = world.caller(first.secret()).await.unwrap();
        world.store.clock().advance(TimeDelta::seconds(5));
        for _ in 0..51 {
            let mut tx = world.tx(&caller).await;
            let account = crate::account::store::get(&mut tx, ana.account_id).await.unwrap();
            crate::session::start::start(&mut tx, &account, ana.member_id, "session.sign_in").await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(world.count("session").await, 50);
        assert!(world.caller(first.secret()).await.is_none(), "the least recently used went");
    }
}
