//! Countries by code or name, to ISO 3166-1 alpha-2.

use std::collections::HashMap;
use std::sync::LazyLock;

use deunicode::deunicode;

use super::{EMPTY, ValueError};

/// Codes and names in English, Spanish, Portuguese and French.
const TABLE: &str = include_str!("../../data/countries.tsv");

const UNKNOWN: ValueError =
    ValueError::new("country_unknown", "This is no country we know. Use its two-letter code, such as ES or MX.");
const AMBIGUOUS: ValueError =
    ValueError::new("country_ambiguous", "Two countries go by this name. Use the two-letter code, such as CD or CG.");

pub(super) const REASONS: &[ValueError] = &[UNKNOWN, AMBIGUOUS];

/// Folded name or code to alpha-2; `None` where two countries share the name.
static BY_NAME: LazyLock<HashMap<String, Option<&'static str>>> = LazyLock::new(|| {
    let mut found: HashMap<String, Option<&'static str>> = HashMap::new();
    for row in rows() {
        for name in row.split('\t').flat_map(|cell| cell.split('|')) {
            found
                .entry(fold(name))
                .and_modify(|known| *known = known.filter(|code| *code == alpha2(row)))
                .or_insert(Some(alpha2(row)));
        }
    }
    found
});

fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#'))
}

fn alpha2(row: &'static str) -> &'static str {
    row.split('\t').next().unwrap_or_default()
}

fn fold(name: &str) -> String {
    deunicode(name).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Alpha-2 code of a country given by alpha-2, alpha-3 or name in one of four languages; accents, case and punctuation
/// do not matter, nor does a leading "the".
///
/// # Errors
/// `empty`, `country_unknown`, `country_ambiguous`.
pub fn country(cell: &str) -> Result<&'static str, ValueError> {
    if cell.trim().is_empty() {
        return Err(EMPTY);
    }
    if cell.len() > 200 {
        return Err(UNKNOWN);
    }
    let folded = fold(cell);
    let found = BY_NAME.get(&folded).or_else(|| BY_NAME.get(folded.strip_prefix("the")?));
    match found {
        Some(Some(code)) => Ok(code),
        Some(None) => Err(AMBIGUOUS),
        None => Err(UNKNOWN),
    }
}

/// The name of a country in `en`, `es`, `pt` or `fr`; `None` for unknown codes and languages.
pub fn country_name(code: &str, language: &str) -> Option<&'static str> {
    let column = match language {
        "en" => 2,
        "es" => 3,
        "pt" => 4,
        "fr" => 5,
        _ => return None,
    };
    let row = rows().find(|row| alpha2(row) == code)?;
    row.split('\t').nth(column)?.split('|').next()
}

/// All alpha-2 codes, for lists to choose from.
pub fn country_codes() -> impl Iterator<Item = &'static str> {
    rows().map(alpha2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_by_code_and_by_name_in_four_languages() {
        for (cell, code) in [
            ("ES", "ES"),
            ("esp", "ES"),
            ("España", "ES"),
            ("espagne", "ES"),
            ("Spain ", "ES"),
            ("Méjico", "MX"),
            ("mexique", "MX"),
            ("U.S.A.", "US"),
            ("EE.UU.", "US"),
            ("Estados Unidos", "US"),
            ("the Netherlands", "NL"),
            ("Holanda", "NL"),
            ("Brasil", "BR"),
            ("Reino Unido", "GB"),
            ("England", "GB"),
            ("Deutschland", "DE"),
            ("Côte d’Ivoire", "CI"),
            ("Bosnia & Herzegovina", "BA"),
            ("Bosnia and Herzegovina", "BA"),
        ] {
            assert_eq!(country(cell), Ok(code), "{cell}");
        }
        for (cell, reason) in [
            ("", "empty"),
            ("Atlantis", "country_unknown"),
            ("ZZ", "country_unknown"),
            ("Congo", "country_ambiguous"),
            ("the", "country_unknown"),
            ("***", "country_unknown"),
        ] {
            assert_eq!(country(cell).map_err(|e| e.code), Err(reason), "{cell}");
        }
    }

    #[test]
    fn the_table_is_whole_and_its_shown_names_lead_back() {
        let mut codes = 0;
        for row in rows() {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(cells.len() == 6 && cells[0].len() == 2 && cells[1].len() == 3, "{row}");
            assert_eq!((country(cells[0]), country(cells[1])), (Ok(cells[0]), Ok(cells[0])));
            for language in ["en", "es", "pt", "fr"] {
                let name = country_name(cells[0], language).unwrap();
                assert!(
                    matches!(country(name), Ok(code) if code == cells[0]) || country(name) == Err(AMBIGUOUS),
                    "{name}"
                );
            }
            codes += 1;
        }
        assert!(codes >= 249, "{codes}");
        assert_eq!((country_name("ES", "de"), country_name("ZZ", "en")), (None, None));
    }
}
