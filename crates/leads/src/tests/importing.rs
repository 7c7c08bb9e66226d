//! Leads from files: brought in, recognised, changed, taken back, and back in as they went out.

use std::time::Duration;

use axum::{
    Extension,
    body::Body,
    http::{Request, StatusCode, header},
};
use crm::import::{Imports, Pace, jobs_at};
use files::Blobs;
use http_body_util::BodyExt;
use jobs::Runner;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use super::{Answer, Desk, custom::field, desks};

/// A desk with a place for files, and a worker that takes three rows at a time.
struct Bench {
    desk: Desk,
    runner: Runner,
    _folder: TempDir,
}

async fn benches() -> Vec<Bench> {
    let mut benches = Vec::new();
    for mut desk in desks().await {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::local(folder.path()).unwrap();
        let pace = Pace { rows: 3, turn: Duration::ZERO, notice: Duration::ZERO };
        let imports = crate::in_files(Imports::default());
        let runner = jobs_at(Runner::new(desk.store.store.clone()), blobs.clone(), imports, pace);
        desk.door = desk.door.layer(Extension(blobs));
        benches.push(Bench { desk, runner, _folder: folder });
    }
    benches
}

impl Bench {
    async fn ask(
        &self,
        role: &str,
        request: axum::http::request::Builder,
        body: impl Into<Body>,
    ) -> (StatusCode, Vec<u8>) {
        let who = &self.desk.ours;
        let cookie = format!("omb_session={}/{}/{role}", who.tenant_id, who.member_id);
        let request = request.header(header::COOKIE, cookie).body(body.into()).unwrap();
        let answer = self.desk.door.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        (status, answer.into_body().collect().await.unwrap().to_bytes().to_vec())
    }

    async fn upload(&self, role: &str, file: &str) -> Answer {
        self.upload_as(role, "leads.csv", file.as_bytes()).await
    }

    async fn upload_as(&self, role: &str, name: &str, file: &[u8]) -> Answer {
        let head = format!("--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), file, b"\r\n--line--\r\n"].concat();
        let request = Request::builder().method("POST").uri("/api/v1/imports?noun=lead");
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=line");
        let (status, body) = self.ask(role, request, body).await;
        Answer { status, body: serde_json::from_slice(&body).unwrap_or_default() }
    }

    async fn file(&self, path: &str) -> Vec<u8> {
        self.ask("owner", Request::builder().uri(path), Body::empty()).await.1
    }

    async fn at(&self, path: &str, verb: &str) -> Answer {
        let request = Request::builder().method("POST").uri(format!("{path}/{verb}"));
        let (status, body) = self.ask("owner", request, Body::empty()).await;
        assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&body));
        self.runner.drain().await;
        self.desk.get(path).await.ok()
    }

    /// Tries a file and brings it in, which must come to the same.
    async fn tried_and_brought(&self, up: &Answer) -> Answer {
        let path = format!("/api/v1/imports/{}", up.id());
        let trial = self.at(&path, "trial").await.body["trial"].clone();
        let done = self.at(&path, "start").await;
        assert_eq!((trial["state"].as_str(), done.text("state").as_str()), (Some("done"), "done"), "{done:?}");
        for count in ["created", "updated", "skipped", "refused"] {
            assert_eq!(trial[count], done.body[count], "{count}");
        }
        done
    }

    async fn leads(&self) -> Vec<Value> {
        self.desk.get("/api/v1/leads?sort=name").await.ok().body["items"].as_array().unwrap().clone()
    }
}

const FILE: &str = "Nombre;Apellidos;Empresa;Correo;Teléfono;Campaña;Mensaje;Propietario;Estado;Level\r\n\
    Eva;Mar;Aurora;EVA@example.com;612345678;primavera;¿Precio?;ana@faroazul.example;cualificado;Iron\r\n\
    Luis;;Aurora;;612345678;;;;;\r\n\
    ;;;;;;Nobody;;;Gold\r\n\
    Mala;;;not an address;;;;;;\r\n\
    Cliente;;;c@example.com;;;;;convertido;\r\n\
    Eva;Otra;;eva@example.com;;;;;;\r\n";

