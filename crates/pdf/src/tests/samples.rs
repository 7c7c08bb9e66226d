//! Documents as small companies send them, in several countries.

use chrono::{NaiveDate, TimeZone, Utc};
use rust_decimal::Decimal;

use crate::document::*;
use crate::locale::Locale;

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub(super) fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(super) fn currency(code: &str, exponent: u8) -> Currency {
    Currency {
        code: code.into(),
        exponent,
    }
}

pub(super) fn line(description: &str, quantity: &str, unit: Option<&str>, price: &str, net: i64, tax: &str) -> Line {
    Line {
        description: description.into(),
        details: None,
        quantity: number(quantity),
        unit: unit.map(Into::into),
        unit_price: number(price),
        discount: None,
        net,
        tax_label: tax.into(),
    }
}

fn party(name: &str, label: &str, tax_id: &str, address: &[&str], email: &str, phone: &str) -> Party {
    Party {
        name: name.into(),
        tax_id_label: Some(label.into()),
        tax_id: Some(tax_id.into()),
        address_lines: address.iter().map(|line| (*line).to_owned()).collect(),
        email: Some(email.into()),
        phone: Some(phone.into()),
    }
}

fn pay(kind: PaymentFieldKind, value: &str) -> PaymentField {
    PaymentField {
        kind,
        value: value.into(),
    }
}

