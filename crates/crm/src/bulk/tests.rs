//! Bulk changes through the API and the workers, on both databases.

mod done;
mod interrupted;
mod rights;
mod speed;
mod undone;

use std::{sync::Arc, time::Duration};

use identity::Identity;
use jobs::Runner;
use kernel::{Actor, Caller, Can, Grants, Role};
use serde_json::{Value, json};
use store::sql;

use super::*;
use crate::{
    contact::{Contact, create::NewContact, create::parse},
    tests::{Answer, Desk, desks},
};

/// A turn of one step.
const SMALL: Pace = Pace { rows: part::SIZE, turn: Duration::ZERO, notice: Duration::ZERO };

impl Desk {
    fn bulk(&self) -> Bulk {
        Bulk::new(Identity::new(self.store.store.clone(), crate::PERMISSIONS))
    }

    /// The right of the person who asks in these tests.
    fn bulk_can(&self) -> Can<UseBulkChanges> {
        let names = crate::PERMISSIONS.iter().copied().flatten().map(|permission| permission.name);
        let actor = Actor::Member(self.ours.member_id);
        let caller = Caller { actor, grants: Grants::of(names), ..Caller::system(self.ours.tenant_id) };
        Can::check(Arc::new(caller)).unwrap()
    }

    /// Works off what is due.
    async fn bulk_work(&self) {
        jobs(Runner::new(self.store.store.clone()), self.bulk()).drain().await;
    }

    async fn change(&self, noun: &str, ids: &[String], action: Value) -> Answer {
        self.post("/api/v1/bulk-changes", json!({ "noun": noun, "ids": ids, "action": action })).await
    }

    async fn bulk_change(&self, id: &str) -> Answer {
        self.get(&format!("/api/v1/bulk-changes/{id}")).await.ok()
    }

    /// Companies of these names.
    async fn companies(&self, names: &[&str]) -> Vec<String> {
        let mut ids = Vec::new();
        for name in names {
            ids.push(self.post("/api/v1/companies", json!({ "name": name })).await.ok().id());
        }
        ids
    }

    /// Many contacts, without the events that making each by hand leaves.
    async fn crowd(&self, many: usize) -> Vec<String> {
        let mut ids = Vec::with_capacity(many);
        for start in (0..many).step_by(1_000) {
            let mut tx = self.tx().await;
            let part: Vec<Contact> = (start..many.min(start + 1_000))
                .map(|n| NewContact { given_name: Some(format!("Person {n:05}")), ..NewContact::default() })
                .map(|new| parse(&tx, new, "manual", "ES").unwrap())
                .collect();
            tx.insert_all(&part).await.unwrap();
            tx.commit().await.unwrap();
            ids.extend(part.into_iter().map(|contact| contact.id.to_string()));
        }
        ids
    }

    async fn audited(&self, action: &str) -> i64 {
        let mut tx = self.tx().await;
        let tenant = tx.tenant_id();
        let entries = sql!("SELECT count(*) FROM audit_entry WHERE tenant_id = {} AND action = {}", tenant, action);
        tx.count(entries).await.unwrap()
    }

    async fn role_of(&self, member: kernel::MemberId, role: Role) {
        let mut tx = self.tx().await;
        let tenant = tx.tenant_id();
        tx.execute(sql!("UPDATE member SET role = {} WHERE tenant_id = {} AND id = {}", role, tenant, member))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

impl Answer {
    /// Changed, unchanged and refused, which are all there are.
    fn came_to(&self) -> (i64, i64, i64) {
        let counts = (self.number("changed"), self.number("unchanged"), self.number("refused"));
        assert_eq!(
            (self.text("state"), counts.0 + counts.1 + counts.2),
            ("done".into(), self.number("total")),
            "{self:?}"
        );
        counts
    }
}
