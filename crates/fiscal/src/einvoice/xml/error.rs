//! Why a document could not be read, and where. No message repeats what stands there.

use std::fmt;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// More bytes, elements or depth than an invoice needs.
    TooLarge,
    /// It declares a document type.
    Doctype,
    /// It is not UTF-8.
    Encoding,
    /// It is not well-formed XML.
    Malformed,
    /// Its root is not that of an invoice or credit note in this syntax.
    NotAnInvoice,
    /// Something without which there is no invoice.
    Missing,
    /// Not a date of the calendar.
    Date,
    /// Not a number, or larger than can be kept.
    Number,
    /// An amount that is no number, is too large, or has more decimals than its currency.
    Amount,
    /// A code that cannot be one, or is not on its list.
    Code,
}

/// A document that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The elements on the way there, by name: `InvoiceLine[3]/Price/PriceAmount`. Empty where it is the document.
    pub at: String,
    /// What is wrong there.
    pub problem: Problem,
}

impl ReadError {
    pub(in crate::einvoice) fn new(at: impl Into<String>, problem: Problem) -> ReadError {
        ReadError { at: at.into(), problem }
    }

    /// The same error as seen from outside an element.
    pub(in crate::einvoice) fn within(self, element: impl fmt::Display) -> ReadError {
        ReadError { at: format!("{element}/{}", self.at), problem: self.problem }
    }

    /// Stable code for the wire.
    pub fn code(&self) -> &'static str {
        match self.problem {
            Problem::TooLarge => "einvoice_too_large",
            Problem::Doctype => "einvoice_doctype",
            Problem::Encoding => "einvoice_encoding",
            Problem::Malformed => "einvoice_malformed",
            Problem::NotAnInvoice => "einvoice_unknown_root",
            Problem::Missing => "einvoice_missing",
            Problem::Date => "einvoice_date",
            Problem::Number => "einvoice_number",
            Problem::Amount => "einvoice_amount",
            Problem::Code => "einvoice_code",
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.at.is_empty() {
            write!(f, "{}: ", self.at)?;
        }
        f.write_str(match self.problem {
            Problem::TooLarge => "the file is larger than an invoice can be; ask for one without attachments.",
            Problem::Doctype => "the file declares a document type; ask the sender for one without.",
            Problem::Encoding => "the file is not in UTF-8; ask the sender for one that is.",
            Problem::Malformed => "the file is not well-formed XML; ask the sender for it again.",
            Problem::NotAnInvoice => "the file is not an invoice or credit note in UBL or CII.",
            Problem::Missing => "this is missing; ask the sender to correct the invoice.",
            Problem::Date => "this is not a date; ask the sender to correct the invoice.",
            Problem::Number => "this is not a number; ask the sender to correct the invoice.",
            Problem::Amount => {
                "this is not an amount of the invoice's currency; ask the sender to correct the invoice."
            }
            Problem::Code => "this code is not on its list; ask the sender to correct the invoice.",
        })
    }
}

impl std::error::Error for ReadError {}
