//! Which of our operating entities is the controller of a customer's personal data.
//!
//! Source: privacy policy section 1 (promises P002 to P005): the entity that signs the commercial relationship in that
//! market. So the argument is the country of the contract, never the address a visitor comes from. For a country the
//! policy does not name there is no answer here, and the product says that the entity will be identified on request.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::areas::{is_eea, is_latin_america, is_united_states};

/// An operating entity that answers for a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Controller {
    /// Mexico and Latin America.
    #[serde(rename = "mx")]
    Mexico,
    /// United States and Canada.
    #[serde(rename = "us")]
    UnitedStates,
    /// Spain and the European Economic Area.
    #[serde(rename = "es")]
    Spain,
}

impl Controller {
    /// `mx`, `us` or `es`: what is stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Controller::Mexico => "mx",
            Controller::UnitedStates => "us",
            Controller::Spain => "es",
        }
    }

    /// ISO code of the country the entity is established in.
    pub fn country(self) -> &'static str {
        match self {
            Controller::Mexico => "MX",
            Controller::UnitedStates => "US",
            Controller::Spain => "ES",
        }
    }
}

impl fmt::Display for Controller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The entity for a contract signed in `country`; `None` where the policy names none (to be identified).
pub fn controller_entity(country: &str) -> Option<Controller> {
    if is_latin_america(country) {
        Some(Controller::Mexico)
    } else if is_united_states(country) || country.eq_ignore_ascii_case("CA") {
        Some(Controller::UnitedStates)
    } else if is_eea(country) {
        Some(Controller::Spain)
    } else {
        None
    }
}
