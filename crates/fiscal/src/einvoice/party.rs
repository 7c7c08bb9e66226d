//! Who sells, who buys, who is paid.

use super::text::{Code, Text};

/// Seller (BG-4) or buyer (BG-7).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// The full name it is registered by (BT-27, BT-44).
    pub name: Text,
    /// The name it is known by, where that is another (BT-28, BT-45).
    pub trading_name: Option<Text>,
    /// Identifiers by which the two know each other (BT-29, BT-46); those without a scheme first. A buyer has one at
    /// most.
    pub ids: Vec<Identifier>,
    /// Legal registration, such as a French SIREN with scheme `0002` (BT-30, BT-47).
    pub legal_id: Option<Identifier>,
    /// VAT identifier with the prefix of its country: `ESB66123456`, `EL` for Greece (BT-31, BT-48).
    pub vat_id: Option<Text>,
    /// Number by which a seller is known to its tax office, where it is no VAT identifier (BT-32). Sellers only.
    pub tax_registration: Option<Text>,
    /// What its law wants stated besides, such as its capital (BT-33). Sellers only.
    pub legal_form: Option<Text>,
    /// Electronic address with its scheme of the EAS list, such as `9920` for a Spanish VAT number (BT-34, BT-49).
    pub electronic: Option<Identifier>,
    /// Postal address (BG-5, BG-8).
    pub address: Address,
    /// Contact (BG-6, BG-9).
    pub contact: Option<Contact>,
}

/// Who is paid in the seller's place, such as a factor (BG-10).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payee {
    /// Name (BT-59).
    pub name: Text,
    /// Identifier (BT-60).
    pub id: Option<Identifier>,
    /// Legal registration (BT-61).
    pub legal_id: Option<Identifier>,
}

/// An identifier and the list it is from: ISO 6523 ICD, or EAS for electronic addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// The identifier.
    pub id: Text,
    /// Scheme identifier, such as `0088` for a GLN.
    pub scheme: Option<Code>,
}

/// Postal address (BG-5, BG-8, BG-15).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Usually street and number (BT-35, BT-50, BT-75).
    pub line1: Option<Text>,
    /// More of it (BT-36, BT-51, BT-76).
    pub line2: Option<Text>,
    /// More of it (BT-162, BT-163, BT-165).
    pub line3: Option<Text>,
    /// City (BT-37, BT-52, BT-77).
    pub city: Option<Text>,
    /// Post code (BT-38, BT-53, BT-78).
    pub post_code: Option<Text>,
    /// Region, province, state (BT-39, BT-54, BT-79).
    pub region: Option<Text>,
    /// ISO 3166-1 alpha-2 (BT-40, BT-55, BT-80).
    pub country: Option<Code>,
}

/// Whom to ask (BG-6, BG-9).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Person or department (BT-41, BT-56).
    pub name: Option<Text>,
    /// Telephone number (BT-42, BT-57).
    pub phone: Option<Text>,
    /// Email address (BT-43, BT-58).
    pub email: Option<Text>,
}
