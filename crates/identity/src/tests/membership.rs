//! Roles, the last owner, and what removal ends.

use std::collections::BTreeMap;

use edge::IfMatch;
use kernel::{MemberId, PageRequest, Role};

use super::*;
use crate::{
    Member,
    member::{change_role::change_role, join::join, list, remove::remove},
    permissions::{ManageMembers, ManageTenant},
    role::{store::grants_of, tune::tune},
};

impl World {
    /// A further member of a company, with an account of their own.
    pub async fn colleague(&self, tenant: TenantId, email: &str, role: Role) -> MemberId {
        let person = self.company(email).await;
        // Their own first company is out of the way: the company they joined is the one they used last.
        self.store.clock().advance(chrono::TimeDelta::seconds(1));
        let mut tx = self.system(tenant).await;
        let member = join(&mut tx, person.account_id, role).await.unwrap();
        tx.commit().await.unwrap();
        member.id
    }

    async fn give(&self, caller: &Arc<Caller>, id: MemberId, role: Role) -> kernel::Result<Member> {
        let mut tx = self.tx(caller).await;
        let version = tx.get::<Member>(id).await?.version;
        let member = change_role(&mut tx, self.identity.roles(), id, IfMatch(version), role).await?;
        tx.commit().await?;
        Ok(member)
    }

    async fn remove(&self, caller: &Arc<Caller>, id: MemberId) -> kernel::Result<()> {
        let mut tx = self.tx(caller).await;
        remove(&mut tx, self.identity.roles(), id).await?;
        Ok(tx.commit().await?)
    }
}

#[tokio::test]
async fn the_last_owner_stays() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let ana = world.signed_in(ANA).await;
        assert_eq!(code(world.remove(&ana, company.member_id).await), "last_owner");
        assert_eq!(code(world.give(&ana, company.member_id, Role::Sales).await), "last_owner");
        let luis = world.colleague(company.tenant_id, "luis@farorojo.example", Role::Sales).await;
        assert_eq!(code(world.remove(&ana, company.member_id).await), "last_owner", "others are no owners");
        world.give(&ana, luis, Role::Owner).await.unwrap();
        world.remove(&ana, company.member_id).await.unwrap();
    }
}

/// Two owners remove each other at one moment: one of them stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_owners_who_remove_each_other_at_once_one_stays() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let luis_id = world.colleague(company.tenant_id, "luis@farorojo.example", Role::Owner).await;
        let (ana, luis) = (world.signed_in(ANA).await, world.signed_in("luis@farorojo.example").await);
        assert_eq!(luis.tenant_id, company.tenant_id);
        for _ in 0..5 {
            let (one, two) =
                tokio::join!(world.remove(&ana, luis_id), world.give(&luis, company.member_id, Role::ReadOnly));
            assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
            let mut tx = world.system(company.tenant_id).await;
            let owners = sql!(
                "SELECT count(*) FROM member WHERE role = 'owner' AND state = 'active' AND tenant_id = {}",
                company.tenant_id
            );
            assert_eq!(tx.count(owners).await.unwrap(), 1);
            // Both are owners again for the next round.
            let restore = sql!("UPDATE member SET role = 'owner' WHERE tenant_id = {}", company.tenant_id);
            tx.execute(restore).await.unwrap();
            let (_, account) = (luis_id, luis.account_id.unwrap());
            join(&mut tx, account, Role::Owner).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
}

#[tokio::test]
async fn nobody_gives_or_touches_rights_beyond_their_own() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let luis = world.colleague(company.tenant_id, "luis@farorojo.example", Role::Administrator).await;
        let rosa = world.colleague(company.tenant_id, "rosa@faroverde.example", Role::Sales).await;
        let admin = world.signed_in("luis@farorojo.example").await;
        assert_eq!(code(world.give(&admin, rosa, Role::Owner).await), "owner_by_owner");
        assert_eq!(code(world.give(&admin, luis, Role::Owner).await), "owner_by_owner");
        assert_eq!(code(world.give(&admin, company.member_id, Role::Sales).await), "member_above_own");
        assert_eq!(code(world.remove(&admin, company.member_id).await), "member_above_own");
        world.give(&admin, rosa, Role::Administrator).await.unwrap();

        // Somebody who was given the management of members, and nothing more, cannot make administrators.
        let ana = world.signed_in(ANA).await;
        world.give(&ana, rosa, Role::Support).await.unwrap();
        let mut tx = world.tx(&ana).await;
        tune(&mut tx, world.identity.roles(), Role::Support, &BTreeMap::from([("member.manage".into(), Some(true))]))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let support = world.signed_in("rosa@faroverde.example").await;
        assert!(can::<ManageMembers>(&support).is_ok());
        assert_eq!(code(world.give(&support, rosa, Role::Administrator).await), "role_above_own");
        assert_eq!(code(world.remove(&support, luis).await), "member_above_own");
    }
}

