//! Every reason of this crate in one list, for whoever translates or documents them.

use std::sync::LazyLock;

use crate::{card, laid, mapping, sniff, value, workbook};

/// Reasons whose sentences carry numbers of the case at hand.
const WITH_DETAILS: &[&str] = &[
    "binary_in_row",
    "cell_too_large",
    "columns_invalid",
    "delimiter_invalid",
    "header_missing",
    "header_unreadable",
    "quote_invalid",
    "quote_is_delimiter",
    "quote_never_closed",
    "quotes_beyond_repair",
    "read_failed",
    "row_too_large",
    "text_after_quote",
    "too_few_columns",
    "too_many_columns",
    "unreadable_characters",
];

/// All codes, sorted. A code never changes its meaning; new ones may come.
pub static CODES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut codes: Vec<&'static str> = WITH_DETAILS.to_vec();
    codes.extend(sniff::refusals().map(|refusal| refusal.code));
    codes.extend(card::REFUSALS.iter().chain(workbook::REFUSALS).map(|refusal| refusal.code));
    codes.extend([&laid::TABLE_TOO_LARGE, &laid::TABLE_TOO_WIDE].map(|refusal| refusal.code));
    codes.extend(mapping::remarks().map(|remark| remark.code));
    codes.extend(value::reasons().map(|reason| reason.code));
    codes.sort_unstable();
    codes
});

#[cfg(test)]
mod tests {
    #[test]
    fn codes_are_unique_and_in_snake_case() {
        let codes = &super::CODES;
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
        assert!(
            codes.iter().all(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit()))
        );
    }
}
