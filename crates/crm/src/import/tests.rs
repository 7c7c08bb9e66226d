//! Imports end to end, on both databases: the form of the upload, the guesses, the work, what is refused, and the way
//! back.

mod custom;
mod deals;
mod door;
mod file;
mod formats;
mod hostile;
mod interrupted;
mod looked_up;
mod mappings;
mod nouns;
mod records;
mod trial;
mod undone;
mod update;

use std::{path::PathBuf, sync::Arc};

use axum::{
    Extension, Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use files::Blobs;
use http_body_util::BodyExt;
use jobs::Runner;
use kernel::{Actor, Caller, Can};
use serde_json::{Value, json};
use store::sql;
use tempfile::TempDir;
use tower::ServiceExt;

use super::*;
use crate::{
    contact::ImportContacts,
    tests::{Answer, Desk, desks},
};

/// A desk with a place for files and a worker.
struct Bench {
    desk: Desk,
    blobs: Blobs,
    runner: Runner,
    door: Router,
    _folder: TempDir,
}

/// One bench on each database.
async fn benches() -> Vec<Bench> {
    let mut benches = Vec::new();
    for desk in desks().await {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::local(folder.path()).unwrap();
        let runner = jobs(Runner::new(desk.store.store.clone()), blobs.clone(), Imports::default());
        let door = desk.door.clone().layer(Extension(blobs.clone())).layer(Extension(MaxUpload(4 << 20)));
        benches.push(Bench { desk, blobs, runner, door, _folder: folder });
    }
    benches
}

const BOUNDARY: &str = "a-line-between-parts";

impl Bench {
    async fn ask(&self, role: &str, request: axum::http::request::Builder, body: Vec<u8>) -> (StatusCode, Vec<u8>) {
        let who = &self.desk.ours;
        let cookie = format!("omb_session={}/{}/{role}", who.tenant_id, who.member_id);
        let request = request.header(header::COOKIE, cookie).body(Body::from(body)).unwrap();
        let answer = self.door.clone().oneshot(request).await.unwrap();
        (answer.status(), answer.into_body().collect().await.unwrap().to_bytes().to_vec())
    }

    async fn json(&self, method: &str, path: &str, version: Option<i64>, body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(version) = version {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let (status, bytes) =
            self.ask("owner", request, body.map(|b| b.to_string().into_bytes()).unwrap_or_default()).await;
        Answer { status, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    async fn upload_as(&self, role: &str, name: &str, content: &[u8]) -> Answer {
        self.send(role, "/api/v1/imports", name, content).await
    }

    async fn upload_of(&self, role: &str, noun: &str, content: &[u8]) -> Answer {
        self.upload_of_as(role, noun, "table.csv", content).await
    }

    async fn upload_of_as(&self, role: &str, noun: &str, name: &str, content: &[u8]) -> Answer {
        self.send(role, &format!("/api/v1/imports?noun={noun}"), name, content).await
    }

    async fn send(&self, role: &str, path: &str, name: &str, content: &[u8]) -> Answer {
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
        let (status, bytes) = self.ask(role, request, body).await;
        Answer { status, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    /// Changes how a file is taken that has been uploaded.
    async fn options(&self, up: &Answer, options: Value) -> Answer {
        let path = format!("/api/v1/imports/{}", up.id());
        self.json("PATCH", &path, up.body["version"].as_i64(), Some(json!({ "options": options }))).await
    }

    /// Tries a file and brings it in, which must come to the same; the import as it then is.
    async fn tried_and_brought(&self, up: &Answer) -> Answer {
        let trial = self.tried(&up.id()).await.body["trial"].clone();
        assert_eq!(trial["state"], "done", "{trial}");
        self.start(&up.id()).await;
        self.slow().drain().await;
        let done = self.import(&up.id()).await.adds_up();
        assert_eq!(
            trial::COUNTS.map(|name| trial[name].as_i64().unwrap()),
            trial::COUNTS.map(|name| done.number(name))
        );
        done
    }

    /// Rows of the table of refused ones.
    async fn refused(&self, id: &str) -> String {
        String::from_utf8(self.csv(&format!("/api/v1/imports/{id}/refused.csv")).await).unwrap()
    }

    async fn upload(&self, content: &[u8]) -> Answer {
        self.upload_as("owner", "people.csv", content).await
    }

    async fn import(&self, id: &str) -> Answer {
        self.json("GET", &format!("/api/v1/imports/{id}"), None, None).await.ok()
    }

    /// Uploads, starts and works until nothing is left to do; the import as it then is.
    async fn bring(&self, content: &[u8]) -> Answer {
        let id = self.upload(content).await.ok().id();
        self.start(&id).await;
        self.runner.drain().await;
        self.import(&id).await
    }

    async fn start(&self, id: &str) -> Answer {
        self.json("POST", &format!("/api/v1/imports/{id}/start"), None, None).await.ok()
    }

    async fn undo(&self, id: &str) -> Answer {
        self.json("POST", &format!("/api/v1/imports/{id}/undo"), None, None).await.ok();
        self.runner.drain().await;
        self.import(id).await
    }

    async fn csv(&self, path: &str) -> Vec<u8> {
        let (status, bytes) = self.ask("owner", Request::builder().uri(path), Vec::new()).await;
        assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&bytes));
        bytes
    }

    fn from(&self) -> run::From {
        (self.blobs.clone(), Imports::default())
    }

    fn can(&self) -> Can<ImportContacts> {
        let actor = Actor::Member(self.desk.ours.member_id);
        let caller = Caller {
            actor,
            grants: kernel::Grants::of(["contact.import"]),
            ..Caller::system(self.desk.ours.tenant_id)
        };
        Can::check(Arc::new(caller)).unwrap()
    }

    /// How many live records a table has.
    async fn count(&self, table: &'static str) -> i64 {
        let mut tx = self.desk.store.read(&self.can()).await.unwrap();
        let query =
            store::Sql::new("SELECT count(*) FROM ").push(table).push(" WHERE tenant_id = ").bind(tx.tenant_id());
        tx.count(query).await.unwrap()
    }

    async fn found(&self, text: &str) -> usize {
        let mut tx = self.desk.store.read(&self.can()).await.unwrap();
        tx.search(text, &["contact", "company"], 50).await.unwrap().len()
    }

    /// How often something stands in the audit trail.
    async fn audited(&self, action: &str) -> i64 {
        let mut tx = self.desk.store.read(&self.can()).await.unwrap();
        let query =
            sql!("SELECT count(*) FROM audit_entry WHERE tenant_id = {} AND action = {}", tx.tenant_id(), action);
        tx.count(query).await.unwrap()
    }
}

impl Answer {
    /// Every row is counted once.
    fn adds_up(self) -> Self {
        let parts = self.number("created") + self.number("updated") + self.number("skipped") + self.number("refused");
        assert_eq!(parts, self.number("rows_total"), "{:?}", self.body);
        assert_eq!(self.number("rows_done"), self.number("rows_total"));
        assert_eq!(self.number("bytes_done"), self.number("size"));
        self
    }

    fn target_of(&self, header: &str) -> &Value {
        let columns = self.body["columns"].as_array().unwrap();
        &columns.iter().find(|column| column["header"] == header).unwrap_or_else(|| panic!("{header} in {self:?}"))["target"]
    }
}

/// The published record-linkage data set FEBRL 1; None, said aloud, where the specifications are not at hand.
fn febrl() -> Option<Vec<u8>> {
    let specs = std::env::var_os("OMB_SPECS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/specs"), PathBuf::from);
    let file = std::fs::read(specs.join("contacts/febrl-dataset1.csv"));
    if file.is_err() {
        eprintln!("skipped: there is no contacts/febrl-dataset1.csv; OMB_SPECS names the folder of specifications");
    }
    file.ok()
}

/// 500 people in two companies by turns, whose rows can be told apart.
fn crowd(rows: usize) -> Vec<u8> {
    let mut text = String::from("id,given_name,family_name,email,company\n");
    for i in 0..rows {
        text.push_str(&format!("n-{i},Ana{i},Ruiz{i},ana{i}@example.com,Firm {}\n", i % 2));
    }
    text.into_bytes()
}
