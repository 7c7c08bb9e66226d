//! Which column becomes which field: guesses by header and by content, and what is never guessed.
use super::*;

fn names(header: &str) -> Vec<String> {
    header.split(',').map(str::to_owned).collect()
}

fn targets(header: &str, fields: &[TargetField]) -> Vec<Option<String>> {
    guess(Some(&names(header)), &[], fields).into_iter().map(|guess| guess.target).collect()
}

fn contact(header: &str) -> String {
    let found = targets(header, &contact_fields());
    found.into_iter().map(|target| target.unwrap_or_else(|| "-".into())).collect::<Vec<_>>().join(",")
}

#[test]
fn headers_of_common_programs_are_recognised() {
    for (program, header, expected) in [
        (
            "HubSpot",
            "Record ID,First Name,Last Name,Email,Phone Number,Company name,Lead Status,Create Date",
            "external_id,given_name,family_name,email,phone,company_name,-,-",
        ),
        (
            "Salesforce",
            "FirstName,LastName,MailingStreet,MailingCity,MailingState,MailingPostalCode,MailingCountry,HasOptedOutOfEmail",
            "given_name,family_name,street,city,region,postal_code,country,-",
        ),
        (
            "Outlook",
            "First Name,Last Name,E-mail Address,Business Phone,Mobile Phone,Company,Job Title,Business Street,Business City,Business Fax",
            "given_name,family_name,email,phone,mobile,company_name,job_title,street,city,-",
        ),
        (
            "Google",
            "Given Name,Family Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Value,Organization 1 - Name,Organization 1 - Title,Birthday,Labels",
            "given_name,family_name,-,email,-,phone,-,company_name,job_title,birth_date,tags",
        ),
        (
            "Pipedrive",
            "Person - Name,Person - Email - Work,Person - Phone - Work,Person - Organization",
            "full_name,email,phone,company_name",
        ),
        (
            "Spanish",
            "Código,Nombre,Apellidos,Correo electrónico,Teléfono,Móvil,Razón social,NIF,Dirección,C.P.,Población,Provincia,País,Fecha de nacimiento,Observaciones",
            "external_id,given_name,family_name,email,phone,mobile,company_name,company_tax_id,street,postal_code,city,region,country,birth_date,notes",
        ),
        (
            "Mexican",
            "Nombre completo,Correo,Celular,Empresa,RFC,Calle,Número exterior,Número interior,Municipio,Estado,Código postal",
            "full_name,email,mobile,company_name,company_tax_id,street,street_number,address_2,city,region,postal_code",
        ),
        (
            "Portuguese",
            "Nome,Sobrenome,E-mail,Telefone,Celular,Empresa,CNPJ,Endereço,Complemento,Cidade,UF,CEP,País,Data de nascimento",
            "given_name,family_name,email,phone,mobile,company_name,company_tax_id,street,address_2,city,region,postal_code,country,birth_date",
        ),
        (
            "French",
            "Prénom,Nom,Courriel,Téléphone,Portable,Société,SIRET,Adresse,Code postal,Ville,Pays,Date de naissance,Remarques",
            "given_name,family_name,email,phone,mobile,company_name,company_tax_id,street,postal_code,city,country,birth_date,notes",
        ),
        ("lone names", "Nombre,Email", "full_name,email"),
        ("a slip", "Fisrt Name,Surnmae,Emial", "given_name,family_name,email"),
    ] {
        assert_eq!(contact(header), expected, "{program}");
    }
}

#[test]
fn companies_have_fields_of_their_own() {
    let found = targets("Company Name,VAT Number,Website,Company Phone,Industry,City,Name", &company_fields());
    let found: Vec<&str> = found.iter().map(|target| target.as_deref().unwrap_or("-")).collect();
    assert_eq!(found, ["name", "tax_id", "website", "phone", "industry", "city", "-"]);
}

#[test]
fn two_columns_feed_one_target_only_when_it_is_repeatable() {
    let guesses = guess(Some(&names("Email,Work email,Tags,Groups")), &[], &contact_fields());
    let found: Vec<Option<&str>> = guesses.iter().map(|guess| guess.target.as_deref()).collect();
    assert_eq!(found, [Some("email"), None, Some("tags"), Some("tags")]);
    assert_eq!(guesses[1].left_out.as_ref().unwrap().code, "target_taken");
    assert_eq!(guesses[1].alternatives[0].0, "email");
}

