//! `bench`: how fast and how large the program is, beside the least it could be. Run by `script/bench`.
//!
//! Invariant: figure and floor come from the same run on the same data. No figure fails anything: a slow machine is no
//! broken program.

mod client;
mod floor;
mod machine;
mod measure;
mod process;
mod report;
mod seed;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use kernel::TenantId;
use machine::Machine;
use measure::Bench;
use seed::{Amount, Seeded, seed};

#[derive(Parser)]
#[command(name = "bench")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Seeds both databases, measures and writes the table.
    Run(Run),
    /// Serves the floor of one database (started by `run`).
    Floor {
        #[arg(long)]
        database: String,
        #[arg(long)]
        tenant: TenantId,
        #[arg(env = "OMB_LISTEN")]
        listen: SocketAddr,
    },
}

#[derive(Args)]
struct Run {
    /// The release build of `omb`.
    #[arg(long)]
    program: PathBuf,
    /// Folder for databases and files; one that was seeded before is used again.
    #[arg(long)]
    data: PathBuf,
    /// PostgreSQL, owned by the role of the URL; left out unless given.
    #[arg(long)]
    postgres: Option<String>,
    /// Leave the embedded database out.
    #[arg(long)]
    no_sqlite: bool,
    /// A tenth of the data and shorter loads.
    #[arg(long)]
    quick: bool,
    /// Only these, by commas: start, list, search, view, neighbour, pdf, issue, create, import.
    #[arg(long)]
    only: Option<String>,
    /// Where the table goes.
    #[arg(long)]
    results: Option<PathBuf>,
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Floor { database, tenant, listen } => {
            tokio::runtime::Runtime::new()?.block_on(floor::serve(listen, &database, tenant))
        }
        // One thread: the load must leave the cores to what it measures.
        Command::Run(run) => {
            tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(measure_all(run))
        }
    }
}

async fn measure_all(run: Run) -> Result<()> {
    std::fs::create_dir_all(&run.data)?;
    let machine = Machine::examine(&run.data)?;
    let amount = match run.quick {
        true => Amount { contacts: 10_000, invoices: 10_000, drafts: 3_000 },
        false => Amount { contacts: 100_000, invoices: 100_000, drafts: 12_000 },
    };
    let when = kernel::Clock::system().now().format("%Y-%m-%d %H:%M UTC").to_string();
    let mut databases = Vec::new();
    if !run.no_sqlite {
        databases.push(("SQLite", format!("sqlite:{}", run.data.join("omb.db").display())));
    }
    databases.extend(run.postgres.clone().map(|url| ("PostgreSQL", url)));
    let mut lines = Vec::new();
    for (database, url) in databases {
        let folder = run.data.join(database);
        let note = run.data.join(format!("{database}.json"));
        let seeded = seeded(&note, &url, &folder.join("master.key"), amount).await?;
        let mut bench = Bench {
            database,
            folder,
            program: run.program.clone(),
            seeded,
            postmaster: if database == "PostgreSQL" { Some(postmaster(&url).await?) } else { None },
            url,
            seconds: if run.quick { 2.0 } else { 8.0 },
            rows: if run.quick { 10_000 } else { 100_000 },
            only: run.only.clone(),
            lines: Vec::new(),
        };
        bench.run().await?;
        lines.append(&mut bench.lines);
    }
    if let Some(path) = run.results {
        let notes = std::fs::read_to_string(path.with_file_name("notes.md")).unwrap_or_default();
        let amount = format!("{} contacts, {} invoices of five lines", amount.contacts, amount.invoices);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, report::document(&machine, &when, &amount, &lines, &notes))?;
        println!("written to {}", path.display());
    }
    Ok(())
}

/// What was seeded before, or is now.
async fn seeded(note: &Path, url: &str, master_key: &Path, amount: Amount) -> Result<Seeded> {
    if let Ok(text) = std::fs::read_to_string(note) {
        return serde_json::from_str(&text).context("the note of what was seeded is not understood: remove the folder");
    }
    let began = std::time::Instant::now();
    let seeded = seed(url, master_key, amount).await?;
    std::fs::write(note, serde_json::to_string(&seeded)?)?;
    println!("seeded {} in {:.0} s", note.display(), began.elapsed().as_secs_f64());
    Ok(seeded)
}

/// The server's first process; it also gets its statistics in order, as autovacuum does soon after.
async fn postmaster(url: &str) -> Result<u32> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    client.batch_execute("VACUUM ANALYZE").await?;
    let backend: i32 = client.query_one("SELECT pg_backend_pid()", &[]).await?.get(0);
    let stat =
        std::fs::read_to_string(format!("/proc/{backend}/stat")).context("PostgreSQL runs on another machine")?;
    let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)).context("no parent")?;
    Ok(parent.parse()?)
}
