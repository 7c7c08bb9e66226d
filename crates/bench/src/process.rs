//! A process under measurement: the program or the floor, started by us, asked for its CPU and memory, stopped by us.

use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::client::Client;

/// Linux counts CPU time in hundredths of a second (`sysconf(_SC_CLK_TCK)`).
const TICK_MICROS: u64 = 10_000;

pub struct Process {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process until it answered that it is ready.
    pub ready_after: Duration,
}

impl Process {
    /// Starts it and waits until `path` answers 200.
    pub async fn start(program: &Path, arguments: &[&str], environment: &[(&str, String)], path: &str) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let started = Instant::now();
        let child = Command::new(program)
            .args(arguments)
            .env("OMB_LISTEN", address.to_string())
            .envs(environment.iter().map(|(name, value)| (*name, value)))
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        let mut process = Self { child, address, ready_after: Duration::ZERO };
        let request = crate::client::request("GET", path, "", None);
        while started.elapsed() < Duration::from_secs(60) {
            if let Some(status) = process.child.try_wait()? {
                bail!("{} ended at its start: {status}", program.display());
            }
            if let Ok(mut client) = Client::connect(address).await
                && let Ok((200, _)) = client.ask(&request).await
            {
                process.ready_after = started.elapsed();
                return Ok(process);
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        bail!("{} was not ready within a minute", program.display())
    }

    /// CPU used until now, of the program and of the kernel on its behalf, in microseconds.
    pub fn cpu(&self) -> u64 {
        cpu_of(self.child.id()).unwrap_or(0)
    }

    /// Memory in use, in MiB.
    pub fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let kib =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix("kB")?.trim().parse().ok());
        kib.unwrap_or(0.0) / 1024.0
    }

    /// Ends it in order, and at last without.
    pub fn stop(mut self) -> Result<()> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(10) {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Already ended, or ended now: nothing of ours is left running.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// User and system time of a process in microseconds.
pub fn cpu_of(pid: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    Some((fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?) * TICK_MICROS)
}

/// CPU of a process and of all its children, also those that have ended: a PostgreSQL server by its postmaster.
pub fn cpu_of_family(parent: u32) -> u64 {
    let children = std::fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(|entry| {
        let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let above: u32 = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
        (above == parent).then(|| cpu_of(pid)).flatten()
    });
    let stat = std::fs::read_to_string(format!("/proc/{parent}/stat")).unwrap_or_default();
    let ended: u64 = stat
        .rsplit_once(')')
        .map(|(_, rest)| rest.split_whitespace().skip(13).take(2).filter_map(|n| n.parse::<u64>().ok()).sum())
        .unwrap_or(0);
    children.sum::<u64>() + ended * TICK_MICROS
}
