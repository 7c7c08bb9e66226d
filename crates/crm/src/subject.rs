//! What a note or a timeline is about: a record named by its id, and whether the caller may know of it.

use kernel::{Caller, Error, Permission, Result, Uuid, id::Id};
use store::Tx;

use crate::{
    company::{Company, CompanyId, ReadCompanies},
    contact::{Contact, ContactId, ReadContacts},
    deal::{Deal, DealId, ReadDeals},
    name,
    record::{self, CustomRecordId, ReadCustomRecords},
};

kernel::id!(/// A lead: its noun stands above this domain, and its notes and its timeline here.
    pub LeadId, "lea");
kernel::id!(/// A quote: likewise.
    pub QuoteId, "quo");
kernel::id!(/// An invoice: likewise.
    pub InvoiceId, "inv");

/// The right to read leads, which is declared where they are.
pub const READ_LEADS: &str = "lead.read";

/// The permission to read records, by the prefix of their ids. Domains above are named here as text, because this one
/// shows what happened to their records and knows nothing else of them.
const READ: [(&str, &str); 11] = [
    ("com", ReadCompanies::NAME),
    ("con", ReadContacts::NAME),
    ("dea", ReadDeals::NAME),
    ("rec", ReadCustomRecords::NAME),
    ("lea", READ_LEADS),
    ("quo", "quote.read"),
    ("inv", "invoice.read"),
    ("pay", "payment.read"),
    ("mai", "mail.read"),
    // A note is as open as the record it stands on.
    ("not", "timeline.read"),
    // And an activity as the records it is about: `activity::list::visible`.
    ("act", "activity.read"),
];

/// The permission to read records of this kind.
pub fn permission(record: &str) -> Option<&'static str> {
    let prefix = record.split_once('_').map_or("", |(prefix, _)| prefix);
    READ.iter().find(|(known, _)| *known == prefix).map(|(_, permission)| *permission)
}

/// May the caller read records of this kind? What has no known kind is nobody's to read.
pub fn may_read(caller: &Caller, record: &str) -> bool {
    permission(record).is_some_and(|permission| caller.holds(permission))
}

/// A record that people write about and that has a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Company(CompanyId),
    Contact(ContactId),
    Deal(DealId),
    Lead(LeadId),
    Record(CustomRecordId),
    Quote(QuoteId),
    Invoice(InvoiceId),
}

impl Subject {
    /// Reads `com_…`, `con_…`, `dea_…`, `lea_…`, `rec_…`, `quo_…` or `inv_…`.
    pub fn parse(text: &str) -> Option<Self> {
        let company = text.parse().ok().map(Subject::Company);
        company
            .or_else(|| text.parse().ok().map(Subject::Contact))
            .or_else(|| text.parse().ok().map(Subject::Deal))
            .or_else(|| text.parse().ok().map(Subject::Lead))
            .or_else(|| text.parse().ok().map(Subject::Record))
            .or_else(|| text.parse().ok().map(Subject::Quote))
            .or_else(|| text.parse().ok().map(Subject::Invoice))
    }

    /// Its id, whatever it is.
    pub fn uuid(self) -> Uuid {
        match self {
            Subject::Company(id) => id.uuid(),
            Subject::Contact(id) => id.uuid(),
            Subject::Deal(id) => id.uuid(),
            Subject::Lead(id) => id.uuid(),
            Subject::Record(id) => id.uuid(),
            Subject::Quote(id) => id.uuid(),
            Subject::Invoice(id) => id.uuid(),
        }
    }

    /// The record's name, if the tenant has it and the caller may know of it.
    pub async fn name(self, tx: &mut Tx) -> Result<String> {
        if !may_read(tx.caller(), &self.to_string()) {
            return Err(Error::not_found("record"));
        }
        Ok(match self {
            Subject::Company(id) => tx.get::<Company>(id).await?.name,
            Subject::Contact(id) => tx.get::<Contact>(id).await?.display_name,
            Subject::Deal(id) => tx.get::<Deal>(id).await?.name,
            // One of a deleted object is not there, also before it has been erased.
            Subject::Record(id) => record::one(tx, id, false).await?.name,
            Subject::Lead(id) => {
                let named = name::leads(tx, [Some(id)]).await?.name(id);
                named.ok_or_else(|| Error::not_found("lead"))?
            }
            Subject::Quote(id) => {
                let named = name::quotes(tx, [Some(id)]).await?.name(id);
                named.ok_or_else(|| Error::not_found("quote"))?
            }
            Subject::Invoice(id) => {
                let named = name::invoices(tx, [Some(id)]).await?.name(id);
                named.ok_or_else(|| Error::not_found("invoice"))?
            }
        })
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Subject::Company(id) => id.fmt(f),
            Subject::Contact(id) => id.fmt(f),
            Subject::Deal(id) => id.fmt(f),
            Subject::Lead(id) => id.fmt(f),
            Subject::Record(id) => id.fmt(f),
            Subject::Quote(id) => id.fmt(f),
            Subject::Invoice(id) => id.fmt(f),
        }
    }
}
