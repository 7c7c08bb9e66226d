//! API keys hold no more than their maker; links give only what they were given.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use kernel::{PageRequest, Role};

use super::*;
use crate::{
    api_key::{
        create::{NewApiKey, create},
        list,
        revoke::revoke,
    },
    link::{self, NewLink},
    member::remove::remove,
};

impl World {
    async fn key(
        &self,
        caller: &Arc<Caller>,
        scopes: &[&str],
        expires_in: Option<TimeDelta>,
    ) -> kernel::Result<(kernel::ApiKeyId, String)> {
        let mut tx = self.tx(caller).await;
        let scopes: BTreeSet<String> = scopes.iter().map(|s| (*s).to_owned()).collect();
        let expires_at = expires_in.map(|d| tx.now() + d);
        let (key, secret) =
            create(&mut tx, self.identity.roles(), NewApiKey { name: "Shop".into(), scopes, expires_at }).await?;
        tx.commit().await?;
        Ok((key.id, secret))
    }

    async fn by_key(&self, secret: &str) -> Option<Caller> {
        self.identity.api_key(secret, home()).await.unwrap()
    }
}

#[tokio::test]
async fn a_key_holds_its_scopes_as_far_as_its_maker_does() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let luis = world.colleague(company.tenant_id, "luis@farorojo.example", Role::Administrator).await;
        let admin = world.signed_in("luis@farorojo.example").await;
        let (id, secret) = world.key(&admin, &["member.read", "tenant.manage"], None).await.unwrap();
        let caller = world.by_key(&secret).await.unwrap();
        assert_eq!(caller.actor, Actor::ApiKey(id));
        assert_eq!(caller.grants.names().collect::<Vec<_>>(), ["member.read", "tenant.manage"]);

        let ana = world.signed_in(ANA).await;
        let mut tx = world.tx(&ana).await;
        let tuned = std::collections::BTreeMap::from([("tenant.manage".to_owned(), Some(false))]);
        crate::role::tune::tune(&mut tx, world.identity.roles(), Role::Administrator, &tuned).await.unwrap();
        tx.commit().await.unwrap();
        let caller = world.by_key(&secret).await.unwrap();
        assert_eq!(caller.grants.names().collect::<Vec<_>>(), ["member.read"]);

        let mut tx = world.tx(&ana).await;
        let shown = list::list(&mut tx, &PageRequest::default()).await.unwrap().items;
        assert_eq!((shown.len(), shown[0].prefix.as_str()), (1, &secret[..8]));
        assert!(!serde_json::to_string(&shown).unwrap().contains(&secret));
        assert!(shown[0].last_used_at.is_some());
        remove(&mut tx, world.identity.roles(), luis).await.unwrap();
        tx.commit().await.unwrap();
        assert!(world.by_key(&secret).await.is_none(), "a key dies with its maker's membership");
    }
}

#[tokio::test]
async fn keys_are_refused_what_is_personal_unknown_or_beyond_their_maker() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        world.colleague(company.tenant_id, "luis@farorojo.example", Role::Sales).await;
        let ana = world.signed_in(ANA).await;
        assert_eq!(code(world.key(&ana, &[], None).await), "required");
        assert_eq!(code(world.key(&ana, &["account.own"], None).await), "scope_personal");
        assert_eq!(code(world.key(&ana, &["api_key.manage"], None).await), "scope_personal");
        assert_eq!(code(world.key(&ana, &["no.such"], None).await), "scope_unknown");
        assert_eq!(code(world.key(&ana, &["member.read"], Some(TimeDelta::seconds(-1))).await), "in_the_past");
        let luis = world.signed_in("luis@farorojo.example").await;
        assert_eq!(code(world.key(&luis, &["member.manage"], None).await), "scope_above_own");
        let (_, secret) = world.key(&ana, &["member.read"], None).await.unwrap();
        let key = Arc::new(world.by_key(&secret).await.unwrap());
        assert_eq!(code(world.key(&key, &["member.read"], None).await), "person_required");
    }
}

#[tokio::test]
async fn a_key_ends_by_time_or_by_being_revoked() {
    for world in worlds().await {
        world.company(ANA).await;
        let ana = world.signed_in(ANA).await;
        let (_, short) = world.key(&ana, &["member.read"], Some(TimeDelta::hours(1))).await.unwrap();
        let (id, long) = world.key(&ana, &["member.read"], None).await.unwrap();
        assert!(world.by_key(&short).await.is_some() && world.by_key(&long).await.is_some());
        world.store.clock().advance(TimeDelta::minutes(61));
        assert!(world.by_key(&short).await.is_none());
        let mut tx = world.tx(&ana).await;
        revoke(&mut tx, id).await.unwrap();
        tx.commit().await.unwrap();
        assert!(world.by_key(&long).await.is_none());
        assert!(world.by_key("omb_rubbish").await.is_none());
        let mut tx = world.tx(&ana).await;
        assert_eq!(code(revoke(&mut tx, id).await), "not_found");
    }
}

#[tokio::test]
async fn a_link_gives_its_holder_what_it_says_until_it_ends() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let mut tx = world.system(company.tenant_id).await;
        let expires_at = Some(tx.now() + TimeDelta::days(1));
        let new =
            |expires_at| NewLink { purpose: "quote", subject: "quo_1".into(), grants: &["quote.answer"], expires_at };
        let (_, short) = link::create(&mut tx, new(expires_at)).await.unwrap();
        let (id, long) = link::create(&mut tx, new(None)).await.unwrap();
        tx.commit().await.unwrap();
        let resolve = async |purpose, token: &str| link::resolve(&world.store, purpose, token, home()).await;
        let (caller, subject) = resolve("quote", &long).await.unwrap();
        assert_eq!(
            (caller.tenant_id, caller.actor, subject.as_str()),
            (company.tenant_id, Actor::Recipient(id), "quo_1")
        );
        assert!(caller.holds("quote.answer") && !caller.holds("member.read"));
        assert_eq!(code(resolve("invitation", &long).await), "not_found", "for another purpose");
        assert_eq!(code(resolve("quote", "rubbish").await), "not_found");
        world.store.clock().advance(TimeDelta::hours(25));
        assert_eq!(code(resolve("quote", &short).await), "link_expired");
        let mut tx = world.system(company.tenant_id).await;
        link::revoke(&mut tx, id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(code(resolve("quote", &long).await), "link_expired");
    }
}