#[tokio::test]
async fn a_removed_member_is_out_at_once_and_can_come_back() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let luis = world.colleague(company.tenant_id, "luis@farorojo.example", Role::Sales).await;
        let session = world.sign_in("luis@farorojo.example").await;
        assert_eq!(session.tenant_id, company.tenant_id);
        let ana = world.signed_in(ANA).await;
        world.remove(&ana, luis).await.unwrap();
        assert!(world.caller(session.secret()).await.is_none());
        assert_eq!(code(world.remove(&ana, luis).await), "not_found");
        let again = world.sign_in("luis@farorojo.example").await;
        assert_ne!(again.tenant_id, company.tenant_id, "their other company is still theirs");
        let mut tx = world.tx(&ana).await;
        let back = join(&mut tx, again.account_id, Role::Billing).await.unwrap();
        assert_eq!((back.id, back.role), (luis, Role::Billing), "the books know them by the same id");
        let page = list::list(&mut tx, world.identity.roles(), &PageRequest::default()).await.unwrap();
        assert_eq!(page.items.len(), 2);
    }
}

#[tokio::test]
async fn tuning_a_role_takes_effect_with_the_next_request() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        world.colleague(company.tenant_id, "luis@farorojo.example", Role::Sales).await;
        let session = world.sign_in("luis@farorojo.example").await;
        let ana = world.signed_in(ANA).await;
        let set = async |held: Option<bool>| {
            let mut tx = world.tx(&ana).await;
            let changes = BTreeMap::from([("tenant.manage".to_owned(), held)]);
            tune(&mut tx, world.identity.roles(), Role::Sales, &changes).await.unwrap();
            tx.commit().await.unwrap();
            can::<ManageTenant>(&world.caller(session.secret()).await.unwrap()).is_ok()
        };
        assert!(set(Some(true)).await && set(Some(true)).await);
        assert!(!set(Some(false)).await);
        assert!(!set(None).await);
        assert!(world.audit(company.tenant_id).await.iter().any(|a| a == "role.tune"));

        let refused = async |role, name: &str, caller: &Arc<Caller>| {
            let mut tx = world.tx(caller).await;
            code(tune(&mut tx, world.identity.roles(), role, &BTreeMap::from([(name.to_owned(), Some(true))])).await)
        };
        assert_eq!(refused(Role::Owner, "tenant.manage", &ana).await, "owner_fixed");
        assert_eq!(refused(Role::Sales, "no.such", &ana).await, "permission_unknown");
        assert_eq!(refused(Role::Sales, "account.own", &ana).await, "permission_fixed");
        let luis = world.caller(session.secret()).await.unwrap();
        assert_eq!(refused(Role::Sales, "audit.read", &luis).await, "permission_above_own");
        let mut tx = world.system(company.tenant_id).await;
        assert!(grants_of(&mut tx, world.identity.roles(), Role::Owner).await.unwrap().holds("tenant.manage"));
    }
}

#[tokio::test]
async fn members_are_found_by_name_and_address_and_only_ones_own() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        world.colleague(company.tenant_id, "luis_v@farorojo.example", Role::Sales).await;
        world.company("eve@evil.example").await;
        let ana = world.signed_in(ANA).await;
        let mut tx = world.tx(&ana).await;
        let find = async |tx: &mut Tx, q: &str| {
            let page = PageRequest { q: Some(q.into()), ..PageRequest::default() };
            list::list(tx, world.identity.roles(), &page)
                .await
                .unwrap()
                .items
                .into_iter()
                .map(|m| m.email)
                .collect::<Vec<_>>()
        };
        assert_eq!(find(&mut tx, "RUIZ").await.len(), 2);
        assert_eq!(find(&mut tx, "luis_").await, ["luis_v@farorojo.example"]);
        assert_eq!(find(&mut tx, "%").await.len(), 0);
        assert_eq!(find(&mut tx, "eve").await.len(), 0);
        let all = list::list(&mut tx, world.identity.roles(), &PageRequest::default()).await.unwrap().items;
        assert_eq!(all[0].actions, Vec::<&str>::new(), "the last owner");
        assert_eq!(all[1].actions, ["change_role", "remove"]);
        assert!(all[0].is_me && all[0].last_seen_at.is_some() && !all[1].is_me);
    }
}
