//! What is particular to one country or another.

use super::*;

#[test]
fn rfc_of_companies_persons_and_the_two_generic_ones() {
    let company = parse("MX", "eku-900317-3c9");
    assert_eq!((company.kind(), company.value(), company.names_person()), (TaxIdKind::MxRfc, "EKU9003173C9", false));
    assert!(parse("MX", "COSC8001137NA").names_person());
    for generic in ["XAXX010101000", "XEXX010101000"] {
        assert!(!parse("MX", generic).names_person());
    }
    assert_eq!(parse("MX", "BOXW310820HNERXN09").kind(), TaxIdKind::MxCurp);
    assert_eq!(code("MX", "EKU9003173C8"), "tax_id_check_digit");
    assert_eq!(code("MX", "EKU9013173C9"), "tax_id_date");
    assert_eq!(code("MX", "EKU9003173C"), "tax_id_length");
    assert_eq!(code("MX", "3KU9003173C9"), "tax_id_shape");
    assert_eq!(code("MX", "EKU 9003 17 ¿3C9"), "tax_id_characters");
    // Letters beyond ASCII belong to an RFC, however they were typed.
    let n = TaxId::parse_trusting_digits("MX", "ñoñ9003173c9").unwrap();
    assert_eq!(n.value(), "ÑOÑ9003173C9");
    assert_eq!(n, TaxId::parse_trusting_digits("MX", "N\u{303}ON\u{303}9003173C9").unwrap());
    assert_eq!(n.masked(), "••••••••73C9");
}

#[test]
fn ein_takes_known_prefixes_and_never_a_social_security_number() {
    assert_eq!(parse("US", "123456789").display(), "12-3456789");
    assert_eq!(parse("pr", "66-1234567").country(), "PR");
    for prefix in ["00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97"]
    {
        assert_eq!(code("US", &format!("{prefix}-1234567")), "tax_id_prefix", "{prefix}");
    }
    for written in ["123-45-6789", "123 45 6789", " 911-14-4442 "] {
        let error = TaxId::parse("US", written).unwrap_err();
        assert_eq!(error.code(), "tax_id_ssn");
        assert!(!error.to_string().contains("45"), "the number must not be repeated");
    }
}

#[test]
fn brazil_old_and_alphanumeric_cnpj_and_cpf() {
    assert_eq!(parse("BR", "16727230000197").display(), "16.727.230/0001-97");
    // The example of Instrução Normativa RFB 2.229/2024.
    let new = parse("BR", "12.abc.345/01de-35");
    assert_eq!(
        (new.kind(), new.value(), new.display().as_str()),
        (TaxIdKind::BrCnpj, "12ABC34501DE35", "12.ABC.345/01DE-35")
    );
    assert_eq!(code("BR", "12.ABC.345/01DE-36"), "tax_id_check_digit");
    assert_eq!(code("BR", "12ABC34501DE3A"), "tax_id_shape");
    let cpf = parse("BR", "390.533.447-05");
    assert!(cpf.names_person() && cpf.kind() == TaxIdKind::BrCpf);
    assert_eq!(code("BR", "111.111.111-11"), "tax_id_shape");
}

#[test]
fn canada_with_and_without_program_account() {
    assert_eq!(parse("CA", "12345 6782 RT 0001").display(), "123456782 RT0001");
    assert_eq!(parse("CA", "123456782").value(), "123456782");
    assert_eq!(code("CA", "123456783RT0001"), "tax_id_check_digit");
    assert_eq!(code("CA", "123456782XX0001"), "tax_id_shape");
    assert_eq!(code("CA", "123456782RT0000"), "tax_id_shape");
}

