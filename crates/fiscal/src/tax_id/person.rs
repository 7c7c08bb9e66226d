//! Which tax ids say by themselves that they are a natural person's. Products that treat people with more care than
//! companies (lists, retention, collections) ask this; a number that does not tell counts as unknown, not as a company.

use super::{TaxIdKind, mx};

pub(super) fn names_person(country: &str, kind: TaxIdKind, value: &str) -> bool {
    match kind {
        TaxIdKind::MxRfc => value.chars().count() == 13 && !mx::is_generic(value),
        TaxIdKind::MxCurp
        | TaxIdKind::BrCpf
        | TaxIdKind::EsNif
        | TaxIdKind::EsNie
        | TaxIdKind::ItCodiceFiscale
        | TaxIdKind::DoCedula
        | TaxIdKind::EcCedula => true,
        TaxIdKind::ArCuit => value.starts_with('2'),
        TaxIdKind::PeRuc => value.starts_with('1'),
        TaxIdKind::EcRuc => value.as_bytes().get(2).is_some_and(|third| *third < b'6'),
        TaxIdKind::CrCedula => value.starts_with(['0', '1']),
        TaxIdKind::VeRif => value.starts_with(['V', 'E', 'P']),
        TaxIdKind::IsKennitala => value.starts_with(['0', '1', '2', '3']),
        TaxIdKind::EuVat => match country {
            "PT" => value.starts_with(['1', '2', '3']),
            "BG" => value.len() == 10,
            "CZ" => value.len() > 8 && !(value.len() == 9 && value.starts_with('6')),
            "LV" => value.starts_with(['0', '1', '2', '3']),
            _ => false,
        },
        _ => false,
    }
}
