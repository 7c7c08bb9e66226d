//! What visible means for leads, and for what came in by a form and became one.

use kernel::Noun;
use store::{
    Cell::{List, Map, Null, Shown},
    Derived, Field, Fielded, Object, Record, Scope, Through,
};

use crate::lead::Lead;

pub const SCOPES: &[Scope] = &[
    Scope {
        table: "lead",
        prefix: "lea",
        noun: Some(Noun::Lead),
        owners: &["owner_id"],
        fields: Some(&LEAD),
        ..Scope::BARE
    },
    Scope {
        table: "web_form_submission",
        prefix: "sub",
        through: &[Through::Each { column: "lead_id", table: "lead" }],
        ..Scope::BARE
    },
];

static LEAD: Fielded = Fielded {
    object: Object::Is("lead"),
    columns: Lead::COLUMNS,
    fields: &[
        Field {
            name: "name",
            cells: &[
                Shown("given_name"),
                Shown("family_name"),
                Shown("company_name"),
                Shown("name"),
                Shown("name_folded"),
            ],
        },
        Field { name: "email", cells: &[Null("email")] },
        Field { name: "phone", cells: &[Null("phone")] },
        Field { name: "country", cells: &[Null("country")] },
        Field { name: "language", cells: &[Null("language")] },
        Field { name: "message", cells: &[Null("message")] },
        Field { name: "answers", cells: &[List("answers")] },
        Field { name: "origin", cells: &[Map("utm"), Null("landing_page")] },
        Field { name: "status", cells: &[Shown("status")] },
        Field { name: "owner", cells: &[Shown("owner_id")] },
    ],
    derived: Some(Derived {
        columns: &["name", "name_folded"],
        from: &["email", "phone"],
        unless: &["given_name", "family_name", "company_name"],
    }),
};
