//! Where text stands on the paper, and text made ready to stand there.
//!
//! Invariant: [`Shown`] is the only text a sheet can hold, and [`Place`] the only way to make one; so all text is
//! printable, and no word is wider than its place without leave to break.

use std::fmt;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::fonts::FONTS;
use crate::text::printable;

/// Text ready for the template.
#[derive(Serialize)]
#[serde(transparent)]
pub(crate) struct Shown(String);

/// A spot of the template, known by how much fits on one line of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The issuer's name in large letters, the particulars of both parties.
    Party,
    /// Beside the labels in the head.
    Fact,
    /// Beside the labels of the payment instructions.
    Payment,
    /// The first column of the table.
    Description,
    /// Words in a narrow column: units, taxes, labels of totals.
    Cell,
    /// Figures: measured by the template, which makes room for them.
    Figure,
    /// Notes, terms, headline, small print: most of the width of the page.
    Text,
    /// One line in head or foot of a page; what does not fit is cut, the whole stands elsewhere.
    Running,
}

/// Ems between two places where a long word may break.
const PIECE: f64 = 2.0;
/// Marks such a place for the template, which does not print it.
const BREAK: char = '\u{200b}';

impl Place {
    /// Ems that fit on one line in the narrower paper at the size used there, with a margin for bold letters and
    /// wide layouts of figures.
    fn width(self) -> f64 {
        match self {
            Place::Party => 16.0,
            Place::Fact => 14.0,
            Place::Payment => 13.5,
            Place::Description => 19.0,
            Place::Cell => 5.5,
            Place::Figure => f64::INFINITY,
            Place::Text => 38.0,
            Place::Running => 25.0,
        }
    }

    /// `text`, ready to stand here.
    pub(crate) fn fit(self, text: &str) -> Shown {
        let text = printable(text);
        Shown(match self {
            Place::Figure => text,
            Place::Running => cut(&text, self.width()),
            _ => breakable(&text, self.width()),
        })
    }
}

impl Shown {
    /// This text, a space, and `other`.
    pub(crate) fn followed_by(self, other: Option<Shown>) -> Self {
        match other {
            Some(other) => Self(format!("{self} {other}")),
            None => self,
        }
    }

    /// Characters, as a measure of figures among themselves.
    pub(crate) fn length(&self) -> usize {
        self.0.chars().count()
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn advance(cluster: &str) -> f64 {
    // The widest of a cluster: marks stand on their base.
    cluster.chars().map(|character| FONTS.advance(character)).fold(0.0, f64::max)
}

/// Break opportunities inside words wider than `width`; other words stay whole.
fn breakable(text: &str, width: f64) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '\n']) {
        // No glyph of these fonts is wider than two ems.
        let is_surely_short = (word.len() as f64) < width / 2.0;
        if is_surely_short || word.graphemes(true).map(advance).sum::<f64>() <= width {
            out.push_str(word);
            continue;
        }
        let mut piece = 0.0;
        for cluster in word.graphemes(true) {
            let wide = advance(cluster);
            if piece > 0.0 && piece + wide > PIECE && !cluster.starts_with([' ', '\n']) {
                out.push(BREAK);
                piece = 0.0;
            }
            out.push_str(cluster);
            piece += wide;
        }
    }
    out
}

/// As much of `text` as fits on one line, with an ellipsis where something is left out.
fn cut(text: &str, width: f64) -> String {
    let line = text.replace('\n', " ");
    let mut used = 0.0;
    for (at, cluster) in line.grapheme_indices(true) {
        used += advance(cluster);
        if used > width {
            return format!("{}…", line[..at].trim_end());
        }
    }
    line
}
