//! An account: a person with one e-mail address and one password, a member of one or more tenants. It belongs to no
//! tenant; what is kept of it is name, address, phone, password (hashed) and language, and nothing else (P021).

pub mod change_password;
pub mod confirm;
pub mod email;
pub mod me;
pub mod password;
pub mod phone;
pub mod profile;
pub mod reset_password;
pub(crate) mod routes;
pub(crate) mod store;
pub(crate) mod token;

use chrono::{DateTime, Utc};
use kernel::{AccountId, Language};

pub use email::Email;

::store::record! {
    /// A person's account. What may be written into an audit entry is serialised; the rest is skipped.
    pub struct Account in account {
        id: AccountId,
        version: i64,
        email: String,
        #[serde(skip)]
        email_folded: String,
        email_confirmed_at: Option<DateTime<Utc>>,
        name: String,
        #[serde(skip)]
        name_folded: String,
        phone: Option<String>,
        language: Language,
        #[serde(skip)]
        password_hash: String,
        password_changed_at: DateTime<Utc>,
        /// When the person said that they use the product for business, and that they are 16 or older (P185).
        business_use_confirmed_at: Option<DateTime<Utc>>,
        age_confirmed_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Account {
    /// What an accepted password must not be made of.
    pub(crate) fn personal(&self) -> [&str; 2] {
        [&self.name, &self.email]
    }
}
