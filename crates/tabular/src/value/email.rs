//! E-mail addresses: the part of RFC 5321 that mail servers of businesses use.
//!
//! Refused on purpose though the RFC allows them: quoted local parts, address literals (`a@[10.0.0.1]`), domains without
//! a dot. Whether the mailbox exists is not asked.

use super::{EMPTY, ValueError};

const NO_AT: ValueError = ValueError::new("email_no_at", "An e-mail address has an @, as in ana@example.com.");
const SEVERAL: ValueError =
    ValueError::new("email_several", "There is more than one address. Put one in each cell or column.");
const BLANKS: ValueError = ValueError::new("email_has_blanks", "An e-mail address has no blanks. Remove them.");
const TOO_LONG: ValueError =
    ValueError::new("email_too_long", "An e-mail address has at most 254 characters, 64 of them before the @.");
const LOCAL: ValueError = ValueError::new(
    "email_name_invalid",
    "The part before the @ may hold letters without accents, digits, dots between them and !#$%&'*+-/=?^_`{|}~.",
);
const DOMAIN: ValueError =
    ValueError::new("email_domain_invalid", "The part after the @ is not a domain such as example.com.");

pub(super) const REASONS: &[ValueError] = &[NO_AT, SEVERAL, BLANKS, TOO_LONG, LOCAL, DOMAIN];

/// The address with its domain in lower case. `mailto:` and the name in `Ana <ana@example.com>` are taken off.
///
/// # Errors
/// `empty`, `email_no_at`, `email_several`, `email_has_blanks`, `email_too_long`, `email_name_invalid`,
/// `email_domain_invalid`.
pub fn email(cell: &str) -> Result<String, ValueError> {
    let address = bare(cell);
    if address.is_empty() {
        return Err(EMPTY);
    }
    let (local, domain) = address.rsplit_once('@').ok_or(NO_AT)?;
    if local.contains('@') {
        return Err(SEVERAL);
    }
    if address.contains(char::is_whitespace) {
        return Err(BLANKS);
    }
    // RFC 5321 4.5.3.1: 64 octets before the @; 254 in all follows from the path limit (RFC 3696 erratum 1690).
    if local.len() > 64 || address.len() > 254 {
        return Err(TOO_LONG);
    }
    if !is_local(local) {
        return Err(LOCAL);
    }
    let domain = domain.trim_end_matches('.').to_lowercase();
    if !is_domain(&domain) {
        return Err(DOMAIN);
    }
    Ok(format!("{local}@{domain}"))
}

/// Several addresses in one cell, divided by commas, semicolons or blanks; repeated ones once.
///
/// # Errors
/// Those of [`email`], for the first bad one.
pub fn emails(cell: &str) -> Result<Vec<String>, ValueError> {
    let mut found: Vec<String> = Vec::new();
    // A single address may come with a name, which holds blanks.
    if let Ok(one) = email(cell) {
        return Ok(vec![one]);
    }
    for part in cell.split([',', ';', ' ', '\n', '\t']).map(str::trim).filter(|part| !part.is_empty()) {
        let address = email(part)?;
        if !found.iter().any(|other| other.eq_ignore_ascii_case(&address)) {
            found.push(address);
        }
    }
    if found.is_empty() { Err(EMPTY) } else { Ok(found) }
}

fn bare(cell: &str) -> &str {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}');
    let inner = match (cell.find('<'), cell.strip_suffix('>')) {
        (Some(open), Some(rest)) if !cell[..open].contains('@') => rest.get(open + 1..).unwrap_or(cell).trim(),
        _ => cell,
    };
    match inner.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &inner[7..],
        _ => inner,
    }
}

/// RFC 5321 dot-string.
fn is_local(local: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
    local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(allowed))
}

/// Labels of letters, digits and inner hyphens (letters of any script: IDN), at least two, the last not a number.
pub(super) fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c == '-' || c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric()))
    };
    let mut labels = domain.split('.');
    let last = labels.next_back().unwrap_or_default();
    let top = last.chars().count() > 1 && !last.bytes().any(|b| b.is_ascii_digit()) || last.starts_with("xn--");
    let mut count = 0;
    domain.len() <= 253
        && top
        && label(last)
        && labels.all(|one| {
            count += 1;
            label(one)
        })
        && count > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_with_a_lower_case_domain() {
        for (cell, address) in [
            ("ana@example.com", "ana@example.com"),
            (" Ana.Lopez+crm@Example.COM ", "Ana.Lopez+crm@example.com"),
            ("mailto:ana@example.com", "ana@example.com"),
            ("Ana López <ana@example.com>", "ana@example.com"),
            ("o'hara@a-b.co.uk", "o'hara@a-b.co.uk"),
            ("x@münchen.de", "x@münchen.de"),
            ("x@xn--mnchen-3ya.de", "x@xn--mnchen-3ya.de"),
            ("a@b.xn--p1ai", "a@b.xn--p1ai"),
            ("ana@example.com.", "ana@example.com"),
        ] {
            assert_eq!(email(cell).as_deref(), Ok(address), "{cell}");
        }
    }

    #[test]
    fn each_wrong_address_has_its_reason() {
        let long = format!("{}@example.com", "a".repeat(65));
        let longer = format!("a@{}.com", "b.".repeat(130));
        for (cell, code) in [
            ("", "empty"),
            ("  ", "empty"),
            ("ana", "email_no_at"),
            ("n/a", "email_no_at"),
            ("a@b.com, c@d.com", "email_several"),
            ("a@@b.com", "email_several"),
            ("ana lopez@example.com", "email_has_blanks"),
            ("ana@exam ple.com", "email_has_blanks"),
            (long.as_str(), "email_too_long"),
            (longer.as_str(), "email_too_long"),
            ("@example.com", "email_name_invalid"),
            ("ana.@example.com", "email_name_invalid"),
            ("a..b@example.com", "email_name_invalid"),
            ("josé@example.com", "email_name_invalid"),
            ("\"a b\"@example.com", "email_has_blanks"),
            ("\"ab\"@example.com", "email_name_invalid"),
            ("<script>@example.com", "email_name_invalid"),
            ("a@example", "email_domain_invalid"),
            ("a@.com", "email_domain_invalid"),
            ("a@-x.com", "email_domain_invalid"),
            ("a@x.c", "email_domain_invalid"),
            ("a@[10.0.0.1]", "email_domain_invalid"),
            ("a@10.0.0.1", "email_domain_invalid"),
            ("a@exa_mple.com", "email_domain_invalid"),
            ("a@example.com>", "email_domain_invalid"),
        ] {
            assert_eq!(email(cell).map_err(|e| e.code), Err(code), "{cell}");
        }
    }

    #[test]
    fn several_addresses_in_a_cell_are_listed_once_each() {
        assert_eq!(emails("a@b.com; C@d.com a@B.com").unwrap(), ["a@b.com", "C@d.com"]);
        assert_eq!(emails("Ana Lopez <a@b.com>").unwrap(), ["a@b.com"]);
        assert_eq!(emails("a@b.com; nonsense").unwrap_err().code, "email_no_at");
        assert_eq!(emails(" ; ").unwrap_err().code, "empty");
    }
}
