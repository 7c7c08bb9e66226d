//! Rate limits at the door: per address, per account or key, per tenant, and a tight one per address where secrets are
//! guessed. In memory and per node; what must hold across nodes is counted in the database by its domain.
//!
//! Invariant: a refusal concerns who asked. The buckets of accounts and tenants are charged only for requests that carry
//! their own valid secret, so nobody's guessing uses up what belongs to somebody else.

pub mod bucket;

use std::{
    net::{IpAddr, Ipv6Addr},
    time::{Duration, Instant},
};

use axum::http::{HeaderName, HeaderValue, Method, Response};
use kernel::{AccountId, Actor, ApiKeyId, Caller, Error, TenantId};

use crate::{Problem, metrics};
use bucket::{Buckets, Left};

/// Tokens a minute; 0 is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// One network address (an IPv6 address counts by its /64, which is one household or machine).
    pub address: u32,
    /// One person, or one API key.
    pub account: u32,
    /// A whole tenant.
    pub tenant: u32,
    /// One network address, where a secret is presented: signing in, resetting, opening a link.
    pub secret: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self { address: 3000, account: 1200, tenant: 6000, secret: 30 }
    }
}

impl Rates {
    /// No limits: for tests and measurements.
    pub fn off() -> Self {
        Self { address: 0, account: 0, tenant: 0, secret: 0 }
    }
}

/// What a request is, as far as limits go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Reads a few rows.
    Read,
    /// Reads many to find a few.
    Search,
    /// Changes something.
    Write,
    /// An export, an import, a PDF.
    Costly,
    /// Presents a secret that could be guessed.
    Secret,
}

impl Class {
    /// How many tokens it takes.
    pub const fn cost(self) -> u32 {
        match self {
            Class::Read | Class::Secret => 1,
            Class::Write => 2,
            Class::Search => 5,
            Class::Costly => 10,
        }
    }
}

/// Says of which class a route is, by method and pattern. Given by the program that is put together.
pub type Classify = fn(&Method, &str) -> Class;

/// By method alone.
pub fn by_method(method: &Method, _: &str) -> Class {
    if method.is_safe() { Class::Read } else { Class::Write }
}

/// Who is charged for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Payer {
    Account(AccountId),
    ApiKey(ApiKeyId),
}

/// Whose a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    pub payer: Payer,
    pub tenant: TenantId,
}

impl Account {
    /// None for the holder of a link and for the product itself.
    pub fn of(caller: &Caller) -> Option<Self> {
        let payer = match (caller.actor, caller.account_id) {
            (Actor::ApiKey(key), _) => Payer::ApiKey(key),
            (Actor::Member(_), Some(account)) => Payer::Account(account),
            _ => return None,
        };
        Some(Self { payer, tenant: caller.tenant_id })
    }
}

/// The buckets of one node.
pub struct Limits {
    address: Buckets<IpAddr>,
    secret: Buckets<IpAddr>,
    account: Buckets<Payer>,
    tenant: Buckets<TenantId>,
}

/// The remains of the narrowest bucket that was charged, for the answer's `RateLimit` headers
/// (draft-ietf-httpapi-ratelimit-headers).
#[derive(Debug, Clone, Copy)]
pub struct Quota {
    name: &'static str,
    size: u32,
    left: Left,
}

impl Limits {
    pub fn new(rates: Rates) -> Self {
        Self {
            address: Buckets::new(rates.address),
            secret: Buckets::new(rates.secret),
            account: Buckets::new(rates.account),
            tenant: Buckets::new(rates.tenant),
        }
    }

    /// Charges the network address.
    pub fn charge_address(&self, ip: IpAddr, class: Class) -> Result<Quota, Problem> {
        let (key, now) = (household(ip), Instant::now());
        if class == Class::Secret {
            let many = "Too many attempts from this address.";
            self.secret
                .take(key, 1, now)
                .map_err(|wait| refused("secret", "too_many_attempts_from_address", many, wait))?;
        }
        let many = "Too many requests from this address.";
        let taken = self.address.take(key, class.cost(), now);
        let left = taken.map_err(|wait| refused("address", "too_many_requests", many, wait))?;
        Ok(Quota { name: "address", size: self.address.size(), left })
    }

