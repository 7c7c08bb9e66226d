//! `omb data-map`: prints every stored column, what it is and how it is erased.

use anyhow::Result;

pub fn run() -> Result<()> {
    let tables: Vec<_> = crate::domains::DATA_MAP.iter().copied().flatten().collect();
    println!("{}", serde_json::to_string_pretty(&tables)?);
    Ok(())
}
