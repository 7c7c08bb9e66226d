//! The texts that were shown to be agreed to. Each published text has a number within its form and stays as it is.

use chrono::{DateTime, Utc};
use kernel::{Json, Result};
use store::Tx;
use utoipa::ToSchema;

pub use crm::contact::consent::ConsentChannel;

use crate::form::{Form, FormId};

kernel::id!(/// A published text of consent.
    pub ConsentTextId, "cst");

store::record! {
    /// A published text.
    #[derive(ToSchema)]
    pub struct ConsentText in web_form_consent {
        id: ConsentTextId,
        form_id: FormId,
        /// 1 for the first of its form.
        #[schema(example = 2)]
        number: i64,
        /// Word for word.
        #[schema(example = "I agree that Talleres Aurora writes to me about my request.")]
        text: String,
        /// SHA-256 of the text in UTF-8, as hex.
        digest: String,
        #[schema(value_type = Vec<ConsentChannel>)]
        channels: Json<Vec<ConsentChannel>>,
        created_at: DateTime<Utc>,
    }
}

/// All texts of a form, the newest first.
pub async fn all(tx: &mut Tx, form: FormId) -> Result<Vec<ConsentText>> {
    let select = tx.select::<ConsentText>().push(" AND web_form_consent.form_id = ").bind(form);
    Ok(tx.all(select.push(" ORDER BY web_form_consent.number DESC")).await?)
}

/// The text of a number.
pub async fn numbered(tx: &mut Tx, form: FormId, number: i64) -> Result<Option<ConsentText>> {
    let select = tx.select::<ConsentText>().push(" AND web_form_consent.form_id = ").bind(form);
    Ok(tx.optional(select.push(" AND web_form_consent.number = ").bind(number)).await?)
}

/// Publishes what is being written: the number to be shown, of a new text only where something has changed.
pub async fn publish(tx: &mut Tx, form: &Form) -> Result<Option<i64>> {
    let Some(text) = form.consent_text.clone() else { return Ok(None) };
    let newest = all(tx, form.id).await?.into_iter().next();
    if let Some(same) = newest.as_ref().filter(|old| old.text == text && old.channels.0 == form.consent_channels.0) {
        return Ok(Some(same.number));
    }
    let published = ConsentText {
        id: ConsentTextId::new(),
        form_id: form.id,
        number: newest.map_or(1, |old| old.number + 1),
        digest: leads::lead::consent::digest(&text),
        text,
        channels: form.consent_channels.clone(),
        created_at: tx.now(),
    };
    tx.insert(&published).await?;
    Ok(Some(published.number))
}
