//! The defaults of Oceania, Antarctica and the southern islands: ISO 3166-1 code, currency, language of the four we speak, time zone of its
//! capital or largest city. Currencies and zones follow CLDR and the tz database.

use iso_currency::Currency::*;

use super::Row;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    ("AQ", USD, "en", "UTC"),
    ("AS", USD, "en", "Pacific/Pago_Pago"),
    ("AU", AUD, "en", "Australia/Sydney"),
    ("BV", NOK, "en", "UTC"),
    ("CC", AUD, "en", "Indian/Cocos"),
    ("CK", NZD, "en", "Pacific/Rarotonga"),
    ("CX", AUD, "en", "Indian/Christmas"),
    ("FJ", FJD, "en", "Pacific/Fiji"),
    ("FM", USD, "en", "Pacific/Pohnpei"),
    ("GS", GBP, "en", "Atlantic/South_Georgia"),
    ("GU", USD, "en", "Pacific/Guam"),
    ("HM", AUD, "en", "UTC"),
    ("KI", AUD, "en", "Pacific/Tarawa"),
    ("MH", USD, "en", "Pacific/Majuro"),
    ("MP", USD, "en", "Pacific/Saipan"),
    ("NC", XPF, "fr", "Pacific/Noumea"),
    ("NF", AUD, "en", "Pacific/Norfolk"),
    ("NR", AUD, "en", "Pacific/Nauru"),
    ("NU", NZD, "en", "Pacific/Niue"),
    ("NZ", NZD, "en", "Pacific/Auckland"),
    ("PF", XPF, "fr", "Pacific/Tahiti"),
    ("PG", PGK, "en", "Pacific/Port_Moresby"),
    ("PN", NZD, "en", "Pacific/Pitcairn"),
    ("PW", USD, "en", "Pacific/Palau"),
    ("SB", SBD, "en", "Pacific/Guadalcanal"),
    ("TF", EUR, "fr", "Indian/Kerguelen"),
    ("TK", NZD, "en", "Pacific/Fakaofo"),
    ("TO", TOP, "en", "Pacific/Tongatapu"),
    ("TV", AUD, "en", "Pacific/Funafuti"),
    ("UM", USD, "en", "Pacific/Wake"),
    ("VU", VUV, "en", "Pacific/Efate"),
    ("WF", XPF, "fr", "Pacific/Wallis"),
    ("WS", WST, "en", "Pacific/Apia"),
];
