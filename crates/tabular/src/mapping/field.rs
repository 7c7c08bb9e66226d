//! The fields an import can fill, and the names they go by in other people's files.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::fold::words;

const CONTACT: &str = include_str!("../../data/contact_fields.tsv");
const COMPANY: &str = include_str!("../../data/company_fields.tsv");
const LEAD: &str = include_str!("../../data/lead_fields.tsv");
const DEAL: &str = include_str!("../../data/deal_fields.tsv");
const RECORD: &str = include_str!("../../data/record_fields.tsv");

/// What a field holds: decides which content is recognised and which value rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Any text.
    Text,
    /// First names of a person.
    GivenName,
    /// Family names of a person.
    FamilyName,
    /// A person's whole name in one cell.
    FullName,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A day.
    Date,
    /// A country by name or code.
    Country,
    /// A postal code, leading zeros included.
    PostalCode,
    /// A web address or domain.
    Url,
    /// A tax identification number.
    TaxId,
    /// A decimal number.
    Number,
    /// Several words in one cell.
    Tags,
}

/// A field of ours that a column can feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetField {
    /// The caller's name for it.
    pub key: Cow<'static, str>,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether several columns may feed it.
    pub repeatable: bool,
    /// Names it goes by, in any language; a leading `=` asks for the whole header to be that word.
    pub synonyms: Vec<Cow<'static, str>>,
}

impl TargetField {
    /// A field of the tenant's own: recognised by its key and its label.
    pub fn custom(key: impl Into<String>, label: &str, kind: FieldKind) -> TargetField {
        let key = key.into();
        let synonyms = vec![Cow::Owned(key.clone()), Cow::Owned(label.to_owned())];
        TargetField { key: Cow::Owned(key), kind, repeatable: false, synonyms }
    }
}

/// Fields of a contact and of the company it works for.
pub fn contact_fields() -> Vec<TargetField> {
    static FIELDS: LazyLock<Vec<TargetField>> = LazyLock::new(|| table(CONTACT, &[]));
    FIELDS.clone()
}

/// Fields of a company.
pub fn company_fields() -> Vec<TargetField> {
    static FIELDS: LazyLock<Vec<TargetField>> = LazyLock::new(|| table(COMPANY, &contact_fields()));
    FIELDS.clone()
}

/// Fields of a lead.
pub fn lead_fields() -> Vec<TargetField> {
    static FIELDS: LazyLock<Vec<TargetField>> = LazyLock::new(|| table(LEAD, &contact_fields()));
    FIELDS.clone()
}

/// Fields of a deal and of the company it is made with.
pub fn deal_fields() -> Vec<TargetField> {
    static FIELDS: LazyLock<Vec<TargetField>> = LazyLock::new(|| table(DEAL, &[]));
    FIELDS.clone()
}

/// Fields that a record has whatever it is.
pub fn record_fields() -> Vec<TargetField> {
    static FIELDS: LazyLock<Vec<TargetField>> = LazyLock::new(|| table(RECORD, &[]));
    FIELDS.clone()
}

/// Whether a header is one of the names above, word for word.
pub(crate) fn is_known_header(header: &str) -> bool {
    static KNOWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let fields =
            [contact_fields(), company_fields(), lead_fields(), deal_fields(), record_fields()].into_iter().flatten();
        let names = fields.flat_map(|field| field.synonyms).chain(super::sensitive::names().map(Cow::Borrowed));
        names.map(|name| words(&name).concat()).collect()
    });
    KNOWN.contains(&words(header).concat())
}

/// Reads a table of fields; a line of a key alone takes the field over from `others`.
fn table(text: &'static str, others: &[TargetField]) -> Vec<TargetField> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.filter_map(|line| field(line).or_else(|| others.iter().find(|other| other.key == line).cloned())).collect()
}

fn field(line: &'static str) -> Option<TargetField> {
    let mut columns = line.split('\t');
    let key = columns.next()?;
    let kind = kind(columns.next()?)?;
    let repeatable = columns.next()? == "yes";
    let synonyms: BTreeSet<&str> = columns.flat_map(super::field::synonyms).collect();
    Some(TargetField {
        key: Cow::Borrowed(key),
        kind,
        repeatable,
        synonyms: synonyms.into_iter().map(Cow::Borrowed).collect(),
    })
}

/// The synonyms of one cell of a data table.
pub(super) fn synonyms(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(',').map(str::trim).filter(|name| !name.is_empty())
}

fn kind(name: &str) -> Option<FieldKind> {
    Some(match name {
        "text" => FieldKind::Text,
        "given_name" => FieldKind::GivenName,
        "family_name" => FieldKind::FamilyName,
        "full_name" => FieldKind::FullName,
        "email" => FieldKind::Email,
        "phone" => FieldKind::Phone,
        "date" => FieldKind::Date,
        "country" => FieldKind::Country,
        "postal_code" => FieldKind::PostalCode,
        "url" => FieldKind::Url,
        "tax_id" => FieldKind::TaxId,
        "number" => FieldKind::Number,
        "tags" => FieldKind::Tags,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> [Vec<TargetField>; 5] {
        [contact_fields(), company_fields(), lead_fields(), deal_fields(), record_fields()]
    }

    #[test]
    fn every_line_of_the_data_is_a_field_with_names_in_four_languages() {
        let lines = |text: &'static str| text.lines().filter(|l| !l.starts_with('#')).collect::<Vec<_>>();
        for (fields, text) in all().into_iter().zip([CONTACT, COMPANY, LEAD, DEAL, RECORD]) {
            assert_eq!(fields.len(), lines(text).len());
            for line in lines(text).into_iter().filter(|line| line.contains('\t')) {
                assert_eq!(line.split('\t').filter(|cell| !cell.trim().is_empty()).count(), 7, "{line}");
            }
        }
    }

    #[test]
    fn no_name_means_two_fields() {
        for fields in all() {
            let mut seen = std::collections::BTreeMap::new();
            for field in &fields {
                for name in &field.synonyms {
                    let folded = words(name).concat();
                    let before = seen.insert(folded.clone(), field.key.clone());
                    assert!(before.is_none_or(|key| key == field.key), "{folded} means {} and another", field.key);
                }
            }
        }
    }
}
