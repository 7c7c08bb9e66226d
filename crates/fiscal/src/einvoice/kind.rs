//! What an invoice is: the part of UNTDID 1001 that EN 16931 allows (BR-CL-01).

/// Types of the document that UBL writes as an invoice.
const INVOICES: &[u16] = &[
    71, 80, 82, 84, 102, 130, 202, 203, 204, 211, 218, 219, 295, 325, 326, 331, 380, 382, 383, 384, 385, 386, 387, 388,
    389, 390, 393, 394, 395, 456, 457, 471, 472, 473, 500, 501, 527, 553, 575, 623, 633, 751, 780, 817, 870, 875, 876,
    877, 935,
];
/// Types that UBL writes as a credit note. The standard has 81 on both lists; Peppol, on this one.
const CREDIT_NOTES: &[u16] = &[81, 83, 261, 262, 296, 308, 381, 396, 420, 458, 502, 503, 532];

/// The type of a document (BT-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kind(u16);

impl Kind {
    /// Commercial invoice.
    pub const INVOICE: Kind = Kind(380);
    /// Credit note. Its amounts are positive: the type says that they are given back.
    pub const CREDIT_NOTE: Kind = Kind(381);
    /// Corrected invoice, which takes the place of an earlier one or states the difference with its sign.
    pub const CORRECTED: Kind = Kind(384);

    /// A code of the list, such as `380`.
    pub fn parse(code: &str) -> Option<Kind> {
        let code = code.trim().parse().ok()?;
        (INVOICES.contains(&code) || CREDIT_NOTES.contains(&code)).then_some(Kind(code))
    }

    /// The code.
    pub fn code(self) -> u16 {
        self.0
    }

    /// Whether its amounts are in favour of the buyer.
    pub fn is_credit_note(self) -> bool {
        CREDIT_NOTES.contains(&self.0)
    }
}
