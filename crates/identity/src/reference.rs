//! What every form needs to know before anybody signs in: countries and what follows from them, currencies, languages,
//! time zones, our entities. Names of countries and currencies are not sent: the browser knows them in its language.

pub(crate) mod routes;

use std::sync::LazyLock;

use fiscal::{country, tax_id};
use kernel::{Currency, Language};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    account::phone::dial_code,
    tenant::{
        controller::{self, ControllerView},
        facts::is_tax_id_required,
    },
};

/// A country and what a company there starts from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CountryView {
    /// ISO 3166-1 alpha-2.
    #[schema(example = "ES")]
    pub code: &'static str,
    #[schema(example = "EUR")]
    pub currency: &'static str,
    #[schema(example = "es")]
    pub language: &'static str,
    #[schema(example = "Europe/Madrid")]
    pub time_zone: &'static str,
    #[schema(example = "+34")]
    pub dial_code: Option<String>,
    /// What people there call the fiscal id; null where we do not check one.
    #[schema(example = "NIF/CIF")]
    pub tax_id_name: Option<&'static str>,
    #[schema(example = "B58378431")]
    pub tax_id_example: Option<&'static str>,
    /// Must a company there give one to sign up?
    pub tax_id_required: bool,
    /// Which of our entities answers for personal data there; null while it is to be identified.
    #[schema(example = "es")]
    pub controller_entity: Option<&'static str>,
}

/// An entity of ours with the countries it answers for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ControllerCountries {
    #[serde(flatten)]
    pub entity: ControllerView,
    pub countries: Vec<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Reference {
    pub countries: Vec<CountryView>,
    /// ISO 4217.
    pub currencies: Vec<&'static str>,
    pub languages: Vec<Language>,
    /// IANA names of places, and UTC.
    pub time_zones: Vec<&'static str>,
    pub controller_entities: Vec<ControllerCountries>,
}

static COUNTRIES: LazyLock<Vec<CountryView>> = LazyLock::new(|| country::countries().into_iter().map(view).collect());

fn view(code: &'static str) -> CountryView {
    let defaults = country::defaults(code);
    let checked = tax_id::has_rule(code);
    CountryView {
        code,
        currency: defaults.currency.code(),
        language: defaults.language,
        time_zone: defaults.time_zone,
        dial_code: dial_code(code),
        tax_id_name: checked.then(|| tax_id::label(code)),
        tax_id_example: checked.then(|| tax_id::example(code)),
        tax_id_required: is_tax_id_required(code),
        controller_entity: country::controller_entity(code).map(country::Controller::code),
    }
}

/// All of it, with the names of our entities in `language`.
pub fn reference(language: Language) -> Reference {
    let countries_of =
        |code: &str| COUNTRIES.iter().filter(|c| c.controller_entity == Some(code)).map(|c| c.code).collect();
    let zones = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    let mut currencies: Vec<&'static str> = Currency::all().map(Currency::code).collect();
    currencies.sort_unstable();
    Reference {
        countries: COUNTRIES.clone(),
        currencies,
        languages: Language::ALL.to_vec(),
        time_zones: zones.filter(|name| *name == "UTC" || is_place(name)).collect(),
        controller_entities: controller::ALL
            .into_iter()
            .map(|c| ControllerCountries { entity: controller::view(c, language), countries: countries_of(c.code()) })
            .collect(),
    }
}

/// `Europe/Madrid` and not `Etc/GMT+5` or the old names of single countries and zones.
fn is_place(name: &str) -> bool {
    name.contains('/')
        && !["Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/"]
            .iter()
            .any(|old| name.starts_with(old))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(code: &str) -> Option<&'static str> {
        COUNTRIES.iter().find(|c| c.code == code).unwrap().controller_entity
    }

    #[test]
    fn p002_p003_p004_the_entity_follows_from_the_country() {
        for code in ["MX", "BR", "AR", "CO", "CL", "PE"] {
            assert_eq!(entity(code), Some("mx"), "{code}");
        }
        for code in ["US", "CA"] {
            assert_eq!(entity(code), Some("us"), "{code}");
        }
        for code in ["ES", "FR", "DE", "PT", "IT", "PL", "SE", "NO", "IS", "LI"] {
            assert_eq!(entity(code), Some("es"), "{code}");
        }
        // P008: still to be identified.
        for code in ["JP", "GB", "AU"] {
            assert_eq!(entity(code), None, "{code}");
        }
    }

    #[test]
    fn every_default_is_one_of_the_choices() {
        let all = reference(Language::Es);
        for country in &all.countries {
            assert!(all.time_zones.contains(&country.time_zone), "{} {}", country.code, country.time_zone);
            assert!(all.currencies.contains(&country.currency), "{}", country.code);
            assert!(country.language.parse::<Language>().is_ok());
        }
        assert!(
            all.controller_entities
                .iter()
                .all(|c| !c.countries.is_empty() && !c.entity.name.starts_with("controller-"))
        );
    }
}
