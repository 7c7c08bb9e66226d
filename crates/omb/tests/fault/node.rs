//! A node: the program as a process of its own, which can be killed and started again on the same data and port.

use std::{
    ffi::OsString,
    fs::File,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use tokio::process::{Child, Command};

/// How a node is run.
#[derive(Clone)]
pub struct Setup {
    pub data: PathBuf,
    pub port: u16,
    pub database: String,
    /// Where mail goes: an SMTP server of the test's.
    pub smtp: String,
    /// The program with jobs that misbehave, which is this test itself.
    pub with_poison: bool,
    /// Most memory the process may ask for, in KiB.
    pub memory: Option<u64>,
    /// Where its log goes; beside the data unless set.
    pub log: Option<PathBuf>,
    /// Limits on requests are not what most of these tests are about.
    pub limits: bool,
    /// Further settings.
    pub settings: Vec<(&'static str, String)>,
}

impl Setup {
    /// On the embedded database in `folder`.
    pub fn embedded(folder: &Path, smtp: &str) -> Self {
        let data = folder.join("data");
        let database = format!("sqlite:{}", data.join("omb.db").display());
        Self::on(&data, &database, smtp)
    }

    pub fn on(data: &Path, database: &str, smtp: &str) -> Self {
        std::fs::create_dir_all(data).unwrap();
        Self {
            data: data.to_owned(),
            port: free_port(),
            database: database.to_owned(),
            smtp: smtp.to_owned(),
            with_poison: false,
            memory: None,
            log: None,
            limits: false,
            settings: Vec::new(),
        }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut words: Vec<OsString> = if self.with_poison {
            let this = std::env::current_exe().unwrap();
            vec![this.into(), "poison::node".into(), "--exact".into(), "--ignored".into(), "--nocapture".into()]
        } else {
            let mut words = vec![program()];
            words.extend(arguments.iter().map(OsString::from));
            words
        };
        if let Some(memory) = self.memory {
            let limited = format!("ulimit -v {memory}; exec \"$@\"");
            let shell = ["bash".into(), "-c".into(), limited.into(), "node".into()];
            words.splice(0..0, shell);
        }
        let mut command = Command::new(words.remove(0));
        command.args(words).env_clear().current_dir(&self.data).kill_on_drop(true);
        for name in ["PATH", "HOME", "LD_LIBRARY_PATH"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command
            .env("OMB_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("OMB_DATA_DIR", &self.data)
            .env("DATABASE_URL", &self.database)
            .env("OMB_SMTP_URL", &self.smtp)
            // The peer is a sandbox, which the program refuses to take for a mail server unless it is told.
            .env("OMB_SANDBOX", "1")
            .env("OMB_TEST", "1")
            .env("RUST_BACKTRACE", "0")
            .env("FAULT_NODE", "1");
        // All come from one machine.
        command.env("OMB_REQUESTS_PER_MINUTE", "0");
        if !self.limits {
            for name in LIMITS {
                command.env(name, "0");
            }
        }
        for (name, value) in &self.settings {
            command.env(name, value);
        }
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command of the program on this node's data and answers what it printed.
    pub async fn run(&self, arguments: &[&str]) -> Result<String, String> {
        let output = self.command(arguments).output().await.unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    /// Moves the clock of all nodes on this data.
    pub fn advance(&self, by: TimeDelta) {
        let before = omb::movable::offset(&self.data).unwrap().expect("the clock of a test instance moves");
        omb::movable::set_offset(&self.data, before + by).unwrap();
    }

    pub fn clock(&self) -> kernel::Clock {
        let clock = kernel::Clock::system();
        clock.set_offset(omb::movable::offset(&self.data).unwrap().unwrap_or_default());
        clock
    }

    /// A look at the same database from the test.
    pub fn store(&self) -> store::Store {
        let options =
            store::StoreOptions { clock: self.clock(), connections: Some(2), ..store::StoreOptions::default() };
        store::Store::open(&self.database.parse().unwrap(), options).unwrap()
    }
}

/// The limits of few people who do much.
const LIMITS: &[&str] =
    &["OMB_ACCOUNT_REQUESTS_PER_MINUTE", "OMB_TENANT_REQUESTS_PER_MINUTE", "OMB_SECRET_REQUESTS_PER_MINUTE"];

fn program() -> OsString {
    std::env::var_os("OMB_FAULT_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_omb").into())
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// A running node.
pub struct Node {
    pub setup: Setup,
    child: Child,
}

impl Node {
    /// Starts it and waits until it says that it is ready, at most a minute.
    pub async fn start(setup: &Setup) -> (Self, Duration) {
        let mut node = Self::spawn(setup);
        let took = node.ready(Duration::from_secs(60)).await;
        (node, took)
    }

    pub fn spawn(setup: &Setup) -> Self {
        let log = setup.log.clone().unwrap_or_else(|| setup.data.join(format!("log-{}", setup.port)));
        let log = File::options().create(true).append(true).open(log).unwrap();
        let child =
            setup.command(&["serve"]).stdout(log.try_clone().unwrap()).stderr(log).spawn().expect("the program starts");
        Self { setup: setup.clone(), child }
    }

    /// Waits until it is ready and answers how long that took.
    pub async fn ready(&mut self, most: Duration) -> Duration {
        let started = Instant::now();
        let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().unwrap();
        loop {
            if let Ok(answer) = http.get(format!("{}/readyz", self.setup.url())).send().await
                && answer.status() == 200
            {
                return started.elapsed();
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("the node ended with {status} before it was ready:\n{}", self.log());
            }
            assert!(started.elapsed() < most, "not ready within {most:?}:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// kill -9.
    pub async fn kill(&mut self) {
        self.child.start_kill().unwrap();
        self.child.wait().await.unwrap();
    }

    /// Did it end by itself?
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    pub fn id(&self) -> u32 {
        self.child.id().unwrap_or(0)
    }

    /// The end of what it logged.
    pub fn log(&self) -> String {
        let path = self.setup.log.clone().unwrap_or_else(|| self.setup.data.join(format!("log-{}", self.setup.port)));
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    /// Bytes of memory it has in use.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id().unwrap_or(0)));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
        line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) * 1024
    }
}

/// Timed promises hold for a machine that is not starved: a machine that runs the suite for others (`CI=true`) gets three
/// times as long.
pub fn within(limit: Duration) -> Duration {
    if std::env::var("CI").as_deref() == Ok("true") { limit * 3 } else { limit }
}

/// Waits for something to come true.
pub async fn eventually<R: Future<Output = bool>>(what: &str, most: Duration, is_true: impl Fn() -> R) -> Duration {
    let started = Instant::now();
    while !is_true().await {
        assert!(started.elapsed() < most, "{what}: not within {most:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    started.elapsed()
}

/// A number from the environment: how long a longer run is to be.
pub fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}
