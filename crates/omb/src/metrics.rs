//! `GET /metrics`, in Prometheus' text format: what the door counts, the queue, the process. No tenant is named.
//!
//! A stranger may not read it: with `OMB_METRICS_TOKEN` set, only who sends it as a bearer token; without, only who asks
//! from this machine itself and not through a proxy. Anybody else is told that there is nothing.

use std::{fmt::Write, net::SocketAddr, sync::Arc};

use axum::{
    Extension,
    extract::{ConnectInfo, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use edge::{App, Problem, metrics::head};
use kernel::Error;
use sha2::{Digest, Sha256};
use store::Sql;
use subtle::ConstantTimeEq;

/// The token that opens the metrics, if there is one.
#[derive(Clone, Default)]
pub struct Access(pub Option<Arc<str>>);

impl Access {
    fn admits(&self, peer: Option<SocketAddr>, headers: &HeaderMap) -> bool {
        let Some(token) = &self.0 else {
            let proxied = ["x-forwarded-for", "forwarded", "x-real-ip"].iter().any(|name| headers.contains_key(*name));
            return !proxied && peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback());
        };
        let sent = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
        // By digest: of equal length, whatever was sent.
        sent.is_some_and(|sent| Sha256::digest(sent).ct_eq(&Sha256::digest(token.as_bytes())).into())
    }
}

/// The page.
pub async fn metrics(
    State(app): State<App>,
    access: Option<Extension<Access>>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let access = access.map(|Extension(access)| access).unwrap_or_default();
    if !access.admits(peer.map(|Extension(ConnectInfo(peer))| peer), &headers) {
        return Problem(Error::NotFound { noun: "page" }).into_response();
    }
    let mut text = edge::metrics::text(&app);
    if let Err(error) = queue(&mut text, &app).await {
        // The rest is worth having while the database is away.
        tracing::warn!(%error, "the queue could not be counted for the metrics");
    }
    process(&mut text);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

async fn queue(text: &mut String, app: &App) -> store::Result<()> {
    let mut tx = app.store.platform_read().await?;
    let counted: Vec<(String, String, i64)> =
        tx.all(Sql::new("SELECT kind, state, count(*) FROM job GROUP BY kind, state ORDER BY kind, state")).await?;
    drop(tx);
    head(text, "omb_jobs", "gauge", "Jobs in the queue, by kind and state.");
    for (kind, state, count) in counted {
        let _ = writeln!(text, "omb_jobs{{kind=\"{kind}\",state=\"{state}\"}} {count}");
    }
    let depth = jobs::depth(&app.store).await?;
    head(text, "omb_jobs_due", "gauge", "Jobs that could run now and have not been taken.");
    let _ = writeln!(text, "omb_jobs_due {}", depth.due);
    let waited = depth.oldest_due.map_or(0, |since| (app.store.clock().now() - since).num_seconds().max(0));
    head(text, "omb_jobs_oldest_due_seconds", "gauge", "How long the oldest of them has been waiting.");
    let _ = writeln!(text, "omb_jobs_oldest_due_seconds {waited}");
    Ok(())
}

/// What the system says of this process, where it says it as Linux does.
fn process(text: &mut String) {
    head(text, "omb_build_info", "gauge", "This program.");
    let _ = writeln!(text, "omb_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"));
    if let Some(bytes) = resident() {
        head(text, "process_resident_memory_bytes", "gauge", "Memory in use.");
        let _ = writeln!(text, "process_resident_memory_bytes {bytes}");
    }
    if let Ok(open) = std::fs::read_dir("/proc/self/fd") {
        head(text, "process_open_fds", "gauge", "Files and sockets that are open.");
        let _ = writeln!(text, "process_open_fds {}", open.count());
    }
}

fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (header::HeaderName::from_static(n), header::HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn a_stranger_may_not_read_the_metrics() {
        let here = Some("127.0.0.1:9".parse().unwrap());
        let mapped = Some("[::ffff:127.0.0.1]:9".parse().unwrap());
        let away = Some("192.0.2.7:9".parse().unwrap());
        let open = Access(None);
        assert!(open.admits(here, &headers(&[])) && open.admits(mapped, &headers(&[])));
        assert!(!open.admits(away, &headers(&[])) && !open.admits(None, &headers(&[])));
        assert!(!open.admits(here, &headers(&[("x-forwarded-for", "192.0.2.7")])), "through a proxy on this machine");
        let shut = Access(Some("secret".into()));
        assert!(!shut.admits(here, &headers(&[])));
        assert!(!shut.admits(here, &headers(&[("authorization", "Bearer wrong")])));
        assert!(shut.admits(away, &headers(&[("authorization", "Bearer secret")])));
    }
}
