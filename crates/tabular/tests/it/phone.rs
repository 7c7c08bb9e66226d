//! Phone numbers against Google's own example numbers and inputs as people type them.

use serde::Deserialize;
use tabular::value::{PhoneKind, phone};

#[derive(Deserialize)]
struct Vector {
    region: String,
    input: String,
    valid: bool,
    e164: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    extension: Option<String>,
}

fn vectors(path: &str) -> Vec<Vector> {
    let Some(file) = super::spec(path) else { return Vec::new() };
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

fn kind(name: &str) -> PhoneKind {
    match name {
        "MOBILE" => PhoneKind::Mobile,
        "FIXED_LINE" => PhoneKind::FixedLine,
        "FIXED_LINE_OR_MOBILE" => PhoneKind::FixedLineOrMobile,
        "TOLL_FREE" => PhoneKind::TollFree,
        "PREMIUM_RATE" => PhoneKind::PremiumRate,
        "VOIP" => PhoneKind::Voip,
        _ => PhoneKind::Other,
    }
}

/// What differs from the vector, if anything.
fn difference(vector: &Vector) -> Option<String> {
    let read = phone(&vector.input, Some(&vector.region));
    let expected = (vector.e164.as_str(), kind(&vector.kind), vector.extension.as_deref());
    let same = match &read {
        Ok(found) => vector.valid && (found.e164.as_str(), found.kind, found.extension.as_deref()) == expected,
        Err(_) => !vector.valid,
    };
    (!same).then(|| {
        format!("{} {:?}: expected {} {:?}, found {read:?}", vector.region, vector.input, vector.valid, expected)
    })
}

fn check(path: &str) {
    let vectors = vectors(path);
    let wrong: Vec<String> = vectors.iter().filter_map(difference).collect();
    println!("{path}: {} of {} as expected", vectors.len() - wrong.len(), vectors.len());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn example_numbers_of_every_region() {
    check("phone/example-numbers.json");
}

#[test]
fn inputs_as_people_type_them() {
    check("phone/hard-inputs.json");
}
