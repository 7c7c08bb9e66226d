//! A PostgreSQL of the test's own, which keeps what it has committed when it is killed.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use tokio_postgres::NoTls;

/// A cluster that is deleted with the value.
pub struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
    port: u16,
}

impl Cluster {
    /// None, with a word why, where this run is not to use PostgreSQL or there is none to start.
    pub async fn start() -> Option<Self> {
        if std::env::var_os("TEST_DATABASE_URL").is_none() {
            println!("skipped: TEST_DATABASE_URL is not set, so this run does without PostgreSQL");
            return None;
        }
        let Some(programs) = programs() else {
            println!("skipped: no PostgreSQL server is installed here");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("omb-fault-").tempdir().unwrap();
        let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let cluster = Self { folder, programs, port };
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(cluster.folder.path()));
        }
        run(cluster
            .owner("initdb")
            .args(["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
            .arg(cluster.data()));
        cluster.start_again().await;
        cluster.sql("CREATE ROLE omb LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS; ").await.unwrap();
        cluster.sql("CREATE DATABASE omb OWNER omb").await.unwrap();
        Some(cluster)
    }

    pub fn url(&self) -> String {
        self.url_at(self.port)
    }

    /// The same behind a proxy.
    pub fn url_at(&self, port: u16) -> String {
        format!("postgres://omb@127.0.0.1:{port}/omb")
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A program of the server, run by an account that it accepts.
    fn owner(&self, program: &str) -> Command {
        let path = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir("/").stdin(Stdio::null());
        command
    }

    /// Starts the server and waits until it answers. Recovery from a kill is part of it.
    pub async fn start_again(&self) {
        let options = format!(
            "-c port={} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c max_connections=100 \
             -c fsync=off -c synchronous_commit=on -c full_page_writes=on -c timezone=UTC",
            self.port,
            self.folder.path().display()
        );
        for attempt in 1.. {
            let log = self.folder.path().join("log");
            let started = self
                .owner("pg_ctl")
                .args(["start", "-w", "-s", "-t", "60", "-o", &options, "-D"])
                .arg(self.data())
                .arg("-l")
                .arg(&log)
                .stdout(Stdio::null())
                .status()
                .unwrap();
            if started.success() {
                break;
            }
            // A process of the one that was killed may be there for a moment longer.
            let said = std::fs::read_to_string(&log).unwrap_or_default();
            assert!(attempt < 20, "PostgreSQL does not start: {said}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        while self.sql("SELECT 1").await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// kill -9 of the server and every process of it.
    pub async fn kill(&self) {
        let Some(leader) = self.leader() else { return };
        let mut command = Command::new("kill");
        command.arg("-9").arg(leader.to_string()).args(children(leader).iter().map(u32::to_string));
        // Some may have ended by themselves.
        command.stderr(Stdio::null()).status().unwrap();
        while Path::new(&format!("/proc/{leader}")).exists() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Stops it in order.
    pub async fn stop(&self) {
        run(self.owner("pg_ctl").args(["stop", "-w", "-s", "-m", "fast", "-D"]).arg(self.data()));
    }

    fn leader(&self) -> Option<u32> {
        std::fs::read_to_string(self.data().join("postmaster.pid")).ok()?.lines().next()?.trim().parse().ok()
    }

    /// Runs statements as the superuser.
    pub async fn sql(&self, text: &str) -> Result<(), tokio_postgres::Error> {
        let url = format!("postgres://postgres@127.0.0.1:{}/postgres?connect_timeout=2", self.port);
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
        let talking = tokio::spawn(connection);
        let done = client.batch_execute(text).await;
        talking.abort();
        done
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stop = self.owner("pg_ctl").args(["stop", "-s", "-m", "immediate", "-D"]).arg(self.data()).status();
        if !stop.is_ok_and(|status| status.success()) {
            eprintln!("the PostgreSQL in {} was not running any more", self.folder.path().display());
        }
    }
}

fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let installed = versions.map(|version| version.path().join("bin"));
    installed.chain(["/usr/local/pgsql/bin".into(), "/usr/bin".into()]).filter(|p| p.join("initdb").exists()).max()
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

fn children(of: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = processes.filter_map(|process| process.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |id: &u32| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1)?.parse::<u32>().ok()) == Some(of)
    };
    numbers.filter(is_child).collect()
}

fn run(command: &mut Command) {
    let output = command.stdout(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
