//! Phone numbers, kept in E.164 (`+525512345678`).

use kernel::Error;
use phonenumber::{Mode, country};

/// Reads a number as people of `country` write it, or with `+` as people of any country do.
pub fn parse(country: &str, input: &str) -> Result<String, Error> {
    let refused = || {
        Error::invalid("phone", "phone_invalid", "Write the number with its country code, such as +52 55 1234 5678.")
    };
    if input.chars().count() > 40 {
        return Err(refused());
    }
    let home: Option<country::Id> = country.to_ascii_uppercase().parse().ok();
    let number = phonenumber::parse(home, input.trim()).map_err(|_| refused())?;
    if number.extension().is_some() || !number.is_valid() {
        return Err(refused());
    }
    Ok(number.format().mode(Mode::E164).to_string())
}

/// The code that people abroad dial before a number of `country`, such as `+52`; None where there is none of its own.
pub fn dial_code(country: &str) -> Option<String> {
    let metadata = phonenumber::metadata::DATABASE.by_id(country)?;
    Some(format!("+{}", metadata.country_code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_their_country_writes_them() {
        assert_eq!(parse("MX", "55 1234 5678").unwrap(), "+525512345678");
        assert_eq!(parse("ES", "+34 612 34 56 78").unwrap(), "+34612345678");
        assert_eq!(parse("us", "(212) 555-2368").unwrap(), "+12125552368");
        for bad in
            ["", "call me", "123", "+0 000", "+34 612 34 56 78 ext. 5", "1111111111111111111111111111111111111111111"]
        {
            assert!(parse("MX", bad).is_err(), "{bad:?}");
        }
        assert_eq!(dial_code("MX").as_deref(), Some("+52"));
        assert_eq!(dial_code("XX"), None);
    }
}
