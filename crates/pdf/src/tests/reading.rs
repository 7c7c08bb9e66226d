//! Reads laid-out pages back: text, places, glyphs.

use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use crate::document::Document;

/// One run of text with the place of its baseline, in points from the top left.
pub(super) struct Run {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub y: f64,
    /// Whether a glyph is missing.
    pub has_missing_glyph: bool,
}

/// One page: its size and its text.
pub(super) struct Page {
    pub width: f64,
    pub height: f64,
    pub runs: Vec<Run>,
}

pub(super) fn pages(document: &Document) -> Vec<Page> {
    crate::limits::check(document).unwrap();
    of(&crate::typeset::pages(document, None).unwrap())
}

fn of(pages: &PagedDocument) -> Vec<Page> {
    let read = |page: &typst_layout::Page| {
        let mut runs = Vec::new();
        walk(&page.frame, Point::zero(), &mut runs);
        Page { width: page.frame.width().to_pt(), height: page.frame.height().to_pt(), runs }
    };
    pages.pages().iter().map(read).collect()
}

fn walk(frame: &Frame, origin: Point, runs: &mut Vec<Run>) {
    for (place, item) in frame.items() {
        let at = origin + *place;
        match item {
            FrameItem::Group(group) => walk(&group.frame, at, runs),
            FrameItem::Text(text) => runs.push(Run {
                text: text.text.to_string(),
                left: at.x.to_pt(),
                right: (at.x + text.width()).to_pt(),
                y: at.y.to_pt(),
                has_missing_glyph: text.glyphs.iter().any(|glyph| glyph.id == 0),
            }),
            _ => {}
        }
    }
}

impl Page {
    /// Runs in the order they were placed, one a line.
    pub(super) fn text(&self) -> String {
        let runs: Vec<&str> = self.runs.iter().map(|run| run.text.as_str()).collect();
        runs.join("\n")
    }
}

/// All pages, with every run of white space as one space.
pub(super) fn flat(document: &Document) -> String {
    let text: Vec<String> = pages(document).iter().map(Page::text).collect();
    squeezed(&text.join(" "))
}

pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
