//! `omb tenant list | close | reopen`: the workspaces of this installation. Works while the server runs, on every node:
//! what is closed is refused with the next request.

use anyhow::{Result, bail};
use clap::Subcommand;
use identity::tenant::close::{self, Closure, TenantSummary};
use kernel::{Clock, TenantId};
use store::Store;

use crate::config::Config;

#[derive(Subcommand)]
pub enum Tenant {
    /// Every workspace: id, name, country, members, since when, and whether it is open.
    List {
        /// As JSON, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Close a workspace: nobody can enter it, its links show nothing, its work waits. Nothing is deleted.
    ///
    /// Its data is due to be erased 90 days later; the day is shown. Until then `omb tenant reopen` undoes it.
    Close {
        /// As `omb tenant list` shows it: ten_ and 32 digits.
        id: TenantId,
        /// Yes, close it.
        #[arg(long)]
        yes: bool,
    },
    /// Open a closed workspace again: everything is as it was, and its work goes on.
    Reopen {
        /// As `omb tenant list` shows it: ten_ and 32 digits.
        id: TenantId,
    },
}

pub async fn run(config: Config, command: Tenant) -> Result<()> {
    let store = super::open_store(&config, Clock::system())?;
    store.migrate().await?;
    match command {
        Tenant::List { json } => list(&store, json).await,
        Tenant::Close { id, yes } => close_one(&store, id, yes).await,
        Tenant::Reopen { id } => reopen_one(&store, id).await,
    }
}

async fn list(store: &Store, json: bool) -> Result<()> {
    let tenants = close::list(store).await.map_err(said)?;
    if json {
        println!("{}", serde_json::to_string_pretty(&tenants)?);
    } else if tenants.is_empty() {
        println!("There is no workspace yet. Start `omb serve` and sign up, or run `omb demo`.");
    } else {
        print!("{}", table(&tenants));
    }
    Ok(())
}

async fn close_one(store: &Store, id: TenantId, yes: bool) -> Result<()> {
    let Some(tenant) = close::list(store).await.map_err(said)?.into_iter().find(|tenant| tenant.id == id) else {
        bail!("there is no workspace {id}. `omb tenant list` shows them.");
    };
    if let Some(closure) = tenant.closure {
        println!("{} is closed already. {}", tenant.name, due(closure));
        return Ok(());
    }
    if !yes {
        bail!(
            "this closes {} ({} members): they and their keys are refused at once, its links show nothing, its work waits. \
             Nothing is deleted. Say it again with --yes.",
            tenant.name,
            tenant.members
        );
    }
    let (closure, _) = close::close(store, id).await.map_err(said)?;
    println!("{} is closed. {}", tenant.name, due(closure));
    println!("To undo it: omb tenant reopen {id}");
    Ok(())
}

async fn reopen_one(store: &Store, id: TenantId) -> Result<()> {
    match close::reopen(store, id).await {
        Ok(Some(_)) => println!("{id} is open again. Its members, keys and links work, and its work goes on."),
        Ok(None) => println!("{id} is open; there is nothing to undo."),
        Err(kernel::Error::NotFound { .. }) => bail!("there is no workspace {id}. `omb tenant list` shows them."),
        Err(other) => return Err(said(other)),
    }
    Ok(())
}

fn due(closure: Closure) -> String {
    format!("Its data is due to be erased from {} on; until then nothing is deleted.", closure.erase_on)
}

fn said(error: kernel::Error) -> anyhow::Error {
    match error {
        kernel::Error::Internal { operator } | kernel::Error::Unavailable { operator, .. } => anyhow::anyhow!(operator),
        other => anyhow::anyhow!(other.to_string()),
    }
}

/// Columns as wide as their longest cell.
fn table(tenants: &[TenantSummary]) -> String {
    let head = ["ID", "NAME", "COUNTRY", "MEMBERS", "CREATED", "STATE"].map(str::to_owned);
    let rows = tenants.iter().map(|tenant| {
        let state = match tenant.closure {
            Some(closure) => format!("closed {}, erasure due {}", closure.closed_at.date_naive(), closure.erase_on),
            None => "open".to_owned(),
        };
        let created = tenant.created_at.date_naive().to_string();
        [tenant.id.to_string(), tenant.name.clone(), tenant.country.clone(), tenant.members.to_string(), created, state]
    });
    let rows: Vec<[String; 6]> = std::iter::once(head).chain(rows).collect();
    let widths: Vec<usize> =
        (0..6).map(|i| rows.iter().map(|row| row[i].chars().count()).max().unwrap_or_default()).collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}
