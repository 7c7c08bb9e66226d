//! Text as typed becomes text that can be printed.
//!
//! Invariant: what leaves here is drawn by one embedded font per written character, so that no missing glyph reaches
//! the PDF (PDF/A forbids them). Refused without a word: control characters and the invisible marks that turn the
//! reading direction around, with which an amount or a name could be made to look like another (Unicode TR 36).
//! Replaced visibly: characters no font holds.

use typst::text::Font;
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use crate::fonts::{FONTS, holds};

/// What stands for a character that cannot be drawn.
const BOX: char = '\u{25a1}';
/// Accents on one letter; more is not writing but an attempt to paint over the neighbours.
const MOST_MARKS: usize = 4;

/// Text of a document that no embedded font can draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncovered {
    /// English name of the script, `Ethiopic`; `Common` for symbols.
    pub script: &'static str,
    /// The first few distinct characters, at most eight.
    pub sample: String,
}

/// `text` as it will be printed; line breaks are kept.
pub(crate) fn printable(text: &str) -> String {
    // Line endings first: they are grapheme clusters of their own.
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let plain: String = text.chars().filter_map(visible).collect();
    let mut out = String::with_capacity(plain.len());
    for cluster in plain.graphemes(true) {
        match cluster.as_bytes() {
            [byte] if *byte == b'\n' || matches!(byte, b' '..=b'~') => out.push_str(cluster),
            _ => draw(cluster, &mut out),
        }
    }
    out
}

/// The scripts in `texts` that will show as boxes.
pub(crate) fn uncovered<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Uncovered> {
    let mut found = Vec::new();
    for character in texts.flat_map(|text| text.chars().filter_map(visible)) {
        if !is_kept(character) && FONTS.holding(character).is_none() {
            note(character, &mut found);
        }
    }
    found
}

fn note(character: char, found: &mut Vec<Uncovered>) {
    let script = character.script().full_name();
    match found.iter_mut().find(|entry| entry.script == script) {
        Some(entry) if entry.sample.contains(character) || entry.sample.chars().count() >= 8 => {}
        Some(entry) => entry.sample.push(character),
        None => found.push(Uncovered { script, sample: character.to_string() }),
    }
}

/// `None` for what has no look of its own, a space for what is only a space.
fn visible(character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        '\t' | '\u{2000}'..='\u{200a}' | '\u{3000}' => Some(' '),
        _ if character.is_control() => None,
        // Soft hyphen, Arabic letter mark, zero width space, direction marks, overrides and isolates, joiners of words,
        // byte order mark, variation selectors, interlinear marks, language tags. The two joiners that change the
        // shape of letters (U+200C, U+200D) stay.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => None,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => None,
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => None,
        '\u{e0000}'..='\u{e0fff}' | '\u{1d173}'..='\u{1d17a}' => None,
        other => Some(other),
    }
}

fn is_kept(character: char) -> bool {
    matches!(character, '\n' | '\u{200c}' | '\u{200d}')
}

/// Appends one written character with as many of its marks as the font of its base holds.
fn draw(cluster: &str, out: &mut String) {
    let Some(font) = best(cluster) else {
        if !cluster.chars().all(is_kept) {
            out.push(BOX);
        }
        return;
    };
    let mut marks = 0;
    for (place, character) in cluster.chars().enumerate() {
        if !holds(font, character) {
            if place == 0 {
                out.push(BOX);
            }
            continue;
        }
        if place > 0 && character.script() == Script::Inherited {
            marks += 1;
            if marks > MOST_MARKS {
                continue;
            }
        }
        out.push(character);
    }
}

/// The font that holds the base of `cluster` and the most of the rest.
fn best(cluster: &str) -> Option<&'static Font> {
    let base = cluster.chars().next()?;
    let score = |font: &Font| cluster.chars().filter(|c| holds(font, *c)).count();
    let mut best: Option<(&'static Font, usize)> = None;
    for font in FONTS.all.iter().filter(|font| holds(font, base)) {
        let score = score(font);
        if best.is_none_or(|(_, most)| score > most) {
            best = Some((font, score));
        }
    }
    best.map(|(font, _)| font)
}
