//! How well a header names a field.

use super::fold::{nearly_equal, words};
use super::{FieldKind, GuessedBy, TargetField};

/// Words that say whose or which, not what.
const FILLER: &[&str] = &[
    "contact",
    "contacto",
    "contato",
    "customer",
    "cliente",
    "client",
    "person",
    "persona",
    "pessoa",
    "personne",
    "lead",
    "primary",
    "principal",
    "main",
    "default",
    "work",
    "trabajo",
    "trabalho",
    "travail",
    "business",
    "office",
    "billing",
    "mailing",
    "home",
    "value",
    "field",
    "the",
    "of",
    "de",
    "del",
    "do",
    "da",
    "du",
    "la",
    "el",
    "le",
    "l",
    "d",
    "your",
    "tu",
    "su",
    "votre",
    "seu",
    "1",
    "e",
];

/// Words that turn a name into something about it: `Phone type`, `Email opt out`, `Last activity`.
const TURNS: &[&str] = &[
    "type",
    "label",
    "tipo",
    "etiqueta",
    "libelle",
    "status",
    "opt",
    "optin",
    "optout",
    "out",
    "consent",
    "verified",
    "valid",
    "bounced",
    "bounce",
    "count",
    "total",
    "owner",
    "propietario",
    "created",
    "creation",
    "modified",
    "updated",
    "update",
    "activity",
    "sent",
    "opened",
    "fax",
    "yomi",
    "phonetic",
    "latitude",
    "longitude",
    "lat",
    "lng",
    "assistant",
    "manager",
    "spouse",
    "parent",
    "creacion",
    "actualizacion",
    "date",
    "time",
    "fecha",
    "data",
    "hash",
    "extension",
    "ext",
];

/// Words that say that a column is about the company.
const COMPANY: &[&str] =
    &["company", "organization", "organisation", "empresa", "entreprise", "societe", "account", "employer"];

/// A folded target, so that folding is done once.
pub(super) struct Folded {
    pub(super) kind: FieldKind,
    names: Vec<(Vec<String>, bool)>,
    about_company: bool,
}

impl Folded {
    pub(super) fn of(target: &TargetField, all: &[TargetField]) -> Folded {
        let contacts = all.iter().any(|other| other.key.starts_with("company_"));
        let mut names: Vec<(Vec<String>, bool)> = target
            .synonyms
            .iter()
            .map(|name| (words(name), name.starts_with('=')))
            .filter(|(w, _)| !w.is_empty())
            .collect();
        names.push((words(&target.key), false));
        Folded { kind: target.kind, names, about_company: !contacts || target.key.starts_with("company_") }
    }

    /// 0 to 100 and by what: 100 the very name, 92 but for filler words, 60 to 85 among other words, 75 but for a letter.
    pub(super) fn score(&self, header: &[String]) -> (u8, GuessedBy) {
        let squashed = header.concat();
        if squashed.is_empty() {
            return (0, GuessedBy::None);
        }
        let is_name = |text: &str| self.names.iter().any(|(name, _)| name.concat() == text);
        if is_name(&squashed) {
            return (100, GuessedBy::Header);
        }
        let core: Vec<String> = header.iter().filter(|word| !FILLER.contains(&word.as_str())).cloned().collect();
        let bare = core.iter().filter(|word| !is_number(word)).cloned().collect::<Vec<_>>().concat();
        if !core.is_empty() && (is_name(&core.concat()) || (!bare.is_empty() && is_name(&bare))) {
            // A second phone comes after the first.
            let later = header.iter().any(|word| is_number(word) && word != "1");
            return (if later { 88 } else { 92 }, GuessedBy::Header);
        }
        let foreign = !self.about_company && header.iter().any(|word| COMPANY.contains(&word.as_str()));
        let best =
            self.names.iter().filter(|(_, whole)| !whole).map(|(name, _)| among(header, name)).max().unwrap_or(0);
        if best > 0 && !foreign {
            return (best, GuessedBy::Words);
        }
        let similar = |(name, _): &(Vec<String>, bool)| {
            let name = name.concat();
            name.len() >= 5 && squashed.len() >= 5 && nearly_equal(&name, &squashed)
        };
        if self.names.iter().any(similar) { (75, GuessedBy::Similar) } else { (0, GuessedBy::None) }
    }
}

/// The share of the header that a name makes up, 60 to 85; 0 when it is not in it or a word turns its meaning.
fn among(header: &[String], name: &[String]) -> u8 {
    let turned = header.iter().any(|word| TURNS.contains(&word.as_str()) && !name.contains(word));
    if turned || !contains(header, name) { 0 } else { (60 + 25 * name.len() / header.len()).min(85) as u8 }
}

/// Whether the words stand in the header side by side.
pub(super) fn contains(header: &[String], name: &[String]) -> bool {
    !name.is_empty() && header.windows(name.len()).any(|window| window == name)
}

/// Whether the header is about something we have no field for, so that its content must not be guessed from.
pub(super) fn turns(header: &[String]) -> bool {
    header.iter().any(|word| TURNS.contains(&word.as_str()))
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}
