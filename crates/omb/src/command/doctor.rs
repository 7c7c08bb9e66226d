//! `omb doctor`: says what is set, what is missing and how to get it. Exits non-zero when the product could not start.

use anyhow::Result;
use kernel::Clock;

use crate::config::Config;

pub async fn run(config: Config) -> Result<()> {
    let mut faults = 0;
    let mut tell = |name: &str, found: Result<String, String>| match found {
        Ok(text) => println!("ok    {name}: {text}"),
        Err(text) => {
            faults += 1;
            println!("FAULT {name}: {text}");
        }
    };
    tell("address", listen(&config));
    tell("public address", Ok(super::public_url(&config, config.listen)));
    tell("data folder", writable(&config));
    tell("database", database(&config).await);
    tell("keys", keys(&config).await);
    tell("mail", mail(&config).await);
    if faults > 0 {
        anyhow::bail!("{faults} fault(s): mend them in this order and ask again");
    }
    Ok(())
}

fn listen(config: &Config) -> Result<String, String> {
    std::net::TcpListener::bind(config.listen).map(|_| format!("{} is free", config.listen)).map_err(|e| {
        format!("{} cannot be used: {e}. Is omb running already? Otherwise set OMB_LISTEN.", config.listen)
    })
}

fn writable(config: &Config) -> Result<String, String> {
    let probe = config.data_dir.join(".doctor");
    std::fs::create_dir_all(&config.data_dir)
        .and_then(|()| std::fs::write(&probe, b"ok"))
        .and_then(|()| std::fs::remove_file(&probe))
        .map(|()| config.data_dir.display().to_string())
        .map_err(|e| format!("{} cannot be written to: {e}. Set OMB_DATA_DIR.", config.data_dir.display()))
}

async fn database(config: &Config) -> Result<String, String> {
    let store = super::open_store(config, Clock::system()).map_err(|e| e.to_string())?;
    match store.migrate().await {
        Ok(state) => Ok(format!("{}, schema version {}", store.kind(), state.version)),
        // The keys are told of below.
        Err(store::MigrateError::Keys(_)) => Ok(format!("{} answers", store.kind())),
        Err(error) => Err(format!("{error} Check DATABASE_URL, and that the server is running.")),
    }
}

/// Where the master key is, and whether it opens what the database holds.
async fn keys(config: &Config) -> Result<String, String> {
    let store = super::open_store(config, Clock::system()).map_err(|e| e.to_string())?;
    let uses = store.key_use().await.map_err(|e| e.to_string())?;
    if uses.is_empty() {
        return Err(format!("there is no master key in {}.", config.master_key_file().display()));
    }
    let mut text = format!("{}, readable by this user only", config.master_key_file().display());
    for key in uses {
        match &key.key {
            None => {
                return Err(format!(
                    "{} workspace(s) are sealed with key {}, which {} does not hold. Point OMB_MASTER_KEY_FILE at the file that does.",
                    key.tenants,
                    key.id,
                    config.master_key_file().display()
                ));
            }
            Some(info) => {
                text.push_str(&format!("; {} ({}) wraps {}", key.id, info.state.as_str(), key.tenants));
            }
        }
    }
    Ok(text)
}

async fn mail(config: &Config) -> Result<String, String> {
    use capabilities::mail::MailTransport;
    let Some(url) = &config.smtp_url else {
        return Ok(
            "no OMB_SMTP_URL: mail stays in the sandbox's mailbox. Set smtps://user:password@host to send.".into()
        );
    };
    let transport = providers::smtp::SmtpTransport::from_url(url, config.sandbox).map_err(|e| e.to_string())?;
    let report = transport.check().await.map_err(|e| e.to_string())?;
    Ok(format!("{} answers (encrypted: {}, signed in: {})", report.server, report.encrypted, report.authenticated))
}
