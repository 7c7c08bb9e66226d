//! `omb`: the one binary.

use std::{io::Write, process::ExitCode};

use clap::{Parser, Subcommand};
use omb::{command, config::Config, logging};

/// OMB Cloud: customers, quotes, invoices and payments of a small company, in one program.
///
/// Settings come from the environment or from omb.toml in the working folder:
///
///   OMB_LISTEN       address to listen on            (127.0.0.1:8080)
///   OMB_PUBLIC_URL   what people type to reach it    (http:// and OMB_LISTEN)
///   OMB_DATA_DIR     folder of database and files    (./data)
///   DATABASE_URL     sqlite:PATH or postgres://...   (the embedded database in OMB_DATA_DIR)
///   OMB_MASTER_KEY_FILE   what opens the workspaces' keys   (master.key in OMB_DATA_DIR)
///   OMB_SMTP_URL     smtps://user:password@host      (none: mail stays in the sandbox)
///   OMB_MAIL_FROM    the address mails come from     (hello@omb.localhost)
///   OMB_IMPORT_MAX_MB   megabytes of a file of contacts (256)
///   OMB_TRUSTED_PROXY   address of the proxy whose X-Forwarded-For is believed (none)
///   OMB_TEST         1: the clock may be moved by `omb clock` (not set)
///   OMB_LOG          what to log, such as info or debug (warn)
///
/// `omb doctor` says which of them are set and whether they work.
#[derive(Parser)]
#[command(name = "omb", version, verbatim_doc_comment)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the product: web server and workers in one process.
    ///
    /// Migrates the database first. With --demo, an empty database gets a demo business, and how to sign in is printed.
    ///
    /// Limits, each beyond which the answer is 429 with Retry-After (0: no limit). A read counts 1, a change 2, a search
    /// 5, an export, import or PDF 10:
    ///
    ///   OMB_REQUESTS_PER_MINUTE          per network address              (3000)
    ///   OMB_ACCOUNT_REQUESTS_PER_MINUTE  per person or API key            (1200)
    ///   OMB_TENANT_REQUESTS_PER_MINUTE   per company                      (6000)
    ///   OMB_SECRET_REQUESTS_PER_MINUTE   per network address, signing in, resetting a password, opening a link (30)
    ///
    /// Behind a proxy set OMB_TRUSTED_PROXY, or everybody shares the proxy's address.
    ///
    /// How much is worked on at once; what comes beyond waits for up to a second and is then sent away with 503:
    ///
    ///   OMB_READS_AT_ONCE    requests that read                           (32)
    ///   OMB_WRITES_AT_ONCE   requests that change something               (16)
    ///   OMB_COSTLY_AT_ONCE   exports, imports, PDFs, sign-ins             (8)
    ///
    /// Watching it: GET /healthz (alive), GET /readyz (may be sent work; else 503 with the reasons), GET /metrics
    /// (Prometheus; only from this machine, or with OMB_METRICS_TOKEN as a bearer token). Traces go to the OpenTelemetry
    /// collector that OTEL_EXPORTER_OTLP_ENDPOINT names, such as http://127.0.0.1:4318 (none).
    #[command(verbatim_doc_comment)]
    Serve {
        /// Put a demo business into an empty database.
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database schema to this program's version.
    ///
    /// `omb serve` does this by itself; use it to migrate before a roll-out. Safe to repeat.
    Migrate,
    /// Put the demo business into an empty database and print how to sign in.
    Demo,
    /// Print the API description (OpenAPI 3.1).
    Openapi,
    /// Print the data map: every stored column, what it is, how long it lives, how it is erased.
    DataMap,
    /// See, close and reopen the workspaces of this installation.
    #[command(subcommand)]
    Tenant(command::tenant::Tenant),
    /// Look at the master key, change it while the product runs, remove old ones.
    ///
    /// Every workspace has a key of its own, kept in the database wrapped by the master key, which stands in a file
    /// (OMB_MASTER_KEY_FILE, made at the first start, readable by its user only). Tax ids and the links of sent quotes
    /// are sealed with the workspace's key. Whoever has only a copy of the database cannot read them; nobody can,
    /// without the file: keep a copy of it, apart from the database's backups.
    Keys {
        #[command(subcommand)]
        command: command::keys::KeysCommand,
    },
    /// Show or move the time of an instance that was started with --demo, or with OMB_TEST=1.
    ///
    /// A running product follows within a second: what falls due by then is done, links and sessions end. For trying out
    /// what happens in thirty days; refused where the product works in earnest.
    Clock {
        #[command(subcommand)]
        to: command::clock::Move,
    },
    /// Prove that the audit trails are whole, and look at them.
    #[command(subcommand)]
    Audit(command::audit::Audit),
    /// Check the configuration: what is set, what is missing, and how to get it.
    Doctor,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let traces = match logging::start() {
        Ok(traces) => traces,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "omb: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let ended = run(cli);
    traces.end();
    match ended {
        Ok(code) => code,
        Err(error) => {
            // Where nobody can be told, the exit code says it.
            drop(writeln!(std::io::stderr(), "omb: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Openapi => return done(command::openapi::run()),
        Command::DataMap => return done(command::data_map::run()),
        _ => {}
    }
    let config = Config::load()?;
    if let Command::Clock { to } = cli.command {
        return done(command::clock::run(&config, to));
    }
    // Readers of the embedded database work on these threads, so there are some more than can read at once.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(cores + store::READERS).enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve { demo } => done(command::serve::run(config, demo).await),
            Command::Migrate => done(command::migrate::run(config).await),
            Command::Demo => done(command::demo::run(config).await),
            Command::Keys { command } => done(command::keys::run(config, command).await),
            Command::Tenant(tenant) => done(command::tenant::run(config, tenant).await),
            Command::Audit(audit) => command::audit::run(config, audit).await,
            Command::Doctor => done(command::doctor::run(config).await),
            Command::Openapi | Command::DataMap | Command::Clock { .. } => Ok(ExitCode::SUCCESS),
        }
    })
}

fn done(run: anyhow::Result<()>) -> anyhow::Result<ExitCode> {
    run.map(|()| ExitCode::SUCCESS)
}
