//! Cells on their way to being words.

use chrono::NaiveDate;
use kernel::{Error, Result};
use tabular::value;

use crate::{
    field::custom::cell::{self, Habits},
    import::{reading::Reading, row::invalid},
};

/// What the cells of a row say: target and text.
pub type Said<'r> = Vec<(&'r str, &'r str)>;

/// One of them.
#[derive(Clone, Copy)]
pub struct Cell<'r> {
    pub target: &'r str,
    pub text: &'r str,
    pub(super) reading: &'r Reading,
    pub(super) country: &'r str,
}

impl Cell<'_> {
    pub(super) fn habits(&self) -> Habits<'_> {
        self.reading.habits(self.country)
    }

    /// A day, which may lie ahead.
    pub fn day(&self, field: &'static str) -> Result<NaiveDate> {
        value::date(self.text, &self.reading.days).map_err(invalid(field))
    }

    /// A number as it is dialled in the row's country.
    pub fn phone(&self, field: &'static str) -> Result<String> {
        Ok(value::phone(self.text, Some(self.country)).map_err(invalid(field))?.e164)
    }

    /// An amount with its currency, that of the workspace where the cell names none; and whether it did.
    pub fn amount(&self, field: &'static str) -> Result<(serde_json::Value, bool)> {
        cell::money(self.text, &self.habits(), self.reading.amount_mark).map_err(invalid(field))
    }

    /// The member whom the cell names by address, name or id.
    pub fn member(&self, field: &'static str) -> Result<String> {
        let sentence = "No person of this workspace is called so. Write their e-mail address.";
        cell::member(self.text, &self.habits()).ok_or_else(|| Error::invalid(field, "member_unknown", sentence))
    }
}
