//! Activities in bulk changes: those that the caller may see.

use chrono::{DateTime, Utc};
use kernel::{Permission, Result, Uuid, id::Id};
use store::{Sql, Tx};

use super::{
    Activity, ActivityId, ReadActivities, WriteActivities, delete,
    list::{ActivityFilter, select, visible},
    locked,
    update::{ChangeActivity, update},
};
use crate::bulk::noun::{Changeable, Rights};

#[async_trait::async_trait]
impl Changeable for Activity {
    type Id = ActivityId;
    type Change = ChangeActivity;
    type Filter = ActivityFilter;
    const FIELDS: &'static [&'static str] = &[
        "title",
        "body",
        "direction",
        "outcome",
        "duration_minutes",
        "starts_at",
        "ends_at",
        "place",
        "due_on",
        "due_at",
        "priority",
        "remind_at",
        "assignee_id",
    ];
    const OWNER: &'static str = "assignee_id";
    const ID: &'static str = "activity.id";
    const SEARCHED: bool = false;

    fn is(noun: &str) -> bool {
        noun == "activity"
    }
    fn rights() -> Rights {
        Rights { read: ReadActivities::NAME, edit: WriteActivities::NAME, delete: WriteActivities::NAME }
    }
    fn id(&self) -> Uuid {
        self.id.uuid()
    }
    fn called(&self) -> String {
        self.title.clone()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.deleted_at
    }
    fn visible(tx: &Tx, _: &str) -> Result<Sql> {
        Ok(visible(tx, tx.select::<Self>()))
    }
    async fn matching(tx: &mut Tx, _: &str, query: &str) -> Result<Sql> {
        select(tx, edge::query(query)?).await
    }
    async fn locked(tx: &mut Tx, _: &str, id: Uuid) -> Result<Self> {
        locked(tx, ActivityId::from_uuid(id)).await
    }
    async fn change(self, tx: &mut Tx, change: ChangeActivity) -> Result<Self> {
        update(tx, self, change).await
    }
    async fn delete(self, tx: &mut Tx) -> Result<Self> {
        delete::delete(tx, self).await
    }
    async fn restore(self, tx: &mut Tx) -> Result<Self> {
        delete::restore(tx, self).await
    }
}