#[tokio::test]
async fn leads_come_in_scored_and_assigned_and_go_again() {
    for bench in benches().await {
        field(&bench.desk, json!({ "label": "Level", "kind": "choice", "choices": ["Gold", "Iron"] })).await;
        let up = bench.upload("owner", FILE).await.ok();
        assert_eq!((up.text("noun").as_str(), up.text("state").as_str()), ("lead", "ready"), "{up:?}");
        let targets: Vec<&str> =
            up.body["columns"].as_array().unwrap().iter().map(|column| column["target"].as_str().unwrap()).collect();
        let wanted =
            ["given_name", "family_name", "company_name", "email", "phone", "utm_campaign", "message", "owner"];
        assert_eq!(targets[..8], wanted);
        assert_eq!(targets[8..], ["status", "custom.level"]);
        let path = format!("/api/v1/imports/{}", up.id());
        let preview = bench.desk.get(&format!("{path}/preview")).await.ok();
        assert_eq!(preview.body["rows"][0]["record"]["name"], "Eva Mar");
        assert_eq!(preview.body["rows"][5]["duplicate"], true, "the same address further up");
        let done = bench.tried_and_brought(&up).await;
        let counts = ["created", "updated", "skipped", "refused"].map(|count| done.number(count));
        assert_eq!(counts, [2, 0, 1, 3], "{done:?}");
        let found = bench.leads().await;
        let eva = bench.desk.get(&format!("/api/v1/leads/{}", found[0]["id"].as_str().unwrap())).await.ok();
        assert_eq!((eva.text("email").as_str(), eva.text("phone").as_str()), ("eva@example.com", "+34612345678"));
        assert_eq!((eva.text("status").as_str(), eva.text("source").as_str()), ("qualified", "import"));
        assert_eq!((&eva.body["utm"]["campaign"], &eva.body["custom"]["level"]), (&json!("primavera"), &json!("c002")));
        let points: i64 =
            eva.body["score_reasons"].as_array().unwrap().iter().map(|one| one["points"].as_i64().unwrap()).sum();
        assert!(points != 0 && points == eva.number("score"), "{eva:?}");
        let refused = String::from_utf8(bench.file(&format!("{path}/refused.csv")).await).unwrap();
        for reason in ["given_name: Give a name", "email: ", "status: Convert the lead instead"] {
            assert!(refused.contains(reason), "{reason}: {refused}");
        }
        let undone = bench.at(&path, "undo").await;
        assert_eq!(
            (undone.number("undone"), undone.number("kept"), bench.leads().await.len()),
            (2, 0, 0),
            "{undone:?}"
        );
        // Once more; one of them has been worked on since.
        let done = bench.tried_and_brought(&bench.upload("owner", FILE).await.ok()).await;
        let eva = bench.leads().await[0]["id"].as_str().unwrap().to_owned();
        bench.desk.post("/api/v1/notes", json!({ "subject": eva, "body": "Called." })).await.ok();
        let undone = bench.at(&format!("/api/v1/imports/{}", done.id()), "undo").await;
        assert_eq!((undone.number("undone"), undone.number("kept"), bench.leads().await.len()), (1, 1, 1));
    }
}

#[tokio::test]
async fn leads_that_are_there_are_changed_by_address_or_number_and_put_back() {
    for bench in benches().await {
        let eva = json!({ "given_name": "Eva", "email": "eva@example.com", "company_name": "Old", "source": "fair" });
        let eva = bench.desk.post("/api/v1/leads", eva).await.ok();
        let luis = json!({ "given_name": "Luis", "phone": "+34612345678" });
        let luis = bench.desk.post("/api/v1/leads", luis).await.ok();
        let gone =
            bench.desk.post("/api/v1/leads", json!({ "given_name": "Gone", "email": "g@example.com" })).await.ok();
        bench.desk.post(&format!("/api/v1/leads/{}/convert", gone.id()), json!({})).await.ok();
        let file = "First name,Email,Phone,Company,Source\nEva,EVA@example.com,,New,web\nLuis,,612 34 56 78,Puerto,\n\
            Marta,,612 34 56 78,,\nGone,g@example.com,,Late,\nEva,eva@example.com,,Newest,\n";
        let up = bench.upload("owner", file).await.ok();
        let path = format!("/api/v1/imports/{}", up.id());
        let options = json!({ "options": { "duplicates": "update" } });
        let up = bench.desk.patch(&path, up.number("version"), options).await.ok();
        let done = bench.tried_and_brought(&up).await;
        let counts = ["created", "updated", "skipped", "refused"].map(|count| done.number(count));
        assert_eq!(counts, [1, 3, 0, 1], "Marta shares a number; who was converted does not change: {done:?}");
        let now = bench.desk.get(&format!("/api/v1/leads/{}", eva.id())).await.ok();
        assert_eq!((now.text("company_name").as_str(), now.text("source").as_str()), ("Newest", "fair"));
        let undone = bench.at(&path, "undo").await;
        assert_eq!((undone.number("undone"), undone.number("kept")), (3, 0), "{undone:?}");
        for (before, field) in [(&eva, "company_name"), (&luis, "company_name"), (&eva, "score")] {
            let now = bench.desk.get(&format!("/api/v1/leads/{}", before.id())).await.ok();
            assert_eq!(now.body[field], before.body[field], "{field}");
        }
    }
}

