//! A tax on a line: its category, its rate, what it is called, and whether it is added or withheld.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The VAT category of EN 16931 (UNTDID 5305, BT-151). Taxes that are not VAT use the one that fits: `S` when charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Category {
    /// Standard: a rate above zero is charged, reduced rates included.
    S,
    /// Zero rated.
    Z,
    /// Exempt.
    E,
    /// Reverse charge.
    AE,
    /// Supply within the Union.
    K,
    /// Export outside the Union.
    G,
    /// Outside the scope of the tax.
    O,
    /// Canary Islands (IGIC).
    L,
    /// Ceuta and Melilla (IPSI).
    M,
}

impl Category {
    /// Every category.
    pub const ALL: [Category; 9] = {
        use Category::*;
        [S, Z, E, AE, K, G, O, L, M]
    };

    /// The code of UNTDID 5305.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::S => "S",
            Category::Z => "Z",
            Category::E => "E",
            Category::AE => "AE",
            Category::K => "K",
            Category::G => "G",
            Category::O => "O",
            Category::L => "L",
            Category::M => "M",
        }
    }

    /// Whether the rate must be zero (BR-Z-05, BR-E-05, BR-AE-05, BR-IC-05, BR-G-05; O has none, BR-O-05).
    pub fn must_be_zero_rated(self) -> bool {
        !matches!(self, Category::S | Category::L | Category::M)
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is not a category code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Use one of the tax categories S, Z, E, AE, K, G, O, L, M.")]
pub struct UnknownCategory;

impl FromStr for Category {
    type Err = UnknownCategory;

    fn from_str(text: &str) -> Result<Category, UnknownCategory> {
        Category::ALL.into_iter().find(|category| category.as_str() == text).ok_or(UnknownCategory)
    }
}

/// A tax on a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tax {
    /// EN 16931 category. For a withheld tax it only keeps groups apart.
    pub category: Category,
    /// Percent: 21 is 21 %. Up to six decimals.
    pub rate: Decimal,
    /// Which tax it is: `IVA`, `GST`, `QST`, `IRPF`. Part of what groups the breakdown, so spell it alike on all lines.
    pub name: String,
    /// Kept back by the buyer and paid to the tax office (IRPF, ISR), instead of added.
    #[serde(default)]
    pub withheld: bool,
    /// Why no tax is charged (BT-121), for categories that need a reason.
    #[serde(default)]
    pub exemption_code: Option<String>,
}

/// What makes two taxes the same row of the breakdown. Its order is the order of the rows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub withheld: bool,
    pub name: String,
    pub category: Category,
    pub rate: Decimal,
}

impl Tax {
    pub(super) fn key(&self) -> Key {
        Key {
            withheld: self.withheld,
            name: self.name.trim().to_owned(),
            category: self.category,
            rate: self.rate.normalize(),
        }
    }
}
