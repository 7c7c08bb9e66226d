//! Document totals and the VAT breakdown.

use super::line::Vat;
use super::text::{Code, Text};

/// Document totals (BG-22), in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Sum of line net amounts (BT-106).
    pub lines: i64,
    /// Sum of allowances on document level (BT-107).
    pub allowances: i64,
    /// Sum of charges on document level (BT-108).
    pub charges: i64,
    /// Total without VAT: `lines - allowances + charges` (BT-109).
    pub net: i64,
    /// Total VAT (BT-110).
    pub tax: i64,
    /// Total with VAT: `net + tax` (BT-112).
    pub gross: i64,
    /// Paid amount (BT-113).
    pub paid: i64,
    /// Rounding amount (BT-114).
    pub rounding: i64,
    /// Amount due for payment: `gross - paid + rounding` (BT-115).
    pub payable: i64,
}

/// A row of the VAT breakdown (BG-23).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VatRow {
    /// Category and rate (BT-118, BT-119).
    pub vat: Vat,
    /// Taxable amount (BT-116).
    pub base: i64,
    /// Tax amount (BT-117).
    pub tax: i64,
    /// Why no VAT is charged, in words (BT-120).
    pub exemption: Option<Text>,
    /// Why no VAT is charged, by the VATEX list (BT-121).
    pub exemption_code: Option<Code>,
}
