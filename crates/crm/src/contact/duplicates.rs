//! Who is there already: asked while somebody types, so what is not yet a whole address or number finds nobody.

use kernel::Result;
use serde::Deserialize;
use store::Tx;

use super::{Contact, find_like};
use crate::field;

/// What is known of the person to be made.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LikeContact {
    pub email: Option<String>,
    /// As the company's country writes it, or with its country code.
    pub phone: Option<String>,
}

pub async fn duplicates(tx: &mut Tx, like: &LikeContact) -> Result<Vec<Contact>> {
    let home = identity::tenant::current(tx).await?.country;
    let email = field::email("email", like.email.as_deref()).unwrap_or_default();
    let phone = field::phone("phone", &home, like.phone.as_deref()).unwrap_or_default();
    if email.is_none() && phone.is_none() {
        return Ok(Vec::new());
    }
    find_like(tx, email.as_deref(), phone.as_deref()).await
}
