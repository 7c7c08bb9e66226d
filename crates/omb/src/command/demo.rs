//! `omb demo`: a demo business in an empty database, and how to sign in to it.

use anyhow::Result;
use kernel::Clock;

use crate::{config::Config, demo, product::Product};

/// How to sign in to the demo. It is printed, and meant for a machine of one's own.
pub const EMAIL: &str = "ana@aurora.example";
pub const PASSWORD: &str = "quiet otter paints maps";

pub async fn run(config: Config) -> Result<()> {
    let clock = Clock::system();
    let store = super::open_store(&config, clock.clone())?;
    store.migrate().await?;
    let product = Product::build(super::serve::parts(&config, store, clock, config.listen).await?);
    println!("{}", ensure(&product).await?);
    product.runner.drain().await;
    Ok(())
}

/// Makes the demo business where there is no account at all yet; says how to sign in to it, if it is there.
pub async fn ensure(product: &Product) -> Result<String> {
    let store = &product.app.store;
    let mut platform = store.platform_read().await?;
    let (accounts,): (i64,) = platform.one(store::Sql::new("SELECT count(*) FROM account")).await?;
    let ours = store::sql!("SELECT count(*) FROM account WHERE email_folded = {}", EMAIL);
    let (demo,): (i64,) = platform.one(ours).await?;
    drop(platform);
    if accounts == 0 {
        demo::tell(store).await?;
    } else if demo == 0 {
        return Ok("This database is in use, so no demo business was added.".into());
    }
    Ok(format!("Sign in to the demo business with {EMAIL} and the password: {PASSWORD}"))
}
