//! Bringing in a file of contacts: from the start of the import until its last row is there.

use std::{fmt::Write as _, time::Duration};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::Bench;
use crate::{
    client::{Client, request},
    machine::busy,
    process::cpu_of_family,
    report::Target,
    seed::{CITIES, FAMILY, GIVEN},
};

pub async fn measure(bench: &mut Bench) -> Result<()> {
    if !bench.wants("import") {
        return Ok(());
    }
    let server = bench.serve().await?;
    let key = bench.seeded.key.clone();
    let mut client = Client::connect(server.address).await?;
    let body = form(&file(bench.rows));
    let upload = request("POST", "/api/v1/imports", &key, Some(("multipart/form-data; boundary=frontier", &body)));
    let made = ask(&mut client, &upload).await?;
    let id = made["id"].as_str().context("the import has no id")?.to_owned();
    let (before, database_before) = (server.cpu(), bench.postmaster.map(cpu_of_family));
    ask(&mut client, &request("POST", &format!("/api/v1/imports/{id}/start"), &key, None)).await?;
    let look = request("GET", &format!("/api/v1/imports/{id}"), &key, None);
    let done = loop {
        let import = ask(&mut client, &look).await?;
        match import["state"].as_str() {
            Some("running") => tokio::time::sleep(Duration::from_millis(50)).await,
            Some("done") => break import,
            other => anyhow::bail!("the import is {other:?}: {import}"),
        }
    };
    ensure!(done["created"].as_u64() == Some(bench.rows as u64), "not every row was taken: {done}");
    let time = |name: &str| -> Result<DateTime<Utc>> { Ok(done[name].as_str().context("no time")?.parse()?) };
    let seconds = (time("finished_at")? - time("started_at")?).as_seconds_f64();
    let rows = bench.rows as f64;
    let mut beside = format!("{} rows, {:.0} µs CPU a row", bench.rows, (server.cpu() - before) as f64 / rows);
    if let (Some(before), Some(postmaster)) = (database_before, bench.postmaster) {
        let _ = write!(beside, " and {:.0} of PostgreSQL", (cpu_of_family(postmaster) - before) as f64 / rows);
    }
    bench.note("CSV import", rows / seconds, "rows/s", None, Target::AtLeast(20_000.0), busy(), beside);
    server.stop()
}

async fn ask(client: &mut Client, bytes: &[u8]) -> Result<Value> {
    let (status, body) = client.ask(bytes).await?;
    ensure!((200..300).contains(&status), "answered {status}: {}", String::from_utf8_lossy(body));
    Ok(serde_json::from_slice(body)?)
}

/// People nobody has yet, two of three with a company.
fn file(rows: usize) -> String {
    let salt = std::process::id();
    let mut text = String::from("First name,Last name,E-mail,Phone,City,Company\n");
    for n in 0..rows {
        let (given, family) = (GIVEN[n % GIVEN.len()], FAMILY[n / 40 % FAMILY.len()]);
        let company = if n % 3 < 2 { format!("Cooperativa {}", n % 1000) } else { String::new() };
        let _ = writeln!(
            text,
            "{given},{family},file{salt}.{n}@lista.example,+347{:08},{},{company}",
            10_000_000 + n,
            CITIES[n % CITIES.len()]
        );
    }
    text
}

fn form(file: &str) -> Vec<u8> {
    format!(
        "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{file}\r\n--frontier--\r\n"
    )
    .into_bytes()
}
