//! `omb audit`: proving the audit trails, and looking at one. Runs beside a running server and changes nothing.

use std::{process::ExitCode, time::Instant};

use anyhow::{Result, bail};
use clap::Subcommand;
use kernel::{Clock, TenantId};
use store::{Check, Head, Report, Sql, Store};

use crate::config::Config;

/// What can be asked of the trails.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Prove that no entry was changed, cut, moved or forged; exit code 1 where one was.
    ///
    /// Every entry of a workspace is sealed over its predecessor with a key that is not in the database. The first broken
    /// entry is named by its place and id:
    ///
    ///   changed         what the entry says is not what was sealed
    ///   missing         the entry at this place has been removed
    ///   reordered       another entry stands at this place
    ///   forged          the entry was not written by this program
    ///   detail_changed  the values before and after are not what was sealed
    ///   tail_cut        the chain ends before its known end
    ///   rewritten       another chain stands where the witnessed one was
    ///
    /// A trail whose end was cut off together with its head looks like a shorter, whole one. So keep the heads this prints
    /// somewhere else (on paper, in a mail to yourself), and give one back with --head some day: it must still be part of
    /// the trail.
    ///
    ///   omb audit verify
    ///   omb audit verify --tenant ten_019abc… --head 1204:9f2ac3a1…
    #[command(verbatim_doc_comment)]
    Verify {
        /// Only this workspace; all of them otherwise.
        #[arg(long)]
        tenant: Option<TenantId>,
        /// A head noted earlier, SEQ:MAC. Needs --tenant.
        #[arg(long, requires = "tenant")]
        head: Option<Head>,
    },
    /// Show the newest entries of a workspace, newest last: when, who, what, about which record, and which fields changed.
    ///
    /// Values are not shown: see them in the app under Settings, Audit.
    List {
        /// The workspace.
        #[arg(long)]
        tenant: TenantId,
        /// How many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=10_000))]
        limit: i64,
        /// Only about this record, such as inv_019abc….
        #[arg(long)]
        subject: Option<String>,
        /// Only by this member, key or link.
        #[arg(long)]
        actor: Option<String>,
    },
}

pub async fn run(config: Config, audit: Audit) -> Result<ExitCode> {
    let store = super::open_store(&config, Clock::system())?;
    match audit {
        Audit::Verify { tenant, head } => verify(&store, tenant, head).await,
        Audit::List { tenant, limit, subject, actor } => list(&store, tenant, limit, subject, actor).await,
    }
}

async fn verify(store: &Store, tenant: Option<TenantId>, witness: Option<Head>) -> Result<ExitCode> {
    let tenants = match tenant {
        Some(tenant) => vec![tenant],
        None => store.audited_tenants().await?,
    };
    let (began, mut entries, mut broken) = (Instant::now(), 0, 0);
    for tenant in &tenants {
        let check = Check { witness: witness.clone(), ..Check::default() };
        let report = store.verify_audit(*tenant, check).await?;
        entries += report.checked;
        broken += usize::from(report.broken.is_some());
        println!("{}", line(&report));
    }
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{entries} entries of {} workspace(s) in {seconds:.2} s ({:.0} a second).",
        tenants.len(),
        entries as f64 / seconds.max(0.001)
    );
    if broken > 0 {
        println!("{broken} trail(s) are broken. Keep this database as it is, and compare it with a backup.");
        return Ok(ExitCode::FAILURE);
    }
    println!(
        "No trail is broken. Keep the heads elsewhere: --tenant TENANT --head HEAD shows later that nothing was cut."
    );
    Ok(ExitCode::SUCCESS)
}

fn line(report: &Report) -> String {
    let Report { tenant_id, proven, checked, .. } = report;
    if let Some(broken) = &report.broken {
        let what = broken.what.name();
        return format!("{tenant_id}  BROKEN  {what}: {} Whole up to {proven}", trust::audit::sentence(broken));
    }
    let mut notes = Vec::new();
    for (count, what) in [
        (report.erased, "with erased values"),
        (report.from_before, "from before the chain"),
        (report.waiting, "about to be sealed"),
    ] {
        if count > 0 {
            notes.push(format!("{count} {what}"));
        }
    }
    let notes = if notes.is_empty() { String::new() } else { format!("  ({})", notes.join(", ")) };
    format!("{tenant_id}  whole  {checked} entries  head {proven}{notes}")
}

type Row = (
    chrono::DateTime<chrono::Utc>,
    String,
    Option<String>,
    Option<String>,
    String,
    String,
    kernel::Json<Vec<String>>,
    Option<i64>,
);

async fn list(
    store: &Store,
    tenant: TenantId,
    limit: i64,
    subject: Option<String>,
    actor: Option<String>,
) -> Result<ExitCode> {
    let mut tx = store.read(&can(tenant)?).await?;
    let query = Sql::new(
        "SELECT at, actor_kind, actor_id, on_behalf_of, action, subject, fields, seq FROM audit_entry WHERE tenant_id = ",
    )
    .bind(tenant)
    .and_if("subject =", subject)
    .and_if("actor_id =", actor)
    .push(" ORDER BY at DESC, id DESC LIMIT ")
    .bind(limit);
    let rows: Vec<Row> = tx.all(query).await?;
    if rows.is_empty() {
        bail!("{tenant} has no such entries. `omb audit verify` lists the workspaces that have a trail.");
    }
    for (at, kind, id, behalf, action, subject, fields, seq) in rows.into_iter().rev() {
        let who = id.unwrap_or(kind);
        let who = behalf.map_or(who.clone(), |whom| format!("{who} for {whom}"));
        let place = seq.map_or_else(|| "unsealed".to_owned(), |seq| seq.to_string());
        println!("{}  {place:>8}  {who}  {action}  {subject}  {}", at.format("%Y-%m-%d %H:%M:%S"), fields.0.join(","));
    }
    Ok(ExitCode::SUCCESS)
}

/// The operator reads as the product does: this machine's user holds database and key.
fn can(tenant: TenantId) -> kernel::Result<kernel::Can<identity::permissions::ReadAudit>> {
    kernel::Can::check(std::sync::Arc::new(kernel::Caller::system(tenant)))
}
