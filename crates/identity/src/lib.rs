//! Identity: who may enter, and what they may do there. Nouns: tenant, account, member, role, team, invitation,
//! session, API key, link.
//!
//! Invariants:
//! - A secret (password, session, key, link, token) is stored only as what it can be recognised by, never as itself.
//! - Rights are worked out from the membership as it is now, or was within the last second; a role alone gives nothing.
//! - No answer of a public operation tells whether an address is known.
//! - A tenant always has an owner, and nobody gives rights beyond their own.
//!
//! It does not know what the rights are for: each domain declares its own, and [`RoleTable`] gathers them.

pub mod account;
pub mod api_key;
mod authenticate;
mod caller;
mod data_map;
pub mod invitation;
pub mod known;
pub mod link;
pub mod member;
mod notice;
pub mod permissions;
mod platform;
pub mod reference;
pub mod role;
mod secret;
pub mod session;
pub mod signup;
pub mod sweep;
pub mod team;
pub mod tenant;
#[cfg(test)]
mod tests;
mod text;
mod words;

use std::time::Duration;

use edge::{App, Settings};
use utoipa_axum::router::OpenApiRouter;

pub use account::{Account, phone};
pub use authenticate::Identity;
pub use data_map::DATA_MAP;
pub use member::{Member, MemberState};
pub use permissions::PERMISSIONS;
pub use role::RoleTable;
pub use session::SignedIn;
pub use signup::{Established, SignUp, establish};
pub use tenant::Tenant;

/// Which of its jobs hear of which events.
pub const LISTENERS: &[(&str, &str)] = &[("job.died", <member::tell_owners::TellOwnersOfDeadJob as kernel::Job>::KIND)];

/// Every operation of this domain. The program adds `Extension<Identity>` and, for the pictures, `Extension<files::Blobs>`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(signup::routes::routes())
        .merge(account::routes::routes())
        .merge(session::routes::routes())
        .merge(tenant::routes::routes())
        .merge(member::routes::routes())
        .merge(invitation::routes::routes())
        .merge(role::routes::routes())
        .merge(team::routes::routes())
        .merge(api_key::routes::routes())
        .merge(reference::routes::routes())
}

/// Registers what runs by itself.
pub fn jobs(runner: jobs::Runner, settings: Settings) -> jobs::Runner {
    let runner = runner.on(move |context, job: member::tell_owners::TellOwnersOfDeadJob| {
        member::tell_owners::tell(context, settings.clone(), job)
    });
    runner.every("identity.sweep", Duration::from_secs(3600), |context| async move {
        sweep::sweep(&context.store).await.map(|_| ())
    })
}
