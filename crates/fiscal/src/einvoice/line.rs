//! Lines, their prices, and what is taken off or added.

use rust_decimal::Decimal;

use super::Period;
use super::party::Identifier;
use super::text::{Code, Text};
use crate::totals::Category;

/// An invoice line (BG-25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Line identifier (BT-126).
    pub id: Text,
    /// Note (BT-127).
    pub note: Option<Text>,
    /// Invoiced quantity; below zero to give something back (BT-129).
    pub quantity: Decimal,
    /// Unit of measure of UNECE Recommendation 20, `C62` for one, `HUR` for an hour (BT-130).
    pub unit: Code,
    /// Net amount, discounts of the line taken off (BT-131).
    pub net: i64,
    /// Line of the purchase order (BT-132).
    pub order_line: Option<Text>,
    /// Period of the line (BG-26).
    pub period: Option<Period>,
    /// Allowances and charges of the line (BG-27, BG-28).
    pub adjustments: Vec<Adjustment>,
    /// Price details (BG-29).
    pub price: Price,
    /// VAT information (BG-30).
    pub vat: Vat,
    /// Item name (BT-153).
    pub name: Text,
    /// Item description (BT-154).
    pub description: Option<Text>,
    /// The seller's identifier of the item (BT-155).
    pub seller_item: Option<Text>,
    /// The buyer's identifier of the item (BT-156).
    pub buyer_item: Option<Text>,
    /// Standard identifier of the item, such as a GTIN with scheme `0160` (BT-157).
    pub standard_item: Option<Identifier>,
}

/// What one or several units cost without VAT (BG-29), in major units of the currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// Item net price (BT-146).
    pub net: Decimal,
    /// Item gross price (BT-148); the item price discount (BT-147) is what it is above the net price.
    pub gross: Option<Decimal>,
    /// How many units the price is for, one if none is given (BT-149). In the line's unit (BT-150).
    pub base_quantity: Option<Decimal>,
}

/// VAT category and rate of a line (BG-30), an adjustment or a row of the breakdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vat {
    /// Category code (BT-151, BT-95, BT-102, BT-118).
    pub category: Category,
    /// Percent (BT-152, BT-96, BT-103, BT-119). Zero is not written for category O, which has none.
    pub rate: Decimal,
}

/// Whether an adjustment lowers or raises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Lowers (BG-20, BG-27).
    Allowance,
    /// Raises (BG-21, BG-28).
    Charge,
}

/// What is taken off a line (BG-27) or added to it (BG-28).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// Which of the two.
    pub side: Side,
    /// Amount; with the sign of the line (BT-136, BT-141, BT-92, BT-99).
    pub amount: i64,
    /// What the percentage is of (BT-137, BT-142, BT-93, BT-100).
    pub base: Option<i64>,
    /// Percentage (BT-138, BT-143, BT-94, BT-101).
    pub percent: Option<Decimal>,
    /// Reason in words (BT-139, BT-144, BT-97, BT-104).
    pub reason: Option<Text>,
    /// Reason by code: UNTDID 5189 for an allowance, `95` for a discount; UNTDID 7161 for a charge (BT-140, BT-145,
    /// BT-98, BT-105).
    pub reason_code: Option<Code>,
}

/// What is taken off the document (BG-20) or added to it (BG-21), for one VAT category and rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentAdjustment {
    /// The adjustment.
    pub adjustment: Adjustment,
    /// Its VAT (BT-95 and BT-96, BT-102 and BT-103).
    pub vat: Vat,
}

impl Adjustment {
    /// What it adds, below zero for an allowance; `None` if it does not fit.
    pub(super) fn signed(&self) -> Option<i64> {
        match self.side {
            Side::Allowance => self.amount.checked_neg(),
            Side::Charge => Some(self.amount),
        }
    }
}
