//! What properties without an example of their own are shown with, by their names.

const TEXTS: &[(&str, &str)] = &[
    ("about", "Met at the fair in March."),
    ("action", "contact.updated"),
    ("actions", "update"),
    ("actor_kind", "member"),
    ("actor_id", "mem_019abc0123457def8123456789abcdef"),
    ("address", "Calle Mayor 1, 46001 Valencia"),
    ("amount", "120.00"),
    ("base", "100.00"),
    ("body", "Here is what we talked about."),
    ("city", "Valencia"),
    ("code", "not_found"),
    ("company_name", "Faro Azul SL"),
    ("countries", "ES"),
    ("country", "ES"),
    ("cursor", "eyJpZCI6MX0"),
    ("description", "Design of a logo"),
    ("device", "Firefox on Linux"),
    ("domain", "example.com"),
    ("email", "lucia@example.com"),
    ("emails", "lucia@example.com"),
    ("external_id", "A-1001"),
    ("family_name", "Prieto"),
    ("file_name", "contacts.csv"),
    ("from_name", "Faro Azul"),
    ("full_name", "Lucía Prieto"),
    ("given_name", "Lucía"),
    ("ip", "192.0.2.7"),
    ("job_title", "Head of purchasing"),
    ("kind", "contact.created"),
    ("label", "Lucía Prieto"),
    ("legal_name", "Faro Azul SL"),
    ("link", "https://app.example.com/link"),
    ("message", "Here is our quote. Tell us if anything is unclear."),
    ("name", "Faro Azul"),
    ("next_cursor", "eyJpZCI6MX0"),
    ("notes", "Thank you for your trust."),
    ("number", "F-2026-0001"),
    ("password", "quiet otter paints maps"),
    ("current_password", "quiet otter paints maps"),
    ("new_password", "loud heron folds kites"),
    ("permission", "contact.read"),
    ("permissions", "contact.read"),
    ("phone", "+34612345678"),
    ("phones", "+34612345678"),
    ("position", "2"),
    ("postal_code", "46001"),
    ("quantity", "2"),
    ("rate", "21"),
    ("reason", "Too expensive"),
    ("reference", "PO-4711"),
    ("region", "Valencia"),
    ("role", "sales"),
    ("scopes", "contact.read"),
    ("snapshot_sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("street", "Calle Mayor 1"),
    ("subject", "Your invoice F-2026-0001"),
    ("subtotal", "100.00"),
    ("tags", "wholesale"),
    ("tax_id", "B58378431"),
    ("text", "Call her back on Tuesday."),
    ("time_zone", "Europe/Madrid"),
    ("title", "New website"),
    ("to", "lucia@example.com"),
    ("token", "dGhpcyBpcyBub3QgYSB0b2tlbg"),
    ("total", "121.00"),
    ("unit_price", "50.00"),
    ("user_agent", "Mozilla/5.0 (X11; Linux x86_64)"),
    ("website", "https://example.com"),
];

const NUMBERS: &[(&str, i64)] = &[
    ("amount", 12_100),
    ("count", 3),
    ("decimals", 2),
    ("max_attempts", 10),
    ("payment_days", 30),
    ("probability", 40),
    ("quote_days", 30),
    ("score", 90),
];

/// Consents that a request must give, and states that an answer is shown in.
const YES: &[&str] = &["business_use", "is_16_or_older", "email_confirmed", "ready", "current"];

/// A text by its property's name, or by its format.
pub(super) fn text(name: &str, format: &str) -> &'static str {
    match format {
        "date-time" => return "2026-11-23T09:30:00Z",
        "date" => return "2026-11-23",
        "uuid" => return "019abc01-2345-7def-8123-456789abcdef",
        _ => {}
    }
    TEXTS.iter().find(|(known, _)| *known == name).map_or("text", |(_, text)| text)
}

pub(super) fn number(name: &str) -> Option<i64> {
    NUMBERS.iter().find(|(known, _)| *known == name).map(|(_, number)| *number)
}

pub(super) fn yes(name: &str) -> bool {
    YES.contains(&name)
}
