//! The mails of this domain. They are service and security notices, which are always sent (P047), each in the language
//! of its reader, to the address as it was given to us.
//!
//! A mail that carries a secret link is of the security kind, whose text the log of mails does not show.

use edge::Settings;
use kernel::{JobId, Language, Result};
use mail::{Draft, Part, Purpose, Recipient, Sender};
use store::Tx;

use crate::{
    account::Account,
    invitation::Invitation,
    session::Device,
    tenant::{self, Tenant},
    words::WORDS,
};

/// One mail: the name its texts go by, their values, and where its button leads.
struct Notice<'a> {
    key: &'a str,
    language: Language,
    to: Recipient,
    values: &'a [(&'a str, &'a str)],
    url: String,
    facts: Vec<(String, String)>,
    /// The record it is about.
    about: Option<String>,
}

async fn send(tx: &mut Tx, notice: Notice<'_>) -> Result<()> {
    let text = |part: &str| WORDS.text(notice.language, &format!("{}-{part}", notice.key), notice.values);
    let mut body = vec![Part::Text(text("text"))];
    if !notice.facts.is_empty() {
        body.push(Part::Facts(notice.facts));
    }
    body.push(Part::Button { label: text("button"), url: notice.url });
    body.push(Part::Text(text("note")));
    let draft = Draft {
        sender: Sender::Platform,
        to: vec![notice.to],
        cc: Vec::new(),
        language: notice.language,
        subject: text("subject"),
        body,
        attachments: Vec::new(),
        subject_record: notice.about,
        purpose: Purpose::Security,
    };
    mail::queue(tx, draft).await.map(|_| ())
}

fn to(account: &Account) -> Recipient {
    Recipient { name: Some(account.name.clone()), address: account.email.clone() }
}

/// A notice to an account's owner.
async fn tell(tx: &mut Tx, key: &str, account: &Account, url: String, facts: Vec<(String, String)>) -> Result<()> {
    let values = [("name", account.name.as_str()), ("email", account.email.as_str())];
    send(tx, Notice { key, language: account.language, to: to(account), values: &values, url, facts, about: None })
        .await
}

fn page(settings: &Settings, path: &str) -> String {
    format!("{}/{path}", settings.public_url)
}

fn page_with(settings: &Settings, path: &str, secret: &str) -> String {
    format!("{}/{path}?token={secret}", settings.public_url)
}

/// Asks a new account's owner to prove that they read this mail.
pub(crate) async fn confirm_email(tx: &mut Tx, settings: &Settings, account: &Account, secret: &str) -> Result<()> {
    tell(tx, "confirm", account, page_with(settings, "confirm-email", secret), Vec::new()).await
}

/// Tells the owner of an account that somebody signed up with its address again.
pub(crate) async fn already_registered(tx: &mut Tx, settings: &Settings, account: &Account) -> Result<()> {
    tell(tx, "known", account, page(settings, "sign-in"), Vec::new()).await
}

pub(crate) async fn reset_password(tx: &mut Tx, settings: &Settings, account: &Account, secret: &str) -> Result<()> {
    tell(tx, "reset", account, page_with(settings, "reset-password", secret), Vec::new()).await
}

pub(crate) async fn password_changed(tx: &mut Tx, settings: &Settings, account: &Account) -> Result<()> {
    let facts = circumstances(tx, account.language).await?;
    tell(tx, "changed", account, page(settings, "forgot-password"), facts).await
}

/// A sign-in from a device and a place not seen before (P044).
pub(crate) async fn new_device(tx: &mut Tx, settings: &Settings, account: &Account) -> Result<()> {
    let facts = circumstances(tx, account.language).await?;
    tell(tx, "device", account, page(settings, "settings/sessions"), facts).await
}

/// Somebody is guessing the password (P044).
pub(crate) async fn many_failures(tx: &mut Tx, settings: &Settings, account: &Account) -> Result<()> {
    let facts = circumstances(tx, account.language).await?;
    tell(tx, "guessing", account, page(settings, "forgot-password"), facts).await
}

pub(crate) async fn invitation(
    tx: &mut Tx,
    settings: &Settings,
    invitation: &Invitation,
    tenant: &Tenant,
    inviter: &str,
    language: Language,
    secret: &str,
) -> Result<()> {
    let role = WORDS.text(language, &format!("role-{}", invitation.role.name().replace('_', "-")), &[]);
    let values = [("inviter", inviter), ("tenant", tenant.name.as_str()), ("role", role.as_str())];
    let to = Recipient { name: None, address: invitation.email.clone() };
    let url = page_with(settings, "accept-invitation", secret);
    let facts = Vec::new();
    send(tx, Notice { key: "invitation", language, to, values: &values, url, facts, about: None }).await
}

/// Work that the product does by itself has failed for good.
pub(crate) async fn work_failed(
    tx: &mut Tx,
    settings: &Settings,
    owner: &Account,
    tenant: &Tenant,
    kind: &str,
    job: JobId,
) -> Result<()> {
    let language = owner.language;
    let kind = kind.replace(['.', '_'], "-");
    let work = WORDS.text(language, "work-kind", &[("kind", kind.as_str())]);
    let values = [("name", owner.name.as_str()), ("tenant", tenant.name.as_str()), ("work", work.as_str())];
    let (url, about) = (page(settings, "settings/background-work"), Some(job.to_string()));
    send(tx, Notice { key: "work", language, to: to(owner), values: &values, url, facts: Vec::new(), about }).await
}

/// When, from what and from where: so that its reader can tell whether it was themselves.
async fn circumstances(tx: &mut Tx, language: Language) -> Result<Vec<(String, String)>> {
    let zone = tenant::current(tx).await?.zone();
    let origin = &tx.caller().origin;
    let label = |key: &str| WORDS.text(language, key, &[]);
    let mut facts = vec![(label("fact-time"), tx.now().with_timezone(&zone).format("%Y-%m-%d %H:%M %Z").to_string())];
    if let Some(device) = origin.user_agent.as_deref().and_then(|agent| Device::read(agent).label()) {
        facts.push((label("fact-device"), device));
    }
    if let Some(ip) = origin.ip {
        facts.push((label("fact-address"), ip.to_string()));
    }
    Ok(facts)
}
