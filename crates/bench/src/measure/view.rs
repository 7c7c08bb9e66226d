//! A list narrowed as a saved view narrows it: three conditions on built-in fields and one on a field of the workspace's own.

use anyhow::Result;

use super::Bench;
use crate::{
    client::{Until, request},
    report::Target,
};

/// City, tag, made in the last two weeks, and level: some hundred contacts fit.
const FILTER: &str = r#"{"all":[{"field":"city","op":"is","value":"madrid"},{"field":"tags","op":"any_of","value":["cliente"]},{"field":"created_at","op":"last_days","value":14},{"field":"custom.level","op":"is","value":"c001"}]}"#;
/// The same of a city where nobody lives: the list is walked to its end.
const NOBODY: &str = r#"{"all":[{"field":"city","op":"is","value":"nowhere"},{"field":"tags","op":"any_of","value":["cliente"]},{"field":"created_at","op":"last_days","value":14},{"field":"custom.level","op":"is","value":"c001"}]}"#;

pub async fn measure(bench: &mut Bench) -> Result<()> {
    if !bench.wants("view") {
        return Ok(());
    }
    let server = bench.serve().await?;
    let key = bench.seeded.key.clone();
    for (what, filter) in
        [("view of three filters and a custom field, p50", FILTER), ("view that nobody fits, p50", NOBODY)]
    {
        let filter: String = filter.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let path = format!("/api/v1/contacts?sort=name&limit=50&filter={filter}");
        let asked = |_| request("GET", &path, &key, None);
        let cost = bench.cost(&server, 1, Until::Seconds(bench.seconds), true, asked).await?;
        let beside = format!("{:.0}/s, {}", cost.tally.per_second(), cost.beside());
        bench.note(what, cost.tally.percentile(0.5), "ms", None, Target::AtMost(20.0), cost.busy, beside);
    }
    server.stop()
}
