//! Waiting until the program has nothing to do: what it does by itself would take its share of what is measured.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::Value;

use super::Bench;
use crate::{
    client::{Client, request},
    process::Process,
};

/// How often the work is counted.
const LOOK: Duration = Duration::from_millis(200);
/// Idle is who was so for this many looks: a sweep may be about to queue its jobs.
const LOOKS: u32 = 15;

/// The daily work of a fresh database, such as the search for duplicates among all contacts.
pub async fn first(bench: &Bench) -> Result<()> {
    let server = bench.serve().await?;
    until_idle(&server, &bench.seeded.key).await?;
    server.stop()
}

/// Until no job of the seeded tenant has been waiting or running for three seconds.
pub async fn until_idle(server: &Process, key: &str) -> Result<()> {
    let mut client = Client::connect(server.address).await?;
    let mut idle = 0;
    while idle < LOOKS {
        let (status, body) = client.ask(&request("GET", "/api/v1/jobs", key, None)).await?;
        ensure!(status == 200, "the work cannot be counted: {status} {}", String::from_utf8_lossy(body));
        let work: Value = serde_json::from_slice(body)?;
        idle = if work["waiting"] == 0 && work["running"] == 0 { idle + 1 } else { 0 };
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}