/// Mexico: IVA on the base, ISR and IVA withheld, CFDI rounding.
pub(super) fn invoice_mx() -> Document {
    let issuer = party(
        "Taller Creativo Jacaranda, S.A. de C.V.",
        "RFC",
        "TCJ180312AB4",
        &[
            "Av. Álvaro Obregón 151, Int. 302",
            "Col. Roma Norte, Cuauhtémoc",
            "06700 Ciudad de México, CDMX",
        ],
        "cobranza@jacaranda.example",
        "+52 55 5004 2210",
    );
    let customer = party(
        "Comercializadora del Bajío, S. de R.L. de C.V.",
        "RFC",
        "CBA150824KL1",
        &[
            "Blvd. Adolfo López Mateos 2220",
            "Col. Jardines del Moral",
            "37160 León, Guanajuato",
        ],
        "cuentas.por.pagar@bajio.example",
        "+52 477 710 1188",
    );
    let mut d = Document::new(
        Kind::Invoice,
        Locale::from_tag("es-MX"),
        currency("MXN", 2),
        day(2026, 11, 23),
        issuer,
        customer,
    );
    d.number = Some("A-1042".into());
    d.due = Some(day(2026, 12, 23));
    d.reference = Some("OC-2026-0318".into());
    let mut design = line(
        "Diseño de identidad corporativa",
        "1",
        Some("servicio"),
        "28500",
        2_850_000,
        "IVA 16%",
    );
    design.details = Some("Logotipo, manual de marca y papelería básica.\nIncluye dos rondas de cambios.".into());
    let mut photos = line(
        "Sesión fotográfica de producto",
        "12",
        Some("h"),
        "950.50",
        1_026_540,
        "IVA 16%",
    );
    photos.discount = Some(Discount::Percent(number("10")));
    let print = line(
        "Impresión de catálogos, 48 páginas, papel couché",
        "500",
        Some("pza"),
        "18.3745",
        918_725,
        "IVA 0%",
    );
    d.lines = vec![design, photos, print];
    d.breakdown = vec![
        TaxRow {
            label: "IVA 16%".into(),
            base: 3_876_540,
            tax: 620_246,
            withheld: false,
        },
        TaxRow {
            label: "IVA 0%".into(),
            base: 918_725,
            tax: 0,
            withheld: false,
        },
        TaxRow {
            label: "ISR retenido 1.25%".into(),
            base: 2_850_000,
            tax: 35_625,
            withheld: true,
        },
    ];
    (d.net, d.tax, d.withheld, d.total) = (4_795_265, 620_246, 35_625, 5_379_886);
    (d.paid, d.balance) = (2_000_000, 3_379_886);
    d.payment = vec![
        pay(PaymentFieldKind::Bank, "Banco del Centro"),
        pay(PaymentFieldKind::Holder, "Taller Creativo Jacaranda, S.A. de C.V."),
        pay(PaymentFieldKind::Clabe, "032180000118359719"),
        pay(PaymentFieldKind::Reference, "A-1042"),
    ];
    d.notes = Some("Gracias por su preferencia. Los archivos finales se entregan al liquidar el saldo.".into());
    d.rounding = Some(Rounding::PerLineSix);
    d.public_url = Some("https://app.example/i/8Kq2vT0a".into());
    d.content_hash = Some("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into());
    d
}

/// United States: no tax on services, valid until, nothing to pay yet.
pub(super) fn quote_us() -> Document {
    let mut issuer = party(
        "Northwind Field Services LLC",
        "EIN",
        "84-3920157",
        &["1201 3rd Avenue, Suite 2200", "Seattle, WA 98101"],
        "hello@northwindfield.example",
        "+1 206 555 0134",
    );
    issuer.address_lines.push("United States".into());
    let customer = Party {
        name: "Harbor & Pine Coffee Roasters, Inc.".into(),
        address_lines: vec!["418 Pike Street".into(), "Seattle, WA 98101".into()],
        email: Some("ap@harborpine.example".into()),
        ..Party::default()
    };
    let mut d = Document::new(
        Kind::Quote,
        Locale::from_tag("en-US"),
        currency("USD", 2),
        day(2026, 11, 23),
        issuer,
        customer,
    );
    d.number = Some("Q-00087".into());
    d.due = Some(day(2026, 12, 15));
    let mut audit = line("Equipment audit", "2", Some("days"), "1200", 240_000, "Exempt");
    audit.details = Some("Two roasters, one packaging line. Written report within five working days.".into());
    let mut parts = line(
        "Replacement burner assembly, stainless",
        "4",
        None,
        "389.99",
        145_996,
        "WA 10.35%",
    );
    parts.discount = Some(Discount::Amount(10_000));
    d.lines = vec![
        audit,
        parts,
        line("Annual maintenance plan", "12", Some("months"), "85", 102_000, "Exempt"),
    ];
    d.breakdown = vec![TaxRow {
        label: "WA sales tax 10.35%".into(),
        base: 145_996,
        tax: 15_111,
        withheld: false,
    }];
    (d.net, d.tax, d.total, d.balance) = (487_996, 15_111, 503_107, 503_107);
    d.terms = Some(
        "Half on acceptance, the rest on completion. Prices hold until the date above. \
         Work outside this scope is quoted before it starts."
            .into(),
    );
    d.rounding = Some(Rounding::PerCategory);
    d.public_url = Some("https://app.example/q/3fZr9LkQm2".into());
    d
}

/// Brazil, 60 lines.
pub(super) fn invoice_br() -> Document {
    let issuer = party(
        "Oficina Três Irmãos Ltda.",
        "CNPJ",
        "11.222.333/0001-81",
        &["Rua Augusta, 1508, conj. 41", "Consolação", "01304-001 São Paulo, SP"],
        "financeiro@tresirmaos.example",
        "+55 11 3003 4070",
    );
    let customer = party(
        "Distribuidora Rio Claro S.A.",
        "CNPJ",
        "45.997.418/0001-53",
        &["Avenida das Américas, 3500", "22640-102 Rio de Janeiro, RJ"],
        "contas@rioclaro.example",
        "+55 21 3501 2200",
    );
    let mut d = Document::new(
        Kind::Invoice,
        Locale::from_tag("pt-BR"),
        currency("BRL", 2),
        day(2026, 11, 3),
        issuer,
        customer,
    );
    d.number = Some("2026/000318".into());
    d.due = Some(day(2026, 12, 3));
    let things = [
        "Revisão completa do veículo",
        "Troca de óleo e filtros",
        "Pastilhas de freio dianteiras",
        "Alinhamento",
    ];
    d.lines = (0..60)
        .map(|place| {
            let mut line = line(things[place % 4], "2", Some("un"), "149.90", 29_980, "ISS 5%");
            line.details =
                (place % 7 == 0).then(|| format!("Ordem de serviço {:04}, placa BRA{}E19", 4100 + place, place % 10));
            line
        })
        .collect();
    d.breakdown = vec![TaxRow {
        label: "ISS 5%".into(),
        base: 1_798_800,
        tax: 89_940,
        withheld: false,
    }];
    (d.net, d.tax, d.total, d.balance) = (1_798_800, 89_940, 1_888_740, 1_888_740);
    d.payment = vec![
        pay(PaymentFieldKind::Bank, "Banco Paulista"),
        pay(PaymentFieldKind::Pix, "financeiro@tresirmaos.example"),
    ];
    d
}

/// Spain: two rates and IRPF, paid by transfer.
pub(super) fn invoice_es() -> Document {
    let issuer = party(
        "Estudio Alameda, S.L.",
        "NIF",
        "B12345674",
        &["Calle de Alcalá 45, 2.º B", "28014 Madrid", "España"],
        "facturas@alameda.example",
        "+34 910 000 412",
    );
    let customer = party(
        "Bodegas Ribera Alta, S.A.",
        "NIF",
        "A28000727",
        &["Ctra. N-122 km 302", "47300 Peñafiel, Valladolid"],
        "admin@ribera.example",
        "+34 983 000 110",
    );
    let mut d = Document::new(
        Kind::Invoice,
        Locale::from_tag("es-ES"),
        currency("EUR", 2),
        day(2026, 11, 23),
        issuer,
        customer,
    );
    d.number = Some("2026-0117".into());
    d.due = Some(day(2026, 12, 23));
    d.supplied_on = Some(day(2026, 11, 20));
    d.lines = vec![
        line(
            "Consultoría de exportación",
            "37.5",
            Some("h"),
            "62",
            232_500,
            "IVA 21 %",
        ),
        line("Manual técnico impreso", "120", Some("ud"), "4.35", 52_200, "IVA 4 %"),
    ];
    d.breakdown = vec![
        TaxRow {
            label: "IVA 21 %".into(),
            base: 232_500,
            tax: 48_825,
            withheld: false,
        },
        TaxRow {
            label: "IVA 4 %".into(),
            base: 52_200,
            tax: 2_088,
            withheld: false,
        },
        TaxRow {
            label: "Retención IRPF 15 %".into(),
            base: 232_500,
            tax: 34_875,
            withheld: true,
        },
    ];
    (d.net, d.tax, d.withheld, d.total, d.balance) = (284_700, 50_913, 34_875, 300_738, 300_738);
    d.payment = vec![
        pay(PaymentFieldKind::Iban, "ES9121000418450200051332"),
        pay(PaymentFieldKind::Bic, "CAIXESBBXXX"),
    ];
    d.rounding = Some(Rounding::PerCategory);
    d
}

/// Canada in French: two taxes on a line, three decimals in a rate.
pub(super) fn invoice_fr() -> Document {
    let issuer = party(
        "Atelier Boréal inc.",
        "NE",
        "123456782 RT0001",
        &["4200, boul. Saint-Laurent", "Montréal (Québec)  H2W 2R2"],
        "comptes@boreal.example",
        "+1 514 555 0198",
    );
    let customer = party(
        "Érablière du Lac ltée",
        "NE",
        "987654321 RT0001",
        &["12, rang des Érables", "Sainte-Adèle (Québec)  J8B 1A1"],
        "paie@erabliere.example",
        "+1 450 555 0107",
    );
    let mut d = Document::new(
        Kind::Invoice,
        Locale::from_tag("fr-CA"),
        currency("CAD", 2),
        day(2026, 7, 1),
        issuer,
        customer,
    );
    d.number = Some("F-2026-044".into());
    d.due = Some(day(2026, 7, 31));
    d.lines = vec![line(
        "Étiquettes imprimées, rouleau de 1 000",
        "3",
        Some("rouleaux"),
        "412.5",
        123_750,
        "TPS 5 %\nTVQ 9,975 %",
    )];
    d.breakdown = vec![
        TaxRow {
            label: "TPS 5 %".into(),
            base: 123_750,
            tax: 6_188,
            withheld: false,
        },
        TaxRow {
            label: "TVQ 9,975 %".into(),
            base: 123_750,
            tax: 12_344,
            withheld: false,
        },
    ];
    (d.net, d.tax, d.total, d.balance) = (123_750, 18_532, 142_282, 142_282);
    d.rounding = Some(Rounding::PerLine);
    d
}

/// The Spanish invoice taken back, amounts negative.
pub(super) fn credit_note_es() -> Document {
    let mut d = invoice_es();
    d.kind = Kind::CreditNote;
    d.number = Some("R-2026-0009".into());
    d.due = None;
    d.corrects = Some(Corrects {
        number: "2026-0117".into(),
        date: Some(day(2026, 11, 23)),
        reason: Some("Devolución de la partida completa".into()),
    });
    for line in &mut d.lines {
        line.quantity = -line.quantity;
        line.net = -line.net;
    }
    for row in &mut d.breakdown {
        (row.base, row.tax) = (-row.base, -row.tax);
    }
    (d.net, d.tax, d.withheld, d.total, d.balance) = (-d.net, -d.tax, -d.withheld, -d.total, 0);
    d
}

pub(super) fn receipt_us() -> Document {
    let mut d = quote_us();
    d.kind = Kind::Receipt;
    d.number = Some("RC-311".into());
    d.due = None;
    d.paid_on = Some(day(2026, 12, 1));
    d.payment_method = Some("Visa ending in 4242".into());
    (d.paid, d.balance) = (503_107, 0);
    d
}

pub(super) fn accepted_quote_us() -> Document {
    let mut d = quote_us();
    d.accepted = Some(Acceptance {
        name: "Grace Okafor".into(),
        when: Utc.with_ymd_and_hms(2026, 11, 24, 16, 5, 9).unwrap(),
        ip: Some("203.0.113.7".into()),
    });
    d
}

pub(super) fn draft_es() -> Document {
    let mut d = invoice_es();
    d.number = None;
    d
}

/// Every sample with the name of its file.
pub(super) fn all() -> Vec<(&'static str, Document)> {
    vec![
        ("invoice-mx", invoice_mx()),
        ("quote-us", quote_us()),
        ("invoice-br", invoice_br()),
        ("invoice-es", invoice_es()),
        ("invoice-fr-ca", invoice_fr()),
        ("credit-note-es", credit_note_es()),
        ("receipt-us", receipt_us()),
        ("quote-us-accepted", accepted_quote_us()),
        ("draft-es", draft_es()),
    ]
}
