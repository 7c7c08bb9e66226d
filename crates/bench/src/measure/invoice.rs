//! Issuing invoices, all from one series, and typesetting one.

use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, ensure};

use super::{Bench, CONNECTIONS, rest};
use crate::{
    client::{Until, request},
    report::Target,
};

/// Each draft can be issued once; taken in turn over all runs of this process.
static TAKEN: AtomicUsize = AtomicUsize::new(0);

pub async fn measure(bench: &mut Bench) -> Result<()> {
    if bench.wants("pdf") {
        pdf(bench).await?;
    }
    if bench.wants("issue") {
        issue(bench).await?;
    }
    Ok(())
}

/// Drafts are typeset each time they are looked at.
async fn pdf(bench: &mut Bench) -> Result<()> {
    let server = bench.serve().await?;
    let key = bench.seeded.key.clone();
    let drafts: Vec<_> = bench.seeded.drafts.iter().rev().take(200).copied().collect();
    let asked =
        |n: u64| request("GET", &format!("/api/v1/invoices/{}/pdf", drafts[n as usize % drafts.len()]), &key, None);
    let cost = bench.cost(&server, 1, Until::Seconds(bench.seconds), true, asked).await?;
    let beside = format!("{:.0}/s one after the other, {}", cost.tally.per_second(), cost.beside());
    bench.note("invoice PDF, warm", cost.cpu / 1000.0, "ms CPU", None, Target::AtMost(20.0), cost.busy, beside);
    bench.note("memory after typesetting", server.memory(), "MiB", None, Target::None, cost.busy, String::new());
    server.stop()
}

async fn issue(bench: &mut Bench) -> Result<()> {
    let server = bench.serve().await?;
    let key = bench.seeded.key.clone();
    let drafts = bench.seeded.drafts.clone();
    let first = TAKEN.load(Ordering::Relaxed);
    let most = ((bench.seconds * 300.0) as usize).min(drafts.len().saturating_sub(first + 200));
    ensure!(most > 0, "no draft is left to issue: seed anew");
    let taken = AtomicUsize::new(first);
    let asked = |_: u64| {
        let at = taken.fetch_add(1, Ordering::Relaxed).min(drafts.len() - 1);
        request("POST", &format!("/api/v1/invoices/{}/issue", drafts[at]), &key, None)
    };
    let cost = bench.cost(&server, CONNECTIONS, Until::Requests(most as u64), false, asked).await?;
    TAKEN.store(taken.load(Ordering::Relaxed), Ordering::Relaxed);
    let rate = cost.tally.per_second();
    let beside = format!("{} in one series, with the workers typesetting them, {}", cost.tally.requests, cost.beside());
    bench.note("issue an invoice", rate, "/s", None, Target::AtLeast(200.0), cost.busy, beside);
    // The workers typeset what was issued, which would take its share of the lines that follow.
    rest::until_idle(&server, &key).await?;
    server.stop()
}
