//! The identifiers of an independent validator against ours. The file is found by `OMB_SPECS` or beside the checkout;
//! without it the test says that it is skipped.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Deserialize;

use super::{TaxId, TaxIdKind, checksum};
use crate::bank::{Bic, Iban};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    kind: String,
    input: String,
    valid: bool,
    /// Where the validator can judge with and without the check digit (RFC).
    valid_with_check_digit: Option<bool>,
    compact: String,
}

/// What we make of one input: the canonical value, or nothing when refused.
type Verdict = Option<String>;

fn specs() -> PathBuf {
    match std::env::var_os("OMB_SPECS") {
        Some(path) => path.into(),
        None => [env!("CARGO_MANIFEST_DIR"), "..", "..", "..", "shared", "specs"].iter().collect(),
    }
}

fn of_kind(country: &str, input: &str, kinds: &[TaxIdKind]) -> Verdict {
    TaxId::parse(country, input).ok().filter(|id| kinds.contains(&id.kind())).map(|id| id.value)
}

/// Our verdict on an input of the validator's kind; `None` for a kind we have no use for.
fn ours(kind: &str, input: &str) -> Option<Verdict> {
    use TaxIdKind::*;
    Some(match kind {
        "mx.rfc" => of_kind("MX", input, &[MxRfc]),
        "mx.curp" => of_kind("MX", input, &[MxCurp]),
        "es.nif" => of_kind("ES", input, &[EsNif, EsNie, EsCif]),
        "es.cif" => of_kind("ES", input, &[EsCif]),
        "es.nie" => of_kind("ES", input, &[EsNie]),
        "es.dni" => of_kind("ES", input, &[EsNif]),
        "fr.siret" => of_kind("FR", input, &[FrSiret]),
        "gb.vat" => of_kind("GB", input, &[GbVat]),
        "br.cnpj" => of_kind("BR", input, &[BrCnpj]),
        "br.cpf" => of_kind("BR", input, &[BrCpf]),
        "ar.cuit" => of_kind("AR", input, &[ArCuit]),
        "cl.rut" => of_kind("CL", input, &[ClRut]),
        "co.nit" => of_kind("CO", input, &[CoNit]),
        "pe.ruc" => of_kind("PE", input, &[PeRuc]),
        "ec.ruc" => of_kind("EC", input, &[EcRuc]),
        "uy.rut" => of_kind("UY", input, &[UyRut]),
        "us.ein" => of_kind("US", input, &[UsEin]),
        "ca.bn" => of_kind("CA", input, &[CaBn]),
        "iban" => Iban::parse(input).ok().map(|iban| iban.value().to_owned()),
        "bic" => Bic::parse(input).ok().map(|bic| bic.value().to_owned()),
        "luhn" => checksum::digits(input).filter(|d| checksum::luhn(d)).map(|_| input.to_owned()),
        _ => match kind.split_once('.') {
            Some((country, "vat" | "tva" | "iva" | "nif" | "btw" | "nip" | "uid" | "cvr")) => {
                of_kind(country, input, &[EuVat])
            }
            _ => return None,
        },
    })
}

#[test]
fn agrees_with_the_independent_validator() {
    let path = specs().join("identifiers/tax-and-bank-ids.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there (set OMB_SPECS to the folder of specifications)", path.display());
        return;
    };
    let vectors: Vec<Vector> = serde_json::from_str(&text).unwrap();
    assert!(vectors.len() > 100, "the file of vectors looks cut");
    let mut disagreements = Vec::new();
    let mut compared = BTreeMap::<&str, usize>::new();
    let mut unsupported = BTreeSet::new();
    for vector in &vectors {
        let Vector { kind, input, compact, .. } = vector;
        let Some(verdict) = ours(kind, input) else {
            unsupported.insert(kind.as_str());
            continue;
        };
        *compared.entry(kind).or_default() += 1;
        let expected = vector.valid_with_check_digit.unwrap_or(vector.valid).then(|| compact.clone());
        if verdict != expected {
            disagreements.push(format!("{kind} {input}: expected {expected:?}, got {verdict:?}"));
        }
        if vector.valid_with_check_digit.is_some() {
            let trusting = TaxId::parse_trusting_digits("MX", input).is_ok();
            if trusting != vector.valid {
                disagreements.push(format!("{kind} {input} without check digit: expected {}", vector.valid));
            }
        }
    }
    println!("compared {} identifiers of {} kinds: {compared:?}", compared.values().sum::<usize>(), compared.len());
    println!("kinds we have no use for: {unsupported:?}");
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
    assert!(compared.len() >= 25, "too few kinds compared: {compared:?}");
}
