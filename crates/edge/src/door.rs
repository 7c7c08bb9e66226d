//! The door proper: before a handler is reached, and before the database is asked anything, a request is charged to
//! its address and, where its secret has been seen before, to its account and tenant; then it takes a place in work.
//!
//! A secret is known here by a keyed digest in memory, only to tell whose turn it is and whom to charge. It opens
//! nothing: every request is authenticated for itself, and a secret that proves invalid is forgotten at once.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{header, request::Parts},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, Limited};
use kernel::{Caller, Error};

use crate::{
    App, Problem,
    caller::{client_ip, credential},
    limit::{Account, Class, Classify, Limits, Quota, Rates, by_method, household},
    live::Feeds,
    load::{Capacity, Group, Lanes, Streams},
};

/// Limits, lanes and what is known of secrets, of one node.
pub struct Door {
    pub limits: Limits,
    pub lanes: Lanes,
    pub streams: Streams,
    pub feeds: Feeds,
    acquainted: Acquainted,
    classify: Classify,
}

/// Bodies up to this many bytes are read before a place in work is taken.
const SMALL_BODY: usize = 64 << 10;
/// How long such a body may take.
const ARRIVAL: Duration = Duration::from_secs(15);

/// The request has been charged to its account, or knows its class for when it will be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Charge {
    Done,
    Due(Class),
}

impl Door {
    pub fn new(rates: Rates, capacity: Capacity, classify: Classify) -> Self {
        Self {
            limits: Limits::new(rates),
            lanes: Lanes::new(capacity),
            streams: Streams::new(capacity),
            feeds: Feeds::default(),
            acquainted: Acquainted::default(),
            classify,
        }
    }

    /// No rate limits, and lanes by method: for tests of single domains.
    pub fn open() -> Self {
        Self::new(Rates::off(), Capacity::default(), by_method)
    }

    /// The secret has been found to be this caller's: charges it, unless it has been charged on sight.
    pub(crate) fn found(&self, secret: &str, caller: &Caller, charge: Option<Charge>) -> Result<(), Problem> {
        let Some(account) = Account::of(caller) else { return Ok(()) };
        self.acquainted.remember(secret, account);
        match charge {
            Some(Charge::Due(class)) => self.limits.charge_account(account, class).map(drop),
            Some(Charge::Done) | None => Ok(()),
        }
    }

    /// The secret is nobody's, or nobody's any more.
    pub(crate) fn unknown(&self, secret: &str) {
        self.acquainted.forget(secret);
    }
}

/// Puts the door before a router's routes.
pub fn before(router: Router<App>, app: &App) -> Router<App> {
    router.layer(middleware::from_fn_with_state(app.clone(), enter))
}

async fn enter(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let class = (app.door.classify)(&parts.method, route);
    let ip = client_ip(&parts, app.settings.trusted_proxy);
    let known = credential(&parts.headers, &app).and_then(|secret| app.door.acquainted.account(secret.text()));
    let charged = || -> Result<Option<Quota>, Problem> {
        let by_address = ip.map(|ip| app.door.limits.charge_address(ip, class)).transpose()?;
        let by_account = known.map(|account| app.door.limits.charge_account(account, class)).transpose()?;
        Ok(by_account.or(by_address))
    };
    let quota = match charged() {
        Ok(quota) => quota,
        Err(problem) => return problem.into_response(),
    };
    parts.extensions.insert(if known.is_some() { Charge::Done } else { Charge::Due(class) });
    let group = match (known, ip) {
        (Some(account), _) => Group::Tenant(account.tenant),
        (None, Some(ip)) => Group::Address(household(ip)),
        (None, None) => Group::Nobody,
    };
    let admitted = async {
        let body = arrive(&parts, body).await?;
        let slot = app.door.lanes.enter(class, group).await?;
        Ok::<_, Problem>((body, slot))
    };
    let (body, slot) = match admitted.await {
        Ok(admitted) => admitted,
        Err(problem) => return problem.into_response(),
    };
    let mut response = next.run(Request::from_parts(parts, body)).await;
    drop(slot);
    if let Some(quota) = quota {
        quota.write(&mut response);
    }
    response
}

/// A small body is read to its end before a place in work is taken, so that a slow sender holds none.
async fn arrive(parts: &Parts, body: Body) -> Result<Body, Problem> {
    let length = parts.headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if length.is_none_or(|length| length == 0 || length > SMALL_BODY) {
        return Ok(body);
    }
    let refused = |status, code, detail: &str| {
        Problem(Error::Door { status, code, detail: detail.into(), retry_after_seconds: None })
    };
    let arrived = tokio::time::timeout(ARRIVAL, Limited::new(body, SMALL_BODY).collect()).await;
    let slow = |_| refused(408, "body_too_slow", "The body took too long to arrive. Send it again.");
    let cut = |_| refused(400, "body_unreadable", "The body could not be read to its end.");
    Ok(Body::from(arrived.map_err(slow)?.map_err(cut)?.to_bytes()))
}

/// Whose a secret was when it was last seen. Two generations of a bounded size: what has not been seen for one is
/// forgotten with the other.
#[derive(Default)]
struct Acquainted {
    hasher: RandomState,
    generations: Mutex<[HashMap<u64, Account>; 2]>,
}

/// Secrets in one generation.
const GENERATION: usize = 32_768;

impl Acquainted {
    fn account(&self, secret: &str) -> Option<Account> {
        let key = self.hasher.hash_one(secret);
        let generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        generations.iter().find_map(|g| g.get(&key)).copied()
    }

    fn remember(&self, secret: &str, account: Account) {
        let key = self.hasher.hash_one(secret);
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        let [young, old] = &mut *generations;
        if young.len() >= GENERATION {
            *old = std::mem::take(young);
        }
        young.insert(key, account);
    }

    fn forget(&self, secret: &str) {
        let key = self.hasher.hash_one(secret);
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        for generation in generations.iter_mut() {
            generation.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::{AccountId, TenantId};

    use super::*;
    use crate::limit::Payer;

    #[test]
    fn secrets_are_remembered_up_to_a_bound_and_forgotten_when_they_prove_invalid() {
        let acquainted = Acquainted::default();
        let account = Account { payer: Payer::Account(AccountId::new()), tenant: TenantId::new() };
        for n in 0..200_000 {
            acquainted.remember(&n.to_string(), account);
        }
        let kept: usize = acquainted.generations.lock().unwrap().iter().map(HashMap::len).sum();
        assert!(kept <= GENERATION * 2, "{kept} secrets");
        assert_eq!(acquainted.account("199999"), Some(account));
        acquainted.forget("199999");
        assert_eq!(acquainted.account("199999"), None);
        assert_eq!(acquainted.account("0"), None);
    }
}
