//! What one tenant feels of another that asks a hundred times as often.
//!
//! Invariant: times count from the moment a request was due, so that a late answer makes the next one late too. Once
//! with the limits a tenant has by default, which send most of the noise away, and once without any, where turns alone
//! protect the quiet one.

use anyhow::Result;

use super::Bench;
use crate::{
    client::{paced, request},
    report::Target,
};

/// Requests a second of the quiet tenant.
const QUIET: f64 = 10.0;
/// Connections of the noisy one.
const NOISY: u32 = 64;

pub async fn measure(bench: &mut Bench) -> Result<()> {
    if !bench.wants("neighbour") {
        return Ok(());
    }
    beside(bench, "p99 beside a tenant with 100 times the load, limited", true).await?;
    beside(bench, "p99 beside a tenant with 100 times the load, no limits", false).await
}

async fn beside(bench: &mut Bench, what: &'static str, limited: bool) -> Result<()> {
    let server = bench.serve_limited(limited).await?;
    let (loud, quiet) = (bench.seeded.key.clone(), bench.seeded.neighbour.clone());
    let long = bench.seconds * 3.0;
    let look = |_| request("GET", "/api/v1/contacts?limit=50", &quiet, None);
    paced(server.address, 1, QUIET, 2.0, look).await?;
    let (alone, _) = paced(server.address, 1, QUIET, long, look).await?;
    let noise = |n: u64| match n % 10 {
        0 => {
            let contact = format!("{{\"family_name\":\"Ruido {n}\"}}");
            request("POST", "/api/v1/contacts", &loud, Some(("application/json", contact.as_bytes())))
        }
        _ => request("GET", "/api/v1/contacts?limit=50", &loud, None),
    };
    // The noise begins before and ends after what is measured.
    let noisy = paced(server.address, NOISY, QUIET * 100.0, long + 2.0, noise);
    let still = async {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        paced(server.address, 1, QUIET, long, look).await
    };
    let ((served, refused), (beside, sent_away)) = tokio::try_join!(noisy, still)?;
    let text = format!(
        "p50 {:.2} ms alone, {:.2} beside it; of the noise {:.0}/s served, {:.0}/s sent away; {sent_away} of the quiet one",
        alone.percentile(0.5),
        beside.percentile(0.5),
        served.per_second(),
        refused as f64 / served.seconds,
    );
    let least = alone.percentile(0.99);
    let busy = crate::machine::busy();
    bench.note(what, beside.percentile(0.99), "ms", Some(least), Target::AtMost(least * 1.5), busy, text);
    server.stop()
}