#[test]
fn sensitive_columns_are_left_out_with_their_reason_and_without_samples() {
    let rows = vec![names("123,x,y,z,w,v")];
    for (header, code) in [
        ("SSN", "sensitive_national_id"),
        ("soc_sec_id", "sensitive_national_id"),
        ("DNI", "sensitive_national_id"),
        ("CURP", "sensitive_national_id"),
        ("CPF", "sensitive_national_id"),
        ("Numéro de sécurité sociale", "sensitive_national_id"),
        ("Passport No", "sensitive_national_id"),
        ("Credit Card Number", "sensitive_payment_card"),
        ("IBAN", "sensitive_bank_account"),
        ("Password", "sensitive_credential"),
        ("Contraseña", "sensitive_credential"),
        ("Religion", "sensitive_belief_or_health"),
    ] {
        let found = &guess(Some(&names(header)), &rows, &contact_fields())[0];
        assert_eq!(found.left_out.as_ref().map(|r| r.code), Some(code), "{header}");
        assert!(found.target.is_none() && found.samples.is_empty(), "{header}");
    }
}

#[test]
fn payment_cards_are_known_by_their_digits_under_any_name() {
    let rows: Vec<Vec<String>> = ["4111 1111 1111 1111", "5500-0000-0000-0004", "340000000000009"]
        .iter()
        .map(|card| vec![(*card).into()])
        .collect();
    let found = &guess(Some(&names("Reference")), &rows, &contact_fields())[0];
    assert_eq!(found.left_out.as_ref().unwrap().code, "sensitive_payment_card");
    let ids: Vec<Vec<String>> =
        ["4111111111111112", "5500000000000005", "340000000000001"].iter().map(|id| vec![(*id).into()]).collect();
    assert_eq!(guess(Some(&names("Reference")), &ids, &contact_fields())[0].target.as_deref(), Some("external_id"));
}

#[test]
fn without_a_header_the_content_tells() {
    let rows: Vec<Vec<String>> = vec![
        names("Ana,ana@example.com,+34 612 345 678,1990-12-31,www.example.com,Spain"),
        names("Bo,bo@example.com,(55) 1234-5678,19911231,http://example.org/x,MX"),
        names("Cy,,,,,France"),
    ];
    let guesses = guess(None, &rows, &contact_fields());
    let found: Vec<Option<&str>> = guesses.iter().map(|guess| guess.target.as_deref()).collect();
    assert_eq!(
        found,
        [None, Some("email"), Some("phone"), Some("birth_date"), Some("company_website"), Some("country")]
    );
    assert!(guesses[1..].iter().all(|guess| guess.by == GuessedBy::Content));
    assert_eq!(guesses[1].samples, ["ana@example.com", "bo@example.com"]);
}

#[test]
fn under_an_unknown_header_only_what_cannot_be_mistaken_is_guessed() {
    let rows = vec![names("ana@example.com,2020-01-01,+34 612 345 678")];
    let found = guess(Some(&names("Foo,Bar,Fax")), &rows, &contact_fields());
    let found: Vec<Option<&str>> = found.iter().map(|guess| guess.target.as_deref()).collect();
    assert_eq!(found, [Some("email"), None, None]);
}

#[test]
fn content_that_contradicts_its_header_is_remarked() {
    let rows = vec![names("call him,x"), names("no mail,y")];
    let found = &guess(Some(&names("Email,Name")), &rows, &contact_fields())[0];
    assert_eq!((found.target.as_deref(), found.warning.as_ref().unwrap().code), (Some("email"), "content_disagrees"));
}

#[test]
fn custom_fields_are_matched_by_key_and_label() {
    let mut fields = contact_fields();
    fields.push(TargetField::custom("cf_shoe_size", "Talla de calzado", FieldKind::Number));
    assert_eq!(targets("talla_de_calzado", &fields), [Some("cf_shoe_size".to_owned())]);
    assert_eq!(targets("CF Shoe Size", &fields), [Some("cf_shoe_size".to_owned())]);
}

#[test]
fn ragged_rows_and_missing_headers_are_answered_for() {
    let rows = vec![names("a,b,c"), names("d")];
    let found = guess(Some(&names("name")), &rows, &contact_fields());
    assert_eq!(found.len(), 3);
    assert_eq!((found[2].header.as_deref(), found[2].samples.as_slice()), (None, &["c".to_owned()][..]));
    assert_eq!(guess(None, &[], &contact_fields()), []);
    let empty = &guess(Some(&names("whatever")), &[vec![" ".into()]], &contact_fields())[0];
    assert_eq!(empty.left_out.as_ref().unwrap().code, "column_empty");
}
