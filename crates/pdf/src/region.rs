//! Language and region of a document, and what the region decides: separators, place of the symbol, paper.
//!
//! Source: Unicode CLDR 48 (numbers, dates, `paperSize` of supplementalMeasurement), with one deliberate difference:
//! digits are always grouped, also in four-digit Spanish and Portuguese amounts, so that columns of money align.

use kernel::Language;

/// A language with an optional ISO 3166-1 region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Locale {
    pub language: Language,
    region: Option<[u8; 2]>,
}

/// Spanish-speaking America, where the currency symbol leads.
const SPANISH_AMERICA: &[&str] = &[
    "AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "PY", "SV", "US", "UY",
    "VE",
];
/// Those of them that write 1,234.50.
const SPANISH_POINT: &[&str] = &["CU", "DO", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "SV", "US"];
/// CLDR supplementalMeasurement, `paperSize="US-Letter"`.
const LETTER: &[&str] = &["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"];

const NO_BREAK: char = '\u{a0}';
const NARROW_NO_BREAK: char = '\u{202f}';

impl Locale {
    /// A region that is not two ASCII letters is left out.
    pub fn new(language: Language, region: Option<&str>) -> Self {
        let region = region.map(str::as_bytes).and_then(|bytes| match bytes {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some([a.to_ascii_uppercase(), b.to_ascii_uppercase()])
            }
            _ => None,
        });
        Self { language, region }
    }

    /// From a BCP 47 tag such as `es-MX` or `pt_br`. A language that is none of ours becomes English.
    pub fn from_tag(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let language = Language::ALL.into_iter().find(|l| l.code() == language).unwrap_or(Language::En);
        let region = parts.find(|part| part.len() == 2);
        Self::new(language, region)
    }

    /// Upper case, two letters.
    pub fn region(&self) -> Option<&str> {
        self.region.as_ref().and_then(|region| std::str::from_utf8(region).ok())
    }

    /// `es-MX`, or `es` without a region.
    pub fn tag(&self) -> String {
        match self.region() {
            Some(region) => format!("{}-{region}", self.language.code()),
            None => self.language.code().to_owned(),
        }
    }

    fn is_in(&self, regions: &[&str]) -> bool {
        self.region().is_some_and(|region| regions.contains(&region))
    }

    /// Spanish as used in America: other separators and other words than in Spain.
    pub(crate) fn is_spanish_america(&self) -> bool {
        self.language == Language::Es && self.is_in(SPANISH_AMERICA)
    }

    /// The paper size as typst names it.
    pub(crate) fn paper(&self) -> &'static str {
        if self.is_in(LETTER) { "us-letter" } else { "a4" }
    }

    /// Group and decimal separator.
    pub(crate) fn separators(&self) -> (char, char) {
        match (self.language, self.region()) {
            (Language::En, _) => (',', '.'),
            (Language::Es, Some("CR")) => (NO_BREAK, ','),
            (Language::Es, _) if self.is_in(SPANISH_POINT) => (',', '.'),
            (Language::Es, _) => ('.', ','),
            (Language::Pt, None | Some("BR")) => ('.', ','),
            (Language::Pt, _) => (NO_BREAK, ','),
            (Language::Fr, Some("CA")) => (NO_BREAK, ','),
            (Language::Fr, Some("LU")) => ('.', ','),
            (Language::Fr, _) => (NARROW_NO_BREAK, ','),
        }
    }

    /// Whether the currency symbol stands before the digits.
    pub(crate) fn symbol_leads(&self) -> bool {
        match self.language {
            Language::En => true,
            Language::Es => self.is_spanish_america(),
            Language::Pt => matches!(self.region(), None | Some("BR")),
            Language::Fr => false,
        }
    }

    /// Whether a leading symbol is set off by a space even when it ends in a sign.
    pub(crate) fn symbol_is_spaced(&self) -> bool {
        self.language == Language::Pt || (self.language == Language::Es && self.is_in(&["AR", "CO", "PY", "UY"]))
    }

    /// What stands between a number and its per cent sign.
    pub(crate) fn percent_gap(&self) -> &'static str {
        match self.language {
            Language::Es if !self.is_spanish_america() => "\u{a0}",
            Language::Fr if self.region() != Some("CH") => "\u{202f}",
            _ => "",
        }
    }
}
