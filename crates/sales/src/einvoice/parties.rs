//! Who sells, who buys, and how the seller is paid, in the terms of EN 16931.

use fiscal::{
    bank::Iban,
    country::is_eu,
    einvoice::{Account, AccountNumber, Address, Code, Contact, Identifier, Party, Payment, Text},
    tax_id::TaxId,
};

use crate::document::{PartySnapshot, PostalAddress};

/// Electronic mail, in the list of electronic address schemes.
const MAIL: &str = "EM";
/// UNTDID 4461: not defined; credit transfer; SEPA credit transfer.
const UNDEFINED: &str = "1";
const TRANSFER: &str = "30";
const SEPA: &str = "58";

pub(super) fn seller(party: &PartySnapshot) -> Party {
    let seller = of(party);
    let number = party.tax_id.as_deref().and_then(Text::some);
    Party {
        // What is no VAT number of the Union is the number it is known by to its tax office.
        tax_registration: number.filter(|_| seller.vat_id.is_none()),
        contact: Some(Contact {
            name: Text::some(&party.name),
            phone: party.phone.as_deref().and_then(Text::some),
            email: party.email.as_deref().and_then(Text::some),
        }),
        ..seller
    }
}

pub(super) fn buyer(party: &PartySnapshot) -> Party {
    of(party)
}

fn of(party: &PartySnapshot) -> Party {
    let country = party.country.as_deref();
    Party {
        name: Text::from(party.name.as_str()),
        vat_id: vat_id(party),
        electronic: party.email.as_deref().and_then(Text::some).map(|id| Identifier { id, scheme: Code::parse(MAIL) }),
        address: address(party.address.as_ref(), &party.address_lines, country),
        ..Party::default()
    }
}

/// The tax id as a VAT number with the prefix of its country (BR-CO-09), where it is one: a number that only the tax
/// office or the register knows a company by is none.
fn vat_id(party: &PartySnapshot) -> Option<Text> {
    let country = party.country.as_deref().filter(|country| is_eu(country))?;
    let number = TaxId::parse_trusting_digits(country, party.tax_id.as_deref()?).ok()?.vat_number()?;
    Text::some(&number)
}

/// In parts where they are known; a picture from before they were kept has its printed lines.
fn address(parts: Option<&PostalAddress>, lines: &[String], country: Option<&str>) -> Address {
    let text = |part: &Option<String>| part.as_deref().and_then(Text::some);
    let country = country.and_then(Code::parse);
    match parts {
        Some(parts) => Address {
            line1: text(&parts.street),
            post_code: text(&parts.postal_code),
            city: text(&parts.city),
            region: text(&parts.region),
            country,
            ..Address::default()
        },
        None => {
            let mut lines = lines.iter().filter_map(|line| Text::some(line));
            Address { line1: lines.next(), line2: lines.next(), line3: lines.next(), country, ..Address::default() }
        }
    }
}

/// The account that the issuer's instructions name, if they name one by its IBAN.
pub(super) fn payment(instructions: Option<&str>, is_euro: bool, number: &str) -> Option<Payment> {
    let instructions = instructions?;
    let iban = iban(instructions);
    let means = match (&iban, is_euro) {
        (Some(_), true) => SEPA,
        (Some(_), false) => TRANSFER,
        (None, _) => UNDEFINED,
    };
    Some(Payment {
        means: Code::parse(means)?,
        means_text: None,
        remittance: Text::some(number),
        accounts: iban
            .map(|iban| Account { number: AccountNumber::Iban(iban), name: None, bic: None })
            .into_iter()
            .collect(),
        card: None,
        mandate: None,
    })
}

/// The first IBAN in a text, with or without spaces: whatever begins a word and has the check digits of one.
fn iban(text: &str) -> Option<Iban> {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let from = |at: usize| {
        let mut joined = String::new();
        words[at..].iter().take(12).find_map(|word| {
            joined.push_str(word);
            Iban::parse(&joined).ok()
        })
    };
    (0..words.len()).find_map(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_is_found_in_whatever_is_written_around_it() {
        let found = |text: &str| iban(text).map(|iban| iban.value().to_owned());
        let account = Some("ES9121000418450200051332".to_owned());
        for text in [
            "IBAN ES91 2100 0418 4502 0005 1332",
            "Pay to ES9121000418450200051332 (BIC CAIXESBBXXX), please.",
            "Banco 2100\nES91-2100-0418-4502-0005-1332",
        ] {
            assert_eq!(found(text), account, "{text}");
        }
        for text in ["", "ES91 2100 0418 4502 0005 1333", "Cash", "CLABE 002010077777777771"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn a_vat_number_begins_with_its_country_once() {
        let of = |country: &str, tax_id: &str| {
            let party = PartySnapshot {
                country: Some(country.into()),
                tax_id: Some(tax_id.into()),
                ..PartySnapshot::default()
            };
            vat_id(&party).map(|id| id.to_string())
        };
        assert_eq!(of("ES", "B58378431").as_deref(), Some("ESB58378431"));
        assert_eq!(of("FR", "FR 40 303 265 045").as_deref(), Some("FR40303265045"));
        assert_eq!(of("GR", "094259216").as_deref(), Some("EL094259216"));
        assert_eq!(of("MX", "EKU9003173C9"), None);
        // Known to its tax office and to the register, not for VAT.
        assert_eq!((of("DE", "2181508150"), of("FR", "303265045")), (None, None));
    }
}
