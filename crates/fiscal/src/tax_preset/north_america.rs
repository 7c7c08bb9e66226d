//! Mexico and Canada. (The United States has no rate to suggest: it depends on the buyer's street.)

use super::row::Row;
use crate::totals::Category::{E, Z};

const CFDI: &str = "rates: CFDI 4.0 catalogue c_TasaOCuota, LIVA 1 and 2-A; dates: general knowledge, verify";
const CANADA: &str = "Canada Revenue Agency and Revenu Québec publish these; general knowledge, verify";
const NOVA_SCOTIA: &str = "Nova Scotia lowered the HST to 14 % on 1 April 2025; general knowledge, verify";

#[rustfmt::skip]
pub(super) const ROWS: &[(&str, Row)] = &[
    ("MX", Row::new("IVA", "standard", "16", "2010-01-01").suggested().source(CFDI)),
    ("MX", Row::new("IVA", "border", "8", "2019-01-01").source(CFDI)),
    ("MX", Row::free("IVA", "zero", Z, "1981-01-01").source(CFDI)),
    ("MX", Row::free("IVA", "exempt", E, "1981-01-01").source(CFDI)),
    // LISR 106 and 116, 113-J; LIVA 1-A with its regulation, article 3: two thirds of 16 %, and 4 % for freight.
    ("MX", Row::withheld("ISR", "withholding_fees", "10", "2014-01-01")),
    ("MX", Row::withheld("ISR", "withholding_rent", "10", "2014-01-01")),
    ("MX", Row::withheld("ISR", "withholding_simplified", "1.25", "2022-01-01")),
    ("MX", Row::withheld("IVA", "withholding_fees", "10.6667", "2010-01-01")),
    ("MX", Row::withheld("IVA", "withholding_freight", "4", "2010-01-01")),
    ("CA", Row::new("GST", "federal", "5", "2008-01-01").suggested().source(CANADA)),
    ("CA", Row::new("HST", "harmonized", "13", "2010-07-01").region("ON").source(CANADA)),
    ("CA", Row::new("HST", "harmonized", "15", "2016-07-01").region("NB").source(CANADA)),
    ("CA", Row::new("HST", "harmonized", "15", "2016-07-01").region("NL").source(CANADA)),
    ("CA", Row::new("HST", "harmonized", "15", "2016-10-01").region("PE").source(CANADA)),
    ("CA", Row::new("HST", "harmonized", "15", "2010-07-01").region("NS").until("2025-03-31").source(NOVA_SCOTIA)),
    ("CA", Row::new("HST", "harmonized", "14", "2025-04-01").region("NS").source(NOVA_SCOTIA)),
    ("CA", Row::new("QST", "provincial", "9.975", "2013-01-01").region("QC").source(CANADA)),
    ("CA", Row::new("PST", "provincial", "7", "2013-04-01").region("BC")),
    ("CA", Row::new("PST", "provincial", "6", "2017-03-23").region("SK")),
    ("CA", Row::new("RST", "provincial", "7", "2019-07-01").region("MB")),
    ("CA", Row::free("GST", "zero", Z, "2008-01-01")),
    ("CA", Row::free("GST", "exempt", E, "2008-01-01")),
];
