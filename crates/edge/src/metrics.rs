//! Counters for `/metrics` in Prometheus' text format: requests by method, route pattern and status, and the time
//! they took, limits, lanes, live streams, and the database. Labels come from our own lists, so their number is bounded,
//! and no tenant is among them.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::http::Method;

use store::measure;

use crate::App;

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
    // Anybody can make a method up.
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    let method = if known.contains(method) { method.as_str() } else { "other" };
    let entry = series.entry((method.to_owned(), route.to_owned(), status)).or_default();
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

static REPEATED: AtomicU64 = AtomicU64::new(0);

/// Counts one request that is carried out again after a conflict.
pub fn repeated() {
    REPEATED.fetch_add(1, Ordering::Relaxed);
}

/// What the door knows, in Prometheus' text format. Writing to a String cannot fail.
pub fn text(app: &App) -> String {
    let mut text = String::new();
    requests(&mut text);
    head(&mut text, "omb_http_in_work", "gauge", "Requests in work, by lane.");
    for (lane, (held, ..)) in app.door.lanes.load() {
        let _ = writeln!(text, "omb_http_in_work{{lane=\"{lane}\"}} {held}");
    }
    head(&mut text, "omb_http_waiting", "gauge", "Requests that wait for a place in work, by lane.");
    for (lane, (_, waiting, _)) in app.door.lanes.load() {
        let _ = writeln!(text, "omb_http_waiting{{lane=\"{lane}\"}} {waiting}");
    }
    head(&mut text, "omb_http_shed_total", "counter", "Requests sent away because there was too much to do, by lane.");
    for (lane, (_, _, shed)) in app.door.lanes.load() {
        let _ = writeln!(text, "omb_http_shed_total{{lane=\"{lane}\"}} {shed}");
    }
    head(&mut text, "omb_http_limited_total", "counter", "Requests refused by a limit, by its kind.");
    if let Ok(counts) = LIMITED.lock() {
        for (kind, count) in counts.iter() {
            let _ = writeln!(text, "omb_http_limited_total{{kind=\"{kind}\"}} {count}");
        }
    }
    head(
        &mut text,
        "omb_http_repeated_total",
        "counter",
        "Requests carried out again after a conflict in the database.",
    );
    let _ = writeln!(text, "omb_http_repeated_total {}", REPEATED.load(Ordering::Relaxed));
    head(&mut text, "omb_event_streams", "gauge", "Live event streams that are open.");
    let _ = writeln!(text, "omb_event_streams {}", app.door.streams.count());
    head(&mut text, "omb_event_followers", "gauge", "Tenants whose outbox is followed for them.");
    let _ = writeln!(text, "omb_event_followers {}", app.door.feeds.count());
    database(&mut text, app);
    text
}

/// Begins a metric.
pub fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn requests(text: &mut String) {
    head(text, "omb_http_request_duration_seconds", "histogram", "Time to answer, by route.");
    let Ok(series) = SERIES.lock() else { return };
    for ((method, route, status), s) in series.iter() {
        let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
        for (count, bound) in s.buckets.iter().zip(BOUNDS) {
            let _ = writeln!(text, "omb_http_request_duration_seconds_bucket{{{labels},le=\"{bound}\"}} {count}");
        }
        let _ = writeln!(text, "omb_http_request_duration_seconds_bucket{{{labels},le=\"+Inf\"}} {}", s.count);
        let _ = writeln!(text, "omb_http_request_duration_seconds_sum{{{labels}}} {}", s.seconds);
        let _ = writeln!(text, "omb_http_request_duration_seconds_count{{{labels}}} {}", s.count);
    }
}

fn database(text: &mut String, app: &App) {
    let connections = app.store.connections();
    head(text, "omb_database_connections", "gauge", "Connections to the database, by state.");
    let _ = writeln!(text, "omb_database_connections{{state=\"in_use\"}} {}", connections.in_use);
    let _ = writeln!(text, "omb_database_connections{{state=\"most\"}} {}", connections.most);
    if let Some(waiting) = connections.waiting {
        head(text, "omb_database_waiting", "gauge", "Transactions that wait for a connection.");
        let _ = writeln!(text, "omb_database_waiting {waiting}");
    }
    let statements = measure::statements();
    head(text, "omb_database_statement_duration_seconds", "histogram", "Time of one statement.");
    for (count, bound) in statements.buckets.iter().zip(measure::BOUNDS) {
        let bound = bound as f64 / 1e6;
        let _ = writeln!(text, "omb_database_statement_duration_seconds_bucket{{le=\"{bound}\"}} {count}");
    }
    let _ = writeln!(text, "omb_database_statement_duration_seconds_bucket{{le=\"+Inf\"}} {}", statements.count);
    let _ = writeln!(text, "omb_database_statement_duration_seconds_sum {}", statements.seconds);
    let _ = writeln!(text, "omb_database_statement_duration_seconds_count {}", statements.count);
}
