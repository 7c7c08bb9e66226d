//! Accepting an invitation. The link proves that its holder reads the mail of the invited address, so a new person's
//! address needs no further proof. Somebody who has an account proves to be its owner, by being signed in or by the
//! password: a forwarded mail must not let a colleague into another's account.

use edge::Settings;
use kernel::{AccountId, Change, Error, Language, Origin, Result, error::Fields};
use serde::Deserialize;
use store::{Store, Tx};
use utoipa::ToSchema;

use super::{
    Invitation, InvitationState,
    lookup::{account_of, open, open_locked, resolve},
};
use crate::{
    account::{Account, Email, password, profile, store::update},
    link,
    member::join::join,
    platform,
    session::{
        SignedIn,
        sign_in::verified,
        start::start,
        throttle::{self, Attempt},
    },
    signup::{check::Person, register::new_account},
    text,
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// From the link in the mail.
    pub token: String,
    /// A new person's name.
    #[serde(default)]
    #[schema(example = "Luis Vega")]
    pub name: Option<String>,
    /// A new person's password, or the present one of somebody who has an account and is not signed in.
    #[serde(default)]
    #[schema(example = "quiet otter paints maps")]
    pub password: Option<String>,
    /// Must be true for a new person: the product is not for people under 16 (P185). Others have confirmed it before.
    #[serde(default)]
    #[schema(example = true)]
    pub is_16_or_older: bool,
}

/// Who accepts, proven before the transaction that makes them a member.
enum Proof {
    SignedIn(AccountId),
    Password(Box<Account>, Attempt),
    New { name: String, password_hash: String },
}

/// Makes the invited person a member and opens the workspace. `signed_in` is the account the request is signed in to.
pub async fn accept(
    store: &Store,
    settings: &Settings,
    origin: &Origin,
    language: Language,
    signed_in: Option<AccountId>,
    input: Accept,
) -> Result<SignedIn> {
    let (caller, id) = resolve(store, origin.clone(), &input.token).await?;
    let mut tx = store.platform_read().await?.enter(caller.clone()).await?;
    let invitation = open(&mut tx, id).await?;
    let account = account_of(&mut tx, &invitation).await?;
    drop(tx);
    let proof = prove(store, settings, origin, &invitation, account, signed_in, input).await?;

    let mut tx = store.platform().await?.enter(caller).await?;
    let invitation = open_locked(&mut tx, id).await?;
    let attempt = match &proof {
        Proof::Password(_, attempt) => Some(attempt.clone()),
        _ => None,
    };
    let account = person(&mut tx, &invitation, proof, language).await?;
    let member = join(&mut tx, account.id, invitation.role).await?;
    link::revoke(&mut tx, invitation.link_id).await?;
    let accepted = Invitation { state: InvitationState::Accepted, member_id: Some(member.id), ..invitation };
    tx.update(&accepted).await?;
    tx.audit(Change::new("invitation.accept", id)).await?;
    match &attempt {
        Some(attempt) => {
            throttle::succeeded(&mut tx, attempt).await?;
        }
        None => throttle::note(&mut tx, &account.email_folded).await?,
    }
    let opened = start(&mut tx, &account, member.id, "session.sign_in").await?;
    tx.commit().await?;
    Ok(opened)
}

async fn prove(
    store: &Store,
    settings: &Settings,
    origin: &Origin,
    invitation: &Invitation,
    account: Option<Account>,
    signed_in: Option<AccountId>,
    input: Accept,
) -> Result<Proof> {
    match (account.filter(|account| account.email_confirmed_at.is_some()), input.password) {
        (Some(account), _) if signed_in == Some(account.id) => Ok(Proof::SignedIn(account.id)),
        (Some(_), Some(typed)) => {
            let email = Email::parse(&invitation.email)?;
            let (account, attempt) = verified(store, settings, origin, &email, typed).await?;
            Ok(Proof::Password(Box::new(account), attempt))
        }
        (Some(_), None) => Err(Error::unauthenticated(
            "sign_in_to_accept",
            "You have an account with this address. Sign in to it, or give its password, and accept then.",
        )),
        (None, typed) => {
            let mut fields = Fields::default();
            let name = fields.take("name", text::line("name", &input.name.unwrap_or_default(), profile::LONGEST_NAME));
            let typed = typed.unwrap_or_default();
            let (secret, known) = (typed.clone(), [name.clone().unwrap_or_default(), invitation.email.clone()]);
            let checked =
                password::apart(move || password::check("password", &secret, &[&known[0], &known[1]])).await?;
            fields.take("password", checked);
            if !input.is_16_or_older {
                fields.refuse("is_16_or_older", "age_required", "Confirm that you are 16 or older.");
            }
            fields.finish()?;
            let name = name.ok_or_else(|| Error::internal("a name was neither read nor refused"))?;
            Ok(Proof::New { name, password_hash: password::hash(typed).await? })
        }
    }
}

/// The account that becomes a member: the proven one, a new one, or one that was signed up for and never confirmed,
/// which now belongs to whoever reads its mail.
async fn person(tx: &mut Tx, invitation: &Invitation, proof: Proof, language: Language) -> Result<Account> {
    let now = tx.now();
    match proof {
        Proof::SignedIn(id) => Ok(crate::account::store::get(tx, id).await?),
        Proof::Password(account, _) => Ok(*account),
        Proof::New { name, password_hash } => {
            let email = Email { address: invitation.email.clone(), folded: invitation.email_folded.clone() };
            let person = Person { name, email, phone: None, language };
            let fresh = Account {
                email_confirmed_at: Some(now),
                business_use_confirmed_at: None,
                age_confirmed_at: Some(now),
                ..new_account(&person, password_hash, now)
            };
            match account_of(tx, invitation).await? {
                None => {
                    tx.execute(platform::insert(&fresh)).await?;
                    Ok(fresh)
                }
                Some(old) if old.email_confirmed_at.is_none() => {
                    let over = Account {
                        id: old.id,
                        version: old.version,
                        email: old.email,
                        created_at: old.created_at,
                        ..fresh
                    };
                    Ok(update(tx, &over).await?)
                }
                Some(_) => Err(Error::conflict(
                    "account_exists",
                    "An account with this address has just been confirmed. Sign in and accept then.",
                )),
            }
        }
    }
}