    /// Charges the caller and its tenant.
    pub fn charge_account(&self, account: Account, class: Class) -> Result<Quota, Problem> {
        let now = Instant::now();
        let many = "You have sent too many requests.";
        let taken = self.account.take(account.payer, class.cost(), now);
        let left = taken.map_err(|wait| refused("account", "too_many_requests_of_account", many, wait))?;
        let many = "Your company has sent too many requests.";
        let taken = self.tenant.take(account.tenant, class.cost(), now);
        taken.map_err(|wait| refused("tenant", "too_many_requests_of_tenant", many, wait))?;
        Ok(Quota { name: "account", size: self.account.size(), left })
    }
}

impl Quota {
    /// Writes `RateLimit` and `RateLimit-Policy`; nothing where there is no limit.
    pub fn write<B>(&self, response: &mut Response<B>) {
        if self.size == 0 {
            return;
        }
        let seconds = self.left.full_after.as_secs_f64().ceil();
        let values = [
            (HeaderName::from_static("ratelimit"), format!("\"{}\";r={};t={seconds}", self.name, self.left.tokens)),
            (HeaderName::from_static("ratelimit-policy"), format!("\"{}\";q={};w=60", self.name, self.size)),
        ];
        for (name, value) in values {
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(name, value);
            }
        }
    }
}

fn refused(kind: &'static str, code: &'static str, many: &str, wait: Duration) -> Problem {
    metrics::limited(kind);
    let seconds = wait.as_secs() + 1;
    Problem(Error::Door {
        status: 429,
        code,
        detail: format!("{many} Try again in {seconds} seconds."),
        retry_after_seconds: Some(seconds),
    })
}

/// The part of an address that one subscriber has.
pub fn household(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_household_is_one_address_and_a_mapped_ipv4_itself() {
        let same = |a: &str, b: &str| household(a.parse().unwrap()) == household(b.parse().unwrap());
        assert!(same("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"));
        assert!(!same("2001:db8:1:2::1", "2001:db8:1:3::1"));
        assert!(same("::ffff:192.0.2.7", "192.0.2.7"));
        assert!(!same("192.0.2.7", "192.0.2.8"));
    }

    #[test]
    fn each_kind_of_limit_has_its_code_and_says_how_long_to_wait() {
        let limits = Limits::new(Rates { address: 4, account: 2, tenant: 3, secret: 1 });
        let ip: IpAddr = "192.0.2.1".parse().unwrap();
        let code = |problem: Problem| (problem.0.code(), problem.status().as_u16());
        limits.charge_address(ip, Class::Secret).unwrap();
        assert_eq!(
            code(limits.charge_address(ip, Class::Secret).unwrap_err()),
            ("too_many_attempts_from_address", 429)
        );
        limits.charge_address(ip, Class::Write).unwrap();
        assert_eq!(code(limits.charge_address(ip, Class::Write).unwrap_err()), ("too_many_requests", 429));
        let tenant = TenantId::new();
        let of = |payer| Account { payer, tenant };
        let (ana, key) = (of(Payer::Account(AccountId::new())), of(Payer::ApiKey(ApiKeyId::new())));
        limits.charge_account(ana, Class::Write).unwrap();
        let refusal = limits.charge_account(ana, Class::Read).unwrap_err();
        assert!(matches!(refusal.0, Error::Door { retry_after_seconds: Some(1..=31), .. }));
        assert_eq!(code(refusal), ("too_many_requests_of_account", 429));
        limits.charge_account(key, Class::Read).unwrap();
        assert_eq!(
            code(limits.charge_account(key, Class::Read).unwrap_err()),
            ("too_many_requests_of_tenant", 429),
            "the key has tokens left, its tenant has not"
        );
    }
}
