//! Reading the SMTP address: what is accepted, what is refused and how that is said.
use super::*;

fn read(url: &str) -> Result<Settings, SmtpConfigError> {
    Settings::from_url(url, false)
}

#[test]
fn reads_the_forms_people_write() {
    for (url, host, port, encryption) in [
        ("smtps://u:p@mail.example.com", "mail.example.com", 465, Encryption::Implicit),
        ("smtps://mail.example.com:2465", "mail.example.com", 2465, Encryption::Implicit),
        ("smtp://u:p@mail.example.com", "mail.example.com", 587, Encryption::Required),
        ("smtp://u:p@mail.example.com:25?tls=required", "mail.example.com", 25, Encryption::Required),
        ("smtp://mail.example.com?tls=opportunistic", "mail.example.com", 587, Encryption::Opportunistic),
        ("smtp://127.0.0.1:1025?tls=none", "127.0.0.1", 1025, Encryption::None),
        ("smtp://u:p@localhost:25?tls=none", "localhost", 25, Encryption::None),
        ("smtp://[::1]:1025?tls=none", "::1", 1025, Encryption::None),
        ("smtps://correo.méxico.example", "correo.xn--mxico-bsa.example", 465, Encryption::Implicit),
    ] {
        let settings = read(url).unwrap_or_else(|error| panic!("{url}: {error}"));
        assert_eq!((settings.host.as_str(), settings.port, settings.encryption), (host, port, encryption), "{url}");
    }
    let named = read("smtps://mail.example.com/omb.example.com").unwrap();
    assert_eq!(named.hello_name, ClientId::Domain("omb.example.com".into()));
}

#[test]
fn credentials_are_percent_decoded() {
    let settings = read("smtps://ana%40example.com:p%3Ass%2Fw%C3%B6rd@mail.example.com").unwrap();
    assert_eq!(settings.credentials, Some(Credentials::new("ana@example.com".into(), "p:ss/wörd".into())));
}

#[test]
fn says_what_is_wrong_and_never_the_password() {
    for (url, expected) in [
        ("mail.example.com", SmtpConfigError::Url("relative URL without a base".into())),
        ("https://u:hunter2@mail.example.com", SmtpConfigError::Scheme("https".into())),
        ("smtp:///x", SmtpConfigError::HostMissing),
        ("smtp://u:hunter2@mail.example.com?tls=maybe", SmtpConfigError::Tls("maybe".into())),
        ("smtps://u:hunter2@mail.example.com?tls=none", SmtpConfigError::Tls("none".into())),
        ("smtps://u:hunter2@mail.example.com?timeout=3", SmtpConfigError::Parameter("timeout".into())),
        ("smtps://user@mail.example.com", SmtpConfigError::Credentials),
        ("smtps://:hunter2@mail.example.com", SmtpConfigError::Credentials),
        ("smtps://u:%FFhunter2@mail.example.com", SmtpConfigError::Credentials),
        ("smtp://u:hunter2@mail.example.com?tls=none", SmtpConfigError::PasswordInClear),
        ("smtps://mail.example.com/a%0D%0AMAIL", SmtpConfigError::HelloName),
        ("smtp://mail.sandbox.invalid:1025?tls=none", SmtpConfigError::Sandbox("mail.sandbox.invalid".into())),
    ] {
        let error = read(url).err().unwrap_or_else(|| panic!("{url} was taken"));
        assert_eq!(error, expected, "{url}");
        assert!(!error.to_string().contains("hunter2"));
    }
    let missing = read("smtps://mail.example.com?ca_file=/nowhere/ca.pem").err();
    assert!(matches!(missing, Some(SmtpConfigError::CaFile(reason)) if reason.contains("/nowhere/ca.pem")));
}

#[test]
fn only_reserved_names_are_sandboxes() {
    for sandbox in ["sandbox.invalid", "SANDBOX.INVALID.", "invalid"] {
        assert!(is_sandbox_name(sandbox), "{sandbox}");
    }
    for real in ["mail.example.com", "invalid.example.com", "notinvalid", ""] {
        assert!(!is_sandbox_name(real), "{real}");
    }
    assert!(Settings::from_url("smtp://mail.sandbox.invalid:1025?tls=none", true).is_ok());
}
