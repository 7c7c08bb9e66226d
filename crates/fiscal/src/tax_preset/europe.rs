//! Europe: the European Union, its neighbours in EFTA, the United Kingdom.
//!
//! The rates of Spain follow the product reference; all others are general knowledge, to be verified before a fiscal
//! entity of that country issues. What every member state has besides its rates (exemption, reverse charge, supply
//! within the Union, export) is added to each, with the reason codes of the VATEX list of EN 16931.

use super::row::{GENERAL, Row};
use crate::country::is_eu;
use crate::totals::Category::{AE, E, G, K, L, Z};

/// From the product reference (multi-country invoicing); LIVA 90 and 91, LIRPF 101.
const SPAIN: &str = "product reference: IVA 21/10/4, IRPF 15/7; dates: general knowledge, verify";

/// Country, name of the tax, and its rates: kind, percent, first day, last day if it has passed.
type Rates = (&'static str, &'static str, &'static [(&'static str, &'static str, &'static str, Option<&'static str>)]);

/// Where the first day says 2020-01-01, the rate is older than that.
const BEFORE: &str = "2020-01-01";

#[rustfmt::skip]
const RATES: &[Rates] = &[
    ("AT", "USt", &[("standard", "20", BEFORE, None), ("intermediate", "13", BEFORE, None), ("reduced", "10", BEFORE, None)]),
    ("BE", "TVA", &[("standard", "21", BEFORE, None), ("intermediate", "12", BEFORE, None), ("reduced", "6", BEFORE, None)]),
    ("BG", "VAT", &[("standard", "20", BEFORE, None), ("reduced", "9", BEFORE, None)]),
    ("CH", "MWST", &[("standard", "7.7", BEFORE, Some("2023-12-31")), ("standard", "8.1", "2024-01-01", None), ("reduced", "2.6", "2024-01-01", None), ("intermediate", "3.8", "2024-01-01", None)]),
    ("CY", "VAT", &[("standard", "19", BEFORE, None), ("reduced", "9", BEFORE, None), ("second_reduced", "5", BEFORE, None)]),
    ("CZ", "DPH", &[("standard", "21", BEFORE, None), ("reduced", "12", "2024-01-01", None)]),
    ("DE", "USt", &[("standard", "19", BEFORE, Some("2020-06-30")), ("standard", "16", "2020-07-01", Some("2020-12-31")), ("standard", "19", "2021-01-01", None), ("reduced", "7", "2021-01-01", None)]),
    ("DK", "moms", &[("standard", "25", BEFORE, None)]),
    ("EE", "VAT", &[("standard", "22", "2024-01-01", Some("2025-06-30")), ("standard", "24", "2025-07-01", None), ("reduced", "9", BEFORE, None)]),
    ("ES", "IVA", &[("standard", "21", "2012-09-01", None), ("reduced", "10", "2012-09-01", None), ("super_reduced", "4", "2012-09-01", None)]),
    ("FI", "ALV", &[("standard", "24", BEFORE, Some("2024-08-31")), ("standard", "25.5", "2024-09-01", None), ("reduced", "14", BEFORE, Some("2025-12-31")), ("reduced", "13.5", "2026-01-01", None), ("second_reduced", "10", BEFORE, None)]),
    ("FR", "TVA", &[("standard", "20", "2014-01-01", None), ("intermediate", "10", "2014-01-01", None), ("reduced", "5.5", "2014-01-01", None), ("super_reduced", "2.1", "2014-01-01", None)]),
    ("GB", "VAT", &[("standard", "20", "2011-01-04", None), ("reduced", "5", "2011-01-04", None)]),
    ("GR", "ΦΠΑ", &[("standard", "24", BEFORE, None), ("reduced", "13", BEFORE, None), ("second_reduced", "6", BEFORE, None)]),
    ("HR", "PDV", &[("standard", "25", BEFORE, None), ("reduced", "13", BEFORE, None), ("second_reduced", "5", BEFORE, None)]),
    ("HU", "ÁFA", &[("standard", "27", BEFORE, None), ("reduced", "18", BEFORE, None), ("second_reduced", "5", BEFORE, None)]),
    ("IE", "VAT", &[("standard", "23", "2021-03-01", None), ("reduced", "13.5", BEFORE, None), ("second_reduced", "9", BEFORE, None)]),
    ("IS", "VSK", &[("standard", "24", BEFORE, None), ("reduced", "11", BEFORE, None)]),
    ("IT", "IVA", &[("standard", "22", BEFORE, None), ("reduced", "10", BEFORE, None), ("second_reduced", "5", BEFORE, None), ("super_reduced", "4", BEFORE, None)]),
    ("LI", "MWST", &[("standard", "8.1", "2024-01-01", None), ("reduced", "2.6", "2024-01-01", None)]),
    ("LT", "PVM", &[("standard", "21", BEFORE, None), ("reduced", "9", BEFORE, Some("2025-12-31")), ("reduced", "12", "2026-01-01", None), ("second_reduced", "5", BEFORE, None)]),
    ("LU", "TVA", &[("standard", "17", "2024-01-01", None), ("intermediate", "14", "2024-01-01", None), ("reduced", "8", "2024-01-01", None), ("super_reduced", "3", BEFORE, None)]),
    ("LV", "PVN", &[("standard", "21", BEFORE, None), ("reduced", "12", BEFORE, None), ("second_reduced", "5", BEFORE, None)]),
    ("MT", "VAT", &[("standard", "18", BEFORE, None), ("intermediate", "12", "2024-01-01", None), ("reduced", "7", BEFORE, None), ("second_reduced", "5", BEFORE, None)]),
    ("NL", "BTW", &[("standard", "21", BEFORE, None), ("reduced", "9", BEFORE, None)]),
    ("NO", "MVA", &[("standard", "25", BEFORE, None), ("intermediate", "15", BEFORE, None), ("reduced", "12", BEFORE, None)]),
    ("PL", "VAT", &[("standard", "23", BEFORE, None), ("reduced", "8", BEFORE, None), ("second_reduced", "5", BEFORE, None)]),
    ("PT", "IVA", &[("standard", "23", BEFORE, None), ("intermediate", "13", BEFORE, None), ("reduced", "6", BEFORE, None)]),
    ("RO", "TVA", &[("standard", "19", BEFORE, Some("2025-07-31")), ("standard", "21", "2025-08-01", None), ("reduced", "11", "2025-08-01", None)]),
    ("SE", "moms", &[("standard", "25", BEFORE, None), ("intermediate", "12", BEFORE, None), ("reduced", "6", BEFORE, None)]),
    ("SI", "DDV", &[("standard", "22", BEFORE, None), ("reduced", "9.5", BEFORE, None), ("second_reduced", "5", BEFORE, None)]),
    ("SK", "DPH", &[("standard", "20", BEFORE, Some("2024-12-31")), ("standard", "23", "2025-01-01", None), ("intermediate", "19", "2025-01-01", None), ("reduced", "5", "2025-01-01", None)]),
];

/// What holds in a part of a country only, or beside its VAT.
#[rustfmt::skip]
const BESIDE: &[(&str, Row)] = &[
    ("ES", Row::withheld("IRPF", "withholding_fees", "15", "2015-07-12").source(SPAIN)),
    ("ES", Row::withheld("IRPF", "withholding_new_professional", "7", "2015-07-12").source(SPAIN)),
    ("ES", Row::withheld("IRPF", "withholding_rent", "19", "2016-01-01")),
    ("ES", Row::new("IGIC", "standard", "7", "2020-01-01").category(L).region("CN")),
    ("ES", Row::new("IGIC", "reduced", "3", "2020-01-01").category(L).region("CN")),
    ("ES", Row::free("IGIC", "zero", L, "2020-01-01").region("CN")),
    ("GB", Row::free("VAT", "zero", Z, "2011-01-04")),
    ("PT", Row::new("IVA", "standard", "22", BEFORE).region("30")),
    ("PT", Row::new("IVA", "standard", "16", "2021-07-01").region("20")),
    ("CH", Row::free("MWST", "zero", Z, BEFORE)),
    ("IS", Row::free("VSK", "zero", Z, BEFORE)),
    ("NO", Row::free("MVA", "zero", Z, BEFORE)),
];

pub(super) fn rows(country: &str) -> Vec<Row> {
    let Some((_, name, rates)) = RATES.iter().find(|(of, ..)| *of == country) else { return Vec::new() };
    let source = if country == "ES" { SPAIN } else { GENERAL };
    let mut rows: Vec<Row> = rates
        .iter()
        .map(|(name_key, rate, from, until)| {
            let row = Row { until: *until, ..Row::new(name, name_key, rate, from).source(source) };
            if *name_key == "standard" { row.suggested() } else { row }
        })
        .collect();
    rows.push(exempt(country, name));
    if is_eu(country) {
        rows.push(Row::free(name, "reverse_charge", AE, BEFORE).reason("VATEX-EU-AE"));
        rows.push(Row::free(name, "intra_community", K, BEFORE).reason("VATEX-EU-IC"));
        rows.push(Row::free(name, "export", G, BEFORE).reason("VATEX-EU-G"));
    }
    rows.extend(BESIDE.iter().filter(|(of, _)| *of == country).map(|(_, row)| *row));
    rows
}

/// In the Union the usual exemption is that of article 132 of directive 2006/112/EC.
fn exempt(country: &str, name: &'static str) -> Row {
    let row = Row::free(name, "exempt", E, BEFORE);
    if is_eu(country) { row.reason("VATEX-EU-132") } else { row }
}
