//! The registers a tax id can come from. The names are stored and sent: they never change once released.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// Which register the number belongs to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum TaxIdKind {
            $($(#[$doc])* #[serde(rename = $name)] $kind,)*
        }

        impl TaxIdKind {
            /// Every kind.
            pub const ALL: &'static [TaxIdKind] = &[$(TaxIdKind::$kind),*];

            /// The stored name.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(TaxIdKind::$kind => $name,)*
                }
            }
        }
    };
}

kinds! {
    /// Mexico: Registro Federal de Contribuyentes, 12 (company) or 13 (person) characters.
    MxRfc = "mx_rfc",
    /// Mexico: Clave Única de Registro de Población, a person's.
    MxCurp = "mx_curp",
    /// United States: Employer Identification Number.
    UsEin = "us_ein",
    /// Canada: Business Number, with or without a program account.
    CaBn = "ca_bn",
    /// Brazil: Cadastro Nacional da Pessoa Jurídica, digits only or alphanumeric.
    BrCnpj = "br_cnpj",
    /// Brazil: Cadastro de Pessoas Físicas.
    BrCpf = "br_cpf",
    /// Spain: NIF of a natural person (DNI, or K, L, M).
    EsNif = "es_nif",
    /// Spain: NIE of a foreign person (X, Y, Z).
    EsNie = "es_nie",
    /// Spain: NIF of a legal entity, formerly CIF.
    EsCif = "es_cif",
    /// A VAT number of another member state of the Union.
    EuVat = "eu_vat",
    /// France: SIREN of a company.
    FrSiren = "fr_siren",
    /// France: SIRET of an establishment.
    FrSiret = "fr_siret",
    /// Italy: codice fiscale of a person.
    ItCodiceFiscale = "it_codice_fiscale",
    /// Germany: Steuernummer of a tax office, for those without a VAT number. Shape only.
    DeTaxNumber = "de_tax_number",
    /// United Kingdom (GB) and Northern Ireland (XI): VAT number.
    GbVat = "gb_vat",
    /// Switzerland: UID, with MWST, TVA or IVA when registered for VAT.
    ChUid = "ch_uid",
    /// Norway: organisation number, with MVA when registered for VAT.
    NoOrg = "no_org",
    /// Iceland: kennitala.
    IsKennitala = "is_kennitala",
    /// Iceland: VAT number (VSK). Shape only.
    IsVsk = "is_vsk",
    /// Argentina: CUIT or CUIL.
    ArCuit = "ar_cuit",
    /// Chile: RUT or RUN.
    ClRut = "cl_rut",
    /// Colombia: NIT with its check digit.
    CoNit = "co_nit",
    /// Costa Rica: cédula jurídica or física, or DIMEX. Shape only.
    CrCedula = "cr_cedula",
    /// Dominican Republic: RNC of a company.
    DoRnc = "do_rnc",
    /// Dominican Republic: cédula of a person.
    DoCedula = "do_cedula",
    /// Ecuador: RUC.
    EcRuc = "ec_ruc",
    /// Ecuador: cédula of a person.
    EcCedula = "ec_cedula",
    /// Guatemala: NIT.
    GtNit = "gt_nit",
    /// Peru: RUC.
    PeRuc = "pe_ruc",
    /// Paraguay: RUC.
    PyRuc = "py_ruc",
    /// El Salvador: NIT.
    SvNit = "sv_nit",
    /// Uruguay: RUT.
    UyRut = "uy_rut",
    /// Venezuela: RIF.
    VeRif = "ve_rif",
    /// A country without a rule here: the text as it was entered.
    Unverified = "unverified",
}

impl fmt::Display for TaxIdKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is not the name of a kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a kind of tax id")]
pub struct UnknownKind;

impl FromStr for TaxIdKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<TaxIdKind, UnknownKind> {
        TaxIdKind::ALL.iter().copied().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}
