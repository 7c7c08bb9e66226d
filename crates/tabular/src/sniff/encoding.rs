//! Which encoding: byte order mark, then the zero bytes of UTF-16, then valid UTF-8, then statistics (chardetng).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::Evidence;
use crate::dialect::TextEncoding;

/// The encoding, why, and how sure (0 to 100).
pub(super) fn guess(sample: &[u8], whole: bool) -> (TextEncoding, Evidence, u8) {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        let found = TextEncoding::of(encoding, true);
        let detail = format!("The file begins with the mark of {}.", encoding.name());
        return (found, Evidence::new("encoding", "byte_order_mark", detail), 100);
    }
    if let Some(encoding) = utf16_guess(sample) {
        let detail = format!("Every second byte is zero, as in {}.", encoding.name());
        return (TextEncoding::of(encoding, false), Evidence::new("encoding", "utf16_zero_bytes", detail), 90);
    }
    if sample.is_ascii() {
        let evidence = Evidence::new("encoding", "ascii", "There are no accents in the sample: any encoding reads it.");
        return (TextEncoding::UTF_8, evidence, 95);
    }
    let (valid, invalid) = utf8_characters(sample, whole);
    if invalid == 0 {
        let evidence = Evidence::new("encoding", "valid_utf8", format!("All {valid} accented characters are UTF-8."));
        return (TextEncoding::UTF_8, evidence, 99);
    }
    if valid >= 20 * invalid {
        let detail =
            format!("{valid} accented characters are UTF-8 and {invalid} places are not: those rows are refused.");
        return (TextEncoding::UTF_8, Evidence::new("encoding", "utf8_with_errors", detail), 70);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, whole);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let detail = format!("It is not UTF-8; the letters look most like {}. Check the accents.", encoding.name());
    (TextEncoding::of(encoding, false), Evidence::new("encoding", "statistics", detail), 75)
}

/// UTF-16 without a mark: text in Latin letters has a zero in every second byte, and hardly any in the others.
pub(super) fn utf16_guess(sample: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return (encoding != encoding_rs::UTF_8).then_some(encoding);
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (pairs, even, odd) = (sample.len() / 2, zeros(0), zeros(1));
    if pairs < 2 {
        return None;
    }
    if odd * 10 >= pairs * 4 && even * 20 <= pairs {
        Some(encoding_rs::UTF_16LE)
    } else if even * 10 >= pairs * 4 && odd * 20 <= pairs {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// Characters beyond ASCII that are valid UTF-8, and places that are not. A character cut by the end of the sample is
/// neither.
fn utf8_characters(sample: &[u8], whole: bool) -> (usize, usize) {
    let (mut valid, mut invalid) = (0, 0);
    let mut chunks = sample.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        let cut = chunks.peek().is_none() && !whole && chunk.invalid().len() < 4;
        invalid += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    (valid, invalid)
}

/// The sample as text, without the half character and the half line at its end when the file goes on.
pub(super) fn decode(sample: &[u8], encoding: TextEncoding, whole: bool) -> String {
    let mut decoder = encoding.decoder();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(sample.len()).unwrap_or(4 * sample.len()));
    let _ = decoder.decode_to_string(sample, &mut text, whole);
    if !whole && let Some(end) = text.rfind(['\n', '\r']) {
        text.truncate(end + 1);
    }
    text
}
