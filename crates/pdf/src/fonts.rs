//! The fonts compiled into the program, in the order they are tried. Sources and licences: `fonts/README.md`.
//! Nothing is read from the machine: the same document must look the same everywhere.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// All embedded fonts with the book typst looks them up in.
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) all: Vec<Font>,
}

const FILES: [&[u8]; 10] = [
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../fonts/NotoSansThai-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArmenian-Regular.ttf"),
    include_bytes!("../fonts/NotoSansGeorgian-Regular.ttf"),
    include_bytes!("../fonts/DroidSansFallback.ttf"),
    include_bytes!("../fonts/NotoEmoji-Regular.ttf"),
];

pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let all: Vec<Font> = FILES
        .into_iter()
        .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
        .collect();
    Fonts {
        book: LazyHash::new(FontBook::from_fonts(&all)),
        all,
    }
});

impl Fonts {
    /// Family names in the order they are tried, for the template.
    pub(crate) fn families(&self) -> Vec<&str> {
        let mut families: Vec<&str> = self.all.iter().map(|font| font.info().family.as_str()).collect();
        families.dedup();
        families
    }

    /// The first font that holds `character`.
    pub(crate) fn holding(&self, character: char) -> Option<&Font> {
        self.all.iter().find(|font| holds(font, character))
    }
}

/// Whether `font` has a glyph for `character`.
pub(crate) fn holds(font: &Font, character: char) -> bool {
    font.info().coverage.contains(u32::from(character))
}
