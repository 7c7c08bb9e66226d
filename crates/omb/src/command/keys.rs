//! `omb keys`: the master keys, what they wrap, changing them while the product runs.

use std::io::{IsTerminal, Write};

use anyhow::Result;
use clap::Subcommand;
use kernel::Clock;
use store::Store;

use crate::config::Config;

#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Show every master key: when it was made, what it is used for, how many workspaces' keys it wraps.
    List,
    /// Make a new master key and wrap every workspace's key by it, while the product runs.
    ///
    /// Nothing that is sealed is rewritten: only the keys of the workspaces are wrapped anew, a few hundred a second.
    /// Servers that run meanwhile read the key file again by themselves. If it is interrupted, run it again: it goes
    /// on where it stopped. Each workspace's audit trail says that its key was wrapped anew.
    ///
    /// The old key stays in the file as `retiring`, because copies of the database made before now open only with it.
    /// `omb keys retire` removes it; --retire does so at once.
    ///
    /// Where several machines run omb, they share one key file (OMB_MASTER_KEY_FILE), or nobody reads the new key.
    Rotate {
        /// Remove the old key from the file when nothing is wrapped by it any more.
        #[arg(long)]
        retire: bool,
    },
    /// Remove the retiring keys that wrap nothing any more.
    ///
    /// Backups of the database from before the last `omb keys rotate` cannot be read without them: keep a copy of the
    /// file for as long as such backups are kept, or let it go if they are meant to be unreadable.
    Retire,
}

pub async fn run(config: Config, command: KeysCommand) -> Result<()> {
    let store = super::open_store(&config, Clock::system())?;
    store.migrate().await?;
    let file = config.master_key_file();
    match command {
        KeysCommand::List => {
            println!("{}", file.display());
            list(&store).await?;
        }
        KeysCommand::Rotate { retire } => {
            rotate(&store).await?;
            println!("Make a copy of {} now and keep it apart from the database's backups.", file.display());
            if retire {
                self::retire(&store).await?;
            } else {
                println!("The old key stays in the file until `omb keys retire`.");
            }
        }
        KeysCommand::Retire => self::retire(&store).await?,
    }
    Ok(())
}

async fn list(store: &Store) -> Result<()> {
    for key in store.key_use().await? {
        let (made, state) = match &key.key {
            Some(info) => (info.created_at.format("%Y-%m-%d %H:%M UTC").to_string(), info.state.as_str()),
            None => ("not in the file".to_owned(), "MISSING"),
        };
        println!("{}  {state:<9} {made}  wraps the keys of {} workspace(s)", key.id, key.tenants);
    }
    Ok(())
}

async fn rotate(store: &Store) -> Result<()> {
    let live = std::io::stderr().is_terminal();
    let rotation = store
        .rotate_master_key(|done, total| {
            // A line that renews itself for a person, one line per hundred for a log. What cannot be shown is no fault.
            let mut out = std::io::stderr();
            let _ = match (live, done % 100 == 0 || done == total) {
                (true, _) => write!(out, "\r{done} of {total} wrapped anew").and_then(|()| out.flush()),
                (false, true) => writeln!(out, "{done} of {total} wrapped anew"),
                (false, false) => Ok(()),
            };
        })
        .await?;
    if live && rotation.rewrapped > 0 {
        eprintln!();
    }
    let what = if rotation.new_key { "New master key" } else { "Finished the interrupted change to master key" };
    println!("{what} {}: the keys of {} workspace(s) are wrapped by it.", rotation.current, rotation.rewrapped);
    Ok(())
}

async fn retire(store: &Store) -> Result<()> {
    match store.retire_master_keys().await?.as_slice() {
        [] => println!("No key is retiring; nothing to remove."),
        gone => println!("Removed {}. Older copies of the database no longer open with this file.", gone.join(", ")),
    }
    Ok(())
}
