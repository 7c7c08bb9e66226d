//! From the start of the process on a filled database until it is ready, and the memory it then has.

use std::time::Duration;

use anyhow::Result;

use super::Bench;
use crate::{machine::busy, report::Target};

const STARTS: usize = 7;

pub async fn measure(bench: &mut Bench) -> Result<()> {
    if !bench.wants("start") {
        return Ok(());
    }
    let (mut times, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let server = bench.serve().await?;
        times.push(server.ready_after.as_secs_f64() * 1000.0);
        tokio::time::sleep(Duration::from_secs(1)).await;
        memory.push(server.memory());
        server.stop()?;
    }
    times.sort_by(f64::total_cmp);
    memory.sort_by(f64::total_cmp);
    let (time, size) = (times[STARTS / 2], memory[STARTS / 2]);
    let beside = format!("median of {STARTS}, slowest {:.0}", times[STARTS - 1]);
    bench.note("cold start", time, "ms", None, Target::AtMost(300.0), busy(), beside);
    bench.note(
        "memory after start",
        size,
        "MiB",
        None,
        Target::AtMost(80.0),
        busy(),
        "resident, a second after".into(),
    );
    Ok(())
}
