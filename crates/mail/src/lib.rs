//! Outgoing mail. A domain queues a draft in the transaction of the change that wants it; a worker delivers it.
//!
//! Invariants:
//! - Nothing is shown as sent that a mail server has not taken responsibility for.
//! - A mail whose acceptance is not known is `unknown`, and is not sent a second time by itself.
//! - Mails about one record form one thread (RFC 5322 3.6.4): each refers to those before it.
//!
//! It does not decide whether somebody may be written to; what asks it to send does.

mod data_map;
pub mod outgoing;
mod routes;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use capabilities::mail::MailTransport;
pub use data_map::DATA_MAP;
pub use outgoing::{Draft, MailId, OutgoingMail, Part, Purpose, Recipient, Sender, SendingIdentity, queue, queue_once};
pub use routes::{PERMISSIONS, routes, set_sending_identity};

/// A mail is seen by who sees the record it is about, of domains above; one about no record by who sees everything.
pub const SCOPES: &[store::Scope] = &[store::Scope {
    table: "outgoing_mail",
    prefix: "mai",
    through: &[store::Through::Named {
        column: "subject_record",
        prefixes: &["com", "con", "dea", "lea", "quo", "inv"],
    }],
    ..store::Scope::BARE
}];

/// What delivering needs.
#[derive(Clone)]
pub struct Postman {
    pub transport: Arc<dyn MailTransport>,
    pub blobs: files::Blobs,
    /// The address mails of the product itself come from; its domain also names Message-IDs.
    pub platform_address: String,
}

/// Registers the delivery job.
pub fn jobs(runner: jobs::Runner, postman: Postman) -> jobs::Runner {
    runner.on::<outgoing::deliver::DeliverMail, _, _>(move |context, job| {
        let postman = postman.clone();
        async move { outgoing::deliver::deliver(context, postman, job).await }
    })
}
