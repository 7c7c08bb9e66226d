//! Trials: the whole file, nothing written, and no other outcome than the import that follows.

use std::time::Duration;

use rand::{RngExt, SeedableRng, rngs::SmallRng};

use super::*;

pub const COUNTS: [&str; 6] = ["created", "linked", "updated", "skipped", "refused", "companies_created"];

impl Bench {
    /// Tries the whole file in small chunks; the import as it then is.
    pub async fn tried(&self, id: &str) -> Answer {
        self.json("POST", &format!("/api/v1/imports/{id}/trial"), None, None).await.ok();
        self.slow().drain().await;
        self.import(id).await
    }

    /// A worker that takes three rows at a time.
    pub fn slow(&self) -> Runner {
        let pace = Pace { rows: 3, turn: Duration::from_secs(60), notice: Duration::ZERO };
        jobs_at(Runner::new(self.desk.store.store.clone()), self.blobs.clone(), Imports::default(), pace)
    }
}

const FILE: &str = "First name,Email,City,Company\nAna,ana@example.com,Vigo,Puerto SL\nAna,ana@example.com,Lugo,\n\
    Berta,berta@example.com,,Puerto SL\nBerta,berta@example.com,,\nLuis,luis at example,,\n,ana@example.com,Lugo,\n";

#[tokio::test]
async fn a_trial_says_of_each_row_what_would_become_of_it_and_writes_nothing() {
    for bench in benches().await {
        let ana = json!({ "given_name": "Ana", "email": "ana@example.com", "city": "Madrid" });
        bench.json("POST", "/api/v1/contacts", None, Some(ana)).await.ok();
        let up = bench.upload(FILE.as_bytes()).await.ok();
        let path = format!("/api/v1/imports/{}", up.id());
        let options = json!({ "options": { "duplicates": "update" } });
        bench.json("PATCH", &path, up.body["version"].as_i64(), Some(options)).await.ok();
        let tried = bench.tried(&up.id()).await;
        let trial = &tried.body["trial"];
        assert_eq!((&trial["state"], &trial["rows_done"]), (&json!("done"), &json!(6)), "{trial}");
        assert_eq!(COUNTS.map(|name| trial[name].as_i64().unwrap()), [1, 1, 2, 2, 1, 1], "{trial}");
        assert_eq!(
            (bench.count("contact").await, bench.count("company").await, bench.count("import_row").await),
            (1, 0, 0)
        );
        assert_eq!((tried.text("state").as_str(), tried.number("rows_done")), ("ready", 0));
        let table = String::from_utf8(bench.csv(&format!("{path}/trial.csv")).await).unwrap();
        let rows: Vec<&str> = table.lines().skip(1).map(|line| line.split("\",\"").nth(1).unwrap()).collect();
        assert_eq!(rows, ["change", "change", "create", "skip", "refuse", "skip"], "{table}");
        assert!(table.contains("\"change\",\"company_id, city\"") && table.contains("\"change\",\"city\""), "{table}");
        assert!(table.contains("\"refuse\",\"email\""), "{table}");
        bench.start(&up.id()).await;
        bench.slow().drain().await;
        let done = bench.import(&up.id()).await.adds_up();
        assert_eq!(COUNTS.map(|name| done.number(name)), COUNTS.map(|name| trial[name].as_i64().unwrap()));
        let late = bench.json("POST", &format!("{path}/trial"), None, None).await;
        assert_eq!(late.conflict(), "import_not_triable");
    }
}

#[tokio::test]
async fn a_change_of_how_the_file_is_read_ends_what_a_trial_said() {
    for bench in benches().await {
        let up = bench.upload(FILE.as_bytes()).await.ok();
        let path = format!("/api/v1/imports/{}", up.id());
        bench.tried(&up.id()).await;
        assert_eq!(bench.count("blob").await, 2);
        // One that waits is replaced, and one whose import is changed finds nothing to do.
        bench.json("POST", &format!("{path}/trial"), None, None).await.ok();
        let options = json!({ "options": { "duplicates": "create" } });
        let changed = bench.json("PATCH", &path, up.body["version"].as_i64(), Some(options)).await.ok();
        assert_eq!(changed.body["trial"], Value::Null);
        bench.runner.drain().await;
        assert_eq!((bench.count("import_trial").await, bench.count("blob").await), (0, 1));
        let (status, _) = bench.ask("owner", Request::builder().uri(format!("{path}/trial.csv")), Vec::new()).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_trial_ends_when_its_import_is_started() {
    for bench in benches().await {
        let up = bench.upload(FILE.as_bytes()).await.ok();
        bench.json("POST", &format!("/api/v1/imports/{}/trial", up.id()), None, None).await.ok();
        bench.start(&up.id()).await;
        bench.runner.drain().await;
        let done = bench.import(&up.id()).await.adds_up();
        let trial = &done.body["trial"];
        assert_eq!((&trial["state"], &trial["error"]["code"]), (&json!("failed"), &json!("trial_overtaken")));
    }
}

/// A file of rows drawn from a few people and companies, so that they meet each other and those who are there.
fn drawn(random: &mut SmallRng) -> String {
    let mut file = String::from("id,given_name,family_name,email,phone,city,company,company_website\n");
    let mut pick = |of: &[&str]| of[random.random_range(0..of.len())].to_owned();
    for _ in 0..20 {
        let row = [
            pick(&["", "", "1", "2", "3"]),
            pick(&["Ana", "Luis", ""]),
            pick(&["Ruiz", ""]),
            pick(&["", "a@example.com", "b@example.com", "c@example.com", "nowhere"]),
            pick(&["", "+34612345671", "+34612345672"]),
            pick(&["", "Vigo", "Lugo"]),
            pick(&["", "Acme", "Puerto", "Faro"]),
            pick(&["", "", "acme.example", "puerto.example"]),
        ];
        file.push_str(&row.join(","));
        file.push('\n');
    }
    file
}

#[tokio::test]
async fn a_trial_counts_what_the_import_then_counts_whatever_the_file() {
    for bench in benches().await {
        for seed in 0..24_u64 {
            let mut random = SmallRng::seed_from_u64(seed);
            let up = bench.upload(drawn(&mut random).as_bytes()).await.ok();
            let path = format!("/api/v1/imports/{}", up.id());
            let mode = ["skip", "update", "update_only", "create"][usize::try_from(seed % 4).unwrap()];
            let by = [json!(["external_id", "email", "phone"]), json!(["email"]), json!(["phone", "external_id"])];
            let by = &by[random.random_range(0..3)];
            let options = json!({ "options": { "duplicates": mode, "match_by": by } });
            bench.json("PATCH", &path, up.body["version"].as_i64(), Some(options)).await.ok();
            let tried = bench.tried(&up.id()).await.body["trial"].clone();
            bench.start(&up.id()).await;
            bench.slow().drain().await;
            let done = bench.import(&up.id()).await.adds_up();
            let would = COUNTS.map(|name| tried[name].as_i64().unwrap());
            assert_eq!(would, COUNTS.map(|name| done.number(name)), "seed {seed}, {mode}, {by}");
            let made = ["created", "updated", "companies_created"].map(|name| done.number(name));
            if seed % 5 == 4 && made.iter().any(|count| *count > 0) {
                bench.undo(&up.id()).await;
            }
        }
    }
}
