//! How an invoice is paid (BG-16).

use super::text::{Code, Text};
use crate::bank::Iban;

/// Payment instructions (BG-16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Payment means type of UNTDID 4461 (BT-81): `30` transfer, `58` SEPA transfer, `59` SEPA direct debit, `48` card,
    /// `10` cash, `1` not defined.
    pub means: Code,
    /// The same in words (BT-82).
    pub means_text: Option<Text>,
    /// What the payer should quote (BT-83).
    pub remittance: Option<Text>,
    /// Credit transfer (BG-17).
    pub accounts: Vec<Account>,
    /// Payment card information (BG-18).
    pub card: Option<Card>,
    /// Direct debit (BG-19).
    pub mandate: Option<Mandate>,
}

/// An account to pay to (BG-17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Payment account identifier (BT-84).
    pub number: AccountNumber,
    /// Payment account name (BT-85).
    pub name: Option<Text>,
    /// Payment service provider identifier, usually a BIC (BT-86).
    pub bic: Option<Text>,
}

/// An IBAN, or what countries without it have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountNumber {
    /// Its check digits match.
    Iban(Iban),
    /// Any other number, a mistyped IBAN among them.
    Other(Text),
}

impl AccountNumber {
    /// As it is written, spaces within an IBAN taken out.
    pub fn as_str(&self) -> &str {
        match self {
            AccountNumber::Iban(iban) => iban.value(),
            AccountNumber::Other(text) => text.as_str(),
        }
    }

    /// Whether it is an IBAN.
    pub fn is_iban(&self) -> bool {
        matches!(self, AccountNumber::Iban(_))
    }
}

impl From<Text> for AccountNumber {
    fn from(text: Text) -> AccountNumber {
        Iban::parse(text.as_str()).map_or(AccountNumber::Other(text), AccountNumber::Iban)
    }
}

/// The card an invoice was paid with (BG-18).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The first six and last four digits at most, nothing between them (BT-87, BR-51).
    pub number: Text,
    /// Card holder name (BT-88).
    pub holder: Option<Text>,
}

/// Leave to collect (BG-19).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mandate {
    /// Mandate reference identifier (BT-89).
    pub reference: Option<Text>,
    /// Bank assigned creditor identifier (BT-90).
    pub creditor: Option<Text>,
    /// Debited account identifier (BT-91).
    pub account: Option<Text>,
}
