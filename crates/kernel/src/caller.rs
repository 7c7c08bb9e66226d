//! Who is asking, for which tenant, with which rights. Resolved once at the door; carried as a value ever after.
//!
//! Invariant: a [`Can<P>`] exists only where the caller was found to hold `P`, and it names the one tenant the
//! work may touch. A transaction cannot be had without one.

use std::{
    fmt,
    marker::PhantomData,
    net::IpAddr,
    sync::{Arc, atomic::AtomicBool},
};

use crate::{AccountId, ApiKeyId, Error, Grants, Language, LinkId, MemberId, Permission, Reach, TenantId};

/// Who acts. Written into every audit entry and event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person who belongs to the tenant.
    Member(MemberId),
    /// A program with a key.
    ApiKey(ApiKeyId),
    /// Somebody outside who holds a secret link, such as a customer reading a quote.
    Recipient(LinkId),
    /// The product itself: a job, a schedule, a migration.
    System,
}

impl Actor {
    pub const fn kind(self) -> &'static str {
        match self {
            Actor::Member(_) => "member",
            Actor::ApiKey(_) => "api_key",
            Actor::Recipient(_) => "recipient",
            Actor::System => "system",
        }
    }

    /// The id as text; None for the product itself.
    pub fn id(self) -> Option<String> {
        match self {
            Actor::Member(id) => Some(id.to_string()),
            Actor::ApiKey(id) => Some(id.to_string()),
            Actor::Recipient(id) => Some(id.to_string()),
            Actor::System => None,
        }
    }

    /// Reads back what [`Actor::kind`] and [`Actor::id`] wrote.
    pub fn read(kind: &str, id: Option<&str>) -> Option<Actor> {
        Some(match (kind, id) {
            ("member", Some(id)) => Actor::Member(id.parse().ok()?),
            ("api_key", Some(id)) => Actor::ApiKey(id.parse().ok()?),
            ("recipient", Some(id)) => Actor::Recipient(id.parse().ok()?),
            ("system", None) => Actor::System,
            _ => return None,
        })
    }
}

/// Where a request came from: what the policy allows to be logged of it (privacy policy 3.3).
#[derive(Debug, Clone, Default)]
pub struct Origin {
    pub ip: Option<IpAddr>,
    pub user_agent: Option<String>,
    pub request_id: Option<String>,
    /// The client's key for "do this once", with a digest of the request it belongs to.
    pub idempotency: Option<Idempotency>,
}

/// An `Idempotency-Key` and the SHA-256 of method, path and body it came with. The first transaction that the
/// request commits writes the key with it, so that the effect and the memory of it are one.
#[derive(Debug, Clone)]
pub struct Idempotency {
    pub key: String,
    pub request_hash: Vec<u8>,
    /// Set by the store once the key has been written for this request.
    pub written: Arc<AtomicBool>,
}

/// The permission to see amounts of money, which the door declares; asked wherever an amount is told, sorted or filtered by.
const READ_AMOUNTS: &str = "amount.read";

/// What is told who may not see amounts and asks for nothing else.
pub fn amounts_hidden() -> Error {
    Error::Door {
        status: 403,
        code: "amounts_hidden",
        detail: "Your role does not show amounts of money. An administrator can change the table of roles.".into(),
        retry_after_seconds: None,
    }
}

/// A resolved caller.
#[derive(Debug, Clone)]
pub struct Caller {
    pub tenant_id: TenantId,
    pub actor: Actor,
    /// The person behind a member or the maker of a key, where there is one.
    pub account_id: Option<AccountId>,
    /// For whom, where somebody else acts: the maker of a key, whoever caused a job.
    pub on_behalf_of: Option<Actor>,
    pub language: Language,
    pub grants: Grants,
    /// Which records it sees of what it may read.
    pub reach: Reach,
    pub origin: Origin,
}

impl Caller {
    /// The product acting for a tenant, with every right: for jobs, schedules and the demo.
    pub fn system(tenant_id: TenantId) -> Self {
        Self {
            tenant_id,
            actor: Actor::System,
            account_id: None,
            on_behalf_of: None,
            language: Language::default(),
            grants: Grants::none(),
            reach: Reach::whole(),
            origin: Origin::default(),
        }
    }

    /// Does this caller hold the named permission?
    pub fn holds(&self, permission: &str) -> bool {
        matches!(self.actor, Actor::System) || self.grants.holds(permission)
    }

    /// May this caller see amounts of money?
    pub fn sees_amounts(&self) -> bool {
        self.holds(READ_AMOUNTS)
    }

    /// Refuses who may not, where an amount cannot be left out.
    pub fn must_see_amounts(&self) -> Result<(), Error> {
        if self.sees_amounts() { Ok(()) } else { Err(amounts_hidden()) }
    }

    /// The member who acts, if a member does.
    pub fn member_id(&self) -> Option<MemberId> {
        match self.actor {
            Actor::Member(id) => Some(id),
            _ => None,
        }
    }

    /// Whose a record is that this caller makes, where nothing else is said: the member's who acts. What a key makes is
    /// nobody's; but one that sees a part of the records would not see that again, so there it is its maker's.
    pub fn owner(&self) -> Option<MemberId> {
        self.member_id().or_else(|| self.reach.narrowed().map(|narrowed| narrowed.member))
    }
}

/// Proof that `caller` holds `P`.
pub struct Can<P> {
    caller: Arc<Caller>,
    permission: PhantomData<fn() -> P>,
}

impl<P: Permission> Can<P> {
    /// The only way to one: ask, and be refused or not.
    pub fn check(caller: Arc<Caller>) -> Result<Self, Error> {
        if caller.holds(P::NAME) {
            Ok(Self { caller, permission: PhantomData })
        } else {
            Err(Error::Forbidden { permission: P::NAME })
        }
    }

    pub fn caller(&self) -> &Arc<Caller> {
        &self.caller
    }

    pub fn tenant_id(&self) -> TenantId {
        self.caller.tenant_id
    }

    /// The same right, over records that the caller does not see as well: for work that would be wrong if it left some
    /// out. What it finds is never shown. A search for this name, and for the store's, lists them.
    pub fn beyond_reach(self, _reason: &'static str) -> Self {
        let caller = Caller { reach: Reach::whole(), ..(*self.caller).clone() };
        Self { caller: Arc::new(caller), ..self }
    }

    /// May the same caller do this other thing too? For the `actions` a resource lists.
    pub fn also<Q: Permission>(&self) -> bool {
        self.caller.holds(Q::NAME)
    }
}

impl<P> Clone for Can<P> {
    fn clone(&self) -> Self {
        Self { caller: self.caller.clone(), permission: PhantomData }
    }
}

impl<P: Permission> fmt::Debug for Can<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Can<{}>", P::NAME)
    }
}
