//! What visible means for the tables of this domain, to a caller whose role sees a part of them.
//!
//! Invariant: a record is visible to its owner and, by what is narrowed too, to who sees the company it hangs on; what is
//! written about a record is as visible as that record; a record that nobody owns is for those who see all.

mod fields;

use kernel::Noun;
use store::{Fielded, OwnValues, Scope, Through};

/// Records that have an owner. A company opens its people and its deals, and those that belong to it.
pub const SCOPES: &[Scope] = &[
    with(
        &fields::COMPANY,
        owned(
            "company",
            "com",
            Noun::Company,
            &["owner_id"],
            // Whoever reaches a company reaches what belongs to it, never what it belongs to.
            &[Through::Below { table: "company_lineage", above: "ancestor_id", below: "company_id" }],
        ),
    ),
    with(&fields::CONTACT, owned("contact", "con", Noun::Contact, &["owner_id"], &[BY_COMPANY])),
    with(&fields::DEAL, owned("deal", "dea", Noun::Deal, &["owner_id"], &[BY_COMPANY])),
    with(&fields::RECORD, owned("custom_record", "rec", Noun::Record, &["owner_id"], &[])),
    Scope {
        table: "custom_value",
        values: Some(OwnValues { field: "field_id", table: "custom_field", object: "object", key: "key" }),
        ..Scope::BARE
    },
    // Who brought a file in sees it, and what was wrong with its rows.
    owned("import", "imp", Noun::Contact, &["member_id"], &[]),
    // Each end is named to who sees it.
    follows(
        "affiliation",
        "aff",
        &[
            Through::Each { column: "contact_id", table: "contact" },
            Through::Each { column: "company_id", table: "company" },
        ],
    ),
    follows("contact_consent", "cns", &[Through::Each { column: "contact_id", table: "contact" }]),
    follows("deal_stage", "dst", &[Through::Each { column: "deal_id", table: "deal" }]),
    follows("deal_lines", "", &[Through::Each { column: "id", table: "deal" }]),
    follows(
        "record_merge",
        "mrg",
        &[
            Through::Each { column: "survivor_id", table: "contact" },
            Through::Each { column: "survivor_id", table: "company" },
        ],
    ),
];

/// What is written about records of this domain and of those above; named by the prefixes of their ids.
pub const ABOUT: &[Scope] = &[
    owned(
        "activity",
        "act",
        Noun::Activity,
        &["assignee_id", "author_id"],
        &[Through::Linked { table: "activity_link", key: "activity_id", column: "record", prefixes: RECORDS }],
    ),
    follows("activity_link", "acl", &[Through::Each { column: "activity_id", table: "activity" }]),
    follows("note", "not", &[Through::Named { column: "subject", prefixes: RECORDS }]),
    // What happens to things that are everybody's, such as a stage or a notification, is heard by everybody.
    Scope { others: true, ..follows("event", "evt", &[Through::Named { column: "subject", prefixes: EVERYTHING }]) },
    follows("event_link", "", &[Through::Each { column: "event_id", table: "event" }]),
    follows("search_document", "", &[Through::Named { column: "record", prefixes: EVERYTHING }]),
    Scope { others: true, ..follows("audit_entry", "", &[Through::Named { column: "subject", prefixes: EVERYTHING }]) },
];

const RECORDS: &[&str] = &["com", "con", "dea", "rec", "lea", "quo", "inv"];
const EVERYTHING: &[&str] =
    &["com", "con", "dea", "rec", "lea", "quo", "inv", "pay", "mai", "act", "not", "aff", "imp", "mrg", "sub"];
const BY_COMPANY: Through = Through::Row { column: "company_id", table: "company" };

const fn with(fields: &'static Fielded, scope: Scope) -> Scope {
    Scope { fields: Some(fields), ..scope }
}

const fn owned(
    table: &'static str,
    prefix: &'static str,
    noun: Noun,
    owners: &'static [&'static str],
    through: &'static [Through],
) -> Scope {
    Scope { table, prefix, noun: Some(noun), owners, through, ..Scope::BARE }
}

const fn follows(table: &'static str, prefix: &'static str, through: &'static [Through]) -> Scope {
    Scope { table, prefix, through, ..Scope::BARE }
}
