//! The fonts compiled into the program, in the order they are tried. Sources and licences: `fonts/README.md`.
//! Nothing is read from the machine: the same document must look the same everywhere.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;

/// All embedded fonts with the book typst looks them up in.
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) all: Vec<Font>,
    /// Of each font in `all`: what knows the widths of its glyphs.
    instances: Vec<FontInstance>,
    /// Widths of the first 128 characters, which are most of all text.
    ascii: [f64; 128],
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
    let all: Vec<Font> = FILES.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    let plain = |font: &Font| {
        // The size only matters to fonts that change with it; none of these does.
        font.clone().instantiate(FontVariant::default(), Abs::pt(9.0), &FontVariations::default())
    };
    let instances = all.iter().map(plain).collect();
    let book = LazyHash::new(FontBook::from_fonts(&all));
    let mut fonts = Fonts { book, all, instances, ascii: [0.0; 128] };
    fonts.ascii = std::array::from_fn(|code| fonts.measured(u8::try_from(code).unwrap_or_default().into()));
    fonts
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

    /// How wide `character` is drawn, in ems; one em where that is not known.
    pub(crate) fn advance(&self, character: char) -> f64 {
        self.ascii.get(character as usize).copied().unwrap_or_else(|| self.measured(character))
    }

    fn measured(&self, character: char) -> f64 {
        let Some(place) = self.all.iter().position(|font| holds(font, character)) else { return 1.0 };
        let instance = &self.instances[place];
        let glyph = instance.ttf().glyph_index(character);
        glyph.and_then(|glyph| instance.x_advance(glyph.0)).map_or(1.0, |em| em.get())
    }
}

/// Whether `font` has a glyph for `character`. Private use characters mean something else in every font: nobody holds
/// them.
pub(crate) fn holds(font: &Font, character: char) -> bool {
    let is_private = matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    !is_private && font.info().coverage.contains(u32::from(character))
}
