//! An element that was read, and how readers look into it. Names are local names; what they are asked for by is a path.

use chrono::NaiveDate;
use iso_currency::Currency;
use rust_decimal::Decimal;

use super::super::text::{Code, Text};
use super::amount::{read_amount, read_decimal};
use super::error::{Problem, ReadError};

/// An element with its attributes, its own text and its children.
#[derive(Debug, Default)]
pub(in crate::einvoice) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// Its local name.
    pub(in crate::einvoice) fn name(&self) -> &str {
        &self.name
    }

    /// Its text as it stands.
    pub(in crate::einvoice) fn raw(&self) -> &str {
        &self.text
    }

    /// The children of a name.
    pub(in crate::einvoice) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> + 'a {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element at a path such as `Party/PartyName/Name`.
    pub(in crate::einvoice) fn at(&self, path: &str) -> Option<&Element> {
        path.split('/').try_fold(self, |element, name| element.children.iter().find(|child| child.name == name))
    }

    /// The element at a path, without which there is no invoice.
    pub(in crate::einvoice) fn needed(&self, path: &str) -> Result<&Element, ReadError> {
        self.at(path).ok_or_else(|| ReadError::new(path, Problem::Missing))
    }

    /// An attribute.
    pub(in crate::einvoice) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// The text at a path, if there is one.
    pub(in crate::einvoice) fn text(&self, path: &str) -> Option<Text> {
        Text::some(&self.at(path)?.text)
    }

    /// The text at a path, empty if there is none.
    pub(in crate::einvoice) fn words(&self, path: &str) -> Text {
        self.text(path).unwrap_or_default()
    }

    /// The code at a path.
    pub(in crate::einvoice) fn code(&self, path: &str) -> Result<Option<Code>, ReadError> {
        self.read(path, Problem::Code, |element| Code::parse(&element.text))
    }

    /// The code in an attribute of the element itself.
    pub(in crate::einvoice) fn code_in(&self, attribute: &str) -> Result<Option<Code>, ReadError> {
        let Some(value) = self.attribute(attribute).filter(|value| !value.trim().is_empty()) else {
            return Ok(None);
        };
        let wrong = || ReadError::new(format!("{}/@{attribute}", self.name), Problem::Code);
        Code::parse(value).map(Some).ok_or_else(wrong)
    }

    /// The decimal at a path.
    pub(in crate::einvoice) fn decimal(&self, path: &str) -> Result<Option<Decimal>, ReadError> {
        self.read(path, Problem::Number, |element| read_decimal(&element.text))
    }

    /// The amount at a path, in minor units.
    pub(in crate::einvoice) fn amount(&self, path: &str, currency: Currency) -> Result<Option<i64>, ReadError> {
        self.read(path, Problem::Amount, |element| read_amount(&element.text, currency))
    }

    /// The amount that the element itself holds.
    pub(in crate::einvoice) fn own_amount(&self, currency: Currency) -> Result<i64, ReadError> {
        read_amount(&self.text, currency).ok_or_else(|| ReadError::new(self.name.as_str(), Problem::Amount))
    }

    /// The date at a path, by the syntax's way of writing it.
    pub(in crate::einvoice) fn date(
        &self,
        path: &str,
        way: fn(&str) -> Option<NaiveDate>,
    ) -> Result<Option<NaiveDate>, ReadError> {
        self.read(path, Problem::Date, |element| way(&element.text))
    }

    /// Something at a path: nothing where nothing is written, an error where it cannot be read.
    pub(in crate::einvoice) fn read<T>(
        &self,
        path: &str,
        problem: Problem,
        way: impl FnOnce(&Element) -> Option<T>,
    ) -> Result<Option<T>, ReadError> {
        match self.at(path) {
            Some(element) if !element.text.trim().is_empty() => {
                way(element).map(Some).ok_or_else(|| ReadError::new(path, problem))
            }
            _ => Ok(None),
        }
    }
}

/// The error for something that has to be there.
pub(in crate::einvoice) trait Needed<T> {
    fn or_missing(self, at: &str) -> Result<T, ReadError>;
}

impl<T> Needed<T> for Option<T> {
    fn or_missing(self, at: &str) -> Result<T, ReadError> {
        self.ok_or_else(|| ReadError::new(at, Problem::Missing))
    }
}
