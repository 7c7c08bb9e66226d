//! Counters for `/metrics` in Prometheus' text format: requests by method, route pattern and status, and the time
//! they took. Labels come from our own route table, so their number is bounded.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use axum::http::{Method, header};
use axum::response::IntoResponse;

/// Upper bounds of the histogram, in seconds.
const BOUNDS: [f64; 9] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0];

#[derive(Default)]
struct Series {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    seconds: f64,
}

/// Method, route pattern and status.
type Labels = (String, String, u16);

static SERIES: LazyLock<Mutex<BTreeMap<Labels, Series>>> = LazyLock::new(Mutex::default);

/// Counts one answered request.
pub fn observe(method: &Method, route: &str, status: u16, elapsed: Duration) {
    let Ok(mut series) = SERIES.lock() else { return };
    let entry = series.entry((method.to_string(), route.to_owned(), status)).or_default();
    let seconds = elapsed.as_secs_f64();
    entry.count += 1;
    entry.seconds += seconds;
    for (bucket, bound) in entry.buckets.iter_mut().zip(BOUNDS) {
        *bucket += u64::from(seconds <= bound);
    }
}

static LIMITED: LazyLock<Mutex<BTreeMap<&'static str, u64>>> = LazyLock::new(Mutex::default);

/// Counts one request refused by a limit of this kind.
pub fn limited(kind: &'static str) {
    let Ok(mut counts) = LIMITED.lock() else { return };
    *counts.entry(kind).or_default() += 1;
}

/// `GET /metrics`.
pub async fn metrics() -> impl IntoResponse {
    let mut text = String::from(
        "# HELP omb_http_request_duration_seconds Time to answer, by route.\n# TYPE omb_http_request_duration_seconds histogram\n",
    );
    if let Ok(series) = SERIES.lock() {
        for ((method, route, status), s) in series.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            for (count, bound) in s.buckets.iter().zip(BOUNDS) {
                // Writing to a String cannot fail.
                let _ = writeln!(text, "omb_http_request_duration_seconds_bucket{{{labels},le=\"{bound}\"}} {count}");
            }
            let _ = writeln!(text, "omb_http_request_duration_seconds_bucket{{{labels},le=\"+Inf\"}} {}", s.count);
            let _ = writeln!(text, "omb_http_request_duration_seconds_sum{{{labels}}} {}", s.seconds);
            let _ = writeln!(text, "omb_http_request_duration_seconds_count{{{labels}}} {}", s.count);
        }
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
