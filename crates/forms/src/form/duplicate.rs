//! A form like another one: a draft with an address of its own and nothing that came in. It shows no text of consent until it
//! is published, which gives the text its number there.

use kernel::Result;
use store::Tx;

use super::{
    Form,
    set::{FormInput, create},
};

pub async fn duplicate(tx: &mut Tx, of: Form) -> Result<Form> {
    let name: String = of.name.chars().take(114).collect();
    // Who has left gets no more leads.
    let owner = match of.owner_id {
        Some(owner) if crm::member::must_exist(tx, "owner_id", Some(owner)).await.is_ok() => Some(owner),
        _ => None,
    };
    let input = FormInput {
        name: format!("{name} (2)"),
        slug: None,
        language: of.language,
        title: Some(of.title),
        intro: of.intro,
        fields: of.fields.0,
        submit_label: of.submit_label,
        thank_you: of.thank_you,
        redirect_url: of.redirect_url,
        source: of.source,
        utm: of.utm.0,
        owner_id: owner,
        allowed_origins: of.allowed_origins.0,
        consent_text: of.consent_text,
        consent_channels: of.consent_channels.0,
        consent_required: of.consent_required,
        guard: of.guard.0,
    };
    create(tx, input).await
}
