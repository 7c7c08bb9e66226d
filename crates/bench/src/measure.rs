//! What is measured, one file per question. Each warms up first, then asks for a while and tells rate, times and CPU.

mod import;
mod invoice;
mod list;
mod neighbour;
mod rest;
mod search;
mod start;
mod view;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{
    client::{Tally, Until, load},
    machine::busy,
    process::{Process, cpu_of_family},
    report::{Line, Target, say},
    seed::Seeded,
};

/// Connections of the load.
pub const CONNECTIONS: usize = 16;

/// A seeded database and the programs to measure on it.
pub struct Bench {
    pub database: &'static str,
    pub url: String,
    /// Folder of the program's files.
    pub folder: PathBuf,
    pub program: PathBuf,
    pub seeded: Seeded,
    /// The postmaster, where there is one.
    pub postmaster: Option<u32>,
    /// Seconds of each load.
    pub seconds: f64,
    /// Rows of the imported file.
    pub rows: usize,
    pub only: Option<String>,
    pub lines: Vec<Line>,
}

/// What a load cost.
pub struct Cost {
    pub tally: Tally,
    /// CPU of the server process for one request, in microseconds.
    pub cpu: f64,
    /// The same of PostgreSQL, where there is one.
    pub database_cpu: Option<f64>,
    pub busy: f64,
}

impl Cost {
    /// What stands beside a figure.
    pub fn beside(&self) -> String {
        let mut text = format!(
            "p50 {:.2} ms, p99 {:.2} ms, {:.0} µs CPU",
            self.tally.percentile(0.5),
            self.tally.percentile(0.99),
            self.cpu
        );
        if let Some(cpu) = self.database_cpu {
            text.push_str(&format!(" and {cpu:.0} of PostgreSQL"));
        }
        text
    }
}

impl Bench {
    /// Measures everything that is wanted.
    pub async fn run(&mut self) -> Result<()> {
        rest::first(self).await?;
        start::measure(self).await?;
        list::measure(self).await?;
        search::measure(self).await?;
        view::measure(self).await?;
        neighbour::measure(self).await?;
        invoice::measure(self).await?;
        list::create(self).await?;
        import::measure(self).await
    }

    pub fn wants(&self, name: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only.split(',').any(|wanted| wanted == name))
    }

    pub async fn serve(&self) -> Result<Process> {
        self.serve_from(&self.program).await
    }

    async fn serve_from(&self, program: &Path) -> Result<Process> {
        self.start(program, false).await
    }

    /// With the limits a tenant has by default, or without any.
    async fn serve_limited(&self, limited: bool) -> Result<Process> {
        self.start(&self.program, limited).await
    }

    async fn start(&self, program: &Path, limited: bool) -> Result<Process> {
        // The load comes from one address and one key; what protects against that is not what is measured.
        let limits: &[&str] = if limited {
            &["OMB_REQUESTS_PER_MINUTE"]
        } else {
            &["OMB_REQUESTS_PER_MINUTE", "OMB_ACCOUNT_REQUESTS_PER_MINUTE", "OMB_TENANT_REQUESTS_PER_MINUTE"]
        };
        let mut environment =
            vec![("DATABASE_URL", self.url.clone()), ("OMB_DATA_DIR", self.folder.display().to_string())];
        environment.extend(limits.iter().map(|name| (*name, "0".to_owned())));
        Process::start(program, &["serve"], &environment, "/readyz").await
    }

    /// A load, after a short one that warms.
    pub async fn cost(
        &self,
        server: &Process,
        connections: usize,
        until: Until,
        warm: bool,
        request: impl Fn(u64) -> Vec<u8>,
    ) -> Result<Cost> {
        if warm {
            load(server.address, connections, Until::Seconds(1.0), &request).await?;
        }
        let (before, database_before) = (server.cpu(), self.postmaster.map(cpu_of_family));
        let tally = load(server.address, connections, until, &request).await?;
        let requests = tally.requests as f64;
        let database_cpu = database_before
            .zip(self.postmaster.map(cpu_of_family))
            .map(|(before, after)| after.saturating_sub(before) as f64 / requests);
        Ok(Cost { cpu: (server.cpu() - before) as f64 / requests, tally, database_cpu, busy: busy() })
    }

    #[allow(clippy::too_many_arguments, reason = "the columns of one row")]
    pub fn note(
        &mut self,
        what: &'static str,
        figure: f64,
        unit: &'static str,
        floor: Option<f64>,
        target: Target,
        busy: f64,
        beside: String,
    ) {
        let line = Line { what, database: self.database, figure, unit, floor, target, busy, beside };
        say(&line);
        self.lines.push(line);
    }
}
