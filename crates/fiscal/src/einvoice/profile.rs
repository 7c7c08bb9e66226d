//! Which specification an invoice keeps to, beyond the standard itself.

use super::text::Text;

/// The specification and the business process (BT-24, BT-23).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// EN 16931 as it is; also the profile of that name of Factur-X and ZUGFeRD.
    En16931,
    /// Peppol BIS Billing 3.0.
    PeppolBis3,
    /// XRechnung 3.0, for German authorities.
    XRechnung3,
    /// Any other; found in invoices that were received.
    Other {
        /// Specification identifier (BT-24).
        specification: Text,
        /// Business process type (BT-23).
        process: Option<Text>,
    },
}

const PEPPOL_PROCESS: &str = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

impl Profile {
    const NAMED: [Profile; 3] = [Profile::En16931, Profile::PeppolBis3, Profile::XRechnung3];

    /// Specification identifier (BT-24).
    pub fn specification(&self) -> &str {
        match self {
            Profile::En16931 => "urn:cen.eu:en16931:2017",
            Profile::PeppolBis3 => "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
            Profile::XRechnung3 => "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
            Profile::Other { specification, .. } => specification.as_str(),
        }
    }

    /// Business process type (BT-23).
    pub fn process(&self) -> Option<&str> {
        match self {
            Profile::En16931 => None,
            Profile::PeppolBis3 | Profile::XRechnung3 => Some(PEPPOL_PROCESS),
            Profile::Other { process, .. } => process.as_ref().map(Text::as_str),
        }
    }

    /// The profile that an invoice names.
    pub(super) fn of(specification: Text, process: Option<Text>) -> Profile {
        let is_named = |profile: &Profile| {
            profile.specification() == specification.as_str() && profile.process() == process.as_ref().map(Text::as_str)
        };
        let named = Profile::NAMED.into_iter().find(is_named);
        named.unwrap_or(Profile::Other { specification, process })
    }
}
