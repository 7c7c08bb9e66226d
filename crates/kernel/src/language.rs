//! The four languages the product speaks, in screens, mails and documents alike.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// An ISO 639-1 language the product is complete in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    En,
    Es,
    Pt,
    Fr,
}

impl Language {
    pub const ALL: [Language; 4] = [Language::En, Language::Es, Language::Pt, Language::Fr];

    pub const fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Es => "es",
            Language::Pt => "pt",
            Language::Fr => "fr",
        }
    }

    /// The best of ours for an `Accept-Language` header (RFC 9110 12.5.4); English when nothing fits.
    pub fn negotiate(header: &str) -> Language {
        let mut wanted: Vec<(f32, Language)> = header
            .split(',')
            .filter_map(|part| {
                let (tag, quality) = part.trim().split_once(";q=").unwrap_or((part.trim(), "1"));
                let language = tag.get(..2)?.to_ascii_lowercase().parse().ok()?;
                Some((quality.parse().unwrap_or(0.0), language))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map(|(_, language)| *language).unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Language::ALL.into_iter().find(|l| l.code() == code).ok_or(UnknownLanguage)
    }
}

/// The code is none of en, es, pt, fr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the product speaks en, es, pt and fr")]
pub struct UnknownLanguage;
