//! How a tax id is written for people: with its country's separators, with its VAT prefix, or hidden but for its end.

use super::{TaxIdKind, eu};

pub(super) fn display(country: &str, kind: TaxIdKind, value: &str) -> String {
    match kind {
        TaxIdKind::EuVat | TaxIdKind::GbVat => vat_number(country, kind, value).unwrap_or_else(|| value.to_owned()),
        TaxIdKind::UsEin => fill("##-#######", value),
        TaxIdKind::CaBn if value.len() == 15 => fill("######### ######", value),
        TaxIdKind::BrCnpj => fill("##.###.###/####-##", value),
        TaxIdKind::BrCpf => fill("###.###.###-##", value),
        TaxIdKind::FrSiren => fill("### ### ###", value),
        TaxIdKind::FrSiret => fill("### ### ### #####", value),
        TaxIdKind::ChUid if value.len() > 12 => fill("###-###.###.### ####", value).trim_end().to_owned(),
        TaxIdKind::ChUid => fill("###-###.###.###", value),
        TaxIdKind::NoOrg if value.len() > 9 => fill("### ### ### ###", value),
        TaxIdKind::NoOrg => fill("### ### ###", value),
        TaxIdKind::IsKennitala => fill("######-####", value),
        TaxIdKind::ArCuit => fill("##-########-#", value),
        TaxIdKind::ClRut | TaxIdKind::CoNit => dotted(value),
        TaxIdKind::CrCedula if value.len() == 10 => fill("#-###-######", value),
        TaxIdKind::DoRnc => fill("#-##-#####-#", value),
        TaxIdKind::DoCedula => fill("###-#######-#", value),
        TaxIdKind::GtNit | TaxIdKind::PyRuc => dashed(value),
        TaxIdKind::SvNit => fill("####-######-###-#", value),
        TaxIdKind::VeRif => fill("#-########-#", value),
        _ => value.to_owned(),
    }
}

pub(super) fn vat_number(country: &str, kind: TaxIdKind, value: &str) -> Option<String> {
    let prefix = match kind {
        TaxIdKind::EuVat | TaxIdKind::GbVat => eu::prefix(country)?,
        TaxIdKind::EsNif | TaxIdKind::EsNie | TaxIdKind::EsCif => "ES",
        _ => return None,
    };
    Some(format!("{prefix}{value}"))
}

/// Four characters stay of a long number, three of a shorter one, one of a very short one.
pub(super) fn masked(value: &str) -> String {
    let length = value.chars().count();
    let shown = match length {
        10.. => 4,
        6..=9 => 3,
        _ => 1,
    };
    let hidden = length.saturating_sub(shown);
    let end: String = value.chars().skip(hidden).collect();
    format!("{}{end}", "•".repeat(hidden))
}

/// Puts the characters in the places of `#`; a value of another length is left as it is.
fn fill(pattern: &str, value: &str) -> String {
    let places = pattern.matches('#').count();
    let length = value.chars().count();
    if length > places || (length < places && !pattern.contains(' ')) {
        return value.to_owned();
    }
    let mut rest = value.chars();
    pattern.chars().map_while(|c| if c == '#' { rest.next() } else { Some(c) }).collect()
}

/// `12.345.678-9`: thousands, and the check digit apart.
fn dotted(value: &str) -> String {
    let Some((at, _)) = value.char_indices().next_back() else {
        return String::new();
    };
    let (body, check) = value.split_at(at);
    let length = body.chars().count();
    let mut text = String::with_capacity(value.len() + length / 3 + 1);
    for (place, c) in body.chars().enumerate() {
        if place > 0 && (length - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(c);
    }
    format!("{text}-{check}")
}

fn dashed(value: &str) -> String {
    match value.char_indices().next_back() {
        Some((at, _)) => format!("{}-{}", &value[..at], &value[at..]),
        None => String::new(),
    }
}
