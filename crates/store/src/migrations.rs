//! The one linear history of the schema. Files are written in PostgreSQL's words; [`translate`] turns them into the
//! embedded database's. What only one of them has stands between `-- only postgres` / `-- only sqlite` and `-- end`.

/// A step of the history.
pub(crate) struct Migration {
    pub version: i64,
    pub name: &'static str,
    pub text: &'static str,
}

macro_rules! migrations {
    ($($version:literal $name:literal),+ $(,)?) => {
        pub(crate) const MIGRATIONS: &[Migration] = &[$(Migration {
            version: $version,
            name: $name,
            text: include_str!(concat!("../../../migrations/", $name, ".sql")),
        }),+];
    };
}

migrations! {
    1 "0001_platform",
    2 "0002_identity",
    3 "0003_mail",
    4 "0004_files",
    5 "0005_crm",
    6 "0006_import",
    7 "0007_sales",
    8 "0008_payments",
    9 "0009_audit_chain",
    10 "0010_keys",
    11 "0011_isolation",
    12 "0012_moment",
    13 "0013_search",
    14 "0014_sealed",
    15 "0015_custom_fields",
    16 "0016_duplicates",
    17 "0017_webhooks",
    19 "0019_activities",
    20 "0020_leads",
    21 "0021_import_update",
    22 "0022_saved_views",
    23 "0023_web_forms",
    25 "0025_deals",
    26 "0026_consents",
    30 "0030_custom_objects",
    31 "0031_company_tree",
    32 "0032_bulk",
    33 "0033_view_arrangement",
    34 "0034_import_mapping",
    35 "0035_deal_lines",
    36 "0036_form_guard",
    37 "0037_access",
    38 "0038_affiliation",
    39 "0039_lead_fields",
    40 "0040_import_nouns",
    41 "0041_field_rights",
    42 "0042_credit_note",
}

/// Tables that carry a tenant's id and yet no row-level security, each with its reason: they are read before the
/// tenant is known, or across tenants by the workers.
pub const PLATFORM_TABLES: &[(&str, &str)] = &[
    ("job", "the workers claim across tenants; only ids and parameters of work stand in it"),
    ("search_document", "row-level security disables text indexes; reached only through store::search"),
    ("audit_head", "the ends of the audit chains, walked across tenants by whoever proves them; seals only"),
    ("account_tenant", "says which tenants a person may sign in to, before one is chosen"),
    ("session", "looked up by the digest of its secret, before the tenant is known"),
    (
        "tenant_key",
        "re-wrapped across tenants when the master key changes; each is bound to its tenant inside its wrapping",
    ),
    ("api_key", "looked up by the digest of its secret, before the tenant is known"),
    ("link", "looked up by the digest of its secret, before the tenant is known"),
    ("tenant_closure", "asked at the door before the tenant is entered, and by the workers across tenants"),
];

/// The same text for the embedded database: its own type names, STRICT tables, the other's blocks left out.
pub(crate) fn translate(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in only(text, "sqlite").lines() {
        // A comment may end with a word that looks like a type.
        let (code, comment) = line.split_once("--").map_or((line, None), |(c, r)| (c, Some(r)));
        for piece in code.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_')) {
            let word = piece.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
            out.push_str(match word {
                "UUID" | "BYTEA" => "BLOB",
                "TIMESTAMPTZ" | "DATE" | "JSONB" | "NUMERIC" => "TEXT",
                "BOOLEAN" | "BIGINT" => "INTEGER",
                other => other,
            });
            out.push_str(&piece[word.len()..]);
        }
        if code.trim() == ");" {
            out.truncate(out.rfind(");").unwrap_or(out.len()));
            out.push_str(") STRICT;");
        }
        if let Some(comment) = comment {
            out.push_str("--");
            out.push_str(comment);
        }
        out.push('\n');
    }
    out
}

/// The text without the blocks meant for the other database.
pub(crate) fn only(text: &str, database: &str) -> String {
    let mut keep = true;
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        match line.strip_prefix("-- only ") {
            Some(name) => keep = name.trim() == database,
            None if line.trim() == "-- end" => keep = true,
            None if keep => {
                out.push_str(line);
                out.push('\n');
            }
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_serves_both_databases() {
        let text = "CREATE TABLE a (\n  id UUID NOT NULL, -- a UUID\n  n NUMERIC\n);\n-- only postgres\nCREATE x;\n-- end\nCREATE y;\n";
        assert_eq!(
            translate(text),
            "CREATE TABLE a (\n  id BLOB NOT NULL, -- a UUID\n  n TEXT\n) STRICT;\nCREATE y;\n"
        );
        assert!(only(text, "postgres").contains("CREATE x;"));
    }

    #[test]
    fn versions_go_up_and_are_those_of_their_files() {
        assert!(MIGRATIONS.windows(2).all(|pair| pair[0].version < pair[1].version));
        assert!(MIGRATIONS.iter().all(|m| m.name.starts_with(&format!("{:04}_", m.version))));
    }
}
