//! The demo business: a garage in Valencia with five months behind it. Everything is made by the same verbs that people
//! use, on a clock that is set back and walks forward to today, so that numbers, dates and timelines are real ones.

mod catalog;
mod people;
mod story;

use std::sync::Arc;

use anyhow::Result;
use chrono::TimeDelta;
use kernel::{Actor, Caller, Can, Grants, Permission, permissions};
use store::{Store, Tx};

use crate::command::demo::{EMAIL, PASSWORD};

permissions! {
    /// Everything the demo's story does; held by the product itself.
    pub TellStory = "demo.tell": [];
}

/// How long ago the story begins, in days.
const DAYS: i64 = 150;

/// The stage on which the story is told.
pub(crate) struct Stage {
    store: Store,
    can: Can<TellStory>,
}

impl Stage {
    pub(crate) async fn begin(&self) -> Result<Tx> {
        Ok(self.store.begin(&self.can).await?)
    }

    /// Walks the clock to `day` days after the story's beginning.
    pub(crate) fn walk_to(&self, day: i64) {
        let clock = self.store.clock();
        let target = TimeDelta::days(day - DAYS);
        clock.advance(target - clock.offset());
    }
}

/// Tells the story from its beginning to today. The clock is back in step at the end, whatever happens.
pub async fn tell(store: &Store) -> Result<()> {
    let before = store.clock().offset();
    store.clock().advance(TimeDelta::days(-DAYS));
    let told = story(store).await;
    store.clock().advance(before - store.clock().offset());
    told
}

async fn story(store: &Store) -> Result<()> {
    let owner = identity::establish(store, people::owner(EMAIL, PASSWORD)).await?;
    // The owner acts, as in life, so that timelines name her.
    let caller = Caller {
        actor: Actor::Member(owner.member_id),
        account_id: Some(owner.account_id),
        grants: Grants::of([TellStory::NAME]),
        ..Caller::system(owner.tenant_id)
    };
    let stage = Stage { store: store.clone(), can: Can::check(Arc::new(caller))? };
    let customers = people::settle(&stage).await?;
    story::tell(&stage, &customers).await
}
