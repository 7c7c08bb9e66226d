//! The commands of `omb`, one file each.

pub mod audit;
pub mod clock;
pub mod data_map;
pub mod demo;
pub mod doctor;
pub mod keys;
pub mod migrate;
pub mod openapi;
pub mod serve;
pub mod tenant;

use std::net::SocketAddr;

use crate::config::Config;

/// Opens the configured database, with sentences that say what to do when it cannot be.
pub(crate) fn open_store(config: &Config, clock: kernel::Clock) -> anyhow::Result<store::Store> {
    let url = config.database_url();
    if config.database_url.is_none() {
        std::fs::create_dir_all(&config.data_dir).map_err(|e| {
            anyhow::anyhow!(
                "the data folder {} cannot be made: {e}. Set OMB_DATA_DIR to a folder this user may write to.",
                config.data_dir.display()
            )
        })?;
    }
    let options = store::StoreOptions {
        clock,
        connections: Some(config.database_connections),
        listeners: crate::domains::listeners(),
        scopes: crate::domains::scopes(),
        keys: store::KeyRing::file(config.master_key_file()),
    };
    store::Store::open(&url.parse()?, options).map_err(|e| match &config.database_url {
        None => anyhow::anyhow!(
            "the database in {} cannot be opened: {e}. Set OMB_DATA_DIR to a folder this user may write to.",
            config.data_dir.display()
        ),
        Some(_) => e.into(),
    })
}

/// The address people use: the configured one, or the socket's.
pub(crate) fn public_url(config: &Config, listen: SocketAddr) -> String {
    config.public_url.clone().unwrap_or_else(|| format!("http://{listen}"))
}
