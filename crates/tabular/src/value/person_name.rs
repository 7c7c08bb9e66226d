//! A whole name cut into given and family names, for files that hold it in one cell.
//!
//! A convention, not knowledge: names do not tell where they divide. `López García, Ana` is family first; otherwise the
//! first word is the given name, joined by a second given name where two words follow it in the Hispanic manner
//! (`María Ana López García`), and particles (`de`, `van`, `da`) begin the family name.

/// Given and family names; either may be empty, never both.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PersonName {
    /// Given names.
    pub given: String,
    /// Family names.
    pub family: String,
}

const PARTICLES: &[&str] = &[
    "de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "du", "des", "le", "van", "von", "der", "den",
    "ter", "ten", "bin", "ibn", "al", "el", "y", "e", "san", "santa", "mac", "st",
];

/// Divides a whole name; `None` when there is nothing in it.
pub fn person_name(cell: &str) -> Option<PersonName> {
    let name = super::text::one_line(cell);
    if name.is_empty() {
        return None;
    }
    let of = |given: &str, family: &str| Some(PersonName { given: given.trim().into(), family: family.trim().into() });
    if let Some((family, given)) = name.split_once(',')
        && !given.trim().is_empty()
        && !family.trim().is_empty()
    {
        return of(given, family);
    }
    let name = name.trim_matches([',', ' ']);
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let is_particle = |word: &&str| PARTICLES.contains(&word.to_lowercase().as_str());
    let particle = words.iter().skip(1).position(is_particle).map(|at| at + 1);
    let cut = match (words.len(), particle) {
        (0, _) => return None,
        (1, _) => 1,
        (_, Some(at)) if at + 1 < words.len() => at.min(words.len().saturating_sub(2)).max(1),
        (4.., _) => words.len() - 2,
        _ => 1,
    };
    of(&words[..cut].join(" "), &words[cut..].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_divided_by_convention() {
        for (cell, given, family) in [
            ("Ana López", "Ana", "López"),
            ("  Ana   López García ", "Ana", "López García"),
            ("María Ana López García", "María Ana", "López García"),
            ("López García, Ana María", "Ana María", "López García"),
            ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
            ("Juan de la Cruz", "Juan", "de la Cruz"),
            ("Ana María de la Cruz", "Ana María", "de la Cruz"),
            ("Cher", "Cher", ""),
            ("Ana,", "Ana", ""),
        ] {
            let name = person_name(cell).unwrap();
            assert_eq!((name.given.as_str(), name.family.as_str()), (given, family), "{cell}");
        }
        for cell in ["", "  ", ",", "\u{200b}"] {
            assert_eq!(person_name(cell), None, "{cell:?}");
        }
    }
}
