//! Address cards (vCard 2.1, 3.0 and RFC 6350), one after the other in one file, laid out as a table of contacts.
//!
//! Invariants: one card is one row, under names an import knows; whatever a card says that has no column of ours (a second
//! address, a fax number, a birthday without a year) becomes a line of its notes; a card is held alone and bounded.
//!
//! Left out: pictures, sounds and keys, groups of cards, a card within a card, properties nobody has a use for.

mod line;
mod property;
mod row;
#[cfg(test)]
mod tests;

use std::io::{Read, Write};

use line::Lines;
use property::Property;

use crate::{
    laid::{Laid, LayError, TableWriter},
    sniff::FileRefusal,
};

const NO_CARD: FileRefusal = FileRefusal {
    code: "file_has_no_card",
    message: "There is no whole address card in this file. Export the contacts again as vCard, or as CSV.",
};

pub(crate) const REFUSALS: &[FileRefusal] = &[NO_CARD];

/// What the properties of a card may take, in bytes; a row of more is refused where it is read.
const MOST_CARD: usize = 2 << 20;

/// Lays out the cards, below a row of names.
///
/// # Errors
/// `file_has_no_card`, those of [`TableWriter::row`].
pub fn lay(reader: impl Read, out: impl Write) -> Result<Laid, LayError> {
    let mut lines = Lines::new(reader)?;
    let mut table = TableWriter::new(out);
    table.row(0, &row::HEADER.map(str::to_owned))?;
    let mut cards = 0_u64;
    let mut card: Vec<Property> = Vec::new();
    // How deep within cards: of a card within a card nothing is taken.
    let (mut depth, mut size, mut agent) = (0_u32, 0_usize, false);
    while let Some(line) = lines.next_line()? {
        let Some(property) = Property::parse(&line) else { continue };
        let is_card = property.value.trim().eq_ignore_ascii_case("vcard");
        match property.name.as_str() {
            "BEGIN" if is_card && depth > 0 && agent => depth += 1,
            "BEGIN" if is_card => {
                // One that was never ended counts as well.
                cards = write(&mut table, cards, &card)?;
                card.clear();
                (depth, size) = (1, 0);
            }
            "END" if is_card && depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    cards = write(&mut table, cards, &card)?;
                    card.clear();
                }
            }
            "VERSION" if depth == 1 => lines.set_version(&property.value),
            _ if depth == 1 && size <= MOST_CARD => {
                size += property.value.len() + 64;
                agent = property.name == "AGENT";
                card.push(property);
                continue;
            }
            _ => {}
        }
        agent = false;
    }
    cards = write(&mut table, cards, &card)?;
    if cards == 0 {
        return Err(NO_CARD.into());
    }
    table.finish()
}

fn write<W: Write>(table: &mut TableWriter<W>, cards: u64, card: &[Property]) -> Result<u64, LayError> {
    match row::cells(card) {
        Some(cells) => {
            table.row(cards + 1, &cells)?;
            Ok(cards + 1)
        }
        None => Ok(cards),
    }
}
