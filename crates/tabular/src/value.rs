//! One cell to one value, or to one reason.
//!
//! Invariant: no function here guesses silently: what could be read in two ways is refused with a code, or takes the
//! reading as a parameter that was decided once for the whole column. Empty cells are the caller's business: every
//! function refuses them with `empty`.

mod country;
mod date;
mod date_order;
mod email;
mod number;
mod person_name;
mod phone;
mod tags;
mod text;
mod website;

pub use country::{country, country_codes, country_name};
pub(crate) use date::looks_like_date;
pub use date::{DateReading, date};
pub use date_order::{DateEvidence, DateOrder, date_order};
pub use email::{email, emails};
pub(crate) use number::looks_like_number;
pub use number::{DecimalMark, decimal_mark, number};
pub use person_name::{PersonName, person_name};
pub use phone::{Phone, PhoneKind, phone};
pub use tags::tags;
pub use text::{paragraph, text};
pub use website::{Website, website};

/// Why a cell is not a value of its kind. Never contains the value: it may be personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ValueError {
    /// Stable code.
    pub code: &'static str,
    /// What to do, for a person.
    pub message: &'static str,
}

impl ValueError {
    pub(crate) const fn new(code: &'static str, message: &'static str) -> ValueError {
        ValueError { code, message }
    }
}

pub(crate) const EMPTY: ValueError = ValueError::new("empty", "The cell is empty.");

/// Every reason of this module, for the list of codes.
pub(crate) fn reasons() -> impl Iterator<Item = &'static ValueError> {
    std::iter::once(&EMPTY)
        .chain(country::REASONS)
        .chain(date::REASONS)
        .chain(email::REASONS)
        .chain(number::REASONS)
        .chain(phone::REASONS)
        .chain(tags::REASONS)
        .chain(text::REASONS)
        .chain(website::REASONS)
}
