//! Keeping a sign-up: account, tenant, owner and the mail that asks to confirm, in one transaction.

use edge::Settings;
use kernel::{AccountId, Actor, MemberId, Origin, Result, TenantId};
use store::{OnConstraint, PlatformTx, Store, Tx};
use tokio::time::Instant;

use super::check::{Person, SignUp, check};
use crate::{
    account::{
        self, Account, password,
        token::{self, Purpose},
    },
    caller::acting,
    notice,
    session::sign_in::SOONEST,
    tenant::found::{Company, found, refound},
    text,
};

/// What a sign-up has made.
#[derive(Debug, Clone, Copy)]
pub struct Established {
    pub account_id: AccountId,
    pub tenant_id: TenantId,
    pub member_id: MemberId,
}

/// A sign-up that has been read, with what it needs to be kept.
struct Registration<'a> {
    settings: &'a Settings,
    origin: &'a Origin,
    company: Company,
    person: Person,
    password_hash: String,
}

/// Signs up. Whether the address has an account already is told to that address alone, by mail.
pub async fn sign_up(store: &Store, settings: &Settings, origin: &Origin, input: SignUp) -> Result<()> {
    let started = Instant::now();
    let (company, person, password_hash) = read(input).await?;
    let kept = keep(store, Registration { settings, origin, company, person, password_hash }).await;
    tokio::time::sleep_until(started + SOONEST).await;
    kept
}

/// Signs up somebody whose address needs no proof: the demo's people, or those of an operator's own installation.
pub async fn establish(store: &Store, input: SignUp) -> Result<Established> {
    let (company, person, password_hash) = read(input).await?;
    let mut platform = store.platform().await?;
    let now = platform.now();
    let account = Account { email_confirmed_at: Some(now), ..new_account(&person, password_hash, now) };
    insert(&mut platform, &account).await?;
    let (tenant_id, member_id) = (TenantId::new(), MemberId::new());
    let caller = acting(tenant_id, Actor::Member(member_id), Some(account.id), person.language, &Origin::default());
    let mut tx = platform.enter(caller).await?;
    found(&mut tx, &company, &account, member_id).await?;
    tx.commit().await?;
    Ok(Established { account_id: account.id, tenant_id, member_id })
}

async fn read(input: SignUp) -> Result<(Company, Person, String)> {
    let typed = input.password.clone();
    let (company, person) = password::apart(move || check(&input)).await??;
    Ok((company, person, password::hash(typed).await?))
}

async fn keep(store: &Store, new: Registration<'_>) -> Result<()> {
    let mut platform = store.platform().await?;
    let found: Option<Account> = platform.optional(account::store::by_email(&new.person.email.folded)).await?;
    let tenants = match &found {
        Some(account) => account::store::all_tenants(&mut platform, account.id).await?,
        None => Vec::new(),
    };
    match (found, tenants.first().copied()) {
        (Some(account), Some((tenant, _))) if account.email_confirmed_at.is_some() => {
            let mut tx = platform.enter(acting(tenant, Actor::System, None, account.language, new.origin)).await?;
            notice::already_registered(&mut tx, new.settings, &account).await?;
            Ok(tx.commit().await?)
        }
        (Some(old), home) => begin_anew(platform, new, old, home).await,
        (None, _) => begin(platform, new).await,
    }
}

/// Makes the account, its tenant and the mail.
async fn begin(mut platform: PlatformTx, new: Registration<'_>) -> Result<()> {
    let account = new_account(&new.person, new.password_hash.clone(), platform.now());
    insert(&mut platform, &account).await?;
    let (tenant, member) = (TenantId::new(), MemberId::new());
    let caller = acting(tenant, Actor::Member(member), Some(account.id), account.language, new.origin);
    let mut tx = platform.enter(caller).await?;
    found(&mut tx, &new.company, &account, member).await?;
    ask_to_confirm(tx, &new, &account).await
}

/// Writes over a sign-up that was never confirmed, or gives a tenant to somebody who has left their last one: whoever
/// gave an address that is not theirs must not decide the password of the one who later does.
async fn begin_anew(
    mut platform: PlatformTx,
    new: Registration<'_>,
    old: Account,
    home: Option<(TenantId, MemberId)>,
) -> Result<()> {
    if token::too_many(&mut platform, old.id, Purpose::ConfirmEmail).await? {
        return Ok(());
    }
    let fresh = new_account(&new.person, new.password_hash.clone(), platform.now());
    let (tenant, member) = home.unwrap_or((TenantId::new(), MemberId::new()));
    let caller = acting(tenant, Actor::Member(member), Some(old.id), fresh.language, new.origin);
    let mut tx = platform.enter(caller).await?;
    let account = Account { id: old.id, version: old.version, email: old.email, created_at: old.created_at, ..fresh };
    let account = account::store::update(&mut tx, &account).await?;
    match home {
        None => found(&mut tx, &new.company, &account, member).await?,
        Some(_) => refound(&mut tx, &new.company).await?,
    };
    ask_to_confirm(tx, &new, &account).await
}

async fn ask_to_confirm(mut tx: Tx, new: &Registration<'_>, account: &Account) -> Result<()> {
    let secret = token::issue(&mut tx, account.id, Purpose::ConfirmEmail).await?;
    notice::confirm_email(&mut tx, new.settings, account, &secret).await?;
    Ok(tx.commit().await?)
}

pub(crate) fn new_account(person: &Person, password_hash: String, now: chrono::DateTime<chrono::Utc>) -> Account {
    Account {
        id: AccountId::new(),
        version: 1,
        email: person.email.address.clone(),
        email_folded: person.email.folded.clone(),
        email_confirmed_at: None,
        name: person.name.clone(),
        name_folded: text::folded(&person.name),
        phone: person.phone.clone(),
        language: person.language,
        password_hash,
        password_changed_at: now,
        business_use_confirmed_at: Some(now),
        age_confirmed_at: Some(now),
        created_at: now,
        updated_at: now,
    }
}

/// Two sign-ups of one address at one moment: the second finds the first when it is sent again.
async fn insert(platform: &mut PlatformTx, account: &Account) -> Result<()> {
    platform
        .execute(crate::platform::insert(account))
        .await
        .map(|_| ())
        .on_constraint("account_email_folded_key", || {
            kernel::Error::conflict("try_again", "Somebody is signing up with this address at this moment. Try again.")
        })
}
