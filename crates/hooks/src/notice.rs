//! The mail that tells the owners of a workspace that an endpoint was switched off. It is a service notice; it names the
//! host alone, because the rest of an address may be a secret of the other side.

use identity::member::tell_owners::owners;
use kernel::Result;
use mail::{Draft, Part, Purpose, Recipient, Sender};
use store::Tx;

use crate::{
    endpoint::{DisabledReason, Endpoint},
    words::WORDS,
};

pub(crate) async fn disabled(tx: &mut Tx, public_url: &str, endpoint: &Endpoint, reason: DisabledReason) -> Result<()> {
    let why = match reason {
        DisabledReason::Gone => "disabled-gone",
        DisabledReason::Failing | DisabledReason::Person => "disabled-failing",
    };
    let workspace = identity::tenant::current(tx).await?;
    let host = endpoint.url.split('/').nth(2).unwrap_or_default();
    for owner in owners(tx).await? {
        let values = [("name", owner.name.as_str()), ("tenant", workspace.name.as_str()), ("host", host)];
        let text = |key: &str| WORDS.text(owner.language, key, &values);
        let draft = Draft {
            sender: Sender::Platform,
            to: vec![Recipient { name: Some(owner.name.clone()), address: owner.email.clone() }],
            cc: Vec::new(),
            language: owner.language,
            subject: text("disabled-subject"),
            body: vec![
                Part::Text(text(why)),
                Part::Button {
                    label: text("disabled-button"),
                    url: format!("{public_url}/settings/webhooks/{}", endpoint.id),
                },
                Part::Text(text("disabled-note")),
            ],
            attachments: Vec::new(),
            subject_record: Some(endpoint.id.to_string()),
            purpose: Purpose::Service,
        };
        mail::queue(tx, draft).await?;
    }
    Ok(())
}
