//! `omb openapi`: prints the API description, the source of the web client.

use anyhow::Result;

pub fn run() -> Result<()> {
    println!("{}", crate::domains::description().to_pretty_json()?);
    Ok(())
}
