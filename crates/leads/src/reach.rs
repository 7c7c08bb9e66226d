//! What visible means for leads, and for what came in by a form and became one.

use kernel::Noun;
use store::{Scope, Through};

pub const SCOPES: &[Scope] = &[
    Scope { table: "lead", prefix: "lea", noun: Some(Noun::Lead), owners: &["owner_id"], through: &[], others: false },
    Scope {
        table: "web_form_submission",
        prefix: "sub",
        noun: None,
        owners: &[],
        through: &[Through::Each { column: "lead_id", table: "lead" }],
        others: false,
    },
];
