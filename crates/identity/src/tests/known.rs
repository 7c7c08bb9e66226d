//! A caller is believed for a second and no longer, and not at all once this node knows better.

use chrono::TimeDelta;
use kernel::Role;

use super::*;
use crate::member::remove::remove;

#[tokio::test]
async fn what_this_node_ends_ends_at_once_and_what_another_ends_ends_within_a_second() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let ana = world.signed_in(ANA).await;
        // At once: the member is removed here, right after it was found.
        let luis = world.colleague(company.tenant_id, "luis@farorojo.example", Role::Sales).await;
        let session = world.sign_in("luis@farorojo.example").await;
        assert!(world.caller(session.secret()).await.is_some());
        let mut tx = world.tx(&ana).await;
        remove(&mut tx, world.identity.roles(), luis).await.unwrap();
        tx.commit().await.unwrap();
        assert!(world.caller(session.secret()).await.is_none(), "this node has just removed him");

        // Within a second: another node ends the session, and this one hears nothing of it.
        let session = world.sign_in(ANA).await;
        assert!(world.caller(session.secret()).await.is_some());
        let elsewhere = world.store.second_node();
        let mut tx = elsewhere.platform().await.unwrap();
        let ended = tx.execute(sql!("DELETE FROM session WHERE digest = {}", crate::secret::digest(session.secret())));
        assert_eq!(ended.await.unwrap(), 1);
        tx.commit().await.unwrap();
        world.store.clock().advance(TimeDelta::seconds(1));
        assert!(world.caller(session.secret()).await.is_none(), "a second has passed");
    }
}

#[tokio::test]
async fn one_who_is_believed_comes_from_where_the_request_came_from() {
    for world in worlds().await {
        world.company(ANA).await;
        let session = world.sign_in(ANA).await;
        for ip in ["192.0.2.7", "192.0.2.8"] {
            let caller = world.identity.session(session.secret(), from(ip)).await.unwrap().unwrap();
            assert_eq!(caller.origin.ip, Some(ip.parse().unwrap()));
        }
    }
}
