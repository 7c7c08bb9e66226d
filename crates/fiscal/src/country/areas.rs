//! Which countries make up the areas that rules speak of.

/// The 27 members of the European Union, ISO codes (Greece is GR here; its VAT prefix EL is a matter of tax ids).
const EUROPEAN_UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// The EFTA states in the European Economic Area (Switzerland is not).
const EFTA_IN_EEA: [&str; 3] = ["IS", "LI", "NO"];

/// Places with an ISO code of their own that are part of an EEA state and of the Union's territory: the French
/// outermost regions (TFEU articles 349 and 355.1) and the Aland Islands (355.4).
const EEA_TERRITORIES: [&str; 7] = ["AX", "GF", "GP", "MF", "MQ", "RE", "YT"];

/// The twenty states of the Americas whose language came from Latin. Territories of France and of the United States in
/// the region follow their state.
const LATIN_AMERICA: [&str; 20] = [
    "AR", "BO", "BR", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "HT", "MX", "NI", "PA", "PE", "PY", "SV", "UY",
    "VE",
];

/// The United States and the inhabited territories whose people and companies are under its federal law.
const UNITED_STATES: [&str; 7] = ["AS", "GU", "MP", "PR", "UM", "US", "VI"];

/// Member state of the European Union.
pub fn is_eu(country: &str) -> bool {
    contains(&EUROPEAN_UNION, country)
}

/// One of the 30 states of the European Economic Area, or a part of one that has its own ISO code.
pub fn is_eea(country: &str) -> bool {
    is_eu(country) || contains(&EFTA_IN_EEA, country) || contains(&EEA_TERRITORIES, country)
}

/// Latin America, Mexico included.
pub fn is_latin_america(country: &str) -> bool {
    contains(&LATIN_AMERICA, country)
}

/// The United States, its territories included.
pub fn is_united_states(country: &str) -> bool {
    contains(&UNITED_STATES, country)
}

fn contains(area: &[&str], country: &str) -> bool {
    area.iter().any(|code| code.eq_ignore_ascii_case(country))
}
