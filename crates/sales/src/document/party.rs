//! The two sides of a document as they stood when it was frozen.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A party as it stood when the document was frozen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PartySnapshot {
    pub name: String,
    pub tax_id: Option<String>,
    pub country: Option<String>,
    /// As it is printed.
    pub address_lines: Vec<String>,
    /// In parts, for electronic invoices. Left out where it is not known, so that earlier pictures keep their digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<PostalAddress>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// An address in parts (EN 16931 BG-5 and BG-8); its country stands with the party.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PostalAddress {
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
}

impl PostalAddress {
    /// None where nothing of it is known.
    pub fn of(
        street: &Option<String>,
        postal_code: &Option<String>,
        city: &Option<String>,
        region: &Option<String>,
    ) -> Option<Self> {
        let address = Self {
            street: street.clone(),
            postal_code: postal_code.clone(),
            city: city.clone(),
            region: region.clone(),
        };
        (address != Self::default()).then_some(address)
    }

    /// As it is printed where no country's order is known: the street, then the place.
    pub fn lines(&self) -> Vec<String> {
        let place = [self.postal_code.as_deref(), self.city.as_deref(), self.region.as_deref()];
        let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
        self.street.iter().cloned().chain((!place.is_empty()).then_some(place)).collect()
    }
}

impl PartySnapshot {
    /// The customer as documents name it: the company, or the person where there is none.
    pub fn of(company: Option<&crm::company::Company>, contact: Option<&crm::contact::Contact>) -> Self {
        match (company, contact) {
            (Some(c), contact) => Self {
                name: c.official_name().to_owned(),
                tax_id: c.tax_id.as_ref().map(|id| id.reveal().to_owned()),
                country: c.country.clone(),
                address_lines: c.address_lines(),
                address: PostalAddress::of(&c.street, &c.postal_code, &c.city, &c.region),
                email: c.email.clone().or_else(|| contact.and_then(|p| p.email.clone())),
                phone: c.phone.clone(),
            },
            (None, Some(p)) => {
                let address = PostalAddress::of(&p.street, &p.postal_code, &p.city, &p.region);
                Self {
                    name: p.display_name.clone(),
                    tax_id: None,
                    country: p.country.clone(),
                    address_lines: address.as_ref().map(PostalAddress::lines).unwrap_or_default(),
                    address,
                    email: p.email.clone(),
                    phone: p.phone.clone(),
                }
            }
            (None, None) => Self::default(),
        }
    }
}