#[tokio::test]
async fn leads_that_go_out_come_back_in_by_themselves() {
    for bench in benches().await {
        field(&bench.desk, json!({ "label": "Budget", "kind": "money" })).await;
        let eva = json!({ "given_name": "Eva", "family_name": "Mar", "company_name": "Aurora", "email": "eva@example.com",
            "phone": "+34612345678", "country": "ES", "language": "es", "message": "=1+1", "source": "fair",
            "utm": { "campaign": "spring" }, "landing_page": "https://aurora.example/a",
            "answers": [{ "question": "Vans?", "answer": "12" }],
            "custom": { "budget": { "amount": "91.13", "currency": "EUR" } } });
        let eva = bench.desk.post("/api/v1/leads", eva).await.ok();
        for name in ["leads.csv", "leads.xlsx"] {
            let out = bench.file(&format!("/api/v1/leads/export{}", name.trim_start_matches("leads"))).await;
            let there = bench.leads().await[0]["id"].as_str().unwrap().to_owned();
            bench.desk.delete(&format!("/api/v1/leads/{there}")).await.ok();
            let done = bench.tried_and_brought(&bench.upload_as("owner", name, &out).await.ok()).await;
            assert_eq!((done.number("created"), done.number("refused")), (1, 0), "{name}: {done:?}");
            let back = bench.leads().await[0]["id"].as_str().unwrap().to_owned();
            let back = bench.desk.get(&format!("/api/v1/leads/{back}")).await.ok();
            for field in COMES_BACK.split(' ') {
                assert_eq!(back.body[field], eva.body[field], "{name}: {field}");
            }
        }
    }
}

/// What of a lead is the same after it has gone out and come in.
const COMES_BACK: &str = "name given_name family_name company_name email phone country language message source utm \
    landing_page answers status owner custom";

#[tokio::test]
async fn a_worker_that_dies_half_way_doubles_no_lead() {
    for bench in benches().await {
        let mut file = String::from("first name,email\n");
        (0..90).for_each(|at| file.push_str(&format!("Ana {at},ana{at}@example.com\n")));
        let up = bench.upload("owner", &file).await.ok();
        let path = format!("/api/v1/imports/{}", up.id());
        bench.desk.press(&format!("{path}/start")).await.ok();
        let some_are_in = async { while bench.desk.get("/api/v1/leads").await.ok().each("id").len() < 10 {} };
        tokio::select! {
            () = some_are_in => {}
            _ = bench.runner.drain() => panic!("it was done before anybody looked"),
        }
        assert_eq!(bench.desk.get(&path).await.ok().text("state"), "running");
        // Another takes over once the lease of the first is over.
        bench.desk.store.clock().advance(chrono::TimeDelta::hours(1));
        bench.runner.drain().await;
        let done = bench.desk.get(&path).await.ok();
        assert_eq!((done.text("state").as_str(), done.number("created")), ("done", 90), "{done:?}");
        assert_eq!(bench.desk.get("/api/v1/leads?limit=100").await.ok().each("id").len(), 90);
    }
}

#[tokio::test]
async fn chunk_after_chunk_no_lead_is_doubled_and_who_may_not_make_leads_brings_none() {
    for bench in benches().await {
        let mut file = String::from("first name,email\n");
        (0..20).for_each(|at| file.push_str(&format!("Ana {at},ana{}@example.com\n", at % 15)));
        let up = bench.upload("owner", &file).await.ok();
        let path = format!("/api/v1/imports/{}", up.id());
        bench.desk.press(&format!("{path}/start")).await.ok();
        assert!(bench.runner.drain().await >= 7, "a turn for every three rows");
        let done = bench.desk.get(&path).await.ok();
        assert_eq!((done.number("created"), done.number("skipped")), (15, 5), "{done:?}");
        assert_eq!(bench.desk.get("/api/v1/leads?limit=100").await.ok().each("id").len(), 15);
        for role in ["sales-lead.edit", "billing"] {
            assert_eq!(bench.upload(role, &file).await.status, StatusCode::FORBIDDEN, "{role}");
        }
    }
}
