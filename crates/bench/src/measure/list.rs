//! The list of 50 contacts beside its floor, and making a contact.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{Bench, CONNECTIONS};
use crate::{
    client::{Client, Until, request},
    process::Process,
    report::Target,
    seed::{CITIES, FAMILY, GIVEN},
};

/// Pages that are asked for in turn.
const PAGES: usize = 60;

pub async fn measure(bench: &mut Bench) -> Result<()> {
    if !bench.wants("list") {
        return Ok(());
    }
    let server = bench.serve().await?;
    let floor = floor(bench).await?;
    let key = bench.seeded.key.clone();
    let cursors = cursors(&server, &key).await?;
    same(&server, &floor, &key, &cursors).await?;
    let until = Until::Seconds(bench.seconds);
    let bare = bench.cost(&floor, CONNECTIONS, until, true, |_| request("GET", "/bare", "", None)).await?;
    bench.note("an answer of nothing (floor)", bare.cpu, "µs CPU", None, Target::None, bare.busy, rate(&bare));
    let at = |path: &'static str, n: u64| match &cursors[n as usize % cursors.len()] {
        Some(cursor) => format!("{path}&cursor={cursor}"),
        None => path.to_owned(),
    };
    let least = bench
        .cost(&floor, CONNECTIONS, until, true, |n| request("GET", &at("/contacts?limit=50", n), "", None))
        .await?;
    bench.note("list of 50 contacts (floor)", least.cpu, "µs CPU", None, Target::None, least.busy, rate(&least));
    let ours = bench
        .cost(&server, CONNECTIONS, until, true, |n| request("GET", &at("/api/v1/contacts?limit=50", n), &key, None))
        .await?;
    let most = Target::AtMost(least.cpu * 3.0);
    bench.note("list of 50 contacts, CPU", ours.cpu, "µs CPU", Some(least.cpu), most, ours.busy, ours.beside());
    let wanted = if bench.postmaster.is_some() { 5_000.0 } else { 8_000.0 };
    let (ours_rate, least_rate) = (ours.tally.per_second(), least.tally.per_second());
    bench.note(
        "list of 50 contacts",
        ours_rate,
        "/s",
        Some(least_rate),
        Target::AtLeast(wanted),
        ours.busy,
        String::new(),
    );
    server.stop()?;
    floor.stop()
}

fn rate(cost: &super::Cost) -> String {
    format!("{:.0}/s, {}", cost.tally.per_second(), cost.beside())
}

async fn floor(bench: &Bench) -> Result<Process> {
    let program = std::env::current_exe()?;
    let tenant = bench.seeded.tenant.to_string();
    Process::start(&program, &["floor", "--database", &bench.url, "--tenant", &tenant], &[], "/bare").await
}

/// Where pages begin, from walking the list.
async fn cursors(server: &Process, key: &str) -> Result<Vec<Option<String>>> {
    let mut client = Client::connect(server.address).await?;
    let mut cursors: Vec<Option<String>> = vec![None];
    while cursors.len() < PAGES {
        let mut path = "/api/v1/contacts?limit=50".to_owned();
        if let Some(cursor) = cursors.last().context("none")? {
            path.push_str(&format!("&cursor={cursor}"));
        }
        let (status, body) = client.ask(&request("GET", &path, key, None)).await?;
        ensure!(status == 200, "{path}: {status} {}", String::from_utf8_lossy(body));
        let page: Value = serde_json::from_slice(body)?;
        match page["next_cursor"].as_str() {
            Some(cursor) => cursors.push(Some(cursor.to_owned())),
            None => break,
        }
    }
    Ok(cursors)
}

/// The floor is only one if it answers the same.
async fn same(server: &Process, floor: &Process, key: &str, cursors: &[Option<String>]) -> Result<()> {
    for cursor in cursors.iter().take(5) {
        let with = |path: &str| cursor.as_ref().map_or(path.to_owned(), |cursor| format!("{path}&cursor={cursor}"));
        let mut clients = (Client::connect(server.address).await?, Client::connect(floor.address).await?);
        let (_, ours) = clients.0.ask(&request("GET", &with("/api/v1/contacts?limit=50"), key, None)).await?;
        let (_, least) = clients.1.ask(&request("GET", &with("/contacts?limit=50"), "", None)).await?;
        let (ours, least): (Value, Value) = (serde_json::from_slice(ours)?, serde_json::from_slice(least)?);
        let (ours_first, least_first) = (&ours["items"][0], &least["items"][0]);
        ensure!(ours == least, "the floor answers something else, such as:\n{ours_first}\n{least_first}");
    }
    Ok(())
}

pub async fn create(bench: &mut Bench) -> Result<()> {
    if !bench.wants("create") {
        return Ok(());
    }
    let server = bench.serve().await?;
    let key = bench.seeded.key.clone();
    let salt = std::process::id();
    let cost = bench
        .cost(&server, CONNECTIONS, Until::Seconds(bench.seconds), true, |n| {
            let (given, family) = (GIVEN[n as usize % GIVEN.len()], FAMILY[n as usize / 7 % FAMILY.len()]);
            let contact = json!({
                "given_name": given, "family_name": family, "email": format!("new{salt}.{n}@nuevo.example"),
                "phone": format!("+346{:08}", 50_000_000 + n % 40_000_000), "city": CITIES[n as usize % CITIES.len()],
                "country": "ES", "tags": ["nuevo"],
            });
            request("POST", "/api/v1/contacts", &key, Some(("application/json", contact.to_string().as_bytes())))
        })
        .await?;
    let rate = cost.tally.per_second();
    bench.note("create a contact", rate, "/s", None, Target::AtLeast(1_500.0), cost.busy, cost.beside());
    server.stop()
}
