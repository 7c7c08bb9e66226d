//! Publishing a form and closing it. A closed form can be published again, under the same address.

use kernel::{Change, Error, Result};
use store::Tx;

use super::{Form, FormState, event};
use crate::consent;

/// Shows the form as it is, with its text of consent; a published form shows a changed text from now on.
pub async fn publish(tx: &mut Tx, before: Form) -> Result<Form> {
    before.must_be_there()?;
    let number = consent::publish(tx, &before).await?;
    if before.state == FormState::Published && before.consent_number == number {
        return Err(Error::conflict("form_published", "This form is published as it is already."));
    }
    let now = tx.now();
    let after = Form { state: FormState::Published, consent_number: number, published_at: Some(now), ..before.clone() };
    let after = tx.update(&after).await?;
    tx.audit(Change::new("form.publish", after.id).before(&before).after(&after)).await?;
    tx.emit(event("form.published", &after)).await?;
    Ok(after)
}

pub async fn close(tx: &mut Tx, before: Form) -> Result<Form> {
    before.must_be_there()?;
    if before.state != FormState::Published {
        return Err(Error::conflict("form_not_published", "Only a published form can be closed."));
    }
    let after = tx.update(&Form { state: FormState::Closed, ..before.clone() }).await?;
    tx.audit(Change::new("form.close", after.id).before(&before).after(&after)).await?;
    tx.emit(event("form.closed", &after)).await?;
    Ok(after)
}
