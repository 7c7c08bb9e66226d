//! How much of a part its reader holds at once, followed byte by byte as that reader divides it: a tag with what its quotes
//! enclose, what stands between two tags, and all the text of one cell.
//!
//! What the reader might divide otherwise is refused, so that nothing grows unseen: comments and sections (`<!`), an empty
//! instruction, and quotes in the end of an element.

use super::{BOMB, UNREADABLE};
use crate::sniff::FileRefusal;

/// The text of a cell, put together from however many pieces; also what follows the cells, which no reader holds.
const MOST_TEXT: u64 = 32 << 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Text,
    /// Behind the `<` that says what begins.
    Open,
    Tag,
    /// The end of an element.
    End,
    /// A value in a tag: `<` and `>` mean nothing here.
    Quoted(u8),
    /// `<?…?>`.
    Instruction,
}

pub(super) struct Stretch {
    most: u64,
    within: Within,
    /// The two bytes before.
    before: [u8; 2],
    run: u64,
    text: u64,
}

impl Stretch {
    pub(super) fn new(most: u64) -> Stretch {
        Stretch { most, within: Within::Text, before: [0; 2], run: 0, text: 0 }
    }

    pub(super) fn follow(&mut self, bytes: &[u8]) -> Result<(), FileRefusal> {
        for byte in bytes {
            self.step(*byte)?;
        }
        Ok(())
    }

    fn step(&mut self, byte: u8) -> Result<(), FileRefusal> {
        let next = match (self.within, byte) {
            (Within::Open, b'!') => return Err(UNREADABLE),
            (Within::Open, b'/') => Within::End,
            (Within::Open, b'?') => Within::Instruction,
            (Within::Open | Within::Tag, b'"' | b'\'') => Within::Quoted(byte),
            (Within::End, b'"' | b'\'') => return Err(UNREADABLE),
            (Within::Quoted(quote), byte) if byte == quote => Within::Tag,
            (Within::Instruction, b'>') if self.before == *b"<?" => return Err(UNREADABLE),
            (Within::Text, b'<') => self.begin(Within::Open),
            (Within::End, b'>') if self.is_cell() => {
                self.text = 0;
                self.begin(Within::Text)
            }
            (Within::Open | Within::Tag | Within::End, b'>') => self.begin(Within::Text),
            (Within::Instruction, b'>') if self.before[1] == b'?' => self.begin(Within::Text),
            (Within::Open, _) => Within::Tag,
            (within, _) => within,
        };
        self.run += 1;
        self.text += u64::from(next == Within::Text);
        if self.run > self.most || self.text > MOST_TEXT {
            return Err(BOMB);
        }
        (self.within, self.before) = (next, [self.before[1], byte]);
        Ok(())
    }

    fn begin(&mut self, within: Within) -> Within {
        self.run = 0;
        within
    }

    /// Is what ends here called `c`, under whatever prefix?
    fn is_cell(&self) -> bool {
        matches!(self.before, [b'/' | b':', b'c'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(most: u64, xml: &str) -> &'static str {
        Stretch::new(most).follow(xml.as_bytes()).map_or_else(|refusal| refusal.code, |()| "taken")
    }

    #[test]
    fn what_quotes_enclose_is_one_stretch_whatever_stands_in_it() {
        let taken = "<?xml version=\"1.0\"?><sheetData><row r='1'><c r=\"A1\"><v>1</v></c></row></sheetData>";
        assert_eq!(code(30, taken), "taken");
        let hidden = format!("<c r=\"{}\"/>", "<>".repeat(50));
        assert_eq!(code(30, &hidden), "workbook_unpacks_to_too_much");
        // An odd quote where it means nothing does not turn the others inside out.
        assert_eq!(code(30, &format!("<?x \"?>{hidden}")), "workbook_unpacks_to_too_much");
        assert_eq!(code(30, &format!("<a></a \">{hidden}")), "workbook_unreadable");
        assert_eq!(code(30, "<a><!-- \" --></a>"), "workbook_unreadable");
        let odd = format!("<a <? b=\"?>{}\"/>", "<>".repeat(50));
        assert_eq!(code(30, &odd), "workbook_unpacks_to_too_much", "only what opens a tag says what it is");
    }

    #[test]
    fn a_cell_in_many_pieces_is_as_long_as_all_of_them() {
        let piece = format!("<r><t>{}</t></r>", "x".repeat(1 << 20));
        let cell = |pieces: usize| format!("<x:c><is>{}</is></x:c>", piece.repeat(pieces));
        assert_eq!(code(2 << 20, &cell(17).repeat(2)), "taken");
        assert_eq!(code(2 << 20, &cell(33)), "workbook_unpacks_to_too_much");
    }
}
