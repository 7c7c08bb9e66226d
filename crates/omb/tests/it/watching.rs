//! Watching the program: its logs say nothing about anybody, its readiness says why not, its metrics name no tenant, and
//! its traces arrive at a collector.

use std::{
    io::Write,
    process::Stdio,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, extract::State, http::HeaderMap, routing::post};
use serde_json::Value;
use tracing_subscriber::util::SubscriberInitExt;

use crate::{app::TestApp, six_steps::script};

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What the six steps plant: names, addresses, numbers, what was sold, and the password.
const PLANTED: &[&str] = &[
    "@",
    "Ana Ruiz",
    "Faro Azul",
    "faro.example",
    "Lucía",
    "Prieto",
    "levante",
    "Soler",
    "612345678",
    "B58378431",
    "quiet otter",
    "Brake service",
    "Front pads",
    "Fleet 2027",
    "omb_session=",
];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_anybody_is_logged_at_any_level() {
    let log = Log::default();
    let to = log.clone();
    omb::logging::subscriber("trace".into(), move || to.clone()).init();
    for app in TestApp::each().await {
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let workers = app.runner.start(2, stopped);
        let output = tokio::process::Command::new("bash")
            .args(["-euo", "pipefail", "-c", &script()])
            .env("OMB_URL", &app.url)
            .stdin(Stdio::null())
            .output()
            .await
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        stop.send(true).unwrap();
        workers.await.unwrap();
        // The secrets of every link that was sent by mail.
        let mails = app.sandbox.mails(&sandbox::MailFilter::default());
        let links = mails.iter().flat_map(|mail| app.sandbox.mail(mail.id).unwrap().links);
        let secrets: Vec<String> = links
            .filter_map(|link| link.rsplit(['/', '=', '#']).next().map(str::to_owned))
            .filter(|s| s.len() > 15)
            .collect();
        assert!(secrets.len() >= 3, "{secrets:?}");
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(text.lines().count() > 20, "only {} lines were logged", text.lines().count());
        let found: Vec<&str> = text
            .lines()
            .filter(|line| {
                PLANTED.iter().copied().chain(secrets.iter().map(String::as_str)).any(|planted| line.contains(planted))
            })
            .collect();
        assert!(found.is_empty(), "{} lines: {:#?}", found.len(), &found[..found.len().min(10)]);
        let answered: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .filter(|line| line["message"] == "answered" && line["span"]["route"] == "/api/v1/companies")
            .collect();
        assert!(!answered.is_empty());
        for line in answered {
            let span = &line["span"];
            let is = |name: &str, prefix: &str| span[name].as_str().is_some_and(|text| text.starts_with(prefix));
            assert!(
                span["id"].is_string() && is("tenant", "ten_") && is("actor_kind", "m") && is("actor_id", "mem_"),
                "{line}"
            );
        }
    }
}

#[test]
fn the_crates_whose_words_are_logged_are_those_of_the_program() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    found.retain(|name| name != "testkit" && name != "bench");
    assert_eq!(found, omb::logging::OURS);
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_says_what_is_missing_and_liveness_does_not_ask() {
    for app in TestApp::each().await {
        let client = app.nobody();
        let answer = client.get("/readyz").await;
        assert_eq!(answer.status, 503);
        assert_eq!(answer.headers["retry-after"], "5");
        let check = |body: &Value, name: &str| {
            body["checks"].as_array().unwrap().iter().find(|check| check["name"] == name).unwrap().clone()
        };
        assert_eq!(check(&answer.body, "database")["ok"], true);
        assert_eq!(check(&answer.body, "jobs")["reason"], "the workers have not been started");
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let workers = app.runner.start(1, stopped);
        let turned = async {
            while client.get("/readyz").await.status != 200 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), turned).await.unwrap();
        let body = client.get("/readyz").await.ok();
        assert_eq!((&body["ready"], &check(&body, "sweeps")["ok"]), (&Value::Bool(true), &Value::Bool(true)));
        assert_eq!(client.get("/healthz").await.bytes, b"ok");
        stop.send(true).unwrap();
        workers.await.unwrap();
    }
}

