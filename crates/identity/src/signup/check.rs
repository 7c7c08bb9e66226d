//! What signing up asks, and reading it.

use kernel::{Error, Language, Result, error::Fields};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    account::{Email, password, phone, profile},
    tenant::{facts, found::Company},
    text,
};

/// A company and the person who will own its workspace.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    #[schema(example = "Faro Azul S.L.")]
    pub company_name: String,
    /// ISO 3166-1 alpha-2: where the contract is made. It decides which of our entities answers for your data.
    #[schema(example = "ES")]
    pub country: String,
    /// As the country writes it. Required where `GET /api/v1/reference` says so.
    #[serde(default)]
    #[schema(example = "B58378431")]
    pub tax_id: Option<String>,
    /// The check digit does not match and the number is right all the same.
    #[serde(default)]
    pub tax_id_confirmed: bool,
    #[schema(example = "EUR")]
    pub currency: String,
    /// `en`, `es`, `pt` or `fr`: of the person and, to begin with, of the company's documents.
    #[schema(example = "es")]
    pub language: String,
    #[schema(example = "Europe/Madrid")]
    pub time_zone: String,
    #[schema(example = "Ana Ruiz")]
    pub name: String,
    #[schema(example = "ana@faroazul.example")]
    pub email: String,
    /// With its country code, or as people of the company's country write it.
    #[serde(default)]
    #[schema(example = "+34612345678")]
    pub phone: Option<String>,
    /// 10 to 128 characters.
    #[schema(example = "quiet otter paints maps")]
    pub password: String,
    /// Must be true: the product is for businesses.
    pub business_use: bool,
    /// Must be true: the product is not for people under 16.
    pub is_16_or_older: bool,
}

/// The person, checked.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub name: String,
    pub email: Email,
    pub phone: Option<String>,
    pub language: Language,
}

/// Reads all of it; the refusals of all fields come together.
pub(crate) fn check(input: &SignUp) -> Result<(Company, Person)> {
    let mut fields = Fields::default();
    let company_name = fields.take("company_name", facts::name("company_name", &input.company_name));
    let country = fields.take("country", facts::country(&input.country));
    let tax_id = match &country {
        Some(country) => fields.take("tax_id", facts::tax_id(country, input.tax_id.as_deref(), input.tax_id_confirmed)),
        None => None,
    };
    let currency = fields.take("currency", facts::currency(&input.currency));
    let language = fields.take("language", facts::language(&input.language));
    let time_zone = fields.take("time_zone", facts::time_zone(&input.time_zone));
    let name = fields.take("name", text::line("name", &input.name, profile::LONGEST_NAME));
    let email = fields.take("email", Email::parse(&input.email));
    let typed = input.phone.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let phone = match typed {
        Some(typed) => fields.take("phone", phone::parse(country.as_deref().unwrap_or_default(), typed)).map(Some),
        None => Some(None),
    };
    let personal = [input.name.as_str(), input.email.as_str(), input.company_name.as_str()];
    fields.take("password", password::check("password", &input.password, &personal));
    if !input.business_use {
        fields.refuse("business_use", "business_use_required", "Confirm that you use the product for business.");
    }
    if !input.is_16_or_older {
        fields.refuse("is_16_or_older", "age_required", "Confirm that you are 16 or older.");
    }
    fields.finish()?;
    let read = || -> Option<(Company, Person)> {
        let language = language?;
        let time_zone = time_zone?.name().to_owned();
        let company = Company {
            name: company_name?,
            country: country?,
            tax_id: tax_id?,
            currency: currency?,
            language,
            time_zone,
        };
        Some((company, Person { name: name?, email: email?, phone: phone?, language }))
    };
    read().ok_or_else(|| Error::internal("a field was neither read nor refused"))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn sign_up(email: &str) -> SignUp {
        SignUp {
            company_name: "Faro Azul S.L.".into(),
            country: "ES".into(),
            tax_id: Some("B58378431".into()),
            tax_id_confirmed: false,
            currency: "EUR".into(),
            language: "es".into(),
            time_zone: "Europe/Madrid".into(),
            name: "Ana Ruiz".into(),
            email: email.into(),
            phone: Some("612 34 56 78".into()),
            password: "quiet otter paints maps".into(),
            business_use: true,
            is_16_or_older: true,
        }
    }

    #[test]
    fn what_is_right_is_kept_in_its_canonical_form() {
        let (company, person) = check(&sign_up("Ana@FaroAzul.example")).unwrap();
        assert_eq!(company.tax_id.unwrap().value(), "B58378431");
        assert_eq!(
            (person.email.address.as_str(), person.phone.as_deref()),
            ("Ana@faroazul.example", Some("+34612345678"))
        );
    }

    #[test]
    fn p185_everything_wrong_is_told_at_once() {
        let wrong = SignUp {
            company_name: " ".into(),
            country: "ES".into(),
            tax_id: Some("B58378432".into()),
            tax_id_confirmed: false,
            currency: "pesetas".into(),
            language: "ca".into(),
            time_zone: "Madrid".into(),
            name: "a\0b".into(),
            email: "ana".into(),
            phone: Some("12".into()),
            password: "short".into(),
            business_use: false,
            is_16_or_older: false,
        };
        let Err(Error::Invalid { fields }) = check(&wrong) else { panic!("passed") };
        let told: Vec<(&str, &str)> = fields.iter().map(|f| (f.field.as_str(), f.code.as_str())).collect();
        assert_eq!(
            told,
            [
                ("company_name", "required"),
                ("tax_id", "tax_id_check_digit"),
                ("currency", "currency_unknown"),
                ("language", "language_unknown"),
                ("time_zone", "time_zone_unknown"),
                ("name", "control_characters"),
                ("email", "email_invalid"),
                ("phone", "phone_invalid"),
                ("password", "password_too_short"),
                ("business_use", "business_use_required"),
                ("is_16_or_older", "age_required"),
            ]
        );
    }
}
