//! `omb serve`: the web server and the workers, until told to stop.

use std::{io::Write, net::SocketAddr, sync::Arc};

use anyhow::{Context, Result};
use capabilities::{fetch::Reach, mail::MailTransport};
use edge::Settings;
use jobs::Runner;
use kernel::Clock;
use mail::Postman;
use sandbox::{Sandbox, SandboxConfig, SandboxHandle};
use tokio::{net::TcpListener, sync::watch};

use super::{demo, open_store, public_url};
use crate::{
    config::Config,
    metrics::Access,
    movable,
    product::{Parts, Product},
};

/// How many jobs run at once.
const WORKERS: usize = 4;

/// Runs until SIGINT or SIGTERM; with `with_demo`, a demo business is put into an empty database first.
pub async fn run(config: Config, with_demo: bool) -> Result<()> {
    run_with(config, with_demo, |runner| runner).await
}

/// The same with further jobs: tests add some that misbehave.
pub async fn run_with(config: Config, with_demo: bool, jobs: impl FnOnce(Runner) -> Runner) -> Result<()> {
    let started = std::time::Instant::now();
    let listener = TcpListener::bind(config.listen).await.map_err(|e| match e.kind() {
        std::io::ErrorKind::AddrInUse => anyhow::anyhow!(
            "port {} is in use. Stop the program that has it, or set OMB_LISTEN to another address, such as 127.0.0.1:8081.",
            config.listen.port()
        ),
        _ => anyhow::anyhow!("{} cannot be listened on: {e}. Set OMB_LISTEN to an address of this machine.", config.listen),
    })?;
    let address = listener.local_addr()?;
    let clock = Clock::system();
    let store = open_store(&config, clock.clone())?;
    store.migrate().await?;
    let product = Product::build(parts(&config, store, clock.clone(), address).await?);
    let url = product.app.settings.public_url.clone();
    // Before the workers start: the demo's story is told on a clock that is set back.
    let sign_in = if with_demo {
        Some(demo::ensure(&product).await.context("the demo business could not be made")?)
    } else {
        None
    };
    if with_demo || config.test {
        movable::allow(&config.data_dir, &clock).context("the clock's file in the data folder")?;
        movable::follow(&config.data_dir, &clock);
    } else {
        movable::forbid(&config.data_dir).context("the clock's file in the data folder")?;
    }
    let (stop, stopped) = watch::channel(false);
    let workers = jobs(product.runner.clone()).start(WORKERS, stopped.clone());
    say(&format!("OMB Cloud is at {url}  ({} ms after start)", started.elapsed().as_millis()));
    if product.sandbox.is_some() {
        say(&format!("Mail goes to the sandbox: read it at {url}/sandbox/mail"));
    }
    if let Some(sign_in) = sign_in {
        say(&sign_in);
    }
    let largest = crm::import::MaxUpload(config.import_max_mb.saturating_mul(1 << 20));
    let access = Access(config.metrics_token.as_deref().map(Into::into));
    let router = product.router.clone().layer(axum::Extension(largest)).layer(axum::Extension(access));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        interrupted().await;
        tracing::info!("stopping: finishing what is under way");
        // Receivers that are gone need no telling.
        let _ = stop.send(true);
    });
    // Live event streams never end by themselves; they do not hold the program back.
    let mut until = stopped;
    tokio::select! {
        served = serving.into_future() => served?,
        () = async { let _ = until.wait_for(|s| *s).await; tokio::time::sleep(std::time::Duration::from_secs(3)).await } => {}
    }
    workers.await?;
    if let Some(sandbox) = product.sandbox {
        sandbox.shutdown().await;
    }
    Ok(())
}

/// Tells whoever looks at the terminal; a full disk or a closed pipe behind it is no reason not to serve.
fn say(line: &str) {
    // Nobody is there to be told that nobody is there.
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// The parts as configured.
pub async fn parts(config: &Config, store: store::Store, clock: Clock, address: SocketAddr) -> Result<Parts> {
    let blobs = files::Blobs::local(&config.data_dir.join("files"))
        .map_err(|e| anyhow::anyhow!("the folder for files in {} cannot be made: {e}", config.data_dir.display()))?;
    let sandbox = if config.uses_sandbox() { Some(start_sandbox(config, clock).await?) } else { None };
    let transport: Arc<dyn MailTransport> = match (&config.smtp_url, &sandbox) {
        (Some(url), _) => {
            Arc::new(providers::smtp::SmtpTransport::from_url(url, config.sandbox).context("OMB_SMTP_URL")?)
        }
        (None, Some(sandbox)) => Arc::new(providers::smtp::SmtpTransport::from_url(&sandbox.smtp_url(), true)?),
        (None, None) => {
            anyhow::bail!("there is neither a mail server nor a sandbox: set OMB_SMTP_URL or OMB_SANDBOX=1")
        }
    };
    let settings = Settings {
        public_url: public_url(config, address),
        trusted_proxy: config.trusted_proxy,
        sandbox: sandbox.is_some(),
    };
    let reach = if sandbox.is_some() || config.test { Reach::PublicAndLoopback } else { Reach::Public };
    Ok(Parts {
        store,
        blobs: blobs.clone(),
        postman: Postman { transport, blobs, platform_address: config.mail_from.clone() },
        hooks: hooks::Hooks::new(Arc::new(providers::fetch::GuardedFetch::new(reach))),
        settings,
        sandbox,
        rates: config.rates(),
        capacity: config.capacity(),
    })
}

async fn start_sandbox(config: &Config, clock: Clock) -> Result<SandboxHandle> {
    let settings = SandboxConfig {
        data_dir: Some(config.data_dir.join("sandbox")),
        now: Arc::new(move || clock.now()),
        ..SandboxConfig::default()
    };
    Sandbox::start(settings).await.context("the sandbox could not be started")
}

async fn interrupted() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::warn!(%error, "SIGTERM cannot be heard");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
