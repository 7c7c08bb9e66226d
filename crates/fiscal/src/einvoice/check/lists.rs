//! The code lists that EN 16931 takes, as of its artefacts of spring 2026.

use super::super::{Code, Identifier};
use crate::country;

/// Countries by two letters. The standard has Northern Ireland and Kosovo besides, and `EL` nowhere but before a VAT
/// number.
pub(super) fn is_country(code: &str) -> bool {
    (country::is_country(code) || matches!(code, "XI" | "XK" | "1A")) && !code.bytes().any(|b| b.is_ascii_lowercase())
}

/// Whether a scheme is of ISO 6523: 0002 to 0248 with four gaps.
pub(super) fn is_scheme(id: &Identifier) -> bool {
    let number =
        |scheme: &Code| Some(scheme.as_str()).filter(|code| code.len() == 4).and_then(|code| code.parse().ok());
    let is_listed = |number: u16| (2..=248).contains(&number) && !matches!(number, 92 | 103 | 181 | 182);
    id.scheme.as_ref().is_some_and(|scheme| number(scheme).is_some_and(is_listed))
}

/// Whether a payment means is of UNTDID 4461.
pub(super) fn is_means(code: &Code) -> bool {
    has(MEANS, code)
}

/// Whether a reason for an allowance is of UNTDID 5189.
pub(super) fn is_allowance(code: &Code) -> bool {
    has(ALLOWANCES, code)
}

/// Whether a reason for a charge is of UNTDID 7161.
pub(super) fn is_charge(code: &Code) -> bool {
    has(CHARGES, code)
}

/// Whether a reason for an exemption is of the VATEX list.
pub(super) fn is_exemption(code: &Code) -> bool {
    has(EXEMPTIONS, code)
}

/// Whether the scheme of an electronic address is of the EAS list.
pub(super) fn is_address(code: &Code) -> bool {
    has(ADDRESSES, code)
}

fn has(list: &str, code: &Code) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == code.as_str())
}

/// Payment means of UNTDID 4461.
const MEANS: &str = "\
1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 \
43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 74 75 76 77 78 91 92 93 94 95 96 \
97 98 ZZZ";

/// Reasons for an allowance of UNTDID 5189.
const ALLOWANCES: &str = "\
41 42 60 62 63 64 65 66 67 68 70 71 88 95 100 102 103 104 105";

/// Reasons for a charge of UNTDID 7161.
const CHARGES: &str = "\
AA AAA AAC AAD AAE AAF AAH AAI AAS AAT AAV AAY AAZ ABA ABB ABC ABD ABF ABK ABL ABN ABR ABS ABT ABU ACF ACG ACH ACI \
ACJ ACK ACL ACM ACS ADC ADE ADJ ADK ADL ADM ADN ADO ADP ADQ ADR ADT ADW ADY ADZ AEA AEB AEC AED AEF AEH AEI AEJ AEK \
AEL AEM AEN AEO AEP AES AET AEU AEV AEW AEX AEY AEZ AJ AU CA CAB CAD CAE CAF CAI CAJ CAK CAL CAM CAN CAO CAP CAQ CAR \
CAS CAT CAU CAV CAW CAX CAY CAZ CD CG CS CT DAB DAD DAC DAF DAG DAH DAI DAJ DAK DAL DAM DAN DAO DAP DAQ DL EG EP ER \
FAA FAB FAC FC FH FI GAA HAA HD HH IAA IAB ID IF IR IS KO L1 LA LAA LAB LF MAE MI ML NAA OA PA PAA PC PL PRV RAB RAC \
RAD RAF RE RF RH RV SA SAA SAD SAE SAI SG SH SM SU TAB TAC TT TV V1 V2 WH XAA YY ZZZ";

/// The VATEX list.
const EXEMPTIONS: &str = "\
VATEX-EU-79-C VATEX-EU-132 VATEX-EU-132-1A VATEX-EU-132-1B VATEX-EU-132-1C VATEX-EU-132-1D VATEX-EU-132-1E VATEX- \
EU-132-1F VATEX-EU-132-1G VATEX-EU-132-1H VATEX-EU-132-1I VATEX-EU-132-1J VATEX-EU-132-1K VATEX-EU-132-1L VATEX- \
EU-132-1M VATEX-EU-132-1N VATEX-EU-132-1O VATEX-EU-132-1P VATEX-EU-132-1Q VATEX-EU-135-1 VATEX-EU-143 VATEX- \
EU-143-1A VATEX-EU-143-1B VATEX-EU-143-1C VATEX-EU-143-1D VATEX-EU-143-1E VATEX-EU-143-1F VATEX-EU-143-1FA VATEX- \
EU-143-1G VATEX-EU-143-1H VATEX-EU-143-1I VATEX-EU-143-1J VATEX-EU-143-1K VATEX-EU-143-1L VATEX-EU-144 VATEX- \
EU-146-1E VATEX-EU-159 VATEX-EU-309 VATEX-EU-148 VATEX-EU-148-A VATEX-EU-148-B VATEX-EU-148-C VATEX-EU-148-D VATEX- \
EU-148-E VATEX-EU-148-F VATEX-EU-148-G VATEX-EU-151 VATEX-EU-151-1A VATEX-EU-151-1AA VATEX-EU-151-1B VATEX-EU-151-1C \
VATEX-EU-151-1D VATEX-EU-151-1E VATEX-EU-G VATEX-EU-O VATEX-EU-IC VATEX-EU-AE VATEX-EU-D VATEX-EU-F VATEX-EU-I \
VATEX-EU-J VATEX-FR-FRANCHISE VATEX-FR-CNWVAT VATEX-EU-153 VATEX-FR-CGI261-1 VATEX-FR-CGI261-2 VATEX-FR-CGI261-3 \
VATEX-FR-CGI261-4 VATEX-FR-CGI261-5 VATEX-FR-CGI261-7 VATEX-FR-CGI261-8 VATEX-FR-CGI261A VATEX-FR-CGI261B VATEX-FR- \
CGI261C-1 VATEX-FR-CGI261C-2 VATEX-FR-CGI261C-3 VATEX-FR-CGI261D-1 VATEX-FR-CGI261D-1BIS VATEX-FR-CGI261D-2 VATEX- \
FR-CGI261D-3 VATEX-FR-CGI261D-4 VATEX-FR-CGI261E-1 VATEX-FR-CGI261E-2 VATEX-FR-CGI277A VATEX-FR-CGI275 VATEX- \
FR-298SEXDECIESA VATEX-FR-CGI295 VATEX-FR-AE";

/// Schemes of electronic addresses: the EAS list.
const ADDRESSES: &str = "\
0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188 0190 0191 \
0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 \
0219 0220 0221 0225 0230 0235 0240 0244 0242 0245 0246 0248 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 \
9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 \
9949 9950 9951 9952 9953 9957 9959 AN AQ AS AU EM";
