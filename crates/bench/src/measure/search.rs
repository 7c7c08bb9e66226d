//! Text search by what people type: the beginning of a common name, a whole name, two words, a number.

use anyhow::Result;

use super::Bench;
use crate::{
    client::{Until, request},
    report::Target,
};

const TYPED: [&str; 10] =
    ["mar", "garc", "ju", "lopez", "maria%20gar", "talleres", "A-0421", "castillo", "valencia", "616"];

pub async fn measure(bench: &mut Bench) -> Result<()> {
    if !bench.wants("search") {
        return Ok(());
    }
    let server = bench.serve().await?;
    let key = bench.seeded.key.clone();
    // One who types waits for one answer at a time; four of them type here.
    let asked = |n: u64| request("GET", &format!("/api/v1/search?q={}", TYPED[n as usize % TYPED.len()]), &key, None);
    let cost = bench.cost(&server, 1, Until::Seconds(bench.seconds), true, asked).await?;
    let beside = format!("{:.0}/s, {}", cost.tally.per_second(), cost.beside());
    bench.note("text search, p50", cost.tally.percentile(0.5), "ms", None, Target::AtMost(15.0), cost.busy, beside);
    let common = bench
        .cost(&server, 1, Until::Seconds(bench.seconds / 2.0), false, |_| {
            request("GET", "/api/v1/search?q=mar", &key, None)
        })
        .await?;
    let (figure, beside) = (common.tally.percentile(0.5), common.beside());
    bench.note("text search for \"mar\", p50", figure, "ms", None, Target::AtMost(15.0), common.busy, beside);
    let listed = bench
        .cost(&server, 1, Until::Seconds(bench.seconds / 2.0), false, |_| {
            request("GET", "/api/v1/contacts?q=mar&limit=50", &key, None)
        })
        .await?;
    let (figure, beside) = (listed.tally.percentile(0.5), listed.beside());
    bench.note(
        "list of contacts narrowed to \"mar\", p50",
        figure,
        "ms",
        None,
        Target::AtMost(15.0),
        listed.busy,
        beside,
    );
    server.stop()
}
