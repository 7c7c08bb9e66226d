//! The fields of this domain's records that the rights of a role can name, and what stands in their place where a role is
//! not shown them.
//!
//! Invariant: what a record is called, whose it is, and what it belongs to is always shown; it may be closed to changes.

use store::{
    Cell::{List, Null, Shown},
    Derived, Field, Fielded, Object, Record,
};

use crate::{company::Company, contact::Contact, deal::Deal, record::CustomRecord};

const fn field(name: &'static str, cells: &'static [store::Cell]) -> Field {
    Field { name, cells }
}

pub(super) static COMPANY: Fielded = Fielded {
    object: Object::Is("company"),
    columns: Company::COLUMNS,
    fields: &[
        field("name", &[Shown("name"), Shown("name_folded")]),
        field("legal_name", &[Null("legal_name")]),
        field("tax_id", &[Null("tax_id"), Null("tax_id_index")]),
        field("email", &[Null("email")]),
        field("phone", &[Null("phone")]),
        field("website", &[Null("website"), Null("domain")]),
        field("address", &[Null("street"), Null("city"), Null("region"), Null("postal_code")]),
        field("country", &[Null("country")]),
        field("language", &[Null("language")]),
        field("currency", &[Null("currency")]),
        field("tags", &[List("tags")]),
        field("about", &[Null("about")]),
        field("external_id", &[Null("external_id")]),
        field("primary_contact", &[Null("primary_contact_id")]),
        field("billing_contact", &[Null("billing_contact_id")]),
        field("owner", &[Shown("owner_id")]),
        field("parent", &[Shown("parent_id")]),
    ],
    derived: None,
};

pub(super) static CONTACT: Fielded = Fielded {
    object: Object::Is("contact"),
    columns: Contact::COLUMNS,
    fields: &[
        field("name", &[Shown("given_name"), Shown("family_name"), Shown("display_name"), Shown("name_folded")]),
        field("company", &[Shown("company_id")]),
        field("job_title", &[Null("job_title")]),
        field("email", &[Null("email"), List("emails")]),
        field("phone", &[Null("phone"), List("phones")]),
        field("linkedin_url", &[Null("linkedin_url")]),
        field("address", &[Null("street"), Null("city"), Null("region"), Null("postal_code"), Null("country")]),
        field("birth_date", &[Null("birth_date")]),
        field("language", &[Null("language")]),
        field("tags", &[List("tags")]),
        field("about", &[Null("about")]),
        field("external_id", &[Null("external_id")]),
        field("owner", &[Shown("owner_id")]),
    ],
    derived: Some(Derived {
        columns: &["display_name", "name_folded"],
        from: &["email", "phone"],
        unless: &["given_name", "family_name"],
    }),
};

pub(super) static DEAL: Fielded = Fielded {
    object: Object::Is("deal"),
    columns: Deal::COLUMNS,
    fields: &[
        field("name", &[Shown("name"), Shown("name_folded")]),
        field("company", &[Shown("company_id")]),
        field("contact", &[Shown("contact_id")]),
        field("stage", &[Shown("pipeline_id"), Shown("stage_id"), Shown("state")]),
        // Whether amounts are shown is said by a permission of its own, for every noun.
        field("amount", &[Shown("amount_minor"), Shown("currency")]),
        field("expected_close", &[Null("expected_close")]),
        field("owner", &[Shown("owner_id")]),
    ],
    derived: None,
};

pub(super) static RECORD: Fielded = Fielded {
    object: Object::Each { column: "object_id", prefix: "obj_" },
    columns: CustomRecord::COLUMNS,
    fields: &[field("name", &[Shown("name"), Shown("name_folded")]), field("owner", &[Shown("owner_id")])],
    derived: None,
};
