//! What visible means for documents: they are seen by who sees their customer or their deal, and by whose they are.

use store::{Scope, Through};

const CUSTOMER: &[Through] = &[
    Through::Row { column: "company_id", table: "company" },
    Through::Row { column: "contact_id", table: "contact" },
    Through::Row { column: "deal_id", table: "deal" },
];

pub const SCOPES: &[Scope] = &[document("quote", "quo"), document("invoice", "inv"), CREDIT];

/// Credit is seen by who sees the invoice it settles.
const CREDIT: Scope = Scope {
    table: "credit_allocation",
    prefix: "cra",
    through: &[Through::Row { column: "invoice_id", table: "invoice" }],
    ..Scope::BARE
};

const fn document(table: &'static str, prefix: &'static str) -> Scope {
    Scope { table, prefix, owners: &["owner_id"], through: CUSTOMER, ..Scope::BARE }
}
