//! `omb migrate`: brings the schema to this program's version and says what it did.

use anyhow::Result;
use kernel::Clock;

use crate::config::Config;

pub async fn run(config: Config) -> Result<()> {
    let store = super::open_store(&config, Clock::system())?;
    let state = store.migrate().await?;
    match state.applied {
        0 => println!("The {} schema is at version {}; nothing to do.", store.kind(), state.version),
        n => println!("Applied {n} migration(s); the {} schema is at version {}.", store.kind(), state.version),
    }
    Ok(())
}