#[test]
fn spain_tells_persons_foreigners_and_entities_apart() {
    for (input, kind, person) in [
        ("54362315-K", TaxIdKind::EsNif, true),
        ("ESX5259848R", TaxIdKind::EsNie, true),
        ("es b-58378431", TaxIdKind::EsCif, false),
        ("M-1234567-L", TaxIdKind::EsNif, true),
    ] {
        let id = parse("ES", input);
        assert_eq!((id.kind(), id.names_person()), (kind, person), "{input}");
        assert_eq!(id.vat_number().unwrap(), format!("ES{}", id.value()));
    }
    assert_eq!(code("ES", "B58378432"), "tax_id_check_digit");
    assert_eq!(code("ES", "O0482300N"), "tax_id_prefix");
    assert_eq!(code("ES", "5436231-K"), "tax_id_length");
}

#[test]
fn union_numbers_carry_their_prefix_and_greece_is_el() {
    assert_eq!(parse("DE", "136 695 976").vat_number().as_deref(), Some("DE136695976"));
    assert_eq!(parse("DE", "DE136695976"), parse("de", "136695976"));
    let greek = parse("GR", "EL 094259216");
    assert_eq!((greek.country(), greek.display().as_str()), ("GR", "EL094259216"));
    assert_eq!(parse("EL", "GR094259216"), greek);
    assert_eq!(parse("AT", "ATU13585627").value(), "U13585627");
    assert_eq!(parse("BE", "BE 428.759.497"), parse("BE", "0428759497"));
    assert_eq!(parse("MC", "FR37000005990").vat_number().as_deref(), Some("FR37000005990"));
    assert_eq!(code("DE", "FR40303265045"), "tax_id_prefix");
    assert_eq!(code("FR", "DE136695976"), "tax_id_prefix");
    assert_eq!(code("DE", "000000000"), "tax_id_shape");
}

#[test]
fn french_keys_may_have_letters() {
    for number in ["FRK7399859412", "4Z123456782", "0H303265045", "8K303265045", "EW303265045"] {
        assert_eq!(parse("FR", number).kind(), TaxIdKind::EuVat, "{number}");
    }
    for number in ["KX303265045", "HH303265045", "K7399859413", "4Y123456782"] {
        assert_eq!(code("FR", number), "tax_id_check_digit", "{number}");
    }
}

#[test]
fn national_numbers_beside_the_vat_number() {
    assert_eq!(parse("FR", "732 829 320").kind(), TaxIdKind::FrSiren);
    assert_eq!(parse("FR", "73282932000074").display(), "732 829 320 00074");
    assert!(parse("IT", "MRTMTT25D09F205Z").names_person());
    assert_eq!(code("IT", "MRTMTT25D09F205X"), "tax_id_check_digit");
    assert_eq!(parse("DE", "181/815/08155").kind(), TaxIdKind::DeTaxNumber);
}

#[test]
fn northern_ireland_is_its_own_origin() {
    assert_eq!(parse("GB", "XI980780684").country(), "XI");
    assert_eq!(parse("GB", "GB 980 7806 84").display(), "GB980780684");
    assert_eq!(parse("XI", "980780684").vat_number().as_deref(), Some("XI980780684"));
    assert_eq!(parse("GB", "GD001").kind(), TaxIdKind::GbVat);
    assert_eq!(code("GB", "HA123"), "tax_id_shape");
}

#[test]
fn switzerland_keeps_the_sign_of_vat_registration() {
    let id = parse("CH", "CHE-107.787.577 IVA");
    assert_eq!((id.value(), id.display().as_str()), ("CHE107787577IVA", "CHE-107.787.577 IVA"));
    assert_eq!(parse("CH", "107787577").display(), "CHE-107.787.577");
}

#[test]
fn latin_american_forms() {
    assert_eq!(parse("CL", "cl 12.571.309-2").display(), "12.571.309-2");
    assert_eq!(parse("CO", "2131234321").display(), "213.123.432-1");
    assert_eq!(parse("AR", "20055361682").display(), "20-05536168-2");
    assert_eq!(parse("VE", "v114702834").display(), "V-11470283-4");
    assert_eq!(parse("GT", "576937K").display(), "576937-K");
    assert_eq!(code("AR", "31-05536168-2"), "tax_id_prefix");
    assert_eq!(code("UY", "210303670014"), "tax_id_check_digit");
}
