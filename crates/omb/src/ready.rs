//! `/readyz`: may this node be sent work? When the database answers, its schema is there, and the loops of the workers
//! turn. `/healthz` only says that the program is alive: a database that is away is no reason to kill it.

use std::time::Duration;

use axum::{
    Extension, Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use edge::App;
use jobs::Runner;
use serde::Serialize;

/// A loop that has not turned for this long hangs.
const STILL: Duration = Duration::from_secs(30);
/// The database answers within this, or is away.
const PATIENCE: Duration = Duration::from_secs(5);

/// The answer.
#[derive(Debug, Serialize)]
pub struct Readiness {
    pub ready: bool,
    pub checks: Vec<Check>,
}

/// One part of it.
#[derive(Debug, Serialize)]
pub struct Check {
    pub name: &'static str,
    pub ok: bool,
    /// Why not, for an operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `GET /readyz`: 200, or 503 with the reasons.
pub async fn ready(State(app): State<App>, Extension(runner): Extension<Runner>) -> Response {
    let mut checks = vec![Check::of("database", database(&app).await)];
    checks.extend(runner.pulse().map(|(name, turned)| Check::of(name, turning(turned))));
    let ready = checks.iter().all(|check| check.ok);
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let retry = (!ready).then_some([("retry-after", "5")]);
    let body = Json(Readiness { ready, checks });
    match retry {
        Some(header) => (status, header, body).into_response(),
        None => (status, body).into_response(),
    }
}

impl Check {
    fn of(name: &'static str, found: Result<(), String>) -> Self {
        Self { name, ok: found.is_ok(), reason: found.err() }
    }
}

async fn database(app: &App) -> Result<(), String> {
    let asked = async {
        let mut tx = app.store.platform_read().await?;
        tx.one::<(i64,)>(store::Sql::new("SELECT count(*) FROM schema_migration")).await
    };
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(_)) => Ok(()),
        // What the database says may hold its address; the log has it.
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready: the database cannot be asked");
            Err("it cannot be asked; the log says why".into())
        }
        Err(_) => Err(format!("it did not answer within {} s", PATIENCE.as_secs())),
    }
}

fn turning(turned: Option<Duration>) -> Result<(), String> {
    match turned {
        None => Err("the workers have not been started".into()),
        Some(since) if since > STILL => Err(format!("it has not turned for {} s", since.as_secs())),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_that_hangs_is_not_ready() {
        assert!(turning(Some(Duration::from_secs(29))).is_ok());
        assert_eq!(turning(Some(Duration::from_secs(31))), Err("it has not turned for 31 s".into()));
        assert!(turning(None).is_err());
    }
}