#[tokio::test]
async fn the_metrics_count_and_name_no_tenant() {
    for app in TestApp::each().await {
        let owner = app.owner("Metrics").await;
        owner.get("/api/v1/companies").await.ok();
        let answer = owner.get("/metrics").await;
        assert_eq!(answer.status, 200);
        let text = String::from_utf8(answer.bytes).unwrap();
        for name in [
            "omb_http_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/companies\",status=\"200\"}",
            "omb_http_in_work{lane=\"reads\"}",
            "omb_http_shed_total{lane=\"writes\"}",
            "omb_event_streams 0",
            "omb_database_connections{state=\"in_use\"}",
            "omb_database_statement_duration_seconds_count",
            "omb_jobs_due",
            "omb_jobs_oldest_due_seconds",
            "process_resident_memory_bytes",
            "process_open_fds",
            "omb_build_info{version=",
        ] {
            assert!(text.contains(name), "{name} is not among\n{text}");
        }
        let tenant = owner.get("/api/v1/me").await.ok()["tenant"]["id"].as_str().unwrap_or("ten_").to_owned();
        assert!(!text.contains(&tenant) && !text.contains("Metrics") && !text.contains("ten_"));
        let proxied = app.nobody();
        let answer =
            proxied.send(proxied.request(reqwest::Method::GET, "/metrics").header("x-forwarded-for", "1.2.3.4")).await;
        answer.refused(404, "not_found");
    }
}

/// Bodies that a collector was sent.
type Received = Arc<Mutex<Vec<Value>>>;

/// A collector that takes OTLP as JSON.
async fn collector() -> (String, Received) {
    let received = Received::default();
    let take = async |State(received): State<Received>, headers: HeaderMap, body: axum::body::Bytes| {
        assert_eq!(headers["content-type"], "application/json");
        received.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
        "{}"
    };
    let router = Router::new().route("/v1/traces", post(take)).with_state(received.clone());
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, received)
}

/// Every span a collector has.
fn spans(received: &Received) -> Vec<Value> {
    let bodies = received.lock().unwrap();
    let resources = bodies.iter().flat_map(|body| body["resourceSpans"].as_array().unwrap());
    let scopes = resources.flat_map(|resource| resource["scopeSpans"].as_array().unwrap());
    scopes.flat_map(|scope| scope["spans"].as_array().unwrap()).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn traces_reach_a_collector_and_go_on_from_the_callers() {
    let (endpoint, received) = collector().await;
    let data = tempfile::tempdir().unwrap();
    let mut program = tokio::process::Command::new(env!("CARGO_BIN_EXE_omb"))
        .arg("serve")
        .env_clear()
        .env("OMB_LISTEN", "127.0.0.1:0")
        .env("OMB_DATA_DIR", data.path())
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)
        .env("OTEL_BSP_SCHEDULE_DELAY", "100")
        .current_dir(data.path())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = tokio::io::AsyncBufReadExt::lines(tokio::io::BufReader::new(program.stdout.take().unwrap()));
    let line = lines.next_line().await.unwrap().unwrap();
    let url = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned();
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let client = reqwest::Client::new();
    let asked = client
        .get(format!("{url}/api/v1/me"))
        .header("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"))
        .bearer_auth("nobody's")
        .send();
    assert_eq!(asked.await.unwrap().status(), 401);
    let arrived = async {
        loop {
            let spans = spans(&received);
            let mine: Vec<_> = spans.iter().filter(|s| s["traceId"] == trace).cloned().collect();
            if mine.iter().any(|s| s["name"] == "request") && mine.iter().any(|s| s["name"] == "statement") {
                return mine;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let mine = tokio::time::timeout(Duration::from_secs(30), arrived).await.expect("the spans arrive");
    let request = mine.iter().find(|s| s["name"] == "request").unwrap();
    assert_eq!(request["parentSpanId"], "00f067aa0ba902b7");
    assert!(mine.iter().any(|s| s["name"] == "statement" && s["parentSpanId"] == request["spanId"]), "{mine:#?}");
    assert!(!serde_json::to_string(&mine).unwrap().contains("nobody's"), "no secret is in a trace");
}
